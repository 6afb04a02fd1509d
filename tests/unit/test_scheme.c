/* The loader of schemes: every fault is one error that names line, column and key, what was expected and the
 * nearest valid name. */
#include "office_world.h"

#include "text/yaml.h"

static const char BASE[] =
/*  1 */ "zeren: 1\n"
/*  2 */ "scheme: small\n"
/*  3 */ "title: 小方案\n"
/*  4 */ "tags: [甲, 乙]\n"
/*  5 */ "office: {journals: publications}\n"
/*  6 */ "lists:\n"
/*  7 */ "  level: [省级, 市级]\n"
/*  8 */ "records:\n"
/*  9 */ "  report:\n"
/* 10 */ "    about: submission\n"
/* 11 */ "    title: 报送\n"
/* 12 */ "    fields:\n"
/* 13 */ "      no: text\n"
/* 14 */ "      date: {type: date}\n"
/* 15 */ "      month: {type: period, per: month}\n"
/* 16 */ "      level: {type: choice, of: level}\n"
/* 17 */ "      due: {type: count, unit: [人]}\n"
/* 18 */ "    evidence: {any: [通知], enough: 1, at_most: 3}\n"
/* 19 */ "  use:\n"
/* 20 */ "    about: submission\n"
/* 21 */ "    title: 采用\n"
/* 22 */ "    fields:\n"
/* 23 */ "      no: {type: link, link: report.no}\n"
/* 24 */ "      journal: {type: text, strip: 《》}\n"
/* 25 */ "      grade: {type: choice, else: {lookup: journals, by: journal}}\n"
/* 26 */ "      date: date\n"
/* 27 */ "      state: text\n"
/* 28 */ "    track:\n"
/* 29 */ "      state: {from: report, key: no, where: {due: {over: 3}}, to: level}\n"
/* 30 */ "sheets:\n"
/* 31 */ "  - record: report\n"
/* 32 */ "    file: \"01*\"\n"
/* 33 */ "    sheet: 报送\n"
/* 34 */ "    header: {rows: 2, find: [编号]}\n"
/* 35 */ "    columns:\n"
/* 36 */ "      no: [编号, 序次]\n"
/* 37 */ "      date: 日期\n"
/* 38 */ "      level: [级别]\n"
/* 39 */ "    ignore: [序号]\n"
/* 40 */ "    required: [no]\n"
/* 41 */ "    key: [no, date]\n"
/* 42 */ "    year: {of: date, carried_until: date}\n"
/* 43 */ "  - record: use\n"
/* 44 */ "    file: \"02*\"\n"
/* 45 */ "    columns: {no: [编号], journal: [刊物]}\n";

/* BASE with the first `from` replaced by `to`. */
static struct str with(struct fix *f, const char *from, const char *to)
{
	struct str base = str_c(BASE);
	size_t at = 0;

	if (!str_find(base, str_c(from), &at))
		FLUNK("BASE has no '%s'", from);
	return arena_printf(&f->a, "%.*s%s%s", (int)at, BASE, to, BASE + at + strlen(from));
}

