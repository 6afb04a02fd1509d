#include "cli/cli.h"
#include "flow/commitment.h"
#include "flow/decision.h"
#include "flow/kinds_flow.h"
#include "flow/warn.h"
#include "record/calendar_adopt.h"
#include "record/kinds.h"
#include "report/narrative.h"
#include "report/version.h"
#include "score/assess_log.h"
#include "who/who.h"

/* A floor that has kinds of its own adds its table here; log/ brings object_kinds and log.open itself. */
static const struct event_kind *const tables[] = {
	who_kinds, office_kinds, calendar_kinds, record_kinds, flow_kinds, inspect_kinds, warn_kinds, assess_kinds,
	appeal_kinds, decision_kinds, commitment_kinds, section_kinds, paper_kinds,
	version_kinds, NULL};

const struct event_kind *const *cli_kinds(void)
{
	return tables;
}
