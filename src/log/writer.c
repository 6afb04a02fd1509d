#include "log/inside.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

/* An intent waiting; lies on the stack of who waits for it. */
struct job {
	struct job *next;
	struct str actor, via;
	intent_fn *fn;
	void *ctx;
	struct err *err;
	enum err_code code;
	bool done;
	pthread_cond_t ready;
};

struct writer {
	struct log *log;
	struct writer_opt opt;
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t work;
	struct job *first, **last;
	size_t queued;
	bool stopping;
	struct job **batch;          /* [opt.batch] */
};

/* ---- the thread ---- */

static void pause_until(struct writer *w, const struct timespec *end)
{
	while (w->queued < w->opt.batch && !w->stopping)
		if (pthread_cond_timedwait(&w->work, &w->mutex, end) == ETIMEDOUT)
			return;
}

/* Waits for company, at most wait_us. */
static void gather(struct writer *w)
{
	struct timespec end;

	if (w->opt.wait_us <= 0)
		return;
	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_nsec += w->opt.wait_us % 1000000 * 1000;
	end.tv_sec += w->opt.wait_us / 1000000 + end.tv_nsec / 1000000000;
	end.tv_nsec %= 1000000000;
	pause_until(w, &end);
}

/* Takes the next batch off the queue; 0 when the writer stops and nothing is left. */
static size_t take(struct writer *w)
{
	size_t n = 0;

	pthread_mutex_lock(&w->mutex);
	while (!w->first && !w->stopping)
		pthread_cond_wait(&w->work, &w->mutex);
	if (w->first)
		gather(w);
	while (w->first && n < w->opt.batch) {
		w->batch[n++] = w->first;
		w->first = w->first->next;
	}
	if (!w->first)
		w->last = &w->first;
	w->queued -= n;
	pthread_mutex_unlock(&w->mutex);
	return n;
}

static void answer(struct writer *w, size_t n)
{
	pthread_mutex_lock(&w->mutex);
	for (size_t i = 0; i < n; i++) {
		w->batch[i]->done = true;
		pthread_cond_signal(&w->batch[i]->ready);
	}
	pthread_mutex_unlock(&w->mutex);
}

/* Whoever was not refused for a reason of his own hears why nothing was saved. */
static void fail_all(struct writer *w, size_t n, enum err_code code, const struct err *cause)
{
	for (size_t i = 0; i < n; i++) {
		struct job *j = w->batch[i];

		if (j->code == OK)
			j->code = fail(j->err, code, "%s", cause->text);
	}
}

static void run_batch(struct writer *w, size_t n)
{
	struct err err = {.lang = w->batch[0]->err->lang};
	bool lost;

	for (size_t i = 0; i < n; i++)
		w->batch[i]->code = OK;
	if (tx_begin(w->log, &err) != OK) {
		fail_all(w, n, err.code, &err);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		struct job *j = w->batch[i];

		j->code = tx_intent(w->log, j->actor, j->via, j->fn, j->ctx, &lost, j->err);
		if (lost) {
			fail(&err, ERR_IO, N_("saving failed"));
			fail_all(w, n, ERR_IO, &err);
			return;
		}
	}
	if (tx_commit(w->log, &err) != OK)
		fail_all(w, n, err.code, &err);
}

static void *run(void *ctx)
{
	struct writer *w = ctx;
	size_t n;

	while ((n = take(w)) > 0) {
		run_batch(w, n);
		answer(w, n);
	}
	return NULL;
}

/* ---- for everybody ---- */

static void init_cond(pthread_cond_t *cond)
{
	pthread_condattr_t attr;

	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(cond, &attr);
	pthread_condattr_destroy(&attr);
}

static void discard(struct writer *w)
{
	pthread_mutex_destroy(&w->mutex);
	pthread_cond_destroy(&w->work);
	free(w->batch);
	free(w);
}

enum err_code writer_start(struct log *log, struct writer_opt opt, struct writer **out, struct err *err)
{
	struct writer *w = calloc(1, sizeof *w);

	BUG_IF(!w || log->has_writer);
	w->log = log;
	w->opt = opt;
	w->opt.queue = opt.queue ? opt.queue : 1024;
	w->opt.batch = opt.batch ? opt.batch : 128;
	w->batch = calloc(w->opt.batch, sizeof(struct job *));
	BUG_IF(!w->batch);
	w->last = &w->first;
	pthread_mutex_init(&w->mutex, NULL);
	init_cond(&w->work);
	log->has_writer = true;
	errno = pthread_create(&w->thread, NULL, run, w);
	if (errno) {
		log->has_writer = false;
		discard(w);
		return fail_errno(err, N_("the writer's thread cannot be started"));
	}
	*out = w;
	return OK;
}

enum err_code writer_do(struct writer *w, struct str actor, struct str via, intent_fn *fn, void *ctx,
	struct err *err)
{
	struct job job = {.actor = actor, .via = via, .fn = fn, .ctx = ctx, .err = err};
	bool full;

	if (pthread_equal(pthread_self(), w->thread))
		BUG("an intent waits for another intent");
	init_cond(&job.ready);
	pthread_mutex_lock(&w->mutex);
	full = w->queued >= w->opt.queue || w->stopping;
	if (!full) {
		*w->last = &job;
		w->last = &job.next;     /* cppcheck-suppress autoVariables ; we wait below until it is off the queue */
		w->queued++;
		pthread_cond_signal(&w->work);
		while (!job.done)
			pthread_cond_wait(&job.ready, &w->mutex);
	}
	pthread_mutex_unlock(&w->mutex);
	pthread_cond_destroy(&job.ready);
	return full ? fail(err, ERR_BUSY, N_("too many wait to be saved; try again")) : job.code;
}

void writer_stop(struct writer **w)
{
	struct writer *it = *w;

	if (!it)
		return;
	*w = NULL;
	pthread_mutex_lock(&it->mutex);
	it->stopping = true;
	pthread_cond_signal(&it->work);
	pthread_mutex_unlock(&it->mutex);
	pthread_join(it->thread, NULL);
	it->log->has_writer = false;
	discard(it);
}
