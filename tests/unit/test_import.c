/* Importing: the classes of a preview, accepting, importing again, refused rows, evidence, undo, replay; on both
 * databases. Each case ends with a deep verify. */
#include "office_world.h"

#include "text/json.h"

/* ---- asking ---- */

static void counts_are(const struct import *im, const char *want)
{
	static const char *const names[] = {"add", "change", "same", "refused", "outside", "duplicate"};
	char got[200] = "";
	size_t n = 0, gone = 0;

	for (int i = 0; i < ROW_CLASSES; i++)
		if (import_count(im, (enum row_class)i))
			n += (size_t)snprintf(got + n, sizeof got - n, "%s%s %zu", n ? ", " : "", names[i],
				import_count(im, (enum row_class)i));
	for (size_t i = 0; i < im->ntables; i++)
		gone += im->tables[i].ngone;
	if (gone)
		snprintf(got + n, sizeof got - n, "%sgone %zu", n ? ", " : "", gone);
	if (strcmp(got, want) != 0)
		FLUNK("%s, not %s", got, want);
}

static struct str json_of(struct fix *f, const struct import *im)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(1 << 24);

	ok(f, json_canon(&b, import_json(im), &f->err));
	return arena_str(&f->a, buf_str(&b));
}

/* Active records of a type: number, day, fields; by row. */
static struct str active(struct fix *f, const char *type)
{
	return rows_of(f, &f->a, log_db(f->log), arena_printf(&f->a, "select row, day, outside, fields from p_record where"
		" type = '%s' and withdrawn_seq is null order by row, seq", type).p);
}

static int64_t count(struct fix *f, const char *sql)
{
	struct str s = rows_of(f, &f->a, log_db(f->log), sql);
	int64_t n;

	assert_true(str_int(str_trim(s), &n));
	return n;
}

/* Puts a file and imports it. */
static struct id take(struct fix *f, const char *name, const char *text, const char *counts)
{
	struct import im;

	put_file(f, name, text);
	read_files(f, NAMES(name), NULL, &im);
	counts_are(&im, counts);
	return accept_all(f, &im, true);
}

/* ---- the case ---- */

static void read_case(struct fix *f, struct import *im)
{
	struct import_opt opt = {.year = 2022, .lang = LANG_ZH, .evidence = CASE "佐证"};
	struct str paths[32];
	struct file_list l;
	size_t n = 0;

	ok(f, file_list(&f->a, CASE, 1000, &l, &f->err));
	for (size_t i = 0; i < l.n; i++)
		if (l.names[i].p[0] >= '0' && l.names[i].p[0] <= '9')
			paths[n++] = path_join(&f->a, S(CASE), l.names[i]);
	assert_int_equal(n, 14);
	ok(f, import_read(&f->a, &f->scheme, paths, n, opt, im, &f->err));
	ok(f, import_compare(im, log_db(f->log), &f->err));
}

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

#define MEETINGS_HEAD "日期,类别,名称,应到,实到,学时,第一议题,专题,风险点,佐证\n"

static const char MEETINGS[] = MEETINGS_HEAD
	"2022-01-14,室务会,一月室务会,12人,12,1.5,有,意识形态,,\n"
	"2022-02-11,室务会,二月室务会,12人,10,1,无,,,\n"
	"2022-03-04,中心组,三月学习,9,9,2,,意识形态、保密,,\n";

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

/* ---- the workbook of refused rows ---- */

static const struct cell *cell_of(const struct sheet *s, int row, int col)
{
	for (size_t i = 0; i < s->nrows; i++)
		for (size_t k = 0; s->rows[i].no == row && k < s->rows[i].n; k++)
			if (s->rows[i].cells[k].col == col)
				return &s->rows[i].cells[k];
	return NULL;
}

static struct str text_at(const struct book *b, size_t sheet, int row, int col)
{
	const struct cell *c = cell_of(&b->sheets[sheet], row, col);

	return c ? c->text : S("");
}

