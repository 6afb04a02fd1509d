/* Dates, periods and numbers as people write them in registers. */
#include "office_world.h"

#include "scheme/day.h"
#include "scheme/number.h"

/* ---- days ---- */

struct reading {
	const char *text, *is;      /* is: NULL where it is not to be read */
};

static const struct reading days[] = {
	/* the forms of the case's README, in its order */
	{"2022.6.3", "2022-06-03"},
	{"2022-6-3", "2022-06-03"},
	{"2022/6/3", "2022-06-03"},
	{"20220603", "2022-06-03"},
	{"2022年6月3日", "2022-06-03"},
	{"6月3日", "2022-06-03"},
	{"２０２２年６月３日", "2022-06-03"},
	{"２０２２．６．３", "2022-06-03"},
	{"２０２２－６－３", "2022-06-03"},
	{"２０２２／６／３", "2022-06-03"},
	{"２０２２０６０３", "2022-06-03"},
	{" 2022 年 6 月 3 日 ", "2022-06-03"},
	{"　2022年　6月3日　", "2022-06-03"},
	{"2022\u00a0年\u00a06月3日", "2022-06-03"},
	{"2022年6月3日\u00a0（周五）", "2022-06-03"},
	{"2022年6月3日（周五）", "2022-06-03"},
	{"2022年6月3日(星期五)", "2022-06-03"},
	{"6月3日 (礼拜五)", "2022-06-03"},
	{"2022.6.3（周五）", "2022-06-03"},
	{"20220603（周五）", "2022-06-03"},
	{"5月10日-12日", "2022-05-10"},
	/* near to them */
	{"2022.06.03", "2022-06-03"},
	{"2022-06-03", "2022-06-03"},
	{"2022年06月03日", "2022-06-03"},
	{"2022. 6. 3", "2022-06-03"},
	{"2022年6月3号", "2022-06-03"},
	{"6月3号", "2022-06-03"},
	{"2022\n年6月3日", "2022-06-03"},
	{"2022-06-03 14:30", "2022-06-03"},
	{"2022/6/3 14:30:00", "2022-06-03"},
	{"2022年6月3日（周五）14：30", "2022-06-03"},
	/* ranges: the first day */
	{"5月10—12日", "2022-05-10"},
	{"5月10日——12日", "2022-05-10"},
	{"5月10日～12日", "2022-05-10"},
	{"5月10日至6月2日", "2022-05-10"},
	{"5月31日至6月2日", "2022-05-31"},
	{"2022年5月10日至12日", "2022-05-10"},
	{"2022年12月30日至2023年1月2日", "2022-12-30"},
	{"2022.5.10-2022.5.12", "2022-05-10"},
	{"2022.5.10-5.12", "2022-05-10"},
	{"2022.5.10-12", "2022-05-10"},
	{"2022/5/10-2022/5/12", "2022-05-10"},
	{"20220510-20220512", "2022-05-10"},
	{"５月１０日－１２日", "2022-05-10"},
	{"5月10日（周二）-12日（周四）", "2022-05-10"},
	{"5月10日到12日", "2022-05-10"},
	{"5月10日-", NULL},
	{"5月10日-六月", NULL},
	{"5月32日-6月2日", NULL},
	{"5月10日-12日上午", NULL},
	/* month ends and leap days */
	{"1月31日", "2022-01-31"},
	{"4月30日", "2022-04-30"},
	{"12月31日", "2022-12-31"},
	{"2月28日", "2022-02-28"},
	{"2020年2月29日", "2020-02-29"},
	{"2000.2.29", "2000-02-29"},
	{"20240229", "2024-02-29"},
	{"1900-01-01", "1900-01-01"},
	{"2199-12-31", "2199-12-31"},
	{"2月29日", NULL},
	{"2月30日", NULL},
	{"2022年2月29日", NULL},
	{"2100年2月29日", NULL},
	{"1900.2.29", NULL},
	{"4月31日", NULL},
	{"6月31日", NULL},
	{"9月31日", NULL},
	{"11月31日", NULL},
	{"20220631", NULL},
	{"1月32日", NULL},
	{"1月0日", NULL},
	{"0月1日", NULL},
	{"13月1日", NULL},
	{"2022.13.1", NULL},
	{"20221301", NULL},
	{"20220600", NULL},
	{"1899年12月31日", NULL},
	{"2200-01-01", NULL},
	{"00000000", NULL},
	{"99999999", NULL},
	/* vague, or no day */
	{"2022年6月", NULL},
	{"2022-06", NULL},
	{"2022.6", NULL},
	{"6月", NULL},
	{"2022", NULL},
	{"2022年", NULL},
	{"待定", NULL},
	{"五月底", NULL},
	{"十月中旬", NULL},
	{"6月上旬", NULL},
	{"年底前", NULL},
	{"一季度", NULL},
	{"每月", NULL},
	{"/", NULL},
	{"无", NULL},
	{"-", NULL},
	{"", NULL},
	{"   ", NULL},
	{"六月三日", NULL},
	{"二〇二二年六月三日", NULL},
	{"6.3", NULL},
	{"6-3", NULL},
	{"6/3", NULL},
	{"22.6.3", NULL},
	{"22年6月3日", NULL},
	{"220603", NULL},
	{"2022603", NULL},
	{"202206031", NULL},
	{"44715", NULL},
	{"2022..6.3", NULL},
	{"2022.6.3.1", NULL},
	{"2022年6月3日前", NULL},
	{"约6月3日", NULL},
	{"6月3日（暂定）", NULL},
	{"2022年6月3日（周五", NULL},
	{"3/6/2022", NULL},
	{"June 3, 2022", NULL},
	{"2022-6-", NULL},
	{"2022-6-3-", NULL},
	{"2022年 月3日", NULL},
	{"月日", NULL},
	{"1 2月3日", NULL},
	{"123456789012345678901234567890", NULL},
};

