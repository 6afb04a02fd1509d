/* Many units in few bytes: for a duty that each unit owes once a period, one cell a unit and period, which says on
 * which day the period's slot was done. A rule is expanded once, into the periods of a year; what stands as of a day
 * is then a pass over memory, whatever the number of units, and a record that arrives changes one cell.
 *
 * Cells are one byte (days from the period's first) where no period is longer than 254 days and nothing done later
 * counts, else two; beside them a bit a cell, done or not, for days on which it no longer matters when
 * (grid_cells.h). A grid says the same as duty_on (duty/duty.h): tests/unit/test_grid.c. Nothing here knows schemes;
 * grid_of.h makes a grid from one. */
#ifndef DUTY_GRID_H
#define DUTY_GRID_H

#include "base/arena.h"
#include "base/date.h"

enum { GRID_PERIODS = 400, GRID_ENOUGH = 100 };

struct grid_period {
	struct date first, last, due;    /* records of first … last fill it; due on or after first */
};

struct grid_rule {
	const struct grid_period *periods;   /* [n] in order, not overlapping; copied */
	size_t n;                            /* at most GRID_PERIODS */
	int enough;                          /* so many records make it done: 1 … GRID_ENOUGH */
	bool late; /* a period's record may come after its due day, and is late then: grid_put says which period */
};

/* What the cells of one rule come to on a day. */
struct grid_sum {
	int64_t met, late, missed, pending;  /* slots */
	int64_t units_missed;                /* units with one that is missed */
};

/* The worst of a unit's slots over all rules. */
enum grid_worst { GRID_NOTHING_DUE, GRID_DONE, GRID_LATE, GRID_MISSED };

struct grid;

/* An empty grid: nothing is done. Free it with grid_free. */
struct grid *grid_new(const struct grid_rule *rules, size_t nrules, size_t nunits);
void grid_free(struct grid **g);     /* for CLEANUP */

size_t grid_bytes(const struct grid *g);     /* of its cells and their bits */

/* A record of that day: of the period in which the day lies; of none where no period has it. */
void grid_add(struct grid *g, size_t rule, size_t unit, struct date day);

/* The same for the period `of`, whatever the day. */
void grid_put(struct grid *g, size_t rule, size_t unit, size_t of, struct date day);

/* A cell anew, from the days of all its records, in any order: after a correction or a withdrawal. */
void grid_set(struct grid *g, size_t rule, size_t unit, size_t of, const struct date *days, size_t n);

/* The day on which a slot was done; DATE_NONE: not yet. */
struct date grid_done(const struct grid *g, size_t rule, size_t unit, size_t of);

/* As of a day: sums[nrules]; worst[nunits], or NULL; missed[nunits]: slots missed over all rules, or NULL. */
void grid_on(const struct grid *g, struct date on, struct grid_sum *sums, uint8_t *worst, uint16_t *missed);

#endif
