/* duties: of a scheme. */
#include "office/duty.h"
#include "office/number.h"

/* A need as written; which keys fit which form is checked when the form is known. */
struct need_text {
	struct str owner, per, on_from, on_to, except, window, by, period, start, end, times, done_times, done_on,
		within, holds, late, label;
	int64_t count;
	bool counts;
	const struct node *each, *enough, *on, *for_each, *when, *done, *take, *reach;
};

struct duty_text {
	struct str id, title, cadence, proof, owner, owned_by, points, pace;
	struct texts tags;
	const struct node *need, *needs, *sets, *score;
};

const struct duty *scheme_duty(const struct scheme *s, struct str id)
{
	for (size_t i = 0; i < s->nduties; i++)
		if (str_eq(s->duties[i].id, id))
			return &s->duties[i];
	return NULL;
}

static enum err_code read_span(struct str text, const struct node *at, struct span_rule *out, struct err *err)
{
	if (span_read(text, out))
		return OK;
	return node_fail(at, err, "no period '" STR_FMT "': year, half, quarter, 2 months, month, xun, week, day or "
	                 "3 years from 2021", STR_ARG(text));
}

/* each: quarter, or {field: review, words: {每季度: quarter}} */
static enum err_code read_each(struct arena *a, const struct need_text *t, struct need *n, struct err *err)
{
	struct text {
		struct str field;
		const struct node *words;
	} x = {0};
	static const struct bind rules[] = {
		{"field", BIND_TEXT, true, offsetof(struct text, field)},
		{"words", BIND_MAP, true, offsetof(struct text, words)},
	};
	struct span_rule r;

	if (t->each->kind == NODE_TEXT)
		return read_span(t->each->text, t->each, &n->span, err);
	TRY(bind_map(a, t->each, rules, LEN(rules), N_("each"), &x, err));
	if (n->neach != 1 || n->each[0].kind != EACH_RECORDS)
		return node_fail(t->each, err, "a period from a field needs 'for_each' with records");
	TRY(field_of(n->each[0].set.of, x.field, NODE_GET(t->each, "field"), &n->span_field, err));
	for (size_t i = 0; i < x.words->n; i++)
		TRY(read_span(x.words->items[i]->text, x.words->items[i], &r, err));
	n->span_words = x.words;
	return OK;
}

static enum err_code read_enough(struct arena *a, const struct need_text *t, struct need *n, struct err *err)
{
	struct text {
		struct str sum, at_least;
	} x = {0};
	static const struct bind rules[] = {
		{"sum", BIND_TEXT, true, offsetof(struct text, sum)},
		{"at_least", BIND_TEXT, true, offsetof(struct text, at_least)},
	};

	n->enough.thousandths = 1000;
	if (!t->enough)
		return OK;
	if (t->enough->kind == NODE_TEXT)
		return thousandths(t->enough->text, &n->enough.thousandths) && n->enough.thousandths > 0 ? OK
		       : node_fail(t->enough, err, "'%s' takes a number", "enough");
	TRY(bind_map(a, t->enough, rules, LEN(rules), N_("enough"), &x, err));
	TRY(field_of(n->take.of, x.sum, NODE_GET(t->enough, "sum"), &n->enough.sum, err));
	if (!thousandths(x.at_least, &n->enough.thousandths))
		return node_fail(NODE_GET(t->enough, "at_least"), err, "'%s' takes a number", "at_least");
	return OK;
}

static enum err_code read_each_of(struct arena *a, const struct scheme *s, const struct node *v, const struct map *sets,
	struct each_of *out, struct err *err)
{
	if (v->kind == NODE_TEXT) {
		if (str_is(v->text, "portfolio"))
			out->kind = EACH_PORTFOLIO;
		else if (text_after(v->text, "units:", &out->of))
			out->kind = EACH_UNITS;
		else if (text_after(v->text, "posts:", &out->of))
			out->kind = EACH_POSTS;
		else if (text_after(v->text, "words:", &out->of))
			out->kind = EACH_WORDS;
		if (out->kind != EACH_NONE)
			return OK;
	}
	out->kind = EACH_RECORDS;
	return set_read(a, s, v, sets, &out->set, err);
}

