/* Width of text, tables and the reading of a command line. */
#include "unit.h"

#include "base/buf.h"
#include "cli/cmd.h"
#include "cli/table.h"
#include "cli/width.h"

#include <stdio.h>

/* ---- width ---- */

static void test_width(void **state)
{
	assert_int_equal(width_text(S("")), 0);
	assert_int_equal(width_text(S("abc")), 3);
	assert_int_equal(width_text(S("责任")), 4);
	assert_int_equal(width_text(S("，。（）：")), 10); /* full-width punctuation */
	assert_int_equal(width_text(S("ａ１")), 4); /* full-width forms */
	assert_int_equal(width_text(S("ｱ")), 1); /* half-width kana */
	assert_int_equal(width_text(S("\xF0\xA0\x80\x80")), 2); /* U+20000 */
	assert_int_equal(width_text(S("\xF0\x9F\x98\x80")), 2); /* U+1F600 */
	assert_int_equal(width_text(S("e\xCC\x81")), 1); /* combining acute */
	assert_int_equal(width_text(S("a\xE2\x80\x8B" "b")), 2); /* zero width space */
	assert_int_equal(width_text(S("…—“”①")), 5); /* ambiguous: one each */
	assert_int_equal(width_text(S("\x1B\x07\xC2\x9B")), 0);
	assert_int_equal(width_char(0x3000), 2);
	assert_int_equal(width_char(0x303F), 1);
	assert_int_equal(width_char(0xAC00), 2);
	assert_int_equal(width_char(0x10FFFF), 1);
}

static void test_cut(void **state)
{
	assert_true(str_is(width_cut(S("责任体系"), 4), "责任"));
	assert_true(str_is(width_cut(S("责任体系"), 5), "责任"));
	assert_true(str_is(width_cut(S("责任体系"), 1), ""));
	assert_true(str_is(width_cut(S("责任体系"), 0), ""));
	assert_true(str_is(width_cut(S("ab"), 9), "ab"));
	assert_true(str_is(width_cut(S("e\xCC\x81x"), 1), "e\xCC\x81"));
}

static void pad_is(const char *s, int cols, bool right, const char *want)
{
	struct buf b = BUF_MAX(256);

	width_pad(&b, str_c(s), cols, right);
	assert_string_equal(b.p ? b.p : "", want);
	buf_free(&b);
}

static void test_pad(void **state)
{
	pad_is("责任", 6, false, "责任  ");
	pad_is("责任", 6, true, "  责任");
	pad_is("责任", 4, false, "责任");
	pad_is("责任体系", 5, false, "责任…");
	pad_is("责任体系", 4, false, "责… "); /* two do not fit beside the … */
	pad_is("责任体系", 4, true, " 责…");
	pad_is("abc", 1, false, "…");
	pad_is("abc", 0, false, "");
	pad_is("", 2, false, "  ");
}

static void clean_is(struct str s, bool lines, const char *want)
{
	struct buf b = BUF_MAX(256);

	width_clean(&b, s, lines);
	assert_string_equal(b.p ? b.p : "", want);
	buf_free(&b);
}

static void test_clean(void **state)
{
	clean_is(S("会议 ok"), false, "会议 ok");
	clean_is(S("a\x1B[31mb"), false, "a�[31mb");
	clean_is(S("a\xC2\x9B" "31mb"), false, "a�31mb"); /* C1: CSI in one character */
	clean_is(S("a\x7F\x08" "b"), false, "a��b");
	clean_is(S("a\nb\tc"), false, "a b c");
	clean_is(S("a\nb\tc"), true, "a\nb\tc");
	clean_is(S("a\r\nb\rc"), true, "a\nb�c"); /* a bare CR would write over the line */
	clean_is(S("a\xE2\x80\xAE" "b"), false, "a�b"); /* U+202E turns the line round */
	clean_is(S("a\xE2\x80\xA8" "b"), true, "a b"); /* U+2028 */
	clean_is(S("a\xFF\xE8\xB4" "b"), false, "a���b");
	clean_is((struct str){"a\0b", 3}, false, "a�b");
}

