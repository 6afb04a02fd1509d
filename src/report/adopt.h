/* A report edited in a word processor held against the report of the log's present state: people's own wording can be
 * taken, what is made from records or said by the office's settings is only named: no change is passed over in silence
 * but those of looks (fonts, sizes, bold). Knows the paragraphs by the bookmarks that doc_docx() put around them and
 * that survive editing; what has none is found by its words. */
#ifndef REPORT_ADOPT_H
#define REPORT_ADOPT_H

#include "doc/docx_read.h"
#include "report/report.h"

enum adopt_kind {
	ADOPT_CHANGED, /* a paragraph of people's with other words */
	ADOPT_ADDED, /* a new paragraph in a section that takes people's text */
	ADOPT_REMOVED, /* a paragraph of people's that is gone */
	ADOPT_FIGURE, /* a figure with another value */
	ADOPT_FIXED, /* other words where records and scheme make the text */
	ADOPT_FIXED_REMOVED, /* such a paragraph is gone */
	ADOPT_HOMELESS, /* a new paragraph where the scheme has no room for one */
	ADOPT_NUMBER, /* a number in people's text, as it would be, that no figure nearby has */
	ADOPT_MOVED, /* a paragraph stands elsewhere; own given: among its own section's, which is taken */
	ADOPT_AROUND, /* what stands around the text: head, addressee, signature, date, 版记 … */
	ADOPT_ANNEX, /* a text, head or row of an annex, or a caption */
	ADOPT_CELL, /* a cell of a record in an annex */
	ADOPT_PICTURE, /* a picture that is new, or one that is gone */
	ADOPT_BESIDE, /* a note, a remark in the margin, a header or footer */
	ADOPT_KINDS
};
const char *adopt_kind_name(enum adopt_kind k); /* "own_changed": in JSON */

struct adopt_item {
	enum adopt_kind kind;
	struct str section; /* 一（一）; empty: the lead or the title */
	struct str own; /* CHANGED, ADDED, REMOVED, NUMBER: section of people's text */
	size_t para; /* of the report's paragraphs, from 1; 0: none */
	struct str figure; /* FIGURE: its title with its name */
	const char *field; /* AROUND: of the report's paper (report/paper.h), or "annexes", "code"; BESIDE: "footnote",
			      "endnote", "remark", "header", "footer"; else NULL */
	struct str place; /* ANNEX, CELL: 附件1, row 3, 日期 */
	struct str record; /* CELL: file#sheet!row; of one by hand who entered it and when, and its number */
	bool number; /* CELL: other digits */
	struct str old,
		now; /* by the log, in the document. FIGURE: values; FIXED: sentences; NUMBER: now says it all */
};

/* A section of people's text as the document has it. */
struct adopt_section {
	struct str number, text;
	int64_t rev; /* that it was compared with */
};

struct adoption {
	struct adopt_item *p;
	size_t n, cap;
	struct adopt_section *sections; /* that would be written */
	size_t nsections, sections_cap;
	size_t figures; /* items of kind FIGURE, and CELL with other digits */
};

/* Compares. own: the paragraphs that r was composed with. Lives in r's arena. ERR_INPUT: less than half
 * of the report is in the document; else as report_compose. */
enum err_code adopt_compare(const struct report *r, const struct narrative *own, const struct docx_text *text,
	struct adoption *out, struct err *err);

/* Writes the sections inside an intent. Fails as narrative_write. */
enum err_code adopt_write(struct tx *tx, int year, const struct adoption *a, struct str why, struct err *err);

/* An id for each paragraph, [r->nparas]: section and place there, as "p_1_2_o_1" of the first own paragraph of
 * 一（二）. ASCII letters, digits and "_". */
struct str *para_ids(const struct report *r);

/* ---- between the files ---- */

/* A paragraph made from records (its place from 0) against the words of the document: adds items. */
void adopt_fixed(const struct report *r, size_t para, struct str now, struct adoption *out);

#endif
