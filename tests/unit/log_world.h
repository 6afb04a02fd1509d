/* A log of its own for each test, on SQLite or PostgreSQL, with a few kinds of event that exist for tests
 * only. Included by test_log.c and test_verify.c. */
#ifndef TESTS_LOG_WORLD_H
#define TESTS_LOG_WORLD_H

#include "unit.h"

#include "base/file.h"
#include "log/log.h"
#include "log/object.h"
#include "log/verify.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

static struct {
	char dir[64];
	const char *where;           /* NULL: DIR/zeren.db */
	struct log *log;
	struct err err;
} W;

#define DIE(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

#define OKAY(call) \
	do { \
		if ((call) != OK) \
			DIE("%s: %s", #call, W.err.text); \
	} while (0)

/* The call must fail with that code and a text that holds the words. */
#define REFUSED(call, code_, words) \
	do { \
		assert_int_equal((call), (code_)); \
		assert_int_equal(W.err.code, (code_)); \
		if (!str_has(str_c(W.err.text), S(words))) \
			DIE("expected \"%s\" in: %s", words, W.err.text); \
		err_clear(&W.err); \
	} while (0)

/* ---- kinds ---- */

/* Statements of a test: not in the program's list. */
#define T(name_, text_) static const struct sql name_ = {text_, #name_, __FILE__}

T(test_insert, "insert into p_test (origin, seq, n, name) values (?1, ?2, ?3, ?4)");
T(test_update, "update p_test set n = ?3 where origin = ?1 and seq = ?2");
T(test_find, "select n from p_test where origin = ?1 and seq = ?2");
T(test_dump, "select origin, seq, n, name from p_test order by origin, seq");

static const char TABLES[] = "create table p_test (origin bigint not null, seq bigint not null, n bigint,"
	" name text not null, primary key (origin, seq))";

static enum err_code check_add(struct tx *tx, const struct event *e, struct err *err)
{
	if (str_is(node_text(e->data, S("name")), "refuse"))
		return fail(err, ERR_DENIED, "by rule");
	return OK;
}

static enum err_code apply_add(struct db *db, const struct event *e, struct err *err)
{
	struct node *n = NODE_GET(e->data, "n");

	return db_run(db, &test_insert, ARGS(V_ID(e->id), n ? V_INT(n->num) : V_NULL,
		V_TEXT(node_text(e->data, S("name")))), err);
}

static enum err_code check_set(struct tx *tx, const struct event *e, struct err *err)
{
	CLEANUP(query_done) struct query q = {0};

	return db_one(tx->db, &test_find, ARGS(V_ID(e->subject)), &q, err);
}

static enum err_code apply_set(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &test_update, ARGS(V_ID(e->subject), V_INT(node_int(e->data, S("n"), 0))), err);
}

/* A row that is there already: the database refuses, which poisons PostgreSQL's transaction. */
static enum err_code apply_bug(struct db *db, const struct event *e, struct err *err)
{
	TRY(db_run(db, &test_insert, ARGS(V_ID(e->id), V_NULL, V_TEXT(S("bug"))), err));
	return db_run(db, &test_insert, ARGS(V_ID(e->id), V_NULL, V_TEXT(S("bug"))), err);
}

static enum err_code apply_silent(struct db *db, const struct event *e, struct err *err)
{
	return ERR_DB;
}

static const struct event_field add_fields[] = {
	{"name", FIELD_TEXT, true}, {"n", FIELD_INT, false}, {"yes", FIELD_BOOL, false}, {"list",
		FIELD_LIST, false},
	{"map", FIELD_MAP, false}, {"day", FIELD_DATE, false}, {"digest", FIELD_DIGEST, false},
	{"id", FIELD_ID, false},
};
static const struct event_field set_fields[] = {{"n", FIELD_INT, true}};

static const struct event_kind test_kinds[] = {
	{.name = "test.add", .fields = add_fields, .nfields = LEN(add_fields), .check = check_add,
		.apply = apply_add},
	{.name = "test.set", .fields = set_fields, .nfields = LEN(set_fields), .on_subject = true,
		.check = check_set, .apply = apply_set},
	{.name = "test.mute", .fields = set_fields, .nfields = LEN(set_fields), .on_subject = true},
	{.name = "test.bug", .fields = set_fields, .nfields = LEN(set_fields), .apply = apply_bug},
	{.name = "test.silent", .fields = set_fields, .nfields = LEN(set_fields), .apply = apply_silent},
	{0},
};
static const struct event_kind *const KINDS[] = {test_kinds, NULL};

static struct log_opt options(void)
{
	return (struct log_opt){.kinds = KINDS, .tables = TABLES};
}

/* ---- open and close ---- */

static void create(struct log_opt opt)
{
	OKAY(log_create(W.dir, W.where, opt, &W.log, &W.err));
}

static void reopen(void)
{
	log_close(&W.log);
	OKAY(log_open(W.dir, options(), &W.log, &W.err));
}

