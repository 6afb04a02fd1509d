/* Random hands at assessments: entering, scoring, confirming, settling, appealing, deciding, out of turn as often as in it. A
 * model of the rules, written from docs/events.md, says of each try whether it may be; nobody's own score is ever confirmed
 * or decided by the same hand, and the tables are those that the log gives. ZEREN_STEPS: how many tries. */
#include "flow_world.h"

#include "score/assess_log.h"

static const char *const POSTS[] = {"G00", "G01", "G02", "G11", "G12"}, *const ACTORS[] = {"zhao", "qian", "sun", "li"};
static const char *const ITEMS[] = {"A", "B"};

enum { MARKS = 800, APPEALS = 300 };

struct party {
	int post, actor;
};
struct mark {
	int64_t seq;
	int item, thing;                 /* thing: a post that is judged; -1: the whole item */
	bool score, appealed;
	struct party by, confirmer;
	int64_t confirmed;               /* event; 0: not */
};
struct petition {
	int64_t seq;
	int item, state;                 /* of APPEAL_STATES */
	struct party filer, upholder;
};
struct model {
	struct id id;
	struct mark marks[MARKS];
	int n;
	struct petition appeals[APPEALS];
	int nappeals;
	int64_t settled;                 /* event; 0: not */
};

static uint64_t seed = 1;

static uint64_t chance(uint64_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed % n;
}

/* ---- a try ---- */

enum what { SELF, SCORE, CONFIRM, SETTLE, FILE_IT, STEP, WHATS };
static const char *const STEPS[] = {"take-back", "take-up", "uphold", "partly", "dismiss", "rescore"};
static const char *const STATES[] = {"filed", "taken-up", "upheld", "partly", "dismissed", "rescored", "taken-back"};

struct attempt {
	enum what what;
	struct party by;
	bool web;
	int item, mark, appeal, step;    /* mark, appeal: index; -1: none */
	int thing;                       /* of a score: as in a mark */
	struct id made;
	const struct model *m;
};

static bool same_hand(const struct attempt *t, struct party h)
{
	return h.post == t->by.post || (t->web && h.actor == t->by.actor);
}

static bool scored_himself(const struct model *m, const struct attempt *t, int item)
{
	for (int i = 0; i < m->n; i++)
		if (!m->marks[i].score && (item < 0 || m->marks[i].item == item) && same_hand(t, m->marks[i].by))
			return true;
	return false;
}

/* Has given a score of the item, or confirmed one. */
static bool scored(const struct model *m, const struct attempt *t, int item)
{
	for (int i = 0; i < m->n; i++) {
		const struct mark *x = &m->marks[i];

		if (x->score && x->item == item && (same_hand(t, x->by) || (x->confirmed && same_hand(t, x->confirmer))))
			return true;
	}
	return false;
}

static bool waiting(const struct model *m)
{
	for (int i = 0; i < m->n; i++) {
		const struct mark *x = &m->marks[i];
		bool newest = x->score;

		for (int k = i + 1; k < m->n; k++)
			newest &= !m->marks[k].score || m->marks[k].item != x->item || m->marks[k].thing != x->thing;
		if (newest && !x->confirmed)
			return true;
	}
	return false;
}

static bool confirmed_since(const struct model *m)
{
	for (int i = 0; i < m->n; i++)
		if (m->marks[i].confirmed > m->settled)
			return true;
	return false;
}

/* The panel: neither who filed, nor who scored or confirmed. */
static bool panel(const struct model *m, const struct attempt *t, const struct petition *a)
{
	if (same_hand(t, a->filer))
		return false;
	return !scored(m, t, a->item);
}

static bool may_step(const struct model *m, const struct attempt *t)
{
	const struct petition *a = &m->appeals[t->appeal];

	switch (t->step) {
	case 0:
		return a->state <= 1 && t->by.post == a->filer.post;
	case 1:
		return a->state == 0 && panel(m, t, a);
	case 5:
		return (a->state == 2 || a->state == 3) && !same_hand(t, a->filer) && !same_hand(t, a->upholder);
	default:
		return a->state == 1 && panel(m, t, a);
	}
}

static bool model_may(const struct model *m, const struct attempt *t)
{
	const struct petition *a = t->appeal >= 0 ? &m->appeals[t->appeal] : NULL;
	const struct mark *x = t->mark >= 0 ? &m->marks[t->mark] : NULL;

	switch (t->what) {
	case SELF:
		return !m->settled && !scored(m, t, t->item);
	case SCORE:
		if (a ? a->item != t->item || (a->state != 2 && a->state != 3) : m->settled != 0)
			return false;
		return !scored_himself(m, t, t->item) && t->thing != t->by.post;
	case CONFIRM:
		return x && x->thing != t->by.post && x->score && !x->confirmed && (!m->settled || x->appealed) && !same_hand(t, x->by) &&
		       !scored_himself(m, t, x->item);
	case SETTLE:
		return !waiting(m) && (!m->settled || confirmed_since(m)) && !scored_himself(m, t, -1);
	case FILE_IT:
		return true;
	default:
		return a && may_step(m, t);
	}
}

