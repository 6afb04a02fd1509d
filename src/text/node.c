#include "text/node.h"

#include "base/map.h"

static struct node *node_new(struct arena *a, enum node_kind kind)
{
	struct node *n = ARENA_NEW(a, struct node);

	n->kind = kind;
	return n;
}

struct node *node_get(const struct node *map, struct str key)
{
	if (!map || map->kind != NODE_MAP)
		return NULL;
	for (size_t i = 0; i < map->n; i++)
		if (str_eq(map->keys[i]->text, key))
			return map->items[i];
	return NULL;
}

struct str node_text(const struct node *map, struct str key)
{
	const struct node *v = node_get(map, key);

	return v && v->kind == NODE_TEXT ? v->text : S("");
}

int64_t node_int(const struct node *map, struct str key, int64_t fallback)
{
	const struct node *v = node_get(map, key);

	return v && v->kind == NODE_INT ? v->num : fallback;
}

bool node_true(const struct node *map, struct str key)
{
	const struct node *v = node_get(map, key);

	return v && v->kind == NODE_BOOL && v->yes;
}

bool node_alike(const struct node *a, const struct node *b)
{
	if (!a || !b)
		return a == b;
	if (a->kind != b->kind || a->n != b->n || a->yes != b->yes || a->num != b->num || !str_eq(a->text, b->text))
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!node_alike(a->items[i], b->items[i]) ||
		    (a->kind == NODE_MAP && !str_eq(a->keys[i]->text, b->keys[i]->text)))
			return false;
	return true;
}

void node_of_file(struct node *tree, const char *name)
{
	tree->file = name;
	for (size_t i = 0; i < tree->n; i++) {
		node_of_file(tree->items[i], name);
		if (tree->kind == NODE_MAP)
			node_of_file(tree->keys[i], name);
	}
}

const struct node *node_repeat(const struct node *map, const struct node **first)
{
	CLEANUP(arena_free) struct arena a = ARENA_INIT;
	struct map seen = MAP_IN(&a);

	BUG_IF(map->kind != NODE_MAP);
	if (map->n <= 16) {
		for (size_t i = 1; i < map->n; i++)
			for (size_t k = 0; k < i; k++)
				if (str_eq(map->keys[i]->text, map->keys[k]->text)) {
					*first = map->keys[k];
					return map->keys[i];
				}
		return NULL;
	}
	for (size_t i = 0; i < map->n; i++) {
		void **at = map_at(&seen, map->keys[i]->text);

		if (*at) {
			*first = *at;
			return map->keys[i];
		}
		*at = map->keys[i];
	}
	return NULL;
}

struct node *node_map(struct arena *a)
{
	return node_new(a, NODE_MAP);
}

struct node *node_list(struct arena *a)
{
	return node_new(a, NODE_LIST);
}

struct node *node_str(struct arena *a, struct str s)
{
	struct node *n = node_new(a, NODE_TEXT);

	n->text = s;
	return n;
}

struct node *node_num(struct arena *a, int64_t v)
{
	struct node *n = node_new(a, NODE_INT);

	n->num = v;
	return n;
}

struct node *node_bool(struct arena *a, bool v)
{
	struct node *n = node_new(a, NODE_BOOL);

	n->yes = v;
	return n;
}

struct node *node_null(struct arena *a)
{
	return node_new(a, NODE_NULL);
}

void node_put(struct arena *a, struct node *map, struct node *key, struct node *value)
{
	size_t n = map->n;

	BUG_IF(map->kind != NODE_MAP || key->kind != NODE_TEXT || !value);
	*ARENA_PUSH(a, map->keys, n, map->keys_cap) = key;
	*ARENA_PUSH(a, map->items, map->n, map->cap) = value;
}

void node_set(struct arena *a, struct node *map, struct str key, struct node *value)
{
	if (node_get(map, key))
		BUG("key twice: " STR_FMT, STR_ARG(key));
	node_put(a, map, node_str(a, key), value);
}

void node_push(struct arena *a, struct node *list, struct node *value)
{
	BUG_IF(list->kind != NODE_LIST || !value);
	*ARENA_PUSH(a, list->items, list->n, list->cap) = value;
}
