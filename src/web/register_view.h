/* What the pages of registers, records, figures, the report and settings show. */
#ifndef WEB_REGISTER_VIEW_H
#define WEB_REGISTER_VIEW_H

#include "record/export.h"
#include "web/duty_view.h"
#include "web/entry_view.h"
#include "web/metrics.h"

struct register_row {
	struct str title;
	int64_t n, late, unproved;
	struct date last;
	struct url url;
};
struct registers_view {
	struct frame *frame;
	bool may_import, may_export;
	struct url xlsx, blank;
	struct { struct register_row *p; size_t n, cap; } rows;
};

enum { ROWS_A_PAGE = 50 };

struct column_head {
	struct str title;
	bool number;
	struct url url;            /* sorts by it; once more the other way */
	const char *sorted;        /* ascending, descending, or NULL */
};
struct cell_view {
	struct str text;
	const char *class;         /* n, date, long, or empty */
};
struct column_filter {             /* a column with few values, and the one chosen */
	struct str name, id, title;
	struct picks picks;
};
struct take_link {                 /* a form that it can be taken along in */
	const char *format;
	struct url url;
};
struct page_length {
	int64_t rows;
	struct url url;
	bool current;
};
struct line_view {
	struct str id;
	struct url url;
	bool late, unproved;
	struct { struct cell_view *p; size_t n; } cells;
};
struct register_view {
	struct frame *frame;
	struct str title, q, sort;
	struct date on;            /* as the address says it; DATE_NONE: it does not */
	struct url here, all, before, after;
	bool has_before, has_after;
	bool may_add, may_import, may_export, one_sheet;   /* one_sheet: a CSV holds it all */
	struct url add, xlsx, csv, blank;
	struct { struct take_link *p; size_t n; } papers;
	int64_t from, to, n;
	struct { struct column_filter *p; size_t n, cap; } filters;
	bool narrowed;             /* by words or values */
	struct { struct page_length *p; size_t n; } lengths;
	struct { struct column_head *p; size_t n; } heads;
	struct { struct line_view *p; size_t n; } rows;
};

/* The registers that hold a type; n, and the list in the call's arena. */
size_t type_sheets(struct call *c, const struct record_type *type, struct export_sheet **out);

/* The records that the page of a register shows at this address, in its order, all its pages together; *out NULL: all
 * of them as they are. ERR_NOT_FOUND: sorted by no column. */
enum err_code register_shown(struct call *c, const struct record_type *type, struct id **out, size_t *n,
	struct err *err);

/* What the page of a register is narrowed by, for people: 会议类别=党委会; empty: nothing. */
struct str register_narrowed(struct call *c, const struct record_type *type);

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
	struct step_lines history;
	bool from_file;            /* file: the register it came from */
	struct url file;
	bool may_correct, may_withdraw, withdrawn;
	int64_t rev;               /* the event that says it now */
	const char *done;          /* a message key, or NULL */
	bool undo;                 /* done was entering it: taking it back is offered at once */
	struct str wrong, why;
	struct url url, correct;
};

struct figure_view {               /* the panel */
	struct str name, title, value, rule;   /* title: for people, the name where there is none */
	bool titled;                   /* title and name differ */
	int64_t n;
	struct record_lines *records;
	struct url close;
};
struct figure_row {
	struct str name, title, value, rule;
	int64_t n;
	struct url url;
	bool current;
};
struct figures_view {
	struct frame *frame;
	struct { struct figure_row *p; size_t n; } rows;
	const struct figure_view *open;
	struct list_links files;
};
enum { BEHIND_SHOWN = 300 };
/* The panel of a figure or of a part of one; NULL when there is none of that name. */
const struct figure_view *figure_view(struct call *c, struct str name, struct url close);

struct choice_view {
	const char *title;
	const char *lang;          /* that the title is in, whatever the page's; NULL: the page's */
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

/* Does a record count in its register, for this reader, on the day in hand? */
bool register_counts(struct call *c, const struct fact *r);

#endif
