#include "flow/flow.h"

#include "base/buf.h"
#include "who/account.h"

struct str flow_where(const struct flow_case *c, int move)
{
	return move_defs[move].asks & R_KEEPER ? c->keeper : c->unit;
}

/* ---- may it be ---- */

struct str flow_moves_text(struct arena *a, enum flow flow, int state)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(400);

	for (int i = flow_defs[flow].first_move; i < flow_move_end(flow); i++)
		if (flow_goes(i, state))
			buf_printf(&b, "%s%s", b.n ? ", " : "", move_defs[i].name);
	return arena_str(a, buf_str(&b));
}

/* "-" for nothing. */
static struct str or_dash(struct str s)
{
	return s.n ? s : S("-");
}

static enum err_code wrong_state(const struct flow_case *c, int move, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	const struct move_def *m = &move_defs[move];
	struct buf from CLEANUP(buf_free) = BUF_MAX(400);
	struct str now = flow_moves_text(&a, c->flow, c->state);

	for (int i = flow_defs[c->flow].first_state; i < flow_state_end(c->flow); i++)
		if (flow_goes(move, i))
			buf_printf(&from, "%s%s", from.n ? ", " : "", state_defs[i].name);
	if (c->state == FLOW_NONE)
		return fail(err, ERR_CONFLICT, "%s '%s' is no first step; it begins with: " STR_FMT,
			tr(err->lang, flow_defs[c->flow].title), m->name, STR_ARG(now));
	return fail(err, ERR_CONFLICT,
		"%s %lld is in state '%s'; '%s' goes from: " STR_FMT "; possible now: " STR_FMT,
		tr(err->lang, flow_defs[c->flow].title), (long long)c->subject.seq, state_defs[c->state].name, m->name,
		STR_ARG(or_dash(buf_str(&from))), STR_ARG(or_dash(now)));
}

/* Whoever has the files of the installation may act for any post: only the posts are told apart there. */
static bool by_account(struct str via)
{
	return !str_is(via, "cli") && !str_is(via, "try") && !str_is(via, "test");
}

static enum err_code other_hand(const struct flow_case *c, const struct flow_step *s, struct err *err)
{
	const struct move_def *m = &move_defs[s->move];
	int first = flow_defs[c->flow].first_move;

	if (!m->others)
		return OK;
	if (!s->by.n)
		return fail(err, ERR_REQUIRED, "'%s': by which post? it must be another than the one before", m->name);
	for (size_t i = c->n; i-- > 0;) {
		const struct flow_step *x = &c->steps[i];

		if (!(m->others >> (x->move - first) & 1))
			continue;
		if (m->asks & R_PERSON ? s->way.n && str_eq(x->way, s->way) : str_eq(x->by, s->by))
			return fail(err, ERR_DENIED, m->asks & R_PERSON
				? N_("'%s' must be done by another hand: " STR_FMT " did '%s'")
				: N_("'%s' must be done by another hand: post " STR_FMT " did '%s'"),
				m->name, STR_ARG(m->asks & R_PERSON ? s->way : s->by), move_defs[x->move].name);
		if (by_account(s->via) && str_eq(x->actor, s->actor))
			return fail(err, ERR_DENIED, "'%s' must be done by another hand: you did '%s' yourself",
				m->name, move_defs[x->move].name);
		if (!(m->asks & R_PERSON) && s->person.n && str_eq(x->person, s->person))
			return fail(err, ERR_DENIED,
				"'%s' must be done by another hand: " STR_FMT " did '%s' as post " STR_FMT,
				m->name, STR_ARG(s->person), move_defs[x->move].name, STR_ARG(x->by));
		if (!(m->others & OTHERS_EVERY))
			break;
	}
	return OK;
}

enum err_code flow_may(const struct flow_case *c, const struct flow_step *s, enum flow_reach reach, struct err *err)
{
	const struct move_def *m = &move_defs[s->move];
	char text[DATE_TEXT];

	if (m->flow != c->flow)
		BUG("a move of another flow");
	if (!flow_goes(s->move, c->state))
		return wrong_state(c, s->move, err);
	if (m->asks & R_IN_TIME && date_is(c->due) && date_lt(c->due, s->day))
		return fail(err, ERR_CONFLICT, "'%s' only before the day it is due, which was %s", m->name,
			date_text(c->due, text).p);
	TRY(other_hand(c, s, err));
	if (m->asks & R_OWN && c->n && !str_eq(c->steps[0].by, s->by))
		return fail(err, ERR_DENIED, "'%s' is for post " STR_FMT ", which began it", m->name,
			STR_ARG(c->steps[0].by));
	if (m->asks & R_ABOVE && reach != FLOW_ABOVE)
		return fail(err, ERR_DENIED, "'%s' is for a post of a unit above " STR_FMT, m->name,
			STR_ARG(or_dash(c->unit)));
	return OK;
}

/* ---- and does it say enough ---- */

static const struct flow_step *measure(const struct flow_case *c, struct str no)
{
	for (size_t i = 0; i < c->n; i++)
		if (move_defs[c->steps[i].move].asks & R_NEW_NO && str_eq(c->steps[i].no, no))
			return &c->steps[i];
	return NULL;
}

