/* Figures on a small made-up year: each measure with its arithmetic in words, halves, nothing to count, families, days;
 * and what the loader refuses. */
#include "office_world.h"

#include "duty/figure.h"
#include "flow/facts_load.h"
#include "text/json.h"

static const char HEAD[] =
	"zeren: 1\n"
	"scheme: figures\n"
	"title: 指标\n"
	"lists: {level: [省级, 市级, 区级]}\n"
	"records:\n"
	"  meeting:\n"
	"    {about: meeting, title: 会议, fields: {date: date, kind: choice, due: count, present: count, topics: tags}}\n"
	"  report: {about: submission, title: 报送, fields: {date: date, no: text, theme: choice}}\n"
	"  adoption:\n"
	"    about: submission\n"
	"    title: 采用\n"
	"    fields: {date: date, no: {type: link, link: report.no}, level: {type: choice, of: level}}\n"
	"  inspection: {about: inspection, title: 督查, fields: {date: date, no: text, unit: text, found: count}}\n"
	"  problem:\n"
	"    about: finding\n"
	"    title: 问题\n"
	"    fields: {found: date, no: text, of: {type: link, link: inspection.no}, limit: date, closed: date}\n"
	"  prize:\n"
	"    about: honour\n"
	"    title: 荣誉\n"
	"    fields: {date: date, name: text, number: {type: number, unit: [个, 名]}, state: choice, level: choice}\n"
	"sheets:\n"
	"  - {record: meeting, file: \"1*\", columns: {date: 日期, kind: 类别, due: 应到, present: 实到, topics: 专题},\n"
	"     year: {of: date}, repeats: yes}\n"
	"  - {record: report, file: \"2*\", columns: {date: 日期, no: 编号, theme: 分类}, year: {of: date}, repeats: yes}\n"
	"  - {record: adoption, file: \"3*\", columns: {date: 日期, no: 编号, level: 级别}, year: {of: date}, key: [no, date]}\n"
	"  - {record: inspection, file: \"4*\", columns: {date: 日期, no: 编号, unit: 单位, found: 问题数},\n"
	"     year: {of: date}, repeats: yes}\n"
	"  - {record: problem, file: \"5*\", columns: {found: 发现, no: 编号, of: 督查, limit: 时限, closed: 销号},\n"
	"     year: {of: found}, repeats: yes}\n"
	"  - {record: prize, file: \"6*\", columns: {date: 日期, name: 名称, number: 数量, state: 状态, level: 级别},\n"
	"     year: {of: date}, repeats: yes}\n"
	"duties:\n"
	"  - {id: D1, title: 每季度一次, owner: \"post:主任\", need: {each: quarter, take: meeting}}\n"
	"  - {id: D2, title: 销号率, owner: \"post:主任\",\n"
	"     need: {by: 12-31, reach: {figure: problems/rate, at_least: 50}, label: 年末}}\n"
	"figures:\n";

static const char *const files[][2] = {
	{"1.csv", "日期,类别,应到,实到,专题\n"                    /* rows 2 to 6 */
	          "2022-02-10,室务会,10,9,甲、乙\n"
	          "2022-03-01,室务会,10,,甲\n"
	          "2022-05-05,例会,20,18,\n"
	          "2022-11-20,室务 会,6,5,乙\n"
	          "2022-11-21,支部会,,3,甲、甲\n"},
	{"2.csv", "日期,编号,分类\n2022-01-05,A-1,党建\n2022-06-30,A-2,生态\n2022-07-01,A-3,党建\n"},
	{"3.csv", "日期,编号,级别\n"
	          "2022-02-01,Ａ-1,省级\n"
	          "2022-03-01,A-1,市级\n"
	          "2022-03-02,A-1,市级\n"
	          "2022-08-01,A-3,市级\n"
	          "2022-08-02,A-9,省级\n"
	          "2023-01-10,A-2,省级\n"},                      /* outside the year */
	{"4.csv", "日期,编号,单位,问题数\n2022-01-10,C-1,甲镇,2个\n2022-04-01,C-2,乙镇,1\n2022-09-01,C-3,甲镇,\n"},
	{"5.csv", "发现,编号,督查,时限,销号\n"
	          "2022-01-10,W-1,C-1,2022-02-01,2022-01-20\n"   /* 10 days, in time */
	          "2022-01-10,W-2,C-1,2022-02-01,2022-07-05\n"   /* 176 days, late */
	          "2022-04-01,W-3,C-1,2022-05-01,\n"             /* open */
	          "2022-10-01,W-4,C-3,2022-12-01,2023-01-03\n"}, /* closed next year */
	{"6.csv", "日期,名称,数量,状态,级别\n"
	          "2022-01-01,标兵,1名,获评,市级\n"
	          "2022-01-02,项目,2.5个,推荐,省级\n"
	          "2022-01-03,集体,,推荐,省级\n"},
};

