/* Inspections (督查检查): planned and held as their flow says (flow/flow.h); what was looked at, item by item of a
 * checklist; findings made out of it. A checklist is data: checklists: of the scheme. */
#ifndef FLOW_INSPECT_H
#define FLOW_INSPECT_H

#include "flow/finding.h"
#include "record/record.h"

enum inspect_result { INSPECT_OK, INSPECT_PROBLEM, INSPECT_NOT_HERE, INSPECT_RESULTS };
/* "ok", "problem", "none": in the log. */
const char *inspect_result_name(enum inspect_result r);
const char *inspect_result_title(enum inspect_result r);     /* a message key */
bool inspect_result_named(struct str name, enum inspect_result *out);

/* What was said last of an item. */
struct inspected {
	struct id event;
	struct str list, item, what, by, actor;
	enum inspect_result result;
	struct date day;
	struct id finding;               /* made of it; ID_NONE: none */
};
struct inspected_list {
	struct inspected *p;             /* in the order of being said first */
	size_t n, cap;
};
/* Of one inspection up to a day (DATE_NONE: all), the newest of each item. ERR_DB, ERR_DAMAGED. */
enum err_code inspected_load(
	struct db *db, struct arena *a, struct id inspection, struct date on, struct inspected_list *out,
		struct err *err);

/* A checklist of the scheme; NULL where there is none of that name. name empty: the only one there is. */
const struct choice_list *inspect_checklist(const struct scheme *s, struct str name);
/* An item by its text or its number from 1; empty where there is none. */
struct str inspect_item(const struct choice_list *list, struct str name);

/* ---- an inspection as of a day ---- */

struct inspection {
	const struct fact *record;
	struct flow_case c;
	struct str no, unit, lead, team, methods, checklist;
	struct date day;                 /* on which it was held; DATE_NONE: not yet */
	struct date planned;
	bool overdue;                    /* planned for a day that is past, and not held */
	size_t looked, problems;         /* items with a result, those with a problem */
	size_t found, open;              /* findings that name it or were made of it; of them not closed */
};
struct inspections {
	struct inspection *p;            /* by day held or planned, then number of the record */
	size_t n, cap;
	struct findings findings;        /* all that there are on that day, which were counted */
};
/* f: loaded with every type about an inspection or a finding. year: planned or held in it; 0: any. */
enum err_code inspections_load(struct db *db, struct arena *a, const struct facts *f, struct date on, int year,
	struct inspections *out, struct err *err);

/* The type of findings made out of an inspection: the one that names inspections of its type by a link, which is *link,
 * else the first about a finding; NULL: the scheme has none. */
const struct record_type *inspect_finding_type(
	const struct scheme *s, const struct record_type *inspection, const struct field **link);
/* Its field that says what was found; NULL: none. */
const struct field *inspect_what_field(const struct record_type *finding, const struct field *link);

/* ---- writing: inside an intent ---- */

struct inspect_input {
	const struct scheme *scheme;
	enum lang lang;
	struct id inspection;
	struct str list, item;           /* of a checklist; both empty for a finding outside of one */
	enum inspect_result result;
	struct str what;                 /* what was seen; must be there for a problem */
	struct str by;                   /* post: code or name */
	struct date day;                 /* DATE_NONE: that of the inspection */
	bool finding;                    /* a finding is made out of it */
	const struct record_typed *typed; size_t ntyped;       /* more fields of the finding */
	int year;                        /* of its register; 0: that of the day */
};

/* Says the result of an item. Where a finding is asked for, it is entered in the same intent: source, unit, day and the
 * link come from the inspection, what from the text. *finding: its id, else ID_NONE. ACT_RECORD_CHANGE on the unit of
 * the inspection, and ACT_RECORD_ADD for a finding. ERR_NOT_FOUND: no such inspection, checklist, item, post;
 * ERR_REQUIRED; ERR_CONFLICT: it was cancelled; ERR_INPUT: the finding does not fit, fit->problems says why. */
enum err_code inspect_say(struct tx *tx, struct arena *a, const struct inspect_input *in, struct record_fit *fit,
	struct id *finding, struct err *err);

#endif
