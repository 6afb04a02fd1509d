/* The target of a request: bytes in, verdict out. Only the origin form (RFC 9112, 3.2.1). Where two readers could
 * understand a target differently, it is refused, not mended. */
#ifndef HTTP_TARGET_H
#define HTTP_TARGET_H

#include "base/arena.h"
#include "base/str.h"

/* What the readers of head, body and target answer: more bytes, done, or the status (400 and above) to refuse with;
 * then *why says it for a person (a message key). */
enum { HTTP_MORE = 0, HTTP_DONE = 1 };

/* HTTP_DONE: *path is decoded and holds valid UTF-8 without control characters, "\", an encoded "/", empty parts (but
 * for a last one), "." and ".."; *query is raw, what stands behind the first "?", with every % before two hex digits.
 * Otherwise 400. The path is in the arena, the query is a part of raw. */
int target_read(struct arena *a, struct str raw, struct str *path, struct str *query, const char **why);

/* The value of a hexadecimal digit; -1 for any other byte. */
int hex_digit(char c);

#endif
