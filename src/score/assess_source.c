/* What an item counts: slots, records and figures of the office or of one unit, with the changes that what-if tries. */
#include "base/utf8.h"
#include "scheme/number.h"
#include "score/assess.h"

static bool named(const struct unit *u, struct str s)
{
	return s.n && (str_eq(s, u->name) || str_eq(s, u->short_name) || str_eq(s, u->code));
}

/* Is a unit, by its code, the one asked about or below it? */
static bool below(const struct org *org, struct str code, const struct unit *u)
{
	for (int depth = 0; code.n && depth < 64; depth++) {
		const struct unit *x;

		if (str_eq(code, u->code))
			return true;
		x = org_unit(org, code);
		code = x ? x->parent : STR_NONE;
	}
	return false;
}

void scoring_init(struct scoring *g, const struct facts *f, const struct figures *figures, const struct unit *unit,
	const struct assess_change *changes, size_t n)
{
	*g = (struct scoring){.f = f, .figures = figures, .plan = f->scheme->assessment, .unit = unit,
		.changes = changes,
	                      .nchanges = n};
	if (!unit)
		return;
	g->words.p = ARENA_ARRAY(f->arena, struct str, 3);
	g->words.p[g->words.n++] = unit->name;
	if (unit->short_name.n && !str_eq(unit->short_name, unit->name))
		g->words.p[g->words.n++] = unit->short_name;
	if (unit->code.n && !str_eq(unit->code, unit->name) && !str_eq(unit->code, unit->short_name))
		g->words.p[g->words.n++] = unit->code;
}

/* ---- slots ---- */

bool scoring_slot(const struct scoring *g, const struct slot *s)
{
	const struct post *p;

	if (g->one_owner && !str_eq(s->owner, g->owner))
		return false;
	if (!g->unit || named(g->unit, s->owner) || named(g->unit, s->object))
		return true;
	p = s->owner.n && g->f->org ? org_post(g->f->org, s->owner) : NULL;
	return p && below(g->f->org, p->unit, g->unit);
}

static bool keep(void *ctx, const struct slot *s)
{
	return scoring_slot(ctx, s);
}

static size_t duty_at(const struct scoring *g, const struct duty *d)
{
	return (size_t)(d - g->f->scheme->duties);
}

/* Slots as they are, but for those that a change names. */
static void changed(const struct scoring *g, size_t at, struct duty_state *s)
{
	struct slot *slots = NULL;

	for (size_t i = 0; i < g->nchanges; i++) {
		const struct assess_change *c = &g->changes[i];

		if (c->kind != CHANGE_SLOT || c->duty != at)
			continue;
		if (!slots) {
			slots = ARENA_ARRAY(g->f->arena, struct slot, s->nslots);
			memcpy(slots, s->slots, s->nslots * sizeof *slots);
			s->slots = slots;
		}
		slots[c->slot].state = c->state;
	}
}

void scoring_duty(const struct scoring *g, const struct duty *d, struct duty_state *out)
{
	size_t at = duty_at(g, d);
	struct duty_state whole = g->figures->duties[at];
	union {
		const struct scoring *g;
		void *ctx;
	} u = {.g = g};

	changed(g, at, &whole);
	if (!g->unit && !g->one_owner && whole.slots == g->figures->duties[at].slots)
		*out = whole;
	else
		duty_part(g->f, &whole, g->figures->on, keep, u.ctx, out);
}

/* ---- records ---- */

static bool says_unit(const struct scoring *g, const struct datum *v)
{
	if (!v)
		return false;
	for (uint32_t i = 0; v->kind == NODE_LIST && i < v->n; i++)
		if (says_unit(g, v->items[i]))
			return true;
	for (size_t i = 0; v->kind == NODE_TEXT && i < g->words.n; i++)
		if (words_alike(g->f, v->text, g->words.p[i]))
			return true;
	return false;
}

/* Those of the year in hand: what a set dates otherwise says it itself. */
static bool of_year(const struct scoring *g, const struct set *s, const struct fact *r)
{
	struct date day = set_day(g->f, s, r, g->figures->on);

	return !date_is(day) || date_ymd(day).y == g->f->year;
}

