/* DOCX files written, and read back. */
#include "sheet_kit.h"

#include "doc/doc_lines.h"
#include "doc/docx.h"
#include "doc/docx_read.h"
#include "pack/opc.h"
#include "pack/unzip.h"
#include "pack/xml.h"

#include <cairo.h>
#include <fcntl.h>

static struct err err;

static void ok(enum err_code code)
{
	if (code != OK)
		print_error("%s\n", err.text);
	assert_int_equal(code, OK);
}

static void same(struct str a, const char *b)
{
	if (!str_is(a, b))
		print_error("\"%.*s\" is not \"%s\"\n", (int)a.n, a.p, b);
	assert_true(str_is(a, b));
}

/* ---- written ---- */

static struct doc_block *add(struct doc *d, enum doc_kind kind, const char *id, const char *text)
{
	struct doc_block *b = doc_block(d, kind, str_c(id));

	doc_run(d, b, (struct doc_run){.text = str_c(text)});
	return b;
}

static cairo_status_t take_png(void *to, const unsigned char *p, unsigned n)
{
	buf_put(to, (struct str){(const char *)p, n});
	return CAIRO_STATUS_SUCCESS;
}

static struct str png(int w, int h)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 20);
	cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);

	assert_int_equal(cairo_surface_write_to_png_stream(s, take_png, &b), CAIRO_STATUS_SUCCESS);
	cairo_surface_destroy(s);
	return arena_str(&kit_arena, buf_str(&b));
}

/* Everything that a document can hold. */
static struct doc *whole(enum doc_form form)
{
	struct doc *d = doc_new(&kit_arena, S("关于<2022>的报告"), S("zh-CN"));
	struct doc_picture *p = ARENA_NEW(&kit_arena, struct doc_picture);
	static struct str signers[] = {{"王建国", 9}, {"李明", 6}, {"欧阳晓", 9}};
	static struct str names[] = {{"青溪区委员会", 18}}, annexes[] = {{"台账", 6}, {"名册", 6}};
	struct doc_cell *c;
	struct doc_table *t;

	d->author = S("办公室");
	d->head = (struct doc_head){form, S("000012"), S("机密★1年"), S("特急"), S("青溪区委员会文件"), S("青委〔2023〕5号"), signers, 3};
	add(d, DOC_TITLE, "title", "中共云岭市青溪区委员会关于2022年度落实全面从严治党主体责任情况的报告");
	add(d, DOC_ADDRESSEE, "", "市委：");
	add(d, DOC_H1, "p_1_h_1", "一、“责任”落实");
	add(d, DOC_H2, "p_1_1_h_1", "（一）会议");
	add(d, DOC_H3, "", "1.次数");
	add(d, DOC_H4, "", "（1）党委会");
	add(d, DOC_BODY, "p_1_1_b_1", "召开会议12次 & <议题>35个\x01。");
	doc_run(d, &d->blocks[d->nblocks - 1], (struct doc_run){.text = S("楷体字"), .face = FACE_KAI});
	doc_run(d, &d->blocks[d->nblocks - 1], (struct doc_run){.text = S("见台账"), .link = S("annex1")});
	doc_run(d, &d->blocks[d->nblocks - 1], (struct doc_run){.text = S("和"), .link = S("nowhere")});
	doc_run(d, &d->blocks[d->nblocks - 1],
		(struct doc_run){.text = S("网页"), .link = S("https://example.org/a?b=\"1\"&c='2'\\")});
	add(d, DOC_CAPTION, "", "表1　会议");
	t = doc_table(d, S("t"), 3);
	t->nheads = 2;
	c = doc_row(d, t, S(""));
	c[0] = (struct doc_cell){.text = S("单位"), .rows = 2};
	c[1] = (struct doc_cell){.text = S("会议"), .cols = 2};
	c = doc_row(d, t, S(""));
	c[1].text = S("党委会");
	c[2].text = S("专题会");
	c = doc_row(d, t, S(""));
	c[0].text = S("城关镇\n开发区");
	c[1].text = S("12");
	c[2].text = S("—");
	t = doc_table(d, S("t2"), 1); /* two tables in a row must not become one */
	doc_row(d, t, S(""))[0].text = S("又一张");
	add(d, DOC_SOURCE, "", "来源：台账。");
	add(d, DOC_CAPTION, "", "图1　完成");
	*p = (struct doc_picture){.png = png(40, 20), .alt = S("完成<情况>")};
	doc_block(d, DOC_PICTURE, S(""))->picture = p;
	d->annexes = annexes;
	d->nannexes = 2;
	d->sign = (struct doc_sign){.names = names, .nnames = 1, .date = S("2023年1月5日")};
	d->postscript = S("（联系人：张三）");
	add(d, DOC_ANNEX, "annex1", "台账")->number = S("附件1");
	add(d, DOC_ANNEX_H, "", "一、会议");
	add(d, DOC_ANNEX, "annex2", "名册")->number = S("附件2");
	d->blocks[d->nblocks - 1].landscape = true;
	add(d, DOC_NOTE, "", "注：按时间排列。");
	d->colophon = (struct doc_colophon){S("市委组织部"), S("区委办公室"), S("2023年1月6日")};
	d->code = S("3f2a");
	return d;
}

