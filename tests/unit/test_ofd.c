/* OFD: parts, ids and references, text and distances, fonts that have what the text needs. How it looks is compared with
 * the PDF by tests/layout. */
#include "unit.h"

#include "lay_kit.h"

#include "base/file.h"
#include "pack/unzip.h"

#include <hb.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

enum { IDS = 400 };

static struct arena arena;
static struct fonts *fonts;

static int open_fonts(void **s)
{
	struct err err = {0};

	return fonts_open(NULL, &fonts, &err) == OK ? 0 : -1;
}

static int close_fonts(void **s)
{
	fonts_close(&fonts);
	arena_free(&arena);
	return 0;
}

static struct str ofd_of(const struct lay *l, const struct doc_attachment *files, size_t n)
{
	struct err err = {.lang = LANG_EN};
	struct str out = STR_NONE;

	assert_int_equal(doc_ofd_with(l, files, n, &arena, &out, &err), OK);
	return out;
}

static enum err_code take(void *to, struct str part, struct err *err)
{
	buf_put(to, part);
	return OK;
}

/* A part of the package; empty: there is none. */
static struct str part(struct str ofd, const char *name)
{
	CLEANUP(unzip_free) struct unzip *z = NULL;
	CLEANUP(buf_free) struct buf b = BUF_MAX(64 << 20);
	struct err err = {.lang = LANG_EN};
	int fd = memfd_create("ofd", MFD_CLOEXEC);

	assert_int_equal(fd_put(fd, ofd, "ofd", &err), OK);
	assert_int_equal(unzip_open(fd, (struct unzip_limits){64 << 20, 1000, 256 << 20}, &z, &err), OK);
	close(fd);
	if (!unzip_has(z, str_c(name)))
		return STR_NONE;
	assert_int_equal(unzip_member(z, str_c(name), take, &b, &err), OK);
	return arena_str(&arena, buf_str(&b));
}

static struct str page(struct str ofd, int i)
{
	return part(ofd, arena_printf(&arena, "Doc_0/Pages/Page_%d/Content.xml", i).p);
}

/* The text between the next `before` and the `after` behind it; *rest moves on. */
static bool between(struct str *rest, const char *before, const char *after, struct str *out)
{
	size_t at, end;

	if (!str_find(*rest, str_c(before), &at))
		return false;
	*rest = str_sub(*rest, at + strlen(before), rest->n);
	assert_true(str_find(*rest, str_c(after), &end));
	*out = str_sub(*rest, 0, end);
	*rest = str_sub(*rest, end, rest->n);
	return true;
}

static long number_in(struct str s, const char *before)
{
	struct str n;

	return between(&s, before, "\"", &n) ? strtol(n.p, NULL, 10) : -1;
}

static void ids_are_of_their_own_and_references_lead_somewhere(void **s)
{
	struct str ofd = ofd_of(kit_sample(&arena, fonts), NULL, 0), doc = part(ofd, "Doc_0/Document.xml"), one;
	struct str all[] = {doc, part(ofd, "Doc_0/PublicRes.xml"), part(ofd, "Doc_0/DocumentRes.xml"), page(ofd, 0),
		page(ofd, 1), page(ofd, 2)};
	bool have[IDS] = {0};
	long most = 0, last;

	for (size_t i = 0; i < LEN(all); i++) {
		assert_true(all[i].n > 0);
		for (struct str rest = all[i]; between(&rest, " ID=\"", "\"", &one);) {
			long id = strtol(one.p, NULL, 10);
			assert_in_range(id, 1, IDS - 1);
			assert_false(have[id]);
			have[id] = true;
			most = MAX(most, id);
		}
	}
	assert_true(between(&doc, "<ofd:MaxUnitID>", "<", &one));
	last = strtol(one.p, NULL, 10);
	assert_int_equal(last, most);

	static const char *const refs[] = {" Font=\"", " ResourceID=\"", " PageID=\""};
	size_t n = 0;
	for (size_t i = 0; i < LEN(all); i++)
		for (size_t k = 0; k < LEN(refs); k++)
			for (struct str rest = all[i]; between(&rest, refs[k], "\"", &one); n++)
				assert_true(have[strtol(one.p, NULL, 10)]);
	struct str tags = part(ofd, "Doc_0/Tags/Content.xml");
	for (struct str rest = tags; between(&rest, "<ofd:ObjectRef PageRef=\"", "<", &one); n++) {
		struct str object = one;
		assert_true(have[strtol(one.p, NULL, 10)]);
		assert_true(str_cut(&object, S(">"), &one));
		assert_true(have[strtol(object.p, NULL, 10)]);
	}
	assert_true(n > 40);
}

