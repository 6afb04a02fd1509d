#include "cli/verb.h"

#include "cli/cmd.h"

const void *verb_named(const void *table, size_t n, size_t size, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		const struct verb *v = (const void *)((const char *)table + i * size);

		if (!strcmp(v->name, name))
			return v;
	}
	return NULL;
}

static const char *name_at(const void *table, size_t size, size_t i)
{
	return *(const char *const *)((const char *)table + i * size);
}

void verb_offer(struct near *near, const void *table, size_t n, size_t size)
{
	for (size_t i = 0; i < n; i++)
		near_offer(near, str_c(name_at(table, size, i)));
}

enum err_code verb_unknown(
	const struct cli *c, const void *table, size_t n, size_t size, const char *name, struct err *err)
{
	struct near near = near_to(str_c(name));
	struct str all = STR_NONE;

	verb_offer(&near, table, n, size);
	for (size_t i = 0; i < n; i++)
		all = arena_printf(c->arena, STR_FMT "%s%s", STR_ARG(all), i ? " " : "", name_at(table, size, i));
	fail(err, ERR_USAGE, "zeren %s: one of " STR_FMT " is expected, not %s", c->command->name, STR_ARG(all), name);
	return near_say(&near, err);
}

enum err_code verb_operands(const struct cli *c, const struct verb *v, struct err *err)
{
	if (MAX(c->nargs, 1) < v->least)
		return fail(err, ERR_USAGE, "zeren %s %s: %s is missing", c->command->name, v->name,
			tr(c->lang, v->missing));
	if (c->nargs > v->most && v->most < VERB_MANY)
		return fail(err, ERR_USAGE, "zeren %s %s: %s is one too many", c->command->name, v->name,
			c->args[v->most]);
	return OK;
}

static bool takes(const struct verb *v, const char *option)
{
	for (size_t i = 0; i < VERB_OPTIONS && v->options[i]; i++)
		if (!strcmp(v->options[i], option))
			return true;
	return false;
}

enum err_code verb_fits(const struct cli *c, const struct verb *v, struct err *err)
{
	TRY(verb_operands(c, v, err));
	for (const struct command *o = c->command + 1; o->row == ROW_OPTION; o++)
		if (cli_opt(c, o->name) && !takes(v, o->name))
			return fail(err, ERR_USAGE, "zeren %s %s takes no --%s", c->command->name, v->name, o->name);
	return OK;
}
