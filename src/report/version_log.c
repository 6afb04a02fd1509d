/* Approved versions in the log: report.approve, report.send, report.withdraw and their tables. */
#include "report/version.h"

#include "who/access.h"
#include "who/org.h"
#include "who/person.h"

enum { LINE_BYTES = 512, WHY_BYTES = 1024, YEAR_FIRST = 1900, YEAR_LAST = 2199, TEXT_BYTES = 4 << 20 };

SQL(approval_add_sql,
	"insert into p_approval(origin, seq, year, n, on_day, day, no, digest, known, root, actor, at)"
	" select ?1, ?2, ?3, coalesce(max(n), 0) + 1, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11 from p_approval"
	" where origin = ?1 and year = ?3");
SQL(approval_gone_sql,
	"update p_approval set withdrawn_seq = ?3, withdrawn_why = ?4, withdrawn_actor = ?5, withdrawn_at = ?6"
	" where origin = ?1 and seq = ?2");
SQL(approvals_sql,
	"select seq, n, on_day, day, no, digest, known, root, actor, at, withdrawn_seq, withdrawn_why, withdrawn_actor,"
	" withdrawn_at from p_approval where origin = ?1 and year = ?2 order by n desc");
SQL(approval_one_sql, "select n, withdrawn_seq from p_approval where origin = ?1 and seq = ?2");
SQL(sending_add_sql,
	"insert into p_sending(origin, seq, approval, day, receiver, way, actor, at)"
	" values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
SQL(sendings_sql,
	"select seq, day, receiver, way, actor, at from p_sending where origin = ?1 and approval = ?2 order by seq");
SQL(last_hand_sql,
	"select actor, at from p_section where origin = ?1 and year = ?2 and section <> '#' and seq <= ?3"
	" order by seq desc limit 1");

static enum err_code one_line(const struct event *e, const char *field, size_t most, bool must, struct err *err)
{
	struct str s = node_text(e->data, str_c(field));

	if (must && str_blank(s))
		return fail(err, ERR_REQUIRED, "'%s' must not be empty", field);
	if (s.n > most)
		return fail(err, ERR_LIMIT, "'%s' has at most %zu bytes", field, most);
	if (str_has(s, S("\n")) || str_has(s, S("\t")))
		return fail(err, ERR_INPUT, "'%s' must be one line", field);
	return OK;
}

static struct date day_of_field(const struct event *e, const char *field)
{
	struct date d = DATE_NONE;

	date_parse(node_text(e->data, str_c(field)), &d);
	return d;
}

/* ---- report.approve ---- */

static const struct event_field approve_fields[] = {
	{"year", FIELD_INT, true},
	{"on", FIELD_DATE, true},
	{"day", FIELD_DATE, true},
	{"no", FIELD_TEXT, false},
	{"digest", FIELD_DIGEST, true},
	{"known", FIELD_INT, true},
	{"root", FIELD_DIGEST, true},
};

/* Two hands: who wrote the last own paragraph of what was known does not approve, with whatever account. */
static enum err_code other_hand(
	struct tx *tx, int64_t year, int64_t known, struct str actor, int64_t at, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct str hand, wrote, approves;
	struct date day;

	TRY(db_query(tx->db, &last_hand_sql, ARGS(V_INT(ORIGIN_HERE), V_INT(year), V_INT(known)), &q, err));
	if (!query_next(&q, err))
		return err->code;
	hand = arena_str(tx->arena, query_text(&q, 0));
	day = day_at(query_int(&q, 1));
	if (str_eq(hand, actor))
		return fail(err, ERR_DENIED,
			"another person must approve: the last paragraph of the report is your own");
	TRY(account_person(tx->db, tx->arena, hand, day, &wrote, err));
	TRY(account_person(tx->db, tx->arena, actor, day_at(at), &approves, err));
	if (wrote.n && str_eq(wrote, approves))
		return fail(err, ERR_DENIED, "another person must approve: the last paragraph of the report is by "
			STR_FMT ", written with account '" STR_FMT "'", STR_ARG(wrote), STR_ARG(hand));
	return OK;
}

static enum err_code approve_check(struct tx *tx, const struct event *e, struct err *err)
{
	int64_t year = node_int(e->data, S("year"), 0), known = node_int(e->data, S("known"), 0);

	if (year < YEAR_FIRST || year > YEAR_LAST)
		return fail(err, ERR_INPUT, "year must be %d to %d", (int)YEAR_FIRST, (int)YEAR_LAST);
	if (known < 1 || known >= e->id.seq)
		return fail(err, ERR_INPUT, "'%s' must be the number of an event before this one", "known");
	TRY(one_line(e, "no", 64, false, err));
	return other_hand(tx, year, known, e->actor, e->at, err);
}

static enum err_code approve_apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &approval_add_sql,
		ARGS(V_ID(e->id), V_INT(node_int(e->data, S("year"), 0)), V_DATE(day_of_field(e, "on")),
			V_DATE(day_of_field(e, "day")), V_TEXT(node_text(e->data, S("no"))),
			V_TEXT(node_text(e->data, S("digest"))), V_INT(node_int(e->data, S("known"), 0)),
			V_TEXT(node_text(e->data, S("root"))), V_TEXT(e->actor), V_INT(e->at)),
		err);
}

