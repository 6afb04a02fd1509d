/* Records in hand: the active records of a scheme as they stand on a day, with links, lookups and tracked fields. The
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
	struct str source;           /* file#sheet it came from */
	int row;                     /* in that file */
	int64_t rev_seq;             /* event that last said it */
	bool withdrawn;
	struct node *fields;
	struct node *raw;            /* what could not be read, NULL: nothing */
};

struct fact_set {
	struct fact *p;              /* by day, then by source, row */
	size_t n, cap;
	struct map by_field;         /* built when asked: field name → struct map of squeezed value → first fact */
};

struct facts {
	struct arena *arena;
	const struct scheme *scheme;
	const struct org *org;       /* for lookups; may be NULL */
	struct date on;              /* what is dated after it does not exist; DATE_NONE: everything exists */
	struct fact_set *sets;       /* [scheme->ntypes] */
	bool *loaded;
};

/* Nothing is read yet: a type is when facts_of first asks for it. */
void facts_init(struct arena *a, const struct scheme *s, const struct org *org, struct date on, struct facts *out);

/* The records of a type. withdrawn: those too. */
enum err_code facts_of(struct facts *f, struct db *db, const struct record_type *type, bool withdrawn,
                       struct fact_set **out, struct err *err);

/* The value of a field on the day: tracked, else the record's own, else looked up; NULL when there is none. Types that a
 * link or a track needs are read as it goes. */
enum err_code fact_value(struct facts *f, struct db *db, const struct fact *r, const struct field *field,
                         const struct node **out, struct err *err);

/* The record that a linked value names, NULL when none does. */
enum err_code fact_linked(struct facts *f, struct db *db, const struct fact *r, const struct field *field,
                          const struct fact **out, struct err *err);

/* True when every condition holds. */
enum err_code fact_matches(struct facts *f, struct db *db, const struct fact *r, const struct where *w, bool *out,
                           struct err *err);

/* A value for people: lists joined by 、, flags as 是 and 否 (yes and no). */
struct str value_text(struct arena *a, enum lang lang, const struct node *value);

#endif
