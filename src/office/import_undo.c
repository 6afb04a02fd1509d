/* Withdrawing an import: refused where later facts stand on it. */
#include "office/import.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "text/json.h"
#include "who/access.h"

SQL(of_import_sql,
	"select origin, seq, import_seq, rev_seq, fields from p_record where type = ?1 and withdrawn_seq is null"
	" order by origin, seq");

enum { NAMED_AT_MOST = 5 };

struct undo {
	const struct scheme *scheme;
	struct id import;
	struct str why;
};

static enum err_code keys_of(struct db *db, struct arena *a, const struct record_type *type, const struct field *key,
	int64_t import, struct map *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct node *fields;

	TRY(db_query(db, &of_import_sql, ARGS(V_TEXT(type->name)), &q, err));
	while (query_next(&q, err)) {
		struct str v;

		if (query_int(&q, 2) != import)
			continue;
		TRY(json_read(a, query_text(&q, 4), (struct json_opt){0}, &fields, err));
		v = node_text(fields, key->name);
		if (v.n)
			map_set(out, utf8_squeeze(a, v), out);
	}
	return err->code;
}

/* The first word of a value, or of a list, that is one of the keys. */
static struct str names_one(struct arena *a, const struct node *v, const struct map *keys)
{
	struct str found = STR_NONE;

	if (v && v->kind == NODE_TEXT && map_get(keys, utf8_squeeze(a, v->text)))
		return v->text;
	for (size_t i = 0; v && v->kind == NODE_LIST && i < v->n && !found.n; i++)
		found = names_one(a, v->items[i], keys);
	return found;
}

/* Adds to list the records that a later import said and that name a key through the link field. */
static enum err_code named_by(struct db *db, struct arena *a, const struct record_type *type, const struct field *link,
	int64_t import, const struct map *keys, struct buf *list, size_t *n, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct node *fields;

	TRY(db_query(db, &of_import_sql, ARGS(V_TEXT(type->name)), &q, err));
	while (query_next(&q, err)) {
		struct str v;

		if (query_int(&q, 2) == import || query_int(&q, 3) < import)
			continue;
		TRY(json_read(a, query_text(&q, 4), (struct json_opt){0}, &fields, err));
		v = names_one(a, node_get(fields, link->name), keys);
		if (!v.n)
			continue;
		if ((*n)++ < NAMED_AT_MOST)
			buf_printf(list, "%s" STR_FMT " %lld: " STR_FMT, *n > 1 ? "; " : "", STR_ARG(type->title),
			           (long long)query_int(&q, 1), STR_ARG(v));
	}
	return err->code;
}

static enum err_code check_links(struct db *db, const struct scheme *s, int64_t import, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct buf list CLEANUP(buf_free) = BUF_MAX(700);
	size_t n = 0;

	for (size_t i = 0; i < s->ntypes; i++) {
		for (size_t k = 0; k < s->types[i].nfields; k++) {
			const struct field *f = &s->types[i].fields[k];
			struct map keys = MAP_IN(&a);

			if (!f->link_type)
				continue;
			TRY(keys_of(db, &a, f->link_type, f->link_field, import, &keys, err));
			if (keys.n)
				TRY(named_by(db, &a, &s->types[i], f, import, &keys, &list, &n, err));
		}
	}
	if (n)
		return fail(err, ERR_CONFLICT, "%zu later records stand on import %lld: " STR_FMT, n, (long long)import,
		            STR_ARG(buf_str(&list)));
	return OK;
}

enum err_code import_undo_write(struct tx *tx, const struct scheme *s, struct id import, struct str why,
	struct err *err)
{
	struct node *data = node_map(tx->arena);

	TRY(access_office(tx, ACT_UNDO, err));
	TRY(check_links(tx->db, s, import.seq, err));
	if (why.n)
		node_set(tx->arena, data, S("why"), node_str(tx->arena, why));
	return tx_event(tx, "import.undo", import, data, NULL, err);
}

static enum err_code undo(struct tx *tx, void *ctx, struct err *err)
{
	const struct undo *u = ctx;

	return import_undo_write(tx, u->scheme, u->import, u->why, err);
}

enum err_code import_undo(struct log *log, const struct scheme *s, struct id import, struct str why, struct str actor,
	struct str via, struct err *err)
{
	struct undo u = {s, import, why};

	return log_write(log, actor, via, undo, &u, err);
}
