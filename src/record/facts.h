/* Records in hand: a scheme's records with links, lookups and tracked fields, read once; then asked as of any day. The
 * ground that registers, duties and figures stand on. */
#ifndef RECORD_FACTS_H
#define RECORD_FACTS_H

#include "base/date.h"
#include "db/db.h"
#include "log/event.h"
#include "record/datum.h"
#include "scheme/calendar.h"
#include "scheme/scheme.h"
#include "who/who.h"

/* After facts_load nothing here is written again, so that one snapshot serves any number of threads, each through a
 * struct facts of its own with an arena of its own (facts_for). Whatever is made while asking lies in that arena. */

struct fact {
	struct id id;
	const struct record_type *type;
	struct date day;             /* the last day of its date field; DATE_NONE: undated */
	struct date entered;         /* when it was first recorded */
	int proofs;                  /* evidence files that are there */
	int row;                     /* in the file it came from; of one by hand its number */
	struct str source;           /* file#sheet it came from; of one by hand who entered it, and when */
	int64_t rev_seq;             /* event that last said it */
	uint32_t no;                 /* from 0, over all types */
	bool withdrawn, outside;     /* outside: dated outside the year of its register */
	bool by_hand;                /* it never stood in a register */
	const struct fact_more *more;        /* NULL: nothing */
};

/* What few records have. */
struct fact_more {
	struct datum_named *p;       /* [n] values under keys that the type does not know: number__unit */
	size_t n;
	struct str raw;              /* what could not be read, as canonical JSON; empty: nothing */
	struct str place;            /* of one that a person said last: fact_row; else empty */
};

struct fact_list {
	const struct fact **p;
	size_t n, cap;
};

/* The records of a set that have a word in a field, by day. */
struct fact_rows {
	const struct fact **p;
	size_t n;
};

struct fact_column {
	const struct datum *const *own;      /* [n] as the records say it; NULL where one says nothing */
	const struct datum *const *value;    /* own, or what was looked up */
	const struct fact *const *linked;    /* of a link: the first record that the own value names, or NULL */
	struct tally at;                     /* where asked for: word → place in by, plus 1; not withdrawn ones */
	struct fact_rows *by;
	const struct track *track;
	struct tests *tests;                 /* of the track's where */
};

struct fact_set {
	struct fact *p;              /* by day; registers by source and row, then by hand as said */
	size_t n;
	struct fact_column *columns; /* [type->nfields] */
};

/* What was decided of one slot, approved: it is excused, its due day put off, or it does not apply. Slots are named as
 * people see them. Only approved ones are here, in the order in which they were asked for. */
enum allow_kind { ALLOW_EXCUSED, ALLOW_EXTENDED, ALLOW_NOT_APPLICABLE };
struct allowance {
	struct str duty, owner, object, label;       /* id; post or unit; label: in Chinese */
	enum allow_kind kind;
	struct date asked, decided;
	struct date until;                           /* EXTENDED: the new due day */
	struct date revoked;                         /* counts no more from this day on; DATE_NONE */
};

struct facts {
	struct arena *arena;         /* for what is made while asking */
	const struct scheme *scheme;
	const struct org *org;       /* for lookups; may be NULL */
	int year;                    /* the year in hand */
	enum lang lang;              /* of the labels of slots */
	struct fact_set *sets;       /* [scheme->ntypes] */
	size_t n;                    /* records in all */
	const struct datums *values;
	const struct calendar *calendar;     /* working days, by the scheme's calendar: key; NULL: Monday to Friday */
	const struct allowance *allowed;     /* [nallowed] */
	size_t nallowed;
};

struct facts_opt {
	int year;
	enum lang lang;                      /* of the labels of slots: 2季度, Q2 */
	bool withdrawn;                      /* withdrawn records too */
	const struct record_type *only;      /* this type and those it links to or tracks by; NULL: every type */
};

/* Made in steps: begin, read them or add each, done. Those of a log are read by facts_load (flow/facts_load.h), which
 * adds what else people decided. */
struct facts_build;
/* All of it lives in a. Without facts_done or facts_drop some memory is lost. */
struct facts_build *facts_begin(
	struct arena *a, const struct scheme *s, const struct org *org, struct facts_opt opt);
