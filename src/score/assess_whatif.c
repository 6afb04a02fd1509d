/* What would raise the score, and by how much: every change that is still possible is made and the sheet computed
 * anew. */
#include "score/assess.h"
#include "scheme/number.h"

#include <stdlib.h>

struct trial {
	const struct facts *f;
	const struct figures *figures;
	const struct unit *unit;
	const struct assess_inputs *inputs;
	struct assess_sheet now;
	struct assess_hints *out;
	struct arena scratch;
};

/* The gain of the total and of the item by some changes; both in thousandths. */
static void try_out(struct trial *t, const struct assess_item *x, const struct assess_change *c, size_t n,
	int64_t *total,
	int64_t *item)
{
	struct facts f = facts_for(t->f, &t->scratch);
	struct assess_sheet s;

	arena_reset(&t->scratch);
	assess_on(&f, t->figures, t->unit, t->inputs, c, n, &s);
	*total = s.part.got - t->now.part.got;
	*item = 0;
	for (size_t i = 0; i < s.plan->nsections; i++)
		for (size_t k = 0; k < s.sections[i].section->nitems; k++)
			if (s.sections[i].items[k].item == x)
				*item = s.sections[i].items[k].part.got - t->now.sections[i].items[k].part.got;
}

static void add(struct trial *t, struct assess_hint h)
{
	*ARENA_PUSH(t->f->arena, t->out->p, t->out->n, t->out->cap) = h;
}

/* What it costs if the pending ones of some changes are missed. */
static void try_missing(struct trial *t, struct assess_hint *h)
{
	struct assess_change *c = ARENA_ARRAY(t->f->arena, struct assess_change, h->nchanges);
	size_t n = 0;

	for (size_t i = 0; i < h->nchanges; i++) {
		const struct assess_change *x = &h->changes[i];

		if (x->kind != CHANGE_SLOT || t->figures->duties[x->duty].slots[x->slot].state != SLOT_PENDING)
			continue;
		c[n] = *x;
		c[n++].state = SLOT_MISSED;
	}
	if (!n)
		return;
	try_out(t, h->item, c, n, &h->loss, &h->item_loss);
	h->loss = MAX(-h->loss, 0);
	h->item_loss = MAX(-h->item_loss, 0);
}

/* Some changes at once; kept where something is at stake. */
static void changes(struct trial *t, struct assess_hint h, const struct assess_change *c, size_t n)
{
	try_out(t, h.item, c, n, &h.gain, &h.item_gain);
	h.changes = ARENA_ARRAY(t->f->arena, struct assess_change, n);
	memcpy(h.changes, c, n * sizeof *c);
	h.nchanges = n;
	try_missing(t, &h);
	if (h.gain > 0 || h.item_gain > 0 || h.loss > 0 || h.item_loss > 0)
		add(t, h);
}

static void one(struct trial *t, struct assess_hint h, struct assess_change c)
{
	changes(t, h, &c, 1);
}

/* Can what is missed still be done late? Slots do not name their need, so all of the duty's needs must allow it. */
static bool repairable(const struct trial *t, const struct duty *d, const struct slot *s)
{
	for (size_t i = 0; i < d->nneeds; i++) {
		const struct need *n = &d->needs[i];
		bool grace = n->grace && s->due.n + n->grace >= t->figures->on.n;

		if ((!n->late_counts && !grace) || n->late_never)
			return false;
	}
	return d->nneeds > 0;
}

static bool is_unit_slot(const struct trial *t, const struct slot *s)
{
	struct scoring g;

	scoring_init(&g, t->f, t->figures, t->unit, NULL, 0);
	return scoring_slot(&g, s);
}

/* Missed, and its due day is over: on that day itself it can still be done in time. */
static bool gone_by(const struct trial *t, const struct slot *s)
{
	return s->state == SLOT_MISSED && s->due.n < t->figures->on.n;
}

struct many {
	struct assess_change *p;
	size_t n, cap;
};

