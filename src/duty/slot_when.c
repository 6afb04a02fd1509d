/* when: a slot for each record that arises; holds: an object that must stay true until its review day. */
#include "duty/slot_inside.h"

#include "scheme/day.h"

/* A day and, where the clock counts, a minute of it. */
struct moment {
	struct date day;
	int minute;                  /* of a due day -1: the whole day; of what was done 0 where none is known */
};

static struct str arisen_label(const struct run *r, const struct fact *fact)
{
	const struct field *f = r->n->label_field;
	struct period p;
	struct str name = STR_NONE;

	if (!f)
		f = fact->type->day ? fact->type->day : &fact->type->fields[0];
	name = datum_text(run_arena(r), LANG_ZH, fact_value(r->f, fact, f, r->on));
	if (f->type == TYPE_PERIOD && period_parse(name, &p) && p.kind == PERIOD_MONTH)
		name = arena_printf(run_arena(r), tr(r->f->lang, N_("month %d")), date_ymd(p.first).m);
	return arena_printf(run_arena(r), STR_FMT STR_FMT, STR_ARG(r->n->label), STR_ARG(name));
}

static int64_t times_of(const struct run *r, const struct fact *fact, const struct field *f, int64_t fallback)
{
	int64_t v;

	if (!f)
		return fallback;
	return datum_number(fact_value(r->f, fact, f, r->on), &v) && v > 0 ? MIN(v / 1000, 10000) : 0;
}

/* ---- done ---- */

static int minute_of(const struct run *r, const struct fact *fact, const struct field *f)
{
	return f ? MAX(fact_minute(r, fact, f), 0) : 0;
}

/* By the record's own fields; $owner is the slot's. */
static struct moment done_itself(const struct run *r, const struct slot_for *of, const struct fact *fact)
{
	const struct ask ask = {.on = r->on, .owner = of->owner};
	struct moment none = {DATE_NONE, 0}, done = {DATE_NONE, minute_of(r, fact, r->n->done_time)};

	if (!fact_matches(r->f, fact, &r->n->done, &ask))
		return none;
	if (r->n->done_on)
		done.day = datum_day(r->n->done_on, fact_value(r->f, fact, r->n->done_on, r->on));
	if (!date_is(done.day))
		done.day = fact->day;
	return done.day.n <= r->on.n ? done : none;       /* a day after the one asked about has not come */
}

/* By the first later record: of those of one day the earliest in time. */
static struct moment done_later(struct run *r, const struct slot_for *of, const struct fact *fact,
	struct slot *slot)
{
	struct slot_for x = {.owner = of->owner, .object = datum_text(run_arena(r), LANG_ZH, r->n->label_field ?
	                     fact_value(r->f, fact, r->n->label_field, r->on) : NULL)};
	struct moment done = {DATE_NONE, 0};
	const struct fact *by = NULL;
	struct picked later;

	x.words = (struct texts){&x.object, x.object.n > 0};
	if (!r->asked || !str_eq(r->asked_owner, x.owner) || !str_eq(r->asked_each, x.object))
		r->later_of = slot_taken(r, &x);         /* else the one before asked the same */
	r->asked = true;
	r->asked_owner = x.owner;
	r->asked_each = x.object;
	later = picked_from(&r->later_of, fact->day, (struct date){INT32_MAX});
	for (size_t i = 0; i < later.n && later.day[i].n == later.day[0].n; i++) {
		int minute = minute_of(r, later.p[i], r->n->done_time);

		if (by && minute >= done.minute)
			continue;
		by = later.p[i];
		done = (struct moment){later.day[i], minute};
	}
	if (by)
		slot_keep(r, &slot->facts, by);
	return done;
}

/* ---- due ---- */

/* A date that the record has, once it has come. */
static struct date come(const struct run *r, const struct fact *fact, const struct field *f)
{
	struct date d = datum_day(f, fact_value(r->f, fact, f, r->on));

	return date_is(d) && d.n <= r->on.n ? d : DATE_NONE;
}

/* What the record arose on, and the end of its limit, put off and shifted. */
static struct moment due_of(const struct run *r, const struct fact *fact, struct date arose, bool *unknown)
{
	const struct need *n = r->n;
	struct moment due = {arose, -1};
	struct date asked, shifted;

