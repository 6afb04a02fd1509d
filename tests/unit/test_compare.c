/* What a version of the report says, beside another one: paragraphs that stayed, figures that differ, counts, files. */
#include "office_world.h"

#include "db_nth.h"
#include "report/version.h"

/* "kind section text" a line; section "-" is the lead. Figures: "=name value". */
static struct version_text text_of(struct arena *a, const char *lines)
{
	struct version_text t = {.title = S("报告")};
	struct str rest = str_c(lines), line;

	while (str_cut(&rest, S("\n"), &line)) {
		struct str kind, section;

		if (!line.n)
			continue;
		str_cut(&line, S(" "), &kind);
		if (kind.p[0] == '=') {
			*ARENA_PUSH(a, t.figures, t.nfigures, t.figures_cap) =
				(struct said_figure){str_sub(kind, 1, kind.n), S("题"), line};
			continue;
		}
		str_cut(&line, S(" "), &section);
		*ARENA_PUSH(a, t.paras, t.nparas, t.paras_cap) =
			(struct said_para){kind, str_is(section, "-") ? STR_NONE : section, line};
	}
	return t;
}

/* "same 一>一", a pair each: the first three bytes of what was and is, "-" for none. */
static struct str pairs_of(struct arena *a, const struct comparison *c)
{
	struct str s = STR_NONE;

	for (size_t i = 0; i < c->n; i++) {
		const struct said_pair *p = &c->p[i];
		struct str was = p->was ? str_sub(p->was->text, 0, 3) : S("-"), is = p->is ? str_sub(p->is->text, 0, 3) : S("-");

		s = arena_printf(a, STR_FMT "%s%s " STR_FMT ">" STR_FMT, STR_ARG(s), i ? ", " : "", same_name(p->kind),
			STR_ARG(was), STR_ARG(is));
	}
	return s;
}

#define A "body 一 甲年召开会议十二次，研究意识形态工作\n"
#define B "body 一 乙组织理论学习，参加人数一百二十人\n"
#define C "body 二 丙处置风险隐患，全部按期办结并销号\n"

static void test_pairs(void **state)
{
	static const struct {
		const char *was, *is, *pairs;
		int percent;
	} cases[] = {
		{"", "", "", 0},
		{"", A, "new ->甲", 0},
		{A, "", "gone 甲>-", 0},
		{A, A, "same 甲>甲", 100},
		{A B, A B, "same 甲>甲, same 乙>乙", 100},
		{A B, B, "gone 甲>-, same 乙>乙", 100},
		{B, A B, "new ->甲, same 乙>乙", 48},
		/* a paragraph that moved is not the same any more: pairs keep their order */
		{A B, B A, "gone 甲>-, same 乙>乙, new ->甲", 48},
		/* nothing but numbers */
		{"body 一 会议12次\n", "body 一 会议7次\n", "figures 会>会", 0},
		{"body 一 会议１２次\n", "body 一 会议7.5次\n", "figures 会>会", 0},
		{"body 一 全年召开会议共12次\n", "body 一 全年召开会议共次\n", "changed 全>全", 0},
		{"body 一 全年召开会议共12次\n", "body 一 全年召开会议共12次，完成\n", "changed 全>全", 0},
		{"body 一 会议12次\n", "body 一 另有安排\n", "gone 会>-, new ->另", 0},
		{"body 一 会议1次2人\n", "body 一 会议3次4人\n", "figures 会>会", 0},
		/* the same words under another heading are another paragraph */
		{"body 一 甲甲甲甲\n", "body 二 甲甲甲甲\n", "new ->甲, gone 甲>-", 0},
		/* a heading is no paragraph, however alike */
		{"h1 一 甲甲甲甲\n", "body 一 甲甲甲甲\n", "gone 甲>-, new ->甲", 0},
		/* sections as the new text has them, those that went come last */
		{A C, C A, "same 丙>丙, same 甲>甲", 100},
		{C A, A, "same 甲>甲, gone 丙>-", 100},
		/* two that are alike: the one that stayed to the letter is taken first */
		{"body 一 会议1次\nbody 一 会议2次\n", "body 一 会议2次\n", "gone 会>-, same 会>会", 100},
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a CLEANUP(arena_free) = ARENA_INIT;
		struct version_text was = text_of(&a, cases[i].was), is = text_of(&a, cases[i].is);
		struct comparison c;
		struct str got;
		size_t all = 0;

		version_compare(&a, &was, &is, &c);
		got = pairs_of(&a, &c);
		if (!str_is(got, cases[i].pairs))
			FLUNK("case %zu: " STR_FMT "; not %s", i, STR_ARG(got), cases[i].pairs);
		if (c.percent != cases[i].percent)
			FLUNK("case %zu: %d %%, not %d", i, c.percent, cases[i].percent);
		for (int k = 0; k <= SAME_NEW; k++)
			all += c.count[k];
		assert_int_equal(all, c.n);
	}
}

