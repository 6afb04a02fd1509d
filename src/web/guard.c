#include "web/guard.h"

#include "http/form.h"
#include "http/multipart.h"
#include "web/pages.h"
#include "web/register_view.h"

enum {
	COOKIE_SECONDS = 31536000, POST_BYTES = 64 << 10, LONG_BYTES = 1 << 20, UPLOAD_BYTES = 320 << 20,
};

/* ---- cookies ---- */

/* By TLS the browser itself holds the cookie to this host and path. */
static const char *cookie_name(const struct http_request *req)
{
	return req->secure ? "__Host-zeren" : "zeren";
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

enum err_code call_cookie(struct call *c, struct str token, struct err *err)
{
	return http_set(c->resp, "Set-Cookie",
		arena_printf(c->arena, "%s=" STR_FMT "; Path=/; HttpOnly; SameSite=Lax%s%s", cookie_name(c->req),
			STR_ARG(token), c->req->secure ? "; Secure" : "", token.n ? "" : "; Max-Age=0"),
		err);
}

/* ---- preferences ---- */

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
	if (!said)
		return OK;
	return http_set(c->resp, "Set-Cookie",
		arena_printf(c->arena, "%s=%s; Path=/; SameSite=Lax; Max-Age=%d", name, said, COOKIE_SECONDS), err);
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

/* ---- who asks ---- */

void seats_done(struct seats *s)
{
	for (size_t i = 0; i < SEATS; i++)
		arena_free(&s->of[i].arena);
}

/* His rights today, from the seat he sat on last or a new one. */
static enum err_code sit(struct call *c, struct seats *seats, struct err *err)
{
	struct date today = day_at(c->now);
	struct seat *seat = &seats->of[0];

	for (size_t i = 0; i < SEATS; i++) {
		struct seat *s = &seats->of[i];

		if (id_eq(s->account, c->session.account)) {
			seat = s;
			break;
		}
		if (s->used < seat->used)
			seat = s;
	}
	seat->used = ++seats->clock;
	if (!id_eq(seat->account, c->session.account) || seat->size != c->head.n || !date_eq(seat->day, today)) {
		arena_reset(&seat->arena);
		seat->account = ID_NONE;
		TRY(access_load(log_db(c->log), &seat->arena, c->session.account, today, &seat->access, err));
		seat->account = c->session.account;
		seat->size = c->head.n;
		seat->day = today;
	}
	c->access = &seat->access;
	c->sees_all = call_may(c, ACT_VIEW);
	return OK;
}

static enum err_code touch(struct tx *tx, void *ctx, struct err *err)
{
	struct call *c = ctx;

	return session_touch(tx->db, &c->session, c->now, err);
}

static bool posted(const struct call *c)
{
	return c->req->method == HTTP_POST;
}

/* To another page first, which leads back to this one. */
static enum err_code first_to(struct call *c, const char *page, struct err *err)
{
	struct str here = c->req->query.n ? arena_printf(c->arena, STR_FMT "?" STR_FMT, STR_ARG(call_here(c).text),
						    STR_ARG(c->req->query))
					  : call_here(c).text;
	struct url to = url_path(page);

	if (posted(c) || here.n < 2)
		return call_go(c, to, err);
	return call_go(c, url_query(c->arena, to, "to", here), err);
}

/* What a half session has to do next. */
static const char *needed(unsigned needs)
{
	return needs & NEED_SECOND ? "/second" : needs & NEED_PASSWORD ? "/password" : "/enrol";
}

/* OK with c->answered where another page is to come first. */
static enum err_code who(struct call *c, struct seats *seats, struct err *err)
{
	unsigned flags = c->route->flags;

	c->token = cookie(c->req, cookie_name(c->req));
	if (session_get(log_db(c->log), c->arena, c->token, c->now, &c->session, err) != OK) {
		if (err->code != ERR_DENIED)
			return err->code;
		c->token = STR_NONE;
		if (posted(c) && !(flags & ROUTE_OPEN))
			return err->code;
		err_clear(err);
		if (flags & ROUTE_OPEN)
			return OK;
		c->answered = true;
		return first_to(c, "/signin", err);
	}
	session_csrf(c->token, c->csrf);
	if (session_due(&c->session, c->now))
		TRY(call_write(c, touch, c, err));
	if (c->session.needs && !(flags & (ROUTE_OPEN | ROUTE_HALF))) {
		c->answered = true;
		return first_to(c, needed(c->session.needs), err);
	}
	return sit(c, seats, err);
}

static enum err_code granted(struct call *c, struct err *err)
{
	unsigned flags = c->route->flags;
	enum act act = (enum act)c->route->act;

	if (flags & ROUTE_OPEN)
		return OK;
	if (!(flags & ROUTE_ANY && call_may_any(c, act)))
		TRY(access_need(c->access, act, c->access->office, err));
	if (flags & ROUTE_STEP && !session_stepped(&c->session, c->now)) {
		c->answered = true;
		return first_to(c, "/step", err);
	}
	return OK;
}

/* ---- the form ---- */

static bool is(struct str s, const char *const *words)
{
	return of(s, words) != NULL;
}

/* Did the form come from a page of ours? By what browsers say of it. */
static bool same_origin(const struct http_request *req)
{
	struct str origin = http_header(req, "origin"), site = http_header(req, "sec-fetch-site"), scheme;

	if (site.n && !is(site, (const char *const[]){"same-origin", "none", NULL}))
		return false;
	if (!origin.n || (str_is(origin, "null") && site.n))
		return true;
	return str_cut(&origin, S("://"), &scheme) && is(scheme, (const char *const[]){"http", "https", NULL}) &&
		str_eq(origin, req->host);
}

static enum err_code read_form(struct call *c, struct given **out, size_t *n, struct err *err)
{
	struct str type = http_header(c->req, "content-type");
	struct multipart m = {0};
	struct given *g;

	if (str_starts(type, S("multipart/form-data")))
		TRY(multipart_read(c->arena, type, &c->req->body, &m, err));
	else if (c->req->body.size)
		TRY(form_read(c->arena, c->req->body.bytes, &m.form, err));
	g = ARENA_ARRAY(c->arena, struct given, m.form.n + m.nfiles);
	*n = 0;
	for (size_t i = 0; i < m.form.n; i++)
		g[(*n)++] = (struct given){.name = m.form.fields[i].name, .value = m.form.fields[i].value};
	for (size_t i = 0; i < m.nfiles; i++)
		g[(*n)++] = (struct given){.name = m.files[i].field, .is_file = true, .file = m.files[i].name,
			.fd = c->req->body.fd, .at = m.files[i].at, .size = m.files[i].size};
	*out = g;
	return OK;
}

enum err_code call_rate(struct call *c, enum rate rate, struct err *err)
{
	uint64_t key = c->req->peer_key;
	int64_t wait;

	for (size_t i = 0; !(c->route->flags & ROUTE_OPEN) && i < 8; i++)
		key = key << 8 ^ (unsigned char)c->session.hash.p[i];
	wait = rate_take(c->rates, rate, key, c->now);
	if (!wait)
		return OK;
	c->status = 429;
	TRY(http_set(c->resp, "Retry-After", arena_printf(c->arena, "%lld", (long long)wait), err));
	return fail(err, ERR_BUSY, "too often; wait %lld seconds", (long long)wait);
}

/* Whose form is it, and is it one too many? Forms of who is not signed in carry no token: the origin alone decides. */
static enum err_code own_form(struct call *c, const struct given *given, size_t n, struct err *err)
{
	struct str csrf = STR_NONE;
	bool open = c->route->flags & ROUTE_OPEN;

	for (size_t i = 0; i < n; i++)
		if (str_is(given[i].name, "csrf"))
			csrf = given[i].value;
	if (!same_origin(c->req) || (!open && !session_csrf_is(c->token, csrf))) {
		c->status = 403;
		return fail(err, ERR_DENIED, "this form is not from a page of yours; open the page again and send it "
			"from there");
	}
	return call_rate(c, open || c->route->flags & ROUTE_HALF ? RATE_SIGNIN : RATE_WRITE, err);
}

/* What every address and form may carry is taken here; the rest is the route's. */
static enum err_code parameters(struct call *c, const struct form *query, const struct route_match *m,
	const struct given *form, size_t nform, struct err *err)
{
	struct given *given = ARENA_ARRAY(c->arena, struct given, query->n + nform);
	size_t n = 0;

	for (size_t i = 0; i < query->n + nform; i++) {
		struct given g = i < nform ? form[i]
					   : (struct given){.name = query->fields[i - nform].name,
						     .value = query->fields[i - nform].value};

		if (is(g.name, (const char *const[]){"lang", "theme", "size", "csrf", NULL}))
			continue;
		if (!str_is(g.name, "on") || g.is_file) {
			given[n++] = g;
			continue;
		}
		if (!date_parse(g.value, &c->on))
			return fail(err, ERR_INPUT, "on: expected a day, as 2022-06-03");
		c->asked = true;
	}
	return values_read(c->arena, m, given, n, &c->values, err);
}

/* ---- in order ---- */

static struct str method_of(const struct http_request *req)
{
	return req->method == HTTP_POST ? S("POST") : S("GET");
}

enum err_code guard_call(struct call *c, struct seats *seats, struct err *err)
{
	struct route_match m = {0};
	struct form query = {0};
	struct given *form = NULL;
	size_t nform = 0;

	TRY(form_read(c->arena, c->req->query, &query, err));
	TRY(preferences(c, &query, err));
	switch (route_find(web_routes, web_nroutes, method_of(c->req), c->req->path, &m)) {
	case ROUTE_NO_PATH:
		return fail(err, ERR_NOT_FOUND, "there is no such page");
	case ROUTE_OTHER_METHOD:
		return fail(err, ERR_USAGE, "this page takes no forms");
	case ROUTE_FOUND:
		break;
	}
	c->route = m.route;
	TRY(world_head(c->log, &c->head, err));
	TRY(who(c, seats, err));
	if (!c->answered)
		TRY(granted(c, err));
	if (c->answered)
		return OK;
	if (posted(c)) {
		TRY(read_form(c, &form, &nform, err));
		TRY(own_form(c, form, nform, err));
	}
	TRY(parameters(c, &query, &m, form, nform, err));
	return ((page_fn *)m.route->run)(c, err);
}

struct http_allow guard_limit(const struct http_request *req)
{
	struct route_match m = {0};

	if (route_find(web_routes, web_nroutes, method_of(req), req->path, &m) != ROUTE_FOUND)
		return (struct http_allow){POST_BYTES, false};
	if (m.route->flags & ROUTE_UPLOAD && token_is(cookie(req, cookie_name(req))))
		return (struct http_allow){UPLOAD_BYTES, true};
	return (struct http_allow){m.route->flags & ROUTE_LONG ? LONG_BYTES : POST_BYTES, false};
}

/* ---- refusals ---- */

int guard_status(enum err_code code)
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
		return N_("Not allowed");
	case 404:
		return N_("Nothing here");
	case 405:
		return N_("Not this way");
	case 409:
		return N_("Something is in the way");
	case 429:
	case 503:
		return N_("Busy");
	default:
		return status < 500 ? N_("The address does not fit") : N_("This went wrong");
	}
}

void guard_trouble(struct call *c, const struct err *err)
{
	int status = c->status ? c->status : guard_status(err->code);
	struct trouble_view v = {.door = call_door(c, call_say(c, title_of(status))), .text = str_c(err->text)};
	struct err page = {.lang = c->lang};

	c->resp->status = status;
	buf_reset(&c->resp->body);
	page_trouble(page_begin(c), &v);
	page_end(c, &page);
}
