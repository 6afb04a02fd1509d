/* The forms of need, one function each. Every slot goes through settle(): due and done make the state. */
#include "office/slot.h"

#include "base/utf8.h"
#include "office/day.h"
#include "office/number.h"

#include <stdlib.h>

struct run {
	const struct facts *f;
	const struct need *n;
	struct date on, first, last;     /* the day asked about; the year in hand */
	struct figure_source figures;
	struct duty_state *out;
};

static struct arena *arena(const struct run *r)
{
	return r->f->arena;
}

static void keep(const struct run *r, struct fact_list *l, const struct fact *fact)
{
	*ARENA_PUSH(arena(r), l->p, l->n, l->cap) = fact;
}

/* 第1次 for k = 0. */
static struct str nth(const struct run *r, int64_t k)
{
	return arena_printf(arena(r), tr(r->f->lang, N_("no. %lld")), (long long)k + 1);
}

/* What stands between two parts of a label: nothing in Chinese. */
static const char *gap(const struct run *r)
{
	return r->f->lang == LANG_ZH ? "" : " ";
}

/* The name of whom or what a slot is about, before its own label. */
static struct str about(const struct run *r, const struct slot_for *x)
{
	struct str name = x->object;

	if (x->pair)
		name = arena_printf(arena(r), STR_FMT "→" STR_FMT, STR_ARG(x->owner), STR_ARG(x->object));
	else if (!name.n && (r->n->owner.kind == OWNER_EACH_POST || r->n->owner.kind == OWNER_EACH_UNIT))
		name = x->owner;
	if (r->n->label.n)
		name = arena_printf(arena(r), STR_FMT STR_FMT, STR_ARG(r->n->label), STR_ARG(name));
	return name;
}

static struct str label(const struct run *r, const struct slot_for *x, struct str own)
{
	struct str name = about(r, x);

	if (!name.n || !own.n)
		return name.n ? name : own;
	return arena_printf(arena(r), STR_FMT "%s" STR_FMT, STR_ARG(name), x->object.n ? " " : "", STR_ARG(own));
}

static void settle(struct run *r, const struct slot_for *x, struct slot s)
{
	bool done;

	if (r->n->late_never && date_is(s.done) && s.done.n > s.due.n) {
		s.done = DATE_NONE;
		if (r->n->form != NEED_WHEN)     /* there the record that opened it stays */
			s.facts.n = 0;
	}
	done = date_is(s.done);
	s.need = r->n;
	s.owner = x->owner;
	s.object = x->object;
	s.of = x->record;
	if (done)
		s.state = r->n->late_counts && s.done.n > s.due.n ? SLOT_LATE : SLOT_MET;
	else
		s.state = s.due.n <= r->on.n ? SLOT_MISSED : SLOT_PENDING;
	for (size_t i = 0; done && i < s.facts.n; i++) {
		s.unproved |= !fact_proved(s.facts.p[i]);
		s.entered_late |= fact_entered_late(r->f, s.facts.p[i]);
	}
	*ARENA_PUSH(arena(r), r->out->slots, r->out->nslots, r->out->cap) = s;
}

static struct fact_list taken(const struct run *r, const struct slot_for *x)
{
	const struct ask ask = {.on = r->on, .owner = x->owner, .each = x->words};

	return set_take(r->f, &r->n->take, &ask);
}

static struct date taken_day(const struct run *r, const struct fact *fact)
{
	return set_day(r->f, &r->n->take, fact, r->on);
}

/* The year a period is owed in: weeks belong to that of their Thursday, others to that of their last day. */
static int owed_in(const struct span_rule *span, const struct stretch *s)
{
	struct date d = span->kind == SPAN_WEEK ? (struct date){s->first.n + 3} : s->last;

	return date_ymd(d).y;
}

/* The periods owed in the year in hand, one after the other: s is the first at call, false at the end. */
static struct stretch first_owed(const struct run *r, const struct span_rule *span)
{
	struct stretch s = span_at(span, r->first);

