/* Random hands at assessments of two units by the functions that pages and commands call: self scores, scores, confirmations,
 * settlements, appeals and what the panel makes of them, while days pass and people change posts. Nobody scores or confirms
 * after a self score of his own, confirms his own score, judges his own post, or decides over a score that he has given or confirmed.
 * (test_assess_walk.c pushes bare events at the same rules.) */
#include "walk_world.h"

#include "duty/figure.h"
#include "flow/facts_load.h"
#include "scheme/calendar.h"
#include "score/assess_log.h"

static const char ORG[] =
	"{\"year\": 2022, \"office\": {\"id\": \"U01\"}, \"units\": ["
	"{\"id\": \"U00\", \"name\": \"青溪区委\"}, {\"id\": \"U01\", \"name\": \"青溪办\", \"parent\": \"U00\"},"
	"{\"id\": \"U11\", \"name\": \"综合科\", \"parent\": \"U01\", \"kind\": \"科室\"},"
	"{\"id\": \"U12\", \"name\": \"秘书科\", \"parent\": \"U01\", \"kind\": \"科室\"}],"
	"\"posts\": [{\"id\": \"G00\", \"name\": \"书记\", \"unit\": \"U00\"}, {\"id\": \"G01\", \"name\": \"主任\", \"unit\": \"U01\"},"
	"{\"id\": \"G02\", \"name\": \"副主任\", \"unit\": \"U01\"}, {\"id\": \"G03\", \"name\": \"纪检\", \"unit\": \"U01\"},"
	"{\"id\": \"G11\", \"name\": \"综合科科长\", \"unit\": \"U11\"}, {\"id\": \"G12\", \"name\": \"秘书科科长\", \"unit\": \"U12\"}],"
	"\"holders\": [], \"portfolios\": []}";

static const char SCHEME[] =
	"zeren: 1\nscheme: x\ntitle: x\ncalendar: none\n"
	"records:\n  meeting: {about: meeting, title: 会议, fields: {date: date, kind: text}}\n"
	"duties:\n  - {id: A1, title: 例会, points: 10, owner: \"post:主任\", need: {each: quarter, take: meeting}}\n"
	"assess:\n  of: each unit:科室\n  appeal: 5d\n  sections:\n    - id: S\n      items:\n"
	"        - {id: A, title: 创新, points: 5, judge: grant, from: 0, to: 5}\n"
	"        - {id: B, title: 质量, points: 10, judge: deduct, from: 0.5, to: 2}\n"
	"        - {id: C, title: 班子成员, points: 4, judge: grant, from: 0, to: 4, each: {posts: [G11, G12]}}\n";

static const char *const POSTS[] = {"G00", "G01", "G02", "G03", "G11", "G12"};
static const char *const ITEMS[] = {"A", "B", "C", "Z"}, *const UNITS[] = {"U11", "U12"};
enum { ITEMS_KNOWN = 3, SHEETS = 2, APPEAL_DAYS = 5, SEVERAL = 2 /* the item that judges posts one by one */ };
/* Things of the item C: two of its posts, a post that is none of them, one that is not there. As places in POSTS. */
static const int THINGS[] = {4, 5, 0, -1};
enum { WHOLE = -1, THINGS_KNOWN = 3, THINGS_THERE = 2 };

static const struct person PEOPLE[] = {
	{"owner11", "甲", 4, {{ROLE_OWNER, "U11"}}},
	{"owner12", "乙", 5, {{ROLE_OWNER, "U12"}}},
	{"scorer1", "丙", 1, {{ROLE_SCORER, "U01"}}},
	{"scorer2", "丁", 2, {{ROLE_SCORER, "U01"}}},
	{"scorer0", "戊", 0, {{ROLE_SCORER, "U00"}}},
	{"panel", "己", 3, {{ROLE_PANEL, "U01"}}},
	{"panel2", "庚", 0, {{ROLE_PANEL, "U00"}, {ROLE_SCORER, "U00"}}},
	{"all11", "辛", 4, {{ROLE_OWNER, "U11"}, {ROLE_SCORER, "U11"}}},
	{"own12", "壬", 5, {{ROLE_FILLER, "U12"}, {ROLE_PANEL, "U12"}}},
	{"bare", "癸", -1, {{ROLE_SCORER, "U01"}, {ROLE_OWNER, "U01"}}},
	{"looks", "子", 2, {{ROLE_VIEWER, "U01"}, {ROLE_REVIEWER, "U01"}}},
};

