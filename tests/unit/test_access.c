/* Rights: every role, every act, every place; rules of separation; lists filtered alike; what is written is refused. */
#include "account_world.h"

/* Who may do what, written down by hand from the design and apart from tbl/acts.h: f filler, o owner, r reviewer,
 * v verifier, s scorer, p panel, w viewer, a auditor, e security, y system. */
static const char LETTERS[] = "forvspwaey";
static const struct {
	const char *act, *roles;
} WANT[] = {
	{"see", "forvspw"},        {"record.add", "fo"},      {"record.change", "fo"},    {"record.withdraw", "fo"},
	{"evidence.add", "fo"},     {"import", "f"},           {"undo", "f"},              {"review", "r"},
	{"problem.decide", "or"},   {"verdict", "v"},          {"score", "s"},             {"appeal.decide", "p"},
	{"narrative.edit", "for"},  {"report.export", "forvspw"}, {"org.edit", "r"},       {"scheme.edit", "r"},
	{"log.see", "a"},          {"log.verify", "rvspaey"}, {"account.see", "ae"},     {"account.manage", "e"},
	{"paper.edit", "or"},       {"report.approve", "r"},   {"report.send", "or"},
	{"grant.manage", "e"},      {"settings", "y"},         {"own", "forvspwaey"},
};

static bool wanted(enum act act, enum role role)
{
	for (size_t i = 0; i < LEN(WANT); i++)
		if (!strcmp(WANT[i].act, act_name(act)))
			return strchr(WANT[i].roles, LETTERS[role]);
	FLUNK("act %s is not in the table of the test", act_name(act));
	return false;
}

/* Each role on the office's unit, asked of the office, the unit below, beside, above, and none. */
static void matrix(void **state)
{
	struct fix *f = *state;
	static const struct {
		const char *unit;
		bool reached;
	} places[] = {{"U01", true}, {"U11", true}, {"T01", false}, {"U00", false}, {NULL, false}};

	office(f);
	assert_int_equal(LEN(WANT), ACT_N);
	assert_int_equal(sizeof LETTERS - 1, ROLE_N);
	for (int role = 0; role < ROLE_N; role++) {
		char login[16];
		struct access who;

		snprintf(login, sizeof login, "role%d", role);
		person(f, login, (enum role)role, "U01");
		who = access_of(f, login);
		for (int act = 0; act < ACT_N; act++) {
			for (size_t p = 0; p < LEN(places); p++) {
				struct act_of x = {.what = DO_CHECK, .act = (enum act)act};
				bool own = act == ACT_OWN, yes, sees, want;
				enum err_code code, refusal;

				x.unit = places[p].unit ? unit_of(f, places[p].unit) : ID_NONE;
				want = own || (places[p].reached && wanted((enum act)act, (enum role)role));
				sees = places[p].reached && wanted(ACT_VIEW, (enum role)role);
				yes = may(&who, (enum act)act, x.unit);
				if (yes != want)
					FLUNK("%s %s at %s: %d", role_name((enum role)role), act_name((enum act)act),
						places[p].unit ? places[p].unit : "no unit", yes);
				if (places[p].unit)
					assert_int_equal(may_code(&who, (enum act)act, str_c(places[p].unit)), want);
				if (p % 2)
					continue;                /* the same by writing, at some places, as it takes time */
				code = act_as(f, login, &x);
				refusal = act_sort((enum act)act) == ACT_THING && !sees ? ERR_NOT_FOUND : ERR_DENIED;
				assert_int_equal(code, want ? OK : refusal);
			}
		}
	}
	sound(f);
}

/* Somebody without a role, a closed account, an unknown actor, an unknown way in, the owner. */
static void nobody(void **state)
{
	struct fix *f = *state;
	struct act_of x = {.what = DO_CHECK, .act = ACT_VIEW};
	struct access who;

	office(f);
	x.unit = unit_of(f, "U01");
	assert_int_equal(add_as(f, NULL, "leer"), OK);
	assert_int_equal(act_as(f, "leer", &x), ERR_NOT_FOUND);
	assert_int_equal(act_as(f, "unknown", &x), ERR_NOT_FOUND);
	person(f, "closed", ROLE_VIEWER, "U01");
	assert_int_equal(act_as(f, "closed", &x), OK);
	assert_int_equal(who_as(f, NULL, DO_CLOSE, "closed"), OK);
	assert_int_equal(act_as(f, "closed", &x), ERR_NOT_FOUND);
	who = access_of(f, "closed");
	assert_false(may(&who, ACT_OWN, ID_NONE));
	assert_int_equal(who_as(f, NULL, DO_OPEN, "closed"), OK);
	assert_int_equal(act_as(f, "closed", &x), ERR_NOT_FOUND);      /* its roles do not come back */
	assert_int_equal(act_as(f, NULL, &x), OK);
	assert_int_equal(log_write(f->log, S("x"), S("elsewhere"), act_intent, &x, &f->err), ERR_NOT_FOUND);
	err_clear(&f->err);
	x.act = ACT_SETTINGS;
	assert_int_equal(log_write(f->log, S("x"), S("elsewhere"), act_intent, &x, &f->err), ERR_DENIED);
	err_clear(&f->err);
	who = (struct access){0};
	for (int act = 0; act < ACT_N; act++)
		assert_false(may(&who, (enum act)act, x.unit));
	access_owner(&who);
	assert_true(may(&who, ACT_SETTINGS, ID_NONE));
}

