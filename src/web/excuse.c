/* What is asked for a slot (an excuse, more time, that it does not apply) and what becomes of it. */
#include "flow/allow.h"

#include "web/excuse_view.h"
#include "web/pages.h"
#include "web/scope.h"

static const struct {
	const char *word, *text;
} dones[] = {
	{"ask", N_("It is asked for. Another hand decides; until then the slot stays as it is.")},
	{"grant", N_("It is granted, and counts from the day of the decision on.")},
	{"refuse", N_("It is refused; the slot stays as it is.")},
	{"withdraw", N_("It is taken back; the slot stays as it is.")},
	{"revoke", N_("It is revoked, and counts no more from that day on.")},
};

static const char *done_text(struct call *c)
{
	struct str done = c->req->method == HTTP_GET ? value_of(&c->values, "done") : STR_NONE;

	for (size_t i = 0; i < LEN(dones); i++)
		if (str_is(done, dones[i].word))
			return dones[i].text;
	return NULL;
}

static struct str iso(struct call *c, struct date d)
{
	char text[DATE_TEXT];

	return date_is(d) ? arena_str(c->arena, date_text(d, text)) : STR_NONE;
}

static struct str typed(struct call *c, const char *name)
{
	return value_of(&c->values, name);
}

/* ---- one of them ---- */

/* What was asked for, not yet what came of it. */
static const char *const kinds[] = {[ALLOW_EXCUSED] = N_("an excuse"), [ALLOW_EXTENDED] = N_("more time"),
	[ALLOW_NOT_APPLICABLE] = N_("that it does not apply")};

static struct look look_of(const struct excuse *x)
{
	switch (x->c.state) {
	case STATE_EXCUSE_ASKED:
		return (struct look){"due", "t-due", NULL};
	case STATE_EXCUSE_GRANTED:
		return (struct look){"met", "t-met", NULL};
	case STATE_EXCUSE_REFUSED:
	case STATE_EXCUSE_REVOKED:
		return (struct look){"missed", "t-missed", NULL};
	default:
		return (struct look){"excused", "t-excused", NULL};
	}
}

static bool named(const struct excuse *x, const struct duty *d, const struct slot *s, struct str label)
{
	return str_eq(x->duty, d->id) && str_eq(x->owner, s->owner) && str_eq(x->object, s->object) &&
		str_eq(x->label, label);
}

/* Labels are named in Chinese: in another language only the duty is known without a second look. */
static struct url slot_url(struct call *c, const struct excuse *x)
{
	const struct duty *d = scheme_duty(c->facts.scheme, x->duty);
	const struct duty_state *s = d ? &c->figures.duties[d - c->facts.scheme->duties] : NULL;

	for (size_t i = 0; s && c->lang == LANG_ZH && i < s->nslots; i++)
		if (named(x, d, &s->slots[i], s->slots[i].label))
			return url_at(c->arena, slot_view(c, s, &s->slots[i]).url, S("behind"));
	return call_url(c, d ? url_add(c->arena, url_path("/duties"), d->id) : url_path("/duties"));
}

/* May he decide, or take back? The rule of the flow, the unit's rights, and the post that the duty names. */
static void put_offers(struct call *c, const struct excuse *x, struct excuse_line *v)
{
	const struct account *me = &c->access->account;
	const struct org *org = &c->world->org;
	const struct unit *unit = org_unit(org, x->c.unit);
	const struct duty *d = scheme_duty(c->facts.scheme, x->duty);
	const struct post *want = d && d->approver.n ? org_post(org, d->approver) : NULL;
	struct flow_step s = {.move = MOVE_EXCUSE_GRANT, .by = me->post, .actor = me->login, .via = S("web"),
		.day = day_at(c->now), .due = DATE_NONE};
	struct err quiet = {.lang = c->lang};

	if (x->c.state == STATE_EXCUSE_GRANTED) {
		s.move = MOVE_EXCUSE_REVOKE;
		v->may_revoke = me->post.n && call_may_unit(c, ACT_REVIEW, unit) &&
			flow_may(&x->c, &s, FLOW_BESIDE, &quiet) == OK;
		err_clear(&quiet);
	}
	if (x->c.state != STATE_EXCUSE_ASKED)
		return;
	v->may_withdraw = call_may_unit(c, ACT_RECORD_ADD, unit) && me->post.n && x->c.n &&
		str_eq(x->c.steps[0].by, me->post);
	if (!call_may_unit(c, ACT_REVIEW, unit))
		return;
	if (!me->post.n)
		v->why_not = call_say(c, N_("your account has no post to act for"));
	else if (want && want != org_post(org, me->post))
		v->why_not = arena_printf(c->arena, tr(c->lang, N_("post " STR_FMT " decides this")),
			STR_ARG(want->name));
	else if (flow_may(&x->c, &s, FLOW_BESIDE, &quiet) != OK)
		v->why_not = arena_str(c->arena, str_c(quiet.text));
	else
		v->may_decide = true;
	err_clear(&quiet);
}