/* Every paragraph of both stands in the comparison once, in its order, whatever they say: also where a section is too
 * long to be paired by likeness. */
static void test_all_of_both(void **state)
{
	static const size_t sizes[][2] = {{0, 1}, {1, 0}, {3, 7}, {40, 40}, {499, 499}, {500, 500}, {700, 3}, {0, 900}};

	for (size_t i = 0; i < LEN(sizes); i++) {
		struct arena a CLEANUP(arena_free) = ARENA_INIT;
		struct version_text t[2] = {0};
		size_t at[2] = {0};
		struct comparison c;

		for (int k = 0; k < 2; k++)
			for (size_t n = 0; n < sizes[i][k]; n++)
				*ARENA_PUSH(&a, t[k].paras, t[k].nparas, t[k].paras_cap) =
					(struct said_para){S("body"), S("一"), arena_printf(&a, "%zu", n * 7 % 11)};
		version_compare(&a, &t[0], &t[1], &c);
		for (size_t n = 0; n < c.n; n++) {
			assert_true(c.p[n].was || c.p[n].is);
			if (c.p[n].was)
				assert_ptr_equal(c.p[n].was, &t[0].paras[at[0]++]);
			if (c.p[n].is)
				assert_ptr_equal(c.p[n].is, &t[1].paras[at[1]++]);
		}
		assert_int_equal(at[0], sizes[i][0]);
		assert_int_equal(at[1], sizes[i][1]);
	}
}

static void test_figures(void **state)
{
	static const struct {
		const char *was, *is, *want;
	} cases[] = {
		{"=a 1\n", "=a 1\n", ""},
		{"=a 1\n", "=a 2\n", "a:1>2 "},
		{"=a 1\n=b 2\n", "=b 2\n", "a:1> "},
		{"=b 2\n", "=a 1\n=b 2\n", "a:>1 "},
		{"=a 1\n", "", "a:1> "},
		{"", "=a 1\n", ""},              /* a file has no figures: nothing is said of them */
		{"=a 1\n=b 1\n", "=b 2\n=c 3\n", "b:1>2 c:>3 a:1> "},
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a CLEANUP(arena_free) = ARENA_INIT;
		struct version_text was = text_of(&a, cases[i].was), is = text_of(&a, cases[i].is);
		struct str got = STR_NONE;
		struct comparison c;

		version_compare(&a, &was, &is, &c);
		for (size_t k = 0; k < c.nfigures; k++)
			got = arena_printf(&a, STR_FMT STR_FMT ":" STR_FMT ">" STR_FMT " ", STR_ARG(got),
				STR_ARG(c.figures[k].name), STR_ARG(c.figures[k].was), STR_ARG(c.figures[k].is));
		assert_true(str_is(got, cases[i].want));
	}
}

static void test_count(void **state)
{
	static const struct {
		const char *text;
		size_t n;
	} cases[] = {
		{"", 0}, {" \n\t", 0}, {"会议", 2}, {"会议12次", 4}, {"2022年6月30日", 6}, {"a b  c", 3}, {"a　b", 2},
		{"“会议”。", 5}, {"CO2", 1}, {"·", 1}, {"①", 1}, {"12.5%", 1}, {"会 议", 2},
	};
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct version_text t = text_of(&a, "title - 报告\nbody - 前言\nh1 一 一、会\nbody 一 开会\nh2 一（一） 甲\nbody 一 又一\n"), none = {0};
	struct section_counts n;

	for (size_t i = 0; i < LEN(cases); i++)
		assert_int_equal(said_count(str_c(cases[i].text)), cases[i].n);
	version_count(&a, &t, &n);
	assert_int_equal(n.n, 4);                 /* the second part of 一 is a line of its own */
	assert_int_equal(n.all, 12);
	assert_int_equal(n.p[0].n, 4);
	assert_true(str_is(n.p[1].heading, "一、会"));
	assert_int_equal(n.p[1].n, 5);
	assert_int_equal(n.p[2].n, 1);
	version_count(&a, &none, &n);
	assert_int_equal(n.n + n.all, 0);
}

