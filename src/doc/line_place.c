#include "doc/line_class.h"

int line_halves(const struct line_text *t, size_t i)
{
	const struct atom *a = &t->atoms[i];

	if (t->cls[i] & CH_ZERO)
		return 0;
	return !(t->cls[i] & CH_SPACE) && (int64_t)a->width * 10 > (int64_t)a->size * 6 ? 2 : 1;
}

int line_cells(const struct line_text *t, size_t i, const struct line_grid *g)
{
	int64_t w = atom_width(t, i), quarter = MAX(g->cell / 4, 1);

	if (t->cls[i] & CH_ZERO)
		return 0;
	/* a glyph of 16 pt is a little wider than a cell: only what is much wider takes more */
	return w <= quarter * 5 ? 1 : (int)MIN((w - quarter + quarter * 4 - 1) / (quarter * 4), 1000);
}

int32_t line_own(const struct line_text *t, size_t i)
{
	int32_t w = atom_width(t, i);

	return t->cls[i] & CH_SPACE ? MAX(w, t->atoms[i].size / 4) : w;
}

/* ---- off the grid ---- */

static void place_own(const struct line_text *t, int64_t indent, struct line *l)
{
	int64_t at = indent;

	for (size_t i = l->from; i < l->to; i++) {
		l->x[i - l->from] = (int32_t)at;
		at += atom_width(t, i);
	}
	if (l->to > l->from && t->cls[l->to - 1] & CH_NARROW)
		at -= atom_width(t, l->to - 1) / 2;
	l->used = (int32_t)at;
}

/* ---- on the grid ---- */

struct placer {
	const struct line_text *t;
	const struct line_grid *g;
	struct line *l;
	int64_t origin; /* what the indent is beyond whole cells */
	int64_t at; /* quarters of cells from the left edge */
	int64_t first; /* where the line begins, likewise */
	int64_t shift; /* nm: by narrowing and widening */
	bool to_edge; /* the line ends at the right edge */
	/* widening: half a cell after marks while there is some, and a share of each gap */
	int64_t after_marks, rest;
	int64_t gaps, gap; /* how many; which is next */
};

static int64_t edge(const struct placer *p, int64_t quarters)
{
	return p->origin + quarters * p->g->width / (4 * (int64_t)p->g->cols);
}

static void set(struct placer *p, size_t i, int64_t x)
{
	p->l->x[i - p->l->from] = (int32_t)(x + p->shift);
}

/* What takes no place: where the glyph before it ends. */
static void set_behind(struct placer *p, size_t i, int64_t x)
{
	uint16_t before = i > p->l->from ? p->t->cls[i - 1] : 0;

	if (i > p->l->from)
		x = p->l->x[i - 1 - p->l->from] - p->shift + atom_width(p->t, i - 1) -
			(before & CH_NARROW && !(before & CH_OPEN) ? p->g->cell / 2 : 0);
	set(p, i, x);
}

static bool widens(const struct line_text *t, size_t i)
{
	return !(t->gap[i] & (GAP_RUN | GAP_PAIR)) && !(t->cls[i] & CH_ZERO);
}

static bool widens_after_mark(const struct line_text *t, size_t i)
{
	return t->cls[i - 1] & (CH_PAUSE | CH_STOP | CH_CLOSE) && !(t->cls[i] & CH_MARK) && widens(t, i);
}

/* How much there is to add, and where. Too much: nothing. */
static void spread(struct placer *p, int64_t much)
{
	int64_t half = p->g->cell / 2, marks = 0;

	for (size_t i = p->l->from + 1; i < p->l->to; i++) {
		p->gaps += widens(p->t, i);
		marks += widens_after_mark(p->t, i);
	}
	p->after_marks = MIN(much, marks * half);
	p->rest = much - p->after_marks;
	if (!p->gaps || p->rest > p->gaps * (p->g->cell - (marks ? half : 0))) {
		p->after_marks = p->rest = 0;
		p->to_edge = false;
	}
}

static void widen(struct placer *p, size_t i)
{
	if (p->after_marks && widens_after_mark(p->t, i)) {
		int64_t add = MIN(p->after_marks, p->g->cell / 2);

		p->after_marks -= add;
		p->shift += add;
	}
	if (p->rest && widens(p->t, i)) {
		p->shift += (p->gap + 1) * p->rest / p->gaps - p->gap * p->rest / p->gaps;
		p->gap++;
	}
}

/* What rounding up adds goes right at the first place, left at the end of a full line. */
static int64_t lead(const struct placer *p, size_t to, int64_t extra)
{
	if (p->at == p->first || p->g->tight)
		return 0;
	return to == p->l->to && p->to_edge ? extra : extra / 2;
}

/* Where the run that begins there ends, and has it letters? */
static size_t run_to(const struct placer *p, size_t i, bool *letters)
{
	*letters = false;
	do
		*letters = *letters || p->t->cls[i] & CH_LETTER, i++;
	while (i < p->l->to && p->t->gap[i] & GAP_RUN);
	return i;
}

