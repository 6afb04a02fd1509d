/* Records in hand: order, links, lookups, tracked fields on a day, conditions; on both databases. */
#include "office_world.h"

#include "flow/facts_load.h"

#include "text/json.h"
#include "text/yaml.h"

static const char REPORTS[] =
	"编号,日期,标题,分类\n"
	"BS-1,2022-03-01,关于第一季度的信息,意识形态\n"
	"BS-2,2022-05-01,关于防汛的信息,安全生产\n"
	"BS-3,2022-05-01,关于保密的信息,保密\n"
	"BS-4,2021-12-30,上年的信息,保密\n";
static const char ADOPTIONS[] =
	"编号,刊物,级别,日期\n"
	"BS-1,《云岭先锋》,,2022-03-20\n"
	"ＢＳ-1,省委信息,省级,2022-04-02\n"
	"BS-2,县内小报,,2022-05-03\n"
	"BS-9,云岭 先锋,,2022-06-01\n"
	"BS-3,云岭先锋,,2022-04-01\n"
	"BS-4,云岭先锋,,2022-02-01\n";
static const char RISKS[] =
	"编号,风险点,日期,等级,化解日期\n"
	"FX-1,网上舆情,2022-01-10,较大,2022-11-01\n"
	"FX-2,老旧电路,2021-06-01,一般,\n"
	"FX-3,危房,2022-05-20,重大,\n";
static const char UPDATES[] =
	"日期,编号,事项,等级\n"
	"2022-09-01,FX-1,等级调整,低\n"
	"2022-03-01,FX-1,等级调整,重大\n"
	"2022-03-01,FX-1,等级调整,一般\n"
	"2022-04-01,FX-1,复核,较大\n"
	"2022-10-08,FX-1,化解,\n"
	"2021-12-01,FX-2,等级调整,重大\n"
	"2022-06-30,FX-2,化解,\n"
	"2022-07-01,FX-8,等级调整,低\n"
	"2022-02-01,ＦＸ－2,等级调整,较大\n"
	"2022-08-01,FX-3,等级调整,较大\n";
static const char MEETINGS[] =
	"日期,类别,名称,应到,实到,学时,第一议题,专题,风险点,佐证\n"
	"2022-06-03,室务会,第二次室务会,12人,10人,1.5学时,有,意识形态、保密,FX-1、FX-9,\n"
	"2022-01-14,室务会,第一次室务会,12,12,,无,意识形态,,\n"
	"2022-06-03,周例会,六月例会,9,9,2,,,FX-3,\n";
static const char WEEKLY[] = "月份,次数\n6月,4次\n2月,3\n";
static const char ITEMS[] = "项目,分值\n领导责任,5\n学习,2.5\n";

struct world {
	struct facts facts;
	struct id import;
};

static void load(struct fix *f, struct facts_opt opt, struct facts *out)
{
	static struct org org;
	struct node *settings;

	ok(f, json_read(&f->a, S("{\"publications\":{\"省级\":[\"省委信息\",\"云岭先锋\"],\"市级\":[\"市委信息\"]}}"),
		(struct json_opt){0}, &settings, &f->err));
	org = (struct org){.office = {.settings = settings}};
	if (!opt.year)
		opt.year = 2022;
	ok(f, facts_load(&f->a, log_db(f->log), &f->scheme, &org, opt, out, &f->err));
}

static struct world begin(struct fix *f)
{
	struct world w;
	struct import im;

	adopt_file(f, SMALL);
	put_file(f, "报送.csv", REPORTS);
	put_file(f, "采用.csv", ADOPTIONS);
	put_file(f, "风险.csv", RISKS);
	put_file(f, "更新.csv", UPDATES);
	put_file(f, "会议.csv", MEETINGS);
	put_file(f, "周例会.csv", WEEKLY);
	put_file(f, "分值.csv", ITEMS);
	read_files(f, NAMES("报送.csv", "采用.csv", "风险.csv", "更新.csv", "会议.csv", "周例会.csv", "分值.csv"), NULL, &im);
	assert_true(import_clean(&im));
	w.import = accept_all(f, &im, false);
	load(f, (struct facts_opt){0}, &w.facts);
	return w;
}

static const struct record_type *type(struct fix *f, const char *name)
{
	const struct record_type *t = scheme_type(&f->scheme, str_c(name));

	assert_non_null(t);
	return t;
}

static const struct field *field(struct fix *f, const char *of, const char *name)
{
	const struct field *x = type_field(type(f, of), str_c(name));

	assert_non_null(x);
	return x;
}

