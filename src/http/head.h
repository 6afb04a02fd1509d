/* The head of a request: bytes in, verdict out; knows nothing of sockets. Two steps: head_scan() looks at each byte
 * once as it comes and refuses at the first wrong one; head_read() takes the whole head and holds it against the rules
 * on which readers of HTTP have come to differ. RFC 9112, but stricter: whatever it leaves to the reader is refused. */
#ifndef HTTP_HEAD_H
#define HTTP_HEAD_H

#include "http/http.h"
#include "http/target.h"

/* Zero is the begin. */
struct head_scan {
	size_t at;           /* bytes looked at; when done, the length of the head with its empty line */
	size_t line;         /* where the line begins */
	size_t fields;
	int state;
	bool skipped;        /* the one empty line that may stand before */
};

/* `in` is all that has come, from the first byte of the request on; the same bytes stand in it each time, and more.
 * HTTP_MORE, HTTP_DONE, or: 400 for a byte or line that may not be, 414 and 431 for what is too long, 501 for another
 * method, 505 for another version. However the bytes are split, the verdict is the same.
 *   - First byte A-Z, after at most one empty line; METHOD SP target SP HTTP/1.x, visible ASCII.
 *   - Each CR is followed by LF, each LF preceded by CR; no other control byte, no tab.
 *   - A header line is a token and ":" from its first byte on: no folded line, no empty name. */
int head_scan(struct head_scan *s, const struct http_limits *limits, struct str in, const char **why);

struct head_rules {
	const char *const *hosts;   /* names that Host may have, whatever its port and case: "zeren.example", "[::1]" */
	size_t nhosts;
};

/* How the body comes and what follows the answer. */
struct http_framing {
	int64_t length;      /* Content-Length; 0 when there is no body; -1 when chunked */
	bool chunked;
	bool expect;         /* 100-continue */
	bool keep;           /* the client wants the connection kept */
};

/* Fills req and out from a whole head, which must live as long as req->arena. HTTP_DONE, or:
 *   400  not exactly one Host; Content-Length twice, not digits, or with Transfer-Encoding; Transfer-Encoding twice or
 *        in HTTP/1.0; a body with GET or HEAD; the target (target.h)
 *   411  POST without a length     415  Content-Encoding         417  Expect other than 100-continue
 *   421  a Host not on the list    501  Transfer-Encoding other than exactly "chunked" */
int head_read(const struct head_rules *rules, struct str head, struct http_request *req, struct http_framing *out,
	const char **why);

/* A byte of a token (RFC 9110, 5.6.2). */
bool http_token_byte(char c);

/* Equal but for the case of ASCII letters. */
bool http_same(struct str a, struct str b);

#endif
