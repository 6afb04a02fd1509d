/* Figures as of a day: each is evaluated once, when first asked for; duties likewise. */
#include "duty/figure_inside.h"

#include "base/utf8.h"

/* ---- one definition ---- */

/* The value keeps what was counted into it, and the one it stands in counts it, too. */
static enum err_code measured(struct frame *fr, const struct expr *x, const struct items *items,
	struct figure_value *out, struct err *err)
{
	struct counted own = {0};
	struct frame inner = *fr;

	inner.tally = &own;
	TRY(figure_fns[x->measure - figure_measures](&inner, x, items, out, err));
	if (!(x->measure->with & OWN_FACTS)) {
		out->facts = own.facts;
		out->has_facts = own.counted || items;
		out->from = own.from;
	}
	counted_add(fr->c->f, fr->tally, &own, true);
	return OK;
}

static enum err_code by_key(struct frame *fr, const struct expr *x, const struct items *items, struct figure_value *out,
	struct err *err)
{
	struct arena *a = fr->c->f->arena;
	struct counted all = {0};
	struct frame inner = *fr;
	struct bunches b;

	inner.tally = &all;
	bunches_of(fr, &x->by, items, &b);
	*out = (struct figure_value){.kind = FIG_MAP, .has_facts = true};
	for (size_t i = 0; i < b.n; i++)
		TRY(measured(&inner, x, &b.p[i].items, value_add(a, out, b.p[i].key), err));
	out->facts = all.facts;
	counted_add(fr->c->f, fr->tally, &all, true);
	return OK;
}

/* Another figure's value has no records here: they are that figure's. */
static enum err_code other(struct frame *fr, const struct expr *x, struct figure_value *out, struct err *err)
{
	const struct figure_result *result;
	const struct figure_value *v;
	struct counted from = {0};

	if (calc_value(fr->c, x->ref, &result, &v, err) != OK)
		return err_at(err, STR_FMT, STR_ARG(x->ref));
	counted_from(fr->c->f, &from, x->ref);
	*out = *v;
	out->facts = (struct fact_list){0};
	out->has_facts = false;
	out->from = from.from;
	counted_from(fr->c->f, fr->tally, x->ref);
	return OK;
}

enum err_code figure_eval(struct frame *fr, const struct expr *x, struct figure_value *out, struct err *err)
{
	struct items items;

	if (x->part)
		return figure_eval(fr, x->part, out, err);
	if (!x->measure)
		return other(fr, x, out, err);
	if (x->from.kind == OVER_NOTHING || x->measure->arg >= ARG_TWO)
		return measured(fr, x, NULL, out, err);
	if (x->from.kind == OVER_SLOTS)
		counted_from(fr->c->f, fr->tally, x->from.duty->id);
	TRY(items_of(fr, &x->from, &items, err));
	return (x->by.kind ? by_key : measured)(fr, x, &items, out, err);
}

/* ---- figures and families ---- */

static struct date day_for(const struct calc *c, const struct figure *g)
{
	struct date on;

	if (g->any_day)
		return DATE_NONE;
	on = g->has_on ? day_of(c->f, &g->on, 1, NULL, c->asked) : c->asked;
	return date_is(c->asked) && (!date_is(on) || c->asked.n < on.n) ? c->asked : on;
}

static enum err_code evaluate(struct frame *fr, struct figure_result *out, struct err *err)
{
	struct counted all = {0};

	out->figure = fr->figure;
	out->title = title_of(fr, out->name);
	fr->tally = &all;
	TRY(figure_eval(fr, fr->figure->expr, &out->value, err));
	out->facts = all.facts;
	out->has_facts = all.counted;
	out->from = all.from;
	return OK;
}

static struct str member_name(struct frame *fr)
{
	const struct figure *g = fr->figure;
	struct str name = S("");

	for (size_t i = 0; i < g->nbraces; i++)
		name = arena_printf(fr->c->f->arena, STR_FMT STR_FMT STR_FMT, STR_ARG(name),
		                    STR_ARG(g->braces[i].before),
		                    STR_ARG(fr->only[i].word));
	return arena_printf(fr->c->f->arena, STR_FMT STR_FMT, STR_ARG(name), STR_ARG(g->after));
}

