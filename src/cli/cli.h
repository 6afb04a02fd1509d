/* The command line. A command is a row in tbl/commands.h and a function; from the table come parsing, help,
 * `zeren help`, and the man page. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "log/log.h"

#include <stdio.h>

/* What a command is given. */
struct cli {
	struct arena *arena;       /* lives as long as the command */
	enum lang lang;
	bool json;                 /* --json: machine-readable on stdout, nothing else there */
	bool colour;               /* stdout is a terminal, NO_COLOR unset, --json off */
	bool progress;             /* stderr is a terminal */
	int width;                 /* columns of the terminal on stdout; 0: none, nothing is cut */
	const char *data;          /* data directory: --data, ZEREN_DATA, ./zeren-data */
	int nargs;
	char **args;               /* operands, options taken out */
	const char *const *values; /* one a declared option: its value, "" for a flag, NULL when absent */
	const struct command *command;   /* its row of the table (cli/cmd.h) */
};

/* The whole program: parses, runs the command, prints its error; returns the exit status. */
int cli_main(int argc, char **argv);

/* The value of an option by name, NULL when not given; the option must be declared in the table (BUG
 * otherwise). One that may be repeated has its values one a line. */
const char *cli_opt(const struct cli *c, const char *name);
bool cli_flag(const struct cli *c, const char *name);
/* A whole number or a date from an option; ERR_USAGE names the option and what was expected. Leaves *out
 * alone when absent. */
enum err_code cli_int(
	const struct cli *c, const char *name, int64_t min, int64_t max, int64_t *out, struct err *err);
enum err_code cli_date(const struct cli *c, const char *name, struct date *out, struct err *err);

/* Opens the data directory for writing with every kind of event the program knows. ERR_NOT_FOUND when there
 * is no such directory, else as log_open. */
enum err_code cli_open(const struct cli *c, struct log **out, struct err *err);
/* The same for reading only: beside a writer, and a damaged log as well. */
enum err_code cli_open_reading(const struct cli *c, struct log **out, struct err *err);
/* The tables as they were when event `known` was the last, in memory; to be closed. ERR_NOT_FOUND: no such event
 * yet. */
enum err_code cli_known(struct log *log, int64_t known, struct db **out, struct err *err);
/* Tables of the kinds of all floors, NULL-terminated: what log_open wants. */
const struct event_kind *const *cli_kinds(void);
struct str cli_actor(struct arena *a);     /* the person at the terminal: "cli:name" */

/* Translated printf of a line to stdout; the line end is added when fmt has none. Nothing with --json.
 * Control characters other than line end and tab are replaced; text from data that must stay on one line
 * goes through text_line first. */
void say(const struct cli *c, const char *fmt, ...) PRINTF(2, 3);
/* The same to stderr, with "zeren: " before it, on one line, also with --json. */
void warn(const struct cli *c, const char *fmt, ...) PRINTF(2, 3);

/* The same with a text that is not translated: a value, a name, a line put together. */
void say_text(const struct cli *c, struct str text);

/* One JSON value in canonical form as a line on stdout; fails as json_canon does. */
enum err_code say_json(const struct cli *c, const struct node *node, struct err *err);
/* One JSON value over several lines, for values with decimals, which have no canonical form. */
enum err_code say_pretty(const struct cli *c, const struct node *node, struct err *err);
/* A line of bytes as they are, for what is canonical JSON already. */
void say_raw(const struct cli *c, struct str line);
/* True once nobody reads stdout any more (`| head`): long output may stop. */
bool say_gone(void);

/* Fit for one line of a terminal: control characters, line ends and what turns the direction of writing
 * replaced. */
struct str text_line(struct arena *a, struct str s);
/* An instant in the office's time, UTC+8: "2022-06-03 16:15". */
struct str text_time(struct arena *a, int64_t us);
/* A day: "2022-06-03"; empty for none. */
struct str text_day(struct arena *a, struct date d);

/* A table on the terminal: columns padded by display width (a Chinese character is two), cut to the
 * terminal with … when it is one; header underlined; numbers right. Heads are message keys, translated
 * here; cells are copied, made fit for one line. Nothing is printed with --json. */
struct table;
struct table *table_new(struct arena *a, int cols, const char *const *heads, const char *aligns /* "lrl" */);
void table_row(struct table *t, const struct str *cells);
void table_print(const struct table *t, const struct cli *c);

/* A line of progress on stderr, rewritten in place, at most ten times a second; nothing when not a terminal.
 * what is a message key; all is 0 where it is not known. */
void progress(const struct cli *c, const char *what, int64_t done, int64_t all);
void progress_end(const struct cli *c);

/* A command. Its error is printed by main, whose exit status follows tbl/errors.h; *status may be set to 1
 * where the work was done but with refused rows or findings. */
typedef enum err_code command_fn(struct cli *c, int *status, struct err *err);

#endif