static const char FIGURES[] =
	"  m.all: {count: meeting}\n"
	"  m.sw: {count: meeting, where: {kind: 室务会}}\n"
	"  m.sw.first_half: {in: m.sw, on: 06-30, count: all}\n"
	"  m.list: {in: m.sw, list: date}\n"
	"  \"m.kind.{kind}\": {count: meeting, all: [室务会, 民主生活会]}\n"
	"  \"m.topic.{topics}\": {of: meeting, parts: {times: count, present: {sum: present}}}\n"
	"  m.month: {count: meeting, by: {month: date}}\n"
	"  m.rate:\n"
	"    of: meeting\n"
	"    where: {due: {empty: no}, present: {empty: no}}\n"
	"    parts:\n"
	"      due: {sum: due}\n"
	"      got: {sum: present}\n"
	"      pct: {ratio: [got, due], as: percent}\n"
	"      pct0: {ratio: [got, due], as: percent, digits: 0}\n"
	"      share: {ratio: [got, due], digits: 3}\n"
	"  m.none: {count: meeting, where: {kind: 没有的会}}\n"
	"  m.none.pct: {ratio: [m.none, m.none], as: percent}\n"
	"  m.none.last: {in: m.none, last: date}\n"
	"  m.none.list: {in: m.none, list: kind}\n"
	"  m.first: {of: meeting, first: kind}\n"
	"  m.last: {of: meeting, last: date}\n"
	"  m.gap: {of: meeting, gap: date}\n"
	"  m.one.gap: {of: meeting, where: {kind: 例会}, gap: date}\n"
	"  m.sum: {add: [m.all, {count: report}]}\n"
	"  m.pair: {pair: [m.sw, m.all]}\n"
	"  m.of: {fraction: [m.sw, m.all]}\n"
	"  m.size: {size: m.month}\n"
	"  halves: {ratio: [{count: meeting, where: {kind: 例会}}, {add: [m.all, {count: report}]}], as: percent, digits: 1}\n"
	"  a.province: {of: adoption, where: {no: {linked: yes}, level: 省级}, distinct: no, ids: yes}\n"
	"  a.city: {like: a.province, where: {no: {linked: yes}, level: 市级}}\n"
	"  a.both: {common: [a.province, a.city], ids: yes}\n"
	"  a.theme: {of: adoption, where: {no: {linked: yes}}, distinct: no, by: no.theme}\n"
	"  a.any: {of: adoption, on: any_day, outside: yes, where: {no: {linked: yes}, level: 省级}, distinct: no}\n"
	"  a.loose: {of: adoption, where: {no: {linked: no}}, list: {row: $row, id: no}}\n"
	"  \"p.{state}.{level}\": {of: prize, sum: number, all: {state: [获评], level: level}}\n"
	"  p.lines: {of: prize, list: \"{name} {number:unit}\", sort: name}\n"
	"  p.nonzero: {of: prize, sum: number}\n"
	"  i.units: {of: inspection, distinct: unit}\n"
	"  i.once: {of: inspection, list: unit, once: yes}\n"
	"  i.check:\n"
	"    of: inspection\n"
	"    list: {no: no, stated: found, there: {count: problem, link: of}, asked: {fits: {found: {over: 0}}}}\n"
	"    differ: [stated, there]\n"
	"  problems:\n"
	"    of: problem\n"
	"    parts:\n"
	"      found: count\n"
	"      closed: {count: {closed: {empty: no}}}\n"
	"      rate: {ratio: [closed, found], as: percent}\n"
	"      days: {days: [found, closed], where: {closed: {empty: no}}, digits: 0}\n"
	"      late: {list: no, where: {closed: {empty: no, after: limit}}}\n"
	"      overdue: {list: no, where: {closed: {empty: yes}, limit: {before: on}}}\n"
	"  problems.mid: {like: problems, on: 06-30}\n"
	"  d.required: {duty: D1, count: all}\n"
	"  d.done: {duty: D1, state: done, count: all}\n"
	"  d.missed: {duty: D1, state: missed, list: label}\n"
	"  d.matrix: {duty: D1, list: {who: owner, quarter: label, done: done, rows: rows}}\n"
	"  d.big: {duty: D1, where: {due: {over: 15}}, list: label}\n"
	"  d.reach: {duty: D2, state: met, count: all}\n"
	"  t.whole: {title: 会议数, count: meeting}\n"
	"  t.like: {like: t.whole}\n"
	"  \"t.kind.{kind}\": {title: 会议, count: meeting}\n"
	"  \"t.prize.{state}.{level}\": {title: \"{level}的{state}奖\", of: prize, sum: number}\n"
	"  t.parts:\n"
	"    title: 销号\n"
	"    of: problem\n"
	"    parts:\n"
	"      found: {title: 发现, count: all}\n"
	"      same: {title: 总数, figure: t.whole}\n"
	"      rate: {ratio: [found, same]}\n"
	"      month: {title: 按月, count: all, by: {month: found}}\n";

