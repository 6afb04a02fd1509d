/* Things that an item judges one by one: each:, weigh: and self: of an item of an assessment. */
#include "scheme/assess_def.h"
#include "scheme/number.h"
#include "scheme/scheme_need.h"

enum { THINGS_MOST = 1000 };             /* posts named one by one */

static bool numeric(const struct field *f)
{
	return f->type == TYPE_NUMBER || f->type == TYPE_COUNT || f->type == TYPE_MONEY;
}

/* ---- which ---- */

static enum err_code read_names(
	struct assess_reading *r, const struct node *v, struct assess_each *out, struct err *err)
{
	size_t n = v->kind == NODE_LIST ? v->n : 0;

	if (!n || n > THINGS_MOST)
		return node_fail(v, err, "'posts' is a list of codes of posts, at most %d", THINGS_MOST);
	out->names.p = ARENA_ARRAY(r->a, struct str, n);
	for (; out->names.n < n; out->names.n++) {
		const struct node *one = v->items[out->names.n];

		if (one->kind != NODE_TEXT || !one->text.n)
			return node_fail(one, err, "the code of a post is expected here");
		if (texts_have(&out->names, one->text))
			return node_fail(one, err, "post '" STR_FMT "' stands twice in the list", STR_ARG(one->text));
		out->names.p[out->names.n] = one->text;
	}
	return OK;
}

static enum err_code read_which(struct assess_reading *r, const struct node *v, struct str unit,
	const struct node *unit_at, struct assess_item *out, struct err *err)
{
	static const struct bind body_rules[] = {{"body", BIND_TEXT, true, 0}};
	static const struct bind post_rules[] = {{"posts", BIND_LIST, true, 0}};
	const struct node *body, *posts, *list = NULL;
	struct str name = STR_NONE;

	if (v->kind != NODE_MAP)
		return node_fail(v, err, "'each' is {body: ID}, {posts: [CODE, …]} or {of: TYPE, where: …}");
	body = NODE_GET(v, "body");
	posts = NODE_GET(v, "posts");
	if ((body != NULL) + (posts != NULL) + (NODE_GET(v, "of") != NULL) > 1)
		return node_fail(v, err, "'each' names one of body, posts and of");
	if (body) {
		TRY(bind_map(r->a, v, body_rules, LEN(body_rules), N_("each"), &name, err));
		out->things.kind = EACH_BODY;
		out->things.at = body;
		out->things.names = (struct texts){ARENA_NEW(r->a, struct str), 1};
		out->things.names.p[0] = name;
		return OK;
	}
	if (posts) {
		TRY(bind_map(r->a, v, post_rules, LEN(post_rules), N_("each"), &list, err));
		out->things.kind = EACH_OF_POSTS;
		out->things.at = list;
		return read_names(r, list, &out->things, err);
	}
	out->things.kind = EACH_OF_RECORDS;
	out->things.at = v;
	return assess_source_read(r, v, SRC_R, unit, unit_at, &out->source, err);
}

/* ---- weights ---- */

/* A word that the field's closed list does not have would never count. */
static enum err_code word_fits(const struct field *f, const struct node *at, struct err *err)
{
	const char *names[1000];
	size_t n = f->of ? MIN(f->of->values.n, LEN(names)) : 0;

	if (!f->of || texts_have(&f->of->values, at->text))
		return OK;
	for (size_t i = 0; i < n; i++)
		names[i] = f->of->values.p[i].p;
	return no_word(at, nearest_name(at->text, names, n, sizeof *names), err,
		N_("field '" STR_FMT "' has no word '" STR_FMT "'"), STR_ARG(f->name), STR_ARG(at->text));
}

static enum err_code read_weight(const struct node *v, int64_t *out, struct err *err)
{
	if (v->kind != NODE_TEXT || !thousandths(v->text, out) || *out <= 0 || *out > 1000 * POINT)
		return node_fail(v, err, "a weight is a number above 0, at most 1000, of at most three decimals");
	return OK;
}

