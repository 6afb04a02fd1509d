/* account.* and grant.*: their rules and their tables. */
#include "who/account.h"
#include "who/kinds.h"

SQL(account_insert,
	"insert into p_account (origin, seq, login, name, post) values (?1, ?2, ?3, ?4, ?5)");
SQL(account_update,
	"update p_account set name = coalesce(?3, name), post = coalesce(?4, post) where origin = ?1 and seq = ?2");
SQL(account_shut, "update p_account set closed_seq = ?3 where origin = ?1 and seq = ?2");
SQL(account_grants_end,
	"update p_grant set ended_seq = ?3 where ended_seq is null and origin = ?1 and login = "
	"(select login from p_account where origin = ?1 and seq = ?2)");
SQL(account_taken, "select seq from p_account where origin = ?1 and login = ?2");
SQL(grant_insert,
	"insert into p_grant (origin, seq, login, role, unit, from_day, until_day) values (?1, ?2, ?3, ?4, ?5, ?6, "
	"?7)");
SQL(grant_stop, "update p_grant set ended_seq = ?3 where origin = ?1 and seq = ?2");
SQL(grant_meet,
	"select role, unit from p_grant where origin = ?1 and login = ?2 and ended_seq is null and "
	"(from_day is null or from_day <= ?3) and (until_day is null or until_day >= ?4) order by seq");
/* Somebody else who is security administrator of the office today and has no last day before tomorrow. */
SQL(security_else,
	"select g.seq from p_grant g join p_office o on o.origin = g.origin and o.code = g.unit "
	"join p_account a on a.origin = g.origin and a.login = g.login and a.closed_seq is null "
	"where g.origin = ?1 and g.login <> ?2 and g.role = 'security' and g.ended_seq is null and "
	"(g.from_day is null or g.from_day <= ?3) and (g.until_day is null or g.until_day > ?3)");
SQL(security_self,
	"select g.seq from p_grant g join p_office o on o.origin = g.origin and o.code = g.unit "
	"where g.origin = ?1 and g.login = ?2 and g.role = 'security' and g.ended_seq is null and "
	"(g.from_day is null or g.from_day <= ?3) and (g.until_day is null or g.until_day >= ?3)");

/* ---- rules ---- */

static enum err_code rule_name(const struct event *e, struct err *err)
{
	if (e_text(e, "name").n > ACCOUNT_NAME_MAX)
		return err_on(err, "name", fail(err, ERR_LIMIT, "a name has at most %d bytes", (int)ACCOUNT_NAME_MAX));
	return OK;
}

static enum err_code rule_open(struct tx *tx, struct id id, bool open, struct account *out, struct err *err)
{
	TRY(account_by_id(tx->db, tx->arena, id, out, err));
	if (out->closed == open)
		return fail(err, ERR_CONFLICT,
			open ? N_("account '" STR_FMT "' is closed") : N_("account '" STR_FMT "' is open"),
			STR_ARG(out->login));
	return OK;
}

/* Without him nobody could give a role any more: refused while he is the only one. */
static enum err_code rule_not_last(struct tx *tx, const struct event *e, struct str login, struct err *err)
{
	struct val day = V_INT(day_at(e->at).n);
	bool is, other;

	TRY(sql_any(tx->db, &security_self, ARGS(V_INT(ORIGIN_HERE), V_TEXT(login), day), &is, err));
	if (!is)
		return OK;
	TRY(sql_any(tx->db, &security_else, ARGS(V_INT(ORIGIN_HERE), V_TEXT(login), day), &other, err));
	return other ? OK : fail(err, ERR_CONFLICT,
		"'" STR_FMT "' is the last security administrator; make another one first", STR_ARG(login));
}

/* ---- accounts ---- */

enum err_code account_add_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct str login = e_text(e, "login"), same;
	bool taken;

	if (!login_read(tx->arena, login, &same) || !str_eq(login, same))
		return err_on(err, "login", fail(err, ERR_INPUT,
			"'" STR_FMT "' is no login: 2 to %d of a-z, 0-9, '.', '_', '-', a letter or a digit "
			"first", STR_ARG(str_sub(login, 0, 80)), (int)LOGIN_MAX));
	TRY(rule_words(e, err));
	TRY(rule_name(e, err));
	TRY(sql_any(tx->db, &account_taken, ARGS(V_INT(ORIGIN_HERE), V_TEXT(login)), &taken, err));
	if (taken)
		return err_on(err, "login",
			fail(err, ERR_CONFLICT, "login '" STR_FMT "' is taken, or was; none is used twice",
			STR_ARG(login)));
	return e_text(e, "post").n ? rule_post(tx, e_text(e, "post"), err) : OK;
}

enum err_code account_add_apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &account_insert, ARGS(V_ID(e->id), V_TEXT(e_text(e, "login")), V_TEXT(e_text(e, "name")),
		V_TEXT(e_text(e, "post"))), err);
}

