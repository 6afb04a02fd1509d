/* Markdown read (CommonMark, and tables as GitHub has them) into blocks and runs, for pages that show it. HTML in the
 * text is left out. */
#ifndef DOC_MARKDOWN_READ_H
#define DOC_MARKDOWN_READ_H

#include "base/arena.h"
#include "base/err.h"

enum md_mark { MD_TEXT, MD_CODE, MD_STRONG, MD_LINK, MD_PAGE };  /* PAGE is the caller's own: a link he made sure of */
struct md_run {
	enum md_mark mark;
	struct str text;
	struct str to, at;          /* LINK: where to, as written; at is the caller's own */
};
struct md_runs {
	struct md_run *p;
	size_t n, cap;
};
struct md_row {
	struct { struct md_runs *p; size_t n, cap; } cells;
};

enum md_kind { MD_HEADING, MD_PARA, MD_PRE, MD_LIST, MD_TABLE };
struct md_block {
	enum md_kind kind;
	int level;                  /* HEADING: 1 to 6 */
	int number;                 /* HEADING: that it begins with, 0 for none */
	bool ordered;               /* LIST */
	struct str id;              /* HEADING: as GitHub makes it of the text */
	struct str text;            /* HEADING: without marks; PRE: as it stands */
	struct md_runs runs;        /* HEADING, PARA */
	struct { struct md_runs *p; size_t n, cap; } items;   /* LIST */
	struct md_row head;         /* TABLE */
	struct { struct md_row *p; size_t n, cap; } rows;
};
struct md_doc {
	struct md_block *p;
	size_t n, cap;
};

/* All of it lives in a. Deeper lists are flattened. Never fails: any text is Markdown. */
void markdown_read(struct arena *a, struct str text, struct md_doc *out);

#endif
