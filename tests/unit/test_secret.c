/* Passwords, one-time codes, tokens: against the vectors of their standards, and against what people type. */
#include "unit.h"

#include "base/arena.h"
#include "crypto/password.h"
#include "crypto/strength.h"
#include "crypto/totp.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

static const struct password_cost cheap = {8 << 10, 1}, dearer = {16 << 10, 1};

static void totp_vectors(void **state)
{
	/* RFC 6238, appendix B: eight digits; the seed of SHA-256 is 32 bytes long */
	static const struct {
		int64_t seconds;
		uint32_t sha1, sha256;
	} rows[] = {
		{59, 94287082, 46119246},          {1111111109, 7081804, 68084774},
		{1111111111, 14050471, 67062674},  {1234567890, 89005924, 91819424},
		{2000000000, 69279037, 90698825},  {20000000000, 65353130, 77737706},
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		int64_t step = rows[i].seconds / TOTP_STEP;

		assert_int_equal(totp_code(S("12345678901234567890"), HMAC_SHA1, step, 8), rows[i].sha1);
		assert_int_equal(
			totp_code(S("12345678901234567890123456789012"), HMAC_SHA256, step, 8), rows[i].sha256);
	}
}

static void totp_once(void **state)
{
	const struct str key = S("12345678901234567890");
	int64_t step = 0;

	/* 94287082 at 59 s, step 1 */
	assert_true(totp_check(key, HMAC_SHA1, 59, S("287082"), -1, &step));
	assert_int_equal(step, 1);
	assert_false(totp_check(key, HMAC_SHA1, 59, S("287082"), 1, &step));     /* used */
	assert_true(totp_check(key, HMAC_SHA1, 89, S("287 082"), 0, &step));     /* a step late, with a blank */
	assert_true(totp_check(key, HMAC_SHA1, 29, S("287082"), 0, &step));      /* a step early */
	assert_false(totp_check(key, HMAC_SHA1, 90, S("287082"), -1, &step));    /* two steps late */
	assert_false(totp_check(key, HMAC_SHA1, 59, S("28708"), -1, &step));
	assert_false(totp_check(key, HMAC_SHA1, 59, S("2870820"), -1, &step));
	assert_false(totp_check(key, HMAC_SHA1, 59, S("28708x"), -1, &step));
	assert_false(totp_check(key, HMAC_SHA1, 59, S(""), -1, &step));
}

static void base32_both_ways(void **state)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	/* RFC 4648 §10 */
	static const char *const rows[][2] = {
		{"", ""}, {"f", "MY"}, {"fo", "MZXQ"}, {"foo", "MZXW6"}, {"foob", "MZXW6YQ"}, {"fooba", "MZXW6YTB"},
		{"foobar", "MZXW6YTBOI"},
	};
	struct str out;

	for (size_t i = 0; i < LEN(rows); i++) {
		assert_true(str_is(base32(&a, str_c(rows[i][0])), rows[i][1]));
		assert_true(base32_read(&a, str_c(rows[i][1]), &out));
		assert_true(str_is(out, rows[i][0]));
	}
	assert_true(base32_read(&a, S("mzxw 6ytb-oi======"), &out) && str_is(out, "foobar"));
	assert_false(base32_read(&a, S("MZ1"), &out));
	assert_false(base32_read(&a, S("MZ"), &out));          /* bits left over that are not 0 */
	assert_false(base32_read(&a, S("A"), &out));
	assert_true(str_is(totp_uri(&a, S("foobar"), HMAC_SHA1, S("责任 x"), S("zhang.san")),
		"otpauth://totp/%E8%B4%A3%E4%BB%BB%20x:zhang.san?secret=MZXW6YTBOI&issuer=%E8%B4%A3%E4%BB%BB%20x"
		"&algorithm=SHA1&digits=6&period=30"));
}

static void hmac_vectors(void **state)
{
	/* RFC 4231, case 2; RFC 2202, case 2 */
	static const unsigned char sha256[] = {0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e, 0x6a, 0x04, 0x24, 0x26,
		0x08, 0x95, 0x75, 0xc7}, sha1[] = {0xef, 0xfc, 0xdf, 0x6a, 0xe5, 0xeb, 0x2f, 0xa2, 0xd2, 0x74};
	unsigned char out[HMAC_MAX];

	assert_int_equal(hmac(HMAC_SHA256, S("Jefe"), S("what do ya want for nothing?"), out), 32);
	assert_memory_equal(out, sha256, sizeof sha256);
	assert_int_equal(hmac(HMAC_SHA1, S("Jefe"), S("what do ya want for nothing?"), out), 20);
	assert_memory_equal(out, sha1, sizeof sha1);
}

static void tokens(void **state)
{
	char a[TOKEN_TEXT], b[TOKEN_TEXT], c[TOKEN_TEXT];
	struct str t = token_new(a);

	assert_true(token_is(t));
	assert_false(str_eq(t, token_new(b)));
	assert_false(token_is(str_sub(t, 1, t.n)));
	assert_false(token_is(S("+++++++++++++++++++++++++++++++++++++++++++")));
	assert_true(str_eq(token_derive(t, S("x"), b), token_derive(t, S("x"), c)));
	assert_true(token_is(str_c(b)));
	assert_false(str_eq(token_derive(t, S("x"), b), token_derive(t, S("y"), c)));
	assert_true(same_secret(S("abc"), S("abc")));
	assert_false(same_secret(S("abc"), S("abd")));
	assert_false(same_secret(S("abc"), S("ab")));
}

