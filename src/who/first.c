#include "who/first.h"

#include "who/kinds.h"

SQL(first_clear, "delete from s_first where hash <> ?1");
SQL(first_put, "insert into s_first (hash, expires) values (?1, ?2)");
SQL(first_row, "select expires from s_first where hash = ?1 and expires > ?2");
SQL(first_office, "select code from p_office where origin = ?1");

enum err_code first_token(struct tx *tx, int64_t now, char out[TOKEN_TEXT], struct err *err)
{
	unsigned char hash[DIGEST_BYTES];
	struct str key = {(const char *)hash, sizeof hash};
	bool any;

	TRY(account_any(tx->db, &any, err));
	if (any)
		return fail(err, ERR_CONFLICT, "there are accounts already");
	token_hash(token_new(out), hash);
	TRY(db_run(tx->db, &first_clear, ARGS(V_BLOB(key)), err));
	return db_run(tx->db, &first_put, ARGS(V_BLOB(key), V_INT(now + FIRST_HOURS * INT64_C(3600000000))), err);
}

enum err_code first_is(struct db *db, struct str token, int64_t now, bool *out, struct err *err)
{
	unsigned char hash[DIGEST_BYTES];
	struct str key = {(const char *)hash, sizeof hash};
	bool any, known = false;

	TRY(account_any(db, &any, err));
	token_hash(token, hash);
	if (!any && token_is(token))
		TRY(sql_any(db, &first_row, ARGS(V_BLOB(key), V_INT(now)), &known, err));
	*out = known;
	return OK;
}

static enum err_code office_code(struct tx *tx, struct str *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(tx->db, &first_office, ARGS(V_INT(ORIGIN_HERE)), &q, err));
	if (!query_next(&q, err))
		return err->code ? err->code : fail(err, ERR_NOT_FOUND,
			"there is no office yet; zeren adopt --org puts an organisation in force");
	*out = arena_str(tx->arena, query_text(&q, 0));
	return OK;
}

static enum err_code make(struct tx *tx, const struct first_account *one, enum role role, struct str unit, int64_t now,
	struct err *err)
{
	struct grant grant = {.login = one->login, .role = role, .unit = unit, .from = DATE_NONE, .until = DATE_NONE};
	struct id id;

	TRY(account_put(tx, one->login, one->name, one->post, &id, err));
	TRY(grant_put(tx, &grant, NULL, err));
	return credential_set(tx->db, id, one->phc, false, now, STR_NONE, err);
}

enum err_code first_run(struct tx *tx, struct str token, const struct first_account *admin,
	const struct first_account *worker, int64_t now, struct err *err)
{
	struct str unit;
	bool good;

	TRY(first_is(tx->db, token, now, &good, err));
	if (!good)
		return fail(err, ERR_DENIED, "this token is wrong, too old, or was used");
	if (role_admin(worker->role))
		return fail(err, ERR_INPUT, "the working account needs a working role, not an administrator's");
	TRY(office_code(tx, &unit, err));
	TRY(make(tx, admin, ROLE_SECURITY, unit, now, err));
	TRY(make(tx, worker, worker->role, unit, now, err));
	return db_run(tx->db, &first_clear, ARGS(V_BLOB(S(""))), err);
}