static const struct fault {
	const char *from, *to, *says;
} faults[] = {
	/* keys unknown, at each level */
	{"title: 小方案\n", "titl: 小方案\n", "line 3, column 1: unknown key 'titl' in the scheme; did you mean 'title'?"},
	{"title: 小方案\n", "titel: 小方案\n", "line 3, column 1: unknown key 'titel' in the scheme"},
	{"tags: [甲, 乙]\n", "persons: [甲]\n", "line 4, column 1: unknown key 'persons' in the scheme"},
	{"    about: submission\n", "    abot: submission\n",
		"line 10, column 5: unknown key 'abot' in the record type; did you mean 'about'?"},
	{"evidence: {any:", "evidence: {all:", "line 18, column 16: unknown key 'all' in evidence; it may have: any, enough, at_most"},
	{"{type: date}", "{typ: date}", "line 14, column 14: unknown key 'typ' in the field; did you mean 'type'?"},
	{"{type: date}", "{type: date, person: 张一}",
		"line 14, column 26: unknown key 'person' in the field; it may have: type, title, of, unit, split"},
	{"else: {lookup: journals, by:", "else: {lookup: journals, via:", "line 25, column 54: unknown key 'via' in else"},
	{"{from: report,", "{frm: report,", "line 29, column 15: unknown key 'frm' in track; did you mean 'from'?"},
	{"    sheet: 报送\n", "    sheets: 报送\n", "line 33, column 5: unknown key 'sheets' in the sheet; did you mean 'sheet'?"},
	{"{rows: 2, find", "{rows: 2, finds", "line 34, column 23: unknown key 'finds' in header; did you mean 'find'?"},
	{"{of: date, carried_until", "{of: date, carried_untill",
		"line 42, column 22: unknown key 'carried_untill' in year; did you mean 'carried_until'?"},
	/* keys missing */
	{"zeren: 1\n", "", "line 1, column 1: the scheme lacks 'zeren'"},
	{"scheme: small\n", "", "line 1, column 1: the scheme lacks 'scheme'"},
	{"title: 小方案\n", "", "line 1, column 1: the scheme lacks 'title'"},
	{"    about: submission\n    title: 报送\n", "    title: 报送\n", "line 10, column 5: the record type lacks 'about'"},
	{"    title: 采用\n", "", "line 20, column 5: the record type lacks 'title'"},
	{"{type: date}", "{title: 日期}", "line 14, column 13: the field lacks 'type'"},
	{"{lookup: journals, by: journal}", "{lookup: journals}", "line 25, column 35: else lacks 'by'"},
	{"{from: report, key: no,", "{key: no,", "line 29, column 14: track lacks 'from'"},
	{", to: level}", "}", "line 29, column 14: track lacks 'to'"},
	{"  - record: report\n    file", "  - file", "line 31, column 5: the sheet lacks 'record'"},
	{"    file: \"01*\"\n", "", "line 31, column 5: the sheet lacks 'file'"},
	{"    columns: {no: [编号], journal: [刊物]}\n", "", "line 43, column 5: the sheet lacks 'columns'"},
	{"{of: date, carried_until: date}", "{standing: yes}", "line 42, column 11: year lacks 'of'"},
	{"{type: link, link: report.no}", "link", "line 23, column 11: a field of type link needs 'link: type.field'"},
	/* of the wrong shape */
	{"scheme: small\n", "scheme: [small]\n", "line 2, column 9: 'scheme' must be a text"},
	{"title: 小方案\n", "title: {zh: 小方案}\n", "line 3, column 8: 'title' must be a text"},
	{"tags: [甲, 乙]", "tags: {甲: 乙}", "line 4, column 7: 'tags' must be a text or a list of texts"},
	{"tags: [甲, 乙]", "tags: [甲, [乙]]", "line 4, column 11: 'tags' must hold texts only"},
	{"office: {journals: publications}", "office: publications",
		"line 5, column 9: 'office' must be a map of keys and values"},
	{"lists:\n  level: [省级, 市级]\n", "lists: [省级, 市级]\n", "line 6, column 8: 'lists' must be a map of keys and values"},
	{"level: [省级, 市级]", "level: {省级: 1}", "line 7, column 10: 'level' must be a text or a list of texts"},
	{"zeren: 1\n", "zeren: one\n", "line 1, column 8: 'zeren' must be a whole number"},
	{"zeren: 1\n", "zeren: 1.0\n", "line 1, column 8: 'zeren' must be a whole number"},
	{"no: text\n      date: {type", "no: [text]\n      date: {type",
		"line 13, column 11: the field must be a map of keys and values"},
	{"enough: 1", "enough: some", "line 18, column 35: 'enough' must be a whole number"},
	{"    fields:\n      no: text\n", "    fields: []\n    x:\n", "line 12, column 13: 'fields' must be a map of keys and values"},
	{"else: {lookup: journals, by: journal}", "else: journals", "line 25, column 35: 'else' must be a map of keys and values"},
	{"{type: link, link: report.no}", "{type: link, link: report}", "line 23, column 30: 'link' must be type.field"},
	{"{rows: 2, find: [编号]}", "2", "line 34, column 13: 'header' must be a map of keys and values"},
	{"rows: 2", "rows: 3", "line 34, column 20: a header has 1 or 2 rows"},
	{"rows: 2", "rows: 0", "line 34, column 20: a header has 1 or 2 rows"},
	{"rows: 2", "rows: two", "line 34, column 20: 'rows' must be a whole number"},
	{"{of: date, carried_until: date}", "date", "line 42, column 11: 'year' must be a map of keys and values"},
	{"{of: date, carried_until: date}", "{of: date, standing: 1}", "line 42, column 32: 'standing' must be yes or no"},
	{"{of: date, carried_until: date}", "{of: date, shift: x}", "line 42, column 29: 'shift' must be a whole number"},
	{"{no: [编号], journal: [刊物]}", "[编号, 刊物]", "line 45, column 14: 'columns' must be a map of keys and values"},
	{"journal: [刊物]}", "journal: {刊物: 1}}", "line 45, column 34: 'journal' must be a text or a list of texts"},
	/* unknown type, about, list, field, period */
	{"no: text\n      date: {type", "no: txt\n      date: {type", "line 13, column 11: no field type 'txt'; did you mean 'text'?"},
	{"{type: date}", "{type: dates}", "line 14, column 20: no field type 'dates'; did you mean 'date'?"},
	{"{type: date}", "{type: integer}", "line 14, column 20: no field type 'integer'; the list is closed (docs/scheme.md)"},
	{"    about: submission\n", "    about: submissions\n",
		"line 10, column 12: no subject of records (about) 'submissions'; did you mean 'submission'?"},
	{"    about: submission\n", "    about: attitude\n",
		"line 10, column 12: no subject of records (about) 'attitude'; the list is closed (docs/scheme.md)"},
	{"of: level}", "of: levels}", "line 16, column 33: no list 'levels' under lists:"},
	{"per: month", "per: months", "line 15, column 34: no period 'months'; did you mean 'month'?"},
	{"per: month", "per: fortnight", "line 15, column 34: no period 'fortnight'"},
	{"    about: submission\n    title: 报送\n", "    about: submission\n    date: dates\n    title: 报送\n",
		"line 11, column 11: record 'report' has no field 'dates'; did you mean 'date'?"},
	{"    about: submission\n    title: 报送\n", "    about: submission\n    date: no\n    title: 报送\n",
		"line 11, column 11: 'date' must name a field of type date or period"},
	{"by: journal}", "by: jurnal}", "record 'use' has no field 'jurnal'; did you mean 'journal'?"},
	{"  - record: use\n", "  - record: uses\n", "line 43, column 13: no record type 'uses'; did you mean 'use'?"},
	{"  - record: use\n", "  - record: 会议\n", "line 43, column 13: no record type '会议' in this scheme"},
	{"      level: [级别]\n", "      leve: [级别]\n", "line 38, column 7: record 'report' has no field 'leve'; did you mean 'level'?"},
	{"required: [no]", "required: [nu]", "line 40, column 16: record 'report' has no field 'nu'; did you mean 'no'?"},
	{"key: [no, date]", "key: [no, dat]", "line 41, column 15: record 'report' has no field 'dat'; did you mean 'date'?"},
	{"{of: date, carried", "{of: data, carried", "line 42, column 16: record 'report' has no field 'data'; did you mean 'date'?"},
	{"carried_until: date", "carried_until: dated", "line 42, column 37: record 'report' has no field 'dated'; did you mean 'date'?"},
	{"      state: {from", "      stat: {from", "record 'use' has no field 'stat'; did you mean 'state'?"},
	{"{from: report,", "{from: reports,", "line 29, column 21: no record type 'reports'; did you mean 'report'?"},
	{"key: no, where", "key: nr, where", "line 29, column 34: record 'report' has no field 'nr'; did you mean 'no'?"},
	{"key: no, where", "key: no, own: nr, where", "line 29, column 43: record 'use' has no field 'nr'; did you mean 'no'?"},
	{"to: level}", "to: levels}", "record 'report' has no field 'levels'; did you mean 'level'?"},
	/* links to nothing */
	{"link: report.no", "link: reprot.no", "line 23, column 30: no record type 'reprot'; did you mean 'report'?"},
	{"link: report.no", "link: report.nr", "line 23, column 30: record 'report' has no field 'nr'; did you mean 'no'?"},
	{"link: report.no", "link: meeting.no", "line 23, column 30: no record type 'meeting' in this scheme"},
	{"link: report.no", "link: .no", "line 23, column 30: no record type '' in this scheme"},
	{"link: report.no", "link: report.", "line 23, column 30: 'link' must be type.field"},
	/* keys that would do nothing */
	{"{type: date}", "{type: date, of: level}", "line 14, column 30: 'of' does not fit a field of type date"},
	{"{type: date}", "{type: date, unit: [天]}", "line 14, column 32: 'unit' does not fit a field of type date"},
	{"{type: date}", "{type: date, split: 、}", "line 14, column 33: 'split' does not fit a field of type date"},
	{"{type: date}", "{type: date, per: month}", "line 14, column 31: 'per' does not fit a field of type date"},
	/* sheets that contradict themselves */
	{"      date: 日期\n", "      date: [日期, 序 次]\n", "line 37, column 13: the header '序 次' stands for two fields"},
	{"no: [编号, 序次]", "no: [编号, 编号]", "line 36, column 11: the header '编号' stands for two fields"},
	{"key: [no, date]", "key: [no, due]", "line 41, column 15: 'due' has no column here"},
	{"required: [no]", "required: [no, month]", "line 40, column 20: 'month' has no column here"},
	{"{of: date, carried_until: date}", "{of: month}", "line 42, column 16: 'month' has no column here"},
	{"{of: date, carried_until: date}", "{of: level}", "line 42, column 16: 'of' must name a field of type date or period"},
	{"{of: date, carried_until: date}", "{of: date, carried_until: month}",
		"line 42, column 37: 'carried_until' must name a date"},
	{"  - record: use\n    file", "  - record: report\n    file",
		"line 45, column 25: record 'report' has no field 'journal'"},
	{"  - record: use\n    file: \"02*\"\n    columns: {no: [编号], journal: [刊物]}\n",
		"  - record: report\n    file: \"02*\"\n    columns: {no: [编号]}\n",
		"line 43, column 5: two sheets are called 'report': give each a 'name'"},
	{"{from: report, key: no, where: {due: {over: 3}}, to: level}", "{from: use, key: no, to: nothing}",
		"line 29, column 39: record 'use' has no field 'nothing'"},
	/* conditions */
	{"{due: {over: 3}}", "{due: {over: three}}", "line 29, column 58: 'over' takes a number"},
	{"{due: {over: 3}}", "{due: {over: [3]}}", "line 29, column 58: 'over' takes one value"},
	{"{due: {over: 3}}", "{due: {ower: 3}}", "line 29, column 52: no condition 'ower'; did you mean 'over'?"},
	{"{due: {over: 3}}", "{due: {empty: maybe}}", "line 29, column 59: 'empty' must be yes or no"},
	{"{due: {over: 3}}", "{du: {over: 3}}", "line 29, column 46: record 'report' has no field 'du'; did you mean 'due'?"},
	{"where: {due: {over: 3}}", "where: due", "'where' must be a map of keys and values"},
	/* YAML */
	{"zeren: 1\n", "zeren: 2\n", "line 1, column 8: this program reads schemes of version 1, not 2"},
	{"zeren: 1\n", "zeren: 0\n", "line 1, column 8: this program reads schemes of version 1, not 0"},
	{"tags: [甲, 乙]", "tags: &a [甲]", "line 4, column 7: anchors (&name) are not read"},
	{"tags: [甲, 乙]", "tags: *a", "line 4, column 7: aliases (*name) are not read"},
	{"tags: [甲, 乙]", "tags: !x [甲]", "line 4, column 7: tags (!name) are not read"},
	{"tags: [甲, 乙]", "tags: !!str 甲", "line 4, column 7: tags (!name) are not read"},
	{"tags: [甲, 乙]", "<<: {a: b}", "line 4, column 1: merge keys (<<) are not read"},
	{"title: 小方案\n", "title: 小方案\ntitle: 又一个\n", "line 4, column 1: the key \"title\" stands in line 3 already"},
	{"      date: {type: date}\n", "      date: {type: date}\n      no: date\n",
		"line 15, column 7: the key \"no\" stands in line 13 already"},
	{"{type: date}", "{type: date, type: text}", "line 14, column 26: the key \"type\" stands in line 14 already"},
	{"tags: [甲, 乙]\n", "\ttags: [甲]\n", "line 4, column 1: a tab; indent with blanks"},
	{"tags: [甲, 乙]\n", "tags: [甲, 乙\n", "line 5, column 7: "},
	{"\"02*\"", "\"02*", "line 44, column 11: the quotation that begins here does not end"},
	{"tags: [甲, 乙]\n", "tags: 甲\n---\nzeren: 1\n", "a second document begins here"},
	{"tags: [甲, 乙]\n", "tags: \xff\n", "line 4, column 7: not valid UTF-8 text"},
	{"tags: [甲, 乙]\n", "tags: \x01\n", "line 4, column 7: a control character"},
	{"zeren: 1\n", "%YAML 1.1\n---\nzeren: 1\n", "line 1, column 1: directives (%YAML, %TAG) are not read"},
};

