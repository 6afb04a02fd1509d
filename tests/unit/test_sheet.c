/* Workbooks and CSV files as people make them. */
#include "sheet_kit.h"

#include "sheet/xlsx_number.h"
#include "sheet/xlsx_read.h"

static const char examples[] = "examples/district-office-2022";

/* Counted by tests/oracle/sheets.py, which has never seen the C. */
static const struct {
	const char *file, *sheet;
	size_t rows, cells, spans;
} counted[] = {
	{"01会议台账.xlsx", "会议台账", 43, 469, 17},
	{"02周例会月度汇总.csv", "", 19, 118, 0},
	{"03学习台账.xlsx", "周四大学堂及支部学习", 46, 409, 3},
	{"03学习台账.xlsx", "平台学习汇总", 11, 39, 1},
	{"04信息报送登记.xlsx", "2022年", 131, 905, 1},
	{"05信息采用情况.csv", "", 66, 443, 0},
	{"06教育培训与主题活动台账.xlsx", "教育培训", 14, 140, 1},
	{"06教育培训与主题活动台账.xlsx", "主题活动", 14, 82, 1},
	{"07荣誉与推荐台账.xlsx", "荣誉推荐", 14, 122, 1},
	{"08阵地清单.xlsx", "阵地清单", 14, 100, 1},
	{"09安全风险工作台账.xlsx", "风险清单", 18, 171, 1},
	{"09安全风险工作台账.xlsx", "更新记录", 31, 134, 0},
	{"09安全风险工作台账.xlsx", "会商研判", 7, 45, 1},
	{"09安全风险工作台账.xlsx", "预警处置", 8, 51, 1},
	{"10督查检查台账.xlsx", "督查检查", 24, 219, 1},
	{"11问题整改台账.xlsx", "问题整改", 28, 328, 1},
	{"12制度文件与责任书.xlsx", "制度文件", 13, 82, 1},
	{"12制度文件与责任书.xlsx", "责任书", 24, 114, 1},
	{"12制度文件与责任书.xlsx", "目标考核", 9, 38, 1},
	{"13零报告与文稿审核.xlsx", "零报告", 17, 100, 1},
	{"13零报告与文稿审核.xlsx", "文稿审核", 15, 72, 1},
	{"14下步工作计划.xlsx", "计划", 14, 105, 1},
	{"org.xlsx", "单位", 20, 99, 0},
	{"org.xlsx", "岗位", 14, 56, 0},
	{"org.xlsx", "任职", 16, 51, 1},
	{"org.xlsx", "分管", 13, 39, 0},
};

static struct book example(const char *name)
{
	return kit_read(path_join(&kit_arena, str_c(examples), str_c(name)).p);
}

static void counts_of_the_example(void **state)
{
	size_t nth = 0;

	for (size_t i = 0; i < LEN(counted); i++) {
		struct book b = example(counted[i].file);
		const struct sheet *s;
		size_t cells = 0;

		nth = i && !strcmp(counted[i].file, counted[i - 1].file) ? nth + 1 : 0;
		assert_true(nth < b.nsheets);
		s = &b.sheets[nth];
		for (size_t r = 0; r < s->nrows; r++)
			cells += s->rows[r].n;
		assert_true(str_is(b.name, counted[i].file));
		assert_true(str_is(s->name, counted[i].sheet));
		assert_false(s->hidden);
		assert_int_equal(s->nrows, counted[i].rows);
		assert_int_equal(cells, counted[i].cells);
		assert_int_equal(s->nspans, counted[i].spans);
		if (i + 1 == LEN(counted) || strcmp(counted[i].file, counted[i + 1].file))
			assert_int_equal(b.nsheets, nth + 1);
	}
}

