/* What stands around every page: rail, head with the date asked about, foot with the log's position. */
#ifndef WEB_FRAME_H
#define WEB_FRAME_H

#include "base/date.h"
#include "web/html.h"

/* Which word of the rail a page belongs to. */
enum nav {
	NAV_NONE, NAV_DESK, NAV_DUTIES, NAV_REGISTERS, NAV_FINDINGS, NAV_REPORT, NAV_FIGURES, NAV_IMPORT, NAV_ORG,
	NAV_LOG, NAV_ASSESS, NAV_VERIFY, NAV_ACCOUNTS, NAV_OWN, NAV_HELP, NAV_SETTINGS, NAV_MORE, NAV_SCHEME,
	NAV_PLAN, NAV_BURDEN, NAV_RISKS, NAV_WARNINGS, NAV_EXCUSES, NAV_HANDOVERS
};

/* A word of the rail. */
struct nav_item {
	enum nav nav;
	const char *title;         /* a message key */
	struct url url;
	bool current;
};

struct hidden {                    /* a parameter that a form carries on */
	struct str name, value;
};

/* What stands around a page before the office. */
struct door {
	const char *lang;
	struct str theme, size, title;
	struct str wrong;          /* what was wrong with the form; empty: nothing */
};

struct frame {
	const char *lang;          /* zh-CN, en */
	const char *said;          /* the same of the office's documents: its scheme's */
	struct str theme, size;    /* light, dark, or empty: the system's; large, or empty */
	struct str title;          /* translated */
	struct str office;
	struct str person;         /* who is signed in */
	bool search;               /* he may see what a search would find */
	struct str q;              /* searched for on this page */
	bool asked;                /* the address names the day */
	struct date on;            /* the day asked about */
	struct str on_text;        /* 2022年12月31日 */
	bool past;                 /* not today */
	enum nav nav;
	struct { struct nav_item *p; size_t n; } main, more, phone;
	struct url help;           /* the section of the manual that fits this page */
	struct url here;            /* this page on the day its form names */
	struct { struct hidden *p; size_t n; } carry;   /* other parameters of this page */
	int64_t size_of_log;
	struct str root;           /* of the log, first 16 hex digits */
	struct str printed;        /* when this page was made */
	bool behind;               /* there is a panel beside */
};

/* Why a field of a form was refused (form: its "do"; "": whichever was sent); empty where it was not. Beside the field
 * it stands in a span of class wrong, whose id the field names in aria-describedby. */
struct str wrong_at(const struct html *h, const char *form, const char *field);

/* A text of a table in the page's language. */
const char *word(const struct html *h, const char *key);

#endif