/* Days of a role: before, first, last, after. */
static void days(void **state)
{
	struct fix *f = *state;
	struct act_of x = {.what = DO_GRANT, .grant = {.role = ROLE_VIEWER, .unit = S("U01")}};
	struct id id, unit;
	static const struct {
		const char *on;
		bool may;
	} rows[] = {{"2022-02-28", false}, {"2022-03-01", true}, {"2022-06-30", true}, {"2022-07-01", false}};

	office(f);
	assert_int_equal(add_as(f, NULL, "zhang"), OK);
	unit = unit_of(f, "U11");
	id = account_named(f, "zhang").id;
	x.grant.login = S("zhang");
	assert_true(date_parse(S("2022-03-01"), &x.grant.from) && date_parse(S("2022-06-30"), &x.grant.until));
	assert_int_equal(act_as(f, NULL, &x), OK);
	for (size_t i = 0; i < LEN(rows); i++) {
		struct access who;
		struct date on;

		assert_true(date_parse(str_c(rows[i].on), &on));
		ok(f, access_load(log_db(f->log), &f->a, id, on, &who, &f->err));
		assert_int_equal(may(&who, ACT_VIEW, unit), rows[i].may);
	}
}

/* ---- separation ---- */

static void separation(void **state)
{
	struct fix *f = *state;
	static const enum role admins[] = {ROLE_AUDITOR, ROLE_SECURITY, ROLE_SYSTEM};
	struct tx tx = {.actor = S("li")};

	office(f);
	for (size_t i = 0; i < LEN(admins); i++) {
		char login[16];

		snprintf(login, sizeof login, "admin%zu", i);
		person(f, login, admins[i], "U01");
		for (int role = 0; role < ROLE_N; role++)
			assert_int_equal(grant_as(f, NULL, login, (enum role)role, "U01"), ERR_CONFLICT);
	}
	person(f, "li", ROLE_FILLER, "U11");
	for (size_t i = 0; i < LEN(admins); i++)
		assert_int_equal(grant_as(f, NULL, "li", admins[i], "U01"), ERR_CONFLICT);
	assert_int_equal(grant_as(f, NULL, "li", ROLE_VIEWER, "U01"), OK);      /* working roles go together */
	/* admin1 is the security administrator */
	assert_int_equal(add_as(f, "admin1", "wang"), OK);
	assert_int_equal(add_as(f, "li", "zhao"), ERR_DENIED);
	assert_int_equal(add_as(f, "admin2", "zhao"), ERR_DENIED);
	assert_int_equal(grant_as(f, "admin1", "wang", ROLE_OWNER, "U11"), OK);
	assert_int_equal(grant_as(f, "admin1", "wang", ROLE_VIEWER, "T01"), OK);    /* the office's: any of its units */
	person(f, "admin8", ROLE_SECURITY, "U11");
	assert_int_equal(grant_as(f, "admin8", "wang", ROLE_VIEWER, "U11"), OK);
	assert_int_equal(grant_as(f, "admin8", "wang", ROLE_FILLER, "T01"), ERR_DENIED);    /* out of his reach */
	assert_int_equal(who_as(f, NULL, DO_CLOSE, "admin8"), OK);
	assert_int_equal(grant_as(f, "li", "wang", ROLE_VIEWER, "U11"), ERR_DENIED);
	assert_int_equal(end_as(f, "admin1", "wang", ROLE_OWNER), OK);
	assert_int_equal(who_as(f, "admin1", DO_RESET, "wang"), OK);
	assert_int_equal(who_as(f, "admin1", DO_RESET, "admin1"), ERR_DENIED);
	assert_int_equal(who_as(f, "wang", DO_RESET, "admin1"), ERR_DENIED);
	/* the last one stays, until there is another */
	assert_int_equal(end_as(f, "admin1", "admin1", ROLE_SECURITY), ERR_CONFLICT);
	assert_int_equal(who_as(f, NULL, DO_CLOSE, "admin1"), ERR_CONFLICT);
	person(f, "admin9", ROLE_SECURITY, "U01");
	assert_int_equal(grant_as(f, "admin9", "admin9", ROLE_SECURITY, "U11"), ERR_DENIED);    /* to himself */
	assert_int_equal(who_as(f, NULL, DO_CLOSE, "admin1"), OK);
	assert_int_equal(end_as(f, NULL, "admin9", ROLE_SECURITY), ERR_CONFLICT);
	/* four eyes */
	assert_int_equal(access_other_hand(&tx, S("li"), &f->err), ERR_DENIED);
	err_clear(&f->err);
	assert_int_equal(access_other_hand(&tx, S("wang"), &f->err), OK);
	sound(f);
}

