/* PDF and pictures of pages: the same bytes for the same pages, what is put into cairo's file, limits. What readers make
 * of the file stands in tests/cases/paper.sh. */
#include "unit.h"

#include "lay_kit.h"

#include "doc/pdf_in.h"

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

static struct str pdf_of(const struct lay *l)
{
	struct err err = {.lang = LANG_EN};
	struct str out = STR_NONE;

	assert_int_equal(doc_pdf(l, &arena, &out, &err), OK);
	return out;
}

static size_t count(struct str s, const char *what)
{
	size_t n = 0, at;

	while (str_find(s, str_c(what), &at)) {
		n++;
		s = str_sub(s, at + 1, s.n);
	}
	return n;
}

static void the_same_pages_give_the_same_bytes(void **s)
{
	struct str a = pdf_of(kit_sample(&arena, fonts)), b = pdf_of(kit_sample(&arena, fonts));
	struct fonts *others = NULL;
	struct err err = {0};

	assert_true(str_starts(a, S("%PDF-1.5\n")));
	assert_true(str_eq(a, b));
	assert_int_equal(fonts_open(NULL, &others, &err), OK); /* fonts opened again, too */
	assert_true(str_eq(a, pdf_of(kit_sample(&arena, others))));
	fonts_close(&others);
}

static void another_day_is_another_file(void **s)
{
	struct lay *l = kit_sample(&arena, fonts);
	struct str a = pdf_of(l);

	((struct doc *)(uintptr_t)l->doc)->at = 0;
	struct str b = pdf_of(l);

	assert_true(str_has(a, S("(D:20230101120506Z")));
	assert_false(str_has(b, S("D:2023")));
	assert_true(str_has(b, S("(D:19800101000000Z")));
}

static void language_title_and_words_of_pictures_are_put_in(void **s)
{
	struct lay *l = kit_sample(&arena, fonts);
	struct str pdf = pdf_of(l);

	assert_true(str_has(pdf, S("/Lang (zh-CN)")));
	assert_true(str_has(pdf, S("/DisplayDocTitle true")));
	assert_true(str_has(pdf, S("/S /Figure\n   /Alt <feff4e245b63"))); /* 两季 */
	assert_true(str_has(pdf, S("/MarkInfo << /Marked true >>")));
	assert_int_equal(count(pdf, "/S /Document"), 1);
	assert_int_equal(count(pdf, "/S /Table\n"), 1);
	assert_int_equal(count(pdf, "/S /TH\n"), 3);
	assert_int_equal(count(pdf, "/S /TD\n"), 3);
	assert_int_equal(count(pdf, "/S /Link\n"), 1);

	((struct doc *)(uintptr_t)l->doc)->lang = S("zh) /Evil (");
	pdf = pdf_of(l);
	assert_false(str_has(pdf, S("/Lang"))); /* no language is better than a broken file */
	assert_true(str_has(pdf, S("/DisplayDocTitle true")));
}

static void a_link_may_lead_outside(void **s)
{
	struct lay *l = kit_sample(&arena, fonts);
	struct str pdf;

	for (size_t i = 0; i < l->npages; i++)
		for (size_t k = 0; k < l->pages[i].n; k++)
			if (l->pages[i].items[k].link.n)
				l->pages[i].items[k].link = S("https://example.org/it's\\(x)");
	pdf = pdf_of(l);
	assert_true(str_has(pdf, S("/URI (https://example.org/it's")));
	assert_int_equal(count(pdf, "/S /Link\n"), 1);
}

static void a_file_of_another_form_stays_as_it_is(void **s)
{
	static const char *const files[] = {
		"", "%PDF-1.5\n", "startxref\n5\n%%EOF\n", "startxref\n99999999\n%%EOF\n", "xref\n0 9\n\nstartxref\n0\n%%EOF\n",
		"xref\n0 2\n0000000000 65535 f \n0000000099 00000 n \ntrailer\nstartxref\n0\n%%EOF\n",
	};
	struct str pdf = pdf_of(kit_sample(&arena, fonts));

	for (size_t i = 0; i < LEN(files); i++)
		assert_true(str_eq(pdf_complete(&arena, str_c(files[i]), S("zh"), NULL, 0), str_c(files[i])));
	assert_true(str_eq(pdf_complete(&arena, pdf, S("zh"), NULL, 0), pdf)); /* a figure without its words */
	for (size_t n = pdf.n; n > pdf.n - 300; n--) { /* cut off anywhere */
		struct str cut = str_sub(pdf, 0, n - 1);
		assert_true(pdf_complete(&arena, cut, S("zh"), NULL, 0).n >= cut.n);
	}
}

static void no_pages_and_a_broken_picture_are_drawn(void **s)
{
	struct lay *l = kit_sample(&arena, fonts);
	struct lay_page *p = &l->pages[1];
	struct str bytes;
	struct err err = {.lang = LANG_EN};

	for (size_t i = 0; i < p->n; i++)
		if (p->items[i].kind == LAY_IMAGE)
			p->items[i].bytes = str_sub(p->items[i].bytes, 0, 40);
	assert_true(pdf_of(l).n > 0);
	assert_int_equal(doc_png(l, 1, 72, &arena, &bytes, &err), OK);
	l->npages = 0;
	assert_int_equal(doc_pdf(l, &arena, &bytes, &err), OK);
}

static void a_page_becomes_a_picture_of_its_size(void **s)
{
	struct lay *l = kit_sample(&arena, fonts);
	struct str a = STR_NONE, b = STR_NONE;
	struct err err = {.lang = LANG_EN};

	assert_int_equal(doc_png(l, 0, 100, &arena, &a, &err), OK);
	assert_int_equal(doc_png(l, 0, 100, &arena, &b, &err), OK);
	assert_true(str_eq(a, b));
	assert_memory_equal(a.p, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x03\x3b\0\0\x04\x91", 24); /* 827 × 1169 */
	assert_int_equal(doc_png(l, 2, 72, &arena, &a, &err), OK);
	assert_memory_equal(a.p + 16, "\0\0\x03\x4a\0\0\x02\x53", 8); /* lying: 842 × 595 */
	assert_int_equal(doc_png(l, 3, 72, &arena, &a, &err), ERR_NOT_FOUND);
	err_clear(&err);
	assert_int_equal(doc_png(l, 0, 35, &arena, &a, &err), ERR_LIMIT);
	err_clear(&err);
	assert_int_equal(doc_png(l, 0, 401, &arena, &a, &err), ERR_LIMIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_pages_give_the_same_bytes),
		cmocka_unit_test(another_day_is_another_file),
		cmocka_unit_test(language_title_and_words_of_pictures_are_put_in),
		cmocka_unit_test(a_file_of_another_form_stays_as_it_is),
		cmocka_unit_test(a_link_may_lead_outside),
		cmocka_unit_test(no_pages_and_a_broken_picture_are_drawn),
		cmocka_unit_test(a_page_becomes_a_picture_of_its_size),
	};
	return cmocka_run_group_tests_name("pdf", tests, open_fonts, close_fonts);
}
