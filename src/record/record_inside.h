/* Between the files of records by hand. */
#ifndef RECORD_RECORD_INSIDE_H
#define RECORD_RECORD_INSIDE_H

#include "record/record.h"

/* The mapping whose rules hold for a type: the named one, else the first; one without rules where the scheme has none.
 * name may be empty. */
const struct sheet_map *record_map(
	struct arena *a, const struct scheme *s, const struct record_type *type, struct str name);

/* Inside an intent: who writes may do the acts (a mask of 1 << act; 0: none) on the unit of a record that names this
 * one, or of a record that there is. Errors as access_need. */
enum err_code record_may(struct tx *tx, uint64_t acts, const struct record_type *t, struct str named, struct err *err);
enum err_code record_may_id(struct tx *tx, uint64_t acts, const struct scheme *s, struct id id, struct err *err);

/* A correction by hand of a record that had steps (scheme/flow_def.h): ERR_CONFLICT where it changes a field that
 * follows from them. */
enum err_code record_keeps(struct db *db, struct arena *a, const struct record_type *type, struct id id,
	const struct node *fields, struct err *err);

/* An evidence file that a record names. */
struct named_file {
	struct str name, digest;         /* digest: hexadecimal; empty while the file is missing */
};

/* What record_fits carries along. */
struct fitting {
	struct db *db;
	struct arena *a;
	const struct record_input *in;
	struct record_fit *out;
	const struct sheet_map *map;
	int year;                        /* of its register, the mapping's shift included */
	bool *given;                     /* [type->nfields] something was typed for it */
	/* a correction: what the record says now */
	const struct node *fields, *raw;
	struct str fields_text, raw_text;
	unsigned char ident[IDENT_BYTES];
	bool outside;
	int64_t rev_seq;
	struct named_file *proofs;
	size_t nproofs, proofs_cap;
};

/* Adds a problem. */
struct record_problem *fit_problem(
	struct fitting *x, const struct field *f, bool refused, const char *fmt, ...) PRINTF(4, 5);

/* Text from outside: UTF-8 in NFC, with line ends as they are in a cell. False, and a problem of f, for what no cell
 * could hold. */
bool fit_clean(struct fitting *x, const struct field *f, struct str text, struct str *out);

/* Puts the names of the files given into the values, and proof and names into out. */
void fit_proofs(struct fitting *x);
/* True when the record's evidence was the same. */
bool fit_proofs_same(const struct fitting *x);

#endif
