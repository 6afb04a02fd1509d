#include "web/web.h"

#include "http/form.h"
#include "http/server.h"
#include "web/assets.h"
#include "web/pages.h"
#include "web/register_view.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { KEY_BYTES = 32, KEY_TEXT = 2 * KEY_BYTES + 1, WORKERS = 4, ADDRESS = 200, COOKIE_SECONDS = 31536000 };

struct web {
	struct web_opt opt;
	struct http_app app;
	struct http_server *server;
	struct worlds *worlds;
	struct log **logs; /* [opt.workers], each used by one worker */
	char key[KEY_TEXT]; /* stands in the printed address */
	char pass[KEY_TEXT]; /* the cookie it is changed for */
	char address[ADDRESS];
};

/* ---- who may ---- */

static void random_hex(char out[KEY_TEXT])
{
	unsigned char raw[KEY_BYTES];

	if (getrandom(raw, sizeof raw, 0) != (ssize_t)sizeof raw)
		abort();
	for (size_t i = 0; i < sizeof raw; i++)
		snprintf(out + 2 * i, 3, "%02x", raw[i]);
}

/* In the same time wherever they differ. */
static bool secret_is(const char *secret, struct str given)
{
	unsigned char diff = given.n != KEY_TEXT - 1;

	for (size_t i = 0; i < KEY_TEXT - 1; i++)
		diff |= (unsigned char)secret[i] ^ (unsigned char)(i < given.n ? given.p[i] : 0);
	return !diff;
}

/* The value of a cookie; empty when there is none. */
static struct str cookie(const struct http_request *req, const char *name)
{
	struct str rest = http_header(req, "cookie"), part, key;

	while (str_cut(&rest, S(";"), &part)) {
		part = str_trim(part);
		if (str_cut(&part, S("="), &key) && str_is(key, name))
			return part;
	}
	return STR_NONE;
}

static enum err_code set_cookie(struct call *c, const char *name, const char *value, bool secret, struct err *err)
{
	return http_set(c->resp, "Set-Cookie",
		arena_printf(c->arena, "%s=%s; Path=/; SameSite=%s%s", name, value,
			secret ? "Strict; HttpOnly" : "Lax; Max-Age=",
			secret ? "" : arena_printf(c->arena, "%d", COOKIE_SECONDS).p),
		err);
}

/* /enter?key=…: the printed key for the browser's cookie. The key leaves the address bar with the redirect. */
static enum err_code enter(struct web *w, struct call *c, const struct form *query, struct err *err)
{
	if (!secret_is(w->key, form_get(query, "key")))
		return fail(err, ERR_DENIED, "open the address that zeren serve has printed");
	TRY(set_cookie(c, "zeren", w->pass, true, err));
	return http_redirect(c->resp, S("/"), err);
}

/* ---- a request ---- */

static const char *of(struct str value, const char *const *words)
{
	for (; *words; words++)
		if (str_is(value, *words))
			return *words;
	return NULL;
}

/* A choice in the address is kept in a cookie from then on. */
static enum err_code choose(struct call *c, const struct form *query, const char *name, const char *const *words,
	const char **out, struct err *err)
{
	const char *said = of(form_get(query, name), words);

	*out = said ? said : of(cookie(c->req, name), words);
	return said ? set_cookie(c, name, said, false, err) : OK;
}

static enum err_code preferences(struct call *c, const struct form *query, struct err *err)
{
	const char *lang;

	TRY(choose(c, query, "lang", (const char *const[]){"zh", "en", NULL}, &lang, err));
	TRY(choose(c, query, "theme", (const char *const[]){"light", "dark", "auto", NULL}, &c->theme, err));
	TRY(choose(c, query, "size", (const char *const[]){"large", "normal", NULL}, &c->size, err));
	if (lang)
		c->lang = lang[0] == 'e' ? LANG_EN : LANG_ZH;
	if (c->theme && c->theme[0] == 'a')
		c->theme = NULL;
	if (c->size && c->size[0] == 'n')
		c->size = NULL;
	err->lang = c->lang;
	return OK;
}

/* What every address may carry is taken here; the rest is the route's. */
static enum err_code parameters(struct call *c, const struct form *query, const struct route_match *m, struct err *err)
{
	struct given *given = ARENA_ARRAY(c->arena, struct given, query->n);
	size_t n = 0;

	for (size_t i = 0; i < query->n; i++) {
		struct str name = query->fields[i].name;

		if (str_is(name, "lang") || str_is(name, "theme") || str_is(name, "size"))
			continue;
		if (!str_is(name, "on")) {
			given[n++] = (struct given){.name = name, .value = query->fields[i].value};
			continue;
		}
		if (!date_parse(query->fields[i].value, &c->on))
			return fail(err, ERR_INPUT, "on: expected a day, as 2022-06-03");
		c->asked = true;
	}
	return values_read(c->arena, m, given, n, &c->values, err);
}

