/* Tables measured: which cell covers which, widths of columns, size of the text, lines of cells, heights of rows
 * [B1 to B3]. */
#include "doc/doc_lines.h"
#include "doc/layout_in.h"
#include "doc/line_class.h"
#include "doc/table_share.h"

#include <string.h>

enum { SMALL_MORE = 3 * NM_MM, PAD_X = NM_MM, PAD_Y = 6 * NM_MM / 10, SIZE_LEAST = 2 * NM_PT };

struct column {
	int64_t word, line; /* longest unbreakable word and longest line, with padding, at 小四 … */
	int64_t area; /* … and the sum of its texts' widths */
	int32_t given;
};

struct tables {
	struct laying *l;
	struct ltable *t;
	struct text *texts; /* [nrows * ncols], at t->size */
	struct column *cols;
};

static struct tcell *cell_at(const struct ltable *t, size_t row, size_t col)
{
	return &t->cells[row * t->t->ncols + col];
}

/* ---- merged cells ---- */

static void claim(struct laying *l, struct ltable *t)
{
	const struct doc_cover *c = doc_covers(l->a, t->t);

	for (size_t i = 0; i < t->t->nrows * t->t->ncols; i++) {
		t->cells[i].owner = c[i].owner;
		t->cells[i].rows = c[i].rows;
		t->cells[i].cols = c[i].cols;
		t->merged = t->merged || c[i].rows > 1;
	}
}

/* ---- how cells are aligned ---- */

static enum doc_align align_of(const struct ltable *t, size_t row, const struct doc_cell *c)
{
	if (c->align != ALIGN_AUTO)
		return c->align;
	return row < t->nheads ? ALIGN_CENTRE : table_number(c->text) ? ALIGN_RIGHT : ALIGN_LEFT;
}

/* ---- widths of columns ---- */

static void set_texts(struct tables *b)
{
	struct ltable *t = b->t;

	for (size_t i = 0; i < t->t->nrows * t->t->ncols; i++) {
		size_t row = i / t->t->ncols, col = i % t->t->ncols;

		if (t->cells[i].owner == i)
			b->texts[i] = text_of_cell(
				b->l, t->t->rows[row].cells[col].text, row < t->nheads ? FACE_HEI : FACE_FANG, t->size);
	}
}

static void measure(struct laying *l, struct text t, int64_t *word, int64_t *line, int64_t *area)
{
	struct line_text lt;
	int64_t w = 0, all = 0;

	*word = *line = *area = 0;
	if (!t.n)
		return;
	lt = line_text(l->a, t.atoms, t.n);
	for (size_t i = 0; i < t.n; i++) {
		if (lt.cls[i] & CH_END)
			w = all = 0;
		else if (i && gap_free(&lt, i))
			w = 0;
		w += lt.cls[i] & (CH_SPACE | CH_END) ? 0 : t.atoms[i].width;
		all += t.atoms[i].width;
		*area += t.atoms[i].width;
		*word = MAX(*word, w);
		*line = MAX(*line, all);
	}
}

static void measure_columns(struct tables *b)
{
	struct ltable *t = b->t;
	size_t ncols = t->t->ncols;

	for (size_t i = 0; i < t->t->nrows * ncols; i++) {
		const struct tcell *c = &t->cells[i];
		int64_t word, line, area, has_word = 0, has_line = 0;

		if (c->owner != i)
			continue;
		measure(b->l, b->texts[i], &word, &line, &area);
		line = MIN(line, 3 * (int64_t)b->l->paper.tw);
		for (size_t k = 0; k < c->cols; k++) {
			has_word += b->cols[i % ncols + k].word;
			has_line += b->cols[i % ncols + k].line;
		}
		word += 2 * PAD_X + NM_MM / 100; /* roundings of smaller sizes */
		line += 2 * PAD_X + NM_MM / 100;
		word = MAX(word, MIN(line, 2 * t->size + 2 * PAD_X)); /* never one character a line */
		for (size_t k = 0; k < c->cols; k++) {
			struct column *col = &b->cols[i % ncols + k];

			if (word > has_word)
				col->word += (word - has_word) / c->cols;
			if (line > has_line)
				col->line += (line - has_line) / c->cols;
			col->area += c->cols == 1 ? area : 0;
		}
	}
	for (size_t k = 0; k < ncols; k++) {
		b->cols[k].word = MAX(b->cols[k].word, SIZE_S4 + 2 * PAD_X); /* a Hanzi has room everywhere */
		b->cols[k].line = MAX(b->cols[k].line, b->cols[k].word);
	}
}