static void cells_of_the_example(void **state)
{
	struct book b = example("01会议台账.xlsx");
	const struct sheet *s = &b.sheets[0];

	kit_is(s, 1, 1, CELL_TEXT, "区委办2022年度会议台账");
	kit_is(s, 5, 1, CELL_NUMBER, "1");
	kit_is(s, 5, 2, CELL_DATE, "2022-01-14");
	kit_is(s, 5, 7, CELL_NUMBER, "13");
	kit_is(s, 5, 10, CELL_TEXT, "传达上级会议精神；\n研究春节前后值班安排");
	kit_is(s, 6, 2, CELL_TEXT, "2022.1.28");
	kit_is(s, 7, 8, CELL_TEXT, "１３人");
	assert_null(kit_cell(s, 5, 11));
	assert_int_equal(s->spans[0].row1, 1);
	b = example("05信息采用情况.csv");
	assert_true(b.csv);
	assert_string_equal(b.encoding, "GB18030");
	kit_is(&b.sheets[0], 8, 6, CELL_TEXT, "２０２２年２月１８日");
	kit_is(&b.sheets[0], 8, 8, CELL_TEXT, "专题,综合刊发");
	b = example("02周例会月度汇总.csv");
	assert_string_equal(b.encoding, "UTF-8");
	kit_is(&b.sheets[0], 1, 1, CELL_TEXT, b.sheets[0].rows[0].cells[0].text.p);
	assert_memory_not_equal(b.sheets[0].rows[0].cells[0].text.p, "\xEF\xBB\xBF", 3);
}

/* ---- cells ---- */

static void every_type_of_cell(void **state)
{
	struct sheet s = kit_sheet("<row r=\"3\">"
		"<c r=\"A3\" t=\"s\"><v>1</v></c><c r=\"B3\"><v>13</v></c><c r=\"C3\" t=\"n\"><v>2.50</v></c>"
		"<c r=\"D3\" t=\"b\"><v>1</v></c><c r=\"E3\" t=\"b\"><v>0</v></c><c r=\"F3\" t=\"e\"><v>"
			"#REF!</v></c>"
		"<c r=\"G3\" t=\"str\"><f>A1&amp;B1</f><v>a&lt;b</v></c><c r=\"H3\" t=\"d\"><v>"
			"2022-06-03T10:00:00Z</v></c>"
		"<c r=\"I3\" t=\"inlineStr\"><is><r><t>富</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">"
			" 文 </t></r>"
		"<rPh sb=\"0\" eb=\"1\"><t>fu</t></rPh></is></c><c r=\"J3\" s=\"1\"><v>44575</v></c>"
		"<c r=\"K3\" s=\"1\"><v>44575.99999</v></c><c r=\"L3\"><f>NOW()</f></c><c r=\"M3\" s=\"1\"/>"
		"<c r=\"N3\" t=\"str\"><v></v></c><c r=\"O3\" t=\"inlineStr\"><is/></c><c r=\"P3\" s=\"7\">"
			"<v>1</v></c>"
		"<c r=\"Q3\" t=\"d\"><v>T10:00</v></c><c r=\"R3\"><v> </v></c><c r=\"S3\" s=\"1\"><v>0.5</v>"
			"</c>"
		"<c r=\"T3\" t=\"b\"><v>true</v></c>"
		"</row></sheetData>");

	assert_int_equal(s.nrows, 1);
	assert_int_equal(s.rows[0].no, 3);
	kit_is(&s, 3, 1, CELL_TEXT, "一");
	kit_is(&s, 3, 2, CELL_NUMBER, "13");
	kit_is(&s, 3, 3, CELL_NUMBER, "2.5");
	kit_is(&s, 3, 4, CELL_BOOL, "TRUE");
	kit_is(&s, 3, 5, CELL_BOOL, "FALSE");
	kit_is(&s, 3, 6, CELL_ERROR, "#REF!");
	kit_is(&s, 3, 7, CELL_TEXT, "a<b");
	kit_is(&s, 3, 8, CELL_DATE, "2022-06-03");
	kit_is(&s, 3, 9, CELL_TEXT, "富 文 ");
	kit_is(&s, 3, 10, CELL_DATE, "2022-01-14");
	kit_is(&s, 3, 11, CELL_DATE, "2022-01-14");
	for (int col = 12; col <= 15; col++)
		assert_null(kit_cell(&s, 3, col));
	kit_is(&s, 3, 16, CELL_NUMBER, "1");
	kit_is(&s, 3, 17, CELL_TEXT, "T10:00");
	assert_null(kit_cell(&s, 3, 18));
	kit_is(&s, 3, 19, CELL_NUMBER, "0.5");      /* a time alone is no day */
	kit_is(&s, 3, 20, CELL_BOOL, "TRUE");
}

static void without_references(void **state)
{
	struct sheet s = kit_sheet("<row/><row><c><v>1</v></c><c/><c><v>2</v></c></row>"
		"<row r=\"9\"><c r=\"C9\"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>"
			"</sheetData>");

	assert_int_equal(s.nrows, 3);
	kit_is(&s, 2, 1, CELL_NUMBER, "1");
	kit_is(&s, 2, 3, CELL_NUMBER, "2");
	kit_is(&s, 9, 3, CELL_NUMBER, "3");
	kit_is(&s, 9, 4, CELL_NUMBER, "4");
	kit_is(&s, 10, 1, CELL_NUMBER, "5");
}

