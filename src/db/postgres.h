/* Inside of db/: the PostgreSQL connection, shared by postgres.c (statements) and postgres_open.c (settings).
 *
 * Values travel in binary in both directions: int8, text, bytea. A statement is prepared on the server with
 * the types of the arguments it is called with, so that a number given where a text stands is an error; a
 * null has no type of its own and fits all. Rows of a query are taken from the server as they are asked for,
 * so that a walk over a big table needs no memory; when another statement runs meanwhile, the rest is read
 * ahead. */
#ifndef DB_POSTGRES_H
#define DB_POSTGRES_H

#include "db/driver.h"

#include <libpq-fe.h>

/* Numbers of types: the same in every PostgreSQL (catalog/pg_type.dat). */
enum pg_type {
	PG_BOOL = 16, PG_BYTEA = 17, PG_CHAR = 18, PG_NAME = 19, PG_INT8 = 20, PG_INT2 = 21, PG_INT4 = 23,
	PG_TEXT = 25, PG_VARCHAR = 1043,
};

struct pg;

/* A statement as prepared on the server for one row of argument types. */
struct pg_variant {
	struct pg_variant *next;
	char name[24];
	Oid types[DB_ARGS];
};

struct pg_stmt {
	struct db_stmt head;
	char *text;
	int nargs;
	struct pg_variant *variants;
	bool cols_known;

	/* the query under way */
	PGresult *rows;
	PGresult *now;       /* the row that others were read ahead of: its texts live until the next row */
	int at;
	bool fresh;          /* stands on the first row, which nobody has asked for yet */
	struct err late;     /* met while rows were read ahead */
};

/* Arguments as libpq takes them. */
struct pg_args {
	const char *p[DB_ARGS];
	int len[DB_ARGS], format[DB_ARGS];
	char number[DB_ARGS][8];
};

struct pg {
	struct db db;
	PGconn *c;
	char *name;               /* for messages: database and host, no password */
	unsigned long prepared;   /* names of statements on the server: s1, s2 … */
	struct pg_stmt *stream;   /* the query whose rows the connection is bringing */
};

extern const struct db_driver pg_driver;

/* Fills err with what the server or the connection said; r may be NULL. what: statement or step. */
enum err_code pg_fail(const struct pg *p, const PGresult *r, const char *what, struct err *err);

/* Closes and frees what postgres_open has made, complete or not. */
void pg_done(struct db *db);

/* ---- postgres_prepare.c ---- */

/* As in struct db_driver. */
enum err_code pg_prepare(struct db *db, const struct sql *sql, const char *text, struct db_stmt **out,
	struct err *err);
void pg_unprepare(struct db *db, struct db_stmt *st);
enum err_code pg_check(struct db *db, struct db_stmt *st, struct err *err);

/* The arguments for libpq, and the variant of the statement that takes them, prepared at first use. */
enum err_code pg_bind(struct pg *p, struct pg_stmt *st, const struct val *args, size_t n, struct pg_args *out,
	struct pg_variant **variant, struct err *err);

/* Every column an integer, text or bytes; looked at once. */
enum err_code pg_check_cols(struct pg_stmt *st, const PGresult *r, struct err *err);

/* Before another statement is sent: reads the rest of an open query ahead, in one block. */
void pg_make_ready(struct pg *p, enum lang lang);

static inline struct pg *pg_of(const struct db *db) { return (struct pg *)db; }
static inline struct pg_stmt *pg_stmt_of(const struct db_stmt *st) { return (struct pg_stmt *)st; }

#endif
