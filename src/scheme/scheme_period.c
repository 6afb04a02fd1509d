/* count and each: periods, their season and hours, what is apart, grace. */
#include "scheme/scheme_need.h"

#include "scheme/number.h"

static enum err_code read_span(struct str text, const struct node *at, struct span_rule *out, struct err *err)
{
	if (span_read(text, out))
		return OK;
	return no_word(at, span_near(text), err,
		N_("no period '" STR_FMT "': year, half, quarter, 2 months, month, xun, week, day, 4 hours, "
		   "3 years from 2021 or table:KEY"), STR_ARG(text));
}

/* ---- the season ---- */

static enum err_code read_bound(
	struct str text, const struct node *at, struct str *key, struct day_ref *day, bool *has, struct err *err)
{
	struct err no = {0};

	if (!text.n)
		return OK;
	*has = day_ref_read(NULL, text, at, day, &no) == OK;
	if (!*has && day_like(text))
		return day_ref_read(NULL, text, at, day, err);
	if (!*has)
		*key = text;
	return OK;
}

enum err_code need_read_bounds(const struct need_read *x, struct need *n, struct err *err)
{
	const struct need_text *t = x->t;

	TRY(read_bound(t->from, NODE_GET(x->def, "from"), &n->from, &n->from_day, &n->has_from, err));
	TRY(read_bound(t->to, NODE_GET(x->def, "to"), &n->to, &n->to_day, &n->has_to, err));
	n->except = t->except;
	return OK;
}

/* ---- what count and each share ---- */

static enum err_code read_time(const struct need_read *x, struct need *n, struct err *err)
{
	if (!x->t->time.n)
		return OK;
	if (!x->t->hours && !x->t->apart.n)
		return node_fail(NODE_GET(x->def, "time"), err, "'time' goes with 'hours' or 'apart' here");
	return need_field(n->take.of, x->t->time, NODE_GET(x->def, "time"), TYPE_TIME, &n->time, err);
}

/* By a count of records only. */
static enum err_code read_grace(const struct need_read *x, struct need *n, struct err *err)
{
	const struct node *at = NODE_GET(x->def, "grace");
	struct duration l;

	if (!x->t->grace.n)
		return OK;
	if (!limit_read(x->t->grace, &l) || l.unit != LIMIT_DAYS)
		return node_fail(at, err, "'grace' takes days: 10d");
	if (n->period || n->span_field || n->span.kind == SPAN_HOURS ||
	    (n->form == NEED_EACH && n->enough.kind != ENOUGH_COUNT))
		return node_fail(
			at, err, "'grace' goes with a period of the calendar or a table and a number of records");
	n->grace = l.n;
	return OK;
}

static enum err_code read_apart(const struct need_read *x, struct need *n, struct err *err)
{
	if (!x->t->apart.n)
		return OK;
	if (!limit_read(x->t->apart, &n->apart) || (n->apart.unit != LIMIT_DAYS && n->apart.unit != LIMIT_HOURS))
		return node_fail(NODE_GET(x->def, "apart"), err, "'apart' takes days or hours: 7d, 12h");
	return OK;
}

enum err_code need_read_count(const struct need_read *x, struct need *n, struct err *err)
{
	const struct node *per = NODE_GET(x->def, "per");

	if (x->t->count < 1 || x->t->count > 1000)
		return node_fail(NODE_GET(x->def, "count"), err, "'%s' takes a number", "count");
	n->count = x->t->count;
	TRY(read_span(x->t->per.n ? x->t->per : S("year"), per ? per : x->def, &n->span, err));
	if (n->span.kind == SPAN_HOURS)
		return node_fail(per, err, "hours go with 'each' only");
	TRY(need_read_bounds(x, n, err));
	if (n->except.n && n->span.kind != SPAN_DAY)
		return node_fail(NODE_GET(x->def, "except"), err, "'%s' goes with a period of days or hours", "except");
	TRY(read_time(x, n, err));
	TRY(read_apart(x, n, err));
	return read_grace(x, n, err);
}

/* ---- each ---- */

/* each: quarter, or {field: review, words: {每季度: quarter}} */
static enum err_code read_each(const struct need_read *x, struct need *n, struct err *err)
{
	struct text {
		struct str field;
		const struct node *words;
	} t = {0};
	static const struct bind rules[] = {
		{"field", BIND_TEXT, true, offsetof(struct text, field)},
		{"words", BIND_MAP, true, offsetof(struct text, words)},
	};
	const struct node *each = x->t->each;
	struct span_rule r;

	if (each->kind == NODE_TEXT)
		return read_span(each->text, each, &n->span, err);
	TRY(bind_map(x->a, each, rules, LEN(rules), N_("each"), &t, err));
	if (n->neach != 1 || n->each[0].kind != EACH_RECORDS)
		return node_fail(each, err, "a period from a field needs 'for_each' with records");
	TRY(field_of(n->each[0].set.of, t.field, NODE_GET(each, "field"), &n->span_field, err));
	for (size_t i = 0; i < t.words->n; i++) {
		TRY(read_span(t.words->items[i]->text, t.words->items[i], &r, err));
		if (r.kind == SPAN_HOURS)
			return node_fail(t.words->items[i], err, "hours are no period of an object");
	}
	n->span_words = t.words;
	return OK;
}

