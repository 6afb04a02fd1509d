#include "doc/embed.h"

#include "doc/font_in.h"

#include <hb.h>

struct embedded *embed_of(const struct embed *e, const struct font *f)
{
	for (size_t i = 0; i < e->n; i++)
		if (e->fonts[i].font == f)
			return &e->fonts[i];
	return NULL;
}

/* What each font draws: a set a font, in the order of embed. */
static void collect(const struct lay *l, struct arena *a, struct embed *e, hb_set_t ***sets)
{
	size_t cap = 0, n = 0;

	for (size_t p = 0; p < l->npages; p++)
		for (size_t i = 0; i < l->pages[p].n; i++) {
			const struct lay_item *it = &l->pages[p].items[i];
			if (it->kind != LAY_TEXT || !it->nglyphs)
				continue;
			struct embedded *f = embed_of(e, it->font);
			if (!f) {
				f = ARENA_PUSH(a, e->fonts, e->n, e->cap);
				f->font = it->font;
				*ARENA_PUSH(a, *sets, n, cap) = hb_set_create();
				hb_set_add((*sets)[n - 1], ' ');
			}
			hb_set_t *set = (*sets)[f - e->fonts];
			for (size_t k = 0; k < it->nglyphs; k++)
				hb_set_add(set, it->glyphs[k].cp);
		}
}

enum err_code embed_fonts(const struct lay *l, struct arena *a, struct embed *out, struct err *err)
{
	hb_set_t **sets = NULL;
	enum err_code code = OK;

	*out = (struct embed){0};
	collect(l, a, out, &sets);
	for (size_t i = 0; i < out->n; i++) {
		struct embedded *f = &out->fonts[i];
		unsigned size = 0;
		f->blob = code == OK ? font_subset(f->font, sets[i]) : NULL;
		hb_set_destroy(sets[i]);
		if (!f->blob) {
			code = fail(err, ERR_IO, "the font %s can't be cut to what a document needs", f->font->path.p);
			continue;
		}
		f->bytes.p = hb_blob_get_data(f->blob, &size);
		f->bytes.n = size;
		hb_face_t *face = hb_face_create(f->blob, 0);
		f->hb_font = hb_font_create(face);
		hb_face_destroy(face);
	}
	return code;
}

void embed_free(struct embed *e)
{
	for (size_t i = 0; i < e->n; i++) {
		if (e->fonts[i].cairo_face)
			e->fonts[i].cairo_done(e->fonts[i].cairo_face);
		if (e->fonts[i].hb_font)
			hb_font_destroy(e->fonts[i].hb_font);
		if (e->fonts[i].blob)
			hb_blob_destroy(e->fonts[i].blob);
	}
	*e = (struct embed){0};
}
