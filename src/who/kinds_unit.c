#include "who/kinds.h"

SQL(unit_insert,
	"insert into p_unit (origin, seq, code, name, short_name, parent, kind) values (?1, ?2, ?3, "
	"?4, ?5, ?6, ?7)");
SQL(unit_update,
	"update p_unit set name = coalesce(?3, name), short_name = coalesce(?4, short_name), parent = "
	"coalesce(?5, parent), kind = coalesce(?6, kind) where origin = ?1 and seq = ?2");
SQL(unit_code, "select code from p_unit where origin = ?1 and seq = ?2");
SQL(unit_taken, "select seq from p_unit where origin = ?1 and code = ?2");
SQL(unit_above,
	"with recursive up(code) as (select code from p_unit where origin = ?1 and code = ?2 union "
	"select p.parent from up join p_unit p on p.origin = ?1 and p.code = up.code) select code "
	"from up where code = ?3");

/* ---- units ---- */

enum err_code unit_add_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct str code = e_text(e, "code"), parent = e_text(e, "parent");
	bool taken;

	TRY(rule_words(e, err));
	TRY(sql_any(tx->db, &unit_taken, ARGS(V_INT(ORIGIN_HERE), V_TEXT(code)), &taken, err));
	if (taken)
		return err_on(err, "code",
			fail(err, ERR_CONFLICT, "there is a unit '" STR_FMT "' already", STR_ARG(code)));
	return parent.n ? rule_unit(tx, parent, err) : OK;
}

enum err_code unit_add_apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &unit_insert,
		ARGS(V_ID(e->id), V_TEXT(e_text(e, "code")), V_TEXT(e_text(e, "name")),
		V_TEXT(e_text(e, "short")), V_TEXT(e_text(e, "parent")), V_TEXT(e_text(e, "kind"))),
		err);
}

/* The code of the subject; ERR_NOT_FOUND when it is no unit. */
static enum err_code code_of(struct tx *tx, struct id id, struct str *code, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(tx->db, &unit_code, ARGS(V_ID(id)), &q, err));
	if (!query_next(&q, err))
		return err->code ? err->code : fail(err, ERR_NOT_FOUND, "the event is about no unit");
	*code = arena_str(tx->arena, query_text(&q, 0));
	return OK;
}

enum err_code unit_change_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct str parent = e_text(e, "parent"), code;
	bool circle;

	TRY(rule_words(e, err));
	TRY(rule_changes(e, err));
	TRY(code_of(tx, e->subject, &code, err));
	if (!parent.n)
		return OK;
	TRY(rule_unit(tx, parent, err));
	TRY(sql_any(
		tx->db, &unit_above, ARGS(V_INT(ORIGIN_HERE), V_TEXT(parent), V_TEXT(code)), &circle, err));
	if (circle)
		return fail(err, ERR_INPUT, "the parents of unit '" STR_FMT "' go round in a circle",
			STR_ARG(code));
	return OK;
}

enum err_code unit_change_apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &unit_update,
		ARGS(V_ID(e->subject), e_val(e, "name"), e_val(e, "short"), e_val(e, "parent"),
		e_val(e, "kind")),
		err);
}

/* ---- posts ---- */

SQL(post_insert, "insert into p_post (origin, seq, code, name, unit, role) values (?1, ?2, ?3, ?4, ?5, ?6)");
SQL(post_update,
	"update p_post set name = coalesce(?3, name), unit = coalesce(?4, unit), role = coalesce(?5, "
	"role) where origin = ?1 and seq = ?2");
SQL(post_taken, "select seq from p_post where origin = ?1 and code = ?2");
SQL(post_is, "select seq from p_post where origin = ?1 and seq = ?2");

enum err_code post_add_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct str code = e_text(e, "code");
	bool taken;

	TRY(rule_words(e, err));
	TRY(sql_any(tx->db, &post_taken, ARGS(V_INT(ORIGIN_HERE), V_TEXT(code)), &taken, err));
	if (taken)
		return err_on(err, "code",
			fail(err, ERR_CONFLICT, "there is a post '" STR_FMT "' already", STR_ARG(code)));
	return rule_unit(tx, e_text(e, "unit"), err);
}

enum err_code post_add_apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &post_insert,
		ARGS(V_ID(e->id), V_TEXT(e_text(e, "code")), V_TEXT(e_text(e, "name")),
		V_TEXT(e_text(e, "unit")), V_TEXT(e_text(e, "role"))),
		err);
}

enum err_code post_change_check(struct tx *tx, const struct event *e, struct err *err)
{
	bool is;

	TRY(rule_words(e, err));
	TRY(rule_changes(e, err));
	TRY(sql_any(tx->db, &post_is, ARGS(V_ID(e->subject)), &is, err));
	if (!is)
		return fail(err, ERR_NOT_FOUND, "the event is about no post");
	return NODE_GET(e->data, "unit") ? rule_unit(tx, e_text(e, "unit"), err) : OK;
}

enum err_code post_change_apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &post_update,
		ARGS(V_ID(e->subject), e_val(e, "name"), e_val(e, "unit"), e_val(e, "role")), err);
}
