/* Records by hand beside those of registers: the same row is the same record; corrections, withdrawals, undo; on both
 * databases. */
#include "record_world.h"

#include "flow/facts_load.h"

/* ---- a row of a register, typed ---- */

static const struct row *sheet_row(const struct sheet *s, int no)
{
	for (size_t i = 0; i < s->nrows; i++)
		if (s->rows[i].no == no)
			return &s->rows[i];
	return NULL;
}

/* The texts of its cells; of a merged one the value read. */
static struct hand typed_row(struct fix *f, const struct import_table *t, const struct import_row *r)
{
	const struct record_type *type = t->map->record;
	struct hand h = hand_of(f, type->name.p, ID_NONE, "");
	struct record_typed *typed = ARENA_ARRAY(&f->a, struct record_typed, type->nfields);
	const struct row *row = sheet_row(t->sheet, r->no);

	for (size_t i = 0; i < type->nfields; i++) {
		struct str text = r->values[i].text;

		for (size_t k = 0; k < row->n; k++)
			if (row->cells[k].col == t->cols[i])
				text = row->cells[k].text;
		if (text.n)
			typed[h.in.ntyped++] = (struct record_typed){type->fields[i].name, text};
	}
	h.in.type = type;
	h.in.typed = typed;
	return h;
}

static void same_row(struct fix *f, const struct import_table *t, const struct import_row *r, bool first)
{
	struct hand h = typed_row(f, t, r);
	struct node *raw, *fields = row_fields(&f->a, t->map->record, r->values, &raw);

	ok(f, record_fits(log_db(f->log), &f->a, &h.in, &h.fit, &f->err));
	if (r->class == ROW_REFUSED) {
		if (!h.fit.nrefused)
			FLUNK(STR_FMT "!%d is not refused", STR_ARG(t->source), r->no);
		return;
	}
	if (h.fit.nrefused)
		FLUNK(STR_FMT "!%d: " STR_FMT, STR_ARG(t->source), r->no, STR_ARG(problems(f, &h.fit)));
	same(canon(f, h.fit.fields), canon(f, fields));
	same(canon(f, h.fit.raw), canon(f, raw));
	assert_int_equal(h.fit.outside, r->class == ROW_OUT_OF_YEAR);
	assert_true(h.fit.day.n == row_day(t->map, r->values).n);
	if (first)
		assert_memory_equal(h.fit.ident, r->ident, IDENT_BYTES);
}

/* Every row of the case: what the import makes of it, and of the same texts by hand. */
static void test_same_as_import(void **state)
{
	struct fix *f = *state;
	struct import_opt opt = {.year = 2022, .lang = LANG_EN};
	struct str paths[32];
	struct file_list l;
	struct import im;
	size_t n = 0, seen = 0;

	adopt_file(f, CASE "scheme.yaml");
	ok(f, file_list(&f->a, CASE, 1000, &l, &f->err));
	for (size_t i = 0; i < l.n; i++)
		if (l.names[i].p[0] >= '0' && l.names[i].p[0] <= '9')
			paths[n++] = path_join(&f->a, S(CASE), l.names[i]);
	ok(f, import_read(&f->a, &f->scheme, paths, n, opt, &im, &f->err));
	for (size_t i = 0; i < im.ntables; i++) {
		const struct import_table *t = &im.tables[i];
		struct map keys = MAP_IN(&f->a);

		for (size_t k = 0; k < t->nrows; k++) {
			const struct import_row *r = &t->rows[k];
			void **at = map_at(&keys, row_key(&f->a, t->map, r->values));

			if (r->class != ROW_DUPLICATE)
				same_row(f, t, r, !*at);
			*at = *at ? *at : t->map->record->title.n ? (void *)(uintptr_t)t : f;
			seen++;
		}
	}
	assert_true(seen > 450);
}

