#include "web/world.h"

#include "office/adopt.h"
#include "office/decision.h"

#include <pthread.h>
#include <stdlib.h>

struct worlds {
	pthread_mutex_t lock;
	pthread_mutex_t making; /* one at a time is made: a crowd that asks for a new day waits for it */
	uint64_t clock;
	struct world *kept[WORLDS_KEPT];
	int64_t year_at;           /* events, when the year was read */
	int year;
};

struct worlds *worlds_new(void)
{
	struct worlds *w = calloc(1, sizeof *w);

	if (!w)
		abort();
	pthread_mutex_init(&w->lock, NULL);
	pthread_mutex_init(&w->making, NULL);
	return w;
}

static void world_free(struct world *w)
{
	struct arena arena = w->arena;

	arena_free(&arena);
	free(w);
}

void worlds_free(struct worlds **w)
{
	if (!*w)
		return;
	for (size_t i = 0; i < WORLDS_KEPT; i++)
		if ((*w)->kept[i])
			world_free((*w)->kept[i]);
	pthread_mutex_destroy(&(*w)->lock);
	pthread_mutex_destroy(&(*w)->making);
	free(*w);
	*w = NULL;
}

int worlds_kept(struct worlds *w)
{
	int n = 0;

	pthread_mutex_lock(&w->lock);
	for (size_t i = 0; i < WORLDS_KEPT; i++)
		n += w->kept[i] != NULL;
	pthread_mutex_unlock(&w->lock);
	return n;
}

SQL(head_now_sql, "select size, hashes from log_head where origin = 1");

enum err_code world_head(struct log *reader, struct range *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_one(log_db(reader), &head_now_sql, NO_ARGS, &q, err));
	if (!range_load(out, query_int(&q, 0), query_text(&q, 1)))
		return fail(err, ERR_DAMAGED, "table log_head: the hashes do not fit the size");
	return OK;
}

SQL(year_now_sql, "select year from p_office where origin = 1");

static enum err_code read_year(struct db *db, int *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_one(db, &year_now_sql, NO_ARGS, &q, err));
	*out = (int)query_int(&q, 0);
	return OK;
}

enum err_code world_year(
	struct worlds *w, struct log *reader, const struct range *head, int *year, struct err *err)
{
	enum err_code code = OK;

	pthread_mutex_lock(&w->lock);
	if (w->year_at != head->n)
		code = read_year(log_db(reader), &w->year, err);
	if (code == OK) {
		w->year_at = head->n;
		*year = w->year;
	}
	pthread_mutex_unlock(&w->lock);
	return code;
}

static struct world *find(struct worlds *w, int64_t size, struct date on, enum lang lang)
{
	struct world *found = NULL;

	pthread_mutex_lock(&w->lock);
	for (size_t i = 0; i < WORLDS_KEPT && !found; i++) {
		struct world *k = w->kept[i];

		if (k && k->head.n == size && date_eq(k->on, on) && k->lang == lang)
			found = k;
	}
	if (found) {
		found->users++;
		found->used = ++w->clock;
	}
	pthread_mutex_unlock(&w->lock);
	return found;
}

/* Puts it where the one that was asked for longest ago stood; one of an older log goes first. The cache is one of its
 * users. */
static void keep(struct worlds *w, struct world *new)
{
	size_t worst = 0;
	struct world *out;

	pthread_mutex_lock(&w->lock);
	for (size_t i = 1; i < WORLDS_KEPT; i++) {
		const struct world *a = w->kept[i], *b = w->kept[worst];

		if (b && (!a || a->head.n < b->head.n || (a->head.n == b->head.n && a->used < b->used)))
			worst = i;
	}
	out = w->kept[worst];
	w->kept[worst] = new;
	new->users = 2;
	new->used = ++w->clock;
	if (out && --out->users)
		out = NULL;
	pthread_mutex_unlock(&w->lock);
	if (out)
		world_free(out);
}

static enum err_code fill(struct world *w, struct log *reader, struct err *err)
{
	struct facts_opt opt = {.year = date_ymd(w->on).y, .lang = w->lang};
	struct arena *a = &w->arena;

	TRY(world_head(reader, &w->head, err));
	TRY(scheme_current(reader, a, &w->scheme, err));
	TRY(org_load(log_db(reader), a, DATE_NONE, &w->org, err));
	TRY(facts_load(a, log_db(reader), &w->scheme, &w->org, opt, &w->facts, err));
	TRY(decisions_load(log_db(reader), a, opt.year, &w->decisions, err));
	TRY(narrative_load(log_db(reader), a, &w->scheme, opt.year, &w->narrative, err));
	return figures_on(&w->facts, w->on, &w->figures, err);
}

/* Reads in one transaction, so that all of it is of one position. */
static enum err_code make(
	struct worlds *w, struct log *reader, struct date on, enum lang lang, struct world **out, struct err *err)
{
	struct world *new = calloc(1, sizeof *new);
	enum err_code code;

	if (!new)
		abort();
	new->on = on;
	new->lang = lang;
	code = db_begin(log_db(reader), err);
	if (code == OK) {
		code = fill(new, reader, err);
		db_rollback(log_db(reader));
	}
	if (code != OK) {
		world_free(new);
		return code;
	}
	keep(w, new);
	*out = new;
	return OK;
}

enum err_code world_take(struct worlds *w, struct log *reader, const struct range *head, struct date on,
	enum lang lang, const struct world **out, struct err *err)
{
	enum err_code code = OK;
	struct world *world = find(w, head->n, on, lang);

	if (!world) {
		pthread_mutex_lock(&w->making);
		world = find(w, head->n, on, lang);
		if (!world)
			code = make(w, reader, on, lang, &world, err);
		pthread_mutex_unlock(&w->making);
	}
	if (code == OK)
		*out = world;
	return code;
}

void world_drop(struct worlds *w, const struct world **world)
{
	struct world *mine = (struct world *)*world;
	bool last;

	if (!mine)
		return;
	*world = NULL;
	pthread_mutex_lock(&w->lock);
	last = --mine->users == 0;
	pthread_mutex_unlock(&w->lock);
	if (last)
		world_free(mine);
}
