#include "who/credential.h"

#include "crypto/strength.h"
#include "who/access.h"
#include "who/kinds.h"
#include "who/session.h"

SQL(password_put,
	"insert into s_password (origin, seq, phc, temporary, changed) values (?1, ?2, ?3, ?4, ?5) "
	"on conflict (origin, seq) "
	"do update set phc = excluded.phc, temporary = excluded.temporary, changed = excluded.changed");
SQL(password_again, "update s_password set phc = ?4 where origin = ?1 and seq = ?2 and phc = ?3");
SQL(password_row, "select phc, temporary from s_password where origin = ?1 and seq = ?2");
SQL(office_words, "select name, short_name, code from p_office where origin = ?1");
SQL(lock_row, "select failures, last from s_failure where login = ?1");
SQL(lock_add,
	"insert into s_failure (login, failures, last) values (?1, 1, ?2) on conflict (login) do update set "
	"failures = s_failure.failures + 1, last = excluded.last");
SQL(lock_drop, "delete from s_failure where login = ?1");
SQL(lock_drop_old, "delete from s_failure where last < ?1");

enum { LOCK_FREE = 4, LOCK_MOST = 15, LOCK_DAY = 24 * 60 };   /* failures that cost nothing; minutes; minutes */

/* ---- passwords ---- */

enum err_code credential_hash(struct db *db, struct str password, struct str login, struct str name,
	struct password_cost cost, char phc[PASSWORD_PHC], struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct query q CLEANUP(query_done) = {0};
	struct str words[3];
	struct strength_of of = {
		.login = login, .name = name, .words = words, .year = date_ymd(day_at(time_now())).y};

	TRY(db_query(db, &office_words, ARGS(V_INT(ORIGIN_HERE)), &q, err));
	if (query_next(&q, err))
		for (; of.nwords < LEN(words); of.nwords++)
			words[of.nwords] = arena_str(&a, query_text(&q, (int)of.nwords));
	TRY(err->code);
	TRY(password_strength(password, &of, err));
	return password_hash(password, cost, phc, err);
}

enum err_code credential_set(struct db *db, struct id account, struct str phc, bool temporary, int64_t now,
	struct str but, struct err *err)
{
	TRY(db_run(db, &password_put, ARGS(V_ID(account), V_TEXT(phc), V_INT(temporary), V_INT(now)), err));
	return session_end_all(db, account, but, err);
}

enum err_code credential_rehash(struct db *db, struct id account, struct str old_phc, struct str phc, struct err *err)
{
	return db_run(db, &password_again, ARGS(V_ID(account), V_TEXT(old_phc), V_TEXT(phc)), err);
}

enum err_code credential_get(
	struct db *db, struct arena *a, struct id account, struct str *phc, bool *temporary, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(db, &password_row, ARGS(V_ID(account)), &q, err));
	if (!query_next(&q, err))
		return err->code ? err->code : fail(err, ERR_NOT_FOUND, "no password is set");
	*phc = arena_str(a, query_text(&q, 0));
	*temporary = query_int(&q, 1);
	return OK;
}

/* ---- the administrator's hand ---- */

static enum err_code reset_event(struct tx *tx, const struct account *who, struct str what, struct err *err)
{
	struct node *data = node_map(tx->arena);

	TRY(access_office(tx, ACT_ACCOUNT_MANAGE, err));
	if (str_eq(tx->actor, who->login))
		return fail(err, ERR_DENIED, "this is for other people's accounts");
	node_set(tx->arena, data, S("what"), node_str(tx->arena, what));
	return tx_event(tx, "account.reset", who->id, data, NULL, err);
}

enum err_code account_reset_password(struct tx *tx, const struct account *who, struct str phc, struct err *err)
{
	TRY(reset_event(tx, who, S("password"), err));
	TRY(lock_forget(tx->db, who->login, err));
	return credential_set(tx->db, who->id, phc, true, log_now(tx->log), STR_NONE, err);
}

SQL(second_drop, "delete from s_second where origin = ?1 and seq = ?2");
SQL(recovery_drop, "delete from s_recovery where origin = ?1 and seq = ?2");

enum err_code account_reset_second(struct tx *tx, const struct account *who, struct err *err)
{
	TRY(reset_event(tx, who, S("second"), err));
	TRY(db_run(tx->db, &second_drop, ARGS(V_ID(who->id)), err));
	TRY(db_run(tx->db, &recovery_drop, ARGS(V_ID(who->id)), err));
	return session_end_all(tx->db, who->id, STR_NONE, err);
}

enum err_code account_unlock(struct tx *tx, const struct account *who, struct err *err)
{
	TRY(access_office(tx, ACT_ACCOUNT_MANAGE, err));
	return lock_forget(tx->db, who->login, err);
}

/* ---- failures ---- */

int lock_minutes(int64_t failures)
{
	int64_t past = failures - LOCK_FREE - 1;     /* the fifth: 2^0 */

	return past < 0 ? 0 : past < 4 ? 1 << past : LOCK_MOST;
}

enum err_code lock_wait(struct db *db, struct str login, int64_t now, int64_t *seconds, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	int64_t until;

	*seconds = 0;
	TRY(db_query(db, &lock_row, ARGS(V_TEXT(login)), &q, err));
	if (!query_next(&q, err))
		return err->code;
	until = query_int(&q, 1) + lock_minutes(query_int(&q, 0)) * MINUTE;
	if (until > now)
		*seconds = (until - now + 999999) / 1000000;
	return OK;
}

enum err_code lock_failed(struct db *db, struct str login, int64_t now, struct err *err)
{
	TRY(db_run(db, &lock_drop_old, ARGS(V_INT(now - LOCK_DAY * MINUTE)), err));
	return db_run(db, &lock_add, ARGS(V_TEXT(login), V_INT(now)), err);
}

enum err_code lock_forget(struct db *db, struct str login, struct err *err)
{
	return db_run(db, &lock_drop, ARGS(V_TEXT(login)), err);
}
