/* inspection.check: what was looked at in an inspection, an item of a checklist each. */
#include "flow/inspect.h"
#include "flow/kinds_flow.h"
#include "who/account.h"

static const struct event_field check_fields[] = {
	{"list", FIELD_TEXT, false},
	{"item", FIELD_TEXT, false},
	{"result", FIELD_TEXT, true},
	{"what", FIELD_TEXT, false},
	{"finding", FIELD_INT, false},
	{"by", FIELD_TEXT, true},
	{"day", FIELD_DATE, true},
};

SQL(inspect_record_sql, "select withdrawn_seq from p_record where origin = ?1 and seq = ?2");
SQL(inspect_put_sql,
	"insert into p_inspected(origin, seq, subject_origin, subject, list, item, result, what, finding, by_post, day,"
	" actor) values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");

static enum err_code record_is(struct tx *tx, struct id id, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	if (db_one(tx->db, &inspect_record_sql, ARGS(V_ID(id)), &q, err) != OK) {
		if (err->code != ERR_NOT_FOUND)
			return err->code;
		err_clear(err);
		return fail(err, ERR_NOT_FOUND, "no record %lld", (long long)id.seq);
	}
	if (!query_null(&q, 0))
		return fail(err, ERR_CONFLICT, "record %lld was withdrawn", (long long)id.seq);
	return OK;
}

static enum err_code check(struct tx *tx, const struct event *e, struct err *err)
{
	int64_t finding = node_int(e->data, S("finding"), 0);
	enum inspect_result result;
	struct flow_case c;
	struct date day;

	TRY(record_is(tx, e->subject, err));
	if (!NODE_GET(e->data, "list") != !NODE_GET(e->data, "item"))
		return fail(err, ERR_INPUT, "list and item go together");
	if (!inspect_result_named(node_text(e->data, S("result")), &result))
		return fail(err, ERR_INPUT, "'" STR_FMT "' is no result: ok, problem or none is expected",
			STR_ARG(node_text(e->data, S("result"))));
	if (result == INSPECT_PROBLEM && str_blank(node_text(e->data, S("what"))))
		return fail(err, ERR_REQUIRED, "what is the problem?");
	if (finding && result != INSPECT_PROBLEM)
		return fail(err, ERR_INPUT, "a finding comes of a problem");
	if (finding)
		TRY(record_is(tx, (struct id){e->id.origin, finding}, err));
	if (date_parse(node_text(e->data, S("day")), &day) && date_lt(day_at(e->at), day))
		return fail(err, ERR_INPUT, STR_FMT " is still to come", STR_ARG(node_text(e->data, S("day"))));
	TRY(flow_read(tx->db, tx->arena, FLOW_INSPECTION, e->subject, DATE_NONE, &c, err));
	if (c.state == STATE_INSPECTION_CANCELLED)
		return fail(err, ERR_CONFLICT, "Inspection %lld was cancelled", (long long)e->subject.seq);
	return OK;
}

static enum err_code apply(struct db *db, const struct event *e, struct err *err)
{
	struct date day = DATE_NONE;

	date_parse(node_text(e->data, S("day")), &day);
	return db_run(db, &inspect_put_sql,
		ARGS(V_ID(e->id), V_ID(e->subject), V_TEXT(node_text(e->data, S("list"))),
			V_TEXT(node_text(e->data, S("item"))), V_TEXT(node_text(e->data, S("result"))),
			V_TEXT(node_text(e->data, S("what"))), V_INT(node_int(e->data, S("finding"), 0)),
			V_TEXT(node_text(e->data, S("by"))), V_DATE(day), V_TEXT(e->actor)), err);
}

const struct event_kind inspect_kinds[] = {
	{"inspection.check", check_fields, LEN(check_fields), true, check, apply},
	{0},
};
