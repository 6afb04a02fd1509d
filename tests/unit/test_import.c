/* Importing: the classes of a preview, accepting, importing again; on both databases. Each case ends with a deep
 * verify. */
#include "import_world.h"

/* ---- the case ---- */

static void test_case(void **state)
{
	struct fix *f = *state;
	struct str first, tables;
	struct import im;
	struct id id;
	int64_t size;

	adopt_file(f, CASE "scheme.yaml");
	read_case(f, &im);
	assert_int_equal(im.ntables, 22);
	assert_int_equal(im.nunmapped, 0);
	assert_false(import_clean(&im));
	assert_int_equal(import_count(&im, ROW_CHANGE) + import_count(&im, ROW_SAME), 0);
	first = json_of(f, &im);
	size = size_of(f);
	refused(f, import_accept(&im, f->log, S("张一"), S("test"), false, &id, &f->err), ERR_CONFLICT, "rows are refused");
	assert_int_equal(size_of(f), size);
	id = accept_all(f, &im, true);
	assert_true(id_is(id));
	assert_int_equal(count(f, "select count(*) from p_record where outside = 0"), (int64_t)import_count(&im, ROW_ADD));
	assert_int_equal(count(f, "select count(*) from p_import_table"), 22);
	sound(f);

	/* again: every row is the same, no event, no row of a table changes */
	size = size_of(f);
	tables = dump_tables(f, &f->a, log_db(f->log));
	read_case(f, &im);
	assert_int_equal(import_count(&im, ROW_ADD) + import_count(&im, ROW_CHANGE), 0);
	for (size_t i = 0; i < im.ntables; i++)
		assert_int_equal(im.tables[i].ngone, 0);
	same(json_of(f, &im), first);
	id = accept_all(f, &im, true);
	assert_false(id_is(id));
	assert_int_equal(size_of(f), size);
	same_dump(dump_tables(f, &f->a, log_db(f->log)), tables);
	sound(f);
}

/* Two people have the same file before them: what one writes, the other is told of before he writes. */
static void test_meanwhile(void **state)
{
	struct fix *f = *state;
	struct import one, two, other;
	struct id id;
	int64_t size;

	adopt_file(f, SMALL);
	put_file(f, "1会议.csv", MEETINGS);
	read_files(f, NAMES("1会议.csv"), NULL, &one);
	read_files(f, NAMES("1会议.csv"), NULL, &two);
	put_file(f, "2风险.csv", RISKS);
	read_files(f, NAMES("2风险.csv"), NULL, &other);
	accept_all(f, &one, false);
	size = size_of(f);
	refused(f, import_accept(&two, f->log, S("张一"), S("test"), false, &id, &f->err), ERR_CONFLICT, "of 3 rows");
	counts_are(&two, "same 3");
	assert_int_equal(size_of(f), size);
	assert_false(id_is(accept_all(f, &two, false)));        /* looked at again: nothing to write */
	assert_true(id_is(accept_all(f, &other, false)));       /* another register does not mind */

	put_file(f, "1会议.csv", MEETINGS_HEAD "2022-01-14,室务会,一月室务会,12人,9,1.5,有,意识形态,,\n"
		"2022-05-01,室务会,五月室务会,12,9,1.5,有,意识形态,,\n");
	read_files(f, NAMES("1会议.csv"), NULL, &one);
	counts_are(&one, "add 1, change 1, gone 2");
	put_file(f, "1会议.csv", MEETINGS_HEAD "2022-01-14,室务会,一月室务会,12人,8,1.5,有,意识形态,,\n");
	read_files(f, NAMES("1会议.csv"), NULL, &two);
	accept_all(f, &two, false);
	refused(f, import_accept(&one, f->log, S("张一"), S("test"), false, &id, &f->err), ERR_CONFLICT, "of 1 rows");
	counts_are(&one, "add 1, change 1, gone 2");
	accept_all(f, &one, false);
	put_file(f, "1会议.csv", MEETINGS);
	read_files(f, NAMES("1会议.csv"), NULL, &two);
	adopt_scheme(f, arena_printf(&f->a, STR_FMT "# anew\n", STR_ARG(f->scheme.text)));
	refused(f, import_accept(&two, f->log, S("张一"), S("test"), false, &id, &f->err), ERR_CONFLICT,
		"another responsibility system");
	sound(f);
}

