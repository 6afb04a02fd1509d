/* Inside of the writer of workbooks: what its files share. */
#ifndef SHEET_XLSX_INSIDE_H
#define SHEET_XLSX_INSIDE_H

#include "base/arena.h"
#include "base/buf.h"
#include "pack/zip_out.h"
#include "sheet/xlsx_write.h"

enum {
	XLSX_ROWS = 1048576,
	XLSX_COLS = 16384,
	XLSX_UNITS = 200,                /* different units a book may show */
	XLSX_KINDS = 2                   /* plain or date, of each style */
};

struct xlsx_sheet {
	struct str name;                 /* as it is called */
	struct str quoted;               /* the same as formulas have it: 'a''b' */
	const char *part;                /* "xl/worksheets/sheet1.xml" */
	bool hidden;
	int first, last;                 /* rows printed on each page; last -1: none */
	int filter_row, filter_cols;     /* cols 0: none */
	int rows;
};

struct xlsx_unit {
	struct str text;
	int decimals;
};

struct xlsx_list {
	struct str head;
	const struct str *values;
	size_t n;
};

struct xlsx_column {
	int width;
	bool hidden, date;
};

struct xlsx {
	struct arena arena;
	char *path, *dir, *tmp;
	int fd;
	struct zip_out *zip;
	struct xlsx_sheet **sheets;
	size_t nsheets, sheets_cap;
	bool front;                      /* one of them will stand in front, */
	size_t front_at;                 /* this one, from 1 */

	/* the sheet that is being written; NULL: none */
	struct xlsx_sheet *sheet;
	bool selected;                   /* it is the one in view when the book is opened */
	bool begun;                      /* what stands before its rows is out */
	struct xlsx_column *columns;
	size_t ncolumns, columns_cap;
	int freeze;
	bool print;
	struct buf merges, checks, links;
	size_t nmerges, nchecks, nlinks;

	int row;                         /* the last one written to; -1: none */
	int col;                         /* the last one written to in it */
	int lines;                       /* that it has, by its longest cell */
	char ref[16];                    /* its number as text */
	size_t nref;
	struct buf cells;                /* of the row */
	struct buf out;                  /* rows that are full, not yet in the archive */

	struct xlsx_unit units[XLSX_UNITS];
	size_t nunits;
	struct xlsx_list *lists;
	size_t nlists, lists_cap;
	struct str lists_name;
};

/* Of a cell: its place among the formats of xlsx_parts.c. */
int xlsx_format(enum xlsx_style style, bool date);
/* Of numbers shown with a unit; -1: no place for one more. */
int xlsx_format_of(struct xlsx *x, struct str unit, int decimals);

/* Text as XML has it: escaped, without what XML does not know. attribute: in double quotes. */
void xlsx_xml(struct buf *b, struct str s, bool attribute);
/* "B7" */
void xlsx_ref(struct buf *b, int row, int col);

/* Ends the sheet that is being written, if there is one. */
enum err_code xlsx_end_sheet(struct xlsx *x, struct err *err);
/* The lists to choose from, on a sheet of their own. */
enum err_code xlsx_put_lists(struct xlsx *x, struct err *err);
/* All parts that are no sheets. */
enum err_code xlsx_put_parts(struct xlsx *x, struct err *err);

#endif
