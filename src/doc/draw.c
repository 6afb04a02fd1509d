#include "doc/draw.h"

#include "base/utf8.h"
#include "doc/font_in.h"
#include "doc/jpeg.h"
#include "doc/picture.h"

#include <cairo-ft.h>
#include <hb.h>

enum {
	WIDE_BLANK = 0x3000,
	GAP = 9 /* wider gaps or overlaps than so many hundredths of an em could be read as spaces or line ends */
};

/* A face of FreeType, its library and its bytes live as long as cairo keeps what it made of them. */
struct ft {
	FT_Library library;
	FT_Face face;
	hb_blob_t *blob; /* that it is in; NULL: in a file */
};

static void ft_done(void *data)
{
	struct ft *ft = data;

	if (ft->face)
		FT_Done_Face(ft->face);
	if (ft->library)
		FT_Done_FreeType(ft->library);
	hb_blob_destroy(ft->blob);
	free(ft);
}

/* NULL: the file was read by HarfBuzz, and is gone. */
static cairo_font_face_t *make_face(const struct font *f, hb_blob_t *blob)
{
	static const cairo_user_data_key_t key;
	struct ft *ft = calloc(1, sizeof *ft);
	unsigned size = 0;
	bool bad;

	BUG_IF(!ft);
	ft->blob = hb_blob_reference(blob);

	const FT_Byte *bytes = blob ? (const FT_Byte *)hb_blob_get_data(blob, &size) : NULL;

	bad = FT_Init_FreeType(&ft->library) ||
		(blob ? FT_New_Memory_Face(ft->library, bytes, size, 0, &ft->face)
		      : FT_New_Face(ft->library, f->path.p, f->index, &ft->face));
	if (bad) {
		ft_done(ft);
		return NULL;
	}

	cairo_font_face_t *face =
		cairo_ft_font_face_create_for_ft_face(ft->face, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);

	if (cairo_font_face_set_user_data(face, &key, ft, ft_done) != CAIRO_STATUS_SUCCESS)
		BUG("no memory for a font");
	return face;
}

static void face_done(void *face)
{
	cairo_font_face_destroy(face);
}

static cairo_font_face_t *face_of(const struct draw *d, const struct font *f)
{
	struct font_file *file = (struct font_file *)(uintptr_t)f;

	if (d->fonts) {
		struct embedded *e = embed_of(d->fonts, f);
		if (!e->cairo_face) {
			e->cairo_face = make_face(f, e->blob);
			e->cairo_done = face_done;
		}
		return e->cairo_face;
	}
	if (!file->cairo_face) {
		file->cairo_face = make_face(f, NULL);
		file->cairo_done = face_done;
	}
	return file->cairo_face;
}

/* The glyph's number in the font that is drawn with: a cut one has numbers of its own. */
static uint32_t glyph_in(const struct draw *d, const struct font *f, uint32_t cp, uint32_t gid)
{
	hb_codepoint_t g = 0;

	if (!d->fonts || !gid)
		return gid;
	return hb_font_get_nominal_glyph(embed_of(d->fonts, f)->hb_font, cp, &g) ? g : 0;
}

