#include "cli/cli.h"

#include "office/adopt.h"
#include "office/allow.h"
#include "office/figure.h"
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

static struct str day_text(struct cli *c, struct date d)
{
	char text[DATE_TEXT];

	return arena_str(c->arena, date_text(d, text));
}

/* ---- what there is ---- */

static const struct flow_step *step_of(const struct excuse *x, int move)
{
	for (size_t i = x->c.n; i-- > 0;)
		if (x->c.steps[i].move == move)
			return &x->c.steps[i];
	return NULL;
}

static void put(struct cli *c, struct node *map, const char *key, struct str text)
{
	if (text.n)
		node_set(c->arena, map, str_c(key), node_str(c->arena, text));
}

static struct node *steps_out(struct cli *c, const struct flow_case *x)
{
	struct node *list = node_list(c->arena);

	for (size_t i = 0; i < x->n; i++) {
		const struct flow_step *s = &x->steps[i];
		struct node *one = node_map(c->arena);

		node_set(c->arena, one, S("event"), node_num(c->arena, s->id.seq));
		put(c, one, "step", str_c(move_defs[s->move].name));
		put(c, one, "day", day_text(c, s->day));
		put(c, one, "entered", text_time(c->arena, s->at));
		put(c, one, "by", s->by);
		put(c, one, "actor", s->actor);
		put(c, one, "until", day_text(c, s->due));
		put(c, one, "why", s->why);
		node_push(c->arena, list, one);
	}
	return list;
}

static struct node *excuse_out(struct cli *c, const struct excuse *x)
{
	const struct flow_step *ask = step_of(x, MOVE_EXCUSE_ASK);
	struct node *one = node_map(c->arena);

	node_set(c->arena, one, S("excuse"), node_num(c->arena, x->c.subject.seq));
	put(c, one, "state", str_c(state_defs[x->c.state].name));
	put(c, one, "duty", x->duty);
	put(c, one, "owner", x->owner);
	put(c, one, "object", x->object);
	put(c, one, "label", x->label);
	put(c, one, "kind", str_c(allow_kind_name(x->kind)));
	put(c, one, "due", day_text(c, x->due));
	put(c, one, "asked", day_text(c, x->asked));
	put(c, one, "by", ask ? ask->by : STR_NONE);
	put(c, one, "decided", day_text(c, x->decided));
	put(c, one, "revoked", day_text(c, x->revoked));
	put(c, one, "until", day_text(c, x->until));
	put(c, one, "why", x->why);
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
			x->label, x->owner, str_c(tr(c->lang, allow_kind_name(x->kind))), day_text(c, x->due),
			day_text(c, x->until), str_c(tr(c->lang, state_defs[x->c.state].title)), day_text(c, x->asked),
			x->why});
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
		STR_ARG(x.label), tr(c->lang, allow_kind_name(x.kind)), day_text(c, x.due).p,
		tr(c->lang, state_defs[x.c.state].title));
	for (size_t i = 0; i < x.c.n; i++) {
		const struct flow_step *s = &x.c.steps[i];
		const struct post *p = org_post(&k->org, s->by);

		table_row(t, (struct str[]){day_text(c, s->day), str_c(tr(c->lang, move_defs[s->move].title)),
			p ? p->name : s->by, day_text(c, s->due), s->why, text_time(c->arena, s->at)});
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

	k->in.duty = scheme_duty(&k->scheme, str_c(c->args[1]));
	if (!k->in.duty)
		return fail(err, ERR_NOT_FOUND, "no duty '%s' in this scheme", c->args[1]);
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
	node_set(c->arena, out, S("excuse"), node_num(c->arena, k->id.seq));
	put(c, out, "label", k->in.slot->label);
	put(c, out, "due", day_text(c, k->in.slot->due));
	if (c->json)
		return say_json(c, out, err);
	say(c, "excuse %lld is asked for: " STR_FMT " · " STR_FMT ", due %s", (long long)k->id.seq,
		STR_ARG(k->in.duty->id), STR_ARG(k->in.slot->label), day_text(c, k->in.slot->due).p);
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
	node_set(c->arena, out, S("excuse"), node_num(c->arena, k->id.seq));
	put(c, out, "done", str_c(step));
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
	const char *name;
	enum err_code (*fn)(struct asking *k, struct err *err);
	bool writes;
	int operands;                /* with the action itself */
	const char *options[9];      /* that it takes */
} actions[] = {
	{"list", list, false, 1, {"on"}},
	{"show", show, false, 2, {NULL}},
	{"ask", ask, true, 2, {"slot", "owner", "object", "kind", "until", "by", "why", "day", "year"}},
	{"approve", approve, true, 2, {"until", "by", "why", "day"}},
	{"refuse", refuse, true, 2, {"by", "why", "day"}},
	{"withdraw", withdraw, true, 2, {"by", "why", "day"}},
	{"revoke", revoke, true, 2, {"by", "why", "day"}},
};

static enum err_code find_action(const struct cli *c, const struct action **out, struct err *err)
{
	static const char *const options[] = {
		"slot", "owner", "object", "kind", "until", "by", "why", "day", "year", "on"};
	const char *name = c->nargs ? c->args[0] : "list";
	const struct action *x = NULL;

	for (size_t i = 0; i < LEN(actions); i++)
		if (!strcmp(actions[i].name, name))
			x = &actions[i];
	if (!x)
		return fail(err, ERR_USAGE,
			"zeren excuse: one of list show ask approve refuse withdraw revoke is expected, not %s", name);
	if (MAX(c->nargs, 1) < x->operands)
		return fail(err, ERR_USAGE, "zeren excuse %s: %s is missing", x->name, x->fn == ask ? "DUTY" : "NO");
	if (c->nargs > x->operands)
		return fail(err, ERR_USAGE, "zeren excuse %s: %s is one too many", x->name, c->args[x->operands]);
	for (size_t i = 0; i < LEN(options); i++) {
		bool takes = false;

		for (size_t k = 0; k < LEN(x->options) && x->options[k]; k++)
			takes |= !strcmp(x->options[k], options[i]);
		if (cli_opt(c, options[i]) && !takes)
			return fail(err, ERR_USAGE, "zeren excuse %s takes no --%s", x->name, options[i]);
	}
	*out = x;
	return OK;
}

enum err_code cmd_excuse(struct cli *c, int *status, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	struct asking k = {.c = c};
	const struct action *action = NULL;

	TRY(find_action(c, &action, err));
	TRY(action->writes ? cli_open(c, &log, err) : cli_open_reading(c, &log, err));
	k.log = log;
	TRY(scheme_current(log, c->arena, &k.scheme, err));
	TRY(org_load(log_db(log), c->arena, DATE_NONE, &k.org, err));
	return action->fn(&k, err);
}