static void test_faults(void **state)
{
	struct fix *f = *state;
	int bad = 0;

	for (size_t i = 0; i < LEN(faults); i++) {
		struct scheme s;
		enum err_code code = scheme_read(&f->a, with(f, faults[i].from, faults[i].to), &s, &f->err);

		if (code != ERR_INPUT || strncmp(f->err.text, faults[i].says, strlen(faults[i].says)) != 0 ||
			strchr(f->err.text, '\n')) {
			bool inside = faults[i].says[0] != 'l' && strstr(f->err.text, faults[i].says) &&
				strncmp(f->err.text, "line ", 5) == 0;

			if (code != ERR_INPUT || !inside) {
				print_error("%s -> %s\n   %s: %s\n   not: %s\n", faults[i].from, faults[i].to, err_name(code),
					f->err.text, faults[i].says);
				bad++;
			}
		}
		err_clear(&f->err);
	}
	assert_int_equal(bad, 0);
}

/* ---- limits ---- */

static void fails(struct fix *f, struct str text, enum err_code code, const char *says)
{
	struct scheme s;

	refused(f, scheme_read(&f->a, text, &s, &f->err), code, says);
}

static void test_limits(void **state)
{
	struct fix *f = *state;
	struct buf b CLEANUP(buf_free) = BUF_MAX(4 << 20);
	struct str end = S("\n");

	fails(f, S(""), ERR_INPUT, "line 1, column 1: the document is empty");
	fails(f, S("\n# nothing\n"), ERR_INPUT, "line 1, column 1: the document is empty");
	fails(f, S("- zeren: 1\n"), ERR_INPUT, "line 1, column 1: the scheme must be a map of keys and values");
	fails(f, S("zeren\n"), ERR_INPUT, "line 1, column 1: the scheme must be a map of keys and values");
	fails(f, with(f, "[甲, 乙]", "[[[[[[[[[[[[[[[甲]]]]]]]]]]]]]]]"), ERR_INPUT, "'tags' must hold texts only");
	fails(f, with(f, "[甲, 乙]", "[[[[[[[[[[[[[[[[甲]]]]]]]]]]]]]]]]"), ERR_INPUT, "nested deeper than 16 levels");
	buf_put(&b, str_c(BASE));
	while (b.n < YAML_BYTES - 1)
		buf_putc(&b, '#');
	buf_put(&b, end);
	assert_int_equal(b.n, YAML_BYTES);
	{
		struct scheme s;

		ok(f, scheme_read(&f->a, buf_str(&b), &s, &f->err));
	}
	buf_put(&b, end);
	fails(f, buf_str(&b), ERR_LIMIT, "1048577 bytes of YAML, at most 1048576 are read");
}

