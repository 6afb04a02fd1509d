/* What the pages of duties show. */
#ifndef WEB_DUTY_VIEW_H
#define WEB_DUTY_VIEW_H

#include "web/chart_view.h"
#include "web/list.h"

/* How a state looks: a shape of pages/sprite.html, a tone of the style sheet, a word. */
struct look {
	const char *shape, *tone, *word;   /* word: a message key */
};

/* Of a slot on a day: met, met late, missed, done but not proved, due soon, open, upcoming. */
struct look slot_look(const struct slot *s, struct date on);
/* Of a duty. */
struct look duty_look(enum duty_status status);

struct slot_view {
	struct str duty, title, label, owner;
	struct date due, done;
	struct str due_text, done_text;
	struct look look;
	int64_t late_days;         /* missed: days gone since */
	int64_t left_days;         /* pending: days left */
	struct str object;
	int64_t records;
	bool unproved, entered_late, current;
	struct url url;
};
struct slot_views {
	struct slot_view *p;
	size_t n, cap;
};

/* A slot's name within its duty, in the address of its page: nothing else of it is stable while records come in. */
struct str slot_key(struct call *c, const struct slot *x);

/* A slot as it is shown anywhere, with the address that opens it. */
struct slot_view slot_view(struct call *c, const struct duty_state *s, const struct slot *x);

struct excuse_panel;               /* web/excuse_view.h */

struct duty_row {
	struct str id, title, cadence, owner, reason, points, got;
	struct look look;
	int64_t due, met, late, missed, pending, unproved;
	struct url url;
};

struct duties_view {
	struct frame *frame;
	struct list_links files;
	struct str scheme;
	struct chart_view heat;
	struct { struct duty_row *p; size_t n, cap; } rows;
	struct str total;
	struct { struct look *p; size_t n; } legend;
};

struct record_line {               /* a record in the panel */
	struct str title, source, day;
	struct url url;
	bool late, unproved;
};
struct record_lines {
	struct record_line *p;
	size_t n, cap;
};
/* One record as a line. */
struct record_line record_line(struct call *c, const struct fact *r);

struct chip {
	struct str title;
	struct url url;
	int64_t used;              /* event that was said last */
};
struct duty_view {
	struct frame *frame;
	struct list_links files;
	struct duty_row row;
	struct str proof, unit;    /* unit: shown alone; empty: all */
	struct str helpers, receiver, approver;
	struct url all;
	struct slot_views slots;
	struct chart_view year;    /* every slot at its day */
	const struct slot_view *open;      /* the slot in the panel; NULL: none */
	struct record_lines *records;      /* behind it */
	struct { struct chip *p; size_t n, cap; } enter;   /* registers that would fill it */
	struct url close;
	const struct slot *shown;
	struct str wrong;          /* why a form was refused that no open slot belongs to */
	const struct excuse_panel *excuse; /* what was asked for the open slot; NULL: none is open */
};

struct day_view {                  /* of the month's calendar */
	int64_t day;
	bool other, today;
	struct look look;          /* shape NULL: nothing is due */
	struct str name;
	struct url url;
};
struct week_view {
	struct { struct day_view *p; size_t n; } days;
};
struct inbox_line {                /* something that waits for the person */
	struct str text;
	struct url url;
};
struct desk_view {
	struct frame *frame;
	struct slot_views todo, done;
	int64_t missed, soon, open, unproved;
	struct str month;
	struct { struct week_view *p; size_t n; } weeks;
	struct { struct record_line *p; size_t n, cap; } newest;
	struct str post;           /* "mine" is what this post or its unit owes; empty: there is no choice */
	bool mine;
	struct url mine_url, all_url;
	struct { struct inbox_line *p; size_t n, cap; } inbox;
	struct { struct chip *p; size_t n; } chips;   /* registers to enter a record into, the last used first */
	bool more_chips;
	struct str day;            /* the calendar's day that is asked for; empty: none */
	struct url all;
	const struct finding_waits *findings;      /* web/finding_view.h; NULL: none wait for him */
};

#endif
