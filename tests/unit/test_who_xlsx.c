/* org.xlsx as offices write it. */
#include "who_files.h"

#include "sheet/xlsx_write.h"

#include <xlsxwriter.h>

/* Sheets as text: a line a row, cells between |, a sheet begins with "# name". "=2022-01-02" is a date. */
static enum err_code read_xlsx(struct fix *f, const char *text, struct org *org)
{
	struct str rest = str_c(text), line, cell;
	struct date d;
	struct xlsx *x;
	int row = 0;

	snprintf(f->path, sizeof f->path, "/tmp/zeren-who-%d.xlsx", getpid());
	unlink(f->path);
	ok(f, xlsx_open(f->path, &x, &f->err));
	while (str_cut(&rest, S("\n"), &line)) {
		int col = 0;

		if (str_starts(line, S("# "))) {
			ok(f, xlsx_sheet(x, str_sub(line, 2, line.n), NULL, 0, 0, &f->err));
			row = 0;
			continue;
		}
		for (; str_cut(&line, S("|"), &cell); col++)
			if (str_starts(cell, S("=")) && date_parse(str_sub(cell, 1, cell.n), &d))
				ok(f, xlsx_date(x, row, col, d, XLSX_PLAIN, &f->err));
			else if (cell.n)
				ok(f, xlsx_text(x, row, col, cell, XLSX_PLAIN, &f->err));
		row++;
	}
	ok(f, xlsx_close(x, &f->err));
	return org_read(&f->a, f->path, 2022, org, &f->err);
}

#define X_UNITS \
	"# 单位\n青溪区单位名录\n\n编 号|单位名称|简称|上级单位|性质\n" \
	"A|区委|||上级党委\nB|办公室|办|区委|本单位\nC|综合科||B|科室\nD|督查科||B|科室\n注：按编办核定\n"
#define X_POSTS \
	"# 岗位\n岗位编号（必填）|岗位名称|所属单位|层级\nP|主任|办公室|第一责任人\nQ|科长|C|\n"
#define X_HOLDERS \
	"# 任职情况\n2022年任职情况\n岗位|姓名|任职时间|任职止|备注\n" \
	"P|张一|２０２０．１．２|2021年12月31日|\n" \
	"主任|李　二|=2022-01-01|至今|说明：接任\nQ|王三|20210305||\n"
#define X_PORTFOLIOS "# 分管\n岗位编号|分管单位\nP|综合科、督查科\n"

static void test_xlsx_mess(void **state)
{
	struct fix *f = *state;
	struct org org;
	char day[DATE_TEXT];

	ok(f, read_xlsx(f, X_UNITS X_POSTS X_HOLDERS X_PORTFOLIOS
		"# 会议机构\n编号|名称|成员\nM|室务会|主任，科长\n# 其他\n随便写", &org));
	assert_int_equal(org.nunits, 4);
	same(org.units[1].parent, S("A"));
	same(org.office.code, S("B"));
	same(org.office.short_name, S("办"));
	assert_int_equal(org.nposts, 2);
	same(org.posts[0].unit, S("B"));
	assert_int_equal(org.nholders, 3);
	same(date_text(org.holders[0].from, day), S("2020-01-02"));
	same(date_text(org.holders[0].to, day), S("2021-12-31"));
	same(org.holders[1].post, S("P"));
	same(org.holders[1].name, S("李二"));
	assert_false(date_is(org.holders[1].to));
	same(date_text(org.holders[2].from, day), S("2021-03-05"));
	assert_int_equal(org.nportfolios, 2);
	same(org.portfolios[1].unit, S("督查科"));
	assert_int_equal(org.nbodies, 1);
	assert_int_equal(org.bodies[0].nmembers, 2);
	same(org.bodies[0].members[0], S("P"));
}

static void bad_xlsx(struct fix *f, const char *text, enum err_code code, const char *words)
{
	struct org org;

	refused(f, read_xlsx(f, text, &org), code, words);
}

