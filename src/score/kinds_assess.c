/* Kinds of event of assessments. Documented field by field in docs/events.md. */
#include "log/tree.h"
#include "flow/flow.h"
#include "score/assess_log.h"
#include "who/account.h"
#include "who/person.h"

static const struct event_field open_fields[] = {
	{"year", FIELD_INT, true}, {"unit", FIELD_TEXT, false}, {"scheme", FIELD_DIGEST, true},
		{"by", FIELD_TEXT, true}};
static const struct event_field self_fields[] = {
	{"item", FIELD_TEXT, true}, {"got", FIELD_INT, true}, {"text", FIELD_TEXT, false}, {"by", FIELD_TEXT, true}};
static const struct event_field score_fields[] = {
	{"item", FIELD_TEXT, true}, {"got", FIELD_INT, true}, {"why", FIELD_TEXT, false}, {"by", FIELD_TEXT, true},
	{"appeal", FIELD_INT, false}, {"thing", FIELD_TEXT, false}};
static const struct event_field confirm_fields[] = {{"mark", FIELD_INT, true}, {"by", FIELD_TEXT, true}};
static const struct event_field settle_fields[] = {
	{"on", FIELD_DATE, true}, {"total", FIELD_INT, true}, {"grade", FIELD_TEXT, false},
		{"lines", FIELD_DIGEST, true},
	{"by", FIELD_TEXT, true}};

enum { TEXT_BYTES = 20000, POINTS_MOST = 1000000000 };

/* ---- rules ---- */

SQL(assess_scheme_sql, "select seq from p_scheme where digest = ?1 limit 1");
SQL(assess_same_sql, "select seq from p_assess where origin = ?1 and year = ?2 and unit = ?3");
SQL(assess_unit_sql, "select name from p_unit where origin = ?1 and code = ?2");
SQL(assess_post_sql, "select name from p_post where origin = ?1 and code = ?2");
SQL(assess_state_sql, "select settled_seq, year from p_assess where origin = ?1 and seq = ?2");
SQL(assess_mark_sql,
	"select sort, confirmed_seq, by_post, actor, item, appeal, thing, at from p_assess_mark"
	" where origin = ?1 and seq = ?2 and subject = ?3");
SQL(assess_waiting_sql,
	"select m.item from p_assess_mark m where m.origin = ?1 and m.subject = ?2 and m.sort = 'score'"
	" and m.confirmed_seq is null and not exists (select 1 from p_assess_mark n where n.origin = m.origin"
	" and n.subject = m.subject and n.sort = m.sort and n.item = m.item and n.thing = m.thing and n.seq > m.seq)"
	" order by m.seq limit 1");
SQL(assess_since_sql,
	"select seq from p_assess_mark where origin = ?1 and subject = ?2 and confirmed_seq > ?3 limit 1");
SQL(assess_appeal_sql, "select state, about from p_flow where origin = ?1 and seq = ?2 and flow = 'appeal'");
SQL(assess_record_sql, "select 1 from p_record where origin = ?1 and seq = ?2");
/* Who scored himself, of an item or (?3 empty) of any. */
SQL(assess_selfs_sql,
	"select by_post, actor, max(at) from p_assess_mark where origin = ?1 and subject = ?2 and sort = 'self'"
	" and (cast(?3 as text) = '' or item = ?3) group by by_post, actor order by by_post, actor");

/* Whose hands are on the scores of an item. */
SQL(assessment_hands_sql,
	"select by_post, actor, confirmed_by, confirmed_actor, at from p_assess_mark where origin = ?1 and subject = ?2"
	" and item = ?3 and sort = 'score'");

/* Whoever has the files of the installation may act for any post: only the posts are told apart there. */
static bool by_account(struct str via)
{
	return !str_is(via, "cli") && !str_is(via, "try") && !str_is(via, "test");
}

static enum err_code one_row(struct tx *tx, const struct sql *sql, const struct val *args, size_t n, struct query *q,
	bool *there, struct err *err)
{
	*there = db_one(tx->db, sql, args, n, q, err) == OK;
	if (*there || err->code != ERR_NOT_FOUND)
		return err->code;
	err_clear(err);
	return OK;
}