/* Writes the read-back workbook as a CSV of its first sheet, one cell replaced: a clerk mending it. */
static void mend(struct fix *f, const struct book *b, size_t sheet, int row, int col, const char *text, const char *name)
{
	struct buf out CLEANUP(buf_free) = BUF_MAX(1 << 20);
	const struct sheet *s = &b->sheets[sheet];
	int last = 0;

	for (size_t i = 0; i < s->nrows; i++)
		last = MAX(last, s->rows[i].cells[s->rows[i].n - 1].col);
	for (size_t i = 0; i < s->nrows; i++) {
		for (int c = 1; c <= last; c++) {
			struct str v = s->rows[i].no == row && c == col ? str_c(text) : text_at(b, sheet, s->rows[i].no, c);

			buf_printf(&out, "%s" STR_FMT, c > 1 ? "," : "", STR_ARG(v));
		}
		buf_putc(&out, '\n');
	}
	put_file(f, name, buf_str(&out).p);
}

static void test_refused_rows(void **state)
{
	struct fix *f = *state;
	const char *path = path_in(f, "refused.xlsx");
	struct str whole;
	struct import im;
	struct book book;

	adopt_file(f, SMALL);
	put_file(f, "会议.csv", MEETINGS_HEAD
		"2022-01-14,室务会,一月室务会,12人,12,1.5,有,意识形态,,\n"
		"五月底,室务会,五月室务会,１２人,约11,1.5,有,意识形态、保密,FX-1,=1+1.png\n"
		"2022-06-01,,六月室务会,12,12,,,,,\n");
	put_file(f, "报送.csv", "编号,日期,标题,分类\nBS-1,待定,甲,乙\n");
	read_files(f, NAMES("会议.csv", "报送.csv"), NULL, &im);
	counts_are(&im, "add 1, refused 3");
	accept_all(f, &im, true);
	ok(f, import_refused(&im, path, &f->err));

	ok(f, book_read(&f->a, path, (struct sheet_progress){0}, &book, &f->err));
	assert_int_equal(book.nsheets, 2);
	same(text_at(&book, 0, 1, 2), S("日期"));
	same(text_at(&book, 0, 1, 11), S("佐证"));
	same(text_at(&book, 0, 2, 1), S("3"));                  /* the row it stood in */
	same(text_at(&book, 0, 2, 2), S("五月底"));
	same(text_at(&book, 0, 2, 4), S("五月室务会"));
	same(text_at(&book, 0, 2, 5), S("12人"));
	same(text_at(&book, 0, 2, 6), S("约11"));
	same(text_at(&book, 0, 2, 7), S("1.5"));
	same(text_at(&book, 0, 2, 11), S("=1+1.png"));          /* a text, no formula */
	same(text_at(&book, 0, 2, 12), S("日期: date not readable: 五月底"));
	same(text_at(&book, 0, 3, 1), S("4"));
	same(text_at(&book, 0, 3, 12), S("类别: required, but empty"));
	assert_int_equal(cell_of(&book.sheets[0], 3, 2)->kind, CELL_DATE);
	same(text_at(&book, 1, 2, 6), S("日期: date not readable: 待定"));

	/* Sent back as it is: still refused. Mended: taken, and nothing else is said to be gone. */
	read_files(f, NAMES("refused.xlsx"), NULL, &im);
	counts_are(&im, "refused 3");
	mend(f, &book, 0, 2, 2, "2022-05-31", "退回.csv");
	read_files(f, NAMES("退回.csv"), NULL, &im);
	counts_are(&im, "add 1, refused 1");
	accept_all(f, &im, true);
	same(active(f, "meeting"), S(
		"2 19006 0 '{\"date\":\"2022-01-14\",\"due\":12,\"due__unit\":\"人\",\"first\":true,\"hours\":\"1.5\",\"kind\":\"室务会\","
		"\"name\":\"一月室务会\",\"present\":12,\"topics\":[\"意识形态\"]}'\n"
		"2 19143 0 '{\"date\":\"2022-05-31\",\"due\":12,\"due__unit\":\"人\",\"first\":true,\"hours\":\"1.5\",\"kind\":\"室务会\","
		"\"name\":\"五月室务会\",\"proof\":[\"=1+1.png\"],\"risks\":[\"FX-1\"],\"topics\":[\"意识形态\",\"保密\"]}'\n"));
	sound(f);

	/* The register itself, mended the same way, then has nothing new. */
	whole = S(MEETINGS_HEAD
		"2022-01-14,室务会,一月室务会,12人,12,1.5,有,意识形态,,\n"
		"2022-05-31,室务会,五月室务会,１２人,约11,1.5,有,意识形态、保密,FX-1,=1+1.png\n");
	put_file(f, "会议.csv", whole.p);
	read_files(f, NAMES("会议.csv"), NULL, &im);
	counts_are(&im, "same 2");
}

