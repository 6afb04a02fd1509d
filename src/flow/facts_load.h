/* Facts of a log: its records, the computed ones that follow from them (commitments), the office's calendar of working
 * days, and what was decided of single slots. */
#ifndef FLOW_FACTS_LOAD_H
#define FLOW_FACTS_LOAD_H

#include "record/facts.h"

/* Reads the records. ERR_DB, ERR_DAMAGED for fields that are no canonical JSON. All of it lives in a. */
enum err_code facts_load(struct arena *a, struct db *db, const struct scheme *s, const struct org *org,
	struct facts_opt opt, struct facts *out, struct err *err);

#endif
