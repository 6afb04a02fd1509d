/* Organisations as files: org.json and org.xlsx of the case, checks of org.json, lookups. */
#include "who_files.h"

/* ---- the case ---- */

static void read_case(struct fix *f, const char *name, int year, struct org *org)
{
	ok(f, org_read(&f->a, name, year, org, &f->err));
}

static void test_same_facts(void **state)
{
	struct fix *f = *state;
	struct org j, x;

	read_case(f, CASE "org.json", 0, &j);
	read_case(f, CASE "org.xlsx", 2022, &x);
	assert_int_equal(j.nunits, 19);
	assert_int_equal(j.nposts, 13);
	assert_int_equal(j.nholders, 14);
	assert_int_equal(j.nportfolios, 12);
	assert_int_equal(j.nbodies, 0);
	assert_int_equal(x.nunits, j.nunits);
	assert_int_equal(x.nposts, j.nposts);
	assert_int_equal(x.nholders, j.nholders);
	assert_int_equal(x.nportfolios, j.nportfolios);
	for (size_t i = 0; i < j.nunits; i++) {
		same(x.units[i].code, j.units[i].code);
		same(x.units[i].name, j.units[i].name);
		same(x.units[i].short_name, j.units[i].short_name);
		same(x.units[i].parent, j.units[i].parent);
		same(x.units[i].kind, j.units[i].kind);
	}
	for (size_t i = 0; i < j.nposts; i++) {
		same(x.posts[i].code, j.posts[i].code);
		same(x.posts[i].name, j.posts[i].name);
		same(x.posts[i].unit, j.posts[i].unit);
		same(x.posts[i].role, j.posts[i].role);
	}
	for (size_t i = 0; i < j.nholders; i++) {
		same(x.holders[i].post, j.holders[i].post);
		same(x.holders[i].name, j.holders[i].name);
		assert_int_equal(x.holders[i].from.n, j.holders[i].from.n);
		assert_int_equal(x.holders[i].to.n, j.holders[i].to.n);
	}
	for (size_t i = 0; i < j.nportfolios; i++) {
		same(x.portfolios[i].post, j.portfolios[i].post);
		same(x.portfolios[i].unit, j.portfolios[i].unit);
		assert_false(date_is(x.portfolios[i].from) || date_is(j.portfolios[i].to));
	}
	same(x.office.code, j.office.code);
	same(x.office.name, j.office.name);
	same(x.office.short_name, j.office.short_name);
	assert_int_equal(x.office.year, j.office.year);
	assert_int_equal(x.office.settings->n, 0);
	assert_int_equal(j.office.settings->n, 4);
	assert_int_equal(NODE_GET(j.office.settings, "studyForms")->n, 5);
	same(node_text(NODE_GET(j.office.settings, "calendar"), S("thursdayFrom")), S("2022-03-03"));
}

static void test_year(void **state)
{
	struct fix *f = *state;
	struct org org;

	refused(f, org_read(&f->a, CASE "org.xlsx", 0, &org, &f->err), ERR_REQUIRED, "no year");
	read_case(f, CASE "org.json", 1999, &org);       /* the file's own year wins */
	assert_int_equal(org.office.year, 2022);
	refused(f, org_read(&f->a, CASE "org.yaml", 0, &org, &f->err), ERR_INPUT, ".json or .xlsx");
	refused(f, org_read(&f->a, CASE "none.json", 0, &org, &f->err), ERR_NOT_FOUND, "none.json");
}

