/* Signing in with a given clock: lock-out, sessions and their end, second factor, rehash, the first run. */
#include "account_world.h"

#define PASSWORD S("lanhua guoqiao mifeng")
static const int64_t T0 = INT64_C(1800000000000000);      /* µs; a multiple of 30 s */
#define AT(minutes) (T0 + (minutes) * MINUTE)

/* ---- intents ---- */

struct step {
	enum { IN, SECOND, STEP, DID, SET, START, CONFIRM, TOUCH, TOKEN, FIRST } what;
	struct signin in;
	struct session s;
	struct str code;
	int64_t now;
	struct signin_out out;
	struct str secret;
	char codes[RECOVERY_CODES][RECOVERY_TEXT];
	char token[TOKEN_TEXT];
	struct first_account admin, worker;
	struct arena *a;
};

static enum err_code step_intent(struct tx *tx, void *ctx, struct err *err)
{
	struct step *x = ctx;

	switch (x->what) {
	case IN:
		return signin_write(tx, &x->in, S("Firefox"), S("10.0.0.7"), x->now, &x->out, err);
	case SECOND:
		return signin_second(tx, &x->s, x->code, x->now, &x->out, err);
	case STEP:
		return signin_step(tx, &x->s, &x->in, x->now, &x->out, err);
	case DID:
		return signin_did(tx, &x->s, NEED_ENROL, x->now, &x->out, err);
	case SET:
		return credential_set(tx->db, x->s.account, x->code, false, x->now, x->s.hash, err);
	case START:
		return second_start(tx->db, x->a, x->s.account, &x->secret, err);
	case CONFIRM:
		return second_confirm(tx->db, x->a, x->s.account, x->code, x->now, x->codes, err);
	case TOUCH:
		return session_touch(tx->db, &x->s, x->now, err);
	case TOKEN:
		return first_token(tx, x->now, x->token, err);
	case FIRST:
		return first_run(tx, x->code, &x->admin, &x->worker, x->now, err);
	}
	return ERR_INPUT;
}

static enum err_code try_step(struct fix *f, int what, struct step *x)
{
	enum err_code code;

	x->what = (unsigned)what;
	x->a = &f->a;
	code = log_write(f->log, S("first-run"), S("web"), step_intent, x, &f->err);
	err_clear(&f->err);
	return code;
}

static void step(struct fix *f, int what, struct step *x)
{
	int64_t before = log_size(f->log);

	assert_int_equal(try_step(f, what, x), OK);
	if (what != FIRST)
		assert_int_equal(log_size(f->log), before);      /* no event */
}

/* ---- shorthand ---- */

static struct signin_out sign_in(struct fix *f, const char *login, struct str password, int64_t now)
{
	struct step x = {.now = now};

	ok(f, signin_look(log_db(f->log), &f->a, str_c(login), password, cheap, now, &x.in, &f->err));
	step(f, IN, &x);
	assert_int_equal(x.out.good, x.out.token[0] != 0);
	return x.out;
}

static bool session_of(struct fix *f, const char *token, int64_t now, struct session *out)
{
	enum err_code code = session_get(log_db(f->log), &f->a, str_c(token), now, out, &f->err);

	assert_true(code == OK || code == ERR_DENIED);
	err_clear(&f->err);
	return code == OK;
}

static void with_password(struct fix *f, const char *login, enum role role)
{
	static char phc[PASSWORD_PHC];
	struct step x = {.now = AT(-1000)};

	person(f, login, role, "U01");
	ok(f, password_hash(PASSWORD, cheap, phc, &f->err));
	x.s.account = account_named(f, login).id;
	x.code = str_c(phc);
	step(f, SET, &x);
}

/* A code of the app for that time. */
static struct str code_at(struct fix *f, struct str secret, int64_t now)
{
	return arena_printf(&f->a, "%06u", totp_code(secret, HMAC_SHA1, now / 1000000 / TOTP_STEP, 6));
}

/* ---- lock-out ---- */

static void lock_arithmetic(void **state)
{
	static const int want[] = {0, 0, 0, 0, 0, 1, 2, 4, 8, 15, 15, 15};

	for (size_t i = 0; i < LEN(want); i++)
		assert_int_equal(lock_minutes((int64_t)i), want[i]);
	assert_int_equal(lock_minutes(1000000), 15);
}

