/* Flows: which step goes from which state, what it must say, by whom; every step in the log, the record's own fields
 * beside it. */
#include "flow_world.h"

/* ---- the tables ---- */

/* Every step that goes from a state, written once more by hand: the order is that of the table. */
static const struct {
	const char *state, *moves;
} FINDING_GOES[] = {
	{"found", "register, feedback, on-the-spot"},
	{"registered", "feedback, on-the-spot"},
	{"fed-back", "receipt, dispute, on-the-spot"},
	{"received", "dispute, measure, plan, on-the-spot"},
	{"disputed", "uphold, drop"},
	{"planned", "approve, send-back"},
	{"rectifying", "progress, extend, done, standing, notice"},
	{"extension", "grant, refuse"},
	{"done", "verify, return, notice"},
	{"returned", "measure, plan, progress, extend, done, notice"},
	{"verified", "return, close, standing, notice"},
	{"closed", "notice, recheck, reopen"},
	{"standing", "done, continue, notice"},
	{"rechecked", "notice, recheck, reopen"},
	{"reopened", "measure, plan, progress, extend, done, notice"},
	{"dropped", ""},
};

static void test_goes(void **state)
{
	struct fix *f = *state;
	int at;

	assert_int_equal(LEN(FINDING_GOES), flow_state_end(FLOW_FINDING) - flow_defs[FLOW_FINDING].first_state);
	for (size_t i = 0; i < LEN(FINDING_GOES); i++) {
		assert_true(flow_state_named(FLOW_FINDING, str_c(FINDING_GOES[i].state), &at));
		same(flow_moves_text(&f->a, FLOW_FINDING, at), str_c(FINDING_GOES[i].moves));
	}
}

/* Of every flow: names differ, states and moves fit into a set of bits, no state is out of reach, none but a final one
 * has no way on. */
static void test_tables(void **state)
{
	for (int flow = 0; flow < FLOW_N; flow++) {
		int s0 = flow_defs[flow].first_state, s1 = flow_state_end(flow), m0 = flow_defs[flow].first_move,
			m1 = flow_move_end(flow);
		bool reached[STATE_N] = {false};

		assert_true(s1 > s0 && s1 - s0 < 63 && m1 > m0 && m1 - m0 < 63);
		reached[s0] = true;
		for (int turn = 0; turn < s1 - s0; turn++)
			for (int m = m0; m < m1; m++)
				for (int s = s0; s < s1; s++)
					if (move_defs[m].to != FLOW_NONE && reached[s] && flow_goes(m, s))
						reached[move_defs[m].to] = true;
		for (int s = s0; s < s1; s++) {
			bool on = false;
			int other;

			for (int m = m0; m < m1; m++)
				on |= flow_goes(m, s);
			if (!reached[s] || (!on && !state_defs[s].final))
				FLUNK("%s: state %s: reached %d, goes on %d", flow_defs[flow].name, state_defs[s].name,
					reached[s], on);
			assert_true(flow_state_named(flow, str_c(state_defs[s].name), &other) && other == s);
		}
		for (int m = m0; m < m1; m++) {
			int other;

			assert_true(flow_move_named(flow, str_c(move_defs[m].name), &other) && other == m);
			assert_true(move_defs[m].from != 0);
			assert_int_equal(move_defs[m].from >> (s1 - s0) & ~(3ull << (62 - (s1 - s0))), 0);
			if (move_defs[m].others)       /* whose hand must be another's must be said, of both */
				for (int k = m0; k < m1; k++)
					if (move_defs[m].others >> (k - m0) & 1)
						assert_true(move_defs[m].asks & move_defs[k].asks & F_BY);
		}
	}
}