static void merged_ranges(void **state)
{
	struct sheet s = kit_sheet("</sheetData><mergeCells count=\"3\"><mergeCell ref=\"A1:C2\"/><mergeCell "
		"ref=\"D4\"/>"
		"<mergeCell ref=\"XFD9:B7\"/></mergeCells>");

	assert_int_equal(s.nspans, 3);
	assert_memory_equal(&s.spans[0], &((struct span){1, 1, 2, 3}), sizeof(struct span));
	assert_memory_equal(&s.spans[1], &((struct span){4, 4, 4, 4}), sizeof(struct span));
	assert_memory_equal(&s.spans[2], &((struct span){7, 2, 9, 16384}), sizeof(struct span));
}

static int width_in(const struct sheet *s, int col)
{
	const struct sheet_col *c = sheet_col(s, col);

	return c ? c->width : -1;
}

/* Widths that somebody set, hidden columns, heights; whatever is no number, or out of order, is no reason to refuse. */
static void looks(void **state)
{
	struct sheet s = kit_read(kit_book("a.xlsx", (struct parts){.sheet = "<worksheet xmlns=\"" MAIN_NS "\"><cols>"
		"<col min=\"1\" max=\"2\" width=\"12.7109375\" customWidth=\"1\"/>"
		"<col min=\"3\" max=\"3\" width=\"9\" style=\"1\"/>"
		"<col min=\"4\" max=\"4\" width=\"0\" hidden=\"1\" customWidth=\"1\"/>"
		"<col min=\"2\" max=\"5\" width=\"20\" customWidth=\"1\"/>"
		"<col min=\"5\" max=\"5\" width=\"1e9\" customWidth=\"1\"/>"
		"<col min=\"6\" max=\"6\" width=\"-3\" customWidth=\"1\"/>"
		"<col min=\"7\" max=\"7\" width=\"wide\" customWidth=\"true\"/>"
		"<col min=\"8\" max=\"16384\" width=\"255.7109375\" customWidth=\"true\"/></cols><sheetData>"
		"<row r=\"1\" ht=\"30.5\" customHeight=\"1\"><c r=\"A1\"><v>1</v></c></row>"
		"<row r=\"2\" ht=\"30\"><c r=\"A2\"><v>1</v></c></row>"
		"<row r=\"3\" ht=\"9999\" customHeight=\"1\"><c r=\"A3\"><v>1</v></c></row>"
		"</sheetData></worksheet>"})).sheets[0];

	assert_int_equal(s.ncols, 3);
	assert_int_equal(width_in(&s, 1), 1200);
	assert_int_equal(width_in(&s, 2), 1200);
	assert_int_equal(width_in(&s, 3), -1);
	assert_int_equal(width_in(&s, 4), 0);
	assert_true(sheet_col(&s, 4)->hidden);
	for (int col = 5; col <= 7; col++)
		assert_int_equal(width_in(&s, col), -1);
	assert_int_equal(width_in(&s, 8), 25500);
	assert_int_equal(width_in(&s, SHEET_COLS), 25500);
	assert_int_equal(s.rows[0].height, 305);
	assert_int_equal(s.rows[1].height, 0);
	assert_int_equal(s.rows[2].height, 0);
}

static void skipped_elements(void **state)
{
	struct sheet s = kit_sheet("<row r=\"1\"><c r=\"A1\"><extLst><v>9</v></extLst><v>1</v></c></row>"
		"</sheetData>"
		"<extLst><ext><sheetData><row r=\"2\"><c><v>8</v></c></row></sheetData></ext></extLst>"
		"<conditionalFormatting><cfRule><f>1</f></cfRule></conditionalFormatting>");

	assert_int_equal(s.nrows, 1);
	kit_is(&s, 1, 1, CELL_NUMBER, "1");
}

static void far_styled_cells(void **state)
{
	struct sheet s = kit_sheet("<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c><c r=\"XFD1048576\" "
		"s=\"1\"/></row>"
		"</sheetData>");

	kit_is(&s, 1048576, 1, CELL_NUMBER, "1");
}

