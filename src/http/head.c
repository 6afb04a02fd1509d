#include "http/head.h"

#include <strings.h>

enum { BEGIN, BEGIN_LF, LINE, LINE_LF, FIELD, NAME, VALUE, VALUE_LF, END_LF };

static int refuse(int status, const char *text, const char **why)
{
	*why = text;
	return status;
}

bool http_token_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		(c && strchr("!#$%&'*+-.^_`|~", c));
}

bool http_same(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || !strncasecmp(a.p, b.p, a.n));
}

/* ---- the request line ---- */

static int read_version(struct str s, int *minor, const char **why)
{
	if (s.n != 8 || !str_starts(s, S("HTTP/")) || s.p[6] != '.' || s.p[5] < '0' || s.p[5] > '9' ||
			s.p[7] < '0' || s.p[7] > '9')
		return refuse(400, N_("the request line is not in the form expected"), why);
	if (s.p[5] != '1' || s.p[7] > '1')
		return refuse(505, N_("only HTTP/1.0 and HTTP/1.1 are spoken here"), why);
	*minor = s.p[7] - '0';
	return HTTP_DONE;
}

static int read_line(struct str line, struct http_request *req, struct str *target, const char **why)
{
	static const char *const methods[] = {[HTTP_GET] = "GET", [HTTP_HEAD] = "HEAD", [HTTP_POST] = "POST"};
	struct str rest = line, method, version;
	int status;

	if (!str_cut(&rest, S(" "), &method) || !str_cut(&rest, S(" "), target) || !str_cut(&rest, S(" "), &version) ||
			rest.p || !target->n)
		return refuse(400, N_("the request line is not in the form expected"), why);
	for (size_t i = 0; i < method.n; i++)
		if (!http_token_byte(method.p[i]))
			return refuse(400, N_("the request line is not in the form expected"), why);
	status = read_version(version, &req->minor, why);
	if (status != HTTP_DONE)
		return status;
	for (size_t i = 0; i < LEN(methods); i++)
		if (str_is(method, methods[i])) {
			req->method = (enum http_method)i;
			return HTTP_DONE;
		}
	return refuse(501, N_("only GET, HEAD and POST are known here"), why);
}

/* ---- byte by byte ---- */

static int begin_field(struct head_scan *s, const struct http_limits *l, char c, const char **why)
{
	s->line = s->at;
	s->state = c == '\r' ? END_LF : NAME;
	if (c != '\r' && !http_token_byte(c))
		return refuse(400, N_("a header line does not begin with a name"), why);
	if (c != '\r' && (int64_t)++s->fields > l->headers)
		return refuse(431, N_("too many header lines"), why);
	return HTTP_MORE;
}

static int end_line(struct head_scan *s, struct str in, const char **why)
{
	struct http_request scratch;
	struct str target;
	int status = read_line(str_sub(in, s->line, s->at - 1), &scratch, &target, why);

	s->state = FIELD;
	return status == HTTP_DONE ? HTTP_MORE : status;
}

static int step(struct head_scan *s, const struct http_limits *l, struct str in, char c, const char **why)
{
	switch (s->state) {
	case BEGIN:
		s->line = s->at;
		if (c == '\r' && !s->skipped) {
			s->state = BEGIN_LF;
			return HTTP_MORE;
		}
		s->state = LINE;
		return c >= 'A' && c <= 'Z' ? HTTP_MORE : refuse(400, N_("this is not an HTTP request"), why);
	case LINE:
		if (c == '\r')
			s->state = LINE_LF;
		else if (c < ' ' || c > '~')
			return refuse(400, N_("a byte that may not stand in the request line"), why);
		return HTTP_MORE;
	case FIELD:
		return begin_field(s, l, c, why);
	case NAME:
		if (c == ':')
			s->state = VALUE;
		else if (!http_token_byte(c))
			return refuse(400, N_("a byte that may not stand in the name of a header"), why);
		return HTTP_MORE;
	case VALUE:
		if (c == '\r')
			s->state = VALUE_LF;
		else if ((unsigned char)c < ' ' || c == 0x7F)
			return refuse(400, N_("a byte that may not stand in a header"), why);
		return HTTP_MORE;
	}
	if (c != '\n')
		return refuse(400, N_("a line is not ended by CR and LF"), why);
	if (s->state == LINE_LF)
		return end_line(s, in, why);
	if (s->state == END_LF)
		return HTTP_DONE;
	s->skipped |= s->state == BEGIN_LF;
	s->state = s->state == BEGIN_LF ? BEGIN : FIELD;
	return HTTP_MORE;
}

int head_scan(struct head_scan *s, const struct http_limits *limits, struct str in, const char **why)
{
	while (s->at < in.n) {
		int status = step(s, limits, in, in.p[s->at], why);

		if (status >= 400)
			return status;
		s->at++;
		if ((int64_t)s->at > limits->head_bytes)
			return refuse(431, N_("the head of the request is too long"), why);
		if ((int64_t)(s->at - s->line) > limits->line_bytes + 2)
			return s->state == LINE || s->state == LINE_LF ?
				refuse(414, N_("the request line is too long"), why) :
				refuse(431, N_("a header line is too long"), why);
		if (status == HTTP_DONE)
			return HTTP_DONE;
	}
	return HTTP_MORE;
}

