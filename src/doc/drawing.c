/* Drawings: their shapes, and SVG of them. */
#include "doc/drawing.h"

#include "base/utf8.h"

struct drawing *drawing_new(struct arena *a, int32_t width, int32_t height)
{
	struct drawing *d = ARENA_NEW(a, struct drawing);

	d->arena = a;
	d->width = width;
	d->height = height;
	return d;
}

static struct shape *shape(struct drawing *d, enum shape_kind kind)
{
	struct shape *s = ARENA_PUSH(d->arena, d->shapes, d->n, d->cap);

	s->kind = kind;
	return s;
}

struct shape *drawing_path(struct drawing *d)
{
	return shape(d, SHAPE_PATH);
}

static void op(struct drawing *d, struct shape *s, struct path_op o)
{
	*ARENA_PUSH(d->arena, s->ops, s->nops, s->ops_cap) = o;
}

void path_move(struct drawing *d, struct shape *s, int32_t x, int32_t y)
{
	op(d, s, (struct path_op){.kind = PATH_MOVE, .x = x, .y = y});
}

void path_line(struct drawing *d, struct shape *s, int32_t x, int32_t y)
{
	op(d, s, (struct path_op){.kind = PATH_LINE, .x = x, .y = y});
}

void path_curve(
	struct drawing *d, struct shape *s, int32_t x1, int32_t y1, int32_t x2, int32_t y2, int32_t x, int32_t y)
{
	op(d, s, (struct path_op){.kind = PATH_CURVE, .x = x, .y = y, .x1 = x1, .y1 = y1, .x2 = x2, .y2 = y2});
}

void path_close(struct drawing *d, struct shape *s)
{
	op(d, s, (struct path_op){.kind = PATH_CLOSE});
}

struct shape *drawing_rect(struct drawing *d, int32_t x, int32_t y, int32_t w, int32_t h)
{
	struct shape *s = drawing_path(d);

	path_move(d, s, x, y);
	path_line(d, s, x + w, y);
	path_line(d, s, x + w, y + h);
	path_line(d, s, x, y + h);
	path_close(d, s);
	return s;
}

struct shape *drawing_circle(struct drawing *d, int32_t x, int32_t y, int32_t r)
{
	struct shape *s = drawing_path(d);
	int32_t k = (int32_t)((int64_t)r * 5523 / 10000);   /* a quarter of a circle by one curve */

	path_move(d, s, x + r, y);
	path_curve(d, s, x + r, y + k, x + k, y + r, x, y + r);
	path_curve(d, s, x - k, y + r, x - r, y + k, x - r, y);
	path_curve(d, s, x - r, y - k, x - k, y - r, x, y - r);
	path_curve(d, s, x + k, y - r, x + r, y - k, x + r, y);
	path_close(d, s);
	return s;
}

struct shape *drawing_text(struct drawing *d, int32_t x, int32_t y, int32_t size, int anchor, struct str text)
{
	struct shape *s = shape(d, SHAPE_TEXT);

	s->x = x;
	s->y = y;
	s->size = size;
	s->anchor = anchor;
	s->text = text;
	return s;
}

/* ---- SVG ---- */

/* As XML takes it; control characters are left out, what is no UTF-8 becomes U+FFFD. */
static void esc(struct buf *out, struct str s)
{
	for (size_t at = 0; at < s.n;) {
		size_t from = at;
		uint32_t c = utf8_next(s, &at);
		char bytes[4];

		if (c == '&')
			buf_put(out, S("&amp;"));
		else if (c == '<')
			buf_put(out, S("&lt;"));
		else if (c == '>')
			buf_put(out, S("&gt;"));
		else if (c == '"')
			buf_put(out, S("&quot;"));
		else if (c == '\'')
			buf_put(out, S("&#39;"));
		else if (c == 0xFFFD)
			buf_put(out, (struct str){bytes, utf8_put(c, bytes)});
		else if ((c >= 0x20 && c != 0x7F && c != 0xFFFE && c != 0xFFFF) || c == '\t')
			buf_put(out, str_sub(s, from, at));
	}
}