/* Whole registers by hand, row by row: importing them afterwards finds nothing new. */
static void test_then_import(void **state)
{
	static const char *const files[] = {"会议.csv", "风险.csv", "计划.csv", "报送.csv"};
	static const char *const texts[] = {MEETINGS, RISKS,
		"编号,内容,时限\nJH-1,甲,2023-03-01\nJH-1,乙,2023-04-01\nJH-1,丙,2024-04-01\n",
		"编号,日期,标题\nBS-1,2021-03-01,甲\nBS-1,2022-03-01,乙\n"};
	struct fix *f = *state;
	struct import im;
	struct id id;
	int64_t size;

	adopt_file(f, SMALL);
	for (size_t i = 0; i < LEN(files); i++)
		put_file(f, files[i], texts[i]);
	read_files(f, NAMES("会议.csv", "风险.csv", "计划.csv", "报送.csv"), NULL, &im);
	counts_are(&im, "add 8, outside 2");
	for (size_t i = 0; i < im.ntables; i++) {
		for (size_t k = 0; k < im.tables[i].nrows; k++) {
			struct hand h = typed_row(f, &im.tables[i], &im.tables[i].rows[k]);

			ok(f, by(&h, hand_add, "zhang.san", "test"));
		}
	}
	size = size_of(f);
	read_files(f, NAMES("会议.csv", "风险.csv", "计划.csv", "报送.csv"), NULL, &im);
	counts_are(&im, "same 8, outside 2");
	assert_false(id_is(accept_all(f, &im, false)));
	assert_int_equal(size_of(f), size);
	sound(f);

	/* A row that says otherwise changes it, and the undo gives the word back to the hand. */
	put_file(f, "风险.csv", "编号,风险点,日期,等级\nFX-1,甲甲,2022-01-10,低\n");
	read_files(f, NAMES("风险.csv"), NULL, &im);
	counts_are(&im, "change 1");             /* FX-2 never stood in a register: it can't be gone */
	assert_int_equal(im.tables[0].nnotices, 1);
	assert_non_null(strstr(im.tables[0].notices[0].text.p, "by hand by zhang.san"));
	id = accept_all(f, &im, false);
	assert_int_equal(count(f, "select count(*) from p_record where said_by is null"), 1);
	ok(f, undo(f, id));
	assert_int_equal(count(f, "select count(*) from p_record where said_by is null or import_seq <> 0"), 0);
	sound(f);
}

/* ---- corrections ---- */

static struct str record(struct fix *f, struct id id)
{
	return rows_of(f, &f->a, log_db(f->log), arena_printf(&f->a, "select day, outside, fields, raw, import_seq,"
		" said_by from p_record where seq = %d", (int)id.seq).p);
}

static void test_correct(void **state)
{
	struct fix *f = *state;
	struct id import, one, event;
	struct import im;
	struct hand h;

	adopt_file(f, SMALL);
	import = take(f, "会议.csv", MEETINGS, "add 3");
	one = (struct id){1, seq_of(f, "row = 2")};
	event = amend(f, one, "present=11;hours=;topics=意识形态、保密");
	assert_true(id_is(event));
	same(record(f, one), arena_printf(&f->a, "19006 0 '{\"date\":\"2022-01-14\",\"due\":12,\"due__unit\":\"人\",\"first\":true,"
		"\"kind\":\"室务会\",\"name\":\"一月室务会\",\"present\":11,\"topics\":[\"意识形态\",\"保密\"]}' ~ %d 'li.si'\n",
		(int)import.seq));
	assert_false(id_is(amend(f, one, "present=11")));        /* says that already */
	assert_false(id_is(amend(f, one, "due=12人;kind=室务会")));
	sound(f);

	/* Another has corrected it meanwhile. */
	h = hand_of(f, NULL, one, "present=10");
	h.in.rev_seq = one.seq;
	refused(f, by(&h, hand_correct, "zhang.san", "test"), ERR_CONFLICT, "was corrected meanwhile, by event");
	h.in.rev_seq = event.seq;
	ok(f, by(&h, hand_correct, "zhang.san", "test"));

	/* The key may change, but not into that of another. */
	h = hand_of(f, NULL, one, "date=2022-02-11;name=二月室务会");
	refused(f, by(&h, hand_correct, "zhang.san", "test"), ERR_INPUT, "has the same key already");
	assert_int_equal(h.fit.problems[0].other.seq, seq_of(f, "row = 3"));
	h = hand_of(f, NULL, one, "date=2021-12-31;kind=;name=x;present=abc");
	refused(f, by(&h, hand_correct, "zhang.san", "test"), ERR_INPUT, "类别: required, but empty");
	same(problems(f, &h.fit), S("kind: required, but empty|(present: not readable as a whole number: 'abc'; kept as written, not counted)|"
		"(date: outside the year of its register, 2022: kept, but of no account there)"));
	amend(f, one, "date=2021-12-31;name=x;present=abc");
	assert_int_equal(count(f, "select count(*) from p_record where outside = 1 and raw is not null"), 1);
	amend(f, one, "date=2022-01-14;name=一月室务会;present=12;hours=1.5;topics=意识形态");
	read_files(f, NAMES("会议.csv"), NULL, &im);
	counts_are(&im, "same 3");
	amend(f, one, "present=7");
	read_files(f, NAMES("会议.csv"), NULL, &im);
	counts_are(&im, "change 1, same 2");
	sound(f);

	/* The import is not undone over what a person said since. */
	refused(f, undo(f, import), ERR_CONFLICT, arena_printf(&f->a, "corrected by hand since: %d", (int)one.seq).p);
	ok(f, withdraw(f, one));
	ok(f, undo(f, import));
	assert_int_equal(count(f, "select count(*) from p_record where withdrawn_seq is null"), 0);
	ok(f, restore(f, one));                          /* a person's word stands on its own */
	refused(f, restore(f, one), ERR_CONFLICT, "is not withdrawn");
	refused(f, restore(f, (struct id){1, one.seq + 1}), ERR_CONFLICT, "was withdrawn with its import");
	refused(f, by(&(struct hand){.f = f, .a = &f->a, .in = {.scheme = &f->scheme, .id = {1, 1}}}, hand_correct, "x", "test"),
		ERR_NOT_FOUND, "no record 1");
	sound(f);
}

