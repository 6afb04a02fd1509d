/* The state of many units at once: zeren status --units. */
#ifndef CLI_STATUS_UNITS_H
#define CLI_STATUS_UNITS_H

#include "cli/report_out.h"

/* Each unit of a kind with its missed slots on the day and the worst state of any, those with the most missed first.
 * Duties that each unit owes once a period are taken from a grid (duty/grid_of.h), so that many units cost little;
 * the others slot by slot. ERR_NOT_FOUND where there is no such unit. */
enum err_code status_units(struct cli *c, struct str kind, struct err *err);

#endif
