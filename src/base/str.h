/* Counted strings, by value. Bytes are UTF-8 in NFC once they have passed the edge (text/nfc.h). */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/base.h"

#include <string.h>

struct str {
	const char *p;
	size_t n;
};

#define S(lit)     ((struct str){"" lit, sizeof(lit) - 1})   /* literal only */
#define STR_NONE   ((struct str){NULL, 0})
#define STR_FMT    "%.*s"
#define STR_ARG(s) (int)MIN((s).n, (size_t)1 << 20), (s).p ? (s).p : ""

static inline struct str str_c(const char *c) { return (struct str){c, c ? strlen(c) : 0}; }
static inline bool str_eq(struct str a, struct str b) { return a.n == b.n && (a.n == 0 || !memcmp(a.p, b.p, a.n)); }
static inline bool str_is(struct str a, const char *c) { return str_eq(a, str_c(c)); }
/* Does a begin with …? */
static inline bool str_starts(struct str a, struct str with)
{
	return a.n >= with.n && str_eq((struct str){a.p, with.n}, with);
}
/* Does a end with …? */
static inline bool str_ends(struct str a, struct str with)
{
	return a.n >= with.n && str_eq((struct str){a.p + a.n - with.n, with.n}, with);
}

int str_cmp(struct str a, struct str b);                    /* by bytes: code point order for UTF-8 */
struct str str_sub(struct str s, size_t from, size_t to);   /* bytes [from, to), clamped */
struct str str_trim(struct str s);                          /* without ASCII blanks, U+00A0 and U+3000 at both ends */
bool str_blank(struct str s);                               /* nothing but such blanks */
bool str_find(struct str s, struct str what, size_t *at);   /* first occurrence; *at only when found */
bool str_has(struct str s, struct str what);

/* Cuts *rest at the first occurrence of sep and moves it on; false when nothing is left.
 * `while (str_cut(&rest, S(","), &part))` walks the parts, empty ones included. */
bool str_cut(struct str *rest, struct str sep, struct str *part);

/* A shell pattern with * and ? (a character, not a byte) against the whole of s; no classes, no escapes. */
bool str_glob(struct str pattern, struct str s);

/* A whole decimal number of at most 18 digits with an optional minus sign. */
bool str_int(struct str s, int64_t *out);

/* Edit distance in characters, two swapped neighbours counting as one, at most max (max + 1 when larger): for "did
 * you mean". */
size_t str_distance(struct str a, struct str b, size_t max);

#endif
