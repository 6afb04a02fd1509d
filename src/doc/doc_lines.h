/* What stands around the blocks of a document, as lines of text: for the writers that do not lay out paper. */
#ifndef DOC_DOC_LINES_H
#define DOC_DOC_LINES_H

#include "doc/doc.h"

enum doc_part { PART_HEAD, PART_ANNEXES, PART_SIGN, PART_COLOPHON };
struct doc_line {
	const char *name; /* what it is: "mark", "number" */
	struct str text, right; /* right: what stands at its other end; may be empty */
};

/* The lines of a part as on paper, from above; in the document's arena. */
size_t doc_lines(const struct doc *d, enum doc_part part, struct doc_line **out);

/* Who was at the meeting: label with its colon (text) and names (right), those that are said; how many. */
size_t doc_attendance(const struct doc *d, struct doc_line out[3]);

/* What stands between two things of a line. */
const char *doc_gap(const struct doc *d);

/* 抄送 with its full stop, without its label; 印发日期 as it is printed, empty where there is none. */
struct str doc_copies(const struct doc *d);
struct str doc_issued(const struct doc *d);

/* Where the parts below the body stand: before this block. */
size_t doc_body_end(const struct doc *d);

/* Which cell covers each, [nrows * ncols] in the arena: its own index for one that covers itself, with its columns and
 * rows. Rows of the head do not reach beyond it; what is claimed twice stays with the first, and none spreads over a
 * cell that has a text: its columns end left of it, its rows above it. */
struct doc_cover {
	size_t owner;
	unsigned cols, rows;
};
struct doc_cover *doc_covers(struct arena *a, const struct doc_table *t);

#endif
