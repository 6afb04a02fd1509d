#include "who/account.h"

#include "who/access.h"
#include "who/kinds.h"
#include "who/session.h"

#include <ctype.h>

SQL(account_by_login,
	"select origin, seq, login, name, post, closed_seq from p_account where origin = ?1 and login = ?2");
SQL(account_by_key,
	"select origin, seq, login, name, post, closed_seq from p_account where origin = ?1 and seq = ?2");
SQL(account_all,
	"select origin, seq, login, name, post, closed_seq from p_account where origin = ?1 order by login");
SQL(account_one, "select 1 from p_account where origin = ?1 limit 1");
SQL(grant_all,
	"select origin, seq, login, role, unit, from_day, until_day, ended_seq from p_grant where origin = ?1 and "
	"(login = ?2 or ?2 = '') order by login, seq");
SQL(grant_by_key,
	"select origin, seq, login, role, unit, from_day, until_day, ended_seq from p_grant where origin = ?1 and "
	"seq = ?2");

bool login_read(struct arena *a, struct str typed, struct str *out)
{
	char *p;

	typed = str_trim(typed);
	if (typed.n < 2 || typed.n > LOGIN_MAX || !isalnum((unsigned char)typed.p[0]))
		return false;
	p = arena_alloc(a, typed.n + 1);
	for (size_t i = 0; i < typed.n; i++) {
		unsigned char c = (unsigned char)typed.p[i];

		if (c >= 128 || (!isalnum(c) && !strchr("._-", c)) || !c)
			return false;
		p[i] = (char)tolower(c);
	}
	*out = (struct str){p, typed.n};
	return true;
}

/* ---- reading ---- */

static struct account account_of(struct arena *a, const struct query *q)
{
	return (struct account){
		.id = {query_int(q, 0), query_int(q, 1)}, .login = arena_str(a, query_text(q, 2)),
		.name = arena_str(a, query_text(q, 3)), .post = arena_str(a, query_text(q, 4)),
		.closed = !query_null(q, 5)};
}

enum err_code account_get(struct db *db, struct arena *a, struct str login, struct account *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(db, &account_by_login, ARGS(V_INT(ORIGIN_HERE), V_TEXT(login)), &q, err));
	if (!query_next(&q, err))
		return err->code ? err->code : fail(err, ERR_NOT_FOUND, "there is no account '" STR_FMT "'",
			STR_ARG(str_sub(login, 0, 80)));
	*out = account_of(a, &q);
	return OK;
}

enum err_code account_by_id(struct db *db, struct arena *a, struct id id, struct account *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(db, &account_by_key, ARGS(V_ID(id)), &q, err));
	if (!query_next(&q, err))
		return err->code ? err->code : fail(err, ERR_NOT_FOUND, "the event is about no account");
	*out = account_of(a, &q);
	return OK;
}

enum err_code account_list(struct db *db, struct arena *a, struct accounts *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	size_t cap = 0;

	*out = (struct accounts){0};
	TRY(db_query(db, &account_all, ARGS(V_INT(ORIGIN_HERE)), &q, err));
	while (query_next(&q, err))
		*ARENA_PUSH(a, out->p, out->n, cap) = account_of(a, &q);
	return err->code;
}

enum err_code account_any(struct db *db, bool *out, struct err *err)
{
	return sql_any(db, &account_one, ARGS(V_INT(ORIGIN_HERE)), out, err);
}

static struct date day_in(const struct query *q, int col)
{
	return query_null(q, col) ? DATE_NONE : (struct date){(int32_t)query_int(q, col)};
}

/* False for a role that this version does not know: it gives no right. */
static bool grant_of(struct arena *a, const struct query *q, struct grant *out)
{
	*out = (struct grant){
		.id = {query_int(q, 0), query_int(q, 1)}, .login = arena_str(a, query_text(q, 2)),
		.unit = arena_str(a, query_text(q, 4)), .from = day_in(q, 5), .until = day_in(q, 6),
		.ended = !query_null(q, 7)};
	return role_parse(query_text(q, 3), &out->role);
}

enum err_code grant_list(
	struct db *db, struct arena *a, struct str login, struct date on, struct grants *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct grant g;
	size_t cap = 0;

	*out = (struct grants){0};
	TRY(db_query(db, &grant_all, ARGS(V_INT(ORIGIN_HERE), V_TEXT(login)), &q, err));
	while (query_next(&q, err))
		if (grant_of(a, &q, &g) && (!date_is(on) || (!g.ended && !date_lt(on, g.from) &&
			(!date_is(g.until) || !date_lt(g.until, on)))))
			*ARENA_PUSH(a, out->p, out->n, cap) = g;
	return err->code;
}