/* ---- tables ---- */

static void put_buf(void *ctx, struct str s)
{
	buf_put(ctx, s);
}

static void table_is(const struct table *t, int width, bool colour, const char *want)
{
	struct buf b = BUF_MAX(4096);

	table_write(t, LANG_EN, width, colour, put_buf, &b);
	assert_string_equal(b.p, want);
	buf_free(&b);
}

static void test_table(void **state)
{
	static const char *const heads[] = {"no", "what", "n"};
	struct arena a = ARENA_INIT;
	struct table *t = table_new(&a, 3, heads, "llr");

	table_is(t, 0, false, "no  what  n\n--  ----  -\n");
	table_row(t, (const struct str[]){S("1"), S("党组会"), S("12")});
	table_row(t, (const struct str[]){S("2"), S("a\nb"), S("")});
	table_is(t, 0, false,
		"no  what     n\n"
		"--  ------  --\n"
		"1   党组会  12\n"
		"2   a b       \n");
	table_is(t, 0, true,
		"\033[4mno  what     n\033[0m\n"
		"1   党组会  12\n"
		"2   a b       \n");
	arena_free(&a);
}

static void test_table_narrow(void **state)
{
	static const char *const heads[] = {"a", "b"};
	struct arena a = ARENA_INIT;
	struct table *t = table_new(&a, 2, heads, "ll");

	table_row(t, (const struct str[]){S("意识形态工作责任制"), S("short")});
	table_is(t, 15, false,
		"a         b\n"
		"--------  -----\n"
		"意识形…   short\n");
	/* columns are never narrower than six, whatever the terminal */
	table_is(t, 3, false,
		"a       b\n"
		"------  -----\n"
		"意识…   short\n");
	/* no blanks at the end of a line */
	table_row(t, (const struct str[]){S("x"), S("y")});
	table_is(t, 80, false,
		"a                   b\n"
		"------------------  -----\n"
		"意识形态工作责任制  short\n"
		"x                   y\n");
	arena_free(&a);
}

static void test_text(void **state)
{
	struct arena a = ARENA_INIT;
	int64_t us;

	assert_true(time_parse(S("2022-06-03T08:15:00.123Z"), &us));
	assert_string_equal(text_time(&a, us).p, "2022-06-03 16:15");
	assert_true(time_parse(S("2022-12-31T16:00:00.000Z"), &us));
	assert_string_equal(text_time(&a, us).p, "2023-01-01 00:00");
	assert_string_equal(text_time(&a, 0).p, "1970-01-01 08:00");
	assert_string_equal(text_line(&a, S("a\n\x1B")).p, "a �");
	arena_free(&a);
}

/* ---- the command line ---- */

struct given {
	struct arena arena;
	struct cli c;
	struct err err;
	enum cmd_ask ask;
	char *argv[32];
	char room[32][80];
};

/* Words with one blank between; "_" stands for an empty word. */
static enum err_code parse(struct given *g, const char *line)
{
	struct str rest = str_c(line), word;
	int argc = 0;

	arena_free(&g->arena);
	*g = (struct given){.c = {.arena = &g->arena}};
	while (str_cut(&rest, S(" "), &word)) {
		if (str_is(word, "_"))
			word.n = 0;
		snprintf(g->room[argc], sizeof g->room[argc], STR_FMT, STR_ARG(word));
		g->argv[argc] = g->room[argc];
		argc++;
	}
	return cmd_parse(&g->c, argc, g->argv, &g->ask, &g->err);
}

static void wrong(const char *line, const char *what)
{
	print_error("%s: %s\n", line, what);
	assert_true(false);
}

static void good(struct given *g, const char *line)
{
	if (parse(g, line) != OK)
		wrong(line, g->err.text);
}

static void refused(struct given *g, const char *line, const char *text)
{
	if (parse(g, line) == OK)
		wrong(line, "taken");
	assert_int_equal(g->err.code, ERR_USAGE);
	if (!strstr(g->err.text, text))
		wrong(line, g->err.text);
}