/* The same for a login that is there and one that is not. */
static void locked(struct fix *f, const char *login)
{
	int64_t now = AT(0);
	static const int waits[] = {1, 2, 4, 8, 15, 15};

	for (int i = 0; i < 5; i++)
		assert_int_equal(sign_in(f, login, S("wrong"), now).wait, 0);
	for (size_t i = 0; i < LEN(waits); i++) {
		struct signin_out out = sign_in(f, login, PASSWORD, now + 30000000);

		assert_false(out.good);                                  /* right, but too early, and not counted */
		assert_int_equal(out.wait, waits[i] * 60 - 30);
		assert_int_equal(signin_answer(&out, &f->err), ERR_DENIED);
		err_clear(&f->err);
		assert_int_equal(sign_in(f, login, S("x"), now + waits[i] * MINUTE - 1).wait, 1);
		now += waits[i] * MINUTE;
		out = sign_in(f, login, S("wrong"), now);
		assert_int_equal(out.wait, 0);
	}
}

static void lock_out(void **state)
{
	struct fix *f = *state;

	office(f);
	with_password(f, "zhang", ROLE_FILLER);
	locked(f, "zhang");
	locked(f, "nobody");
	locked(f, "no login at all!");
	assert_true(sign_in(f, " Zhang ", PASSWORD, AT(24 * 60)).good);
	/* four failures and a success: from the beginning again */
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 4; i++)
			assert_false(sign_in(f, "zhang", S("wrong"), AT(3000)).good);
		assert_true(sign_in(f, "zhang", PASSWORD, AT(3000)).good);
	}
	/* a day later failures are forgotten */
	for (int i = 0; i < 5; i++)
		sign_in(f, "zhang", S("wrong"), AT(5000));
	sign_in(f, "other", S("wrong"), AT(5000 + 24 * 60 + 1));
	for (int i = 0; i < 4; i++)
		sign_in(f, "zhang", S("wrong"), AT(5000 + 24 * 60 + 1));
	assert_true(sign_in(f, "zhang", PASSWORD, AT(5000 + 24 * 60 + 1)).good);
	assert_int_equal(who_as(f, NULL, DO_CLOSE, "zhang"), OK);
	assert_false(sign_in(f, "zhang", PASSWORD, AT(8000)).good);
	sound(f);
}

/* ---- sessions ---- */

static void sessions(void **state)
{
	struct fix *f = *state;
	struct signin_out out, two;
	struct session s, other;
	struct sessions all;
	struct step x = {0};
	char csrf[TOKEN_TEXT];

	office(f);
	with_password(f, "zhang", ROLE_FILLER);
	out = sign_in(f, "zhang", PASSWORD, AT(0));
	assert_int_equal(out.needs, 0);
	assert_true(session_of(f, out.token, AT(29), &s));
	same(s.device, S("Firefox"));
	assert_false(session_of(f, out.token, AT(30), &other));                  /* idle */
	assert_false(session_of(f, "", AT(1), &other));
	assert_false(session_due(&s, AT(0) + 59999999));
	assert_true(session_due(&s, AT(1)));
	assert_true(session_stepped(&s, AT(5) - 1));
	assert_false(session_stepped(&s, AT(5)));
	x.s = s;
	for (int64_t at = 20; at < 12 * 60; at += 20) {                          /* kept in use, to the very end */
		x.now = AT(at);
		step(f, TOUCH, &x);
		assert_true(session_of(f, out.token, AT(at + 19), &s) == (at + 19 < 12 * 60));
	}
	assert_false(session_of(f, out.token, AT(12 * 60), &s));
	/* step-up: a new token, and the old one is worth nothing */
	out = sign_in(f, "zhang", PASSWORD, AT(1000));
	assert_true(session_of(f, out.token, AT(1010), &x.s));
	x.now = AT(1010);
	ok(f, signin_look(log_db(f->log), &f->a, S("zhang"), PASSWORD, cheap, x.now, &x.in, &f->err));
	step(f, STEP, &x);
	assert_true(x.out.good);
	assert_false(session_of(f, out.token, AT(1010), &s));
	assert_true(session_of(f, x.out.token, AT(1010), &s) && session_stepped(&s, AT(1014)));
	/* two of them: one ended by the other, all by a change of password but the one that did it */
	two = sign_in(f, "zhang", PASSWORD, AT(1011));
	ok(f, session_list(log_db(f->log), &f->a, s.account, AT(1011), &all, &f->err));
	assert_int_equal(all.n, 2);
	assert_true(session_of(f, two.token, AT(1011), &other));
	assert_true(str_eq(all.p[0].hash, other.hash));
	x.s = s;
	x.code = x.in.phc;
	step(f, SET, &x);
	assert_false(session_of(f, two.token, AT(1011), &other));
	assert_true(session_of(f, x.out.token, AT(1011), &other));
	/* roles and closing */
	assert_int_equal(grant_as(f, NULL, "zhang", ROLE_VIEWER, "U01"), OK);
	assert_false(session_of(f, x.out.token, AT(1011), &other));
	two = sign_in(f, "zhang", PASSWORD, AT(1012));
	assert_int_equal(end_as(f, NULL, "zhang", ROLE_VIEWER), OK);
	assert_false(session_of(f, two.token, AT(1012), &other));
	two = sign_in(f, "zhang", PASSWORD, AT(1013));
	assert_int_equal(who_as(f, NULL, DO_CLOSE, "zhang"), OK);
	assert_false(session_of(f, two.token, AT(1013), &other));
	assert_true(session_csrf_is(str_c(out.token), session_csrf(str_c(out.token), csrf)));
	assert_false(session_csrf_is(str_c(two.token), str_c(csrf)));
	sound(f);
}

