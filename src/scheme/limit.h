/* Lengths of time as a scheme writes them: 24h, 3d, 5 working days, 2 months. */
#ifndef SCHEME_LIMIT_H
#define SCHEME_LIMIT_H

#include "scheme/calendar.h"

enum limit_unit { LIMIT_NONE, LIMIT_HOURS, LIMIT_DAYS, LIMIT_WORKING, LIMIT_MONTHS };
struct duration {
	enum limit_unit unit;
	int64_t n;           /* at least 1 */
};

/* Reads one: "24h", "3d", "5 working days", "1 month". False for others. */
bool limit_read(struct str s, struct duration *out);

/* The day that ends it, begun on a day: hours by whole days, rounded up; months on the same day of the month, or its
 * last. *unknown: as calendar_works. A day past the calendar's end is its last. */
struct date limit_after(const struct calendar *c, struct duration l, struct date day, bool *unknown);

#endif
