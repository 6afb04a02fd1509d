/* A list of anything taken out as a file: CSV, a workbook, a document. What the list is of its caller knows; here it is
 * heads and texts. Registers, whose records are read in again, are record/export.h. */
#ifndef RECORD_LIST_H
#define RECORD_LIST_H

#include "record/export.h"

struct list_head {
	struct str text;
	enum { LIST_TEXT, LIST_NUMBER, LIST_DAY } kind; /* cells are decimal ("13", "2.5"), or a day ("2022-06-03") */
};
struct list {
	enum lang lang;                  /* of its words */
	struct str title;
	struct str note;                 /* a line below it: whose, as of when, narrowed by what; may be empty */
	const struct list_head *heads;
	size_t ncols;
	const struct str *cells;         /* [n * ncols], a row after the other */
	size_t n;
};

/* In the arena. ERR_LIMIT: larger than DOC_BYTES. */
enum err_code list_csv(struct arena *a, const struct list *l, struct str *out, struct err *err);

/* A workbook with one sheet: title and note, then a frozen head with filters; numbers and days as such. ERR_IO. */
enum err_code list_book(const struct list *l, const char *path, struct err *err);
/* The same into a file of no name below dir, opened to be read. */
enum err_code list_book_open(const struct list *l, const char *dir, int *fd, int64_t *size, struct err *err);

/* Lying pages with the head on each. ERR_LIMIT above EXPORT_PAPER rows; ERR_NOT_FOUND where a face has no font. */
enum err_code list_document(struct arena *a, const struct list *l, const struct export_form *form, const char *fonts,
	struct str *out, struct err *err);

#endif