	return owed_in(span, &s) < r->f->year ? span_next(span, &s) : s;
}

/* ---- count: n slots a period, filled in order of days ---- */

static void need_count(struct run *r, const struct slot_for *x)
{
	const struct span_rule *span = &r->n->span;
	struct fact_list all = taken(r, x);
	bool many = span->kind != SPAN_YEAR;

	for (struct stretch s = first_owed(r, span); owed_in(span, &s) == r->f->year; s = span_next(span, &s)) {
		size_t at = 0;

		for (int64_t k = 0; k < r->n->count; k++) {
			struct slot slot = {.due = s.last, .done = DATE_NONE};
			struct str own = nth(r, k);

			while (at < all.n && taken_day(r, all.p[at]).n < s.first.n)
				at++;
			if (at < all.n && taken_day(r, all.p[at]).n <= s.last.n) {
				slot.done = taken_day(r, all.p[at]);
				keep(r, &slot.facts, all.p[at++]);
			}
			if (many)
				own = arena_printf(arena(r), STR_FMT "%s" STR_FMT,
					STR_ARG(span_label(arena(r), r->f->lang, span, &s)), gap(r), STR_ARG(own));
			slot.label = label(r, x, own);
			settle(r, x, slot);
		}
	}
}

/* ---- each: one slot a period ---- */

static bool same_period(const struct run *r, const struct fact *fact, const struct stretch *s)
{
	const struct datum *v = fact_own(r->f, fact, r->n->period);
	struct period p;

	return v && v->kind == NODE_TEXT && v->period && v->day == s->last.n && period_parse(v->text, &p) &&
	       p.first.n == s->first.n &&
	       p.last.n == s->last.n;
}

static bool in_period(const struct run *r, const struct fact *fact, const struct stretch *s)
{
	struct date d;

	if (r->n->period)
		return same_period(r, fact, s);
	d = taken_day(r, fact);
	return d.n >= s->first.n && d.n <= s->last.n;
}

/* The records of the period, and the day on which there were enough. */
static void fill_period(struct run *r, const struct fact_list *all, const struct stretch *s, struct slot *slot)
{
	int64_t have = 0, v;

	for (size_t i = 0; i < all->n; i++) {
		if (!in_period(r, all->p[i], s))
			continue;
		keep(r, &slot->facts, all->p[i]);
		if (!r->n->enough.sum)
			have += 1000;
		else if (datum_number(fact_value(r->f, all->p[i], r->n->enough.sum, r->on), &v))
			have += v;
		if (have >= r->n->enough.thousandths && !date_is(slot->done))
			slot->done = taken_day(r, all->p[i]);
	}
}

/* The span of an object: the need's, or what its own field says. False: its word is not known, it owes nothing. */
static bool object_span(const struct run *r, const struct slot_for *x, struct span_rule *out)
{
	const struct datum *v;

	*out = r->n->span;
	if (!r->n->span_field)
		return true;
	v = x->record ? fact_value(r->f, x->record, r->n->span_field, r->on) : NULL;
	for (size_t i = 0; v && v->kind == NODE_TEXT && i < r->n->span_words->n; i++)
		if (words_alike(r->f, r->n->span_words->keys[i]->text, v->text))
			return span_read(r->n->span_words->items[i]->text, out);
	return false;
}

static void need_each(struct run *r, const struct slot_for *x)
{
	struct span_rule span;
	struct fact_list all;
	struct date start = r->n->has_start ? day_of(r->f, &r->n->start, 1, x->record, r->on) : DATE_NONE;
	struct date end = r->n->has_end ? day_of(r->f, &r->n->end, 1, x->record, r->on) : DATE_NONE;
	bool only;

	if (!object_span(r, x, &span))
		return;
	all = taken(r, x);
	only = span.kind == SPAN_YEAR && (x->object.n || r->n->label.n);
	for (struct stretch s = first_owed(r, &span); owed_in(&span, &s) == r->f->year; s = span_next(&span, &s)) {
		struct slot slot = {.due = s.last, .done = DATE_NONE};

		/* The first whole period begins after the start; the one in which the end falls is not owed. */
		if ((date_is(start) && s.first.n <= start.n) || (date_is(end) && s.last.n >= end.n))
			continue;
		fill_period(r, &all, &s, &slot);
		slot.label = label(r, x, only ? STR_NONE : span_label(arena(r), r->f->lang, &span, &s));
		settle(r, x, slot);
	}
}

