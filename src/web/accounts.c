/* Accounts, for who gives out roles and for who looks after that. */
#include "web/duty_view.h"
#include "web/pages.h"
#include "web/sign_view.h"

#include "who/account_do.h"

void put_units(struct call *c, struct str chosen, struct picks *out)
{
	const struct org *org = &c->world->org;

	for (size_t i = 0; i < org->nunits; i++)
		*ARENA_PUSH(c->arena, out->p, out->n, out->cap) =
			(struct pick){org->units[i].code, org->units[i].name, str_eq(org->units[i].code, chosen)};
}

/* ---- one account as a line ---- */

static struct str role_words(struct call *c, const struct grants *grants, struct str login)
{
	struct str out = S("");

	for (size_t i = 0; i < grants->n; i++) {
		const struct grant *g = &grants->p[i];
		const struct unit *unit = org_unit(&c->world->org, g->unit);

		if (!g->ended && str_eq(g->login, login))
			out = arena_printf(c->arena, STR_FMT "%s%s · " STR_FMT, STR_ARG(out), out.n ? "; " : "",
				tr(c->lang, role_label(g->role)), STR_ARG(unit ? unit->name : g->unit));
	}
	return out;
}

static enum err_code put_line(struct call *c, const struct account *who, const struct grants *grants,
	struct account_line *out, struct err *err)
{
	struct err none = {.lang = c->lang};
	struct str phc;
	bool temporary, password = credential_get(log_db(c->log), c->arena, who->id, &phc, &temporary, &none) == OK;
	int64_t wait;

	*out = (struct account_line){.login = who->login, .name = who->name, .closed = who->closed,
		.post = who->post.n ? owner_name(&c->world->org, who->post) : STR_NONE,
		.roles = role_words(c, grants, who->login),
		.url = url_add(c->arena, url_path("/accounts"), who->login)};
	TRY(second_is(log_db(c->log), who->id, &out->second, err));
	TRY(lock_wait(log_db(c->log), who->login, c->now, &wait, err));
	out->state = who->closed ? N_("closed")
		: !password	 ? N_("no password")
		: wait		 ? N_("locked for now")
		: temporary	 ? N_("not yet used")
				 : N_("in use");
	return OK;
}

/* ---- all ---- */

static enum err_code show_all(struct call *c, struct str wrong, struct err *err)
{
	bool post = c->req->method == HTTP_POST;
	struct accounts_view v = {.may = call_may(c, ACT_ACCOUNT_MANAGE), .wrong = wrong};
	struct accounts accounts;
	struct grants grants;

