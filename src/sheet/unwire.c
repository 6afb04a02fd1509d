#include "sheet/wire.h"

#include "sheet/record.h"
#include "text/nfc.h"

#include <string.h>

enum { PROGRESS_ROWS = 2048 };

struct unwire {
	struct arena *arena;
	struct sheet_progress progress;
	struct book book;
	size_t sheets_cap, rows_cap, spans_cap;
	size_t cells, spans, rows, told;
	bool begun;
};

struct unwire *unwire_new(struct arena *a, struct sheet_progress progress)
{
	struct unwire *u = ARENA_NEW(a, struct unwire);

	u->arena = a;
	u->progress = progress;
	return u;
}

static enum err_code nonsense(struct err *err)
{
	return fail(err, ERR_INPUT, N_("the reader of the file answered nonsense"));
}

/* Takes n bytes off the record. */
static bool get(struct str *rest, void *p, size_t n)
{
	if (rest->n < n)
		return false;
	memcpy(p, rest->p, n);
	rest->p += n;
	rest->n -= n;
	return true;
}

static enum err_code text(struct unwire *u, struct str s, struct str *out, struct err *err)
{
	if (memchr(s.p, 0, s.n))
		return nonsense(err);
	return nfc(u->arena, s, out, err);
}

static enum err_code take_book(struct unwire *u, struct str rest, struct err *err)
{
	static const char *const known[] = {"UTF-8", "GB18030"};
	uint8_t csv;

	if (u->begun || !get(&rest, &csv, 1) || csv > 1)
		return nonsense(err);
	u->begun = true;
	u->book.csv = csv;
	for (size_t i = 0; csv && i < LEN(known); i++)
		if (str_is(rest, known[i]))
			u->book.encoding = known[i];
	if (csv ? !u->book.encoding : rest.n > 0)
		return nonsense(err);
	return OK;
}

static enum err_code take_sheet(struct unwire *u, struct str rest, struct err *err)
{
	struct sheet *s;
	uint8_t hidden;

	if (!u->begun || !get(&rest, &hidden, 1) || hidden > 1 || rest.n > SHEET_CELL_BYTES ||
			u->book.nsheets == (u->book.csv ? 1 : SHEET_SHEETS))
		return nonsense(err);
	s = ARENA_PUSH(u->arena, u->book.sheets, u->book.nsheets, u->sheets_cap);
	s->hidden = hidden;
	u->rows_cap = u->spans_cap = 0;
	return rest.n ? text(u, arena_str(u->arena, rest), &s->name, err) : OK;
}

static enum err_code take_cols(struct unwire *u, struct str rest, struct err *err)
{
	struct sheet *s = u->book.nsheets ? &u->book.sheets[u->book.nsheets - 1] : NULL;
	uint16_t n;
	int last = 0;

	if (!s || u->book.csv || s->nrows || s->ncols || !get(&rest, &n, sizeof n) || !n ||
			n > SHEET_COLS || rest.n != (size_t)n * COL_HEAD)
		return nonsense(err);
	s->cols = ARENA_ARRAY(u->arena, struct sheet_col, n);
	for (; s->ncols < n; s->ncols++) {
		struct col_head h = {0};

		BUG_IF(!get(&rest, &h, COL_HEAD));
		if (h.first <= last || h.last < h.first || h.last > SHEET_COLS || h.width > SHEET_WIDTH ||
				(h.width && h.width < 100) || h.hidden > 1)
			return nonsense(err);
		last = h.last;
		s->cols[s->ncols] = (struct sheet_col){h.first, h.last, h.width, h.hidden};
	}
	return OK;
}

/* Cells of one record behind those the row has already. */
static enum err_code take_cells(struct unwire *u, struct row *row, size_t n, struct str rest, struct err *err)
{
	int col = row->n ? row->cells[row->n - 1].col : 0;
	struct cell *cells = ARENA_ARRAY(u->arena, struct cell, row->n + n);
	struct date first, last;