/* ---- on: a slot on each such weekday ---- */

/* A dotted key of the organisation's settings: "calendar.exempt.date". */
static const struct node *setting(const struct facts *f, struct str key, struct str *field)
{
	const struct node *v = f->org ? f->org->office.settings : NULL;
	struct str part;

	*field = STR_NONE;
	while (v && str_cut(&key, S("."), &part)) {
		const struct node *next = node_get(v, part);

		if (!next && f->scheme->office && v == f->org->office.settings)
			next = node_get(v, node_text(f->scheme->office, part));
		if (!next && v->kind == NODE_LIST) {
			*field = part;
			return v;
		}
		v = next;
	}
	return v;
}

struct str need_lacks(const struct facts *f, const struct need *n)
{
	const struct str keys[] = {n->from, n->to, n->except};
	struct str field;

	for (size_t i = 0; i < LEN(keys); i++)
		if (keys[i].n && !setting(f, keys[i], &field))
			return keys[i];
	return STR_NONE;
}

static struct date bound(const struct run *r, struct str key, const struct day_ref *ref, bool has, struct date fallback)
{
	struct date d = DATE_NONE;
	struct str field;
	const struct node *v;

	if (has)
		d = day_of(r->f, ref, 1, NULL, r->on);
	else if (key.n && (v = setting(r->f, key, &field)) && v->kind == NODE_TEXT)
		date_parse(v->text, &d);
	return date_is(d) ? d : fallback;
}

static bool exempt(const struct run *r, struct date day)
{
	struct str field;
	const struct node *list = r->n->except.n ? setting(r->f, r->n->except, &field) : NULL;
	struct date d;

	for (size_t i = 0; list && list->kind == NODE_LIST && i < list->n; i++) {
		const struct node *v = list->items[i];
		struct str text = v->kind == NODE_MAP ? node_text(v, field) : v->text;

		if (date_parse(text, &d) && d.n == day.n)
			return true;
	}
	return false;
}

/* A record of the day, or of its week, that no earlier slot has used. */
static const struct fact *of_window(const struct run *r, const struct fact_list *all, bool *used, struct date day)
{
	int32_t first = r->n->week ? day.n - date_weekday(day) + 1 : day.n, last = r->n->week ? first + 6 : day.n;

	for (size_t i = 0; i < all->n; i++) {
		struct date d = taken_day(r, all->p[i]);

		if (used[i] || d.n < first || d.n > last)
			continue;
		used[i] = true;
		return all->p[i];
	}
	return NULL;
}

static void need_on(struct run *r, const struct slot_for *x)
{
	struct date from = bound(r, r->n->from, &r->n->from_day, r->n->has_from, r->first);
	struct date to = bound(r, r->n->to, &r->n->to_day, r->n->has_to, r->last);
	struct fact_list all = taken(r, x);
	bool *used = ARENA_ARRAY(arena(r), bool, all.n);
	char text[DATE_TEXT];

	from.n = MAX(from.n, r->first.n);
	to.n = MIN(to.n, r->last.n);
	for (struct date d = from; d.n <= to.n; d.n++) {
		struct slot slot = {.due = d, .done = DATE_NONE};
		const struct fact *fact;

		if (!(r->n->weekdays >> date_weekday(d) & 1) || exempt(r, d))
			continue;
		fact = of_window(r, &all, used, d);
		if (fact) {
			slot.done = taken_day(r, fact);
			keep(r, &slot.facts, fact);
		}
		slot.label = label(r, x, arena_str(arena(r), date_text(d, text)));
		settle(r, x, slot);
	}
}

