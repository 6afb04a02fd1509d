/* XLSX written row by row with flat memory (ECMA-376, transitional): cells as they come, straight into the archive. */
#ifndef SHEET_XLSX_WRITE_H
#define SHEET_XLSX_WRITE_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

struct xlsx;

/* BAD: the cell that was refused, marked. NOTE: small words for who fills a sheet in. LINK: what leads elsewhere.
 * BOX: with lines around, to be filled in. */
enum xlsx_style { XLSX_PLAIN, XLSX_HEAD, XLSX_BAD, XLSX_TITLE, XLSX_NOTE, XLSX_LINK, XLSX_BOX,
	XLSX_STYLES };

/* Begins a workbook that will be path. ERR_IO. */
enum err_code xlsx_open(const char *path, struct xlsx **out, struct err *err);
/* Said before any sheet: one that is begun later will stand in front of the others. Said again: it is this one. */
void xlsx_front(struct xlsx *x);
/* A new sheet; later cells go there. widths in characters, [n]: a row is as high as its texts need at them; may be
 * NULL. freeze: rows kept in view. The name is made one that spreadsheets take, and unlike all others. */
enum err_code xlsx_sheet(struct xlsx *x, struct str name, const int *widths, size_t n, int freeze,
		struct err *err);
/* What the sheet begun last is called in the end. */
struct str xlsx_sheet_name(const struct xlsx *x);
/* A column that is there, but not shown. Together with the next ones: before the first row is full. */
void xlsx_hide(struct xlsx *x, int col);
/* The whole column has the form of dates, or of numbers with a unit, also where nothing stands yet. */
void xlsx_column_date(struct xlsx *x, int col);
/* A4 across, as wide as the page, rows first to last printed on each, page numbers at the foot. */
void xlsx_print(struct xlsx *x, int first, int last);

/* Rows must ascend, from 0, and columns within a row; columns from 0. Text that looks like a formula is written as
 * text. ERR_LIMIT: too long for a cell; more than a sheet holds. */
enum err_code xlsx_text(struct xlsx *x, int row, int col, struct str text, enum xlsx_style style,
		struct err *err);
/* DATE_NONE: an empty cell of that form. */
enum err_code xlsx_date(struct xlsx *x, int row, int col, struct date date, enum xlsx_style style,
		struct err *err);
/* Decimal text ("13", "2.5") as a number cell. */
enum err_code xlsx_number(struct xlsx *x, int row, int col, struct str decimal, enum xlsx_style style,
		struct err *err);
/* The same, shown with a unit behind it: 13人. As text where a spreadsheet would not keep it whole, or after too many
 * different units. */
enum err_code xlsx_number_of(struct xlsx *x, int row, int col, struct str decimal, struct str unit, struct err *err);

/* ---- about cells written, or yet to be filled in ---- */

/* Buttons to filter by on a row of the sheet, over the columns before cols, down to the last row written. */
void xlsx_filter(struct xlsx *x, int row, int cols);
/* One cell of several, from col to last. */
void xlsx_merge(struct xlsx *x, int row, int col, int last);
/* Leads from a cell to the top of another sheet of the book. */
void xlsx_link(struct xlsx *x, int row, int col, struct str sheet);

/* What a cell is meant to hold. A word that is not, or a number that is none, is asked about and may stay. */
struct xlsx_rule {
	enum { XLSX_ANY, XLSX_LIST, XLSX_DATE, XLSX_NUMBER } kind;
	int list;                        /* LIST: of xlsx_list */
	struct str title, note;          /* shown where the cell is chosen */
	struct str wrong;                /* shown when something else is typed */
};
/* For a column from row first to last. */
void xlsx_check(struct xlsx *x, int col, int first, int last, const struct xlsx_rule *rule);
/* A list to choose from, under a head on a hidden sheet that is called name; returns its number. */
int xlsx_list(struct xlsx *x, struct str name, struct str head, const struct str *values, size_t n);

/* Finishes the file (whole or not at all) and frees x. */
enum err_code xlsx_close(struct xlsx *x, struct err *err);
void xlsx_drop(struct xlsx **x);   /* for CLEANUP: throws an unfinished file away; NULL is fine */

#endif
