/* Fonts for paper: which file each face is, which font has a character, how wide its glyph is. Free fonts as Debian has
 * them, the office's own where it has them (docs/layout.md, "Fonts"). Widths come from the font program, never its line
 * height. */
#ifndef DOC_FONT_H
#define DOC_FONT_H

#include "doc/doc.h"

struct font {
	enum doc_face face; /* that it was taken for */
	struct str path; /* of its file */
	int index; /* within a collection */
	struct str name; /* official name to write beside it: 仿宋_GB2312; of the file for a font that stands in */
	struct str alt; /* the other name: 仿宋 */
	struct str family; /* as the file calls itself, UTF-8 */
	int upem; /* units of the em */
	int ascent, descent; /* of the Hanzi's em box, in units: 0.88 and -0.12 of upem where the file says nothing */
	bool fallback; /* stands in for characters that the face lacks */
	void *hb_face, *hb_font; /* of HarfBuzz; for the files of this folder */
};

struct fonts;

/* Looks for every face: first in dirs (NULL-ended; the office's own, by official name), then among the system's, then
 * the free ones where `./dev setup` puts them and Debian has them; with ZEREN_FONTS set, the free ones of that folder
 * only. dirs may be NULL. ERR_NOT_FOUND names the face and the package that has one. The same files give the same
 * choice. Freed by fonts_close(). */
enum err_code fonts_open(const char *const *dirs, struct fonts **out, struct err *err);
void fonts_close(struct fonts **f); /* also as CLEANUP(fonts_close) */

/* The font of a face itself. */
const struct font *fonts_face(const struct fonts *f, enum doc_face face);
/* The font that draws cp in face, and its glyph: the face's own, else those that stand in, in order. No font has it:
 * the face's own font and glyph 0. Not for two threads at once. */
const struct font *fonts_find(struct fonts *f, enum doc_face face, uint32_t cp, uint32_t *gid);
/* All fonts that fonts_find() has given so far, by order of first use: [*n]. */
const struct font *const *fonts_used(const struct fonts *f, size_t *n);

/* Advance of a glyph at an em of size nm, in nm. */
int32_t font_advance(const struct font *f, uint32_t gid, int32_t size);

#endif
