/* Tables and pictures on paper [B1 to B6], and that nothing of a text is lost. */
#include "lay_look.h"

#include <string.h>

static void cell(struct doc_cell *c, const char *text)
{
	c->text = arena_str(&arena, str_c(text));
}

/* A table of so many rows below its head, three columns. */
static struct doc_table *table(struct doc *d, int rows)
{
	struct doc_table *t = doc_table(d, STR_NONE, 3);
	struct doc_cell *c = doc_row(d, t, STR_NONE);

	t->nheads = 1;
	cell(&c[0], "序号");
	cell(&c[1], "单位");
	cell(&c[2], "完成情况");
	for (int i = 1; i <= rows; i++) {
		c = doc_row(d, t, arena_printf(&arena, "r%d", i));
		cell(&c[0], arena_printf(&arena, "%d", i).p);
		cell(&c[1], "某某街道办事处");
		cell(&c[2], "今年以来认真落实工作责任制要求，各项工作取得成效，全年没有发生责任事故。");
	}
	return t;
}

/* Everything on a page stands within its type area. */
static void within(const struct lay *l)
{
	for (size_t p = 0; p < l->npages; p++) {
		const struct lay_page *page = &l->pages[p];
		int32_t x = page->landscape ? 35 * NM_MM : TYPE_X, y = page->landscape ? 28 * NM_MM : TYPE_Y;
		int32_t w = page->landscape ? TYPE_H : TYPE_W, h = page->landscape ? TYPE_W : TYPE_H;

		for (size_t i = 0; i < page->n; i++) {
			const struct lay_item *it = &page->items[i];

			if (it->role == ROLE_PAGE_NUMBER || it->role == ROLE_HEAD_RULE || it->role == ROLE_MARK)
				continue;
			if (it->kind == LAY_TEXT && (it->x < x - NEAR * 8 || it->x + it->advance > x + w + NEAR * 8 ||
							    top_of(it) < y - NEAR || top_of(it) + it->size > y + h + NEAR))
				FLUNK("page %zu: %s \"" STR_FMT "\" leaves the type area: %.3f to %.3f, %.3f down", p + 1,
					lay_role_name(it->role), STR_ARG(text_of_item(it)), (it->x - x) / 1e6,
					(it->x + it->advance - x) / 1e6, (top_of(it) - y) / 1e6);
			for (size_t k = 0; it->kind == LAY_PATH && k < it->nops; k++)
				if (it->x + it->ops[k].x < x - NEAR || it->x + it->ops[k].x > x + w + NEAR ||
					it->y + it->ops[k].y < y - NEAR || it->y + it->ops[k].y > y + h + NEAR)
					FLUNK("page %zu: a rule leaves the type area", p + 1);
		}
	}
}

static void heads(void **state)
{
	struct doc *d = new_doc();
	struct lay *l;
	size_t seen = 0;

	add_lines(d, 2);
	add(d, DOC_CAPTION, "表1 完成情况");
	table(d, 60);
	add(d, DOC_SOURCE, "来源：各单位台账");
	add_lines(d, 1);
	l = put(d);
	within(l);
	assert_true(l->npages >= 3);
	for (size_t p = 0; p < l->npages; p++) { /* B3: on every page, above all else */
		const struct lay_item *first = NULL;

		for (size_t i = 0; i < l->pages[p].n && !first; i++)
			if (l->pages[p].items[i].role == ROLE_TABLE_HEAD || l->pages[p].items[i].role == ROLE_TABLE_CELL)
				first = &l->pages[p].items[i];
		if (first) {
			is(text_of_item(first), "序号");
			assert_int_equal(first->font->face, FACE_HEI);
			assert_int_equal(first->size, SIZE_S4);
			seen++;
		}
	}
	assert_int_equal(count(l, ROLE_TABLE_HEAD), 3 * seen);
	assert_int_equal(need(l, ROLE_CAPTION, 0).page, 0);
	assert_int_equal(need(l, ROLE_SOURCE, 0).page, need(l, ROLE_TABLE_CELL, count(l, ROLE_TABLE_CELL) - 1).page);
	assert_true(row_of(need(l, ROLE_BODY, 2).item) > 0); /* B4 */
	assert_int_equal(l->nmarks, 60); /* where each row stands */
}

