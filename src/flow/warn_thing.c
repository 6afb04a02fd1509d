/* What warning rules look at, and what became of it day by day. It is looked at anew only on days on which something
 * can have changed: those that a record of the types asked about says, and the turn of a portfolio. */
#include "duty/slot.h"
#include "flow/warn_inside.h"

/* ---- things ---- */

static bool same(const struct thing_state *a, const struct thing_state *b)
{
	return a->there == b->there && a->open == b->open && a->late == b->late && a->due.n == b->due.n &&
	       a->done.n == b->done.n && a->start.n == b->start.n && a->progress == b->progress;
}

/* What is the case from a day on; what says nothing new is left out. */
static void put_state(const struct walk *w, struct thing *t, struct thing_state s)
{
	if (t->n && same(&t->states[t->n - 1], &s))
		return;
	if (t->n && t->states[t->n - 1].from.n == s.from.n)
		t->states[t->n - 1] = s;
	else
		*ARENA_PUSH(w->f->arena, t->states, t->n, t->cap) = s;
}

const struct thing_state *thing_on(const struct thing *t, struct date day)
{
	size_t low = 0, high = t->n;

	while (low < high) {             /* the first that begins after the day */
		size_t mid = (low + high) / 2;

		if (t->states[mid].from.n <= day.n)
			low = mid + 1;
		else
			high = mid;
	}
	return low && t->states[low - 1].there ? &t->states[low - 1] : NULL;
}

/* What was there before and was not met on the day is gone from then on. */
static void close_gone(const struct walk *w, struct things *all, struct date day)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->p[i]->seen != day.n)
			put_state(w, all->p[i], (struct thing_state){.from = day, .due = DATE_NONE, .done = DATE_NONE,
			                                             .start = DATE_NONE});
}

/* The thing of a key on a day; of several of one key the second is key#2. *fresh: it was never met before. */
static struct thing *thing_of(const struct walk *w, struct things *all, struct str key, struct date day, bool *fresh)
{
	struct arena *a = w->f->arena;
	struct thing *t = map_get(&all->by_key, key);
	struct str name = key;

	for (int k = 2; t && t->seen == day.n; k++) {
		name = arena_printf(a, STR_FMT "#%d", STR_ARG(key), k);
		t = map_get(&all->by_key, name);
	}
	*fresh = !t;
	if (!t) {
		t = ARENA_NEW(a, struct thing);
		t->key = t->series = arena_str(a, name);
		map_set(&all->by_key, t->key, t);
		*ARENA_PUSH(a, all->p, all->n, all->cap) = t;
	}
	t->seen = day.n;
	return t;
}

/* ---- slots ---- */

/* Of a duty and of its older texts. */
static void duty_days(struct busy_days *d, const struct duty *duty, bool *reach)
{
	*reach = false;
	for (; duty; duty = duty->before) {
		for (size_t i = 0; i < duty->nneeds; i++) {
			const struct need *n = &duty->needs[i];

			busy_type(d, n->take.of);
			busy_type(d, n->then.of);
			for (size_t k = 0; k < n->neach; k++)
				busy_type(d, n->each[k].set.of);
			*reach |= n->form == NEED_REACH;
		}
	}
	busy_records(d);
	busy_org(d);
}

/* Of a slot, or of the series it is in. Without its label, which is of one language. */
static struct str slot_key(struct arena *a, const struct duty *d, const struct slot *x, bool series)
{
	char day[DATE_TEXT];

	return arena_printf(a, STR_FMT "|" STR_FMT "|" STR_FMT "%s" STR_FMT, STR_ARG(d->id), STR_ARG(x->owner),
	                    STR_ARG(x->object), series ? "" : "|", STR_ARG(series ? STR_NONE : date_text(x->due, day)));
}

static void slots_seen(const struct walk *w, struct things *all, const struct duty_state *s, struct date day,
	struct arena *tmp)
{
	struct arena *a = w->f->arena;
	bool fresh;

