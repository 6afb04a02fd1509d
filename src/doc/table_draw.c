/* The rows of a table that stand on one page: texts of their cells, then rules. Merged cells that go on over the page's
 * end are closed there and opened again [B3]. */
#include "doc/layout_in.h"

#include <string.h>

enum { OUTER = 35 * NM_MM / 100, INNER = 2 * NM_MM / 10 };

struct shown { /* a row as it stands on the page */
	size_t row, from, to; /* lines of its cells; to 0: all */
	int32_t y, h; /* from the top of the page */
	bool head; /* repeated */
};

struct drawing_rows {
	struct laying *l;
	struct ltable *t;
	size_t page;
	struct shown *rows;
	size_t n;
	int32_t x; /* of the left rule, from the page's corner */
};

static struct tcell *owner(const struct drawing_rows *d, size_t shown, size_t col)
{
	const struct ltable *t = d->t;

	return &t->cells[t->cells[d->rows[shown].row * t->t->ncols + col].owner];
}

static void collect(struct drawing_rows *d, size_t from, size_t to, const struct paper *p)
{
	struct laying *l = d->l;

	d->rows = ARENA_ARRAY(l->a, struct shown, to - from + d->t->nheads);
	for (size_t i = from; i < to; i++) {
		const struct place *place = &l->places[i];
		int32_t y = p->ty + place->y;

		for (size_t r = 0; place->heads && r < d->t->nheads; r++) {
			d->rows[d->n++] = (struct shown){.row = r, .y = y, .h = (int32_t)d->t->rh[r], .head = true};
			y += (int32_t)d->t->rh[r];
		}
		d->rows[d->n++] = (struct shown){.row = l->entries[place->entry].row,
			.from = place->from,
			.to = place->to,
			.y = y,
			.h = p->ty + place->y + place->height - y};
	}
}

/* Does the cell that shows in row i go on in the next row of the page? */
static bool goes_on(const struct drawing_rows *d, size_t i, size_t col)
{
	return i + 1 < d->n && d->rows[i].head == d->rows[i + 1].head && owner(d, i, col) == owner(d, i + 1, col);
}

/* ---- texts ---- */

static void put_lines(struct drawing_rows *d, const struct tcell *c, size_t col, size_t from, size_t to, int32_t y)
{
	const struct ltable *t = d->t;
	int32_t left = t->cx[col] + t->padx, width = t->cx[col + c->cols] - t->cx[col] - 2 * t->padx;
	size_t row = c->owner / t->t->ncols;

	for (size_t k = from; k < to; k++, y += t->lead) {
		struct seg s = {.atoms = c->atoms,
			.line = &c->lines[k],
			.role = row < t->nheads ? ROLE_TABLE_HEAD : ROLE_TABLE_CELL,
			.dx = left};
		int32_t spare = MAX(width - c->lines[k].used, 0);

		s.dx += c->align == ALIGN_RIGHT ? spare : c->align == ALIGN_CENTRE ? spare / 2 : 0;
		emit_seg(d->l, &s,
			&(struct emit_at){.page = d->page,
				.block = t->block,
				.row = row,
				.col = col,
				.x = d->x,
				.y = y + (t->lead - t->size) / 2 + baseline(t->size),
				.rgb = BLACK});
	}
}

/* A cell from row i down, as far as it shows on this page. */
static void put_cell(struct drawing_rows *d, size_t i, size_t col)
{
	const struct ltable *t = d->t;
	const struct shown *r = &d->rows[i];
	struct tcell *c = owner(d, i, col);
	int32_t h = r->h;
	size_t from = 0, to = c->nlines, last = i;

	while (goes_on(d, last, col))
		h += d->rows[++last].h;
	if (c->rows == 1) {
		from = MIN(r->from, c->nlines);
		to = r->to ? MIN(r->to, c->nlines) : c->nlines;
	} else if (!r->head) {
		size_t room = h > 2 * t->pady ? (size_t)((h - 2 * t->pady + 1000) / t->lead) : 0;
		bool ends = d->rows[last].row + 1 == (c->owner / t->t->ncols) + c->rows && !d->rows[last].to;

		from = c->drawn;
		to = ends ? c->nlines : MIN(c->nlines, from + room);
		c->drawn = to;
	}
	if (from || to < c->nlines || (c->rows == 1 && r->to)) /* a piece: from above */
		put_lines(d, c, col, from, to, r->y + t->pady);
	else
		put_lines(d, c, col, from, to, r->y + (h - (int32_t)(to - from) * t->lead) / 2);
}

