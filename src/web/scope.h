/* What of the office's things a person sees, by the one decision of who/access.h. Who may view the office sees all that
 * it keeps. Others see what lies in the units that their roles reach: a slot by the unit of its owner or object, a
 * record where it names such a unit, or a post of one. Of a duty they see their part, counted by itself; figures and
 * the report are the office's. */
#ifndef WEB_SCOPE_H
#define WEB_SCOPE_H

#include "web/call.h"

/* All that the office keeps. */
bool call_sees_all(const struct call *c);

/* A unit, or a post by its unit, by code, name or short name. */
bool call_sees_unit(const struct call *c, struct str name);
bool call_sees_slot(const struct call *c, const struct slot *x);
bool call_sees(const struct call *c, const struct fact *r);

/* May he enter records of the type: into the office, or into any unit where the type says which unit keeps it? */
bool call_may_enter(const struct call *c, const struct record_type *t);
/* May he import registers: the office's, or rows that lie in units where he may? */
bool call_may_import(const struct call *c);
/* The unit that a record lies in; NULL: the office's own. */
const struct unit *call_record_unit(const struct call *c, const struct fact *r);
/* May he do the act there? */
bool call_may_unit(const struct call *c, enum act act, const struct unit *unit);

/* The call's duties cut down to his part, and its figures to none: after call_world, where he does not see all. */
void call_cut(struct call *c);

#endif
