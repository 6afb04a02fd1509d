/* What a figure of a scheme looks at: sets, slots of duties, fields, keys, lists. */
#include "scheme/figure_def.h"

/* ---- sets and duties ---- */

/* The keys of a set alone, for set_read. name: what count: TYPE gives instead of of or in. */
static struct node *set_node(struct loader *l, const struct node *def, const struct node *name)
{
	static const char *const keys[] = {"of", "in", "where", "date", "outside"};
	struct node *out = node_map(l->a);
	bool known = name && map_get(&l->sets, name->text);

	out->line = def->line;
	out->col = def->col;
	if (name)
		node_put(l->a, out, node_str(l->a, known ? S("in") : S("of")), (struct node *)name);
	for (size_t i = 0; i < LEN(keys); i++) {
		struct node *v = node_get(def, str_c(keys[i]));

		if (v)
			node_put(l->a, out, node_str(l->a, str_c(keys[i])), v);
	}
	return out;
}

static enum err_code known_set(struct loader *l, const struct node *in, struct err *err)
{
	const char **names = ARENA_ARRAY(l->a, const char *, l->sets.n), *near;

	if (!in || map_get(&l->sets, in->text))
		return OK;
	for (size_t i = 0; i < l->sets.n; i++)
		names[i] = l->sets.items[i].key.p;
	near = nearest_name(in->text, names, l->sets.n, sizeof *names);
	if (near)
		return node_fail(in, err, "no figure '" STR_FMT "' over records stands above; did you mean '%s'?",
		                 STR_ARG(in->text), near);
	return node_fail(in, err, "no figure '" STR_FMT "' over records stands above", STR_ARG(in->text));
}

enum { REQUIRED_STATES = 1 << SLOT_MET | 1 << SLOT_LATE | 1 << SLOT_MISSED | 1 << SLOT_PENDING };

static enum err_code read_duty(struct loader *l, const struct node *id, struct source *out, struct err *err)
{
	const char **names = ARENA_ARRAY(l->a, const char *, l->s->nduties), *near;

	*out = (struct source){.kind = OVER_SLOTS, .states = REQUIRED_STATES, .duty = scheme_duty(l->s, id->text)};
	for (size_t i = 0; i < l->s->nduties; i++)
		names[i] = l->s->duties[i].id.p;
	near = nearest_name(id->text, names, l->s->nduties, sizeof *names);
	if (!out->duty && near)
		return node_fail(id, err, "no duty '" STR_FMT "'; did you mean '%s'?", STR_ARG(id->text), near);
	if (!out->duty)
		return node_fail(id, err, "no duty '" STR_FMT "' in this scheme", STR_ARG(id->text));
	for (size_t i = 0; i < out->duty->nneeds; i++) {
		const struct need *n = &out->duty->needs[i];

		if (n->takes && (!out->type || out->type == n->take.of))
			out->type = n->take.of;
		else
			return OK;      /* of several types, or of none: no conditions on records */
	}
	return OK;
}

static enum err_code read_states(const struct node *def, struct source *out, struct err *err)
{
	static const struct {
		const char *word;
		unsigned states;
	} words[] = {
		{"met", 1u << SLOT_MET}, {"late", 1u << SLOT_LATE}, {"missed", 1u << SLOT_MISSED},
		{"pending", 1u << SLOT_PENDING}, {"done", 1u << SLOT_MET | 1u << SLOT_LATE},
		{"to_date", 1u << SLOT_MET | 1u << SLOT_LATE | 1u << SLOT_MISSED},
		{"excused", 1u << SLOT_EXCUSED}, {"not_applicable", 1u << SLOT_NOT_APPLICABLE},
	};
	const struct node *state = NODE_GET(def, "state");
	unsigned states = 0;

	if (!state)
		return OK;
	if (out->kind != OVER_SLOTS)
		return node_fail(state, err, "'state' goes with 'duty'");
	for (size_t i = 0; i < (state->kind == NODE_LIST ? state->n : 1); i++) {
		const struct node *one = state->kind == NODE_LIST ? state->items[i] : state;
		unsigned before = states;

		for (size_t k = 0; k < LEN(words); k++)
			if (str_is(one->text, words[k].word))
				states |= words[k].states;
		if (before == states)
			return node_fail(one, err, "no state '" STR_FMT "': met, late, missed, pending, done, to_date, "
			                 "excused or not_applicable are", STR_ARG(one->text));
	}
	/* What is excused or does not apply is nobody's duty: it is there where it is asked for. */
	out->states = (out->states == REQUIRED_STATES ? (1u << SLOT_STATES) - 1 : out->states) & states;
	return OK;
}