/* ---- rules ---- */

struct pen {
	struct laying *l;
	struct lay_item *item;
	size_t cap;
};

static void stroke(struct pen *p, int32_t x0, int32_t y0, int32_t x1, int32_t y1)
{
	*ARENA_PUSH(p->l->a, p->item->ops, p->item->nops, p->cap) =
		(struct path_op){.kind = PATH_MOVE, .x = x0, .y = y0};
	*ARENA_PUSH(p->l->a, p->item->ops, p->item->nops, p->cap) =
		(struct path_op){.kind = PATH_LINE, .x = x1, .y = y1};
}

static void across(struct drawing_rows *d, struct pen *p, int32_t top)
{
	const struct ltable *t = d->t;

	for (size_t i = 0; i + 1 < d->n; i++)
		for (size_t k = 0, end; k < t->t->ncols; k = end) {
			for (end = k; end < t->t->ncols && !goes_on(d, i, end);)
				end++;
			if (end > k)
				stroke(p, t->cx[k], d->rows[i + 1].y - top, t->cx[end], d->rows[i + 1].y - top);
			end += end == k;
		}
}

static void down(struct drawing_rows *d, struct pen *p, int32_t top)
{
	const struct ltable *t = d->t;

	for (size_t k = 1; k < t->t->ncols; k++)
		for (size_t i = 0, end; i < d->n; i = end) {
			for (end = i; end < d->n && owner(d, end, k - 1) != owner(d, end, k);)
				end++;
			if (end > i)
				stroke(p, t->cx[k], d->rows[i].y - top, t->cx[k],
					d->rows[end - 1].y + d->rows[end - 1].h - top);
			end += end == i;
		}
}

static struct pen pen(struct drawing_rows *d, int32_t line)
{
	struct lay_item *item = emit_item(d->l, d->page, LAY_PATH, ROLE_TABLE_RULE, d->t->block);

	item->x = d->x;
	item->y = d->rows[0].y;
	item->stroked = true;
	item->stroke = BLACK;
	item->line = line;
	return (struct pen){.l = d->l, .item = item};
}

static void put_rules(struct drawing_rows *d)
{
	int32_t top = d->rows[0].y, h = d->rows[d->n - 1].y + d->rows[d->n - 1].h - top, w = d->t->cx[d->t->t->ncols];
	struct pen p = pen(d, INNER);

	across(d, &p, top);
	down(d, &p, top);
	if (!p.item->nops)
		emit_page(d->l, d->page)->n--;
	p = pen(d, OUTER);
	stroke(&p, 0, 0, w, 0);
	stroke(&p, w, 0, w, h);
	stroke(&p, w, h, 0, h);
	stroke(&p, 0, h, 0, 0);
}

void table_draw(struct laying *l, size_t from, size_t to)
{
	const struct place *first = &l->places[from];
	struct paper paper = paper_of(l->at[first->page].landscape);
	struct drawing_rows d = {.l = l, .t = l->entries[first->entry].table, .page = first->page};

	d.x = paper.tx + d.t->x;
	collect(&d, from, to, &paper);
	for (size_t i = 0; i < d.n; i++)
		for (size_t k = 0; k < d.t->t->ncols; k += owner(&d, i, k)->cols) {
			const struct tcell *c = owner(&d, i, k);
			bool begun = i > 0 && d.rows[i - 1].head == d.rows[i].head && owner(&d, i - 1, k) == c;

			if (!begun)
				put_cell(&d, i, k);
		}
	put_rules(&d);
}
