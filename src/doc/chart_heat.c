/* Heat map: a square where row and column meet. */
#include "doc/chart_in.h"

enum { LABEL = 14, LEGEND = 36 }; /* ems: of a label, at most; of a legend, at least */

struct heat {
	struct chart c;
	const struct chart_heat *d;
	int32_t left, top, right, bottom; /* what stands around the squares */
	int32_t cell;
	bool turned, turned_sums;
	bool tight; /* squares no larger than their texts need */
	int32_t label; /* room of a row's label */
	struct chart_keys keys; /* of the states that occur */
};

static int32_t widest(const struct chart *c, const struct str *texts, size_t n)
{
	int32_t w = 0;

	for (size_t i = 0; texts && i < n; i++)
		w = MAX(w, chart_width(c, texts[i]));
	return w;
}

/* Square and edges, for so many columns on a drawing. */
static void measure(struct heat *h, size_t ncols)
{
	struct chart *c = &h->c;
	int32_t em = c->em, sums = widest(c, h->d->row_sums, h->d->rows.n), room;
	int32_t heads = chart_widest(c, &h->d->cols), feet = widest(c, h->d->col_sums, h->d->cols.n);

	h->label = MIN(chart_widest(c, &h->d->rows), MIN(c->opt->width / 10 * 3, LABEL * em));
	h->left = h->label + em;
	h->right = sums ? sums + em : em / 2;
	room = (c->opt->width - h->left - h->right) / (int32_t)MAX(ncols, (size_t)1);
	if (h->tight)
		room = 0;
	h->cell = MAX(MIN(c->opt->cell ? c->opt->cell : 3 * em, room), em * 3 / 2);
	h->turned = chart_turned(c, &h->d->cols, h->cell);
	h->turned_sums = feet > h->cell - em / 4;
	h->top = (h->turned ? MIN(heads, MIN(c->opt->width / 5, LABEL * em)) : em) + em;
	h->bottom = feet ? (h->turned_sums ? feet : em) + em : em / 2;
}

static void heads(struct heat *h, size_t from, size_t to)
{
	struct chart *c = &h->c;

	for (size_t k = from; k < to; k++) {
		int32_t x = h->left + (int32_t)(k - from) * h->cell + h->cell / 2;
		const struct chart_label *l = &h->d->cols.p[k];

		if (h->turned && l->text.n) {
			struct shape *s = chart_say(
				c, x, h->top - c->em / 2, -1, chart_fit(c, l->text, h->top - c->em), "soft");

			s->upright = true;
			s->x = x + c->em * 38 / 100;
			s->y = h->top - c->em / 2;
			s->link = l->link;
			s->title = l->title.n ? l->title : l->text;
		} else {
			chart_label(c, x, h->top - c->em, 0, l, h->cell, "soft");
		}
	}
}

static void feet(struct heat *h, size_t from, size_t to, int32_t y)
{
	struct chart *c = &h->c;

	for (size_t k = from; h->d->col_sums && k < to; k++) {
		int32_t x = h->left + (int32_t)(k - from) * h->cell + h->cell / 2;
		struct shape *s = chart_say(c, x, y + c->em, h->turned_sums ? 1 : 0, h->d->col_sums[k], "soft");

		s->link = h->d->cols.p[k].link;
		s->title = h->d->cols.p[k].title;
		if (h->turned_sums) {
			s->upright = true;
			s->x = x + c->em * 38 / 100;
			s->y = y + c->em / 2;
		}
	}
}

static void square(struct heat *h, const struct chart_cell *cell, int32_t x, int32_t y)
{
	struct chart *c = &h->c;
	int32_t gap = h->cell / 10, side = h->cell - gap, mark = side * 2 / 3;
	struct shape *s = drawing_rect(c->d, x, y, side, side);

	s->stroked = true;
	s->stroke = CHART_LINE;
	s->line = c->hair;
	if (cell->mark == CHART_NONE) {
		s->dash = c->hair * 4;
		s->name = S("cell none");
		return;
	}
	s->filled = true;
	s->fill = chart_mark_tone(cell->mark).fill;
	s->name = arena_printf(c->a, "cell on-%s%s", chart_mark_name(cell->mark), cell->current ? " current" : "");
	s->link = cell->link;
	s->title = cell->title;
	s->current = cell->current;
	if (cell->current) {
		s->stroke = CHART_INK;
		s->line = 4 * c->hair;
	}
	chart_mark(c, cell->mark, x + (side - mark) / 2, y + (side - mark) / 2, mark, true,
		(struct chart_on){cell->link, cell->title, cell->current});
}

