/* What proves who somebody is: password, second factor, recovery codes; and failures. Service tables (who/session.h
 * says how they are written). Nothing here asks for rights: callers do.
 *
 * Lock-out: after the fifth failure in a row the next try waits 1 minute, then 2, 4, 8, and never more than 15; a try
 * that comes too early is neither looked at nor counted, so nobody can push the end away. A success, or a day without
 * failures, forgets them. It goes by what was typed as login, so that unknown ones behave the same. */
#ifndef WHO_CREDENTIAL_H
#define WHO_CREDENTIAL_H

#include "crypto/password.h"
#include "crypto/totp.h"
#include "who/account.h"

/* ---- passwords ---- */

/* A new password, held against crypto/strength.h with the account's and the office's words, as PHC. Takes a tenth of a
 * second: not in the writing thread. db: any connection. ERR_INPUT, ERR_REQUIRED, ERR_BUSY. */
enum err_code credential_hash(struct db *db, struct str password, struct str login, struct str name,
	struct password_cost cost, char phc[PASSWORD_PHC], struct err *err);

/* Sets it. temporary: set by somebody else, to be changed at the next sign-in. but: hash of the session that goes on;
 * the others end. */
enum err_code credential_set(struct db *db, struct id account, struct str phc, bool temporary, int64_t now,
	struct str but, struct err *err);
/* The same hash of the same password at another cost: nothing else changes. */
enum err_code credential_rehash(struct db *db, struct id account, struct str old_phc, struct str phc, struct err *err);
/* ERR_NOT_FOUND: none is set. */
enum err_code credential_get(
	struct db *db, struct arena *a, struct id account, struct str *phc, bool *temporary, struct err *err);

/* ---- the administrator's hand: inside an intent; each is an event account.reset ---- */

/* ERR_DENIED for one's own account on the web: that is credential_set with the old password at hand. */
enum err_code account_reset_password(struct tx *tx, const struct account *who, struct str phc, struct err *err);
/* Takes the second factor away: the person enrols anew. */
enum err_code account_reset_second(struct tx *tx, const struct account *who, struct err *err);
/* Forgets failures. No event: it changes no right. */
enum err_code account_unlock(struct tx *tx, const struct account *who, struct err *err);

/* ---- second factor ---- */

enum { RECOVERY_CODES = 10, RECOVERY_TEXT = 12 };   /* "abcde-fghij" and a 0 byte: 50 random bits */

/* Is one enrolled and confirmed? */
enum err_code second_is(struct db *db, struct id account, bool *out, struct err *err);
/* A new secret, not in force before second_confirm. Refused with ERR_CONFLICT while one is in force. The bytes lie in
 * the arena; totp_uri makes the address of them. */
enum err_code second_start(struct db *db, struct arena *a, struct id account, struct str *secret, struct err *err);
/* The secret that waits for second_confirm; empty where none does. */
enum err_code second_waiting(
	struct db *db, struct arena *a, struct id account, struct str *secret, struct err *err);
/* The first code: the factor is in force, and the recovery codes are made, shown once. ERR_DENIED for a wrong code. */
enum err_code second_confirm(struct db *db, struct arena *a, struct id account, struct str code, int64_t now,
	char out[RECOVERY_CODES][RECOVERY_TEXT], struct err *err);
/* A code of the app or a recovery code; either serves once. *yes. */
enum err_code second_check(
	struct db *db, struct arena *a, struct id account, struct str code, int64_t now, bool *yes, struct err *err);

/* ---- failures ---- */

/* Minutes to wait after so many failures in a row. */
int lock_minutes(int64_t failures);
/* Seconds until login may be tried again; 0: now. */
enum err_code lock_wait(struct db *db, struct str login, int64_t now, int64_t *seconds, struct err *err);
enum err_code lock_failed(struct db *db, struct str login, int64_t now, struct err *err);
enum err_code lock_forget(struct db *db, struct str login, struct err *err);

#endif