/* Slots of a duty: pending ones done, missed ones done late, missed ones that stay so. */
static void slots_of_duty(struct trial *t, const struct assess_item_score *x, const struct duty *d, struct many *all)
{
	size_t at = (size_t)(d - t->f->scheme->duties);
	const struct duty_state *s = &t->figures->duties[at];

	for (size_t i = 0; i < s->nslots; i++) {
		const struct slot *slot = &s->slots[i];
		struct assess_change c = {.kind = CHANGE_SLOT, .duty = at, .slot = i, .state = SLOT_MET};
		struct assess_hint h = {.kind = HINT_PENDING, .item = x->item, .duty = d, .slot = slot};

		if ((slot->state != SLOT_PENDING && slot->state != SLOT_MISSED) || !is_unit_slot(t, slot))
			continue;
		if (gone_by(t, slot) && !repairable(t, d, slot)) {
			h.kind = HINT_GONE;
			add(t, h);
			continue;
		}
		if (gone_by(t, slot)) {
			h.kind = HINT_LATE;
			c.state = SLOT_LATE;
		}
		one(t, h, c);
		*ARENA_PUSH(t->f->arena, all->p, all->n, all->cap) = c;
	}
}

/* Of a form whose score grows with what is counted: one more of it. The year must not be over. */
static void one_more(struct trial *t, const struct assess_item_score *x)
{
	const struct assess_item *item = x->item;
	struct assess_change c = {.kind = CHANGE_RECORD, .item = item};
	struct assess_hint h = {.kind = HINT_RECORD, .item = item};
	struct scoring g;

	if (date_ymd(t->figures->on).y != t->f->year)
		return;
	if (item->source.kind == COUNT_FIGURE) {
		scoring_init(&g, t->f, t->figures, t->unit, NULL, 0);
		c = (struct assess_change){.kind = CHANGE_FIGURE, .by = POINT,
		                           .figure = scoring_figure_name(&g, item->source.figure)};
		h.kind = HINT_FIGURE;
		h.figure = c.figure;
	}
	one(t, h, c);
}

/* Records that took points off: they stand. */
static void gone_records(struct trial *t, const struct assess_item_score *x)
{
	for (size_t i = 0; i < x->part.n; i++) {
		const struct assess_line *l = &x->part.p[i];

		if (l->kind != LINE_DEDUCT || l->nano >= 0)
			continue;
		for (size_t k = 0; k < l->facts.n; k++)
			add(t, (struct assess_hint){.kind = HINT_GONE, .item = x->item, .fact = l->facts.p[k]});
	}
}

/* What was judged and has less than all its points: if it had all. */
static void judged(struct trial *t, const struct assess_item_score *x)
{
	const struct assess_judged *j = x->part.judged;

	for (size_t i = 0; j && i < j->n; i++) {
		const struct assess_thing *one_of = &j->p[i];

		if (one_of->mark && one_of->got < j->most)
			one(t, (struct assess_hint){.kind = HINT_JUDGED, .item = x->item, .thing = one_of},
				(struct assess_change){.kind = CHANGE_MARK, .item = x->item, .thing = one_of->key});
	}
}

/* What a form's score follows from. */
static bool by_records(const struct assess_item *x)
{
	return x->source.kind == COUNT_RECORDS || x->source.kind == COUNT_FIGURE;
}

static void of_item(struct trial *t, const struct assess_item_score *x)
{
	const struct assess_item *item = x->item;
	struct assess_hint h = {.kind = HINT_ALL, .item = item};
	struct many all = {0};

	if (!x->score)
		judged(t, x);
	if (x->score || item->form == FORM_JUDGE || item->form == FORM_VALUE)
		return;          /* it follows from a person, or from elsewhere */
	for (size_t i = 0; i < item->source.nduties; i++)
		slots_of_duty(t, x, item->source.duties[i], &all);
	if (all.n > 1)
		changes(t, h, all.p, all.n);
	if (by_records(item) && (item->grants || item->form == FORM_SHORT || item->form == FORM_ALL ||
	    item->form == FORM_BANDS))
		one_more(t, x);
	gone_records(t, x);
}

