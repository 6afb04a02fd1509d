#include "http/conn.h"

#include <stdlib.h>
#include <sys/socket.h>

enum { MADE_MAX = 16 << 20 };    /* struct http_response, body */

static uint64_t from_now(const struct conn *c, int64_t ms)
{
	return uv_now(&c->loop->uv) + (uint64_t)ms;
}

static const struct http_limits *limits(const struct conn *c)
{
	return &c->loop->server->opt.limits;
}

/* ---- exchanges ---- */

static struct exchange *exchange_new(struct conn *c)
{
	struct exchange *x = calloc(1, sizeof *x);

	BUG_IF(!x);
	x->conn = c;
	x->began = uv_hrtime();
	x->req = (struct http_request){.arena = &x->arena, .minor = 1, .body.fd = -1};
	x->req.peer_key = c->own_key;
	x->resp = (struct http_response){.arena = &x->arena, .status = 200, .fd = -1, .body = BUF_MAX(MADE_MAX)};
	x->head = (struct buf)BUF_MAX(1 << 20);
	x->piece = (struct buf)BUF_MAX(HTTP_PIECE);
	return x;
}

static void exchange_free(struct exchange *x)
{
	if (!x)
		return;
	respond_done(&x->resp);
	body_done(&x->body);
	buf_free(&x->head);
	buf_free(&x->piece);
	arena_free(&x->arena);
	free(x);
}

/* ---- the end ---- */

static void on_closed(uv_handle_t *handle)
{
	struct conn *c = handle->data;
	struct loop *l = c->loop;

	*(c->prev ? &c->prev->next : &l->first) = c->next;
	*(c->next ? &c->next->prev : &l->last) = c->prev;
	COUNT(l->server, open, -1);
	exchange_free(c->x);
	buf_free(&c->in);
	free(c);
}

void conn_close(struct conn *c)
{
	BUG_IF(c->state == CONN_BUSY);
	if (c->state == CONN_CLOSED)
		return;
	c->state = CONN_CLOSED;
	uv_close((uv_handle_t *)&c->tcp, on_closed);
}

bool conn_idle(const struct conn *c)
{
	return c->state == CONN_HEAD && !c->x;
}

/* The answer is out; the client gets a while to read it before the socket goes, and with it what it still sends. */
static void drain(struct conn *c)
{
	uv_os_fd_t fd;

	c->state = CONN_DRAIN;
	c->deadline = from_now(c, limits(c)->drain_ms);
	buf_free(&c->in);
	c->in_at = 0;
	if (uv_fileno((uv_handle_t *)&c->tcp, &fd) < 0 || shutdown(fd, SHUT_WR) < 0)
		conn_close(c);
}

static void count_answer(struct http_server *s, int status)
{
	_Atomic int64_t *const classes[] = {&s->counts.answers_1xx, &s->counts.answers_2xx, &s->counts.answers_3xx,
		&s->counts.answers_4xx, &s->counts.answers_5xx};

	atomic_fetch_add_explicit(classes[status / 100 - 1], 1, memory_order_relaxed);
}

void conn_answered(struct conn *c)
{
	struct exchange *x = c->x;
	struct http_server *s = c->loop->server;

	count_answer(s, x->resp.status);
	COUNT(s, bytes_out, x->sent);
	if (s->app->done)
		s->app->done(s->app->ctx, &x->req, x->resp.status, x->sent, (int64_t)(uv_hrtime() - x->began) / 1000);
	c->x = NULL;
	c->key = c->own_key;
	c->state = CONN_HEAD;
	c->deadline = from_now(c, limits(c)->idle_ms);
	if (!x->framing.keep)
		drain(c);
	exchange_free(x);
}

/* ---- answers ---- */

