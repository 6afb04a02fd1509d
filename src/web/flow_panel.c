/* The panel of a finding or an inspection: the forms of the steps that are possible, and what was done before. */
#include "text/json.h"
#include "web/flow_view.h"
#include "web/pages.h"
#include "web/scope.h"

/* What a step brings about, beside its button. */
static const struct {
	int move;
	const char *text;
} consequences[] = {
	{MOVE_FINDING_REGISTER, N_("It has a unit and a post that answer for it; it is not fed back yet.")},
	{MOVE_FINDING_FEEDBACK, N_("The unit is asked to sign the receipt. The day becomes the one in force.")},
	{MOVE_FINDING_RECEIPT, N_("The unit knows of it and sets measures next. It can still dispute it.")},
	{MOVE_FINDING_DISPUTE, N_("It waits until a reviewer upholds or drops it.")},
	{MOVE_FINDING_UPHOLD, N_("It goes back to the unit, receipt signed.")},
	{MOVE_FINDING_DROP, N_("It is over and counts no more as one to be put right. This can't be taken back.")},
	{MOVE_FINDING_MEASURE, N_("One more line of its measures; hand them in when all are there.")},
	{MOVE_FINDING_PLAN, N_("A reviewer approves them or sends them back.")},
	{MOVE_FINDING_APPROVE, N_("The unit begins to put it right.")},
	{MOVE_FINDING_SEND_BACK, N_("The unit sets measures again.")},
	{MOVE_FINDING_PROGRESS, N_("It stands in its history. Who reports progress does not verify later.")},
	{MOVE_FINDING_EXTEND, N_("The day in force stays until the unit above has granted it.")},
	{MOVE_FINDING_GRANT, N_("The new day is in force at once.")},
	{MOVE_FINDING_REFUSE, N_("The day in force stays as it is.")},
	{MOVE_FINDING_DONE, N_("It waits for verification by another hand, who can return it.")},
	{MOVE_FINDING_ON_THE_SPOT, N_("It waits for verification by another hand, who can return it.")},
	{MOVE_FINDING_VERIFY, N_("It can be closed with a number, or still be returned.")},
	{MOVE_FINDING_RETURN, N_("The unit puts it right once more.")},
	{MOVE_FINDING_CLOSE, N_("It is closed. Only reopening it brings it back.")},
	{MOVE_FINDING_STAND, N_("It stays open with a day of the next look.")},
	{MOVE_FINDING_CONTINUE, N_("It stays open; the next look may be given another day.")},
	{MOVE_FINDING_NOTICE, N_("Its state stays. The notice stands in its history.")},
	{MOVE_FINDING_RECHECK, N_("It stays closed. A day for the next look may be given.")},
	{MOVE_FINDING_REOPEN, N_("It is open again, counts as come back, and the day is in force.")},
	{MOVE_INSPECTION_HOLD, N_("What was looked at can be said item by item.")},
	{MOVE_INSPECTION_POSTPONE, N_("It stays planned, for the other day.")},
	{MOVE_INSPECTION_CANCEL, N_("It is over. This can't be taken back.")},
	{MOVE_INSPECTION_REPORT, N_("It is over; its findings go on.")},
};

/* ---- what is possible ---- */

static void put_offer(struct call *c, struct flow_panel *out, const struct flow_case *x,
	const struct record_type *type, const struct flow_offer *o)
{
	const struct move_def *m = &move_defs[o->move];
	bool sent = c->req->method == HTTP_POST && str_is(value_of(&c->values, "do"), m->name);
	struct step_form *form;

	if (o->why_not.n) {
		*ARENA_PUSH(c->arena, out->refused.p, out->refused.n, out->refused.cap) = (struct step_refusal){
			flow_title(c, m->title), flow_say(c, x->flow, o->why_not)};
		return;
	}
	form = ARENA_PUSH(c->arena, out->forms.p, out->forms.n, out->forms.cap);
	*form = (struct step_form){.move = m->name, .title = flow_title(c, m->title), .open = sent};
	form->files = (m->asks & (F_TEXT | F_PROGRESS)) != 0 && o->move != MOVE_FINDING_MEASURE;
	for (size_t i = 0; i < LEN(consequences); i++)
		if (consequences[i].move == o->move)
			form->consequence = call_say(c, consequences[i].text);
	flow_fields(c, form, x, type, o->move);
}

static void say(struct call *c, struct made_step *s, const char *title, struct str text)
{
	if (text.n)
		*ARENA_PUSH(c->arena, s->said.p, s->said.n, s->said.cap) =
			(struct said_field){call_say(c, title), text, false};
}

static struct str post_name(struct call *c, struct str code)
{
	const struct post *p = code.n ? org_post(&c->world->org, code) : NULL;

	return p ? p->name : code;
}

