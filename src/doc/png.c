#include "doc/draw.h"

enum { DPI_MIN = 36, DPI_MAX = 400, PNG_BYTES = 64 << 20 };

static cairo_status_t put(void *to, const unsigned char *p, unsigned n)
{
	buf_put(to, (struct str){(const char *)p, n});
	return CAIRO_STATUS_SUCCESS;
}

enum err_code doc_png(const struct lay *l, size_t page, int dpi, struct arena *a, struct str *out, struct err *err)
{
	CLEANUP(buf_free) struct buf bytes = BUF_MAX(PNG_BYTES);
	struct draw d = {.text = BUF_MAX(DOC_BYTES)};

	if (page >= l->npages)
		return fail(err, ERR_NOT_FOUND, "no page %zu: the document has %zu", page + 1, l->npages);
	if (dpi < DPI_MIN || dpi > DPI_MAX)
		return fail(err, ERR_LIMIT, "%d dots an inch: a page is drawn at %d to %d", dpi, DPI_MIN, DPI_MAX);

	const struct lay_page *p = &l->pages[page];
	int w = (int)(draw_pt(p->w) * dpi / 72 + 0.5), h = (int)(draw_pt(p->h) * dpi / 72 + 0.5);
	cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
	cairo_font_options_t *o = cairo_font_options_create();

	d.cr = cairo_create(s);
	cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(o, CAIRO_ANTIALIAS_GRAY);
	cairo_set_font_options(d.cr, o);
	cairo_font_options_destroy(o);
	cairo_set_source_rgb(d.cr, 1, 1, 1);
	cairo_paint(d.cr);
	cairo_scale(d.cr, dpi / 72.0, dpi / 72.0);
	for (size_t i = 0; i < p->n; i++)
		draw_item(&d, &p->items[i]);

	cairo_status_t status = cairo_status(d.cr);

	cairo_destroy(d.cr);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_write_to_png_stream(s, put, &bytes);
	cairo_surface_destroy(s);
	draw_free(&d);
	if (status != CAIRO_STATUS_SUCCESS)
		return fail(err, ERR_IO, "page %zu can't be drawn: %s", page + 1, cairo_status_to_string(status));
	if (bytes.over)
		return fail(err, ERR_LIMIT, "the picture of page %zu is larger than %d MB", page + 1, PNG_BYTES >> 20);
	*out = arena_str(a, buf_str(&bytes));
	return OK;
}