/* Decides whether the connection goes on, and sends. */
static void answer(struct conn *c)
{
	struct exchange *x = c->x;
	struct http_server *s = c->loop->server;
	bool endless = x->resp.content == HTTP_PULLED && x->req.minor == 0;

	if (x->resp.status < 200 || x->resp.status > 599)
		BUG("a handler answered with status %d", x->resp.status);
	if (x->resp.body.over)
		respond_error(&x->resp, 500, N_("the answer is too large"), s->opt.lang);
	if (endless || c->loop->stopping || c->requests >= limits(c)->per_connection)
		x->framing.keep = false;
	send_answer(c);
}

void conn_refuse(struct conn *c, int status, const char *why)
{
	struct http_server *s = c->loop->server;

	if (!c->x)
		c->x = exchange_new(c);
	c->x->framing.keep = false;
	respond_error(&c->x->resp, status, why, s->opt.lang);
	if (s->app->error)
		s->app->error(s->app->ctx, &c->x->req, status, why, &c->x->resp);
	answer(c);
}

void conn_done(struct exchange *x)
{
	struct conn *c = x->conn;
	bool piece = x->head.n > 0;     /* the head has gone already */

	c->state = CONN_SEND;
	if (piece)
		send_piece(c);
	else
		answer(c);
	conn_run(c);
}

/* ---- the way in ---- */

static void dispatch(struct conn *c)
{
	struct exchange *x = c->x;
	struct http_server *s = c->loop->server;

	x->req.body = body_get(&x->body);
	c->state = CONN_SEND;
	if (s->app->quick && s->app->quick(s->app->ctx, &x->req, &x->resp))
		answer(c);
	else
		pool_put(s, x);
}

/* Requests at once of the client's address, where the connection alone doesn't show it. */
static bool too_many(const struct conn *c)
{
	int64_t n = 0;

	for (const struct conn *it = c->loop->first; it; it = it->next)
		n += it->key == c->key && it->x && it->state != CONN_CLOSED;
	return c->proxy && n > limits(c)->per_address;
}

static void name_peer(struct conn *c)
{
	struct http_server *s = c->loop->server;
	struct http_request *req = &c->x->req;
	struct peer client = c->from;

	if (c->proxy)
		client = peer_forwarded(req, s->proxies, s->opt.nproxies, c->from);
	req->proxied = c->proxy;
	req->secure = c->proxy && str_is(http_header(req, "X-Forwarded-Proto"), "https");
	req->peer = peer_text(&c->x->arena, client);
	c->key = req->peer_key = peer_key(client);
}

/* The head is complete: may it be, and may its body come? */
static int take_head(struct conn *c, const char **why)
{
	struct exchange *x = c->x;
	struct http_server *s = c->loop->server;
	struct str head = arena_str(&x->arena, (struct str){c->in.p + c->in_at, x->scan.at});
	struct http_allow allow = {limits(c)->body_bytes, false};
	int status;

	c->in_at += x->scan.at;
	status = head_read(&s->rules, head, &x->req, &x->framing, why);
	if (status != HTTP_DONE)
		return status;
	x->req.number = (uint64_t)COUNT(s, requests, 1) + 1;
	c->requests++;
	name_peer(c);
	if (too_many(c)) {
		*why = N_("too many requests of your address at once");
		return 503;
	}
	if (x->framing.length && s->app->limit)
		allow = s->app->limit(s->app->ctx, &x->req);
	return body_begin(&x->body, &x->framing, allow.max, allow.spool ? s->opt.spool : NULL, &s->budget, why);
}

/* The 25 bytes fit: nothing else is on its way out. */
static bool say_continue(struct conn *c)
{
	uv_buf_t buf = uv_buf_init((char *)"HTTP/1.1 100 Continue\r\n\r\n", 25);

	if (!c->x->framing.expect || c->x->req.minor == 0 || c->in.n > c->in_at)
		return true;
	return uv_try_write((uv_stream_t *)&c->tcp, &buf, 1) == (int)buf.len;
}

