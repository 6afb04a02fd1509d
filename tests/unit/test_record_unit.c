/* A record lies in a unit: who may enter, correct, withdraw, restore and import it there; on both databases. */
#include "record_world.h"

#include "who/access.h"

static const char SCHEME[] =
	"zeren: 1\nscheme: units\ntitle: 各单位自己登记\nrecords:\n"
	"  drill:\n    about: training\n    title: 演练\n    unit: town\n    fields:\n"
	"      no: text\n      date: date\n      town: unit\n      note: text\n"
	"  notice:\n    about: document\n    title: 文件\n    fields:\n      no: text\n      date: date\n      town: unit\n"
	"sheets:\n"
	"  - record: drill\n    file: \"演练*\"\n    columns: {no: [编号], date: [日期], town: [单位], note: [说明]}\n"
	"    required: [no]\n    key: [no]\n    year: {of: date}\n";

static enum err_code adopt(struct tx *tx, void *ctx, struct err *err)
{
	struct org_change change;

	return org_adopt(tx, ctx, &change, err);
}

struct person {
	const char *login;
	enum role role;
	const char *unit;
};

static enum err_code add_person(struct tx *tx, void *ctx, struct err *err)
{
	const struct person *p = ctx;
	struct grant g = {.login = str_c(p->login), .role = p->role, .unit = str_c(p->unit)};
	struct id id;

	g.from = g.until = DATE_NONE;
	TRY(account_add(tx, str_c(p->login), S("某人"), STR_NONE, &id, err));
	return grant_add(tx, &g, NULL, err);
}

/* The district of the case; zhang fills for 石桥镇, li for 竹溪镇, wang for the office, zhao for the whole district. */
static void begin(struct fix *f)
{
	static const struct person people[] = {{"zhang", ROLE_FILLER, "T01"}, {"li", ROLE_FILLER, "T02"},
		{"wang", ROLE_FILLER, "U01"}, {"zhao", ROLE_FILLER, "U00"},
		{"gao", ROLE_VIEWER, "T01"}};
	struct org org;

	ok(f, org_read(&f->a, CASE "org.json", 0, &org, &f->err));
	ok(f, log_write(f->log, S("张一"), S("test"), adopt, &org, &f->err));
	adopt_scheme(f, str_c(SCHEME));
	for (size_t i = 0; i < LEN(people); i++)
		ok(f, log_write(f->log, S("张一"), S("test"), add_person, (void *)&people[i], &f->err));
}

static enum err_code enter_as(struct fix *f, const char *actor, const char *type, const char *typed, struct id *id)
{
	struct hand h = hand_of(f, type, ID_NONE, typed);
	enum err_code code = by(&h, hand_add, actor, "web");

	*id = h.id;
	return code;
}

static enum err_code correct_as(struct fix *f, const char *actor, struct id id, const char *typed)
{
	struct hand h = hand_of(f, NULL, id, typed);

	return by(&h, hand_correct, actor, "web");
}

static enum err_code take_as(struct fix *f, const char *actor, struct id id, intent_fn *fn)
{
	struct hand h = hand_of(f, NULL, id, "");

	h.why = S("写重了");
	return by(&h, fn, actor, "web");
}

static struct str lies(struct fix *f, struct id id)
{
	const struct unit *u;
	struct org org;

	ok(f, org_load(log_db(f->log), &f->a, DATE_NONE, &org, &f->err));
	ok(f, record_lies(log_db(f->log), &f->a, &f->scheme, &org, id, &u, &f->err));
	return u ? u->code : S("-");
}

static void test_where(void **state)
{
	struct fix *f = *state;

	begin(f);
	same(lies(f, enter(f, "drill", "no=1;date=2022-03-01;town=石桥镇")), S("T01"));
	same(lies(f, enter(f, "drill", "no=2;date=2022-03-01;town=T02")), S("T02"));
	same(lies(f, enter(f, "drill", "no=3;date=2022-03-01;town=石 桥 镇")), S("T01"));
	same(lies(f, enter(f, "drill", "no=4;date=2022-03-01;town=外县某镇")), S("-"));
	same(lies(f, enter(f, "drill", "no=5;date=2022-03-01")), S("-"));
	same(lies(f, enter(f, "notice", "no=6;date=2022-03-01;town=石桥镇")), S("-"));
	sound(f);
}

