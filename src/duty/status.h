/* status.json: every duty's counts and status on given days, and its score at the end of the year; the shape is
 * described in docs/status-json.md and kept stable. */
#ifndef DUTY_STATUS_H
#define DUTY_STATUS_H

#include "duty/figure.h"

/* {"A01": {name, owner, cadence, points, at: {day: {required_to_date, required_year, met, late, missed, pending,
 * status, reasons}}, score: {points, mode, share | misses, each, cap, deducted, got}, unproved, entered_late, rows}},
 * and the total as
 * "score" beside where total is not NULL. days: figures on each day; score and rows follow the last of them. */
struct node *status_json(const struct facts *f, const struct figures *const *days, size_t n, struct node **total);

/* Whose duty it is, for people: 主任; 9个责任单位; … */
struct str owner_text(struct arena *a, const struct facts *f, const struct duty *d);

#endif
