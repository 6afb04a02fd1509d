/* A document laid out by hand, for what draws pages: every kind of item, two pages and one that lies. */
#ifndef TESTS_LAY_KIT_H
#define TESTS_LAY_KIT_H

#include "base/utf8.h"
#include "doc/layout.h"

struct kit {
	struct arena *arena;
	struct doc *doc;
	struct fonts *fonts;
	struct lay *lay;
	size_t row, col;
};

static inline struct lay_page *kit_page(struct kit *k, bool landscape)
{
	struct lay_page *p = ARENA_PUSH(k->arena, k->lay->pages, k->lay->npages, k->lay->pages_cap);

	*p = (struct lay_page){
		.w = landscape ? PAGE_H : PAGE_W, .h = landscape ? PAGE_W : PAGE_H, .landscape = landscape,
		.number = (int)k->lay->npages};
	return p;
}

static inline struct lay_item *kit_item(struct kit *k, enum lay_kind kind, enum lay_role role, size_t block)
{
	struct lay_page *p = &k->lay->pages[k->lay->npages - 1];
	struct lay_item *it = ARENA_PUSH(k->arena, p->items, p->n, p->cap);

	*it = (struct lay_item){.kind = kind, .role = role, .block = block, .row = k->row, .col = k->col};
	return it;
}

/* A line of text in a face, an item per font; digits take half a cell, the others one of cell nm (0: their advance).
 * gap: what is added behind every mark. Returns the last item. */
static inline struct lay_item *kit_text(struct kit *k, enum lay_role role, size_t block, enum doc_face face, int32_t size,
	int32_t x, int32_t y, int32_t cell, const char *text)
{
	struct str s = str_c(text);
	struct lay_item *it = NULL;
	size_t cap = 0;

	for (size_t at = 0; at < s.n;) {
		uint32_t gid, cp = utf8_next(s, &at);
		const struct font *font = fonts_find(k->fonts, face, cp, &gid);
		int32_t w = font_advance(font, gid, size);
		if (!it || it->font != font) {
			it = kit_item(k, LAY_TEXT, role, block);
			it->font = font;
			it->size = size;
			it->x = x;
			it->y = y;
			cap = 0;
		}
		*ARENA_PUSH(k->arena, it->glyphs, it->nglyphs, cap) = (struct lay_glyph){cp, gid, x - it->x};
		x += cell ? (cp < 128 ? cell / 2 : cell) : w;
		it->advance = x - it->x;
	}
	return it;
}

static inline struct lay_item *kit_path(struct kit *k, enum lay_role role, size_t block, int32_t x, int32_t y)
{
	struct lay_item *it = kit_item(k, LAY_PATH, role, block);

	it->x = x;
	it->y = y;
	it->ops = ARENA_ARRAY(k->arena, struct path_op, 8);
	return it;
}

static inline struct lay_item *kit_rule(struct kit *k, enum lay_role role, size_t block, int32_t x, int32_t y, int32_t w,
	int32_t h, int32_t line, uint32_t rgb)
{
	struct lay_item *it = kit_path(k, role, block, x, y);

	it->ops[it->nops++] = (struct path_op){.kind = PATH_MOVE};
	it->ops[it->nops++] = (struct path_op){.kind = PATH_LINE, .x = w, .y = h};
	it->stroked = true;
	it->stroke = rgb;
	it->line = line;
	return it;
}

static inline void kit_mark(struct kit *k, int level, const char *text, const char *id, int32_t y)
{
	*ARENA_PUSH(k->arena, k->lay->marks, k->lay->nmarks, k->lay->marks_cap) =
		(struct lay_mark){level, str_c(text), str_c(id), k->lay->npages - 1, y};
}

static inline size_t kit_block(struct kit *k, enum doc_kind kind, const char *text)
{
	struct doc_block *b = doc_block(k->doc, kind, STR_NONE);

	doc_run(k->doc, b, (struct doc_run){.text = str_c(text)});
	return k->doc->nblocks - 1;
}

