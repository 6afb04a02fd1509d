/* Steps of findings, inspections and their like on the command line. */
#ifndef CLI_FLOW_OUT_H
#define CLI_FLOW_OUT_H

#include "base/near.h"
#include "cli/cli.h"
#include "cli/verb.h"
#include "flow/flow.h"
#include "record/facts.h"

/* The options of a step (struct verb); the command's row in tbl/commands.h must have all of them. */
#define FLOW_OPTIONS \
	"by", "day", "why", "no", "due", "post", "unit", "level", "progress", "text", "way", "proof"

/* What a command that looks works on. */
struct flow_world {
	struct log *log;
	struct scheme scheme;
	struct org org;
	struct facts facts;
	struct date on;                  /* --on; else today, or the end of the year in hand where that is past */
	int year;                        /* --year; 0 where it was not given */
};
/* For CLEANUP. */
void flow_world_done(struct flow_world *w);
/* Opens the log for reading, reads scheme, organisation and records; options on and year, where the command has them.
 * */
enum err_code flow_world_open(struct cli *c, struct flow_world *w, struct err *err);

/* args[at] as the id of a record or of what a step made: a number, or LOG:NUMBER. */
enum err_code flow_id(struct cli *c, struct log *log, int at, struct id *out, struct err *err);

/* Makes a step from the command's options and says so: "finding 12: verified". */
enum err_code flow_step_out(struct cli *c, enum flow flow, const char *step, int at, struct err *err);

/* A command of a flow: the action that its first operand names (list where there is none), else a step of that name.
 * ERR_USAGE names all actions and what is near. */
struct flow_action {
	struct verb verb;
	enum err_code (*fn)(struct cli *c, struct err *err);
};
enum err_code flow_command(
	struct cli *c, enum flow flow, const struct flow_action *actions, size_t n, struct err *err);

/* Offers the names of the flow's states for one that is unknown. */
void flow_offer_states(struct near *near, enum flow flow);

/* The steps of a thing, and what is possible now; into out with --json. */
void flow_case_out(struct cli *c, const struct flow_case *x, const struct org *org, struct node *out);

/* The flow as a table: each step, from where it goes, what it needs. */
enum err_code flow_table_out(struct cli *c, enum flow flow, struct err *err);

/* Setting values of JSON: nothing where there is none. */
void out_text(struct cli *c, struct node *map, const char *key, struct str value);
void out_day(struct cli *c, struct node *map, const char *key, struct date value);
void out_num(struct cli *c, struct node *map, const char *key, int64_t value);

#endif
