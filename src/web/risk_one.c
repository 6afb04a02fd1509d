/* One risk: what the register says, its levels over time, every step, and the forms of those that are possible. */
#include "flow/risk_step.h"
#include "web/flow_view.h"
#include "web/pages.h"
#include "web/risk_view.h"
#include "web/scope.h"

#include <stdlib.h>

static const struct {
	int move;
	const char *consequence, *done;
} says[] = {
	{MOVE_RISK_RATE, N_("The register has the new level from that day on, and the next review is reckoned anew. "
		"What it was before stays in the line."), N_("It is rated.")},
	{MOVE_RISK_MEASURE, N_("It stands in its history. Who sets measures does not close it right after."),
		N_("The measures are recorded.")},
	{MOVE_RISK_REVIEW, N_("The next review is reckoned from that day. Who reviewed it last does not close it."),
		N_("The review is recorded.")},
	{MOVE_RISK_CONSULT, N_("It counts as a review, with the number of its minutes."),
		N_("The consultation is recorded.")},
	{MOVE_RISK_ESCALATE, N_("The graver level counts from that day on; another hand can lower it again."),
		N_("Its level is raised.")},
	{MOVE_RISK_LOWER, N_("The milder level counts from that day on; it can be raised again."),
		N_("Its level is lowered.")},
	{MOVE_RISK_CLOSE, N_("It is resolved and needs no review any more. It can be reopened."), N_("It is closed.")},
	{MOVE_RISK_REOPEN, N_("It is in hand again and is to be reviewed."), N_("It is reopened.")},
};

static const char *consequence(int move)
{
	for (size_t i = 0; i < LEN(says); i++)
		if (says[i].move == move)
			return says[i].consequence;
	return "";
}

static struct str title(struct call *c, const char *key)
{
	struct str s = arena_str(c->arena, call_say(c, key));

	if (s.n && s.p[0] >= 'a' && s.p[0] <= 'z')
		((char *)s.p)[0] = (char)(s.p[0] - 'a' + 'A');
	return s;
}

static struct str post_title(const struct call *c, struct str code)
{
	const struct post *p = code.n ? org_post(&c->world->org, code) : NULL;

	return p ? p->name : code;
}

/* ---- what the register says became of it ---- */

static struct str text_of(struct call *c, const struct fact *x, const struct field *f)
{
	return f ? datum_text(c->arena, c->lang, fact_value(&c->facts, x, f, c->on)) : STR_NONE;
}

static int by_day(const void *pa, const void *pb)
{
	const struct risk_update_row *a = pa, *b = pb;

	return (a->day.n > b->day.n) - (a->day.n < b->day.n);
}

static void put_updates(struct call *c, struct risk_one_view *v, const struct risk *r)
{
	const struct risk_updates *u = &r->map->updates;
	const struct fact_set *set = u->of ? facts_of(&c->facts, u->of) : NULL;

	for (size_t i = 0; set && i < set->n; i++) {
		const struct fact *x = &set->p[i];
		char id[32];

		if (x->withdrawn || x->outside || (date_is(x->day) && x->day.n > c->on.n) ||
			!words_alike(&c->facts, text_of(c, x, u->no), r->no))
			continue;
		snprintf(id, sizeof id, "%lld", (long long)x->id.seq);
		*ARENA_PUSH(c->arena, v->updates.p, v->updates.n, v->updates.cap) = (struct risk_update_row){
			.what = text_of(c, x, u->what), .level = text_of(c, x, u->level), .by = text_of(c, x, u->by),
			.note = text_of(c, x, u->note), .day = x->day,
			.url = call_url(c, url_add(c->arena, url_path("/records"), arena_str(c->arena, str_c(id))))};
	}
	if (v->updates.n)
		qsort(v->updates.p, v->updates.n, sizeof *v->updates.p, by_day);
}

/* ---- steps ---- */