static void begin(struct fix *f, struct date on, struct facts *facts, struct figures *out)
{
	static struct org org;
	struct import im;

	org = (struct org){0};
	adopt_scheme(f, arena_printf(&f->a, "%s%s", HEAD, FIGURES));
	for (size_t i = 0; i < LEN(files); i++)
		put_file(f, files[i][0], files[i][1]);
	read_files(f, NAMES("1.csv", "2.csv", "3.csv", "4.csv", "5.csv", "6.csv"), NULL, &im);
	accept_all(f, &im, true);
	ok(f, facts_load(&f->a, log_db(f->log), &f->scheme, &org, (struct facts_opt){.year = 2022}, facts, &f->err));
	ok(f, figures_on(facts, on, out, &f->err));
}

#define BEGIN \
	struct fix *f = *state; \
	struct facts facts; \
	struct figures g; \
	begin(f, day("2022-12-31"), &facts, &g)

static void is(struct fix *f, const struct figures *g, const char *name, const char *want)
{
	const struct figure_value *v = figure_part(g, str_c(name));
	struct str got = v ? figure_text(&f->a, v) : S("(no such figure)");

	if (!str_is(got, want))
		FLUNK("%s is '" STR_FMT "', not '%s'", name, STR_ARG(got), want);
}

/* The rows counted, joined: "1.csv!2 1.csv!3". */
static void rows_are(struct fix *f, const struct figures *g, const char *name, const char *want)
{
	const struct figure_result *r;
	const struct figure_value *v = figure_find(g, str_c(name), &r);
	struct buf b CLEANUP(buf_free) = BUF_MAX(4096);
	const struct fact_list *facts;

	assert_non_null(v);
	facts = v == &r->value ? &r->facts : &v->facts;
	for (size_t i = 0; i < facts->n; i++)
		buf_printf(&b, "%s" STR_FMT, i ? " " : "", STR_ARG(fact_row(&f->a, facts->p[i])));
	if (!str_is(buf_str(&b), want))
		FLUNK("%s counts '" STR_FMT "', not '%s'", name, STR_ARG(buf_str(&b)), want);
}

