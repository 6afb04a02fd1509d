/* Strip: what is due in a year, on a line of periods. */
#include "doc/chart_in.h"

#include <stdlib.h>
#include <string.h>

enum { LANES = 4 };

struct placed {
	const struct chart_point *p;
	int32_t x; /* of the middle of its mark */
	int lane;
};

struct strip_row {
	struct placed *marks;
	size_t n;
	int lanes;
	bool tally; /* a mark a period with a number */
	int32_t high;
};

struct strip {
	struct chart c;
	const struct chart_strip *d;
	struct strip_row *rows;
	struct placed *all; /* row by row */
	int32_t left, top, step, label, side;
	bool seen[CHART_MARKS]; /* on this drawing */
};

static int by_place(const void *pa, const void *pb)
{
	const struct placed *a = pa, *b = pb;

	if (a->p->row != b->p->row)
		return a->p->row < b->p->row ? -1 : 1;
	if (a->x != b->x)
		return a->x < b->x ? -1 : 1;
	return (a->p > b->p) - (a->p < b->p);
}

/* The first lane of a row that is free at that place; false when none of them is. */
static bool lane_of(const struct strip *s, struct placed *m, int32_t *ends)
{
	for (m->lane = 0; m->lane < LANES; m->lane++)
		if (ends[m->lane] <= m->x - s->side / 2) {
			ends[m->lane] = m->x + s->side / 2 + s->side / 8;
			return true;
		}
	return false;
}

static void place_row(struct strip *s, struct strip_row *r)
{
	int32_t ends[LANES] = {0};

	r->lanes = 1;
	for (size_t i = 0; i < r->n && !r->tally; i++) {
		r->tally = !lane_of(s, &r->marks[i], ends);
		r->lanes = MAX(r->lanes, r->marks[i].lane + 1);
	}
	if (r->tally)
		r->lanes = 2;
	r->high = r->lanes * (s->side + s->side / 4) + s->c.em / 2;
}

static void place(struct strip *s)
{
	size_t n = s->d->npoints, k = 0;
	int32_t whole = (int32_t)s->d->periods.n * s->step;

	s->all = ARENA_ARRAY(s->c.a, struct placed, n);
	for (size_t i = 0; i < n; i++) {
		int64_t x = (int64_t)MAX(s->d->points[i].at, 0) * s->step / 1000;

		s->all[i] = (struct placed){.p = &s->d->points[i],
			.x = s->left + (int32_t)MAX(MIN(x, (int64_t)whole - s->side / 2), (int64_t)s->side / 2)};
	}
	if (n)
		qsort(s->all, n, sizeof *s->all, by_place);
	for (size_t i = 0; i < s->d->rows.n; i++) {
		struct strip_row *r = &s->rows[i];

		while (k < n && s->all[k].p->row < i)
			k++;
		r->marks = &s->all[k];
		while (k < n && s->all[k].p->row == i)
			k++, r->n++;
		place_row(s, r);
	}
}

static void one(struct strip *s, const struct chart_point *p, int32_t x, int32_t y)
{
	s->seen[p->mark] = true;
	if (p->current) {
		struct shape *ring = drawing_rect(
			s->c.d, x - s->side * 6 / 10, y - s->side / 10, s->side * 12 / 10, s->side * 12 / 10);

		ring->stroked = true;
		ring->stroke = CHART_INK;
		ring->line = 3 * s->c.hair;
		ring->name = S("current");
		ring->link = p->link;
		ring->title = p->title;
		ring->current = true;
	}
	chart_mark(&s->c, p->mark, x - s->side / 2, y, s->side, false,
		(struct chart_on){p->link, p->title, p->current});
}

/* A period's gravest mark, and how many there are. */
static void tally(struct strip *s, const struct strip_row *r, int32_t y)
{
	for (size_t i = 0, k = 0; i < r->n; i = k) {
		int32_t period = (r->marks[i].x - s->left) / s->step, x = s->left + period * s->step + s->step / 2;
		size_t worst = i;
		struct str many;

		for (k = i; k < r->n && (r->marks[k].x - s->left) / s->step == period; k++)
			if (chart_mark_grave(r->marks[k].p->mark) > chart_mark_grave(r->marks[worst].p->mark))
				worst = k;
		one(s, r->marks[worst].p, x, y);
		many = arena_printf(s->c.a, "%zu", k - i);
		if (k - i > 1 && chart_width(&s->c, many) <= s->step)
			chart_say(&s->c, x, y + s->side + s->c.em * 3 / 4, 0, many, "soft");
	}
}

