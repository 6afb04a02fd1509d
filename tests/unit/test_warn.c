/* Warnings by hand: the forms of practice that docs/scheme.md lists (R1 to R8), each with its arithmetic in words. A case
 * is records, a day and what every rule says then: "rule colour value since state" a line. */
#include "unit.h"

#include "duty_kit.h"

#include "base/buf.h"
#include "flow/warn_inside.h"
#include "scheme/calendar.h"
#include "scheme/number.h"
#include "text/json.h"

#include <string.h>

#define FLUNK(...) \
	do { \
		print_error(__VA_ARGS__); \
		print_error("\n"); \
		_fail(__FILE__, __LINE__); \
	} while (0)

static const char HEAD[] =
	"zeren: 1\nscheme: w\ntitle: W\n"
	"lists: {lv: [high, low]}\n"
	"records:\n"
	"  m: {about: meeting, title: M, fields: {date: date, kind: choice}}\n"
	"  p: {about: finding, title: P, fields: {no: text, date: date, limit: date, extended: date, done: date,\n"
	"    progress: number, owner: post}}\n"
	"  r: {about: risk, title: R, fields: {no: text, date: date, level: {type: choice, of: lv}, closed: date, owner: post},\n"
	"    track: {level: {from: u, key: no, where: {what: rate}, to: level}},\n"
	"    risk: {no: no, level: level, registered: date, closed: closed, owner: owner, updates: {of: u, no: no, date: date,\n"
	"      what: what, level: level, words: {rate: rate, review: review}}}}\n"
	"  u: {about: risk, title: U, fields: {no: text, date: date, what: choice, level: {type: choice, of: lv}}}\n"
	"matrix:\n"
	"  likelihood: {title: L, values: [rare, often]}\n"
	"  impact: {title: I, values: [small, big]}\n"
	"  levels: [{level: high, colour: red, review: month}, {level: low, colour: blue, review: quarter}]\n"
	"  cells: {rare: [low, low], often: [low, high]}\n"
	"figures:\n  meetings: {count: m}\n  overdue: {of: r, overdue: reviews}\n"
	"duties:\n"
	"  - {id: T, title: Task, owner: 'post:boss', need: {by: 06-30, take: {of: m, where: {kind: task}}}}\n"
	"  - {id: Q, title: Four, owner: 'post:boss', need: {count: 4, per: year, take: {of: m, where: {kind: four}}}}\n"
	"  - {id: M, title: Monthly, owner: 'post:boss', need: {each: month, take: {of: m, where: {kind: month}}}}\n"
	"warnings:\n";

struct world {
	struct arena a;
	struct err err;
};

static int setup(void **state)
{
	struct world *w = calloc(1, sizeof *w);

	if (!w)
		return -1;
	w->err.lang = LANG_EN;
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;

	arena_free(&w->a);
	free(w);
	return 0;
}

static struct date day(const char *text)
{
	struct date d;

	assert_true(date_parse(str_c(text), &d));
	return d;
}

static void facts_of_text(struct world *w, const char *rules, const char *records, const char *on, struct facts *out)
{
	struct scheme *s = ARENA_NEW(&w->a, struct scheme);
	struct org *org = ARENA_NEW(&w->a, struct org);
	struct node *list, *map;
	struct str text = arena_printf(&w->a, "%s%s", HEAD, rules);

	if (scheme_read(&w->a, text, s, &w->err) != OK ||
	    json_read(&w->a, str_c(records), (struct json_opt){0}, &list, &w->err) != OK ||
	    json_read(&w->a, S("{\"posts\":[{\"id\":\"B\",\"name\":\"boss\"}]}"), (struct json_opt){0}, &map, &w->err) != OK)
		FLUNK("%s", w->err.text);
	kit_org(&w->a, map, org);
	if (kit_facts(&w->a, s, org, date_ymd(day(on)).y, list, out, &w->err) != OK)
		FLUNK("%s", w->err.text);
}

