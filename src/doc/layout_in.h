/* Between the files of the layout (layout.c, page.c, flow.c, head.c, table.c …). The tree becomes entries: lines, free
 * rows, rows of tables, pictures. page.c gives each its page and height; emit.c and its like draw them there. Numbers
 * in brackets are those of docs/layout.md. */
#ifndef DOC_LAYOUT_IN_H
#define DOC_LAYOUT_IN_H

#include "doc/line.h"

enum {
	CELL = TYPE_W / GRID_COLS,
	PITCH = 10389306, /* of GRID_INK: 29.45 pt */
	BLACK = 0x000000,
	RED = 0xE60000,
	ABOVE_ROW = 2 * NM_MM /* [B4] */
};

/* The type area of a page. */
struct paper {
	int32_t w, h; /* of the page */
	int32_t tx, ty, tw, th;
	int cols, rows;
	bool landscape;
};

/* Part of a line: broken text, moved right by dx. Most lines have one. */
struct seg {
	const struct atom *atoms;
	const struct line *line;
	const struct doc_run *runs; /* of the atoms; NULL: no links */
	int32_t dx; /* from the left edge of the type area */
	enum lay_role role;
	const struct seg *next;
};

struct tcell;
struct ltable {
	const struct doc_table *t;
	size_t block, nheads;
	int32_t size, lead, padx, pady; /* of its text, line pitch, padding */
	int32_t x; /* of its left rule, from the type area */
	int32_t *cx; /* [ncols + 1] rules from x */
	int64_t *rh; /* [nrows] heights: of long cells more than 32 bits hold */
	int32_t head_h; /* of its head; 0: none is repeated */
	bool merged; /* some cell is of several rows */
	size_t *row_page; /* [nrows] where a row begins */
	struct tcell *cells; /* [nrows * ncols] */
};

struct lpicture {
	const struct doc_picture *p;
	struct str bytes; /* of the file, upright */
	int32_t w, h;
	bool empty; /* can't be drawn: a frame with its words instead */
	struct seg *words; /* of the frame, [nwords] */
	size_t nwords;
};

enum entry_kind { ENTRY_LINE, ENTRY_FREE, ENTRY_SMALL, ENTRY_ROW, ENTRY_PICTURE, ENTRY_PAGE };
struct entry {
	enum entry_kind kind;
	bool stay; /* no page begins with it */
	bool held; /* nor with this, but where page 1 would show no body: what stands above the signature [P6] */
	bool body; /* what page one is to show [P3] */
	bool firm; /* FREE: also at the top of a page */
	bool off; /* FREE: given up [P3] */
	bool landscape; /* PAGE */
	bool first; /* of its block */
	size_t block; /* SIZE_MAX: none */
	int32_t size; /* LINE, SMALL: of the em */
	int64_t height; /* SMALL, ROW, PICTURE */
	int32_t before; /* SMALL, ROW, PICTURE: left free above it, but at the top of a page */
	struct seg seg; /* LINE, SMALL */
	struct ltable *table; /* ROW */
	size_t row;
	struct lpicture *picture;
};

/* Where an entry stands. */
struct place {
	size_t entry, page;
	int32_t y; /* of its em box or upper edge, from the top of the type area */
	int32_t height;
	size_t from, to; /* ROW: lines of its cells; to 0: all */
	bool heads; /* ROW: the table's head is repeated above it; y is that of the head */
};

struct page_at {
	bool landscape, numbered;
	int32_t bottom; /* of what stands lowest, from the top of the type area */
};

struct glyph_cache;
struct keep_words;
struct laying {
	struct arena *a;
	const struct doc *d;
	struct fonts *fonts;
	enum lang lang;
	struct lay *lay;
	struct glyph_cache *cache;
	struct keep_words *keep;
	uint8_t *missing_seen; /* bit a code point */
	uint32_t *missing;
	size_t nmissing, missing_cap;
	struct str joined[5]; /* first words of letters that are not set as their script asks, of … */
	size_t njoined; /* … so many */
	struct paper paper; /* of what is being built */
	struct entry *entries;
	size_t n, cap;
	struct place *places;
	size_t nplaces, places_cap;
	struct page_at *at; /* pages */
	size_t npages, at_cap;
	bool released; /* what is held no longer is */
	int32_t start; /* where the flow begins on page 1, from the top of the type area */
	int32_t mark_at; /* [P1, P3] of the mark's em box */
	struct err *err;
};

