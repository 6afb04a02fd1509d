/* A post changes hands: what goes over is listed, kept by its digest, confirmed by both; vacancies and what fell due in
 * them; on both databases. */
#include "flow_world.h"

#include "flow/facts_load.h"
#include "flow/handover.h"
#include "who/account.h"

static const char ORG[] =
	"{\"year\": 2022, \"office\": {\"id\": \"U01\"}, \"units\": ["
	"{\"id\": \"U00\", \"name\": \"青溪区委\"}, {\"id\": \"U01\", \"name\": \"青溪办\", \"parent\": \"U00\"},"
	"{\"id\": \"U11\", \"name\": \"综合科\", \"parent\": \"U01\"}, {\"id\": \"U12\", \"name\": \"秘书科\", \"parent\": \"U01\"}],"
	"\"posts\": [{\"id\": \"G01\", \"name\": \"主任\", \"unit\": \"U01\"}, {\"id\": \"G02\", \"name\": \"副主任\", \"unit\": \"U01\"},"
	"{\"id\": \"G12\", \"name\": \"秘书科科长\", \"unit\": \"U12\"}],"
	"\"holders\": [{\"post\": \"G01\", \"name\": \"甲\", \"from\": \"2020-01-01\"},"
	"{\"post\": \"G02\", \"name\": \"丙\", \"from\": \"2021-01-01\", \"to\": \"2022-06-30\"},"
	"{\"post\": \"G02\", \"name\": \"丁\", \"from\": \"2022-07-01\"},"
	"{\"post\": \"G12\", \"name\": \"戊\", \"from\": \"2021-01-01\", \"to\": \"2022-03-31\"},"
	"{\"post\": \"G12\", \"name\": \"己\", \"from\": \"2022-06-11\"}],"
	"\"portfolios\": [{\"post\": \"G02\", \"unit\": \"U12\", \"from\": \"2022-01-01\"}]}";

static const char SCHEME[] =
	"zeren: 1\nscheme: x\ntitle: x\nlate_entry: 30\n"
	"records:\n"
	"  meeting: {about: meeting, title: 会议, fields: {date: date, kind: text, proof: file}, evidence: {any: [签到表], enough: 1}}\n"
	"  finding:\n    about: finding\n    title: 问题\n"
	"    fields: {no: text, what: text, found_on: date, unit: unit, limit: date, closed: date}\n"
	"    flow: {found: found_on, unit: unit, due: limit, closed: closed, what: what}\n"
	"  old: {about: finding, title: 没有流程的问题, fields: {no: text, what: text, date: date, unit: unit}}\n"
	"  risk:\n    about: risk\n    title: 风险\n"
	"    fields: {no: text, name: text, registered: date, level: text, owner: post, unit: unit, closed: date}\n"
	"    risk: {no: no, name: name, level: level, registered: registered, owner: owner, unit: unit, closed: closed}\n"
	"duties:\n"
	"  - {id: A1, title: 例会, points: 10, owner: \"post:副主任\", need: {each: quarter, take: meeting}}\n"
	"  - {id: A2, title: 半年报告, points: 10, owner: \"post:副主任\",\n"
	"     need: {by: 07-15, take: {of: meeting, where: {kind: 报告}}}}\n"
	"  - {id: A3, title: 专题会, points: 10, owner: \"post:主任\", need: {each: quarter, take: {of: meeting, where: {kind: 专题}}}}\n"
	"  - {id: A4, title: 月会, points: 10, owner: \"post:秘书科科长\", need: {each: month, take: {of: meeting, where: {kind: 月会}}}}\n"
	"warnings:\n"
	"  - {id: near, title: 临期提醒, of: slots, metric: days_to_due,\n"
	"     bands: [{at_most: 15, colour: 蓝, action: 提醒, to: owner}]}\n";

struct world {
	struct org org;
	struct facts facts;
	struct figures figures;
	struct warn_answers answers;
	struct handover_list list;
};

static void begin(struct fix *f)
{
	struct org org;

	put_file(f, "org.json", ORG);
	ok(f, org_read(&f->a, path_in(f, "org.json"), 0, &org, &f->err));
	ok(f, log_write(f->log, S("张一"), S("test"), flow_org_put, &org, &f->err));
	adopt_scheme(f, str_c(SCHEME));
}

