/* Accounts and the roles granted to them. Both are facts: they change by events, and the log says who gave what to whom
 * and when. Passwords and all that proves who somebody is are no facts and lie elsewhere (who/credential.h).
 *
 * A login is 2 to 64 of a-z, 0-9, '.', '_' and '-', begins with a letter or a digit, never changes and is never used
 * again. It is not in Chinese: names repeat in an office, input methods are in the way of a password field, and a work
 * number or pinyin serves. The name beside it is in whatever script.
 *
 * Rules held by the events themselves, whoever writes them: an account with an administrator's role (auditor, security,
 * system) has no other; nobody grants to himself; nobody ends the last security administrator of the office; what is
 * closed gets no role, and closing ends its roles. */
#ifndef WHO_ACCOUNT_H
#define WHO_ACCOUNT_H

#include "base/date.h"
#include "log/log.h"
#include "who/role.h"

struct account {
	struct id id;
	struct str login, name;
	struct str post;                 /* code of the post that is held, so that "mine" can be found; or empty */
	bool closed;
};

struct grant {
	struct id id;
	struct str login;
	enum role role;
	struct str unit;                 /* code; the role holds there and in all units below */
	struct date from, until;         /* both included; DATE_NONE: no bound */
	bool ended;
};

enum { LOGIN_MAX = 64, ACCOUNT_NAME_MAX = 128 };

/* Capitals made small, blanks around taken off; false when it is no login then. */
bool login_read(struct arena *a, struct str typed, struct str *out);

/* By login (as login_read gives it) or id. ERR_NOT_FOUND. */
enum err_code account_get(struct db *db, struct arena *a, struct str login, struct account *out, struct err *err);
enum err_code account_by_id(struct db *db, struct arena *a, struct id id, struct account *out, struct err *err);

/* All accounts by login, closed ones too. */
struct accounts {
	struct account *p;
	size_t n;
};
enum err_code account_list(struct db *db, struct arena *a, struct accounts *out, struct err *err);
/* True when there is one at least. */
enum err_code account_any(struct db *db, bool *out, struct err *err);

/* Grants of one account, or of all where login is empty, by login, then in order of being given. on: only those that
 * hold on that day and have not been ended; DATE_NONE: all there ever were. */
struct grants {
	struct grant *p;
	size_t n;
};
enum err_code grant_list(
	struct db *db, struct arena *a, struct str login, struct date on, struct grants *out, struct err *err);
enum err_code grant_get(struct db *db, struct arena *a, struct id id, struct grant *out, struct err *err);

/* ---- writing: inside an intent; ERR_DENIED (or ERR_NOT_FOUND, see who/access.h) for who may not ---- */

/* ERR_CONFLICT for a login that was used before, ERR_INPUT for one of another form, ERR_NOT_FOUND for an unknown
 * post. */
enum err_code account_add(
	struct tx *tx, struct str login, struct str name, struct str post, struct id *id, struct err *err);
/* Empty: stays as it is. post "-": none any more. */
enum err_code account_change(struct tx *tx, const struct account *who, struct str name, struct str post,
	struct err *err);
/* Ends its roles and sessions. why may be empty. ERR_CONFLICT when it is closed already, or the last security
 * administrator. */
enum err_code account_close(struct tx *tx, const struct account *who, struct str why, struct err *err);
/* Open again, without the roles it had. */
enum err_code account_open(struct tx *tx, const struct account *who, struct err *err);

/* Ends its sessions: new rights count from a new sign-in on. *id may be NULL. ERR_CONFLICT: it has the role there on a
 * day in common, or the role does not go with those it has; ERR_DENIED: to oneself. */
enum err_code grant_add(struct tx *tx, const struct grant *grant, struct id *id, struct err *err);
/* From now on; ends the account's sessions. why may be empty. */
enum err_code grant_end(struct tx *tx, const struct grant *grant, struct str why, struct err *err);

/* The civil day of an instant in the office's time, UTC+8. */
static inline struct date day_at(int64_t us)
{
	return (struct date){(int32_t)((us / 1000000 + 8 * 3600) / 86400)};
}

#endif
