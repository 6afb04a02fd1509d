/* DOCX files written, and read back as people give them. */
#include "sheet_kit.h"

#include "doc/docx.h"
#include "doc/docx_read.h"
#include "pack/opc.h"
#include "pack/unzip.h"
#include "pack/xml.h"

#include <cairo.h>
#include <fcntl.h>

#define W_NS "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:mc=\"m\" xmlns:wps=\"s\""
#define DOCUMENT "<w:document " W_NS "><w:body>"
#define END_DOCUMENT "<w:sectPr><w:pgSz/></w:sectPr></w:body></w:document>"
#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"

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

	ok(drawing_png(&kit_arena, &g, 300, &w, &h, &bytes, &err));
	assert_int_equal(w, 20 * NM_MM);
	assert_true(str_starts(bytes, S("\x89PNG")));
	assert_memory_equal(bytes.p + 16, "\0\0\0\xec\0\0\0\xec", 8); /* 236 pixels */
	g.height = 400 * NM_MM;
	ok(drawing_png(&kit_arena, &g, 96, &w, &h, &bytes, &err));
	assert_true(h < TYPE_H && w < h);
	g.width = 0;
	assert_int_equal(drawing_png(&kit_arena, &g, 96, &w, &h, &bytes, &err), ERR_LIMIT);
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

/* ---- as others write them ---- */

static const char *document(const char *body)
{
	CLEANUP(kit_free) struct kit k = KIT_INIT;

	kit_add(&k, "_rels/.rels", S(RELS REL("r1", "officeDocument", "word/document.xml") ENDRELS));
	kit_add(&k, "word/_rels/document.xml.rels", S(RELS REL("r1", "styles", "styles.xml") ENDRELS));
	kit_add(&k, "word/styles.xml",
		S("<w:styles " W_NS "><w:style w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:pPr><w:outlineLvl w:val=\"0\"/>"
		  "</w:pPr></w:style><w:style w:styleId=\"2\"><w:name w:val=\"My Heading\"/><w:basedOn w:val=\"1\"/></w:style>"
		  "<w:style w:styleId=\"a\"><w:name w:val=\"Loop\"/><w:basedOn w:val=\"a\"/></w:style></w:styles>"));
	kit_add(&k, "word/document.xml", arena_printf(&kit_arena, DOCUMENT "%s" END_DOCUMENT, body));
	return kit_write("o.docx", kit_end(&k));
}

