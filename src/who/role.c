#include "who/role.h"

#include "base/tr.h"

static const struct {
	const char *name, *label;
	bool admin, second;
} roles[ROLE_N] = {
#define R(id, name, admin, second, label) {name, label, admin, second},
#include "tbl/roles.h"
#undef R
};

static const struct {
	const char *name, *label;
	enum act_sort sort;
	bool allowed[ROLE_N];
} acts[ACT_N] = {
#define A(id, name, sort, c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, label) \
	{name, label, ACT_##sort, {c0, c1, c2, c3, c4, c5, c6, c7, c8, c9}},
#include "tbl/acts.h"
#undef A
};

_Static_assert(ROLE_N == 10, "tbl/acts.h has a column for each role");

bool role_allows(enum role role, enum act act)
{
	return acts[act].allowed[role];
}

uint64_t role_acts(enum role role)
{
	uint64_t set = 0;

	for (int act = 0; act < ACT_N; act++)
		set |= (uint64_t)acts[act].allowed[role] << act;
	return set;
}

bool role_admin(enum role role)
{
	return roles[role].admin;
}

bool role_second(enum role role)
{
	return roles[role].second;
}

bool role_parse(struct str name, enum role *out)
{
	for (int r = 0; r < ROLE_N; r++)
		if (str_is(name, roles[r].name)) {
			*out = (enum role)r;
			return true;
		}
	return false;
}

const char *role_name(enum role role)
{
	return roles[role].name;
}

const char *role_label(enum role role)
{
	return roles[role].label;
}

enum act_sort act_sort(enum act act)
{
	return acts[act].sort;
}

const char *act_name(enum act act)
{
	return acts[act].name;
}

const char *act_label(enum act act)
{
	return acts[act].label;
}
