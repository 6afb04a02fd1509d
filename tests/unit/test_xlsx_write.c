/* Workbooks written and read back. */
#include "sheet_kit.h"

#include "sheet/xlsx_write.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

static struct err err;

static void ok(enum err_code code)
{
	if (code != OK)
		print_error("%s\n", err.text);
	assert_int_equal(code, OK);
}

static struct xlsx *start(const char *name)
{
	struct xlsx *x = NULL;

	err = (struct err){.lang = LANG_EN};
	ok(xlsx_open(kit_path(name), &x, &err));
	return x;
}

static size_t files(void)
{
	struct file_list l;

	ok(file_list(&kit_arena, kit_dir, 1000, &l, &err));
	return l.n;
}

static struct date day(int y, int m, int d)
{
	struct date out;

	assert_true(date_make(y, m, d, &out));
	return out;
}

static void write_some(const char *name)
{
	static const int widths[] = {10, 30};
	struct xlsx *x = start(name);

	ok(xlsx_sheet(x, S("问题"), widths, LEN(widths), 1, &err));
	ok(xlsx_text(x, 0, 0, S("日期"), XLSX_HEAD, &err));
	ok(xlsx_text(x, 0, 1, S("内容"), XLSX_HEAD, &err));
	ok(xlsx_date(x, 1, 0, day(2022, 6, 3), XLSX_PLAIN, &err));
	ok(xlsx_text(x, 1, 1, S("=1+1"), XLSX_BAD, &err));
	ok(xlsx_number(x, 1, 2, S("13"), XLSX_PLAIN, &err));
	ok(xlsx_number(x, 1, 3, S("-2.50"), XLSX_BAD, &err));
	ok(xlsx_date(x, 2, 0, day(1900, 1, 1), XLSX_BAD, &err));
	ok(xlsx_date(x, 3, 0, day(1900, 3, 1), XLSX_PLAIN, &err));
	ok(xlsx_date(x, 4, 0, day(2199, 12, 31), XLSX_PLAIN, &err));
	ok(xlsx_date(x, 4, 1, DATE_NONE, XLSX_PLAIN, &err));
	ok(xlsx_number(x, 5, 0, S("110101199003070017"), XLSX_PLAIN, &err));
	ok(xlsx_number(x, 5, 1, S("0.1"), XLSX_PLAIN, &err));
	ok(xlsx_number(x, 5, 2, S("30人"), XLSX_PLAIN, &err));
	ok(xlsx_text(x, 6, 0, S("两行\n<&>\"'_x000D__x000D_ _x00"), XLSX_PLAIN, &err));
	ok(xlsx_text(x, 6, 1, S(""), XLSX_PLAIN, &err));
	ok(xlsx_text(x, 6, 2, S("\1a\r\nb\uFFFE\uFFFF\uFFFD"), XLSX_PLAIN, &err));
	ok(xlsx_sheet(x, S("其他"), NULL, 0, 0, &err));
	ok(xlsx_text(x, 0, 0, S("http://example.org/"), XLSX_PLAIN, &err));
	ok(xlsx_close(x, &err));
}

static void reads_back(void **state)
{
	const struct sheet *s;
	struct book b;

	write_some("w.xlsx");
	b = kit_read(kit_path("w.xlsx"));
	assert_int_equal(b.nsheets, 2);
	s = &b.sheets[0];
	assert_true(str_is(s->name, "问题"));
	kit_is(s, 1, 1, CELL_TEXT, "日期");
	kit_is(s, 2, 1, CELL_DATE, "2022-06-03");
	kit_is(s, 2, 2, CELL_TEXT, "=1+1");
	kit_is(s, 2, 3, CELL_NUMBER, "13");
	kit_is(s, 2, 4, CELL_NUMBER, "-2.5");
	kit_is(s, 3, 1, CELL_DATE, "1900-01-01");
	kit_is(s, 4, 1, CELL_DATE, "1900-03-01");
	kit_is(s, 5, 1, CELL_DATE, "2199-12-31");
	assert_null(kit_cell(s, 5, 2));
	kit_is(s, 6, 1, CELL_TEXT, "110101199003070017");
	kit_is(s, 6, 2, CELL_NUMBER, "0.1");
	kit_is(s, 6, 3, CELL_TEXT, "30人");
	kit_is(s, 7, 1, CELL_TEXT, "两行\n<&>\"'_x000D__x000D_ _x00");
	assert_null(kit_cell(s, 7, 2));
	kit_is(s, 7, 3, CELL_TEXT, "_x0001_a\nb\uFFFD\uFFFD\uFFFD");
	kit_is(&b.sheets[1], 1, 1, CELL_TEXT, "http://example.org/");
}

