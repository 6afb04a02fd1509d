/* Random hands at risks: rated by the matrix and by hand, reviewed, talked over, raised, lowered, closed, reopened, in a
 * register with records of updates and in one that says all itself; and people who correct the register beside the steps, or
 * add to it.
 * Who took care of a risk last does not close it, who raised it last does not lower it. */
#include "walk_world.h"

#include "flow/facts_load.h"
#include "flow/risk_step.h"

static const char SCHEME[] =
	"zeren: 1\nscheme: risks\ntitle: 风险\nlists: {lv: [重大, 较大, 一般, 低]}\n"
	"records:\n"
	"  risk:\n    about: risk\n    title: 风险\n    fields: {no: text, name: text, registered: date, unit: unit,\n"
	"      level: {type: choice, of: lv}, owner: post, likelihood: text, impact: text, measures: text, closed: date}\n"
	"    track:\n"
	"      level: {from: update, key: no, where: {what: 等级调整}, to: level}\n"
	"      closed: {from: update, key: no, where: {what: 化解}, to: date, fallback: yes}\n"
	"    risk: {no: no, name: name, level: level, likelihood: likelihood, impact: impact, owner: owner, unit: unit,\n"
	"      registered: registered, closed: closed, measures: measures,\n"
	"      updates: {of: update, no: no, date: date, what: what, level: level, by: by, note: note,\n"
	"        words: {rate: 等级调整, review: 复核, close: 化解}}}\n"
	"  update: {about: risk, title: 更新, fields: {date: date, no: {type: link, link: risk.no}, what: choice,\n"
	"    level: {type: choice, of: lv}, by: post, note: text}}\n"
	"  plain: {about: risk, title: 自述, fields: {no: text, registered: date, unit: unit, level: text, reviewed: date,\n"
	"      closed: date, likelihood: text, impact: text},\n"
	"    risk: {no: no, level: level, registered: registered, unit: unit, reviewed: reviewed, closed: closed,\n"
	"      likelihood: likelihood, impact: impact}}\n"
	"matrix:\n"
	"  likelihood: {title: 可能性, values: [低, 中, 高]}\n"
	"  impact: {title: 影响, values: [轻微, 一般, 严重]}\n"
	"  levels: [{level: 重大, colour: 红}, {level: 较大, colour: 橙}, {level: 一般, colour: 黄}, {level: 低, colour: 蓝}]\n"
	"  cells: {高: [一般, 较大, 重大], 中: [低, 一般, 较大], 低: [低, 低, 一般]}\n";

static const char *const POSTS[] = {"G00", "G01", "G02", "G11", "G12"};
static const char *const LEVELS[] = {"重大", "较大", "一般", "低", "特大"}, *const LIKELY[] = {"低", "中", "高", "很高"},
	*const IMPACT[] = {"轻微", "一般", "严重", "灾难"};
enum { NO_LEVEL = -1, LEVELS_KNOWN = 4, AXIS_KNOWN = 3 };
/* likelihood × impact, both from the lowest */
static const int CELLS[AXIS_KNOWN][AXIS_KNOWN] = {{3, 3, 2}, {3, 2, 1}, {2, 1, 0}};

static const struct person PEOPLE[] = {
	{"owner11", "甲", 3, {{ROLE_OWNER, "U11"}}},
	{"owner12", "乙", 4, {{ROLE_OWNER, "U12"}}},
	{"owner01", "丙", 2, {{ROLE_FILLER, "U01"}}},
	{"judge01", "丁", 1, {{ROLE_REVIEWER, "U01"}}},
	{"judge00", "戊", 0, {{ROLE_REVIEWER, "U00"}}},
	{"both", "己", 3, {{ROLE_OWNER, "U01"}, {ROLE_REVIEWER, "U01"}}},
	{"both12", "庚", 4, {{ROLE_OWNER, "U12"}, {ROLE_REVIEWER, "U12"}}},
	{"bare", "辛", -1, {{ROLE_OWNER, "U01"}, {ROLE_REVIEWER, "U01"}}},
	{"looks", "壬", 2, {{ROLE_VIEWER, "U01"}, {ROLE_PANEL, "U01"}}},
};

