/* Things and their steps out of the tables: folded anew from the steps, so that any day can be asked for. */
#include "flow/flow.h"

#include "record/record.h"
#include "text/json.h"

enum { HERE = 1 };      /* posts and units are those of the log written here */

SQL(flow_row_sql,
	"select began, began_unit, began_level, began_due, about from p_flow where origin = ?1 and seq = ?2"
	" and flow = ?3");
SQL(flow_rows_sql,
	"select origin, seq, began, began_unit, began_level, began_due, about from p_flow where flow = ?1"
	" order by origin, seq");
#define STEP_COLUMNS \
	"origin, seq, subject_origin, subject, move, actor, via, by_post, day, why, no, due, post, unit, level," \
	" progress," \
	" text, way, proof, at"
SQL(flow_steps_sql,
	"select " STEP_COLUMNS ", (select max(h.name) from p_holder h where h.origin = 1 and h.post = p_step.by_post"
	" and h.from_day <= p_step.day and (h.to_day is null or h.to_day >= p_step.day))"
	" from p_step where subject_origin = ?1 and subject = ?2 and flow = ?3 and day <= ?4"
	" order by n");
SQL(flow_all_steps_sql,
	"select " STEP_COLUMNS " from p_step where flow = ?1 and day <= ?2 order by subject_origin, subject, n");

static struct str text(struct arena *a, const struct query *q, int col)
{
	return arena_str(a, query_text(q, col));
}

static struct date day(const struct query *q, int col)
{
	return query_null(q, col) ? DATE_NONE : (struct date){(int32_t)query_int(q, col)};
}

static int64_t until(struct date on)
{
	return date_is(on) ? on.n : INT32_MAX;
}

/* ---- rows ---- */

static enum err_code proof_names(struct arena *a, struct str json, struct texts *out, struct err *err)
{
	struct node *list;

	if (!json.n)
		return OK;
	if (json_read(a, json, (struct json_opt){0}, &list, err) != OK)
		return err->code;
	out->p = ARENA_ARRAY(a, struct str, list->n);
	for (size_t i = 0; i < list->n; i++)
		out->p[out->n++] = node_text(list->items[i], S("name"));
	return OK;
}

static enum err_code step_row(
	struct arena *a, const struct query *q, enum flow flow, struct flow_step *s, struct err *err)
{
	*s = (struct flow_step){.id = {query_int(q, 0), query_int(q, 1)}, .actor = text(a, q, 5), .via = text(a, q, 6),
		.by = text(a, q, 7), .day = day(q, 8), .why = text(a, q, 9), .no = text(a, q, 10), .due = day(q, 11),
		.post = text(a, q, 12), .unit = text(a, q, 13), .level = text(a, q, 14),
		.progress = query_null(q, 15) ? -1 : query_int(q, 15), .text = text(a, q, 16), .way = text(a, q, 17),
		.at = query_int(q, 19)};
	if (!flow_move_named(flow, query_text(q, 4), &s->move))
		return fail(err, ERR_DAMAGED, "table p_step, row %lld:%lld: no such step", (long long)s->id.origin,
			(long long)s->id.seq);
	return proof_names(a, text(a, q, 18), &s->proof, err);
}

/* What stands in a row of p_flow from column `at` on, as it was before the first step. */
static void began_row(struct arena *a, const struct query *q, int at, struct flow_case *c)
{
	if (!flow_state_named(c->flow, query_text(q, at), &c->state))
		c->state = FLOW_NONE;
	c->unit = text(a, q, at + 1);
	c->level = text(a, q, at + 2);
	c->due = c->limit = day(q, at + 3);
	c->about = text(a, q, at + 4);
}

static struct flow_case nothing(enum flow flow, struct id subject)
{
	return (struct flow_case){.flow = flow, .subject = subject, .state = FLOW_NONE, .began = FLOW_NONE,
		.due = DATE_NONE, .limit = DATE_NONE, .next = DATE_NONE,
		.since = DATE_NONE};
}

enum err_code flow_read(struct db *db, struct arena *a, enum flow flow, struct id subject, struct date on,
	struct flow_case *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0}, steps CLEANUP(query_done) = {0};
	struct str name = str_c(flow_defs[flow].name);

	*out = nothing(flow, subject);
	if (!id_is(subject))
		return OK;
	TRY(db_query(db, &flow_row_sql, ARGS(V_ID(subject), V_TEXT(name)), &q, err));
	if (!query_next(&q, err))
		return err->code;
	began_row(a, &q, 0, out);
	TRY(db_query(db, &flow_steps_sql, ARGS(V_ID(subject), V_TEXT(name), V_INT(until(on))), &steps, err));
	while (query_next(&steps, err)) {
		struct flow_step s;

		TRY(step_row(a, &steps, flow, &s, err));
		s.person = text(a, &steps, 20);
		flow_go(a, out, &s);
	}
	return err->code;
}

static int case_cmp(struct id a, struct id b)
{
	return a.origin != b.origin ? (a.origin < b.origin ? -1 : 1) : a.seq != b.seq ? (a.seq < b.seq ? -1 : 1) : 0;
}

