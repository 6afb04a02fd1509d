/* Findings as of a day: days, overdue, measures, rates by hand, recurrences; inspections and what they make; rights. */
#include "flow_world.h"

#include "flow/facts_load.h"
#include "flow/inspect.h"
#include "who/access.h"
#include "who/org_edit.h"

/* ---- reading ---- */

static struct facts facts_on(struct fix *f)
{
	struct facts facts;
	struct org *org = ARENA_NEW(&f->a, struct org);

	ok(f, org_load(log_db(f->log), &f->a, DATE_NONE, org, &f->err));
	ok(f, facts_load(&f->a, log_db(f->log), &f->scheme, org, (struct facts_opt){.year = 2022, .lang = LANG_EN}, &facts,
		&f->err));
	return facts;
}

static struct findings load(struct fix *f, const char *on, int year, const char *unit)
{
	struct finding_ask ask = {day(on), year, str_c(unit)};
	struct facts facts = facts_on(f);
	struct findings all;

	ok(f, findings_load(log_db(f->log), &f->a, &facts, &ask, &all, &f->err));
	return all;
}

static const struct finding *one(struct fix *f, struct id id, const char *on)
{
	struct findings all = load(f, on, 0, "");
	const struct finding *x = finding_of(&all, id);

	assert_non_null(x);
	return x;
}

static void go(struct fix *f, struct id id, const char *move, const char *typed)
{
	ok(f, step(f, id, move, typed));
}

/* Up to the measures approved; due 2022-06-30. */
static struct id in_hand(struct fix *f)
{
	struct id id = enter(f, "finding", "no=W-1;what=过期;cause=无人检查;found_on=2022-03-01;unit=综合科;source=督查");

	go(f, id, "feedback", "by=G02;day=2022-03-03;no=1号;due=2022-06-30");
	go(f, id, "receipt", "by=G11;day=2022-03-04");
	go(f, id, "measure", "by=G11;day=2022-03-05;no=1;post=G11;due=2022-04-30;text=换新");
	go(f, id, "measure", "by=G11;day=2022-03-05;no=2;post=G12;due=2022-05-30;text=定期查");
	go(f, id, "plan", "by=G11;day=2022-03-06");
	go(f, id, "approve", "by=G01;day=2022-03-07");
	return id;
}

static void test_days(void **state)
{
	struct fix *f = *state;
	const struct finding *x;
	struct measures m;
	struct id id;

	flow_office(f);
	id = in_hand(f);
	go(f, id, "progress", "by=G11;day=2022-04-20;no=1;progress=100");
	go(f, id, "progress", "by=G12;day=2022-05-20;no=2;progress=30");
	x = one(f, id, "2022-04-01");            /* before any of them was reported */
	assert_int_equal(finding_percent(&f->a, x, day("2022-04-01")), 0);
	assert_int_equal(x->days, 31);
	assert_false(x->overdue || x->soon);
	x = one(f, id, "2022-06-20");
	m = measures_of(&f->a, &x->c, day("2022-06-20"));
	assert_int_equal(m.n, 2);
	assert_true(date_eq(m.p[0].done, day("2022-04-20")) && !m.p[0].overdue && m.p[1].overdue && m.p[1].progress == 30);
	assert_int_equal(finding_percent(&f->a, x, day("2022-06-20")), 65);
	assert_true(x->soon && !x->overdue);
	x = one(f, id, "2022-07-10");
	assert_true(x->overdue && !x->soon);
	assert_int_equal(x->days_late, 10);
	same(x->unit, S("综合科"));
	same(x->no, S("W-1"));
	go(f, id, "progress", "by=G12;day=2022-07-12;no=2;progress=100");
	go(f, id, "done", "by=G11;day=2022-07-12;text=好了");
	x = one(f, id, "2022-07-20");            /* put right late; waits for the other hand, not for the unit */
	assert_true(!x->overdue && x->late && date_eq(x->done, day("2022-07-12")) && !date_is(x->closed));
	assert_int_equal(x->days_late, 12);
	go(f, id, "verify", "by=G02;day=2022-07-21;way=实地;text=属实");
	go(f, id, "close", "by=G02;day=2022-07-22;no=1;due=2022-10-22");
	x = one(f, id, "2022-12-31");
	assert_true(x->late && x->recheck && date_eq(x->closed, day("2022-07-22")));
	assert_int_equal(x->days, 143);          /* 1 March to 22 July: 31 − 1 + 30 + 31 + 30 + 22 */
	x = one(f, id, "2022-07-10");            /* the past stays as it was */
	assert_true(x->overdue && !date_is(x->closed) && !date_is(x->done));
	assert_int_equal(load(f, "2022-02-01", 0, "").n, 0);
	sound(f);
}

