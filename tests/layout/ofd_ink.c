#include "ofd_part.h"

static unsigned char *pgm(const char *prefix, int page, int *w, int *h)
{
	char name[4096];
	FILE *f = NULL;
	int max;

	for (int digits = 1; !f && digits < 6; digits++) {
		snprintf(name, sizeof name, "%s-%0*d.pgm", prefix, digits, page);
		f = fopen(name, "rb");
	}
	if (!f || fscanf(f, "P5 %d %d %d", w, h, &max) != 3) {
		COMPLAIN("no picture of page %d: %s", page, name);
		return NULL;
	}
	fgetc(f);

	size_t n = (size_t)*w * (size_t)*h;
	unsigned char *out = must(malloc(n));

	if (fread(out, 1, n, f) != n)
		COMPLAIN("%s ends early", name);
	fclose(f);
	return out;
}

static unsigned char *grey(cairo_surface_t *s, int w, int h)
{
	const unsigned char *from = cairo_image_surface_get_data(s);
	int stride = cairo_image_surface_get_stride(s);
	unsigned char *out = must(malloc((size_t)w * (size_t)h));

	for (int y = 0; y < h; y++)
		for (int x = 0; x < w; x++) {
			unsigned v;

			memcpy(&v, from + (size_t)y * (size_t)stride + 4 * (size_t)x, 4);
			out[y * w + x] = (unsigned char)(((v >> 16 & 255) * 299 + (v >> 8 & 255) * 587 + (v & 255) * 114) / 1000);
		}
	return out;
}

enum { DARK = 96, PALE = 200 }; /* ink: darker than DARK; none near: nothing darker than PALE */

/* Ink of a that has none of b's within one pixel. */
static long alone(const unsigned char *a, const unsigned char *b, int w, int h, long *ink)
{
	long n = 0;

	for (int y = 1; y < h - 1; y++)
		for (int x = 1; x < w - 1; x++) {
			bool near = false;

			if (a[y * w + x] >= DARK)
				continue;
			++*ink;
			for (int k = 0; k < 9 && !near; k++)
				near = b[(y + k / 3 - 1) * w + x + k % 3 - 1] < PALE;
			n += !near;
		}
	return n;
}

bool ink_compare(cairo_surface_t *s, const char *prefix, int page)
{
	int w, h, sw = cairo_image_surface_get_width(s), sh = cairo_image_surface_get_height(s);
	unsigned char *b = pgm(prefix, page, &w, &h);

	if (!b)
		return false;
	if (abs(w - sw) > 1 || abs(h - sh) > 1) {
		COMPLAIN("page %d: %d × %d pixels and %d × %d", page, sw, sh, w, h);
		free(b);
		return false;
	}
	unsigned char *a = grey(s, sw, sh), *same = must(malloc((size_t)w * (size_t)h));
	long ink_a = 0, ink_b = 0;

	memset(same, 255, (size_t)w * (size_t)h);
	for (int y = 0; y < h && y < sh; y++)
		memcpy(same + (size_t)y * (size_t)w, a + (size_t)y * (size_t)sw, (size_t)(w < sw ? w : sw));

	long only_a = alone(same, b, w, h, &ink_a), only_b = alone(b, same, w, h, &ink_b);

	printf("page %d: ink %ld and %ld, alone %ld and %ld\n", page, ink_a, ink_b, only_a, only_b);
	free(a);
	free(b);
	free(same);
	return (only_a + only_b) * 500 <= ink_a + ink_b + 500;
}
