/* Duties by hand: each form of need with its arithmetic in words, status and score at their edges. A case is a need (or
 * more), records of one or two types, days asked about, and what must be there: met late missed pending, the status. */
#include "duty_hand.h"

static const char HEAD[] =
	"zeren: 1\n"
	"scheme: hand\n"
	"title: By hand\n"
	"roles: {member: team member}\n"
	"records:\n"
	"  m: {about: meeting, title: M, fields: {date: date, kind: choice, hours: number, flag: flag, lead: post, unit: unit}}\n"
	"  z: {about: submission, title: Z, fields: {date: date, month: {type: period, per: month},\n"
	"    quarter: {type: period, per: quarter}}}\n"
	"  w: {about: meeting, title: W, fields: {month: {type: period, per: month}, times: count, first: count}}\n"
	"  r:\n"
	"    about: risk\n"
	"    title: R\n"
	"    fields: {no: text, date: date, review: choice, closed: date, until: date, owner: post}\n"
	"    track: {closed: {from: u, key: no, where: {what: close}, to: date}}\n"
	"  u: {about: risk, title: U, fields: {date: date, no: text, what: choice, lead: post}}\n"
	"  d: {about: inspection, title: D, fields: {date: date, no: text, found: count, feedback: date, notice: text,\n"
	"    flag: flag}}\n"
	"figures: {rate: {count: m}}\n"
	"duties:\n";

static const char ORG[] =
	"{\"units\":[{\"id\":\"U1\",\"name\":\"north\",\"short\":\"n\",\"kind\":\"town\"},"
	"{\"id\":\"U2\",\"name\":\"south\",\"short\":\"s\",\"kind\":\"town\"},"
	"{\"id\":\"U3\",\"name\":\"office\",\"short\":\"o\",\"kind\":\"dept\"}],"
	"\"posts\":[{\"id\":\"P1\",\"name\":\"one\",\"role\":\"team member\"},{\"id\":\"P2\",\"name\":\"two\",\"role\":\"team member\"},"
	"{\"id\":\"P3\",\"name\":\"boss\",\"role\":\"head\"}],"
	"\"portfolios\":[{\"post\":\"P1\",\"unit\":\"U1\"},{\"post\":\"P1\",\"unit\":\"U2\"},{\"post\":\"P2\",\"unit\":\"U3\"},"
	"{\"post\":\"P3\",\"unit\":\"U1\",\"to\":\"2022-07-31\"},{\"post\":\"P3\",\"unit\":\"U2\",\"from\":\"2022-08-01\"}],"
	"\"ways\":{\"reading\":[\"k1\",\"k2\"],\"talk\":[\"k3\"]},"
	"\"days\":{\"from\":\"2022-03-03\",\"to\":\"2022-09-29\",\"off\":[{\"date\":\"2022-03-17\"},{\"date\":\"2022-03-24\"}]}}";

static const char STEPS[] = "[[\"2022-01-01\",50000],[\"2022-06-30\",90000],[\"2022-12-31\",89999]]";

static int setup(void **state)
{
	return world_new(state, HEAD, ORG, STEPS);
}

struct hand {
	const char *duty;      /* all but id and title */
	const char *records;
	const char *on;        /* its year is the year in hand, but for "2022@2023-01-05" */
	int met, late, missed, pending;
	enum duty_status status;
};

static void judge(struct world *w, const char *duty, const char *records, const char *on, struct duty_state *out)
{
	judge_duty(w, duty, records, on, NULL, ARENA_NEW(&w->a, struct scheme), out);
}

static void check(struct world *w, const struct hand *t, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct duty_state s;

		judge(w, t[i].duty, t[i].records, t[i].on, &s);
		if (s.met != t[i].met || s.late != t[i].late || s.missed != t[i].missed || s.pending != t[i].pending ||
			s.status != t[i].status)
			FLUNK("%s\n  on %s with %s:\n  %d met, %d late, %d missed, %d pending, %s; not %d, %d, %d, %d, %s",
				t[i].duty, t[i].on, t[i].records, s.met, s.late, s.missed, s.pending, duty_status_name(s.status),
				t[i].met, t[i].late, t[i].missed, t[i].pending, duty_status_name(t[i].status));
		assert_int_equal(s.required_to_date, s.met + s.late + s.missed);
		assert_int_equal(s.required_year, s.required_to_date + s.pending);
	}
}

#define MISSED DUTY_MISSED
#define LATE DUTY_LATE
#define RISK DUTY_AT_RISK
#define DONE DUTY_SATISFIED
#define TRACK DUTY_ON_TRACK
#define NOT DUTY_NOT_DUE
#define BOSS "owner: \"post:boss\", "

