/* Sizes of PNG and JPEG files, read from their headers and checked against what follows them. */
#include "doc/layout_in.h"

#include <cairo.h>
#include <string.h>

enum { DPI = 96, SIDE_MAX = 20000, PIXELS_MAX = 40 << 20 };

static uint32_t be(const char *p, int n)
{
	uint32_t v = 0;

	while (n--)
		v = v << 8 | (unsigned char)*p++;
	return v;
}

static int32_t nm_of(uint32_t pixels, double per_metre)
{
	double nm = per_metre > 0 ? pixels * 1e9 / per_metre : 0;

	return nm >= 1 && nm < INT32_MAX / 4 ? (int32_t)nm : INT32_MAX / 4;
}

/* ---- PNG ---- */

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

static void png_size(struct str s, struct pixels *out)
{
	uint32_t w = be(s.p + 16, 4), h = be(s.p + 20, 4);
	double x = DPI / 0.0254, y = x;

	for (size_t at = 8; s.n - at >= 12;) {
		uint32_t n = be(s.p + at, 4);

		if (n > s.n - at - 12 || !memcmp(s.p + at + 4, "IDAT", 4))
			break;
		if (!memcmp(s.p + at + 4, "pHYs", 4) && n == 9 && s.p[at + 16] == 1 && be(s.p + at + 8, 4) &&
			be(s.p + at + 12, 4)) {
			x = be(s.p + at + 8, 4);
			y = be(s.p + at + 12, 4);
		}
		at += 12 + (size_t)n;
	}
	out->large = w > SIDE_MAX || h > SIDE_MAX || (uint64_t)w * h > PIXELS_MAX;
	out->wrong = !w || !h || (!out->large && !png_whole(s));
	out->w = nm_of(w, x);
	out->h = nm_of(h, y);
}

/* ---- JPEG ---- */

static bool frame(unsigned char marker)
{
	return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

static void jpeg_size(struct str s, struct pixels *out)
{
	double x = DPI / 0.0254, y = x;
	uint32_t w = 0, h = 0;
	bool data = false;

	for (size_t at = 2; s.n - at >= 4 && (unsigned char)s.p[at] == 0xFF && !data;) {
		unsigned char marker = (unsigned char)s.p[at + 1];
		size_t n = be(s.p + at + 2, 2);

		if (marker == 0xFF) {
			at++;
			continue;
		}
		if (n < 2 || n > s.n - at - 2)
			break;
		if (marker == 0xE0 && n >= 14 && !memcmp(s.p + at + 4, "JFIF", 4) && s.p[at + 11] &&
			be(s.p + at + 12, 2) && be(s.p + at + 14, 2)) {
			double unit = s.p[at + 11] == 1 ? 0.0254 : 0.01;

			x = be(s.p + at + 12, 2) / unit;
			y = be(s.p + at + 14, 2) / unit;
		}
		if (frame(marker) && n >= 8) {
			h = be(s.p + at + 5, 2);
			w = be(s.p + at + 7, 2);
		}
		data = marker == 0xDA;
		at += 2 + n;
	}
	out->large = w > SIDE_MAX || h > SIDE_MAX || (uint64_t)w * h > PIXELS_MAX;
	out->wrong = !w || !h || !data || !memmem(s.p + s.n - MIN(s.n, 64), MIN(s.n, 64), "\xFF\xD9", 2);
	out->w = nm_of(w, x);
	out->h = nm_of(h, y);
}

bool picture_file(struct str s, struct pixels *out)
{
	*out = (struct pixels){0};
	if (s.n >= 33 && !memcmp(s.p, "\x89PNG\r\n\x1A\n", 8) && !memcmp(s.p + 12, "IHDR", 4))
		png_size(s, out);
	else if (s.n >= 4 && !memcmp(s.p, "\xFF\xD8\xFF", 3))
		jpeg_size(s, out);
	else
		return false;
	return true;
}