static void colour(cairo_t *cr, uint32_t rgb)
{
	cairo_set_source_rgb(cr, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
}

static void make_room(struct draw *d, size_t n)
{
	if (n <= d->cap)
		return;
	d->cap = MAX(2 * d->cap, n + 64);
	d->glyphs = realloc(d->glyphs, d->cap * sizeof *d->glyphs);
	d->clusters = realloc(d->clusters, d->cap * sizeof *d->clusters);
	BUG_IF(!d->glyphs || !d->clusters);
}

static bool is_gap(const struct lay_item *it, int64_t gap)
{
	return llabs(gap) > (int64_t)it->size * GAP / 100;
}

static int32_t end_of(const struct lay_item *it, size_t i)
{
	return it->glyphs[i].x + font_advance(it->font, it->glyphs[i].gid, it->size);
}

/* Is there such a gap behind glyph i? A wide blank is one: between columns, for readers of text. */
static bool gap_behind(const struct lay_item *it, size_t i)
{
	return i + 1 < it->nglyphs && (it->glyphs[i].cp == WIDE_BLANK || it->glyphs[i + 1].cp == WIDE_BLANK ||
					      is_gap(it, (int64_t)it->glyphs[i + 1].x - end_of(it, i)));
}

/* A blank that ends where the next item begins, when a gap lies between them, or where a link begins or ends in a mark
 * that was narrowed: its place, from the item's. */
static bool filler(const struct lay_item *it, const struct lay_item *next, uint32_t *gid, int32_t *x)
{
	hb_codepoint_t g;
	int64_t to, gap;

	if (!next || next->kind != LAY_TEXT || it->kind != LAY_TEXT || next->y != it->y || it->turn || next->turn ||
		next->role != it->role || next->block != it->block || next->row != it->row || next->col != it->col)
		return false;
	to = (int64_t)next->x - it->x;
	gap = to - end_of(it, it->nglyphs - 1);
	if ((gap <= 0 && str_eq(it->link, next->link)) || !is_gap(it, gap) ||
		llabs(gap) > it->size || /* wider ones are meant */
		!hb_font_get_nominal_glyph(it->font->hb_font, ' ', &g))
		return false;
	*gid = g;
	*x = (int32_t)(to - font_advance(it->font, g, it->size));
	return true;
}

size_t draw_piece(const struct lay_item *it, size_t from, bool *gaps)
{
	size_t to = from + 1;

	*gaps = gap_behind(it, from);
	if (*gaps)
		while (to < it->nglyphs && gap_behind(it, to - 1))
			to++;
	else
		while (to < it->nglyphs && !gap_behind(it, to))
			to++;
	return to;
}

void draw_glyphs(struct draw *d, const struct lay_item *it, size_t from, size_t to, bool joined,
	const struct lay_item *next)
{
	double x = draw_pt(it->x), y = draw_pt(it->y);
	cairo_font_face_t *face = face_of(d, it->font);
	size_t n = to - from, nclusters = joined ? 1 : n, nglyphs = n;
	uint32_t blank;
	int32_t blank_x;

	if (!face || !n)
		return;
	make_room(d, n + 1);
	buf_reset(&d->text);
	cairo_save(d->cr);
	if (it->turn) {
		cairo_translate(d->cr, x, y);
		cairo_rotate(d->cr, it->turn * 3.14159265358979323846 / 180);
		x = y = 0;
	}
	cairo_set_font_face(d->cr, face);
	cairo_set_font_size(d->cr, draw_pt(it->size));
	colour(d->cr, it->rgb);
	for (size_t i = 0; i < n; i++) {
		const struct lay_glyph *g = &it->glyphs[from + i];
		char utf8[4];
		size_t bytes = utf8_put(g->cp, utf8);
		d->glyphs[i] = (cairo_glyph_t){glyph_in(d, it->font, g->cp, g->gid), x + draw_pt(g->x), y};
		d->clusters[i] = (cairo_text_cluster_t){(int)bytes, 1};
		buf_put(&d->text, (struct str){utf8, bytes});
	}
	if (joined)
		d->clusters[0] = (cairo_text_cluster_t){(int)d->text.n, (int)n};
	if (d->fonts && to == it->nglyphs && filler(it, next, &blank, &blank_x)) {
		d->glyphs[nglyphs++] = (cairo_glyph_t){glyph_in(d, it->font, ' ', blank), x + draw_pt(blank_x), y};
		d->clusters[nclusters - 1].num_glyphs++;
	}
	if (d->fonts)
		cairo_show_text_glyphs(d->cr, d->text.p, (int)d->text.n, d->glyphs, (int)nglyphs, d->clusters,
			(int)nclusters, 0);
	else
		cairo_show_glyphs(d->cr, d->glyphs, (int)n);
	cairo_restore(d->cr);
}

static void draw_path(cairo_t *cr, const struct lay_item *it)
{
	double dash = draw_pt(it->dash);

	cairo_save(cr);
	cairo_translate(cr, draw_pt(it->x), draw_pt(it->y));
	cairo_new_path(cr);
	for (size_t i = 0; i < it->nops; i++) {
		const struct path_op *o = &it->ops[i];
		switch (o->kind) {
		case PATH_MOVE: cairo_move_to(cr, draw_pt(o->x), draw_pt(o->y)); break;
		case PATH_LINE: cairo_line_to(cr, draw_pt(o->x), draw_pt(o->y)); break;
		case PATH_CURVE:
			cairo_curve_to(cr, draw_pt(o->x1), draw_pt(o->y1), draw_pt(o->x2), draw_pt(o->y2),
				draw_pt(o->x), draw_pt(o->y));
			break;
		case PATH_CLOSE: cairo_close_path(cr); break;
		}
	}
	if (it->filled) {
		colour(cr, it->fill);
		cairo_fill_preserve(cr);
	}
	if (it->stroked) {
		colour(cr, it->stroke);
		cairo_set_line_width(cr, draw_pt(it->line));
		if (it->dash > 0)
			cairo_set_dash(cr, &dash, 1, 0);
		cairo_stroke_preserve(cr);
	}
	cairo_new_path(cr);
	cairo_restore(cr);
}

static cairo_status_t read_bytes(void *of, unsigned char *out, unsigned n)
{
	struct str *rest = of;

	if (rest->n < n)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(out, rest->p, n);
	*rest = str_sub(*rest, n, rest->n);
	return CAIRO_STATUS_SUCCESS;
}

/* A JPEG decoded, as fine as the surface shows it; on paper 300 dots an inch. */
static cairo_surface_t *jpeg_pixels(struct draw *d, const struct lay_item *it)
{
	static const cairo_user_data_key_t key;
	double w = draw_pt(it->w), h = draw_pt(it->h), k = d->fonts ? 300 / 72.0 : 1;
	struct jpeg_image image;
	cairo_surface_t *s;

	cairo_user_to_device_distance(d->cr, &w, &h);
	if (!jpeg_read(it->bytes, (int)(w * k) + 1, (int)(h * k) + 1, &image))
		return NULL;
	s = cairo_image_surface_create_for_data(
		(unsigned char *)image.px, CAIRO_FORMAT_RGB24, image.w, image.h, image.w * (int)sizeof *image.px);
	if (cairo_surface_set_user_data(s, &key, image.px, free) != CAIRO_STATUS_SUCCESS) {
		cairo_surface_destroy(s);
		free(image.px);
		return NULL;
	}
	return s;
}

/* The picture as a surface: decoded, but a JPEG for paper as its bytes, which PDF takes as they are. The layout
 * has none of four inks (jpeg_plain), of which cairo does not say whether they are inverted. */
static cairo_surface_t *picture(struct draw *d, const struct lay_item *it)
{
	struct picture_info info;
	struct str rest = it->bytes;
	cairo_surface_t *s;

	if (!picture_read(it->bytes, &info))
		return NULL;
	if (!info.jpeg)
		return cairo_image_surface_create_from_png_stream(read_bytes, &rest);
	if (!d->fonts)
		return jpeg_pixels(d, it);

	unsigned char *copy = malloc(it->bytes.n);

	BUG_IF(!copy);
	memcpy(copy, it->bytes.p, it->bytes.n);
	s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, info.width, info.height);
	if (cairo_surface_set_mime_data(s, CAIRO_MIME_TYPE_JPEG, copy, it->bytes.n, free, copy) != CAIRO_STATUS_SUCCESS)
		free(copy);
	return s;
}

