/* A drawing: paths and texts in nanometres, y downwards from its own corner. Charts make them; the layout puts them on
 * paper, drawing_svg() on pages. */
#ifndef DOC_DRAWING_H
#define DOC_DRAWING_H

#include "doc/doc.h"

enum shape_kind { SHAPE_PATH, SHAPE_TEXT };
enum path_op_kind { PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE };

struct path_op {
	enum path_op_kind kind;
	int32_t x, y; /* the point reached */
	int32_t x1, y1, x2, y2; /* CURVE: control points of a cubic Bézier */
};

struct shape {
	enum shape_kind kind;
	/* PATH: filled (non-zero), then stroked */
	struct path_op *ops;
	size_t nops, ops_cap;
	bool filled, stroked;
	uint32_t fill, stroke; /* 0xRRGGBB */
	int32_t line; /* nm */
	int32_t dash; /* nm on, nm off; 0: solid */
	/* TEXT: one line */
	struct str text;
	int32_t x, y; /* of its baseline */
	int32_t size; /* nm of the em */
	enum doc_face face; /* BLOCK: HEI */
	int anchor; /* -1 begins at x, 0 is centred on it, 1 ends there */
	bool upright; /* turned: read from below */
	uint32_t rgb;
	/* for pages */
	struct str link; /* address that it opens; empty: none. Neighbouring shapes of one link are one */
	struct str title; /* what it says when pointed at, and to who can't see it */
	struct str name; /* class of the style sheet: "met"; pages colour by it, so that a dark theme may differ */
	bool current; /* its link leads to what is shown now */
};

struct drawing {
	struct arena *arena;
	int32_t width, height;
	struct str title, desc; /* for who can't see it */
	struct shape *shapes;
	size_t n, cap;
};

/* An empty drawing; it and all its shapes live in the arena, strings are not copied. */
struct drawing *drawing_new(struct arena *a, int32_t width, int32_t height);
/* A new path, with nothing filled or stroked yet; then its points. A shape stays valid until the next is added. */
struct shape *drawing_path(struct drawing *d);
void path_move(struct drawing *d, struct shape *s, int32_t x, int32_t y);
void path_line(struct drawing *d, struct shape *s, int32_t x, int32_t y);
void path_curve(
	struct drawing *d, struct shape *s, int32_t x1, int32_t y1, int32_t x2, int32_t y2, int32_t x, int32_t y);
void path_close(struct drawing *d, struct shape *s);
struct shape *drawing_rect(struct drawing *d, int32_t x, int32_t y, int32_t w, int32_t h);
struct shape *drawing_circle(struct drawing *d, int32_t x, int32_t y, int32_t r);
struct shape *drawing_text(struct drawing *d, int32_t x, int32_t y, int32_t size, int anchor, struct str text);

/* SVG 1.1 to be put into an HTML page (whole: a file by itself, with xmlns and the font family): <title>, <desc>, links
 * and classes; no style attribute, no script. Everything is escaped; a link that does not begin with one '/', with '?'
 * or '#' is left out. On a page (not whole) a shape with a name has it as its class, with "f" where it is filled and
 * "s" where it is stroked, and no colours: the style sheet has them. */
void drawing_svg(const struct drawing *d, bool whole, struct buf *out);

#endif
