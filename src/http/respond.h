/* A response as bytes: status line and headers, among them the security headers of every answer. No sockets. */
#ifndef HTTP_RESPOND_H
#define HTTP_RESPOND_H

#include "http/http.h"

/* How it is to be sent. */
struct respond_how {
	int minor;           /* of the request: 0 or 1 */
	bool keep;           /* the connection goes on */
	bool secure;         /* spoken to by TLS: Strict-Transport-Security */
	struct str date;     /* as respond_date() makes it */
};

enum { RESPOND_DATE = 30 };

/* IMF-fixdate (RFC 9110, 5.6.7) of a second since 1970, with a 0 byte. */
void respond_date(int64_t second, char out[RESPOND_DATE]);

/* Has this status a body at all? Not 1xx, 204, 304. */
bool respond_has_body(int status);

/* Bytes of the body; -1 when they are not known before they are made. */
int64_t respond_length(const struct http_response *resp);

/* Is the body sent in chunks? When its length isn't known and the client speaks HTTP/1.1. */
bool respond_chunked(const struct http_response *resp, int minor);

/* The status line and all headers, to the empty line. */
void respond_head(struct buf *out, const struct http_response *resp, struct respond_how how);

/* Empties resp and makes it a short text: the status and why. */
void respond_error(struct http_response *resp, int status, const char *why, enum lang lang);

/* Closes and frees what the response holds. */
void respond_done(struct http_response *resp);

#endif
