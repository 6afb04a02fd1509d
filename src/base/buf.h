/* A buffer that grows to a stated maximum. Past the maximum it keeps what it has, drops the rest and
 * remembers that: the writer checks once, at the end. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/base.h"
#include "base/str.h"

struct buf {
	char *p;         /* followed by a 0 byte when not NULL */
	size_t n, cap;
	size_t max;      /* bytes */
	bool over;       /* something was dropped */
};

#define BUF_MAX(bytes) {.max = (bytes)}

/* Appending: past the maximum the rest is dropped and `over` set. None fails. */
void buf_put(struct buf *b, struct str s);
/* One byte. */
void buf_putc(struct buf *b, char c);
/* As printf writes it. */
void buf_printf(struct buf *b, const char *fmt, ...) PRINTF(2, 3);
/* Percent-encoded: all but what RFC 3986 calls unreserved. */
void buf_percent(struct buf *b, struct str s);
/* Room for n more bytes at once, where a writer knows: nothing is copied while they come. */
void buf_reserve(struct buf *b, size_t n);
struct str buf_str(const struct buf *b);   /* valid until the next write */
void buf_reset(struct buf *b);             /* empty, memory kept */
void buf_free(struct buf *b);              /* also as CLEANUP(buf_free) */

#endif
