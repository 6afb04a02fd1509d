#include "cli/flow_out.h"
#include "cli/named.h"
#include "cli/verb.h"

#include "duty/figure.h"
#include "flow/allow.h"
#include "flow/facts_load.h"
#include "record/adopt.h"
#include "text/json.h"
#include "who/account.h"

command_fn cmd_excuse;

struct asking {
	struct cli *c;
	struct log *log;
	struct scheme scheme;
	struct org org;
	/* what is written */
	struct excuse_input in;
	struct excuse_decision decision;
	struct id id;
};

static struct str value(const struct cli *c, const char *name)
{
	return str_c(cli_opt(c, name));
}

/* ---- what there is ---- */

static const struct flow_step *step_of(const struct excuse *x, int move)
{
	for (size_t i = x->c.n; i-- > 0;)
		if (x->c.steps[i].move == move)
			return &x->c.steps[i];
	return NULL;
}

static struct node *steps_out(struct cli *c, const struct flow_case *x)
{
	struct node *list = node_list(c->arena);

	for (size_t i = 0; i < x->n; i++) {
		const struct flow_step *s = &x->steps[i];
		struct node *one = node_map(c->arena);

		out_num(c, one, "event", s->id.seq);
		out_text(c, one, "step", str_c(move_defs[s->move].name));
		out_day(c, one, "day", s->day);
		out_text(c, one, "entered", text_time(c->arena, s->at));
		out_text(c, one, "by", s->by);
		out_text(c, one, "actor", s->actor);
		out_day(c, one, "until", s->due);
		out_text(c, one, "why", s->why);
		node_push(c->arena, list, one);
	}
	return list;
}

static struct node *excuse_out(struct cli *c, const struct excuse *x)
{
	const struct flow_step *ask = step_of(x, MOVE_EXCUSE_ASK);
	struct node *one = node_map(c->arena);

	out_num(c, one, "excuse", x->c.subject.seq);
	out_text(c, one, "state", str_c(state_defs[x->c.state].name));
	out_text(c, one, "duty", x->duty);
	out_text(c, one, "owner", x->owner);
	out_text(c, one, "object", x->object);
	out_text(c, one, "label", x->label);
	out_text(c, one, "kind", str_c(allow_kind_name(x->kind)));
	out_day(c, one, "due", x->due);
	out_day(c, one, "asked", x->asked);
	out_text(c, one, "by", ask ? ask->by : STR_NONE);
	out_day(c, one, "decided", x->decided);
	out_day(c, one, "revoked", x->revoked);
	out_day(c, one, "until", x->until);
	out_text(c, one, "why", x->why);
	return one;
}

static enum err_code list(struct asking *k, struct err *err)
{
	static const char *const heads[] = {N_("no."), N_("duty"), N_("slot"), N_("owner"), N_("what"), N_("due day"),
		N_("until"), N_("state"), N_("asked for"), N_("why")};
	struct cli *c = k->c;
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "rlllllllll");
	struct node *out = node_list(c->arena);
	struct date on = DATE_NONE;
	struct excuses all;

	TRY(cli_date(c, "on", &on, err));
	TRY(excuses_load(log_db(k->log), c->arena, on, &all, err));
	for (size_t i = 0; i < all.n; i++) {
		const struct excuse *x = &all.p[i];

		node_push(c->arena, out, excuse_out(c, x));
		table_row(t, (struct str[]){arena_printf(c->arena, "%lld", (long long)x->c.subject.seq), x->duty,
			x->label, x->owner, str_c(tr(c->lang, allow_kind_name(x->kind))), text_day(c->arena, x->due),
			text_day(c->arena, x->until), str_c(tr(c->lang, state_defs[x->c.state].title)),
			text_day(c->arena, x->asked), x->why});
	}
	if (c->json)
		return say_json(c, out, err);
	if (!all.n)
		say(c, "nothing was asked for");
	else
		table_print(t, c);
	return OK;
}

static enum err_code read_no(struct asking *k, struct err *err)
{
	struct str s = str_c(k->c->args[1]);

