/* Between the files font*.c: a font file opened, and the fonts that a system has. */
#ifndef DOC_FONT_IN_H
#define DOC_FONT_IN_H

#include "base/arena.h"
#include "doc/font.h"

struct font_file { /* behind every struct font that fonts_open() makes */
	struct font font; /* first */
	void *bytes; /* mapped */
	size_t size;
	unsigned nglyphs;
	int32_t *advances; /* [nglyphs] plus 1, in units; 0: not asked yet */
	bool used;
	void *cairo_face; /* of draw.c, given back by cairo_done */
	void (*cairo_done)(void *);
	void *subset; /* the last made, a blob of HarfBuzz, … */
	void *subset_of; /* … and of which characters, a set of HarfBuzz */
};

/* Maps a file and reads what it says of its face number `index`; with a family, of the first face of that name. NULL:
 * there is no such file, it is no font, or has no such family. The font lives in the arena until font_file_close(). */
struct font_file *font_file_open(struct arena *a, const char *path, int index, const char *family);
void font_file_close(struct font_file *f);
/* Has one face of the file one of the names? Which one (SIZE_MAX: none), and the number of that face. */
size_t font_file_named(const char *path, const char *const *names, size_t n, int *index);

/* A font file with nothing but these characters (hb_set_t), for embedding, with its names and its table of characters:
 * an hb_blob_t for the caller to destroy. The same twice costs once. NULL: the file can't be cut. */
void *font_subset(const struct font *f, const void *cps);

struct font_system; /* what fontconfig lists */
struct font_system *font_system(struct arena *a);
/* The file of a family, by exactly this name, of regular weight where there are several; file: of this base name only
 * (NULL: any). NULL: the system has none. */
const char *font_system_find(const struct font_system *s, const char *family, const char *file, int *index);

#endif
