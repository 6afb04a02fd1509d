/* Needs by hand, second edition of the duty language: working days, periods of tables and hours, seasons, what is enough,
 * grace, days of the month and rules, several days, limits and extensions, personal duties, decisions on slots. A case is
 * a duty, records, a day, and every slot that must be there, as "due state done". Working days are those of China. */
#include "unit.h"

#include "duty_kit.h"

#include "text/json.h"

#pragma GCC diagnostic ignored "-Wmissing-field-initializers"    /* most cases are without decisions */

#define FLUNK(...) \
	do { \
		print_error(__VA_ARGS__); \
		print_error("\n"); \
		_fail(__FILE__, __LINE__); \
	} while (0)

static const char HEAD[] =
	"zeren: 1\n"
	"scheme: hand\n"
	"title: By hand\n"
	"prompt: 2 working days\n"
	"office: {terms: schoolTerms}\n"
	"roles: {member: team member}\n"
	"records:\n"
	"  m: {about: meeting, title: M, fields: {date: date, at: time, kind: choice, hours: number, done: number, all: number,\n"
	"    lead: post, unit: unit}}\n"
	"  z: {about: submission, title: Z, fields: {date: date, month: {type: period, per: month}, n: number, of: number}}\n"
	"  t: {about: incident, title: T, fields: {no: text, date: date, at: time, due: date, asked: date, approved: date,\n"
	"    closed: date, closed_at: time, shut: flag, until: date}}\n"
	"  a: {about: document, title: A, fields: {date: date, at: time, no: text}}\n"
	"figures: {rate: {count: m}}\n"
	"duties:\n";

static const char ORG[] =
	"{\"units\":[{\"id\":\"U1\",\"name\":\"north\",\"short\":\"n\",\"kind\":\"town\"}],"
	"\"posts\":[{\"id\":\"P1\",\"name\":\"one\",\"role\":\"team member\"},{\"id\":\"P2\",\"name\":\"two\",\"role\":\"team member\"},"
	"{\"id\":\"P3\",\"name\":\"boss\",\"role\":\"head\"}],"
	"\"holders\":[{\"post\":\"P1\",\"name\":\"Ann\",\"from\":\"2020-01-01\",\"to\":\"2022-06-10\"},"
	"{\"post\":\"P1\",\"name\":\"Ben\",\"from\":\"2022-06-20\"},"
	"{\"post\":\"P2\",\"name\":\"Cat\",\"from\":\"2021-01-01\"}],"
	"\"bodies\":[{\"id\":\"B1\",\"name\":\"board\"},{\"id\":\"B2\",\"name\":\"council\"}],"
	"\"schoolTerms\":[{\"name\":\"autumn\",\"from\":\"09-01\",\"to\":\"01-15\"},{\"name\":\"spring\",\"from\":\"02-20\",\"to\":\"07-05\"}],"
	"\"visits\":[{\"name\":\"first\",\"from\":\"2022-02-01\",\"to\":\"2022-03-10\"},"
	"{\"name\":\"second\",\"from\":\"2022-03-01\",\"to\":\"2022-04-30\"}],"
	"\"bad\":[{\"name\":\"x\",\"from\":\"02-30\",\"to\":\"03-10\"}],"
	"\"shut\":[\"2022-03-02\"]}";

static const char STEPS[] = "[[\"2022-01-01\",50000],[\"2022-06-30\",90000],[\"2022-10-01\",70000]]";

struct world {
	struct arena a;
	struct err err;
	struct org org;
	struct node *steps;
};

