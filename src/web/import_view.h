/* What the pages of imports show: what waits and what was taken, one upload, one import of the past. */
#ifndef WEB_IMPORT_VIEW_H
#define WEB_IMPORT_VIEW_H

#include "web/call.h"
#include "web/drop.h"

/* ---- all of them ---- */

struct waiting_line {              /* an upload of this person */
	struct str files;
	const char *state;         /* a message key */
	int64_t rows, minutes;     /* read so far; until it is gone */
	bool known;                /* rows says something */
	struct url url;
};
struct past_line {                 /* an import that was taken */
	int64_t id, year, accepted, refused;
	struct str when, who, registers;
	int64_t undone;            /* the event that withdrew it; 0: none */
	struct url url, undo;      /* undo: the place there where it is withdrawn */
};
struct imports_view {
	struct frame *frame;
	struct str wrong;
	const char *done;          /* a message key, or NULL */
	int64_t year;
	struct { struct waiting_line *p; size_t n, cap; } waiting;
	struct { struct past_line *p; size_t n, cap; } past;
	bool has_before, has_after;
	struct url before, after;
};

/* ---- one upload ---- */

struct count_view {
	const char *title;         /* a message key: what they are */
	int64_t n;
	bool warn;                 /* to be looked at, where there are some */
	struct url url;            /* shows them */
};
struct upload_table {
	struct str source, title, problem;
	int64_t rows;
	struct url url;            /* the register */
	struct { struct count_view *p; size_t n; } counts;
};
struct upload_tab {
	struct count_view count;
	bool current;
};

struct row_cell {
	struct str text;
	bool bad, brief;           /* bad: what the row is refused for; brief: fits a line */
};
struct change_view {
	struct str title, before, after;
};
struct upload_row {
	int64_t row;               /* in the file; 0: the whole register */
	struct str why;            /* REFUSED, NOTICES, GONE, DUPLICATE, OUT_OF_YEAR: said of it */
	struct str column;         /* REFUSED */
	struct str record;         /* number of the record that is here */
	struct url url;
	struct { struct row_cell *p; size_t n; } cells;
	struct { struct change_view *p; size_t n, cap; } changes;
};
struct upload_group {              /* the rows of one register */
	struct str source, title;
	struct { struct str *p; size_t n; } heads;
	struct { struct upload_row *p; size_t n, cap; } rows;
	bool why, records;         /* has such a column */
};
enum upload_shape { SHAPE_CELLS, SHAPE_CHANGES, SHAPE_SAID };

struct upload_view {
	struct frame *frame;
	struct str wrong;          /* why it was not taken just now */
	enum drop_state state;
	struct str files, error;
	int64_t nfiles, files_read, rows_read, minutes, year;
	struct url here, refused_url;

	bool clean, anything;
	int64_t good, refused, outside;
	struct { struct upload_table *p; size_t n; } tables;
	struct { struct str *p; size_t n; } unmapped;

	struct { struct upload_tab *p; size_t n, cap; } tabs;
	const char *about;         /* a message key: what becomes of the rows shown */
	enum upload_shape shape;
	struct str only;           /* the register asked for; empty: all */
	struct url every;
	struct { struct upload_group *p; size_t n, cap; } groups;
	int64_t from, to, all;
	bool has_before, has_after;
	struct url before, after;

	int64_t import;            /* TAKEN: its number; 0: nothing had to be written */
	struct url import_url;
};

/* ---- one import of the past ---- */

struct past_table {
	struct str source, title;
	int64_t accepted, refused;
	struct url url;            /* the register */
	bool known;                /* there is such a register today */
};
struct past_view {
	struct frame *frame;
	struct past_line past;
	struct str wrong, why;     /* why: of its withdrawal, as it was given */
	struct str undone_when, undone_who;
	int64_t gone;              /* records that went with it */
	struct { struct past_table *p; size_t n; } tables;
	bool may;                  /* withdraw it */
	struct str stands;         /* what stands on it; empty: it can be withdrawn */
	int64_t withdrawn, restored;     /* records that would go, and that would say again what they said before */
};

/* An import as the log has it: when, who, how many. ERR_NOT_FOUND. tables may be NULL: its registers, in the arena. */
enum err_code past_line(struct call *c, int64_t import, struct past_line *out, const struct node **tables,
	struct err *err);

#endif
