/* where: of sets — conditions on fields, and-ed. */
#include "office/number.h"
#include "office/scheme.h"

static enum err_code read_cond(struct arena *a, const struct node *v, struct cond *c, struct err *err)
{
	static const struct {
		const char *key;
		enum cond_op op;
	} ops[] = {{"has", COND_HAS}, {"like", COND_LIKE}, {"over", COND_OVER}, {"under", COND_UNDER},
	           {"empty", COND_EMPTY}};
	struct bind rule = {"values", BIND_TEXTS, true, offsetof(struct cond, values)};
	struct node key = {.kind = NODE_TEXT, .text = S("values")}, *keys = &key;
	struct node one = {.kind = NODE_MAP, .n = 1, .keys = &keys};
	struct node *value;

	if (v->kind != NODE_MAP) {
		value = (struct node *)v;
		one.items = &value;
		c->op = COND_IS;
		return bind_map(a, &one, &rule, 1, N_("where"), c, err);
	}
	if (v->n != 1)
		return node_fail(v, err, "a condition has one word: has, like, over, under or empty");
	for (size_t i = 0; i < LEN(ops); i++) {
		if (!str_is(v->keys[0]->text, ops[i].key))
			continue;
		c->op = ops[i].op;
		value = v->items[0];
		if (value->kind != NODE_TEXT)
			return node_fail(value, err, "'%s' takes one value", ops[i].key);
		if (c->op == COND_EMPTY) {
			if (!str_is(value->text, "yes") && !str_is(value->text, "no"))
				return node_fail(value, err, "'%s' must be yes or no", "empty");
			c->empty = str_is(value->text, "yes");
			return OK;
		}
		if (c->op == COND_OVER || c->op == COND_UNDER) {
			if (!thousandths(value->text, &c->thousandths))
				return node_fail(value, err, "'%s' takes a number", ops[i].key);
			return OK;
		}
		one.items = &value;
		return bind_map(a, &one, &rule, 1, N_("where"), c, err);
	}
	return node_fail(v->keys[0], err, "no condition '" STR_FMT "'; there are: has, like, over, under, empty",
	                 STR_ARG(v->keys[0]->text));
}

enum err_code where_read(struct arena *a, const struct record_type *t, const struct node *map, struct where *out,
                         struct err *err)
{
	if (!map)
		return OK;
	if (map->kind != NODE_MAP)
		return node_fail(map, err, "'where' must be a map of fields and values");
	out->conds = ARENA_ARRAY(a, struct cond, map->n);
	for (size_t i = 0; i < map->n; i++) {
		TRY(field_of(t, map->keys[i]->text, map->keys[i], &out->conds[i].field, err));
		TRY(read_cond(a, map->items[i], &out->conds[i], err));
	}
	out->n = map->n;
	return OK;
}
