/* Periods of the calendar. All arithmetic is on civil days, exact from 1990 to 2100. */
#ifndef SCHEME_PERIOD_H
#define SCHEME_PERIOD_H

#include "base/arena.h"
#include "base/date.h"
#include "base/tr.h"

/* How long a period is: year, half, quarter, N months, month, xun (旬), week (Monday to Sunday), day, every N years, N
 * hours of a day, or as a table of the organisation's settings has them. */
enum span_kind {
	SPAN_YEAR, SPAN_HALF, SPAN_QUARTER, SPAN_MONTHS, SPAN_MONTH, SPAN_XUN, SPAN_WEEK, SPAN_DAY, SPAN_HOURS,
	SPAN_TABLE
};
struct span_rule {
	enum span_kind kind;
	int n; /* MONTHS: how many, a divisor or not of 12, counted from January; YEAR: every n; HOURS: how many */
	int base;            /* YEAR with n > 1: a year that begins one */
	struct str table;    /* TABLE: key of the settings */
};

/* Reads "year", "half", "quarter", "2 months", "month", "xun", "week", "day", "3 years from 2021", "4 hours",
 * "table:terms". False for others. */
bool span_read(struct str s, struct span_rule *out);

/* The nearest word for a period to one that is none; NULL where none is near. */
const char *span_near(struct str s);

struct stretch {
	struct date first, last;
	int no;              /* from 1 within the year: 3 of the third quarter */
};

/* The period that day lies in; not of HOURS and TABLE, which need more than the calendar. Weeks may reach over the turn
 * of the year; no counts them by their Thursday (ISO 8601). */
struct stretch span_at(const struct span_rule *r, struct date day);

/* The next one. */
struct stretch span_next(const struct span_rule *r, const struct stretch *s);

/* Its name for people: 2季度, 10月, 上半年, 2022年, 7月中旬, 第23周; of N months: 1–2月. */
struct str span_label(struct arena *a, enum lang lang, const struct span_rule *r, const struct stretch *s);

#endif
