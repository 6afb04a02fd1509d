/* Files that are broken, foreign or hostile: each ends in bounded time with words that say what is wrong. */
#include "sheet_kit.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

static const char *broken_book(struct parts p)
{
	return kit_book("bad.xlsx", p);
}

static void sheet_refused(const char *xml, enum err_code code, const char *says)
{
	struct str all = arena_printf(&kit_arena, WORKSHEET "%s" ENDSHEET, xml);

	kit_refused(broken_book((struct parts){.sheet = all.p}), code, says);
}

/* ---- not a workbook at all ---- */

static void other_files(void **state)
{
#define HEAD(lit) {"" lit, sizeof(lit) - 1}
	static const struct { const char *name; struct str head; const char *says; } t[] = {
		{"a.xls", HEAD("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"),
			"old .xls workbook, or one with a password"},
		{"a.csv", HEAD("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"),
			"old .xls workbook, or one with a password"},
		{"b.xls", HEAD("<html><table>"), "a web page"},
		{"c.xls",
			HEAD("<?xml version=\"1.0\"?><Workbook "
			"xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"),
			"XML spreadsheet of 2003"},
		{"d.xlsx", HEAD(""), "the file is empty"},
		{"e.xlsx", HEAD("a,b\n"), "neither an .xlsx workbook nor a .csv"},
		{"f.pdf", HEAD("%PDF-1.7"), "neither an .xlsx workbook nor a .csv"},
	};
	struct err err = {.lang = LANG_EN};
	struct book b;

	for (size_t i = 0; i < LEN(t); i++)
		kit_refused(kit_write(t[i].name, t[i].head), ERR_INPUT, t[i].says);
	assert_int_equal(book_read(&kit_arena, kit_path("none.xlsx"), (struct sheet_progress){0}, &b, &err),
		ERR_NOT_FOUND);
	err_clear(&err);
	assert_int_equal(book_read(&kit_arena, kit_dir, (struct sheet_progress){0}, &b, &err), ERR_INPUT);
	assert_int_equal(mkfifo(kit_path("fifo.xlsx"), 0600), 0);
	err_clear(&err);
	assert_int_equal(book_read(&kit_arena, kit_path("fifo.xlsx"), (struct sheet_progress){0}, &b, &err),
		ERR_INPUT);
}

static const char *archive_with(const char *a, const char *b)
{
	CLEANUP(kit_free) struct kit k = KIT_INIT;

	kit_add(&k, a, S("x"));
	kit_add(&k, b, S("y"));
	return kit_write("other.xlsx", kit_end(&k));
}

static void other_archives(void **state)
{
	static const char docx[] = RELS REL("r1", "officeDocument", "word/document.xml") ENDRELS;
	static const char xlsb[] = RELS REL("r1", "officeDocument", "xl/workbook.bin") ENDRELS;
	static const char pptx[] = RELS REL("r1", "officeDocument", "ppt/presentation.xml") ENDRELS;
	CLEANUP(kit_free) struct kit none = KIT_INIT;

	kit_refused(broken_book((struct parts){.rels = docx}), ERR_INPUT, "a Word document");
	kit_refused(broken_book((struct parts){.rels = xlsb}), ERR_INPUT, ".xlsb");
	kit_refused(broken_book((struct parts){.rels = pptx}), ERR_INPUT, "a presentation");
	kit_refused(archive_with("mimetype", "content.xml"), ERR_INPUT, "OpenDocument");
	kit_refused(archive_with("a.txt", "b.txt"), ERR_INPUT, "without a workbook");
	kit_refused(archive_with("a.txt", "A.TXT"), ERR_INPUT, "two files named A.TXT");
	kit_refused(archive_with("../../etc/passwd", "/etc/passwd"), ERR_INPUT, "without a workbook");
	kit_refused(kit_write("none.xlsx", kit_end(&none)), ERR_INPUT, "without a workbook");
	kit_refused(broken_book((struct parts){.workbook = "<document/>"}), ERR_INPUT,
		"begins with <document>");
	kit_refused(broken_book((struct parts){.sheet = "<chartsheet/>"}), ERR_INPUT,
		"begins with <chartsheet>");
}

