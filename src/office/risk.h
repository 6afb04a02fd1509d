/* Risks (风险): the matrix of likelihood and impact as data, and the risks of a register on a day: grade, colour, when
 * the next review is due. Pure functions of scheme, facts and day. A risk's colour says how grave it is; the colour
 * of a warning (office/warn.h) says how far behind something is: two fields everywhere. The language is described in
 * docs/scheme.md ("Risk and warnings"). */
#ifndef OFFICE_RISK_H
#define OFFICE_RISK_H

#include "office/facts.h"
#include "office/period.h"

enum colour {
	COLOUR_NONE,
#define C(c, name, zh, words) COLOUR_##c,
#include "tbl/colours.h"
#undef C
	COLOURS
};

const char *colour_name(enum colour c);          /* "blue": in files; a message key; "" for COLOUR_NONE */
/* Either name of a colour. ERR_INPUT names the nearest. */
enum err_code colour_read(struct str text, const struct node *at, enum colour *out, struct err *err);

/* ---- the matrix ---- */

enum { AXIS_LIKELIHOOD, AXIS_IMPACT, AXES };

struct axis {
	struct str title;                /* 可能性 */
	struct texts values;             /* lowest first */
	struct texts words;              /* [values.n] what each means; none where the scheme says none */
};

struct grade {
	struct str level;                /* 重大 */
	enum colour colour;
	bool reviewed;                   /* has a cadence of review */
	struct span_rule review;
	struct texts tell;               /* who must know: post:主任, role:…, owner */
};

struct matrix {
	struct str title;
	struct axis axes[AXES];
	struct grade *grades;            /* [ngrades], gravest first */
	size_t ngrades;
	size_t *cells;                   /* [likelihood × impact values] index into grades */
	const struct node *node;
};

/* The grade of a likelihood and an impact as written (blanks and widths apart); NULL: one of them is no value of its
 * axis. */
const struct grade *matrix_grade(const struct facts *f, const struct matrix *m, struct str likelihood,
	struct str impact);
/* By its level; NULL when unknown, or without a matrix. */
const struct grade *grade_of(const struct facts *f, const struct matrix *m, struct str level);
/* The place of a value on an axis; -1 when it has none. */
int axis_at(const struct facts *f, const struct axis *x, struct str value);

/* ---- what a record type says of risks: risk: {no: no, level: level, …} ---- */

/* Where what is done about a risk is written: one record a step (updates:). */
enum risk_word { WORD_RATE, WORD_REVIEW, WORD_CONSULT, WORD_MEASURE, WORD_CLOSE, WORD_REOPEN, RISK_WORDS };
struct risk_updates {
	const struct record_type *of;    /* NULL: there are none */
	const struct field *no, *date, *what, *level, *by, *note;        /* level, by, note may be NULL */
	struct texts words[RISK_WORDS];  /* what each is called there; the first is what a step writes */
};

struct risk_map {
	const struct record_type *type;
	/* of the risk: no, level and registered must be there, the others may be NULL */
	const struct field *no, *name, *level, *likelihood, *impact, *owner, *unit, *registered, *closed, *measures,
		*reviewed;
	const struct field *review;              /* its own cadence … */
	const struct node *review_words;         /* … by these words: 每月 → month; goes before the grade's */
	struct risk_updates updates;
};

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

/* ---- loading ---- */

/* Reads matrix: and the risk: of record types; then warnings: (office/warn.h). */
enum err_code scheme_risk(struct arena *a, struct scheme *s, struct err *err);

#endif
