/* One handover that is kept: its list, its steps, and the hands that confirm it. */
#include "log/object.h"
#include "text/json.h"
#include "web/handover_view.h"
#include "web/pages.h"
#include "web/scope.h"

enum { LIST_BYTES = 8 << 20 };

static const struct {
	const char *word, *text;
} dones[] = {
	{"prepare", N_("The list is kept, and its digest stands in the log. Now who leaves confirms it.")},
	{"give", N_("Confirmed by who leaves. Now who comes confirms it.")},
	{"take", N_("Confirmed by both: the post is handed over.")},
	{"leave", N_("Left to a vacancy; whoever comes takes it up with a list of that day.")},
	{"take-up", N_("Taken up from a vacancy.")},
	{"note", N_("The note stands at its line.")},
	{"drop", N_("The handover is dropped; it can be prepared again.")},
};

/* Whose hand a step is, as the data layer has it. */
static const struct {
	int move;
	bool leaves, comes, both;
	struct handover_act act;
} hands[] = {
	{MOVE_HANDOVER_GIVE, true, false, true,
		{"give", N_("I hand it over"),
			N_("You confirm that the list is what you leave behind; then who comes confirms it.")}},
	{MOVE_HANDOVER_TAKE, false, true, true,
		{"take", N_("I take it over"),
			N_("You confirm that you have the list; the handover is then closed, and stays in the log.")}},
	{MOVE_HANDOVER_LEAVE, true, false, false,
		{"leave", N_("I leave it"),
			N_("Nobody comes yet: the list is left to a vacancy, and the handover is closed.")}},
	{MOVE_HANDOVER_TAKE_UP, false, true, false,
		{"take-up", N_("I take it up"),
			N_("Nobody left it: you confirm that you have the list, and the handover is closed.")}},
};

static struct str iso(struct call *c, struct date d)
{
	char text[DATE_TEXT];

	return date_is(d) ? arena_str(c->arena, date_text(d, text)) : STR_NONE;
}

/* ---- who may ---- */

static bool can(struct call *c, const struct handover *x, int move)
{
	const struct account *me = &c->access->account;
	struct flow_step s = {.move = move, .by = me->post, .actor = me->login, .via = S("web"), .way = me->name,
		.day = day_at(c->now), .due = DATE_NONE};
	struct err quiet = {.lang = c->lang};
	bool may = me->post.n && call_may_unit(c, ACT_RECORD_CHANGE, org_unit(&c->world->org, x->c.unit)) &&
		flow_goes(move, x->c.state) && flow_may(&x->c, &s, FLOW_BESIDE, &quiet) == OK;

	err_clear(&quiet);
	return may;
}

static void put_acts(struct call *c, const struct handover *x, struct handover_view *v)
{
	for (size_t i = 0; i < LEN(hands); i++) {
		struct str mine = hands[i].leaves ? x->leaving : x->coming;
		bool both = x->leaving.n && x->coming.n;

		if (!mine.n || both != hands[i].both || !flow_goes(hands[i].move, x->c.state))
			continue;
		v->waits = mine;
		if (!str_eq(c->access->account.name, mine) || !can(c, x, hands[i].move))
			continue;
		v->act = ARENA_NEW(c->arena, struct handover_act);
		*v->act = hands[i].act;
	}
	v->may_note = can(c, x, MOVE_HANDOVER_NOTE);
}

/* ---- the list ---- */

static void put_notes(struct call *c, const struct handover *x, struct handed_line *line)
{
	for (size_t i = 0; i < x->c.n; i++) {
		const struct flow_step *s = &x->c.steps[i];
		int64_t no;

		if (s->move == MOVE_HANDOVER_NOTE && str_int(s->no, &no) && no == line->no)
			*ARENA_PUSH(c->arena, line->notes.p, line->notes.n, line->notes.cap) =
				(struct handed_note){iso(c, s->day), s->way, s->text};
	}
}

static bool kind_named(struct str name, enum line_kind *out)
{
	for (int k = 0; k < LINE_KINDS; k++) {
		if (str_is(name, line_kind_name((enum line_kind)k))) {
			*out = (enum line_kind)k;
			return true;
		}
	}
	return false;
}

static void put_kept(struct call *c, const struct handover *x, const struct node *one, struct handover_view *v)
{
	const struct node *record = NODE_GET(one, "record"), *no = NODE_GET(one, "no");
	struct handover_line line = {.duty = node_text(one, S("duty")), .title = node_text(one, S("title")),
		.label = node_text(one, S("label")), .state = node_text(one, S("state")), .due = DATE_NONE};
	struct handed_line *shown;

	if (!kind_named(node_text(one, S("kind")), &line.kind))
		return;
	date_parse(node_text(one, S("due")), &line.due);
	line.record = record && record->kind == NODE_INT ? record->num : 0;
	shown = handed_line_put(c, &v->parts, line.kind, &line, no && no->kind == NODE_INT ? no->num : 0);
	if (shown)
		put_notes(c, x, shown);
}

