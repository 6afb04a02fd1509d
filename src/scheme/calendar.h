/* Working days. A calendar says of the years it has which days are off and which weekend days are worked; in other
 * years Monday to Friday are working days, and whoever asks is told so. */
#ifndef SCHEME_CALENDAR_H
#define SCHEME_CALENDAR_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

/* One file: a country's year. Days in any order. */
struct calendar_year {
	struct str country;          /* CN */
	int year;
	struct date *off;            /* [noff] holidays, weekends among them */
	size_t noff;
	struct date *worked;         /* [nworked] make-up days */
	size_t nworked;
};

/* The years of one country. Never written after it was made, but by calendar_add. */
enum { CALENDAR_FIRST = 1900, CALENDAR_LAST = 2199 };
struct calendar {
	/* A bit a day of the year: worked; NULL: no file. */
	const uint64_t *years[CALENDAR_LAST - CALENDAR_FIRST + 1];
	bool plain;                  /* calendar: none — Monday to Friday, and nothing is unknown */
};

/* Reads a file (YAML, as in calendars/). ERR_INPUT "line 3, column 5: …" for a day that is none, of another year, named
 * twice, or worked and off at once. */
enum err_code calendar_read(struct arena *a, struct str text, struct calendar_year *out, struct err *err);

/* Puts a year in; one that is there is replaced. */
void calendar_add(struct arena *a, struct calendar *c, const struct calendar_year *y);

/* The years that came with the program. country: empty is CN; "none" is a plain one. In a. */
struct calendar *calendar_shipped(struct arena *a, struct str country);

/* The names that `calendar:` of a scheme may have without a calendar being adopted: countries of those that came with
 * the program, and "none". In a. */
const char **calendar_names(struct arena *a, size_t *n);

/* Is it a working day? *unknown becomes true where its year has no file. */
bool calendar_works(const struct calendar *c, struct date day, bool *unknown);

/* The n-th working day after a day, which is not counted itself; for n < 0 before it. n = 0: the day. */
struct date calendar_after(const struct calendar *c, struct date day, int64_t n, bool *unknown);

/* The day itself where it is a working day, else the next one, or the one before. */
struct date calendar_next(const struct calendar *c, struct date day, bool *unknown);
struct date calendar_previous(const struct calendar *c, struct date day, bool *unknown);

#endif
