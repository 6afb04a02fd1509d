/* What the pages of the plan and of the burden of proof show. */
#ifndef WEB_PLAN_VIEW_H
#define WEB_PLAN_VIEW_H

#include "web/duty_view.h"

struct promise_line {
	struct str no, id, what, owner, target, why, repeats, likeness;
	struct date limit;
	int64_t times, done, late;
	struct look look;
	bool same;                 /* repeats it word for word */
	bool decided;              /* somebody decided it: may be opened again */
	bool chosen;               /* its form was refused */
	struct url url;
};
struct fate_count {
	struct look look;
	int64_t n;
};
struct plan_view {
	struct frame *frame;
	struct list_links files;
	bool has;                  /* the scheme says what its plan is */
	bool may;                  /* decide */
	bool may_import;
	int64_t year;
	struct str wrong, why, day;
	const char *done;
	struct { struct promise_line *p; size_t n, cap; } lines;
	struct { struct fate_count *p; size_t n; } fates;
	int64_t again;             /* promises that repeat last year's */
	int64_t next;              /* the next year that has lines; 0: none */
	struct { struct promise_line *p; size_t n, cap; } later;   /* they: no, what, owner, target, limit, url */
	struct url next_url;
	struct str did, typed_why;
};

struct burden_row {
	struct str id, title;
	struct url url;            /* of a duty */
	int64_t slots, entries_asked, entries, files_asked, files, excess;
};
struct burden_rows {
	struct burden_row *p;
	size_t n, cap;
};
struct late_cell {
	int64_t late, entries;
};
struct late_row {
	struct str unit;
	struct { struct late_cell *p; size_t n; } months;
	int64_t late, entries, percent;
};
struct burden_view {
	struct frame *frame;
	struct burden_rows duties, units;
	struct list_links files;
	struct burden_row sum;
	int64_t entries_saved, files_saved;
	struct { struct late_row *p; size_t n, cap; } late;
	int64_t late_days;         /* after how many days an entry is late */
	int64_t year;
	bool may_import;
};

#endif
