/* Needs of days by hand: days of the month and rules, several days, limits and extensions; owners, personal duties,
 * decisions on slots, roll-ups. */
#include "need_hand.h"

/* ---- days ---- */

static void test_on(void **state)
{
	static const struct hand t[] = {
		/* day 31 is the last of a shorter month */
		{BOSS "need: {on: day 31, from: 02-01, to: 04-30, take: m}", "m 2022-02-28", "2022-04-30",
			"2022-02-28 met 2022-02-28; 2022-03-31 missed; 2022-04-30 missed"},
		{BOSS "need: {on: last day, from: 02-01, to: 02-29, take: m}", "", "2024-12-31", "2024-02-29 missed"},
		/* dates, and a day that is named twice: Friday 4 March 2022 is one slot */
		{BOSS "need: {on: [03-15, friday, day 4], from: 03-01, to: 03-15, take: m}", "", "2022-03-15",
			"2022-03-04 missed; 2022-03-11 missed; 2022-03-15 missed"},
		/* the second Tuesday of January and February 2022: the 11th, the 8th */
		{BOSS "need: {on: {rule: \"FREQ=MONTHLY;BYDAY=2TU\"}, to: 02-28, take: m}", "m 2022-02-08", "2022-02-28",
			"2022-01-11 missed; 2022-02-08 met 2022-02-08"},
		/* every second week from Monday 3 January 2022: in 2023 it goes on with 2 January */
		{BOSS "need: {on: {rule: \"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO\", start: 2022-01-03}, to: 01-20, take: m}", "", "2023-01-31",
			"2023-01-02 missed; 2023-01-16 missed"},
		/* the month of the day; the earlier slot takes the earlier record */
		{BOSS "need: {on: [03-10, 03-20], window: month, take: m}", "m 2022-03-25; m 2022-03-30", "2022-03-31",
			"2022-03-10 met 2022-03-25; 2022-03-20 met 2022-03-30"},
		{BOSS "need: {on: 03-10, window: month, late: counts, take: m}", "m 2022-03-25", "2022-03-31", "2022-03-10 late 2022-03-25"},
		/* 5 days before and the day: the 5th is in, the 4th and the 11th are not */
		{BOSS "need: {on: 03-10, window: 5d, take: m}", "m 2022-03-04; m 2022-03-11", "2022-03-31", "2022-03-10 missed"},
		{BOSS "need: {on: 03-10, window: 5d, take: m}", "m 2022-03-05", "2022-03-31", "2022-03-10 met 2022-03-05"},
		/* 1 and 2 May 2024 move to Monday the 6th, separately; the window goes with them */
		{BOSS "need: {on: [05-01, 05-02], shift: next, take: m}", "m 2024-05-06; m 2024-05-01", "2024-05-06",
			"2024-05-06 met 2024-05-06; 2024-05-06 missed"},
		/* 31 December 2022 is off: back to Friday the 30th */
		{BOSS "need: {on: last day, from: 12-01, shift: previous, take: m}", "m 2022-12-30", "2022-12-31", "2022-12-30 met 2022-12-30"},
	};

	CHECK(t);
}

