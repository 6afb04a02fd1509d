/* zeren assess: what the log says of a year's assessment, and how it is shown. */
#ifndef CLI_ASSESS_OUT_H
#define CLI_ASSESS_OUT_H

#include "cli/cli.h"
#include "flow/flow.h"
#include "score/assess_log.h"

struct assess_world {
	struct log *log;
	struct db *known;                /* NULL: the log's own tables */
	struct assessment assessment;    /* of --unit and the year; not opened: id ID_NONE */
	struct scheme scheme;            /* that of its opening, else the one that the year is judged by now */
	struct hash digest;              /* of the scheme that the year is judged by now, for open */
	struct org org;
	const struct unit *unit;         /* --unit; NULL: the office */
	struct facts facts;
	struct figures figures;
	struct assess_inputs inputs;
	struct assessments all;          /* of the year */
};
/* By --on, --year, --known and --unit of the command. */
enum err_code assess_world(struct cli *c, struct assess_world *out, struct err *err);
void assess_world_done(struct assess_world *w);  /* for CLEANUP */
struct db *assess_world_db(const struct assess_world *w);

/* --unit says one where the scheme scores units, and none where it scores the office. ERR_USAGE. */
enum err_code assess_world_one(const struct assess_world *w, struct err *err);

/* The units' rows with what was entered for each, each by its own scheme. ERR_DAMAGED. */
enum err_code assess_world_rows(struct cli *c, struct assess_world *w, struct assess_row **rows, size_t *n,
	struct err *err);
/* That of --unit or the office, with the grade that quotas leave. */
void assess_world_row(const struct assess_world *w, struct assess_row *out);

/* The sheet of --unit or the office: a table, with --explain line by line; whether it is still what was settled.
 * ERR_USAGE as assess_world_one. */
enum err_code assess_show_sheet(struct cli *c, struct assess_world *w, struct err *err);
/* Every unit's total and grade, best first. */
enum err_code assess_show_units(struct cli *c, struct assess_world *w, struct err *err);
/* What is at stake; with --explain what can be made good no longer, too. ERR_USAGE as above. */
enum err_code assess_show_whatif(struct cli *c, struct assess_world *w, struct err *err);
/* Appeals of the assessment, or where none is open of all. */
enum err_code assess_show_appeals(struct cli *c, struct assess_world *w, struct err *err);

#endif