enum { KIT_CELL = TYPE_W / GRID_COLS, KIT_ROW = 10389000 };

static inline int32_t kit_y(int row)
{
	return TYPE_Y + row * KIT_ROW + SIZE_3 * 88 / 100;
}

/* An image of 2 × 2 pixels: red, green, blue, white. */
static const char kit_png[] =
	"\211\120\116\107\015\012\032\012\000\000\000\015\111\110\104\122\000\000\000\002\000\000\000\002\010"
	"\002\000\000\000\375\324\232\163\000\000\000\022\111\104\101\124\170\332\143\370\317\300\300\000\302"
	"\014\377\201\000\000\037\356\005\373\361\253\272\167\000\000\000\000\111\105\116\104\256\102\140\202";

static inline void kit_table(struct kit *k, size_t block, int32_t y)
{
	static const char *const cells[2][3] = {{"单位", "应做", "已做"}, {"某县", "12", "9"}};

	for (int i = 0; i < 3; i++)
		kit_rule(k, ROLE_TABLE_RULE, block, TYPE_X, y + i * 8 * NM_MM, TYPE_W, 0, i == 1 ? 200000 : 350000, 0);
	for (k->row = 0; k->row < 2; k->row++)
		for (k->col = 0; k->col < 3; k->col++)
			kit_text(k, k->row ? ROLE_TABLE_CELL : ROLE_TABLE_HEAD, block, k->row ? FACE_FANG : FACE_HEI, SIZE_S4,
				TYPE_X + (int32_t)k->col * 52 * NM_MM + NM_MM, y + ((int32_t)k->row * 8 + 6) * NM_MM, 0,
				cells[k->row][k->col]);
	k->row = k->col = 0;
}

static inline void kit_chart(struct kit *k, size_t block, int32_t y)
{
	struct lay_item *it = kit_path(k, ROLE_PICTURE, block, TYPE_X, y);

	it->alt = S("两季的份数：12、9");
	it->ops[it->nops++] = (struct path_op){.kind = PATH_MOVE};
	it->ops[it->nops++] = (struct path_op){.kind = PATH_LINE, .x = 10 * NM_MM};
	it->ops[it->nops++] = (struct path_op){.kind = PATH_CURVE, .x1 = 15 * NM_MM, .x2 = 15 * NM_MM, .y2 = 10 * NM_MM,
		.x = 10 * NM_MM, .y1 = 5 * NM_MM, .y = 10 * NM_MM};
	it->ops[it->nops++] = (struct path_op){.kind = PATH_LINE, .y = 10 * NM_MM};
	it->ops[it->nops++] = (struct path_op){.kind = PATH_CLOSE};
	it->filled = it->stroked = true;
	it->fill = 0xDDDDDD;
	it->stroke = 0x336699;
	it->line = 300000;
	it->dash = NM_MM;
	struct lay_item *up = kit_text(k, ROLE_PICTURE, block, FACE_HEI, SIZE_S5, TYPE_X + 20 * NM_MM, y + 10 * NM_MM, 0, "份数");
	up->turn = 270;
	it = kit_item(k, LAY_IMAGE, ROLE_PICTURE, block);
	it->x = TYPE_X + 40 * NM_MM;
	it->y = y;
	it->w = it->h = 10 * NM_MM;
	it->bytes = (struct str){kit_png, sizeof kit_png - 1};
	it->alt = S("四个色块");
}

static inline void kit_number(struct kit *k)
{
	struct lay_page *p = &k->lay->pages[k->lay->npages - 1];
	struct str n = arena_printf(k->arena, "— %d —", p->number);
	struct lay_item *it;

	if (p->landscape) {
		it = kit_text(k, ROLE_PAGE_NUMBER, SIZE_MAX, FACE_SONG, SIZE_4, 28 * NM_MM, 160 * NM_MM, 0, n.p);
		it->turn = 90;
	} else {
		kit_text(k, ROLE_PAGE_NUMBER, SIZE_MAX, FACE_SONG, SIZE_4, 160 * NM_MM, 274 * NM_MM, 0, n.p);
	}
}

