/* An office with accounts, on both databases: units U00 > U01 (the office) > U11, and T01 beside the office. */
#ifndef TESTS_ACCOUNT_WORLD_H
#define TESTS_ACCOUNT_WORLD_H

#include "who_world.h"

#include "who/access.h"
#include "who/first.h"
#include "who/signin.h"

static const struct password_cost cheap = {8 << 10, 1};

/* An intent under way: whoever writes it fills in what it needs. */
struct act_of {
	struct fix *f;
	enum { DO_ADD, DO_GRANT, DO_END, DO_CLOSE, DO_OPEN, DO_CHANGE, DO_RESET, DO_CHECK } what;
	struct account who;
	struct grant grant;
	enum act act;
	struct id unit;
};

static inline enum err_code act_intent(struct tx *tx, void *ctx, struct err *err)
{
	struct act_of *x = ctx;

	switch (x->what) {
	case DO_ADD:
		return account_add(tx, x->who.login, S("某人"), x->who.post, &x->who.id, err);
	case DO_GRANT:
		return grant_add(tx, &x->grant, &x->grant.id, err);
	case DO_END:
		return grant_end(tx, &x->grant, S("试"), err);
	case DO_CLOSE:
		return account_close(tx, &x->who, STR_NONE, err);
	case DO_OPEN:
		return account_open(tx, &x->who, err);
	case DO_CHANGE:
		return account_change(tx, &x->who, S("某某"), x->who.post, err);
	case DO_RESET:
		return account_reset_second(tx, &x->who, err);
	case DO_CHECK:
		return access_check(tx, x->act, x->unit, err);
	}
	return ERR_INPUT;
}

static inline struct account account_named(struct fix *f, const char *login)
{
	struct account out;

	ok(f, account_get(log_db(f->log), &f->a, str_c(login), &out, &f->err));
	return out;
}

/* As the actor over the web, or as the owner where actor is NULL; the code, and the error cleared. */
static inline enum err_code act_as(struct fix *f, const char *actor, struct act_of *x)
{
	enum err_code code = log_write(f->log, actor ? str_c(actor) : S("cli:x"), actor ? S("web") : S("cli"), act_intent, x,
		&f->err);

	err_clear(&f->err);
	return code;
}

static inline enum err_code add_as(struct fix *f, const char *actor, const char *login)
{
	struct act_of x = {.what = DO_ADD, .who = {.login = str_c(login)}};

	return act_as(f, actor, &x);
}

static inline enum err_code grant_as(struct fix *f, const char *actor, const char *login, enum role role, const char *unit)
{
	struct act_of x = {.what = DO_GRANT, .grant = {.login = str_c(login), .role = role, .unit = str_c(unit),
		.from = DATE_NONE, .until = DATE_NONE}};

	return act_as(f, actor, &x);
}

static inline enum err_code end_as(struct fix *f, const char *actor, const char *login, enum role role)
{
	struct act_of x = {.what = DO_END};
	struct grants grants;

	ok(f, grant_list(log_db(f->log), &f->a, str_c(login), DATE_NONE, &grants, &f->err));
	for (size_t i = 0; i < grants.n; i++)
		if (grants.p[i].role == role && !grants.p[i].ended)
			x.grant = grants.p[i];
	assert_true(id_is(x.grant.id));
	return act_as(f, actor, &x);
}

static inline enum err_code who_as(struct fix *f, const char *actor, int what, const char *login)
{
	struct act_of x = {.who = account_named(f, login)};

	x.what = (unsigned)what;
	return act_as(f, actor, &x);
}

static inline void person(struct fix *f, const char *login, enum role role, const char *unit)
{
	assert_int_equal(add_as(f, NULL, login), OK);
	assert_int_equal(grant_as(f, NULL, login, role, unit), OK);
}

static inline void office(struct fix *f)
{
	struct org org;
	struct org_change change;

	case_org(f, CASE "org.json", &org);
	ok(f, try_adopt(f, &org, &change));
}

static inline struct id unit_of(struct fix *f, const char *code)
{
	struct org org;

	load(f, NULL, &org);
	return org_unit(&org, str_c(code))->id;
}

static inline struct date today(void)
{
	return day_at(time_now());
}

static inline struct access access_of(struct fix *f, const char *login)
{
	struct access out;

	ok(f, access_load(log_db(f->log), &f->a, account_named(f, login).id, today(), &out, &f->err));
	return out;
}

#endif
