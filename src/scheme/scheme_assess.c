/* assess: of a scheme. */
#include "scheme/assess_def.h"
#include "scheme/number.h"

struct section_text {
	struct str id, title, floor, cap, convert, weight, bonus_at_most;
	const struct node *items;
};

struct plan_text {
	struct str title, of, floor, cap, convert, appeal;
	const struct node *sections, *grades, *vetoes;
};

int64_t assess_round(int64_t n, int64_t part, int64_t whole)
{
	wide v = (wide)n * part * 2 + whole, d = (wide)whole * 2;

	return (int64_t)(v / d - (v % d < 0));
}

const struct assess_item *assess_item_get(const struct assess *p, struct str id)
{
	for (size_t i = 0; i < p->nsections; i++)
		for (size_t k = 0; k < p->sections[i].nitems; k++)
			if (str_eq(p->sections[i].items[k].id, id))
				return &p->sections[i].items[k];
	return NULL;
}

int64_t assess_item_cap(const struct assess_item *x)
{
	return x->cap == INT64_MAX && !x->bonus && x->form != FORM_INDICATOR ? x->points : x->cap;
}

/* "30%" or "0.3": thousandths of the whole. */
static enum err_code read_part(struct str text, const struct node *map, const char *key, int64_t *out, struct err *err)
{
	bool percent = str_ends(text, S("%"));
	int64_t v;

	if (!text.n)
		return OK;
	if (!thousandths(percent ? str_sub(text, 0, text.n - 1) : text, &v) || v < 0 || (percent && v % 100) ||
		(percent ? v > 100000 : v > 1000))
		return node_fail(node_get(map, str_c(key)), err, "'%s' takes a share: 30%%", key);
	*out = percent ? v / 100 : v;
	return OK;
}

static enum err_code read_items(
	struct assess_reading *r, const struct node *list, struct assess_section *out, struct err *err)
{
	out->items = ARENA_ARRAY(r->a, struct assess_item, list->n);
	for (size_t i = 0; i < list->n; i++) {
		struct assess_item x;

		TRY(assess_item_read(r, list->items[i], &x, err));
		for (size_t k = 0; k < i; k++)
			if (str_eq(out->items[k].id, x.id))
				return node_fail(list->items[i], err, "two items are called '" STR_FMT "'",
					STR_ARG(x.id));
		if (assess_item_get(r->out, x.id))
			return node_fail(list->items[i], err, "two items are called '" STR_FMT "'", STR_ARG(x.id));
		out->items[out->nitems++] = x;
		out->points += x.points;
	}
	return OK;
}

static void section_full(struct assess_section *s)
{
	int64_t points = s->convert ? s->convert : s->points;

	s->full = assess_round(points, s->weight, POINT);
}

static enum err_code read_section(
	struct assess_reading *r, const struct node *def, struct assess_section *out, struct err *err)
{
#define TEXT(key) {#key, BIND_TEXT, false, offsetof(struct section_text, key)}
	static const struct bind rules[] = {
		{"id", BIND_TEXT, true, offsetof(struct section_text, id)},
		TEXT(title), TEXT(floor), TEXT(cap), TEXT(convert), TEXT(weight), TEXT(bonus_at_most),
		{"items", BIND_LIST, true, offsetof(struct section_text, items)},
	};
#undef TEXT
	struct section_text t = {0};
	bool inside = false;

	TRY(bind_map(r->a, def, rules, LEN(rules), N_("the section"), &t, err));
	*out = (struct assess_section){.id = t.id, .title = t.title.n ? t.title : t.id, .cap = INT64_MAX,
		.weight = POINT,
	                               .bonus_at_most = INT64_MAX};
	TRY(read_items(r, t.items, out, err));
	for (size_t i = 0; i < out->nitems; i++)
		inside |= out->items[i].bonus == BONUS_INSIDE;
	if (inside)
		out->cap = out->points;
	TRY(assess_points_read(t.floor, def, "floor", &out->floor, err));
	TRY(assess_points_read(t.cap, def, "cap", &out->cap, err));
	TRY(assess_points_read(t.convert, def, "convert", &out->convert, err));
	TRY(assess_points_read(t.bonus_at_most, def, "bonus_at_most", &out->bonus_at_most, err));
	TRY(read_part(t.weight, def, "weight", &out->weight, err));
	if (out->convert < 0 || (out->convert && !out->points))
		return node_fail(NODE_GET(def, "convert"), err, "only points can be converted, and not below 0");
	if (out->floor > out->cap)
		return node_fail(NODE_GET(def, "floor"), err, "the floor is above the cap");
	section_full(out);
	return OK;
}

