/* What tests of schemes, records and duties share: a folder and, where the test asks for one, a log of its own with every kind the
 * program knows, on SQLite or in a schema of the PostgreSQL database of ZEREN_TEST_PG. Without it that half
 * fails; with ZEREN_SKIP_PG=1 it is left out. */
#ifndef TESTS_OFFICE_WORLD_H
#define TESTS_OFFICE_WORLD_H

#include "unit.h"

#include "base/buf.h"
#include "base/file.h"
#include "cli/cli.h"
#include "log/object.h"
#include "log/verify.h"
#include "record/adopt.h"
#include "record/facts.h"
#include "record/import.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#define CASE "examples/district-office-2022/"
#define FLUNK(...) \
	do { \
		print_error(__VA_ARGS__); \
		print_error("\n"); \
		_fail(__FILE__, __LINE__); \
	} while (0)

struct fix {
	struct arena a;
	struct err err;
	char dir[64];              /* DIR/log is the data directory */
	const char *where;         /* NULL: SQLite */
	struct log *log;
	struct scheme scheme;
};

#define ok(f, call) \
	do { \
		enum err_code ok_ = (call); \
		if (ok_ != OK) \
			FLUNK("%s:%d: %s: %s", __FILE__, __LINE__, err_name(ok_), (f)->err.text); \
	} while (0)

/* The call fails with that code, and the text holds the words. */
#define refused(f, call, code_, words) \
	do { \
		enum err_code got_ = (call); \
		if (got_ != (code_) || !strstr((f)->err.text, words)) \
			FLUNK("%s:%d: %s '%s', not %s '%s'", __FILE__, __LINE__, err_name(got_), (f)->err.text, \
				err_name(code_), words); \
		err_clear(&(f)->err); \
	} while (0)

#define same(a_, b_) \
	do { \
		struct str sa_ = (a_), sb_ = (b_); \
		if (!str_eq(sa_, sb_)) \
			FLUNK("%s:%d: '" STR_FMT "' is not '" STR_FMT "'", __FILE__, __LINE__, STR_ARG(sa_), STR_ARG(sb_)); \
	} while (0)

static inline int setup_plain(void **state)
{
	struct fix *f = calloc(1, sizeof *f);

	*state = f;
	f->err.lang = LANG_EN;
	snprintf(f->dir, sizeof f->dir, "/tmp/zeren-office-XXXXXX");
	return mkdtemp(f->dir) ? 0 : -1;
}

static inline const char *path_in(struct fix *f, const char *name)
{
	return path_join(&f->a, str_c(f->dir), str_c(name)).p;
}

/* Scratch: these tests are not about durability. */
static inline struct log_opt log_options(void)
{
	return (struct log_opt){.kinds = cli_kinds(), .scratch = true};
}

static inline int setup_sqlite(void **state)
{
	struct fix *f;

	if (setup_plain(state))
		return -1;
	f = *state;
	ok(f, log_create(path_in(f, "log"), NULL, log_options(), &f->log, &f->err));
	return 0;
}

static inline const char *pg_name(void)
{
	const char *where = getenv("ZEREN_TEST_PG");

	if (!where || !*where)
		FLUNK("ZEREN_TEST_PG is not set (./dev pg); ZEREN_SKIP_PG=1 leaves PostgreSQL out");
	return where;
}

/* A schema of its own, so that tests may run side by side. */
static inline void schema(struct fix *f, const char *verb, const char *more)
{
	CLEANUP(db_close) struct db *db = NULL;

	ok(f, db_open(pg_name(), (struct db_opt){.scratch = true}, &db, &f->err));
	ok(f, db_exec(db, arena_printf(&f->a, "%s schema test_office_%d%s", verb, (int)getpid(), more).p, &f->err));
}

