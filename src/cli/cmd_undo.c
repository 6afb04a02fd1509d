#include "cli/folder.h"
#include "record/adopt.h"

command_fn cmd_undo;

enum err_code cmd_undo(struct cli *c, int *status, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	struct id import = {.origin = 1};
	struct scheme scheme;

	if (!str_int(str_c(c->args[0]), &import.seq) || import.seq < 0)
		return fail(err, ERR_USAGE,
			"undo: '%s' is no import's number; zeren log --kind import.accept lists them", c->args[0]);
	TRY(cli_open(c, &log, err));
	TRY(scheme_current(log, c->arena, &scheme, err));
	TRY(import_undo(log, &scheme, import, str_c(cli_opt(c, "why")), cli_actor(c->arena), S("cli"), err));
	say(c, "import %lld is withdrawn; its rows stay in the log", (long long)import.seq);
	if (c->json) {
		struct node *out = node_map(c->arena);

		node_set(c->arena, out, S("withdrawn"), node_num(c->arena, import.seq));
		return say_json(c, out, err);
	}
	return OK;
}
