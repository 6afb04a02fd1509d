#include "who/signin.h"

/* What failures are counted under: a login, or for what is none a digest of it, so that no typed secret is kept. */
static struct str counted(struct arena *a, struct str typed)
{
	unsigned char hash[DIGEST_BYTES];
	struct str login;

	if (login_read(a, typed, &login))
		return login;
	digest_sha256(typed, hash);
	return arena_printf(a, "?%02x%02x", hash[0], hash[1]);
}

static enum err_code find(struct db *db, struct arena *a, struct signin *in, struct err *err)
{
	struct err quiet = {.lang = err->lang};
	struct account account;
	enum err_code code = account_get(db, a, in->login, &account, &quiet);

	if (code == OK && !account.closed)
		code = credential_get(db, a, account.id, &in->phc, &in->temporary, &quiet);
	if (code == OK && !account.closed)
		in->account = account.id;
	return code == OK || code == ERR_NOT_FOUND ? OK : fail(err, code, "%s", quiet.text);
}

enum err_code signin_look(struct db *db, struct arena *a, struct str login, struct str password,
	struct password_cost cost, int64_t now, struct signin *out, struct err *err)
{
	struct signin in = {.login = counted(a, login)};
	int64_t wait;

	TRY(lock_wait(db, in.login, now, &wait, err));
	TRY(find(db, a, &in, err));
	if (!wait)
		TRY(password_verify(password, id_is(in.account) ? in.phc.p : NULL, cost, &in.good, err));
	if (in.good && password_is_weak(in.phc.p, cost))
		TRY(password_hash(password, cost, in.better, err));
	*out = in;
	return OK;
}

/* What an account still owes after its password: a role may ask for a second factor. */
static enum err_code needs_of(struct tx *tx, const struct signin *in, int64_t now, unsigned *needs, struct err *err)
{
	struct access who;
	bool second;

	TRY(access_load(tx->db, tx->arena, in->account, day_at(now), &who, err));
	TRY(second_is(tx->db, in->account, &second, err));
	*needs = (second ? NEED_SECOND : who.second ? NEED_ENROL : 0) | (in->temporary ? NEED_PASSWORD : 0);
	return OK;
}

/* Still the password that was looked at? It may have been changed, or the account closed, meanwhile. */
static enum err_code still_good(struct tx *tx, const struct signin *in, int64_t now, struct signin_out *out,
	struct err *err)
{
	struct signin again = {.login = in->login};

	TRY(lock_wait(tx->db, in->login, now, &out->wait, err));
	TRY(find(tx->db, tx->arena, &again, err));
	out->good = in->good && !out->wait && id_is(again.account) && str_eq(again.phc, in->phc);
	if (!out->good && !out->wait)
		return lock_failed(tx->db, in->login, now, err);
	return OK;
}

enum err_code signin_write(struct tx *tx, const struct signin *in, struct str device, struct str address, int64_t now,
	struct signin_out *out, struct err *err)
{
	struct session s = {.account = in->account, .made = now, .used = now, .stepped = now, .device = device,
		.address = address};

	*out = (struct signin_out){0};
	TRY(still_good(tx, in, now, out, err));
	if (!out->good)
		return OK;
	TRY(needs_of(tx, in, now, &s.needs, err));
	if (!(s.needs & NEED_SECOND))
		TRY(lock_forget(tx->db, in->login, err));     /* else the password would wipe the code's failures */
	if (in->better[0])
		TRY(credential_rehash(tx->db, in->account, in->phc, str_c(in->better), err));
	TRY(session_sweep(tx->db, now, err));
	out->needs = s.needs;
	return session_new(tx->db, &s, out->token, err);
}

static enum err_code renew(struct tx *tx, const struct session *s, unsigned needs, int64_t now, struct signin_out *out,
	struct err *err)
{
	out->good = true;
	out->needs = needs;
	return session_renew(tx->db, s, needs, now, out->token, err);
}

enum err_code signin_second(struct tx *tx, const struct session *s, struct str code, int64_t now,
	struct signin_out *out, struct err *err)
{
	struct account account;
	bool yes;

	*out = (struct signin_out){0};
	TRY(account_by_id(tx->db, tx->arena, s->account, &account, err));
	TRY(lock_wait(tx->db, account.login, now, &out->wait, err));
	if (out->wait || account.closed)
		return OK;
	TRY(second_check(tx->db, tx->arena, s->account, code, now, &yes, err));
	if (!yes)
		return lock_failed(tx->db, account.login, now, err);
	TRY(lock_forget(tx->db, account.login, err));
	return renew(tx, s, s->needs & ~(unsigned)NEED_SECOND, now, out, err);
}

enum err_code signin_step(struct tx *tx, const struct session *s, const struct signin *in, int64_t now,
	struct signin_out *out, struct err *err)
{
	*out = (struct signin_out){0};
	TRY(still_good(tx, in, now, out, err));
	out->good = out->good && id_eq(in->account, s->account);
	return out->good ? renew(tx, s, s->needs, now, out, err) : OK;
}

enum err_code signin_did(struct tx *tx, const struct session *s, enum session_need done, int64_t now,
	struct signin_out *out, struct err *err)
{
	*out = (struct signin_out){0};
	return renew(tx, s, s->needs & ~(unsigned)done, now, out, err);
}

enum err_code signin_answer(const struct signin_out *out, struct err *err)
{
	return out->good ? OK : fail(err, ERR_DENIED,
		"that is not right, or too many tries went before; look at what you "
		"typed, or wait a quarter of an hour");
}