/* The tables as docs/flows.md has them: a section a flow, between marks. */
static void put_asks(struct buf *b, unsigned asks)
{
	static const struct {
		unsigned ask;
		const char *text;
	} words[] = {{F_BY, "by"}, {F_WHY, "why"}, {F_NO, "no"}, {F_DUE, "due"}, {F_POST, "post"}, {F_UNIT, "unit"},
		{F_LEVEL, "level"}, {F_PROGRESS, "progress"}, {F_TEXT, "text"}, {F_WAY, "way"}, {F_PROOF, "proof"},
		{R_IN_TIME, "before the day in force"}, {R_LATER, "a later day"}, {R_ABOVE, "a post above"},
		{R_NEW_NO, "a new number"}, {R_MEASURES, "a measure"}, {R_MEASURES_DONE, "every measure at 100"},
		{R_OWN, "the post that began it"}, {R_PERSON, "another name"}};
	size_t n = 0;

	for (size_t i = 0; i < LEN(words); i++)
		if (asks & words[i].ask)
			buf_printf(b, "%s%s", n++ ? ", " : "", words[i].text);
}

static struct str table_of(struct fix *f, enum flow flow)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(32 << 10);
	int s0 = flow_defs[flow].first_state, m0 = flow_defs[flow].first_move;

	buf_printf(&b, "| state | | possible |\n|---|---|---|\n");
	for (int s = s0; s < flow_state_end(flow); s++)
		buf_printf(&b, "| `%s` | %s%s | " STR_FMT " |\n", state_defs[s].name, state_defs[s].title,
			state_defs[s].final ? ", over" : "", STR_ARG(flow_moves_text(&f->a, flow, s)));
	buf_printf(&b, "\n| step | | leads to | asks for | other hand than | right |\n|---|---|---|---|---|---|\n");
	for (int m = m0; m < flow_move_end(flow); m++) {
		const struct move_def *d = &move_defs[m];
		size_t n = 0;

		buf_printf(&b, "| `%s` | %s | %s | ", d->name, d->title, d->to == FLOW_NONE ? "stays" : state_defs[d->to].name);
		put_asks(&b, d->asks);
		buf_printf(&b, " | ");
		for (int k = m0; k < flow_move_end(flow); k++)
			if (d->others >> (k - m0) & 1)
				buf_printf(&b, "%s%s", n++ ? ", " : d->others & OTHERS_EVERY ? "every " : "the last ", move_defs[k].name);
		buf_printf(&b, " | %s%s |\n", act_name(d->act), d->asks & R_KEEPER ? ", keeper" : "");
	}
	return arena_str(&f->a, buf_str(&b));
}

static void test_docs(void **state)
{
	struct fix *f = *state;
	struct str text;

	ok(f, file_read(&f->a, "docs/flows.md", 1 << 20, &text, &f->err));
	for (int flow = 0; flow < FLOW_N; flow++) {
		struct str want = arena_printf(&f->a, "## %s\n\n" STR_FMT, flow_defs[flow].name, STR_ARG(table_of(f, flow)));

		if (str_has(text, want))
			continue;
		fwrite(want.p, 1, want.n, stderr);
		FLUNK("docs/flows.md has %s otherwise: what it should say stands above", flow_defs[flow].name);
	}
}

/* A step that says all there is to say, so that the state alone decides. */
static struct flow_step whole(int move)
{
	return (struct flow_step){.move = move, .by = S("G09"), .actor = S("nobody"), .via = S("test"),
		.day = day("2022-03-01"), .due = day("2022-12-01"), .why = S("why"), .no = S("1"), .post = S("G01"),
		.unit = S("U01"), .level = S("high"), .text = S("text"), .way = S("way"), .progress = 100};
}

/* Each move from each state of each flow: allowed exactly as the table says; a refusal says the state, from where the
 * move goes and what is possible now. */
