/* What the parser child tells the parent about a book: compact records, host byte order. Private to
 * sheet/. */
#ifndef SHEET_WIRE_H
#define SHEET_WIRE_H

#include "pack/child.h"
#include "sheet/sheet.h"

enum {
	WIRE_RECORD = 512 << 10       /* bytes of the largest record */
};

/* ---- the child's side: in this order, rows and columns ascending (BUG otherwise: parsers check first)
 * ---- */

struct wire;

/* A teller that sends through out. */
struct wire *wire_new(struct arena *a, struct child_out *out);

/* First of all: what the file is. encoding is NULL for a workbook. */
enum err_code wire_book(struct wire *w, bool csv, const char *encoding, struct err *err);

/* A sheet begins. ERR_LIMIT, ERR_INPUT: its name. */
enum err_code wire_sheet(struct wire *w, struct str name, bool hidden, struct err *err);

/* How its columns look: at most SHEET_COLS, ascending, none of a column beyond, each within its limits. Before its
 * rows. */
enum err_code wire_cols(struct wire *w, const struct sheet_col *cols, size_t n, struct err *err);

/* A row begins; cells follow. A row without cells is told only when kept. ERR_LIMIT past SHEET_ROWS. */
enum err_code wire_row(struct wire *w, int no, bool kept, struct err *err);

/* The row under way is so high, in tenths of a point, 1 to SHEET_HEIGHT. */
void wire_height(struct wire *w, int tenths);

/* date only with CELL_DATE; empty text is left out. ERR_LIMIT past SHEET_COLS, SHEET_CELL_BYTES, SHEET_TEXT
 * and SHEET_CELLS; ERR_INPUT for a 0 byte. */
enum err_code wire_cell(struct wire *w, int col, enum cell_kind kind, struct date date, struct str text,
		struct err *err);

/* A merged range of the sheet. ERR_LIMIT past SHEET_SPANS. */
enum err_code wire_span(struct wire *w, struct span span, struct err *err);
enum err_code wire_end(struct wire *w, struct err *err);     /* the last row goes out */

/* ---- the parent's side: every record is checked as if the child were hostile ---- */

struct unwire;

/* A listener that builds a book in the arena. */
struct unwire *unwire_new(struct arena *a, struct sheet_progress progress);
enum err_code unwire_take(void *unwire, struct str record, struct err *err);   /* child_record_fn */

/* The book as told; its name is the caller's to fill. ERR_INPUT when nothing was told. */
enum err_code unwire_book(struct unwire *u, struct book *out, struct err *err);

#endif