/* Settings that no register can have. */
static void test_nonsense(void **state)
{
	struct fix *f = *state;

	fails(f, with(f, "{of: date, carried_until: date}", "{of: date, shift: 1000000000000}"), ERR_INPUT,
		"line 42, column 29: 'shift'");
	fails(f, with(f, "{of: date, carried_until: date}", "{of: date, shift: -101}"), ERR_INPUT, "line 42, column 29: 'shift'");
	fails(f, with(f, "      due: {type: count, unit: [人]}\n",
		"      due: {type: count, unit: [人]}\n      due__unit: text\n"), ERR_INPUT, "line 18, column 7: ");
	fails(f, with(f, "    fields:\n      no: text\n      date: {type: date}\n      month: {type: period, per: month}\n"
		"      level: {type: choice, of: level}\n      due: {type: count, unit: [人]}\n", "    fields: {}\n"), ERR_INPUT,
		"line 12, column 13: ");
	fails(f, with(f, "  report:\n", "  re.port:\n"), ERR_INPUT, "line 9, column 3: ");
	fails(f, with(f, "      no: text\n", "      n.o: text\n"), ERR_INPUT, "line 13, column 7: ");
}

/* The same in Chinese once its messages are there: line and column stand in front. */
static void test_language(void **state)
{
	struct fix *f = *state;
	struct scheme s;

	f->err.lang = LANG_ZH;
	assert_int_equal(scheme_read(&f->a, with(f, "title: 小方案\n", "titl: 小方案\n"), &s, &f->err), ERR_INPUT);
	assert_non_null(strstr(f->err.text, "titl"));
	assert_non_null(strstr(f->err.text, "'title'") ? f->err.text : strstr(f->err.text, "“title”"));
}

