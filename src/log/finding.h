/* Inside of verify: what it has found so far, and the parts of a full one. Only log/ includes this. */
#ifndef LOG_FINDING_H
#define LOG_FINDING_H

#include "log/inside.h"
#include "log/verify.h"

/* Faults of one sort are named one by one up to FINDING_EACH and counted from then on. */
enum finding_sort {
	FINDING_HEAD,        /* never many */
	FINDING_GAP,
	FINDING_TYPE,
	FINDING_HASH,
	FINDING_EVENT,       /* not canonical, or its row says something else */
	FINDING_KIND,
	FINDING_FIELDS,
	FINDING_AT,
	FINDING_SUBJECT,
	FINDING_FILE,
	FINDING_ROW,
	FINDING_SORTS
};
enum { FINDING_EACH = 5, FINDING_MAX = 100 };

struct verify {
	struct log *log;
	struct arena *a;             /* of the findings */
	enum lang lang;
	void (*progress)(void *ctx, int64_t done, int64_t all);
	void *ctx;
	int stages;                  /* walks over the events: 2 when deep */
	struct verify_result result;
	size_t cap;
	struct {
		int64_t n;
		size_t last;         /* the finding that says how many more there are */
	} sorts[FINDING_SORTS];

	struct range head;           /* what the row of log_head says, for origin 1 */
	int64_t head_at;
	struct checkpoint checkpoint;
	bool has_checkpoint;
};

/* Notes a fault; fmt is an English message key. */
void finding_add(struct verify *v, enum finding_sort sort, const char *fmt, ...) PRINTF(3, 4);

/* Compares two trees of one size; names the events below the first subtree that differs. whose is a message
 * key with two numbers: first and last event. */
void finding_subtrees(struct verify *v, const struct range *is, const struct range *recorded,
	const char *whose);

/* Tells the caller how far stage 0 or 1 has come. */
void finding_progress(const struct verify *v, int stage, int64_t done);

/* verify_events.c: every event and object. compare.c: the tables. */
enum err_code verify_events(struct verify *v, struct err *err);
enum err_code verify_tables(struct verify *v, struct err *err);

#endif
