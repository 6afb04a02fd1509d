/* Items of a laid-out page on a surface of cairo, in points: the same for PDF and for pictures of pages. */
#ifndef DOC_DRAW_H
#define DOC_DRAW_H

#include "doc/embed.h"

#include <cairo.h>

struct draw {
	cairo_t *cr; /* its unit is a point */
	const struct embed *fonts; /* a surface that keeps texts and embeds these; NULL: one of pixels */
	cairo_glyph_t *glyphs;
	cairo_text_cluster_t *clusters;
	size_t cap;
	struct buf text;
};

static inline double draw_pt(int64_t nm) { return (double)nm * 72 / 25.4 / NM_MM; }

/* Draws one item. A picture that can't be read is a grey box of its size. */
void draw_item(struct draw *d, const struct lay_item *it);

/* Glyphs [from, to) of a text. joined: they are read as one, whatever lies between them. next: the item that follows
 * (NULL: none): a gap up to it is filled, so that nobody reads a space there. */
void draw_glyphs(struct draw *d, const struct lay_item *it, size_t from, size_t to, bool joined,
	const struct lay_item *next);
/* A reader of the PDF's text takes gaps between glyphs for spaces, and overlaps for line ends. Where the glyphs from
 * `from` on that belong together end: all have such gaps between them (*gaps), or none has. */
size_t draw_piece(const struct lay_item *it, size_t from, bool *gaps);
void draw_free(struct draw *d);

/* A part of a page, in nm. */
struct draw_part {
	int32_t x, y, w, h;
	bool pictures; /* these alone */
};
int draw_pixels(int32_t nm, int dpi);
/* It as PNG, in the arena. ERR_IO where cairo fails, ERR_LIMIT above 64 MB. */
enum err_code draw_png(const struct lay_page *p, const struct draw_part *of, int dpi, struct arena *a, struct str *out,
	struct err *err);

#endif
