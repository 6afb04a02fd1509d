/* Inside of web/drop: only drop.c and drop_look.c include this. */
#ifndef WEB_DROP_INSIDE_H
#define WEB_DROP_INSIDE_H

#include "web/drop.h"

#include <pthread.h>

struct drops {
	const char *dir;
	struct log_opt opt;
	pthread_t readers[DROP_READERS];
	int nreaders;
	pthread_mutex_t lock;            /* of all below, and of each drop's first part */
	pthread_cond_t work;
	struct drop *first;              /* the newest first */
	bool stopping;
};

struct drop {
	/* under the lock */
	struct drop *next;
	enum drop_state state;
	bool queued;                     /* its files are all here */
	bool gone;                       /* off the list; the last user frees it */
	int users;
	size_t held;                     /* bytes of memory, once read */
	struct str error;                /* FAILED */

	/* set before it is on the list */
	char token[TOKEN_TEXT];
	struct str login;
	enum lang lang;
	const char *dir;
	struct str *paths;               /* of the registers */
	size_t n;
	bool evidence;                   /* dir/evidence is there */
	int64_t born;                    /* seconds of the monotonic clock */

	/* how far its reader is */
	atomic_size_t files_read, rows_read;
	size_t file, before;             /* the reader's own: file under way, rows of those before it */

	/* once READY: readers look, the one who takes it changes it */
	pthread_rwlock_t look;
	struct arena arena;
	struct scheme scheme;
	struct import im;
	int year;
	struct id import;
};

/* Finds one and keeps it from being freed until drop_release; NULL and ERR_NOT_FOUND. *state may be NULL. */
struct drop *drop_hold(struct drops *d, struct str token, struct str login, enum drop_state *state, struct err *err);
void drop_release(struct drops *d, struct drop *x);
int64_t drop_clock(void);

#endif