/* ---- broken archives ---- */

/* Every cut of a workbook, and every byte of it changed: any answer, but soon and in order. In this
 * process, so that a sanitiser sees it. */
static void cut_and_changed(void **state)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	CLEANUP(kit_free) struct kit k = KIT_INIT;
	struct err err = {.lang = LANG_EN};
	struct book b;
	struct str whole;
	char *p;

	kit_usual(&k, (struct parts){.sheet = WORKSHEET "<row><c t=\"s\"><v>1</v></c></row>" ENDSHEET});
	whole = kit_end(&k);
	setenv("ZEREN_NO_FORK", "1", 1);
	for (size_t n = 0; n < whole.n; n += 7) {
		err_clear(&err);
		assert_int_equal(book_read(&a, kit_write("cut.xlsx", str_sub(whole, 0, n)),
			(struct sheet_progress){0},
			&b, &err), ERR_INPUT);
	}
	p = (char *)arena_str(&a, whole).p;
	for (size_t i = 0; i < whole.n; i += 3) {
		struct arena scratch CLEANUP(arena_free) = ARENA_INIT;
		char was = p[i];

		p[i] = (char)(was ^ (1 << i % 8));
		err_clear(&err);
		(void)book_read(&scratch, kit_write("cut.xlsx", (struct str){p, whole.n}),
			(struct sheet_progress){0}, &b,
			&err);
		p[i] = was;
	}
	unsetenv("ZEREN_NO_FORK");
}

static const char *with_sheet(struct kit_member m)
{
	CLEANUP(kit_free) struct kit k = KIT_INIT;

	m.name = S("xl/worksheets/sheet1.xml");
	kit_usual(&k, (struct parts){.sheet = ""});
	kit_put(&k, m);
	return kit_write("member.xlsx", kit_end(&k));
}

static void broken_members(void **state)
{
	struct str xml = S(WORKSHEET ENDSHEET);
	uint32_t n = (uint32_t)xml.n, crc = kit_crc(xml);
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct str nested;

	kit_read(with_sheet((struct kit_member){.data = xml, .crc = crc, .size = n}));
	kit_refused(with_sheet((struct kit_member){.data = xml, .crc = crc ^ 1, .size = n}), ERR_INPUT,
		"wrong checksum");
	kit_refused(with_sheet((struct kit_member){.data = xml, .crc = crc, .size = n, .flags = 1}),
		ERR_INPUT,
		"encrypted");
	kit_refused(with_sheet((struct kit_member){.data = xml, .crc = crc, .size = n, .method = 12}),
		ERR_INPUT,
		"compressed in a way");
	kit_refused(with_sheet((struct kit_member){.data = xml, .crc = crc, .size = n, .method = 8}),
		ERR_INPUT,
		"broken or cut off");
	kit_refused(with_sheet((struct kit_member){.data = xml, .crc = crc, .size = n + 5}), ERR_INPUT, "");
	assert_int_equal(file_read(&a, kit_book("inner.xlsx", (struct parts){0}), 1 << 20, &nested,
		&(struct err){.lang = LANG_EN}), OK);
	kit_refused(with_sheet((struct kit_member){.data = nested, .crc = kit_crc(nested),
		.size = (uint32_t)nested.n}),
		ERR_INPUT, "broken XML");
}

