/* The second factor: TOTP by SHA-1, which every app knows, and recovery codes. */
#include "who/credential.h"
#include "who/kinds.h"

SQL(second_row, "select secret, confirmed, last_step from s_second where origin = ?1 and seq = ?2");
SQL(second_put,
	"insert into s_second (origin, seq, secret, confirmed, last_step) values (?1, ?2, ?3, 0, -1) "
	"on conflict (origin, seq) do update set secret = excluded.secret, confirmed = 0, last_step = -1");
SQL(second_took, "update s_second set confirmed = 1, last_step = ?3 where origin = ?1 and seq = ?2");
SQL(recovery_put, "insert into s_recovery (origin, seq, hash) values (?1, ?2, ?3)");
SQL(recovery_clear, "delete from s_recovery where origin = ?1 and seq = ?2");
SQL(recovery_use, "delete from s_recovery where origin = ?1 and seq = ?2 and hash = ?3");

struct second {
	struct str secret;
	bool confirmed;
	int64_t last;
};

/* secret is empty where there is none. */
static enum err_code second_get(struct db *db, struct arena *a, struct id account, struct second *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	*out = (struct second){0};
	TRY(db_query(db, &second_row, ARGS(V_ID(account)), &q, err));
	if (query_next(&q, err))
		*out = (struct second){arena_str(a, query_text(&q, 0)), query_int(&q, 1), query_int(&q, 2)};
	return err->code;
}

enum err_code second_is(struct db *db, struct id account, bool *out, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct second s;

	TRY(second_get(db, &a, account, &s, err));
	*out = s.confirmed;
	return OK;
}

enum err_code second_start(struct db *db, struct arena *a, struct id account, struct str *secret, struct err *err)
{
	char *bytes = arena_alloc(a, TOTP_SECRET);
	struct second now;

	TRY(second_get(db, a, account, &now, err));
	if (now.confirmed)
		return fail(err, ERR_CONFLICT, "a second factor is in force already");
	random_bytes(bytes, TOTP_SECRET);
	*secret = (struct str){bytes, TOTP_SECRET};
	return db_run(db, &second_put, ARGS(V_ID(account), V_BLOB(*secret)), err);
}

enum err_code second_waiting(
	struct db *db, struct arena *a, struct id account, struct str *secret, struct err *err)
{
	struct second s;

	TRY(second_get(db, a, account, &s, err));
	*secret = s.confirmed ? STR_NONE : s.secret;
	return OK;
}

/* ---- recovery codes: ten letters of base32, with or without the stroke ---- */

static struct str recovery_hash(struct arena *a, struct id account, struct str code, unsigned char hash[DIGEST_BYTES])
{
	char *low = arena_alloc(a, code.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < code.n; i++) {
		char c = code.p[i];

		if (c != '-' && c != ' ')
			low[n++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
	}
	digest_sha256(arena_printf(a, "%lld:%lld:%s", (long long)account.origin, (long long)account.seq, low), hash);
	return (struct str){(const char *)hash, DIGEST_BYTES};
}

static enum err_code recovery_new(struct db *db, struct arena *a, struct id account,
	char out[RECOVERY_CODES][RECOVERY_TEXT], struct err *err)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";

	TRY(db_run(db, &recovery_clear, ARGS(V_ID(account)), err));
	for (int i = 0; i < RECOVERY_CODES; i++) {
		unsigned char b[RECOVERY_TEXT - 1], hash[DIGEST_BYTES];

		random_bytes(b, sizeof b);
		for (size_t k = 0; k < sizeof b; k++)
			out[i][k] = k == sizeof b / 2 ? '-' : letters[b[k] & 31];
		out[i][sizeof b] = 0;
		TRY(db_run(db, &recovery_put,
			ARGS(V_ID(account), V_BLOB(recovery_hash(a, account, str_c(out[i]), hash))), err));
	}
	return OK;
}

enum err_code second_confirm(struct db *db, struct arena *a, struct id account, struct str code, int64_t now,
	char out[RECOVERY_CODES][RECOVERY_TEXT], struct err *err)
{
	struct second s;
	int64_t step;

	TRY(second_get(db, a, account, &s, err));
	if (!s.secret.n || s.confirmed)
		return fail(err, ERR_CONFLICT, "no second factor waits to be confirmed");
	if (!totp_check(s.secret, HMAC_SHA1, now / 1000000, code, s.last, &step))
		return fail(err, ERR_DENIED, "the code is wrong; look whether the clocks agree");
	TRY(db_run(db, &second_took, ARGS(V_ID(account), V_INT(step)), err));
	return recovery_new(db, a, account, out, err);
}

enum err_code second_check(
	struct db *db, struct arena *a, struct id account, struct str code, int64_t now, bool *yes, struct err *err)
{
	unsigned char hash[DIGEST_BYTES];
	struct second s;
	int64_t step;

	*yes = false;
	TRY(second_get(db, a, account, &s, err));
	if (!s.confirmed)
		return OK;
	if (totp_check(s.secret, HMAC_SHA1, now / 1000000, code, s.last, &step)) {
		*yes = true;
		return db_run(db, &second_took, ARGS(V_ID(account), V_INT(step)), err);
	}
	if (code.n >= RECOVERY_TEXT - 2 && code.n < 64) {
		TRY(db_run(db, &recovery_use, ARGS(V_ID(account), V_BLOB(recovery_hash(a, account, code, hash))), err));
		*yes = db_changes(db) == 1;
	}
	return OK;
}
