/* Risks: the matrix as data, levels and reviews on a day, steps that write into the register. */
#include "flow_world.h"

#include "flow/facts_load.h"
#include "flow/risk_step.h"
#include "flow/warn_inside.h"

#define MATRIX \
	"matrix:\n" \
	"  likelihood: {title: 可能性, values: [低, 中, 高]}\n" \
	"  impact: {title: 影响, values: [轻微, 一般, 严重]}\n" \
	"  levels: [{level: 重大, colour: 红, review: month, tell: [\"post:主任\"]}, {level: 较大, colour: 橙, review: quarter},\n" \
	"    {level: 一般, colour: 黄, review: half}, {level: 低, colour: 蓝, review: year}]\n" \
	"  cells: {高: [一般, 较大, 重大], 中: [低, 一般, 较大], 低: [低, 低, 一般]}\n"

/* One register whose levels and closures follow from records of updates, one that says all itself. */
static const char SCHEME[] =
	"zeren: 1\nscheme: risks\ntitle: 风险\nlists: {lv: [重大, 较大, 一般, 低]}\n"
	"records:\n"
	"  risk:\n    about: risk\n    title: 风险\n    fields: {no: text, name: text, registered: date,\n"
	"      level: {type: choice, of: lv}, owner: post, likelihood: text, impact: text, measures: text, closed: date}\n"
	"    track:\n"
	"      level: {from: update, key: no, where: {what: 等级调整}, to: level}\n"
	"      closed: {from: update, key: no, where: {what: 化解}, to: date, fallback: yes}\n"
	"    risk: {no: no, name: name, level: level, likelihood: likelihood, impact: impact, owner: owner,\n"
	"      registered: registered, closed: closed, measures: measures,\n"
	"      updates: {of: update, no: no, date: date, what: what, level: level, by: by, note: note,\n"
	"        words: {rate: 等级调整, review: 复核, close: 化解}}}\n"
	"  update: {about: risk, title: 更新, fields: {date: date, no: {type: link, link: risk.no}, what: choice,\n"
	"    level: {type: choice, of: lv}, by: post, note: text}}\n"
	"  plain: {about: risk, title: 自述, fields: {no: text, registered: date, level: text, reviewed: date, closed: date},\n"
	"    risk: {no: no, level: level, registered: registered, reviewed: reviewed, closed: closed}}\n"
	MATRIX
	"warnings:\n"
	"  - {id: review, title: 研判逾期, of: risks, metric: days_overdue,\n"
	"     bands: [{at_least: 1, colour: 橙, action: 催办, to: owner, limit: 5 days, escalate: \"post:主任\"}]}\n";

/* ---- the matrix ---- */

static void facts_now(struct fix *f, struct facts *out)
{
	struct org *org = ARENA_NEW(&f->a, struct org);

	ok(f, org_load(log_db(f->log), &f->a, DATE_NONE, org, &f->err));
	ok(f, facts_load(&f->a, log_db(f->log), &f->scheme, org, (struct facts_opt){.year = 2022}, out, &f->err));
}

static void office(struct fix *f)
{
	struct org org;

	put_file(f, "org.json", FLOW_ORG);
	ok(f, org_read(&f->a, path_in(f, "org.json"), 2022, &org, &f->err));
	ok(f, log_write(f->log, S("张一"), S("test"), flow_org_put, &org, &f->err));
	adopt_scheme(f, str_c(SCHEME));
}

/* Every cell, likelihood by likelihood from the lowest. */
static void test_cells(void **state)
{
	static const char *const want[3][3] = {{"低", "低", "一般"}, {"低", "一般", "较大"}, {"一般", "较大", "重大"}};
	struct fix *f = *state;
	struct facts facts;
	const struct matrix *m;

	office(f);
	facts_now(f, &facts);
	m = f->scheme.grid;
	assert_non_null(m);
	for (size_t i = 0; i < 3; i++)
		for (size_t k = 0; k < 3; k++)
			same(matrix_grade(&facts, m, m->axes[AXIS_LIKELIHOOD].values.p[i], m->axes[AXIS_IMPACT].values.p[k])->level,
				str_c(want[i][k]));
	assert_null(matrix_grade(&facts, m, S("很高"), S("严重")));
	assert_int_equal(grade_of(&facts, m, S("较大"))->colour, COLOUR_ORANGE);
	assert_null(grade_of(&facts, m, S("特大")));
}