static void accounts(void **state)
{
	struct fix *f = *state;
	static const char *const bad[] = {"", "a", "-ab", "a b", "张三", "a@b", "ab\n", "Zhang"};
	struct act_of x = {.what = DO_ADD, .who = {.login = S("li.si"), .post = S("nix")}};
	struct str login;
	struct accounts all;

	office(f);
	for (size_t i = 0; i < LEN(bad); i++)
		assert_int_equal(add_as(f, NULL, bad[i]), ERR_INPUT);
	assert_true(login_read(&f->a, S(" Zhang.San-1_x "), &login) && str_is(login, "zhang.san-1_x"));
	assert_int_equal(act_as(f, NULL, &x), ERR_NOT_FOUND);
	x.who.post = S("G02");
	assert_int_equal(act_as(f, NULL, &x), OK);
	assert_int_equal(add_as(f, NULL, "li.si"), ERR_CONFLICT);
	same(account_named(f, "li.si").post, S("G02"));
	x.who = account_named(f, "li.si");
	x.what = DO_CHANGE;
	x.who.post = S("-");
	assert_int_equal(act_as(f, NULL, &x), OK);
	same(account_named(f, "li.si").post, S(""));
	same(account_named(f, "li.si").name, S("某某"));
	assert_int_equal(who_as(f, NULL, DO_CLOSE, "li.si"), OK);
	assert_int_equal(who_as(f, NULL, DO_CLOSE, "li.si"), ERR_CONFLICT);
	assert_int_equal(grant_as(f, NULL, "li.si", ROLE_VIEWER, "U01"), ERR_CONFLICT);
	assert_int_equal(add_as(f, NULL, "li.si"), ERR_CONFLICT);
	ok(f, account_list(log_db(f->log), &f->a, &all, &f->err));
	assert_int_equal(all.n, 1);
	assert_true(all.p[0].closed);
	sound(f);
}

/* The write paths that were there before ask as well. */
static void old_paths(void **state)
{
	struct fix *f = *state;
	struct adopting ad = {0};
	struct org org;

	office(f);
	case_org(f, CASE "org.json", &org);
	ad.org = &org;
	person(f, "zhang", ROLE_FILLER, "U01");
	person(f, "shen", ROLE_REVIEWER, "U01");
	person(f, "xia", ROLE_REVIEWER, "U11");
	assert_int_equal(log_write(f->log, S("zhang"), S("web"), adopt_intent, &ad, &f->err), ERR_DENIED);
	err_clear(&f->err);
	assert_int_equal(log_write(f->log, S("xia"), S("api"), adopt_intent, &ad, &f->err), ERR_DENIED);
	err_clear(&f->err);
	ok(f, log_write(f->log, S("shen"), S("web"), adopt_intent, &ad, &f->err));
}

/* ---- lists ---- */

SQL(test_scope, "with recursive " ACCESS_SCOPE " select code from scope order by code");

static void listed(struct fix *f, const struct access *who, enum act act, const char *want)
{
	struct query q CLEANUP(query_done) = {0};
	struct str got = S("");

	ok(f, db_query(log_db(f->log), &test_scope, ARGS(ACCESS_ARGS(&f->a, who, act, today())), &q, &f->err));
	while (query_next(&q, &f->err))
		got = arena_printf(&f->a, STR_FMT STR_FMT " ", STR_ARG(got), STR_ARG(query_text(&q, 0)));
	same(got, str_c(want));
}

static void lists(void **state)
{
	struct fix *f = *state;
	struct access who;

	office(f);
	person(f, "zhang", ROLE_FILLER, "U11");
	assert_int_equal(grant_as(f, NULL, "zhang", ROLE_VIEWER, "T01"), OK);
	who = access_of(f, "zhang");
	listed(f, &who, ACT_VIEW, "T01 U11 ");
	listed(f, &who, ACT_RECORD_ADD, "U11 ");
	listed(f, &who, ACT_SETTINGS, "");
	person(f, "wang", ROLE_VIEWER, "U01");
	who = access_of(f, "wang");
	listed(f, &who, ACT_VIEW, "U01 U11 U12 U13 U14 U15 U16 U17 U18 ");
	assert_int_equal(who.n, 9);
	assert_int_equal(who_as(f, NULL, DO_CLOSE, "wang"), OK);
	listed(f, &who, ACT_VIEW, "");
	listed(f, &(struct access){0}, ACT_VIEW, "");
	access_owner(&who);
	listed(f, &who, ACT_SETTINGS, "T01 T02 T03 T04 T05 T06 T07 T08 T09 U00 U01 U11 U12 U13 U14 U15 U16 U17 U18 ");
}

int main(void)
{
	struct CMUnitTest tests[] = {ON_BOTH(matrix), ON_BOTH(nobody), ON_BOTH(days), ON_BOTH(separation), ON_BOTH(accounts),
		ON_BOTH(old_paths), ON_BOTH(lists)};

	return run_both(tests, LEN(tests), "access");
}
