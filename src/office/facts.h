/* Records in hand: a scheme's records with links, lookups and tracked fields, read once; then asked as of any day. The
 * ground that registers, duties and figures stand on. */
#ifndef OFFICE_FACTS_H
#define OFFICE_FACTS_H

#include "base/date.h"
#include "db/db.h"
#include "log/event.h"
#include "office/scheme.h"
#include "who/who.h"

struct fact {
	struct id id;
	const struct record_type *type;
	struct date day;             /* the last day of its date field; DATE_NONE: undated */
	struct date entered;         /* when it was first recorded */
	int proofs;                  /* evidence files that are there */
	struct str source;           /* file#sheet it came from */
	int row;                     /* in that file */
	int64_t rev_seq;             /* event that last said it */
	bool withdrawn, outside;     /* outside: dated outside the year of its register */
	struct node *fields;
	struct node *raw;            /* what could not be read, NULL: nothing */
};

struct fact_list {
	const struct fact **p;
	size_t n, cap;
};

struct fact_set {
	struct fact *p;              /* by day, then by source, row */
	size_t n, cap;
	struct map indexes;          /* field name → struct map of squeezed value → struct fact_list */
};

struct facts {
	struct arena *arena;
	const struct scheme *scheme;
	const struct org *org;       /* for lookups; may be NULL */
	int year;                    /* the year in hand */
	enum lang lang;              /* of the labels of slots */
	struct fact_set *sets;       /* [scheme->ntypes] */
};

struct facts_opt {
	int year;
	enum lang lang;                      /* of the labels of slots: 2季度, Q2 */
	bool withdrawn;                      /* withdrawn records too */
	const struct record_type *only;      /* this type and those it links to or tracks by; NULL: every type */
};

/* Reads the records. ERR_DB, ERR_DAMAGED for fields that are no canonical JSON. All of it lives in a. */
enum err_code facts_load(struct arena *a, struct db *db, const struct scheme *s, const struct org *org,
	struct facts_opt opt, struct facts *out, struct err *err);

/* The records of a type; empty where it was not read. */
struct fact_set *facts_of(const struct facts *f, const struct record_type *type);

/* The value of a field on a day: tracked, else the record's own, else looked up; NULL when there is none. A date is
 * NULL while it lies after the day. on: DATE_NONE is the end of time. */
const struct node *fact_value(const struct facts *f, const struct fact *r, const struct field *field, struct date on);
const struct node *fact_path(const struct facts *f, const struct fact *r, struct path path, struct date on);

/* The record that a value names through a link, as there is one on the day; NULL when none is. */
const struct fact *fact_linked(const struct facts *f, const struct fact *r, const struct field *field, struct date on);

/* The day a value of type date or period stands for (a period: its last day); DATE_NONE for none. */
struct date node_day(const struct field *field, const struct node *value);

/* A number in thousandths; false for none. */
bool node_number(const struct node *value, int64_t *out);

/* A value for people: lists joined by 、, flags as 是 and 否 (yes and no). */
struct str value_text(struct arena *a, enum lang lang, const struct node *value);

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

/* True when every condition holds, and one of any's branches where there are some. */
bool fact_matches(const struct facts *f, const struct fact *r, const struct where *w, const struct ask *ask);

/* The records of a set, by day, then as facts_of has them. In the facts' arena. */
struct fact_list set_take(const struct facts *f, const struct set *s, const struct ask *ask);

/* The day a record has in a set: its date field there, DATE_NONE when undated. */
struct date set_day(const struct facts *f, const struct set *s, const struct fact *r, struct date on);

/* The day a reference means for a record (r may be NULL where it names no field); DATE_NONE when it is not there. */
struct date day_of(const struct facts *f, const struct day_ref *refs, size_t n, const struct fact *r, struct date on);

#endif
