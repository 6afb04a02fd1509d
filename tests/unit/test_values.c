/* Cells into values of a field's type, and values into the fields of a record. */
#include "office_world.h"

#include "text/json.h"

static struct value read_text(struct fix *f, const struct field *field, const char *text)
{
	struct cell cell = {.col = 1, .kind = CELL_TEXT, .text = str_c(text)};

	return value_read(&f->a, field, &cell, 2022);
}

static const struct {
	enum field_type type;
	enum period_kind per;
	const char *strip, *text;
	enum value_state state;
	const char *is, *json;         /* json: of a read value, NULL is the text in quotes */
} values[] = {
	{TYPE_TEXT, 0, "", "  学习  贯彻 ", VALUE_OK, "学习  贯彻", NULL},
	{TYPE_TEXT, 0, "", "　张一\n李二　", VALUE_OK, "张一\n李二", "\"张一\\n李二\""},
	{TYPE_TEXT, 0, "", "", VALUE_NONE, "", NULL},
	{TYPE_TEXT, 0, "", " 　\n\t", VALUE_NONE, "", NULL},
	{TYPE_TEXT, 0, "《》", "《云岭先锋》", VALUE_OK, "云岭先锋", NULL},
	{TYPE_TEXT, 0, "《》", " 《 云岭先锋 》 ", VALUE_OK, "云岭先锋", NULL},
	{TYPE_TEXT, 0, "《》", "《《云岭》先锋》", VALUE_OK, "云岭》先锋", NULL},
	{TYPE_TEXT, 0, "《》", "《》", VALUE_NONE, "", NULL},
	{TYPE_DATE, 0, "", "2022.6.3", VALUE_OK, "2022-06-03", NULL},
	{TYPE_DATE, 0, "", "6月3日", VALUE_OK, "2022-06-03", NULL},
	{TYPE_DATE, 0, "", " 五月底 ", VALUE_RAW, "五月底", NULL},
	{TYPE_PERIOD, PERIOD_MONTH, "", "６月份", VALUE_OK, "2022-06", NULL},
	{TYPE_PERIOD, PERIOD_QUARTER, "", "二季度", VALUE_OK, "2022Q2", NULL},
	{TYPE_PERIOD, PERIOD_QUARTER, "", "6月", VALUE_RAW, "6月", NULL},
	{TYPE_PERIOD, PERIOD_ANY, "", "2022年", VALUE_OK, "2022", NULL},
	{TYPE_COUNT, 0, "", "３５人", VALUE_OK, "35", "35"},
	{TYPE_COUNT, 0, "", "1，536", VALUE_OK, "1536", "1536"},
	{TYPE_NUMBER, 0, "", "1.5学时", VALUE_OK, "1.5", "\"1.5\""},
	{TYPE_NUMBER, 0, "", "2.0", VALUE_OK, "2", "2"},
	{TYPE_MONEY, 0, "", "12,000.50元", VALUE_OK, "12000.5", "\"12000.5\""},
	{TYPE_MONEY, 0, "", "￥12,000.50元", VALUE_OK, "12000.5", "\"12000.5\""},
	{TYPE_MONEY, 0, "", "¥ 36,000", VALUE_OK, "36000", "36000"},
	{TYPE_NUMBER, 0, "", "¥36", VALUE_RAW, "¥36", "\"¥36\""},
	{TYPE_COUNT, 0, "", "约35人", VALUE_RAW, "约35人", NULL},
	{TYPE_COUNT, 0, "", "35（其中请假的另行登记）", VALUE_RAW, "35（其中请假的另行登记）", NULL},
	{TYPE_COUNT, 0, "", "缺", VALUE_RAW, "缺", NULL},
	{TYPE_FLAG, 0, "", "是", VALUE_OK, "yes", "true"},
	{TYPE_FLAG, 0, "", " √ ", VALUE_OK, "yes", "true"},
	{TYPE_FLAG, 0, "", "有", VALUE_OK, "yes", "true"},
	{TYPE_FLAG, 0, "", "Ｙ", VALUE_OK, "yes", "true"},
	{TYPE_FLAG, 0, "", "TRUE", VALUE_OK, "yes", "true"},
	{TYPE_FLAG, 0, "", "否", VALUE_OK, "no", "false"},
	{TYPE_FLAG, 0, "", "×", VALUE_OK, "no", "false"},
	{TYPE_FLAG, 0, "", "没有", VALUE_OK, "no", "false"},
	{TYPE_FLAG, 0, "", "正在办", VALUE_RAW, "正在办", NULL},
	{TYPE_TIME, 0, "", "14:30", VALUE_OK, "14:30", NULL},
	{TYPE_TIME, 0, "", "９：０５", VALUE_OK, "09:05", NULL},
	{TYPE_TIME, 0, "", "14:30:59", VALUE_OK, "14:30", NULL},
	{TYPE_TIME, 0, "", "23:59", VALUE_OK, "23:59", NULL},
	{TYPE_TIME, 0, "", "24:00", VALUE_RAW, "24:00", NULL},
	{TYPE_TIME, 0, "", "14:60", VALUE_RAW, "14:60", NULL},
	{TYPE_TIME, 0, "", "-1:30", VALUE_RAW, "-1:30", NULL},
	{TYPE_TIME, 0, "", "14:305", VALUE_RAW, "14:305", NULL},
	{TYPE_TIME, 0, "", "14:3", VALUE_RAW, "14:3", NULL},
	{TYPE_TIME, 0, "", "14", VALUE_RAW, "14", NULL},
	{TYPE_TIME, 0, "", "下午", VALUE_RAW, "下午", NULL},
	{TYPE_CHOICE, 0, "", "室务会", VALUE_OK, "室务会", NULL},
	{TYPE_POST, 0, "", " 主任 ", VALUE_OK, "主任", NULL},
	{TYPE_UNIT, 0, "", "青溪镇", VALUE_OK, "青溪镇", NULL},
	{TYPE_OBJECT, 0, "", "青溪镇党委", VALUE_OK, "青溪镇党委", NULL},
	{TYPE_LINK, 0, "", "FX-01", VALUE_OK, "FX-01", NULL},
	{TYPE_TAGS, 0, "", "意识形态、保密", VALUE_OK, "意识形态、保密", "[\"意识形态\",\"保密\"]"},
	{TYPE_LIST, 0, "", "FX-01，FX-02；FX-03\nFX-04,FX-05;FX-06", VALUE_OK,
		"FX-01，FX-02；FX-03\nFX-04,FX-05;FX-06", "[\"FX-01\",\"FX-02\",\"FX-03\",\"FX-04\",\"FX-05\",\"FX-06\"]"},
	{TYPE_LIST, 0, "", "、FX-01、 、FX-01、", VALUE_OK, "、FX-01、 、FX-01、", "[\"FX-01\",\"FX-01\"]"},
	{TYPE_FILE, 0, "", "签到.png、纪要.pdf", VALUE_OK, "签到.png、纪要.pdf", "[\"签到.png\",\"纪要.pdf\"]"},
};

