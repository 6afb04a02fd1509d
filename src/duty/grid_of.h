/* The grid of a scheme: those duties that each unit of a kind owes once a period, and that nothing but a record of
 * that unit in that period can meet. What stands as of a day is then a pass over a few bytes a unit (grid.h), and a
 * record that arrives changes one cell. Everything else about duties is asked of duty_on; both say the same. */
#ifndef DUTY_GRID_OF_H
#define DUTY_GRID_OF_H

#include "duty/duty.h"
#include "duty/grid.h"

struct grid_of {
	struct grid *grid;               /* a rule for each of needs, a row for each of units */
	const struct need **needs;       /* [n] */
	const struct duty **duties;      /* [n] whose they are */
	size_t n;
	const struct unit **units;       /* [nunits] of the kind */
	size_t nunits;
	struct map rows;                 /* struct unit → its row + 1, by the code */
	struct grid_take *takes;         /* [n] private: what a record must be like */
};

/* The duties of units of a kind that fit into a grid, with all records of f in it; out->n is 0 where none does. All
 * but the cells lives in f's arena. */
void grid_of_facts(const struct facts *f, struct str kind, struct grid_of *out);
void grid_of_done(struct grid_of *g);    /* for CLEANUP */

/* The same without any record yet. */
void grid_of_empty(const struct facts *f, struct str kind, struct grid_of *out);

/* A record that has arrived. f: facts in which it is. */
void grid_of_add(struct grid_of *g, const struct facts *f, const struct fact *r);

/* Is the whole duty in it? */
bool grid_of_has(const struct grid_of *g, const struct duty *d);

#endif