static void test_measures(void **state)
{
	BEGIN;
	is(f, &g, "m.all", "5");
	is(f, &g, "m.sw", "3");                       /* 室务 会 is 室务会 */
	rows_are(f, &g, "m.sw", "1.csv!2 1.csv!3 1.csv!5");
	is(f, &g, "m.list", "2022-02-10、2022-03-01、2022-11-20");
	is(f, &g, "m.month", "1 0；2 1；3 1；4 0；5 1；6 0；7 0；8 0；9 0；10 0；11 2；12 0");
	is(f, &g, "m.month.11", "2");
	is(f, &g, "m.size", "4");                     /* February, March, May, November */
	is(f, &g, "m.rate/due", "36");                /* 10 + 20 + 6: the rows with both numbers */
	is(f, &g, "m.rate/got", "32");                /* 9 + 18 + 5 */
	is(f, &g, "m.rate/pct", "88.9");              /* 32 ÷ 36 = 88.88… */
	is(f, &g, "m.rate/pct0", "89");
	is(f, &g, "m.rate/share", "0.889");
	rows_are(f, &g, "m.rate", "1.csv!2 1.csv!4 1.csv!5");
	is(f, &g, "m.first", "室务会");
	is(f, &g, "m.last", "2022-11-21");
	is(f, &g, "m.gap", "71.0");                   /* 10 February to 21 November, 284 days ÷ (5 − 1) */
	is(f, &g, "m.sum", "8");
	is(f, &g, "m.pair", "3、5");
	is(f, &g, "m.of", "3/5");
	is(f, &g, "p.lines", "标兵 1名、集体、项目 2.5个");
	is(f, &g, "p.nonzero", "3.5");
	rows_are(f, &g, "p.nonzero", "6.csv!2 6.csv!3");     /* no number: not counted in */
	is(f, &g, "i.units", "2");
	is(f, &g, "i.once", "甲镇、乙镇");
}

/* A part has the records counted into it and no others; a share those of what is shared out. */
static void test_part_rows(void **state)
{
	const struct figure_result *r;
	const struct figure_value *v;
	BEGIN;
	rows_are(f, &g, "m.month/11", "1.csv!5 1.csv!6");
	rows_are(f, &g, "m.month/1", "");
	rows_are(f, &g, "m.list/3", "1.csv!5");
	rows_are(f, &g, "m.topic.乙/present", "1.csv!2 1.csv!5");
	rows_are(f, &g, "problems/found", "5.csv!2 5.csv!3 5.csv!4 5.csv!5");
	rows_are(f, &g, "problems/closed", "5.csv!2 5.csv!3");
	rows_are(f, &g, "problems/rate", "5.csv!2 5.csv!3");
	rows_are(f, &g, "problems/late/1", "5.csv!3");
	rows_are(f, &g, "problems/overdue", "5.csv!4 5.csv!5");
	rows_are(f, &g, "i.once/1", "4.csv!2 4.csv!4");   /* 甲镇 twice, said once */
	rows_are(f, &g, "d.matrix/4", "1.csv!5 1.csv!6");
	rows_are(f, &g, "halves", "1.csv!4 2.csv!2 2.csv!3 2.csv!4");
	v = figure_find(&g, S("m.pair/1"), &r);       /* another figure: its records are there */
	assert_false(v->has_facts);
	same(v->from.p[0], S("m.sw"));
	assert_null(figure_part(&g, S("m.list/4")));
	assert_null(figure_part(&g, S("m.list/x")));
	assert_true(scheme_has_figure(&f->scheme, S("problems/late/1")));
}

static void test_links(void **state)
{
	BEGIN;
	is(f, &g, "a.province", "1");                 /* A-1; A-9 names no report, A-2 is of next year */
	is(f, &g, "a.city", "2");                     /* A-1 twice, A-3 */
	rows_are(f, &g, "a.city", "3.csv!3 3.csv!4 3.csv!5");
	is(f, &g, "a.both", "1");
	same(figure_get(&g, S("a.both"))->value.ids.p[0], S("A-1"));
	is(f, &g, "a.theme", "党建 2");
	is(f, &g, "a.any", "2");                      /* outside the year */
	is(f, &g, "a.loose", "行 3.csv!6；编号 A-9");
	/* C-1 says 2 and has 3, C-2 says 1 and has none, C-3 says nothing (0) and has 1 */
	is(f, &g, "i.check", "编号 C-1；问题数 2；问题数 3；问题数符合 是、编号 C-2；问题数 1；问题数 0；问题数符合 是、"
	   "编号 C-3；问题数 —；问题数 1；问题数符合 否");
}

