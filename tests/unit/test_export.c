/* Registers taken out: pieces of any size, several registers of one type, what is left out; on both databases. */
#include "import_world.h"

#include "record/export.h"

static const char TWO[] =
	"zeren: 1\nscheme: two\ntitle: 二\nrecords:\n"
	"  m: {about: meeting, title: 会, fields: {date: date, name: text, n: count, tags: tags, yes: flag}}\n"
	"  free: {about: meeting, title: 散, fields: {date: date, name: text}}\n"
	"sheets:\n"
	"  - {record: m, file: \"甲*\", columns: {date: [日期, 时间], name: [名称], tags: [标签], n: [人数]}, required: [name],\n"
	"     key: [date, name], year: {of: date}}\n"
	"  - {name: other, record: m, file: \"乙*\", columns: {yes: [有无], n: [人次], name: [名目], date: [时间]},\n"
	"     required: [name], key: [date, name], year: {of: date}}\n";

/* A whole CSV, made of pieces of at most n bytes. */
static struct str csv(struct fix *f, const struct export_sheet *sheet, const struct export_ask *ask, size_t n)
{
	struct buf all CLEANUP(buf_free) = BUF_MAX(1 << 20);
	struct export_place at = {0};

	for (;;) {
		struct buf piece CLEANUP(buf_free) = BUF_MAX(n);

		ok(f, export_csv(sheet, ask, log_db(f->log), &at, &piece, &f->err));
		if (!piece.n)
			return arena_str(&f->a, buf_str(&all));
		assert_false(piece.over);
		buf_put(&all, buf_str(&piece));
	}
}

static struct str csv_named(struct fix *f, const char *name, struct export_ask ask)
{
	struct export_sheet sheet;
	struct str whole;

	ask.year = ask.year ? ask.year : 2022;
	ok(f, export_find(&f->a, &f->scheme, str_c(name), &sheet, &f->err));
	whole = csv(f, &sheet, &ask, 1 << 16);
	for (size_t n = whole.n < 1000 ? 1 : 4000; n < whole.n; n += 7 + n / 2)
		same(csv(f, &sheet, &ask, n), whole);
	assert_true(str_starts(whole, S("\xEF\xBB\xBF")));
	return str_sub(whole, 3, whole.n);
}

static void test_two(void **state)
{
	const struct export_ask all = {.on = DATE_NONE}, all_of_2022 = {.year = 2022, .on = DATE_NONE};
	struct file_list left;
	int64_t size;
	int fd;
	struct date february = {0};
	struct fix *f = *state;
	struct export_sheet sheet, *sheets;
	struct import im;
	size_t rows[3];
	struct id id;

	assert_true(date_make(2022, 2, 10, &february));
	adopt_scheme(f, str_c(TWO));
	take(f, "甲.csv", "日期,名称,人数,标签\n2022-01-01,一,3人,a；b\n2022-07-01,\"二\n=2\",四,c\n2021-01-01,旧,1,\n", "add 2, outside 1");
	id = take(f, "乙.csv", "时间,名目,人次,有无\n2022-02-01,三,5,有\n2022-03-01,四,-5,无\n", "add 2");
	same(csv_named(f, "m", all), S("\"日期\",\"名称\",\"标签\",\"人数\"\r\n\"2022-01-01\",\"一\",\"a、b\",\"3人\"\r\n"
		"\"2022-07-01\",\"二\n'=2\",\"c\",\"四\"\r\n"));
	same(csv_named(f, "other", all), S("\"有无\",\"人次\",\"名目\",\"时间\"\r\n\"是\",\"5\",\"三\",\"2022-02-01\"\r\n"
		"\"否\",\"-5\",\"四\",\"2022-03-01\"\r\n"));
	same(csv_named(f, "free", all), S("\"date\",\"name\"\r\n"));
	same(csv_named(f, "other", (struct export_ask){.year = 2021, .on = DATE_NONE}),
		S("\"有无\",\"人次\",\"名目\",\"时间\"\r\n"));
	same(csv_named(f, "other", (struct export_ask){.on = february}),
		S("\"有无\",\"人次\",\"名目\",\"时间\"\r\n\"是\",\"5\",\"三\",\"2022-02-01\"\r\n"));
	refused(f, export_find(&f->a, &f->scheme, S("fre"), &sheet, &f->err), ERR_NOT_FOUND, "did you mean 'free'");

	assert_int_equal(export_sheets(&f->a, &f->scheme, &sheets), 3);
	ok(f, export_xlsx(sheets, 3, &all_of_2022, f->log, path_in(f, "年.xlsx"), rows, &f->err));
	assert_int_equal(rows[0] + rows[1] * 10 + rows[2] * 100, 22);
	read_files(f, NAMES("年.xlsx"), NULL, &im);
	counts_are(&im, "same 4");
	ok(f, export_xlsx_open(sheets, 3, &all_of_2022, f->log, f->dir, &fd, &size, &f->err));
	assert_true(size > 4000 && lseek(fd, 0, SEEK_END) == size);
	close(fd);
	ok(f, file_list(&f->a, f->dir, 100, &left, &f->err));
	for (size_t i = 0; i < left.n; i++)
		assert_false(str_starts(left.names[i], S("export-")));
	assert_true(import_clean(&im));

	/* a correction stands where the record did; what is withdrawn is gone */
	take(f, "甲.csv", "日期,名称,人数,标签\n2022-07-01,\"二\n=2\",9,c\n2022-01-01,一,4,a；b\n", "change 2");
	same(csv_named(f, "m", all), S("\"日期\",\"名称\",\"标签\",\"人数\"\r\n\"2022-01-01\",\"一\",\"a、b\",\"4\"\r\n"
		"\"2022-07-01\",\"二\n'=2\",\"c\",\"9\"\r\n"));
	ok(f, undo(f, id));
	same(csv_named(f, "other", all), S("\"有无\",\"人次\",\"名目\",\"时间\"\r\n"));
	sound(f);
}

