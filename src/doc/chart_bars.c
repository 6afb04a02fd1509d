/* Bars, standing or lying, beside each other or stacked; ageing. */
#include "doc/chart_in.h"

struct bars {
	struct chart c;
	const struct chart_figures *d;
	size_t first, n; /* series of this drawing */
	struct chart_axis axis;
	bool lying;
	int32_t left, top; /* of the field of bars */
	int32_t length; /* of the value's way */
	int32_t slot, thick; /* of a name; of one bar */
	int32_t below; /* LYING: room of the values below 0, left of the field */
};

static const struct chart_value *value(const struct bars *b, size_t name, size_t k)
{
	return &b->d->values[name * b->d->series.n + b->first + k];
}

/* ---- how a series looks ---- */

struct fill {
	uint32_t rgb, hatch_rgb;
	int hatch;
	bool dark;
	struct str name;
};

static struct fill fill_of(const struct bars *b, size_t k)
{
	size_t i = b->first + k;
	struct chart_tone t;

	if (b->d->marks) {
		enum chart_mark m = b->d->marks[i];

		t = chart_mark_tone(m);
		return (struct fill){t.fill, CHART_INK, m == CHART_LATE ? 1 : m == CHART_UNPROVED ? 2 : 0,
			m == CHART_MISSED || m == CHART_RED,
			arena_printf(b->c.a, "bar on-%s", chart_mark_name(m))};
	}
	if (b->d->bands) {
		t = chart_band_tone(i, b->d->series.n);
		return (struct fill){t.fill, 0, 0, i * 2 > b->d->series.n && t.fill == t.ink,
			arena_printf(b->c.a, "bar band-%zu",
				b->d->series.n > 1 ? MIN(i * 5 / (b->d->series.n - 1), (size_t)5) + 1 : 1)};
	}
	t = chart_series_tone(k);
	return (struct fill){t.fill, k % 2 ? CHART_INK : CHART_PAPER, (int)k, k % 2 == 0,
		arena_printf(b->c.a, "bar series-%zu", k + 1)};
}

static void swatch(struct bars *b, struct chart_box box, const struct fill *f, struct chart_on on)
{
	struct shape *s = drawing_rect(b->c.d, box.x, box.y, box.w, box.h);

	s->filled = s->stroked = true;
	s->fill = f->rgb;
	s->stroke = CHART_INK;
	s->line = b->c.hair;
	s->name = f->name;
	s->link = on.link;
	s->title = on.title;
	chart_hatch(&b->c, f->hatch, box, f->hatch_rgb, on);
}

/* Does a state or a step of age have a bar? Other series are named also where they have none. */
static bool occurs(const struct bars *b, size_t k)
{
	for (size_t i = 0; i < b->d->names.n; i++)
		if (!value(b, i, k)->none && value(b, i, k)->n)
			return true;
	return !b->d->marks && !b->d->bands;
}

static int32_t legend(struct bars *b, int32_t x, int32_t y, int32_t width, bool draw)
{
	struct chart *c = &b->c;
	int32_t at = 0, line = 0, step = c->em * 3 / 2, before = c->em * 2;

	if (b->d->series.n < 2)
		return 0;
	for (size_t k = 0; k < b->n; k++) {
		struct str word = chart_fit(c, b->d->series.p[b->first + k].text, width - before);
		int32_t w = before + chart_width(c, word);
		struct fill f = fill_of(b, k);

		if (!occurs(b, k))
			continue;
		if (at && at + w > width) {
			at = 0;
			line++;
		}
		if (draw) {
			swatch(b, (struct chart_box){x + at, y + line * step, c->em * 3 / 2, c->em}, &f,
				(struct chart_on){0});
			chart_label(c, x + at + before, y + line * step + c->em / 2, -1,
				&b->d->series.p[b->first + k], width - before, "ink");
		}
		at += w + c->em;
	}
	return (line + 1) * step + c->em / 2;
}

/* ---- bars ---- */

/* Of the stack of a name. */
static int64_t sum_of(const struct bars *b, size_t name)
{
	int64_t sum = 0;

	for (size_t k = 0; k < b->n; k++) {
		const struct chart_value *v = value(b, name, k);

		if (!v->none && __builtin_add_overflow(sum, MAX(v->n, (int64_t)0), &sum))
			sum = INT64_MAX;
	}
	return sum;
}

