/* A need: its form, the keys that go with it, what all forms share. */
#include "scheme/scheme_need.h"

#include <stdarg.h>
#include <stdio.h>

enum err_code no_word(const struct node *at, const char *near, struct err *err, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, tr(err->lang, fmt), ap);
	va_end(ap);
	if (near)
		return node_fail(at, err, "%s; did you mean '%s'?", text, near);
	return node_fail(at, err, "%s", text);
}

enum err_code need_field(const struct record_type *of, struct str name, const struct node *at, enum field_type type,
	const struct field **out, struct err *err)
{
	TRY(field_of(of, name, at, out, err));
	if ((*out)->type != type)
		return node_fail(at, err, "field '" STR_FMT "' is of type %s; a %s is needed here", STR_ARG(name),
		                 field_type_name((*out)->type), field_type_name(type));
	return OK;
}

enum err_code need_number(const struct record_type *of, struct str name, const struct node *at,
	const struct field **out, struct err *err)
{
	TRY(field_of(of, name, at, out, err));
	if ((*out)->type != TYPE_NUMBER && (*out)->type != TYPE_COUNT && (*out)->type != TYPE_MONEY)
		return node_fail(at, err, "field '" STR_FMT "' is of type %s; a number, count or money is needed here",
		                 STR_ARG(name), field_type_name((*out)->type));
	return OK;
}

/* ---- forms ---- */

#define F(form) (1u << NEED_##form)

/* Keys of some forms only; others go with each. */
static const struct {
	const char *key;
	unsigned forms;
	const char *where;
} fits[] = {
	{"count", F(COUNT) | F(BY), N_("count or by")},
	{"per", F(COUNT), N_("count")},
	{"enough", F(EACH), N_("each")},
	{"period", F(EACH), N_("each")},
	{"days", F(EACH), N_("each")},
	{"hours", F(EACH), N_("each")},
	{"start", F(EACH), N_("each")},
	{"end", F(EACH), N_("each")},
	{"grace", F(COUNT) | F(EACH), N_("count or each")},
	{"apart", F(COUNT) | F(EACH), N_("count or each")},
	{"from", F(COUNT) | F(EACH) | F(ON) | F(BY), N_("count, each, on or by")},
	{"to", F(COUNT) | F(EACH) | F(ON), N_("count, each or on")},
	{"except", F(COUNT) | F(EACH) | F(ON), N_("count, each or on")},
	{"window", F(ON), N_("on")},
	{"shift", F(EACH) | F(ON) | F(BY) | F(WHEN) | F(HOLDS) | F(REACH), N_("each, on, by, when, holds or reach")},
	{"time", F(COUNT) | F(EACH) | F(WHEN), N_("count, each or when")},
	{"due", F(EACH) | F(WHEN), N_("each or when")},
	{"within", F(WHEN), N_("when")},
	{"extend", F(WHEN), N_("when")},
	{"done", F(WHEN), N_("when")},
	{"done_on", F(WHEN), N_("when")},
	{"done_time", F(WHEN), N_("when")},
	{"times", F(WHEN), N_("when")},
	{"done_times", F(WHEN), N_("when")},
};

static enum err_code keys_fit(const struct node *def, enum need_form form, struct err *err)
{
	for (size_t i = 0; i < def->n; i++)
		for (size_t k = 0; k < LEN(fits); k++)
			if (str_is(def->keys[i]->text, fits[k].key) && !(fits[k].forms >> form & 1))
				return node_fail(def->keys[i], err,
				                 "'%s' does not go with this form of need: it goes with %s",
				                 fits[k].key, tr(err->lang, fits[k].where));
	return OK;
}

/* The form that the keys given make; more than one, or none, is an error. */
static enum err_code form_of(const struct need_text *t, const struct node *at, enum need_form *out, struct err *err)
{
	const struct {
		bool given;
		enum need_form form;
	} forms[] = {
		{t->counts && !t->by, NEED_COUNT},
		{t->each != NULL, NEED_EACH},
		{t->on != NULL, NEED_ON},
		{t->by && !t->reach, NEED_BY},
		{t->when != NULL, NEED_WHEN},
		{t->holds.n > 0, NEED_HOLDS},
		{t->reach != NULL, NEED_REACH},
	};
	int n = 0;

	for (size_t i = 0; i < LEN(forms); i++) {
		if (!forms[i].given)
			continue;
		*out = forms[i].form;
		n++;
	}
	if (n != 1)
		return node_fail(
			at, err, "a need has one form: count and per, each, on, by, when, holds, or by and reach");
	return OK;
}