static const char *written(const struct doc *d, struct str *bytes)
{
	ok(doc_docx(d, &kit_arena, bytes, &err));
	return kit_write("w.docx", *bytes);
}

static void says(const struct docx_text *t, size_t i, const char *style, int outline, const char *text)
{
	assert_true(i < t->n);
	same(t->p[i].style, style);
	same(t->p[i].text, text);
	assert_int_equal(t->p[i].outline, outline);
}

static size_t find(const struct docx_text *t, const char *text)
{
	for (size_t i = 0; i < t->n; i++)
		if (!t->p[i].row && str_is(t->p[i].text, text))
			return i;
	print_error("%s is not there\n", text);
	assert_true(false);
	return 0;
}

static void test_back(void **state)
{
	struct docx_text t;
	struct str bytes, again;
	size_t at;

	ok(docx_read(&kit_arena, written(whole(FORM_RED), &bytes), &t, &err));
	written(whole(FORM_RED), &again);
	assert_true(str_eq(bytes, again));
	says(&t, 0, "Head Line", 0, "000012");
	says(&t, 3, "Issuer Mark", 0, "青溪区委员会文件");
	says(&t, 4, "Document Number", 0, "\t签发人：王建国\t李明");
	says(&t, 5, "Document Number", 0, "青委〔2023〕5号\t欧阳晓");
	says(&t, 6, "Title", 0, "中共云岭市青溪区委员会关于2022年度\n落实全面从严治党主体责任情况的报告");
	says(&t, 7, "Addressee", 0, "市委：");
	says(&t, 8, "heading 1", 1, "一、“责任”落实");
	says(&t, 9, "heading 2", 2, "（一）会议");
	says(&t, 10, "heading 3", 3, "1.次数");
	says(&t, 11, "heading 4", 4, "（1）党委会");
	says(&t, 12, "Body Text", 0, "召开会议12次 & <议题>35个 。楷体字见台账和网页");
	assert_int_equal(t.p[12].nmarks, 1);
	assert_int_equal(t.p[14].table, 1);
	same(t.p[12].marks[0], "zeren_p_1_1_b_1");
	says(&t, 13, "caption", 0, "表1　会议");
	assert_true(t.p[14].row);
	assert_int_equal(t.p[14].ncells, 2);
	same(t.p[14].cells[1], "会议");
	assert_int_equal(t.p[15].ncells, 3);
	same(t.p[15].cells[0], "");
	same(t.p[16].cells[0], "城关镇\n开发区");
	says(&t, 17, "Section End", 0, "");
	at = find(&t, "图1　完成");
	says(&t, at - 1, "Picture", 0, "");
	assert_int_equal(t.p[at - 1].npictures, 1);
	same(t.p[at - 1].pictures[0], "完成<情况>");
	assert_int_equal(t.p[at].npictures, 0);
	says(&t, at + 1, "Annex List", 0, "附件：1.台账");
	says(&t, at + 2, "Annex List", 0, "2.名册");
	says(&t, at + 3, "Signature", 0, "青溪区委员会");
	says(&t, at + 4, "Date", 0, "2023年1月5日");
	says(&t, at + 5, "Postscript", 0, "（联系人：张三）");
	says(&t, find(&t, "名册"), "Annex Title", 1, "名册");
}

