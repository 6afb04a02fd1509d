/* JSON: reading, the canonical form, its checker. */
#include "unit.h"

#include "base/utf8.h"
#include "text/json.h"

static struct arena a;

static int done(void **state)
{
	arena_free(&a);
	return 0;
}

static struct node *parsed_as(struct str text, bool decimals)
{
	struct err err = {.lang = LANG_EN};
	struct node *n = NULL;

	if (json_read(&a, text, (struct json_opt){.decimals = decimals}, &n, &err) != OK)
		print_error("%s\n", err.text);
	assert_int_equal(err.code, OK);
	return n;
}

static struct node *parsed(struct str text)
{
	return parsed_as(text, false);
}

static struct str canonical(const struct node *n)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(32 << 20);
	struct err err = {.lang = LANG_EN};

	if (json_canon(&b, n, &err) != OK)
		print_error("%s\n", err.text);
	assert_int_equal(err.code, OK);
	return arena_str(&a, buf_str(&b));
}

static void reads(void **state)
{
	struct node *n = parsed(S(" {\"b\": [1, -2,\n  true, false, null],\r\n"
		"\t\"名\" : \"值\\u4e2d\\ud842\\udfb7\\n\"} "));

	assert_int_equal(n->kind, NODE_MAP);
	assert_int_equal(n->n, 2);
	assert_true(n->line == 1 && n->col == 2);
	assert_string_equal(n->keys[1]->text.p, "名");
	assert_true(n->keys[1]->line == 3 && n->keys[1]->col == 2);
	assert_true(n->items[1]->line == 3 && n->items[1]->col == 8);
	assert_string_equal(n->items[1]->text.p, "值中𠮷\n");
	n = n->items[0];
	assert_int_equal(n->n, 5);
	assert_true(n->line == 1 && n->col == 8);
	assert_int_equal(n->items[1]->num, -2);
	assert_true(n->items[1]->line == 1 && n->items[1]->col == 12);
	assert_true(n->items[2]->yes && n->items[2]->kind == NODE_BOOL);
	assert_true(n->items[2]->line == 2 && n->items[2]->col == 3);
	assert_int_equal(n->items[4]->kind, NODE_NULL);
	assert_int_equal(n->items[4]->col, 16);

	assert_int_equal(parsed(S("\xEF\xBB\xBF{}"))->kind, NODE_MAP);
	assert_int_equal(parsed(S("7"))->num, 7);
	assert_true(parsed(S("9223372036854775807"))->num == INT64_MAX);
	assert_true(parsed(S("-9223372036854775808"))->num == INT64_MIN);
	assert_string_equal(parsed(S("\"e\\u0301\""))->text.p, "é");
	assert_string_equal(parsed(S("{\"e\\u0301\":1}"))->keys[0]->text.p, "é");
	assert_int_equal(parsed(S("\"\\r\\u007f\""))->text.n, 2);
	parsed(S("[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]"));
}

static void reads_decimals(void **state)
{
	struct node *n = parsed_as(S("{\"b\":[12.50,1,-0.10 ,1e3],"
		"\"a\":{\",\\\"1.5\":3.14159265358979323846}}"), true);
	CLEANUP(buf_free) struct buf b = BUF_MAX(100);

	assert_string_equal(n->items[0]->items[0]->text.p, "12.50");
	assert_int_equal(n->items[0]->items[1]->num, 1);
	assert_string_equal(n->items[0]->items[2]->text.p, "-0.10");
	assert_string_equal(n->items[0]->items[3]->text.p, "1e3");
	assert_string_equal(n->items[1]->items[0]->text.p, "3.14159265358979323846");
	assert_string_equal(parsed_as(S("0.5"), true)->text.p, "0.5");
	json_pretty(&b, n->items[0]->items[0]);   /* stays a number for people, is text in canonical form */
	assert_string_equal(b.p, "12.50");
	assert_string_equal(canonical(n->items[0]).p, "[\"12.50\",1,\"-0.10\",\"1e3\"]");
}