/* ---- what is read ---- */

static void test_base(void **state)
{
	struct fix *f = *state;
	const struct record_type *report, *use;
	const struct sheet_map *m;
	struct scheme s;

	ok(f, scheme_read(&f->a, str_c(BASE), &s, &f->err));
	same(s.code, S("small"));
	same(s.title, S("小方案"));
	same(s.text, str_c(BASE));
	assert_int_equal(s.tags.n, 2);
	assert_int_equal(s.nlists, 1);
	assert_int_equal(s.lists[0].values.n, 2);
	assert_int_equal(s.ntypes, 2);
	report = scheme_type(&s, S("report"));
	use = scheme_type(&s, S("use"));
	assert_null(scheme_type(&s, S("reports")));
	assert_int_equal(report->about, ABOUT_SUBMISSION);
	assert_int_equal(report->nfields, 5);
	assert_ptr_equal(report->day, type_field(report, S("date")));
	assert_ptr_equal(type_field(report, S("level"))->of, &s.lists[0]);
	assert_int_equal(type_field(report, S("month"))->per, PERIOD_MONTH);
	assert_int_equal(type_field(report, S("due"))->unit.n, 1);
	assert_null(type_field(report, S("people")));
	assert_int_equal(report->evidence.enough, 1);
	assert_int_equal(report->evidence.at_most, 3);
	assert_ptr_equal(type_field(use, S("no"))->link_type, report);
	assert_ptr_equal(type_field(use, S("no"))->link_field, type_field(report, S("no")));
	same(type_field(use, S("journal"))->strip, S("《》"));
	same(type_field(use, S("grade"))->lookup_by, S("journal"));
	assert_int_equal(use->ntracks, 1);
	assert_ptr_equal(use->tracks[0].from, report);
	assert_ptr_equal(use->tracks[0].own_key, type_field(use, S("no")));
	assert_int_equal(use->tracks[0].where.n, 1);
	assert_int_equal(s.nsheets, 2);
	m = &s.sheets[0];
	same(m->name, S("report"));
	assert_int_equal(m->head_rows, 2);
	assert_int_equal(m->columns[0].n, 2);
	assert_int_equal(m->columns[1].n, 1);             /* one word needs no list */
	assert_int_equal(m->columns[2].n, 0);
	assert_int_equal(m->nkey, 2);
	assert_int_equal(m->nrequired, 1);
	assert_ptr_equal(m->year.of, report->day);
	assert_ptr_equal(m->year.until, report->day);
	assert_false(m->year.standing);
	same(report->fields[0].title, S("编号"));          /* the first header word */
	assert_true(m->totals.n > 0 && m->notes.n > 0);
	assert_int_equal(s.sheets[1].head_rows, 1);
	assert_null(s.sheets[1].year.of);
}