/* ---- the model ---- */

enum what { SELF, SCORE, CONFIRM, SETTLE, FILE_IT, TAKE_BACK, TAKE_UP, UPHOLD, PARTLY, DISMISS, RESCORE, WAIT, WHATS };
static const char *const STEPS[] = {"self", "score", "confirm", "settle", "file", "take-back", "take-up", "uphold", "partly",
	"dismiss", "rescore", "wait"};
static const char *const STATES[] = {[FILE_IT] = "filed", [TAKE_BACK] = "taken-back", [TAKE_UP] = "taken-up",
	[UPHOLD] = "upheld", [PARTLY] = "partly", [DISMISS] = "dismissed", [RESCORE] = "rescored"};

struct mark {
	struct id id;
	int item, thing;                 /* thing: WHOLE, or of THINGS */
	bool score, appealed, confirmed, confirmed_on_web;
	int got;
	struct walk_did by, confirmer;
	int64_t when;                    /* event of the confirmation */
};
struct petition {
	struct id id;
	int item, state;                 /* of WHATS: what moved it last */
	struct walk_did filer, upholder;
};
enum { PER_WORLD = TRIES_A_WORLD + 1 };
struct scored {
	struct id id;
	struct mark marks[PER_WORLD];
	struct petition appeals[PER_WORLD];
	int nmarks, nappeals;
	int64_t settled;                 /* event; 0: not */
	int32_t settled_day;
};
static struct {
	struct scored sheets[SHEETS];
	struct facts facts;
	struct figures figures;
	struct org org;
	struct calendar *calendar;
	int32_t today;
	int days;                        /* that have passed */
} m;

static struct {
	struct walk_hand hand;
	enum what what;
	int of, item, thing, got, mark, appeal; /* mark, appeal: -1: none is there */
	bool why;
	struct id made;
	struct fix *f;
	struct scored *x;
} t;

static bool scored_himself(int item)
{
	for (int i = 0; i < t.x->nmarks; i++)
		if (!t.x->marks[i].score && (item < 0 || t.x->marks[i].item == item) && same_hand(&t.hand, &t.x->marks[i].by))
			return true;
	return false;
}

static bool waiting(void)
{
	for (int i = 0; i < t.x->nmarks; i++) {
		const struct mark *x = &t.x->marks[i];
		bool newest = x->score && !x->confirmed;

		for (int k = i + 1; newest && k < t.x->nmarks; k++)
			newest = !t.x->marks[k].score || t.x->marks[k].item != x->item || t.x->marks[k].thing != x->thing;
		if (newest)
			return true;
	}
	return false;
}

static bool confirmed_since(void)
{
	for (int i = 0; i < t.x->nmarks; i++)
		if (t.x->marks[i].when > t.x->settled)
			return true;
	return false;
}

/* Has given a score of the item, or confirmed one. */
static bool scored(int item)
{
	for (int i = 0; i < t.x->nmarks; i++) {
		const struct mark *x = &t.x->marks[i];

		if (x->score && x->item == item && (same_hand(&t.hand, &x->by) ||
			(x->confirmed && same_hand(&t.hand, &x->confirmer))))
			return true;
	}
	return false;
}

/* Neither who filed, nor who has scored the item or confirmed a score of it. */
static bool panel(const struct petition *a)
{
	return !same_hand(&t.hand, &a->filer) && !scored(a->item);
}

/* Thousandths: A is granted 0 to 5; B loses nothing, or 0.5 to 2 of 10; C, and each of its things, is granted 0 to 4. */
static bool fits(void)
{
	if (t.item == SEVERAL)
		return t.got >= 0 && t.got <= 4000;
	return t.thing >= 0 ? false : t.item == 0 ? t.got >= 0 && t.got <= 5000
		: t.item == 1 && (t.got == 10000 || (t.got >= 8000 && t.got <= 9500));
}

