/* Lists of pages taken along: what a page shows at an address, all its pages together, as a file. One table says the
 * columns of each (list.c); a page hands its rows over. */
#ifndef WEB_LIST_H
#define WEB_LIST_H

#include "web/call.h"

enum list_name {
	LIST_DUTIES, LIST_SLOTS, LIST_FINDINGS, LIST_RISKS, LIST_WARNINGS, LIST_UNITS, LIST_PLAN, LIST_ASSESS,
	LISTS
};

/* Does the address ask for a file (format=xlsx)? Its page then hands over all its rows, whatever page was asked for. */
bool list_asked(const struct call *c);

/* The answer: those rows, structs of the list's own (list.c), as the file that was asked for. title: of the file;
 * empty: what the list is called. ERR_DENIED for who may not take registers out, ERR_INPUT for an unknown format. */
enum err_code list_send(struct call *c, enum list_name name, struct str title, const void *rows, size_t n,
	struct err *err);

struct list_link {
	const char *format;
	struct url url;
};
struct list_links {
	struct list_link *p;
	size_t n, cap;
};
/* This address as each form of file; none for who may not. */
struct list_links list_links(struct call *c);

#endif
