/* Inside of the writer of workbooks: what its files share. */
#ifndef SHEET_XLSX_INSIDE_H
#define SHEET_XLSX_INSIDE_H

#include "base/arena.h"
#include "base/buf.h"
#include "sheet/xlsx_write.h"

#include <pthread.h>
#include <xlsxwriter.h>

enum {
	XLSX_UNITS = 200,                /* different units a book may show */
	XLSX_KINDS = 2,                  /* plain or date, of each style */
	XLSX_BATCHES = 6,                /* so that the thread finds one whenever it has done one */
	XLSX_OPS = 4096,                 /* of a batch: some hundred rows */
	XLSX_BATCH_BYTES = 1 << 20       /* of its texts */
};

/* Something for the library to do. */
struct xlsx_op {
	enum { XLSX_OP_TEXT, XLSX_OP_VALUE, XLSX_OP_BLANK, XLSX_OP_HEIGHT } kind;
	int row, col;
	lxw_format *format;
	double value;                    /* VALUE; points of a HEIGHT */
	size_t text;                     /* TEXT: where it stands among the batch's, with a zero behind it */
};

struct xlsx_batch {
	lxw_worksheet *sheet;
	struct xlsx_op ops[XLSX_OPS];
	size_t n;
	struct buf texts;
};

/* Cells on their way into the library. Full batches are done by a thread of their own, in turn, while the next ones are
 * being filled; a book that never fills one has no thread. */
struct xlsx_queue {
	struct xlsx_batch batches[XLSX_BATCHES];
	struct xlsx_batch *filling;      /* the caller's: the one behind those that are full */
	bool started;
	pthread_t thread;
	pthread_mutex_t lock;            /* over what follows */
	pthread_cond_t changed;
	uint64_t full, done;             /* batches until now; the thread has those between */
	bool stop;
	lxw_error failed;                /* what the library said when it first failed */
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
	int width;                       /* in characters, for whole lines */
	double exact;                    /* 0: as width says */
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
	int points;                      /* of its rows of one line; 0: as ever */
	int row;                         /* the last one written to; -1: none */
	int lines;                       /* that it has, by its longest cell */
	struct xlsx_queue queue;

	lxw_format *formats[XLSX_STYLES][XLSX_KINDS];
	struct xlsx_unit units[XLSX_UNITS];
	size_t nunits;
	struct xlsx_list *lists;
	size_t nlists, lists_cap;
	struct str lists_name;
};

/* All of the sheet is written; after xlsx_settle. */
void xlsx_end_sheet(struct xlsx *x);

/* All of formats. */
void xlsx_add_formats(struct xlsx *x);
/* Of numbers shown with a unit; NULL: no place for one more. */
lxw_format *xlsx_unit_format(struct xlsx *x, struct str unit, int decimals);

/* What the library said of the last thing asked of it. */
enum err_code xlsx_result(const struct xlsx *x, lxw_error code, struct err *err);
/* Appends text as the library takes it, without what XML does not know, and a zero. */
void xlsx_clean(struct buf *b, struct str s);

/* ---- xlsx_queue.c ---- */

/* Of zeros: empty, without a thread. Never fails. */
void xlsx_queue_init(struct xlsx_queue *q);
/* Waits for what is under way, throws the rest away. */
void xlsx_queue_done(struct xlsx_queue *q);
/* One thing more to do on the sheet, text of a TEXT. ERR_IO: what was asked before has failed. */
enum err_code xlsx_ask(struct xlsx *x, struct xlsx_op op, struct str text, struct err *err);
/* All that was asked is done: the library may be called. What failed first, until now. */
lxw_error xlsx_settle(struct xlsx *x);

/* The lists to choose from, on a sheet of their own. */
enum err_code xlsx_put_lists(struct xlsx *x, struct err *err);

#endif
