/* The append-only log of an installation: events keyed by (origin, seq), an RFC 6962 tree over them, and
 * append-then-apply as the only way to write anything that counts.
 *
 * A data directory:  zeren.conf (optional: database = …)  zeren.db  objects/ab/cdef…  staging/  checkpoint  lock
 * checkpoint is a text file outside the database with origin, size and root of the last commit that asked for
 * one: a database rolled back to yesterday is found by it. */
#ifndef LOG_LOG_H
#define LOG_LOG_H

#include "log/event.h"

struct log;

struct log_opt {
	/* NULL-terminated list of tables, each ended by a kind without name; "log.open" and object_kinds
	 * are there without being named. Two kinds of one name are a BUG. */
	const struct event_kind *const *kinds;
	bool scratch;                            /* nothing durable (zeren try) */
	const char *origin;                      /* fixed name, for byte-identical logs; NULL: random */
	int64_t clock;                           /* fixed clock in µs; 0: the system's */
	bool read_only;                          /* log_open: a reader beside the writer, see there */
	/* DDL of projections that are not in sql/, run where a database is made from nothing (log_create,
	 * log_replay). For tests; NULL: none. */
	const char *tables;
};

/* Makes a data directory with an empty log: event 0, "log.open", names it. ERR_CONFLICT when there is one.
 * db: where the database is (db_open); NULL is DIR/zeren.db; otherwise it is written to DIR/zeren.conf. */
enum err_code log_create(const char *dir, const char *db, struct log_opt opt, struct log **out,
	struct err *err);

/* Opens it for writing (ERR_BUSY when another process holds it: DIR/lock) after migrations and a quick
 * verify, whose first finding is ERR_DAMAGED. ERR_NOT_FOUND when there is no log. read_only: without lock
 * (but where tables are of an older program, it is opened for writing once before); a damaged log opens too, so that
 * log_verify can say more; writing is ERR_DENIED. */
enum err_code log_open(const char *dir, struct log_opt opt, struct log **out, struct err *err);
void log_close(struct log **log);   /* for CLEANUP; writes the checkpoint file when events were added */

struct db *log_db(struct log *log);               /* the writing connection */
const char *log_dir(const struct log *log);       /* as given to log_open */
struct str log_origin(const struct log *log);     /* name of origin 1 */
int64_t log_size(struct log *log);                /* events of origin 1, committed; from any thread */

int64_t log_now(const struct log *log);           /* its clock, µs: the system's, or log_opt.clock */

struct range;                                     /* log/tree.h */
/* The tree over them, for a checkpoint or a page's footer; from any thread. */
void log_range(struct log *log, struct range *out);

/* Writes the checkpoint file for what is committed now; from any thread. Done without being asked every
 * 4096 events. */
enum err_code log_checkpoint(struct log *log, struct err *err);

/* What that file says: size and root of what was committed when it was written. ERR_NOT_FOUND, ERR_DAMAGED. */
enum err_code log_checkpoint_read(const struct log *log, struct arena *a, struct range *out, struct err *err);

/* "z1f…:7" to an id, of whichever log this database knows, and back. ERR_INPUT for another form,
 * ERR_NOT_FOUND for a log unknown here; whether the event exists is not looked at. Like log_get in the
 * thread that writes. */
enum err_code log_id(struct log *log, struct str text, struct id *out, struct err *err);
enum err_code log_id_text(struct log *log, struct arena *a, struct id id, struct str *out, struct err *err);

/* ---- the write path ---- */

/* Given to an intent: everything it may use while it writes. */
struct tx {
	struct log *log;
	struct db *db;
	struct arena *arena;     /* lives until the intent has ended */
	struct str actor, via;
};

/* One intent: checks and appends any number of events through tx_event; all of them or none. An event
 * refused is the intent refused, whatever the function returns afterwards. */
typedef enum err_code intent_fn(struct tx *tx, void *ctx, struct err *err);

/* Runs one intent in a transaction of its own, in the calling thread: durable when OK is returned. ERR_BUSY
 * while a writer has the log; ERR_IO ever after a commit failed. */
enum err_code log_write(struct log *log, struct str actor, struct str via, intent_fn *fn, void *ctx,
	struct err *err);

/* Checks, appends and applies one event. data: a map of the kind's fields (in the tx's arena or
 * longer-lived). *id is the new event's key (may be NULL). ERR_INPUT for an unknown kind or field,
 * ERR_REQUIRED for a missing field or subject, ERR_NOT_FOUND for a subject that is no earlier object,
 * ERR_LIMIT for an event over 64 KiB. check and apply get the event as read back from its canonical bytes:
 * what a replay will give them. */
enum err_code tx_event(struct tx *tx, const char *kind, struct id subject, struct node *data, struct id *id,
	struct err *err);

/* ---- the writer: many intents, one thread, group commit ---- */

struct writer;
/* Takes over the log: until writer_stop only the writer's thread may write. queue: intents that may wait
 * (others get ERR_BUSY); batch: intents a commit; a batch waits at most wait_us for company once it has
 * one. */
struct writer_opt {
	size_t queue;     /* default 1024 */
	size_t batch;     /* default 128 */
	int wait_us;      /* default 0: a batch is what waited while the last commit ran */
};
enum err_code writer_start(struct log *log, struct writer_opt opt, struct writer **out, struct err *err);
/* Queues an intent and waits: returns after COMMIT. Each runs in its own SAVEPOINT; a refusal hurts no
 * neighbour. A failing commit or fsync: all of the batch fail, the writer refuses from then on (ERR_IO) —
 * never retried. */
enum err_code writer_do(struct writer *w, struct str actor, struct str via, intent_fn *fn, void *ctx,
	struct err *err);
void writer_stop(struct writer **w);   /* finishes what is queued */

/* ---- reading ----
 * On the writing connection: in the thread that writes, or while none does. Other threads open the log
 * read_only. */

typedef enum err_code event_fn(void *ctx, const struct event *e, struct str canon, struct err *err);
/* Walks events from..to (exclusive; INT64_MAX for all) of an origin in order. The event and canon are valid
 * during the call of fn; a code other than OK stops and is returned. ERR_DAMAGED names the event. */
enum err_code log_each(struct log *log, int64_t origin, int64_t from, int64_t to, event_fn *fn, void *ctx,
	struct err *err);
/* One event; canon may be NULL. ERR_NOT_FOUND, ERR_DAMAGED. */
enum err_code log_get(struct log *log, struct arena *a, struct id id, struct event *out, struct str *canon,
	struct err *err);

/* Replays events 0..to-1 of all origins into an empty database (projections only, plus the events
 * themselves when with_events): "as known at event N", and what deep verify compares with. Migrates it
 * first. Progress may be NULL. A database once filled with_events is continued from where it ends. Other
 * origins come first, in order. ERR_DAMAGED for an event that can't be read, is of an unknown kind or can't
 * be applied. */
enum err_code log_replay(struct log *log, int64_t to, struct db *into, bool with_events,
	void (*progress)(void *ctx, int64_t done, int64_t all), void *ctx, struct err *err);

#endif