/* ---- the rules ---- */

static struct str trim(struct str s)
{
	while (s.n && s.p[0] == ' ')
		s = (struct str){s.p + 1, s.n - 1};
	while (s.n && s.p[s.n - 1] == ' ')
		s.n--;
	return s;
}

/* What the rules look at; found by name on the way. */
struct seen {
	struct str host, length, encoding;
	size_t hosts, lengths, encodings;
};

static bool host_known(const struct head_rules *rules, struct str host)
{
	size_t n = host.n, digits = 0;

	while (n && host.p[n - 1] >= '0' && host.p[n - 1] <= '9')
		n--, digits++;
	if (n && host.p[n - 1] == ':' && digits >= 1 && digits <= 5)
		host.n = n - 1;
	for (size_t i = 0; i < rules->nhosts; i++)
		if (http_same(host, str_c(rules->hosts[i])))
			return true;
	return false;
}

/* Does a header of that name hold the word in its list? */
static bool listed(const struct http_request *req, struct str name, struct str word)
{
	struct str part;

	for (size_t i = 0; i < req->nheaders; i++) {
		struct str value = req->headers[i].value;

		while (http_same(req->headers[i].name, name) && str_cut(&value, S(","), &part))
			if (http_same(trim(part), word))
				return true;
	}
	return false;
}

static int look_at(struct http_header h, struct seen *seen, struct http_framing *out, const char **why)
{
	if (http_same(h.name, S("host"))) {
		seen->host = h.value;
		seen->hosts++;
	} else if (http_same(h.name, S("content-length"))) {
		seen->length = h.value;
		seen->lengths++;
	} else if (http_same(h.name, S("transfer-encoding"))) {
		seen->encoding = h.value;
		seen->encodings++;
	} else if (http_same(h.name, S("content-encoding"))) {
		return refuse(415, N_("bodies are taken without Content-Encoding only"), why);
	} else if (http_same(h.name, S("expect"))) {
		if (!http_same(h.value, S("100-continue")))
			return refuse(417, N_("only 100-continue may be expected"), why);
		out->expect = true;
	}
	return HTTP_DONE;
}

static int read_fields(struct str rest, struct http_request *req, struct seen *seen, struct http_framing *out,
	const char **why)
{
	struct str line, name;
	size_t cap = 0;

	while (str_cut(&rest, S("\r\n"), &line) && line.n) {
		struct http_header *h = ARENA_PUSH(req->arena, req->headers, req->nheaders, cap);
		int status;

		str_cut(&line, S(":"), &name);
		*h = (struct http_header){name, trim(line)};
		status = look_at(*h, seen, out, why);
		if (status != HTTP_DONE)
			return status;
	}
	return HTTP_DONE;
}

static int check_body(const struct seen *seen, struct http_request *req, struct http_framing *out, const char **why)
{
	out->chunked = seen->encodings > 0;
	if (seen->encodings > 1 || (out->chunked && (seen->lengths || req->minor == 0)))
		return refuse(400, N_("Transfer-Encoding twice, with Content-Length, or in HTTP/1.0"), why);
	if (out->chunked && !str_is(seen->encoding, "chunked"))
		return refuse(501, N_("only Transfer-Encoding: chunked is known here"), why);
	if (seen->lengths > 1 || (seen->lengths && (!str_int(seen->length, &out->length) || seen->length.p[0] == '-')))
		return refuse(400, N_("Content-Length is not one number"), why);
	if (req->method != HTTP_POST && (out->chunked || out->length))
		return refuse(400, N_("only POST may have a body"), why);
	if (req->method == HTTP_POST && !out->chunked && !seen->lengths)
		return refuse(411, N_("the body has no length"), why);
	if (out->chunked)
		out->length = -1;
	return HTTP_DONE;
}

int head_read(const struct head_rules *rules, struct str head, struct http_request *req, struct http_framing *out,
	const char **why)
{
	struct seen seen = {0};
	struct str rest = head, line, target;
	int status;

	*out = (struct http_framing){0};
	if (str_starts(rest, S("\r\n")))
		rest = str_sub(rest, 2, rest.n);
	str_cut(&rest, S("\r\n"), &line);
	status = read_line(line, req, &target, why);
	if (status == HTTP_DONE)
		status = read_fields(rest, req, &seen, out, why);
	if (status != HTTP_DONE)
		return status;
	if (seen.hosts != 1)
		return refuse(400, N_("a request has exactly one Host"), why);
	if (!host_known(rules, seen.host))
		return refuse(421, N_("this server does not answer to that name"), why);
	req->host = seen.host;
	status = check_body(&seen, req, out, why);
	if (status != HTTP_DONE)
		return status;
	out->keep = (req->minor == 1 || listed(req, S("connection"), S("keep-alive"))) &&
		!listed(req, S("connection"), S("close"));
	return target_read(req->arena, target, &req->path, &req->query, why);
}
