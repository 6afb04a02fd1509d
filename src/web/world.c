#include "web/world.h"

#include "flow/decision.h"
#include "flow/facts_load.h"
#include "record/adopt.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { WRITTEN_BYTES = 12 << 20 };

struct worlds {
	pthread_mutex_t lock;
	pthread_mutex_t making; /* one at a time is made: a crowd that asks for a new day waits for it */
	uint64_t clock;
	struct world *kept[WORLDS_KEPT];
	pthread_mutex_t replaying; /* while one of the past is made */
	struct world *then;        /* the last one of those */
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
	pthread_mutex_init(&w->replaying, NULL);
	return w;
}

static void world_free(struct world *w)
{
	struct arena arena = w->arena;

	for (size_t i = 0; i < WORLD_WRITTEN; i++)
		free(w->written[i].bytes);
	pthread_mutex_destroy(&w->lock);
	pthread_mutex_destroy(&w->warning);
	arena_free(&w->warn_arena);
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
	if ((*w)->then)
		world_free((*w)->then);
	pthread_mutex_destroy(&(*w)->replaying);
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

static enum err_code fill(struct world *w, struct log *reader, struct db *db, struct err *err)
{
	struct facts_opt opt = {.year = date_ymd(w->on).y, .lang = w->lang};
	struct arena *a = &w->arena;

	TRY(world_head(reader, &w->head, err));
	TRY(scheme_of_year(reader, db, a, opt.year, &w->scheme, err));
	TRY(org_load(db, a, DATE_NONE, &w->org, err));
	TRY(facts_load(a, db, &w->scheme, &w->org, opt, &w->facts, err));
	TRY(decisions_load(db, a, opt.year, &w->decisions, err));
	TRY(narrative_load(db, a, &w->scheme, opt.year, &w->narrative, err));
	TRY(paper_values_load(db, a, false, &w->paper, err));
	return figures_on(&w->facts, w->on, &w->figures, err);
}

static struct world *world_new(struct date on, enum lang lang)
{
	struct world *new = calloc(1, sizeof *new);

	if (!new)
		abort();
	new->on = on;
	new->lang = lang;
	pthread_mutex_init(&new->lock, NULL);
	pthread_mutex_init(&new->warning, NULL);
	return new;
}

/* Reads in one transaction, so that all of it is of one position. */
static enum err_code make(
	struct worlds *w, struct log *reader, struct date on, enum lang lang, struct world **out, struct err *err)
{
	struct world *new = world_new(on, lang);
	enum err_code code = db_begin(log_db(reader), err);

	if (code == OK) {
		code = fill(new, reader, log_db(reader), err);
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

/* ---- as known before ---- */

static struct world *find_then(struct worlds *w, int64_t known, struct date on, enum lang lang)
{
	struct world *then;

	pthread_mutex_lock(&w->lock);
	then = w->then;
	if (then && then->known == known && date_eq(then->on, on) && then->lang == lang)
		then->users++;
	else
		then = NULL;
	pthread_mutex_unlock(&w->lock);
	return then;
}

static void keep_then(struct worlds *w, struct world *new)
{
	struct world *out;

	pthread_mutex_lock(&w->lock);
	out = w->then;
	w->then = new;
	new->users = 2;
	if (out && --out->users)
		out = NULL;
	pthread_mutex_unlock(&w->lock);
	if (out)
		world_free(out);
}

static enum err_code replay(struct world *new, struct log *reader, struct err *err)
{
	CLEANUP(db_close) struct db *db = NULL;

	TRY(db_open(":memory:", (struct db_opt){.scratch = true}, &db, err));
	TRY(log_replay(reader, new->known + 1, db, false, NULL, NULL, err));
	TRY(flow_load(db, &new->arena, FLOW_FINDING, new->on, &new->flows, err));
	return fill(new, reader, db, err);
}

enum err_code world_take_known(struct worlds *w, struct log *reader, const struct range *head, int64_t known,
	struct date on, enum lang lang, const struct world **out, struct err *err)
{
	struct world *then = find_then(w, known, on, lang);
	enum err_code code = OK;

	if (known >= head->n)
		return fail(err, ERR_NOT_FOUND, "there is no event %lld yet; the last one is %lld", (long long)known,
			(long long)head->n - 1);
	if (!then) {
		if (pthread_mutex_trylock(&w->replaying))
			return fail(err, ERR_BUSY, "another state of the past is being made; ask again in a moment");
		then = world_new(on, lang);
		then->known = known;
		code = replay(then, reader, err);
		if (code == OK)
			keep_then(w, then);
		else
			world_free(then);
		pthread_mutex_unlock(&w->replaying);
	}
	if (code == OK)
		*out = then;
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

const struct world *world_hold(struct worlds *w, const struct world *world)
{
	pthread_mutex_lock(&w->lock);
	((struct world *)world)->users++;
	pthread_mutex_unlock(&w->lock);
	return world;
}

static enum err_code write_down(struct written *w, world_writer *write, void *ctx, struct err *err)
{
	struct buf out CLEANUP(buf_free) = BUF_MAX(WRITTEN_BYTES);
	struct str s;

	TRY(write(ctx, &out, err));
	s = buf_str(&out);
	w->bytes = malloc(MAX(s.n, 1));
	if (!w->bytes)
		abort();
	memcpy(w->bytes, s.p, s.n);
	w->n = s.n;
	return OK;
}

enum err_code world_written(const struct world *world, const char *key, world_writer *write, void *ctx,
	struct str *out, struct err *err)
{
	struct world *w = (struct world *)world;
	struct written *at = w->written;
	enum err_code code = OK;

	pthread_mutex_lock(&w->lock);
	while (at->key && at->key != key)
		BUG_IF(++at == w->written + WORLD_WRITTEN);
	if (!at->bytes)
		code = write_down(at, write, ctx, err);
	if (code == OK) {
		at->key = key;
		*out = (struct str){at->bytes, at->n};
	}
	pthread_mutex_unlock(&w->lock);
	return code;
}

static enum err_code warn(struct world *w, struct log *reader, struct err *err)
{
	struct arena *a = &w->warn_arena;
	struct warn_answers *answers = ARENA_NEW(a, struct warn_answers);
	struct warnings *all = ARENA_NEW(a, struct warnings);

	w->warn_facts = facts_for(&w->facts, a);
	TRY(warn_answers_load(log_db(reader), a, answers, err));
	TRY(warnings_on(&w->warn_facts, answers, w->on, all, err));
	w->warnings = all;
	return OK;
}

enum err_code world_warnings(
	const struct world *world, struct log *reader, const struct warnings **out, struct err *err)
{
	struct world *w = (struct world *)world;
	enum err_code code = OK;

	pthread_mutex_lock(&w->warning);
	if (!w->warnings)
		code = warn(w, reader, err);
	*out = w->warnings;
	pthread_mutex_unlock(&w->warning);
	return code;
}
