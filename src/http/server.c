#include "http/conn.h"

#include "base/file.h"

#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	SLACK = 64,          /* connections above the cap that get an answer before they go */
	AT_ONCE = 64,        /* accepted at one wake-up */
	BACKLOG = 512,
};

/* ---- a loop ---- */

/* Takes what other threads have put on the lists. */
static void on_wake(uv_async_t *wake)
{
	struct loop *l = wake->data;
	struct exchange *done;
	struct accepted fresh;

	pthread_mutex_lock(&l->mutex);
	done = l->done;
	l->done = NULL;
	while (l->ninbox) {
		fresh = l->inbox[--l->ninbox];
		pthread_mutex_unlock(&l->mutex);
		conn_open(l, fresh.fd, fresh.from);
		pthread_mutex_lock(&l->mutex);
	}
	pthread_mutex_unlock(&l->mutex);
	while (done) {
		struct exchange *x = done;

		done = x->next;
		conn_done(x);
	}
}

static void for_all(struct loop *l, void (*fn)(struct conn *c))
{
	for (struct conn *c = l->first; c; c = c->next)     /* closing unlinks later, in a callback */
		fn(c);
}

static void close_if_idle(struct conn *c)
{
	if (conn_idle(c))
		conn_close(c);
}

static void close_if_ours(struct conn *c)
{
	if (c->state != CONN_BUSY)
		conn_close(c);
}

static void close_handle(uv_handle_t *handle)
{
	if (!uv_is_closing(handle))
		uv_close(handle, NULL);
}

static void stop_listening(struct http_server *s)
{
	for (size_t i = 0; i < s->nlisteners; i++) {
		close_handle((uv_handle_t *)&s->listeners[i].poll);
		fd_close(&s->listeners[i].fd);
	}
	atomic_store(&s->listening, false);
}

/* A tick while the server stops. The last one of a loop is the one that finds nothing left: no connection, and nobody
 * who could still give it one. */
static void stop_tick(struct loop *l)
{
	struct http_server *s = l->server;

	if (!l->stopping) {
		l->stopping = true;
		l->stop_at = uv_now(&l->uv) + (uint64_t)s->opt.limits.stop_ms;
		if (l == s->loops)
			stop_listening(s);
	}
	if (atomic_load(&s->listening))
		return;
	on_wake(&l->wake);
	for_all(l, uv_now(&l->uv) < l->stop_at ? close_if_idle : close_if_ours);
	if (l->first)
		return;
	close_handle((uv_handle_t *)&l->wake);
	close_handle((uv_handle_t *)&l->tick);
}

static void set_date(struct loop *l)
{
	respond_date(time(NULL), l->date);
}

static void start_polls(struct http_server *s);

static void on_tick(uv_timer_t *tick)
{
	struct loop *l = tick->data;

	set_date(l);
	for_all(l, conn_tick);
	if (atomic_load(&l->server->stop))
		stop_tick(l);
	else if (l == l->server->loops)
		start_polls(l->server);
}

static void *run_loop(void *ctx)
{
	struct loop *l = ctx;

	uv_run(&l->uv, UV_RUN_DEFAULT);
	return NULL;
}

/* ---- accepting: the first loop ---- */

static void give(struct loop *l, int fd, struct peer from)
{
	pthread_mutex_lock(&l->mutex);
	l->inbox[l->ninbox++] = (struct accepted){fd, from};
	uv_async_send(&l->wake);
	pthread_mutex_unlock(&l->mutex);
}

static void take_connection(struct http_server *s, int fd, struct peer from)
{
	unsigned at = (unsigned)(peer_key(from) % s->opt.loops);

	COUNT(s, accepted, 1);
	if (COUNT(s, open, 1) >= s->opt.limits.connections + SLACK) {
		COUNT(s, open, -1);
		COUNT(s, refused, 1);
		close(fd);
		return;
	}
	if (peer_in(s->proxies, s->opt.nproxies, from))
		at = s->next_loop++ % s->opt.loops;
	if (at == 0)
		conn_open(s->loops, fd, from);
	else
		give(&s->loops[at], fd, from);
}