static void test_file(void **state)
{
	static const struct {
		const char *file, *want;
	} cases[] = {
		{"", ""},
		{"\n\n  \n", ""},
		{"报告\n", "title:报告"},
		{"# 报告\n\n前言\n一、会议\n开会\n（一）例会\n每周\n二、学习\n",
			"title:报告|body:前言|h1一:一、会议|body一:开会|h2一（一）:（一）例会|body一（一）:每周|h1二:二、学习"},
		{"报告\r\n## 一、会议\r\n", "title:报告|h1一:一、会议"},
		{"报告\n今年一、二月开会\n", "title:报告|body:今年一、二月开会"},
		{"报告\n（一）无上级\n", "title:报告|h2（一）:（一）无上级"},
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		struct arena a CLEANUP(arena_free) = ARENA_INIT;
		struct str got = STR_NONE;
		struct version_text t;

		version_text_file(&a, str_c(cases[i].file), &t);
		for (size_t k = 0; k < t.nparas; k++)
			got = arena_printf(&a, STR_FMT "%s" STR_FMT STR_FMT ":" STR_FMT, STR_ARG(got), k ? "|" : "",
				STR_ARG(t.paras[k].kind), STR_ARG(t.paras[k].section), STR_ARG(t.paras[k].text));
		if (!str_is(got, cases[i].want))
			FLUNK("case %zu: " STR_FMT "; not %s", i, STR_ARG(got), cases[i].want);
		assert_int_equal(t.nfigures, 0);
	}
}

static void test_json(void **state)
{
	static const char *const bad[] = {"[]", "1", "{}", "{\"paragraphs\":[]}", "{\"paragraphs\":{},\"figures\":[]}",
		"{\"figures\":[],\"paragraphs\":1}"};
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct err err = {.lang = LANG_EN};
	struct version_text t = text_of(&a, A C "=a 1\n"), none = {0}, back;
	struct comparison c;
	struct str json, again;

	assert_int_equal(version_text_json(&a, &t, &json, &err), OK);
	assert_int_equal(version_text_read(&a, json, &back, &err), OK);
	assert_int_equal(version_text_json(&a, &back, &again, &err), OK);
	assert_true(str_eq(json, again));
	version_compare(&a, &t, &back, &c);
	assert_int_equal(c.percent, 100);
	assert_int_equal(c.nfigures, 0);
	assert_int_equal(version_text_json(&a, &none, &json, &err), OK);
	assert_int_equal(version_text_read(&a, json, &back, &err), OK);
	assert_int_equal(back.nparas + back.nfigures, 0);
	for (size_t i = 0; i < LEN(bad); i++) {
		assert_int_equal(version_text_read(&a, str_c(bad[i]), &back, &err), ERR_DAMAGED);
		err_clear(&err);
	}
	assert_int_equal(version_text_read(&a, S("{"), &back, &err), ERR_INPUT);
}

/* A database that fails says so, whichever call it is; then the same is read as before. */
static void test_database_fails(void **state)
{
	struct fix *f = *state;
	struct approvals all;
	int n = 1;

	for (;; n++) {
		enum err_code code;

		nth_begin(log_db(f->log), n);
		code = approvals_load(log_db(f->log), &f->a, 2022, &all, &f->err);
		if (!nth_end(log_db(f->log))) {
			ok(f, code);
			break;
		}
		refused(f, code, ERR_DB, "no reason given");
	}
	assert_true(n > 2);
	assert_int_equal(all.n, 0);
	assert_null(approval_get(&all, 0));
	assert_null(approval_get(&all, 1));
	assert_null(approval_sent(&all));
}

int main(void)
{
	struct CMUnitTest tests[] = {
		PLAIN(test_pairs),
		PLAIN(test_all_of_both),
		PLAIN(test_figures),
		PLAIN(test_count),
		PLAIN(test_file),
		PLAIN(test_json),
		ON_BOTH(test_database_fails),
	};

	return run_plan("compare", tests, LEN(tests));
}
