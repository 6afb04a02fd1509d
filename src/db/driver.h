/* Inside of db/: what each database brings, and what db.c keeps for both. Only db/ includes this. */
#ifndef DB_DRIVER_H
#define DB_DRIVER_H

#include "db/db.h"

enum { DB_ARGS = 64 };   /* arguments of one statement, at most */

/* Head of a driver's prepared statement. */
struct db_stmt {
	const struct sql *sql;   /* NULL: text made at run time, gone with its query */
	bool open;               /* a query is under way */
};

enum db_tx { TX_BEGIN, TX_COMMIT, TX_ROLLBACK, TX_SAVE, TX_KEEP, TX_UNDO };

struct db_driver {
	enum db_kind kind;
	void (*close)(struct db *db);

	/* sql may be NULL, then it is for one query of text. */
	enum err_code (*prepare)(struct db *db, const struct sql *sql, const char *text, struct db_stmt **out,
		struct err *err);
	void (*unprepare)(struct db *db, struct db_stmt *st);
	enum err_code (*check)(struct db *db, struct db_stmt *st,
		struct err *err);   /* NULL: prepare has checked */

	/* Sets db->changes. args live only until the return. */
	enum err_code (*run)(struct db *db, struct db_stmt *st, const struct val *args, size_t n,
		struct err *err);
	/* Runs up to the first row, so that a refusal shows here on both. */
	enum err_code (*query)(struct db *db, struct db_stmt *st, const struct val *args, size_t n,
		struct err *err);
	bool (*next)(struct db *db, struct db_stmt *st, struct err *err);
	void (*end)(struct db *db, struct db_stmt *st);

	int (*cols)(const struct db_stmt *st);
	enum val_kind (*kind_at)(const struct db_stmt *st, int col);
	int64_t (*int_at)(const struct db_stmt *st, int col);        /* of a value of kind VAL_INT */
	struct str (*text_at)(const struct db_stmt *st, int col);    /* of VAL_TEXT or VAL_BLOB */

	enum err_code (*exec)(struct db *db, const char *text, struct err *err);
	enum err_code (*tx)(struct db *db, enum db_tx op, struct err *err);
	enum err_code (*checkpoint)(struct db *db, struct err *err);         /* NULL: nothing to do */

	const struct sql *tables;        /* ?1 prefix: table, column, place in the key; in order */
	const char *migrate_lock;        /* run first in the transaction of a migration; may be NULL */
	const char *version;             /* query: number of the last migration,
		and 1 when the database is another's */
	enum err_code (*set_version)(struct db *db, int n, const char *name, struct err *err);
};

struct db_slot {
	const struct sql *sql;
	struct db_stmt *stmt;
};

/* Head of a driver's connection. */
struct db {
	const struct db_driver *driver;
	struct db_opt opt;
	int depth;               /* 0 no transaction, 1 inside one, 2 inside a savepoint */
	int64_t changes, asked;
	struct db_slot *slots;   /* prepared statements by the address of their struct sql */
	size_t nslots, nstmts;   /* nslots is a power of two */
};

/* The two halves of db_open. */
enum err_code sqlite_open(const char *path, struct db_opt opt, struct db **out, struct err *err);
enum err_code postgres_open(const char *where, struct db_opt opt, struct db **out, struct err *err);

/* The prepared statement of sql; prepares it at first use. */
enum err_code db_stmt_get(struct db *db, const struct sql *sql, struct db_stmt **out, struct err *err);
/* Forgets all prepared statements: after a change of tables, and before closing. */
void db_stmt_drop(struct db *db);

/* For messages. */
static inline const char *db_stmt_name(const struct db_stmt *st)
{
	return st->sql ? st->sql->name : "query";
}

/* A migration, made from sql/NNNN_name.sql by tools/embed; in order, ended by number 0. */
struct sql_file {
	int number;
	const char *name;        /* "0001_log" */
	const char *sqlite, *postgres;
};
extern const struct sql_file sql_files[];

#endif
