/* YAML: what is read, and everything that is refused, each with its place. */
#include "unit.h"

#include "base/buf.h"
#include "text/json.h"
#include "text/yaml.h"

static struct arena a;

static int done(void **state)
{
	arena_free(&a);
	return 0;
}

static struct node *parsed(struct str text)
{
	struct err err = {.lang = LANG_EN};
	struct node *n = NULL;

	if (yaml_read(&a, text, &n, &err) != OK)
		print_error("%s\n", err.text);
	assert_int_equal(err.code, OK);
	return n;
}

static void assert_reads(struct str text, const char *json)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(4 << 20);
	struct err err = {.lang = LANG_EN};

	assert_int_equal(json_canon(&b, parsed(text), &err), OK);
	assert_string_equal(b.p, json);
}

static void assert_refused(struct str text, const char *why)
{
	struct err err = {.lang = LANG_EN};
	struct node *n = NULL;

	if (yaml_read(&a, text, &n, &err) == OK)
		print_error("taken: " STR_FMT "\n", STR_ARG(text));
	assert_int_equal(err.code, ERR_INPUT);
	assert_string_equal(err.text, why);
	assert_null(n);
}

static void reads(void **state)
{
	assert_reads(S("a"), "\"a\"");
	assert_reads(S("---\na: b\n...\n"), "{\"a\":\"b\"}");
	assert_reads(S("\xEF\xBB\xBF" "a: b\r\nc: d\r\n"), "{\"a\":\"b\",\"c\":\"d\"}");
	assert_reads(S("# 说明\n名称: 综合科  # 说明\n人数: 3\n空:\n真: yes\n无: ~\n日: 2022-06-03\n"),
		"{\"人数\":\"3\",\"名称\":\"综合科\",\"无\":\"~\","
		"\"日\":\"2022-06-03\",\"真\":\"yes\",\"空\":\"\"}");
	assert_reads(S("- a\n-\n  - 'it''s'\n  - \"x\\ty\\u4e2d\"\n- {k: [1, 2], \"q\": }\n"),
		"[\"a\",[\"it's\",\"x\\ty中\"],{\"k\":[\"1\",\"2\"],\"q\":\"\"}]");
	assert_reads(S("a: |\n  one\n   two\n\nb: >-\n  one\n  two\n"),
		"{\"a\":\"one\\n two\\n\",\"b\":\"one two\"}");
	assert_reads(S("a: one\n  two\n\n  three\n"), "{\"a\":\"one two\\nthree\"}");
	assert_reads(S("cafe\u0301: \"e\\u0301\"\n"), "{\"café\":\"é\"}");
	assert_reads(S("\"<<\": x\n"), "{\"<<\":\"x\"}");
	assert_reads(S("? a\n: b\n"), "{\"a\":\"b\"}");
	assert_reads(S("url: http://x.cn/a?b=c#d\nt: 12:30\n"),
		"{\"t\":\"12:30\",\"url\":\"http://x.cn/a?b=c#d\"}");
	assert_reads(S("喆: 𠮷䶮\n"), "{\"喆\":\"𠮷䶮\"}");
	assert_reads(S("a:\tb\n"), "{\"a\":\"b\"}");
	assert_reads(S("''"), "\"\"");
	assert_reads(S("[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]"), "[[[[[[[[[[[[[[[[\"x\"]]]]]]]]]]]]]]]]");
}

static void keeps_places(void **state)
{
	struct node *n = parsed(S("# first\n名称: '综合科'\nlist:\n"
		"  - a\n  - b: \"c\"\n    d: |\n      e\n"));
	struct node *list, *map;

	assert_true(n->line == 2 && n->col == 1);
	assert_true(n->keys[0]->line == 2 && n->keys[0]->col == 1 && !n->keys[0]->quoted);
	assert_true(n->items[0]->line == 2 && n->items[0]->col == 5 && n->items[0]->quoted);
	assert_int_equal(n->items[0]->kind, NODE_TEXT);
	list = NODE_GET(n, "list");
	assert_true(list->kind == NODE_LIST && list->line == 4 && list->col == 3 && list->n == 2);
	assert_true(list->items[0]->line == 4 && list->items[0]->col == 5);
	map = list->items[1];
	assert_true(map->kind == NODE_MAP && map->line == 5 && map->col == 5);
	assert_true(map->items[0]->line == 5 && map->items[0]->col == 8 && map->items[0]->quoted);
	assert_true(map->keys[1]->line == 6 && map->keys[1]->col == 5);
	assert_true(map->items[1]->line == 6 && map->items[1]->col == 8 && !map->items[1]->quoted);
}