static enum err_code check_post(struct tx *tx, const struct event *e, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct str by = node_text(e->data, S("by"));
	bool there;

	TRY(one_row(tx, &assess_post_sql, ARGS(V_INT(e->id.origin), V_TEXT(by)), &q, &there, err));
	return there ? OK : fail(err, ERR_NOT_FOUND, "there is no post '" STR_FMT "', or more than one", STR_ARG(by));
}

static enum err_code open_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct query q CLEANUP(query_done) = {0}, u CLEANUP(query_done) = {0}, s CLEANUP(query_done) = {0};
	struct str unit = node_text(e->data, S("unit"));
	int64_t year = node_int(e->data, S("year"), 0);
	struct hash h;
	bool there;

	if (year < 1900 || year > 2199)
		return fail(err, ERR_INPUT, "the year of an assessment is 1900 to 2199");
	TRY(check_post(tx, e, err));
	hash_parse(node_text(e->data, S("scheme")), &h);
	TRY(one_row(tx, &assess_scheme_sql, ARGS(V_BLOB(((struct str){(const char *)h.b, HASH_BYTES}))), &s, &there,
		err));
	if (!there)
		return fail(err, ERR_NOT_FOUND, "no such scheme was adopted");
	TRY(one_row(tx, &assess_unit_sql, ARGS(V_INT(e->id.origin), V_TEXT(unit)), &u, &there, err));
	if (unit.n && !there)
		return fail(err, ERR_NOT_FOUND, "there is no unit '" STR_FMT "', or more than one", STR_ARG(unit));
	TRY(one_row(tx, &assess_same_sql, ARGS(V_INT(e->id.origin), V_INT(year), V_TEXT(unit)), &q, &there, err));
	return there ? fail(err, ERR_CONFLICT, "that assessment is open already: event %lld",
		(long long)query_int(&q, 0)) : OK;
}

/* The assessment of an event; *settled: event of its settlement, 0: none. */
static enum err_code subject(struct tx *tx, const struct event *e, int64_t *settled, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	bool there;

	TRY(check_post(tx, e, err));
	TRY(one_row(tx, &assess_state_sql, ARGS(V_ID(e->subject)), &q, &there, err));
	if (!there)
		return fail(err, ERR_NOT_FOUND, "no assessment %lld", (long long)e->subject.seq);
	*settled = query_null(&q, 0) ? 0 : query_int(&q, 0);
	return OK;
}

static enum err_code not_settled(int64_t settled, struct err *err)
{
	return settled ? fail(err, ERR_CONFLICT, "the assessment was settled by event %lld; only an appeal opens it",
		(long long)settled) : OK;
}

/* at: when the other did it. Two posts may be one person's, or one after the other. */
static enum err_code other(struct tx *tx, const struct event *e, struct str post, struct str actor, int64_t at,
	const char *did, struct err *err)
{
	struct str by = node_text(e->data, S("by")), who;

	if (str_eq(post, node_text(e->data, S("by"))))
		return fail(err, ERR_DENIED, "another hand must do this: post " STR_FMT " %s", STR_ARG(post),
			tr(err->lang, did));
	if (by_account(e->via) && str_eq(actor, e->actor))
		return fail(err, ERR_DENIED, "another hand must do this: you %s", tr(err->lang, did));
	TRY(one_person(tx->db, tx->arena, (struct hand){by, day_at(e->at)}, (struct hand){post, day_at(at)}, &who,
		err));
	return who.n ? fail(err, ERR_DENIED, "another hand must do this: " STR_FMT " %s as post " STR_FMT, STR_ARG(who),
		tr(err->lang, did), STR_ARG(post)) : OK;
}

/* Not by a hand that scored itself, of an item (empty: of any). */
static enum err_code not_self(struct tx *tx, const struct event *e, struct str item, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(tx->db, &assess_selfs_sql, ARGS(V_ID(e->subject), V_TEXT(item)), &q, err));
	while (query_next(&q, err))
		TRY(other(tx, e, query_text(&q, 0), query_text(&q, 1), query_int(&q, 2), N_("entered the self score"),
			err));
	return err->code;
}

