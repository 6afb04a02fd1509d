/* Risks (风险): the matrix of likelihood and impact as data, and the risks of a register on a day: grade, colour, when
 * the next review is due. Pure functions of scheme, facts and day. A risk's colour says how grave it is; the colour
 * of a warning (flow/warn.h) says how far behind something is: two fields everywhere. The language is described in
 * docs/scheme.md ("Risk and warnings"). */
#ifndef DUTY_RISK_H
#define DUTY_RISK_H

#include "record/facts.h"
#include "scheme/risk_def.h"

/* ---- the matrix ---- */

/* The grade of a likelihood and an impact as written (blanks and widths apart); NULL: one of them is no value of its
 * axis. */
const struct grade *matrix_grade(const struct facts *f, const struct matrix *m, struct str likelihood,
	struct str impact);
/* By its level; NULL when unknown, or without a matrix. */
const struct grade *grade_of(const struct facts *f, const struct matrix *m, struct str level);
/* The place of a value on an axis; -1 when it has none. */
int axis_at(const struct facts *f, const struct axis *x, struct str value);

/* ---- on a day ---- */

struct risk {
	const struct fact *fact;
	const struct risk_map *map;
	struct str no, name, level, likelihood, impact, owner, unit;
	const struct grade *grade;       /* by level; NULL: the matrix does not know it, or there is none */
	struct date registered, closed;  /* closed: DATE_NONE while it is open on the day */
	struct date reviewed;            /* last review on or before the day; DATE_NONE: none yet */
	struct date due;                 /* last day for the next review; DATE_NONE: no cadence, or closed */
	const struct grade *by_matrix;   /* what likelihood and impact give, where both are there */
	bool differs;                    /* that is another grade than its level: rated by hand */
};

struct risks {
	struct risk *p;
	size_t n, cap;
};

/* Every risk on the register on the day, by register, then by day of registration. In the facts' arena. */
struct risks risks_on(const struct facts *f, struct date on);
/* One of a type. */
void risk_on(const struct facts *f, const struct risk_map *m, const struct fact *r, struct date on, struct risk *out);
/* By number; NULL when unknown. */
const struct risk *risk_named(const struct facts *f, const struct risks *all, struct str no);

/* Is its review overdue on the day? */
static inline bool risk_overdue(const struct risk *r, struct date on)
{
	return date_is(r->due) && r->due.n < on.n;
}

#endif
