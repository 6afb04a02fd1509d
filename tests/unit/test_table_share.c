/* How columns share a table's width [B1]: by hand, and at random. */
#include "unit.h"

#include "doc/table_share.h"

static bool share(const struct share_col *c, size_t n, int64_t room, int64_t whole, int64_t *w)
{
	return share_widths(c, n, &(struct share_opt){.room = room, .more = 5, .whole = whole}, w);
}

static void is_two(const int64_t *w, int64_t a, int64_t b)
{
	assert_int_equal(w[0], a);
	assert_int_equal(w[1], b);
}

static void room_for_lines(void **state)
{
	struct share_col c[] = {{.word = 5, .least = 10, .line = 10}, {.word = 5, .least = 10, .line = 20}};
	int64_t w[2];

	assert_true(share(c, 2, 100, 0, w)); /* 2 × (15 + 25) is less than 100 */
	is_two(w, 15, 25);
	assert_true(share(c, 2, 60, 0, w)); /* 40 are widened to 60 */
	is_two(w, 22, 37);
	c[0].given = 30;
	assert_true(share(c, 2, 60, 0, w));
	is_two(w, 30, 30);
}

static void by_area(void **state)
{
	struct share_col c[] = {{.word = 5, .least = 10, .line = 1000, .area = 100},
		{.word = 5, .least = 10, .line = 1000, .area = 400}};
	int64_t w[2];

	assert_true(share(c, 2, 300, 0, w)); /* as 10 to 20 */
	is_two(w, 100, 200);
	c[0].word = 150;
	assert_true(share(c, 2, 300, 0, w));
	is_two(w, 150, 150);
	c[0] = (struct share_col){.word = 5, .least = 10, .line = 40, .area = 90000};
	assert_true(share(c, 2, 300, 0, w)); /* no more than its line and 5 */
	is_two(w, 45, 255);
}

static void short_lines(void **state)
{
	struct share_col c[] = {{.word = 10, .least = 10, .line = 50, .area = 1},
		{.word = 10, .least = 10, .line = 1000, .area = 1000000}};
	int64_t w[2];

	assert_true(share(c, 2, 100, 60, w)); /* 50 are less than six tenths of 100 … */
	is_two(w, 50, 50);
	assert_true(share(c, 2, 80, 60, w)); /* … but not of 80 */
	is_two(w, 10, 70);
	c[1].word = 60;
	assert_true(share(c, 2, 100, 60, w)); /* a word of 60 leaves 40 */
	assert_true(w[0] < 50 && w[1] >= 60);
}

static void too_little(void **state)
{
	struct share_col c[] = {{.word = 10, .least = 10, .line = 10}, {.word = 500, .least = 40, .line = 500},
		{.word = 20, .least = 40, .line = 900}};
	struct share_col given[] = {{.given = 100}, {.given = 300}};
	int64_t w[3];

	assert_false(share_fits(c, 3, 549));
	assert_true(share_fits(c, 3, 550));
	assert_false(share(c, 3, 210, 0, w)); /* 10 and 40 as they need, the word of 500 has what is left */
	is_two(w, 10, 160);
	assert_int_equal(w[2], 40);
	assert_false(share(c, 3, 70, 0, w)); /* not even 40 for both: 30 each */
	is_two(w, 10, 30);
	assert_int_equal(w[2], 30);
	c[1].word = 50;
	assert_true(share(c, 3, 95, 0, w)); /* words of 10, 50, 20 have room: the 40 of the last become 35 */
	is_two(w, 10, 50);
	assert_int_equal(w[2], 35);
	assert_true(share(given, 2, 200, 0, w)); /* in proportion */
	is_two(w, 50, 150);
	given[0].word = 60;
	assert_false(share(given, 2, 200, 0, w));
}

static void at_random(void **state)
{
	uint32_t seed = 1;

	for (int round = 0; round < 20000; round++) {
		struct share_col c[12] = {0};
		int64_t w[12], sum = 0, room = 0;
		size_t n;
		bool fits, whole;

#define RND(max) ((int64_t)((seed = seed * 1664525 + 1013904223) >> 8) % (max))
		n = 1 + (size_t)RND(12);
		room = 1 + RND(300000000);
		for (size_t k = 0; k < n; k++) {
			c[k].line = 1 + RND(200000000);
			c[k].word = 1 + RND(c[k].line);
			c[k].least = MIN(c[k].line, 19000000);
			c[k].area = c[k].line * (1 + RND(1000));
			c[k].given = RND(10) ? 0 : 1 + RND(100000000);
		}
		fits = share_fits(c, n, room);
		whole = share_widths(c, n, &(struct share_opt){room, 3000000, 40000000}, w);
		for (size_t k = 0; k < n; k++) {
			assert_true(w[k] >= 0);
			if (fits && !c[k].given)
				assert_true(w[k] >= MAX(c[k].word, c[k].least));
			sum += w[k];
		}
		assert_true(sum <= room);
		assert_true(whole || !fits);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(room_for_lines), cmocka_unit_test(by_area), cmocka_unit_test(short_lines),
		cmocka_unit_test(too_little), cmocka_unit_test(at_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