static void model_go(struct model *m, const struct attempt *t)
{
	static const int to[] = {6, 1, 2, 3, 4, 5};
	struct petition *a = t->appeal >= 0 ? &m->appeals[t->appeal] : NULL;

	switch (t->what) {
	case SELF:
	case SCORE:
		m->marks[m->n++] = (struct mark){.seq = t->made.seq, .item = t->item, .score = t->what == SCORE, .by = t->by,
		                                 .thing = t->what == SCORE ? t->thing : -1,
		                                 .appealed = t->what == SCORE && a};
		break;
	case CONFIRM:
		m->marks[t->mark].confirmed = t->made.seq;
		m->marks[t->mark].confirmer = t->by;
		break;
	case SETTLE:
		m->settled = t->made.seq;
		break;
	case FILE_IT:
		m->appeals[m->nappeals++] = (struct petition){.seq = t->made.seq, .item = t->item, .filer = t->by};
		break;
	default:
		a->state = to[t->step];
		if (t->step == 2 || t->step == 3)
			a->upholder = t->by;
	}
}

/* ---- the same in the log ---- */

static void text(struct tx *tx, struct node *data, struct str key, const char *value)
{
	node_set(tx->arena, data, key, node_str(tx->arena, str_c(value)));
}

static enum err_code push(struct tx *tx, void *ctx, struct err *err)
{
	static const char *const kinds[] = {"assess.self", "assess.score", "assess.confirm", "assess.settle", "appeal.open",
		"appeal.step"};
	struct attempt *t = ctx;
	struct node *data = node_map(tx->arena);
	struct id subject = t->m->id;

	text(tx, data, S("by"), POSTS[t->by.post]);
	switch (t->what) {
	case SELF:
	case SCORE:
		text(tx, data, S("item"), ITEMS[t->item]);
		node_set(tx->arena, data, S("got"), node_num(tx->arena, 1500));
		if (t->what == SCORE && t->thing >= 0)
			text(tx, data, S("thing"), POSTS[t->thing]);
		if (t->what == SCORE && (t->thing < 0 || t->step))       /* a thing needs no reason here */
			text(tx, data, S("why"), "so");
		if (t->what == SCORE && t->appeal >= 0)
			node_set(tx->arena, data, S("appeal"), node_num(tx->arena, t->m->appeals[t->appeal].seq));
		break;
	case CONFIRM:
		node_set(tx->arena, data, S("mark"), node_num(tx->arena, t->mark < 0 ? 1 : t->m->marks[t->mark].seq));
		break;
	case SETTLE:
		text(tx, data, S("on"), "2022-12-31");
		node_set(tx->arena, data, S("total"), node_num(tx->arena, 90000));
		text(tx, data, S("lines"), "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
		break;
	case FILE_IT:
		text(tx, data, S("step"), "file");
		text(tx, data, S("day"), "2022-07-01");
		text(tx, data, S("why"), "so");
		node_set(tx->arena, data, S("about"), node_str(tx->arena, arena_printf(tx->arena, "%lld/%s",
			(long long)t->m->id.seq, ITEMS[t->item])));
		subject = ID_NONE;
		break;
	default:
		text(tx, data, S("step"), STEPS[t->step]);
		text(tx, data, S("day"), "2022-07-01");
		text(tx, data, S("why"), "so");
		subject = (struct id){1, t->m->appeals[t->appeal].seq};
	}
	return tx_event(tx, kinds[t->what], subject, data, &t->made, err);
}

/* ---- the walk ---- */

static struct attempt some(const struct model *m)
{
	struct attempt t = {.what = (enum what)chance(WHATS), .by = {(int)chance(LEN(POSTS)), (int)chance(LEN(ACTORS))},
	                    .web = chance(2), .item = (int)chance(LEN(ITEMS)), .step = (int)chance(LEN(STEPS)), .m = m};

	t.mark = m->n ? (int)chance((uint64_t)m->n) : -1;
	t.appeal = m->nappeals ? (int)chance((uint64_t)m->nappeals) : -1;
	t.thing = chance(2) ? -1 : (int)chance(3);
	if (m->n && chance(2))
		t.mark = m->n - 1;
	if (t.what == SCORE && chance(2))
		t.appeal = -1;
	if (t.what == STEP && t.appeal < 0)
		t.what = FILE_IT;
	if (t.what == SELF && chance(3))         /* else everybody has scored himself soon */
		t.what = SCORE;
	if (t.what == SELF)
		t.by = (struct party){(int)chance(2), (int)chance(2)};
	return t;
}

/* Each year the office and four units. */
struct opening {
	long n;
	struct id id;
};

static enum err_code open_one(struct tx *tx, void *ctx, struct err *err)
{
	static const char *const units[] = {"", "U00", "U01", "U11", "U12"};
	struct opening *o = ctx;
	struct node *data = node_map(tx->arena);
	struct hash digest;
	char hex[HASH_TEXT];

