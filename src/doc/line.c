#include "doc/line_class.h"

struct breaker {
	struct line_text t;
	struct line_grid grid;
	const struct line_opt *opt;
	int64_t rest; /* what a line holds that is not the first: cells of the grid, nm off it */
};

/* ---- how wide a stretch is ---- */

struct measure {
	int64_t all, seen; /* with the spaces at its end and without: cells or nm */
	int64_t base, halves, own; /* on the grid: before the western run, and in it by halves and by own advances */
	bool run, letters;
};

static void measure_run(const struct breaker *k, struct measure *m, size_t i)
{
	int32_t cell = k->grid.cell;

	if (!m->run)
		*m = (struct measure){.all = m->all, .seen = m->seen, .base = m->all, .run = true};
	m->own += line_own(&k->t, i);
	m->halves += line_halves(&k->t, i);
	m->letters = m->letters || k->t.cls[i] & CH_LETTER;
	m->all = m->base + (m->letters ? (m->own + cell - 1) / cell : (m->halves + 1) / 2);
}

static void measure(const struct breaker *k, struct measure *m, size_t i)
{
	if (!k->grid.cols) {
		m->all += atom_width(&k->t, i);
	} else if (k->t.cls[i] & CH_RUN) {
		measure_run(k, m, i);
	} else {
		m->run = false;
		m->all += line_cells(&k->t, i, &k->grid);
	}
	if (!(k->t.cls[i] & CH_SPACE))
		m->seen = m->all;
}

/* ---- narrowing, L5 ---- */

static size_t seen_to(const struct breaker *k, size_t from, size_t to)
{
	while (to > from && k->t.cls[to - 1] & CH_SPACE)
		to--;
	return to;
}

enum narrowing { AT_END, BESIDE_MARK, ALONE };

static bool may_narrow(const struct line_text *t, size_t from, size_t to, size_t i, enum narrowing how)
{
	uint16_t c = t->cls[i];

	if (c & (CH_RUN | CH_NARROW))
		return false;
	switch (how) {
	case AT_END:
		return i + 1 == to && c & (CH_PAUSE | CH_CLOSE);
	case BESIDE_MARK:
		if (c & CH_OPEN)
			return i > from && t->cls[i - 1] & CH_MARK && !(t->cls[i - 1] & (CH_PAUSE | CH_CLOSE));
		return c & (CH_PAUSE | CH_CLOSE) && i + 1 < to && t->cls[i + 1] & CH_MARK;
	case ALONE:
		return c & (CH_PAUSE | CH_CLOSE);
	}
	return false;
}

/* Makes a line narrower by a whole cell, two halves. */
static bool take_in_cell(struct breaker *k, size_t from, size_t to)
{
	size_t got[2];
	int n = 0;

	for (enum narrowing how = AT_END; how <= ALONE; how++)
		for (size_t i = to; i-- > from && n < 2;)
			if (may_narrow(&k->t, from, to, i, how)) {
				k->t.cls[i] |= CH_NARROW;
				got[n++] = i;
			}
	if (n == 1)
		k->t.cls[got[0]] &= (uint16_t)~CH_NARROW;
	return n == 2;
}

static bool take_in(struct breaker *k, size_t from, size_t to, int64_t much)
{
	size_t end = seen_to(k, from, to);

	if (k->grid.cols)
		return much == 1 && take_in_cell(k, from, end);
	if (!may_narrow(&k->t, from, end, end - 1, AT_END) || much > atom_width(&k->t, end - 1) / 2)
		return false;
	k->t.cls[end - 1] |= CH_NARROW;
	return true;
}

/* ---- where a line ends ---- */

static bool ends(const struct breaker *k, size_t i)
{
	return i == k->t.n || k->t.cls[i] & CH_END;
}

/* The next place from i on where a break is allowed, or where there's more than limit. */
static size_t next_free(const struct breaker *k, struct measure *m, size_t i, int64_t limit)
{
	do
		measure(k, m, i++);
	while (!ends(k, i) && !gap_free(&k->t, i) && m->seen <= limit);
	return i;
}

/* Does what can't be broken from i on fit a line of its own? */
static bool fits_a_line(const struct breaker *k, size_t i)
{
	struct measure m = {0};

	next_free(k, &m, i, k->rest);
	return m.seen <= k->rest;
}

/* Where a thing longer than a line is broken: no mark at the wrong place, if that can be. */
static size_t anywhere(const struct breaker *k, size_t from, size_t to)
{
	for (size_t i = to; i > from; i--)
		if (!(k->t.gap[i] & (GAP_MARK | GAP_GLUE)))
			return i;
	for (size_t i = to; i > from; i--)
		if (!(k->t.gap[i] & GAP_GLUE))
			return i;
	return to;
}