static enum err_code read_sections(struct assess_reading *r, const struct node *list, struct err *err)
{
	struct assess *p = r->out;

	p->sections = ARENA_ARRAY(r->a, struct assess_section, list->n);
	for (size_t i = 0; i < list->n; i++) {
		struct assess_section s;

		TRY(read_section(r, list->items[i], &s, err));
		for (size_t k = 0; k < i; k++)
			if (str_eq(p->sections[k].id, s.id))
				return node_fail(list->items[i], err, "two sections are called '" STR_FMT "'",
					STR_ARG(s.id));
		p->sections[p->nsections++] = s;
	}
	return OK;
}

/* ---- grades ---- */

static enum err_code read_grades(struct assess_reading *r, const struct node *list, struct err *err)
{
	struct text {
		struct str name, from, quota;
	};
	static const struct bind rules[] = {
		{"name", BIND_TEXT, true, offsetof(struct text, name)},
		{"from", BIND_TEXT, false, offsetof(struct text, from)},
		{"quota", BIND_TEXT, false, offsetof(struct text, quota)},
	};
	struct assess *p = r->out;

	p->grades = ARENA_ARRAY(r->a, struct assess_grade, list ? list->n : 0);
	for (size_t i = 0; list && i < list->n; i++) {
		const struct node *def = list->items[i];
		struct assess_grade *g = &p->grades[i];
		struct text t = {0};

		TRY(bind_map(r->a, def, rules, LEN(rules), N_("the grade"), &t, err));
		*g = (struct assess_grade){.name = t.name, .from = INT64_MIN, .quota = -1};
		TRY(assess_points_read(t.from, def, "from", &g->from, err));
		TRY(read_part(t.quota, def, "quota", &g->quota, err));
		if (i && g->from >= g[-1].from)
			return node_fail(def, err, "grades go from the best to the last, each 'from' fewer points");
		if (i + 1 == list->n ? t.from.n || t.quota.n : !t.from.n)
			return node_fail(def, err,
				"every grade but the last says 'from'; the last takes all the others");
		p->ngrades++;
	}
	return OK;
}

/* ---- vetoes ---- */

struct when_text {
	struct str figure, duty, item, over, under, at_least, at_most, unit;
	const struct node *records;
};

static enum err_code read_bar(const struct when_text *t, const struct node *def, struct assess_cond *out,
	struct err *err)
{
	const struct {
		struct str text;
		const char *key;
		enum cond_op op;
	} ops[] = {
		{t->over, "over", COND_OVER}, {t->under, "under", COND_UNDER}, {t->at_least, "at_least", COND_AT_LEAST},
		{t->at_most, "at_most", COND_AT_MOST},
	};
	int n = 0;

	out->op = COND_OVER;
	for (size_t i = 0; i < LEN(ops); i++) {
		if (!ops[i].text.n)
			continue;
		TRY(assess_points_read(ops[i].text, def, ops[i].key, &out->thousandths, err));
		out->op = ops[i].op;
		n++;
	}
	return n <= 1 ? OK : node_fail(def, err, "one of over, under, at_least and at_most");
}

static enum err_code item_at(
	const struct assess *p, struct str id, const struct node *at, struct assess_cond *out, struct err *err)
{
	for (out->section = 0; out->section < p->nsections; out->section++) {
		const struct assess_section *s = &p->sections[out->section];

		for (out->item = 0; out->item < s->nitems; out->item++)
			if (str_eq(s->items[out->item].id, id))
				return OK;
	}
	return node_fail(at, err, "no item '" STR_FMT "'", STR_ARG(id));
}

static enum err_code read_when(
	struct assess_reading *r, const struct node *def, struct assess_cond *out, struct err *err)
{
#define TEXT(key) {#key, BIND_TEXT, false, offsetof(struct when_text, key)}
	static const struct bind rules[] = {
		TEXT(figure), TEXT(duty), TEXT(item), TEXT(over), TEXT(under), TEXT(at_least), TEXT(at_most),
			TEXT(unit),
		{"records", BIND_NODE, false, offsetof(struct when_text, records)},
	};
#undef TEXT
	struct when_text t = {0};
	struct node *figure;
	int n;

