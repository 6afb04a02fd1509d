/* Tables of a DOCX: merged cells, heads repeated on every page, widths by content where none is given [B1 to B3].
 * Widths of texts are counted by characters: a DOCX is written without fonts. */
#include "base/utf8.h"
#include "doc/doc_lines.h"
#include "doc/docx_in.h"
#include "doc/line_class.h"
#include "doc/table_share.h"

enum { EM = 1000, ASCII_W = 510, LETTER_W = 560, PAD = 2 * TW_GAP, MORE = 170, SIDE_PAD = 40 };
static const int halves[] = {24, 21, 18}; /* 小四, 五号, 小五 */

struct column {
	int64_t word, line; /* longest thing that isn't broken, longest line: thousandths of an em */
	int64_t area; /* sum of its texts' widths */
	int given; /* twips */
};

struct table {
	struct docx *x;
	const struct lay_table *laid; /* as it stands on paper; NULL: not known */
	const struct doc_table *t;
	struct doc_cover *cover;
	struct column *column;
	int *w; /* twips */
	int half; /* size of its text */
	bool keep; /* the last row with what follows */
};

static const struct doc_cell *cell(const struct table *b, size_t i)
{
	return &b->t->rows[i / b->t->ncols].cells[i % b->t->ncols];
}

/* ---- widths ---- */

static int em_of(uint32_t c)
{
	return c < 0x80 ? ASCII_W : c < 0x250 && c != 0xB7 ? LETTER_W : EM;
}

static void measure(struct arena *a, struct str s, int64_t *word, int64_t *line, int64_t *area)
{
	struct atom *atoms = ARENA_ARRAY(a, struct atom, s.n + 1);
	struct line_text t;
	int64_t w = 0, all = 0;
	size_t n = 0;

	*word = *line = *area = 0;
	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);

		atoms[n++] = (struct atom){.cp = c, .size = EM, .width = c == '\n' ? 0 : em_of(c)};
	}
	t = line_text(a, atoms, n);
	for (size_t i = 0; i < n; i++) {
		if (atoms[i].cp == '\n')
			w = all = 0;
		else if (i && gap_free(&t, i))
			w = 0;
		w += atoms[i].width;
		all += atoms[i].width;
		*area += atoms[i].width;
		*word = MAX(*word, w);
		*line = MAX(*line, all);
	}
}

static void measure_columns(struct table *b)
{
	size_t ncols = b->t->ncols;
	struct arena a CLEANUP(arena_free) = ARENA_INIT;

	for (size_t i = 0; i < b->t->nrows * ncols; i++) {
		int64_t word, line, area;

		if (b->cover[i].owner != i || b->cover[i].cols > 1)
			continue;
		measure(&a, cell(b, i)->text, &word, &line, &area);
		line = MIN(line, 80 * (int64_t)EM);
		word = MAX(word, MIN(line, 2 * (int64_t)EM));
		b->column[i % ncols].word = MAX(b->column[i % ncols].word, word);
		b->column[i % ncols].line = MAX(b->column[i % ncols].line, line);
		b->column[i % ncols].area += area;
		arena_reset(&a);
	}
	for (size_t k = 0; k < ncols; k++)
		if (b->t->widths && b->t->widths[k] > 0)
			b->column[k].given = MAX(tw(b->t->widths[k]), 1);
}

static int64_t at_size(int64_t em, int half)
{
	return em * half * 10 / EM + PAD;
}

static int room_of(const struct table *b)
{
	return b->x->landscape ? TW_TYPE_LYING : TW_TYPE;
}

/* The columns as they share the width, at that size. */
static const struct share_col *cols_at(const struct table *b, int half)
{
	struct share_col *c = ARENA_ARRAY(b->x->a, struct share_col, b->t->ncols);

	for (size_t k = 0; k < b->t->ncols; k++) {
		const struct column *col = &b->column[k];

		c[k].word = at_size(MAX(col->word, EM), half);
		c[k].line = at_size(MAX(col->line, EM), half);
		c[k].least = MIN(c[k].line, at_size(SHARE_HANZI * EM, half));
		c[k].area = col->area / EM * half * 10;
		c[k].given = col->given;
	}
	return c;
}