/* date: decides which field dates a record; else the first date does, else the first period. */
static void test_day_field(void **state)
{
	struct fix *f = *state;
	struct scheme s;

	ok(f, scheme_read(&f->a, with(f, "    title: 报送\n", "    title: 报送\n    date: month\n"), &s, &f->err));
	same(s.types[0].day->name, S("month"));
	ok(f, scheme_read(&f->a, with(f, "      date: {type: date}\n      month: {type: period, per: month}\n",
		"      month: {type: period, per: month}\n      date: date\n"), &s, &f->err));
	same(s.types[0].day->name, S("date"));
	ok(f, scheme_read(&f->a, str_c("zeren: 1\nscheme: a\ntitle: b\nrecords: {r: {about: plan, title: t, fields: {q: {type:"
		" period, per: quarter}, m: {type: period, per: month}}}, s: {about: plan, title: t, fields: {n: text}}}\n"), &s,
		&f->err));
	same(s.types[0].day->name, S("q"));
	assert_null(s.types[1].day);
}

static void test_forms(void **state)
{
	static const char *const good[][2] = {
		{"tags: [甲, 乙]", "tags: 甲"},
		{"lists:\n  level: [省级, 市级]\n", "lists: {level: 省级}\n"},
		{"{of: date, carried_until: date}", "{of: date, standing: yes}"},
		{"{of: date, carried_until: date}", "{of: date, standing: no, shift: -1}"},
		{"{of: date, carried_until: date}", "{of: date, standing: true}"},
		{"    key: [no, date]\n", "    key: no\n    repeats: yes\n"},
		{"    ignore: [序号]\n", "    ignore: [序号]\n    totals: [合计]\n    notes: 注\n    name: 甲\n"},
		{"  - record: use\n", "  - record: use\n    name: 另一\n"},
		{"per: month", "per: any"},
		{"per: month", "per: quarter"},
		{"zeren: 1\n", "zeren: \"1\"\n"},
		{"zeren: 1\n", "\xEF\xBB\xBFzeren: 1\n"},
		{"zeren: 1\n", "---\nzeren: 1\n"},
		{"tags: [甲, 乙]\n", "roles: {head: 第一责任人}\n"},
	};
	struct fix *f = *state;
	struct scheme s;

	for (size_t i = 0; i < LEN(good); i++)
		if (scheme_read(&f->a, with(f, good[i][0], good[i][1]), &s, &f->err) != OK)
			FLUNK("%s: %s", good[i][1], f->err.text);
}