/* Nor scores himself who has scored the item, or confirmed a score of it. */
static enum err_code not_scored(struct tx *tx, const struct event *e, struct str item, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(tx->db, &assessment_hands_sql, ARGS(V_ID(e->subject), V_TEXT(item)), &q, err));
	while (query_next(&q, err)) {
		TRY(other(tx, e, query_text(&q, 0), query_text(&q, 1), query_int(&q, 4), N_("gave a score of it"),
			err));
		if (!query_null(&q, 2))
			TRY(other(tx, e, query_text(&q, 2), query_text(&q, 3), query_int(&q, 4),
				N_("confirmed a score of it"), err));
	}
	return err->code;
}

static enum err_code check_points(const struct event *e, struct str text, struct err *err)
{
	int64_t got = node_int(e->data, S("got"), 0);

	if (got < -(int64_t)POINTS_MOST || got > POINTS_MOST)
		return err_on(err, "points", fail(err, ERR_INPUT, "points are at most a million"));
	if (!node_text(e->data, S("item")).n)
		return fail(err, ERR_REQUIRED, "which item?");
	return text.n > TEXT_BYTES ? err_on(err, "text",
		fail(err, ERR_LIMIT, "'text' is longer than %d bytes", TEXT_BYTES)) : OK;
}

static enum err_code self_check(struct tx *tx, const struct event *e, struct err *err)
{
	int64_t settled;

	TRY(subject(tx, e, &settled, err));
	TRY(not_settled(settled, err));
	TRY(check_points(e, node_text(e->data, S("text")), err));
	return not_scored(tx, e, node_text(e->data, S("item")), err);
}

/* The appeal was upheld, and is about this item. */
static enum err_code appeal_stands(struct tx *tx, const struct event *e, int64_t appeal, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	int64_t of;
	struct str item;
	bool there;

	TRY(one_row(tx, &assess_appeal_sql, ARGS(V_INT(e->id.origin), V_INT(appeal)), &q, &there, err));
	if (!there)
		return fail(err, ERR_NOT_FOUND, "no appeal %lld", (long long)appeal);
	if (!appeal_about(query_text(&q, 1), &of, &item) || of != e->subject.seq ||
		!str_eq(item, node_text(e->data, S("item"))))
		return fail(err, ERR_CONFLICT, "appeal %lld is about another item", (long long)appeal);
	if (!str_is(query_text(&q, 0), "upheld") && !str_is(query_text(&q, 0), "partly"))
		return fail(err, ERR_CONFLICT, "appeal %lld is in state '" STR_FMT "'; it is scored anew once upheld",
			(long long)appeal, STR_ARG(query_text(&q, 0)));
	return OK;
}

static enum err_code not_of_himself(struct tx *tx, const struct event *e, struct str thing, struct err *err)
{
	struct str by = node_text(e->data, S("by")), who;

	TRY(one_person(tx->db, tx->arena, (struct hand){by, day_at(e->at)}, (struct hand){thing, day_at(e->at)}, &who,
		err));
	if (thing.n && (who.n || str_eq(thing, by)))
		return fail(err, ERR_DENIED, "another hand must do this: nobody judges himself");
	return OK;
}

/* Of one thing: a post that there is, and not his own; or a record. */
static enum err_code check_thing(struct tx *tx, const struct event *e, struct str thing, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct str rest = thing, first;
	int64_t origin, seq;
	bool there, record;

	if (!thing.n)
		return OK;
	record = str_has(thing, S(":")) && str_cut(&rest, S(":"), &first) && str_int(first, &origin) &&
		str_int(rest, &seq);
	if (record)
		TRY(one_row(tx, &assess_record_sql, ARGS(V_INT(origin), V_INT(seq)), &q, &there, err));
	else
		TRY(one_row(tx, &assess_post_sql, ARGS(V_INT(e->id.origin), V_TEXT(thing)), &q, &there, err));
	if (!there)
		return fail(err, ERR_NOT_FOUND, "there is no post and no record '" STR_FMT "'", STR_ARG(thing));
	return not_of_himself(tx, e, thing, err);
}