static void test_errors(void **state)
{
	static const struct {
		const char *was, *is, *says;
	} t[] = {
		{"高: [一般, 较大, 重大]", "高: [一般, 较大]", "must be a list of 3 levels"},
		{"高: [一般, 较大, 重大], ", "", "cells of '高'"},
		{"高: [一般, 较大, 重大]", "很高: [一般, 较大, 重大]", "no likelihood '很高'"},
		{"高: [一般, 较大, 重大]", "高: [一般, 较大, 特大]", "no level '特大'"},
		{"高: [一般, 较大, 重大]", "高: [重大, 较大, 重大]", "'较大' is milder than a cell of lower likelihood or impact"},
		{"{level: 较大, colour: 橙", "{level: 较大, colour: 红", "is no milder than"},
		{"{level: 较大, colour: 橙", "{level: 重大, colour: 橙", "stands there twice"},
		{"colour: 橙", "colour: orang", "did you mean 'orange'?"},
		{"review: quarter", "review: season", "no period 'season'"},
		{"values: [低, 中, 高]", "values: [低]", "two values at least"},
		{"values: [轻微, 一般, 严重]", "values: [轻微, 一般, 一般]", "stands there twice"},
		{"lv: [重大, 较大, 一般, 低]", "lv: [重大, 较大, 一般]", "level '低' of the matrix is not in list 'lv'"},
		{"risk: {no: no, level: level, reg", "risk: {no: no, level: levle, reg", "did you mean 'level'?"},
		{"risk: {no: no, level: level, reg", "risk: {no: no, level: closed, reg", "can not be a field of type date"},
		{"words: {rate: 等级调整, review: 复核", "words: {rate: 等级调整", "review"},
		{"plain: {about: risk", "plain: {about: meeting", "is about meeting"},
	};
	struct fix *f = *state;
	struct scheme s;

	for (size_t i = 0; i < LEN(t); i++) {
		const char *at = strstr(SCHEME, t[i].was);
		struct str text;

		assert_non_null(at);
		text = arena_printf(&f->a, "%.*s%s%s", (int)(at - SCHEME), SCHEME, t[i].is, at + strlen(t[i].was));
		refused(f, scheme_read(&f->a, text, &s, &f->err), ERR_INPUT, t[i].says);
	}
}

/* ---- on a day ---- */

static struct risk on_day(struct fix *f, const char *no, const char *on)
{
	struct facts *facts = ARENA_NEW(&f->a, struct facts);
	struct risks all;
	const struct risk *r;

	facts_now(f, facts);
	all = risks_on(facts, day(on));
	r = risk_named(facts, &all, str_c(no));
	assert_non_null(r);
	return *r;
}

static const char *due_of(struct fix *f, const char *no, const char *on)
{
	char text[DATE_TEXT];

	return arena_str(&f->a, date_text(on_day(f, no, on).due, text)).p;
}

/* The next review is due at the end of the first whole period after the last one. */
static void test_reviews(void **state)
{
	struct fix *f = *state;
	struct facts facts;

	office(f);
	enter(f, "risk", "no=F1;name=一;registered=2022-01-10;level=较大");
	enter(f, "risk", "no=F2;name=二;registered=2022-03-31;level=重大");
	enter(f, "update", "date=2022-05-20;no=F1;what=复核");
	enter(f, "update", "date=2022-06-01;no=F1;what=措施调整");         /* no review */
	enter(f, "update", "date=2022-08-15;no=F1;what=等级调整;level=一般");
	enter(f, "update", "date=2022-09-01;no=F2;what=化解");
	/* quarterly, since 10 January: the second quarter is the first whole one */
	assert_string_equal(due_of(f, "F1", "2022-05-19"), "2022-06-30");
	/* reviewed in May: the third */
	assert_string_equal(due_of(f, "F1", "2022-06-30"), "2022-09-30");
	/* half-yearly from 15 August on: the first half of 2023 */
	assert_string_equal(due_of(f, "F1", "2022-08-15"), "2023-06-30");
	same(on_day(f, "F1", "2022-08-14").level, S("较大"));
	same(on_day(f, "F1", "2022-08-15").level, S("一般"));
	/* monthly: April, and overdue from May on */
	assert_string_equal(due_of(f, "F2", "2022-04-30"), "2022-04-30");
	assert_false(risk_overdue(&(struct risk){.due = day("2022-04-30")}, day("2022-04-30")));
	assert_true(risk_overdue(&(struct risk){.due = day("2022-04-30")}, day("2022-05-01")));
	/* closed: none */
	assert_string_equal(due_of(f, "F2", "2022-09-01"), "");
	/* a day before it was registered it is not there */
	facts_now(f, &facts);
	assert_int_equal(risks_on(&facts, day("2022-01-09")).n, 0);
	assert_int_equal(risks_on(&facts, day("2022-01-10")).n, 1);
}