static struct world *world_on(struct fix *f, const char *on)
{
	struct world *w = ARENA_NEW(&f->a, struct world);
	struct db *db = log_db(f->log);
	struct facts_opt opt = {.year = 2022, .lang = LANG_ZH};

	ok(f, org_load(db, &f->a, DATE_NONE, &w->org, &f->err));
	ok(f, facts_load(&f->a, db, &f->scheme, &w->org, opt, &w->facts, &f->err));
	ok(f, warn_answers_load(db, &f->a, &w->answers, &f->err));
	ok(f, figures_on(&w->facts, day(on), &w->figures, &f->err));
	return w;
}

static struct world *list_of(struct fix *f, const char *post, const char *on)
{
	struct world *w = world_on(f, on);

	ok(f, handover_list(log_db(f->log), &w->figures, org_post(&w->org, str_c(post)), &w->answers, &w->list, &f->err));
	return w;
}

/* "overdue A1 2季度 2022-06-30; …" */
static struct str shown(struct fix *f, const struct handover_list *l)
{
	struct str out = S("");
	char due[DATE_TEXT];

	for (size_t i = 0; i < l->n; i++) {
		const struct handover_line *x = &l->p[i];

		out = arena_printf(&f->a, STR_FMT "%s%s " STR_FMT " %s", STR_ARG(out), i ? "; " : "", line_kind_name(x->kind),
			STR_ARG(x->duty.n ? arena_printf(&f->a, STR_FMT " " STR_FMT, STR_ARG(x->duty),
				STR_ARG(x->kind == LINE_WARNING ? S("") : x->label)) : x->label),
			date_text(x->due, due).p);
	}
	return out;
}

static void fill(struct fix *f)
{
	struct id id;
	struct stepping x = {.f = f, .flow = FLOW_FINDING};

	enter(f, "meeting", "date=2022-02-10;kind=例会");                            /* A1 1季度, without evidence */
	enter(f, "finding", "no=F1;what=台账不全;found_on=2022-05-01;unit=秘书科;limit=2022-08-01");     /* its portfolio */
	id = enter(f, "finding", "no=F2;what=记录不全;found_on=2022-05-01;unit=综合科");
	enter(f, "finding", "no=F3;what=已销号;found_on=2022-04-01;unit=秘书科;closed=2022-05-01");
	enter(f, "finding", "no=F4;what=以后的;found_on=2022-07-01;unit=秘书科");
	enter(f, "finding", "no=F5;what=后来销号;found_on=2022-04-01;unit=秘书科;closed=2022-07-05");
	enter(f, "old", "no=F6;what=没有流程;date=2022-04-01;unit=秘书科");
	x.subject = id;                                                             /* given to the post itself */
	x.in = step_input(f, "register", "by=G01;post=G02;day=2022-05-02");
	ok(f, log_write(f->log, S("zhang"), S("test"), stepping_do, &x, &f->err));
	enter(f, "risk", "no=R1;name=舆情;registered=2022-03-01;level=一般;owner=副主任");
	enter(f, "risk", "no=R2;name=火灾;registered=2022-03-01;level=一般;owner=主任");
	enter(f, "risk", "no=R3;name=汛期;registered=2022-03-01;level=一般;unit=秘书科");
	enter(f, "risk", "no=R4;name=已化解;registered=2022-03-01;level=一般;owner=副主任;closed=2022-06-01");
}

static enum err_code ask(struct tx *tx, void *ctx, struct err *err)
{
	struct fix *f = ctx;
	struct world *w = world_on(f, "2022-06-01");
	struct excuse_input in = {.duty = &f->scheme.duties[0], .slot = &w->figures.duties[0].slots[2], .why = S("防汛"),
		.by = S("G02"), .day = day("2022-06-01"), .until = DATE_NONE};
	struct id id;

	return excuse_ask(tx, &f->scheme, &in, &id, err);
}

