/* Withdrawing an import: refused where later facts stand on it. */
#include "record/import.h"
#include "record/links.h"
#include "who/access.h"

struct undo {
	const struct scheme *scheme;
	struct id import;
	struct str why;
};

static enum err_code check_links(struct db *db, const struct scheme *s, int64_t import, struct err *err)
{
	struct buf list CLEANUP(buf_free) = BUF_MAX(700);
	struct links_ask ask = {.import = import};
	size_t n;

	/* event 0 is log.open */
	if (!import)
		return OK;
	TRY(links_to(db, s, &ask, &list, &n, err));
	if (n)
		return fail(err, ERR_CONFLICT, "%zu later records stand on import %lld: " STR_FMT, n, (long long)import,
		            STR_ARG(buf_str(&list)));
	return OK;
}

SQL(undo_counts_sql,
	"select count(case when rev_seq = seq then 1 end), count(*) from p_record"
	" where origin = ?1 and rev_import = ?2 and withdrawn_seq is null");

enum err_code import_undo_look(struct db *db, const struct scheme *s, struct id import, struct import_undo_sum *out,
	struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(import_stands(db, import, err));
	TRY(check_links(db, s, import.seq, err));
	TRY(db_one(db, &undo_counts_sql, ARGS(V_ID(import)), &q, err));
	*out = (struct import_undo_sum){query_int(&q, 0), query_int(&q, 1) - query_int(&q, 0)};
	return OK;
}

enum err_code import_undo_write(struct tx *tx, const struct scheme *s, struct id import, struct str why,
	struct err *err)
{
	struct node *data = node_map(tx->arena);

	TRY(access_office(tx, ACT_UNDO, err));
	TRY(check_links(tx->db, s, import.seq, err));
	if (why.n)
		node_set(tx->arena, data, S("why"), node_str(tx->arena, why));
	return tx_event(tx, "import.undo", import, data, NULL, err);
}

static enum err_code undo(struct tx *tx, void *ctx, struct err *err)
{
	const struct undo *u = ctx;

	return import_undo_write(tx, u->scheme, u->import, u->why, err);
}

enum err_code import_undo(struct log *log, const struct scheme *s, struct id import, struct str why, struct str actor,
	struct str via, struct err *err)
{
	struct undo u = {s, import, why};

	return log_write(log, actor, via, undo, &u, err);
}
