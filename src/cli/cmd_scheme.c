#include "cli/folder.h"

command_fn cmd_scheme;

enum err_code cmd_scheme(struct cli *c, int *status, struct err *err)
{
	struct scheme s;
	struct node *out;

	if (c->nargs != 2 || strcmp(c->args[0], "check") != 0)
		return fail(err, ERR_USAGE, "scheme: check FILE");
	TRY(read_scheme_file(c, c->args[1], &s, err));
	if (c->json) {
		out = node_map(c->arena);
		node_set(c->arena, out, S("scheme"), node_str(c->arena, s.code));
		node_set(c->arena, out, S("records"), node_num(c->arena, (int64_t)s.ntypes));
		node_set(c->arena, out, S("sheets"), node_num(c->arena, (int64_t)s.nsheets));
		return say_json(c, out, err);
	}
	say(c, "%s: sound; " STR_FMT ", %zu record types, %zu registers", c->args[1], STR_ARG(s.title), s.ntypes,
		s.nsheets);
	return OK;
}
