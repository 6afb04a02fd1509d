/* Steps of findings and inspections on pages: the forms of those that are possible, and what was done before. */
#include "base/buf.h"
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

/* A field of a step by its bit; the first row whose move fits (FLOW_NONE: any) names it. */
static const struct {
	int move;
	unsigned bit;
	const char *name, *title;
} names[] = {
	{MOVE_FINDING_FEEDBACK, F_NO, "no", N_("Number of the feedback")},
	{MOVE_FINDING_MEASURE, F_NO, "no", N_("Number of the measure")},
	{MOVE_FINDING_PROGRESS, F_NO, "no", N_("Measure")},
	{MOVE_FINDING_CLOSE, F_NO, "no", N_("Closure number")},
	{MOVE_FINDING_NOTICE, F_NO, "no", N_("Number of the notice")},
	{MOVE_INSPECTION_REPORT, F_NO, "no", N_("Number of the feedback")},
	{FLOW_NONE, F_NO, "no", N_("Number")},
	{MOVE_FINDING_MEASURE, F_POST, "post", N_("Post that takes it")},
	{FLOW_NONE, F_UNIT, "unit", N_("Unit that puts it right")},
	{FLOW_NONE, F_POST, "post", N_("Post that answers for it")},
	{FLOW_NONE, F_LEVEL, "level", N_("Severity")},
	{MOVE_FINDING_CLOSE, F_DUE, "due", N_("Day of the re-check")},
	{MOVE_FINDING_RECHECK, F_DUE, "due", N_("Day of the next look")},
	{MOVE_FINDING_STAND, F_DUE, "due", N_("Day of the next look")},
	{MOVE_FINDING_CONTINUE, F_DUE, "due", N_("Day of the next look")},
	{MOVE_INSPECTION_POSTPONE, F_DUE, "due", N_("New day")},
	{FLOW_NONE, F_DUE, "due", N_("To be put right by")},
	{FLOW_NONE, F_PROGRESS, "progress", N_("Progress in %")},
	{FLOW_NONE, F_WAY, "way", N_("How it was checked")},
	{MOVE_FINDING_MEASURE, F_TEXT, "text", N_("What is done")},
	{MOVE_FINDING_DONE, F_TEXT, "text", N_("What was done")},
	{MOVE_FINDING_ON_THE_SPOT, F_TEXT, "text", N_("What was done")},
	{MOVE_FINDING_VERIFY, F_TEXT, "text", N_("What was seen")},
	{MOVE_FINDING_RECHECK, F_TEXT, "text", N_("What was seen")},
	{FLOW_NONE, F_TEXT, "text", N_("What there is to say")},
	{FLOW_NONE, F_WHY, "why", N_("Why")},
};

static const char *const ways[] = {N_("on site"), N_("by papers"), N_("on site and by papers"), N_("hearing")};

struct str flow_title(const struct call *c, const char *key)
{
	struct str s = arena_str(c->arena, call_say(c, key));

	if (s.n && s.p[0] >= 'a' && s.p[0] <= 'z')
		((char *)s.p)[0] = (char)(s.p[0] - 'a' + 'A');
	return s;
}

static const char *field_title(int move, unsigned bit)
{
	for (size_t i = 0; i < LEN(names); i++)
		if (names[i].bit == bit && (names[i].move == move || names[i].move == FLOW_NONE))
			return names[i].title;
	return "";
}

/* ---- refusals by titles ---- */

static struct str swap(const struct call *c, struct str text, struct str name, struct str title)
{
	struct buf out CLEANUP(buf_free) = BUF_MAX(16 << 10);
	size_t at;

	while (name.n && str_find(text, name, &at)) {
		buf_printf(&out, STR_FMT STR_FMT, STR_ARG(str_sub(text, 0, at)), STR_ARG(title));
		text = str_sub(text, at + name.n, text.n);
	}
	buf_printf(&out, STR_FMT, STR_ARG(text));
	return arena_str(c->arena, buf_str(&out));
}

/* A name in the marks that refusals put around it. */
static struct str quoted(const struct call *c, struct str text, const char *name, const char *title)
{
	struct str t = call_say(c, title);

