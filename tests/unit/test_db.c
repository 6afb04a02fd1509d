/* Statements, values and transactions: the same calls, the same answers on both databases. */
#include "db_both.h"

T(t_add, "insert into t (k, i, s, b) values (?1, ?2, ?3, ?4)");
T(t_get, "select i, s, b, k from t where k = ?1");
T(t_set, "update t set i = ?2 where k >= ?1");
T(t_del, "delete from t where k = ?1");
T(t_keys, "select k from t order by k");

static void make_t(struct fixture *f)
{
	ddl(f, "create table t (k bigint primary key, i bigint check (i <> -13), s text, b blob)");
}

static void add(struct fixture *f, int64_t k)
{
	okay(db_run(f->db, &t_add, ARGS(V_INT(k), V_INT(k), V_NULL, V_NULL), &f->err), &f->err);
}

/* The keys in t, as "1 2 3 ". */
static const char *keys(struct fixture *f)
{
	static char text[256];
	CLEANUP(query_done) struct query q = {0};
	size_t n = 0;

	text[0] = 0;
	okay(db_query(f->db, &t_keys, NO_ARGS, &q, &f->err), &f->err);
	while (query_next(&q, &f->err))
		n += (size_t)snprintf(text + n, sizeof text - n, "%d ", (int)query_int(&q, 0));
	assert_int_equal(f->err.code, OK);
	return text;
}

static void comes_back(struct fixture *f, int64_t k, struct val i, struct val s, struct val b)
{
	CLEANUP(query_done) struct query q = {0};
	const struct val want[] = {i, s, b, V_INT(k)};

	okay(db_run(f->db, &t_add, ARGS(V_INT(k), i, s, b), &f->err), &f->err);
	assert_int_equal(db_changes(f->db), 1);
	okay(db_one(f->db, &t_get, ARGS(V_INT(k)), &q, &f->err), &f->err);
	assert_int_equal(query_cols(&q), 4);
	for (int c = 0; c < 4; c++) {
		assert_int_equal(query_kind(&q, c), want[c].kind);
		assert_int_equal(query_null(&q, c), want[c].kind == VAL_NULL);
		if (want[c].kind == VAL_INT) {
			assert_int_equal(query_int(&q, c), want[c].i);
			continue;
		}
		assert_true(str_eq(query_text(&q, c), want[c].s));
		assert_non_null(query_text(&q, c).p);
	}
	assert_int_equal(q.row, 1);
}

static void values(void **state)
{
	struct fixture *f = fixture_of(state);
	char bytes[256];
	struct str all = {bytes, sizeof bytes};

	for (int i = 0; i < 256; i++)
		bytes[i] = (char)i;
	make_t(f);
	comes_back(f, 1, V_NULL, V_NULL, V_NULL);
	comes_back(f, 2, V_INT(0), V_TEXT(S("")), V_BLOB(S("")));
	comes_back(f, 3, V_INT(INT64_MAX), V_TEXT(S("责任 · é 𠀀 'x' ?1 \\ \" %s")), V_BLOB(all));
	comes_back(f, INT64_MIN, V_INT(INT64_MIN), V_TEXT(S(" a\n\tb ")), V_BLOB(S("\0\0")));
	comes_back(f, -1, V_INT(-1), V_TEXT(STR_NONE), V_BLOB(STR_NONE));
	comes_back(f, 4, V_INT(INT64_C(1) << 31), V_NULL, V_BLOB(S("\xFF")));
	comes_back(f, 5, V_DATE(DATE_NONE), V_NULL, V_NULL);
	refused(db_run(f->db, &t_add, ARGS(V_INT(9), V_NULL, V_TEXT(S("a\0b")), V_NULL), &f->err), ERR_INPUT,
		"zero byte", &f->err);
	assert_int_equal(number_of(f->db, "select count(*) from t where k = 9"), 0);
	/* a long value, past any buffer of one page */
	{
		char *big = calloc(1, 3 << 20);
		struct str s = {big, 3 << 20};

		memset(big, 'x', s.n);
		comes_back(f, 10, V_NULL, V_TEXT(s), V_BLOB(s));
		free(big);
	}
}