static struct str text_of(const struct lay_item *it)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(10000);

	for (size_t i = 0; i < it->nglyphs; i++) {
		char c[4];
		buf_put(&b, (struct str){c, utf8_put(it->glyphs[i].cp, c)});
	}
	return arena_str(&arena, buf_str(&b));
}

/* DeltaX="g 3 2.5 1": places in mm, from the first glyph's. */
static size_t places(struct str delta, double x, double *out)
{
	size_t n = 0;
	struct str word, rest = delta;

	out[n++] = x;
	while (str_cut(&rest, S(" "), &word)) {
		long times = 1;
		if (str_is(word, "g")) {
			assert_true(str_cut(&rest, S(" "), &word));
			times = strtol(word.p, NULL, 10);
			assert_true(times > 1 && str_cut(&rest, S(" "), &word));
		}
		for (; times; times--, n++)
			out[n] = out[n - 1] + strtod(word.p, NULL);
	}
	return n;
}

static void text_is_that_of_the_pages_and_its_places_too(void **s)
{
	struct lay *l = kit_sample(&arena, fonts);
	struct str ofd = ofd_of(l, NULL, 0), object, code, delta;
	size_t texts = 0;

	for (size_t p = 0; p < l->npages; p++) {
		struct str rest = page(ofd, (int)p);
		for (size_t i = 0; i < l->pages[p].n; i++) {
			const struct lay_item *it = &l->pages[p].items[i];
			double at[100];
			if (it->kind != LAY_TEXT)
				continue;
			assert_true(between(&rest, "<ofd:TextObject", "</ofd:TextObject>", &object));
			code = object;
			assert_true(between(&code, "<ofd:TextCode", "</ofd:TextCode>", &delta));
			struct str tag, text = delta;
			assert_true(str_cut(&text, S(">"), &tag));
			assert_true(str_eq(text, text_of(it)));
			struct str in = tag;
			if (!between(&in, "DeltaX=\"", "\"", &delta))
				delta = STR_NONE;
			assert_int_equal(places(delta, 0, at), it->nglyphs);
			for (size_t k = 0; k < it->nglyphs; k++)
				assert_true(labs((long)(at[k] * 1e6) - it->glyphs[k].x) < 3000); /* 3 µm */
			texts++;
		}
	}
	assert_true(texts > 15);
}

static void distances_are_in_runs_without_drifting(void **s)
{
	struct lay *l = kit_sample(&arena, fonts);
	struct lay_item *it = NULL;
	double at[40];
	struct str object, delta;

	for (size_t i = 0; i < l->pages[0].n && !it; i++)
		if (l->pages[0].items[i].role == ROLE_BODY)
			it = &l->pages[0].items[i];
	struct lay_glyph *glyphs = ARENA_ARRAY(&arena, struct lay_glyph, 28);
	for (int32_t i = 0; i < 28; i++)
		glyphs[i] = (struct lay_glyph){it->glyphs[0].cp, it->glyphs[0].gid,
			(int32_t)((int64_t)i * TYPE_W / 28)};
	it->glyphs = glyphs;
	it->nglyphs = 28;
	struct str rest = page(ofd_of(l, NULL, 0), 0);
	while (between(&rest, "<ofd:TextObject", "</ofd:TextObject>", &object))
		if (str_has(object, S("2222222222222222222222222222"))) {
			assert_true(between(&object, "DeltaX=\"", "\"", &delta));
			assert_true(str_is(delta, "g 27 5.5714"));
			assert_int_equal(places(delta, 0, at), 28);
			return;
		}
	assert_true(false); /* no such line */
}

