/* What a handler sees of HTTP: the request, which has passed every rule of head.h, target.h and body.h, and the
 * response, which it fills. No socket, no thread: server.h says who calls whom. */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

/* ---- limits ---- */

struct http_limits {
#define L(name, value, what) int64_t name;
#include "tbl/http_limits.h"
#undef L
};

extern const struct http_limits http_limits_default;

/* ---- the request ---- */

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST };

struct http_header {
	struct str name, value;     /* the value without blanks around it; bytes >= 0x80 are not checked */
};

/* The body as it came, in memory or in an unlinked file. */
struct http_body {
	struct str bytes;           /* empty when in a file */
	int fd;                     /* -1 when in memory; the server closes it */
	int64_t size;
};

struct http_request {
	struct arena *arena;        /* for whatever the answer needs; gone when it has been sent */
	uint64_t number;            /* counts the requests of this server from 1; 0 when the head was refused */
	enum http_method method;
	int minor;                  /* HTTP/1.minor */
	struct str path;            /* decoded, UTF-8, begins with "/", no empty, "." or ".." part (target.h) */
	struct str query;           /* as it came, without "?"; form_read() reads it */
	struct str host;            /* as it came; its name is on the list of http_opt.hosts */
	struct http_header *headers;
	size_t nheaders;
	struct http_body body;
	struct str peer;            /* address of the client as text; that which a trusted proxy names */
	uint64_t peer_key;          /* of the address, IPv6 by /64; keyed, another one after a restart */
	bool proxied;               /* came by a trusted proxy */
	bool secure;                /* which says that it was spoken to by TLS */
};

/* The value of the first header of that name, whatever its case; {NULL, 0} when there is none. */
struct str http_header(const struct http_request *req, const char *name);

/* n bytes of the body from `at` on, from memory or file. ERR_IO; ERR_DAMAGED when it has fewer. */
enum err_code http_body_read(const struct http_body *body, int64_t at, void *out, size_t n, struct err *err);

/* ---- the response ---- */

/* Makes the next piece of a body in `out` (at most HTTP_PIECE bytes); nothing put means the end. Called in workers,
 * each time perhaps in another one: keep a position in ctx, not an open statement of one worker's database. An error
 * breaks the connection off, so that the client sees that the answer is not whole. */
typedef enum err_code http_pull(void *ctx, unsigned worker, struct buf *out, struct err *err);

enum { HTTP_PIECE = 65536 };

struct http_response {
	struct arena *arena;        /* of the request */
	int status;                 /* 200 unless set */
	enum { HTTP_MADE, HTTP_BYTES, HTTP_FILE, HTTP_PULLED } content;
	struct buf body;            /* HTTP_MADE: written by the handler, up to body.max (16 MiB unless set) */
	struct str bytes;           /* HTTP_BYTES */
	int fd;                     /* HTTP_FILE */
	int64_t at, size;
	http_pull *pull;            /* HTTP_PULLED */
	void *pull_ctx;
	struct http_header *headers;
	size_t nheaders, cap;
};

/* Sets a header, replacing one of that name (Set-Cookie is added). The only way in: ERR_INPUT for a name that is no
 * token, a value with a control byte (so CR, LF, NUL), and the names that are the server's own: framing, Date,
 * Connection and the security headers. Cache-Control may be set; it is no-store otherwise. Copies both. */
enum err_code http_set(struct http_response *resp, const char *name, struct str value, struct err *err);

/* Content-Type, from a literal of the code: BUG when http_set would refuse it. */
void http_type(struct http_response *resp, const char *type);

/* "attachment" with a file name in UTF-8 (RFC 6266, RFC 8187), whatever the name holds. */
void http_attachment(struct http_response *resp, struct str name);

/* The body is these bytes, which live as long as the request's arena or the program. */
void http_bytes(struct http_response *resp, struct str bytes);
/* The body is `size` bytes of a file from `at` on, read piece by piece. The server closes fd. */
void http_file(struct http_response *resp, int fd, int64_t at, int64_t size);
/* The body is what pull makes: chunked to HTTP/1.1, ended by the close to 1.0. ctx lives as long as the arena. */
void http_stream(struct http_response *resp, http_pull *pull, void *ctx);
/* 303 to a place of ours: a path with query as it goes on the wire, ASCII. ERR_INPUT as http_set; also for a place
 * that doesn't begin with exactly one "/", so that it can't lead elsewhere. */
enum err_code http_redirect(struct http_response *resp, struct str place, struct err *err);

/* Sets ETag to the quoted tag (printable ASCII without quotes), and answers the conditional request (RFC 9110, 13.1.2):
 * true when the client has it already; then the status is 304 and there is nothing more to do. */
bool http_not_modified(const struct http_request *req, struct http_response *resp, struct str tag);

#endif