enum err_code grant_get(struct db *db, struct arena *a, struct id id, struct grant *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(db, &grant_by_key, ARGS(V_ID(id)), &q, err));
	if (query_next(&q, err) && grant_of(a, &q, out))
		return OK;
	return err->code ? err->code : fail(err, ERR_NOT_FOUND, "the event is about no role of an account");
}

/* ---- writing ---- */

enum err_code account_add(
	struct tx *tx, struct str login, struct str name, struct str post, struct id *id, struct err *err)
{
	TRY(access_office(tx, ACT_ACCOUNT_MANAGE, err));
	return account_put(tx, login, name, post, id, err);
}

enum err_code account_put(
	struct tx *tx, struct str login, struct str name, struct str post, struct id *id, struct err *err)
{
	struct node *data = node_map(tx->arena);

	node_set(tx->arena, data, S("login"), node_str(tx->arena, login));
	node_set(tx->arena, data, S("name"), node_str(tx->arena, name));
	data_text(tx->arena, data, S("post"), post);
	return tx_event(tx, "account.add", ID_NONE, data, id, err);
}

enum err_code account_change(struct tx *tx, const struct account *who, struct str name, struct str post,
	struct err *err)
{
	struct node *data = node_map(tx->arena);

	TRY(access_office(tx, ACT_ACCOUNT_MANAGE, err));
	data_text(tx->arena, data, S("name"), name);
	if (str_is(post, "-"))
		node_set(tx->arena, data, S("post"), node_str(tx->arena, S("")));
	else
		data_text(tx->arena, data, S("post"), post);
	return tx_event(tx, "account.change", who->id, data, NULL, err);
}

static struct node *why_data(struct tx *tx, struct str why)
{
	struct node *data = node_map(tx->arena);

	data_text(tx->arena, data, S("why"), why);
	return data;
}

enum err_code account_close(struct tx *tx, const struct account *who, struct str why, struct err *err)
{
	TRY(access_office(tx, ACT_ACCOUNT_MANAGE, err));
	TRY(tx_event(tx, "account.close", who->id, why_data(tx, why), NULL, err));
	return session_end_all(tx->db, who->id, STR_NONE, err);
}

enum err_code account_open(struct tx *tx, const struct account *who, struct err *err)
{
	TRY(access_office(tx, ACT_ACCOUNT_MANAGE, err));
	return tx_event(tx, "account.open", who->id, node_map(tx->arena), NULL, err);
}

SQL(unit_of_code, "select origin, seq from p_unit where origin = ?1 and code = ?2");

/* Who gives out roles for the office gives them for all of its units, wherever they stand in the tree; others for the
 * units below theirs. */
static enum err_code may_grant(struct tx *tx, struct str code, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct err quiet = {.lang = err->lang};
	struct id unit = ID_NONE;

	if (access_office(tx, ACT_GRANT_MANAGE, &quiet) == OK)
		return OK;
	TRY(db_query(tx->db, &unit_of_code, ARGS(V_INT(ORIGIN_HERE), V_TEXT(code)), &q, err));
	if (query_next(&q, err))
		unit = (struct id){query_int(&q, 0), query_int(&q, 1)};
	TRY(err->code);
	return access_check(tx, ACT_GRANT_MANAGE, unit, err);
}

enum err_code grant_add(struct tx *tx, const struct grant *grant, struct id *id, struct err *err)
{
	TRY(may_grant(tx, grant->unit, err));
	return grant_put(tx, grant, id, err);
}

enum err_code grant_put(struct tx *tx, const struct grant *grant, struct id *id, struct err *err)
{
	struct node *data = node_map(tx->arena);
	struct account to;

	node_set(tx->arena, data, S("account"), node_str(tx->arena, grant->login));
	node_set(tx->arena, data, S("role"), node_str(tx->arena, str_c(role_name(grant->role))));
	node_set(tx->arena, data, S("unit"), node_str(tx->arena, grant->unit));
	data_date(tx->arena, data, S("from"), grant->from);
	data_date(tx->arena, data, S("until"), grant->until);
	TRY(tx_event(tx, "grant.add", ID_NONE, data, id, err));
	TRY(account_get(tx->db, tx->arena, grant->login, &to, err));
	return session_end_all(tx->db, to.id, STR_NONE, err);
}

enum err_code grant_end(struct tx *tx, const struct grant *grant, struct str why, struct err *err)
{
	struct account to;

	TRY(may_grant(tx, grant->unit, err));
	TRY(tx_event(tx, "grant.end", grant->id, why_data(tx, why), NULL, err));
	TRY(account_get(tx->db, tx->arena, grant->login, &to, err));
	return session_end_all(tx->db, to.id, STR_NONE, err);
}