#define ANCHORS "anchors (&name) are not read; a text that begins with & must stand in quotes"
#define ALIASES "aliases (*name) are not read; a text that begins with * must stand in quotes"
#define TAGS    "tags (!name) are not read; a text that begins with ! must stand in quotes"

static void refuses_what_is_yaml(void **state)
{
	assert_refused(S(""), "line 1, column 1: the document is empty");
	assert_refused(STR_NONE, "line 1, column 1: the document is empty");
	assert_refused(S("\n# nothing\n"), "line 1, column 1: the document is empty");
	assert_refused(S("---\n...\n"), "line 1, column 1: the document is empty");
	assert_refused(S("a: &x 1\n"), "line 1, column 4: " ANCHORS);
	assert_refused(S("a:\n  - &x [1]\n"), "line 2, column 5: " ANCHORS);
	assert_refused(S("&x {a: 1}\n"), "line 1, column 1: " ANCHORS);
	assert_refused(S("a: *x\n"), "line 1, column 4: " ALIASES);
	assert_refused(S("- 1\n- !!int 2\n"), "line 2, column 3: " TAGS);
	assert_refused(S("a: ! b\n"), "line 1, column 4: " TAGS);
	assert_refused(S("!x [a]\n"), "line 1, column 1: " TAGS);
	assert_refused(S("!x {a: b}\n"), "line 1, column 1: " TAGS);
	assert_refused(S("a: 1\n<<: {b: 2}\n"), "line 2, column 1: merge keys (<<) are not read");
	assert_refused(S("a: 1\nb: 2\na: 3\n"), "line 3, column 1: the key \"a\" stands in line 1 already");
	assert_refused(S("x:\n  'a': 1\n  a: 3\n"),
		"line 3, column 3: the key \"a\" stands in line 2 already");
	assert_refused(S("é: 1\ne\u0301: 3\n"), "line 2, column 1: the key \"é\" stands in line 1 already");
	assert_refused(S("{a: 1, a: 2}"), "line 1, column 8: the key \"a\" stands in line 1 already");
	assert_refused(S("? [a]\n: b\n"), "line 1, column 3: a key must be one line of text");
	assert_refused(S("{a: b}: c\n"), "line 1, column 1: a key must be one line of text");
	assert_refused(S("? |\n  a\n  b\n: c\n"), "line 1, column 3: a key must be one line of text");
	assert_refused(S("{a: 1, '': b}\n"), "line 1, column 8: a key is missing before the colon");
	assert_refused(S("\n?\n: b\n"), "line 2, column 2: a key is missing before the colon");
	assert_refused(S("a: 1\n: b\n"),
		"line 2, column 1: a key is expected here; is the line indented like those above?");
	assert_refused(S("'': b\n"), "line 1, column 1: a key is missing before the colon");
	assert_refused(S("a: 1\n---\nb: 2\n"),
		"line 2, column 1: a second document begins here; a file holds one");
	assert_refused(S("a: 1\n...\n---\nb: 2\n"),
		"line 3, column 1: a second document begins here; a file holds one");
	assert_refused(S("%YAML 1.1\n---\na: 1\n"),
		"line 1, column 1: directives (%YAML, %TAG) are not read");
	assert_refused(S("%TAG ! tag:x,2000:\n---\na: 1\n"),
		"line 1, column 1: directives (%YAML, %TAG) are not read");
	assert_refused(S("- [[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]"),
		"line 1, column 18: nested deeper than 16 levels");
	assert_refused(S("a: \"x\\0\"\n"), "line 1, column 4: a control character (U+0000) in a text");
	assert_refused(S("a: \"x\\x7f\"\n"), "line 1, column 4: a control character (U+007F) in a text");
	assert_refused(S("\"\\r\": 1\n"), "line 1, column 1: a control character (U+000D) in a text");
}

#define MARKS \
	"\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301"

