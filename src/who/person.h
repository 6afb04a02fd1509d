/* Who held a post on a day. Two posts may be one person's, and a post changes hands: another hand is another person. */
#ifndef WHO_PERSON_H
#define WHO_PERSON_H

#include "base/date.h"
#include "db/db.h"

/* The holder of a post (its code or name) of the log written here, on a day; empty where the organisation names nobody.
 * a owns the text. ERR_DB. */
enum err_code post_person(
	struct db *db, struct arena *a, struct str post, struct date day, struct str *out, struct err *err);

/* Whose an account is on a day: the holder of its post, else the name that the account bears; empty for what is no
 * account (who sat at the terminal). a owns the text. ERR_DB. */
enum err_code account_person(
	struct db *db, struct arena *a, struct str login, struct date day, struct str *out, struct err *err);

/* A post on a day. */
struct hand {
	struct str post;
	struct date day;
};

/* Were both hands one person's, by name? *who: that name, owned by a; empty: no, or nobody can say. ERR_DB. */
enum err_code one_person(
	struct db *db, struct arena *a, struct hand x, struct hand y, struct str *who, struct err *err);

#endif