/* What stands around the blocks is told as it is written, each by the bookmark of its paragraph or row. */
static void test_around(void **state)
{
	for (int i = 0; i < FORMS * 3; i++) {
		struct doc *d = whole((enum doc_form)(i / 3));
		struct docx_around *p;
		struct docx_text t;
		struct str bytes;
		size_t n, found = 0;

		d->sign.seal = (enum doc_seal)(i % 3);
		n = docx_arounds(&kit_arena, d, &p);
		ok(docx_read(&kit_arena, written(d, &bytes), &t, &err));
		assert_true(n > 8);
		for (size_t k = 0; k < t.n; k++)
			for (size_t m = 0; m < t.p[k].nmarks; m++) {
				CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 16);
				struct str text = t.p[k].row ? t.p[k].cells[0] : t.p[k].text;

				if (!str_starts(t.p[k].marks[m], S("zeren_w_")) ||
					str_is(t.p[k].marks[m], "zeren_w_addressee_1"))
					continue;
				for (size_t c = 0; c < text.n; c++)
					if (text.p[c] != '\t')
						buf_putc(&b, text.p[c]);
				assert_true(found < n);
				assert_true(str_eq(t.p[k].marks[m],
					docx_bookmark(&kit_arena, docx_around_id(&kit_arena, p[found].field, p[found].nth))));
				if (!str_eq(buf_str(&b), p[found].text))
					print_error("%s: %.*s\n", p[found].field, (int)b.n, b.p);
				assert_true(str_eq(buf_str(&b), p[found].text));
				found++;
			}
		assert_int_equal(found, n);
	}
}

/* ---- parts and what they name ---- */

struct part {
	struct unzip *z;
	struct str name, all; /* all: of [Content_Types].xml */
};

static enum err_code gather(void *ctx, struct str piece, struct err *e)
{
	struct str *all = ctx;

	*all = arena_printf(&kit_arena, STR_FMT STR_FMT, STR_ARG(*all), STR_ARG(piece));
	return OK;
}

static enum err_code nothing(void *ctx, const char *name, const char **attrs, struct err *e)
{
	return OK;
}

/* Every part is well-formed, has a type, and every relationship leads to one. */
static void check_package(const char *path, size_t *pictures, size_t *links)
{
	static const char *const parts[] = {"word/document.xml", "word/styles.xml", "word/settings.xml",
		"word/fontTable.xml", "word/footer1.xml", "word/footer2.xml", "word/footer3.xml", "word/footer4.xml",
		"word/footer5.xml", "word/footer6.xml", "docProps/core.xml", "docProps/app.xml"};
	static const struct xml_on on = {.start = nothing};
	CLEANUP(unzip_free) struct unzip *z = NULL;
	struct opc_rels rels;
	struct str types = S("");
	int fd = open(path, O_RDONLY);

	ok(unzip_open(fd, (struct unzip_limits){1 << 24, 1000, 1 << 26}, &z, &err));
	ok(unzip_member(z, S("[Content_Types].xml"), gather, &types, &err));
	for (size_t i = 0; i < LEN(parts); i++) {
		ok(xml_member(z, str_c(parts[i]), &on, NULL, &err));
		assert_true(str_has(types, arena_printf(&kit_arena, "PartName=\"/%s\"", parts[i])));
	}
	ok(opc_rels(&kit_arena, z, S(""), &rels, &err));
	assert_int_equal(rels.n, 3);
	for (size_t i = 0; i < rels.n; i++)
		assert_true(unzip_has(z, rels.items[i].part));
	ok(opc_rels(&kit_arena, z, S("word/document.xml"), &rels, &err));
	*pictures = *links = 0;
	for (size_t i = 0; i < rels.n; i++) {
		assert_true(!rels.items[i].part.n || unzip_has(z, rels.items[i].part));
		*pictures += str_is(rels.items[i].type, "image");
		*links += str_is(rels.items[i].type, "hyperlink");
	}
	close(fd);
}

static void test_package(void **state)
{
	struct str bytes;
	size_t pictures, links;

	for (enum doc_form f = 0; f < FORMS; f++) {
		check_package(written(whole(f), &bytes), &pictures, &links);
		assert_int_equal(pictures, 1);
		assert_int_equal(links, 1); /* the one that leaves the document */
	}
}

