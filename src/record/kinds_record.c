/* Kinds of event of single records, from a register or by hand. */
#include "base/buf.h"
#include "log/log.h"
#include "log/tree.h"
#include "record/kinds.h"
#include "record/row.h"
#include "text/json.h"

enum { JSON_FIELD_BYTES = EVENT_BYTES };

/* ---- fields ---- */

/* import, table and row say which row of which register; without them a person said it. */
#define RECORD_FIELDS \
	{"import", FIELD_INT, false}, \
	{"table", FIELD_INT, false}, \
	{"row", FIELD_INT, false}, \
	{"ident", FIELD_TEXT, true}, \
	{"fields", FIELD_MAP, true}, \
	{"day", FIELD_DATE, false}, \
	{"raw", FIELD_MAP, false}, \
	{"outside", FIELD_BOOL, false}, \
	{"proof", FIELD_LIST, false}

static const struct event_field add_fields[] = {
	{"type", FIELD_TEXT, true}, {"year", FIELD_INT, false}, RECORD_FIELDS};
static const struct event_field correct_fields[] = {RECORD_FIELDS, {"why", FIELD_TEXT, false}};
static const struct event_field withdraw_fields[] = {{"why", FIELD_TEXT, true}};
static const struct event_field restore_fields[] = {{"why", FIELD_TEXT, false}};

static bool by_hand(const struct event *e)
{
	return !NODE_GET(e->data, "import");
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool ident_of(const struct node *data, unsigned char out[IDENT_BYTES])
{
	struct str s = node_text(data, S("ident"));

	if (s.n != 2 * IDENT_BYTES)
		return false;
	for (size_t i = 0; i < IDENT_BYTES; i++) {
		int hi = hex_digit(s.p[2 * i]), lo = hex_digit(s.p[2 * i + 1]);

		if (hi < 0 || lo < 0)
			return false;
		out[i] = (unsigned char)(hi << 4 | lo);
	}
	return true;
}

/* ---- rules ---- */

SQL(record_import_sql, "select undone_seq from p_import where origin = ?1 and seq = ?2");
SQL(record_state_sql, "select withdrawn_seq, rev_import, type, ident from p_record where origin = ?1 and seq = ?2");
SQL(record_withdrawn_by_sql, "select kind from event where origin = ?1 and seq = ?2");
SQL(record_alike_sql,
	"select seq from p_record where type = ?1 and ident = ?2 and withdrawn_seq is null"
	" order by origin, seq limit 1");

static enum err_code import_stands(struct tx *tx, int64_t origin, int64_t import, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	if (db_one(tx->db, &record_import_sql, ARGS(V_INT(origin), V_INT(import)), &q, err) != OK) {
		if (err->code != ERR_NOT_FOUND)
			return err->code;
		err_clear(err);
		return fail(err, ERR_NOT_FOUND, "no import %lld", (long long)import);
	}
	if (!query_null(&q, 0))
		return fail(err, ERR_CONFLICT, "import %lld was withdrawn", (long long)import);
	return OK;
}

static enum err_code record_check(struct tx *tx, const struct event *e, struct err *err)
{
	unsigned char ident[IDENT_BYTES];
	bool table = NODE_GET(e->data, "table"), row = NODE_GET(e->data, "row");

	if (!ident_of(e->data, ident))
		return fail(err, ERR_INPUT, "ident must be %d hexadecimal digits", 2 * IDENT_BYTES);
	if (table == by_hand(e) || row == by_hand(e))
		return fail(err, ERR_INPUT, "import, table and row go together");
	return by_hand(e) ? OK : import_stands(tx, e->id.origin, node_int(e->data, S("import"), -1), err);
}

static enum err_code add_check(struct tx *tx, const struct event *e, struct err *err)
{
	int64_t year = node_int(e->data, S("year"), 0);

	TRY(record_check(tx, e, err));
	if (by_hand(e) && (year < 1900 || year > 2199))
		return fail(err, ERR_INPUT, "a record by hand needs the year of its register");
	if (!by_hand(e) && NODE_GET(e->data, "year"))
		return fail(err, ERR_INPUT, "the year of a record of an import is that of the import");
	return OK;
}

/* The record that an event is about: one row of record_state_sql. */
static enum err_code subject_row(struct tx *tx, const struct event *e, struct query *q, struct err *err)
{
	if (db_one(tx->db, &record_state_sql, ARGS(V_ID(e->subject)), q, err) == OK)
		return OK;
	if (err->code != ERR_NOT_FOUND)
		return err->code;
	err_clear(err);
	return fail(err, ERR_NOT_FOUND, "no record %lld", (long long)e->subject.seq);
}

static enum err_code live_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(subject_row(tx, e, &q, err));
	if (!query_null(&q, 0))
		return fail(err, ERR_CONFLICT, "record %lld was withdrawn", (long long)e->subject.seq);
	return OK;
}

