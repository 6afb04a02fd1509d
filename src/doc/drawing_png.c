/* A drawing as PNG: laid out as a picture is on paper, and that part of the page drawn. */
#include "doc/docx.h"
#include "doc/draw.h"

enum { DPI_MIN = 36, DPI_MAX = 600, SIDE_MAX = 8000 };

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

enum err_code drawing_png(struct arena *a, const struct drawing *d, const char *fonts, int dpi, int32_t *w, int32_t *h,
	struct str *out, struct err *err)
{
	struct arena scratch CLEANUP(arena_free) = ARENA_INIT;
	CLEANUP(fonts_close) struct fonts *open = NULL;
	struct doc *doc = doc_new(&scratch, STR_NONE, S("zh-CN"));
	struct drawing it = cornered(&scratch, d);
	struct doc_picture p = {.drawing = &it, .alt = S("-")};
	struct draw_part part;
	struct lay *l;
	int wide, high;

	if (d->width < 1 || d->height < 1 || dpi < DPI_MIN || dpi > DPI_MAX)
		return fail(err, ERR_LIMIT, "a drawing of no size");
	doc_block(doc, DOC_PICTURE, STR_NONE)->picture = &p;
	TRY(fonts_open((const char *const[]){fonts, NULL}, &open, err));
	TRY(doc_layout(&scratch, doc, open, err->lang, &l, err));
	if (!l->npages || !l->pages[0].n)
		return fail(err, ERR_LIMIT, "a drawing of no size");
	/* what is too large for the page was drawn smaller */
	double k = MIN(1.0, MIN((double)TYPE_W / d->width, 12 * 10389306.0 / d->height));

	*w = (int32_t)(d->width * k);
	*h = (int32_t)(d->height * k);
	part = (struct draw_part){l->pages[0].items[0].x, l->pages[0].items[0].y, *w, *h, true};
	wide = draw_pixels(*w, dpi);
	high = draw_pixels(*h, dpi);
	if (wide < 1 || high < 1 || wide > SIDE_MAX || high > SIDE_MAX)
		return fail(err, ERR_LIMIT, "a drawing of %d × %d pixels", wide, high);
	return draw_png(&l->pages[0], &part, dpi, a, out, err);
}
