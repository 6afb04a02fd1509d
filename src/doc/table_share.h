/* How the columns of a table share its width [B1]: for paper in nanometres, for a DOCX in twips. */
#ifndef DOC_TABLE_SHARE_H
#define DOC_TABLE_SHARE_H

#include "base/str.h"

enum { SHARE_HANZI = 4, SHARE_SHORT = 9 }; /* a column's least width; columns that are not broken: Hanzi */

struct share_col { /* widths with padding, in one unit */
	int64_t word; /* its longest unbreakable word */
	int64_t least; /* SHARE_HANZI Hanzi, or the longest line where that is shorter */
	int64_t line; /* its longest line */
	int64_t area; /* sum of the widths of its texts */
	int64_t given; /* 0: by its content */
};
struct share_opt {
	int64_t room; /* for the whole table */
	int64_t more; /* what a column may have beyond its longest line, where there is room */
	int64_t whole; /* SHARE_SHORT Hanzi and padding: columns no wider are not broken, if there is room */
};

/* Has each column room for its least width and its longest word? */
bool share_fits(const struct share_col *c, size_t n, int64_t room);
/* The widths [n], together no more than the room, none below 0. False: some column is narrower than its longest
 * word. */
bool share_widths(const struct share_col *c, size_t n, const struct share_opt *opt, int64_t *w);

/* Is the text of a cell a number with its signs, or what stands for none? Such columns are set to the right. */
bool table_number(struct str s);

#endif
