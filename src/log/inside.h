/* Inside of log/: the open log, and what its files share. Only log/ includes this. */
#ifndef LOG_INSIDE_H
#define LOG_INSIDE_H

#include "base/buf.h"
#include "base/map.h"
#include "log/log.h"
#include "log/tree.h"

#include <pthread.h>
#include <stdatomic.h>

struct origin {
	int64_t n;
	struct str name;
};

struct log {
	struct arena arena;          /* lives as long as the log */
	struct db *db;
	const char *dir;
	struct log_opt opt;
	int lock;
	struct map kinds;            /* name -> struct event_kind */
	struct origin *origins;
	size_t norigins, origins_cap;
	struct str origin;           /* name of origin 1 */
	struct buf canon;            /* of the event under way */
	struct arena reading;        /* the same, read back */

	/* What is committed; its mutex lets any thread read it. */
	pthread_mutex_t mutex;
	struct range range;
	int64_t at;                  /* of the last event */
	int64_t checkpointed;        /* size in the checkpoint file, 0 when not known */
	pthread_mutex_t file;        /* one writes the checkpoint file at a time */

	/* The transaction under way; only the thread that writes looks here. */
	struct range work;
	int64_t work_at;
	struct tx *tx;               /* the intent under way */
	enum err_code refused;       /* of one of its events */

	atomic_bool broken;          /* a commit failed */
	atomic_bool has_writer;
};

/* kinds.c: the registered kind, NULL when unknown. kinds_init reads opt.kinds. */
void kinds_init(struct log *log);
const struct event_kind *kinds_get(const struct log *log, struct str name);

/* origin.c: numbers and names of logs. A name unknown is looked up in the database once more. */
enum err_code origin_load(struct log *log, struct err *err);
enum err_code origin_number(struct log *log, struct str name, int64_t *out, struct err *err);
enum err_code origin_name(struct log *log, int64_t n, struct str *out, struct err *err);

/* rows.c: rows of table event, in order of seq, copied into the arena. sound is false where a column holds
 * another type than it should, which only a damaged file has. */
enum { ROWS = 256 };
struct row {
	int64_t seq;
	struct str kind, leaf, canon;
	struct id subject;
	bool sound;
};
struct rows {
	size_t n;
	struct row row[ROWS];
};
/* At most ROWS of the rows with from <= seq < to; n is 0 at the end. */
enum err_code rows_get(struct db *db, struct arena *a, int64_t origin, int64_t from, int64_t to,
	struct rows *out, struct err *err);
/* Reads a row's event with all its numbers. ERR_DAMAGED names the event. */
enum err_code row_event(struct log *log, struct arena *a, int64_t origin, const struct row *row,
	struct event *out, struct err *err);
/* Inserts an event's row. */
enum err_code row_add(struct db *db, const struct event *e, const struct hash *leaf, struct str canon,
	struct err *err);

/* head.c: the row of log_head, and origin rows. ERR_NOT_FOUND, ERR_DAMAGED. */
enum err_code head_get(struct db *db, int64_t origin, struct range *range, int64_t *at, struct err *err);
enum err_code head_add(struct db *db, int64_t origin, struct err *err);
/* From size old on: ERR_CONFLICT when the row says another size, as somebody else wrote. */
enum err_code head_set(struct db *db, int64_t origin, int64_t old, const struct range *range, int64_t at,
	struct err *err);

/* tx.c: the steps of a transaction, in the thread that writes. tx_intent runs one intent inside a
 * savepoint: its own error, and *lost when the whole transaction is gone with it and nothing may be written
 * any more. */
enum err_code tx_begin(struct log *log, struct err *err);
enum err_code tx_intent(struct log *log, struct str actor, struct str via, intent_fn *fn, void *ctx,
	bool *lost, struct err *err);
enum err_code tx_commit(struct log *log, struct err *err);
void tx_rollback(struct log *log);

/* checkpoint.c: DIR/checkpoint. ERR_NOT_FOUND, ERR_DAMAGED. */
struct checkpoint {
	struct str origin;
	struct range range;
};
enum err_code checkpoint_read(struct arena *a, const char *dir, struct checkpoint *out, struct err *err);

/* A path below the log's folder. */
struct str log_path(struct arena *a, const struct log *log, const char *name);

#endif
