/* Charts of made-up figures, of any size, for the tests of charts and to look at. */
#ifndef CHART_KIT_H
#define CHART_KIT_H

#include "doc/chart.h"

struct chart_made {
	struct arena *a;
	uint32_t seed;
	size_t rows, cols; /* names and series of figures */
	bool longer; /* labels that do not fit */
	bool linked;
};

static uint32_t made_rnd(struct chart_made *m, uint32_t n)
{
	m->seed = m->seed * 1664525 + 1013904223;
	return (m->seed >> 8) % n;
}

static struct chart_labels made_labels(struct chart_made *m, const char *const *words, size_t nwords, size_t n)
{
	struct chart_labels l = {.p = ARENA_ARRAY(m->a, struct chart_label, n), .n = n};

	for (size_t i = 0; i < n; i++) {
		struct str more = m->longer && made_rnd(m, 2) ? S("（城乡社区治理和服务体系建设）") : STR_NONE;

		l.p[i].text = n > nwords ? arena_printf(m->a, "%s%zu" STR_FMT, words[i % nwords], i + 1, STR_ARG(more))
					 : arena_printf(m->a, "%s" STR_FMT, words[i], STR_ARG(more));
		if (m->linked)
			l.p[i].link = arena_printf(m->a, "/rows/%zu", i);
	}
	return l;
}

static struct chart_labels made_units(struct chart_made *m, size_t n)
{
	static const char *const words[] = {"办公室", "组织部", "宣传部", "教育局", "文旅局", "石桥镇", "青溪街道", "云岭乡",
		"财政局", "民政局", "融媒体中心", "网信办"};

	return made_labels(m, words, LEN(words), n);
}

static struct chart_labels made_months(struct chart_made *m, size_t n)
{
	struct chart_labels l = {.p = ARENA_ARRAY(m->a, struct chart_label, n), .n = n};

	for (size_t i = 0; i < n; i++)
		l.p[i].text = n > 12 ? arena_printf(m->a, "%zu年%zu月", 2020 + i / 12, i % 12 + 1)
				     : arena_printf(m->a, "%zu月", i + 1);
	return l;
}

static struct chart_keys made_keys(struct chart_made *m)
{
	static const char *const words[CHART_MARKS] = {[CHART_MET] = "做到", [CHART_LATE] = "补做", [CHART_MISSED] = "未做",
		[CHART_UNPROVED] = "佐证不足", [CHART_DUE] = "将到期", [CHART_OPEN] = "在办", [CHART_UPCOMING] = "未到",
		[CHART_EXCUSED] = "免"};
	struct chart_keys keys = {0};

	for (enum chart_mark i = 0; i < CHART_MARKS; i++)
		if (words[i])
			*ARENA_PUSH(m->a, keys.p, keys.n, keys.cap) = (struct chart_key){i, str_c(words[i])};
	return keys;
}

static enum chart_mark made_mark(struct chart_made *m)
{
	static const enum chart_mark often[] = {CHART_MET, CHART_MET, CHART_MET, CHART_MET, CHART_MET, CHART_LATE,
		CHART_MISSED, CHART_OPEN, CHART_UPCOMING, CHART_UPCOMING, CHART_DUE, CHART_UNPROVED, CHART_EXCUSED,
		CHART_NONE, CHART_NONE};

	return often[made_rnd(m, LEN(often))];
}

static struct charts made_heat(struct chart_made *m, const struct chart_opt *o)
{
	struct chart_heat d = {.title = S("单位与事项"), .desc = S("各单位每项责任做到的情况"),
		.rows = made_units(m, m->rows), .keys = made_keys(m)};

	d.cols = (struct chart_labels){.p = ARENA_ARRAY(m->a, struct chart_label, m->cols), .n = m->cols};
	d.cells = ARENA_ARRAY(m->a, struct chart_cell, m->rows * m->cols);
	d.row_sums = ARENA_ARRAY(m->a, struct str, m->rows);
	d.col_sums = ARENA_ARRAY(m->a, struct str, m->cols);
	for (size_t k = 0; k < m->cols; k++) {
		d.cols.p[k].text = arena_printf(m->a, m->longer ? "A%02zu 意识形态专题会商" : "A%02zu", k + 1);
		d.col_sums[k] = arena_printf(m->a, "%u/%zu", made_rnd(m, (uint32_t)m->rows + 1), m->rows);
	}
	for (size_t i = 0; i < m->rows; i++)
		d.row_sums[i] = arena_printf(m->a, "%u/%zu", made_rnd(m, (uint32_t)m->cols + 1), m->cols);
	for (size_t i = 0; i < m->rows * m->cols; i++) {
		d.cells[i].mark = made_mark(m);
		d.cells[i].title = arena_printf(m->a, "cell %zu", i);
		if (m->linked)
			d.cells[i].link = arena_printf(m->a, "/cells/%zu?a=1&b=2", i);
	}
	return chart_heat(m->a, &d, o);
}

static struct charts made_strip(struct chart_made *m, const struct chart_opt *o, size_t npoints)
{
	struct chart_strip d = {.title = S("全年"), .desc = S("到期与做到"), .rows = made_units(m, m->rows),
		.periods = made_months(m, m->cols), .npoints = npoints, .keys = made_keys(m)};

