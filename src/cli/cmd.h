/* The table of commands and the reading of a command line against it. */
#ifndef CLI_CMD_H
#define CLI_CMD_H

#include "cli/cli.h"

/* A row of tbl/commands.h: a command, followed by its options, then its help texts. */
enum command_row { ROW_COMMAND, ROW_OPTION, ROW_HELP, ROW_END };
struct command {
	enum command_row row;
	const char *name;
	command_fn *fn;
	const char *takes;   /* operands of a command; name of an option's value, NULL for a flag, [NAME]
	                        where the value may be left out ("" then) */
	const char *text;    /* summary, help of an option, help text */
};

extern const struct command cmd_table[];    /* ended by ROW_END */
extern const struct command cmd_common[];   /* options common to all, ended by ROW_END */

/* The next command behind a row; NULL at the end. The first: cmd_next(NULL). */
const struct command *cmd_next(const struct command *row);
/* ERR_USAGE names the nearest one. */
enum err_code cmd_find(const char *name, const struct command **out, struct err *err);

enum cmd_ask { ASK_RUN, ASK_HELP, ASK_VERSION };

/* Reads argv into c (args, values, command, json, lang, data, colour, progress, width), whatever the order
 * of options and operands. *ask: what is wanted; c->command is NULL for help on nothing in particular.
 * ERR_USAGE names the word, what was expected and what is near; c->json and c->lang are then as far as they
 * could be made out. */
enum err_code cmd_parse(struct cli *c, int argc, char **argv, enum cmd_ask *ask, struct err *err);

#endif