/* The same with the case: each sheet of the workbook is known for what it was, and each row is refused for the same
 * reason; in both languages. */
static void test_case_refused(void **state)
{
	struct fix *f = *state;
	const char *path = path_in(f, "退回.xlsx");

	adopt_file(f, CASE "scheme.yaml");
	for (enum lang lang = LANG_ZH; lang <= LANG_EN; lang++) {
		struct import im, back;
		size_t at = 0;

		read_case(f, &im);
		im.lang = lang;
		ok(f, import_refused(&im, path, &f->err));
		read_files(f, NAMES("退回.xlsx"), NULL, &back);
		assert_int_equal(back.nunmapped, 0);
		for (size_t i = 0; i < im.ntables; i++) {
			const struct import_table *t = &im.tables[i], *b = &back.tables[at];
			size_t row = 0;

			if (!t->count[ROW_REFUSED])
				continue;
			assert_true(at < back.ntables);
			if (t->map != b->map || b->problem.n)
				FLUNK(STR_FMT " comes back as " STR_FMT " " STR_FMT, STR_ARG(t->map->name), STR_ARG(b->map->name),
					STR_ARG(b->problem));
			assert_int_equal(b->count[ROW_REFUSED], t->count[ROW_REFUSED]);
			for (size_t k = 0; k < t->nrows; k++) {
				if (t->rows[k].class != ROW_REFUSED)
					continue;
				assert_ptr_equal(b->rows[row].field, t->rows[k].field);
				same(refusal_text(&f->a, LANG_EN, &b->rows[row]), refusal_text(&f->a, LANG_EN, &t->rows[k]));
				row++;
			}
			at++;
		}
		assert_int_equal(at, back.ntables);
	}
}

/* ---- undo ---- */

static void test_undo_restores(void **state)
{
	struct fix *f = *state;
	struct str before, after;
	struct id first, second, third;

	adopt_file(f, SMALL);
	first = take(f, "会议.csv", MEETINGS, "add 3");
	before = active(f, "meeting");
	second = take(f, "会议.csv", MEETINGS_HEAD
		"2022-01-14,室务会,一月室务会,12人,11,1.5,有,意识形态,,\n"
		"2022-02-11,室务会,二月室务会,12人,10,1,无,,,\n"
		"2022-09-01,室务会,九月室务会,12人,10,1,无,,,\n", "add 1, change 1, same 1, gone 1");
	after = active(f, "meeting");
	third = take(f, "会议.csv", MEETINGS_HEAD "2022-01-14,室务会,一月室务会,12人,10,1.5,有,意识形态,,\n"
		"2022-10-01,室务会,十月室务会,1,1,1,,,,\n", "add 1, change 1, gone 3");
	refused(f, undo(f, first), ERR_CONFLICT, "1 records of import");
	refused(f, undo(f, second), ERR_CONFLICT, "1 records of import");
	sound(f);

	ok(f, undo(f, third));
	same(active(f, "meeting"), after);
	sound(f);
	refused(f, undo(f, third), ERR_CONFLICT, "was withdrawn");
	ok(f, undo(f, second));
	same(active(f, "meeting"), before);
	sound(f);
	ok(f, undo(f, first));
	same(active(f, "meeting"), S(""));
	sound(f);
	refused(f, undo(f, first), ERR_CONFLICT, "was withdrawn");
	refused(f, undo(f, (struct id){1, 999999}), ERR_NOT_FOUND, "999999");
	refused(f, undo(f, (struct id){1, 0}), ERR_NOT_FOUND, "no import 0");

	take(f, "会议.csv", MEETINGS, "add 3");
	same(active(f, "meeting"), before);
	sound(f);
}