static void put_steps(struct call *c, struct risk_one_view *v, const struct flow_case *k)
{
	for (size_t i = k->n; i-- > 0;) {
		const struct flow_step *s = &k->steps[i];

		*ARENA_PUSH(c->arena, v->steps.p, v->steps.n, v->steps.cap) = (struct risk_step_row){
			.what = title(c, move_defs[s->move].title), .by = post_title(c, s->by),
			.actor = call_person(c, s->actor),
			.text = s->text, .why = s->why, .no = s->no, .way = s->way, .level = s->level, .day = s->day,
			.event = s->id.seq};
	}
}

static void put_proof(void *to, struct str event, struct proof_view file, struct arena *a)
{
	struct risk_one_view *v = to;
	int64_t seq;

	for (size_t i = 0; str_int(event, &seq) && i < v->steps.n; i++) {
		struct risk_step_row *s = &v->steps.p[i];

		if (s->event == seq)
			*ARENA_PUSH(a, s->proofs.p, s->proofs.n, s->proofs.cap) = file;
	}
}

/* ---- forms ---- */

static void put_levels(struct call *c, struct picks *to, int move, const struct risk *r, struct str chosen)
{
	const struct matrix *m = c->facts.scheme->grid;

	for (size_t i = 0; m && i < m->ngrades; i++) {
		const struct grade *g = &m->grades[i];

		if ((move == MOVE_RISK_ESCALATE && r->grade && g >= r->grade) ||
			(move == MOVE_RISK_LOWER && r->grade && g <= r->grade))
			continue;
		*ARENA_PUSH(c->arena, to->p, to->n, to->cap) =
			(struct pick){g->level, g->level, str_eq(g->level, chosen)};
	}
}

static struct risk_move move_of(struct call *c, int move, const struct risk *r, struct str why_not)
{
	struct risk_move m = {.name = move_defs[move].name, .title = title(c, move_defs[move].title),
		.consequence = consequence(move), .why_not = why_not};
	unsigned asks = move_defs[move].asks;
	char day[DATE_TEXT];
	bool sent = c->req->method == HTTP_POST;

	m.open = sent && str_is(value_of(&c->values, "do"), m.name);
	m.asks_why = (asks & F_WHY) || move == MOVE_RISK_RATE;
	m.asks_no = asks & F_NO;
	m.asks_text = asks & F_TEXT;
	m.asks_level = asks & F_LEVEL && move != MOVE_RISK_RATE;
	m.day = m.open ? value_of(&c->values, "day")
		       : arena_str(c->arena, date_text(date_lt(day_at(c->now), c->on) ? day_at(c->now) : c->on, day));
	m.why = m.open ? value_of(&c->values, "why") : STR_NONE;
	m.no = m.open ? value_of(&c->values, "minutes") : STR_NONE;
	m.text = m.open ? value_of(&c->values, "text") : STR_NONE;
	put_levels(c, &m.levels, move, r, m.open ? value_of(&c->values, "level") : STR_NONE);
	return m;
}

/* Every step: those that go now with a form, the others with the reason. */
static void put_moves(struct call *c, struct risk_one_view *v, const struct risk *r, const struct flow_case *k)
{
	size_t n;
	struct str post = c->access->account.post;
	struct flow_offer *offers = flow_offers(log_db(c->log), c->arena, c->lang, k, c->access,
		c->access->account.login, S("web"), post, c->on, &n);

	for (int i = flow_defs[FLOW_RISK].first_move; i < flow_move_end(FLOW_RISK); i++) {
		struct str why;
		size_t at = 0;
		struct risk_move m;

		while (at < n && offers[at].move != i)
			at++;
		why = at < n ? offers[at].why_not
			     : arena_printf(c->arena, tr(c->lang, N_("not while it is: %s")),
				       tr(c->lang, state_defs[k->state].title));
		if (!why.n && !post.n)
			why = call_say(c, N_("your account has no post to act for"));
		m = move_of(c, i, r, why);
		if (!why.n && m.asks_level && !m.levels.n)
			m.why_not = why = call_say(c, N_("it has the last level there is on that side"));
		if (why.n)
			*ARENA_PUSH(c->arena, v->others.p, v->others.n, v->others.cap) = m;
		else if (i == MOVE_RISK_RATE)
			v->rates = true;
		else
			*ARENA_PUSH(c->arena, v->moves.p, v->moves.n, v->moves.cap) = m;
		if (i == MOVE_RISK_RATE) {
			struct risk_move *rate = ARENA_NEW(c->arena, struct risk_move);

			*rate = m;
			v->rate = rate;
		}
	}
}

