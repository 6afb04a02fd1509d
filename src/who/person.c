/* Who held a post on a day. */
#include "who/person.h"

enum { HERE = 1 };      /* posts are those of the log written here */

SQL(person_of_post_sql,
	"select h.name from p_holder h join p_post p on p.origin = h.origin and p.code = h.post"
	" where h.origin = ?1 and (p.code = ?2 or p.name = ?2) and h.from_day <= ?3"
	" and (h.to_day is null or h.to_day >= ?3) order by h.from_day desc, h.seq desc limit 1");

SQL(account_of_person_sql, "select name, post from p_account where origin = ?1 and login = ?2");

enum err_code post_person(
	struct db *db, struct arena *a, struct str post, struct date day, struct str *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	*out = STR_NONE;
	if (!post.n || !date_is(day))
		return OK;
	TRY(db_query(db, &person_of_post_sql, ARGS(V_INT(HERE), V_TEXT(post), V_INT(day.n)), &q, err));
	if (query_next(&q, err))
		*out = arena_str(a, query_text(&q, 0));
	return err->code;
}

enum err_code account_person(
	struct db *db, struct arena *a, struct str login, struct date day, struct str *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct str post, name;

	*out = STR_NONE;
	TRY(db_query(db, &account_of_person_sql, ARGS(V_INT(HERE), V_TEXT(login)), &q, err));
	if (!query_next(&q, err))
		return err->code;
	name = arena_str(a, query_text(&q, 0));
	post = arena_str(a, query_text(&q, 1));
	TRY(post_person(db, a, post, day, out, err));
	if (!out->n)
		*out = name;
	return OK;
}

enum err_code one_person(
	struct db *db, struct arena *a, struct hand x, struct hand y, struct str *who, struct err *err)
{
	struct str other;

	*who = STR_NONE;
	TRY(post_person(db, a, x.post, x.day, who, err));
	if (!who->n)
		return OK;
	TRY(post_person(db, a, y.post, y.day, &other, err));
	if (!str_eq(*who, other))
		*who = STR_NONE;
	return OK;
}