static struct excuse_line line_of(struct call *c, const struct excuse *x)
{
	const struct org *org = &c->world->org;
	const struct duty *d = scheme_duty(c->facts.scheme, x->duty);
	struct excuse_line v = {.seen = x->c.last_seq, .duty = x->duty, .title = d ? d->title : STR_NONE,
		.label = x->label, .object = x->object, .look = look_of(x), .kind = kinds[x->kind],
		.state = state_defs[x->c.state].title, .extended = x->kind == ALLOW_EXTENDED, .due = x->due,
		.asked = x->asked, .decided = x->decided, .until = x->until, .revoked = x->revoked, .why = x->why};

	v.no = arena_printf(c->arena, "%lld", (long long)x->c.subject.seq);
	v.owner = owner_name(org, x->owner);
	v.url = slot_url(c, x);
	v.decide = call_url(c, url_add(c->arena, url_path("/excuses"), v.no));
	v.withdraw = call_url(c, url_add(c->arena, url_add(c->arena, url_path("/excuses"), v.no), S("withdraw")));
	if (x->c.n)
		v.by = owner_name(org, x->c.steps[0].by);
	for (size_t i = 1; i < x->c.n; i++) {
		const struct flow_step *s = &x->c.steps[i];

		if (s->move == MOVE_EXCUSE_REVOKE) {
			v.revoker = owner_name(org, s->by);
			v.revoke_why = s->why;
		} else {
			v.decider = owner_name(org, s->by);
			v.answer = s->why;
			v.decided = s->day;
		}
	}
	v.typed.day = iso(c, date_lt(c->on, v.decided) ? v.decided : date_lt(c->on, x->asked) ? x->asked : c->on);
	v.typed.until = iso(c, x->until);
	put_offers(c, x, &v);
	return v;
}

static bool in_reach(const struct call *c, const struct excuse *x)
{
	return call_sees_all(c) || call_sees_unit(c, x->owner) || (x->object.n && call_sees_unit(c, x->object));
}

/* As of the day, where one is asked for; else all. */
static enum err_code load(struct call *c, struct excuses *out, struct err *err)
{
	return excuses_load(log_db(c->log), c->arena, c->asked ? c->on : DATE_NONE, out, err);
}

enum err_code excuses_waiting(struct call *c, size_t *n, struct err *err)
{
	struct excuses all;

	*n = 0;
	if (!c->access->account.post.n || !call_may_any(c, ACT_REVIEW))
		return OK;
	TRY(load(c, &all, err));
	for (size_t i = 0; i < all.n; i++)
		*n += in_reach(c, &all.p[i]) && line_of(c, &all.p[i]).may_decide;
	return OK;
}

/* ---- all of them ---- */

/* Those that wait, then the others. */
static enum err_code send(struct call *c, const struct excuses_view *v, struct err *err)
{
	struct excuse_lines all = {0};

	for (size_t i = 0; i < v->waiting.n + v->others.n; i++) {
		struct excuse_line *x = ARENA_PUSH(c->arena, all.p, all.n, all.cap);

		*x = i < v->waiting.n ? v->waiting.p[i] : v->others.p[i - v->waiting.n];
		if (!x->extended)
			x->until = DATE_NONE;
	}
	return list_send(c, &(struct list_shown){LIST_EXCUSES, .rows = all.p, .n = all.n}, err);
}

static enum err_code show(struct call *c, struct str wrong, struct err *err)
{
	struct excuses_view v = {.wrong = wrong, .done = done_text(c)};
	struct excuses all;

