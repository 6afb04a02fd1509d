#include "who/session.h"

#include "base/utf8.h"

SQL(session_insert,
	"insert into s_session (hash, origin, seq, needs, made, used, stepped, agent, address) values "
	"(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
SQL(session_by_hash,
	"select s.hash, s.origin, s.seq, s.needs, s.made, s.used, s.stepped, s.agent, s.address from s_session s "
	"join p_account a on a.origin = s.origin and a.seq = s.seq and a.closed_seq is null "
	"where s.hash = ?1 and s.used > ?2 and s.made > ?3");
SQL(session_of_account,
	"select hash, origin, seq, needs, made, used, stepped, agent, address from s_session "
	"where origin = ?1 and seq = ?2 and used > ?3 and made > ?4 order by used desc, hash");
SQL(session_use, "update s_session set used = ?2 where hash = ?1");
SQL(session_swap,
	"update s_session set hash = ?2, needs = ?3, used = ?4, stepped = ?4 where hash = ?1");
SQL(session_delete, "delete from s_session where origin = ?1 and seq = ?2 and hash = ?3");
SQL(session_delete_all, "delete from s_session where origin = ?1 and seq = ?2 and hash <> ?3");
SQL(session_delete_old, "delete from s_session where used <= ?1 or made <= ?2");

/* What was used or made up to then has ended. */
static struct val idle(int64_t now)
{
	return V_INT(now - SESSION_IDLE_MIN * MINUTE);
}

static struct val old(int64_t now)
{
	return V_INT(now - SESSION_HOURS * 60 * MINUTE);
}

static struct str cut(struct str s)
{
	s = str_sub(s, 0, SESSION_DEVICE_MAX);
	while (s.n && !utf8_valid(s))
		s.n--;
	return s.n ? s : S("");
}

static struct str new_token(char out[TOKEN_TEXT], unsigned char hash[DIGEST_BYTES])
{
	token_hash(token_new(out), hash);
	return (struct str){(const char *)hash, DIGEST_BYTES};
}

enum err_code session_new(struct db *db, const struct session *s, char out[TOKEN_TEXT], struct err *err)
{
	unsigned char hash[DIGEST_BYTES];

	return db_run(db, &session_insert, ARGS(V_BLOB(new_token(out, hash)), V_ID(s->account), V_INT(s->needs),
		V_INT(s->made), V_INT(s->used), V_INT(s->stepped), V_TEXT(cut(s->device)),
		V_TEXT(cut(s->address))), err);
}

static struct session session_of(struct arena *a, const struct query *q)
{
	return (struct session){.hash = arena_str(a, query_text(q, 0)), .account = {query_int(q, 1), query_int(q, 2)},
		.needs = (unsigned)query_int(q, 3), .made = query_int(q, 4), .used = query_int(q, 5),
		.stepped = query_int(q, 6), .device = arena_str(a, query_text(q, 7)),
		.address = arena_str(a, query_text(q, 8))};
}

enum err_code session_get(
	struct db *db, struct arena *a, struct str token, int64_t now, struct session *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	unsigned char hash[DIGEST_BYTES];
	struct str key = {(const char *)hash, sizeof hash};

	if (!token_is(token))
		return fail(err, ERR_DENIED, "sign in first");
	token_hash(token, hash);
	TRY(db_query(db, &session_by_hash, ARGS(V_BLOB(key), idle(now), old(now)), &q, err));
	if (!query_next(&q, err))
		return err->code ? err->code : fail(err, ERR_DENIED, "sign in first");
	*out = session_of(a, &q);
	return OK;
}

bool session_due(const struct session *s, int64_t now)
{
	return now - s->used >= SESSION_TOUCH_MIN * MINUTE;
}

enum err_code session_touch(struct db *db, const struct session *s, int64_t now, struct err *err)
{
	return db_run(db, &session_use, ARGS(V_BLOB(s->hash), V_INT(now)), err);
}

bool session_stepped(const struct session *s, int64_t now)
{
	return s->stepped && now - s->stepped < SESSION_STEP_MIN * MINUTE;
}

enum err_code session_renew(
	struct db *db, const struct session *s, unsigned needs, int64_t now, char out[TOKEN_TEXT], struct err *err)
{
	unsigned char hash[DIGEST_BYTES];

	TRY(db_run(db, &session_swap, ARGS(V_BLOB(s->hash), V_BLOB(new_token(out, hash)), V_INT(needs),
		V_INT(now)), err));
	return db_changes(db) ? OK : fail(err, ERR_DENIED, "sign in first");
}

enum err_code session_list(
	struct db *db, struct arena *a, struct id account, int64_t now, struct sessions *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	size_t cap = 0;

	*out = (struct sessions){0};
	TRY(db_query(db, &session_of_account, ARGS(V_ID(account), idle(now), old(now)), &q, err));
	while (query_next(&q, err))
		*ARENA_PUSH(a, out->p, out->n, cap) = session_of(a, &q);
	return err->code;
}

enum err_code session_end(struct db *db, struct id account, struct str hash, struct err *err)
{
	TRY(db_run(db, &session_delete, ARGS(V_ID(account), V_BLOB(hash)), err));
	return db_changes(db) ? OK : fail(err, ERR_NOT_FOUND, "there is no such session");
}

enum err_code session_end_all(struct db *db, struct id account, struct str but, struct err *err)
{
	return db_run(db, &session_delete_all, ARGS(V_ID(account), V_BLOB(but.n ? but : S(""))), err);
}

enum err_code session_sweep(struct db *db, int64_t now, struct err *err)
{
	return db_run(db, &session_delete_old, ARGS(idle(now), old(now)), err);
}

bool session_csrf_is(struct str token, struct str csrf)
{
	char want[TOKEN_TEXT];

	return same_secret(session_csrf(token, want), csrf);
}
