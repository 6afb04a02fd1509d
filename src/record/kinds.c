#include "record/kinds.h"

#include "base/buf.h"
#include "log/log.h"
#include "log/tree.h"
#include "record/columns.h"
#include "text/json.h"

static struct val v_digest(const struct node *data, struct str key, struct hash *into)
{
	if (!hash_parse(node_text(data, key), into))
		return V_NULL;
	return V_BLOB(((struct str){(const char *)into->b, HASH_BYTES}));
}

/* ---- scheme.adopt ---- */

SQL(scheme_add_sql, "insert into p_scheme(origin, seq, code, title, digest, from_day) values(?1, ?2, ?3, ?4, ?5, ?6)");
SQL(scheme_any_sql, "select count(*) from p_scheme where origin = ?1");
SQL(scheme_use_add_sql, "insert into p_scheme_use(origin, seq, n, name, digest) values(?1, ?2, ?3, ?4, ?5)");

static const struct event_field scheme_fields[] = {
	{"code", FIELD_TEXT, true},
	{"title", FIELD_TEXT, true},
	{"digest", FIELD_DIGEST, true},
	{"uses", FIELD_LIST, false},
	{"from", FIELD_DATE, false},
};

static enum err_code scheme_check(struct tx *tx, const struct event *e, struct err *err)
{
	const struct node *uses = NODE_GET(e->data, "uses");
	struct hash h;

	for (size_t i = 0; uses && i < uses->n; i++)
		if (!node_text(uses->items[i], S("name")).n || !hash_parse(node_text(uses->items[i], S("digest")), &h))
			return fail(err, ERR_INPUT, "scheme %zu of those used lacks name or digest", i);
	return OK;
}

/* The day it says, or else its own (UTC+8); null for the first of all, which counts since ever. */
static enum err_code first_day(struct db *db, const struct event *e, struct val *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct date from;

	TRY(db_one(db, &scheme_any_sql, ARGS(V_INT(e->id.origin)), &q, err));
	if (!query_int(&q, 0))
		*out = V_NULL;
	else if (date_parse(node_text(e->data, S("from")), &from))
		*out = V_INT(from.n);
	else
		*out = V_INT((e->at / 1000000 + 8 * 3600) / 86400);
	return OK;
}

static enum err_code scheme_apply(struct db *db, const struct event *e, struct err *err)
{
	const struct node *uses = NODE_GET(e->data, "uses");
	struct val from;
	struct hash h;

	TRY(first_day(db, e, &from, err));
	TRY(db_run(db, &scheme_add_sql,
	           ARGS(V_ID(e->id), V_TEXT(node_text(e->data, S("code"))), V_TEXT(node_text(e->data, S("title"))),
	                v_digest(e->data, S("digest"), &h), from), err));
	for (size_t i = 0; uses && i < uses->n; i++)
		TRY(db_run(db, &scheme_use_add_sql,
		           ARGS(V_ID(e->id), V_INT((int64_t)i), V_TEXT(node_text(uses->items[i], S("name"))),
		                v_digest(uses->items[i], S("digest"), &h)), err));
	return OK;
}

/* ---- import.accept ---- */

SQL(import_add_sql, "insert into p_import(origin, seq, year) values(?1, ?2, ?3)");
SQL(import_table_add_sql,
	"insert into p_import_table(origin, seq, n, source, map, digest, look) values(?1, ?2, ?3, ?4, ?5, ?6, ?7)");

static const struct event_field import_fields_[] = {
	{"year", FIELD_INT, true},
	{"tables", FIELD_LIST, true},
};

static enum err_code import_check(struct tx *tx, const struct event *e, struct err *err)
{
	const struct node *tables = NODE_GET(e->data, "tables");
	struct hash h;

	for (size_t i = 0; i < tables->n; i++) {
		if (!node_text(tables->items[i], S("source")).n || !node_text(tables->items[i], S("map")).n ||
		    !hash_parse(node_text(tables->items[i], S("digest")), &h))
			return fail(err, ERR_INPUT, "table %zu of the import lacks source, map or digest", i);
		if (columns_check(NODE_GET(tables->items[i], "look"), err) != OK)
			return err_at(err, tr(err->lang, N_("table %zu of the import")), i);
	}
	return OK;
}

static enum err_code import_apply(struct db *db, const struct event *e, struct err *err)
{
	const struct node *tables = NODE_GET(e->data, "tables");
	struct hash h;

	TRY(db_run(db, &import_add_sql, ARGS(V_ID(e->id), V_INT(node_int(e->data, S("year"), 0))), err));
	for (size_t i = 0; i < tables->n; i++) {
		const struct node *t = tables->items[i], *look = NODE_GET(t, "look");
		struct buf text CLEANUP(buf_free) = BUF_MAX(EVENT_BYTES);

		if (look)
			TRY(json_canon(&text, look, err));
		TRY(db_run(db, &import_table_add_sql,
		           ARGS(V_ID(e->id), V_INT((int64_t)i), V_TEXT(node_text(t, S("source"))),
		                V_TEXT(node_text(t, S("map"))), v_digest(t, S("digest"), &h),
		                look ? V_TEXT(buf_str(&text)) : V_NULL), err));
	}
	return OK;
}

