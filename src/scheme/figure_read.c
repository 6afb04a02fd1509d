/* figures: of a scheme. A figure is a set and one measure, or parts; docs/scheme.md has the language. */
#include "scheme/figure_def.h"

#include "base/utf8.h"

/* ---- a figure or part: measure and what goes with it ---- */

struct expr_text {
	struct str of, in, duty, date, as, rows, sort;
	const struct node *where, *by, *all, *only, *measure;
	struct texts state, differ;
	int64_t digits;
	bool outside, once, ids;
};

static const struct bind own_rules[] = {
	{"of", BIND_TEXT, false, offsetof(struct expr_text, of)},
	{"in", BIND_TEXT, false, offsetof(struct expr_text, in)},
	{"duty", BIND_TEXT, false, offsetof(struct expr_text, duty)},
	{"where", BIND_MAP, false, offsetof(struct expr_text, where)},
	{"state", BIND_TEXTS, false, offsetof(struct expr_text, state)},
	{"date", BIND_TEXT, false, offsetof(struct expr_text, date)},
	{"outside", BIND_YES, false, offsetof(struct expr_text, outside)},
	{"by", BIND_NODE, false, offsetof(struct expr_text, by)},
	{"all", BIND_NODE, false, offsetof(struct expr_text, all)},
	{"only", BIND_NODE, false, offsetof(struct expr_text, only)},
	{"digits", BIND_INT, false, offsetof(struct expr_text, digits)},
	{"as", BIND_TEXT, false, offsetof(struct expr_text, as)},
	{"once", BIND_YES, false, offsetof(struct expr_text, once)},
	{"rows", BIND_TEXT, false, offsetof(struct expr_text, rows)},
	{"ids", BIND_YES, false, offsetof(struct expr_text, ids)},
	{"sort", BIND_TEXT, false, offsetof(struct expr_text, sort)},
	{"differ", BIND_TEXTS, false, offsetof(struct expr_text, differ)},
};

const struct measure figure_measures[] = {
#define M(fn, name, arg, with) {name, arg, with},
#include "tbl/measures.h"
#undef M
	{0}
};

/* Keys that not every measure may have beside it. */
static const struct {
	const char *key;
	unsigned with;
} options[] = {
	{"by", WITH_BY}, {"all", WITH_BY}, {"only", WITH_BY}, {"digits", WITH_DIGITS}, {"as", WITH_AS},
	{"once", WITH_ONCE}, {"rows", WITH_ROWS}, {"ids", WITH_IDS}, {"sort", WITH_SORT}, {"differ", WITH_DIFFER},
};

static size_t measures(void)
{
	size_t n = 0;

	while (figure_measures[n].name)
		n++;
	return n;
}

static enum err_code bind_expr(struct loader *l, const struct node *def, struct expr_text *t, struct err *err)
{
	size_t n = measures();
	struct bind *rules = ARENA_ARRAY(l->a, struct bind, LEN(own_rules) + n);

	for (size_t i = 0; i < LEN(own_rules); i++)
		rules[i] = own_rules[i];
	for (size_t i = 0; i < n; i++)
		rules[LEN(own_rules) + i] = (struct bind){figure_measures[i].name, BIND_NODE, false,
		                                          offsetof(struct expr_text, measure)};
	return bind_map(l->a, def, rules, LEN(own_rules) + n, N_("the figure"), t, err);
}

static enum err_code find_measure(const struct node *def, struct expr *x, const struct node **arg, struct err *err)
{
	x->measure = NULL;
	for (size_t i = 0; i < def->n; i++) {
		for (const struct measure *m = figure_measures; m->name; m++) {
			if (!str_is(def->keys[i]->text, m->name))
				continue;
			if (x->measure)
				return node_fail(def->keys[i], err, "a figure has one measure, not '%s' and '%s'",
				                 x->measure->name, m->name);
			x->measure = m;
			*arg = def->items[i];
		}
	}
	if (!x->measure)
		return node_fail(def, err, "the figure measures nothing: it needs one of count, sum, list …, or parts");
	for (size_t i = 0; i < LEN(options); i++) {
		const struct node *option = node_get(def, str_c(options[i].key));

		if (option && !(x->measure->with & options[i].with))
			return node_fail(option, err, "'%s' does not fit '%s'", options[i].key, x->measure->name);
	}
	return OK;
}

