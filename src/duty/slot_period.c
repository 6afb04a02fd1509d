/* count and each: slots of periods. */
#include "duty/slot_inside.h"

#include "scheme/day.h"

#include <stdlib.h>

/* ---- count: n slots a period, filled in order of days ---- */

/* What a holder owes of a period that the tenure meets: by its days, half up. The period becomes the part of it. */
static int64_t owed_by_holder(const struct slot_for *x, int64_t n, struct stretch *s)
{
	int64_t days = s->last.n - s->first.n + 1, own;

	s->first.n = MAX(s->first.n, x->since.n);
	s->last.n = MIN(s->last.n, x->until.n);
	own = s->last.n - s->first.n + 1;
	return own > 0 ? (2 * n * own + days) / (2 * days) : 0;
}

/* What the slots of one period have used so far; looked into only with grace, where two lists meet. */
struct uses {
	const struct fact **p;
	size_t n;
};

static bool used(const struct uses *u, const struct fact *fact)
{
	for (size_t i = 0; i < u->n; i++)
		if (u->p[i] == fact)
			return true;
	return false;
}

static bool use_next(const struct run *r, const struct picked *l, size_t *at, struct date until, struct uses *u,
	struct slot *slot)
{
	while (r->n->grace && *at < l->n && used(u, l->p[*at]))
		(*at)++;
	if (*at == l->n || l->day[*at].n > until.n)
		return false;
	slot->done = l->day[*at];
	slot_keep(r, &slot->facts, l->p[*at]);
	u->p[u->n++] = l->p[(*at)++];
	return true;
}

/* The k-th slot of a period, with its own record where there is one: of the period, or up to the day that it was put
 * off to. */
static struct slot count_slot(struct run *r, const struct slot_for *x, const struct owed *owed, const struct stretch *s,
	int64_t k, const struct picked *own, size_t *at, struct uses *uses)
{
	struct slot slot = {.due = s->last, .done = DATE_NONE, .calendar_unknown = owed->unknown};
	struct str nth = slot_nth(r, k);
	struct date until;

	if (r->n->span.kind != SPAN_YEAR)
		nth = arena_printf(run_arena(r), STR_FMT "%s" STR_FMT, STR_ARG(owed->label), slot_gap(r), STR_ARG(nth));
	slot.label = slot_label(r, x, nth);
	until = slot_put_off(r, x, slot.label, s->last);
	use_next(r, own, at, date_is(until) ? until : s->last, uses, &slot);
	return slot;
}

/* The slots of one period: each takes its own record before what is spare fills those that have none. */
static void count_period(
	struct run *r, const struct slot_for *x, const struct picked *all, const struct owed_list *owed, size_t i)
{
	struct stretch s = owed->p[i].s;
	int64_t n = x->personal ? owed_by_holder(x, r->n->count, &s) : r->n->count;
	struct picked own = picked_from(all, s.first, (struct date){INT32_MAX});
	struct picked spare = x->personal ? (struct picked){0} : slot_spare(r, all, owed, i, n);
	struct uses uses = {ARENA_ARRAY(run_arena(r), const struct fact *, (size_t)n), 0};
	struct slot *slots = ARENA_ARRAY(run_arena(r), struct slot, (size_t)n);
	size_t at = 0, late = 0;

	for (int64_t k = 0; k < n; k++)
		slots[k] = count_slot(r, x, &owed->p[i], &s, k, &own, &at, &uses);
	for (int64_t k = 0; k < n; k++) {
		bool is_late = !date_is(slots[k].done) &&
		               use_next(r, &spare, &late, (struct date){INT32_MAX}, &uses, &slots[k]);

		slot_settle(r, x, slots[k], is_late);
	}
}

void need_count(struct run *r, const struct slot_for *x)
{
	struct span_rule span;
	const struct owed_list *owed = slot_owed_by(r, x, &span);
	struct picked all = slot_taken(r, x);

	for (size_t i = 0; owed && i < owed->n; i++)
		count_period(r, x, &all, owed, i);
}

/* ---- each: one slot a period ---- */

/* Records by the period that their own field names. */
struct named {
	struct date first, last;
	size_t at;
};
struct named_list {
	struct named *p;
	size_t n;
};