static void test_by(void **state)
{
	static const struct hand t[] = {
		/* the second record is for the second day, even where the first came late */
		{BOSS "need: {by: [03-31, 06-30], take: m}", "m 2022-04-02; m 2022-06-30", "2022-06-30",
			"2022-03-31 late 2022-04-02; 2022-06-30 met 2022-06-30"},
		/* days as they come, whatever their order in the list */
		{BOSS "need: {by: [06-30, 03-31], take: m}", "m 2022-03-31", "2022-04-01", "2022-03-31 met 2022-03-31; 2022-06-30 pending"},
		/* from: an earlier record is of no account */
		{BOSS "need: {by: 06-30, from: 03-01, take: m}", "m 2022-02-28", "2022-06-30", "2022-06-30 missed"},
		{BOSS "need: {by: 06-30, from: last 12-01, take: m}", "m 2021-12-01", "2022-06-30", "2022-06-30 met 2021-12-01"},
		/* 1 May 2022 moves to Thursday the 5th, back to Friday 29 April */
		{BOSS "need: {by: 05-01, shift: next, take: m}", "m 2022-05-05", "2022-05-05", "2022-05-05 met 2022-05-05"},
		{BOSS "need: {by: 05-01, shift: previous, take: m}", "m 2022-04-30", "2022-05-05", "2022-04-29 late 2022-04-30"},
		/* 90 on 30 June is reached; 80 on 31 December is not: it has fallen to 70 */
		{BOSS "need: {by: [06-30, 12-31], reach: {figure: rate, at_least: [90, 80]}}", "", "2022-12-31",
			"2022-06-30 met 2022-06-30; 2022-12-31 missed"},
		{BOSS "need: {by: [06-30, 12-31], reach: {figure: rate, at_least: [91, 70]}}", "", "2022-12-31",
			"2022-06-30 missed; 2022-12-31 met 2022-12-31"},
	};

	CHECK(t);
}

/* ---- limits ---- */

#define SHUT "done: {shut: yes}, done_on: closed"

static void test_within(void **state)
{
	static const struct hand t[] = {
		/* 24 hours after 15:30 end at 15:30: that minute is in time, the next is late */
		{BOSS "need: {when: t, within: 24h, time: at, done_time: closed_at, " SHUT "}",
			"t 2022-03-01 at=15:30 shut=yes closed=2022-03-02 closed_at=15:30", "2022-03-02", "2022-03-02 met 2022-03-02"},
		{BOSS "need: {when: t, within: 24h, time: at, done_time: closed_at, " SHUT "}",
			"t 2022-03-01 at=15:30 shut=yes closed=2022-03-02 closed_at=15:31", "2022-03-02", "2022-03-02 late 2022-03-02"},
		/* two hours after 23:00 is the next day; no time of arising is 00:00 */
		{BOSS "need: {when: t, within: 2h, time: at, " SHUT "}", "t 2022-03-01 at=23:00; t 2022-03-01", "2022-03-01",
			"2022-03-02 pending; 2022-03-01 missed"},
		/* without a time hours are days, rounded up */
		{BOSS "need: {when: t, within: 36h, " SHUT "}", "t 2022-03-01", "2022-03-01", "2022-03-03 pending"},
		/* a later record; of two on the first day the one of 09:00 */
		{BOSS "need: {when: t, within: 2h, time: at, take: {of: a, where: {no: $each}}, done_time: at, label: \"field:no\"}",
			"t 2022-03-01 at=08:00 no=7; a 2022-03-01 at=11:00 no=7; a 2022-03-01 at=09:00 no=7", "2022-03-01",
			"2022-03-01 met 2022-03-01"},
		/* one month after 31 January is 28 February; two after 31 December 2023 is 29 February */
		{BOSS "need: {when: t, within: 1 month, " SHUT "}", "t 2022-01-31", "2022-02-01", "2022-02-28 pending"},
		{BOSS "need: {when: t, within: 2 months, " SHUT "}", "t 2023-12-31", "2023-12-31", "2024-02-29 pending"},
		/* the record's own day, known beforehand; without one the end of the year */
		{BOSS "need: {when: t, due: due, " SHUT "}", "t 2022-03-01 due=2022-06-01 shut=yes closed=2022-06-02; t 2022-03-02", "2022-06-02",
			"2022-06-01 late 2022-06-02; 2022-12-31 pending"},
		{BOSS "need: {when: t, due: due, " SHUT "}", "t 2022-03-01 due=2022-06-01", "2022-03-02", "2022-06-01 pending"},
		/* 2 + 3 days: Saturday 5 March moves to Monday the 7th */
		{BOSS "need: {when: t, within: 3d, shift: next, " SHUT "}", "t 2022-03-02", "2022-03-05", "2022-03-07 pending"},
	};

	CHECK(t);
}

