#include "cli/cmd.h"
#include "log/verify.h"

#include <inttypes.h>

enum { ROOT_SHOWN = 16 };

command_fn cmd_verify;

static void on_progress(void *ctx, int64_t done, int64_t all)
{
	progress(ctx, N_("verifying"), done, all);
}

static enum err_code result_json(
	const struct cli *c, const struct verify_result *r, const char *root, struct err *err)
{
	struct arena *a = c->arena;
	struct node *map = node_map(a), *list = node_list(a);

	for (size_t i = 0; i < r->nfindings; i++)
		node_push(a, list, node_str(a, text_line(a, r->findings[i].what)));
	node_set(a, map, S("sound"), node_bool(a, r->nfindings == 0));
	node_set(a, map, S("events"), node_num(a, r->events));
	node_set(a, map, S("objects"), node_num(a, r->objects));
	node_set(a, map, S("rows"), node_num(a, r->rows));
	node_set(a, map, S("root"), node_str(a, str_c(root)));
	node_set(a, map, S("findings"), list);
	return say_json(c, map, err);
}

static void result_say(
	const struct cli *c, enum verify_depth depth, const struct verify_result *r, const char *root)
{
	if (depth == VERIFY_DEEP)
		say(c, "looked at: events %" PRId64 ", files %" PRId64 ", rows of tables %" PRId64, r->events,
			r->objects, r->rows);
	else if (depth == VERIFY_FULL)
		say(c, "looked at: events %" PRId64 ", files %" PRId64, r->events, r->objects);
	say(c, "root %.*s", ROOT_SHOWN, root);
	for (size_t i = 0; i < r->nfindings; i++)
		say_text(c, text_line(c->arena, r->findings[i].what));
	if (r->nfindings)
		say(c, "findings: %zu; the log, a table or a file differs from what was recorded",
			r->nfindings);
	else if (depth == VERIFY_QUICK)
		say(c, "head and checkpoint agree; zeren verify looks at all of it");
	else
		say(c, "sound");
}

enum err_code cmd_verify(struct cli *c, int *status, struct err *err)
{
	struct log CLEANUP(log_close) *log = NULL;
	struct verify_result result = {0};
	enum verify_depth depth = VERIFY_FULL;
	char root[HASH_TEXT];

	if (cli_flag(c, "quick") && cli_flag(c, "deep"))
		return fail(err, ERR_USAGE, "--quick and --deep: one of them");
	if (cli_flag(c, "quick"))
		depth = VERIFY_QUICK;
	if (cli_flag(c, "deep"))
		depth = VERIFY_DEEP;
	TRY(cli_open_reading(c, &log, err));
	TRY(log_verify(log, c->arena, depth, on_progress, c, &result, err));
	progress_end(c);
	hash_text(&result.root, root);
	if (c->json)
		TRY(result_json(c, &result, root, err));
	else
		result_say(c, depth, &result, root);
	if (result.nfindings)
		*status = err_exit(ERR_DAMAGED);
	return OK;
}
