/* Before a page: preferences, session, rights, the form's own token, rates, parameters; and the page that says what was
 * in the way. The order is fixed here and nowhere else:
 *
 *   route → session → what the session still needs → grant → step-up → the form's token and origin → rate → parameters
 *
 * Who may not view a thing gets the answer that there is none. */
#ifndef WEB_GUARD_H
#define WEB_GUARD_H

#include "http/server.h"
#include "web/call.h"

/* The rights of those who asked last, kept while log and day are the same. One a worker: no lock. */
enum { SEATS = 32 };
struct seat {
	struct arena arena;
	struct id account;
	int64_t size;              /* of the log */
	struct date day;
	struct access access;
	uint64_t used;
};
struct seats {
	struct seat of[SEATS];
	uint64_t clock;
};
void seats_done(struct seats *s);

/* Answers the call or refuses it. */
enum err_code guard_call(struct call *c, struct seats *seats, struct err *err);

/* Bytes of the body that a request may have, before anybody knows whose it is. */
struct http_allow guard_limit(const struct http_request *req);

/* The page of a refusal. */
void guard_trouble(struct call *c, const struct err *err);

/* The status of an error. */
int guard_status(enum err_code code);

#endif
