/* Inside of import_compare: the records that are here, and the rows that say by an id which of them they are. */
#ifndef RECORD_IMPORT_KNOWN_H
#define RECORD_IMPORT_KNOWN_H

#include "record/import.h"

/* A live record. One that never stood in a register has no map. */
struct known {
	struct id id;
	struct str fields, raw, map;
	struct str said_by;              /* the person who said it last; empty: an import did */
	unsigned char ident[IDENT_BYTES];
	int row, year;                   /* year: of its register, else the one it was entered for by hand */
	int64_t rev;
	bool seen, outside;
	bool steps;                      /* it had a step: what follows from those stays (flow/flow.h) */
	struct import_row *claimed;      /* the row with its id */
};

/* The records of a type. */
struct before {
	struct map known, taken_back, proved;   /* by ident, ident, record and name */
	struct known **all;                     /* [n] by id, ascending */
	size_t n, cap;
	struct map used;                        /* idents given to rows that were told apart */
};

/* What is here of a type, in the arena of the import; what is proved only where a folder may bring evidence. */
enum err_code import_before(
	const struct import *im, struct db *db, struct str type, struct before *out, struct err *err);

/* The key in proved of a record's evidence of that name. */
struct str import_proof_key(struct arena *a, struct id id, struct str name);

/* Gives each record the row that has its id; of two rows the one that still has its key, else the upper. Rows whose id
 * means nothing here are said so, once: they go by their key. */
enum err_code import_claim(struct import *im, struct import_table *t, struct db *db, struct before *b, struct err *err);

/* The record whose id the row has and keeps; NULL: none. */
struct known *import_claimed(const struct before *b, const struct import_row *r);

/* A row with an id says the record's other fields, too: those that its sheet has no column for, and the unit of a
 * number that has none. */
enum err_code import_keep_fields(
	struct import *im, const struct import_table *t, struct import_row *r, const struct known *k, struct err *err);

/* A cell that was cut when it was taken out, as a spreadsheet holds no more, says what the record says; where somebody
 * has changed what stands before the cut that is told, as it is of no account. */
enum err_code import_keep_cut(
	struct import *im, struct import_table *t, struct import_row *r, const struct known *k, struct err *err);

/* The ident of a row that has the record's id and says something else. False: another record, which stays, has the key
 * that the row now has; then *other is it. */
enum err_code import_new_key(struct import *im, const struct import_table *t, struct import_row *r,
	const struct known *k, struct before *b, const struct known **other, struct err *err);

/* A row without an id whose key is that of a record that another row has by id: an ident of its own, where rows of one
 * key are kept side by side. */
void import_own_ident(struct import *im, const struct import_table *t, struct import_row *r, struct before *b);

#endif
