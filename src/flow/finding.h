/* Findings (问题) as of a day: where each stands, what is overdue, measures, rates with their arithmetic, ages,
 * recurrences. From the records (record/facts.h) and their steps (flow/flow.h); nothing is stored. */
#ifndef FLOW_FINDING_H
#define FLOW_FINDING_H

#include "flow/flow.h"
#include "record/facts.h"

/* One finding. Texts are as the record says them; days DATE_NONE where there is none. */
struct finding {
	const struct fact *record;
	struct flow_case c;
	struct date found, fed_back, done, closed;
	struct str no, what, source, cause, unit;      /* no: its key; unit: its name, or as written */
	bool owed;                       /* it has to be put right: not dropped */
	bool overdue;                    /* to be put right by c.due, which is past */
	bool soon;                       /* c.due is at most FINDING_SOON days away */
	bool late;                       /* put right after the day in force */
	bool recheck;                    /* closed, and the day of the re-check is past */
	int days;                        /* from found to closed, or to the day asked; -1: found on no day */
	int days_late;                   /* overdue or late: by so many days */
};

enum { FINDING_SOON = 14 };

struct findings {
	struct finding *p;               /* by day found, then number of the record */
	size_t n, cap;
	struct date on;
};

/* What is asked for; empty: everything. */
struct finding_ask {
	struct date on;                  /* as of this day; must be there */
	int year;                        /* found in this year, or open or closed in it; 0: any */
	struct str unit;                 /* code of a unit: it and those below */
};

/* f: loaded with every type about a finding. ERR_DB, ERR_DAMAGED. All of it lives in a. */
enum err_code findings_load(struct db *db, struct arena *a, const struct facts *f, const struct finding_ask *ask,
	struct findings *out, struct err *err);

/* The same of cases that were loaded before, as of ask->on. */
void findings_of(struct arena *a, const struct facts *f, const struct flow_cases *cases, const struct finding_ask *ask,
	struct findings *out);

/* Code of the unit that keeps a record (record/record.h); empty: the office's own. */
struct str flow_keeper(const struct facts *f, const struct fact *r);

/* One of them by the record's id; NULL. */
const struct finding *finding_of(const struct findings *all, struct id id);

/* ---- measures ---- */

struct measure {
	struct str no, post, text;
	struct date set, due, done;      /* done: the day it was said to be at 100 */
	int64_t progress;
	bool overdue;
};
struct measures {
	struct measure *p;
	size_t n, cap;
};
/* Those set by steps, in their order. */
struct measures measures_of(struct arena *a, const struct flow_case *c, struct date on);
/* Of the whole: the last that was said of it, else the mean of its measures rounded down, 100 once it is put right;
 * -1: nothing was said. */
int64_t finding_percent(struct arena *a, const struct finding *x, struct date on);

/* ---- rates ---- */

struct finding_rates {
	size_t found, owed, closed;      /* owed: found, less dropped */
	size_t dated, in_time;           /* closed ones with a day in force; of them put right by it */
	size_t open, overdue, soon, recheck, standing;
	size_t timed;                    /* closed ones whose days of finding and closing are known */
	int64_t days;                    /* of those together */
	size_t recurred;
	size_t ages[5];                  /* open ones by days since found: finding_ages */
	size_t undated;                  /* open ones found on no day */
};
/* Upper ends of the ages in days: 30, 60, 90, 180, and more (0). */
extern const int finding_ages[5];

struct recurrences;
/* Counts them. again: their recurrences; NULL: none are counted. */
struct finding_rates finding_rates(const struct findings *all, const struct recurrences *again);

/* Tenths of a per cent, half up; -1 where of is 0. */
int64_t finding_permille(size_t part, size_t of);

/* ---- recurrence ---- */

enum recurrence_kind {
	RECUR_UNIT,      /* the same cause in the same unit */
	RECUR_ACROSS,    /* the same cause in another unit */
	RECUR_REOPENED   /* the finding itself was reopened */
};
struct recurrence {
	enum recurrence_kind kind;
	const struct finding *before, *again;          /* REOPENED: the same one */
	struct date closed, found;       /* of the one before, of the one after */
	int days;                        /* between */
	struct str cause;                /* as the later one says it */
};
struct recurrences {
	struct recurrence *p;            /* by day found of the later one */
	size_t n, cap;
};
/* Same cause (the field, else what was found: half-width, without blanks, marks and digits) found again within `within`
 * days after closure. Of several closed before, one of the same unit counts first, then the one closed last. */
struct recurrences recurrences_of(struct arena *a, const struct findings *all, int64_t within);

/* The word of a cause that two findings are compared by. */
struct str finding_cause_key(struct arena *a, struct str text);

#endif
