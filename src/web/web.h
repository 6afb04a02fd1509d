/* The pages: `zeren serve`. Holds the log while it runs: one thread writes, each worker reads by itself. */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "log/log.h"

struct web;

struct web_opt {
	const char *dir;           /* the data directory */
	struct log_opt log;        /* kinds; opened for writing, and read_only once a worker */
	const char *listen;        /* "127.0.0.1:8350"; must be of this machine alone (127.0.0.1, [::1]) */
	const char *host;          /* a name that a proxy of this machine is asked by; NULL: there is none */
	enum lang lang;            /* of a browser that has not chosen */
	unsigned workers;          /* 0: 4 */
};

/* Listens. ERR_INPUT for an address that others could reach; ERR_NOT_FOUND and the like from log_open; ERR_IO. */
enum err_code web_start(const struct web_opt *opt, struct web **out, struct err *err);

/* The address to open; valid while the server runs. web_first: there is no account yet, and it holds the token that
 * makes the first ones, so it is for nobody else. */
struct str web_address(const struct web *w);
bool web_first(const struct web *w);

void web_stop(struct web *w);        /* begins to; also from a signal handler */
void web_wait(struct web **w);       /* until all that was under way is answered; frees it */

#endif