static void test_count(void **state)
{
	static const struct hand t[] = {
		/* two a year: one is done, the other not due before 31 December */
		{BOSS "need: {count: 2, per: year, take: m}", "m 2022-03-01", "2022-12-30", 1, 0, 0, 1, TRACK},
		/* … on 31 December it is due */
		{BOSS "need: {count: 2, per: year, take: m}", "m 2022-03-01", "2022-12-31", 1, 0, 1, 0, MISSED},
		/* a record of 31 December does on that day, and does not exist the day before */
		{BOSS "need: {count: 1, per: year, take: m}", "m 2022-12-31", "2022-12-31", 1, 0, 0, 0, DONE},
		{BOSS "need: {count: 1, per: year, take: m}", "m 2022-12-31", "2022-12-30", 0, 0, 0, 1, NOT},
		/* two a half: three in the first half fill two slots, the third does not count for the second half */
		{BOSS "need: {count: 2, per: half, take: m}", "m 2022-01-01; m 2022-06-30; m 2022-05-01; m 2022-07-01",
			"2022-12-31", 3, 0, 1, 0, MISSED},
		/* records of the years before and after fill nothing */
		{BOSS "need: {count: 2, per: year, take: m}", "m 2021-12-31; m 2023-01-01", "2022@2023-01-02", 0, 0, 2, 0, MISSED},
	};

	check(*state, t, LEN(t));
}

static void test_each(void **state)
{
	static const struct hand t[] = {
		/* February of a leap year ends on the 29th: on the 28th only January is due */
		{BOSS "need: {each: month, take: m}", "m 2024-01-31", "2024-02-28", 1, 0, 0, 11, TRACK},
		{BOSS "need: {each: month, take: m}", "m 2024-01-31", "2024-02-29", 1, 0, 1, 10, MISSED},
		{BOSS "need: {each: month, take: m}", "m 2024-01-31; m 2024-02-29", "2024-02-29", 2, 0, 0, 10, TRACK},
		/* a quarter gone by is not repaired by a record of 1 April */
		{BOSS "need: {each: quarter, take: m}", "m 2022-04-01", "2022-04-01", 1, 0, 1, 2, MISSED},
		/* three are enough: 2 in January, 3 in March; February has none */
		{BOSS "need: {each: month, enough: 3, take: m}", "m 2022-01-01; m 2022-01-02; m 2022-03-01; m 2022-03-02; m 2022-03-03",
			"2022-03-31", 1, 0, 2, 9, MISSED},
		/* 2.5 + 3.5 = 6 hours reach 6 */
		{BOSS "need: {each: year, enough: {sum: hours, at_least: 6}, take: m}", "m 2022-01-05 hours=2.5; m 2022-05-05 hours=3.5",
			"2022-12-31", 1, 0, 0, 0, DONE},
		/* 2.5 + 3.499 = 5.999 do not */
		{BOSS "need: {each: year, enough: {sum: hours, at_least: 6}, take: m}", "m 2022-01-05 hours=2.5; m 2022-05-05 hours=3.499",
			"2022-12-31", 0, 0, 1, 0, MISSED},
		/* 2 months: January–February, … November–December are six */
		{BOSS "need: {each: 2 months, take: m}", "m 2022-02-28; m 2022-03-01", "2022-04-30", 2, 0, 0, 4, TRACK},
		/* 5 months from January: January–May, June–October, November–December: three */
		{BOSS "need: {each: 5 months, take: m}", "m 2022-12-31", "2022-12-31", 1, 0, 2, 0, MISSED},
		/* xun: 28 February ends the third of February; the sixth of 36 is due, five are missed */
		{BOSS "need: {each: xun, take: m}", "m 2022-02-21", "2022-02-28", 1, 0, 5, 30, MISSED},
		/* every 3 years from 2021: 2021–2023 ends in 2023; nothing is owed in 2022 */
		{BOSS "need: {each: 3 years from 2021, take: m}", "", "2022-12-31", 0, 0, 0, 0, NOT},
		{BOSS "need: {each: 3 years from 2021, take: m}", "m 2021-05-01", "2023-01-01", 1, 0, 0, 0, DONE},
	};

	check(*state, t, LEN(t));
}

static void test_weeks(void **state)
{
	static const struct hand t[] = {
		/* 2020-12-28 … 2021-01-03 has its Thursday in 2020: week 53 of 2020, due on 3 January 2021. On 31 December
		 * 2020 the 52 before are missed, it is pending */
		{BOSS "need: {each: week, take: m}", "", "2020-12-31", 0, 0, 52, 1, MISSED},
		/* … a record of Saturday 2 January 2021 does for 2020 */
		{BOSS "need: {each: week, take: m}", "m 2021-01-02", "2020@2021-01-03", 1, 0, 52, 0, MISSED},
		/* … and not for 2021, whose first week begins on 4 January: on 9 January nothing is due, of 52 */
		{BOSS "need: {each: week, take: m}", "m 2021-01-02", "2021-01-09", 0, 0, 0, 52, NOT},
		/* 2019-12-30 is in week 1 of 2020: the record of that day does for 2020 */
		{BOSS "need: {each: week, take: m}", "m 2019-12-30", "2020-01-05", 1, 0, 0, 52, TRACK},
	};

	check(*state, t, LEN(t));
}

