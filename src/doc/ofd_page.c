#include "base/map.h"
#include "base/utf8.h"
#include "doc/ofd_in.h"
#include "pack/xml_write.h"

enum {
	UNIT = 100, /* nm: what lengths are written in */
	DRIFT = 20, /* units that a place may be off so that distances repeat: 2 µm */
	ABOVE = 95, BELOW = 30 /* hundredths of an em that a line's box reaches above its baseline and below */
};

void ofd_mm(struct buf *b, int64_t nm)
{
	int64_t n = (llabs(nm) + UNIT / 2) / UNIT;
	char text[40];
	int len = snprintf(text, sizeof text, "%s%lld.%04lld", nm < 0 && n ? "-" : "", (long long)(n / 10000),
		(long long)(n % 10000));

	while (text[len - 1] == '0')
		len--;
	if (text[len - 1] == '.')
		len--;
	buf_put(b, (struct str){text, (size_t)len});
}

static void put_box(struct buf *b, int64_t x, int64_t y, int64_t w, int64_t h)
{
	buf_put(b, S(" Boundary=\""));
	ofd_mm(b, x);
	buf_putc(b, ' ');
	ofd_mm(b, y);
	buf_putc(b, ' ');
	ofd_mm(b, w);
	buf_putc(b, ' ');
	ofd_mm(b, h);
	buf_putc(b, '"');
}

static void put_colour(struct buf *b, const char *element, uint32_t rgb)
{
	buf_printf(b, "<ofd:%s Value=\"%u %u %u\"/>", element, rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255);
}

static unsigned image_of(struct ofd *o, struct str bytes)
{
	for (size_t i = 0; i < o->nimages; i++)
		if (str_eq(o->images[i].bytes, bytes))
			return o->images[i].id;
	*ARENA_PUSH(o->arena, o->images, o->nimages, o->images_cap) = (struct ofd_image){bytes, ++o->last_id};
	return o->last_id;
}

/* ---- text ---- */

static int64_t units(int64_t nm)
{
	return (nm + (nm < 0 ? -UNIT : UNIT) / 2) / UNIT;
}

static void put_run(struct buf *b, int64_t delta, size_t times)
{
	if (times > 1)
		buf_printf(b, "g %zu ", times);
	ofd_mm(b, delta * UNIT);
}

/* Distances from glyph to glyph, equal ones in runs. */
static void put_deltas(struct buf *b, const struct lay_item *it)
{
	int64_t at = 0, delta = 0;
	size_t times = 0;
	bool first = true;

	for (size_t i = 1; i <= it->nglyphs; i++) {
		int64_t want = i < it->nglyphs ? units(it->glyphs[i].x) - units(it->glyphs[0].x) : 0;
		if (i < it->nglyphs && times && llabs(at + delta - want) <= DRIFT) {
			at += delta;
			times++;
			continue;
		}
		if (times) {
			if (!first)
				buf_putc(b, ' ');
			first = false;
			put_run(b, delta, times);
		}
		delta = want - at;
		at = want;
		times = 1;
	}
}

static void put_link(struct ofd *o, struct buf *b, const struct lay_item *it)
{
	const struct lay_mark *m = it->link.n ? map_get(o->ids, it->link) : NULL;

	if (doc_is_address(it->link)) {
		buf_put(b, S("<ofd:Actions><ofd:Action Event=\"CLICK\"><ofd:URI URI=\""));
		xml_put(b, it->link);
		buf_put(b, S("\"/></ofd:Action></ofd:Actions>"));
		return;
	}
	if (!m)
		return;
	buf_put(b, S("<ofd:Actions><ofd:Action Event=\"CLICK\"><ofd:Goto>"));
	ofd_dest(o, b, m);
	buf_put(b, S("</ofd:Goto></ofd:Action></ofd:Actions>"));
}

/* A turned text has a matrix: its first glyph's origin is that of the object, and lies where the box says. */
static void put_turned(struct buf *b, const struct lay_item *it, int64_t up, int64_t down)
{
	if (it->turn == 90) {
		put_box(b, it->x - down, it->y, up + down, it->advance);
		buf_put(b, S(" CTM=\"0 1 -1 0 "));
		ofd_mm(b, down);
		buf_put(b, S(" 0\""));
	} else {
		put_box(b, it->x - up, (int64_t)it->y - it->advance, up + down, it->advance);
		buf_put(b, S(" CTM=\"0 -1 1 0 "));
		ofd_mm(b, up);
		buf_putc(b, ' ');
		ofd_mm(b, it->advance);
		buf_putc(b, '"');
	}
}

static void put_text(struct ofd *o, struct buf *b, const struct lay_item *it, unsigned id)
{
	unsigned font = o->font_ids[embed_of(&o->fonts, it->font) - o->fonts.fonts];
	int64_t up = (int64_t)it->size * ABOVE / 100, down = (int64_t)it->size * BELOW / 100;

	buf_printf(b, "<ofd:TextObject ID=\"%u\"", id);
	if (it->turn)
		put_turned(b, it, up, down);
	else
		put_box(b, it->x, it->y - up, MAX(it->advance, it->size), up + down);
	buf_printf(b, " Font=\"%u\" Size=\"", font);
	ofd_mm(b, it->size);
	buf_put(b, S("\">"));
	put_link(o, b, it);
	put_colour(b, "FillColor", it->rgb);
	buf_put(b, S("<ofd:TextCode X=\""));
	ofd_mm(b, it->glyphs[0].x);
	buf_put(b, S("\" Y=\""));
	ofd_mm(b, it->turn ? 0 : up);
	buf_putc(b, '"');
	if (it->nglyphs > 1) {
		buf_put(b, S(" DeltaX=\""));
		put_deltas(b, it);
		buf_putc(b, '"');
	}
	buf_putc(b, '>');
	for (size_t i = 0; i < it->nglyphs; i++) {
		char utf8[4];
		xml_put(b, (struct str){utf8, utf8_put(it->glyphs[i].cp, utf8)});
	}
	buf_put(b, S("</ofd:TextCode></ofd:TextObject>\n"));
}

