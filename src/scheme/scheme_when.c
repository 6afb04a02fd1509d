/* when: what arises, its time limit and extension. */
#include "scheme/scheme_need.h"

static enum err_code read_limit(struct str text, const struct node *at, const char *key, struct duration *out,
	struct err *err)
{
	static const char *const words[] = {"24h", "3d", "5 working days", "2 months", "prompt"};

	if (limit_read(text, out))
		return OK;
	return no_word(at, nearest_name(text, words, LEN(words), sizeof *words), err,
		N_("'%s' takes 24h, 3d, 5 working days or 2 months, not '" STR_FMT "'"), key, STR_ARG(text));
}

/* within: 3d, or prompt: as the scheme's own key says */
static enum err_code read_within(const struct need_read *x, struct need *n, struct err *err)
{
	const struct node *at = NODE_GET(x->def, "within"), *prompt = x->s->prompt;

	if (!x->t->within.n)
		return OK;
	n->late_counts = true;
	if (!str_is(x->t->within, "prompt"))
		return read_limit(x->t->within, at, "within", &n->within, err);
	n->internal = true;
	if (!prompt)
		return node_fail(at, err, "'within: prompt' needs the key 'prompt' of the scheme: the office's own "
		                 "limit, such as prompt: 3d");
	if (prompt->kind != NODE_TEXT)
		return node_fail(prompt, err, "'%s' must be a text", "prompt");
	return read_limit(prompt->text, prompt, "prompt", &n->within, err);
}

static enum err_code read_due(const struct need_read *x, struct need *n, struct err *err)
{
	const struct node *at = NODE_GET(x->def, "due");

	if (!x->t->due.n)
		return OK;
	if (x->t->within.n)
		return node_fail(at, err, "'due' and 'within' do not go together");
	n->late_counts = true;
	return need_field(n->then.of, x->t->due, at, TYPE_DATE, &n->due_on, err);
}

/* time and done_time: only where hours are counted */
static enum err_code read_times_of_day(const struct need_read *x, struct need *n, struct err *err)
{
	const struct node *time = NODE_GET(x->def, "time"), *done = NODE_GET(x->def, "done_time");

	if (x->t->time.n) {
		TRY(need_field(n->then.of, x->t->time, time, TYPE_TIME, &n->time, err));
		if (n->within.unit != LIMIT_HOURS)
			return node_fail(time, err, "'time' goes with a limit in hours: within: 24h");
	}
	if (!x->t->done_time.n)
		return OK;
	if (!x->t->time.n)
		return node_fail(done, err, "'done_time' needs 'time'");
	return need_field(n->takes ? n->take.of : n->then.of, x->t->done_time, done, TYPE_TIME, &n->done_time, err);
}

/* extend: {by: 30d, asked: asked_on, approved: approved_on} */
static enum err_code read_extend(const struct need_read *x, struct need *n, struct err *err)
{
	struct text {
		struct str by, asked, approved;
	} t = {0};
	static const struct bind rules[] = {
		{"by", BIND_TEXT, true, offsetof(struct text, by)},
		{"asked", BIND_TEXT, true, offsetof(struct text, asked)},
		{"approved", BIND_TEXT, true, offsetof(struct text, approved)},
	};
	const struct node *at = x->t->extend;

	if (!at)
		return OK;
	TRY(bind_map(x->a, at, rules, LEN(rules), N_("extend"), &t, err));
	TRY(read_limit(t.by, NODE_GET(at, "by"), "by", &n->extend, err));
	if (n->extend.unit == LIMIT_HOURS)
		return node_fail(NODE_GET(at, "by"), err, "an extension is of days, working days or months");
	if (n->time)
		return node_fail(at, err, "a limit in hours with 'time' is not extended");
	if (!n->within.unit && !n->due_on)
		return node_fail(at, err, "'extend' goes with 'within' or 'due'");
	TRY(need_field(n->then.of, t.asked, NODE_GET(at, "asked"), TYPE_DATE, &n->asked, err));
	return need_field(n->then.of, t.approved, NODE_GET(at, "approved"), TYPE_DATE, &n->approved, err);
}

enum err_code need_read_when(const struct need_read *x, struct need *n, struct err *err)
{
	const struct need_text *t = x->t;
	const struct node *def = x->def;

	TRY(set_read(x->a, x->s, t->when, x->sets, &n->then, err));
	if (t->times.n)
		TRY(need_number(n->then.of, t->times, NODE_GET(def, "times"), &n->times, err));
	if (t->done_times.n)
		TRY(need_number(n->then.of, t->done_times, NODE_GET(def, "done_times"), &n->done_times, err));
	if (t->done_on.n)
		TRY(need_field(n->then.of, t->done_on, NODE_GET(def, "done_on"), TYPE_DATE, &n->done_on, err));
	TRY(read_within(x, n, err));
	TRY(read_due(x, n, err));
	TRY(read_times_of_day(x, n, err));
	TRY(read_extend(x, n, err));
	return where_read(x->a, n->then.of, t->done, &n->done, err);
}
