/* The records that may fill slots. */
#include "duty/slot_inside.h"

#include <stdlib.h>

int fact_minute(const struct run *r, const struct fact *fact, const struct field *f)
{
	const struct datum *v = fact_value(r->f, fact, f, r->on);
	int64_t h, m;

	if (!v || v->kind != NODE_TEXT || v->text.n != 5 || v->text.p[2] != ':' ||
	    !str_int(str_sub(v->text, 0, 2), &h) ||
	    !str_int(str_sub(v->text, 3, 5), &m) || h < 0 || h > 24 || m < 0 || m > 59)
		return -1;
	return (int)(h * 60 + m);
}

struct pick {
	const struct fact *fact;
	struct date day;
	int minute;
	size_t at;
};

static int by_time(const void *a, const void *b)
{
	const struct pick *x = a, *y = b;

	if (x->day.n != y->day.n)
		return x->day.n < y->day.n ? -1 : 1;
	if (x->minute != y->minute)
		return x->minute < y->minute ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

static bool in_order(const struct pick *p, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (by_time(&p[i - 1], &p[i]) > 0)
			return false;
	return true;
}

/* How far the n-th lies behind the one that counted last: minutes with a time field, else days. */
static bool too_near(const struct need *n, const struct pick *last, const struct pick *p)
{
	int64_t days = p->day.n - last->day.n, minutes = days * 1440 + p->minute - last->minute;
	int64_t hours = n->apart.unit == LIMIT_HOURS ? n->apart.n : n->apart.n * 24;

	return n->time ? minutes < hours * 60 : days < (hours + 23) / 24;
}

struct picked slot_taken(const struct run *r, const struct slot_for *x)
{
	const struct need *n = r->n;
	const struct ask ask = {.on = r->on, .owner = x->owner, .each = x->words};
	struct fact_list all = set_take(r->f, &n->take, &ask);
	struct pick *p = ARENA_ARRAY(run_arena(r), struct pick, all.n);
	struct picked out = {ARENA_ARRAY(run_arena(r), const struct fact *, all.n),
	                     ARENA_ARRAY(run_arena(r), struct date, all.n), 0};
	bool timed = n->time && n->form != NEED_WHEN;
	const struct pick *last = NULL;

	for (size_t i = 0; i < all.n; i++)
		p[i] = (struct pick){all.p[i], set_day(r->f, &n->take, all.p[i], r->on),
		                     timed ? MAX(fact_minute(r, all.p[i], n->time), 0) : 0, i};
	if (!in_order(p, all.n))
		qsort(p, all.n, sizeof *p, by_time);
	for (size_t i = 0; i < all.n; i++) {
		if (n->apart.unit && (!date_is(p[i].day) || (last && too_near(n, last, &p[i]))))
			continue;
		last = &p[i];
		if (x->personal && (!date_is(p[i].day) || p[i].day.n < x->since.n || p[i].day.n > x->until.n))
			continue;
		out.p[out.n] = p[i].fact;
		out.day[out.n++] = p[i].day;
	}
	return out;
}

/* The first at or after a day. */
static size_t lower(const struct picked *l, struct date d)
{
	size_t from = 0, to = l->n;

	while (from < to) {
		size_t mid = (from + to) / 2;

		if (l->day[mid].n < d.n)
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

struct picked picked_from(const struct picked *l, struct date first, struct date last)
{
	size_t from = lower(l, first), to = last.n < INT32_MAX ? lower(l, (struct date){last.n + 1}) : l->n;

	return (struct picked){l->p + from, l->day + from, to > from ? to - from : 0};
}
