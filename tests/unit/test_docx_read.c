/* DOCX files as people give them back, and what is none. */
#include "sheet_kit.h"

#include "doc/doc.h"
#include "doc/docx_read.h"

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
		print_error("\"%.*s\" is not \"%s\"\n", (int)a.n, a.p, b ? b : "");
	assert_true(str_is(a, b));
}

static void says(const struct docx_text *t, size_t i, const char *style, int outline, const char *text)
{
	assert_true(i < t->n);
	same(t->p[i].style, style);
	same(t->p[i].text, text);
	assert_int_equal(t->p[i].outline, outline);
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
	ok(doc_docx(doc_new(&kit_arena, S("x"), S("zh-CN")), &kit_arena, &bytes, &err));
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
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_styles_and_marks),
		cmocka_unit_test(test_beside),
		cmocka_unit_test(test_pictures_read),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_doctype),
		cmocka_unit_test(test_limits),
	};

	err.lang = LANG_EN;
	return cmocka_run_group_tests_name("docx_read", tests, kit_setup, kit_teardown);
}