static void test_case_undone(void **state)
{
	struct fix *f = *state;
	struct import im;
	struct id id, again;

	adopt_file(f, CASE "scheme.yaml");
	read_case(f, &im);
	id = accept_all(f, &im, true);
	ok(f, undo(f, id));
	assert_int_equal(count(f, "select count(*) from p_record where withdrawn_seq is null"), 0);
	read_case(f, &im);
	assert_int_equal(import_count(&im, ROW_CHANGE) + import_count(&im, ROW_SAME), 0);
	again = accept_all(f, &im, true);
	assert_true(id_is(again) && !id_eq(again, id));
	assert_int_equal(count(f, "select count(*) from p_record where withdrawn_seq is null and outside = 0"),
		(int64_t)import_count(&im, ROW_ADD));
	sound(f);
}

/* ---- the classes of a preview ---- */

static void test_classes(void **state)
{
	struct fix *f = *state;
	struct import im;
	struct id id;
	int64_t size;

	adopt_file(f, SMALL);
	take(f, "会议.csv", MEETINGS, "add 3");
	put_file(f, "会议.csv", MEETINGS_HEAD
		"2022.1.14,室务会,一月室务会,１２人,12,1.50,有,意识形态,,\n"      /* the same, written in another way */
		"2022-02-11,室务会,二月室务会,12人,11,1,无,,,\n"                    /* another field: changed */
		"2022-03-05,中心组,三月学习,9,9,2,,意识形态、保密,,\n"              /* another key: new, and the old one gone */
		"2022-04-01,室务会,四月室务会,十二,12,,,,,\n"                       /* a number nobody reads: taken as written */
		"2022-02-30,室务会,五月室务会,12,12,,,,,\n"                         /* no such day */
		",室务会,六月室务会,12,12,,,,,\n"                                   /* no date */
		"2022-07-01,,七月室务会,12,12,,,,,\n"                               /* no kind */
		"2022-01-14,室务会,一月室务会,3,3,,,,,\n"                           /* a key above again */
		"2021-12-31,室务会,去年的会,12,12,,,,,\n"                           /* another year */
		"合计,,,48,45,,,,,\n"
		"注：以上为全部会议,,,,,,,,,\n"
		"\n"
		"2022-08-01,室务会,八月室务会,12,12,,,,,\n");
	read_files(f, NAMES("会议.csv"), NULL, &im);
	counts_are(&im, "add 3, change 1, same 1, refused 3, outside 1, duplicate 1, gone 1");
	assert_int_equal(im.tables[0].nrows, 10);
	assert_int_equal(im.tables[0].nskipped, 3);
	assert_int_equal(im.tables[0].header_row, 1);
	assert_int_equal(im.tables[0].gone[0].row, 4);
	assert_non_null(strstr(im.tables[0].gone[0].label.p, "三月学习"));
	for (size_t i = 0; i < im.tables[0].nrows; i++) {
		const struct import_row *r = &im.tables[0].rows[i];
		struct str why = r->class == ROW_REFUSED ? refusal_text(&f->a, LANG_EN, r) : STR_NONE;

		if (r->no == 6) {
			same(why, S("date not readable: 2022-02-30"));
			same(r->field->name, S("date"));
		} else if (r->no == 7) {
			same(why, S("no date"));
		} else if (r->no == 8) {
			same(why, S("required, but empty"));
			same(r->field->name, S("kind"));
		} else if (r->no == 9) {
			assert_int_equal(r->class, ROW_DUPLICATE);
			assert_int_equal(r->same_as, 2);
		} else if (r->no == 10) {
			assert_int_equal(r->class, ROW_OUT_OF_YEAR);
			assert_true(date_eq(r->day, day("2021-12-31")));
		}
	}
	assert_int_equal(im.tables[0].nnotices, 1);
	assert_int_equal(im.tables[0].notices[0].row, 5);

	size = size_of(f);
	refused(f, import_accept(&im, f->log, S("张一"), S("test"), false, &id, &f->err), ERR_CONFLICT,
		"3 rows are refused, the first is 会议.csv row 6, 日期: date not readable: 2022-02-30; mend them");
	assert_int_equal(size_of(f), size);
	accept_all(f, &im, true);
	/* what is gone stays; what changed says the new; what was not readable is kept beside */
	same(active(f, "meeting"), S(
		"2 19006 0 '{\"date\":\"2022-01-14\",\"due\":12,\"due__unit\":\"人\",\"first\":true,\"hours\":\"1.5\",\"kind\":\"室务会\","
		"\"name\":\"一月室务会\",\"present\":12,\"topics\":[\"意识形态\"]}'\n"
		"3 19034 0 '{\"date\":\"2022-02-11\",\"due\":12,\"due__unit\":\"人\",\"first\":false,\"hours\":1,\"kind\":\"室务会\","
		"\"name\":\"二月室务会\",\"present\":11}'\n"
		"4 19055 0 '{\"date\":\"2022-03-04\",\"due\":9,\"hours\":2,\"kind\":\"中心组\",\"name\":\"三月学习\",\"present\":9,"
		"\"topics\":[\"意识形态\",\"保密\"]}'\n"
		"4 19056 0 '{\"date\":\"2022-03-05\",\"due\":9,\"hours\":2,\"kind\":\"中心组\",\"name\":\"三月学习\",\"present\":9,"
		"\"topics\":[\"意识形态\",\"保密\"]}'\n"
		"5 19083 0 '{\"date\":\"2022-04-01\",\"kind\":\"室务会\",\"name\":\"四月室务会\",\"present\":12}'\n"
		"10 18992 1 '{\"date\":\"2021-12-31\",\"due\":12,\"kind\":\"室务会\",\"name\":\"去年的会\",\"present\":12}'\n"
		"14 19205 0 '{\"date\":\"2022-08-01\",\"due\":12,\"kind\":\"室务会\",\"name\":\"八月室务会\",\"present\":12}'\n"));
	assert_int_equal(count(f, "select count(*) from p_record_past"), 1);
	assert_int_equal(count(f, "select count(*) from p_record where raw = '{\"due\":\"十二\"}'"), 1);
	sound(f);

	size = size_of(f);
	read_files(f, NAMES("会议.csv"), NULL, &im);
	counts_are(&im, "same 5, refused 3, outside 1, duplicate 1, gone 1");
	assert_false(id_is(accept_all(f, &im, true)));
	assert_int_equal(size_of(f), size);
}