static enum err_code asks_nobody(const struct where *w, size_t n, const struct node *at, struct err *err)
{
	if (wheres_ask(w, n, "$owner") || wheres_ask(w, n, "$each"))
		return node_fail(at, err, "a figure has no $owner and no $each: a duty's slots do");
	return OK;
}

static enum err_code narrow(struct loader *l, struct source *out, const struct node *where, struct err *err)
{
	struct where **wheres = out->kind == OVER_SLOTS ? &out->wheres : &out->set.wheres;
	size_t *n = out->kind == OVER_SLOTS ? &out->nwheres : &out->set.nwheres;
	struct where *more = ARENA_ARRAY(l->a, struct where, *n + 1);

	if (!where)
		return OK;
	if (out->kind == OVER_NOTHING)
		return node_fail(where, err, "conditions need a set: 'of', 'in' or 'duty'");
	if (!out->type)
		return node_fail(where, err, "the records of this duty are of no one type");
	for (size_t i = 0; i < *n; i++)
		more[i] = (*wheres)[i];
	TRY(where_read(l->a, out->type, where, &more[*n], err));
	TRY(asks_nobody(&more[*n], 1, where, err));
	*wheres = more;
	(*n)++;
	return OK;
}

enum err_code figure_source_read(struct loader *l, const struct node *def, const struct source *from,
	struct source *out, struct err *err)
{
	const struct node *count = NODE_GET(def, "count"), *of = NODE_GET(def, "of"), *in = NODE_GET(def, "in");
	const struct node *duty = NODE_GET(def, "duty"), *where = NODE_GET(def, "where");
	const struct node *name = count && count->kind == NODE_TEXT && !str_is(count->text, "all") ? count : NULL;
	bool own = of || in || duty || name;

	if ((of != NULL) + (in != NULL) + (duty != NULL) + (name != NULL) > 1)
		return node_fail(def, err, "a figure takes its records by one of 'of', 'in', 'duty' and 'count: TYPE'");
	if (count && count->kind == NODE_LIST)
		return node_fail(count, err, "'count' takes all, a record type or conditions");
	TRY(known_set(l, in, err));
	if (of || in || name) {
		*out = (struct source){.kind = OVER_RECORDS};
		TRY(set_read(l->a, l->s, set_node(l, def, name), &l->sets, &out->set, err));
		TRY(asks_nobody(out->set.wheres, out->set.nwheres, def, err));
		out->type = out->set.of;
	} else {
		*out = from ? *from : (struct source){0};
		if (duty)
			TRY(read_duty(l, duty, out, err));
		TRY(narrow(l, out, where, err));
		if (NODE_GET(def, "date") || NODE_GET(def, "outside"))
			return node_fail(def, err, "'date' and 'outside' go with 'of' or 'in'");
	}
	if (own || where || NODE_GET(def, "state") || (count && count->kind == NODE_MAP))
		out->self = out;      /* else the same items as from */
	TRY(read_states(def, out, err));
	return count && count->kind == NODE_MAP ? narrow(l, out, count, err) : OK;
}

/* ---- fields ---- */

static const struct {
	const char *name;
	enum look look;
} slot_fields[] = {
	{"owner", LOOK_OWNER}, {"object", LOOK_OBJECT}, {"label", LOOK_LABEL}, {"state", LOOK_STATE}, {"due", LOOK_DUE},
	{"done_on", LOOK_DONE_ON}, {"done", LOOK_DONE}, {"rows", LOOK_ROWS}, {"holder", LOOK_HOLDER},
};

static enum err_code look_read(const struct source *from, struct str name, const struct node *at, struct look_at *out,
	struct err *err)
{
	const char *near;

