/* figures: of a scheme, one after the other; families; names, and where they lead. */
#include "scheme/figure_def.h"

#include "base/utf8.h"

/* ---- a figure ---- */

static enum err_code no_such(
	struct loader *l, const struct node *name, const struct node *figures, struct err *err)
{
	const char **names = ARENA_ARRAY(l->a, const char *, figures->n), *near;

	for (size_t i = 0; i < figures->n; i++)
		names[i] = figures->keys[i]->text.p;
	near = nearest_name(name->text, names, figures->n, sizeof *names);
	if (near)
		return node_fail(name, err, "no figure '" STR_FMT "'; did you mean '%s'?", STR_ARG(name->text), near);
	return node_fail(name, err, "no figure '" STR_FMT "' in this scheme", STR_ARG(name->text));
}

/* Keys of like: that the figure has none of itself, but for the title, which is another's. */
static enum err_code merge_like(struct loader *l, const struct node *figures, const struct node *def, int depth,
	struct node **out, struct err *err)
{
	const struct node *like = NODE_GET(def, "like");
	const struct node *other = like ? node_get(figures, like->text) : NULL;
	struct node *base = NULL;

	if (def->kind != NODE_MAP)
		return node_fail(def, err, "a figure must be a map of keys and values");
	if (like && !other)
		return no_such(l, like, figures, err);
	if (depth >= FIGURE_DEPTH)
		return node_fail(like, err, "figure '" STR_FMT "' follows from itself", STR_ARG(like->text));
	if (other)
		TRY(merge_like(l, figures, other, depth + 1, &base, err));
	*out = node_map(l->a);
	(*out)->line = def->line;
	(*out)->col = def->col;
	(*out)->file = def->file;
	for (size_t i = 0; i < def->n; i++)
		if (!str_is(def->keys[i]->text, "like"))
			node_put(l->a, *out, def->keys[i], def->items[i]);
	for (size_t i = 0; base && i < base->n; i++)
		if (!node_get(def, base->keys[i]->text) && !str_is(base->keys[i]->text, "title"))
			node_put(l->a, *out, base->keys[i], base->items[i]);
	return OK;
}

/* Takes the keys of a figure alone out of its map; in a family all and only are of its name. */
static enum err_code own_keys(struct loader *l, const struct node *def, bool family, struct node **rest,
	const struct node **all, const struct node **only, struct err *err)
{
	struct figure *g = l->figure;

	*rest = node_map(l->a);
	(*rest)->line = def->line;
	(*rest)->col = def->col;
	(*rest)->file = def->file;
	for (size_t i = 0; i < def->n; i++) {
		const struct node *v = def->items[i];
		struct str key = def->keys[i]->text;

		if (family && str_is(key, "all")) {
			*all = v;
		} else if (family && str_is(key, "only")) {
			*only = v;
		} else if (!str_is(key, "on") && !str_is(key, "rule") && !str_is(key, "title")) {
			node_put(l->a, *rest, def->keys[i], (struct node *)v);
		} else if (v->kind != NODE_TEXT) {
			return node_fail(v, err, "'" STR_FMT "' must be a text", STR_ARG(key));
		} else if (str_is(key, "rule")) {
			g->rule = v->text;
		} else if (str_is(key, "title")) {
			g->title = v->text;
		} else if (str_is(v->text, "any_day")) {
			g->any_day = true;
		} else {
			TRY(day_ref_read(NULL, v->text, v, &g->on, err));
			g->has_on = true;
		}
	}
	return OK;
}

/* all: of a family with several fields is a map of field and words. */
static enum err_code read_all(struct loader *l, struct str field, const struct node *all, bool single,
	struct texts *out, struct err *err)
{
	if (all && !single) {
		if (all->kind != NODE_MAP)
			return node_fail(all, err, "expected a map: {FIELD: words} for the fields in the name");
		all = node_get(all, field);
	}
	return all ? figure_all_read(l, all, out, err) : OK;
}

