#include "crypto/strength.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "crypto/password.h"

#include <crack.h>
#include <ctype.h>
#include <pthread.h>
#include <unistd.h>

enum {
	LEFT_MIN = 8,      /* characters that must be left when what is guessed counts as one each */
	WALK_MIN = 4,      /* keys in a row, to be a walk */
	DISTINCT_MIN = 5,
	YEARS = 80,        /* years back from now that people put into passwords: those of birth */
};

/* What is typed without lifting the eyes, forwards and backwards. */
static const char *const rows[] = {
	"01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop[]\\", "asdfghjkl;'", "zxcvbnm,./", "!@#$%^&*()_+",
	"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "qazwsxedcrfvtgbyhnujmikolp",
};

/* Favourites of lists of leaked passwords, here and abroad; longer ones first. */
static const char *const common[] = {
	"administrator", "woaizhongguo", "zhongguo", "shengrikuaile", "woaiwojia", "laopowoaini", "wolaopo",
	"iloveyou", "password", "passw0rd", "p@ssw0rd", "p@ssword", "welcome", "sunshine", "princess",
	"football", "baseball", "superman", "batman", "michael", "charlie", "monkey", "dragon", "master",
	"shadow", "letmein", "trustno1", "abc123", "changeme", "default", "internet", "computer", "windows",
	"google", "baidu", "tencent", "weixin", "taobao", "alibaba", "woaini", "wangyut", "xiaoming",
	"wangwei", "zhangwei", "liuwei", "zhang", "huang", "asdasd", "qweqwe", "zxczxc", "aaa111", "a123456",
	"q1w2e3", "1q2w3e", "5201314", "1314520", "3344520", "147258369", "147258", "258369", "159357",
	"789456", "456789", "741852963", "741852", "nihao", "zeren", "mima", "admin", "root", "guest", "test",
	"user", "login", "hello", "love", "1314", "520", "888", "666", "168", "001",
};

/* ---- what is left ---- */

/* The password in small letters with the signs that stand for letters put back; guessed bytes become 1. */
struct left {
	char p[PASSWORD_MAX * 4 + 1];
	size_t n;
	size_t pieces;
};

enum { GUESSED = 1 };

static void take(struct left *l, size_t at, size_t n)
{
	memset(l->p + at, GUESSED, n);
	l->pieces++;
}

static void take_word(struct left *l, struct str word)
{
	size_t at;

	if (word.n < 3)
		return;
	while (str_find((struct str){l->p, l->n}, word, &at))
		take(l, at, word.n);
}

static void take_lower(struct left *l, struct str word)
{
	char low[256];

	if (word.n > sizeof low)
		return;
	for (size_t i = 0; i < word.n; i++)
		low[i] = (char)tolower((unsigned char)word.p[i]);
	take_word(l, (struct str){low, word.n});
}

/* How many bytes at p walk along row in steps of dir. */
static size_t walk(const char *p, size_t n, const char *row, int dir)
{
	size_t best = 0;

	for (const char *start = strchr(row, *p); *p && start; start = strchr(start + 1, *p)) {
		const char *at = start;
		size_t k = 1;

		while (k < n && (dir > 0 || at > row) && p[k] > GUESSED && at[dir] == p[k]) {
			at += dir;
			k++;
		}
		best = MAX(best, k);
	}
	return best;
}

static size_t same_run(const char *p, size_t n)
{
	size_t k = 1;

	while (k < n && p[k] == *p)
		k++;
	return k < 3 ? 0 : k;
}

static void take_walks(struct left *l)
{
	for (size_t i = 0; i < l->n; i++) {
		size_t best = 0, left = l->n - i;

		if (l->p[i] == GUESSED)
			continue;
		for (size_t r = 0; r < LEN(rows); r++)
			best = MAX(best, MAX(walk(l->p + i, left, rows[r], 1), walk(l->p + i, left, rows[r], -1)));
		if (best < WALK_MIN)
			best = same_run(l->p + i, left);
		if (best)
			take(l, i, best);
	}
}

static void take_years(struct left *l, int now)
{
	char year[16];

	for (int y = now - YEARS; y <= now + 2; y++) {
		snprintf(year, sizeof year, "%d", y);
		take_word(l, str_c(year));
	}
}

