#include "db/sqlite.h"

#include <errno.h>
#include <stdlib.h>

/* A commit that leaves more than this in the write-ahead log moves it into the file. */
enum { WAL_BYTES = 16 << 20 };

struct sqlite_stmt {
	struct db_stmt head;
	sqlite3_stmt *h;
	int nargs;
	bool fresh;                    /* stands on the first row, which nobody has asked for yet */
	bool done;
};

static struct sqlite *self(const struct db *db)
{
	return (struct sqlite *)db;
}

static struct sqlite_stmt *stmt(const struct db_stmt *st)
{
	return (struct sqlite_stmt *)st;
}

/* ---- errors ---- */

/* What the system said to the failed call. SQLite keeps it for the connection, but not of a COMMIT: then
 * the write-ahead log or the file itself know. */
static int errno_of(const struct sqlite *s)
{
	int no = sqlite3_system_errno(s->h);
	sqlite3_file *wal = NULL;

	if (!no)
		sqlite3_file_control(s->h, NULL, SQLITE_FCNTL_JOURNAL_POINTER, &wal);
	if (wal && wal->pMethods)
		wal->pMethods->xFileControl(wal, SQLITE_FCNTL_LAST_ERRNO, &no);
	if (!no)
		sqlite3_file_control(s->h, NULL, SQLITE_FCNTL_LAST_ERRNO, &no);
	return no;
}

static bool is_full(const struct sqlite *s, int rc)
{
	int no = (rc & 0xFF) == SQLITE_IOERR ? errno_of(s) : 0;

	return (rc & 0xFF) == SQLITE_FULL || no == ENOSPC || no == EDQUOT || no == EFBIG;
}

enum err_code sqlite_fail(const struct sqlite *s, int rc, const char *what, struct err *err)
{
	const char *text = sqlite3_errmsg(s->h);
	int no = errno_of(s);

	if (is_full(s, rc))
		return fail(err, ERR_IO, "%s: disk is full", s->path);
	switch (rc & 0xFF) {
	case SQLITE_CONSTRAINT:
		if (rc == SQLITE_CONSTRAINT_DATATYPE)
			break;
		return fail(err, ERR_CONFLICT, "%s: a rule of the database forbids it: %s", what, text);
	case SQLITE_IOERR:
		errno = no ? no : EIO;
		return fail_errno(err, "%s: reading or writing failed (SQLite %d)", s->path, rc);
	case SQLITE_CANTOPEN:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		errno = no ? no : EACCES;
		return fail_errno(err, "%s: cannot be opened", s->path);
	case SQLITE_READONLY:
		return fail(err, ERR_IO, "%s: may only be read", s->path);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return fail(err, ERR_BUSY, "%s: another program is writing; try again", s->path);
	case SQLITE_CORRUPT:
		return fail(err, ERR_DAMAGED, "%s: the database is damaged: %s", s->path, text);
	case SQLITE_NOTADB:
		return fail(err, ERR_DAMAGED, "%s: not a database of SQLite, or its first page is damaged",
			s->path);
	case SQLITE_TOOBIG:
		return fail(err, ERR_LIMIT, "%s: a value is too long for the database", what);
	case SQLITE_NOMEM:
		BUG("out of memory");
	}
	return fail(err, ERR_DB, "%s: refused by the database: %s", what, text);
}

/* ---- statements ---- */

static enum err_code prepare(struct db *db, const struct sql *sql, const char *text, struct db_stmt **out,
	struct err *err)
{
	struct sqlite *s = self(db);
	struct sqlite_stmt *st;
	sqlite3_stmt *h;
	const char *tail;
	int rc = sqlite3_prepare_v3(s->h, text, -1, sql ? SQLITE_PREPARE_PERSISTENT : 0, &h, &tail);

	if (rc != SQLITE_OK)
		return sqlite_fail(s, rc, sql ? sql->name : "query", err);
	if (!h || !str_blank(str_c(tail)))
		BUG("%s: not exactly one statement", sql ? sql->name : text);
	st = calloc(1, sizeof *st);
	if (!st)
		BUG("out of memory");
	st->head.sql = sql;
	st->h = h;
	st->nargs = sqlite3_bind_parameter_count(h);
	*out = &st->head;
	return OK;
}

static void unprepare(struct db *db, struct db_stmt *st)
{
	sqlite3_finalize(stmt(st)->h);
	free(st);
}