static struct figure_result *result_add(struct calc *c, struct str name)
{
	struct figure_result *r = ARENA_NEW(c->f->arena, struct figure_result);

	r->name = name;
	map_set(&c->out->by_name, utf8_squeeze(c->f->arena, name), r);
	return r;
}

/* The members by the braces from the at'th on, over what is left of the records. */
static enum err_code members(struct frame *fr, const struct items *items, size_t at, struct err *err)
{
	const struct figure *g = fr->figure;
	struct bunches b;

	BUG_IF(at >= FIGURE_BRACES && at != g->nbraces);
	if (at == g->nbraces) {
		fr->mine = items;
		return evaluate(fr, result_add(fr->c, member_name(fr)), err);
	}
	bunches_of(fr, &g->braces[at].by, items, &b);
	for (size_t i = 0; i < b.n; i++) {
		struct frame member = *fr;

		member.only[at].at = g->braces[at].by.at;
		member.only[at].word = b.p[i].key;
		member.nonly = at + 1;
		TRY(members(&member, &b.p[i].items, at + 1, err));
	}
	return OK;
}

static enum err_code run(struct calc *c, size_t i, struct err *err)
{
	const struct figure *g = &c->f->scheme->figures[i];
	struct frame fr = {.c = c, .figure = g, .on = day_for(c, g)};
	struct items items;

	if (c->done[i])
		return OK;
	if (c->busy[i])
		return node_fail(g->key, err, "figure '" STR_FMT "' follows from itself", STR_ARG(g->name));
	c->busy[i] = true;
	if (g->nbraces) {
		TRY(items_of(&fr, &g->expr->from, &items, err));
		TRY(members(&fr, &items, 0, err));
	} else {
		TRY(evaluate(&fr, result_add(c, g->name), err));
	}
	c->busy[i] = false;
	c->done[i] = true;
	return OK;
}

/* A member of a family that no record gave. */
static enum err_code no_member(struct calc *c, const struct figure *g, struct str name,
	const struct figure_result **out, struct err *err)
{
	struct figure_result *r = ARENA_NEW(c->f->arena, struct figure_result);
	struct frame fr = {.c = c, .figure = g, .on = day_for(c, g), .nonly = g->nbraces};
	struct str words[FIGURE_BRACES];

	if (!figure_member(g, name, words))
		return fail(err, ERR_NOT_FOUND, "no figure '" STR_FMT "'", STR_ARG(name));
	for (size_t i = 0; i < g->nbraces; i++) {
		fr.only[i].at = g->braces[i].by.at;
		fr.only[i].word = words[i];
	}
	r->name = arena_str(c->f->arena, name);
	*out = r;
	return evaluate(&fr, r, err);
}

/* ---- names ---- */

/* The part of a map by its key, of a list by its place from 1 on; parts of parts behind another / or dot. */
static const struct figure_value *part_of(const struct figure_value *v, struct str part, struct arena *a)
{
	const struct figure_value *found = NULL;

	for (size_t i = 0; !found && (v->kind == FIG_MAP || v->kind == FIG_LIST) && i < v->n; i++) {
		struct str key = v->kind == FIG_MAP ? utf8_squeeze(a, v->keys[i]) : arena_printf(a, "%zu", i + 1);

		if (str_eq(key, part))
			return v->items[i];
		if (str_starts(part, key) && (part.p[key.n] == '.' || part.p[key.n] == '/'))
			found = part_of(v->items[i], str_sub(part, key.n + 1, part.n), a);
	}
	return found;
}

