/* Inside report/: evidence that is not there. */
#ifndef REPORT_PROOF_H
#define REPORT_PROOF_H

#include "report/report.h"

/* Adds findings evidence_none and, with a database, evidence_missing. ERR_DB. */
enum err_code proof_check(const struct report *r, struct report_findings *out, struct err *err);

#endif
