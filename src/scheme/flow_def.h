/* Flows as a table: which there are, their states, what may happen to a thing of each and what that asks
 * (tbl/flows.h); and which fields of a record say what of its flow (flow: of a record type). */
#ifndef SCHEME_FLOW_DEF_H
#define SCHEME_FLOW_DEF_H

#include "scheme/scheme.h"
#include "who/role.h"

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

/* ---- flow: of a record type ---- */

/* Does a field of the record's flow: map say that? NULL where the type maps none. */
const struct field *flow_field(const struct record_type *type, int key);
enum flow flow_of_about(enum about about);   /* FLOW_N: none */
/* Does a field of a record follow from steps, once there is one? */
bool flow_sets(const struct record_type *type, const struct field *field);

#endif
