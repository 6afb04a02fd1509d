/* Lets the nth call of a database fail: for (n = 1; nth_begin(db, n), !…; n++) until nothing fails any more. */
#ifndef TESTS_DB_NTH_H
#define TESTS_DB_NTH_H

#include "db/driver.h"

static const struct db_driver *nth_real;
static struct db_driver nth_driver;
static int nth_left;

static inline bool nth_now(struct err *err)
{
	if (nth_left < 1 || --nth_left)
		return false;
	fail(err, ERR_DB, N_("no reason given"));
	return true;
}

static inline enum err_code nth_query(
	struct db *db, struct db_stmt *st, const struct val *args, size_t n, struct err *err)
{
	return nth_now(err) ? ERR_DB : nth_real->query(db, st, args, n, err);
}

static inline bool nth_next(struct db *db, struct db_stmt *st, struct err *err)
{
	return !nth_now(err) && nth_real->next(db, st, err);
}

/* From now on the nth call that asks for rows fails. */
static inline void nth_begin(struct db *db, int n)
{
	nth_real = db->driver;
	nth_driver = *nth_real;
	nth_driver.query = nth_query;
	nth_driver.next = nth_next;
	nth_left = n;
	db->driver = &nth_driver;
}

/* True when one was made to fail. */
static inline bool nth_end(struct db *db)
{
	db->driver = nth_real;
	return nth_left == 0;
}

#endif