static void refuses(void **state)
{
	const struct {
		struct str s;
		const char *text;
	} bad[] = {
		{S(""), "line 1, column 1: the JSON text ends too early"},
		{S("{\"a\":1"), "line 1, column 6: the JSON text ends too early"},
		{S("{\"a\":\n 1,}"), "line 2, column 4: not JSON: string or '}' expected near '}'"},
		{S("[1,]"), "line 1, column 4: not JSON: unexpected token near ']'"},
		{S("{'a':1}"), "line 1, column 2: not JSON: string or '}' expected near '''"},
		{S("nan"), "line 1, column 3: not JSON: invalid token near 'nan'"},
		{S("01"), "line 1, column 1: not JSON: invalid token near '0'"},
		{S("1 2"), "line 1, column 3: more text behind the end of the JSON value"},
		{S("{} x"), "line 1, column 4: more text behind the end of the JSON value"},
		{S("{\"a\":1,\n\"a\":2}"), "line 2, column 1: the key \"a\" stands here a second time"},
		{S("{\"x\\\\\\\"y\":1,\"x\\\\\\\"y\":2}"),
			"line 1, column 13: the key \"x\\\\\\\"y\" stands here a second time"},
		{S("{\"\":1,\"\":2}"), "line 1, column 7: the key \"\" stands here a second time"},
		{S("{\"é\":1,\n \"e\\u0301\":2}"),
			"line 2, column 2: the key \"é\" stands here a second time"},
		{S("[1,\n  2.5]"), "line 2, column 3: 2.5 is not a whole number"},
		{S("{\"名\":1e3}"), "line 1, column 6: 1e3 is not a whole number"},
		{S("9223372036854775808"), "line 1, column 19: the number is too large"},
		{S("1e999"), "line 1, column 5: the number is too large"},
		{S("\"\xFF\""), "line 1, column 1: not valid UTF-8 text"},
		{S("\"\xED\xA0\x80\""), "line 1, column 1: not valid UTF-8 text"},
		{S("[\"\\ud800\"]"),
			"line 1, column 9: not JSON: invalid Unicode '\\uD800' near '\"\\ud800\"'"},
		{S("\"\\u0000\""), "line 1, column 8: a NUL character"},
		{S("[1,\n 2\0]"), "line 2, column 3: a NUL character"},
		{S("true\0"), "line 1, column 5: a NUL character"},
		{S("{\"\\u0000\":1}"), "line 1, column 9: a NUL character"},
		{S("[\n[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]"),
			"line 2, column 16: nested deeper than 16 levels"},
		{S("[\"x\x01\"]"), "line 1, column 3: not JSON: control character 0x1 near '\"x'"},
	};

	for (size_t i = 0; i < LEN(bad); i++) {
		struct err err = {.lang = LANG_EN};
		struct node *n = NULL;

		assert_int_equal(json_read(&a, bad[i].s, (struct json_opt){0}, &n, &err), ERR_INPUT);
		assert_string_equal(err.text, bad[i].text);
		assert_null(n);
		assert_false(json_is_canon(bad[i].s));
	}
}

static void refuses_marks(void **state)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(1000);
	struct err err = {.lang = LANG_EN};
	struct node *n;

	buf_printf(&b, "[1, \"x");
	for (int i = 0; i < 31; i++)
		buf_put(&b, S("\\u0301"));
	buf_printf(&b, "\"]");
	assert_int_equal(json_read(&a, buf_str(&b), (struct json_opt){0}, &n, &err), ERR_INPUT);
	assert_string_equal(err.text, "line 1, column 5: more than 30 combining marks in a row");
}

static void refuses_size(void **state)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(64 << 20);
	struct err err = {.lang = LANG_EN};
	struct node *n;

	for (int i = 0; i < 2100; i++)   /* deeper than jansson goes */
		buf_put(&b, S("["));
	assert_int_equal(json_read(&a, buf_str(&b), (struct json_opt){0}, &n, &err), ERR_INPUT);
	assert_non_null(strstr(err.text, "nested deeper than 16 levels"));
	err_clear(&err);
	buf_reset(&b);
	buf_putc(&b, '[');
	for (int i = 0; i < JSON_VALUES - 1; i++)
		buf_put(&b, S("0,"));
	buf_put(&b, S("0]"));
	assert_int_equal(json_read(&a, buf_str(&b), (struct json_opt){0}, &n, &err), ERR_LIMIT);
	assert_string_equal(err.text, "more than 1048576 values in one JSON text");
	err_clear(&err);
	buf_reset(&b);
	buf_putc(&b, '"');
	for (int i = 0; i < (JSON_BYTES - 2) / 8; i++)
		buf_put(&b, S(",,\\\"[{{:"));   /* no values: inside a string */
	buf_putc(&b, '"');
	assert_int_equal(json_read(&a, buf_str(&b), (struct json_opt){0}, &n, &err), OK);
	while (b.n <= JSON_BYTES)
		buf_putc(&b, ' ');
	assert_int_equal(json_read(&a, buf_str(&b), (struct json_opt){0}, &n, &err), ERR_LIMIT);
	assert_string_equal(err.text, "16777217 bytes of JSON, at most 16777216 are read");
	assert_false(json_is_canon(buf_str(&b)));
}

