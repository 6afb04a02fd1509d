/* The report: spans, numbers refused in the outline, own paragraphs, redaction, claims and what check finds. */
#include "report_world.h"

#include "doc/doc.h"
#include "pack/zip_write.h"

static const char TEXT[] = "区府办2022年责任制报告\n"
			   "青溪区抓得紧。\n"
			   "现将2022年情况报告如下。\n"
			   "一、做了什么\n"
			   "（一）会议\n"
			   "青溪区召开会议3次（3月4日、6月3日、9月1日），定期研判2次。\n"
			   "一是分类开会。务虚会1次、室务会2次；室务会2次。\n"
			   "二是参加的人多。一季度会（12人）、二季度会（10）等会议。人数足。\n"
			   "开了3次会，来了９人。\n"
			   "第二段。\n"
			   "二、问题\n"
			   "（一）研判少\n"
			   "研判少。\n"
			   "从台账看，研判应开3次，少开1次；会议3次，不到10次。\n"
			   "三、打算\n"
			   "四个方面。\n"
			   "（一）乙\n"
			   "1.做乙，目标50%，2023年12月31日前\n"
			   "（二）抓甲\n"
			   "1.做甲，目标4次，2023年3月31日前\n";

static void test_text(void **state)
{
	struct fix *f = *state;
	struct tiny w;
	struct report r;
	struct str all = S("");

	tiny_world(f, RECORDS SUGGEST OUTLINE, MEETINGS, PLANS, &w);
	r = compose(f, &w, NARRATIVE, false);
	same(text_of(f, &r), str_c(TEXT));
	same(r.title, S("区府办2022年责任制报告"));
	for (size_t i = 0; i < r.nspans; i++) {
		assert_true(r.spans[i].text.n > 0);
		assert_int_equal(r.spans[i].value.n, 0);
		all = arena_printf(&f->a, STR_FMT STR_FMT, STR_ARG(all), STR_ARG(r.spans[i].text));
	}
	same(all, str_c(TEXT));
	for (size_t i = 0; i < r.nparas; i++) /* paragraphs take all spans, one after the other */
		assert_int_equal(r.paras[i].from, i ? r.paras[i - 1].to : 0);
	assert_int_equal(r.paras[r.nparas - 1].to, r.nspans);
}

static const struct said *span_named(const struct report *r, const char *name)
{
	for (size_t i = 0; i < r->nspans; i++)
		if (str_is(r->spans[i].name, name))
			return &r->spans[i];
	FLUNK("no span %s", name);
	return NULL;
}

static void test_sources(void **state)
{
	struct fix *f = *state;
	const struct said *s;
	struct fact_list l;
	struct report r;
	struct tiny w;

	tiny_world(f, RECORDS SUGGEST OUTLINE, MEETINGS, PLANS, &w);
	r = compose(f, &w, NARRATIVE, false);
	s = span_named(&r, "meetings.kind.室务会");
	assert_int_equal(s->kind, SAID_FIGURE);
	l = span_facts(&r, s);
	assert_int_equal(l.n, 2);
	same(fact_row(&f->a, l.p[0]), S("会议.csv!2"));
	s = span_named(&r, "D01.done");
	assert_int_equal(s->kind, SAID_FIGURE);
	assert_int_equal(span_facts(&r, s).n, 2);
	s = span_named(&r, "meeting.name");
	assert_int_equal(s->kind, SAID_FIELD);
	assert_int_equal(span_facts(&r, s).n, 1);
	assert_non_null(report_trace(&r));
}

static void test_redacted(void **state)
{
	struct fix *f = *state;
	struct str text;
	struct report r;
	struct tiny w;

	tiny_world(f, RECORDS SUGGEST OUTLINE, MEETINGS, PLANS, &w);
	r = compose(f, &w, NARRATIVE, true);
	text = text_of(f, &r);
	assert_true(str_has(text, S("**区召开会议*次（*），定期研判*次。")));
	assert_true(str_has(text, S("**区抓得紧。")));
	assert_true(str_has(text, S("务虚会*次、室务会*次；室务会2次。"))); /* kept */
	assert_true(str_has(text, S("一季度会（*人）")));
	assert_true(str_has(text, S("开了*次会，来了*人。")));
	assert_true(str_has(text, S("研判应开*次，少开*次；会议*次，不到10次")));
	assert_true(str_has(text, S("区府办2022年")));
	assert_false(str_has(text, S("青溪")));
	for (size_t i = 0; i < r.nspans; i++)
		if (str_is(r.spans[i].name, "meetings.total"))
			same(r.spans[i].value, S("3"));
}

