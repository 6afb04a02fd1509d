/* Between the files of values. */
#ifndef OFFICE_DATUM_INSIDE_H
#define OFFICE_DATUM_INSIDE_H

#include "office/datum.h"

/* The value that is as d, kept when it is new (texts and items are copied then). Sets d's hash. */
const struct datum *datum_keep(struct datums *t, struct datum *d);

#endif