/* Adds the records of a database. ERR_DB, ERR_DAMAGED for fields that are no canonical JSON. */
enum err_code facts_read(struct facts_build *b, struct db *db, struct err *err);
/* Is a type asked for, by `only` or a link or track of it? */
bool facts_wants(const struct facts_build *b, const struct record_type *type);
/* A record with its fields and raw (empty: none) as canonical JSON, which are copied; its source is not, nor the place
 * that more may hold. Sets type, no and more itself. ERR_DAMAGED as above. */
enum err_code facts_add(struct facts_build *b, const struct record_type *type, struct fact r, struct str fields,
	struct str raw, struct err *err);
/* Puts them in order and finds links and lookups. b is of no use after that. */
void facts_done(struct facts_build *b, struct facts *out);
/* Instead of facts_done, after something failed. */
void facts_drop(struct facts_build *b);

/* The same facts for another asker: what is made while it asks lies in a. */
struct facts facts_for(const struct facts *f, struct arena *a);

/* The records of a type; empty where it was not read. */
struct fact_set *facts_of(const struct facts *f, const struct record_type *type);

/* The value of a field on a day: tracked, else the record's own, else looked up; NULL when there is none. A date is
 * NULL while it lies after the day. on: DATE_NONE is the end of time. */
const struct datum *fact_value(const struct facts *f, const struct fact *r, const struct field *field, struct date on);
const struct datum *fact_path(const struct facts *f, const struct fact *r, struct path path, struct date on);

/* What the record itself says under a field, or under any key; NULL for nothing. */
const struct datum *fact_own(const struct facts *f, const struct fact *r, const struct field *field);
const struct datum *fact_said(const struct facts *f, const struct fact *r, struct str key);

/* All that it says, and what could not be read (NULL: nothing), as nodes in the facts' arena. */
struct node *fact_fields(const struct facts *f, const struct fact *r);
struct node *fact_raw(const struct facts *f, const struct fact *r);

/* The record that a value names through a link, as there is one on the day; NULL when none is. */
const struct fact *fact_linked(const struct facts *f, const struct fact *r, const struct field *field, struct date on);

/* The records that have the word in a field whose words are kept (links, tracks, $owner, $each); NULL where those of
 * that field are not kept. */
const struct fact_rows *fact_rows_by(const struct fact_column *c, const struct datum *word);

/* Has it as much evidence as its type asks for? True where the type asks for none. */
bool fact_proved(const struct fact *r);

/* Was it recorded long after it happened (补录): more than the scheme's late_entry days? */
bool fact_entered_late(const struct facts *f, const struct fact *r);

/* Two words of one meaning: equal in half-width without blanks. */
bool words_alike(const struct facts *f, struct str a, struct str b);

/* ---- sets ---- */

/* What a set is asked with. */
struct ask {
	struct date on;          /* what is dated after it does not exist; DATE_NONE: everything does */
	struct str owner;        /* $owner */
	struct texts each;       /* $each: any of these words */
};

/* Which records were seen: bits. */
struct fact_seen {
	uint64_t *bits;
};
/* Was it seen before? It is now. a: for the bits, at first use. */
bool fact_seen(struct fact_seen *s, const struct facts *f, const struct fact *r);

/* True when every condition holds, and one of any's branches where there are some. */
bool fact_matches(const struct facts *f, const struct fact *r, const struct where *w, const struct ask *ask);

/* Conditions made ready for many records: their words found among the values. In the facts' arena. */
struct tests;
/* ask is copied; its texts are not. */
struct tests *tests_of(const struct facts *f, const struct where *w, const struct ask *ask);
/* fact_matches. */
bool tests_hold(const struct facts *f, const struct tests *t, const struct fact *r);

/* The records of a set, by day, then as facts_of has them. In the facts' arena. */
struct fact_list set_take(const struct facts *f, const struct set *s, const struct ask *ask);

/* The day a record has in a set: its date field there, DATE_NONE when undated. */
struct date set_day(const struct facts *f, const struct set *s, const struct fact *r, struct date on);

/* The day a reference means for a record (r may be NULL where it names no field); DATE_NONE when it is not there. */
struct date day_of(const struct facts *f, const struct day_ref *refs, size_t n, const struct fact *r, struct date on);

/* A dotted key of the organisation's settings, such as "calendar.exempt.date"; its first word may be the scheme's name
 * for a setting (office:). NULL: there is none. field: the last part, where a list of maps stands before it, which is
 * then what is returned; else empty. The organisation owns the node. */
const struct node *facts_setting(const struct facts *f, struct str key, struct str *field);

#endif
