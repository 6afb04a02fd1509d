/* Excuses of slots, more time, what does not apply: who may ask and who decide, when, and what the facts are told of it; on
 * both databases. */
#include "flow_world.h"

#include "flow/allow.h"
#include "flow/facts_load.h"
#include "who/account.h"

static const char SCHEME[] =
	"zeren: 1\nscheme: x\ntitle: x\nrecords:\n"
	"  meeting: {about: meeting, title: 会议, fields: {date: date, kind: text}}\n"
	"duties:\n"
	"  - {id: A1, title: 开会, points: 10, owner: \"post:主任\", need: {each: quarter, take: meeting}}\n"
	"  - {id: A2, title: 报告, points: 10, owner: \"post:综合科科长\", need: {count: 2, per: year, take: meeting}}\n"
	"  - {id: A3, title: 各办一次, points: 10, owner: \"each post:科长\", approver: 书记,\n"
	"     need: {count: 1, per: year, take: meeting}}\n";

static void begin(struct fix *f)
{
	struct org org;

	put_file(f, "org.json", "{\"year\": 2022, \"office\": {\"id\": \"U01\"}, \"units\": ["
		"{\"id\": \"U00\", \"name\": \"青溪区委\"}, {\"id\": \"U01\", \"name\": \"青溪办\", \"parent\": \"U00\"},"
		"{\"id\": \"U11\", \"name\": \"综合科\", \"parent\": \"U01\"}, {\"id\": \"U12\", \"name\": \"秘书科\", \"parent\": \"U01\"}],"
		"\"posts\": [{\"id\": \"G00\", \"name\": \"书记\", \"unit\": \"U00\"}, {\"id\": \"G01\", \"name\": \"主任\", \"unit\": \"U01\"},"
		"{\"id\": \"G02\", \"name\": \"副主任\", \"unit\": \"U01\"},"
		"{\"id\": \"G11\", \"name\": \"综合科科长\", \"unit\": \"U11\", \"role\": \"科长\"},"
		"{\"id\": \"G12\", \"name\": \"秘书科科长\", \"unit\": \"U12\", \"role\": \"科长\"}], \"holders\": [], \"portfolios\": []}");
	ok(f, org_read(&f->a, path_in(f, "org.json"), 0, &org, &f->err));
	ok(f, log_write(f->log, S("张一"), S("test"), flow_org_put, &org, &f->err));
	adopt_scheme(f, str_c(SCHEME));
}

/* ---- the slots ---- */

struct states {
	struct org org;
	struct facts facts, english;
	struct duty_state of[3], shown[3];
};

static struct states states_on(struct fix *f, const char *on)
{
	struct states *s = ARENA_NEW(&f->a, struct states);
	struct facts_opt opt = {.year = 2022, .lang = LANG_ZH};

	ok(f, org_load(log_db(f->log), &f->a, DATE_NONE, &s->org, &f->err));
	ok(f, facts_load(&f->a, log_db(f->log), &f->scheme, &s->org, opt, &s->facts, &f->err));
	s->english = s->facts;
	s->english.lang = LANG_EN;
	assert_int_equal(f->scheme.nduties, 3);
	for (size_t i = 0; i < 3; i++) {
		duty_on(&s->facts, &f->scheme.duties[i], day(on), (struct figure_source){0}, &s->of[i]);
		duty_on(&s->english, &f->scheme.duties[i], day(on), (struct figure_source){0}, &s->shown[i]);
	}
	return *s;
}

static enum err_code find(struct fix *f, const struct states *s, size_t duty, const char *owner, const char *label,
	const struct slot **out)
{
	struct slot_name name = {.owner = str_c(owner), .label = str_c(label)};

	return slot_named(&f->a, &s->org, &s->of[duty], &s->shown[duty], &name, out, &f->err);
}