	*out = (struct look_at){0};
	if (from->kind == OVER_NOTHING)
		return node_fail(at, err, "a field needs a set: 'of', 'in' or 'duty'");
	if (from->kind == OVER_RECORDS && str_is(name, "$row")) {
		out->look = LOOK_ROW;
		return OK;
	}
	if (from->kind == OVER_RECORDS)
		return path_read(from->type, name, at, &out->path, err);
	for (size_t i = 0; i < LEN(slot_fields); i++) {
		if (str_is(name, slot_fields[i].name)) {
			out->look = slot_fields[i].look;
			return OK;
		}
	}
	near = nearest_name(name, &slot_fields[0].name, LEN(slot_fields), sizeof *slot_fields);
	if (near)
		return node_fail(at, err, "a slot has no '" STR_FMT "'; did you mean '%s'?", STR_ARG(name), near);
	return node_fail(at, err, "a slot has no '" STR_FMT "'; it has owner, object, label, state, due, done_on, done,"
	                 " rows and holder", STR_ARG(name));
}

enum err_code figure_look_read(const struct source *from, const struct node *name, struct look_at *out,
	struct err *err)
{
	if (name->kind != NODE_TEXT)
		return node_fail(name, err, "expected the name of a field");
	return look_read(from, name->text, name, out, err);
}

/* ---- keys ---- */

enum err_code figure_by_read(struct loader *l, const struct source *from, const struct node *by, struct group *out,
	struct err *err)
{
	struct text {
		struct str month, lookup, of;
	} t = {0};
	static const struct bind rules[] = {
		{"month", BIND_TEXT, false, offsetof(struct text, month)},
		{"lookup", BIND_TEXT, false, offsetof(struct text, lookup)},
		{"of", BIND_TEXT, false, offsetof(struct text, of)},
	};

	*out = (struct group){.kind = BY_FIELD};
	if (by->kind == NODE_TEXT)
		return figure_look_read(from, by, &out->at, err);
	TRY(bind_map(l->a, by, rules, LEN(rules), N_("by"), &t, err));
	if ((t.month.n != 0) == (t.lookup.n != 0) || (t.lookup.n != 0) != (t.of.n != 0))
		return node_fail(by, err, "'by' takes a field, {month: FIELD} or {lookup: NAME, of: FIELD}");
	out->kind = t.month.n ? BY_MONTH : BY_LOOKUP;
	out->lookup = t.lookup;
	TRY(figure_look_read(from, t.month.n ? NODE_GET(by, "month") : NODE_GET(by, "of"), &out->at, err));
	if (t.month.n && out->at.look == LOOK_PATH && out->at.path.field->type != TYPE_DATE &&
	    out->at.path.field->type != TYPE_PERIOD)
		return node_fail(by, err, "'month' takes a date");
	return OK;
}

enum err_code figure_all_read(struct loader *l, const struct node *all, struct texts *out, struct err *err)
{
	if (all->kind == NODE_TEXT) {
		for (size_t i = 0; i < l->s->nlists; i++) {
			if (str_eq(l->s->lists[i].name, all->text)) {
				*out = l->s->lists[i].values;
				return OK;
			}
		}
		return no_list(l->s, all->text, all, err);
	}
	if (all->kind != NODE_LIST)
		return node_fail(all, err, "expected the name of a list, or a list of words");
	out->p = ARENA_ARRAY(l->a, struct str, all->n);
	for (out->n = 0; out->n < all->n; out->n++) {
		if (all->items[out->n]->kind != NODE_TEXT)
			return node_fail(all->items[out->n], err, "expected the name of a list, or a list of words");
		out->p[out->n] = all->items[out->n]->text;
	}
	return OK;
}

/* ---- lists ---- */

static enum err_code read_piece(struct loader *l, const struct source *from, struct str name, const struct node *at,
	struct piece *out, struct err *err)
{
	struct str rest = name, field;

	out->field = true;
	str_cut(&rest, S(":"), &field);
	TRY(look_read(from, field, at, &out->at, err));
	if (!rest.p)
		return OK;
	if (!str_is(rest, "unit") || out->at.look != LOOK_PATH || out->at.path.link)
		return node_fail(at, err, "'{" STR_FMT "}': only {FIELD} and {FIELD:unit} of the record are known",
		                 STR_ARG(name));
	out->unit = true;
	out->unit_key = arena_printf(l->a, STR_FMT "__unit", STR_ARG(field));
	return OK;
}