/* ---- steps ---- */

struct acting {
	struct fix *f;
	struct risk_input in;
	struct id event;
};

static enum err_code act_do(struct tx *tx, void *ctx, struct err *err)
{
	struct acting *x = ctx;

	return risk_step(tx, &x->f->scheme, &x->in, &x->event, err);
}

static enum err_code take_step(struct fix *f, const char *no, const char *move, const char *typed, const char *axes)
{
	struct acting x = {.f = f, .in = {.step = step_input(f, move, typed), .no = str_c(no), .year = 2022}};
	struct str rest = str_c(axes);

	str_cut(&rest, S("×"), &x.in.likelihood);
	x.in.impact = rest;
	return log_write(f->log, S("zhang.san"), S("test"), act_do, &x, &f->err);
}

static void test_steps(void **state)
{
	struct fix *f = *state;
	struct risk r;

	office(f);
	enter(f, "risk", "no=F1;name=一;registered=2022-01-10;level=低");
	/* by the matrix: 高 × 一般 is 较大 */
	ok(f, take_step(f, "F1", "rate", "by=G11;day=2022-02-01", "高×一般"));
	r = on_day(f, "F1", "2022-02-01");
	same(r.level, S("较大"));
	same(r.likelihood, S("高"));
	assert_false(r.differs);
	/* the day before it had the level it was registered with */
	same(on_day(f, "F1", "2022-01-31").level, S("低"));
	/* another level than the matrix gives needs a reason */
	refused(f, take_step(f, "F1", "rate", "by=G11;day=2022-02-02;level=重大", "高×一般"), ERR_REQUIRED, "the matrix gives '较大'");
	refused(f, take_step(f, "F1", "rate", "by=G11;day=2022-02-02;level=重大", ""), ERR_REQUIRED, "needs a reason");
	refused(f, take_step(f, "F1", "rate", "by=G11;day=2022-02-02", "高×"), ERR_REQUIRED, "likelihood and impact");
	refused(f, take_step(f, "F1", "rate", "by=G11;day=2022-02-02", "极高×一般"), ERR_INPUT, "'极高'");
	refused(f, take_step(f, "F1", "rate", "by=G11;day=2022-02-02;level=特大;why=x", ""), ERR_INPUT, "no level of the matrix");
	ok(f, take_step(f, "F1", "rate", "by=G11;day=2022-02-02;level=重大;why=上级要求", "高×一般"));
	assert_true(on_day(f, "F1", "2022-02-02").differs);
	ok(f, take_step(f, "F1", "measure", "by=G11;day=2022-02-03;text=双人复核", ""));
	ok(f, take_step(f, "F1", "review", "by=G11;day=2022-03-04;text=措施有效", ""));
	same(on_day(f, "F1", "2022-03-04").level, S("重大"));
	assert_int_equal(on_day(f, "F1", "2022-03-04").reviewed.n, day("2022-03-04").n);
	/* raising must raise, lowering must lower, and is another's hand */
	refused(f, take_step(f, "F1", "escalate", "by=G11;day=2022-03-05;level=较大;why=x", ""), ERR_INPUT, "is not graver than");
	refused(f, take_step(f, "F1", "lower", "by=G11;day=2022-03-05;level=一般;why=x", ""), ERR_DENIED, "another hand");
	refused(f, take_step(f, "F1", "lower", "by=G01;day=2022-03-05;level=重大;why=x", ""), ERR_INPUT, "is not milder than");
	refused(f, take_step(f, "F1", "measure", "by=G11;day=2022-03-05;text=x;level=低", ""), ERR_INPUT, "does not change the level");
	ok(f, take_step(f, "F1", "lower", "by=G01;day=2022-03-05;level=一般;why=已整改", ""));
	same(on_day(f, "F1", "2022-03-05").level, S("一般"));
	ok(f, take_step(f, "F1", "consult", "by=G12;day=2022-04-01;no=2022-1;level=较大;text=升级", ""));
	ok(f, take_step(f, "F1", "escalate", "by=G12;day=2022-04-02;level=重大;why=y", ""));
	/* who reviewed it last does not close it */
	ok(f, take_step(f, "F1", "review", "by=G12;day=2022-04-03;text=已化解", ""));
	refused(f, take_step(f, "F1", "close", "by=G12;day=2022-04-04;text=x", ""), ERR_DENIED, "another hand");
	ok(f, take_step(f, "F1", "close", "by=G01;day=2022-04-04;text=验收", ""));
	assert_int_equal(on_day(f, "F1", "2022-04-04").closed.n, day("2022-04-04").n);
	assert_false(date_is(on_day(f, "F1", "2022-04-03").closed));
	refused(f, take_step(f, "F1", "review", "by=G12;day=2022-04-05;text=x", ""), ERR_CONFLICT, "was closed on 2022-04-04");
	refused(f, take_step(f, "F1", "reopen", "by=G12;day=2022-04-05;why=x", ""), ERR_CONFLICT, "withdraw that record");
	refused(f, take_step(f, "F9", "review", "by=G12;text=x", ""), ERR_NOT_FOUND, "no risk 'F9'");
	/* one record for each step that the register has a word for: 5 levels, 2 reviews, 1 closure; measures in the risk */
	assert_int_equal(count(f, "select count(*) from p_record where type = 'update'"), 8);
	assert_int_equal(count(f, "select count(*) from p_record where type = 'risk' and fields like '%双人复核%'"), 1);
	assert_int_equal(count(f, "select count(*) from p_step where flow = 'risk'"), 9);
	sound(f);
}