static void test_extend(void **state)
{
#define EXTEND "need: {when: t, within: 10d, extend: {by: 5d, asked: asked, approved: approved}, " SHUT "}"
	static const struct hand t[] = {
		/* due on 11 March; asked on that day and approved: the 16th */
		{BOSS EXTEND, "t 2022-03-01 asked=2022-03-11 approved=2022-03-14", "2022-03-14", "2022-03-16 pending"},
		/* before it is approved the day stands */
		{BOSS EXTEND, "t 2022-03-01 asked=2022-03-11 approved=2022-03-14", "2022-03-13", "2022-03-11 missed"},
		/* asked on the day after: nothing moves */
		{BOSS EXTEND, "t 2022-03-01 asked=2022-03-12 approved=2022-03-14", "2022-03-14", "2022-03-11 missed"},
		/* never approved */
		{BOSS EXTEND, "t 2022-03-01 asked=2022-03-05", "2022-03-14", "2022-03-11 missed"},
		/* done on the 17th is late all the same */
		{BOSS EXTEND, "t 2022-03-01 asked=2022-03-11 approved=2022-03-14 shut=yes closed=2022-03-17", "2022-03-17",
			"2022-03-16 late 2022-03-17"},
		/* 2 working days after 30 September 2022: 1 to 7 October are off, Saturday the 8th and Sunday the 9th are worked */
		{BOSS "need: {when: t, due: due, extend: {by: 2 working days, asked: asked, approved: approved}, " SHUT "}",
			"t 2022-03-01 due=2022-09-30 asked=2022-09-01 approved=2022-09-02", "2022-09-30", "2022-10-09 pending"},
		/* a month after 31 January */
		{BOSS "need: {when: t, due: due, extend: {by: 1 month, asked: asked, approved: approved}, " SHUT "}",
			"t 2022-01-01 due=2022-01-31 asked=2022-01-02 approved=2022-01-03", "2022-01-31", "2022-02-28 pending"},
	};

	CHECK(t);
}

static void test_holds(void **state)
{
	static const struct hand t[] = {
		/* Sunday 6 March 2022 moves to Monday: on Sunday it is not due yet */
		{BOSS "need: {for_each: {of: t}, holds: until, shift: next}", "t 2021-03-01 no=1 until=2022-03-06", "2022-03-06",
			"2022-03-07 pending"},
		{BOSS "need: {for_each: {of: t}, holds: until, shift: next}", "t 2021-03-01 no=1 until=2022-03-06", "2022-03-07",
			"2022-03-07 missed"},
	};

	CHECK(t);
}

/* ---- owners ---- */

static void test_bodies(void **state)
{
	static const struct hand t[] = {
		{"owner: \"body:board\", need: {each: half, take: {of: m, where: {kind: $owner}}}", "m 2022-02-01 kind=board", "2022-06-30",
			"2022-06-30 met 2022-02-01; 2022-12-31 pending"},
		/* each body: board met, the council did not */
		{"owner: each body, need: {each: year, take: {of: m, where: {kind: $owner}}}", "m 2022-02-01 kind=board", "2022-12-31",
			"2022-12-31 met 2022-02-01; 2022-12-31 missed"},
		{BOSS "need: {for_each: bodies, each: year, take: {of: m, where: {kind: $each}}}", "m 2022-02-01 kind=council", "2022-12-31",
			"2022-12-31 missed; 2022-12-31 met 2022-02-01"},
	};

	CHECK(t);
}