/* ---- paths and pictures ---- */

struct box {
	int64_t x0, y0, x1, y1;
};

static void stretch(struct box *b, int64_t x, int64_t y)
{
	b->x0 = MIN(b->x0, x);
	b->y0 = MIN(b->y0, y);
	b->x1 = MAX(b->x1, x);
	b->y1 = MAX(b->y1, y);
}

static struct box box_of(const struct lay_item *it)
{
	struct box b = {it->nops ? it->ops[0].x : 0, it->nops ? it->ops[0].y : 0, 0, 0};
	int64_t half = it->stroked ? ((int64_t)it->line + 1) / 2 : 0;

	b.x1 = b.x0;
	b.y1 = b.y0;
	for (size_t i = 0; i < it->nops; i++) {
		const struct path_op *p = &it->ops[i];
		if (p->kind == PATH_CLOSE)
			continue;
		stretch(&b, p->x, p->y);
		if (p->kind == PATH_CURVE) {
			stretch(&b, p->x1, p->y1);
			stretch(&b, p->x2, p->y2);
		}
	}
	return (struct box){b.x0 - half, b.y0 - half, b.x1 + half, b.y1 + half};
}

static void put_point(struct buf *b, int64_t x, int64_t y)
{
	buf_putc(b, ' ');
	ofd_mm(b, x);
	buf_putc(b, ' ');
	ofd_mm(b, y);
}

static void put_path(struct buf *b, const struct lay_item *it, unsigned id)
{
	struct box box = box_of(it);
	static const char letters[] = {[PATH_MOVE] = 'M', [PATH_LINE] = 'L', [PATH_CURVE] = 'B', [PATH_CLOSE] = 'C'};

	buf_printf(b, "<ofd:PathObject ID=\"%u\"", id);
	put_box(b, it->x + box.x0, it->y + box.y0, box.x1 - box.x0, box.y1 - box.y0);
	if (it->stroked) {
		buf_put(b, S(" LineWidth=\""));
		ofd_mm(b, it->line);
		buf_putc(b, '"');
	}
	if (it->stroked && it->dash > 0) {
		buf_put(b, S(" DashPattern=\""));
		ofd_mm(b, it->dash);
		buf_putc(b, ' ');
		ofd_mm(b, it->dash);
		buf_putc(b, '"');
	}
	buf_printf(b, " Stroke=\"%s\" Fill=\"%s\">", it->stroked ? "true" : "false", it->filled ? "true" : "false");
	if (it->stroked)
		put_colour(b, "StrokeColor", it->stroke);
	if (it->filled)
		put_colour(b, "FillColor", it->fill);
	buf_put(b, S("<ofd:AbbreviatedData>"));
	for (size_t i = 0; i < it->nops; i++) {
		const struct path_op *p = &it->ops[i];
		if (i)
			buf_putc(b, ' ');
		buf_putc(b, letters[p->kind]);
		if (p->kind == PATH_CURVE) {
			put_point(b, p->x1 - box.x0, p->y1 - box.y0);
			put_point(b, p->x2 - box.x0, p->y2 - box.y0);
		}
		if (p->kind != PATH_CLOSE)
			put_point(b, p->x - box.x0, p->y - box.y0);
	}
	buf_put(b, S("</ofd:AbbreviatedData></ofd:PathObject>\n"));
}

static void put_image(struct ofd *o, struct buf *b, const struct lay_item *it, unsigned id)
{
	buf_printf(b, "<ofd:ImageObject ID=\"%u\"", id);
	put_box(b, it->x, it->y, it->w, it->h);
	buf_put(b, S(" CTM=\""));
	ofd_mm(b, it->w);
	buf_put(b, S(" 0 0 "));
	ofd_mm(b, it->h);
	buf_printf(b, " 0 0\" ResourceID=\"%u\"/>\n", image_of(o, it->bytes));
}

void ofd_page(struct ofd *o, size_t page, struct buf *b)
{
	const struct lay_page *p = &o->lay->pages[page];
	unsigned *ids = o->pages[page].objects = ARENA_ARRAY(o->arena, unsigned, p->n);

	buf_put(b, S(OFD_HEAD "<ofd:Page " OFD_NS "><ofd:Area><ofd:PhysicalBox>0 0 "));
	ofd_mm(b, p->w);
	buf_putc(b, ' ');
	ofd_mm(b, p->h);
	buf_printf(b, "</ofd:PhysicalBox></ofd:Area>\n<ofd:Content><ofd:Layer ID=\"%u\" Type=\"Body\">\n",
		++o->last_id);
	for (size_t i = 0; i < p->n; i++) {
		const struct lay_item *it = &p->items[i];
		if ((it->kind == LAY_TEXT && !it->nglyphs) || (it->kind == LAY_PATH && !it->nops))
			continue;
		ids[i] = ++o->last_id;
		switch (it->kind) {
		case LAY_TEXT: put_text(o, b, it, ids[i]); break;
		case LAY_PATH: put_path(b, it, ids[i]); break;
		case LAY_IMAGE: put_image(o, b, it, ids[i]); break;
		}
	}
	buf_put(b, S("</ofd:Layer></ofd:Content></ofd:Page>\n"));
}
