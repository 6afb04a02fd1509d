#include "text/json.h"
#include "who/kinds.h"

/* ---- bodies ---- */

SQL(body_insert, "insert into p_body (origin, seq, code, name, unit) values (?1, ?2, ?3, ?4, ?5)");
SQL(body_update,
	"update p_body set name = coalesce(?3, name), unit = coalesce(?4, unit) where origin = ?1 and "
	"seq = ?2");
SQL(body_taken, "select seq from p_body where origin = ?1 and code = ?2");
SQL(body_is, "select seq from p_body where origin = ?1 and seq = ?2");
SQL(member_insert, "insert into p_body_member (origin, seq, nth, post) values (?1, ?2, ?3, ?4)");
SQL(member_clear, "delete from p_body_member where origin = ?1 and seq = ?2");

static enum err_code members_check(struct tx *tx, const struct event *e, struct err *err)
{
	const struct node *list = NODE_GET(e->data, "members");
	struct map seen = MAP_IN(tx->arena);

	for (size_t i = 0; list && i < list->n; i++) {
		struct str post = list->items[i]->text;

		if (list->items[i]->kind != NODE_TEXT)
			return fail(err, ERR_INPUT, "the members of a body are codes of posts");
		TRY(rule_post(tx, post, err));
		if (map_get(&seen, post))
			return fail(err, ERR_INPUT, "post '" STR_FMT "' stands twice among the members",
				STR_ARG(post));
		map_set(&seen, post, list->items[i]);
	}
	return OK;
}

static enum err_code members_apply(struct db *db, struct id body, const struct node *list, struct err *err)
{
	for (size_t i = 0; i < list->n; i++)
		TRY(db_run(db, &member_insert,
			ARGS(V_ID(body), V_INT((int64_t)i), V_TEXT(list->items[i]->text)), err));
	return OK;
}

enum err_code body_add_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct str code = e_text(e, "code");
	bool taken;

	TRY(rule_words(e, err));
	TRY(sql_any(tx->db, &body_taken, ARGS(V_INT(ORIGIN_HERE), V_TEXT(code)), &taken, err));
	if (taken)
		return fail(err, ERR_CONFLICT, "there is a body '" STR_FMT "' already", STR_ARG(code));
	TRY(rule_unit(tx, e_text(e, "unit"), err));
	return members_check(tx, e, err);
}

enum err_code body_add_apply(struct db *db, const struct event *e, struct err *err)
{
	TRY(db_run(db, &body_insert,
		ARGS(V_ID(e->id), V_TEXT(e_text(e, "code")), V_TEXT(e_text(e, "name")),
			V_TEXT(e_text(e, "unit"))),
		err));
	return members_apply(db, e->id, NODE_GET(e->data, "members"), err);
}

enum err_code body_change_check(struct tx *tx, const struct event *e, struct err *err)
{
	bool is;

	TRY(rule_words(e, err));
	TRY(rule_changes(e, err));
	TRY(sql_any(tx->db, &body_is, ARGS(V_ID(e->subject)), &is, err));
	if (!is)
		return fail(err, ERR_NOT_FOUND, "the event is about no body");
	if (NODE_GET(e->data, "unit"))
		TRY(rule_unit(tx, e_text(e, "unit"), err));
	return members_check(tx, e, err);
}

enum err_code body_change_apply(struct db *db, const struct event *e, struct err *err)
{
	const struct node *list = NODE_GET(e->data, "members");

	TRY(db_run(db, &body_update, ARGS(V_ID(e->subject), e_val(e, "name"), e_val(e, "unit")), err));
	if (!list)
		return OK;
	TRY(db_run(db, &member_clear, ARGS(V_ID(e->subject)), err));
	return members_apply(db, e->subject, list, err);
}

/* ---- the office ---- */

SQL(office_put,
	"insert into p_office (origin, seq, code, name, short_name, year, settings) values (?1, ?2, "
	"?3, ?4, ?5, ?6, ?7) on conflict (origin) do update set code = excluded.code, name = "
	"excluded.name, short_name = excluded.short_name, year = excluded.year, settings = "
	"excluded.settings");

enum err_code office_set_check(struct tx *tx, const struct event *e, struct err *err)
{
	int64_t year = node_int(e->data, S("year"), 0);

	TRY(rule_words(e, err));
	if (year < 1900 || year > 2199)
		return fail(err, ERR_INPUT, "the year does not lie between 1900 and 2199");
	return rule_unit(tx, e_text(e, "code"), err);
}

enum err_code office_set_apply(struct db *db, const struct event *e, struct err *err)
{
	struct buf settings CLEANUP(buf_free) = BUF_MAX(EVENT_BYTES);

	TRY(json_canon(&settings, NODE_GET(e->data, "settings"), err));
	return db_run(db, &office_put,
		ARGS(V_ID(e->id), V_TEXT(e_text(e, "code")), V_TEXT(e_text(e, "name")),
		V_TEXT(e_text(e, "short")), V_INT(node_int(e->data, S("year"), 0)),
		V_TEXT(buf_str(&settings))),
		err);
}
