#include "doc/draw.h"

enum { DPI_MIN = 36, DPI_MAX = 400, PNG_BYTES = 64 << 20 };

static cairo_status_t put(void *to, const unsigned char *p, unsigned n)
{
	buf_put(to, (struct str){(const char *)p, n});
	return CAIRO_STATUS_SUCCESS;
}

/* White, in points from (x, y) on, its letters as on paper and not pulled to the pixels. */
static cairo_t *canvas(cairo_surface_t *s, int dpi, int32_t x, int32_t y)
{
	cairo_t *cr = cairo_create(s);
	cairo_font_options_t *o = cairo_font_options_create();

	cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(o, CAIRO_ANTIALIAS_GRAY);
	cairo_set_font_options(cr, o);
	cairo_font_options_destroy(o);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_scale(cr, dpi / 72.0, dpi / 72.0);
	cairo_translate(cr, -draw_pt(x), -draw_pt(y));
	return cr;
}

int draw_pixels(int32_t nm, int dpi)
{
	return (int)(draw_pt(nm) * dpi / 72 + 0.5);
}

enum err_code draw_png(const struct lay_page *p, const struct draw_part *of, int dpi, struct arena *a, struct str *out,
	struct err *err)
{
	CLEANUP(buf_free) struct buf bytes = BUF_MAX(PNG_BYTES);
	struct draw d = {.text = BUF_MAX(DOC_BYTES)};
	cairo_surface_t *s = cairo_image_surface_create(
		CAIRO_FORMAT_RGB24, draw_pixels(of->w, dpi), draw_pixels(of->h, dpi));
	cairo_status_t status;

	d.cr = canvas(s, dpi, of->x, of->y);
	for (size_t i = 0; i < p->n; i++)
		if (!of->pictures || p->items[i].role == ROLE_PICTURE)
			draw_item(&d, &p->items[i]);
	status = cairo_status(d.cr);
	cairo_destroy(d.cr);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_write_to_png_stream(s, put, &bytes);
	cairo_surface_destroy(s);
	draw_free(&d);
	if (status != CAIRO_STATUS_SUCCESS)
		return fail(err, ERR_IO, "the picture can't be drawn: %s", cairo_status_to_string(status));
	if (bytes.over)
		return fail(err, ERR_LIMIT, "the picture is larger than %d MB", PNG_BYTES >> 20);
	*out = arena_str(a, buf_str(&bytes));
	return OK;
}

enum err_code doc_png(const struct lay *l, size_t page, int dpi, struct arena *a, struct str *out, struct err *err)
{
	if (page >= l->npages)
		return fail(err, ERR_NOT_FOUND, "no page %zu: the document has %zu", page + 1, l->npages);
	if (dpi < DPI_MIN || dpi > DPI_MAX)
		return fail(err, ERR_LIMIT, "%d dots an inch: a page is drawn at %d to %d", dpi, DPI_MIN, DPI_MAX);
	return draw_png(&l->pages[page], &(struct draw_part){.w = l->pages[page].w, .h = l->pages[page].h}, dpi, a, out,
		err);
}