static bool is_own_post(int thing)
{
	return thing >= 0 && THINGS[thing] == acting_post(&t.hand);
}

/* Of a thing: one that there is, and not his own post; a reason, unless it has all its points. */
static bool may_score(void)
{
	if (t.thing >= THINGS_KNOWN || is_own_post(t.thing))
		return false;
	return fits() && (t.why || (t.thing >= 0 && t.got == 4000)) && !scored_himself(t.item);
}

/* Five working days after the settlement; Monday to Friday. */
static bool in_time(void)
{
	int32_t last = t.x->settled_day;

	for (int left = APPEAL_DAYS; left > 0;) {
		last++;
		left -= (last + 3) % 7 < 5;      /* day 0 was a Thursday */
	}
	return m.today <= last;
}

static bool may(void)
{
	const struct petition *a = t.appeal >= 0 ? &t.x->appeals[t.appeal] : NULL;
	const struct mark *x = t.mark >= 0 ? &t.x->marks[t.mark] : NULL;
	const char *unit = UNITS[t.of];
	bool named = acting_post(&t.hand) >= 0;      /* what is said beside an account does not count here */
	bool scores = named && hand_may(&t.hand, SCORES, unit), enters = named && hand_may(&t.hand, ENTERS, unit);
	bool decides = named && hand_may(&t.hand, PANELS, unit);

	switch (t.what) {
	case SELF:
		return enters && !t.x->settled && fits() && !scored(t.item);
	case SCORE:
		return scores && !t.x->settled && may_score();
	case RESCORE:
		return scores && a && a->item == t.item && (a->state == UPHOLD || a->state == PARTLY) && may_score() &&
		       !same_hand(&t.hand, &a->filer) && !same_hand(&t.hand, &a->upholder);
	case CONFIRM:
		return scores && x && x->score && !x->confirmed && (!t.x->settled || x->appealed) && !same_hand(&t.hand, &x->by) &&
		       !is_own_post(x->thing) && !scored_himself(x->item);
	case SETTLE:
		return scores && !waiting() && (!t.x->settled || confirmed_since()) && !scored_himself(-1);
	case FILE_IT:
		return enters && t.x->settled && t.item < ITEMS_KNOWN && t.why && in_time();
	case TAKE_BACK:
		return enters && a && (a->state == FILE_IT || a->state == TAKE_UP) && acting_post(&t.hand) == a->filer.post;
	case TAKE_UP:
		return decides && a && a->state == FILE_IT && panel(a);
	case WAIT:
		return true;
	default:
		return decides && a && a->state == TAKE_UP && panel(a) && t.why;
	}
}

static void go(void)
{
	struct petition *a = t.appeal >= 0 ? &t.x->appeals[t.appeal] : NULL;

	switch (t.what) {
	case SELF:
	case SCORE:
	case RESCORE:
		t.x->marks[t.x->nmarks++] = (struct mark){.id = t.made, .item = t.item, .got = t.got, .by = did(&t.hand),
			.thing = t.what == SELF ? WHOLE : t.thing, .score = t.what != SELF, .appealed = t.what == RESCORE};
		if (t.what == RESCORE)
			a->state = RESCORE;
		break;
	case CONFIRM:
		t.x->marks[t.mark].confirmed = true;
		t.x->marks[t.mark].confirmed_on_web = t.hand.web;
		t.x->marks[t.mark].confirmer = did(&t.hand);
		t.x->marks[t.mark].when = size_of(t.f) - 1;
		break;
	case SETTLE:
		t.x->settled = size_of(t.f) - 1;
		t.x->settled_day = m.today;
		break;
	case FILE_IT:
		t.x->appeals[t.x->nappeals++] = (struct petition){.id = t.made, .item = t.item, .state = FILE_IT,
		                                                  .filer = did(&t.hand)};
		break;
	case WAIT:
		break;
	default:
		a->state = (int)t.what;
		if (t.what == UPHOLD || t.what == PARTLY)
			a->upholder = did(&t.hand);
	}
}

