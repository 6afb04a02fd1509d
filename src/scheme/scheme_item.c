/* Items of an assessment: of a scheme. */
#include "scheme/assess_def.h"
#include "scheme/number.h"

/* An item as written; which keys fit its form is checked when the form is known. */
struct item_text {
	struct str id, title, proof, points, bonus, deduct, grant, at_most, floor, cap, average, unit, by, more, fewer,
		from, to, self;
	const struct node *form[FORM_N], *of, *steps, *times, *weigh;
};

static const struct form {
	const char *key;
	unsigned sources, keys;
	bool average;
} forms[] = {
#define F(c, key, src, keys, avg, fn, words) {key, src, keys, avg},
#include "tbl/score_forms.h"
#undef F
};

const char *assess_form_name(enum assess_form f)
{
	return forms[f].key;
}

enum err_code assess_points_read(struct str text, const struct node *map, const char *key, int64_t *out,
	struct err *err)
{
	int64_t v;

	if (!text.n)
		return OK;
	if (!thousandths(text, &v) || v > (int64_t)ASSESS_MOST * POINT || v < -(int64_t)ASSESS_MOST * POINT)
		return node_fail(node_get(map, str_c(key)), err,
			"'%s' takes points: a number of at most three decimals", key);
	*out = v;
	return OK;
}

/* ---- what is counted ---- */

static enum err_code read_duties(
	struct assess_reading *r, const struct node *v, struct assess_source *out, struct err *err)
{
	size_t n = v->kind == NODE_LIST ? v->n : 1;

	out->kind = COUNT_DUTIES;
	out->duties = ARENA_ARRAY(r->a, const struct duty *, n);
	for (size_t i = 0; i < n; i++) {
		const struct node *one = v->kind == NODE_LIST ? v->items[i] : v;
		const char *names[256], *near;
		size_t k = 0;

		for (; k < MIN(r->s->nduties, LEN(names)); k++)
			names[k] = r->s->duties[k].id.p;
		if (one->kind == NODE_TEXT && (out->duties[i] = scheme_duty(r->s, one->text)))
			continue;
		near = one->kind == NODE_TEXT ? nearest_name(one->text, names, k, sizeof *names) : NULL;
		if (near)
			return node_fail(one, err, "no duty '" STR_FMT "'; did you mean '%s'?", STR_ARG(one->text),
				near);
		if (one->kind == NODE_TEXT)
			return node_fail(one, err, "no duty '" STR_FMT "' in this scheme", STR_ARG(one->text));
		return node_fail(one, err, "a duty's id is expected here");
	}
	out->nduties = n;
	return n ? OK : node_fail(v, err, "a duty's id is expected here");
}

static enum err_code read_figure(struct assess_reading *r, struct str name, const struct node *at, struct err *err)
{
	struct str before, rest = name;

	if (str_has(name, S("{unit}"))) {        /* of a family: the member is the unit's */
		str_cut(&rest, S("{unit}"), &before);
		name = arena_printf(r->a, STR_FMT "x" STR_FMT, STR_ARG(before), STR_ARG(rest));
	}
	return scheme_has_figure(r->s, name) ? OK : node_fail(at, err, "no figure '" STR_FMT "'", STR_ARG(name));
}

/* The field that says whose a record is: as written, else the first of type unit. */
static enum err_code read_unit(
	struct str unit, const struct node *at, struct assess_source *out, struct err *err)
{
	const struct record_type *t = out->set.of;

	if (str_is(unit, "none"))
		return OK;
	if (unit.n)
		return field_of(t, unit, at, &out->unit, err);
	for (size_t i = 0; i < t->nfields && !out->unit; i++)
		if (t->fields[i].type == TYPE_UNIT)
			out->unit = &t->fields[i];
	return OK;
}

enum err_code assess_source_read(struct assess_reading *r, const struct node *v, unsigned allowed, struct str unit,
	const struct node *unit_at, struct assess_source *out, struct err *err)
{
	struct figure_text {
		struct str figure;
	} x = {0};
	static const struct bind rules[] = {{"figure", BIND_TEXT, true, offsetof(struct figure_text, figure)}};
	bool duty = v->kind == NODE_LIST || (v->kind == NODE_TEXT && (!(allowed & SRC_R)
		|| scheme_duty(r->s, v->text)));
	bool figure = v->kind == NODE_MAP && NODE_GET(v, "figure");

	if (duty && allowed & SRC_D)
		return read_duties(r, v, out, err);
	if (figure && allowed & SRC_G) {
		TRY(bind_map(r->a, v, rules, LEN(rules), N_("what is counted"), &x, err));
		out->kind = COUNT_FIGURE;
		out->figure = x.figure;
		return read_figure(r, x.figure, NODE_GET(v, "figure"), err);
	}
	if (duty || figure || !(allowed & SRC_R))
		return node_fail(v, err, "this form counts%s%s%s", allowed & SRC_D
			? tr(err->lang, N_(" duties by their ids")) : "",
			allowed & SRC_R ? tr(err->lang, N_(" a set of records")) : "",
			allowed & SRC_G ? tr(err->lang, N_(" {figure: NAME}")) : "");
	TRY(set_read(r->a, r->s, v, NULL, &out->set, err));
	out->kind = COUNT_RECORDS;
	return read_unit(unit, unit_at, out, err);
}