static void missing_parts(void **state)
{
	kit_refused(broken_book((struct parts){.workbook = ""}), ERR_INPUT, "without a workbook");
	kit_refused(broken_book((struct parts){.workbook_rels = ""}), ERR_INPUT, "does not say where it is");
	kit_refused(broken_book((struct parts){.sheet = ""}), ERR_INPUT, "xl/worksheets/sheet1.xml: missing");
	kit_refused(broken_book((struct parts){.workbook_rels = RELS
		REL("r1", "worksheet", "../../../../etc/passwd") ENDRELS}), ERR_INPUT, "etc/passwd: missing");
	kit_refused(broken_book((struct parts){.workbook_rels = RELS
		REL("r1", "worksheet", "file:///etc/passwd") ENDRELS}), ERR_INPUT, "missing");
	kit_refused(broken_book((struct parts){.workbook_rels = RELS "<Relationship Id=\"r1\" Type=\"" DOC_NS
		"/worksheet\" Target=\"http://x/\" TargetMode=\"External\"/>" ENDRELS}), ERR_INPUT,
			"does not say where");
	kit_refused(broken_book((struct parts){.workbook_rels = RELS REL("r1", "chartsheet",
		"c.xml") ENDRELS}),
		ERR_INPUT, "without a worksheet");
	kit_refused(broken_book((struct parts){.strings = "", .sheet = WORKSHEET
		"<row><c t=\"s\"><v>0</v></c></row>" ENDSHEET}), ERR_INPUT, "shared string 0 is missing");
	kit_read(broken_book((struct parts){.rels = "", .styles = "", .strings = ""}));
}

static void too_many_members(void **state)
{
	CLEANUP(kit_free) struct kit k = KIT_INIT;
	char name[32];

	for (int i = 0; i < 10001; i++) {
		snprintf(name, sizeof name, "f%d", i);
		kit_add(&k, name, STR_NONE);
	}
	kit_refused(kit_write("many.xlsx", kit_end(&k)), ERR_LIMIT, "more than 10000 files");
}

/* ---- XML ---- */

static void bad_xml(void **state)
{
	CLEANUP(buf_free) struct buf deep = BUF_MAX(1 << 20), laughs = BUF_MAX(1 << 20);

	kit_refused(broken_book((struct parts){.sheet = WORKSHEET "<row>" ENDSHEET}), ERR_INPUT,
		"broken XML");
	kit_refused(broken_book((struct parts){.sheet = WORKSHEET "<row/></sheetData>"}), ERR_INPUT,
		"broken XML");
	kit_refused(broken_book((struct parts){.sheet = "<?xml version=\"1.0\" "
		"encoding=\"EBCDIC\"?>" WORKSHEET
		ENDSHEET}), ERR_INPUT, "broken XML");
	kit_refused(broken_book((struct parts){.sheet = WORKSHEET "<row><c t=\"str\"><v>\xFF</v></c>"
		"</row>" ENDSHEET}),
		ERR_INPUT, "broken XML");
	sheet_refused("<row><c t=\"str\"><v>&#1;</v></c></row>", ERR_INPUT, "broken XML");
	sheet_refused("<row><c t=\"str\"><v>&unknown;</v></c></row>", ERR_INPUT, "broken XML");
	kit_refused(broken_book((struct parts){.sheet = "<!DOCTYPE w SYSTEM \"file:///etc/passwd\">" WORKSHEET
		ENDSHEET}), ERR_INPUT, "DOCTYPE");
	buf_put(&laughs, S("<!DOCTYPE w [<!ENTITY a \"ha\">"));
	for (char c = 'b'; c < 'z'; c++)
		buf_printf(&laughs, "<!ENTITY %c \"&%c;&%c;&%c;&%c;\">", c, c - 1, c - 1, c - 1, c - 1);
	buf_put(&laughs, S("]>" WORKSHEET "<row><c t=\"str\"><v>&y;</v></c></row>" ENDSHEET));
	kit_refused(broken_book((struct parts){.sheet = laughs.p}), ERR_INPUT, "DOCTYPE");
	kit_refused(broken_book((struct parts){.strings = laughs.p}), ERR_INPUT,
		"xl/sharedStrings.xml: line 1: a DOCTYPE");
	for (int i = 0; i < 65; i++)
		buf_put(&deep, S("<a>"));
	kit_refused(broken_book((struct parts){.sheet = deep.p}), ERR_INPUT, "begins with <a>");
	sheet_refused(deep.p, ERR_LIMIT, "more than 64 elements inside each other");
}

