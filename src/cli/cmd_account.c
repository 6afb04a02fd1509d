#include "cli/cli.h"
#include "cli/secret.h"
#include "cli/verb.h"

#include "crypto/strength.h"
#include "text/json.h"
#include "who/access.h"
#include "who/account_do.h"

command_fn cmd_account;

/* What an intent of this command needs. */
struct work {
	struct account_work a;     /* first: what the intents of who/account_do.h take */
	struct cli *c;
	size_t ended;
};

static enum err_code operand(const struct cli *c, int i, const char *what, struct err *err)
{
	if (i < c->nargs)
		return OK;
	return fail(err, ERR_USAGE, "zeren account %s: %s is missing", c->args[0], what);
}

static struct str value(const struct cli *c, const char *name)
{
	return str_c(cli_opt(c, name));
}

/* ---- list ---- */

static const char *state_of(const struct account *who, bool password, int64_t wait)
{
	return who->closed ? N_("closed") : !password ? N_("no password") : wait ? N_("locked for now") : N_("open");
}

static struct str grant_text(struct cli *c, const struct grant *g)
{
	char from[DATE_TEXT], until[DATE_TEXT];
	struct str s = arena_printf(c->arena, "%s " STR_FMT, tr(c->lang, role_label(g->role)), STR_ARG(g->unit));

	if (date_is(g->from) || date_is(g->until))
		s = arena_printf(c->arena, STR_FMT " %s…%s", STR_ARG(s), date_text(g->from, from).p,
			date_text(g->until, until).p);
	return s;
}

static struct node *grant_node(struct arena *a, const struct grant *g)
{
	struct node *out = node_map(a);
	char day[DATE_TEXT];

	node_set(a, out, S("id"), node_num(a, g->id.seq));
	node_set(a, out, S("role"), node_str(a, str_c(role_name(g->role))));
	node_set(a, out, S("unit"), node_str(a, g->unit));
	if (date_is(g->from))
		node_set(a, out, S("from"), node_str(a, arena_str(a, date_text(g->from, day))));
	if (date_is(g->until))
		node_set(a, out, S("until"), node_str(a, arena_str(a, date_text(g->until, day))));
	return out;
}

static enum err_code show_one(struct cli *c, struct log *log, const struct account *who, const struct grants *grants,
	struct table *t, struct node *list, struct err *err)
{
	struct arena *a = c->arena;
	struct err none = {.lang = c->lang};
	struct node *one = node_map(a), *roles = node_list(a);
	struct str phc, texts = S("");
	bool temporary, second, password = credential_get(log_db(log), a, who->id, &phc, &temporary, &none) == OK;
	const char *state;
	int64_t wait;

	TRY(second_is(log_db(log), who->id, &second, err));
	TRY(lock_wait(log_db(log), who->login, time_now(), &wait, err));
	state = state_of(who, password, wait);
	for (size_t i = 0; i < grants->n; i++) {
		const struct grant *g = &grants->p[i];

		if (g->ended || !str_eq(g->login, who->login))
			continue;
		texts = arena_printf(
			a, STR_FMT "%s" STR_FMT, STR_ARG(texts), texts.n ? "; " : "", STR_ARG(grant_text(c, g)));
		node_push(a, roles, grant_node(a, g));
	}
	table_row(t, (struct str[]){who->login, who->name, who->post, str_c(tr(c->lang, state)), texts});
	node_set(a, one, S("login"), node_str(a, who->login));
	node_set(a, one, S("name"), node_str(a, who->name));
	node_set(a, one, S("post"), node_str(a, who->post));
	node_set(a, one, S("state"), node_str(a, str_c(state)));
	node_set(a, one, S("second"), node_bool(a, second));
	node_set(a, one, S("roles"), roles);
	node_push(a, list, one);
	return OK;
}