/* of: 10, {setting: quotas.towns} or {figure: limit} */
static enum err_code read_number(
	struct assess_reading *r, const struct node *v, struct assess_number *out, struct err *err)
{
	struct text {
		struct str setting, figure;
	} x = {0};
	static const struct bind rules[] = {
		{"setting", BIND_TEXT, false, offsetof(struct text, setting)},
		{"figure", BIND_TEXT, false, offsetof(struct text, figure)},
	};

	if (v->kind == NODE_TEXT)
		return thousandths(v->text, &out->thousandths) ? OK : node_fail(v, err, "'%s' takes a number", "of");
	TRY(bind_map(r->a, v, rules, LEN(rules), N_("of"), &x, err));
	if (!x.setting.n == !x.figure.n)
		return node_fail(v, err, "'of' is a number, {setting: KEY} or {figure: NAME}");
	out->kind = x.setting.n ? NUMBER_SETTING : NUMBER_FIGURE;
	out->name = x.setting.n ? x.setting : x.figure;
	return x.figure.n ? read_figure(r, x.figure, NODE_GET(v, "figure"), err) : OK;
}

/* ---- steps, times ---- */

static enum err_code read_steps(
	struct assess_reading *r, const struct node *list, struct assess_item *out, struct err *err)
{
	struct text {
		struct str under, deduct;
	};
	static const struct bind rules[] = {
		{"under", BIND_TEXT, true, offsetof(struct text, under)},
		{"deduct", BIND_TEXT, true, offsetof(struct text, deduct)},
	};

	if (list->kind != NODE_LIST || !list->n)
		return node_fail(list, err, "'steps' is a list: [{under: 90, deduct: 2}, {under: 95, deduct: 1}]");
	out->steps = ARENA_ARRAY(r->a, struct assess_step, list->n);
	for (size_t i = 0; i < list->n; i++) {
		struct assess_step *s = &out->steps[i];
		struct text x = {0};

		TRY(bind_map(r->a, list->items[i], rules, LEN(rules), N_("the step"), &x, err));
		TRY(assess_points_read(x.under, list->items[i], "under", &s->under, err));
		TRY(assess_points_read(x.deduct, list->items[i], "deduct", &s->deduct, err));
		if (i && s->under <= s[-1].under)
			return node_fail(list->items[i], err, "steps go from the lowest 'under' to the highest");
		out->nsteps++;
	}
	return OK;
}

static enum err_code read_factor(
	struct assess_reading *r, const struct node *v, const struct record_type *t, struct assess_factor *out,
	struct err *err)
{
	struct text {
		struct str field;
		const struct node *words;
	} x = {0};
	static const struct bind rules[] = {
		{"field", BIND_TEXT, true, offsetof(struct text, field)},
		{"words", BIND_MAP, true, offsetof(struct text, words)},
	};

	TRY(bind_map(r->a, v, rules, LEN(rules), N_("times"), &x, err));
	TRY(field_of(t, x.field, NODE_GET(v, "field"), &out->field, err));
	out->words = ARENA_ARRAY(r->a, struct str, x.words->n);
	out->times = ARENA_ARRAY(r->a, int64_t, x.words->n);
	for (; out->n < x.words->n; out->n++) {
		const struct node *n = x.words->items[out->n];

		out->words[out->n] = x.words->keys[out->n]->text;
		if (n->kind != NODE_TEXT || !thousandths(n->text, &out->times[out->n]) || out->times[out->n] < 0 ||
			out->times[out->n] > 1000 * POINT)
			return node_fail(n, err, "'times' takes numbers from 0 to 1000");
	}
	return OK;
}

static enum err_code read_times(
	struct assess_reading *r, const struct node *v, struct assess_item *out, struct err *err)
{
	size_t n = v && v->kind == NODE_LIST ? v->n : v ? 1 : 0;