static void test_days(void **state)
{
	struct fix *f = *state;
	int bad = 0;

	for (size_t i = 0; i < LEN(days); i++) {
		struct date got = {-1};
		char text[DATE_TEXT] = "not read";
		bool read = day_read(&f->a, str_c(days[i].text), 2022, &got);

		if (read)
			date_text(got, text);
		else
			assert_int_equal(got.n, -1);           /* written only when read */
		if (read != (days[i].is != NULL) || (read && strcmp(text, days[i].is) != 0)) {
			print_error("'%s': %s, expected %s\n", days[i].text, text, days[i].is ? days[i].is : "no day");
			bad++;
		}
	}
	assert_int_equal(bad, 0);
}

static void test_year_of_days(void **state)
{
	struct fix *f = *state;
	struct date d;

	assert_true(day_read(&f->a, S("2月29日"), 2020, &d));
	assert_true(date_eq(d, day("2020-02-29")));
	assert_true(day_read(&f->a, S("6月3日"), 1999, &d));
	assert_true(date_eq(d, day("1999-06-03")));
	assert_true(day_read(&f->a, S("2021年6月3日"), 2022, &d));
	assert_true(date_eq(d, day("2021-06-03")));
	assert_false(day_read(&f->a, S("6月3日"), 1899, &d));
}

/* Every day of a leap year and of another in each form, against a count of its own. */
static void test_every_day(void **state)
{
	static const char *const forms[] = {
		"%d.%d.%d", "%d-%d-%d", "%d/%d/%d", "%04d%02d%02d", "%d年%d月%d日", "%d-%02d-%02d", "%d年%02d月%02d日"};
	static const int lengths[2][12] = {
		{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}, {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}};
	struct fix *f = *state;
	int32_t n = 19358;                      /* 2023-01-01 */

	for (int y = 2023; y <= 2024; y++) {
		for (int m = 1; m <= 12; m++) {
			for (int d = 1; d <= 33; d++) {
				bool there = d <= lengths[y == 2024][m - 1];
				struct date got;

				for (size_t k = 0; k < LEN(forms); k++) {
					struct str s = arena_printf(&f->a, forms[k], y, m, d);

					assert_int_equal(day_read(&f->a, s, 1990, &got), there);
					if (there)
						assert_int_equal(got.n, n);
				}
				assert_int_equal(day_read(&f->a, arena_printf(&f->a, "%d月%d日", m, d), y, &got), there);
				if (there)
					assert_int_equal(got.n, n++);
			}
		}
	}
}

/* ---- periods ---- */