/* ---- second factor ---- */

static void second_factor(void **state)
{
	struct fix *f = *state;
	struct step x = {0};
	struct session s;
	struct str code;

	office(f);
	with_password(f, "shen", ROLE_AUDITOR);
	x.out = sign_in(f, "shen", PASSWORD, AT(0));
	assert_int_equal(x.out.needs, NEED_ENROL);
	assert_true(session_of(f, x.out.token, AT(0), &x.s));
	x.now = AT(0);
	assert_int_equal(try_step(f, CONFIRM, &x), ERR_CONFLICT);
	step(f, START, &x);
	x.code = S("000000");
	assert_int_equal(try_step(f, CONFIRM, &x), ERR_DENIED);
	x.code = code_at(f, x.secret, AT(0));
	step(f, CONFIRM, &x);
	assert_int_equal(try_step(f, START, &x), ERR_CONFLICT);
	step(f, DID, &x);
	assert_int_equal(x.out.needs, 0);
	/* from now on it is asked for; the code that confirmed it is used up */
	x.out = sign_in(f, "shen", PASSWORD, AT(1));
	assert_int_equal(x.out.needs, NEED_SECOND);
	assert_true(session_of(f, x.out.token, AT(1), &x.s));
	x.now = AT(0) + 30000000;
	step(f, SECOND, &x);
	assert_false(x.out.good);
	x.code = code = code_at(f, x.secret, AT(1));
	x.now = AT(1);
	step(f, SECOND, &x);
	assert_true(x.out.good && x.out.needs == 0);
	assert_false(session_of(f, arena_str(&f->a, x.s.hash).p, AT(1), &s));
	assert_true(session_of(f, x.out.token, AT(1), &x.s));
	step(f, SECOND, &x);                                                     /* the same code again */
	assert_false(x.out.good);
	/* a recovery code serves once, however it is written */
	x.out = sign_in(f, "shen", PASSWORD, AT(2));
	assert_true(session_of(f, x.out.token, AT(2), &x.s));
	x.code = arena_printf(&f->a, "%.5s %s", x.codes[3], x.codes[3] + 6);
	step(f, SECOND, &x);
	assert_true(x.out.good);
	assert_true(session_of(f, x.out.token, AT(2), &x.s));
	step(f, SECOND, &x);
	assert_false(x.out.good);
	/* failures of the code count, and the right password in between does not wipe them */
	x.code = S("123123");
	x.now = AT(3);
	for (int i = 0; i < 4; i++) {
		x.out = sign_in(f, "shen", PASSWORD, AT(3));
		assert_true(session_of(f, x.out.token, AT(3), &x.s));
		step(f, SECOND, &x);
	}
	assert_int_equal(sign_in(f, "shen", PASSWORD, AT(3)).wait, 60);
	/* the administrator takes it away: to be enrolled anew */
	assert_int_equal(who_as(f, NULL, DO_RESET, "shen"), OK);
	assert_int_equal(sign_in(f, "shen", PASSWORD, AT(60)).needs, NEED_ENROL);
	sound(f);
}

/* ---- passwords ---- */

