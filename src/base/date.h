/* Civil days in the proleptic Gregorian calendar, 1900-01-01 to 2199-12-31, without a time zone.
 * Instants are int64_t microseconds since 1970-01-01T00:00:00Z. */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/arena.h"
#include "base/base.h"
#include "base/str.h"
#include "base/tr.h"

struct date {
	int32_t n;   /* days since 1970-01-01; DATE_NONE_N for no date */
};

#define DATE_NONE_N INT32_MIN
#define DATE_NONE   ((struct date){DATE_NONE_N})

struct ymd {
	int y, m, d;   /* m 1–12, d 1–31 */
};

static inline bool date_is(struct date a) { return a.n != DATE_NONE_N; }
static inline bool date_eq(struct date a, struct date b) { return a.n == b.n; }
static inline bool date_lt(struct date a, struct date b) { return a.n < b.n; }

/* False when there is no such day (2022-02-30) or the year is outside 1900–2199. */
bool date_make(int y, int m, int d, struct date *out);
struct ymd date_ymd(struct date a);
int date_weekday(struct date a);           /* ISO: Monday 1 … Sunday 7 */
int date_month_days(int y, int m);
struct date date_month_end(struct date a);

#define DATE_TEXT 11
/* "2022-06-03" into out (with a 0 byte); "" for no date. Returns the text. */
struct str date_text(struct date a, char out[DATE_TEXT]);

/* "2022年6月3日", "3 June 2022"; without its year "6月3日", "3 June". */
struct str date_words(struct arena *a, enum lang lang, struct date d, bool year);

/* Exactly "YYYY-MM-DD" of a day that exists. */
bool date_parse(struct str s, struct date *out);

#define TIME_TEXT 25
/* "2022-06-03T08:15:00.123Z" (UTC, RFC 3339). */
struct str time_text(int64_t us, char out[TIME_TEXT]);
bool time_parse(struct str s, int64_t *us);   /* exactly that form */

int64_t time_now(void);   /* microseconds UTC */

#endif
