/* Values of records: each once, words alike, what JSON is refused, nodes made again. */
#include "office_world.h"

#include "flow/facts_load.h"
#include "record/datum.h"
#include "text/json.h"

#include <glob.h>
#include <pthread.h>

static void test_once(void **state)
{
	struct fix *f = *state;
	struct datums t;
	const struct datum *a, *b;

	datums_init(&t, &f->a);
	a = datum_read(&t, S("\"室务会\""));
	assert_ptr_equal(a, datum_add(&t, S("室务会")));
	assert_ptr_equal(a->word, a);
	b = datum_add(&t, S("室 务会"));
	assert_ptr_not_equal(a, b);
	assert_ptr_equal(b->word, a);
	assert_ptr_equal(datum_word(&t, &f->a, S("室务　会")), a);
	assert_null(datum_find(&t, S("例会")));
	assert_null(datum_word(&t, &f->a, S("例会")));
	assert_ptr_not_equal(datum_read(&t, S("1")), datum_read(&t, S("\"1\"")));
	assert_ptr_equal(datum_read(&t, S("[\"甲\",\"乙\"]")), datum_read(&t, S("[\"甲\",\"乙\"]")));
	assert_ptr_not_equal(datum_read(&t, S("[\"甲\"]")), datum_read(&t, S("{\"甲\":\"甲\"}")));
	same(datum_read(&t, S("[\"甲 \",\"Ａ\"]"))->word->text, S("甲、A"));
	same(datum_read(&t, S("true"))->word->text, S("是"));
	for (int i = 0; i < 5000; i++)                        /* the table grows */
		datum_add(&t, arena_printf(&f->a, "%d", i));
	for (int i = 0; i < 5000; i++)
		assert_non_null(datum_find(&t, arena_printf(&f->a, "%d", i)));
	assert_ptr_equal(a, datum_find(&t, S("室务会")));
}

static void test_day(void **state)
{
	struct fix *f = *state;
	struct field date = {.type = TYPE_DATE}, month = {.type = TYPE_PERIOD};
	struct datums t;

	datums_init(&t, &f->a);
	assert_true(date_eq(datum_day(&date, datum_add(&t, S("2022-06-03"))), day("2022-06-03")));
	assert_false(date_is(datum_day(&month, datum_add(&t, S("2022-06-03")))));
	assert_true(date_eq(datum_day(&month, datum_add(&t, S("2022-06"))), day("2022-06-30")));
	assert_false(date_is(datum_day(&date, datum_add(&t, S("2022-06")))));
	assert_false(date_is(datum_day(&date, datum_add(&t, S("2022-02-30")))));
	assert_false(date_is(datum_day(&date, datum_read(&t, S("[]")))));
	assert_false(date_is(datum_day(&date, NULL)));
}

static void test_text(void **state)
{
	struct fix *f = *state;
	struct datums t;

	datums_init(&t, &f->a);
	same(datum_text(&f->a, LANG_ZH, datum_read(&t, S("[\"甲\",\"乙\"]"))), S("甲、乙"));
	same(datum_text(&f->a, LANG_EN, datum_read(&t, S("[\"甲\",\"乙\"]"))), S("甲, 乙"));
	same(datum_text(&f->a, LANG_EN, datum_read(&t, S("true"))), S("yes"));
	same(datum_text(&f->a, LANG_EN, datum_read(&t, S("false"))), S("no"));
	same(datum_text(&f->a, LANG_EN, datum_read(&t, S("-35"))), S("-35"));
	same(datum_text(&f->a, LANG_EN, datum_add(&t, S("1.5"))), S("1.5"));
	assert_int_equal(datum_text(&f->a, LANG_EN, NULL).n, 0);
	assert_int_equal(datum_text(&f->a, LANG_EN, datum_read(&t, S("null"))).n, 0);
}

