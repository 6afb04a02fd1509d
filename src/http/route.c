#include "http/route.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

enum { PARAM_BYTES = 200 };

/* ---- finding ---- */

/* The next part of a path; false at its end. */
static bool next_part(struct str *rest, struct str *part)
{
	return str_cut(rest, S("/"), part);
}

/* How well a pattern fits: 0 not at all, else more for each part that is literal. */
static unsigned fits(const char *pattern, struct str path, struct route_match *m)
{
	struct str want = str_c(pattern), have = path, w, h;
	unsigned score = 1;

	m->n = 0;
	for (;;) {
		bool more_w = next_part(&want, &w), more_h = next_part(&have, &h);

		if (more_w != more_h)
			return 0;
		if (!more_w)
			return score;
		score *= 2;
		if (w.n && w.p[0] == ':') {
			if (!h.n || m->n == ROUTE_SEGMENTS)
				return 0;
			m->parts[m->n++] = h;
		} else if (str_eq(w, h)) {
			score++;
		} else {
			return 0;
		}
	}
}

enum route_found route_find(
	const struct route *routes, size_t n, struct str method, struct str path, struct route_match *out)
{
	enum route_found found = ROUTE_NO_PATH;
	unsigned best = 0;

	if (str_is(method, "HEAD"))
		method = S("GET");
	for (size_t i = 0; i < n; i++) {
		struct route_match m = {.route = &routes[i]};
		unsigned score = fits(routes[i].path, path, &m);

		if (!score)
			continue;
		if (!str_is(method, routes[i].method)) {
			found = found == ROUTE_FOUND ? found : ROUTE_OTHER_METHOD;
		} else if (score > best) {
			best = score;
			*out = m;
			found = ROUTE_FOUND;
		}
	}
	return found;
}

/* ---- checking ---- */

static size_t place_of(const struct route *r, const char *name)
{
	for (size_t i = 0; i < r->nparams; i++)
		if (!strcmp(r->params[i].name, name))
			return i;
	BUG("route %s declares no parameter %s", r->path, name);
}

/* The parameter a name belongs to; nparams when none does. */
static size_t declared(const struct route *r, struct str name)
{
	for (size_t i = 0; i < r->nparams; i++) {
		struct str p = str_c(r->params[i].name);

		if (r->params[i].kind == PARAM_FIELDS ? str_starts(name, p) && name.n > p.n : str_eq(p, name))
			return i;
	}
	return r->nparams;
}

static bool plain(struct str s, bool lines)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c < 0x20 && !(lines && (c == '\n' || c == '\t'))) || c == 0x7f)
			return false;
	}
	return true;
}

/* Browsers send CR LF. */
static struct str unix_lines(struct arena *a, struct str s)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
			continue;
		out[n++] = s.p[i] == '\r' ? '\n' : s.p[i];
	}
	return (struct str){out, n};
}

static bool is_word(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < 0x80 && !(c >= '0' && c <= '9') && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z') &&
			!strchr("-_.~:", c))
			return false;
	}
	return s.n > 0;
}

static enum err_code check_value(struct arena *a, const struct param *p, struct given *g, struct err *err)
{
	struct date day;
	int64_t n;

	if (g->is_file != (p->kind == PARAM_FILE))
		return fail(err, ERR_INPUT, p->kind == PARAM_FILE ? N_("expected a file") : N_("expected no file"));
	if (g->is_file)
		return OK;
	if (p->kind == PARAM_LONG || p->kind == PARAM_FIELDS)
		g->value = unix_lines(a, g->value);
	else if (p->kind != PARAM_SECRET)
		g->value = str_trim(g->value);
	if (g->value.n > (p->max ? p->max : PARAM_BYTES))
		return fail(err, ERR_LIMIT, "longer than %zu bytes", p->max ? p->max : (size_t)PARAM_BYTES);
	if (!utf8_valid(g->value) || !plain(g->value, p->kind == PARAM_LONG || p->kind == PARAM_FIELDS))
		return fail(err, ERR_INPUT, "expected text without control characters");
	if (!g->value.n)
		return OK; /* an empty field of a form is one not given */
	switch (p->kind) {
	case PARAM_WORD:
		return is_word(g->value) ? OK : fail(err, ERR_INPUT, "expected a name or code");
	case PARAM_INT:
		return str_int(g->value, &n) && n >= 0 && n <= 1000000000000000
			? OK
			: fail(err, ERR_INPUT, "expected a whole number");
	case PARAM_DATE:
		return date_parse(g->value, &day) ? OK : fail(err, ERR_INPUT, "expected a day, as 2022-06-03");
	case PARAM_FLAG:
		return str_is(g->value, "1") || str_is(g->value, "on") || str_is(g->value, "yes")
			? OK
			: fail(err, ERR_INPUT, "expected 1, or nothing");
	default:
		return OK;
	}
}

static enum err_code take(struct arena *a, struct values *out, struct given g, struct err *err)
{
	size_t at = declared(out->route, g.name);
	const struct param *p = &out->route->params[at];
	struct given *have;

	if (at == out->route->nparams)
		return fail(err, ERR_INPUT, "%.60s: there is no such parameter here", arena_str(a, g.name).p);
	if (check_value(a, p, &g, err) != OK)
		return err_at(err, "%.60s", arena_str(a, g.name).p);
	if (!g.is_file && !g.value.n && p->kind != PARAM_FIELDS)
		return OK;
	if (out->of[at].n && !p->many && p->kind != PARAM_FIELDS)
		return fail(err, ERR_INPUT, "%.60s: given more than once", arena_str(a, g.name).p);
	have = ARENA_PUSH(a, out->of[at].p, out->of[at].n, out->of[at].cap);
	*have = g;
	return OK;
}

/* The parameters of the path, in the order they stand in it. */
static enum err_code take_path(struct arena *a, const struct route_match *m, struct values *out, struct err *err)
{
	struct str rest = str_c(m->route->path), part;
	size_t i = 0;

	while (next_part(&rest, &part)) {
		if (part.n && part.p[0] == ':') {
			struct given g = {.name = str_sub(part, 1, part.n), .value = m->parts[i++]};

			TRY(take(a, out, g, err));
		}
	}
	return OK;
}

enum err_code values_read(struct arena *a, const struct route_match *m, const struct given *given, size_t n,
	struct values *out, struct err *err)
{
	*out = (struct values){.route = m->route};
	if (n > PARAM_VALUES)
		return fail(err, ERR_LIMIT, "more than %d fields in one form", PARAM_VALUES);
	TRY(take_path(a, m, out, err));
	for (size_t i = 0; i < n; i++)
		TRY(take(a, out, given[i], err));
	for (size_t i = 0; i < m->route->nparams; i++)
		if (m->route->params[i].must && !out->of[i].n)
			return fail(err, ERR_REQUIRED, "%s: must be given", m->route->params[i].name);
	return OK;
}

/* ---- asking ---- */

const struct given *values_of(const struct values *v, const char *name, size_t *n)
{
	size_t at = place_of(v->route, name);

	*n = v->of[at].n;
	return v->of[at].p;
}

struct str value_of(const struct values *v, const char *name)
{
	size_t at = place_of(v->route, name);

	return v->of[at].n ? v->of[at].p[0].value : STR_NONE;
}

int64_t value_int(const struct values *v, const char *name)
{
	int64_t n;

	return str_int(value_of(v, name), &n) ? n : -1;
}

struct date value_date(const struct values *v, const char *name)
{
	struct date day;

	return date_parse(value_of(v, name), &day) ? day : DATE_NONE;
}

bool value_flag(const struct values *v, const char *name)
{
	return value_of(v, name).n > 0;
}
