/* Who answers for a post: spells that cut a year without a gap and without an overlap; by hand, and against a walk day by
 * day over ten thousand random organisations. */
#include "office_world.h"

#include "duty/accountable.h"
#include "flow/facts_load.h"

static struct str shown(struct arena *a, const struct spells *s)
{
	struct str out = S("");
	char from[DATE_TEXT], to[DATE_TEXT];

	for (size_t i = 0; i < s->n; i++)
		out = arena_printf(a, STR_FMT "%s%s..%s %s" STR_FMT, STR_ARG(out), i ? "; " : "",
			date_text(s->p[i].from, from).p, date_text(s->p[i].to, to).p, spell_kind_name(s->p[i].kind),
			STR_ARG(s->p[i].holder.n ? arena_printf(a, " " STR_FMT, STR_ARG(s->p[i].holder)) : STR_NONE));
	return out;
}

static struct holder held(const char *post, const char *name, const char *from, const char *to, bool acting)
{
	return (struct holder){.post = str_c(post), .name = str_c(name), .from = day(from),
		.to = to ? day(to) : DATE_NONE, .acting = acting};
}

static void test_by_hand(void **state)
{
	struct fix *f = *state;
	struct post posts[] = {{.code = S("P1"), .name = S("主任")}, {.code = S("P2"), .name = S("副主任")}};
	struct holder holders[] = {
		held("P1", "丙", "2022-09-01", NULL, false),        /* not in order of days */
		held("P1", "甲", "2020-01-01", "2022-03-31", false),
		held("P1", "乙", "2022-04-01", "2022-06-30", true),
		held("P2", "丁", "2023-01-01", NULL, false),
		held("P2", "丁", "2021-01-01", "2021-12-31", false),
		held("P2", "戊", "2022-02-10", "2022-02-10", false),
		held("P2", "己", "2022-05-01", "2022-05-31", false),
		held("P2", "己", "2022-06-01", "2022-12-31", false), /* again: one spell */
	};
	struct org org = {.posts = posts, .nposts = 2, .holders = holders, .nholders = LEN(holders)};
	struct spells out = {0};

	post_spells(&f->a, &org, &posts[0], day("2022-01-01"), day("2022-12-31"), &out);
	same(shown(&f->a, &out), S("2022-01-01..2022-03-31 held 甲; 2022-04-01..2022-06-30 acting 乙; "
		"2022-07-01..2022-08-31 vacant; 2022-09-01..2022-12-31 held 丙"));
	out = (struct spells){0};
	post_spells(&f->a, &org, &posts[1], day("2022-01-01"), day("2022-12-31"), &out);
	same(shown(&f->a, &out), S("2022-01-01..2022-02-09 vacant; 2022-02-10..2022-02-10 held 戊; "
		"2022-02-11..2022-04-30 vacant; 2022-05-01..2022-12-31 held 己"));
	out = (struct spells){0};
	post_spells(&f->a, &org, &posts[0], day("2022-05-01"), day("2022-04-30"), &out);
	assert_int_equal(out.n, 0);
	same(post_on(&f->a, &org, &posts[0], day("2022-06-30")).holder, S("乙"));
	assert_int_equal(post_on(&f->a, &org, &posts[0], day("2022-07-01")).kind, SPELL_VACANT);
	same(post_on(&f->a, &org, &posts[1], day("2022-02-10")).holder, S("戊"));
	assert_int_equal(post_on(&f->a, &org, &posts[1], day("2019-02-10")).kind, SPELL_VACANT);
}

/* ---- ten thousand organisations ---- */

static uint64_t seed = 20221117;

static int64_t pick(int64_t least, int64_t most)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return least + (int64_t)((seed >> 33) % (uint64_t)(most - least + 1));
}

/* Holders of a post, one a day at most, in any order; then what each day must say. */
static size_t random_holders(struct arena *a, struct str post, struct holder *out, size_t most)
{
	static const char *const names[] = {"甲", "乙", "丙"};
	int32_t at = day("2020-12-01").n + (int32_t)pick(0, 300);
	size_t n = (size_t)pick(0, (int64_t)most);

	for (size_t i = 0; i < n; i++) {
		int32_t to = at + (int32_t)pick(0, 200);

		out[i] = (struct holder){.post = post, .name = str_c(names[pick(0, 2)]), .from = {at}, .to = {to},
			.acting = pick(0, 3) == 0};
		if (i + 1 == n && pick(0, 1))
			out[i].to = DATE_NONE;
		at = to + 1 + (pick(0, 1) ? 0 : (int32_t)pick(0, 60));
	}
	for (size_t i = n; i > 1; i--) {
		size_t k = (size_t)pick(0, (int64_t)i - 1);
		struct holder x = out[i - 1];

		out[i - 1] = out[k];
		out[k] = x;
	}
	return n;
}

static const struct holder *on_day(const struct org *org, struct str post, int32_t d)
{
	const struct holder *out = NULL;

	for (size_t i = 0; i < org->nholders; i++) {
		const struct holder *h = &org->holders[i];

		if (str_eq(h->post, post) && h->from.n <= d && (!date_is(h->to) || d <= h->to.n)) {
			assert_null(out);
			out = h;
		}
	}
	return out;
}