static void range(const struct bars *b, int64_t *least, int64_t *most)
{
	*least = *most = 0;
	for (size_t i = 0; i < b->d->names.n; i++) {
		if (b->d->stack == BARS_STACKED)
			*most = MAX(*most, sum_of(b, i));
		for (size_t k = 0; b->d->stack == BARS_GROUPED && k < b->n; k++) {
			const struct chart_value *v = value(b, i, k);

			*least = MIN(*least, v->none ? 0 : v->n);
			*most = MAX(*most, v->none ? 0 : v->n);
		}
	}
}

/* A piece from one value to another; its place across the values' way. */
static struct chart_box piece(const struct bars *b, int64_t from, int64_t to, int32_t at)
{
	int32_t p = chart_at(&b->axis, MIN(from, to), b->length), q = chart_at(&b->axis, MAX(from, to), b->length);

	if (b->lying)
		return (struct chart_box){b->left + p, at, q - p, b->thick};
	return (struct chart_box){at, b->top + b->length - q, b->thick, q - p};
}

/* On a hatch or a dark ground the text stands on a plate. */
static void inside(struct bars *b, const struct chart_box *box, const struct fill *f, struct str text,
	struct chart_on on)
{
	struct chart *c = &b->c;
	int32_t w = chart_width(c, text), x = box->x + box->w / 2, y = box->y + box->h / 2;
	struct shape *s;

	if (w + c->em / 2 > box->w || c->em * 11 / 10 > box->h)
		return;
	if (f->hatch || f->dark) {
		s = drawing_rect(c->d, x - w / 2 - c->em / 8, y - c->em / 2, w + c->em / 4, c->em);
		s->filled = true;
		s->fill = CHART_PAPER;
		s->name = S("plate");
		s->link = on.link;
		s->title = on.title;
	}
	s = chart_say(c, x, y, 0, text, "ink");
	s->link = on.link;
	s->title = on.title;
}

/* At the end of a bar, behind or above it. */
static void beyond(struct bars *b, const struct chart_box *box, bool below, struct str text, int32_t room,
	struct chart_on on)
{
	struct chart *c = &b->c;
	int32_t w = chart_width(c, text);
	struct shape *s = NULL;

	if (!text.n)
		return;
	if (b->lying)
		s = chart_say(c, below ? box->x - c->em / 4 : box->x + box->w + c->em / 4, box->y + box->h / 2,
			below ? 1 : -1, text, "ink");
	else if (w <= room)
		s = chart_say(c, box->x + box->w / 2,
			below ? box->y + box->h + c->em * 6 / 10 : box->y - c->em * 6 / 10, 0, text, "ink");
	if (s) {
		s->link = on.link;
		s->title = on.title;
	}
}

static void grouped(struct bars *b, size_t i, int32_t at)
{
	for (size_t k = 0; k < b->n; k++, at += b->thick) {
		const struct chart_value *v = value(b, i, k);
		struct fill f = fill_of(b, k);
		struct chart_box box = piece(b, 0, v->none ? 0 : v->n, at);

		if (v->none)
			continue;
		swatch(b, box, &f, (struct chart_on){v->link, v->title, false});
		beyond(b, &box, v->n < 0, chart_value_text(b->c.a, v), b->n == 1 ? b->slot : b->thick,
			(struct chart_on){v->link, v->title, false});
	}
}

static void stacked(struct bars *b, size_t i, int32_t at)
{
	int64_t sum = 0;
	struct chart_box whole;

	for (size_t k = 0; k < b->n; k++) {
		const struct chart_value *v = value(b, i, k);
		struct fill f = fill_of(b, k);
		struct chart_on on = {v->link, v->title, false};
		struct chart_box box;
		int64_t next;

		if (v->none || v->n <= 0)
			continue;
		if (__builtin_add_overflow(sum, v->n, &next))
			next = INT64_MAX;
		box = piece(b, sum, next, at);
		swatch(b, box, &f, on);
		if (b->n > 1)
			inside(b, &box, &f, chart_value_text(b->c.a, v), on);
		sum = next;
	}
	whole = piece(b, 0, sum, at);
	beyond(b, &whole, false, chart_number(b->c.a, sum), b->slot,
		(struct chart_on){b->d->names.p[i].link, b->d->names.p[i].title, false});
}

