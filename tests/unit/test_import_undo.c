/* Taking an import back, what was known at an earlier event, events that no import makes, the scheme in force; on both
 * databases. */
#include "import_world.h"

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
		ON_BOTH(test_undo_restores),
		ON_BOTH(test_undo_again),
		ON_BOTH(test_undo_links),
		ON_BOTH(test_undo_earlier_links),
		ON_BOTH(test_replay),
		ON_BOTH(test_forged),
		ON_BOTH(test_schemes),
	};

	return run_plan("import_undo", tests, LEN(tests));
}
