#include "office/kinds.h"

#include "log/log.h"
#include "log/tree.h"
#include "office/import.h"
#include "text/json.h"

enum { JSON_FIELD_BYTES = EVENT_BYTES };

static struct val v_digest(const struct node *data, struct str key, struct hash *into)
{
	if (!hash_parse(node_text(data, key), into))
		return V_NULL;
	return V_BLOB(((struct str){(const char *)into->b, HASH_BYTES}));
}

static struct val v_day(const struct node *data)
{
	struct date day = DATE_NONE;

	date_parse(node_text(data, S("day")), &day);
	return V_DATE(day);
}

/* ---- scheme.adopt ---- */

SQL(scheme_add_sql, "insert into p_scheme(origin, seq, code, title, digest) values(?1, ?2, ?3, ?4, ?5)");

static const struct event_field scheme_fields[] = {
	{"code", FIELD_TEXT, true},
	{"title", FIELD_TEXT, true},
	{"digest", FIELD_DIGEST, true},
};

static enum err_code scheme_apply(struct db *db, const struct event *e, struct err *err)
{
	struct hash h;

	return db_run(db, &scheme_add_sql,
	              ARGS(V_ID(e->id), V_TEXT(node_text(e->data, S("code"))), V_TEXT(node_text(e->data, S("title"))),
	                   v_digest(e->data, S("digest"), &h)), err);
}

/* ---- import.accept ---- */

SQL(import_add_sql, "insert into p_import(origin, seq, year) values(?1, ?2, ?3)");
SQL(import_table_add_sql,
	"insert into p_import_table(origin, seq, n, source, map, digest) values(?1, ?2, ?3, ?4, ?5, ?6)");

static const struct event_field import_fields_[] = {
	{"year", FIELD_INT, true},
	{"tables", FIELD_LIST, true},
};

static enum err_code import_check(struct tx *tx, const struct event *e, struct err *err)
{
	const struct node *tables = NODE_GET(e->data, "tables");
	struct hash h;

	for (size_t i = 0; i < tables->n; i++)
		if (!node_text(tables->items[i], S("source")).n || !node_text(tables->items[i], S("map")).n ||
		    !hash_parse(node_text(tables->items[i], S("digest")), &h))
			return fail(err, ERR_INPUT, "table %zu of the import lacks source, map or digest", i);
	return OK;
}

static enum err_code import_apply(struct db *db, const struct event *e, struct err *err)
{
	const struct node *tables = NODE_GET(e->data, "tables");
	struct hash h;

	TRY(db_run(db, &import_add_sql, ARGS(V_ID(e->id), V_INT(node_int(e->data, S("year"), 0))), err));
	for (size_t i = 0; i < tables->n; i++) {
		const struct node *t = tables->items[i];

		TRY(db_run(db, &import_table_add_sql,
		           ARGS(V_ID(e->id), V_INT((int64_t)i), V_TEXT(node_text(t, S("source"))),
		                V_TEXT(node_text(t, S("map"))), v_digest(t, S("digest"), &h)), err));
	}
	return OK;
}

/* ---- record.add, record.correct ---- */

SQL(record_add_sql,
	"insert into p_record(origin, seq, type, ident, day, import_seq, import_n, row, rev_seq, rev_import, fields,"
	" raw, outside, entered) values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?2, ?6, ?9, ?10, ?11, ?12)");
SQL(record_keep_sql,
	"insert into p_record_past(origin, seq, rev_seq, rev_import, until_seq, ident, day, import_seq, import_n, row,"
	" fields, raw, outside) select origin, seq, rev_seq, rev_import, ?3, ident, day, import_seq, import_n, row,"
	" fields, raw, outside from p_record where origin = ?1 and seq = ?2");
SQL(record_correct_sql,
	"update p_record set ident = ?3, day = ?4, import_seq = ?5, import_n = ?6, row = ?7, rev_seq = ?8,"
	" rev_import = ?5, fields = ?9, raw = ?10, outside = ?11 where origin = ?1 and seq = ?2");