	k->id.origin = 1;
	if (str_int(s, &k->id.seq) && k->id.seq >= 0)
		return OK;
	return fail(err, ERR_USAGE, "'%s' is no number of an excuse; zeren excuse shows them", k->c->args[1]);
}

static enum err_code show(struct asking *k, struct err *err)
{
	static const char *const heads[] = {N_("day"), N_("step"), N_("post"), N_("until"), N_("why"), N_("entered")};
	struct cli *c = k->c;
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "llllll");
	struct node *out;
	struct excuse x;

	TRY(read_no(k, err));
	TRY(excuse_get(log_db(k->log), c->arena, k->id, &x, err));
	out = excuse_out(c, &x);
	node_set(c->arena, out, S("steps"), steps_out(c, &x.c));
	if (c->json)
		return say_json(c, out, err);
	say(c, N_(STR_FMT " · " STR_FMT " · " STR_FMT ": %s, due %s; %s"), STR_ARG(x.duty), STR_ARG(x.owner),
		STR_ARG(x.label), tr(c->lang, allow_kind_name(x.kind)), text_day(c->arena, x.due).p,
		tr(c->lang, state_defs[x.c.state].title));
	for (size_t i = 0; i < x.c.n; i++) {
		const struct flow_step *s = &x.c.steps[i];
		const struct post *p = org_post(&k->org, s->by);

		table_row(t, (struct str[]){text_day(c->arena, s->day), str_c(tr(c->lang, move_defs[s->move].title)),
			p ? p->name : s->by, text_day(c->arena, s->due), s->why, text_time(c->arena, s->at)});
	}
	table_print(t, c);
	return OK;
}

/* ---- asking for it ---- */

static enum err_code read_kind(struct asking *k, struct err *err)
{
	struct str word = value(k->c, "kind");

	k->in.kind = date_is(k->in.until) ? ALLOW_EXTENDED : ALLOW_EXCUSED;
	if (word.n && !allow_kind_named(word, &k->in.kind))
		return fail(err, ERR_USAGE, "--kind: expected excused, extended or not_applicable, not '" STR_FMT "'",
			STR_ARG(word));
	return OK;
}

static enum err_code find_slot(struct asking *k, struct err *err)
{
	struct cli *c = k->c;
	struct slot_name name = {value(c, "owner"), value(c, "object"), value(c, "slot")};
	struct facts *facts = ARENA_NEW(c->arena, struct facts), *own = ARENA_NEW(c->arena, struct facts);
	struct facts_opt opt = {.lang = LANG_ZH};
	struct figures figures, shown;
	int64_t year = k->org.office.year;
	struct date on = date_is(k->in.day) ? k->in.day : day_at(time_now());
	size_t at;

	TRY(duty_named(&k->scheme, c->args[1], &k->in.duty, err));
	at = (size_t)(k->in.duty - k->scheme.duties);
	TRY(cli_int(c, "year", 1990, 2100, &year, err));
	opt.year = (int)year;
	TRY(facts_load(c->arena, log_db(k->log), &k->scheme, &k->org, opt, facts, err));
	TRY(figures_on(facts, on, &figures, err));
	*own = *facts;
	own->lang = c->lang;
	shown = figures;
	if (c->lang != LANG_ZH)
		TRY(figures_on(own, on, &shown, err));
	return slot_named(c->arena, &k->org, &figures.duties[at], &shown.duties[at], &name, &k->in.slot, err);
}

static enum err_code do_ask(struct tx *tx, void *ctx, struct err *err)
{
	struct asking *k = ctx;

	return excuse_ask(tx, &k->scheme, &k->in, &k->id, err);
}

static enum err_code ask(struct asking *k, struct err *err)
{
	struct cli *c = k->c;
	struct node *out = node_map(c->arena);