static void changes(void **state)
{
	struct fixture *f = fixture_of(state);
	T(skip_twin, "insert into t (k) values (?1) on conflict do nothing");
	T(take_twin, "insert into t (k, i) values (?1, ?2) on conflict (k) do update set i = excluded.i");
	T(look, "select k from t");

	make_t(f);
	for (int k = 1; k <= 5; k++)
		add(f, k);
	okay(db_run(f->db, &t_set, ARGS(V_INT(3), V_INT(7)), &f->err), &f->err);
	assert_int_equal(db_changes(f->db), 3);
	okay(db_run(f->db, &t_del, ARGS(V_INT(99)), &f->err), &f->err);
	assert_int_equal(db_changes(f->db), 0);
	okay(db_run(f->db, &t_set, ARGS(V_INT(1), V_INT(7)), &f->err), &f->err);
	assert_int_equal(db_changes(f->db), 5);
	okay(db_run(f->db, &look, NO_ARGS, &f->err), &f->err);
	assert_int_equal(db_changes(f->db), 0);
	okay(db_run(f->db, &skip_twin, ARGS(V_INT(5)), &f->err), &f->err);
	assert_int_equal(db_changes(f->db), 0);
	okay(db_run(f->db, &skip_twin, ARGS(V_INT(6)), &f->err), &f->err);
	assert_int_equal(db_changes(f->db), 1);
	okay(db_run(f->db, &take_twin, ARGS(V_INT(6), V_INT(60)), &f->err), &f->err);
	assert_int_equal(db_changes(f->db), 1);
	assert_int_equal(number_of(f->db, "select i from t where k = 6"), 60);
}

static void returning(void **state)
{
	struct fixture *f = fixture_of(state);
	struct query q = {0};
	T(grow, "update t set i = i + 100 where k > ?1 returning k, i");
	T(new_key, "insert into t (k, i) values ((select coalesce(max(k), 0) + 1 from t), ?1) returning k");

	make_t(f);
	for (int k = 1; k <= 4; k++) {
		okay(db_one(f->db, &new_key, ARGS(V_INT(k)), &q, &f->err), &f->err);
		assert_int_equal(query_int(&q, 0), k);
		query_done(&q);
	}
	/* stopped at its first row: all rows are changed all the same */
	okay(db_one(f->db, &grow, ARGS(V_INT(1)), &q, &f->err), &f->err);
	assert_true(query_int(&q, 1) > 100);
	query_done(&q);
	assert_int_equal(number_of(f->db, "select count(*) from t where i > 100"), 3);
	/* not asked for any row */
	okay(db_query(f->db, &grow, ARGS(V_INT(3)), &q, &f->err), &f->err);
	query_done(&q);
	assert_int_equal(number_of(f->db, "select i from t where k = 4"), 204);
	refused(db_one(f->db, &grow, ARGS(V_INT(50)), &q, &f->err), ERR_NOT_FOUND, "not found", &f->err);
}

static void constraints(void **state)
{
	struct fixture *f = fixture_of(state);
	struct query q = {0};
	T(link, "insert into l (k) values (?1)");
	T(unlink_t, "delete from t where k = ?1");

	make_t(f);
	ddl(f, "create table l (k bigint not null unique references t)");
	add(f, 1);
	add(f, 2);
	refused(db_run(f->db, &t_add, ARGS(V_INT(1), V_NULL, V_NULL, V_NULL), &f->err), ERR_CONFLICT, "t_add",
		&f->err);
	refused(db_query(f->db, &t_add, ARGS(V_INT(1), V_NULL, V_NULL, V_NULL), &q, &f->err), ERR_CONFLICT,
		"t_add", &f->err);
	refused(db_run(f->db, &t_set, ARGS(V_INT(1), V_INT(-13)), &f->err), ERR_CONFLICT, "rule", &f->err);
	refused(db_run(f->db, &link, ARGS(V_INT(3)), &f->err), ERR_CONFLICT, "link", &f->err);
	refused(db_run(f->db, &link, ARGS(V_NULL), &f->err), ERR_CONFLICT, "link", &f->err);
	okay(db_run(f->db, &link, ARGS(V_INT(1)), &f->err), &f->err);
	refused(db_run(f->db, &unlink_t, ARGS(V_INT(1)), &f->err), ERR_CONFLICT, "unlink_t", &f->err);
	refused(db_run(f->db, &t_add, ARGS(V_INT(3), V_TEXT(S("x")), V_NULL, V_NULL), &f->err), ERR_DB,
		"t_add", &f->err);
	refused(db_exec(f->db, "select nonsense from t", &f->err), ERR_DB, "nonsense", &f->err);
	assert_string_equal(keys(f), "1 2 ");
}

