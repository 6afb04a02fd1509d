/* Adopting an organisation into the log: history of holders, changes, on both databases. */
#include "who_world.h"

/* The holder of a post that day; empty when there is none. */
static struct str holder_on(struct fix *f, const char *post, const char *on)
{
	struct str name = STR_NONE;
	struct org org;

	load(f, on, &org);
	for (size_t i = 0; i < org.nholders; i++)
		if (str_is(org.holders[i].post, post)) {
			assert_null(name.p);
			name = org.holders[i].name;
		}
	return name;
}

static void test_twice(void **state)
{
	struct fix *f = *state;
	struct org j, x, t;
	int64_t size;

	case_org(f, CASE "org.json", &j);
	case_org(f, CASE "org.xlsx", &x);
	adopt(f, &j, 19 + 13 + 14 + 12 + 1, 0, 0, 0);
	size = log_size(f->log);
	adopt(f, &j, 0, 0, 59, 0);
	assert_int_equal(log_size(f->log), size);
	adopt(f, &x, 0, 0, 59, 0);      /* says nothing of settings: they stay */
	assert_int_equal(log_size(f->log), size);
	load(f, NULL, &t);
	assert_int_equal(t.nunits, 19);
	assert_int_equal(t.nholders, 14);
	for (size_t i = 0; i < t.nunits; i++) {
		same(t.units[i].code, j.units[i].code);
		same(t.units[i].name, j.units[i].name);
		same(t.units[i].short_name, j.units[i].short_name);
		same(t.units[i].parent, j.units[i].parent);
		same(t.units[i].kind, j.units[i].kind);
		assert_true(id_is(t.units[i].id));
	}
	for (size_t i = 0; i < t.nposts; i++) {
		same(t.posts[i].name, j.posts[i].name);
		same(t.posts[i].role, j.posts[i].role);
	}
	for (size_t i = 0; i < t.nportfolios; i++) {
		same(t.portfolios[i].post, j.portfolios[i].post);
		same(t.portfolios[i].unit, org_unit(&j, j.portfolios[i].unit)->code);
	}
	same(t.office.code, S("U01"));
	same(t.office.short_name, S("区委办"));
	assert_int_equal(t.office.year, 2022);
	assert_int_equal(t.office.settings->n, 4);
	sound(f);
}

static void test_on_a_day(void **state)
{
	struct fix *f = *state;
	struct org org;

	case_org(f, CASE "org.json", &org);
	adopt(f, &org, 59, 0, 0, 0);
	same(holder_on(f, "G03", "2022-08-14"), S("王三"));
	same(holder_on(f, "G03", "2022-08-15"), S("周五"));
	same(holder_on(f, "G03", "2020-05-06"), S("王三"));
	assert_null(holder_on(f, "G03", "2020-05-05").p);
	load(f, "2000-01-01", &org);
	assert_int_equal(org.nholders, 0);
	assert_int_equal(org.nunits, 19);
	assert_int_equal(org.nportfolios, 12);     /* without days: always */
}

static void test_empty(void **state)
{
	struct org org;

	load(*state, NULL, &org);
	assert_int_equal(org.nunits + org.nposts + org.nholders + org.nportfolios + org.nbodies, 0);
	assert_false(id_is(org.office.id));
	assert_int_equal(org.office.settings->n, 0);
	assert_null(org_unit(&org, S("区委办")));
}

/* ---- changes ---- */

struct kinds_seen {
	struct fix *f;
	struct buf text;
};

static enum err_code note_kind(void *ctx, const struct event *e, struct str canon, struct err *err)
{
	struct kinds_seen *k = ctx;

	buf_printf(&k->text, STR_FMT " ", STR_ARG(e->kind));
	return OK;
}

/* The kinds of the events from there on. */
static void kinds_since(struct fix *f, int64_t from, const char *want)
{
	struct kinds_seen k = {.f = f, .text = BUF_MAX(64 << 10)};

	ok(f, log_each(f->log, 1, from, INT64_MAX, note_kind, &k, &f->err));
	same(buf_str(&k.text), str_c(want));
	buf_free(&k.text);
}