static enum err_code correct_check(struct tx *tx, const struct event *e, struct err *err)
{
	TRY(live_check(tx, e, err));
	return record_check(tx, e, err);
}

/* What an import took back only an import brings again; and one key is one live record. */
static enum err_code restore_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct query q CLEANUP(query_done) = {0}, by CLEANUP(query_done) = {0}, alike CLEANUP(query_done) = {0};

	TRY(subject_row(tx, e, &q, err));
	if (query_null(&q, 0))
		return fail(err, ERR_CONFLICT, "record %lld is not withdrawn", (long long)e->subject.seq);
	TRY(db_one(tx->db, &record_withdrawn_by_sql, ARGS(V_INT(e->subject.origin), V_INT(query_int(&q, 0))), &by,
		err));
	if (!str_is(query_text(&by, 0), "record.withdraw"))
		return fail(err, ERR_CONFLICT,
			"record %lld was withdrawn with its import; zeren import brings it again",
			(long long)e->subject.seq);
	if (query_int(&q, 1))
		TRY(import_stands(tx, e->subject.origin, query_int(&q, 1), err));
	TRY(db_query(tx->db, &record_alike_sql, ARGS(V_TEXT(query_text(&q, 2)), V_BLOB(query_text(&q, 3))), &alike,
		err));
	if (query_next(&alike, err))
		return fail(err, ERR_CONFLICT, "record %lld has the same key by now",
			(long long)query_int(&alike, 0));
	return err->code;
}

/* ---- tables ---- */

SQL(record_add_sql,
	"insert into p_record(origin, seq, type, ident, day, import_seq, import_n, row, rev_seq, rev_import, fields,"
	" raw, outside, entered, year, said_by, said_on)"
	" values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?2, ?6, ?9, ?10, ?11, ?12, ?13, ?14, ?15)");
SQL(record_keep_sql,
	"insert into p_record_past(origin, seq, rev_seq, rev_import, until_seq, ident, day, import_seq, import_n, row,"
	" fields, raw, outside, said_by, said_on) select origin, seq, rev_seq, rev_import, ?3, ident, day, import_seq,"
	" import_n, row, fields, raw, outside, said_by, said_on from p_record where origin = ?1 and seq = ?2");
SQL(record_correct_sql,
	"update p_record set ident = ?3, day = ?4, import_seq = ?5, import_n = ?6, row = ?7, rev_seq = ?8,"
	" rev_import = ?5, fields = ?9, raw = ?10, outside = ?11, said_by = null, said_on = null"
	" where origin = ?1 and seq = ?2");
/* It still stands where it came from. */
SQL(record_by_hand_sql,
	"update p_record set ident = ?3, day = ?4, rev_seq = ?5, rev_import = 0, fields = ?6, raw = ?7, outside = ?8,"
	" said_by = ?9, said_on = ?10 where origin = ?1 and seq = ?2");
SQL(record_withdraw_sql, "update p_record set withdrawn_seq = ?3 where origin = ?1 and seq = ?2");
SQL(record_restore_sql, "update p_record set withdrawn_seq = null where origin = ?1 and seq = ?2");
SQL(proof_add_sql,
	"insert into p_proof(origin, seq, name, digest) values(?1, ?2, ?3, ?4)"
	" on conflict (origin, seq, name) do update set digest = excluded.digest");

static enum err_code put_proofs(struct db *db, struct id event, const struct node *data, struct err *err)
{
	const struct node *list = NODE_GET(data, "proof");
	struct hash h;

	for (size_t i = 0; list && i < list->n; i++) {
		bool there = hash_parse(node_text(list->items[i], S("digest")), &h);

		TRY(db_run(db, &proof_add_sql,
		           ARGS(V_ID(event), V_TEXT(node_text(list->items[i], S("name"))),
		                there ? V_BLOB(((struct str){(const char *)h.b, HASH_BYTES})) : V_NULL), err));
	}
	return OK;
}

