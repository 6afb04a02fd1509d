/* Who may do what: an account's roles on a day, spread over the units they reach. Deny by default.
 *
 * Reading: load an access once a request (two statements; it grows with the units in reach, so a caller may keep it as
 * long as log_size and the day are the same), then ask may() as often as wanted, in memory. Lists are filtered in SQL
 * by the same rule: ACCESS_SCOPE.
 *
 * Writing: access_check inside the transaction, where an intent begins. By tx->via:
 *   "web", "api"          tx->actor is a login; its account and roles in the tables decide.
 *   "cli", "try", "test"  the process runs as the owner of the data directory, who could open the database with any
 *                         program: rights would be a fence beside an open gate. So everything is allowed, and the event
 *                         says "cli" and the name of the person at the terminal. "try" is a log that is thrown away,
 *                         "test" the unit tests.
 *   anything else         nothing is allowed. */
#ifndef WHO_ACCESS_H
#define WHO_ACCESS_H

#include "base/map.h"
#include "who/account.h"

/* A unit in reach. */
struct access_unit {
	struct id unit;
	struct str code;
	uint64_t acts;                   /* bit 1 << act */
};
struct access {
	bool owner;                      /* of the machine's files: everything */
	struct account account;          /* zero for an owner */
	struct id office;                /* the office's own unit; ID_NONE before there is one */
	struct str office_code;
	struct access_unit *units;       /* [n], by unit */
	size_t n;
	struct map codes;                /* code -> struct access_unit */
	bool second;                     /* a role asks for a second factor */
};

/* The access of an account on a day; a closed one may do nothing. ERR_NOT_FOUND for an unknown id. */
enum err_code access_load(
	struct db *db, struct arena *a, struct id account, struct date on, struct access *out, struct err *err);
void access_owner(struct access *out);

/* The one decision. unit: where the thing lies; the office's own for acts about the installation. */
bool may(const struct access *who, enum act act, struct id unit);
bool may_code(const struct access *who, enum act act, struct str unit);   /* the same by the unit's code */
bool may_office(const struct access *who, enum act act);

/* OK or the refusal: ERR_NOT_FOUND for things in a unit that may not be viewed, as if there was nothing; else
 * ERR_DENIED, which names the act alone. */
enum err_code access_need(const struct access *who, enum act act, struct id unit, struct err *err);

/* Inside an intent. access_all: everything is allowed, as the owner of the files writes. access_office: on the
 * office's own unit. */
bool access_all(const struct tx *tx);
enum err_code access_check(struct tx *tx, enum act act, struct id unit, struct err *err);
enum err_code access_office(struct tx *tx, enum act act, struct err *err);

/* Four eyes: ERR_DENIED where the actor is the one who did the step before (its event's actor). Whoever he is. */
enum err_code access_other_hand(const struct tx *tx, struct str before, struct err *err);

/* For lists: the units in reach of an act as a table scope(origin, code), to begin a statement with:
 *   SQL(x, "with recursive " ACCESS_SCOPE " select … from p_record r join scope on scope.origin = r.origin and …")
 * Its arguments are ?1, ?2 and ?3, made by ACCESS_ARGS; others follow from ?4 on. */
#define ACCESS_SCOPE \
	"scope(origin, code) as (select u.origin, u.code from p_unit u where cast(?3 as text) = '*' or exists " \
	"(select 1 from p_grant g join p_account a on a.origin = g.origin and a.login = g.login " \
	"where a.closed_seq is null and " \
	"g.origin = u.origin and g.unit = u.code and g.login = ?1 and g.ended_seq is null and " \
	"(g.from_day is null or g.from_day <= ?2) and (g.until_day is null or g.until_day >= ?2) and " \
	"?3 like '%,' || g.role || ',%') " \
	"union select u.origin, u.code from scope s join p_unit u on u.origin = s.origin and u.parent = s.code)"
#define ACCESS_ARGS(a, who, act, on) \
	V_TEXT((who)->account.login), V_INT((on).n), V_TEXT(access_roles((a), (who), (act)))
/* ",filler,owner,": roles that allow the act; "*" for an owner of the files. */
struct str access_roles(struct arena *a, const struct access *who, enum act act);

#endif
