/* One interface over SQLite and PostgreSQL. Statements are written once, in the subset both read
 * (architecture §4): ?1, ?2 … in order of use or not, RETURNING, on conflict, CTEs, windows,
 * cast(sum(x) as bigint). What differs without an error: nulls sort first in SQLite, last in PostgreSQL, so
 * write "nulls first" or "nulls last" where a column can be null; and the backslash escapes in PostgreSQL's
 * like, so write "escape '\'" or compare with substr. An argument gets its type from the place where it
 * stands first: "(k = ?1 or ?1 is null)", not the other way round; or cast(?1 as bigint). */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/arena.h"
#include "base/err.h"

struct db;

/* A statement of the program. SQL() puts each into one list, so that a test can prepare every one on both
 * databases; it is prepared once a connection, at first use. */
struct sql {
	const char *text;
	const char *name;
	const char *file;
};
#define SQL(name_, text_) \
	static const struct sql name_ = {text_, #name_, __FILE__}; \
	__attribute__((used, section("zeren_sql"))) static const struct sql *const name_##_listed = &name_

/* Every statement of the program: calls fn for each; stops at the first false. */
void sql_each(bool (*fn)(void *ctx, const struct sql *sql), void *ctx);

enum db_kind { DB_SQLITE, DB_POSTGRES };

enum val_kind { VAL_NULL, VAL_INT, VAL_TEXT, VAL_BLOB };
struct val {
	enum val_kind kind;
	int64_t i;
	struct str s;      /* text (UTF-8) or bytes; not copied: must live until the call returns */
};
#define V_NULL    ((struct val){.kind = VAL_NULL})
#define V_INT(x)  ((struct val){.kind = VAL_INT, .i = (x)})
#define V_TEXT(x) ((struct val){.kind = VAL_TEXT, .s = (x)})
#define V_BLOB(x) ((struct val){.kind = VAL_BLOB, .s = (x)})
/* Dates are stored as days since 1970; no date is null. */
#define V_DATE(d) (date_is(d) ? V_INT((d).n) : V_NULL)
#define ARGS(...) (const struct val[]){__VA_ARGS__}, LEN(((const struct val[]){__VA_ARGS__}))
#define NO_ARGS   NULL, 0

struct db_opt {
	bool scratch;      /* SQLite: not durable (zeren try, deep verify); a writer keeps readers waiting */
	bool read_only;    /* a reader beside the writer */
};

/* where: a path (SQLite file, made when absent, mode 0600) or postgresql://… / "host=… dbname=…" (libpq).
 * SQLite: WAL, synchronous=FULL, foreign_keys, trusted_schema off, cell_size_check, DEFENSIVE, no extensions,
 * wal_autocheckpoint=0; each PRAGMA is read back and the start refused (ERR_DB) when it differs; network file
 * systems are refused (ERR_IO). ":memory:" is always scratch. PostgreSQL: version >= 13, UTF-8, text in the
 * order of bytes; fsync, full_page_writes, synchronous_commit (not for scratch, nor with ZEREN_FORCE_PG=1);
 * repeatable read. A connection is used by one thread at a time. */
enum err_code db_open(const char *where, struct db_opt opt, struct db **out, struct err *err);
void db_close(struct db **db);         /* for CLEANUP; NULL is fine. SQLite: checkpoints first */
enum db_kind db_kind(const struct db *db);

/* Applies the numbered migrations (sql/NNNN_name.sql, compiled in by tools/embed) that this database lacks,
 * each in one transaction. A database of a newer program is refused. Type tokens in the files: bigint, text,
 * blob (bytea in PostgreSQL); lines for one database stand between "-- only sqlite" or "-- only postgres" and
 * "-- both". */
enum err_code db_migrate(struct db *db, struct err *err);
/* Was it made by an older program, so that migrations are missing? False as well where that can't be told. */
bool db_behind(struct db *db);

/* SQLite: moves the write-ahead log into the file and empties it; PostgreSQL does that by itself. So does
 * db_close, and, as far as readers allow, a commit that leaves more than 16 MiB behind. */
enum err_code db_checkpoint(struct db *db, struct err *err);

/* Transactions, and savepoints inside them (one level). A failing PostgreSQL statement poisons its
 * transaction until db_undo or db_rollback. db_commit returns when the commit is durable; one that fails has
 * rolled back. db_rollback without a transaction does nothing. */
enum err_code db_begin(struct db *db, struct err *err);
enum err_code db_commit(struct db *db, struct err *err);
void db_rollback(struct db *db);
enum err_code db_save(struct db *db, struct err *err);      /* SAVEPOINT */
enum err_code db_keep(struct db *db, struct err *err);      /* RELEASE */
enum err_code db_undo(struct db *db, struct err *err);      /* ROLLBACK TO, RELEASE */

/* Runs a statement without rows (or drops them). ERR_CONFLICT on a unique or check breach, else ERR_DB. */
enum err_code db_run(struct db *db, const struct sql *sql, const struct val *args, size_t n, struct err *err);
int64_t db_asked(const struct db *db);     /* statements run on this connection since it was opened, for tests */
int64_t db_changes(const struct db *db);   /* rows the last db_run changed */

/* Prepares a statement without running it; on PostgreSQL also sees that each argument's type follows from its
 * place and that each column is an integer, text or bytea. For the test that walks sql_each. */
enum err_code db_prepare(struct db *db, const struct sql *sql, struct err *err);

/* Runs text that is not in the list: migrations, tests, DDL of scratch work. */
enum err_code db_exec(struct db *db, const char *text, struct err *err);

/* A query under way. Initialise with zero; CLEANUP(query_done) or run to the end. Only one at a time may be
 * open per statement and connection (BUG otherwise). Column values are valid until the next query_next, whatever else
 * is asked meanwhile.
 * Rows come as they are asked for: a walk needs no memory, unless another statement runs on the same
 * PostgreSQL connection meanwhile (the rest is then read ahead). */
struct query {
	struct db *db;
	void *h;           /* of the driver */
	int row;
};
enum err_code db_query(struct db *db, const struct sql *sql, const struct val *args, size_t n,
	struct query *q, struct err *err);
/* A query whose text is made at run time, from trusted pieces only (table dump of verify). */
enum err_code db_query_text(struct db *db, const char *text, struct query *q, struct err *err);
/* true: a row. false: the end, or an error (then err->code is set and the query is done). */
bool query_next(struct query *q, struct err *err);
void query_done(struct query *q);
int query_cols(const struct query *q);
bool query_null(const struct query *q, int col);         /* columns from 0 */
int64_t query_int(const struct query *q, int col);       /* 0 for null */
struct str query_text(const struct query *q, int col);   /* empty for null; text or bytes */
enum val_kind query_kind(const struct query *q, int col);

/* One row expected: like db_query + query_next; ERR_NOT_FOUND (no text of its own: "not found") when there is
 * none. The caller still calls query_done (CLEANUP). */
enum err_code db_one(struct db *db, const struct sql *sql, const struct val *args, size_t n, struct query *q,
	struct err *err);

/* Tables whose name begins with prefix, and their columns, both sorted by name resp. in order; for dumps. */
struct db_column {
	struct str name;
	int key;           /* place in the primary key from 1; 0 is none */
};
struct db_table {
	struct str name;
	size_t ncols;
	struct db_column *cols;
};
enum err_code db_tables(struct db *db, struct arena *a, struct str prefix, struct db_table **out, size_t *n,
	struct err *err);

#endif
