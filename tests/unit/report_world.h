/* A tiny office for tests of report/: three meetings, two plan lines, two duties, an outline. */
#ifndef TESTS_REPORT_WORLD_H
#define TESTS_REPORT_WORLD_H

#include "flow/facts_load.h"
#include "office_world.h"

#include "report/report.h"

#define RECORDS \
	"zeren: 1\n" \
	"scheme: tiny\n" \
	"title: 责任制\n" \
	"records:\n" \
	"  meeting:\n" \
	"    about: meeting\n" \
	"    title: 会议\n" \
	"    fields: {date: date, name: text, kind: choice, people: {type: count, unit: [人]}, topics: tags, proof: file}\n" \
	"    evidence: {any: [纪要], enough: 1, at_most: 2}\n" \
	"  plan:\n" \
	"    about: plan\n" \
	"    title: 计划\n" \
	"    fields: {no: text, aspect: choice, what: text, target: text, unit: text, limit: date, problems: list}\n" \
	"sheets:\n" \
	"  - {record: meeting, file: 会议*, columns: {date: [日期], name: [名称], kind: [类别], people: [人数], topics: [专题],\n" \
	"     proof: [佐证]}, required: [name], key: [date, name], year: {of: date}}\n" \
	"  - {record: plan, file: 计划*, columns: {no: [编号], aspect: [方面], what: [内容], target: [目标], unit: [单位],\n" \
	"     limit: [时限], problems: [问题]}, required: [no], key: [no], year: {of: limit, shift: 1}}\n" \
	"duties:\n" \
	"  - {id: D01, title: 研判, owner: office, points: 5,\n" \
	"     need: {count: 3, per: year, take: {of: meeting, where: {topics: {has: 研判}}}}}\n" \
	"  - {id: D02, title: 开会, owner: office, points: 5, need: {each: half, take: meeting}}\n" \
	"figures:\n" \
	"  meetings.total: {count: meeting}\n" \
	"  \"meetings.kind.{kind}\": {count: meeting}\n" \
	"  meetings.by_kind: {count: meeting, by: kind}\n" \
	"  meetings.people: {of: meeting, sum: people}\n" \
	"  meetings.dates: {of: meeting, list: date}\n"

#define SUGGEST \
	"suggest:\n" \
	"  - {problem: 二（一）, when: {duty: D01, missed: {over: 0}}, say: \"研判应开{required}次，少开{missed}次\"}\n" \
	"  - {problem: 二(一), when: {figure: meetings.total, under: 10}, say: \"会议{value}次，不到{bar}次\"}\n"

#define OUTLINE \
	"report:\n" \
	"  title: \"{office.short}{year}年{title}报告\"\n" \
	"  own: 引言\n" \
	"  lead: \"现将{year}年情况报告如下。\"\n" \
	"  suggested: 从台账看，\n" \
	"  terms: [四个意识]\n" \
	"  redact: {keep: [\"meetings.kind.*\"], words: {青溪区: \"**区\", 青溪: \"**\"}}\n" \
	"  sections:\n" \
	"    - heading: 做了什么\n" \
	"      sections:\n" \
	"        - heading: 会议\n" \
	"          own: 一（一）\n" \
	"          say: \"青溪区召开会议{meetings.total}次（{meetings.dates}），定期研判{D01.done}次。\"\n" \
	"          claim: [{text: 定期研判, needs: {duty: D01, status: [satisfied, on track]}},\n" \
	"                  {text: 没有的话, duty: D01, missed: {at_most: 0}}]\n" \
	"          points:\n" \
	"            - lead: 分类开会\n" \
	"              say: [{figure: meetings.by_kind, each: \"{key}{value}次\"}, \"；室务会{meetings.kind.室务会}次。\"]\n" \
	"            - lead: 参加的人多\n" \
	"              say: [{of: meeting, each: \"{name}（{people:unit}）\", most: 2, then: 等会议}, \"。\",\n" \
	"                    {when: {figure: meetings.people, at_least: 30}, say: 人数足。, else: 人数少。}]\n" \
	"              claim: {text: 人数足, figure: meetings.people, at_least: 30}\n" \
	"    - heading: 问题\n" \
	"      sections: [{heading: 研判少, own: 二（一）}]\n" \
	"    - heading: 打算\n" \
	"      own: 三\n" \
	"      each: {of: plan, by: aspect, problems: problems, headings: {甲: 抓甲},\n" \
	"             say: \"{what}，目标{target:unit}，{limit}前\"}\n"

