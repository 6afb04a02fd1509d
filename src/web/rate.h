/* Rate limits: token buckets by key, of tbl/rates.h. Threads may share them. Nothing is kept over a restart. */
#ifndef WEB_RATE_H
#define WEB_RATE_H

#include "base/err.h"

enum rate {
#define R(name, burst, seconds, what) RATE_##name,
#include "tbl/rates.h"
#undef R
	RATE_N
};

struct rates;

/* Full buckets for everybody. Never fails. */
struct rates *rates_new(void);
void rates_free(struct rates **r);      /* for CLEANUP */

/* Takes one. Seconds to wait where there is none left; 0: go on. now: microseconds. Where more keys are in use than are
 * kept, the one that was used longest ago begins anew. */
int64_t rate_take(struct rates *r, enum rate rate, uint64_t key, int64_t now);

#endif
