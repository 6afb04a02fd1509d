/* What people decided of suggested problems: the program suggests from misses, a person accepts or drops. */
#ifndef FLOW_DECISION_H
#define FLOW_DECISION_H

#include "base/map.h"
#include "log/log.h"

/* The decisions of a year: key of a suggestion → DECISION_ACCEPTED or DECISION_DROPPED; the newest of each counts. */
extern const char decision_accepted, decision_dropped;
#define DECISION_ACCEPTED ((void *)&decision_accepted)
#define DECISION_DROPPED  ((void *)&decision_dropped)

/* Reads them from a database, which may be one replayed to an earlier event. */
enum err_code decisions_load(struct db *db, struct arena *a, int year, struct map *out, struct err *err);

/* Records one, inside an intent. why may be empty. */
enum err_code decision_make(struct tx *tx, int year, struct str key, bool accepted, struct str why, struct err *err);

extern const struct event_kind decision_kinds[];   /* ended by a kind without name */

#endif
