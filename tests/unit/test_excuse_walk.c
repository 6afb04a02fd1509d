/* Random hands at excuses of slots: asking for them, for more time, that they do not apply; granting, refusing, taking back,
 * out of turn as often as in it. Nobody decides what he asked for himself, on the web not even from another post. */
#include "walk_world.h"

#include "flow/allow.h"
#include "flow/facts_load.h"

static const char ORG[] =
	"{\"year\": 2022, \"office\": {\"id\": \"U01\"}, \"units\": ["
	"{\"id\": \"U00\", \"name\": \"青溪区委\"}, {\"id\": \"U01\", \"name\": \"青溪办\", \"parent\": \"U00\"},"
	"{\"id\": \"U11\", \"name\": \"综合科\", \"parent\": \"U01\"}, {\"id\": \"U12\", \"name\": \"秘书科\", \"parent\": \"U01\"}],"
	"\"posts\": [{\"id\": \"G00\", \"name\": \"书记\", \"unit\": \"U00\"}, {\"id\": \"G01\", \"name\": \"主任\", \"unit\": \"U01\"},"
	"{\"id\": \"G02\", \"name\": \"副主任\", \"unit\": \"U01\"},"
	"{\"id\": \"G11\", \"name\": \"综合科科长\", \"unit\": \"U11\", \"role\": \"科长\"},"
	"{\"id\": \"G12\", \"name\": \"秘书科科长\", \"unit\": \"U12\", \"role\": \"科长\"}], \"holders\": [], \"portfolios\": []}";

static const char SCHEME[] =
	"zeren: 1\nscheme: x\ntitle: x\nrecords:\n"
	"  meeting: {about: meeting, title: 会议, fields: {date: date, kind: text}}\n"
	"duties:\n"
	"  - {id: A1, title: 开会, points: 10, owner: \"post:主任\", need: {each: quarter, take: meeting}}\n"
	"  - {id: A2, title: 报告, points: 10, owner: \"post:综合科科长\", need: {count: 2, per: year, take: meeting}}\n"
	"  - {id: A3, title: 各办一次, points: 10, owner: \"each post:科长\", approver: 书记,\n"
	"     need: {each: half, take: meeting}}\n";

static const char *const POSTS[] = {"G00", "G01", "G02", "G11", "G12"};
enum { SECRETARY = 0, DUTIES = 3, APPROVED = 2 /* the duty whose excuses the secretary alone decides */ };

static const struct person PEOPLE[] = {
	{"owner11", "甲", 3, {{ROLE_OWNER, "U11"}}},
	{"owner12", "乙", 4, {{ROLE_OWNER, "U12"}}},
	{"owner01", "丙", 2, {{ROLE_FILLER, "U01"}}},
	{"judge01", "丁", 1, {{ROLE_REVIEWER, "U01"}}},
	{"judge00", "戊", 0, {{ROLE_REVIEWER, "U00"}}},
	{"both", "己", 3, {{ROLE_OWNER, "U01"}, {ROLE_REVIEWER, "U01"}}},
	{"both00", "庚", 0, {{ROLE_OWNER, "U00"}, {ROLE_REVIEWER, "U00"}}},
	{"bare", "辛", -1, {{ROLE_OWNER, "U01"}, {ROLE_REVIEWER, "U01"}}},
	{"looks", "壬", 2, {{ROLE_VIEWER, "U01"}, {ROLE_SCORER, "U01"}}},
};

/* ---- the model ---- */

enum what { ASK, GRANT, REFUSE, WITHDRAW, WHATS };
static const char *const STEPS[] = {"ask", "grant", "refuse", "withdraw"};
static const char *const STATES[] = {"asked", "granted", "refused", "withdrawn"};

struct excused {
	struct id id;
	int slot, state;                 /* of WHATS: what came last */
	enum allow_kind kind;
	struct walk_did asker, decider;
	bool decided_on_web;
	int32_t asked, decided, until;   /* until 0: none */
	int64_t decision;                /* event; 0: none */
};
enum { SLOTS_MOST = 24 };
static struct {
	struct duty_state duties[DUTIES];
	struct facts facts;
	struct org org;
	struct {
		int duty;
		const struct slot *slot;
	} slots[SLOTS_MOST];
	int nslots;
	struct excused p[TRIES_A_WORLD + 1];
	int n;
} m;

static struct {
	struct walk_hand hand;
	enum what what;
	int slot, of;                    /* of: which excuse; -1: none is there */
	enum allow_kind kind;
	int32_t day, until;              /* until 0: not said */
	bool why;
	struct id made;
	struct fix *f;
} t;

static const char *unit_of_slot(int slot)
{
	for (int i = 0; i < (int)LEN(POSTS); i++)
		if (str_eq(org_post(&m.org, str_c(POSTS[i]))->name, m.slots[slot].slot->owner))
			return i == 0 ? "U00" : i < 3 ? "U01" : i == 3 ? "U11" : "U12";
	FLUNK("whose slot?");
	return "";
}

