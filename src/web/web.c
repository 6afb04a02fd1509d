#include "web/web.h"

#include "http/server.h"
#include "web/assets.h"
#include "web/drop.h"
#include "web/guard.h"
#include "web/previews.h"
#include "web/takes.h"
#include "web/verify.h"
#include "who/first.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

enum { WORKERS = 4, ADDRESS = 200 };

struct web {
	struct web_opt opt;
	struct http_app app;
	_Atomic(struct http_server *) server; /* set when its workers run already */
	struct worlds *worlds;
	struct previews *previews;
	struct rates *rates;
	struct drops *drops;
	struct takes *takes;
	struct verifier *verifier;
	struct log *log; /* the writer's */
	struct writer *writer;
	struct log **logs; /* [opt.workers], readers, each used by one worker */
	struct seats *seats; /* [opt.workers] */
	const char *hosts[4]; /* that a request may name; the last may be NULL */
	char address[ADDRESS];
	bool first;
	bool timing; /* ZEREN_TIMING=1: each answer says how many statements it took */
};

static void handle(void *ctx, unsigned worker, const struct http_request *req, struct http_response *resp)
{
	struct web *w = ctx;
	struct err err = {.lang = w->opt.lang};
	struct arena work = ARENA_INIT;
	struct call c = {.arena = &work,
		.log = w->logs[worker],
		.writer = w->writer,
		.rates = w->rates,
		.drops = w->drops,
		.takes = w->takes,
		.server = w->server,
		.verifier = w->verifier,
		.now = log_now(w->logs[worker]),
		.req = req,
		.resp = resp,
		.lang = w->opt.lang,
		.on = DATE_NONE,
		.worlds = w->worlds,
		.previews = w->previews};

	int64_t asked = db_asked(log_db(c.log));

	if (guard_call(&c, &w->seats[worker], &err) != OK)
		guard_trouble(&c, &err);
	if (w->timing)
		http_set(resp, "Server-Timing",
			arena_printf(req->arena, "statements;desc=\"%lld\"",
				(long long)(db_asked(log_db(c.log)) - asked)),
			&err);
	world_drop(w->worlds, &c.world);
	/* A page that is made needs nothing of how it was made: its memory is free while it waits to be sent. */
	if (resp->content == HTTP_MADE)
		arena_free(&work);
	else
		arena_join(req->arena, &work);
}

static struct http_allow limit(void *ctx, const struct http_request *req)
{
	return guard_limit(req);
}

/* ---- what lies in memory ---- */

static bool quick(void *ctx, const struct http_request *req, struct http_response *resp)
{
	struct err err = {0};

	if (str_is(req->path, "/health")) {
		http_type(resp, "text/plain; charset=utf-8");
		http_bytes(resp, S("ok\n"));
		return true;
	}
	for (const struct asset *a = web_assets; a->path; a++) {
		if (!str_is(req->path, a->path))
			continue;
		http_type(resp, a->type);
		http_set(resp, "Cache-Control", S("no-cache"), &err);
		if (!http_not_modified(req, resp, str_c(a->tag)))
			http_bytes(resp, (struct str){(const char *)a->bytes, a->n});
		return true;
	}
	return false;
}

/* ---- the server ---- */

static enum err_code loopback(const char *listen, struct err *err)
{
	struct str s = str_c(listen);

	if (str_starts(s, S("127.0.0.1:")) || str_starts(s, S("[::1]:")))
		return OK;
	return fail(err, ERR_INPUT,
		"%s: expected 127.0.0.1:PORT or [::1]:PORT; pages are for this machine alone as yet", listen);
}

/* The one that writes, in a thread of its own, and a reader for each worker. */
static enum err_code open_logs(struct web *w, struct err *err)
{
	struct log_opt opt = w->opt.log;

	TRY(log_open(w->opt.dir, opt, &w->log, err));
	TRY(writer_start(w->log, (struct writer_opt){0}, &w->writer, err));
	TRY(drops_open(w->opt.dir, opt, &w->drops, err));
	TRY(takes_open(w->opt.dir, opt, w->worlds, &w->takes, err));
	opt.read_only = true;
	for (unsigned i = 0; i < w->opt.workers; i++)
		TRY(log_open(w->opt.dir, opt, &w->logs[i], err));
	return OK;
}