static void test_asked(void **state)
{
	struct fix *f = *state;

	flow_office(f);
	enter(f, "finding", "no=A;found_on=2021-05-01;unit=综合科;closed=2021-06-01");
	enter(f, "finding", "no=B;found_on=2021-05-01;unit=秘书科;closed=2022-01-10");
	enter(f, "finding", "no=C;found_on=2022-05-01;unit=青溪办");
	enter(f, "bare", "what=没有日期");
	assert_int_equal(load(f, "2022-12-31", 0, "").n, 4);
	assert_int_equal(load(f, "2022-12-31", 2022, "").n, 3);        /* not A, which was over before */
	assert_int_equal(load(f, "2022-12-31", 2021, "").n, 3);        /* not C */
	assert_int_equal(load(f, "2022-12-31", 0, "U01").n, 3);        /* the office and what is below it */
	assert_int_equal(load(f, "2022-12-31", 0, "U12").n, 1);
	assert_int_equal(load(f, "2021-12-31", 0, "U12").n, 1);
	assert_true(!date_is(load(f, "2021-12-31", 0, "U12").p[0].closed));   /* closed later */
}

/* ---- rates, by hand ---- */

static void test_rates(void **state)
{
	struct fix *f = *state;
	struct recurrences again;
	struct findings all;
	struct finding_rates r;
	struct id id;

	flow_office(f);
	enter(f, "finding", "no=1;what=甲;found_on=2022-01-01;limit=2022-02-01;done=2022-01-20;closed=2022-01-31");   /* 30 days */
	enter(f, "finding", "no=2;what=乙;found_on=2022-01-01;limit=2022-02-01;done=2022-02-05;closed=2022-02-10");   /* 40, late */
	enter(f, "finding", "no=3;what=丙;found_on=2022-03-01;closed=2022-03-06");                     /* 5, no day in force */
	enter(f, "finding", "no=4;what=丁;found_on=2022-01-01;limit=2022-03-01");                      /* open 180, overdue */
	enter(f, "finding", "no=5;what=戊;found_on=2022-06-01;limit=2022-07-10");                      /* open 29, due in 10 */
	enter(f, "finding", "no=6;what=己;found_on=2022-05-31;limit=2022-12-31");                      /* open 30 */
	enter(f, "finding", "no=7;what=庚;found_on=2022-05-30");                                       /* open 31 */
	enter(f, "bare", "what=辛");                                                                   /* found on no day */
	id = enter(f, "finding", "no=8;what=壬;found_on=2022-01-01");
	go(f, id, "feedback", "by=G02;day=2022-01-02;no=1;due=2022-02-01");
	go(f, id, "dispute", "by=G11;day=2022-01-03;why=不属实");
	go(f, id, "drop", "by=G01;day=2022-01-04;why=确不属实");
	all = load(f, "2022-06-30", 0, "");
	again = recurrences_of(&f->a, &all, 365);
	r = finding_rates(&all, &again);
	assert_int_equal(r.found, 9);
	assert_int_equal(r.owed, 8);             /* not the dropped one */
	assert_int_equal(r.closed, 3);
	assert_int_equal(finding_permille(r.closed, r.owed), 375);
	assert_int_equal(r.dated, 2);
	assert_int_equal(r.in_time, 1);
	assert_int_equal(r.timed, 3);
	assert_int_equal(r.days, 75);            /* 30 + 40 + 5; ÷ 3 = 25.0 days */
	assert_int_equal(r.open, 5);
	assert_int_equal(r.overdue, 1);
	assert_int_equal(r.soon, 1);
	assert_int_equal(r.recurred, 0);
	assert_int_equal(r.ages[0], 2);          /* 29 and 30 */
	assert_int_equal(r.ages[1], 1);          /* 31 */
	assert_int_equal(r.ages[2], 0);
	assert_int_equal(r.ages[3], 1);          /* 180 */
	assert_int_equal(r.ages[4], 0);
	assert_int_equal(r.undated, 1);
	assert_int_equal(finding_permille(1, 3), 333);
	assert_int_equal(finding_permille(2, 3), 667);
	assert_int_equal(finding_permille(1, 2000), 1);       /* half up */
	assert_int_equal(finding_permille(1, 2001), 0);
	assert_int_equal(finding_permille(0, 0), -1);
}

