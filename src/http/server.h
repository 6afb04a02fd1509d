/* The server: one process, some loops, some workers.
 *
 * Threads, and who owns what. A loop (libuv) owns its connections: each lives and dies in one loop and no other thread
 * looks at it. The first loop also accepts, and gives each connection to the loop that its address belongs to, so that
 * the connections of one address meet in one loop and are counted there without a lock; those of trusted proxies go
 * round. A request, with its arena, body and response, is one `exchange`. It belongs to the loop, but from pool_put()
 * until the worker has put it on the loop's list of those done it belongs to that worker, and the loop leaves it
 * alone. Both lists are under a mutex: that is the whole hand-over. A worker wakes the loop while it holds the list's
 * mutex, so a loop that has seen its last exchange may close. Everything else that threads share is atomic: counters,
 * the budget of bodies, the stop flag.
 *
 * Why own threads as workers and not those of libuv: each has a number, by which the application gives it a database
 * connection of its own; and file reads or name look-ups of other code can't stand before requests in one queue. */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include "http/http.h"

/* What the body of this request may be. */
struct http_allow {
	int64_t max;         /* bytes */
	bool spool;          /* into a file: for uploads; otherwise in memory */
};

/* The application. Those left NULL are left out; handle is needed. */
struct http_app {
	void *ctx;
	/* Called in a loop when the head is complete and a body follows. Must not block. */
	struct http_allow (*limit)(void *ctx, const struct http_request *req);
	/* Called in a loop for every request; true when it has answered. For what lies in memory. Must not block. */
	bool (*quick)(void *ctx, const struct http_request *req, struct http_response *resp);
	/* Called in worker number 0 … workers - 1, each of which does one at a time. May block; isn't cancelled. */
	void (*handle)(void *ctx, unsigned worker, const struct http_request *req, struct http_response *resp);
	/* Called in a loop when the server itself refuses: resp is a short text already, and may be made a page.
	 * What the request holds depends on how far it was read. Must not block. */
	void (*error)(void *ctx, const struct http_request *req, int status, const char *why,
		struct http_response *resp);
	/* Called in a loop after each answer, for the access log. bytes: of the answer, as sent. */
	void (*done)(void *ctx, const struct http_request *req, int status, int64_t bytes, int64_t microseconds);
};

struct http_opt {
	const char *const *listen;  /* "127.0.0.1:8080", "[::1]:8080", which are what none means; port 0: any */
	size_t nlisten;
	const char *const *hosts;   /* names that Host may have; none: localhost, 127.0.0.1, [::1] */
	size_t nhosts;
	const char *const *proxies; /* trusted: "127.0.0.1", "10.0.0.0/8" */
	size_t nproxies;
	const char *spool;          /* folder for bodies on disk; NULL: /tmp. On a quick disk: loops write there */
	unsigned loops, workers;    /* 0: 1 and 4 */
	enum lang lang;             /* of refusals */
	struct http_limits limits;  /* begin with http_limits_default */
};

struct http_server;

/* Listens and starts the threads. app and the texts of opt must live until http_wait. The threads take no signals:
 * they go to the caller's. ERR_INPUT for an address or network that is none; ERR_IO when one can't be listened to or a
 * thread can't be started. */
enum err_code http_start(const struct http_app *app, const struct http_opt *opt, struct http_server **out,
	struct err *err);

/* The port of listener i. */
int http_port(const struct http_server *s, size_t i);

/* Begins to stop, at the next tick: no new connection, idle ones are closed, what is under way is answered. May be
 * called by any thread and by a signal handler, and more than once. */
void http_stop(struct http_server *s);

/* Waits until the server has stopped, and frees it. */
void http_wait(struct http_server **s);

/* Counters since the start, and states. Each is right by itself. Any thread. */
#define HTTP_COUNTS(C) \
	C(accepted) C(refused) C(dropped) C(requests) C(bytes_in) C(bytes_out) \
	C(answers_1xx) C(answers_2xx) C(answers_3xx) C(answers_4xx) C(answers_5xx) \
	C(open) C(busy) C(queued) C(body_memory) C(body_disk)
struct http_counts {
#define C(name) int64_t name;
	HTTP_COUNTS(C)
#undef C
};
void http_counts(struct http_server *s, struct http_counts *out);

#endif
