#include "db/postgres.h"

#include <stdlib.h>

/* ---- rows on their way ---- */

/* Reads the connection to the end of the current answer. */
static void finish(struct pg *p)
{
	PGresult *r;

	while ((r = PQgetResult(p->c)))
		PQclear(r);
	p->stream = NULL;
}

/* The next row of the stream into st->rows; false at its end or after an error. */
static bool fetch(struct pg *p, struct pg_stmt *st, struct err *err)
{
	PGresult *r = PQgetResult(p->c);
	ExecStatusType status = PQresultStatus(r);

	if (status == PGRES_SINGLE_TUPLE) {
		PQclear(st->rows);
		st->rows = r;
		st->at = 0;
		return true;
	}
	if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
		pg_fail(p, r, db_stmt_name(&st->head), err);
	if (st->rows)
		PQclear(r);
	else
		st->rows = r;      /* no rows, but it knows the columns */
	finish(p);
	return false;
}

static void add_row(PGresult *to, const PGresult *from, int row)
{
	int at = PQntuples(to);

	for (int i = 0; i < PQnfields(from); i++) {
		bool null = PQgetisnull(from, row, i);

		if (!PQsetvalue(to, at, i, null ? NULL : PQgetvalue(from, row, i),
			null ? -1 : PQgetlength(from, row, i)))
			BUG("out of memory");
	}
}

void pg_make_ready(struct pg *p, enum lang lang)
{
	struct pg_stmt *st = p->stream;
	PGresult *all;

	if (!st)
		return;
	all = PQcopyResult(st->rows, PG_COPYRES_ATTRS);
	if (!all)
		BUG("out of memory");
	add_row(all, st->rows, st->at);
	st->now = st->rows;
	st->rows = NULL;
	st->late.lang = lang;
	while (fetch(p, st, &st->late))
		add_row(all, st->rows, 0);
	PQclear(st->rows);
	st->rows = all;
	st->at = 0;
}

/* ---- running ---- */

static void count_changes(struct db *db, PGresult *r)
{
	bool select = str_starts(str_c(PQcmdStatus(r)), S("SELECT"));

	db->changes = select ? 0 : strtoll(PQcmdTuples(r), NULL, 10);
}

static enum err_code run(struct db *db, struct db_stmt *dst, const struct val *args, size_t n,
	struct err *err)
{
	struct pg *p = pg_of(db);
	struct pg_stmt *st = pg_stmt_of(dst);
	struct pg_variant *v;
	struct pg_args a;
	PGresult *r;

	pg_make_ready(p, err->lang);
	TRY(pg_bind(p, st, args, n, &a, &v, err));
	r = PQexecPrepared(p->c, v->name, st->nargs, a.p, a.len, a.format, 1);
	if (PQresultStatus(r) == PGRES_COMMAND_OK || PQresultStatus(r) == PGRES_TUPLES_OK)
		count_changes(db, r);
	else
		pg_fail(p, r, db_stmt_name(dst), err);
	PQclear(r);
	return err->code;
}

static void end(struct db *db, struct db_stmt *dst)
{
	struct pg_stmt *st = pg_stmt_of(dst);

	if (pg_of(db)->stream == st)
		finish(pg_of(db));
	PQclear(st->rows);
	PQclear(st->now);
	st->rows = st->now = NULL;
	st->fresh = false;
	err_clear(&st->late);
}

static enum err_code query(struct db *db, struct db_stmt *dst, const struct val *args, size_t n,
	struct err *err)
{
	struct pg *p = pg_of(db);
	struct pg_stmt *st = pg_stmt_of(dst);
	struct pg_variant *v;
	struct pg_args a;
	int sent;

	pg_make_ready(p, err->lang);
	if (dst->sql) {
		TRY(pg_bind(p, st, args, n, &a, &v, err));
		sent = PQsendQueryPrepared(p->c, v->name, st->nargs, a.p, a.len, a.format, 1);
	} else {
		sent = PQsendQueryParams(p->c, st->text, 0, NULL, NULL, NULL, NULL, 1);
	}
	if (!sent || !PQsetSingleRowMode(p->c))
		return pg_fail(p, NULL, db_stmt_name(dst), err);
	p->stream = st;
	st->fresh = fetch(p, st, err);
	if (err->code == OK && !st->cols_known)
		pg_check_cols(st, st->rows, err);
	if (err->code != OK)
		end(db, dst);
	return err->code;
}

