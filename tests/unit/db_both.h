/*
 * What tests of db/ share: each case runs on SQLite (a file in a temporary folder) and on PostgreSQL (a
 * schema of its own in the database that ZEREN_TEST_PG names). Without ZEREN_TEST_PG the PostgreSQL half
 * fails; with ZEREN_SKIP_PG=1 it is skipped.
 */
#ifndef TESTS_DB_BOTH_H
#define TESTS_DB_BOTH_H

#include "unit.h"

#include "base/file.h"
#include "base/buf.h"
#include "base/date.h"
#include "db/db.h"

#include <stdio.h>
#include <unistd.h>

struct fixture {
	enum db_kind kind;
	const char *pg;          /* NULL: none, the case is skipped */
	char dir[32];
	const char *where, *schema;
	struct arena arena;
	struct db *db;
	struct err err;
};

static struct err no_err = {.lang = LANG_EN};

static bool in_child;      /* a process that a test has made: it ends, and must not go on with other tests */

static inline void db_stop(int line)
{
	if (in_child)
		_exit(1);
	_fail(__FILE__, line);
}

#define okay(call, err_) \
	do { \
		if ((call) != OK) { \
			print_error("%s:%d: %s\n", __FILE__, __LINE__, (err_)->text); \
			db_stop(__LINE__); \
		} \
	} while (0)

/* The call fails with that code, and the message says that; err is clear afterwards. */
#define refused(call, code_, says, err_) \
	do { \
		enum err_code got_ = (call); \
		if (got_ != (code_) || (err_)->code != got_ || !strstr((err_)->text, says)) { \
			print_error("%s:%d: %s: %s\n", __FILE__, __LINE__, err_name(got_), (err_)->text); \
			db_stop(__LINE__); \
		} \
		err_clear(err_); \
	} while (0)

static inline void run_text(struct db *db, const char *fmt, const char *a)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 16);
	struct err err = no_err;

	buf_printf(&b, fmt, a, a);
	okay(db_exec(db, buf_str(&b).p, &err), &err);
}

/* Another connection to the same tables. */
static inline struct db *connect_to(const struct fixture *f, struct db_opt opt)
{
	struct err err = no_err;
	struct db *db;

	okay(db_open(f->where, opt, &db, &err), &err);
	if (f->schema)
		run_text(db, "set search_path to %s", f->schema);
	return db;
}

/* Nothing durable on PostgreSQL: the server of the tests runs without fsync. */
static inline struct db_opt usual(const struct fixture *f)
{
	return (struct db_opt){.scratch = f->kind == DB_POSTGRES};
}

static inline int fixture_open(void **state)
{
	static struct fixture fixture;
	static int number;
	struct fixture *f = &fixture;
	const char *skip = getenv("ZEREN_SKIP_PG");
	enum db_kind kind = *(const enum db_kind *)*state;

	*f = (struct fixture){.kind = kind, .err = no_err};
	*state = f;
	f->pg = kind == DB_POSTGRES ? getenv("ZEREN_TEST_PG") : NULL;
	if (kind == DB_POSTGRES && !f->pg && !(skip && !strcmp(skip, "1"))) {
		print_error("ZEREN_TEST_PG is not set (ZEREN_SKIP_PG=1 to go without PostgreSQL)\n");
		return -1;
	}
	snprintf(f->dir, sizeof f->dir, "/tmp/zeren-db-XXXXXX");
	if (!mkdtemp(f->dir))
		return -1;
	if (kind == DB_SQLITE) {
		f->where = arena_printf(&f->arena, "%s/a.db", f->dir).p;
		f->db = connect_to(f, usual(f));
		return 0;
	}
	if (!f->pg)
		return 0;
	f->where = f->pg;
	f->schema = arena_printf(&f->arena, "t_%d_%d", (int)getpid(), number++).p;
	okay(db_open(f->where, usual(f), &f->db, &f->err), &f->err);
	run_text(f->db, "create schema %s; set search_path to %s", f->schema);
	return 0;
}

static inline int fixture_close(void **state)
{
	struct fixture *f = *state;
	struct err err = no_err;
	struct db *db;

	db_close(&f->db);
	if (f->pg) {
		okay(db_open(f->where, usual(f), &db, &err), &err);
		run_text(db, "drop schema %s cascade", f->schema);
		db_close(&db);
	}
	arena_free(&f->arena);
	okay(file_remove_tree(f->dir, &err), &err);
	return 0;
}

static inline struct fixture *fixture_of(void **state)
{
	struct fixture *f = *state;

	if (!f->db)
		_skip(__FILE__, __LINE__);
	return f;
}

/* Statements of a test: not in the program's list. */
#define T(name_, text_) static const struct sql name_ = {text_, #name_, __FILE__}

/* DDL with the tokens bigint, text, blob. */
static inline void ddl(struct fixture *f, const char *text)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 16);
	bool sqlite = f->kind == DB_SQLITE;
	struct str rest = str_c(text), part;

	while (str_cut(&rest, sqlite ? S("bigint") : S("blob"), &part)) {
		buf_put(&b, part);
		if (rest.p)
			buf_put(&b, sqlite ? S("integer") : S("bytea"));
	}
	if (sqlite)
		buf_put(&b, S(" strict"));
	okay(db_exec(f->db, buf_str(&b).p, &f->err), &f->err);
}

static inline int64_t number_of(struct db *db, const char *text)
{
	CLEANUP(query_done) struct query q = {0};
	struct err err = no_err;

	okay(db_query_text(db, text, &q, &err), &err);
	assert_true(query_next(&q, &err));
	return query_int(&q, 0);
}

static const enum db_kind both_kinds[] = {DB_SQLITE, DB_POSTGRES};
#define ON_SQLITE(fn)   {"sqlite: " #fn, fn, fixture_open, fixture_close, (void *)&both_kinds[0]}
#define ON_POSTGRES(fn) {"postgres: " #fn, fn, fixture_open, fixture_close, (void *)&both_kinds[1]}
#define ON_BOTH(fn)     ON_SQLITE(fn), ON_POSTGRES(fn)

#endif
