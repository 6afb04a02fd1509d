/* Rules of RFC 5545 (RRULE), by libical: FREQ=MONTHLY;BYDAY=2TU. */
#ifndef SCHEME_RULE_H
#define SCHEME_RULE_H

#include "base/arena.h"
#include "base/date.h"

/* Is it a rule of whole days: FREQ=DAILY, WEEKLY, MONTHLY or YEARLY? */
bool rule_good(struct arena *a, struct str text);

/* The days of a good rule begun on start, from first to last, in order. In a. */
struct date *rule_days(struct arena *a, struct str text, struct date start, struct date first, struct date last,
	size_t *n);

#endif