	BUG_IF(!date_make(1900, 1, 1, &first) || !date_make(2199, 12, 31, &last));
	if (row->n)
		memcpy(cells, row->cells, row->n * sizeof *cells);
	rest = arena_str(u->arena, rest);
	for (size_t i = 0; i < n; i++) {
		struct cell *c = &cells[row->n + i];
		struct cell_head h = {0};

		if (!get(&rest, &h, CELL_HEAD) || h.n == 0 || h.n > SHEET_CELL_BYTES || h.n >= rest.n ||
				rest.p[h.n] != 0 || h.col <= col || h.col > SHEET_COLS || h.kind > CELL_ERROR)
			return nonsense(err);
		if (h.kind == CELL_DATE ? h.date < first.n || h.date > last.n : h.date != DATE_NONE_N)
			return nonsense(err);
		c->col = col = h.col;
		c->kind = h.kind;
		c->date.n = h.date;
		TRY(text(u, (struct str){rest.p, h.n}, &c->text, err));
		rest.p += h.n + 1;
		rest.n -= h.n + 1;
	}
	if (rest.n)
		return nonsense(err);
	row->cells = cells;
	row->n += n;
	return OK;
}

static enum err_code take_row(struct unwire *u, struct str rest, struct err *err)
{
	struct sheet *s = u->book.nsheets ? &u->book.sheets[u->book.nsheets - 1] : NULL;
	struct row *row = s && s->nrows ? &s->rows[s->nrows - 1] : NULL;
	uint32_t no, n;
	uint16_t height;

	if (!s || !get(&rest, &no, sizeof no) || !get(&rest, &n, sizeof n) || !get(&rest, &height, sizeof height) ||
			no < 1 || no > SHEET_ROWS || height > SHEET_HEIGHT ||
			n > rest.n / CELL_HEAD || n > SHEET_COLS || n > SHEET_CELLS - u->cells ||
			(row && (int)no < row->no) || (!n && !u->book.csv))
		return nonsense(err);
	u->cells += n;
	if (!row || row->no != (int)no) {
		row = ARENA_PUSH(u->arena, s->rows, s->nrows, u->rows_cap);
		row->no = (int)no;
		row->height = height;
		u->rows++;
	}
	if (u->progress.fn && u->rows - u->told >= PROGRESS_ROWS) {
		u->told = u->rows;
		u->progress.fn(u->progress.ctx, u->rows);
	}
	return n ? take_cells(u, row, n, rest, err) : rest.n ? nonsense(err) : OK;
}

static enum err_code take_span(struct unwire *u, struct str rest, struct err *err)
{
	struct sheet *s = u->book.nsheets ? &u->book.sheets[u->book.nsheets - 1] : NULL;
	struct span m;

	if (!s || rest.n != sizeof m || u->spans++ == SHEET_SPANS)
		return nonsense(err);
	memcpy(&m, rest.p, sizeof m);
	if (m.row1 < 1 || m.row2 < m.row1 || m.row2 > SHEET_ROWS || m.col1 < 1 || m.col2 < m.col1 ||
			m.col2 > SHEET_COLS_MAX)
		return nonsense(err);
	*ARENA_PUSH(u->arena, s->spans, s->nspans, u->spans_cap) = m;
	return OK;
}

enum err_code unwire_take(void *unwire, struct str record, struct err *err)
{
	struct unwire *u = unwire;
	struct str rest = str_sub(record, 1, record.n);

	if (!record.n)
		return nonsense(err);
	switch (record.p[0]) {
	case RECORD_BOOK:
		return take_book(u, rest, err);
	case RECORD_SHEET:
		return take_sheet(u, rest, err);
	case RECORD_COLS:
		return take_cols(u, rest, err);
	case RECORD_ROW:
		return take_row(u, rest, err);
	case RECORD_SPAN:
		return take_span(u, rest, err);
	}
	return nonsense(err);
}

enum err_code unwire_book(struct unwire *u, struct book *out, struct err *err)
{
	if (!u->begun || !u->book.nsheets)
		return nonsense(err);
	if (u->progress.fn && u->rows != u->told)
		u->progress.fn(u->progress.ctx, u->rows);
	*out = u->book;
	return OK;
}