static void pick_axis(struct call *c, struct picks *to, int axis, struct str chosen)
{
	const struct axis *x = &c->facts.scheme->grid->axes[axis];

	for (size_t i = x->values.n; i-- > 0;)
		*ARENA_PUSH(c->arena, to->p, to->n, to->cap) =
			(struct pick){x->values.p[i], i < x->words.n ? arena_printf(c->arena, STR_FMT " · " STR_FMT,
				STR_ARG(x->values.p[i]), STR_ARG(x->words.p[i])) : x->values.p[i],
				axis_at(&c->facts, x, chosen) == (int)i};
}

/* A rating by the matrix: likelihood and impact first, then, before anything is sent, the level that they give. */
static void put_rating(struct call *c, struct risk_one_view *v, const struct risk *r)
{
	struct str likelihood = value_of(&c->values, "likelihood"), impact = value_of(&c->values, "impact");
	const struct grade *g;
	struct risks one = {0};

	if (!c->facts.scheme->grid || !v->rates)
		return;
	g = likelihood.n && impact.n ? matrix_grade(&c->facts, c->facts.scheme->grid, likelihood, impact) : NULL;
	v->preview = g != NULL;
	if (g) {
		v->gives = grade_look(g);
		v->same = g == r->grade;
		v->chosen_likelihood = likelihood;
		v->chosen_impact = impact;
	}
	*ARENA_PUSH(c->arena, one.p, one.n, one.cap) = *r;
	v->matrix = matrix_look(c, &one, v->here, "rate", likelihood, impact);
	pick_axis(c, &v->likelihood, AXIS_LIKELIHOOD, g ? likelihood : r->likelihood);
	pick_axis(c, &v->impact, AXIS_IMPACT, g ? impact : r->impact);
}

/* ---- its warnings ---- */

static enum err_code put_warnings(struct call *c, struct risk_one_view *v, const struct risk *r, struct err *err)
{
	const struct warnings *all;

	if (!c->facts.scheme->nwarn_rules)
		return OK;
	TRY(world_warnings(c->world, c->log, &all, err));
	for (size_t i = 0; i < all->n; i++)
		if (all->p[i].risk && str_eq(all->p[i].risk->no, r->no))
			*ARENA_PUSH(c->arena, v->warnings.p, v->warnings.n, v->warnings.cap) =
				warning_row(c, &all->p[i]);
	return OK;
}

/* ---- the page ---- */

static enum err_code find(struct call *c, struct risk *out, struct err *err)
{
	struct str no = value_of(&c->values, "no");
	struct risks all;
	const struct risk *r;

	TRY(call_world(c, err));
	all = risks_on(&c->facts, c->on);
	r = risk_named(&c->facts, &all, no);
	if (!r || !call_sees(c, r->fact))
		return fail(err, ERR_NOT_FOUND, "there is no risk '" STR_FMT "' on %s", STR_ARG(no),
			call_day(c, c->on).p);
	*out = *r;
	return OK;
}

static enum err_code case_of(struct call *c, const struct risk *r, struct flow_case *out, struct err *err)
{
	return flow_on(log_db(c->log), c->arena, c->facts.scheme, &c->world->org, FLOW_RISK, r->fact->id, c->on, out,
		err);
}

static void put_facts(struct call *c, struct risk_one_view *v, const struct risk *r, const struct flow_case *k)
{
	char id[32];

	v->row = risk_row(c, r);
	v->state = title(c, state_defs[date_is(r->closed) ? STATE_RISK_CLOSED : k->state].title);
	v->by_matrix = r->differs ? r->by_matrix->level : STR_NONE;
	v->measures = text_of(c, r->fact, r->map->measures);
	v->registered = call_day(c, r->registered);
	v->reviewed = call_day(c, r->reviewed);
	v->due = call_day(c, r->due);
	v->closed = call_day(c, r->closed);
	snprintf(id, sizeof id, "%lld", (long long)r->fact->id.seq);
	v->record = call_url(c, url_add(c->arena, url_path("/records"), arena_str(c->arena, str_c(id))));
}

