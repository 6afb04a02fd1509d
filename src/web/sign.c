/* Signing in and out, the second step, and being asked again before what matters. */
#include "web/pages.h"
#include "web/sign_view.h"

#include "who/signin.h"

struct work {
	struct call *c;
	struct signin in;
	struct signin_out out;
	struct str code;
};

/* ---- signing in ---- */

static enum err_code show_signin(struct call *c, struct str login, struct str wrong, struct err *err)
{
	struct signin_view v = {.door = call_door(c, call_say(c, N_("Sign in"))), .login = login,
		.to = value_of(&c->values, "to")};
	bool any;

	TRY(account_any(log_db(c->log), &any, err));
	v.none = !any;
	v.door->wrong = wrong;
	page_signin(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code signin_page(struct call *c, struct err *err)
{
	return show_signin(c, STR_NONE, STR_NONE, err);
}

static enum err_code write_signin(struct tx *tx, void *ctx, struct err *err)
{
	struct work *w = ctx;

	return signin_write(tx, &w->in, http_header(w->c->req, "user-agent"), w->c->req->peer, w->c->now, &w->out, err);
}

static enum err_code try_signin(struct work *w, struct err *err)
{
	struct call *c = w->c;

	TRY(signin_look(log_db(c->log), c->arena, value_of(&c->values, "login"), value_of(&c->values, "password"),
		(struct password_cost){0}, c->now, &w->in, err));
	TRY(call_write(c, write_signin, w, err));
	return signin_answer(&w->out, err);
}

enum err_code signin_post(struct call *c, struct err *err)
{
	struct work w = {.c = c};
	struct str wrong;

	if (try_signin(&w, err) != OK) {
		wrong = call_refused(c, err);
		return wrong.n ? show_signin(c, value_of(&c->values, "login"), wrong, err) : err->code;
	}
	TRY(call_cookie(c, str_c(w.out.token), err));
	return call_back(c, value_of(&c->values, "to"), err);
}

static enum err_code write_signout(struct tx *tx, void *ctx, struct err *err)
{
	struct call *c = ctx;

	return session_end(tx->db, c->session.account, c->session.hash, err);
}

enum err_code signout_post(struct call *c, struct err *err)
{
	TRY(call_write(c, write_signout, c, err));
	TRY(call_cookie(c, STR_NONE, err));
	return call_go(c, url_path("/signin"), err);
}

/* ---- the second step ---- */

static enum err_code show_code(struct call *c, const char *title, bool code, struct str wrong, struct err *err)
{
	struct code_view v = {.door = call_door(c, call_say(c, title)), .to = value_of(&c->values, "to"), .code = code};

	v.door->wrong = wrong;
	page_code(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code second_page(struct call *c, struct err *err)
{
	return show_code(c, N_("The second step"), true, STR_NONE, err);
}

static enum err_code write_second(struct tx *tx, void *ctx, struct err *err)
{
	struct work *w = ctx;

	return signin_second(tx, &w->c->session, w->code, w->c->now, &w->out, err);
}

/* A good answer: the session has a new token, and its browser goes where it wanted to. */
static enum err_code go_on(struct call *c, const struct work *w, struct err *err)
{
	TRY(call_cookie(c, str_c(w->out.token), err));
	return call_back(c, value_of(&c->values, "to"), err);
}

static enum err_code by_code(struct call *c, const char *title, struct err *err)
{
	struct work w = {.c = c, .code = value_of(&c->values, "code")};
	struct str wrong;

	if (call_write(c, write_second, &w, err) == OK && signin_answer(&w.out, err) == OK)
		return go_on(c, &w, err);
	wrong = call_refused(c, err);
	return wrong.n ? show_code(c, title, true, wrong, err) : err->code;
}

enum err_code second_post(struct call *c, struct err *err)
{
	return by_code(c, N_("The second step"), err);
}

/* ---- once more, before what matters ---- */

#define STEP_TITLE N_("Once more: who are you?")

enum err_code step_page(struct call *c, struct err *err)
{
	bool second;

	TRY(second_is(log_db(c->log), c->session.account, &second, err));
	return show_code(c, STEP_TITLE, second, STR_NONE, err);
}

static enum err_code write_step(struct tx *tx, void *ctx, struct err *err)
{
	struct work *w = ctx;

	return signin_step(tx, &w->c->session, &w->in, w->c->now, &w->out, err);
}

static enum err_code by_password(struct call *c, struct err *err)
{
	struct work w = {.c = c};
	enum err_code code = signin_look(log_db(c->log), c->arena, c->access->account.login,
		value_of(&c->values, "password"), (struct password_cost){0}, c->now, &w.in, err);
	struct str wrong;

	if (code == OK && call_write(c, write_step, &w, err) == OK && signin_answer(&w.out, err) == OK)
		return go_on(c, &w, err);
	wrong = call_refused(c, err);
	return wrong.n ? show_code(c, STEP_TITLE, false, wrong, err) : err->code;
}

enum err_code step_post(struct call *c, struct err *err)
{
	bool second;

	TRY(second_is(log_db(c->log), c->session.account, &second, err));
	return second ? by_code(c, STEP_TITLE, err) : by_password(c, err);
}