/* "{name} {number:unit}" */
static enum err_code read_template(struct loader *l, const struct node *arg, struct expr *x, struct err *err)
{
	struct str rest = arg->text, text, name;
	size_t cap = 0;

	while (str_cut(&rest, S("{"), &text)) {
		if (text.n)
			ARENA_PUSH(l->a, x->pieces, x->npieces, cap)->text = text;
		if (!rest.p)
			break;
		if (!str_has(rest, S("}")))
			return node_fail(arg, err, "a '{' without '}'");
		str_cut(&rest, S("}"), &name);
		TRY(read_piece(l, &x->from, name, arg, ARENA_PUSH(l->a, x->pieces, x->npieces, cap), err));
	}
	return OK;
}

static enum err_code read_column(struct loader *l, const struct source *from, const struct node *def,
	struct column *out, struct err *err)
{
	struct text {
		struct str count, link;
		const struct node *fits, *where;
	} t = {0};
	static const struct bind rules[] = {
		{"fits", BIND_MAP, false, offsetof(struct text, fits)},
		{"count", BIND_TEXT, false, offsetof(struct text, count)},
		{"link", BIND_TEXT, false, offsetof(struct text, link)},
		{"where", BIND_MAP, false, offsetof(struct text, where)},
	};
	const struct node *link = NODE_GET(def, "link");

	if (def->kind == NODE_TEXT)
		return figure_look_read(from, def, &out->at, err);
	TRY(bind_map(l->a, def, rules, LEN(rules), N_("the entry"), &t, err));
	if ((t.fits != NULL) == (t.count.n != 0) || (t.count.n != 0) != (t.link.n != 0) || (t.where && !t.count.n))
		return node_fail(def, err, "an entry is a field, {fits: CONDITIONS} or {count: TYPE, link: FIELD}");
	out->kind = t.fits ? COLUMN_FITS : COLUMN_COUNT;
	if (t.fits && !from->type)
		return node_fail(def, err, "the records of this duty are of no one type");
	if (t.fits)
		return where_read(l->a, from->type, t.fits, &out->fits, err);
	TRY(set_read(l->a, l->s, set_node(l, def, NODE_GET(def, "count")), &l->sets, &out->set, err));
	TRY(field_of(out->set.of, t.link, link, &out->link, err));
	if (from->kind != OVER_RECORDS || out->link->link_type != from->type)
		return node_fail(link, err, "'" STR_FMT "' names no record of this set", STR_ARG(t.link));
	return OK;
}

enum err_code figure_list_read(struct loader *l, const struct node *arg, struct expr *x, struct err *err)
{
	if (arg->kind == NODE_TEXT && str_has(arg->text, S("{")))
		return read_template(l, arg, x, err);
	if (arg->kind == NODE_TEXT) {
		x->at = ARENA_NEW(l->a, struct look_at);
		x->nat = 1;
		return figure_look_read(&x->from, arg, x->at, err);
	}
	if (arg->kind != NODE_MAP || !arg->n)
		return node_fail(arg, err, "'list' takes a field, a text with {fields}, or a map of names and fields");
	x->columns = ARENA_ARRAY(l->a, struct column, arg->n);
	for (; x->ncolumns < arg->n; x->ncolumns++) {
		x->columns[x->ncolumns].name = arg->keys[x->ncolumns]->text;
		TRY(read_column(l, &x->from, arg->items[x->ncolumns], &x->columns[x->ncolumns], err));
	}
	return OK;
}

enum err_code figure_differ_read(const struct node *differ, struct expr *x, struct err *err)
{
	if (differ->kind != NODE_LIST || differ->n != 2)
		return node_fail(differ, err, "'differ' takes two entries of the list");
	for (size_t i = 0; i < 2; i++) {
		for (size_t k = 0; k < x->ncolumns; k++)
			if (str_eq(x->columns[k].name, differ->items[i]->text))
				x->differ[i] = &x->columns[k];
		if (!x->differ[i])
			return node_fail(differ->items[i], err, "the list has no entry '" STR_FMT "'",
			                 STR_ARG(differ->items[i]->text));
	}
	return OK;
}