static void test_each_move(void **state)
{
	struct fix *f = *state;
	size_t allowed = 0, refusals = 0;

	for (int m = 0; m < MOVE_N; m++) {
		enum flow flow = move_defs[m].flow;

		for (int s = flow_defs[flow].first_state; s < flow_state_end(flow); s++) {
			struct flow_case c = {.flow = flow, .subject = {1, 7}, .state = s, .due = day("2022-06-01"),
				.next = DATE_NONE, .since = DATE_NONE};
			struct flow_step x = whole(m), set = whole(MOVE_FINDING_MEASURE);
			enum err_code code;
			struct str now = flow_moves_text(&f->a, flow, s);

			set.by = S("G08");
			if (flow == FLOW_FINDING && !(move_defs[m].asks & R_NEW_NO)) {
				flow_go(&f->a, &c, &set);
				set.move = MOVE_FINDING_PROGRESS;
				flow_go(&f->a, &c, &set);
				c.state = s;
			}
			code = flow_check(&c, &x, FLOW_ABOVE, &f->err);
			if (flow_goes(m, s)) {
				if (code != OK)
					FLUNK("%s from %s: %s", move_defs[m].name, state_defs[s].name, f->err.text);
				allowed++;
				continue;
			}
			assert_int_equal(code, ERR_CONFLICT);
			if (!strstr(f->err.text, state_defs[s].name) || !strstr(f->err.text, move_defs[m].name) ||
				!str_has(str_c(f->err.text), now.n ? now : S("possible now: -")))
				FLUNK("%s", f->err.text);
			err_clear(&f->err);
			refusals++;
		}
	}
	assert_true(allowed > 50 && refusals > 200);
}

/* What a move asks for is refused where it is missing, by name. */
static void test_each_field(void **state)
{
	struct fix *f = *state;

	for (int m = 0; m < MOVE_N; m++) {
		struct flow_case c = {.flow = move_defs[m].flow, .subject = {1, 7}, .state = FLOW_NONE,
			.due = day("2022-06-01"), .next = DATE_NONE, .since = DATE_NONE};
		const struct {
			unsigned ask;
			const char *name;
		} asks[] = {{F_BY, "by"}, {F_WHY, "why"}, {F_NO, "'no'"}, {F_DUE, "due"}, {F_POST, "post"},
			{F_TEXT, "text"}, {F_WAY, "way"}, {F_PROGRESS, "progress"}};

		for (int s = flow_defs[c.flow].first_state; s < flow_state_end(c.flow); s++)
			if (flow_goes(m, s))
				c.state = s;
		for (size_t i = 0; i < LEN(asks); i++) {
			struct flow_step x = whole(m);

			if (!(move_defs[m].asks & asks[i].ask))
				continue;
			*(asks[i].ask == F_BY ? &x.by : asks[i].ask == F_WHY ? &x.why : asks[i].ask == F_NO ? &x.no :
				asks[i].ask == F_POST ? &x.post : asks[i].ask == F_TEXT ? &x.text : asks[i].ask == F_WAY ?
				&x.way : &x.level) = STR_NONE;
			if (asks[i].ask == F_DUE)
				x.due = DATE_NONE;
			if (asks[i].ask == F_PROGRESS)
				x.progress = -1;
			refused(f, flow_check(&c, &x, FLOW_ABOVE, &f->err), ERR_REQUIRED, asks[i].name);
		}
	}
}

/* ---- the whole way, in the log ---- */

static struct id found(struct fix *f)
{
	return enter(f, "finding", "no=W-1;source=督查;what=灭火器过期;cause=无人检查;found_on=2022-03-01;unit=综合科");
}

static void go(struct fix *f, struct id id, const char *move, const char *typed, const char *then)
{
	ok(f, step(f, id, move, typed));
	if (strcmp(state_of(f, id), then))
		FLUNK("after %s: %s, not %s", move, state_of(f, id), then);
}

static struct str field_of_record(struct fix *f, struct id id, const char *name)
{
	return rows_of(f, &f->a, log_db(f->log), arena_printf(&f->a,
		"select coalesce(json_extract(fields, '$.%s'), '') from p_record where seq = %lld", name, (long long)id.seq).p);
}