static enum err_code read_for_each(struct arena *a, const struct scheme *s, const struct node *v,
	const struct map *sets, struct need *n, struct err *err)
{
	size_t count = v && v->kind == NODE_LIST ? v->n : v ? 1 : 0;

	n->each = ARENA_ARRAY(a, struct each_of, count);
	for (n->neach = 0; n->neach < count; n->neach++)
		TRY(read_each_of(a, s, v->kind == NODE_LIST ? v->items[n->neach] : v, sets, &n->each[n->neach], err));
	return OK;
}

/* on: thursday, or [monday, friday] */
static enum err_code read_weekdays(const struct node *v, unsigned *out, struct err *err)
{
	static const char *const names[] = {
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
	size_t count = v->kind == NODE_LIST ? v->n : 1;

	for (size_t i = 0; i < count; i++) {
		const struct node *one = v->kind == NODE_LIST ? v->items[i] : v;
		unsigned before = *out;

		for (size_t k = 0; k < LEN(names) && one->kind == NODE_TEXT; k++)
			if (str_is(one->text, names[k]))
				*out |= 1u << (k + 1);
		if (*out == before)
			return node_fail(one, err, "'on' takes weekdays: monday … sunday");
	}
	return OK;
}

/* A bound of 'on': a day, or a dotted key of the organisation's settings. */
static enum err_code read_bound(
	struct str text, const struct node *at, struct str *key, struct day_ref *day, bool *has, struct err *err)
{
	struct err no = {0};

	if (!text.n)
		return OK;
	*has = day_ref_read(NULL, text, at, day, &no) == OK;
	if (!*has)
		*key = text;
	return OK;
}

static enum err_code read_reach(struct arena *a, const struct node *map, struct need *n, struct err *err)
{
	struct text {
		struct str figure, at_least;
	} x = {0};
	static const struct bind rules[] = {
		{"figure", BIND_TEXT, true, offsetof(struct text, figure)},
		{"at_least", BIND_TEXT, true, offsetof(struct text, at_least)},
	};

