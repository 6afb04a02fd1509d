/* A paragraph of text as atoms of a font that is none: Hanzi and full-width marks 1 em, ASCII and Latin half an em, a
 * space a quarter, what takes no place nothing. `|` stands before what the list of the user keeps. */
#ifndef TESTS_LINE_TEXT_H
#define TESTS_LINE_TEXT_H

#include "base/utf8.h"
#include "doc/line.h"

struct line_atoms {
	struct atom *p;
	size_t n;
};

static inline int32_t fake_width(uint32_t c, int32_t size)
{
	if (c == ' ')
		return size / 4;
	if (c < 0x250)
		return c == 0xB7 ? size : size / 2;
	return (c >= 0x300 && c <= 0x36F) || c == 0x200B || c == 0xFE00 ? 0 : size;
}

static inline struct line_atoms line_atoms(struct arena *a, struct str text, int32_t size)
{
	struct line_atoms r = {.p = ARENA_ARRAY(a, struct atom, text.n)};

	for (size_t at = 0; at < text.n;) {
		uint32_t c = utf8_next(text, &at);
		bool keep = c == '|' && at < text.n;

		if (keep)
			c = utf8_next(text, &at);
		r.p[r.n++] = (struct atom){.cp = c, .gid = c, .size = size, .width = fake_width(c, size), .keep = keep};
	}
	return r;
}

#endif