static void bad_cells(void **state)
{
	static const struct { const char *xml, *says; } t[] = {
		{"<row r=\"2\"/><row r=\"1\"/>", "row 1 stands behind row 2"},
		{"<row r=\"2\"/><row r=\"2\"/>", "row 2 stands behind row 2"},
		{"<row r=\"0\"/>", "row number \"0\""}, {"<row r=\"-1\"/>", "row number"},
			{"<row r=\"1e3\"/>", "row number"},
		{"<row r=\"\"/>", "row number"}, {"<row r=\"99999999999999999999\"/>", "row number"},
		{"<row r=\"1\"><c r=\"A2\"/></row>", "\"A2\" names no cell of this row"},
		{"<row><c r=\"AAAA1\"/></row>", "names no cell"}, {"<row><c r=\"XFE1\"/></row>",
			"names no cell"},
		{"<row><c r=\"\"/></row>", "names no cell"}, {"<row><c r=\"1\"/></row>", "names no cell"},
		{"<row><c r=\"A\"/></row>", "names no cell"}, {"<row><c r=\"A1x\"/></row>", "names no cell"},
		{"<row><c r=\"$A$1\"/></row>", "names no cell"}, {"<row><c r=\"A0\"/></row>",
			"names no cell"},
		{"<row><c r=\"A99999999999\"/></row>", "names no cell"},
			{"<row><c r=\"\xE4\xB8\xAD\x31\"/></row>", "names no"},
		{"<row><c r=\"B1\"/><c r=\"A1\"/></row>", "cell A1 stands in the wrong place"},
		{"<row><c r=\"B1\"/><c r=\"B1\"/></row>", "cell B1 stands in the wrong place"},
		{"<row r=\"7\"><c r=\"B7\" t=\"s\"><v>2</v></c></row>",
			"cell B7: shared string 2 is missing, there are 2"},
		{"<row><c t=\"s\"><v>-1</v></c></row>", "cell A1: \"-1\" is no number of a shared string"},
		{"<row><c t=\"s\"><v>99999999999999999999</v></c></row>", "no number of a shared string"},
		{"<row><c><v>1,5</v></c></row>", "sheet 甲: cell A1: \"1,5\" is no number"},
		{"<row><c><v>一二三四五六七八九十一二三四五</v></c></row>",
			"\"一二三四五六七八九十一二三\" is no number"},
		{"<row><c><v>1E999</v></c></row>", "is no number"}, {"<row><c t=\"x\"/></row>",
			"unknown cell type \"x\""},
		{"</sheetData><mergeCells><mergeCell ref=\"A1:\"/></mergeCells><sheetData>",
			"merged range \"A1:\" is none"},
		{"</sheetData><mergeCells><mergeCell ref=\"A1:B2:C3\"/></mergeCells><sheetData>",
			"merged range"},
		{"</sheetData><sheetData><row/></sheetData><sheetData><row r=\"1\"/>",
			"row 1 stands behind row 1"},
	};

	for (size_t i = 0; i < LEN(t); i++)
		sheet_refused(t[i].xml, ERR_INPUT, t[i].says);
	sheet_refused("<row r=\"1048577\"/>", ERR_LIMIT, "row 1048577: more than 1048576 rows");
	sheet_refused("<row><c r=\"AMK1\"><v>1</v></c></row>", ERR_LIMIT,
		"cell AMK1: content beyond column 1024");
}

