#include "cli/folder.h"

command_fn cmd_init;

enum err_code cmd_init(struct cli *c, int *status, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	const char *dir = c->nargs ? c->args[0] : c->data;
	const char *org_path = cli_opt(c, "org"), *scheme_path = cli_opt(c, "scheme");
	struct log_opt opt = {.kinds = cli_kinds()};
	struct scheme scheme;
	struct org org;
	struct org_change change = {0};
	int64_t year = 0;

	if (!org_path || !scheme_path)
		return fail(err, ERR_USAGE, "init needs --org FILE and --scheme FILE");
	TRY(cli_int(c, "year", 1990, 2100, &year, err));
	TRY(org_read(c->arena, org_path, (int)year, &org, err));
	TRY(read_scheme_file(c, scheme_path, &scheme, err));
	TRY(log_create(dir, cli_opt(c, "database"), opt, &log, err));
	TRY(adopt_all(c, log, &org, &scheme, DATE_NONE, &change, err));
	say(c, "%s: made, log " STR_FMT, dir, STR_ARG(log_origin(log)));
	say(c, "%zu units, %zu posts, %zu holders, %zu portfolios; scheme " STR_FMT " (" STR_FMT ")", org.nunits,
		org.nposts, org.nholders, org.nportfolios, STR_ARG(scheme.title), STR_ARG(scheme.code));
	if (c->json) {
		struct node *out = node_map(c->arena);

		node_set(c->arena, out, S("data"), node_str(c->arena, str_c(dir)));
		node_set(c->arena, out, S("log"), node_str(c->arena, log_origin(log)));
		node_set(c->arena, out, S("scheme"), node_str(c->arena, scheme.code));
		return say_json(c, out, err);
	}
	return OK;
}