	TRY(bind_map(r->a, def, rules, LEN(rules), N_("when"), &t, err));
	n = (t.figure.n > 0) + (t.duty.n > 0) + (t.item.n > 0) + (t.records != NULL);
	if (n != 1)
		return node_fail(def, err, "'when' asks one of figure, records, duty and item");
	TRY(read_bar(&t, def, out, err));
	if (t.item.n) {
		out->kind = VETO_ITEM;
		return item_at(r->out, t.item, NODE_GET(def, "item"), out, err);
	}
	if (t.duty.n)
		return assess_source_read(r, NODE_GET(def, "duty"), SRC_D, STR_NONE, NULL, &out->source, err);
	if (t.records)
		return assess_source_read(r, t.records, SRC_R, t.unit, NODE_GET(def, "unit"), &out->source, err);
	figure = node_map(r->a);
	node_set(r->a, figure, S("figure"), NODE_GET(def, "figure"));
	return assess_source_read(r, figure, SRC_G, STR_NONE, NULL, &out->source, err);
}

struct veto_text {
	struct str title, then, section, grade;
	int64_t steps;
	const struct node *when;
};

static enum err_code read_then(struct assess_reading *r, const struct veto_text *t, const struct node *def,
	struct assess_veto *out, struct err *err)
{
	const struct assess *p = r->out;

	if (str_is(t->then, "zero") && t->section.n) {
		out->then = VETO_ZERO_SECTION;
		for (out->section = 0; out->section < p->nsections; out->section++)
			if (str_eq(p->sections[out->section].id, t->section))
				return OK;
		return node_fail(NODE_GET(def, "section"), err, "no section '" STR_FMT "'", STR_ARG(t->section));
	}
	if (str_is(t->then, "zero"))
		out->then = VETO_ZERO;
	else if (str_is(t->then, "lower"))
		out->then = VETO_LOWER;
	else if (str_is(t->then, "bar"))
		out->then = VETO_BAR;
	else
		return node_fail(NODE_GET(def, "then"), err, "'then' is zero, lower or bar");
	out->steps = t->steps;
	if (out->then != VETO_ZERO && !p->ngrades)
		return node_fail(NODE_GET(def, "then"), err, "there are no grades to be lowered or barred");
	if (out->then != VETO_BAR)
		return OK;
	for (out->grade = 0; out->grade < p->ngrades; out->grade++)
		if (str_eq(p->grades[out->grade].name, t->grade))
			return OK;
	return node_fail(NODE_GET(def, "grade") ? NODE_GET(def, "grade") : def, err, "'bar' names a grade");
}

static enum err_code read_vetoes(struct assess_reading *r, const struct node *list, struct err *err)
{
	static const struct bind rules[] = {
		{"title", BIND_TEXT, true, offsetof(struct veto_text, title)},
		{"when", BIND_MAP, true, offsetof(struct veto_text, when)},
		{"then", BIND_TEXT, true, offsetof(struct veto_text, then)},
		{"section", BIND_TEXT, false, offsetof(struct veto_text, section)},
		{"grade", BIND_TEXT, false, offsetof(struct veto_text, grade)},
		{"steps", BIND_INT, false, offsetof(struct veto_text, steps)},
	};
	struct assess *p = r->out;

	p->vetoes = ARENA_ARRAY(r->a, struct assess_veto, list ? list->n : 0);
	for (size_t i = 0; list && i < list->n; i++) {
		struct veto_text t = {.steps = 1};

		TRY(bind_map(r->a, list->items[i], rules, LEN(rules), N_("the veto"), &t, err));
		p->vetoes[i].title = t.title;
		TRY(read_when(r, t.when, &p->vetoes[i].when, err));
		TRY(read_then(r, &t, list->items[i], &p->vetoes[i], err));
		p->nvetoes++;
	}
	return OK;
}

/* ---- the whole ---- */

