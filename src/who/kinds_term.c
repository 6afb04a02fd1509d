#include "who/kinds.h"

/* A bound in comparisons: no first day is the least number as it is. */
static struct val first_or_ever(struct date d)
{
	return V_INT(d.n);
}

static struct val last_or_ever(struct date d)
{
	return V_INT(date_is(d) ? d.n : INT32_MAX);
}

static enum err_code in_order(struct date from, struct date to, struct err *err)
{
	char a[DATE_TEXT], b[DATE_TEXT];

	if (!date_is(from) || !date_is(to) || !date_lt(to, from))
		return OK;
	return err_on(err, "until",
		fail(err, ERR_INPUT, "the last day, %s, lies before the first, %s", date_text(to, a).p,
		date_text(from, b).p));
}

static struct date date_at(const struct query *q, int col)
{
	return query_null(q, col) ? DATE_NONE : (struct date){(int32_t)query_int(q, col)};
}

/* ---- holders ---- */

SQL(holder_insert,
	"insert into p_holder (origin, seq, post, name, from_day, to_day, acting) values (?1, ?2, ?3, ?4, ?5, "
	"?6, ?7)");
SQL(holder_correct,
	"update p_holder set name = coalesce(?3, name), from_day = ?4, acting = coalesce(?5, acting) "
	"where origin = ?1 and seq = ?2");
SQL(holder_until, "update p_holder set to_day = ?3 where origin = ?1 and seq = ?2");
SQL(holder_get, "select post, name, from_day, to_day from p_holder where origin = ?1 and seq = ?2");
SQL(holder_meet,
	"select name, from_day, to_day from p_holder where origin = ?1 and post = ?2 and seq <> ?3 "
	"and from_day <= ?4 and (to_day is null or to_day >= ?5) order by from_day limit 1");

/* A post has one holder a day. id is left out of the look. */
static enum err_code alone(struct tx *tx, struct id id, const struct term *t, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	char from[DATE_TEXT], to[DATE_TEXT];

	TRY(db_query(tx->db, &holder_meet,
		ARGS(V_INT(ORIGIN_HERE), V_TEXT(t->post), V_INT(id.seq), last_or_ever(t->to),
		first_or_ever(t->from)),
		&q, err));
	if (!query_next(&q, err))
		return err->code;
	date_text(date_at(&q, 1), from);
	date_text(date_at(&q, 2), to);
	return err_on(err, "from", fail(err, ERR_CONFLICT, "post '" STR_FMT "' would have two holders at once: " STR_FMT
		" beside " STR_FMT ", who holds it from %s to %s", STR_ARG(t->post), STR_ARG(t->name),
		STR_ARG(query_text(&q, 0)), from, to[0] ? to : "…"));
}

enum err_code holder_add_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct term t = {.post = e_text(e, "post"), .name = e_text(e, "name"), .from = e_date(e, "from"),
		.to = e_date(e, "to")};

	TRY(rule_words(e, err));
	TRY(rule_post(tx, t.post, err));
	TRY(in_order(t.from, t.to, err));
	return alone(tx, (struct id){ORIGIN_HERE, -1}, &t, err);
}

enum err_code holder_add_apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &holder_insert,
		ARGS(V_ID(e->id), V_TEXT(e_text(e, "post")), V_TEXT(e_text(e, "name")),
		V_DATE(e_date(e, "from")), V_DATE(e_date(e, "to")), V_INT(node_true(e->data, S("acting")))),
		err);
}

static enum err_code holder_of(struct tx *tx, struct id id, struct term *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(tx->db, &holder_get, ARGS(V_ID(id)), &q, err));
	if (!query_next(&q, err))
		return err->code ? err->code : fail(err, ERR_NOT_FOUND, "the event is about no holder");
	*out = (struct term){.post = arena_str(tx->arena, query_text(&q, 0)),
		.name = arena_str(tx->arena, query_text(&q, 1)),
		.from = date_at(&q, 2), .to = date_at(&q, 3)};
	return OK;
}

enum err_code holder_change_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct term t;

	TRY(rule_words(e, err));
	TRY(holder_of(tx, e->subject, &t, err));
	t.from = e_date(e, "from");
	TRY(in_order(t.from, t.to, err));
	return alone(tx, e->subject, &t, err);
}