	for (size_t i = 0; i < s->nslots; i++) {
		const struct slot *x = &s->slots[i];
		struct thing *t;

		if (!slot_required(x))   /* excused, or not applicable */
			continue;
		t = thing_of(w, all, slot_key(tmp, s->duty, x, false), day, &fresh);
		if (fresh) {
			t->series = arena_str(a, slot_key(tmp, s->duty, x, true));
			t->owner = arena_str(a, x->owner);
			t->title = arena_printf(a, STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(s->duty->id),
				STR_ARG(s->duty->title), STR_ARG(x->label));
			t->duty = s->duty;
			t->fact = x->of;
		}
		put_state(w, t, (struct thing_state){.from = day, .there = true, .due = x->due, .done = x->done,
			.open = x->state == SLOT_MISSED || x->state == SLOT_PENDING, .late = x->state == SLOT_LATE,
			.start = DATE_NONE});
	}
	close_gone(w, all, day);
}

static enum err_code duty_things(struct walk *w, const struct duty *duty, struct err *err)
{
	struct arena tmp CLEANUP(arena_free) = ARENA_INIT;
	struct things *all = &w->duties[duty - w->f->scheme->duties];
	struct busy_days d = busy_new(w);
	bool reach;

	*all = (struct things){.by_key = MAP_IN(w->f->arena)};
	duty_days(&d, duty, &reach);
	for (int i = 0; i < w->days; i++) {
		struct date day = {w->first.n + i};
		struct facts mine;
		struct duty_state s;

		if (!d.on[i])
			continue;
		mine = facts_for(w->f, &tmp);
		TRY(duty_alone(&mine, duty, day, &s, err));
		slots_seen(w, all, &s, day, &tmp);
		for (size_t k = 0; reach && k < s.nslots; k++)
			busy_mark(&d, s.slots[k].due);
		arena_reset(&tmp);
	}
	w->duty_done[duty - w->f->scheme->duties] = true;
	return OK;
}

static enum err_code slot_things(struct walk *w, const struct warn_rule *r, struct things *out, struct err *err)
{
	for (size_t i = 0; i < r->nduties; i++) {
		size_t at = (size_t)(r->duties[i] - w->f->scheme->duties);

		if (!w->duty_done[at])
			TRY(duty_things(w, r->duties[i], err));
		for (size_t k = 0; k < w->duties[at].n; k++)
			*ARENA_PUSH(w->f->arena, out->p, out->n, out->cap) = w->duties[at].p[k];
	}
	return OK;
}

/* ---- findings ---- */

static struct str said(const struct facts *f, const struct fact *r, const struct field *field, struct date on)
{
	return field ? datum_text(f->arena, LANG_ZH, fact_value(f, r, field, on)) : STR_NONE;
}

/* A day that may lie ahead: a limit. */
static struct date set_for(const struct facts *f, const struct fact *r, const struct field *const *fields, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct date d = datum_day(fields[i], fact_value(f, r, fields[i], DATE_NONE));

		if (date_is(d))
			return d;
	}
	return DATE_NONE;
}

static struct date came(const struct facts *f, const struct fact *r, const struct field *field, struct date on)
{
	struct date d = field ? datum_day(field, fact_value(f, r, field, on)) : DATE_NONE;

	return date_is(d) && d.n <= on.n ? d : DATE_NONE;
}

static void finding_seen(
	const struct walk *w, const struct warn_rule *r, const struct facts *f, struct thing *t, const struct fact *x,
		struct date day)
{
	struct date due = set_for(f, x, r->due, r->ndue), done = came(f, x, r->done, day);
	int64_t progress = 0;

	if (r->progress && !datum_number(fact_value(f, x, r->progress, day), &progress))
		progress = 0;
	put_state(w, t, (struct thing_state){.from = day, .there = true, .open = !date_is(done), .due = due,
		.done = done,
		.late = date_is(done) && date_is(due) && done.n > due.n, .start = came(f, x, r->start, day),
		.progress = progress});
}

static enum err_code finding_things(struct walk *w, const struct warn_rule *r, struct things *out, struct err *err)
{
	struct arena tmp CLEANUP(arena_free) = ARENA_INIT;
	struct arena *a = w->f->arena;
	struct busy_days d = busy_new(w);
	const struct field *label = r->label ? r->label : &r->take.of->fields[0];

