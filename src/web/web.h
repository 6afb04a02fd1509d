/* The pages: `zeren serve`. Reads the log beside whoever writes; for the person who owns the data directory, who opens
 * the address that the program printed. Accounts come with who/session.h. */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "log/log.h"

struct web;

struct web_opt {
	const char *dir;           /* the data directory */
	struct log_opt log;        /* kinds; opened read_only, once a worker */
	const char *listen;        /* "127.0.0.1:8350"; must be of this machine alone (127.0.0.1, [::1]) */
	enum lang lang;            /* of a browser that has not chosen */
	unsigned workers;          /* 0: 4 */
};

/* Listens. ERR_INPUT for an address that others could reach; ERR_NOT_FOUND and the like from log_open; ERR_IO. */
enum err_code web_start(const struct web_opt *opt, struct web **out, struct err *err);

/* The address to open, with the key that lets its browser in; valid while the server runs. */
struct str web_address(const struct web *w);

void web_stop(struct web *w);        /* begins to; also from a signal handler */
void web_wait(struct web **w);       /* until all that was under way is answered; frees it */

#endif
