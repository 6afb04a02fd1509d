#include "log/inside.h"

#include <inttypes.h>

SQL(head_select, "select size, hashes, at from log_head where origin = ?1");
SQL(head_insert, "insert into log_head (origin, size, hashes, at) values (?1, 0, ?2, 0)");
SQL(head_update, "update log_head set size = ?2, hashes = ?3, at = ?4 where origin = ?1 and size = ?5");

enum err_code head_get(struct db *db, int64_t origin, struct range *range, int64_t *at, struct err *err)
{
	CLEANUP(query_done) struct query q = {0};
	struct range r;

	TRY(db_query(db, &head_select, ARGS(V_INT(origin)), &q, err));
	if (!query_next(&q, err))
		return err->code != OK ? err->code : fail(err, ERR_NOT_FOUND,
			N_("table log_head, row %" PRId64 ": is missing"), origin);
	if (query_kind(&q, 0) != VAL_INT || query_kind(&q, 1) != VAL_BLOB || query_kind(&q, 2) != VAL_INT ||
		!range_load(&r, query_int(&q, 0), query_text(&q, 1)))
		return fail(err, ERR_DAMAGED,
			N_("table log_head, row %" PRId64 ": the hashes do not fit the size"), origin);
	*range = r;
	*at = query_int(&q, 2);
	return OK;
}

enum err_code head_add(struct db *db, int64_t origin, struct err *err)
{
	return db_run(db, &head_insert, ARGS(V_INT(origin), V_BLOB(S(""))), err);
}

enum err_code head_set(struct db *db, int64_t origin, int64_t old, const struct range *range, int64_t at,
	struct err *err)
{
	TRY(db_run(db, &head_update, ARGS(V_INT(origin), V_INT(range->n), V_BLOB(range_bytes(range)),
		V_INT(at), V_INT(old)), err));
	if (db_changes(db) != 1)
		return fail(err, ERR_CONFLICT, N_("another program has written to this log"));
	return OK;
}
