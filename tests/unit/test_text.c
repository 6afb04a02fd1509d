/* Normal form, encodings of files, nodes. */
#include "unit.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "text/charset.h"
#include "text/nfc.h"
#include "text/node.h"
#include "text/place.h"

#define assert_str(s, lit) \
	do { \
		struct str got_ = (s), want_ = S(lit); \
		assert_int_equal(got_.n, want_.n); \
		assert_memory_equal(got_.p, want_.p, want_.n); \
	} while (0)

static struct arena a;

static int done(void **state)
{
	arena_free(&a);
	return 0;
}

static struct str composed(struct str s)
{
	struct err err = {.lang = LANG_EN};
	struct str out;

	assert_int_equal(nfc(&a, s, &out, &err), OK);
	assert_true(nfc_is(out));
	assert_int_equal(nfc_is(s), str_eq(s, out));
	assert_int_equal(nfc_is(s), s.p == out.p);   /* no copy without need */
	return out;
}

static void nfc_leaves_alone(void **state)
{
	const struct str same[] = {
		S(""), S("a"), S("plain ASCII, longer than eight bytes"), S("0123456"), S("01234567"),
		S("caf\u00E9"),
		S("党委（党组）意识形态工作责任制"), S("喆𠮷䶮"), S("㐀、。〈〉"), S("한국어"), S("がぎぐ"),
		S("Ωμέγα"), S("naïve Ærøskøbing"),
		S("👩‍💻 ☂️"), S("\uFFFD"), S("q\u0301"), S("가\u11A7"), S("ไทย"), S("हिन्दी"),
		S("\0\0"), S("\uFFFF\U0010FFFF\uFDD0"),
	};

	for (size_t i = 0; i < LEN(same); i++)
		assert_ptr_equal(composed(same[i]).p, same[i].p);
	assert_int_equal(composed(STR_NONE).n, 0);
}

static void nfc_composes(void **state)
{
	assert_str(composed(S("e\u0301")), "é");
	assert_str(composed(S("cafe\u0301")), "café");
	assert_str(composed(S("中cafe\u0301文")), "中café文");
	assert_str(composed(S("a\u0302\u0323")), "ậ");          /* marks come into order first */
	assert_str(composed(S("â\u0323")), "ậ");                /* through what stood composed */
	assert_str(composed(S("\u1112\u1161\u11AB")), "한");     /* Hangul by rule */
	assert_str(composed(S("하\u11AB")), "한");
	assert_str(composed(S("가\u11A7e\u0301")), "가\u11A7é");   /* a vowel, not the first of the finals */
	assert_str(composed(S("\u1100\u1161\u11A7\u11A7\u11A8")), "가\u11A7\u11A7\u11A8");
	assert_str(composed(S("か\u3099")), "が");
	assert_str(composed(S("\u212B")), "Å");                  /* Å, the unit */
	assert_str(composed(S("\u2126 \u2000|")), "Ω \u2002|");
	assert_str(composed(S("\uF9D0")), "類");                 /* compatibility ideograph */
	assert_str(composed(S("\U0002F800")), "丽");
	assert_str(composed(S("\u0958")), "\u0915\u093C");       /* excluded from composition */
	assert_str(composed(S("=\u0338")), "≠");
	assert_str(composed(S("ｅ\u0301１㎏Ⅳ")), "ｅ\u0301１㎏Ⅳ"); /* not NFKC */
}

static void nfc_joins_long_pieces(void **state)
{
	CLEANUP(buf_free) struct buf in = BUF_MAX(1 << 20), want = BUF_MAX(1 << 20);

	for (int i = 0; i < 5000; i++) {
		const char *fill = i % 7 ? "意识形态" : "ascii text of some length ";

		buf_printf(&in, "%se\u0301%so\u0308\u0304", fill, i % 3 ? "" : "하\u11AB");
		buf_printf(&want, "%sé%sȫ", fill, i % 3 ? "" : "한");
	}
	assert_true(str_eq(composed(buf_str(&in)), buf_str(&want)));
}

static void nfc_refuses(void **state)
{
	const struct {
		struct str s;
		const char *text;
	} bad[] = {
		{S("\xFF"), "line 1, column 1: not valid UTF-8 text"},
		{S("中文\nab\xE4\xB8"), "line 2, column 3: not valid UTF-8 text"},
		{S("中\xE4\xB8文"), "line 1, column 2: not valid UTF-8 text"},
		{S("e\u0301\xC0\x80"), "line 1, column 3: not valid UTF-8 text"},
		{S("\xED\xA0\x80"), "line 1, column 1: not valid UTF-8 text"},
		{S("12345678\xF5"), "line 1, column 9: not valid UTF-8 text"},
		{S("\xEF\xBF"), "line 1, column 1: not valid UTF-8 text"},
	};

	for (size_t i = 0; i < LEN(bad); i++) {
		struct err err = {.lang = LANG_EN};
		struct str out = S("untouched");

		assert_int_equal(nfc(&a, bad[i].s, &out, &err), ERR_INPUT);
		assert_string_equal(err.text, bad[i].text);
		assert_str(out, "untouched");
		assert_false(nfc_is(bad[i].s));
	}
}