/* ---- recurrences ---- */

static struct str recur_text(struct fix *f, int64_t within)
{
	struct findings all = load(f, "2023-12-31", 0, "");
	struct recurrences r = recurrences_of(&f->a, &all, within);
	struct str s = S("");

	for (size_t i = 0; i < r.n; i++)
		s = arena_printf(&f->a, STR_FMT "%s" STR_FMT ">" STR_FMT " %s %d", STR_ARG(s), i ? ", " : "",
			STR_ARG(r.p[i].before->no), STR_ARG(r.p[i].again->no),
			r.p[i].kind == RECUR_UNIT ? "unit" : r.p[i].kind == RECUR_ACROSS ? "across" : "reopened", r.p[i].days);
	return s;
}

static void test_recurrence(void **state)
{
	struct fix *f = *state;
	struct id id;

	flow_office(f);
	enter(f, "finding", "no=A;cause=无人 检查;found_on=2022-01-01;unit=综合科;closed=2022-02-01");
	enter(f, "finding", "no=B;cause=无人检查。;found_on=2022-02-01;unit=综合科;closed=2022-02-01");   /* not after A's day */
	same(recur_text(f, 365), S(""));
	enter(f, "finding", "no=C;cause=（1）无人检查;found_on=2022-03-03;unit=秘书科;closed=2022-03-10");
	same(recur_text(f, 365), S("A>C across 30"));
	same(recur_text(f, 29), S(""));
	same(recur_text(f, 30), S("A>C across 30"));
	enter(f, "finding", "no=D;cause=无人检查;found_on=2022-04-02;unit=综合科");     /* its own unit before the newer C */
	same(recur_text(f, 365), S("A>C across 30, A>D unit 60"));
	same(recur_text(f, 59), S("A>C across 30, C>D across 23"));
	enter(f, "finding", "no=E;what=Fire door  blocked 2;found_on=2022-01-01;unit=综合科;closed=2022-01-05");
	enter(f, "finding", "no=F;what=fire door blocked (3);found_on=2022-02-01;unit=综合科");
	same(recur_text(f, 365), S("E>F unit 27, A>C across 30, A>D unit 60"));
	id = enter(f, "finding", "no=G;what=别的;found_on=2022-06-01;unit=综合科");
	go(f, id, "on-the-spot", "by=G11;day=2022-06-01;text=改了");
	go(f, id, "verify", "by=G02;day=2022-06-02;way=实地;text=属实");
	go(f, id, "close", "by=G02;day=2022-06-03;no=1");
	go(f, id, "reopen", "by=G01;day=2022-06-30;why=又来;due=2022-07-30");
	same(recur_text(f, 365), S("E>F unit 27, A>C across 30, A>D unit 60, G>G reopened 27"));
	same(finding_cause_key(&f->a, S("（１）Ａ b、c。")), S("abc"));
}

/* ---- what steps say stands in the record, and stays there ---- */

