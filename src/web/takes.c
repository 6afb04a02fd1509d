#include "web/takes.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct take {
	/* under the lock */
	struct take *next;
	enum take_state state;
	bool held;                       /* by the thread that makes it; nobody frees it then */
	bool fetched;
	int fd;                          /* READY; else -1 */
	int64_t size;

	/* set before it is on the list */
	char token[TOKEN_TEXT];
	struct arena arena;
	struct str login, title, key;
	enum lang lang;
	const struct world *world;
	const struct record_type *type;
	struct export_ask ask;
	size_t all;
	int64_t born;                    /* seconds of the monotonic clock */

	/* its maker's, until it is READY or FAILED */
	atomic_size_t rows;
	atomic_bool packing;
	struct str error;
	struct export_notes notes;
};

struct takes {
	const char *dir;
	struct log_opt opt;
	struct worlds *worlds;
	pthread_t maker;
	bool started;
	pthread_mutex_t lock;
	pthread_cond_t work;
	struct take *first;              /* the newest first */
	bool stopping;
};

static int64_t clock_seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

/* ---- the list; all under the lock ---- */

static void take_free(struct takes *t, struct take *x)
{
	if (x->fd >= 0)
		close(x->fd);
	world_drop(t->worlds, &x->world);
	arena_free(&x->arena);
	free(x);
}

static void unlink_take(struct takes *t, struct take *x)
{
	for (struct take **at = &t->first; *at; at = &(*at)->next)
		if (*at == x) {
			*at = x->next;
			take_free(t, x);
			return;
		}
}

static void purge(struct takes *t)
{
	int64_t now = clock_seconds();

	for (struct take *next, *x = t->first; x; x = next) {
		next = x->next;
		if (now - x->born >= TAKE_SECONDS && !x->held)
			unlink_take(t, x);
	}
}

static struct take *find(struct takes *t, struct str token, struct str login)
{
	struct take *found = NULL;

	purge(t);
	for (struct take *x = t->first; x; x = x->next)
		if (same_secret(str_c(x->token), token) && str_eq(x->login, login))
			found = x;
	return found;
}

static struct take *alike(struct takes *t, const struct take_given *g)
{
	for (struct take *x = t->first; x; x = x->next)
		if (str_eq(x->login, g->login) && str_eq(x->key, g->key) && x->state != TAKE_FAILED)
			return x;
	return NULL;
}

/* Room for one more: the oldest that is done goes, his own first. False: too many are under way. */
static bool make_room(struct takes *t, struct str login)
{
	struct take *mine = NULL, *any = NULL, *out;
	size_t each = 0, all = 0;

	for (struct take *x = t->first; x; x = x->next) {
		bool same = str_eq(x->login, login), done = x->state >= TAKE_READY;

		each += same;
		all++;
		any = done ? x : any;
		mine = done && same ? x : mine;
	}
	if (each < TAKES_EACH && all < TAKES_ALL)
		return true;
	out = each >= TAKES_EACH ? mine : any;
	if (out)
		unlink_take(t, out);
	return out;
}

static enum err_code gone(struct err *err)
{
	return fail(err, ERR_NOT_FOUND, "this workbook is no longer here: older than an hour, or newer ones took its "
		"place; take it again");
}

/* ---- asking ---- */

static struct take *take_new(struct takes *t, const struct take_given *g)
{
	struct take *x = calloc(1, sizeof *x);

	if (!x)
		BUG("out of memory (%zu bytes)", sizeof *x);
	token_new(x->token);
	x->fd = -1;
	x->born = clock_seconds();
	x->login = arena_str(&x->arena, g->login);
	x->title = arena_str(&x->arena, g->title);
	x->key = arena_str(&x->arena, g->key);
	x->lang = g->lang;
	x->type = g->type;
	x->all = g->all;
	x->ask = g->ask;
	if (g->ask.ids) {
		struct id *ids = ARENA_ARRAY(&x->arena, struct id, g->ask.nids);

		memcpy(ids, g->ask.ids, g->ask.nids * sizeof *ids);
		x->ask.ids = ids;
	}
	x->world = world_hold(t->worlds, g->world);
	x->ask.org = g->type ? NULL : &x->world->org;
	x->notes.arena = &x->arena;
	return x;
}

enum err_code take_put(struct takes *t, const struct take_given *given, char token[TOKEN_TEXT], struct err *err)
{
	struct take *x;
	bool room = true;

	pthread_mutex_lock(&t->lock);
	purge(t);
	x = alike(t, given);
	if (!x && (room = make_room(t, given->login))) {
		x = take_new(t, given);
		x->next = t->first;
		t->first = x;
		pthread_cond_signal(&t->work);
	}
	if (x)
		memcpy(token, x->token, TOKEN_TEXT);
	pthread_mutex_unlock(&t->lock);
	return room ? OK : fail(err, ERR_LIMIT, "too many workbooks are being made; wait for one of them");
}

/* ---- making ---- */

static void on_rows(void *ctx, size_t rows, bool packing)
{
	struct take *x = ctx;

	atomic_store(&x->rows, rows);
	atomic_store(&x->packing, packing);
}

static enum err_code make(struct takes *t, struct take *x, int *fd, int64_t *size, struct err *err)
{
	CLEANUP(log_close) struct log *reader = NULL;
	const char *dir = arena_printf(&x->arena, "%s/staging", t->dir).p;
	struct export_sheet *sheets;
	size_t all, n = 0;