static void test_halves(void **state)
{
	BEGIN;
	is(f, &g, "halves", "12.5");                  /* 1 ÷ 8 */
	is(f, &g, "problems/days", "93");             /* (10 + 176) ÷ 2 */
	for (int i = 0; i < 4; i++) {
		static const struct {
			int64_t thousandths;
			int digits;
			const char *text;
		} t[] = {{2875, 2, "2.88"}, {2500, 0, "3"}, {-2500, 0, "-3"}, {499, 0, "0"}};
		struct figure_value v = {.kind = FIG_NUMBER, .thousandths = t[i].thousandths, .digits = t[i].digits};

		same(figure_text(&f->a, &v), str_c(t[i].text));
	}
}

static void test_nothing(void **state)
{
	BEGIN;
	is(f, &g, "m.none", "0");
	is(f, &g, "m.none.pct", "—");                 /* a share of nothing */
	assert_int_equal(figure_json(&f->a, figure_part(&g, S("m.none.pct")))->kind, NODE_NULL);
	is(f, &g, "m.none.last", "—");
	is(f, &g, "m.none.list", "");
	is(f, &g, "m.one.gap", "—");                  /* one day has no gap */
	assert_null(figure_get(&g, S("m.nothing")));
	assert_null(figure_part(&g, S("problems/nothing")));
	assert_false(scheme_has_figure(&f->scheme, S("problems/nothing")));
	assert_true(scheme_has_figure(&f->scheme, S("problems.rate")));
}

static void test_families(void **state)
{
	const struct figure_result *r;
	BEGIN;
	is(f, &g, "m.kind.室务会", "3");
	is(f, &g, "m.kind.民主生活会", "0");          /* there because of all: */
	assert_non_null(map_get(&g.by_name, S("m.kind.民主生活会")));
	assert_null(map_get(&g.by_name, S("m.kind.没有")));
	is(f, &g, "m.kind.没有", "0");                /* and this when asked for */
	is(f, &g, "m.topic.甲/times", "3");           /* 甲、甲 of one meeting counts once */
	is(f, &g, "m.topic.甲.present", "12");        /* 9 + nothing + 3 */
	is(f, &g, "m.topic.丙.present", "0");
	is(f, &g, "p.获评.市级", "1");
	is(f, &g, "p.获评.省级", "0");                /* all: both fields crossed */
	is(f, &g, "p.推荐.省级", "2.5");
	assert_true(scheme_has_figure(&f->scheme, S("p.公示.市级")));
	assert_false(scheme_has_figure(&f->scheme, S("p.公示")));
	r = figure_get(&g, S("m.kind.室务会"));
	assert_int_equal(r->facts.n, 3);
}

/* A world that threads share: who asks makes what he needs in an arena of his own, and changes nothing of it. */
static void test_shared(void **state)
{
	struct arena mine CLEANUP(arena_free) = ARENA_INIT;
	struct facts my_facts;
	struct figures own;
	size_t used, members;
	BEGIN;

	used = g.facts->arena->used;
	members = g.by_name.n;
	my_facts = facts_for(g.facts, &mine);
	own = figures_for(&g, &my_facts);
	assert_non_null(figure_get(&own, S("m.kind.党组会")));          /* a member that no record gave */
	assert_non_null(figure_part(&own, S("m.topic.甲/times")));
	assert_null(figure_get(&own, S("nothing.at.all")));
	assert_int_equal(g.facts->arena->used, used);
	assert_int_equal(g.by_name.n, members);
	assert_true(mine.used > 0);
	(void)f;
}

static void test_days(void **state)
{
	BEGIN;
	is(f, &g, "m.sw.first_half", "2");
	is(f, &g, "problems/found", "4");
	is(f, &g, "problems/closed", "2");            /* W-4's closing lies in 2023 */
	is(f, &g, "problems/rate", "50.0");
	is(f, &g, "problems/late", "W-2");
	is(f, &g, "problems/overdue", "W-3、W-4");
	is(f, &g, "problems.mid/found", "3");
	is(f, &g, "problems.mid/closed", "1");        /* W-2 was closed in July */
	is(f, &g, "problems.mid/rate", "33.3");
	is(f, &g, "problems.mid/overdue", "W-2、W-3");
	ok(f, figures_on(&facts, day("2022-03-31"), &g, &f->err));
	is(f, &g, "m.all", "2");
	is(f, &g, "problems.mid/found", "2");         /* never of a day after the one asked about */
	is(f, &g, "a.any", "2");
	is(f, &g, "m.gap", "19.0");                   /* 10 February to 1 March */
}

