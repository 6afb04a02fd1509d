/* Warnings of a day: the list, and one with the forms to answer it and to lift it. */
#include "web/pages.h"
#include "web/risk_view.h"
#include "web/scope.h"

enum { WARNINGS_A_PAGE = 50 };

/* ---- as it is shown ---- */

static const struct look state_looks[WARN_STATES] = {
	[WARN_OPEN] = {"open", "t-open", N_("not answered")},
	[WARN_ANSWERED] = {"late", "t-met", N_("answered")},
	[WARN_LAPSED] = {"missed", "t-missed", N_("answer overdue")},
	[WARN_LIFTED] = {"met", "t-met", N_("lifted")},
};

static struct str value_text(struct call *c, const struct warning *w)
{
	static const char *const units[] = {
		[METRIC_DAYS_TO_DUE] = N_("%s days to go"), [METRIC_DAYS_OVERDUE] = N_("%s days overdue"),
		[METRIC_GAP] = N_("%s points behind"), [METRIC_REPEATS] = N_("%s times"),
		[METRIC_LAPSED] = N_("%s days without an answer"), [METRIC_VALUE] = "%s"};

	return arena_printf(c->arena, tr(c->lang, units[w->rule->metric]), warn_value_text(c->arena, w).p);
}

/* A post or a unit by its name; a role as it stands. */
static struct str whom_text(const struct call *c, struct str whom)
{
	const struct post *p = whom.n ? org_post(&c->world->org, whom) : NULL;
	const struct unit *u = whom.n && !p ? org_unit(&c->world->org, whom) : NULL;

	return p ? p->name : u ? u->name : whom;
}

struct risk_warning warning_row(struct call *c, const struct warning *w)
{
	struct risk_warning r = {.key = w->key, .rule = w->rule->title, .title = w->title,
		.owner = whom_text(c, w->owner), .value = value_text(c, w), .action = w->band->action,
		.to = whom_text(c, w->to), .look = warn_look(c, w->band->colour), .since = w->since, .limit = w->limit,
		.due = w->due, .answered = DATE_NONE, .state = warn_state_title(w->state),
		.mark = state_looks[w->state]};

	r.url = call_url(c, url_add(c->arena, url_path("/warnings"), w->key));
	if (w->risk)
		r.risk = risk_look(c, w->risk);
	if (w->answer) {
		r.answer = w->answer->text;
		r.answered_by = whom_text(c, w->answer->by);
		r.answered = w->answer->day;
	}
	return r;
}

bool warning_seen(const struct call *c, const struct warning *w)
{
	return call_sees_all(c) || (w->fact && call_sees(c, w->fact)) || (w->owner.n && call_sees_unit(c, w->owner));
}

/* ---- the list ---- */

static void pick(struct call *c, struct picks *to, struct str value, struct str text, struct str chosen)
{
	*ARENA_PUSH(c->arena, to->p, to->n, to->cap) = (struct pick){value, text, str_eq(value, chosen)};
}

static void put_filters(struct call *c, struct warnings_view *v)
{
	const struct scheme *s = c->facts.scheme;
	struct str rule = value_of(&c->values, "rule"), colour = value_of(&c->values, "colour");
	struct str state = value_of(&c->values, "state");

	for (size_t i = 0; i < s->nwarn_rules; i++)
		pick(c, &v->rule, s->warn_rules[i].id, s->warn_rules[i].title, rule);
	for (int i = COLOURS - 1; i > COLOUR_NONE; i--)
		pick(c, &v->colour, str_c(colour_name(i)), call_say(c, colour_name(i)), colour);
	for (int i = 0; i < WARN_STATES; i++)
		pick(c, &v->state, str_c(warn_state_name(i)), call_say(c, warn_state_title(i)), state);
	v->may_mine = c->access->account.post.n != 0;
	v->mine = v->may_mine && value_flag(&c->values, "mine");
	v->narrowed = rule.n || colour.n || state.n || v->mine;
}

static bool wanted(const struct call *c, const struct warnings_view *v, const struct warning *w)
{
	struct str rule = value_of(&c->values, "rule"), colour = value_of(&c->values, "colour");
	struct str state = value_of(&c->values, "state");

	return warning_seen(c, w) && (!rule.n || str_eq(rule, w->rule->id)) &&
		(!colour.n || str_is(colour, colour_name(w->band->colour))) &&
		(!v->mine || risk_is_mine(c, w->to)) &&
		(state.n ? str_is(state, warn_state_name(w->state)) : w->state != WARN_LIFTED);
}

/* This list at another place, its filters kept. */
static struct url at_page(struct call *c, int64_t page)
{
	static const char *const names[] = {"rule", "colour", "state", "mine"};
	struct url u = call_url(c, url_path("/warnings"));