static void periods(struct strip *s, int32_t bottom)
{
	struct chart *c = &s->c;
	size_t n = s->d->periods.n, every = 1;
	int32_t widest = chart_widest(c, &s->d->periods) + c->em / 2;

	while ((int64_t)every * s->step < widest && every < n)
		every++;
	for (size_t i = 0; i <= n; i++) {
		int32_t x = s->left + (int32_t)i * s->step;

		chart_rule(c, x, s->top - c->em / 2, x, bottom, "line");
		if (i < n && i % every == 0)
			chart_label(c, every > 1 ? x : x + s->step / 2, s->top - c->em, every > 1 ? -1 : 0,
				&s->d->periods.p[i], (int32_t)MIN((int64_t)every * s->step,
				(int64_t)(n - i) * s->step + c->em), "soft");
	}
}

static void sheet(struct strip *s, size_t from, size_t to)
{
	struct chart *c = &s->c;
	int32_t y = s->top, bottom = y;
	struct chart_keys keys;

	memset(s->seen, 0, sizeof s->seen);
	for (size_t i = from; i < to; i++)
		bottom += s->rows[i].high;
	periods(s, bottom);
	for (size_t i = from; i < to; i++) {
		const struct strip_row *r = &s->rows[i];
		int32_t first = y + c->em / 4 + s->side / 8;

		if (i > from)
			chart_rule(c, 0, y, c->opt->width, y, "line");
		chart_label(c, s->left - c->em / 2, first + s->side / 2, 1, &s->d->rows.p[i], s->label, "ink");
		if (r->tally)
			tally(s, r, first);
		for (size_t k = 0; k < r->n && !r->tally; k++)
			one(s, r->marks[k].p, r->marks[k].x, first + r->marks[k].lane * (s->side + s->side / 4));
		y += r->high;
	}
	y += c->em / 4;
	keys = chart_keys_seen(c, &s->d->keys, s->seen);
	if (keys.n)
		y += c->em / 2 + chart_legend(c, &keys, s->left, y + c->em, c->opt->width - s->left);
	c->d->height = y;
}

/* How many rows from `from` on fit. */
static size_t fitting(const struct strip *s, size_t from, int32_t room)
{
	size_t to = from;

	for (int32_t y = 0; to < s->d->rows.n; to++) {
		y += s->rows[to].high;
		if (room > 0 && y > room && to > from)
			break;
	}
	return to;
}

struct charts chart_strip(struct arena *a, const struct chart_strip *d, const struct chart_opt *o)
{
	struct strip s = {.c = chart_begin(a, o), .d = d};
	int32_t em = s.c.em, room = 0;
	size_t parts = 0;

	s.side = em * 4 / 3;
	s.label = MIN(chart_widest(&s.c, &d->rows), o->width / 4);
	s.left = s.label + em;
	s.top = 2 * em;
	s.step = MAX((o->width - s.left - em / 2) / (int32_t)MAX(d->periods.n, (size_t)1), em / 4);
	s.rows = ARENA_ARRAY(a, struct strip_row, d->rows.n);
	place(&s);
	room = MAX(chart_height(o) - s.top - 2 * em - chart_legend(&s.c, &d->keys, 0, 0, o->width - s.left), em);
	for (size_t from = 0; from < d->rows.n || !parts; parts++)
		from = MAX(fitting(&s, from, room), from + 1);
	for (size_t from = 0, i = 0; i < parts; i++) {
		size_t to = MIN(MAX(fitting(&s, from, room), from + 1), d->rows.n);

		chart_sheet(&s.c, d->title, d->desc, i, parts);
		sheet(&s, from, to);
		from = to;
	}
	return chart_end(&s.c, d->title, d->desc, chart_table_strip(a, d));
}