static void stays(void **state)
{
	for (int n = 15; n < 23; n++) { /* caption, head and first row are on one page */
		struct doc *d = new_doc();
		struct lay *l;

		add_lines(d, n);
		add(d, DOC_H1, "一、情况");
		add(d, DOC_CAPTION, "表1 完成情况");
		table(d, 8);
		l = put(d);
		within(l);
		assert_int_equal(need(l, ROLE_H1, 0).page, need(l, ROLE_CAPTION, 0).page);
		assert_int_equal(need(l, ROLE_CAPTION, 0).page, need(l, ROLE_TABLE_HEAD, 0).page);
		assert_int_equal(need(l, ROLE_TABLE_HEAD, 0).page, need(l, ROLE_TABLE_CELL, 0).page);
	}
}

static const struct lay_item *cell_item(const struct lay *l, size_t row, size_t col)
{
	size_t i = 0;

	while (need(l, ROLE_TABLE_CELL, i).item->row != row || need(l, ROLE_TABLE_CELL, i).item->col != col)
		i++;
	return need(l, ROLE_TABLE_CELL, i).item;
}

static void aligned(void **state)
{
	struct doc *d = new_doc();
	struct doc_table *t = table(d, 2);
	const struct lay_item *number, *head;
	struct lay *l;

	t->widths = (int32_t[]){20 * NM_MM, 40 * NM_MM, 60 * NM_MM};
	t->rows[2].cells[1].align = ALIGN_CENTRE;
	l = put(d);
	within(l);
	/* B1: widths as given, in the middle; B2: padding of 1 mm */
	head = need(l, ROLE_TABLE_HEAD, 0).item;
	near(head->x + head->advance / 2, TYPE_X + 18 * NM_MM + 10 * NM_MM);
	number = need(l, ROLE_TABLE_CELL, 0).item;
	near(number->x + number->advance, TYPE_X + 18 * NM_MM + 19 * NM_MM);
	near(need(l, ROLE_TABLE_CELL, 1).item->x, TYPE_X + 18 * NM_MM + 21 * NM_MM);
	near(cell_item(l, 2, 1)->x + cell_item(l, 2, 1)->advance / 2, TYPE_X + 18 * NM_MM + 40 * NM_MM);
	assert_int_equal(need(l, ROLE_TABLE_RULE, 0).item->line, NM_MM / 5);
	assert_int_equal(need(l, ROLE_TABLE_RULE, 1).item->line, 35 * NM_MM / 100);
	near(need(l, ROLE_TABLE_RULE, 1).item->y, TYPE_Y);
}

/* How often a text stands in cells. */
static size_t times(const struct lay *l, const char *text)
{
	size_t n = 0;

	for (size_t i = 0; find(l, ROLE_TABLE_CELL, i).item; i++)
		n += str_is(text_of_item(find(l, ROLE_TABLE_CELL, i).item), text);
	return n;
}

static void merged(void **state)
{
	for (int n = 0; n < 20; n++) { /* wherever the page ends within them */
		struct doc *d = new_doc();
		struct doc_table *t;
		struct lay *l;

		add_lines(d, n);
		t = table(d, 12);
		t->rows[2].cells[1] = (struct doc_cell){.text = S("三行"), .rows = 3};
		t->rows[7].cells[1] = (struct doc_cell){.text = S("两列"), .cols = 2};
		t->rows[11].cells[0] = (struct doc_cell){.text = S("超出"), .rows = 99, .cols = 99};
		t->rows[3].cells[1].text = t->rows[4].cells[1].text = STR_NONE; /* what they cover is empty */
		t->rows[7].cells[2].text = t->rows[11].cells[1].text = t->rows[11].cells[2].text = STR_NONE;
		for (size_t k = 0; k < 3; k++)
			t->rows[12].cells[k].text = STR_NONE;
		l = put(d);
		within(l);
		assert_int_equal(times(l, "三行"), 1);
		assert_int_equal(times(l, "两列"), 1);
		assert_int_equal(times(l, "超出"), 1);
		assert_int_equal(times(l, "某某街道办事处"), 12 - 3 - 1 - 2);
	}
}

static void put_many(struct buf *b, const char *text, int n)
{
	while (n-- > 0)
		buf_put(b, str_c(text));
}

static size_t cell_chars(const struct lay *l, size_t row, size_t col)
{
	size_t n = 0;

	for (size_t i = 0; find(l, ROLE_TABLE_CELL, i).item; i++) {
		const struct lay_item *it = find(l, ROLE_TABLE_CELL, i).item;

		n += it->row == row && it->col == col ? it->nglyphs : 0;
	}
	return n;
}