static void test_period(void **state)
{
	static const struct hand t[] = {
		/* the second quarter's report of 6 July: missed on 30 June, late from 6 July on; the first was in time */
		{BOSS "need: {each: quarter, period: quarter, take: z}", "z 2022-03-22 quarter=2022Q1; z 2022-07-06 quarter=2022Q2",
			"2022-06-30", 1, 0, 1, 2, MISSED},
		{BOSS "need: {each: quarter, period: quarter, take: z}", "z 2022-03-22 quarter=2022Q1; z 2022-07-06 quarter=2022Q2",
			"2022-07-06", 1, 1, 0, 2, LATE},
		/* late: never: it is not repaired */
		{BOSS "need: {each: quarter, period: quarter, late: never, take: z}",
			"z 2022-03-22 quarter=2022Q1; z 2022-07-06 quarter=2022Q2", "2022-07-06", 1, 0, 1, 2, MISSED},
		/* the last day of the month is in time; a report before its month too */
		{BOSS "need: {each: month, period: month, take: z}", "z 2022-01-31 month=2022-01; z 2022-01-30 month=2022-02",
			"2022-02-28", 2, 0, 0, 10, TRACK},
		/* a report of another year's month fills nothing */
		{BOSS "need: {each: month, period: month, take: z}", "z 2022-01-10 month=2021-01", "2022-01-31", 0, 0, 1, 11, MISSED},
	};

	check(*state, t, LEN(t));
}

static void test_on(void **state)
{
	static const struct hand t[] = {
		/* 3, 10, 31 March: the 17th and the 24th are excused. On the 31st three are due, two were held */
		{BOSS "need: {on: thursday, from: days.from, to: 03-31, except: days.off.date, take: m}",
			"m 2022-03-03; m 2022-03-10", "2022-03-31", 2, 0, 1, 0, MISSED},
		/* 29 September is the last: 31 Thursdays from 3 March, less two excused */
		{BOSS "need: {on: thursday, from: days.from, to: days.to, except: days.off.date, take: m}", "", "2022-12-31",
			0, 0, 29, 0, MISSED},
		/* Monday of the week before, Sunday after: each lies in the week of its own Thursday */
		{BOSS "need: {on: thursday, window: week, from: 03-03, to: 03-10, take: m}", "m 2022-02-28; m 2022-03-13",
			"2022-03-13", 2, 0, 0, 0, DONE},
		/* … without the window neither does */
		{BOSS "need: {on: thursday, from: 03-03, to: 03-10, take: m}", "m 2022-02-28; m 2022-03-13", "2022-03-13",
			0, 0, 2, 0, MISSED},
		/* on the Thursday itself the Sunday has not come */
		{BOSS "need: {on: thursday, window: week, from: 03-10, to: 03-10, take: m}", "m 2022-03-13", "2022-03-10",
			0, 0, 1, 0, MISSED},
		/* two in a week, one record: it does for one */
		{BOSS "need: {on: [monday, thursday], window: week, from: 03-07, to: 03-10, take: m}", "m 2022-03-09",
			"2022-03-13", 1, 0, 1, 0, MISSED},
		/* Thursday 31 December 2026, held on Friday 1 January 2027 */
		{BOSS "need: {on: thursday, window: week, from: 12-31, take: m}", "m 2027-01-01", "2026-12-31", 0, 0, 1, 0, MISSED},
		{BOSS "need: {on: thursday, window: week, from: 12-31, take: m}", "m 2027-01-01", "2026@2027-01-01", 1, 0, 0, 0, DONE},
	};

	check(*state, t, LEN(t));
}

