/* Kinds of event of appeals: a flow, and hands that did not score. */
#include "score/assess_log.h"
#include "flow/kinds_flow.h"

static enum err_code appeal_check(struct tx *tx, const struct event *e, struct err *err)
{
	return flow_step_check(tx, e, appeal_hands, err);
}

const struct event_kind appeal_kinds[] = {
	{"appeal.open", flow_open_fields, LEN(flow_open_fields), false, appeal_check, flow_step_apply},
	{"appeal.step", flow_step_fields, LEN(flow_step_fields), true, appeal_check, flow_step_apply},
	{0},
};