static const struct {
	const char *text;
	enum period_kind kind;
	const char *is, *first, *last;      /* is: NULL where it is not to be read */
} periods[] = {
	{"6月", PERIOD_MONTH, "2022-06", "2022-06-01", "2022-06-30"},
	{"6月份", PERIOD_MONTH, "2022-06", "2022-06-01", "2022-06-30"},
	{"六月", PERIOD_MONTH, "2022-06", "2022-06-01", "2022-06-30"},
	{"十月份", PERIOD_MONTH, "2022-10", "2022-10-01", "2022-10-31"},
	{"十一月", PERIOD_MONTH, "2022-11", "2022-11-01", "2022-11-30"},
	{"十二月", PERIOD_MONTH, "2022-12", "2022-12-01", "2022-12-31"},
	{"一月", PERIOD_MONTH, "2022-01", "2022-01-01", "2022-01-31"},
	{"2022年6月", PERIOD_MONTH, "2022-06", "2022-06-01", "2022-06-30"},
	{"2022年2月", PERIOD_MONTH, "2022-02", "2022-02-01", "2022-02-28"},
	{"2024年2月份", PERIOD_MONTH, "2024-02", "2024-02-01", "2024-02-29"},
	{"2022-06", PERIOD_MONTH, "2022-06", "2022-06-01", "2022-06-30"},
	{"2022-6", PERIOD_MONTH, "2022-06", "2022-06-01", "2022-06-30"},
	{"2022.6", PERIOD_MONTH, "2022-06", "2022-06-01", "2022-06-30"},
	{"2022/6", PERIOD_MONTH, "2022-06", "2022-06-01", "2022-06-30"},
	{"202206", PERIOD_MONTH, "2022-06", "2022-06-01", "2022-06-30"},
	{"6", PERIOD_MONTH, "2022-06", "2022-06-01", "2022-06-30"},
	{"12", PERIOD_MONTH, "2022-12", "2022-12-01", "2022-12-31"},
	{"６月", PERIOD_MONTH, "2022-06", "2022-06-01", "2022-06-30"},
	{"２０２１年１２月", PERIOD_MONTH, "2021-12", "2021-12-01", "2021-12-31"},
	{" 2022 年 6 月 ", PERIOD_MONTH, "2022-06", "2022-06-01", "2022-06-30"},
	{"2021年12月", PERIOD_ANY, "2021-12", "2021-12-01", "2021-12-31"},
	{"6月", PERIOD_ANY, "2022-06", "2022-06-01", "2022-06-30"},
	{"2022-06", PERIOD_ANY, "2022-06", "2022-06-01", "2022-06-30"},
	{"一季度", PERIOD_QUARTER, "2022Q1", "2022-01-01", "2022-03-31"},
	{"第一季度", PERIOD_QUARTER, "2022Q1", "2022-01-01", "2022-03-31"},
	{"第2季度", PERIOD_QUARTER, "2022Q2", "2022-04-01", "2022-06-30"},
	{"2季度", PERIOD_QUARTER, "2022Q2", "2022-04-01", "2022-06-30"},
	{"三季", PERIOD_QUARTER, "2022Q3", "2022-07-01", "2022-09-30"},
	{"Q4", PERIOD_QUARTER, "2022Q4", "2022-10-01", "2022-12-31"},
	{"2021年四季度", PERIOD_QUARTER, "2021Q4", "2021-10-01", "2021-12-31"},
	{"2022年Q1", PERIOD_QUARTER, "2022Q1", "2022-01-01", "2022-03-31"},
	{"2022Q1", PERIOD_QUARTER, "2022Q1", "2022-01-01", "2022-03-31"},
	{"2022年第一季度", PERIOD_ANY, "2022Q1", "2022-01-01", "2022-03-31"},
	{"上半年", PERIOD_HALF, "2022H1", "2022-01-01", "2022-06-30"},
	{"下半年", PERIOD_HALF, "2022H2", "2022-07-01", "2022-12-31"},
	{"2021年上半年", PERIOD_HALF, "2021H1", "2021-01-01", "2021-06-30"},
	{"2022H2", PERIOD_ANY, "2022H2", "2022-07-01", "2022-12-31"},
	{"2022年", PERIOD_YEAR, "2022", "2022-01-01", "2022-12-31"},
	{"2022年度", PERIOD_YEAR, "2022", "2022-01-01", "2022-12-31"},
	{"2022", PERIOD_YEAR, "2022", "2022-01-01", "2022-12-31"},
	{"全年", PERIOD_YEAR, "2022", "2022-01-01", "2022-12-31"},
	{"2021年全年", PERIOD_ANY, "2021", "2021-01-01", "2021-12-31"},
	/* of another kind than was asked */
	{"一季度", PERIOD_MONTH, NULL, NULL, NULL},
	{"上半年", PERIOD_MONTH, NULL, NULL, NULL},
	{"2022年", PERIOD_MONTH, NULL, NULL, NULL},
	{"2022", PERIOD_MONTH, NULL, NULL, NULL},
	{"6月", PERIOD_QUARTER, NULL, NULL, NULL},
	{"1", PERIOD_QUARTER, NULL, NULL, NULL},
	{"6", PERIOD_ANY, NULL, NULL, NULL},
	{"下半年", PERIOD_QUARTER, NULL, NULL, NULL},
	{"一季度", PERIOD_HALF, NULL, NULL, NULL},
	{"一季度", PERIOD_YEAR, NULL, NULL, NULL},
	/* none */
	{"0月", PERIOD_MONTH, NULL, NULL, NULL},
	{"13月", PERIOD_MONTH, NULL, NULL, NULL},
	{"13", PERIOD_MONTH, NULL, NULL, NULL},
	{"2022-13", PERIOD_MONTH, NULL, NULL, NULL},
	{"2022-00", PERIOD_MONTH, NULL, NULL, NULL},
	{"二十月", PERIOD_MONTH, NULL, NULL, NULL},
	{"五季度", PERIOD_QUARTER, NULL, NULL, NULL},
	{"0季度", PERIOD_QUARTER, NULL, NULL, NULL},
	{"Q5", PERIOD_QUARTER, NULL, NULL, NULL},
	{"Q0", PERIOD_QUARTER, NULL, NULL, NULL},
	{"H3", PERIOD_HALF, NULL, NULL, NULL},
	{"1899年", PERIOD_YEAR, NULL, NULL, NULL},
	{"2200年1月", PERIOD_MONTH, NULL, NULL, NULL},
	{"6月上旬", PERIOD_MONTH, NULL, NULL, NULL},
	{"6-7月", PERIOD_MONTH, NULL, NULL, NULL},
	{"待定", PERIOD_ANY, NULL, NULL, NULL},
	{"", PERIOD_ANY, NULL, NULL, NULL},
	{"  ", PERIOD_MONTH, NULL, NULL, NULL},
};