static void canon_bytes(void **state)
{
	const struct {
		struct str in, out;
	} known[] = {
		{S(" null "), S("null")},
		{S("-0"), S("0")},
		{S("[ ]"), S("[]")},
		{S("{ }"), S("{}")},
		{S("[9007199254740991,-9007199254740991,0,-1]"),
			S("[9007199254740991,-9007199254740991,0,-1]")},
		{S("{\"b\":1,\"a\":[true,false],\"\":null}"), S("{\"\":null,\"a\":[true,false],\"b\":1}")},
		{S("{\"ab\":1,\"a\":2,\"A\":3,\"\\t\":4}"), S("{\"\\t\":4,\"A\":3,\"a\":2,\"ab\":1}")},
		/* by bytes, not by UTF-16 */
		{S("{\"\uFFFD\":1,\"𠮷\":2,\"中\":3}"), S("{\"中\":3,\"\uFFFD\":1,\"𠮷\":2}")},
		{S("\"a\\/\\u0022\\\\\\n\\t\\u4e2d\\u00e9\""), S("\"a/\\\"\\\\\\n\\t中é\"")},
		{S("\"\\u0080\\u2028\\ufeff<>&'\""), S("\"\xC2\x80\u2028\uFEFF<>&'\"")},
		{S("\"12345678\\n1234567\\\"\\\"90123456789\""),
			S("\"12345678\\n1234567\\\"\\\"90123456789\"")},
		{S("{\"v\":1,\"seq\":12,\"data\":{\"标题\":\"党委会\",\"date\":\"2022-06-03\"}}"),
			S("{\"data\":{\"date\":\"2022-06-03\",\"标题\":\"党委会\"},\"seq\":12,\"v\":1}")},
	};

	for (size_t i = 0; i < LEN(known); i++) {
		struct str got = canonical(parsed(known[i].in));

		if (!str_eq(got, known[i].out))
			print_error("got " STR_FMT "\n", STR_ARG(got));
		assert_true(str_eq(got, known[i].out));
		assert_true(json_is_canon(known[i].out));
		assert_int_equal(json_is_canon(known[i].in), str_eq(known[i].in, known[i].out));
	}
}

static void canon_refuses(void **state)
{
	struct node *deep = node_null(&a), *map = node_map(&a);
	const struct {
		struct str s;
		const char *text;
	} bad[] = {
		{S("[9007199254740992]"), "a number beyond 9007199254740991"},
		{S("[-9007199254740992]"), "a number beyond 9007199254740991"},
		{S("{\"data\":[{\"名\":\"\\r\"}]}"), "data: 名: a control character (U+000D) in a text"},
		{S("{\"b\":1,\"a\":{\"c\":\"\\u007f\"}}"), "a: c: a control character (U+007F) in a text"},
		{S("{\"\\u0001\":1}"), "a control character (U+0001) in a text"},
	};
	CLEANUP(buf_free) struct buf b = BUF_MAX(100);
	struct err err = {.lang = LANG_EN};

	buf_put(&b, S("before"));
	for (size_t i = 0; i < LEN(bad); i++) {
		assert_int_equal(json_canon(&b, parsed(bad[i].s), &err), ERR_INPUT);
		assert_string_equal(err.text, bad[i].text);
		assert_string_equal(b.p, "before");
		err_clear(&err);
	}
	node_set(&a, map, S("t"), node_str(&a, S("e\u0301")));
	assert_int_equal(json_canon(&b, map, &err), ERR_INPUT);
	assert_string_equal(err.text, "t: text that is not UTF-8 in normal form C");
	err_clear(&err);
	assert_int_equal(json_canon(&b, node_str(&a, S("\xFF")), &err), ERR_INPUT);
	err_clear(&err);
	for (int i = 0; i < JSON_DEPTH; i++) {
		struct node *list = node_list(&a);

		node_push(&a, list, deep);
		deep = list;
	}
	assert_int_equal(json_canon(&b, deep, &err), OK);
	map = node_map(&a);
	node_set(&a, map, S("k"), deep);
	assert_int_equal(json_canon(&b, map, &err), ERR_INPUT);
	assert_string_equal(err.text, "k: nested deeper than 16 levels");
	err_clear(&err);
	assert_int_equal(json_canon(&b, deep, &err), OK);
	assert_int_equal(b.n, 6 + 36 + 36);
	assert_int_equal(json_canon(&b, deep, &err), ERR_LIMIT);
	assert_string_equal(err.text, "more than 100 bytes of JSON");
	assert_int_equal(b.n, 6 + 36 + 36);
}

