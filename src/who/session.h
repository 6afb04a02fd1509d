/* Sessions. The browser has a token of 256 random bits; the table has its SHA-256. A session ends 30 minutes after its
 * last use and 12 hours after it began, when its account is closed, gets or loses a role or changes its password, and
 * when somebody says so. It gets a new token when it is signed in, when a second factor was shown and at step-up.
 *
 * How service tables are written. There is one writing connection and one thread that has it, so sessions, failures and
 * credentials are written by intents like everything else (log_write, writer_do) that simply append no event: the
 * log's head does not move, no leaf is hashed, and the statement shares the commit with whatever else waits. An intent
 * that is refused is rolled back, so what must stay (a failed sign-in) is said in the result and not by an error. Such
 * functions take the transaction's db; those that only read take any connection. now: microseconds UTC. */
#ifndef WHO_SESSION_H
#define WHO_SESSION_H

#include "crypto/token.h"
#include "who/access.h"

#define MINUTE INT64_C(60000000)   /* µs */
enum { SESSION_IDLE_MIN = 30, SESSION_HOURS = 12, SESSION_STEP_MIN = 5, SESSION_TOUCH_MIN = 1,
	SESSION_DEVICE_MAX = 200 };

/* What is still to be done before a session serves for more than doing it. */
enum session_need { NEED_SECOND = 1, NEED_ENROL = 2, NEED_PASSWORD = 4 };

struct session {
	struct str hash;                 /* names it in lists and for session_end; 32 bytes, no secret */
	struct id account;
	unsigned needs;                  /* of enum session_need; 0: signed in */
	int64_t made, used, stepped;     /* stepped: when the person last proved who he is; 0 never */
	struct str device, address;      /* as the caller told: what the browser calls itself; where from */
};

/* A new session; its token into out, to be shown once. device and address are cut to SESSION_DEVICE_MAX bytes. */
enum err_code session_new(struct db *db, const struct session *s, char out[TOKEN_TEXT], struct err *err);

/* The session of a token, on any connection. ERR_DENIED ("sign in") where there is none, it has ended, or its account
 * is closed. */
enum err_code session_get(
	struct db *db, struct arena *a, struct str token, int64_t now, struct session *out, struct err *err);

/* True when its last use is to be written down (once a minute at most): then run session_touch in an intent. */
bool session_due(const struct session *s, int64_t now);
enum err_code session_touch(struct db *db, const struct session *s, int64_t now, struct err *err);

/* Was a password or code shown within 5 minutes? For key operations, exports, accounts, verdicts. */
bool session_stepped(const struct session *s, int64_t now);

/* Puts another token in place of the old one, with these needs; stepped: now. */
enum err_code session_renew(struct db *db, const struct session *s, unsigned needs, int64_t now, char out[TOKEN_TEXT],
	struct err *err);

/* Those of an account that have not ended, the last used first. */
struct sessions {
	struct session *p;
	size_t n;
};
enum err_code session_list(
	struct db *db, struct arena *a, struct id account, int64_t now, struct sessions *out, struct err *err);

/* Ends one of the account's; ERR_NOT_FOUND. All of them but the one of that hash (STR_NONE: all). */
enum err_code session_end(struct db *db, struct id account, struct str hash, struct err *err);
enum err_code session_end_all(struct db *db, struct id account, struct str but, struct err *err);
/* Takes away what has ended by time: now and then. */
enum err_code session_sweep(struct db *db, int64_t now, struct err *err);

/* The token that every form of a session carries, against requests forged elsewhere: follows from the session's by
 * HMAC, so nothing is kept. */
static inline struct str session_csrf(struct str token, char out[TOKEN_TEXT])
{
	return token_derive(token, S("zeren csrf"), out);
}
/* Is csrf that of the session's token? In constant time. */
bool session_csrf_is(struct str token, struct str csrf);

#endif
