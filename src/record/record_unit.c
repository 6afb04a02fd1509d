/* The unit that a record lies in, and who may touch it there. */
#include "record/record_inside.h"

#include "text/json.h"
#include "who/access.h"

SQL(record_says_sql, "select type, fields, raw from p_record where origin = ?1 and seq = ?2");

const struct unit *record_unit(const struct org *org, const struct record_type *t, struct str named)
{
	return t && t->unit && named.n ? org_unit(org, named) : NULL;
}

/* What a record says of its unit; empty: nothing. */
static enum err_code unit_said(struct db *db, struct arena *a, const struct scheme *s, struct id id,
	const struct record_type **type, struct str *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct node *fields, *raw = NULL;

	if (db_one(db, &record_says_sql, ARGS(V_ID(id)), &q, err) != OK) {
		if (err->code != ERR_NOT_FOUND)
			return err->code;
		err_clear(err);
		return fail(err, ERR_NOT_FOUND, "no record %lld", (long long)id.seq);
	}
	*out = STR_NONE;
	*type = scheme_type(s, query_text(&q, 0));
	if (!*type || !(*type)->unit)
		return OK;
	TRY(json_read(a, arena_str(a, query_text(&q, 1)), (struct json_opt){0}, &fields, err));
	if (!query_null(&q, 2))
		TRY(json_read(a, arena_str(a, query_text(&q, 2)), (struct json_opt){0}, &raw, err));
	*out = row_value(a, (*type)->unit, fields, raw).text;
	return OK;
}

enum err_code record_lies(struct db *db, struct arena *a, const struct scheme *s, const struct org *org, struct id id,
	const struct unit **out, struct err *err)
{
	const struct record_type *type;
	struct str named;

	TRY(unit_said(db, a, s, id, &type, &named, err));
	*out = record_unit(org, type, named);
	return OK;
}

/* ---- inside an intent ---- */

static enum err_code may_all(struct tx *tx, uint64_t acts, struct id unit, struct err *err)
{
	for (int act = 0; act < ACT_N; act++)
		if (acts >> act & 1)
			TRY(id_is(unit) ? access_check(tx, (enum act)act, unit, err)
					: access_office(tx, (enum act)act, err));
	return OK;
}

enum err_code record_may(struct tx *tx, uint64_t acts, const struct record_type *t, struct str named, struct err *err)
{
	const struct unit *unit;
	struct org org;

	if (!acts || access_all(tx))
		return OK;
	if (!t || !t->unit || !named.n)
		return may_all(tx, acts, ID_NONE, err);
	TRY(org_load(tx->db, tx->arena, DATE_NONE, &org, err));
	unit = record_unit(&org, t, named);
	return may_all(tx, acts, unit ? unit->id : ID_NONE, err);
}

enum err_code record_may_id(struct tx *tx, uint64_t acts, const struct scheme *s, struct id id, struct err *err)
{
	const struct record_type *type;
	struct str named;

	if (access_all(tx))
		return OK;
	TRY(unit_said(tx->db, tx->arena, s, id, &type, &named, err));
	return record_may(tx, acts, type, named, err);
}