	d.points = ARENA_ARRAY(m->a, struct chart_point, npoints);
	for (size_t i = 0; i < npoints; i++) {
		d.points[i] = (struct chart_point){.row = made_rnd(m, (uint32_t)m->rows),
			.at = (int32_t)made_rnd(m, (uint32_t)m->cols * 1000), .mark = made_mark(m),
			.title = arena_printf(m->a, "point %zu", i)};
		if (m->linked)
			d.points[i].link = arena_printf(m->a, "/points/%zu", i);
	}
	return chart_strip(m->a, &d, o);
}

static struct charts made_matrix(struct chart_made *m, const struct chart_opt *o)
{
	static const char *const levels[] = {"低", "较低", "一般", "较大", "重大"};
	static const char *const much[] = {"很高", "高", "中", "低", "很低"};
	struct chart_matrix d = {.title = S("风险矩阵"), .desc = S("可能性与影响"), .across = S("影响程度"),
		.upwards = S("可能性"), .rows = made_labels(m, much, LEN(much), m->rows),
		.cols = made_labels(m, much, LEN(much), m->cols)};

	d.fields = ARENA_ARRAY(m->a, struct chart_field, m->rows * m->cols);
	for (size_t i = 0; i < m->rows * m->cols; i++) {
		size_t level = (i % m->cols + (m->rows - 1 - i / m->cols)) * 4 / MAX(m->rows + m->cols - 2, (size_t)1);
		uint32_t n = made_rnd(m, 6);

		d.fields[i] = (struct chart_field){.mark = CHART_GREEN + (enum chart_mark)level,
			.word = str_c(levels[level]), .current = i == 3, .title = arena_printf(m->a, "field %zu", i)};
		if (n)
			d.fields[i].count = arena_printf(m->a, "%u", n);
		if (m->linked)
			d.fields[i].link = arena_printf(m->a, "/risks?field=%zu", i);
	}
	return chart_matrix(m->a, &d, o);
}

static struct chart_figures made_figures(struct chart_made *m, bool months, int64_t most)
{
	struct chart_figures d = {.title = S("报送信息"), .desc = S("各月条数"), .unit = S("条"),
		.names = months ? made_months(m, m->rows) : made_units(m, m->rows), .series = made_units(m, m->cols)};

	d.values = ARENA_ARRAY(m->a, struct chart_value, m->rows * m->cols);
	for (size_t i = 0; i < m->rows * m->cols; i++) {
		d.values[i] = (struct chart_value){.n = (int64_t)made_rnd(m, (uint32_t)most + 1) * 1000,
			.none = made_rnd(m, 20) == 0, .title = arena_printf(m->a, "value %zu", i)};
		if (m->linked)
			d.values[i].link = arena_printf(m->a, "/values/%zu", i);
	}
	return d;
}

static inline struct charts made_bars(
	struct chart_made *m, const struct chart_opt *o, enum chart_stack stack, bool months, bool across)
{
	struct chart_figures d = made_figures(m, months, 40);

	d.stack = stack;
	d.across = across;
	return chart_bars(m->a, &d, o);
}

static inline struct charts made_states(struct chart_made *m, const struct chart_opt *o)
{
	static const enum chart_mark marks[] = {CHART_MET, CHART_LATE, CHART_MISSED, CHART_OPEN};
	static const char *const words[] = {"做到", "补做", "未做", "在办"};
	struct chart_figures d;

	m->cols = LEN(marks);
	d = made_figures(m, false, 12);
	d.series = made_labels(m, words, LEN(words), LEN(words));
	d.marks = marks;
	d.stack = BARS_STACKED;
	d.across = true;
	return chart_bars(m->a, &d, o);
}

static inline struct charts made_ageing(struct chart_made *m, const struct chart_opt *o)
{
	static const char *const bands[] = {"7天内", "8—30天", "31—90天", "91—180天", "半年以上"};
	struct chart_figures d;

	m->cols = LEN(bands);
	d = made_figures(m, false, 9);
	d.series = made_labels(m, bands, LEN(bands), LEN(bands));
	return chart_ageing(m->a, &d, o);
}

static inline struct charts made_lines(struct chart_made *m, const struct chart_opt *o)
{
	struct chart_figures d = made_figures(m, true, 60);

	return chart_lines(m->a, &d, o);
}

/* One of each kind: which < MADE_KINDS. */
enum { MADE_KINDS = 10 };
static const char *const made_names[MADE_KINDS] = {
	"heat", "strip", "matrix", "bars", "stacked", "lying", "states", "ageing", "lines", "dense"};
static inline struct charts made_chart(struct chart_made *m, size_t which, const struct chart_opt *o)
{
	switch (which) {
	case 0:
		return made_heat(m, o);
	case 1:
		return made_strip(m, o, m->rows * m->cols * 2 / 3);
	case 2:
		return made_matrix(m, o);
	case 3:
		return made_bars(m, o, BARS_GROUPED, true, false);
	case 4:
		return made_bars(m, o, BARS_STACKED, true, false);
	case 5:
		return made_bars(m, o, BARS_GROUPED, false, true);
	case 6:
		return made_states(m, o);
	case 7:
		return made_ageing(m, o);
	case 8:
		return made_lines(m, o);
	default:
		return made_strip(m, o, m->rows * m->cols * 12);
	}
}

#endif