	text = swap(c, text, arena_printf(c->arena, "'%s'", name), arena_printf(c->arena, "'" STR_FMT "'", STR_ARG(t)));
	return swap(c, text, arena_printf(c->arena, "“%s”", name), arena_printf(c->arena, "“" STR_FMT "”", STR_ARG(t)));
}

struct str flow_say(const struct call *c, enum flow flow, struct str text)
{
	const struct org *org = &c->world->org;
	size_t at;

	for (int i = flow_defs[flow].first_move; i < flow_move_end(flow); i++)
		text = quoted(c, text, move_defs[i].name, move_defs[i].title);
	for (int i = flow_defs[flow].first_state; i < flow_state_end(flow); i++)
		text = quoted(c, text, state_defs[i].name, state_defs[i].title);
	for (size_t i = 0; i < LEN(names); i++)
		if (names[i].move == FLOW_NONE)
			text = quoted(c, text, names[i].name, names[i].title);
	for (size_t i = 0; i < org->nposts; i++)
		if (str_find(text, org->posts[i].code, &at))
			text = swap(c, text, org->posts[i].code, org->posts[i].name);
	return text;
}

/* ---- the fields of a form ---- */

static bool sets_level(int move)
{
	for (const struct set_def *x = set_defs; x->move != FLOW_NONE; x++)
		if (x->move == move && x->of == F_LEVEL)
			return true;
	return false;
}

/* What may be said, beside what must. */
static unsigned may_say(int move)
{
	unsigned asks = move_defs[move].asks, out = 0;

	if (asks & R_TO)
		out |= F_POST | F_UNIT;
	if (asks & (R_DUE | R_NEXT | R_AS_ASKED))
		out |= F_DUE;
	if (asks & R_KNOWN_NO)
		out |= F_NO;
	if (sets_level(move))
		out |= F_LEVEL;
	return out;
}

static void pick(struct call *c, struct picks *to, struct str value, struct str text, struct str chosen)
{
	*ARENA_PUSH(c->arena, to->p, to->n, to->cap) = (struct pick){value, text, str_eq(value, chosen)};
}

static void pick_posts(struct call *c, struct step_field *f)
{
	const struct org *org = &c->world->org;

	f->kind = STEP_PICK;
	for (size_t i = 0; i < org->nposts; i++)
		pick(c, &f->picks, org->posts[i].code, org->posts[i].name, f->value);
}

static void pick_units(struct call *c, struct step_field *f)
{
	const struct org *org = &c->world->org;

	f->kind = STEP_PICK;
	for (size_t i = 0; i < org->nunits; i++)
		pick(c, &f->picks, org->units[i].code, org->units[i].name, f->value);
}

/* The words of a closed list; those used before are offered otherwise. */
static void pick_level(struct call *c, struct step_field *f, const struct record_type *type)
{
	const struct field *level = flow_field(type, KEY_FINDING_LEVEL);

	if (!level || !level->of)
		return;
	f->kind = STEP_PICK;
	for (size_t i = 0; i < level->of->values.n; i++)
		pick(c, &f->picks, level->of->values.p[i], level->of->values.p[i], f->value);
}

/* Measures that progress can be said of; the whole is the empty one. */
static void pick_measure(struct call *c, struct step_field *f, const struct flow_case *x)
{
	f->kind = STEP_PICK;
	for (size_t i = 0; i < x->n; i++)
		if (x->steps[i].move == MOVE_FINDING_MEASURE)
			pick(c, &f->picks, x->steps[i].no, arena_printf(c->arena, STR_FMT " " STR_FMT,
				STR_ARG(x->steps[i].no), STR_ARG(x->steps[i].text)), f->value);
	f->hint = call_say(c, N_("empty: the finding as a whole"));
}

static struct str next_no(struct call *c, const struct flow_case *x)
{
	int n = 1;

	for (size_t i = 0; i < x->n; i++)
		n += x->steps[i].move == MOVE_FINDING_MEASURE;
	return arena_printf(c->arena, "%d", n);
}

