/* What the pages of findings and inspections show. */
#ifndef WEB_FINDING_VIEW_H
#define WEB_FINDING_VIEW_H

#include "flow/inspect.h"
#include "web/chart_view.h"
#include "web/flow_view.h"
#include "web/list.h"

/* The page's age=: a band from 1, or this: open, whatever its age. */
enum { AGE_ANY = LEN(finding_ages) + 2 };

struct finding_line {
	struct str no, what, unit, level, source, percent;
	struct look look;          /* of its state */
	struct date found, due;
	struct str remark;         /* overdue by 5 days */
	bool overdue;
	int64_t width;             /* of the bar of its progress, 0 … 100 */
	struct url url;
};
struct finding_lines {
	struct finding_line *p;
	size_t n, cap;
};
struct rate_line {
	struct str title, value, how;
};
struct recur_line {
	struct str cause, kind, unit, days;
	struct date closed, found;
	struct str before, again;
	struct url before_url, again_url;
};
struct recur_lines {
	struct recur_line *p;
	size_t n, cap;
};
struct findings_view {
	struct frame *frame;
	struct url here, all, before, after, inspections;
	struct date on;            /* as the address says it; DATE_NONE: it does not */
	bool narrowed, overdue, alone, has_before, has_after, any;
	int64_t age;               /* a band of ages, from 1; 0: any */
	struct str age_text;
	struct picks states, units, sources, years;
	int64_t from, to, n;
	struct finding_lines rows;
	struct list_links files;
	int64_t open, late, soon, closed;
	struct chart_view ages;    /* of the open ones, a bar a unit */
	struct { struct rate_line *p; size_t n, cap; } rates;
	struct recur_lines again;
	struct { struct chip *p; size_t n, cap; } enter;
};

struct measure_line {
	struct str no, post, text, percent;
	struct date due, done;
	int64_t width;
	bool overdue;
};
struct finding_one {
	struct frame *frame;
	struct finding_line line;
	const char *done;          /* a message key, or NULL */
	struct str wrong;
	struct { struct said_field *p; size_t n, cap; } fields;
	struct { struct measure_line *p; size_t n, cap; } measures;
	struct { struct rate_line *p; size_t n, cap; } days;       /* found, fed back, due … */
	struct recur_lines again;
	const struct flow_panel *panel;
	struct url record, inspection, list;
	struct str inspection_no;
	bool has_inspection;
};

struct inspection_line {
	struct str no, unit, lead, team, methods, title;
	struct look look;
	struct date planned, held;
	int64_t looked, problems, found, open;
	bool overdue;
	struct url url;
};
struct inspections_view {
	struct frame *frame;
	struct url here, all, findings;
	struct date on;
	bool narrowed;
	struct picks years;
	struct inspection_lines { struct inspection_line *p; size_t n, cap; } plan, held;
	struct list_links files;
	struct { struct chip *p; size_t n, cap; } enter;
};

struct check_item {
	int64_t no;
	struct str id, text, list, what, who, finding;
	struct look look;          /* of its result */
	bool said, open;           /* open: its form was refused */
	struct url finding_url;
	struct step_fields fields; /* of a problem */
};
struct inspection_view {
	struct frame *frame;
	struct inspection_line line;
	struct str type_title, wrong, list_title;
	const char *done;
	struct { struct said_field *p; size_t n, cap; } fields;
	struct { struct check_item *p; size_t n, cap; } items;
	const struct check_item *other;   /* a problem outside of the list */
	struct { struct pick *p; size_t n, cap; } lists;   /* where it is not known which one it goes by */
	bool may_check, may_find;
	struct date day;           /* of what is said now */
	struct finding_lines findings;
	const struct flow_panel *panel;
	struct url record, list, action;
};

/* The finding as a line; look: its state by shape, tone and word. */
struct finding_line finding_line(struct call *c, const struct finding *x, struct date on);
struct look finding_look(const struct finding *x);
/* Its key, or the number of its record; where it is; "overdue by 5 days" or empty. */
struct str finding_name(struct call *c, const struct finding *x);
struct url finding_url(struct call *c, const struct fact *r);
struct str finding_remark(struct call *c, const struct finding *x, struct date on);
/* Those that he sees on the day asked about, of a unit and those below it (empty: all), of a year (0: any). ERR_DB,
 * ERR_DAMAGED. */
enum err_code findings_seen(struct call *c, struct str unit, int year, struct findings *out, struct err *err);
/* A bar a unit of those that are open, each piece opening its part of the list; unit: those of it alone; year: as
 * the address says it. */
struct chart_view finding_ages_chart(struct call *c, const struct findings *all, struct url list, struct str unit,
	int year);
/* Whether he sees it: the unit that it lies in now, or the record. */
bool finding_seen(const struct call *c, const struct flow_case *x, const struct fact *r);
/* The fields that a record fills in, as they are shown. */
void put_said(struct call *c, const struct fact *r, struct said_field **p, size_t *n, size_t *cap);

/* On the desk: findings whose next step is his. */
struct finding_wait {
	struct str text, what, when;
	struct look look;
	bool late;
	struct url url;
};
struct finding_waits {
	struct { struct finding_wait *p; size_t n, cap; } rows;
	int64_t more;
	struct url all;
};
/* NULL: none. No statement where the scheme has no findings, or the account has no post. ERR_DB, ERR_DAMAGED. */
enum err_code findings_waiting(struct call *c, const struct finding_waits **out, struct err *err);

/* One more line of findings that came again, in the call's arena. */
void put_recurrence(struct call *c, struct recur_lines *out, const struct recurrence *x);

/* The page of an inspection, and its line in the list. */
struct url inspection_url(struct call *c, const struct fact *r);
struct inspection_line inspection_line(struct call *c, const struct inspection *x);

#endif