static inline int setup_pg(void **state)
{
	struct fix *f;

	if (setup_plain(state))
		return -1;
	f = *state;
	schema(f, "create", "");
	f->where = arena_printf(&f->a, "%s options='-c search_path=test_office_%d'", pg_name(), (int)getpid()).p;
	ok(f, log_create(path_in(f, "log"), f->where, log_options(), &f->log, &f->err));
	return 0;
}

static inline int teardown(void **state)
{
	struct fix *f = *state;
	struct err ignored = {0};

	err_clear(&f->err);
	log_close(&f->log);
	if (f->where)
		schema(f, "drop", " cascade");
	file_remove_tree(f->dir, &ignored);
	arena_free(&f->a);
	free(f);
	return 0;
}

#define PLAIN(fn)    {#fn, fn, setup_plain, teardown, NULL}
#define ON_SQLITE(fn) {"sqlite: " #fn, fn, setup_sqlite, teardown, NULL}
#define ON_PG(fn)    {"postgres: " #fn, fn, setup_pg, teardown, NULL}
#define ON_BOTH(fn)  ON_SQLITE(fn), ON_PG(fn)

/* Runs a plan, without PostgreSQL where it is not wanted. */
static inline int run_plan(const char *name, struct CMUnitTest *tests, size_t n)
{
	const char *skip = getenv("ZEREN_SKIP_PG");
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		if (!skip || strcmp(skip, "1") != 0 || tests[i].setup_func != setup_pg)
			tests[k++] = tests[i];
	return _cmocka_run_group_tests(name, tests, k, NULL, NULL);
}

/* ---- schemes, files, the log ---- */

static inline void put_file(struct fix *f, const char *name, const char *text)
{
	struct str path = path_join(&f->a, str_c(f->dir), str_c(name)), base = path_base(path);

	ok(f, file_mkdirs(arena_str(&f->a, (struct str){path.p, path.n - base.n - 1}).p, &f->err));
	ok(f, file_write(path.p, str_c(text), &f->err));
}

static inline enum err_code write_scheme(struct tx *tx, void *ctx, struct err *err)
{
	const void *const *x = ctx;

	return scheme_adopt(tx, x[0], x[1], err);
}

/* Reads a scheme and puts it in force, for past years too. */
static inline void adopt_scheme(struct fix *f, struct str text)
{
	struct adoption how;
	const void *x[] = {&f->scheme, &how};

	f->scheme = (struct scheme){0};
	ok(f, scheme_read(&f->a, text, &f->scheme, &f->err));
	ok(f, scheme_store(objects_of(f->log), &f->a, &f->scheme, &how, &f->err));
	date_make(1900, 1, 1, &how.from);        /* in every year */
	ok(f, log_write(f->log, S("张一"), S("test"), write_scheme, x, &f->err));
}

static inline void adopt_file(struct fix *f, const char *path)
{
	struct str text;

	ok(f, file_read(&f->a, path, 1 << 20, &text, &f->err));
	adopt_scheme(f, text);
}
#define SMALL "tests/unit/small.yaml"

/* No finding in a deep verify. */
static inline void sound(struct fix *f)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct verify_result r;

	ok(f, log_verify(f->log, &a, VERIFY_DEEP, NULL, NULL, &r, &f->err));
	if (r.nfindings)
		FLUNK("%s", r.findings[0].what.p);
}

static inline int64_t size_of(struct fix *f)
{
	return log_size(f->log);
}

/* Imports of 2022 from files below the test's folder; NULL ends the names. */
static inline void read_files(struct fix *f, const char *const *names, const char *evidence, struct import *im)
{
	struct import_opt opt = {.year = 2022, .lang = LANG_EN, .evidence = evidence ? path_in(f, evidence) : NULL};
	struct str paths[32];
	size_t n = 0;

	for (; names[n]; n++)
		paths[n] = str_c(path_in(f, names[n]));
	ok(f, import_read(&f->a, &f->scheme, paths, n, opt, im, &f->err));
	ok(f, import_compare(im, log_db(f->log), &f->err));
}
#define NAMES(...) (const char *const[]){__VA_ARGS__, NULL}