static void test_others(void **state)
{
	static const struct {
		const char *what, *body, *texts; /* one a line; rows: cells with |; \n within a text as / */
	} rows[] = {
		{"runs are put together", "<w:p><w:r><w:t>开会</w:t></w:r><w:proofErr/><w:r><w:t xml:space=\"preserve\"> 12</w:t></w:r></w:p>",
			"开会 12"},
		{"insertions are taken, deletions left out",
			"<w:p><w:r><w:t>a</w:t></w:r><w:ins><w:r><w:t>b</w:t></w:r></w:ins><w:del><w:r><w:delText>c</w:delText>"
			"<w:t>c</w:t></w:r></w:del><w:moveFrom><w:r><w:t>d</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>e</w:t></w:r>"
			"</w:moveTo></w:p>", "abe"},
		{"a deleted paragraph end joins two",
			"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>上</w:t></w:r></w:p>" P("下") P("后"), "上下\n后"},
		{"… also at the end", "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>上</w:t></w:r></w:p>", "上"},
		{"an inserted paragraph end is one", "<w:p><w:pPr><w:rPr><w:ins/></w:rPr></w:pPr><w:r><w:t>上</w:t></w:r></w:p>" P("下"),
			"上\n下"},
		{"what was before a change of format is not there",
			"<w:p><w:pPr><w:pPrChange><w:pPr><w:pStyle w:val=\"1\"/></w:pPr></w:pPrChange></w:pPr><w:r><w:t>x</w:t></w:r></w:p>", "x"},
		{"a field is its result",
			"<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> PAGE </w:instrText><w:t>no</w:t></w:r>"
			"<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar "
			"w:fldCharType=\"end\"/></w:r><w:fldSimple w:instr=\"DATE\"><w:r><w:t>8</w:t></w:r></w:fldSimple></w:p>", "78"},
		{"a link is its text", "<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>", "链接"},
		{"content controls are seen through", "<w:sdt><w:sdtPr><w:alias w:val=\"x\"/><w:t>no</w:t></w:sdtPr><w:sdtContent>" P("内")
			"</w:sdtContent></w:sdt>", "内"},
		{"one of two ways to say a thing; a text box by itself",
			"<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><a:p xmlns:a=\"a\"><a:r><a:t>no</a:t></a:r></a:p>"
			"<wps:txbx><w:txbxContent>" P("框") "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
			"<w:txbxContent>" P("框") "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>外</w:t></w:r></w:p>",
			"框\n外"},
		{"line breaks, tabs and hyphens",
			"<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/>"
			"<w:noBreakHyphen/><w:br w:type=\"page\"/></w:r></w:p>", "a/b\t-"},
		{"rubies are left out", "<w:p><w:r><w:ruby><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汉</w:t></w:r>"
			"</w:rubyBase></w:ruby></w:r></w:p>", "汉"},
		{"rows of tables, tables in cells, rows deleted",
			"<w:tbl><w:tr><w:tc>" P("甲") P("乙") "</w:tc><w:tc><w:tbl><w:tr><w:tc>" P("内") "</w:tc></w:tr></w:tbl>" P("丙")
			"</w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc>" P("去") "</w:tc></w:tr></w:tbl>" P("后"), "甲/乙|内/丙\n后"},
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 20);
		struct docx_text t;

		ok(docx_read(&kit_arena, document(rows[i].body), &t, &err));
		for (size_t k = 0; k < t.n; k++) {
			struct str *texts = t.p[k].row ? t.p[k].cells : &t.p[k].text;
			size_t n = t.p[k].row ? t.p[k].ncells : 1;

			if (k)
				buf_putc(&b, '\n');
			for (size_t c = 0; c < n; c++) {
				if (c)
					buf_putc(&b, '|');
				for (size_t at = 0; at < texts[c].n; at++)
					buf_putc(&b, texts[c].p[at] == '\n' ? '/' : texts[c].p[at]);
			}
		}
		if (!str_is(buf_str(&b), rows[i].texts))
			print_error("%s: %.*s\n", rows[i].what, (int)b.n, b.p);
		assert_true(str_is(buf_str(&b), rows[i].texts));
	}
}

static void test_styles_and_marks(void **state)
{
	struct docx_text t;

	ok(docx_read(&kit_arena,
		document("<w:bookmarkStart w:id=\"9\" w:name=\"zeren_p_0\"/>"
			 "<w:p><w:pPr><w:pStyle w:val=\"2\"/></w:pPr><w:bookmarkStart w:id=\"1\" w:name=\"zeren_p_1\"/><w:bookmarkStart "
			 "w:id=\"2\" w:name=\"_GoBack\"/><w:r><w:t>x</w:t></w:r></w:p>"
			 "<w:p><w:pPr><w:pStyle w:val=\"a\"/><w:outlineLvl w:val=\"4\"/></w:pPr></w:p>"
			 "<w:p><w:pPr><w:pStyle w:val=\"none\"/><w:outlineLvl w:val=\"9\"/></w:pPr></w:p>"),
		&t, &err));
	assert_int_equal(t.n, 3);
	says(&t, 0, "My Heading", 1, "x");
	assert_int_equal(t.p[0].nmarks, 2);
	same(t.p[0].marks[0], "zeren_p_0");
	same(t.p[0].marks[1], "zeren_p_1");
	says(&t, 1, "Loop", 5, "");
	says(&t, 2, "", 0, "");
	assert_int_equal(t.nnotes, 0);
}