static enum err_code score_check(struct tx *tx, const struct event *e, struct err *err)
{
	int64_t settled, appeal = node_int(e->data, S("appeal"), 0);

	TRY(subject(tx, e, &settled, err));
	TRY(appeal ? appeal_stands(tx, e, appeal, err) : not_settled(settled, err));
	if (str_blank(node_text(e->data, S("why"))) && !node_text(e->data, S("thing")).n)
		return err_on(err, "text", fail(err, ERR_REQUIRED, "a score needs its reason"));
	TRY(check_thing(tx, e, node_text(e->data, S("thing")), err));
	TRY(check_points(e, node_text(e->data, S("why")), err));
	return not_self(tx, e, node_text(e->data, S("item")), err);
}

static enum err_code confirm_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	int64_t settled, mark = node_int(e->data, S("mark"), 0);
	bool there;

	TRY(subject(tx, e, &settled, err));
	TRY(one_row(tx, &assess_mark_sql, ARGS(V_INT(e->subject.origin), V_INT(mark), V_INT(e->subject.seq)), &q,
		&there, err));
	if (!there || !str_is(query_text(&q, 0), "score"))
		return fail(err, ERR_NOT_FOUND, "no score %lld in this assessment", (long long)mark);
	if (!query_null(&q, 1))
		return fail(err, ERR_CONFLICT, "score %lld is confirmed already", (long long)mark);
	if (!query_int(&q, 5))
		TRY(not_settled(settled, err));
	TRY(other(tx, e, query_text(&q, 2), query_text(&q, 3), query_int(&q, 7), N_("gave the score"), err));
	TRY(not_of_himself(tx, e, query_text(&q, 6), err));
	/* the row is gone with the next question */
	return not_self(tx, e, arena_str(tx->arena, query_text(&q, 4)), err);
}

static enum err_code settle_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct query q CLEANUP(query_done) = {0}, since CLEANUP(query_done) = {0};
	int64_t settled;
	bool there;

	TRY(subject(tx, e, &settled, err));
	TRY(one_row(tx, &assess_waiting_sql, ARGS(V_ID(e->subject)), &q, &there, err));
	if (there)
		return fail(err, ERR_CONFLICT, "the score of item '" STR_FMT "' is not confirmed yet",
			STR_ARG(query_text(&q, 0)));
	if (settled) {
		TRY(one_row(tx, &assess_since_sql, ARGS(V_ID(e->subject), V_INT(settled)), &since, &there, err));
		if (!there)
			return not_settled(settled, err);
	}
	return not_self(tx, e, STR_NONE, err);
}

/* ---- appeals ---- */

enum err_code appeal_hands(struct tx *tx, const struct flow_case *c, const struct flow_step *s, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	int64_t assessment;
	struct str item, who;

	if (move_defs[s->move].act != ACT_APPEAL_DECIDE || !appeal_about(c->about, &assessment, &item))
		return OK;
	TRY(db_query(tx->db, &assessment_hands_sql, ARGS(V_INT(c->subject.origin), V_INT(assessment), V_TEXT(item)), &q,
		err));
	while (query_next(&q, err)) {
		bool confirmed = !query_null(&q, 2), post = str_eq(query_text(&q, 0), s->by);
		bool actor = str_eq(query_text(&q, 1), s->actor);

		post |= confirmed && str_eq(query_text(&q, 2), s->by);
		actor |= confirmed && str_eq(query_text(&q, 3), s->actor);
		TRY(one_person(tx->db, tx->arena, (struct hand){s->by, s->day},
			(struct hand){query_text(&q, 0), day_at(query_int(&q, 4))}, &who, err));
		post |= who.n > 0;
		if (confirmed)
			TRY(one_person(tx->db, tx->arena, (struct hand){s->by, s->day},
				(struct hand){query_text(&q, 2), day_at(query_int(&q, 4))}, &who, err));
		post |= who.n > 0;
		if (post || (actor && by_account(s->via)))
			return fail(err, ERR_DENIED,
				"the panel is another hand than the one that scored: post " STR_FMT,
				STR_ARG(s->by));
	}
	return err->code;
}