static void same_bytes(void **state)
{
	struct str a, b;

	write_some("w1.xlsx");
	write_some("w2.xlsx");
	ok(file_read(&kit_arena, kit_path("w1.xlsx"), 1 << 20, &a, &err));
	ok(file_read(&kit_arena, kit_path("w2.xlsx"), 1 << 20, &b, &err));
	assert_true(str_eq(a, b));
}

static void whole_or_not_at_all(void **state)
{
	size_t before = files();
	struct xlsx *x = start("half.xlsx");
	struct xlsx *none = NULL;

	ok(xlsx_sheet(x, S("a"), NULL, 0, 0, &err));
	ok(xlsx_text(x, 0, 0, S("x"), XLSX_PLAIN, &err));
	assert_false(file_exists(kit_path("half.xlsx")));
	xlsx_drop(&x);
	assert_null(x);
	xlsx_drop(&none);
	assert_int_equal(files(), before);
	ok(xlsx_close(start("empty.xlsx"), &err));
	assert_int_equal(kit_read(kit_path("empty.xlsx")).nsheets, 1);
	assert_int_equal(files(), before + 1);
	assert_int_equal(xlsx_open("/nonexistent/a.xlsx", &none, &err), ERR_IO);
	assert_null(none);
}

/* The folder goes away under a half-written workbook: an error, no crash. */
static void nowhere_to_write(void **state)
{
	const char *dir = kit_path("gone");
	struct xlsx *x;

	ok(file_mkdirs(dir, &err));
	x = start("gone/a.xlsx");
	ok(xlsx_sheet(x, S("a"), NULL, 0, 0, &err));
	ok(xlsx_text(x, 0, 0, S("x"), XLSX_PLAIN, &err));
	ok(file_remove_tree(dir, &err));
	assert_int_equal(xlsx_close(x, &err), ERR_IO);
}

static void sheet_names(void **state)
{
	static const struct { const char *name, *got; } t[] = {
		{"甲", "甲"}, {"甲", "甲 (2)"}, {"甲", "甲 (3)"}, {"a/b:c*d?e[f]g\\h", "a_b_c_d_e_f_g_h"},
		{"", "Sheet"}, {"  ", "Sheet (2)"}, {"'q'", "_q_"},
		{"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三",
			"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一"},
		{"A", "A"}, {"a", "a (2)"},
	};
	struct xlsx *x = start("names.xlsx");
	struct book b;

	for (size_t i = 0; i < LEN(t); i++)
		ok(xlsx_sheet(x, str_c(t[i].name), NULL, 0, 0, &err));
	ok(xlsx_close(x, &err));
	b = kit_read(kit_path("names.xlsx"));
	assert_int_equal(b.nsheets, LEN(t));
	for (size_t i = 0; i < LEN(t); i++)
		assert_string_equal(b.sheets[i].name.p, t[i].got);
}

static void limits(void **state)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 20);
	struct xlsx *x = start("limits.xlsx");

	for (int i = 0; i < 32767; i++)
		buf_putc(&b, 'x');
	ok(xlsx_sheet(x, S("a"), NULL, 0, 0, &err));
	ok(xlsx_text(x, 0, 0, buf_str(&b), XLSX_PLAIN, &err));
	buf_putc(&b, 'x');
	assert_int_equal(xlsx_text(x, 0, 1, buf_str(&b), XLSX_PLAIN, &err), ERR_LIMIT);
	err_clear(&err);
	assert_int_equal(xlsx_text(x, 1048576, 0, S("x"), XLSX_PLAIN, &err), ERR_LIMIT);
	err_clear(&err);
	assert_int_equal(xlsx_text(x, 0, 16384, S("x"), XLSX_PLAIN, &err), ERR_LIMIT);
	xlsx_drop(&x);
}

