/* Needs of periods by hand: working days, tables, hours, seasons, due days, grace, what is enough. */
#include "need_hand.h"

/* ---- working days: 2024-02-10 to 17 are off, the Sundays 4 and 18 February are worked ---- */

static void test_working_days(void **state)
{
	static const struct hand t[] = {
		/* 5 working days after Wednesday the 7th: the 8th, the 9th, Sunday the 18th, the 19th, the 20th */
		{BOSS "need: {when: t, within: 5 working days, done: {shut: yes}, done_on: closed}",
			"t 2024-02-07", "2024-02-20", "2024-02-20 missed"},
		/* … on the 19th it is not due yet; done on the 20th is in time, on the 21st late */
		{BOSS "need: {when: t, within: 5 working days, done: {shut: yes}, done_on: closed}",
			"t 2024-02-07", "2024-02-19", "2024-02-20 pending"},
		{BOSS "need: {when: t, within: 5 working days, done: {shut: yes}, done_on: closed}",
			"t 2024-02-07 shut=yes closed=2024-02-20; t 2024-02-07 shut=yes closed=2024-02-21", "2024-02-21",
			"2024-02-20 met 2024-02-20; 2024-02-20 late 2024-02-21"},
		/* one working day after Friday the 9th is Sunday the 18th */
		{BOSS "need: {when: t, within: 1 working day}", "t 2024-02-09", "2024-02-10", "2024-02-18 met 2024-02-09"},
		/* prompt is 2 working days here: after Saturday the 10th the 18th and the 19th */
		{BOSS "need: {when: t, within: prompt, done: {shut: yes}}", "t 2024-02-10", "2024-02-11", "2024-02-19 pending"},
		/* working day 3 of May 2024: 1 to 5 May are off, so 6, 7, 8 */
		{BOSS "need: {on: working day 3, from: 05-01, to: 05-31, take: m}", "m 2024-05-08", "2024-05-31",
			"2024-05-08 met 2024-05-08"},
		/* the last working day of September and of December 2023: the 28th (29 is off), the 29th */
		{BOSS "need: {on: last working day, from: 09-01, to: 09-30, take: m}", "", "2023-09-30", "2023-09-28 missed"},
		{BOSS "need: {on: last working day, from: 12-01, take: m}", "", "2023-12-31", "2023-12-29 missed"},
		/* working days from Thursday 8 to Monday 19 February 2024: 8, 9, 18, 19 */
		{BOSS "need: {on: working days, from: 02-08, to: 02-19, take: m}", "m 2024-02-18", "2024-02-19",
			"2024-02-08 missed; 2024-02-09 missed; 2024-02-18 met 2024-02-18; 2024-02-19 missed"},
		{BOSS "need: {each: day, days: working, from: 02-08, to: 02-19, take: m}", "m 2024-02-18", "2024-02-18",
			"2024-02-08 missed; 2024-02-09 missed; 2024-02-18 met 2024-02-18; 2024-02-19 pending"},
	};

	CHECK(t);
}

static void test_unknown(void **state)
{
	struct world *w = *state;
	const struct hand t[] = {
		{BOSS "need: {on: last working day, from: 12-01, take: m}", "", "2031-12-31", NULL, NULL},
		{BOSS "need: {on: last day, from: 12-01, take: m}", "", "2031-12-31", NULL, NULL},
		{BOSS "need: {on: last day, shift: previous, from: 12-01, take: m}", "", "2031-12-31", NULL, NULL},
		{BOSS "need: {on: last working day, from: 12-01, take: m}", "", "2026-12-31", NULL, NULL},
		/* the limit ends in 2026, but begins on a day whose next ones lie in 2027 */
		{BOSS "need: {when: t, within: 2 working days}", "t 2026-12-31", "2026-12-31", NULL, NULL},
		{BOSS "need: {when: t, within: prompt}", "t 2026-06-30", "2026-12-31", NULL, NULL},
	};
	static const bool unknown[] = {true, false, true, false, true, false};

	for (size_t i = 0; i < LEN(t); i++) {
		struct scheme scheme;
		struct duty_state s;

		judge(w, &t[i], &scheme, &s);
		assert_int_equal(s.nslots, 1);
		assert_int_equal(s.slots[0].calendar_unknown, unknown[i]);
		assert_int_equal(s.slots[0].internal, i == 5);
	}
}