/* answers: "rule|object|day|answer;…" */
static struct warn_answers answers_of(struct world *w, const char *text)
{
	struct warn_answers all = {0};
	struct str rest = arena_str(&w->a, str_c(text)), one;

	while (str_cut(&rest, S(";"), &one)) {
		struct warn_answer *x;
		struct str part[4];

		if (!one.n)
			continue;
		x = ARENA_PUSH(&w->a, all.p, all.n, all.cap);
		for (int i = 0; i < 4; i++)
			assert_true(str_cut(&one, S(","), &part[i]));
		*x = (struct warn_answer){.rule = part[0], .object = part[1], .act = str_is(part[3], "lift") ? WARN_LIFT : WARN_ANSWER};
		assert_true(date_parse(part[2], &x->day));
	}
	warn_answers_index(&w->a, &all);
	return all;
}

static struct str said(struct world *w, const struct warnings *all)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(1 << 16);
	char since[DATE_TEXT];

	for (size_t i = 0; i < all->n; i++) {
		const struct warning *x = &all->p[i];

		buf_printf(&b, STR_FMT " %s %s %s %s\n", STR_ARG(x->rule->id), colour_name(x->band->colour),
		           thousandths_text(&w->a, x->value).p, date_text(x->since, since).p, warn_state_name(x->state));
	}
	return arena_str(&w->a, buf_str(&b));
}

struct hand {
	const char *rules, *records, *answers, *on, *want;
};

static void check(struct world *w, const struct hand *t, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct warn_answers answers = answers_of(w, t[i].answers);
		struct facts f;
		struct warnings all;
		struct str got;

		facts_of_text(w, t[i].rules, t[i].records, t[i].on, &f);
		if (warnings_on(&f, &answers, day(t[i].on), &all, &w->err) != OK)
			FLUNK("%s", w->err.text);
		got = said(w, &all);
		if (!str_is(got, t[i].want))
			FLUNK("case %zu on %s: want\n%sgot\n" STR_FMT, i, t[i].on, t[i].want, STR_ARG(got));
	}
}

/* R2: near its limit blue, behind the steady pace yellow, overdue red. */
#define R2 \
	"  - {id: near, title: N, of: slots, duty: T, metric: days_to_due, bands: [{at_most: 7, colour: 蓝, action: a}]}\n" \
	"  - {id: pace, title: P, of: findings, take: {of: p}, due: limit, done: done, start: date, progress: progress,\n" \
	"     metric: gap_to_linear, bands: [{at_least: 0.001, colour: 黄, action: a}]}\n" \
	"  - {id: over, title: O, of: slots, duty: T, metric: days_overdue, bands: [{at_least: 1, colour: 红, action: a}]}\n"
/* a hundred days, 20 % done */
#define HUNDRED "[{\"type\":\"p\",\"no\":\"1\",\"date\":\"2022-01-01\",\"limit\":\"2022-04-11\",\"progress\":20}]"

static void test_r2(void **state)
{
	static const struct hand t[] = {
		/* due on 30 June: the 22nd is eight days before, the 23rd seven */
		{R2, "[]", "", "2022-06-22", ""},
		{R2, "[]", "", "2022-06-23", "near blue 7 2022-06-23 open\n"},
		{R2, "[]", "", "2022-06-29", "near blue 1 2022-06-23 open\n"},
		/* on the day itself it is no longer near, and not one day over */
		{R2, "[]", "", "2022-06-30", ""},
		{R2, "[]", "", "2022-07-01", "over red 1 2022-07-01 open\n"},
		/* done in between, or late: no more */
		{R2, "[{\"type\":\"m\",\"date\":\"2022-06-25\",\"kind\":\"task\"}]", "", "2022-06-24", "near blue 6 2022-06-23 open\n"},
		{R2, "[{\"type\":\"m\",\"date\":\"2022-06-25\",\"kind\":\"task\"}]", "", "2022-06-25", ""},
		{R2, "[{\"type\":\"m\",\"date\":\"2022-07-03\",\"kind\":\"task\"}]", "", "2022-07-02", "over red 2 2022-07-01 open\n"},
		{R2, "[{\"type\":\"m\",\"date\":\"2022-07-03\",\"kind\":\"task\"}]", "", "2022-07-03", ""},
		/* after 20 of 100 days 20 % should be done, and are; after 21 one point is missing */
		{R2, HUNDRED, "", "2022-01-21", ""},
		{R2, HUNDRED, "", "2022-01-22", "pace yellow 1 2022-01-22 open\n"},
		/* past its day all should be done: 100 − 20 */
		{R2, HUNDRED, "", "2022-05-01", "pace yellow 80 2022-01-22 open\n"},
	};

	check(*state, t, LEN(t));
}