enum err_code flow_load(struct db *db, struct arena *a, enum flow flow, struct date on, struct flow_cases *out,
	struct err *err)
{
	struct query q CLEANUP(query_done) = {0}, steps CLEANUP(query_done) = {0};
	struct str name = str_c(flow_defs[flow].name);
	struct flow_cases all = {0};
	size_t at = 0;

	*out = (struct flow_cases){0};
	TRY(db_query(db, &flow_rows_sql, ARGS(V_TEXT(name)), &q, err));
	while (query_next(&q, err)) {
		struct flow_case *c = ARENA_PUSH(a, all.p, all.n, all.cap);

		*c = nothing(flow, (struct id){query_int(&q, 0), query_int(&q, 1)});
		began_row(a, &q, 2, c);
	}
	TRY(err->code);
	TRY(db_query(db, &flow_all_steps_sql, ARGS(V_TEXT(name), V_INT(until(on))), &steps, err));
	while (query_next(&steps, err)) {
		struct id subject = {query_int(&steps, 2), query_int(&steps, 3)};
		struct flow_step s;

		while (at < all.n && case_cmp(all.p[at].subject, subject) < 0)
			at++;
		if (at == all.n || !id_eq(all.p[at].subject, subject))
			return fail(err, ERR_DAMAGED, "table p_step: steps of %lld:%lld without a row in p_flow",
				(long long)subject.origin, (long long)subject.seq);
		TRY(step_row(a, &steps, flow, &s, err));
		flow_go(a, &all.p[at], &s);
	}
	for (size_t i = 0; i < all.n; i++)
		if (all.p[i].started)
			*ARENA_PUSH(a, out->p, out->n, out->cap) = all.p[i];
	return err->code;
}