/* ---- periods ---- */

static void test_tables(void **state)
{
	static const struct hand t[] = {
		/* autumn of 2021 ends on 15 January 2022: it is owed in 2022, and that of 2022 in 2023 */
		{BOSS "need: {each: \"table:terms\", take: m}", "m 2021-12-01; m 2022-10-01", "2022-12-31",
			"2022-01-15 met 2021-12-01; 2022-07-05 missed"},
		/* the first day and the last belong to it, the days around do not */
		{BOSS "need: {count: 2, per: \"table:terms\", take: m}", "m 2021-08-31; m 2021-09-01; m 2022-01-15; m 2022-01-16",
			"2022-06-01", "2022-01-15 met 2021-09-01; 2022-01-15 met 2022-01-15; 2022-07-05 pending; 2022-07-05 pending"},
		/* two that overlap: what lies in both does for both */
		{BOSS "need: {each: \"table:visits\", take: m}", "m 2022-03-05", "2022-12-31",
			"2022-03-10 met 2022-03-05; 2022-04-30 met 2022-03-05"},
		/* full dates are owed in their year only */
		{BOSS "need: {each: \"table:visits\", take: m}", "", "2023-12-31", ""},
		/* a bad entry, a missing table: nothing is owed */
		{BOSS "need: {each: \"table:bad\", take: m}", "", "2022-12-31", ""},
		{BOSS "need: {each: \"table:none\", take: m}", "", "2022-12-31", ""},
	};

	CHECK(t);
}

static void test_lacks(void **state)
{
	struct world *w = *state;
	static const struct {
		const char *duty, *lacks;
	} t[] = {
		{BOSS "need: {each: \"table:terms\", take: m}", ""},
		{BOSS "need: {each: \"table:bad\", take: m}", "bad"},
		{BOSS "need: {count: 1, per: \"table:none\", take: m}", "none"},
		{BOSS "need: {each: day, except: closed.days, take: m}", "closed.days"},
		{BOSS "need: {for_each: {of: t}, each: {field: no, words: {a: \"table:terms\", b: \"table:gone\"}}, take: a}", "gone"},
	};

	for (size_t i = 0; i < LEN(t); i++) {
		struct hand h = {t[i].duty, "", "2022-12-31", "", NULL};
		struct facts f = {.arena = &w->a, .org = &w->org};
		struct scheme *scheme = ARENA_NEW(&w->a, struct scheme);
		struct duty_state s;

		judge(w, &h, scheme, &s);
		f.scheme = scheme;
		if (!str_is(need_lacks(&f, &scheme->duties[0].needs[0]), t[i].lacks))
			FLUNK("%s lacks '" STR_FMT "', not '%s'", t[i].duty,
				STR_ARG(need_lacks(&f, &scheme->duties[0].needs[0])), t[i].lacks);
	}
}

static void test_hours(void **state)
{
	static const struct hand t[] = {
		/* 08–12, 12–16, and 16–18, which is half of four hours and counts. 12:00 is of the second */
		{BOSS "need: {each: 4 hours, " HOURS, "m 2022-03-01 at=12:00", "2022-03-01",
			"2022-03-01 missed; 2022-03-01 met 2022-03-01; 2022-03-01 missed"},
		/* 08:00 is of the first, 18:00 still of the last; 07:59 and no time of none */
		{BOSS "need: {each: 4 hours, " HOURS, "m 2022-03-01 at=08:00; m 2022-03-01 at=18:00; m 2022-03-01 at=07:59; m 2022-03-01",
			"2022-03-01", "2022-03-01 met 2022-03-01; 2022-03-01 missed; 2022-03-01 met 2022-03-01"},
		/* 08–13 and 13–18; 3 hours: 08–11, 11–14, 14–17, and one hour more, less than half: nothing */
		{BOSS "need: {each: 5 hours, " HOURS, "", "2022-03-01", "2022-03-01 missed; 2022-03-01 missed"},
		{BOSS "need: {each: 3 hours, " HOURS, "m 2022-03-01 at=17:30; m 2022-03-01 at=17:00", "2022-03-01",
			"2022-03-01 missed; 2022-03-01 missed; 2022-03-01 met 2022-03-01"},
		/* two in each; the third is of the next */
		{BOSS "need: {each: 5 hours, enough: 2, " HOURS, "m 2022-03-01 at=09:00; m 2022-03-01 at=13:00; m 2022-03-01 at=14:00",
			"2022-03-01", "2022-03-01 missed; 2022-03-01 met 2022-03-01"},
		/* of 1 to 7 March 2022 a Monday and a Friday are the 4th and the 7th; the 2nd is shut anyway */
		{BOSS "need: {each: 10 hours, hours: {from: \"08:00\", to: \"18:00\"}, time: at, days: [monday, friday], from: 03-01,"
			" to: 03-07, take: m}", "m 2022-03-04 at=08:00", "2022-03-07", "2022-03-04 met 2022-03-04; 2022-03-07 missed"},
		{BOSS "need: {each: 10 hours, hours: {from: \"08:00\", to: \"18:00\"}, time: at, except: shut, from: 03-01, to: 03-03,"
			" take: m}", "", "2022-03-02", "2022-03-01 missed; 2022-03-03 pending"},
	};

	CHECK(t);
}