static size_t line_end(struct breaker *k, size_t from, int64_t limit, enum line_why *why)
{
	struct measure m = {0}, more;
	size_t fit = from, next, last;

	for (; !ends(k, fit); fit++, m = more) {
		more = m;
		measure(k, &more, fit);
		if (more.seen > limit && fit > from)
			break;
	}
	*why = LINE_LAST;
	if (ends(k, fit))
		return fit;
	*why = m.seen > limit ? LINE_BROKEN : m.seen == limit ? LINE_FULL : LINE_PUSHED_OUT;
	if (gap_free(&k->t, fit))
		return fit;
	more = m;
	next = next_free(k, &more, fit, limit + (k->grid.cols ? 1 : k->t.atoms[fit].size));
	*why = LINE_TAKEN_IN;
	if ((ends(k, next) || gap_free(&k->t, next)) && take_in(k, from, next, more.seen - limit))
		return next;
	for (last = fit; last > from && !gap_free(&k->t, last); last--)
		;
	*why = LINE_PUSHED_OUT;
	if (last > from && fits_a_line(k, last))
		return last;
	*why = LINE_BROKEN;
	next = anywhere(k, last, fit);
	if (last > from && k->t.gap[next] & GAP_MARK) {
		*why = LINE_PUSHED_OUT;
		return last;
	}
	return next;
}

/* A western word wider than a line, such as an address of the web, may be broken behind its signs [L3]. */
static void loosen(struct breaker *k, size_t from, size_t to)
{
	for (size_t i = from + 1; i < to; i++) {
		uint32_t c = k->t.atoms[i - 1].cp;

		if ((c == '/' || c == '?' || c == '&' || c == '=' || c == '_' || c == '-') && c != k->t.atoms[i].cp &&
			!k->t.atoms[i].keep)
			k->t.gap[i] &= (uint8_t)~GAP_KEEP;
	}
}

static void loosen_long(struct breaker *k)
{
	for (size_t i = 0, to; i < k->t.n; i = to) {
		struct measure m = {0};

		for (to = i; to < k->t.n && k->t.cls[to] & CH_WEST; to++)
			measure(k, &m, to);
		if (m.seen > k->rest)
			loosen(k, i, to);
		to = MAX(to, i + 1);
	}
}

static void grid_of(struct line_grid *g, const struct line_opt *opt)
{
	int64_t cols = opt->cell > 0 ? (opt->width + opt->cell / 2) / opt->cell : 0;
	int64_t off = opt->width - cols * opt->cell;

	g->cell = opt->cell;
	if (off >= -cols && off <= cols) /* a cell is no whole number of nm */
		g->width = opt->width;
	else
		cols = opt->cell > 0 ? opt->width / opt->cell : 0, g->width = cols * opt->cell;
	g->cols = (int)cols;
}

/* What there is from an indent to the right edge: at least something. */
static int64_t room(const struct breaker *k, int32_t indent)
{
	int64_t room = (int64_t)k->opt->width - indent;

	if (k->grid.cols)
		room = (room + k->grid.cols) / k->grid.cell;
	return MAX(room, 1);
}

size_t lines_break(struct arena *a, const struct atom *atoms, size_t n, const struct line_opt *opt, struct line **out)
{
	struct breaker k = {.t = line_text(a, atoms, n), .opt = opt};
	struct line *lines = NULL;
	size_t nlines = 0, cap = 0;

	grid_of(&k.grid, opt);
	k.grid.ragged = opt->ragged;
	k.grid.tight = opt->tight;
	k.rest = room(&k, opt->rest);
	loosen_long(&k);
	for (size_t i = 0;;) {
		int32_t indent = nlines ? opt->rest : opt->first;
		int64_t limit = room(&k, indent);
		struct line *l = ARENA_PUSH(a, lines, nlines, cap);
		size_t to = line_end(&k, i, limit, &l->why);

		l->from = i;
		l->to = seen_to(&k, i, to);
		if (!k.grid.cols && l->why != LINE_BROKEN)
			l->why = LINE_OFF_GRID;
		line_place(a, &k.t, &k.grid, indent, k.grid.cols ? (int)limit : 0, l);
		if (to == n)
			break;
		i = to + (k.t.cls[to] & CH_END ? 1 : 0);
	}
	*out = lines;
	return nlines;
}
