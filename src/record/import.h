/* Registers as offices keep them, into records: read, sort every row into one class, show, and — when a person says
 * so — write. Nothing here knows a certain register; sheets: of the scheme says it all (scheme.h). */
#ifndef RECORD_IMPORT_H
#define RECORD_IMPORT_H

#include "log/log.h"
#include "log/object.h"
#include "record/row.h"

#include <stdatomic.h>

/* Every data row is in one class. */
enum row_class {
	ROW_ADD,             /* accepted: not here yet */
	ROW_CHANGE,          /* accepted: the same key with other fields */
	ROW_SAME,            /* accepted: here already, word for word */
	ROW_REFUSED,
	ROW_OUT_OF_YEAR,
	ROW_DUPLICATE,       /* of an earlier accepted row of the same sheet */
	ROW_CLASSES
};

enum skip { SKIP_BLANK, SKIP_TOTAL, SKIP_NOTE };

struct known;

struct import_row {
	int no;                          /* in the file */
	enum row_class class;
	enum refusal refusal;
	const struct field *field;       /* REFUSED: which */
	struct str text;                 /* REFUSED: what stood there */
	struct date day;                 /* first day of the year's field; what OUT_OF_YEAR shows */
	int same_as;                     /* DUPLICATE: row number */
	struct value *values;            /* [record->nfields] */
	unsigned char ident[IDENT_BYTES];
	struct str said_id;              /* what stands in the column of ids */
	struct known *claims;            /* the record of that id: of import_compare while it runs */
	bool taken;                      /* REFUSED by import_compare: another record has its key */
	bool leaves;                     /* OUT_OF_YEAR: the record was of the year and is written so */
	struct str was, was_raw;         /* CHANGE: what the record says, JSON */
	struct id id; /* CHANGE, SAME: the record that is here; OUT_OF_YEAR: so too when there is one */
};

struct import_skip {
	int no;
	enum skip why;
};

/* Something a person should look at although the row is accepted. */
struct import_notice {
	int row;                         /* 0: the whole table */
	struct str text;
};

/* A record imported earlier whose key the sheet no longer has. It stays. */
struct import_gone {
	struct id id;
	int row;                         /* where it stood then; 0: it was entered by hand */
	struct str label;
};

struct import_table {
	struct str source;               /* file#sheet, or file for CSV */
	const struct sheet *sheet;
	const struct sheet_map *map;
	const struct import_file *file;
	int header_row, head_end;        /* first and last row of the header; 0: none found */
	struct str *heads;               /* [record->nfields]: the file's own words; empty where there is no column */
	int *cols;                       /* [record->nfields]: column, 0 none */
	int id_col;                      /* column of the ids of records (record/export.h); 0: none */
	bool part;                       /* the sheet holds some of the register only: nothing is gone */
	bool sent_back; /* a workbook of refused rows, mended: a part of a register, so nothing is gone */
	struct str problem;              /* not empty: the table cannot be taken; no row is classified */
	struct import_row *rows;      size_t nrows, rows_cap;
	struct import_skip *skipped;  size_t nskipped, skipped_cap;
	struct import_notice *notices; size_t nnotices, notices_cap;
	struct import_gone *gone;     size_t ngone, gone_cap;
	size_t count[ROW_CLASSES];
};

struct import_file {
	struct str path, name;
	struct book book;
	struct object object;            /* the file itself, once stored */
};

struct proof_file {
	struct str name, path;           /* name: NFC */
	bool used;
	const struct object *object;     /* once stored; NULL: no row to be written names it */
};

struct import {
	struct arena *arena;
	const struct scheme *scheme;
	int year;
	enum lang lang;
	struct import_file *files;    size_t nfiles;
	struct import_table *tables;  size_t ntables;
	struct str *unmapped;         size_t nunmapped;      /* sheets with content that no mapping takes */
	bool proofs;                     /* an evidence folder was given */
	struct proof_file *proof;     size_t nproof;
	struct map proof_by_name;        /* squeezed name → struct proof_file */
	bool compared;                   /* import_compare has run */
	int64_t seen;                    /* the newest event when it did */
	int64_t since;                   /* the newest one when the scheme was read */
	size_t moved;                    /* rows whose record has changed since it ran before */
};

enum { IMPORT_FILES = 1000, IMPORT_PROOFS = 20000 };

struct import_opt {
	int year;
	enum lang lang;
	const char *evidence;            /* folder, may be NULL */
	struct sheet_progress progress;
	atomic_size_t *files_read;       /* may be NULL; counts them, for another thread to look at */
	int64_t since;                   /* newest event when the scheme was read; 0: when import_compare first runs */
};

/* Does a file end like a register: .xlsx, .csv, .xls, .xlsm? (The last two are taken to say what is wrong.) */
bool import_is_register(struct str name);

/* Reads the files, matches their sheets to the scheme and classifies every row. A file that cannot be read at all is
 * an error (names it); a table that cannot be taken is not: its problem says why. Rows are ADD until import_compare. */
enum err_code import_read(struct arena *a, const struct scheme *s, const struct str *paths, size_t n,
	struct import_opt opt, struct import *out, struct err *err);