/* R1: yellow twice for the same item: a letter and a point off. */
#define R1 \
	"  - {id: over, title: O, of: slots, duty: M, metric: days_overdue, bands: [{at_least: 1, colour: 黄, action: a}]}\n" \
	"  - {id: twice, title: T, of: warnings, metric: repeats, rule: over, colour: 黄,\n" \
	"     bands: [{at_least: 2, colour: 橙, action: 专函}]}\n"

static void test_r1(void **state)
{
	static const struct hand t[] = {
		/* January missed: yellow from 1 February on, once */
		{R1, "[]", "", "2022-02-28", "over yellow 28 2022-02-01 open\n"},
		/* February too: the second yellow on 1 March */
		{R1, "[]", "", "2022-03-01",
			"over yellow 29 2022-02-01 open\nover yellow 1 2022-03-01 open\ntwice orange 2 2022-03-01 open\n"},
		/* February done: still once in March */
		{R1, "[{\"type\":\"m\",\"date\":\"2022-02-10\",\"kind\":\"month\"}]", "", "2022-03-31", "over yellow 59 2022-02-01 open\n"},
	};

	check(*state, t, LEN(t));
}

/* R3: from colour to colour only where the limit of the one before lapsed without an answer. */
#define R3 \
	"  - {id: blue, title: B, of: slots, duty: T, metric: days_to_due,\n" \
	"     bands: [{at_most: 14, colour: 蓝, action: a, limit: 5 days}]}\n" \
	"  - {id: orange, title: O, of: warnings, metric: lapsed, rule: blue,\n" \
	"     bands: [{at_least: 1, colour: 橙, action: a, limit: 3 days}]}\n" \
	"  - {id: red, title: R, of: warnings, metric: lapsed, rule: orange, bands: [{at_least: 1, colour: 红, action: a}]}\n"

static void test_r3(void **state)
{
	static const struct hand t[] = {
		/* blue since 16 June, 14 days before; to be answered by the 21st */
		{R3, "[]", "", "2022-06-21", "blue blue 9 2022-06-16 open\n"},
		{R3, "[]", "", "2022-06-22", "blue blue 8 2022-06-16 lapsed\norange orange 1 2022-06-22 open\n"},
		/* orange to be answered by the 25th */
		{R3, "[]", "", "2022-06-26",
			"blue blue 4 2022-06-16 lapsed\norange orange 5 2022-06-22 lapsed\nred red 1 2022-06-26 open\n"},
		/* answered in time: it goes no further */
		{R3, "[]", "blue,T|boss||2022-06-30,2022-06-20,answer", "2022-06-26", "blue blue 4 2022-06-16 answered\n"},
		/* answered late, on the 24th: orange on the 22nd and 23rd, then no more */
		{R3, "[]", "blue,T|boss||2022-06-30,2022-06-24,answer", "2022-06-23",
			"blue blue 7 2022-06-16 lapsed\norange orange 2 2022-06-22 open\n"},
		{R3, "[]", "blue,T|boss||2022-06-30,2022-06-24,answer", "2022-06-24", "blue blue 6 2022-06-16 answered\n"},
		/* an answer from before this warning is none; a lifted one goes no further either */
		{R3, "[]", "blue,T|boss||2022-06-30,2022-06-15,answer", "2022-06-21", "blue blue 9 2022-06-16 open\n"},
		{R3, "[]", "blue,T|boss||2022-06-30,2022-06-21,lift", "2022-06-22", "blue blue 8 2022-06-16 lifted\n"},
	};

	check(*state, t, LEN(t));
}