	v.frame = call_frame(c, NAV_EXCUSES, call_say(c, N_("Excuses and more time")));
	if (c->req->method == HTTP_POST) {
		v.frame->here = url_path("/excuses");
		v.frame->carry.n = 0;
	}
	TRY(load(c, &all, err));
	for (size_t i = all.n; i-- > 0;) {
		const struct excuse *x = &all.p[i];
		struct excuse_lines *to = x->c.state == STATE_EXCUSE_ASKED ? &v.waiting : &v.others;
		struct excuse_line *line;

		if (!in_reach(c, x))
			continue;
		line = ARENA_PUSH(c->arena, to->p, to->n, to->cap);
		*line = line_of(c, x);
		if (c->req->method == HTTP_POST && value_int(&c->values, "id") == x->c.subject.seq &&
			str_is(str_c(c->route->path), "/excuses/:id"))
			line->typed = (struct excuse_typed){.why = typed(c, "why"), .until = typed(c, "until"),
				.day = typed(c, "day"), .sent = true};
	}
	if (list_asked(c))
		return send(c, &v, err);
	v.files = list_links(c);
	page_excuses(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code excuses_page(struct call *c, struct err *err)
{
	TRY(call_world(c, err));
	return show(c, STR_NONE, err);
}

/* ---- deciding ---- */

struct deciding {
	const struct scheme *scheme;
	struct id id;
	struct excuse_decision decision;
};

static enum err_code do_decide(struct tx *tx, void *ctx, struct err *err)
{
	struct deciding *d = ctx;

	return excuse_decide(tx, d->scheme, d->id, &d->decision, err);
}

static enum err_code decide(struct call *c, struct deciding *d, struct err *err)
{
	struct excuse x;
	enum err_code code;

	TRY(call_world(c, err));
	d->scheme = c->facts.scheme;
	d->id = (struct id){1, value_int(&c->values, "id")};
	TRY(excuse_get(log_db(c->log), c->arena, d->id, &x, err));
	if (!in_reach(c, &x))
		return fail(err, ERR_NOT_FOUND, "no excuse %lld", (long long)d->id.seq);
	d->decision.seen = MAX(value_int(&c->values, "seen"), 0);
	code = d->decision.step.n ? call_write(c, do_decide, d, err)
				  : fail(err, ERR_INPUT, "the form does not say what is to be done");
	if (code != OK) {
		struct str wrong = call_refused(c, err);

		return wrong.n ? show(c, wrong, err) : code;
	}
	return call_go(c, url_query(c->arena, call_url(c, url_path("/excuses")), "done", d->decision.step), err);
}

enum err_code excuse_post(struct call *c, struct err *err)
{
	struct str step = value_of(&c->values, "do");
	bool grants = str_is(step, "grant"), others = str_is(step, "refuse") || str_is(step, "revoke");
	struct deciding d = {.decision = {.step = grants || others ? step : STR_NONE,
		.why = typed(c, "why"), .until = DATE_NONE, .day = value_date(&c->values, "day")}};

	if (grants)
		d.decision.until = value_date(&c->values, "until");
	return decide(c, &d, err);
}

enum err_code excuse_withdraw_post(struct call *c, struct err *err)
{
	struct deciding d = {.decision = {.step = S("withdraw"), .why = typed(c, "why"), .until = DATE_NONE,
		.day = value_date(&c->values, "day")}};

	return decide(c, &d, err);
}

/* ---- beside a slot ---- */

/* The slot's label in Chinese, which is its name. */
static enum err_code chinese_label(struct call *c, const struct duty *d, const struct slot *s, struct str *out,
	struct err *err)
{
	size_t at = (size_t)(d - c->facts.scheme->duties);
	const struct duty_state *mine = &c->world->figures.duties[at], *theirs;
	const struct world *world = NULL;

	*out = s->label;
	if (c->lang == LANG_ZH)
		return OK;
	TRY(world_take(c->worlds, c->log, &c->head, c->on, LANG_ZH, &world, err));
	theirs = at < world->scheme.nduties ? &world->figures.duties[at] : NULL;
	for (size_t i = 0; theirs && i < MIN(mine->nslots, theirs->nslots); i++) {
		const struct slot *x = &mine->slots[i];

		if (date_eq(x->due, s->due) && str_eq(x->owner, s->owner) && str_eq(x->object, s->object) &&
			str_eq(x->label, s->label)) {
			*out = arena_str(c->arena, theirs->slots[i].label);
			break;
		}
	}
	world_drop(c->worlds, &world);
	return OK;
}

enum err_code excuse_panel(struct call *c, const struct duty_state *s, const struct slot *slot, struct str wrong,
	const struct excuse_panel **out, struct err *err)
{
	struct excuse_panel *v = ARENA_NEW(c->arena, struct excuse_panel);
	struct excuses all;
	struct str label;

	*out = NULL;
	if (!slot)
		return OK;
	*v = (struct excuse_panel){.wrong = wrong, .done = done_text(c), .slot = typed(c, "slot")};
	TRY(chinese_label(c, s->duty, slot, &label, err));
	TRY(load(c, &all, err));
	for (size_t i = all.n; i-- > 0;) {
		if (!named(&all.p[i], s->duty, slot, label))
			continue;
		*ARENA_PUSH(c->arena, v->asked.p, v->asked.n, v->asked.cap) = line_of(c, &all.p[i]);
		v->waits |= all.p[i].c.state == STATE_EXCUSE_ASKED;
	}
	v->may = slot->state != SLOT_MET && slot->state != SLOT_EXCUSED && slot->state != SLOT_NOT_APPLICABLE &&
		!v->waits && c->access->account.post.n &&
		call_may_unit(c, ACT_RECORD_ADD, owner_unit(&c->world->org, slot->owner));
	v->more_time = date_is(slot->due) && c->on.n <= slot->due.n;
	v->action = call_url(c, url_add(c->arena, url_path("/duties"), s->duty->id));
	v->typed.day = iso(c, c->on);
	if (c->req->method == HTTP_POST)
		v->typed = (struct excuse_typed){typed(c, "why"), typed(c, "kind"), typed(c, "until"), typed(c, "day"),
			true};
	*out = v;
	return OK;
}

/* ---- asking ---- */

struct asking {
	const struct scheme *scheme;
	struct slot slot;
	struct excuse_input in;
	struct id id;
};

static enum err_code do_ask(struct tx *tx, void *ctx, struct err *err)
{
	struct asking *a = ctx;

	return excuse_ask(tx, a->scheme, &a->in, &a->id, err);
}

/* Of the duty as he sees it. ERR_NOT_FOUND. */
static enum err_code find_slot(struct call *c, const struct duty **duty, const struct slot **slot, struct err *err)
{
	struct str id = typed(c, "id"), key = typed(c, "slot");
	const struct duty *d = scheme_duty(c->facts.scheme, id);
	const struct duty_state *s = d ? &c->figures.duties[d - c->facts.scheme->duties] : NULL;

	*slot = NULL;
	*duty = d;
	if (!d || (!call_sees_all(c) && !s->nslots))
		return fail(err, ERR_NOT_FOUND, "no duty '%s' in this scheme", arena_str(c->arena, id).p);
	for (size_t i = 0; i < s->nslots; i++)
		if (str_eq(slot_key(c, &s->slots[i]), key))
			*slot = &s->slots[i];
	return OK;
}

static enum err_code ask(struct call *c, struct asking *a, const struct slot *slot, struct err *err)
{
	if (!slot)
		return fail(err, ERR_INPUT, "the form does not say for which slot");
	if (!allow_kind_named(typed(c, "kind"), &a->in.kind))
		return err_on(err, "kind", fail(err, ERR_INPUT, "the form does not say what is asked for"));
	a->in.slot = &a->slot;
	a->slot = *slot;
	TRY(chinese_label(c, a->in.duty, slot, &a->slot.label, err));
	return call_write(c, do_ask, a, err);
}

enum err_code duty_post(struct call *c, struct err *err)
{
	struct asking a = {0};
	const struct slot *slot;
	enum err_code code;

	TRY(call_world(c, err));
	TRY(find_slot(c, &a.in.duty, &slot, err));
	a.scheme = c->facts.scheme;
	a.in.until = value_date(&c->values, "until");
	a.in.day = value_date(&c->values, "day");
	a.in.why = typed(c, "why");
	code = ask(c, &a, slot, err);
	if (code != OK) {
		struct str wrong = call_refused(c, err);

		return wrong.n ? duty_show(c, wrong, err) : code;
	}
	return call_go(c, url_at(c->arena, url_query(c->arena, url_query(c->arena,
		call_url(c, url_add(c->arena, url_path("/duties"), a.in.duty->id)), "slot", typed(c, "slot")), "done",
		S("ask")), S("behind")), err);
}