/* Corrected, undone, corrected in another way, undone. */
static void test_undo_again(void **state)
{
	struct fix *f = *state;
	static const char *const texts[] = {"编号,日期,标题\nBS-1,2022-03-01,乙\n", "编号,日期,标题\nBS-1,2022-03-01,丙\n"};
	struct id first = ID_NONE, id;
	struct str before;

	adopt_file(f, SMALL);
	first = take(f, "报送.csv", "编号,日期,标题\nBS-1,2022-03-01,甲\n", "add 1");
	before = active(f, "report");
	for (int i = 0; i < 4; i++) {
		id = take(f, "报送.csv", texts[i % 2], "change 1");
		refused(f, undo(f, first), ERR_CONFLICT, "corrected by a later import");
		ok(f, undo(f, id));
		same(active(f, "report"), before);
	}
	sound(f);
	ok(f, undo(f, first));
	same(active(f, "report"), S(""));
	sound(f);
}

static const char RISKS[] = "编号,风险点,日期,等级\nFX-1,甲,2022-01-10,低\nFX-2,乙,2022-01-11,低\n";

/* An import that later records name by a link stays, and the error says which ones. */
static void test_undo_links(void **state)
{
	struct fix *f = *state;
	struct id risks, updates, meeting;
	int64_t size;

	adopt_file(f, SMALL);
	risks = take(f, "风险.csv", RISKS, "add 2");
	updates = take(f, "更新.csv", "日期,编号,事项,等级\n2022-02-01,ＦＸ-1,复核,\n2022-03-01,FX-1,等级调整,一般\n", "add 2");
	size = size_of(f);
	refused(f, undo(f, risks), ERR_CONFLICT, "2 later records stand on import");
	refused(f, undo(f, risks), ERR_CONFLICT, "更新");
	refused(f, undo(f, risks), ERR_CONFLICT, "FX-1");
	assert_int_equal(size_of(f), size);
	sound(f);
	ok(f, undo(f, updates));
	meeting = take(f, "会议.csv", MEETINGS_HEAD "2022-01-14,室务会,会,12,12,,,,FX-9、FX-2,\n", "add 1");
	refused(f, undo(f, risks), ERR_CONFLICT, "1 later records stand on import");   /* one of a list */
	refused(f, undo(f, risks), ERR_CONFLICT, "会议");
	ok(f, undo(f, meeting));
	ok(f, undo(f, risks));
	assert_int_equal(count(f, "select count(*) from p_record where withdrawn_seq is null"), 0);
	sound(f);
}

/* Records that named it before it was there don't stand on it; nor do those of the same import. */
static void test_undo_earlier_links(void **state)
{
	struct fix *f = *state;
	struct import im;
	struct id risks, both;

	adopt_file(f, SMALL);
	take(f, "更新.csv", "日期,编号,事项,等级\n2022-02-01,FX-1,复核,\n", "add 1");
	risks = take(f, "风险.csv", RISKS, "add 2");
	ok(f, undo(f, risks));
	put_file(f, "更新.csv", "日期,编号,事项,等级\n2022-02-02,FX-2,复核,\n");
	read_files(f, NAMES("风险.csv", "更新.csv"), NULL, &im);
	counts_are(&im, "add 3, gone 1");
	both = accept_all(f, &im, false);
	ok(f, undo(f, both));
	sound(f);
}

/* ---- evidence ---- */

/* Name, whether the file is missing, whether a record says so now; in the order of the events. */
static struct str proofs(struct fix *f)
{
	return rows_of(f, &f->a, log_db(f->log), "select name, case when digest is null then 1 else 0 end, case when"
		" p_record.rev_seq is null then 0 else 1 end from p_proof left join p_record on p_record.origin = p_proof.origin and"
		" p_record.rev_seq = p_proof.seq order by p_proof.seq, name");
}

