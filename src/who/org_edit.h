/* Single changes of the organisation, as a person makes them; the events are those of org_adopt. Each inside an intent
 * and for who may ACT_ORG_EDIT on the office: else ERR_DENIED. What the events' own rules refuse (two holders on one
 * day, codes that are taken, days out of order) comes back as their errors. */
#ifndef WHO_ORG_EDIT_H
#define WHO_ORG_EDIT_H

#include "who/who.h"

/* Who holds a post changes: the one in office, if there is one, ends on `last` (DATE_NONE: the day before `from`);
 * name begins on `from`, acting: to look after it (代管); an empty name: nobody does yet. ERR_REQUIRED where a day is
 * missing; ERR_NOT_FOUND for an unknown post, or nobody in office to end. */
enum err_code org_holder_succeed(
	struct tx *tx, struct str post, struct date last, struct str name, struct date from, bool acting,
	struct err *err);
/* The last day of a holder or a portfolio; DATE_NONE: the end is taken back. */
enum err_code org_holder_end(struct tx *tx, struct id holder, struct date to, struct err *err);
enum err_code org_portfolio_end(struct tx *tx, struct id portfolio, struct date to, struct err *err);
/* A correction of what was written wrongly. ERR_REQUIRED without name or day. */
enum err_code org_holder_correct(struct tx *tx, struct id holder, struct str name, struct date from, struct err *err);
/* Without days: always. */
enum err_code org_portfolio_add(struct tx *tx, const struct portfolio *p, struct err *err);

/* ERR_REQUIRED without code or name; ERR_INPUT for a code that is more than letters and digits; ERR_CONFLICT for one
 * that is taken. */
enum err_code org_unit_add(struct tx *tx, const struct unit *u, struct err *err);
/* The same; ERR_NOT_FOUND for an unknown unit. */
enum err_code org_post_add(struct tx *tx, const struct post *p, struct err *err);
/* What differs from the tables is written; code and place stay. ERR_INPUT where nothing differs; ERR_NOT_FOUND. */
enum err_code org_unit_change(struct tx *tx, const struct unit *u, struct err *err);
enum err_code org_post_change(struct tx *tx, const struct post *p, struct err *err);

#endif
