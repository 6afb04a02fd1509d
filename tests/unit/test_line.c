/* Lines by docs/layout.md, chapters 2 to 4, with a font that is none (line_text.h). `/` ends a line; a sign behind it
 * says why: = full, . last, < taken in, > pushed out, ! broken, ~ off the grid. */
#include "unit.h"

#include "base/buf.h"
#include "line_text.h"

#include <string.h>

#define CELL 5571429 /* 156 mm ÷ 28 */

static struct arena arena;

static int setup(void **state)
{
	arena = (struct arena)ARENA_INIT;
	return 0;
}

static int teardown(void **state)
{
	arena_free(&arena);
	return 0;
}

struct set {
	struct line_atoms t;
	struct line *l;
	size_t n;
};

static struct line_opt grid(int cols)
{
	return (struct line_opt){.width = (int32_t)(156000000LL * cols / 28), .cell = CELL};
}

static struct set set(const char *text, struct line_opt opt)
{
	struct set s = {.t = line_atoms(&arena, str_c(text), SIZE_3)};

	s.n = lines_break(&arena, s.t.p, s.t.n, &opt, &s.l);
	return s;
}

static const char *as_text(const struct set *s, bool why)
{
	struct buf b = BUF_MAX(1 << 20);
	const char *r;

	for (size_t i = 0; i < s->n; i++) {
		for (size_t k = s->l[i].from; k < s->l[i].to; k++) {
			char c[4];

			buf_put(&b, (struct str){c, utf8_put(s->t.p[k].cp, c)});
		}
		if (why)
			buf_printf(&b, "/%c", "=.<>!~"[s->l[i].why]);
		else if (i + 1 < s->n)
			buf_putc(&b, '/');
	}
	r = arena_str(&arena, buf_str(&b)).p;
	buf_free(&b);
	return r;
}

static void is(const char *text, int cols, const char *want)
{
	struct set s = set(text, grid(cols));

	assert_string_equal(as_text(&s, true), want);
}

/* Place of the k-th atom of a line, in thousandths of cells, at its glyph's middle. */
static int middle(const struct set *s, size_t line, size_t k)
{
	const struct line *l = &s->l[line];

	return (int)((l->x[k] + s->t.p[l->from + k].width / 2) * 1000LL / CELL);
}

static void near_at(int at, int64_t got, int64_t want, int64_t by)
{
	if (got < want - by || got > want + by)
		print_error("line %d: %lld is not within %lld of %lld\n", at, (long long)got, (long long)by, (long long)want);
	assert_true(got >= want - by && got <= want + by);
}

#define near_to(got, want, by) near_at(__LINE__, got, want, by)

/* ---- G3, G4 ---- */

static void hanzi_stand_in_cells(void **state)
{
	struct set s = set("今年以来工作取得一定成效今年以来工作取得一定成效今年以来工作", grid(28));

	assert_int_equal(s.n, 2);
	assert_int_equal(s.l[0].to, 28);
	assert_int_equal(s.l[0].used, 156000000);
	for (int k = 0; k < 28; k++) /* exactly: the cell's edge, less half of what the glyph is wider */
		assert_int_equal(s.l[0].x[k], 156000000LL * k / 28 +
			(156000000LL * (k + 1) / 28 - 156000000LL * k / 28 - s.t.p[0].width) / 2);
}

static void indents_are_cells(void **state)
{
	struct line_opt opt = grid(10);
	struct set s;

	opt.first = 2 * CELL;
	s = set("一二三四五六七八九十一二三四五六七八九", opt);
	assert_string_equal(as_text(&s, true), "一二三四五六七八/=九十一二三四五六七八/=九/.");
	near_to(middle(&s, 0, 0), 2500, 1);
	near_to(middle(&s, 1, 0), 500, 1);
	near_to(s.l[0].used, opt.width, 0);
	opt.first = opt.rest = 3 * CELL / 2; /* half a cell beyond: what is left over stays free */
	s = set("一二三四五六七八九十", opt);
	assert_string_equal(as_text(&s, true), "一二三四五六七八/=九十/.");
	near_to(middle(&s, 0, 0), 2000, 1);
}

static void digits_take_halves(void **state)
{
	struct set s = set("2022年，共3项", grid(28));

	assert_string_equal(as_text(&s, true), "2022年，共3项/.");
	for (size_t k = 0; k < 4; k++)
		near_to(middle(&s, 0, k), 250 + 500 * (int)k, 1);
	near_to(middle(&s, 0, 4), 2500, 1); /* 年 */
	near_to(middle(&s, 0, 7), 5500, 1); /* 3 in the middle of its cell */
	near_to(middle(&s, 0, 8), 6500, 1);
}