/* Characters that a guesser has to guess one by one, and one for each piece he has by heart. */
static size_t count(const struct left *l)
{
	size_t n = l->pieces;

	for (size_t i = 0; i < l->n; i++)
		n += l->p[i] != GUESSED && ((unsigned char)l->p[i] & 0xc0) != 0x80;
	return n;
}

/* Runs of digits are dates and telephone numbers: three of them weigh as one. */
static void take_digits(struct left *l)
{
	for (size_t i = 0, k; i < l->n; i = k + (k == i)) {
		for (k = i; k < l->n && isdigit((unsigned char)l->p[k]);)
			k++;
		for (; k - i >= 4; i += 3)
			take(l, i, 3);
	}
}

static bool guessed(struct str password, const struct strength_of *of)
{
	struct left l = {.n = MIN(password.n, sizeof l.p - 1)};

	for (size_t i = 0; i < l.n; i++)
		l.p[i] = (char)tolower((unsigned char)password.p[i]);
	take_lower(&l, of->login);
	take_lower(&l, of->name);
	for (size_t i = 0; i < of->nwords; i++)
		take_lower(&l, of->words[i]);
	for (size_t i = 0; i < LEN(common); i++)
		take_word(&l, str_c(common[i]));
	take_years(&l, of->year);
	take_walks(&l);
	take_digits(&l);
	return count(&l) < LEFT_MIN;
}

/* ---- plain rules ---- */

static bool digits_only(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!isdigit((unsigned char)s.p[i]) && !strchr(" -./", s.p[i]))
			return false;
	return true;
}

/* One thing, shorter than a password may be, said over again. */
static bool repeats(struct str s)
{
	for (size_t period = 1; period < PASSWORD_MIN && period * 2 <= s.n; period++)
		if (!memcmp(s.p, s.p + period, s.n - period))
			return true;
	return false;
}

static size_t distinct(struct str s)
{
	uint32_t seen[DISTINCT_MIN];
	size_t n = 0;

	for (size_t at = 0, k; at < s.n && n < DISTINCT_MIN;) {
		uint32_t c = utf8_next(s, &at);

		for (k = 0; k < n && seen[k] != c;)
			k++;
		if (k == n)
			seen[n++] = c;
	}
	return n;
}

/* ---- the dictionary ---- */

bool strength_dictionary(void)
{
	static const char *const ends[] = {".pwd", ".pwi"};
	struct arena a CLEANUP(arena_free) = ARENA_INIT;

	for (size_t i = 0; i < LEN(ends); i++)
		if (access(arena_printf(&a, "%s%s", GetDefaultCracklibDict(), ends[i]).p, R_OK))
			return false;
	return true;
}

/* cracklib keeps state of its own, and ends the process where its dictionary is not there: hence the mutex and the
 * look before. */
static bool in_dictionary(struct str password, const struct strength_of *of)
{
	static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	bool bad;

	if (!strength_dictionary())
		return false;
	pthread_mutex_lock(&mutex);
	bad = FascistCheckUser(arena_str(&a, password).p, GetDefaultCracklibDict(), arena_str(&a, of->login).p,
		arena_str(&a, of->name).p);
	pthread_mutex_unlock(&mutex);
	return bad;
}

enum err_code password_strength(struct str password, const struct strength_of *of, struct err *err)
{
	size_t n = utf8_count(password);

	if (!n)
		return fail(err, ERR_REQUIRED, N_("a password is expected"));
	if (n < PASSWORD_MIN || n > PASSWORD_MAX || password.n > PASSWORD_MAX * 4)
		return fail(err, ERR_INPUT, N_("the password has %zu characters; expected %d to %d"), n,
			(int)PASSWORD_MIN, (int)PASSWORD_MAX);
	if (digits_only(password))
		return fail(err, ERR_INPUT, N_("the password is all digits, as telephone numbers and dates are"));
	if (repeats(password) || distinct(password) < DISTINCT_MIN)
		return fail(err, ERR_INPUT, N_("the password says one thing over again"));
	if (guessed(password, of))
		return fail(err, ERR_INPUT, N_("the password is made of words, names, years or rows of keys that are "
			"guessed at once; several words that have nothing to do with each other are better"));
	if (in_dictionary(password, of))
		return fail(err, ERR_INPUT, N_("the password is a word of the dictionary with small changes"));
	return OK;
}