static void test_whole_way(void **state)
{
	struct fix *f = *state;
	struct flow_case c;
	struct id id;

	flow_office(f);
	id = found(f);
	assert_string_equal(state_of(f, id), "found");
	go(f, id, "register", "by=G02;day=2022-03-02;level=一般", "registered");
	go(f, id, "feedback", "by=G02;day=2022-03-03;no=督〔2022〕3号;due=2022-06-30", "fed-back");
	refused(f, step(f, id, "receipt", "by=G02;day=2022-03-04"), ERR_DENIED, "another hand");
	go(f, id, "receipt", "by=G11;day=2022-03-04", "received");
	refused(f, step(f, id, "plan", "by=G11;day=2022-03-05"), ERR_REQUIRED, "no measure");
	go(f, id, "measure", "by=G11;day=2022-03-05;no=1;post=G11;due=2022-04-30;text=换新", "received");
	refused(f, step(f, id, "measure", "by=G11;day=2022-03-05;no=1;post=G11;due=2022-04-30;text=又"), ERR_CONFLICT,
		"measure 1 is there");
	go(f, id, "measure", "by=G11;day=2022-03-05;no=2;post=G12;due=2022-05-30;text=定期查", "received");
	go(f, id, "plan", "by=G11;day=2022-03-06", "planned");
	refused(f, step(f, id, "approve", "by=G11;day=2022-03-07"), ERR_DENIED, "another hand");
	go(f, id, "approve", "by=G01;day=2022-03-07", "rectifying");
	go(f, id, "progress", "by=G11;day=2022-04-01;progress=100;no=1", "rectifying");
	refused(f, step(f, id, "done", "by=G11;day=2022-05-01;text=都好了"), ERR_CONFLICT, "measure 2 stands at 0%");
	refused(f, step(f, id, "progress", "by=G11;day=2022-04-01;progress=10;no=9"), ERR_NOT_FOUND, "no measure 9");
	refused(f, step(f, id, "extend", "by=G11;day=2022-05-01;due=2022-06-01;why=缺货"), ERR_INPUT, "later");
	refused(f, step(f, id, "extend", "by=G11;day=2022-07-01;due=2022-08-01;why=缺货"), ERR_CONFLICT, "before the day");
	go(f, id, "extend", "by=G11;day=2022-05-01;due=2022-08-31;why=缺货", "extension");
	refused(f, step(f, id, "grant", "by=G12;day=2022-05-02"), ERR_DENIED, "above U11");
	refused(f, step(f, id, "grant", "by=G11;day=2022-05-02"), ERR_DENIED, "another hand");
	go(f, id, "grant", "by=G01;day=2022-05-02", "rectifying");
	same(field_of_record(f, id, "limit"), S("'2022-08-31'\n"));
	go(f, id, "progress", "by=G12;day=2022-05-03;progress=100;no=2", "rectifying");
	go(f, id, "progress", "by=G12;day=2022-05-03;progress=100", "rectifying");
	go(f, id, "done", "by=G11;day=2022-05-04;text=都好了", "done");
	same(field_of_record(f, id, "done"), S("'2022-05-04'\n"));
	refused(f, step(f, id, "verify", "by=G11;day=2022-05-05;way=实地;text=属实"), ERR_DENIED, "'done'");
	refused(f, step(f, id, "verify", "by=G12;day=2022-05-05;way=实地;text=属实"), ERR_DENIED, "'progress'");
	go(f, id, "return", "by=G02;day=2022-05-05;why=应急灯还没换", "returned");
	same(field_of_record(f, id, "done"), S("''\n"));
	go(f, id, "done", "by=G11;day=2022-05-06;text=换了", "done");
	go(f, id, "verify", "by=G02;day=2022-05-07;way=实地;text=属实", "verified");
	refused(f, step(f, id, "close", "by=G12;day=2022-05-08;no=销1"), ERR_DENIED, "another hand");
	go(f, id, "close", "by=G02;day=2022-05-08;no=销〔2022〕1号;due=2022-06-08", "closed");
	same(field_of_record(f, id, "closure_no"), S("'销〔2022〕1号'\n"));
	same(field_of_record(f, id, "recheck"), S("'2022-06-08'\n"));
	go(f, id, "notice", "by=G02;day=2022-05-09;no=通报1", "closed");
	go(f, id, "recheck", "by=G02;day=2022-06-08;way=实地;text=没有复发", "rechecked");
	go(f, id, "reopen", "by=G01;day=2022-06-20;why=又过期;due=2022-06-30", "reopened");
	same(field_of_record(f, id, "closed"), S("''\n"));
	c = case_of(f, id);
	assert_int_equal(c.n, 20);
	assert_true(date_eq(c.due, day("2022-06-30")));
	ok(f, flow_read(log_db(f->log), &f->a, FLOW_FINDING, id, day("2022-05-05"), &c, &f->err));
	assert_string_equal(state_defs[c.state].name, "returned");
	assert_true(date_eq(c.due, day("2022-08-31")));
	sound(f);
}

