/* Lines of several series over points of time, each with its name at its end. */
#include "doc/chart_in.h"

#include <stdlib.h>

struct end { /* of a line: where its name stands */
	size_t k;
	int32_t y, at;
};

struct lines {
	struct chart c;
	const struct chart_figures *d;
	size_t first, n;
	struct chart_axis axis;
	int32_t left, top, wide, high, label;
	struct end ends[CHART_SERIES];
};

static const struct chart_value *value(const struct lines *l, size_t name, size_t k)
{
	return &l->d->values[name * l->d->series.n + l->first + k];
}

static int32_t x_of(const struct lines *l, size_t i)
{
	size_t n = l->d->names.n;

	return n > 1 ? l->left + (int32_t)((int64_t)l->wide * (int64_t)i / (int64_t)(n - 1)) : l->left + l->wide / 2;
}

static int32_t y_of(const struct lines *l, int64_t v)
{
	return l->top + l->high - chart_at(&l->axis, v, l->high);
}

/* Filled: disc, square, diamond; hollow: the same. */
static void dot(struct lines *l, size_t k, int32_t x, int32_t y, const struct chart_value *v)
{
	struct drawing *d = l->c.d;
	int32_t r = l->c.em * 3 / 10;
	struct shape *s;

	if (k % 3 == 0) {
		s = drawing_circle(d, x, y, r);
	} else if (k % 3 == 1) {
		s = drawing_rect(d, x - r * 9 / 10, y - r * 9 / 10, r * 9 / 5, r * 9 / 5);
	} else {
		s = drawing_path(d);
		path_move(d, s, x, y - r * 5 / 4);
		path_line(d, s, x + r * 5 / 4, y);
		path_line(d, s, x, y + r * 5 / 4);
		path_line(d, s, x - r * 5 / 4, y);
		path_close(d, s);
	}
	s->filled = s->stroked = true;
	s->fill = k < 3 ? chart_series_tone(k).ink : CHART_PAPER;
	s->stroke = chart_series_tone(k).ink;
	s->line = 2 * l->c.hair;
	s->name = arena_printf(l->c.a, "dot%s series-%zu", k < 3 ? "" : " hollow", k + 1);
	s->link = v->link;
	s->title = v->title;
}

static void line(struct lines *l, size_t k)
{
	static const int32_t dashes[CHART_SERIES] = {0, 6, 2, 9, 4, 1};
	struct drawing *d = l->c.d;
	struct shape *s = drawing_path(d);
	bool on = false;

	s->stroked = true;
	s->stroke = chart_series_tone(k).ink;
	s->line = 3 * l->c.hair;
	s->dash = dashes[k] * 2 * l->c.hair;
	s->name = arena_printf(l->c.a, "series-%zu", k + 1);
	for (size_t i = 0; i < l->d->names.n; i++) {
		const struct chart_value *v = value(l, i, k);

		if (!v->none)
			(on ? path_line : path_move)(d, s, x_of(l, i), y_of(l, v->n));
		on = !v->none;
	}
	for (size_t i = 0; i < l->d->names.n; i++)
		if (!value(l, i, k)->none)
			dot(l, k, x_of(l, i), y_of(l, value(l, i, k)->n), value(l, i, k));
}

static int by_height(const void *pa, const void *pb)
{
	const struct end *a = pa, *b = pb;

	return a->y != b->y ? (a->y > b->y) - (a->y < b->y) : (a->k > b->k) - (a->k < b->k);
}

/* Names do not touch: pushed down from the top, then up from the bottom. */
static void settle(struct lines *l)
{
	int32_t step = l->c.em * 12 / 10, floor = l->top + l->high;

	qsort(l->ends, l->n, sizeof *l->ends, by_height);
	for (size_t i = 0; i < l->n; i++)
		l->ends[i].at = i ? MAX(l->ends[i].y, l->ends[i - 1].at + step) : l->ends[i].y;
	for (size_t i = l->n; i-- > 0;) {
		l->ends[i].at = MIN(l->ends[i].at, floor);
		floor = l->ends[i].at - step;
	}
}

