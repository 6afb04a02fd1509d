/* CSV as RFC 4180 says, and as spreadsheets do it. */
#include "sheet_kit.h"

#include "sheet/csv_write.h"

/* Cells of each record joined by "|", records by "/"; "~" for a record without cells. */
static const char *shape(struct str csv)
{
	struct book b = kit_read(kit_write("t.csv", csv));
	CLEANUP(buf_free) struct buf out = BUF_MAX(1 << 20);

	assert_true(b.csv);
	assert_int_equal(b.nsheets, 1);
	assert_int_equal(b.sheets[0].name.n, 0);
	for (size_t r = 0; r < b.sheets[0].nrows; r++) {
		const struct row *row = &b.sheets[0].rows[r];
		int col = 1;

		assert_int_equal(row->no, (int)r + 1);
		if (r)
			buf_putc(&out, '/');
		if (!row->n)
			buf_putc(&out, '~');
		for (size_t i = 0; i < row->n; i++) {
			for (; col < row->cells[i].col; col++)
				buf_putc(&out, '|');
			assert_int_equal(row->cells[i].kind, CELL_TEXT);
			buf_put(&out, row->cells[i].text);
		}
	}
	return arena_str(&kit_arena, buf_str(&out)).p;
}

#define assert_shape(csv, want) assert_string_equal(shape(S(csv)), want)

static void records(void **state)
{
	assert_shape("", "");
	assert_shape("a,b\r\nc,d\r\n", "a|b/c|d");
	assert_shape("a,b\nc,d", "a|b/c|d");
	assert_shape("a,b\rc,d\r", "a|b/c|d");
	assert_shape("a\n\n\r\nb\n", "a/~/~/b");
	assert_shape("\n", "~");
	assert_shape(",,\n,x,\n", "~/|x");
	assert_shape(",", "~");
	assert_shape("\xEF\xBB\xBF" "a,b", "a|b");
	assert_shape(" a , b ", " a | b ");
}

static void quotes(void **state)
{
	assert_shape("\"a,b\",c\n", "a,b|c");
	assert_shape("\"a\"\"b\",\"\"\n", "a\"b");
	assert_shape("\"a\nb\",c\nd", "a\nb|c/d");
	assert_shape("\"a\r\nb\rc\"\r\nd", "a\nb\nc/d");
	assert_shape("a\"b,c\"\n", "a\"b|c\"");
	assert_shape("5\" pipe,6\"\nx", "5\" pipe|6\"/x");
	assert_shape("\"a\"b\"c,d", "ab\"c|d");
	assert_shape("\"a\" ,b", "a |b");
	assert_shape("\"\"\"\"", "\"");
	assert_shape("\"\"", "~");
	assert_shape("a,\"b\"", "a|b");
}

static void separators(void **state)
{
	assert_shape("a\tb\nc\td\n", "a|b/c|d");
	assert_shape("a;b;c\n1,5;2,5;3\n", "a|b|c/1,5|2,5|3");
	assert_shape("标题\na;b\nc;d\n", "标题/a|b/c|d");
	assert_shape("一句话；没有分号;就一个\n第二行\n第三行\n", "一句话；没有分号;就一个/第二行/第三行");
	assert_shape("a,b;c\nd,e\n", "a|b;c/d|e");
	assert_shape("a,\"x;y;z;w\"\nb,\"x;y;z;w\"\n", "a|x;y;z;w/b|x;y;z;w");
	assert_shape("a\tb,c\td\ne\tf\tg\n", "a|b,c|d/e|f|g");
}

static void encodings(void **state)
{
	struct book b = kit_read(kit_write("g.txt", S("\xD6\xD0,\xCE\xC4\n")));

	assert_string_equal(b.encoding, "GB18030");
	kit_is(&b.sheets[0], 1, 1, CELL_TEXT, "中");
	kit_is(&b.sheets[0], 1, 2, CELL_TEXT, "文");
	/* as UTF-8 broken, as GB18030 whole */
	b = kit_read(kit_write("G.CSV", S("\x81\x30\x81\x30,e\xCC\x81")));
	assert_string_equal(b.encoding, "GB18030");
	kit_refused(kit_write("u16.csv", S("\xFF\xFE" "a\0,\0")), ERR_INPUT, "UTF-16");
	kit_refused(kit_write("no.csv", S("a,b\n\xFF\xFF\xFF")), ERR_INPUT, "line 2");
	kit_refused(kit_write("nul.csv", S("a,b\nc\0d\n")), ERR_INPUT, "line 2");
}

static void open_quotes(void **state)
{
	kit_refused(kit_write("q.csv", S("a,b\nc,\"d\ne\nf")), ERR_INPUT,
		"q.csv: record 2: a quote is not closed");
	kit_refused(kit_write("q.csv", S("\"")), ERR_INPUT, "record 1: a quote is not closed");
}

