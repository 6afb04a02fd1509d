/* Cells of a workbook on their way into the library. The book belongs to whoever works at it: to the thread while a batch
 * is full, else to the caller. */
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
	lxw_error code;

	pthread_mutex_lock(&q->lock);
	for (;;) {
		while (!q->full && !q->stop)
			pthread_cond_wait(&q->changed, &q->lock);
		if (!q->full)
			break;
		pthread_mutex_unlock(&q->lock);
		code = do_batch(q->full);
		pthread_mutex_lock(&q->lock);
		q->failed = q->failed == LXW_NO_ERROR ? code : q->failed;
		q->full = NULL;
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
	q->batches[0].texts.max = q->batches[1].texts.max = 2 * XLSX_BATCH_BYTES;
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
	buf_free(&q->batches[0].texts);
	buf_free(&q->batches[1].texts);
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

/* Waits until the thread has nothing to do; then hands it next, unless that is NULL. What failed until now. */
static lxw_error hand_over(struct xlsx_queue *q, struct xlsx_batch *next)
{
	lxw_error code;

	pthread_mutex_lock(&q->lock);
	while (q->full)
		pthread_cond_wait(&q->changed, &q->lock);
	code = q->failed;
	q->full = next;
	pthread_cond_broadcast(&q->changed);
	pthread_mutex_unlock(&q->lock);
	return code;
}

lxw_error xlsx_settle(struct xlsx *x)
{
	struct xlsx_queue *q = &x->queue;
	lxw_error code;

	(void)hand_over(q, NULL);
	code = do_batch(q->filling);
	q->failed = q->failed == LXW_NO_ERROR ? code : q->failed;
	return q->failed;
}

/* The batch that is being filled has no more room. */
static enum err_code next_batch(struct xlsx *x, struct err *err)
{
	struct xlsx_queue *q = &x->queue;
	struct xlsx_batch *b = q->filling;

	if (!q->started && !start(q))
		return xlsx_result(x, xlsx_settle(x), err);      /* no thread to be had: one after the other */
	q->filling = b == &q->batches[0] ? &q->batches[1] : &q->batches[0];
	return xlsx_result(x, hand_over(q, b), err);
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