/* With a head that leaves no room the free rows go first, then the mark rises; with room all is as the standard has it. */
static void test_page_one(void **state)
{
	static const struct {
		int signers, addressee; /* characters */
		bool after, near; /* free rows below the number; none below the title */
	} rows[] = {{3, 10, true, false}, {18, 60, false, true}, {3, 200, false, false}, {3, 9000, true, false}};

	for (size_t i = 0; i < LEN(rows); i++) {
		struct doc *d = doc_new(&kit_arena, S("x"), S("zh-CN"));
		CLEANUP(buf_free) struct buf to = BUF_MAX(1 << 16);
		CLEANUP(unzip_free) struct unzip *z = NULL;
		struct str bytes, xml = S(""), signers[18];
		int fd;

		for (int k = 0; k < 18; k++)
			signers[k] = S("王建国");
		for (int k = 0; k < rows[i].addressee; k++)
			buf_put(&to, S("市"));
		d->head = (struct doc_head){.form = FORM_RED, .mark = S("文件"), .number = S("青委〔2023〕5号"),
			.signers = signers, .nsigners = (size_t)rows[i].signers};
		add(d, DOC_TITLE, "", "报告");
		doc_run(d, doc_block(d, DOC_ADDRESSEE, S("")), (struct doc_run){.text = buf_str(&to)});
		add(d, DOC_BODY, "", "正文。");
		fd = open(written(d, &bytes), O_RDONLY);
		ok(unzip_open(fd, (struct unzip_limits){1 << 24, 1000, 1 << 26}, &z, &err));
		ok(unzip_member(z, S("word/document.xml"), gather, &xml, &err));
		assert_int_equal(str_has(xml, S("w:after=\"1178\"/><w:ind w:firstLine")), rows[i].after);
		assert_int_equal(str_has(xml, S("<w:pStyle w:val=\"Title\"/><w:spacing w:after=\"0\"/>")), rows[i].near);
		close(fd);
	}
}

/* Links as they stand: to a bookmark, to an address, and nothing where there is no such place. */
static void test_links(void **state)
{
	struct str bytes, xml = S("");
	CLEANUP(unzip_free) struct unzip *z = NULL;
	int fd = open(written(whole(FORM_RED), &bytes), O_RDONLY);

	ok(unzip_open(fd, (struct unzip_limits){1 << 24, 1000, 1 << 26}, &z, &err));
	ok(unzip_member(z, S("word/document.xml"), gather, &xml, &err));
	assert_true(str_has(xml, S("<w:hyperlink w:anchor=\"zeren_annex1\" w:history=\"1\"><w:r>")));
	assert_true(str_has(xml, S("见台账</w:t></w:r></w:hyperlink>")));
	assert_true(str_has(xml, S("w:name=\"zeren_annex1\"")));
	assert_true(str_has(xml, S("<w:hyperlink r:id=\"rId")));
	assert_false(str_has(xml, S("nowhere")));
	xml = S("");
	ok(unzip_member(z, S("word/_rels/document.xml.rels"), gather, &xml, &err));
	assert_true(str_has(xml,
		S("Target=\"https://example.org/a?b=&quot;1&quot;&amp;c='2'\\\" TargetMode=\"External\"/>")) ||
		str_has(xml, S("Target=\"https://example.org/a?b=&quot;1&quot;&amp;c=&#39;2&#39;\\\" TargetMode=\"External\"/>")));
	close(fd);
}

static void test_pictures(void **state)
{
	struct doc *d = doc_new(&kit_arena, S("x"), S("zh-CN"));
	struct doc_picture *p = ARENA_NEW(&kit_arena, struct doc_picture);
	struct docx_text t;
	struct str bytes, good = png(40, 20);
	size_t pictures, links;

	doc_block(d, DOC_PICTURE, S(""))->picture = p;
	*p = (struct doc_picture){.png = str_sub(good, 0, good.n / 2), .alt = S("坏了的图")};
	ok(docx_read(&kit_arena, written(d, &bytes), &t, &err)); /* cut off: its words in a frame */
	says(&t, 0, "Picture", 0, "坏了的图");
	check_package(kit_path("w.docx"), &pictures, &links);
	assert_int_equal(pictures, 0);
	p->png = S("GIF89a");
	assert_int_equal(doc_docx(d, &kit_arena, &bytes, &err), ERR_INPUT);
	err_clear(&err);
}

/* A square of 20 mm with a word in it, larger than the page is high where asked for. */
static void test_drawing(void **state)
{
	struct path_op ops[] = {{.kind = PATH_MOVE}, {.kind = PATH_LINE, .x = 20 * NM_MM},
		{.kind = PATH_LINE, .x = 20 * NM_MM, .y = 20 * NM_MM}, {.kind = PATH_CLOSE}};
	struct shape shapes[] = {{.kind = SHAPE_PATH, .ops = ops, .nops = LEN(ops), .filled = true, .fill = 0xFF0000},
		{.kind = SHAPE_TEXT, .text = S("图"), .x = 10 * NM_MM, .y = 10 * NM_MM, .size = 5 * NM_MM}};
	struct drawing g = {.width = 20 * NM_MM, .height = 20 * NM_MM, .shapes = shapes, .n = LEN(shapes)};
	struct doc *d = doc_new(&kit_arena, S("x"), S("zh-CN"));
	struct doc_picture p = {.drawing = &g, .alt = S("方块")};
	struct str bytes;
	size_t pictures, links;
	int32_t w, h;

	ok(drawing_png(&kit_arena, &g, NULL, 300, &w, &h, &bytes, &err));
	assert_int_equal(w, 20 * NM_MM);
	assert_true(str_starts(bytes, S("\x89PNG")));
	assert_memory_equal(bytes.p + 16, "\0\0\0\xec\0\0\0\xec", 8); /* 236 pixels */
	g.height = 400 * NM_MM;
	ok(drawing_png(&kit_arena, &g, NULL, 96, &w, &h, &bytes, &err));
	assert_true(h < TYPE_H && w < h);
	g.width = 0;
	assert_int_equal(drawing_png(&kit_arena, &g, NULL, 96, &w, &h, &bytes, &err), ERR_LIMIT);
	err_clear(&err);
	g = (struct drawing){.width = 20 * NM_MM, .height = 20 * NM_MM, .shapes = shapes, .n = LEN(shapes)};
	doc_block(d, DOC_PICTURE, S(""))->picture = &p;
	check_package(written(d, &bytes), &pictures, &links);
	assert_int_equal(pictures, 1);
}