static void fonts_have_their_names_and_every_character(void **s)
{
	struct lay *l = kit_sample(&arena, fonts);
	struct str ofd = ofd_of(l, NULL, 0), res = part(ofd, "Doc_0/PublicRes.xml"), font, file;
	size_t n = 0, glyphs = 0;

	assert_true(str_has(res, S("FontName=\"仿宋_GB2312\" FamilyName=\"仿宋\"")));
	assert_true(str_has(res, S("FontName=\"方正小标宋简体\"")));
	for (struct str rest = res; between(&rest, "<ofd:Font ", "</ofd:Font>", &font); n++) {
		long id = number_in(font, "ID=\"");
		assert_true(between(&font, "<ofd:FontFile>", "<", &file));
		struct str bytes = part(ofd, arena_printf(&arena, "Doc_0/Res/" STR_FMT, STR_ARG(file)).p);
		assert_true(bytes.n > 1000 && bytes.n < 100000);
		hb_blob_t *blob = hb_blob_create(bytes.p, (unsigned)bytes.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
		hb_face_t *face = hb_face_create(blob, 0);
		hb_font_t *f = hb_font_create(face);
		for (size_t k = 0; k < 4; k++) {
			static const hb_tag_t tables[] = {HB_TAG('c', 'm', 'a', 'p'), HB_TAG('n', 'a', 'm', 'e'),
				HB_TAG('O', 'S', '/', '2'), HB_TAG('p', 'o', 's', 't')};
			hb_blob_t *t = hb_face_reference_table(face, tables[k]);
			assert_true(hb_blob_get_length(t) > 0);
			hb_blob_destroy(t);
		}
		for (int p = 0; p < 3; p++)
			for (struct str at = page(ofd, p); between(&at, "<ofd:TextObject", "</ofd:TextObject>", &file);) {
				struct str text = file, code;
				if (number_in(file, " Font=\"") != id)
					continue;
				assert_true(between(&text, "<ofd:TextCode", "</ofd:TextCode>", &code));
				assert_true(str_cut(&code, S(">"), &text));
				for (size_t c = 0; c < code.n; glyphs++) {
					hb_codepoint_t gid = 0;
					assert_true(hb_font_get_nominal_glyph(f, utf8_next(code, &c), &gid) && gid);
				}
			}
		hb_font_destroy(f);
		hb_face_destroy(face);
		hb_blob_destroy(blob);
	}
	assert_int_equal(n, 5);
	assert_true(glyphs > 80);
}

static void the_same_pages_give_the_same_bytes(void **s)
{
	struct str a = ofd_of(kit_sample(&arena, fonts), NULL, 0), b, info = part(a, "OFD.xml");
	struct fonts *others = NULL;
	struct err err = {0};

	assert_int_equal(fonts_open(NULL, &others, &err), OK);
	struct lay *l = kit_sample(&arena, others);
	assert_true(str_eq(a, ofd_of(l, NULL, 0)));
	assert_true(str_has(info, S("<ofd:CreationDate>2023-01-01</ofd:CreationDate>")));

	((struct doc *)(uintptr_t)l->doc)->title = S("另一个");
	b = part(ofd_of(l, NULL, 0), "OFD.xml");
	struct str x, y;
	assert_true(between(&info, "<ofd:DocID>", "<", &x) && between(&b, "<ofd:DocID>", "<", &y));
	assert_int_equal(x.n, 32);
	assert_false(str_eq(x, y));
	fonts_close(&others);
}

static void what_xml_does_not_take_as_it_is_is_written_so_that_it_does(void **s)
{
	struct lay *l = kit_sample(&arena, fonts);

	((struct doc *)(uintptr_t)l->doc)->title = S("<甲> & \"乙\"");
	l->marks[0].text = S("<&\">");
	struct str ofd = ofd_of(l, NULL, 0);
	assert_true(str_has(part(ofd, "OFD.xml"), S("<ofd:Title>&lt;甲&gt; &amp; &quot;乙&quot;</ofd:Title>")));
	assert_true(str_has(part(ofd, "Doc_0/Document.xml"), S("Title=\"&lt;&amp;&quot;&gt;\"")));
}

static void files_are_attached(void **s)
{
	struct doc_attachment files[] = {{S("台账 <1>"), S("xlsx"), S("bytes")}, {S("b"), S("../x"), S("more")}};
	struct str ofd = ofd_of(kit_sample(&arena, fonts), files, 2);
	struct str list = part(ofd, "Doc_0/Attachs/Attachments.xml");

	assert_true(str_has(part(ofd, "Doc_0/Document.xml"), S("<ofd:Attachments>Attachs/Attachments.xml<")));
	assert_true(str_has(list, S("Name=\"台账 &lt;1&gt;\" Format=\"xlsx\"")));
	assert_true(str_is(part(ofd, "Doc_0/Attachs/attach_1.xlsx"), "bytes"));
	assert_true(str_is(part(ofd, "Doc_0/Attachs/attach_2.bin"), "more")); /* no path out of the package */
	assert_false(str_has(part(ofd_of(kit_sample(&arena, fonts), NULL, 0), "Doc_0/Document.xml"), S("Attach")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids_are_of_their_own_and_references_lead_somewhere),
		cmocka_unit_test(text_is_that_of_the_pages_and_its_places_too),
		cmocka_unit_test(distances_are_in_runs_without_drifting),
		cmocka_unit_test(fonts_have_their_names_and_every_character),
		cmocka_unit_test(the_same_pages_give_the_same_bytes),
		cmocka_unit_test(what_xml_does_not_take_as_it_is_is_written_so_that_it_does),
		cmocka_unit_test(files_are_attached),
	};
	return cmocka_run_group_tests_name("ofd", tests, open_fonts, close_fonts);
}
