/* UTF-8 as in RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/arena.h"
#include "base/str.h"

/* The character at *at, and *at moved behind it. A broken byte reads as U+FFFD and moves one byte.
 * *at must be < s.n. */
uint32_t utf8_next(struct str s, size_t *at);

/* True when s is UTF-8 from end to end. */
bool utf8_valid(struct str s);

/* The place of the first broken byte; s.n when s is whole. */
size_t utf8_check(struct str s);

size_t utf8_count(struct str s);            /* characters */
size_t utf8_put(uint32_t c, char out[4]);   /* bytes written; c must be a scalar value */

/* Full-width forms U+FF01–FF5E to ASCII, U+3000 to a space (全角转半角). */
struct str utf8_half(struct arena *a, struct str s);

/* utf8_half, and every blank and line break removed: how two entries of one fact are compared. */
struct str utf8_squeeze(struct arena *a, struct str s);

#endif
