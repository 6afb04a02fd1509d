/* Kinds of event of flows: the first step of a thing, which it makes (excuse.open …), and every other
 * (finding.step …). */
#include "flow/kinds_flow.h"

#include "base/buf.h"
#include "text/json.h"
#include "who/account.h"
#include "who/person.h"

enum { PROOF_BYTES = 32 << 10, TEXT_BYTES = 20000 };

/* was: what the record said of itself before its first step: state, unit, due, level. */
#define STEP_FIELDS \
	{"step", FIELD_TEXT, true}, \
	{"day", FIELD_DATE, true}, \
	{"by", FIELD_TEXT, false}, \
	{"why", FIELD_TEXT, false}, \
	{"no", FIELD_TEXT, false}, \
	{"due", FIELD_DATE, false}, \
	{"post", FIELD_TEXT, false}, \
	{"unit", FIELD_TEXT, false}, \
	{"level", FIELD_TEXT, false}, \
	{"progress", FIELD_INT, false}, \
	{"text", FIELD_TEXT, false}, \
	{"way", FIELD_TEXT, false}, \
	{"proof", FIELD_LIST, false}

const struct event_field flow_open_fields[FLOW_OPEN_FIELDS] = {STEP_FIELDS, {"about", FIELD_TEXT, true}};
const struct event_field flow_step_fields[FLOW_STEP_FIELDS] = {
	STEP_FIELDS, {"seen", FIELD_INT, false}, {"was", FIELD_MAP, false}};

static enum flow flow_of_kind(struct str kind)
{
	struct str name;
	enum flow flow;

	str_cut(&kind, S("."), &name);
	if (!flow_named(name, &flow))
		BUG("a kind of no flow");
	return flow;
}

static struct date day_of_data(const struct node *data, struct str key)
{
	struct date d = DATE_NONE;

	date_parse(node_text(data, key), &d);
	return d;
}

/* ---- rules ---- */

SQL(flow_subject_sql, "select withdrawn_seq from p_record where origin = ?1 and seq = ?2");
SQL(flow_post_sql, "select name from p_post where origin = ?1 and code = ?2");
SQL(flow_unit_code_sql, "select name from p_unit where origin = ?1 and code = ?2");

static enum err_code check_code(
	struct tx *tx, const struct sql *sql, const struct event *e, struct str key, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct str code = node_text(e->data, key);

	if (!code.n)
		return OK;
	if (db_one(tx->db, sql, ARGS(V_INT(e->id.origin), V_TEXT(code)), &q, err) == OK)
		return OK;
	if (err->code != ERR_NOT_FOUND)
		return err->code;
	err_clear(err);
	return fail(err, ERR_NOT_FOUND, "'" STR_FMT "': there is no such code: " STR_FMT, STR_ARG(key), STR_ARG(code));
}

static enum err_code check_subject(struct tx *tx, const struct event *e, enum flow flow, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	if (flow_defs[flow].opens)
		return OK;
	if (db_one(tx->db, &flow_subject_sql, ARGS(V_ID(e->subject)), &q, err) != OK) {
		if (err->code != ERR_NOT_FOUND)
			return err->code;
		err_clear(err);
		return fail(err, ERR_NOT_FOUND, "no record %lld", (long long)e->subject.seq);
	}
	if (!query_null(&q, 0))
		return fail(err, ERR_CONFLICT, "record %lld was withdrawn", (long long)e->subject.seq);
	return OK;
}

static enum err_code step_of(struct arena *a, const struct event *e, enum flow flow, struct flow_step *out,
	struct err *err)
{
	const struct node *d = e->data, *proof = NODE_GET(d, "proof");

	*out = (struct flow_step){.id = e->id, .actor = e->actor, .via = e->via, .by = node_text(d, S("by")),
		.day = day_of_data(d, S("day")), .due = day_of_data(d, S("due")), .why = node_text(d, S("why")),
		.no = node_text(d, S("no")), .post = node_text(d, S("post")), .unit = node_text(d, S("unit")),
		.level = node_text(d, S("level")), .text = node_text(d, S("text")), .way = node_text(d, S("way")),
		.progress = node_int(d, S("progress"), -1), .at = e->at};
	if (proof) {
		out->proof.p = ARENA_ARRAY(a, struct str, proof->n);
		for (size_t i = 0; i < proof->n; i++)
			out->proof.p[out->proof.n++] = node_text(proof->items[i], S("name"));
	}
	if (!flow_move_named(flow, node_text(d, S("step")), &out->move))
		return fail(err, ERR_INPUT, "'" STR_FMT "' is no step of a %s", STR_ARG(node_text(d, S("step"))),
			flow_defs[flow].name);
	return OK;
}

/* The state that a record without a step is said to be in. */
static enum err_code begin(const struct event *e, struct flow_case *c, struct err *err)
{
	const struct node *was = NODE_GET(e->data, "was");
	struct str state = node_text(was, S("state"));

	if (flow_defs[c->flow].opens) {
		c->state = FLOW_NONE;
		return id_is(e->subject) ? fail(err, ERR_NOT_FOUND, "%s %lld: there is none",
			tr(err->lang, flow_defs[c->flow].title), (long long)e->subject.seq) : OK;
	}
	c->state = flow_defs[c->flow].first_state;
	if (state.n && !flow_state_named(c->flow, state, &c->state))
		return fail(err, ERR_INPUT, "'" STR_FMT "' is no state of a %s", STR_ARG(state),
			flow_defs[c->flow].name);
	c->due = c->limit = day_of_data(was, S("due"));
	c->unit = node_text(was, S("unit"));
	c->level = node_text(was, S("level"));
	return OK;
}

