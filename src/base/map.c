#include "base/map.h"

#include <string.h>
#include <sys/random.h>

static uint64_t seed[2];

__attribute__((constructor)) static void seed_once(void)
{
	/* Without entropy the map is still right, only guessable. */
	if (getrandom(seed, sizeof seed, GRND_NONBLOCK) < 0)
		seed[0] = 1;
}

#define ROTL(x, b) ((x) << (b) | (x) >> (64 - (b)))
#define ROUND \
	v0 += v1; v1 = ROTL(v1, 13); v1 ^= v0; v0 = ROTL(v0, 32); \
	v2 += v3; v3 = ROTL(v3, 16); v3 ^= v2; \
	v0 += v3; v3 = ROTL(v3, 21); v3 ^= v0; \
	v2 += v1; v1 = ROTL(v1, 17); v1 ^= v2; v2 = ROTL(v2, 32)

/* SipHash-1-3 (Aumasson, Bernstein 2012). */
uint64_t str_hash(struct str s)
{
	uint64_t v0 = seed[0] ^ 0x736f6d6570736575, v1 = seed[1] ^ 0x646f72616e646f6d;
	uint64_t v2 = seed[0] ^ 0x6c7967656e657261, v3 = seed[1] ^ 0x7465646279746573;
	uint64_t m, tail = (uint64_t)s.n << 56;
	size_t i;

	for (i = 0; i + 8 <= s.n; i += 8) {
		memcpy(&m, s.p + i, 8);
		v3 ^= m;
		ROUND;
		v0 ^= m;
	}
	for (size_t k = 0; i + k < s.n; k++)
		tail |= (uint64_t)(unsigned char)s.p[i + k] << (8 * k);
	v3 ^= tail;
	ROUND;
	v0 ^= tail;
	v2 ^= 0xFF;
	for (int k = 0; k < 3; k++) {
		ROUND;
	}
	return v0 ^ v1 ^ v2 ^ v3;
}

static uint32_t *slot_of(const struct map *m, struct str key, uint64_t hash)
{
	size_t i = hash & (m->nslots - 1);

	while (m->slots[i]) {
		const struct map_item *it = &m->items[m->slots[i] - 1];

		if (it->hash == hash && str_eq(it->key, key))
			break;
		i = (i + 1) & (m->nslots - 1);
	}
	return &m->slots[i];
}

static void rehash(struct map *m)
{
	m->nslots = m->nslots ? m->nslots * 2 : 16;
	m->slots = ARENA_ARRAY(m->arena, uint32_t, m->nslots);
	for (size_t i = 0; i < m->n; i++)
		*slot_of(m, m->items[i].key, m->items[i].hash) = (uint32_t)(i + 1);
}

void *map_get(const struct map *m, struct str key)
{
	uint32_t at;

	if (!m->n)
		return NULL;
	at = *slot_of(m, key, str_hash(key));
	return at ? m->items[at - 1].value : NULL;
}

void **map_at(struct map *m, struct str key)
{
	uint64_t hash = str_hash(key);
	struct map_item *it;
	uint32_t *slot;

	if ((m->n + 1) * 2 > m->nslots)
		rehash(m);
	slot = slot_of(m, key, hash);
	if (*slot)
		return &m->items[*slot - 1].value;
	it = ARENA_PUSH(m->arena, m->items, m->n, m->cap);
	it->key = key;
	it->hash = hash;
	*slot = (uint32_t)m->n;
	return &it->value;
}

void map_set(struct map *m, struct str key, void *value)
{
	*map_at(m, key) = value;
}