static enum err_code bind(struct sqlite *s, struct sqlite_stmt *st, const struct val *args, size_t n,
	sqlite3_destructor_type life, struct err *err)
{
	int rc = SQLITE_OK;

	if ((int)n != st->nargs)
		BUG("%s: %zu arguments, the statement has %d", db_stmt_name(&st->head), n, st->nargs);
	for (int i = 0; i < (int)n && rc == SQLITE_OK; i++) {
		const struct val *v = &args[i];
		const char *p = v->s.n ? v->s.p : "";      /* SQLite takes NULL for null, not for empty */

		switch (v->kind) {
		case VAL_NULL:
			rc = sqlite3_bind_null(st->h, i + 1);
			break;
		case VAL_INT:
			rc = sqlite3_bind_int64(st->h, i + 1, v->i);
			break;
		case VAL_TEXT:
			if (memchr(p, 0, v->s.n))
				return fail(err, ERR_INPUT, "%s: a text with a zero byte cannot be stored",
					db_stmt_name(&st->head));
			rc = sqlite3_bind_text64(st->h, i + 1, p, v->s.n, life, SQLITE_UTF8);
			break;
		case VAL_BLOB:
			rc = sqlite3_bind_blob64(st->h, i + 1, p, v->s.n, life);
			break;
		}
	}
	return rc == SQLITE_OK ? OK : sqlite_fail(s, rc, db_stmt_name(&st->head), err);
}

static enum err_code run(struct db *db, struct db_stmt *dst, const struct val *args, size_t n,
	struct err *err)
{
	struct sqlite *s = self(db);
	struct sqlite_stmt *st = stmt(dst);
	sqlite3_int64 before = sqlite3_total_changes64(s->h);
	int rc;

	TRY(bind(s, st, args, n, SQLITE_STATIC, err));
	do
		rc = sqlite3_step(st->h);
	while (rc == SQLITE_ROW);
	if (rc != SQLITE_DONE)
		sqlite_fail(s, rc, db_stmt_name(dst), err);
	sqlite3_reset(st->h);
	if (rc != SQLITE_DONE)
		return err->code;
	/* sqlite3_changes keeps its value where a statement changes nothing at all */
	db->changes = sqlite3_total_changes64(s->h) == before ? 0 : sqlite3_changes64(s->h);
	return OK;
}

static bool step(struct sqlite *s, struct sqlite_stmt *st, struct err *err)
{
	int rc = sqlite3_step(st->h);

	if (rc == SQLITE_ROW)
		return true;
	st->done = true;
	if (rc != SQLITE_DONE)
		sqlite_fail(s, rc, db_stmt_name(&st->head), err);
	sqlite3_reset(st->h);      /* at once: readers at rest don't hold a checkpoint up */
	return false;
}

static enum err_code query(struct db *db, struct db_stmt *dst, const struct val *args, size_t n,
	struct err *err)
{
	struct sqlite_stmt *st = stmt(dst);

	TRY(bind(self(db), st, args, n, SQLITE_TRANSIENT, err));
	st->done = false;
	st->fresh = step(self(db), st, err);
	return err->code;
}

static bool next(struct db *db, struct db_stmt *dst, struct err *err)
{
	struct sqlite_stmt *st = stmt(dst);

	if (st->fresh) {
		st->fresh = false;
		return true;
	}
	return !st->done && step(self(db), st, err);
}

static void end(struct db *db, struct db_stmt *st)
{
	sqlite3_reset(stmt(st)->h);
}

static int cols(const struct db_stmt *st)
{
	return sqlite3_column_count(stmt(st)->h);
}

static enum val_kind kind_at(const struct db_stmt *st, int col)
{
	switch (sqlite3_column_type(stmt(st)->h, col)) {
	case SQLITE_INTEGER: return VAL_INT;
	case SQLITE_TEXT:    return VAL_TEXT;
	case SQLITE_BLOB:    return VAL_BLOB;
	case SQLITE_NULL:    return VAL_NULL;
	}
	BUG("%s: column %d is a floating-point number", db_stmt_name(st), col);
}

static int64_t int_at(const struct db_stmt *st, int col)
{
	return sqlite3_column_int64(stmt(st)->h, col);
}

static struct str text_at(const struct db_stmt *st, int col)
{
	const char *p = sqlite3_column_blob(stmt(st)->h, col);

	return p ? (struct str){p, (size_t)sqlite3_column_bytes(stmt(st)->h, col)} : S("");
}