/* Notes, remarks and headers, a text each; the separators of notes are none. */
static void test_beside(void **state)
{
	static const char *const parts[][2] = {
		{"footnotes", "<w:footnotes " W_NS "><w:footnote w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"
			      "<w:footnote w:id=\"1\">" P("注一") P("又") "</w:footnote><w:footnote>" P("注二") "</w:footnote></w:footnotes>"},
		{"endnotes", "<w:endnotes " W_NS "/>"},
		{"comments", "<w:comments " W_NS "><w:comment w:id=\"0\" w:author=\"张\">" P("数字不对？") "</w:comment></w:comments>"},
		{"header", "<w:hdr " W_NS "><w:tbl><w:tr><w:tc>" P("秘密") "</w:tc></w:tr></w:tbl></w:hdr>"},
		{"footer", "<w:ftr " W_NS ">" P("— 1 —") "</w:ftr>"}};
	static const char *const texts[] = {"注一\n又", "注二", "数字不对？", "秘密", "— 1 —"};
	static const enum docx_part kinds[] = {
		DOCX_FOOTNOTES, DOCX_FOOTNOTES, DOCX_COMMENTS, DOCX_HEADER, DOCX_FOOTER};
	CLEANUP(kit_free) struct kit k = KIT_INIT;
	struct str rels = S(RELS);
	struct docx_text t;

	kit_add(&k, "word/document.xml", S(DOCUMENT P("x") END_DOCUMENT));
	for (size_t i = 0; i < LEN(parts); i++) {
		kit_add(&k, arena_printf(&kit_arena, "word/%s.xml", parts[i][0]).p, str_c(parts[i][1]));
		rels = arena_printf(&kit_arena, STR_FMT REL("r%zu", "%s", "%s.xml"), STR_ARG(rels), i, parts[i][0], parts[i][0]);
	}
	kit_add(&k, "word/_rels/document.xml.rels", arena_printf(&kit_arena, STR_FMT ENDRELS, STR_ARG(rels)));
	ok(docx_read(&kit_arena, kit_write("b.docx", kit_end(&k)), &t, &err));
	assert_int_equal(t.n, 1);
	assert_int_equal(t.nnotes, LEN(texts));
	for (size_t i = 0; i < LEN(texts); i++) {
		assert_int_equal(t.notes[i].part, kinds[i]);
		same(t.notes[i].text, texts[i]);
	}
}

/* Pictures by what they say of themselves; a text box is none, a drawing without words is one. */
static void test_pictures_read(void **state)
{
	struct docx_text t;

	ok(docx_read(&kit_arena,
		document("<w:p><w:r><w:drawing><wp:docPr descr=\"图一\" xmlns:wp=\"w\"/><a:blip xmlns:a=\"a\"/></w:drawing></w:r>"
			 "<w:r><w:pict><v:shape xmlns:v=\"v\"><v:imagedata/></v:shape></w:pict></w:r></w:p>"
			 "<w:p><w:r><w:drawing><wps:txbx><w:txbxContent>" P("框") "</w:txbxContent></wps:txbx></w:drawing></w:r></w:p>"
			 "<w:tbl><w:tr><w:tc><w:p><w:bookmarkStart w:name=\"zeren_x\"/><w:r><w:drawing/></w:r></w:p></w:tc></w:tr></w:tbl>"
			 "<w:tbl><w:tr><w:tc>" P("乙") "</w:tc></w:tr></w:tbl>"),
		&t, &err));
	assert_int_equal(t.n, 5);
	assert_int_equal(t.p[0].npictures, 2);
	same(t.p[0].pictures[0], "图一");
	same(t.p[0].pictures[1], "");
	same(t.p[1].text, "框");
	assert_int_equal(t.p[1].npictures + t.p[2].npictures, 0);
	assert_int_equal(t.p[3].npictures, 1);
	assert_int_equal(t.p[3].table, 1);
	assert_int_equal(t.p[4].table, 2);
	assert_int_equal(t.p[3].nmarks, 1);
	same(t.p[3].marks[0], "zeren_x");
}