/* Nanometres as pixels of 1/96 inch, hundredths at most. */
static void px(struct buf *out, int64_t nm)
{
	int64_t h = nm * 48, v = (h + (h < 0 ? -63500 : 63500)) / 127000;

	if (v < 0)
		buf_putc(out, '-');
	v = v < 0 ? -v : v;
	buf_printf(out, "%lld", (long long)(v / 100));
	if (v % 100)
		buf_printf(out, v % 10 ? ".%02lld" : ".%lld", (long long)(v % 10 ? v % 100 : v % 100 / 10));
}

static void attr(struct buf *out, const char *name, int64_t nm)
{
	buf_printf(out, " %s=\"", name);
	px(out, nm);
	buf_putc(out, '"');
}

static void point(struct buf *out, int32_t x, int32_t y)
{
	px(out, x);
	buf_putc(out, ' ');
	px(out, y);
}

static bool is_rect(const struct shape *s)
{
	const struct path_op *o = s->ops;

	return s->nops == 5 && o[0].kind == PATH_MOVE && o[1].kind == PATH_LINE && o[2].kind == PATH_LINE &&
	       o[3].kind == PATH_LINE && o[4].kind == PATH_CLOSE && o[0].y == o[1].y && o[1].x == o[2].x &&
	       o[2].y == o[3].y && o[3].x == o[0].x && o[1].x >= o[0].x && o[2].y >= o[1].y;
}

static bool is_circle(const struct shape *s)
{
	const struct path_op *o = s->ops;
	int64_t r, cx;

	if (s->nops != 6 || o[0].kind != PATH_MOVE || o[5].kind != PATH_CLOSE)
		return false;
	for (size_t i = 1; i < 5; i++)
		if (o[i].kind != PATH_CURVE)
			return false;
	cx = o[1].x;
	r = o[0].x - cx;
	return r > 0 && o[1].y == o[0].y + r && o[2].x == cx - r && o[2].y == o[0].y && o[3].x == cx &&
	       o[3].y == o[0].y - r && o[4].x == o[0].x && o[4].y == o[0].y && o[1].x1 == o[0].x && o[1].y2 == o[1].y;
}

/* On a page the style sheet paints what has a name. */
static void paint(struct buf *out, const struct shape *s, bool whole)
{
	bool named = s->name.n && !whole;

	if (named) {
		buf_put(out, S(" class=\""));
		esc(out, s->name);
		buf_printf(out, "%s%s\"", s->filled ? " f" : "", s->stroked ? " s" : "");
	} else if (s->filled) {
		buf_printf(out, " fill=\"#%06x\"", s->fill & 0xFFFFFFu);
	} else {
		buf_put(out, S(" fill=\"none\""));
	}
	if (!s->stroked)
		return;
	if (!named)
		buf_printf(out, " stroke=\"#%06x\"", s->stroke & 0xFFFFFFu);
	attr(out, "stroke-width", s->line);
	if (s->dash > 0)
		attr(out, "stroke-dasharray", s->dash);
}

static void ops(struct buf *out, const struct shape *s)
{
	static const char letters[] = {[PATH_MOVE] = 'M', [PATH_LINE] = 'L', [PATH_CURVE] = 'C', [PATH_CLOSE] = 'z'};

	buf_put(out, S("<path d=\""));
	for (size_t i = 0; i < s->nops; i++) {
		const struct path_op *o = &s->ops[i];

		buf_putc(out, letters[o->kind]);
		if (o->kind == PATH_CURVE) {
			point(out, o->x1, o->y1);
			buf_putc(out, ' ');
			point(out, o->x2, o->y2);
			buf_putc(out, ' ');
		}
		if (o->kind != PATH_CLOSE)
			point(out, o->x, o->y);
	}
	buf_putc(out, '"');
}

static void put_path(struct buf *out, const struct shape *s, bool whole)
{
	if (!s->nops)
		return;
	if (is_rect(s)) {
		buf_put(out, S("<rect"));
		attr(out, "x", s->ops[0].x);
		attr(out, "y", s->ops[0].y);
		attr(out, "width", (int64_t)s->ops[1].x - s->ops[0].x);
		attr(out, "height", (int64_t)s->ops[2].y - s->ops[0].y);
	} else if (is_circle(s)) {
		buf_put(out, S("<circle"));
		attr(out, "cx", s->ops[1].x);
		attr(out, "cy", s->ops[0].y);
		attr(out, "r", (int64_t)s->ops[0].x - s->ops[1].x);
	} else {
		ops(out, s);
	}
	paint(out, s, whole);
	buf_put(out, S("/>"));
}

