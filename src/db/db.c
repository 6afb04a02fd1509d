#include "db/driver.h"

#include <ctype.h>
#include <stdlib.h>

/* The linker gathers what SQL() puts into section zeren_sql and names its ends; weak: there may be none. */
extern const struct sql *const __start_zeren_sql[] __attribute__((weak));
extern const struct sql *const __stop_zeren_sql[] __attribute__((weak));

void sql_each(bool (*fn)(void *ctx, const struct sql *sql), void *ctx)
{
	for (const struct sql *const *p = __start_zeren_sql; p != __stop_zeren_sql; p++)
		if (!fn(ctx, *p))
			return;
}

/* ---- connections ---- */

/* A libpq address, or "keyword=value …"; a path that looks like that is written ./so=so.db */
static bool is_postgres(const char *where)
{
	struct str s = str_c(where);
	const char *p = where;

	if (str_starts(s, S("postgresql://")) || str_starts(s, S("postgres://")))
		return true;
	while (islower((unsigned char)*p) || *p == '_')
		p++;
	while (*p == ' ')
		p++;
	return p > where && *p == '=';
}

enum err_code db_open(const char *where, struct db_opt opt, struct db **out, struct err *err)
{
	return is_postgres(where) ? postgres_open(where, opt, out, err) : sqlite_open(where, opt, out, err);
}

void db_close(struct db **db)
{
	struct db *d = *db;

	if (!d)
		return;
	*db = NULL;
	if (d->depth)
		db_rollback(d);
	db_stmt_drop(d);
	d->driver->close(d);
}

enum db_kind db_kind(const struct db *db)
{
	return db->driver->kind;
}

/* ---- prepared statements ---- */