static void refuses_what_is_none(void **state)
{
	assert_refused(S("a:\n\tb: 1\n"), "line 2, column 1: a tab; indent with blanks");
	assert_refused(S("a: 名\n名: |\n  x\n \ty\n"), "line 4, column 2: a tab; indent with blanks");
	assert_refused(S("a: b: c\n"),
		"line 1, column 5: a colon out of place, or the line is indented wrongly");
	assert_refused(S("a: 1\n  b: 2\n"),
		"line 2, column 4: a colon out of place, or the line is indented wrongly");
	assert_refused(S("a: - b\n"),
		"line 1, column 4: a \"- \" out of place, or the line is indented wrongly");
	assert_refused(S("a: 1\nb\nc: 2\n"), "line 2, column 1: a colon is missing behind a key");
	assert_refused(S("a:\n  - b\n c: 1\n"),
		"line 3, column 2: a key is expected here; is the line indented like those above?");
	assert_refused(S("- a\nb: c\n"),
		"line 2, column 1: a \"- \" is expected here; is the line indented like those above?");
	assert_refused(S("a: [b, c\nd: e\n"), "line 2, column 2: a comma or ] is missing");
	assert_refused(S("a: {b: c\n"), "line 2, column 1: a comma or } is missing");
	assert_refused(S("a: @b\n"),
		"line 1, column 4: a text can't begin with this character; put it in quotes");
	assert_refused(S("a: 1\nb: \"中文\nc: 2\n"),
		"line 2, column 4: the quotation that begins here does not end");
	assert_refused(S("a: 'b\n---\n"), "line 1, column 4: the quotation that begins here does not end");
	assert_refused(S("a: \"C:\\Users\"\n"),
		"line 1, column 9: an unknown escape behind \\; in single quotes a \\ is a \\");
	assert_refused(S("a: \"b\" c\n"),
		"line 1, column 8: a key is expected here; is the line indented like those above?");
	assert_refused(S("a: | b\n  c\n"),
		"line 1, column 6: nothing more may stand in the line of a | or >");
	assert_refused(S("a: *\n"), "line 1, column 5: a text that begins with & or * must stand in quotes");
	assert_refused(S("a\n...\nb\n"),
		"line 3, column 1: nothing may follow behind the end of the document");
	assert_refused(S("a: \"D:\\data\"\n"),
		"line 1, column 7: an unknown escape behind \\; in single quotes a \\ is a \\");
	assert_refused(S("a: \"\\ud800\"\n"),
		"line 1, column 7: an unknown escape behind \\; in single quotes a \\ is a \\");
	assert_refused(S("a: |0\n  b\n"),
		"line 1, column 5: not YAML: found an indentation indicator equal to 0");
	assert_refused(S("a: 1\n名: x\x07\n"), "line 2, column 5: a control character");
	assert_refused(S("a: 1\n名: x\0\n"), "line 2, column 5: a control character");
	assert_refused(S("a: 1\n名: \xFF\n"), "line 2, column 4: not valid UTF-8 text");
	assert_refused(S("\xFF\xFE" "a\0"), "line 1, column 1: not valid UTF-8 text");
	assert_refused(S("名: \"e" MARKS MARKS MARKS "\\u0301\"\n"),
		"line 1, column 4: more than 30 combining marks in a row");
}

/* One MiB of one thing over and over: an answer at once, not after minutes. */
static void large(void **state)
{
	static const char *const parts[] = {"- ", "[", "{", "a: ", "? ", "- a\n", "'", "a\n", "[a,", ": ",
		"&a ", "!a ", "#", "\n",
		" ", "|\n", "{a: ", "\"\\u0301", "- - a\n", "\xE4\xB8\xAD", "\t", "%\n", "--- ", ","};

	for (size_t i = 0; i < LEN(parts); i++) {
		CLEANUP(buf_free) struct buf b = BUF_MAX(YAML_BYTES + 10);
		struct err err = {.lang = LANG_EN};
		struct node *n;

		while (b.n + strlen(parts[i]) <= YAML_BYTES)
			buf_put(&b, str_c(parts[i]));
		yaml_read(&a, buf_str(&b), &n, &err);
		arena_free(&a);
		if (i)
			continue;
		while (b.n <= YAML_BYTES)
			buf_putc(&b, ' ');
		err_clear(&err);
		assert_int_equal(yaml_read(&a, buf_str(&b), &n, &err), ERR_LIMIT);
		assert_string_equal(err.text, "1048577 bytes of YAML, at most 1048576 are read");
	}
}

static void many_keys(void **state)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(YAML_BYTES);

	for (int i = 0; i < 50000; i++)
		buf_printf(&b, "key%d: %d\n", i, i);
	assert_int_equal(parsed(buf_str(&b))->n, 50000);
	buf_printf(&b, "key777: x\n");
	assert_refused(buf_str(&b), "line 50001, column 1: the key \"key777\" stands in line 778 already");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads),
		cmocka_unit_test(keeps_places),
		cmocka_unit_test(refuses_what_is_yaml),
		cmocka_unit_test(refuses_what_is_none),
		cmocka_unit_test(large),
		cmocka_unit_test(many_keys),
	};

	return cmocka_run_group_tests_name("yaml", tests, NULL, done);
}