static void test_lookup(void **state)
{
	struct fix *f = *state;
	struct org org;

	read_case(f, CASE "org.json", 0, &org);
	for (int i = 0; i < 2; i++) {
		same(org_unit(&org, S("U01"))->code, S("U01"));
		same(org_unit(&org, S("区委办"))->code, S("U01"));
		same(org_unit(&org, S("中共云岭市青溪区委办公室"))->code, S("U01"));
		same(org_unit(&org, S(" 石桥镇\n"))->code, S("T01"));
		same(org_unit(&org, S("Ｕ０１"))->code, S("U01"));
		assert_null(org_unit(&org, S("石桥")));
		assert_null(org_unit(&org, STR_NONE));
		same(org_post(&org, S("副主任(信息督查)"))->code, S("G03"));
		same(org_post(&org, S("副主任（信息督查）"))->code, S("G03"));
		same(org_post(&org, S("G03"))->name, S("副主任（信息督查）"));
		assert_null(org_post(&org, S("U01")));
		org.index = NULL;      /* the same without */
	}
}

/* ---- checks of org.json ---- */

#define UNITS \
	"[{'id':'A','name':'区委'}," \
	"{'id':'B','name':'办公室','parent':'A'}," \
	"{'id':'C','name':'综合科','parent':'B'}]"
#define POSTS \
	"[{'id':'P','name':'主任','unit':'B'},{'id':'Q','name':'科长','unit':'C'}]"
#define HOLDERS \
	"[{'post':'P','name':'张一','from':'2020-01-01','to':'2021-12-31'}," \
	"{'post':'P','name':'李二','from':'2022-01-01'}]"
#define PORTFOLIOS \
	"[{'post':'P','unit':'综合科'}]"

struct facts {
	const char *head, *units, *posts, *holders, *portfolios, *more;
};

/* The facts above where t names no others; JSON with ' for ". */
static enum err_code read_json(struct fix *f, struct facts t, struct org *org)
{
	struct buf b = BUF_MAX(64 << 10);
	enum err_code code;

	buf_printf(&b, "{%s,\n'units':%s,\n'posts':%s,\n'holders':%s,\n'portfolios':%s%s}\n",
		t.head ? t.head : "'year':2022,'office':{'id':'B'}", t.units ? t.units : UNITS,
		t.posts ? t.posts : POSTS, t.holders ? t.holders : HOLDERS,
		t.portfolios ? t.portfolios : PORTFOLIOS, t.more ? t.more : "");
	for (size_t i = 0; i < b.n; i++)
		if (b.p[i] == '\'')
			b.p[i] = '"';
	snprintf(f->path, sizeof f->path, "/tmp/zeren-who-%d.json", getpid());
	ok(f, file_write(f->path, buf_str(&b), &f->err));
	code = org_read(&f->a, f->path, 0, org, &f->err);
	buf_free(&b);
	return code;
}

static void bad(struct fix *f, struct facts t, enum err_code code, const char *words)
{
	struct org org;

	refused(f, read_json(f, t, &org), code, words);
}

static void test_json_form(void **state)
{
	struct fix *f = *state;
	struct org org;

	ok(f, read_json(f, (struct facts){0}, &org));
	same(org.office.name, S("办公室"));
	same(org.office.short_name, S("办公室"));
	ok(f, read_json(f, (struct facts){.more = ",'ownWords':[1,{'a':true}]"}, &org));
	assert_int_equal(NODE_GET(org.office.settings, "ownWords")->n, 2);

	bad(f, (struct facts){.more = ",'bodie':[]"}, ERR_INPUT, "did you mean 'bodies'");
	bad(f, (struct facts){.units = "{}"}, ERR_INPUT, "'units'");
	bad(f, (struct facts){.units = "[3]"}, ERR_INPUT, "line 2");
	bad(f, (struct facts){.units = "[{'id':'A','nam':'区委'}]"}, ERR_INPUT, "did you mean 'name'");
	bad(f, (struct facts){.units = "[{'id':'A'}]"}, ERR_INPUT, "'name'");
	bad(f, (struct facts){.units = "[{'id':7,'name':'区委'}]"}, ERR_INPUT, "'id'");
	bad(f, (struct facts){.posts = "[{'id':'P','name':'主任','unit':'B','salary':1}]"},
		ERR_INPUT, "salary");
	bad(f, (struct facts){.holders = "[{'post':'P','name':'张一','from':'2022.1.1'}]"},
		ERR_INPUT, "'2022.1.1' is no day");
	bad(f, (struct facts){.holders = "[{'post':'P','name':'张一'}]"}, ERR_INPUT, "'from'");
	bad(f, (struct facts){.head = "'office':{'id':'B'}"}, ERR_REQUIRED, "no year");
	bad(f, (struct facts){.head = "'year':22,'office':{'id':'B'}"}, ERR_INPUT, "1900");
	bad(f, (struct facts){.head = "'year':2022"}, ERR_INPUT, "'office'");
	bad(f, (struct facts){.head = "'year':2022,'office':{'id':'Z'}"}, ERR_INPUT, "'Z'");
}