static void test_periods(void **state)
{
	struct fix *f = *state;
	int bad = 0;

	for (size_t i = 0; i < LEN(periods); i++) {
		struct period p = {0}, again = {0};
		bool read = period_read(&f->a, str_c(periods[i].text), periods[i].kind, 2022, &p);
		struct str text = read ? period_text(&f->a, &p) : S("not read");

		if (read != (periods[i].is != NULL) || (read && !str_is(text, periods[i].is))) {
			print_error("'%s': " STR_FMT ", expected %s\n", periods[i].text, STR_ARG(text),
				periods[i].is ? periods[i].is : "no period");
			bad++;
			continue;
		}
		if (!read)
			continue;
		assert_true(date_eq(p.first, day(periods[i].first)));
		assert_true(date_eq(p.last, day(periods[i].last)));
		assert_true(period_parse(text, &again));
		assert_int_equal(again.kind, p.kind);
		assert_true(date_eq(again.first, p.first) && date_eq(again.last, p.last));
	}
	assert_int_equal(bad, 0);
}

static void test_stored_periods(void **state)
{
	static const char *const bad[] = {"", "202", "2022-", "2022-00", "2022-13", "2022-6x", "2022Q", "2022Q0", "2022Q5",
		"2022H0", "2022H3", "2022X1", "2022 06", "1899", "2200", "2022-061", "-2022"};
	struct period p = period_of_month(2024, 2);

	assert_int_equal(p.kind, PERIOD_MONTH);
	assert_true(date_eq(p.last, day("2024-02-29")));
	for (size_t i = 0; i < LEN(bad); i++)
		if (period_parse(str_c(bad[i]), &p))
			FLUNK("'%s' is read", bad[i]);
}

/* ---- numbers ---- */

