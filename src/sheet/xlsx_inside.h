/* Inside of the writer of workbooks: what its files share. */
#ifndef SHEET_XLSX_INSIDE_H
#define SHEET_XLSX_INSIDE_H

#include "base/arena.h"
#include "base/buf.h"
#include "sheet/xlsx_write.h"

#include <xlsxwriter.h>

enum {
	XLSX_UNITS = 200,                /* different units a book may show */
	XLSX_KINDS = 2                   /* plain or date, of each style */
};

struct xlsx_unit {
	struct str text;
	int decimals;
	lxw_format *format;
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
	lxw_workbook *book;
	lxw_worksheet *front;            /* to be written when the others are; NULL: none */

	/* the sheet that is being written; NULL: none yet */
	lxw_worksheet *sheet;
	struct xlsx_column *columns;
	size_t ncolumns, columns_cap;
	int row;                         /* the last one written to; -1: none */
	int lines;                       /* that it has, by its longest cell */
	struct buf text;                 /* of a cell, as the library takes it */

	lxw_format *formats[XLSX_STYLES][XLSX_KINDS];
	struct xlsx_unit units[XLSX_UNITS];
	size_t nunits;
	struct xlsx_list *lists;
	size_t nlists, lists_cap;
	struct str lists_name;
};

/* All of formats. */
void xlsx_add_formats(struct xlsx *x);
/* Of numbers shown with a unit; NULL: no place for one more. */
lxw_format *xlsx_unit_format(struct xlsx *x, struct str unit, int decimals);

/* What the library said of the last thing asked of it. */
enum err_code xlsx_result(const struct xlsx *x, lxw_error code, struct err *err);
/* Text as the library takes it, without what XML does not know; valid until the next call. */
const char *xlsx_clean(struct xlsx *x, struct str s);

/* The lists to choose from, on a sheet of their own. */
enum err_code xlsx_put_lists(struct xlsx *x, struct err *err);

#endif
