/* Charts at their edges: one unit and two hundred, one duty and sixty, nothing but zeros, a million beside one, below
 * zero, names of forty characters. No text overlaps another or stands out, each chart has its figures as a table. */
#include "unit.h"
#include "chart_check.h"
#include "chart_kit.h"

static struct arena arena;

static const struct chart_opt small = {.width = 110 * 1000000, .height = 80 * 1000000, .text = 0};
static const struct chart_opt *const opts[] = {&chart_paper, &chart_page, &small};

static void check(const struct charts *c, const struct chart_opt *o, const char *what, uint32_t seed)
{
	struct drawing *whole = chart_whole(&arena, c);

	assert_true(c->n > 0);
	assert_non_null(c->table);
	for (size_t i = 0; i < c->n; i++) {
		check_texts(c->p[i], what, seed);
		check_shapes(c->p[i], o, what, seed);
	}
	if (!whole)                      /* two metres of it, in parts */
		return;
	check_texts(whole, what, seed);
	for (size_t i = 0; i < whole->n; i++)
		assert_int_equal(whole->shapes[i].link.n, 0);
}

static void sizes(void **state)
{
	static const size_t units[] = {1, 2, 12, 41, 200}, duties[] = {1, 2, 12, 60};

	for (size_t which = 0; which < MADE_KINDS; which++)
		for (size_t u = 0; u < LEN(units); u++)
			for (size_t d = 0; d < LEN(duties); d++)
				for (size_t o = 0; o < LEN(opts); o++) {
					struct chart_made m = {&arena, (uint32_t)(u * 7 + d), units[u], duties[d], d % 2, o % 2};
					struct charts c;

					if ((which == 2 && (units[u] > 12 || duties[d] > 5)) || (which >= 3 && duties[d] > 14))
						continue;
					c = made_chart(&m, which, opts[o]);
					check(&c, opts[o], made_names[which], (uint32_t)(units[u] * 100 + duties[d]));
					arena_reset(&arena);
				}
}

static void values(void **state)
{
	static const int64_t of[][3] = {{0, 0, 0}, {1000000000, 1000, 0}, {-5000, 3000, -1}, {1000000000000, -1000000000000, 1},
		{1, 2, 3}, {999999, 1000001, -999999}};
	static const char *const names[] = {"全", "中共云岭市青溪区委关于城乡社区治理和服务体系建设领导小组办公室及其下属事业单位综合科",
		"a name of more than forty letters, with marks – and so on"};

	for (size_t i = 0; i < LEN(of); i++)
		for (size_t n = 1; n <= 40; n = n * 3 + 1)
			for (size_t k = 1; k <= 3; k++)
				for (int form = 0; form < 5; form++) {
					struct chart_figures d = {.title = S("t"), .unit = i % 2 ? S("人次") : STR_NONE,
						.stack = form == 1 ? BARS_STACKED : BARS_GROUPED, .across = form == 2};
					const struct chart_opt *o = opts[(i + n + k) % LEN(opts)];
					struct charts c;

					d.names = (struct chart_labels){ARENA_ARRAY(&arena, struct chart_label, n), n, n};
					d.series = (struct chart_labels){ARENA_ARRAY(&arena, struct chart_label, k), k, k};
					d.values = ARENA_ARRAY(&arena, struct chart_value, n * k);
					for (size_t x = 0; x < n; x++)
						d.names.p[x].text = str_c(names[(x + i) % LEN(names)]);
					for (size_t x = 0; x < k; x++)
						d.series.p[x].text = str_c(names[(x + n) % LEN(names)]);
					for (size_t x = 0; x < n * k; x++)
						d.values[x].n = of[i][x % 3];
					c = form == 3 ? chart_ageing(&arena, &d, o)
						: form == 4 ? chart_lines(&arena, &d, o) : chart_bars(&arena, &d, o);
					check(&c, o, "values", (uint32_t)(i * 10000 + n * 100 + k * 10 + (size_t)form));
					assert_int_equal(c.table->rows.n, n);
					arena_reset(&arena);
				}
}

/* The table has everything that the drawing counts together or cuts. */
static void tables(void **state)
{
	struct chart_value v[] = {{.n = 1000, .link = S("/a")}, {.n = 2500}, {.none = true}, {.n = -1000}};
	struct chart_label names[] = {{.text = S("甲"), .link = S("/all")}, {.text = S("乙")}};
	struct chart_label series[] = {{.text = S("一")}, {.text = S("二")}};
	struct chart_figures d = {.title = S("t"), .corner = S("单位"), .sum = S("合计"), .names = {names, 2, 2},
		.series = {series, 2, 2}, .values = v, .stack = BARS_STACKED};
	struct charts c = chart_bars(&arena, &d, &chart_page);
	const struct chart_table *t = c.table;
	struct chart_made m = {&arena, 5, 5, 12, false, true};
	static const char *const cells[] = {"1", "2.5", "3.5", "", "-1", "0"};

	assert_int_equal(t->heads.n, 3);
	assert_true(str_is(t->corner, "单位") && str_is(t->heads.p[2].text, "合计"));
	for (size_t i = 0; i < LEN(cells); i++)
		assert_true(str_is(t->cells[i].text, cells[i]));
	assert_true(str_is(t->cells[0].link, "/a") && str_is(t->cells[2].link, "/all"));
	c = made_strip(&m, &chart_paper, 500);           /* drawn as a mark a month */
	assert_int_equal(c.table->rows.n, 500);
	for (size_t i = 0; i < 500; i++)
		assert_true(str_starts(c.table->cells[i * 2].link, S("/points/")));
	c = made_heat(&m, &chart_paper);
	assert_int_equal(c.table->rows.n, 6);
	assert_int_equal(c.table->heads.n, 13);
	c = made_matrix(&(struct chart_made){&arena, 1, 5, 5, false, true}, &chart_page);
	for (size_t i = 0; i < 25; i++)
		assert_true(str_starts(c.table->cells[i].link, S("/risks?field=")) && c.table->cells[i].text.n);
}

/* Where marks do not fit, the gravest stands for them. */
static void gravest(void **state)
{
	static const enum chart_mark order[] = {CHART_EXCUSED, CHART_UPCOMING, CHART_OPEN, CHART_MET, CHART_UNPROVED,
		CHART_LATE, CHART_DUE, CHART_MISSED};

	for (size_t i = 1; i < LEN(order); i++)
		assert_true(chart_mark_grave(order[i]) > chart_mark_grave(order[i - 1]));
	for (enum chart_mark m = CHART_BLUE; m <= CHART_RED; m++)
		assert_true(chart_mark_grave(m) > chart_mark_grave(m - 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(sizes), cmocka_unit_test(values), cmocka_unit_test(tables),
		cmocka_unit_test(gravest)};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	arena_free(&arena);
	return failed;
}