static void hashing(void **state)
{
	struct err err = {.lang = LANG_EN};
	char one[PASSWORD_PHC], two[PASSWORD_PHC], long_one[520];
	bool yes;

	assert_int_equal(password_hash(S("correct horse"), cheap, one, &err), OK);
	assert_int_equal(password_hash(S("correct horse"), cheap, two, &err), OK);
	assert_true(str_starts(str_c(one), S("$argon2id$v=19$m=8192,t=1,p=1$")));
	assert_string_not_equal(one, two);
	assert_int_equal(password_verify(S("correct horse"), one, cheap, &yes, &err), OK);
	assert_true(yes);
	assert_int_equal(password_verify(S("correct horsf"), one, cheap, &yes, &err), OK);
	assert_false(yes);
	assert_int_equal(password_verify(S("correct horse"), NULL, cheap, &yes, &err), OK);
	assert_false(yes);
	assert_int_equal(password_verify(S(""), "rubbish", cheap, &yes, &err), OK);
	assert_false(yes);
	assert_false(password_is_weak(one, cheap));
	assert_true(password_is_weak(one, dearer));
	assert_true(password_is_weak("$2b$10$x", cheap));
	assert_false(password_is_weak("$argon2id$v=19$m=65536,t=3,p=1$", cheap));   /* dearer than asked for */
	memset(long_one, 'x', sizeof long_one);
	assert_int_equal(password_hash((struct str){long_one, 129}, cheap, two, &err), ERR_LIMIT);
	err_clear(&err);
	assert_int_equal(password_hash((struct str){long_one, 128}, cheap, one, &err), OK);
	assert_int_equal(password_verify((struct str){long_one, 129}, one, cheap, &yes, &err), OK);
	assert_false(yes);
	setenv("ZEREN_PASSWORD_COST", "low", 1);
	assert_int_equal(password_hash(S("x"), (struct password_cost){0}, one, &err), OK);
	assert_true(str_starts(str_c(one), S("$argon2id$v=19$m=19456,t=2,p=1$")));
	unsetenv("ZEREN_PASSWORD_COST");
	assert_true(password_is_weak(one, (struct password_cost){0}));
}

static atomic_int busy, good;

static void *hash_one(void *ctx)
{
	struct err err = {.lang = LANG_EN};
	char out[PASSWORD_PHC];
	enum err_code code = password_hash(S("x"), (struct password_cost){48 << 10, 4}, out, &err);

	if (code == OK)
		good++;
	else if (code == ERR_BUSY)
		busy++;
	return NULL;
}

/* Two at work and sixteen in the queue: of forty at once some are sent away, and at least 18 get through. */
static void crowd(void **state)
{
	pthread_t t[40];

	for (size_t i = 0; i < LEN(t); i++)
		assert_int_equal(pthread_create(&t[i], NULL, hash_one, NULL), 0);
	for (size_t i = 0; i < LEN(t); i++)
		pthread_join(t[i], NULL);
	assert_int_equal(busy + good, 40);
	assert_true(busy > 0 && good >= PASSWORD_AT_ONCE + PASSWORD_WAITING);
}

static void strength(void **state)
{
	const struct str words[] = {S("区委办公室"), S("区委办"), S("U01")};
	const struct strength_of of = {S("zhang.san"), S("张三"), words, LEN(words), 2026};
	static const struct {
		const char *password;
		enum err_code code;
	} rows[] = {
		{"", ERR_REQUIRED}, {"Xk7!mq9#Lp", ERR_INPUT}, {"woaini1314woaini", ERR_INPUT}, {"woaini1314520!", ERR_INPUT},
		{"123456789012", ERR_INPUT}, {"13800138000138", ERR_INPUT}, {"2026-11-24-2026", ERR_INPUT},
		{"aaaaaaaaaaaaaaaa", ERR_INPUT}, {"abcdabcdabcdabcd", ERR_INPUT}, {"ababababccccdd", ERR_INPUT},
		{"qwertyuiop[]", ERR_INPUT}, {"poiuytrewqasdfgh", ERR_INPUT}, {"1qaz2wsx3edc", ERR_INPUT},
		{"Password2026!!", ERR_INPUT}, {"zeren@2026zeren", ERR_INPUT}, {"Zhang.San123456", ERR_INPUT},
		{"区委办公室区委办公室张三", ERR_INPUT}, {"iloveyou13145200", ERR_INPUT}, {"5201314woaini!", ERR_INPUT},
		{"zhang.san.zhang.san", ERR_INPUT}, {"administrator1", ERR_INPUT},
		{"lanhua guoqiao mifeng", OK}, {"Xk7!mq9#Lp2v", OK}, {"correct horse battery", OK},
		{"桥下流水人家小院花开", ERR_INPUT}, {"桥下流水人家小院花开满枝头", OK},
	};

	assert_true(strength_dictionary());
	for (size_t i = 0; i < LEN(rows); i++) {
		struct err err = {.lang = LANG_EN};
		enum err_code code = password_strength(str_c(rows[i].password), &of, &err);

		if (code != rows[i].code) {
			print_error("'%s': %d %s\n", rows[i].password, code, err.text);
			_fail(__FILE__, __LINE__);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(totp_vectors), cmocka_unit_test(totp_once), cmocka_unit_test(base32_both_ways),
		cmocka_unit_test(hmac_vectors), cmocka_unit_test(tokens), cmocka_unit_test(hashing), cmocka_unit_test(crowd),
		cmocka_unit_test(strength),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