/* The page of a document, upright or lying. */
struct paper paper_of(bool landscape);
/* Top of the em box of size 三号 on row k, from the top of the type area [G2]. */
int32_t row_top(const struct laying *l, int k);
/* The first row whose em box lies wholly below y [P2]. */
int row_below(const struct laying *l, int32_t y);
/* From the top of an em box to its baseline. */
static inline int32_t baseline(int32_t size) { return (int32_t)((int64_t)size * 88 / 100); }
/* Line pitch off the grid [B2]. */
static inline int32_t lead_of(int32_t size) { return (int32_t)((int64_t)size * 13 / 10); }

/* ---- text.c: characters with their glyphs ---- */
struct text {
	struct atom *atoms;
	size_t n;
	const struct doc_run *runs;
};
struct text text_of_runs(
	struct laying *l, const struct doc_run *runs, size_t n, enum doc_face face, int32_t size);
struct text text_of(struct laying *l, struct str s, enum doc_face face, int32_t size);
struct text text_of_cell(struct laying *l, struct str s, enum doc_face face, int32_t size); /* with line ends */
int32_t text_width(struct text t); /* sum of its advances */
/* The whole text as one line that begins at 0; cell 0: off the grid. */
struct seg seg_line(struct laying *l, struct text t, int32_t cell, enum lay_role role);
/* The same of cells, in which western runs take half cells [G8]. */
struct seg seg_tight(struct laying *l, struct text t, enum lay_role role);
size_t text_lines(struct laying *l, struct text t, const struct line_opt *opt, struct line **out);
void text_init(struct laying *l);
void text_warn(struct laying *l); /* of what no font has [L9] */

/* Notes what went wrong with a block; SIZE_MAX: with the whole. */
void lay_warn(struct laying *l, size_t block, struct str text);

/* ---- flow.c, sign.c: the tree as entries ---- */
struct entry *entry_add(struct laying *l, enum entry_kind kind, size_t block);
void entries_free(struct laying *l, int n, bool stay, bool firm);
struct entry *entry_line(struct laying *l, size_t block, int32_t size, struct seg seg);
enum err_code flow_build(struct laying *l);
void flow_annexes(struct laying *l); /* [P5] */
void flow_present(struct laying *l);
void flow_sign(struct laying *l); /* [P6, P7] */

/* ---- page.c: entries onto pages ---- */
/* Gives each entry its place from l->start on. only_first: no further than page 1. ERR_LIMIT. */
enum err_code pages_place(struct laying *l, bool only_first);

/* ---- head.c [P1] ---- */
/* Sets l->start; draws when draw. */
void head_lay(struct laying *l, bool draw);

/* ---- table.c, table_draw.c ---- */
enum err_code table_build(struct laying *l, size_t block, bool stay);
/* Draws places [from, to): rows of one table on one page. */
void table_draw(struct laying *l, size_t from, size_t to);
/* What a row that stands on that page has to be higher by: where a merged cell ends in it that began on another, whose
 * pieces hold fewer lines than the whole. */
int64_t table_row_more(struct ltable *t, size_t row, size_t page);

struct tcell {
	const struct atom *atoms;
	struct line *lines;
	size_t nlines;
	size_t owner; /* index of the cell that covers it, or its own */
	uint32_t cols, rows; /* of an owner */
	enum doc_align align;
	size_t drawn; /* lines that stand on earlier pages: of a cell over several rows */
};

/* ---- lay_picture.c, lay_picture_file.c ---- */
struct pixels {
	int32_t w, h; /* nm, of its own */
	bool wrong; /* the file is not what its header says, or larger than is drawn */
};
/* Size of a PNG or JPEG file by its header, checked against what follows. False: it is neither. */
bool picture_file(struct str bytes, struct pixels *out);
enum err_code picture_build(struct laying *l, size_t block, bool stay);
void picture_draw(struct laying *l, const struct place *p);

/* ---- colophon.c: 版记, page numbers, code [P9 to P12] ---- */
enum err_code colophon_place(struct laying *l); /* adds pages where it needs them */
void colophon_draw(struct laying *l);
void numbers_draw(struct laying *l);

/* ---- emit.c ---- */
struct lay_page *emit_page(struct laying *l, size_t page);
struct lay_item *emit_item(struct laying *l, size_t page, enum lay_kind kind, enum lay_role role, size_t block);
struct emit_at {
	size_t page, block, row, col;
	int32_t x, y; /* from the corner of the page: of the line's left edge, on the baseline */
	uint32_t rgb;
	int turn;
};
void emit_seg(struct laying *l, const struct seg *seg, const struct emit_at *at);
/* A rule from one point to another; its place is its middle [G6]. */
void emit_rule(struct laying *l, size_t page, enum lay_role role, int32_t x0, int32_t y0, int32_t x1, int32_t y1,
	int32_t line, uint32_t rgb);
void emit_places(struct laying *l);

#endif
