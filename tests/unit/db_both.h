/*
 * What tests of db/ share: each case runs on SQLite (a file in a temporary folder) and on PostgreSQL (a schema
 * of its own in the database that ZEREN_TEST_PG names). Without ZEREN_TEST_PG the PostgreSQL half fails; with
 * ZEREN_SKIP_PG=1 it is skipped.
 */
#ifndef TESTS_DB_BOTH_H
#define TESTS_DB_BOTH_H

#include "unit.h"

#include "base/file.h"
#include "db/db.h"

#include <stdio.h>
#include <unistd.h>

struct fixture {
	enum db_kind kind;
	const char *pg;          /* NULL: none, the case is skipped */
	char dir[64];
	char where[256], schema[64];
	struct db *db;
	struct err err;
};

static struct err no_err = {.lang = LANG_EN};

#define okay(call, err_) \
	do { \
		if ((call) != OK) { \
			print_error("%s:%d: %s\n", __FILE__, __LINE__, (err_)->text); \
			_fail(__FILE__, __LINE__); \
		} \
	} while (0)

/* The call fails with that code, and the message says that; err is clear afterwards. */
#define refused(call, code_, says, err_) \
	do { \
		enum err_code got_ = (call); \
		if (got_ != (code_) || (err_)->code != got_ || !strstr((err_)->text, says)) { \
			print_error("%s:%d: %s: %s\n", __FILE__, __LINE__, err_name(got_), (err_)->text); \
			_fail(__FILE__, __LINE__); \
		} \
		err_clear(err_); \
	} while (0)

/* Another connection to the same tables. */
static struct db *connect_to(const struct fixture *f, struct db_opt opt)
{
	struct err err = no_err;
	struct db *db;
	char text[160];

	okay(db_open(f->where, opt, &db, &err), &err);
	if (f->kind == DB_POSTGRES) {
		snprintf(text, sizeof text, "set search_path to %s", f->schema);
		okay(db_exec(db, text, &err), &err);
	}
	return db;
}

/* Nothing durable on PostgreSQL: the server of the tests runs without fsync. */
static struct db_opt usual(const struct fixture *f)
{
	return (struct db_opt){.scratch = f->kind == DB_POSTGRES};
}

static int fixture_open(void **state)
{
	static struct fixture fixture;
	static int number;
	struct fixture *f = &fixture;
	const char *skip = getenv("ZEREN_SKIP_PG");
	enum db_kind kind = *(const enum db_kind *)*state;
	char text[160];

	*f = (struct fixture){.kind = kind, .err = no_err};
	*state = f;
	snprintf(f->dir, sizeof f->dir, "/tmp/zeren-db-XXXXXX");
	if (!mkdtemp(f->dir))
		return -1;
	if (kind == DB_SQLITE) {
		snprintf(f->where, sizeof f->where, "%s/a.db", f->dir);
		f->db = connect_to(f, usual(f));
		return 0;
	}
	f->pg = getenv("ZEREN_TEST_PG");
	if (!f->pg) {
		if (skip && !strcmp(skip, "1"))
			return 0;
		print_error("ZEREN_TEST_PG is not set (ZEREN_SKIP_PG=1 to go without PostgreSQL)\n");
		return -1;
	}
	snprintf(f->where, sizeof f->where, "%s", f->pg);
	snprintf(f->schema, sizeof f->schema, "t_%d_%d", (int)getpid(), number++);
	okay(db_open(f->where, usual(f), &f->db, &f->err), &f->err);
	snprintf(text, sizeof text, "create schema %s; set search_path to %s", f->schema, f->schema);
	okay(db_exec(f->db, text, &f->err), &f->err);
	return 0;
}

static int fixture_close(void **state)
{
	struct fixture *f = *state;
	struct err err = no_err;
	struct db *db;
	char text[160];

	db_close(&f->db);
	if (f->pg) {
		okay(db_open(f->where, usual(f), &db, &err), &err);
		snprintf(text, sizeof text, "drop schema %s cascade", f->schema);
		okay(db_exec(db, text, &err), &err);
		db_close(&db);
	}
	okay(file_remove_tree(f->dir, &err), &err);
	return 0;
}

static struct fixture *fixture_of(void **state)
{
	struct fixture *f = *state;

	if (!f->db)
		_skip(__FILE__, __LINE__);
	return f;
}

/* Statements of a test: not in the program's list. */
#define T(name_, text_) static const struct sql name_ = {text_, #name_, __FILE__}

/* DDL with the tokens bigint, text, blob. */
static void ddl(struct fixture *f, const char *text)
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

static int64_t number_of(struct db *db, const char *text)
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
