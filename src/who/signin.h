/* Signing in, in two halves: signin_look reads and hashes, in any thread with a connection of its own; signin_write
 * runs in an intent, quickly. The answer to a wrong password, an unknown login, a closed account and too many tries is
 * one and the same, and but for the last takes the same time.
 *
 *   struct signin in; struct signin_out out;
 *   TRY(signin_look(reader, arena, login, password, cost, now, &in, err));
 *   TRY(writer_do(w, S("-"), S("web"), signin_intent, &(struct …){…}, err));   → signin_write(tx, &in, …, &out, err)
 *   TRY(signin_answer(&out, err));
 */
#ifndef WHO_SIGNIN_H
#define WHO_SIGNIN_H

#include "who/credential.h"
#include "who/session.h"

/* What the first half found; holds no password. */
struct signin {
	struct str login;                /* as counted in failures */
	struct id account;               /* ID_NONE: unknown or closed */
	bool good, temporary;
	struct str phc;                  /* the hash it was held against */
	char better[PASSWORD_PHC];       /* hashed anew at today's cost; "" where that is not due */
};
struct signin_out {
	bool good;
	int64_t wait;                    /* seconds, where too many failed: for the guard, not for the answer */
	unsigned needs;                  /* enum session_need */
	char token[TOKEN_TEXT];
};

/* ERR_BUSY when too many hash at once. */
enum err_code signin_look(struct db *db, struct arena *a, struct str login, struct str password,
	struct password_cost cost, int64_t now, struct signin *out, struct err *err);

/* Makes the session, or counts the failure: OK either way, so that the failure is kept; out->good says which. device,
 * address: for the list of sessions. */
enum err_code signin_write(struct tx *tx, const struct signin *in, struct str device, struct str address, int64_t now,
	struct signin_out *out, struct err *err);

/* The second half of a sign-in (NEED_SECOND), or a step-up by code: checks the code, counts failures under the same
 * lock, and gives the session a new token. OK either way, as above. */
enum err_code signin_second(struct tx *tx, const struct session *s, struct str code, int64_t now,
	struct signin_out *out, struct err *err);
/* Step-up by password: in is what signin_look found for the session's own login. */
enum err_code signin_step(struct tx *tx, const struct session *s, const struct signin *in, int64_t now,
	struct signin_out *out, struct err *err);
/* Something of needs was done (NEED_ENROL, NEED_PASSWORD): a new token without it. */
enum err_code signin_did(struct tx *tx, const struct session *s, enum session_need done, int64_t now,
	struct signin_out *out, struct err *err);

/* OK for good, else ERR_DENIED with the one answer. */
enum err_code signin_answer(const struct signin_out *out, struct err *err);

#endif