static void share(struct table *b)
{
	struct share_opt opt = {.room = room_of(b), .more = MORE};
	size_t n = b->t->ncols, s = 0;
	int64_t *w = ARENA_ARRAY(b->x->a, int64_t, n);
	const struct share_col *c = cols_at(b, halves[s]);

	while (s + 1 < LEN(halves) && !share_fits(c, n, opt.room))
		c = cols_at(b, halves[++s]);
	b->half = halves[s];
	opt.whole = at_size(SHARE_SHORT * EM, b->half);
	share_widths(c, n, &opt, w);
	for (size_t k = 0; k < n; k++)
		b->w[k] = (int)MAX(w[k], PAD);
}

/* As on paper: a column ends where its rule is, so that roundings do not add up. */
static void share_laid(struct table *b)
{
	const struct lay_table *l = b->laid;

	b->half = (int)((int64_t)l->size * 2 / NM_PT);
	for (size_t k = 0; k < b->t->ncols; k++)
		b->w[k] = MAX(tw(l->x[k + 1]) - tw(l->x[k]), 1);
}

static const struct lay_table *laid(const struct docx *x, const struct doc_block *block)
{
	size_t n = x->lay ? x->lay->ntables : 0;

	for (size_t i = 0; i < n; i++)
		if (&x->d->blocks[x->lay->tables[i].block] == block)
			return &x->lay->tables[i];
	return NULL;
}

/* ---- rows ---- */

static const char *align_of(const struct table *b, size_t i)
{
	static const char *const words[] = {NULL, "left", "center", "right"};
	const struct doc_cell *c = cell(b, i);

	if (c->align != ALIGN_AUTO)
		return words[c->align];
	return i / b->t->ncols < b->t->nheads ? "center" : table_number(c->text) ? "right" : "left";
}

static int64_t width_of(const struct table *b, size_t i)
{
	int64_t w = 0;

	for (size_t k = 0; k < b->cover[i].cols; k++)
		w += b->w[i % b->t->ncols + k];
	return w;
}

