/* Lists of pages taken along: what a page shows at an address, all its pages together, as a file. One table says the
 * columns of each (list.c); a page hands its rows over. */
#ifndef WEB_LIST_H
#define WEB_LIST_H

#include "web/call.h"

struct picks;

enum list_name {
	LIST_DUTIES, LIST_SLOTS, LIST_FINDINGS, LIST_RISKS, LIST_WARNINGS, LIST_UNITS, LIST_PLAN, LIST_ASSESS,
	LIST_EXCUSES, LIST_HANDOVERS, LIST_INSPECTIONS, LIST_APPEALS, LIST_BURDEN, LIST_FIGURES,
	LISTS
};

/* Does the address ask for a file (format=xlsx)? Its page then hands over all its rows, whatever page was asked for. */
bool list_asked(const struct call *c);

/* What the page shows at this address. */
struct list_shown {
	enum list_name name;
	struct str title;                /* of the file; empty: what the list is called */
	const struct list_only *only;    /* [nonly] what narrows it */
	size_t nonly;
	const void *rows;                /* [n] structs of the list's own (list.c) */
	size_t n;
};
/* One filter, in the page's words and language. */
struct list_only {
	const char *what;                /* a message key; NULL: `is` says it all */
	struct str is;                   /* empty: this one does not narrow */
};

/* The answer: those rows as the file that was asked for, with a note that says what narrows them. ERR_DENIED for who
 * may not take registers out, ERR_INPUT for an unknown format. */
enum err_code list_send(struct call *c, const struct list_shown *shown, struct err *err);

/* The text of the choice that is made in a filter; empty where none is. */
struct str list_chosen(const struct picks *picks);

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