static void long_sheet(void **state)
{
	struct xlsx *x = start("long.xlsx");
	struct book b;

	ok(xlsx_sheet(x, S("a"), NULL, 0, 0, &err));
	for (int r = 0; r < 5000; r++)
		for (int c = 0; c < 5; c++)
			ok(xlsx_text(x, r, c, arena_printf(&kit_arena, "%d行%d", r, c), XLSX_PLAIN, &err));
	ok(xlsx_close(x, &err));
	b = kit_read(kit_path("long.xlsx"));
	assert_int_equal(b.sheets[0].nrows, 5000);
	kit_is(&b.sheets[0], 5000, 5, CELL_TEXT, "4999行4");
}

/* Rows are put aside, a batch after the other, while the next one comes: what stands between them keeps its place. */
static void between_batches(void **state)
{
	static const int widths[] = {10, 10};
	struct xlsx *x = start("between.xlsx");
	struct book b;

	ok(xlsx_front(x, S("目录"), &err));
	ok(xlsx_sheet(x, S("a"), widths, LEN(widths), 1, &err));
	for (int r = 0; r < 9000; r++) {
		ok(xlsx_text(x, r, 0, arena_printf(&kit_arena, "a%d", r), XLSX_PLAIN, &err));
		ok(xlsx_number_of(x, r, 1, arena_printf(&kit_arena, "%d", r), r % 2 ? S("人") : S("次"), &err));
	}
	xlsx_filter(x, 0, 2);
	ok(xlsx_sheet(x, S("b"), NULL, 0, 0, &err));
	ok(xlsx_text(x, 0, 0, S("b0"), XLSX_PLAIN, &err));
	xlsx_to_front(x, widths, LEN(widths));
	ok(xlsx_merge(x, 0, 0, 2, &err));
	ok(xlsx_text(x, 0, 0, S("两张表"), XLSX_TITLE, &err));
	ok(xlsx_link(x, 1, 0, S("a"), &err));
	ok(xlsx_link(x, 2, 0, S("b"), &err));
	ok(xlsx_close(x, &err));
	b = kit_read(kit_path("between.xlsx"));
	assert_int_equal(b.nsheets, 3);
	assert_string_equal(b.sheets[0].name.p, "目录");
	kit_is(&b.sheets[0], 1, 1, CELL_TEXT, "两张表");
	kit_is(&b.sheets[0], 3, 1, CELL_TEXT, "b");
	assert_int_equal(b.sheets[1].nrows, 9000);
	kit_is(&b.sheets[1], 9000, 1, CELL_TEXT, "a8999");
	kit_is(&b.sheets[1], 9000, 2, CELL_NUMBER, "8999");
	kit_is(&b.sheets[2], 1, 1, CELL_TEXT, "b0");
}

/* No room for the rows, as on a full disk: an error, and nothing left behind. */
static void no_room(void **state)
{
	struct rlimit before, little = {.rlim_cur = 100000};
	size_t had = files();
	struct xlsx *x = start("full.xlsx");
	enum err_code code;

	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	little.rlim_max = before.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
	ok(xlsx_sheet(x, S("a"), NULL, 0, 0, &err));
	for (int r = 0; r < 5000; r++)
		ok(xlsx_text(x, r, 0, S("一行字"), XLSX_PLAIN, &err));
	code = xlsx_close(x, &err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(code, ERR_IO);
	assert_int_equal(files(), had);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_back),
		cmocka_unit_test(same_bytes),
		cmocka_unit_test(whole_or_not_at_all),
		cmocka_unit_test(nowhere_to_write),
		cmocka_unit_test(sheet_names),
		cmocka_unit_test(limits),
		cmocka_unit_test(long_sheet),
		cmocka_unit_test(between_batches),
		cmocka_unit_test(no_room),
	};

	return cmocka_run_group_tests(tests, kit_setup, kit_teardown);
}
