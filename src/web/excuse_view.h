/* What the pages of excuses show: those that were asked for, and what stands beside an open slot of a duty. */
#ifndef WEB_EXCUSE_VIEW_H
#define WEB_EXCUSE_VIEW_H

#include "flow/allow.h"
#include "web/call.h"
#include "web/duty_view.h"

/* What was typed into a form that was refused, or stands there at first. */
struct excuse_typed {
	struct str why, kind;
	struct str until, day;         /* ISO */
	bool sent;                     /* it was refused */
};

struct excuse_line {
	struct str no;                 /* its number */
	int64_t seen;                  /* event of its last step */
	struct str duty, title, label, object, owner;
	struct url url;                /* the slot, or its duty */
	struct url decide, withdraw;   /* where the forms go */
	struct look look;
	const char *kind, *state;      /* message keys */
	bool extended;
	struct date due, asked, decided, until, revoked;
	struct str by, why;            /* post and reason of who asked */
	struct str decider, answer;    /* of who decided */
	struct str revoker, revoke_why;
	bool may_decide, may_withdraw, may_revoke;
	struct str why_not;            /* why not, where his role would let him */
	struct excuse_typed typed;
};
struct excuse_lines {
	struct excuse_line *p;
	size_t n, cap;
};

struct excuses_view {
	struct frame *frame;
	struct str wrong;
	const char *done;              /* a message key, or NULL */
	struct excuse_lines waiting, others;
	struct list_links files;
};

/* Beside the slot that is open on the page of a duty. */
struct excuse_panel {
	struct excuse_lines asked;     /* for this slot, the newest first */
	bool may;                      /* ask for something */
	bool waits;                    /* one is not decided */
	bool more_time;                /* it is not too late for an extension */
	struct url action;
	struct str slot;               /* its key on the page */
	struct str wrong;
	const char *done;
	struct excuse_typed typed;
};

/* slot: as the page of the duty shows it; NULL: none is open. ERR_DB. */
enum err_code excuse_panel(struct call *c, const struct duty_state *s, const struct slot *slot, struct str wrong,
	const struct excuse_panel **out, struct err *err);

/* How many wait for the word of who asks. */
enum err_code excuses_waiting(struct call *c, size_t *n, struct err *err);

/* The page of the duty that the address names; wrong: why a form was refused, or empty. */
enum err_code duty_show(struct call *c, struct str wrong, struct err *err);

#endif