static void savepoints(void **state)
{
	struct fixture *f = fixture_of(state);

	make_t(f);
	okay(db_begin(f->db, &f->err), &f->err);
	add(f, 1);
	okay(db_save(f->db, &f->err), &f->err);
	add(f, 2);
	refused(db_run(f->db, &t_add, ARGS(V_INT(1), V_NULL, V_NULL, V_NULL), &f->err), ERR_CONFLICT, "",
		&f->err);
	okay(db_undo(f->db, &f->err), &f->err);
	add(f, 3);
	for (int k = 4; k < 40; k++) {      /* every third is taken back */
		okay(db_save(f->db, &f->err), &f->err);
		add(f, k);
		okay(k % 3 ? db_keep(f->db, &f->err) : db_undo(f->db, &f->err), &f->err);
	}
	okay(db_commit(f->db, &f->err), &f->err);
	assert_int_equal(number_of(f->db, "select count(*) from t"), 26);
	assert_int_equal(number_of(f->db, "select count(*) from t where k = 2"), 0);

	okay(db_begin(f->db, &f->err), &f->err);
	add(f, 100);
	okay(db_save(f->db, &f->err), &f->err);
	add(f, 101);
	db_rollback(f->db);      /* out of a savepoint */
	db_rollback(f->db);
	assert_int_equal(number_of(f->db, "select count(*) from t where k >= 100"), 0);
	okay(db_begin(f->db, &f->err), &f->err);
	add(f, 102);
	okay(db_commit(f->db, &f->err), &f->err);
	assert_int_equal(number_of(f->db, "select count(*) from t where k >= 100"), 1);
}

/* PostgreSQL answers a COMMIT after an error with success, and has rolled back. */
static void poisoned(void **state)
{
	struct fixture *f = fixture_of(state);

	make_t(f);
	add(f, 1);
	okay(db_begin(f->db, &f->err), &f->err);
	add(f, 2);
	refused(db_run(f->db, &t_add, ARGS(V_INT(1), V_NULL, V_NULL, V_NULL), &f->err), ERR_CONFLICT, "",
		&f->err);
	refused(db_run(f->db, &t_del, ARGS(V_INT(1)), &f->err), ERR_DB, "earlier error", &f->err);
	refused(db_commit(f->db, &f->err), ERR_DB, "earlier error", &f->err);
	assert_string_equal(keys(f), "1 ");
}

static void order(void **state)
{
	struct fixture *f = fixture_of(state);
	static const struct str sorted[] = {      /* by bytes */
		{"", 0}, {" a", 2}, {"-", 1}, {"A", 1}, {"B", 1}, {"_", 1}, {"a", 1}, {"a ", 2}, {"a b", 3},
		{"ab", 2}, {"b", 1}, {"~", 1}, {"\xC3\xA9", 2}, {"一", 3}, {"中", 3}, {"丁", 3},
		{"\xEF\xBD\x81", 3}, {"\xF0\xA0\x80\x80", 4},
	};
	struct str want[LEN(sorted)];
	struct query q = {0};
	size_t n = LEN(sorted);
	T(by_text, "select s from t where s is not null order by s");
	T(by_blob, "select b from t order by b nulls first");
	T(least, "select min(s), max(s) from t");

	make_t(f);
	memcpy(want, sorted, sizeof want);
	for (size_t i = 1; i < n; i++)
		for (size_t j = i; j && str_cmp(want[j - 1], want[j]) > 0; j--) {
			struct str swap = want[j];

			want[j] = want[j - 1];
			want[j - 1] = swap;
		}
	for (size_t i = 0; i < n; i++)      /* stored in another order */
		okay(db_run(f->db, &t_add, ARGS(V_INT((int64_t)i * 7 % (int64_t)n), V_NULL, V_TEXT(sorted[i]),
			V_BLOB(sorted[i])), &f->err), &f->err);
	add(f, 999);
	okay(db_query(f->db, &by_text, NO_ARGS, &q, &f->err), &f->err);
	for (size_t i = 0; i < n; i++) {
		assert_true(query_next(&q, &f->err));
		assert_true(str_eq(query_text(&q, 0), want[i]));
	}
	assert_false(query_next(&q, &f->err));
	okay(db_query(f->db, &by_blob, NO_ARGS, &q, &f->err), &f->err);
	assert_true(query_next(&q, &f->err));
	assert_true(query_null(&q, 0));
	for (size_t i = 0; i < n; i++) {
		assert_true(query_next(&q, &f->err));
		assert_true(str_eq(query_text(&q, 0), want[i]));
	}
	query_done(&q);
	okay(db_one(f->db, &least, NO_ARGS, &q, &f->err), &f->err);
	assert_true(str_eq(query_text(&q, 1), want[n - 1]));
	query_done(&q);
	assert_int_equal(number_of(f->db, "select count(*) from t where s like 'A%'"), 1);
}