/* A result by its name, else the first part of the name that is one and the part behind it. */
static const struct figure_result *look(const struct figures *f, struct str squeezed, const struct figure_value **out)
{
	const struct figure_result *r = map_get(&f->by_name, squeezed);

	if (r) {
		*out = &r->value;
		return r;
	}
	for (size_t i = squeezed.n; i > 0; i--) {
		if (squeezed.p[i - 1] != '.' && squeezed.p[i - 1] != '/')
			continue;
		r = map_get(&f->by_name, str_sub(squeezed, 0, i - 1));
		*out = r ? part_of(&r->value, str_sub(squeezed, i, squeezed.n), f->facts->arena) : NULL;
		if (*out)
			return r;
	}
	return NULL;
}

enum err_code calc_value(struct calc *c, struct str name, const struct figure_result **result,
	const struct figure_value **out, struct err *err)
{
	static const struct figure_value nothing = {.kind = FIG_NUMBER, .has_facts = true};
	struct str squeezed = utf8_squeeze(c->f->arena, name), part;
	const struct figure *g = figure_named(c->f->scheme, squeezed, &part);

	if (!g)
		return fail(err, ERR_NOT_FOUND, "no figure '" STR_FMT "'", STR_ARG(name));
	TRY(run(c, (size_t)(g - c->f->scheme->figures), err));
	*result = look(c->out, squeezed, out);
	if (*result)
		return OK;
	squeezed = part.n ? str_sub(squeezed, 0, squeezed.n - part.n - 1) : squeezed;
	*result = map_get(&c->out->by_name, squeezed);
	if (!*result && g->nbraces)
		TRY(no_member(c, g, squeezed, result, err));
	if (!*result)
		return fail(err, ERR_NOT_FOUND, "no figure '" STR_FMT "'", STR_ARG(name));
	*out = part.n ? part_of(&(*result)->value, part, c->f->arena) : &(*result)->value;
	if (!*out && (*result)->value.kind == FIG_LIST)
		return fail(err, ERR_NOT_FOUND, "no figure '" STR_FMT "'", STR_ARG(name));
	if (!*out)
		*out = &nothing;        /* a key that nothing was counted under */
	return OK;
}

/* ---- duties ---- */

static bool for_duty(void *ctx, struct str name, struct date on, int64_t *out, struct fact_list *facts)
{
	struct calc *c = calc_on(ctx, on);
	const struct figure_result *r;
	const struct figure_value *v;

	if (!c->code)
		c->code = calc_value(c, name, &r, &v, c->err);
	if (c->code) {
		((struct calc *)ctx)->code = c->code;
		return false;
	}
	if (v->kind != FIG_NUMBER)
		return false;
	*out = v->thousandths;
	if (facts)
		*facts = r->facts;
	return true;
}

const struct duty_state *calc_duty(struct calc *c, const struct duty *d, struct date on)
{
	size_t at = (size_t)(d - c->f->scheme->duties);

	/* Of a figure with a day of its own. Without a day (any_day): as of the day asked about. */
	if (date_is(on) && on.n != c->asked.n)
		c = calc_on(c, on);
	if (!c->duty_done[at]) {
		c->duty_done[at] = true;
		duty_on(c->f, d, c->asked, (struct figure_source){for_duty, c}, &c->out->duties[at]);
	}
	return &c->out->duties[at];
}

/* ---- a day ---- */

static struct calc *calc_new(const struct facts *f, struct date on, struct calc *first, struct figures *out)
{
	struct calc *c = ARENA_NEW(f->arena, struct calc);

	*out = (struct figures){.facts = f, .on = on, .by_name = MAP_IN(f->arena), .calc = c,
	                        .duties = ARENA_ARRAY(f->arena, struct duty_state, f->scheme->nduties)};
	*c = (struct calc){.f = f, .asked = on, .out = out, .items = MAP_IN(f->arena), .days = MAP_IN(f->arena),
	                   .done = ARENA_ARRAY(f->arena, bool, f->scheme->nfigures),
	                   .busy = ARENA_ARRAY(f->arena, bool, f->scheme->nfigures),
	                   .duty_done = ARENA_ARRAY(f->arena, bool, f->scheme->nduties)};
	c->first = first ? first : c;
	c->err = first ? first->err : ARENA_NEW(f->arena, struct err);
	return c;
}