static int64_t stake(const struct assess_hint *h)
{
	return h->gain + h->loss;
}

/* Most at stake first, then most of the item; what no longer helps last; else in the order found. */
static int by_stake(const void *a, const void *b)
{
	const struct assess_hint *x = a, *y = b;
	bool gx = x->kind == HINT_GONE, gy = y->kind == HINT_GONE;

	if (gx != gy)
		return gx - gy;
	if (stake(x) != stake(y))
		return stake(x) < stake(y) ? 1 : -1;
	if (x->item_gain + x->item_loss != y->item_gain + y->item_loss)
		return x->item_gain + x->item_loss < y->item_gain + y->item_loss ? 1 : -1;
	return 0;
}

/* qsort keeps no order of equals; this does. */
static void sort(struct arena *a, struct assess_hints *h)
{
	struct assess_hint *to = ARENA_ARRAY(a, struct assess_hint, h->n), *from = h->p, *x;

	for (size_t width = 1; width < h->n; width *= 2) {
		for (size_t at = 0; at < h->n; at += 2 * width) {
			size_t mid = MIN(at + width, h->n), end = MIN(at + 2 * width, h->n), l = at, r = mid;

			for (size_t i = at; i < end; i++)
				to[i] = r == end || (l < mid && by_stake(&from[l], &from[r]) <= 0) ? from[l++]
					: from[r++];
		}
		x = from;
		from = to;
		to = x;
	}
	h->p = from;
}

void assess_whatif(const struct facts *f, const struct figures *figures, const struct unit *unit,
	const struct assess_inputs *inputs, struct assess_hints *out)
{
	struct trial t = {.f = f, .figures = figures, .unit = unit, .inputs = inputs, .out = out};

	*out = (struct assess_hints){0};
	assess_on(f, figures, unit, inputs, NULL, 0, &t.now);
	for (size_t i = 0; i < t.now.plan->nsections; i++)
		for (size_t k = 0; k < t.now.sections[i].section->nitems; k++)
			of_item(&t, &t.now.sections[i].items[k]);
	arena_free(&t.scratch);
	sort(f->arena, out);
}

struct str assess_hint_text(const struct facts *f, const struct assess_hint *h)
{
	struct arena *a = f->arena;
	enum lang lang = f->lang;
	char due[DATE_TEXT];

	switch (h->kind) {
	case HINT_PENDING:
		return arena_printf(a, tr(lang, N_("do " STR_FMT " in time, by " STR_FMT)), STR_ARG(h->slot->label),
			STR_ARG(date_text(h->slot->due, due)));
	case HINT_LATE:
		return arena_printf(a, tr(lang, N_("do " STR_FMT " late: it was due on " STR_FMT)),
			STR_ARG(h->slot->label),
			STR_ARG(date_text(h->slot->due, due)));
	case HINT_RECORD:
		return arena_printf(a, tr(lang, N_("one more record: " STR_FMT)),
			STR_ARG(h->item->source.set.of->title));
	case HINT_FIGURE:
		return arena_printf(a, tr(lang, N_("one more of figure " STR_FMT)), STR_ARG(h->figure));
	case HINT_ALL:
		return arena_printf(a, tr(lang, N_("all %zu of them")), h->nchanges);
	case HINT_JUDGED:
		return arena_printf(a, tr(lang, N_("all points for " STR_FMT)), STR_ARG(h->thing->name));
	case HINT_GONE:
		break;
	}
	if (h->slot)
		return arena_printf(a, tr(lang, N_("no longer: " STR_FMT " was due on " STR_FMT)),
			STR_ARG(h->slot->label),
			STR_ARG(date_text(h->slot->due, due)));
	return arena_printf(a, tr(lang, N_("no longer: " STR_FMT)), STR_ARG(fact_row(a, h->fact)));
}
