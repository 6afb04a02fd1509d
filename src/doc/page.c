/* Entries onto pages: rows are filled from above; where something has no room, the page ends at the last place that
 * may begin a page [P4]. Goes back no further than a page, so the whole is linear. */
#include "doc/layout_in.h"

enum { SLACK = 2000 /* nm that roundings may take */ };

struct paper paper_of(bool landscape)
{
	if (landscape)
		return (struct paper){.w = PAGE_H,
			.h = PAGE_W,
			.tx = 35 * NM_MM,
			.ty = 28 * NM_MM,
			.tw = TYPE_H,
			.th = TYPE_W,
			.cols = TYPE_H / CELL,
			.rows = (TYPE_W - SIZE_3) / PITCH + 1,
			.landscape = true};
	return (struct paper){.w = PAGE_W,
		.h = PAGE_H,
		.tx = TYPE_X,
		.ty = TYPE_Y,
		.tw = TYPE_W,
		.th = TYPE_H,
		.cols = GRID_COLS,
		.rows = GRID_ROWS};
}

int32_t row_top(const struct laying *l, int k)
{
	if (l->d->grid == GRID_BOX)
		return (int32_t)((int64_t)TYPE_H * k / GRID_ROWS + (TYPE_H / GRID_ROWS - SIZE_3) / 2);
	return (int32_t)((int64_t)PITCH * k);
}

int row_below(const struct laying *l, int32_t y)
{
	int k = MAX(y, 0) / PITCH;

	while (k > 0 && row_top(l, k - 1) >= y - SLACK)
		k--;
	while (row_top(l, k) < y - SLACK)
		k++;
	return k;
}

/* Where a line of that size begins on row k: at the row's top, or of GRID_BOX in its middle [G2]. */
static int32_t line_top(const struct laying *l, int k, int32_t size)
{
	return row_top(l, k) - (l->d->grid == GRID_BOX ? (size - SIZE_3) / 2 : 0);
}

struct placing {
	struct laying *l;
	struct paper paper;
	size_t page, first; /* first: entry that the page began with */
	int32_t y; /* what stands so far ends here */
	int32_t clear; /* this much more is left free above a row */
	bool slab; /* what stands last is off the grid */
	bool empty; /* nothing stands yet */
	size_t from; /* lines of a row that stand on earlier pages, … */
	size_t row_lines; /* of so many */
	int64_t row_h; /* of the row, whole */
};

static enum err_code page_begin(struct placing *p, size_t entry, bool landscape)
{
	struct laying *l = p->l;

	if (l->npages >= DOC_PAGES)
		return fail(l->err, ERR_LIMIT, "the document has more than %d pages", DOC_PAGES);
	p->paper = paper_of(landscape);
	p->page = l->npages;
	p->first = entry;
	p->y = p->page ? 0 : l->start;
	p->clear = 0;
	p->slab = false;
	p->empty = true;
	*ARENA_PUSH(l->a, l->at, l->npages, l->at_cap) = (struct page_at){.landscape = landscape, .numbered = true};
	return OK;
}

static struct place *put(struct placing *p, size_t entry, int32_t y, int32_t height)
{
	struct laying *l = p->l;
	struct place *place = ARENA_PUSH(l->a, l->places, l->nplaces, l->places_cap);

	*place = (struct place){.entry = entry, .page = p->page, .y = y, .height = height};
	p->y = y + height;
	p->empty = false;
	l->at[p->page].bottom = MAX(l->at[p->page].bottom, p->y);
	return place;
}

static bool put_line(struct placing *p, size_t i)
{
	struct laying *l = p->l;
	const struct entry *e = &l->entries[i];
	int k = row_below(l, p->y + p->clear);
	bool room = k < p->paper.rows && line_top(l, k, e->size) + e->size <= p->paper.th + SLACK; /* or a title's */

	if (e->kind == ENTRY_FREE && (e->off || (p->empty && !e->firm)))
		return true;
	if (!room && e->kind == ENTRY_FREE)
		return true; /* what comes next begins a page anyway */
	if (!room && !(p->empty && p->page))
		return false;
	if (e->kind == ENTRY_FREE) {
		p->y = row_top(l, k) + SIZE_3;
		p->empty = false;
	} else
		put(p, i, line_top(l, k, e->size), e->size);
	p->clear = 0;
	p->slab = false;
	return true;
}

