#include "office/adopt.h"

#include "log/object.h"
#include "who/access.h"

SQL(scheme_last_sql, "select digest from p_scheme order by origin, seq desc limit 1");

enum err_code scheme_adopt(struct tx *tx, const struct scheme *s, const struct object *text, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct node *data = node_map(tx->arena);
	struct str digest = {(const char *)text->digest.b, HASH_BYTES};
	char hex[HASH_TEXT];
	struct id named;

	TRY(access_office(tx, ACT_SCHEME_EDIT, err));
	TRY(db_query(tx->db, &scheme_last_sql, NO_ARGS, &q, err));
	if (query_next(&q, err) && str_eq(query_text(&q, 0), digest))
		return OK;
	query_done(&q);
	TRY(object_name(tx, text, arena_printf(tx->arena, STR_FMT ".yaml", STR_ARG(s->code)), &named, err));
	node_set(tx->arena, data, S("code"), node_str(tx->arena, s->code));
	node_set(tx->arena, data, S("title"), node_str(tx->arena, s->title));
	node_set(
		tx->arena, data, S("digest"), node_str(tx->arena, arena_str(tx->arena, hash_text(&text->digest, hex))));
	return tx_event(tx, "scheme.adopt", ID_NONE, data, NULL, err);
}

enum err_code scheme_current(struct log *log, struct arena *a, struct scheme *out, struct err *err)
{
	return scheme_current_in(log, log_db(log), a, out, err);
}

enum err_code scheme_digest_in(struct db *db, struct hash *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(db, &scheme_last_sql, NO_ARGS, &q, err));
	if (!query_next(&q, err))
		return err->code ? err->code : fail(err, ERR_NOT_FOUND, "no scheme has been adopted here");
	BUG_IF(query_text(&q, 0).n != HASH_BYTES);
	memcpy(out->b, query_text(&q, 0).p, HASH_BYTES);
	return OK;
}

enum err_code scheme_current_in(struct log *log, struct db *db, struct arena *a, struct scheme *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct hash digest;
	struct str text;

	TRY(db_query(db, &scheme_last_sql, NO_ARGS, &q, err));
	if (!query_next(&q, err))
		return fail(err, ERR_NOT_FOUND, "no scheme has been adopted here");
	BUG_IF(query_text(&q, 0).n != HASH_BYTES);
	memcpy(digest.b, query_text(&q, 0).p, HASH_BYTES);
	query_done(&q);
	if (object_read(log, a, &digest, 1 << 20, &text, err) == ERR_NOT_FOUND)
		err->code = ERR_DAMAGED;      /* an event names it */
	TRY(err->code);
	return scheme_read(a, text, out, err);
}