static void test_short_way(void **state)
{
	struct fix *f = *state;
	struct id id;

	flow_office(f);
	id = found(f);
	go(f, id, "on-the-spot", "by=G11;day=2022-03-01;text=当场换了", "done");
	refused(f, step(f, id, "verify", "by=G11;day=2022-03-01;way=实地;text=属实"), ERR_DENIED, "another hand");
	go(f, id, "verify", "by=G02;day=2022-03-01;way=实地;text=属实", "verified");
	go(f, id, "close", "by=G02;day=2022-03-01;no=销1", "closed");
	sound(f);
}

/* What does not fit is refused and leaves nothing. */
static void test_refused(void **state)
{
	struct fix *f = *state;
	struct id id, other;
	int64_t size, last;

	flow_office(f);
	id = found(f);
	other = enter(f, "inspection", "no=J-1;date=2022-03-01;unit=综合科");
	size = size_of(f);
	refused(f, step(f, id, "verfy", "by=G02"), ERR_INPUT, "did you mean 'verify'");
	refused(f, step(f, id, "verify", "by=G02;way=a;text=b"), ERR_CONFLICT, "possible now: register, feedback");
	refused(f, step(f, id, "register", ""), ERR_REQUIRED, "by");
	refused(f, step(f, id, "register", "by=G77"), ERR_NOT_FOUND, "no post 'G77'");
	refused(f, step(f, id, "register", "by=G02;unit=没有科"), ERR_NOT_FOUND, "no unit");
	refused(f, step(f, id, "register", "by=G02;day=2199-01-01"), ERR_INPUT, "still to come");
	refused(f, step(f, other, "register", "by=G02"), ERR_NOT_FOUND, "of type 'inspection'");
	refused(f, step(f, (struct id){1, 99}, "register", "by=G02"), ERR_NOT_FOUND, "Finding 99: there is none");
	assert_int_equal(size_of(f), size);
	ok(f, step(f, id, "register", "by=G02;day=2022-03-05"));
	last = case_of(f, id).last_seq;
	refused(f, step(f, id, "feedback", "by=G02;day=2022-03-04;no=1;due=2022-04-01"), ERR_INPUT, "on 2022-03-05");
	refused(f, step(f, id, "feedback", arena_printf(&f->a, "by=G02;day=2022-03-06;no=1;due=2022-04-01;seen=%lld",
		(long long)last - 1).p), ERR_CONFLICT, "another step came meanwhile");
	ok(f, step(f, id, "feedback", arena_printf(&f->a, "by=G02;day=2022-03-06;no=1;due=2022-04-01;seen=%lld",
		(long long)last).p));
	ok(f, withdraw(f, id));
	refused(f, step(f, id, "receipt", "by=G11;day=2022-03-07"), ERR_NOT_FOUND, "withdrawn");
	sound(f);
}