static void test_values(void **state)
{
	struct fix *f = *state;

	for (size_t i = 0; i < LEN(values); i++) {
		struct field field = {.type = values[i].type, .per = values[i].per, .strip = str_c(values[i].strip),
			.split = S("、，,；;\n")};
		struct value v = read_text(f, &field, values[i].text);
		struct buf b CLEANUP(buf_free) = BUF_MAX(1 << 16);

		if (v.state != values[i].state || !str_is(v.text, values[i].is))
			FLUNK("%s '%s': %d '" STR_FMT "'", field_type_name(field.type), values[i].text, v.state,
				STR_ARG(v.text));
		if (v.state != VALUE_OK)
			continue;
		ok(f, json_canon(&b, value_node(&f->a, &field, v.text), &f->err));
		same(buf_str(&b), values[i].json ? str_c(values[i].json)
			: arena_printf(&f->a, "\"%s\"", values[i].is));
	}
}

static void test_cells(void **state)
{
	struct fix *f = *state;
	struct field date = {.type = TYPE_DATE}, month = {.type = TYPE_PERIOD, .per = PERIOD_MONTH},
		quarter = {.type = TYPE_PERIOD, .per = PERIOD_QUARTER}, half = {.type = TYPE_PERIOD, .per = PERIOD_HALF},
		year = {.type = TYPE_PERIOD, .per = PERIOD_YEAR}, count = {.type = TYPE_COUNT}, text = {.type = TYPE_TEXT},
		flag = {.type = TYPE_FLAG};
	struct cell excel = {.kind = CELL_DATE, .date = day("2021-08-15"), .text = S("2021-08-15")};
	struct cell number = {.kind = CELL_NUMBER, .text = S("44575")}, yes = {.kind = CELL_BOOL, .text = S("TRUE")};
	struct cell packed = {.kind = CELL_NUMBER, .text = S("20220603")}, broken = {.kind = CELL_ERROR, .text = S("#REF!")};

	assert_int_equal(value_read(&f->a, &date, NULL, 2022).state, VALUE_NONE);
	same(value_read(&f->a, &date, &excel, 2022).text, S("2021-08-15"));
	same(value_read(&f->a, &month, &excel, 2022).text, S("2021-08"));
	same(value_read(&f->a, &quarter, &excel, 2022).text, S("2021Q3"));
	same(value_read(&f->a, &half, &excel, 2022).text, S("2021H2"));
	same(value_read(&f->a, &year, &excel, 2022).text, S("2021"));
	same(value_read(&f->a, &text, &excel, 2022).text, S("2021-08-15"));
	assert_int_equal(value_read(&f->a, &date, &number, 2022).state, VALUE_RAW);
	same(value_read(&f->a, &date, &packed, 2022).text, S("2022-06-03"));
	same(value_read(&f->a, &count, &number, 2022).text, S("44575"));
	same(value_read(&f->a, &flag, &yes, 2022).text, S("yes"));
	for (enum field_type t = 0; t < TYPE_N; t++)
		assert_int_equal(value_read(&f->a, &(struct field){.type = t}, &broken, 2022).state, VALUE_RAW);
}