static void web_free(struct web *w)
{
	drops_close(&w->drops);
	takes_close(&w->takes);
	verifier_free(&w->verifier);
	if (w->writer)
		writer_stop(&w->writer);
	for (unsigned i = 0; i < w->opt.workers; i++) {
		seats_done(&w->seats[i]);
		log_close(&w->logs[i]);
	}
	log_close(&w->log);
	worlds_free(&w->worlds);
	previews_free(&w->previews);
	rates_free(&w->rates);
	free(w->seats);
	free(w->logs);
	free(w);
}

static enum err_code make_token(struct tx *tx, void *ctx, struct err *err)
{
	return first_token(tx, log_now(tx->log), ctx, err);
}

/* While there is no account: the token that makes the first ones. Before the workers run: the readers are theirs. */
static enum err_code make_first(struct web *w, char token[TOKEN_TEXT], struct err *err)
{
	bool any;

	TRY(account_any(log_db(w->logs[0]), &any, err));
	w->first = !any;
	return w->first ? writer_do(w->writer, S("-"), S("cli"), make_token, token, err) : OK;
}

static void put_address(struct web *w, const struct http_server *server, const char *token)
{
	const char *colon = strrchr(w->opt.listen, ':');

	snprintf(w->address, sizeof w->address, "http://%.*s:%d/%s%s", (int)(colon - w->opt.listen), w->opt.listen,
		http_port(server, 0), w->first ? "first?token=" : "", w->first ? token : "");
}

static enum err_code start(struct web *w, struct err *err)
{
	static const char *const proxies[] = {"127.0.0.1", "::1"};
	struct http_opt opt = {.hosts = w->hosts, .nhosts = LEN(w->hosts) - !w->opt.host,
		.proxies = proxies, .nproxies = w->opt.host ? LEN(proxies) : 0, .listen = &w->opt.listen,
		.nlisten = 1,
		.workers = w->opt.workers,
		.lang = w->opt.lang,
		.limits = http_limits_default};
	struct http_server *server;
	char token[TOKEN_TEXT];

	w->app = (struct http_app){.ctx = w, .handle = handle, .quick = quick, .limit = limit};
	TRY(open_logs(w, err));
	TRY(make_first(w, token, err));
	TRY(http_start(&w->app, &opt, &server, err));
	put_address(w, server, token);
	w->server = server;
	return OK;
}

/* What a request frees the next one takes: without this each gives its pages back to the system and faults them in
 * anew. */
static void keep_memory(void)
{
	mallopt(M_MMAP_THRESHOLD, 4 << 20);
	mallopt(M_TRIM_THRESHOLD, 16 << 20);
	mallopt(M_ARENA_MAX, 4);
}

enum err_code web_start(const struct web_opt *opt, struct web **out, struct err *err)
{
	struct web *w;

	keep_memory();

	TRY(loopback(opt->listen, err));
	w = calloc(1, sizeof *w);
	if (!w)
		abort();
	w->opt = *opt;
	w->opt.workers = opt->workers ? opt->workers : WORKERS;
	w->logs = calloc(w->opt.workers, sizeof(struct log *));
	w->seats = calloc(w->opt.workers, sizeof *w->seats);
	if (!w->logs || !w->seats)
		abort();
	memcpy(w->hosts, (const char *[]){"localhost", "127.0.0.1", "[::1]", opt->host}, sizeof w->hosts);
	w->worlds = worlds_new();
	w->previews = previews_new();
	w->rates = rates_new();
	w->timing = getenv("ZEREN_TIMING") != NULL;
	w->verifier = verifier_new(opt->dir, opt->log);
	if (start(w, err) != OK) {
		web_free(w);
		return err->code;
	}
	*out = w;
	return OK;
}

struct str web_address(const struct web *w)
{
	return str_c(w->address);
}

bool web_first(const struct web *w)
{
	return w->first;
}

void web_stop(struct web *w)
{
	http_stop(w->server);
}

void web_wait(struct web **w)
{
	struct http_server *server = (*w)->server;

	http_wait(&server);
	web_free(*w);
	*w = NULL;
}