static void test_bookmarks(void **state)
{
	same(docx_bookmark(&kit_arena, S("p_1_2")), "zeren_p_1_2");
	same(docx_bookmark(&kit_arena, S("")), "");
	same(docx_bookmark(&kit_arena, S("a-b/一")), "zeren_a_b____");
	assert_int_equal(docx_bookmark(&kit_arena, S("0123456789012345678901234567890123456789")).n, 40);
}

/* Two merged cells that want the same place, and one over a text: no text is lost in any format. */
static void test_claimed_twice(void **state)
{
	static const char *const texts[] = {"先占", "其内", "横跨", "被盖"};
	struct doc *d = doc_new(&kit_arena, S("x"), S("zh-CN"));
	struct doc_table *t = doc_table(d, STR_NONE, 3);
	CLEANUP(buf_free) struct buf html = BUF_MAX(DOC_BYTES), md = BUF_MAX(DOC_BYTES);
	struct doc_cover *cover;
	struct docx_text text;
	struct str bytes;

	doc_row(d, t, STR_NONE)[0] = (struct doc_cell){.text = S("先占"), .cols = 2, .rows = 3};
	doc_row(d, t, STR_NONE)[1] = (struct doc_cell){.text = S("其内"), .rows = 2};
	doc_row(d, t, STR_NONE)[0] = (struct doc_cell){.text = S("横跨"), .cols = 3};
	t->rows[2].cells[2].text = S("被盖");
	cover = doc_covers(&kit_arena, t);
	assert_int_equal(cover[0].cols, 2); /* as wide as it can be, then as high */
	assert_int_equal(cover[0].rows, 1);
	assert_int_equal(cover[4].rows, 2);
	assert_int_equal(cover[6].cols, 1);
	doc_html(d, &html);
	doc_markdown(d, &md);
	ok(docx_read(&kit_arena, written(d, &bytes), &text, &err));
	for (size_t i = 0; i < LEN(texts); i++) {
		bool there = false;

		assert_true(str_find(buf_str(&html), str_c(texts[i]), &(size_t){0}));
		assert_true(str_find(buf_str(&md), str_c(texts[i]), &(size_t){0}));
		for (size_t k = 0; k < text.n; k++)
			for (size_t n = 0; n < text.p[k].ncells; n++)
				there = there || str_is(text.p[k].cells[n], texts[i]);
		assert_true(there);
	}
}

/* A line of a title is not as wide as the page by half widths: capitals are wider, and the program would break it again. */
static void test_title_latin(void **state)
{
	struct doc *d = doc_new(&kit_arena, S("函"), S("zh-CN"));
	struct docx_text t;
	struct str bytes;

	add(d, DOC_TITLE, "title", "关于《2025年IPC（Water）合并单元格登记表（第12版）》与3—5月“百日攻坚”的函");
	add(d, DOC_BODY, "", "正文。");
	ok(docx_read(&kit_arena, written(d, &bytes), &t, &err));
	same(t.p[0].text, "关于《2025年IPC（Water）\n合并单元格登记表（第12版）》与\n3—5月“百日攻坚”的函");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_back),
		cmocka_unit_test(test_around),
		cmocka_unit_test(test_package),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_page_one),
		cmocka_unit_test(test_pictures),
		cmocka_unit_test(test_drawing),
		cmocka_unit_test(test_bookmarks),
		cmocka_unit_test(test_claimed_twice),
		cmocka_unit_test(test_title_latin),
	};

	err.lang = LANG_EN;
	return cmocka_run_group_tests_name("docx", tests, kit_setup, kit_teardown);
}
