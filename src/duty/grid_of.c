#include "duty/grid_of.h"

#include "duty/slot.h"

/* What fills a need: the conditions but that on the unit, ready to be held against many records. */
struct grid_take {
	const struct record_type *type;
	const struct field *unit;
	bool each;                       /* named by $each: the short name will do as well */
	struct where *wheres;
	struct tests **tests;            /* [n] */
	size_t n;
};

/* ---- which needs fit ---- */

static bool names_unit(const struct cond *c)
{
	return c->op == COND_IS && c->values.n == 1 && !c->path.link && c->path.field->type == TYPE_UNIT &&
	       (str_is(c->values.p[0], "$owner") || str_is(c->values.p[0], "$each"));
}

static bool tracked(const struct record_type *t, const struct field *f)
{
	for (size_t i = 0; i < t->ntracks; i++)
		if (t->tracks[i].field == f)
			return true;
	return false;
}

/* Does a condition say the same of a record on every day, and whoever asks? */
static bool lasting(const struct record_type *t, const struct cond *c)
{
	if (c->path.link || c->ndays || tracked(t, c->path.field) || c->path.field->type == TYPE_DATE)
		return false;
	for (size_t i = 0; i < c->values.n; i++)
		if (str_has(c->values.p[i], S("$owner")) || str_has(c->values.p[i], S("$each")))
			return false;
	return c->op != COND_LINKED;
}

/* The conditions of a set, apart from one on the unit; false where there is none, or another that does not last. */
static bool take_of(struct arena *a, const struct set *set, struct grid_take *out)
{
	*out = (struct grid_take){.type = set->of, .n = set->nwheres};
	out->wheres = ARENA_ARRAY(a, struct where, set->nwheres);
	for (size_t i = 0; i < set->nwheres; i++) {
		struct where *to = &out->wheres[i];

		if (set->wheres[i].nany)
			return false;
		to->conds = ARENA_ARRAY(a, struct cond, set->wheres[i].n);
		for (size_t k = 0; k < set->wheres[i].n; k++) {
			const struct cond *c = &set->wheres[i].conds[k];

			if (names_unit(c) && !out->unit && !tracked(set->of, c->path.field))
				*out = (struct grid_take){out->type, c->path.field, str_is(c->values.p[0], "$each"),
					out->wheres, out->tests, out->n};
			else if (lasting(set->of, c))
				to->conds[to->n++] = *c;
			else
				return false;
		}
	}
	return out->unit && !set->distinct.field && !set->outside && (!set->date || set->date == set->of->day) &&
	       set->of->day && !tracked(set->of, set->of->day);
}

static bool owed_by_units(const struct need *n, struct str kind)
{
	if (n->owner.kind == OWNER_EACH_UNIT && !n->neach)
		return str_eq(n->owner.name, kind);
	return n->neach == 1 && n->each[0].kind == EACH_UNITS && str_eq(n->each[0].of, kind);
}

static bool plain(const struct facts *f, const struct duty *d, const struct need *n, struct str kind)
{
	bool allowed = false;

	for (size_t i = 0; i < f->nallowed && !allowed; i++)
		allowed = str_eq(f->allowed[i].duty, d->id);
	return !allowed && !d->before && !d->starts && !d->ends && n->form == NEED_EACH && n->takes && !n->personal &&
	       !n->span_field && n->span.kind != SPAN_HOURS && !n->period && !n->grace && !n->apart.unit &&
	       !n->has_start && !n->has_end && n->enough.kind == ENOUGH_COUNT && n->enough.thousandths % 1000 == 0 &&
	       n->enough.thousandths <= 1000 * GRID_ENOUGH && !n->late_counts && owed_by_units(n, kind);
}

/* The periods owed in the year; false where they overlap or are too many. */
static bool periods_of(const struct facts *f, const struct need *n, struct grid_rule *out)
{
	size_t count;
	const struct stretch *owed = need_periods(f, n, &count);
	struct grid_period *p = ARENA_ARRAY(f->arena, struct grid_period, count);

	if (!count || count > GRID_PERIODS)
		return false;
	for (size_t i = 0; i < count; i++) {
		p[i] = (struct grid_period){owed[i].first, owed[i].last, owed[i].last};
		if (i && p[i].first.n <= p[i - 1].last.n)
			return false;
	}
	*out = (struct grid_rule){p, count, (int)(n->enough.thousandths / 1000), false};
	return true;
}