static void test_by(void **state)
{
	static const struct hand t[] = {
		/* the day itself is in time, the day after late, before it nothing is due */
		{BOSS "need: {by: 03-31, take: m}", "m 2022-03-31", "2022-03-31", 1, 0, 0, 0, DONE},
		{BOSS "need: {by: 03-31, take: m}", "m 2022-04-01", "2022-03-31", 0, 0, 1, 0, MISSED},
		{BOSS "need: {by: 03-31, take: m}", "m 2022-04-01", "2022-04-01", 0, 1, 0, 0, LATE},
		{BOSS "need: {by: 03-31, take: m}", "m 2022-04-01", "2022-03-30", 0, 0, 0, 1, NOT},
		/* late: never: done the day after is not done */
		{BOSS "need: {by: 03-31, late: never, take: m}", "m 2022-04-01", "2022-12-31", 0, 0, 1, 0, MISSED},
		/* 29 February is the 28th in 2022, itself in 2024 */
		{BOSS "need: {by: 02-29, take: m}", "", "2022-02-28", 0, 0, 1, 0, MISSED},
		{BOSS "need: {by: 02-29, take: m}", "", "2024-02-28", 0, 0, 0, 1, NOT},
		/* due on 10 January of the next year: pending on 31 December, met by a record of 5 January */
		{BOSS "need: {by: next 01-10, take: m}", "m 2023-01-05", "2022-12-31", 0, 0, 0, 1, NOT},
		{BOSS "need: {by: next 01-10, take: m}", "m 2023-01-05", "2022@2023-01-10", 1, 0, 0, 0, DONE},
		/* a record up to 10 January of this year is the year before's, one of the 11th this year's */
		{BOSS "need: {by: next 01-10, take: m}", "m 2022-01-10", "2022-12-31", 0, 0, 0, 1, NOT},
		{BOSS "need: {by: next 01-10, take: m}", "m 2022-01-11", "2022-12-31", 1, 0, 0, 0, DONE},
		{BOSS "need: {by: next 01-10, take: m}", "m 2022-01-10; m 2023-01-11", "2022@2023-01-11", 0, 1, 0, 0, LATE},
		/* 29 February 2024: of 2023 is what comes after 28 February 2023 */
		{BOSS "need: {by: next 02-29, take: m}", "m 2023-02-28", "2023@2024-02-29", 0, 0, 1, 0, MISSED},
		{BOSS "need: {by: next 02-29, take: m}", "m 2023-03-01", "2023@2024-02-29", 1, 0, 0, 0, DONE},
		{BOSS "need: {by: next 02-28, take: m}", "m 2024-02-29", "2024@2025-02-28", 1, 0, 0, 0, DONE},
		/* due on 20 December of the year before: a record of 15 December does, one of 2 January is late */
		{BOSS "need: {by: last 12-20, take: m}", "m 2021-12-15", "2022-01-01", 1, 0, 0, 0, DONE},
		{BOSS "need: {by: last 12-20, take: m}", "m 2022-01-02", "2022-01-02", 0, 1, 0, 0, LATE},
		/* two by June: the second record comes in July */
		{BOSS "need: {by: 06-30, count: 2, take: m}", "m 2022-05-01; m 2022-07-01", "2022-07-01", 1, 1, 0, 0, LATE},
		/* each town signs by March: the short name will do; south has not signed */
		{BOSS "need: {by: 03-31, for_each: \"units:town\", take: {of: m, where: {unit: $each}}}", "m 2022-02-01 unit=n",
			"2022-03-31", 1, 0, 1, 0, MISSED},
	};

	check(*state, t, LEN(t));
}

static void test_each_of(void **state)
{
	static const struct hand t[] = {
		/* one holds north and south, two the office: north was inspected by one, south by two, which is not theirs */
		{"owner: each member, need: {for_each: portfolio, each: year, take: {of: m, where: {lead: $owner, unit: $each}}}",
			"m 2022-05-01 lead=one unit=north; m 2022-05-02 lead=two unit=south", "2022-12-31", 1, 0, 2, 0, MISSED},
		/* north goes out of the boss's portfolio with July, south comes into it: north's first half stays his, its second is not */
		{"owner: \"each post:head\", need: {for_each: portfolio, each: half, take: {of: m, where: {lead: $owner, unit: $each}}}",
			"m 2022-05-01 lead=boss unit=north; m 2022-05-01 lead=boss unit=south", "2022-07-31", 1, 0, 0, 1, TRACK},
		{"owner: \"each post:head\", need: {for_each: portfolio, each: half, take: {of: m, where: {lead: $owner, unit: $each}}}",
			"m 2022-05-01 lead=boss unit=north; m 2022-05-01 lead=boss unit=south", "2022-12-31", 1, 0, 1, 0, MISSED},
		/* of one post its own portfolio alone */
		{"owner: post:two, need: {for_each: portfolio, each: year, take: {of: m, where: {unit: $each}}}", "", "2022-12-31",
			0, 0, 1, 0, MISSED},
		/* reading is k1 or k2, talk k3 */
		{BOSS "need: {for_each: \"words:ways\", each: year, take: {of: m, where: {kind: $each}}}",
			"m 2022-01-01 kind=k2; m 2022-01-01 kind=k4", "2022-12-31", 1, 0, 1, 0, MISSED},
		/* each member, each half: two led in May: two's first half is met, one's missed, the others' pending */
		{"owner: each member, need: {each: half, take: {of: m, where: {lead: $owner}}}", "m 2022-05-01 lead=two", "2022-06-30",
			1, 0, 1, 2, MISSED},
		/* registered on 5 May, by quarters: the third is the first whole one, two are owed */
		{BOSS "need: {for_each: r, each: {field: review, words: {q: quarter}}, start: date, end: closed, take: u}",
			"r 2022-05-05 no=R1 review=q", "2022-12-31", 0, 0, 2, 0, MISSED},
		/* on 1 April: the second quarter is not whole any more either */
		{BOSS "need: {for_each: r, each: {field: review, words: {q: quarter}}, start: date, end: closed, take: u}",
			"r 2022-04-01 no=R1 review=q", "2022-12-31", 0, 0, 2, 0, MISSED},
		/* of last year, closed on 1 July: before that four are owed, from then on two; two were reviewed */
		{BOSS "need: {for_each: r, each: {field: review, words: {q: quarter}}, start: date, end: closed,\n"
			"take: {of: u, where: {no: $each}}}", "r 2021-05-05 no=R1 review=q; u 2022-03-31 no=R1; u 2022-04-01 no=R1;"
			"u 2022-07-01 no=R1 what=close", "2022-06-30", 2, 0, 0, 2, TRACK},
		{BOSS "need: {for_each: r, each: {field: review, words: {q: quarter}}, start: date, end: closed,\n"
			"take: {of: u, where: {no: $each}}}", "r 2021-05-05 no=R1 review=q; u 2022-03-31 no=R1; u 2022-04-01 no=R1;"
			"u 2022-07-01 no=R1 what=close", "2022-07-01", 2, 0, 0, 0, DONE},
		/* closed on 30 June, the last day of the second quarter: that is not owed either */
		{BOSS "need: {for_each: r, each: {field: review, words: {q: quarter}}, end: closed, take: u}",
			"r 2021-05-05 no=R1 review=q; u 2022-06-30 no=R1 what=close", "2022-06-30", 0, 0, 1, 0, MISSED},
		/* a word that is not listed owes nothing */
		{BOSS "need: {for_each: r, each: {field: review, words: {q: quarter}}, take: u}", "r 2021-05-05 no=R1 review=x",
			"2022-12-31", 0, 0, 0, 0, NOT},
	};

	check(*state, t, LEN(t));
}