/* Without descriptors left, accepting rests until the next tick; else the poll would spin. */
static void on_connection(uv_poll_t *poll, int status, int events)
{
	struct http_server *s = ((struct loop *)poll->loop->data)->server;
	struct listener *it = poll->data;
	struct sockaddr_storage sa;

	for (int i = 0; i < AT_ONCE; i++) {
		socklen_t len = sizeof sa;
		int fd = accept4(it->fd, (struct sockaddr *)&sa, &len, SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (fd >= 0) {
			take_connection(s, fd, peer_of((struct sockaddr *)&sa));
		} else if (errno != EINTR && errno != ECONNABORTED) {
			if (errno != EAGAIN)
				uv_poll_stop(poll);
			return;
		}
	}
}

static void start_polls(struct http_server *s)
{
	for (size_t i = 0; i < s->nlisteners; i++)
		if (!uv_is_active((uv_handle_t *)&s->listeners[i].poll))
			uv_poll_start(&s->listeners[i].poll, UV_READABLE, on_connection);
}

static bool bind_and_listen(int fd, const struct sockaddr_storage *sa, socklen_t len)
{
	int one = 1;

	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	if (sa->ss_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one);
	return bind(fd, (const struct sockaddr *)sa, len) == 0 && listen(fd, BACKLOG) == 0;
}

static int port_of(int fd)
{
	struct sockaddr_storage sa = {0};
	socklen_t len = sizeof sa;

	getsockname(fd, (struct sockaddr *)&sa, &len);
	return ntohs(sa.ss_family == AF_INET ? ((struct sockaddr_in *)(void *)&sa)->sin_port :
		((struct sockaddr_in6 *)(void *)&sa)->sin6_port);
}

static enum err_code listen_at(struct http_server *s, const char *where, struct err *err)
{
	struct listener *it = &s->listeners[s->nlisteners];
	struct sockaddr_storage sa;
	socklen_t len;

	if (!peer_listen(str_c(where), &sa, &len))
		return fail(err, ERR_INPUT, N_("\"%s\" is no address to listen on; write 127.0.0.1:8080 or [::1]:8080"),
			where);
	it->fd = socket(sa.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (it->fd < 0 || !bind_and_listen(it->fd, &sa, len)) {
		fail_errno(err, N_("%s cannot be listened on"), where);
		fd_close(&it->fd);
		return err->code;
	}
	it->port = port_of(it->fd);
	if (uv_poll_init(&s->loops->uv, &it->poll, it->fd) < 0)
		BUG("uv_poll_init");
	it->poll.data = it;
	s->nlisteners++;
	return OK;
}

/* ---- the start ---- */

static void loop_init(struct http_server *s, struct loop *l)
{
	size_t room = (size_t)s->opt.limits.connections + SLACK;
	uint64_t tick = (uint64_t)s->opt.limits.tick_ms;

	l->server = s;
	l->inbox = ARENA_ARRAY(&s->arena, struct accepted, room);
	pthread_mutex_init(&l->mutex, NULL);
	if (uv_loop_init(&l->uv) < 0 || uv_async_init(&l->uv, &l->wake, on_wake) < 0 ||
			uv_timer_init(&l->uv, &l->tick) < 0 || uv_timer_start(&l->tick, on_tick, tick, tick) < 0)
		BUG("a loop of libuv cannot be made");
	l->uv.data = l->wake.data = l->tick.data = l;
	set_date(l);
}

static void set_defaults(struct http_opt *opt)
{
	static const char *const hosts[] = {"localhost", "127.0.0.1", "[::1]"};
	static const char *const listen[] = {"127.0.0.1:8080", "[::1]:8080"};

	if (!opt->nlisten)
		opt->listen = listen, opt->nlisten = LEN(listen);
	if (!opt->nhosts)
		opt->hosts = hosts, opt->nhosts = LEN(hosts);
	if (!opt->spool)
		opt->spool = "/tmp";
	opt->loops = opt->loops ? opt->loops : 1;
	opt->workers = opt->workers ? opt->workers : 4;
}

static enum err_code read_proxies(struct http_server *s, struct err *err)
{
	s->proxies = ARENA_ARRAY(&s->arena, struct peer_net, s->opt.nproxies);
	for (size_t i = 0; i < s->opt.nproxies; i++)
		if (!peer_net_parse(str_c(s->opt.proxies[i]), &s->proxies[i]))
			return fail(err, ERR_INPUT, N_("\"%s\" is no address of a proxy; write 10.0.0.1 or 10.0.0.0/8"),
				s->opt.proxies[i]);
	return OK;
}

static enum err_code start_threads(struct http_server *s, unsigned *started, struct err *err)
{
	TRY(pool_start(s, err));
	for (; *started < s->opt.loops; ++*started) {
		struct loop *l = &s->loops[*started];

		errno = pthread_create(&l->thread, NULL, run_loop, l);
		if (errno)
			return fail_errno(err, N_("a thread of the server cannot be started"));
	}
	return OK;
}

static enum err_code start(struct http_server *s, unsigned *started, struct err *err)
{
	sigset_t all, before;
	enum err_code code;

	TRY(read_proxies(s, err));
	for (size_t i = 0; i < s->opt.nlisten; i++)
		TRY(listen_at(s, s->opt.listen[i], err));
	start_polls(s);
	sigfillset(&all);               /* SIGPIPE among them: a broken connection is an error code */
	pthread_sigmask(SIG_SETMASK, &all, &before);
	code = start_threads(s, started, err);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return code;
}

/* Runs the loops whose thread was not started in this one, so that their handles close; then frees everything. */
static void finish(struct http_server *s, unsigned started)
{
	for (unsigned i = 0; i < started; i++)
		pthread_join(s->loops[i].thread, NULL);
	for (unsigned i = started; i < s->opt.loops; i++)
		uv_run(&s->loops[i].uv, UV_RUN_DEFAULT);
	if (s->pool.last)
		pool_stop(s);
	for (unsigned i = 0; i < s->opt.loops; i++) {
		if (uv_loop_close(&s->loops[i].uv) < 0)
			BUG("a handle of a loop was left open");
		pthread_mutex_destroy(&s->loops[i].mutex);
	}
	free(s->loops);
	arena_free(&s->arena);
	free(s);
}

enum err_code http_start(const struct http_app *app, const struct http_opt *opt, struct http_server **out,
	struct err *err)
{
	struct http_server *s = calloc(1, sizeof *s);
	unsigned started = 0;
	enum err_code code;

	BUG_IF(!s || !app->handle);
	s->app = app;
	s->opt = *opt;
	set_defaults(&s->opt);
	s->rules = (struct head_rules){s->opt.hosts, s->opt.nhosts};
	s->budget = (struct body_budget){.memory_max = opt->limits.body_memory, .disk_max = opt->limits.body_disk};
	s->loops = calloc(s->opt.loops, sizeof *s->loops);
	BUG_IF(!s->loops);
	s->listeners = ARENA_ARRAY(&s->arena, struct listener, s->opt.nlisten);
	s->listening = true;
	for (unsigned i = 0; i < s->opt.loops; i++)
		loop_init(s, &s->loops[i]);
	code = start(s, &started, err);
	if (code != OK) {
		http_stop(s);
		finish(s, started);
		return code;
	}
	*out = s;
	return OK;
}

int http_port(const struct http_server *s, size_t i)
{
	return i < s->nlisteners ? s->listeners[i].port : 0;
}

void http_stop(struct http_server *s)
{
	atomic_store(&s->stop, true);
}

void http_wait(struct http_server **s)
{
	if (*s)
		finish(*s, (*s)->opt.loops);
	*s = NULL;
}

void http_counts(struct http_server *s, struct http_counts *out)
{
#define C(name) out->name = atomic_load_explicit(&s->counts.name, memory_order_relaxed);
	HTTP_COUNTS(C)
#undef C
	out->body_memory = atomic_load(&s->budget.memory);
	out->body_disk = atomic_load(&s->budget.disk);
}
