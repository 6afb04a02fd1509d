/* by: slots with days of their own; reach: a figure over a bar on such a day. */
#include "duty/slot_inside.h"

#include <stdlib.h>

static int in_order(const void *a, const void *b)
{
	const struct fall *x = a, *y = b;

	return (x->day.n > y->day.n) - (x->day.n < y->day.n);
}

static struct falls days_by(const struct run *r)
{
	struct falls l = {ARENA_ARRAY(run_arena(r), struct fall, r->n->nby), r->n->nby};

	for (size_t i = 0; i < l.n; i++) {
		struct fall *x = &l.p[i];

		x->day = day_of(r->f, &r->n->by[i], 1, NULL, r->on);
		x->due = slot_shift(r, x->day, &x->unknown);
	}
	return l;
}

/* From when on records count: the year's, or those of the earlier year the first is due in. What is due in the year
 * after is of the year that ends there: records up to that day of this year are the year before's. */
static struct date counted_from_day(const struct run *r, const struct falls *l)
{
	struct facts before = *r->f;
	struct date first = r->first, last_before = DATE_NONE;

	if (r->n->has_from || r->n->from.n)
		return slot_bound(r->f, r->n->from, &r->n->from_day, r->n->has_from, r->on, r->first);
	if (l->p[0].day.n < first.n)     /* last 12-20 */
		date_make(date_ymd(l->p[0].day).y, 1, 1, &first);
	before.year--;
	for (size_t i = 0; i < r->n->nby; i++) {
		const struct day_ref *by = &r->n->by[i];

		if (by->kind == DAY_OF_YEAR && by->shift > 0)    /* next 01-10 */
			last_before.n = MAX(last_before.n, day_of(&before, by, 1, NULL, r->on).n);
	}
	return date_is(last_before) ? (struct date){last_before.n + 1} : first;
}

static struct str label_by(const struct run *r, const struct slot_for *x, const struct fall *f, int64_t k)
{
	if (r->n->count > 1)
		return slot_nth(r, k);
	if (r->n->nby == 1 && (x->object.n || r->n->label.n))
		return STR_NONE;
	return slot_day_label(r, f->day);
}

void need_by(struct run *r, const struct slot_for *x)
{
	struct falls l = days_by(r);
	struct picked all = slot_taken(r, x);
	size_t at = 0;

	qsort(l.p, l.n, sizeof *l.p, in_order);
	all = picked_from(&all, counted_from_day(r, &l), (struct date){INT32_MAX});
	for (size_t i = 0; i < l.n; i++) {
		if (x->personal && (l.p[i].day.n < x->since.n || l.p[i].day.n > x->until.n))
			continue;
		for (int64_t k = 0; k < r->n->count; k++) {
			struct slot slot = {.due = l.p[i].due, .done = DATE_NONE, .calendar_unknown = l.p[i].unknown};

			if (at < all.n) {
				slot.done = all.day[at];
				slot_keep(r, &slot.facts, all.p[at++]);
			}
			slot.label = slot_label(r, x, label_by(r, x, &l.p[i], k));
			slot_settle(r, x, slot, false);
		}
	}
}

static struct str label_reach(const struct run *r, const struct fall *f)
{
	struct str name = r->n->label.n ? STR_NONE : r->n->figure, day;

	if (r->n->nby == 1)
		return name;
	day = slot_day_label(r, f->day);
	return name.n ? arena_printf(run_arena(r), STR_FMT " " STR_FMT, STR_ARG(name), STR_ARG(day)) : day;
}

void need_reach(struct run *r, const struct slot_for *x)
{
	struct falls l = days_by(r);

	for (size_t i = 0; i < l.n; i++) {
		struct slot slot = {.due = l.p[i].due, .done = DATE_NONE, .calendar_unknown = l.p[i].unknown};
		struct date asked = slot.due, until;
		int64_t v;

		slot.label = slot_label(r, x, label_reach(r, &l.p[i]));
		until = slot_put_off(r, x, slot.label, slot.due);
		if (date_is(until))
			asked = until;
		if (r->on.n >= asked.n && r->figures.value &&
		    r->figures.value(r->figures.ctx, r->n->figure, asked, &v, &slot.facts) && v >= r->n->at_least[i])
			slot.done = asked;
		slot_settle(r, x, slot, false);
	}
}
