/* How large a picture's file is on paper, by its header, checked against what follows the header. */
#include "doc/layout_in.h"

#include "doc/jpeg.h"
#include "doc/picture.h"

#include <cairo.h>
#include <string.h>

enum { DPI_96 = 3780, DENSEST = 1000000 };

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

static uint32_t number(const char *p, int n)
{
	uint32_t v = 0;

	while (n--)
		v = v << 8 | (unsigned char)*p++;
	return v;
}

/* Pixels a metre that a PNG gives in pHYs; 0: none. The header has been read. */
static uint32_t png_density(struct str s)
{
	for (size_t at = 8; s.n - at >= 12;) {
		uint32_t n = number(s.p + at, 4);

		if (n > s.n - at - 12 || !memcmp(s.p + at + 4, "IDAT", 4))
			return 0;
		if (n == 9 && !memcmp(s.p + at + 4, "pHYs", 4))
			return s.p[at + 16] == 1 ? number(s.p + at + 8, 4) : 0;
		at += 12 + (size_t)n;
	}
	return 0;
}

/* Of JFIF, which comes first. */
static uint32_t jpeg_density(struct str s)
{
	if (s.n < 20 || memcmp(s.p + 2, "\xFF\xE0", 2) || memcmp(s.p + 6, "JFIF", 5))
		return 0;
	return s.p[13] == 1 ? number(s.p + 14, 2) * 5000 / 127 : s.p[13] == 2 ? number(s.p + 14, 2) * 100 : 0;
}

static int32_t nm_of(int pixels, uint32_t per_metre)
{
	return (int32_t)MAX(MIN((int64_t)pixels * 1000000000 / per_metre, INT32_MAX / 4), 1);
}

bool picture_file(struct str s, struct pixels *out)
{
	struct picture_info info;
	uint32_t density;

	*out = (struct pixels){0};
	if (!str_starts(s, S("\x89PNG\r\n\x1a\n")) && !str_starts(s, S("\xff\xd8\xff")))
		return false;
	if (!picture_read(s, &info) || !(info.jpeg ? jpeg_sound(s) : png_whole(s))) {
		out->wrong = true;
		return true;
	}
	density = info.jpeg ? jpeg_density(s) : png_density(s);
	if (!density || density > DENSEST)
		density = DPI_96;
	out->w = nm_of(picture_lies(&info) ? info.height : info.width, density);
	out->h = nm_of(picture_lies(&info) ? info.width : info.height, density);
	return true;
}