/* ---- report.send, report.withdraw: on an approval ---- */

static const struct event_field send_fields[] = {
	{"day", FIELD_DATE, true},
	{"to", FIELD_TEXT, true},
	{"way", FIELD_TEXT, false},
};
static const struct event_field withdraw_fields[] = {
	{"why", FIELD_TEXT, true},
};

static enum err_code counts(struct tx *tx, const struct event *e, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(tx->db, &approval_one_sql, ARGS(V_ID(e->subject)), &q, err));
	if (!query_next(&q, err))
		return err->code != OK ? err->code
				       : fail(err, ERR_NOT_FOUND, "event %lld approves no report",
						 (long long)e->subject.seq);
	if (!query_null(&q, 1))
		return fail(err, ERR_CONFLICT, "version %lld was withdrawn (event %lld)", (long long)query_int(&q, 0),
			(long long)query_int(&q, 1));
	return OK;
}

static enum err_code send_check(struct tx *tx, const struct event *e, struct err *err)
{
	TRY(one_line(e, "to", LINE_BYTES, true, err));
	TRY(one_line(e, "way", LINE_BYTES, false, err));
	if (day_of_field(e, "day").n > day_at(e->at).n)
		return err_on(err, "day", fail(err, ERR_INPUT, "a day that has not come yet"));
	return counts(tx, e, err);
}

static enum err_code send_apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &sending_add_sql,
		ARGS(V_ID(e->id), V_INT(e->subject.seq), V_DATE(day_of_field(e, "day")),
			V_TEXT(node_text(e->data, S("to"))), V_TEXT(node_text(e->data, S("way"))), V_TEXT(e->actor),
			V_INT(e->at)),
		err);
}

static enum err_code withdraw_check(struct tx *tx, const struct event *e, struct err *err)
{
	TRY(one_line(e, "why", WHY_BYTES, true, err));
	return counts(tx, e, err);
}

static enum err_code withdraw_apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &approval_gone_sql,
		ARGS(V_ID(e->subject), V_INT(e->id.seq), V_TEXT(node_text(e->data, S("why"))), V_TEXT(e->actor),
			V_INT(e->at)),
		err);
}

const struct event_kind version_kinds[] = {
	{"report.approve", approve_fields, LEN(approve_fields), false, approve_check, approve_apply},
	{"report.send", send_fields, LEN(send_fields), true, send_check, send_apply},
	{"report.withdraw", withdraw_fields, LEN(withdraw_fields), true, withdraw_check, withdraw_apply},
	{0},
};

/* ---- reading ---- */

static struct date date_at(const struct query *q, int col)
{
	return query_null(q, col) ? DATE_NONE : (struct date){(int32_t)query_int(q, col)};
}

static enum err_code sendings(struct db *db, struct arena *a, struct approval *v, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(db, &sendings_sql, ARGS(V_INT(ORIGIN_HERE), V_INT(v->seq)), &q, err));
	while (query_next(&q, err))
		*ARENA_PUSH(a, v->sendings, v->nsendings, v->sendings_cap) = (struct sending){
			.seq = query_int(&q, 0),
			.day = date_at(&q, 1),
			.to = arena_str(a, query_text(&q, 2)),
			.way = arena_str(a, query_text(&q, 3)),
			.actor = arena_str(a, query_text(&q, 4)),
			.at = query_int(&q, 5)};
	return err->code;
}