static enum err_code read_form(const struct need_read *x, struct need *n, struct err *err)
{
	switch (n->form) {
	case NEED_COUNT:
		return need_read_count(x, n, err);
	case NEED_EACH:
		return need_read_each(x, n, err);
	case NEED_ON:
		return need_read_on(x, n, err);
	case NEED_BY:
		return need_read_by(x, n, err);
	case NEED_WHEN:
		return need_read_when(x, n, err);
	case NEED_HOLDS:
		if (n->neach != 1 || n->each[0].kind != EACH_RECORDS)
			return node_fail(x->def, err, "'holds' needs 'for_each' with records");
		return need_field(
			n->each[0].set.of, x->t->holds, NODE_GET(x->def, "holds"), TYPE_DATE, &n->until, err);
	case NEED_REACH:
		return need_read_reach(x, n, err);
	}
	return OK;
}

/* ---- for_each ---- */

static enum err_code read_each_of(const struct need_read *x, const struct node *v, struct each_of *out, struct err *err)
{
	static const char *const words[] = {"portfolio", "bodies"};

	if (v->kind == NODE_TEXT) {
		const char *near;

		if (str_is(v->text, "portfolio"))
			out->kind = EACH_PORTFOLIO;
		else if (str_is(v->text, "bodies"))
			out->kind = EACH_BODIES;
		else if (text_after(v->text, "units:", &out->of))
			out->kind = EACH_UNITS;
		else if (text_after(v->text, "posts:", &out->of))
			out->kind = EACH_POSTS;
		else if (text_after(v->text, "words:", &out->of))
			out->kind = EACH_WORDS;
		if (out->kind != EACH_NONE)
			return OK;
		near = nearest_name(v->text, words, LEN(words), sizeof *words);
		if (near && !map_get(x->sets, v->text) && !scheme_type(x->s, v->text))
			return node_fail(v, err, "'for_each' knows no '" STR_FMT "'; did you mean '%s'?",
			                 STR_ARG(v->text), near);
	}
	out->kind = EACH_RECORDS;
	return set_read(x->a, x->s, v, x->sets, &out->set, err);
}

static enum err_code read_for_each(const struct need_read *x, struct need *n, struct err *err)
{
	const struct node *v = x->t->for_each;
	size_t count = v && v->kind == NODE_LIST ? v->n : v ? 1 : 0;

	n->each = ARENA_ARRAY(x->a, struct each_of, count);
	for (n->neach = 0; n->neach < count; n->neach++)
		TRY(read_each_of(x, v->kind == NODE_LIST ? v->items[n->neach] : v, &n->each[n->neach], err));
	return OK;
}

/* ---- labels, lateness ---- */

/* What a label's field is of: the record that opens the slot, or the object. */
static const struct record_type *labelled(const struct need *n)
{
	if (n->form == NEED_WHEN)
		return n->then.of;
	return n->neach == 1 && n->each[0].kind == EACH_RECORDS ? n->each[0].set.of : NULL;
}

static enum err_code read_label(const struct need_text *t, const struct node *def, struct need *n, struct err *err)
{
	const struct record_type *of = labelled(n);
	struct str name;

	n->label = t->label;
	if (!text_after(t->label, "field:", &name))
		return OK;
	n->label = STR_NONE;
	if (!of)
		return node_fail(NODE_GET(def, "label"), err, "there is no record here whose field could be the label");
	return field_of(of, name, NODE_GET(def, "label"), &n->label_field, err);
}

static enum err_code read_late(const struct need_text *t, const struct node *def, struct need *n, struct err *err)
{
	if (t->late.n && !str_is(t->late, "counts") && !str_is(t->late, "never"))
		return node_fail(NODE_GET(def, "late"), err, "'late' is counts or never");
	if (str_is(t->late, "counts") && (n->form == NEED_COUNT || (n->form == NEED_EACH && !n->period)))
		return node_fail(NODE_GET(def, "late"), err,
			"a period gone by is not repaired, so nothing is late here; 'late: counts' goes with 'period', "
			"'by', 'when', 'on' or 'holds'");
	n->late_counts |= n->form == NEED_HOLDS;                   /* a review day is a due day of its own */
	n->late_never = n->late_counts && str_is(t->late, "never");
	n->late_counts |= str_is(t->late, "counts");
	return OK;
}

static enum err_code read_shift(const struct need_text *t, const struct node *def, struct need *n, struct err *err)
{
	if (!t->shift.n)
		return OK;
	if (str_is(t->shift, "next"))
		n->shift = SHIFT_NEXT;
	else if (str_is(t->shift, "previous"))
		n->shift = SHIFT_PREVIOUS;
	else
		return node_fail(NODE_GET(def, "shift"), err, "'shift' is next or previous");
	if (n->form == NEED_EACH && !n->period)
		return node_fail(
			NODE_GET(def, "shift"), err, "'shift' goes with 'period' here: a period itself does not move");
	return OK;
}

