/* Between the files of values. */
#ifndef RECORD_DATUM_INSIDE_H
#define RECORD_DATUM_INSIDE_H

#include "record/datum.h"

/* The place of a value, or for it. Sets d's hash. */
struct datum **datum_slot(const struct datums *t, struct datum *d);

/* Takes in a new value, for which datum_slot found the place just now. */
const struct datum *datum_take(struct datums *t, const struct datum *d, struct datum **slot);

/* The value that is as d, kept when it is new (texts and items are copied then). Sets d's hash. */
const struct datum *datum_keep(struct datums *t, struct datum *d);

#endif
