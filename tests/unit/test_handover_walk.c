/* Random hands at handovers of posts: listing what is open, giving, taking, leaving it to a vacancy, taking it up from one,
 * notes, dropping, out of turn as often as in it. Who gives does not take: neither the same name nor the same account. */
#include "walk_world.h"

#include "flow/facts_load.h"
#include "flow/handover.h"

static const char ORG[] =
	"{\"year\": 2022, \"office\": {\"id\": \"U01\"}, \"units\": ["
	"{\"id\": \"U00\", \"name\": \"青溪区委\"}, {\"id\": \"U01\", \"name\": \"青溪办\", \"parent\": \"U00\"},"
	"{\"id\": \"U11\", \"name\": \"综合科\", \"parent\": \"U01\"}, {\"id\": \"U12\", \"name\": \"秘书科\", \"parent\": \"U01\"}],"
	"\"posts\": [{\"id\": \"G01\", \"name\": \"主任\", \"unit\": \"U01\"}, {\"id\": \"G02\", \"name\": \"副主任\", \"unit\": \"U01\"},"
	"{\"id\": \"G11\", \"name\": \"综合科科长\", \"unit\": \"U11\"}, {\"id\": \"G12\", \"name\": \"秘书科科长\", \"unit\": \"U12\"}],"
	"\"holders\": [{\"post\": \"G01\", \"name\": \"甲\", \"from\": \"2020-01-01\"},"
	"{\"post\": \"G02\", \"name\": \"丙\", \"from\": \"2021-01-01\", \"to\": \"2022-06-30\"},"
	"{\"post\": \"G02\", \"name\": \"丁\", \"from\": \"2022-07-01\"},"
	"{\"post\": \"G12\", \"name\": \"戊\", \"from\": \"2021-01-01\", \"to\": \"2022-03-31\"},"
	"{\"post\": \"G12\", \"name\": \"己\", \"from\": \"2022-06-11\"},"
	"{\"post\": \"G11\", \"name\": \"庚\", \"from\": \"2021-01-01\", \"to\": \"2022-08-31\", \"acting\": true},"
	"{\"post\": \"G11\", \"name\": \"庚\", \"from\": \"2022-09-01\"}],"
	"\"portfolios\": [{\"post\": \"G02\", \"unit\": \"U12\", \"from\": \"2022-01-01\"}]}";

static const char SCHEME[] =
	"zeren: 1\nscheme: x\ntitle: x\n"
	"records:\n  meeting: {about: meeting, title: 会议, fields: {date: date, kind: text}}\n"
	"duties:\n"
	"  - {id: A1, title: 例会, points: 10, owner: \"post:副主任\", need: {each: quarter, take: meeting}}\n"
	"  - {id: A3, title: 专题会, points: 10, owner: \"post:综合科科长\", need: {each: half, take: meeting}}\n"
	"  - {id: A4, title: 月会, points: 10, owner: \"post:秘书科科长\", need: {each: month, take: meeting}}\n";

static const char *const POSTS[] = {"G01", "G02", "G11", "G12"}, *const UNITS[] = {"U01", "U01", "U11", "U12"};
static const char *const NAMES_SAID[] = {"甲", "丙", "丁", "戊", "己", "庚"};

/* Each that might be handed over; leaving, coming: "" for nobody. */
static const struct {
	int post;
	const char *on, *leaving, *coming;
	bool changes;
} CHANGES[] = {
	{0, "2022-06-30", "甲", "甲", false},
	{1, "2022-06-30", "丙", "丁", true},
	{1, "2022-05-15", "丙", "丙", false},
	{3, "2022-03-31", "戊", "", true},
	{3, "2022-06-10", "", "己", true},
	{2, "2022-08-31", "庚", "庚", true},     /* looked after it, and is appointed: nobody else is there to take it */
};

