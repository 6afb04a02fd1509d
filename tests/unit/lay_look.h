/* Documents by hand onto paper, and looking at what stands where: for test_layout.c and test_layout_table.c. */
#ifndef TESTS_LAY_LOOK_H
#define TESTS_LAY_LOOK_H

#include "unit.h"

#include "base/utf8.h"
#include "doc/layout.h"

#define FLUNK(...) (print_error(__VA_ARGS__), print_error("\n"), assert_true(false))

enum { CELL_W = TYPE_W / GRID_COLS, ROW_H = 10389306, NEAR = 50000 /* nm that a place may differ */ };

#define BODY_LINE "今年以来认真落实工作责任制要求，各项工作取得成效。" /* 25 cells: one line with its indent */

static struct arena arena;
static struct fonts *fonts;

static int open_fonts(void **state)
{
	struct err err = {.lang = LANG_EN};

	if (fonts_open(NULL, &fonts, &err) != OK)
		FLUNK("%s", err.text);
	return 0;
}

static int close_fonts(void **state)
{
	fonts_close(&fonts);
	arena_free(&arena);
	return 0;
}

static inline struct doc *new_doc(void)
{
	arena_reset(&arena);
	return doc_new(&arena, S("t"), S("zh-CN"));
}

static inline struct doc_block *add(struct doc *d, enum doc_kind kind, const char *text)
{
	struct doc_block *b = doc_block(d, kind, STR_NONE);

	doc_run(d, b, (struct doc_run){.text = str_c(text)});
	return b;
}

static inline void add_lines(struct doc *d, int n)
{
	while (n-- > 0)
		add(d, DOC_BODY, BODY_LINE);
}

static inline struct lay *put(struct doc *d)
{
	struct err err = {.lang = LANG_EN};
	struct lay *l;

	if (doc_layout(&arena, d, fonts, LANG_EN, &l, &err) != OK)
		FLUNK("%s", err.text);
	return l;
}

static inline struct str text_of_item(const struct lay_item *it)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 20);

	for (size_t i = 0; i < it->nglyphs; i++) {
		char c[4];

		buf_put(&b, (struct str){c, utf8_put(it->glyphs[i].cp, c)});
	}
	return arena_str(&arena, buf_str(&b));
}

struct found {
	const struct lay_item *item;
	size_t page;
};

/* The nth item of a role, from 0; item NULL: there is none. */
static inline struct found find(const struct lay *l, enum lay_role role, size_t nth)
{
	for (size_t p = 0; p < l->npages; p++)
		for (size_t i = 0; i < l->pages[p].n; i++)
			if (l->pages[p].items[i].role == role && !nth--)
				return (struct found){&l->pages[p].items[i], p};
	return (struct found){NULL, SIZE_MAX};
}

static inline struct found need(const struct lay *l, enum lay_role role, size_t nth)
{
	struct found f = find(l, role, nth);

	if (!f.item)
		FLUNK("there is no %s %zu", lay_role_name(role), nth);
	return f;
}

static inline size_t count(const struct lay *l, enum lay_role role)
{
	size_t n = 0;

	while (find(l, role, n).item)
		n++;
	return n;
}

static inline void near_at(int32_t is, int32_t want, const char *what, int line)
{
	if (is < want - NEAR || is > want + NEAR)
		FLUNK("line %d: %s is %.3f mm, not %.3f", line, what, is / 1e6, want / 1e6);
}
#define near(is, want) near_at(is, want, #is, __LINE__)

/* Top of an item's em box. */
static inline int32_t top_of(const struct lay_item *it)
{
	return it->y - (int32_t)((int64_t)it->size * 88 / 100);
}

/* Row of the grid that it stands on; -1: of none. */
static inline int row_of(const struct lay_item *it)
{
	int32_t y = top_of(it) - TYPE_Y, k = (y + ROW_H / 2) / ROW_H;

	return y >= -NEAR && y - k * ROW_H < NEAR && k * ROW_H - y < NEAR ? k : -1;
}

/* How far right of the type area's edge the em of its first and behind its last character are. A Hanzi of 三号 is
 * 0.073 mm wider than its cell. */
#define left_cells(it) (((it)->x - TYPE_X + CELL_W / 2) / CELL_W)
#define right_cells(it) ((TYPE_X + TYPE_W - (it)->x - (it)->advance + CELL_W / 2) / CELL_W)

static inline void is(struct str s, const char *want)
{
	assert_string_equal(arena_str(&arena, s).p, want);
}

#endif
