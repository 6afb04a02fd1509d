/* Redaction: levels, each with what those before it hide; words out of the organisation; what an author may get
 * wrong. */
#include "report_world.h"

#define OWN \
	"## 引言\n青溪区委和石桥镇抓得紧，张一、李二和王主任于2022年3月4日到石桥镇第3小学、石桥镇中学，青溪和云岭市住房和城乡建设局" \
	"来了９人，四个方面。\n"

#define LEVELS(text) "  redact:\n" text
#define NO_REDACT \
	"report:\n" \
	"  title: \"{office.short}{year}年报告（{on}）\"\n" \
	"  own: 引言\n" \
	"  lead: \"青溪区开会{meetings.total}次（{meetings.dates}），研判{D01.done}次，{meetings.people}人。\"\n"
#define SECTIONS \
	"  sections:\n" \
	"    - heading: 石桥镇的事\n" \
	"      say: {of: meeting, each: \"{date}{name}{people:unit}\", most: 1}\n"

/* The text as a level has it. */
static struct str redacted(struct fix *f, const char *levels, const char *level)
{
	struct unit units[] = {
		{.code = S("U0"), .name = S("中共云岭市青溪区委员会"), .short_name = S("青溪区委"), .kind = S("上级")},
		{.code = S("U1"), .name = S("青溪区政府办公室"), .short_name = S("区府办"), .kind = S("本单位")},
		{.code = S("U2"), .name = S("石桥镇"), .short_name = S("石桥镇"), .kind = S("乡镇")},
		{.code = S("U3"), .name = S("石桥镇第3小学"), .short_name = S("3小"), .kind = S("学校")},
		{.code = S("U4"), .name = S("住房和城乡建设局"), .short_name = S("住建局"), .kind = S("部门")},
	};
	struct post posts[] = {
		{.code = S("P1"), .name = S("主任"), .unit = S("U1"), .role = S("第一责任人")},
		{.code = S("P2"), .name = S("科长"), .unit = S("U1"), .role = S("科室负责人")},
	};
	struct holder holders[] = {
		{.post = S("P1"), .name = S("张一")},
		{.post = S("P2"), .name = S("李二")},
		{.post = S("P2"), .name = S("王")}, /* one character: not hidden */
	};
	static struct tiny w;
	struct narrative own;
	struct report_opt opt = {.lang = LANG_EN, .redact = true, .level = str_c(level)};
	struct report r;
	struct org org;

	tiny_world(f, arena_printf(&f->a, "%s%s%s%s", RECORDS, NO_REDACT, levels, SECTIONS).p, MEETINGS, PLANS, &w);
	org = w.org;
	org.units = units;
	org.nunits = LEN(units);
	org.posts = posts;
	org.nposts = LEN(posts);
	org.holders = holders;
	org.nholders = LEN(holders);
	w.facts.org = &org;
	ok(f, narrative_read(&f->a, S(OWN), &own, &f->err));
	ok(f, report_compose(&w.figures, &own, opt, &r, &f->err));
	for (size_t i = 0; i < r.nspans; i++) /* each span that was changed keeps what it was */
		if (str_is(r.spans[i].text, "*") || str_is(r.spans[i].text, "某"))
			assert_true(r.spans[i].value.n > 0);
	return text_of(f, &r);
}

#define TWO \
	LEVELS("    - level: 内部\n" \
	       "      places: \"**\"\n" \
	       "      people: {sign: 某, kind: 第一责任人}\n" \
	       "    - level: 公开\n" \
	       "      figures: \"*\"\n" \
	       "      dates: X\n" \
	       "      units: {sign: 某单位, kind: [学校, 部门], keep: 住建局}\n" \
	       "      people: 某某\n" \
	       "      words: {方面: 点, 石桥镇中学: 某中学}\n")

static void test_lower(void **state)
{
	same(redacted(*state, TWO, "内部"),
		S("区府办2022年报告（2022年12月31日）\n"
		  "**区委和**镇抓得紧，某、李二和王主任于2022年3月4日到**镇第3小学、**镇中学，**和**市住房和城乡建设局来了９人，四个方面。\n"
		  "**区开会3次（3月4日、6月3日、9月1日），研判2次，30人。\n"
		  "一、**镇的事\n"
		  "3月4日一季度会12人\n"));
}

