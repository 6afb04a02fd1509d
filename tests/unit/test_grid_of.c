/* A grid made from a scheme says the same as duty_on of every unit; records that arrive one by one lead to the same. */
#include "unit.h"

#include "duty/grid_of.h"
#include "duty_kit.h"
#include "text/json.h"

static const char SCHEME[] =
	"zeren: 1\nscheme: g\ntitle: g\ncalendar: none\n"
	"records:\n"
	"  item: {about: submission, title: Items, fields: {date: date, unit: unit, kind: choice, n: number}}\n"
	"duties:\n"
	"  - {id: A, title: a, owner: each unit:town, need: {each: month, take: {of: item, where: {unit: $owner, kind: x}}}}\n"
	"  - {id: B, title: b, owner: each unit:town, need: {each: quarter, enough: 3, take: {of: item, where: {unit: $owner}}}}\n"
	"  - {id: C, title: c, owner: office, need: {for_each: \"units:town\", each: week, from: 03-01, to: 11-30,"
	" take: {of: item, where: {unit: $each, n: {over: 2}}}}}\n"
	"  - {id: D, title: d, owner: each unit:town, needs: [{each: half, enough: 4, take: {of: item, where: {unit: $owner, kind: [x, y]}}},"
	" {each: year, enough: 9, take: {of: item, where: {unit: $owner}}}]}\n"
	"  - {id: E, title: e, owner: each unit:town, need: {count: 2, per: year, take: {of: item, where: {unit: $owner}}}}\n"
	"  - {id: F, title: f, owner: each unit:village, need: {each: year, take: {of: item, where: {unit: $owner}}}}\n"
	"  - {id: G, title: g, owner: each unit:town, need: {each: day, days: working, from: 06-01, to: 06-30,"
	" take: {of: item, where: {unit: $owner}}}}\n";

enum { TOWNS = 20, RECORDS = 900 };

static uint32_t seed = 11;

static int below(int n)
{
	seed = seed * 1664525u + 1013904223u;
	return (int)((seed >> 8) % (uint32_t)n);
}

static struct str org_text(struct arena *a)
{
	struct str s = arena_printf(a, "{\"units\":[{\"id\":\"O\",\"name\":\"Office\",\"kind\":\"office\"}");

	for (int i = 0; i < TOWNS; i++)
		s = arena_printf(a, STR_FMT ",{\"id\":\"T%d\",\"name\":\"Town %d\",\"short\":\"t%d\",\"kind\":\"%s\"}", STR_ARG(s), i, i,
			i, i % 5 == 4 ? "village" : "town");
	return arena_printf(a, STR_FMT "],\"posts\":[],\"portfolios\":[]}", STR_ARG(s));
}

static struct str records_text(struct arena *a, int n)
{
	struct str s = S("[");

	for (int i = 0; i < n; i++)
		s = arena_printf(a, STR_FMT "%s{\"type\":\"item\",\"date\":\"20%02d-%02d-%02d\",\"unit\":\"%s%d\",\"kind\":\"%s\",\"n\":%d}",
			STR_ARG(s), i ? "," : "", below(20) ? 22 : 21 + below(3), 1 + below(12), 1 + below(28),
			below(2) ? "Town " : "t", below(TOWNS + 1), below(3) ? "x" : below(2) ? "y" : "z", below(6));
	return arena_printf(a, STR_FMT "]", STR_ARG(s));
}

static void facts_of_text(struct arena *a, const struct scheme *s, struct org *org, struct str records, struct facts *out)
{
	struct err err = {0};
	struct node *tree, *list;

	assert_int_equal(json_read(a, org_text(a), (struct json_opt){0}, &tree, &err), OK);
	kit_org(a, tree, org);
	assert_int_equal(json_read(a, records, (struct json_opt){0}, &list, &err), OK);
	assert_int_equal(kit_facts(a, s, org, 2022, list, out, &err), OK);
}

/* The slots of a need that are of a unit. */
static void compare(struct facts *f, const struct grid_of *g, struct date on)
{
	struct grid_sum *sums = ARENA_ARRAY(f->arena, struct grid_sum, g->n);

	grid_on(g->grid, on, sums, NULL, NULL);
	for (size_t i = 0; i < g->n; i++) {
		struct duty one = *g->duties[i];
		struct duty_state s;

		one.needs = (struct need *)g->needs[i];
		one.nneeds = 1;
		duty_on(f, &one, on, (struct figure_source){0}, &s);
		assert_int_equal(sums[i].met, s.met);
		assert_int_equal(sums[i].late, s.late);
		assert_int_equal(sums[i].missed, s.missed);
		assert_int_equal(sums[i].pending, s.pending);
	}
}

static void test_as_duty_on(void **state)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct err err = {0};
	struct scheme s;

	if (scheme_read(&a, str_c(SCHEME), &s, &err) != OK)
		_fail(err.text, 0);
	for (int round = 0; round < 8; round++) {
		CLEANUP(grid_of_done) struct grid_of g = {0}, later = {0};
		struct str records = records_text(&a, RECORDS);
		struct facts all;
		struct org org;

		facts_of_text(&a, &s, &org, records, &all);
		grid_of_facts(&all, S("town"), &g);
		assert_int_equal(g.n, 6);        /* A B C, both of D, G; not E, which counts, nor F, of others */
		assert_true(grid_of_has(&g, scheme_duty(&s, S("D"))));
		assert_false(grid_of_has(&g, scheme_duty(&s, S("E"))));
		assert_int_equal(g.nunits, TOWNS * 4 / 5);
		for (int i = 0; i < 30; i++) {
			struct date on;

			date_make(2022, 1, 1, &on);
			on.n += below(370);
			compare(&all, &g, on);
		}
		/* the same records, arriving one by one in any order */
		grid_of_empty(&all, S("town"), &later);
		for (size_t i = all.n; i-- > 0;)
			grid_of_add(&later, &all, &facts_of(&all, scheme_type(&s, S("item")))->p[i]);
		for (int i = 0; i < 10; i++) {
			struct date on;

			date_make(2022, 1, 1, &on);
			on.n += below(370);
			compare(&all, &later, on);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_as_duty_on)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