/* A register of years past: where it stands follows from its fields. */
static void test_from_fields(void **state)
{
	static const struct {
		const char *typed, *state;
	} cases[] = {
		{"no=1;found_on=2022-01-01", "found"},
		{"no=2;found_on=2022-01-01;fed_back=2022-01-02", "fed-back"},
		{"no=3;found_on=2022-01-01;fed_back=2022-01-02;done=2022-01-03", "done"},
		{"no=4;found_on=2022-01-01;done=2022-01-03;closed=2022-01-04", "closed"},
	};
	struct fix *f = *state;

	flow_office(f);
	for (size_t i = 0; i < LEN(cases); i++)
		assert_string_equal(state_of(f, enter(f, "finding", cases[i].typed)), cases[i].state);
	{
		struct id id = enter(f, "finding", "no=5;done=2022-01-03;unit=综合科;limit=2022-02-01");
		struct id bare = enter(f, "bare", "what=只有一句话");

		refused(f, step(f, id, "receipt", "by=G02"), ERR_CONFLICT, "state 'done'");
		go(f, id, "return", "by=G02;day=2022-01-05;why=不实", "returned");
		same(field_of_record(f, id, "done"), S("''\n"));
		assert_true(date_eq(case_of(f, id).due, day("2022-02-01")));
		same(case_of(f, id).unit, S("U11"));
		go(f, bare, "on-the-spot", "by=G11;day=2022-01-05;text=改了", "done");
	}
	sound(f);
}

/* The event itself refuses what no command would write. */
static void test_scheme_errors(void **state)
{
	static const struct {
		const char *from, *to, *words;
	} cases[] = {
		{"closed: closed,", "closd: closed,", "did you mean 'closed'"},
		{"due: limit", "due: no_such", "no_such"},
		{"due: limit", "due: no", "type text can't be 'due'"},
		{"  bare:\n    about: finding", "  bare:\n    flow: {due: what}\n    about: meeting", "about a finding"},
	};
	struct fix *f = *state;

	for (size_t i = 0; i < LEN(cases); i++) {
		char *text = strdup(FLOW_SCHEME), *at = strstr(text, cases[i].from);
		struct scheme s = {0};
		struct str made;

		assert_non_null(at);
		*at = 0;
		made = arena_printf(&f->a, "%s%s%s", text, cases[i].to, at + strlen(cases[i].from));
		refused(f, scheme_read(&f->a, made, &s, &f->err), ERR_INPUT, cases[i].words);
		free(text);
	}
}

/* The other flows go through the log too: each is opened by its first step. */
static void test_opened(void **state)
{
	struct fix *f = *state;
	struct stepping x = {.f = f, .flow = FLOW_EXCUSE,
		.in = step_input(f, "ask", "by=G11;why=防汛;about=A08/2022Q3;unit=U11;day=2022-06-01")};
	struct flow_case c;

	flow_office(f);
	ok(f, log_write(f->log, S("zhang.san"), S("test"), stepping_do, &x, &f->err));
	x.subject = x.event;
	x.in = step_input(f, "grant", "by=G11;day=2022-06-02");
	refused(f, log_write(f->log, S("li.si"), S("test"), stepping_do, &x, &f->err), ERR_DENIED, "another hand");
	x.in = step_input(f, "grant", "by=G01;day=2022-06-02");
	ok(f, log_write(f->log, S("li.si"), S("test"), stepping_do, &x, &f->err));
	refused(f, log_write(f->log, S("li.si"), S("test"), stepping_do, &x, &f->err), ERR_CONFLICT, "possible now: revoke");
	x.in = step_input(f, "revoke", "by=G01;day=2022-06-03;why=误批");
	refused(f, log_write(f->log, S("wang.wu"), S("test"), stepping_do, &x, &f->err), ERR_DENIED, "another hand");
	ok(f, flow_now(log_db(f->log), &f->a, &f->scheme, NULL, FLOW_EXCUSE, x.subject, &c, &f->err));
	assert_string_equal(state_defs[c.state].name, "granted");
	same(c.about, S("A08/2022Q3"));
	same(c.unit, S("U11"));
	sound(f);
}

int main(void)
{
	struct CMUnitTest tests[] = {
		PLAIN(test_goes), PLAIN(test_tables), PLAIN(test_docs), PLAIN(test_each_move), PLAIN(test_each_field),
		PLAIN(test_scheme_errors), ON_SQLITE(test_whole_way), ON_BOTH(test_short_way), ON_SQLITE(test_refused),
		ON_SQLITE(test_from_fields), ON_BOTH(test_opened),
	};

	return run_plan("flow", tests, LEN(tests));
}
