/* Between the files of warnings. */
#ifndef FLOW_WARN_INSIDE_H
#define FLOW_WARN_INSIDE_H

#include "flow/warn.h"

/* What was the case with a thing from a day on. */
struct thing_state {
	struct date from;
	bool there, open, late;          /* open: not done; late: done, but after the due day */
	struct date due, done, start;
	int64_t progress;                /* thousandths of a percent */
};

struct thing {
	struct str key, series;          /* series: the things of one kind, one after the other; else the key */
	struct str owner, title;
	const struct duty *duty;
	const struct fact *fact;
	bool risk;
	struct thing_state *states;      /* [n] by day */
	size_t n, cap;
	int32_t seen;                    /* the last day on which it was looked at anew and was there */
};

struct things {
	struct thing **p;
	size_t n, cap;
	struct map by_key;
};

/* A thing and the colour it had by a rule on each day. */
struct strip {
	struct thing *thing;
	int8_t *bands;                   /* [days] index of the band, -1: none */
	int64_t value;                   /* of the last day */
};

struct warn_run {
	const struct warn_rule *rule;
	struct things things;
	struct strip *strips;            /* [things.n] */
};

/* All that is shared while the days of a year are gone through. */
struct walk {
	const struct facts *f;
	const struct warn_answers *answers;
	struct date first, last;         /* days looked at */
	int days;
	bool every;                      /* looks at everything anew each day: for the test that compares */
	struct things *duties;           /* [scheme->nduties], made when first asked for */
	bool *duty_done;
	struct warn_run *runs;           /* [scheme->nwarn_rules] */
};

/* Goes through the days up to w->last, which is set with f and answers. ERR_LIMIT: more than two years. */
enum err_code walk_year(struct walk *w, struct err *err);

/* The i-th day, from 0. */
static inline struct date walk_day(const struct walk *w, int i)
{
	return (struct date){w->first.n + i};
}

/* Days on which something can have changed: those that records of some types say, and whatever else is marked. */
struct busy_days {
	const struct walk *w;
	bool *types;                     /* [scheme->ntypes] */
	bool *on;                        /* [days] */
};

struct busy_days busy_new(const struct walk *w);         /* the first day alone */
void busy_mark(struct busy_days *d, struct date day);    /* DATE_NONE, and days outside the walk: nothing */
void busy_after(struct busy_days *d, struct date last);  /* the day after one that is the last of something */
/* A type, and those that its values come from. */
void busy_type(struct busy_days *d, const struct record_type *t);
void busy_records(struct busy_days *d);                  /* the days that records of these types say */
void busy_org(struct busy_days *d);                      /* portfolios, holders, decisions on slots */

/* The things of a rule (not of WARN_RULE and FIGURE) with what became of them up to the last day. */
enum err_code things_of(struct walk *w, const struct warn_rule *r, struct things *out, struct err *err);

/* The state of a thing on a day; NULL when it is not there. */
const struct thing_state *thing_on(const struct thing *t, struct date day);

/* The colour of a strip on a day of the walk; COLOUR_NONE. */
enum colour strip_colour(const struct warn_run *run, const struct strip *s, int day);
/* The first day of the same colour without a break. */
int strip_since(const struct warn_run *run, const struct strip *s, int day);
/* The last day for an answer to a warning since a day, by the calendar of working days; DATE_NONE. */
struct date limit_day(const struct facts *f, const struct warn_band *b, struct date since);
/* The last answer or lift of a colour that came between two days, both included; NULL. */
const struct warn_answer *answer_between(const struct warn_answers *all, const struct warn_rule *r, struct str object,
	enum warn_act act, struct date from, struct date to);

/* Once all are there. */
void warn_answers_index(struct arena *a, struct warn_answers *out);

struct warn_chain {
	const struct warn_answer **p;
	size_t n, cap;
};

#endif
