/* Commitments: lines of last year's plan, which this year has to keep. plan: of a scheme says which records they
 * are; for the year in hand each of them whose limit lies in it becomes a computed record of type "commitment",
 * whose fate on any day follows from the records that name it and from what people decided. So figures, outlines
 * and registers may ask for them like for any record; nothing of this is stored but the decisions. Described in
 * docs/scheme.md ("Commitments"). */
#ifndef FLOW_COMMITMENT_H
#define FLOW_COMMITMENT_H

#include "duty/duty.h"
#include "log/log.h"
#include "scheme/commitment_def.h"

/* ---- decisions ---- */

enum decided { DECIDED_DONE, DECIDED_DROPPED, DECIDED_OPEN, DECIDEDS };

/* What somebody decided of a line of the plan. */
struct commitment_decision {
	struct id plan;                      /* the record of the line */
	enum decided what;
	struct date day;                     /* from when on */
	int64_t record;                      /* DONE: by this record, as one occasion; 0: the whole of it */
	struct str why;
};

/* All of them, in the order they were made. */
struct commitment_decisions {
	struct commitment_decision *p;
	size_t n, cap;
};
enum err_code commitment_decisions_load(
	struct db *db, struct arena *a, struct commitment_decisions *out, struct err *err);

/* Records one, inside an intent. ERR_NOT_FOUND where plan or record is none, ERR_REQUIRED: dropping without a reason,
 * ERR_INPUT: a record with anything but DONE. day: DATE_NONE is that of the event (UTC+8). */
enum err_code commitment_decide(struct tx *tx, const struct commitment_decision *d, struct err *err);

extern const struct event_kind commitment_kinds[];   /* ended by a kind without name */

/* ---- computing ---- */

/* Adds the computed records of the year in hand to facts being built; base: the same facts without them. ERR_DAMAGED
 * never in practice: they are read like stored ones. */
enum err_code commitments_add(struct facts_build *b, struct arena *a, const struct facts *base,
	const struct commitment_decisions *decisions, struct err *err);

/* The duties that they are: one a commitment, of id C-NO, due on its limit, as many slots as it promises occasions; a
 * dropped one has none. In the facts' arena; *n is 0 where the scheme has no plan:. */
struct commitment_state {
	const struct fact *fact;             /* the computed record */
	enum fate fate;
	struct duty duty;
	struct duty_state state;
};
struct commitment_state *commitment_states(const struct facts *f, struct date on, size_t *n);

/* How alike two promises are, in percent: 100 where they say the same but for blanks, width and punctuation, else twice
 * the pairs of neighbouring characters they share over all they have, rounded down. */
int commitment_likeness(struct str x, struct str y);
enum { COMMITMENT_ALIKE = 80 };              /* percent: from here on it is a repetition */

#endif