/* A value of the axis; the last one with the unit. */
static struct str axis_text(const struct bars *b, int64_t v)
{
	struct str text = chart_number(b->c.a, v);

	return v == b->axis.to && b->d->unit.n
		? arena_printf(b->c.a, STR_FMT " " STR_FMT, STR_ARG(text), STR_ARG(b->d->unit)) : text;
}

/* Beside each other every one of the axis's values is said, or every second, third …; the last one always. */
static int64_t axis_every(const struct bars *b)
{
	int64_t n = (b->axis.to - b->axis.from) / b->axis.step, every = 1;
	int32_t widest = 0;

	for (int64_t i = 0; i <= MIN(n, (int64_t)64); i++)
		widest = MAX(widest, chart_width(&b->c, axis_text(b, b->axis.from + i * b->axis.step)));
	while (every < n && (int64_t)b->length * every < (int64_t)(widest + b->c.em / 2) * n)
		every++;
	return every;
}

static void axis(struct bars *b, int32_t across)
{
	struct chart *c = &b->c;
	int64_t v = b->axis.from, left = (b->axis.to - v) / b->axis.step, every = b->lying ? axis_every(b) : 1;

	for (size_t i = 0; i < 64 && v <= b->axis.to; i++, v += b->axis.step, left--) {
		int32_t at = chart_at(&b->axis, v, b->length);
		const char *name = v ? "line" : "ink";

		if (b->lying) {
			chart_rule(c, b->left + at, b->top - c->em / 4, b->left + at, b->top + across, name);
			if (left % every == 0)
				chart_say(c, b->left + at, b->top - c->em * 9 / 10, 0, axis_text(b, v), "soft");
		} else {
			int32_t y = b->top + b->length - at;

			chart_rule(c, b->left - c->em / 4, y, b->left + across, y, name);
			chart_say(c, b->left - c->em / 2, y, 1, axis_text(b, v), "soft");
		}
	}
}

static void names(struct bars *b, size_t from, size_t to)
{
	struct chart *c = &b->c;
	int32_t below = 0;

	if (b->axis.from < 0)
		below = c->em;
	for (size_t i = from; i < to; i++) {
		int32_t mid = (int32_t)(i - from) * b->slot + b->slot / 2;

		if (b->lying)
			chart_label(c, b->left - b->below - c->em / 2, b->top + mid, 1, &b->d->names.p[i],
				b->left - b->below - c->em / 2, "ink");
		else
			chart_label(c, b->left + mid, b->top + b->length + below + c->em * 9 / 10, 0,
				&b->d->names.p[i], b->slot, "ink");
	}
}

static void sheet(struct bars *b, size_t from, size_t to)
{
	size_t bars = b->d->stack == BARS_STACKED ? 1 : b->n;
	int32_t head = b->top, across = (int32_t)(to - from) * b->slot;
	int32_t free = (b->slot - (int32_t)bars * b->thick) / 2;

	legend(b, b->lying ? 0 : b->left, 0, b->c.opt->width - (b->lying ? 0 : b->left), true);
	axis(b, across);
	for (size_t i = from; i < to; i++) {
		int32_t at = (b->lying ? b->top : b->left) + (int32_t)(i - from) * b->slot + free;

		(b->d->stack == BARS_STACKED ? stacked : grouped)(b, i, at);
	}
	names(b, from, to);
	b->c.d->height = b->lying ? head + across + b->c.em / 2
				  : head + b->length + b->c.em * 2 + (b->axis.from < 0 ? b->c.em : 0);
}

/* Room that the widest value's text takes behind a lying bar. */
static int32_t behind(const struct bars *b)
{
	int32_t w = 0;

	if (b->d->stack == BARS_STACKED) {
		w = chart_width(&b->c, chart_number(b->c.a, b->axis.to));
		for (size_t i = 0; i < b->d->names.n; i++)
			w = MAX(w, chart_width(&b->c, chart_number(b->c.a, sum_of(b, i))));
		return w + b->c.em * 3 / 2;
	}
	for (size_t i = 0; i < b->d->names.n; i++)
		for (size_t k = 0; k < b->n; k++)
			w = MAX(w, chart_width(&b->c, chart_value_text(b->c.a, value(b, i, k))));
	return w + b->c.em / 2;
}