	out->factors = ARENA_ARRAY(r->a, struct assess_factor, n);
	for (; out->nfactors < n; out->nfactors++)
		TRY(read_factor(r, v->kind == NODE_LIST ? v->items[out->nfactors] : v, out->source.set.of,
			&out->factors[out->nfactors], err));
	return OK;
}

/* ---- an item ---- */

static enum err_code form_of(const struct item_text *t, const struct node *def, enum assess_form *out, struct err *err)
{
	int n = 0;

	for (size_t i = 0; i < FORM_N; i++) {
		if (!t->form[i])
			continue;
		*out = (enum assess_form)i;
		n++;
	}
	if (n == 2 && t->form[FORM_JUDGE] && t->form[FORM_EACH]) {       /* each of several things is judged */
		*out = FORM_JUDGE;
		return OK;
	}
	return n == 1 ? OK
		: node_fail(def, err, "an item has one rule: share, own, missing, owners, short, each, done, all, "
		"bands, indicator, judge or value");
}

/* Keys that the form does not know, or must have. */
static enum err_code keys_fit(const struct node *def, const struct form *form, struct err *err)
{
	static const struct {
		const char *key;
		unsigned of;
		bool must;
	} keys[] = {
		{"deduct", KEY_X, true}, {"grant", KEY_O, true}, {"of", KEY_A, true}, {"steps", KEY_S, true},
		{"more", KEY_M, false}, {"fewer", KEY_M, false}, {"times", KEY_T, false}, {"by", KEY_T, false},
		{"from", KEY_J, true}, {"to", KEY_J, true}, {"weigh", KEY_J, false}, {"self", KEY_J, false},
		{"at_most", KEY_X | KEY_O | KEY_M, false},
	};
	bool either = (form->keys & (KEY_X | KEY_O)) == (KEY_X | KEY_O);

	for (size_t i = 0; i < LEN(keys); i++) {
		const struct node *v = node_get(def, str_c(keys[i].key));

		if (v && !(form->keys & keys[i].of))
			return node_fail(v, err, "'%s' does not go with '%s'", keys[i].key, form->key);
		if (!v && keys[i].must && form->keys & keys[i].of && !(either && i < 2))
			return node_fail(def, err, "%s lacks '%s'", tr(err->lang, N_("the item")), keys[i].key);
	}
	if (either && !NODE_GET(def, "deduct") == !NODE_GET(def, "grant"))
		return node_fail(def, err, "the item has 'deduct' or 'grant', one of them");
	return OK;
}

static enum err_code read_bonus(
	const struct item_text *t, const struct node *def, struct assess_item *out, struct err *err)
{
	static const char *const names[] = {[BONUS_INSIDE] = "inside", [BONUS_OUTSIDE] = "outside"};

	for (size_t i = BONUS_INSIDE; i <= BONUS_OUTSIDE; i++)
		if (t->bonus.n && str_is(t->bonus, names[i]))
			out->bonus = (enum assess_bonus)i;
	if (t->bonus.n && !out->bonus)
		return node_fail(NODE_GET(def, "bonus"), err, "'bonus' is inside or outside");
	if (out->bonus && t->points.n)
		return node_fail(NODE_GET(def, "points"), err, "a bonus has no points of its own; 'at_most' limits it");
	return OK;
}

/* judge: deduct | grant */
static enum err_code read_judge(
	const struct item_text *t, const struct node *def, struct assess_item *out, struct err *err)
{
	const struct node *v = t->form[FORM_JUDGE];

	out->grants = v->kind == NODE_TEXT && str_is(v->text, "grant");
	if (!out->grants && !(v->kind == NODE_TEXT && str_is(v->text, "deduct")))
		return node_fail(v, err, "'judge' is deduct or grant");
	TRY(assess_points_read(t->from, def, "from", &out->from, err));
	TRY(assess_points_read(t->to, def, "to", &out->to, err));
	if (out->from < 0 || out->to < out->from)
		return node_fail(NODE_GET(def, "to"), err, "'from' and 'to' are points, the smaller first");
	if (!out->grants && !out->bonus && out->to > out->points)
		return node_fail(NODE_GET(def, "to"), err, "more than the item's points");
	return OK;
}

