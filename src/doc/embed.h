/* The fonts of a laid-out document, cut to what it needs: the same for PDF and OFD, made once for both. */
#ifndef DOC_EMBED_H
#define DOC_EMBED_H

#include "doc/layout.h"

struct embedded {
	const struct font *font;
	struct str bytes; /* of the file to embed: alive as long as this */
	void *blob, *hb_font; /* of HarfBuzz: the file, and what finds a glyph in it */
	void *cairo_face; /* draw.c's, given back by cairo_done */
	void (*cairo_done)(void *);
};

struct embed {
	struct embedded *fonts; /* in order of first use */
	size_t n, cap;
};

/* Cuts the fonts of all texts to their characters and the blank. ERR_IO: a font can't be cut. Freed by embed_free(),
 * also after an error. */
enum err_code embed_fonts(const struct lay *l, struct arena *a, struct embed *out, struct err *err);
void embed_free(struct embed *e);
/* That of a font of the layout. */
struct embedded *embed_of(const struct embed *e, const struct font *f);

#endif
