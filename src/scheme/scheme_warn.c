/* warnings: of a scheme. */
#include "scheme/number.h"
#include "scheme/warn_def.h"

struct rule_text {
	struct str id, title, of, metric, figure, rule, colour;
	struct texts duty, due;
	const struct node *take, *bands;
	struct str done, start, progress, owner, label;
	bool in_a_row;
};

static const struct { const char *name; } metrics[] = {
	[METRIC_DAYS_TO_DUE] = {"days_to_due"}, [METRIC_DAYS_OVERDUE] = {"days_overdue"},
		[METRIC_GAP] = {"gap_to_linear"},
	[METRIC_REPEATS] = {"repeats"}, [METRIC_LAPSED] = {"lapsed"}, [METRIC_VALUE] = {"value"},
};
static const struct { const char *name; } subjects[] = {
	[WARN_SLOTS] = {"slots"}, [WARN_FINDINGS] = {"findings"}, [WARN_RISKS] = {"risks"}, [WARN_FIGURE] = {"figure"},
	[WARN_RULE] = {"warnings"},
};

/* What can be asked of what: bits of metrics. */
static const unsigned fits[] = {
	[WARN_SLOTS] = 1u << METRIC_DAYS_TO_DUE | 1u << METRIC_DAYS_OVERDUE | 1u << METRIC_GAP | 1u << METRIC_REPEATS,
	[WARN_FINDINGS] = 1u << METRIC_DAYS_TO_DUE | 1u << METRIC_DAYS_OVERDUE | 1u << METRIC_GAP,
	[WARN_RISKS] = 1u << METRIC_DAYS_TO_DUE | 1u << METRIC_DAYS_OVERDUE,
	[WARN_FIGURE] = 1u << METRIC_VALUE,
	[WARN_RULE] = 1u << METRIC_REPEATS | 1u << METRIC_LAPSED,
};

static enum err_code word_of(const char *const *names, size_t n, struct str word, const struct node *at,
	const char *key,
	int *out, struct err *err)
{
	const char *near;

	for (size_t i = 0; i < n; i++) {
		if (str_is(word, names[i])) {
			*out = (int)i;
			return OK;
		}
	}
	near = nearest_name(word, names, n, sizeof *names);
	if (near)
		return node_fail(at, err, "no %s '" STR_FMT "'; did you mean '%s'?", key, STR_ARG(word), near);
	return node_fail(at, err, "no %s '" STR_FMT "' (docs/scheme.md)", key, STR_ARG(word));
}

/* "5 working days", "5 days". */
static enum err_code read_limit(struct str text, const struct node *at, struct warn_limit *out, struct err *err)
{
	struct str rest = text, number;
	int64_t n;

	if (!str_cut(&rest, S(" "), &number) || !str_int(number, &n) || n < 1 || n > 366 ||
	    !(str_is(rest, "days") || str_is(rest, "day") || str_is(rest, "working days") ||
	      str_is(rest, "working day")))
		return node_fail(at, err, "'" STR_FMT "': a limit is such as '5 days' or '5 working days', 366 at most",
		                 STR_ARG(text));
	out->days = (int)n;
	out->working = str_starts(rest, S("working"));
	return OK;
}

static enum err_code check_to(const struct scheme *s, struct str to, const struct node *at, struct err *err)
{
	struct str name;

	if (!to.n || str_is(to, "owner") || text_after(to, "post:", &name))
		return OK;
	if (text_after(to, "role:", &name)) {
		if (s->roles && !node_get(s->roles, name))
			return node_fail(at, err, "no role '" STR_FMT "' under roles:", STR_ARG(name));
		return OK;
	}
	return node_fail(at, err, "'" STR_FMT "': it may be owner, post:NAME or role:NAME", STR_ARG(to));
}