static void too_much(void **state)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(4 << 20), sst = BUF_MAX(4 << 20), books = BUF_MAX(1 << 20);

	buf_put(&b, S("<row><c t=\"str\"><v>"));
	for (int i = 0; i < 1 << 20; i++)
		buf_putc(&b, 'x');
	buf_put(&b, S("</v></c></row>"));
	sheet_refused(b.p, ERR_LIMIT, "cell A1: a cell of more than 64 KiB");
	buf_put(&sst, S("<sst><si/><si><t>"));
	buf_put(&sst, str_sub(buf_str(&b), 20, b.n - 20));
	buf_put(&sst, S("</t></si></sst>"));
	kit_refused(broken_book((struct parts){.strings = sst.p}), ERR_LIMIT,
		"shared string 1: more than 64 KiB");
	buf_reset(&b);
	buf_put(&b, S("<row r=\""));                      /* one attribute of 2 MiB */
	for (int i = 0; i < 1 << 21; i++)
		buf_putc(&b, '1');
	buf_put(&b, S("\"/>"));
	sheet_refused(b.p, ERR_LIMIT, "a tag or comment of more than 1048576 bytes");
	buf_put(&books, S("<workbook><sheets>"));
	for (int i = 0; i <= SHEET_SHEETS; i++)
		buf_put(&books, S("<sheet name=\"a\" id=\"r1\"/>"));
	buf_put(&books, S("</sheets></workbook>"));
	kit_refused(broken_book((struct parts){.workbook = books.p}), ERR_LIMIT, "more than 256 sheets");
}

static int64_t cpu_ms(void)
{
	struct rusage own, children;

	getrusage(RUSAGE_SELF, &own);
	getrusage(RUSAGE_CHILDREN, &children);
	return (own.ru_utime.tv_sec + children.ru_utime.tv_sec) * 1000 +
		(own.ru_utime.tv_usec + children.ru_utime.tv_usec) / 1000;
}

/* 1 GiB out of 7 MB: told by its size where that is honest, else while it comes. */
static void bombs(void **state)
{
	static const size_t runs = ((size_t)1 << 30) / 258;
	CLEANUP(buf_free) struct buf zeros = BUF_MAX(16 << 20), blanks = BUF_MAX(16 << 20);
	CLEANUP(buf_free) struct buf sparse = BUF_MAX(1 << 10);
	struct rusage use;
	int64_t from;

	kit_deflate(&zeros, STR_NONE, '\0', runs);
	kit_deflate(&blanks, S(WORKSHEET), ' ', runs);
	from = cpu_ms();
	kit_refused(with_sheet((struct kit_member){.data = buf_str(&zeros), .size = 1 << 30, .method = 8}),
		ERR_LIMIT,
		"more than 512 MiB when unpacked");
	kit_refused(with_sheet((struct kit_member){.data = buf_str(&zeros), .size = 1000, .method = 8}),
		ERR_INPUT, "");
	kit_refused(with_sheet((struct kit_member){.data = buf_str(&blanks), .size = 1000, .method = 8}),
		ERR_LIMIT,
		"more than 512 MiB when unpacked");
	assert_true(cpu_ms() - from < 60000);
	getrusage(RUSAGE_CHILDREN, &use);
#ifndef ZEREN_SANITISED
	assert_true(use.ru_maxrss < 200 << 10);
#endif
}

static void large_file(void **state)
{
	const char *path = kit_write("large.xlsx", S("PK\3\4")), *csv = kit_write("large.csv", S("a"));

	assert_int_equal(truncate(path, 100 << 20), 0);
	kit_refused(path, ERR_LIMIT, "the file has 104857600 bytes, at most 67108864 are read");
	assert_int_equal(truncate(csv, 100 << 20), 0);
	kit_refused(csv, ERR_LIMIT, "the file has 104857600 bytes, at most 67108864 are read");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(other_files),
		cmocka_unit_test(other_archives),
		cmocka_unit_test(cut_and_changed),
		cmocka_unit_test(broken_members),
		cmocka_unit_test(missing_parts),
		cmocka_unit_test(too_many_members),
		cmocka_unit_test(bad_xml),
		cmocka_unit_test(bad_cells),
		cmocka_unit_test(too_much),
		cmocka_unit_test(bombs),
		cmocka_unit_test(large_file),
	};

	return cmocka_run_group_tests(tests, kit_setup, kit_teardown);
}
