/* Roles and acts, from tbl/roles.h and tbl/acts.h: who may do what by his role, before any unit is looked at. */
#ifndef WHO_ROLE_H
#define WHO_ROLE_H

#include "base/str.h"

enum role {
#define R(id, name, admin, second, label) ROLE_##id,
#include "tbl/roles.h"
#undef R
	ROLE_N
};

enum act {
#define A(id, name, sort, ...) ACT_##id,
#include "tbl/acts.h"
#undef A
	ACT_N
};

enum act_sort { ACT_THING, ACT_WORKS, ACT_EVERY };   /* tbl/acts.h says what each means */

_Static_assert(ACT_N <= 64, "a set of acts is a bit each of 64");

/* The table itself: a row for each act, a column for each role. */
bool role_allows(enum role role, enum act act);
uint64_t role_acts(enum role role);         /* all of them: bit 1 << act */
bool role_admin(enum role role);            /* auditor, security, system: an account has it alone, or not at all */
bool role_second(enum role role);           /* its holder signs in with a second factor */
bool role_parse(struct str name, enum role *out);
const char *role_name(enum role role);      /* "filler": in the log and for other programs */
const char *role_label(enum role role);     /* a message key, for people */

/* What stands in an act's row. */
enum act_sort act_sort(enum act act);
const char *act_name(enum act act);         /* "record.add" */
const char *act_label(enum act act);        /* a message key */

#endif