static void test_personal(void **state)
{
#define MINE "take: {of: m, where: {lead: $owner}}"
	static const struct hand t[] = {
		/* Ann left on 10 June, Ben came on the 20th: she owes January to May, he July to December, June nobody; two had
		 * Cat all the year. On 28 February, before Ben: January, February of each */
		{"owner: \"post:one\", personal: yes, need: {each: quarter, " MINE "}", "m 2022-03-01 lead=one; m 2022-07-01 lead=one", "2022-12-31",
			"2022-03-31 met 2022-03-01; 2022-09-30 met 2022-07-01; 2022-12-31 missed"},
		/* before Ben came Ann is the only one: the quarters that end within her tenure */
		{"owner: \"post:one\", personal: yes, need: {each: quarter, " MINE "}", "", "2022-03-31", "2022-03-31 missed"},
		/* 4 a year: Ann held 161 of 365 days, 1.76: 2, by 10 June; Ben 195 days, 2.14: 2, by 31 December */
		{"owner: \"post:one\", personal: yes, need: {count: 4, per: year, " MINE "}", "m 2022-06-11 lead=one; m 2022-06-10 lead=one",
			"2022-12-31", "2022-06-10 met 2022-06-10; 2022-06-10 missed; 2022-12-31 missed; 2022-12-31 missed"},
		/* Cat held all of it: 4 */
		{"owner: \"post:two\", personal: yes, need: {count: 4, per: year, " MINE "}", "m 2022-06-11 lead=two", "2022-06-11",
			"2022-12-31 met 2022-06-11; 2022-12-31 pending; 2022-12-31 pending; 2022-12-31 pending"},
		/* nobody is known to hold it: the year is one tenure */
		{"owner: \"post:boss\", personal: yes, need: {each: half, take: m}", "m 2022-06-30", "2022-06-30",
			"2022-06-30 met 2022-06-30; 2022-12-31 pending"},
		/* by 15 June nobody held it; by 10 June it was Ann's, by 20 June Ben's */
		{"owner: \"post:one\", personal: yes, need: {by: 06-15, " MINE "}", "m 2022-06-01 lead=one", "2022-12-31", ""},
		{"owner: \"post:one\", personal: yes, need: {by: [06-10, 06-20], " MINE "}", "m 2022-06-01 lead=one; m 2022-06-12 lead=one",
			"2022-12-31", "2022-06-10 met 2022-06-01; 2022-06-20 missed"},
		/* the week of Thursday 9 June is Ann's though it ends on the 12th; that of the 16th nobody's */
		{"owner: \"post:one\", personal: yes, need: {each: week, from: 06-09, to: 06-23, " MINE "}", "m 2022-06-11 lead=one", "2022-12-31",
			"2022-06-12 missed; 2022-06-26 missed"},
		{"owner: \"post:one\", personal: yes, need: {on: day 10, from: 06-01, to: 07-31, " MINE "}", "m 2022-06-10 lead=one", "2022-12-31",
			"2022-06-10 met 2022-06-10; 2022-07-10 missed"},
	};

	CHECK(t);
}

static void test_labels(void **state)
{
	struct world *w = *state;
	static const struct {
		const char *duty, *labels;
	} t[] = {
		{"owner: \"post:one\", personal: yes, need: {each: half, from: 07-01, take: m}", "（Ben）下半年"},
		{"owner: \"post:two\", personal: yes, need: {each: half, from: 07-01, take: m}", "下半年"},
		{"owner: each body, need: {each: half, from: 07-01, take: m}", "board 下半年、council 下半年"},
		{BOSS "need: {each: \"table:terms\", take: m}", "autumn、spring"},
		{BOSS "need: {count: 1, per: \"table:terms\", take: m}", "autumn第1次、spring第1次"},
		{BOSS "need: {by: [03-31, 06-30], take: m}", "2022-03-31、2022-06-30"},
		{BOSS "need: {on: 05-01, shift: next, take: m}", "2022-05-01"},
		{BOSS "need: {by: [06-30, 12-31], reach: {figure: rate, at_least: [99, 99]}}", "rate 2022-06-30、rate 2022-12-31"},
		{BOSS "need: {each: 5 hours, " HOURS, "03-01 08:00–13:00、03-01 13:00–18:00"},
	};

	for (size_t i = 0; i < LEN(t); i++) {
		struct hand h = {t[i].duty, "", "2022-12-31", NULL, NULL};
		struct scheme scheme;
		struct duty_state s;

		judge(w, &h, &scheme, &s);
		if (!str_is(slots_text(&w->a, &s, SLOT_MISSED), t[i].labels))
			FLUNK("%s: " STR_FMT ", not %s", t[i].duty, STR_ARG(slots_text(&w->a, &s, SLOT_MISSED)), t[i].labels);
	}
}

/* ---- decisions ---- */