static enum err_code read_words(
	struct assess_reading *r, const struct node *map, struct assess_weigh *out, struct err *err)
{
	out->row.p = ARENA_ARRAY(r->a, struct str, map->n);
	out->times = ARENA_ARRAY(r->a, int64_t, map->n);
	for (; out->row.n < map->n; out->row.n++) {
		TRY(word_fits(out->rows, map->keys[out->row.n], err));
		out->row.p[out->row.n] = map->keys[out->row.n]->text;
		TRY(read_weight(map->items[out->row.n], &out->times[out->row.n], err));
	}
	return map->n ? OK : node_fail(map, err, "no word stands here");
}

static size_t column_of(const struct assess_weigh *w, struct str word)
{
	size_t i = 0;

	while (i < w->column.n && !str_eq(w->column.p[i], word))
		i++;
	return i;
}

/* All the words that stand over columns, in the order in which they come. */
static enum err_code read_columns(
	struct assess_reading *r, const struct node *map, struct assess_weigh *out, struct err *err)
{
	size_t most = 0;

	for (size_t i = 0; i < map->n; i++) {
		if (map->items[i]->kind != NODE_MAP || !map->items[i]->n)
			return node_fail(map->items[i], err, "a row of the table is a map: {I: 5, II: 4}");
		most += map->items[i]->n;
	}
	out->column.p = ARENA_ARRAY(r->a, struct str, most);
	for (size_t i = 0; i < map->n; i++)
		for (size_t k = 0; k < map->items[i]->n; k++) {
			const struct node *key = map->items[i]->keys[k];

			if (column_of(out, key->text) < out->column.n)
				continue;
			TRY(word_fits(out->columns, key, err));
			out->column.p[out->column.n++] = key->text;
		}
	return OK;
}

static enum err_code read_table(
	struct assess_reading *r, const struct node *map, struct assess_weigh *out, struct err *err)
{
	TRY(read_columns(r, map, out, err));
	out->row.p = ARENA_ARRAY(r->a, struct str, map->n);
	out->times = ARENA_ARRAY(r->a, int64_t, map->n * out->column.n);
	for (; out->row.n < map->n; out->row.n++) {
		const struct node *row = map->items[out->row.n];

		TRY(word_fits(out->rows, map->keys[out->row.n], err));
		out->row.p[out->row.n] = map->keys[out->row.n]->text;
		for (size_t k = 0; k < row->n; k++)
			TRY(read_weight(row->items[k],
				&out->times[out->row.n * out->column.n + column_of(out, row->keys[k]->text)], err));
	}
	return map->n ? OK : node_fail(map, err, "no word stands here");
}

static enum err_code read_weigh(struct assess_reading *r, const struct node *def, const struct record_type *t,
	struct assess_weigh *out, struct err *err)
{
	struct text {
		struct str field, rows, columns;
		const struct node *words, *table;
	} x = {0};
	static const struct bind rules[] = {
		{"field", BIND_TEXT, false, offsetof(struct text, field)},
		{"words", BIND_MAP, false, offsetof(struct text, words)},
		{"rows", BIND_TEXT, false, offsetof(struct text, rows)},
		{"columns", BIND_TEXT, false, offsetof(struct text, columns)},
		{"table", BIND_MAP, false, offsetof(struct text, table)},
	};

	TRY(bind_map(r->a, def, rules, LEN(rules), N_("weigh"), &x, err));
	if (x.field.n ? x.rows.n || x.columns.n || x.table : !x.rows.n || !x.columns.n || !x.table || x.words)
		return node_fail(def, err, "a weight is {field: F, words: {WORD: NUMBER}}, {field: F} or "
			"{rows: F, columns: G, table: {…}}");
	TRY(field_of(t, x.field.n ? x.field : x.rows, x.field.n ? NODE_GET(def, "field") : NODE_GET(def, "rows"),
		&out->rows, err));
	if (x.words)
		return read_words(r, x.words, out, err);
	if (x.field.n)
		return numeric(out->rows) ? OK
			: node_fail(NODE_GET(def, "field"), err, "field '" STR_FMT "' is no number: 'words' says what "
			"its words weigh", STR_ARG(x.field));
	TRY(field_of(t, x.columns, NODE_GET(def, "columns"), &out->columns, err));
	return read_table(r, x.table, out, err);
}

