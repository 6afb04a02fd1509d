#include "who/kinds.h"

/* ---- fields ---- */

static const struct event_field unit_add[] = {
	{"code", FIELD_TEXT, true},    {"name", FIELD_TEXT, true},  {"short", FIELD_TEXT, false},
	{"parent", FIELD_TEXT, false}, {"kind", FIELD_TEXT, false},
};
/* What changes; an empty text takes the value away. */
static const struct event_field unit_change[] = {
	{"name", FIELD_TEXT, false},   {"short", FIELD_TEXT, false},
	{"parent", FIELD_TEXT, false}, {"kind", FIELD_TEXT, false},
};
static const struct event_field post_add[] = {
	{"code", FIELD_TEXT, true},
	{"name", FIELD_TEXT, true},
	{"unit", FIELD_TEXT, true},
	{"role", FIELD_TEXT, false},
};
static const struct event_field post_change[] = {
	{"name", FIELD_TEXT, false}, {"unit", FIELD_TEXT, false}, {"role", FIELD_TEXT, false},
};
static const struct event_field holder_add[] = {
	{"post", FIELD_TEXT, true},
	{"name", FIELD_TEXT, true},
	{"from", FIELD_DATE, true},
	{"to", FIELD_DATE, false},
	{"acting", FIELD_BOOL, false},
};
/* A correction. */
static const struct event_field holder_change[] = {
	{"name", FIELD_TEXT, false}, {"from", FIELD_DATE, true}, {"acting", FIELD_BOOL, false},
};
static const struct event_field portfolio_add[] = {
	{"post", FIELD_TEXT, true},
	{"unit", FIELD_TEXT, true},
	{"from", FIELD_DATE, false},
	{"to", FIELD_DATE, false},
};
/* A correction; without a day: from ever. */
static const struct event_field portfolio_change[] = {
	{"from", FIELD_DATE, false},
};
/* The last day; without it the end is taken back. */
static const struct event_field end[] = {
	{"to", FIELD_DATE, false},
};
static const struct event_field body_add[] = {
	{"code", FIELD_TEXT, true},
	{"name", FIELD_TEXT, true},
	{"unit", FIELD_TEXT, true},
	{"members", FIELD_LIST, true},
};
static const struct event_field body_change[] = {
	{"name", FIELD_TEXT, false}, {"unit", FIELD_TEXT, false}, {"members", FIELD_LIST, false},
};
static const struct event_field office_set[] = {
	{"code", FIELD_TEXT, true}, {"name", FIELD_TEXT, true},    {"short", FIELD_TEXT, false},
	{"year", FIELD_INT, true},  {"settings", FIELD_MAP, true},
};

static const struct event_field account_add[] = {
	{"login", FIELD_TEXT, true}, {"name", FIELD_TEXT, true}, {"post", FIELD_TEXT, false},
};
static const struct event_field account_change[] = {
	{"name", FIELD_TEXT, false}, {"post", FIELD_TEXT, false},
};
static const struct event_field why[] = {
	{"why", FIELD_TEXT, false},
};
/* Somebody else set a password, or took a second factor away; never what it is. */
static const struct event_field account_reset[] = {
	{"what", FIELD_TEXT, true},
};
static const struct event_field grant_add[] = {
	{"account", FIELD_TEXT, true}, {"role", FIELD_TEXT, true},   {"unit", FIELD_TEXT, true},
	{"from", FIELD_DATE, false},   {"until", FIELD_DATE, false},
};

#define FIELDS(table) .fields = (table), .nfields = LEN(table)
#define FUNCS(prefix) .check = prefix##_check, .apply = prefix##_apply

