/* XLSX written row by row with flat memory (libxlsxwriter, constant memory). */
#ifndef SHEET_XLSX_WRITE_H
#define SHEET_XLSX_WRITE_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

struct xlsx;

enum xlsx_style { XLSX_PLAIN, XLSX_HEAD, XLSX_BAD };   /* BAD: the cell that was refused, marked */

/* Begins a workbook that will be path. ERR_IO. */
enum err_code xlsx_open(const char *path, struct xlsx **out, struct err *err);
/* A new sheet; later cells go there. widths in characters, [n]: a row is as high as its texts need at them; may be
 * NULL. freeze: rows kept in view. */
enum err_code xlsx_sheet(struct xlsx *x, struct str name, const int *widths, size_t n, int freeze,
		struct err *err);
/* Rows must ascend, from 0; columns from 0. Text that looks like a formula is written as text. */
enum err_code xlsx_text(struct xlsx *x, int row, int col, struct str text, enum xlsx_style style,
		struct err *err);
enum err_code xlsx_date(struct xlsx *x, int row, int col, struct date date, enum xlsx_style style,
		struct err *err);
/* Decimal text ("13", "2.5") as a number cell. */
enum err_code xlsx_number(struct xlsx *x, int row, int col, struct str decimal, enum xlsx_style style,
		struct err *err);
/* Buttons to filter by on row 0 of the sheet, over the columns before cols, down to the last row written. */
void xlsx_filter(struct xlsx *x, int cols);
/* A column that is there, but not shown. */
void xlsx_hide(struct xlsx *x, int col);
/* Finishes the file (whole or not at all) and frees x. */
enum err_code xlsx_close(struct xlsx *x, struct err *err);
void xlsx_drop(struct xlsx **x);   /* for CLEANUP: throws an unfinished file away; NULL is fine */

#endif