/* base, then n marks; whether nfc takes it. */
static bool takes_marks(const char *base, const char *mark, int n, struct str *out)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 22);
	struct err err = {.lang = LANG_EN};

	buf_printf(&b, "%s", base);
	for (int i = 0; i < n; i++)
		buf_printf(&b, "%s", mark);
	if (nfc(&a, arena_str(&a, buf_str(&b)), out, &err) == OK)
		return true;
	assert_non_null(strstr(err.text, ": more than 30 combining marks in a row"));
	assert_false(nfc_is(buf_str(&b)));
	return false;
}

static void nfc_counts_marks(void **state)
{
	struct str out;

	assert_true(takes_marks("x", "\u0301", 30, &out));
	assert_false(takes_marks("x", "\u0301", 31, &out));
	assert_true(takes_marks("", "\u0301", 30, &out));
	assert_true(takes_marks("é", "\u0323", 29, &out));     /* é holds one */
	assert_true(nfc_is(out));
	assert_false(takes_marks("é", "\u0323", 30, &out));
	assert_true(takes_marks("x", "\u0344", 15, &out));     /* each is two */
	assert_true(nfc_is(out));
	assert_false(takes_marks("x", "\u0344", 16, &out));
	assert_false(takes_marks("x", "\u0F73", 16, &out));    /* class 0, made of two of another */
	assert_true(takes_marks("x", "\u0301y", 5000, &out));
	assert_false(takes_marks("", "\u0301\u0323", 500000, &out));   /* at once, not in hours */
}

static const char *decoded(struct str s, struct str *out, struct err *err)
{
	const char *encoding = NULL;

	*err = (struct err){.lang = LANG_EN};
	return charset_decode(&a, s, out, &encoding, err) == OK ? encoding : NULL;
}

static void charset_reads(void **state)
{
	struct err err;
	struct str out;

	assert_string_equal(decoded(S(""), &out, &err), "UTF-8");
	assert_str(out, "");
	assert_string_equal(decoded(STR_NONE, &out, &err), "UTF-8");
	assert_string_equal(decoded(S("a,b\r\n"), &out, &err), "UTF-8");
	assert_str(out, "a,b\r\n");
	assert_string_equal(decoded(S("\xEF\xBB\xBF会议"), &out, &err), "UTF-8");
	assert_str(out, "会议");
	assert_string_equal(decoded(S("cafe\u0301"), &out, &err), "UTF-8");
	assert_str(out, "café");
	assert_string_equal(decoded(S("\xD6\xD0\xCE\xC4"), &out, &err), "GB18030");
	assert_str(out, "中文");
	/* GBK, four bytes, a letter of GB 2312, U+4DAE, U+3400 */
	assert_string_equal(decoded(S("\x86\xB4\x95\x34\xB2\x35\xFE\x9F\xA8\xA6\x81\x39\xEE\x39\n"), &out,
		&err), "GB18030");
	assert_str(out, "喆𠮷䶮é㐀\n");
	assert_string_equal(decoded(S("e\x81\x30\xBD\x33 \xD6\xD0"), &out, &err), "GB18030");
	assert_true(nfc_is(out));
}

static void charset_refuses(void **state)
{
	const struct {
		struct str s;
		const char *text;
	} bad[] = {
		{S("\xFF\xFE" "a\0"),
			"the file is in UTF-16 (\"Unicode text\"); save it as \"CSV UTF-8\" and try again"},
		{S("\xFE\xFF\0a"),
			"the file is in UTF-16 (\"Unicode text\"); save it as \"CSV UTF-8\" and try again"},
		{S("\xFF\xFE\0\0a\0\0\0"),
			"the file is in UTF-16 (\"Unicode text\"); save it as \"CSV UTF-8\" and try again"},
		{S("\0\0\xFE\xFF"),
			"the file is in UTF-16 (\"Unicode text\"); save it as \"CSV UTF-8\" and try again"},
		{S("a\nb\0"),
			"line 2: a NUL byte; this is not a text file, or it is in UTF-16: "
			"save it as \"CSV UTF-8\""},
		{S("ab\n\xD6\xD0\n\xFF\n"), "line 3: neither UTF-8 nor GB18030"},
		{S("\xFF"), "line 1: neither UTF-8 nor GB18030"},
		{S("\xD6\xD0\n\xD6"), "line 2: neither UTF-8 nor GB18030"},
			/* half a character at the end */
		{S("\n\xE9\n"), "line 2: neither UTF-8 nor GB18030"},                    /* Latin 1 */
		{S("\xE3\x32\x9A\x36\n"), "line 1: neither UTF-8 nor GB18030"},          /* U+110000 */
		{S("中\n\xD6\xD0\n\xFF\n"),
			"line 2: here the encoding changes between UTF-8 and GB18030; "
			"save the whole file as UTF-8"},
		{S("a\n\xD6\xD0\xCE\xC4\nb\n中\n"),
			"line 4: here the encoding changes between UTF-8 and GB18030; "
			"save the whole file as UTF-8"},
		{S("一二三四五六七八\n\xD6\xD0\n"),
			"line 2: damaged text: UTF-8 up to here, but not from here on"},
		{S("\xEF\xBB\xBF" "a\n\xD6\xD0\n"),
			"line 2: damaged text: UTF-8 up to here, but not from here on"},
	};

	for (size_t i = 0; i < LEN(bad); i++) {
		struct err err;
		struct str out = S("untouched");

		assert_null(decoded(bad[i].s, &out, &err));
		assert_int_equal(err.code, ERR_INPUT);
		assert_string_equal(err.text, bad[i].text);
		assert_str(out, "untouched");
	}
}

