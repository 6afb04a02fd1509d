#include "log/inside.h"

#include "base/date.h"

#include <inttypes.h>

enum { CHECKPOINT_EVERY = 4096 };   /* events; the quick verify after a crash has no more to look at */

SQL(tx_subject, "select subject_origin from event where origin = ?1 and seq = ?2");

/* ---- transactions ---- */

static enum err_code may_write(const struct log *log, struct err *err)
{
	if (log->opt.read_only)
		return fail(err, ERR_DENIED, N_("the log is open for reading only"));
	if (log->broken)
		return fail(err, ERR_IO,
			N_("nothing is written since saving failed; see to the disk, then start again"));
	return OK;
}

enum err_code tx_begin(struct log *log, struct err *err)
{
	TRY(may_write(log, err));
	TRY(db_begin(log->db, err));
	log->work = log->range;
	log->work_at = log->at;
	return OK;
}

void tx_rollback(struct log *log)
{
	db_rollback(log->db);
	log->work = log->range;
	log->work_at = log->at;
}

/* Whether the commit happened is unknown once it has failed, so nothing may be written on top: only a fresh
 * start reads what is there. */
static enum err_code lose(struct log *log, struct err *err)
{
	log->broken = true;
	tx_rollback(log);
	err->code = ERR_IO;
	return err_at(err, "saving failed");
}

enum err_code tx_commit(struct log *log, struct err *err)
{
	struct err later = {0};
	bool due;

	if (log->work.n != log->range.n &&
		head_set(log->db, 1, log->range.n, &log->work, log->work_at, err) != OK)
		return lose(log, err);
	if (db_commit(log->db, err) != OK)
		return lose(log, err);
	pthread_mutex_lock(&log->mutex);
	log->range = log->work;
	log->at = log->work_at;
	due = log->range.n - log->checkpointed >= CHECKPOINT_EVERY;
	pthread_mutex_unlock(&log->mutex);
	if (due)
		log_checkpoint(log, &later);   /* what is committed stands whatever this says */
	return OK;
}

/* ---- intents ---- */

static enum err_code run(struct log *log, struct str actor, struct str via, intent_fn *fn, void *ctx,
	struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct tx tx = {log, log->db, &a, actor, via};
	enum err_code code;

	BUG_IF(log->tx);
	log->tx = &tx;
	log->refused = OK;
	code = fn(&tx, ctx, err);
	log->tx = NULL;
	if (code == OK)
		code = log->refused;
	return code != OK ? fail(err, code, N_("refused without a reason given")) : OK;
}

/* The savepoint tells also whether the transaction is still there: SQLite undoes it by itself on some
 * errors, and what is written from then on would stand alone. */
enum err_code tx_intent(struct log *log, struct str actor, struct str via, intent_fn *fn, void *ctx,
	bool *lost, struct err *err)
{
	struct range range = log->work;
	int64_t at = log->work_at;
	struct err undo = {.lang = err->lang};
	enum err_code code;

	*lost = false;
	if (db_save(log->db, err) != OK) {
		*lost = true;
		return lose(log, err);
	}
	code = run(log, actor, via, fn, ctx, err);
	if (code == OK)
		code = db_keep(log->db, err);
	if (code == OK)
		return OK;
	log->work = range;
	log->work_at = at;
	if (db_undo(log->db, &undo) == OK)
		return code;
	*lost = true;
	return lose(log, err);
}

enum err_code log_write(struct log *log, struct str actor, struct str via, intent_fn *fn, void *ctx,
	struct err *err)
{
	enum err_code code;
	bool lost;

	if (log->has_writer)
		return fail(err, ERR_BUSY, N_("the writer has the log"));
	TRY(tx_begin(log, err));
	code = tx_intent(log, actor, via, fn, ctx, &lost, err);
	if (code != OK) {
		if (!lost)
			tx_rollback(log);
		return code;
	}
	return tx_commit(log, err);
}

