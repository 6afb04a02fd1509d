/* flow: of a record type: which of its fields say what of the flow of its records. */
#include "scheme/flow_def.h"

enum { SHOWN = 12 };

static enum err_code no_key(const struct node *at, enum flow flow, struct err *err)
{
	const char *names[KEY_N], *near;
	size_t n = 0;

	for (int i = 0; i < KEY_N; i++)
		if (key_defs[i].flow == flow)
			names[n++] = key_defs[i].name;
	near = nearest_name(at->text, names, n, sizeof *names);
	if (near)
		return node_fail(at, err, "flow: no '" STR_FMT "' of a %s; did you mean '%s'?", STR_ARG(at->text),
			flow_defs[flow].name, near);
	return node_fail(at, err, "flow: no '" STR_FMT "' of a %s (docs/flows.md)", STR_ARG(at->text),
		flow_defs[flow].name);
}

enum err_code scheme_flow(struct record_type *t, const struct node *map, struct err *err)
{
	enum flow flow = flow_of_about(t->about);

	if (flow == FLOW_N)
		return node_fail(map, err, "'flow' is for records about a finding, an inspection or a risk");
	for (size_t i = 0; i < map->n; i++) {
		const struct field *f;
		int key = 0;

		while (key < KEY_N && (key_defs[key].flow != flow || !str_is(map->keys[i]->text, key_defs[key].name)))
			key++;
		if (key == KEY_N)
			return no_key(map->keys[i], flow, err);
		if (map->items[i]->kind != NODE_TEXT)
			return node_fail(map->items[i], err, "flow: the name of a field is expected");
		TRY(field_of(t, map->items[i]->text, map->items[i], &f, err));
		if (!(key_defs[key].sorts >> f->type & 1))
			return node_fail(map->items[i], err, "flow: a field of type %s can't be '%s'",
				field_type_name(f->type), key_defs[key].name);
	}
	t->flow = map;
	return OK;
}
