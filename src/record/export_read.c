/* Records of a register: a batch at a time, or all as they come. */
#include "base/utf8.h"
#include "record/export_inside.h"
#include "scheme/value.h"
#include "text/json.h"

#include <stdlib.h>

#define COLUMNS \
	"select r.origin, r.seq, r.fields, r.raw, r.day, coalesce(i.year, r.year), t.map, r.withdrawn_seq, r.outside," \
	" r.type from p_record r left join p_import i on i.origin = r.origin and i.seq = r.import_seq" \
	" left join p_import_table t on t.origin = r.origin and t.seq = r.import_seq and t.n = r.import_n"

/* No index but the key serves these: the text put together keeps the one by type away, which would sort all that is
 * left for each batch. 256: EXPORT_BATCH. */
SQL(batch_sql, COLUMNS " where r.type || '' = ?1 and (r.origin, r.seq) > (?2, ?3) order by r.origin, r.seq limit 256");
SQL(all_sql, COLUMNS " where r.type || '' = ?1 order by r.origin, r.seq");
SQL(one_sql, COLUMNS " where r.origin = ?1 and r.seq = ?2");

SQL(expect_sql,
	"select count(*) from p_record r left join p_import i on i.origin = r.origin and i.seq = r.import_seq"
	" where r.type = ?1 and r.withdrawn_seq is null and r.outside = 0 and coalesce(i.year, r.year) = ?2");

enum err_code export_expect(const struct export_sheet *sheets, size_t n, const struct export_ask *ask, struct db *db,
	size_t *rows, struct err *err)
{
	size_t all = 0;

	for (size_t i = 0; i < n && !ask->ids; i++) {
		struct query q CLEANUP(query_done) = {0};

		if (!sheets[i].first && n > 1)
			continue;
		TRY(db_one(db, &expect_sql, ARGS(V_TEXT(sheets[i].type->name), V_INT(ask->year)), &q, err));
		all += (size_t)query_int(&q, 0);
	}
	*rows = ask->ids ? ask->nids : all;
	return OK;
}

/* Of an earlier year's register, but carried on: what a register of its kind would hold today. */
static bool carried_on(struct arena *a, const struct sheet_map *m, int year, struct str json)
{
	struct err err = {0};
	struct node *fields;
	struct date until;

	if (m->year.standing)
		return true;
	if (!m->year.until || json_read(a, json, (struct json_opt){0}, &fields, &err) != OK)
		return false;
	return !date_parse(node_text(fields, m->year.until->name), &until) || date_ymd(until).y >= year;
}

/* Does a row of the query belong to the sheet? */
static bool wanted(struct arena *a, const struct query *q, const struct export_sheet *sheet,
	const struct export_ask *ask)
{
	struct date day = query_null(q, 4) ? DATE_NONE : (struct date){(int32_t)query_int(q, 4)};
	int year = !query_null(q, 5) ? (int)query_int(q, 5) : date_is(day) ? date_ymd(day).y : ask->year;

	if (!query_null(q, 7) || query_int(q, 8) || (!ask->ids && year > ask->year))
		return false;
	if (!ask->ids && date_is(ask->on) && date_is(day) && day.n > ask->on.n)
		return false;
	if (query_null(q, 6) || !sheet->map ? !sheet->first : !str_eq(query_text(q, 6), sheet->map->name))
		return false;
	return ask->ids || year == ask->year || (sheet->map && carried_on(a, sheet->map, ask->year, query_text(q, 2)));
}

static struct id id_of(const struct query *q)
{
	return (struct id){query_int(q, 0), query_int(q, 1)};
}

static void keep(struct arena *a, const struct query *q, const struct export_sheet *sheet, const struct export_ask *ask,
	struct export_batch *out)
{
	struct export_record *r = &out->p[out->n++];

	r->id = id_of(q);
	r->wanted = str_eq(query_text(q, 9), sheet->type->name) && wanted(a, q, sheet, ask);
	if (!r->wanted)
		return;
	r->fields = arena_str(a, query_text(q, 2));
	r->raw = arena_str(a, query_text(q, 3));
}

static enum err_code chosen_batch(struct arena *a, struct db *db, const struct export_sheet *sheet,
	const struct export_ask *ask, size_t from, struct export_batch *out, struct err *err)
{
	for (size_t i = from; i < ask->nids && out->n < EXPORT_BATCH; i++) {
		struct query q CLEANUP(query_done) = {0};

		TRY(db_query(db, &one_sql, ARGS(V_ID(ask->ids[i])), &q, err));
		if (query_next(&q, err))
			keep(a, &q, sheet, ask, out);
		else
			out->p[out->n++] = (struct export_record){.id = ask->ids[i]};
		TRY(err->code);
	}
	return OK;
}

enum err_code export_batch(struct arena *a, struct db *db, const struct export_sheet *sheet,
	const struct export_ask *ask, const struct export_place *from, struct export_batch *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	out->n = 0;
	if (ask->ids)
		return chosen_batch(a, db, sheet, ask, from->at, out, err);
	TRY(db_query(db, &batch_sql,
		ARGS(V_TEXT(sheet->type->name), V_INT(from->last.origin), V_INT(from->last.seq)), &q, err));
	while (query_next(&q, err))
		keep(a, &q, sheet, ask, out);
	return err->code;
}

static enum err_code each_chosen(struct db *db, const struct export_sheet *sheet, const struct export_ask *ask,
	export_fn *fn, void *ctx, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT, texts CLEANUP(arena_free) = ARENA_INIT;
	struct export_batch *batch = ARENA_NEW(&a, struct export_batch);
	struct export_place at = {0};

	for (;; at.at += batch->n) {
		arena_reset(&texts);
		TRY(export_batch(&texts, db, sheet, ask, &at, batch, err));
		if (!batch->n)
			return OK;
		for (size_t i = 0; i < batch->n; i++)
			if (batch->p[i].wanted)
				TRY(fn(ctx, &batch->p[i], err));
	}
}

enum err_code export_each(struct db *db, const struct export_sheet *sheet, const struct export_ask *ask, export_fn *fn,
	void *ctx, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct query q CLEANUP(query_done) = {0};

	if (ask->ids)
		return each_chosen(db, sheet, ask, fn, ctx, err);
	TRY(db_query(db, &all_sql, ARGS(V_TEXT(sheet->type->name)), &q, err));
	while (query_next(&q, err)) {
		struct export_record r = {.id = id_of(&q), .fields = query_text(&q, 2), .raw = query_text(&q, 3)};

		arena_reset(&a);
		if (wanted(&a, &q, sheet, ask))
			TRY(fn(ctx, &r, err));
	}
	return err->code;
}
