/* The office's own values of the paper in the log: paper.set and its table. */
#include "report/paper.h"

#include "who/access.h"
#include "who/org.h"

enum { WHY_BYTES = 1024 };

SQL(paper_add_sql,
	"insert into p_paper(origin, seq, field, value, why, actor, at) values(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
SQL(paper_all_sql, "select seq, field, value, why, actor, at from p_paper where origin = ?1 order by seq desc");
SQL(paper_last_sql, "select value from p_paper where origin = ?1 and field = ?2 order by seq desc limit 1");

static const struct event_field fields[] = {
	{"field", FIELD_TEXT, true},
	{"value", FIELD_TEXT, true},
	{"why", FIELD_TEXT, false},
};

static enum err_code check(struct tx *tx, const struct event *e, struct err *err)
{
	struct str why = node_text(e->data, S("why"));
	struct paper scratch = {0};

	if (why.n > WHY_BYTES || str_has(why, S("\n")))
		return fail(err, ERR_INPUT, "'%s' must be one line", "why");
	return paper_put(tx->arena, &scratch, node_text(e->data, S("field")), node_text(e->data, S("value")), err);
}

static enum err_code apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &paper_add_sql,
		ARGS(V_ID(e->id), V_TEXT(node_text(e->data, S("field"))), V_TEXT(node_text(e->data, S("value"))),
			V_TEXT(node_text(e->data, S("why"))), V_TEXT(e->actor), V_INT(e->at)),
		err);
}

const struct event_kind paper_kinds[] = {
	{"paper.set", fields, LEN(fields), false, check, apply},
	{0},
};

static enum err_code read_all(struct db *db, struct arena *a, struct paper_values *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(db, &paper_all_sql, ARGS(V_INT(ORIGIN_HERE)), &q, err));
	while (query_next(&q, err))
		*ARENA_PUSH(a, out->p, out->n, out->cap) = (struct paper_value){.seq = query_int(&q, 0),
			.field = arena_str(a, query_text(&q, 1)),
			.value = arena_str(a, query_text(&q, 2)),
			.why = arena_str(a, query_text(&q, 3)),
			.actor = arena_str(a, query_text(&q, 4)),
			.at = query_int(&q, 5)};
	return err->code;
}

enum err_code paper_values_load(struct db *db, struct arena *a, bool history, struct paper_values *out, struct err *err)
{
	struct paper_values all = {0};

	*out = (struct paper_values){0};
	TRY(read_all(db, a, &all, err));
	if (history) {
		*out = all;
		return OK;
	}
	for (const struct paper_field *f = paper_fields; f->name; f++)
		for (size_t i = 0; i < all.n; i++)
			if (str_is(all.p[i].field, f->name)) {
				if (all.p[i].value.n)
					*ARENA_PUSH(a, out->p, out->n, out->cap) = all.p[i];
				break;
			}
	return OK;
}

enum err_code paper_values_put(
	struct arena *a, struct paper *p, const struct paper_values *v, struct err *err)
{
	for (size_t i = 0; v && i < v->n; i++)
		TRY(paper_put(a, p, v->p[i].field, v->p[i].value, err));
	return OK;
}

static enum err_code last(struct tx *tx, struct str field, struct str *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	*out = STR_NONE;
	TRY(db_query(tx->db, &paper_last_sql, ARGS(V_INT(ORIGIN_HERE), V_TEXT(field)), &q, err));
	if (query_next(&q, err))
		*out = arena_str(tx->arena, query_text(&q, 0));
	return err->code;
}

enum err_code paper_set(
	struct tx *tx, struct str field, struct str value, struct str why, bool *written, struct err *err)
{
	const struct paper_field *f = paper_field(field);
	struct paper one = {.date = DATE_NONE, .issued = DATE_NONE};
	struct node *data = node_map(tx->arena);
	struct str now;

	if (written)
		*written = false;
	TRY(access_office(tx, ACT_PAPER_EDIT, err));
	TRY(paper_put(tx->arena, &one, field, value, err));
	value = str_blank(value) ? S("") : paper_text(tx->arena, &one, f);
	TRY(last(tx, field, &now, err));
	if (!f || str_eq(now, value))
		return OK;
	node_set(tx->arena, data, S("field"), node_str(tx->arena, field));
	node_set(tx->arena, data, S("value"), node_str(tx->arena, value));
	if (why.n)
		node_set(tx->arena, data, S("why"), node_str(tx->arena, why));
	if (written)
		*written = true;
	return tx_event(tx, "paper.set", ID_NONE, data, NULL, err);
}
