/* The first run: two accounts by the token that zeren serve printed. */
#include "web/pages.h"
#include "web/sign_view.h"

#include "who/account_do.h"
#include "who/first.h"

struct work {
	struct str token;
	struct first_account admin, worker;
	char admin_phc[PASSWORD_PHC], phc[PASSWORD_PHC];
	int64_t now;
};

void put_posts(struct call *c, struct str chosen, struct picks *out)
{
	struct org org;
	struct err quiet = {.lang = c->lang};

	if (org_load(log_db(c->log), c->arena, DATE_NONE, &org, &quiet) != OK)
		return;
	for (size_t i = 0; i < org.nposts; i++)
		*ARENA_PUSH(c->arena, out->p, out->n, out->cap) = (struct pick){
			org.posts[i].code, org.posts[i].name, str_eq(org.posts[i].code, chosen)};
}

static enum err_code show(struct call *c, struct str wrong, struct err *err)
{
	static const enum role offered[] = {ROLE_REVIEWER, ROLE_FILLER, ROLE_OWNER, ROLE_VIEWER};
	struct first_view v = {.door = call_door(c, call_say(c, N_("The first accounts"))),
		.token = value_of(&c->values, "token")};
	struct str role = STR_NONE;
	bool good;

	TRY(first_is(log_db(c->log), v.token, c->now, &good, err));
	if (!good)
		return fail(err, ERR_DENIED, "this token is wrong, too old, or was used");
	if (c->req->method == HTTP_POST) {
		role = value_of(&c->values, "role");
		v.admin_login = value_of(&c->values, "admin.login");
		v.admin_name = value_of(&c->values, "admin.name");
		v.login = value_of(&c->values, "login");
		v.name = value_of(&c->values, "name");
		put_posts(c, value_of(&c->values, "post"), &v.posts);
	} else {
		put_posts(c, STR_NONE, &v.posts);
	}
	v.roles.p = ARENA_ARRAY(c->arena, struct role_choice, LEN(offered));
	for (; v.roles.n < LEN(offered); v.roles.n++)
		v.roles.p[v.roles.n] = (struct role_choice){role_name(offered[v.roles.n]),
			role_label(offered[v.roles.n]), str_is(role, role_name(offered[v.roles.n]))};
	v.door->wrong = wrong;
	page_first(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code first_page(struct call *c, struct err *err)
{
	return show(c, STR_NONE, err);
}

static enum err_code write_first(struct tx *tx, void *ctx, struct err *err)
{
	struct work *w = ctx;

	return first_run(tx, w->token, &w->admin, &w->worker, w->now, err);
}

/* Names and hashes of one of the two; prefix: of the form's fields. */
static enum err_code read_one(struct call *c, const char *prefix, char phc[PASSWORD_PHC], struct first_account *out,
	struct err *err)
{
	struct str typed = value_of(&c->values, arena_printf(c->arena, "%slogin", prefix).p);
	struct str password = value_of(&c->values, arena_printf(c->arena, "%spassword", prefix).p);

	out->name = value_of(&c->values, arena_printf(c->arena, "%sname", prefix).p);
	TRY(login_need(c->arena, typed, &out->login, err));
	if (!out->name.n)
		return fail(err, ERR_REQUIRED, "%s: the name is missing", out->login.p);
	if (credential_hash(log_db(c->log), password, out->login, out->name, (struct password_cost){0}, phc, err) != OK)
		return err_at(err, STR_FMT, STR_ARG(out->login));
	out->phc = str_c(phc);
	return OK;
}

static enum err_code try_first(struct call *c, struct work *w, struct err *err)
{
	bool good;

	w->token = value_of(&c->values, "token");
	w->now = c->now;
	TRY(first_is(log_db(c->log), w->token, c->now, &good, err));
	if (!good)
		return fail(err, ERR_DENIED, "this token is wrong, too old, or was used");
	TRY(read_one(c, "admin.", w->admin_phc, &w->admin, err));
	TRY(read_one(c, "", w->phc, &w->worker, err));
	w->worker.post = value_of(&c->values, "post");
	if (!role_parse(value_of(&c->values, "role"), &w->worker.role))
		return fail(err, ERR_REQUIRED, "choose a role for the working account");
	return call_write(c, write_first, w, err);
}

enum err_code first_post(struct call *c, struct err *err)
{
	struct work w = {0};
	struct str wrong;

	if (try_first(c, &w, err) == OK)
		return call_go(c, url_path("/signin"), err);
	wrong = call_refused(c, err);
	return wrong.n ? show(c, wrong, err) : err->code;
}