/* ---- the model ---- */

enum what { RATE, MEASURE, REVIEW, CONSULT, ESCALATE, LOWER, CLOSE, REOPEN, CORRECT, BESIDE, WHATS };
static const char *const STEPS[] = {"rate", "measure", "review", "consult", "escalate", "lower", "close", "reopen",
	"correct", "beside"};

enum { RISKS_HERE = 8, PER_WORLD = TRIES_A_WORLD + 1 };
struct walked {
	struct id id;
	const char *no, *unit;
	bool plain, closed, reopened;    /* closed: by a step, or by a record beside them */
	bool shut;                       /* by a step */
	int level, first;                /* as it is; as it was registered */
	int32_t day;                     /* of the last step; 0: none yet */
	struct {
		enum what what;
		struct walk_did did;
		bool web;
	} acts[PER_WORLD];
	int n;
};
static struct walked risks[RISKS_HERE];

static struct {
	struct walk_hand hand;
	enum what what;
	struct walked *x;
	int level, likely, impact;       /* -1: not said */
	int32_t day;
	bool why, text, no;
	struct fix *f;
} t;

static bool is(const char *list)
{
	return walk_named(list, STEPS[t.what]);
}

static int32_t registered(void)
{
	return day("2022-01-10").n;
}

/* The last act of these was done by this hand. */
static bool last_was_mine(const char *steps)
{
	for (int i = t.x->n - 1; i >= 0; i--)
		if (walk_named(steps, STEPS[t.x->acts[i].what]))
			return same_hand(&t.hand, &t.x->acts[i].did);
	return false;
}

/* The level that the step sets: NO_LEVEL, none; *may false: that it may not be said so. */
static int new_level(bool *may)
{
	bool axes = t.likely >= 0 || t.impact >= 0;
	int by_matrix;

	if (!is("rate review consult escalate lower")) {
		*may = t.level < 0 && !axes;
		return NO_LEVEL;
	}
	if (axes) {
		*may = t.likely >= 0 && t.impact >= 0 && t.likely < AXIS_KNOWN && t.impact < AXIS_KNOWN;
		if (!*may)
			return NO_LEVEL;
		by_matrix = CELLS[t.likely][t.impact];
		*may = t.level < 0 || t.level == by_matrix || t.why;
		return t.level < 0 ? by_matrix : t.level;
	}
	*may = t.what == RATE ? t.level >= 0 && t.why : true;
	return t.level;
}

/* A correction by hand of what follows from steps, once there was one. */
static bool correct_may(void)
{
	return !t.x->n || t.level == t.x->level;
}

static bool step_may(void)
{
	bool may = true;
	int level = new_level(&may);

	if (!may || level >= LEVELS_KNOWN || t.day < registered() || t.day > day("2022-12-30").n || t.day < t.x->day)
		return false;
	if ((is("escalate") && (level < 0 || level >= t.x->level)) || (is("lower") && level <= t.x->level))
		return false;
	if (is("reopen") ? !t.x->closed || !t.x->plain : t.x->closed)        /* else the record that closed it is withdrawn */
		return false;
	if (!hand_may(&t.hand, is("lower close reopen") ? REVIEWS : ENTERS, t.x->unit) || !hand_named(&t.hand))
		return false;
	if ((is("lower") && last_was_mine("rate escalate")) || (is("close") && last_was_mine("measure review consult")))
		return false;
	if ((is("measure review consult close") && !t.text) || (is("consult") && !t.no) ||
		(is("escalate lower reopen") && !t.why))
		return false;
	return true;
}

static bool may(void)
{
	return t.what == CORRECT ? correct_may() : t.what == BESIDE || step_may();
}

static void go(void)
{
	struct walked *x = t.x;
	bool may = true;
	int level = t.what == CORRECT || t.what == BESIDE ? t.level : new_level(&may);

	if (level >= 0)
		x->level = level;
	if (t.what == BESIDE && level < 0)
		x->closed = true;
	if (t.what == CORRECT || t.what == BESIDE)
		return;
	x->acts[x->n].what = t.what;
	x->acts[x->n].web = t.hand.web;
	x->acts[x->n++].did = did(&t.hand);
	x->day = t.day;
	if (is("close"))
		x->closed = x->shut = true;
	if (is("reopen")) {
		x->closed = x->shut = false;
		x->reopened = true;
	}
}