static enum err_code list(struct cli *c, struct err *err)
{
	static const char *const heads[] = {N_("login"), N_("name"), N_("post"), N_("state"), N_("roles")};
	CLEANUP(log_close) struct log *log = NULL;
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "lllll");
	struct node *all = node_list(c->arena);
	struct accounts accounts;
	struct grants grants;

	TRY(cli_open_reading(c, &log, err));
	TRY(account_list(log_db(log), c->arena, &accounts, err));
	TRY(grant_list(log_db(log), c->arena, S(""), DATE_NONE, &grants, err));
	for (size_t i = 0; i < accounts.n; i++)
		TRY(show_one(c, log, &accounts.p[i], &grants, t, all, err));
	if (c->json)
		return say_json(c, all, err);
	if (!accounts.n)
		say(c, "no accounts yet; zeren account add makes one");
	else
		table_print(t, c);
	return OK;
}

/* ---- intents ---- */

/* Every role of that name the account has; on one unit where one is named. */
static enum err_code do_end(struct tx *tx, void *ctx, struct err *err)
{
	struct work *w = ctx;
	struct grants grants;

	TRY(grant_list(tx->db, tx->arena, w->a.who.login, DATE_NONE, &grants, err));
	for (size_t i = 0; i < grants.n; i++) {
		const struct grant *g = &grants.p[i];

		if (g->ended || g->role != w->a.grant.role || (w->a.grant.unit.n && !str_eq(w->a.grant.unit, g->unit)))
			continue;
		TRY(grant_end(tx, g, w->a.why, err));
		w->ended++;
	}
	return w->ended ? OK : fail(err, ERR_NOT_FOUND, "'" STR_FMT "' has no such role", STR_ARG(w->a.who.login));
}

/* ---- what the words mean ---- */

static enum err_code ask_password(struct work *w, struct log *log, struct str login, struct str name, struct err *err)
{
	struct str password;

	TRY(secret_read(
		w->c, N_("new password: "), N_("once more: "), cli_flag(w->c, "password-stdin"), &password, err));
	if (!strength_dictionary())
		warn(w->c, "the dictionary of common passwords is not there (package cracklib-runtime); the other "
			"checks are made");
	return credential_hash(log_db(log), password, login, name, (struct password_cost){0}, w->a.phc, err);
}

static enum err_code no_role(const char *name, struct err *err)
{
	struct near near = near_to(str_c(name));

	for (int i = 0; i < ROLE_N; i++)
		near_offer(&near, str_c(role_name((enum role)i)));
	fail(err, ERR_USAGE, "there is no role '%s'; zeren help account lists them", name);
	return near_say(&near, err);
}

static enum err_code read_role(struct work *w, struct log *log, struct err *err)
{
	struct cli *c = w->c;
	struct access office;

	TRY(operand(c, 2, "ROLE", err));
	if (!role_parse(str_c(c->args[2]), &w->a.grant.role))
		return no_role(c->args[2], err);
	w->a.grant.login = w->a.who.login;
	w->a.grant.from = w->a.grant.until = DATE_NONE;
	w->a.grant.unit = c->nargs > 3 ? str_c(c->args[3]) : value(c, "unit");
	TRY(cli_date(c, "from", &w->a.grant.from, err));
	TRY(cli_date(c, "until", &w->a.grant.until, err));
	if (w->a.grant.unit.n || !strcmp(c->args[0], "end"))
		return OK;
	TRY(access_load(log_db(log), c->arena, w->a.who.id, day_at(time_now()), &office, err));
	w->a.grant.unit = office.office_code;
	return w->a.grant.unit.n ? OK : fail(err, ERR_NOT_FOUND,
		"there is no office yet; zeren adopt --org puts an organisation in force");
}

enum prepare { PREPARE_ACCOUNT = 1, PREPARE_PASSWORD = 2, PREPARE_ROLE = 4 };