static const struct {
	const char *text;
	bool read;
	int64_t is;
} numbers[] = {
	{"0", true, 0},
	{"35", true, 35000},
	{"007", true, 7000},
	{"-2.5", true, -2500},
	{"-0", true, 0},
	{"2.50", true, 2500},
	{"0.001", true, 1},
	{"-0.001", true, -1},
	{"1.2340000", true, 1234},
	{"1,536.0", true, 1536000},
	{"1,234,567", true, 1234567000},
	{"100000000000000", true, 100000000000000000},
	{"-100000000000000.000", true, -100000000000000000},
	{"99999999999999.999", true, 99999999999999999},
	{"100000000000000.001", false, 0},
	{"100000000000001", false, 0},
	{"9223372036854775807", false, 0},
	{"99999999999999999999999999999999", false, 0},
	{"0.0001", false, 0},
	{"1.2345", false, 0},
	{"", false, 0},
	{"-", false, 0},
	{".5", false, 0},
	{"5.", false, 0},
	{"1.2.3", false, 0},
	{"1,", false, 0},
	{",1", false, 0},
	{"+5", false, 0},
	{"--5", false, 0},
	{"5-", false, 0},
	{"1e3", false, 0},
	{"0x10", false, 0},
	{" 5", false, 0},
	{"5 ", false, 0},
	{"５", false, 0},
	{"1.0,5", false, 0},
	{"五", false, 0},
};

static void test_thousandths(void **state)
{
	struct fix *f = *state;
	int bad = 0;

	for (size_t i = 0; i < LEN(numbers); i++) {
		int64_t v = 12345, again;
		bool read = thousandths(str_c(numbers[i].text), &v);

		if (read != numbers[i].read || (read && v != numbers[i].is)) {
			print_error("'%s': %d %" PRId64 "\n", numbers[i].text, read, v);
			bad++;
		} else if (read) {
			assert_true(thousandths(thousandths_text(&f->a, v), &again));
			assert_int_equal(again, v);
		} else {
			assert_int_equal(v, 12345);
		}
	}
	assert_int_equal(bad, 0);
	same(thousandths_text(&f->a, 0), S("0"));
	same(thousandths_text(&f->a, 1536000), S("1536"));
	same(thousandths_text(&f->a, -2500), S("-2.5"));
	same(thousandths_text(&f->a, 1), S("0.001"));
	same(thousandths_text(&f->a, -10), S("-0.01"));
	same(thousandths_text(&f->a, 100000000000000000), S("100000000000000"));
}

static const struct {
	const char *text, *number, *unit;      /* number: NULL where it is not to be read */
} units[] = {
	{"35", "35", ""},
	{"35人", "35", "人"},
	{"35 人", "35", "人"},
	{"1.5学时", "1.5", "学时"},
	{"2.50小时", "2.5", "小时"},
	{"1,536.0", "1536", ""},
	{"-3件", "-3", "件"},
	{"35人左右", "35", "人左右"},
	{"100000000000000元", "100000000000000", "元"},
	{"100000000000001元", NULL, NULL},
	{"人35", NULL, NULL},
	{"约35人", NULL, NULL},
	{"35-40人", NULL, NULL},
	{"35人40次", NULL, NULL},
	{"3 5", NULL, NULL},
	{"1.2.3", NULL, NULL},
	{"1.23456人", NULL, NULL},
	{"五人", NULL, NULL},
	{"", NULL, NULL},
	{"-", NULL, NULL},
	{"人", NULL, NULL},
};

static void test_number_unit(void **state)
{
	struct fix *f = *state;

	for (size_t i = 0; i < LEN(units); i++) {
		struct str number, unit;
		bool read = number_unit(&f->a, str_c(units[i].text), &number, &unit);

		if (read != (units[i].number != NULL))
			FLUNK("'%s' is %sread", units[i].text, read ? "" : "not ");
		if (!read)
			continue;
		same(number, str_c(units[i].number));
		same(unit, str_c(units[i].unit));
	}
}

int main(void)
{
	struct CMUnitTest tests[] = {
		PLAIN(test_days),
		PLAIN(test_year_of_days),
		PLAIN(test_every_day),
		PLAIN(test_periods),
		PLAIN(test_stored_periods),
		PLAIN(test_thousandths),
		PLAIN(test_number_unit),
	};

	return run_plan("office", tests, LEN(tests));
}