static void test_list(void **state)
{
	struct fix *f = *state;
	struct world *w;

	begin(f);
	fill(f);
	ok(f, log_write(f->log, S("zhang"), S("test"), ask, f, &f->err));
	w = list_of(f, "G02", "2022-06-30");
	same(w->list.leaving.holder, S("丙"));
	same(w->list.coming.holder, S("丁"));
	same(shown(f, &w->list), S("overdue A1 2季度 2022-06-30; soon A2 2022-07-15 2022-07-15; open A1 3季度 2022-09-30; "
		"open A1 4季度 2022-12-31; unproved A1 1季度 2022-03-31; late_entry A1 1季度 2022-03-31; "
		"finding F1 2022-08-01; finding F2 ; finding F5 ; risk R1 ; risk R3 ; excuse A1 3季度 2022-09-30; warning A2  "));
	/* a day earlier the quarter is not over, the report no nearer than a fortnight */
	w = list_of(f, "G02", "2022-06-29");
	assert_int_equal(w->list.count[LINE_OVERDUE], 0);
	assert_int_equal(w->list.count[LINE_SOON], 2);
	/* another post has its own */
	w = list_of(f, "G01", "2022-06-30");
	same(shown(f, &w->list), S("overdue A3 1季度 2022-03-31; overdue A3 2季度 2022-06-30; open A3 3季度 2022-09-30; "
		"open A3 4季度 2022-12-31; risk R2 "));
	same(w->list.coming.holder, S("甲"));
	/* the section's head: its unit, no portfolio; nobody leaves on 10 June */
	w = list_of(f, "G12", "2022-06-10");
	same(w->list.leaving.holder, S(""));
	same(w->list.coming.holder, S("己"));
	assert_int_equal(w->list.count[LINE_FINDING], 2);
	assert_int_equal(w->list.count[LINE_OVERDUE], 5);
	sound(f);
}

static void test_eve(void **state)
{
	struct fix *f = *state;
	struct org org;
	static const struct {
		const char *post, *on, *want;
	} cases[] = {
		{"G02", "2022-08-15", "2022-06-30"}, {"G02", "2022-07-01", "2022-06-30"}, {"G02", "2022-06-30", "2022-06-30"},
		{"G01", "2022-08-15", "2022-08-15"}, {"G12", "2022-05-01", "2022-03-31"}, {"G12", "2022-12-31", "2022-06-10"},
		{"G12", "2023-02-01", "2023-02-01"},
	};

	begin(f);
	ok(f, org_load(log_db(f->log), &f->a, DATE_NONE, &org, &f->err));
	for (size_t i = 0; i < LEN(cases); i++) {
		char text[DATE_TEXT];
		struct date got = handover_eve(&f->a, &org, org_post(&org, str_c(cases[i].post)), day(cases[i].on));

		if (strcmp(date_text(got, text).p, cases[i].want) != 0)
			FLUNK("%s on %s: %s, not %s", cases[i].post, cases[i].on, text, cases[i].want);
	}
}

/* ---- kept and confirmed ---- */

struct doing {
	struct fix *f;
	struct handover_input in;
	struct handover_step step;
	struct id id;
};

static enum err_code do_prepare(struct tx *tx, void *ctx, struct err *err)
{
	struct doing *x = ctx;

	return handover_prepare(tx, &x->f->scheme, &x->in, &x->id, err);
}

static enum err_code do_step(struct tx *tx, void *ctx, struct err *err)
{
	struct doing *x = ctx;

	return handover_do(tx, &x->f->scheme, x->id, &x->step, err);
}

static enum err_code prepare(struct doing *x, const char *post, const char *on, const char *actor, const char *via)
{
	struct fix *f = x->f;
	struct world *w = list_of(f, post, on);
	struct buf b CLEANUP(buf_free) = BUF_MAX(1 << 20);

	x->in = (struct handover_input){.list = &w->list, .by = S("G01"), .day = day(on)};
	if (!strcmp(via, "web"))
		x->in.by = STR_NONE;
	ok(f, json_canon(&b, handover_json(&f->a, &w->list), &f->err));
	ok(f, object_store_text(f->log, buf_str(&b), &x->in.object, &f->err));
	return log_write(f->log, str_c(actor), str_c(via), do_prepare, x, &f->err);
}

/* "name=丙;no=1;text=…;why=…;day=…" */
static enum err_code step_by(struct doing *x, const char *name, const char *typed, const char *actor, const char *via)
{
	struct str rest = arena_str(&x->f->a, str_c(typed)), one, key;

