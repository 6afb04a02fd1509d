/* When the records of a period were enough. */
#include "duty/slot_inside.h"

/* Products of two sums in thousandths. */
__extension__ typedef __int128 wide;

static struct date enough_count(const struct run *r, const struct picked *in)
{
	for (size_t i = 0; i < in->n; i++)
		if ((int64_t)(i + 1) * 1000 >= r->n->enough.thousandths)
			return in->day[i];
	return DATE_NONE;
}

static struct date enough_sum(const struct run *r, const struct picked *in)
{
	int64_t have = 0, v;

	for (size_t i = 0; i < in->n; i++) {
		if (datum_number(fact_value(r->f, in->p[i], r->n->enough.of, r->on), &v))
			have += v;
		if (have >= r->n->enough.thousandths)
			return in->day[i];
	}
	return DATE_NONE;
}

/* Different days, or different values of a field. */
static struct date enough_kinds(const struct run *r, const struct picked *in)
{
	const struct enough *e = &r->n->enough;
	struct arena tmp CLEANUP(arena_free) = ARENA_INIT;
	struct tally seen = TALLY_IN(&tmp);
	int64_t have = 0;

	for (size_t i = 0; i < in->n; i++) {
		if (e->kind == ENOUGH_DAYS) {
			have += date_is(in->day[i]) && (i == 0 || in->day[i].n != in->day[i - 1].n);
		} else {
			const struct datum *v = fact_value(r->f, in->p[i], e->of, r->on);
			uint32_t *at = v ? tally_at(&seen, v->word ? v->word : v) : NULL;

			have += at && !*at;
			if (at)
				*at = 1;
		}
		if (have * 1000 >= e->thousandths)
			return in->day[i];
	}
	return DATE_NONE;
}

/* What one record adds to the two sums of a rate or share; false: it takes no part. */
static bool parts(const struct run *r, const struct fact *fact, const struct tests *share, int64_t *part,
	int64_t *whole)
{
	const struct enough *e = &r->n->enough;

	if (e->kind == ENOUGH_RATE)
		return datum_number(fact_value(r->f, fact, e->part, r->on), part) &&
		       datum_number(fact_value(r->f, fact, e->whole, r->on), whole);
	*whole = 1000;
	if (e->of && !datum_number(fact_value(r->f, fact, e->of, r->on), whole))
		return false;
	*part = tests_hold(r->f, share, fact) ? *whole : 0;
	return true;
}

/* Judged on the due day alone, by what is dated up to it. */
static struct date enough_rate(const struct run *r, const struct slot_for *x, const struct picked *in, struct date due)
{
	const struct enough *e = &r->n->enough;
	const struct ask ask = {.on = r->on, .owner = x->owner, .each = x->words};
	const struct tests *share = e->kind == ENOUGH_SHARE ? tests_of(r->f, &e->share, &ask) : NULL;
	struct date last = DATE_NONE;
	wide part = 0, whole = 0;

	if (r->on.n < due.n)
		return DATE_NONE;
	for (size_t i = 0; i < in->n; i++) {
		int64_t p, w;

		if (!date_is(in->day[i]) || in->day[i].n > due.n || !parts(r, in->p[i], share, &p, &w))
			continue;
		part += p;
		whole += w;
		last = in->day[i];
	}
	if (whole == 0)
		return DATE_NONE;
	if (whole < 0) {
		part = -part;
		whole = -whole;
	}
	return part * 100000 >= whole * e->thousandths ? last : DATE_NONE;
}

struct date slot_enough(const struct run *r, const struct slot_for *x, const struct picked *in, struct date due)
{
	switch (r->n->enough.kind) {
	case ENOUGH_COUNT:
		return enough_count(r, in);
	case ENOUGH_SUM:
		return enough_sum(r, in);
	case ENOUGH_DAYS:
	case ENOUGH_DISTINCT:
		return enough_kinds(r, in);
	case ENOUGH_RATE:
	case ENOUGH_SHARE:
		break;
	}
	return enough_rate(r, x, in, due);
}
