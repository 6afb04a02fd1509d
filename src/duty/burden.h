/* The burden of proof: how many entries and files duties ask for, what was given, what one proof that serves several
 * duties saved, what was more than asked, and how much was entered late. Pure functions of duty states and files; no
 * hours are guessed. */
#ifndef DUTY_BURDEN_H
#define DUTY_BURDEN_H

#include "duty/figure.h"

/* Slots, and what they ask for. */
struct burden_sum {
	int64_t slots, entries, files;
};

/* What a slot asks for: entries that fill it, and for each as many files as its type's evidence has `enough`. A
 * slot done by the fields of the record that opened it asks for no entry of its own; one that a figure fills asks
 * for nothing, nor one that is excused or does not apply. */
struct burden_sum slot_asks(const struct slot *x);

/* A file of evidence that is there. */
struct burden_file {
	struct id record;                    /* origin, rev_seq */
	struct str digest;
};

struct burden_files {
	struct burden_file *p;               /* by record */
	size_t n, cap;
};

/* The files of all records. In a. */
enum err_code burden_files_load(struct db *db, struct arena *a, struct burden_files *out, struct err *err);

struct burden_line {
	struct str name;                     /* a duty's id, a unit's name; of the sum empty */
	const struct duty *duty;             /* NULL: a unit or the sum */
	struct burden_sum asked;
	int64_t entries, files;              /* given: records that fill its slots, and their files, each once */
	int64_t excess;                      /* files over at_most of their record's type */
};

struct late_line {
	struct str unit;
	int month;                           /* 1 to 12 */
	int64_t entries, late;               /* records of that month; entered more than late_entry days after */
};

struct burden {
	struct burden_line *duties, *units;  /* [nduties], in the scheme's order; [nunits], in order of appearance */
	size_t nduties, nunits, units_cap;
	struct burden_line sum;              /* of all duties, each entry and file once */
	int64_t entry_uses, file_uses;       /* by duties: one entry or file that serves two is used twice */
	struct late_line *months;            /* by unit as they appear, then month */
	size_t nmonths, months_cap;
};

/* Of all duties as of the figures' day: asked is what the year asks, given what is there. Entries saved are entry_uses
 * less sum.entries, files likewise. A slot is its owner's unit's. In the facts' arena. */
void burden_of(const struct figures *f, const struct burden_files *files, struct burden *out);

/* {"duties": {id: {slots, entries, files, given_entries, given_files, excess}}, "units": {…}, "sum": {… entry_uses,
 * entries_saved, file_uses, files_saved}, "late": [{unit, month, entries, late}]} */
struct node *burden_json(struct arena *a, const struct burden *b);

#endif
