/* What is decided of a single slot: that it is excused, that there is more time, that it does not apply. Each is a
 * flow (flow/flow.h, tbl/flows.h): asked for by the owner's side with a reason, granted or refused by another hand;
 * what was granted counts from the day of the decision on, until the day on which yet another hand revokes it. Slots
 * are named as people see them: duty, owner, object and label, the label in Chinese, so that the name does not hang on
 * who looks. */
#ifndef FLOW_ALLOW_H
#define FLOW_ALLOW_H

#include "duty/duty.h"
#include "flow/flow.h"

const char *allow_kind_name(enum allow_kind k);       /* "not_applicable": in events and files; for people by tr() */
bool allow_kind_named(struct str name, enum allow_kind *out);

/* One that was asked for. */
struct excuse {
	struct flow_case c;              /* its number, state, steps; c.unit: of the slot's owner */
	struct str duty, owner, object, label;
	enum allow_kind kind;
	struct date due;                 /* of the slot, when it was asked for */
	struct date asked, decided;      /* days; decided: DATE_NONE while it is not */
	struct date revoked;             /* what was granted; DATE_NONE */
	int64_t grant;                   /* event by which it was granted; 0 */
	struct date until;               /* EXTENDED: as granted, else as asked for */
	struct str why;
};
struct excuses {
	struct excuse *p;                /* by number */
	size_t n, cap;
};

/* All that were asked for by a day (DATE_NONE: ever), as they stood on it. In a. ERR_DB. */
enum err_code excuses_load(struct db *db, struct arena *a, struct date on, struct excuses *out, struct err *err);
/* One as it stands now. ERR_NOT_FOUND. */
enum err_code excuse_get(struct db *db, struct arena *a, struct id id, struct excuse *out, struct err *err);

/* Puts those that were granted, revoked or not, into the facts, in the order of their decisions. In the facts' arena.
 * ERR_DB. */
enum err_code allow_load(struct db *db, struct facts *f, struct err *err);

/* ---- finding the slot ---- */

/* What names a slot; owner and object: code or name; what is empty does not narrow. label: in Chinese or as `shown` has
 * it. */
struct slot_name {
	struct str owner, object, label;
};
/* The one slot of a duty that is called so. shown: the same duty with labels in the language of who asks; may be s.
 * ERR_NOT_FOUND: none is; ERR_INPUT: more than one; both texts name those that there are. */
enum err_code slot_named(struct arena *a, const struct org *org, const struct duty_state *s,
	const struct duty_state *shown, const struct slot_name *name, const struct slot **out, struct err *err);

/* ---- writing: inside an intent ---- */

struct excuse_input {
	const struct duty *duty;
	const struct slot *slot;         /* with its label in Chinese */
	enum allow_kind kind;
	struct date until;               /* EXTENDED */
	struct str why, by;              /* by: the post that asks, code or name; for an account its own */
	struct date day;                 /* on which it was asked for; DATE_NONE: today */
};

/* *id: the excuse. ACT_RECORD_ADD on the unit of the slot's owner. ERR_REQUIRED: no reason, no post, an extension
 * without a day; ERR_INPUT: a day that is no later than the slot's own, or given where nothing is extended;
 * ERR_CONFLICT: asked for already and not decided, or an extension asked for after the slot was due. */
enum err_code excuse_ask(
	struct tx *tx, const struct scheme *s, const struct excuse_input *in, struct id *id, struct err *err);

/* What becomes of it: step is grant, refuse, revoke (why must be there for both) or withdraw. until: an extension
 * granted otherwise than asked for. ACT_REVIEW, to withdraw ACT_RECORD_ADD, on that unit. ERR_DENIED: the same hand, or
 * not the post that decides (approver: of the duty; of a revocation none), or not the one that asked; ERR_CONFLICT:
 * decided already, or nothing that was granted. */
struct excuse_decision {
	struct str step, by, why;
	struct date until, day;          /* DATE_NONE: as asked for; today */
	int64_t seen;                    /* event of the last step that was seen; 0: not asked */
};
enum err_code excuse_decide(struct tx *tx, const struct scheme *s, struct id id, const struct excuse_decision *d,
	struct err *err);

#endif