/* ---- tables ---- */

SQL(assess_open_sql,
	"insert into p_assess(origin, seq, year, unit, digest, opened_by, opened_at) values(?1, ?2, ?3, ?4, ?5, ?6, "
	"?7)");
SQL(assess_put_sql,
	"insert into p_assess_mark(origin, seq, subject, sort, item, got, text, by_post, actor, at, appeal,"
	" thing) values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
SQL(assess_confirm_sql,
	"update p_assess_mark set confirmed_seq = ?3, confirmed_by = ?4, confirmed_actor = ?5"
	" where origin = ?1 and seq = ?2");
SQL(assess_settle_sql,
	"update p_assess set settled_seq = ?3, settled_on = ?4, settled_at = ?5, settled_total = ?6, settled_grade = "
	"?7,"
	" settled_lines = ?8, settled_by = ?9 where origin = ?1 and seq = ?2");

static enum err_code open_apply(struct db *db, const struct event *e, struct err *err)
{
	struct hash h;

	hash_parse(node_text(e->data, S("scheme")), &h);
	return db_run(db, &assess_open_sql, ARGS(V_ID(e->id), V_INT(node_int(e->data, S("year"), 0)),
		V_TEXT(node_text(e->data, S("unit"))), V_BLOB(((struct str){(const char *)h.b, HASH_BYTES})),
		V_TEXT(node_text(e->data, S("by"))), V_INT(e->at)), err);
}

static enum err_code put_mark(struct db *db, const struct event *e, const char *sort, struct str text, struct err *err)
{
	const struct node *d = e->data;

	return db_run(db, &assess_put_sql, ARGS(V_ID(e->id), V_INT(e->subject.seq), V_TEXT(str_c(sort)),
		V_TEXT(node_text(d, S("item"))), V_INT(node_int(d, S("got"), 0)), V_TEXT(text),
		V_TEXT(node_text(d, S("by"))),
		V_TEXT(e->actor), V_INT(e->at), V_INT(node_int(d, S("appeal"), 0)),
		V_TEXT(node_text(d, S("thing")))), err);
}

static enum err_code self_apply(struct db *db, const struct event *e, struct err *err)
{
	return put_mark(db, e, "self", node_text(e->data, S("text")), err);
}

static enum err_code score_apply(struct db *db, const struct event *e, struct err *err)
{
	return put_mark(db, e, "score", node_text(e->data, S("why")), err);
}

static enum err_code confirm_apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &assess_confirm_sql, ARGS(V_INT(e->subject.origin), V_INT(node_int(e->data, S("mark"), 0)),
		V_INT(e->id.seq), V_TEXT(node_text(e->data, S("by"))), V_TEXT(e->actor)), err);
}

static enum err_code settle_apply(struct db *db, const struct event *e, struct err *err)
{
	const struct node *d = e->data;
	struct date on = DATE_NONE;
	struct hash h;

	date_parse(node_text(d, S("on")), &on);
	hash_parse(node_text(d, S("lines")), &h);
	return db_run(db, &assess_settle_sql, ARGS(V_ID(e->subject), V_INT(e->id.seq), V_DATE(on), V_INT(e->at),
		V_INT(node_int(d, S("total"), 0)), V_TEXT(node_text(d, S("grade"))),
		V_BLOB(((struct str){(const char *)h.b, HASH_BYTES})), V_TEXT(node_text(d, S("by")))), err);
}

const struct event_kind assess_kinds[] = {
	{"assess.open", open_fields, LEN(open_fields), false, open_check, open_apply},
	{"assess.self", self_fields, LEN(self_fields), true, self_check, self_apply},
	{"assess.score", score_fields, LEN(score_fields), true, score_check, score_apply},
	{"assess.confirm", confirm_fields, LEN(confirm_fields), true, confirm_check, confirm_apply},
	{"assess.settle", settle_fields, LEN(settle_fields), true, settle_check, settle_apply},
	{0},
};