const struct event_kind who_kinds[] = {
	{.name = "unit.add", FIELDS(unit_add), FUNCS(unit_add)},
	{.name = "unit.change", FIELDS(unit_change), .on_subject = true, FUNCS(unit_change)},
	{.name = "post.add", FIELDS(post_add), FUNCS(post_add)},
	{.name = "post.change", FIELDS(post_change), .on_subject = true, FUNCS(post_change)},
	{.name = "holder.add", FIELDS(holder_add), FUNCS(holder_add)},
	{.name = "holder.change", FIELDS(holder_change), .on_subject = true, FUNCS(holder_change)},
	{.name = "holder.end", FIELDS(end), .on_subject = true, FUNCS(holder_end)},
	{.name = "portfolio.add", FIELDS(portfolio_add), FUNCS(portfolio_add)},
	{.name = "portfolio.change", FIELDS(portfolio_change), .on_subject = true, FUNCS(portfolio_change)},
	{.name = "portfolio.end", FIELDS(end), .on_subject = true, FUNCS(portfolio_end)},
	{.name = "body.add", FIELDS(body_add), FUNCS(body_add)},
	{.name = "body.change", FIELDS(body_change), .on_subject = true, FUNCS(body_change)},
	{.name = "office.set", FIELDS(office_set), FUNCS(office_set)},
	{.name = "account.add", FIELDS(account_add), FUNCS(account_add)},
	{.name = "account.change", FIELDS(account_change), .on_subject = true, FUNCS(account_change)},
	{.name = "account.close", FIELDS(why), .on_subject = true, FUNCS(account_close)},
	{.name = "account.open", .on_subject = true, FUNCS(account_open)},
	{.name = "account.reset", FIELDS(account_reset), .on_subject = true, .check = account_reset_check},
	{.name = "grant.add", FIELDS(grant_add), FUNCS(grant_add)},
	{.name = "grant.end", FIELDS(why), .on_subject = true, FUNCS(grant_end)},
	{0},
};

/* ---- what they share ---- */

struct date e_date(const struct event *e, const char *key)
{
	struct date d;

	return date_parse(e_text(e, key), &d) ? d : DATE_NONE;
}

struct val e_val(const struct event *e, const char *key)
{
	const struct node *n = node_get(e->data, str_c(key));

	return n && n->kind == NODE_TEXT ? V_TEXT(n->text) : V_NULL;
}

enum err_code sql_any(struct db *db, const struct sql *sql, const struct val *args, size_t n, bool *out,
	struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(db, sql, args, n, &q, err));
	*out = query_next(&q, err);
	return err->code;
}

enum err_code rule_words(const struct event *e, struct err *err)
{
	static const char *const words[] = {"code", "name", "post", "unit"};

	for (size_t i = 0; i < LEN(words); i++) {
		const struct node *n = node_get(e->data, str_c(words[i]));

		if (n && str_blank(n->text))
			return err_on(err, words[i], fail(err, ERR_REQUIRED, "'%s' must not be empty", words[i]));
	}
	return OK;
}

enum err_code rule_changes(const struct event *e, struct err *err)
{
	return e->data->n ? OK : fail(err, ERR_INPUT, "nothing is said to change");
}

SQL(unit_by_code, "select seq from p_unit where origin = ?1 and code = ?2");
SQL(post_by_code, "select seq from p_post where origin = ?1 and code = ?2");

enum err_code rule_unit(struct tx *tx, struct str code, struct err *err)
{
	struct org org;
	bool known;

	TRY(sql_any(tx->db, &unit_by_code, ARGS(V_INT(ORIGIN_HERE), V_TEXT(code)), &known, err));
	if (known)
		return OK;
	TRY(org_load(tx->db, tx->arena, DATE_NONE, &org, err));
	return org_no_unit(&org, code, ERR_NOT_FOUND, err);
}

enum err_code rule_post(struct tx *tx, struct str code, struct err *err)
{
	struct org org;
	bool known;

	TRY(sql_any(tx->db, &post_by_code, ARGS(V_INT(ORIGIN_HERE), V_TEXT(code)), &known, err));
	if (known)
		return OK;
	TRY(org_load(tx->db, tx->arena, DATE_NONE, &org, err));
	return org_no_post(&org, code, ERR_NOT_FOUND, err);
}
