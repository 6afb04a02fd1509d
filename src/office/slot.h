/* Slots (应办事项): what a need opens for its owners as of a day, and what fills them. */
#ifndef OFFICE_SLOT_H
#define OFFICE_SLOT_H

#include "office/duty.h"

/* Adds the slots of a need to the state. */
void slots_of(const struct facts *f, const struct need *n, struct date on, struct figure_source figures,
	struct duty_state *out);

/* ---- between the files ---- */

/* Whom and what slots are opened for: one owner and, with for_each, one object. */
struct slot_for {
	struct str owner, object;
	struct texts words;              /* $each */
	const struct fact *record;       /* the object, where it is one */
	bool pair;                       /* owner and object both stand in the label: a portfolio */
};

/* Of owner field:FIELD: what the record says there. */
struct str fact_owner(const struct facts *f, const struct need *n, const struct fact *r);

/* Every owner and object of a need on the day, in order. */
struct slot_for *slot_fors(const struct facts *f, const struct need *n, struct date on, size_t *count);

#endif