/* The org of org.json with other holders of G03, whose rows are 2 and 3. */
static void with_holders(struct fix *f, struct org *org, const struct holder *h, size_t n)
{
	case_org(f, CASE "org.json", org);
	org->holders = ARENA_ARRAY(&f->a, struct holder, n);
	memcpy(org->holders, h, n * sizeof *h);
	org->nholders = n;
}

static struct date day(const char *text)
{
	struct date d = DATE_NONE;

	assert_true(!text || date_parse(str_c(text), &d));
	return d;
}
#define H(post_, name_, from_, to_) {.post = S(post_), .name = S(name_), .from = day(from_), .to = day(to_)}

static void test_succession(void **state)
{
	struct fix *f = *state;
	const struct holder first[] = {H("G03", "王三", "2020-05-06", NULL)};
	const struct holder both[] = {
		H("G03", "王三", "2020-05-06", "2022-08-14"), H("G03", "周五", "2022-08-15", NULL)};
	const struct holder last[] = {H("G03", "吴七", "2023-01-01", NULL)};
	struct org org;
	int64_t size;

	with_holders(f, &org, first, 1);
	adopt(f, &org, 46, 0, 0, 0);
	size = log_size(f->log);
	with_holders(f, &org, both, 2);
	adopt(f, &org, 1, 1, 45, 0);
	kinds_since(f, size, "holder.end holder.add ");
	same(holder_on(f, "G03", "2022-08-14"), S("王三"));
	same(holder_on(f, "G03", "2022-08-15"), S("周五"));

	/* the file names the new one only */
	size = log_size(f->log);
	with_holders(f, &org, last, 1);
	adopt(f, &org, 1, 1, 45, 1);
	kinds_since(f, size, "holder.end holder.add ");
	same(holder_on(f, "G03", "2021-01-01"), S("王三"));
	same(holder_on(f, "G03", "2022-12-31"), S("周五"));
	same(holder_on(f, "G03", "2023-01-01"), S("吴七"));
	adopt(f, &org, 0, 0, 46, 2);
	sound(f);
}

static void test_corrections(void **state)
{
	struct fix *f = *state;
	const struct holder start[] = {
		H("G03", "王三", "2020-05-06", "2022-08-14"), H("G03", "周五", "2022-08-15", NULL)};
	const struct holder later[] = {
		H("G03", "王三", "2020-05-06", "2022-08-31"), H("G03", "周五", "2022-09-01", NULL)};
	const struct holder name[] = {
		H("G03", "王叁", "2020-05-07", "2022-07-31"), H("G03", "周武", "2022-08-01", NULL)};
	const struct holder open[] = {H("G03", "王叁", "2020-05-07", NULL)};
	const struct holder back[] = {H("G03", "周武", "2021-01-01", "2021-12-31")};
	struct org_change c;
	struct org org;
	int64_t size;

	with_holders(f, &org, start, 2);
	adopt(f, &org, 47, 0, 0, 0);
	size = log_size(f->log);
	with_holders(f, &org, later, 2);       /* the boundary moves: shrink before grow */
	adopt(f, &org, 0, 2, 45, 0);
	kinds_since(f, size, "holder.change holder.end ");
	same(holder_on(f, "G03", "2022-08-31"), S("王三"));
	same(holder_on(f, "G03", "2022-09-01"), S("周五"));
	with_holders(f, &org, start, 2);       /* and back */
	adopt(f, &org, 0, 2, 45, 0);
	with_holders(f, &org, later, 2);
	org.holders[0].name = S("王叁");       /* a name put right, days the same */
	adopt(f, &org, 0, 2, 45, 0);
	with_holders(f, &org, name, 2);
	org.holders[1].name = S("周五");
	adopt(f, &org, 0, 2, 45, 0);
	same(holder_on(f, "G03", "2022-08-01"), S("周五"));
	assert_null(holder_on(f, "G03", "2020-05-06").p);

	/* an end taken back runs into the next holder, whom the file has forgotten */
	with_holders(f, &org, open, 1);
	assert_int_equal(try_adopt(f, &org, &c), ERR_CONFLICT);
	assert_non_null(strstr(f->err.text, "周五"));
	err_clear(&f->err);
	with_holders(f, &org, back, 1);
	assert_int_equal(try_adopt(f, &org, &c), ERR_CONFLICT);
	err_clear(&f->err);
	sound(f);
}

