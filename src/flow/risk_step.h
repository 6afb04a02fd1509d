/* Steps of a risk: rated by the matrix or by hand, reviewed, talked over, raised, lowered, closed (tbl/flows.h).
 * What a step says of the register it writes there in the same intent: into the scheme's records of updates where
 * there are such (updates:), else into the risk's own fields. So registers, figures and duties have one truth, and
 * the step says who did it by which right. */
#ifndef FLOW_RISK_STEP_H
#define FLOW_RISK_STEP_H

#include "duty/risk.h"
#include "flow/flow.h"

struct risk_input {
	struct flow_input step;          /* step, by, day, text, why, level …; way is filled here */
	struct str no;                   /* of the risk, as the register has it */
	struct str likelihood, impact;   /* of a rating by the matrix: both or none */
	int year;                        /* of the register that a record of an update belongs to */
};

/* Makes a step. The level of a rating follows from the matrix; one that is said is taken where no likelihood and impact
 * are, or where it is the same, or with a reason (why). ERR_NOT_FOUND: no such risk; ERR_REQUIRED, ERR_INPUT: a value
 * is missing, not in the matrix, or the level does not rise or fall as the step says; ERR_CONFLICT: the register says
 * that it is closed; else as flow_step. */
enum err_code risk_step(
	struct tx *tx, const struct scheme *s, const struct risk_input *in, struct id *event, struct err *err);

#endif