/* ---- the outline ---- */

static enum err_code outline(struct fix *f, const char *text)
{
	struct scheme s = {0};

	ok(f, scheme_read(&f->a, arena_printf(&f->a, "%s%s", RECORDS, text), &s, &f->err));
	return report_outline_check(&f->a, &s, &f->err);
}

static enum err_code lead(struct fix *f, const char *said)
{
	return outline(f,
		arena_printf(&f->a,
			"report: {title: 报告, terms: [四个意识, 千家万户], lead: \"%s\", "
			"sections: [{heading: 甲}]}\n",
			said)
			.p);
}

static void test_numbers_refused(void **state)
{
	static const char *const bad[] = {
		"召开会议3次",
		"召开会议３次",
		"召开两次",
		"共十二项",
		"二十余件",
		"百分之九十 %，二十%",
		"一个",
		"①",
		"Ⅲ级",
		"四个意识和两个维护",
		"三百人次",
		"第一次",
		"一年来",
	};
	static const char *const good[] = {
		"第一责任人",
		"四个意识",
		"进一步落实",
		"统一部署",
		"千家万户",
		"一岗双责",
		"二十大精神",
		"一是",
		"唯一",
		"一并",
	};
	struct fix *f = *state;

	for (size_t i = 0; i < LEN(bad); i++)
		refused(f, lead(f, bad[i]), ERR_INPUT, "is a number in the outline's text");
	for (size_t i = 0; i < LEN(good); i++)
		ok(f, lead(f, good[i]));
	refused(f, lead(f, "开会两次了"), ERR_INPUT, "'两次'");
	refused(f, lead(f, "开会两次了"), ERR_INPUT, "line 29, column 48");
}

static void test_names_refused(void **state)
{
	struct fix *f = *state;

	refused(f, lead(f, "{meetings.totel}"), ERR_INPUT, "no figure 'meetings.totel'; nearest: meetings.total");
	refused(f, lead(f, "{D03.done}"), ERR_INPUT, "no figure 'D03.done'");
	refused(f, lead(f, "{year"), ERR_INPUT, "'{' without '}'");
	ok(f, lead(f, "{year}{title}{office.name}{on}{D01.missed}{meetings.kind.室务会}"));
	refused(f, outline(f, "report: {title: 甲, sections: [{heading: 甲, own: 二}]}\n"), ERR_INPUT,
		"this is section 一, not 二");
	refused(f, outline(f, "report: {title: 甲, sections: [{heading: 甲, said: 乙}]}\n"), ERR_INPUT, "said");
	refused(f, outline(f, "report: {title: 甲, sections: [{heading: 甲, claim: {text: 好}}]}\n"), ERR_INPUT,
		"duty");
	refused(f,
		outline(f,
			"report: {title: 甲, sections: [{heading: 甲, claim: {text: 好, duty: D01, status: god}}]}\n"),
		ERR_INPUT, "no status of a duty");
	refused(f,
		outline(f,
			"report: {title: 甲, sections: [{heading: 甲, claim: {text: 好, duty: D1, missed: {over: "
			"0}}}]}\n"),
		ERR_INPUT, "no duty 'D1'; nearest: D01");
	refused(f, outline(f, "report: {title: 甲, sections: [{heading: 甲, say: {of: meeting, each: \"{nam}\"}}]}\n"),
		ERR_INPUT, "nam");
	refused(f, outline(f, SUGGEST "report: {title: 甲, sections: [{heading: 甲}]}\n"), ERR_INPUT,
		"no section 二（一）");
	refused(f, outline(f, SUGGEST), ERR_INPUT, "report is missing");
	ok(f, outline(f, ""));
}

/* ---- people's paragraphs ---- */

static void test_binding(void **state)
{
	static const struct {
		const char *heading, *number;
	} cases[] = {
		{"一（一）履行主体责任", "一（一）"},
		{"一(一) 履行", "一（一）"},
		{"一、（十二）甲", "一（十二）"},
		{"三 下一步打算", "三"},
		{"十一、其他", "十一"},
		{"引言", ""},
		{"（一）甲", "（一）"},
		{"一（一", ""},
		{"", ""},
	};
	struct fix *f = *state;
	struct report r;
	struct tiny w;

	for (size_t i = 0; i < LEN(cases); i++)
		same(heading_number(&f->a, str_c(cases[i].heading)), str_c(cases[i].number));
	tiny_world(f, RECORDS SUGGEST OUTLINE, MEETINGS, PLANS, &w);
	refused(f, composed(f, &w, "## 引言\n好。\n\n## 一（二）别的\n坏。\n", false, &r), ERR_INPUT,
		 "line 4: heading \"一（二）别的\" belongs to no section");
	refused(f, composed(f, &w, "## 结语\n好。\n", false, &r), ERR_INPUT,
		"line 1: heading \"结语\"");
	refused(f, composed(f, &w, "## 三\n好。\n## 三、又\n好。\n", false, &r), ERR_INPUT,
		"line 3: heading \"三、又\" has the number of line 1");
	r = compose(f, &w, "", false);
	assert_int_equal(r.missing_own.n, 4);
}