static void run_head(struct conn *c)
{
	struct str in = {c->in.p + c->in_at, c->in.n - c->in_at};
	const char *why = "";
	int status;

	if (!c->x) {
		c->x = exchange_new(c);
		if (c->requests)
			c->deadline = from_now(c, limits(c)->head_ms);
	}
	status = head_scan(&c->x->scan, limits(c), in, &why);
	if (status == HTTP_MORE)
		return;
	if (status == HTTP_DONE)
		status = take_head(c, &why);
	if (status >= 400) {
		conn_refuse(c, status, why);
	} else if (status == HTTP_DONE) {
		dispatch(c);
	} else if (!say_continue(c)) {
		conn_close(c);
	} else {
		c->state = CONN_BODY;
		c->moved = 0;
		c->deadline = from_now(c, limits(c)->window_ms);
	}
}

static void run_body(struct conn *c)
{
	const char *why = "";
	size_t used;
	int status = body_take(&c->x->body, (struct str){c->in.p + c->in_at, c->in.n - c->in_at}, &used, &why);

	c->in_at += used;
	if (status >= 400)
		conn_refuse(c, status, why);
	else if (status == HTTP_DONE)
		dispatch(c);
}

/* Forgets what has been taken; what a head has still to be read from stays at the front. */
static void tidy(struct conn *c)
{
	size_t left = c->in.n - c->in_at;

	if (!left) {
		if (conn_idle(c))
			buf_free(&c->in);
		else
			buf_reset(&c->in);
	} else if (c->in_at) {
		memmove(c->in.p, c->in.p + c->in_at, left);
		c->in.n = left;
	}
	c->in_at = 0;
}

static void on_room(uv_handle_t *handle, size_t hint, uv_buf_t *buf)
{
	struct loop *l = ((struct conn *)handle->data)->loop;

	*buf = uv_buf_init(l->input, sizeof l->input);
}

static void on_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
	struct conn *c = stream->data;

	if (n < 0) {
		conn_close(c);
		return;
	}
	COUNT(c->loop->server, bytes_in, n);
	if (c->state == CONN_DRAIN)
		return;
	buf_put(&c->in, (struct str){buf->base, (size_t)n});
	conn_run(c);
}

static void read_or_not(struct conn *c)
{
	bool want = c->state == CONN_HEAD || c->state == CONN_BODY || c->state == CONN_DRAIN;

	if (c->state == CONN_CLOSED || want == c->reading)
		return;
	c->reading = want;
	if (!want)
		uv_read_stop((uv_stream_t *)&c->tcp);
	else if (uv_read_start((uv_stream_t *)&c->tcp, on_room, on_read) < 0)
		conn_close(c);
}

void conn_run(struct conn *c)
{
	enum conn_state before;
	size_t left;

	do {
		before = c->state;
		left = c->in.n - c->in_at;
		if (left && c->state == CONN_HEAD)
			run_head(c);
		else if (left && c->state == CONN_BODY)
			run_body(c);
	} while (c->in.n - c->in_at < left || c->state != before);
	if (c->state == CONN_HEAD || c->state == CONN_BODY)
		tidy(c);
	if (conn_idle(c) && c->loop->stopping)
		conn_close(c);
	read_or_not(c);
}

/* ---- deadlines ---- */

void conn_tick(struct conn *c)
{
	int64_t moved;

	if (c->state == CONN_BUSY || c->state == CONN_CLOSED || uv_now(&c->loop->uv) < c->deadline)
		return;
	if (c->state == CONN_BODY || c->state == CONN_SEND) {
		moved = c->state == CONN_BODY ? c->x->body.size : send_moved(c);
		if (moved - c->moved >= limits(c)->window_bytes) {
			c->moved = moved;
			c->deadline = from_now(c, limits(c)->window_ms);
			return;
		}
	}
	if (c->state != CONN_DRAIN && !(conn_idle(c) && c->requests))
		COUNT(c->loop->server, dropped, 1);
	if ((c->state == CONN_HEAD && c->x) || c->state == CONN_BODY) {
		conn_refuse(c, 408, N_("the request took too long to come"));
		conn_run(c);
	} else {
		conn_close(c);
	}
}