enum err_code holder_change_apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &holder_correct,
		ARGS(V_ID(e->subject), e_val(e, "name"), V_DATE(e_date(e, "from")),
		NODE_GET(e->data, "acting") ? V_INT(node_true(e->data, S("acting"))) : V_NULL),
		err);
}

enum err_code holder_end_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct term t;

	TRY(holder_of(tx, e->subject, &t, err));
	t.to = e_date(e, "to");
	TRY(in_order(t.from, t.to, err));
	return alone(tx, e->subject, &t, err);
}

enum err_code holder_end_apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &holder_until, ARGS(V_ID(e->subject), V_DATE(e_date(e, "to"))), err);
}

/* ---- portfolios ---- */

SQL(portfolio_insert,
	"insert into p_portfolio (origin, seq, post, unit, from_day, to_day) values (?1, ?2, ?3, ?4, "
	"?5, ?6)");
SQL(portfolio_correct, "update p_portfolio set from_day = ?3 where origin = ?1 and seq = ?2");
SQL(portfolio_until, "update p_portfolio set to_day = ?3 where origin = ?1 and seq = ?2");
SQL(portfolio_get, "select post, unit, from_day, to_day from p_portfolio where origin = ?1 and seq = ?2");
SQL(portfolio_meet,
	"select seq from p_portfolio where origin = ?1 and post = ?2 and unit = ?3 and seq <> ?4 and "
	"(from_day is null or from_day <= ?5) and (to_day is null or to_day >= ?6)");

static enum err_code once(struct tx *tx, struct id id, const struct term *t, struct err *err)
{
	bool meets;

	TRY(sql_any(tx->db, &portfolio_meet,
		ARGS(V_INT(ORIGIN_HERE), V_TEXT(t->post), V_TEXT(t->unit), V_INT(id.seq), last_or_ever(t->to),
		first_or_ever(t->from)),
		&meets, err));
	if (meets)
		return err_on(err, "unit", fail(err, ERR_CONFLICT,
			"unit '" STR_FMT "' stands twice in the portfolio of post '" STR_FMT "'",
			STR_ARG(t->unit), STR_ARG(t->post)));
	return OK;
}

enum err_code portfolio_add_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct term t = {.post = e_text(e, "post"), .unit = e_text(e, "unit"), .from = e_date(e, "from"),
		.to = e_date(e, "to")};

	TRY(rule_words(e, err));
	TRY(rule_post(tx, t.post, err));
	TRY(rule_unit(tx, t.unit, err));
	TRY(in_order(t.from, t.to, err));
	return once(tx, (struct id){ORIGIN_HERE, -1}, &t, err);
}

enum err_code portfolio_add_apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &portfolio_insert,
		ARGS(V_ID(e->id), V_TEXT(e_text(e, "post")), V_TEXT(e_text(e, "unit")),
		V_DATE(e_date(e, "from")), V_DATE(e_date(e, "to"))),
		err);
}

static enum err_code portfolio_of(struct tx *tx, struct id id, struct term *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(tx->db, &portfolio_get, ARGS(V_ID(id)), &q, err));
	if (!query_next(&q, err))
		return err->code ? err->code : fail(err, ERR_NOT_FOUND, "the event is about no portfolio");
	*out = (struct term){.post = arena_str(tx->arena, query_text(&q, 0)),
		.unit = arena_str(tx->arena, query_text(&q, 1)),
		.from = date_at(&q, 2), .to = date_at(&q, 3)};
	return OK;
}

enum err_code portfolio_change_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct term t;

	TRY(portfolio_of(tx, e->subject, &t, err));
	t.from = e_date(e, "from");
	TRY(in_order(t.from, t.to, err));
	return once(tx, e->subject, &t, err);
}

enum err_code portfolio_change_apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &portfolio_correct, ARGS(V_ID(e->subject), V_DATE(e_date(e, "from"))), err);
}

enum err_code portfolio_end_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct term t;

	TRY(portfolio_of(tx, e->subject, &t, err));
	t.to = e_date(e, "to");
	TRY(in_order(t.from, t.to, err));
	return once(tx, e->subject, &t, err);
}

enum err_code portfolio_end_apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &portfolio_until, ARGS(V_ID(e->subject), V_DATE(e_date(e, "to"))), err);
}
