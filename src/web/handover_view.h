/* What the pages of handovers show. */
#ifndef WEB_HANDOVER_VIEW_H
#define WEB_HANDOVER_VIEW_H

#include "flow/handover.h"
#include "web/duty_view.h"

/* ---- the lines that go over, in sections ---- */

struct handed_note {
	struct str day, name, text;
};
struct handed_line {
	int64_t no;
	struct str duty, title, label, state;
	struct date due;
	struct url url;                /* empty: there is nothing to open */
	struct { struct handed_note *p; size_t n, cap; } notes;
};
struct handed_part {
	const char *title;             /* a message key */
	const char *id;                /* of the section on the page */
	struct { struct handed_line *p; size_t n, cap; } lines;
};
struct handed_parts {
	struct handed_part p[LINE_KINDS];  /* [n] that have a line */
	size_t n;
};

/* ---- the pages ---- */

struct handover_line_view {            /* one that is kept */
	struct str no, post, leaving, coming;
	struct url url;
	struct look look;
	const char *state;             /* a message key */
	struct date on;
	int64_t lines;
	bool open;
};
struct change_line {                   /* a change of holder */
	struct str post, leaving, coming;
	const char *before, *after;    /* kinds of the spells: message keys */
	bool looked_before, looked_after;  /* only looks after it */
	struct date on, from;
	struct url url;                /* what goes over; or the handover that is kept */
	struct str kept;               /* number of the newest one */
};
struct unheld_slot {
	struct str duty, title, label;
	struct date due;
	struct look look;
	struct url url;
};
struct unheld {                        /* days on which nobody held a post */
	struct str post, holder;
	struct url url;
	const char *kind;              /* a message key */
	bool vacant;
	struct date from, to;
	int64_t days;
	struct { struct unheld_slot *p; size_t n, cap; } due;
};
struct handed_row {                    /* a change, or a handover that is kept, in a list taken along */
	struct str post, leaving, coming, no, lines;
	const char *state;             /* a message key; NULL: it was not prepared */
	struct date on;
};
struct handovers_view {
	struct frame *frame;
	int64_t year, held, acting, vacant;   /* days of posts */
	struct handover_lines { struct handover_line_view *p; size_t n, cap; } running, over;
	struct { struct change_line *p; size_t n, cap; } changes;
	struct { struct unheld *p; size_t n, cap; } stretches;
	struct list_links files;
};

struct handover_post_view {
	struct frame *frame;
	struct str wrong;
	struct str post, leaving, coming;
	struct url post_url, here, eve_url;
	struct date eve;               /* the last day before the newest change; none where it is the day shown */
	bool changes;                  /* another answers on the day after */
	bool may;                      /* prepare it */
	struct str why_not;
	struct str day;
	struct url kept;               /* of the newest one of that day; empty: none */
	struct str kept_no;
	int64_t count;
	struct handed_parts parts;
};

struct handover_act {                  /* a step that may be made now */
	const char *word, *title, *consequence;
};
struct handover_step_line {
	struct str day, name, by, text, no;
	const char *title;
};
struct handover_view {
	struct frame *frame;
	struct str wrong;
	const char *done;
	struct handover_line_view x;
	struct url post_url, here;
	struct str digest, waits;      /* waits: for whom */
	int64_t seen;
	struct handover_act *act;      /* give, take, leave or take up; NULL: not his */
	bool may_note;                 /* note, and drop */
	struct str day, line, text, why;
	struct { struct handover_step_line *p; size_t n, cap; } steps;
	struct handed_parts parts;
};

/* ---- between the files ---- */

/* Adds a line to its section (by kind, in order); NULL: he does not see the record that it names. */
struct handed_line *handed_line_put(struct call *c, struct handed_parts *parts, enum line_kind kind,
	const struct handover_line *x, int64_t no);
struct handover_line_view handover_kept(struct call *c, const struct handover *x);

#endif