static void normal_form(void **state)
{
	struct sheet s = kit_sheet("<row r=\"1\"><c t=\"str\"><v>cafe\xCC\x81</v></c></row></sheetData>");

	kit_is(&s, 1, 1, CELL_TEXT, "café");
}

static void escapes(void **state)
{
	static const struct { const char *in, *out; } t[] = {
		{"a_x000D__x000A_b", "a\nb"}, {"a_x000D_\nb", "a\nb"}, {"a_x000D_b", "a\nb"},
			{"_x000D__x000D_\n\n", "\n\n\n"}, {"_x0009_", "\t"},
		{"_x005F_x000D_", "_x000D_"}, {"_x0000_", "_x0000_"}, {"_x001B_", "_x001B_"}, {"_x4E2D_",
			"中"},
		{"_xD83D__xDE00_", "😀"}, {"_xD83D_", "_xD83D_"}, {"_xDE00_", "_xDE00_"}, {"_xD83D__x0041_",
			"_xD83D_A"},
		{"_x41_", "_x41_"}, {"_x004", "_x004"}, {"_x00G1_", "_x00G1_"}, {"x_X0041_", "x_X0041_"},
			{"_x0041_", "A"},
	};

	for (size_t i = 0; i < LEN(t); i++) {
		char p[64];
		size_t n = xlsx_unescape(memcpy(p, t[i].in, strlen(t[i].in)), strlen(t[i].in));

		assert_int_equal(n, strlen(t[i].out));
		assert_memory_equal(p, t[i].out, n);
	}
}

/* ---- numbers, dates ---- */

static void numbers(void **state)
{
	static const struct { const char *in, *out; } t[] = {
		{"13", "13"}, {"13.0", "13"}, {"-0", "0"}, {"-0.0", "0"}, {"007", "7"}, {"+5", "5"}, {".5",
			"0.5"},
		{"5.", "5"}, {"-2.50", "-2.5"}, {" 4 ", "4"}, {"0.1", "0.1"}, {"0.10000000000000001", "0.1"},
		{"1.1000000000000001", "1.1"}, {"0.30000000000000004", "0.30000000000000004"}, {"1E3",
			"1000"},
		{"1.5E-3", "0.0015"}, {"1.5e+2", "150"}, {"123456789012345", "123456789012345"},
		{"1234567890123456", "1234567890123456"}, {"1.1010119900307001E+17", "110101199003070020"},
		{"1.2345678901234568E-5", "0.000012345678901234568"}, {"1E20", "100000000000000000000"},
		{"1E21", "1E+21"}, {"1.5E-21", "1.5E-21"}, {"1E-20", "0.00000000000000000001"}, {"0E99", "0"},
		{"1E-999", "0"}, {"99.999999999999999", "100"}, {"2.2250738585072014E-308",
			"2.2250738585072014E-308"},
		{"0.00000000000000000000000000000000000000", "0"}, {"1.7976931348623157E+308",
			"1.7976931348623157E+308"},
		{"-123456.789", "-123456.789"}, {"4.9406564584124654E-324", "4.94065645841247E-324"},
	};
	static const char *const bad[] = {
		"", " ", ".", "-", "1e", "1e+", "1.2.3", "0x10", "inf", "nan", "1,5", "1 2", "１", "1E999",
			"-1E999", "--1",
	};
	char out[XLSX_NUMBER_TEXT];
	struct str text;

	for (size_t i = 0; i < LEN(t); i++) {
		assert_true(xlsx_number_text(str_c(t[i].in), out, &text));
		if (!str_is(text, t[i].out))
			print_error("%s gives " STR_FMT ", not %s\n", t[i].in, STR_ARG(text), t[i].out);
		assert_true(str_is(text, t[i].out));
	}
	for (size_t i = 0; i < LEN(bad); i++)
		assert_false(xlsx_number_text(str_c(bad[i]), out, &text));
}

static void every_number_reads_back(void **state)
{
	uint64_t x = 88172645463325252;

	for (int i = 0; i < 200000; i++) {
		char raw[64], out[XLSX_NUMBER_TEXT];
		double v, again;
		struct str text;

		x ^= x << 13, x ^= x >> 7, x ^= x << 17;
		if (i % 2)
			v = (double)(int64_t)x / 1e4 / (double)(1 + (x >> 40));
		else
			memcpy(&v, &x, sizeof v);
		if (!(v - v == 0))
			continue;
		snprintf(raw, sizeof raw, "%.17g", v);
		assert_true(xlsx_number_text(str_c(raw), out, &text));
		assert_true(xlsx_number_value(text, &again));
		assert_true(v == again);
	}
}

