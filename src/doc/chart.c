/* What all charts share: drawings, lines, hatches, legends, axes. */
#include "doc/chart_in.h"

#include "doc/layout.h"

enum { PX = 25400000 / 96 };

const struct chart_opt chart_paper = {.width = TYPE_W, .height = 120 * NM_MM, .text = SIZE_S5};
const struct chart_opt chart_lying = {.width = 225 * NM_MM, .height = 120 * NM_MM, .text = SIZE_S5};
const struct chart_opt chart_page = {.width = 190 * NM_MM, .text = SIZE_S5, .cell = 26 * PX};

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

int32_t chart_height(const struct chart_opt *o)
{
	return o->height ? MIN(o->height, CHART_ENDLESS) : CHART_ENDLESS;
}

struct charts chart_end(struct chart *c, struct str title, struct str desc, const struct chart_table *table)
{
	c->out.title = title;
	c->out.desc = desc;
	c->out.table = table;
	return c->out;
}

size_t chart_parts(size_t n, size_t most, size_t *each)
{
	size_t parts = n > most ? (n + most - 1) / most : 1;

	*each = parts ? (n + parts - 1) / parts : n;
	return *each ? MAX((n + *each - 1) / *each, (size_t)1) : 1;
}

/* ---- lines and hatches ---- */

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

struct chart_keys chart_keys_seen(const struct chart *c, const struct chart_keys *keys, const bool seen[CHART_MARKS])
{
	struct chart_keys out = {0};

	for (size_t i = 0; i < keys->n; i++)
		if (seen[keys->p[i].mark])
			*ARENA_PUSH(c->a, out.p, out.n, out.cap) = keys->p[i];
	return out;
}

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

bool chart_counts(const struct chart_figures *d)
{
	for (size_t i = 0; i < d->names.n * d->series.n; i++)
		if (!d->values[i].none && d->values[i].n % 1000)
			return false;
	return true;
}

struct chart_axis chart_axis_of(int64_t least, int64_t most, size_t marks, bool whole)
{
	const int64_t far = INT64_C(1) << 60;
	struct chart_axis x;

	least = MAX(MIN(least, (int64_t)0), -far);
	most = MIN(MAX(most, (int64_t)0), far);
	if (least == most)
		most = 1000;
	x.step = nice(MAX((most - least + (int64_t)marks - 1) / (int64_t)MAX(marks, (size_t)1),
		(int64_t)(whole ? 1000 : 1)));
	x.from = -((-least + x.step - 1) / x.step) * x.step;
	x.to = (most + x.step - 1) / x.step * x.step;
	return x;
}

int32_t chart_at(const struct chart_axis *x, int64_t v, int32_t length)
{
	v = MIN(MAX(v, x->from), x->to);
	return (int32_t)((double)(v - x->from) / (double)(x->to - x->from) * length);
}