static void test_season(void **state)
{
	static const struct hand t[] = {
		/* months wholly inside 15 March to 31 May: April, May */
		{BOSS "need: {each: month, from: 03-15, to: 05-31, take: m}", "m 2022-03-20; m 2022-04-01", "2022-05-31",
			"2022-04-30 met 2022-04-01; 2022-05-31 missed"},
		/* of a week its Thursday decides: 3 March is one, so the week from 28 February is in; that of the 10th too */
		{BOSS "need: {each: week, from: 03-03, to: 03-10, take: m}", "m 2022-02-28", "2022-03-13",
			"2022-03-06 met 2022-02-28; 2022-03-13 missed"},
		/* the heating season from November to February: November, December, and January, February of the year */
		{BOSS "need: {each: month, from: 11-01, to: 02-28, take: m}", "m 2022-11-30", "2022-11-30",
			"2022-01-31 missed; 2022-02-28 missed; 2022-11-30 met 2022-11-30; 2022-12-31 pending"},
		/* each half is whole only in the first stretch of a season over the turn of the year */
		{BOSS "need: {count: 1, per: half, from: 12-01, to: 06-30, take: m}", "", "2022-12-31", "2022-06-30 missed"},
		/* to alone begins with the year */
		{BOSS "need: {each: quarter, to: 06-30, take: m}", "m 2022-02-02", "2022-03-31", "2022-03-31 met 2022-02-02; 2022-06-30 pending"},
		/* a day that is excepted is not owed */
		{BOSS "need: {each: day, from: 03-01, to: 03-03, except: shut, take: m}", "m 2022-03-02", "2022-03-03",
			"2022-03-01 missed; 2022-03-03 missed"},
	};

	CHECK(t);
}

/* ---- what is enough ---- */