static enum err_code read_options(struct loader *l, const struct node *def, const struct expr_text *t, struct expr *x,
	struct err *err)
{
	x->once = t->once;
	x->ids = t->ids;
	x->digits = 1;
	if (NODE_GET(def, "digits")) {
		if (t->digits < 0 || t->digits > FIGURE_DIGITS)
			return node_fail(NODE_GET(def, "digits"), err, "'digits' must be from 0 to %d", FIGURE_DIGITS);
		x->digits = (int)t->digits;
	}
	if (t->as.n && !str_is(t->as, "percent"))
		return node_fail(NODE_GET(def, "as"), err, "'as' must be percent");
	x->percent = t->as.n != 0;
	if (t->rows.n && !str_is(t->rows, "nonzero"))
		return node_fail(NODE_GET(def, "rows"), err, "'rows' must be nonzero");
	x->nonzero = t->rows.n != 0;
	if (t->sort.n && str_is(t->sort, "row"))
		x->order = ORDER_ROW;
	else if (t->sort.n)
		x->order = ORDER_FIELD;
	if (x->order == ORDER_FIELD)
		TRY(figure_look_read(&x->from, NODE_GET(def, "sort"), &x->sort, err));
	if (t->differ.n)
		TRY(figure_differ_read(NODE_GET(def, "differ"), x, err));
	if ((t->all || t->only) && !t->by)
		return node_fail(t->all ? t->all : t->only, err, "'all' and 'only' go with 'by'");
	if (t->by)
		TRY(figure_by_read(l, &x->from, t->by, &x->by, err));
	if (t->all)
		TRY(figure_all_read(l, t->all, &x->by.all, err));
	if (t->only)
		TRY(figure_all_read(l, t->only, &x->by.all, err));
	x->by.only = t->only != NULL;
	return OK;
}

static enum err_code read_fields(struct loader *l, const struct node *arg, size_t least, size_t most, struct expr *x,
	struct err *err)
{
	size_t n = arg->kind == NODE_LIST ? arg->n : 1;

	if (n < least || n > most || arg->kind == NODE_MAP)
		return least == 2 ? node_fail(arg, err, "'%s' takes two fields", x->measure->name)
		       : most == 1 ? node_fail(arg, err, "'%s' takes a field", x->measure->name)
		                   : node_fail(arg, err, "'%s' takes a field or a list of fields", x->measure->name);
	x->at = ARENA_ARRAY(l->a, struct look_at, n);
	for (x->nat = 0; x->nat < n; x->nat++)
		TRY(figure_look_read(&x->from, arg->kind == NODE_LIST ? arg->items[x->nat] : arg, &x->at[x->nat], err));
	return OK;
}

static bool is_day(const struct look_at *at)
{
	if (at->look == LOOK_PATH)
		return at->path.field->type == TYPE_DATE || at->path.field->type == TYPE_PERIOD;
	return at->look == LOOK_DUE || at->look == LOOK_DONE_ON;
}

/* gap and days work on dates only: said on load. */
static enum err_code check_days(const struct node *arg, const struct expr *x, struct err *err)
{
	for (size_t i = 0; i < x->nat; i++)
		if ((x->measure->with & WITH_DIGITS) && !is_day(&x->at[i]))
			return node_fail(arg, err, "'%s' takes fields that are dates", x->measure->name);
	return OK;
}

static enum err_code read_args(struct loader *l, const struct node *arg, size_t least, size_t most, struct expr *x,
	struct err *err)
{
	size_t n = arg->kind == NODE_LIST ? arg->n : 1;

	if (most == 1 && arg->kind == NODE_LIST)
		return node_fail(arg, err, "'%s' takes one figure", x->measure->name);
	if (n < least || n > most)
		return node_fail(arg, err, "'%s' takes a list of %s figures", x->measure->name, most == 2 ? "2" : "…");
	x->args = ARENA_ARRAY(l->a, struct expr *, n);
	for (x->nargs = 0; x->nargs < n; x->nargs++)
		TRY(figure_expr_read(l, arg->kind == NODE_LIST ? arg->items[x->nargs] : arg, &x->from,
		                     &x->args[x->nargs], err));
	return OK;
}

/* A name in the parts means the part beside it, where there is one, before it means a figure. */
static void find_parts(struct expr *parts, struct expr *x)
{
	for (size_t i = 0; x->ref.n && !x->part && i < parts->nargs; i++)
		if (parts->args[i] != x && str_eq(parts->names[i], x->ref))
			x->part = parts->args[i];
	for (size_t i = 0; i < x->nargs; i++)
		find_parts(parts, x->args[i]);
}

/* A part without its title; {title: …, figure: NAME} is NAME. */
static enum err_code take_title(struct loader *l, const struct node *def, struct str *title, const struct node **out,
	struct err *err)
{
	const struct node *said = NODE_GET(def, "title"), *name = NODE_GET(def, "figure");
	struct node *rest;