/* An import over a hand, a hand over that import, and all of it back. */
static void test_layers(void **state)
{
	struct fix *f = *state;
	struct id one, first, second;
	struct str before;

	adopt_file(f, SMALL);
	one = enter(f, "report", "no=BS-1;date=2022-03-01;name=甲");
	before = record(f, one);
	first = take(f, "报送.csv", "编号,日期,标题\nBS-1,2022-03-01,乙\n", "change 1");
	amend(f, one, "name=丙");
	second = take(f, "报送.csv", "编号,日期,标题\nBS-1,2022-03-01,丁\n", "change 1");
	refused(f, undo(f, first), ERR_CONFLICT, "corrected by a later import");
	ok(f, undo(f, second));
	same(record(f, one), arena_printf(&f->a, "19052 0 '{\"date\":\"2022-03-01\",\"name\":\"丙\",\"no\":\"BS-1\"}' ~ %d 'li.si'\n",
		(int)first.seq));
	refused(f, undo(f, first), ERR_CONFLICT, "corrected by hand since");
	ok(f, withdraw(f, one));
	ok(f, undo(f, first));
	ok(f, restore(f, one));
	sound(f);
	assert_true(before.n > 0);
}

/* ---- withdrawn, restored ---- */

static void test_withdraw(void **state)
{
	struct fix *f = *state;
	struct id risk, update, again, import, one;
	struct import im;
	struct hand h;

	adopt_file(f, SMALL);
	risk = enter(f, "risk", "no=FX-1;name=甲;date=2022-01-10;level=低");
	update = enter(f, "update", "date=2022-02-01;no=ＦＸ-1;what=复核");
	h = hand_of(f, NULL, risk, "");
	refused(f, by(&h, hand_withdraw, "li.si", "test"), ERR_REQUIRED, "why");
	refused(f, withdraw(f, risk), ERR_CONFLICT, arena_printf(&f->a, "1 records name record %d: 更新 %d: ＦＸ-1",
		(int)risk.seq, (int)update.seq).p);
	h = hand_of(f, NULL, update, "");
	h.in.rev_seq = 1;
	h.why = S("x");
	refused(f, by(&h, hand_withdraw, "li.si", "test"), ERR_CONFLICT, "was corrected meanwhile");
	ok(f, withdraw(f, update));
	refused(f, withdraw(f, update), ERR_CONFLICT, "was withdrawn");
	refused(f, withdraw(f, (struct id){1, 1}), ERR_NOT_FOUND, "no record 1");
	ok(f, withdraw(f, risk));
	h = hand_of(f, NULL, risk, "name=x");
	refused(f, by(&h, hand_correct, "li.si", "test"), ERR_CONFLICT, "was withdrawn");
	again = enter(f, "risk", "no=FX-1;name=乙;date=2022-01-10");
	refused(f, restore(f, risk), ERR_CONFLICT, "has the same key by now");
	ok(f, withdraw(f, again));
	ok(f, restore(f, risk));
	ok(f, restore(f, update));
	refused(f, withdraw(f, risk), ERR_CONFLICT, "1 records name");
	sound(f);

	/* What stands on an import stands on it also when a hand wrote it. */
	import = take(f, "风险.csv", "编号,风险点,日期,等级\nFX-7,甲,2022-01-10,低\n", "add 1");
	one = enter(f, "update", "date=2022-02-01;no=FX-7;what=复核");
	refused(f, undo(f, import), ERR_CONFLICT, "1 later records stand on import");
	ok(f, withdraw(f, one));
	ok(f, withdraw(f, (struct id){1, import.seq + 1}));
	read_files(f, NAMES("风险.csv"), NULL, &im);
	counts_are(&im, "add 1");
	assert_int_equal(im.tables[0].nnotices, 1);
	assert_non_null(strstr(im.tables[0].notices[0].text.p, "was withdrawn by hand"));
	ok(f, undo(f, import));
	refused(f, restore(f, (struct id){1, import.seq + 1}), ERR_CONFLICT, "was withdrawn");
	sound(f);
}