static void test_slots(void **state)
{
	const struct figure_result *r;
	BEGIN;
	is(f, &g, "d.required", "4");
	is(f, &g, "d.done", "3");
	is(f, &g, "d.missed", "3季度");
	is(f, &g, "d.big", "2季度");                  /* the one quarter with a meeting of more than 15 due */
	is(f, &g, "d.reach", "1");                    /* 50 of 100 by the duty's own figure */
	r = figure_get(&g, S("d.matrix"));
	assert_int_equal(r->value.n, 4);
	assert_int_equal(r->value.items[2]->items[2]->kind, FIG_FLAG);
	assert_false(r->value.items[2]->items[2]->yes);
	same(r->from.p[0], S("D1"));
}

static void test_titles(void **state)
{
	static const struct {
		const char *name, *title;
		bool titled;
	} cases[] = {
		{"t.whole", "会议数", true},
		{"t.like", "t.like", false},           /* a title is nobody else's */
		{"t.kind.室务会", "会议：室务会", true},
		{"t.kind.没有", "会议：没有", true},
		{"t.prize.获评.市级", "市级的获评奖", true},
		{"t.parts", "销号", true},
		{"t.parts/found", "销号：发现", true},
		{"t.parts/same", "销号：总数", true},
		{"t.parts/rate", "销号：rate", true},
		{"t.parts/month/10", "销号：按月：10", true},
		{"m.all", "m.all", false},
		{"m.list/2", "m.list：2", false},
	};
	BEGIN;

	is(f, &g, "t.parts", "发现 4；总数 5；rate 0.8；按月 1 2；2 0；3 0；4 1；5 0；6 0；7 0；8 0；9 0；10 1；11 0；12 0");
	for (size_t i = 0; i < LEN(cases); i++) {
		const struct figure_result *r;
		const struct figure_value *v = figure_find(&g, str_c(cases[i].name), &r);

		same(figure_title(&f->a, r, v), str_c(cases[i].title));
		assert_int_equal(figure_titled(r, v), cases[i].titled);
	}
	same(node_text(node_get(figures_json(&g), S("t.parts")), S("title")), S("销号"));
	assert_null(NODE_GET(node_get(figures_json(&g), S("t.like")), "title"));
}

static void test_json(void **state)
{
	struct fix *f = *state;
	struct buf b CLEANUP(buf_free) = BUF_MAX(1 << 20);
	struct facts facts;
	struct figures g;

	begin(f, day("2022-12-31"), &facts, &g);
	json_pretty(&b, node_get(figures_json(&g), S("problems")));
	assert_true(str_has(buf_str(&b), S("\"rate\": 50.0")));
	assert_true(str_has(buf_str(&b), S("\"found\": 4")));
	assert_true(str_has(buf_str(&b), S("\"5.csv!2\"")));
	buf_reset(&b);
	json_pretty(&b, node_get(figures_json(&g), S("a.both")));
	assert_true(str_has(buf_str(&b), S("\"ids\": [\n    \"A-1\"\n  ]")));
}

/* ---- the loader ---- */

static void wrong(struct fix *f, const char *figures, const char *words)
{
	struct scheme s = {0};

	refused(f, scheme_read(&f->a, arena_printf(&f->a, "%s  problems: {of: problem, parts: {rate: count}}\n%s", HEAD, figures),
		&s, &f->err), ERR_INPUT, words);
}