/* Every byte pair and many fours: read or refused, never more room needed than there is. */
static void charset_whole_plane(void **state)
{
	unsigned char b[9] = "\xD6\xD0";   /* no UTF-8 */
	struct err err;
	struct str out;
	int taken = 0;

	for (int hi = 0x80; hi < 0x100; hi++)
		for (int lo = 1; lo < 0x100; lo++) {
			b[2] = (unsigned char)hi;
			b[3] = (unsigned char)lo;
			taken += decoded((struct str){(char *)b, 4}, &out, &err) != NULL;
		}
	assert_int_equal(taken, 126 * 190);
	for (int i = 0; i < 126 * 10 * 126 * 10; i += 7) {
		b[2] = (unsigned char)(0x81 + i / 12600);
		b[3] = (unsigned char)(0x30 + i / 1260 % 10);
		b[4] = (unsigned char)(0x81 + i / 10 % 126);
		b[5] = (unsigned char)(0x30 + i % 10);
		if (decoded((struct str){(char *)b, 6}, &out, &err)) {
			assert_true(utf8_valid(out));
			assert_true(nfc_is(out));
		}
		arena_free(&a);
	}
}

static void places(void **state)
{
	struct str s = S("ab\n中文c\n");
	struct place p = place_of(s, 0);

	assert_true(p.line == 1 && p.col == 1);
	p = place_of(s, 2);
	assert_true(p.line == 1 && p.col == 3);
	p = place_of(s, 9);
	assert_true(p.line == 2 && p.col == 3);
	p = place_of(s, 99);
	assert_true(p.line == 3 && p.col == 1);
}

static void nodes(void **state)
{
	struct node *map = node_map(&a), *list = node_list(&a);
	const struct node *first;

	assert_null(NODE_GET(NULL, "x"));
	assert_null(NODE_GET(list, "x"));
	node_set(&a, map, S("name"), node_str(&a, S("综合科")));
	node_set(&a, map, S("n"), node_num(&a, -7));
	node_set(&a, map, S("yes"), node_bool(&a, true));
	node_set(&a, map, S("no"), node_bool(&a, false));
	node_set(&a, map, S("none"), node_null(&a));
	for (int i = 0; i < 100; i++)
		node_push(&a, list, node_num(&a, i));
	node_set(&a, map, S("list"), list);
	assert_str(node_text(map, S("name")), "综合科");
	assert_str(node_text(map, S("n")), "");
	assert_str(node_text(NULL, S("n")), "");
	assert_int_equal(node_int(map, S("n"), 3), -7);
	assert_int_equal(node_int(map, S("name"), 3), 3);
	assert_int_equal(node_int(map, S("absent"), 3), 3);
	assert_true(node_true(map, S("yes")));
	assert_false(node_true(map, S("no")));
	assert_false(node_true(map, S("name")));
	assert_int_equal(NODE_GET(map, "none")->kind, NODE_NULL);
	assert_int_equal(NODE_GET(map, "list")->n, 100);
	assert_int_equal(NODE_GET(map, "list")->items[99]->num, 99);
	assert_int_equal(map->n, 6);
	assert_str(map->keys[5]->text, "list");
	assert_null(node_repeat(map, &first));
}

static void repeated_keys(void **state)
{
	for (int n = 2; n < 60; n++) {
		struct node *map = node_map(&a), *again = node_str(&a, arena_printf(&a, "key %d", n / 2));
		const struct node *first;

		for (int i = 0; i < n; i++)
			node_put(&a, map, node_str(&a, arena_printf(&a, "key %d", i)), node_null(&a));
		assert_null(node_repeat(map, &first));
		node_put(&a, map, again, node_null(&a));
		node_put(&a, map, node_str(&a, S("key 0")), node_null(&a));
		assert_ptr_equal(node_repeat(map, &first), again);
		assert_ptr_equal(first, map->keys[n / 2]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nfc_leaves_alone),
		cmocka_unit_test(nfc_composes),
		cmocka_unit_test(nfc_joins_long_pieces),
		cmocka_unit_test(nfc_refuses),
		cmocka_unit_test(nfc_counts_marks),
		cmocka_unit_test(charset_reads),
		cmocka_unit_test(charset_refuses),
		cmocka_unit_test(charset_whole_plane),
		cmocka_unit_test(places),
		cmocka_unit_test(nodes),
		cmocka_unit_test(repeated_keys),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, done);
}
