/* Records by hand on the terminal: the form, what a person should look at, what became of one. */
#ifndef CLI_RECORD_OUT_H
#define CLI_RECORD_OUT_H

#include "cli/cli.h"
#include "record/record.h"

/* A line a field, or JSON. */
enum err_code record_form_out(struct cli *c, const struct record_form *form, struct err *err);

/* A line a problem that did not refuse it; they are handed back for JSON. */
struct node *record_notices_out(struct cli *c, const struct record_fit *fit);

/* A few lines a step, or JSON. */
enum err_code record_history_out(struct cli *c, const struct record_history *x, struct err *err);

#endif