/* The nth record of a type from that row of its file. */
static const struct fact *row(struct fix *f, const struct facts *facts, const char *of, int no)
{
	struct fact_set *set = facts_of(facts, type(f, of));

	for (size_t i = 0; i < set->n; i++)
		if (set->p[i].row == no)
			return &set->p[i];
	FLUNK("no %s in row %d", of, no);
	return NULL;
}

/* The rows of a type, in the order they are held. */
static void rows_are(struct fix *f, const struct facts *facts, const char *of, const char *want)
{
	struct fact_set *set = facts_of(facts, type(f, of));
	struct buf b CLEANUP(buf_free) = BUF_MAX(1000);

	for (size_t i = 0; i < set->n; i++)
		buf_printf(&b, "%s%d", i ? " " : "", set->p[i].row);
	same(buf_str(&b), str_c(want));
}

static void test_order(void **state)
{
	struct fix *f = *state;
	struct world w = begin(f);
	const struct fact *r;

	rows_are(f, &w.facts, "report", "5 2 3 4");
	rows_are(f, &w.facts, "meeting", "3 2 4");
	rows_are(f, &w.facts, "weekly", "3 2");
	rows_are(f, &w.facts, "item", "2 3");
	rows_are(f, &w.facts, "problem", "");
	r = row(f, &w.facts, "weekly", 3);
	assert_true(date_eq(r->day, day("2022-02-28")));       /* a period counts by its last day */
	r = row(f, &w.facts, "item", 2);
	assert_false(date_is(r->day));
	r = row(f, &w.facts, "report", 5);
	assert_true(r->outside);
	r = row(f, &w.facts, "risk", 3);
	assert_false(r->outside);                              /* a standing register */
	same(r->source, S("风险.csv"));
	assert_int_equal(r->rev_seq, r->id.seq);
	assert_false(r->withdrawn);
	assert_null(fact_raw(&w.facts, r));
}

static void test_only(void **state)
{
	struct fix *f = *state;
	struct world w = begin(f);
	struct facts facts;

	load(f, (struct facts_opt){.only = type(f, "adoption")}, &facts);
	rows_are(f, &facts, "adoption", "7 2 6 3 4 5");
	rows_are(f, &facts, "report", "5 2 3 4");
	rows_are(f, &facts, "meeting", "");
	load(f, (struct facts_opt){.only = type(f, "meeting")}, &facts);
	rows_are(f, &facts, "risk", "3 2 4");
	assert_int_equal(facts_of(&facts, type(f, "update"))->n, 10);
	rows_are(f, &facts, "report", "");
	assert_true(id_is(w.import));
}

static void test_withdrawn(void **state)
{
	struct fix *f = *state;
	struct world w = begin(f);
	struct facts facts;

	ok(f, undo(f, w.import));
	load(f, (struct facts_opt){0}, &facts);
	rows_are(f, &facts, "report", "");
	load(f, (struct facts_opt){.withdrawn = true}, &facts);
	rows_are(f, &facts, "report", "5 2 3 4");
	assert_true(row(f, &facts, "report", 2)->withdrawn);
	/* what was withdrawn is shown, but nothing leads to it */
	assert_null(fact_linked(&facts, row(f, &facts, "adoption", 2), field(f, "adoption", "no"), DATE_NONE));
	same(datum_text(&f->a, LANG_EN, fact_value(&facts, row(f, &facts, "risk", 2), field(f, "risk", "level"), DATE_NONE)),
		S("较大"));
	sound(f);
}

/* ---- links ---- */

static int linked_row(struct fix *f, const struct facts *facts, int adoption, const char *on)
{
	const struct fact *r = fact_linked(facts, row(f, facts, "adoption", adoption), field(f, "adoption", "no"), day(on));

	return r ? r->row : 0;
}

static void test_links(void **state)
{
	struct fix *f = *state;
	struct world w = begin(f);

	assert_int_equal(linked_row(f, &w.facts, 2, NULL), 2);
	assert_int_equal(linked_row(f, &w.facts, 3, NULL), 2);                /* full-width in one of the two */
	assert_int_equal(linked_row(f, &w.facts, 4, NULL), 3);
	assert_int_equal(linked_row(f, &w.facts, 5, NULL), 0);                /* names nothing */
	assert_int_equal(linked_row(f, &w.facts, 7, NULL), 0);                /* names a row of another year */
	assert_int_equal(linked_row(f, &w.facts, 6, "2022-05-01"), 4);
	assert_int_equal(linked_row(f, &w.facts, 6, "2022-04-30"), 0);        /* not there yet on that day */
	assert_null(fact_linked(&w.facts, row(f, &w.facts, "adoption", 2), field(f, "adoption", "journal"), DATE_NONE));
}

