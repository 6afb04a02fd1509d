/* What `zeren handover` shows: on the terminal, or as JSON. */
#ifndef CLI_HANDOVER_OUT_H
#define CLI_HANDOVER_OUT_H

#include "cli/cli.h"
#include "flow/handover.h"

/* What would go over on a day. */
enum err_code handover_list_out(struct cli *c, const struct handover_list *l, struct err *err);

/* All handovers that are kept. */
enum err_code handovers_out(struct cli *c, const struct handovers *all, const struct org *org, struct err *err);

/* One of them, with its list as it is kept (JSON of handover_json) and its steps. */
enum err_code handover_out(
	struct cli *c, const struct handover *x, const struct org *org, const struct node *kept, struct err *err);

/* The days of a year on which posts were held, looked after and vacant, and what fell due on the last. */
enum err_code vacant_out(
	struct cli *c, const struct accountable *a, const struct vacant_slots *v, struct err *err);

#endif