static void long_cell(void **state)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 20);
	struct doc *d = new_doc();
	struct doc_table *t;
	struct lay *l;

	put_many(&b, "落实工作责任制，", 4000); /* 2.6 m of lines: more than 32 bits of nm hold */
	add_lines(d, 3);
	t = table(d, 6);
	t->rows[2].cells[2].text = buf_str(&b);
	t->rows[4].cells[2] = (struct doc_cell){.text = str_sub(buf_str(&b), 0, 24 * 200), .rows = 2};
	l = put(d);
	within(l);
	assert_int_equal(cell_chars(l, 2, 2), 8 * 4000); /* nothing is cut */
	assert_int_equal(cell_chars(l, 4, 2), 8 * 200);
	assert_true(l->npages > 12);
	assert_int_equal(l->nwarnings, 0);
}

static void wide(void **state)
{
	struct doc *d = new_doc();
	struct doc_table *t = doc_table(d, STR_NONE, 40);
	struct lay *l;

	for (int r = 0; r < 3; r++) {
		struct doc_cell *c = doc_row(d, t, STR_NONE);

		for (int i = 0; i < 40; i++)
			cell(&c[i], i % 2 ? "1234567890" : "街道办事处");
	}
	l = put(d);
	within(l);
	assert_int_equal(l->nwarnings, 1); /* B1 */
	assert_int_equal(l->warnings[0].block, 0);
	assert_int_equal(cell_chars(l, 2, 39), 10);
	t->widths = ARENA_ARRAY(&arena, int32_t, 40);
	for (int i = 0; i < 40; i++)
		t->widths[i] = 50 * NM_MM;
	within(put(d));
}

static void sizes(void **state)
{
	struct doc *d = new_doc();
	struct doc_table *t = doc_table(d, STR_NONE, 8);
	struct doc_cell *c = doc_row(d, t, STR_NONE);
	struct lay *l;

	for (int i = 0; i < 8; i++)
		cell(&c[i], "12345678");
	l = put(d); /* 8 × (8 × 0.5 × 12 pt + 2 mm) = 151 mm */
	assert_int_equal(need(l, ROLE_TABLE_CELL, 0).item->size, SIZE_S4);
	cell(&c[0], "123456789012");
	assert_int_equal(need(put(d), ROLE_TABLE_CELL, 0).item->size, SIZE_5);
	cell(&c[1], "12345678901234567");
	assert_int_equal(need(put(d), ROLE_TABLE_CELL, 0).item->size, SIZE_S5);
}

/* Width of a column by the rules that stand upright; 0 is the first. */
static int32_t width_of(const struct lay *l, size_t k)
{
	const struct lay_item *in = need(l, ROLE_TABLE_RULE, 0).item, *round = need(l, ROLE_TABLE_RULE, 1).item;
	int32_t x = 0;

	for (size_t i = 0; i + 1 < in->nops; i += 2)
		if (in->ops[i].x == in->ops[i + 1].x && !k--)
			return in->ops[i].x - x;
		else if (in->ops[i].x == in->ops[i + 1].x)
			x = in->ops[i].x;
	return round->ops[1].x - x;
}

static void shares(void **state)
{
	static const char *const texts[] = {
		"https://www.example.gov.cn/gongkai/zhuanti/2022/yishixingtai/zerenzhi/luoshi/qingkuang/baogao.html#section-3",
		"今年以来认真落实责任", "各项工作取得成效没有发生责任事故", "每月一次"};
	struct doc *d = new_doc();
	struct doc_table *t = doc_table(d, STR_NONE, 4);
	struct doc_cell *c = doc_row(d, t, STR_NONE);
	CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 16);
	struct lay *l;

	for (int i = 0; i < 4; i++)
		cell(&c[i], texts[i]);
	l = put(d); /* B1: the address has what four Hanzi a column leave it */
	within(l);
	assert_int_equal(l->nwarnings, 1);
	for (size_t k = 1; k < 4; k++)
		near(width_of(l, k), 4 * SIZE_S5 + 2 * NM_MM);
	near(width_of(l, 0), TYPE_W - 3 * (4 * SIZE_S5 + 2 * NM_MM));
	d = new_doc();
	c = doc_row(d, doc_table(d, STR_NONE, 2), STR_NONE);
	put_many(&b, "责任", 400);
	c[0].text = str_sub(buf_str(&b), 0, 3 * 200);
	c[1].text = buf_str(&b); /* four times as much: twice as wide */
	l = put(d);
	near(width_of(l, 0), TYPE_W / 3);
	near(width_of(l, 1), TYPE_W / 3 * 2);
}

