/* Registers that come back with the ids of their records; on both databases. */
#include "import_world.h"

#include "record/export.h"

#define HEAD "编号,日期,标题,分类,zeren-id\n"

/* The id of the record that a query finds. */
static const char *id_by(struct fix *f, const char *sql)
{
	struct str out;

	ok(f, log_id_text(f->log, &f->a, (struct id){1, count(f, sql)}, &out, &f->err));
	return out.p;
}

/* Of the one that says the name. */
static const char *id_of(struct fix *f, const char *name)
{
	return id_by(f, arena_printf(&f->a, "select seq from p_record where fields like '%%\"%s\"%%'", name).p);
}

/* Of the first item (min) or the last (max). */
static const char *item_of(struct fix *f, const char *which)
{
	return id_by(f, arena_printf(&f->a, "select %s(seq) from p_record where type = 'item'", which).p);
}

static bool noticed(const struct import *im, int row, const char *text)
{
	for (size_t i = 0; i < im->ntables; i++)
		for (size_t k = 0; k < im->tables[i].nnotices; k++)
			if (im->tables[i].notices[k].row == row && str_has(im->tables[i].notices[k].text, str_c(text)))
				return true;
	return false;
}

static void look(struct fix *f, struct import *im, struct str text, const char *counts)
{
	put_file(f, "带号.csv", text.p);
	read_files(f, NAMES("带号.csv"), NULL, im);
	counts_are(im, counts);
}

static struct str reports(struct fix *f)
{
	return rows_of(f, &f->a, log_db(f->log), "select fields from p_record where type = 'report' and outside = 0 and"
		" withdrawn_seq is null order by seq");
}

static void start(struct fix *f)
{
	adopt_file(f, SMALL);
	take(f, "报送.csv", "编号,日期,标题,分类\nB1,2022-01-05,甲,旧\nB2,2022-02-05,乙,旧\nB3,2022-03-05,丙,旧\n", "add 3");
}

static void test_changed_key(void **state)
{
	struct fix *f = *state;
	const char *a, *b, *c;
	struct import_change *to;
	struct import im;
	struct id import;

	start(f);
	a = id_of(f, "甲"), b = id_of(f, "乙"), c = id_of(f, "丙");

	/* as it was taken out, in another order of rows and columns, the id moved away */
	look(f, &im, arena_printf(&f->a, "zeren-id,标题,编号,分类,日期\n%s,丙,B3,旧,2022-03-05\n%s,甲,B1,旧,2022-01-05\n"
		"%s,乙,B2,旧,2022-02-05\n", c, a, b), "same 3");

	/* a key that changed, two that were swapped, one that is gone, one that is new */
	look(f, &im, arena_printf(&f->a, HEAD "B9,2022-01-05,甲,新,%s\nB4,2022-04-05,丁,,\n", a), "add 1, change 1, gone 2");
	assert_int_equal(import_changes(&f->a, &im, &im.tables[0], &im.tables[0].rows[0], &to), 2);
	same(to[0].head, S("编号"));
	same(to[0].was, S("B1"));
	same(to[0].is, S("B9"));
	same(to[1].was, S("旧"));
	same(to[1].is, S("新"));
	assert_non_null(strstr(json_of(f, &im).p, "\"changed\":[{\"fields\":[{\"column\":\"编号\",\"is\":\"B9\",\"was\":\"B1\"}"));
	look(f, &im, arena_printf(&f->a, HEAD "B2,2022-02-05,甲,旧,%s\nB1,2022-01-05,乙,旧,%s\nB3,2022-03-05,丙,旧,%s\n",
		a, b, c), "change 2, same 1");
	import = accept_all(f, &im, false);
	same(reports(f), S("'{\"date\":\"2022-02-05\",\"name\":\"甲\",\"no\":\"B2\",\"theme\":\"旧\"}'\n"
		"'{\"date\":\"2022-01-05\",\"name\":\"乙\",\"no\":\"B1\",\"theme\":\"旧\"}'\n"
		"'{\"date\":\"2022-03-05\",\"name\":\"丙\",\"no\":\"B3\",\"theme\":\"旧\"}'\n"));
	sound(f);
	/* by key, without ids, it is now this */
	look(f, &im, S("编号,日期,标题,分类\nB1,2022-01-05,乙,旧\nB2,2022-02-05,甲,旧\nB3,2022-03-05,丙,旧\n"), "same 3");
	ok(f, undo(f, import));
	look(f, &im, S("编号,日期,标题,分类\nB1,2022-01-05,甲,旧\nB2,2022-02-05,乙,旧\nB3,2022-03-05,丙,旧\n"), "same 3");
	sound(f);
}

