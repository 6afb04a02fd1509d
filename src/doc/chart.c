/* What all charts share: tones, marks, hatches, texts, legends, axes. */
#include "doc/chart_in.h"

#include "base/utf8.h"
#include "doc/layout.h"

enum { PX = 25400000 / 96 };

const struct chart_opt chart_paper = {.width = TYPE_W, .height = 120 * NM_MM, .text = SIZE_S5};
const struct chart_opt chart_page = {.width = 190 * NM_MM, .text = SIZE_S5, .cell = 26 * PX};

/* Name, ink, ground, ink upon that ground. The grounds of met, late and missed, and those of the levels, darken by at
 * least 0.15 of relative luminance a step; all others stay white and have their shape alone. */
static const struct mark_look {
	const char *name;
	uint32_t ink, fill, upon;
} looks[CHART_MARKS] = {
	[CHART_NONE] = {"", 0x67645B, 0xFFFFFF, 0x67645B},
	[CHART_UPCOMING] = {"upcoming", 0x67645B, 0xFFFFFF, 0x67645B},
	[CHART_EXCUSED] = {"excused", 0x67645B, 0xFFFFFF, 0x67645B},
	[CHART_OPEN] = {"open", 0x1C4A82, 0xFFFFFF, 0x1C4A82},
	[CHART_DUE] = {"due", 0x855600, 0xFFFFFF, 0x855600},
	[CHART_UNPROVED] = {"unproved", 0x855600, 0xFFFFFF, 0x855600},
	[CHART_MET] = {"met", 0x17655F, 0xC6E1DB, 0x17655F},
	[CHART_LATE] = {"late", 0x855600, 0xDFB663, 0x3A2500},
	[CHART_MISSED] = {"missed", 0xB1241B, 0xB1241B, 0xFFFFFF},
	[CHART_GREEN] = {"level-green", 0x17655F, 0xE3F1EC, 0x0E4641},
	[CHART_BLUE] = {"level-blue", 0x1C4A82, 0xC8DCF1, 0x14365F},
	[CHART_YELLOW] = {"level-yellow", 0x855600, 0xDABB5A, 0x3A2500},
	[CHART_ORANGE] = {"level-orange", 0xA4490C, 0xD08A4E, 0x2E1400},
	[CHART_RED] = {"level-red", 0xA3211A, 0xA3211A, 0xFFFFFF},
};

const char *chart_mark_name(enum chart_mark m)
{
	return m < CHART_MARKS ? looks[m].name : "";
}

enum chart_mark chart_mark_named(struct str name)
{
	for (enum chart_mark m = CHART_UPCOMING; m < CHART_MARKS; m++)
		if (str_is(name, looks[m].name))
			return m;
	return CHART_NONE;
}

struct chart_tone chart_mark_tone(enum chart_mark m)
{
	return (struct chart_tone){looks[m].ink, looks[m].fill};
}

/* Dark and light by turns. */
struct chart_tone chart_series_tone(size_t series)
{
	static const uint32_t inks[CHART_SERIES] = {0x1C4A82, 0xB98A1E, 0x17655F, 0x8D8FC4, 0x4B2A52, 0x7A9A55};

	return (struct chart_tone){inks[series % CHART_SERIES], inks[series % CHART_SERIES]};
}

struct chart_tone chart_band_tone(size_t band, size_t n)
{
	static const uint32_t steps[CHART_BANDS] = {0xF1F5FA, 0xCFE0F1, 0xA9C6E4, 0x80A5CF, 0x5580B3, 0x1C3F70};
	size_t i = n > 1 && n <= CHART_BANDS ? (band * (CHART_BANDS - 1) + (n - 1) / 2) / (n - 1) : band;

	return (struct chart_tone){steps[CHART_BANDS - 1], steps[MIN(i, (size_t)CHART_BANDS - 1)]};
}

/* ---- drawings ---- */

struct chart chart_begin(struct arena *a, const struct chart_opt *opt)
{
	return (struct chart){.a = a, .opt = opt, .em = MAX(opt->text, CHART_TEXT_MIN), .hair = NM_PT / 2};
}

void chart_sheet(struct chart *c, struct str title, struct str desc, size_t part, size_t parts)
{
	c->d = drawing_new(c->a, c->opt->width, 0);
	c->d->title = parts > 1 ? arena_printf(c->a, STR_FMT " (%zu/%zu)", STR_ARG(title), part + 1, parts) : title;
	c->d->desc = desc;
	*ARENA_PUSH(c->a, c->out.p, c->out.n, c->out.cap) = c->d;
}

size_t chart_parts(size_t n, size_t most, size_t *each)
{
	size_t parts = n > most ? (n + most - 1) / most : 1;

	*each = parts ? (n + parts - 1) / parts : n;
	return *each ? MAX((n + *each - 1) / *each, (size_t)1) : 1;
}

/* ---- texts ---- */

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

