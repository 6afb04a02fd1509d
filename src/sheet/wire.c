#include "sheet/wire.h"

#include "sheet/record.h"

#include <string.h>

enum {
	FLUSH_BYTES = 256 << 10       /* a longer row goes out in several records */
};

_Static_assert(FLUSH_BYTES + CELL_HEAD + SHEET_CELL_BYTES + 1 <= WIRE_RECORD, "a record holds its last cell");

struct wire {
	struct child_out *out;
	int row, col;                 /* of the row under way; row 0: none */
	bool kept;                    /* the row is told even when empty */
	uint16_t height;              /* of the row */
	uint32_t cells;               /* in the record under way */
	size_t all_cells, all_text, spans;
	size_t n;
	char bytes[WIRE_RECORD];
};

struct wire *wire_new(struct arena *a, struct child_out *out)
{
	struct wire *w = ARENA_NEW(a, struct wire);

	w->out = out;
	return w;
}

static void put(struct wire *w, const void *p, size_t n)
{
	if (!n)
		return;
	memcpy(w->bytes + w->n, p, n);
	w->n += n;
}

static void begin(struct wire *w, enum record_kind kind)
{
	w->n = 0;
	w->bytes[w->n++] = (char)kind;
}

static enum err_code send(struct wire *w, struct err *err)
{
	return child_send(w->out, (struct str){w->bytes, w->n}, err);
}

static void begin_row(struct wire *w)
{
	uint32_t no = (uint32_t)w->row;

	w->cells = 0;
	begin(w, RECORD_ROW);
	put(w, &no, sizeof no);
	put(w, &w->cells, sizeof w->cells);
	put(w, &w->height, sizeof w->height);
}

static enum err_code send_row(struct wire *w, struct err *err)
{
	if (!w->row || (!w->cells && !w->kept))
		return OK;
	memcpy(w->bytes + 1 + sizeof(uint32_t), &w->cells, sizeof w->cells);
	memcpy(w->bytes + 1 + 2 * sizeof(uint32_t), &w->height, sizeof w->height);
	w->kept = false;
	return send(w, err);
}

enum err_code wire_end(struct wire *w, struct err *err)
{
	TRY(send_row(w, err));
	w->row = 0;
	return OK;
}

enum err_code wire_book(struct wire *w, bool csv, const char *encoding, struct err *err)
{
	struct str name = str_c(encoding);

	begin(w, RECORD_BOOK);
	w->bytes[w->n++] = csv;
	BUG_IF(name.n > 32);
	put(w, name.p, name.n);
	return send(w, err);
}

enum err_code wire_sheet(struct wire *w, struct str name, bool hidden, struct err *err)
{
	TRY(wire_end(w, err));
	if (name.n > SHEET_CELL_BYTES)
		return fail(err, ERR_LIMIT, N_("a sheet name of %zu bytes"), name.n);
	if (name.n && memchr(name.p, 0, name.n))
		return fail(err, ERR_INPUT, N_("a 0 byte in the text"));
	begin(w, RECORD_SHEET);
	w->bytes[w->n++] = hidden;
	put(w, name.p, name.n);
	return send(w, err);
}

enum err_code wire_row(struct wire *w, int no, bool kept, struct err *err)
{
	int last = w->row;

	TRY(send_row(w, err));
	if (no > SHEET_ROWS)
		return fail(err, ERR_LIMIT, N_("row %d: more than %d rows"), no, SHEET_ROWS);
	BUG_IF(no <= last);
	w->row = no;
	w->col = 0;
	w->kept = kept;
	w->height = 0;
	begin_row(w);
	return OK;
}

void wire_height(struct wire *w, int tenths)
{
	BUG_IF(!w->row || tenths < 1 || tenths > SHEET_HEIGHT);
	w->height = (uint16_t)tenths;
}

enum err_code wire_cols(struct wire *w, const struct sheet_col *cols, size_t n, struct err *err)
{
	uint16_t count = (uint16_t)n;
	int last = 0;

	if (!n)
		return OK;
	BUG_IF(n > SHEET_COLS || w->row);
	begin(w, RECORD_COLS);
	put(w, &count, sizeof count);
	for (size_t i = 0; i < n; i++) {
		const struct sheet_col *c = &cols[i];
		struct col_head head = {(uint16_t)c->first, (uint16_t)c->last, (uint16_t)c->width, c->hidden};

		BUG_IF(c->first <= last || c->last < c->first || c->last > SHEET_COLS || c->width < 0 ||
			c->width > SHEET_WIDTH);
		last = c->last;
		put(w, &head, COL_HEAD);
	}
	return send(w, err);
}

static enum err_code check_cell(struct wire *w, int col, struct str text, struct err *err)
{
	if (col > SHEET_COLS)
		return fail(err, ERR_LIMIT, N_("content beyond column %d"), SHEET_COLS);
	if (text.n > SHEET_CELL_BYTES)
		return fail(err, ERR_LIMIT, N_("a cell of more than %d KiB of text"), SHEET_CELL_BYTES >> 10);
	if (w->all_cells >= SHEET_CELLS)
		return fail(err, ERR_LIMIT, N_("more than %d cells with content"), SHEET_CELLS);
	if (text.n > SHEET_TEXT - w->all_text)
		return fail(err, ERR_LIMIT, N_("more than %d MiB of text"), SHEET_TEXT >> 20);
	if (memchr(text.p, 0, text.n))
		return fail(err, ERR_INPUT, N_("a 0 byte in the text"));
	return OK;
}

enum err_code wire_cell(struct wire *w, int col, enum cell_kind kind, struct date date, struct str text,
		struct err *err)
{
	struct cell_head head = {(uint32_t)text.n, date.n, (uint16_t)col, (uint8_t)kind};

	if (!text.n)
		return OK;
	TRY(check_cell(w, col, text, err));
	BUG_IF(!w->row || col <= w->col);
	if (w->n > FLUSH_BYTES) {
		TRY(send_row(w, err));
		begin_row(w);
	}
	w->col = col;
	w->cells++;
	w->all_cells++;
	w->all_text += text.n;
	put(w, &head, CELL_HEAD);
	put(w, text.p, text.n);
	w->bytes[w->n++] = 0;
	return OK;
}

enum err_code wire_span(struct wire *w, struct span span, struct err *err)
{
	TRY(wire_end(w, err));
	if (w->spans++ >= SHEET_SPANS)
		return fail(err, ERR_LIMIT, N_("more than %d merged ranges"), SHEET_SPANS);
	begin(w, RECORD_SPAN);
	put(w, &span, sizeof span);
	return send(w, err);
}