#define SLOT(kind, label, rest) \
	"{\"duty\":\"D1\",\"owner\":\"boss\",\"object\":\"\",\"label\":\"" label "\",\"kind\":\"" kind "\",\"asked\":\"2022-03-20\"," rest "}"
#define DECIDED(day) "\"decided\":\"" day "\""

static void test_allowed(void **state)
{
	static const struct hand t[] = {
		/* excused from 1 April on; before that it is missed */
		{BOSS "need: {each: quarter, to: 06-30, take: m}", "", "2022-04-01", "2022-03-31 excused; 2022-06-30 pending",
			SLOT("excused", "1季度", DECIDED("2022-04-01"))},
		{BOSS "need: {each: quarter, to: 06-30, take: m}", "", "2022-03-31", "2022-03-31 missed; 2022-06-30 pending",
			SLOT("excused", "1季度", DECIDED("2022-04-01"))},
		/* what was done in time stays met; it may be called not applicable */
		{BOSS "need: {each: quarter, to: 03-31, take: m}", "m 2022-02-02", "2022-04-01", "2022-03-31 met 2022-02-02",
			SLOT("excused", "1季度", DECIDED("2022-04-01"))},
		{BOSS "need: {each: quarter, to: 03-31, take: m}", "m 2022-02-02", "2022-04-01", "2022-03-31 not_applicable 2022-02-02",
			SLOT("not_applicable", "1季度", DECIDED("2022-04-01"))},
		/* what was done late is excused */
		{BOSS "need: {by: 03-31, take: m}", "m 2022-04-01", "2022-04-01", "2022-03-31 excused 2022-04-01",
			SLOT("excused", "2022-03-31", DECIDED("2022-04-01"))},
		/* put off to 20 April: a record of the 20th does, though the quarter is over; it does for the second as well */
		{BOSS "need: {each: quarter, to: 06-30, take: m}", "m 2022-04-20", "2022-04-21",
			"2022-04-20 met 2022-04-20; 2022-06-30 met 2022-04-20",
			SLOT("extended", "1季度", "\"until\":\"2022-04-20\"," DECIDED("2022-03-25"))},
		{BOSS "need: {each: quarter, to: 03-31, take: m}", "m 2022-04-21", "2022-04-21", "2022-04-20 missed",
			SLOT("extended", "1季度", "\"until\":\"2022-04-20\"," DECIDED("2022-03-25"))},
		/* by: late from 21 April on only */
		{BOSS "need: {by: 03-31, take: m}", "m 2022-04-20", "2022-04-20", "2022-04-20 met 2022-04-20",
			SLOT("extended", "2022-03-31", "\"until\":\"2022-04-20\"," DECIDED("2022-03-25"))},
		{BOSS "need: {by: 03-31, take: m}", "m 2022-04-21", "2022-04-21", "2022-04-20 late 2022-04-21",
			SLOT("extended", "2022-03-31", "\"until\":\"2022-04-20\"," DECIDED("2022-03-25"))},
		/* asked on 20 March, after 15 March: nothing moves */
		{BOSS "need: {by: 03-15, take: m}", "", "2022-04-01", "2022-03-15 missed",
			SLOT("extended", "2022-03-15", "\"until\":\"2022-04-20\"," DECIDED("2022-03-25"))},
		/* of two decisions the later one counts */
		{BOSS "need: {by: 03-31, take: m}", "", "2022-05-01", "2022-03-31 excused",
			SLOT("excused", "2022-03-31", DECIDED("2022-04-05")) ","
			SLOT("extended", "2022-03-31", "\"until\":\"2022-04-20\"," DECIDED("2022-03-25"))},
		/* of count the second of two is put off: the record of 5 April is the second's */
		{BOSS "need: {count: 2, per: quarter, to: 03-31, take: m}", "m 2022-02-02; m 2022-04-05", "2022-05-01",
			"2022-03-31 met 2022-02-02; 2022-04-20 met 2022-04-05",
			SLOT("extended", "1季度第2次", "\"until\":\"2022-04-20\"," DECIDED("2022-03-25"))},
	};

	CHECK(t);
}