static void hold_year(const struct org *org, const struct post *post, struct date from, struct date to,
	const struct spells *s, size_t first)
{
	int32_t next = from.n;

	for (size_t i = first; i < s->n; i++) {
		const struct spell *x = &s->p[i];

		assert_int_equal(x->from.n, next);
		assert_true(x->to.n >= x->from.n && x->to.n <= to.n);
		for (int32_t d = x->from.n; d <= x->to.n; d++) {
			const struct holder *h = on_day(org, post->code, d);

			assert_int_equal(x->kind, !h ? SPELL_VACANT : h->acting ? SPELL_ACTING : SPELL_HELD);
			assert_true(str_eq(x->holder, h ? h->name : STR_NONE));
		}
		if (i > first)
			assert_true(x->kind != x[-1].kind || !str_eq(x->holder, x[-1].holder));
		next = x->to.n + 1;
	}
	assert_int_equal(next, to.n + 1);
}

static void test_random(void **state)
{
	int64_t vacant = 0, whole = 0;

	(void)state;
	for (int round = 0; round < 10000; round++) {
		struct arena a CLEANUP(arena_free) = ARENA_INIT;
		struct post posts[3] = {{.code = S("P1")}, {.code = S("P2")}, {.code = S("P3")}};
		struct holder holders[15];
		struct org org = {.posts = posts, .nposts = 3, .holders = holders};
		struct date from = {day("2021-01-01").n + (int32_t)pick(0, 400)}, to = {from.n + (int32_t)pick(0, 400)};
		struct spells s = {0};

		for (size_t p = 0; p < 3; p++)
			org.nholders += random_holders(&a, posts[p].code, &holders[org.nholders], 5);
		for (size_t p = 0; p < 3; p++) {
			size_t first = s.n;

			post_spells(&a, &org, &posts[p], from, to, &s);
			hold_year(&org, &posts[p], from, to, &s, first);
			whole += s.n - first == 1;
		}
		for (size_t i = 0; i < s.n; i++)
			vacant += s.p[i].kind == SPELL_VACANT;
	}
	assert_true(vacant > 5000 && whole > 500);          /* the cases are worth something */
}

/* ---- the posts of a scheme ---- */

static enum err_code adopt(struct tx *tx, void *ctx, struct err *err)
{
	struct org_change change;

	return org_adopt(tx, ctx, &change, err);
}

static const char SCHEME[] =
	"zeren: 1\nscheme: x\ntitle: x\nrecords:\n  meeting: {about: meeting, title: 会议, fields: {date: date}}\n"
	"duties:\n"
	"  - {id: D1, title: 开会, points: 10, owner: \"post:主任\", need: {each: quarter, take: meeting}}\n"
	"  - {id: D2, title: 报告, points: 10, owner: \"each unit:乡镇\", need: {count: 1, per: year, take: meeting}}\n";

static const char ORG[] =
	"{\"year\":2022,\"office\":{\"id\":\"U1\"},\"units\":[{\"id\":\"U1\",\"name\":\"办公室\"},"
	"{\"id\":\"T1\",\"name\":\"石桥镇\",\"kind\":\"乡镇\",\"parent\":\"U1\"}],"
	"\"posts\":[{\"id\":\"P1\",\"name\":\"主任\",\"unit\":\"U1\"},{\"id\":\"P2\",\"name\":\"副主任\",\"unit\":\"U1\"}],"
	"\"holders\":[{\"post\":\"P1\",\"name\":\"甲\",\"from\":\"2020-01-01\",\"to\":\"2022-04-30\"},"
	"{\"post\":\"P1\",\"name\":\"乙\",\"from\":\"2022-05-11\",\"to\":\"2022-05-31\",\"acting\":true},"
	"{\"post\":\"P1\",\"name\":\"丙\",\"from\":\"2022-06-01\"}],\"portfolios\":[]}";

static void test_scheme(void **state)
{
	struct fix *f = *state;
	struct duty_state *states;
	struct accountable got;
	struct facts facts;
	struct org org;

	put_file(f, "org.json", ORG);
	ok(f, org_read(&f->a, path_in(f, "org.json"), 0, &org, &f->err));
	ok(f, log_write(f->log, S("张一"), S("test"), adopt, &org, &f->err));
	adopt_scheme(f, str_c(SCHEME));
	ok(f, org_load(log_db(f->log), &f->a, DATE_NONE, &org, &f->err));
	assert_true(org.holders[1].acting && !org.holders[2].acting);
	ok(f, facts_load(&f->a, log_db(f->log), &f->scheme, &org, (struct facts_opt){.year = 2022}, &facts, &f->err));
	states = ARENA_ARRAY(&f->a, struct duty_state, f->scheme.nduties);
	for (size_t i = 0; i < f->scheme.nduties; i++)
		duty_on(&facts, &f->scheme.duties[i], day("2022-12-31"), (struct figure_source){0}, &states[i]);
	accountable(&facts, states, f->scheme.nduties, day("2022-01-01"), day("2022-12-31"), day("2022-12-31"), &got);
	assert_int_equal(got.posts, 1);          /* 副主任 owns nothing, a unit is no post */
	same(shown(&f->a, &got.spells), S("2022-01-01..2022-04-30 held 甲; 2022-05-01..2022-05-10 vacant; "
		"2022-05-11..2022-05-31 acting 乙; 2022-06-01..2022-12-31 held 丙"));
	assert_int_equal(got.days[SPELL_HELD], 120 + 214);
	assert_int_equal(got.days[SPELL_VACANT], 10);
	assert_int_equal(got.days[SPELL_ACTING], 21);
	sound(f);
}

int main(void)
{
	struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_by_hand, setup_plain, teardown),
		cmocka_unit_test(test_random),
		ON_BOTH(test_scheme),
	};

	return run_plan("accountable", tests, LEN(tests));
}
