/* What every chart must hold, whatever its figures: on places of shapes, not on pixels. Behind unit.h. */
#ifndef CHART_CHECK_H
#define CHART_CHECK_H

#include "doc/chart.h"

#define BAD(...) \
	do { \
		print_error(__VA_ARGS__); \
		assert_true(false); \
	} while (0)

static struct chart_box path_box(const struct shape *s)
{
	int32_t x0 = INT32_MAX, y0 = INT32_MAX, x1 = INT32_MIN, y1 = INT32_MIN;

	for (size_t i = 0; i < s->nops; i++) {
		if (s->ops[i].kind == PATH_CLOSE)
			continue;
		x0 = MIN(x0, s->ops[i].x);
		y0 = MIN(y0, s->ops[i].y);
		x1 = MAX(x1, s->ops[i].x);
		y1 = MAX(y1, s->ops[i].y);
	}
	return (struct chart_box){x0, y0, x1 - x0, y1 - y0};
}

static bool touch(struct chart_box a, struct chart_box b, int32_t free)
{
	return a.x + a.w > b.x + free && b.x + b.w > a.x + free && a.y + a.h > b.y + free && b.y + b.h > a.y + free;
}

/* Texts are at least 7 pt high, lie within the drawing and do not overlap. */
static void check_texts(const struct drawing *d, const char *what, uint32_t seed)
{
	for (size_t i = 0; i < d->n; i++) {
		struct chart_box a;

		if (d->shapes[i].kind != SHAPE_TEXT)
			continue;
		a = chart_text_box(&d->shapes[i]);
		assert_true(d->shapes[i].size >= CHART_TEXT_MIN);
		if (!d->shapes[i].text.n)
			BAD("%s %u: a text of nothing at %d %d (%.*s)", what, seed, d->shapes[i].x, d->shapes[i].y,
				STR_ARG(d->shapes[i].name));
		if (a.x < -a.h / 4 || a.y < -a.h / 4 || a.x + a.w > d->width + a.h / 4 || a.y + a.h > d->height + a.h / 4)
			BAD("%s %u: '%.*s' stands out: %d %d %d %d of %d %d", what, seed, STR_ARG(d->shapes[i].text), a.x, a.y,
				a.w, a.h, d->width, d->height);
		for (size_t k = 0; k < i; k++) {
			struct chart_box b = chart_text_box(&d->shapes[k]);

			if (d->shapes[k].kind == SHAPE_TEXT && touch(a, b, MIN(d->shapes[i].size, d->shapes[k].size) / 8))
				BAD("%s %u: '%.*s' and '%.*s' overlap", what, seed, STR_ARG(d->shapes[i].text),
					STR_ARG(d->shapes[k].text));
		}
	}
}

static void check_shapes(const struct drawing *d, const struct chart_opt *o, const char *what, uint32_t seed)
{
	if (d->width > o->width || (o->height && d->height > o->height) || d->width <= 0 || d->height <= 0)
		BAD("%s %u: %d x %d of %d x %d", what, seed, d->width, d->height, o->width, o->height);
	for (size_t i = 0; i < d->n; i++) {
		struct chart_box b;

		if (d->shapes[i].kind != SHAPE_PATH || !d->shapes[i].nops)
			continue;
		b = path_box(&d->shapes[i]);
		if (b.x < -d->width / 50 || b.y < -d->width / 50 || b.x + b.w > d->width + d->width / 50 ||
			b.y + b.h > d->height + d->width / 50)
			BAD("%s %u: '%.*s' stands out: %d %d %d %d of %d %d", what, seed, STR_ARG(d->shapes[i].name), b.x, b.y,
				b.w, b.h, d->width, d->height);
		assert_true(d->shapes[i].filled || d->shapes[i].stroked);
	}
}

#endif