static bool open_for(int slot)
{
	for (int i = 0; i < m.n; i++)
		if (m.p[i].slot == slot && m.p[i].state == ASK)
			return true;
	return false;
}

static int32_t today(void)
{
	return day("2022-12-30").n;
}

static bool ask_may(void)
{
	int32_t due = m.slots[t.slot].slot->due.n;

	if (!hand_may(&t.hand, ENTERS, unit_of_slot(t.slot)) || !hand_named(&t.hand) || !t.why || t.day > today())
		return false;
	if (t.kind == ALLOW_EXTENDED ? !t.until || t.until <= due || t.day > due : t.until != 0)
		return false;
	return !open_for(t.slot);
}

static bool decide_may(void)
{
	const struct excused *x = &m.p[MAX(t.of, 0)];
	bool grants = t.what == GRANT;

	if (t.of < 0 || x->state != ASK || !hand_named(&t.hand) || t.day < x->asked || t.day > today())
		return false;
	if (t.until && (!grants || x->kind != ALLOW_EXTENDED || t.until <= m.slots[x->slot].slot->due.n))
		return false;
	if (t.what == WITHDRAW)
		return hand_may(&t.hand, ENTERS, unit_of_slot(x->slot)) && acting_post(&t.hand) == x->asker.post;
	if (m.slots[x->slot].duty == APPROVED && acting_post(&t.hand) != SECRETARY)
		return false;
	return hand_may(&t.hand, REVIEWS, unit_of_slot(x->slot)) && !same_hand(&t.hand, &x->asker) && (grants || t.why);
}

static bool may(void)
{
	return t.what == ASK ? ask_may() : decide_may();
}

static void go(void)
{
	struct excused *x = &m.p[MAX(t.of, 0)];

	if (t.what == ASK) {
		m.p[m.n++] = (struct excused){.id = t.made, .slot = t.slot, .kind = t.kind, .asker = did(&t.hand), .asked = t.day,
		                              .until = t.until};
		return;
	}
	x->state = t.what;
	x->decider = did(&t.hand);
	x->decided_on_web = t.hand.web;
	x->decided = t.day;
	x->decision = size_of(t.f) - 1;
	if (t.until)
		x->until = t.until;
}

/* ---- the same in the log ---- */

static enum err_code push(struct tx *tx, void *ctx, struct err *err)
{
	struct date until = t.until ? (struct date){t.until} : DATE_NONE;
	struct str why = t.why ? S("防汛") : S(" "), by = hand_post(&t.hand);

	(void)ctx;
	if (t.what == ASK) {
		struct excuse_input in = {.duty = &t.f->scheme.duties[m.slots[t.slot].duty], .slot = m.slots[t.slot].slot,
		                          .kind = t.kind, .until = until, .why = why, .by = by, .day = {t.day}};

		return excuse_ask(tx, &t.f->scheme, &in, &t.made, err);
	}
	return excuse_decide(tx, &t.f->scheme, t.of < 0 ? (struct id){1, 1} : m.p[t.of].id, &(struct excuse_decision){
		.step = str_c(STEPS[t.what]), .by = by, .why = why, .until = until, .day = {t.day}}, err);
}

static enum err_code make(struct fix *f)
{
	t.f = f;
	return hand_write(f, &t.hand, push, NULL);
}

/* ---- tries ---- */

static void draw(void)
{
	int32_t first = day("2022-01-01").n;

	t.hand = some_hand();
	t.what = (enum what)chance(WHATS);
	if (t.what != ASK && !chance(3))
		t.what = GRANT;
	t.slot = chance(m.nslots);
	t.kind = (enum allow_kind)chance(3);
	t.of = m.n ? chance(m.n) : -1;
	for (int i = 0; i < 20 && t.of >= 0 && chance(8) && m.p[t.of].state != ASK; i++)
		t.of = chance(m.n);
	t.day = first + chance(363);
	t.until = chance(4) ? 0 : first + chance(420);
	if (t.what == ASK && t.kind == ALLOW_EXTENDED && chance(4)) {
		t.until = m.slots[t.slot].slot->due.n + chance(30);
		t.day = first + chance(m.slots[t.slot].slot->due.n - first + 2);
	} else if (t.what != ASK && t.of >= 0 && chance(4)) {
		t.day = m.p[t.of].asked + chance(20);
		t.until = m.p[t.of].kind == ALLOW_EXTENDED && chance(2) ? m.slots[m.p[t.of].slot].slot->due.n + chance(40) : 0;
	} else if (chance(4)) {
		t.until = 0;
	}
	if (t.of >= 0 && t.what == WITHDRAW && chance(2))
		t.hand = (struct walk_hand){m.p[t.of].asker.who, m.p[t.of].asker.post, false};
	if (t.of >= 0 && (t.what == GRANT || t.what == REFUSE) && !chance(4))      /* who asked, whatever his post is by now */
		t.hand = (struct walk_hand){m.p[t.of].asker.who, -1, true};
	t.why = chance(8) != 0;
}

