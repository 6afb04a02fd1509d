#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 4096, MAX_BLOCK = 1 << 20 };

struct arena_block {
	struct arena_block *prev;
	size_t used, size;
	alignas(max_align_t) char data[];
};

static void grow(struct arena *a, size_t n)
{
	size_t size = a->last ? MIN(a->last->size * 2, (size_t)MAX_BLOCK) : FIRST_BLOCK;
	struct arena_block *b;

	size = MAX(size, n);
	b = malloc(sizeof *b + size);
	if (!b)
		BUG("out of memory (%zu bytes)", size);
	b->prev = a->last;
	b->used = 0;
	b->size = size;
	a->last = b;
}

/* Room for n bytes, not cleared: for what is written over at once. */
static void *take(struct arena *a, size_t n)
{
	size_t align = alignof(max_align_t);
	void *p;

	BUG_IF(n > SIZE_MAX / 2);
	n = MAX((n + align - 1) & ~(align - 1), align);
	if (!a->last || a->last->size - a->last->used < n)
		grow(a, n);
	p = a->last->data + a->last->used;
	a->last->used += n;
	a->used += n;
	return p;
}

void *arena_alloc(struct arena *a, size_t n)
{
	return memset(take(a, n), 0, n);
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(n, size, &total))
		BUG("array of %zu x %zu", n, size);
	return arena_alloc(a, total);
}

struct str arena_str(struct arena *a, struct str s)
{
	char *p = take(a, s.n + 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = 0;
	return (struct str){p, s.n};
}

struct str arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *p;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	BUG_IF(n < 0);
	p = take(a, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return (struct str){p, (size_t)n};
}

void *arena_push(struct arena *a, void *items, size_t *n, size_t *cap, size_t size)
{
	void *old;   /* items is a pointer to the caller's pointer, of any type: copied, not aliased */

	memcpy(&old, items, sizeof old);
	if (*n == *cap) {
		size_t cap2 = *cap ? *cap * 2 : 8;
		void *p = arena_array(a, cap2, size);

		if (*n)
			memcpy(p, old, *n * size);
		old = p;
		*cap = cap2;
		memcpy(items, &old, sizeof old);
	}
	return memset((char *)old + (*n)++ * size, 0, size);
}

void arena_reset(struct arena *a)
{
	if (!a->last)
		return;
	while (a->last->prev) {
		struct arena_block *old = a->last->prev;

		a->last->prev = old->prev;
		free(old);
	}
	a->last->used = 0;
	a->used = 0;
}

void arena_join(struct arena *to, struct arena *from)
{
	struct arena_block *oldest = from->last;

	if (!oldest)
		return;
	while (oldest->prev)
		oldest = oldest->prev;
	oldest->prev = to->last;
	to->last = from->last;
	to->used += from->used;
	*from = (struct arena)ARENA_INIT;
}

void arena_free(struct arena *a)
{
	while (a->last) {
		struct arena_block *prev = a->last->prev;

		free(a->last);
		a->last = prev;
	}
	a->used = 0;
}
