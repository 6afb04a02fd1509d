/* What its person decides of an upload: written, or its refused rows taken home. */
#include "base/file.h"
#include "web/drop_inside.h"

#include <fcntl.h>
#include <sys/stat.h>

static enum err_code write_drop(struct tx *tx, void *ctx, struct err *err)
{
	struct drop *x = ctx;

	return import_write(tx, &x->im, &x->import, err);
}

/* Alone with it. */
static enum err_code take(struct drops *d, struct writer *w, struct drop *x, bool partial, struct err *err)
{
	TRY(import_may(&x->im, partial, err));
	if (import_anything(&x->im)) {
		TRY(import_stage(&x->im, (struct objects){d->dir, d->opt.scratch}, err));
		TRY(writer_do(w, x->login, S("web"), write_drop, x, err));
	}
	pthread_mutex_lock(&d->lock);
	x->state = DROP_TAKEN;
	pthread_mutex_unlock(&d->lock);
	return OK;
}

static enum err_code still_reading(struct err *err)
{
	return fail(err, ERR_BUSY, "this upload is still being read");
}

enum err_code drop_take(struct drops *d, struct writer *w, struct str token, struct str login, bool partial,
	struct id *id, struct err *err)
{
	enum err_code code = OK;
	enum drop_state state;
	struct drop *x = drop_hold(d, token, login, &state, err);

	if (!x)
		return err->code;
	if (state == DROP_FAILED) {
		code = fail(err, ERR_INPUT, STR_FMT, STR_ARG(x->error));
	} else if (state < DROP_READY) {
		code = still_reading(err);
	} else {
		pthread_rwlock_wrlock(&x->look);
		pthread_mutex_lock(&d->lock);
		state = x->state;                 /* somebody may have taken it while we waited */
		pthread_mutex_unlock(&d->lock);
		if (state == DROP_READY)
			code = take(d, w, x, partial, err);
		if (code == OK)
			*id = x->import;
		pthread_rwlock_unlock(&x->look);
	}
	drop_release(d, x);
	return code;
}

static enum err_code refused_file(const struct drop *x, int *fd, int64_t *size, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	const char *path = arena_printf(&a, "%s/refused.xlsx", x->dir).p;
	CLEANUP(fd_close) int file = -1;
	struct stat st;

	if (!import_count(&x->im, ROW_REFUSED))
		return fail(err, ERR_NOT_FOUND, "no row is refused");
	TRY(import_refused(&x->im, path, err));
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0 || fstat(file, &st) < 0)
		return fail_errno(err, "%s: cannot be read", path);
	*fd = file;
	*size = st.st_size;
	file = -1;
	return OK;
}

enum err_code drop_refused(struct drops *d, struct str token, struct str login, int *fd, int64_t *size,
	struct err *err)
{
	enum err_code code;
	enum drop_state state;
	struct drop *x = drop_hold(d, token, login, &state, err);

	if (!x)
		return err->code;
	if ((state != DROP_READY && state != DROP_TAKEN) || pthread_rwlock_tryrdlock(&x->look) != 0) {
		code = still_reading(err);
	} else {
		code = refused_file(x, fd, size, err);
		pthread_rwlock_unlock(&x->look);
	}
	drop_release(d, x);
	return code;
}