#define FED "need: {when: {of: d, where: {found: {over: 0}}}, done: {feedback: {empty: no}, notice: {empty: no}}, "

static void test_when(void **state)
{
	static const struct hand t[] = {
		/* fed back in April: missed on 31 March; then done, and done is done where there is no time limit */
		{BOSS FED "done_on: feedback}", "d 2022-03-01 found=1 feedback=2022-04-01 notice=x", "2022-03-31", 0, 0, 1, 0, MISSED},
		{BOSS FED "done_on: feedback}", "d 2022-03-01 found=1 feedback=2022-04-01 notice=x", "2022-04-01", 1, 0, 0, 0, DONE},
		/* nothing found: nothing owed; without a notice not done */
		{BOSS FED "done_on: feedback}", "d 2022-03-01 found=0", "2022-12-31", 0, 0, 0, 0, NOT},
		{BOSS FED "done_on: feedback}", "d 2022-03-01 found=1 feedback=2022-03-02", "2022-12-31", 0, 0, 1, 0, MISSED},
		/* within 30 days: due on 31 March, late on 1 April; never late: missed */
		{BOSS FED "done_on: feedback, within: 30d}", "d 2022-03-01 found=1 feedback=2022-03-31 notice=x", "2022-12-31",
			1, 0, 0, 0, DONE},
		{BOSS FED "done_on: feedback, within: 30d}", "d 2022-03-01 found=1 feedback=2022-04-01 notice=x", "2022-12-31",
			0, 1, 0, 0, LATE},
		{BOSS FED "done_on: feedback, within: 30d, late: never}", "d 2022-03-01 found=1 feedback=2022-04-01 notice=x",
			"2022-12-31", 0, 0, 1, 0, MISSED},
		/* found on 20 December, within 30 days: still pending at the end of the year it is owed in */
		{BOSS FED "done_on: feedback, within: 30d}", "d 2022-12-20 found=1", "2022-12-31", 0, 0, 0, 1, NOT},
		/* the flag is set, but the day it was done has not come */
		{BOSS "need: {when: d, done: {flag: yes}, done_on: feedback}", "d 2022-03-01 flag=yes feedback=2022-05-01", "2022-04-30",
			0, 0, 1, 0, MISSED},
		/* 4 weeks, 3 with: on 27 February nothing is known of February, on the 28th one is missed */
		{BOSS "need: {when: w, times: times, done_times: first}", "w 2022-02 times=4 first=3", "2022-02-27", 0, 0, 0, 0, NOT},
		{BOSS "need: {when: w, times: times, done_times: first}", "w 2022-02 times=4 first=3", "2022-02-28", 3, 0, 1, 0, MISSED},
		/* by a later record about it, of the owner: that of the day before does not count, nor that led by one */
		{BOSS "need: {when: d, label: \"field:no\", within: 3d, take: {of: u, where: {no: $each, lead: $owner}}}",
			"d 2022-03-05 no=A; u 2022-03-04 no=A lead=boss; u 2022-03-06 no=A lead=one; u 2022-03-08 no=A lead=boss",
			"2022-03-08", 1, 0, 0, 0, DONE},
		{BOSS "need: {when: d, label: \"field:no\", within: 3d, take: {of: u, where: {no: $each, lead: $owner}}}",
			"d 2022-03-05 no=A; u 2022-03-04 no=A lead=boss; u 2022-03-06 no=A lead=one; u 2022-03-08 no=A lead=boss",
			"2022-03-07", 0, 0, 0, 1, NOT},
	};

	check(*state, t, LEN(t));
}