/* R4: 10 to 30 points behind yellow, more red; a month without a start yellow, three on end red. */
#define R4 \
	"  - {id: pace, title: P, of: slots, duty: Q, metric: gap_to_linear,\n" \
	"     bands: [{at_least: 10, colour: 黄, action: a}, {at_least: 30.001, colour: 红, action: a}]}\n" \
	"  - {id: row, title: R, of: slots, duty: M, metric: repeats,\n" \
	"     bands: [{at_least: 1, colour: 黄, action: a}, {at_least: 3, colour: 红, action: a}]}\n"
#define MONTHS "{\"type\":\"m\",\"date\":\"2022-01-05\",\"kind\":\"month\"}"

static void test_r4(void **state)
{
	static const struct hand t[] = {
		/* 5 February is day 36: 36 ÷ 365 = 9.863 points and nothing done; the 6th 10.136 */
		{R4, "[" MONTHS "]", "", "2022-02-05", ""},
		{R4, "[" MONTHS "]", "", "2022-02-06", "pace yellow 10.136 2022-02-06 open\n"},
		/* day 109: 29.863; day 110: 30.136. January was done, so February and March are two months on end */
		{R4, "[" MONTHS "]", "", "2022-04-19", "pace yellow 29.863 2022-02-06 open\nrow yellow 2 2022-02-28 open\n"},
		{R4, "[" MONTHS "]", "", "2022-04-20", "pace red 30.136 2022-04-20 open\nrow yellow 2 2022-02-28 open\n"},
		/* one of four done is 25 points: 30.136 − 25; April is the third month on its last day */
		{R4, "[" MONTHS ",{\"type\":\"m\",\"date\":\"2022-03-01\",\"kind\":\"four\"}]", "", "2022-04-20",
			"row yellow 2 2022-02-28 open\n"},
		{R4, "[" MONTHS ",{\"type\":\"m\",\"date\":\"2022-03-01\",\"kind\":\"four\"}]", "", "2022-04-30",
			"row red 3 2022-04-30 open\n"},
		/* a leap year has 366 days: day 37 is 10.109 */
		{R4, "[{\"type\":\"m\",\"date\":\"2024-01-05\",\"kind\":\"month\"}]", "", "2024-02-06",
			"pace yellow 10.109 2024-02-06 open\n"},
	};

	check(*state, t, LEN(t));
}

/* R5: up to 7 days behind yellow, up to 15 orange, from 15 on red. */
#define R5 \
	"  - {id: over, title: O, of: slots, duty: T, metric: days_overdue, bands: [{at_least: 1, colour: yellow, action: a},\n" \
	"     {at_least: 8, colour: orange, action: a}, {at_least: 15, colour: red, action: a}]}\n"
/* R6: reports of each month, and an answer within working days. */
#define R6 \
	"  - {id: near, title: N, of: slots, duty: M, metric: days_to_due,\n" \
	"     bands: [{at_most: 3, colour: 蓝, action: a, limit: 2 working days, to: owner, escalate: 'post:chief'}]}\n"
/* R7: an extension is asked for before the limit; what was granted counts. */
#define R7 \
	"  - {id: ask, title: A, of: findings, take: {of: p}, due: [extended, limit], done: done, label: no, owner: owner,\n" \
	"     metric: days_to_due, bands: [{at_most: 10, colour: 蓝, action: 可申请延期}]}\n"

