/* Grace: what a period does not need itself fills the one before, late. */
#include "duty/slot_inside.h"

/* Periods that a record of after the year in hand may lie in: long ones end years later. */
static void find_later(struct run *r)
{
	const struct span_rule *span = &r->n->span;
	int years = span->kind == SPAN_YEAR ? span->n : 2;
	struct owed_list all = {0};
	size_t cap = 0;

	for (int y = r->f->year + 1; y <= MIN(r->f->year + years, CALENDAR_LAST - 1); y++) {
		struct owed_list of = slot_owed(r, span, y);

		for (size_t i = 0; i < of.n; i++)
			*ARENA_PUSH(run_arena(r), all.p, all.n, cap) = of.p[i];
	}
	r->later = all;
}

/* The day on which the next period ends: from then on it is the one before. */
static struct date next_end(const struct owed_list *l, struct date after, struct date next)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->p[i].s.last.n > after.n && l->p[i].s.last.n < next.n)
			next = l->p[i].s.last;
	return next;
}

/* Is the record among those that a period it lies in needs? */
static bool needed(const struct owed_list *l, const struct picked *all, struct date day, const struct fact *fact,
	int64_t most)
{
	for (size_t i = 0; i < l->n; i++) {
		struct picked own;

		if (day.n < l->p[i].s.first.n || day.n > l->p[i].s.last.n)
			continue;
		own = picked_from(all, l->p[i].s.first, l->p[i].s.last);
		for (size_t k = 0; k < own.n && (int64_t)k < most; k++)
			if (own.p[k] == fact)
				return true;
	}
	return false;
}

struct picked slot_spare(struct run *r, const struct picked *all, const struct owed_list *owed, size_t at, int64_t most)
{
	struct date last = owed->p[at].s.last, until = {last.n + (int32_t)r->n->grace};
	struct picked after, out = {0};

	if (!r->n->grace || (at > 0 && owed->p[at - 1].s.last.n == last.n))
		return out;      /* of two periods that end on one day the first has what is spare */
	if (!r->later.p)
		find_later(r);
	until = next_end(&r->later, last, next_end(owed, last, until));
	after = picked_from(all, (struct date){last.n + 1}, until);
	out.p = ARENA_ARRAY(run_arena(r), const struct fact *, after.n);
	out.day = ARENA_ARRAY(run_arena(r), struct date, after.n);
	for (size_t i = 0; i < after.n; i++) {
		if (needed(owed, all, after.day[i], after.p[i], most) ||
		    needed(&r->later, all, after.day[i], after.p[i], most))
			continue;
		out.p[out.n] = after.p[i];
		out.day[out.n++] = after.day[i];
	}
	return out;
}