/* ---- check ---- */

static struct report_findings checked(struct fix *f, const char *meetings, const char *plans, const char *narrative)
{
	struct report_findings l;
	struct report r;
	static struct tiny w;

	tiny_world(f, RECORDS SUGGEST OUTLINE, meetings, plans, &w);
	r = compose(f, &w, narrative, false);
	ok(f, report_check(&r, &l, &f->err));
	return l;
}

/* What a point claims, people may claim in their paragraph of its section. */
static void test_claim_in_own(void **state)
{
	static const char few[] = "日期,名称,类别,人数,专题,佐证\n2022-03-04,一季度会,室务会,12人,研判,\n";
	struct fix *f = *state;
	struct report_findings l = checked(f, few, PLANS, "## 一（一）\n各次会议都开了，人数足。\n");
	const struct report_finding *own = NULL;

	for (size_t i = 0; i < l.n; i++)
		if (!strcmp(l.p[i].code, "claim") && str_is(l.p[i].claim, "人数足"))
			own = &l.p[i];
	assert_non_null(own);
	same(own->own, S("一（一）"));
	same(own->quote, S("各次会议都开了，人数足。"));
	l = checked(f, few, PLANS, "## 三\n人数足。\n");
	for (size_t i = 0; i < l.n; i++)
		assert_false(str_is(l.p[i].claim, "人数足"));   /* another section's paragraph is none of its */
}

static void test_check(void **state)
{
	struct fix *f = *state;
	struct report_findings l = checked(f, MEETINGS, PLANS, NARRATIVE);
	const struct report_finding *x = found(&l, "claim");

	assert_int_equal(count(&l, "claim"), 1); /* the other words do not stand in the text */
	same(x->claim, S("定期研判"));
	same(x->duty, S("D01"));
	same(x->section, S("一（一）"));
	assert_int_equal(x->para, 6);
	assert_int_equal(x->sentence, 1);
	same(x->quote, S("青溪区召开会议3次（3月4日、6月3日、9月1日），定期研判2次。"));
	assert_int_equal(x->own.n, 0);
	assert_true(str_has(x->text, S("2 of 3 done, 1 missed")));
	assert_int_equal(count(&l, "claim_and_problem"), 1);
	assert_int_equal(count(&l, "missed_without_problem"), 0);
	assert_int_equal(count(&l, "problem_without_plan"), 0);
	assert_int_equal(count(&l, "plan_without_problem"), 0);
	assert_int_equal(count(&l, "own_number"), 0); /* 3 is the figure's; 9 people have no figure here */
	assert_int_equal(count(&l, "own_missing"), 0);
	same(found(&l, "evidence_missing")->value, S("没有.txt"));
	same(found(&l, "evidence_missing")->rows[0], S("会议.csv!4"));
	assert_int_equal(count(&l, "evidence_none"), 1);
	same(found(&l, "evidence_none")->rows[0], S("会议.csv!2"));
}

static void test_check_more(void **state)
{
	struct fix *f = *state;
	struct report_findings l = checked(f, "日期,名称,类别,人数,专题,佐证\n2022-03-04,一季度会,室务会,12人,研判,\n",
		"编号,方面,内容,目标,单位,时限,问题\nJ1,乙,做乙,50%,占比,2023-12-31,二（三）\nJ2,甲,做甲,4,次,2023-03-"
		"31,\n",
		"## 一（一）会议\n开了2次会。\n");
	const struct report_finding *x = found(&l, "own_number");

	same(x->value, S("2"));
	assert_true(str_has(x->text, S("own text of 一（一）, paragraph 1, says 2次")));
	same(x->own, S("一（一）"));
	assert_int_equal(x->own_para, 1);
	assert_int_equal(x->sentence, 1);
	same(x->quote, S("开了2次会。"));
	assert_true(str_has(x->text, S("1 (meetings.total)")));
	assert_int_equal(count(&l, "missed_without_problem"), 1);
	same(found(&l, "missed_without_problem")->duty, S("D02"));
	assert_int_equal(count(&l, "problem_without_plan"), 1);
	assert_int_equal(count(&l, "plan_without_problem"), 2);
	assert_int_equal(count(&l, "own_missing"), 3);
	same(found(&l, "own_missing")->own, S("引言"));
	assert_int_equal(found(&l, "own_missing")->para, 1);
	same(found(&l, "plan_without_problem")->section, S("三（一）"));
	assert_true(found(&l, "plan_without_problem")->para > found(&l, "problem_without_plan")->para);
}