static void not_canon(void **state)
{
	const struct str bad[] = {
		S(""), S(" "), S(" 1"), S("1 "), S("1\n"), S("-"), S("-0"), S("00"), S("01"), S("+1"),
		S("1.0"), S("1e2"), S("--1"), S("9007199254740992"), S("-9007199254740992"),
		S("99999999999999999999"), S("1x"), S("\xEF\xBB\xBF" "1"), S("nul"), S("truee"), S("True"),
		S("[1, 2]"), S("[1,]"), S("[,1]"), S("[1"), S("[1}"), S("["), S("{"), S("{\"a\""),
		S("{\"a\":"), S("{\"a\":1"), S("{\"a\":1,"), S("{\"a\" :1}"), S("{\"a\": 1}"), S("{a:1}"),
		S("{1:1}"), S("{\"a\":1,}"), S("{\"b\":1,\"a\":1}"), S("{\"a\":1,\"a\":1}"),
		S("{\"ab\":1,\"a\":1}"), S("{\"A\":1,\"\\n\":1}"), S("{\"\\\\\":1,\"\\\"\":1}"), S("\""),
		S("\"a"), S("\"\\"), S("\"\\\""), S("\"\\/\""), S("\"\\u0041\""), S("\"\\u000a\""),
		S("\"\\r\""), S("\"\\b\""), S("\"\\u0001\""), S("\"\\x\""), S("\"\x01\""), S("\"\n\""),
		S("\"\t\""), S("\"\x7F\""), S("\"\0\""), S("\"\xFF\""), S("\"\xED\xA0\x80\""),
		S("\"e\u0301\""), S("\"\u212B\""), S("\"x\\n\u1112\u1161\""), S("{\"e\u0301\":1}"),
		S("'a'"), S("1,2"), S("[]]"), S("[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]"), S("{}{}"), S("\\"),
		S("\0"), S("1\0"),
	};
	const struct str good[] = {
		S("0"), S("-1"), S("9007199254740991"), S("\"\""), S("\"\\\"\\\\\\n\\t\""),
		S("\"\\n\u0301\""), S("\"\\\"\u0338\""), S("\"\u0301\""), S("{\"\":1}"),
		S("{\"\\n\":1,\" \":1,\"\\\"\":1,\"A\":1,\"\\\\\":1,\"a\":1}"),
		S("[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]"), S("[{},[],{\"a\":{}}]"),
		S("{\"a\":1,\"a\\n\":2,\"a \":3}"),
	};

	for (size_t i = 0; i < LEN(bad); i++) {
		if (json_is_canon(bad[i]))
			print_error("taken: " STR_FMT "\n", STR_ARG(bad[i]));
		assert_false(json_is_canon(bad[i]));
	}
	for (size_t i = 0; i < LEN(good); i++) {
		assert_true(json_is_canon(good[i]));
		assert_true(str_eq(canonical(parsed(good[i])), good[i]));
	}
	assert_false(json_is_canon(STR_NONE));
}

/* A small generator with a fixed start: failures repeat. */
static uint64_t seed = 20220603;

