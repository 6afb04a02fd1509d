/* Random walks over flows against a small model that knows nothing of the table: states, hands, days and measures of a
 * finding in plain words. In memory first, then a part through the real log, whose tables must be those of a replay.
 * ZEREN_WALK: steps in memory (default 100000; the full run is 1000000); one in 50 of them goes through the log. */
#include "flow_world.h"

#include <stdio.h>

/* ---- chance ---- */

static uint64_t seed = 0x9e3779b97f4a7c15u;

static unsigned chance(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % n;
}

static long wanted_steps(void)
{
	const char *s = getenv("ZEREN_WALK");
	int64_t n;

	return s && str_int(str_c(s), &n) && n > 0 ? (long)n : 100000;
}

/* ---- the model of a finding ---- */

static const struct {
	const char *step, *from, *to;     /* to "=": stays */
} MODEL[] = {
	{"register", "found", "registered"},
	{"feedback", "found registered", "fed-back"},
	{"receipt", "fed-back", "received"},
	{"dispute", "fed-back received", "disputed"},
	{"uphold", "disputed", "received"},
	{"drop", "disputed", "dropped"},
	{"measure", "received returned reopened", "="},
	{"plan", "received returned reopened", "planned"},
	{"approve", "planned", "rectifying"},
	{"send-back", "planned", "received"},
	{"progress", "rectifying returned reopened", "rectifying"},
	{"extend", "rectifying returned reopened", "extension"},
	{"grant", "extension", "rectifying"},
	{"refuse", "extension", "rectifying"},
	{"done", "rectifying returned reopened standing", "done"},
	{"on-the-spot", "found registered fed-back received", "done"},
	{"verify", "done", "verified"},
	{"return", "done verified", "returned"},
	{"close", "verified", "closed"},
	{"standing", "rectifying verified", "standing"},
	{"continue", "standing", "="},
	{"notice", "rectifying done returned verified closed standing rechecked reopened", "="},
	{"recheck", "closed rechecked", "rechecked"},
	{"reopen", "closed rechecked", "reopened"},
};

enum { STEPS_MOST = 80, MEASURES = 4 };

struct act_done {
	const char *step;
	int by, actor;                    /* by: post 0 … 4; actor: 0 … 3 */
	bool web;
};

struct model {
	const char *state;
	struct act_done acts[STEPS_MOST];
	int n;
	int32_t day, due;                 /* due 0: none */
	bool measure[MEASURES];
	int percent[MEASURES];
};

struct step_try {
	size_t what;                      /* in MODEL */
	int by, actor;                    /* by -1: nobody named */
	bool web, above;
	int32_t day, due;                 /* due 0: not given */
	int no;                           /* -1: not given */
	int percent;                      /* -1: not given */
	bool words;                       /* why, text, way are given */
};

static bool named(const char *list, const char *word)
{
	struct str rest = str_c(list), one;

	while (str_cut(&rest, S(" "), &one))
		if (str_is(one, word))
			return true;
	return false;
}

static bool is(const struct step_try *t, const char *list)
{
	return named(list, MODEL[t->what].step);
}

/* Was one of these steps done by the same hand? last: only the last of them counts. */
static bool own_hand(const struct model *m, const struct step_try *t, const char *steps, bool last)
{
	for (int i = m->n - 1; i >= 0; i--) {
		if (!named(steps, m->acts[i].step))
			continue;
		if (m->acts[i].by == t->by || (t->web && m->acts[i].actor == t->actor))
			return true;
		if (last)
			return false;
	}
	return false;
}

static bool hands_differ(const struct model *m, const struct step_try *t)
{
	if (is(t, "receipt dispute"))
		return !own_hand(m, t, "feedback", true);
	if (is(t, "uphold drop"))
		return !own_hand(m, t, "dispute", true);
	if (is(t, "approve send-back"))
		return !own_hand(m, t, "plan measure", false);
	if (is(t, "grant refuse"))
		return !own_hand(m, t, "extend", true);
	if (is(t, "verify return close recheck reopen"))
		return !own_hand(m, t, "done on-the-spot progress", false);
	if (is(t, "standing"))
		return !own_hand(m, t, "done progress", true);
	return true;
}

static bool says_enough(const struct step_try *t)
{
	if (!t->words && is(t, "dispute uphold drop send-back extend refuse return standing reopen measure done"
		" on-the-spot verify recheck continue"))
		return false;
	if (t->no < 0 && is(t, "feedback measure close notice"))
		return false;
	if (!t->due && is(t, "feedback measure extend grant standing reopen"))
		return false;
	return t->percent >= 0 || !is(t, "progress");
}