/* A key that another record has, and keeps. */
static void test_taken_key(void **state)
{
	struct fix *f = *state;
	const char *a, *b;
	struct import im;

	start(f);
	a = id_of(f, "甲"), b = id_of(f, "乙");
	look(f, &im, arena_printf(&f->a, HEAD "B2,2022-02-05,甲,旧,%s\n", a), "refused 1, gone 2");
	assert_int_equal(im.tables[0].rows[0].refusal, REFUSE_KEY_TAKEN);
	same(im.tables[0].heads[im.tables[0].rows[0].field->at], S("编号"));
	ok(f, import_compare(&im, log_db(f->log), &f->err));
	counts_are(&im, "refused 1, gone 2");
	/* both there: the lower repeats the upper, and its record is neither written nor gone */
	look(f, &im, arena_printf(&f->a, HEAD "B2,2022-02-05,乙,旧,%s\nB2,2022-02-05,甲,旧,%s\n", b, a),
		"same 1, duplicate 1, gone 1");
	assert_true(noticed(&im, 3, "stays as it is"));
	/* its key goes to a row without an id: that is a new record */
	look(f, &im, arena_printf(&f->a, HEAD "B7,2022-01-05,甲,旧,%s\nB1,2022-01-05,戊,新,\n", a), "add 1, change 1, gone 2");
	accept_all(f, &im, false);
	assert_int_equal(count(f, "select count(*) from p_record where type = 'report'"), 4);
	sound(f);
}

static void test_odd_ids(void **state)
{
	struct fix *f = *state;
	const char *a, *m;
	struct import im;

	start(f);
	take(f, "会议.csv", MEETINGS, "add 3");
	a = id_of(f, "甲"), m = id_of(f, "一月室务会");
	look(f, &im, arena_printf(&f->a, HEAD "B1,2022-01-05,甲,旧,%s\nB8,2022-01-05,甲,旧,%s\n", a, a), "add 1, same 1, gone 2");
	assert_true(noticed(&im, 3, "it has the id of row 2"));
	/* the copy stands above what it was copied from */
	look(f, &im, arena_printf(&f->a, HEAD "B8,2022-01-05,甲,旧,%s\nB1,2022-01-05,甲,新,%s\n", a, a), "add 1, change 1, gone 2");
	assert_true(noticed(&im, 2, "it has the id of row 3"));
	look(f, &im, arena_printf(&f->a, HEAD "B1,2022-01-05,甲,旧,abc\nB2,2022-02-05,乙,新,z000000000000:7\n"
		"B3,2022-03-05,丙,旧,%s\nB4,2022-03-05,丁,旧,%.*s:999999\n", m, (int)(strchr(a, ':') - a), a),
		"add 1, change 1, same 2");
	assert_true(noticed(&im, 2, "'abc' is no id of a record"));
	assert_true(noticed(&im, 3, "is of another office"));
	assert_true(noticed(&im, 4, "is of another register, '会议'"));
	assert_true(noticed(&im, 5, "there is no record"));
	/* only the id is left of a row; a row of notes; only some of the register */
	look(f, &im, arena_printf(&f->a, HEAD "B2,2022-02-05,乙,旧,\n,,,,%s\n", a), "same 1, gone 2");
	look(f, &im, arena_printf(&f->a, "编号,日期,标题,分类,zeren-id-part\n必填,如 2022-06-03,必填,,zeren-note\n"
		"B1,2022-01-05,甲,新,%s\n", a), "change 1");
}

/* Fields without a column stay; a record that leaves the year is written so, and may come back. */
static void test_parts(void **state)
{
	struct fix *f = *state;
	const char *a;
	struct import im;

	start(f);
	a = id_of(f, "甲");
	look(f, &im, arena_printf(&f->a, "编号,日期,标题,zeren-id-part\nB1,2022-01-06,甲,%s\n", a), "change 1");
	accept_all(f, &im, false);
	assert_true(str_has(reports(f), S("\"date\":\"2022-01-06\",\"name\":\"甲\",\"no\":\"B1\",\"theme\":\"旧\"")));
	look(f, &im, arena_printf(&f->a, HEAD "B1,2021-01-06,甲,旧,%s\n", a), "outside 1, gone 2");
	assert_true(noticed(&im, 2, "would leave the year"));
	accept_all(f, &im, false);
	assert_false(str_has(reports(f), S("甲")));
	look(f, &im, arena_printf(&f->a, HEAD "B1,2021-01-06,甲,旧,%s\n", a), "outside 1, gone 2");
	assert_false(import_anything(&im));
	look(f, &im, arena_printf(&f->a, HEAD "B1,2022-01-06,甲,旧,%s\n", a), "change 1, gone 2");
	accept_all(f, &im, false);
	assert_int_equal(count(f, "select count(*) from p_record where type = 'report' and outside = 0"), 3);
	sound(f);
}

/* Where rows of one key are kept side by side, each keeps its own. */
static void test_repeats(void **state)
{
	struct fix *f = *state;
	const char *a, *b;
	struct import im;

	adopt_file(f, SMALL);
	take(f, "分值.csv", "项目,分值\n学习,1\n学习,2\n", "add 2");
	a = item_of(f, "min"), b = item_of(f, "max");
	look(f, &im, arena_printf(&f->a, "项目,分值,zeren-id\n学习,2,%s\n学习,9,\n学习,1,%s\n", b, a), "add 1, same 2");
	accept_all(f, &im, false);
	look(f, &im, arena_printf(&f->a, "项目,分值,zeren-id-part\n会议,2,%s\n学习,3,%s\n", b, a), "change 2");
	accept_all(f, &im, false);
	assert_int_equal(count(f, "select count(distinct ident) from p_record where type = 'item'"), 3);
	sound(f);
}

int main(void)
{
	struct CMUnitTest tests[] = {
		ON_BOTH(test_changed_key),
		ON_BOTH(test_taken_key),
		ON_SQLITE(test_odd_ids),
		ON_BOTH(test_parts),
		ON_BOTH(test_repeats),
	};

	return run_plan("import_id", tests, LEN(tests));
}