static const char PROVED[] = MEETINGS_HEAD
	"2022-01-14,室务会,一月室务会,12,12,,,,,签到.png、纪要.pdf\n"
	"2022-02-11,室务会,二月室务会,12,12,,,,,通知.pdf\n"
	"2022-03-11,室务会,三月室务会,12,12,,,,,\n";

static void test_evidence(void **state)
{
	struct fix *f = *state;
	struct import im;
	struct id first, second, third;
	int64_t size;

	adopt_file(f, SMALL);
	put_file(f, "会议.csv", PROVED);
	put_file(f, "proof/纪要.pdf", "minutes");
	put_file(f, "proof/无人引用.pdf", "loose");
	read_files(f, NAMES("会议.csv"), "proof", &im);
	counts_are(&im, "add 3");
	same(json_of(f, &im), S("{\"evidence\":{\"accepted_rows_without_evidence\":{\"会议.csv\":1},\"missing\":[{\"file\":\"签到.png\","
		"\"row\":[\"会议.csv!2\"]},{\"file\":\"通知.pdf\",\"row\":[\"会议.csv!3\"]}],\"present\":[\"纪要.pdf\"],\"references\":3,"
		"\"unreferenced\":[\"无人引用.pdf\"]},\"ledgers\":{\"会议.csv\":{\"accepted\":3,\"duplicate\":[],\"header_row\":1,"
		"\"out_of_year\":[],\"refused\":[],\"rows\":3,\"skipped\":[]}}}"));
	first = accept_all(f, &im, false);
	same(proofs(f), S("'签到.png' 1 1\n'纪要.pdf' 0 1\n'通知.pdf' 1 1\n"));
	assert_int_equal(count(f, "select count(*) from p_object where name like '%.pdf' or name like '%.png'"), 1);
	sound(f);

	/* One more is found: the records that name it say so, and only they. */
	put_file(f, "proof/签到.png", "signatures");
	read_files(f, NAMES("会议.csv"), "proof", &im);
	counts_are(&im, "change 1, same 2");
	second = accept_all(f, &im, false);
	assert_true(id_is(second));
	same(proofs(f), S("'签到.png' 1 0\n'纪要.pdf' 0 0\n'通知.pdf' 1 1\n'签到.png' 0 1\n'纪要.pdf' 0 1\n"));
	sound(f);
	size = size_of(f);
	read_files(f, NAMES("会议.csv"), "proof", &im);
	counts_are(&im, "same 3");
	assert_false(id_is(accept_all(f, &im, false)));

	/* Without the folder nothing is forgotten. */
	read_files(f, NAMES("会议.csv"), NULL, &im);
	counts_are(&im, "same 3");
	assert_false(id_is(accept_all(f, &im, false)));
	assert_int_equal(size_of(f), size);
	put_file(f, "会议.csv", MEETINGS_HEAD "2022-01-14,室务会,一月室务会,12,11,,,,,签到.png、纪要.pdf、新.pdf\n");
	read_files(f, NAMES("会议.csv"), NULL, &im);
	counts_are(&im, "change 1, gone 2");
	third = accept_all(f, &im, false);
	same(proofs(f), S("'签到.png' 1 0\n'纪要.pdf' 0 0\n'通知.pdf' 1 1\n'签到.png' 0 0\n'纪要.pdf' 0 0\n'新.pdf' 1 1\n"
		"'签到.png' 0 1\n'纪要.pdf' 0 1\n"));
	sound(f);
	ok(f, undo(f, third));
	ok(f, undo(f, second));
	same(proofs(f), S("'签到.png' 1 1\n'纪要.pdf' 0 1\n'通知.pdf' 1 1\n'签到.png' 0 0\n'纪要.pdf' 0 0\n'新.pdf' 1 0\n"
		"'签到.png' 0 0\n'纪要.pdf' 0 0\n"));
	ok(f, undo(f, first));
	sound(f);
}