SQL(record_state_sql, "select withdrawn_seq from p_record where origin = ?1 and seq = ?2");
SQL(import_known_sql, "select undone_seq from p_import where origin = ?1 and seq = ?2");
SQL(proof_add_sql,
	"insert into p_proof(origin, seq, name, digest) values(?1, ?2, ?3, ?4)"
	" on conflict (origin, seq, name) do update set digest = excluded.digest");

#define RECORD_FIELDS \
	{"import", FIELD_INT, true}, \
	{"table", FIELD_INT, true}, \
	{"row", FIELD_INT, true}, \
	{"ident", FIELD_TEXT, true}, \
	{"fields", FIELD_MAP, true}, \
	{"day", FIELD_DATE, false}, \
	{"raw", FIELD_MAP, false}, \
	{"outside", FIELD_BOOL, false}, \
	{"proof", FIELD_LIST, false}

static const struct event_field record_add_fields[] = {{"type", FIELD_TEXT, true}, RECORD_FIELDS};
static const struct event_field record_correct_fields[] = {RECORD_FIELDS};

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

static enum err_code record_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	unsigned char ident[IDENT_BYTES];
	int64_t import = node_int(e->data, S("import"), -1);

	if (!ident_of(e->data, ident))
		return fail(err, ERR_INPUT, "ident must be %d hexadecimal digits", 2 * IDENT_BYTES);
	if (db_one(tx->db, &import_known_sql, ARGS(V_INT(e->id.origin), V_INT(import)), &q, err) != OK) {
		err_clear(err);
		return fail(err, ERR_NOT_FOUND, "no import %lld", (long long)import);
	}
	if (!query_null(&q, 0))
		return fail(err, ERR_CONFLICT, "import %lld was withdrawn", (long long)import);
	return OK;
}

static enum err_code correct_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	if (db_one(tx->db, &record_state_sql, ARGS(V_ID(e->subject)), &q, err) != OK) {
		err_clear(err);
		return fail(err, ERR_NOT_FOUND, "no record %lld", (long long)e->subject.seq);
	}
	if (!query_null(&q, 0))
		return fail(err, ERR_CONFLICT, "record %lld was withdrawn", (long long)e->subject.seq);
	return record_check(tx, e, err);
}

static enum err_code put_proofs(struct db *db, struct id event, const struct node *data, struct err *err)
{
	const struct node *list = NODE_GET(data, "proof");
	struct hash h;

	for (size_t i = 0; list && i < list->n; i++)
		TRY(db_run(db, &proof_add_sql,
		           ARGS(V_ID(event), V_TEXT(node_text(list->items[i], S("name"))),
		                v_digest(list->items[i], S("digest"), &h)), err));
	return OK;
}

/* fields and raw as they are stored: canonical JSON. */
struct stored {
	struct buf fields, raw;
};

static void stored_done(struct stored *s)
{
	buf_free(&s->fields);
	buf_free(&s->raw);
}

static enum err_code store(struct stored *s, const struct node *data, struct err *err)
{
	const struct node *raw = NODE_GET(data, "raw");

	s->fields.max = s->raw.max = JSON_FIELD_BYTES;
	TRY(json_canon(&s->fields, NODE_GET(data, "fields"), err));
	return raw ? json_canon(&s->raw, raw, err) : OK;
}

#define V_RAW(s) ((s).raw.n ? V_TEXT(buf_str(&(s).raw)) : V_NULL)

/* The civil day of an instant in the office's time, UTC+8. */
static int64_t local_day(int64_t us)
{
	return (us / 1000000 + 8 * 3600) / 86400;
}

static enum err_code record_add_apply(struct db *db, const struct event *e, struct err *err)
{
	struct stored s CLEANUP(stored_done) = {0};
	unsigned char ident[IDENT_BYTES] = {0};
	const struct node *d = e->data;

	ident_of(d, ident);
	TRY(store(&s, d, err));
	TRY(db_run(db, &record_add_sql,
	           ARGS(V_ID(e->id), V_TEXT(node_text(d, S("type"))),
	                V_BLOB(((struct str){(const char *)ident, IDENT_BYTES})), v_day(d),
	                V_INT(node_int(d, S("import"), 0)), V_INT(node_int(d, S("table"), 0)),
	                V_INT(node_int(d, S("row"), 0)), V_TEXT(buf_str(&s.fields)), V_RAW(s),
	                V_INT(node_true(d, S("outside"))), V_INT(local_day(e->at))), err));
	return put_proofs(db, e->id, d, err);
}