	busy_type(&d, r->take.of);
	busy_records(&d);
	for (int i = 0; i < w->days; i++) {
		const struct ask ask = {.on = {w->first.n + i}};
		struct facts mine = facts_for(w->f, &tmp);
		struct fact_list l;
		bool fresh;

		if (!d.on[i])
			continue;
		l = set_take(&mine, &r->take, &ask);
		for (size_t k = 0; k < l.n; k++) {
			struct str name = said(&mine, l.p[k], label, ask.on);
			struct thing *t = thing_of(w, out, arena_printf(&tmp, STR_FMT "|" STR_FMT,
				STR_ARG(r->take.of->name), STR_ARG(name)), ask.on, &fresh);

			if (fresh) {
				t->title = arena_printf(a, STR_FMT " " STR_FMT, STR_ARG(r->take.of->title),
					STR_ARG(name));
				t->owner = arena_str(a, said(&mine, l.p[k], r->owner, ask.on));
				t->fact = l.p[k];
			}
			finding_seen(w, r, &mine, t, l.p[k], ask.on);
		}
		close_gone(w, out, ask.on);
		arena_reset(&tmp);
	}
	return OK;
}

/* ---- reviews of risks ---- */

/* Each review owed is a thing of its own, by its due day; the risk is the series. current: the one owed, by series. */
static void risk_seen(const struct walk *w, struct things *out, struct map *current, const struct risk *x,
	struct date day)
{
	struct arena *a = w->f->arena;
	struct str series = arena_printf(a, STR_FMT "|" STR_FMT, STR_ARG(x->map->type->name), STR_ARG(x->no));
	struct thing **owed = (struct thing **)map_at(current, series), *t = *owed;
	char due[DATE_TEXT];
	bool fresh;

	if (t && t->states[t->n - 1].due.n == x->due.n)
		return;
	if (t && !date_is(x->closed) && x->reviewed.n == day.n) {
		struct date was = t->states[t->n - 1].due;

		put_state(w, t, (struct thing_state){.from = day, .there = true, .due = was, .done = day,
			.late = day.n > was.n, .start = DATE_NONE});
	} else if (t) {                  /* closed, or its grade changed without a review: not owed any more */
		put_state(w, t, (struct thing_state){.from = day, .due = DATE_NONE, .done = DATE_NONE,
			.start = DATE_NONE});
	}
	*owed = NULL;
	if (!date_is(x->due))
		return;
	t = *owed = thing_of(w, out, arena_printf(a, STR_FMT "|" STR_FMT, STR_ARG(series),
		STR_ARG(date_text(x->due, due))), day, &fresh);
	if (fresh) {
		t->series = series;
		t->title = arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(x->no), x->name.n ? " " : "",
			STR_ARG(x->name));
		t->owner = arena_str(a, x->owner);
		t->fact = x->fact;
		t->risk = true;
	}
	put_state(w, t, (struct thing_state){.from = day, .there = true, .open = true, .due = x->due, .done = DATE_NONE,
		.start = DATE_NONE});
}

/* Is it one of those that the rule is about, on the day? */
static bool risk_taken(const struct facts *f, const struct warn_rule *r, const struct risk *x, struct date day)
{
	const struct ask ask = {.on = day};

	if (r->take.of && r->take.of != x->fact->type)
		return false;
	for (size_t i = 0; r->take.of && i < r->take.nwheres; i++)
		if (!fact_matches(f, x->fact, &r->take.wheres[i], &ask))
			return false;
	return true;
}

static void risk_things(struct walk *w, const struct warn_rule *r, struct things *out)
{
	struct arena tmp CLEANUP(arena_free) = ARENA_INIT;
	struct map current = MAP_IN(w->f->arena);
	struct busy_days d = busy_new(w);

	for (size_t t = 0; t < w->f->scheme->ntypes; t++)
		if (w->f->scheme->types[t].risk)
			busy_type(&d, &w->f->scheme->types[t]);
	busy_records(&d);
	for (int i = 0; i < w->days; i++) {
		struct date day = {w->first.n + i};
		struct facts mine = facts_for(w->f, &tmp);
		struct risks all;

		if (!d.on[i])
			continue;
		all = risks_on(&mine, day);
		for (size_t k = 0; k < all.n; k++) {
			if (!risk_taken(&mine, r, &all.p[k], day))
				all.p[k].due = DATE_NONE;
			risk_seen(w, out, &current, &all.p[k], day);
		}
		arena_reset(&tmp);
	}
}

enum err_code things_of(struct walk *w, const struct warn_rule *r, struct things *out, struct err *err)
{
	*out = (struct things){.by_key = MAP_IN(w->f->arena)};
	if (r->of == WARN_SLOTS)
		return slot_things(w, r, out, err);
	if (r->of == WARN_FINDINGS)
		return finding_things(w, r, out, err);
	risk_things(w, r, out);
	return OK;
}