	if (n->due_on) {
		due.day = datum_day(n->due_on, fact_own(r->f, fact, n->due_on));
		if (!date_is(due.day))
			due.day = r->last;
	} else if (!date_is(arose)) {
		return due;
	} else if (n->within.unit == LIMIT_HOURS && n->time) {
		int64_t minutes = minute_of(r, fact, n->time) + n->within.n * 60;

		due = (struct moment){{arose.n + (int32_t)(minutes / 1440)}, (int)(minutes % 1440)};
	} else if (n->within.unit) {
		due.day = limit_after(r->calendar, n->within, arose, unknown);
	}
	if (n->extend.unit) {
		asked = come(r, fact, n->asked);
		if (date_is(asked) && asked.n <= due.day.n && date_is(come(r, fact, n->approved)))
			due.day = limit_after(r->calendar, n->extend, due.day, unknown);
	}
	shifted = slot_shift(r, due.day, unknown);
	return shifted.n == due.day.n ? due : (struct moment){shifted, -1};      /* a day that moved counts whole */
}

static void arisen(struct run *r, const struct slot_for *x, const struct fact *fact, struct date day)
{
	const struct need *n = r->n;
	int64_t times = times_of(r, fact, n->times, 1), had = times_of(r, fact, n->done_times, times);
	bool unknown = false;
	struct moment due = due_of(r, fact, day, &unknown);

	for (int64_t k = 0; k < times; k++) {
		struct slot slot = {
			.due = due.day, .done = DATE_NONE, .calendar_unknown = unknown, .internal = n->internal};
		struct moment done = {DATE_NONE, 0};
		bool late;

		slot_keep(r, &slot.facts, fact);
		if (n->done_times)
			done.day = k < had ? day : DATE_NONE;
		else
			done = n->takes ? done_later(r, x, fact, &slot) : done_itself(r, x, fact);
		slot.done = done.day;
		slot.label = arisen_label(r, fact);
		if (n->times)
			slot.label = arena_printf(run_arena(r), STR_FMT "%s" STR_FMT, STR_ARG(slot.label), slot_gap(r),
			                          STR_ARG(slot_nth(r, k)));
		late = due.minute >= 0 && date_is(done.day) && done.day.n == due.day.n && done.minute > due.minute &&
		       !date_is(slot_put_off(r, x, slot.label, slot.due));
		slot_settle(r, x, slot, late);
	}
}

void need_when(struct run *r, const struct slot_for *x)
{
	const struct ask ask = {.on = r->on, .owner = x->owner};
	struct fact_list all = set_take(r->f, &r->n->then, &ask);

	for (size_t i = 0; i < all.n; i++) {
		struct date day = set_day(r->f, &r->n->then, all.p[i], r->on);
		struct slot_for mine = *x;

		if (r->n->owner.kind == OWNER_FIELD && !x->record)
			mine.owner = fact_owner(r->f, r->n, all.p[i]);
		if (!date_is(day) || (day.n >= r->first.n && day.n <= r->last.n))
			arisen(r, &mine, all.p[i], day);
	}
}

void need_holds(struct run *r, const struct slot_for *x)
{
	struct date until = datum_day(r->n->until, fact_value(r->f, x->record, r->n->until, r->on));
	struct slot slot = {.due = date_is(until) ? until : r->last, .done = DATE_NONE};

	slot.due = slot_shift(r, slot.due, &slot.calendar_unknown);
	slot_keep(r, &slot.facts, x->record);
	if (!date_is(until) || until.n > r->last.n)
		slot.done = x->record->day;
	if (r->n->takes && !date_is(slot.done)) {        /* renewed by a later record about it */
		struct picked later = slot_taken(r, x);

		for (size_t i = 0; i < later.n && !date_is(slot.done); i++) {
			if (later.p[i] == x->record || later.day[i].n <= x->record->day.n)
				continue;
			slot.done = later.day[i];
			slot_keep(r, &slot.facts, later.p[i]);
		}
	}
	slot.label = slot_label(r, x, STR_NONE);
	slot_settle(r, x, slot, false);
}
