#include "log/inside.h"

#include <inttypes.h>

SQL(replay_any, "select 1 from origin limit 1");
SQL(replay_origin, "insert into origin (id, name) values (?1, ?2) on conflict do nothing");

struct replay {
	struct log *log;
	struct db *into;
	bool with_events;
	int64_t to;
	void (*progress)(void *ctx, int64_t done, int64_t all);
	void *ctx;
	int64_t done, all;
};

static enum err_code replay_one(struct replay *r, const struct event *e, struct str canon,
	struct range *range, struct err *err)
{
	const struct event_kind *kind = kinds_get(r->log, e->kind);
	struct hash leaf;

	if (!kind)
		return fail(err, ERR_DAMAGED, N_("unknown kind of event \"" STR_FMT "\""), STR_ARG(e->kind));
	if (r->with_events) {
		leaf = tree_leaf(canon);
		TRY(row_add(r->into, e, &leaf, canon, err));
		range_add(range, &leaf);
	}
	if (kind->apply && kind->apply(r->into, e, err) != OK)
		return err_at(err, "%s: the tables could not be changed", kind->name);
	return OK;
}

/* One transaction: the rows of one read. */
static enum err_code replay_rows(struct replay *r, int64_t origin, int64_t *from, int64_t to, size_t *n,
	struct range *range, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct range before = *range;
	struct rows rows;
	int64_t at = 0;

	TRY(rows_get(r->log->db, &a, origin, *from, to, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		struct event e;

		if (row_event(r->log, &a, origin, &rows.row[i], &e, err) != OK ||
			replay_one(r, &e, rows.row[i].canon, range, err) != OK)
			return err_at(err, "event %" PRId64, rows.row[i].seq);
		at = e.at;
		*from = e.id.seq + 1;
	}
	if (rows.n && r->with_events)
		TRY(head_set(r->into, origin, before.n, range, at, err));
	*n = rows.n;
	return OK;
}

static enum err_code step(struct replay *r, int64_t origin, int64_t *from, int64_t to, size_t *n,
	struct range *range, struct err *err)
{
	TRY(db_begin(r->into, err));
	if (replay_rows(r, origin, from, to, n, range, err) != OK) {
		db_rollback(r->into);
		return err->code;
	}
	return db_commit(r->into, err);
}

/* The head of what was replayed before; an empty one the first time. */
static enum err_code begin_origin(struct replay *r, const struct origin *o, struct range *range,
	struct err *err)
{
	struct err none = {.lang = err->lang};
	enum err_code code;
	int64_t at;

	*range = (struct range){0};
	TRY(db_run(r->into, &replay_origin, ARGS(V_INT(o->n), V_TEXT(o->name)), err));
	if (!r->with_events)
		return OK;
	code = head_get(r->into, o->n, range, &at, &none);
	if (code == ERR_NOT_FOUND)
		return head_add(r->into, o->n, err);
	return code == OK ? OK : fail(err, code, "%s", none.text);
}

static enum err_code replay_origin_events(struct replay *r, const struct origin *o, struct err *err)
{
	struct range range;
	int64_t from;
	size_t n = 0;

	TRY(begin_origin(r, o, &range, err));
	from = range.n;
	do {
		TRY(step(r, o->n, &from, r->to, &n, &range, err));
		r->done += (int64_t)n;
		if (r->progress)
			r->progress(r->ctx, r->done, r->all);
	} while (n > 0);
	return OK;
}

/* Makes the tables where there are none yet. */
static enum err_code make_tables(const struct replay *r, struct err *err)
{
	CLEANUP(query_done) struct query q = {0};

	TRY(db_migrate(r->into, err));
	if (!r->log->opt.tables)
		return OK;
	TRY(db_query(r->into, &replay_any, NO_ARGS, &q, err));
	if (query_next(&q, err) || err->code != OK)
		return err->code;
	return db_exec(r->into, r->log->opt.tables, err);
}

enum err_code log_replay(struct log *log, int64_t to, struct db *into, bool with_events,
	void (*progress)(void *ctx, int64_t done, int64_t all), void *ctx, struct err *err)
{
	struct replay r = {log, into, with_events, to, progress, ctx, 0, MIN(to, log->range.n)};

	TRY(make_tables(&r, err));
	TRY(origin_load(log, err));
	for (size_t i = 1; i < log->norigins; i++)
		TRY(replay_origin_events(&r, &log->origins[i], err));
	return replay_origin_events(&r, &log->origins[0], err);
}