/* B1: what is not to be broken has its width with the roundings of a smaller size. */
static void dates(void **state)
{
	static const char *const texts[] = {"1", "2022-04-26", "为群众办实事满意度高的服务项目", "区委办便民服务项目", "青委〔2022〕18号",
		"表彰文件18号.pdf", "公示期已满，待发文", "区级", "项目", "获评", "推荐单位意见", "2022-11-18"};
	struct doc *d = new_doc();
	struct doc_table *t = doc_table(d, STR_NONE, LEN(texts));
	struct doc_cell *c = doc_row(d, t, STR_NONE);
	struct lay *l;
	size_t whole = 0;

	for (size_t i = 0; i < LEN(texts); i++)
		cell(&c[i], texts[i]);
	l = put(d);
	assert_int_equal(l->nwarnings, 0);
	for (size_t i = 0; i < l->pages[0].n; i++)
		whole += str_is(text_of_item(&l->pages[0].items[i]), "2022-04-26") ||
			str_is(text_of_item(&l->pages[0].items[i]), "2022-11-18");
	assert_int_equal(whole, 2);
}

static void columns(void **state)
{
	struct doc *d = new_doc();
	struct err err = {.lang = LANG_EN};
	struct lay *l;

	doc_row(d, doc_table(d, STR_NONE, DOC_COLS + 1), STR_NONE);
	assert_int_equal(doc_layout(&arena, d, fonts, LANG_EN, &l, &err), ERR_LIMIT);
	assert_non_null(strstr(err.text, "65"));
}

/* ---- pictures ---- */

static uint32_t crc(const unsigned char *p, size_t n)
{
	uint32_t c = 0xFFFFFFFF;

	while (n--) {
		c ^= *p++;
		for (int i = 0; i < 8; i++)
			c = c & 1 ? c >> 1 ^ 0xEDB88320 : c >> 1;
	}
	return ~c;
}

/* A picture of a page: 10 dots a cm or so. */
static struct str png(int dpi)
{
	struct err err = {.lang = LANG_EN};
	struct doc *d = doc_new(&arena, S("t"), S("zh-CN"));
	struct str out;

	if (doc_png(put(d), 0, dpi, &arena, &out, &err) != OK)
		FLUNK("%s", err.text);
	return out;
}

static struct lay *with_picture(struct str bytes, enum err_code want)
{
	struct err err = {.lang = LANG_EN};
	struct doc *d = doc_new(&arena, S("t"), S("zh-CN"));
	struct doc_block *b;
	struct lay *l = NULL;

	add(d, DOC_CAPTION, "图1 页面");
	b = doc_block(d, DOC_PICTURE, STR_NONE);
	b->picture = ARENA_NEW(&arena, struct doc_picture);
	b->picture->png = bytes;
	b->picture->alt = S("一页纸");
	assert_int_equal(doc_layout(&arena, d, fonts, LANG_EN, &l, &err), want);
	return l;
}

static void pictures(void **state)
{
	struct lay *l;
	const struct lay_item *it;

	arena_reset(&arena);
	l = with_picture(png(36), OK); /* 298 × 421 dots */
	it = need(l, ROLE_PICTURE, 0).item;
	assert_int_equal(it->kind, LAY_IMAGE);
	near(it->y, TYPE_Y);
	assert_true(it->h <= 12 * ROW_H && it->h > 12 * ROW_H - 14 * NM_MM);
	near(it->x + it->w / 2, TYPE_X + TYPE_W / 2);
	is(it->alt, "一页纸");
	assert_true(top_of(need(l, ROLE_CAPTION, 0).item) > it->y + it->h); /* B5: below it */
	assert_int_equal(l->nwarnings, 0);
}