static void draw_image(struct draw *d, const struct lay_item *it)
{
	cairo_surface_t *s = picture(d, it);
	bool good = s && cairo_surface_status(s) == CAIRO_STATUS_SUCCESS;

	cairo_save(d->cr);
	cairo_translate(d->cr, draw_pt(it->x), draw_pt(it->y));
	if (good) {
		cairo_scale(d->cr, draw_pt(it->w) / cairo_image_surface_get_width(s),
			draw_pt(it->h) / cairo_image_surface_get_height(s));
		cairo_set_source_surface(d->cr, s, 0, 0);
		cairo_pattern_set_filter(cairo_get_source(d->cr), CAIRO_FILTER_GOOD);
		cairo_paint(d->cr);
	} else {
		colour(d->cr, 0xCCCCCC);
		cairo_rectangle(d->cr, 0, 0, draw_pt(it->w), draw_pt(it->h));
		cairo_fill(d->cr);
	}
	cairo_restore(d->cr);
	if (s)
		cairo_surface_destroy(s);
}

void draw_item(struct draw *d, const struct lay_item *it)
{
	switch (it->kind) {
	case LAY_TEXT: draw_glyphs(d, it, 0, it->nglyphs, false, NULL); break;
	case LAY_PATH: draw_path(d->cr, it); break;
	case LAY_IMAGE: draw_image(d, it); break;
	}
}

void draw_free(struct draw *d)
{
	free(d->glyphs);
	free(d->clusters);
	buf_free(&d->text);
	*d = (struct draw){0};
}