/* A paragraph a line of the cell; the row's bookmark in the first. */
static void cell_text(struct table *b, size_t i)
{
	struct str id = i % b->t->ncols ? STR_NONE : b->t->rows[i / b->t->ncols].id;
	struct buf *out = &b->x->body;
	bool head = i / b->t->ncols < b->t->nheads;
	const char *align = align_of(b, i);
	struct str rest = cell(b, i)->text, line;
	size_t n = 0;

	while (str_cut(&rest, S("\n"), &line) || !n) {
		if (!n && !cell(b, i)->text.n)
			line = STR_NONE;
		buf_printf(out, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>", head ? "TableHead" : "TableText");
		if (b->keep && !head && i / b->t->ncols + 1 == b->t->nrows)
			buf_put(out, S("<w:keepNext/>"));
		if (b->half != halves[0])
			buf_printf(out, "<w:spacing w:line=\"%d\"/>", b->half * 13);
		if (strcmp(align, head ? "center" : "left"))
			buf_printf(out, "<w:jc w:val=\"%s\"/>", align);
		buf_put(out, S("</w:pPr>"));
		dx_point(b->x, n ? STR_NONE : id);
		if (line.n) {
			buf_put(out, S("<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/>"));
			if (b->half != halves[0])
				buf_printf(out, "<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/>", b->half, b->half);
			buf_put(out, S("</w:rPr><w:t xml:space=\"preserve\">"));
			dx_put(out, line);
			buf_put(out, S("</w:t></w:r>"));
		}
		buf_put(out, S("</w:p>"));
		n++;
	}
}

static void cell_put(struct table *b, size_t row, size_t *col)
{
	size_t ncols = b->t->ncols, i = row * ncols + *col, own = b->cover[i].owner;
	struct buf *out = &b->x->body;

	buf_printf(out, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>", (int)width_of(b, own));
	if (b->cover[own].cols > 1)
		buf_printf(out, "<w:gridSpan w:val=\"%u\"/>", b->cover[own].cols);
	if (b->cover[own].rows > 1)
		buf_put(out, own == i ? S("<w:vMerge w:val=\"restart\"/>") : S("<w:vMerge/>"));
	buf_put(out, S("<w:vAlign w:val=\"center\"/></w:tcPr>"));
	if (own == i)
		cell_text(b, i);
	else
		buf_put(out, S("<w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr></w:p>"));
	buf_put(out, S("</w:tc>"));
	*col += b->cover[own].cols;
}

/* Is a row higher than half the type area, by what its cells hold? Then it may go on to the next page. */
static bool tall(const struct table *b, size_t row)
{
	int half_page = (b->x->landscape ? TW_TYPE : TW_TYPE_LYING) / 2;

	if (b->laid)
		return tw(b->laid->height[row]) > half_page;
	for (size_t k = 0; k < b->t->ncols; k++) {
		size_t i = row * b->t->ncols + k, at = 0;
		int64_t em = 0, room, lines = 1;
		struct str s;

		if (b->cover[i].owner != i)
			continue;
		s = cell(b, i)->text;
		for (; at < s.n; lines += at <= s.n && s.p[at - 1] == '\n')
			em += em_of(utf8_next(s, &at));
		room = MAX(width_of(b, i) - PAD, 1);
		lines += em * b->half * 10 / EM / room;
		if (lines * b->half * 13 > half_page)
			return true;
	}
	return false;
}

static void rows_put(struct table *b)
{
	struct buf *out = &b->x->body;

	for (size_t row = 0; row < b->t->nrows; row++) {
		bool whole = row < b->t->nheads || !tall(b, row);

		buf_put(out, S("<w:tr><w:trPr>"));
		if (whole)
			buf_put(out, S("<w:cantSplit/>"));
		if (whole && b->laid)
			buf_printf(out, "<w:trHeight w:val=\"%d\" w:hRule=\"atLeast\"/>", tw(b->laid->height[row]));
		if (row < b->t->nheads)
			buf_put(out, S("<w:tblHeader/>"));
		buf_put(out, S("</w:trPr>"));
		for (size_t col = 0; col < b->t->ncols;)
			cell_put(b, row, &col);
		buf_put(out, S("</w:tr>"));
	}
}

/* Padding left and right: 0.3 mm less than on paper, since LibreOffice takes half the rules out of the cells and sets
 * gaps between digits and Hanzi, so that what just fits on paper would be broken. Less where a Hanzi has no room. */
static int padding(const struct table *b)
{
	int least = TW_TYPE_LYING;

	for (size_t k = 0; k < b->t->ncols; k++)
		least = MIN(least, b->w[k]);
	return least - 2 * SIDE_PAD >= b->half * 10 ? SIDE_PAD : MIN(SIDE_PAD, least / 8);
}

#define SIDE(name, sz) "<w:" name " w:val=\"single\" w:sz=\"" sz "\" w:space=\"0\" w:color=\"000000\"/>"

void dx_table(struct docx *x, const struct doc_block *block, bool keep)
{
	const struct doc_table *t = block->table;
	struct table b = {.x = x, .t = t, .keep = keep};
	int64_t sum = 0;
	int side;

	if (!t || !t->ncols || !t->nrows)
		return;
	b.cover = doc_covers(x->a, t);
	b.column = ARENA_ARRAY(x->a, struct column, t->ncols);
	b.w = ARENA_ARRAY(x->a, int, t->ncols);
	b.laid = laid(x, block);
	if (b.laid) {
		share_laid(&b);
	} else {
		measure_columns(&b);
		share(&b);
	}
	for (size_t k = 0; k < t->ncols; k++)
		sum += b.w[k];
	side = padding(&b);
	buf_printf(&x->body,
		"<w:tbl><w:tblPr><w:tblStyle w:val=\"OfficialTable\"/><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:jc "
		"w:val=\"center\"/>"
		"<w:tblBorders>" SIDE("top", "8") SIDE("left", "8") SIDE("bottom", "8") SIDE("right", "8") SIDE(
			"insideH", "4") SIDE("insideV",
			"4") "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar>"
			     "<w:top w:w=\"34\" w:type=\"dxa\"/><w:left w:w=\"%d\" w:type=\"dxa\"/><w:bottom w:w="
			"\"34\" w:type=\"dxa\"/>"
			     "<w:right w:w=\"%d\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>",
		(int)sum, side, side);
	for (size_t k = 0; k < t->ncols; k++)
		buf_printf(&x->body, "<w:gridCol w:w=\"%d\"/>", b.w[k]);
	buf_put(&x->body, S("</w:tblGrid>"));
	rows_put(&b);
	buf_put(&x->body, S("</w:tbl>"));
	x->table = true;
}