/* ---- lookups ---- */

static void value_is(struct fix *f, const struct facts *facts, const char *of, int no, const char *name, const char *on,
                     const char *want)
{
	const struct datum *v = fact_value(facts, row(f, facts, of, no), field(f, of, name), day(on));
	struct str text = datum_text(&f->a, LANG_EN, v);

	if ((v != NULL) != (want != NULL) || (want && !str_is(text, want)))
		FLUNK("%s row %d, %s on %s: '" STR_FMT "', not '%s'", of, no, name, on ? on : "any day", STR_ARG(text),
			want ? want : "nothing");
}

static void test_lookups(void **state)
{
	struct fix *f = *state;
	struct world w = begin(f);
	struct facts bare;

	value_is(f, &w.facts, "adoption", 2, "journal", NULL, "云岭先锋");
	value_is(f, &w.facts, "adoption", 2, "level", NULL, "省级");      /* by its journal */
	value_is(f, &w.facts, "adoption", 3, "level", NULL, "省级");      /* its own */
	value_is(f, &w.facts, "adoption", 4, "level", NULL, NULL);        /* of a journal nobody knows */
	value_is(f, &w.facts, "adoption", 5, "level", NULL, "省级");      /* written with a blank */
	ok(f, facts_load(&f->a, log_db(f->log), &f->scheme, NULL, (struct facts_opt){.year = 2022}, &bare, &f->err));
	value_is(f, &bare, "adoption", 2, "level", NULL, NULL);           /* no organisation: no lookup */
	value_is(f, &bare, "adoption", 3, "level", NULL, "省级");
}

/* ---- tracked fields ---- */

static void test_tracks(void **state)
{
	struct fix *f = *state;
	struct world w = begin(f);
	static const struct {
		int row;
		const char *field, *on, *is;
	} t[] = {
		{2, "level", "2022-01-10", "较大"},      /* as registered */
		{2, "level", "2022-02-28", "较大"},
		{2, "level", "2022-03-01", "一般"},      /* two on a day: the later row */
		{2, "level", "2022-04-01", "一般"},      /* a review changes nothing */
		{2, "level", "2022-08-31", "一般"},
		{2, "level", "2022-09-01", "低"},
		{2, "level", NULL, "低"},
		{2, "closed", "2022-10-07", NULL},       /* the register's own date lies ahead */
		{2, "closed", "2022-10-08", "2022-10-08"},
		{2, "closed", NULL, "2022-10-08"},       /* the change counts, not the column */
		{3, "level", "2022-01-31", "一般"},      /* a change of another year is kept aside */
		{3, "level", "2022-02-01", "较大"},      /* its key in full width */
		{3, "closed", "2022-06-29", NULL},
		{3, "closed", "2022-06-30", "2022-06-30"},
		{4, "level", "2022-07-31", "重大"},
		{4, "level", "2022-08-01", "较大"},
		{4, "closed", NULL, NULL},
		{4, "name", "2022-01-01", "危房"},       /* not tracked: whatever the day */
	};

	for (size_t i = 0; i < LEN(t); i++)
		value_is(f, &w.facts, "risk", t[i].row, t[i].field, t[i].on, t[i].is);
}

/* ---- conditions ---- */

