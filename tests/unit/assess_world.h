/* What tests of assessments share: a small scheme, three towns, a sheet made of an assess: text and some records. */
#ifndef TESTS_ASSESS_WORLD_H
#define TESTS_ASSESS_WORLD_H

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

/* Q: a meeting each quarter; T: one of each town each half; B: a paper by 15 March, late counts; N: two notices a year. */
static const char HEAD[] =
	"zeren: 1\n"
	"scheme: hand\n"
	"title: By hand\n"
	"records:\n"
	"  m: {about: meeting, title: M, fields: {date: date, kind: choice, unit: unit}}\n"
	"  f: {about: finding, title: F, fields: {date: date, how: choice, again: flag, again2: choice, n: number, unit: unit}}\n"
	"  g: {about: plan, title: G, fields: {date: date, value: number}}\n"
	"duties:\n"
	"  - {id: Q, title: Quarterly, owner: \"post:boss\", points: 4, need: {each: quarter, take: {of: m, where: {kind: q}}}}\n"
	"  - {id: T, title: Towns, owner: \"each unit:town\", points: 3, score: {deduct: 0.5, per: owner_with_miss},\n"
	"     need: {each: half, take: {of: m, where: {kind: t, unit: {is: $owner}}}}}\n"
	"  - {id: B, title: Paper, owner: \"post:boss\", points: 2, need: {by: 03-15, late: counts, take: {of: m, where: {kind: b}}}}\n"
	"  - {id: N, title: Notices, owner: \"post:boss\", points: 2, need: {count: 2, per: year, take: {of: m, where: {kind: n}}}}\n"
	"figures:\n"
	"  found: {count: f}\n"
	"  \"found.{unit}\": {count: f}\n"
	"  value: {of: g, last: value}\n";

static const char ORG[] =
	"{\"units\":[{\"id\":\"U1\",\"name\":\"north\",\"short\":\"n\",\"kind\":\"town\"},"
	"{\"id\":\"U2\",\"name\":\"south\",\"short\":\"s\",\"kind\":\"town\"},"
	"{\"id\":\"U3\",\"name\":\"east\",\"short\":\"e\",\"kind\":\"town\"}],"
	"\"posts\":[{\"id\":\"P3\",\"name\":\"boss\",\"role\":\"head\"}],"
	"\"goals\":{\"all\":3,\"towns\":{\"n\":2,\"south\":\"0.5\",\"else\":1}}}";

struct world {
	struct arena a;
	struct err err;
	struct org org;
};

static inline int setup(void **state)
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

static inline int teardown(void **state)
{
	struct world *w = *state;

	arena_free(&w->a);
	free(w);
	return 0;
}

/* "m 2022-01-05 kind=q unit=north; f 2022-02-01 how=hidden n=2" */
static inline struct node *records_of(struct arena *a, const char *text)
{
	struct node *list = node_list(a);
	struct str rest = str_c(text), one;

	while (str_cut(&rest, S(";"), &one)) {
		struct node *map = node_map(a);
		struct str type, word, key;

		one = str_trim(one);
		if (!one.n)
			continue;
		str_cut(&one, S(" "), &type);
		node_set(a, map, S("type"), node_str(a, type));
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

/* ---- one sheet ---- */

struct made {
	struct scheme scheme;
	struct facts facts;
	struct figures figures;
	struct assess_sheet sheet;
};

static inline struct made *make(struct world *w, const char *assess, const char *records, const char *on, const char *unit,
	const struct assess_inputs *in)
{
	struct made *m = ARENA_NEW(&w->a, struct made);
	struct date day;

	if (scheme_read(&w->a, arena_printf(&w->a, "%s%s", HEAD, assess), &m->scheme, &w->err) != OK)
		FLUNK("%s: %s", assess, w->err.text);
	if (!date_parse(str_c(on), &day))
		FLUNK("no day %s", on);
	if (kit_facts(&w->a, &m->scheme, &w->org, 2022, records_of(&w->a, records), &m->facts, &w->err) != OK ||
		figures_on(&m->facts, day, &m->figures, &w->err) != OK)
		FLUNK("%s: %s", records, w->err.text);
	assess_on(&m->facts, &m->figures, unit ? org_unit(&w->org, str_c(unit)) : NULL, in, NULL, 0, &m->sheet);
	assert_true(assess_sheet_sound(&m->sheet));
	return m;
}

static inline struct str got(struct world *w, int64_t v)
{
	return thousandths_text(&w->a, v);
}

static inline void is(struct world *w, const char *what, const char *want, int64_t v)
{
	if (!str_is(got(w, v), want))
		FLUNK("%s: " STR_FMT ", not %s", what, STR_ARG(got(w, v)), want);
}

#define END "2022-12-31", NULL
#define Q3 "m 2022-01-01 kind=q; m 2022-04-01 kind=q; m 2022-07-01 kind=q"

#endif
