/* Opening, migrations, other processes, failing disks. */
#include "db_both.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* Proves that a statement in SQL() is listed. */
SQL(listed, "select canon from event where origin = ?1 and seq = ?2");

T(t_set, "update t set i = ?1");
T(t_add, "insert into t (i, b) values (?1, ?2)");

static void make_t(struct fixture *f)
{
	ddl(f, "create table t (i bigint, b blob)");
	okay(db_exec(f->db, "insert into t (i) values (3)", &f->err), &f->err);
}

static void set(struct db *db, int64_t i)
{
	struct err err = no_err;

	okay(db_run(db, &t_set, ARGS(V_INT(i)), &err), &err);
}

/* ---- migrations and statements ---- */

static void migrations(void **state)
{
	struct fixture *f = fixture_of(state);
	bool sqlite = f->kind == DB_SQLITE;
	struct db *two;

	okay(db_migrate(f->db, &f->err), &f->err);
	okay(db_exec(f->db, "insert into origin (id, name) values (1, 'z')", &f->err), &f->err);
	okay(db_migrate(f->db, &f->err), &f->err);
	two = connect_to(f, usual(f));
	okay(db_migrate(two, &f->err), &f->err);
	assert_int_equal(number_of(two, "select count(*) from origin"), 1);
	db_close(&two);
	okay(db_exec(f->db, sqlite ? "pragma user_version = 9999" :
		"insert into s_migration (number, name) values (9999, 'later')", &f->err), &f->err);
	refused(db_migrate(f->db, &f->err), ERR_DB, "newer version", &f->err);
	assert_int_equal(number_of(f->db, "select count(*) from origin"), 1);
}

static void append_only(void **state)
{
	struct fixture *f = fixture_of(state);
	T(event, "insert into event (origin, seq, kind, leaf, canon) values (1, ?1, 'log.open', ?2, '{}')");
	static const char *const bad[] = {
		"update event set canon = '[]' where seq = 0", "update event set seq = 9",
		"delete from event",
		"insert or replace into event (origin, seq, kind, leaf, canon) "
		"select origin, seq, kind, leaf, '' from event", "truncate event",
	};
	char leaf[32] = "leaf";

	okay(db_migrate(f->db, &f->err), &f->err);
	okay(db_exec(f->db, "insert into origin (id, name) values (1, 'z')", &f->err), &f->err);
	okay(db_run(f->db, &event, ARGS(V_INT(0), V_BLOB(((struct str){leaf, 32}))), &f->err), &f->err);
	refused(db_run(f->db, &event, ARGS(V_INT(1), V_BLOB(((struct str){leaf, 31}))), &f->err),
		ERR_CONFLICT,
		"event", &f->err);
	refused(db_run(f->db, &event, ARGS(V_INT(0), V_BLOB(((struct str){leaf, 32}))), &f->err),
		ERR_CONFLICT,
		"event", &f->err);
	for (size_t i = 0; i < LEN(bad); i++) {
		if (strstr(bad[i], f->kind == DB_SQLITE ? "truncate" : "replace"))
			continue;
		refused(db_exec(f->db, bad[i], &f->err), ERR_CONFLICT, "events are never", &f->err);
	}
	assert_int_equal(number_of(f->db, "select count(*) from event where canon = '{}' and seq = 0"), 1);
}

struct prepared {
	struct fixture *f;
	int n, bad;
	bool found;
};

static bool prepare_one(void *ctx, const struct sql *sql)
{
	struct prepared *p = ctx;
	struct err err = no_err;

	p->n++;
	p->found |= sql == &listed;
	if (db_prepare(p->f->db, sql, &err) != OK) {
		print_error("%s: %s\n", sql->file, err.text);
		p->bad++;
	}
	return true;
}

/* Every statement of the program, on both databases. */
static void statements(void **state)
{
	struct prepared p = {.f = fixture_of(state)};

	okay(db_migrate(p.f->db, &p.f->err), &p.f->err);
	sql_each(prepare_one, &p);
	assert_true(p.found);
	assert_int_equal(p.bad, 0);
}

