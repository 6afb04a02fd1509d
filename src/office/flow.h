/* Flows: findings, risks, excuses, handovers, appeals. What may happen to one, by whom, after what: the table
 * tbl/flows.h. One event a step (finding.step …), held by the event's own check, so that whoever writes is held by
 * the same rules.
 *
 * A finding or a risk is a record; its flow begins with the first step. A record that never had one stands where its
 * fields say (closed: closed …; the flow: map of its type says which), so that registers of years past need nothing
 * done to them. An excuse, a handover or an appeal is made by its first step (excuse.open …). What a step says may
 * also be written into fields of the record (SET), in the same intent: registers, figures and duties follow. */
#ifndef OFFICE_FLOW_H
#define OFFICE_FLOW_H

#include "log/log.h"
#include "office/scheme.h"
#include "who/role.h"
#include "who/who.h"

/* ---- the tables ---- */

enum flow {
#define FLOW(F, ...) FLOW_##F,
#include "tbl/flows.h"
	FLOW_N
};

/* All states of all flows, those of one flow together. So for moves. */
enum flow_state {
#define FLOW(F, ...) FIRST_STATE_##F, BEFORE_STATE_##F = FIRST_STATE_##F - 1,
#define STATE(F, ID, ...) STATE_##F##_##ID,
#include "tbl/flows.h"
	STATE_N
};

enum flow_move {
#define FLOW(F, ...) FIRST_MOVE_##F, BEFORE_MOVE_##F = FIRST_MOVE_##F - 1,
#define MOVE(F, ID, ...) MOVE_##F##_##ID,
#include "tbl/flows.h"
	MOVE_N
};

enum flow_key {
#define KEY(F, ID, ...) KEY_##F##_##ID,
#include "tbl/flows.h"
	KEY_N
};

/* No state: of a thing that its first step makes, or STAY; no move; no key. */
enum { FLOW_NONE = -1 };

/* What a move asks: fields that must be there … */
enum flow_ask {
	F_BY = 1 << 0, F_WHY = 1 << 1, F_NO = 1 << 2, F_DUE = 1 << 3, F_POST = 1 << 4, F_UNIT = 1 << 5,
	F_LEVEL = 1 << 6,
	F_PROGRESS = 1 << 7, F_TEXT = 1 << 8, F_WAY = 1 << 9, F_PROOF = 1 << 10, F_DAY = 1 << 11 /* always there */,
	F_ALL = (1 << 12) - 1,
	/* … and rules: */
	/* its post and unit, where given, are those that answer for the thing from then on */
	R_TO = 1 << 12,
	R_DUE = 1 << 13,           /* its due, where given, is the day in force from then on */
	R_NEXT = 1 << 14,          /* its due, where given, is the day of a later look, and nothing is due any more */
	R_IN_TIME = 1 << 15,       /* not after the day in force */
	R_LATER = 1 << 16,         /* its due is later than the day in force */
	R_AS_ASKED = 1 << 17,      /* its due, where none is given, is that of the step it answers */
	R_ABOVE = 1 << 18,         /* by a post of a unit above the one that the thing lies in */
	R_NEW_NO = 1 << 19,        /* its number has not been given to a measure before */
	R_KNOWN_NO = 1 << 20,      /* its number, where given, is that of a measure */
	R_MEASURES = 1 << 21,      /* there is a measure at least */
	R_MEASURES_DONE = 1 << 22, /* every measure's last progress is 100 */
	R_OWN = 1 << 23,           /* by the post that made the thing */
	R_PERSON = 1 << 24,        /* hands are told apart by the name in `way`, as both act for one post */
	R_KEEPER = 1 << 25,        /* its act is asked for on the unit that keeps the record, not on the thing's own */
};

struct flow_def {
	const char *name, *title;
	bool opens;                      /* made by its first step */
	int first_state, first_move;     /* its states and moves: first, first + 1 … up to the end */
};
struct state_def {
	enum flow flow;
	const char *name, *title;
	bool final;                      /* nothing is owed any more */
};
struct move_def {
	enum flow flow;
	const char *name, *title;
	uint64_t from;                   /* bit: state - first state of the flow; FROM_NEW */
	int to;                          /* a state; FLOW_NONE: stays */
	enum act act;
	uint64_t others;                 /* bit: move - first move of the flow; OTHERS_EVERY */
	unsigned asks;
};
struct key_def {
	enum flow flow;
	const char *name;
	unsigned sorts;                  /* bit: enum field_type */
	int state;                       /* FLOW_NONE: says nothing of the state */
};
/* of: F_… of the step; 0: the field is emptied. */
struct set_def {
	int move, key;
	unsigned of;
};
#define FROM_NEW     (1ull << 63)
#define OTHERS_EVERY (1ull << 63)

extern const struct flow_def flow_defs[FLOW_N];
extern const struct state_def state_defs[STATE_N];
extern const struct move_def move_defs[MOVE_N];
extern const struct key_def key_defs[KEY_N];
extern const struct set_def set_defs[];      /* ended by move FLOW_NONE */

int flow_state_end(enum flow flow);          /* one past its last state, its last move */
int flow_move_end(enum flow flow);
/* By name in the log; false where there is none. */
bool flow_named(struct str name, enum flow *out);
bool flow_state_named(enum flow flow, struct str name, int *out);
bool flow_move_named(enum flow flow, struct str name, int *out);
/* False for what is over. FLOW_NONE is not. */
bool flow_open_state(int state);
/* May the move begin in that state (FLOW_NONE: the thing is not there yet)? By the table alone. */
bool flow_goes(int move, int state);

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

/* A correction by hand of a record that had steps: ERR_CONFLICT where it changes a field that follows from them. */
enum err_code flow_keeps(struct db *db, struct arena *a, const struct record_type *type, struct id id,
	const struct node *fields, struct err *err);
/* Does a field of a record follow from steps, once there is one? */
bool flow_sets(const struct record_type *type, const struct field *field);
/* Reach of a post over the thing's unit, by the tables. */
enum err_code flow_reach_of(
	struct db *db, const struct flow_case *c, struct str by, enum flow_reach *out, struct err *err);
struct id flow_unit_id(struct db *db, struct str code);      /* ID_NONE: no such unit */
/* Code of the unit on which the act of a move is asked for; empty: the office's own. */
struct str flow_where(const struct flow_case *c, int move);
/* Does a field of the record's flow: map say that? NULL where the type maps none. */
const struct field *flow_field(const struct record_type *type, int key);
enum flow flow_of_about(enum about about);   /* FLOW_N: none */

#endif