static enum err_code read_all(struct db *db, struct arena *a, int year, struct approvals *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(db, &approvals_sql, ARGS(V_INT(ORIGIN_HERE), V_INT(year)), &q, err));
	while (query_next(&q, err))
		*ARENA_PUSH(a, out->p, out->n, out->cap) = (struct approval){
			.seq = query_int(&q, 0),
			.n = query_int(&q, 1),
			.year = year,
			.on = date_at(&q, 2),
			.day = date_at(&q, 3),
			.no = arena_str(a, query_text(&q, 4)),
			.digest = arena_str(a, query_text(&q, 5)),
			.known = query_int(&q, 6),
			.root = arena_str(a, query_text(&q, 7)),
			.actor = arena_str(a, query_text(&q, 8)),
			.at = query_int(&q, 9),
			.withdrawn = query_int(&q, 10),
			.withdrawn_why = arena_str(a, query_text(&q, 11)),
			.withdrawn_actor = arena_str(a, query_text(&q, 12)),
			.withdrawn_at = query_int(&q, 13)};
	return err->code;
}

enum err_code approvals_load(struct db *db, struct arena *a, int year, struct approvals *out, struct err *err)
{
	*out = (struct approvals){0};
	TRY(read_all(db, a, year, out, err));
	for (size_t i = 0; i < out->n; i++)
		TRY(sendings(db, a, &out->p[i], err));
	return OK;
}

const struct approval *approval_get(const struct approvals *l, int64_t n)
{
	for (size_t i = 0; i < l->n; i++)
		if (n ? l->p[i].n == n : !l->p[i].withdrawn)
			return &l->p[i];
	return NULL;
}

const struct approval *approval_sent(const struct approvals *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (!l->p[i].withdrawn && l->p[i].nsendings)
			return &l->p[i];
	return NULL;
}

enum err_code approval_text(
	struct log *log, struct arena *a, const struct approval *v, struct version_text *out, struct err *err)
{
	struct hash digest;
	struct str json;

	if (!hash_parse(v->digest, &digest))
		return fail(err, ERR_DAMAGED, "table p_approval: a digest is none");
	TRY(object_read(log, a, &digest, TEXT_BYTES, &json, err));
	return version_text_read(a, json, out, err);
}

struct paper_approval approval_paper(struct arena *a, const struct log *log, const struct approval *v)
{
	return (struct paper_approval){.day = v->day, .no = v->no, .at = v->at,
		.code = arena_printf(a, STR_FMT ":%lld " STR_FMT, STR_ARG(log_origin(log)), (long long)v->known,
			STR_ARG(v->root))};
}

/* ---- writing ---- */

static void put_day(struct arena *a, struct node *data, struct str key, struct date day)
{
	char text[DATE_TEXT];

	node_set(a, data, key, node_str(a, arena_str(a, date_text(day, text))));
}

enum err_code report_approve(struct tx *tx, const struct approve *how, int64_t *seq, struct err *err)
{
	struct arena *a = tx->arena;
	struct node *data = node_map(a);
	char hex[HASH_TEXT];
	struct id id = ID_NONE;

	TRY(access_office(tx, ACT_REPORT_APPROVE, err));
	TRY(other_hand(tx, how->year, how->known, tx->actor, log_now(tx->log), err));
	TRY(object_name(tx, &how->text, arena_printf(a, "report-%d.json", how->year), &id, err));
	node_set(a, data, S("year"), node_num(a, how->year));
	put_day(a, data, S("on"), how->on);
	put_day(a, data, S("day"), how->day);
	if (how->no.n)
		node_set(a, data, S("no"), node_str(a, how->no));
	node_set(a, data, S("digest"), node_str(a, arena_str(a, hash_text(&how->text.digest, hex))));
	node_set(a, data, S("known"), node_num(a, how->known));
	node_set(a, data, S("root"), node_str(a, arena_str(a, hash_text(&how->root, hex))));
	TRY(tx_event(tx, "report.approve", ID_NONE, data, &id, err));
	if (seq)
		*seq = id.seq;
	return OK;
}

enum err_code report_send(struct tx *tx, int64_t approval, struct date day, struct str to, struct str way,
	struct err *err)
{
	struct arena *a = tx->arena;
	struct node *data = node_map(a);

	TRY(access_office(tx, ACT_REPORT_SEND, err));
	put_day(a, data, S("day"), day);
	node_set(a, data, S("to"), node_str(a, str_trim(to)));
	if (!str_blank(way))
		node_set(a, data, S("way"), node_str(a, str_trim(way)));
	return tx_event(tx, "report.send", (struct id){ORIGIN_HERE, approval}, data, NULL, err);
}

enum err_code report_withdraw(struct tx *tx, int64_t approval, struct str why, struct err *err)
{
	struct arena *a = tx->arena;
	struct node *data = node_map(a);

	TRY(access_office(tx, ACT_REPORT_APPROVE, err));
	node_set(a, data, S("why"), node_str(a, str_trim(why)));
	return tx_event(tx, "report.withdraw", (struct id){ORIGIN_HERE, approval}, data, NULL, err);
}