/* May it be? */
static bool model_may(const struct model *m, const struct step_try *t)
{
	int measures = 0, done = 0;

	for (int i = 0; i < MEASURES; i++) {
		measures += m->measure[i];
		done += m->measure[i] && m->percent[i] == 100;
	}
	if (!named(MODEL[t->what].from, m->state) || t->by < 0 || !hands_differ(m, t) || !says_enough(t) ||
		(m->n && t->day < m->day))
		return false;
	if (is(t, "grant refuse") && !t->above)
		return false;
	if (is(t, "extend") && m->due && t->day > m->due)
		return false;
	if (is(t, "extend grant") && m->due && t->due <= m->due)
		return false;
	if (is(t, "measure") && m->measure[t->no])
		return false;
	if (is(t, "progress") && t->no >= 0 && !m->measure[t->no])
		return false;
	if (is(t, "plan") && !measures)
		return false;
	return !is(t, "done") || done == measures;
}

static void model_go(struct model *m, const struct step_try *t)
{
	m->acts[m->n++] = (struct act_done){MODEL[t->what].step, t->by, t->actor, t->web};
	m->day = t->day;
	if (strcmp(MODEL[t->what].to, "=") != 0)
		m->state = MODEL[t->what].to;
	if (t->due && is(t, "feedback grant return standing continue reopen"))
		m->due = t->due;
	if (is(t, "close recheck"))
		m->due = 0;
	if (is(t, "measure")) {
		m->measure[t->no] = true;
		m->percent[t->no] = 0;
	}
	if (is(t, "progress") && t->no >= 0)
		m->percent[t->no] = t->percent;
}

/* What must never be, read off the steps alone. */
static void never(const struct model *m)
{
	for (int i = 0; i < m->n; i++) {
		if (!named("verify close recheck", m->acts[i].step))
			continue;
		for (int k = 0; k < i; k++)
			if (named("done on-the-spot progress", m->acts[k].step) && (m->acts[k].by == m->acts[i].by ||
				(m->acts[i].web && m->acts[k].actor == m->acts[i].actor)))
				FLUNK("%s by the hand that did %s", m->acts[i].step, m->acts[k].step);
	}
}

/* ---- steps by chance ---- */

static const char *const POSTS[] = {"G00", "G01", "G02", "G11", "G12"};
static const char *const ACTORS[] = {"zhang.san", "li.si", "wang.wu", "zhao.liu"};
static const char *const NOS[] = {"1", "2", "3", "4"};

/* Mostly one that may begin in this state and says all there is to say. */
static struct step_try some_step(const struct model *m)
{
	struct step_try t = {.by = (int)chance(5), .actor = (int)chance(4), .web = chance(2), .above = chance(4) != 0,
		.day = m->day + (int32_t)chance(3), .due = m->day + 1 + (int32_t)chance(60), .no = (int)chance(MEASURES),
		.percent = chance(3) ? 100 : (int)chance(101), .words = true};

	t.what = chance(LEN(MODEL));
	for (int i = 0; i < 60 && chance(10) && !named(MODEL[t.what].from, m->state); i++)
		t.what = chance(LEN(MODEL));
	if (!chance(3) && is(&t, "extend grant") && m->due)
		t.due = m->due + 1 + (int32_t)chance(30);
	switch (chance(12)) {
	case 0: t.by = -1; break;
	case 1: t.words = false; break;
	case 2: t.due = 0; break;
	case 3: t.no = -1; break;
	case 4: t.percent = -1; break;
	case 5: t.day = m->day - 1; break;
	default: break;
	}
	return t;
}

static struct flow_step step_of(const struct step_try *t)
{
	struct flow_step s = {.by = t->by < 0 ? STR_NONE : str_c(POSTS[t->by]), .actor = str_c(ACTORS[t->actor]),
		.via = t->web ? S("web") : S("cli"), .day = {t->day}, .due = t->due ? (struct date){t->due} : DATE_NONE,
		.no = t->no < 0 ? STR_NONE : str_c(NOS[t->no]), .progress = t->percent, .post = S("G11"), .unit = S("U11")};

	assert_true(flow_move_named(FLOW_FINDING, str_c(MODEL[t->what].step), &s.move));
	if (t->words)
		s.why = s.text = s.way = S("words");
	return s;
}

static const int32_t DAY_0 = 18993;       /* 2022-01-01 */

static void begin(struct model *m)
{
	*m = (struct model){.state = "found", .day = DAY_0};
}

/* ---- in memory ---- */

