/* Laws of lines over random texts of what official documents are made of, and long ones. */
#include "unit.h"

#include "line_laws.h"

#include <string.h>

static const char *const pieces[] = {
	"工作", "意识形态", "责任制", "的", "区", "党", "年", "月", "日", "个", "项", "第", "号", "余", "万", "元", "，", "。", "、", "；",
	"：", "？", "！", "（", "）", "《", "》", "“", "”", "‘", "’", "〔", "〕", "——", "……", "—", "～", "·", "々", "￥", "№", "1", "20",
	"2022", "3.5", "25%", "5℃", "A", "Excel", "GB/T 9704", "https://example.org/a-long/path", ",", "(", ")", "[", "]", "$", " ", "　",
	"\t", "〔2022〕5号", "2021—2022年", "3—5人", "|张", "|三", "e\u0301", "葛\uFE00", "𠮷", "Ａ", "Ω", "％", "\n",
};

static uint64_t seed;

static uint32_t any(uint32_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 33) % n;
}

static struct str text_of(struct arena *a, size_t max, bool marks)
{
	struct buf b = BUF_MAX(1 << 20);
	struct str s;

	for (size_t n = any((uint32_t)max); n; n--)
		buf_put(&b, str_c(marks || any(3) ? pieces[any(LEN(pieces))] : pieces[any(4)]));
	s = arena_str(a, buf_str(&b));
	buf_free(&b);
	return s;
}

static void lawful(struct arena *a, struct str text, struct line_opt opt)
{
	struct line_atoms t = line_atoms(a, text, SIZE_3);
	struct line *l;
	size_t n = lines_break(a, t.p, t.n, &opt, &l);

	if (!lines_lawful(t.p, t.n, &opt, l, n)) {
		print_error("width %d, indents %d %d: %s\n", opt.width, opt.first, opt.rest, text.p);
		assert_true(false);
	}
}

static void random_texts(void **state)
{
	struct arena a = ARENA_INIT;

	seed = 20221205;
	for (int i = 0; i < 6000; i++) {
		int cols = any(4) ? 28 : 3 + (int)any(40);
		struct line_opt opt = {.width = (int32_t)(156000000LL * cols / 28), .cell = 156000000 / 28};

		opt.first = any(3) ? 2 * opt.cell : (int32_t)any(3) * opt.cell / 2;
		opt.rest = any(3) ? 0 : (int32_t)any(3) * opt.cell / 2;
		if (!any(4))
			opt.cell = 0;
		opt.ragged = !any(4);
		lawful(&a, text_of(&a, 200, any(2)), opt);
		arena_reset(&a);
	}
	arena_free(&a);
}

/* Titles: every atom on one line, in order, none wider than there is room for; fewest lines or one more. */
static void random_titles(void **state)
{
	struct arena a = ARENA_INIT;

	seed = 97042012;
	for (int i = 0; i < 3000; i++) {
		struct str text = text_of(&a, 60, false);
		struct line_atoms t = line_atoms(&a, text, SIZE_2);
		struct line_opt opt = {.width = TYPE_W};
		struct line *l;
		size_t n = lines_title(&a, t.p, t.n, TYPE_W, &l);

		assert_true(lines_lawful(t.p, t.n, &opt, l, n));
		for (size_t k = 0; k < n; k++)
			assert_true(l[k].used <= TYPE_W || l[k].to - l[k].from == 1);
		arena_reset(&a);
	}
	arena_free(&a);
}

/* A million characters, also of the kinds where a place to break is far: the work stays in proportion. */
static void long_texts(void **state)
{
	static const char *const kinds[] = {"意识形态工作，2022年", "，", "“", "a", "1年", " ", "工\u0301", "|张", "\n", "—", "第1", "〔2", "工 "};
	struct line_opt opt = {.width = TYPE_W, .first = 2 * (TYPE_W / 28), .cell = TYPE_W / 28}, off = {.width = TYPE_W};

	for (size_t k = 0; k < LEN(kinds); k++) {
		struct arena a = ARENA_INIT;
		struct buf b = BUF_MAX(8 << 20);
		struct line_atoms t;
		struct line *l;
		size_t n;

		while (b.n < 1000000)
			buf_put(&b, str_c(kinds[k]));
		print_message("# %s\n", kinds[k]);
		t = line_atoms(&a, buf_str(&b), SIZE_3);
		n = lines_break(&a, t.p, t.n, &opt, &l);
		assert_true(lines_lawful(t.p, t.n, &opt, l, n));
		n = lines_break(&a, t.p, t.n, &off, &l);
		assert_true(lines_lawful(t.p, t.n, &off, l, n));
		assert_true(lines_title(&a, t.p, t.n, TYPE_W, &l) > 0);
		buf_free(&b);
		arena_free(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_texts),
		cmocka_unit_test(random_titles),
		cmocka_unit_test(long_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
