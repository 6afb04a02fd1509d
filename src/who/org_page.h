/* Inside who/: a sheet of org.xlsx as a table, its columns found by the words of its header row. */
#ifndef WHO_ORG_PAGE_H
#define WHO_ORG_PAGE_H

#include "sheet/sheet.h"
#include "who/org.h"

enum { PAGE_FIELDS = 5, PAGE_WORDS = 9 };

/* A column: words that head it, the best first; compared without blanks, in half width, up to a bracket. */
struct column {
	const char *words[PAGE_WORDS];
	bool required;             /* the column must be there, and no row of it empty */
};

/* A page of the workbook: the names its sheet may have, and its columns. */
struct org_form {
	const char *names[PAGE_WORDS];
	bool optional;
	struct column columns[PAGE_FIELDS];
};

struct org_page {
	struct arena *a;
	const struct sheet *sheet;               /* NULL: an optional page that the workbook lacks */
	const struct org_form *form;
	int cols[PAGE_FIELDS];                  /* from 1; 0 where the sheet lacks the column */
	struct str heads[PAGE_FIELDS];          /* its title as written */
	size_t first;                            /* place of the first row below the header */
	struct err *err;
};

/* Finds the sheet of the page and its header. ERR_REQUIRED, ERR_INPUT. */
enum err_code org_page_find(struct arena *a, const struct book *book, const struct org_form *form,
	struct org_page *out, struct err *err);

/* True for a row that holds nothing in our columns, and for a note under the table. */
bool org_page_no_fact(const struct org_page *t, const struct row *row);

/* ERR_REQUIRED where a required field of the row is empty. */
enum err_code org_page_complete(const struct org_page *t, const struct row *row);

/* A field of the row, trimmed; inside a merged range that of its corner. Empty when there is none. */
struct str org_page_text(const struct org_page *t, const struct row *row, int field);

/* A day, as a date cell or written 2022-06-03, 2022.6.3, 2022/6/3, 20220603, 2022年6月3日, in full or half
 * width; no date for an empty cell and words such as 至今. ERR_INPUT for anything else. */
enum err_code org_page_day(const struct org_page *t, const struct row *row, int field, struct date *out);

#endif