static const struct person PEOPLE[] = {
	{"bing", "丙", 1, {{ROLE_OWNER, "U01"}}},
	{"ding", "丁", 1, {{ROLE_OWNER, "U01"}}},
	{"ding2", "丁", 3, {{ROLE_OWNER, "U12"}}},
	{"wu", "戊", 3, {{ROLE_OWNER, "U12"}}},
	{"ji", "己", 3, {{ROLE_FILLER, "U00"}}},
	{"geng", "庚", 2, {{ROLE_OWNER, "U11"}, {ROLE_REVIEWER, "U01"}}},
	{"looks", "丁", 1, {{ROLE_VIEWER, "U01"}, {ROLE_REVIEWER, "U01"}}},
	{"bare", "丙", -1, {{ROLE_OWNER, "U01"}}},
};

/* ---- the model ---- */

enum what { PREPARE, GIVE, TAKE, LEAVE, TAKE_UP, NOTE, DROP, WHATS };
static const char *const STEPS[] = {"prepare", "give", "take", "leave", "take-up", "note", "drop"};
static const char *const STATES[] = {"prepared", "given", "confirmed", "left", "taken-up", NULL, "dropped"};

struct going {
	struct id id;
	int change, state;               /* of WHATS: what moved it last */
	int giver;                       /* account or, at the terminal, login that gave it; -1 */
	int taker;
	bool taker_on_web;
	int32_t day;
	int n;
};
static struct {
	struct handover_list lists[LEN(CHANGES)];
	struct object objects[LEN(CHANGES)];
	struct going p[TRIES_A_WORLD + 1];
	int n;
} m;

static struct {
	struct walk_hand hand;
	enum what what;
	int change, of, name;            /* of: which handover; -1: none is there. name: -1: not said */
	int64_t line;
	int32_t day;
	bool why, text;
	struct id made;
	struct fix *f;
} t;

static bool under_way(int state)
{
	return state == PREPARE || state == GIVE;
}

static const char *name_said(void)
{
	return t.hand.web ? people[t.hand.who].name : t.name < 0 ? "" : NAMES_SAID[t.name];
}

static bool prepare_may(void)
{
	int post = CHANGES[t.change].post;

	if (!hand_may(&t.hand, ENTERS, UNITS[post]) || !hand_named(&t.hand) || !CHANGES[t.change].changes ||
		t.day > day("2022-12-30").n)
		return false;
	for (int i = 0; i < m.n; i++)
		if (under_way(m.p[i].state) && CHANGES[m.p[i].change].post == post)
			return false;
	return true;
}

static bool step_may(void)
{
	const struct going *x = &m.p[MAX(t.of, 0)];
	const char *leaving, *coming;

	if (t.of < 0 || t.day < x->day || t.day > day("2022-12-30").n)
		return false;
	/* at the terminal the post that changes hands stands in */
	if (!hand_may(&t.hand, ENTERS, UNITS[CHANGES[x->change].post]) || (!hand_named(&t.hand) && t.hand.web))
		return false;
	leaving = CHANGES[x->change].leaving;
	coming = CHANGES[x->change].coming;
	switch (t.what) {
	case GIVE:
		return x->state == PREPARE && *leaving && *coming && !strcmp(name_said(), leaving);
	case TAKE:
		return x->state == GIVE && *leaving && *coming && !strcmp(name_said(), coming) && strcmp(leaving, coming) != 0 &&
		       !(t.hand.web && x->giver == t.hand.who);
	case LEAVE:
		return x->state == PREPARE && *leaving && !*coming && !strcmp(name_said(), leaving);
	case TAKE_UP:
		return x->state == PREPARE && !*leaving && *coming && !strcmp(name_said(), coming);
	case NOTE:
		return under_way(x->state) && t.text && t.line >= 1 && t.line <= (int64_t)m.lists[x->change].n;
	default:
		return under_way(x->state) && t.why;
	}
}

static bool may(void)
{
	return t.what == PREPARE ? prepare_may() : step_may();
}

