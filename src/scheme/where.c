/* where: of sets, paths and days. */
#include "scheme/number.h"
#include "scheme/scheme.h"

#include "base/date.h"

enum cond_arg { ARG_TEXTS, ARG_NUMBER, ARG_YES, ARG_DAYS, ARG_YEAR };

static const struct {
	const char *key;
	enum cond_op op;
	enum cond_arg arg;
} ops[] = {
	{"is", COND_IS, ARG_TEXTS},
	{"other_than", COND_OTHER, ARG_TEXTS},
	{"has", COND_HAS, ARG_TEXTS},
	{"lacks", COND_LACKS, ARG_TEXTS},
	{"like", COND_LIKE, ARG_TEXTS},
	{"without", COND_WITHOUT, ARG_TEXTS},
	{"over", COND_OVER, ARG_NUMBER},
	{"under", COND_UNDER, ARG_NUMBER},
	{"at_least", COND_AT_LEAST, ARG_NUMBER},
	{"at_most", COND_AT_MOST, ARG_NUMBER},
	{"empty", COND_EMPTY, ARG_YES},
	{"written", COND_WRITTEN, ARG_YES},
	{"linked", COND_LINKED, ARG_YES},
	{"in", COND_IN_YEAR, ARG_YEAR},
	{"after", COND_AFTER, ARG_DAYS},
	{"before", COND_BEFORE, ARG_DAYS},
	{"not_after", COND_NOT_AFTER, ARG_DAYS},
	{"not_before", COND_NOT_BEFORE, ARG_DAYS},
};

enum err_code path_read(
	const struct record_type *t, struct str text, const struct node *at, struct path *out, struct err *err)
{
	struct str rest = text, first;

	str_cut(&rest, S("."), &first);
	if (!rest.p) {
		out->link = NULL;
		return field_of(t, first, at, &out->field, err);
	}
	TRY(field_of(t, first, at, &out->link, err));
	if (!out->link->link_type)
		return node_fail(at, err, "'" STR_FMT "' names no other record (it has no link)", STR_ARG(first));
	return field_of(out->link->link_type, rest, at, &out->field, err);
}

/* "06-30" of year + shift. */
static bool month_day(struct str s, int shift, struct day_ref *out)
{
	int64_t m, d;

	if (s.n != 5 || s.p[2] != '-' || !str_int(str_sub(s, 0, 2), &m) || !str_int(str_sub(s, 3, 5), &d) || m < 1 ||
	    m > 12 || d < 1 || d > date_month_days(2000, (int)m))
		return false;
	*out = (struct day_ref){.kind = DAY_OF_YEAR, .month = (int)m, .mday = (int)d, .shift = shift};
	return true;
}

bool day_like(struct str s)
{
	struct str rest = str_starts(s, S("next ")) || str_starts(s, S("last ")) ? str_sub(s, 5, s.n) : s;
	size_t digits = 0;

	for (size_t i = 0; i < rest.n; i++) {
		digits += rest.p[i] >= '0' && rest.p[i] <= '9';
		if (rest.p[i] != '-' && (rest.p[i] < '0' || rest.p[i] > '9'))
			return false;
	}
	return digits > 0;
}

static enum err_code no_day(struct str text, const struct node *at, struct err *err)
{
	static const char *const words[] = {"on", "year_start", "year_end"};
	const char *near = day_like(text) ? NULL : nearest_name(text, words, LEN(words), sizeof *words);

	if (near)
		return node_fail(at, err, "'" STR_FMT "' is no day: 06-30, next 01-10, year_end or 2022-06-30 are; did "
		                 "you mean '%s'?", STR_ARG(text), near);
	if (day_like(text))
		return node_fail(at, err, "'" STR_FMT "' is no day of the calendar: 06-30, next 01-10, last 12-20 or "
		                 "2022-06-30 are", STR_ARG(text));
	return node_fail(
		at, err, "'" STR_FMT "' is no day: 06-30, next 01-10, year_end or 2022-06-30 are", STR_ARG(text));
}

