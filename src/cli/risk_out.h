/* Risks on the command line: what its actions work on, and the matrix. */
#ifndef CLI_RISK_OUT_H
#define CLI_RISK_OUT_H

#include "cli/cli.h"
#include "record/facts.h"
#include "duty/risk.h"

struct risk_world {
	struct log *log;
	struct scheme scheme;
	struct org org;
	struct facts facts;
	struct risks risks;
	struct date on;
};

/* The colour of a level in words; empty for none. */
struct str risk_colour(const struct cli *c, const struct grade *g);

/* The cells with how many open risks lie in each, and the levels; as JSON with --json. ERR_NOT_FOUND where the scheme
 * has no matrix. */
enum err_code risk_matrix_out(struct cli *c, const struct risk_world *w, struct err *err);

#endif