static void tables(void **state)
{
	struct fixture *f = fixture_of(state);
	CLEANUP(arena_free) struct arena a = ARENA_INIT;
	struct db_table *list;
	size_t n;

	ddl(f, "create table p_b (x text, origin bigint, seq bigint, primary key (origin, seq))");
	ddl(f, "create table p_a (k bigint primary key)");
	ddl(f, "create table p_C (k blob)");
	ddl(f, "create table px (k bigint)");
	okay(db_tables(f->db, &a, S("p_"), &list, &n, &f->err), &f->err);
	if (f->kind == DB_SQLITE) {      /* PostgreSQL makes names lower case */
		assert_true(str_is(list[0].name, "p_C"));
		list++;
		n--;
	}
	assert_true(str_is(list[0].name, "p_a"));
	assert_true(str_is(list[1].name, "p_b"));
	assert_int_equal(list[0].ncols, 1);
	assert_int_equal(list[0].cols[0].key, 1);
	assert_int_equal(list[1].ncols, 3);
	assert_true(str_is(list[1].cols[0].name, "x"));
	assert_int_equal(list[1].cols[0].key, 0);
	assert_int_equal(list[1].cols[1].key, 1);
	assert_int_equal(list[1].cols[2].key, 2);
	assert_int_equal(n, f->kind == DB_SQLITE ? 2 : 3);
	okay(db_tables(f->db, &a, S("q_"), &list, &n, &f->err), &f->err);
	assert_int_equal(n, 0);
}

/* ---- other connections and processes ---- */

/* Two writers of one row, as each database shows it. */
static void busy(void **state)
{
	struct fixture *f = fixture_of(state);
	struct db *two = connect_to(f, usual(f));
	struct err err = no_err;

	make_t(f);
	okay(db_begin(f->db, &f->err), &f->err);
	set(f->db, 30);
	assert_int_equal(number_of(two, "select i from t"), 3);      /* readers don't wait */
	if (f->kind == DB_SQLITE) {
		refused(db_begin(two, &err), ERR_BUSY, "try again", &err);
		okay(db_commit(f->db, &f->err), &f->err);
	} else {
		okay(db_begin(two, &err), &err);
		assert_int_equal(number_of(two, "select i from t"), 3);
		okay(db_commit(f->db, &f->err), &f->err);
		refused(db_run(two, &t_set, ARGS(V_INT(31)), &err), ERR_BUSY, "try again", &err);
		db_rollback(two);
	}
	okay(db_begin(two, &err), &err);
	set(two, 32);
	okay(db_commit(two, &err), &err);
	assert_int_equal(number_of(f->db, "select i from t"), 32);
	db_close(&two);
}

static void reader(void **state)
{
	struct fixture *f = fixture_of(state);
	struct err err = no_err;
	struct db *two;

	make_t(f);
	two = connect_to(f, (struct db_opt){.read_only = true, .scratch = usual(f).scratch});
	okay(db_begin(two, &err), &err);
	assert_int_equal(number_of(two, "select i from t"), 3);
	set(f->db, 4);
	assert_int_equal(number_of(two, "select i from t"), 3);      /* one view through the transaction */
	okay(db_commit(two, &err), &err);
	assert_int_equal(number_of(two, "select i from t"), 4);
	refused(db_run(two, &t_set, ARGS(V_INT(1)), &err), f->kind == DB_SQLITE ? ERR_IO : ERR_DB, "read",
		&err);
	db_close(&two);
	if (f->kind == DB_SQLITE)
		refused(db_open("/tmp/zeren-no/such.db", (struct db_opt){.read_only = true}, &two, &err),
			ERR_NOT_FOUND, "no such file", &err);
}

/* Runs fn in a process of its own; its result is the exit status. Connections of this one are closed first:
 * SQLite doesn't take them across a fork. */
static pid_t spawn(struct fixture *f, int (*fn)(struct fixture *f))
{
	pid_t pid;

	db_close(&f->db);
	pid = fork();
	if (!pid) {
		in_child = true;
		_exit(fn(f));
	}
	assert_true(pid > 0);
	return pid;
}

