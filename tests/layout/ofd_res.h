/* Fonts and images of an OFD package, for ofd_read. */
#ifndef OFD_RES_H
#define OFD_RES_H

#include "ofd_part.h"

#include <cairo-ft.h>

#include FT_FREETYPE_H

struct font {
	char id[16], name[128];
	FT_Face face;
	cairo_font_face_t *cairo;
};

struct image {
	char id[16];
	cairo_surface_t *surface; /* NULL: of a kind that is not shown */
};

bool resources_init(void);
void resources(const char *name); /* takes the fonts and images of a part PublicRes.xml or DocumentRes.xml */
/* What a text or image object names; NULL and a complaint where it is not there. */
const struct font *font_of(const struct xml *text);
const struct image *image_of(const struct xml *image);

#endif