static void test_r5_r6_r7(void **state)
{
	static const char granted[] =
		"[{\"type\":\"p\",\"no\":\"1\",\"date\":\"2022-05-01\",\"limit\":\"2022-05-31\",\"extended\":\"2022-06-30\"},"
		"{\"type\":\"p\",\"no\":\"2\",\"date\":\"2022-05-01\",\"limit\":\"2022-05-31\",\"done\":\"2022-05-25\"}]";
	static const struct hand t[] = {
		{R5, "[]", "", "2022-07-07", "over yellow 7 2022-07-01 open\n"},
		{R5, "[]", "", "2022-07-08", "over orange 8 2022-07-08 open\n"},
		{R5, "[]", "", "2022-07-15", "over red 15 2022-07-15 open\n"},
		/* three days before the end of January, and of May */
		{R6, "[]", "", "2022-01-30", "near blue 1 2022-01-28 open\n"},
		{R6, "[]", "", "2022-05-30", "near blue 1 2022-05-28 open\n"},
		/* the limit of the first was moved to 30 June; the second is done from 25 May on */
		{R7, granted, "", "2022-05-24", "ask blue 7 2022-05-21 open\n"},
		{R7, granted, "", "2022-05-25", ""},
		{R7, granted, "", "2022-06-20", "ask blue 10 2022-06-20 open\n"},
	};

	check(*state, t, LEN(t));
}

/* Until when an answer is due: two working days after Saturday 28 May 2022 are Monday and Tuesday; two days are Sunday
 * and Monday. */
static void test_limit(void **state)
{
	struct world *w = *state;
	struct warn_band b = {.limit = {2, true}};
	struct facts f = {0}, china = {.calendar = calendar_shipped(&w->a, S("CN"))};

	/* 30 September 2022 is a Friday, and the first seven days of October are off; Saturday the 8th is worked */
	assert_int_equal(limit_day(&china, &b, day("2022-09-30")).n, day("2022-10-09").n);
	assert_int_equal(limit_day(&f, &b, day("2022-05-28")).n, day("2022-05-31").n);
	assert_int_equal(limit_day(&f, &b, day("2022-05-27")).n, day("2022-05-31").n);
	b.limit.working = false;
	assert_int_equal(limit_day(&f, &b, day("2022-05-28")).n, day("2022-05-30").n);
	b.limit.days = 0;
	assert_false(date_is(limit_day(&f, &b, day("2022-05-28"))));
}

/* R8: three red cards on end: the head is asked in. */
#define R8 \
	"  - {id: card, title: C, of: slots, duty: M, metric: days_overdue, bands: [{at_least: 1, colour: 红, action: a}]}\n" \
	"  - {id: three, title: T, of: warnings, metric: repeats, rule: card, colour: 红, in_a_row: yes,\n" \
	"     bands: [{at_least: 3, colour: 红, action: 约谈主要负责人}]}\n"

static struct str only(struct world *w, const struct warnings *all, const char *rule)
{
	struct warnings some = {.facts = all->facts};

	for (size_t i = 0; i < all->n; i++)
		if (str_is(all->p[i].rule->id, rule))
			*ARENA_PUSH(&w->a, some.p, some.n, some.cap) = all->p[i];
	return said(w, &some);
}

static void test_r8(void **state)
{
	struct world *w = *state;
	/* January, February missed, March done, April, May, June missed */
	static const char march[] = "[{\"type\":\"m\",\"date\":\"2022-03-10\",\"kind\":\"month\"}]";
	static const struct {
		const char *on, *want;
	} t[] = {
		{"2022-03-01", ""}, {"2022-05-01", ""}, {"2022-06-30", ""},
		/* the third on end comes on 1 July */
		{"2022-07-01", "three red 3 2022-07-01 open\n"}, {"2022-08-01", "three red 4 2022-07-01 open\n"},
	};

	for (size_t i = 0; i < LEN(t); i++) {
		struct facts f;
		struct warnings all;

		facts_of_text(w, R8, march, t[i].on, &f);
		assert_int_equal(warnings_on(&f, NULL, day(t[i].on), &all, &w->err), OK);
		if (!str_is(only(w, &all, "three"), t[i].want))
			FLUNK("%s: " STR_FMT, t[i].on, STR_ARG(only(w, &all, "three")));
	}
}