static const char *words(struct fix *f)
{
	char on[DATE_TEXT], until[DATE_TEXT];

	return arena_printf(&f->a, "%s of slot %d (excuse %d) by %s for post %d (%s) on %s until %s", STEPS[t.what], t.slot, t.of,
		people[t.hand.who].login, t.hand.by, t.hand.web ? "web" : "cli", date_text((struct date){t.day}, on).p,
		date_text(t.until ? (struct date){t.until} : DATE_NONE, until).p).p;
}

static int kind(void)
{
	return (int)t.what;
}

/* ---- what stands there ---- */

static void begin(struct fix *f)
{
	struct facts_opt opt = {.year = 2022, .lang = LANG_ZH};

	memset(&m, 0, sizeof m);
	ok(f, org_load(log_db(f->log), &f->a, DATE_NONE, &m.org, &f->err));
	ok(f, facts_load(&f->a, log_db(f->log), &f->scheme, &m.org, opt, &m.facts, &f->err));
	assert_int_equal(f->scheme.nduties, DUTIES);
	for (int i = 0; i < DUTIES; i++) {
		duty_on(&m.facts, &f->scheme.duties[i], day("2022-12-30"), (struct figure_source){0}, &m.duties[i]);
		for (size_t k = 0; k < m.duties[i].nslots; k++) {
			assert_true(m.nslots < SLOTS_MOST);
			m.slots[m.nslots].duty = i;
			m.slots[m.nslots++].slot = &m.duties[i].slots[k];
		}
	}
	assert_int_equal(m.nslots, 4 + 2 + 4);
}

/* Held by nothing but what stands there. */
static void never(void)
{
	for (int i = 0; i < m.n; i++) {
		const struct excused *x = &m.p[i];

		if (x->state != GRANT && x->state != REFUSE)
			continue;
		assert_int_not_equal(x->asker.post, x->decider.post);
		assert_false(x->decided_on_web && x->asker.who == x->decider.who);
	}
}

/* What was granted, in the order of the days it was decided on, then of the decisions. */
static const struct excused *granted_next(const struct excused *last)
{
	const struct excused *next = NULL;

	for (int i = 0; i < m.n; i++) {
		const struct excused *x = &m.p[i];

		if (x->state != GRANT || (last && (x->decided < last->decided ||
			(x->decided == last->decided && x->decision <= last->decision))))
			continue;
		if (!next || x->decided < next->decided || (x->decided == next->decided && x->decision < next->decision))
			next = x;
	}
	return next;
}

static void compare(struct fix *f)
{
	struct facts facts = {.arena = &f->a};
	const struct excused *x = NULL;
	struct excuses all;
	size_t n = 0;

	never();
	ok(f, excuses_load(log_db(f->log), &f->a, DATE_NONE, &all, &f->err));
	assert_int_equal(all.n, m.n);
	for (int i = 0; i < m.n; i++) {
		assert_true(id_eq(all.p[i].c.subject, m.p[i].id));
		assert_string_equal(state_defs[all.p[i].c.state].name, STATES[m.p[i].state]);
		assert_int_equal(all.p[i].kind, m.p[i].kind);
		assert_int_equal(date_is(all.p[i].until) ? all.p[i].until.n : 0, m.p[i].until);
		assert_int_equal(all.p[i].c.n, m.p[i].state == ASK ? 1 : 2);
	}
	ok(f, allow_load(log_db(f->log), &facts, &f->err));
	for (n = 0; (x = granted_next(x)); n++) {
		assert_true(n < facts.nallowed);
		same(facts.allowed[n].duty, f->scheme.duties[m.slots[x->slot].duty].id);
		same(facts.allowed[n].owner, m.slots[x->slot].slot->owner);
		same(facts.allowed[n].label, m.slots[x->slot].slot->label);
		assert_int_equal(facts.allowed[n].kind, x->kind);
		assert_int_equal(facts.allowed[n].decided.n, x->decided);
	}
	assert_int_equal(n, facts.nallowed);
}

static void test_walk(void **state)
{
	static const struct walk_plan plan = {.name = "excuses", .org = ORG, .scheme = SCHEME, .people = PEOPLE,
		.npeople = LEN(PEOPLE), .posts = POSTS, .nposts = LEN(POSTS), .ordinary = 3000, .begin = begin, .draw = draw,
		.may = may, .make = make, .go = go, .compare = compare, .words = words, .kind = kind, .kinds = WHATS};

	(void)state;
	walk(&plan);
}

int main(void)
{
	struct CMUnitTest tests[] = {cmocka_unit_test(test_walk)};

	return run_plan("excuse_walk", tests, LEN(tests));
}