/* The database itself, as somebody with the password and no program sees it. */
static struct db *raw_open(void)
{
	char path[128];
	struct db *db;

	snprintf(path, sizeof path, "%s/zeren.db", W.dir);
	OKAY(db_open(W.where ? W.where : path, (struct db_opt){0}, &db, &W.err));
	return db;
}

static inline void raw(const char *text)
{
	CLEANUP(db_close) struct db *db = raw_open();

	OKAY(db_exec(db, text, &W.err));
}

static int setup_sqlite(void **state)
{
	memset(&W, 0, sizeof W);
	W.err.lang = LANG_EN;
	snprintf(W.dir, sizeof W.dir, "/tmp/zlogXXXXXX");
	return mkdtemp(W.dir) ? 0 : -1;
}

static int setup_postgres(void **state)
{
	const char *where = getenv("ZEREN_TEST_PG");
	struct db *db;

	if (setup_sqlite(state))
		return -1;
	if (!where || !*where) {
		print_error("ZEREN_TEST_PG is not set (./dev pg); ZEREN_SKIP_PG=1 leaves PostgreSQL out\n");
		return -1;
	}
	setenv("ZEREN_FORCE_PG", "1", 1);      /* the server of the tests runs without fsync */
	if (db_open(where, (struct db_opt){0}, &db, &W.err) != OK ||
		db_exec(db,
		"set client_min_messages = warning; drop schema public cascade; create schema public",
			&W.err) != OK) {
		print_error("%s\n", W.err.text);
		return -1;
	}
	db_close(&db);
	W.where = where;
	return 0;
}

static int teardown(void **state)
{
	struct err err = {0};

	log_close(&W.log);
	return file_remove_tree(W.dir, &err) == OK ? 0 : -1;
}

/* Every test on both databases, in one plan. */
#define ON_BOTH(fn) \
	{#fn " (SQLite)", fn, setup_sqlite, teardown, NULL}, \
	{#fn " (PostgreSQL)", fn, setup_postgres, teardown, NULL}
#define ON_SQLITE(fn) {#fn " (SQLite)", fn, setup_sqlite, teardown, NULL}

static int run_world(struct CMUnitTest *tests, size_t n, const char *name)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		if (!getenv("ZEREN_SKIP_PG") || tests[i].setup_func != setup_postgres)
			tests[k++] = tests[i];
	return _cmocka_run_group_tests(name, tests, k, NULL, NULL);
}

/* ---- writing ---- */

struct step {
	const char *kind;
	struct id subject;
	const char *name;            /* NULL: left out */
	int64_t n;                   /* -1: left out */
	struct id id;                /* of the event made */
};
struct steps {
	struct step *step;
	size_t n;
};

static enum err_code do_steps(struct tx *tx, void *ctx, struct err *err)
{
	struct steps *steps = ctx;

	for (size_t i = 0; i < steps->n; i++) {
		struct step *s = &steps->step[i];
		struct node *data = node_map(tx->arena);

		if (s->name)
			node_set(tx->arena, data, S("name"), node_str(tx->arena, str_c(s->name)));
		if (s->n >= 0)
			node_set(tx->arena, data, S("n"), node_num(tx->arena, s->n));
		TRY(tx_event(tx, s->kind, s->subject, data, &s->id, err));
	}
	return OK;
}

static enum err_code write_steps(struct step *step, size_t n)
{
	struct steps steps = {step, n};

	return log_write(W.log, S("张三"), S("test"), do_steps, &steps, &W.err);
}

static enum err_code write_one(const char *kind, struct id subject, const char *name, int64_t n,
	struct id *id)
{
	struct step s = {kind, subject, name, n, ID_NONE};
	enum err_code code = write_steps(&s, 1);

	if (id)
		*id = s.id;
	return code;
}

static struct id add(const char *name, int64_t n)
{
	struct id id;

	OKAY(write_one("test.add", ID_NONE, name, n, &id));
	return id;
}

/* p_test as text. */
static inline struct str dump(struct arena *a, struct db *db)
{
	CLEANUP(query_done) struct query q = {0};
	CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 20);

	OKAY(db_query(db, &test_dump, NO_ARGS, &q, &W.err));
	while (query_next(&q, &W.err))
		buf_printf(&b, "%" PRId64 ":%" PRId64 " %" PRId64 " " STR_FMT "\n", query_int(&q, 0),
			query_int(&q, 1), query_int(&q, 2), STR_ARG(query_text(&q, 3)));
	assert_int_equal(W.err.code, OK);
	return arena_str(a, buf_str(&b));
}

static struct verify_result verify(struct arena *a, enum verify_depth depth)
{
	struct verify_result r;

	OKAY(log_verify(W.log, a, depth, NULL, NULL, &r, &W.err));
	return r;
}

static void clean(enum verify_depth depth)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct verify_result r = verify(&a, depth);

	if (r.nfindings)
		DIE("%s", r.findings[0].what.p);
}

#endif
