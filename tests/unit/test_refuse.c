/* Refusals: what a name was meant for, and where in a file something stands. */
#include "unit.h"

#include "base/near.h"
#include "base/utf8.h"

static void test_near(void **state)
{
	static const char *const names[] = {"log", "verify", "version", "register", "办公室主任", "综合科"};
	static const struct {
		const char *word, *meant;
	} cases[] = {
		{"lgo", "log"},           /* two letters swapped */
		{"l", "log"},             /* the only one that begins so */
		{"verif", "verify"},
		{"reg", "register"},
		{"ver", NULL},            /* two begin so, neither is near */
		{"verison", "version"},
		{"ol", NULL},
		{"o", NULL},              /* a single character is like nothing */
		{"", NULL},
		{"登记", NULL},
		{"办工室主任", "办公室主任"},
		{"综合", "综合科"},
		{"综台科", "综合科"},
		{"科", NULL},
		{"a very long word that is nothing like any of the names in the table of commands", NULL},
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		const char *found = nearest_name(str_c(cases[i].word), names, LEN(names), sizeof *names);

		if (!cases[i].meant)
			assert_null(found);
		else
			assert_string_equal(found, cases[i].meant);
	}
	assert_null(nearest_name(S("log"), names, 0, sizeof *names));
}

/* A thing that goes by two names that are the same counts once; empty names count for nothing. */
static void test_near_names(void **state)
{
	struct near near = near_to(S("综合")), none = near_to(S("综合"));

	near_offer(&near, S("综合科"));
	near_offer(&near, S("综合科"));
	near_offer(&near, STR_NONE);
	assert_true(str_is(near_found(&near), "综合科"));
	near_offer(&near, S("综合治理办公室"));
	assert_true(str_is(near_found(&near), "综合科"));    /* no longer the only one, but near */
	assert_int_equal(near_found(&none).n, 0);
}

static void test_near_say(void **state)
{
	for (enum lang lang = LANG_ZH; lang <= LANG_EN; lang++) {
		struct err err = {.lang = lang};
		struct near near = near_to(S("办工室"));

		fail(&err, ERR_NOT_FOUND, "there is no post '%s'", "办工室");
		assert_int_equal(near_say(&near, &err), ERR_NOT_FOUND);
		assert_null(strstr(err.text, lang == LANG_ZH ? "是不是" : "did you mean"));
		near_offer(&near, S("办公室"));
		assert_int_equal(near_say(&near, &err), ERR_NOT_FOUND);
		assert_non_null(strstr(err.text, lang == LANG_ZH ? "，是不是“办公室”？" : "; did you mean '办公室'?"));
	}
}

/* A refusal that fills its room is cut between characters. */
static void test_more_long(void **state)
{
	struct err err = {.lang = LANG_EN};
	struct near near = near_to(S("办工室"));

	near_offer(&near, S("办公室"));
	fail(&err, ERR_INPUT, "%s", "x");
	for (size_t i = 0; i < sizeof err.text; i++)
		err_more(&err, "%s", "责任");
	near_say(&near, &err);
	assert_true(utf8_valid(str_c(err.text)));
}

static void test_places(void **state)
{
	static const struct {
		const char *text;               /* in Chinese, as the innermost call says it */
		const char *at[3];              /* places put before it, from within */
		const char *want;
	} cases[] = {
		{"没有表头", {"台账.xlsx"}, "台账.xlsx：没有表头"},
		{"第3行：没有表头", {"台账.xlsx"}, "台账.xlsx 第3行：没有表头"},
		{"第3行第7列：数值过大", {"org.json"}, "org.json 第3行第7列：数值过大"},
		{"“日期”栏：不是日期", {"第3行", "台账.xlsx"}, "台账.xlsx 第3行“日期”栏：不是日期"},
		{"“起”栏：不是日期", {"工作表“任职”第2行", "org.xlsx"}, "org.xlsx 工作表“任职”第2行“起”栏：不是日期"},
		{"第12条记录：引号没有配对", {"台账.csv"}, "台账.csv 第12条记录：引号没有配对"},
		{"没有这个字符串", {"单元格 C3", "工作表“会议”", "台账.xlsx"}, "台账.xlsx 工作表“会议”单元格 C3：没有这个字符串"},
		{"第3行：没有表头", {"工作表“会议”", "台账.xlsx"}, "台账.xlsx 工作表“会议”第3行：没有表头"},
		{"第12号事件缺失", {"log"}, "log：第12号事件缺失"},
		{"第二验证已经启用", {"zhang"}, "zhang：第二验证已经启用"},
		{"第", {"x"}, "x：第"},
		{"“甲”不是日期", {"x"}, "x：“甲”不是日期"},
		{"“甲", {"x"}, "x：“甲"},
		{"", {"x"}, "x："},
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		struct err zh = {.lang = LANG_ZH}, en = {.lang = LANG_EN};

		fail(&zh, ERR_INPUT, "%s", cases[i].text);
		fail(&en, ERR_INPUT, "%s", "bad");
		for (size_t k = 0; k < LEN(cases[i].at) && cases[i].at[k]; k++) {
			err_at(&zh, "%s", cases[i].at[k]);
			err_at(&en, "%s", "at");
		}
		assert_string_equal(zh.text, cases[i].want);
		assert_true(!strncmp(en.text, "at: ", 4));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_near),
		cmocka_unit_test(test_near_names),
		cmocka_unit_test(test_near_say),
		cmocka_unit_test(test_more_long),
		cmocka_unit_test(test_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