static void fill(struct fixture *f, int n)
{
	okay(db_begin(f->db, &f->err), &f->err);
	for (int k = 1; k <= n; k++)
		add(f, k);
	okay(db_commit(f->db, &f->err), &f->err);
}

/* Other statements run while a query is open; it is left in the middle, and used again. */
static void nested(void **state)
{
	struct fixture *f = fixture_of(state);
	struct query q = {0};
	int64_t sum = 0, inner = 0;
	T(inc, "update t set s = 'x' where k = ?1");

	make_t(f);
	fill(f, 3000);
	okay(db_begin(f->db, &f->err), &f->err);
	okay(db_query(f->db, &t_keys, NO_ARGS, &q, &f->err), &f->err);
	while (query_next(&q, &f->err)) {
		int64_t k = query_int(&q, 0);

		if (k > 5 && k % 100 == 0) {      /* not at once: some rows have come by then */
			struct query in = {0};

			okay(db_one(f->db, &t_get, ARGS(V_INT(k)), &in, &f->err), &f->err);
			inner += query_int(&in, 0);
			query_done(&in);
			okay(db_run(f->db, &inc, ARGS(V_INT(k)), &f->err), &f->err);
			okay(db_save(f->db, &f->err), &f->err);
			okay(db_keep(f->db, &f->err), &f->err);
			assert_int_equal(query_int(&q, 0), k);
		}
		sum += k;
	}
	assert_int_equal(f->err.code, OK);
	assert_int_equal(q.row, 3000);
	okay(db_commit(f->db, &f->err), &f->err);
	assert_int_equal(sum, 3000 * 3001 / 2);
	assert_int_equal(inner, 100 * 30 * 31 / 2);
	assert_int_equal(number_of(f->db, "select count(*) from t where s = 'x'"), 30);

	for (int stop = 0; stop < 5; stop++) {
		okay(db_query(f->db, &t_keys, NO_ARGS, &q, &f->err), &f->err);
		for (int i = 0; i < stop; i++)
			assert_true(query_next(&q, &f->err));
		query_done(&q);
		assert_false(query_next(&q, &f->err));      /* done stays done */
	}
	okay(db_query(f->db, &t_keys, NO_ARGS, &q, &f->err), &f->err);
	add(f, 5000);
	query_done(&q);
	assert_int_equal(number_of(f->db, "select count(*) from t"), 3001);
}

/* Arguments live until db_query returns, and no longer. */
static void args_gone(void **state)
{
	struct fixture *f = fixture_of(state);
	T(above, "select k from t where s >= ?1 and b >= ?2 order by k");
	struct query q = {0};
	char *text = strdup("m");

	make_t(f);
	for (int k = 0; k < 26; k++) {
		char c = (char)('a' + k);

		okay(db_run(f->db, &t_add, ARGS(V_INT(k), V_NULL, V_TEXT(((struct str){&c, 1})),
			V_BLOB(((struct str){&c, 1}))), &f->err), &f->err);
	}
	okay(db_query(f->db, &above, ARGS(V_TEXT(str_c(text)), V_BLOB(str_c(text))), &q, &f->err), &f->err);
	memset(text, 'z', 1);
	free(text);
	while (query_next(&q, &f->err))
		assert_int_equal(query_int(&q, 0), 11 + q.row);
	query_done(&q);
	assert_int_equal(q.row, 14);
}