static void test_enough(void **state)
{
	static const struct hand t[] = {
		/* three days: two records of one day are one */
		{BOSS "need: {each: year, enough: {days: yes, at_least: 3}, take: m}", "m 2022-01-05; m 2022-01-05; m 2022-02-01",
			"2022-12-31", "2022-12-31 missed"},
		{BOSS "need: {each: year, enough: {days: yes, at_least: 3}, take: m}", "m 2022-01-05; m 2022-01-05; m 2022-02-01; m 2022-03-01",
			"2022-12-31", "2022-12-31 met 2022-03-01"},
		/* two kinds; a record without a kind counts for none */
		{BOSS "need: {each: year, enough: {distinct: kind, at_least: 2}, take: m}", "m 2022-01-01 kind=a; m 2022-02-01 kind=a; m 2022-03-01",
			"2022-12-31", "2022-12-31 missed"},
		{BOSS "need: {each: year, enough: {distinct: kind, at_least: 2}, take: m}", "m 2022-01-01 kind=a; m 2022-02-01; m 2022-03-01 kind=b",
			"2022-12-30", "2022-12-31 met 2022-03-01"},
		/* 8 + 9 of 10 + 10 are 85 per cent, exactly enough; judged on 30 June only */
		{BOSS "need: {each: half, to: 06-30, enough: {rate: [done, all], at_least: 85}, take: m}",
			"m 2022-01-01 done=8 all=10; m 2022-03-01 done=9 all=10; m 2022-04-01 done=5", "2022-06-30", "2022-06-30 met 2022-03-01"},
		{BOSS "need: {each: half, to: 06-30, enough: {rate: [done, all], at_least: 85}, take: m}",
			"m 2022-01-01 done=8 all=10; m 2022-03-01 done=9 all=10", "2022-06-29", "2022-06-30 pending"},
		/* 84.9 per cent asked: 17 of 20 are more; 85.1: they are less. Of nothing: not enough */
		{BOSS "need: {each: half, to: 06-30, enough: {rate: [done, all], at_least: 84.9}, take: m}",
			"m 2022-01-01 done=17 all=20", "2022-12-31", "2022-06-30 met 2022-01-01"},
		{BOSS "need: {each: half, to: 06-30, enough: {rate: [done, all], at_least: 85.1}, take: m}",
			"m 2022-01-01 done=17 all=20", "2022-12-31", "2022-06-30 missed"},
		{BOSS "need: {each: half, to: 06-30, enough: {rate: [done, all], at_least: 0}, take: m}",
			"m 2022-01-01 done=0 all=0", "2022-12-31", "2022-06-30 missed"},
		/* 3 of 9 hours on safety are a third: 33 per cent, not 34 */
		{BOSS "need: {each: half, to: 06-30, enough: {share: {kind: safety}, of: hours, at_least: 33}, take: m}",
			"m 2022-01-01 hours=3 kind=safety; m 2022-02-01 hours=6; m 2022-03-01 kind=safety", "2022-06-30",
			"2022-06-30 met 2022-02-01"},
		{BOSS "need: {each: half, to: 06-30, enough: {share: {kind: safety}, of: hours, at_least: 34}, take: m}",
			"m 2022-01-01 hours=3 kind=safety; m 2022-02-01 hours=6", "2022-06-30", "2022-06-30 missed"},
		/* by number: one of two is 50 per cent */
		{BOSS "need: {each: half, to: 06-30, enough: {share: {kind: safety}, at_least: 50}, take: m}",
			"m 2022-01-01 kind=safety; m 2022-02-01", "2022-06-30", "2022-06-30 met 2022-02-01"},
	};

	CHECK(t);
}

static void test_due(void **state)
{
	static const struct hand t[] = {
		/* the report of March is due 10 days after 31 March: on 10 April. The 11th is late */
		{BOSS "need: {each: month, from: 03-01, to: 03-31, period: month, due: 10d, take: z}", "z 2022-04-10 month=2022-03",
			"2022-04-10", "2022-04-10 met 2022-04-10"},
		{BOSS "need: {each: month, from: 03-01, to: 03-31, period: month, due: 10d, take: z}", "z 2022-04-11 month=2022-03",
			"2022-04-11", "2022-04-10 late 2022-04-11"},
		/* day 31 of the month after January is 28 February; it is pending on the 27th */
		{BOSS "need: {each: month, to: 01-31, period: month, due: day 31, take: z}", "", "2022-02-27", "2022-02-28 pending"},
		/* 3 working days after 31 March 2022: 1 April; Saturday the 2nd is worked; 3 to 5 off; the 6th */
		{BOSS "need: {each: month, from: 03-01, to: 03-31, period: month, due: 3 working days, take: z}", "", "2022-04-05",
			"2022-04-06 pending"},
		/* 30 April 2022 is off, as are 1 to 4 May: shift moves the due day to 5 May, or back to 29 April */
		{BOSS "need: {each: month, from: 04-01, to: 04-30, period: month, shift: next, take: z}", "z 2022-05-05 month=2022-04",
			"2022-05-05", "2022-05-05 met 2022-05-05"},
		{BOSS "need: {each: month, from: 04-01, to: 04-30, period: month, shift: previous, take: z}", "z 2022-04-30 month=2022-04",
			"2022-05-05", "2022-04-29 late 2022-04-30"},
		/* the rate of a period's reports is judged by what is there on the due day */
		{BOSS "need: {each: month, to: 01-31, period: month, due: 10d, enough: {rate: [n, of], at_least: 90}, take: z}",
			"z 2022-02-01 month=2022-01 n=8 of=10; z 2022-02-11 month=2022-01 n=10 of=10", "2022-02-12", "2022-02-10 missed"},
	};

	CHECK(t);
}