	for (size_t i = 0; i < LEN(names); i++) {
		bool flag = str_is(str_c(names[i]), "mine");
		struct str value = flag ? (value_flag(&c->values, "mine") ? S("1") : STR_NONE)
					: value_of(&c->values, names[i]);

		if (value.n)
			u = url_query(c->arena, u, names[i], value);
	}
	return url_query(c->arena, u, "page", arena_printf(c->arena, "%lld", (long long)page));
}

static void put_page(struct call *c, struct warnings_view *v)
{
	int64_t page = MAX(value_int(&c->values, "page"), 1), pages;

	v->n = (int64_t)v->rows.n;
	pages = MAX((v->n + WARNINGS_A_PAGE - 1) / WARNINGS_A_PAGE, 1);
	page = MIN(page, pages);
	v->from = (page - 1) * WARNINGS_A_PAGE;
	v->to = MIN(v->from + WARNINGS_A_PAGE, v->n);
	if (v->rows.n) {
		v->rows.p += v->from;
		v->rows.n = (size_t)(v->to - v->from);
	}
	v->from += v->n > 0;
	v->has_before = page > 1;
	v->has_after = page < pages;
	v->before = at_page(c, page - 1);
	v->after = at_page(c, page + 1);
}

static enum err_code send(struct call *c, const struct warnings_view *v, struct err *err)
{
	struct str state = list_chosen(&v->state);
	const struct list_only only[] = {{N_("Rule"), list_chosen(&v->rule)},
		{N_("Colour of the warning"), list_chosen(&v->colour)},
		{N_("Answer"), state.n ? state : call_say(c, N_("all but those lifted"))},
		{NULL, v->mine ? call_say(c, N_("to me")) : STR_NONE}};

	return list_send(c, &(struct list_shown){LIST_WARNINGS, STR_NONE, only, LEN(only), v->rows.p, v->rows.n}, err);
}

enum err_code warnings_page(struct call *c, struct err *err)
{
	struct warnings_view v = {.here = url_path("/warnings"), .backtest = url_path("/warnings/backtest"),
		.may_backtest = call_may(c, ACT_VIEW)};
	const struct warnings *all;

	TRY(call_world(c, err));
	v.frame = call_frame(c, NAV_WARNINGS, call_say(c, N_("Warnings")));
	v.any = c->facts.scheme->nwarn_rules != 0;
	v.on = c->asked ? c->on : DATE_NONE;
	v.all = call_url(c, v.here);
	v.risks = call_url(c, url_path("/risks"));
	v.backtest = call_url(c, v.backtest);
	put_filters(c, &v);
	if (v.any) {
		TRY(world_warnings(c->world, c->log, &all, err));
		for (size_t i = 0; i < all->n; i++) {
			const struct warning *w = &all->p[i];

			if (!wanted(c, &v, w))
				continue;
			v.open += w->state == WARN_OPEN || w->state == WARN_LAPSED;
			*ARENA_PUSH(c->arena, v.rows.p, v.rows.n, v.rows.cap) = warning_row(c, w);
		}
	}
	if (list_asked(c))
		return send(c, &v, err);
	v.files = list_links(c);
	put_page(c, &v);
	page_warnings(page_begin(c), &v);
	return page_end(c, err);
}

/* ---- one ---- */

static enum err_code find(struct call *c, const struct warning **out, struct err *err)
{
	struct str key = value_of(&c->values, "key");
	const struct warnings *all;
	const struct warning *w = NULL;

	TRY(call_world(c, err));
	if (c->facts.scheme->nwarn_rules) {
		TRY(world_warnings(c->world, c->log, &all, err));
		w = warning_named(all, key);
	}
	if (!w || !warning_seen(c, w))
		return fail(err, ERR_NOT_FOUND, "there is no warning '" STR_FMT "' on %s", STR_ARG(key),
			call_day(c, c->on).p);
	*out = w;
	return OK;
}

/* What the warning is about: a risk, a duty with its slots, a record. */
static void put_about(struct call *c, struct warning_view *v, const struct warning *w)
{
	char id[32];

	if (w->risk) {
		v->about = call_url(c, url_add(c->arena, url_path("/risks"), w->risk->no));
		v->about_text = arena_printf(
			c->arena, STR_FMT " " STR_FMT, STR_ARG(w->risk->no), STR_ARG(w->risk->name));
	} else if (w->fact) {
		snprintf(id, sizeof id, "%lld", (long long)w->fact->id.seq);
		v->about = call_url(c, url_add(c->arena, url_path("/records"), arena_str(c->arena, str_c(id))));
		v->about_text = call_say(c, N_("Record"));
	} else if (w->duty) {
		v->about = call_url(c, url_add(c->arena, url_path("/duties"), w->duty->id));
		v->about_text = arena_printf(
			c->arena, STR_FMT " " STR_FMT, STR_ARG(w->duty->id), STR_ARG(w->duty->title));
	}
}

