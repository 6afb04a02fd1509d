#include "cli/cli.h"
#include "office/assess_log.h"
#include "office/calendar_adopt.h"
#include "office/commitment.h"
#include "office/decision.h"
#include "office/kinds.h"
#include "office/kinds_flow.h"
#include "office/warn.h"
#include "report/narrative.h"
#include "report/version.h"
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