static void put_step(struct call *c, struct flow_panel *out, const struct flow_step *s)
{
	struct made_step *line = ARENA_PUSH(c->arena, out->steps.p, out->steps.n, out->steps.cap);
	const struct unit *u = s->unit.n ? org_unit(&c->world->org, s->unit) : NULL;

	*line = (struct made_step){.title = flow_title(c, move_defs[s->move].title), .day = call_day(c, s->day),
		.why = s->why, .text = s->text, .state = call_say(c, state_defs[s->to].title),
		.entered = call_time(c, s->at), .event = arena_printf(c->arena, "%lld", (long long)s->id.seq)};
	line->who = arena_printf(c->arena, STR_FMT " (" STR_FMT ")", STR_ARG(post_name(c, s->by)),
		STR_ARG(call_person(c, s->actor)));
	say(c, line, flow_field_title(s->move, F_NO), s->no);
	say(c, line, flow_field_title(s->move, F_UNIT), u ? u->name : s->unit);
	say(c, line, flow_field_title(s->move, F_POST), post_name(c, s->post));
	say(c, line, flow_field_title(s->move, F_LEVEL), s->level);
	if (s->progress >= 0)
		say(c, line, N_("Progress"), arena_printf(c->arena, "%lld%%", (long long)s->progress));
	say(c, line, flow_field_title(s->move, F_DUE), call_day(c, s->due));
	say(c, line, flow_field_title(s->move, F_WAY), s->way);
}

SQL(step_proofs_sql,
	"select seq, proof from p_step where subject_origin = ?1 and subject = ?2 and flow = ?3 and proof is not null");

static struct proof_view proof_of(struct call *c, const struct node *one)
{
	struct str digest = node_text(one, S("digest"));

	return (struct proof_view){.name = node_text(one, S("name")), .there = digest.n != 0,
		.digest = str_sub(digest, 0, MIN(digest.n, (size_t)12)),
		.url = url_add(c->arena, url_path("/files"), digest)};
}

enum err_code flow_proofs(struct call *c, const struct flow_case *x, flow_proof_fn *put, void *to, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	if (!x->n)
		return OK;
	TRY(db_query(log_db(c->log), &step_proofs_sql, ARGS(V_ID(x->subject), V_TEXT(str_c(flow_defs[x->flow].name))),
		&q, err));
	while (query_next(&q, err)) {
		struct str event = arena_printf(c->arena, "%lld", (long long)query_int(&q, 0));
		struct node *list;

		TRY(json_read(c->arena, arena_str(c->arena, query_text(&q, 1)), (struct json_opt){0}, &list, err));
		for (size_t k = 0; k < list->n; k++)
			put(to, event, proof_of(c, list->items[k]), c->arena);
	}
	return err->code;
}

static void put_proof(void *to, struct str event, struct proof_view file, struct arena *a)
{
	struct flow_panel *out = to;

	for (size_t i = 0; i < out->steps.n; i++) {
		struct made_step *s = &out->steps.p[i];

		if (str_eq(s->event, event))
			*ARENA_PUSH(a, s->proofs.p, s->proofs.n, s->proofs.cap) = file;
	}
}

SQL(last_step_sql,
	"select seq, day from p_step where subject_origin = ?1 and subject = ?2 and flow = ?3 order by n desc limit 1");

/* Did steps come after the day asked about? */
static enum err_code look_later(struct call *c, struct flow_panel *out, const struct flow_case *x, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	char day[DATE_TEXT];

	TRY(db_query(log_db(c->log), &last_step_sql, ARGS(V_ID(x->subject), V_TEXT(str_c(flow_defs[x->flow].name))),
		&q, err));
	if (query_next(&q, err) && query_int(&q, 0) != x->last_seq) {
		struct date last = {(int32_t)query_int(&q, 1)};

		out->later = true;
		out->newest = url_query(c->arena, call_here(c), "on", arena_str(c->arena, date_text(last, day)));
	}
	return err->code;
}

/* Whoever signed in acts for the post of his account. */
static struct str nobody(struct call *c, const struct flow_case *x)
{
	if (!flow_any_right(c, x))
		return call_say(c, N_("You may look at it; steps are made by others."));
	if (!c->access->account.post.n)
		return call_say(c, N_("Your account has no post to act for: the security administrator gives it one."));
	return STR_NONE;
}

enum err_code flow_panel(struct call *c, const struct flow_case *x, const struct record_type *type, struct url action,
	const struct flow_panel **panel, struct err *err)
{
	struct flow_panel *out = ARENA_NEW(c->arena, struct flow_panel);
	struct str post = c->access->account.post;
	struct flow_offer *offers;
	size_t n;

	*panel = out;
	*out = (struct flow_panel){.action = action, .seen = x->last_seq, .nobody = nobody(c, x)};
	for (size_t i = x->n; i-- > 0;)
		put_step(c, out, &x->steps[i]);
	TRY(flow_proofs(c, x, put_proof, out, err));
	TRY(look_later(c, out, x, err));
	if (out->later || out->nobody.n)
		return OK;
	offers = flow_offers(log_db(c->log), c->arena, c->lang, x, c->access, c->access->account.login, S("web"), post,
		c->on, &n);
	for (size_t i = 0; i < n; i++)
		put_offer(c, out, x, type, &offers[i]);
	return OK;
}