static void put_text(struct buf *out, const struct shape *s, bool whole)
{
	buf_put(out, S("<text"));
	if (s->name.n && !whole) {
		buf_put(out, S(" class=\""));
		esc(out, s->name);
		buf_put(out, S(" f\""));
	} else {
		buf_printf(out, " fill=\"#%06x\"", s->rgb & 0xFFFFFFu);
	}
	attr(out, "x", s->x);
	attr(out, "y", s->y);
	if (s->upright) {
		buf_put(out, S(" transform=\"rotate(-90 "));
		point(out, s->x, s->y);
		buf_put(out, S(")\""));
	}
	attr(out, "font-size", s->size);
	if (s->anchor >= 0)
		buf_put(out, s->anchor ? S(" text-anchor=\"end\"") : S(" text-anchor=\"middle\""));
	buf_putc(out, '>');
	esc(out, s->text);
	buf_put(out, S("</text>"));
}

static bool leads(struct str link)
{
	return link.n && (link.p[0] == '?' || link.p[0] == '#' ||
				 (link.p[0] == '/' && (link.n == 1 || (link.p[1] != '/' && link.p[1] != '\\'))));
}

static void titled(struct buf *out, const char *tag, struct str text)
{
	if (!text.n)
		return;
	buf_printf(out, "<%s>", tag);
	esc(out, text);
	buf_printf(out, "</%s>", tag);
}

/* Shapes next to each other with one link (or, without one, of one title) are of one element. */
static size_t same(const struct drawing *d, size_t from)
{
	const struct shape *s = &d->shapes[from];
	size_t to = from + 1;

	if (s->link.n)
		while (to < d->n && str_eq(d->shapes[to].link, s->link))
			to++;
	else if (s->title.n)
		while (to < d->n && !d->shapes[to].link.n && str_eq(d->shapes[to].title, s->title))
			to++;
	return to;
}

/* A link without words is called by its title; one with words would be called by them, so it says the title. */
static void put_link(struct buf *out, const struct drawing *d, size_t from, size_t to, struct str title)
{
	bool words = false;

	for (size_t i = from; i < to; i++)
		words |= d->shapes[i].kind == SHAPE_TEXT;
	buf_put(out, S("<a href=\""));
	esc(out, d->shapes[from].link);
	if (words && title.n) {
		buf_put(out, S("\" aria-label=\""));
		esc(out, title);
	}
	buf_put(out, d->shapes[from].current ? S("\" aria-current=\"true\">") : S("\">"));
}

static void put_group(struct buf *out, const struct drawing *d, size_t from, size_t to, bool whole)
{
	const struct shape *s = &d->shapes[from];
	bool link = leads(s->link);
	struct str title = s->title;

	for (size_t i = from; i < to && !title.n; i++)
		title = d->shapes[i].title;
	if (link) {
		put_link(out, d, from, to, title);
	} else if (title.n) {
		buf_put(out, S("<g>"));
	}
	titled(out, "title", title);
	for (size_t i = from; i < to; i++)
		(d->shapes[i].kind == SHAPE_TEXT ? put_text : put_path)(out, &d->shapes[i], whole);
	if (link || title.n)
		buf_put(out, link ? S("</a>") : S("</g>"));
}

static bool any_link(const struct drawing *d)
{
	for (size_t i = 0; i < d->n; i++)
		if (leads(d->shapes[i].link))
			return true;
	return false;
}

void drawing_svg(const struct drawing *d, bool whole, struct buf *out)
{
	buf_put(out, S("<svg"));
	if (whole)
		buf_put(out, S(" xmlns=\"http://www.w3.org/2000/svg\" "
			       "font-family=\"'Noto Sans CJK SC','Microsoft YaHei',sans-serif\""));
	buf_put(out, S(" class=\"drawing\""));
	attr(out, "width", d->width);
	attr(out, "height", d->height);
	buf_put(out, S(" viewBox=\"0 0 "));
	point(out, d->width, d->height);
	buf_put(out, any_link(d) ? S("\" role=\"group\">") : S("\" role=\"img\">"));
	titled(out, "title", d->title);
	titled(out, "desc", d->desc);
	for (size_t i = 0; i < d->n;) {
		size_t to = same(d, i);

		put_group(out, d, i, to, whole);
		i = to;
	}
	buf_put(out, S("</svg>"));
}
