#include "base/file.h"
#include "text/bind.h"
#include "text/json.h"
#include "who/org.h"

/* ---- what org.json may hold ---- */

struct top {
	int64_t year;
	const struct node *office, *units, *posts, *holders, *portfolios, *bodies;
};
static const struct bind top_rules[] = {
	{"year", BIND_INT, false, offsetof(struct top, year)},
	{"office", BIND_MAP, true, offsetof(struct top, office)},
	{"units", BIND_LIST, true, offsetof(struct top, units)},
	{"posts", BIND_LIST, true, offsetof(struct top, posts)},
	{"holders", BIND_LIST, true, offsetof(struct top, holders)},
	{"portfolios", BIND_LIST, true, offsetof(struct top, portfolios)},
	{"bodies", BIND_LIST, false, offsetof(struct top, bodies)},
};

static const struct bind office_rules[] = {
	{"id", BIND_TEXT, true, offsetof(struct office, code)},
	{"name", BIND_TEXT, false, offsetof(struct office, name)},
	{"short", BIND_TEXT, false, offsetof(struct office, short_name)},
};

static const struct bind unit_rules[] = {
	{"id", BIND_TEXT, true, offsetof(struct unit, code)},
	{"name", BIND_TEXT, true, offsetof(struct unit, name)},
	{"short", BIND_TEXT, false, offsetof(struct unit, short_name)},
	{"parent", BIND_TEXT, false, offsetof(struct unit, parent)},
	{"kind", BIND_TEXT, false, offsetof(struct unit, kind)},
};

static const struct bind post_rules[] = {
	{"id", BIND_TEXT, true, offsetof(struct post, code)},
	{"name", BIND_TEXT, true, offsetof(struct post, name)},
	{"unit", BIND_TEXT, true, offsetof(struct post, unit)},
	{"role", BIND_TEXT, false, offsetof(struct post, role)},
};

/* A holder, a portfolio, a body as written. */
struct span {
	struct str post, name, unit, from, to;
	bool acting;
};
static const struct bind holder_rules[] = {
	{"post", BIND_TEXT, true, offsetof(struct span, post)},
	{"name", BIND_TEXT, true, offsetof(struct span, name)},
	{"from", BIND_TEXT, true, offsetof(struct span, from)},
	{"to", BIND_TEXT, false, offsetof(struct span, to)},
	{"acting", BIND_YES, false, offsetof(struct span, acting)},
};
static const struct bind portfolio_rules[] = {
	{"post", BIND_TEXT, true, offsetof(struct span, post)},
	{"unit", BIND_TEXT, true, offsetof(struct span, unit)},
	{"from", BIND_TEXT, false, offsetof(struct span, from)},
	{"to", BIND_TEXT, false, offsetof(struct span, to)},
};

struct meeting {
	struct str code, name, unit;
	struct texts members;
};
static const struct bind body_rules[] = {
	{"id", BIND_TEXT, true, offsetof(struct meeting, code)},
	{"name", BIND_TEXT, true, offsetof(struct meeting, name)},
	{"unit", BIND_TEXT, false, offsetof(struct meeting, unit)},
	{"members", BIND_TEXTS, true, offsetof(struct meeting, members)},
};

/* ---- reading ---- */

struct reading {
	struct arena *a;
	struct org *org;
	struct org_source *src;
	struct err *err;
};

static enum err_code date_of(const struct node *map, struct str key, struct str text, struct date *out,
	struct err *err)
{
	*out = DATE_NONE;
	if (!str_trim(text).n || date_parse(str_trim(text), out))
		return OK;
	return node_fail(node_get(map, key), err,
		N_("'" STR_FMT "': '" STR_FMT "' is no day written as 2022-06-03"), STR_ARG(key),
		STR_ARG(text));
}

static enum err_code one_unit(struct reading *r, const struct node *map, size_t i)
{
	return bind_map(r->a, map, unit_rules, LEN(unit_rules), N_("a unit"), &r->org->units[i], r->err);
}

static enum err_code one_post(struct reading *r, const struct node *map, size_t i)
{
	return bind_map(r->a, map, post_rules, LEN(post_rules), N_("a post"), &r->org->posts[i], r->err);
}

static enum err_code one_holder(struct reading *r, const struct node *map, size_t i)
{
	struct holder *h = &r->org->holders[i];
	struct span s = {0};

	TRY(bind_map(r->a, map, holder_rules, LEN(holder_rules), N_("a holder"), &s, r->err));
	h->post = s.post;
	h->name = s.name;
	h->acting = s.acting;
	TRY(date_of(map, S("from"), s.from, &h->from, r->err));
	return date_of(map, S("to"), s.to, &h->to, r->err);
}

static enum err_code one_portfolio(struct reading *r, const struct node *map, size_t i)
{
	struct portfolio *p = &r->org->portfolios[i];
	struct span s = {0};