/* ---- making ---- */

static void find_units(const struct facts *f, struct str kind, struct grid_of *out)
{
	const struct org *org = f->org;

	out->rows = (struct map)MAP_IN(f->arena);
	out->units = ARENA_ARRAY(f->arena, const struct unit *, org ? org->nunits : 0);
	for (size_t i = 0; org && i < org->nunits; i++) {
		if (!str_eq(org->units[i].kind, kind))
			continue;
		out->units[out->nunits++] = &org->units[i];
		map_set(&out->rows, org->units[i].code, (void *)(uintptr_t)out->nunits);
	}
}

static void put(struct grid_of *g, const struct facts *f, size_t rule, const struct fact *r)
{
	const struct grid_take *t = &g->takes[rule];
	const struct datum *v = fact_value(f, r, t->unit, DATE_NONE);
	const struct unit *u;
	uintptr_t row;

	if (r->withdrawn || r->outside || !date_is(r->day) || !v)
		return;
	for (size_t i = 0; i < t->n; i++)
		if (!tests_hold(f, t->tests[i], r))
			return;
	u = org_unit(f->org, v->text);
	if (u && !words_alike(f, v->text, u->name) && !(t->each && words_alike(f, v->text, u->short_name)))
		return;
	row = u ? (uintptr_t)map_get(&g->rows, u->code) : 0;
	if (row)
		grid_add(g->grid, rule, row - 1, r->day);
}

void grid_of_empty(const struct facts *f, struct str kind, struct grid_of *out)
{
	const struct scheme *s = f->scheme;
	const struct ask ask = {.on = DATE_NONE};
	struct grid_rule *rules;
	size_t most = 0;

	*out = (struct grid_of){0};
	find_units(f, kind, out);
	for (size_t i = 0; i < s->nduties; i++)
		most += s->duties[i].nneeds;
	rules = ARENA_ARRAY(f->arena, struct grid_rule, most);
	out->takes = ARENA_ARRAY(f->arena, struct grid_take, most);
	out->needs = ARENA_ARRAY(f->arena, const struct need *, most);
	out->duties = ARENA_ARRAY(f->arena, const struct duty *, most);
	for (size_t i = 0; i < s->nduties; i++)
		for (size_t k = 0; k < s->duties[i].nneeds; k++) {
			const struct need *n = &s->duties[i].needs[k];

			if (!plain(f, &s->duties[i], n, kind) || !periods_of(f, n, &rules[out->n]) ||
			    !take_of(f->arena, &n->take, &out->takes[out->n]))
				continue;
			out->duties[out->n] = &s->duties[i];
			out->needs[out->n++] = n;
		}
	out->grid = grid_new(rules, out->n, out->nunits);
	for (size_t i = 0; i < out->n; i++) {
		struct grid_take *t = &out->takes[i];

		t->tests = ARENA_ARRAY(f->arena, struct tests *, t->n);
		for (size_t k = 0; k < t->n; k++)
			t->tests[k] = tests_of(f, &t->wheres[k], &ask);
	}
}

void grid_of_facts(const struct facts *f, struct str kind, struct grid_of *out)
{
	grid_of_empty(f, kind, out);
	for (size_t i = 0; i < out->n; i++) {
		const struct fact_set *all = facts_of(f, out->takes[i].type);

		for (size_t k = 0; k < all->n; k++)
			put(out, f, i, &all->p[k]);
	}
}

void grid_of_done(struct grid_of *g)
{
	grid_free(&g->grid);
}

void grid_of_add(struct grid_of *g, const struct facts *f, const struct fact *r)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->takes[i].type == r->type)
			put(g, f, i, r);
}

bool grid_of_has(const struct grid_of *g, const struct duty *d)
{
	size_t n = 0;

	for (size_t i = 0; i < g->n; i++)
		n += g->duties[i] == d;
	return n == d->nneeds;
}
