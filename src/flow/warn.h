/* Warnings (预警) by rules that are data: what is near its due day, overdue, behind a steady pace, missed again and
 * again, not answered, or a figure over or under a bar, with the colour it has on a day, since when, what is to be
 * done about it by whom and until when. A pure function of scheme, facts, answers and day; nothing is stored but the
 * answers. The colours here say how far behind something is; how grave a risk is, is another field (duty/risk.h).
 * The language is described in docs/scheme.md ("Risk and warnings"). */
#ifndef FLOW_WARN_H
#define FLOW_WARN_H

#include "duty/figure.h"
#include "duty/risk.h"
#include "log/log.h"
#include "scheme/warn_def.h"

/* ---- answers ---- */

/* REOPEN: a lift is taken back. */
enum warn_act { WARN_ANSWER, WARN_LIFT, WARN_REOPEN };
struct warn_answer {
	struct id id;
	enum warn_act act;
	struct str rule, object;
	enum colour colour;
	struct date day;                 /* on which it was answered, lifted or reopened */
	struct str by, text, actor;      /* by: the post */
};

struct warn_answers {
	struct warn_answer *p;           /* in the order of the log */
	size_t n, cap;
	struct map by_object;            /* rule and object → struct warn_chain, private to warn*.c */
};

/* All of them, from a database which may be one replayed to an earlier event. ERR_DB. */
enum err_code warn_answers_load(struct db *db, struct arena *a, struct warn_answers *out, struct err *err);

struct warning;
struct warn_said {
	enum warn_act act;
	struct date day;                 /* not after today */
	struct str by, text;             /* the post that does so; what was done or found */
};
/* Records one, inside an intent. ACT_RECORD_ADD to answer, ACT_REVIEW to lift and to reopen. ERR_REQUIRED: no post or
 * no text; ERR_INPUT: the day lies before the warning, or the lift that is taken back, or after today; ERR_CONFLICT:
 * who answered it may not lift it, who lifted it may not reopen it, and nobody what is not lifted. */
enum err_code warn_say(
	struct tx *tx, const struct warning *w, const struct warn_said *said, struct id *id, struct err *err);

extern const struct event_kind warn_kinds[];     /* ended by a kind without name */

/* ---- on a day ---- */

/* What a rule looks at: a slot, a finding, a risk, a duty of one owner, a figure, a series of slots. */
struct thing;
/* One rule over the days of the year in hand, up to one of them. */
struct warn_run;

enum warn_state { WARN_OPEN, WARN_ANSWERED, WARN_LAPSED, WARN_LIFTED, WARN_STATES };
const char *warn_state_name(enum warn_state s);  /* "open": in files */
const char *warn_state_title(enum warn_state s); /* for people: a message key */

struct warning {
	const struct warn_rule *rule;
	const struct warn_band *band;
	const struct thing *thing;
	struct str key;                  /* W1-3fa2c19b: rule and the beginning of the object's SHA-256 */
	struct str object;               /* what it is about, as answers name it; stable from day to day */
	struct str title;                /* the same for people */
	struct str owner, to;            /* to: who is to act; of one whose limit has passed: whom it goes to then */
	const struct duty *duty;         /* NULL: not of a duty */
	const struct risk *risk;         /* of a risk, as of the day */
	const struct fact *fact;         /* the record, where it is one; NULL */
	int64_t value;                   /* thousandths, in the unit of the metric */
	struct date due;                 /* of what it is about; DATE_NONE: it has none */
	struct date first, since;        /* first day of the warning in any colour, and in this one */
	struct date limit;               /* last day for the answer; DATE_NONE: none */
	enum warn_state state;
	const struct warn_answer *answer;        /* the last one of this colour; NULL */
};

/* Its value as it is shown: of a gap, which is a quotient, one decimal, rounded half up. */
struct str warn_value_text(struct arena *a, const struct warning *w);

struct warnings {
	const struct facts *facts;
	struct date on;
	struct warning *p;               /* in the order of the rules, gravest first within one */
	size_t n, cap;
	struct warn_run *runs;           /* [scheme->nwarn_rules] */
};

/* Every warning on a day, those lifted as well. The days of f's year up to `on` are gone through once; what is due is
 * computed anew only on days on which a record says something. answers may be NULL. In the facts' arena. Fails as
 * figures_on. */
enum err_code warnings_on(const struct facts *f, const struct warn_answers *answers, struct date on,
	struct warnings *out, struct err *err);

/* By key; NULL when unknown. */
const struct warning *warning_named(const struct warnings *all, struct str key);

/* ---- would the rules have warned? ---- */

/* A rule held against what became of what it looked at, at the end of a year: of slots, findings and risk reviews whose
 * due day lay in the year. */
struct warn_trial {
	const struct warn_rule *rule;
	int objects;                     /* that came to an end: met, late or missed */
	int bad;                         /* of these, late or missed in the end */
	int before;                      /* of the bad: warned on a day before the due day */
	int lead_min, lead_median_x2, lead_max;  /* days from the first warning to the due day; twice the median */
	int after;                       /* of the bad: first warned on the due day or later */
	int never;                       /* of the bad: never warned */
	int good;                        /* met in time */
	int false_alarms;                /* of the good: warned */
	int warned;                      /* warnings in all, where outcomes say nothing (repeats, lapsed, figures) */
	bool judged;                     /* outcomes say something of this rule */
	int *leads;                      /* [before], sorted */
};

/* One row a rule, over the year of f. In the facts' arena. */
enum err_code warn_backtest(
	const struct facts *f, const struct warn_answers *answers, struct warn_trial **out, struct err *err);
/* Adds the trials of another year to those of the same rules. a: for the leads. */
void warn_trial_add(struct arena *a, struct warn_trial *sum, const struct warn_trial *more);

#endif