static const struct {
	const char *of, *where, *on, *rows;      /* rows that fit, in order */
} conditions[] = {
	{"meeting", "{}", NULL, "3 2 4"},
	{"meeting", "{kind: 室务会}", NULL, "3 2"},
	{"meeting", "{kind: 室 务 会}", NULL, "3 2"},
	{"meeting", "{kind: [周例会, 室务会]}", NULL, "3 2 4"},
	{"meeting", "{kind: 党组会}", NULL, ""},
	{"meeting", "{kind: 室务}", NULL, ""},
	{"meeting", "{name: {like: 次室务}}", NULL, "3 2"},
	{"meeting", "{topics: 保密}", NULL, "2"},
	{"meeting", "{topics: {has: 意识形态}}", NULL, "3 2"},
	{"meeting", "{topics: {has: 意识}}", NULL, ""},
	{"meeting", "{topics: {like: 意识}}", NULL, "3 2"},
	{"meeting", "{topics: {empty: yes}}", NULL, "4"},
	{"meeting", "{topics: {empty: no}}", NULL, "3 2"},
	{"meeting", "{first: yes}", NULL, "2"},
	{"meeting", "{first: no}", NULL, "3"},
	{"meeting", "{first: {empty: yes}}", NULL, "4"},
	{"meeting", "{due: 12}", NULL, "3 2"},
	{"meeting", "{due: 12.0}", NULL, "3 2"},
	{"meeting", "{due: {over: 9}}", NULL, "3 2"},
	{"meeting", "{due: {over: 12}}", NULL, ""},
	{"meeting", "{due: {under: 12}}", NULL, "4"},
	{"meeting", "{due: {over: 8.999}}", NULL, "3 2 4"},
	{"meeting", "{hours: {over: 1.4}}", NULL, "2 4"},
	{"meeting", "{hours: {under: 2}}", NULL, "2"},
	{"meeting", "{kind: 室务会, due: 12, first: yes}", NULL, "2"},
	{"meeting", "{kind: 室务会, first: {empty: yes}}", NULL, ""},
	{"risk", "{level: 低}", NULL, "2"},
	{"risk", "{level: 一般}", "2022-03-01", "2"},
	{"risk", "{level: 一般}", "2022-01-15", "3"},
	{"risk", "{closed: {empty: yes}}", "2022-06-29", "3 2 4"},
	{"risk", "{closed: {empty: yes}}", "2022-06-30", "2 4"},
	{"risk", "{closed: {empty: no}}", NULL, "3 2"},
	{"adoption", "{level: 省级}", NULL, "7 2 6 3 5"},
	{"adoption", "{level: {empty: yes}}", NULL, "4"},
};

static struct where where_of(struct fix *f, const char *of, const char *text)
{
	struct str yaml = arena_printf(&f->a, "where: %s\n", text);
	struct where w = {0};
	struct node *tree;

	ok(f, yaml_read(&f->a, yaml, &tree, &f->err));
	ok(f, where_read(&f->a, type(f, of), NODE_GET(tree, "where"), &w, &f->err));
	return w;
}

static void test_conditions(void **state)
{
	struct fix *f = *state;
	struct world w = begin(f);

	for (size_t i = 0; i < LEN(conditions); i++) {
		struct where where = where_of(f, conditions[i].of, conditions[i].where);
		const struct ask ask = {.on = day(conditions[i].on)};
		struct fact_set *set = facts_of(&w.facts, type(f, conditions[i].of));
		struct buf b CLEANUP(buf_free) = BUF_MAX(1000);

		for (size_t k = 0; k < set->n; k++)
			if (fact_matches(&w.facts, &set->p[k], &where, &ask))
				buf_printf(&b, "%s%d", b.n ? " " : "", set->p[k].row);
		if (!str_is(buf_str(&b), conditions[i].rows))
			FLUNK("%s %s: rows '" STR_FMT "', not '%s'", conditions[i].of, conditions[i].where, STR_ARG(buf_str(&b)),
				conditions[i].rows);
	}
}

/* A correction is what counts from then on, for every day asked about. */
static void test_corrected(void **state)
{
	struct fix *f = *state;
	struct world w = begin(f);
	struct facts facts;
	struct import im;
	int64_t rev = row(f, &w.facts, "risk", 4)->rev_seq;

	put_file(f, "风险.csv", "编号,风险点,日期,等级,化解日期\nFX-3,危旧房,2022-05-21,低,\n");
	read_files(f, NAMES("风险.csv"), NULL, &im);
	assert_int_equal(import_count(&im, ROW_CHANGE), 1);
	accept_all(f, &im, false);
	load(f, (struct facts_opt){0}, &facts);
	for (size_t i = 0; i < facts_of(&facts, type(f, "risk"))->n; i++) {
		const struct fact *r = &facts_of(&facts, type(f, "risk"))->p[i];

		if (!str_is(fact_said(&facts, r, S("no"))->text, "FX-3"))
			continue;
		same(fact_said(&facts, r, S("name"))->text, S("危旧房"));
		assert_true(date_eq(r->day, day("2022-05-21")));
		assert_true(r->rev_seq > rev);
		assert_int_equal(r->id.seq, rev);
	}
	assert_int_equal(facts_of(&facts, type(f, "risk"))->n, 3);
	sound(f);
}

int main(void)
{
	struct CMUnitTest tests[] = {
		ON_BOTH(test_order),
		ON_SQLITE(test_only),
		ON_BOTH(test_withdrawn),
		ON_BOTH(test_links),
		ON_SQLITE(test_lookups),
		ON_BOTH(test_tracks),
		ON_BOTH(test_conditions),
		ON_BOTH(test_corrected),
	};

	return run_plan("facts", tests, LEN(tests));
}
