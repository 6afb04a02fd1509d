/* on: a slot on each such day. */
#include "duty/slot_inside.h"

#include "scheme/rule.h"

/* What is known of a month while its days are gone through. */
struct month {
	int working;                 /* working days so far */
	struct date last_working;
};

static struct date last_working(const struct run *r, struct date day, bool *unknown)
{
	return calendar_previous(r->calendar, date_month_end(day), unknown);
}

static bool falls_on(const struct run *r, const struct on_day *o, struct date d, struct ymd v, const struct month *m,
	bool works)
{
	int days = date_month_days(v.y, v.m);

	switch (o->kind) {
	case ON_WEEKDAY:
		return date_weekday(d) == o->n;
	case ON_DAY:
		return v.d == MIN(o->n, days);
	case ON_LAST_DAY:
		return v.d == days;
	case ON_WORKING:
		return works && m->working == o->n;
	case ON_LAST_WORKING:
		return works && d.n == m->last_working.n;
	case ON_EACH_WORKING:
		return works;
	case ON_DATE:
		return v.m == o->month && v.d == MIN(o->mday, days);
	case ON_RULE:
		break;
	}
	return false;
}

static bool by_working_days(const struct on_day *o)
{
	return o->kind == ON_WORKING || o->kind == ON_LAST_WORKING || o->kind == ON_EACH_WORKING;
}

/* A day that is named twice is one. unknown: where only ways that count working days name it. */
static bool owed_on(const struct run *r, struct date d, struct month *m, bool *unknown)
{
	struct ymd v = date_ymd(d);
	bool works, no_file = false, found = false, plain = false;

	works = calendar_works(r->calendar, d, &no_file);
	if (v.d == 1)
		*m = (struct month){0, last_working(r, d, &no_file)};
	m->working += works;
	for (size_t i = 0; i < r->n->non; i++) {
		if (!falls_on(r, &r->n->on[i], d, v, m, works))
			continue;
		found = true;
		plain |= !by_working_days(&r->n->on[i]);
	}
	*unknown = found && !plain && no_file;
	return found;
}

static void add(struct run *r, size_t *cap, struct date d, bool unknown)
{
	struct fall x = {d, d, unknown};

	if (slot_exempt(r, d))
		return;
	x.due = slot_shift(r, d, &x.unknown);
	*ARENA_PUSH(run_arena(r), r->falls.p, r->falls.n, *cap) = x;
}

static void find_falls(struct run *r)
{
	const struct need *n = r->n;
	struct date from = slot_bound(r->f, n->from, &n->from_day, n->has_from, r->on, r->first);
	struct date to = slot_bound(r->f, n->to, &n->to_day, n->has_to, r->on, r->last);
	struct month m = {0};
	size_t cap = 0;

	from.n = MAX(from.n, r->first.n);
	to.n = MIN(to.n, r->last.n);
	if (n->on[0].kind == ON_RULE) {
		struct date start = date_is(n->on[0].start) ? n->on[0].start : r->first, *days;
		size_t count;

		days = rule_days(run_arena(r), n->on[0].rule, start, from, to, &count);
		for (size_t i = 0; i < count; i++)
			add(r, &cap, days[i], false);
		return;
	}
	for (struct date d = r->first; d.n <= to.n; d.n++) {
		bool unknown;

		if (owed_on(r, d, &m, &unknown) && d.n >= from.n)
			add(r, &cap, d, unknown);
	}
}

/* The days whose records do for a day. */
static struct stretch window_of(const struct run *r, struct date due)
{
	if (r->n->window_days)
		return (struct stretch){{due.n - (int32_t)r->n->window_days}, due, 1};
	return span_at(&r->n->window, due);
}

/* The earliest record of the window that no slot before has used. */
static bool use(const struct picked *all, bool *used, struct stretch window, size_t *at)
{
	struct picked in = picked_from(all, window.first, window.last);

	for (size_t i = 0; i < in.n; i++) {
		*at = (size_t)(in.p - all->p) + i;
		if (!used[*at]) {
			used[*at] = true;
			return true;
		}
	}
	return false;
}

void need_on(struct run *r, const struct slot_for *x)
{
	struct picked all = slot_taken(r, x);
	bool *used = ARENA_ARRAY(run_arena(r), bool, all.n + 1);

	if (!r->falls.p)
		find_falls(r);
	for (size_t i = 0; i < r->falls.n; i++) {
		const struct fall *f = &r->falls.p[i];
		struct slot slot = {.due = f->due, .done = DATE_NONE, .calendar_unknown = f->unknown};
		size_t at;

		if (x->personal && (f->day.n < x->since.n || f->day.n > x->until.n))
			continue;
		if (use(&all, used, window_of(r, f->due), &at)) {
			slot.done = all.day[at];
			slot_keep(r, &slot.facts, all.p[at]);
		}
		slot.label = slot_label(r, x, slot_day_label(r, f->day));
		slot_settle(r, x, slot, false);
	}
}