static enum err_code answer(struct web *w, struct call *c, struct err *err)
{
	struct route_match m = {0};
	struct form query = {0};

	TRY(form_read(c->arena, c->req->query, &query, err));
	TRY(preferences(c, &query, err));
	if (str_is(c->req->path, "/enter"))
		return enter(w, c, &query, err);
	if (!secret_is(w->pass, cookie(c->req, "zeren")))
		return fail(err, ERR_DENIED, "open the address that zeren serve has printed");
	switch (route_find(
		web_routes, web_nroutes, c->req->method == HTTP_POST ? S("POST") : S("GET"), c->req->path, &m)) {
	case ROUTE_NO_PATH:
		return fail(err, ERR_NOT_FOUND, "there is no such page");
	case ROUTE_OTHER_METHOD:
		return fail(err, ERR_USAGE, "this page takes no forms");
	case ROUTE_FOUND:
		break;
	}
	c->route = m.route;
	TRY(parameters(c, &query, &m, err));
	return ((page_fn *)m.route->run)(c, err);
}

/* ---- trouble ---- */

static int status_of(enum err_code code)
{
	switch (code) {
	case ERR_USAGE:
		return 405;
	case ERR_INPUT:
	case ERR_REQUIRED:
	case ERR_LIMIT:
		return 400;
	case ERR_NOT_FOUND:
		return 404;
	case ERR_DENIED:
		return 403;
	case ERR_CONFLICT:
		return 409;
	case ERR_BUSY:
		return 503;
	default:
		return 500;
	}
}

static const char *title_of(int status)
{
	switch (status) {
	case 403:
		return N_("Not signed in");
	case 404:
		return N_("Nothing here");
	case 405:
		return N_("Not this way");
	case 409:
		return N_("Something is in the way");
	case 503:
		return N_("Busy");
	default:
		return status < 500 ? N_("The address does not fit") : N_("This went wrong");
	}
}

static void trouble(struct call *c, int status, const char *text)
{
	struct trouble_view v = {.lang = c->lang == LANG_ZH ? "zh-CN" : "en",
		.title = call_say(c, title_of(status)),
		.text = str_c(text)};
	struct err err = {.lang = c->lang};

	c->resp->status = status;
	buf_reset(&c->resp->body);
	page_trouble(page_begin(c), &v);
	page_end(c, &err);
}

static void handle(void *ctx, unsigned worker, const struct http_request *req, struct http_response *resp)
{
	struct web *w = ctx;
	struct err err = {.lang = w->opt.lang};
	struct call c = {.arena = req->arena,
		.log = w->logs[worker],
		.req = req,
		.resp = resp,
		.lang = w->opt.lang,
		.on = DATE_NONE,
		.worlds = w->worlds};

	if (answer(w, &c, &err) != OK)
		trouble(&c, status_of(err.code), err.text);
	world_drop(w->worlds, &c.world);
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

static enum err_code open_logs(struct web *w, struct err *err)
{
	struct log_opt opt = w->opt.log;

	opt.read_only = true;
	for (unsigned i = 0; i < w->opt.workers; i++)
		TRY(log_open(w->opt.dir, opt, &w->logs[i], err));
	return OK;
}

static void web_free(struct web *w)
{
	for (unsigned i = 0; i < w->opt.workers; i++)
		log_close(&w->logs[i]);
	worlds_free(&w->worlds);
	free(w->logs);
	free(w);
}

static enum err_code start(struct web *w, struct err *err)
{
	struct http_opt opt = {.listen = &w->opt.listen,
		.nlisten = 1,
		.workers = w->opt.workers,
		.lang = w->opt.lang,
		.limits = http_limits_default};
	const char *colon = strrchr(w->opt.listen, ':');

	w->app = (struct http_app){.ctx = w, .handle = handle, .quick = quick};
	TRY(open_logs(w, err));
	TRY(http_start(&w->app, &opt, &w->server, err));
	snprintf(w->address, sizeof w->address, "http://%.*s:%d/enter?key=%s", (int)(colon - w->opt.listen),
		w->opt.listen, http_port(w->server, 0), w->key);
	return OK;
}

enum err_code web_start(const struct web_opt *opt, struct web **out, struct err *err)
{
	struct web *w;

	TRY(loopback(opt->listen, err));
	w = calloc(1, sizeof *w);
	if (!w)
		abort();
	w->opt = *opt;
	w->opt.workers = opt->workers ? opt->workers : WORKERS;
	w->logs = calloc(w->opt.workers, sizeof(struct log *));
	if (!w->logs)
		abort();
	w->worlds = worlds_new();
	random_hex(w->key);
	random_hex(w->pass);
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

void web_stop(struct web *w)
{
	http_stop(w->server);
}

void web_wait(struct web **w)
{
	http_wait(&(*w)->server);
	web_free(*w);
	*w = NULL;
}
