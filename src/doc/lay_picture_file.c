/* How large a picture's file is on paper, by its header, checked against what follows the header. */
#include "doc/layout_in.h"

#include "doc/picture.h"

#include <cairo.h>
#include <string.h>

enum { DPI_96 = 3780, TAIL = 64 };

static cairo_status_t png_read(void *closure, unsigned char *out, unsigned n)
{
	struct str *left = closure;

	if (left->n < n)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(out, left->p, n);
	left->p += n;
	left->n -= n;
	return CAIRO_STATUS_SUCCESS;
}

/* Whole, and of as many rows as its header says: only reading it tells. */
static bool png_whole(struct str bytes)
{
	cairo_surface_t *s = cairo_image_surface_create_from_png_stream(png_read, &bytes);
	bool whole = cairo_surface_status(s) == CAIRO_STATUS_SUCCESS;

	cairo_surface_destroy(s);
	return whole;
}

/* Not cut off: its last marker is there. */
static bool jpeg_whole(struct str s)
{
	size_t tail = MIN(s.n, (size_t)TAIL);

	return memmem(s.p + s.n - tail, tail, "\xFF\xD9", 2) != NULL;
}

static int32_t nm_of(int pixels, int per_metre)
{
	return (int32_t)MIN((int64_t)pixels * 1000000000 / per_metre, INT32_MAX / 4);
}

bool picture_file(struct str s, struct pixels *out)
{
	struct picture_info info;
	int per_metre;

	*out = (struct pixels){0};
	if (!str_starts(s, S("\x89PNG\r\n\x1a\n")) && !str_starts(s, S("\xff\xd8\xff")))
		return false;
	if (!picture_read(s, &info) || !(info.jpeg ? jpeg_whole(s) : png_whole(s))) {
		out->wrong = true;
		return true;
	}
	per_metre = info.per_metre > 0 ? info.per_metre : DPI_96;
	out->w = MAX(nm_of(info.width, per_metre), 1);
	out->h = MAX(nm_of(info.height, per_metre), 1);
	return true;
}
