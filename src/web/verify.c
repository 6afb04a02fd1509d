#include "web/verify.h"

#include <pthread.h>
#include <stdlib.h>

struct verifier {
	const char *dir;
	struct log_opt opt;
	enum lang lang;
	pthread_mutex_t lock;      /* of all below */
	pthread_t thread;
	bool joinable;
	struct arena arena;        /* of the result */
	struct verify_state state;
};

struct verifier *verifier_new(const char *dir, struct log_opt opt)
{
	struct verifier *v = calloc(1, sizeof *v);

	if (!v)
		abort();
	v->dir = dir;
	v->opt = opt;
	v->opt.read_only = true;
	pthread_mutex_init(&v->lock, NULL);
	return v;
}

void verifier_free(struct verifier **v)
{
	if (!*v)
		return;
	if ((*v)->joinable)
		pthread_join((*v)->thread, NULL);
	arena_free(&(*v)->arena);
	pthread_mutex_destroy(&(*v)->lock);
	free(*v);
	*v = NULL;
}

static void on_progress(void *ctx, int64_t done, int64_t all)
{
	struct verifier *v = ctx;

	pthread_mutex_lock(&v->lock);
	v->state.done = done;
	v->state.all = all;
	pthread_mutex_unlock(&v->lock);
}

static enum err_code look(struct verifier *v, struct verify_result *out, int64_t *ended, struct err *err)
{
	struct log CLEANUP(log_close) *log = NULL;

	TRY(log_open(v->dir, v->opt, &log, err));
	TRY(log_verify(log, &v->arena, v->state.depth, on_progress, v, out, err));
	*ended = log_now(log);
	return OK;
}

static void *run(void *ctx)
{
	struct verifier *v = ctx;
	struct err err = {.lang = v->lang};
	struct verify_result result = {0};
	struct str failed = STR_NONE;
	int64_t ended = 0;

	if (look(v, &result, &ended, &err) != OK)
		failed = arena_str(&v->arena, str_c(err.text));
	pthread_mutex_lock(&v->lock);
	v->state.result = result;
	v->state.failed = failed;
	v->state.ended = ended;
	v->state.running = false;
	v->state.ran = true;
	pthread_mutex_unlock(&v->lock);
	return NULL;
}

enum err_code verifier_start(struct verifier *v, enum verify_depth depth, enum lang lang, struct err *err)
{
	bool began = false, busy;

	pthread_mutex_lock(&v->lock);
	busy = v->state.running;
	if (!busy) {
		if (v->joinable)
			pthread_join(v->thread, NULL);     /* it has let go of the lock for the last time */
		arena_reset(&v->arena);
		v->lang = lang;
		v->state = (struct verify_state){.running = true, .depth = depth};
		began = v->joinable = pthread_create(&v->thread, NULL, run, v) == 0;
		v->state.running = began;
	}
	pthread_mutex_unlock(&v->lock);
	if (busy)
		return fail(err, ERR_CONFLICT, "the log is being verified already");
	return began ? OK : fail(err, ERR_IO, "no thread could be started");
}

void verifier_state(struct verifier *v, struct arena *a, struct verify_state *out)
{
	pthread_mutex_lock(&v->lock);
	*out = v->state;
	out->failed = arena_str(a, out->failed);
	out->result.findings = ARENA_ARRAY(a, struct verify_finding, out->result.nfindings);
	for (size_t i = 0; i < out->result.nfindings; i++)
		out->result.findings[i].what = arena_str(a, v->state.result.findings[i].what);
	pthread_mutex_unlock(&v->lock);
}