/* ---- the same in the log ---- */

static enum err_code settle(struct tx *tx, struct err *err)
{
	struct assess_inputs in;
	struct assess_sheet sheet;

	TRY(assessment_inputs(tx->db, tx->arena, t.x->id, &in, err));
	assess_on(&m.facts, &m.figures, org_unit(&m.org, str_c(UNITS[t.of])), &in, NULL, 0, &sheet);
	return assess_settle(tx, t.x->id, &m.facts, &sheet, STR_NONE, hand_post(&t.hand), err);
}

static enum err_code push(struct tx *tx, void *ctx, struct err *err)
{
	struct id appeal = t.appeal < 0 ? (struct id){1, 1} : t.x->appeals[t.appeal].id;
	struct assess_entry in = {.assessment = t.x->id, .item = str_c(ITEMS[t.item]), .got = t.got, .by = hand_post(&t.hand),
	                          .text = t.why ? S("佐证") : S(" ")};

	(void)ctx;
	if (t.thing >= 0 && t.what != SELF)
		in.thing = THINGS[t.thing] < 0 ? S("G99") : str_c(POSTS[THINGS[t.thing]]);
	switch (t.what) {
	case SELF:
		return assess_self(tx, &t.f->scheme, &in, &t.made, err);
	case RESCORE:
		in.appeal = appeal.seq;
		return assess_score(tx, &t.f->scheme, &in, &t.made, err);
	case SCORE:
		return assess_score(tx, &t.f->scheme, &in, &t.made, err);
	case CONFIRM:
		return assess_confirm(tx, t.x->id, t.mark < 0 ? 1 : t.x->marks[t.mark].id.seq, in.by, err);
	case SETTLE:
		return settle(tx, err);
	default:
		return assess_appeal(tx, &t.f->scheme, m.calendar, &(struct assess_appeal){.assessment = t.x->id,
			.appeal = t.what == FILE_IT ? ID_NONE : appeal, .step = str_c(STEPS[t.what]), .item = in.item,
			.why = in.text, .by = in.by}, &t.made, err);
	}
}

/* Days pass: the log is opened again on a later one. */
static enum err_code wait_some(struct fix *f)
{
	struct log_opt opt = log_options();
	int days = 1 + chance(5);

	m.days += days;
	m.today += days;
	opt.clock = WALK_CLOCK + m.days * 86400000000LL;
	log_close(&f->log);
	return log_open(path_in(f, "log"), opt, &f->log, &f->err);
}

static enum err_code make(struct fix *f)
{
	t.f = f;
	return t.what == WAIT ? wait_some(f) : hand_write(f, &t.hand, push, NULL);
}

/* ---- tries ---- */

static enum what next_of(const struct petition *a)
{
	switch (a->state) {
	case FILE_IT:
		return chance(6) ? TAKE_UP : TAKE_BACK;
	case TAKE_UP:
		return (enum what)(UPHOLD + chance(3));
	case UPHOLD:
	case PARTLY:
		return RESCORE;
	default:
		return chance(2) ? CONFIRM : SETTLE;
	}
}