	x->step = (struct handover_step){.step = str_c(name), .day = day("2022-07-01")};
	while (str_cut(&rest, S(";"), &one)) {
		if (!one.n || !str_cut(&one, S("="), &key))
			continue;
		if (str_is(key, "name"))
			x->step.name = one;
		else if (str_is(key, "no"))
			x->step.no = one;
		else if (str_is(key, "text"))
			x->step.text = one;
		else if (str_is(key, "why"))
			x->step.why = one;
		else if (str_is(key, "by"))
			x->step.by = one;
		else if (!str_is(key, "day") || !date_parse(one, &x->step.day))
			FLUNK("%s", typed);
	}
	return log_write(x->f->log, str_c(actor), str_c(via), do_step, x, &x->f->err);
}
#define go(x, name, typed) step_by(x, name, typed, "zhang", "test")

static void test_both(void **state)
{
	struct fix *f = *state;
	struct doing x = {.f = f}, y = {.f = f};
	struct handovers all;
	struct hash digest;
	struct str kept;

	begin(f);
	fill(f);
	refused(f, prepare(&x, "G01", "2022-06-30", "zhang", "test"), ERR_CONFLICT, "does not change after 2022-06-30");
	ok(f, prepare(&x, "G02", "2022-06-30", "zhang", "test"));
	refused(f, prepare(&y, "G02", "2022-06-30", "zhang", "test"), ERR_CONFLICT, "of this post is under way");
	refused(f, go(&x, "take", "name=丁"), ERR_CONFLICT, "in state 'prepared'");
	refused(f, go(&x, "give", ""), ERR_REQUIRED, "by whom?");
	refused(f, go(&x, "give", "name=丁"), ERR_DENIED, "this is for 丙, not for 丁");
	refused(f, go(&x, "leave", "name=丙"), ERR_CONFLICT, "it is given to 丁, not left");
	refused(f, go(&x, "take-up", "name=丁"), ERR_CONFLICT, "it is taken from 丙");
	ok(f, go(&x, "note", "no=1;text=已约定7月5日补开"));
	refused(f, go(&x, "note", "no=99;text=x"), ERR_INPUT, "'99' is no line");
	refused(f, go(&x, "note", "no=2"), ERR_REQUIRED, "'text'");
	ok(f, go(&x, "give", "name=丙"));
	refused(f, go(&x, "give", "name=丙"), ERR_CONFLICT, "in state 'given'");
	refused(f, go(&x, "take", "name=丙"), ERR_DENIED, "this is for 丁");
	ok(f, go(&x, "note", "no=2;text=丁已知悉"));
	ok(f, go(&x, "take", "name=丁;day=2022-07-02"));
	refused(f, go(&x, "note", "no=2;text=太晚;day=2022-07-03"), ERR_CONFLICT, "in state 'confirmed'");
	refused(f, go(&x, "drop", "why=x;day=2022-07-03"), ERR_CONFLICT, "in state 'confirmed'");
	ok(f, handovers_load(log_db(f->log), &f->a, DATE_NONE, &all, &f->err));
	assert_int_equal(all.n, 1);
	same(all.p[0].leaving, S("丙"));
	same(all.p[0].coming, S("丁"));
	assert_int_equal(all.p[0].lines, 12);
	/* what was kept is the list as it was, found by the digest that the log names */
	assert_true(hash_parse(all.p[0].digest, &digest));
	ok(f, object_read(f->log, &f->a, &digest, 1 << 20, &kept, &f->err));
	assert_true(str_starts(kept, S("{\"coming\":\"丁\",\"leaving\":\"丙\",\"lines\":[{\"due\":\"2022-06-30\",\"duty\":\"A1\"")));
	enter(f, "meeting", "date=2022-06-20;kind=例会");
	ok(f, object_read(f->log, &f->a, &digest, 1 << 20, &kept, &f->err));
	assert_true(str_has(kept, S("\"kind\":\"overdue\"")));
	/* the same post again, when the first is over */
	ok(f, prepare(&y, "G02", "2022-06-30", "zhang", "test"));
	ok(f, go(&y, "drop", "why=已经交接"));
	refused(f, handover_get(log_db(f->log), &f->a, (struct id){1, 1}, &all.p[0], &f->err), ERR_NOT_FOUND, "no handover 1");
	sound(f);
}

