/* The writer: many threads, group commit, and what happens when saving fails. Each on both databases. */
#include "log_world.h"

#include <pthread.h>
#include <semaphore.h>

enum { THREADS = 8, EACH = 40 };

struct client {
	pthread_t thread;
	struct writer *w;
	int n;
	struct id ids[EACH];
	enum err_code codes[EACH];
};

/* Of five intents one is refused by rule, behind an event that was fine, and one by a faulty apply. */
static void *be_client(void *ctx)
{
	struct client *c = ctx;

	for (int i = 0; i < EACH; i++) {
		struct err err = {.lang = LANG_EN};
		struct step s[] = {
			{i % 5 == 4 ? "test.bug" : "test.add", ID_NONE, i % 5 == 4 ? NULL : "fine",
				c->n * EACH + i, ID_NONE},
			{"test.add", ID_NONE, "refuse", 0, ID_NONE},
		};

		c->codes[i] = writer_do(c->w, S("a"), S("b"), do_steps, &(struct steps){s,
			i % 5 == 2 ? 2 : 1}, &err);
		c->ids[i] = s[0].id;
	}
	return NULL;
}

static void eight_threads(void **state)
{
	struct client clients[THREADS] = {0};
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct steps none = {NULL, 0};
	struct writer *w;
	bool seen[THREADS * EACH + 1] = {0};
	int good = 0;

	create(options());
	OKAY(writer_start(W.log, (struct writer_opt){.wait_us = 200}, &w, &W.err));
	REFUSED(log_write(W.log, S("a"), S("b"), do_steps, &none, &W.err), ERR_BUSY,
		"the writer has the log");
	for (int i = 0; i < THREADS; i++) {
		clients[i].w = w;
		clients[i].n = i;
		assert_int_equal(pthread_create(&clients[i].thread, NULL, be_client, &clients[i]), 0);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(clients[i].thread, NULL);
	writer_stop(&w);
	for (int i = 0; i < THREADS * EACH; i++) {
		const struct client *c = &clients[i / EACH];
		enum err_code want = i % EACH % 5 == 4 ? ERR_CONFLICT : i % EACH % 5 == 2 ? ERR_DENIED : OK;
		struct event e;

		assert_int_equal(c->codes[i % EACH], want);
		if (want != OK)
			continue;
		OKAY(log_get(W.log, &a, c->ids[i % EACH], &e, NULL, &W.err));
		assert_int_equal(node_int(e.data, S("n"), -1), i);
		assert_false(seen[e.id.seq]);
		seen[e.id.seq] = true;
		good++;
	}
	assert_int_equal(log_size(W.log), good + 1);
	clean(VERIFY_DEEP);
	reopen();
}

static sem_t started, go, done;

static enum err_code do_wait(struct tx *tx, void *ctx, struct err *err)
{
	sem_post(&started);
	sem_wait(&go);
	return OK;
}

static enum err_code do_nothing(struct tx *tx, void *ctx, struct err *err)
{
	return OK;
}

static void *be_waiting(void *ctx)
{
	struct err err = {.lang = LANG_EN};

	return (void *)(intptr_t)writer_do(ctx, S("a"), S("b"), do_wait, NULL, &err);
}

static void *be_quick(void *ctx)
{
	struct err err = {.lang = LANG_EN};
	enum err_code code = writer_do(ctx, S("a"), S("b"), do_nothing, NULL, &err);

	sem_post(&done);
	return (void *)(intptr_t)code;
}

/* While one runs, one may wait: of two that come, one is sent away, and at once. */
static void full_queue(void **state)
{
	pthread_t threads[3];
	struct writer *w;
	void *codes[3];

	create(options());
	sem_init(&started, 0, 0);
	sem_init(&go, 0, 0);
	sem_init(&done, 0, 0);
	OKAY(writer_start(W.log, (struct writer_opt){.queue = 1, .batch = 1}, &w, &W.err));
	pthread_create(&threads[0], NULL, be_waiting, w);
	sem_wait(&started);
	pthread_create(&threads[1], NULL, be_quick, w);
	pthread_create(&threads[2], NULL, be_quick, w);
	sem_wait(&done);
	sem_post(&go);
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], &codes[i]);
	assert_int_equal((intptr_t)codes[0], OK);
	assert_int_equal((intptr_t)codes[1] + (intptr_t)codes[2], ERR_BUSY);
	writer_stop(&w);
}

/* Like a database that undid the transaction by itself, as SQLite does on a full disk. */
static enum err_code do_lose(struct tx *tx, void *ctx, struct err *err)
{
	struct step s = {"test.add", ID_NONE, "lost", 1, ID_NONE};

	TRY(do_steps(tx, &(struct steps){&s, 1}, err));
	return db_exec(tx->db, "rollback", err);
}

static void lost_transaction(void **state)
{
	struct writer *w;

	create(options());
	add("kept", 1);
	OKAY(writer_start(W.log, (struct writer_opt){0}, &w, &W.err));
	assert_int_not_equal(writer_do(w, S("a"), S("b"), do_lose, NULL, &W.err), OK);
	err_clear(&W.err);
	REFUSED(writer_do(w, S("a"), S("b"), do_nothing, NULL, &W.err), ERR_IO, "nothing is written since");
	writer_stop(&w);
	REFUSED(log_write(W.log, S("a"), S("b"), do_nothing, NULL, &W.err), ERR_IO,
		"nothing is written since");
	reopen();
	assert_int_equal(log_size(W.log), 2);
	REFUSED(log_write(W.log, S("a"), S("b"), do_lose, NULL, &W.err), ERR_IO, "saving failed");
	reopen();
	add("again", 1);
	clean(VERIFY_DEEP);
}

int main(void)
{
	struct CMUnitTest tests[] = {
		ON_BOTH(eight_threads),
		ON_BOTH(full_queue),
		ON_BOTH(lost_transaction),
	};

	return run_world(tests, LEN(tests), "writer");
}