enum err_code flow_step_check(struct tx *tx, const struct event *e, flow_more_fn *more, struct err *err)
{
	enum flow flow = flow_of_kind(e->kind);
	int64_t seen = node_int(e->data, S("seen"), 0);
	enum flow_reach reach = FLOW_BESIDE;
	struct flow_case c;
	struct flow_step s;

	TRY(check_subject(tx, e, flow, err));
	TRY(step_of(tx->arena, e, flow, &s, err));
	TRY(flow_read(tx->db, tx->arena, flow, e->subject, DATE_NONE, &c, err));
	if (c.started && NODE_GET(e->data, "was"))
		return fail(err, ERR_INPUT, "'was' is of the first step alone");
	if (!c.started)
		TRY(begin(e, &c, err));
	if (seen && seen != c.last_seq)
		return fail(err, ERR_CONFLICT, "another step came meanwhile, event %lld", (long long)c.last_seq);
	if (s.text.n > TEXT_BYTES)
		return fail(err, ERR_LIMIT, "'text' is longer than %d bytes", TEXT_BYTES);
	TRY(check_code(tx, &flow_post_sql, e, S("by"), err));
	TRY(check_code(tx, &flow_post_sql, e, S("post"), err));
	TRY(check_code(tx, &flow_unit_code_sql, e, S("unit"), err));
	TRY(flow_reach_of(tx->db, &c, s.by, &reach, err));
	TRY(post_person(tx->db, tx->arena, s.by, s.day, &s.person, err));
	TRY(flow_check(&c, &s, reach, err));
	return more ? more(tx, &c, &s, err) : OK;
}

static enum err_code step_check(struct tx *tx, const struct event *e, struct err *err)
{
	return flow_step_check(tx, e, NULL, err);
}

/* ---- tables ---- */

SQL(flow_put_sql,
	"insert into p_flow(origin, seq, flow, state, began, began_unit, began_level, began_due, about, steps,"
	" last_seq, unit, post, level, due, next, since)"
	" values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"
	" on conflict (origin, seq, flow) do update set state = excluded.state, steps = excluded.steps,"
	" last_seq = excluded.last_seq, unit = excluded.unit, post = excluded.post, level = excluded.level,"
	" due = excluded.due, next = excluded.next, since = excluded.since");
SQL(step_put_sql,
	"insert into p_step(origin, seq, subject_origin, subject, n, flow, move, from_state, to_state, actor, via,"
	" by_post, day, why, no, due, post, unit, level, progress, text, way, proof, at)"
	" values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,"
	" ?23, ?24)");

static struct str state_name(int state)
{
	return state == FLOW_NONE ? STR_NONE : str_c(state_defs[state].name);
}

/* began: as it stood before its first step. */
static enum err_code put(
	struct db *db, const struct event *e, const struct flow_case *c, const struct flow_case *began, struct err *err)
{
	const struct flow_step *s = &c->steps[c->n - 1];
	const struct node *list = NODE_GET(e->data, "proof");
	struct buf proof CLEANUP(buf_free) = BUF_MAX(PROOF_BYTES);
	struct id id = id_is(e->subject) ? e->subject : e->id;

	if (list)
		TRY(json_canon(&proof, list, err));
	TRY(db_run(db, &flow_put_sql,
		ARGS(V_ID(id), V_TEXT(str_c(flow_defs[c->flow].name)), V_TEXT(state_name(c->state)),
			V_TEXT(state_name(c->began)), V_TEXT(began->unit), V_TEXT(began->level), V_DATE(began->due),
			V_TEXT(c->about), V_INT((int64_t)c->n), V_INT(c->last_seq), V_TEXT(c->unit), V_TEXT(c->post),
			V_TEXT(c->level), V_DATE(c->due), V_DATE(c->next),
			V_DATE(c->since)), err));
	return db_run(db, &step_put_sql,
		ARGS(V_ID(e->id), V_ID(id), V_INT((int64_t)c->n), V_TEXT(str_c(flow_defs[c->flow].name)),
			V_TEXT(str_c(move_defs[s->move].name)), V_TEXT(state_name(s->from)), V_TEXT(state_name(s->to)),
			V_TEXT(s->actor), V_TEXT(s->via), V_TEXT(s->by), V_DATE(s->day), V_TEXT(s->why), V_TEXT(s->no),
			V_DATE(s->due), V_TEXT(s->post), V_TEXT(s->unit), V_TEXT(s->level),
			s->progress < 0 ? V_NULL : V_INT(s->progress), V_TEXT(s->text), V_TEXT(s->way),
			list ? V_TEXT(buf_str(&proof)) : V_NULL, V_INT(s->at)), err);
}

enum err_code flow_step_apply(struct db *db, const struct event *e, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	enum flow flow = flow_of_kind(e->kind);
	struct flow_case c, began;
	struct flow_step s;

	TRY(step_of(&a, e, flow, &s, err));
	TRY(flow_read(db, &a, flow, e->subject, DATE_NONE, &c, err));
	if (!c.started)
		TRY(begin(e, &c, err));
	if (!id_is(e->subject))
		c.about = node_text(e->data, S("about"));
	began = c;               /* of a later step: not written again */
	flow_go(&a, &c, &s);
	return put(db, e, &c, &began, err);
}

#define OPEN(name) {name, flow_open_fields, LEN(flow_open_fields), false, step_check, flow_step_apply}
#define STEP(name) {name, flow_step_fields, LEN(flow_step_fields), true, step_check, flow_step_apply}

const struct event_kind flow_kinds[] = {
	STEP("finding.step"),
	STEP("inspection.step"),
	STEP("risk.step"),
	OPEN("excuse.open"),
	STEP("excuse.step"),
	OPEN("handover.open"),
	STEP("handover.step"),
	{0},
};
