/* plan: of a scheme: which records are the lines of last year's plan, and by which words their fates are known. What
 * becomes of them tells flow/commitment.h; docs/scheme.md ("Commitments"). */
#ifndef SCHEME_COMMITMENT_DEF_H
#define SCHEME_COMMITMENT_DEF_H

#include "scheme/scheme.h"

/* In the order of the words of fates: in a scheme. */
enum fate { FATE_DONE, FATE_UNDER_WAY, FATE_NOT_DONE, FATE_DROPPED, FATES };
const char *fate_name(enum fate f);       /* "done", "under way", "not done", "dropped"; for people by tr(N_(…)) */

/* plan: of a scheme, read. */
struct commitment_rule {
	const struct record_type *plan;
	const struct field *no, *what, *owner, *limit;
	const struct field *target, *unit, *problems;        /* NULL: not named */
	struct texts units;                  /* the target counts occasions where its unit is one of these; empty:
	                                        always */
	struct str fates[FATES];             /* words for people */
	const struct record_type *type, *step;       /* the computed ones */
};

/* Puts the computed types under records:. Between the files of the loader, like the next. */
enum err_code commitment_types(
	struct arena *a, const struct node *plan, const struct node **records, struct err *err);
/* Reads plan: once the types are there. */
enum err_code commitment_read(struct arena *a, struct scheme *s, struct err *err);

#endif