const struct flow_case *flow_case_of(const struct flow_cases *all, struct id subject)
{
	size_t lo = 0, hi = all->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int order = case_cmp(all->p[mid].subject, subject);

		if (!order)
			return &all->p[mid];
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

/* ---- of a record without a step ---- */

static struct str said(const struct record_type *type, const struct node *fields, int key)
{
	const struct field *f = flow_field(type, key);
	const struct node *n = f ? node_get(fields, f->name) : NULL;

	if (n && n->kind == NODE_LIST && n->n)
		n = n->items[0];
	return n && n->kind == NODE_TEXT ? n->text : STR_NONE;
}

static struct date said_day(const struct record_type *type, const struct node *fields, int key, struct date on)
{
	struct date d = DATE_NONE;

	date_parse(said(type, fields, key), &d);
	return date_is(on) && date_is(d) && date_lt(on, d) ? DATE_NONE : d;
}

/* The keys of a flow that each flow has under the same name. */
static int key_of(enum flow flow, const char *name)
{
	for (int i = 0; i < KEY_N; i++)
		if (key_defs[i].flow == flow && !strcmp(key_defs[i].name, name))
			return i;
	return FLOW_NONE;
}

void flow_of_record(
	const struct record_type *type, const struct node *fields, const struct org *org, struct date on,
	struct flow_case *c)
{
	enum flow flow = c->flow;
	int unit = key_of(flow, "unit"), level = key_of(flow, "level"), due = key_of(flow, "due");
	const struct unit *u;

	c->state = flow_defs[flow].first_state;
	for (int i = KEY_N - 1; i >= 0; i--) {
		struct date d;

		if (key_defs[i].flow != flow || key_defs[i].state == FLOW_NONE)
			continue;
		d = said_day(type, fields, i, on);
		if (!date_is(d))
			continue;
		c->state = key_defs[i].state;
		c->since = d;
	}
	if (unit != FLOW_NONE && said(type, fields, unit).n) {
		u = org ? org_unit(org, said(type, fields, unit)) : NULL;
		c->unit = u ? u->code : STR_NONE;
	}
	if (level != FLOW_NONE)
		c->level = said(type, fields, level);
	if (due != FLOW_NONE)
		c->due = c->limit = said_day(type, fields, due, DATE_NONE);
	if (flow == FLOW_FINDING && date_is(said_day(type, fields, KEY_FINDING_EXTENDED, DATE_NONE)))
		c->due = c->limit = said_day(type, fields, KEY_FINDING_EXTENDED, DATE_NONE);
}

SQL(flow_record_sql, "select type, fields, withdrawn_seq from p_record where origin = ?1 and seq = ?2");

static enum err_code record_on(struct db *db, struct arena *a, const struct scheme *s, const struct org *org,
	struct date on, struct flow_case *c, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	const char *title = tr(err->lang, flow_defs[c->flow].title);
	const struct record_type *type;
	const struct unit *keeper;
	struct node *fields;

	if (db_one(db, &flow_record_sql, ARGS(V_ID(c->subject)), &q, err) != OK) {
		if (err->code != ERR_NOT_FOUND)
			return err->code;
		err_clear(err);
		return fail(err, ERR_NOT_FOUND, "%s %lld: there is none", title, (long long)c->subject.seq);
	}
	type = scheme_type(s, query_text(&q, 0));
	if (!type || flow_of_about(type->about) != c->flow)
		return fail(err, ERR_NOT_FOUND, "%s %lld: the record is of type '" STR_FMT "'", title,
			(long long)c->subject.seq, STR_ARG(query_text(&q, 0)));
	if (!query_null(&q, 2))
		return fail(err, ERR_NOT_FOUND, "record %lld was withdrawn", (long long)c->subject.seq);
	if (org && type->unit) {
		TRY(record_lies(db, a, s, org, c->subject, &keeper, err));
		c->keeper = keeper ? keeper->code : STR_NONE;
	}
	if (c->started)
		return OK;
	TRY(json_read(a, arena_str(a, query_text(&q, 1)), (struct json_opt){0}, &fields, err));
	flow_of_record(type, fields, org, on, c);
	return OK;
}

enum err_code flow_now(struct db *db, struct arena *a, const struct scheme *s, const struct org *org, enum flow flow,
	struct id subject, struct flow_case *out, struct err *err)
{
	return flow_on(db, a, s, org, flow, subject, DATE_NONE, out, err);
}

enum err_code flow_on(struct db *db, struct arena *a, const struct scheme *s, const struct org *org, enum flow flow,
	struct id subject, struct date on, struct flow_case *out, struct err *err)
{
	TRY(flow_read(db, a, flow, subject, DATE_NONE, out, err));
	if (!flow_defs[flow].opens)
		return record_on(db, a, s, org, on, out, err);
	if (!out->started)
		return fail(err, ERR_NOT_FOUND, "%s %lld: there is none", tr(err->lang, flow_defs[flow].title),
			(long long)subject.seq);
	return OK;
}

/* ---- posts over units ---- */

/* The units from the thing's up, numbered; for each whether the post sits there, and how many posts there are. After
 * it the office's own and up, unless the thing's unit is one of them. */
SQL(flow_reach_sql,
	"with recursive up(code, n) as (select cast(?2 as text), cast(0 as bigint) union all"
	" select u.parent, up.n + 1 from up join p_unit u on u.origin = ?1 and u.code = up.code where u.parent <> ''"
	" and up.n < 64),"
	" office(code, n) as (select o.code, cast(1 as bigint) from p_office o where o.origin = ?1 union all"
	" select u.parent, office.n + 1 from office join p_unit u on u.origin = ?1 and u.code = office.code"
	" where u.parent <> '' and office.n < 64),"
	" above(code, n) as (select code, n from up union all"
	" select code, n from office where not exists (select 1 from office x where x.code = ?2))"
	" select (select count(*) from p_post p where p.origin = ?1 and p.unit = above.code and p.code = ?3),"
	" (select count(*) from p_post p where p.origin = ?1 and p.unit = above.code), above.n"
	" from above order by above.n");
SQL(flow_post_unit_sql,
	"select p.code from p_post p join p_unit u on u.origin = p.origin and u.code = p.unit"
	" where p.origin = ?1 and p.code = ?2 and not exists (select 1 from p_unit o join p_post b"
	" on b.origin = o.origin"
	" and b.unit = o.code where o.origin = u.origin and o.code = u.parent)");
SQL(flow_unit_id_sql, "select origin, seq from p_unit where origin = ?1 and code = ?2");

enum err_code flow_reach_of(
	struct db *db, const struct flow_case *c, struct str by, enum flow_reach *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0}, top CLEANUP(query_done) = {0};
	bool beside = false;
	int64_t above = 0;

	*out = FLOW_BESIDE;
	if (!by.n)
		return OK;
	if (!c->unit.n) {        /* of no unit, so of the whole office: whoever has nobody above him */
		TRY(db_query(db, &flow_post_unit_sql, ARGS(V_INT(HERE), V_TEXT(by)), &top, err));
		if (query_next(&top, err))
			*out = FLOW_ABOVE;
		return err->code;
	}
	TRY(db_query(db, &flow_reach_sql, ARGS(V_INT(HERE), V_TEXT(c->unit), V_TEXT(by)), &q, err));
	while (query_next(&q, err)) {
		int64_t n = query_int(&q, 2);

		beside |= n == 0 && query_int(&q, 0);
		above += n > 0 ? query_int(&q, 1) : 0;
		if (n > 0 && query_int(&q, 0))
			*out = FLOW_ABOVE;
	}
	/* nobody here sits above: the head of the unit itself writes down what was decided there */
	if (beside && !above)
		*out = FLOW_ABOVE;
	return err->code;
}

struct id flow_unit_id(struct db *db, struct str code)
{
	struct query q CLEANUP(query_done) = {0};
	struct err err = {0};

	if (!code.n || db_one(db, &flow_unit_id_sql, ARGS(V_INT(HERE), V_TEXT(code)), &q, &err) != OK)
		return ID_NONE;
	return (struct id){query_int(&q, 0), query_int(&q, 1)};
}