static void test_slots(void **state)
{
	struct fix *f = *state;
	const struct slot *x;
	struct states s;

	begin(f);
	s = states_on(f, "2022-03-01");
	ok(f, find(f, &s, 0, "", "2季度", &x));
	assert_true(x->due.n == day("2022-06-30").n);
	ok(f, find(f, &s, 0, "", "Q2", &x));                 /* as English has it; the name is the Chinese one all the same */
	same(x->label, S("2季度"));
	ok(f, find(f, &s, 0, "G01", " 3 季度", &x));          /* a post by its code, blanks apart */
	same(x->label, S("3季度"));
	refused(f, find(f, &s, 0, "", "5季度", &x), ERR_NOT_FOUND, "has no such slot; there are: Q1 · 主任; Q2 · 主任; Q3");
	refused(f, find(f, &s, 0, "G02", "2季度", &x), ERR_NOT_FOUND, "no such slot");
	refused(f, find(f, &s, 1, "", "", &x), ERR_INPUT, "which slot of duty A2? no. 1 · 综合科科长; no. 2");
	refused(f, find(f, &s, 2, "", "", &x), ERR_INPUT, "综合科科长; 秘书科科长");
	ok(f, find(f, &s, 2, "G12", "", &x));
	same(x->owner, S("秘书科科长"));
}

/* ---- asking and deciding ---- */

struct doing {
	struct fix *f;
	struct excuse_input in;
	struct excuse_decision d;
	struct id id;
};

static enum err_code do_ask(struct tx *tx, void *ctx, struct err *err)
{
	struct doing *x = ctx;

	return excuse_ask(tx, &x->f->scheme, &x->in, &x->id, err);
}

static enum err_code do_decide(struct tx *tx, void *ctx, struct err *err)
{
	struct doing *x = ctx;

	return excuse_decide(tx, &x->f->scheme, x->id, &x->d, err);
}

/* "by=G01;why=…;day=…;until=…" of a slot. */
static struct doing asked(struct fix *f, size_t duty, const char *label, enum allow_kind kind, const char *typed)
{
	struct flow_input in;
	struct doing x = {.f = f, .in = {.kind = kind}};
	struct states s = states_on(f, "2022-03-01");
	const char *until = strstr(typed, "until=");

	in = step_input(f, "ask", until ? "" : typed);
	if (until) {                                         /* the flow's own word for it is due */
		in = step_input(f, "ask", arena_printf(&f->a, "%.*sdue=%s", (int)(until - typed), typed, until + 6).p);
	}
	ok(f, find(f, &s, duty, "", label, &x.in.slot));
	x.in.duty = &f->scheme.duties[duty];
	x.in.by = in.by;
	x.in.why = in.why;
	x.in.day = in.day;
	x.in.until = in.due;
	return x;
}

static enum err_code ask_as(struct doing *x, const char *actor, const char *via)
{
	return log_write(x->f->log, str_c(actor), str_c(via), do_ask, x, &x->f->err);
}

static enum err_code decide_as(struct doing *x, const char *step, const char *typed, const char *actor, const char *via)
{
	struct flow_input in = step_input(x->f, step, typed);

	x->d = (struct excuse_decision){.step = in.step, .by = in.by, .why = in.why, .day = in.day, .until = in.due};
	return log_write(x->f->log, str_c(actor), str_c(via), do_decide, x, &x->f->err);
}
#define ask(x) ask_as(x, "zhang", "test")
#define decide(x, step, typed) decide_as(x, step, typed, "li", "test")

static struct str allowed(struct fix *f)
{
	struct states s = states_on(f, "2022-12-31");
	struct str out = S("");
	char until[DATE_TEXT], at[DATE_TEXT], decided[DATE_TEXT];

	for (size_t i = 0; i < s.facts.nallowed; i++) {
		const struct allowance *x = &s.facts.allowed[i];

		out = arena_printf(&f->a, STR_FMT "%s" STR_FMT " " STR_FMT " " STR_FMT " %s %s %s %s", STR_ARG(out), i ? "; " : "",
			STR_ARG(x->duty), STR_ARG(x->owner), STR_ARG(x->label), allow_kind_name(x->kind),
			date_text(x->asked, at).p, date_text(x->decided, decided).p, date_text(x->until, until).p);
	}
	return out;
}