static void fill_field(struct call *c, struct step_field *f, const struct flow_case *x,
	const struct record_type *type, int move, unsigned bit, bool sent)
{
	if (move == MOVE_FINDING_MEASURE && bit == F_NO && !sent)
		f->value = next_no(c, x);
	if (bit == F_POST && f->must && !sent)
		f->value = c->access->account.post;
	if (bit == F_POST)
		pick_posts(c, f);
	else if (bit == F_UNIT)
		pick_units(c, f);
	else if (bit == F_LEVEL)
		pick_level(c, f, type);
	else if (bit == F_NO && move_defs[move].asks & R_KNOWN_NO)
		pick_measure(c, f, x);
	else if (bit == F_DUE)
		f->kind = STEP_DAY;
	else if (bit == F_PROGRESS)
		f->kind = STEP_NUMBER;
	else if (bit == F_TEXT || bit == F_WHY)
		f->kind = STEP_LONG;
	for (size_t i = 0; bit == F_WAY && i < LEN(ways); i++)
		pick(c, &f->picks, call_say(c, ways[i]), call_say(c, ways[i]), STR_NONE);
	if (bit == F_DUE && move_defs[move].asks & R_AS_ASKED)
		f->hint = call_say(c, N_("empty: the day that was asked for"));
	else if (bit == F_DUE && !f->must && move_defs[move].asks & R_DUE)
		f->hint = call_say(c, N_("empty: the day in force stays"));
	else if (!f->must && !f->hint.n && bit & (F_POST | F_UNIT | F_LEVEL))
		f->hint = call_say(c, N_("empty: as it is"));
}

static struct str posted(struct call *c, bool sent, const char *name)
{
	return sent ? value_of(&c->values, name) : STR_NONE;
}

static void put_fields(struct call *c, struct step_form *form, const struct flow_case *x,
	const struct record_type *type, int move)
{
	static const unsigned order[] = {F_NO, F_UNIT, F_POST, F_LEVEL, F_PROGRESS, F_WAY, F_DUE, F_TEXT, F_WHY};
	unsigned must = move_defs[move].asks, may = must | may_say(move);
	struct step_field *f = ARENA_PUSH(c->arena, form->fields.p, form->fields.n, form->fields.cap);
	struct date today = date_lt(day_at(c->now), c->on) ? day_at(c->now) : c->on;
	char day[DATE_TEXT];

	*f = (struct step_field){.name = "day", .title = call_say(c, N_("Day")), .kind = STEP_DAY, .must = true};
	f->id = arena_printf(c->arena, "%s-day", form->move);
	f->value = form->open ? value_of(&c->values, "day") : arena_str(c->arena, date_text(today, day));
	for (size_t i = 0; i < LEN(order); i++) {
		if (!(may & order[i]))
			continue;
		f = ARENA_PUSH(c->arena, form->fields.p, form->fields.n, form->fields.cap);
		*f = (struct step_field){.title = call_say(c, field_title(move, order[i])),
			.must = (must & order[i]) != 0};
		for (size_t k = 0; k < LEN(names) && !f->name; k++)
			f->name = names[k].bit == order[i] ? names[k].name : NULL;
		f->id = arena_printf(c->arena, "%s-%s", form->move, f->name);
		f->value = posted(c, form->open, f->name);
		fill_field(c, f, x, type, move, order[i], form->open);
	}
}

/* ---- the panel ---- */

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
	put_fields(c, form, x, type, o->move);
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
	say(c, line, field_title(s->move, F_NO), s->no);
	say(c, line, field_title(s->move, F_UNIT), u ? u->name : s->unit);
	say(c, line, field_title(s->move, F_POST), post_name(c, s->post));
	say(c, line, field_title(s->move, F_LEVEL), s->level);
	if (s->progress >= 0)
		say(c, line, N_("Progress"), arena_printf(c->arena, "%lld%%", (long long)s->progress));
	say(c, line, field_title(s->move, F_DUE), call_day(c, s->due));
	say(c, line, field_title(s->move, F_WAY), s->way);
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
