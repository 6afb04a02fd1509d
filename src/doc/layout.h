/* A document on paper: pages of texts, rules, paths and pictures with their places. GB/T 9704-2012 with the grid of
 * GB/T 33476.2-2016; every rule, with its number, stands in docs/layout.md. PDF, OFD and the preview draw it so. */
#ifndef DOC_LAYOUT_H
#define DOC_LAYOUT_H

#include "doc/drawing.h"
#include "doc/font.h"

/* Places are nanometres from the upper left corner of the page as one reads it, y downwards. */
#define NM_MM 1000000
#define NM_PT 352778 /* 25.4 / 72 mm */

enum {
	PAGE_W = 210 * NM_MM, PAGE_H = 297 * NM_MM,
	TYPE_X = 28 * NM_MM, TYPE_Y = 37 * NM_MM, TYPE_W = 156 * NM_MM, TYPE_H = 225 * NM_MM,
	GRID_COLS = 28, GRID_ROWS = 22,
	SIZE_2 = 22 * NM_PT, SIZE_3 = 16 * NM_PT, SIZE_4 = 14 * NM_PT, SIZE_S4 = 12 * NM_PT, SIZE_5 = 105 * NM_PT / 10,
	SIZE_S5 = 9 * NM_PT
};

/* What an item is on its page: for tags, for tests. */
enum lay_role {
	ROLE_COPY_NO, ROLE_SECRECY, ROLE_URGENCY, ROLE_MARK, ROLE_NUMBER, ROLE_SIGNER, ROLE_HEAD_RULE,
	ROLE_TITLE, ROLE_ADDRESSEE, ROLE_H1, ROLE_H2, ROLE_H3, ROLE_H4, ROLE_BODY, ROLE_NOTE, ROLE_CAPTION, ROLE_SOURCE,
	ROLE_TABLE_HEAD, ROLE_TABLE_CELL, ROLE_TABLE_RULE, ROLE_PICTURE,
	ROLE_ANNEX_LIST, ROLE_PRESENT, ROLE_SIGN, ROLE_DATE, ROLE_POSTSCRIPT, ROLE_ANNEX_NUMBER, ROLE_ANNEX_TITLE,
	ROLE_ANNEX_H, ROLE_COLOPHON, ROLE_COLOPHON_RULE, ROLE_PAGE_NUMBER, ROLE_CODE, LAY_ROLES
};
const char *lay_role_name(enum lay_role r); /* "title" */

enum lay_kind { LAY_TEXT, LAY_PATH, LAY_IMAGE };

struct lay_glyph {
	uint32_t cp, gid;
	int32_t x; /* of its origin, from the item's x */
};

struct lay_item {
	enum lay_kind kind;
	enum lay_role role;
	size_t block; /* of the tree that it came from; SIZE_MAX: none */
	size_t row, col; /* of a table's cell */
	int32_t x, y; /* TEXT: origin of the first glyph on the baseline; IMAGE: upper left corner; PATH: its origin */
	/* TEXT: glyphs of one font on one line, without those of spaces at its end */
	const struct font *font;
	int32_t size; /* nm of the em */
	uint32_t rgb;
	struct lay_glyph *glyphs;
	size_t nglyphs;
	int32_t advance; /* from x to where the next would begin */
	int turn; /* degrees clockwise about (x, y): 0, 90 or 270 */
	struct str link; /* id of what it leads to, or an address; empty: none */
	/* PATH */
	struct path_op *ops;
	size_t nops;
	bool filled, stroked;
	uint32_t fill, stroke;
	int32_t line, dash;
	/* IMAGE */
	int32_t w, h;
	struct str bytes; /* of the PNG or JPEG file */
	struct str alt; /* IMAGE, and the first item of a drawing */
};

struct lay_page {
	int32_t w, h; /* PAGE_W × PAGE_H, or lying the reverse */
	bool landscape;
	int number; /* that is printed; 0: none is */
	struct lay_item *items; /* in reading order */
	size_t n, cap;
};

/* A line of text as it was set: for the tests and figures of the layout. */
enum line_why {
	LINE_FULL, /* every cell of the grid is taken as it is */
	LINE_LAST, /* last of its paragraph */
	LINE_TAKEN_IN, /* marks were narrowed */
	LINE_PUSHED_OUT, /* gaps were widened */
	LINE_BROKEN, /* a word or number longer than the line was broken */
	LINE_OFF_GRID, /* not on the grid: titles, cells, small lines */
	LINE_WHYS
};
const char *line_why_name(enum line_why w); /* "taken in" */

/* What can go wrong without spoiling the document. */
struct lay_warning {
	struct str text; /* in the language asked for */
	size_t block; /* SIZE_MAX: of the whole */
};

struct lay_mark { /* of the outline, and where an id stands */
	int level; /* 1 to 4; 0: no heading */
	struct str text, id;
	size_t page; /* from 0 */
	int32_t y;
};

/* How a table stands: what a DOCX is told, so that a word processor breaks its cells where paper does. */
struct lay_table {
	size_t block;
	int32_t size; /* nm of the em of its text */
	const int32_t *x; /* [columns + 1] its rules from the left one */
	const int64_t *height; /* [rows] */
};

struct lay {
	struct arena *arena;
	const struct doc *doc;
	struct fonts *fonts;
	struct lay_page *pages;
	size_t npages, pages_cap;
	struct lay_mark *marks;
	size_t nmarks, marks_cap;
	struct lay_table *tables; /* in order of their blocks */
	size_t ntables, tables_cap;
	struct lay_warning *warnings;
	size_t nwarnings, warnings_cap;
	size_t lines[LINE_WHYS]; /* how many of each */
	int freed; /* free rows round the title that were given up so that page 1 shows body, from above: 0 to 3 */
	int32_t mark_up; /* nm by which the mark stands nearer to the top for it */
};

/* Lays a document out. Everything but the fonts lives in the arena; the fonts must outlive it. Never fails on a text:
 * what has no glyph, is too wide or too long becomes a warning. ERR_LIMIT above DOC_PAGES and DOC_COLS; ERR_INPUT where
 * a picture is none. lang is that of the warnings. */
enum err_code doc_layout(
	struct arena *a, const struct doc *d, struct fonts *fonts, enum lang lang, struct lay **out, struct err *err);

/* PDF 1.5 by cairo: subset fonts, outline, tags, metadata in Unicode. ERR_LIMIT, ERR_IO. */
enum err_code doc_pdf(const struct lay *l, struct arena *a, struct str *out, struct err *err);
/* OFD, GB/T 33190-2016. ERR_LIMIT, ERR_IO. */
enum err_code doc_ofd(const struct lay *l, struct arena *a, struct str *out, struct err *err);
/* The same with files put into it, such as the registers behind its figures: a name for people, and the end of a file's
 * name, "xlsx" (ASCII letters and digits). */
struct doc_attachment {
	struct str name, format, bytes;
};
enum err_code doc_ofd_with(const struct lay *l, const struct doc_attachment *files, size_t n, struct arena *a,
	struct str *out, struct err *err);
/* One page as PNG at so many dots an inch (36 to 400). ERR_NOT_FOUND, ERR_LIMIT. */
enum err_code doc_png(const struct lay *l, size_t page, int dpi, struct arena *a, struct str *out, struct err *err);

#endif
