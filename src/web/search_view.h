/* What the page of the search shows. */
#ifndef WEB_SEARCH_VIEW_H
#define WEB_SEARCH_VIEW_H

#include "web/call.h"

enum { HITS_SHOWN = 20 };

struct hit {
	struct str title, where;           /* where: register and source, owner … */
	struct str label, before, hit, after;      /* the text that holds the words, around the first of them */
	struct url url;
};
struct hit_more {
	struct str title;
	int64_t n;
	struct url url;
};
struct hit_group {
	const char *title;                 /* a message key */
	const char *id;
	int64_t n, shown;
	struct { struct hit *p; size_t n, cap; } hits;
	struct { struct hit_more *p; size_t n, cap; } more;        /* registers, each with its number */
};
struct search_view {
	struct frame *frame;
	struct str q;
	struct date on;                    /* as the address says it */
	int64_t n;
	struct { struct hit_group *p; size_t n, cap; } groups;
};

#endif