/* By his account, or by his post? */
static bool by_himself(const struct call *c, const struct warn_answer *a, const struct post *post)
{
	return a && (str_eq(a->actor, c->access->account.login) || (post && org_post(&c->world->org, a->by) == post));
}

/* Who may answer, lift, take a lift back, and why not. */
static void put_rights(struct call *c, struct warning_view *v, const struct warning *w)
{
	const struct account *me = &c->access->account;
	const struct post *post = me->post.n ? org_post(&c->world->org, me->post) : NULL;
	const struct warn_answer *a = w->state == WARN_ANSWERED ? w->answer : NULL;
	bool over = w->state == WARN_LIFTED;
	bool same = by_himself(c, a, post);
	const char *no_post = post ? NULL : N_("your account has no post to act for");
	const char *no_answer = over ? N_("it is lifted")
		: !call_may(c, ACT_RECORD_ADD) ? N_("your roles do not let you add records for the office") : no_post;
	const char *no_lift = over ? N_("it is lifted")
		: !call_may(c, ACT_REVIEW) ? N_("your roles do not let you review for the office")
		: same ? N_("who answered it does not lift it: another hand does") : no_post;

	const char *no_reopen = !call_may(c, ACT_REVIEW) ? N_("your roles do not let you review for the office")
		: over && by_himself(c, w->answer, post)
			? N_("who lifted it does not take that back: another hand does")
		: no_post;

	v->lifted = over;
	v->no_reopen = no_reopen ? call_say(c, no_reopen) : STR_NONE;
	v->reopens = over && !no_reopen;
	v->no_answer = no_answer ? call_say(c, no_answer) : STR_NONE;
	v->no_lift = no_lift ? call_say(c, no_lift) : STR_NONE;
	v->answers = !v->no_answer.n;
	v->lifts = !v->no_lift.n;
	v->post = post ? post->name : STR_NONE;
}

static enum err_code show(struct call *c, const struct warning *w, struct str wrong, struct err *err)
{
	struct str done = c->req->method == HTTP_GET ? value_of(&c->values, "done") : STR_NONE;
	struct warning_view v = {.wrong = wrong};

	v.frame = call_frame(c, NAV_WARNINGS, w->title);
	v.all = call_url(c, url_path("/warnings"));
	v.row = warning_row(c, w);
	v.first = call_day(c, w->first);
	v.day_text = call_day(c, c->on);
	if (c->req->method == HTTP_POST) {
		v.text = value_of(&c->values, "text");
		v.did = value_of(&c->values, "do");
	}
	if (str_is(done, "answer"))
		v.done = N_("The answer is recorded.");
	else if (str_is(done, "lift"))
		v.done = N_("The warning is lifted.");
	else if (str_is(done, "reopen"))
		v.done = N_("The warning stands again.");
	put_about(c, &v, w);
	put_rights(c, &v, w);
	page_warning(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code warning_page(struct call *c, struct err *err)
{
	const struct warning *w;

	TRY(find(c, &w, err));
	return show(c, w, STR_NONE, err);
}

struct saying {
	const struct warning *warning;
	struct warn_said said;
};

static enum err_code do_say(struct tx *tx, void *ctx, struct err *err)
{
	const struct saying *s = ctx;

	return warn_say(tx, s->warning, &s->said, NULL, err);
}

static enum err_code say(struct call *c, const struct warning *w, struct err *err)
{
	const struct str word = value_of(&c->values, "do");
	const struct post *post =
		c->access->account.post.n ? org_post(&c->world->org, c->access->account.post) : NULL;
	struct saying s = {w, {WARN_ANSWER, c->on, STR_NONE, value_of(&c->values, "text")}};

	if (!call_may(c, ACT_RECORD_ADD) && !call_may(c, ACT_REVIEW))
		return fail(err, ERR_DENIED, "your roles do not let you answer or lift warnings");
	if (str_is(word, "lift"))
		s.said.act = WARN_LIFT;
	else if (str_is(word, "reopen"))
		s.said.act = WARN_REOPEN;
	else if (!str_is(word, "answer"))
		return fail(err, ERR_INPUT, "the form does not say what is to be done");
	if (!post)
		return fail(err, ERR_DENIED, "your account has no post to act for");
	if (w->state == WARN_LIFTED && s.said.act != WARN_REOPEN)
		return fail(err, ERR_CONFLICT, "it is lifted");
	s.said.by = post->name;
	return call_write(c, do_say, &s, err);
}

enum err_code warning_post(struct call *c, struct err *err)
{
	const struct warning *w;
	struct str wrong;

	TRY(find(c, &w, err));
	if (say(c, w, err) != OK) {
		wrong = call_refused(c, err);
		return wrong.n ? show(c, w, wrong, err) : err->code;
	}
	return call_go(c, url_query(c->arena, call_url(c, url_add(c->arena, url_path("/warnings"), w->key)), "done",
		value_of(&c->values, "do")), err);
}
