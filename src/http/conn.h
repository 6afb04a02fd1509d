/* Inside of http/: what open.c, conn.c, send.c, pool.c and server.c share. server.h says which thread owns what. */
#ifndef HTTP_CONN_H
#define HTTP_CONN_H

#include "http/body.h"
#include "http/head.h"
#include "http/peer.h"
#include "http/respond.h"
#include "http/server.h"

#include <pthread.h>
#include <uv.h>

/* A request on its way, with its answer. */
struct exchange {
	struct exchange *next;      /* in the pool's queue or the loop's list of those done */
	struct conn *conn;
	struct arena arena;
	struct head_scan scan;
	struct http_framing framing;
	struct http_request req;
	struct body_reader body;
	struct http_response resp;
	uint64_t began;             /* nanoseconds, uv_hrtime() */
	bool handled;               /* the handler has run; the next time in the pool makes a piece of the body */
	bool ended;                 /* the last piece has been made */
	bool broken;                /* a piece could not be made */
	struct buf head, piece;     /* on their way out */
	char frame[20];             /* "size CRLF" of a chunk */
	uv_write_t write;
	int64_t sent;               /* bytes given to the connection */
	int64_t left;               /* of HTTP_FILE */
};

enum conn_state {
	CONN_HEAD,                  /* waits for a head, or reads one */
	CONN_BODY,
	CONN_BUSY,                  /* the exchange is a worker's */
	CONN_SEND,                  /* bytes are queued; not reading */
	CONN_DRAIN,                 /* answered for the last time; drops what comes */
	CONN_CLOSED,
};

struct conn {
	uv_tcp_t tcp;
	struct loop *loop;
	struct conn *prev, *next;
	struct exchange *x;         /* NULL between requests: an idle connection is this struct and a socket */
	struct buf in;              /* came, not taken yet; begins at in_at */
	size_t in_at;
	enum conn_state state;
	bool reading, proxy;
	uint32_t requests;
	struct peer from;
	uint64_t own_key, key;      /* of the socket's address; of the client's behind a proxy while a request runs */
	uint64_t deadline;          /* ms of the loop's clock */
	int64_t moved;              /* bytes that had moved when the window began */
};

struct loop {
	uv_loop_t uv;
	uv_async_t wake;
	uv_timer_t tick;
	struct http_server *server;
	pthread_t thread;
	struct conn *first, *last;  /* the oldest is the first */
	bool stopping;
	uint64_t stop_at;
	char date[RESPOND_DATE];
	char input[65536];          /* one read at a time, so one for all connections */
	pthread_mutex_t mutex;      /* for what follows */
	struct accepted {
		int fd;
		struct peer from;
	} *inbox;                   /* [connections + slack] */
	size_t ninbox;
	struct exchange *done;
};

struct pool {
	pthread_mutex_t mutex;
	pthread_cond_t work;
	struct exchange *first, **last;
	bool stopping;
	pthread_t *threads;
	unsigned n;
};

struct listener {
	uv_poll_t poll;
	int fd, port;
};

struct http_server {
	const struct http_app *app;
	struct http_opt opt;
	struct head_rules rules;
	struct peer_net *proxies;
	struct listener *listeners;
	size_t nlisteners;
	struct loop *loops;
	unsigned next_loop;         /* for proxies; of the first loop */
	struct pool pool;
	struct body_budget budget;
	struct arena arena;         /* of the start */
	atomic_bool stop;
	atomic_bool listening;      /* the first loop may still give away connections */
	struct {
#define C(name) _Atomic int64_t name;
		HTTP_COUNTS(C)
#undef C
	} counts;
};

#define COUNT(server, what, n) atomic_fetch_add_explicit(&(server)->counts.what, (n), memory_order_relaxed)

/* ---- open.c: the begin ---- */

/* Takes over a connected socket; over the caps, somebody goes (see there). */
void conn_open(struct loop *l, int fd, struct peer from);

/* ---- conn.c: states, reading, deadlines ---- */

/* Goes on with what has come, until more must come or somebody else is at work. */
void conn_run(struct conn *c);

/* A worker is done with it. */
void conn_done(struct exchange *x);

/* Answers with an error of the server's own, for the last time. */
void conn_refuse(struct conn *c, int status, const char *why);

/* Gives up at once. Not while a worker has the exchange. */
void conn_close(struct conn *c);

/* Closes or refuses what is past its deadline. */
void conn_tick(struct conn *c);

/* Nobody waits for an answer on it: no exchange has begun. */
bool conn_idle(const struct conn *c);

/* ---- send.c: the way out ---- */

/* Sends the response of c->x, from the status line on. */
void send_answer(struct conn *c);
/* Sends the piece that a worker has made. */
void send_piece(struct conn *c);

/* Sent and gone from the program's memory. */
int64_t send_moved(const struct conn *c);

/* What follows an answer; conn.c. */
void conn_answered(struct conn *c);

/* ---- pool.c ---- */

/* Starts the workers. ERR_IO; pool_stop ends those that were started. */
enum err_code pool_start(struct http_server *s, struct err *err);
/* Hands an exchange to the next free worker, who gives it back by the loop's list of those done. */
void pool_put(struct http_server *s, struct exchange *x);
/* Ends the workers, when nothing is queued any more. */
void pool_stop(struct http_server *s);

#endif