/* Upper edge of something off the grid. */
static int32_t slab_top(const struct placing *p, const struct entry *e)
{
	if (p->empty)
		return p->y;
	if (p->slab)
		return p->y + e->before;
	return row_top(p->l, row_below(p->l, p->y));
}

static bool put_slab(struct placing *p, size_t i)
{
	const struct entry *e = &p->l->entries[i];
	int32_t y = slab_top(p, e);

	if (y + e->height > p->paper.th + SLACK && !(p->empty && p->page))
		return false;
	put(p, i, y, (int32_t)e->height);
	p->clear = ABOVE_ROW;
	p->slab = true;
	return true;
}

/* Is the table's head to be drawn again above this row? */
static bool head_again(const struct placing *p, const struct entry *e)
{
	const struct ltable *t = e->table;

	return t->head_h && e->row >= t->nheads && p->empty;
}

/* [B3] A row that is higher than half the type area goes on page by page; the others whole. */
static bool put_row(struct placing *p, size_t i, size_t *next)
{
	const struct entry *e = &p->l->entries[i];
	const struct ltable *t = e->table;
	bool heads = head_again(p, e), must = p->empty && p->page;
	int32_t y = slab_top(p, e), top = y + (heads ? t->head_h : 0), room = p->paper.th + SLACK - top;
	size_t fit = room > 2 * t->pady ? (size_t)((room - 2 * t->pady) / t->lead) : 0, left;
	struct place *place;
	int64_t rest;

	*next = i + 1;
	if (!p->from) {
		p->row_h = e->height + table_row_more(e->table, e->row, p->page);
		p->row_lines = (size_t)((p->row_h - 2 * t->pady + t->lead - 1) / t->lead);
	}
	left = p->row_lines - p->from;
	rest = p->from ? (int64_t)left * t->lead + 2 * t->pady : p->row_h;
	if (rest > room && !must && (fit < 2 || p->row_h <= p->paper.th / 2))
		return false;
	fit = MAX(fit, 1);
	if (rest > room && left > fit)
		rest = (int64_t)fit * t->lead + 2 * t->pady;
	else
		fit = 0;
	place = put(p, i, y, top - y + (int32_t)rest);
	place->heads = heads;
	place->from = p->from;
	place->to = fit ? p->from + fit : 0;
	p->from = place->to;
	if (fit)
		*next = i; /* the rest of it begins a page */
	p->clear = ABOVE_ROW;
	p->slab = true;
	return true;
}

/* The page ends before entry i, or where something may begin a page before that. Returns what the next begins with. */
static size_t page_end(struct placing *p, size_t i)
{
	struct laying *l = p->l;
	size_t j = i;

	if (p->from)
		return i;
	while (j > p->first && (l->entries[j].stay || (l->entries[j].held && !l->released)))
		j--;
	if (j <= p->first)
		return i;
	while (l->nplaces && l->places[l->nplaces - 1].page == p->page && l->places[l->nplaces - 1].entry >= j)
		l->nplaces--;
	l->at[p->page].bottom = 0;
	for (size_t k = l->nplaces; k-- && l->places[k].page == p->page;)
		l->at[p->page].bottom = MAX(l->at[p->page].bottom, l->places[k].y + l->places[k].height);
	return j;
}

enum err_code pages_place(struct laying *l, bool only_first)
{
	struct placing p = {.l = l};
	size_t i = 0, next;
	bool landscape = false, done;

	l->nplaces = l->npages = 0;
	if (l->n && l->entries[0].kind == ENTRY_PAGE && !l->start) {
		landscape = l->entries[0].landscape;
		i = 1;
	}
	TRY(page_begin(&p, i, landscape));
	while (i < l->n && !(only_first && p.page)) {
		const struct entry *e = &l->entries[i];

		next = i + 1;
		if (e->kind == ENTRY_PAGE) {
			landscape = e->landscape;
			TRY(page_begin(&p, next, landscape));
			i = next;
			continue;
		}
		if (e->kind == ENTRY_ROW)
			done = put_row(&p, i, &next);
		else
			done = e->kind == ENTRY_LINE || e->kind == ENTRY_FREE ? put_line(&p, i) : put_slab(&p, i);
		if (!done) {
			i = page_end(&p, i);
			TRY(page_begin(&p, i, landscape));
		} else if (next == i)
			TRY(page_begin(&p, i, landscape));
		else
			i = next;
	}
	return OK;
}
