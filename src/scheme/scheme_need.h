/* Between the files that read duties: a need as written. */
#ifndef SCHEME_SCHEME_NEED_H
#define SCHEME_SCHEME_NEED_H

#include "base/map.h"
#include "scheme/duty_def.h"

/* Which keys fit which form is checked when the form is known. */
struct need_text {
	struct str owner, per, from, to, except, window, period, start, end, times, done_times, done_on, within, holds,
		late, label, shift, time, done_time, due, grace, apart;
	int64_t count;
	bool counts;
	const struct node *each, *enough, *on, *for_each, *when, *done, *take, *reach, *by, *days, *hours, *extend;
};

/* One reading. */
struct need_read {
	struct arena *a;
	const struct scheme *s;
	const struct map *sets;          /* of the duty, by name */
	const struct node *def;          /* the need */
	const struct need_text *t;
};

/* Reads a need of a duty whose owner is known. ERR_INPUT with the place. The readers below the same, of a part of it;
 * what they share stands in n before. */
enum err_code need_read_one(struct arena *a, const struct scheme *s, const struct node *def, const struct map *sets,
	const struct duty *d, struct need *n, struct err *err);

/* ---- scheme_period.c: count and each ---- */
enum err_code need_read_count(const struct need_read *x, struct need *n, struct err *err);
enum err_code need_read_each(const struct need_read *x, struct need *n, struct err *err);
/* from, to: a day, or a dotted key of the settings; except. */
enum err_code need_read_bounds(const struct need_read *x, struct need *n, struct err *err);

/* ---- scheme_enough.c ---- */
enum err_code need_read_enough(const struct need_read *x, struct need *n, struct err *err);

/* ---- scheme_day.c: on, by, reach ---- */
enum err_code need_read_on(const struct need_read *x, struct need *n, struct err *err);
enum err_code need_read_by(const struct need_read *x, struct need *n, struct err *err);
enum err_code need_read_reach(const struct need_read *x, struct need *n, struct err *err);
/* monday … sunday; 0: none of them. */
int weekday_of(struct str s);

/* ---- scheme_when.c ---- */
enum err_code need_read_when(const struct need_read *x, struct need *n, struct err *err);

/* A field of a type, of one of two kinds. what: the key that names it. */
enum err_code need_field(const struct record_type *of, struct str name, const struct node *at, enum field_type type,
	const struct field **out, struct err *err);

/* A field of a type, of one of the kinds that numbers are kept in. */
enum err_code need_number(const struct record_type *of, struct str name, const struct node *at,
	const struct field **out, struct err *err);

/* "no <what> 'montly'; did you mean 'monthly'?", else what there is. */
enum err_code no_word(const struct node *at, const char *near, struct err *err, const char *fmt, ...) PRINTF(4, 5);

#endif