static void test_vacancy(void **state)
{
	struct fix *f = *state;
	struct doing x = {.f = f};

	begin(f);
	ok(f, prepare(&x, "G12", "2022-03-31", "zhang", "test"));
	refused(f, go(&x, "give", "name=戊"), ERR_CONFLICT, "nobody comes yet");
	refused(f, go(&x, "take-up", "name=己"), ERR_CONFLICT, "nobody comes yet");
	ok(f, go(&x, "leave", "name=戊"));
	ok(f, prepare(&x, "G12", "2022-06-10", "zhang", "test"));
	refused(f, go(&x, "give", "name=戊"), ERR_CONFLICT, "the post was vacant");
	refused(f, go(&x, "leave", "name=戊"), ERR_CONFLICT, "the post was vacant");
	refused(f, go(&x, "take", "name=己"), ERR_CONFLICT, "the post was vacant: it is taken up");
	ok(f, go(&x, "take-up", "name=己"));
	sound(f);
}

/* ---- over the web: each by his own account ---- */

struct person {
	const char *login, *name, *post, *unit;
	enum role role;
};

static enum err_code add_person(struct tx *tx, void *ctx, struct err *err)
{
	const struct person *p = ctx;
	struct grant g = {.login = str_c(p->login), .role = p->role, .unit = str_c(p->unit)};
	struct id id;

	g.from = g.until = DATE_NONE;
	TRY(account_add(tx, str_c(p->login), str_c(p->name), str_c(p->post), &id, err));
	return grant_add(tx, &g, NULL, err);
}

static void test_rights(void **state)
{
	struct fix *f = *state;
	static const struct person people[] = {{"bing", "丙", "G02", "U01", ROLE_OWNER}, {"ding", "丁", "G02", "U01", ROLE_OWNER},
		{"wu", "丁", "G12", "U12", ROLE_OWNER}, {"look", "丁", "G02", "U01", ROLE_VIEWER}};
	struct doing x = {.f = f};

	begin(f);
	for (size_t i = 0; i < LEN(people); i++)
		ok(f, log_write(f->log, S("张一"), S("test"), add_person, (void *)&people[i], &f->err));
	refused(f, prepare(&x, "G02", "2022-06-30", "wu", "web"), ERR_NOT_FOUND, "no such thing");
	refused(f, prepare(&x, "G02", "2022-06-30", "look", "web"), ERR_DENIED, "add records");
	ok(f, prepare(&x, "G02", "2022-06-30", "bing", "web"));
	refused(f, step_by(&x, "give", "name=丙", "ding", "web"), ERR_DENIED, "this is for 丙, not for 丁");    /* the account's name */
	ok(f, step_by(&x, "give", "", "bing", "web"));
	refused(f, step_by(&x, "take", "name=丁", "bing", "web"), ERR_DENIED, "this is for 丁, not for 丙");
	refused(f, step_by(&x, "take", "", "wu", "web"), ERR_NOT_FOUND, "no such thing");
	refused(f, step_by(&x, "take", "", "look", "web"), ERR_DENIED, "correct records");
	ok(f, step_by(&x, "take", "", "ding", "web"));
	sound(f);
}

/* ---- vacant days ---- */

static void test_vacant(void **state)
{
	struct fix *f = *state;
	struct accountable year;
	struct vacant_slots v;
	struct world *w;

	begin(f);
	w = world_on(f, "2022-12-31");
	accountable(&w->facts, w->figures.duties, f->scheme.nduties, day("2022-01-01"), day("2022-12-31"), day("2022-12-31"), &year);
	assert_int_equal(year.posts, 3);
	assert_int_equal(year.days[SPELL_VACANT], 71);           /* 1 April to 10 June: 30 + 31 + 10 */
	assert_int_equal(year.days[SPELL_HELD], 3 * 365 - 71);
	vacant_slots(&w->figures, &year, &v);
	assert_int_equal(v.n, 2);
	same(v.p[0].of->duty->id, S("A4"));
	assert_true(v.p[0].slot->due.n == day("2022-04-30").n && v.p[1].slot->due.n == day("2022-05-31").n);
}

int main(void)
{
	struct CMUnitTest tests[] = {
		ON_BOTH(test_list), ON_SQLITE(test_eve), ON_BOTH(test_both), ON_BOTH(test_vacancy), ON_BOTH(test_rights),
		ON_SQLITE(test_vacant),
	};

	return run_plan("handover", tests, LEN(tests));
}