static enum err_code read_band(struct arena *a, const struct scheme *s, const struct warn_rule *r,
	const struct node *map,
	struct warn_band *out, struct err *err)
{
	struct text {
		struct str at_least, at_most, colour, action, limit, to, escalate;
	} x = {0};
	static const struct bind rules[] = {
		{"at_least", BIND_TEXT, false, offsetof(struct text, at_least)},
		{"at_most", BIND_TEXT, false, offsetof(struct text, at_most)},
		{"colour", BIND_TEXT, true, offsetof(struct text, colour)},
		{"action", BIND_TEXT, true, offsetof(struct text, action)},
		{"limit", BIND_TEXT, false, offsetof(struct text, limit)},
		{"to", BIND_TEXT, false, offsetof(struct text, to)},
		{"escalate", BIND_TEXT, false, offsetof(struct text, escalate)},
	};
	const char *wants = r->metric == METRIC_DAYS_TO_DUE ? "at_most" : "at_least";
	const char *key;

	TRY(bind_map(a, map, rules, LEN(rules), N_("the band"), &x, err));
	if (!x.at_least.n == !x.at_most.n)
		return node_fail(map, err, "a band needs one of at_least and at_most");
	key = x.at_most.n ? "at_most" : "at_least";
	if (r->metric != METRIC_VALUE && !str_is(str_c(key), wants))
		return node_fail(node_get(map, str_c(key)), err, "'%s' does not fit this metric; it wants '%s'", key,
			wants);
	*out = (struct warn_band){.at_most = x.at_most.n > 0, .action = x.action, .to = x.to, .escalate = x.escalate};
	if (!thousandths(out->at_most ? x.at_most : x.at_least, &out->bar))
		return node_fail(node_get(map, str_c(key)), err, "'%s' must be a number, with three decimals at most",
			key);
	TRY(colour_read(x.colour, NODE_GET(map, "colour"), &out->colour, err));
	TRY(check_to(s, x.to, NODE_GET(map, "to"), err));
	TRY(check_to(s, x.escalate, NODE_GET(map, "escalate"), err));
	if (x.escalate.n && !x.limit.n)
		return node_fail(NODE_GET(map, "escalate"), err, "'escalate' needs a 'limit' that can pass");
	return x.limit.n ? read_limit(x.limit, NODE_GET(map, "limit"), &out->limit, err) : OK;
}

static enum err_code read_bands(struct arena *a, const struct scheme *s, struct warn_rule *r, const struct node *list,
	struct err *err)
{
	r->nbands = list->n;
	r->bands = ARENA_ARRAY(a, struct warn_band, list->n);
	if (!list->n || list->n > 100)
		return node_fail(list, err, "a rule needs a band at least, and has 100 at most");
	for (size_t i = 0; i < list->n; i++)
		TRY(read_band(a, s, r, list->items[i], &r->bands[i], err));
	return OK;
}

/* ---- what a rule looks at ---- */

static enum err_code read_duties(
	struct arena *a, const struct scheme *s, const struct rule_text *x, struct warn_rule *r, struct err *err)
{
	r->nduties = x->duty.n ? x->duty.n : s->nduties;
	r->duties = ARENA_ARRAY(a, const struct duty *, r->nduties);
	for (size_t i = 0; i < r->nduties; i++) {
		r->duties[i] = x->duty.n ? scheme_duty(s, x->duty.p[i]) : &s->duties[i];
		if (!r->duties[i]) {
			const struct node *at = NODE_GET(r->node, "duty");
			const char *names[512], *near;
			size_t n = MIN(s->nduties, LEN(names));

			for (size_t k = 0; k < n; k++)
				names[k] = s->duties[k].id.p;
			near = nearest_name(x->duty.p[i], names, n, sizeof *names);
			if (near)
				return node_fail(at, err, "no duty '" STR_FMT "'; did you mean '%s'?",
				                 STR_ARG(x->duty.p[i]), near);
			return node_fail(at, err, "no duty '" STR_FMT "' in this scheme", STR_ARG(x->duty.p[i]));
		}
	}
	return OK;
}

static enum err_code field_typed(const struct record_type *t, struct str name, const struct node *at, unsigned types,
	const struct field **out, struct err *err)
{
	if (!name.n)
		return OK;
	TRY(field_of(t, name, at, out, err));
	if (!(types >> (*out)->type & 1))
		return node_fail(at, err, "'" STR_FMT "' can not be a field of type %s here", STR_ARG(name),
		                 field_type_name((*out)->type));
	return OK;
}