static void test_moves(void **state)
{
	struct fix *f = *state;
	struct org org;
	struct str members[] = {S("G01"), S("G02")};
	struct body body = {
		.code = S("M1"), .name = S("室务会"), .unit = S("U01"), .members = members, .nmembers = 2};
	int64_t size;

	case_org(f, CASE "org.json", &org);
	org.bodies = &body;
	org.nbodies = 1;
	adopt(f, &org, 60, 0, 0, 0);

	/* U01 below U11 and U11 below U00: on the way no circle may arise */
	size = log_size(f->log);
	assert_true(str_is(org.units[1].code, "U01") && str_is(org.units[2].code, "U11"));
	org.units[1].parent = S("U11");
	org.units[2].parent = S("U00");
	org.units[3].name = S("秘 书（一）科");
	org.posts[12].unit = S("U11");
	org.posts[1].name = S("副主任(机要国安)");     /* the same, half width */
	body.nmembers = 1;
	org.office.year = 2023;
	adopt(f, &org, 0, 6, 54, 0);
	kinds_since(f, size, "unit.change unit.change unit.change post.change body.change office.set ");
	load(f, NULL, &org);
	same(org_unit(&org, S("U01"))->parent, S("U11"));
	same(org_unit(&org, S("秘书(一)科"))->code, S("U12"));
	same(org_unit(&org, S("U12"))->short_name, S("秘书科"));
	assert_int_equal(org.nbodies, 1);
	assert_int_equal(org.bodies[0].nmembers, 1);
	assert_int_equal(org.office.year, 2023);
	sound(f);
}

static void test_gone_and_settings(void **state)
{
	struct fix *f = *state;
	struct org org, t;
	struct node *settings;
	int64_t size;

	case_org(f, CASE "org.json", &org);
	adopt(f, &org, 59, 0, 0, 0);
	size = log_size(f->log);
	org.nunits = 11;            /* 8 towns gone; of their units no post */
	org.nportfolios = 2;
	org.posts = org.posts + 1;  /* G01 gone, with its holder */
	org.nposts--;
	org.holders++;
	org.nholders--;
	org.index = NULL;
	settings = node_map(&f->a);
	node_set(&f->a, settings, S("calendar"), node_map(&f->a));
	org.office.settings = settings;
	adopt(f, &org, 0, 1, 11 + 12 + 13 + 2, 8 + 1 + 1 + 10);
	kinds_since(f, size, "office.set ");
	load(f, NULL, &t);
	assert_int_equal(t.nunits, 19);
	assert_int_equal(t.office.settings->n, 4);
	assert_int_equal(NODE_GET(t.office.settings, "calendar")->n, 0);
	assert_int_equal(NODE_GET(t.office.settings, "publications")->n, 2);
}

static void test_portfolio_days(void **state)
{
	struct fix *f = *state;
	struct org org, t;

	case_org(f, CASE "org.json", &org);
	org.nportfolios = 2;
	org.portfolios[1] = org.portfolios[0];
	org.portfolios[0].to = day("2022-06-30");
	org.portfolios[1].post = S("G03");
	org.portfolios[1].from = day("2022-07-01");
	adopt(f, &org, 49, 0, 0, 0);
	load(f, "2022-06-30", &t);
	assert_int_equal(t.nportfolios, 1);
	same(t.portfolios[0].post, S("G02"));
	load(f, "2022-07-01", &t);
	assert_int_equal(t.nportfolios, 1);
	same(t.portfolios[0].post, S("G03"));
	org.portfolios[0].from = day("2021-01-01");
	org.portfolios[0].to = day("2022-07-31");
	org.portfolios[1].from = DATE_NONE;
	adopt(f, &org, 0, 2, 47, 0);
	load(f, "2000-01-01", &t);
	assert_int_equal(t.nportfolios, 1);
	load(f, "2022-07-31", &t);
	assert_int_equal(t.nportfolios, 2);
	sound(f);
}

int main(void)
{
	struct CMUnitTest tests[] = {
		ON_BOTH(test_twice), ON_BOTH(test_on_a_day), ON_BOTH(test_empty), ON_BOTH(test_succession),
		ON_BOTH(test_corrections), ON_BOTH(test_moves), ON_BOTH(test_gone_and_settings),
		ON_BOTH(test_portfolio_days),
	};

	return run_both(tests, LEN(tests), "who_log");
}