static void test_holds(void **state)
{
	static const struct hand t[] = {
		/* until 30 June: pending on the 29th, missed on the 30th */
		{BOSS "need: {for_each: r, holds: until}", "r 2020-06-03 no=R1 until=2022-06-30", "2022-06-29", 0, 0, 0, 1, NOT},
		{BOSS "need: {for_each: r, holds: until}", "r 2020-06-03 no=R1 until=2022-06-30", "2022-06-30", 0, 0, 1, 0, MISSED},
		/* until a later year, or without end: holds from its first day on; before that it is not there */
		{BOSS "need: {for_each: r, holds: until}", "r 2022-05-06 no=R1 until=2023-01-01; r 2022-05-07 no=R2", "2022-05-06",
			1, 0, 0, 0, DONE},
		{BOSS "need: {for_each: r, holds: until}", "r 2022-05-06 no=R1 until=2023-01-01; r 2022-05-07 no=R2", "2022-05-07",
			2, 0, 0, 0, DONE},
		/* renewed on 1 May */
		{BOSS "need: {for_each: r, holds: until, take: {of: u, where: {no: $each}}}",
			"r 2020-06-03 no=R1 until=2022-06-30; u 2022-05-01 no=R1; u 2022-05-01 no=R2", "2022-06-30", 1, 0, 0, 0, DONE},
		/* on the day itself in time; a day later missed until then and late ever after, never green; with late: never missed */
		{BOSS "need: {for_each: r, holds: until, take: {of: u, where: {no: $each}}}",
			"r 2020-06-03 no=R1 until=2022-06-30; u 2022-06-30 no=R1", "2022-06-30", 1, 0, 0, 0, DONE},
		{BOSS "need: {for_each: r, holds: until, take: {of: u, where: {no: $each}}}",
			"r 2020-06-03 no=R1 until=2022-06-30; u 2022-07-01 no=R1", "2022-06-30", 0, 0, 1, 0, MISSED},
		{BOSS "need: {for_each: r, holds: until, take: {of: u, where: {no: $each}}}",
			"r 2020-06-03 no=R1 until=2022-06-30; u 2022-07-01 no=R1", "2022-07-01", 0, 1, 0, 0, LATE},
		{BOSS "need: {for_each: r, holds: until, late: never, take: {of: u, where: {no: $each}}}",
			"r 2020-06-03 no=R1 until=2022-06-30; u 2022-07-01 no=R1", "2022-07-01", 0, 0, 1, 0, MISSED},
		/* to be looked at in 2021: on 2 January 2022 is late in 2022; in November 2021 it held all through 2022 */
		{BOSS "need: {for_each: r, holds: until, take: {of: u, where: {no: $each}}}",
			"r 2020-06-03 no=R1 until=2021-06-30; u 2022-01-02 no=R1", "2022-12-31", 0, 1, 0, 0, LATE},
		{BOSS "need: {for_each: r, holds: until, take: {of: u, where: {no: $each}}}",
			"r 2020-06-03 no=R1 until=2021-06-30; u 2021-11-02 no=R1", "2022-12-31", 1, 0, 0, 0, DONE},
	};

	check(*state, t, LEN(t));
}

static void test_reach(void **state)
{
	static const struct hand t[] = {
		/* 50 before 30 June, 90 on it; 89.999 on 31 December */
		{BOSS "need: {by: 06-30, reach: {figure: rate, at_least: 90}}", "", "2022-06-29", 0, 0, 0, 1, NOT},
		{BOSS "need: {by: 06-30, reach: {figure: rate, at_least: 90}}", "", "2022-06-30", 1, 0, 0, 0, DONE},
		{BOSS "need: {by: 12-31, reach: {figure: rate, at_least: 90}}", "", "2022-12-31", 0, 0, 1, 0, MISSED},
	};

	check(*state, t, LEN(t));
}

static void test_pace(void **state)
{
	static const struct hand t[] = {
		/* 2 × 91 ÷ 365 = 0.4986…: none expected on 1 April, day 91; 2 × 92 ÷ 365 = 0.504…: one on the 2nd */
		{BOSS "pace: linear, need: {count: 2, take: m}", "", "2022-04-01", 0, 0, 0, 2, NOT},
		{BOSS "pace: linear, need: {count: 2, take: m}", "", "2022-04-02", 0, 0, 0, 2, RISK},
		/* an exact half goes up: 5 × 73 ÷ 365 = 1; 5 × 36.5 is between 5 February (day 36: 0.493) and the 6th (0.507) */
		{BOSS "pace: linear, need: {count: 5, take: m}", "", "2022-02-05", 0, 0, 0, 5, NOT},
		{BOSS "pace: linear, need: {count: 5, take: m}", "", "2022-02-06", 0, 0, 0, 5, RISK},
		{BOSS "pace: linear, need: {count: 5, take: m}", "m 2022-02-06", "2022-02-06", 1, 0, 0, 4, TRACK},
		/* ÷ 365 in a leap year too: day 92 is 1 April */
		{BOSS "pace: linear, need: {count: 2, take: m}", "", "2024-04-01", 0, 0, 0, 2, RISK},
		/* on 30 December 2 × 364 ÷ 365 = 1.99 → 2 are expected; on the 31st the year is over, one is due next year */
		{BOSS "pace: linear, need: {by: next 01-10, count: 2, take: m}", "m 2022-05-01", "2022-12-30", 1, 0, 0, 1, RISK},
		{BOSS "pace: linear, need: {by: next 01-10, count: 2, take: m}", "m 2022-05-01", "2022-12-31", 1, 0, 0, 1, TRACK},
		/* a miss and a late one go before */
		{BOSS "pace: linear, needs: [{by: 01-05, take: m}, {count: 9, take: m}]", "m 2022-01-06", "2022-12-30",
			1, 1, 0, 8, LATE},
	};

	check(*state, t, LEN(t));
}