static int64_t at_size(int64_t w, int32_t size)
{
	return (w - 2 * PAD_X) * size / SIZE_S4 + 2 * PAD_X;
}

/* The columns as they share the width, at that size. */
static const struct share_col *cols_at(const struct tables *b, int32_t size)
{
	struct share_col *c = ARENA_ARRAY(b->l->a, struct share_col, b->t->t->ncols);

	for (size_t k = 0; k < b->t->t->ncols; k++) {
		const struct column *col = &b->cols[k];

		c[k].word = at_size(col->word, size);
		c[k].line = at_size(col->line, size);
		c[k].least = MIN(c[k].line, SHARE_HANZI * (int64_t)size + 2 * PAD_X);
		c[k].area = col->area / SIZE_S4 * size;
		c[k].given = col->given;
	}
	return c;
}

static void set_columns(struct tables *b)
{
	static const int32_t sizes[] = {SIZE_S4, SIZE_5, SIZE_S5};
	struct ltable *t = b->t;
	size_t ncols = t->t->ncols, s = 0;
	int64_t *w = ARENA_ARRAY(b->l->a, int64_t, ncols), least = b->l->paper.tw, sum = 0;
	const struct share_col *c;
	struct share_opt opt = {.room = b->l->paper.tw, .more = SMALL_MORE};

	t->size = SIZE_S4;
	set_texts(b);
	measure_columns(b);
	for (size_t k = 0; k < ncols; k++)
		if (t->t->widths && t->t->widths[k] > 0)
			b->cols[k].given = MIN(t->t->widths[k], b->l->paper.tw);
	for (c = cols_at(b, sizes[s]); s + 1 < LEN(sizes) && !share_fits(c, ncols, opt.room);)
		c = cols_at(b, sizes[++s]);
	t->size = sizes[s];
	opt.whole = SHARE_SHORT * (int64_t)t->size + 2 * PAD_X;
	if (!share_widths(c, ncols, &opt, w))
		lay_warn(b->l, t->block,
			arena_printf(b->l->a,
				tr(b->l->lang, "the table of %zu columns is wider than the page: words are broken"),
				ncols));
	for (size_t k = 0; k < ncols; k++) {
		t->cx[k + 1] = t->cx[k] + (int32_t)w[k];
		least = MIN(least, w[k]);
		sum += w[k];
	}
	t->padx = (int32_t)(least - 2 * PAD_X >= t->size ? PAD_X : MIN(PAD_X, least / 8));
	t->size = (int32_t)MAX(
		MIN(t->size, least - 2 * t->padx), SIZE_LEAST); /* smaller still where not even a Hanzi has room */
	t->x = (int32_t)(b->l->paper.tw - sum) / 2;
	if (t->size != SIZE_S4)
		set_texts(b);
}

/* ---- lines and heights ---- */

static void set_lines(struct tables *b)
{
	struct ltable *t = b->t;
	size_t ncols = t->t->ncols;

	for (size_t i = 0; i < t->t->nrows * ncols; i++) {
		struct tcell *c = &t->cells[i];
		size_t row = i / ncols, col = i % ncols;
		struct line_opt opt = {.ragged = true};

		if (c->owner != i)
			continue;
		c->align = align_of(t, row, &t->t->rows[row].cells[col]);
		if (!b->texts[i].n)
			continue;
		opt.width = t->cx[col + c->cols] - t->cx[col] - 2 * t->padx;
		c->atoms = b->texts[i].atoms;
		c->nlines = text_lines(b->l, b->texts[i], &opt, &c->lines);
	}
}

