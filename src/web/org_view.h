/* What the pages of the organisation show. */
#ifndef WEB_ORG_VIEW_H
#define WEB_ORG_VIEW_H

#include "web/list.h"
#include "web/sign_view.h"

struct org_span {                  /* who held a post, or a unit in its portfolio, from day to day */
	int64_t id;                /* event that made it */
	struct str name;
	struct url url;            /* of the unit; empty for a holder */
	struct date from, to;
	bool present;              /* on the day asked about */
	bool reopen;               /* its end can be taken back */
	bool acting;               /* looks after the post */
};
struct org_spans {
	struct org_span *p;
	size_t n, cap;
};
struct org_post_line {
	struct str code, name, role, holder;
	struct date since;
	struct url url;
	struct org_spans portfolio;
};
struct org_unit_line {
	struct str code, name, short_name, kind;
	const char *depth;         /* a class: d0 to d5 */
	int64_t posts;
	struct url url;
	struct { struct org_post_line *p; size_t n, cap; } rows;
};
struct org_units {
	struct org_unit_line *p;
	size_t n, cap;
};
struct org_link {
	struct str text;
	struct url url;
};
struct org_links {
	struct org_link *p;
	size_t n, cap;
};
struct org_body_line {
	struct str name;
	struct org_links members;
};
struct org_setting {
	const char *word;          /* a message key; NULL: key, as the file has it */
	struct str key, text;
};
struct org_view {
	struct frame *frame;
	struct list_links files;
	struct org_units units;
	int64_t nunits, nposts, vacant;
	bool all, may;             /* all: he sees every unit; may: change it */
	int64_t year;
	struct str office, office_short;
	struct { struct org_body_line *p; size_t n, cap; } bodies;
	struct { struct org_setting *p; size_t n, cap; } settings;
};

/* What was typed into a form that was refused, and how the last one went. */
struct org_form {
	struct str wrong;
	const char *done;          /* a message key, or NULL */
	struct str did;            /* which form: its word */
	struct str name, code, short_name, kind, role, from, until, unit;
};
struct post_view {
	struct frame *frame;
	struct org_form form;
	bool may;
	struct org_post_line post;
	struct org_link unit;
	struct url handover;       /* what goes over with it */
	struct org_spans holders;  /* the newest first */
	struct org_spans portfolio;
	struct org_links bodies;
	struct { struct org_link *p; size_t n, cap; } duties;
	struct str open;           /* who holds it without an end; empty: nobody */
	struct picks units;
};
struct unit_view {
	struct frame *frame;
	struct org_form form;
	bool may;
	struct org_unit_line unit;
	struct org_link parent;
	struct org_links below;
	struct org_links over;     /* posts in whose portfolio it is on the day */
};

/* ---- what both pages of the organisation are made of ---- */

/* The page of the post, or unit, that the address names; wrong: why a form was refused, or empty. */
enum err_code org_show_post(struct call *c, struct str wrong, struct err *err);
enum err_code org_show_unit(struct call *c, struct str wrong, struct err *err);
/* May he see the unit? */
bool org_sees(const struct call *c, struct str unit);
/* A unit with its posts, holders and portfolios as of the day asked about. */
struct org_unit_line org_unit_line(struct call *c, const struct unit *u);
struct org_post_line org_post_line(struct call *c, const struct post *p);
/* Has the day asked about a place between them, both included? */
bool org_on(const struct call *c, struct date from, struct date to);
/* The pages of a unit and of a post. */
struct org_link unit_link(struct call *c, const struct unit *u);
struct org_link post_link(struct call *c, const struct post *p);

#endif