static void test_xlsx_checks(void **state)
{
	struct fix *f = *state;

	bad_xlsx(f, X_UNITS X_POSTS X_HOLDERS, ERR_REQUIRED, "there is no sheet '分管'");
	bad_xlsx(f, X_UNITS X_POSTS X_HOLDERS X_PORTFOLIOS "# 分管表\n岗位编号|分管单位", ERR_INPUT,
		"分管 and 分管表");
	bad_xlsx(f, X_UNITS X_POSTS X_HOLDERS "# 分管\n岗位编号|负责\nP|C", ERR_INPUT, "no header row");
	bad_xlsx(f, X_UNITS X_POSTS "# 任职\n岗位|姓名\nP|张一\n" X_PORTFOLIOS, ERR_INPUT,
		"sheet 任职: the header in row 1 has no column '任职起'");
	bad_xlsx(f, X_UNITS X_POSTS "# 任职\n岗位|姓名|任职起\nP|张一|2021.3\n" X_PORTFOLIOS, ERR_INPUT,
		"sheet 任职, row 2: 任职起: '2021.3' is no day");
	bad_xlsx(f, X_UNITS X_POSTS "# 任职\n岗位|姓名|任职起\nP|张一|2021.2.30\n" X_PORTFOLIOS, ERR_INPUT,
		"is no day");
	bad_xlsx(f, X_UNITS X_POSTS "# 任职\n岗位|姓名|任职起\nP|张一|\n" X_PORTFOLIOS, ERR_REQUIRED,
		"sheet 任职, row 2: 任职起 is empty");
	bad_xlsx(f, X_UNITS X_POSTS "# 任职\n岗位|姓名|任职起\nX|张一|2021.3.1\n" X_PORTFOLIOS, ERR_INPUT,
		"sheet 任职, row 2: there is no post 'X'");
	bad_xlsx(f, X_UNITS X_POSTS X_HOLDERS "# 分管\n岗位|分管单位\n\n\nP|X", ERR_INPUT,
		"sheet 分管, row 4: there is no unit 'X'");
	bad_xlsx(f, "# 单位\n编号|名称|类别\nA|区委|上级\n" X_POSTS X_HOLDERS X_PORTFOLIOS, ERR_REQUIRED,
		"本单位");
	bad_xlsx(f, "# 单位\n编号|名称|类别\nA|区委|本单位\nB|办|本单位\n" X_POSTS X_HOLDERS X_PORTFOLIOS,
		ERR_INPUT, "row 3: a second unit");
	bad_xlsx(f, "# 单位\n编号|名称|类别\nA|区委|本单位\nA|办|科\n" X_POSTS X_HOLDERS X_PORTFOLIOS,
		ERR_INPUT, "sheet 单位, row 3: code 'A' stands twice, first in row 2");
}

/* One cell over the rows of a post with two holders. */
static void test_xlsx_merged(void **state)
{
	static const char *const rows[][4] = {{"岗位", "姓名", "任职起", "任职止"},
		{"P", "张一", "2020-01-01", "2021-12-31"}, {NULL, "李二", "2022-01-01", NULL}};
	static const char *const sheets[][3][3] = {
		{{"编号", "名称", "类别"}, {"B", "办公室", "本单位"}, {"C", "综合科", "科室"}},
		{{"编号", "名称", "单位"}, {"P", "主任", "B"}, {NULL}},
		{{"岗位", "分管单位"}, {"P", "C"}, {NULL}}};
	static const char *const names[] = {"单位", "岗位", "分管"};
	struct fix *f = *state;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	struct org org;

	snprintf(f->path, sizeof f->path, "/tmp/zeren-who-%d.xlsx", getpid());
	book = workbook_new(f->path);
	for (size_t s = 0; s < LEN(sheets); s++) {
		sheet = workbook_add_worksheet(book, names[s]);
		for (lxw_row_t r = 0; r < 3; r++)
			for (lxw_col_t c = 0; c < 3; c++)
				if (sheets[s][r][c])
					worksheet_write_string(sheet, r, c, sheets[s][r][c], NULL);
	}
	sheet = workbook_add_worksheet(book, "任职");
	for (lxw_row_t r = 0; r < 3; r++)
		for (lxw_col_t c = 0; c < 4; c++)
			if (rows[r][c])
				worksheet_write_string(sheet, r, c, rows[r][c], NULL);
	worksheet_merge_range(sheet, 1, 0, 2, 0, "P", NULL);
	assert_int_equal(workbook_close(book), LXW_NO_ERROR);
	ok(f, org_read(&f->a, f->path, 2022, &org, &f->err));
	assert_int_equal(org.nholders, 2);
	same(org.holders[1].post, S("P"));
	same(org.holders[1].name, S("李二"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		READING(test_xlsx_mess), READING(test_xlsx_checks), READING(test_xlsx_merged),
	};

	return cmocka_run_group_tests_name("who_xlsx", tests, NULL, NULL);
}