/* Neither blanks nor width tell keys apart; a record says what was written last. */
static void test_spelling(void **state)
{
	struct fix *f = *state;

	adopt_file(f, SMALL);
	take(f, "报送.csv", "编号,日期,标题,分类\nBS-1,2022-03-01,关于防汛,安全\n", "add 1");
	take(f, "报送.csv", "编号,日期,标题,分类\nＢＳ－1,3月1日,关于防汛,安全\n", "change 1");
	take(f, "报送.csv", "分类,标题,日期,编号\n安全,关于防汛,2022/3/1,ＢＳ－1\n", "same 1");
	take(f, "报送.csv", "编号,日期,标题,分类\nＢＳ－1,3月1日,关于防汛工作,安全\n", "change 1");
	same(active(f, "report"), S("2 19052 0 '{\"date\":\"2022-03-01\",\"name\":\"关于防汛工作\",\"no\":\"ＢＳ－1\",\"theme\":\"安全\"}'\n"));
	assert_int_equal(count(f, "select count(*) from p_record_past"), 2);
	sound(f);
}

/* A column that comes, a value that goes. */
static void test_fields_come_and_go(void **state)
{
	struct fix *f = *state;

	adopt_file(f, SMALL);
	take(f, "报送.csv", "编号,日期,标题\nBS-1,2022-03-01,关于防汛\n", "add 1");
	take(f, "报送.csv", "编号,日期,标题,分类\nBS-1,2022-03-01,关于防汛,\n", "same 1");
	take(f, "报送.csv", "编号,日期,标题,分类\nBS-1,2022-03-01,关于防汛,安全\n", "change 1");
	take(f, "报送.csv", "编号,日期,标题,分类\nBS-1,2022-03-01,关于防汛,\n", "change 1");
	same(active(f, "report"), S("2 19052 0 '{\"date\":\"2022-03-01\",\"name\":\"关于防汛\",\"no\":\"BS-1\"}'\n"));
	sound(f);
}

