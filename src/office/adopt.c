#include "office/adopt.h"

#include "log/object.h"
#include "who/access.h"

SQL(scheme_last_sql, "select digest, origin, seq from p_scheme order by origin, seq desc limit 1");
SQL(scheme_uses_sql, "select name, digest from p_scheme_use where origin = ?1 and seq = ?2 order by n");

static struct str bytes_of(const struct hash *h)
{
	return (struct str){(const char *)h->b, HASH_BYTES};
}

static struct hash digest_at(const struct query *q, int col)
{
	struct hash h;

	BUG_IF(query_text(q, col).n != HASH_BYTES);
	memcpy(h.b, query_text(q, col).p, HASH_BYTES);
	return h;
}

enum err_code scheme_store(
	struct objects in, struct arena *a, const struct scheme *s, struct adoption *out, struct err *err)
{
	out->uses = ARENA_ARRAY(a, struct object, s->nuses);
	for (size_t i = 0; i < s->nuses; i++)
		TRY(objects_store_text(in, s->uses[i].text, &out->uses[i], err));
	return objects_store_text(in, s->text, &out->text, err);
}

/* ---- in force already? ---- */

struct in_force {
	struct id id;
	struct hash digest;
};

static enum err_code last_of(struct db *db, struct in_force *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(db, &scheme_last_sql, NO_ARGS, &q, err));
	if (!query_next(&q, err))
		return fail(err, ERR_NOT_FOUND, "no scheme has been adopted here");
	out->digest = digest_at(&q, 0);
	out->id = (struct id){query_int(&q, 1), query_int(&q, 2)};
	return OK;
}

/* Do all its texts say the same as those of the last one? */
static enum err_code same_as_last(
	struct db *db, const struct scheme *s, const struct adoption *how, bool *same, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct err no = {0};
	struct in_force last;
	size_t n = 0;

	*same = false;
	if (last_of(db, &last, &no) != OK)
		return no.code == ERR_NOT_FOUND ? OK : fail(err, no.code, "%s", no.text);
	*same = str_eq(bytes_of(&last.digest), bytes_of(&how->text.digest));
	TRY(db_query(db, &scheme_uses_sql, ARGS(V_ID(last.id)), &q, err));
	for (; query_next(&q, err); n++)
		*same = *same && n < s->nuses && str_eq(query_text(&q, 0), s->uses[n].name) &&
			str_eq(query_text(&q, 1), bytes_of(&how->uses[n].digest));
	*same = *same && n == s->nuses;
	return err->code;
}

/* ---- adopting ---- */

static struct node *digest_node(struct arena *a, const struct hash *h)
{
	char hex[HASH_TEXT];

	return node_str(a, arena_str(a, hash_text(h, hex)));
}

static struct str file_of(struct arena *a, struct str name)
{
	return str_starts(name, S("./")) ? str_sub(name, 2, name.n) : arena_printf(a, STR_FMT ".yaml", STR_ARG(name));
}

static enum err_code name_uses(
	struct tx *tx, const struct scheme *s, const struct adoption *how, struct node *data, struct err *err)
{
	struct node *list = node_list(tx->arena);
	struct id named;

	for (size_t i = 0; i < s->nuses; i++) {
		struct node *one = node_map(tx->arena);

		TRY(object_name(tx, &how->uses[i], file_of(tx->arena, s->uses[i].name), &named, err));
		node_set(tx->arena, one, S("name"), node_str(tx->arena, s->uses[i].name));
		node_set(tx->arena, one, S("digest"), digest_node(tx->arena, &how->uses[i].digest));
		node_push(tx->arena, list, one);
	}
	if (list->n)
		node_set(tx->arena, data, S("uses"), list);
	return OK;
}

enum err_code scheme_adopt(struct tx *tx, const struct scheme *s, const struct adoption *how, struct err *err)
{
	struct node *data = node_map(tx->arena);
	struct id named;
	bool same;

	TRY(access_office(tx, ACT_SCHEME_EDIT, err));
	TRY(same_as_last(tx->db, s, how, &same, err));
	if (same)
		return OK;
	TRY(object_name(tx, &how->text, file_of(tx->arena, s->code), &named, err));
	node_set(tx->arena, data, S("code"), node_str(tx->arena, s->code));
	node_set(tx->arena, data, S("title"), node_str(tx->arena, s->title));
	node_set(tx->arena, data, S("digest"), digest_node(tx->arena, &how->text.digest));
	TRY(name_uses(tx, s, how, data, err));
	return tx_event(tx, "scheme.adopt", ID_NONE, data, NULL, err);
}

/* ---- reading back ---- */

/* The texts that an adopted scheme uses, by name. */
struct kept {
	struct log *log;
	struct scheme_used *names;
	struct hash *digests;
	size_t n, cap, digests_n, digests_cap;
};

static enum err_code object_text(
	struct log *log, struct arena *a, const struct hash *digest, struct str *out, struct err *err)
{
	if (object_read(log, a, digest, 1 << 20, out, err) == ERR_NOT_FOUND)
		err->code = ERR_DAMAGED;      /* an event names it */
	return err->code;
}

static enum err_code kept_text(void *ctx, struct arena *a, struct str name, struct str *out, struct err *err)
{
	struct kept *k = ctx;

	for (size_t i = 0; i < k->n; i++)
		if (str_eq(k->names[i].name, name))
			return object_text(k->log, a, &k->digests[i], out, err);
	return fail(err, ERR_DAMAGED, "the adoption does not name the scheme '" STR_FMT "'", STR_ARG(name));
}

static enum err_code kept_of(struct db *db, struct arena *a, struct id id, struct kept *k, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(db, &scheme_uses_sql, ARGS(V_ID(id)), &q, err));
	while (query_next(&q, err)) {
		ARENA_PUSH(a, k->names, k->n, k->cap)->name = arena_str(a, query_text(&q, 0));
		*ARENA_PUSH(a, k->digests, k->digests_n, k->digests_cap) = digest_at(&q, 1);
	}
	return err->code;
}

enum err_code scheme_current(struct log *log, struct arena *a, struct scheme *out, struct err *err)
{
	return scheme_current_in(log, log_db(log), a, out, err);
}

enum err_code scheme_current_in(struct log *log, struct db *db, struct arena *a, struct scheme *out, struct err *err)
{
	struct kept kept = {.log = log};
	struct in_force last;
	struct str text;

	TRY(last_of(db, &last, err));
	TRY(object_text(log, a, &last.digest, &text, err));
	TRY(kept_of(db, a, last.id, &kept, err));
	return scheme_read_from(a, STR_NONE, text, (struct scheme_source){kept_text, &kept}, out, err);
}
