/* Texts of charts: how wide they are, cut to fit, numbers. */
#include "doc/chart_in.h"

#include "base/utf8.h"

/* An em in Chinese fonts: Hanzi, and marks such as — … × · “. */
static bool wide(uint32_t c)
{
	return c == 0xB7 || c == 0xD7 || (c >= 0x1100 && (c < 0x2000 || c >= 0x2010));
}

int32_t chart_text_width(struct str text, int32_t em)
{
	int64_t hundredths = 0;

	for (size_t at = 0; at < text.n;) {
		uint32_t c = utf8_next(text, &at);

		hundredths += wide(c) ? 100 : 55;
	}
	return (int32_t)MIN(hundredths * em / 100, (int64_t)INT32_MAX);
}

struct chart_box chart_text_box(const struct shape *t)
{
	int32_t w = chart_text_width(t->text, t->size), up = t->size * 88 / 100;
	int32_t before = t->anchor < 0 ? 0 : t->anchor ? w : w / 2;

	if (t->upright)
		return (struct chart_box){t->x - up, t->y - (w - before), t->size, w};
	return (struct chart_box){t->x - before, t->y - up, w, t->size};
}

int32_t chart_width(const struct chart *c, struct str text)
{
	return chart_text_width(text, c->em);
}

int32_t chart_widest(const struct chart *c, const struct chart_labels *l)
{
	int32_t w = 0;

	for (size_t i = 0; i < l->n; i++)
		w = MAX(w, chart_width(c, l->p[i].text));
	return w;
}

struct str chart_fit(const struct chart *c, struct str text, int32_t width)
{
	size_t at = 0, fits = 0;

	if (chart_width(c, text) <= width)
		return text;
	if (width < c->em)
		return STR_NONE;
	while (at < text.n) {
		utf8_next(text, &at);
		if (chart_width(c, str_sub(text, 0, at)) + c->em > width)
			break;
		fits = at;
	}
	return arena_printf(c->a, STR_FMT "…", STR_ARG(str_sub(text, 0, fits)));
}

struct shape *chart_say(struct chart *c, int32_t x, int32_t y, int anchor, struct str text, const char *name)
{
	struct shape *s = drawing_text(c->d, x, y + c->em * 38 / 100, c->em, anchor, text);

	s->name = str_c(name);
	s->rgb = str_is(s->name, "soft") ? CHART_SOFT : CHART_INK;
	return s;
}

static void label_of(struct shape *s, const struct chart_label *l)
{
	bool cut = !str_eq(s->text, l->text);

	s->link = l->link;
	s->title = l->title.n ? l->title : cut ? l->text : STR_NONE;
}

void chart_label(struct chart *c, int32_t x, int32_t y, int anchor, const struct chart_label *l, int32_t width,
	const char *name)
{
	struct str text = chart_fit(c, l->text, width);

	if (text.n)
		label_of(chart_say(c, x, y, anchor, text, name), l);
}

bool chart_turned(const struct chart *c, const struct chart_labels *l, int32_t step)
{
	return chart_widest(c, l) > step - c->em / 4;
}

struct str chart_number(struct arena *a, int64_t n)
{
	uint64_t v = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	unsigned rest = (unsigned)(v % 1000), digits = 3;

	for (; digits && rest % 10 == 0; digits--)
		rest /= 10;
	if (!digits)
		return arena_printf(a, "%s%llu", n < 0 ? "-" : "", (unsigned long long)(v / 1000));
	return arena_printf(a, "%s%llu.%0*u", n < 0 ? "-" : "", (unsigned long long)(v / 1000), (int)digits, rest);
}

struct str chart_value_text(struct arena *a, const struct chart_value *v)
{
	return v->text.n || v->none ? v->text : chart_number(a, v->n);
}