struct str chart_value_text(const struct chart *c, const struct chart_value *v)
{
	return v->text.n || v->none ? v->text : chart_number(c->a, v->n);
}

/* ---- lines, marks, hatches ---- */

struct shape *chart_rule(struct chart *c, int32_t x, int32_t y, int32_t x2, int32_t y2, const char *name)
{
	struct shape *s = drawing_path(c->d);

	path_move(c->d, s, x, y);
	path_line(c->d, s, x2, y2);
	s->stroked = true;
	s->line = c->hair;
	s->name = str_c(name);
	s->stroke = str_is(s->name, "ink") ? CHART_INK : CHART_LINE;
	return s;
}

/* Where marks are drawn: a square of 160 units, as in pages/sprite.html. */
struct mark_pen {
	struct chart *c;
	int32_t x, y, side;
	uint32_t rgb;
	struct str name;
	struct chart_on on;
};

static int32_t u(const struct mark_pen *p, int32_t units)
{
	return (int32_t)((int64_t)units * p->side / 160);
}

static struct shape *pen_shape(const struct mark_pen *p, struct shape *s, int32_t line)
{
	s->filled = !line;
	s->stroked = line;
	s->fill = s->stroke = p->rgb;
	s->line = u(p, line);
	s->name = p->name;
	s->link = p->on.link;
	s->title = p->on.title;
	s->current = p->on.current;
	return s;
}

/* Corners in pairs of units; closed where it is filled or said. */
static struct shape *pen_path(const struct mark_pen *p, const int16_t *at, size_t n, int32_t line, bool close)
{
	struct shape *s = pen_shape(p, drawing_path(p->c->d), line);

	for (size_t i = 0; i < n; i++)
		(i ? path_line : path_move)(p->c->d, s, p->x + u(p, at[2 * i]), p->y + u(p, at[2 * i + 1]));
	if (close)
		path_close(p->c->d, s);
	return s;
}

static struct shape *pen_circle(const struct mark_pen *p, int32_t r, int32_t line)
{
	return pen_shape(p, drawing_circle(p->c->d, p->x + u(p, 80), p->y + u(p, 80), u(p, r)), line);
}

/* Part of a disc from the top: to the right a quarter, to the left a half. */
static void pen_part(const struct mark_pen *p, bool half)
{
	struct shape *s = pen_shape(p, drawing_path(p->c->d), 0);
	struct drawing *d = p->c->d;
	int32_t x = p->x + u(p, 80), y = p->y + u(p, 80), r = u(p, 55), k = (int32_t)((int64_t)r * 5523 / 10000);

	path_move(d, s, x, y);
	path_line(d, s, x, y - r);
	if (half) {
		path_curve(d, s, x - k, y - r, x - r, y - k, x - r, y);
		path_curve(d, s, x - r, y + k, x - k, y + r, x, y + r);
	} else {
		path_curve(d, s, x + k, y - r, x + r, y - k, x + r, y);
	}
	path_close(d, s);
}

static void pen_level(const struct mark_pen *p, enum chart_mark m)
{
	static const int16_t full[] = {80, 8, 152, 80, 80, 152, 8, 80}, open[] = {80, 18, 142, 80, 80, 142, 18, 80};
	static const int16_t left[] = {80, 18, 80, 142, 18, 80};
	static const int16_t stem[] = {70, 40, 70, 90, 90, 90, 90, 40}, dot[] = {70, 102, 70, 121, 90, 121, 90, 102};
	struct shape *s;

	if (m == CHART_RED) {   /* the sign of exclamation is left out: it runs against the outline */
		s = pen_path(p, full, 4, 0, true);
		for (size_t k = 0; k < 2; k++) {
			const int16_t *at = k ? dot : stem;

			for (size_t i = 0; i < 4; i++)
				(i ? path_line : path_move)(
					p->c->d, s, p->x + u(p, at[2 * i]), p->y + u(p, at[2 * i + 1]));
			path_close(p->c->d, s);
		}
	} else if (m == CHART_ORANGE) {
		pen_path(p, full, 4, 0, true);
	} else {
		s = pen_path(p, open, 4, 15, true);
		if (m == CHART_GREEN)
			s->dash = u(p, 20);
		if (m == CHART_YELLOW)
			pen_path(p, left, 3, 0, true);
	}
}

