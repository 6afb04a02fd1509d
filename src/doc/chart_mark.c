/* What things look like: tones and the shapes of states and levels. */
#include "doc/chart_in.h"

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

int chart_mark_grave(enum chart_mark m)
{
	static const int order[CHART_MARKS] = {[CHART_EXCUSED] = 1, [CHART_UPCOMING] = 2, [CHART_OPEN] = 3,
		[CHART_MET] = 4, [CHART_UNPROVED] = 5, [CHART_LATE] = 6, [CHART_DUE] = 7, [CHART_MISSED] = 8};

	return m < CHART_GREEN ? order[m] : (int)m;
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

/* ---- shapes ---- */

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