static enum err_code read_ends(const struct need_text *t, const struct node *def, struct need *n, struct err *err)
{
	if (t->start.n) {
		TRY(day_ref_read(labelled(n), t->start, NODE_GET(def, "start"), &n->start, err));
		n->has_start = true;
	}
	if (t->end.n) {
		TRY(day_ref_read(labelled(n), t->end, NODE_GET(def, "end"), &n->end, err));
		n->has_end = true;
	}
	return OK;
}

/* $each means something where there are objects or several owners, or behind `when` the label of what arose. */
static enum err_code each_known(const struct need *n, const struct node *def, struct err *err)
{
	const struct set *s = &n->take;

	if (n->neach || n->label_field || n->owner.kind == OWNER_EACH_POST || n->owner.kind == OWNER_EACH_UNIT ||
	    n->owner.kind == OWNER_EACH_BODY || !n->takes || !wheres_ask(s->wheres, s->nwheres, "$each"))
		return OK;
	if (n->form == NEED_WHEN)
		return node_fail(NODE_GET(def, "take"), err,
			"$each is what 'label: field:FIELD' says of the record that arose; 'label' is missing");
	return node_fail(NODE_GET(def, "take"), err, "$each is an object of 'for_each', which is missing");
}

/* What each holder owes alone. */
static enum err_code personal_fits(const struct need *n, const struct node *def, struct err *err)
{
	if (n->owner.kind != OWNER_POST && n->owner.kind != OWNER_EACH_POST)
		return node_fail(def, err, "a personal duty is owed by a post or each post of a role");
	if (n->neach)
		return node_fail(NODE_GET(def, "for_each"), err, "a personal duty has no 'for_each'");
	if (n->form != NEED_COUNT && n->form != NEED_EACH && n->form != NEED_ON && n->form != NEED_BY)
		return node_fail(def, err, "a personal duty is of the form count, each, on or by");
	if (n->grace)
		return node_fail(NODE_GET(def, "grace"), err, "a personal duty has no 'grace': the tenure ends it");
	return OK;
}

enum err_code need_read_one(struct arena *a, const struct scheme *s, const struct node *def, const struct map *sets,
	const struct duty *d, struct need *n, struct err *err)
{
#define TEXT(key, member) {key, BIND_TEXT, false, offsetof(struct need_text, member)}
#define NODE(key) {#key, BIND_NODE, false, offsetof(struct need_text, key)}
#define MAP_KEY(key) {#key, BIND_MAP, false, offsetof(struct need_text, key)}
	static const struct bind rules[] = {
		TEXT("owner", owner), {"count", BIND_INT, false, offsetof(struct need_text, count)}, TEXT("per", per),
		NODE(each), NODE(enough), NODE(on), TEXT("from", from), TEXT("to", to), TEXT("except", except),
		TEXT("window", window), NODE(by), NODE(for_each), NODE(when), TEXT("times", times), MAP_KEY(done),
		TEXT("done_times", done_times), TEXT("done_on", done_on), NODE(take), TEXT("within", within),
		TEXT("holds", holds), MAP_KEY(reach), TEXT("period", period), TEXT("start", start), TEXT("end", end),
		TEXT("late", late), TEXT("label", label), TEXT("shift", shift), TEXT("time", time),
		TEXT("done_time", done_time), TEXT("due", due), TEXT("grace", grace), TEXT("apart", apart), NODE(days),
		MAP_KEY(hours), MAP_KEY(extend),
	};
	struct need_text t = {0};
	struct need_read x = {a, s, sets, def, &t};
	bool takes;

	TRY(bind_map(a, def, rules, LEN(rules), N_("the need"), &t, err));
	n->node = def;
	n->owner = d->owner;
	n->personal = d->personal;
	t.counts = NODE_GET(def, "count") != NULL;
	if (t.owner.n)
		TRY(owner_read(s, t.owner, NODE_GET(def, "owner"), &n->owner, err));
	TRY(form_of(&t, def, &n->form, err));
	TRY(keys_fit(def, n->form, err));
	TRY(read_for_each(&x, n, err));
	if (t.take) {
		TRY(set_read(a, s, t.take, sets, &n->take, err));
		n->takes = true;
	}
	takes = n->form != NEED_WHEN && n->form != NEED_HOLDS && n->form != NEED_REACH;
	if (takes && !n->takes)
		return node_fail(def, err, "%s lacks '%s'", tr(err->lang, N_("the need")), "take");
	TRY(read_form(&x, n, err));
	TRY(read_ends(&t, def, n, err));
	TRY(read_shift(&t, def, n, err));
	TRY(owner_check(n, NODE_GET(def, "owner") ? NODE_GET(def, "owner") : NODE_GET(d->node, "owner"), err));
	if (n->personal)
		TRY(personal_fits(n, def, err));
	TRY(read_late(&t, def, n, err));
	TRY(read_label(&t, def, n, err));
	return each_known(n, def, err);
}