/* Two that ask the same have keys of their own; the first has the one it always had. */
static void test_keys(void **state)
{
	struct fix *f = *state;
	struct report r;
	struct tiny w;

	tiny_world(f,
		RECORDS SUGGEST "  - {problem: 二（一）, when: {duty: D01, missed: {over: 0}}, say: \"还少开{missed}次\"}\n"
				"  - {problem: 二（一）, when: {duty: D01, missed: {at_least: 1}}, say: \"又少\"}\n" OUTLINE,
		MEETINGS, PLANS, &w);
	r = compose(f, &w, NARRATIVE, false);
	assert_int_equal(r.nsuggestions, 4);
	same(r.suggestions[0].key, S("二（一）|duty:D01"));
	same(r.suggestions[1].key, S("二（一）|figure:meetings.total"));
	same(r.suggestions[2].key, S("二（一）|duty:D01|2"));
	same(r.suggestions[3].key, S("二（一）|duty:D01|3"));
}

/* ---- documents ---- */

static void test_markup(void **state)
{
	struct fix *f = *state;
	struct doc *d = doc_new(&f->a, S("a<b"), S("zh-CN"));
	struct buf b CLEANUP(buf_free) = BUF_MAX(1 << 20);
	struct doc_block *p;
	struct str one, two;

	doc_run(d, doc_block(d, DOC_TITLE, S("")), (struct doc_run){.text = S("a<b & *c*")});
	p = doc_block(d, DOC_BODY, S(""));
	doc_run(d, p, (struct doc_run){.text = S("1. x")});
	doc_run(d, p, (struct doc_run){.text = S("<i>\"1\"</i>"), .link = S("r-1"), .mark = MARK_FIGURE});
	doc_run(d, doc_block(d, DOC_ANNEX, S("annex")), (struct doc_run){.text = S("附")});
	doc_markdown(d, &b);
	same(buf_str(&b), S("# a\\<b \\& \\*c\\*\n\n1\\. x\\<i\\>\"1\"\\</i\\>\n\n## 附\n"));
	buf_reset(&b);
	doc_text(d, &b);
	same(buf_str(&b), S("a<b & *c*\n1. x<i>\"1\"</i>\n附\n"));
	buf_reset(&b);
	doc_html(d, &b);
	assert_true(str_has(
		buf_str(&b), S("<p>1. x<a class=\"figure\" href=\"#r-1\">&lt;i&gt;&quot;1&quot;&lt;/i&gt;</a></p>")));
	assert_true(str_has(buf_str(&b), S("<title>a&lt;b</title>")));
	ok(f, doc_docx(d, &f->a, &one, &f->err));
	ok(f, doc_docx(d, &f->a, &two, &f->err));
	same(one, two);
	assert_true(str_starts(one, S("PK\x03\x04")));
}

static void test_zip(void **state)
{
	struct fix *f = *state;
	struct str zip;

	ok(f,
		zip_write(&f->a, (struct zip_part[]){{"a.txt", S("aaaaaaaaaaaaaaaaaaaa")}, {"b/空", S("")}}, 2, &zip,
			&f->err));
	assert_true(zip.n > 100 && zip.n < 300);
	assert_int_equal(zip.p[10] | zip.p[11] | zip.p[12], 0x21); /* dated 1980-01-01 00:00 */
}

int main(void)
{
	struct CMUnitTest tests[] = {
		ON_SQLITE(test_text),
		ON_SQLITE(test_sources),
		ON_SQLITE(test_redacted),
		PLAIN(test_numbers_refused),
		PLAIN(test_names_refused),
		ON_SQLITE(test_binding),
		ON_BOTH(test_claim_in_own), ON_BOTH(test_check),
		ON_SQLITE(test_keys),
		ON_SQLITE(test_check_more),
		PLAIN(test_markup),
		PLAIN(test_zip),
	};

	return run_plan("report", tests, LEN(tests));
}