static void put_names(struct lines *l)
{
	struct chart *c = &l->c;
	int32_t x = l->left + l->wide;

	for (size_t k = 0; k < l->n; k++) {
		int32_t y = l->top + l->high;

		for (size_t i = 0; i < l->d->names.n; i++)
			if (!value(l, i, k)->none)
				y = y_of(l, value(l, i, k)->n);
		l->ends[k] = (struct end){.k = k, .y = y};
	}
	settle(l);
	for (size_t i = 0; i < l->n; i++) {
		const struct end *e = &l->ends[i];
		const struct chart_label *name = &l->d->series.p[l->first + e->k];

		if (!name->text.n)
			continue;
		if (abs(e->at - e->y) > c->em / 4)
			chart_rule(c, x + c->em * 4 / 10, e->y, x + c->em * 11 / 10, e->at, "line");
		dot(l, e->k, x + c->em * 3 / 2, e->at, &(struct chart_value){0});
		chart_label(c, x + c->em * 2, e->at, -1, name, l->label, "ink");
	}
}

static void axes(struct lines *l)
{
	struct chart *c = &l->c;
	size_t n = l->d->names.n, every = 1;
	int32_t widest = chart_widest(c, &l->d->names) + c->em / 2;
	int64_t v = l->axis.from;

	for (size_t i = 0; i < 64 && v <= l->axis.to; i++, v += l->axis.step) {
		int32_t y = y_of(l, v);
		struct str text = chart_number(c->a, v);

		if (v == l->axis.to && l->d->unit.n)
			text = arena_printf(c->a, STR_FMT " " STR_FMT, STR_ARG(text), STR_ARG(l->d->unit));
		chart_rule(c, l->left - c->em / 4, y, l->left + l->wide + c->em / 4, y, v ? "line" : "ink");
		chart_say(c, l->left - c->em / 2, y, 1, text, "soft");
	}
	while (every < n && (int64_t)l->wide * (int64_t)every < (int64_t)widest * (int64_t)(n - 1))
		every++;
	for (size_t i = 0; i < n; i += every) {
		int32_t x = x_of(l, i), room = 2 * MIN(x, c->opt->width - x);

		chart_label(c, x, l->top + l->high + c->em * 12 / 10, 0, &l->d->names.p[i], MIN(widest, room), "ink");
	}
}

static void measure(struct lines *l)
{
	struct chart *c = &l->c;
	int32_t em = c->em, labels = 0, edge = chart_widest(c, &l->d->names) / 2;
	int64_t least = 0, most = 0;

	l->label = 0;
	for (size_t k = 0; k < l->n; k++)
		l->label = MAX(l->label, chart_width(c, l->d->series.p[l->first + k].text));
	l->label = MIN(l->label, c->opt->width / 4);
	for (size_t i = 0; i < l->d->names.n; i++)
		for (size_t k = 0; k < l->n; k++)
			if (!value(l, i, k)->none) {
				least = MIN(least, value(l, i, k)->n);
				most = MAX(most, value(l, i, k)->n);
			}
	l->axis = chart_axis_of(least, most, 5, chart_counts(l->d));
	for (int64_t v = l->axis.from, i = 0; i < 64 && v <= l->axis.to; v += l->axis.step, i++)
		labels = MAX(labels, chart_width(c, chart_number(c->a, v)));
	l->left = MAX(labels + em + (l->d->unit.n ? chart_width(c, l->d->unit) + em * 55 / 100 : 0),
		MIN(edge, c->opt->width / 8));
	l->wide = c->opt->width - l->left - MAX(l->label ? l->label + em * 2 : em, MIN(edge, c->opt->width / 8));
	l->top = em;
	l->high = em * 14;
	if (c->opt->height)
		l->high = MAX(MIN(l->high, c->opt->height - 3 * em), em * 8);
}

struct charts chart_lines(struct arena *a, const struct chart_figures *d, const struct chart_opt *o)
{
	struct lines l = {.c = chart_begin(a, o), .d = d};
	size_t each, chunks = chart_parts(d->series.n, CHART_SERIES, &each);

	for (size_t i = 0; i < chunks; i++) {
		l.first = i * each;
		l.n = MIN(each, d->series.n - l.first);
		measure(&l);
		chart_sheet(&l.c, d->title, d->desc, i, chunks);
		axes(&l);
		for (size_t k = 0; k < l.n; k++)
			line(&l, k);
		put_names(&l);
		l.c.d->height = l.top + l.high + l.c.em * 2;
	}
	return chart_end(&l.c, d->title, d->desc, chart_table_figures(a, d));
}