/* "08:30", up to "24:00". */
static bool read_clock(struct str s, int *minute)
{
	int64_t h, m;

	if (s.n != 5 || s.p[2] != ':' || !str_int(str_sub(s, 0, 2), &h) || !str_int(str_sub(s, 3, 5), &m) || h < 0 ||
	    m < 0 || m > 59 || h * 60 + m > 24 * 60)
		return false;
	*minute = (int)(h * 60 + m);
	return true;
}

static enum err_code read_hours(const struct need_read *x, struct need *n, struct err *err)
{
	struct text {
		struct str from, to;
	} t = {0};
	static const struct bind rules[] = {
		{"from", BIND_TEXT, true, offsetof(struct text, from)},
		{"to", BIND_TEXT, true, offsetof(struct text, to)},
	};
	const struct node *at = x->t->hours;

	if (n->span.kind != SPAN_HOURS)
		return at ? node_fail(at, err, "'hours' goes with a period of hours: each: 4 hours") : OK;
	if (!at)
		return node_fail(x->t->each, err, "a period of hours needs 'hours: {from: \"08:00\", to: \"20:00\"}'");
	TRY(bind_map(x->a, at, rules, LEN(rules), N_("hours"), &t, err));
	if (!read_clock(t.from, &n->hours_from))
		return node_fail(NODE_GET(at, "from"), err, "expected a time of day such as \"08:00\"");
	if (!read_clock(t.to, &n->hours_to) || n->hours_to <= n->hours_from)
		return node_fail(NODE_GET(at, "to"), err, "expected a time of day such as \"20:00\", after 'from'");
	if (!x->t->time.n)
		return node_fail(x->def, err, "a period of hours needs 'time': the field that says when");
	if (n->enough.kind != ENOUGH_COUNT || x->t->period.n)
		return node_fail(x->def, err, "a period of hours counts records only");
	return OK;
}

/* days: working, or weekdays */
static enum err_code read_days(const struct need_read *x, struct need *n, struct err *err)
{
	const struct node *v = x->t->days;
	bool by_day = n->span.kind == SPAN_HOURS || (n->span.kind == SPAN_DAY && !n->span_field);

	if (n->except.n && !by_day)
		return node_fail(NODE_GET(x->def, "except"), err, "'%s' goes with a period of days or hours", "except");
	if (!v)
		return OK;
	if (!by_day)
		return node_fail(v, err, "'%s' goes with a period of days or hours", "days");
	n->days = DAYS_OF_WEEK;
	if (v->kind == NODE_TEXT && str_is(v->text, "working"))
		n->days = DAYS_WORKING;
	else if (v->kind == NODE_TEXT && str_is(v->text, "all"))
		n->days = DAYS_ALL;
	for (size_t i = 0; n->days == DAYS_OF_WEEK && i < (v->kind == NODE_LIST ? v->n : 1); i++) {
		const struct node *one = v->kind == NODE_LIST ? v->items[i] : v;
		int day = one->kind == NODE_TEXT ? weekday_of(one->text) : 0;

		if (!day)
			return node_fail(one, err, "'days' takes working, all, or weekdays: monday … sunday");
		n->weekdays |= 1u << day;
	}
	return OK;
}

/* due: 10d, 5 working days, day 10 — after the period */
static enum err_code read_due(const struct need_read *x, struct need *n, struct err *err)
{
	const struct node *at = NODE_GET(x->def, "due");
	struct str rest;
	int64_t day;

	if (!x->t->due.n)
		return OK;
	if (!n->period)
		return node_fail(at, err, "'due' goes with 'period' here: without it a period is due on its last day");
	if (text_after(x->t->due, "day ", &rest) && str_int(rest, &day) && day >= 1 && day <= 31) {
		n->due.mday = (int)day;
		return OK;
	}
	if (!limit_read(x->t->due, &n->due.limit) ||
	    (n->due.limit.unit != LIMIT_DAYS && n->due.limit.unit != LIMIT_WORKING))
		return node_fail(at, err, "'due' takes 10d, 5 working days or day 10 (of the month after)");
	return OK;
}

enum err_code need_read_each(const struct need_read *x, struct need *n, struct err *err)
{
	TRY(read_each(x, n, err));
	TRY(need_read_bounds(x, n, err));
	if (x->t->period.n) {
		TRY(need_field(
			n->take.of, x->t->period, NODE_GET(x->def, "period"), TYPE_PERIOD, &n->period, err));
		n->late_counts = true;
	}
	TRY(need_read_enough(x, n, err));
	TRY(read_hours(x, n, err));
	TRY(read_time(x, n, err));
	TRY(read_days(x, n, err));
	TRY(read_due(x, n, err));
	TRY(read_apart(x, n, err));
	return read_grace(x, n, err);
}