static void test_days_of_values(void **state)
{
	struct field date = {.type = TYPE_DATE}, month = {.type = TYPE_PERIOD}, text = {.type = TYPE_TEXT};
	struct value d = {.text = S("2022-02-28"), .state = VALUE_OK}, m = {.text = S("2024-02"), .state = VALUE_OK};
	struct value raw = {.text = S("2022-02-28"), .state = VALUE_RAW}, none = {.state = VALUE_NONE};

	assert_true(date_eq(value_first_day(&date, &d), day("2022-02-28")));
	assert_true(date_eq(value_last_day(&date, &d), day("2022-02-28")));
	assert_true(date_eq(value_first_day(&month, &m), day("2024-02-01")));
	assert_true(date_eq(value_last_day(&month, &m), day("2024-02-29")));
	assert_false(date_is(value_first_day(&text, &d)));
	assert_false(date_is(value_first_day(&date, &raw)));
	assert_false(date_is(value_last_day(&date, &none)));
}

/* What one fact is told apart by: neither width nor blanks nor line breaks count. */
static void test_keys(void **state)
{
	struct fix *f = *state;
	struct field text = {.type = TYPE_TEXT}, count = {.type = TYPE_COUNT}, date = {.type = TYPE_DATE};
	struct value a = read_text(f, &text, "全区 Ａ类（一）\n会议"), b = read_text(f, &text, "全区A类(一)会议");
	struct value c = read_text(f, &text, "全区A类(二)会议");

	same(value_key(&f->a, &a), value_key(&f->a, &b));
	assert_false(str_eq(value_key(&f->a, &a), value_key(&f->a, &c)));
	a = read_text(f, &count, "３５人");
	b = read_text(f, &count, "35.0");
	same(value_key(&f->a, &a), value_key(&f->a, &b));
	a = read_text(f, &date, "6月3日");
	b = read_text(f, &date, "2022.06.03（周五）");
	same(value_key(&f->a, &a), value_key(&f->a, &b));
	a = read_text(f, &text, " ");
	assert_int_equal(value_key(&f->a, &a).n, 0);
	same(read_text(f, &count, "35 人次").unit, S("人次"));
	assert_int_equal(read_text(f, &count, "35").unit.n, 0);
}

static void test_parts(void **state)
{
	struct fix *f = *state;
	struct field usual = {.type = TYPE_LIST, .split = S("、，,；;\n")}, own = {.type = TYPE_LIST, .split = S("|／")};
	struct texts t = value_parts(&f->a, &usual, S(" 甲 、乙，丙,丁；戊;己\r\n庚、、 、"));

	assert_int_equal(t.n, 7);
	same(t.p[0], S("甲"));
	same(t.p[5], S("己"));
	same(t.p[6], S("庚"));
	t = value_parts(&f->a, &own, S("甲、乙|丙／丁"));
	assert_int_equal(t.n, 3);
	same(t.p[0], S("甲、乙"));
	assert_int_equal(value_parts(&f->a, &usual, S("")).n, 0);
	assert_int_equal(value_parts(&f->a, &usual, S("、；\n")).n, 0);
	assert_int_equal(value_parts(&f->a, &usual, S("一个")).n, 1);
}

/* Why a row was refused, in the words of the case's truth. */
static void test_refusals(void **state)
{
	static const struct {
		enum refusal why;
		const char *zh, *en;
	} t[] = {
		{REFUSE_NO_DATE, "缺少日期", "no date"},
		{REFUSE_MISSING, "缺少必填项", "required, but empty"},
		{REFUSE_BAD_DATE, "日期无法识别：待定", "date not readable: 待定"},
		{REFUSE_BAD_NUMBER, "数字无法识别：待定", "number not readable: 待定"},
		{REFUSE_BAD_VALUE, "无法识别：待定", "not readable: 待定"},
	};
	struct fix *f = *state;

	for (size_t i = 0; i < LEN(t); i++) {
		const struct import_row row = {.refusal = t[i].why, .text = S("待定")};

		same(refusal_text(&f->a, LANG_ZH, &row), str_c(t[i].zh));
		same(refusal_text(&f->a, LANG_EN, &row), str_c(t[i].en));
	}
}

int main(void)
{
	struct CMUnitTest tests[] = {
		PLAIN(test_values),
		PLAIN(test_cells),
		PLAIN(test_days_of_values),
		PLAIN(test_keys),
		PLAIN(test_parts),
		PLAIN(test_refusals),
	};

	return run_plan("values", tests, LEN(tests));
}