void chart_mark(struct chart *c, enum chart_mark m, int32_t x, int32_t y, int32_t side, bool ground, struct chart_on on)
{
	static const int16_t cross[] = {32, 32, 128, 128}, other[] = {128, 32, 32, 128}, bar[] = {30, 80, 130, 80};
	struct mark_pen p = {c, x, y, side, ground ? looks[m].upon : looks[m].ink, str_c(looks[m].name), on};

	switch (m) {
	case CHART_NONE:
	case CHART_MARKS:
		return;
	case CHART_UPCOMING:
		pen_circle(&p, 20, 0);
		return;
	case CHART_EXCUSED:
		pen_path(&p, bar, 2, 20, false);
		return;
	case CHART_OPEN:
		pen_circle(&p, 52, 15);
		return;
	case CHART_DUE:
		pen_circle(&p, 52, 15);
		pen_part(&p, false);
		return;
	case CHART_UNPROVED:
		pen_circle(&p, 52, 15)->dash = u(&p, 21);
		return;
	case CHART_MET:
		pen_circle(&p, 60, 0);
		return;
	case CHART_LATE:
		pen_circle(&p, 52, 15);
		pen_part(&p, true);
		return;
	case CHART_MISSED:
		pen_path(&p, cross, 2, 26, false);
		pen_path(&p, other, 2, 26, false);
		return;
	default:
		pen_level(&p, m);
	}
}

static void line_in(struct chart *c, struct shape *s, const struct chart_box *b, int64_t k, int way)
{
	/* points of x ± y = k within the box, b at its corner */
	int64_t x0 = MAX((int64_t)0, k - b->h), x1 = MIN((int64_t)b->w, k);
	int32_t y0 = (int32_t)(k - x0), y1 = (int32_t)(k - x1);

	if (x1 <= x0)
		return;
	path_move(c->d, s, b->x + (int32_t)x0, b->y + (way == 1 ? y0 : b->h - y0));
	path_line(c->d, s, b->x + (int32_t)x1, b->y + (way == 1 ? y1 : b->h - y1));
}

void chart_hatch(struct chart *c, int hatch, struct chart_box b, uint32_t rgb, struct chart_on on)
{
	int32_t step = c->em * 2 / 5;
	struct shape *s;

	if (!hatch || b.w <= 0 || b.h <= 0)
		return;
	s = drawing_path(c->d);
	for (int64_t k = step; (hatch == 1 || hatch == 5) && k < (int64_t)b.w + b.h; k += step * 3 / 2)
		line_in(c, s, &b, k, 1);
	for (int64_t k = step; (hatch == 2 || hatch == 5) && k < (int64_t)b.w + b.h; k += step * 3 / 2)
		line_in(c, s, &b, k, 2);
	for (int64_t y = step; hatch == 3 && y < b.h; y += step) {
		path_move(c->d, s, b.x, b.y + (int32_t)y);
		path_line(c->d, s, b.x + b.w, b.y + (int32_t)y);
	}
	for (int64_t x = step; hatch == 4 && x < b.w; x += step) {
		path_move(c->d, s, b.x + (int32_t)x, b.y);
		path_line(c->d, s, b.x + (int32_t)x, b.y + b.h);
	}
	s->stroked = true;
	s->line = c->hair;
	s->stroke = rgb;
	s->name = S("hatch");
	s->link = on.link;
	s->title = on.title;
	s->current = on.current;
}

/* ---- legends and axes ---- */

int32_t chart_legend(struct chart *c, const struct chart_keys *keys, int32_t x, int32_t y, int32_t width)
{
	int32_t at = 0, line = 0, step = c->em * 3 / 2;

	for (size_t i = 0; i < keys->n; i++) {
		int32_t w = c->em * 3 / 2 + chart_width(c, keys->p[i].word);

		if (at && at + w > width) {
			at = 0;
			line++;
		}
		if (c->d) {
			chart_mark(c, keys->p[i].mark, x + at, y + line * step - c->em / 2, c->em, false,
				(struct chart_on){0});
			chart_say(c, x + at + c->em * 5 / 4, y + line * step, -1,
				chart_fit(c, keys->p[i].word, width - c->em * 5 / 4), "soft");
		}
		at += w + c->em;
	}
	return keys->n ? (line + 1) * step : 0;
}

static int64_t nice(int64_t least)
{
	int64_t step = 1;

	while (step < least) {
		if (step * 2 >= least)
			return step * 2;
		if (step * 5 >= least)
			return step * 5;
		if (step > INT64_MAX / 100)
			break;
		step *= 10;
	}
	return step;
}

struct chart_axis chart_axis_of(int64_t least, int64_t most, size_t marks)
{
	const int64_t far = INT64_C(1) << 60;
	struct chart_axis x;

	least = MAX(MIN(least, (int64_t)0), -far);
	most = MIN(MAX(most, (int64_t)0), far);
	if (least == most)
		most = 1000;
	x.step = nice(MAX((most - least + (int64_t)marks - 1) / (int64_t)MAX(marks, (size_t)1), (int64_t)1));
	x.from = -((-least + x.step - 1) / x.step) * x.step;
	x.to = (most + x.step - 1) / x.step * x.step;
	return x;
}

int32_t chart_at(const struct chart_axis *x, int64_t v, int32_t length)
{
	v = MIN(MAX(v, x->from), x->to);
	return (int32_t)((double)(v - x->from) / (double)(x->to - x->from) * length);
}