/* [B6] A caption is nearer to its own picture than to the next one. */
static void pictures_apart(void **state)
{
	struct doc *d = new_doc();
	struct str bytes = png(36);
	const struct lay_item *one, *two, *below;
	struct lay *l;

	for (int i = 0; i < 2; i++) {
		struct doc_block *b;

		add(d, DOC_CAPTION, i ? "图2 页面" : "图1 页面");
		b = doc_block(d, DOC_PICTURE, STR_NONE);
		b->picture = ARENA_NEW(&arena, struct doc_picture);
		*b->picture = (struct doc_picture){.png = bytes, .width = 30 * NM_MM, .height = 40 * NM_MM, .alt = S("页")};
	}
	l = put(d);
	one = need(l, ROLE_PICTURE, 0).item;
	below = need(l, ROLE_CAPTION, 0).item;
	two = need(l, ROLE_PICTURE, 1).item;
	is(text_of_item(below), "图1 页面");
	near(top_of(below), one->y + one->h + NM_MM + SIZE_S4 * 3 / 20); /* in the middle of its line */
	near(two->y, one->y + one->h + 5 * NM_MM + SIZE_S4 * 13 / 10);
}

static void bad_pictures(void **state)
{
	struct str whole;
	char *p;

	arena_reset(&arena);
	whole = png(36);
	with_picture(S("GIF89a, and no picture that anybody draws"), ERR_INPUT);
	assert_int_equal(with_picture(str_sub(whole, 0, whole.n / 2), OK)->nwarnings, 1);
	p = (char *)arena_str(&arena, whole).p;
	memcpy(p + 20, "\0\0\x0F\xFF", 4); /* it says that it's higher than it is */
	for (uint32_t i = 0, c = crc((unsigned char *)p + 12, 17); i < 4; i++)
		p[29 + i] = (char)(c >> (24 - 8 * i));
	assert_int_equal(with_picture((struct str){p, whole.n}, OK)->nwarnings, 1);
	memcpy(p + 16, "\x7F\xFF\xFF\xFF\x7F\xFF\xFF\xFF", 8);
	assert_int_equal(with_picture((struct str){p, whole.n}, OK)->nwarnings, 1);
	assert_int_equal(with_picture(S("\xFF\xD8\xFF\xE0 cut"), OK)->nwarnings, 1);
	is(text_of_item(need(with_picture(S("\xFF\xD8\xFF\xE0 cut"), OK), ROLE_PICTURE, 1).item), "一页纸");
}

static void drawings(void **state)
{
	struct doc *d = new_doc();
	struct path_op ops[] = {{.kind = PATH_MOVE}, {.kind = PATH_LINE, .x = 300 * NM_MM, .y = 100 * NM_MM}};
	struct shape shapes[] = {{.kind = SHAPE_PATH, .ops = ops, .nops = 2, .stroked = true, .line = NM_MM},
		{.kind = SHAPE_TEXT, .text = S("图例"), .x = 300 * NM_MM, .y = 50 * NM_MM, .size = SIZE_2, .anchor = 1},
		{.kind = SHAPE_TEXT, .text = S("竖"), .x = 10 * NM_MM, .y = 50 * NM_MM, .size = SIZE_2, .upright = true}};
	struct drawing drawing = {.width = 312 * NM_MM, .height = 100 * NM_MM, .shapes = shapes, .n = 3, .title = S("题")};
	struct doc_block *b = doc_block(d, DOC_PICTURE, STR_NONE);
	struct doc_picture picture = {.drawing = &drawing};
	struct lay *l;

	b->picture = &picture;
	l = put(d);
	/* scaled by a half, to the type area's width */
	near(need(l, ROLE_PICTURE, 0).item->ops[1].x, 150 * NM_MM);
	assert_int_equal(need(l, ROLE_PICTURE, 0).item->line, NM_MM / 2);
	is(need(l, ROLE_PICTURE, 0).item->alt, "题");
	near(need(l, ROLE_PICTURE, 1).item->x + need(l, ROLE_PICTURE, 1).item->advance, TYPE_X + 150 * NM_MM);
	near(need(l, ROLE_PICTURE, 1).item->y, TYPE_Y + 25 * NM_MM);
	assert_int_equal(need(l, ROLE_PICTURE, 1).item->size, SIZE_2 / 2);
	assert_int_equal(need(l, ROLE_PICTURE, 2).item->turn, 270);
}

/* ---- the whole ---- */

static uint32_t seed;
static uint32_t rnd(uint32_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

static struct str random_text(uint32_t max)
{
	static const char *const bits[] = {"责任", "落实", "，", "。", "“", "”", "（", "）", "2022年", "3.5%", "word ", "——", "、",
		"《", "》", "12", "某某街道", " ", "〔2022〕5号", "……"};
	CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 16);

	for (uint32_t n = rnd(max); n; n--)
		buf_put(&b, str_c(bits[rnd(LEN(bits))]));
	return arena_str(&arena, buf_str(&b));
}