static enum err_code read_findings(
	struct arena *a, const struct scheme *s, const struct rule_text *x, struct warn_rule *r, struct err *err)
{
	const unsigned date = 1u << TYPE_DATE, number = 1u << TYPE_NUMBER | 1u << TYPE_COUNT, any = ~0u;
	const struct record_type *t;

	if (!x->take || !x->due.n || !x->done.n)
		return node_fail(r->node, err, "a rule of findings needs take (the records), due and done "
			"(their fields)");
	TRY(set_read(a, s, x->take, NULL, &r->take, err));
	t = r->take.of;
	if (x->due.n > LEN(r->due))
		return node_fail(NODE_GET(r->node, "due"), err, "'due' names %zu fields at most", LEN(r->due));
	for (r->ndue = 0; r->ndue < x->due.n; r->ndue++)
		TRY(field_typed(t, x->due.p[r->ndue], NODE_GET(r->node, "due"), date, &r->due[r->ndue], err));
	TRY(field_typed(t, x->done, NODE_GET(r->node, "done"), date, &r->done, err));
	TRY(field_typed(t, x->start, NODE_GET(r->node, "start"), date, &r->start, err));
	TRY(field_typed(t, x->progress, NODE_GET(r->node, "progress"), number, &r->progress, err));
	TRY(field_typed(t, x->owner, NODE_GET(r->node, "owner"), any, &r->owner, err));
	TRY(field_typed(t, x->label, NODE_GET(r->node, "label"), any, &r->label, err));
	if (r->metric == METRIC_GAP && (!r->start || !r->progress))
		return node_fail(r->node, err, "gap_to_linear of findings needs start and progress (their fields)");
	return OK;
}

static const char *rule_near(const struct scheme *s, struct str id)
{
	return s->nwarn_rules
		? nearest_name(id, &s->warn_rules[0].id.p, s->nwarn_rules, sizeof *s->warn_rules)
		: NULL;
}

static enum err_code read_rule_of(
	const struct scheme *s, const struct rule_text *x, struct warn_rule *r, struct err *err)
{
	if (!x->rule.n)
		return node_fail(r->node, err, "a rule of warnings needs 'rule', the id of an earlier rule");
	r->rule = warn_rule_named(s, x->rule);
	if (!r->rule && rule_near(s, x->rule))
		return node_fail(NODE_GET(r->node, "rule"), err, "no rule '" STR_FMT
			"' stands before this one; did you mean '%s'?", STR_ARG(x->rule), rule_near(s, x->rule));
	if (!r->rule)
		return node_fail(NODE_GET(r->node, "rule"), err, "no rule '" STR_FMT "' stands before this one",
		                 STR_ARG(x->rule));
	r->colour = COLOUR_GREEN;
	r->in_a_row = x->in_a_row;
	return x->colour.n ? colour_read(x->colour, NODE_GET(r->node, "colour"), &r->colour, err) : OK;
}

/* A key that would do nothing is an error, not silence. */
static enum err_code check_keys(const struct warn_rule *r, struct err *err)
{
	static const struct {
		const char *key;
		unsigned of;
	} only[] = {
		{"duty", 1u << WARN_SLOTS}, {"take", 1u << WARN_FINDINGS | 1u << WARN_RISKS},
		{"due", 1u << WARN_FINDINGS}, {"done", 1u << WARN_FINDINGS},
		{"start", 1u << WARN_FINDINGS}, {"progress", 1u << WARN_FINDINGS},
		{"owner", 1u << WARN_FINDINGS}, {"label", 1u << WARN_FINDINGS}, {"figure", 1u << WARN_FIGURE},
		{"rule", 1u << WARN_RULE}, {"colour", 1u << WARN_RULE}, {"in_a_row", 1u << WARN_RULE},
	};

	for (size_t i = 0; i < LEN(only); i++) {
		const struct node *at = node_get(r->node, str_c(only[i].key));

		if (at && !(only[i].of >> r->of & 1))
			return node_fail(at, err, "'%s' does not fit a rule of %s", only[i].key, subjects[r->of].name);
	}
	if (r->metric == METRIC_LAPSED && (NODE_GET(r->node, "colour") || NODE_GET(r->node, "in_a_row")))
		return node_fail(r->node, err, "'colour' and 'in_a_row' go with metric repeats");
	return OK;
}