/* How wide the legend may be: as the squares, or as a line of some of its words, where there are few. */
static int32_t legend_room(const struct heat *h, size_t cols)
{
	int32_t room = h->c.opt->width - h->left;

	return MIN(room, MAX((int32_t)cols * h->cell, LEGEND * h->c.em));
}

/* The legend of the states in these rows and columns. */
static struct chart_keys keys_of(const struct heat *h, size_t row, size_t last, size_t col, size_t end)
{
	bool seen[CHART_MARKS] = {false};

	for (size_t i = row; i < last; i++)
		for (size_t k = col; k < end; k++)
			seen[h->d->cells[i * h->d->cols.n + k].mark] = true;
	return chart_keys_seen(&h->c, &h->d->keys, seen);
}

static void row_sum(struct heat *h, size_t i, int32_t x, int32_t y)
{
	struct shape *s = chart_say(&h->c, x, y, -1, h->d->row_sums[i], "soft");

	s->link = h->d->rows.p[i].link;
	s->title = h->d->rows.p[i].title;
}

static void sheet(struct heat *h, size_t row, size_t rows, size_t col, size_t cols)
{
	struct chart *c = &h->c;
	size_t n = h->d->cols.n, last = MIN(row + rows, h->d->rows.n), end = MIN(col + cols, n);
	struct chart_keys keys = keys_of(h, row, last, col, end);
	int32_t y = h->top;

	heads(h, col, end);
	for (size_t i = row; i < last; i++) {
		int32_t mid = y + h->cell * 9 / 20;

		chart_label(c, h->left - c->em / 2, mid, 1, &h->d->rows.p[i], h->label, "ink");
		for (size_t k = col; k < end; k++)
			square(h, &h->d->cells[i * n + k], h->left + (int32_t)(k - col) * h->cell, y);
		if (h->d->row_sums && end == n)
			row_sum(h, i, h->left + (int32_t)(end - col) * h->cell + c->em / 2, mid);
		y += h->cell;
	}
	if (last == h->d->rows.n)
		feet(h, col, end, y);
	y += last == h->d->rows.n ? h->bottom : c->em / 2;
	c->d->width = MIN(c->opt->width, h->left + (int32_t)(end - col) * h->cell + h->right);
	if (keys.n) {
		y += chart_legend(c, &keys, h->left, y + c->em / 2, legend_room(h, cols));
		c->d->width = MAX(c->d->width, h->left + legend_room(h, cols));
	}
	c->d->height = y;
}

/* In how many parts, and how many rows and columns each has. */
struct split {
	size_t down, across, rows, cols;
};

static struct split split(struct heat *h)
{
	const struct chart_opt *o = h->c.opt;
	struct split s = {.down = 1, .rows = h->d->rows.n};
	int32_t room, legend;

	measure(h, h->d->cols.n);
	room = o->width - h->left - h->right;
	s.across = chart_parts(h->d->cols.n, (size_t)MAX(room / h->cell, 1), &s.cols);
	if (s.across > 1)
		measure(h, s.cols);
	legend = chart_legend(&h->c, &h->keys, 0, 0, legend_room(h, s.cols));
	room = chart_height(o) - h->top - h->bottom - legend;
	s.down = chart_parts(h->d->rows.n, (size_t)MAX(room / h->cell, 1), &s.rows);
	return s;
}

/* Smaller texts, and then smaller squares, where they make fewer drawings. */
struct charts chart_heat(struct arena *a, const struct chart_heat *d, const struct chart_opt *o)
{
	struct heat h = {.c = chart_begin(a, o), .d = d};
	int32_t em = h.c.em, best = em;
	size_t fewest = SIZE_MAX;
	struct split s;
	bool tight = false;

	h.keys = keys_of(&h, 0, d->rows.n, 0, d->cols.n);
	for (size_t i = 0; i < d->rows.n * d->cols.n; i++)
		h.c.out.seen[d->cells[i].mark] = true;
	for (bool last = false; !last && fewest > 1; em = MAX(em - h.c.hair, CHART_TEXT_MIN)) {
		last = em == CHART_TEXT_MIN;
		h.c.em = em;
		for (int k = 0; k < (last ? 2 : 1); k++) {
			h.tight = k;
			s = split(&h);
			if (s.across * s.down >= fewest)
				continue;
			fewest = s.across * s.down;
			best = em;
			tight = h.tight;
		}
	}
	h.c.em = best;
	h.tight = tight;
	s = split(&h);
	for (size_t i = 0; i < s.down; i++)
		for (size_t k = 0; k < s.across; k++) {
			chart_sheet(&h.c, d->title, d->desc, i * s.across + k, s.down * s.across);
			sheet(&h, i * s.rows, s.rows, k * s.cols, s.cols);
		}
	return chart_end(&h.c, d->title, d->desc, chart_table_heat(a, d));
}