static void refused(const char *path, enum err_code code, const char *what)
{
	struct docx_text t;

	for (int i = 0; i < 2; i++) {
		setenv("ZEREN_NO_FORK", i ? "1" : "0", 1);
		assert_int_equal(docx_read(&kit_arena, path, &t, &err), code);
		if (!str_has(str_c(err.text), str_c(what)))
			print_error("\"%s\" does not say \"%s\"\n", err.text, what ? what : "");
		assert_true(str_has(str_c(err.text), str_c(what)));
		err_clear(&err);
	}
	unsetenv("ZEREN_NO_FORK");
}

static void test_refused(void **state)
{
	static const struct {
		const char *bytes, *says;
	} rows[] = {{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old .doc document, or one with a password"}, {"%PDF-1.5", "a PDF"},
		{"{\\rtf1", "a Rich Text file"}, {"<html>", "a web page"}, {"", "empty"}, {"hello", "not a .docx document"}};
	CLEANUP(kit_free) struct kit k = KIT_INIT;
	struct str bytes;

	for (size_t i = 0; i < LEN(rows); i++)
		refused(kit_write("x.docx", str_c(rows[i].bytes)), ERR_INPUT, rows[i].says);
	refused(kit_path("none.docx"), ERR_NOT_FOUND, "no such file");
	refused(kit_book("x.docx", (struct parts){0}), ERR_INPUT, "a workbook, not a document");
	refused(document("<w:p>"), ERR_INPUT, "word/document.xml");
	refused(document("<!DOCTYPE x>"), ERR_INPUT, "word/document.xml");
	ok(doc_docx(whole(FORM_PLAIN), &kit_arena, &bytes, &err));
	refused(kit_write("x.docx", str_sub(bytes, 0, bytes.n / 2)), ERR_INPUT, "x.docx");
	kit_add(&k, "word/document.xml", S("<x/>"));
	refused(kit_write("x.docx", kit_end(&k)), ERR_INPUT, "it begins with <x>");
}

static void test_doctype(void **state)
{
	CLEANUP(kit_free) struct kit k = KIT_INIT;

	kit_add(&k, "word/document.xml", S("<!DOCTYPE w [<!ENTITY e \"x\">]>" DOCUMENT P("&e;") END_DOCUMENT));
	refused(kit_write("x.docx", kit_end(&k)), ERR_INPUT, "DOCTYPE");
}

static void test_limits(void **state)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(8 << 20);

	buf_put(&b, S("<w:p>"));
	for (int i = 0; i < 100; i++)
		buf_put(&b, S("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>"));
	buf_put(&b, S("</w:p>"));
	buf_putc(&b, 0);
	refused(document(b.p), ERR_LIMIT, "more than 64 fields");
	buf_reset(&b);
	buf_put(&b, S("<w:p><w:r><w:t>"));
	for (int i = 0; i < DOCX_PARA_BYTES + 1; i++)
		buf_putc(&b, 'x');
	buf_put(&b, S("</w:t></w:r></w:p>"));
	buf_putc(&b, 0);
	refused(document(b.p), ERR_LIMIT, "a paragraph has more than");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_back),
		cmocka_unit_test(test_around),
		cmocka_unit_test(test_package),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_pictures),
		cmocka_unit_test(test_drawing),
		cmocka_unit_test(test_bookmarks),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_styles_and_marks),
		cmocka_unit_test(test_beside),
		cmocka_unit_test(test_pictures_read),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_doctype),
		cmocka_unit_test(test_limits),
	};

	err.lang = LANG_EN;
	return cmocka_run_group_tests_name("docx", tests, kit_setup, kit_teardown);
}