static int status_of(pid_t pid)
{
	int status = -1;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static int die_writing(struct fixture *f)
{
	struct err err = no_err;
	struct db *db = connect_to(f, usual(f));

	set(db, 5);
	if (db_begin(db, &err) != OK)
		return 1;
	set(db, 6);
	raise(SIGKILL);
	return 1;
}

static void killed(void **state)
{
	struct fixture *f = fixture_of(state);

	make_t(f);
	assert_int_equal(status_of(spawn(f, die_writing)), SIGKILL);
	f->db = connect_to(f, usual(f));
	assert_int_equal(number_of(f->db, "select i from t"), 5);
	okay(db_begin(f->db, &f->err), &f->err);
	set(f->db, 7);
	okay(db_commit(f->db, &f->err), &f->err);
}

static int migrate_it(struct fixture *f)
{
	struct err err = no_err;
	struct db *db = connect_to(f, usual(f));

	if (db_migrate(db, &err) != OK) {
		print_error("%s\n", err.text);
		return 1;
	}
	db_close(&db);
	return 0;
}

static void migrations_at_once(void **state)
{
	struct fixture *f = fixture_of(state);
	pid_t pids[4];

	for (size_t i = 0; i < LEN(pids); i++)
		pids[i] = spawn(f, migrate_it);
	for (size_t i = 0; i < LEN(pids); i++)
		assert_int_equal(status_of(pids[i]), 0);
	f->db = connect_to(f, usual(f));
	assert_int_equal(number_of(f->db, "select count(*) from event"), 0);
}

/* ---- SQLite's files ---- */

static int mode_of(const struct fixture *f, const char *end)
{
	CLEANUP(arena_free) struct arena a = ARENA_INIT;
	struct stat st;

	assert_int_equal(stat(arena_printf(&a, "%s%s", f->where, end).p, &st), 0);
	return st.st_mode & 07777;
}

static int64_t size_of(const struct fixture *f, const char *end)
{
	CLEANUP(arena_free) struct arena a = ARENA_INIT;
	struct stat st;

	return stat(arena_printf(&a, "%s%s", f->where, end).p, &st) ? 0 : st.st_size;
}

static void files(void **state)
{
	struct fixture *f = fixture_of(state);
	char *big = calloc(1, 4 << 20);
	struct str s = {big, 4 << 20};
	struct db *db;

	make_t(f);
	assert_int_equal(mode_of(f, ""), 0600);
	assert_int_equal(mode_of(f, "-wal"), 0600);
	assert_int_equal(mode_of(f, "-shm"), 0600);
	for (int i = 0; i < 12; i++) {
		okay(db_begin(f->db, &f->err), &f->err);
		okay(db_run(f->db, &t_add, ARGS(V_INT(i), V_BLOB(s)), &f->err), &f->err);
		okay(db_commit(f->db, &f->err), &f->err);
	}
	assert_in_range(size_of(f, "-wal"), 1 << 20, 25 << 20);      /* 48 MiB went through it */
	okay(db_checkpoint(f->db, &f->err), &f->err);
	assert_int_equal(size_of(f, "-wal"), 0);
	set(f->db, 1);
	assert_true(size_of(f, "-wal") > 0);
	db_close(&f->db);
	assert_int_equal(size_of(f, "-wal"), 0);
	free(big);

	/* no address of SQLite's, but a path */
	assert_int_equal(chdir(f->dir), 0);
	okay(db_open("file:b.db?mode=memory", (struct db_opt){0}, &db, &f->err), &f->err);
	db_close(&db);
	assert_true(file_exists("file:b.db?mode=memory"));
	okay(db_open("scratch.db", (struct db_opt){.scratch = true}, &db, &f->err), &f->err);
	okay(db_migrate(db, &f->err), &f->err);
	db_close(&db);
	okay(db_open(":memory:", (struct db_opt){0}, &db, &f->err), &f->err);
	okay(db_migrate(db, &f->err), &f->err);
	assert_false(file_exists(":memory:"));
	db_close(&db);
	assert_int_equal(chdir("/"), 0);
}

static void put_file(const char *path, struct str text)
{
	struct err err = no_err;

	okay(file_write(path, text, &err), &err);
}

static void strangers(void **state)
{
	struct fixture *f = fixture_of(state);
	const char *path = arena_printf(&f->arena, "%s/b.db", f->dir).p;
	char junk[4096];
	struct db *db;

	make_t(f);
	refused(db_migrate(f->db, &f->err), ERR_INPUT, "another program", &f->err);
	okay(db_exec(f->db, "pragma application_id = 42", &f->err), &f->err);
	refused(db_open(f->where, (struct db_opt){0}, &db, &f->err), ERR_INPUT, "another program", &f->err);
	memset(junk, 'x', sizeof junk);
	put_file(path, (struct str){junk, sizeof junk});
	refused(db_open(path, (struct db_opt){0}, &db, &f->err), ERR_DAMAGED, "b.db", &f->err);
	refused(db_open(f->dir, (struct db_opt){0}, &db, &f->err), ERR_IO, f->dir, &f->err);
	refused(db_open("/tmp/zeren-no/such.db", (struct db_opt){0}, &db, &f->err), ERR_IO, "such.db",
		&f->err);
}

/* A file system without shared memory: SQLite stays in another mode without a word. */
static void no_wal(void **state)
{
	struct fixture *f = fixture_of(state);
	struct db *db = NULL;
	enum err_code code;

	db_close(&f->db);
	okay(file_remove_tree(f->where, &f->err), &f->err);
	sqlite3_vfs_register(sqlite3_vfs_find("unix-none"), 1);
	code = db_open(f->where, (struct db_opt){0}, &db, &f->err);
	sqlite3_vfs_register(sqlite3_vfs_find("unix"), 1);
	db_close(&db);
	refused(code, ERR_DB, "journal_mode is \"delete\"", &f->err);
	f->db = connect_to(f, usual(f));
}

static void limit_files(rlim_t bytes)
{
	struct rlimit limit;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = bytes;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* A file may not grow past 2 MiB: as a full disk, each commit up to there is kept. */
static int fill_disk(struct fixture *f)
{
	CLEANUP(query_done) struct query q = {0};
	static char bytes[100 << 10];
	struct err err = no_err;
	struct db *db = connect_to(f, usual(f));
	int64_t kept = 0;

	signal(SIGXFSZ, SIG_IGN);
	limit_files(2 << 20);
	for (;;) {
		okay(db_begin(db, &err), &err);
		if (db_run(db, &t_add, ARGS(V_INT(kept), V_BLOB(((struct str){bytes, sizeof bytes}))),
			&err) != OK) {
			db_rollback(db);
			break;
		}
		if (db_commit(db, &err) != OK)
			break;
		kept++;
	}
	refused(err.code, ERR_IO, "disk is full", &err);
	if (kept < 10 || number_of(db, "select count(*) from t where b is not null") != kept)
		return 1;
	limit_files(1 << 20);
	refused(db_checkpoint(db, &err), ERR_IO, "disk is full", &err);
	limit_files(RLIM_INFINITY);
	db_close(&db);
	db = connect_to(f, usual(f));
	set(db, 8);
	okay(db_query_text(db, "pragma integrity_check", &q, &err), &err);
	if (!query_next(&q, &err) || !str_is(query_text(&q, 0), "ok"))
		return 1;
	query_done(&q);
	if (number_of(db, "select count(*) from t where i = 8") != kept + 1)
		return 1;
	db_close(&db);
	return 0;
}

static void full_disk(void **state)
{
	struct fixture *f = fixture_of(state);

	make_t(f);
	assert_int_equal(status_of(spawn(f, fill_disk)), 0);
	f->db = connect_to(f, usual(f));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(migrations),
		ON_BOTH(append_only),
		ON_BOTH(statements),
		ON_BOTH(tables),
		ON_BOTH(busy),
		ON_BOTH(reader),
		ON_BOTH(killed),
		ON_BOTH(migrations_at_once),
		ON_SQLITE(files),
		ON_SQLITE(strangers),
		ON_SQLITE(no_wal),
		ON_SQLITE(full_disk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