	k->in.until = k->in.day = DATE_NONE;
	TRY(cli_date(c, "until", &k->in.until, err));
	TRY(cli_date(c, "day", &k->in.day, err));
	TRY(read_kind(k, err));
	k->in.why = value(c, "why");
	k->in.by = value(c, "by");
	TRY(find_slot(k, err));
	TRY(log_write(k->log, cli_actor(c->arena), S("cli"), do_ask, k, err));
	out_num(c, out, "excuse", k->id.seq);
	out_text(c, out, "label", k->in.slot->label);
	out_day(c, out, "due", k->in.slot->due);
	if (c->json)
		return say_json(c, out, err);
	say(c, "excuse %lld is asked for: " STR_FMT " · " STR_FMT ", due %s", (long long)k->id.seq,
		STR_ARG(k->in.duty->id), STR_ARG(k->in.slot->label), text_day(c->arena, k->in.slot->due).p);
	return OK;
}

/* ---- deciding ---- */

static enum err_code do_decide(struct tx *tx, void *ctx, struct err *err)
{
	struct asking *k = ctx;

	return excuse_decide(tx, &k->scheme, k->id, &k->decision, err);
}

static enum err_code decide(struct asking *k, const char *step, const char *done, struct err *err)
{
	struct cli *c = k->c;
	struct node *out = node_map(c->arena);

	k->decision = (struct excuse_decision){.step = str_c(step), .by = value(c, "by"), .why = value(c, "why"),
		.until = DATE_NONE, .day = DATE_NONE};
	TRY(cli_date(c, "until", &k->decision.until, err));
	TRY(cli_date(c, "day", &k->decision.day, err));
	TRY(read_no(k, err));
	TRY(log_write(k->log, cli_actor(c->arena), S("cli"), do_decide, k, err));
	out_num(c, out, "excuse", k->id.seq);
	out_text(c, out, "done", str_c(step));
	if (c->json)
		return say_json(c, out, err);
	say(c, done, (long long)k->id.seq);
	return OK;
}

static enum err_code approve(struct asking *k, struct err *err)
{
	return decide(k, "grant", N_("excuse %lld is granted"), err);
}

static enum err_code refuse(struct asking *k, struct err *err)
{
	return decide(k, "refuse", N_("excuse %lld is refused"), err);
}

static enum err_code withdraw(struct asking *k, struct err *err)
{
	return decide(k, "withdraw", N_("excuse %lld is taken back"), err);
}

static enum err_code revoke(struct asking *k, struct err *err)
{
	return decide(k, "revoke", N_("excuse %lld is revoked"), err);
}

/* ---- the actions ---- */

static const struct action {
	struct verb verb;
	enum err_code (*fn)(struct asking *k, struct err *err);
	bool writes;
} actions[] = {
	{{"list", 1, 1, NULL, {"on"}}, list, false},
	{{"show", 2, 2, N_("NO"), {NULL}}, show, false},
	{{"ask", 2, 2, N_("DUTY"),
		{"slot", "owner", "object", "kind", "until", "by", "why", "day", "year"}}, ask, true},
	{{"approve", 2, 2, N_("NO"), {"until", "by", "why", "day"}}, approve, true},
	{{"refuse", 2, 2, N_("NO"), {"by", "why", "day"}}, refuse, true},
	{{"withdraw", 2, 2, N_("NO"), {"by", "why", "day"}}, withdraw, true},
	{{"revoke", 2, 2, N_("NO"), {"by", "why", "day"}}, revoke, true},
};

enum err_code cmd_excuse(struct cli *c, int *status, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	struct asking k = {.c = c};
	const char *name = c->nargs ? c->args[0] : "list";
	const struct action *action = VERB_NAMED(actions, name);

	if (!action)
		return VERB_UNKNOWN(c, actions, name, err);
	TRY(verb_fits(c, &action->verb, err));
	TRY(action->writes ? cli_open(c, &log, err) : cli_open_reading(c, &log, err));
	k.log = log;
	TRY(scheme_current(log, c->arena, &k.scheme, err));
	TRY(org_load(log_db(log), c->arena, DATE_NONE, &k.org, err));
	return action->fn(&k, err);
}