	*out = said && name && name->kind == NODE_TEXT && def->n == 2 ? name : def;
	if (said && said->kind != NODE_TEXT)
		return node_fail(said, err, "'%s' must be a text", "title");
	if (said)
		*title = said->text;
	if (!said || *out != def)
		return OK;
	rest = node_map(l->a);
	rest->line = def->line;
	rest->col = def->col;
	for (size_t i = 0; i < def->n; i++)
		if (def->items[i] != said)
			node_put(l->a, rest, def->keys[i], def->items[i]);
	*out = rest;
	return OK;
}

static enum err_code read_parts(struct loader *l, const struct node *arg, struct expr *x, struct err *err)
{
	if (arg->kind != NODE_MAP || !arg->n)
		return node_fail(arg, err, "'parts' must be a map of names and figures");
	x->args = ARENA_ARRAY(l->a, struct expr *, arg->n);
	x->names = ARENA_ARRAY(l->a, struct str, arg->n);
	x->plain = ARENA_ARRAY(l->a, struct str, arg->n);
	x->titles = ARENA_ARRAY(l->a, struct str, arg->n);
	for (x->nargs = 0; x->nargs < arg->n; x->nargs++) {
		const struct node *part;

		x->names[x->nargs] = arg->keys[x->nargs]->text;
		x->plain[x->nargs] = utf8_squeeze(l->a, x->names[x->nargs]);
		TRY(take_title(l, arg->items[x->nargs], &x->titles[x->nargs], &part, err));
		TRY(figure_expr_read(l, part, &x->from, &x->args[x->nargs], err));
	}
	for (size_t i = 0; i < x->nargs; i++)
		find_parts(x, x->args[i]);
	return OK;
}

static enum err_code read_arg(struct loader *l, const struct node *arg, struct expr *x, struct err *err)
{
	switch (x->measure->arg) {
	case ARG_SET:
		return OK;
	case ARG_REVIEWS:
		if (arg->kind != NODE_TEXT || !str_is(arg->text, "reviews"))
			return node_fail(arg, err, "'overdue' takes 'reviews'");
		if (x->from.kind != OVER_RECORDS || !NODE_GET(x->from.type->node, "risk"))
			return node_fail(arg, err, "'overdue: reviews' is of records that say what of a risk (risk:)");
		return OK;
	case ARG_FIELDS:
		return read_fields(l, arg, 1, 16, x, err);
	case ARG_FIELD:
		TRY(read_fields(l, arg, 1, 1, x, err));
		return check_days(arg, x, err);
	case ARG_TWO_FIELDS:
		TRY(read_fields(l, arg, 2, 2, x, err));
		return check_days(arg, x, err);
	case ARG_LIST:
		return figure_list_read(l, arg, x, err);
	case ARG_TWO:
		return read_args(l, arg, 2, 2, x, err);
	case ARG_MANY:
		return read_args(l, arg, 1, 64, x, err);
	case ARG_ONE:
		return read_args(l, arg, 1, 1, x, err);
	case ARG_PARTS:
		return read_parts(l, arg, x, err);
	}
	BUG("measure '%s'", x->measure->name);
}

static enum err_code read_text(struct loader *l, const struct node *def, struct expr *x, struct err *err)
{
	if (!str_is(def->text, "count")) {
		x->ref = def->text;
		*ARENA_PUSH(l->a, l->refs, l->nrefs, l->cap) = x;
		return OK;
	}
	x->measure = figure_measures;
	if (x->from.kind == OVER_NOTHING)
		return node_fail(def, err, "'count' needs a set: 'of', 'in' or 'duty'");
	return OK;
}

enum err_code figure_expr_read(struct loader *l, const struct node *def, const struct source *from, struct expr **out,
	struct err *err)
{
	struct expr *x = ARENA_NEW(l->a, struct expr);
	struct expr_text t = {0};
	const struct node *arg = NULL;

	*x = (struct expr){.figure = l->figure, .node = def};
	if (from)
		x->from = *from;
	*out = x;
	if (def->kind == NODE_TEXT)
		return read_text(l, def, x, err);
	if (l->depth >= FIGURE_DEPTH)
		return node_fail(def, err, "figures are nested deeper than %d", FIGURE_DEPTH);
	TRY(bind_expr(l, def, &t, err));
	TRY(find_measure(def, x, &arg, err));
	TRY(figure_source_read(l, def, from, &x->from, err));
	if (x->measure->arg < ARG_PARTS && x->from.kind == OVER_NOTHING)
		return node_fail(def, err, "'%s' needs a set: 'of', 'in' or 'duty'", x->measure->name);
	l->depth++;
	TRY(read_arg(l, arg, x, err));
	l->depth--;
	return read_options(l, def, &t, x, err);
}