static void draw(void)
{
	static const int marks[ITEMS_KNOWN][5] = {{0, 2500, 5000, 5001, -1}, {10000, 8000, 9500, 7999, 9501},
		{0, 1001, 4000, 4001, -1}};

	t.hand = some_hand();
	t.of = chance(SHEETS);
	t.x = &m.sheets[t.of];
	t.what = (enum what)chance(WHATS);
	if (t.what == WAIT && chance(4))
		t.what = t.x->settled ? FILE_IT : CONFIRM;
	if (t.what == SELF && chance(4))     /* else everybody has scored himself soon, and nothing may be settled */
		t.what = SCORE;
	if (t.what == SETTLE && !t.x->settled && t.x->nmarks < 6)
		t.what = SCORE;
	if (t.what == SCORE && t.x->nmarks >= 6 && chance(3))        /* a score that is not confirmed keeps everything up */
		t.what = chance(2) ? CONFIRM : SETTLE;
	t.item = chance(12) ? chance(ITEMS_KNOWN) : ITEMS_KNOWN;
	t.thing = WHOLE;
	t.mark = t.x->nmarks ? t.x->nmarks - 1 - chance(MIN(t.x->nmarks, 4)) : -1;
	for (int i = 0; i < 40 && t.mark >= 0 && chance(8) && (!t.x->marks[t.mark].score || t.x->marks[t.mark].confirmed); i++)
		t.mark = chance(t.x->nmarks);
	t.appeal = t.x->nappeals ? t.x->nappeals - 1 - chance(MIN(t.x->nappeals, 4)) : -1;
	if (t.appeal >= 0 && chance(2))      /* what comes next, with or without the right to it */
		t.what = next_of(&t.x->appeals[t.appeal]);
	if (t.what >= TAKE_UP && t.what <= DISMISS && chance(3))
		t.hand = (struct walk_hand){chance(3) ? 5 : 6, -1, true};
	if (t.what == SCORE && !chance(4))   /* who may decide as well, and changes his post in between */
		t.hand = (struct walk_hand){6, -1, true};
	if (t.what == RESCORE && t.appeal >= 0 && chance(6))
		t.item = t.x->appeals[t.appeal].item;
	if ((t.what == SCORE || t.what == RESCORE) && (t.item == SEVERAL ? chance(6) : !chance(20)))
		t.thing = chance(8) ? chance(THINGS_KNOWN) : THINGS_KNOWN;
	t.got = marks[MIN(t.item, ITEMS_KNOWN - 1)][chance(6) ? chance(3) : 3 + chance(2)];
	t.why = chance(8) != 0;
	if (t.what == SELF && chance(8))
		t.hand = (struct walk_hand){t.of, -1, true};
	if ((t.what == SETTLE || t.what == CONFIRM) && chance(3))     /* who may, as a rule */
		t.hand = (struct walk_hand){2 + chance(3), -1, true};
	if (t.what == CONFIRM && t.mark >= 0 && !chance(6))
		t.hand = (struct walk_hand){t.x->marks[t.mark].by.who, -1, true};
}

static const char *words(struct fix *f)
{
	return arena_printf(&f->a, "%s of %s item %s thing %d (mark %d, appeal %d) %d by %s of post %d for post %d (%s)%s, %d days",
		STEPS[t.what], UNITS[t.of], ITEMS[t.item], t.thing, t.mark, t.appeal, t.got, people[t.hand.who].login,
		people[t.hand.who].post, t.hand.by, t.hand.web ? "web" : "cli", t.why ? ", why" : "", m.days).p;
}

static int kind(void)
{
	return (int)t.what;
}

/* ---- what stands there ---- */

static enum err_code open_one(struct tx *tx, void *ctx, struct err *err)
{
	struct scored *x = ctx;
	struct hash digest;

	TRY(scheme_digest_of_year(tx->db, tx->arena, 2022, &digest, err));
	return assess_open(tx, &t.f->scheme, &digest, 2022, str_c(UNITS[x - m.sheets]), S("G01"), &x->id, err);
}

static void begin(struct fix *f)
{
	memset(&m, 0, sizeof m);
	m.today = day("2022-12-30").n;
	m.calendar = calendar_shipped(&f->a, S("none"));
	t.f = f;
	ok(f, org_load(log_db(f->log), &f->a, DATE_NONE, &m.org, &f->err));
	ok(f, facts_load(&f->a, log_db(f->log), &f->scheme, &m.org, (struct facts_opt){.year = 2022}, &m.facts, &f->err));
	ok(f, figures_on(&m.facts, day("2022-12-30"), &m.figures, &f->err));
	for (int i = 0; i < SHEETS; i++)
		ok(f, log_write(f->log, S("张一"), S("test"), open_one, &m.sheets[i], &f->err));
}