struct calc *calc_on(struct calc *c, struct date on)
{
	struct arena *a = c->f->arena;
	void **at;

	if (on.n == c->asked.n)
		return c;
	if (on.n == c->first->asked.n)
		return c->first;
	at = map_at(&c->first->days, arena_printf(a, "%d", on.n));
	if (!*at)
		*at = calc_new(c->f, on, c->first, ARENA_NEW(a, struct figures));
	return *at;
}

enum err_code figures_on(const struct facts *f, struct date on, struct figures *out, struct err *err)
{
	struct figures *all = ARENA_NEW(f->arena, struct figures);
	struct calc *c = calc_new(f, on, NULL, all);

	c->err->lang = err->lang;
	for (size_t i = 0; i < f->scheme->nduties; i++)
		calc_duty(c, &f->scheme->duties[i], on);
	for (size_t i = 0; i < f->scheme->nfigures && !c->code; i++)
		TRY(run(c, i, err));
	if (c->code) {
		*err = *c->err;
		return c->code;
	}
	for (size_t i = 0; i < f->scheme->nfigures; i++)
		for (size_t k = 0; k < all->by_name.n; k++) {
			struct figure_result *r = all->by_name.items[k].value;

			if (r->figure == &f->scheme->figures[i])
				*ARENA_PUSH(f->arena, all->p, all->n, all->cap) = *r;
		}
	*out = *all;
	return OK;
}

enum err_code duty_alone(
	const struct facts *f, const struct duty *d, struct date on, struct duty_state *out, struct err *err)
{
	struct calc *c = calc_new(f, on, NULL, ARENA_NEW(f->arena, struct figures));

	c->err->lang = err->lang;
	*out = *calc_duty(c, d, on);
	if (c->code)
		*err = *c->err;
	return c->code;
}

enum err_code figure_alone(
	const struct facts *f, struct str name, struct date on, struct figure_value *out, struct err *err)
{
	struct calc *c = calc_new(f, on, NULL, ARENA_NEW(f->arena, struct figures));
	const struct figure_result *of;
	const struct figure_value *v = NULL;

	c->err->lang = err->lang;
	TRY(calc_value(c, name, &of, &v, err));
	if (c->code) {
		*err = *c->err;
		return c->code;
	}
	*out = *v;
	return OK;
}

const struct figure_result *figure_get(const struct figures *f, struct str name)
{
	struct str squeezed = utf8_squeeze(f->facts->arena, name), part;
	const struct figure_result *r = map_get(&f->by_name, squeezed);
	const struct figure *g = r ? NULL : figure_named(f->facts->scheme, squeezed, &part);
	struct err err = {0};

	if (g && !part.n && g->nbraces && no_member(f->calc, g, squeezed, &r, &err) != OK)
		return NULL;
	return r;
}

const struct figure_value *figure_find(const struct figures *f, struct str name, const struct figure_result **of)
{
	const struct figure_result *r = NULL;
	const struct figure_value *v = NULL;
	struct err err = {0};

	if (calc_value(f->calc, name, &r, &v, &err) != OK)
		r = NULL;
	*of = r;
	return r ? v : NULL;
}

const struct figure_value *figure_part(const struct figures *f, struct str name)
{
	const struct figure_result *r;

	return figure_find(f, name, &r);
}

struct figures figures_for(const struct figures *f, const struct facts *mine)
{
	struct figures *own = ARENA_NEW(mine->arena, struct figures);
	struct calc *c = ARENA_NEW(mine->arena, struct calc);

	*own = *f;
	own->facts = mine;
	own->calc = c;
	/* Everything of the day is done, so that done, busy and duty_done are only read from here on. */
	*c = (struct calc){.f = mine, .asked = f->on, .out = own, .done = f->calc->done, .busy = f->calc->busy,
		.duty_done = f->calc->duty_done, .items = MAP_IN(mine->arena), .days = MAP_IN(mine->arena),
		.err = ARENA_NEW(mine->arena, struct err)};
	c->first = c;
	c->err->lang = mine->lang;
	return *own;
}
