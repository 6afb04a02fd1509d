/* Flows: findings, risks, excuses, handovers, appeals. What may happen to one, by whom, after what: the table
 * tbl/flows.h. One event a step (finding.step …), held by the event's own check, so that whoever writes is held by
 * the same rules.
 *
 * A finding or a risk is a record; its flow begins with the first step. A record that never had one stands where its
 * fields say (closed: closed …; the flow: map of its type says which), so that registers of years past need nothing
 * done to them. An excuse, a handover or an appeal is made by its first step (excuse.open …). What a step says may
 * also be written into fields of the record (SET), in the same intent: registers, figures and duties follow. */
#ifndef FLOW_FLOW_H
#define FLOW_FLOW_H

#include "log/log.h"
#include "scheme/flow_def.h"
#include "who/role.h"
#include "who/who.h"

/* ---- a thing and its steps ---- */

struct flow_step {
	struct id id;                    /* its event */
	int move, from, to;
	struct str actor, via, by;       /* by: code of a post */
	struct str person;               /* its holder on that day, by flow_read; empty: nobody, or not asked */
	struct date day, due;
	struct str why, no, post, unit, level, text, way;      /* post, unit: codes */
	int64_t progress;                /* 0 … 100; -1: not said */
	struct texts proof;              /* names of files */
	int64_t at;                      /* µs */
};

struct flow_case {
	enum flow flow;
	struct id subject;               /* ID_NONE: to be made by its first step */
	int state;                       /* FLOW_NONE: not there yet */
	int began;                       /* the state before the first step */
	bool started;                    /* it had a step */
	int64_t last_seq;                /* event of the last step; 0: none */
	struct str about, unit, post, level;     /* unit, post: codes */
	struct str keeper;               /* code of the unit that keeps the record; empty: the office */
	struct date due, next, since;
	struct date limit;               /* the day last in force: stays when nothing is due any more */
	struct flow_step *steps;         /* [n], oldest first */
	size_t n, cap;
};

/* Where the post of `by` stands to the thing: FLOW_ABOVE in a unit above its unit, or where no post is above in its
 * own. The office's own unit and those above it are above every unit that is neither. */
enum flow_reach { FLOW_BESIDE, FLOW_ABOVE };

/* The one decision, over nothing but its arguments: may the move be made now, by this hand (s: move, by, actor, via,
 * day)? ERR_CONFLICT names the state, from where the move goes, and what is possible now; ERR_DENIED: must be another
 * hand, or one above; ERR_REQUIRED: nobody was named. */
enum err_code flow_may(
	const struct flow_case *c, const struct flow_step *s, enum flow_reach reach, struct err *err);
/* The same, and all that the step must say. ERR_REQUIRED names the field; ERR_INPUT. */
enum err_code flow_check(
	const struct flow_case *c, const struct flow_step *s, enum flow_reach reach, struct err *err);
/* What the step, which was checked, makes of the thing: state, days, unit, post, level; it is added to its steps. a:
 * for the list of steps. */
void flow_go(struct arena *a, struct flow_case *c, const struct flow_step *s);

/* Names of the moves that go from a state, for people: "verify, return". */
struct str flow_moves_text(struct arena *a, enum flow flow, int state);

/* ---- reading ---- */

/* A thing and its steps up to a day (DATE_NONE: all). Where it had no step: OK, started false, state FLOW_NONE.
 * ERR_DB. */
enum err_code flow_read(struct db *db, struct arena *a, enum flow flow, struct id subject, struct date on,
	struct flow_case *out, struct err *err);

/* Where a record stands that had no step: the flow: map of its type over its fields, as of a day. */
void flow_of_record(
	const struct record_type *type, const struct node *fields, const struct org *org, struct date on,
	struct flow_case *c);

struct flow_cases {
	struct flow_case *p;             /* by subject */
	size_t n, cap;
};
/* Every thing of a flow that had a step by that day (DATE_NONE: all), with its steps. */
enum err_code flow_load(struct db *db, struct arena *a, enum flow flow, struct date on, struct flow_cases *out,
	struct err *err);

/* The thing as it stands now, record or not. ERR_NOT_FOUND: there is none, it was withdrawn, or it is a record of a
 * type that does not go this way; org may be NULL where no unit must be known. */
enum err_code flow_now(struct db *db, struct arena *a, const struct scheme *s, const struct org *org, enum flow flow,
	struct id subject, struct flow_case *out, struct err *err);

/* The same; of a record without a step what its fields say on a day (a day to come has not come). */
enum err_code flow_on(struct db *db, struct arena *a, const struct scheme *s, const struct org *org, enum flow flow,
	struct id subject, struct date on, struct flow_case *out, struct err *err);

/* One of them; NULL: it had no step. */
const struct flow_case *flow_case_of(const struct flow_cases *all, struct id subject);

/* ---- writing: inside an intent ---- */

/* A step to be made. Texts as typed; by, post, unit: code or name. */
struct flow_input {
	struct str step;                 /* name of the move */
	struct date day;                 /* DATE_NONE: today, UTC+8 */
	struct str by, why, no, post, unit, level, text, way;
	struct date due;
	int64_t progress;                /* -1: not said */
	const struct node *proof;        /* list of {name, digest}; NULL: none. Objects were named before */
	int64_t seen;                    /* event of the last step that was seen; 0: not asked */
	struct str about;                /* of a thing made by this step */
};
#define FLOW_INPUT {.day = DATE_NONE, .due = DATE_NONE, .progress = -1}

/* Makes a step; *event: its event (may be NULL), which for flows that open is the thing itself where subject is
 * ID_NONE. Rights first: the move's act on the unit that the thing lies in. ERR_INPUT: no such step (the text has the
 * nearest); ERR_NOT_FOUND: no such thing, post or unit; else as flow_check; ERR_CONFLICT also where another step came
 * since `seen`. */
enum err_code flow_step(struct tx *tx, const struct scheme *s, enum flow flow, struct id subject,
	const struct flow_input *in, struct id *event, struct err *err);

/* Would it be taken? All but rights and `seen`; of proof only whether there is any. Nothing is written, so that files
 * need not be stored for what is refused. */
enum err_code flow_fits(struct db *db, struct arena *a, const struct scheme *s, enum flow flow, struct id subject,
	const struct flow_input *in, struct str actor, struct str via, struct date today, struct err *err);

/* A move that goes from where the thing stands, for buttons and for help. */
struct flow_offer {
	int move;
	struct str why_not;              /* empty: this asker may; else the reason */
};
struct access;
/* Offers to an account (actor, by: code of its post or empty, via) with access who. *n of them, in the
 * table's order. */
struct flow_offer *flow_offers(struct db *db, struct arena *a, enum lang lang, const struct flow_case *c,
	const struct access *who, struct str actor, struct str via, struct str by, struct date on, size_t *n);

/* ---- between the files ---- */

/* Reach of a post over the thing's unit, by the tables. */
enum err_code flow_reach_of(
	struct db *db, const struct flow_case *c, struct str by, enum flow_reach *out, struct err *err);
struct id flow_unit_id(struct db *db, struct str code);      /* ID_NONE: no such unit */
/* Code of the unit on which the act of a move is asked for; empty: the office's own. */
struct str flow_where(const struct flow_case *c, int move);

#endif