static void set_heights(struct tables *b)
{
	struct ltable *t = b->t;
	size_t ncols = t->t->ncols, nrows = t->t->nrows;
	int64_t head = 0;

	for (size_t r = 0; r < nrows; r++)
		t->rh[r] = t->lead + 2 * t->pady;
	for (size_t i = 0; i < nrows * ncols; i++)
		if (t->cells[i].owner == i && t->cells[i].rows == 1)
			t->rh[i / ncols] = MAX(t->rh[i / ncols], (int64_t)t->cells[i].nlines * t->lead + 2 * t->pady);
	for (size_t i = 0; i < nrows * ncols; i++) {
		const struct tcell *c = &t->cells[i];
		int64_t has = 0, want = (int64_t)c->nlines * t->lead + 2 * t->pady;

		if (c->owner != i || c->rows == 1)
			continue;
		for (size_t r = 0; r < c->rows; r++)
			has += t->rh[i / ncols + r];
		if (want > has)
			t->rh[i / ncols + c->rows - 1] += want - has;
	}
	for (size_t r = 0; r < t->nheads; r++)
		head += t->rh[r];
	t->head_h = head > b->l->paper.th / 2 ? 0 : (int32_t)head;
}

int64_t table_row_more(struct ltable *t, size_t row, size_t page)
{
	size_t ncols = t->t->ncols;
	int64_t more = 0;

	t->row_page[row] = page;
	for (size_t k = 0; t->merged && k < ncols; k++) {
		size_t owner = cell_at(t, row, k)->owner, first = owner / ncols;
		const struct tcell *c = &t->cells[owner];
		int64_t need = (int64_t)c->nlines * t->lead + 2 * t->pady;

		if (c->rows == 1 || first + c->rows != row + 1)
			continue;
		need += (int64_t)(page - t->row_page[first]) * (t->lead + 2 * t->pady);
		for (size_t r = first; r <= row; r++)
			need -= t->rh[r];
		more = MAX(more, need);
	}
	return more;
}

enum err_code table_build(struct laying *l, size_t block, bool stay)
{
	const struct doc_table *dt = l->d->blocks[block].table;
	struct ltable *t = ARENA_NEW(l->a, struct ltable);
	struct tables b = {.l = l, .t = t};
	size_t cells;

	if (!dt || !dt->nrows || !dt->ncols)
		return OK;
	if (dt->ncols > DOC_COLS)
		return fail(l->err, ERR_LIMIT, "a table has %zu columns; on paper at most %d", dt->ncols, DOC_COLS);
	cells = dt->nrows * dt->ncols;
	*t = (struct ltable){.t = dt,
		.block = block,
		.nheads = MIN(dt->nheads, dt->nrows),
		.pady = PAD_Y,
		.cells = ARENA_ARRAY(l->a, struct tcell, cells),
		.cx = ARENA_ARRAY(l->a, int32_t, dt->ncols + 1),
		.rh = ARENA_ARRAY(l->a, int64_t, dt->nrows)};
	t->row_page = ARENA_ARRAY(l->a, size_t, dt->nrows);
	b.texts = ARENA_ARRAY(l->a, struct text, cells);
	b.cols = ARENA_ARRAY(l->a, struct column, dt->ncols);
	claim(l, t);
	set_columns(&b);
	t->lead = lead_of(t->size);
	set_lines(&b);
	set_heights(&b);
	*ARENA_PUSH(l->a, l->lay->tables, l->lay->ntables, l->lay->tables_cap) =
		(struct lay_table){.block = block, .size = t->size, .x = t->cx, .height = t->rh};
	for (size_t r = 0; r < dt->nrows; r++) {
		struct entry *e = entry_add(l, ENTRY_ROW, block);

		e->table = t;
		e->row = r;
		e->height = t->rh[r];
		e->first = r == 0;
		e->body = true;
		e->before = r == 0 ? NM_MM : 0;
		e->stay = r == 0 ? stay : r <= t->nheads;
	}
	return OK;
}