	TRY(bind_map(a, map, rules, LEN(rules), N_("reach"), &x, err));
	n->figure = x.figure;
	if (!thousandths(x.at_least, &n->at_least))
		return node_fail(NODE_GET(map, "at_least"), err, "'%s' takes a number", "at_least");
	return OK;
}

/* "3d", "60d", "2 weeks"? only days so far: hours need a clock that registers do not keep. */
static enum err_code read_within(struct str text, const struct node *at, int64_t *out, struct err *err)
{
	if (text.n > 1 && str_ends(text, S("d")) && str_int(str_sub(text, 0, text.n - 1), out) && *out > 0)
		return OK;
	return node_fail(at, err, "'within' takes days: 3d");
}

/* The form that the keys given make; more than one, or none, is an error. */
static enum err_code form_of(const struct need_text *t, const struct node *at, enum need_form *out, struct err *err)
{
	const struct {
		bool given;
		enum need_form form;
	} forms[] = {
		{t->counts && !t->by.n, NEED_COUNT},
		{t->each != NULL, NEED_EACH},
		{t->on != NULL, NEED_ON},
		{t->by.n && !t->reach, NEED_BY},
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

static enum err_code read_form(struct arena *a, const struct scheme *s, const struct need_text *t,
	const struct map *sets, const struct node *def, struct need *n, struct err *err)
{
	const struct node *at = def;

	switch (n->form) {
	case NEED_COUNT:
		if (t->count < 1 || t->count > 1000)
			return node_fail(NODE_GET(def, "count"), err, "'%s' takes a number", "count");
		n->count = t->count;
		return read_span(t->per.n ? t->per : S("year"), def, &n->span, err);
	case NEED_EACH:
		TRY(read_each(a, t, n, err));
		if (t->period.n) {
			TRY(field_of(n->take.of, t->period, NODE_GET(def, "period"), &n->period, err));
			n->late_counts = true;
		}
		return read_enough(a, t, n, err);
	case NEED_ON:
		TRY(read_weekdays(t->on, &n->weekdays, err));
		TRY(read_bound(t->on_from, at, &n->from, &n->from_day, &n->has_from, err));
		TRY(read_bound(t->on_to, at, &n->to, &n->to_day, &n->has_to, err));
		n->except = t->except;
		n->week = str_is(t->window, "week");
		if (t->window.n && !n->week && !str_is(t->window, "day"))
			return node_fail(NODE_GET(def, "window"), err, "'window' is week or day");
		return OK;
	case NEED_BY:
		n->count = t->counts ? t->count : 1;
		n->late_counts = true;
		return day_ref_read(NULL, t->by, NODE_GET(def, "by"), &n->by, err);
	case NEED_WHEN:
		TRY(set_read(a, s, t->when, sets, &n->then, err));
		if (t->times.n)
			TRY(field_of(n->then.of, t->times, NODE_GET(def, "times"), &n->times, err));
		if (t->done_times.n)
			TRY(field_of(n->then.of, t->done_times, NODE_GET(def, "done_times"), &n->done_times, err));
		if (t->done_on.n)
			TRY(field_of(n->then.of, t->done_on, NODE_GET(def, "done_on"), &n->done_on, err));
		if (t->within.n) {
			TRY(read_within(t->within, NODE_GET(def, "within"), &n->within_days, err));
			n->late_counts = true;
		}
		return where_read(a, n->then.of, t->done, &n->done, err);
	case NEED_HOLDS:
		if (n->neach != 1 || n->each[0].kind != EACH_RECORDS)
			return node_fail(def, err, "'holds' needs 'for_each' with records");
		return field_of(n->each[0].set.of, t->holds, NODE_GET(def, "holds"), &n->until, err);
	case NEED_REACH:
		TRY(read_reach(a, t->reach, n, err));
		return day_ref_read(NULL, t->by, NODE_GET(def, "by"), &n->by, err);
	}
	return OK;
}

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

static enum err_code read_need(struct arena *a, const struct scheme *s, const struct node *def, const struct map *sets,
	const struct duty *d, struct need *n, struct err *err)
{
	static const struct bind rules[] = {
		{"owner", BIND_TEXT, false, offsetof(struct need_text, owner)},
		{"count", BIND_INT, false, offsetof(struct need_text, count)},
		{"per", BIND_TEXT, false, offsetof(struct need_text, per)},
		{"each", BIND_NODE, false, offsetof(struct need_text, each)},
		{"enough", BIND_NODE, false, offsetof(struct need_text, enough)},
		{"on", BIND_NODE, false, offsetof(struct need_text, on)},
		{"from", BIND_TEXT, false, offsetof(struct need_text, on_from)},
		{"to", BIND_TEXT, false, offsetof(struct need_text, on_to)},
		{"except", BIND_TEXT, false, offsetof(struct need_text, except)},
		{"window", BIND_TEXT, false, offsetof(struct need_text, window)},
		{"by", BIND_TEXT, false, offsetof(struct need_text, by)},
		{"for_each", BIND_NODE, false, offsetof(struct need_text, for_each)},
		{"when", BIND_NODE, false, offsetof(struct need_text, when)},
		{"times", BIND_TEXT, false, offsetof(struct need_text, times)},
		{"done", BIND_MAP, false, offsetof(struct need_text, done)},
		{"done_times", BIND_TEXT, false, offsetof(struct need_text, done_times)},
		{"done_on", BIND_TEXT, false, offsetof(struct need_text, done_on)},
		{"take", BIND_NODE, false, offsetof(struct need_text, take)},
		{"within", BIND_TEXT, false, offsetof(struct need_text, within)},
		{"holds", BIND_TEXT, false, offsetof(struct need_text, holds)},
		{"reach", BIND_MAP, false, offsetof(struct need_text, reach)},
		{"period", BIND_TEXT, false, offsetof(struct need_text, period)},
		{"start", BIND_TEXT, false, offsetof(struct need_text, start)},
		{"end", BIND_TEXT, false, offsetof(struct need_text, end)},
		{"late", BIND_TEXT, false, offsetof(struct need_text, late)},
		{"label", BIND_TEXT, false, offsetof(struct need_text, label)},
	};
	struct need_text t = {0};
	bool takes;

	TRY(bind_map(a, def, rules, LEN(rules), N_("the need"), &t, err));
	n->node = def;
	n->owner = d->owner;
	t.counts = NODE_GET(def, "count") != NULL;
	if (t.owner.n)
		TRY(owner_read(s, t.owner, NODE_GET(def, "owner"), &n->owner, err));
	TRY(form_of(&t, def, &n->form, err));
	TRY(read_for_each(a, s, t.for_each, sets, n, err));
	if (t.take) {
		TRY(set_read(a, s, t.take, sets, &n->take, err));
		n->takes = true;
	}
	takes = n->form != NEED_WHEN && n->form != NEED_HOLDS && n->form != NEED_REACH;
	if (takes && !n->takes)
		return node_fail(def, err, "%s lacks '%s'", tr(err->lang, N_("the need")), "take");
	TRY(read_form(a, s, &t, sets, def, n, err));
	if (t.start.n) {
		TRY(day_ref_read(labelled(n), t.start, NODE_GET(def, "start"), &n->start, err));
		n->has_start = true;
	}
	if (t.end.n) {
		TRY(day_ref_read(labelled(n), t.end, NODE_GET(def, "end"), &n->end, err));
		n->has_end = true;
	}
	TRY(owner_check(n, NODE_GET(def, "owner") ? NODE_GET(def, "owner") : NODE_GET(d->node, "owner"), err));
	if (t.late.n && !str_is(t.late, "counts") && !str_is(t.late, "never"))
		return node_fail(NODE_GET(def, "late"), err, "'late' is counts or never");
	if (str_is(t.late, "counts") && (n->form == NEED_COUNT || (n->form == NEED_EACH && !n->period)))
		return node_fail(NODE_GET(def, "late"), err,
			"a period gone by is not repaired, so nothing is late here; 'late: counts' goes with 'period', "
			"'by', 'when', 'on' or 'holds'");
	n->late_never = n->late_counts && str_is(t.late, "never");
	n->late_counts |= str_is(t.late, "counts");
	return read_label(&t, def, n, err);
}

/* score: {deduct: 0.5, per: missed | owner_with_miss, at_most: 1}; without it the share done. */
static enum err_code read_score(struct arena *a, const struct node *map, struct duty *d, struct err *err)
{
	struct text {
		struct str deduct, per, at_most;
	} x = {0};
	static const struct bind rules[] = {
		{"deduct", BIND_TEXT, true, offsetof(struct text, deduct)},
		{"per", BIND_TEXT, true, offsetof(struct text, per)},
		{"at_most", BIND_TEXT, false, offsetof(struct text, at_most)},
	};

	d->at_most = d->points;
	if (!map)
		return OK;
	TRY(bind_map(a, map, rules, LEN(rules), N_("score"), &x, err));
	if (!thousandths(x.deduct, &d->deduct))
		return node_fail(NODE_GET(map, "deduct"), err, "'%s' takes a number", "deduct");
	if (x.at_most.n && !thousandths(x.at_most, &d->at_most))
		return node_fail(NODE_GET(map, "at_most"), err, "'%s' takes a number", "at_most");
	if (str_is(x.per, "missed"))
		d->score = SCORE_DEDUCT_SLOT;
	else if (str_is(x.per, "owner_with_miss"))
		d->score = SCORE_DEDUCT_OWNER;
	else
		return node_fail(NODE_GET(map, "per"), err, "'per' is missed or owner_with_miss");
	return OK;
}

static enum err_code read_sets(
	struct arena *a, const struct scheme *s, const struct node *map, struct map *out, struct err *err)
{
	*out = (struct map)MAP_IN(a);
	for (size_t i = 0; map && i < map->n; i++) {
		struct set *set = ARENA_NEW(a, struct set);

		TRY(set_read(a, s, map->items[i], out, set, err));
		map_set(out, map->keys[i]->text, set);
	}
	return OK;
}

static enum err_code read_duty(
	struct arena *a, const struct scheme *s, const struct node *def, struct duty *d, struct err *err)
{
	static const struct bind rules[] = {
		{"id", BIND_TEXT, true, offsetof(struct duty_text, id)},
		{"title", BIND_TEXT, true, offsetof(struct duty_text, title)},
		{"cadence", BIND_TEXT, false, offsetof(struct duty_text, cadence)},
		{"proof", BIND_TEXT, false, offsetof(struct duty_text, proof)},
		{"owner", BIND_TEXT, true, offsetof(struct duty_text, owner)},
		{"owned_by", BIND_TEXT, false, offsetof(struct duty_text, owned_by)},
		{"points", BIND_TEXT, false, offsetof(struct duty_text, points)},
		{"pace", BIND_TEXT, false, offsetof(struct duty_text, pace)},
		{"tags", BIND_TEXTS, false, offsetof(struct duty_text, tags)},
		{"sets", BIND_MAP, false, offsetof(struct duty_text, sets)},
		{"need", BIND_MAP, false, offsetof(struct duty_text, need)},
		{"needs", BIND_LIST, false, offsetof(struct duty_text, needs)},
		{"score", BIND_MAP, false, offsetof(struct duty_text, score)},
	};
	struct duty_text t = {0};
	struct map sets;

	TRY(bind_map(a, def, rules, LEN(rules), N_("the duty"), &t, err));
	*d = (struct duty){.id = t.id, .title = t.title, .cadence = t.cadence, .proof = t.proof, .tags = t.tags,
	                   .owner_text = t.owned_by, .node = def};
	if (t.points.n && !thousandths(t.points, &d->points))
		return node_fail(NODE_GET(def, "points"), err, "'%s' takes a number", "points");
	if (t.pace.n && !str_is(t.pace, "linear"))
		return node_fail(NODE_GET(def, "pace"), err, "'pace' is linear, or not there");
	d->linear = t.pace.n > 0;
	TRY(owner_read(s, t.owner, NODE_GET(def, "owner"), &d->owner, err));
	TRY(read_score(a, t.score, d, err));
	TRY(read_sets(a, s, t.sets, &sets, err));
	if (!t.need == !t.needs)
		return node_fail(def, err, "a duty has 'need' or 'needs', one of them");
	d->nneeds = t.needs ? t.needs->n : 1;
	d->needs = ARENA_ARRAY(a, struct need, d->nneeds);
	for (size_t i = 0; i < d->nneeds; i++)
		TRY(read_need(a, s, t.needs ? t.needs->items[i] : t.need, &sets, d, &d->needs[i], err));
	return OK;
}

enum err_code scheme_duties(struct arena *a, struct scheme *s, const struct node *duties, struct err *err)
{
	s->duties = ARENA_ARRAY(a, struct duty, duties->n);
	for (size_t i = 0; i < duties->n; i++) {
		struct duty d = {0};

		TRY(read_duty(a, s, duties->items[i], &d, err));
		if (scheme_duty(s, d.id))
			return node_fail(duties->items[i], err,
				"two duties are called '" STR_FMT "'; the other stands in " STR_FMT, STR_ARG(d.id),
				STR_ARG(node_place(a, err->lang, scheme_duty(s, d.id)->node)));
		s->duties[s->nduties++] = d;
	}
	return OK;
}
