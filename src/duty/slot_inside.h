/* Between the files of slots: one run over a need, and what its forms share. */
#ifndef DUTY_SLOT_INSIDE_H
#define DUTY_SLOT_INSIDE_H

#include "base/map.h"
#include "duty/slot.h"

/* Records with their days, by day. */
struct picked {
	const struct fact **p;
	struct date *day;
	size_t n;
};

/* A period that is owed. */
struct owed {
	struct stretch s;
	struct str label;
	int from, to;                /* HOURS: minutes of the day; a record at `to` is of the next one … */
	bool closes;                 /* … but at the end of the day's last */
	bool unknown;                /* found by working days of a year without a calendar */
};
struct owed_list {
	struct owed *p;
	size_t n;
};

/* A day that a need falls on. */
struct fall {
	struct date day, due;        /* as written; after its shift */
	bool unknown;
};
struct falls {
	struct fall *p;
	size_t n;
};

struct run {
	const struct facts *f;
	const struct need *n;
	struct date on, first, last;     /* the day asked about; the year in hand */
	const struct calendar *calendar;
	struct figure_source figures;
	struct duty_state *out;
	struct map allowed;              /* of this duty: slot → what was decided last; empty: nothing */
	/* Expanded once a need and year. */
	struct owed_list owed, later;    /* later: of the years after, where spare records are looked for */
	struct owed_list *by_word;       /* [span_words->n] */
	struct falls falls;
	/* WHEN: what was taken last, and for whom. */
	bool asked;
	struct str asked_owner, asked_each;
	struct picked later_of;
};

/* ---- slot.c ---- */

/* What is made while slots are opened lies in the facts' arena. */
static inline struct arena *run_arena(const struct run *r)
{
	return r->f->arena;
}

/* Adds a record to a list. */
void slot_keep(const struct run *r, struct fact_list *l, const struct fact *fact);
struct str slot_nth(const struct run *r, int64_t k);     /* 第1次 for k = 0 */
const char *slot_gap(const struct run *r);       /* what stands between two parts of a label: nothing in Chinese */
struct str slot_label(const struct run *r, const struct slot_for *x, struct str own);
struct str slot_day_label(const struct run *r, struct date d);

/* The due day after a decision on the slot of that label; DATE_NONE: none puts it off. */
struct date slot_put_off(const struct run *r, const struct slot_for *x, struct str label, struct date due);

/* Adds a slot: its label, due day, day done, facts and flags are there. late: late, though not after its due day. */
void slot_settle(struct run *r, const struct slot_for *x, struct slot s, bool late);

/* A due day, shifted as the need says. */
struct date slot_shift(const struct run *r, struct date d, bool *unknown);

/* ---- slot_pick.c ---- */

/* The records of take, by day: those that count apart from each other, within the tenure. */
struct picked slot_taken(const struct run *r, const struct slot_for *x);
struct picked picked_from(const struct picked *l, struct date first, struct date last);     /* a part of it */
int fact_minute(const struct run *r, const struct fact *fact, const struct field *f);    /* of the day; -1: none */

/* ---- slot_setting.c ---- */

bool slot_season(const struct run *r, int year, struct stretch out[2], int *n);  /* false: there is none */
struct date slot_bound(const struct facts *f, struct str key, const struct day_ref *ref, bool has, struct date on,
	struct date fallback);
bool slot_exempt(const struct run *r, struct date day);

/* A table of periods in the settings; false where it is not there, or is none. */
struct table_period {
	struct str name;
	bool yearly;
	struct ymd from, to;         /* yearly: y is 0 */
};
bool slot_table(const struct facts *f, struct str key, struct table_period **out, size_t *n);

/* ---- slot_span.c ---- */

/* The periods owed in a year, in order. */
struct owed_list slot_owed(const struct run *r, const struct span_rule *span, int year);
/* Of the object's period, by its words; NULL: it owes nothing. */
const struct owed_list *slot_owed_by(struct run *r, const struct slot_for *x, struct span_rule *span);
bool owed_within(const struct span_rule *span, const struct stretch *s, struct date first, struct date last);

/* ---- slot_enough.c ---- */

/* The day on which records of a period were enough; DATE_NONE: they are not. due: a rate is judged on it. */
struct date slot_enough(const struct run *r, const struct slot_for *x, const struct picked *in, struct date due);

/* ---- slot_grace.c ---- */

/* The spare records after a period, which it may be filled by. most: how many a period needs. */
struct picked slot_spare(
	struct run *r, const struct picked *all, const struct owed_list *owed, size_t at, int64_t most);

/* ---- the forms ---- */
void need_count(struct run *r, const struct slot_for *x);
void need_each(struct run *r, const struct slot_for *x);
void need_on(struct run *r, const struct slot_for *x);
void need_by(struct run *r, const struct slot_for *x);
void need_reach(struct run *r, const struct slot_for *x);
void need_when(struct run *r, const struct slot_for *x);
void need_holds(struct run *r, const struct slot_for *x);

#endif
