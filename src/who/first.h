/* The first run: while there is no account, a token that was printed at the machine makes the first two. An
 * administrator sees no business content and cannot grant to himself, so the one who begins gets two accounts: one to
 * give roles with, one to work with. */
#ifndef WHO_FIRST_H
#define WHO_FIRST_H

#include "who/credential.h"

enum { FIRST_HOURS = 24 };

/* A new token, good for 24 hours, in place of any before; the caller prints it. In an intent. ERR_CONFLICT once there
 * is an account. */
enum err_code first_token(struct tx *tx, int64_t now, char out[TOKEN_TEXT], struct err *err);

/* Would this token serve now? On any connection, to show the page or not. */
enum err_code first_is(struct db *db, struct str token, int64_t now, bool *out, struct err *err);

/* The security administrator, and the working account with a role on the office's unit. phc: hashed before by
 * credential_hash. post may be empty. All or nothing; the token serves once. ERR_DENIED for a wrong or old token or
 * once there is an account; ERR_NOT_FOUND while there is no office yet (zeren adopt); ERR_INPUT for an administrator's
 * role as the working one, or the same login twice. */
struct first_account {
	struct str login, name, phc, post;
	enum role role;
};
enum err_code first_run(struct tx *tx, struct str token, const struct first_account *admin,
	const struct first_account *worker, int64_t now, struct err *err);

#endif
