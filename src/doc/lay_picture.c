/* Pictures: a PNG or JPEG file, or a drawing whose paths and texts become items [B5]. */
#include "doc/jpeg.h"
#include "doc/layout_in.h"

enum { ROWS = 12, FRAME = 2 * NM_MM / 10, EMPTY_W = 80 * NM_MM, EMPTY_H = 30 * NM_MM, PAD = 2 * NM_MM };

static int32_t scaled(int32_t v, int32_t to, int32_t of)
{
	return of > 0 ? (int32_t)((int64_t)v * to / of) : v;
}

/* The size asked for, or its own; then down to what there is. */
static void set_size(struct laying *l, struct lpicture *p, int32_t own_w, int32_t own_h)
{
	int32_t max_h = MIN(ROWS * PITCH, l->paper.th);

	p->w = p->p->width > 0 ? p->p->width : p->p->height > 0 ? scaled(own_w, p->p->height, own_h) : own_w;
	p->h = p->p->height > 0 ? p->p->height : scaled(own_h, p->w, own_w);
	if (p->w > l->paper.tw) {
		p->h = MAX(scaled(p->h, l->paper.tw, p->w), 1);
		p->w = l->paper.tw;
	}
	if (p->h > max_h) {
		p->w = MAX(scaled(p->w, max_h, p->h), 1);
		p->h = max_h;
	}
}

/* A frame with the picture's words stands for one that can't be drawn. */
static void set_empty(struct laying *l, struct lpicture *p, size_t block)
{
	struct text t = text_of(l, p->p->alt, FACE_FANG, SIZE_5);
	struct line_opt opt = {.width = EMPTY_W - 2 * PAD, .ragged = true};
	struct line *lines;

	p->empty = true;
	p->nwords = lines_break(l->a, t.atoms, t.n, &opt, &lines);
	p->words = ARENA_ARRAY(l->a, struct seg, p->nwords);
	for (size_t i = 0; i < p->nwords; i++)
		p->words[i] = (struct seg){.atoms = t.atoms, .line = &lines[i], .role = ROLE_PICTURE};
	p->w = EMPTY_W;
	p->nwords = MIN(p->nwords, (size_t)((l->paper.th - 2 * PAD) / lead_of(SIZE_5)));
	p->h = MAX(EMPTY_H, (int32_t)p->nwords * lead_of(SIZE_5) + 2 * PAD);
	lay_warn(l, block,
		arena_printf(l->a, tr(l->lang, "the picture \"%.*s\" is damaged, too large or not as it says: framed"),
			STR_ARG(p->p->alt)));
}

enum err_code picture_build(struct laying *l, size_t block, bool stay)
{
	const struct doc_picture *dp = l->d->blocks[block].picture;
	struct lpicture *p = ARENA_NEW(l->a, struct lpicture);
	struct pixels px = {0};
	struct entry *e;

	if (!dp)
		return OK;
	p->p = dp;
	if (!dp->drawing && !picture_file(dp->png, &px))
		return fail(l->err, ERR_INPUT, "picture \"%.*s\" is neither a PNG nor a JPEG file", STR_ARG(dp->alt));
	if (px.wrong || (!dp->drawing && !jpeg_plain(l->a, dp->png, &p->bytes)))
		set_empty(l, p, block);
	else
		set_size(l, p, dp->drawing ? dp->drawing->width : px.w, dp->drawing ? dp->drawing->height : px.h);
	e = entry_add(l, ENTRY_PICTURE, block);
	e->picture = p;
	e->height = MAX(p->h, 1);
	e->before = NM_MM;
	e->stay = stay;
	e->first = true;
	return OK;
}

/* ---- drawing ---- */

static void frame(struct laying *l, size_t page, size_t block, int32_t x, int32_t y, const struct lpicture *p)
{
	struct lay_item *item = emit_item(l, page, LAY_PATH, ROLE_PICTURE, block);
	struct path_op *ops = ARENA_ARRAY(l->a, struct path_op, 5);

	ops[0] = (struct path_op){.kind = PATH_MOVE};
	ops[1] = (struct path_op){.kind = PATH_LINE, .x = p->w};
	ops[2] = (struct path_op){.kind = PATH_LINE, .x = p->w, .y = p->h};
	ops[3] = (struct path_op){.kind = PATH_LINE, .y = p->h};
	ops[4] = (struct path_op){.kind = PATH_CLOSE};
	item->x = x;
	item->y = y;
	item->ops = ops;
	item->nops = 5;
	item->stroked = true;
	item->stroke = BLACK;
	item->line = FRAME;
	item->alt = p->p->alt;
	for (size_t i = 0; i < p->nwords; i++)
		emit_seg(l, &p->words[i],
			&(struct emit_at){.page = page,
				.block = block,
				.x = x + PAD,
				.y = y + PAD + (int32_t)i * lead_of(SIZE_5) + baseline(SIZE_5),
				.rgb = BLACK});
}

