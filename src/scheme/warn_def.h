/* Rules of warnings (预警) as the scheme says them: what each looks at, what it measures, from where on it has which
 * colour, and what is to be done then. What they say on a day tells flow/warn.h; docs/scheme.md ("Risk and
 * warnings"). */
#ifndef SCHEME_WARN_DEF_H
#define SCHEME_WARN_DEF_H

#include "scheme/duty_def.h"
#include "scheme/risk_def.h"

enum warn_of { WARN_SLOTS, WARN_FINDINGS, WARN_RISKS, WARN_FIGURE, WARN_RULE };

enum warn_metric {
	METRIC_DAYS_TO_DUE,   /* days until the due day, while it is neither done nor due */
	METRIC_DAYS_OVERDUE,  /* days since the due day, while it is not done; 0 on the due day */
	METRIC_GAP,           /* points that what is done lies behind a steady pace */
	METRIC_REPEATS,       /* slots missed in a row; with rule: how often, or how often in a row, it had a colour */
	METRIC_LAPSED,        /* days since the answer to another rule's warning was due, while there is none */
	METRIC_VALUE          /* of a figure */
};

/* Until when a warning is to be answered. */
struct warn_limit {
	int days;                        /* 0: no limit */
	bool working;
};

struct warn_band {
	bool at_most;                    /* value ≤ bar, else value ≥ bar */
	int64_t bar;                     /* thousandths of days, points, times or the figure's own unit */
	enum colour colour;
	struct str action, to, escalate; /* to, escalate: owner, post:NAME, role:NAME; may be empty */
	struct warn_limit limit;
};

struct warn_rule {
	struct str id, title;
	enum warn_of of;
	enum warn_metric metric;
	const struct duty **duties;      /* SLOTS [nduties] */
	size_t nduties;
	struct set take;                 /* FINDINGS; RISKS: only these, where of is there */
	const struct field *due[4];      /* FINDINGS: the first that says something counts */
	size_t ndue;
	const struct field *done, *start, *progress, *owner, *label;     /* FINDINGS: progress in percent */
	struct str figure;               /* FIGURE */
	const struct warn_rule *rule;    /* RULE: an earlier one */
	enum colour colour;              /* RULE, REPEATS: this colour or a graver one counts */
	bool in_a_row;                   /* RULE, REPEATS */
	struct warn_band *bands;         /* [nbands] */
	size_t nbands;
	const struct node *node;
};

/* Reads warnings: of a scheme. Called by scheme_risk. */
enum err_code scheme_warnings(struct arena *a, struct scheme *s, struct err *err);
const struct warn_rule *warn_rule_named(const struct scheme *s, struct str id);  /* NULL when unknown */

#endif
