/* The grid against a slow count of slots, one by one, from lists of days. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "duty/grid.h"
#include "scheme/period.h"

#include <stdlib.h>

static uint32_t seed = 1;

static int32_t below(int32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (int32_t)((seed >> 8) % (uint32_t)n);
}

static struct date day(int y, int m, int d)
{
	struct date out;

	assert_true(date_make(y, m, d, &out));
	return out;
}

/* The periods of a year: the first word of its span. */
static size_t expand(const char *span, int year, int32_t grace, struct grid_period *out)
{
	struct span_rule r;
	size_t n = 0;

	assert_true(span_read(str_c(span), &r));
	for (struct stretch s = span_at(&r, day(year, 1, 1)); s.first.n <= day(year, 12, 31).n; s = span_next(&r, &s))
		out[n++] = (struct grid_period){s.first, s.last, {s.last.n + grace}};
	return n;
}

enum { RULES = 7, UNITS = 600, DAYS = 20, MANY = 9000 };

static const struct {
	const char *span;
	int enough;
	int32_t grace;
	bool late;
} rules_of[RULES] = {
	{"month", 1, 0, false}, {"quarter", 3, 0, false}, {"year", 2, 0, false}, {"week", 1, 0, false},
	{"day", 1, 0, false}, {"month", 1, 5, true}, {"half", 2, 0, false},
};

struct kept {
	struct date days[DAYS];
	size_t n;
};

static struct kept records[RULES][UNITS][GRID_PERIODS];

static int by_day(const void *a, const void *b)
{
	const struct date *x = a, *y = b;

	return (x->n > y->n) - (x->n < y->n);
}

/* The slot of a period as of a day, from the list of its records: -1 pending, 0 met, 1 late, 2 missed. */
static int slowly(const struct grid_rule *r, const struct grid_period *p, struct kept k, struct date on)
{
	struct date done = DATE_NONE;
	size_t n = 0;

	qsort(k.days, k.n, sizeof *k.days, by_day);
	for (size_t i = 0; i < k.n && !date_is(done); i++)
		if (k.days[i].n <= on.n && ++n == (size_t)r->enough)
			done = k.days[i];
	if (date_is(done))
		return r->late && done.n > p->due.n;
	return p->due.n <= on.n ? 2 : -1;
}

static void compare(const struct grid *g, const struct grid_rule *rules, size_t units, struct date on)
{
	static uint8_t worst[UNITS], want_worst[UNITS];
	static uint16_t missed[UNITS], want_missed[UNITS];
	struct grid_sum sums[RULES], want[RULES] = {0};

	memset(want_worst, 0, sizeof want_worst);
	memset(want_missed, 0, sizeof want_missed);
	for (size_t i = 0; i < RULES; i++) {
		for (size_t u = 0; u < units; u++) {
			bool any = false;

			for (size_t p = 0; p < rules[i].n; p++) {
				int is = slowly(&rules[i], &rules[i].periods[p], records[i][u][p], on);

				*(is < 0 ? &want[i].pending : is == 0 ? &want[i].met : is == 1 ? &want[i].late
					: &want[i].missed) += 1;
				any |= is == 2;
				want_missed[u] = (uint16_t)(want_missed[u] + (is == 2));
				want_worst[u] = MAX(want_worst[u], (uint8_t)(is + 1));
			}
			want[i].units_missed += any;
		}
	}
	grid_on(g, on, sums, worst, missed);
	for (size_t i = 0; i < RULES; i++) {
		assert_int_equal(sums[i].met, want[i].met);
		assert_int_equal(sums[i].late, want[i].late);
		assert_int_equal(sums[i].missed, want[i].missed);
		assert_int_equal(sums[i].pending, want[i].pending);
		assert_int_equal(sums[i].units_missed, want[i].units_missed);
	}
	assert_memory_equal(worst, want_worst, units);
	assert_memory_equal(missed, want_missed, units * sizeof *missed);
}

static void make_rules(int year, struct grid_rule *rules)
{
	static struct grid_period periods[RULES][GRID_PERIODS];

	for (size_t i = 0; i < RULES; i++)
		rules[i] = (struct grid_rule){periods[i],
			expand(rules_of[i].span, year, rules_of[i].grace, periods[i]), rules_of[i].enough,
			rules_of[i].late};
}

/* Records at random, in any order; some cells written anew after one was taken back. */
static void fill(struct grid *g, const struct grid_rule *rules, size_t units, int n)
{
	for (int i = 0; i < n; i++) {
		size_t r = (size_t)below(RULES), u = (size_t)below((int32_t)units), p = (size_t)below((int32_t)rules[r].n);
		const struct grid_period *of = &rules[r].periods[p];
		struct kept *k = &records[r][u][p];
		struct date d = {of->first.n + below(of->last.n - of->first.n + 1)};

		if (k->n == DAYS || (k->n && below(10) == 0)) {
			k->n--;
			grid_set(g, r, u, p, k->days, k->n);
			continue;
		}
		if (rules[r].late && below(2)) {
			d.n += below(40);
			grid_put(g, r, u, p, d);
		} else {
			grid_add(g, r, u, d);
		}
		k->days[k->n++] = d;
	}
}

