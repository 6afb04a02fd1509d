/* Inside of office/export: records a batch at a time, and their cells. */
#ifndef OFFICE_EXPORT_INSIDE_H
#define OFFICE_EXPORT_INSIDE_H

#include "office/export.h"
#include "text/node.h"

enum { EXPORT_BATCH = 256, EXPORT_LINE = 4 << 20 };      /* records; bytes a line may have */

struct export_record {
	struct id id;
	struct str fields, raw;          /* JSON */
	bool wanted;                     /* else it is passed over */
};

struct export_batch {
	struct export_record p[EXPORT_BATCH];
	size_t n;
};

/* The records of the sheet's type behind `last`, in a; none at the end. */
enum err_code export_batch(struct arena *a, struct db *db, const struct export_sheet *sheet,
	const struct export_ask *ask, struct id last, struct export_batch *out, struct err *err);

/* What it says; *raw is NULL where all could be read. */
enum err_code export_read(
	struct arena *a, const struct export_record *r, struct node **fields, struct node **raw, struct err *err);

struct export_cell {
	enum { OUT_TEXT, OUT_NUMBER, OUT_DATE } kind;
	struct str text;                 /* empty: nothing stands there */
	struct date day;
};

/* What the record itself says under a field, as somebody would type it. */
struct export_cell export_cell(
	struct arena *a, enum lang lang, const struct field *f, const struct node *fields, const struct node *raw);

#endif