static void place_halves(struct placer *p, size_t from, size_t to)
{
	int64_t n = 0, at;

	for (size_t i = from; i < to; i++)
		n += line_halves(p->t, i);
	at = p->at + lead(p, to, n % 2 * 2);
	for (size_t i = from; i < to; i++) {
		int halves = line_halves(p->t, i);
		int64_t x = edge(p, at), right = edge(p, at + 2 * halves);

		if (p->t->cls[i] & CH_ZERO)
			set_behind(p, i, x);
		else
			set(p, i, x + (right - x - atom_width(p->t, i)) / 2);
		at += 2 * halves;
	}
	p->at += p->g->tight ? 2 * n : (n + 1) / 2 * 4;
}

static void place_letters(struct placer *p, size_t from, size_t to)
{
	int64_t w = 0, quarters, unit = p->g->tight ? p->g->cell / 2 : p->g->cell, x;

	for (size_t i = from; i < to; i++)
		w += line_own(p->t, i);
	quarters = (w + unit - 1) / unit * (p->g->tight ? 2 : 4);
	x = edge(p, p->at) + lead(p, to, edge(p, p->at + quarters) - edge(p, p->at) - w);
	for (size_t i = from; i < to; i++) {
		set(p, i, x);
		x += line_own(p->t, i);
	}
	p->at += quarters;
}

static void place_one(struct placer *p, size_t i)
{
	const struct atom *a = &p->t->atoms[i];
	uint16_t c = p->t->cls[i];
	int cells = line_cells(p->t, i, p->g);
	int64_t x = edge(p, p->at), right = edge(p, p->at + 4 * cells), free = right - x - atom_width(p->t, i);
	bool slim = (int64_t)a->width * 4 < (int64_t)a->size * 3;

	if (c & CH_ZERO) {
		set_behind(p, i, x);
		return;
	}
	if (c & CH_NARROW && c & CH_OPEN)
		p->shift -= p->g->cell / 2;
	if ((c & CH_OPEN && slim) || (a->cp == U'—' && free > 0 && i + 1 < p->l->to && p->t->gap[i + 1] & GAP_PAIR))
		x += free;
	else if (!(c & CH_CLOSE && slim) && !(a->cp == U'—' && free > 0 && p->t->gap[i] & GAP_PAIR))
		x += free / 2;
	set(p, i, x);
	if (c & CH_NARROW && !(c & CH_OPEN))
		p->shift -= p->g->cell / 2;
	p->at += 4 * cells;
}

/* Cells that the line takes as it is. */
static int cells_taken(const struct line_text *t, const struct line_grid *g, const struct line *l)
{
	int64_t cells = 0, halves = 0, own = 0;
	bool letters = false;

	for (size_t i = l->from; i < l->to; i++) {
		if (!(t->cls[i] & CH_RUN)) {
			cells += line_cells(t, i, g);
			continue;
		}
		own += line_own(t, i);
		halves += line_halves(t, i);
		letters = letters || t->cls[i] & CH_LETTER;
		if (i + 1 == l->to || !(t->gap[i + 1] & GAP_RUN)) {
			cells += letters ? (own + g->cell - 1) / g->cell : (halves + 1) / 2;
			halves = own = 0;
			letters = false;
		}
	}
	return (int)MIN(cells, 1 << 20);
}

static void place_grid(const struct line_text *t, const struct line_grid *g, int64_t indent, int cells,
	struct line *l)
{
	struct placer p = {.t = t, .g = g, .l = l};
	int64_t whole = (indent + g->cell / 2) / g->cell, taken = cells_taken(t, g, l);

	p.origin = indent - whole * g->width / g->cols;
	if (p.origin >= -whole && p.origin <= whole) /* the caller's rounding */
		p.origin = 0;
	p.first = p.at = whole * 4;
	if (l->why == LINE_PUSHED_OUT && taken == cells)
		l->why = LINE_FULL;
	p.to_edge = taken == cells || l->why == LINE_TAKEN_IN || (l->why == LINE_PUSHED_OUT && !g->ragged);
	if (!g->ragged && l->why == LINE_PUSHED_OUT && taken < cells)
		spread(&p, edge(&p, (whole + cells) * 4) - edge(&p, (whole + taken) * 4));
	for (size_t i = l->from; i < l->to;) {
		size_t to = i + 1;
		bool letters;

		if (i > l->from)
			widen(&p, i);
		if (!(t->cls[i] & CH_RUN)) {
			place_one(&p, i);
		} else {
			to = run_to(&p, i, &letters);
			(letters ? place_letters : place_halves)(&p, i, to);
		}
		i = to;
	}
	l->used = (int32_t)(edge(&p, p.at) + p.shift);
}

void line_place(struct arena *a, const struct line_text *t, const struct line_grid *g, int64_t indent, int cells,
	struct line *l)
{
	l->x = ARENA_ARRAY(a, int32_t, l->to - l->from);
	if (g->cols)
		place_grid(t, g, indent, cells, l);
	else
		place_own(t, indent, l);
}
