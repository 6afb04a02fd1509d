/* Findings on the command line: what its actions share. */
#ifndef CLI_FINDING_OUT_H
#define CLI_FINDING_OUT_H

#include "cli/flow_out.h"
#include "flow/finding.h"

/* Opens the world and loads the findings that --on, --year, --unit and --state ask for. ERR_NOT_FOUND and
 * ERR_USAGE name the nearest unit or state. w is to be done with flow_world_done. */
enum err_code finding_load(struct cli *c, struct flow_world *w, struct findings *out, struct err *err);

/* A day of a table: "—" for none. */
struct str finding_day(const struct cli *c, struct date d);

/* The actions recur and rates: findings that came again; parts and days of dealing with them. As JSON with --json. */
enum err_code finding_recur(struct cli *c, struct err *err);
enum err_code finding_rates_out(struct cli *c, struct err *err);

#endif
