/* A map from strings to pointers that keeps the order of insertion. Lives in an arena; keys are not
 * copied and must live as long. Hashing is keyed (SipHash-1-3), so keys from outside can't make it slow. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"
#include "base/str.h"

struct map_item {
	struct str key;
	void *value;
	uint64_t hash;
};

struct map {
	struct arena *arena;
	struct map_item *items;   /* [n], in order of insertion */
	size_t n, cap;
	uint32_t *slots;          /* index into items, plus 1 */
	size_t nslots;
};

#define MAP_IN(arena_) {.arena = (arena_)}

void *map_get(const struct map *m, struct str key);   /* NULL when absent */

/* Adds key or finds it: the place of its value. *value is NULL for a new key. */
void **map_at(struct map *m, struct str key);

/* Adds or replaces. */
void map_set(struct map *m, struct str key, void *value);

uint64_t str_hash(struct str s);   /* the same within one run of the program, not across runs */

#endif