static void go(void)
{
	struct going *x = &m.p[MAX(t.of, 0)];

	if (t.what == PREPARE) {
		m.p[m.n++] = (struct going){.id = t.made, .change = t.change, .giver = -1, .taker = -1, .n = 1, .day = t.day};
		return;
	}
	x->n++;
	x->day = t.day;
	if (t.what == NOTE)
		return;
	x->state = t.what;
	if (t.what == GIVE)
		x->giver = t.hand.who;
	if (t.what == TAKE) {
		x->taker = t.hand.who;
		x->taker_on_web = t.hand.web;
	}
}

/* ---- the same in the log ---- */

static enum err_code push(struct tx *tx, void *ctx, struct err *err)
{
	struct handover_step step = {.step = str_c(STEPS[t.what]), .by = hand_post(&t.hand), .day = {t.day}};

	(void)ctx;
	if (t.what == PREPARE)
		return handover_prepare(tx, &t.f->scheme, &(struct handover_input){.list = &m.lists[t.change],
			.object = m.objects[t.change], .by = hand_post(&t.hand), .day = {t.day}}, &t.made, err);
	step.name = t.name < 0 ? STR_NONE : str_c(NAMES_SAID[t.name]);
	step.why = t.why ? S("变动取消") : STR_NONE;
	step.text = t.text ? S("已约定补开") : STR_NONE;
	step.no = t.what == NOTE ? arena_printf(tx->arena, "%lld", (long long)t.line) : STR_NONE;
	return handover_do(tx, &t.f->scheme, t.of < 0 ? (struct id){1, 1} : m.p[t.of].id, &step, err);
}

static enum err_code make(struct fix *f)
{
	t.f = f;
	return hand_write(f, &t.hand, push, NULL);
}

/* ---- tries ---- */

static int name_at(const char *name)
{
	int i = 0;

	while (i < (int)LEN(NAMES_SAID) && strcmp(NAMES_SAID[i], name) != 0)
		i++;
	return i < (int)LEN(NAMES_SAID) ? i : -1;
}

static void draw(void)
{
	t.hand = some_hand();
	t.what = (enum what)chance(WHATS);
	t.change = chance(LEN(CHANGES));
	t.of = m.n ? chance(m.n) : -1;
	for (int i = 0; i < 40 && t.of >= 0 && chance(8) && !under_way(m.p[t.of].state); i++)
		t.of = chance(m.n);
	if (t.what == DROP && chance(3))
		t.what = GIVE;
	if (t.of >= 0 && m.p[t.of].state == GIVE && !chance(3))
		t.what = TAKE;
	t.name = chance(LEN(NAMES_SAID) + 1) - 1;
	t.day = t.of >= 0 && chance(6) ? m.p[t.of].day + chance(3) : day("2022-01-01").n + chance(366);
	if (t.what == PREPARE && chance(4))
		t.day = day("2022-03-01").n + chance(100);
	t.line = chance(5);
	t.why = chance(4) != 0;
	t.text = chance(4) != 0;
	if (t.of >= 0 && t.what == GIVE && !chance(3)) {     /* who is to take it, at the terminal in the other's name */
		t.hand = (struct walk_hand){1, -1, false};
		t.name = name_at(CHANGES[m.p[t.of].change].leaving);
	}
	if (t.of >= 0 && t.what == TAKE && m.p[t.of].giver >= 0 && chance(3))        /* who gave it */
		t.hand = (struct walk_hand){m.p[t.of].giver, -1, true};
}

static const char *words(struct fix *f)
{
	char on[DATE_TEXT];

	return arena_printf(&f->a, "%s of change %d (handover %d) by %s for post %d (%s), name %s, on %s, line %lld%s%s",
		STEPS[t.what], t.what == PREPARE || t.of < 0 ? t.change : m.p[t.of].change, t.of, people[t.hand.who].login, t.hand.by,
		t.hand.web ? "web" : "cli", name_said(), date_text((struct date){t.day}, on).p, (long long)t.line,
		t.why ? ", why" : "", t.text ? ", text" : "").p;
}