/* Standing bars: the axis left, names below; false where these do not fit. */
static bool standing(struct bars *b)
{
	struct chart *c = &b->c;
	int32_t em = c->em, n = (int32_t)MIN(MAX(b->d->names.n, (size_t)1), (size_t)1 << 20), labels = 0;
	size_t bars = b->d->stack == BARS_STACKED ? 1 : b->n;

	for (int64_t v = b->axis.from, i = 0; i < 64 && v <= b->axis.to; v += b->axis.step, i++)
		labels = MAX(labels, chart_width(c, chart_number(c->a, v)));
	b->left = labels + em / 2 + (b->d->unit.n ? chart_width(c, b->d->unit) + em * 55 / 100 : 0) + em / 4;
	b->slot = MIN((c->opt->width - b->left) / n, em * 8);
	b->thick = MIN((b->slot - em / 2) / (int32_t)MAX(bars, (size_t)1), em * 3);
	b->length = em * 14;
	b->top = legend(b, 0, 0, c->opt->width - b->left, false) + em * 3 / 2;
	if (c->opt->height)
		b->length = MAX(MIN(b->length, c->opt->height - b->top - em * 3), em * 4);
	return b->thick >= em / 2 && chart_widest(c, &b->d->names) <= b->slot - em / 4;
}

static void lie(struct bars *b)
{
	struct chart *c = &b->c;
	size_t bars = b->d->stack == BARS_STACKED ? 1 : b->n;
	int32_t em = c->em;

	b->lying = true;
	b->below = b->axis.from < 0 ? behind(b) : 0;
	b->left = MIN(chart_widest(c, &b->d->names), c->opt->width * 3 / 10) + em + b->below;
	b->thick = bars > 1 ? em * 11 / 10 : em * 3 / 2;
	b->slot = (int32_t)bars * b->thick + em * 7 / 10;
	b->length = MAX(c->opt->width - b->left - MAX(behind(b), em * 3 / 2 + chart_width(c, b->d->unit)), em * 6);
	b->top = legend(b, 0, 0, c->opt->width, false) + em * 3 / 2;
}

static void draw(struct bars *b, size_t chunk, size_t chunks)
{
	int64_t least, most;
	size_t each = MAX(b->d->names.n, (size_t)1), parts = 1;

	range(b, &least, &most);
	b->axis = chart_axis_of(least, most, 5, chart_counts(b->d));
	b->lying = false;
	if (b->d->across || !standing(b)) {
		lie(b);
		parts = chart_parts(b->d->names.n,
			(size_t)MAX((chart_height(b->c.opt) - b->top - b->c.em / 2) / b->slot, 1), &each);
	}
	for (size_t i = 0; i < parts; i++) {
		chart_sheet(&b->c, b->d->title, b->d->desc, chunk * parts + i, chunks * parts);
		sheet(b, i * each, MIN((i + 1) * each, b->d->names.n));
	}
}

struct charts chart_bars(struct arena *a, const struct chart_figures *d, const struct chart_opt *o)
{
	struct bars b = {.c = chart_begin(a, o), .d = d};
	size_t most = d->bands ? CHART_BANDS : CHART_SERIES, each, chunks;

	if (d->marks)
		most = CHART_MARKS;
	chunks = chart_parts(d->series.n, most, &each);
	for (size_t i = 0; i < chunks; i++) {
		b.first = i * each;
		b.n = MIN(each, d->series.n - b.first);
		draw(&b, i, chunks);
	}
	return chart_end(&b.c, d->title, d->desc, chart_table_figures(a, d));
}

struct charts chart_ageing(struct arena *a, const struct chart_figures *d, const struct chart_opt *o)
{
	struct chart_figures bands = *d;

	bands.stack = BARS_STACKED;
	bands.across = bands.bands = true;
	bands.marks = NULL;
	return chart_bars(a, &bands, o);
}