static void test_against_a_slow_count(void **state)
{
	static const size_t sizes[] = {1, 255, 256, 257, UNITS};
	struct grid_rule rules[RULES];

	for (int year = 1996; year <= 2000; year++) {
		size_t units = sizes[year - 1996];
		CLEANUP(grid_free) struct grid *g = NULL;

		make_rules(year, rules);
		g = grid_new(rules, RULES, units);
		memset(records, 0, sizeof records);
		compare(g, rules, units, day(year, 7, 1));       /* nothing was done */
		fill(g, rules, units, (int)units * 400);
		for (int i = 0; i < 12; i++)
			compare(g, rules, units, (struct date){day(year, 1, 1).n - 10 + below(400)});
		compare(g, rules, units, day(year, 12, 31));
	}
}

static void test_one_cell(void **state)
{
	struct grid_rule rules[RULES];
	CLEANUP(grid_free) struct grid *g = NULL;

	make_rules(2022, rules);
	g = grid_new(rules, RULES, 3);
	assert_false(date_is(grid_done(g, 1, 2, 0)));
	grid_add(g, 1, 2, day(2022, 3, 9));
	grid_add(g, 1, 2, day(2022, 1, 4));
	assert_false(date_is(grid_done(g, 1, 2, 0)));    /* three are asked for */
	grid_add(g, 1, 2, day(2022, 2, 2));
	assert_int_equal(grid_done(g, 1, 2, 0).n, day(2022, 3, 9).n);
	grid_add(g, 1, 2, day(2022, 1, 1));              /* entered late: there were enough before */
	assert_int_equal(grid_done(g, 1, 2, 0).n, day(2022, 2, 2).n);
	grid_add(g, 1, 2, day(2023, 1, 1));              /* of no period of the year */
	grid_add(g, 1, 2, day(2021, 12, 31));
	assert_int_equal(grid_done(g, 1, 2, 0).n, day(2022, 2, 2).n);
	assert_false(date_is(grid_done(g, 1, 1, 0)));
}

/* The same from grid_done, cell by cell, where there are several tiles and the last is not full. */
static void compare_cells(const struct grid *g, const struct grid_rule *rules, size_t nrules, size_t units,
	struct date on)
{
	static uint8_t worst[MANY], want_worst[MANY];
	static uint16_t missed[MANY], want_missed[MANY];
	struct grid_sum sums[RULES], want[RULES] = {0};

	memset(want_worst, 0, sizeof want_worst);
	memset(want_missed, 0, sizeof want_missed);
	for (size_t i = 0; i < nrules; i++)
		for (size_t u = 0; u < units; u++) {
			bool any = false;

			for (size_t p = 0; p < rules[i].n; p++) {
				struct date done = grid_done(g, i, u, p);
				bool is = date_is(done) && done.n <= on.n, due = rules[i].periods[p].due.n <= on.n;
				bool late = is && rules[i].late && done.n > rules[i].periods[p].due.n;

				*(late ? &want[i].late : is ? &want[i].met : due ? &want[i].missed
					: &want[i].pending) += 1;
				any |= !is && due;
				want_missed[u] = (uint16_t)(want_missed[u] + (!is && due));
				want_worst[u] = MAX(want_worst[u], (uint8_t)(late ? 2 : is ? 1 : due ? 3 : 0));
			}
			want[i].units_missed += any;
		}
	grid_on(g, on, sums, worst, missed);
	assert_memory_equal(sums, want, nrules * sizeof *sums);
	assert_memory_equal(worst, want_worst, units);
	assert_memory_equal(missed, want_missed, units * sizeof *missed);
	grid_on(g, on, sums, NULL, NULL);
	assert_memory_equal(sums, want, nrules * sizeof *sums);
}

static void test_many_tiles(void **state)
{
	static const size_t of[] = {0, 1, 5, 6};         /* of rules_of: narrow, wide, late, several asked for */
	struct grid_rule all[RULES], rules[LEN(of)];
	CLEANUP(grid_free) struct grid *g = NULL;

	make_rules(2024, all);
	for (size_t i = 0; i < LEN(of); i++)
		rules[i] = all[of[i]];
	g = grid_new(rules, LEN(of), MANY);
	for (int i = 0; i < 8 * MANY; i++) {
		size_t r = (size_t)below(LEN(of)), u = (size_t)below(MANY), p = (size_t)below((int32_t)rules[r].n);
		struct date d = {rules[r].periods[p].first.n + below(31)};

		if (below(12) == 0)
			grid_set(g, r, u, p, &d, (size_t)below(2));
		else if (rules[r].late)
			grid_put(g, r, u, p, (struct date){d.n + below(60)});
		else
			grid_add(g, r, u, d);
	}
	for (int i = 0; i < 24; i++)
		compare_cells(g, rules, LEN(of), MANY, (struct date){day(2024, 1, 1).n - 10 + below(400)});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_against_a_slow_count),
		cmocka_unit_test(test_one_cell),
		cmocka_unit_test(test_many_tiles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