static void test_unit_checks(void **state)
{
	struct fix *f = *state;
	struct org org;

	bad(f, (struct facts){.units =
		"[{'id':'A','name':'区委'},\n"
		"{'id':'B','name':'办公室'},\n"
		"{'id':'Ａ','name':'又一个'}]"},
		ERR_INPUT, "line 4, units[2]: code 'A' stands twice, first in line 2");
	bad(f, (struct facts){.units = "[{'id':'B','name':'办公室','parent':'X'}]"},
		ERR_INPUT, "units[0]: there is no unit 'X'");
	bad(f, (struct facts){.units =
		"[{'id':'A','name':'区委','parent':'C'},"
		"{'id':'B','name':'办公室','parent':'A'},"
		"{'id':'C','name':'科','parent':'B'}]"}, ERR_INPUT, "circle");
	bad(f, (struct facts){.units = "[{'id':'B','name':'办公室','parent':'B'}]"}, ERR_INPUT, "circle");
	bad(f, (struct facts){.units = "[{'id':' ','name':'办公室'}]"}, ERR_REQUIRED, "no code");
	bad(f, (struct facts){.units = "[{'id':'B','name':'　'}]"}, ERR_REQUIRED, "no name");
	bad(f, (struct facts){.units =
		"[{'id':'A','name':'区委'},"
		"{'id':'B','name':'办公室'},"
		"{'id':'C','name':'综合科'},"
		"{'id':'D','name':'综合科'}]"}, ERR_INPUT, "more than one unit is called '综合科'");
	/* a full name before another's short one; a parent by name */
	ok(f, read_json(f, (struct facts){.units =
		"[{'id':'B','name':'办公室'},"
		"{'id':'C','name':'综合科','parent':'办公室'},"
		"{'id':'D','name':'局综合科','short':'综合科'}]"}, &org));
	same(org_unit(&org, S("综合科"))->code, S("C"));
	same(org.units[1].parent, S("B"));
}

static void test_post_checks(void **state)
{
	struct fix *f = *state;
	struct org org;

	bad(f, (struct facts){.posts = "[{'id':'P','name':'主任','unit':'X'}]"},
		ERR_INPUT, "posts[0]: there is no unit 'X'");
	bad(f, (struct facts){.posts =
		"[{'id':'P','name':'主任','unit':'B'},"
		"{'id':'P','name':'科长','unit':'C'}]"}, ERR_INPUT, "posts[1]: code 'P' stands twice");
	bad(f, (struct facts){.posts = "[{'id':'P','name':'主任','unit':''}]"}, ERR_REQUIRED, "no unit");
	bad(f, (struct facts){.holders = "[{'post':'X','name':'张一','from':'2020-01-01'}]"},
		ERR_INPUT, "holders[0]: there is no post 'X'");
	bad(f, (struct facts){.holders = "[{'post':'P','name':'','from':'2020-01-01'}]"},
		ERR_REQUIRED, "name");
	bad(f, (struct facts){.holders = "[{'post':'P','name':'张一','from':''}]"},
		ERR_REQUIRED, "first day");
	bad(f, (struct facts){.holders =
		"[{'post':'P','name':'张一','from':'2020-01-02','to':'2020-01-01'}]"},
		ERR_INPUT, "the last day, 2020-01-01, lies before the first, 2020-01-02");
	bad(f, (struct facts){.holders =
		"[{'post':'P','name':'李二','from':'2022-01-01'},"
		"{'post':'P','name':'张一','from':'2020-01-01','to':'2022-01-01'}]"},
		ERR_INPUT, "holders[0]: post 'P' has two holders on 2022-01-01: 张一 and 李二");
	bad(f, (struct facts){.holders =
		"[{'post':'P','name':'李二','from':'2022-01-01'},"
		"{'post':'P','name':'张一','from':'2023-01-01'}]"}, ERR_INPUT, "two holders on 2023-01-01");
	/* a name padded to the width of three characters; one day in office */
	ok(f, read_json(f, (struct facts){.holders =
		"[{'post':'主任','name':'李　二','from':'2022-01-01','to':'2022-01-01'},"
		"{'post':'P','name':'Ann Lee','from':'2022-01-02'}]"}, &org));
	same(org.holders[0].name, S("李二"));
	same(org.holders[0].post, S("P"));
	same(org.holders[1].name, S("Ann Lee"));
}