/* All of the lower one, and more; the higher one's signs; the longest word; a number within a word goes with it. */
static void test_higher(void **state)
{
	struct str text = redacted(*state, TWO, "公开");

	same(text, S("区府办2022年报告（2022年X月X日）\n"
		     "**区委和**镇抓得紧，某某、某某和王主任于*年*月*日到某单位、某中学，**和**市某单位来了*人，四个点。\n"
		     "**区开会*次（*），研判*次，*人。\n"
		     "一、**镇的事\n"
		     "X月X日一季度会*人\n"));
}

static void test_last_is_default(void **state)
{
	same(redacted(*state, TWO, ""), redacted(*state, TWO, "公开"));
}

/* Figures of one origin, or of some names; days alone. */
static void test_some_figures(void **state)
{
	struct fix *f = *state;
	struct str text = redacted(f, LEVELS("    - {level: a, figures: {sign: \"*\", kind: [duty, record]}}\n"), "a");

	assert_true(str_has(text, S("青溪区开会3次（3月4日、6月3日、9月1日），研判*次，30人。")));
	assert_true(str_has(text, S("3月4日一季度会*人")));
	assert_true(str_has(text, S("来了９人")));
	text = redacted(f, LEVELS("    - {level: a, figures: {sign: N, of: [\"meetings.*\"], keep: meetings.total}}\n"), "a");
	assert_true(str_has(text, S("青溪区开会3次（N），研判2次，N人。")));
	assert_true(str_has(text, S("来了９人")));
	text = redacted(f, LEVELS("    - {level: a, figures: {sign: \"*\", kind: typed}}\n"), "a");
	assert_true(str_has(text, S("于*年*月*日到石桥镇第*小学")));
	text = redacted(f, LEVELS("    - {level: a, dates: \"*\"}\n"), "a");
	assert_true(str_has(text, S("青溪区开会3次（*月*日、*月*日、*月*日），研判2次")));
	assert_true(str_has(text, S("于2022年*月*日到石桥镇第3小学")));
}

static void test_unit_names(void **state)
{
	struct fix *f = *state;
	struct str text = redacted(f, LEVELS("    - {level: a, units: 某, places: {sign: \"**\", kind: 市}}\n"), "");

	assert_true(str_has(text, S("某2022年报告")));
	assert_true(str_has(text, S("某和某抓得紧"))); /* 青溪区委, 石桥镇 */
	assert_true(str_has(text, S("到某、某中学，青溪和**市某来了")));
	text = redacted(f, LEVELS("    - {level: a, places: {sign: \"**\", keep: [石桥, 青溪区]}}\n"), "");
	assert_true(str_has(text, S("青溪区委和**镇抓得紧")));
}

static void test_old_form(void **state)
{
	struct fix *f = *state;
	struct str text = redacted(f, "  redact: {keep: [\"*.total\"], words: {青溪区: \"**区\"}}\n", "");

	assert_true(str_has(text, S("**区开会3次（*），研判*次，*人。")));
	assert_true(str_has(text, S("**区委和石桥镇抓得紧，张一")));
	assert_true(str_has(text, S("3月4日一季度会*人"))); /* days of records stay */
	text = redacted(f, "", "");
	assert_true(str_has(text, S("青溪区开会*次（*），研判*次")));
}

static void test_regions(void **state)
{
	static const struct {
		const char *name, *places;
	} cases[] = {
		{"中共云岭市青溪区委员会", "云岭市 青溪区 "},
		{"青溪区委", "青溪区 "},
		{"东湖街道办事处", "东湖街道 "},
		{"呼和浩特市教育局", "呼和浩特市 "},
		{"内蒙古自治区喀什地区行署", "内蒙古自治区 喀什地区 "},
		{"国家税务总局临河县税务局", "临河县 "},
		{"住房和城乡建设局", ""},
		{"城市管理局", ""},
		{"农业农村局", ""},
		{"市教育局", ""},
		{"区委办", ""},
		{"机关党支部", ""},
		{"", ""},
	};
	struct fix *f = *state;

	for (size_t i = 0; i < LEN(cases); i++) {
		struct str all = S("");
		struct region p;
		size_t at = 0;

		while (region_next(str_c(cases[i].name), &at, &p))
			all = arena_printf(&f->a, STR_FMT STR_FMT STR_FMT " ", STR_ARG(all), STR_ARG(p.stem), STR_ARG(p.suffix));
		same(all, str_c(cases[i].places));
	}
}