static void test_refused(void **state)
{
	struct fix *f = *state;

	wrong(f, "  x: {count: meetings}\n", "no record type 'meetings'; did you mean 'meeting'?");
	wrong(f, "  x: {count: meeting}\n  y: {in: xx, count: all}\n", "no figure 'xx' over records stands above; did you mean 'x'?");
	wrong(f, "  x: {of: meeting, sum: presents}\n", "did you mean 'present'?");
	wrong(f, "  x: {of: meeting, summe: due}\n", "unknown key 'summe' in the figure");
	wrong(f, "  x: {of: meeting}\n", "the figure measures nothing");
	wrong(f, "  x: {sum: due}\n", "'sum' needs a set");
	wrong(f, "  x: {of: meeting, sum: due, distinct: kind}\n", "a figure has one measure, not 'sum' and 'distinct'");
	wrong(f, "  x: {of: meeting, sum: due, digits: 1}\n", "'digits' does not fit 'sum'");
	wrong(f, "  x: {of: meeting, gap: kind}\n", "'gap' takes fields that are dates");
	wrong(f, "  x: {of: meeting, days: [date]}\n", "'days' takes two fields");
	wrong(f, "  x: {ratio: [problems.rate, nothing]}\n", "no figure 'nothing'");
	wrong(f, "  x: {ratio: [problems.rate, problem]}\n", "did you mean 'problems'?");
	wrong(f, "  x: {ratio: [problems.rate, problems.nix]}\n", "no figure 'problems.nix'");
	wrong(f, "  x: {add: [y, y]}\n  y: {add: [x, x]}\n", "follows from itself");
	wrong(f, "  x: {of: meeting, parts: {a: {add: [b]}, b: {add: [a]}}}\n", "a part follows from itself");
	wrong(f, "  x: {like: y}\n  y: {like: x}\n", "follows from itself");
	wrong(f, "  x: {like: y}\n", "no figure 'y'");
	wrong(f, "  \"x.{kinds}\": {count: meeting}\n", "did you mean 'kind'?");
	wrong(f, "  \"x.{kind\": {count: meeting}\n", "braces do not match");
	wrong(f, "  \"x.{kind}\": {of: meeting, parts: {a: {count: report}}}\n", "of the family's own set");
	wrong(f, "  x: {count: meeting, by: kind, all: levels}\n", "no list 'levels' under lists:");
	wrong(f, "  x: {count: meeting, where: {kind: $owner}}\n", "a figure has no $owner and no $each");
	wrong(f, "  x: {count: meeting, on: someday}\n", "'someday' is no day");
	wrong(f, "  x: {duty: D9, count: all}\n", "no duty 'D9'; did you mean 'D1'?");
	wrong(f, "  x: {duty: D1, list: lables}\n", "a slot has no 'lables'; did you mean 'label'?");
	wrong(f, "  x: {duty: D1, state: wet, count: all}\n", "no state 'wet'");
	wrong(f, "  x: {of: meeting, list: \"{kind\"}\n", "a '{' without '}'");
	wrong(f, "  x: {of: meeting, list: {a: kind, b: date}, differ: [a, c]}\n", "the list has no entry 'c'");
	wrong(f, "  x: {of: meeting, list: {n: {count: problem, link: of}}}\n", "'of' names no record of this set");
	wrong(f, "  x: {title: [a], count: meeting}\n", "line 39, column 14: 'title' must be a text");
	wrong(f, "  x: {of: meeting, parts: {a: {title: [a], count: all}}}\n", "'title' must be a text");
	wrong(f, "  x: {ratio: [{title: a, count: meeting}, problems.rate]}\n", "unknown key 'title' in the figure");
	wrong(f, "  \"x.{kind}\": {title: \"{kinds}\", count: meeting}\n", "'{kinds}' is no field of the name 'x.{kind}'");
	/* a duty's figure and a figure of that duty: round and round */
	refused(f, scheme_read(&f->a, arena_printf(&f->a, "%s  problems: {parts: {rate: {duty: D2, count: all}}}\n", HEAD),
		&f->scheme, &f->err), ERR_INPUT, "follows from itself");
	/* place: the line and column of the name */
	wrong(f, "  x: {count: meetings}\n", "line 39, column 14");
}

int main(void)
{
	struct CMUnitTest tests[] = {
		ON_SQLITE(test_measures),
		ON_SQLITE(test_part_rows),
		ON_SQLITE(test_links),
		ON_SQLITE(test_halves),
		ON_SQLITE(test_nothing),
		ON_SQLITE(test_families),
		ON_SQLITE(test_shared),
		ON_SQLITE(test_days),
		ON_SQLITE(test_slots),
		ON_SQLITE(test_titles),
		ON_SQLITE(test_json),
		PLAIN(test_refused),
	};

	return run_plan("figure", tests, LEN(tests));
}