static inline struct lay *kit_sample(struct arena *a, struct fonts *fonts)
{
	struct kit k = {.arena = a, .fonts = fonts, .doc = doc_new(a, S("关于检查的报告"), S("zh-CN"))};

	k.lay = ARENA_NEW(a, struct lay);
	*k.lay = (struct lay){.arena = a, .doc = k.doc, .fonts = fonts};
	k.doc->author = S("某县");
	k.doc->at = 1672574706000000; /* 2023-01-01T12:05:06Z */

	size_t title = kit_block(&k, DOC_TITLE, "关于检查的报告"), h1 = kit_block(&k, DOC_H1, "一、总体"),
	       body = kit_block(&k, DOC_BODY, "2022年检查 35 处，发现问题128个，“喆”字、𬱖字都在。"),
	       table = kit_block(&k, DOC_TABLE, ""), chart = kit_block(&k, DOC_PICTURE, ""),
	       annex = kit_block(&k, DOC_ANNEX, "一月检查表");

	kit_page(&k, false);
	kit_text(&k, ROLE_MARK, SIZE_MAX, FACE_BIAO, 50 * NM_PT, TYPE_X, TYPE_Y + 20 * NM_MM, 0, "某县文件")->rgb = 0xE60000;
	kit_rule(&k, ROLE_HEAD_RULE, SIZE_MAX, TYPE_X, TYPE_Y + 25 * NM_MM, TYPE_W, 0, 500000, 0xE60000);
	kit_mark(&k, 1, "关于检查的报告", "t", TYPE_Y + 3 * KIT_ROW);
	kit_text(&k, ROLE_TITLE, title, FACE_BIAO, SIZE_2, TYPE_X, kit_y(3), 0, "关于检查的报告");
	kit_mark(&k, 2, "一、总体", "h1", TYPE_Y + 5 * KIT_ROW);
	kit_text(&k, ROLE_H1, h1, FACE_HEI, SIZE_3, TYPE_X + 2 * KIT_CELL, kit_y(5), KIT_CELL, "一、总体");
	kit_text(&k, ROLE_BODY, body, FACE_FANG, SIZE_3, TYPE_X + 2 * KIT_CELL, kit_y(6), KIT_CELL * 11 / 10,
		"2022年检查35处，发现问题");
	kit_number(&k);
	kit_page(&k, false);
	kit_text(&k, ROLE_BODY, body, FACE_FANG, SIZE_3, TYPE_X, kit_y(0), KIT_CELL, "128个")->link = S("annex");
	kit_text(&k, ROLE_BODY, body, FACE_FANG, SIZE_3, TYPE_X + 3 * KIT_CELL, kit_y(0), KIT_CELL, "，“喆”字、𬱖字都在。");
	kit_table(&k, table, TYPE_Y + 2 * KIT_ROW);
	kit_chart(&k, chart, TYPE_Y + 6 * KIT_ROW);
	kit_text(&k, ROLE_SIGN, SIZE_MAX, FACE_FANG, SIZE_3, TYPE_X + 80 * NM_MM, kit_y(10), KIT_CELL, "某县");
	kit_text(&k, ROLE_DATE, SIZE_MAX, FACE_FANG, SIZE_3, TYPE_X + 80 * NM_MM, kit_y(11), KIT_CELL, "2023年1月1日");
	kit_number(&k);
	kit_page(&k, true);
	kit_mark(&k, 1, "一月检查表", "annex", 28 * NM_MM);
	kit_text(&k, ROLE_ANNEX_TITLE, annex, FACE_BIAO, SIZE_2, 35 * NM_MM, 38 * NM_MM, 0, "一月检查表");
	kit_number(&k);
	return k.lay;
}

#endif