static enum err_code read_numbers(
	const struct item_text *t, const struct node *def, struct assess_item *out, struct err *err)
{
	const struct {
		struct str text;
		const char *key;
		int64_t *out;
	} all[] = {
		{t->points, "points", &out->points}, {t->deduct, "deduct", &out->each}, {t->grant, "grant", &out->each},
		{t->at_most, "at_most", &out->at_most}, {t->floor, "floor", &out->floor}, {t->cap, "cap", &out->cap},
		{t->more, "more", &out->more}, {t->fewer, "fewer", &out->fewer},
	};

	for (size_t i = 0; i < LEN(all); i++) {
		TRY(assess_points_read(all[i].text, def, all[i].key, all[i].out, err));
		if (all[i].text.n && *all[i].out < 0 && all[i].out != &out->floor)
			return node_fail(node_get(def, str_c(all[i].key)), err, "'%s' is not below 0", all[i].key);
	}
	if (out->floor > out->cap)
		return node_fail(NODE_GET(def, "floor"), err, "the floor is above the cap");
	return OK;
}

static enum err_code read_average(
	const struct item_text *t, const struct node *def, const struct form *form, struct assess_item *out,
	struct err *err)
{
	if (!t->average.n)
		return OK;
	if (!str_is(t->average, "owners"))
		return node_fail(NODE_GET(def, "average"), err, "'average' is owners, or not there");
	if (!form->average || out->source.kind != COUNT_DUTIES)
		return node_fail(NODE_GET(def, "average"), err,
			"owners are averaged with share, missing and all of duties");
	out->average = true;
	return OK;
}

enum err_code assess_item_read(
	struct assess_reading *r, const struct node *def, struct assess_item *out, struct err *err)
{
#define TEXT(key) {#key, BIND_TEXT, false, offsetof(struct item_text, key)}
	static const struct bind rules[] = {
		{"id", BIND_TEXT, true, offsetof(struct item_text, id)},
		{"title", BIND_TEXT, true, offsetof(struct item_text, title)},
		TEXT(proof), TEXT(points), TEXT(bonus), TEXT(deduct), TEXT(grant), TEXT(at_most), TEXT(floor),
			TEXT(cap),
		TEXT(average), TEXT(unit), TEXT(by), TEXT(more), TEXT(fewer), TEXT(from), TEXT(to), TEXT(self),
		{"of", BIND_NODE, false, offsetof(struct item_text, of)},
		{"steps", BIND_LIST, false, offsetof(struct item_text, steps)},
		{"times", BIND_NODE, false, offsetof(struct item_text, times)},
		{"weigh", BIND_NODE, false, offsetof(struct item_text, weigh)},
#define F(c, key, src, keys, avg, fn, words) {key, BIND_NODE, false, offsetof(struct item_text, form[FORM_##c])},
#include "tbl/score_forms.h"
#undef F
	};
#undef TEXT
	struct item_text t = {0};
	const struct form *form;

	TRY(bind_map(r->a, def, rules, LEN(rules), N_("the item"), &t, err));
	*out = (struct assess_item){.id = t.id, .title = t.title, .proof = t.proof, .node = def, .at_most = INT64_MAX,
	                            .cap = INT64_MAX};
	TRY(form_of(&t, def, &out->form, err));
	form = &forms[out->form];
	TRY(keys_fit(def, form, err));
	if (out->form == FORM_EACH && t.form[FORM_EACH]->kind == NODE_MAP &&
		(NODE_GET(t.form[FORM_EACH], "body") || NODE_GET(t.form[FORM_EACH], "posts")))
		return node_fail(t.form[FORM_EACH], err, "'each' of a body or of posts goes with 'judge' only");
	TRY(read_bonus(&t, def, out, err));
	if (form->sources)
		TRY(assess_source_read(r, t.form[out->form], form->sources, t.unit, NODE_GET(def, "unit"), &out->source,
			err));
	out->grants = t.grant.n > 0;
	if (out->form == FORM_OWN && !out->bonus)
		out->points = out->source.duties[0]->points;
	TRY(read_numbers(&t, def, out, err));
	if (out->form == FORM_OWN && (out->source.nduties != 1 || t.points.n))
		return node_fail(def, err, "'own' names one duty, whose points it has");
	if (!out->bonus && !t.points.n && out->form != FORM_OWN)
		return node_fail(def, err, "%s lacks '%s'", tr(err->lang, N_("the item")), "points");
	if (out->form == FORM_JUDGE) {
		TRY(read_judge(&t, def, out, err));
		TRY(assess_each_read(r, def, t.weigh, t.self, t.unit, out, err));
	}
	if (t.of)
		TRY(read_number(r, t.of, &out->of, err));
	if (t.steps)
		TRY(read_steps(r, t.steps, out, err));
	if (t.by.n)
		TRY(field_of(out->source.set.of, t.by, NODE_GET(def, "by"), &out->by, err));
	TRY(read_times(r, t.times, out, err));
	return read_average(&t, def, form, out, err);
}