static int setup(void **state)
{
	unsetenv("ZEREN_DATA");
	setenv("ZEREN_LANG", "en", 1);
	*state = calloc(1, sizeof(struct given));
	return 0;
}

static int teardown(void **state)
{
	struct given *g = *state;

	arena_free(&g->arena);
	free(g);
	return 0;
}

static void test_order(void **state)
{
	static const char *const lines[] = {
		"zeren --lang en --data d register meeting --year 2022 --all",
		"zeren register --year 2022 meeting --all --lang=en --data=d",
		"zeren --data d register --all --year=2022 -- meeting",
		"zeren register meeting --all --data d --year 2022 --data d",
	};
	struct given *g = *state;

	for (size_t i = 0; i < LEN(lines); i++) {
		good(g, lines[i]);
		assert_int_equal(g->ask, ASK_RUN);
		assert_string_equal(g->c.command->name, "register");
		assert_string_equal(g->c.data, "d");
		assert_int_equal(g->c.lang, LANG_EN);
		assert_int_equal(g->c.nargs, 1);
		assert_string_equal(g->c.args[0], "meeting");
		assert_string_equal(cli_opt(&g->c, "year"), "2022");
		assert_true(cli_flag(&g->c, "all"));
		assert_null(cli_opt(&g->c, "where"));
		assert_false(g->c.json);
	}
	setenv("POSIXLY_CORRECT", "1", 1);
	good(g, lines[1]);
	assert_true(cli_flag(&g->c, "all"));
	unsetenv("POSIXLY_CORRECT");
}

static void test_values(void **state)
{
	struct given *g = *state;
	int64_t n = 7;
	struct date d = DATE_NONE;

	good(g, "zeren register --sort -date --where --all"); /* a value may begin with - */
	assert_string_equal(cli_opt(&g->c, "sort"), "-date");
	assert_string_equal(cli_opt(&g->c, "where"), "--all");
	assert_false(cli_flag(&g->c, "all"));
	assert_int_equal(cli_int(&g->c, "limit", 0, 9, &n, &g->err), OK);
	assert_int_equal(n, 7);
	good(g, "zeren register --limit 3 --on 2022-06-03");
	assert_int_equal(cli_int(&g->c, "limit", 0, 9, &n, &g->err), OK);
	assert_int_equal(n, 3);
	assert_int_equal(cli_int(&g->c, "limit", 3, 3, &n, &g->err), OK);
	assert_int_equal(cli_date(&g->c, "on", &d, &g->err), OK);
	assert_int_equal(date_ymd(d).d, 3);
	good(g, "zeren register --limit 10 --on 2022-02-30");
	assert_int_equal(cli_int(&g->c, "limit", 0, 9, &n, &g->err), ERR_USAGE);
	assert_int_equal(n, 3);
	err_clear(&g->err);
	assert_int_equal(cli_date(&g->c, "on", &d, &g->err), ERR_USAGE);
	good(g, "zeren register --limit 1x");
	assert_int_equal(cli_int(&g->c, "limit", 0, INT64_MAX, &n, &g->err), ERR_USAGE);
	good(g, "zeren import a b c --partial -- --accept");
	assert_int_equal(g->c.nargs, 4);
	assert_string_equal(g->c.args[3], "--accept");
	assert_false(cli_flag(&g->c, "accept"));
	assert_string_equal(g->c.data, "zeren-data");
	/* outside text comes in as NFC, names of files stay as they are */
	good(g, "zeren undo 3 --why e\xCC\x81");
	assert_string_equal(cli_opt(&g->c, "why"), "\xC3\xA9");
	good(g, "zeren import e\xCC\x81");
	assert_string_equal(g->c.args[0], "e\xCC\x81");
	good(g, "zeren record add meeting --file a.pdf=x --year 2022 --file b.pdf=y");
	assert_string_equal(cli_opt(&g->c, "file"), "a.pdf=x\nb.pdf=y");
}

