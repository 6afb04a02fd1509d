#include "cli/cmd.h"

#ifdef ZEREN_SANITISED
#define BUILD N_("for tests, with AddressSanitizer and UBSan")
#elif defined __OPTIMIZE__
#define BUILD N_("optimised")
#else
#define BUILD N_("not optimised")
#endif

#ifdef __clang__
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

command_fn cmd_version;

enum err_code cmd_version(struct cli *c, int *status, struct err *err)
{
	struct node *map;

	if (!c->json) {
		say_text(c, S("Zeren " ZEREN_VERSION));
		say(c, "built with %s, %s", COMPILER, tr(c->lang, BUILD));
		return OK;
	}
	map = node_map(c->arena);
	node_set(c->arena, map, S("version"), node_str(c->arena, S(ZEREN_VERSION)));
	node_set(c->arena, map, S("compiler"), node_str(c->arena, S(COMPILER)));
	node_set(c->arena, map, S("build"), node_str(c->arena, str_c(BUILD)));
	return say_json(c, map, err);
}
