/* Between adopt*.c: a document on its way to be held against the report. */
#ifndef REPORT_ADOPT_IN_H
#define REPORT_ADOPT_IN_H

#include "report/adopt.h"

enum { GONE = -1, LIKENESS = 50 /* percent of their pairs of characters that two texts share to be one paragraph */ };

struct line { /* a paragraph of the document */
	const struct docx_item *item;
	struct str text;
	int para; /* of the report; GONE: none */
	bool outside; /* behind the text: below the signature */
	bool around; /* it says what stands around the text */
};

struct work {
	const struct report *r;
	struct arena *a;
	const struct narrative *own;
	const struct docx_text *text;
	struct adoption *out;
	struct line *lines;
	size_t n, cap;
	int *line_of; /* [r->nparas]; GONE: none */
};

/* A new item; the pointer holds until the next. */
struct adopt_item *adopt_tell(struct work *w, enum adopt_kind kind, struct str section);
/* Words as they are compared: line breaks and tabs, which a word processor puts in, are nothing; so are blanks at both
 * ends, full-width ones too. */
struct str adopt_bare(struct arena *a, struct str s);
/* The same of the report's own words: tabs and line ends of records are blanks in a DOCX, but line ends of cells. */
struct str adopt_bare_ours(struct arena *a, struct str s, bool cell);
/* In percent, the pairs of neighbouring characters that two texts share. */
int adopt_likeness(struct str a, struct str b);

/* ---- adopt_match.c: which paragraph is which ---- */

/* The lines of the text; what stands around it, by its style or mark, is none. */
void adopt_gather(struct work *w);
void adopt_match(struct work *w);

/* ---- adopt_around.c, adopt_annex.c: what is not the text ---- */

/* Head, addressee, signature, 版记, captions; lines that say it become none of the text. */
void adopt_around(struct work *w);
/* Does a paragraph of this style, with such a mark, stand around the text or in an annex? */
bool adopt_is_around(const struct docx_item *it);

/* Something of the report that is not its text, as the document should have it. */
struct expected {
	const char *field; /* of its paper; NULL: of an annex, or a caption */
	struct str mark; /* its bookmark; may be empty */
	struct str text; /* bare; of a row: its cells with tabs between */
	size_t annex; /* from 1 on; 0: none */
	const struct doc_block *table; /* of a row */
	size_t row; /* … which one, from 0 */
	const struct docx_item *found;
};
struct item { /* of the document */
	struct str text; /* bare */
	const struct expected *is;
	size_t annex; /* that it stands in, from 1 on; 0: none */
	struct line *line; /* NULL: a row */
	struct str section; /* of the text before it */
};

struct around {
	struct work *w;
	const struct doc *d;
	struct expected *e;
	size_t ne, cap;
	struct item *items; /* [text->n] */
};

/* What styles say; field NULL: nothing of the paper. Ended by one without style. */
struct around_style {
	const char *field, *style;
};
extern const struct around_style around_styles[];

/* Not yet told what it is, and not of the text. */
bool around_open(const struct around *x, size_t i);
/* Its words, bare; of a row with ends of cells between. */
struct str around_text(struct work *w, const struct docx_item *it);
/* adopt_say.c: items for all that differs. */
void around_say(struct around *x);
/* A row that is there: which cells differ. */
void adopt_row(struct work *w, const struct expected *e, const struct docx_item *head);
/* 附件1《年度会议台账》 */
struct str adopt_annex_name(struct work *w, size_t annex);

#endif
