/* XLSX written row by row with flat memory: libxlsxwriter beneath. The same calls give the same bytes. */
#ifndef SHEET_XLSX_WRITE_H
#define SHEET_XLSX_WRITE_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

struct xlsx;

/* BAD: the cell that was refused, marked. NOTE: small words for who fills a sheet in. LINK: what leads elsewhere,
 * in a list with lines around. BOX: with lines around. */
enum xlsx_style { XLSX_PLAIN, XLSX_HEAD, XLSX_BAD, XLSX_TITLE, XLSX_NOTE, XLSX_LINK, XLSX_BOX,
	XLSX_STYLES };

/* Begins a workbook that will be path. ERR_IO. */
enum err_code xlsx_open(const char *path, struct xlsx **out, struct err *err);
/* Said before any sheet: one of this name stands in front of the others, to be written later. */
enum err_code xlsx_front(struct xlsx *x, struct str name, struct err *err);
/* Later cells go there; widths as of xlsx_sheet. */
void xlsx_to_front(struct xlsx *x, const int *widths, size_t n);
/* A new sheet; later cells go there. widths in characters, [n]: a row is as high as its texts need at them; may be
 * NULL. freeze: rows kept in view. The name is made one that spreadsheets take, and unlike all others. */
enum err_code xlsx_sheet(struct xlsx *x, struct str name, const int *widths, size_t n, int freeze,
		struct err *err);
/* What the sheet begun last is called in the end. */
struct str xlsx_sheet_name(const struct xlsx *x);
/* A column so wide, in hundredths of a character, 100 to 25500. */
void xlsx_width(struct xlsx *x, int col, int hundredths);
/* A column that is there, but not shown. */
void xlsx_hide(struct xlsx *x, int col);
/* The whole column has the form of dates, also where nothing stands yet. */
void xlsx_column_date(struct xlsx *x, int col);
/* A4 across, as wide as the page, rows first to last printed on each, page numbers at the foot. */
void xlsx_print(struct xlsx *x, int first, int last);
/* Lines between all cells when it is printed, as there are on the screen. */
void xlsx_print_lines(struct xlsx *x);

/* Rows of one line in the sheet are so high, in points. */
void xlsx_rows(struct xlsx *x, int points);
/* A row at least so high, in tenths of a point, 1 to 4090; said before its cells. Rows ascend. */
enum err_code xlsx_height(struct xlsx *x, int row, int tenths, struct err *err);

enum { XLSX_CELL = 32767 };      /* units of UTF-16 that a cell holds */
/* As much of a text as a cell holds beside so many other units; all of it where it fits without them. */
struct str xlsx_fits(struct str text, size_t beside);

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
/* One cell of several, from col to last: said before its text is written. */
enum err_code xlsx_merge(struct xlsx *x, int row, int col, int last, struct err *err);
/* A cell with the name of another sheet of the book that leads to its top. */
enum err_code xlsx_link(struct xlsx *x, int row, int col, struct str sheet, struct err *err);

/* What a cell is meant to hold. A word that is not, or a number that is none, is asked about and may stay. */
struct xlsx_rule {
	enum { XLSX_ANY, XLSX_LIST, XLSX_DATE, XLSX_NUMBER } kind;
	int list;                        /* LIST: of xlsx_list */
	struct str title, note;          /* shown where the cell is chosen */
	struct str wrong;                /* shown when something else is typed */
};
/* For a column from row first to last. */
enum err_code xlsx_check(struct xlsx *x, int col, int first, int last, const struct xlsx_rule *rule, struct err *err);
/* A list to choose from, under a head on a hidden sheet that is called name; returns its number. */
int xlsx_list(struct xlsx *x, struct str name, struct str head, const struct str *values, size_t n);

/* Finishes the file (whole or not at all) and frees x. ERR_IO: also where the disk has no room for all of it. */
enum err_code xlsx_close(struct xlsx *x, struct err *err);
void xlsx_drop(struct xlsx **x);   /* for CLEANUP: throws an unfinished file away; NULL is fine */

#endif
