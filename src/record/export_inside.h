/* Inside of export: records a batch at a time, or all as they come, and their cells. */
#ifndef RECORD_EXPORT_INSIDE_H
#define RECORD_EXPORT_INSIDE_H

#include "record/export.h"
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

/* The records of the sheet's type behind a place, or those chosen from it on, in a; none at the end. */
enum err_code export_batch(struct arena *a, struct db *db, const struct export_sheet *sheet,
	const struct export_ask *ask, const struct export_place *from, struct export_batch *out, struct err *err);

typedef enum err_code export_fn(void *ctx, const struct export_record *r, struct err *err);
/* All of the sheet, in flat memory; fn asks the database nothing. */
enum err_code export_each(struct db *db, const struct export_sheet *sheet, const struct export_ask *ask, export_fn *fn,
	void *ctx, struct err *err);

struct export_cell {
	enum { OUT_TEXT, OUT_NUMBER, OUT_DATE } kind;
	struct str text;                 /* empty: nothing stands there */
	struct str unit;                 /* NUMBER: what stands behind it */
	struct date day;
};

/* What a sheet's records say, one after the other, as somebody would type it. */
struct export_plan {
	const struct export_sheet *sheet;
	enum lang lang;
	struct export_cell *cells;       /* [sheet->n] of the record asked for last */
	struct export_key *keys;
	size_t nkeys;
	struct buf scratch, list;
	struct arena texts;
};
void export_plan(struct arena *a, const struct export_sheet *sheet, enum lang lang, struct export_plan *out);
void export_plan_done(struct export_plan *p);     /* for CLEANUP */

/* Fills p->cells, which point into the record and are valid until the next call. ERR_DAMAGED: fields that cannot be
 * read. */
enum err_code export_cells(struct export_plan *p, const struct export_record *r, struct err *err);

#endif
