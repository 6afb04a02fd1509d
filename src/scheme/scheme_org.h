/* A scheme beside the organisation that is to live by it: names of the one that the other has not. */
#ifndef SCHEME_SCHEME_ORG_H
#define SCHEME_SCHEME_ORG_H

#include "scheme/scheme.h"
#include "who/who.h"

/* What the duties name and the organisation has not: posts, roles, kinds of unit, bodies, words. A text each in lang,
   with the line of the scheme, the duty and the nearest name; in the arena. Such a duty has no owner, or opens
   nothing. */
struct texts scheme_org_misses(struct arena *a, enum lang lang, const struct scheme *s, const struct org *org);

#endif
