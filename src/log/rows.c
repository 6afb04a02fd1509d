#include "log/inside.h"

#include <inttypes.h>

SQL(rows_from, "select seq, kind, subject_origin, subject_seq, leaf, canon from event"
	" where origin = ?1 and seq >= ?2 and seq < ?3 order by seq limit ?4");
SQL(rows_insert, "insert into event (origin, seq, kind, subject_origin, subject_seq, leaf, canon)"
	" values (?1, ?2, ?3, ?4, ?5, ?6, ?7)");

static bool is_text(const struct query *q, int col)
{
	return query_kind(q, col) == VAL_TEXT;
}

static bool is_int(const struct query *q, int col)
{
	return query_kind(q, col) == VAL_INT;
}

static void read_row(struct arena *a, const struct query *q, struct row *row)
{
	*row = (struct row){.seq = is_int(q, 0) ? query_int(q, 0) : -1};
	row->sound = is_int(q, 0) && is_text(q, 1) && query_kind(q, 4) == VAL_BLOB && is_text(q, 5) &&
		(query_null(q, 2) ? query_null(q, 3) : is_int(q, 2) && is_int(q, 3));
	if (!row->sound)
		return;
	row->kind = arena_str(a, query_text(q, 1));
	if (!query_null(q, 2))
		row->subject = (struct id){query_int(q, 2), query_int(q, 3)};
	row->leaf = arena_str(a, query_text(q, 4));
	row->canon = arena_str(a, query_text(q, 5));
}

enum err_code rows_get(struct db *db, struct arena *a, int64_t origin, int64_t from, int64_t to,
	struct rows *out, struct err *err)
{
	CLEANUP(query_done) struct query q = {0};

	out->n = 0;
	TRY(db_query(db, &rows_from, ARGS(V_INT(origin), V_INT(from), V_INT(to), V_INT(ROWS)), &q, err));
	while (out->n < ROWS && query_next(&q, err))
		read_row(a, &q, &out->row[out->n++]);
	return err->code;
}

/* What stands in the row beside canon must be what canon says. */
static enum err_code agree(struct log *log, int64_t origin, const struct row *row, struct event *e,
	const struct event_names *names, struct err *err)
{
	struct str name;

	TRY(origin_name(log, origin, &name, err));
	if (!str_eq(name, names->log))
		return fail(err, ERR_DAMAGED, N_("its text says that it is of the log " STR_FMT),
			STR_ARG(names->log));
	if (e->id.seq != row->seq)
		return fail(err, ERR_DAMAGED, N_("its text says that it is event %" PRId64), e->id.seq);
	e->id.origin = origin;
	if (names->subject.n)
		TRY(origin_number(log, names->subject, &e->subject.origin, err));
	if (!str_eq(e->kind, row->kind))
		return fail(err, ERR_DAMAGED, N_("its column kind differs from its text"));
	if (!id_eq(e->subject, row->subject))
		return fail(err, ERR_DAMAGED,
			N_("its columns subject_origin and subject_seq differ from its text"));
	return OK;
}

enum err_code row_event(struct log *log, struct arena *a, int64_t origin, const struct row *row,
	struct event *out, struct err *err)
{
	struct event_names names;
	struct event e;

	if (!row->sound)
		return fail(err, ERR_DAMAGED, N_("a column holds another type than it should"));
	TRY(event_read(a, row->canon, &e, &names, err));
	TRY(agree(log, origin, row, &e, &names, err));
	*out = e;
	return OK;
}

enum err_code row_add(struct db *db, const struct event *e, const struct hash *leaf, struct str canon,
	struct err *err)
{
	bool subject = id_is(e->subject);

	return db_run(db, &rows_insert, ARGS(V_ID(e->id), V_TEXT(e->kind),
		subject ? V_INT(e->subject.origin) : V_NULL,
		subject ? V_INT(e->subject.seq) : V_NULL,
		V_BLOB(((struct str){(const char *)leaf->b, HASH_BYTES})),
		V_TEXT(canon)), err);
}

/* ---- reading ---- */

enum err_code log_each(struct log *log, int64_t origin, int64_t from, int64_t to, event_fn *fn, void *ctx,
	struct err *err)
{
	struct rows rows;

	do {
		struct arena a CLEANUP(arena_free) = ARENA_INIT;

		TRY(rows_get(log->db, &a, origin, from, to, &rows, err));
		for (size_t i = 0; i < rows.n; i++) {
			struct event e;

			if (row_event(log, &a, origin, &rows.row[i], &e, err) != OK)
				return err_at(err, "event %" PRId64, rows.row[i].seq);
			TRY(fn(ctx, &e, rows.row[i].canon, err));
			from = rows.row[i].seq + 1;
		}
	} while (rows.n == ROWS);
	return OK;
}

enum err_code log_get(struct log *log, struct arena *a, struct id id, struct event *out, struct str *canon,
	struct err *err)
{
	struct rows rows;

	TRY(rows_get(log->db, a, id.origin, id.seq, id.seq + 1, &rows, err));
	if (!rows.n)
		return fail(err, ERR_NOT_FOUND, N_("there is no event %" PRId64), id.seq);
	if (row_event(log, a, id.origin, &rows.row[0], out, err) != OK)
		return err_at(err, "event %" PRId64, id.seq);
	if (canon)
		*canon = rows.row[0].canon;
	return OK;
}
