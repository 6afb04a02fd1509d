/* Kinds of event of flows and inspections. Documented field by field in docs/events.md. */
#ifndef FLOW_KINDS_FLOW_H
#define FLOW_KINDS_FLOW_H

#include "flow/flow.h"

extern const struct event_kind flow_kinds[];     /* steps of findings, risks, excuses, handovers */
extern const struct event_kind inspect_kinds[];  /* what was looked at in an inspection */

/* ---- for flows whose kinds stand above: appeals ---- */

/* What is said by the first step of a thing, which it makes, and by every other. */
enum { FLOW_OPEN_FIELDS = 14, FLOW_STEP_FIELDS = 15 };
extern const struct event_field flow_open_fields[FLOW_OPEN_FIELDS], flow_step_fields[FLOW_STEP_FIELDS];

/* Asks more of a step that the table allows. */
typedef enum err_code flow_more_fn(
	struct tx *tx, const struct flow_case *c, const struct flow_step *s, struct err *err);

/* `check` and `apply` of a step's event; the kind's name begins with that of its flow. more: NULL for nothing. Fails as
 * flow_check, and as more fails. */
enum err_code flow_step_check(struct tx *tx, const struct event *e, flow_more_fn *more, struct err *err);
enum err_code flow_step_apply(struct db *db, const struct event *e, struct err *err);

#endif
