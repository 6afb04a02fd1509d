/* Matrix: likelihood upwards, impact to the right, a level and how many in each field. */
#include "doc/chart_in.h"

struct matrix {
	struct chart c;
	const struct chart_matrix *d;
	int32_t left, label, wide, high;
};

static void field(struct matrix *m, const struct chart_field *f, int32_t x, int32_t y)
{
	struct chart *c = &m->c;
	int32_t gap = c->em / 5, em = c->em, mid = y + m->high / 2, big = em * 3 / 2, count = 0;
	struct shape *s = drawing_rect(c->d, x, y, m->wide - gap, m->high - gap);
	struct chart_on on = {f->link, f->title, f->current};
	struct str word;

	s->filled = s->stroked = true;
	s->fill = chart_mark_tone(f->mark).fill;
	s->stroke = f->current ? CHART_INK : CHART_LINE;
	s->line = f->current ? 4 * c->hair : c->hair;
	s->name = arena_printf(c->a, "place on-%s%s", chart_mark_name(f->mark), f->current ? " current" : "");
	s->link = f->link;
	s->title = f->title;
	s->current = f->current;
	if (f->count.n)
		count = chart_text_width(f->count, big) + em / 2;
	if (m->wide - gap - count >= em * 2)
		chart_mark(c, f->mark, x + em / 2, mid - em * 6 / 10, em * 6 / 5, true, on);
	word = chart_fit(c, f->word, m->wide - gap - count - em * 5 / 2);
	if (word.n) {
		s = chart_say(c, x + em * 2, mid, -1, word, chart_mark_name(f->mark));
		s->name = arena_printf(c->a, "word %s", chart_mark_name(f->mark));
		s->rgb = f->mark == CHART_RED || f->mark == CHART_MISSED ? CHART_PAPER : CHART_INK;
		s->link = f->link;
		s->title = f->title;
	}
	if (!f->count.n)
		return;
	s = drawing_text(c->d, x + m->wide - gap - em / 2, mid + big * 38 / 100, big, 1, f->count);
	s->name = S("many");
	s->rgb = f->mark == CHART_RED || f->mark == CHART_MISSED ? CHART_PAPER : CHART_INK;
	s->link = f->link;
	s->title = f->title;
}

struct charts chart_matrix(struct arena *a, const struct chart_matrix *d, const struct chart_opt *o)
{
	struct matrix m = {.c = chart_begin(a, o), .d = d};
	struct chart *c = &m.c;
	int32_t em = c->em, top = d->upwards.n ? em * 3 / 2 : 0, bottom, heads = 0;
	size_t n = d->cols.n;
	bool turned;

	m.label = MIN(chart_widest(c, &d->rows), o->width / 4);
	m.left = m.label + em * 3 / 4;
	m.wide = MIN(em * 10, (o->width - m.left) / (int32_t)MAX(n, (size_t)1));
	m.high = MIN(em * 9 / 2, m.wide);
	turned = chart_turned(c, &d->cols, m.wide);
	heads = turned ? MIN(chart_widest(c, &d->cols), em * 8) + em / 2 : em * 3 / 2;
	if (o->height && d->rows.n)
		m.high = MAX(MIN(m.high, (o->height - top - heads - em * 2) / (int32_t)d->rows.n), em * 2);
	chart_sheet(c, d->title, d->desc, 0, 1);
	if (d->upwards.n)
		chart_say(c, 0, em * 6 / 10, -1, chart_fit(c, arena_printf(a, "↑ " STR_FMT, STR_ARG(d->upwards)),
			o->width), "soft");
	for (size_t i = 0; i < d->rows.n; i++) {
		int32_t y = top + (int32_t)i * m.high;

		chart_label(c, m.left - em / 2, y + m.high / 2, 1, &d->rows.p[i], m.label, "ink");
		for (size_t k = 0; k < n; k++)
			field(&m, &d->fields[i * n + k], m.left + (int32_t)k * m.wide, y);
	}
	bottom = top + (int32_t)d->rows.n * m.high;
	for (size_t k = 0; k < n; k++) {
		int32_t x = m.left + (int32_t)k * m.wide + m.wide / 2;
		struct shape *s;

		if (!turned) {
			chart_label(c, x, bottom + em * 8 / 10, 0, &d->cols.p[k], m.wide, "ink");
			continue;
		}
		s = chart_say(c, x, bottom, 1, chart_fit(c, d->cols.p[k].text, em * 8), "ink");
		s->upright = true;
		s->x = x + em * 38 / 100;
		s->y = bottom + em / 4;
		s->title = d->cols.p[k].text;
	}
	bottom += heads;
	c->d->width = m.left + (int32_t)n * m.wide;
	if (d->across.n) {
		struct str text = chart_fit(c, arena_printf(a, STR_FMT " →", STR_ARG(d->across)), c->d->width);

		if (text.n)
			chart_say(c, c->d->width, bottom + em * 6 / 10, 1, text, "soft");
		bottom += em * 3 / 2;
	}
	c->d->height = bottom;
	return chart_end(c, d->title, d->desc, chart_table_matrix(a, d));
}
