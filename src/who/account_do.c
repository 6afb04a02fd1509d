#include "who/account_do.h"

enum err_code account_do_add(struct tx *tx, void *ctx, struct err *err)
{
	struct account_work *w = ctx;
	struct id id;

	TRY(account_add(tx, w->login, w->name, w->post, &id, err));
	return w->phc[0] ? credential_set(tx->db, id, str_c(w->phc), !w->lasting, log_now(tx->log), STR_NONE, err) : OK;
}

enum err_code account_do_change(struct tx *tx, void *ctx, struct err *err)
{
	struct account_work *w = ctx;

	return account_change(tx, &w->who, w->name, w->post, err);
}

enum err_code account_do_password(struct tx *tx, void *ctx, struct err *err)
{
	struct account_work *w = ctx;

	return account_reset_password(tx, &w->who, str_c(w->phc), err);
}

enum err_code account_do_second(struct tx *tx, void *ctx, struct err *err)
{
	struct account_work *w = ctx;

	return account_reset_second(tx, &w->who, err);
}

enum err_code account_do_close(struct tx *tx, void *ctx, struct err *err)
{
	struct account_work *w = ctx;

	return account_close(tx, &w->who, w->why, err);
}

enum err_code account_do_open(struct tx *tx, void *ctx, struct err *err)
{
	struct account_work *w = ctx;

	return account_open(tx, &w->who, err);
}

enum err_code account_do_unlock(struct tx *tx, void *ctx, struct err *err)
{
	struct account_work *w = ctx;

	return account_unlock(tx, &w->who, err);
}

enum err_code account_do_grant(struct tx *tx, void *ctx, struct err *err)
{
	struct account_work *w = ctx;

	return grant_add(tx, &w->grant, &w->grant.id, err);
}

enum err_code login_need(struct arena *a, struct str typed, struct str *out, struct err *err)
{
	if (login_read(a, typed, out))
		return OK;
	return err_on(err, "login",
		fail(err, ERR_INPUT, "'" STR_FMT "' is no login: 2 to %d of a-z, 0-9, '.', '_', '-', "
		"a letter or a digit first", STR_ARG(str_sub(typed, 0, 80)), (int)LOGIN_MAX));
}
