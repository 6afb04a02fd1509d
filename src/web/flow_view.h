/* Steps on pages: what became of a thing, a form for each step that is possible now, and why others are not. For
 * findings and inspections alike; what a form asks for follows from the table of the flow (tbl/flows.h). */
#ifndef WEB_FLOW_VIEW_H
#define WEB_FLOW_VIEW_H

#include "flow/flow.h"
#include "web/duty_view.h"
#include "web/register_view.h"

enum step_field_kind { STEP_LINE, STEP_LONG, STEP_DAY, STEP_PICK, STEP_NUMBER };

struct step_field {
	const char *name;          /* of the input */
	struct str id;
	struct str title, hint, value;     /* translated */
	enum step_field_kind kind;
	bool must;
	struct picks picks;
};
struct step_fields {
	struct step_field *p;
	size_t n, cap;
};
struct step_form {
	const char *move;          /* as the log names it */
	struct str title, consequence;
	bool open, files;
	struct step_fields fields;
};
struct step_refusal {
	struct str title, why;
};
struct made_step {                 /* one that was made */
	struct str title, who, day, entered, event, state, why, text;
	struct { struct said_field *p; size_t n, cap; } said;
	struct { struct proof_view *p; size_t n, cap; } proofs;
};
struct flow_panel {
	struct url action;
	int64_t seen;
	struct str nobody;         /* why he makes no step at all; empty: he may */
	bool later;                /* steps came after the day asked about … */
	struct url newest;         /* … the day of the last */
	struct { struct step_form *p; size_t n, cap; } forms;
	struct { struct step_refusal *p; size_t n, cap; } refused;
	struct { struct made_step *p; size_t n, cap; } steps;      /* the newest first */
};

/* What a field of a step is called, a message key. bit: F_NO, F_UNIT … */
const char *flow_field_title(int move, unsigned bit);

/* The fields that a step asks for or may say, filled with what was sent where the form is open. */
void flow_fields(struct call *c, struct step_form *form, const struct flow_case *x, const struct record_type *type,
	int move);

/* All of it for a thing as it stands on the day asked about; action: where its forms go; wrong: the one sent was
 * refused, and stays open. ERR_DB, ERR_DAMAGED. */
enum err_code flow_panel(struct call *c, const struct flow_case *x, const struct record_type *type, struct url action,
	const struct flow_panel **out, struct err *err);

/* Makes the step of the form that was sent, with its files. Refused as flow_step does; who may make no step of the
 * flow at all is told so before anything else. */
enum err_code flow_take(struct call *c, const struct flow_case *x, struct err *err);

/* Is there a step of the flow that he has the right to make? */
bool flow_any_right(const struct call *c, const struct flow_case *x);

/* Has he the right to the move where it is asked for (flow_where)? Whoever sees the thing is told that he may not, not
 * that it is not there: ERR_DENIED. */
bool flow_right(const struct call *c, const struct flow_case *x, int move);
enum err_code flow_need(const struct call *c, const struct flow_case *x, int move, struct err *err);

/* What a step says of the files that were sent with it (call_files). */
struct node *flow_proof(struct call *c, const struct record_file *files, size_t n);

typedef void flow_proof_fn(void *to, struct str event, struct proof_view file, struct arena *a);
/* The files of the thing's steps, each handed to put with the number of its step's event. ERR_DB, ERR_DAMAGED. */
enum err_code flow_proofs(struct call *c, const struct flow_case *x, flow_proof_fn *put, void *to, struct err *err);

/* A refusal for people: steps, states, fields and posts by their titles instead of their names in the log. */
struct str flow_say(const struct call *c, enum flow flow, struct str text);

/* "verify it" as a button says it: with a capital letter in English. */
struct str flow_title(const struct call *c, const char *key);

#endif