static enum err_code put_list(struct call *c, const struct handover *x, struct handover_view *v, struct err *err)
{
	const struct node *lines;
	struct node *kept;
	struct hash digest;
	struct str text;

	if (!hash_parse(x->digest, &digest))
		return fail(err, ERR_DAMAGED, "handover %lld names no list", (long long)x->c.subject.seq);
	TRY(object_read(c->log, c->arena, &digest, LIST_BYTES, &text, err));
	TRY(json_read(c->arena, text, (struct json_opt){0}, &kept, err));
	lines = NODE_GET(kept, "lines");
	for (size_t i = 0; lines && lines->kind == NODE_LIST && i < lines->n; i++)
		put_kept(c, x, lines->items[i], v);
	return OK;
}

static void put_steps(struct call *c, const struct handover *x, struct handover_view *v)
{
	for (size_t i = 0; i < x->c.n; i++) {
		const struct flow_step *s = &x->c.steps[i];

		*ARENA_PUSH(c->arena, v->steps.p, v->steps.n, v->steps.cap) = (struct handover_step_line){
			.day = iso(c, s->day), .name = s->way, .by = owner_name(&c->world->org, s->by),
			.text = s->text.n ? s->text : s->why, .no = s->no, .title = move_defs[s->move].title};
	}
}

/* ---- the page ---- */

static enum err_code find(struct call *c, struct handover *x, struct err *err)
{
	struct id id = {1, value_int(&c->values, "id")};

	TRY(call_world(c, err));
	TRY(handover_get(log_db(c->log), c->arena, id, x, err));
	if (!call_sees_unit(c, x->post))
		return fail(err, ERR_NOT_FOUND, "no handover %lld", (long long)id.seq);
	return OK;
}

static enum err_code show(struct call *c, const struct handover *x, struct str wrong, struct err *err)
{
	struct handover_view v = {.wrong = wrong, .x = handover_kept(c, x), .digest = x->digest, .seen = x->c.last_seq};
	struct date last = x->c.n ? x->c.steps[x->c.n - 1].day : x->on;
	struct str done = c->req->method == HTTP_GET ? value_of(&c->values, "done") : STR_NONE;

	for (size_t i = 0; i < LEN(dones); i++)
		if (str_is(done, dones[i].word))
			v.done = dones[i].text;
	v.frame = call_frame(c, NAV_HANDOVERS,
		arena_printf(c->arena, tr(c->lang, N_("Handover: " STR_FMT)), STR_ARG(v.x.post)));
	v.here = v.x.url;
	v.post_url = call_url(c, url_add(c->arena, url_path("/org/posts"), x->post));
	v.day = iso(c, date_lt(c->on, last) ? last : c->on);
	if (c->req->method == HTTP_POST) {
		v.frame->carry.n = 0;
		v.day = value_of(&c->values, "day");
		v.line = value_of(&c->values, "line");
		v.text = value_of(&c->values, "text");
		v.why = value_of(&c->values, "why");
	}
	put_acts(c, x, &v);
	put_steps(c, x, &v);
	TRY(put_list(c, x, &v, err));
	page_handover(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code handover_page(struct call *c, struct err *err)
{
	struct handover x;

	TRY(find(c, &x, err));
	return show(c, &x, STR_NONE, err);
}

/* ---- steps ---- */

struct stepping {
	const struct scheme *scheme;
	struct id id;
	struct handover_step step;
};

static enum err_code do_step(struct tx *tx, void *ctx, struct err *err)
{
	struct stepping *s = ctx;

	return handover_do(tx, s->scheme, s->id, &s->step, err);
}

enum err_code handover_step_post(struct call *c, struct err *err)
{
	struct str word = value_of(&c->values, "do");
	struct stepping s = {.step = {.step = word, .why = value_of(&c->values, "why"),
		.no = value_of(&c->values, "line"), .text = value_of(&c->values, "text"),
		.day = value_date(&c->values, "day"), .seen = MAX(value_int(&c->values, "seen"), 0)}};
	enum err_code code;
	struct handover x;

	TRY(find(c, &x, err));
	s.scheme = c->facts.scheme;
	s.id = x.c.subject;
	code = word.n ? call_write(c, do_step, &s, err)
		      : fail(err, ERR_INPUT, "the form does not say what is to be done");
	if (code != OK) {
		struct str wrong = call_refused(c, err);

		return wrong.n ? show(c, &x, wrong, err) : code;
	}
	return call_go(c, url_query(c->arena, handover_kept(c, &x).url, "done", word), err);
}
