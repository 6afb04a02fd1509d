/* A post changes hands: what goes over with it, who gave it and who took it. The list is a pure function of facts,
 * flows and the day; when it is handed over its canonical JSON is kept as an object, and the steps are a flow
 * (flow/flow.h):
 *
 *   prepared ─ give (who leaves) → given ─ take (who comes) → confirmed
 *            ─ leave, where nobody comes yet → left        ─ take-up, where nobody left → taken-up
 *
 * with notes on single lines on the way. Both act for the same post, so the hands are told apart by their names,
 * which are those of the organisation's holders. */
#ifndef FLOW_HANDOVER_H
#define FLOW_HANDOVER_H

#include "duty/accountable.h"
#include "duty/figure.h"
#include "flow/allow.h"
#include "flow/warn.h"
#include "log/object.h"

/* ---- what goes over ---- */

enum line_kind {
	LINE_OVERDUE,        /* slots that were due and are not done */
	LINE_SOON,           /* due within HANDOVER_SOON days */
	LINE_OPEN,           /* due later in the year */
	LINE_UNPROVED,       /* done, with too little evidence */
	LINE_LATE_ENTRY,     /* done, entered long after */
	LINE_FINDING,        /* open: of the post, else of its unit or portfolio */
	LINE_RISK,           /* open: owned by the post, else of its unit or portfolio */
	LINE_EXCUSE,         /* asked for and not decided */
	LINE_WARNING,        /* not answered */
	LINE_KINDS
};
enum { HANDOVER_SOON = 30 };
const char *line_kind_name(enum line_kind k);        /* "late_entry": in files */
const char *line_kind_title(enum line_kind k);       /* a message key */

struct handover_line {
	enum line_kind kind;
	struct str duty;                 /* id; empty: not of a duty */
	struct str title;                /* of the duty, the finding, the risk, the warning */
	struct str label;                /* of the slot, or the number that people know it by */
	struct str state;                /* of a finding, an excuse, a warning: its name in files */
	struct date due;                 /* DATE_NONE: none */
	int64_t record;                  /* event of the record, excuse or finding; 0: none */
};

struct handover_list {
	const struct post *post;
	struct date on;                  /* the last day before the change */
	struct spell leaving, coming;    /* who answers on that day and on the next; holder empty: nobody */
	struct handover_line *p;         /* [n] by kind, then by due day */
	size_t n, cap;
	size_t count[LINE_KINDS];
};

/* The last day before the post's newest change of holder that is not after a day; that day itself where there was
 * none in its year. */
struct date handover_eve(struct arena *a, const struct org *org, const struct post *post, struct date on);

/* What goes over with a post, as of the figures' day. answers: to warnings. db: of the same log as the figures. In the
 * arena of the figures' facts. Fails as warnings_on and flow_load. */
enum err_code handover_list(struct db *db, const struct figures *f, const struct post *post,
	const struct warn_answers *answers, struct handover_list *out, struct err *err);

/* {"post", "name", "on", "leaving", "coming", "lines": [{"no", "kind", …}]}: the shape that is kept; docs/manual.md. */
struct node *handover_json(struct arena *a, const struct handover_list *l);

/* Slots of a year that fell due while nobody answered for the post that owns them. */
struct vacant_slot {
	const struct duty_state *of;
	const struct slot *slot;
	const struct spell *spell;
};
struct vacant_slots {
	struct vacant_slot *p;           /* by spell, then by due day */
	size_t n, cap;
};
void vacant_slots(const struct figures *f, const struct accountable *year, struct vacant_slots *out);

/* ---- as it is kept ---- */

struct handover {
	struct flow_case c;
	struct str post, leaving, coming;        /* post: code; names; empty: nobody */
	struct date on;
	int64_t lines;
	struct str digest;               /* of the list, hexadecimal */
};
struct handovers {
	struct handover *p;              /* by number */
	size_t n, cap;
};
/* All that were prepared by a day (DATE_NONE: ever). In a. */
enum err_code handovers_load(struct db *db, struct arena *a, struct date on, struct handovers *out, struct err *err);
/* ERR_NOT_FOUND. */
enum err_code handover_get(struct db *db, struct arena *a, struct id id, struct handover *out, struct err *err);

/* ---- writing: inside an intent ---- */

/* Keeps a list (object: its canonical JSON, stored before). by: the post that prepares it; for an account its own.
 * ACT_RECORD_ADD on the post's unit. ERR_CONFLICT: nobody changes on that day, or it is being handed over already. */
struct handover_input {
	const struct handover_list *list;
	struct object object;
	struct str by;
	struct date day;                 /* DATE_NONE: today */
};
enum err_code handover_prepare(
	struct tx *tx, const struct scheme *s, const struct handover_input *in, struct id *id, struct err *err);

/* step: give, take, leave, take-up, note, drop. name: of who does it, which for an account is its own; ERR_DENIED
 * where he is not the one who leaves, or comes. by: the post; empty: the one that changes hands. no: of the line that
 * is noted. ACT_RECORD_CHANGE on the post's unit. ERR_CONFLICT as flow_step, and where nobody comes, or nobody
 * left. */
struct handover_step {
	struct str step, name, by, why, no, text;
	struct date day;
	int64_t seen;
};
enum err_code handover_do(
	struct tx *tx, const struct scheme *s, struct id id, const struct handover_step *in, struct err *err);

#endif
