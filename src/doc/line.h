/* Chinese text into lines (docs/layout.md, "Lines"). Pure: characters with widths in, places out. */
#ifndef DOC_LINE_H
#define DOC_LINE_H

#include "doc/layout.h"

struct atom { /* one character of a paragraph */
	uint32_t cp;
	const struct font *font;
	uint32_t gid;
	int32_t size; /* nm of the em */
	int32_t width; /* its own advance in nm at that size */
	size_t run; /* of the block that it is of */
	bool keep; /* no break before it: inside a word of the user's list */
};

struct line_opt {
	int32_t width; /* of the line, nm */
	int32_t first, rest; /* indents of the first line and of the others, nm */
	int32_t cell; /* width of a cell of the grid; 0: off the grid, glyphs have their own widths */
	bool ragged; /* lines are not filled by widening: cells of tables, small lines */
	bool tight; /* western runs take half cells, without a lead: numbers and dates that stand by themselves */
};

struct line {
	size_t from, to; /* atoms; spaces at its end are left out of to */
	int32_t *x; /* [to - from] places from the left edge of the type area, indent included */
	int32_t used; /* from the left edge to the end of the last atom */
	enum line_why why;
};

/* Breaks a paragraph; at least one line, also of no atoms. Lines live in the arena. O(n). */
size_t lines_break(struct arena *a, const struct atom *atoms, size_t n, const struct line_opt *opt, struct line **out);

/* A title: few lines, none wider than width, of a fitting shape, broken between words (docs/layout.md, "Titles").
 * x are places in the centred line. */
size_t lines_title(struct arena *a, const struct atom *atoms, size_t n, int32_t width, struct line **out);

#endif