struct fact_list scoring_records(const struct scoring *g, const struct assess_source *s)
{
	const struct ask ask = {.on = g->figures->on, .each = g->words};
	struct fact_list all = set_take(g->f, &s->set, &ask), out = {0};

	for (size_t i = 0; i < all.n; i++) {
		const struct fact *r = all.p[i];

		if (!of_year(g, &s->set, r))
			continue;
		if (g->unit && s->unit && !says_unit(g, fact_value(g->f, r, s->unit, g->figures->on)))
			continue;
		*ARENA_PUSH(g->f->arena, out.p, out.n, out.cap) = r;
	}
	return out;
}

int64_t scoring_added(const struct scoring *g, const struct assess_item *x)
{
	int64_t n = 0;

	for (size_t i = 0; i < g->nchanges; i++)
		n += g->changes[i].kind == CHANGE_RECORD && g->changes[i].item == x;
	return n;
}

/* ---- figures and numbers ---- */

/* A family's member is asked for by the name under which records know the unit. */
struct str scoring_figure_name(const struct scoring *g, struct str name)
{
	struct str before, after = name, first = name;

	if (!g->unit || !str_has(name, S("{unit}")))
		return name;
	str_cut(&after, S("{unit}"), &before);
	for (size_t i = 0; i < g->words.n; i++) {
		struct str one = arena_printf(g->f->arena, STR_FMT STR_FMT STR_FMT, STR_ARG(before),
			STR_ARG(g->words.p[i]),
			STR_ARG(after));

		if (!i)
			first = one;
		if (map_get(&g->figures->by_name, utf8_squeeze(g->f->arena, one)))
			return one;
	}
	return first;
}

bool scoring_figure(const struct scoring *g, struct str name, int64_t *thousandths, struct fact_list *facts)
{
	const struct figure_result *r;
	const struct figure_value *v;

	name = scoring_figure_name(g, name);
	v = figure_find(g->figures, name, &r);
	if (!v || v->kind != FIG_NUMBER)
		return false;
	*thousandths = v->thousandths;
	for (size_t i = 0; i < g->nchanges; i++)
		if (g->changes[i].kind == CHANGE_FIGURE && str_eq(g->changes[i].figure, name))
			*thousandths += g->changes[i].by;
	if (facts)
		*facts = v->has_facts ? v->facts : (struct fact_list){0};
	return true;
}

static bool node_number(const struct node *v, int64_t *out)
{
	if (v && v->kind == NODE_INT && v->num < INT64_MAX / POINT && v->num > INT64_MIN / POINT) {
		*out = v->num * POINT;
		return true;
	}
	return v && v->kind == NODE_TEXT && thousandths(v->text, out);
}

bool scoring_number(const struct scoring *g, const struct assess_number *n, int64_t *out)
{
	const struct node *v, *mine = NULL;
	struct str field;

	if (n->kind == NUMBER_FIXED) {
		*out = n->thousandths;
		return true;
	}
	if (n->kind == NUMBER_FIGURE)
		return scoring_figure(g, n->name, out, NULL);
	v = facts_setting(g->f, n->name, &field);
	if (!v || v->kind != NODE_MAP)
		return node_number(v, out);
	for (size_t i = 0; !mine && i < g->words.n; i++)
		mine = node_get(v, g->words.p[i]);
	if (!mine)
		mine = node_get(v, g->unit ? S("else") : S("office"));
	return node_number(mine, out);
}

bool scoring_count(const struct scoring *g, const struct assess_item *x, int64_t *out, struct assess_line *behind)
{
	const struct assess_source *s = &x->source;
	struct fact_list facts = {0};

	*out = 0;
	if (s->kind == COUNT_DUTIES) {
		for (size_t i = 0; i < s->nduties; i++) {
			struct duty_state d;

			scoring_duty(g, s->duties[i], &d);
			*out += ((int64_t)d.met + d.late) * POINT;
			line_slots(g->f->arena, behind, &d, 1u << SLOT_MET | 1u << SLOT_LATE);
		}
		return true;
	}
	if (s->kind == COUNT_FIGURE) {
		if (!scoring_figure(g, s->figure, out, &facts))
			return false;
	} else {
		facts = scoring_records(g, s);
		*out = ((int64_t)facts.n + scoring_added(g, x)) * POINT;
	}
	line_facts(g->f->arena, behind, facts);
	return true;
}