static void test_portfolio_checks(void **state)
{
	struct fix *f = *state;
	struct org org;

	bad(f, (struct facts){.portfolios = "[{'post':'P','unit':'X'}]"},
		ERR_INPUT, "there is no unit 'X'");
	bad(f, (struct facts){.portfolios = "[{'post':'X','unit':'C'}]"},
		ERR_INPUT, "there is no post 'X'");
	bad(f, (struct facts){.portfolios = "[{'post':'P','unit':'C'},{'post':'P','unit':'综合科'}]"},
		ERR_INPUT, "stands twice in the portfolio");
	bad(f, (struct facts){.portfolios =
		"[{'post':'P','unit':'C','from':'2022-02-01','to':'2022-01-01'}]"},
		ERR_INPUT, "lies before");
	bad(f, (struct facts){.portfolios =
		"[{'post':'P','unit':'C','to':'2022-02-01'},"
		"{'post':'P','unit':'C','from':'2022-02-01'}]"},
		ERR_INPUT, "stands twice in the portfolio");
	ok(f, read_json(f, (struct facts){.portfolios =
		"[{'post':'P','unit':'C','to':'2022-01-31'},"
		"{'post':'P','unit':'C','from':'2022-02-01'},"
		"{'post':'Q','unit':'C'}]"}, &org));
	assert_int_equal(org.nportfolios, 3);
}

static void test_body_checks(void **state)
{
	struct fix *f = *state;
	struct org org;

	ok(f, read_json(f, (struct facts){.more =
		",'bodies':[{'id':'D','name':'室务会','members':['P','科长']}]"}, &org));
	assert_int_equal(org.nbodies, 1);
	assert_int_equal(org.bodies[0].nmembers, 2);
	same(org.bodies[0].members[1], S("Q"));
	same(org.bodies[0].unit, S("B"));
	bad(f, (struct facts){.more = ",'bodies':[{'id':'D','name':'室务会','members':['X']}]"},
		ERR_INPUT, "bodies[0]: there is no post 'X'");
	bad(f, (struct facts){.more = ",'bodies':[{'id':'D','name':'室务会','members':['P','P']}]"},
		ERR_INPUT, "stands twice among the members");
	bad(f, (struct facts){.more = ",'bodies':[{'id':'D','name':'室务会','unit':'X','members':[]}]"},
		ERR_INPUT, "there is no unit 'X'");
	bad(f, (struct facts){.more =
		",'bodies':[{'id':'D','name':'a','members':[]},"
		"{'id':'D','name':'b','members':[]}]"}, ERR_INPUT, "bodies[1]: code 'D' stands twice");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		READING(test_same_facts), READING(test_year), READING(test_lookup), READING(test_json_form),
		READING(test_unit_checks), READING(test_post_checks), READING(test_portfolio_checks),
		READING(test_body_checks),
	};

	return cmocka_run_group_tests_name("who", tests, NULL, NULL);
}
