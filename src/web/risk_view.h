/* What the pages of risks and of warnings show. The look of a risk's level (diamonds: how grave it is) and that of a
 * warning's colour (triangles: how far behind something is) are two families of shapes and stand in two columns. */
#ifndef WEB_RISK_VIEW_H
#define WEB_RISK_VIEW_H

#include "flow/flow.h"
#include "duty/risk.h"
#include "flow/warn.h"
#include "web/list.h"
#include "web/duty_view.h"
#include "web/entry_view.h"
#include "web/metrics.h"

/* A shape of pages/sprite.html, a tone of the style sheet, the word beside it. */
struct colour_look {
	const char *shape, *tone;
	struct str word;
};

/* Of a risk: its level's; of a level that the matrix does not know the word alone. */
struct colour_look risk_look(const struct call *c, const struct risk *r);
struct colour_look grade_look(const struct grade *g);
/* Of a warning: the colour's word. */
struct colour_look warn_look(const struct call *c, enum colour colour);

/* Is he the one: the post that he holds, its role, or its unit? */
bool risk_is_mine(const struct call *c, struct str whom);
/* What waits for this person on the day: reviews of risks that his post owns, overdue or due within 14 days; warnings
 * that he has to answer. 0 and 0 where the scheme knows neither. Fails as figures_on. */
enum err_code risk_waiting(struct call *c, size_t *reviews, size_t *warnings, struct err *err);

/* ---- the matrix ---- */

struct matrix_word {
	int64_t x, y;
	struct str text, hint;
};
struct matrix_view {
	struct str title, likelihood, impact;
	struct chart_view chart;
};

/* The cells with their open risks (all: those that he sees), each opening `to` with its likelihood and impact. A cell
 * named by them is the current one. */
struct matrix_view matrix_look(struct call *c, const struct risks *all, struct url to, const char *at,
	struct str likelihood, struct str impact);

/* ---- the register ---- */

struct risk_row {
	struct str no, name, unit, owner, likelihood, impact;
	struct colour_look look;
	struct date reviewed, due, closed;
	bool overdue, differs;
	int64_t late_days;
	struct url url;
};
struct level_count {
	struct colour_look look;
	int64_t n;
	struct str every, tell;    /* how often such risks are reviewed; who must know */
	struct url url;
	bool current;
};
struct risks_view {
	struct frame *frame;
	struct list_links files;
	bool any, grid;            /* the scheme knows risks; and a matrix */
	struct matrix_view matrix;
	struct { struct risk_row *p; size_t n, cap; } rows;
	struct { struct level_count *p; size_t n, cap; } levels;
	struct picks level, unit, state;
	struct str likelihood, impact;
	struct date on;            /* as the address says it; DATE_NONE: it does not */
	int64_t n, overdue, unplaced;    /* unplaced: open, in no cell */
	int64_t done;              /* so many were talked over just now; 0 */
	bool narrowed, may_consult;
	struct url here, all, warnings, consult;
};

/* The risks on the register on the day that he sees. */
struct risks risks_seen(struct call *c);
struct risk_row risk_row(struct call *c, const struct risk *r);

/* ---- one risk ---- */

struct level_point {
	int64_t x, y, end;         /* end: where the next level begins */
	struct date day;
	struct str day_text;
	struct colour_look look;
};
struct level_line {
	int64_t width, height;
	struct { struct level_point *p; size_t n, cap; } points;
	struct { struct matrix_word *p; size_t n, cap; } levels;
	struct { struct level_point *p; size_t n, cap; } rises;   /* from one level to the next: y to end at x */
	struct matrix_word from, to;
};
struct risk_step_row {
	struct str what, by, actor, text, why, no, way, level;
	struct date day;
	int64_t event;
	struct { struct proof_view *p; size_t n, cap; } proofs;
};
struct risk_update_row {
	struct str what, level, by, note;
	struct date day;
	struct url url;
};
struct risk_move {
	const char *name, *consequence;
	struct str title, why_not;
	bool open;                 /* refused just now: what was typed stays */
	bool asks_why, asks_no, asks_text, asks_level;
	struct str day, why, no, text;
	struct picks levels;
};
struct risk_one_view {
	struct frame *frame;
	struct str wrong;
	const char *done;
	struct risk_row row;
	struct str state, by_matrix, measures, registered, reviewed, due, closed;
	struct url record, here, all, rate_at;  /* rate_at: the form of a rating */
	bool rates;                /* he may rate it now, by the matrix */
	struct matrix_view matrix;
	struct picks likelihood, impact;
	bool preview;              /* likelihood and impact were chosen */
	struct colour_look gives;
	struct str chosen_likelihood, chosen_impact;
	bool same;                 /* it has that level already */
	const struct risk_move *rate;     /* its form */
	struct date on;
	struct level_line line;
	struct { struct risk_step_row *p; size_t n, cap; } steps;
	struct { struct risk_update_row *p; size_t n, cap; } updates;
	struct { struct risk_move *p; size_t n, cap; } moves, others;
	struct { struct risk_warning *p; size_t n, cap; } warnings;
	int64_t seen;
	struct str post;           /* that he acts for */
};

/* Puts its levels on a line, from the day it was registered to its end or the day in hand; nothing where the scheme
 * has no matrix. updates are there already. k: its steps. */
void risk_line(struct call *c, struct risk_one_view *v, const struct risk *r, const struct flow_case *k);

/* ---- several at once ---- */

struct consult_row {
	struct risk_row risk;
	const char *choose, *level, *say;        /* names of its fields */
	bool chosen;
	struct picks levels;
	struct str text;
};
struct consult_view {
	struct frame *frame;
	bool may, grid;
	struct str wrong, day, no, text;
	struct { struct consult_row *p; size_t n, cap; } rows;
	struct picks met;
	struct url here, all;
};

/* Are there two risks at least that he may talk over, after call_world? */
bool risk_may_consult(struct call *c);

/* ---- warnings ---- */

struct risk_warning {
	struct str key, rule, title, owner, value, action, to, level_word;
	struct colour_look look;
	struct colour_look risk;   /* of a risk; else without shape */
	struct date since, limit, due;
	const char *state;         /* a message key */
	struct look mark;          /* of the state */
	struct url url;
	struct str answer, answered_by;
	struct date answered;
};
/* One of them as it is shown anywhere. */
struct risk_warning warning_row(struct call *c, const struct warning *w);
/* Does what it is about lie in his reach? */
bool warning_seen(const struct call *c, const struct warning *w);
struct warnings_view {
	struct frame *frame;
	struct list_links files;
	bool any;                  /* the scheme has rules */
	struct { struct risk_warning *p; size_t n, cap; } rows;
	struct picks rule, colour, state;
	bool mine, may_mine, narrowed;
	struct date on;
	int64_t n, from, to, open;
	struct url here, all, risks, before, after, backtest;
	bool has_before, has_after, may_backtest;
};
struct warning_view {
	struct frame *frame;
	struct str wrong, text, did, no_answer, no_lift, no_reopen, day_text, post;
	const char *done;
	struct risk_warning row;
	struct str first;
	struct url all, about;
	struct str about_text;
	bool answers, lifts, lifted, reopens;
};
struct trial_row {
	struct str rule, title, objects, bad, before, median, least, most, after, never, good, false_alarms;
	int64_t warned;
};
struct backtest_view {
	struct frame *frame;
	struct str wrong;
	bool any, ran;
	struct picks from, to;
	struct url all;
	int64_t first, last, millis;
	struct { struct trial_row *p; size_t n, cap; } rows;
};

#endif
