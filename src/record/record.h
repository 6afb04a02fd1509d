/* Records by hand: one entered, corrected, withdrawn or restored by a person without a register file. What is typed is
 * read as the same texts in the cells of a register of that type would be (import.h): same values, same identity, same
 * day, same question of the year; decisions 10 and 14.
 *
 * The way of a form:
 *   show     record_form: fields, what is expected, choices, what was used before, what the record says now
 *   look     record_fits on the reading connection: every problem at once, nothing written (may be left out)
 *   write    object_store for each file; then an intent that calls record_add, record_correct, record_withdraw or
 *            record_restore. They look again, ask for rights (who/access.h, on the unit it lies in) and append one
 *            event. On ERR_INPUT fit.problems says why, field by field: show the form again with what was typed. */
#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include "log/object.h"
#include "record/facts.h"
#include "record/import.h"

/* ---- the unit it lies in (decision 20) ---- */

/* A record whose type says `unit: FIELD` lies in the unit that it names there, if the organisation has one of that
 * code, name or short name; every other lies in the office's own unit. NULL: the office's own. named: what the field
 * says. */
const struct unit *record_unit(const struct org *org, const struct record_type *t, struct str named);
/* The unit of a record that there is, withdrawn or not; *out NULL as above. ERR_NOT_FOUND: no such record. In a. */
enum err_code record_lies(struct db *db, struct arena *a, const struct scheme *s, const struct org *org, struct id id,
	const struct unit **out, struct err *err);

/* ---- the form ---- */

enum { RECORD_REMEMBERED = 8, RECORD_CHOICES = 1000 };

/* One field of a form. Texts are for people, in the language of the facts. */
struct record_field {
	const struct field *field;       /* field->name is the name of the input; field->type says which kind */
	struct str title, hint;          /* hint: the form expected: "a day, such as 2022-06-03" */
	bool required;
	bool dates;                      /* the field that dates the record */
	bool closed;                     /* choices are all there is: another word is taken, but said (decision 10) */
	struct texts choices;            /* flag, closed list, keys of the records that a link names, units, posts */
	struct texts remembered;         /* at most RECORD_REMEMBERED values of the newest records, most used first */
	struct str value;                /* to begin with, as typed: what the record says, or a default */
};

struct record_form {
	const struct record_type *type;
	struct record_field *fields;     /* [n], in the order of the scheme */
	size_t n;
	struct id id;                    /* of the record to be corrected; ID_NONE: a new one */
	int64_t rev_seq;                 /* the event that last said it: to be handed back with the correction */
};

/* Whose records may give their words away: those that sees() says true of; NULL: all. */
struct record_sees {
	bool (*sees)(void *ctx, const struct fact *r);
	void *ctx;
};

/* The form of a type, or of the record r of it (NULL: a new one). on: the day that is the default of the field that
 * dates the record; DATE_NONE: none. Units and posts come from f->org. All of it lives in a. */
void record_form(struct arena *a, const struct facts *f, const struct record_type *type, const struct fact *r,
	struct date on, struct record_sees who, struct record_form *out);

/* ---- does it fit? ---- */

/* A field as typed: its name (or its title, or a header word of its column) and the text. An empty text is no value; in
 * a correction it takes the value away, and a field that is left out stays as it is. */
struct record_typed {
	struct str name, text;
};

/* An evidence file; the object was stored before (object_store; record_fits does not look at it). Its name is put into
 * the type's first file field where no file field names it yet. */
struct record_file {
	struct str name;
	struct object object;
};

struct record_input {
	const struct scheme *scheme;
	enum lang lang;                          /* of the problems */
	const struct record_type *type;          /* of a new record; NULL for a correction: the record knows */
	int year;                                /* of a new one: the year of its register (mostly the year in hand) */
	struct id id;                            /* of the record to be corrected; ID_NONE: a new one */
	int64_t rev_seq;                         /* correction: the event that said what the person saw; 0: not asked */
	const struct record_typed *typed; size_t ntyped;
	const struct record_file *files;  size_t nfiles;
	struct str why;                          /* of a correction; may be empty */
};

/* What is to be said of a field, or of the whole (field NULL). */
struct record_problem {
	const struct field *field;
	struct str name;                 /* as typed, where there is no such field */
	struct str text;                 /* "required, but empty" */
	bool refused;                    /* false: it is taken all the same, a person should look */
	struct id other;                 /* the record that has the same key; else ID_NONE */
};