/* ---- import.undo ---- */

SQL(import_undone_sql, "update p_import set undone_seq = ?3 where origin = ?1 and seq = ?2");
SQL(import_known_sql, "select undone_seq from p_import where origin = ?1 and seq = ?2");
SQL(records_withdraw_sql,
	"update p_record set withdrawn_seq = ?3 where origin = ?1 and rev_import = ?2 and withdrawn_seq is null"
	" and rev_seq = seq");
SQL(records_restore_sql,
	"update p_record set"
	" (ident, day, import_seq, import_n, row, rev_seq, rev_import, fields, raw, outside, said_by, said_on) ="
	" (select p.ident, p.day, p.import_seq, p.import_n, p.row, p.rev_seq, p.rev_import, p.fields, p.raw, p.outside,"
	" p.said_by, p.said_on"
	" from p_record_past p where p.origin = p_record.origin and p.seq = p_record.seq"
	" and p.until_seq = p_record.rev_seq)"
	" where origin = ?1 and rev_import = ?2 and withdrawn_seq is null and rev_seq <> seq");
/* What was corrected since. A record that a person has withdrawn in the meantime is in nobody's way. */
SQL(later_sql,
	"select distinct r.seq, r.rev_import from p_record_past p"
	" join p_record r on r.origin = p.origin and r.seq = p.seq"
	" where p.origin = ?1 and p.rev_import = ?2 and r.rev_import <> ?2 and r.withdrawn_seq is null order by r.seq");
/* Records that would go and had steps since (flow/flow.h). */
SQL(later_steps_sql,
	"select distinct r.seq from p_record r join p_step s on s.subject_origin = r.origin and s.subject = r.seq"
	" where r.origin = ?1 and r.rev_import = ?2 and r.rev_seq = r.seq and r.withdrawn_seq is null order by r.seq");

enum { NAMED_AT_MOST = 5 };

static const struct event_field undo_fields[] = {{"why", FIELD_TEXT, false}};

/* Corrections by hand are named: there is no import to look for. */
static enum err_code undo_later(struct db *db, struct id import, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct buf list CLEANUP(buf_free) = BUF_MAX(200);
	int64_t imported = 0, by_hand = 0;

	TRY(db_query(db, &later_sql, ARGS(V_ID(import)), &q, err));
	while (query_next(&q, err)) {
		imported += query_int(&q, 1) != 0;
		if (!query_int(&q, 1) && by_hand++ < NAMED_AT_MOST)
			buf_printf(&list, "%s%lld", by_hand > 1 ? ", " : "", (long long)query_int(&q, 0));
	}
	TRY(err->code);
	if (by_hand)
		return fail(err, ERR_CONFLICT, "%lld records of import %lld were corrected by hand since: " STR_FMT,
		            (long long)by_hand, (long long)import.seq, STR_ARG(buf_str(&list)));
	if (imported)
		return fail(err, ERR_CONFLICT, "%lld records of import %lld were corrected by a later import",
		            (long long)imported, (long long)import.seq);
	return OK;
}

static enum err_code undo_steps(struct db *db, struct id import, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct buf list CLEANUP(buf_free) = BUF_MAX(200);
	int64_t n = 0;

	TRY(db_query(db, &later_steps_sql, ARGS(V_ID(import)), &q, err));
	while (query_next(&q, err))
		if (n++ < NAMED_AT_MOST)
			buf_printf(&list, "%s%lld", n > 1 ? ", " : "", (long long)query_int(&q, 0));
	TRY(err->code);
	if (n)
		return fail(err, ERR_CONFLICT, "%lld records of import %lld had steps since: " STR_FMT, (long long)n,
			(long long)import.seq, STR_ARG(buf_str(&list)));
	return OK;
}

enum err_code import_stands(struct db *db, struct id import, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	if (db_one(db, &import_known_sql, ARGS(V_ID(import)), &q, err) != OK) {
		err_clear(err);
		return fail(err, ERR_NOT_FOUND, "no import %lld", (long long)import.seq);
	}
	if (!query_null(&q, 0))
		return fail(err, ERR_CONFLICT, "import %lld was withdrawn", (long long)import.seq);
	TRY(undo_later(db, import, err));
	return undo_steps(db, import, err);
}

static enum err_code undo_check(struct tx *tx, const struct event *e, struct err *err)
{
	return import_stands(tx->db, e->subject, err);
}

static enum err_code undo_apply(struct db *db, const struct event *e, struct err *err)
{
	TRY(db_run(db, &records_withdraw_sql, ARGS(V_ID(e->subject), V_INT(e->id.seq)), err));
	TRY(db_run(db, &records_restore_sql, ARGS(V_ID(e->subject)), err));
	return db_run(db, &import_undone_sql, ARGS(V_ID(e->subject), V_INT(e->id.seq)), err);
}

const struct event_kind office_kinds[] = {
	{"scheme.adopt", scheme_fields, LEN(scheme_fields), false, scheme_check, scheme_apply},
	{"import.accept", import_fields_, LEN(import_fields_), false, import_check, import_apply},
	{"import.undo", undo_fields, LEN(undo_fields), true, undo_check, undo_apply},
	{0},
};
