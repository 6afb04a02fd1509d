#include "http/conn.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

struct worker {
	struct http_server *server;
	unsigned number;
};

static struct exchange *take(struct pool *p)
{
	struct exchange *x;

	pthread_mutex_lock(&p->mutex);
	while (!p->first && !p->stopping)
		pthread_cond_wait(&p->work, &p->mutex);
	x = p->first;
	if (x) {
		p->first = x->next;
		if (!p->first)
			p->last = &p->first;
	}
	pthread_mutex_unlock(&p->mutex);
	return x;
}

/* The loop may close once it has seen its last exchange, so it is woken before it can see this one. */
static void give_back(struct exchange *x)
{
	struct loop *l = x->conn->loop;

	pthread_mutex_lock(&l->mutex);
	x->next = l->done;
	l->done = x;
	uv_async_send(&l->wake);
	pthread_mutex_unlock(&l->mutex);
}

/* Up to HTTP_PIECE bytes of a file. */
static void read_piece(struct exchange *x)
{
	char chunk[HTTP_PIECE];
	ssize_t n = pread(x->resp.fd, chunk, (size_t)MIN(x->left, HTTP_PIECE), x->resp.at);

	if (n < 0 && errno == EINTR)
		n = pread(x->resp.fd, chunk, (size_t)MIN(x->left, HTTP_PIECE), x->resp.at);
	x->broken = n <= 0;
	if (x->broken)
		return;
	buf_put(&x->piece, (struct str){chunk, (size_t)n});
	x->resp.at += n;
	x->left -= n;
	x->ended = x->left == 0;
}

static void make_piece(struct http_server *s, struct exchange *x, unsigned worker)
{
	struct err err = {.lang = s->opt.lang};

	buf_reset(&x->piece);
	if (x->resp.content == HTTP_FILE) {
		read_piece(x);
		return;
	}
	x->broken = x->resp.pull(x->resp.pull_ctx, worker, &x->piece, &err) != OK || x->piece.over;
	x->ended = x->piece.n == 0;
}

static void *work(void *ctx)
{
	struct worker *w = ctx;
	struct http_server *s = w->server;
	unsigned number = w->number;
	struct exchange *x;

	free(w);
	while ((x = take(&s->pool))) {
		COUNT(s, queued, -1);
		COUNT(s, busy, 1);
		if (x->handled)
			make_piece(s, x, number);
		else
			s->app->handle(s->app->ctx, number, &x->req, &x->resp);
		x->handled = true;
		COUNT(s, busy, -1);
		give_back(x);
	}
	return NULL;
}

void pool_put(struct http_server *s, struct exchange *x)
{
	struct pool *p = &s->pool;

	x->conn->state = CONN_BUSY;
	COUNT(s, queued, 1);
	pthread_mutex_lock(&p->mutex);
	x->next = NULL;
	*p->last = x;
	p->last = &x->next;
	pthread_cond_signal(&p->work);
	pthread_mutex_unlock(&p->mutex);
}

enum err_code pool_start(struct http_server *s, struct err *err)
{
	struct pool *p = &s->pool;

	p->last = &p->first;
	pthread_mutex_init(&p->mutex, NULL);
	pthread_cond_init(&p->work, NULL);
	p->threads = ARENA_ARRAY(&s->arena, pthread_t, s->opt.workers);
	for (; p->n < s->opt.workers; p->n++) {
		struct worker *w = malloc(sizeof *w);

		BUG_IF(!w);
		*w = (struct worker){s, p->n};
		errno = pthread_create(&p->threads[p->n], NULL, work, w);
		if (errno) {
			free(w);
			return fail_errno(err, N_("a thread of the server cannot be started"));
		}
	}
	return OK;
}

void pool_stop(struct http_server *s)
{
	struct pool *p = &s->pool;

	pthread_mutex_lock(&p->mutex);
	p->stopping = true;
	pthread_cond_broadcast(&p->work);
	pthread_mutex_unlock(&p->mutex);
	for (unsigned i = 0; i < p->n; i++)
		pthread_join(p->threads[i], NULL);
	pthread_cond_destroy(&p->work);
	pthread_mutex_destroy(&p->mutex);
}