/* What is taken is what json_is_canon takes, and makes the same JSON again. */
static void test_json(void **state)
{
	static const char *const texts[] = {
		"{}", "[]", "0", "-1", "\"\"", "null", "true", "false", "{\"a\":[1,{\"b\":\"c\"}],\"d\":\"e\\nf\\\\\"}",
		"9007199254740991", "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]", "[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]",
		"", " {}", "{} ", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{\"b\":1,\"a\":2}",
		"{\"a\":1,\"a\":2}", "{\"a\" :1}", "01", "-0", "1.5", "1e3", "9007199254740992", "nul", "\"a", "\"\\u0041\"",
		"\"\\", "\"e\u0301\"", "\"\x80\"", "\"\x01\"", "\"\x7f\"", "[1,]", "[1 ,2]", "x",
	};
	struct fix *f = *state;
	struct datums t;

	datums_init(&t, &f->a);
	for (size_t i = 0; i < LEN(texts); i++) {
		struct buf b CLEANUP(buf_free) = BUF_MAX(1000);
		const struct datum *d = datum_read(&t, str_c(texts[i]));

		if ((d != NULL) != json_is_canon(str_c(texts[i])))
			FLUNK("%s: %s", texts[i], d ? "taken" : "refused");
		if (!d)
			continue;
		ok(f, json_canon(&b, datum_node(&f->a, d), &f->err));
		same(buf_str(&b), str_c(texts[i]));
	}
}

/* A row is refused with the record's number; keys that the type does not know stay. */
static void test_row(void **state)
{
	static const char *const bad[] = {"", "[]", "1", "{\"name\":\"x\"", "{\"no\":1,\"name\":2}", "{\"name\":\"\x80\"}",
		"{\"name\":01}", "{\"name\":\"x\"}}"};
	static const char good[] = "{\"__\":[null],\"name\":\"x\",\"no\":\"FX-1\",\"number__unit\":\"名\",\"zz\":{\"a\":1}}";
	struct fix *f = *state;
	const struct record_type *risk;
	struct facts_build *b;
	struct buf out CLEANUP(buf_free) = BUF_MAX(1000);
	struct facts facts;

	adopt_file(f, SMALL);
	risk = scheme_type(&f->scheme, S("risk"));
	b = facts_begin(&f->a, &f->scheme, NULL, (struct facts_opt){.year = 2022});
	for (size_t i = 0; i < LEN(bad); i++) {
		struct err err = {0};

		assert_int_equal(facts_add(b, risk, (struct fact){.id = {1, 77}}, str_c(bad[i]), STR_NONE, &err), ERR_DAMAGED);
		assert_non_null(strstr(err.text, "77"));
	}
	assert_int_equal(facts_add(b, risk, (struct fact){.id = {1, 78}}, S("{}"), S("{"), &f->err), ERR_DAMAGED);
	f->err = (struct err){0};
	ok(f, facts_add(b, risk, (struct fact){.id = {1, 5}, .day = DATE_NONE}, str_c(good), S("{\"name\":\"y\"}"), &f->err));
	facts_done(b, &facts);
	assert_int_equal(facts.n, 1);
	ok(f, json_canon(&out, fact_fields(&facts, facts_of(&facts, risk)->p), &f->err));
	same(buf_str(&out), str_c(good));
	same(fact_said(&facts, facts_of(&facts, risk)->p, S("number__unit"))->text, S("名"));
	assert_null(fact_said(&facts, facts_of(&facts, risk)->p, S("level")));
	same(node_text(fact_raw(&facts, facts_of(&facts, risk)->p), S("name")), S("y"));
}

/* Every record of both examples says as nodes what its row says. */
SQL(rows_sql, "select seq, fields from p_record order by seq");

static void whole_example(struct fix *f, const char *folder, int year)
{
	struct import_opt opt = {.year = year, .lang = LANG_EN};
	struct query q CLEANUP(query_done) = {0};
	struct str *paths = NULL;
	struct import im;
	struct facts facts;
	size_t n = 0, cap = 0, seen = 0;
	glob_t g;

	adopt_file(f, arena_printf(&f->a, "%s/scheme.yaml", folder).p);
	assert_int_equal(glob(arena_printf(&f->a, "%s/[0-9]*.[cx][sl][vs]*", folder).p, 0, NULL, &g), 0);
	for (size_t i = 0; i < g.gl_pathc; i++)
		*ARENA_PUSH(&f->a, paths, n, cap) = arena_str(&f->a, str_c(g.gl_pathv[i]));
	globfree(&g);
	ok(f, import_read(&f->a, &f->scheme, paths, n, opt, &im, &f->err));
	ok(f, import_compare(&im, log_db(f->log), &f->err));
	accept_all(f, &im, true);
	ok(f, facts_load(&f->a, log_db(f->log), &f->scheme, NULL, (struct facts_opt){.year = year}, &facts, &f->err));
	ok(f, db_query(log_db(f->log), &rows_sql, NO_ARGS, &q, &f->err));
	while (query_next(&q, &f->err)) {
		for (size_t t = 0; t < f->scheme.ntypes; t++)
			for (size_t i = 0; i < facts.sets[t].n; i++) {
				struct buf b CLEANUP(buf_free) = BUF_MAX(EVENT_BYTES);

				if (facts.sets[t].p[i].id.seq != query_int(&q, 0))
					continue;
				ok(f, json_canon(&b, fact_fields(&facts, &facts.sets[t].p[i]), &f->err));
				same(buf_str(&b), query_text(&q, 1));
				seen++;
			}
	}
	assert_int_equal(seen, facts.n);
	assert_true(seen > 30);
}

static void test_district(void **state)
{
	whole_example(*state, "examples/district-office-2022", 2022);
}

static void test_school(void **state)
{
	whole_example(*state, "examples/riverside-school-2024", 2024);
}

/* Two ask the same facts at once, each with memory of its own. */
struct asker {
	pthread_t thread;
	const struct facts *facts;
	struct where where;
	size_t found;
};

static void *ask(void *ctx)
{
	struct asker *x = ctx;

	for (int i = 0; i < 200; i++) {
		struct arena a CLEANUP(arena_free) = ARENA_INIT;
		struct facts mine = facts_for(x->facts, &a);
		struct set set = {.of = &mine.scheme->types[0], .wheres = &x->where, .nwheres = 1, .outside = true};

		set.of = scheme_type(mine.scheme, S("risk"));
		x->found = set_take(&mine, &set, &(const struct ask){.on = DATE_NONE}).n;
	}
	return NULL;
}

static void test_threads(void **state)
{
	struct fix *f = *state;
	struct str words[] = {S("FX-7")};
	struct asker askers[4];
	struct facts_build *b;
	struct facts facts;
	struct cond cond;

	adopt_file(f, SMALL);
	b = facts_begin(&f->a, &f->scheme, NULL, (struct facts_opt){.year = 2022});
	cond = (struct cond){.op = COND_IS, .values = {words, 1}};
	cond.path.field = type_field(scheme_type(&f->scheme, S("risk")), S("no"));
	for (int i = 0; i < 100; i++)
		ok(f, facts_add(b, scheme_type(&f->scheme, S("risk")), (struct fact){.id = {1, i}, .day = DATE_NONE},
			arena_printf(&f->a, "{\"no\":\"%s%d\"}", i % 2 ? "FX-" : "ＦＸ－", i % 10), STR_NONE, &f->err));
	facts_done(b, &facts);
	for (size_t i = 0; i < LEN(askers); i++) {
		askers[i] = (struct asker){.facts = &facts, .where = {.conds = &cond, .n = 1}};
		assert_int_equal(pthread_create(&askers[i].thread, NULL, ask, &askers[i]), 0);
	}
	for (size_t i = 0; i < LEN(askers); i++) {
		assert_int_equal(pthread_join(askers[i].thread, NULL), 0);
		assert_int_equal(askers[i].found, 10);
	}
}

int main(void)
{
	struct CMUnitTest tests[] = {
		PLAIN(test_once), PLAIN(test_day), PLAIN(test_text), PLAIN(test_json), ON_SQLITE(test_row),
		ON_BOTH(test_district), ON_SQLITE(test_school), ON_SQLITE(test_threads),
	};

	return run_plan("datum", tests, LEN(tests));
}