/* A name that holds the separator, or is written in full width, is still that file. */
static void test_evidence_names(void **state)
{
	struct fix *f = *state;
	struct import im;

	adopt_file(f, SMALL);
	put_file(f, "会议.csv", MEETINGS_HEAD "2022-01-14,室务会,甲,12,12,,,,,签到、纪要.png\n"
		"2022-01-15,室务会,乙,12,12,,,,,签 到（一）.png\n");
	put_file(f, "proof/签到、纪要.png", "one");
	put_file(f, "proof/签到(一).png", "two");
	read_files(f, NAMES("会议.csv"), "proof", &im);
	assert_int_equal(im.nproof, 2);
	assert_non_null(strstr(json_of(f, &im).p, "\"missing\":[]"));
	accept_all(f, &im, false);
	assert_int_equal(count(f, "select count(*) from p_proof where digest is not null"), 2);
	sound(f);
}

/* ---- known at event N ---- */

static void test_replay(void **state)
{
	struct fix *f = *state;
	struct {
		int64_t at;
		struct str tables;
	} then[8];
	size_t n = 0;
	struct id id;

#define NOTE() (then[n].at = size_of(f), then[n++].tables = dump_tables(f, &f->a, log_db(f->log)))
	adopt_file(f, SMALL);
	NOTE();
	take(f, "会议.csv", MEETINGS, "add 3");
	NOTE();
	id = take(f, "会议.csv", MEETINGS_HEAD "2022-01-14,室务会,一月室务会,12人,11,1.5,有,意识形态,,\n", "change 1, gone 2");
	NOTE();
	take(f, "风险.csv", RISKS, "add 2");
	NOTE();
	ok(f, undo(f, id));
	NOTE();
	take(f, "会议.csv", MEETINGS_HEAD "2022-01-14,室务会,一月室务会,12人,9,1.5,有,意识形态,,\n", "change 1, gone 2");
	NOTE();
	for (size_t i = 0; i < n; i++) {
		CLEANUP(db_close) struct db *db = NULL;

		ok(f, db_open(":memory:", (struct db_opt){.scratch = true}, &db, &f->err));
		ok(f, log_replay(f->log, then[i].at, db, false, NULL, NULL, &f->err));
		same_dump(dump_tables(f, &f->a, db), then[i].tables);
	}
}

/* ---- events that no import makes ---- */

struct forged {
	const char *kind, *data;
	struct id subject;
};

static enum err_code write_forged(struct tx *tx, void *ctx, struct err *err)
{
	const struct forged *x = ctx;
	struct node *data;

	TRY(json_read(tx->arena, str_c(x->data), (struct json_opt){0}, &data, err));
	return tx_event(tx, x->kind, x->subject, data, NULL, err);
}

