/* What the pages of help show: the manual and its like, compiled in (tools/assets), as Markdown. */
#ifndef WEB_HELP_VIEW_H
#define WEB_HELP_VIEW_H

#include "doc/markdown_read.h"
#include "web/call.h"

struct help_line {                 /* of the contents */
	struct str text, page, id;
	bool sub;
};
struct help_part {
	struct str title, page;
	bool current;
	struct { struct help_line *p; size_t n, cap; } lines;
};
struct help_view {
	struct frame *frame;
	struct str title;
	struct md_doc text;            /* the page itself; on the first page the first steps of one's roles */
	struct { struct help_part *p; size_t n, cap; } parts;
	struct help_part contents;     /* of this page */
};

/* The section that says more about a page. */
struct url help_at(struct call *c, enum nav nav);

#endif