/* An event as it is stored: fields and raw as canonical JSON. */
struct stored {
	struct buf fields, raw;
	unsigned char ident[IDENT_BYTES];
	struct date day;
};

static void stored_done(struct stored *s)
{
	buf_free(&s->fields);
	buf_free(&s->raw);
}

static enum err_code store(struct stored *s, const struct node *data, struct err *err)
{
	const struct node *raw = NODE_GET(data, "raw");

	ident_of(data, s->ident);
	s->day = DATE_NONE;
	date_parse(node_text(data, S("day")), &s->day);
	s->fields.max = s->raw.max = JSON_FIELD_BYTES;
	TRY(json_canon(&s->fields, NODE_GET(data, "fields"), err));
	return raw ? json_canon(&s->raw, raw, err) : OK;
}

#define V_IDENT(s)  V_BLOB(((struct str){(const char *)(s).ident, IDENT_BYTES}))
#define V_FIELDS(s) V_TEXT(buf_str(&(s).fields))
#define V_RAW(s)    ((s).raw.n ? V_TEXT(buf_str(&(s).raw)) : V_NULL)

/* The civil day of an instant in the office's time, UTC+8. */
static int64_t local_day(int64_t us)
{
	return (us / 1000000 + 8 * 3600) / 86400;
}

static enum err_code add_apply(struct db *db, const struct event *e, struct err *err)
{
	struct stored s CLEANUP(stored_done) = {0};
	const struct node *d = e->data;
	bool hand = by_hand(e);

	TRY(store(&s, d, err));
	TRY(db_run(db, &record_add_sql,
	           ARGS(V_ID(e->id), V_TEXT(node_text(d, S("type"))), V_IDENT(s), V_DATE(s.day),
	                V_INT(node_int(d, S("import"), 0)), V_INT(node_int(d, S("table"), 0)),
	                V_INT(node_int(d, S("row"), 0)), V_FIELDS(s), V_RAW(s), V_INT(node_true(d, S("outside"))),
	                V_INT(local_day(e->at)), hand ? V_INT(node_int(d, S("year"), 0)) : V_NULL,
	                hand ? V_TEXT(e->actor) : V_NULL, hand ? V_INT(local_day(e->at)) : V_NULL), err));
	return put_proofs(db, e->id, d, err);
}

static enum err_code correct_apply(struct db *db, const struct event *e, struct err *err)
{
	struct stored s CLEANUP(stored_done) = {0};
	const struct node *d = e->data;

	TRY(store(&s, d, err));
	TRY(db_run(db, &record_keep_sql, ARGS(V_ID(e->subject), V_INT(e->id.seq)), err));
	if (by_hand(e))
		TRY(db_run(db, &record_by_hand_sql,
		           ARGS(V_ID(e->subject), V_IDENT(s), V_DATE(s.day), V_INT(e->id.seq), V_FIELDS(s), V_RAW(s),
		                V_INT(node_true(d, S("outside"))), V_TEXT(e->actor), V_INT(local_day(e->at))), err));
	else
		TRY(db_run(db, &record_correct_sql,
		           ARGS(V_ID(e->subject), V_IDENT(s), V_DATE(s.day), V_INT(node_int(d, S("import"), 0)),
		                V_INT(node_int(d, S("table"), 0)), V_INT(node_int(d, S("row"), 0)), V_INT(e->id.seq),
		                V_FIELDS(s), V_RAW(s), V_INT(node_true(d, S("outside")))), err));
	return put_proofs(db, e->id, d, err);
}

static enum err_code withdraw_apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &record_withdraw_sql, ARGS(V_ID(e->subject), V_INT(e->id.seq)), err);
}

static enum err_code restore_apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &record_restore_sql, ARGS(V_ID(e->subject)), err);
}

const struct event_kind record_kinds[] = {
	{"record.add", add_fields, LEN(add_fields), false, add_check, add_apply},
	{"record.correct", correct_fields, LEN(correct_fields), true, correct_check, correct_apply},
	{"record.withdraw", withdraw_fields, LEN(withdraw_fields), true, live_check, withdraw_apply},
	{"record.restore", restore_fields, LEN(restore_fields), true, restore_check, restore_apply},
	{0},
};
