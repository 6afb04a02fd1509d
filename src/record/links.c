#include "record/links.h"

#include "base/utf8.h"
#include "text/json.h"

SQL(links_records_sql,
	"select origin, seq, import_seq, rev_seq, fields from p_record where type = ?1 and withdrawn_seq is null"
	" order by origin, seq");

enum { LINKS_NAMED = 5 };

/* Is the row of links_records_sql one of those that would go? */
static bool goes(const struct links_ask *ask, const struct query *q)
{
	return ask->import ? query_int(q, 2) == ask->import
	                   : id_eq(ask->id, (struct id){query_int(q, 0), query_int(q, 1)});
}

static enum err_code keys_of(struct db *db, struct arena *a, const struct field *link, const struct links_ask *ask,
	struct map *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct node *fields;

	TRY(db_query(db, &links_records_sql, ARGS(V_TEXT(link->link_type->name)), &q, err));
	while (query_next(&q, err)) {
		struct str v;

		if (!goes(ask, &q))
			continue;
		TRY(json_read(a, query_text(&q, 4), (struct json_opt){0}, &fields, err));
		v = node_text(fields, link->link_field->name);
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

static enum err_code named_by(struct db *db, struct arena *a, const struct record_type *type, const struct field *link,
	const struct links_ask *ask, const struct map *keys, struct buf *list, size_t *n, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct node *fields;

	TRY(db_query(db, &links_records_sql, ARGS(V_TEXT(type->name)), &q, err));
	while (query_next(&q, err)) {
		struct str v;

		if (goes(ask, &q) || query_int(&q, 3) < ask->import)
			continue;
		TRY(json_read(a, query_text(&q, 4), (struct json_opt){0}, &fields, err));
		v = names_one(a, node_get(fields, link->name), keys);
		if (!v.n)
			continue;
		if ((*n)++ < LINKS_NAMED)
			buf_printf(list, "%s" STR_FMT " %lld: " STR_FMT, *n > 1 ? "; " : "", STR_ARG(type->title),
			           (long long)query_int(&q, 1), STR_ARG(v));
	}
	return err->code;
}

enum err_code links_to(struct db *db, const struct scheme *s, const struct links_ask *ask, struct buf *list, size_t *n,
	struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;

	*n = 0;
	for (size_t i = 0; i < s->ntypes; i++) {
		for (size_t k = 0; k < s->types[i].nfields; k++) {
			const struct field *f = &s->types[i].fields[k];
			struct map keys = MAP_IN(&a);

			if (!f->link_type || (!ask->import && f->link_type != ask->type))
				continue;
			TRY(keys_of(db, &a, f, ask, &keys, err));
			if (keys.n)
				TRY(named_by(db, &a, &s->types[i], f, ask, &keys, list, n, err));
		}
	}
	return OK;
}