static void test_guarded(void **state)
{
	struct fix *f = *state;
	struct hand h;
	struct id id;

	flow_office(f);
	id = enter(f, "finding", "no=W;found_on=2022-03-01;limit=2022-04-01;unit=综合科");
	amend(f, id, "limit=2022-05-01");        /* no step yet: a register like any other */
	go(f, id, "feedback", "by=G02;day=2022-03-03;no=1号;due=2022-06-30");
	h = hand_of(f, NULL, id, "limit=2023-01-01");
	refused(f, by(&h, hand_correct, "li.si", "test"), ERR_CONFLICT, "'limit' follows from the steps of Finding");
	h = hand_of(f, NULL, id, "closed=2022-04-01");
	refused(f, by(&h, hand_correct, "li.si", "test"), ERR_CONFLICT, "'closed' follows from the steps");
	amend(f, id, "what=说得更清楚;cause=另一个");
	sound(f);
}

/* ---- inspections ---- */

struct saying {
	struct inspect_input in;
	struct record_fit fit;
	struct id finding;
	struct fix *f;
};

static enum err_code do_say(struct tx *tx, void *ctx, struct err *err)
{
	struct saying *x = ctx;

	return inspect_say(tx, &x->f->a, &x->in, &x->fit, &x->finding, err);
}

static enum err_code say_item(struct fix *f, struct id id, const char *item, enum inspect_result result,
	const char *what, bool finding, struct id *made)
{
	struct saying x = {.f = f, .in = {.scheme = &f->scheme, .lang = LANG_EN, .inspection = id, .item = str_c(item),
		.result = result, .what = str_c(what), .by = S("G02"), .day = DATE_NONE, .finding = finding}};
	enum err_code code = log_write(f->log, S("zhang.san"), S("test"), do_say, &x, &f->err);

	*made = x.finding;
	return code;
}

static void test_inspection(void **state)
{
	struct fix *f = *state;
	struct inspections all;
	struct facts facts;
	struct id id, made, ignored;
	const struct finding *x;
	int64_t size;

	flow_office(f);
	id = enter(f, "inspection", "no=J-1;date=2022-05-10;unit=综合科;lead=G02;methods=实地、查资料");
	ok(f, say_item(f, id, "1", INSPECT_OK, "", false, &ignored));
	ok(f, say_item(f, id, "疏散通道", INSPECT_PROBLEM, "堆着纸箱", true, &made));
	ok(f, say_item(f, id, "1", INSPECT_PROBLEM, "其实过期", false, &ignored));       /* the newest counts */
	x = one(f, made, "2022-05-10");
	same(x->what, S("堆着纸箱"));
	same(x->source, S("督查"));
	same(x->c.unit, S("U11"));
	assert_true(date_eq(x->found, day("2022-05-10")));
	facts = facts_on(f);
	ok(f, inspections_load(log_db(f->log), &f->a, &facts, day("2022-12-31"), 2022, &all, &f->err));
	assert_int_equal(all.n, 1);
	assert_int_equal(all.p[0].looked, 2);
	assert_int_equal(all.p[0].problems, 2);
	assert_int_equal(all.p[0].found, 1);
	assert_int_equal(all.p[0].open, 1);
	assert_string_equal(state_defs[all.p[0].c.state].name, "held");
	same(all.p[0].methods, S("实地, 查资料"));
	ok(f, inspections_load(log_db(f->log), &f->a, &facts, day("2022-05-01"), 0, &all, &f->err));
	assert_string_equal(state_defs[all.p[0].c.state].name, "planned");       /* its day was to come */
	size = size_of(f);
	refused(f, say_item(f, id, "9", INSPECT_OK, "", false, &ignored), ERR_NOT_FOUND, "it has 3");
	refused(f, say_item(f, id, "2", INSPECT_PROBLEM, " ", false, &ignored), ERR_REQUIRED, "what is the problem");
	refused(f, say_item(f, made, "2", INSPECT_OK, "", false, &ignored), ERR_NOT_FOUND, "of type");
	assert_int_equal(size_of(f), size);
	sound(f);
}

/* ---- rights: the unit that a finding lies in ---- */

