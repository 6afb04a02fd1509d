/* Who did it, for people: a login as a name. */
#include "who/account.h"
#include "web/call.h"

struct str call_person(struct call *c, struct str login)
{
	struct err none = {.lang = c->lang};
	struct account who;
	struct str name = login;

	for (size_t i = 0; i < c->people.n; i++)
		if (str_eq(c->people.p[i].login, login))
			return c->people.p[i].name;
	login = arena_str(c->arena, login);
	if (str_starts(login, S("cli:")))
		name = arena_printf(c->arena, tr(c->lang, N_("command line (" STR_FMT ")")),
			STR_ARG(str_sub(login, 4, login.n)));
	else if (account_get(log_db(c->log), c->arena, login, &who, &none) == OK)
		name = who.name;
	*ARENA_PUSH(c->arena, c->people.p, c->people.n, c->people.cap) = (struct person_name){login, name};
	return name;
}