static void test_refused(void **state)
{
	struct given *g = *state;

	refused(g, "zeren", "import");
	refused(g, "zeren _", "there is no command ");
	refused(g, "zeren lgo", "did you mean log?");
	refused(g, "zeren regist", "did you mean register?");
	refused(g, "zeren verfy", "did you mean verify?");
	refused(g, "zeren nonsense", "zeren help lists them");
	refused(g, "zeren log --limt 3", "did you mean --limit?");
	refused(g, "zeren log --limt=3", "no option --limt; did you mean --limit?");
	refused(g, "zeren log --nonsense", "zeren help log");
	refused(g, "zeren log --accept", "zeren help log");
	refused(g, "zeren --accept log", "before the command");
	refused(g, "zeren import x --acc", "did you mean --accept?"); /* no beginnings for the whole */
	refused(g, "zeren import x --accept=yes", "--accept takes no value");
	refused(g, "zeren log --from", "--from: a value is expected: N");
	refused(g, "zeren log --from=", "--from: a value is expected: N");
	refused(g, "zeren log --from _", "--from: a value is expected: N");
	refused(g, "zeren log --from 1 --from 2", "--from is given twice");
	refused(g, "zeren log -x", "no option -x");
	refused(g, "zeren log 1 2", "2 is one too many");
	refused(g, "zeren verify x", "x is one too many");
	refused(g, "zeren import", "is missing");
	refused(g, "zeren import _", "empty");
	refused(g, "zeren scheme", "is missing");
	refused(g, "zeren version a.yaml", "a.yaml is one too many");
	refused(g, "zeren log --lang de", "zh or en");
	refused(g, "zeren log --lang e", "zh or en");
	refused(g, "zeren log --color yes", "auto, always or never");
	refused(g, "zeren log a\xFF", "word 2");
	refused(g, "zeren log --json --nonsense", "--nonsense");
	assert_true(g->c.json);
	refused(g, "zeren nonsense --json", "nonsense");
	assert_true(g->c.json);
	refused(g, "zeren nonsense -- --json", "nonsense");
	assert_false(g->c.json);
}

static void test_ask(void **state)
{
	struct given *g = *state;

	good(g, "zeren --help");
	assert_int_equal(g->ask, ASK_HELP);
	assert_null(g->c.command);
	good(g, "zeren import --help"); /* whatever is missing */
	assert_int_equal(g->ask, ASK_HELP);
	assert_string_equal(g->c.command->name, "import");
	good(g, "zeren -h scheme");
	assert_int_equal(g->ask, ASK_HELP);
	assert_string_equal(g->c.command->name, "scheme");
	good(g, "zeren --version");
	assert_int_equal(g->ask, ASK_VERSION);
}

static void test_lang(void **state)
{
	struct given *g = *state;

	setenv("LANG", "en_US.UTF-8", 1);
	unsetenv("ZEREN_LANG");
	good(g, "zeren log");
	assert_int_equal(g->c.lang, LANG_ZH);
	setenv("ZEREN_LANG", "", 1);
	good(g, "zeren log");
	assert_int_equal(g->c.lang, LANG_ZH);
	setenv("ZEREN_LANG", "en_GB.UTF-8", 1);
	good(g, "zeren log");
	assert_int_equal(g->c.lang, LANG_EN);
	good(g, "zeren log --lang zh");
	assert_int_equal(g->c.lang, LANG_ZH);
	setenv("ZEREN_LANG", "eng", 1);
	assert_int_equal(parse(g, "zeren log"), ERR_USAGE);
	good(g, "zeren log --lang en");
	setenv("ZEREN_LANG", "en", 1);
	setenv("ZEREN_DATA", "/srv/z", 1);
	good(g, "zeren log");
	assert_string_equal(g->c.data, "/srv/z");
	unsetenv("ZEREN_DATA");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_width),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_pad),
		cmocka_unit_test(test_clean),
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_table_narrow),
		cmocka_unit_test(test_text),
		cmocka_unit_test_setup_teardown(test_order, setup, teardown),
		cmocka_unit_test_setup_teardown(test_values, setup, teardown),
		cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_ask, setup, teardown),
		cmocka_unit_test_setup_teardown(test_lang, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