/* More than a batch, and a type whose records lie among others'. */
static void test_many(void **state)
{
	struct fix *f = *state;
	struct buf b CLEANUP(buf_free) = BUF_MAX(1 << 20);
	struct str out;
	struct import im;
	size_t lines = 0;

	adopt_file(f, SMALL);
	buf_put(&b, S("编号,日期,标题,分类\n"));
	for (int i = 0; i < 1000; i++)
		buf_printf(&b, "B%d,2022-%02d-%02d,第%d期,类%d\n", i, i / 84 + 1, i % 28 + 1, i, i % 3);
	take(f, "报送.csv", b.p, "add 1000");
	take(f, "会议.csv", MEETINGS, "add 3");
	out = csv_named(f, "report", (struct export_ask){.on = DATE_NONE});
	for (size_t i = 0; i < out.n; i++)
		lines += out.p[i] == '\n';
	assert_int_equal(lines, 1001);
	put_file(f, "out/x.csv", out.p);
	read_files(f, NAMES("out/x.csv"), NULL, &im);
	counts_are(&im, "same 1000");
	out = csv_named(f, "meeting", (struct export_ask){.on = DATE_NONE});
	put_file(f, "out/x.csv", out.p);
	read_files(f, NAMES("out/x.csv"), NULL, &im);
	counts_are(&im, "same 3");
}

/* A standing register of the year before is this year's as well; of what is carried over, that which is open. */
static void test_carried(void **state)
{
	const struct export_ask next = {.year = 2023, .on = DATE_NONE};
	struct fix *f = *state;

	adopt_file(f, SMALL);
	take(f, "风险.csv", RISKS, "add 2");
	take(f, "会议.csv", MEETINGS, "add 3");
	take(f, "问题.csv", "编号,发现日期,描述,销号日期\n1,2022-02-01,甲,2022-03-01\n2,2022-02-01,乙,\n"
		"3,2022-02-01,丙,2023-01-05\n", "add 3");
	same(csv_named(f, "risk", next), S("\"编号\",\"风险点\",\"日期\",\"等级\",\"化解日期\"\r\n"
		"\"FX-1\",\"甲\",\"2022-01-10\",\"低\",\r\n\"FX-2\",\"乙\",\"2022-01-11\",\"低\",\r\n"));
	same(csv_named(f, "problem", next), S("\"编号\",\"发现日期\",\"描述\",\"销号日期\"\r\n"
		"\"2\",\"2022-02-01\",\"乙\",\r\n\"3\",\"2022-02-01\",\"丙\",\"2023-01-05\"\r\n"));
	assert_int_equal(csv_named(f, "meeting", next).n, csv_named(f, "meeting", (struct export_ask){.year = 2021}).n);
}

int main(void)
{
	struct CMUnitTest tests[] = {
		ON_BOTH(test_two),
		ON_BOTH(test_many),
		ON_BOTH(test_carried),
	};

	return run_plan("export", tests, LEN(tests));
}
