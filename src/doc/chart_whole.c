/* All drawings of a chart one below the other, between its title and where it is from: a picture by itself. */
#include "doc/chart_in.h"

#include "base/utf8.h"

static void moved(struct drawing *to, const struct shape *s, int32_t x, int32_t y)
{
	struct shape *out = ARENA_PUSH(to->arena, to->shapes, to->n, to->cap);

	*out = *s;
	out->link = STR_NONE;
	out->current = false;
	out->x += x;
	out->y += y;
	out->ops = ARENA_ARRAY(to->arena, struct path_op, s->nops);
	out->ops_cap = s->nops;
	for (size_t i = 0; i < s->nops; i++) {
		struct path_op o = s->ops[i];

		o.x += x, o.x1 += x, o.x2 += x;
		o.y += y, o.y1 += y, o.y2 += y;
		out->ops[i] = o;
	}
}

/* The longest beginning that is at most so wide, one character at least; a western word stays whole where it can. */
static size_t line_of(const struct chart *c, struct str text, int32_t width)
{
	size_t fits = 0, word = 0;

	for (size_t at = 0; at < text.n; fits = at) {
		if (at && (text.p[at - 1] == ' ' || (unsigned char)text.p[at] >= 0x80))
			word = at;
		utf8_next(text, &at);
		if (fits && chart_width(c, str_sub(text, 0, at)) > width)
			return word ? word : fits;
	}
	return fits;
}

/* As many lines as the text needs; their height. */
static int32_t lines(struct chart *c, struct str text, int32_t x, int32_t y, int32_t width, const char *name)
{
	int32_t step = c->em * 3 / 2, high = 0;

	for (size_t n; text.n; text = str_sub(text, n, text.n), high += step) {
		n = line_of(c, text, width);
		chart_say(c, x, y + high + step / 2, -1, str_sub(text, 0, n), name);
	}
	return high;
}

struct drawing *chart_whole(struct arena *a, const struct charts *all)
{
	struct chart c = chart_begin(a, &chart_page);
	int32_t wide = c.em * 20, em = c.em, y;
	int64_t high = 20 * em;

	for (size_t i = 0; i < all->n; i++) {
		wide = MAX(wide, all->p[i]->width);
		high += (int64_t)all->p[i]->height + em;
	}
	if (high > INT32_MAX || wide > INT32_MAX - 2 * em)
		return NULL;
	c.d = drawing_new(a, wide + 2 * em, 0);
	c.d->title = all->title;
	c.d->desc = all->desc;
	c.em = em * 5 / 4;
	y = em + lines(&c, all->title, em, em, wide, "ink") + em / 2;
	c.em = em;
	for (size_t i = 0; i < all->n; i++) {
		for (size_t k = 0; k < all->p[i]->n; k++)
			moved(c.d, &all->p[i]->shapes[k], em, y);
		y += all->p[i]->height + em;
	}
	y += lines(&c, all->source, em, y, wide, "soft") + em / 2;
	c.d->height = y;
	return c.d;
}