static void rounding_goes_to_the_inside(void **state)
{
	struct set s = set("3项甲乙丙丁戊共123", grid(7));

	assert_string_equal(as_text(&s, true), "3项甲乙丙丁戊/=共123/.");
	near_to(middle(&s, 0, 0), 250, 1); /* at the first place: what is added goes right */
	near_to(middle(&s, 1, 1), 1500, 1); /* in a line that isn't full: half of it each side */
	s = set("甲乙丙丁戊己共123乙丙", grid(9));
	assert_string_equal(as_text(&s, true), "甲乙丙丁戊己共123/=乙丙/.");
	near_to(middle(&s, 0, 9), 8750, 1); /* at the end of a full line left */
}

static void letters_have_their_own_advances(void **state)
{
	struct set s = set("用Excel 2016表", grid(28));
	int32_t half = s.t.p[1].width, cells = (9 * half + SIZE_3 / 4 + CELL - 1) / CELL;

	near_to(s.l[0].used, (cells + 2) * (int64_t)CELL, 5);
	near_to(s.l[0].x[2] - s.l[0].x[1], half, 0);
	near_to(s.l[0].x[7] - s.l[0].x[6], SIZE_3 / 4, 0);
	near_to(middle(&s, 0, 11), 1000 * cells + 1500, 1);
	s = set("5℃、25%、‰", grid(28)); /* a wide mark two halves; one that follows no digit its cell */
	near_to(middle(&s, 0, 2), 2500, 1);
	near_to(middle(&s, 0, 6), 5500, 1);
}

/* Where a line begins within a run, its part there has no letters any more: halves [G4]. Numbers that stand by
 * themselves take no more than that [G8]. */
static void parts_of_runs(void **state)
{
	struct line_opt opt = grid(5);
	struct set s = set("按照GB/T 9704执", opt);

	assert_string_equal(as_text(&s, true), "按照GB/T/=9704执/.");
	near_to(middle(&s, 1, 0), 250, 1);
	near_to(middle(&s, 1, 3), 1750, 1);
	near_to(middle(&s, 1, 4), 2500, 1);
	opt = grid(10);
	opt.tight = opt.ragged = true;
	s = set("〔2022〕5号", opt);
	near_to(middle(&s, 0, 6), 4250, 1);
	near_to(middle(&s, 0, 7), 5000, 1);
}

static void slim_quotes_keep_to_their_side(void **state)
{
	struct line_atoms t = line_atoms(&arena, S("好“好”"), SIZE_3);
	struct line_opt opt = grid(28);
	struct line *l;

	t.p[1].width = t.p[3].width = SIZE_3 * 2 / 5;
	lines_break(&arena, t.p, t.n, &opt, &l);
	near_to(l->x[1] + t.p[1].width, 2 * (int64_t)CELL, 2);
	near_to(l->x[3], 3 * (int64_t)CELL, 2);
	near_to(l->used, 4 * (int64_t)CELL, 2);
}

static void pairs_have_no_gap(void **state)
{
	struct line_atoms t = line_atoms(&arena, S("甲——乙"), SIZE_3);
	struct line_opt opt = grid(28);
	struct line *l;

	t.p[1].width = t.p[2].width = SIZE_3 * 9 / 10;
	lines_break(&arena, t.p, t.n, &opt, &l);
	near_to(l->x[1] + t.p[1].width, l->x[2], 2);
	near_to(l->x[2], 2 * (int64_t)CELL, 2);
}

static void what_takes_no_place(void **state)
{
	struct set s = set("一二三四五e\u0301葛\uFE00八九十", grid(8));

	assert_string_equal(as_text(&s, true), "一二三四五e\u0301葛\uFE00八/=九十/.");
	near_to(s.l[0].x[6], s.l[0].x[5] + s.t.p[5].width, 0);
	near_to(s.l[0].x[8], s.l[0].x[7] + s.t.p[7].width, 0);
}

/* ---- L2 to L6, L8 ---- */

static void marks_at_the_ends(void **state)
{
	is("一二三四五六七八九、十", 8, "一二三四五六七八/=九、十/.");
	is("一二三四五六七八、九十", 8, "一二三四五六七/>八、九十/."); /* one mark gives but half a cell */
	is("一二、四五六七八、九十", 8, "一二、四五六七八、/<九十/.");
	is("一二三四五六七（八九）", 8, "一二三四五六七/>（八九）/.");
	is("（一二三四五六“八九”）", 8, "（一二三四五六/>“八九”）/.");
	is("，一二三四五六七八九", 8, "，一二三四五六七/=八九/."); /* at the paragraph's start all is allowed */
	is("一二三四五六七￥3万", 8, "一二三四五六七/>￥3万/.");
	is("一二三四五六七八…九", 8, "一二三四五六七/>八…九/.");
	is("一二三四五六七八·九", 8, "一二三四五六七/>八·九/.");
	is("一二三四五六七八,九", 8, "一二三四五六七/>八,九/.");
	is("一二三四五六七(八)", 8, "一二三四五六七/>(八)/.");
}

