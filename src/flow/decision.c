#include "flow/decision.h"

#include "who/access.h"

const char decision_accepted = 1, decision_dropped = 0;

SQL(decision_put_sql,
	"insert into p_decision(origin, year, key, seq, accepted) values(?1, ?2, ?3, ?4, ?5)"
	" on conflict (origin, year, key) do update set seq = excluded.seq, accepted = excluded.accepted");
SQL(decisions_sql, "select key, accepted from p_decision where year = ?1 order by seq, origin");

static const struct event_field fields[] = {
	{"year", FIELD_INT, true},
	{"key", FIELD_TEXT, true},
	{"accepted", FIELD_BOOL, true},
	{"why", FIELD_TEXT, false},
};

static enum err_code apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &decision_put_sql,
		ARGS(V_INT(e->id.origin), V_INT(node_int(e->data, S("year"), 0)), V_TEXT(node_text(e->data, S("key"))),
			V_INT(e->id.seq), V_INT(node_true(e->data, S("accepted")))),
		err);
}

const struct event_kind decision_kinds[] = {
	{"problem.decide", fields, LEN(fields), false, NULL, apply},
	{0},
};

enum err_code decisions_load(struct db *db, struct arena *a, int year, struct map *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	*out = (struct map)MAP_IN(a);
	TRY(db_query(db, &decisions_sql, ARGS(V_INT(year)), &q, err));
	while (query_next(&q, err))
		map_set(out, arena_str(a, query_text(&q, 0)), query_int(&q, 1) ? DECISION_ACCEPTED : DECISION_DROPPED);
	return err->code;
}

enum err_code decision_make(struct tx *tx, int year, struct str key, bool accepted, struct str why, struct err *err)
{
	struct arena *a = tx->arena;
	struct node *data = node_map(a);

	TRY(access_office(tx, ACT_PROBLEM_DECIDE, err));
	node_set(a, data, S("year"), node_num(a, year));
	node_set(a, data, S("key"), node_str(a, key));
	node_set(a, data, S("accepted"), node_bool(a, accepted));
	if (why.n)
		node_set(a, data, S("why"), node_str(a, why));
	return tx_event(tx, "problem.decide", ID_NONE, data, NULL, err);
}
