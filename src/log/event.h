/* Events: the truth, one canonical JSON object each (text/json.h), at most 64 KiB.
 *
 *   {"actor":"…","at":"2022-06-03T08:15:00.123Z","data":{…},"kind":"record.add","log":"z1f…","seq":12,
 *    "subject":"z1f…:7","v":1,"via":"cli"}
 *
 * `subject` is left out where the event makes a new object: that object's id is the event's own. Documented
 * for outsiders in docs/log-format.md. */
#ifndef LOG_EVENT_H
#define LOG_EVENT_H

#include "base/buf.h"
#include "db/db.h"
#include "text/node.h"

enum { EVENT_BYTES = 64 << 10, EVENT_VERSION = 1 };

/* The key of an event and of the object it made, everywhere. origin is this database's own small number for a
 * log (table origin); 1 is the log written here. */
struct id {
	int64_t origin, seq;
};
#define ID_NONE ((struct id){0, 0})
static inline bool id_is(struct id a) { return a.origin != 0; }
static inline bool id_eq(struct id a, struct id b) { return a.origin == b.origin && a.seq == b.seq; }
/* As arguments of a statement. */
#define V_ID(x) V_INT((x).origin), V_INT((x).seq)

struct event {
	struct id id;
	int64_t at;              /* microseconds UTC, whole milliseconds; never goes back within a log */
	struct str actor, via, kind;
	struct id subject;       /* of an earlier object; ID_NONE where the event makes one */
	const struct node *data; /* a map */
};

struct tx;

/* What a field of an event's data holds. */
enum field_kind { FIELD_TEXT, FIELD_INT, FIELD_BOOL, FIELD_LIST, FIELD_MAP, FIELD_DATE, FIELD_DIGEST,
	FIELD_ID };
struct event_field {
	const char *name;
	enum field_kind kind;
	bool required;
};

/* A kind of event: fields, check, apply — one file each, near the tables it writes. Kinds come into the log
 * by registration from above (log_open). */
struct event_kind {
	const char *name;               /* "record.add" */
	const struct event_field *fields;
	size_t nfields;
	bool on_subject;                /* needs a subject; else must have none */
	/* Rules: may refuse, may read tables, writes nothing. NULL: only the fields are checked. */
	enum err_code (*check)(struct tx *tx, const struct event *e, struct err *err);
	/* Writes the projections p_…; reads nothing but them and the event; may not refuse: an error is a
	 * bug, the intent is refused and said so. NULL: no table follows from it. */
	enum err_code (*apply)(struct db *db, const struct event *e, struct err *err);
};

/* An id as text, "z1f…:7". The way back needs the names this database knows: log_id (log/log.h). */
struct str id_text(struct arena *a, struct str origin_name, struct id id);

/* Takes such a text apart: a name by origin_valid and a number without spare zeros. */
bool id_split(struct str text, struct str *origin_name, int64_t *seq);

/* A log's name: 1 to 32 of a-z, 0-9 and '-'. */
bool origin_valid(struct str name);

/* The names of logs in an event, which struct event has as numbers. */
struct event_names {
	struct str log, subject;     /* subject: empty where there is none */
};

/* Appends e as canonical bytes. ERR_INPUT where actor or via is empty, longer than 256 bytes or holds what
 * has no canonical form; ERR_LIMIT where buf is full. */
enum err_code event_write(struct buf *b, const struct event *e, struct event_names names, struct err *err);

/* Reads canonical bytes; texts point into canon or lie in the arena. Both origins of *out are left 0 for
 * the caller, who knows the numbers. ERR_DAMAGED says what is not as it must be. */
enum err_code event_read(struct arena *a, struct str canon, struct event *out, struct event_names *names,
	struct err *err);

/* What an event's data says, in one line of at most 240 bytes: "post=G02 unit=U11 from=2022-01-01". */
struct str event_summary(struct arena *a, const struct node *data);

/* The fields of data against a kind's: unknown ones (ERR_INPUT), missing ones (ERR_REQUIRED), values of
 * another sort (ERR_INPUT); whether there is a subject against what the kind says (ERR_INPUT,
 * ERR_REQUIRED). */
enum err_code event_fields(const struct event_kind *kind, const struct event *e, struct err *err);

#endif