/* ---- by: slots with one due day ---- */

/* From when on records count for what is due on a day: the year's, or those of the earlier year it is due in. What is
 * due in the year after is of the year that ends there: records up to that day of this year are the year before's. */
static struct date counted_from_day(const struct run *r, struct date due)
{
	struct facts before = *r->f;
	struct date first = r->first;

	if (due.n < first.n)             /* last 12-20 */
		date_make(date_ymd(due).y, 1, 1, &first);
	if (due.n > r->last.n && r->n->by.kind == DAY_OF_YEAR) {         /* next 01-10 */
		before.year--;
		first.n = day_of(&before, &r->n->by, 1, NULL, r->on).n + 1;
	}
	return first;
}

static void need_by(struct run *r, const struct slot_for *x)
{
	struct date due = day_of(r->f, &r->n->by, 1, NULL, r->on), first = counted_from_day(r, due);
	struct fact_list all = taken(r, x);
	size_t at = 0;
	char text[DATE_TEXT];

	while (at < all.n && taken_day(r, all.p[at]).n < first.n)
		at++;
	for (int64_t k = 0; k < r->n->count; k++) {
		struct slot slot = {.due = due, .done = DATE_NONE};
		struct str own = x->object.n || r->n->label.n ? STR_NONE : arena_str(arena(r), date_text(due, text));

		if (at < all.n) {
			slot.done = taken_day(r, all.p[at]);
			keep(r, &slot.facts, all.p[at++]);
		}
		if (r->n->count > 1)
			own = nth(r, k);
		slot.label = label(r, x, own);
		settle(r, x, slot);
	}
}

/* ---- when: a slot for each record that arises ---- */

static struct str arisen_label(const struct run *r, const struct fact *fact)
{
	const struct field *f = r->n->label_field;
	struct period p;
	struct str name = STR_NONE;

	if (!f)
		f = fact->type->day ? fact->type->day : &fact->type->fields[0];
	name = datum_text(arena(r), LANG_ZH, fact_value(r->f, fact, f, r->on));
	if (f->type == TYPE_PERIOD && period_parse(name, &p) && p.kind == PERIOD_MONTH)
		name = arena_printf(arena(r), tr(r->f->lang, N_("month %d")), date_ymd(p.first).m);
	return arena_printf(arena(r), STR_FMT STR_FMT, STR_ARG(r->n->label), STR_ARG(name));
}

static int64_t times_of(const struct run *r, const struct fact *fact, const struct field *f, int64_t fallback)
{
	int64_t v;

	if (!f)
		return fallback;
	return datum_number(fact_value(r->f, fact, f, r->on), &v) && v > 0 ? MIN(v / 1000, 10000) : 0;
}

/* The day on which it was done: by the record's own fields, or by a later record. */
static struct date done_day(
	const struct run *r, const struct slot_for *of, const struct fact *fact, struct slot *slot)
{
	const struct ask ask = {.on = r->on};
	struct slot_for x = {.owner = of->owner, .object = datum_text(arena(r), LANG_ZH, r->n->label_field ?
	                     fact_value(r->f, fact, r->n->label_field, r->on) : NULL)};
	struct date d = DATE_NONE;

	if (!r->n->takes) {
		if (!fact_matches(r->f, fact, &r->n->done, &ask))
			return DATE_NONE;
		if (r->n->done_on)
			d = datum_day(r->n->done_on, fact_value(r->f, fact, r->n->done_on, r->on));
		if (!date_is(d))
			d = fact->day;
		return d.n <= r->on.n ? d : DATE_NONE;    /* a day after the one asked about has not come */
	}
	x.words = (struct texts){&x.object, x.object.n > 0};
	for (struct fact_list later = taken(r, &x); later.n; later.p++, later.n--) {
		d = taken_day(r, later.p[0]);
		if (d.n < fact->day.n)
			continue;
		keep(r, &slot->facts, later.p[0]);
		return d;
	}
	return DATE_NONE;
}

