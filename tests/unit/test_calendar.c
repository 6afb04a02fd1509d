/* Calendars: what a file may say, working days by hand and by the files, and years that an office adopts. */
#include "office_world.h"

#include "base/file.h"
#include "record/calendar_adopt.h"

static const char FILE_2030[] =
	"year: 2030\n"
	"country: CN\n"
	"holidays:\n"
	"  - {name: a, days: [2030-01-01, 2030-01-02]}\n"
	"working_days:\n"
	"  - {day: 2030-01-05, for: a}\n";

static void test_faults(void **state)
{
	static const struct {
		const char *from, *to, *says;
	} t[] = {
		{"country: CN\n", "", "line 1, column 1: the calendar lacks 'country'"},
		{"year: 2030\n", "year: 2400\n", "line 1, column 7: expected a year from 1900 to 2199"},
		{"2030-01-02", "2030-02-30", "line 4, column 34: expected a day such as 2030-10-01"},
		{"2030-01-02", "2031-01-02", "line 4, column 34: '2031-01-02' is no day of 2030"},
		{"2030-01-02", "2030-01-01", "line 4, column 34: '2030-01-01' stands here twice"},
		{"2030-01-05", "2030-01-01", "line 6, column 11: '2030-01-01' stands here twice"},
		{"holidays", "holiday", "line 3, column 1: unknown key 'holiday' in the calendar; did you mean 'holidays'?"},
		{"name: a, days", "name: a, day", "line 4, column 15: unknown key 'day' in the holiday; did you mean 'days'?"},
		{"{day: 2030-01-05, for: a}", "2030-01-05", "line 6, column 5: the working day must be a map"},
	};
	struct fix *f = *state;

	for (size_t i = 0; i < LEN(t); i++) {
		struct str base = str_c(FILE_2030);
		struct calendar_year y;
		size_t at = 0;

		if (!str_find(base, str_c(t[i].from), &at))
			FLUNK("no '%s' there", t[i].from);
		refused(f, calendar_read(&f->a, arena_printf(&f->a, "%.*s%s%s", (int)at, FILE_2030, t[i].to,
			FILE_2030 + at + strlen(t[i].from)), &y, &f->err), ERR_INPUT, t[i].says);
	}
}

/* 2024: 10 to 17 February are off, Sundays 4 and 18 February are worked. */
static void test_working_days(void **state)
{
	struct fix *f = *state;
	const struct calendar *c = calendar_shipped(&f->a, STR_NONE);
	bool unknown = false;

	assert_true(calendar_works(c, day("2024-02-09"), &unknown));
	assert_false(calendar_works(c, day("2024-02-12"), &unknown));     /* a Monday */
	assert_true(calendar_works(c, day("2024-02-18"), &unknown));      /* a Sunday */
	assert_true(calendar_works(c, day("2024-02-04"), &unknown));
	assert_false(calendar_works(c, day("2024-03-02"), &unknown));     /* a Saturday like others */
	assert_true(calendar_works(c, day("2024-12-31"), &unknown));
	assert_int_equal(calendar_after(c, day("2024-02-09"), 1, &unknown).n, day("2024-02-18").n);
	assert_int_equal(calendar_after(c, day("2024-02-18"), -1, &unknown).n, day("2024-02-09").n);
	assert_int_equal(calendar_after(c, day("2024-02-12"), 0, &unknown).n, day("2024-02-12").n);
	assert_int_equal(calendar_next(c, day("2024-02-10"), &unknown).n, day("2024-02-18").n);
	assert_int_equal(calendar_next(c, day("2024-02-18"), &unknown).n, day("2024-02-18").n);
	assert_int_equal(calendar_previous(c, day("2024-02-17"), &unknown).n, day("2024-02-09").n);
	assert_false(unknown);
	/* 31 December 2018 is in no file; the 1st of 2019 is off, so the next working day is the 2nd */
	assert_int_equal(calendar_next(c, day("2019-01-01"), &unknown).n, day("2019-01-02").n);
	assert_false(unknown);
	assert_true(calendar_works(c, day("2018-12-31"), &unknown));
	assert_true(unknown);
}