static void serial_dates(void **state)
{
	static const struct { double serial; bool d1904; const char *day; } t[] = {
		{1, false, "1900-01-01"}, {59, false, "1900-02-28"}, {60, false, ""}, {61, false,
			"1900-03-01"},
		{44575, false, "2022-01-14"}, {44575.5, false, "2022-01-14"}, {44575.999999, false,
			"2022-01-15"},
		{0, false, ""}, {0.99, false, ""}, {-1, false, ""}, {109574, false, "2199-12-31"}, {109575,
			false, ""},
		{1e300, false, ""}, {43113, true, "2022-01-14"}, {1, true, "1904-01-02"}, {60, true,
			"1904-03-01"},
	};

	for (size_t i = 0; i < LEN(t); i++) {
		struct date d = DATE_NONE;
		char text[DATE_TEXT];

		assert_int_equal(xlsx_number_date(t[i].serial, t[i].d1904, &d), t[i].day[0] != 0);
		assert_string_equal(date_text(d, text).p, t[i].day);
	}
}

static void date_formats(void **state)
{
	static const char *const dates[] = {
		"yyyy\\-mm\\-dd", "yyyy\"年\"m\"月\"d\"日\"", "m/d/yy h:mm", "[$-804]yyyy/m/d;@",
			"[DBNum1]yyyy年m月",
		"[Red]d", "mm:ss", "年月日", "e年", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "h:mm",
	};
	static const char *const others[] = {
		"General", "@", "0.00", "#,##0.00_ ", "\"年\"", "0\"days\"", "\\d", "[h]:mm", "[mm]:ss",
			"[Red]0", "0年",
		"#,##0\\ \"m\"", "_-* #,##0_d", "*y0", "[Magenta]0", "\"yyyy", "[yyyy", "", "\\", "0.0E+00",
			"[ss]",
	};

	for (size_t i = 0; i < LEN(dates); i++) {
		assert_true(xlsx_format_is_date(str_c(dates[i])));
	}
	for (size_t i = 0; i < LEN(others); i++) {
		assert_false(xlsx_format_is_date(str_c(others[i])));
	}
}

/* ---- books ---- */

static void strict_and_prefixed(void **state)
{
	struct book b = kit_read(kit_book("strict.xlsx", (struct parts){
		.rels = "<p:Relationships xmlns:p=\"" PKG_NS "\"><p:Relationship Id=\"x\" "
			"Type=\"http://purl.oclc.org/ooxml/"
			"officeDocument/relationships/officeDocument\" Target=\"/xl/workbook.xml\"/>"
				"</p:Relationships>",
		.workbook = "<x:workbook xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" "
			"xmlns:q=\"http://purl.oclc."
			"org/ooxml/officeDocument/relationships\"><x:workbookPr date1904=\"true\"/><x:sheets>"
			"<x:sheet name=\"图\" sheetId=\"1\" q:id=\"c\"/><x:sheet name=\"乙\" sheetId=\"2\" "
				"state=\"veryHidden\" "
			"q:id=\"s\"/></x:sheets></x:workbook>",
		.workbook_rels = "<Relationships xmlns=\"" PKG_NS "\"><Relationship Id=\"s\" "
			"Type=\"http://purl.oclc.org/ooxml/"
			"officeDocument/relationships/worksheet\" "
				"Target=\"/xl/./worksheets/../worksheets/SHEET1.xml\"/>"
			"<Relationship Id=\"c\" "
				"Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/chartsheet\" "
			"Target=\"chartsheets/none.xml\"/>" REL("t", "styles", "styles.xml") ENDRELS,
		.strings = "",
		.sheet = "<x:worksheet xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\">"
			"<x:sheetData><x:row>"
			"<x:c s=\"1\"><x:v>43113</x:v></x:c></x:row></x:sheetData></x:worksheet>",
	}));

	assert_int_equal(b.nsheets, 1);
	assert_true(b.sheets[0].hidden);
	assert_true(str_is(b.sheets[0].name, "乙"));
	kit_is(&b.sheets[0], 1, 1, CELL_DATE, "2022-01-14");
}

