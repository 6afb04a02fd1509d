/* Slots (应办事项): what a need opens for its owners as of a day, and what fills them. */
#ifndef DUTY_SLOT_H
#define DUTY_SLOT_H

#include "duty/duty.h"

/* Adds the slots of a need to the state. */
void slots_of(const struct facts *f, const struct need *n, struct date on, struct figure_source figures,
	struct duty_state *out);

/* The periods that a need of the form count or each opens slots for in the year, in order; where they come from a
 * field of the object, those of no object. */
struct stretch *need_periods(const struct facts *f, const struct need *n, size_t *count);

/* ---- between the files ---- */

/* Whom and what slots are opened for: one owner and, with for_each, one object. */
struct slot_for {
	struct str owner, object;
	struct texts words;              /* $each */
	const struct fact *record;       /* the object, where it is one */
	/* of a portfolio */
	bool pair;                       /* owner and object both stand in the label */
	struct date from, to;            /* the days of it; DATE_NONE: no bound */
	/* of a personal duty */
	bool personal, several;          /* several: the post has more tenures than this in the year */
	struct str holder;               /* empty: the post has no holder in the year */
	struct date since, until;        /* the tenure within the year */
};

/* Of owner field:FIELD: what the record says there. */
struct str fact_owner(const struct facts *f, const struct need *n, const struct fact *r);

/* Of a personal need: each owner's tenures in the year, of holders who have begun on the day. */
struct slot_for *slot_tenures(const struct facts *f, struct date on, const struct slot_for *owners, size_t *count);

/* Whose portfolio it was on that day owes what falls due then; of what is no portfolio always true. */
bool slot_held(const struct slot_for *x, struct date day);

/* Every owner and object of a need on the day, in order; portfolios that ended before it as well. */
struct slot_for *slot_fors(const struct facts *f, const struct need *n, struct date on, size_t *count);

#endif