/* ---- the same in the log ---- */

static struct str said(const char *const *words, int i)
{
	return i < 0 ? STR_NONE : str_c(words[i]);
}

static enum err_code push(struct tx *tx, void *ctx, struct err *err)
{
	struct risk_input in = {.no = str_c(t.x->no), .year = 2022, .step = FLOW_INPUT};

	(void)ctx;
	in.step.step = str_c(STEPS[t.what]);
	in.step.by = hand_post(&t.hand);
	in.step.day = (struct date){t.day};
	in.step.level = said(LEVELS, t.level);
	in.step.why = t.why ? S("上级要求") : STR_NONE;
	in.step.text = t.text ? S("已核") : STR_NONE;
	in.step.no = t.no ? S("2022-1") : STR_NONE;
	in.likelihood = said(LIKELY, t.likely);
	in.impact = said(IMPACT, t.impact);
	return risk_step(tx, &t.f->scheme, &in, NULL, err);
}

/* A record of an update that no step has written, as an import brings it: a level, or that it is resolved. */
static enum err_code put_beside(struct fix *f)
{
	char on[DATE_TEXT];
	struct hand h = hand_of(f, "update", ID_NONE, arena_printf(&f->a, "no=%s;date=%s;what=%s;level=%s", t.x->no,
		date_text((struct date){t.day}, on).p, t.level < 0 ? "化解" : "等级调整", t.level < 0 ? "" : LEVELS[t.level]).p);

	return by(&h, hand_add, "owner01", "cli");
}

static enum err_code make(struct fix *f)
{
	t.f = f;
	if (t.what == BESIDE)
		return put_beside(f);
	if (t.what == CORRECT) {
		struct hand h = hand_of(f, NULL, t.x->id, arena_printf(&f->a, "level=%s", LEVELS[t.level]).p);

		return by(&h, hand_correct, "owner01", "cli");
	}
	return hand_write(f, &t.hand, push, NULL);
}

/* ---- tries ---- */

static void draw(void)
{
	t.hand = some_hand();
	t.x = &risks[chance(RISKS_HERE)];
	t.what = (enum what)chance(WHATS);
	if (is("close") && chance(3))
		t.what = REVIEW;
	if (t.x->closed && t.x->plain && chance(2))
		t.what = REOPEN;
	t.day = (t.x->day ? t.x->day : registered()) + chance(4) - !chance(8);
	t.why = chance(5) != 0;
	t.text = chance(8) != 0;
	t.no = chance(6) != 0;
	t.level = t.likely = t.impact = -1;
	if (is("escalate lower") || (is("rate review consult") && !chance(3)) || !chance(20))
		t.level = is("escalate") ? chance(t.x->level + 2) : is("lower") ? t.x->level + chance(LEVELS_KNOWN + 1 - t.x->level)
			: chance(LEVELS_KNOWN + !chance(6));
	if ((is("rate") && chance(3)) || (is("review consult escalate lower") && !chance(4)) || !chance(30)) {
		t.likely = chance(AXIS_KNOWN + !chance(8)) - !chance(12);
		t.impact = chance(AXIS_KNOWN + !chance(8)) - !chance(12);
	}
	if (t.x->n && is("lower close") && !chance(4))       /* who did the last step, whatever his post is by now */
		t.hand = (struct walk_hand){t.x->acts[t.x->n - 1].did.who, -1, true};
	if (t.what == BESIDE && (t.x->plain || chance(4)))
		t.what = REVIEW;
	if (t.what == BESIDE) {
		t.day = t.x->day ? t.x->day : registered();
		t.level = chance(4) || t.x->closed ? chance(LEVELS_KNOWN) : NO_LEVEL;
	}
	if (t.what == CORRECT) {
		if (!t.x->plain)
			t.x = &risks[0];
		t.level = chance(3) ? chance(LEVELS_KNOWN) : t.x->level;
	}
}