struct record_fit {
	const struct record_type *type;
	struct value *values;            /* [type->nfields] */
	struct node *fields, *raw, *proof;       /* as the event will hold them; raw and proof NULL: none */
	struct str *names;               /* [in->nfiles] what the files are called */
	unsigned char ident[IDENT_BYTES];
	struct date day;
	bool outside;                    /* dated outside the year of its register: kept, of no account in that year */
	bool changed;                    /* correction: it says something new */
	struct record_problem *problems; /* [n] */
	size_t n, cap;
	size_t nrefused;                 /* problems that refuse it */
};

/* Reads what was typed and looks for problems. OK also where there are some; out->nrefused counts those that refuse.
 * All of out lives in a. ERR_NOT_FOUND: no such record; ERR_CONFLICT: it was withdrawn, or corrected since rev_seq;
 * ERR_DB. */
enum err_code record_fits(
	struct db *db, struct arena *a, const struct record_input *in, struct record_fit *out, struct err *err);

/* ---- writing: inside an intent ---- */

/* A new record: *id. *fit is filled in any case but ERR_DB, and lives in a, which must live longer than the intent.
 * ERR_INPUT: it does not fit, the text names every field. ERR_DENIED, or ERR_NOT_FOUND for who may not view
 * (access_need): ACT_RECORD_ADD on the unit it lies in, and ACT_EVIDENCE_ADD where there are files. */
enum err_code record_add(struct tx *tx, struct arena *a, const struct record_input *in, struct record_fit *fit,
	struct id *id, struct err *err);

/* A correction, or evidence added later: evidence that is still named stays. *event: what says it now; ID_NONE where
 * it says nothing new, and nothing is written. As record_add and record_fits; ACT_RECORD_CHANGE (files alone:
 * ACT_EVIDENCE_ADD), on the unit it lay in and on the one it lies in from now on. ERR_CONFLICT also where a field
 * follows from the steps of a finding (flow/flow.h). */
enum err_code record_correct(struct tx *tx, struct arena *a, const struct record_input *in, struct record_fit *fit,
	struct id *event, struct err *err);

/* Takes a record back, whoever said it; it stays in the log. ERR_REQUIRED without a reason; ERR_CONFLICT: withdrawn
 * already, said anew since rev_seq (0: not asked), or records that count name it by a link (the text names the first
 * ones); ACT_RECORD_WITHDRAW. */
enum err_code record_withdraw(
	struct tx *tx, const struct scheme *s, struct id id, int64_t rev_seq, struct str why, struct err *err);

/* Takes a withdrawal by record_withdraw back: the record says again what it said. why may be empty. ERR_CONFLICT: it is
 * not withdrawn, or with its import; another record has its key by now; ACT_RECORD_WITHDRAW. */
enum err_code record_restore(struct tx *tx, const struct scheme *s, struct id id, struct str why, struct err *err);

/* ---- for what follows from something that was allowed: a step of a flow ---- */

/* record_correct without its question of rights, for what follows from something that was allowed (flow/flow.h). */
enum err_code record_say(struct tx *tx, struct arena *a, const struct record_input *in, struct record_fit *fit,
	struct id *event, struct err *err);

/* record_add without it, for the same. */
enum err_code record_put(struct tx *tx, struct arena *a, const struct record_input *in, struct record_fit *fit,
	struct id *id, struct err *err);

/* ---- what became of it ---- */

/* RECORD_TURNED_BACK: the import that had corrected it was withdrawn, so it says again what it said before. */
enum record_act { RECORD_ADDED, RECORD_CORRECTED, RECORD_WITHDRAWN, RECORD_RESTORED, RECORD_TURNED_BACK, RECORD_ACTS };

/* One field before and after; empty: no value. Texts for people. */
struct record_change {
	const struct field *field;
	struct str before, after;
};

struct record_step {
	enum record_act act;
	struct id event;
	int64_t at;                      /* µs UTC */
	struct str actor, via, why;
	struct str source;               /* of an import: file#sheet!row; empty: by hand */
	int64_t import;                  /* number of the import that said it or was withdrawn; 0: by hand */
	struct record_change *changes;   /* [n]; of an addition: every field that has a value */
	size_t n, cap;
	struct texts proof;              /* evidence files named by it */
};

struct record_history {
	struct id id;
	const struct record_type *type;
	int64_t rev_seq;                 /* the event that last said it */
	bool withdrawn;
	struct record_step *steps;       /* [n], oldest first */
	size_t n, cap;
};

/* Everything that was ever said of a record. In the thread that may read the log (log.h). ERR_NOT_FOUND: no such
 * record, or its type is not in the scheme. */
enum err_code record_history(struct log *log, struct arena *a, const struct scheme *s, enum lang lang, struct id id,
	struct record_history *out, struct err *err);

/* "entered", "corrected" …: a message key. */
const char *record_act_name(enum record_act act);

#endif