static void test_memory(void **state)
{
	struct fix *f = *state;
	long steps = wanted_steps(), taken = 0, whole = 0;
	bool seen[STATE_N] = {false};

	for (long done = 0; done < steps;) {
		struct arena a CLEANUP(arena_free) = ARENA_INIT;
		struct flow_case c = {.flow = FLOW_FINDING, .subject = {1, 1}, .state = STATE_FINDING_FOUND, .due = DATE_NONE,
			.limit = DATE_NONE, .next = DATE_NONE, .since = DATE_NONE, .unit = S("U11")};
		struct model m;

		begin(&m);
		for (; m.n < STEPS_MOST && done < steps && (chance(200) || m.n < 10); done++) {
			struct step_try t = some_step(&m);
			struct flow_step s = step_of(&t);
			bool may = model_may(&m, &t);
			enum err_code code = flow_check(&c, &s, t.above ? FLOW_ABOVE : FLOW_BESIDE, &f->err);

			if (may != (code == OK))
				FLUNK("step %ld: %s in state %s: the model says %s, the program: %s", done, MODEL[t.what].step,
					m.state, may ? "yes" : "no", code == OK ? "yes" : f->err.text);
			err_clear(&f->err);
			if (!may)
				continue;
			flow_go(&a, &c, &s);
			model_go(&m, &t);
			taken++;
			seen[c.state] = true;
			if (strcmp(state_defs[c.state].name, m.state) != 0 || (date_is(c.due) ? c.due.n : 0) != m.due)
				FLUNK("after %s: %s, due %d, not %s, %d", MODEL[t.what].step, state_defs[c.state].name, c.due.n, m.state,
					m.due);
			if (!strcmp(m.state, "dropped"))
				break;
		}
		never(&m);
		whole++;
	}
	for (int i = flow_defs[FLOW_FINDING].first_state + 1; i < flow_state_end(FLOW_FINDING); i++)
		if (!seen[i])
			FLUNK("the walk never came to %s", state_defs[i].name);
	print_message("%ld steps over %ld findings, %ld taken\n", steps, whole, taken);
}

/* ---- other flows: what their tables say, and nothing else, is taken ---- */

static void test_each_flow(void **state)
{
	struct fix *f = *state;
	long steps = wanted_steps() / 10;

	for (int flow = 0; flow < FLOW_N; flow++) {
		int m0 = flow_defs[flow].first_move, moves = flow_move_end(flow) - m0;
		long taken = 0;

		for (long done = 0; done < steps;) {
			struct arena a CLEANUP(arena_free) = ARENA_INIT;
			struct flow_case c = {.flow = flow, .subject = {1, 1}, .state = flow_defs[flow].opens ? FLOW_NONE :
				flow_defs[flow].first_state, .due = DATE_NONE, .limit = DATE_NONE, .next = DATE_NONE, .since = DATE_NONE};
			int32_t today = DAY_0;

			for (int turn = 0; turn < 60; turn++, done++) {
				struct flow_step s = {.move = m0 + (int)chance((unsigned)moves), .by = str_c(POSTS[chance(5)]),
					.actor = str_c(ACTORS[chance(4)]), .via = chance(2) ? S("web") : S("cli"),
					.day = {today + (int32_t)chance(2)}, .due = {today + 20 + turn}, .why = S("w"), .post = S("G11"),
					.no = str_c(NOS[chance(4)]), .unit = S("U11"), .level = S("l"), .text = S("t"), .way = S("w"),
					.progress = 100, .proof = {&(struct str){"p", 1}, 1}};
				const struct move_def *def = &move_defs[s.move];
				int before = c.state;

				if (flow_check(&c, &s, FLOW_ABOVE, &f->err) != OK) {
					err_clear(&f->err);
					assert_int_equal(c.state, before);
					continue;
				}
				if (!flow_goes(s.move, before))
					FLUNK("%s: %s was taken in the wrong state", flow_defs[flow].name, def->name);
				for (size_t i = c.n; i-- > 0;) {
					if (!(def->others >> (c.steps[i].move - m0) & 1))
						continue;
					if (str_eq(c.steps[i].by, s.by) || (str_is(s.via, "web") && str_eq(c.steps[i].actor, s.actor)))
						FLUNK("%s: %s was taken by the hand that did %s", flow_defs[flow].name, def->name,
							move_defs[c.steps[i].move].name);
					break;
				}
				flow_go(&a, &c, &s);
				assert_int_equal(c.state, def->to == FLOW_NONE ? before : def->to);
				today = s.day.n;
				taken++;
			}
		}
		assert_true(taken > steps / 1000);
	}
}

/* ---- through the log ---- */

struct pushing {
	const struct step_try *t;
	struct id subject;
	bool first;
};