static enum err_code record_correct_apply(struct db *db, const struct event *e, struct err *err)
{
	struct stored s CLEANUP(stored_done) = {0};
	unsigned char ident[IDENT_BYTES] = {0};
	const struct node *d = e->data;

	ident_of(d, ident);
	TRY(store(&s, d, err));
	TRY(db_run(db, &record_keep_sql, ARGS(V_ID(e->subject), V_INT(e->id.seq)), err));
	TRY(db_run(db, &record_correct_sql,
	           ARGS(V_ID(e->subject), V_BLOB(((struct str){(const char *)ident, IDENT_BYTES})), v_day(d),
	                V_INT(node_int(d, S("import"), 0)), V_INT(node_int(d, S("table"), 0)),
	                V_INT(node_int(d, S("row"), 0)), V_INT(e->id.seq), V_TEXT(buf_str(&s.fields)), V_RAW(s),
	                V_INT(node_true(d, S("outside")))), err));
	return put_proofs(db, e->id, d, err);
}

/* ---- import.undo ---- */

SQL(import_undone_sql, "update p_import set undone_seq = ?3 where origin = ?1 and seq = ?2");
SQL(records_withdraw_sql,
	"update p_record set withdrawn_seq = ?3 where origin = ?1 and rev_import = ?2 and withdrawn_seq is null"
	" and rev_seq = seq");
SQL(records_restore_sql,
	"update p_record set"
	" (ident, day, import_seq, import_n, row, rev_seq, rev_import, fields, raw, outside) ="
	" (select p.ident, p.day, p.import_seq, p.import_n, p.row, p.rev_seq, p.rev_import, p.fields, p.raw, p.outside"
	" from p_record_past p where p.origin = p_record.origin and p.seq = p_record.seq"
	" and p.until_seq = p_record.rev_seq)"
	" where origin = ?1 and rev_import = ?2 and withdrawn_seq is null and rev_seq <> seq");
SQL(later_sql,
	"select count(distinct p.seq) from p_record_past p join p_record r on r.origin = p.origin and r.seq = p.seq"
	" where p.origin = ?1 and p.rev_import = ?2 and r.rev_import <> ?2");

static const struct event_field undo_fields[] = {{"why", FIELD_TEXT, false}};

static enum err_code undo_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct query q CLEANUP(query_done) = {0}, later CLEANUP(query_done) = {0};

	if (db_one(tx->db, &import_known_sql, ARGS(V_ID(e->subject)), &q, err) != OK) {
		err_clear(err);
		return fail(err, ERR_NOT_FOUND, "no import %lld", (long long)e->subject.seq);
	}
	if (!query_null(&q, 0))
		return fail(err, ERR_CONFLICT, "import %lld was withdrawn", (long long)e->subject.seq);
	TRY(db_one(tx->db, &later_sql, ARGS(V_ID(e->subject)), &later, err));
	if (query_int(&later, 0))
		return fail(err, ERR_CONFLICT, "%lld records of import %lld were corrected by a later import",
		            (long long)query_int(&later, 0), (long long)e->subject.seq);
	return OK;
}

static enum err_code undo_apply(struct db *db, const struct event *e, struct err *err)
{
	TRY(db_run(db, &records_withdraw_sql, ARGS(V_ID(e->subject), V_INT(e->id.seq)), err));
	TRY(db_run(db, &records_restore_sql, ARGS(V_ID(e->subject)), err));
	return db_run(db, &import_undone_sql, ARGS(V_ID(e->subject), V_INT(e->id.seq)), err);
}

const struct event_kind office_kinds[] = {
	{"scheme.adopt", scheme_fields, LEN(scheme_fields), false, NULL, scheme_apply},
	{"import.accept", import_fields_, LEN(import_fields_), false, import_check, import_apply},
	{"record.add", record_add_fields, LEN(record_add_fields), false, record_check, record_add_apply},
	{"record.correct", record_correct_fields, LEN(record_correct_fields), true, correct_check,
		record_correct_apply},
	{"import.undo", undo_fields, LEN(undo_fields), true, undo_check, undo_apply},
	{0},
};