static unsigned some(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

static struct str some_text(void)
{
	static const uint32_t from[] = {'a', ' ', 0x4E00, 0x3000, 0x00C0, 0xAC00, 0x20BB7, 0x1F600,
		0xFF01, 0xE000};
	CLEANUP(buf_free) struct buf b = BUF_MAX(1000);

	for (unsigned n = some(some(4) ? 6 : 40); n > 0; n--) {
		char out[4];

		if (!some(6))
			buf_putc(&b, "\n\t\"\\"[some(4)]);
		else
			buf_put(&b, (struct str){out, utf8_put(from[some(LEN(from))] + some(26), out)});
	}
	return arena_str(&a, buf_str(&b));
}

static unsigned budget;   /* values one tree may still have */

static struct node *some_node(int depth)
{
	struct node *n;

	budget -= budget > 0;
	switch (some(depth < JSON_DEPTH && budget ? 8 : 4)) {
	case 0:
		if (some(2))
			return node_num(&a, (int64_t)some(1000) - 500);
		return node_num(&a, some(2) ? (int64_t)(seed >> 11) : -(int64_t)(seed >> 11));
	case 1:
		return node_bool(&a, some(2));
	case 2:
		return node_null(&a);
	case 4: case 5:
		n = node_list(&a);
		for (unsigned i = some(6); i > 0; i--)
			node_push(&a, n, some_node(depth + 1));
		return n;
	case 6: case 7:
		n = node_map(&a);
		for (unsigned i = some(some(10) ? 5 : 40); i > 0; i--) {
			struct str key = some_text();

			if (!node_get(n, key))
				node_set(&a, n, key, some_node(depth + 1));
		}
		return n;
	default:
		return node_str(&a, some_text());
	}
}

static void random_nodes(void **state)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(32 << 20);

	for (int i = 0; i < 3000; i++) {
		struct node *n = (budget = 200, some_node(0));
		struct str once = canonical(n);
		char *changed;

		assert_true(json_is_canon(once));
		assert_true(str_eq(canonical(parsed(once)), once));
		buf_reset(&b);
		json_pretty(&b, n);
		assert_true(str_eq(canonical(parsed(buf_str(&b))), once));

		/* one byte changed: still canonical only if it reads and writes as itself */
		changed = (char *)arena_str(&a, once).p;
		changed[some((unsigned)once.n)] = "{}[],:\"\\0195-entau \n\x7F\xE4"[some(22)];
		if (json_is_canon((struct str){changed, once.n}))
			assert_true(str_eq(canonical(parsed((struct str){changed, once.n})),
				(struct str){changed, once.n}));
		arena_free(&a);
	}
}

static void pretty(void **state)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(1000);

	json_pretty(&b, parsed(S("{\"b\":[1,{\"x\":null}],\"a\":{},\"c\":[],"
		"\"名\":\"\\u0001\\r\\b\\f\\u001f\\u007f\"}")));
	assert_string_equal(b.p,
		"{\n  \"b\": [\n    1,\n    {\n      \"x\": null\n    }\n  ],\n  \"a\": {},\n  \"c\": [],\n"
		"  \"名\": \"\\u0001\\r\\b\\f\\u001f\x7F\"\n}");
	buf_reset(&b);
	json_pretty(&b, node_num(&a, INT64_MIN));
	assert_string_equal(b.p, "-9223372036854775808");
	buf_reset(&b);
	json_quote(&b, S("a\0b\"\\/'<"));
	assert_string_equal(b.p, "\"a\\u0000b\\\"\\\\/'<\"");
	buf_reset(&b);
	json_quote(&b, STR_NONE);
	assert_string_equal(b.p, "\"\"");
}

/* An escape at every place beside the eight-byte steps. */
static void quote_every_place(void **state)
{
	for (unsigned c = 1; c < 0x80; c++)
		for (size_t n = 1; n < 20; n++)
			for (size_t at = 0; at < n; at++) {
				CLEANUP(buf_free) struct buf b = BUF_MAX(200);
				char in[20];
				struct node *back;

				memset(in, 'x', sizeof in);
				in[at] = (char)c;
				json_quote(&b, (struct str){in, n});
				back = parsed(buf_str(&b));
				assert_int_equal(back->text.n, n);
				assert_memory_equal(back->text.p, in, n);
			}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads),
		cmocka_unit_test(reads_decimals),
		cmocka_unit_test(refuses),
		cmocka_unit_test(refuses_marks),
		cmocka_unit_test(refuses_size),
		cmocka_unit_test(canon_bytes),
		cmocka_unit_test(canon_refuses),
		cmocka_unit_test(not_canon),
		cmocka_unit_test(random_nodes),
		cmocka_unit_test(pretty),
		cmocka_unit_test(quote_every_place),
	};

	return cmocka_run_group_tests_name("json", tests, NULL, done);
}
