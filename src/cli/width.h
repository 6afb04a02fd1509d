/* How wide text stands on a terminal: a Chinese character takes two columns, a combining mark none (Unicode
 * UAX 11, East Asian Wide and Fullwidth; Ambiguous counts as one). Own table: wcwidth() follows the locale,
 * and servers have none. */
#ifndef CLI_WIDTH_H
#define CLI_WIDTH_H

#include "base/buf.h"
#include "base/str.h"

int width_char(uint32_t c);       /* 0, 1 or 2 columns */
int width_text(struct str s);     /* columns of the whole */

/* The longest beginning of s that takes at most cols columns, marks that belong to its last character
 * included. */
struct str width_cut(struct str s, int cols);

/* Appends s padded or cut to exactly cols columns, cut with … at the end; right: blanks in front. */
void width_pad(struct buf *b, struct str s, int cols, bool right);

/* Appends s with control characters, broken bytes and what turns the direction of writing replaced by
 * U+FFFD. Tab and line end stay when lines is set, else become a blank. */
void width_clean(struct buf *b, struct str s, bool lines);

#endif