static void rehash(void **state)
{
	struct fix *f = *state;
	const struct password_cost dearer = {16 << 10, 1};
	struct step x = {.now = AT(0)};
	struct str phc;
	bool temporary;

	office(f);
	with_password(f, "zhang", ROLE_FILLER);
	ok(f, signin_look(log_db(f->log), &f->a, S("zhang"), PASSWORD, dearer, AT(0), &x.in, &f->err));
	step(f, IN, &x);
	assert_true(x.out.good);
	ok(f, credential_get(log_db(f->log), &f->a, account_named(f, "zhang").id, &phc, &temporary, &f->err));
	assert_true(str_starts(phc, S("$argon2id$v=19$m=16384,t=1,")));
	assert_true(sign_in(f, "zhang", PASSWORD, AT(1)).good);
	/* looked at, then changed before the session is made: no session */
	ok(f, signin_look(log_db(f->log), &f->a, S("zhang"), PASSWORD, cheap, AT(2), &x.in, &f->err));
	x.s.account = account_named(f, "zhang").id;
	x.code = S("another");
	step(f, SET, &x);
	step(f, IN, &x);
	assert_false(x.out.good);
}

/* ---- the first run ---- */

static void first(void **state)
{
	struct fix *f = *state;
	struct step x = {.now = AT(0), .admin = {.login = S("admin.a"), .name = S("安"), .phc = S("phc")},
		.worker = {.login = S("zhang"), .name = S("张三"), .phc = S("phc"), .post = S("G02"), .role = ROLE_FILLER}};
	struct access who;
	char old[TOKEN_TEXT];
	bool yes;

	step(f, TOKEN, &x);
	memcpy(old, x.token, sizeof old);
	x.code = str_c(old);
	assert_int_equal(try_step(f, FIRST, &x), ERR_NOT_FOUND);                 /* no office yet */
	office(f);
	step(f, TOKEN, &x);
	assert_int_equal(try_step(f, FIRST, &x), ERR_DENIED);                    /* the token before */
	x.code = str_c(x.token);
	x.now = AT(FIRST_HOURS * 60);
	assert_int_equal(try_step(f, FIRST, &x), ERR_DENIED);                    /* too old */
	x.now -= 1;
	x.worker.role = ROLE_SYSTEM;
	assert_int_equal(try_step(f, FIRST, &x), ERR_INPUT);
	x.worker.role = ROLE_FILLER;
	x.worker.login = x.admin.login;
	assert_int_equal(try_step(f, FIRST, &x), ERR_CONFLICT);
	ok(f, account_any(log_db(f->log), &yes, &f->err));
	assert_false(yes);                                                       /* all or nothing */
	x.worker.login = S("zhang");
	ok(f, first_is(log_db(f->log), x.code, x.now, &yes, &f->err));
	assert_true(yes);
	step(f, FIRST, &x);
	who = access_of(f, "admin.a");
	assert_true(may_office(&who, ACT_GRANT_MANAGE) && !may_office(&who, ACT_VIEW) && who.second);
	who = access_of(f, "zhang");
	assert_true(may_office(&who, ACT_RECORD_ADD) && !may_office(&who, ACT_ACCOUNT_VIEW));
	assert_int_equal(try_step(f, FIRST, &x), ERR_DENIED);                    /* once only */
	assert_int_equal(try_step(f, TOKEN, &x), ERR_CONFLICT);
	sound(f);
}

/* ---- time ---- */

static int64_t cost_of(struct fix *f, const char *login)
{
	int64_t best = INT64_MAX;

	for (int i = 0; i < 3; i++) {
		struct signin in;
		int64_t begun = time_now();

		ok(f, signin_look(log_db(f->log), &f->a, str_c(login), S("wrong"), (struct password_cost){32 << 10, 3}, AT(0), &in,
			&f->err));
		assert_false(in.good);
		best = MIN(best, time_now() - begun);
	}
	return best;
}

/* An unknown login takes about as long as a known one. */
static void same_time(void **state)
{
	struct fix *f = *state;
	struct step x = {0};
	char phc[PASSWORD_PHC];
	int64_t known, unknown;

	office(f);
	person(f, "zhang", ROLE_FILLER, "U01");
	ok(f, password_hash(PASSWORD, (struct password_cost){32 << 10, 3}, phc, &f->err));
	x.s.account = account_named(f, "zhang").id;
	x.code = str_c(phc);
	step(f, SET, &x);
	known = cost_of(f, "zhang");
	unknown = cost_of(f, "wang");
	assert_true(known < unknown * 2 && unknown < known * 2);
}

int main(void)
{
	struct CMUnitTest tests[] = {
		cmocka_unit_test(lock_arithmetic), ON_BOTH(lock_out), ON_BOTH(sessions), ON_BOTH(second_factor), ON_BOTH(rehash),
		ON_BOTH(first), TEST_ON(same_time, sqlite),
	};

	return run_both(tests, LEN(tests), "signin");
}
