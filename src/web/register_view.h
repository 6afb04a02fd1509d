/* What the pages of registers, records, figures, the report and settings show. */
#ifndef WEB_REGISTER_VIEW_H
#define WEB_REGISTER_VIEW_H

#include "web/duty_view.h"
#include "web/metrics.h"

struct register_row {
	struct str title;
	int64_t n, late, unproved;
	struct date last;
	struct url url;
};
struct registers_view {
	struct frame *frame;
	struct { struct register_row *p; size_t n, cap; } rows;
};

enum { ROWS_A_PAGE = 50 };

struct column_head {
	struct str title;
	bool number;
	struct url url;            /* sorts by it; once more the other way */
	const char *sorted;        /* ascending, descending, or NULL */
};
struct cell {
	struct str text;
	const char *class;         /* n, date, long, or empty */
};
struct line_view {
	struct str id;
	struct url url;
	bool late, unproved;
	struct { struct cell *p; size_t n; } cells;
};
struct register_view {
	struct frame *frame;
	struct str title, q, sort;
	struct date on;            /* as the address says it; DATE_NONE: it does not */
	struct url here, all, before, after;
	bool has_before, has_after;
	int64_t from, to, n;
	struct { struct column_head *p; size_t n; } heads;
	struct { struct line_view *p; size_t n; } rows;
};

struct said_field {
	struct str title, text;
	bool raw;                  /* could not be read: as written */
};
struct proof_view {
	struct str name, digest;
	bool there;
	struct url url;
};
struct use_view {
	struct str title;
	const char *what;          /* translated: duty, figure */
	struct url url;
};
struct record_view {
	struct frame *frame;
	struct str id, title, register_title, source, entered;
	struct url register_url;
	bool late, unproved, outside;
	int64_t corrected;         /* event of the last correction; 0: none */
	struct { struct said_field *p; size_t n, cap; } fields;
	struct { struct proof_view *p; size_t n, cap; } proofs;
	struct { struct use_view *p; size_t n, cap; } uses;
};

struct figure_view {               /* the panel */
	struct str name, value, rule;
	int64_t n;
	struct record_lines *records;
	struct url close;
};
struct figure_row {
	struct str name, value, rule;
	int64_t n;
	struct url url;
	bool current;
};
struct figures_view {
	struct frame *frame;
	struct { struct figure_row *p; size_t n; } rows;
	const struct figure_view *open;
};
enum { BEHIND_SHOWN = 300 };
/* The panel of a figure or of a part of one; NULL when there is none of that name. */
const struct figure_view *figure_view(struct call *c, struct str name, struct url close);

struct span_view {
	struct str text;
	bool live, current;        /* live: opens what it came from */
	struct url url;
};
struct para_view {
	int64_t at, level;         /* level: 2 title, 3 and 4 headings, 0 text */
	const char *class;
	struct { struct span_view *p; size_t n, cap; } spans;
	struct { struct str *p; size_t n, cap; } findings;
};
struct outline_row {
	int64_t at;
	struct str text;
	bool sub;
};
struct report_view {
	struct frame *frame;
	struct { struct outline_row *p; size_t n, cap; } outline;
	struct { struct para_view *p; size_t n; } paras;
	struct { struct str *p; size_t n, cap; } loose;    /* findings of no section */
	const struct figure_view *open;
};

struct choice_view {
	const char *title;
	struct url url;
	bool current;
};
struct choice_group {
	const char *title;
	struct { struct choice_view *p; size_t n; } choices;
};
struct settings_view {
	struct frame *frame;
	struct { struct choice_group *p; size_t n; } groups;
	const struct installation *here;   /* for who looks after it; else NULL */
};
struct more_view {
	struct frame *frame;
};
struct trouble_view {
	struct door *door;
	struct str text;
};

#endif