/* Neither is required; the counts say so, and where nothing else is left the duty is not due. */
static void test_allowed_counts(void **state)
{
	struct world *w = *state;
	struct hand t = {BOSS "points: 2, need: {each: quarter, to: 06-30, take: m}", "m 2022-06-01", "2022-12-31", NULL,
		SLOT("excused", "1季度", DECIDED("2022-04-01"))};
	struct scheme scheme;
	struct duty_state s;

	judge(w, &t, &scheme, &s);
	assert_int_equal(s.excused, 1);
	assert_int_equal(s.required_year, 1);
	assert_int_equal(s.status, DUTY_SATISFIED);
	assert_int_equal(duty_score(&s).got, 2000);
	t.duty = BOSS "need: {each: quarter, to: 03-31, take: m}";
	judge(w, &t, &scheme, &s);
	assert_int_equal(s.status, DUTY_NOT_DUE);
	assert_string_equal(duty_reason(&w->a, LANG_EN, &s, 2022, s.slots[0].due).p, "excused: 1季度");
}

/* ---- score ---- */

static void test_roll_up(void **state)
{
	struct world *w = *state;
	static const struct {
		const char *score, *records;
		int64_t got;
	} t[] = {
		/* one did both halves, two one of them */
		{"score: {roll_up: all}", "m 2022-01-01 lead=one; m 2022-07-01 lead=one; m 2022-01-01 lead=two", 0},
		{"score: {roll_up: all}", "m 2022-01-01 lead=one; m 2022-07-01 lead=one; m 2022-01-01 lead=two; m 2022-07-01 lead=two", 10000},
		/* (1 + 1/2) / 2 of ten points */
		{"score: {roll_up: average}", "m 2022-01-01 lead=one; m 2022-07-01 lead=one; m 2022-01-01 lead=two", 7500},
		{"score: {roll_up: deduct, deduct: 1.5}", "m 2022-01-01 lead=one; m 2022-07-01 lead=one; m 2022-01-01 lead=two", 8500},
		{"score: {roll_up: deduct, deduct: 1.5, at_most: 2}", "", 8000},
	};

	for (size_t i = 0; i < LEN(t); i++) {
		struct str duty = arena_printf(&w->a,
			"owner: each member, points: 10, %s, need: {each: half, take: {of: m, where: {lead: $owner}}}", t[i].score);
		struct hand h = {duty.p, t[i].records, "2022-12-31", NULL, NULL};
		struct scheme scheme;
		struct duty_state s;

		judge(w, &h, &scheme, &s);
		assert_int_equal(duty_score(&s).got, t[i].got);
	}
}

/* The mean is exact: 1/3 and 2/3 of two owners are a half, not 0.49999; 10 × (1/3 + 1)/2 is 6.67. */
static void test_average(void **state)
{
	struct world *w = *state;
	struct hand t = {"owner: each member, points: 10, score: {roll_up: average}, need: {count: 3, take: {of: m, where: {lead: $owner}}}",
		"m 2022-01-01 lead=one; m 2022-01-01 lead=two; m 2022-01-02 lead=two", "2022-12-31", NULL, NULL};
	struct scheme scheme;
	struct duty_state s;

	judge(w, &t, &scheme, &s);
	assert_int_equal(duty_score(&s).got, 5000);
	assert_int_equal(duty_score(&s).share, 5000);
	t.records = "m 2022-01-01 lead=one; m 2022-01-01 lead=two; m 2022-01-02 lead=two; m 2022-01-03 lead=two";
	judge(w, &t, &scheme, &s);
	assert_int_equal(duty_score(&s).got, 6670);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_on), cmocka_unit_test(test_by), cmocka_unit_test(test_within),
		cmocka_unit_test(test_extend), cmocka_unit_test(test_holds), cmocka_unit_test(test_bodies),
		cmocka_unit_test(test_personal), cmocka_unit_test(test_labels), cmocka_unit_test(test_allowed),
		cmocka_unit_test(test_allowed_counts), cmocka_unit_test(test_roll_up),
		cmocka_unit_test(test_average),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
