/* What the pages of assessment show. */
#ifndef WEB_ASSESS_VIEW_H
#define WEB_ASSESS_VIEW_H

#include "web/duty_view.h"

/* ---- /assess ---- */

struct assess_unit_row {
	struct str name, full, total, grade, self, settled_on;
	bool quota;
	struct look look;                /* its state */
	int64_t waiting, appeals;        /* scores without a second person; appeals that run */
	struct url url;
};
struct assess_view {
	struct frame *frame;
	struct list_links files;
	struct str title, year;
	bool office;                     /* the scheme scores the office, not units */
	bool made;                       /* the scheme says nothing of it */
	bool graded, selfs;
	struct { struct assess_unit_row *p; size_t n, cap; } rows;
	int64_t appeals;
};

/* ---- /assess/:unit ---- */

struct sheet_line {                      /* one line of a score */
	struct str points, self, rule, sum;
	struct slot_views slots;
	struct record_lines records;
};
struct sheet_lines {
	struct sheet_line *p;
	size_t n, cap;
};
struct item_link {
	struct str text;
	struct url url;
};
/* One of those that an item judges one by one. */
struct thing_row {
	struct str key, name, weight, got, said;         /* said: who gave what, and why */
	struct str points_typed, text_typed;
	struct url url;
	int64_t waiting;                 /* event of a score without a second person; 0: none */
	struct str waiting_points, waiting_by, waiting_why;
	bool linked, may_judge, may_confirm;
};
struct assess_item_row {
	struct str id, title, proof, points, self, self_text, got, diff, reason, text;
	const char *diff_word;           /* NULL: no self score */
	bool computed_self;              /* self: as computed, in brackets */
	struct sheet_lines lines;
	int64_t waiting;                 /* event of a score without a second person; 0: none */
	struct str waiting_points, waiting_why, waiting_by;
	bool waiting_mine;               /* it is his own */
	int64_t appeal;                  /* event of an appeal that was upheld: to be scored anew */
	struct { struct item_link *p; size_t n, cap; } appeals, duties;
	bool may_self, may_score, may_confirm, may_appeal;
	struct str open;                 /* the form that was refused: self, score, appeal; else empty */
	struct str points_typed, text_typed;
	struct url url, self_url, appeal_url;
	bool several, things_posts, weighed, things_open;        /* it judges several things */
	struct { struct thing_row *p; size_t n, cap; } things, gone;
	int64_t nthings, njudged, more_things;
	bool may_judge, may_confirm_things;
	int64_t nconfirm, last_waiting;  /* he may confirm so many; the newest of them */
	struct str range;                /* what each may have */
};
struct assess_section_row {
	struct str id, title, full, self, got;
	struct { struct assess_item_row *p; size_t n, cap; } items;
	struct sheet_lines lines;
};
struct hint_row {
	struct str gain, loss, what, item;
	struct url url;
	bool linked;
};
struct assess_unit_view {
	struct frame *frame;
	struct str name, title, year, full, self, total, grade, day;
	struct str wrong;
	const char *done;                /* a message key, or NULL */
	struct url url;
	bool office, selfs, opened;
	struct look look;
	bool settled, again;
	bool same, other_day;            /* computed anew it is what was settled; it is asked as of another day */
	struct str settled_day, settled_on, settled_by, settled_total, settled_grade;
	int64_t appeal_days;
	struct { struct assess_section_row *p; size_t n, cap; } sections;
	struct sheet_lines lines;
	struct { struct hint_row *p; size_t n, cap; } hints;
	int64_t gone, more;              /* losses that cannot be made good; hints left out */
	bool may_open, may_settle, may_self, may_score, postless;
	int64_t waiting;
};

/* ---- appeals ---- */

struct appeal_row {
	struct str unit, item, why;
	struct date since;
	struct look look;
	struct url url;
};
struct appeals_view {
	struct frame *frame;
	bool may_decide;
	struct appeal_rows { struct appeal_row *p; size_t n, cap; } open, over;
	struct list_links files;
};
struct appeal_step {
	const char *what;
	struct str who, when, why;
};
struct appeal_offer {
	struct str name;                 /* of the move */
	const char *title, *consequence;
	struct str why_not;
	bool why;                        /* it asks for one */
};
struct appeal_view {
	struct frame *frame;
	struct str unit, item, points, self, got, typed, wrong;
	struct url sheet, url, back_url;
	const char *done, *state;
	struct look look;
	struct { struct appeal_step *p; size_t n, cap; } steps;
	struct { struct appeal_offer *p; size_t n, cap; } decide;
	bool may_decide, may_back, to_rescore;
	struct sheet_lines lines;
};

#endif
