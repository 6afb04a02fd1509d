/* Memory by lifetime: one arena a request, command or job; what a function returns from an arena lives
 * as long as the arena. Every input has a limit, so running out of memory ends the process. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/base.h"
#include "base/str.h"

struct arena {
	struct arena_block *last;
	size_t used;          /* bytes handed out in all, for limits and tests */
};

#define ARENA_INIT {0}

/* Zeroed memory, aligned for any type. n may be 0 (a unique pointer). Never NULL. */
void *arena_alloc(struct arena *a, size_t n) __attribute__((malloc, alloc_size(2)));

/* Zeroed array of n elements; the product is checked. */
void *arena_array(struct arena *a, size_t n, size_t size);
#define ARENA_NEW(a, type)      ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_array((a), (n), sizeof(type)))

/* Copies; the copy is followed by a 0 byte, so .p is also a C string. */
struct str arena_str(struct arena *a, struct str s);
struct str arena_printf(struct arena *a, const char *fmt, ...) PRINTF(2, 3);

/* Makes room for one more element in a growing array: doubles in the arena when *n reaches *cap.
 * Returns the new element, zeroed; *n counts it. */
void *arena_push(struct arena *a, void *items, size_t *n, size_t *cap, size_t size);
#define ARENA_PUSH(a, items, n, cap) \
	((__typeof__(items))arena_push((a), &(items), &(n), &(cap), sizeof *(items)))

/* Forgets everything at once, keeping the newest block for what comes next: for loops. */
void arena_reset(struct arena *a);

/* Hands everything in `from` over to `to`, which it lives as long as from now on; from is empty. */
void arena_join(struct arena *to, struct arena *from);

/* Frees everything at once; the arena may be used again. */
void arena_free(struct arena *a);

#endif
