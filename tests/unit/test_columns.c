/* How the office's own sheet looks: taken down, held to its form, given back by the newest import that says it. */
#include "office_world.h"

#include "db_nth.h"
#include "record/columns.h"
#include "text/json.h"

static struct str json_of(struct fix *f, const struct node *n)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(1 << 16);

	if (!n)
		return S("none");
	ok(f, json_canon(&b, n, &f->err));
	return arena_str(&f->a, buf_str(&b));
}

/* The register of reports (no, date, name, theme), its fields in columns 2, 3, 0 (none) and 5. */
static void test_look(void **state)
{
	static const struct {
		struct sheet_col cols[3];
		int heights[3];                  /* of rows 1 to 3; the head is rows 2 and 3 */
		int header_row;
		bool part, sent_back;
		const char *want;
	} cases[] = {
		{{{0}}, {0}, 2, false, false, "none"},
		{{{2, 2, 1200, false}}, {0}, 2, false, false, "{\"widths\":{\"no\":1200}}"},
		{{{2, 5, 1200, false}}, {0}, 2, false, false, "{\"widths\":{\"date\":1200,\"no\":1200,\"theme\":1200}}"},
		{{{2, 2, COLUMNS_WIDTH_LEAST - 1, false}, {3, 3, COLUMNS_WIDTH_LEAST, false}}, {0}, 2, false, false,
			"{\"widths\":{\"date\":100}}"},
		{{{2, 2, COLUMNS_WIDTH_MOST + 1, false}}, {0}, 2, false, false, "none"},
		{{{3, 3, 0, true}}, {0}, 2, false, false, "{\"hidden\":[\"date\"]}"},
		{{{4, 4, 900, true}}, {0}, 2, false, false, "none"},             /* no field stands there */
		{{{0}}, {500, 0, 0}, 2, false, false, "none"},                   /* above the head */
		{{{0}}, {500, 200, 150}, 2, false, false, "{\"head\":350}"},
		{{{0}}, {0, 4000, 4000}, 2, false, false, "{\"head\":4090}"},
		{{{2, 2, 1200, false}}, {0, 200, 0}, 0, false, false, "none"},   /* no head was found */
		{{{2, 2, 1200, false}}, {0, 200, 0}, 2, true, false, "none"},
		{{{2, 2, 1200, false}}, {0, 200, 0}, 2, false, true, "none"},
	};
	struct fix *f = *state;
	int at[] = {2, 3, 0, 5};
	struct str text;

	ok(f, file_read(&f->a, SMALL, 1 << 20, &text, &f->err));
	ok(f, scheme_read(&f->a, text, &f->scheme, &f->err));
	for (size_t i = 0; i < LEN(cases); i++) {
		struct row rows[3] = {{.no = 1}, {.no = 2}, {.no = 3}};
		struct sheet_col cols[3];
		struct sheet sheet = {.nrows = 3, .rows = rows, .cols = cols};
		struct sheet_map map = {.record = scheme_type(&f->scheme, S("report"))};
		struct import_table t = {.sheet = &sheet, .map = &map, .header_row = cases[i].header_row,
			.head_end = 3, .cols = at, .part = cases[i].part, .sent_back = cases[i].sent_back};
		struct str got;

		assert_int_equal(map.record->nfields, LEN(at));
		for (size_t k = 0; k < 3; k++) {
			rows[k].height = cases[i].heights[k];
			cols[k] = cases[i].cols[k];
			sheet.ncols += cols[k].first > 0;
		}
		got = json_of(f, columns_look(&f->a, &t));
		if (!str_is(got, cases[i].want))
			FLUNK("case %zu: " STR_FMT ", not %s", i, STR_ARG(got), cases[i].want);
	}
}