/* Rows that only moved are the same rows; what is first of two stays the one. */
static void test_moved(void **state)
{
	struct fix *f = *state;
	int64_t size;

	adopt_file(f, SMALL);
	take(f, "会议.csv", MEETINGS, "add 3");
	size = size_of(f);
	take(f, "会议.csv", "会议台账\n\n" MEETINGS_HEAD
		"2022-03-04,中心组,三月学习,9,9,2,,意识形态、保密,,\n"
		"2022-02-11,室务会,二月室务会,12人,10,1,无,,,\n"
		"2022-01-14,室务会,一月室务会,12人,12,1.5,有,意识形态,,\n", "same 3");
	assert_int_equal(size_of(f), size);
}

/* Registers whose rows may repeat: the nth of a key stays the nth. */
static void test_repeats(void **state)
{
	struct fix *f = *state;

	adopt_file(f, SMALL);
	take(f, "分值.csv", "项目,分值\n学习,5\n学习,3\n责任,2\n", "add 3");
	take(f, "分值.csv", "项目,分值\n学习,5\n学习,3\n责任,2\n", "same 3");
	take(f, "分值.csv", "项目,分值\n学习,5\n责任,2\n学习,4\n学习,1\n", "add 1, change 1, same 2");
	take(f, "分值.csv", "项目,分值\n学习,5\n责任,2\n", "same 2, gone 2");
	sound(f);
}

/* ---- years ---- */

static void test_years(void **state)
{
	struct fix *f = *state;
	struct import im;

	adopt_file(f, SMALL);
	/* a standing register keeps earlier years, not later ones */
	take(f, "风险.csv", "编号,风险点,日期,等级\nFX-1,甲,2019-05-01,低\nFX-2,乙,2022-12-31,低\nFX-3,丙,2023-01-01,低\n",
		"add 2, outside 1");
	/* problems found earlier are carried over, unless they were closed in an earlier year */
	take(f, "问题.csv", "编号,发现日期,描述,销号日期\nW-1,2021-03-01,甲,\nW-2,2021-03-01,乙,2022-01-05\nW-3,2021-03-01,丙,2021-12-31\n"
		"W-4,2022-03-01,丁,\nW-5,2023-01-01,戊,\nW-5,2023-01-01,戊,\n", "add 3, outside 3");
	/* a plan is of the next year */
	take(f, "计划.csv", "编号,内容,时限\nJ-1,甲,2023-06-30\nJ-2,乙,2022-06-30\nJ-3,丙,2024-01-01\nJ-4,丁,12月31日\n",
		"add 2, outside 2");
	same(active(f, "plan"), S("2 19538 0 '{\"limit\":\"2023-06-30\",\"no\":\"J-1\",\"what\":\"甲\"}'\n"
		"3 19173 1 '{\"limit\":\"2022-06-30\",\"no\":\"J-2\",\"what\":\"乙\"}'\n"
		"4 19723 1 '{\"limit\":\"2024-01-01\",\"no\":\"J-3\",\"what\":\"丙\"}'\n"
		"5 19722 0 '{\"limit\":\"2023-12-31\",\"no\":\"J-4\",\"what\":\"丁\"}'\n"));
	/* periods by their month */
	take(f, "周例会.csv", "月份,次数\n1月,4\n2021年12月,3\n2022-12,5\n2023-01,1\n", "add 2, outside 2");
	/* all of it again, as one import */
	read_files(f, NAMES("风险.csv", "问题.csv", "计划.csv", "周例会.csv"), NULL, &im);
	counts_are(&im, "same 9, outside 8");
	assert_false(id_is(accept_all(f, &im, false)));
	assert_int_equal(count(f, "select count(*) from p_record where outside = 1"), 8);
	sound(f);
}