/* A register without records of updates: the risk says it itself. */
static void test_own_fields(void **state)
{
	struct fix *f = *state;

	office(f);
	enter(f, "plain", "no=P1;registered=2022-01-10;level=一般");
	ok(f, take_step(f, "P1", "review", "by=G11;day=2022-02-01;text=x;level=重大", ""));
	same(on_day(f, "P1", "2022-02-01").level, S("重大"));
	assert_string_equal(due_of(f, "P1", "2022-02-01"), "2022-03-31");
	ok(f, take_step(f, "P1", "close", "by=G01;day=2022-03-01;text=x", ""));
	assert_true(date_is(on_day(f, "P1", "2022-03-01").closed));
	refused(f, take_step(f, "P1", "review", "by=G11;day=2022-03-02;text=x", ""), ERR_CONFLICT, "closed");
	ok(f, take_step(f, "P1", "reopen", "by=G01;day=2022-03-05;why=复发", ""));
	assert_false(date_is(on_day(f, "P1", "2022-03-05").closed));
	ok(f, take_step(f, "P1", "review", "by=G11;day=2022-03-06;text=x", ""));
	sound(f);
}

/* Raised by an import, and closed by one: a step sees what the register says. */
static void test_beside_imports(void **state)
{
	struct fix *f = *state;

	office(f);
	enter(f, "risk", "no=F1;name=一;registered=2022-01-10;level=低");
	ok(f, take_step(f, "F1", "review", "by=G11;day=2022-02-01;text=x", ""));
	enter(f, "update", "date=2022-02-10;no=F1;what=等级调整;level=较大");
	refused(f, take_step(f, "F1", "escalate", "by=G11;day=2022-02-11;level=一般;why=x", ""), ERR_INPUT, "'较大'");
	enter(f, "update", "date=2022-02-20;no=F1;what=化解");
	refused(f, take_step(f, "F1", "review", "by=G11;day=2022-02-21;text=x", ""), ERR_CONFLICT, "by the register");
	sound(f);
}

/* ---- answers to warnings ---- */

struct saying {
	struct warning w;
	struct warn_said said;
	struct id id;
};

static enum err_code saying_do(struct tx *tx, void *ctx, struct err *err)
{
	struct saying *s = ctx;

	return warn_say(tx, &s->w, &s->said, &s->id, err);
}

/* The one warning of a day. */
static struct warning the_warning(struct fix *f, const char *on)
{
	struct facts *facts = ARENA_NEW(&f->a, struct facts);
	struct warn_answers *answers = ARENA_NEW(&f->a, struct warn_answers);
	struct warnings all;

	facts_now(f, facts);
	ok(f, warn_answers_load(log_db(f->log), &f->a, answers, &f->err));
	ok(f, warnings_on(facts, answers, day(on), &all, &f->err));
	assert_int_equal(all.n, 1);
	return all.p[0];
}

static enum err_code say_as(struct fix *f, struct warning w, enum warn_act act, const char *on, const char *by,
	const char *text, const char *actor, const char *via)
{
	struct saying s = {.w = w, .said = {.act = act, .day = day(on), .by = str_c(by), .text = str_c(text)}};

	return log_write(f->log, str_c(actor), str_c(via), saying_do, &s, &f->err);
}