/* A row's text stays what it was while others are asked; PostgreSQL reads the rest of the walk ahead of them. */
static void texts_stay(void **state)
{
	struct fixture *f = fixture_of(state);
	struct query q = {0};
	T(keys, "select 'key ' || cast(k as text) from t order by k");

	make_t(f);
	fill(f, 50);
	okay(db_query(f->db, &keys, NO_ARGS, &q, &f->err), &f->err);
	while (query_next(&q, &f->err)) {
		struct str text = query_text(&q, 0);
		char want[32];

		if (q.row == 3)
			assert_int_equal(number_of(f->db, "select count(*) from t"), 50);
		snprintf(want, sizeof want, "key %d", q.row);
		assert_true(str_is(text, want));      /* not by cmocka, whose reads ASan does not see */
	}
	assert_int_equal(q.row, 50);
}

/* A null says nothing about its type; the statement serves it and typed values alike. */
static void null_args(void **state)
{
	struct fixture *f = fixture_of(state);
	T(pick, "select count(*) from t where (k = ?1 or ?1 is null) and (s = ?2 or ?2 is null)");
	T(vague, "select count(*) from t where ?1 is null");
	T(fall, "select coalesce(cast(?1 as bigint), k) from t where k = 2");
	static const struct { int64_t k; const char *s; int64_t want; } cases[] = {
		{0, NULL, 5}, {2, NULL, 1}, {0, "x", 0}, {2, "x", 0},
		{INT64_C(1) << 40, NULL, 0}, {0, NULL, 5},
	};
	struct query q = {0};

	make_t(f);
	fill(f, 5);
	for (size_t i = 0; i < LEN(cases); i++) {
		okay(db_one(f->db, &pick, ARGS(cases[i].k ? V_INT(cases[i].k) : V_NULL,
			cases[i].s ? V_TEXT(str_c(cases[i].s)) : V_NULL), &q, &f->err), &f->err);
		assert_int_equal(query_int(&q, 0), cases[i].want);
		query_done(&q);
	}
	okay(db_prepare(f->db, &pick, &f->err), &f->err);
	okay(db_prepare(f->db, &fall, &f->err), &f->err);
	if (f->kind == DB_POSTGRES)
		refused(db_prepare(f->db, &vague, &f->err), ERR_DB, "vague", &f->err);
	for (int i = 0; i < 2; i++) {
		okay(db_one(f->db, &fall, ARGS(i ? V_INT(9) : V_NULL), &q, &f->err), &f->err);
		assert_int_equal(query_int(&q, 0), i ? 9 : 2);
		query_done(&q);
	}
}

/* ?N inside of literals, names and comments is no argument. */
static void numbering(void **state)
{
	struct fixture *f = fixture_of(state);
	struct query q = {0};
	T(odd, "select '?9', 'it''s ?8' as \"?7\", cast(?2 as text) /* ?6 ' */, -- ?5 '\n"
		" cast(?1 as bigint) - -1, '--', '/*', cast(?2 as text), '' as \"a\"\"?4\"");

	okay(db_one(f->db, &odd, ARGS(V_INT(4), V_TEXT(S("two"))), &q, &f->err), &f->err);
	assert_true(str_is(query_text(&q, 0), "?9"));
	assert_true(str_is(query_text(&q, 1), "it's ?8"));
	assert_true(str_is(query_text(&q, 2), "two"));
	assert_int_equal(query_int(&q, 3), 5);
	assert_true(str_is(query_text(&q, 4), "--"));
	assert_true(str_is(query_text(&q, 6), "two"));
	query_done(&q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(values),
		ON_BOTH(changes),
		ON_BOTH(returning),
		ON_BOTH(constraints),
		ON_BOTH(savepoints),
		ON_POSTGRES(poisoned),
		ON_BOTH(order),
		ON_BOTH(nested), ON_BOTH(texts_stay),
		ON_BOTH(args_gone),
		ON_BOTH(null_args),
		ON_BOTH(numbering),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