/* Any point of the past is made again out of the log. */
static void test_replay(void **state)
{
	struct fix *f = *state;
	struct {
		int64_t at;
		struct str tables;
	} then[10];
	size_t n = 0;
	struct id one, import;

#define NOTE() (then[n].at = size_of(f), then[n++].tables = dump_tables(f, &f->a, log_db(f->log)))
	adopt_file(f, SMALL);
	one = enter(f, "report", "no=BS-1;date=2022-03-01;name=甲");
	NOTE();
	amend(f, one, "name=乙");
	NOTE();
	import = take(f, "报送.csv", "编号,日期,标题\nBS-1,2022-03-01,丙\nBS-2,2022-03-02,丁\n", "add 1, change 1");
	NOTE();
	ok(f, withdraw(f, (struct id){1, import.seq + 2}));
	NOTE();
	ok(f, undo(f, import));
	NOTE();
	ok(f, withdraw(f, one));
	NOTE();
	ok(f, restore(f, one));
	NOTE();
	for (size_t i = 0; i < n; i++) {
		CLEANUP(db_close) struct db *db = NULL;

		ok(f, db_open(":memory:", (struct db_opt){.scratch = true}, &db, &f->err));
		ok(f, log_replay(f->log, then[i].at, db, false, NULL, NULL, &f->err));
		same_dump(dump_tables(f, &f->a, db), then[i].tables);
	}
	sound(f);
}

static void said_by(struct fix *f, const char *type, const char *typed, const char *actor)
{
	struct hand h = hand_of(f, type, ID_NONE, typed);

	ok(f, by(&h, hand_add, actor, "test"));
}

/* Two changes on one day: the one that was said last stands, whoever said it. */
static void test_same_day(void **state)
{
	struct fix *f = *state;
	const struct record_type *risk;
	struct facts facts;
	struct date on;

	adopt_file(f, SMALL);
	risk = scheme_type(&f->scheme, S("risk"));
	said_by(f, "risk", "no=FX-1;name=x;date=2022-01-10;level=低", "wang.wu");
	said_by(f, "update", "date=2022-05-01;no=FX-1;what=等级调整;level=重大", "zhao.liu");
	said_by(f, "update", "date=2022-05-01;no=FX-1;what=等级调整;level=一般", "an.qi");
	ok(f, facts_load(&f->a, log_db(f->log), &f->scheme, NULL, (struct facts_opt){.year = 2022}, &facts, &f->err));
	date_make(2022, 6, 1, &on);
	assert_true(str_is(fact_value(&facts, &facts_of(&facts, risk)->p[0], type_field(risk, S("level")), on)->text,
		"一般"));
}

int main(void)
{
	struct CMUnitTest tests[] = {
		ON_BOTH(test_same_day),
		ON_SQLITE(test_same_as_import),
		ON_BOTH(test_then_import),
		ON_BOTH(test_correct),
		ON_BOTH(test_layers),
		ON_BOTH(test_withdraw),
		ON_BOTH(test_replay),
	};

	return run_plan("record", tests, LEN(tests));
}
