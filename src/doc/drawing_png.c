/* A drawing as PNG: laid out as a picture is on paper, and that part of the page drawn. */
#include "doc/docx.h"
#include "doc/draw.h"

enum { DPI_MIN = 36, DPI_MAX = 600, SIDE_MAX = 8000, PNG_BYTES = 64 << 20 };

static cairo_status_t put(void *to, const unsigned char *p, unsigned n)
{
	buf_put(to, (struct str){(const char *)p, n});
	return CAIRO_STATUS_SUCCESS;
}

static enum err_code draw(struct arena *a, const struct lay_page *p, int dpi, int32_t width, int32_t height,
	struct str *out, struct err *err)
{
	CLEANUP(buf_free) struct buf bytes = BUF_MAX(PNG_BYTES);
	struct draw d = {.text = BUF_MAX(DOC_BYTES)};
	int w = (int)(draw_pt(width) * dpi / 72 + 0.5), h = (int)(draw_pt(height) * dpi / 72 + 0.5);
	cairo_surface_t *s;
	cairo_status_t status;

	if (w < 1 || h < 1 || w > SIDE_MAX || h > SIDE_MAX)
		return fail(err, ERR_LIMIT, "a drawing of %d × %d pixels", w, h);
	s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
	d.cr = cairo_create(s);
	cairo_set_source_rgb(d.cr, 1, 1, 1);
	cairo_paint(d.cr);
	cairo_scale(d.cr, dpi / 72.0, dpi / 72.0);
	cairo_translate(d.cr, -draw_pt(p->items[0].x), -draw_pt(p->items[0].y));
	for (size_t i = 0; i < p->n; i++)
		if (p->items[i].role == ROLE_PICTURE)
			draw_item(&d, &p->items[i]);
	status = cairo_status(d.cr);
	cairo_destroy(d.cr);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_write_to_png_stream(s, put, &bytes);
	cairo_surface_destroy(s);
	draw_free(&d);
	if (status != CAIRO_STATUS_SUCCESS)
		return fail(err, ERR_IO, "the drawing can't be drawn: %s", cairo_status_to_string(status));
	if (bytes.over)
		return fail(err, ERR_LIMIT, "the drawing is larger than %d MB as PNG", PNG_BYTES >> 20);
	*out = arena_str(a, buf_str(&bytes));
	return OK;
}

/* The same with its corner as the first of its paths, which draws nothing but says where it stands. */
static struct drawing cornered(struct arena *a, const struct drawing *d)
{
	struct drawing out = *d;

	out.shapes = ARENA_ARRAY(a, struct shape, d->n + 1);
	out.n = d->n + 1;
	out.shapes[0] = (struct shape){.kind = SHAPE_PATH, .ops = ARENA_NEW(a, struct path_op), .nops = 1};
	if (d->n)
		memcpy(out.shapes + 1, d->shapes, d->n * sizeof *d->shapes);
	return out;
}

enum err_code drawing_png(
	struct arena *a, const struct drawing *d, int dpi, int32_t *w, int32_t *h, struct str *out, struct err *err)
{
	struct arena scratch CLEANUP(arena_free) = ARENA_INIT;
	CLEANUP(fonts_close) struct fonts *fonts = NULL;
	struct doc *doc = doc_new(&scratch, STR_NONE, S("zh-CN"));
	struct drawing it = cornered(&scratch, d);
	struct doc_picture p = {.drawing = &it, .alt = S("-")};
	struct lay *l;

	if (d->width < 1 || d->height < 1 || dpi < DPI_MIN || dpi > DPI_MAX)
		return fail(err, ERR_LIMIT, "a drawing of no size");
	doc_block(doc, DOC_PICTURE, STR_NONE)->picture = &p;
	TRY(fonts_open(NULL, &fonts, err));
	TRY(doc_layout(&scratch, doc, fonts, err->lang, &l, err));
	if (!l->npages || !l->pages[0].n)
		return fail(err, ERR_LIMIT, "a drawing of no size");
	/* what is too large for the page was drawn smaller */
	double k = MIN(1.0, MIN((double)TYPE_W / d->width, 12 * 10389306.0 / d->height));

	*w = (int32_t)(d->width * k);
	*h = (int32_t)(d->height * k);
	return draw(a, &l->pages[0], dpi, *w, *h, out, err);
}