	TRY(bind_map(r->a, map, portfolio_rules, LEN(portfolio_rules), N_("a portfolio"), &s, r->err));
	p->post = s.post;
	p->unit = s.unit;
	TRY(date_of(map, S("from"), s.from, &p->from, r->err));
	return date_of(map, S("to"), s.to, &p->to, r->err);
}

static enum err_code one_body(struct reading *r, const struct node *map, size_t i)
{
	struct body *b = &r->org->bodies[i];
	struct meeting m = {0};

	TRY(bind_map(r->a, map, body_rules, LEN(body_rules), N_("a body"), &m, r->err));
	*b = (struct body){.code = m.code, .name = m.name, .unit = m.unit, .members = m.members.p,
		.nmembers = m.members.n};
	return OK;
}

typedef enum err_code one_fn(struct reading *r, const struct node *map, size_t i);

static enum err_code list(struct reading *r, const struct node *nodes, enum org_list which, one_fn *one)
{
	size_t n = nodes ? nodes->n : 0;
	int *rows = ARENA_ARRAY(r->a, int, n);

	r->src->lists[which].rows = rows;
	for (size_t i = 0; i < n; i++) {
		rows[i] = nodes->items[i]->line;
		TRY(one(r, nodes->items[i], i));
	}
	return OK;
}

/* A key that looks like one of ours, which is missing, is a slip and not a setting. */
static enum err_code slip(const struct node *map, const struct node *key, struct err *err)
{
	const char *near = nearest_name(key->text, &top_rules[0].key, LEN(top_rules), sizeof top_rules[0]);

	if (!near || node_get(map, str_c(near)))
		return OK;
	return node_fail(
		key, err, N_("unknown key '" STR_FMT "'; did you mean '%s'?"), STR_ARG(key->text), near);
}

static bool ours(struct str key)
{
	for (size_t i = 0; i < LEN(top_rules); i++)
		if (str_is(key, top_rules[i].key))
			return true;
	return false;
}

/* Settings out of the map, the rest bound. */
static enum err_code top(struct reading *r, const struct node *map, struct top *out)
{
	struct node *known = node_map(r->a), *settings = node_map(r->a);

	if (map->kind != NODE_MAP)
		return node_fail(map, r->err, N_("an organisation must be a map of keys and values"));
	known->line = map->line;
	known->col = map->col;
	for (size_t i = 0; i < map->n; i++) {
		bool is_ours = ours(map->keys[i]->text);

		if (!is_ours)
			TRY(slip(map, map->keys[i], r->err));
		node_put(r->a, is_ours ? known : settings, map->keys[i], map->items[i]);
	}
	r->org->office.settings = settings;
	return bind_map(r->a, known, top_rules, LEN(top_rules), N_("the organisation"), out, r->err);
}

static enum err_code whole(struct reading *r, const struct node *map)
{
	struct org *org = r->org;
	struct top t = {0};

	TRY(top(r, map, &t));
	if (NODE_GET(map, "year") && (t.year < 1900 || t.year > 2199))
		return node_fail(NODE_GET(map, "year"), r->err, N_("'year' must lie between 1900 and 2199"));
	org->office.year = (int)t.year;
	TRY(bind_map(
		r->a, t.office, office_rules, LEN(office_rules), N_("the office"), &org->office, r->err));
	org->nunits = t.units->n;
	org->nposts = t.posts->n;
	org->nholders = t.holders->n;
	org->nportfolios = t.portfolios->n;
	org->nbodies = t.bodies ? t.bodies->n : 0;
	org->units = ARENA_ARRAY(r->a, struct unit, org->nunits);
	org->posts = ARENA_ARRAY(r->a, struct post, org->nposts);
	org->holders = ARENA_ARRAY(r->a, struct holder, org->nholders);
	org->portfolios = ARENA_ARRAY(r->a, struct portfolio, org->nportfolios);
	org->bodies = ARENA_ARRAY(r->a, struct body, org->nbodies);
	TRY(list(r, t.units, ORG_UNITS, one_unit));
	TRY(list(r, t.posts, ORG_POSTS, one_post));
	TRY(list(r, t.holders, ORG_HOLDERS, one_holder));
	TRY(list(r, t.portfolios, ORG_PORTFOLIOS, one_portfolio));
	return list(r, t.bodies, ORG_BODIES, one_body);
}

enum err_code org_json(
	struct arena *a, const char *path, struct org *out, struct org_source *src, struct err *err)
{
	struct org org = {0};
	struct reading r = {.a = a, .org = &org, .src = src, .err = err};
	struct node *map;
	struct str text;

	TRY(file_read(a, path, JSON_BYTES, &text, err));
	if (str_starts(text, S("\xEF\xBB\xBF")))   /* editors on Windows write one */
		text = str_sub(text, 3, text.n);
	if (json_read(a, text, (struct json_opt){0}, &map, err) != OK || whole(&r, map) != OK)
		return err_at(err, "%s", path);
	*out = org;
	return OK;
}