/* ---- the case's own ---- */

static void test_case(void **state)
{
	struct fix *f = *state;
	struct scheme s;
	struct str text;

	ok(f, file_read(&f->a, CASE "scheme.yaml", 1 << 20, &text, &f->err));
	ok(f, scheme_read(&f->a, text, &s, &f->err));
	assert_int_equal(s.nsheets, 22);
	for (size_t i = 0; i < s.ntypes; i++) {
		bool mapped = s.types[i].computed;

		for (size_t k = 0; k < s.nsheets; k++)
			mapped |= s.sheets[k].record == &s.types[i];
		if (!mapped)
			FLUNK("no register for " STR_FMT, STR_ARG(s.types[i].name));
	}
}

/* Half a scheme, cut at every byte, is read or refused with a place: nothing worse. */
static void test_cut(void **state)
{
	struct fix *f = *state;

	for (size_t n = 0; n < sizeof BASE - 1; n++) {
		struct arena a CLEANUP(arena_free) = ARENA_INIT;
		struct str part = arena_str(&a, (struct str){BASE, n});
		struct scheme s;
		enum err_code code = scheme_read(&a, part, &s, &f->err);

		if (code != OK && (code != ERR_INPUT || strncmp(f->err.text, "line ", 5) != 0))
			FLUNK("cut at %zu: %s: %s", n, err_name(code), f->err.text);
		err_clear(&f->err);
	}
}

int main(void)
{
	struct CMUnitTest tests[] = {
		PLAIN(test_faults),
		PLAIN(test_limits),
		PLAIN(test_nonsense),
		PLAIN(test_language),
		PLAIN(test_base),
		PLAIN(test_day_field),
		PLAIN(test_forms),
		PLAIN(test_case),
		PLAIN(test_cut),
	};

	return run_plan("scheme", tests, LEN(tests));
}