static void widest(void **state)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(8 << 20);
	struct book book;

	for (int i = 1; i < SHEET_COLS; i++)
		buf_putc(&b, ',');
	buf_put(&b, S("x\n"));
	book = kit_read(kit_write("w.csv", buf_str(&b)));
	kit_is(&book.sheets[0], 1, SHEET_COLS, CELL_TEXT, "x");
	buf_put(&b, S(",,,"));
	/* over the line end: x, then three more columns without content */
	b.p[b.n - 4] = ',';
	book = kit_read(kit_write("w.csv", buf_str(&b)));
	assert_int_equal(book.sheets[0].rows[0].n, 1);
	buf_putc(&b, 'y');
	kit_refused(kit_write("w.csv", buf_str(&b)), ERR_LIMIT,
		"record 1, column 1028: content beyond column 1024");
}

static void longest(void **state)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(8 << 20);
	struct book book;

	buf_put(&b, S("a\nb,"));
	for (int i = 0; i < SHEET_CELL_BYTES; i++)
		buf_putc(&b, 'x');
	book = kit_read(kit_write("l.csv", buf_str(&b)));
	assert_int_equal(kit_cell(&book.sheets[0], 2, 2)->text.n, SHEET_CELL_BYTES);
	buf_putc(&b, 'x');
	kit_refused(kit_write("l.csv", buf_str(&b)), ERR_LIMIT,
		"record 2, column 2: a cell of more than 64 KiB");
}

static void most_rows(void **state)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(8 << 20);
	struct book book;

	for (int i = 0; i < SHEET_ROWS; i++)
		buf_putc(&b, '\n');
	book = kit_read(kit_write("r.csv", buf_str(&b)));
	assert_int_equal(book.sheets[0].nrows, SHEET_ROWS);
	buf_putc(&b, '\n');
	kit_refused(kit_write("r.csv", buf_str(&b)), ERR_LIMIT, "more than 1048576 rows");
}

/* ---- guards against formulas ---- */

static void cell_is(const char *text, const char *want)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(1000);

	csv_cell(&b, true, str_c(text));
	assert_string_equal(b.p ? b.p : "", want);
}

static void guards(void **state)
{
	cell_is("", "");
	cell_is("好", "\"好\"");
	cell_is("a\"b,c", "\"a\"\"b,c\"");
	cell_is("=1+1", "\"'=1+1\"");
	cell_is("'=1", "\"''=1\"");
	cell_is("'好", "\"'好\"");
	cell_is("-5", "\"-5\"");
	cell_is("-5.25", "\"-5.25\"");
	cell_is("-5.", "\"'-5.\"");
	cell_is("-", "\"'-\"");
	cell_is("+.5", "\"'+.5\"");
	cell_is("'-5", "\"''-5\"");
	cell_is(" \u3000\u200B=1", "\"' \u3000\u200B=1\"");
	cell_is("a\n=1\n-2\n\n@b", "\"a\n'=1\n-2\n\n'@b\"");
	cell_is("a\r=1\r\n=2", "\"a\n'=1\n'=2\"");
	cell_is("a\n", "\"a\"");
	assert_shape("\"'=1\",'=1,''=1,'a,'-5,''-5,'-,-5", "=1|=1|'=1|'a|'-5|'-5|-|-5");
}

/* Whatever is written is read again. */
static void guards_random(void **state)
{
	static const char *const pieces[] = {"'", "=", "-", "5", ".", "+", "\n", " ", "a", "\"", ",", "@", "＝", "\u200B", "|"};
	unsigned seed = 7;

	for (int i = 0; i < 20000; i++) {
		CLEANUP(buf_free) struct buf b = BUF_MAX(1000), plain = BUF_MAX(1000);
		int n;

		for (n = rand_r(&seed) % 8 + 1; n > 0; n--)
			buf_put(&plain, str_c(pieces[(size_t)rand_r(&seed) % LEN(pieces)]));
		while (str_ends(buf_str(&plain), S("\n")))
			plain.n--;
		csv_cell(&b, true, buf_str(&plain));
		if (!plain.n)
			continue;
		/* as csv.c takes the quotes off */
		n = 0;
		for (size_t k = 1; k + 1 < b.n; k++) {
			k += b.p[k] == '"';
			b.p[n++] = b.p[k];
		}
		n = (int)csv_unguard(b.p, (size_t)n);
		assert_int_equal(n, plain.n);
		assert_memory_equal(b.p, plain.p, plain.n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records),
		cmocka_unit_test(quotes),
		cmocka_unit_test(separators),
		cmocka_unit_test(encodings),
		cmocka_unit_test(open_quotes),
		cmocka_unit_test(widest),
		cmocka_unit_test(longest),
		cmocka_unit_test(most_rows),
		cmocka_unit_test(guards),
		cmocka_unit_test(guards_random),
	};

	return cmocka_run_group_tests(tests, kit_setup, kit_teardown);
}