static int by_period(const void *a, const void *b)
{
	const struct named *x = a, *y = b;

	if (x->last.n != y->last.n)
		return x->last.n < y->last.n ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

static struct named_list by_own_period(const struct run *r, const struct picked *all)
{
	struct named_list l = {ARENA_ARRAY(run_arena(r), struct named, all->n), 0};

	for (size_t i = 0; i < all->n; i++) {
		const struct datum *v = fact_own(r->f, all->p[i], r->n->period);
		struct period p;

		if (v && v->kind == NODE_TEXT && v->period && period_parse(v->text, &p))
			l.p[l.n++] = (struct named){p.first, p.last, i};
	}
	if (l.n)
		qsort(l.p, l.n, sizeof *l.p, by_period);
	return l;
}

static struct picked of_own_period(const struct run *r, const struct picked *all, const struct named_list *l,
	const struct stretch *s)
{
	struct picked out = {0};
	size_t from = 0, to = l->n, end;

	while (from < to) {
		size_t mid = (from + to) / 2;

		if (l->p[mid].last.n < s->last.n)
			from = mid + 1;
		else
			to = mid;
	}
	for (end = from; end < l->n && l->p[end].last.n == s->last.n; end++)
		;
	out.p = ARENA_ARRAY(run_arena(r), const struct fact *, end - from);
	out.day = ARENA_ARRAY(run_arena(r), struct date, end - from);
	for (; from < end; from++) {
		if (l->p[from].first.n != s->first.n)
			continue;
		out.p[out.n] = all->p[l->p[from].at];
		out.day[out.n++] = all->day[l->p[from].at];
	}
	return out;
}

/* Those of a day's hours; where the slot was put off, all from then on. */
static struct picked of_hours(const struct run *r, const struct picked *day, const struct owed *o, bool put_off)
{
	struct picked out = {ARENA_ARRAY(run_arena(r), const struct fact *, day->n),
	                     ARENA_ARRAY(run_arena(r), struct date, day->n), 0};

	for (size_t i = 0; i < day->n; i++) {
		int minute = fact_minute(r, day->p[i], r->n->time);

		bool later = put_off && (day->day[i].n > o->s.last.n || minute >= o->to);

		if (!later && (minute < o->from || minute > o->to || (minute == o->to && !o->closes)))
			continue;
		out.p[out.n] = day->p[i];
		out.day[out.n++] = day->day[i];
	}
	return out;
}

/* The due day of a period: its last, or one after it. */
static struct date due_of(const struct run *r, const struct stretch *s, bool *unknown)
{
	const struct after_period *a = &r->n->due;
	struct date due = s->last, first = {date_month_end(s->last).n + 1};

	if (a->limit.unit)
		due = limit_after(r->calendar, a->limit, due, unknown);
	else if (a->mday)
		due.n = first.n + MIN(a->mday, date_month_days(date_ymd(first).y, date_ymd(first).m)) - 1;
	return slot_shift(r, due, unknown);
}

/* Fills what a period lacks of its count by what is spare after it. */
static bool fill_late(struct run *r, const struct picked *all, const struct owed_list *owed, size_t i, size_t own,
	struct date from, struct slot *slot)
{
	int64_t most = (r->n->enough.thousandths + 999) / 1000;
	struct picked spare;
	size_t lacks = (size_t)MAX(most - (int64_t)own, 0);

	if (date_is(slot->done) || !lacks)
		return false;
	spare = slot_spare(r, all, owed, i, most);
	spare = picked_from(&spare, from, (struct date){INT32_MAX});
	if (spare.n < lacks)
		return false;
	for (size_t k = 0; k < lacks; k++)
		slot_keep(r, &slot->facts, spare.p[k]);
	slot->done = spare.day[lacks - 1];
	return true;
}

static struct picked records_of(const struct run *r, const struct picked *all, const struct named_list *named,
	const struct owed *o, struct date put_off)
{
	struct picked day;

	if (r->n->period)
		return of_own_period(r, all, named, &o->s);
	day = picked_from(all, o->s.first, date_is(put_off) ? put_off : o->s.last);
	return r->n->span.kind == SPAN_HOURS ? of_hours(r, &day, o, date_is(put_off)) : day;
}

static void each_period(struct run *r, const struct slot_for *x, const struct picked *all,
	const struct named_list *named, const struct owed_list *owed, size_t i, bool only)
{
	const struct owed *o = &owed->p[i];
	struct slot slot = {.done = DATE_NONE, .calendar_unknown = o->unknown};
	struct picked own;
	struct date until;
	bool late;   /* DATE_NONE + 1 below: before every day */

	slot.due = due_of(r, &o->s, &slot.calendar_unknown);
	slot.label = slot_label(r, x, only ? STR_NONE : o->label);
	until = slot_put_off(r, x, slot.label, slot.due);
	own = records_of(r, all, named, o, until);
	for (size_t k = 0; k < own.n; k++)
		slot_keep(r, &slot.facts, own.p[k]);
	slot.done = slot_enough(r, x, &own, date_is(until) ? until : slot.due);
	late = r->n->grace && fill_late(r, all, owed, i, own.n, (struct date){until.n + 1}, &slot);
	slot_settle(r, x, slot, late);
}

void need_each(struct run *r, const struct slot_for *x)
{
	const struct need *n = r->n;
	struct date start = n->has_start ? day_of(r->f, &n->start, 1, x->record, r->on) : DATE_NONE;
	struct date end = n->has_end ? day_of(r->f, &n->end, 1, x->record, r->on) : DATE_NONE;
	struct span_rule span;
	const struct owed_list *owed = slot_owed_by(r, x, &span);
	struct named_list named = {0};
	struct picked all;
	bool only;

	if (!owed)
		return;
	all = slot_taken(r, x);
	if (n->period)
		named = by_own_period(r, &all);
	only = span.kind == SPAN_YEAR && (x->object.n || n->label.n);
	for (size_t i = 0; i < owed->n; i++) {
		const struct stretch *s = &owed->p[i].s;

		/* The first whole period begins after the start; the one in which the end falls is not owed. */
		if ((date_is(start) && s->first.n <= start.n) || (date_is(end) && s->last.n >= end.n))
			continue;
		if (x->personal && !owed_within(&span, s, x->since, x->until))
			continue;
		each_period(r, x, &all, &named, owed, i, only);
	}
}