struct hiring {
	const char *login, *post, *unit;
	enum role role;
};

static enum err_code hire(struct tx *tx, void *ctx, struct err *err)
{
	const struct hiring *h = ctx;
	struct grant g = {.login = str_c(h->login), .role = h->role, .unit = str_c(h->unit), .from = DATE_NONE,
		.until = DATE_NONE};

	TRY(account_add(tx, str_c(h->login), S("某人"), str_c(h->post), NULL, err));
	return grant_add(tx, &g, NULL, err);
}

static void test_rights(void **state)
{
	static const struct hiring hirings[] = {
		{"filler11", "G11", "U11", ROLE_OWNER}, {"filler12", "G12", "U12", ROLE_OWNER},
		{"reviewer", "G01", "U01", ROLE_REVIEWER}, {"verifier", "G02", "U01", ROLE_VERIFIER},
	};
	struct fix *f = *state;
	struct id id;

	flow_office(f);
	for (size_t i = 0; i < LEN(hirings); i++) {
		struct hiring h = hirings[i];

		ok(f, log_write(f->log, S("cli:root"), S("test"), hire, &h, &f->err));
	}
	id = enter(f, "finding", "no=W;found_on=2022-03-01;unit=综合科");
	ok(f, step_as(f, id, "feedback", "day=2022-03-03;no=1号;due=2022-06-30", "reviewer", "web"));
	same(case_of(f, id).steps[0].by, S("G01"));      /* the post of the account */
	refused(f, step_as(f, id, "receipt", "day=2022-03-04", "filler12", "web"), ERR_NOT_FOUND, "no such thing");
	refused(f, step_as(f, id, "receipt", "day=2022-03-04", "nobody", "web"), ERR_NOT_FOUND, "no such thing");
	refused(f, step_as(f, id, "receipt", "day=2022-03-04", "verifier", "web"), ERR_DENIED, "may not do this");
	refused(f, step_as(f, id, "receipt", "by=G12;day=2022-03-04", "filler11", "web"), ERR_DENIED, "post of your account");
	ok(f, step_as(f, id, "on-the-spot", "day=2022-03-04;text=改了", "filler11", "web"));
	refused(f, step_as(f, id, "verify", "day=2022-03-05;way=a;text=b", "filler11", "web"), ERR_DENIED, "may not do this");
	ok(f, step_as(f, id, "verify", "day=2022-03-05;way=实地;text=属实", "verifier", "web"));
	sound(f);
}

static enum err_code found_township(struct tx *tx, void *ctx, struct err *err)
{
	struct unit u = {.code = S("T01"), .name = S("石桥镇"), .parent = S("U00")};
	struct post p = {.code = S("G31"), .name = S("镇长"), .unit = S("T01")};

	(void)ctx;
	TRY(org_unit_add(tx, &u, err));
	return org_post_add(tx, &p, err);
}