static inline struct id accept_all(struct fix *f, struct import *im, bool partial)
{
	struct id id;

	ok(f, import_accept(im, f->log, S("张一"), S("test"), partial, &id, &f->err));
	return id;
}

static inline enum err_code undo(struct fix *f, struct id import)
{
	return import_undo(f->log, &f->scheme, import, S("试"), S("张一"), S("test"), &f->err);
}

/* ---- what the tables hold ---- */

static inline void dump_value(struct buf *b, const struct query *q, int col)
{
	enum val_kind kind = query_kind(q, col);
	struct str s = kind == VAL_TEXT || kind == VAL_BLOB ? query_text(q, col) : STR_NONE;

	switch (kind) {
	case VAL_NULL:
		buf_putc(b, '~');
		break;
	case VAL_INT:
		buf_printf(b, "%" PRId64, query_int(q, col));
		break;
	case VAL_TEXT:
		buf_printf(b, "'" STR_FMT "'", STR_ARG(s));
		break;
	case VAL_BLOB:
		for (size_t i = 0; i < s.n; i++)
			buf_printf(b, "%02x", (unsigned char)s.p[i]);
	}
}

/* The rows of a query as text, one a line. */
static inline struct str rows_of(struct fix *f, struct arena *a, struct db *db, const char *text)
{
	CLEANUP(query_done) struct query q = {0};
	CLEANUP(buf_free) struct buf b = BUF_MAX(512 << 20);

	ok(f, db_query_text(db, text, &q, &f->err));
	while (query_next(&q, &f->err)) {
		for (int i = 0; i < query_cols(&q); i++) {
			buf_printf(&b, "%s", i ? " " : "");
			dump_value(&b, &q, i);
		}
		buf_putc(&b, '\n');
	}
	ok(f, f->err.code);
	assert_false(b.over);
	return arena_str(a, buf_str(&b));
}

/* Every row of every projection, in the order of the keys: alike on both databases. */
static inline struct str dump_tables(struct fix *f, struct arena *a, struct db *db)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(512 << 20);
	struct db_table *t;
	size_t n;

	ok(f, db_tables(db, a, S("p_"), &t, &n, &f->err));
	for (size_t i = 0; i < n; i++) {
		struct str cols = STR_NONE, keys = STR_NONE;

		for (size_t k = 0; k < t[i].ncols; k++)
			cols = arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(cols), k ? ", " : "", STR_ARG(t[i].cols[k].name));
		for (int place = 1; place <= 8; place++)
			for (size_t k = 0; k < t[i].ncols; k++)
				if (t[i].cols[k].key == place)
					keys = arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(keys), keys.n ? ", " : "",
						STR_ARG(t[i].cols[k].name));
		buf_printf(&b, "== " STR_FMT "\n", STR_ARG(t[i].name));
		buf_put(&b, rows_of(f, a, db, arena_printf(a, "select " STR_FMT " from " STR_FMT " order by " STR_FMT,
			STR_ARG(cols), STR_ARG(t[i].name), STR_ARG(keys)).p));
	}
	assert_false(b.over);
	return arena_str(a, buf_str(&b));
}

/* The same, or the first line that differs. */
#define same_dump(a_, b_) \
	do { \
		struct str da_ = (a_), db_ = (b_); \
		size_t at_ = 0; \
		while (at_ < da_.n && at_ < db_.n && da_.p[at_] == db_.p[at_]) \
			at_++; \
		if (at_ < da_.n || at_ < db_.n) { \
			size_t from_ = at_ > 200 ? at_ - 200 : 0; \
			FLUNK("%s:%d: the tables differ at byte %zu:\n%.300s\nand\n%.300s", __FILE__, __LINE__, at_, \
				da_.p + from_, db_.p + from_); \
		} \
	} while (0)

static inline struct date day(const char *text)
{
	struct date d = DATE_NONE;

	assert_true(!text || date_parse(str_c(text), &d));
	return d;
}

#endif
