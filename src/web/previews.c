#include "web/previews.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct kept {
	char *bytes; /* key, words, warnings, picture: one behind the other */
	size_t n;
	uint64_t used;
	struct str key;
	struct preview x;
};

struct previews {
	pthread_mutex_t lock;
	struct kept kept[PREVIEWS_KEPT];
	size_t bytes;
	uint64_t clock;
};

struct previews *previews_new(void)
{
	struct previews *p = calloc(1, sizeof *p);

	if (!p)
		abort();
	pthread_mutex_init(&p->lock, NULL);
	return p;
}

static void drop(struct previews *p, struct kept *k)
{
	p->bytes -= k->n;
	free(k->bytes);
	*k = (struct kept){0};
}

void previews_free(struct previews **p)
{
	if (!*p)
		return;
	for (size_t i = 0; i < PREVIEWS_KEPT; i++)
		drop(*p, &(*p)->kept[i]);
	pthread_mutex_destroy(&(*p)->lock);
	free(*p);
	*p = NULL;
}

static struct kept *find(struct previews *p, struct str key, size_t page, int dpi)
{
	for (size_t i = 0; i < PREVIEWS_KEPT; i++) {
		struct kept *k = &p->kept[i];

		if (k->bytes && k->x.page == page && k->x.dpi == dpi && str_eq(k->key, key))
			return k;
	}
	return NULL;
}

bool previews_find(struct previews *p, struct arena *a, struct str key, size_t page, int dpi, struct preview *out)
{
	struct kept *k;

	pthread_mutex_lock(&p->lock);
	k = find(p, key, page, dpi);
	if (k) {
		k->used = ++p->clock;
		*out = k->x;
		out->words = arena_str(a, k->x.words);
		out->warnings = arena_str(a, k->x.warnings);
		out->png = arena_str(a, k->x.png);
	}
	pthread_mutex_unlock(&p->lock);
	return k;
}

static struct kept *oldest(struct previews *p, bool filled)
{
	struct kept *found = NULL;

	for (size_t i = 0; i < PREVIEWS_KEPT; i++) {
		struct kept *k = &p->kept[i];

		if ((!filled || k->bytes) && (!found || k->used < found->used))
			found = k;
	}
	return found;
}

static struct str put(struct kept *k, struct str s)
{
	struct str out = {k->bytes + k->n, s.n};

	if (s.n)
		memcpy(k->bytes + k->n, s.p, s.n);
	k->n += s.n;
	return out;
}

void previews_keep(struct previews *p, struct str key, const struct preview *x)
{
	size_t n = key.n + x->words.n + x->warnings.n + x->png.n;
	struct kept *k;

	if (n > PREVIEW_BYTES / 4)
		return;
	pthread_mutex_lock(&p->lock);
	if (!find(p, key, x->page, x->dpi)) {
		while (p->bytes + n > PREVIEW_BYTES)
			drop(p, oldest(p, true));
		k = oldest(p, false);
		drop(p, k);
		k->bytes = malloc(MAX(n, 1));
		if (!k->bytes)
			abort();
		k->x = *x;
		k->key = put(k, key);
		k->x.words = put(k, x->words);
		k->x.warnings = put(k, x->warnings);
		k->x.png = put(k, x->png);
		k->used = ++p->clock;
		p->bytes += k->n;
	}
	pthread_mutex_unlock(&p->lock);
}