static void test_score(void **state)
{
	static const struct {
		const char *duty, *records;
		int64_t got, share, deducted;
		int misses;
	} t[] = {
		/* one of eight done: 4 × 1/8 = 0.5 */
		{BOSS "points: 4, need: {count: 8, take: m}", "m 2022-01-01", 500, 1250, 0, 0},
		/* 7.5 of 8: 3 × 0.9375 = 2.8125 → 2.81; the half of a hundredth goes up: 1 × 1/8 = 0.125 → 0.13 */
		{BOSS "points: 3, needs: [{count: 7, take: m}, {by: 01-01, take: {of: m, where: {kind: k1}}}]",
			"m 2022-01-02 kind=k1; m 2022-01-02; m 2022-01-02; m 2022-01-02; m 2022-01-02; m 2022-01-02; m 2022-01-02",
			2810, 9375, 0, 0},
		{BOSS "points: 1, need: {count: 8, take: m}", "m 2022-01-01", 130, 1250, 0, 0},
		/* late counts half: 11.5 of 12: 3 × 0.958333… = 2.875 → 2.88; the share 0.9583 */
		{BOSS "points: 3, needs: [{count: 11, take: m}, {by: 01-01, take: {of: m, where: {kind: k1}}}]",
			"m 2022-01-02 kind=k1; m 2022-01-02; m 2022-01-02; m 2022-01-02; m 2022-01-02; m 2022-01-02; m 2022-01-02;"
			"m 2022-01-02; m 2022-01-02; m 2022-01-02; m 2022-01-02", 2880, 9583, 0, 0},
		/* nothing owed: all the points, in hundredths; pending does not count */
		{BOSS "points: 2.125, need: {for_each: r, holds: until}", "", 2130, 10000, 0, 0},
		{BOSS "points: 2, needs: [{by: 06-30, take: m}, {by: next 01-10, take: {of: m, where: {kind: k1}}}]", "m 2022-01-01",
			2000, 10000, 0, 0},
		/* three missed at 0.5 are 1.5, at most 1 */
		{BOSS "points: 5, need: {count: 3, take: m}, score: {deduct: 0.5, per: missed, at_most: 1}", "", 4000, 0, 1000, 3},
		/* more than the points is not lost */
		{BOSS "points: 1, need: {count: 3, take: m}, score: {deduct: 0.5, per: missed}", "", 0, 0, 1000, 3},
		/* one has missed both of theirs, two none: one owner */
		{"owner: each member, points: 6, need: {for_each: portfolio, each: year, take: {of: m, where: {lead: $owner}}},\n"
			"score: {deduct: 1, per: owner_with_miss, at_most: 2}", "m 2022-02-02 lead=two", 5000, 0, 1000, 1},
		/* late is not missed: nothing is deducted; 5 − 0.333 = 4.667 → 4.67 */
		{BOSS "points: 5, need: {by: 01-01, take: m}, score: {deduct: 0.333, per: missed}", "m 2022-05-05", 5000, 0, 0, 0},
		{BOSS "points: 5, need: {by: 01-01, take: m}, score: {deduct: 0.333, per: missed}", "", 4670, 0, 333, 1},
	};

	for (size_t i = 0; i < LEN(t); i++) {
		struct duty_state s;
		struct score_line x;

		judge(*state, t[i].duty, t[i].records, "2022-12-31", &s);
		x = duty_score(&s);
		if (x.got != t[i].got || x.share != t[i].share || x.deducted != t[i].deducted || x.misses != t[i].misses)
			FLUNK("%s: got %lld, share %lld, deducted %lld, misses %d", t[i].duty, (long long)x.got, (long long)x.share,
				(long long)x.deducted, x.misses);
	}
}

/* What fills a slot is kept with it, in order; the owner stands in the slot. */
static void test_slots(void **state)
{
	struct duty_state s;

	judge(*state, BOSS "need: {each: half, enough: 2, take: m}", "m 2022-05-02; m 2022-05-01; m 2022-08-01", "2022-12-31", &s);
	assert_int_equal(s.nslots, 2);
	assert_int_equal(s.slots[0].facts.n, 2);
	assert_int_equal(s.slots[0].facts.p[0]->row, 2);
	assert_int_equal(s.slots[0].facts.p[1]->row, 1);
	assert_true(date_eq(s.slots[0].done, s.slots[0].facts.p[1]->day));
	assert_false(date_is(s.slots[1].done));
	assert_true(str_is(s.slots[0].owner, "boss"));
	assert_int_equal(s.facts.n, 3);
	/* a record of the object's own post */
	judge(*state, "owner: \"field:owner\", need: {for_each: r, each: year, take: u}", "r 2022-01-01 no=R1 owner=two", "2022-12-31",
		&s);
	assert_int_equal(s.nslots, 1);
	assert_true(str_is(s.slots[0].owner, "two"));
	assert_true(str_is(s.slots[0].object, "R1"));
}