/* Of a township beside the office: whoever keeps the record decides, the township puts right; a role above does both. */
static void test_sides(void **state)
{
	static const struct hiring hirings[] = {
		{"town", "G31", "T01", ROLE_OWNER}, {"town.check", "G31", "T01", ROLE_VERIFIER},
		{"clerk", "G12", "U01", ROLE_OWNER}, {"reviewer", "G01", "U01", ROLE_REVIEWER},
		{"verifier", "G02", "U01", ROLE_VERIFIER}, {"above", "G00", "U00", ROLE_OWNER},
	};
	struct fix *f = *state;
	struct id id;

	flow_office(f);
	ok(f, log_write(f->log, S("cli:root"), S("test"), found_township, NULL, &f->err));
	for (size_t i = 0; i < LEN(hirings); i++) {
		struct hiring h = hirings[i];

		ok(f, log_write(f->log, S("cli:root"), S("test"), hire, &h, &f->err));
	}
	id = enter(f, "finding", "no=W;found_on=2022-03-01;unit=石桥镇");
	refused(f, step_as(f, id, "feedback", "day=2022-03-03;no=1号;due=2022-06-30", "town", "web"), ERR_DENIED, "may not do this");
	ok(f, step_as(f, id, "feedback", "day=2022-03-03;no=1号;due=2022-06-30", "clerk", "web"));
	refused(f, step_as(f, id, "receipt", "day=2022-03-04", "clerk", "web"), ERR_DENIED, "may not do this");
	ok(f, step_as(f, id, "receipt", "day=2022-03-04", "town", "web"));
	ok(f, step_as(f, id, "measure", "day=2022-03-05;no=1;post=G31;due=2022-05-01;text=修", "town", "web"));
	ok(f, step_as(f, id, "plan", "day=2022-03-05", "town", "web"));
	ok(f, step_as(f, id, "approve", "day=2022-03-06", "reviewer", "web"));
	ok(f, step_as(f, id, "extend", "day=2022-03-07;due=2022-07-31;why=缺货", "above", "web"));
	refused(f, step(f, id, "grant", "by=G31;day=2022-03-08"), ERR_DENIED, "above T01");
	refused(f, step(f, id, "grant", "by=G12;day=2022-03-08"), ERR_DENIED, "above T01");    /* a section of the office */
	ok(f, step_as(f, id, "grant", "day=2022-03-08", "reviewer", "web"));
	ok(f, step_as(f, id, "progress", "day=2022-03-09;no=1;progress=100", "town", "web"));
	ok(f, step_as(f, id, "done", "day=2022-03-09;text=好了", "town", "web"));
	refused(f, step_as(f, id, "verify", "day=2022-03-10;way=a;text=b", "town.check", "web"), ERR_DENIED, "may not do this");
	refused(f, step_as(f, id, "verify", "day=2022-03-10;way=a;text=b", "above", "web"), ERR_DENIED, "may not do this");
	ok(f, step_as(f, id, "verify", "day=2022-03-10;way=实地;text=属实", "verifier", "web"));
	ok(f, step_as(f, id, "close", "day=2022-03-10;no=1号", "verifier", "web"));
	sound(f);
}

/* What the buttons of a page say. */
static void test_offers(void **state)
{
	struct fix *f = *state;
	struct access owner = {0}, nobody = {0};
	struct flow_offer *offers;
	struct flow_case c;
	struct id id;
	size_t n;

	flow_office(f);
	access_owner(&owner);
	id = in_hand(f);
	go(f, id, "extend", "by=G11;day=2022-05-01;due=2022-08-31;why=缺货");
	c = case_of(f, id);
	offers = flow_offers(log_db(f->log), &f->a, LANG_EN, &c, &owner, S("x"), S("cli"), S("G01"), day("2022-05-02"), &n);
	assert_int_equal(n, 2);
	assert_string_equal(move_defs[offers[0].move].name, "grant");
	assert_int_equal(offers[0].why_not.n + offers[1].why_not.n, 0);
	offers = flow_offers(log_db(f->log), &f->a, LANG_EN, &c, &owner, S("x"), S("cli"), S("G11"), day("2022-05-02"), &n);
	assert_true(str_has(offers[0].why_not, S("another hand")));
	offers = flow_offers(log_db(f->log), &f->a, LANG_EN, &c, &owner, S("x"), S("cli"), S("G12"), day("2022-05-02"), &n);
	assert_true(str_has(offers[0].why_not, S("above U11")));
	offers = flow_offers(log_db(f->log), &f->a, LANG_EN, &c, &nobody, S("x"), S("web"), S("G01"), day("2022-05-02"), &n);
	assert_int_equal(n, 2);
	assert_true(offers[0].why_not.n && offers[1].why_not.n);
}

int main(void)
{
	struct CMUnitTest tests[] = {
		ON_SQLITE(test_days), ON_SQLITE(test_asked), ON_SQLITE(test_rates), ON_SQLITE(test_recurrence),
		ON_SQLITE(test_guarded), ON_BOTH(test_inspection), ON_BOTH(test_rights), ON_BOTH(test_sides),
		ON_SQLITE(test_offers),
	};

	return run_plan("finding", tests, LEN(tests));
}