/* ---- events ---- */

/* The subject is an earlier event that made an object. */
static enum err_code check_subject(struct tx *tx, struct id id, struct str *name, struct err *err)
{
	CLEANUP(query_done) struct query q = {0};

	TRY(origin_name(tx->log, id.origin, name, err));
	TRY(db_query(tx->db, &tx_subject, ARGS(V_ID(id)), &q, err));
	if (!query_next(&q, err))
		return err->code != OK ? err->code : fail(err, ERR_NOT_FOUND,
			N_("there is no event " STR_FMT ":%" PRId64), STR_ARG(*name), id.seq);
	if (!query_null(&q, 0))
		return fail(err, ERR_NOT_FOUND, N_("event " STR_FMT ":%" PRId64 " made no object"),
			STR_ARG(*name), id.seq);
	return OK;
}

int64_t log_now(const struct log *log)
{
	return log->opt.clock ? log->opt.clock : time_now();
}

static int64_t now(const struct log *log)
{
	return MAX(log->work_at, log_now(log) / 1000 * 1000);
}

/* Writes the event's bytes into log->canon and reads them back into *e. */
static enum err_code put_canon(struct tx *tx, const struct event_kind *kind, struct event *e,
	struct str subject_log, struct err *err)
{
	struct log *log = tx->log;
	struct event_names names = {log->origin, subject_log};
	struct event read;

	buf_reset(&log->canon);
	arena_reset(&log->reading);
	TRY(event_write(&log->canon, e, names, err));
	if (event_read(&log->reading, buf_str(&log->canon), &read, &names, err) != OK) {
		err_clear(err);
		return fail(err, ERR_INPUT,
			N_("%s: a text is not in normal form (NFC), or fields are nested too deep"),
			kind->name);
	}
	read.id = e->id;
	read.subject = e->subject;
	*e = read;
	return OK;
}

static enum err_code apply(struct tx *tx, const struct event_kind *kind, const struct event *e,
	struct err *err)
{
	enum err_code code = kind->apply ? kind->apply(tx->db, e, err) : OK;

	if (code == OK)
		return OK;
	fail(err, code, N_("no reason given"));
	return err_at(err, "%s: the tables could not be changed, a fault of the program; nothing is recorded",
		kind->name);
}

static enum err_code add(struct tx *tx, const struct event_kind *kind, struct event *e, struct err *err)
{
	struct log *log = tx->log;
	struct str subject_log = STR_NONE;
	struct hash leaf;

	TRY(event_fields(kind, e, err));
	if (id_is(e->subject))
		TRY(check_subject(tx, e->subject, &subject_log, err));
	TRY(put_canon(tx, kind, e, subject_log, err));
	if (kind->check)
		TRY(kind->check(tx, e, err));
	leaf = tree_leaf(buf_str(&log->canon));
	TRY(row_add(tx->db, e, &leaf, buf_str(&log->canon), err));
	TRY(apply(tx, kind, e, err));
	range_add(&log->work, &leaf);
	log->work_at = e->at;
	return OK;
}

enum err_code tx_event(struct tx *tx, const char *name, struct id subject, struct node *data, struct id *id,
	struct err *err)
{
	struct log *log = tx->log;
	const struct event_kind *kind = kinds_get(log, str_c(name));
	struct event e = {
		.id = {1, log->work.n}, .at = now(log), .actor = tx->actor, .via = tx->via,
		.kind = str_c(name), .subject = subject, .data = data,
	};
	enum err_code code;

	BUG_IF(log->tx != tx);
	if (log->refused != OK)
		code = fail(err, log->refused, N_("an event of this intent was refused before"));
	else if (!kind)
		code = fail(err, ERR_INPUT, N_("unknown kind of event \"%s\""), name);
	else
		code = add(tx, kind, &e, err);
	log->refused = code;
	if (code == OK && id)
		*id = e.id;
	return code;
}