	TRY(call_world(c, err));
	v.frame = call_frame(c, NAV_ACCOUNTS, call_say(c, N_("Accounts")));
	v.login = post ? value_of(&c->values, "login") : STR_NONE;
	v.name = post ? value_of(&c->values, "name") : STR_NONE;
	put_posts(c, post ? value_of(&c->values, "post") : STR_NONE, &v.posts);
	TRY(account_list(log_db(c->log), c->arena, &accounts, err));
	TRY(grant_list(log_db(c->log), c->arena, S(""), DATE_NONE, &grants, err));
	for (size_t i = 0; i < accounts.n; i++)
		TRY(put_line(c, &accounts.p[i], &grants, ARENA_PUSH(c->arena, v.rows.p, v.rows.n, v.rows.cap), err));
	page_accounts(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code accounts_page(struct call *c, struct err *err)
{
	return show_all(c, STR_NONE, err);
}

/* ---- one ---- */

struct work {
	struct account_work a;             /* first: what the intents of who/account_do.h take */
	struct call *c;
	char password[TOKEN_TEXT];         /* just made, shown once */
};

/* What was typed into a field of the form that was refused. */
static struct str typed(struct call *c, struct str wrong, const char *form, const char *name)
{
	return wrong.n && str_is(value_of(&c->values, "do"), form) ? value_of(&c->values, name) : STR_NONE;
}

static enum err_code show_one(struct call *c, struct str login, struct str password, struct str wrong, struct err *err)
{
	static const struct {
		const char *word, *text;
	} dones[] = {
		{"grant", N_("The role is given; the account must sign in anew.")},
		{"end", N_("The role is ended.")},
		{"change", N_("Changed.")},
		{"second", N_("The second factor is taken away; the next sign-in asks for a new one.")},
		{"close", N_("The account is closed: signed out everywhere, its roles ended.")},
		{"open", N_("The account is open again, without roles.")},
		{"unlock", N_("Failed tries are forgotten.")},
	};
	struct account_view v = {.may = call_may(c, ACT_ACCOUNT_MANAGE), .wrong = wrong, .password = password};
	struct account who;
	struct grants grants;
	struct str unit;
	int64_t wait;

	TRY(call_world(c, err));
	TRY(account_get(log_db(c->log), c->arena, login, &who, err));
	TRY(grant_list(log_db(c->log), c->arena, login, DATE_NONE, &grants, err));
	TRY(put_line(c, &who, &grants, &v.who, err));
	TRY(put_roles(c, login, &v.roles, err));
	TRY(lock_wait(log_db(c->log), login, c->now, &wait, err));
	v.locked = wait > 0;
	v.own = str_eq(login, c->access->account.login);
	v.frame = call_frame(c, NAV_ACCOUNTS, who.name);
	if (c->req->method == HTTP_GET)
		for (size_t i = 0; i < LEN(dones); i++)
			if (str_is(value_of(&c->values, "done"), dones[i].word))
				v.done = dones[i].text;
	v.choices.p = ARENA_ARRAY(c->arena, struct role_choice, ROLE_N);
	for (; v.choices.n < ROLE_N; v.choices.n++)
		v.choices.p[v.choices.n] = (struct role_choice){
			role_name((enum role)v.choices.n), role_label((enum role)v.choices.n),
			str_is(typed(c, wrong, "grant", "role"), role_name((enum role)v.choices.n))};
	unit = typed(c, wrong, "grant", "unit");
	put_units(c, unit.n ? unit : c->access->office_code, &v.units);
	v.did = wrong.n ? value_of(&c->values, "do") : STR_NONE;
	v.from = typed(c, wrong, "grant", "from");
	v.until = typed(c, wrong, "grant", "until");
	v.name = str_is(v.did, "change") ? value_of(&c->values, "name") : who.name;
	put_posts(c, str_is(v.did, "change") ? value_of(&c->values, "post") : who.post, &v.posts);
	page_account(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code account_page(struct call *c, struct err *err)
{
	return show_one(c, value_of(&c->values, "login"), STR_NONE, STR_NONE, err);
}

/* A password that is shown once and must be changed: 16 letters and digits in fours. */
static enum err_code make_password(struct work *w, struct str login, struct str name, struct err *err)
{
	unsigned char bytes[10];
	struct str s;

	random_bytes(bytes, sizeof bytes);
	s = base32(w->c->arena, (struct str){(const char *)bytes, sizeof bytes});
	for (size_t i = 0, n = 0; i < s.n; i++) {
		if (i && i % 4 == 0)
			w->password[n++] = '-';
		w->password[n++] = (char)(s.p[i] >= 'A' ? s.p[i] - 'A' + 'a' : s.p[i]);
	}
	return credential_hash(
		log_db(w->c->log), str_c(w->password), login, name, (struct password_cost){0}, w->a.phc, err);
}

static enum err_code try_add(struct call *c, struct work *w, struct err *err)
{
	w->a.name = value_of(&c->values, "name");
	w->a.post = value_of(&c->values, "post");
	TRY(login_need(c->arena, value_of(&c->values, "login"), &w->a.login, err));
	if (!w->a.name.n)
		return err_on(err, "name", fail(err, ERR_REQUIRED, STR_FMT ": the name is missing",
			STR_ARG(w->a.login)));
	TRY(make_password(w, w->a.login, w->a.name, err));
	return call_write(c, account_do_add, w, err);
}

enum err_code accounts_post(struct call *c, struct err *err)
{
	struct work w = {.c = c};
	struct str wrong;

	if (try_add(c, &w, err) == OK) {
		TRY(world_head(c->log, &c->head, err));
		return show_one(c, w.a.login, str_c(w.password), STR_NONE, err);
	}
	wrong = call_refused(c, err);
	return wrong.n ? show_all(c, wrong, err) : err->code;
}

/* ---- what can be done with one ---- */

static enum err_code do_end(struct tx *tx, void *ctx, struct err *err)
{
	struct work *w = ctx;
	struct grant g;

	TRY(grant_get(tx->db, tx->arena, w->a.grant.id, &g, err));
	return str_eq(g.login, w->a.who.login) ? grant_end(tx, &g, S(""), err)
					     : fail(err, ERR_NOT_FOUND, "there is no such role");
}

static const struct {
	const char *word;
	intent_fn *fn;
} verbs[] = {
	{"grant", account_do_grant},
	{"end", do_end},
	{"change", account_do_change},
	{"password", account_do_password},
	{"second", account_do_second},
	{"close", account_do_close},
	{"open", account_do_open},
	{"unlock", account_do_unlock},
};

static enum err_code try_verb(struct call *c, struct work *w, struct str word, struct err *err)
{
	struct str role = value_of(&c->values, "role");
	intent_fn *fn = NULL;

	for (size_t i = 0; i < LEN(verbs); i++)
		if (str_is(word, verbs[i].word))
			fn = verbs[i].fn;
	if (!fn)
		return fail(err, ERR_INPUT, "do: expected grant, end, change, password, second, close, open or unlock");
	TRY(account_get(log_db(c->log), c->arena, value_of(&c->values, "login"), &w->a.who, err));
	w->a.name = value_of(&c->values, "name");
	w->a.post = value_of(&c->values, "post");
	if (fn == account_do_change && !w->a.post.n)
		w->a.post = S("-");
	w->a.grant = (struct grant){.id = {1, value_int(&c->values, "grant")}, .login = w->a.who.login,
		.unit = value_of(&c->values, "unit"), .from = value_date(&c->values, "from"),
		.until = value_date(&c->values, "until")};
	if (fn == account_do_grant && !role_parse(role, &w->a.grant.role))
		return err_on(err, "role", fail(err, ERR_INPUT, "there is no role '" STR_FMT "'", STR_ARG(role)));
	if (fn == account_do_password)
		TRY(make_password(w, w->a.who.login, w->a.who.name, err));
	return call_write(c, fn, w, err);
}

enum err_code account_post(struct call *c, struct err *err)
{
	struct str login = value_of(&c->values, "login"), word = value_of(&c->values, "do"), wrong;
	struct work w = {.c = c};

	if (try_verb(c, &w, word, err) != OK) {
		if (err->code == ERR_NOT_FOUND && !w.a.who.login.n)
			return err->code;
		wrong = call_refused(c, err);
		return wrong.n ? show_one(c, login, STR_NONE, wrong, err) : err->code;
	}
	if (w.password[0]) {
		TRY(world_head(c->log, &c->head, err));
		return show_one(c, login, str_c(w.password), STR_NONE, err);
	}
	return call_go(c, url_query(c->arena, url_add(c->arena, url_path("/accounts"), login), "done", word), err);
}