enum err_code day_ref_read(
	const struct record_type *t, struct str text, const struct node *at, struct day_ref *out, struct err *err)
{
	struct str next = S("next "), last = S("last ");

	*out = (struct day_ref){.kind = DAY_FIELD};
	if (str_is(text, "on")) {
		out->kind = DAY_ON;
		return OK;
	}
	if (str_is(text, "year_start") && month_day(S("01-01"), 0, out))
		return OK;
	if (str_is(text, "year_end") && month_day(S("12-31"), 0, out))
		return OK;
	if (month_day(text, 0, out))
		return OK;
	if (str_starts(text, next) && month_day(str_sub(text, next.n, text.n), 1, out))
		return OK;
	if (str_starts(text, last) && month_day(str_sub(text, last.n, text.n), -1, out))
		return OK;
	if (date_parse(text, &out->day)) {
		out->kind = DAY_FIXED;
		return OK;
	}
	if (!t || day_like(text))
		return no_day(text, at, err);
	TRY(path_read(t, text, at, &out->path, err));
	if (out->path.field->type != TYPE_DATE && out->path.field->type != TYPE_PERIOD)
		return node_fail(at, err, "'" STR_FMT "' is no date", STR_ARG(text));
	return OK;
}

static enum err_code texts_of(struct arena *a, const struct node *v, struct texts *out, struct err *err)
{
	struct bind rule = {"values", BIND_TEXTS, true, 0};
	struct node key = {.kind = NODE_TEXT, .text = S("values")}, *keys = &key, *value = (struct node *)v;
	struct node one = {.kind = NODE_MAP, .n = 1, .keys = &keys, .items = &value};

	return bind_map(a, &one, &rule, 1, N_("where"), out, err);
}

/* Words to compare with: $owner and $each are filled in, no other; what is looked for in a text is taken as it is. */
static enum err_code words_of(
	struct arena *a, const struct node *v, enum cond_op op, struct texts *out, struct err *err)
{
	static const char *const asked[] = {"$owner", "$each"};

	TRY(texts_of(a, v, out, err));
	for (size_t i = 0; i < out->n; i++) {
		struct str s = out->p[i];
		const struct node *at = v->kind == NODE_LIST ? v->items[i] : v;
		const char *near;

		if (s.n < 2 || s.p[0] != '$' || s.p[1] < 'a' || s.p[1] > 'z')
			continue;
		if (!str_is(s, asked[0]) && !str_is(s, asked[1])) {
			near = nearest_name(s, asked, LEN(asked), sizeof *asked);
			if (near)
				return node_fail(at, err, "no word '" STR_FMT "'; did you mean '%s'?", STR_ARG(s),
					near);
			return node_fail(at, err, "no word '" STR_FMT "': $owner and $each are filled in",
				STR_ARG(s));
		}
		if (op == COND_LIKE || op == COND_WITHOUT)
			return node_fail(at, err, "'" STR_FMT "' goes with is, has, other_than and lacks", STR_ARG(s));
	}
	return OK;
}

static bool where_asks(const struct where *w, const char *word)
{
	for (size_t i = 0; i < w->n; i++)
		for (size_t k = 0; k < w->conds[i].values.n; k++)
			if (str_is(w->conds[i].values.p[k], word))
				return true;
	for (size_t i = 0; i < w->nany; i++)
		if (where_asks(&w->any[i], word))
			return true;
	return false;
}

bool wheres_ask(const struct where *w, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (where_asks(&w[i], word))
			return true;
	return false;
}

static enum err_code read_arg(struct arena *a, const struct record_type *t, const char *key, enum cond_arg arg,
	const struct node *v, struct cond *c, struct err *err)
{
	struct texts days;

	if (arg == ARG_TEXTS)
		return words_of(a, v, c->op, &c->values, err);
	if (arg == ARG_DAYS) {
		TRY(texts_of(a, v, &days, err));
		c->days = ARENA_ARRAY(a, struct day_ref, days.n);
		for (c->ndays = 0; c->ndays < days.n; c->ndays++)
			TRY(day_ref_read(t, days.p[c->ndays], v, &c->days[c->ndays], err));
		return OK;
	}
	if (v->kind != NODE_TEXT)
		return node_fail(v, err, "'%s' takes one value", key);
	if (arg == ARG_NUMBER)
		return thousandths(v->text, &c->thousandths) ? OK : node_fail(v, err, "'%s' takes a number", key);
	c->yes = str_is(v->text, "yes") || str_is(v->text, "year");
	if (arg == ARG_YES && !c->yes && !str_is(v->text, "no"))
		return node_fail(v, err, "'%s' must be yes or no", key);
	if (arg == ARG_YEAR && !c->yes && !str_is(v->text, "earlier"))
		return node_fail(v, err, "'%s' must be year or earlier", key);
	return OK;
}

static enum err_code read_op(struct arena *a, const struct record_type *t, const struct node *key, const struct node *v,
	struct cond *c, struct err *err)
{
	const char *near;