/* The grade of a risk and the colour of its warning are two things. */
#define RISK \
	"  - {id: review, title: R, of: risks, metric: days_overdue, bands: [{at_least: 1, colour: 橙, action: a}]}\n"

static void test_risk(void **state)
{
	struct world *w = *state;
	static const char records[] =
		"[{\"type\":\"r\",\"no\":\"1\",\"date\":\"2022-01-10\",\"level\":\"low\"},"
		"{\"type\":\"u\",\"no\":\"1\",\"date\":\"2022-07-05\",\"what\":\"rate\",\"level\":\"high\"}]";
	struct facts f;
	struct figure_value v;
	struct warnings all;

	/* low: by the quarter; the first whole one after 10 January ends on 30 June */
	facts_of_text(w, RISK, records, "2022-07-04", &f);
	assert_int_equal(warnings_on(&f, NULL, day("2022-06-30"), &all, &w->err), OK);
	assert_int_equal(all.n, 0);
	assert_int_equal(warnings_on(&f, NULL, day("2022-07-04"), &all, &w->err), OK);
	assert_int_equal(all.n, 1);
	assert_int_equal(all.p[0].value, 4000);
	assert_int_equal(all.p[0].band->colour, COLOUR_ORANGE);
	assert_int_equal(all.p[0].risk->grade->colour, COLOUR_BLUE);
	/* rated high on 5 July, which is a review: by the month from then on, August is the first whole one */
	assert_int_equal(warnings_on(&f, NULL, day("2022-08-31"), &all, &w->err), OK);
	assert_int_equal(all.n, 0);
	assert_int_equal(warnings_on(&f, NULL, day("2022-09-01"), &all, &w->err), OK);
	assert_int_equal(all.n, 1);
	assert_int_equal(all.p[0].risk->grade->colour, COLOUR_RED);
	assert_int_equal(figure_alone(&f, S("overdue"), day("2022-08-31"), &v, &w->err), OK);
	assert_int_equal(v.thousandths, 0);
	assert_int_equal(figure_alone(&f, S("overdue"), day("2022-09-01"), &v, &w->err), OK);
	assert_int_equal(v.thousandths, 1000);
	assert_int_equal(v.facts.n, 1);
}

/* Only the high ones: it counts from the day on which it became one. */
static void test_risk_taken(void **state)
{
	static const char rule[] = "  - {id: high, title: H, of: risks, take: {of: r, where: {level: high}}, metric: days_to_due,\n"
		"     bands: [{at_most: 10, colour: 黄, action: a}]}\n";
	static const char records[] = "[{\"type\":\"r\",\"no\":\"1\",\"date\":\"2022-01-10\",\"level\":\"low\"},"
		"{\"type\":\"u\",\"no\":\"1\",\"date\":\"2022-07-05\",\"what\":\"rate\",\"level\":\"high\"},"
		"{\"type\":\"u\",\"no\":\"1\",\"date\":\"2022-08-28\",\"what\":\"rate\",\"level\":\"low\"}]";
	static const struct hand t[] = {
		{rule, records, "", "2022-06-25", ""},         /* low, due on 30 June */
		{rule, records, "", "2022-08-20", ""},
		{rule, records, "", "2022-08-21", "high yellow 10 2022-08-21 open\n"},
		{rule, records, "", "2022-08-28", ""},         /* low again */
	};

	check(*state, t, LEN(t));
}

