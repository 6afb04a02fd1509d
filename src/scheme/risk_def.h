/* Risks (风险) as the scheme says them: colours, the matrix of likelihood and impact, and which field of a register
 * says what of a risk. What is the case on a day tells duty/risk.h; docs/scheme.md ("Risk and warnings"). */
#ifndef SCHEME_RISK_DEF_H
#define SCHEME_RISK_DEF_H

#include "scheme/period.h"
#include "scheme/scheme.h"

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

/* ---- loading ---- */

/* Reads matrix: and the risk: of record types; then warnings: (scheme/warn_def.h). */
enum err_code scheme_risk(struct arena *a, struct scheme *s, struct err *err);

#endif