static void test_hands(void **state)
{
	struct fix *f = *state;
	struct id own, other, none;

	begin(f);
	ok(f, enter_as(f, "zhang", "drill", "no=1;date=2022-03-01;town=石桥镇", &own));
	ok(f, enter_as(f, "li", "drill", "no=2;date=2022-03-01;town=竹溪镇", &other));
	refused(f, enter_as(f, "zhang", "drill", "no=3;date=2022-03-01;town=竹溪镇", &none), ERR_NOT_FOUND, "no such thing");
	refused(f, enter_as(f, "zhang", "drill", "no=3;date=2022-03-01", &none), ERR_NOT_FOUND, "no such thing");
	refused(f, enter_as(f, "zhang", "notice", "no=3;date=2022-03-01;town=石桥镇", &none), ERR_NOT_FOUND, "no such");
	refused(f, enter_as(f, "gao", "drill", "no=3;date=2022-03-01;town=石桥镇", &none), ERR_DENIED, "add records");
	/* the office's own clerk enters for the office; who has the district, for every unit */
	refused(f, enter_as(f, "wang", "drill", "no=3;date=2022-03-01;town=石桥镇", &none), ERR_NOT_FOUND, "no such");
	ok(f, enter_as(f, "wang", "drill", "no=4;date=2022-03-01", &none));
	ok(f, enter_as(f, "zhao", "drill", "no=5;date=2022-03-01;town=石桥镇", &none));

	/* a correction asks where it lay and where it will lie */
	ok(f, correct_as(f, "zhang", own, "note=补"));
	refused(f, correct_as(f, "zhang", own, "town=竹溪镇"), ERR_NOT_FOUND, "no such");
	refused(f, correct_as(f, "zhang", own, "town="), ERR_NOT_FOUND, "no such");
	refused(f, correct_as(f, "zhang", other, "note=改"), ERR_NOT_FOUND, "no such");
	refused(f, correct_as(f, "zhang", other, "town=石桥镇"), ERR_NOT_FOUND, "no such");
	refused(f, correct_as(f, "gao", own, "note=改"), ERR_DENIED, "correct records");
	ok(f, correct_as(f, "zhao", other, "town=石桥镇"));
	same(lies(f, other), S("T01"));
	refused(f, correct_as(f, "li", other, "note=改"), ERR_NOT_FOUND, "no such");
	ok(f, correct_as(f, "zhang", other, "note=改"));

	refused(f, take_as(f, "li", own, hand_withdraw), ERR_NOT_FOUND, "no such");
	ok(f, take_as(f, "zhang", own, hand_withdraw));
	same(lies(f, own), S("T01"));
	refused(f, take_as(f, "li", own, hand_restore), ERR_NOT_FOUND, "no such");
	refused(f, take_as(f, "wang", own, hand_restore), ERR_NOT_FOUND, "no such");
	ok(f, take_as(f, "zhang", own, hand_restore));
	sound(f);
}

/* ---- registers ---- */

static enum err_code import_as(struct fix *f, const char *actor, const char *rows)
{
	struct import im;
	struct id id;

	put_file(f, "演练.csv", arena_printf(&f->a, "编号,日期,单位,说明\n%s", rows).p);
	read_files(f, NAMES("演练.csv"), NULL, &im);
	return import_accept(&im, f->log, str_c(actor), S("web"), false, &id, &f->err);
}

static void test_import(void **state)
{
	struct fix *f = *state;

	begin(f);
	ok(f, import_as(f, "zhang", "1,2022-03-01,石桥镇,\n2,2022-04-01,石桥镇,\n"));
	refused(f, import_as(f, "zhang", "3,2022-05-01,石桥镇,\n4,2022-05-02,竹溪镇,\n"), ERR_NOT_FOUND, "演练.csv!3");
	refused(f, import_as(f, "zhang", "3,2022-05-01,,\n"), ERR_NOT_FOUND, "演练.csv!2");
	refused(f, import_as(f, "gao", "3,2022-05-01,石桥镇,\n"), ERR_DENIED, "import registers");
	assert_int_equal(count(f, "select count(*) from p_record"), 2);
	/* to take a row of another's by its key */
	refused(f, import_as(f, "li", "1,2022-03-01,竹溪镇,\n"), ERR_NOT_FOUND, "演练.csv!2");
	ok(f, import_as(f, "zhang", "1,2022-03-01,石桥镇,改过\n"));
	/* the office takes what its register says, whichever unit a row names */
	ok(f, import_as(f, "wang", "1,2022-03-02,竹溪镇,\n9,2022-05-01,,\n"));
	assert_int_equal(count(f, "select count(*) from p_record where withdrawn_seq is null"), 3);
	sound(f);
}

/* ---- the scheme ---- */

static void test_scheme(void **state)
{
	struct fix *f = *state;
	struct scheme s;
	static const char HEAD[] = "zeren: 1\nscheme: x\ntitle: x\nrecords:\n  drill:\n    about: training\n    title: 演练\n";

	refused(f, scheme_read(&f->a, arena_printf(&f->a, "%s    unit: date\n    fields: {date: date, town: unit}\n", HEAD), &s,
		&f->err), ERR_INPUT, "line 8, column 11: 'unit' must name a field of type unit");
	refused(f, scheme_read(&f->a, arena_printf(&f->a, "%s    unit: twn\n    fields: {date: date, town: unit}\n", HEAD), &s,
		&f->err), ERR_INPUT, "town");
	ok(f, scheme_read(&f->a, arena_printf(&f->a, "%s    unit: town\n    fields: {date: date, town: unit}\n", HEAD), &s, &f->err));
	same(s.types[0].unit->name, S("town"));
}

int main(void)
{
	struct CMUnitTest tests[] = {
		ON_BOTH(test_where),
		ON_BOTH(test_hands),
		ON_BOTH(test_import),
		ON_SQLITE(test_scheme),
	};

	return run_plan("record_unit", tests, LEN(tests));
}
