/* Between the files of facts. */
#ifndef RECORD_FACTS_INSIDE_H
#define RECORD_FACTS_INSIDE_H

#include "record/facts.h"

/* Links, lookups, tracks and the words kept, once all records are there. */
void facts_index(struct facts *f, struct datums *values);

/* Is it there on the day? */
static inline bool fact_exists(const struct fact *r, struct date on)
{
	return !date_is(on) || !date_is(r->day) || r->day.n <= on.n;
}

/* tests_of made once, asked on any day: no word of theirs depends on the asker. */
bool tests_hold_on(const struct facts *f, const struct tests *t, const struct fact *r, const struct ask *ask);

/* The column of a field. */
static inline struct fact_column *column_of(const struct facts *f, const struct record_type *t, const struct field *x)
{
	return &f->sets[t - f->scheme->types].columns[x->at];
}

/* The place of a record in the columns of its type. */
static inline size_t row_of(const struct facts *f, const struct fact *r)
{
	return (size_t)(r - f->sets[r->type - f->scheme->types].p);
}

#endif