static enum err_code read_braces(struct loader *l, const struct node *key, const struct node *all,
	const struct node *only, struct err *err)
{
	struct figure *g = l->figure;
	struct str rest = key->text, text, name;
	bool single = g->nbraces == 1;
	size_t n = 0;

	g->braces = ARENA_ARRAY(l->a, struct brace, g->nbraces);
	while (str_cut(&rest, S("{"), &text) && rest.p) {
		struct brace *b = &g->braces[n++];
		struct node field = {.kind = NODE_TEXT, .line = key->line, .col = key->col, .file = key->file};

		str_cut(&rest, S("}"), &name);
		field.text = name;
		b->before = text;
		b->field = name;
		b->plain = utf8_squeeze(l->a, text);
		b->by.kind = BY_FIELD;
		TRY(figure_look_read(&g->expr->from, &field, &b->by.at, err));
		TRY(read_all(l, name, all, single, &b->by.all, err));
		if (only)
			TRY(read_all(l, name, only, single, &b->by.all, err));
		b->by.only = only && (single || node_get(only, name));
	}
	g->after = text;
	g->after_plain = utf8_squeeze(l->a, text);
	return OK;
}

static enum err_code count_braces(const struct node *key, size_t *n, struct err *err)
{
	struct str name = key->text;
	bool open = false;

	*n = 0;
	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] != '{' && name.p[i] != '}')
			continue;
		if ((name.p[i] == '{') == open)
			return node_fail(key, err, "'" STR_FMT "': braces do not match", STR_ARG(name));
		open = !open;
		*n += open;
	}
	if (open)
		return node_fail(key, err, "'" STR_FMT "': braces do not match", STR_ARG(name));
	if (*n > FIGURE_BRACES)
		return node_fail(key, err, "'" STR_FMT "': at most %d fields in a name", STR_ARG(name), FIGURE_BRACES);
	return OK;
}

enum err_code figure_title_check(const struct figure *g, struct err *err)
{
	struct str rest = g->title, text, name;

	while (str_cut(&rest, S("{"), &text) && rest.p) {
		bool known = false;

		str_cut(&rest, S("}"), &name);
		for (size_t i = 0; i < g->nbraces; i++)
			known = known || str_eq(g->braces[i].field, name);
		if (!known)
			return node_fail(NODE_GET(g->node, "title"), err,
			                 "'{" STR_FMT "}' is no field of the name '" STR_FMT "'", STR_ARG(name),
			                 STR_ARG(g->name));
	}
	return OK;
}

/* In a family each part counts the member's records: they are of the same set. */
static enum err_code one_source(const struct expr *family, const struct expr *x, struct err *err)
{
	if (x->measure && (x->from.kind != family->from.kind || x->from.type != family->from.type ||
	                   x->from.duty != family->from.duty))
		return node_fail(x->node, err, "in a family every part counts records of the family's own set");
	for (size_t i = 0; i < x->nargs; i++)
		TRY(one_source(family, x->args[i], err));
	return OK;
}

static enum err_code parts_circle(struct expr *x, struct err *err)
{
	if (x->walk == BUSY)
		return node_fail(x->node, err, "figure '" STR_FMT "': a part follows from itself",
		                 STR_ARG(x->figure->name));
	if (x->walk == DONE)
		return OK;
	x->walk = BUSY;
	if (x->part)
		TRY(parts_circle(x->part, err));
	for (size_t i = 0; i < x->nargs; i++)
		TRY(parts_circle(x->args[i], err));
	x->walk = DONE;
	return OK;
}

static enum err_code read_figure(struct loader *l, const struct node *figures, size_t i, struct err *err)
{
	const struct node *key = figures->keys[i], *all = NULL, *only = NULL;
	struct figure *g = &l->s->figures[i];
	struct node *def, *rest;

	l->figure = g;
	*g = (struct figure){.name = key->text, .plain = utf8_squeeze(l->a, key->text), .key = key};
	TRY(count_braces(key, &g->nbraces, err));
	TRY(merge_like(l, figures, figures->items[i], 0, &def, err));
	g->node = def;
	TRY(own_keys(l, def, g->nbraces > 0, &rest, &all, &only, err));
	TRY(figure_expr_read(l, rest, NULL, &g->expr, err));
	TRY(parts_circle(g->expr, err));
	if (!g->nbraces) {
		if (g->expr->from.kind == OVER_RECORDS)
			map_set(&l->sets, g->name, &g->expr->from.set);
		return OK;
	}
	TRY(read_braces(l, key, all, only, err));
	TRY(figure_title_check(g, err));
	return one_source(g->expr, g->expr, err);
}

enum err_code scheme_figures(struct arena *a, struct scheme *s, const struct node *figures, struct err *err)
{
	struct loader l = {.a = a, .s = s, .sets = MAP_IN(a)};

	s->figures = ARENA_ARRAY(a, struct figure, figures ? figures->n : 0);
	for (s->nfigures = 0; figures && s->nfigures < figures->n; s->nfigures++)
		TRY(read_figure(&l, figures, s->nfigures, err));
	return figures_check(&l, err);
}
