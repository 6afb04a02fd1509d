#include "web/scope.h"

#include "web/duty_view.h"

bool call_sees_all(const struct call *c)
{
	return c->sees_all;
}

bool call_sees_unit(const struct call *c, struct str name)
{
	const struct unit *unit = owner_unit(&c->world->org, name);

	return unit && c->access && may_code(c->access, ACT_VIEW, unit->code);
}

bool call_sees_slot(const struct call *c, const struct slot *x)
{
	return call_sees_all(c) || call_sees_unit(c, x->owner) || (x->object.n && call_sees_unit(c, x->object));
}

/* A value, or one of a list, that names a unit in reach. */
static bool names_one(const struct call *c, const struct datum *d)
{
	if (!d)
		return false;
	if (d->kind == NODE_TEXT)
		return call_sees_unit(c, d->text);
	for (size_t i = 0; d->kind == NODE_LIST && i < d->n; i++)
		if (names_one(c, d->items[i]))
			return true;
	return false;
}

bool call_sees(const struct call *c, const struct fact *r)
{
	if (call_sees_all(c))
		return true;
	for (size_t i = 0; i < r->type->nfields; i++) {
		const struct field *f = &r->type->fields[i];

		if ((f->type == TYPE_UNIT || f->type == TYPE_POST) && names_one(c, fact_own(&c->facts, r, f)))
			return true;
	}
	return false;
}

static bool keep(void *ctx, const struct slot *x)
{
	return call_sees_slot(ctx, x);
}

void call_cut(struct call *c)
{
	size_t n = c->facts.scheme->nduties;
	struct duty_state *mine = ARENA_ARRAY(c->arena, struct duty_state, n);

	for (size_t i = 0; i < n; i++)
		duty_part(&c->facts, &c->figures.duties[i], c->on, keep, c, &mine[i]);
	c->figures.duties = mine;
	c->figures.n = 0;
}