static enum err_code read_rule(
	struct arena *a, const struct scheme *s, const struct node *map, struct warn_rule *r, struct err *err)
{
	static const struct bind rules[] = {
#define K(key, kind, must) {#key, BIND_##kind, must, offsetof(struct rule_text, key)}
		K(id, TEXT, true), K(title, TEXT, true), K(of, TEXT, true), K(metric, TEXT, true),
		K(duty, TEXTS, false),
		K(take, NODE, false), K(due, TEXTS, false), K(done, TEXT, false), K(start, TEXT, false),
		K(progress, TEXT, false), K(owner, TEXT, false), K(label, TEXT, false), K(figure, TEXT, false),
		K(rule, TEXT, false), K(colour, TEXT, false), K(in_a_row, YES, false), K(bands, LIST, true),
#undef K
	};
	struct rule_text x = {0};
	int of = 0, metric = 0;

	TRY(bind_map(a, map, rules, LEN(rules), N_("the warning rule"), &x, err));
	*r = (struct warn_rule){.id = x.id, .title = x.title, .node = map};
	if (warn_rule_named(s, x.id))
		return node_fail(NODE_GET(map, "id"), err, "rule '" STR_FMT "' stands there twice", STR_ARG(x.id));
	if (!x.id.n || str_has(x.id, S("-")) || str_has(x.id, S(" ")) || str_has(x.id, S("|")))
		return node_fail(NODE_GET(map, "id"), err, "an id holds no blank, - or |");
	TRY(word_of(&subjects[0].name, LEN(subjects), x.of, NODE_GET(map, "of"), "of", &of, err));
	TRY(word_of(&metrics[0].name, LEN(metrics), x.metric, NODE_GET(map, "metric"), "metric", &metric, err));
	r->of = (enum warn_of)of;
	r->metric = (enum warn_metric)metric;
	if (!(fits[of] >> metric & 1))
		return node_fail(NODE_GET(map, "metric"), err, "metric %s does not fit a rule of %s",
			metrics[metric].name,
		                 subjects[of].name);
	TRY(check_keys(r, err));
	switch (r->of) {
	case WARN_SLOTS:
		TRY(read_duties(a, s, &x, r, err));
		break;
	case WARN_FINDINGS:
		TRY(read_findings(a, s, &x, r, err));
		break;
	case WARN_FIGURE:
		r->figure = x.figure;
		if (!x.figure.n || !scheme_has_figure(s, x.figure))
			return node_fail(x.figure.n ? NODE_GET(map, "figure") : map, err,
			                 "a rule of a figure needs 'figure', the name of one; there is no "
				"'" STR_FMT "'",
			                 STR_ARG(x.figure));
		break;
	case WARN_RULE:
		TRY(read_rule_of(s, &x, r, err));
		break;
	case WARN_RISKS:
		if (x.take)
			TRY(set_read(a, s, x.take, NULL, &r->take, err));
		if (x.take && !r->take.of->risk)
			return node_fail(x.take, err, "take must be records that say what of a risk (risk:)");
		break;
	}
	return read_bands(a, s, r, x.bands, err);
}

enum err_code scheme_warnings(struct arena *a, struct scheme *s, struct err *err)
{
	struct warn_rule *rules = ARENA_ARRAY(a, struct warn_rule, s->warnings->n);

	s->warn_rules = rules;
	if (s->warnings->n > 200)
		return node_fail(s->warnings, err, "at most 200 warning rules");
	for (size_t i = 0; i < s->warnings->n; i++, s->nwarn_rules++)
		TRY(read_rule(a, s, s->warnings->items[i], &rules[i], err));
	return OK;
}

const struct warn_rule *warn_rule_named(const struct scheme *s, struct str id)
{
	for (size_t i = 0; i < s->nwarn_rules; i++)
		if (str_eq(s->warn_rules[i].id, id))
			return &s->warn_rules[i];
	return NULL;
}
