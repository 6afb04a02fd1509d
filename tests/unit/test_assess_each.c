/* An item that judges several things, each by itself: members of a body, posts, records with weights; by hand, with the
 * arithmetic in words. */
#include "unit.h"

#include "duty_kit.h"

#include "scheme/number.h"
#include "score/assess.h"
#include "text/json.h"

#define FLUNK(...) \
	do { \
		print_error(__VA_ARGS__); \
		print_error("\n"); \
		_fail(__FILE__, __LINE__); \
	} while (0)

static const char HEAD[] =
	"zeren: 1\n"
	"scheme: each\n"
	"title: Each\n"
	"lists: {classes: [A, B, C]}\n"
	"records:\n"
	"  t: {about: plan, title: T, fields: {date: date, class: {type: choice, of: classes}, level: choice, load: choice,\n"
	"      heft: number, own: number, unit: unit}}\n"
	"duties:\n"
	"  - {id: Q, title: Q, owner: \"post:head\", points: 1, need: {each: year, take: t}}\n";

/* P10 stands before P9 by its code. P7 is no member. */
static const char ORG[] =
	"{\"units\":[{\"id\":\"U1\",\"name\":\"north\",\"kind\":\"town\"},{\"id\":\"U2\",\"name\":\"south\",\"kind\":\"town\"}],"
	"\"posts\":[{\"id\":\"P9\",\"name\":\"clerk\"},{\"id\":\"P10\",\"name\":\"head\"},{\"id\":\"P11\",\"name\":\"deputy\"},"
	"{\"id\":\"P7\",\"name\":\"guard\"}],"
	"\"bodies\":[{\"id\":\"B01\",\"name\":\"council\",\"members\":[\"P9\",\"P11\",\"P10\"]},"
	"{\"id\":\"B02\",\"name\":\"empty\",\"members\":[]}]}";

struct world {
	struct arena a;
	struct err err;
	struct org org;
	struct scheme scheme;
	struct facts facts;
	struct figures figures;
};

