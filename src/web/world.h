/* What pages are made from: scheme, organisation and records as of one position of the log, with every duty and figure
 * on one day. Made once, then never changed: any number of workers read one world at the same time. */
#ifndef WEB_WORLD_H
#define WEB_WORLD_H

#include "duty/figure.h"
#include "flow/flow.h"
#include "flow/warn.h"
#include "log/tree.h"
#include "report/narrative.h"
#include "report/paper.h"

#include <pthread.h>

struct worlds;

enum { WORLD_WRITTEN = 4 };

struct world {
	struct arena arena;
	struct range head;        /* of the log it was made from */
	struct date on;
	int64_t known;            /* as known at this event; 0: now */
	enum lang lang;           /* of the labels of slots */
	struct scheme scheme;
	struct org org;           /* with every holder and portfolio there ever was */
	struct facts facts;
	struct figures figures;
	struct map decisions;     /* of suggested problems, in the year of `on` */
	struct narrative narrative; /* people's paragraphs of that year */
	struct flow_cases flows;  /* of one of the past: findings' cases then, for its tables are gone */
	struct paper_values paper; /* what the office says of its paper */
	/* private */
	int users;
	uint64_t used;
	pthread_mutex_t lock;     /* of written */
	struct written {
		const char *key;
		char *bytes;
		size_t n;
	} written[WORLD_WRITTEN];
	pthread_mutex_t warning;  /* lock of what follows */
	struct arena warn_arena;
	struct facts warn_facts;
	struct warnings *warnings; /* NULL: nobody has asked yet */
};

enum { WORLDS_KEPT = 12 };

/* The cache. Threads may share it. */
struct worlds *worlds_new(void);
void worlds_free(struct worlds **w);     /* for CLEANUP; nobody may hold a world */

/* How many worlds are kept now. */
int worlds_kept(struct worlds *w);

/* Where the log stands, as the reader's database has it now. */
enum err_code world_head(struct log *reader, struct range *out, struct err *err);

/* The year in hand of the office, as of that head. ERR_NOT_FOUND where there is no office yet. */
enum err_code world_year(
	struct worlds *w, struct log *reader, const struct range *head, int *year, struct err *err);

/* The world at that head, or a later one, on a day: from the cache when it is there, else made (other threads that ask
 * for the same wait). ERR_NOT_FOUND when no scheme is in force. Give it back with world_drop. */
enum err_code world_take(struct worlds *w, struct log *reader, const struct range *head, struct date on,
	enum lang lang, const struct world **out, struct err *err);
/* The same as it was known when event `known` (from 1) was the last: the log replayed into memory. The one asked for
 * last is kept, and one is made at a time: ERR_BUSY for who asks for another meanwhile. ERR_NOT_FOUND: no such event
 * yet. */
enum err_code world_take_known(struct worlds *w, struct log *reader, const struct range *head, int64_t known,
	struct date on, enum lang lang, const struct world **out, struct err *err);
void world_drop(struct worlds *w, const struct world **world);
/* Holds one more time what somebody holds: to be given back as well. */
const struct world *world_hold(struct worlds *w, const struct world *world);

typedef enum err_code world_writer(void *ctx, struct buf *out, struct err *err);
/* What a page says of a world, for all who see all of it: written once by write, then kept as long as the world, as it
 * never changes. key: a literal, at most WORLD_WRITTEN of them. The bytes live as long as the world is held. */
enum err_code world_written(const struct world *world, const char *key, world_writer *write, void *ctx,
	struct str *out, struct err *err);

/* The warnings of a world's day, with answers: made when first asked for, as they go through the days of the year, then
 * kept as long as the world. reader: to read the answers. Fails as warnings_on. */
enum err_code world_warnings(
	const struct world *world, struct log *reader, const struct warnings **out, struct err *err);

#endif