static enum err_code show(struct call *c, const struct risk *r, struct str wrong, struct err *err)
{
	struct str done = c->req->method == HTTP_GET ? value_of(&c->values, "done") : STR_NONE;
	struct risk_one_view v = {.wrong = wrong, .post = post_title(c, c->access->account.post)};
	struct flow_case k;

	TRY(case_of(c, r, &k, err));
	v.frame = call_frame(c, NAV_RISKS,
		arena_printf(c->arena, STR_FMT " " STR_FMT, STR_ARG(r->no), STR_ARG(r->name)));
	v.here = call_url(c, url_add(c->arena, url_path("/risks"), r->no));
	v.on = c->asked ? c->on : DATE_NONE;
	v.all = call_url(c, url_path("/risks"));
	v.rate_at = url_at(c->arena, v.here, S("rate"));
	v.seen = k.last_seq;
	for (size_t i = 0; i < LEN(says); i++)
		if (str_is(done, move_defs[says[i].move].name))
			v.done = says[i].done;
	put_facts(c, &v, r, &k);
	put_updates(c, &v, r);
	risk_line(c, &v, r, &k);
	put_steps(c, &v, &k);
	TRY(flow_proofs(c, &k, put_proof, &v, err));
	put_moves(c, &v, r, &k);
	put_rating(c, &v, r);
	TRY(put_warnings(c, &v, r, err));
	page_risk(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code risk_page(struct call *c, struct err *err)
{
	struct risk r;

	TRY(find(c, &r, err));
	return show(c, &r, STR_NONE, err);
}

/* ---- writing ---- */

/* A step at all: which one is decided by the step. */
static enum err_code may_step(struct call *c, const struct risk *r, struct err *err)
{
	const struct unit *unit;
	struct flow_case k;

	TRY(case_of(c, r, &k, err));
	unit = k.unit.n ? org_unit(&c->world->org, k.unit) : NULL;
	if (call_may_unit(c, ACT_RECORD_CHANGE, unit) || call_may_unit(c, ACT_REVIEW, unit))
		return OK;
	return fail(err, ERR_DENIED, "your roles do not let you take steps here");
}

struct stepping {
	const struct scheme *scheme;
	struct risk_input in;
};

static enum err_code do_step(struct tx *tx, void *ctx, struct err *err)
{
	const struct stepping *s = ctx;

	return risk_step(tx, s->scheme, &s->in, NULL, err);
}

enum err_code risk_post(struct call *c, struct err *err)
{
	struct stepping s = {.in = {.step = FLOW_INPUT}};
	struct flow_input *in = &s.in.step;
	struct str wrong;
	struct risk r;

	TRY(find(c, &r, err));
	TRY(may_step(c, &r, err));
	s.scheme = c->facts.scheme;
	s.in.no = r.no;
	in->step = value_of(&c->values, "do");
	in->day = value_date(&c->values, "day");
	if (!date_is(in->day))
		in->day = c->on;
	in->why = value_of(&c->values, "why");
	in->text = value_of(&c->values, "text");
	in->level = value_of(&c->values, "level");
	in->no = value_of(&c->values, "minutes");
	in->seen = MAX(value_int(&c->values, "seen"), 0);
	s.in.likelihood = value_of(&c->values, "likelihood");
	s.in.impact = value_of(&c->values, "impact");
	s.in.year = date_ymd(in->day).y;
	if (call_write(c, do_step, &s, err) != OK) {
		wrong = call_refused(c, err);
		return wrong.n ? show(c, &r, wrong, err) : err->code;
	}
	return call_go(c,
		url_query(c->arena, call_url(c, url_add(c->arena, url_path("/risks"), r.no)), "done", in->step), err);
}