static const struct deed {
	const char *name;
	intent_fn *fn;
	unsigned prepare;
	int operands;              /* at most, the verb counted */
	const char *done;
} verbs[] = {
	{"add", account_do_add, PREPARE_PASSWORD, 2, N_("account '" STR_FMT "' is made")},
	{"change", account_do_change, PREPARE_ACCOUNT, 2, N_("account '" STR_FMT "' is changed")},
	{"password", account_do_password, PREPARE_ACCOUNT | PREPARE_PASSWORD, 2,
		N_("password of '" STR_FMT "' is set; it must be changed at the next sign-in")},
	{"second", account_do_second, PREPARE_ACCOUNT, 2, N_("second factor of '" STR_FMT "' is taken away")},
	{"grant", account_do_grant, PREPARE_ACCOUNT | PREPARE_ROLE, 4, N_("'" STR_FMT "' has a new role")},
	{"end", do_end, PREPARE_ACCOUNT | PREPARE_ROLE, 4, N_("role of '" STR_FMT "' is ended")},
	{"close", account_do_close, PREPARE_ACCOUNT, 2, N_("account '" STR_FMT "' is closed, its roles are ended")},
	{"open", account_do_open, PREPARE_ACCOUNT, 2, N_("account '" STR_FMT "' is open, without roles")},
	{"unlock", account_do_unlock, PREPARE_ACCOUNT, 2, N_("failures of '" STR_FMT "' are forgotten")},
};

static enum err_code find_verb(const struct cli *c, const struct deed **out, struct err *err)
{
	for (size_t i = 0; i < LEN(verbs); i++)
		if (!strcmp(verbs[i].name, c->args[0])) {
			*out = &verbs[i];
			if (c->nargs <= verbs[i].operands)
				return OK;
			return fail(err, ERR_USAGE, "zeren account %s: %s is one too many", c->args[0],
				c->args[verbs[i].operands]);
		}
	return VERB_UNKNOWN(c, verbs, c->args[0], err);
}

static enum err_code prepare(struct work *w, const struct deed *verb, struct log *log, struct err *err)
{
	struct cli *c = w->c;

	if (verb->fn == account_do_add) {
		if (!login_read(c->arena, w->a.login, &w->a.login))
			return fail(err, ERR_USAGE, "'" STR_FMT "' is no login: 2 to %d of a-z, 0-9, '.', '_', '-', "
				"a letter or a digit first", STR_ARG(str_sub(w->a.login, 0, 80)), (int)LOGIN_MAX);
		if (!w->a.name.n)
			return fail(err, ERR_USAGE, "zeren account add needs --name NAME");
	} else {
		TRY(account_get(log_db(log), c->arena, w->a.login, &w->a.who, err));
	}
	if (verb->prepare & PREPARE_ROLE)
		TRY(read_role(w, log, err));
	if (verb->prepare & PREPARE_PASSWORD)
		TRY(ask_password(w, log, w->a.login, w->a.name.n ? w->a.name : w->a.who.name, err));
	return OK;
}

enum err_code cmd_account(struct cli *c, int *status, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	struct work w = {.c = c,
		.a = {.name = value(c, "name"), .post = value(c, "post"), .why = value(c, "why"),
			.lasting = cli_flag(c, "lasting")}};
	const struct deed *verb = NULL;

	if (!c->nargs || (!strcmp(c->args[0], "list") && c->nargs == 1))
		return list(c, err);
	TRY(find_verb(c, &verb, err));
	TRY(operand(c, 1, "LOGIN", err));
	w.a.login = str_c(c->args[1]);
	TRY(cli_open(c, &log, err));
	TRY(prepare(&w, verb, log, err));
	TRY(log_write(log, cli_actor(c->arena), S("cli"), verb->fn, &w, err));
	if (c->json) {
		struct node *out = node_map(c->arena);

		node_set(c->arena, out, S("account"), node_str(c->arena, w.a.login));
		node_set(c->arena, out, S("done"), node_str(c->arena, str_c(verb->name)));
		return say_json(c, out, err);
	}
	say(c, verb->done, STR_ARG(w.a.login));
	return OK;
}
