/* What PostgreSQL alone does: settings, lost connections, errors behind the first rows, types. */
#include "db_both.h"

T(t_set, "update t set i = ?1");

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

static void settings(void **state)
{
	struct fixture *f = fixture_of(state);
	const char *name = f->schema, *where;
	struct db *db = NULL;

	unsetenv("ZEREN_FORCE_PG");
	where = arena_printf(&f->arena, "%s options='-c synchronous_commit=off'", f->where).p;
	refused(db_open(where, (struct db_opt){0}, &db, &f->err), ERR_DB, "is off", &f->err);
	assert_int_equal(setenv("ZEREN_FORCE_PG", "1", 1), 0);
	okay(db_open(where, (struct db_opt){0}, &db, &f->err), &f->err);
	unsetenv("ZEREN_FORCE_PG");
	db_close(&db);
	where = arena_printf(&f->arena, "host=%s dbname=x", f->dir).p;
	refused(db_open(where, (struct db_opt){0}, &db, &f->err), ERR_IO, "no connection", &f->err);
	where = arena_printf(&f->arena, "postgresql:///x?host=%s", f->dir).p;
	refused(db_open(where, (struct db_opt){0}, &db, &f->err), ERR_IO, "no connection", &f->err);

	where = arena_printf(&f->arena, "%s dbname=%s", f->where, name).p;
	run_text(f->db, "create database %s template template0 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'",
		name);
	refused(db_open(where, usual(f), &db, &f->err), ERR_DB, "LATIN1", &f->err);
	run_text(f->db, "drop database %s", name);
	if (number_of(f->db, "select cast(current_setting('server_version_num') as int)") < 150000)
		return;
	run_text(f->db, "create database %s template template0 encoding 'UTF8' locale_provider icu "
		"icu_locale 'en' locale 'C'", name);
	refused(db_open(where, usual(f), &db, &f->err), ERR_DB, "sorts text", &f->err);
	run_text(f->db, "drop database %s", name);
}

static void lost_server(void **state)
{
	struct fixture *f = fixture_of(state);
	struct db *two = connect_to(f, usual(f));
	struct query q = {0};
	struct err err = no_err;
	const char *gone, *end;
	int pid;

	make_t(f);
	okay(db_begin(two, &err), &err);
	set(two, 4);
	pid = (int)number_of(two, "select pg_backend_pid()");
	gone = arena_printf(&f->arena, "select count(*) from pg_stat_activity where pid = %d", pid).p;
	end = arena_printf(&f->arena, "select pg_terminate_backend(%d)", pid).p;
	okay(db_exec(f->db, end, &f->err), &f->err);
	for (int i = 0; i < 500 && number_of(f->db, gone); i++)
		usleep(10000);
	refused(db_commit(two, &err), ERR_IO, "connection", &err);
	refused(db_run(two, &t_set, ARGS(V_INT(5)), &err), ERR_IO, "connection", &err);
	refused(db_query_text(two, "select 1", &q, &err), ERR_IO, "connection", &err);
	db_close(&two);
	assert_int_equal(number_of(f->db, "select i from t"), 3);
}

/* An error behind the first rows, met by the walk itself and while rows are read ahead. */
static void late_error(void **state)
{
	struct fixture *f = fixture_of(state);

	make_t(f);
	for (int ahead = 0; ahead < 2; ahead++) {
		struct query q = {0};

		okay(db_query_text(f->db, "select 6000 / (3000 - n) from generate_series(1, 4000) n", &q,
			&f->err),
			&f->err);
		while (query_next(&q, &f->err))
			if (ahead && q.row == 10)
				set(f->db, 4);
		assert_int_equal(q.row, 2999);
		refused(f->err.code, ERR_DB, "division by zero", &f->err);
		assert_int_equal(number_of(f->db, "select i from t"), ahead ? 4 : 3);
	}
}

/* What PostgreSQL returns in other types must be cast; the test of all statements finds it. */
static void types(void **state)
{
	struct fixture *f = fixture_of(state);
	struct query q = {0};
	T(sum, "select sum(i) from t");
	T(cast_sum, "select cast(sum(i) as bigint), count(*), 1, i = 3 from t group by i");
	T(yes, "select i from t where ?1");

	make_t(f);
	refused(db_prepare(f->db, &sum, &f->err), ERR_DB, "sum: column 1", &f->err);
	refused(db_query(f->db, &sum, NO_ARGS, &q, &f->err), ERR_DB, "sum: column 1", &f->err);
	refused(db_prepare(f->db, &yes, &f->err), ERR_DB, "yes: argument 1", &f->err);
	okay(db_prepare(f->db, &cast_sum, &f->err), &f->err);
	okay(db_one(f->db, &cast_sum, NO_ARGS, &q, &f->err), &f->err);
	for (int c = 0; c < 4; c++)
		assert_int_equal(query_int(&q, c), c ? 1 : 3);
	query_done(&q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_POSTGRES(settings),
		ON_POSTGRES(lost_server),
		ON_POSTGRES(late_error),
		ON_POSTGRES(types),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
