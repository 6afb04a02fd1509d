/* Places become items: runs of glyphs of one font, rules, and the marks of the outline. */
#include "doc/layout_in.h"

#include "base/utf8.h"

enum { MARK_CHARS = 60 };

struct lay_page *emit_page(struct laying *l, size_t page)
{
	struct lay *lay = l->lay;

	while (lay->npages <= page) {
		size_t i = lay->npages;
		bool lies = i < l->npages && l->at[i].landscape;
		struct lay_page *p = ARENA_PUSH(l->a, lay->pages, lay->npages, lay->pages_cap);

		*p = (struct lay_page){.w = lies ? PAGE_H : PAGE_W, .h = lies ? PAGE_W : PAGE_H, .landscape = lies};
	}
	return &lay->pages[page];
}

struct lay_item *emit_item(struct laying *l, size_t page, enum lay_kind kind, enum lay_role role, size_t block)
{
	struct lay_page *p = emit_page(l, page);
	struct lay_item *item = ARENA_PUSH(l->a, p->items, p->n, p->cap);

	item->kind = kind;
	item->role = role;
	item->block = block;
	return item;
}

static struct str link_of(const struct seg *s, const struct atom *a)
{
	return s->runs ? s->runs[a->run].link : STR_NONE;
}

static bool same(const struct seg *s, const struct atom *a, const struct atom *b)
{
	return a->font == b->font && a->size == b->size && (a->run == b->run || str_eq(link_of(s, a), link_of(s, b)));
}

static void emit_glyphs(struct laying *l, const struct seg *s, const struct emit_at *at, size_t from, size_t to)
{
	const struct atom *atoms = s->atoms + s->line->from;
	const int32_t *x = s->line->x;
	struct lay_item *item = emit_item(l, at->page, LAY_TEXT, s->role, at->block);
	int32_t off = s->dx + x[from];

	item->row = at->row;
	item->col = at->col;
	item->x = at->x + (at->turn ? 0 : off);
	item->y = at->y + (at->turn == 90 ? off : at->turn == 270 ? -off : 0);
	item->turn = at->turn;
	item->rgb = at->rgb;
	item->font = atoms[from].font;
	item->size = atoms[from].size;
	item->link = link_of(s, &atoms[from]);
	item->glyphs = ARENA_ARRAY(l->a, struct lay_glyph, to - from);
	item->nglyphs = to - from;
	for (size_t i = from; i < to; i++)
		item->glyphs[i - from] = (struct lay_glyph){atoms[i].cp, atoms[i].gid, x[i] - x[from]};
	item->advance = (s->line->from + to < s->line->to ? x[to] : s->line->used) - x[from];
}

void emit_seg(struct laying *l, const struct seg *seg, const struct emit_at *at)
{
	for (const struct seg *s = seg; s; s = s->next) {
		size_t n = s->line ? s->line->to - s->line->from : 0;
		const struct atom *atoms = n ? s->atoms + s->line->from : NULL;

		for (size_t from = 0, to; from < n; from = to) {
			for (to = from + 1; to < n && same(s, &atoms[from], &atoms[to]);)
				to++;
			emit_glyphs(l, s, at, from, to);
		}
	}
}

void emit_rule(struct laying *l, size_t page, enum lay_role role, int32_t x0, int32_t y0, int32_t x1, int32_t y1,
	int32_t line, uint32_t rgb)
{
	struct lay_item *item = emit_item(l, page, LAY_PATH, role, SIZE_MAX);

	item->x = x0;
	item->y = y0;
	item->ops = ARENA_ARRAY(l->a, struct path_op, 2);
	item->nops = 2;
	item->ops[0] = (struct path_op){.kind = PATH_MOVE};
	item->ops[1] = (struct path_op){.kind = PATH_LINE, .x = x1 - x0, .y = y1 - y0};
	item->stroked = true;
	item->stroke = rgb;
	item->line = line;
}

/* ---- marks ---- */

/* What the outline says: a heading that runs into its paragraph ends with its first sentence. */
static struct str mark_text(struct laying *l, const struct doc_block *b)
{
	struct str all = doc_block_text(l->d, b), text = all;
	size_t at = 0, chars = 0, end;

	if (b->kind == DOC_ANNEX && b->number.n)
		text = all = arena_printf(l->a, STR_FMT " " STR_FMT, STR_ARG(b->number), STR_ARG(all));
	if (str_find(all, S("。"), &end) && end > 0)
		text = str_sub(all, 0, end);
	while (at < text.n && chars < MARK_CHARS) {
		utf8_next(text, &at);
		chars++;
	}
	if (at < text.n)
		text = arena_printf(l->a, STR_FMT "…", STR_ARG(str_sub(text, 0, at)));
	return text;
}

static void mark_add(struct laying *l, int level, struct str text, struct str id, size_t page, int32_t y)
{
	struct lay *lay = l->lay;

	*ARENA_PUSH(l->a, lay->marks, lay->nmarks, lay->marks_cap) =
		(struct lay_mark){.level = level, .text = text, .id = id, .page = page, .y = y};
}

static void mark_block(struct laying *l, size_t block, size_t page, int32_t y)
{
	static const int levels[DOC_KINDS] = {
		[DOC_H1] = 1, [DOC_H2] = 2, [DOC_H3] = 3, [DOC_H4] = 4, [DOC_ANNEX] = 1, [DOC_ANNEX_H] = 2};
	const struct doc_block *b = &l->d->blocks[block];
	int level = levels[b->kind];

	if (level)
		mark_add(l, level, mark_text(l, b), b->id, page, y);
	else if (b->id.n)
		mark_add(l, 0, STR_NONE, b->id, page, y);
}

/* ---- places ---- */

static void emit_line(struct laying *l, const struct place *p, const struct entry *e, const struct paper *paper)
{
	int32_t down = e->kind == ENTRY_SMALL ? ((int32_t)e->height - e->size) / 2 : 0;

	emit_seg(l, &e->seg,
		&(struct emit_at){.page = p->page,
			.block = e->block,
			.x = paper->tx,
			.y = paper->ty + p->y + down + baseline(e->size),
			.rgb = BLACK});
}

static size_t row_places(const struct laying *l, size_t from)
{
	const struct ltable *t = l->entries[l->places[from].entry].table;
	size_t to = from + 1;

	while (to < l->nplaces && l->places[to].page == l->places[from].page &&
		l->entries[l->places[to].entry].kind == ENTRY_ROW && l->entries[l->places[to].entry].table == t)
		to++;
	return to;
}

void emit_places(struct laying *l)
{
	for (size_t i = 0, next; i < l->nplaces; i = next) {
		const struct place *p = &l->places[i];
		const struct entry *e = &l->entries[p->entry];
		struct paper paper = paper_of(l->at[p->page].landscape);

		next = i + 1;
		if (e->first && e->block != SIZE_MAX && !p->from)
			mark_block(l, e->block, p->page, paper.ty + p->y);
		if (e->kind == ENTRY_ROW) {
			next = row_places(l, i);
			for (size_t k = i; k < next; k++) {
				const struct entry *row = &l->entries[l->places[k].entry];
				struct str id = row->table->t->rows[row->row].id;

				if (id.n && !l->places[k].from)
					mark_add(l, 0, STR_NONE, id, p->page, paper.ty + l->places[k].y);
			}
			table_draw(l, i, next);
		} else if (e->kind == ENTRY_PICTURE)
			picture_draw(l, p);
		else
			emit_line(l, p, e, &paper);
	}
}
