/* Cells of a workbook on their way into the library. The book belongs to whoever works at it: to the thread while
 * batches are full, else to the caller. */
#include "sheet/xlsx_inside.h"

#include <signal.h>

static lxw_error do_op(const struct xlsx_batch *b, const struct xlsx_op *op)
{
	lxw_row_t row = (lxw_row_t)op->row;
	lxw_col_t col = (lxw_col_t)op->col;

	switch (op->kind) {
	case XLSX_OP_TEXT:
		return worksheet_write_string(b->sheet, row, col, b->texts.p + op->text, op->format);
	case XLSX_OP_VALUE:
		return worksheet_write_number(b->sheet, row, col, op->value, op->format);
	case XLSX_OP_BLANK:
		return worksheet_write_blank(b->sheet, row, col, op->format);
	case XLSX_OP_HEIGHT:
		return worksheet_set_row(b->sheet, row, op->value, NULL);
	}
	BUG("a cell of kind %d", (int)op->kind);
}

/* Leaves it empty. */
static lxw_error do_batch(struct xlsx_batch *b)
{
	lxw_error code = LXW_NO_ERROR;

	for (size_t i = 0; i < b->n && code == LXW_NO_ERROR; i++)
		code = do_op(b, &b->ops[i]);
	b->n = 0;
	buf_reset(&b->texts);
	return code;
}

static void *run(void *ctx)
{
	struct xlsx_queue *q = ctx;
	struct xlsx_batch *b;
	lxw_error code;

	pthread_mutex_lock(&q->lock);
	for (;;) {
		while (q->full == q->done && !q->stop)
			pthread_cond_wait(&q->changed, &q->lock);
		if (q->full == q->done)
			break;
		b = &q->batches[q->done % XLSX_BATCHES];
		pthread_mutex_unlock(&q->lock);
		code = do_batch(b);
		pthread_mutex_lock(&q->lock);
		q->failed = q->failed == LXW_NO_ERROR ? code : q->failed;
		q->done++;
		pthread_cond_broadcast(&q->changed);
	}
	pthread_mutex_unlock(&q->lock);
	return NULL;
}

void xlsx_queue_init(struct xlsx_queue *q)
{
	pthread_mutex_init(&q->lock, NULL);
	pthread_cond_init(&q->changed, NULL);
	q->filling = &q->batches[0];
	for (size_t i = 0; i < XLSX_BATCHES; i++)
		q->batches[i].texts.max = 2 * XLSX_BATCH_BYTES;
}

void xlsx_queue_done(struct xlsx_queue *q)
{
	if (q->started) {
		pthread_mutex_lock(&q->lock);
		q->stop = true;
		pthread_cond_broadcast(&q->changed);
		pthread_mutex_unlock(&q->lock);
		pthread_join(q->thread, NULL);
	}
	pthread_mutex_destroy(&q->lock);
	pthread_cond_destroy(&q->changed);
	for (size_t i = 0; i < XLSX_BATCHES; i++)
		buf_free(&q->batches[i].texts);
}

/* Signals are for the threads that were there before. */
static bool start(struct xlsx_queue *q)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	q->started = pthread_create(&q->thread, NULL, run, q) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return q->started;
}

lxw_error xlsx_settle(struct xlsx *x)
{
	struct xlsx_queue *q = &x->queue;
	lxw_error code;

	pthread_mutex_lock(&q->lock);
	while (q->done < q->full)
		pthread_cond_wait(&q->changed, &q->lock);
	pthread_mutex_unlock(&q->lock);
	code = do_batch(q->filling);
	q->failed = q->failed == LXW_NO_ERROR ? code : q->failed;
	return q->failed;
}

/* The batch that is being filled has no more room: it is the thread's, and the next one is waited for. */
static enum err_code next_batch(struct xlsx *x, struct err *err)
{
	struct xlsx_queue *q = &x->queue;
	lxw_error code;

	if (!q->started && !start(q))
		return xlsx_result(x, xlsx_settle(x), err);      /* no thread to be had: one after the other */
	pthread_mutex_lock(&q->lock);
	q->full++;
	pthread_cond_broadcast(&q->changed);
	while (q->full - q->done >= XLSX_BATCHES)
		pthread_cond_wait(&q->changed, &q->lock);
	q->filling = &q->batches[q->full % XLSX_BATCHES];
	code = q->failed;
	pthread_mutex_unlock(&q->lock);
	return xlsx_result(x, code, err);
}

enum err_code xlsx_ask(struct xlsx *x, struct xlsx_op op, struct str text, struct err *err)
{
	struct xlsx_batch *b = x->queue.filling;

	if (b->n == XLSX_OPS || b->texts.n >= XLSX_BATCH_BYTES) {
		TRY(next_batch(x, err));
		b = x->queue.filling;
	}
	b->sheet = x->sheet;
	if (op.kind == XLSX_OP_TEXT) {
		op.text = b->texts.n;
		xlsx_clean(&b->texts, text);
	}
	b->ops[b->n++] = op;
	return OK;
}