static void test_figure(void **state)
{
	static const char rule[] = "  - {id: few, title: F, of: figure, figure: meetings, metric: value,\n"
		"     bands: [{at_most: 1, colour: 黄, action: a}, {at_most: 0, colour: 红, action: a}, {at_least: 3, colour: 蓝, action: a}]}\n";
	static const char two[] = "[{\"type\":\"m\",\"date\":\"2022-02-01\"},{\"type\":\"m\",\"date\":\"2022-03-01\"}]";
	static const struct hand t[] = {
		{rule, two, "", "2022-01-31", "few red 0 2022-01-01 open\n"},
		{rule, two, "", "2022-02-28", "few yellow 1 2022-02-01 open\n"},
		{rule, two, "", "2022-03-01", ""},
	};

	check(*state, t, LEN(t));
}

/* The state of a day does not depend on how far the days are gone through: the warning of each day of a year as the last
 * day of a walk is that of the strip of the whole year. */
static void test_any_day(void **state)
{
	struct world *w = *state;
	static const char records[] = "[{\"type\":\"m\",\"date\":\"2022-03-10\",\"kind\":\"month\"},"
		"{\"type\":\"m\",\"date\":\"2022-05-10\",\"kind\":\"month\"},{\"type\":\"m\",\"date\":\"2022-06-29\",\"kind\":\"task\"}]";
	struct facts f;
	struct warnings year, one;
	size_t open = 0;

	facts_of_text(w, R1 R8, records, "2022-12-31", &f);
	assert_int_equal(warnings_on(&f, NULL, day("2022-12-31"), &year, &w->err), OK);
	for (int i = 0; i < 365; i += 7) {
		struct date on = {day("2022-01-01").n + i};

		assert_int_equal(warnings_on(&f, NULL, on, &one, &w->err), OK);
		for (size_t r = 0; r < f.scheme->nwarn_rules; r++)
			for (size_t k = 0; k < one.runs[r].things.n; k++) {
				const struct strip *a = &one.runs[r].strips[k], *b = NULL;

				for (size_t x = 0; x < year.runs[r].things.n && !b; x++)
					if (str_eq(year.runs[r].things.p[x]->key, a->thing->key))
						b = &year.runs[r].strips[x];
				assert_non_null(b);
				assert_int_equal(a->bands[i], b->bands[i]);
				open += a->bands[i] >= 0;
			}
	}
	assert_true(open > 100);
}

static void test_backtest(void **state)
{
	struct world *w = *state;
	/* Task: due 30 June, done on 5 July: late, warned 7 days ahead. Months: all but March missed. */
	static const char rules[] =
		"  - {id: near, title: N, of: slots, duty: T, metric: days_to_due, bands: [{at_most: 7, colour: 蓝, action: a}]}\n"
		"  - {id: months, title: O, of: slots, duty: M, metric: days_to_due, bands: [{at_most: 20, colour: 蓝, action: a}]}\n"
		"  - {id: over, title: O, of: slots, duty: M, metric: days_overdue, bands: [{at_least: 1, colour: 红, action: a}]}\n";
	static const char records[] = "[{\"type\":\"m\",\"date\":\"2022-07-05\",\"kind\":\"task\"},"
		"{\"type\":\"m\",\"date\":\"2022-03-20\",\"kind\":\"month\"},{\"type\":\"m\",\"date\":\"2022-05-02\",\"kind\":\"month\"}]";
	struct warn_trial *t, sum = {0};
	struct facts f;

	facts_of_text(w, rules, records, "2022-12-31", &f);
	assert_int_equal(warn_backtest(&f, NULL, &t, &w->err), OK);
	assert_int_equal(t[0].objects, 1);
	assert_int_equal(t[0].bad, 1);
	assert_int_equal(t[0].before, 1);
	assert_int_equal(t[0].lead_median_x2, 14);
	/* twelve months: March was warned from the 11th, done on the 20th; May was done on the 2nd, 29 days ahead */
	assert_int_equal(t[1].objects, 12);
	assert_int_equal(t[1].bad, 10);
	assert_int_equal(t[1].before, 10);
	assert_int_equal(t[1].lead_min, 20);
	assert_int_equal(t[1].good, 2);
	assert_int_equal(t[1].false_alarms, 1);
	/* overdue never warns ahead; December's 31st is the last day looked at */
	assert_int_equal(t[2].before, 0);
	assert_int_equal(t[2].after, 9);
	assert_int_equal(t[2].never, 1);
	warn_trial_add(&w->a, &sum, &t[0]);
	warn_trial_add(&w->a, &sum, &t[1]);
	assert_int_equal(sum.before, 11);
	assert_int_equal(sum.lead_min, 7);
	assert_int_equal(sum.lead_median_x2, 40);
}