/* The same register taken for its own year afterwards: what was kept aside now counts, and is not there twice. */
static void test_own_year(void **state)
{
	struct fix *f = *state;
	struct import_opt opt = {.year = 2023, .lang = LANG_EN};
	struct str path;
	struct import im;
	struct id id;

	adopt_file(f, SMALL);
	id = take(f, "报送.csv", "编号,日期,标题\nBS-1,2022-12-30,甲\nBS-2,2023-01-02,乙\n", "add 1, outside 1");
	path = str_c(path_in(f, "报送.csv"));
	ok(f, import_read(&f->a, &f->scheme, &path, 1, opt, &im, &f->err));
	ok(f, import_compare(&im, log_db(f->log), &f->err));
	counts_are(&im, "change 1, outside 1");
	accept_all(f, &im, false);
	same(active(f, "report"), S("2 19356 0 '{\"date\":\"2022-12-30\",\"name\":\"甲\",\"no\":\"BS-1\"}'\n"
		"3 19359 0 '{\"date\":\"2023-01-02\",\"name\":\"乙\",\"no\":\"BS-2\"}'\n"));
	sound(f);
	ok(f, import_read(&f->a, &f->scheme, &path, 1, opt, &im, &f->err));
	ok(f, import_compare(&im, log_db(f->log), &f->err));
	counts_are(&im, "same 1, outside 1");
	refused(f, undo(f, id), ERR_CONFLICT, "corrected by a later import");
	sound(f);
}

/* A key that stands in the year and outside of it: two facts, and a second import changes neither. */
static void test_key_in_two_years(void **state)
{
	static const char *const texts[] = {
		"编号,内容,时限\nJ-1,甲,2023-06-30\nJ-1,乙,2024-06-30\n",
		"编号,内容,时限\nJ-1,乙,2024-06-30\nJ-1,甲,2023-06-30\n",
	};
	struct fix *f = *state;
	int64_t size;

	adopt_file(f, SMALL);
	for (size_t i = 0; i < LEN(texts); i++) {
		struct id id = take(f, "计划.csv", texts[i], "add 1, outside 1");

		size = size_of(f);
		take(f, "计划.csv", texts[i], "same 1, outside 1");
		assert_int_equal(size_of(f), size);
		assert_int_equal(count(f, "select count(*) from p_record where withdrawn_seq is null"), 2);
		ok(f, undo(f, id));
	}
	sound(f);
}

/* ---- two registers of one type ---- */

static void test_two_files(void **state)
{
	struct fix *f = *state;
	struct import im;
	int64_t size;

	adopt_file(f, SMALL);
	put_file(f, "会议一.csv", MEETINGS_HEAD "2022-01-14,室务会,会,12,12,,,,,\n2022-02-14,室务会,会,12,12,,,,,\n");
	put_file(f, "会议二.csv", MEETINGS_HEAD "2022-01-14,室务会,会,8,8,,,,,\n2022-03-14,室务会,会,12,12,,,,,\n");
	read_files(f, NAMES("会议一.csv", "会议二.csv"), NULL, &im);
	counts_are(&im, "add 4");
	assert_int_equal(im.tables[1].nnotices, 1);
	same(im.tables[1].notices[0].text, S("the same key stands in '会议一.csv' too"));
	accept_all(f, &im, false);
	size = size_of(f);
	read_files(f, NAMES("会议一.csv", "会议二.csv"), NULL, &im);
	counts_are(&im, "same 4");
	assert_false(id_is(accept_all(f, &im, false)));
	assert_int_equal(size_of(f), size);
	sound(f);
}

/* ---- tables that cannot be taken ---- */

