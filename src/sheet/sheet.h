/* Sheets of foreign files (XLSX of ECMA-376, CSV of RFC 4180) as rows of text cells: knows nothing of
 * offices. The file is parsed in a child process without files or network (pack/child.h); what comes back
 * is checked for length and shape. */
#ifndef SHEET_SHEET_H
#define SHEET_SHEET_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

enum {
	SHEET_FILE_BYTES  = 64 << 20,    /* file on disk */
	SHEET_INFLATED    = 512 << 20,   /* bytes inflated from one file in all */
	SHEET_TEXT        = 256 << 20,   /* bytes of cell text kept from one file */
	SHEET_ROWS        = 1048576,     /* rows a sheet */
	SHEET_COLS        = 1024,        /* columns a sheet */
	SHEET_CELL_BYTES  = 64 << 10,    /* one cell */
	SHEET_COLS_MAX    = 16384,       /* columns a workbook may name (XFD), empty or merged */
	SHEET_SHEETS      = 256,         /* sheets a file */
	SHEET_CELLS       = 8 << 20,     /* cells with content a file */
	SHEET_SPANS       = 256 << 10,   /* merged ranges a file */
	SHEET_WIDTH       = 25500,       /* hundredths of a character that a column is wide at most; at least 100 */
	SHEET_HEIGHT      = 4095         /* tenths of a point that a row is high at most */
};

enum cell_kind { CELL_TEXT, CELL_NUMBER, CELL_DATE, CELL_BOOL, CELL_ERROR };

/* A cell with content; empty cells are not listed. text is always there: what a person would type for it —
 * a number without its display format ("13", "2.5", "44575"), a date as 2022-06-03 (a time of day is
 * dropped), TRUE/FALSE, #REF! — UTF-8, NFC, not trimmed. A formula is its stored value; one without a stored
 * value is empty. Rich text is its runs put together; phonetic hints are left out. */
struct cell {
	int col;                /* from 1: A */
	enum cell_kind kind;
	struct date date;       /* CELL_DATE */
	struct str text;
};

struct row {
	int no;                 /* as the file numbers it, from 1; for CSV the number of the record */
	int height;             /* tenths of a point, where somebody has set it; 0: nobody has */
	size_t n;
	struct cell *cells;     /* by ascending col */
};

struct span {              /* a merged range, corners included */
	int row1, col1, row2, col2;
};

/* Neighbouring columns that look alike, where the workbook says so. */
struct sheet_col {
	int first, last;
	int width;              /* that somebody has set, in hundredths of a character; 0: nobody has */
	bool hidden;
};

struct sheet {
	struct str name;        /* empty for CSV */
	bool hidden;            /* the workbook hides it */
	size_t nrows;
	/* rows with at least one cell, ascending; CSV: every record, also empty ones */
	struct row *rows;
	size_t nspans;
	struct span *spans;
	size_t ncols;
	struct sheet_col *cols; /* ascending */
};

struct book {
	struct str name;        /* of the file, without folder */
	bool csv;
	const char *encoding;   /* CSV: "UTF-8" or "GB18030" */
	size_t nsheets;
	struct sheet *sheets;
};

/* Reads a file by its content (a ZIP is XLSX, all else CSV when the name ends in .csv or .txt). Progress,
 * where given, is called now and then with rows read so far. ERR_INPUT (no ZIP, broken XML, DOCTYPE, wrong
 * encoding, old .xls named as such …), ERR_LIMIT (which limit), ERR_IO. The text names sheet and cell where
 * it can. */
struct sheet_progress {
	void (*fn)(void *ctx, size_t rows);
	void *ctx;
};
enum err_code book_read(struct arena *a, const char *path, struct sheet_progress progress, struct book *out,
		struct err *err);

/* What the workbook says of a column; NULL: nothing. */
const struct sheet_col *sheet_col(const struct sheet *s, int col);

#define COL_TEXT 8
/* "C" for 3, "AA" for 27; into out, with a 0 byte. col is 1 to SHEET_COLS_MAX. Returns out. */
const char *col_text(int col, char out[COL_TEXT]);

#endif
