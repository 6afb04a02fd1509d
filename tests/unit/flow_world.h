/* What tests of flows share: an office with posts above and below, findings, steps as "by=G03;way=on site". */
#ifndef TESTS_FLOW_WORLD_H
#define TESTS_FLOW_WORLD_H

#include "record_world.h"

#include "flow/flow.h"

/* The first day of the log's clock, and a day later on. */
#define FLOW_CLOCK 1656633600000000 /* 2022-07-01T00:00:00Z */

static const char FLOW_ORG[] =
	"{\"year\": 2022, \"office\": {\"id\": \"U01\", \"name\": \"青溪办\"}, \"units\": ["
	"{\"id\": \"U00\", \"name\": \"青溪区委\", \"parent\": \"\"}, {\"id\": \"U01\", \"name\": \"青溪办\", \"parent\": \"U00\"},"
	"{\"id\": \"U11\", \"name\": \"综合科\", \"parent\": \"U01\"}, {\"id\": \"U12\", \"name\": \"秘书科\", \"parent\": \"U01\"}],"
	"\"posts\": [{\"id\": \"G00\", \"name\": \"书记\", \"unit\": \"U00\"}, {\"id\": \"G01\", \"name\": \"主任\", \"unit\": \"U01\"},"
	"{\"id\": \"G02\", \"name\": \"副主任\", \"unit\": \"U01\"}, {\"id\": \"G11\", \"name\": \"综合科科长\", \"unit\": \"U11\"},"
	"{\"id\": \"G12\", \"name\": \"秘书科科长\", \"unit\": \"U12\"}], \"holders\": [], \"portfolios\": []}";

static const char FLOW_SCHEME[] =
	"zeren: 1\nscheme: flows\ntitle: 流程\n"
	"checklists:\n  fire: [灭火器, 疏散通道, 应急灯]\n"
	"records:\n"
	"  inspection:\n    about: inspection\n    title: 督查\n    fields:\n"
	"      no: text\n      date: date\n      unit: unit\n      lead: post\n      methods: {type: list}\n      list: text\n"
	"  finding:\n    about: finding\n    title: 问题\n    fields:\n"
	"      no: text\n      source: text\n      inspection: {type: link, link: inspection.no}\n      what: text\n"
	"      cause: text\n      found_on: date\n      unit: unit\n      level: text\n      limit: date\n      fed_back: date\n"
	"      notice: date\n      done: date\n      closed: date\n      closure_no: text\n      recheck: date\n"
	"      progress: number\n"
	"    flow: {found: found_on, unit: unit, level: level, due: limit, feedback: fed_back, notice: notice, done: done,\n"
	"      closed: closed, closure_no: closure_no, recheck: recheck, progress: progress, source: source, cause: cause,\n"
	"      what: what}\n"
	"  bare:\n    about: finding\n    title: 只有描述\n    fields:\n      what: text\n";

static inline enum err_code flow_org_put(struct tx *tx, void *ctx, struct err *err)
{
	struct org_change change;

	return org_adopt(tx, ctx, &change, err);
}

/* A log with the office and the scheme, of a fixed clock. */
static inline void flow_office(struct fix *f)
{
	struct org org;

	put_file(f, "org.json", FLOW_ORG);
	ok(f, org_read(&f->a, path_in(f, "org.json"), 2022, &org, &f->err));
	ok(f, log_write(f->log, S("张一"), S("test"), flow_org_put, &org, &f->err));
	adopt_scheme(f, str_c(FLOW_SCHEME));
}

struct stepping {
	struct fix *f;
	enum flow flow;
	struct id subject, event;
	struct flow_input in;
};

static inline enum err_code stepping_do(struct tx *tx, void *ctx, struct err *err)
{
	struct stepping *x = ctx;

	return flow_step(tx, &x->f->scheme, x->flow, x->subject, &x->in, &x->event, err);
}

/* "by=G01;day=2022-03-01;…" */
static inline struct flow_input step_input(struct fix *f, const char *move, const char *typed)
{
	struct flow_input in = FLOW_INPUT;
	struct str rest = arena_str(&f->a, str_c(typed)), one, key;
	const struct {
		const char *key;
		struct str *text;
		struct date *day;
	} keys[] = {{"by", &in.by, NULL}, {"why", &in.why, NULL}, {"no", &in.no, NULL}, {"post", &in.post, NULL},
		{"unit", &in.unit, NULL}, {"level", &in.level, NULL}, {"text", &in.text, NULL}, {"way", &in.way, NULL},
		{"about", &in.about, NULL}, {"day", NULL, &in.day}, {"due", NULL, &in.due}};

	in.step = str_c(move);
	while (str_cut(&rest, S(";"), &one)) {
		bool known = false;

		if (!one.n || !str_cut(&one, S("="), &key))
			continue;
		for (size_t i = 0; i < LEN(keys); i++) {
			if (!str_is(key, keys[i].key))
				continue;
			known = true;
			if (keys[i].text)
				*keys[i].text = one;
			else
				assert_true(date_parse(one, keys[i].day));
		}
		if (str_is(key, "progress"))
			known = str_int(one, &in.progress);
		if (str_is(key, "seen"))
			known = str_int(one, &in.seen);
		assert_true(known);
	}
	return in;
}

static inline enum err_code step_as(struct fix *f, struct id subject, const char *move, const char *typed,
	const char *actor, const char *via)
{
	struct stepping x = {.f = f, .flow = FLOW_FINDING, .subject = subject, .in = step_input(f, move, typed)};

	return log_write(f->log, str_c(actor), str_c(via), stepping_do, &x, &f->err);
}

static inline enum err_code step(struct fix *f, struct id subject, const char *move, const char *typed)
{
	return step_as(f, subject, move, typed, "zhang.san", "test");
}

static inline struct flow_case case_of(struct fix *f, struct id subject)
{
	struct flow_case c;
	struct org org;

	ok(f, org_load(log_db(f->log), &f->a, DATE_NONE, &org, &f->err));
	ok(f, flow_now(log_db(f->log), &f->a, &f->scheme, &org, FLOW_FINDING, subject, &c, &f->err));
	return c;
}

static inline const char *state_of(struct fix *f, struct id subject)
{
	return state_defs[case_of(f, subject).state].name;
}

#endif