#define NARRATIVE \
	"# 人写的\n\n给写的人看的话，不进报告。\n\n## 引言\n青溪区\n抓得紧。\n\n## 一(一) 会议\n开了3次会，\n来了９人。\n\n第二段。\n" \
	"\n## 二、（一）研判\n研判少。\n\n## 三 打算\n四个方面。\n"

#define MEETINGS \
	"日期,名称,类别,人数,专题,佐证\n" \
	"2022-03-04,一季度会,室务会,12人,研判,\n" \
	"2022-06-03,二季度会,室务会,10,,纪要.txt\n" \
	"2022-09-01,三季度会,务虚会,8人,研判,没有.txt\n"
#define PLANS \
	"编号,方面,内容,目标,单位,时限,问题\n" \
	"J1,乙,做乙,50%,占比,2023-12-31,二（一）\n" \
	"J2,甲,做甲,4,次,2023-03-31,二(一)\n"

struct tiny {
	struct facts facts;
	struct figures figures;
	struct org org;
};

/* The office with that outline and those registers, at the end of 2022. */
static inline void tiny_world(struct fix *f, const char *scheme, const char *meetings, const char *plans,
                              struct tiny *w)
{
	struct import im;
	struct date on;

	adopt_scheme(f, str_c(scheme));
	put_file(f, "会议.csv", meetings);
	put_file(f, "计划.csv", plans);
	put_file(f, "佐证/纪要.txt", "纪要");
	read_files(f, NAMES("会议.csv", "计划.csv"), "佐证", &im);
	assert_true(import_clean(&im));
	accept_all(f, &im, false);
	w->org = (struct org){.office = {.code = S("U1"), .name = S("青溪区政府办公室"), .short_name = S("区府办"), .year = 2022}};
	ok(f, facts_load(&f->a, log_db(f->log), &f->scheme, &w->org, (struct facts_opt){.year = 2022}, &w->facts, &f->err));
	assert_true(date_make(2022, 12, 31, &on));
	ok(f, figures_on(&w->facts, on, &w->figures, &f->err));
}

static inline struct str text_of(struct fix *f, const struct report *r)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(1 << 20);

	report_text(r, &b);
	return arena_str(&f->a, buf_str(&b));
}

/* Composes with the paragraphs of a narrative.md. */
static inline enum err_code composed(struct fix *f, struct tiny *w, const char *text, bool redact, struct report *out)
{
	struct report_opt opt = {.lang = LANG_EN, .redact = redact, .db = log_db(f->log)};
	struct narrative *narrative = ARENA_NEW(&f->a, struct narrative);

	TRY(narrative_read(&f->a, str_c(text), narrative, &f->err));
	return report_compose(&w->figures, narrative, opt, out, &f->err);
}

static inline struct report compose(struct fix *f, struct tiny *w, const char *narrative, bool redact)
{
	struct report r;

	ok(f, composed(f, w, narrative, redact, &r));
	return r;
}

/* Findings of a code, and the first. */
static inline size_t count(const struct report_findings *l, const char *code)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += strcmp(l->p[i].code, code) == 0;
	return n;
}

static inline const struct report_finding *found(const struct report_findings *l, const char *code)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->p[i].code, code) == 0)
			return &l->p[i];
	FLUNK("no finding %s", code);
	return NULL;
}

#endif