static const char *words(struct fix *f)
{
	char on[DATE_TEXT];

	return arena_printf(&f->a, "%s of %s (level %s%s, %d steps) by %s for post %d (%s) on %s: level %d, matrix %d×%d%s%s%s",
		STEPS[t.what], t.x->no, LEVELS[t.x->level], t.x->closed ? ", closed" : "", t.x->n, people[t.hand.who].login,
		t.hand.by, t.hand.web ? "web" : "cli", date_text((struct date){t.day}, on).p, t.level, t.likely, t.impact,
		t.why ? ", why" : "", t.text ? ", text" : "", t.no ? ", no" : "").p;
}

static int kind(void)
{
	return (int)t.what;
}

/* ---- what stands there ---- */

static void begin(struct fix *f)
{
	static const char *const units[] = {"U11", "U12", "U01"}, *const names[] = {"综合科", "秘书科", "青溪办"};

	memset(risks, 0, sizeof risks);
	for (int i = 0; i < RISKS_HERE; i++) {
		struct walked *x = &risks[i];

		x->plain = i % 2 == 0;
		x->no = arena_printf(&f->a, "F%d", i).p;
		x->unit = units[i % 3];
		x->level = x->first = i % LEVELS_KNOWN;
		x->id = enter(f, x->plain ? "plain" : "risk", arena_printf(&f->a, "no=%s;registered=2022-01-10;unit=%s;level=%s",
			x->no, names[i % 3], LEVELS[x->level]).p);
	}
}

/* Held by nothing but what stands there. */
static void never(const struct walked *x)
{
	for (int i = 0; i < x->n; i++) {
		const char *mine = x->acts[i].what == CLOSE ? "measure review consult" : x->acts[i].what == LOWER ? "rate escalate"
			: "";

		for (int k = i - 1; k >= 0; k--) {
			if (!walk_named(mine, STEPS[x->acts[k].what]))
				continue;
			assert_int_not_equal(x->acts[i].did.post, x->acts[k].did.post);
			assert_false(x->acts[i].web && x->acts[i].did.who == x->acts[k].did.who);
			break;
		}
	}
}

static void compare(struct fix *f)
{
	struct facts facts;
	struct risks all;
	struct org org;

	ok(f, org_load(log_db(f->log), &f->a, DATE_NONE, &org, &f->err));
	ok(f, facts_load(&f->a, log_db(f->log), &f->scheme, &org, (struct facts_opt){.year = 2022}, &facts, &f->err));
	all = risks_on(&facts, day("2023-12-31"));
	assert_int_equal(all.n, RISKS_HERE);
	for (int i = 0; i < RISKS_HERE; i++) {
		const struct walked *x = &risks[i];
		const struct risk *r = risk_named(&facts, &all, str_c(x->no));
		struct flow_case c;

		never(x);
		assert_non_null(r);
		same(r->level, str_c(LEVELS[x->level]));
		assert_int_equal(date_is(r->closed), x->closed);
		ok(f, flow_read(log_db(f->log), &f->a, FLOW_RISK, x->id, DATE_NONE, &c, &f->err));
		assert_int_equal(c.n, x->n);
		for (int k = 0; k < x->n; k++) {
			assert_string_equal(move_defs[c.steps[k].move].name, STEPS[x->acts[k].what]);
			same(c.steps[k].by, str_c(POSTS[x->acts[k].did.post]));
		}
		if (x->n)
			assert_string_equal(state_defs[c.state].name, x->shut ? "closed" : x->reopened ? "reopened" : "open");
	}
}

static void test_walk(void **state)
{
	static const struct walk_plan plan = {.name = "risks", .org = FLOW_ORG, .scheme = SCHEME, .people = PEOPLE,
		.npeople = LEN(PEOPLE), .posts = POSTS, .nposts = LEN(POSTS), .ordinary = 3000, .begin = begin, .draw = draw,
		.may = may, .make = make, .go = go, .compare = compare, .words = words, .kind = kind, .kinds = WHATS};

	(void)state;
	walk(&plan);
}

int main(void)
{
	struct CMUnitTest tests[] = {cmocka_unit_test(test_walk)};

	return run_plan("risk_walk", tests, LEN(tests));
}