/* The bare event, as a program might write it that knows no command. */
static enum err_code push(struct tx *tx, void *ctx, struct err *err)
{
	const struct pushing *p = ctx;
	struct flow_step s = step_of(p->t);
	struct node *data = node_map(tx->arena);
	const struct {
		const char *key;
		struct str text;
	} texts[] = {{"by", s.by}, {"why", s.why}, {"no", s.no}, {"post", s.post}, {"unit", s.unit}, {"text", s.text},
		{"way", s.way}};
	char day[DATE_TEXT], due[DATE_TEXT];

	node_set(tx->arena, data, S("step"), node_str(tx->arena, str_c(move_defs[s.move].name)));
	node_set(tx->arena, data, S("day"), node_str(tx->arena, arena_str(tx->arena, date_text(s.day, day))));
	if (date_is(s.due))
		node_set(tx->arena, data, S("due"), node_str(tx->arena, arena_str(tx->arena, date_text(s.due, due))));
	for (size_t i = 0; i < LEN(texts); i++)
		if (texts[i].text.n)
			node_set(tx->arena, data, str_c(texts[i].key), node_str(tx->arena, texts[i].text));
	if (s.progress >= 0)
		node_set(tx->arena, data, S("progress"), node_num(tx->arena, s.progress));
	if (p->first) {
		struct node *was = node_map(tx->arena);

		node_set(tx->arena, was, S("unit"), node_str(tx->arena, S("U11")));
		node_set(tx->arena, data, S("was"), was);
	}
	return tx_event(tx, "finding.step", p->subject, data, NULL, err);
}

/* By flow_step, with the record's own fields, or as a bare event. */
static enum err_code make(struct fix *f, struct id subject, const struct step_try *t, bool first, bool bare)
{
	struct pushing p = {t, subject, first};
	struct flow_step s = step_of(t);
	struct stepping x = {.f = f, .flow = FLOW_FINDING, .subject = subject, .in = FLOW_INPUT};

	if (bare)
		return log_write(f->log, s.actor, s.via, push, &p, &f->err);
	x.in = (struct flow_input){.step = str_c(move_defs[s.move].name), .day = s.day, .by = s.by, .why = s.why, .no = s.no,
		.post = s.post, .unit = s.unit, .text = s.text, .way = s.way, .due = s.due, .progress = s.progress};
	return log_write(f->log, s.actor, s.via, stepping_do, &x, &f->err);
}

enum { ALIVE = 24 };

static void test_log(void **state)
{
	struct fix *f = *state;
	long steps = wanted_steps() / 50, taken = 0;
	struct model *m = calloc(ALIVE, sizeof *m);
	struct id ids[ALIVE];

	flow_office(f);
	for (int i = 0; i < ALIVE; i++) {
		begin(&m[i]);
		ids[i] = enter(f, "finding", arena_printf(&f->a, "no=W-%d;found_on=2022-01-01;unit=综合科", i).p);
	}
	for (long done = 0; done < steps; done++) {
		int i = (int)chance(ALIVE);
		struct step_try t = some_step(&m[i]);
		bool bare = t.web || chance(2), may;
		enum err_code code;

		t.above = t.by >= 0 && t.by <= 2;        /* G00, G01 and G02 sit above U11 */
		if (!bare && is(&t, "grant"))            /* what was asked for stands in for what is not said */
			t.due = t.due ? t.due : m[i].due + 1;
		may = model_may(&m[i], &t);
		code = make(f, ids[i], &t, !m[i].n, bare);
		if (may != (code == OK))
			FLUNK("%s of finding %d in state %s: the model says %s, the log: %s", MODEL[t.what].step, i, m[i].state,
				may ? "yes" : "no", code == OK ? "yes" : f->err.text);
		err_clear(&f->err);
		if (may) {
			model_go(&m[i], &t);
			taken++;
		}
		if (m[i].n < STEPS_MOST && strcmp(m[i].state, "dropped") != 0)
			continue;
		never(&m[i]);
		assert_string_equal(state_of(f, ids[i]), m[i].state);
		begin(&m[i]);
		ids[i] = enter(f, "finding", arena_printf(&f->a, "no=N-%ld;found_on=2022-01-01;unit=综合科", done).p);
	}
	for (int i = 0; i < ALIVE; i++) {
		struct flow_case c = case_of(f, ids[i]);

		never(&m[i]);
		assert_string_equal(state_defs[c.state].name, m[i].state);
		assert_int_equal(c.n, m[i].n);
		assert_int_equal(date_is(c.due) ? c.due.n : 0, m[i].due);
	}
	assert_true(taken > steps / 10);
	sound(f);
	print_message("%ld steps in the log, %ld taken, %lld events\n", steps, taken, (long long)size_of(f));
	free(m);
}

int main(void)
{
	struct CMUnitTest tests[] = {PLAIN(test_memory), PLAIN(test_each_flow), ON_SQLITE(test_log)};

	return run_plan("flow_walk", tests, LEN(tests));
}