/* ---- what an author may get wrong ---- */

static enum err_code outline(struct fix *f, const char *redact, const char *level)
{
	struct scheme s = {0};
	struct outline o;
	size_t at;

	ok(f, scheme_read(&f->a, arena_printf(&f->a, "%s%s%s%s", RECORDS, NO_REDACT, redact, SECTIONS), &s, &f->err));
	TRY(outline_read(&f->a, &s, &o, &f->err));
	return outline_level(&o, str_c(level), &at, &f->err);
}

static void test_refused(void **state)
{
	static const struct {
		const char *redact, *said;
	} cases[] = {
		{"  redact: []\n", "line 33, column 11: expected redaction levels, from the one that hides least"},
		{"  redact: ja\n", "line 33, column 11: redact must be a map"},
		{"  redact: {word: {}}\n", "unknown key 'word' in redact; did you mean 'words'?"},
		{LEVELS("    - {figures: \"*\"}\n"), "line 34, column 7: the redaction level lacks 'level'"},
		{LEVELS("    - {level: a b, figures: \"*\"}\n"), "line 34, column 15: a redaction level is named by one word"},
		{LEVELS("    - {level: a, figures: \"*\"}\n    - {level: a, dates: \"*\"}\n"),
			"line 35, column 15: the redaction level 'a' is there already"},
		{LEVELS("    - {level: a}\n"), "line 34, column 7: a redaction level hides something: figures, dates"},
		{LEVELS("    - {level: a, figure: \"*\"}\n"),
			"line 34, column 18: unknown key 'figure' in the redaction level; did you mean 'figures'?"},
		{LEVELS("    - {level: a, figures: \"\"}\n"), "line 34, column 27: expected a sign to print instead"},
		{LEVELS("    - {level: a, figures: {keep: a}}\n"), "what a level hides lacks 'sign'"},
		{LEVELS("    - {level: a, dates: {sign: X, keep: a}}\n"), "unknown key 'keep' in what a level hides"},
		{LEVELS("    - {level: a, figures: {sign: X, kind: [figure, dutty]}}\n"),
			"line 34, column 52: no kind 'dutty' here; did you mean 'duty'?"},
		{LEVELS("    - {level: a, places: {sign: X, kind: 大洲}}\n"), "no kind '大洲' here; it may be: 自治区, 自治州"},
		{LEVELS("    - {level: a, figures: {sign: X, of: meetings.totel}}\n"),
			"line 34, column 41: there is no figure 'meetings.totel'; nearest: meetings.total"},
		{LEVELS("    - {level: a, figures: {sign: X, keep: [D01.done, meeting.people, meetings.totel]}}\n"),
			"line 34, column 70: there is no figure 'meetings.totel'"},
		{LEVELS("    - {level: a, words: {甲: [乙]}}\n"), "expected a text"},
	};
	struct fix *f = *state;

	for (size_t i = 0; i < LEN(cases); i++)
		refused(f, outline(f, cases[i].redact, ""), ERR_INPUT, cases[i].said);
	ok(f, outline(f, TWO, "内部"));
	refused(f, outline(f, TWO, "外部"), ERR_NOT_FOUND,
		"there is no redaction level '外部'; the outline has: 内部, 公开");
	refused(f, outline(f, "", "公开"), ERR_NOT_FOUND, "names no redaction levels");
}

int main(void)
{
	struct CMUnitTest tests[] = {
		ON_SQLITE(test_lower),
		ON_SQLITE(test_higher),
		ON_SQLITE(test_last_is_default),
		ON_SQLITE(test_some_figures),
		ON_SQLITE(test_unit_names),
		ON_SQLITE(test_old_form),
		PLAIN(test_regions),
		PLAIN(test_refused),
	};

	return run_plan("redact", tests, LEN(tests));
}