static int kind(void)
{
	return (int)t.what;
}

/* ---- what stands there ---- */

struct world {
	struct org org;
	struct facts facts;
	struct figures figures;
	struct warn_answers answers;
};

static void begin(struct fix *f)
{
	memset(&m, 0, sizeof m);
	enter(f, "meeting", "date=2022-02-10;kind=例会");
	for (size_t i = 0; i < LEN(CHANGES); i++) {
		struct world *w = ARENA_NEW(&f->a, struct world);
		struct handover_list *l = &m.lists[i];
		struct db *db = log_db(f->log);
		struct facts_opt opt = {.year = 2022, .lang = LANG_ZH};
		struct buf b CLEANUP(buf_free) = BUF_MAX(1 << 20);

		ok(f, org_load(db, &f->a, DATE_NONE, &w->org, &f->err));
		ok(f, facts_load(&f->a, db, &f->scheme, &w->org, opt, &w->facts, &f->err));
		ok(f, warn_answers_load(db, &f->a, &w->answers, &f->err));
		ok(f, figures_on(&w->facts, day(CHANGES[i].on), &w->figures, &f->err));
		ok(f, handover_list(db, &w->figures, org_post(&w->org, str_c(POSTS[CHANGES[i].post])), &w->answers, l, &f->err));
		same(l->leaving.holder, str_c(CHANGES[i].leaving));
		same(l->coming.holder, str_c(CHANGES[i].coming));
		ok(f, json_canon(&b, handover_json(&f->a, l), &f->err));
		ok(f, object_store_text(f->log, buf_str(&b), &m.objects[i], &f->err));
	}
}

/* Held by nothing but what stands there: none is confirmed by one hand, none where there are no two people. */
static void never(const struct going *x)
{
	if (x->state != TAKE)
		return;
	assert_true(x->giver >= 0 && x->taker >= 0);
	assert_false(x->taker_on_web && x->giver == x->taker);
	assert_string_not_equal(CHANGES[x->change].leaving, CHANGES[x->change].coming);
}

static void compare(struct fix *f)
{
	struct handovers all;
	int open[LEN(POSTS)] = {0};

	ok(f, handovers_load(log_db(f->log), &f->a, DATE_NONE, &all, &f->err));
	assert_int_equal(all.n, m.n);
	for (int i = 0; i < m.n; i++) {
		const struct going *x = &m.p[i];
		const struct handover *h = &all.p[i];
		char hex[HASH_TEXT];

		never(x);
		open[CHANGES[x->change].post] += under_way(x->state);
		assert_true(id_eq(h->c.subject, x->id));
		assert_string_equal(state_defs[h->c.state].name, STATES[x->state]);
		assert_int_equal(h->c.n, x->n);
		same(h->post, str_c(POSTS[CHANGES[x->change].post]));
		same(h->leaving, str_c(CHANGES[x->change].leaving));
		same(h->coming, str_c(CHANGES[x->change].coming));
		same(h->digest, hash_text(&m.objects[x->change].digest, hex));
	}
	for (size_t i = 0; i < LEN(POSTS); i++)
		assert_true(open[i] <= 1);
}

static void test_walk(void **state)
{
	static const struct walk_plan plan = {.name = "handovers", .org = ORG, .scheme = SCHEME, .people = PEOPLE,
		.npeople = LEN(PEOPLE), .posts = POSTS, .nposts = LEN(POSTS), .ordinary = 3000, .begin = begin, .draw = draw,
		.may = may, .make = make, .go = go, .compare = compare, .words = words, .kind = kind, .kinds = WHATS};

	(void)state;
	walk(&plan);
}

int main(void)
{
	struct CMUnitTest tests[] = {cmocka_unit_test(test_walk)};

	return run_plan("handover_walk", tests, LEN(tests));
}