static void parts_of_western_words(void **state)
{
	is("甲乙丙丁well-known好", 8, "甲乙丙丁well-/>known好/."); /* 5 and 3 cells */
	is("甲乙丙丁戊己庚A-001好", 8, "甲乙丙丁戊己庚/>A-001好/.");
	is("甲乙丙丁戊己庚e-mail好", 8, "甲乙丙丁戊己庚/>e-mail好/.");
	is("甲乙丙丁戊己庚CO₂好", 8, "甲乙丙丁戊己庚/>CO₂好/.");
	is("甲乙丙丁戊己36m²好", 8, "甲乙丙丁戊己/>36m²好/.");
}

static void kept_together(void **state)
{
	is("甲乙丙丁戊己2022年度好", 8, "甲乙丙丁戊己/>2022年度好/.");
	is("甲乙丙丁戊己庚3万元好", 8, "甲乙丙丁戊己庚/>3万元好/.");
	is("甲乙丙丁戊己110余人好", 8, "甲乙丙丁戊己/>110余人好/.");
	is("甲乙丙丁戊己5万多名好", 8, "甲乙丙丁戊己/>5万多名好/.");
	is("甲乙丙丁戊己5个百分点", 8, "甲乙丙丁戊己/>5个百分点/.");
	is("甲乙丙丁戊己庚第3次好", 8, "甲乙丙丁戊己庚/>第3次好/.");
	is("甲乙丙丁〔2022〕5号好", 8, "甲乙丙丁/>〔2022〕5号好/.");
	is("甲乙丙丁戊己3—5人好", 8, "甲乙丙丁戊己/>3—5人好/.");
	is("甲乙2021—2022年好", 8, "甲乙2021—2022年/=好/.");
	is("甲乙丙2021—2022年好", 8, "甲乙丙/>2021—2022年好/.");
	is("甲乙丙丁戊己庚——好", 8, "甲乙丙丁戊己/>庚——好/.");
	is("甲乙丙丁戊己庚5A级好", 8, "甲乙丙丁戊己庚/>5A级好/.");
	is("甲乙丙丁戊己庚3 个好", 8, "甲乙丙丁戊己庚/>3 个好/.");
	is("甲乙丙丁戊己庚张|三好", 8, "甲乙丙丁戊己庚/>张三好/.");
	is("甲乙丙丁戊己庚3好个", 8, "甲乙丙丁戊己庚3/=好个/.");
	is("甲乙丙丁戊己GB/T 9704好", 8, "甲乙丙丁戊己/>GB/T 9704好/."); /* fits no part of it: T would be a ninth */
	is("甲乙丙丁戊GB/T 9704好", 8, "甲乙丙丁戊GB/T/=9704好/.");
}

static void longer_than_a_line(void **state)
{
	is("甲乙https://exampleorgabcdefghij丙", 8, "甲乙https://exa/!mpleorgabcdefgh/!ij丙/.");
	is("甲乙https://example.org/abcdef丙", 8, "甲乙https:///>example.org//>abcdef丙/.");
	is("甲乙丙丁戊己庚a/bc?de=fgh&ij_kl-mnop丙", 8, "甲乙丙丁戊己庚/>a/bc?de=fgh&ij_/=kl-mnop丙/.");
}

