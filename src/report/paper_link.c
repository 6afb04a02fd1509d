/* Numbers on paper lead to the pages where their records are: the office's address, and what stands behind it. */
#include "report/report.h"

enum { PORT_DIGITS = 5, PORT_MOST = 65535, HOST_MOST = 253, LINK_BYTES = 4096 };

/* ---- the address ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* A name of letters, digits, hyphens and dots, or IPv6 in brackets (RFC 3986, 3.2.2). */
static bool host_fits(struct str host)
{
	bool six = str_starts(host, S("[")) && str_ends(host, S("]"));

	if (six)
		host = str_sub(host, 1, host.n - 1);
	if (!host.n || host.n > HOST_MOST || (!six && (str_has(host, S("..")) || host.p[0] == '.')))
		return false;
	for (size_t i = 0; i < host.n; i++) {
		char c = host.p[i];

		bool more = six ? c == ':' || ((c | 32) >= 'a' && (c | 32) <= 'f') : is_letter(c) || c == '-';

		if (!more && !is_digit(c) && c != '.')
			return false;
	}
	return true;
}

static bool port_fits(struct str port)
{
	int64_t n;

	for (size_t i = 0; i < port.n; i++)
		if (!is_digit(port.p[i]))
			return false;
	return port.n && port.n <= PORT_DIGITS && str_int(port, &n) && n >= 1 && n <= PORT_MOST;
}

static bool is_address(struct str s)
{
	size_t from, colon, close = 0;
	struct str rest;

	if (str_starts(s, S("https://")))
		from = strlen("https://");
	else if (str_starts(s, S("http://")))
		from = strlen("http://");
	else
		return false;
	rest = str_sub(s, from, s.n);
	if (str_starts(rest, S("[")) && !str_find(rest, S("]"), &close))
		return false;
	if (!str_find(str_sub(rest, close, rest.n), S(":"), &colon))
		return host_fits(rest);
	colon += close;
	return host_fits(str_sub(rest, 0, colon)) && port_fits(str_sub(rest, colon + 1, rest.n));
}

enum err_code paper_address(struct str value, struct str *out, struct err *err)
{
	if (value.n > PAPER_ADDRESS_BYTES)
		return fail(err, ERR_LIMIT, "address: at most %d bytes", (int)PAPER_ADDRESS_BYTES);
	if (str_ends(value, S("/")))
		value.n--;
	if (!is_address(value))
		return fail(err, ERR_INPUT,
			"address: expected https:// or http:// and a server, such as https://zeren.example.gov.cn or "
			"http://10.0.0.8:8443, and nothing behind it, not " STR_FMT, STR_ARG(value));
	*out = value;
	return OK;
}

/* ---- what stands behind it ---- */

static void put_query(struct buf *b, char sign, const char *key, struct str value)
{
	buf_printf(b, "%c%s=", sign, key);
	buf_percent(b, value);
}

struct str report_link(const struct report *r, const struct said *s)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(LINK_BYTES);
	struct str address = r->paper.address;
	bool duty = s->kind == SAID_FIGURE && s->duty, figure = s->kind == SAID_FIGURE && s->figure && !duty;
	char on[DATE_TEXT];

	if (!address.n || r->redaction || s->value.n)
		return STR_NONE;
	buf_put(&b, address);
	if (duty) {
		buf_put(&b, S("/duties/"));
		buf_percent(&b, s->duty->duty->id);
	} else if (figure) {
		buf_put(&b, S("/report"));
	} else if (s->kind == SAID_FIELD && s->fact) {
		buf_printf(&b, "/records/%lld", (long long)s->fact->id.seq);
	} else {
		return STR_NONE;
	}
	put_query(&b, '?', "on", date_text(r->figures->on, on));
	if (figure) {
		if (r->opt.known > 0)
			buf_printf(&b, "&known=%lld", (long long)r->opt.known);
		put_query(&b, '&', "figure", s->name);
		buf_put(&b, S("#behind"));
	}
	return b.over ? STR_NONE : arena_str(r->arena, buf_str(&b));
}