static void need_when(struct run *r, const struct slot_for *x)
{
	const struct ask ask = {.on = r->on, .owner = x->owner};
	struct fact_list all = set_take(r->f, &r->n->then, &ask);

	for (size_t i = 0; i < all.n; i++) {
		const struct fact *fact = all.p[i];
		struct date day = set_day(r->f, &r->n->then, fact, r->on);
		int64_t n = times_of(r, fact, r->n->times, 1), done = times_of(r, fact, r->n->done_times, n);
		struct slot_for mine = *x;

		if (r->n->owner.kind == OWNER_FIELD && !x->record)
			mine.owner = fact_owner(r->f, r->n, fact);
		if (date_is(day) && (day.n < r->first.n || day.n > r->last.n))
			continue;
		for (int64_t k = 0; k < n; k++) {
			struct slot slot = {.due = {day.n + (int32_t)r->n->within_days}, .done = DATE_NONE};

			keep(r, &slot.facts, fact);
			if (r->n->done_times)
				slot.done = k < done ? day : DATE_NONE;
			else
				slot.done = done_day(r, &mine, fact, &slot);
			slot.label = arisen_label(r, fact);
			if (r->n->times)
				slot.label = arena_printf(arena(r), STR_FMT "%s" STR_FMT, STR_ARG(slot.label), gap(r),
				                          STR_ARG(nth(r, k)));
			settle(r, &mine, slot);
		}
	}
}

/* ---- holds: an object that must stay true until its review day ---- */

static void need_holds(struct run *r, const struct slot_for *x)
{
	struct date until = datum_day(r->n->until, fact_value(r->f, x->record, r->n->until, r->on));
	struct slot slot = {.due = date_is(until) ? until : r->last, .done = DATE_NONE};

	keep(r, &slot.facts, x->record);
	if (!date_is(until) || until.n > r->last.n)
		slot.done = x->record->day;
	if (r->n->takes) {               /* renewed by a later record about it */
		struct fact_list later = taken(r, x);

		for (size_t i = 0; i < later.n && !date_is(slot.done); i++) {
			if (later.p[i] == x->record || taken_day(r, later.p[i]).n <= x->record->day.n)
				continue;
			slot.done = taken_day(r, later.p[i]);
			keep(r, &slot.facts, later.p[i]);
		}
	}
	slot.label = label(r, x, STR_NONE);
	settle(r, x, slot);
}

/* ---- reach: a figure over a bar on the due day ---- */

static void need_reach(struct run *r, const struct slot_for *x)
{
	struct slot slot = {.due = day_of(r->f, &r->n->by, 1, NULL, r->on), .done = DATE_NONE};
	int64_t v;

	if (r->on.n >= slot.due.n && r->figures.value &&
	    r->figures.value(r->figures.ctx, r->n->figure, slot.due, &v, &slot.facts) && v >= r->n->at_least)
		slot.done = slot.due;
	slot.label = label(r, x, r->n->label.n ? STR_NONE : r->n->figure);
	settle(r, x, slot);
}

void slots_of(const struct facts *f, const struct need *n, struct date on, struct figure_source figures,
	struct duty_state *out)
{
	static void (*const forms[])(struct run *r, const struct slot_for *x) = {
		[NEED_COUNT] = need_count, [NEED_EACH] = need_each, [NEED_ON] = need_on, [NEED_BY] = need_by,
		[NEED_WHEN] = need_when, [NEED_HOLDS] = need_holds, [NEED_REACH] = need_reach,
	};
	struct run r = {.f = f, .n = n, .on = on, .figures = figures, .out = out};
	struct slot_for *fors;
	size_t count;

	date_make(f->year, 1, 1, &r.first);
	date_make(f->year, 12, 31, &r.last);
	fors = slot_fors(f, n, on, &count);
	for (size_t i = 0; i < count; i++)
		forms[n->form](&r, &fors[i]);
}