	TRY(scheme_digest_of_year(tx->db, tx->arena, 2022, &digest, err));
	node_set(tx->arena, data, S("year"), node_num(tx->arena, 1900 + o->n / (long)LEN(units)));
	if (o->n % (long)LEN(units))
		text(tx, data, S("unit"), units[o->n % (long)LEN(units)]);
	node_set(tx->arena, data, S("scheme"), node_str(tx->arena, hash_text(&digest, hex)));
	text(tx, data, S("by"), "G01");
	return tx_event(tx, "assess.open", ID_NONE, data, &o->id, err);
}

enum { ASSESSMENTS = 1500 };

/* Held by nothing but what stands there: no score is confirmed by its own hand or by one that scored itself before. */
static void never(const struct model *m)
{
	for (int i = 0; i < m->n; i++) {
		const struct mark *x = &m->marks[i];

		if (!x->score || !x->confirmed)
			continue;
		assert_int_not_equal(x->by.post, x->confirmer.post);
		assert_true(x->thing != x->by.post && x->thing != x->confirmer.post);
		for (int k = 0; k < i; k++)
			assert_false(!m->marks[k].score && m->marks[k].item == x->item && m->marks[k].by.post == x->by.post);
	}
}

static void compare(struct fix *f, const struct model *m)
{
	struct assess_inputs in;
	struct assessment x, newest, found;
	size_t scores = 0, selfs = 0;

	ok(f, assessment_get(log_db(f->log), &f->a, m->id, &x, &f->err));
	assert_int_equal(x.settled_seq, m->settled);
	ok(f, assessment_newest(log_db(f->log), &f->a, x.year, &newest, &f->err));
	ok(f, assessment_find(log_db(f->log), &f->a, x.year, x.unit, &found, &f->err));
	assert_true(id_eq(newest.id, x.id) && id_eq(found.id, x.id));
	ok(f, assessment_inputs(log_db(f->log), &f->a, m->id, &in, &f->err));
	for (int i = 0; i < m->n; i++) {
		const struct assess_mark *got = m->marks[i].score ? &in.scores[scores++] : &in.selfs[selfs++];

		assert_int_equal(got->event, m->marks[i].seq);
		assert_int_equal(got->confirmed, m->marks[i].confirmed != 0);
		same(got->by, str_c(POSTS[m->marks[i].by.post]));
		same(got->thing, str_c(m->marks[i].thing < 0 ? "" : POSTS[m->marks[i].thing]));
	}
	assert_int_equal(scores, in.nscores);
	assert_int_equal(selfs, in.nselfs);
	for (int i = 0; i < m->nappeals; i++) {
		struct flow_case c;

		ok(f, flow_read(log_db(f->log), &f->a, FLOW_APPEAL, (struct id){1, m->appeals[i].seq}, DATE_NONE, &c, &f->err));
		assert_string_equal(state_defs[c.state].name, STATES[m->appeals[i].state]);
	}
}

static void test_walk(void **state)
{
	struct fix *f = *state;
	const char *wanted = getenv("ZEREN_STEPS");
	long steps = wanted ? strtol(wanted, NULL, 10) : 6000, taken = 0, assessments = 0, done = 0;
	struct model *m = calloc(1, sizeof *m);
	long by_kind[WHATS] = {0};
	uint64_t each = (uint64_t)MAX(120, steps / 1200);        /* tries an assessment */

	flow_office(f);
	for (; done < steps; done++) {
		enum err_code code;
		struct attempt t;
		bool may;

		if (!id_is(m->id) || m->n >= MARKS - 1 || m->nappeals >= APPEALS - 1 || !chance(each)) {
			struct opening o = {assessments, ID_NONE};

			if (id_is(m->id)) {
				never(m);
				compare(f, m);
			}
			if (++assessments > ASSESSMENTS)
				break;
			memset(m, 0, sizeof *m);
			ok(f, log_write(f->log, S("zhao"), S("test"), open_one, &o, &f->err));
			m->id = o.id;
		}
		t = some(m);
		may = model_may(m, &t);
		code = log_write(f->log, str_c(ACTORS[t.by.actor]), t.web ? S("web") : S("test"), push, &t, &f->err);
		if (may != (code == OK))
			FLUNK("try %ld, %d by %s (%s, %s) item %d: the model says %s, the log: %s", done, (int)t.what, POSTS[t.by.post],
				ACTORS[t.by.actor], t.web ? "web" : "test", t.item, may ? "yes" : "no",
				code == OK ? "yes" : f->err.text);
		err_clear(&f->err);
		if (!may)
			continue;
		model_go(m, &t);
		by_kind[t.what]++;
		taken++;
	}
	compare(f, m);
	sound(f);
	for (size_t i = 0; i < WHATS; i++)
		assert_true(by_kind[i] > steps / 1000);
	print_message("%ld tries, %ld taken, %ld assessments\n", done, taken, assessments);
	free(m);
}

int main(void)
{
	struct CMUnitTest tests[] = {ON_BOTH(test_walk)};

	return run_plan("assess_walk", tests, LEN(tests));
}