/* calendar: none is Monday to Friday, and knows it. Another country has no files. */
static void test_plain(void **state)
{
	struct fix *f = *state;
	const struct calendar *plain = calendar_shipped(&f->a, S("none")), *other = calendar_shipped(&f->a, S("XX"));
	bool unknown = false;

	assert_true(calendar_works(plain, day("2024-02-12"), &unknown));
	assert_false(calendar_works(plain, day("2024-02-18"), &unknown));
	assert_false(unknown);
	assert_true(calendar_works(other, day("2024-02-12"), &unknown));
	assert_true(unknown);
}

/* ---- adopted ---- */

struct given {
	struct calendar_year year;
	struct object text;
};

static enum err_code write_calendar(struct tx *tx, void *ctx, struct err *err)
{
	const struct given *g = ctx;

	return calendar_adopt(tx, &g->year, &g->text, err);
}

static void adopt(struct fix *f, const char *text)
{
	struct given g;

	ok(f, calendar_read(&f->a, str_c(text), &g.year, &f->err));
	ok(f, object_store_text(f->log, str_c(text), &g.text, &f->err));
	ok(f, log_write(f->log, S("test"), S("test"), write_calendar, &g, &f->err));
}

static void test_adopt(void **state)
{
	struct fix *f = *state;
	const struct calendar *c;
	bool unknown = false;
	int64_t size;

	ok(f, calendar_load(&f->a, log_db(f->log), STR_NONE, &c, &f->err));
	assert_true(calendar_works(c, day("2030-01-02"), &unknown));
	assert_true(unknown);
	adopt(f, FILE_2030);
	size = log_size(f->log);
	adopt(f, FILE_2030);             /* in force already */
	assert_int_equal(log_size(f->log), size);
	ok(f, calendar_load(&f->a, log_db(f->log), STR_NONE, &c, &f->err));
	unknown = false;
	assert_false(calendar_works(c, day("2030-01-02"), &unknown));
	assert_true(calendar_works(c, day("2030-01-05"), &unknown));
	assert_false(unknown);
	/* the newest counts, also before a shipped year */
	adopt(f, "year: 2030\ncountry: CN\nholidays: [{name: b, days: [2030-01-03]}]\n");
	adopt(f, "year: 2024\ncountry: CN\nholidays: []\n");
	ok(f, calendar_load(&f->a, log_db(f->log), S("CN"), &c, &f->err));
	assert_true(calendar_works(c, day("2030-01-02"), &unknown));
	assert_false(calendar_works(c, day("2030-01-03"), &unknown));
	assert_false(calendar_works(c, day("2030-01-05"), &unknown));
	assert_true(calendar_works(c, day("2024-02-12"), &unknown));
	assert_false(unknown);
	sound(f);
}

/* Every shipped file: a holiday is no working day, a make-up day is one; 230 and 53 of them by a count of the lines. */
static void test_shipped(void **state)
{
	struct fix *f = *state;
	const struct calendar *c = calendar_shipped(&f->a, S("CN"));
	int off = 0, worked = 0;

	for (int year = 2019; year <= 2026; year++) {
		struct calendar_year y;
		struct str text;
		bool unknown = false;

		ok(f, file_read(&f->a, arena_printf(&f->a, "calendars/china-%d.yaml", year).p, 1 << 20, &text, &f->err));
		ok(f, calendar_read(&f->a, text, &y, &f->err));
		assert_int_equal(y.year, year);
		for (size_t i = 0; i < y.noff; i++)
			assert_false(calendar_works(c, y.off[i], &unknown));
		for (size_t i = 0; i < y.nworked; i++)
			assert_true(calendar_works(c, y.worked[i], &unknown));
		assert_false(unknown);
		off += (int)y.noff;
		worked += (int)y.nworked;
	}
	assert_int_equal(off, 230);
	assert_int_equal(worked, 53);
}

int main(void)
{
	struct CMUnitTest tests[] = {
		PLAIN(test_faults), PLAIN(test_working_days), PLAIN(test_plain), PLAIN(test_shipped),
		ON_BOTH(test_adopt),
	};

	return run_plan("calendar", tests, LEN(tests));
}