static void test_problems(void **state)
{
	struct fix *f = *state;
	static const struct {
		const char *text, *says;
	} bad[] = {
		{"编号,日期,标题,作者\nBS-1,2022-03-01,甲,乙\n", "row 1, column D: the scheme knows no column '作者'; add it to columns or"
			" ignore of 'report'"},
		{"编号,日期,标题,分数\nBS-1,2022-03-01,甲,乙\n", "row 1, column D: the scheme knows no column '分数'; did you mean '分类'?"
			" (columns or ignore of 'report')"},
		{"标题头\n编号,标题,分类\nBS-1,甲,乙\n", "row 2: no column '日期'"},
		{"编号,日期,分类\nBS-1,2022-03-01,乙\n", "row 1: no column '标题'"},
		{"编号,日期,标题,标题\nBS-1,2022-03-01,甲,乙\n", "row 1: two columns stand for '标题': '标题' and '标题'"},
		{"甲,乙,丙\n1,2,3\n", "no header found in the first 30 rows; expected such as '编号'"},
	};
	struct import im;
	struct id id;
	int64_t size;

	adopt_file(f, SMALL);
	put_file(f, "会议.csv", MEETINGS);
	size = size_of(f);
	for (size_t i = 0; i < LEN(bad); i++) {
		put_file(f, "报送.csv", bad[i].text);
		read_files(f, NAMES("报送.csv", "会议.csv"), NULL, &im);
		same(im.tables[0].problem, str_c(bad[i].says));
		counts_are(&im, "add 3");
		assert_false(import_clean(&im));
		refused(f, import_accept(&im, f->log, S("张一"), S("test"), false, &id, &f->err), ERR_INPUT,
			arena_printf(&f->a, "报送.csv: %s", bad[i].says).p);
		assert_int_equal(size_of(f), size);
	}
	accept_all(f, &im, true);      /* a person may still take the rest */
	assert_int_equal(count(f, "select count(*) from p_record"), 3);
	put_file(f, "花名册.csv", "甲,乙\n1,2\n");
	read_files(f, NAMES("花名册.csv"), NULL, &im);
	assert_int_equal(im.nunmapped, 1);
	same(im.unmapped[0], S("花名册.csv"));
	put_file(f, "报送.csv", "");
	read_files(f, NAMES("报送.csv"), NULL, &im);
	assert_int_equal(im.ntables, 0);
	sound(f);
}

/* A file of another name is known by its header. */
static void test_by_header(void **state)
{
	struct fix *f = *state;
	struct import im;

	adopt_file(f, SMALL);
	put_file(f, "二〇二二.csv", MEETINGS);
	read_files(f, NAMES("二〇二二.csv"), NULL, &im);
	counts_are(&im, "add 3");
	same(im.tables[0].map->name, S("meeting"));
}

/* A row that no event can hold: nothing of the import is written. */
static void test_too_long(void **state)
{
	struct fix *f = *state;
	struct buf b CLEANUP(buf_free) = BUF_MAX(1 << 20);
	struct import im;
	struct id id;
	int64_t size;

	adopt_file(f, SMALL);
	buf_printf(&b, "编号,日期,标题,分类\nBS-1,2022-03-01,甲,乙\nBS-2,2022-03-02,");
	for (int i = 0; i < 12000; i++)
		buf_printf(&b, "长");
	buf_printf(&b, ",");
	for (int i = 0; i < 12000; i++)
		buf_printf(&b, "长");
	buf_printf(&b, "\nBS-3,2022-03-03,甲,乙\n");
	put_file(f, "报送.csv", buf_str(&b).p);
	read_files(f, NAMES("报送.csv"), NULL, &im);
	counts_are(&im, "add 3");
	size = size_of(f);
	refused(f, import_accept(&im, f->log, S("张一"), S("test"), false, &id, &f->err), ERR_LIMIT, "报送.csv!3: ");
	assert_int_equal(size_of(f), size);
	assert_int_equal(count(f, "select count(*) from p_record"), 0);
	sound(f);
}

int main(void)
{
	struct CMUnitTest tests[] = {
		ON_BOTH(test_case),
		ON_BOTH(test_case_undone),
		ON_BOTH(test_meanwhile),
		ON_BOTH(test_classes),
		ON_BOTH(test_spelling),
		ON_SQLITE(test_fields_come_and_go),
		ON_SQLITE(test_moved),
		ON_BOTH(test_repeats),
		ON_BOTH(test_years),
		ON_BOTH(test_own_year),
		ON_BOTH(test_key_in_two_years),
		ON_BOTH(test_two_files),
		ON_SQLITE(test_problems),
		ON_SQLITE(test_by_header),
		ON_BOTH(test_too_long),
	};

	return run_plan("import", tests, LEN(tests));
}