static void test_form(void **state)
{
	static const struct {
		const char *look, *wrong;        /* NULL: it is good */
	} cases[] = {
		{"{}", NULL},
		{"{\"head\":1}", NULL},
		{"{\"head\":4090,\"hidden\":[],\"widths\":{}}", NULL},
		{"{\"hidden\":[\"a\",\"b\"],\"widths\":{\"a\":100,\"b\":25500}}", NULL},
		{"[]", "a map is expected"},
		{"1", "a map is expected"},
		{"{\"widths\":[]}", "a map is expected"},
		{"{\"hidden\":{}}", "a map is expected"},
		{"{\"head\":0}", "1 to 4090"},
		{"{\"head\":4091}", "1 to 4090"},
		{"{\"head\":\"12\"}", "1 to 4090"},
		{"{\"widths\":{\"名称\":99}}", "width of 名称"},
		{"{\"widths\":{\"a\":100,\"b\":25501}}", "width of b"},
		{"{\"widths\":{\"a\":\"100\"}}", "width of a"},
		{"{\"hidden\":[1]}", "names of fields"},
		{"{\"hidden\":[\"a\",null]}", "names of fields"},
	};
	struct fix *f = *state;

	ok(f, columns_check(NULL, &f->err));
	for (size_t i = 0; i < LEN(cases); i++) {
		struct node *n;

		ok(f, json_read(&f->a, str_c(cases[i].look), (struct json_opt){0}, &n, &f->err));
		if (cases[i].wrong)
			refused(f, columns_check(n, &f->err), ERR_INPUT, cases[i].wrong);
		else
			ok(f, columns_check(n, &f->err));
	}
}

static void put_import(struct fix *f, int seq, int year, const char *map, const char *look, const char *undone)
{
	const char *blob = f->where ? "'\\x00'" : "x'00'";

	ok(f, db_exec(log_db(f->log), arena_printf(&f->a, "insert into p_import values (1, %d, %d, %s)", seq, year,
		undone).p, &f->err));
	ok(f, db_exec(log_db(f->log), arena_printf(&f->a, "insert into p_import_table (origin, seq, n, source, map, digest, look)"
		" values (1, %d, 0, 's', '%s', %s, %s)", seq, map, blob, look).p, &f->err));
}

static int head_of(struct fix *f, int year)
{
	struct sheet_map map = {.name = S("report"), .record = scheme_type(&f->scheme, S("report"))};
	struct columns out;

	ok(f, columns_of(&f->a, log_db(f->log), &map, year, &out, &f->err));
	return out.head;
}

static void test_given_back(void **state)
{
	struct fix *f = *state;
	struct sheet_map map = {0};
	struct columns out;
	int n = 1;

	adopt_file(f, SMALL);
	map = (struct sheet_map){.name = S("report"), .record = scheme_type(&f->scheme, S("report"))};
	assert_int_equal(head_of(f, 2022), 0);
	put_import(f, 100, 2023, "report", "'{\"head\":23}'", "null");
	assert_int_equal(head_of(f, 2022), 23);           /* nothing of that year or before: any */
	put_import(f, 101, 2021, "report", "'{\"head\":21}'", "null");
	assert_int_equal(head_of(f, 2022), 21);
	assert_int_equal(head_of(f, 2020), 23);           /* none before: the newest there is */
	put_import(f, 102, 2022, "report", "'{\"head\":22}'", "null");
	assert_int_equal(head_of(f, 2022), 22);
	put_import(f, 103, 2022, "report", "'{\"head\":9}'", "104");     /* taken back */
	put_import(f, 105, 2022, "other", "'{\"head\":8}'", "null");
	put_import(f, 106, 2022, "report", "null", "null");
	assert_int_equal(head_of(f, 2022), 22);
	put_import(f, 107, 2022, "report",
		"'{\"hidden\":[\"gone\",\"name\"],\"widths\":{\"date\":1200,\"gone\":900}}'", "null");
	ok(f, columns_of(&f->a, log_db(f->log), &map, 2022, &out, &f->err));
	assert_int_equal(out.head, 0);
	for (size_t i = 0; i < map.record->nfields; i++) {
		assert_int_equal(out.widths[i], str_is(map.record->fields[i].name, "date") ? 1200 : 0);
		assert_int_equal(out.hidden[i], str_is(map.record->fields[i].name, "name"));
	}
	for (;; n++) {
		enum err_code code;

		nth_begin(log_db(f->log), n);
		code = columns_of(&f->a, log_db(f->log), &map, 2022, &out, &f->err);
		if (!nth_end(log_db(f->log))) {
			ok(f, code);
			break;
		}
		refused(f, code, ERR_DB, "no reason given");
	}
	assert_true(n > 2);
	put_import(f, 108, 2022, "report", "'{\"head\"'", "null");
	refused(f, columns_of(&f->a, log_db(f->log), &map, 2022, &out, &f->err), ERR_INPUT, "");
}

int main(void)
{
	struct CMUnitTest tests[] = {
		PLAIN(test_look),
		PLAIN(test_form),
		ON_BOTH(test_given_back),
	};

	return run_plan("columns", tests, LEN(tests));
}
