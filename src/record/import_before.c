/* The records of a type that are here before an import. */
#include "record/import_known.h"

SQL(existing_sql,
	"select r.origin, r.seq, r.ident, r.fields, r.raw, r.row, t.map, i.year, r.outside, r.said_by,"
	" r.rev_seq, r.year, (select count(*) from p_flow f where f.origin = r.origin and f.seq = r.seq)"
	" from p_record r"
	" left join p_import i on i.origin = r.origin and i.seq = r.import_seq"
	" left join p_import_table t on t.origin = r.origin and t.seq = r.import_seq and t.n = r.import_n"
	" where r.type = ?1 and r.withdrawn_seq is null order by r.origin, r.seq");

/* What a person has taken back. */
SQL(taken_back_sql,
	"select r.ident, r.seq from p_record r"
	" join event e on e.origin = r.origin and e.seq = r.withdrawn_seq"
	" where r.type = ?1 and e.kind = 'record.withdraw' order by r.origin, r.seq");

/* Evidence that is here, by the record that names it. */
SQL(proved_sql,
	"select r.origin, r.seq, p.name from p_record r join p_proof p on p.origin = r.origin and p.seq = r.rev_seq"
	" where r.type = ?1 and r.withdrawn_seq is null and p.digest is not null order by r.origin, r.seq, p.name");

static enum err_code load_known(struct arena *a, struct db *db, struct str type, struct before *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(db, &existing_sql, ARGS(V_TEXT(type)), &q, err));
	while (query_next(&q, err)) {
		struct known *k = ARENA_NEW(a, struct known);
		void **at;

		k->id = (struct id){query_int(&q, 0), query_int(&q, 1)};
		k->fields = arena_str(a, query_text(&q, 3));
		k->raw = arena_str(a, query_text(&q, 4));
		k->row = (int)query_int(&q, 5);
		k->map = arena_str(a, query_text(&q, 6));
		k->year = (int)query_int(&q, query_null(&q, 7) ? 11 : 7);
		k->outside = query_int(&q, 8) != 0;
		k->said_by = arena_str(a, query_text(&q, 9));
		k->rev = query_int(&q, 10);
		k->steps = query_int(&q, 12) != 0;
		*ARENA_PUSH(a, out->all, out->n, out->cap) = k;
		if (query_text(&q, 2).n == IDENT_BYTES)
			memcpy(k->ident, query_text(&q, 2).p, IDENT_BYTES);
		at = map_at(&out->known, (struct str){(const char *)k->ident, IDENT_BYTES});
		if (!*at || !k->outside) /* a key in the year and outside of it: two facts, the first is this year's */
			*at = k;
	}
	return err->code;
}

static enum err_code load_taken_back(struct arena *a, struct db *db, struct str type, struct map *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(db, &taken_back_sql, ARGS(V_TEXT(type)), &q, err));
	while (query_next(&q, err))
		map_set(out, arena_str(a, query_text(&q, 0)), (void *)(uintptr_t)query_int(&q, 1));
	return err->code;
}

struct str import_proof_key(struct arena *a, struct id id, struct str name)
{
	return arena_printf(a, "%lld:%lld:" STR_FMT, (long long)id.origin, (long long)id.seq, STR_ARG(name));
}

static enum err_code load_proved(struct arena *a, struct db *db, struct str type, struct map *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(db, &proved_sql, ARGS(V_TEXT(type)), &q, err));
	while (query_next(&q, err))
		map_set(out,
			import_proof_key(a, (struct id){query_int(&q, 0), query_int(&q, 1)}, query_text(&q, 2)), out);
	return err->code;
}

enum err_code import_before(
	const struct import *im, struct db *db, struct str type, struct before *out, struct err *err)
{
	*out = (struct before){.known = MAP_IN(im->arena), .taken_back = MAP_IN(im->arena),
		.proved = MAP_IN(im->arena), .used = MAP_IN(im->arena)};
	TRY(load_known(im->arena, db, type, out, err));
	TRY(load_taken_back(im->arena, db, type, &out->taken_back, err));
	return im->proofs ? load_proved(im->arena, db, type, &out->proved, err) : OK;
}
