/* on, by and reach: needs with days of their own. */
#include "scheme/scheme_need.h"

#include "scheme/number.h"
#include "scheme/rule.h"

static const char *const weekdays[] = {
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

int weekday_of(struct str s)
{
	for (size_t i = 0; i < LEN(weekdays); i++)
		if (str_is(s, weekdays[i]))
			return (int)i + 1;
	return 0;
}

/* ---- on ---- */

static bool numbered(struct str text, const char *prefix, int most, int *n)
{
	struct str rest;
	int64_t v;

	if (!text_after(text, prefix, &rest) || !str_int(rest, &v) || v < 1 || v > most)
		return false;
	*n = (int)v;
	return true;
}

static enum err_code no_day(const struct node *at, struct str text, struct err *err)
{
	static const char *const words[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
		"sunday", "last day", "working days", "last working day", "working day 3", "day 5"};

	return no_word(at, nearest_name(text, words, LEN(words), sizeof *words), err,
		N_("'on' knows no '" STR_FMT "': weekdays (monday … sunday), day 5, last day, working day 3, "
		   "last working day, working days, 06-30 or {rule: FREQ=…} are"), STR_ARG(text));
}

static enum err_code read_on_day(const struct node *at, struct on_day *out, struct err *err)
{
	struct str text = at->kind == NODE_TEXT ? at->text : STR_NONE;
	struct day_ref ref;
	struct err no = {0};

	if ((out->n = weekday_of(text)))
		out->kind = ON_WEEKDAY;
	else if (str_is(text, "last day"))
		out->kind = ON_LAST_DAY;
	else if (str_is(text, "working days"))
		out->kind = ON_EACH_WORKING;
	else if (str_is(text, "last working day"))
		out->kind = ON_LAST_WORKING;
	else if (numbered(text, "working day ", 23, &out->n))
		out->kind = ON_WORKING;
	else if (numbered(text, "day ", 31, &out->n))
		out->kind = ON_DAY;
	else if (text.n == 5 && text.p[2] == '-') {
		if (day_ref_read(NULL, text, at, &ref, &no) != OK)
			return day_ref_read(NULL, text, at, &ref, err);
		*out = (struct on_day){.kind = ON_DATE, .month = ref.month, .mday = ref.mday};
	} else {
		return no_day(at, text, err);
	}
	return OK;
}

static enum err_code read_rule(const struct need_read *x, struct on_day *out, struct err *err)
{
	struct text {
		struct str rule, start;
	} t = {0};
	static const struct bind rules[] = {
		{"rule", BIND_TEXT, true, offsetof(struct text, rule)},
		{"start", BIND_TEXT, false, offsetof(struct text, start)},
	};
	const struct node *at = x->t->on;

	TRY(bind_map(x->a, at, rules, LEN(rules), N_("on"), &t, err));
	*out = (struct on_day){.kind = ON_RULE, .rule = t.rule, .start = DATE_NONE};
	if (!rule_good(x->a, t.rule))
		return node_fail(NODE_GET(at, "rule"), err,
			"'" STR_FMT "' is no rule of whole days by RFC 5545, or names no day: FREQ=DAILY, WEEKLY, "
			"MONTHLY or YEARLY and what goes with it, such as FREQ=MONTHLY;BYDAY=2TU", STR_ARG(t.rule));
	if (t.start.n && !date_parse(t.start, &out->start))
		return node_fail(
			NODE_GET(at, "start"), err, "'" STR_FMT "' is no day: 2022-06-30 is", STR_ARG(t.start));
	return OK;
}

/* window: week, or 7d */
static enum err_code read_window(const struct need_read *x, struct need *n, struct err *err)
{
	static const char *const words[] = {"day", "week", "month", "quarter", "half", "year"};
	struct str text = str_is(x->t->window, "0d") ? S("day") : x->t->window;
	struct duration l;

	span_read(text.n ? text : S("day"), &n->window);
	for (size_t i = 0; i < LEN(words); i++)
		if (!text.n || str_is(text, words[i]))
			return OK;
	if (!limit_read(text, &l) || l.unit != LIMIT_DAYS)
		return no_word(NODE_GET(x->def, "window"), nearest_name(text, words, LEN(words), sizeof *words), err,
		               N_("no window '" STR_FMT "': day, week, month, quarter, half, year or 7d"),
		               STR_ARG(text));
	n->window_days = l.n;
	return OK;
}

enum err_code need_read_on(const struct need_read *x, struct need *n, struct err *err)
{
	const struct node *v = x->t->on;

	TRY(need_read_bounds(x, n, err));
	TRY(read_window(x, n, err));
	n->non = v->kind == NODE_LIST ? v->n : 1;
	n->on = ARENA_ARRAY(x->a, struct on_day, n->non);
	if (!n->non)
		return node_fail(v, err, "'on' names no day");
	if (v->kind == NODE_MAP)
		return read_rule(x, &n->on[0], err);
	for (size_t i = 0; i < n->non; i++) {
		const struct node *one = v->kind == NODE_LIST ? v->items[i] : v;

		if (one->kind == NODE_MAP)
			return node_fail(one, err, "a rule stands alone, not in a list");
		TRY(read_on_day(one, &n->on[i], err));
	}
	return OK;
}

/* ---- by ---- */

/* One day, or a list of them. */
static enum err_code read_by(const struct need_read *x, struct need *n, struct err *err)
{
	const struct node *v = x->t->by;

	n->nby = v->kind == NODE_LIST ? v->n : 1;
	n->by = ARENA_ARRAY(x->a, struct day_ref, n->nby);
	if (!n->nby || v->kind == NODE_MAP)
		return node_fail(v, err, "'by' takes a day or a list of days");
	for (size_t i = 0; i < n->nby; i++) {
		const struct node *one = v->kind == NODE_LIST ? v->items[i] : v;

		if (one->kind != NODE_TEXT)
			return node_fail(one, err, "'by' takes a day or a list of days");
		TRY(day_ref_read(NULL, one->text, one, &n->by[i], err));
	}
	return OK;
}

enum err_code need_read_by(const struct need_read *x, struct need *n, struct err *err)
{
	n->count = x->t->counts ? x->t->count : 1;
	n->late_counts = true;
	TRY(read_by(x, n, err));
	if (n->nby > 1 && x->t->counts)
		return node_fail(
			NODE_GET(x->def, "count"), err, "'count' goes with one day: a list has one slot a day");
	if (n->count < 1 || n->count > 1000)
		return node_fail(NODE_GET(x->def, "count"), err, "'%s' takes a number", "count");
	return need_read_bounds(x, n, err);
}

enum err_code need_read_reach(const struct need_read *x, struct need *n, struct err *err)
{
	struct text {
		struct str figure;
		struct texts at_least;
	} t = {0};
	static const struct bind rules[] = {
		{"figure", BIND_TEXT, true, offsetof(struct text, figure)},
		{"at_least", BIND_TEXTS, true, offsetof(struct text, at_least)},
	};
	const struct node *at = x->t->reach, *bars = NODE_GET(at, "at_least");

	TRY(bind_map(x->a, at, rules, LEN(rules), N_("reach"), &t, err));
	if (!x->t->by)
		return node_fail(at, err, "'reach' needs 'by': the day on which the figure is looked at");
	TRY(read_by(x, n, err));
	n->figure = t.figure;
	n->at_least = ARENA_ARRAY(x->a, int64_t, n->nby);
	if (t.at_least.n != n->nby)
		return node_fail(bars, err, "'at_least' has %zu numbers for %zu days", t.at_least.n, n->nby);
	for (size_t i = 0; i < n->nby; i++)
		if (!thousandths(t.at_least.p[i], &n->at_least[i]))
			return node_fail(bars->kind == NODE_LIST ? bars->items[i] : bars, err, "'%s' takes a number",
			                 "at_least");
	return OK;
}