static void utf16_parts(void **state)
{
	CLEANUP(buf_free) struct buf utf16 = BUF_MAX(1 << 16);
	CLEANUP(kit_free) struct kit k = KIT_INIT;
	const char *xml = "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" WORKSHEET "<row><c><v>5</v></c>"
		"</row>" ENDSHEET;
	struct book b;

	buf_put(&utf16, S("\xFF\xFE"));
	for (; *xml; xml++) {
		buf_putc(&utf16, *xml);
		buf_putc(&utf16, 0);
	}
	kit_usual(&k, (struct parts){.sheet = ""});
	kit_add(&k, "xl/worksheets/sheet1.xml", buf_str(&utf16));
	b = kit_read(kit_write("utf16.xlsx", kit_end(&k)));
	kit_is(&b.sheets[0], 1, 1, CELL_NUMBER, "5");
}

static void shared_strings(void **state)
{
	struct book b = kit_read(kit_book("a.xlsx", (struct parts){
		.strings = "<sst xmlns=\"" MAIN_NS "\"><si/><si><t/></si><si><r><t>一</t></r><r><t>二</t></r>"
			"<rPh><t>yi</t></rPh>"
			"<phoneticPr/></si><si><t> x\n</t></si><extLst><ext><si><t>no</t></si></ext></extLst>"
				"</sst>",
		.sheet = WORKSHEET "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v>"
			"</c>"
			"<c t=\"s\"><v>3</v></c></row>" ENDSHEET,
	}));

	assert_int_equal(b.sheets[0].rows[0].n, 2);
	kit_is(&b.sheets[0], 1, 3, CELL_TEXT, "一二");
	kit_is(&b.sheets[0], 1, 4, CELL_TEXT, " x\n");
}

static void wide_row(void **state)
{
	CLEANUP(buf_free) struct buf xml = BUF_MAX(64 << 20);
	struct sheet s;

	buf_put(&xml, S("<row>"));
	for (int i = 0; i < SHEET_COLS; i++)
		buf_printf(&xml, "<c t=\"str\"><v>%03000d</v></c>", i);      /* several records of one row */
	buf_put(&xml, S("</row></sheetData>"));
	s = kit_sheet(xml.p);
	assert_int_equal(s.nrows, 1);
	assert_int_equal(s.rows[0].n, SHEET_COLS);
	for (int i = 0; i < SHEET_COLS; i++)
		assert_int_equal(strtol(s.rows[0].cells[i].text.p + 2900, NULL, 10), i);
}

static size_t told;

static void tell(void *ctx, size_t rows)
{
	assert_true(rows >= told);
	told = rows;
}

static void progress(void **state)
{
	CLEANUP(buf_free) struct buf csv = BUF_MAX(1 << 20);
	struct err err = {.lang = LANG_EN};
	struct book b;

	for (int i = 0; i < 10001; i++)
		buf_put(&csv, S("a,b\n"));
	told = 0;
	assert_int_equal(book_read(&kit_arena, kit_write("p.csv", buf_str(&csv)),
		(struct sheet_progress){tell, NULL},
		&b, &err), OK);
	assert_int_equal(told, 10001);
}

static void column_names(void **state)
{
	char out[COL_TEXT];

	assert_string_equal(col_text(1, out), "A");
	assert_string_equal(col_text(26, out), "Z");
	assert_string_equal(col_text(27, out), "AA");
	assert_string_equal(col_text(702, out), "ZZ");
	assert_string_equal(col_text(703, out), "AAA");
	assert_string_equal(col_text(16384, out), "XFD");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_of_the_example),
		cmocka_unit_test(cells_of_the_example),
		cmocka_unit_test(every_type_of_cell),
		cmocka_unit_test(without_references),
		cmocka_unit_test(merged_ranges),
		cmocka_unit_test(skipped_elements),
		cmocka_unit_test(looks),
		cmocka_unit_test(far_styled_cells),
		cmocka_unit_test(normal_form),
		cmocka_unit_test(escapes),
		cmocka_unit_test(numbers),
		cmocka_unit_test(every_number_reads_back),
		cmocka_unit_test(serial_dates),
		cmocka_unit_test(date_formats),
		cmocka_unit_test(strict_and_prefixed),
		cmocka_unit_test(utf16_parts),
		cmocka_unit_test(shared_strings),
		cmocka_unit_test(wide_row),
		cmocka_unit_test(progress),
		cmocka_unit_test(column_names),
	};

	return cmocka_run_group_tests(tests, kit_setup, kit_teardown);
}