enum err_code account_change_check(struct tx *tx, const struct event *e, struct err *err)
{
	const struct node *name = NODE_GET(e->data, "name");
	struct account now;

	TRY(rule_changes(e, err));
	TRY(rule_name(e, err));
	if (name && str_blank(name->text))
		return err_on(err, "name", fail(err, ERR_REQUIRED, "'%s' must not be empty", "name"));
	TRY(account_by_id(tx->db, tx->arena, e->subject, &now, err));
	return e_text(e, "post").n ? rule_post(tx, e_text(e, "post"), err) : OK;
}

enum err_code account_change_apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &account_update, ARGS(V_ID(e->subject), e_val(e, "name"), e_val(e, "post")), err);
}

enum err_code account_close_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct account now;

	TRY(rule_open(tx, e->subject, true, &now, err));
	return rule_not_last(tx, e, now.login, err);
}

enum err_code account_close_apply(struct db *db, const struct event *e, struct err *err)
{
	TRY(db_run(db, &account_shut, ARGS(V_ID(e->subject), V_INT(e->id.seq)), err));
	return db_run(db, &account_grants_end, ARGS(V_ID(e->subject), V_INT(e->id.seq)), err);
}

enum err_code account_open_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct account now;

	return rule_open(tx, e->subject, false, &now, err);
}

enum err_code account_open_apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &account_shut, ARGS(V_ID(e->subject), V_NULL), err);
}

enum err_code account_reset_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct account now;

	if (!str_is(e_text(e, "what"), "password") && !str_is(e_text(e, "what"), "second"))
		return fail(err, ERR_INPUT, "what is reset is \"password\" or \"second\"");
	return account_by_id(tx->db, tx->arena, e->subject, &now, err);
}

/* ---- grants ---- */

/* The new role against those that meet it in time: an administrator's role stands alone. */
static enum err_code rule_goes_with(struct tx *tx, const struct event *e, enum role role, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct date from = e_date(e, "from"), until = e_date(e, "until");
	struct str login = e_text(e, "account");

	TRY(db_query(tx->db, &grant_meet, ARGS(V_INT(ORIGIN_HERE), V_TEXT(login),
		V_INT(date_is(until) ? until.n : INT32_MAX), V_INT(from.n)), &q, err));
	while (query_next(&q, err)) {
		enum role has;

		if (!role_parse(query_text(&q, 0), &has))
			continue;
		if (has == role && str_eq(query_text(&q, 1), e_text(e, "unit")))
			return err_on(err, "role",
				fail(err, ERR_CONFLICT, "'" STR_FMT "' has this role there already", STR_ARG(login)));
		if (has != role && (role_admin(has) || role_admin(role)))
			return err_on(err, "role",
				fail(err, ERR_CONFLICT, "'" STR_FMT "' has the role %s, which does not go with %s: an "
				"administrator's account has no other role", STR_ARG(login), role_name(has),
				role_name(role)));
	}
	return err->code;
}

enum err_code grant_add_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct date from = e_date(e, "from"), until = e_date(e, "until");
	struct account to;
	enum role role;

	if (!role_parse(e_text(e, "role"), &role))
		return err_on(err, "role",
			fail(err, ERR_INPUT, "there is no role '" STR_FMT "'", STR_ARG(e_text(e, "role"))));
	TRY(rule_words(e, err));
	TRY(account_get(tx->db, tx->arena, e_text(e, "account"), &to, err));
	if (to.closed)
		return fail(err, ERR_CONFLICT, "account '" STR_FMT "' is closed", STR_ARG(to.login));
	if (str_eq(tx->actor, to.login))
		return fail(err, ERR_DENIED, "nobody gives a role to himself");
	if (date_is(from) && date_is(until) && date_lt(until, from))
		return err_on(err, "until", fail(err, ERR_INPUT, "the last day lies before the first"));
	TRY(rule_unit(tx, e_text(e, "unit"), err));
	return rule_goes_with(tx, e, role, err);
}

enum err_code grant_add_apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &grant_insert, ARGS(V_ID(e->id), V_TEXT(e_text(e, "account")), V_TEXT(e_text(e, "role")),
		V_TEXT(e_text(e, "unit")), V_DATE(e_date(e, "from")), V_DATE(e_date(e, "until"))), err);
}

SQL(grant_of_office, "select seq from p_office where origin = ?1 and code = ?2");

enum err_code grant_end_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct grant g;
	bool office;

	TRY(grant_get(tx->db, tx->arena, e->subject, &g, err));
	if (g.ended)
		return fail(err, ERR_CONFLICT, "this role has been ended already");
	TRY(sql_any(tx->db, &grant_of_office, ARGS(V_INT(ORIGIN_HERE), V_TEXT(g.unit)), &office, err));
	return g.role == ROLE_SECURITY && office ? rule_not_last(tx, e, g.login, err) : OK;
}

enum err_code grant_end_apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &grant_stop, ARGS(V_ID(e->subject), V_INT(e->id.seq)), err);
}
