#include "web/drop.h"

#include "base/file.h"
#include "record/adopt.h"
#include "web/drop_inside.h"
#include "who/who.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { COPY_BYTES = 64 << 10, NAME_BYTES = 255, LOOK_ROUND_SECONDS = 60 };

int64_t drop_clock(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

/* ---- the list ---- */

static void drop_free(struct drop *x)
{
	struct err err = {0};

	(void)file_remove_tree(x->dir, &err);
	pthread_rwlock_destroy(&x->look);
	arena_free(&x->arena);
	free(x);
}

/* Takes it off the list; the caller has the lock, and frees what comes back. */
static struct drop *unlink_drop(struct drops *d, struct drop *x)
{
	for (struct drop **at = &d->first; *at; at = &(*at)->next) {
		if (*at != x)
			continue;
		*at = x->next;
		x->next = NULL;
		x->gone = true;
		return x->users ? NULL : x;
	}
	return NULL;
}

/* Those whose time is over. */
static void purge(struct drops *d)
{
	struct drop *old = NULL, *x;
	int64_t now = drop_clock();

	pthread_mutex_lock(&d->lock);
	for (struct drop *next, *at = d->first; at; at = next) {
		next = at->next;
		if (now - at->born < DROP_SECONDS || !(x = unlink_drop(d, at)))
			continue;
		x->next = old;
		old = x;
	}
	pthread_mutex_unlock(&d->lock);
	while ((x = old)) {
		old = x->next;
		drop_free(x);
	}
}

static struct drop *find(struct drops *d, struct str token, struct str login)
{
	struct drop *found = NULL;

	for (struct drop *x = d->first; x; x = x->next)
		if (same_secret(str_c(x->token), token) && str_eq(x->login, login) && x->queued)
			found = x;
	return found;
}

struct drop *drop_hold(struct drops *d, struct str token, struct str login, enum drop_state *state, struct err *err)
{
	struct drop *x;

	purge(d);
	pthread_mutex_lock(&d->lock);
	x = find(d, token, login);
	if (x) {
		x->users++;
		if (state)
			*state = x->state;
	}
	pthread_mutex_unlock(&d->lock);
	if (!x)
		fail(err, ERR_NOT_FOUND,
			"this upload is no longer here: given up, or older than two hours; send it again");
	return x;
}

void drop_release(struct drops *d, struct drop *x)
{
	bool last;

	pthread_mutex_lock(&d->lock);
	last = --x->users == 0 && x->gone;
	pthread_mutex_unlock(&d->lock);
	if (last)
		drop_free(x);
}

void drop_forget(struct drops *d, struct str token, struct str login)
{
	struct drop *x;

	pthread_mutex_lock(&d->lock);
	x = find(d, token, login);
	x = x ? unlink_drop(d, x) : NULL;
	pthread_mutex_unlock(&d->lock);
	if (x)
		drop_free(x);
}

size_t drop_list(struct drops *d, struct str login, char tokens[DROPS_EACH][TOKEN_TEXT])
{
	size_t n = 0;

	purge(d);
	pthread_mutex_lock(&d->lock);
	for (const struct drop *x = d->first; x && n < DROPS_EACH; x = x->next)
		if (x->queued && str_eq(x->login, login))
			memcpy(tokens[n++], x->token, TOKEN_TEXT);
	pthread_mutex_unlock(&d->lock);
	return n;
}

/* ---- giving ---- */

/* Puts it on the list. Where there are too many, one that is written already makes room: of the account, or of all. */
static enum err_code enlist(struct drops *d, struct drop *x, struct err *err)
{
	struct drop *mine = NULL, *any = NULL, *out = NULL;
	size_t each = 0, all = 0;
	bool full;

	purge(d);
	pthread_mutex_lock(&d->lock);
	for (struct drop *at = d->first; at; at = at->next) {
		bool same = str_eq(at->login, x->login);

		each += same;
		all++;
		if (at->state == DROP_TAKEN)
			any = at, mine = same ? at : mine;      /* the oldest, as it stands last */
	}
	full = each >= DROPS_EACH ? !mine : all >= DROPS_ALL && !any;
	if (!full && (each >= DROPS_EACH || all >= DROPS_ALL))
		out = unlink_drop(d, each >= DROPS_EACH ? mine : any);
	if (!full) {
		x->next = d->first;
		d->first = x;
	}
	pthread_mutex_unlock(&d->lock);
	if (out)
		drop_free(out);
	if (full && each >= DROPS_EACH)
		return fail(err, ERR_LIMIT, "%d of your uploads wait for your word; take or give up one of them first",
			DROPS_EACH);
	return full ? fail(err, ERR_LIMIT, "too many uploads wait; try again later") : OK;
}

static enum err_code copy_part(const struct drop_file *f, const char *path, struct err *err)
{
	CLEANUP(fd_close) int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	char bytes[COPY_BYTES];

	if (fd < 0 && errno == EEXIST)
		return fail(err, ERR_INPUT, "two files have the name '" STR_FMT "'", STR_ARG(f->name));
	if (fd < 0)
		return fail_errno(err, "%s: cannot be written", path);
	for (int64_t at = 0; at < f->size;) {
		size_t n = (size_t)MIN(f->size - at, (int64_t)sizeof bytes);

		TRY(http_body_read(f->body, f->at + at, bytes, n, err));
		TRY(fd_put(fd, (struct str){bytes, n}, path, err));
		at += (int64_t)n;
	}
	return OK;
}

/* dir/N/name for a register, each in a folder of its own, as two may have one name; dir/evidence/name else. */
static enum err_code copy_file(struct drop *x, const struct drop_file *f, struct err *err)
{
	bool is_register = import_is_register(f->name);
	struct str dir = is_register ? arena_printf(&x->arena, "%zu", x->n) : S("evidence"), path;

	if (!f->name.n || f->name.n > NAME_BYTES || str_has(f->name, S("/")) || str_is(f->name, ".") ||
			str_is(f->name, "..") || memchr(f->name.p, 0, f->name.n))
		return fail(err, ERR_INPUT, "'" STR_FMT "' cannot be the name of a file", STR_ARG(f->name));
	dir = path_join(&x->arena, str_c(x->dir), dir);
	path = path_join(&x->arena, dir, f->name);
	TRY(file_mkdirs(dir.p, err));
	TRY(copy_part(f, path.p, err));
	if (is_register)
		x->paths[x->n++] = path;
	x->evidence |= !is_register;
	return OK;
}

static enum err_code copy_files(struct drop *x, const struct drop_given *given, struct err *err)
{
	x->paths = ARENA_ARRAY(&x->arena, struct str, given->n);
	for (size_t i = 0; i < given->n; i++)
		TRY(copy_file(x, &given->files[i], err));
	return x->n ? OK : fail(err, ERR_REQUIRED, "no register is among the files (.xlsx, .csv)");
}

enum err_code drop_put(struct drops *d, const struct drop_given *given, char token[TOKEN_TEXT], struct err *err)
{
	struct drop *x = calloc(1, sizeof *x), *gone = NULL;
	enum err_code code;

	if (!x)
		BUG("out of memory (%zu bytes)", sizeof *x);
	token_new(x->token);
	memcpy(token, x->token, TOKEN_TEXT);
	pthread_rwlock_init(&x->look, NULL);
	x->login = arena_str(&x->arena, given->login);
	x->lang = given->lang;
	x->year = given->year;
	x->born = drop_clock();
	x->dir = arena_printf(&x->arena, "%s/staging/import-%s", d->dir, x->token).p;
	if (enlist(d, x, err) != OK) {
		drop_free(x);
		return err->code;
	}
	code = copy_files(x, given, err);
	pthread_mutex_lock(&d->lock);
	if (code == OK) {
		x->queued = true;
		pthread_cond_signal(&d->work);
	} else {
		gone = unlink_drop(d, x);
	}
	pthread_mutex_unlock(&d->lock);
	if (gone)
		drop_free(gone);
	return code;
}

/* ---- reading ---- */

static void on_rows(void *ctx, size_t rows)
{
	struct drop *x = ctx;
	size_t file = atomic_load(&x->files_read);

	if (file != x->file)
		x->before = atomic_load(&x->rows_read);
	x->file = file;
	atomic_store(&x->rows_read, x->before + rows);
}

/* With a reader opened now, so that it sees all there is. */
static enum err_code read_drop(struct drops *d, struct drop *x, struct err *err)
{
	struct import_opt opt = {
		.year = x->year, .lang = x->lang, .progress = {on_rows, x}, .files_read = &x->files_read};
	CLEANUP(log_close) struct log *reader = NULL;
	struct arena *a = &x->arena;
	struct org org;

	TRY(log_open(d->dir, d->opt, &reader, err));
	opt.since = log_size(reader) - 1;
	TRY(org_load(log_db(reader), a, DATE_NONE, &org, err));
	opt.year = opt.year ? opt.year : org.office.year;
	TRY(scheme_of_year(reader, log_db(reader), a, opt.year, &x->scheme, err));
	if (x->evidence)
		opt.evidence = arena_printf(a, "%s/evidence", x->dir).p;
	x->year = opt.year;
	TRY(import_read(a, &x->scheme, x->paths, x->n, opt, &x->im, err));
	return import_compare(&x->im, log_db(reader), err);
}

static size_t held_in_all(const struct drops *d)
{
	size_t held = 0;

	for (const struct drop *x = d->first; x; x = x->next)
		held += x->held;
	return held;
}

/* The one that waits longest, now READING and held; NULL when the time of a round is over. False at the end. */
static bool next_waiting(struct drops *d, struct drop **out)
{
	struct drop *found = NULL;
	struct timespec until;
	bool go_on;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += LOOK_ROUND_SECONDS;
	pthread_mutex_lock(&d->lock);
	while (!d->stopping) {
		for (struct drop *x = d->first; x; x = x->next)
			if (x->queued && x->state == DROP_WAITING)
				found = x;
		if (found || pthread_cond_timedwait(&d->work, &d->lock, &until) == ETIMEDOUT)
			break;
	}
	if (found) {
		found->state = DROP_READING;
		found->users++;
	}
	go_on = !d->stopping;
	pthread_mutex_unlock(&d->lock);
	*out = found;
	return go_on;
}

static void *reader(void *ctx)
{
	struct drops *d = ctx;
	struct drop *x;

	while (next_waiting(d, &x)) {
		struct err err = {.code = OK};

		purge(d);
		if (!x)
			continue;
		err.lang = x->lang;
		(void)read_drop(d, x, &err);
		pthread_mutex_lock(&d->lock);
		if (err.code == OK && held_in_all(d) + x->arena.used > DROPS_BYTES)
			fail(&err, ERR_LIMIT, "too much waits already; try again later");
		x->held = err.code == OK ? x->arena.used : 0;
		x->error = arena_str(&x->arena, str_c(err.text));
		x->state = err.code == OK ? DROP_READY : DROP_FAILED;
		pthread_mutex_unlock(&d->lock);
		drop_release(d, x);
	}
	return NULL;
}

/* ---- open, close ---- */

enum err_code drops_open(const char *dir, struct log_opt opt, struct drops **out, struct err *err)
{
	struct drops *d = calloc(1, sizeof *d);
	pthread_condattr_t attr;

	if (!d)
		BUG("out of memory (%zu bytes)", sizeof *d);
	d->dir = dir;
	d->opt = opt;
	d->opt.read_only = true;
	pthread_mutex_init(&d->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&d->work, &attr);
	pthread_condattr_destroy(&attr);
	for (; d->nreaders < DROP_READERS; d->nreaders++) {
		errno = pthread_create(&d->readers[d->nreaders], NULL, reader, d);
		if (errno) {
			fail_errno(err, "the readers of uploads cannot be started");
			drops_close(&d);
			return err->code;
		}
	}
	*out = d;
	return OK;
}

void drops_close(struct drops **drops)
{
	struct drops *d = *drops;

	if (!d)
		return;
	*drops = NULL;
	pthread_mutex_lock(&d->lock);
	d->stopping = true;
	pthread_cond_broadcast(&d->work);
	pthread_mutex_unlock(&d->lock);
	for (int i = 0; i < d->nreaders; i++)
		pthread_join(d->readers[i], NULL);
	while (d->first) {
		struct drop *x = d->first;

		d->first = x->next;
		drop_free(x);
	}
	pthread_mutex_destroy(&d->lock);
	pthread_cond_destroy(&d->work);
	free(d);
}