static int setup(void **state)
{
	struct world *w = calloc(1, sizeof *w);
	struct node *org;

	if (!w || json_read(&w->a, str_c(ORG), (struct json_opt){0}, &org, &w->err) != OK)
		return -1;
	w->err.lang = LANG_EN;
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

/* ---- made of texts ---- */

/* "2022-03-01 class=A level=I" with a semicolon between two. */
static struct node *records_of(struct arena *a, const char *text)
{
	struct node *list = node_list(a);
	struct str rest = str_c(text), one;

	while (str_cut(&rest, S(";"), &one)) {
		struct node *map = node_map(a);
		struct str word, key;

		one = str_trim(one);
		if (!one.n)
			continue;
		node_set(a, map, S("type"), node_str(a, S("t")));
		str_cut(&one, S(" "), &word);
		node_set(a, map, S("date"), node_str(a, word));
		while (one.n && str_cut(&one, S(" "), &word)) {
			int64_t n;

			str_cut(&word, S("="), &key);
			node_set(a, map, key, str_int(word, &n) ? node_num(a, n) : node_str(a, word));
		}
		node_push(a, list, map);
	}
	return list;
}

/* "P9=18 P10=15.5?": in this order; ? is not confirmed. */
static struct assess_inputs marks_of(struct arena *a, const char *text)
{
	struct assess_mark *p = ARENA_ARRAY(a, struct assess_mark, 16);
	struct str rest = str_c(text), one, thing;
	size_t n = 0;

	while (rest.n && str_cut(&rest, S(" "), &one)) {
		str_cut(&one, S("="), &thing);
		p[n] = (struct assess_mark){.item = S("I"), .thing = thing, .event = (int64_t)n + 1, .by = S("P7"), .text = S("so"),
		                            .confirmed = !str_ends(one, S("?")), .confirmed_by = S("P7")};
		if (!p[n].confirmed)
			one.n--;
		assert_true(thousandths(one, &p[n].got));
		n++;
	}
	return (struct assess_inputs){.scores = p, .nscores = n};
}

static struct str plan_of(struct world *w, const char *item, bool units)
{
	return arena_printf(&w->a, "%sassess: {%ssections: [{id: S, items: [{id: I, title: T, %s}]}]}\n", HEAD,
		units ? "of: \"each unit:town\", " : "", item);
}

static struct assess_sheet sheet(struct world *w, const char *item, const char *records, const char *marks, const char *unit,
	struct assess_inputs *in)
{
	struct assess_sheet s;
	struct date day;

	if (scheme_read(&w->a, plan_of(w, item, unit != NULL), &w->scheme, &w->err) != OK)
		FLUNK("%s: %s", item, w->err.text);
	date_parse(S("2022-12-31"), &day);
	if (assess_fits_org(&w->scheme, &w->org, &w->err) != OK ||
		kit_facts(&w->a, &w->scheme, &w->org, 2022, records_of(&w->a, records), &w->facts, &w->err) != OK)
		FLUNK("%s: %s", records, w->err.text);
	w->facts.lang = LANG_EN;
	if (figures_on(&w->facts, day, &w->figures, &w->err) != OK)
		FLUNK("%s: %s", records, w->err.text);
	*in = marks_of(&w->a, marks);
	assess_on(&w->facts, &w->figures, unit ? org_unit(&w->org, str_c(unit)) : NULL, in, NULL, 0, &s);
	assert_true(assess_sheet_sound(&s));
	return s;
}

static void is(struct world *w, const char *what, const char *want, int64_t v)
{
	struct str got = thousandths_text(&w->a, v);

	if (!str_is(got, want))
		FLUNK("%s: " STR_FMT ", not %s", what, STR_ARG(got), want);
}

/* ---- the score ---- */

struct hand {
	const char *item, *records, *marks, *got, *unit;
};

#define GRANT  "points: 20, judge: grant, from: 0, to: 20, "
#define DEDUCT "points: 20, judge: deduct, from: 0.5, to: 5, "
#define TABLE  "weigh: [{rows: class, columns: level, table: {A: {I: 5, II: 4, III: 3}, B: {I: 4, II: 3}}}]"
#define LOADS  "{field: load, words: {K2: 1.2, K3: 1.5}}"
/* T1 is record 1:1 and so on. */
#define THREE  "2022-02-01 class=A level=I load=K1 own=20; 2022-03-01 class=A level=III load=K2 own=10; 2022-04-01 class=B level=II"

static void test_posts(void **state)
{
	static const struct hand t[] = {
		/* three members given 18, 15, 12: 45 ÷ 3 = 15 */
		{GRANT "each: {body: B01}", "", "P9=18 P10=15 P11=12", "15", NULL},
		/* by the body's name the same; who is not judged has 0: (18 + 15) ÷ 3 = 11 */
		{GRANT "each: {body: council}", "", "P9=18 P10=15", "11", NULL},
		/* not confirmed is not given: 18 ÷ 3 = 6 */
		{GRANT "each: {body: B01}", "", "P9=18 P10=15?", "6", NULL},
		/* the newest confirmed counts: (10 + 0 + 0) ÷ 3 = 3.3333 → 3.333; two thirds go up: (10 + 10) ÷ 3 = 6.667 */
		{GRANT "each: {body: B01}", "", "P9=18 P9=10 P9=20?", "3.333", NULL},
		{GRANT "each: {body: B01}", "", "P9=10 P10=10", "6.667", NULL},
		/* a judgement of who is no member counts for nothing */
		{GRANT "each: {body: B01}", "", "P9=18 P7=20", "6", NULL},
		/* taken off: who is not judged keeps 20: (18 + 20 + 15) ÷ 3 = 17.667 */
		{DEDUCT "each: {body: B01}", "", "P9=18 P10=15", "17.667", NULL},
		{DEDUCT "each: {body: B01}", "", "", "20", NULL},
		/* two posts that are named: (18 + 15) ÷ 2 */
		{DEDUCT "each: {posts: [P7, P9]}", "", "P7=18 P9=15", "16.5", NULL},
		/* nobody is there: all points of what is taken off, none of what is given */
		{DEDUCT "each: {body: B02}", "", "", "20", NULL},
		{GRANT "each: {body: B02}", "", "P9=18", "0", NULL},
		/* more than all points is all points: (20 + 0 + 0) ÷ 3 */
		{"points: 20, judge: grant, from: 0, to: 30, each: {body: B01}", "", "P9=30", "6.667", NULL},
		/* a bonus has no points of its own: 'to' is all: (3 + 2 + 1) ÷ 3 */
		{"bonus: outside, judge: grant, from: 0, to: 3, each: {body: B01}", "", "P9=3 P10=2 P11=1", "2", NULL},
		/* limits come behind the mean: 15, but 12 at most; 0, but 1 at least */
		{GRANT "cap: 12, each: {body: B01}", "", "P9=18 P10=15 P11=12", "12", NULL},
		{GRANT "floor: 1, each: {body: B01}", "", "", "1", NULL},
	};
	struct world *w = *state;

	for (size_t i = 0; i < LEN(t); i++) {
		struct assess_inputs in;
		struct assess_sheet s = sheet(w, t[i].item, t[i].records, t[i].marks, t[i].unit, &in);

		is(w, t[i].item, t[i].got, s.sections[0].items[0].part.got);
	}
}

static void test_records(void **state)
{
	static const struct hand t[] = {
		/* without weights: (20 + 10 + 6) ÷ 3 = 12 */
		{GRANT "each: {of: t}", THREE, "1:1=20 1:2=10 1:3=6", "12", NULL},
		/* A-I 5, A-III 3, B-II 3: (5 × 20 + 3 × 10 + 3 × 6) ÷ 11 = 148 ÷ 11 = 13.4545… → 13.455 */
		{GRANT "each: {of: t}, " TABLE, THREE, "1:1=20 1:2=10 1:3=6", "13.455", NULL},
		/* times the load: K1 is not listed: 5 × 1, 3 × 1.2, none: 3 × 1: (100 + 36 + 18) ÷ 11.6 = 13.2758… */
		{GRANT "each: {of: t}, weigh: [{rows: class, columns: level, table: {A: {I: 5, III: 3}, B: {II: 3}}}, " LOADS "]", THREE,
			"1:1=20 1:2=10 1:3=6", "13.276", NULL},
		/* C is not in the table: 1. A with a level that is not: 1. (20 + 0) ÷ 2 */
		{GRANT "each: {of: t}, " TABLE, "2022-02-01 class=C level=I; 2022-02-02 class=A level=V", "1:1=20", "10", NULL},
		/* the number itself, 1 where it is empty: (4 × 20 + 1 × 10) ÷ 5 = 18; 0 is no weight: 1 */
		{GRANT "each: {of: t}, weigh: {field: heft}", "2022-02-01 heft=4; 2022-02-02", "1:1=20 1:2=10", "18", NULL},
		{GRANT "each: {of: t}, weigh: {field: heft}", "2022-02-01 heft=0; 2022-02-02", "1:1=20 1:2=10", "15", NULL},
		/* taken off: 5 × 16 + 3 × 20 + 3 × 20 = 200 ÷ 11 = 18.1818… */
		{DEDUCT "each: {of: t}, " TABLE, THREE, "1:1=16", "18.182", NULL},
		/* only those that the conditions let in: the second and third are none: (20) ÷ 1 */
		{GRANT "each: {of: t, where: {level: I}}", THREE, "1:1=20 1:2=5", "20", NULL},
		/* of the year in hand: the one of 2021 is none */
		{GRANT "each: {of: t}", "2021-12-31; 2022-02-02", "1:1=20 1:2=10", "10", NULL},
		/* each town by its own: north has one with 20, south (10 + 0) ÷ 2 */
		{GRANT "each: {of: t}", "2022-02-01 unit=north; 2022-02-02 unit=south; 2022-02-03 unit=south", "1:1=20 1:2=10", "20", "north"},
		{GRANT "each: {of: t}", "2022-02-01 unit=north; 2022-02-02 unit=south; 2022-02-03 unit=south", "1:1=20 1:2=10", "5", "south"},
		{GRANT "unit: none, each: {of: t}", "2022-02-01 unit=north; 2022-02-02 unit=south", "1:1=20 1:2=10", "15", "south"},
		/* nothing there */
		{GRANT "each: {of: t}", "", "", "0", NULL},
		{DEDUCT "each: {of: t}", "", "", "20", NULL},
	};
	struct world *w = *state;

	for (size_t i = 0; i < LEN(t); i++) {
		struct assess_inputs in;
		struct assess_sheet s = sheet(w, t[i].item, t[i].records, t[i].marks, t[i].unit, &in);

		is(w, t[i].item, t[i].got, s.sections[0].items[0].part.got);
	}
}

/* ---- lines ---- */

static void line(struct world *w, const struct assess_line *l, const char *kind, const char *nano, const char *words)
{
	assert_string_equal(assess_line_name(l->kind), kind);
	if (!str_is(nano_text(&w->a, l->nano), nano))
		FLUNK("%s: " STR_FMT ", not %s", kind, STR_ARG(nano_text(&w->a, l->nano)), nano);
	if (!str_is(l->sum, words))
		FLUNK("'" STR_FMT "', not '%s'", STR_ARG(l->sum), words);
}

static void test_lines(void **state)
{
	struct world *w = *state;
	struct assess_inputs in;
	struct assess_sheet s = sheet(w, GRANT "each: {body: B01}", "", "P9=10 P10=7? P7=3", NULL, &in);
	const struct assess_line *l = s.sections[0].items[0].part.p;

	/* 10 ÷ 3 = 3.333333333; in the order of the codes: P10, P11, P9; what is missing to 3.333 is told */
	assert_int_equal(s.sections[0].items[0].part.n, 6);
	line(w, &l[0], "judge", "0", "may be given: 0 to 20");
	line(w, &l[1], "thing", "0", "head: 0 × 1 ÷ 3; not judged yet; 7 by guard, not yet confirmed: so");
	line(w, &l[2], "thing", "0", "deputy: 0 × 1 ÷ 3; not judged yet");
	line(w, &l[3], "thing", "3.333333333", "clerk: 10 × 1 ÷ 3; 10 by guard, confirmed by guard: so");
	line(w, &l[4], "gone", "0", "guard: 3 by guard, confirmed by guard: so");
	line(w, &l[5], "rounded", "-0.000333333", "3.333");
	assert_string_equal(l[3].thing.p, "P9");
	assert_int_equal(assess_waiting(&s.sections[0].items[0]), 1);

	/* taken off, with weights: (20 − 16) × 5 ÷ 11 = 1.818181818 */
	s = sheet(w, DEDUCT "each: {of: t}, weigh: [{rows: class, columns: level, table: {A: {I: 5, III: 3}, B: {II: 3}}}, "
		"{field: load, words: {K2: 1.5}}]", THREE, "1:1=16", NULL, &in);
	l = s.sections[0].items[0].part.p;
	line(w, &l[0], "full", "20", "");
	line(w, &l[2], "thing", "-1.6", "test!1: (20 − 16) × 5 ÷ 12.5; 16 by guard, confirmed by guard: so");
	line(w, &l[3], "thing", "0", "test!2: (20 − 20) × 4.5 ÷ 12.5; not judged yet");
	assert_int_equal(l[2].facts.n, 1);
	is(w, "sum", "18.4", s.part.got);
}

/* ---- self scores ---- */

static void test_self(void **state)
{
	static const struct hand t[] = {
		/* 20, 10 and none: (20 + 10 + 0) ÷ 3 */
		{GRANT "each: {of: t}, self: own", THREE, "", "10", NULL},
		/* weighed: (5 × 20 + 3 × 10 + 0) ÷ 11 = 11.818 */
		{GRANT "each: {of: t}, self: own, " TABLE, THREE, "", "11.818", NULL},
		/* held between 0 and the points: (20 + 0) ÷ 2 */
		{GRANT "each: {of: t}, self: own", "2022-02-01 own=99; 2022-02-02 own=-4", "", "10", NULL},
		{DEDUCT "each: {of: t}, self: own", "", "", "20", NULL},
	};
	struct world *w = *state;
	struct assess_mark own = {.item = S("I"), .got = 19000, .event = 5};
	struct assess_inputs in;
	struct assess_sheet s;

	for (size_t i = 0; i < LEN(t); i++) {
		s = sheet(w, t[i].item, t[i].records, t[i].marks, t[i].unit, &in);
		assert_non_null(s.sections[0].items[0].self);
		is(w, t[i].item, t[i].got, s.sections[0].items[0].self->got);
	}
	/* what the unit said by hand goes first */
	in.selfs = &own;
	in.nselfs = 1;
	assess_on(&w->facts, &w->figures, NULL, &in, NULL, 0, &s);
	is(w, "by hand", "19", s.sections[0].items[0].self->got);
	/* without self: there is none */
	s = sheet(w, GRANT "each: {of: t}", THREE, "", NULL, &in);
	assert_null(s.sections[0].items[0].self);
}

/* ---- what would raise it ---- */

static void test_whatif(void **state)
{
	struct world *w = *state;
	struct assess_inputs in, then;
	struct assess_sheet s = sheet(w, GRANT "each: {of: t}, " TABLE, THREE, "1:1=15 1:2=20", NULL, &in), after;
	struct assess_hints h;

	/* (5 × 15 + 3 × 20 + 0) ÷ 11 = 12.273; with 20 for the first 160 ÷ 11 = 14.545; the third is not judged yet: no hint */
	assess_whatif(&w->facts, &w->figures, NULL, &in, &h);
	assert_int_equal(h.n, 1);
	assert_int_equal(h.p[0].kind, HINT_JUDGED);
	is(w, "gain", "2.272", h.p[0].gain);
	assert_string_equal(assess_hint_text(&w->facts, &h.p[0]).p, "all points for test!1");
	then = marks_of(&w->a, "1:1=20 1:2=20");
	assess_on(&w->facts, &w->figures, NULL, &then, NULL, 0, &after);
	is(w, "and so it is", "2.272", after.part.got - s.part.got);
}

/* ---- what may be entered ---- */

static void refused(struct world *w, enum err_code code, const char *words, enum err_code got)
{
	assert_int_equal(got, code);
	if (code && !strstr(w->err.text, words))
		FLUNK("'%s' lacks '%s'", w->err.text, words);
	err_clear(&w->err);
}

static void test_fits(void **state)
{
	struct world *w = *state;
	struct assess_inputs in;
	struct assess_sheet s = sheet(w, DEDUCT "each: {body: B01}", "", "", NULL, &in);
	const struct assess *p = w->scheme.assessment;
	const struct assess_thing *t;

	refused(w, OK, "", assess_thing_fits(p, S("I"), 19500, S("thin"), &w->err));
	refused(w, OK, "", assess_thing_fits(p, S("I"), 20000, STR_NONE, &w->err));
	refused(w, ERR_REQUIRED, "needs its reason", assess_thing_fits(p, S("I"), 19500, S(" "), &w->err));
	refused(w, ERR_INPUT, "15 to 19.5 points, not 14", assess_thing_fits(p, S("I"), 14000, S("x"), &w->err));
	refused(w, ERR_NOT_FOUND, "no item 'J'", assess_thing_fits(p, S("J"), 14000, S("x"), &w->err));
	/* the item as a whole has what any item has */
	refused(w, OK, "", assess_mark_fits(p, S("I"), 3000, &w->err));
	refused(w, OK, "", assess_thing_get(&w->facts, &s, S("I"), S("deputy"), &t, &w->err));
	assert_string_equal(t->key.p, "P11");
	refused(w, ERR_NOT_FOUND, "did you mean 'deputy'", assess_thing_get(&w->facts, &s, S("I"), S("deputi"), &t, &w->err));
	sheet(w, GRANT "each: {of: t}", THREE, "", NULL, &in);
	refused(w, ERR_REQUIRED, "needs its reason", assess_thing_fits(w->scheme.assessment, S("I"), 19999, STR_NONE, &w->err));
	s = sheet(w, GRANT "each: {of: t}", THREE, "", NULL, &in);
	refused(w, OK, "", assess_thing_get(&w->facts, &s, S("I"), S("2"), &t, &w->err));
	assert_string_equal(t->key.p, "1:2");
	s = sheet(w, "points: 20, judge: deduct, from: 1, to: 2", THREE, "", NULL, &in);
	refused(w, ERR_INPUT, "judges no things one by one", assess_thing_get(&w->facts, &s, S("I"), S("2"), &t, &w->err));
}

/* ---- bad schemes ---- */

static void test_errors(void **state)
{
	static const struct {
		const char *item, *words;
	} t[] = {
		{"points: 2, each: {body: B01}, deduct: 1", "'each' of a body or of posts goes with 'judge' only"},
		{GRANT "each: B01", "'each' is {body: ID}"},
		{GRANT "each: {body: B01, of: t}", "'each' names one of body, posts and of"},
		{GRANT "each: {bdy: B01}", "unknown key 'bdy'"},
		{GRANT "each: {posts: []}", "'posts' is a list of codes"},
		{GRANT "each: {posts: [P9, P9]}", "stands twice"},
		{GRANT "each: {of: u}", "no record type 'u'"},
		{GRANT "each: {of: t, where: {clas: A}}", "did you mean 'class'?"},
		{GRANT "each: {body: B01}, self: own", "'self' goes with 'each' of records only"},
		{GRANT "each: {body: B01}, weigh: {field: heft}", "'weigh' goes with 'each' of records only"},
		{GRANT "weigh: {field: heft}", "'weigh' goes with 'each' of records only"},
		{"points: 2, share: Q, self: own", "'self' does not go with 'share'"},
		{GRANT "each: {of: t}, self: on", "did you mean 'own'?"},
		{GRANT "each: {of: t}, self: level", "field 'level' is no number"},
		{GRANT "each: {of: t}, weigh: {field: level}", "field 'level' is no number"},
		{GRANT "each: {of: t}, weigh: {field: lod, words: {K1: 1}}", "did you mean 'load'?"},
		{GRANT "each: {of: t}, weigh: {field: load, words: {K1: 0}}", "a weight is a number above 0"},
		{GRANT "each: {of: t}, weigh: {field: load, words: {K1: 1001}}", "at most 1000"},
		{GRANT "each: {of: t}, weigh: {field: class, words: {AA: 2}}", "field 'class' has no word 'AA'"},
		{GRANT "each: {of: t}, weigh: {rows: class, table: {A: {I: 1}}}", "a weight is {field: F, words"},
		{GRANT "each: {of: t}, weigh: {rows: class, columns: level, table: {D: {I: 1}}}", "field 'class' has no word 'D'"},
		{GRANT "each: {of: t}, weigh: {rows: level, columns: class, table: {I: {A: 1, E: 2}}}", "field 'class' has no word 'E'"},
		{GRANT "each: {of: t}, weigh: {rows: class, columns: level, table: {A: {I: -1}}}", "a weight is a number above 0"},
		{GRANT "each: {of: t}, weigh: {rows: class, columns: level, table: {A: 1}}", "a row of the table is a map"},
		{GRANT "each: {of: t}, weigh: [{field: heft}, {field: heft}, {field: heft}, {field: heft}]", "at most 3 weights"},
		/* held against the organisation */
		{GRANT "each: {body: B03}", "the organisation has no body 'B03'"},
		{GRANT "each: {body: counsil}", "did you mean 'council'?"},
		{GRANT "each: {posts: [P9, depoty]}", "did you mean 'deputy'?"},
	};
	struct world *w = *state;

	for (size_t i = 0; i < LEN(t); i++) {
		struct scheme s;

		if (scheme_read(&w->a, plan_of(w, t[i].item, false), &s, &w->err) == OK && assess_fits_org(&s, &w->org, &w->err) == OK)
			FLUNK("%s: taken", t[i].item);
		if (!strstr(w->err.text, t[i].words) || !strstr(w->err.text, "line 10, column "))
			FLUNK("%s: '%s' lacks '%s'", t[i].item, w->err.text, t[i].words);
		err_clear(&w->err);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_posts, setup, teardown),
		cmocka_unit_test_setup_teardown(test_records, setup, teardown),
		cmocka_unit_test_setup_teardown(test_lines, setup, teardown),
		cmocka_unit_test_setup_teardown(test_self, setup, teardown),
		cmocka_unit_test_setup_teardown(test_whatif, setup, teardown),
		cmocka_unit_test_setup_teardown(test_fits, setup, teardown),
		cmocka_unit_test_setup_teardown(test_errors, setup, teardown),
	};

	return cmocka_run_group_tests_name("assess_each", tests, NULL, NULL);
}