static enum err_code exec(struct db *db, const char *text, struct err *err)
{
	struct sqlite *s = self(db);
	int rc = sqlite3_exec(s->h, text, NULL, NULL, NULL);

	return rc == SQLITE_OK ? OK : sqlite_fail(s, rc, "database", err);
}

/* ---- transactions ---- */

static const struct sql begin = {"begin immediate", "begin", __FILE__};
static const struct sql begin_reader = {"begin", "begin", __FILE__};
static const struct sql commit = {"commit", "commit", __FILE__};
static const struct sql rollback = {"rollback", "rollback", __FILE__};
static const struct sql save = {"savepoint s", "save", __FILE__};
static const struct sql keep = {"release s", "keep", __FILE__};
static const struct sql undo = {"rollback to s", "undo", __FILE__};

static enum err_code run_tx(struct sqlite *s, const struct sql *sql, struct err *err)
{
	struct db_stmt *st;

	TRY(db_stmt_get(&s->db, sql, &st, err));
	return run(&s->db, st, NO_ARGS, err);
}

enum err_code sqlite_checkpoint(struct sqlite *s, int mode, struct err *err)
{
	int rc = sqlite3_wal_checkpoint_v2(s->h, NULL, mode, NULL, NULL);

	if (rc == SQLITE_OK || (rc & 0xFF) == SQLITE_BUSY) /* readers in the way: next time */
		return OK;
	/* After a failed fsync the system may have dropped what it could not write: never tried again. */
	s->broken = (rc & 0xFF) == SQLITE_IOERR && !is_full(s, rc);
	return sqlite_fail(s, rc, "checkpoint", err);
}

static enum err_code checkpoint_now(struct db *db, struct err *err)
{
	return sqlite_checkpoint(self(db), SQLITE_CHECKPOINT_TRUNCATE, err);
}

static enum err_code do_commit(struct sqlite *s, struct err *err)
{
	struct err later = {0};

	if (sqlite3_get_autocommit(s->h))
		return fail(err, ERR_IO, "%s: an earlier error has undone the transaction", s->path);
	TRY(run_tx(s, &commit, err));
	if ((int64_t)s->wal_pages * s->page_size > WAL_BYTES)
		sqlite_checkpoint(s, SQLITE_CHECKPOINT_PASSIVE,
			&later);   /* the commit is safe whatever this says */
	return OK;
}

static enum err_code tx(struct db *db, enum db_tx op, struct err *err)
{
	struct sqlite *s = self(db);

	switch (op) {
	case TX_BEGIN:
		if (s->broken)
			return fail(err, ERR_IO, "%s: the disk failed; nothing is written until a restart",
				s->path);
		return run_tx(s, db->opt.read_only ? &begin_reader : &begin, err);
	case TX_COMMIT:
		return do_commit(s, err);
	case TX_ROLLBACK:
		return sqlite3_get_autocommit(s->h) ? OK : run_tx(s, &rollback, err);
	case TX_SAVE:
		return run_tx(s, &save, err);
	case TX_KEEP:
		return run_tx(s, &keep, err);
	case TX_UNDO:
		if (sqlite3_get_autocommit(s->h))
			return fail(err, ERR_IO, "%s: an earlier error has undone the transaction", s->path);
		TRY(run_tx(s, &undo, err));
		return run_tx(s, &keep, err);
	}
	BUG("transaction step %d", (int)op);
}

static enum err_code set_version(struct db *db, int n, const char *name, struct err *err)
{
	char text[96];

	snprintf(text, sizeof text, "pragma application_id = %d; pragma user_version = %d",
		SQLITE_APPLICATION, n);
	return exec(db, text, err);
}

static const struct sql tables = {
	"select m.name, c.name, c.pk from sqlite_schema m, pragma_table_info(m.name) c "
	"where m.type = 'table' and substr(m.name, 1, length(?1)) = ?1 order by m.name, c.cid",
	"tables", __FILE__,
};

const struct db_driver sqlite_driver = {
	.kind = DB_SQLITE, .close = sqlite_done, .prepare = prepare, .unprepare = unprepare, .run = run,
		.query = query,
	.next = next, .end = end, .cols = cols, .kind_at = kind_at, .int_at = int_at, .text_at = text_at,
	.exec = exec, .tx = tx, .checkpoint = checkpoint_now, .tables = &tables,
	.version = "select user_version, application_id = 0 and exists (select 1 from sqlite_schema) "
		"from pragma_user_version, pragma_application_id",
	.set_version = set_version,
};