static enum err_code read_weighs(
	struct assess_reading *r, const struct node *v, struct assess_item *out, struct err *err)
{
	struct assess_each *e = &out->things;
	size_t n = !v ? 0 : v->kind == NODE_LIST ? v->n : 1;

	if (n > WEIGH_MOST)
		return node_fail(v, err, "at most %d weights are multiplied", WEIGH_MOST);
	e->weigh = ARENA_ARRAY(r->a, struct assess_weigh, n);
	for (; e->nweigh < n; e->nweigh++)
		TRY(read_weigh(r, v->kind == NODE_LIST ? v->items[e->nweigh] : v, out->source.set.of,
			&e->weigh[e->nweigh], err));
	return OK;
}

/* ---- the whole ---- */

enum err_code assess_each_read(struct assess_reading *r, const struct node *def, const struct node *weigh,
	struct str self, struct str unit, struct assess_item *out, struct err *err)
{
	const struct node *each = NODE_GET(def, "each"), *at = NODE_GET(def, "self");

	if (each)
		TRY(read_which(r, each, unit, NODE_GET(def, "unit"), out, err));
	if (out->things.kind != EACH_OF_RECORDS) {
		if (weigh || self.n)
			return node_fail(weigh ? weigh : at, err, "'%s' goes with 'each' of records only",
				weigh ? "weigh" : "self");
		return OK;
	}
	TRY(read_weighs(r, weigh, out, err));
	if (!self.n)
		return OK;
	TRY(field_of(out->source.set.of, self, at, &out->things.self, err));
	return numeric(out->things.self) ? OK
		: node_fail(at, err, "field '" STR_FMT "' is no number", STR_ARG(self));
}

/* ---- with an organisation ---- */

static enum err_code body_there(const struct org *org, struct str name, const struct node *at, struct err *err)
{
	const char *names[512];
	size_t n = 0;

	for (size_t i = 0; i < org->nbodies; i++) {
		const struct body *b = &org->bodies[i];

		if (str_eq(b->code, name) || str_eq(b->name, name))
			return OK;
		if (n + 2 <= LEN(names)) {
			names[n++] = b->code.p;
			names[n++] = b->name.p;
		}
	}
	return no_word(at, nearest_name(name, names, n, sizeof *names), err,
		N_("the organisation has no body '" STR_FMT "'"), STR_ARG(name));
}

static enum err_code post_there(const struct org *org, struct str name, const struct node *at, struct err *err)
{
	const char *names[2000];
	size_t n = 0;

	if (org_post(org, name))
		return OK;
	for (size_t i = 0; i < org->nposts && n + 2 <= LEN(names); i++) {
		names[n++] = org->posts[i].code.p;
		names[n++] = org->posts[i].name.p;
	}
	return no_word(at, nearest_name(name, names, n, sizeof *names), err,
		N_("there is no post '" STR_FMT "', or more than one"), STR_ARG(name));
}

enum err_code assess_fits_org(const struct scheme *s, const struct org *org, struct err *err)
{
	const struct assess *p = s->assessment;

	for (size_t i = 0; p && i < p->nsections; i++)
		for (size_t k = 0; k < p->sections[i].nitems; k++) {
			const struct assess_each *e = &p->sections[i].items[k].things;

			if (e->kind == EACH_BODY)
				TRY(body_there(org, e->names.p[0], e->at, err));
			for (size_t j = 0; e->kind == EACH_OF_POSTS && j < e->names.n; j++)
				TRY(post_there(org, e->names.p[j], e->at->items[j], err));
		}
	return OK;
}
