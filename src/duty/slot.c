/* A run over a need: its forms open slots, every slot goes through slot_settle(), where due and done make the state. */
#include "duty/slot_inside.h"

void slot_keep(const struct run *r, struct fact_list *l, const struct fact *fact)
{
	*ARENA_PUSH(run_arena(r), l->p, l->n, l->cap) = fact;
}

/* ---- labels ---- */

struct str slot_nth(const struct run *r, int64_t k)
{
	return arena_printf(run_arena(r), tr(r->f->lang, N_("no. %lld")), (long long)k + 1);
}

const char *slot_gap(const struct run *r)
{
	return r->f->lang == LANG_ZH ? "" : " ";
}

struct str slot_day_label(const struct run *r, struct date d)
{
	char text[DATE_TEXT];

	return arena_str(run_arena(r), date_text(d, text));
}

static bool each_owner(const struct owner_rule *o)
{
	return o->kind == OWNER_EACH_POST || o->kind == OWNER_EACH_UNIT || o->kind == OWNER_EACH_BODY;
}

/* The name of whom or what a slot is about, before its own label. */
static struct str about(const struct run *r, const struct slot_for *x)
{
	struct str name = x->object;

	if (x->pair)
		name = arena_printf(run_arena(r), STR_FMT "→" STR_FMT, STR_ARG(x->owner), STR_ARG(x->object));
	else if (!name.n && each_owner(&r->n->owner))
		name = x->owner;
	if (r->n->label.n)
		name = arena_printf(run_arena(r), STR_FMT STR_FMT, STR_ARG(r->n->label), STR_ARG(name));
	if (x->several)
		name = arena_printf(run_arena(r), "（" STR_FMT "）" STR_FMT, STR_ARG(x->holder), STR_ARG(name));
	return name;
}

struct str slot_label(const struct run *r, const struct slot_for *x, struct str own)
{
	struct str name = about(r, x);

	if (!name.n || !own.n)
		return name.n ? name : own;
	return arena_printf(run_arena(r), STR_FMT "%s" STR_FMT, STR_ARG(name), x->object.n ? " " : "", STR_ARG(own));
}

/* ---- decisions ---- */

/* How an owner is called, whichever way the scheme or a decision names it. */
static struct str owner_called(const struct facts *f, struct str owner)
{
	const struct post *p = f->org ? org_post(f->org, owner) : NULL;
	const struct unit *u = f->org && !p ? org_unit(f->org, owner) : NULL;

	return p ? p->name : u ? u->name : owner;
}

static struct str slot_name(const struct facts *f, struct str owner, struct str object, struct str label)
{
	struct str name = owner_called(f, owner);

	return arena_printf(f->arena, STR_FMT "\x1f" STR_FMT "\x1f" STR_FMT, STR_ARG(name), STR_ARG(object),
	                    STR_ARG(label));
}

/* Of several decisions on a slot the last one that was made, and not revoked, by the day. */
static void find_allowed(struct run *r)
{
	const struct facts *f = r->f;

	r->allowed = (struct map)MAP_IN(f->arena);
	for (size_t i = 0; i < f->nallowed; i++) {
		const struct allowance *x = &f->allowed[i], *before;
		void **at;

		if (!str_eq(x->duty, r->out->duty->id) || !date_is(x->decided) || x->decided.n > r->on.n ||
			(date_is(x->revoked) && x->revoked.n <= r->on.n))
			continue;
		at = map_at(&r->allowed, slot_name(f, x->owner, x->object, x->label));
		before = *at;
		if (!before || before->decided.n <= x->decided.n)
			*at = (void *)(uintptr_t)x;
	}
}

static const struct allowance *allowed(const struct run *r, const struct slot_for *x, struct str label)
{
	return r->allowed.n ? map_get(&r->allowed, slot_name(r->f, x->owner, x->object, label)) : NULL;
}

struct date slot_put_off(const struct run *r, const struct slot_for *x, struct str label, struct date due)
{
	const struct allowance *a = allowed(r, x, label);

	if (!a || a->kind != ALLOW_EXTENDED || !date_is(a->until) || !date_is(a->asked) || a->asked.n > due.n)
		return DATE_NONE;
	return a->until;
}

/* ---- settling ---- */

/* Done after its due day. What held again before the year began held all through it. */
static bool tardy(const struct run *r, const struct slot *s)
{
	return s->done.n > s->due.n && (r->n->form != NEED_HOLDS || s->done.n >= r->first.n);
}