static void taken_in(void **state)
{
	struct set s = set("一二，四五六七八，九十", grid(8));

	/* the mark at the end first, then the other from the end backwards: what is behind it stands half a cell left */
	near_to(middle(&s, 0, 1), 1500, 1);
	near_to(middle(&s, 0, 2), 2500, 1);
	near_to(middle(&s, 0, 3), 3000, 1);
	near_to(middle(&s, 0, 8), 8000, 1); /* the ink of the last is in what is left of its cell */
	near_to(s.l[0].used, grid(8).width, 2);
	/* neighbouring marks before single ones */
	s = set("，二”，五六，七八九，十", grid(10));
	assert_string_equal(as_text(&s, true), "，二”，五六，七八九，/<十/.");
	near_to(middle(&s, 0, 3), 3000, 1);
	near_to(middle(&s, 0, 7), 7000, 1);
	near_to(middle(&s, 0, 2), 2500, 1);
	/* an opening mark loses its left half */
	s = set("一二：“五六七八九，十", grid(9));
	assert_string_equal(as_text(&s, true), "一二：“五六七八九，/<十/.");
	near_to(middle(&s, 0, 3), 3000, 1);
	s = set("一二——“五六七八，十", grid(9));
	assert_string_equal(as_text(&s, true), "一二——“五六七八，/<十/.");
	near_to(middle(&s, 0, 4), 4000, 1);
	near_to(middle(&s, 0, 5), 5000, 1);
	/* a pair gives half a cell, not one */
	is("一二三四：“七八九3年好", 10, "一二三四：“七八九/>3年好/.");
	/* ？ and ！ have their ink in the middle */
	is("一二，四五六七八？九十", 8, "一二，四五六七/>八？九十/.");
	/* never more than a cell and a half */
	is("一，二，三，四八”，九十", 8, "一，二，三，四/>八”，九十/.");
	/* a number that overhangs by a cell */
	is("一二，四，六七3年九十", 8, "一二，四，六七3年/<九十/.");
}

static void pushed_out(void **state)
{
	struct set s = set("一二，四五六七（八九）", grid(8));

	assert_string_equal(as_text(&s, true), "一二，四五六七/>（八九）/.");
	near_to(middle(&s, 0, 2), 2667, 2); /* half a cell behind the mark, the other over all six gaps */
	near_to(middle(&s, 0, 3), 4250, 2);
	near_to(s.l[0].used, grid(8).width, 2);
	s = set("一二，四，五六七（8年）", grid(9));
	near_to(middle(&s, 0, 1), 1500, 1);
	near_to(middle(&s, 0, 3), 4000, 1);
	near_to(middle(&s, 0, 5), 6500, 1);
	/* between two marks there's room enough already */
	s = set("一二”“，五六七（8年）", grid(9));
	assert_string_equal(as_text(&s, true), "一二”“，五六七/>（8年）/.");
	near_to(middle(&s, 0, 3) - middle(&s, 0, 2), 1071, 1);
	near_to(middle(&s, 0, 5) - middle(&s, 0, 4), 1571, 1);
	/* not within a number or a pair */
	s = set("3212——四五六（八九）", grid(8));
	assert_string_equal(as_text(&s, true), "3212——四五六/>（八九）/.");
	near_to(middle(&s, 0, 1), 750, 1);
	near_to(middle(&s, 0, 3), 1750, 1);
	near_to(middle(&s, 0, 5) - middle(&s, 0, 4), 1000, 1);
	near_to(s.l[0].used, grid(8).width, 2);
	/* the last line and what would have gaps of more than a cell stay */
	s = set("一第2022年2023年", grid(4));
	assert_string_equal(as_text(&s, true), "一/>第2022年/=2023年/.");
	near_to(s.l[0].used, CELL, 2);
	near_to(s.l[2].used, 3 * (int64_t)CELL, 2);
}

static void spaces(void **state)
{
	struct set s = set("一二三四五六七八 九 十", grid(8));

	assert_string_equal(as_text(&s, true), "一二三四五六七八/=九 十/.");
	near_to(middle(&s, 1, 2), 2500, 1); /* a blank between Hanzi is a cell */
	is("一二三四五六七八　　九", 8, "一二三四五六七八/=九/.");
	is("一二三四五六（ 七八九）", 8, "一二三四五六/>（ 七八九）/.");
	is("　　一二三四五六七", 8, "　　一二三四五六/=七/.");
	is("一\t二\x01三", 8, "一\t二\x01三/.");
	is("   ", 8, "/.");
	is("", 8, "/.");
}

static void line_ends(void **state)
{
	is("一二\n三四五\n", 4, "一二/.三四五/./.");
	is("一二三四\r\n五", 4, "一二三四/.五/.");
}

/* ---- L7 ---- */

static void off_the_grid(void **state)
{
	struct line_opt opt = {.width = 8 * SIZE_3, .ragged = true};
	struct set s = set("一二三四五六七1八九十", opt);

	assert_string_equal(as_text(&s, false), "一二三四五六七1/八九十");
	assert_int_equal(s.l[0].why, LINE_OFF_GRID);
	assert_int_equal(s.l[0].used, 7 * SIZE_3 + SIZE_3 / 2);
	assert_int_equal(s.l[0].x[7], 7 * SIZE_3);
	s = set("一二三四五六七1，九十", opt); /* the mark at the end gives half */
	assert_string_equal(as_text(&s, false), "一二三四五六七1，/九十");
	assert_int_equal(s.l[0].used, 8 * SIZE_3);
	s = set("一二三四五六七八，九十", opt); /* that isn't enough, and no other gives */
	assert_string_equal(as_text(&s, false), "一二三四五六七/八，九十");
	s = set("abcdefghijklmnopqrstu", opt);
	assert_string_equal(as_text(&s, true), "abcdefghijklmnop/!qrstu/~");
	s = set("一", (struct line_opt){.width = SIZE_3 / 2});
	assert_int_equal(s.n, 1);
	s = set("一二", (struct line_opt){.width = SIZE_3 / 2});
	assert_string_equal(as_text(&s, true), "一/!二/~");
}

