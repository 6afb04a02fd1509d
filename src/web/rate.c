#include "web/rate.h"

#include <pthread.h>
#include <stdlib.h>

enum { SLOTS = 4096, REACH = 8 };   /* a key stands within REACH of its place */

struct bucket {
	uint64_t key;
	int64_t left;              /* microseconds' worth: burst * step when full */
	int64_t at;                /* when it was last used; 0: never */
};

struct rates {
	pthread_mutex_t lock;
	struct bucket buckets[SLOTS];
};

static const struct {
	int64_t burst, step;       /* step: microseconds until one more */
} limits[] = {
#define R(name, burst, seconds, what) [RATE_##name] = {burst, INT64_C(1000000) * (seconds)},
#include "tbl/rates.h"
#undef R
};

struct rates *rates_new(void)
{
	struct rates *r = calloc(1, sizeof *r);

	if (!r)
		abort();
	pthread_mutex_init(&r->lock, NULL);
	return r;
}

void rates_free(struct rates **r)
{
	if (!*r)
		return;
	pthread_mutex_destroy(&(*r)->lock);
	free(*r);
	*r = NULL;
}

/* Spreads what is near (splitmix64's last steps). */
static uint64_t mix(uint64_t x)
{
	x ^= x >> 30;
	x *= UINT64_C(0xbf58476d1ce4e5b9);
	x ^= x >> 27;
	x *= UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

static struct bucket *place(struct rates *r, uint64_t key)
{
	struct bucket *oldest = NULL;

	for (uint64_t i = 0; i < REACH; i++) {
		struct bucket *b = &r->buckets[(key + i) % SLOTS];

		if (b->at && b->key == key)
			return b;
		if (!oldest || b->at < oldest->at)
			oldest = b;
	}
	*oldest = (struct bucket){.key = key};
	return oldest;
}

int64_t rate_take(struct rates *r, enum rate rate, uint64_t key, int64_t now)
{
	int64_t step = limits[rate].step, full = limits[rate].burst * step, wait = 0;
	struct bucket *b;

	key = mix(key + rate * UINT64_C(0x9e3779b97f4a7c15));
	pthread_mutex_lock(&r->lock);
	b = place(r, key);
	b->left = b->at ? MIN(full, b->left + MAX(now - b->at, 0)) : full;
	b->at = MAX(now, 1);
	if (b->left >= step)
		b->left -= step;
	else
		wait = (step - b->left + 999999) / 1000000;
	pthread_mutex_unlock(&r->lock);
	return wait;
}
