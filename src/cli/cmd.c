#include "cli/cmd.h"

#include "base/near.h"
#include "cli/help.h"
#include "cli/out.h"

#include <signal.h>

#define C(name, fn, operands, summary) command_fn fn;
#define O(name, value, help)
#define H(text)
#include "tbl/commands.h"
#undef C
#undef O
#undef H

const struct command cmd_table[] = {
#define C(name, fn, operands, summary) {ROW_COMMAND, name, fn, operands, summary},
#define O(name, value, help) {ROW_OPTION, name, NULL, value, help},
#define H(text) {ROW_HELP, NULL, NULL, NULL, text},
#include "tbl/commands.h"
#undef C
#undef O
#undef H
	{ROW_END, NULL, NULL, NULL, NULL},
};

const struct command *cmd_next(const struct command *row)
{
	for (row = row ? row + 1 : cmd_table; row->row != ROW_END; row++)
		if (row->row == ROW_COMMAND)
			return row;
	return NULL;
}

enum err_code cmd_find(const char *name, const struct command **out, struct err *err)
{
	struct near near = near_to(str_c(name));

	for (const struct command *cmd = cmd_next(NULL); cmd; cmd = cmd_next(cmd)) {
		if (!strcmp(cmd->name, name)) {
			*out = cmd;
			return OK;
		}
		near_offer(&near, str_c(cmd->name));
	}
	if (near_found(&near).n)
		return fail(err, ERR_USAGE, "there is no command %s; did you mean " STR_FMT "?", name,
			STR_ARG(near_found(&near)));
	return fail(err, ERR_USAGE, "there is no command %s; zeren help lists them", name);
}

static enum err_code run(struct cli *c, int argc, char **argv, int *status, struct err *err)
{
	enum cmd_ask ask;

	TRY(cmd_parse(c, argc, argv, &ask, err));
	if (ask == ASK_HELP)
		return help_on(c, c->command, err);
	if (ask == ASK_VERSION)
		return cmd_version(c, status, err);
	return c->command->fn(c, status, err);
}

int cli_main(int argc, char **argv)
{
	struct arena CLEANUP(arena_free) arena = ARENA_INIT;
	struct cli c = {.arena = &arena};
	struct err err = {.code = OK}, late = {.code = OK};
	int status = 0;

	out_init();
	if (run(&c, argc, argv, &status, &err) != OK) {
		out_error(&c, &err);
		status = err_exit(err.code);
	}
	progress_end(&c);
	late.lang = c.lang;
	if (out_end(&late) != OK) {
		c.json = false; /* stdout is what does not work */
		out_error(&c, err.code != OK ? &err : &late);
		return status > 1 ? status : err_exit(late.code);
	}
	if (say_gone()) {
		arena_free(&arena);
		signal(SIGPIPE, SIG_DFL);
		raise(SIGPIPE);
	}
	return status;
}