/* What the loader refuses: duties in which nobody would owe, or nothing could be late. */
static void test_refused(void **state)
{
	static const struct {
		const char *duty, *said; /* NULL: it is taken */
	} t[] = {
		{BOSS "need: {count: 2, late: counts, take: m}", "a period gone by is not repaired"},
		{BOSS "need: {each: month, late: counts, take: m}", "line 20, column 69: a period gone by is not repaired"},
		{BOSS "need: {each: month, period: month, late: counts, take: z}", NULL},
		{BOSS "need: {count: 2, late: never, take: m}", NULL},
		{"owner: each member, need: {for_each: r, each: year, take: u}", "line 20, column 30: each post of a role goes"},
		{"owner: \"each post:head\", need: {for_each: [portfolio, \"units:town\"], each: year, take: m}",
			"goes together with 'for_each: portfolio' only"},
		{"owner: each member, need: {for_each: portfolio, each: year, take: m}", NULL},
		{BOSS "need: {owner: each member, for_each: \"words:ways\", each: year, take: m}", "each post of a role goes"},
		{"owner: \"field:ovner\", need: {for_each: r, each: year, take: u}",
			"record 'r' has no field 'ovner'; did you mean 'owner'?"},
		{"owner: \"field:lead\", need: {when: d, within: 3d, take: u}", "record 'd' has no field 'lead'"},
		{"owner: \"field:no\", need: {when: d, within: 3d, take: u}", NULL},
		{"owner: \"field:owner\", need: {each: year, take: m}", "no record here whose field could be the owner"},
		{"owner: \"field:owner\", need: {for_each: \"units:town\", each: year, take: m}",
			"no record here whose field could be the owner"},
		/* what would count for nothing in silence */
		{BOSS "need: {each: year, take: {of: m, where: {lead: $ownr}}}", "no word '$ownr'; did you mean '$owner'?"},
		{BOSS "need: {each: year, take: {of: m, where: {lead: {is: [one, $x1]}}}}",
			"no word '$x1': $owner and $each are filled in"},
		{BOSS "need: {each: year, take: {of: m, where: {lead: {like: $owner}}}}", "'$owner' goes with is, has"},
		{BOSS "need: {each: year, take: {of: m, where: {unit: $each}}}", "$each is an object of 'for_each', which is missing"},
		{BOSS "need: {when: d, within: 3d, take: {of: u, where: {no: $each}}}", "'label' is missing"},
		{"owner: \"each unit:town\", need: {each: year, take: {of: m, where: {unit: $each}}}", NULL},
		{BOSS "need: {each: year, enough: {sum: kind, at_least: 6}, take: m}",
			"field 'kind' is of type choice; a number, count or money is needed here"},
		{BOSS "need: {for_each: r, holds: no}", "field 'no' is of type text; a date is needed here"},
		{BOSS "need: {each: month, period: date, take: z}", "field 'date' is of type date; a period is needed here"},
		{"owner: \"field:review\", need: {for_each: r, each: year, take: u}", "an owner is named in a post, unit, object or text"},
		{BOSS "need: {by: 12-31, reach: {figure: nix, at_least: 9}}", "no figure 'nix' in this scheme"},
	};
	struct world *w = *state;

	for (size_t i = 0; i < LEN(t); i++) {
		struct scheme s;
		struct err err = {.lang = LANG_EN};
		enum err_code code = scheme_read(
			&w->a, arena_printf(&w->a, "%s  - {id: D, title: T, %s}\n", HEAD, t[i].duty), &s, &err);

		if (t[i].said ? code != ERR_INPUT || !strstr(err.text, t[i].said) : code != OK)
			FLUNK("%s: %s", t[i].duty, err.text);
	}
}

/* The record that arises names whose slot it is. */
static void test_field_owner(void **state)
{
	struct duty_state s;

	judge(*state, "owner: \"field:notice\", need: {when: d, within: 3d, take: u}", "d 2022-03-01 notice=two; d 2022-03-02",
		"2022-12-31", &s);
	assert_int_equal(s.nslots, 2);
	assert_true(str_is(s.slots[0].owner, "two"));
	assert_int_equal(s.slots[1].owner.n, 0);
}

#define HAND(fn) {#fn, fn, setup, teardown, NULL}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HAND(test_count), HAND(test_each), HAND(test_weeks), HAND(test_period), HAND(test_on), HAND(test_by),
		HAND(test_each_of), HAND(test_when), HAND(test_holds), HAND(test_reach), HAND(test_pace), HAND(test_score),
		HAND(test_slots), HAND(test_refused), HAND(test_field_owner),
	};

	return cmocka_run_group_tests_name("duty", tests, NULL, NULL);
}