static void test_forged(void **state)
{
#define IDENT "\"ident\":\"00112233445566778899aabbccddeeff\""
#define TAIL ",\"row\":1,\"table\":0,\"fields\":{}"
	struct fix *f = *state;
	struct id import, undone;
	int64_t size, record;

	adopt_file(f, SMALL);
	import = take(f, "报送.csv", "编号,日期,标题\nBS-1,2022-03-01,甲\n", "add 1");
	record = import.seq + 1;
	undone = take(f, "风险.csv", RISKS, "add 2");
	ok(f, undo(f, undone));
	size = size_of(f);
	{
		const char *into = arena_printf(&f->a, "\"import\":%d", (int)import.seq).p;
		const char *gone = arena_printf(&f->a, "\"import\":%d", (int)undone.seq).p;
#define DATA(...) arena_printf(&f->a, __VA_ARGS__).p
		const struct {
			struct forged x;
			enum err_code code;
			const char *says;
		} bad[] = {
			{{"record.add", DATA("{%s," IDENT TAIL "}", into), ID_NONE}, ERR_REQUIRED, "type"},
			{{"record.add", DATA("{\"type\":\"report\",%s,\"ident\":\"00\"" TAIL "}", into), ID_NONE}, ERR_INPUT, "ident"},
			{{"record.add", DATA("{\"type\":\"report\",%s,\"ident\":\"zz112233445566778899aabbccddeeff\"" TAIL "}", into),
				ID_NONE}, ERR_INPUT, "ident"},
			{{"record.add", DATA("{\"type\":\"report\",\"import\":99999," IDENT TAIL "}"), ID_NONE}, ERR_NOT_FOUND,
				"no import 99999"},
			{{"record.add", DATA("{\"type\":\"report\",%s," IDENT TAIL "}", gone), ID_NONE}, ERR_CONFLICT, "was withdrawn"},
			{{"record.add", DATA("{\"type\":\"report\",%s,\"person\":\"x\"," IDENT TAIL "}", into), ID_NONE}, ERR_INPUT, "person"},
			{{"record.add", DATA("{\"type\":\"report\",%s,\"day\":\"2022-02-30\"," IDENT TAIL "}", into), ID_NONE}, ERR_INPUT,
				"day"},
			{{"record.correct", DATA("{%s," IDENT TAIL "}", into), ID_NONE}, ERR_REQUIRED, ""},
			{{"record.correct", DATA("{%s," IDENT TAIL "}", into), import}, ERR_NOT_FOUND, "no record"},
			{{"record.correct", DATA("{%s," IDENT TAIL "}", into), {1, undone.seq + 1}}, ERR_CONFLICT, "was withdrawn"},
			{{"record.correct", DATA("{%s," IDENT TAIL "}", gone), {1, record}}, ERR_CONFLICT, "was withdrawn"},
			{{"import.accept", "{\"year\":2022,\"tables\":[{\"source\":\"a\",\"map\":\"b\"}]}", ID_NONE}, ERR_INPUT,
				"table 0 of the import lacks"},
			{{"import.accept", "{\"year\":2022,\"tables\":[7]}", ID_NONE}, ERR_INPUT, "table 0 of the import lacks"},
			{{"import.undo", "{}", {1, record}}, ERR_NOT_FOUND, "no import"},
			{{"import.undo", "{}", undone}, ERR_CONFLICT, "was withdrawn"},
			{{"import.undo", "{}", ID_NONE}, ERR_REQUIRED, ""},
		};

		for (size_t i = 0; i < LEN(bad); i++) {
			refused(f, log_write(f->log, S("张一"), S("test"), write_forged, (void *)&bad[i].x, &f->err), bad[i].code,
				bad[i].says);
			assert_int_equal(size_of(f), size);
		}
	}
	sound(f);
}

/* ---- the scheme in force ---- */

static void test_schemes(void **state)
{
	struct fix *f = *state;
	struct scheme s;
	struct str text;
	int64_t size;

	refused(f, scheme_current(f->log, &f->a, &s, &f->err), ERR_NOT_FOUND, "no scheme has been adopted here");
	adopt_file(f, SMALL);
	size = size_of(f);
	adopt_file(f, SMALL);
	assert_int_equal(size_of(f), size);
	ok(f, scheme_current(f->log, &f->a, &s, &f->err));
	same(s.code, S("small"));
	adopt_file(f, CASE "scheme.yaml");
	ok(f, scheme_current(f->log, &f->a, &s, &f->err));
	same(s.code, S("district-office-ideology"));
	adopt_file(f, SMALL);                     /* back: adopted once more, its text kept once */
	ok(f, scheme_current(f->log, &f->a, &s, &f->err));
	same(s.code, S("small"));
	assert_int_equal(count(f, "select count(*) from p_scheme"), 3);
	ok(f, file_read(&f->a, SMALL, 1 << 20, &text, &f->err));
	same(s.text, text);
	sound(f);
}

int main(void)
{
	struct CMUnitTest tests[] = {
		ON_BOTH(test_case),
		ON_BOTH(test_case_undone),
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
		ON_BOTH(test_refused_rows),
		ON_SQLITE(test_case_refused),
		ON_BOTH(test_undo_restores),
		ON_BOTH(test_undo_again),
		ON_BOTH(test_undo_links),
		ON_BOTH(test_undo_earlier_links),
		ON_BOTH(test_evidence),
		ON_SQLITE(test_evidence_names),
		ON_BOTH(test_replay),
		ON_BOTH(test_forged),
		ON_BOTH(test_schemes),
	};

	return run_plan("import", tests, LEN(tests));
}