	for (size_t i = 0; i < LEN(ops); i++) {
		if (!str_is(key->text, ops[i].key))
			continue;
		c->op = ops[i].op;
		return read_arg(a, t, ops[i].key, ops[i].arg, v, c, err);
	}
	near = nearest_name(key->text, &ops[0].key, LEN(ops), sizeof *ops);
	if (near)
		return node_fail(key, err, "no condition '" STR_FMT "'; did you mean '%s'?", STR_ARG(key->text), near);
	return node_fail(key, err, "no condition '" STR_FMT "'; docs/scheme.md lists them", STR_ARG(key->text));
}

/* any: [{…}, {…}] */
static enum err_code read_any(
	struct arena *a, const struct record_type *t, const struct node *list, struct where *out, struct err *err)
{
	if (list->kind != NODE_LIST)
		return node_fail(list, err, "'any' must be a list of conditions");
	out->any = ARENA_ARRAY(a, struct where, list->n);
	for (out->nany = 0; out->nany < list->n; out->nany++)
		TRY(where_read(a, t, list->items[out->nany], &out->any[out->nany], err));
	return OK;
}

enum err_code where_read(
	struct arena *a, const struct record_type *t, const struct node *map, struct where *out, struct err *err)
{
	size_t cap = 0;

	*out = (struct where){0};
	if (!map)
		return OK;
	if (map->kind != NODE_MAP)
		return node_fail(map, err, "'where' must be a map of fields and values");
	for (size_t i = 0; i < map->n; i++) {
		const struct node *key = map->keys[i], *v = map->items[i];
		struct path path;

		if (str_is(key->text, "any")) {
			TRY(read_any(a, t, v, out, err));
			continue;
		}
		TRY(path_read(t, key->text, key, &path, err));
		if (v->kind != NODE_MAP) {
			struct cond *c = ARENA_PUSH(a, out->conds, out->n, cap);

			c->path = path;
			c->op = COND_IS;
			TRY(words_of(a, v, c->op, &c->values, err));
			continue;
		}
		for (size_t k = 0; k < v->n; k++) {
			struct cond *c = ARENA_PUSH(a, out->conds, out->n, cap);

			c->path = path;
			TRY(read_op(a, t, v->keys[k], v->items[k], c, err));
		}
	}
	return OK;
}

static enum err_code set_of_name(
	const struct scheme *s, const struct node *node, const struct map *named, struct set *out, struct err *err)
{
	const struct set *known = named ? map_get(named, node->text) : NULL;

	if (known) {
		*out = *known;
		return OK;
	}
	TRY(type_of(s, node->text, node, &out->of, err));
	out->date = out->of->day;
	out->node = node;
	return OK;
}

enum err_code set_read(struct arena *a, const struct scheme *s, const struct node *node, const struct map *named,
	struct set *out, struct err *err)
{
	struct text {
		struct str of, in, distinct, date;
		const struct node *where;
		bool outside;
	} x = {0};
	static const struct bind rules[] = {
		{"of", BIND_TEXT, false, offsetof(struct text, of)},
		{"in", BIND_TEXT, false, offsetof(struct text, in)},
		{"where", BIND_MAP, false, offsetof(struct text, where)},
		{"distinct", BIND_TEXT, false, offsetof(struct text, distinct)},
		{"date", BIND_TEXT, false, offsetof(struct text, date)},
		{"outside", BIND_YES, false, offsetof(struct text, outside)},
	};
	struct where *wheres;

	*out = (struct set){0};
	if (node->kind == NODE_TEXT)
		return set_of_name(s, node, named, out, err);
	TRY(bind_map(a, node, rules, LEN(rules), N_("the set"), &x, err));
	if (!x.of.n == !x.in.n)
		return node_fail(node, err, "a set needs 'of' (a record type) or 'in' (a set), one of them");
	TRY(set_of_name(s, x.of.n ? NODE_GET(node, "of") : NODE_GET(node, "in"), x.of.n ? NULL : named, out, err));
	out->node = node;
	out->outside |= x.outside;
	wheres = ARENA_ARRAY(a, struct where, out->nwheres + 1);
	for (size_t i = 0; i < out->nwheres; i++)
		wheres[i] = out->wheres[i];
	TRY(where_read(a, out->of, x.where, &wheres[out->nwheres++], err));
	out->wheres = wheres;
	if (x.distinct.n)
		TRY(path_read(out->of, x.distinct, NODE_GET(node, "distinct"), &out->distinct, err));
	if (x.date.n)
		TRY(field_of(out->of, x.date, NODE_GET(node, "date"), &out->date, err));
	return OK;
}
