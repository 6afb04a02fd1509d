/* Who did it, for people: a login as a name. */
#include "who/account.h"
#include "web/call.h"

static void keep(struct call *c, struct str login, struct str name)
{
	*ARENA_PUSH(c->arena, c->people.p, c->people.n, c->people.cap) = (struct person_name){login, name};
}

static bool known(const struct call *c, struct str login, struct str *name)
{
	for (size_t i = 0; i < c->people.n; i++)
		if (str_eq(c->people.p[i].login, login)) {
			*name = c->people.p[i].name;
			return true;
		}
	return false;
}

/* All accounts at once: a page names many, and an office has few. */
static void load(struct call *c)
{
	struct err none = {.lang = c->lang};
	struct accounts all;

	c->people_loaded = true;
	if (account_list(log_db(c->log), c->arena, &all, &none) != OK)
		return;
	for (size_t i = 0; i < all.n; i++)
		keep(c, all.p[i].login, all.p[i].name);
}

struct str call_person(struct call *c, struct str login)
{
	struct str name;

	if (str_starts(login, S("cli:")))
		return arena_printf(c->arena, tr(c->lang, N_("command line (" STR_FMT ")")),
			STR_ARG(str_sub(login, 4, login.n)));
	if (!c->people_loaded)
		load(c);
	return known(c, login, &name) ? name : arena_str(c->arena, login);
}