static void test_way(void **state)
{
	struct fix *f = *state;
	struct doing x, y, z;

	begin(f);
	x = asked(f, 0, "2季度", ALLOW_EXCUSED, "by=G02;why=防汛;day=2022-05-01");
	ok(f, ask(&x));
	same(allowed(f), S(""));                             /* asking allows nothing */
	y = asked(f, 0, "2季度", ALLOW_NOT_APPLICABLE, "by=G02;why=撤并;day=2022-05-02");
	refused(f, ask(&y), ERR_CONFLICT, "asks for this slot already");
	refused(f, decide(&x, "grant", "by=G02;day=2022-05-03"), ERR_DENIED, "another hand");
	refused(f, decide(&x, "grant", "day=2022-05-03"), ERR_REQUIRED, "by which post?");
	refused(f, decide(&x, "refuse", "by=G01;day=2022-05-03"), ERR_REQUIRED, "'why'");
	refused(f, decide(&x, "grant", "by=G01;day=2022-04-03"), ERR_INPUT, "the step before was on 2022-05-01");
	refused(f, decide(&x, "grant", "by=G01;day=2022-05-03;due=2022-08-01"), ERR_INPUT, "only an extension");
	ok(f, decide(&x, "grant", "by=G01;day=2022-05-03"));
	same(allowed(f), S("A1 主任 2季度 excused 2022-05-01 2022-05-03 "));
	refused(f, decide(&x, "refuse", "by=G01;why=反悔;day=2022-05-04"), ERR_CONFLICT, "in state 'granted'");

	/* refused, asked again, taken back by who asked, and by no other */
	ok(f, ask(&y));
	ok(f, decide(&y, "refuse", "by=G01;why=没有撤并;day=2022-05-05"));
	z = asked(f, 0, "2季度", ALLOW_NOT_APPLICABLE, "by=G02;why=真的;day=2022-05-06");
	ok(f, ask(&z));
	refused(f, decide(&z, "withdraw", "by=G01;day=2022-05-07"), ERR_DENIED, "for post G02, which began it");
	ok(f, decide(&z, "withdraw", "by=G02;day=2022-05-07"));
	same(allowed(f), S("A1 主任 2季度 excused 2022-05-01 2022-05-03 "));

	/* in the order of the decisions */
	x = asked(f, 1, "第1次", ALLOW_NOT_APPLICABLE, "by=G11;why=一;day=2022-06-01");
	y = asked(f, 1, "第2次", ALLOW_EXCUSED, "by=G11;why=二;day=2022-06-01");
	ok(f, ask(&x));
	ok(f, ask(&y));
	ok(f, decide(&y, "grant", "by=G01;day=2022-06-02"));
	ok(f, decide(&x, "grant", "by=G01;day=2022-06-03"));
	same(allowed(f), S("A1 主任 2季度 excused 2022-05-01 2022-05-03 ; A2 综合科科长 第2次 excused 2022-06-01 2022-06-02 ; "
		"A2 综合科科长 第1次 not_applicable 2022-06-01 2022-06-03 "));
	sound(f);
}

static void test_extension(void **state)
{
	struct fix *f = *state;
	struct doing x;

	begin(f);
	x = asked(f, 0, "2季度", ALLOW_EXTENDED, "by=G02;why=防汛;day=2022-06-30");
	refused(f, ask(&x), ERR_REQUIRED, "until when?");
	x = asked(f, 0, "2季度", ALLOW_EXTENDED, "by=G02;why=防汛;day=2022-06-01;until=2022-06-30");
	refused(f, ask(&x), ERR_INPUT, "later than the one in force, 2022-06-30");
	x = asked(f, 0, "2季度", ALLOW_EXTENDED, "by=G02;why=防汛;day=2022-07-01;until=2022-07-15");
	refused(f, ask(&x), ERR_CONFLICT, "on or before the due day, which was 2022-06-30");
	x = asked(f, 0, "2季度", ALLOW_EXCUSED, "by=G02;why=防汛;day=2022-06-01;until=2022-07-15");
	refused(f, ask(&x), ERR_INPUT, "only an extension");
	x = asked(f, 0, "2季度", ALLOW_EXTENDED, "by=G02;day=2022-06-30;until=2022-07-15");
	refused(f, ask(&x), ERR_REQUIRED, "'why'");
	x = asked(f, 0, "2季度", ALLOW_EXTENDED, "why=防汛;day=2022-06-30;until=2022-07-15");
	refused(f, ask(&x), ERR_REQUIRED, "by");
	x = asked(f, 0, "2季度", ALLOW_EXTENDED, "by=G02;why=防汛;day=2022-06-30;until=2022-07-15");      /* the last day */
	ok(f, ask(&x));
	refused(f, decide(&x, "grant", "by=G01;day=2022-07-02;due=2022-06-29"), ERR_INPUT, "later than the due day");
	ok(f, decide(&x, "grant", "by=G01;day=2022-07-02"));
	same(allowed(f), S("A1 主任 2季度 extended 2022-06-30 2022-07-02 2022-07-15"));
	x = asked(f, 0, "3季度", ALLOW_EXTENDED, "by=G02;why=防汛;day=2022-09-30;until=2022-10-31");
	ok(f, ask(&x));
	ok(f, decide(&x, "grant", "by=G01;day=2022-10-02;due=2022-10-15"));        /* less than was asked for */
	same(allowed(f), S("A1 主任 2季度 extended 2022-06-30 2022-07-02 2022-07-15; "
		"A1 主任 3季度 extended 2022-09-30 2022-10-02 2022-10-15"));
	/* an excuse may be asked for when it is too late */
	x = asked(f, 0, "1季度", ALLOW_EXCUSED, "by=G02;why=停电;day=2022-08-01");
	ok(f, ask(&x));
	sound(f);
}

