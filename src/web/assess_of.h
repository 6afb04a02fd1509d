/* What the pages of assessment are made from: the year's assessments by their scheme, and one of them. */
#ifndef WEB_ASSESS_OF_H
#define WEB_ASSESS_OF_H

#include "flow/flow.h"
#include "score/assess_log.h"
#include "web/assess_view.h"

/* The assessments of the year of the day asked about, each by its own scheme. The call's facts and figures become those
 * of the scheme in force, of one assessment those of its own, uncut: what is shown of them is asked of scope.h. */
struct assess_year {
	int year;
	struct hash digest;              /* of the scheme that is in force now */
	struct assessments all;
	struct assess_row *rows;         /* [n] best first, grades by quota */
	size_t n;
	struct flow_cases appeals;
};

/* After call_world. ERR_DB, ERR_DAMAGED. */
enum err_code assess_year(struct call *c, struct assess_year *out, struct err *err);

/* That of a unit (NULL: the office); NULL: it is not scored. */
const struct assess_row *assess_row_of(const struct assess_year *y, const struct unit *unit);

/* One assessment of the year. */
struct assess_one {
	struct assess_year y;
	struct str code, name;           /* of the unit; of the office its own */
	const struct unit *unit;         /* NULL: the office */
	const struct assessment *opened; /* NULL: not yet */
	struct assess_inputs inputs;
	const struct assess *plan;       /* of its scheme */
	struct assess_sheet sheet, self; /* self: as if every self score were confirmed */
	size_t nselfs;                   /* self scores, by hand and of its records */
	struct str grade;                /* after quotas; empty: there are none */
	bool again;                      /* scored anew since it was settled */
	bool settled;                    /* and nothing came since */
};

/* After call_world. ERR_NOT_FOUND: no such unit, not assessed, or out of his reach. */
enum err_code assess_one(struct call *c, struct str code, struct assess_one *out, struct err *err);
/* The same of a year that was read. */
enum err_code assess_one_of(struct call *c, const struct assess_year *y, struct str code, struct assess_one *out,
	struct err *err);

/* May he see the sheet of the unit (NULL: the office)? */
bool assess_sees(const struct call *c, const struct unit *unit);
/* Where it stands; how many scores await the second person, how many appeals run. */
struct look assess_state(const struct assess_one *x, int64_t *waiting, int64_t *appeals);
/* Its address. */
struct url assess_url(struct call *c, struct str code);
/* The code in that address. */
struct str assess_code(const struct call *c, const struct unit *unit);
/* The assessment with that event; NULL: none of the year. */
const struct assessment *assess_opened(const struct assess_year *y, int64_t seq, size_t *at);

/* The page of a unit, after call_world; with what was wrong in a form (NULL: none). */
enum err_code assess_show(struct call *c, const struct assess_year *y, struct str code, struct str wrong,
	const char *form, struct err *err);

/* Lines of a part, with self's beside where it is not NULL; slots and records that he sees. */
void put_score_lines(struct call *c, struct sheet_lines *out, const struct assess_part *p,
	const struct assess_part *self);
/* What the item judges one by one, into r; form, the one that was refused (NULL: none), whose rows were typed. */
void put_things(struct call *c, struct assess_item_row *r, const struct assess_one *x,
	const struct assess_item_score *i, bool may_score, const char *form);
/* Rows of the form that say something new: entries of the item, [*n]; why must be as NFC. ERR_INPUT names the row. */
enum err_code read_things(
	struct call *c, const struct assess_one *x, struct assess_entry **out, size_t *n, struct err *err);
/* The scores of the form's item that he may confirm and that he has seen; in c's arena. */
const int64_t *things_to_confirm(struct call *c, const struct assess_one *x, size_t *n);
/* How an appeal's state looks. */
struct look appeal_look(int state);

#endif