static int setup(void **state)
{
	struct world *w = calloc(1, sizeof *w);
	struct node *org;

	if (!w || json_read(&w->a, str_c(ORG), (struct json_opt){0}, &org, &w->err) != OK ||
		json_read(&w->a, str_c(STEPS), (struct json_opt){0}, &w->steps, &w->err) != OK)
		return -1;
	kit_org(&w->a, org, &w->org);
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

/* "m 2022-01-05 kind=k1 at=09:30; t 2022-02-01 no=R1": type, date, then fields. */
static struct node *records_of(struct arena *a, const char *text)
{
	struct node *list = node_list(a);
	struct str rest = str_c(text), one;

	while (rest.n && str_cut(&rest, S(";"), &one)) {
		struct node *map = node_map(a);
		struct str type, word, key;
		int64_t n;

		one = str_trim(one);
		str_cut(&one, S(" "), &type);
		node_set(a, map, S("type"), node_str(a, type));
		if (str_cut(&one, S(" "), &word))
			node_set(a, map, S("date"), node_str(a, word));
		while (one.n && str_cut(&one, S(" "), &word)) {
			str_cut(&word, S("="), &key);
			node_set(a, map, key, str_is(word, "yes") ? node_bool(a, true)
				: str_int(word, &n) ? node_num(a, n) : node_str(a, word));
		}
		node_push(a, list, map);
	}
	return list;
}

struct hand {
	const char *duty;      /* all but id and title */
	const char *records;
	const char *on;        /* its year is the year in hand, but for "2022@2023-01-05" */
	const char *slots;     /* "2022-03-31 met 2022-03-02; 2022-06-30 missed" */
	const char *allowed;   /* decisions, as JSON without its brackets; NULL: none */
};

static void judge(struct world *w, const struct hand *t, struct scheme *scheme, struct duty_state *out)
{
	struct facts *facts = ARENA_NEW(&w->a, struct facts);
	struct str text = arena_printf(&w->a, "%s  - {id: D1, title: T, %s}\n", HEAD, t->duty), day = str_c(t->on), year;
	struct node *allowed;
	struct date d;
	int64_t y;

	if (scheme_read(&w->a, text, scheme, &w->err) != OK)
		FLUNK("%s: %s", t->duty, w->err.text);
	if (!str_has(day, S("@")) || !str_cut(&day, S("@"), &year))
		year = str_sub(day, 0, 4);
	if (!str_int(year, &y) || !date_parse(day, &d))
		FLUNK("no day '%s'", t->on);
	if (kit_facts(&w->a, scheme, &w->org, (int)y, records_of(&w->a, t->records), facts, &w->err) != OK)
		FLUNK("%s: %s", t->duty, w->err.text);
	if (t->allowed) {
		if (json_read(&w->a, arena_printf(&w->a, "[%s]", t->allowed), (struct json_opt){0}, &allowed, &w->err) != OK)
			FLUNK("%s: %s", t->allowed, w->err.text);
		kit_allowed(&w->a, allowed, facts);
	}
	duty_on(facts, &scheme->duties[0], d, kit_figures(w->steps), out);
}

static struct str told(struct world *w, const struct duty_state *s)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(1 << 20);
	char due[DATE_TEXT], done[DATE_TEXT];

	for (size_t i = 0; i < s->nslots; i++) {
		const struct slot *x = &s->slots[i];

		buf_printf(&b, "%s%s %s%s%s", i ? "; " : "", (date_text(x->due, due), due), kit_slot_state(x->state),
			date_is(x->done) ? " " : "", (date_text(x->done, done), done));
	}
	return arena_str(&w->a, buf_str(&b));
}

static void check(struct world *w, const struct hand *t, size_t n)
{
	int bad = 0;

	for (size_t i = 0; i < n; i++) {
		struct scheme *scheme = ARENA_NEW(&w->a, struct scheme);
		struct duty_state s;
		struct str found;

		judge(w, &t[i], scheme, &s);
		found = told(w, &s);
		if (!str_is(found, t[i].slots)) {
			print_error("%s\n  on %s with %s:\n  " STR_FMT "\n  not %s\n", t[i].duty, t[i].on, t[i].records, STR_ARG(found),
				t[i].slots);
			bad++;
		}
	}
	assert_int_equal(bad, 0);
}

#define CHECK(t) check(*state, t, LEN(t))
#define BOSS "owner: \"post:boss\", "

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

#define HOURS "hours: {from: \"08:00\", to: \"18:00\"}, time: at, from: 03-01, to: 03-01, take: m}"

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
			"m 2022-01-01 hours=3 kind=safety; m 2022-02-01 hours=6; m 2022-03-01 kind=safety", "2022-06-30", "2022-06-30 met 2022-02-01"},
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
			"t 2022-03-01 at=08:00 no=7; a 2022-03-01 at=11:00 no=7; a 2022-03-01 at=09:00 no=7", "2022-03-01", "2022-03-01 met 2022-03-01"},
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
		{BOSS EXTEND, "t 2022-03-01 asked=2022-03-11 approved=2022-03-14 shut=yes closed=2022-03-17", "2022-03-17", "2022-03-16 late 2022-03-17"},
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
		{BOSS "need: {for_each: {of: t}, holds: until, shift: next}", "t 2021-03-01 no=1 until=2022-03-06", "2022-03-06", "2022-03-07 pending"},
		{BOSS "need: {for_each: {of: t}, holds: until, shift: next}", "t 2021-03-01 no=1 until=2022-03-06", "2022-03-07", "2022-03-07 missed"},
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
		{"owner: \"post:boss\", personal: yes, need: {each: half, take: m}", "m 2022-06-30", "2022-06-30", "2022-06-30 met 2022-06-30; 2022-12-31 pending"},
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
		{BOSS "need: {each: quarter, to: 06-30, take: m}", "m 2022-04-20", "2022-04-21", "2022-04-20 met 2022-04-20; 2022-06-30 met 2022-04-20",
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
			SLOT("excused", "2022-03-31", DECIDED("2022-04-05")) "," SLOT("extended", "2022-03-31", "\"until\":\"2022-04-20\"," DECIDED("2022-03-25"))},
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
		cmocka_unit_test(test_working_days), cmocka_unit_test(test_unknown), cmocka_unit_test(test_tables),
		cmocka_unit_test(test_lacks), cmocka_unit_test(test_hours), cmocka_unit_test(test_season),
		cmocka_unit_test(test_enough), cmocka_unit_test(test_due), cmocka_unit_test(test_grace),
		cmocka_unit_test(test_apart), cmocka_unit_test(test_on), cmocka_unit_test(test_by),
		cmocka_unit_test(test_within), cmocka_unit_test(test_extend), cmocka_unit_test(test_holds),
		cmocka_unit_test(test_bodies), cmocka_unit_test(test_personal), cmocka_unit_test(test_labels),
		cmocka_unit_test(test_allowed), cmocka_unit_test(test_allowed_counts), cmocka_unit_test(test_roll_up),
		cmocka_unit_test(test_average),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
