#include "who/org_edit.h"

#include "who/access.h"
#include "who/org.h"

enum { CODE_MAX = 64 };

SQL(edit_open_holder,
	"select seq from p_holder where origin = 1 and post = ?1 and to_day is null order by from_day desc limit 1");

/* A new code and its name: codes stand in addresses and are typed by hand. */
static enum err_code code_and_name(struct str code, struct str name, struct err *err)
{
	if (!code.n || !name.n)
		return err_on(err, code.n ? "name" : "code", fail(err, ERR_REQUIRED, "code and name are both needed"));
	for (size_t i = 0; i < code.n; i++)
		if ((unsigned char)code.p[i] <= ' ' || strchr("/?#%&<>\"'\\", code.p[i]))
			return err_on(err, "code",
				fail(err, ERR_INPUT, "code '" STR_FMT "': expected letters and digits", STR_ARG(code)));
	if (code.n <= CODE_MAX)
		return OK;
	return err_on(err, "code", fail(err, ERR_LIMIT, "code '" STR_FMT "' is longer than %d bytes", STR_ARG(code),
		(int)CODE_MAX));
}

/* The event, for who may. */
static enum err_code put_event(struct tx *tx, const char *kind, struct id subject, struct node *data, struct err *err)
{
	TRY(access_office(tx, ACT_ORG_EDIT, err));
	return tx_event(tx, kind, subject, data, NULL, err);
}

/* ---- holders ---- */

enum err_code org_holder_end(struct tx *tx, struct id holder, struct date to, struct err *err)
{
	struct node *data = node_map(tx->arena);

	data_date(tx->arena, data, S("to"), to);
	return put_event(tx, "holder.end", holder, data, err);
}

/* The holder of a post that has no end yet; ID_NONE for none. */
static enum err_code in_office(struct tx *tx, struct str post, struct id *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(tx->db, &edit_open_holder, ARGS(V_TEXT(post)), &q, err));
	*out = query_next(&q, err) ? (struct id){ORIGIN_HERE, query_int(&q, 0)} : ID_NONE;
	return err->code;
}

enum err_code org_holder_succeed(
	struct tx *tx, struct str post, struct date last, struct str name, struct date from, bool acting,
	struct err *err)
{
	struct node *data = node_map(tx->arena);
	struct id open;

	TRY(access_office(tx, ACT_ORG_EDIT, err));
	if (name.n && !date_is(from))
		return err_on(err, "from", fail(err, ERR_REQUIRED, "the first day of the new holder is missing"));
	if (!name.n && !date_is(last))
		return err_on(err, "name",
			fail(err, ERR_REQUIRED, "a new holder, or the last day of the present one, is missing"));
	TRY(in_office(tx, post, &open, err));
	if (!id_is(open) && !name.n)
		return err_on(err, "name", fail(err, ERR_NOT_FOUND, "nobody holds the post without an end"));
	if (id_is(open))
		TRY(org_holder_end(tx, open, date_is(last) ? last : (struct date){from.n - 1}, err));
	if (!name.n)
		return OK;
	data_text(tx->arena, data, S("post"), post);
	data_text(tx->arena, data, S("name"), name);
	data_date(tx->arena, data, S("from"), from);
	if (acting)
		node_set(tx->arena, data, S("acting"), node_bool(tx->arena, true));
	return put_event(tx, "holder.add", ID_NONE, data, err);
}

enum err_code org_holder_correct(struct tx *tx, struct id holder, struct str name, struct date from, struct err *err)
{
	struct node *data = node_map(tx->arena);

	if (!name.n || !date_is(from))
		return err_on(err, name.n ? "from" : "name",
			fail(err, ERR_REQUIRED, "name and first day are both needed"));
	data_text(tx->arena, data, S("name"), name);
	data_date(tx->arena, data, S("from"), from);
	return put_event(tx, "holder.change", holder, data, err);
}

/* ---- portfolios ---- */

enum err_code org_portfolio_add(struct tx *tx, const struct portfolio *p, struct err *err)
{
	struct node *data = node_map(tx->arena);

	data_text(tx->arena, data, S("post"), p->post);
	data_text(tx->arena, data, S("unit"), p->unit);
	data_date(tx->arena, data, S("from"), p->from);
	data_date(tx->arena, data, S("to"), p->to);
	return put_event(tx, "portfolio.add", ID_NONE, data, err);
}

enum err_code org_portfolio_end(struct tx *tx, struct id portfolio, struct date to, struct err *err)
{
	struct node *data = node_map(tx->arena);

	data_date(tx->arena, data, S("to"), to);
	return put_event(tx, "portfolio.end", portfolio, data, err);
}

/* ---- units and posts ---- */

enum err_code org_unit_add(struct tx *tx, const struct unit *u, struct err *err)
{
	struct node *data = node_map(tx->arena);

	TRY(code_and_name(u->code, u->name, err));
	data_text(tx->arena, data, S("code"), u->code);
	data_text(tx->arena, data, S("name"), u->name);
	data_text(tx->arena, data, S("short"), u->short_name);
	data_text(tx->arena, data, S("parent"), u->parent);
	data_text(tx->arena, data, S("kind"), u->kind);
	return put_event(tx, "unit.add", ID_NONE, data, err);
}

enum err_code org_post_add(struct tx *tx, const struct post *p, struct err *err)
{
	struct node *data = node_map(tx->arena);

	TRY(code_and_name(p->code, p->name, err));
	data_text(tx->arena, data, S("code"), p->code);
	data_text(tx->arena, data, S("name"), p->name);
	data_text(tx->arena, data, S("unit"), p->unit);
	data_text(tx->arena, data, S("role"), p->role);
	return put_event(tx, "post.add", ID_NONE, data, err);
}

static void differ(struct arena *a, struct node *data, struct str key, struct str now, struct str want)
{
	if (!str_eq(now, want))
		node_set(a, data, key, node_str(a, want));
}

enum err_code org_unit_change(struct tx *tx, const struct unit *u, struct err *err)
{
	struct node *data = node_map(tx->arena);
	const struct unit *now;
	struct org org;

	TRY(org_load(tx->db, tx->arena, DATE_NONE, &org, err));
	now = org_unit_code(&org, u->code);
	if (!now)
		return org_no_unit(&org, u->code, ERR_NOT_FOUND, err);
	differ(tx->arena, data, S("name"), now->name, u->name);
	differ(tx->arena, data, S("short"), now->short_name, u->short_name);
	differ(tx->arena, data, S("kind"), now->kind, u->kind);
	return put_event(tx, "unit.change", now->id, data, err);
}

enum err_code org_post_change(struct tx *tx, const struct post *p, struct err *err)
{
	struct node *data = node_map(tx->arena);
	const struct post *now;
	struct org org;

	TRY(org_load(tx->db, tx->arena, DATE_NONE, &org, err));
	now = org_post_code(&org, p->code);
	if (!now)
		return org_no_post(&org, p->code, ERR_NOT_FOUND, err);
	differ(tx->arena, data, S("name"), now->name, p->name);
	differ(tx->arena, data, S("role"), now->role, p->role);
	return put_event(tx, "post.change", now->id, data, err);
}
