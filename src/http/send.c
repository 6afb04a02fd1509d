#include "http/conn.h"

enum { BUFS = 3 };

int64_t send_moved(const struct conn *c)
{
	return c->x->sent - (int64_t)uv_stream_get_write_queue_size((const uv_stream_t *)&c->tcp);
}

static void sent_all(struct conn *c);

static void on_written(uv_write_t *req, int status)
{
	struct conn *c = req->data;

	if (c->state == CONN_CLOSED)
		return;
	if (status < 0) {
		conn_close(c);
		return;
	}
	sent_all(c);
	conn_run(c);
}

/* What the kernel takes goes at once; the rest is queued where it lies, in the exchange, and nothing is read until it
 * has gone. */
static void send_bufs(struct conn *c, uv_buf_t *bufs, unsigned n)
{
	uv_stream_t *stream = (uv_stream_t *)&c->tcp;
	size_t total = 0, took;
	int got;

	for (unsigned i = 0; i < n; i++)
		total += bufs[i].len;
	c->x->sent += (int64_t)total;
	got = total ? uv_try_write(stream, bufs, n) : 0;
	if (got < 0 && got != UV_EAGAIN) {
		conn_close(c);
		return;
	}
	took = got > 0 ? (size_t)got : 0;
	if (took == total) {
		sent_all(c);
		return;
	}
	while (took >= bufs->len) {
		took -= bufs->len;
		bufs++, n--;
	}
	*bufs = uv_buf_init(bufs->base + took, (unsigned)(bufs->len - took));
	c->x->write.data = c;
	c->state = CONN_SEND;
	c->deadline = uv_now(&c->loop->uv) + (uint64_t)c->loop->server->opt.limits.window_ms;
	if (uv_write(&c->x->write, stream, bufs, n, on_written) < 0) {
		conn_close(c);
		return;
	}
	c->moved = send_moved(c);
}

static uv_buf_t out(struct str s)
{
	return uv_buf_init((char *)s.p, (unsigned)s.n);
}

static bool in_pieces(const struct http_response *resp)
{
	return resp->content == HTTP_FILE || resp->content == HTTP_PULLED;
}

/* Everything given to the connection has gone: the next piece, or the end. */
static void sent_all(struct conn *c)
{
	struct exchange *x = c->x;

	if (x->ended)
		conn_answered(c);
	else
		pool_put(c->loop->server, x);
}

void send_answer(struct conn *c)
{
	struct exchange *x = c->x;
	struct http_response *resp = &x->resp;
	bool body = x->req.method != HTTP_HEAD && respond_has_body(resp->status);
	uv_buf_t bufs[BUFS] = {{0}};

	respond_head(&x->head, resp, (struct respond_how){.minor = x->req.minor, .keep = x->framing.keep,
		.secure = x->req.secure, .date = str_c(c->loop->date)});
	bufs[0] = out(buf_str(&x->head));
	bufs[1] = out(body && resp->content == HTTP_MADE ? buf_str(&resp->body) :
		body && resp->content == HTTP_BYTES ? resp->bytes : STR_NONE);
	x->handled = true;
	x->left = resp->size;
	x->ended = !body || !in_pieces(resp) || (resp->content == HTTP_FILE && resp->size == 0);
	send_bufs(c, bufs, bufs[1].len ? 2 : 1);
}

void send_piece(struct conn *c)
{
	struct exchange *x = c->x;
	uv_buf_t bufs[BUFS] = {{0}};

	if (x->broken) {
		conn_close(c);
		return;
	}
	if (!respond_chunked(&x->resp, x->req.minor)) {
		bufs[0] = out(buf_str(&x->piece));
		send_bufs(c, bufs, 1);
		return;
	}
	snprintf(x->frame, sizeof x->frame, "%zx\r\n", x->piece.n);
	bufs[0] = out(str_c(x->frame));
	bufs[1] = out(buf_str(&x->piece));
	bufs[2] = out(S("\r\n"));
	if (!x->piece.n)
		bufs[1] = bufs[2];
	send_bufs(c, bufs, x->piece.n ? 3 : 2);
}