/* ---- T1 to T3 ---- */

static const char *title(const char *text)
{
	struct set s = {.t = line_atoms(&arena, str_c(text), SIZE_2)};

	s.n = lines_title(&arena, s.t.p, s.t.n, TYPE_W, &s.l);
	for (size_t i = 0; i < s.n; i++) {
		const struct line *l = &s.l[i];
		int64_t right = TYPE_W - l->used;

		if (l->to > l->from)
			near_to(l->x[0], right, 2);
		assert_true(l->to == l->from || right >= 0);
	}
	return as_text(&s, false);
}

static void titles(void **state)
{
	assert_string_equal(title("区委办2022年工作总结"), "区委办2022年工作总结");
	assert_string_equal(title("区委办关于2022年落实意识形态工作责任制情况的报告"),
		"区委办关于2022年落实/意识形态工作责任制情况的报告");
	assert_string_equal(title("某某区人民政府关于进一步加强安全生产工作的意见"),
		"某某区人民政府关于进一步/加强安全生产工作的意见");
	assert_string_equal(title("国务院办公厅关于加快推进“一件事一次办”打造政务服务升级版的指导意见"),
		"国务院办公厅关于加快推进“一件事一次办”/打造政务服务升级版的指导意见");
	assert_string_equal(title("关于对某某街道办事处2021—2022年度意识形态工作责任制落实情况开展专项督查的情况通报"),
		"关于对某某街道办事处2021—2022年度/意识形态工作责任制落实情况/开展专项督查的情况通报");
	assert_string_equal(title("区委办2022年整治形式主义官僚主义为基层减负工作情况的报告"),
		"区委办2022年整治形式主义/官僚主义为基层减负工作情况的报告");
	assert_string_equal(title("某某区2022年隐患整改进展和廉政党课开展情况汇总表"),
		"某某区2022年隐患整改进展和/廉政党课开展情况汇总表");
	/* a name in 《》 stays whole */
	assert_string_equal(title("某某区贯彻落实《党委意识形态工作责任制实施办法》情况的自查报告"),
		"某某区贯彻落实/《党委意识形态工作责任制实施办法》/情况的自查报告");
	assert_string_equal(title(""), "");
}

static void titles_keep_words(void **state)
{
	assert_string_equal(title("某某区人民政府关于进|一|步|加|强|安|全生产工作的意见"),
		"某某区人民政府/关于进一步加强安全生产工作的意见");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(hanzi_stand_in_cells, setup, teardown),
		cmocka_unit_test_setup_teardown(indents_are_cells, setup, teardown),
		cmocka_unit_test_setup_teardown(digits_take_halves, setup, teardown),
		cmocka_unit_test_setup_teardown(rounding_goes_to_the_inside, setup, teardown),
		cmocka_unit_test_setup_teardown(letters_have_their_own_advances, setup, teardown),
		cmocka_unit_test_setup_teardown(parts_of_runs, setup, teardown),
		cmocka_unit_test_setup_teardown(slim_quotes_keep_to_their_side, setup, teardown),
		cmocka_unit_test_setup_teardown(pairs_have_no_gap, setup, teardown),
		cmocka_unit_test_setup_teardown(what_takes_no_place, setup, teardown),
		cmocka_unit_test_setup_teardown(marks_at_the_ends, setup, teardown),
		cmocka_unit_test_setup_teardown(kept_together, setup, teardown),
		cmocka_unit_test_setup_teardown(parts_of_western_words, setup, teardown),
		cmocka_unit_test_setup_teardown(longer_than_a_line, setup, teardown),
		cmocka_unit_test_setup_teardown(taken_in, setup, teardown),
		cmocka_unit_test_setup_teardown(pushed_out, setup, teardown),
		cmocka_unit_test_setup_teardown(spaces, setup, teardown),
		cmocka_unit_test_setup_teardown(line_ends, setup, teardown),
		cmocka_unit_test_setup_teardown(off_the_grid, setup, teardown),
		cmocka_unit_test_setup_teardown(titles, setup, teardown),
		cmocka_unit_test_setup_teardown(titles_keep_words, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