static void test_answers(void **state)
{
	struct fix *f = *state;
	struct warning w;

	office(f);
	enter(f, "risk", "no=F1;name=一;registered=2022-01-10;level=较大;owner=副主任");
	w = the_warning(f, "2022-07-03");        /* the second quarter went by */
	same(w.to, S("副主任"));
	assert_int_equal(w.since.n, day("2022-07-01").n);
	assert_int_equal(w.limit.n, day("2022-07-06").n);
	assert_int_equal(w.state, WARN_OPEN);
	w = the_warning(f, "2022-07-07");        /* nobody answered: it goes to whom the rule says */
	assert_int_equal(w.state, WARN_LAPSED);
	same(w.to, S("主任"));
	refused(f, say_as(f, w, WARN_ANSWER, "2022-06-30", "副主任", "x", "li", "test"), ERR_INPUT, "day");
	refused(f, say_as(f, w, WARN_ANSWER, "2099-01-01", "副主任", "x", "li", "test"), ERR_INPUT, "day");
	refused(f, say_as(f, w, WARN_ANSWER, "2022-07-05", "", "x", "li", "test"), ERR_REQUIRED, "by");
	refused(f, say_as(f, w, WARN_ANSWER, "2022-07-05", "副主任", " ", "li", "test"), ERR_REQUIRED, "text");
	ok(f, say_as(f, w, WARN_ANSWER, "2022-07-05", "副主任", "已安排研判", "li", "test"));
	assert_int_equal(the_warning(f, "2022-07-04").state, WARN_OPEN);         /* that day it had not come */
	w = the_warning(f, "2022-07-07");
	assert_int_equal(w.state, WARN_ANSWERED);
	same(w.answer->text, S("已安排研判"));
	refused(f, say_as(f, w, WARN_LIFT, "2022-07-07", "副主任", "x", "wang", "test"), ERR_CONFLICT, "another hand");
	refused(f, say_as(f, w, WARN_LIFT, "2022-07-07", "主任", "x", "li", "web"), ERR_NOT_FOUND, "");
	ok(f, say_as(f, w, WARN_LIFT, "2022-07-07", "主任", "已核实", "li", "test"));
	assert_int_equal(the_warning(f, "2022-07-07").state, WARN_LIFTED);
	assert_int_equal(the_warning(f, "2022-07-06").state, WARN_ANSWERED);
	sound(f);
}

/* ---- the days that are passed over ---- */

/* On the example office: looking only on days on which something can have changed gives the same colours on every day as
 * looking anew each day. */
static void test_passed_over(void **state)
{
	struct fix *f = *state;
	struct facts facts;
	struct walk some = {.f = &facts, .last = day("2022-12-31")}, all = some;
	struct import im;
	struct org org;
	size_t coloured = 0;

	ok(f, org_read(&f->a, CASE "org.json", 2022, &org, &f->err));
	ok(f, log_write(f->log, S("张一"), S("test"), flow_org_put, &org, &f->err));
	adopt_file(f, CASE "scheme.yaml");
	read_case(f, &im);
	accept_all(f, &im, true);
	facts_now(f, &facts);
	all.every = true;
	ok(f, walk_year(&some, &f->err));
	ok(f, walk_year(&all, &f->err));
	for (size_t r = 0; r < f->scheme.nwarn_rules; r++) {
		assert_int_equal(some.runs[r].things.n, all.runs[r].things.n);
		for (size_t i = 0; i < all.runs[r].things.n; i++) {
			same(some.runs[r].strips[i].thing->key, all.runs[r].strips[i].thing->key);
			assert_memory_equal(some.runs[r].strips[i].bands, all.runs[r].strips[i].bands, (size_t)all.days);
			for (int k = 0; k < all.days; k++)
				coloured += all.runs[r].strips[i].bands[k] >= 0;
		}
	}
	assert_true(coloured > 5000);
}

int main(void)
{
	struct CMUnitTest tests[] = {
		ON_SQLITE(test_cells), ON_SQLITE(test_errors), ON_SQLITE(test_reviews), ON_BOTH(test_steps),
		ON_SQLITE(test_own_fields), ON_SQLITE(test_beside_imports), ON_BOTH(test_answers), ON_SQLITE(test_passed_over),
	};

	return run_plan("risk", tests, LEN(tests));
}
