#include "web/html.h"

#include "doc/drawing.h"

#include <inttypes.h>
#include <stdio.h>

enum { NUMBER = 24, VALUE_MAX = 1 << 20 };

enum err_code html_done(const struct html *h, struct err *err)
{
	if (h->out->over)
		return fail(err, ERR_LIMIT, "the page is larger than %zu bytes", h->out->max);
	return OK;
}

void html_lit(struct html *h, const char *p, size_t n)
{
	buf_put(h->out, (struct str){p, n});
}

static const char *entity(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	case '\t': case '\n': return NULL;
	default: return (unsigned char)c < 0x20 || c == 0x7F ? "" : NULL;
	}
}

void html_text(struct html *h, struct str s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		const char *e = entity(s.p[i]);

		if (!e)
			continue;
		buf_put(h->out, str_sub(s, from, i));
		buf_put(h->out, str_c(e));
		from = i + 1;
	}
	buf_put(h->out, str_sub(s, from, s.n));
}

/* The value as text; buf is for those that have to be written out first. */
static struct str shown(struct html_arg x, char buf[NUMBER])
{
	int n;

	if (x.kind == HTML_STR)
		return x.s;
	if (x.kind == HTML_DATE)
		return date_text(x.date, buf);
	n = x.kind == HTML_INT ? snprintf(buf, NUMBER, "%" PRId64, (int64_t)x.n) :
		snprintf(buf, NUMBER, "%" PRIu64, x.n);
	return (struct str){buf, (size_t)n};
}

void html_put(struct html *h, struct html_arg x)
{
	char buf[NUMBER];

	html_text(h, shown(x, buf));
}

static struct str safe_segment(struct str s)
{
	return !s.n || str_is(s, ".") || str_is(s, "..") ? S("-") : s;
}

void html_segment(struct html *h, struct html_arg x)
{
	char buf[NUMBER];

	buf_percent(h->out, safe_segment(shown(x, buf)));
}

void html_query(struct html *h, struct html_arg x)
{
	char buf[NUMBER];

	buf_percent(h->out, shown(x, buf));
}

void html_url(struct html *h, struct url u)
{
	html_text(h, u.text);
}

void html_say(struct html *h, const char *key)
{
	html_text(h, str_c(tr(h->lang, key)));
}

/* Reads "s", "d" or "2$s" at *at, behind the %: which argument, from 0; next is the one in turn. */
static size_t directive(struct str f, size_t *at, size_t *next)
{
	if (*at + 1 < f.n && f.p[*at] >= '1' && f.p[*at] <= '9' && f.p[*at + 1] == '$') {
		size_t which = (size_t)(f.p[*at] - '1');

		*at += 3;
		return which;
	}
	*at += 1;
	return (*next)++;
}

void html_tr(struct html *h, const char *key, size_t n, const struct html_arg *args)
{
	struct str f = str_c(tr(h->lang, key));
	size_t next = 0, at;

	while (str_find(f, S("%"), &at)) {
		size_t which;

		html_text(h, str_sub(f, 0, at));
		at++;
		if (at < f.n && f.p[at] == '%') {
			html_text(h, S("%"));
			f = str_sub(f, at + 1, f.n);
			continue;
		}
		which = directive(f, &at, &next);
		if (which >= n || at > f.n)
			BUG("\"%s\": no argument %zu", key, which + 1);
		html_put(h, args[which]);
		f = str_sub(f, at, f.n);
	}
	html_text(h, f);
}

void html_made(struct html *h, struct str made)
{
	buf_put(h->out, made);
}

void html_drawing(struct html *h, const struct drawing *d)
{
	if (d)
		drawing_svg(d, false, h->out);
}

void html_csrf(struct html *h)
{
	buf_put(h->out, S("<input type=\"hidden\" name=\"csrf\" value=\""));
	html_text(h, h->csrf);
	buf_put(h->out, S("\">"));
}

/* u, then lit, then value encoded. */
static struct url with(struct arena *a, struct url u, const char *lit, struct str value)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(VALUE_MAX);

	buf_put(&b, u.text);
	buf_put(&b, str_c(lit));
	buf_percent(&b, value);
	return (struct url){arena_str(a, buf_str(&b))};
}

struct url url_path(const char *path)
{
	BUG_IF(path[0] != '/' || path[1] == '/' || path[1] == '\\');
	return (struct url){str_c(path)};
}

struct url url_add(struct arena *a, struct url u, struct str segment)
{
	BUG_IF(str_has(u.text, S("?")) || str_has(u.text, S("#")));
	return with(a, u, str_ends(u.text, S("/")) ? "" : "/", safe_segment(segment));
}

struct url url_query(struct arena *a, struct url u, const char *key, struct str value)
{
	BUG_IF(str_has(u.text, S("#")));
	u = with(a, u, str_has(u.text, S("?")) ? "&" : "?", str_c(key));
	return with(a, u, "=", value);
}

struct url url_at(struct arena *a, struct url u, struct str fragment)
{
	BUG_IF(str_has(u.text, S("#")));
	return with(a, u, "#", fragment);
}