static struct doc *random_doc(void)
{
	static const enum doc_kind kinds[] = {DOC_TITLE, DOC_H1, DOC_H2, DOC_BODY, DOC_BODY, DOC_BODY, DOC_NOTE, DOC_CAPTION,
		DOC_TABLE, DOC_SOURCE, DOC_ANNEX, DOC_ANNEX_H};
	struct doc *d = new_doc();

	d->grid = rnd(2) ? GRID_BOX : GRID_INK;
	d->head.form = (enum doc_form)rnd(FORMS);
	d->head.mark = random_text(8);
	d->sign.seal = (enum doc_seal)rnd(3);
	d->sign.date = rnd(2) ? S("2022年1月5日") : STR_NONE;
	d->colophon.issuer = rnd(2) ? S("办公室") : STR_NONE;
	for (uint32_t n = rnd(40); n; n--) {
		struct doc_block *b = doc_block(d, kinds[rnd(LEN(kinds))], STR_NONE);

		if (b->kind != DOC_TABLE) {
			b->landscape = rnd(2);
			doc_run(d, b, (struct doc_run){.text = random_text(b->kind == DOC_BODY ? 150 : 12)});
			continue;
		}
		b->table = ARENA_NEW(&arena, struct doc_table);
		b->table->ncols = 1 + rnd(12);
		b->table->nheads = rnd(3);
		for (uint32_t r = rnd(30); r; r--) {
			struct doc_cell *c = doc_row(d, b->table, STR_NONE);

			for (size_t k = 0; k < b->table->ncols; k++)
				c[k] = (struct doc_cell){.text = random_text(rnd(50) ? 8 : 400), .cols = (int)rnd(20) / 19 * 2,
					.rows = rnd(15) ? 0 : (int)rnd(12)};
		}
	}
	return d;
}

/* Characters of a block that are seen, on paper and in the tree. */
static size_t seen_in(struct str s)
{
	size_t n = 0;

	for (size_t at = 0; at < s.n;)
		n += utf8_next(s, &at) != ' ';
	return n;
}

static void whole(void **state)
{
	for (seed = 1; seed < 120 * 7919; seed += 7919) {
		uint32_t from = seed;
		struct doc *d = random_doc();
		struct lay *l = put(d);
		size_t *on = ARENA_ARRAY(&arena, size_t, d->nblocks + 1);

		within(l);
		for (size_t p = 0; p < l->npages; p++)
			for (size_t i = 0; i < l->pages[p].n; i++) {
				const struct lay_item *it = &l->pages[p].items[i];

				if (it->kind == LAY_TEXT && it->block != SIZE_MAX && it->role != ROLE_ANNEX_NUMBER)
					on[it->block] += seen_in(text_of_item(it));
			}
		for (size_t i = 0; i < d->nblocks; i++)
			if (!d->blocks[i].table && on[i] != seen_in(doc_block_text(d, &d->blocks[i])))
				FLUNK("seed %u: block %zu has %zu characters on paper", from, i, on[i]);
		seed = from;
	}
}

static void same(void **state)
{
	struct lay *a, *b;

	seed = 77;
	a = put(random_doc());
	b = put((struct doc *)a->doc);
	assert_int_equal(a->npages, b->npages);
	for (size_t p = 0; p < a->npages; p++) {
		assert_int_equal(a->pages[p].n, b->pages[p].n);
		for (size_t i = 0; i < a->pages[p].n; i++) {
			assert_int_equal(a->pages[p].items[i].x, b->pages[p].items[i].x);
			assert_int_equal(a->pages[p].items[i].y, b->pages[p].items[i].y);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(heads), cmocka_unit_test(stays), cmocka_unit_test(aligned), cmocka_unit_test(merged),
		cmocka_unit_test(long_cell), cmocka_unit_test(wide), cmocka_unit_test(sizes), cmocka_unit_test(shares),
		cmocka_unit_test(dates), cmocka_unit_test(columns), cmocka_unit_test(pictures),
		cmocka_unit_test(pictures_apart), cmocka_unit_test(bad_pictures),
		cmocka_unit_test(drawings), cmocka_unit_test(whole), cmocka_unit_test(same),
	};

	return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