struct scale {
	int32_t to, of;
};

static int32_t sc(int32_t v, struct scale s)
{
	return scaled(v, s.to, s.of);
}

static void draw_path(struct laying *l, const struct shape *s, const struct emit_at *at, struct scale k)
{
	struct lay_item *item = emit_item(l, at->page, LAY_PATH, ROLE_PICTURE, at->block);

	item->x = at->x;
	item->y = at->y;
	item->nops = s->nops;
	item->ops = s->ops;
	if (k.to != k.of) {
		item->ops = ARENA_ARRAY(l->a, struct path_op, s->nops);
		for (size_t i = 0; i < s->nops; i++) {
			const struct path_op *o = &s->ops[i];

			item->ops[i] = (struct path_op){.kind = o->kind,
				.x = sc(o->x, k),
				.y = sc(o->y, k),
				.x1 = sc(o->x1, k),
				.y1 = sc(o->y1, k),
				.x2 = sc(o->x2, k),
				.y2 = sc(o->y2, k)};
		}
	}
	item->filled = s->filled;
	item->stroked = s->stroked;
	item->fill = s->fill;
	item->stroke = s->stroke;
	item->line = sc(s->line, k);
	item->dash = sc(s->dash, k);
}

static void draw_text(struct laying *l, const struct shape *s, const struct emit_at *corner, struct scale k)
{
	enum doc_face face = s->face == FACE_BLOCK ? FACE_HEI : s->face;
	struct seg seg = seg_line(l, text_of(l, s->text, face, MAX(sc(s->size, k), 1)), 0, ROLE_PICTURE);
	struct emit_at at = *corner;

	at.x += sc(s->x, k);
	at.y += sc(s->y, k);
	at.rgb = s->rgb;
	at.turn = s->upright ? 270 : 0;
	seg.dx = s->anchor == 0 ? -seg.line->used / 2 : s->anchor > 0 ? -seg.line->used : 0;
	emit_seg(l, &seg, &at);
}

static void draw_shapes(struct laying *l, const struct lpicture *p, const struct emit_at *at)
{
	const struct drawing *d = p->p->drawing;
	struct scale k = {p->w, d->width};
	size_t first = emit_page(l, at->page)->n;

	if (p->w == d->width && p->h == d->height)
		k = (struct scale){1, 1};
	else if (d->height > 0 && (int64_t)p->h * d->width < (int64_t)p->w * d->height)
		k = (struct scale){p->h, d->height};
	for (size_t i = 0; i < d->n; i++)
		if (d->shapes[i].kind == SHAPE_TEXT)
			draw_text(l, &d->shapes[i], at, k);
		else if (d->shapes[i].nops)
			draw_path(l, &d->shapes[i], at, k);
	if (emit_page(l, at->page)->n > first)
		l->lay->pages[at->page].items[first].alt = p->p->alt.n ? p->p->alt : d->title;
}

void picture_draw(struct laying *l, const struct place *place)
{
	const struct entry *e = &l->entries[place->entry];
	const struct lpicture *p = e->picture;
	struct paper paper = paper_of(l->at[place->page].landscape);
	struct emit_at at = {.page = place->page,
		.block = e->block,
		.x = paper.tx + (paper.tw - p->w) / 2,
		.y = paper.ty + place->y};
	struct lay_item *item;

	if (p->empty) {
		frame(l, at.page, at.block, at.x, at.y, p);
	} else if (p->p->drawing) {
		draw_shapes(l, p, &at);
	} else {
		item = emit_item(l, at.page, LAY_IMAGE, ROLE_PICTURE, at.block);
		item->x = at.x;
		item->y = at.y;
		item->w = p->w;
		item->h = p->h;
		item->bytes = p->bytes;
		item->alt = p->p->alt;
	}
}