static bool next(struct db *db, struct db_stmt *dst, struct err *err)
{
	struct pg *p = pg_of(db);
	struct pg_stmt *st = pg_stmt_of(dst);

	if (st->fresh) {
		st->fresh = false;
		return true;
	}
	if (p->stream == st)
		return fetch(p, st, err);
	PQclear(st->now);
	st->now = NULL;
	if (st->at + 1 < PQntuples(st->rows)) {
		st->at++;
		return true;
	}
	if (err->code == OK && st->late.code != OK)
		*err = st->late;
	return false;
}

static int cols(const struct db_stmt *st)
{
	return PQnfields(pg_stmt_of(st)->rows);
}

static enum val_kind kind_at(const struct db_stmt *dst, int col)
{
	const struct pg_stmt *st = pg_stmt_of(dst);

	if (PQgetisnull(st->rows, st->at, col))
		return VAL_NULL;
	switch (PQftype(st->rows, col)) {
	case PG_BOOL: case PG_INT2: case PG_INT4: case PG_INT8:
		return VAL_INT;
	case PG_BYTEA:
		return VAL_BLOB;
	}
	return VAL_TEXT;
}

static struct str text_at(const struct db_stmt *dst, int col)
{
	const struct pg_stmt *st = pg_stmt_of(dst);

	return (struct str){PQgetvalue(st->rows, st->at, col), (size_t)PQgetlength(st->rows, st->at, col)};
}

/* Big-endian, 1, 2, 4 or 8 bytes: the sign comes with the first. */
static int64_t int_at(const struct db_stmt *dst, int col)
{
	struct str s = text_at(dst, col);
	uint64_t n = s.n && (s.p[0] & 0x80) ? UINT64_MAX : 0;

	for (size_t i = 0; i < s.n; i++)
		n = n << 8 | (unsigned char)s.p[i];
	return (int64_t)n;
}

static enum err_code exec(struct db *db, const char *text, struct err *err)
{
	struct pg *p = pg_of(db);
	PGresult *r;

	pg_make_ready(p, err->lang);
	r = PQexec(p->c, text);
	switch (PQresultStatus(r)) {
	case PGRES_COMMAND_OK: case PGRES_TUPLES_OK: case PGRES_EMPTY_QUERY:
		break;
	default:
		pg_fail(p, r, "database", err);
	}
	PQclear(r);
	return err->code;
}

static enum err_code tx(struct db *db, enum db_tx op, struct err *err)
{
	static const char *const text[] = {
		[TX_BEGIN] = "begin", [TX_COMMIT] = "commit", [TX_ROLLBACK] = "rollback",
		[TX_SAVE] = "savepoint s", [TX_KEEP] = "release s", [TX_UNDO] = "rollback to s; release s",
	};
	struct pg *p = pg_of(db);

	pg_make_ready(p, err->lang);
	/* a COMMIT after an error rolls back and says that all is well */
	if (op == TX_COMMIT && PQtransactionStatus(p->c) != PQTRANS_INTRANS)
		return fail(err, ERR_DB, "%s: an earlier error has undone the transaction", p->name);
	return exec(db, text[op], err);
}

static enum err_code set_version(struct db *db, int n, const char *name, struct err *err)
{
	char text[160];

	snprintf(text, sizeof text, "insert into s_migration (number, name) values (%d, '%s')", n, name);
	return exec(db, text, err);
}

static const struct sql tables = {
	"select cast(t.relname as text), cast(c.attname as text), "
	"cast(coalesce(array_position(cast(k.indkey as int2[]), c.attnum) + 1, 0) as bigint) "
	"from pg_catalog.pg_class t join pg_catalog.pg_namespace s on s.oid = t.relnamespace "
	"join pg_catalog.pg_attribute c on c.attrelid = t.oid and c.attnum > 0 and not c.attisdropped "
	"left join pg_catalog.pg_index k on k.indrelid = t.oid and k.indisprimary "
	"where t.relkind in ('r', 'p') and not t.relispartition and s.nspname = current_schema() "
	"and substr(cast(t.relname as text), 1, length(?1)) = ?1 "
	"order by cast(t.relname as text) collate \"C\", c.attnum",
	"tables", __FILE__,
};

const struct db_driver pg_driver = {
	.kind = DB_POSTGRES, .close = pg_done,
	.prepare = pg_prepare, .unprepare = pg_unprepare, .check = pg_check,
	.run = run, .query = query, .next = next, .end = end,
	.cols = cols, .kind_at = kind_at, .int_at = int_at, .text_at = text_at,
	.exec = exec, .tx = tx, .tables = &tables,
	/* read committed: the version is read behind the lock, not as it was before */
	.migrate_lock = "set transaction isolation level read committed; "
		"select pg_advisory_xact_lock(1515341134); "
		"create table if not exists s_migration (number bigint primary key, name text not null)",
	.version = "select coalesce(max(number), 0), 0 from s_migration",
	.set_version = set_version,
};
