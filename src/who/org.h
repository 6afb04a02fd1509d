/* Inside who/: what the readers, the checks and the adoption of an organisation share. */
#ifndef WHO_ORG_H
#define WHO_ORG_H

#include "base/map.h"
#include "who/who.h"

enum { ORIGIN_HERE = 1 };   /* the organisation in hand is that of the log written here */

enum org_list { ORG_UNITS, ORG_POSTS, ORG_HOLDERS, ORG_PORTFOLIOS, ORG_BODIES, ORG_LISTS };

/* Where a file says each thing, for errors: rows of a sheet, or lines of a JSON text when sheet is empty. */
struct org_source {
	struct {
		struct str sheet;
		int *rows;
	} lists[ORG_LISTS];
};

/* Readers: facts as written, nothing checked but their form. */
enum err_code org_json(
	struct arena *a, const char *path, struct org *out, struct org_source *src, struct err *err);
enum err_code org_xlsx(
	struct arena *a, const char *path, struct org *out, struct org_source *src, struct err *err);

/* Brings codes into one form, turns names that refer to posts and units into codes (a portfolio's unit stays
 * as written), fills in the office and makes every check of org_read. */
enum err_code org_check(struct arena *a, struct org *org, const struct org_source *src, struct err *err);

/* Lookups by code alone. */
struct unit *org_unit_code(const struct org *org, struct str code);
struct post *org_post_code(const struct org *org, struct str code);
/* True where more than one unit (post) is called so and none has it as its code. */
bool org_unit_many(const struct org *org, struct str name);
bool org_post_many(const struct org *org, struct str name);

/* A holder or a portfolio in one shape: both are a span of days on a post. name is of the holder, unit (a
 * code) of the portfolio; the other is empty. */
struct term {
	struct id id;
	struct str post, unit, name;
	struct date from, to;
	bool acting;                /* of a holder */
	size_t at;                  /* place in its list */
};
struct term *org_terms(struct arena *a, const struct org *org, enum org_list list, size_t *n);
int term_cmp(const void *a, const void *b);   /* qsort: by post, unit, first day, place */

/* True for the same post, and unit where there is one. */
static inline bool term_same_key(const struct term *a, const struct term *b)
{
	return str_eq(a->post, b->post) && str_eq(a->unit, b->unit);
}

/* The number of the last day. No first day is the least number, so that days compare as they stand. */
static inline int32_t term_last(const struct term *t)
{
	return date_is(t->to) ? t->to.n : INT32_MAX;
}

/* True when both have a day in common. */
static inline bool term_meet(const struct term *a, const struct term *b)
{
	return a->from.n <= term_last(b) && b->from.n <= term_last(a);
}

/* Adoption of the holders or portfolios (terms.c), called by org_adopt after units and posts. */
enum err_code org_adopt_terms(struct tx *tx, enum org_list list, const struct org *have,
	const struct org *want, struct org_change *out, struct err *err);

/* Data of an event: nothing is set for an empty text or no date. */
void data_text(struct arena *a, struct node *data, struct str key, struct str value);
void data_date(struct arena *a, struct node *data, struct str key, struct date value);

#endif
