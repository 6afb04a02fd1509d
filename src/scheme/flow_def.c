/* The tables of flows, and what a record type says of its own. */
#include "scheme/flow_def.h"

#define ON_RECORD    false
#define OPENS        true
#define NEW          FROM_NEW
#define EVERY        OTHERS_EVERY
#define STAY         FLOW_NONE
#define NONE         FLOW_NONE
#define CLEARS       0
#define IN(F, ID)    (1ull << (STATE_##F##_##ID - FIRST_STATE_##F))
#define AFTER(F, ID) (1ull << (MOVE_##F##_##ID - FIRST_MOVE_##F))
#define TO(F, ID)    STATE_##F##_##ID
#define SORT(T)      (1u << TYPE_##T)

const struct flow_def flow_defs[FLOW_N] = {
#define FLOW(F, name, opens, title) {name, title, opens, FIRST_STATE_##F, FIRST_MOVE_##F},
#include "tbl/flows.h"
};

const struct state_def state_defs[STATE_N] = {
#define STATE(F, ID, name, title, final) {FLOW_##F, name, title, final},
#include "tbl/flows.h"
};

const struct move_def move_defs[MOVE_N] = {
#define MOVE(F, ID, name, from, to, act, others, asks, title) {FLOW_##F, name, title, from, to, act, others, asks},
#include "tbl/flows.h"
};

const struct key_def key_defs[KEY_N] = {
#define KEY(F, ID, name, sorts, state) {FLOW_##F, name, sorts, state},
#include "tbl/flows.h"
};

const struct set_def set_defs[] = {
#define SET(F, MV, KY, of) {MOVE_##F##_##MV, KEY_##F##_##KY, of},
#include "tbl/flows.h"
	{FLOW_NONE, FLOW_NONE, 0},
};

int flow_state_end(enum flow flow)
{
	return flow + 1 < FLOW_N ? flow_defs[flow + 1].first_state : STATE_N;
}

int flow_move_end(enum flow flow)
{
	return flow + 1 < FLOW_N ? flow_defs[flow + 1].first_move : MOVE_N;
}

bool flow_named(struct str name, enum flow *out)
{
	for (int i = 0; i < FLOW_N; i++) {
		if (str_is(name, flow_defs[i].name)) {
			*out = (enum flow)i;
			return true;
		}
	}
	return false;
}

bool flow_state_named(enum flow flow, struct str name, int *out)
{
	for (*out = flow_defs[flow].first_state; *out < flow_state_end(flow); ++*out)
		if (str_is(name, state_defs[*out].name))
			return true;
	return false;
}

bool flow_move_named(enum flow flow, struct str name, int *out)
{
	for (*out = flow_defs[flow].first_move; *out < flow_move_end(flow); ++*out)
		if (str_is(name, move_defs[*out].name))
			return true;
	return false;
}

bool flow_open_state(int state)
{
	return state != FLOW_NONE && !state_defs[state].final;
}

bool flow_goes(int move, int state)
{
	const struct move_def *m = &move_defs[move];

	if (state == FLOW_NONE)
		return m->from & FROM_NEW;
	return state_defs[state].flow == m->flow && m->from >> (state - flow_defs[m->flow].first_state) & 1;
}

/* ---- flow: of a record type ---- */

enum flow flow_of_about(enum about about)
{
	return about == ABOUT_FINDING ? FLOW_FINDING : about == ABOUT_RISK ? FLOW_RISK :
		about == ABOUT_INSPECTION ? FLOW_INSPECTION : FLOW_N;
}

const struct field *flow_field(const struct record_type *type, int key)
{
	const char *what = key_defs[key].name;
	const struct node *name = node_get(type->flow, str_c(what));
	const struct field *f;

	if (type->flow)
		return name ? type_field(type, name->text) : NULL;
	f = type_field(type, str_c(what));
	if (f && key_defs[key].sorts >> f->type & 1)
		return f;
	if (!strcmp(what, "found") || !strcmp(what, "date"))
		return type->day && type->day->type == TYPE_DATE ? type->day : NULL;
	for (size_t i = 0; !strcmp(what, "unit") && i < type->nfields; i++)
		if (type->fields[i].type == TYPE_UNIT)
			return &type->fields[i];
	return NULL;
}

bool flow_sets(const struct record_type *type, const struct field *field)
{
	enum flow flow = flow_of_about(type->about);

	for (const struct set_def *x = set_defs; x->move != FLOW_NONE; x++)
		if (key_defs[x->key].flow == flow && flow_field(type, x->key) == field)
			return true;
	return false;
}
