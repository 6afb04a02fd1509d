#include "web/scope.h"

#include "record/record.h"
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

bool call_may_enter(const struct call *c, const struct record_type *t)
{
	return t->unit ? call_may_any(c, ACT_RECORD_ADD) : call_may(c, ACT_RECORD_ADD);
}

const struct unit *call_record_unit(const struct call *c, const struct fact *r)
{
	const struct datum *d = r->type->unit ? fact_own(&c->facts, r, r->type->unit) : NULL;

	return record_unit(&c->world->org, r->type, d && d->kind == NODE_TEXT ? d->text : STR_NONE);
}

bool call_may_import(const struct call *c)
{
	bool any = false;

	for (size_t i = 0; c->world && i < c->world->scheme.ntypes; i++)
		any |= c->world->scheme.types[i].unit != NULL;
	return any ? call_may_any(c, ACT_IMPORT) : call_may(c, ACT_IMPORT);
}

bool call_may_unit(const struct call *c, enum act act, const struct unit *unit)
{
	return unit ? c->access && may_code(c->access, act, unit->code) : call_may(c, act);
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
