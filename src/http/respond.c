#include "http/respond.h"

#include "base/file.h"
#include "http/head.h"

#include <time.h>
#include <unistd.h>

const struct http_limits http_limits_default = {
#define L(name, value, what) .name = value,
#include "tbl/http_limits.h"
#undef L
};

/* Sent with every answer. Scripts and styles come from our own files only, so what a user wrote can't run. */
static const struct {
	const char *name, *value;
} always[] = {
	{"Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
		"form-action 'self'; frame-ancestors 'none'; base-uri 'none'; connect-src 'self'"},
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "same-origin"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
};

static const char *const framing[] = {
	"Connection", "Content-Length", "Transfer-Encoding", "Trailer", "Upgrade", "Keep-Alive", "Date",
	"Strict-Transport-Security",
};

static const char *reason(int status)
{
	static const struct {
		int status;
		const char *text;
	} reasons[] = {
		{200, "OK"}, {201, "Created"}, {202, "Accepted"}, {204, "No Content"}, {206, "Partial Content"},
		{301, "Moved Permanently"}, {302, "Found"}, {303, "See Other"}, {304, "Not Modified"},
		{307, "Temporary Redirect"}, {308, "Permanent Redirect"},
		{400, "Bad Request"}, {401, "Unauthorized"}, {403, "Forbidden"}, {404, "Not Found"},
		{405, "Method Not Allowed"}, {406, "Not Acceptable"}, {408, "Request Timeout"}, {409, "Conflict"},
		{410, "Gone"}, {411, "Length Required"}, {412, "Precondition Failed"}, {413, "Content Too Large"},
		{414, "URI Too Long"}, {415, "Unsupported Media Type"}, {416, "Range Not Satisfiable"},
		{417, "Expectation Failed"}, {421, "Misdirected Request"}, {422, "Unprocessable Content"},
		{428, "Precondition Required"}, {429, "Too Many Requests"}, {431, "Request Header Fields Too Large"},
		{500, "Internal Server Error"}, {501, "Not Implemented"}, {503, "Service Unavailable"},
		{505, "HTTP Version Not Supported"}, {507, "Insufficient Storage"},
	};

	for (size_t i = 0; i < LEN(reasons); i++)
		if (reasons[i].status == status)
			return reasons[i].text;
	return "";
}

/* ---- what handlers set ---- */

static bool ours(struct str name)
{
	for (size_t i = 0; i < LEN(always); i++)
		if (http_same(name, str_c(always[i].name)))
			return true;
	for (size_t i = 0; i < LEN(framing); i++)
		if (http_same(name, str_c(framing[i])))
			return true;
	return false;
}

static bool is_token(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!http_token_byte(s.p[i]))
			return false;
	return s.n > 0;
}

static struct http_header *place_of(struct http_response *resp, struct str name)
{
	for (size_t i = 0; i < resp->nheaders; i++)
		if (http_same(resp->headers[i].name, name) && !http_same(name, S("set-cookie")))
			return &resp->headers[i];
	return ARENA_PUSH(resp->arena, resp->headers, resp->nheaders, resp->cap);
}

enum err_code http_set(struct http_response *resp, const char *name, struct str value, struct err *err)
{
	if (!is_token(str_c(name)) || ours(str_c(name)))
		return fail(err, ERR_INPUT, N_("the header \"%s\" is not for handlers to set"), name);
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] < ' ' || value.p[i] == 0x7F)
			return fail(err, ERR_INPUT, N_("a control character in the header \"%s\""), name);
	*place_of(resp, str_c(name)) = (struct http_header){
		arena_str(resp->arena, str_c(name)), arena_str(resp->arena, value)};
	return OK;
}

static void set_known(struct http_response *resp, const char *name, struct str value)
{
	struct err err = {.lang = LANG_EN};

	if (http_set(resp, name, value, &err) != OK)
		BUG("%s", err.text);
}

void http_type(struct http_response *resp, const char *type)
{
	set_known(resp, "Content-Type", str_c(type));
}

void http_attachment(struct http_response *resp, struct str name)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(8192);

	buf_put(&b, S("attachment; filename*=UTF-8''"));
	for (size_t i = 0; i < MIN(name.n, (size_t)1024); i++) {
		char c = name.p[i];

		if (http_token_byte(c) && !strchr("*'%", c))
			buf_putc(&b, c);
		else
			buf_printf(&b, "%%%02X", (unsigned char)c);
	}
	set_known(resp, "Content-Disposition", buf_str(&b));
}

void http_bytes(struct http_response *resp, struct str bytes)
{
	resp->content = HTTP_BYTES;
	resp->bytes = bytes;
}

void http_file(struct http_response *resp, int fd, int64_t at, int64_t size)
{
	fd_close(&resp->fd);
	resp->content = HTTP_FILE;
	resp->fd = fd;
	resp->at = at;
	resp->size = size;
}

void http_stream(struct http_response *resp, http_pull *pull, void *ctx)
{
	resp->content = HTTP_PULLED;
	resp->pull = pull;
	resp->pull_ctx = ctx;
}