static void test_grace(void **state)
{
	static const struct hand t[] = {
		/* January lacks one; February has two and needs one: the second of 8 February fills January, late */
		{BOSS "need: {each: month, to: 02-28, grace: 10d, take: m}", "m 2022-02-02; m 2022-02-08", "2022-02-28",
			"2022-01-31 late 2022-02-08; 2022-02-28 met 2022-02-02"},
		/* one alone is February's own */
		{BOSS "need: {each: month, to: 02-28, grace: 10d, take: m}", "m 2022-02-08", "2022-02-28",
			"2022-01-31 missed; 2022-02-28 met 2022-02-08"},
		/* the 11th day is too late */
		{BOSS "need: {each: month, to: 02-28, grace: 10d, take: m}", "m 2022-02-02; m 2022-02-11", "2022-02-28",
			"2022-01-31 missed; 2022-02-28 met 2022-02-02"},
		/* after the season nothing needs it */
		{BOSS "need: {each: month, to: 01-31, grace: 10d, take: m}", "m 2022-02-10", "2022-02-10", "2022-01-31 late 2022-02-10"},
		/* December's is of next year: January 2023 needs the first, the second is spare */
		{BOSS "need: {count: 1, per: month, from: 12-01, grace: 10d, take: m}", "m 2023-01-03; m 2023-01-05", "2022@2023-01-05",
			"2022-12-31 late 2023-01-03"},
		{BOSS "need: {count: 1, per: half, grace: 10d, take: m}", "m 2022-01-01; m 2023-01-03; m 2023-01-05", "2022@2023-01-05",
			"2022-06-30 met 2022-01-01; 2022-12-31 late 2023-01-05"},
		/* two of three: the third fills up what one had begun */
		{BOSS "need: {each: quarter, to: 06-30, enough: 2, grace: 30d, take: m}", "m 2022-03-01; m 2022-04-01; m 2022-04-02; m 2022-04-03",
			"2022-04-30", "2022-03-31 late 2022-04-03; 2022-06-30 met 2022-04-02"},
	};

	CHECK(t);
}

static void test_apart(void **state)
{
	static const struct hand t[] = {
		/* the 5th is 4 days after the 1st: it does not count; the 8th is 7 after the 1st: it does */
		{BOSS "need: {count: 2, apart: 7d, take: m}", "m 2022-01-01; m 2022-01-05; m 2022-01-08", "2022-12-31",
			"2022-12-31 met 2022-01-01; 2022-12-31 met 2022-01-08"},
		/* the record of the year before counts, so that of 3 January does not */
		{BOSS "need: {count: 1, apart: 7d, take: m}", "m 2021-12-30; m 2022-01-03", "2022-12-31", "2022-12-31 missed"},
		/* 12 hours are a day without a time … */
		{BOSS "need: {each: year, enough: 2, apart: 12h, take: m}", "m 2022-01-01; m 2022-01-01; m 2022-01-02", "2022-12-31",
			"2022-12-31 met 2022-01-02"},
		/* … with it 08:00 and 20:00 are 12 hours apart, 08:00 and 19:59 are not */
		{BOSS "need: {each: year, enough: 2, apart: 12h, time: at, take: m}", "m 2022-01-01 at=20:00; m 2022-01-01 at=08:00", "2022-12-31",
			"2022-12-31 met 2022-01-01"},
		{BOSS "need: {each: year, enough: 2, apart: 12h, time: at, take: m}", "m 2022-01-01 at=19:59; m 2022-01-01 at=08:00", "2022-12-31",
			"2022-12-31 missed"},
	};

	CHECK(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_working_days), cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_tables), cmocka_unit_test(test_lacks), cmocka_unit_test(test_hours),
		cmocka_unit_test(test_season), cmocka_unit_test(test_enough), cmocka_unit_test(test_due),
		cmocka_unit_test(test_grace), cmocka_unit_test(test_apart),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