static size_t slot_of(const struct db *db, const struct sql *sql)
{
	return (size_t)(((uintptr_t)sql >> 3) * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (db->nslots - 1);
}

static struct db_slot *find(const struct db *db, const struct sql *sql)
{
	size_t i = slot_of(db, sql);

	while (db->slots[i].sql && db->slots[i].sql != sql)
		i = (i + 1) & (db->nslots - 1);
	return &db->slots[i];
}

static void grow(struct db *db)
{
	struct db_slot *old = db->slots;
	size_t n = db->nslots;

	db->nslots = n ? n * 2 : 128;
	db->slots = calloc(db->nslots, sizeof *db->slots);
	if (!db->slots)
		BUG("out of memory");
	for (size_t i = 0; i < n; i++)
		if (old[i].sql)
			*find(db, old[i].sql) = old[i];
	free(old);
}

enum err_code db_stmt_get(struct db *db, const struct sql *sql, struct db_stmt **out, struct err *err)
{
	struct db_slot *slot;
	struct db_stmt *st;

	if (db->nstmts * 2 >= db->nslots)
		grow(db);
	slot = find(db, sql);
	if (!slot->sql) {
		TRY(db->driver->prepare(db, sql, sql->text, &st, err));
		*slot = (struct db_slot){sql, st};
		db->nstmts++;
	}
	*out = slot->stmt;
	return OK;
}

void db_stmt_drop(struct db *db)
{
	for (size_t i = 0; i < db->nslots; i++)
		if (db->slots[i].sql) {
			if (db->slots[i].stmt->open)
				BUG("%s: a query is still open", db->slots[i].sql->name);
			db->driver->unprepare(db, db->slots[i].stmt);
		}
	free(db->slots);
	db->slots = NULL;
	db->nslots = db->nstmts = 0;
}

static enum err_code idle_stmt(struct db *db, const struct sql *sql, struct db_stmt **out, struct err *err)
{
	TRY(db_stmt_get(db, sql, out, err));
	if ((*out)->open)
		BUG("%s: already running on this connection", sql->name);
	return OK;
}

enum err_code db_prepare(struct db *db, const struct sql *sql, struct err *err)
{
	struct db_stmt *st;

	TRY(db_stmt_get(db, sql, &st, err));
	return db->driver->check ? db->driver->check(db, st, err) : OK;
}

enum err_code db_run(struct db *db, const struct sql *sql, const struct val *args, size_t n, struct err *err)
{
	struct db_stmt *st;

	TRY(idle_stmt(db, sql, &st, err));
	db->asked++;
	return db->driver->run(db, st, args, n, err);
}

int64_t db_asked(const struct db *db)
{
	return db->asked;
}

int64_t db_changes(const struct db *db)
{
	return db->changes;
}

enum err_code db_exec(struct db *db, const char *text, struct err *err)
{
	return db->driver->exec(db, text, err);
}

/* ---- transactions ---- */

static void at_depth(const struct db *db, int depth, const char *what)
{
	if (db->depth != depth)
		BUG("%s at transaction depth %d", what, db->depth);
}

enum err_code db_begin(struct db *db, struct err *err)
{
	at_depth(db, 0, "db_begin");
	TRY(db->driver->tx(db, TX_BEGIN, err));
	db->depth = 1;
	return OK;
}

enum err_code db_commit(struct db *db, struct err *err)
{
	at_depth(db, 1, "db_commit");
	if (db->driver->tx(db, TX_COMMIT, err) != OK) {
		db_rollback(db);
		return err->code;
	}
	db->depth = 0;
	return OK;
}

void db_rollback(struct db *db)
{
	struct err ignored = {0};

	if (!db->depth)
		return;
	db->depth = 0;
	db->driver->tx(db, TX_ROLLBACK, &ignored);
}

enum err_code db_save(struct db *db, struct err *err)
{
	at_depth(db, 1, "db_save");
	TRY(db->driver->tx(db, TX_SAVE, err));
	db->depth = 2;
	return OK;
}

enum err_code db_keep(struct db *db, struct err *err)
{
	at_depth(db, 2, "db_keep");
	TRY(db->driver->tx(db, TX_KEEP, err));
	db->depth = 1;
	return OK;
}

enum err_code db_undo(struct db *db, struct err *err)
{
	at_depth(db, 2, "db_undo");
	db->depth = 1;
	return db->driver->tx(db, TX_UNDO, err);
}

enum err_code db_checkpoint(struct db *db, struct err *err)
{
	return db->driver->checkpoint ? db->driver->checkpoint(db, err) : OK;
}

/* ---- queries ---- */

enum err_code db_query(struct db *db, const struct sql *sql, const struct val *args, size_t n,
	struct query *q, struct err *err)
{
	struct db_stmt *st;

	BUG_IF(q->h != NULL);
	TRY(idle_stmt(db, sql, &st, err));
	db->asked++;
	TRY(db->driver->query(db, st, args, n, err));
	st->open = true;
	*q = (struct query){.db = db, .h = st};
	return OK;
}

enum err_code db_query_text(struct db *db, const char *text, struct query *q, struct err *err)
{
	struct db_stmt *st;

	BUG_IF(q->h != NULL);
	TRY(db->driver->prepare(db, NULL, text, &st, err));
	if (db->driver->query(db, st, NO_ARGS, err) != OK) {
		db->driver->unprepare(db, st);
		return err->code;
	}
	st->open = true;
	*q = (struct query){.db = db, .h = st};
	return OK;
}

enum err_code db_one(struct db *db, const struct sql *sql, const struct val *args, size_t n, struct query *q,
	struct err *err)
{
	TRY(db_query(db, sql, args, n, q, err));
	if (query_next(q, err))
		return OK;
	return err->code != OK ? err->code : fail(err, ERR_NOT_FOUND, "not found");
}

bool query_next(struct query *q, struct err *err)
{
	if (!q->h)
		return false;
	if (q->db->driver->next(q->db, q->h, err)) {
		q->row++;
		return true;
	}
	query_done(q);
	return false;
}

void query_done(struct query *q)
{
	struct db_stmt *st = q->h;

	if (!st)
		return;
	q->h = NULL;
	q->db->driver->end(q->db, st);
	st->open = false;
	if (!st->sql)
		q->db->driver->unprepare(q->db, st);
}

int query_cols(const struct query *q)
{
	return q->db->driver->cols(q->h);
}

/* A column that the row has: else a mistake of ours that would read other memory. */
static struct db_stmt *row_of(const struct query *q, int col)
{
	struct db_stmt *st = q->h;

	if (!st || !q->row || col < 0 || col >= q->db->driver->cols(st))
		BUG("%s: no row, or no column %d", st ? db_stmt_name(st) : "query", col);
	return st;
}

enum val_kind query_kind(const struct query *q, int col)
{
	return q->db->driver->kind_at(row_of(q, col), col);
}

bool query_null(const struct query *q, int col)
{
	return query_kind(q, col) == VAL_NULL;
}

int64_t query_int(const struct query *q, int col)
{
	struct db_stmt *st = row_of(q, col);
	enum val_kind kind = q->db->driver->kind_at(st, col);

	if (kind == VAL_NULL)
		return 0;
	if (kind != VAL_INT)
		BUG("%s: column %d is no integer", db_stmt_name(st), col);
	return q->db->driver->int_at(st, col);
}

struct str query_text(const struct query *q, int col)
{
	struct db_stmt *st = row_of(q, col);
	enum val_kind kind = q->db->driver->kind_at(st, col);

	if (kind == VAL_NULL)
		return S("");
	if (kind == VAL_INT)
		BUG("%s: column %d is an integer", db_stmt_name(st), col);
	return q->db->driver->text_at(st, col);
}

/* ---- tables ---- */

enum err_code db_tables(struct db *db, struct arena *a, struct str prefix, struct db_table **out, size_t *n,
	struct err *err)
{
	CLEANUP(query_done) struct query q = {0};
	struct db_table *tables = NULL, *t = NULL;
	size_t ntables = 0, cap = 0, cap_cols = 0;

	TRY(db_query(db, db->driver->tables, ARGS(V_TEXT(prefix)), &q, err));
	while (query_next(&q, err)) {
		struct db_column *c;

		if (!t || !str_eq(t->name, query_text(&q, 0))) {
			t = ARENA_PUSH(a, tables, ntables, cap);
			t->name = arena_str(a, query_text(&q, 0));
			cap_cols = 0;
		}
		c = ARENA_PUSH(a, t->cols, t->ncols, cap_cols);
		c->name = arena_str(a, query_text(&q, 1));
		c->key = (int)query_int(&q, 2);
	}
	if (err->code != OK)
		return err->code;
	*out = tables;
	*n = ntables;
	return OK;
}