static void test_errors(void **state)
{
	struct world *w = *state;
	static const struct {
		const char *rule, *says;
	} t[] = {
		{"of: slot, metric: days_overdue", "no of 'slot'; did you mean 'slots'?"},
		{"of: slots, metric: day_overdue", "did you mean 'days_overdue'?"},
		{"of: risks, metric: repeats", "metric repeats does not fit a rule of risks"},
		{"of: slots, duty: X, metric: days_overdue", "no duty 'X'"},
		{"of: slots, figure: meetings, metric: days_overdue", "'figure' does not fit a rule of slots"},
		{"of: figure, figure: meetngs, metric: value", "'figure', the name of one"},
		{"of: warnings, rule: later, metric: lapsed", "no rule 'later' stands before this one"},
		{"of: risks, take: {of: m}, metric: days_overdue", "records that say what of a risk"},
		{"of: findings, take: {of: p}, due: limt, done: done, metric: days_overdue", "did you mean 'limit'?"},
		{"of: findings, take: {of: p}, due: limit, done: done, metric: gap_to_linear", "needs start and progress"},
	};
	static const struct {
		const char *band, *says;
	} bands[] = {
		{"{at_least: 1, at_most: 2, colour: 红, action: a}", "one of at_least and at_most"},
		{"{at_most: 1, colour: 红, action: a}", "it wants 'at_least'"},
		{"{at_least: x, colour: 红, action: a}", "must be a number"},
		{"{at_least: 1, colour: 紫, action: a}", "no colour '紫'"},
		{"{at_least: 1, colour: yelow, action: a}", "did you mean 'yellow'?"},
		{"{at_least: 1, colour: 红, action: a, limit: soon}", "'5 working days'"},
		{"{at_least: 1, colour: 红, action: a, to: boss}", "owner, post:NAME or role:NAME"},
		{"{at_least: 1, colour: 红, action: a, escalate: owner}", "needs a 'limit'"},
	};
	struct scheme s;

	for (size_t i = 0; i < LEN(t) + LEN(bands); i++) {
		const char *says = i < LEN(t) ? t[i].says : bands[i - LEN(t)].says;
		struct str text = i < LEN(t) ?
			arena_printf(&w->a, "%s  - {id: a, title: A, %s, bands: [{at_least: 1, colour: 红, action: a}]}\n", HEAD, t[i].rule) :
			arena_printf(&w->a, "%s  - {id: a, title: A, of: slots, metric: days_overdue, bands: [%s]}\n", HEAD,
				bands[i - LEN(t)].band);

		assert_int_equal(scheme_read(&w->a, text, &s, &w->err), ERR_INPUT);
		if (!strstr(w->err.text, says) || !strstr(w->err.text, "line "))
			FLUNK("%s\nis not: %s", w->err.text, says);
		err_clear(&w->err);
	}
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_r1), T(test_r2), T(test_r3), T(test_r4), T(test_r5_r6_r7), T(test_limit), T(test_r8), T(test_risk),
		T(test_risk_taken), T(test_figure), T(test_any_day), T(test_backtest), T(test_errors),
	};

	return cmocka_run_group_tests_name("warn", tests, NULL, NULL);
}