/* Where the duty says who decides, no other post does. */
static void test_approver(void **state)
{
	struct fix *f = *state;
	struct states s;
	struct doing x;

	begin(f);
	s = states_on(f, "2022-03-01");
	x = (struct doing){.f = f, .in = {.duty = &f->scheme.duties[2], .kind = ALLOW_EXCUSED, .by = S("G12"), .why = S("停电"),
		.until = DATE_NONE, .day = day("2022-05-01")}};
	ok(f, find(f, &s, 2, "秘书科科长", "", &x.in.slot));
	ok(f, ask(&x));
	refused(f, decide(&x, "grant", "by=G01;day=2022-05-02"), ERR_DENIED, "post 书记 decides this, not 主任");
	refused(f, decide(&x, "refuse", "by=G01;why=x;day=2022-05-02"), ERR_DENIED, "post 书记 decides this");
	ok(f, decide(&x, "grant", "by=G00;day=2022-05-02"));
	same(allowed(f), S("A3 秘书科科长 秘书科科长 第1次 excused 2022-05-01 2022-05-02 "));
	sound(f);
}

/* ---- what comes of it ---- */

static enum slot_state state_on(struct fix *f, const char *on, size_t duty, const char *label)
{
	struct states s = states_on(f, on);
	const struct slot *x;

	ok(f, find(f, &s, duty, "", label, &x));
	return x->state;
}

static void grant(struct fix *f, size_t duty, const char *label, enum allow_kind kind, const char *typed, const char *day)
{
	struct doing x = asked(f, duty, label, kind, typed);

	ok(f, ask(&x));
	ok(f, decide(&x, "grant", arena_printf(&f->a, "by=G01;day=%s", day).p));
}

static void test_effect(void **state)
{
	struct fix *f = *state;
	struct states s;

	begin(f);
	enter(f, "meeting", "date=2022-07-10;kind=会");
	assert_int_equal(state_on(f, "2022-07-05", 0, "2季度"), SLOT_MISSED);
	grant(f, 0, "2季度", ALLOW_EXTENDED, "by=G02;why=防汛;day=2022-06-29;until=2022-07-15", "2022-07-03");
	grant(f, 0, "1季度", ALLOW_EXCUSED, "by=G02;why=停电;day=2022-03-30", "2022-04-10");
	grant(f, 0, "4季度", ALLOW_NOT_APPLICABLE, "by=G02;why=撤并;day=2022-10-01", "2022-10-10");
	/* it counts from the day of the decision on */
	assert_int_equal(state_on(f, "2022-04-09", 0, "1季度"), SLOT_MISSED);
	assert_int_equal(state_on(f, "2022-04-10", 0, "1季度"), SLOT_EXCUSED);
	assert_int_equal(state_on(f, "2022-07-02", 0, "2季度"), SLOT_MISSED);
	assert_int_equal(state_on(f, "2022-07-03", 0, "2季度"), SLOT_PENDING);
	assert_int_equal(state_on(f, "2022-07-10", 0, "2季度"), SLOT_MET);
	assert_int_equal(state_on(f, "2022-10-09", 0, "4季度"), SLOT_PENDING);
	assert_int_equal(state_on(f, "2022-10-10", 0, "4季度"), SLOT_NOT_APPLICABLE);
	s = states_on(f, "2022-12-31");
	assert_int_equal(s.of[0].excused, 1);
	assert_int_equal(s.of[0].not_applicable, 1);
	assert_int_equal(s.of[0].required_year, 2);
	sound(f);
}