static int64_t progress_of(const struct flow_case *c, struct str no)
{
	for (size_t i = c->n; i-- > 0;)
		if (move_defs[c->steps[i].move].asks & R_KNOWN_NO && str_eq(c->steps[i].no, no))
			return c->steps[i].progress;
	return 0;
}

static enum err_code check_measures(const struct flow_case *c, const struct flow_step *s, struct err *err)
{
	unsigned asks = move_defs[s->move].asks;
	size_t n = 0;

	if (asks & R_NEW_NO && measure(c, s->no))
		return fail(err, ERR_CONFLICT, "measure " STR_FMT " is there already", STR_ARG(s->no));
	if (asks & R_KNOWN_NO && s->no.n && !measure(c, s->no))
		return fail(err, ERR_NOT_FOUND, "there is no measure " STR_FMT, STR_ARG(s->no));
	for (size_t i = 0; i < c->n; i++) {
		if (!(move_defs[c->steps[i].move].asks & R_NEW_NO))
			continue;
		n++;
		if (asks & R_MEASURES_DONE && progress_of(c, c->steps[i].no) != 100)
			return fail(err, ERR_CONFLICT, "measure " STR_FMT " stands at %lld%%, not at 100%%",
				STR_ARG(c->steps[i].no), (long long)progress_of(c, c->steps[i].no));
	}
	if (asks & R_MEASURES && !n)
		return fail(err, ERR_REQUIRED, "'%s': no measure was set yet", move_defs[s->move].name);
	return OK;
}

static enum err_code check_fields(const struct flow_step *s, struct err *err)
{
	const struct {
		unsigned field;
		bool there;
		const char *name;
	} fields[] = {
		{F_BY, s->by.n, "by"}, {F_WHY, !str_blank(s->why), "why"}, {F_NO, !str_blank(s->no), "no"},
		{F_DUE, date_is(s->due), "due"}, {F_POST, s->post.n, "post"}, {F_UNIT, s->unit.n, "unit"},
		{F_LEVEL, s->level.n, "level"}, {F_PROGRESS, s->progress >= 0, "progress"},
		{F_TEXT, !str_blank(s->text), "text"}, {F_WAY, !str_blank(s->way), "way"},
		{F_PROOF, s->proof.n, "proof"},
	};

	for (size_t i = 0; i < LEN(fields); i++)
		if (move_defs[s->move].asks & fields[i].field && !fields[i].there)
			return err_on(err, fields[i].name,
				fail(err, ERR_REQUIRED, "'%s' needs '%s'", move_defs[s->move].name, fields[i].name));
	if (s->progress < -1 || s->progress > 100)
		return err_on(err, "progress", fail(err, ERR_INPUT, "progress is a whole number from 0 to 100"));
	return OK;
}

static enum err_code check_days(const struct flow_case *c, const struct flow_step *s, struct err *err)
{
	char text[DATE_TEXT];

	if (!date_is(s->day))
		return err_on(err, "day", fail(err, ERR_REQUIRED, "'%s' needs '%s'", move_defs[s->move].name, "day"));
	if (c->n && date_lt(s->day, c->steps[c->n - 1].day))
		return err_on(err, "day", fail(err, ERR_INPUT, "the step before was on %s: this one was not earlier",
			date_text(c->steps[c->n - 1].day, text).p));
	if (s->at && date_lt(day_at(s->at), s->day))
		return err_on(err, "day", fail(err, ERR_INPUT, "%s is still to come", date_text(s->day, text).p));
	if (move_defs[s->move].asks & R_LATER && date_is(c->due) && date_is(s->due) && !date_lt(c->due, s->due))
		return err_on(err, "due", fail(err, ERR_INPUT, "the new day must be later than the one in force, %s",
			date_text(c->due, text).p));
	return OK;
}

enum err_code flow_check(const struct flow_case *c, const struct flow_step *s, enum flow_reach reach, struct err *err)
{
	TRY(flow_may(c, s, reach, err));
	TRY(check_fields(s, err));
	TRY(check_days(c, s, err));
	return check_measures(c, s, err);
}

void flow_go(struct arena *a, struct flow_case *c, const struct flow_step *s)
{
	const struct move_def *m = &move_defs[s->move];
	struct flow_step *kept = ARENA_PUSH(a, c->steps, c->n, c->cap);
	int from = c->state;

	*kept = *s;
	if (!c->started) {
		c->started = true;
		c->began = from;
	}
	if (m->to != FLOW_NONE) {
		c->state = m->to;
		c->since = s->day;
	} else if (!date_is(c->since)) {
		c->since = s->day;
	}
	kept->from = from;
	kept->to = c->state;
	c->last_seq = s->id.seq;
	if (m->asks & R_TO && s->unit.n)
		c->unit = s->unit;
	if (m->asks & R_TO && s->post.n)
		c->post = s->post;
	if (s->level.n)
		c->level = s->level;
	if (m->asks & R_DUE && date_is(s->due))
		c->due = c->limit = s->due;
	if (m->asks & R_NEXT) {
		c->due = DATE_NONE;
		c->next = s->due;
	}
}
