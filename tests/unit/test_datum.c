/* Values of records: each once, words alike, what JSON is refused, nodes made again. */
#include "office_world.h"

#include "office/datum.h"
#include "text/json.h"

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

int main(void)
{
	struct CMUnitTest tests[] = {
		PLAIN(test_once), PLAIN(test_day), PLAIN(test_text), PLAIN(test_json), ON_SQLITE(test_row),
	};

	return run_plan("datum", tests, LEN(tests));
}
