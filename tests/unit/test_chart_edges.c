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

/* ---- what a chart says ---- */

static bool fraction_in(const struct charts *c)
{
	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < c->p[i]->n; k++)
			if (c->p[i]->shapes[k].kind == SHAPE_TEXT && str_has(c->p[i]->shapes[k].text, S(".")))
				return true;
	return false;
}

/* Of counts no axis has fractions; of values with fractions it may. */
static void axes_of_counts(void **state)
{
	static struct chart_value v[2];
	struct chart_label names[] = {{.text = S("一月")}, {.text = S("二月")}}, series[] = {{.text = STR_NONE}};
	struct chart_figures d = {.title = S("次数"), .names = {names, 2, 2}, .series = {series, 1, 1}, .values = v};

	for (int64_t most = 0; most <= 7; most++) {
		v[1].n = most * 1000;
		for (int kind = 0; kind < 4; kind++) {
			struct charts c;

			d.across = kind == 1;
			c = kind == 2 ? chart_lines(&arena, &d, &chart_paper)
			    : kind == 3 ? chart_ageing(&arena, &d, &chart_paper) : chart_bars(&arena, &d, &chart_paper);
			assert_false(fraction_in(&c));
		}
	}
	v[1].n = 400;
	assert_true(fraction_in((struct charts[]){chart_bars(&arena, &d, &chart_paper)}));
}

static size_t said(const struct drawing *d, const char *text)
{
	size_t n = 0;

	for (size_t i = 0; i < d->n; i++)
		n += d->shapes[i].kind == SHAPE_TEXT && str_is(d->shapes[i].text, text);
	return n;
}

/* A legend has the states of its drawing, in the order it was given, and no others. */
static void legends(void **state)
{
	struct chart_key keys[] = {{CHART_MET, S("做到")}, {CHART_LATE, S("补做")}, {CHART_MISSED, S("未做")},
		{CHART_OPEN, S("在办")}};
	struct chart_label rows[60] = {0}, cols[] = {{.text = S("A01")}};
	struct chart_cell cells[60] = {0};
	struct chart_heat h = {.title = S("单位"), .rows = {rows, LEN(rows), LEN(rows)}, .cols = {cols, 1, 1},
		.cells = cells, .keys = {keys, LEN(keys), LEN(keys)}};
	struct chart_point points[] = {{.row = 0, .at = 500, .mark = CHART_OPEN}, {.row = 0, .at = 900, .mark = CHART_MET}};
	struct chart_strip s = {.title = S("全年"), .rows = {rows, 1, 1}, .periods = {cols, 1, 1}, .points = points,
		.npoints = LEN(points), .keys = {keys, LEN(keys), LEN(keys)}};
	struct charts c;

	for (size_t i = 0; i < LEN(rows); i++) {
		rows[i].text = arena_printf(&arena, "单位%zu", i + 1);
		cells[i].mark = i ? CHART_MET : CHART_MISSED;
	}
	c = chart_heat(&arena, &h, &chart_paper);
	assert_true(c.n > 1);
	assert_int_equal(said(c.p[0], "未做"), 1);
	for (size_t i = 0; i < c.n; i++) {
		assert_int_equal(said(c.p[i], "做到"), 1);
		assert_int_equal(said(c.p[i], "补做") + said(c.p[i], "在办"), 0);
		assert_int_equal(said(c.p[i], "未做"), i == 0);
	}
	c = chart_strip(&arena, &s, &chart_paper);
	assert_int_equal(said(c.p[0], "做到") + said(c.p[0], "在办"), 2);
	assert_int_equal(said(c.p[0], "补做") + said(c.p[0], "未做"), 0);
}

/* Ninety units with all duties of a scheme: each unit is on paper, in no more drawings than the least texts ask for. */
static void many_units(void **state)
{
	struct chart_made m = {&arena, 7, 90, 26, false, false};
	struct charts c = made_heat(&m, &chart_paper), lying = made_heat(&m, &chart_lying);
	size_t units = 0;

	assert_in_range(c.n, 2, 5);
	assert_in_range(lying.n, 2, 5);
	for (size_t i = 0; i < c.n; i++) {
		assert_int_equal(said(c.p[i], "A01") + said(c.p[i], "A26"), 2); /* heads on each */
		for (size_t k = 0; k < m.rows; k++)
			units += said(c.p[i], c.table->rows.p[k].text.p) > 0;
	}
	assert_int_equal(units, m.rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(sizes), cmocka_unit_test(values), cmocka_unit_test(tables),
		cmocka_unit_test(gravest),
		cmocka_unit_test(axes_of_counts), cmocka_unit_test(legends), cmocka_unit_test(many_units)};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	arena_free(&arena);
	return failed;
}
