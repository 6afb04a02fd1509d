/* Classes of characters and where lines may not break (docs/layout.md G4, L2, L3). For line*.c and title.c. */
#ifndef DOC_LINE_CLASS_H
#define DOC_LINE_CLASS_H

#include "doc/line.h"

enum {
	CH_NO_START = 1, /* not at the start of a line */
	CH_NO_END = 2,
	CH_PAUSE = 4, /* 、 ， 。 ； ： */
	CH_STOP = 8, /* ？ ！ */
	CH_CLOSE = 16,
	CH_OPEN = 32,
	CH_MARK = 64, /* any of these marks, and — … ～ · */
	CH_WEST = 128, /* stands in western runs */
	CH_DIGIT = 256,
	CH_SPACE = 512, /* nothing to see: gone at the end of a line */
	CH_RUN = 1024, /* of a western run with its spaces, or of a run of spaces alone */
	CH_LETTER = 2048, /* the part of a run on a line that has one takes the font's own advances */
	CH_ZERO = 4096, /* stands on what goes before and takes no place */
	CH_END = 8192, /* a line ends here, whatever follows */
	CH_DASH = 16384, /* — … : a pair is one thing */
	CH_NARROW = 32768, /* this one lost half its cell (line.c) */
};

enum {
	GAP_MARK = 1, /* no break: L2 */
	GAP_KEEP = 2, /* no break: L3 */
	GAP_GLUE = 4, /* no break ever: before spaces and what takes no place */
	GAP_RUN = 8, /* within one western run: never widened */
	GAP_PAIR = 16, /* within —— or ……: likewise */
	GAP_BREAK = GAP_MARK | GAP_KEEP | GAP_GLUE,
};

struct line_text {
	const struct atom *atoms;
	size_t n;
	uint16_t *cls; /* [n] CH_ */
	uint8_t *gap; /* [n] GAP_ of the place before the atom */
};

/* Classes and gaps of a paragraph, in the arena. O(n). */
struct line_text line_text(struct arena *a, const struct atom *atoms, size_t n);

/* May a line begin at atom i? */
static inline bool gap_free(const struct line_text *t, size_t i)
{
	return !(t->gap[i] & GAP_BREAK);
}

/* Advance of atom i by itself. */
static inline int32_t atom_width(const struct line_text *t, size_t i)
{
	return t->cls[i] & CH_ZERO ? 0 : MAX(t->atoms[i].width, 0);
}

/* ---- line_place.c ---- */
struct line_grid { /* of a paragraph */
	int64_t width; /* of cols cells */
	int cols; /* 0: off the grid */
	int32_t cell;
	bool ragged; /* nothing is widened */
	bool tight; /* runs take half cells */
};

/* Half cells that an atom of a run without letters takes; cells that another takes. */
int line_halves(const struct line_text *t, size_t i);
int line_cells(const struct line_text *t, size_t i, const struct line_grid *g);
/* Own advance of an atom in a run with letters. */
int32_t line_own(const struct line_text *t, size_t i);
/* Sets l->x and l->used of a line whose from, to and why are known. Where it begins is indent; cells is what is there
 * to be filled, of the grid. */
void line_place(struct arena *a, const struct line_text *t, const struct line_grid *g, int64_t indent, int cells,
	struct line *l);

#endif