enum err_code http_redirect(struct http_response *resp, struct str place, struct err *err)
{
	if (!str_starts(place, S("/")) || str_starts(place, S("//")))
		return fail(err, ERR_INPUT, N_("the way leads out of this server"));
	for (size_t i = 0; i < place.n; i++)
		if (place.p[i] <= ' ' || place.p[i] > '~' || place.p[i] == '\\')
			return fail(err, ERR_INPUT, N_("the way leads out of this server"));
	TRY(http_set(resp, "Location", place, err));
	resp->status = 303;
	return OK;
}

bool http_not_modified(const struct http_request *req, struct http_response *resp, struct str tag)
{
	struct str quoted = arena_printf(resp->arena, "\"" STR_FMT "\"", STR_ARG(tag));
	struct str list = http_header(req, "If-None-Match"), one;

	set_known(resp, "ETag", quoted);
	while (str_cut(&list, S(","), &one)) {
		one = str_trim(one);
		if (str_starts(one, S("W/")))
			one = str_sub(one, 2, one.n);
		if (!str_eq(one, quoted) && !str_is(one, "*"))
			continue;
		resp->status = 304;
		return true;
	}
	return false;
}

/* ---- what handlers read ---- */

struct str http_header(const struct http_request *req, const char *name)
{
	for (size_t i = 0; i < req->nheaders; i++)
		if (http_same(req->headers[i].name, str_c(name)))
			return req->headers[i].value;
	return STR_NONE;
}

enum err_code http_body_read(const struct http_body *body, int64_t at, void *out, size_t n, struct err *err)
{
	if (at < 0 || at > body->size || (int64_t)n > body->size - at)
		return fail(err, ERR_DAMAGED, N_("what was sent is shorter than it should be"));
	if (body->fd < 0) {
		if (n)
			memcpy(out, body->bytes.p + at, n);
		return OK;
	}
	for (size_t done = 0; done < n;) {
		ssize_t got = pread(body->fd, (char *)out + done, n - done, at + (int64_t)done);

		if (got <= 0)
			return fail_errno(err, N_("what was sent cannot be read"));
		done += (size_t)got;
	}
	return OK;
}

/* ---- bytes ---- */

void respond_date(int64_t second, char out[RESPOND_DATE])
{
	static const char days[7][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
	static const char months[12][4] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	time_t t = second;
	struct tm tm;

	gmtime_r(&t, &tm);
	snprintf(out, RESPOND_DATE, "%s, %02u %s %04u %02u:%02u:%02u GMT", days[tm.tm_wday], (unsigned)tm.tm_mday % 100,
		months[tm.tm_mon], (unsigned)(tm.tm_year + 1900) % 10000, (unsigned)tm.tm_hour % 100,
		(unsigned)tm.tm_min % 100, (unsigned)tm.tm_sec % 100);
}

bool respond_has_body(int status)
{
	return status >= 200 && status != 204 && status != 304;
}

int64_t respond_length(const struct http_response *resp)
{
	switch (resp->content) {
	case HTTP_MADE:
		return (int64_t)resp->body.n;
	case HTTP_BYTES:
		return (int64_t)resp->bytes.n;
	case HTTP_FILE:
		return resp->size;
	case HTTP_PULLED:
		break;
	}
	return -1;
}

bool respond_chunked(const struct http_response *resp, int minor)
{
	return minor == 1 && resp->content == HTTP_PULLED && respond_has_body(resp->status);
}

static void put_header(struct buf *out, struct str name, struct str value)
{
	buf_put(out, name);
	buf_put(out, S(": "));
	buf_put(out, value);
	buf_put(out, S("\r\n"));
}

static bool has_header(const struct http_response *resp, struct str name)
{
	for (size_t i = 0; i < resp->nheaders; i++)
		if (http_same(resp->headers[i].name, name))
			return true;
	return false;
}

void respond_head(struct buf *out, const struct http_response *resp, struct respond_how how)
{
	int64_t length = respond_length(resp);

	buf_printf(out, "HTTP/1.1 %d %s\r\n", resp->status, reason(resp->status));
	put_header(out, S("Date"), how.date);
	if (respond_chunked(resp, how.minor))
		put_header(out, S("Transfer-Encoding"), S("chunked"));
	else if (respond_has_body(resp->status) && length >= 0)
		buf_printf(out, "Content-Length: %lld\r\n", (long long)length);
	if (!how.keep)
		put_header(out, S("Connection"), S("close"));
	else if (how.minor == 0)
		put_header(out, S("Connection"), S("keep-alive"));
	for (size_t i = 0; i < LEN(always); i++)
		put_header(out, str_c(always[i].name), str_c(always[i].value));
	if (how.secure)
		put_header(out, S("Strict-Transport-Security"), S("max-age=31536000"));
	if (!has_header(resp, S("Cache-Control")))
		put_header(out, S("Cache-Control"), S("no-store"));
	for (size_t i = 0; i < resp->nheaders; i++)
		put_header(out, resp->headers[i].name, resp->headers[i].value);
	buf_put(out, S("\r\n"));
}

void respond_error(struct http_response *resp, int status, const char *why, enum lang lang)
{
	respond_done(resp);
	resp->nheaders = 0;
	resp->content = HTTP_MADE;
	resp->status = status;
	http_type(resp, "text/plain; charset=utf-8");
	if (status == 503)
		set_known(resp, "Retry-After", S("5"));
	buf_printf(&resp->body, "%d %s\n", status, tr(lang, why));
}

void respond_done(struct http_response *resp)
{
	buf_free(&resp->body);
	fd_close(&resp->fd);
}