/* Without assess: every duty by its own score, one section. */
static void own_scores(struct assess_reading *r)
{
	struct assess *p = r->out;
	struct assess_section *s = ARENA_NEW(r->a, struct assess_section);

	*s = (struct assess_section){.id = S("all"), .title = r->s->title, .cap = INT64_MAX, .weight = POINT,
	                             .bonus_at_most = INT64_MAX,
	                             .items = ARENA_ARRAY(r->a, struct assess_item, r->s->nduties)};
	for (size_t i = 0; i < r->s->nduties; i++) {
		const struct duty *d = &r->s->duties[i];
		struct assess_item *x = &s->items[s->nitems++];

		*x = (struct assess_item){.id = d->id, .title = d->title, .proof = d->proof, .form = FORM_OWN,
		                          .points = d->points, .at_most = INT64_MAX, .cap = INT64_MAX, .node = d->node,
		                          .source = {.kind = COUNT_DUTIES, .nduties = 1}};
		x->source.duties = ARENA_NEW(r->a, const struct duty *);
		x->source.duties[0] = d;
		s->points += d->points;
	}
	section_full(s);
	*p = (struct assess){.title = r->s->title, .sections = s, .nsections = 1, .cap = INT64_MAX, .full = s->full,
	                     .made = true};
}

/* of: office, or each unit:KIND */
static enum err_code read_of(struct str text, const struct node *at, struct assess *out, struct err *err)
{
	if (!text.n || str_is(text, "office") || text_after(text, "each unit:", &out->unit_kind))
		return OK;
	return node_fail(at, err, "'of' is office or each unit:KIND");
}

static enum err_code read_appeal(struct str text, const struct node *at, int64_t *out, struct err *err)
{
	if (!text.n || (str_ends(text, S("d")) && str_int(str_sub(text, 0, text.n - 1), out) && *out > 0
		&& *out < 1000))
		return OK;
	return node_fail(at, err, "'appeal' takes working days: 5d");
}

enum err_code scheme_assess(struct arena *a, struct scheme *s, const struct node *map, struct err *err)
{
	static const struct bind rules[] = {
		{"title", BIND_TEXT, false, offsetof(struct plan_text, title)},
		{"of", BIND_TEXT, false, offsetof(struct plan_text, of)},
		{"floor", BIND_TEXT, false, offsetof(struct plan_text, floor)},
		{"cap", BIND_TEXT, false, offsetof(struct plan_text, cap)},
		{"convert", BIND_TEXT, false, offsetof(struct plan_text, convert)},
		{"appeal", BIND_TEXT, false, offsetof(struct plan_text, appeal)},
		{"sections", BIND_LIST, true, offsetof(struct plan_text, sections)},
		{"grades", BIND_LIST, false, offsetof(struct plan_text, grades)},
		{"vetoes", BIND_LIST, false, offsetof(struct plan_text, vetoes)},
	};
	struct assess *p = ARENA_NEW(a, struct assess);
	struct assess_reading r = {a, s, p};
	struct plan_text t = {0};
	int64_t full = 0;

	s->assessment = p;
	if (!map) {
		own_scores(&r);
		return OK;
	}
	TRY(bind_map(a, map, rules, LEN(rules), N_("assess"), &t, err));
	*p = (struct assess){.title = t.title.n ? t.title : s->title, .cap = INT64_MAX};
	TRY(read_of(t.of, NODE_GET(map, "of"), p, err));
	TRY(assess_points_read(t.floor, map, "floor", &p->floor, err));
	TRY(assess_points_read(t.cap, map, "cap", &p->cap, err));
	TRY(assess_points_read(t.convert, map, "convert", &p->convert, err));
	TRY(read_appeal(t.appeal, NODE_GET(map, "appeal"), &p->appeal_days, err));
	TRY(read_sections(&r, t.sections, err));
	TRY(read_grades(&r, t.grades, err));
	TRY(read_vetoes(&r, t.vetoes, err));
	for (size_t i = 0; i < p->nsections; i++)
		full += p->sections[i].full;
	if (p->convert < 0 || (p->convert && !full))
		return node_fail(NODE_GET(map, "convert"), err, "only points can be converted, and not below 0");
	if (p->floor > p->cap)
		return node_fail(NODE_GET(map, "floor"), err, "the floor is above the cap");
	p->full = p->convert ? p->convert : full;
	return OK;
}