/* ---- over the web ---- */

struct person {
	const char *login, *post, *unit;
	enum role role;
};

static enum err_code add_person(struct tx *tx, void *ctx, struct err *err)
{
	const struct person *p = ctx;
	struct grant g = {.login = str_c(p->login), .role = p->role, .unit = str_c(p->unit)};
	struct id id;

	g.from = g.until = DATE_NONE;
	TRY(account_add(tx, str_c(p->login), S("某人"), str_c(p->post), &id, err));
	return grant_add(tx, &g, NULL, err);
}

static void test_rights(void **state)
{
	struct fix *f = *state;
	static const struct person people[] = {{"head11", "G11", "U11", ROLE_OWNER}, {"head12", "G12", "U12", ROLE_OWNER},
		{"review", "G02", "U01", ROLE_REVIEWER}, {"both", "G01", "U01", ROLE_REVIEWER}, {"look", "G12", "U11", ROLE_VIEWER}};
	struct doing x, y;

	begin(f);
	for (size_t i = 0; i < LEN(people); i++)
		ok(f, log_write(f->log, S("张一"), S("test"), add_person, (void *)&people[i], &f->err));
	x = asked(f, 1, "第1次", ALLOW_EXCUSED, "why=防汛;day=2022-05-01");
	refused(f, ask_as(&x, "head12", "web"), ERR_NOT_FOUND, "no such thing");   /* another section's slot */
	refused(f, ask_as(&x, "look", "web"), ERR_DENIED, "add records");
	ok(f, ask_as(&x, "head11", "web"));
	refused(f, decide_as(&x, "grant", "day=2022-05-02", "head11", "web"), ERR_DENIED, "you may not do this");
	refused(f, decide_as(&x, "grant", "by=G01;day=2022-05-02", "review", "web"), ERR_DENIED, "post of your account");
	refused(f, decide_as(&x, "withdraw", "day=2022-05-02", "head12", "web"), ERR_NOT_FOUND, "no such thing");
	ok(f, decide_as(&x, "grant", "day=2022-05-02", "review", "web"));
	same(allowed(f), S("A2 综合科科长 第1次 excused 2022-05-01 2022-05-02 "));
	/* the duty of the office's own post lies in the office */
	y = asked(f, 0, "1季度", ALLOW_EXCUSED, "why=防汛;day=2022-05-01");
	refused(f, ask_as(&y, "head11", "web"), ERR_NOT_FOUND, "no such thing");
	sound(f);
}

/* What stands in the log under the name of an excuse without being one of a slot allows nothing. */
static void test_strange(void **state)
{
	struct fix *f = *state;
	struct stepping x = {.f = f, .flow = FLOW_EXCUSE,
		.in = step_input(f, "ask", "by=G11;why=x;about=A1/2季度;unit=U11;day=2022-06-01")};
	struct excuse got;

	begin(f);
	ok(f, log_write(f->log, S("zhang"), S("test"), stepping_do, &x, &f->err));
	x.subject = x.event;
	x.in = step_input(f, "grant", "by=G01;day=2022-06-02");
	ok(f, log_write(f->log, S("li"), S("test"), stepping_do, &x, &f->err));
	same(allowed(f), S(""));
	refused(f, excuse_get(log_db(f->log), &f->a, x.subject, &got, &f->err), ERR_NOT_FOUND, "no excuse");
	refused(f, excuse_get(log_db(f->log), &f->a, (struct id){1, 0}, &got, &f->err), ERR_NOT_FOUND, "no excuse 0");
}

int main(void)
{
	struct CMUnitTest tests[] = {
		ON_SQLITE(test_slots), ON_BOTH(test_way), ON_BOTH(test_extension), ON_BOTH(test_rights), ON_SQLITE(test_strange),
		ON_SQLITE(test_approver), ON_BOTH(test_effect),
	};

	return run_plan("allow", tests, LEN(tests));
}