/* Held by nothing but what stands there. */
static void never(const struct scored *x)
{
	for (int i = 0; i < x->nmarks; i++) {
		const struct mark *one = &x->marks[i];

		assert_true(!one->score || one->thing < 0 || THINGS[one->thing] != one->by.post);
		if (!one->score || !one->confirmed)
			continue;
		assert_true(one->thing < 0 || THINGS[one->thing] != one->confirmer.post);
		assert_int_not_equal(one->by.post, one->confirmer.post);
		assert_false(one->confirmed_on_web && one->by.who == one->confirmer.who);
		for (int k = 0; k < i; k++)
			if (!x->marks[k].score && x->marks[k].item == one->item) {
				assert_int_not_equal(x->marks[k].by.post, one->by.post);
				assert_int_not_equal(x->marks[k].by.post, one->confirmer.post);
			}
	}
	for (int i = 0; i < x->nappeals; i++)
		if (x->appeals[i].state == UPHOLD || x->appeals[i].state == PARTLY || x->appeals[i].state == RESCORE)
			assert_int_not_equal(x->appeals[i].filer.post, x->appeals[i].upholder.post);
}

/* The newest confirmed score of an item or thing as of the settlement; else otherwise. */
static int given(const struct scored *x, int item, int thing, int otherwise)
{
	for (int i = 0; i < x->nmarks; i++) {
		const struct mark *one = &x->marks[i];

		if (one->score && one->item == item && one->thing == thing && one->confirmed && one->when < x->settled)
			otherwise = one->got;
	}
	return otherwise;
}

/* C is the mean of its posts, rounded half up, unless it was scored as a whole. */
static int total_of(const struct scored *x)
{
	int several = 0;

	for (int i = 0; i < THINGS_THERE; i++)
		several += given(x, SEVERAL, i, 0);
	return given(x, 0, WHOLE, 0) + given(x, 1, WHOLE, 10000) + given(x, SEVERAL, WHOLE, (several + 1) / THINGS_THERE);
}

static void compare(struct fix *f)
{
	for (int i = 0; i < SHEETS; i++) {
		const struct scored *x = &m.sheets[i];
		struct assess_inputs in;
		struct assessment got;
		size_t scores = 0, selfs = 0;

		never(x);
		ok(f, assessment_get(log_db(f->log), &f->a, x->id, &got, &f->err));
		assert_int_equal(got.settled_seq, x->settled);
		if (x->settled)
			assert_int_equal(got.total, total_of(x));
		ok(f, assessment_inputs(log_db(f->log), &f->a, x->id, &in, &f->err));
		for (int k = 0; k < x->nmarks; k++) {
			const struct assess_mark *one = x->marks[k].score ? &in.scores[scores++] : &in.selfs[selfs++];

			assert_int_equal(one->event, x->marks[k].id.seq);
			assert_int_equal(one->got, x->marks[k].got);
			assert_int_equal(one->confirmed, x->marks[k].confirmed);
			same(one->by, str_c(POSTS[x->marks[k].by.post]));
		}
		assert_int_equal(scores, in.nscores);
		assert_int_equal(selfs, in.nselfs);
		for (int k = 0; k < x->nappeals; k++) {
			struct flow_case c;

			ok(f, flow_read(log_db(f->log), &f->a, FLOW_APPEAL, x->appeals[k].id, DATE_NONE, &c, &f->err));
			assert_string_equal(state_defs[c.state].name, STATES[x->appeals[k].state]);
		}
	}
}

static void test_walk(void **state)
{
	static const struct walk_plan plan = {.name = "appeals", .org = ORG, .scheme = SCHEME, .people = PEOPLE,
		.npeople = LEN(PEOPLE), .posts = POSTS, .nposts = LEN(POSTS), .ordinary = 5000, .begin = begin, .draw = draw,
		.may = may, .make = make, .go = go, .compare = compare, .words = words, .kind = kind, .kinds = WHATS};

	(void)state;
	walk(&plan);
}

int main(void)
{
	struct CMUnitTest tests[] = {cmocka_unit_test(test_walk)};

	return run_plan("appeal_walk", tests, LEN(tests));
}