/* Tells ADD from CHANGE and SAME, and finds what is gone. May be run again, when the log has moved on: then im->moved
 * counts the rows of which what was told before no longer holds. */
enum err_code import_compare(struct import *im, struct db *db, struct err *err);

/* ---- writing it: look whether it may be, keep the files, write the events ---- */

/* OK where nothing stands in the way. Else, unless partial: ERR_CONFLICT although rows were refused, ERR_INPUT for a
 * table with a problem; the error names the first. */
enum err_code import_may(const struct import *im, bool partial, struct err *err);
/* Is there a row to write? */
bool import_anything(const struct import *im);

/* Keeps the files themselves and the evidence that rows to be written name as objects; any thread. */
enum err_code import_stage(struct import *im, struct objects in, struct err *err);

/* Inside an intent: writes the accepted rows of a staged import. *id: the import. When the log has moved on since
 * import_compare it compares anew; ERR_CONFLICT where that told something else than what was shown (im has the new
 * classes then, to be shown), or where another scheme is in force. Checks ACT_IMPORT on the office; who has it not may
 * import what lies, and lay, in units where he has it. */
enum err_code import_write(struct tx *tx, struct import *im, struct id *id, struct err *err);

/* All three by log_write. *id: ID_NONE when nothing had to be written. */
enum err_code import_accept(struct import *im, struct log *log, struct str actor, struct str via, bool partial,
	struct id *id, struct err *err);

/* Inside an intent: withdraws an import. ERR_CONFLICT names the first records that later facts stand on: corrected by
 * a later import, or named by a link of a record from another import. Checks ACT_UNDO. */
enum err_code import_undo_write(struct tx *tx, const struct scheme *s, struct id import, struct str why,
	struct err *err);
/* What that would do, for a person to look at before: records that go, records that say again what they said before.
 * Refused like import_undo_write, rights apart. */
struct import_undo_sum {
	int64_t withdrawn, restored;
};
enum err_code import_undo_look(struct db *db, const struct scheme *s, struct id import, struct import_undo_sum *out,
	struct err *err);
/* import_undo_write by log_write. */
enum err_code import_undo(struct log *log, const struct scheme *s, struct id import, struct str why, struct str actor,
	struct str via, struct err *err);

/* A field of a changed row that says something else than the record, as people read it. */
struct import_change {
	const struct field *field;
	struct str head, was, is;
};
/* All of them; returns how many. Only after import_compare. */
size_t import_changes(struct arena *a, const struct import *im, const struct import_table *t,
	const struct import_row *r,
	struct import_change **out);

/* Rows of a class in all tables; accepted rows of one. */
size_t import_count(const struct import *im, enum row_class class);
/* New, changed and same together. */
size_t table_accepted(const struct import_table *t);
bool import_clean(const struct import *im);       /* no refused row, no table with a problem */

/* Why a row is refused. */
static inline struct str refusal_text(struct arena *a, enum lang lang, const struct import_row *r)
{
	return row_refusal_text(a, lang, r->refusal, r->text);
}

/* The fields that a table has, in the order of its columns; returns how many. */
size_t import_columns(struct arena *a, const struct import_table *t, const struct field ***out);
/* A value for people: 35人, 是. Empty where there is none. */
struct str import_text(struct arena *a, enum lang lang, const struct field *f, const struct value *v);


/* The refused rows as a workbook: each sheet with the office's own columns, the bad cell marked, the reason beside.
 * Written whole or not at all; im is only read, so that threads may look at it meanwhile. */
enum err_code import_refused(const struct import *im, const char *path, struct err *err);
#define REFUSED_ROW N_("row")                     /* the heads of its own two columns: import_match knows them */
#define REFUSED_WHY N_("why it was refused")

/* import.json: {"ledgers": {source: {header_row, rows, accepted, refused, duplicate, out_of_year, skipped}},
 * "evidence": {…}}; the shape is described in docs/import-json.md and kept stable. */
struct node *import_json(const struct import *im);

/* ---- between the files of the importer ---- */

/* Is there such an import, not withdrawn, no record of it corrected since, and none that had a step? ERR_NOT_FOUND,
 * ERR_CONFLICT. */
enum err_code import_stands(struct db *db, struct id import, struct err *err);

/* Finds the mapping of a sheet and its header. True and t->map set when one takes it, with t->problem where it cannot
 * be taken all the same; false: no mapping. */
bool import_match(struct import *im, struct str file, bool csv, struct import_table *t);
void import_rows(struct import *im, struct import_table *t);
void import_notice(struct import *im, struct import_table *t, int row, const char *fmt, ...) PRINTF(4, 5);
enum err_code import_proofs(struct import *im, const char *dir, struct err *err);
/* The evidence file a name means, or NULL. */
struct proof_file *import_proof(const struct import *im, struct arena *a, struct str name);
/* The names of evidence a value holds: the whole where such a file is there, else its parts. */
struct texts import_proof_names(const struct import *im, struct arena *a, const struct field *f, struct str text);

#endif
