/* Who: units in a tree, posts, holders with dates, portfolios (分管), bodies (党组, 室务会), and what an
 * office says of itself. Facts come from an organisation file or, later, pages; each change is an event,
 * history stays. Posts and units are referred to by their codes, which never change. */
#ifndef WHO_WHO_H
#define WHO_WHO_H

#include "base/date.h"
#include "log/log.h"

/* ---- an organisation as a file says it, or as the tables hold it on a day ---- */

struct unit {
	struct id id;               /* of the tables; ID_NONE when read from a file */
	struct str code, name, short_name, parent, kind;   /* parent: code, empty at the top */
};
struct post {
	struct id id;
	struct str code, name, unit, role;                 /* unit: code */
};
struct holder {
	struct id id;
	struct str post, name;                             /* post: code */
	struct date from, to;                              /* to: last day, DATE_NONE while in office */
	bool acting;                                       /* looks after a post without a holder (代管) */
};
struct portfolio {
	struct id id;
	struct str post, unit;                             /* codes; from a file unit is as written */
	struct date from, to;                              /* DATE_NONE: always */
};
struct body {
	struct id id;
	struct str code, name, unit;
	struct str *members;                               /* codes of posts */
	size_t nmembers;
};
struct office {
	struct id id;
	struct str code, name, short_name;                 /* code of its unit */
	int year;                                          /* the year in hand */
	const struct node *settings;                       /* map: all else of the file */
};
struct org {
	struct office office;
	struct unit *units;           size_t nunits;
	struct post *posts;           size_t nposts;
	struct holder *holders;       size_t nholders;
	struct portfolio *portfolios; size_t nportfolios;
	struct body *bodies;          size_t nbodies;
	struct org_index *index;    /* of org_unit and org_post; NULL: made anew for each call */
};

/* Reads org.json, or org.xlsx with the same facts (pages 单位, 岗位, 任职, 分管, where there are bodies
 * also 会议机构; the office is the unit of kind 本单位). year: used where the file names none (0: then
 * ERR_REQUIRED). Checks: every code once, parents and units exist, no circle of parents, dates in order,
 * two holders of one post never on one day. Where a post or unit is named instead of given by its code,
 * the code is put in. Errors name file and key or sheet and row. */
enum err_code org_read(struct arena *a, const char *path, int year, struct org *out, struct err *err);

/* Records the difference between org and the tables as events, inside an intent: new things are added,
 * changed ones changed, a holder's end filled in; what the file no longer names stays (*gone counts it),
 * settings too. A holder in office whom the file no longer names, while it names a later one of the post,
 * ends on the day before that one begins. Names that differ in blanks or full-width forms only are the
 * same. ERR_CONFLICT where a holder that the file has forgotten is in the way of one that it names. */
struct org_change {
	int added, changed, same, gone;
};
enum err_code org_adopt(struct tx *tx, const struct org *org, struct org_change *out, struct err *err);

/* The organisation in the tables on a day (holders and portfolios of that day; DATE_NONE: all). */
enum err_code org_load(struct db *db, struct arena *a, struct date on, struct org *out, struct err *err);

/* By code, else name, else short name, blanks and full-width forms apart; in constant time. NULL when
 * unknown, or where more than one is called so. */
const struct unit *org_unit(const struct org *org, struct str name);
const struct post *org_post(const struct org *org, struct str name);
/* Refuses a name that org_unit (org_post) does not know, with code: names the nearest one, or says that more than one
 * is called so. */
enum err_code org_no_unit(const struct org *org, struct str name, enum err_code code, struct err *err);
enum err_code org_no_post(const struct org *org, struct str name, enum err_code code, struct err *err);
/* The unit of an owner of duties, by name or code: of a post its unit, a unit itself, of a body the unit that it
 * belongs to; NULL for none. */
const struct unit *org_owner_unit(const struct org *org, struct str owner);

/* Prepares the lookups of an organisation put together by hand (org_read and org_load have done it). */
void org_index(struct arena *a, struct org *org);

extern const struct event_kind who_kinds[];   /* ended by a kind without name */

#endif