static enum slot_state state_of(const struct run *r, const struct slot *s, bool late)
{
	if (!date_is(s->done))
		return s->due.n <= r->on.n ? SLOT_MISSED : SLOT_PENDING;
	return late || (r->n->late_counts && tardy(r, s)) ? SLOT_LATE : SLOT_MET;
}

void slot_settle(struct run *r, const struct slot_for *x, struct slot s, bool late)
{
	const struct allowance *a = allowed(r, x, s.label);
	struct date until = slot_put_off(r, x, s.label, s.due);

	if (!slot_held(x, s.due.n < r->on.n ? s.due : r->on))
		return;
	if (date_is(until)) {
		s.due = until;
		s.extended = true;
	}
	if (r->n->late_never && date_is(s.done) && (late || tardy(r, &s))) {
		s.done = DATE_NONE;
		if (r->n->form != NEED_WHEN)     /* there the record that opened it stays */
			s.facts.n = 0;
	}
	s.need = r->n;
	s.owner = x->owner;
	s.object = x->object;
	s.of = x->record;
	s.holder = x->holder;
	s.state = state_of(r, &s, late);
	if (a && a->kind == ALLOW_EXCUSED && s.state != SLOT_MET)
		s.state = SLOT_EXCUSED;
	if (a && a->kind == ALLOW_NOT_APPLICABLE)
		s.state = SLOT_NOT_APPLICABLE;
	for (size_t i = 0; date_is(s.done) && i < s.facts.n; i++) {
		s.unproved |= !fact_proved(s.facts.p[i]);
		s.entered_late |= fact_entered_late(r->f, s.facts.p[i]);
	}
	*ARENA_PUSH(run_arena(r), r->out->slots, r->out->nslots, r->out->cap) = s;
}

struct date slot_shift(const struct run *r, struct date d, bool *unknown)
{
	if (!date_is(d) || r->n->shift == SHIFT_NONE)
		return d;
	return r->n->shift == SHIFT_NEXT ? calendar_next(r->calendar, d, unknown)
	                                 : calendar_previous(r->calendar, d, unknown);
}

/* ---- a run ---- */

static struct run run_begin(const struct facts *f, const struct need *n, struct date on)
{
	static const struct calendar plain = {.plain = true};
	struct run r = {.f = f, .n = n, .on = on, .calendar = f->calendar ? f->calendar : &plain};

	date_make(f->year, 1, 1, &r.first);
	date_make(f->year, 12, 31, &r.last);
	return r;
}

struct stretch *need_periods(const struct facts *f, const struct need *n, size_t *count)
{
	struct run r = run_begin(f, n, DATE_NONE);
	struct owed_list owed = slot_owed(&r, &n->span, f->year);
	struct stretch *out = ARENA_ARRAY(f->arena, struct stretch, owed.n);

	for (size_t i = 0; i < owed.n; i++)
		out[i] = owed.p[i].s;
	*count = owed.n;
	return out;
}

static void run_need(const struct facts *f, const struct need *n, struct date on, struct figure_source figures,
	struct duty_state *out)
{
	static void (*const forms[])(struct run *r, const struct slot_for *x) = {
		[NEED_COUNT] = need_count, [NEED_EACH] = need_each, [NEED_ON] = need_on, [NEED_BY] = need_by,
		[NEED_WHEN] = need_when, [NEED_HOLDS] = need_holds, [NEED_REACH] = need_reach,
	};
	struct run r = run_begin(f, n, on);
	struct slot_for *fors;
	size_t count;

	r.figures = figures;
	r.out = out;
	find_allowed(&r);
	fors = slot_fors(f, n, on, &count);
	if (n->personal)
		fors = slot_tenures(f, on, fors, &count);
	for (size_t i = 0; i < count; i++)
		forms[n->form](&r, &fors[i]);
}

void slots_of(const struct facts *f, const struct need *n, struct date on, struct figure_source figures,
	struct duty_state *out)
{
	struct facts chinese = *f;
	struct duty_state other = {.duty = out->duty};
	size_t before = out->nslots;

	if (!f->nallowed || f->lang == LANG_ZH) {
		run_need(f, n, on, figures, out);
		return;
	}
	/* A decision names its slot in Chinese: those count, with the labels of the language asked for. */
	chinese.lang = LANG_ZH;
	run_need(&chinese, n, on, figures, out);
	chinese = *f;
	chinese.nallowed = 0;
	run_need(&chinese, n, on, figures, &other);
	BUG_IF(other.nslots != out->nslots - before);
	for (size_t i = 0; i < other.nslots; i++)
		out->slots[before + i].label = other.slots[i].label;
}