	x->ask.progress = on_rows;
	x->ask.progress_ctx = x;
	x->ask.notes = &x->notes;
	TRY(file_mkdirs(dir, err));
	TRY(log_open(t->dir, t->opt, &reader, err));
	all = export_sheets(&x->arena, &x->world->scheme, &sheets);
	for (size_t i = 0; i < all; i++)
		if (!x->type || sheets[i].type == x->type)
			sheets[n++] = sheets[i];
	return export_xlsx_open(sheets, n, &x->ask, reader, dir, fd, size, err);
}

/* The one that waits longest, now MAKING and held. NULL at the end. */
static struct take *next_waiting(struct takes *t)
{
	struct take *found = NULL;

	pthread_mutex_lock(&t->lock);
	while (!t->stopping) {
		for (struct take *x = t->first; x; x = x->next)
			if (x->state == TAKE_WAITING)
				found = x;
		if (found)
			break;
		pthread_cond_wait(&t->work, &t->lock);
	}
	if (found) {
		found->state = TAKE_MAKING;
		found->held = true;
	}
	pthread_mutex_unlock(&t->lock);
	return found;
}

static void *maker(void *ctx)
{
	struct takes *t = ctx;
	struct take *x;

	while ((x = next_waiting(t))) {
		struct err err = {.lang = x->lang};
		int64_t size = 0;
		int fd = -1;

		(void)make(t, x, &fd, &size, &err);
		pthread_mutex_lock(&t->lock);
		x->error = arena_str(&x->arena, str_c(err.text));
		x->state = err.code == OK ? TAKE_READY : TAKE_FAILED;
		x->fd = fd;
		x->size = size;
		x->born = clock_seconds();       /* its hour begins when it is there */
		x->held = false;
		world_drop(t->worlds, &x->world);
		pthread_mutex_unlock(&t->lock);
	}
	return NULL;
}

/* ---- looking ---- */

enum err_code take_look(struct takes *t, struct arena *a, struct str token, struct str login, struct take_look *out,
	struct err *err)
{
	struct take *x;

	pthread_mutex_lock(&t->lock);
	x = find(t, token, login);
	if (x) {
		*out = (struct take_look){.state = x->state, .title = arena_str(a, x->title), .all = x->all,
			.rows = atomic_load(&x->rows), .fetched = x->fetched};
		if (x->state == TAKE_MAKING && atomic_load(&x->packing))
			out->state = TAKE_PACKING;
		if (x->state >= TAKE_READY) {    /* its maker has let go of it */
			out->error = arena_str(a, x->error);
			out->size = x->size;
			out->left = MAX(x->born + TAKE_SECONDS - clock_seconds(), 0);
			out->notes = ARENA_ARRAY(a, struct str, x->notes.n);
			for (; out->nnotes < x->notes.n; out->nnotes++)
				out->notes[out->nnotes] = export_note_text(a, x->lang, &x->notes.p[out->nnotes]);
		}
	}
	pthread_mutex_unlock(&t->lock);
	return x ? OK : gone(err);
}

enum err_code take_file(struct takes *t, struct arena *a, struct str token, struct str login, int *fd, int64_t *size,
	struct str *title, struct err *err)
{
	enum err_code code = OK;
	struct take *x;

	pthread_mutex_lock(&t->lock);
	x = find(t, token, login);
	if (!x)
		code = gone(err);
	else if (x->state == TAKE_FAILED)
		code = fail(err, ERR_INPUT, STR_FMT, STR_ARG(x->error));
	else if (x->state != TAKE_READY)
		code = fail(err, ERR_BUSY, "the workbook is still being made");
	else if ((*fd = fcntl(x->fd, F_DUPFD_CLOEXEC, 0)) < 0)
		code = fail_errno(err, "the workbook cannot be opened");
	if (code == OK) {
		*size = x->size;
		*title = arena_str(a, x->title);
		x->fetched = true;
	}
	pthread_mutex_unlock(&t->lock);
	return code;
}

/* ---- open, close ---- */

enum err_code takes_open(const char *dir, struct log_opt opt, struct worlds *worlds, struct takes **out,
	struct err *err)
{
	struct takes *t = calloc(1, sizeof *t);

	if (!t)
		BUG("out of memory (%zu bytes)", sizeof *t);
	t->dir = dir;
	t->opt = opt;
	t->opt.read_only = true;
	t->worlds = worlds;
	pthread_mutex_init(&t->lock, NULL);
	pthread_cond_init(&t->work, NULL);
	errno = pthread_create(&t->maker, NULL, maker, t);
	t->started = errno == 0;
	if (!t->started) {
		fail_errno(err, "the maker of workbooks cannot be started");
		takes_close(&t);
		return err->code;
	}
	*out = t;
	return OK;
}

void takes_close(struct takes **takes)
{
	struct takes *t = *takes;

	if (!t)
		return;
	*takes = NULL;
	pthread_mutex_lock(&t->lock);
	t->stopping = true;
	pthread_cond_broadcast(&t->work);
	pthread_mutex_unlock(&t->lock);
	if (t->started)
		pthread_join(t->maker, NULL);
	while (t->first)
		unlink_take(t, t->first);
	pthread_mutex_destroy(&t->lock);
	pthread_cond_destroy(&t->work);
	free(t);
}
