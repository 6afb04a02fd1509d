#include "crypto/password.h"

#include "base/utf8.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

_Static_assert(PASSWORD_PHC == crypto_pwhash_argon2id_STRBYTES, "room for a PHC string");

static const struct password_cost usual = {64 << 10, 3}, lowest = {19 << 10, 2};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t free_place = PTHREAD_COND_INITIALIZER;
static int running, waiting;

static void init(void)
{
	if (sodium_init() < 0)
		BUG("libsodium does not start");
}

static struct password_cost cost_of(struct password_cost cost)
{
	const char *env = getenv("ZEREN_PASSWORD_COST");

	if (cost.kib)
		return cost;
	return env && !strcmp(env, "low") ? lowest : usual;
}

/* ---- at most two at once ---- */

static enum err_code enter(struct err *err)
{
	bool full;

	pthread_once(&once, init);
	pthread_mutex_lock(&mutex);
	full = running == PASSWORD_AT_ONCE && waiting == PASSWORD_WAITING;
	if (!full) {
		waiting++;
		while (running == PASSWORD_AT_ONCE)
			pthread_cond_wait(&free_place, &mutex);
		waiting--;
		running++;
	}
	pthread_mutex_unlock(&mutex);
	return full ? fail(err, ERR_BUSY, N_("too many people sign in at once; try again in a moment")) : OK;
}

static void leave(void)
{
	pthread_mutex_lock(&mutex);
	running--;
	pthread_cond_signal(&free_place);
	pthread_mutex_unlock(&mutex);
}

/* ---- hashing ---- */

static bool too_long(struct str password)
{
	return password.n > PASSWORD_MAX * 4 || utf8_count(password) > PASSWORD_MAX;
}

enum err_code password_hash(struct str password, struct password_cost cost, char out[PASSWORD_PHC], struct err *err)
{
	int rc;

	cost = cost_of(cost);
	if (too_long(password))
		return fail(err, ERR_LIMIT, N_("a password has at most %d characters"), (int)PASSWORD_MAX);
	TRY(enter(err));
	rc = crypto_pwhash_argon2id_str(
		out, password.n ? password.p : "", password.n, cost.passes, (size_t)cost.kib << 10);
	leave();
	return rc ? fail(err, ERR_IO, N_("there is not enough memory to hash a password")) : OK;
}

enum err_code password_verify(
	struct str password, const char *phc, struct password_cost cost, bool *yes, struct err *err)
{
	char dummy[PASSWORD_PHC];
	int rc;

	if (!phc || !*phc || too_long(password)) {
		*yes = false;
		return password_hash(str_sub(password, 0, PASSWORD_MAX), cost, dummy, err);
	}
	TRY(enter(err));
	rc = crypto_pwhash_argon2id_str_verify(phc, password.n ? password.p : "", password.n);
	leave();
	*yes = rc == 0;
	return OK;
}

bool password_is_weak(const char *phc, struct password_cost cost)
{
	unsigned kib, passes;

	cost = cost_of(cost);
	return sscanf(phc, "$argon2id$v=19$m=%u,t=%u,p=1$", &kib, &passes) != 2 || kib < cost.kib ||
		passes < cost.passes;
}
