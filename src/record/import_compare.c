/* What is here already: the same, changed, or gone from the sheet. */
#include "record/import_known.h"

#include "base/buf.h"
#include "crypto/digest.h"
#include "scheme/flow_def.h"
#include "text/json.h"

/* True when the folder holds evidence that the row names and the record lacks. */
static bool newly_proved(
	const struct import *im, const struct import_table *t, const struct import_row *r, const struct map *proved)
{
	const struct record_type *type = t->map->record;

	for (size_t i = 0; im->proofs && i < type->nfields; i++) {
		struct texts names;

		if (type->fields[i].type != TYPE_FILE || r->values[i].state != VALUE_OK)
			continue;
		names = import_proof_names(im, im->arena, &type->fields[i], r->values[i].text);
		for (size_t k = 0; k < names.n; k++)
			if (import_proof(im, im->arena, names.p[k]) &&
			    !map_get(proved, import_proof_key(im->arena, r->id, names.p[k])))
				return true;
	}
	return false;
}

/* A register kept beside does not take back what was done step by step. */
static enum err_code keep_steps(
	struct import *im, struct import_table *t, struct import_row *r, const struct known *k, struct err *err)
{
	const struct record_type *type = t->map->record;
	struct node *fields, *raw = NULL;

	TRY(json_read(im->arena, k->fields, (struct json_opt){0}, &fields, err));
	if (k->raw.n)
		TRY(json_read(im->arena, k->raw, (struct json_opt){0}, &raw, err));
	for (size_t i = 0; i < type->nfields; i++) {
		const struct field *f = &type->fields[i];
		struct value v = row_value(im->arena, f, fields, raw);

		if (!flow_sets(type, f) || (v.state == r->values[i].state && str_eq(v.text, r->values[i].text)))
			continue;
		if (!im->compared)
			import_notice(im, t, r->no, N_("record %lld: '" STR_FMT "' follows from its steps and stays"),
				(long long)k->id.seq, STR_ARG(f->title.n ? f->title : f->name));
		r->values[i] = v;
	}
	return OK;
}

/* SAME when the row says what the record says already, else CHANGE. */
static enum err_code compare(const struct import *im, const struct import_table *t, struct import_row *r,
	const struct known *k, const struct map *proved, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct buf b CLEANUP(buf_free) = BUF_MAX(EVENT_BYTES);
	struct node *raw, *fields = row_fields(&a, t->map->record, r->values, &raw);
	bool same;

	TRY(json_canon(&b, fields, err));
	same = str_eq(buf_str(&b), k->fields);
	buf_reset(&b);
	if (raw)
		TRY(json_canon(&b, raw, err));
	same = same && str_eq(buf_str(&b), k->raw);
	r->id = k->id;
	r->was = k->fields;
	r->was_raw = k->raw;
	r->class = same && !k->outside && !newly_proved(im, t, r, proved) ? ROW_SAME : ROW_CHANGE;
	return OK;
}

/* Is it the first register of its type? */
static bool map_first(const struct scheme *s, const struct sheet_map *m)
{
	for (size_t i = 0; i < s->nsheets; i++)
		if (s->sheets[i].record == m->record)
			return &s->sheets[i] == m;
	return false;
}

/* A short name for a record in a list: its first two fields. */
static struct str label(struct arena *a, struct str fields)
{
	struct err err = {0};
	struct buf b CLEANUP(buf_free) = BUF_MAX(200);
	struct node *map;

	if (json_read(a, fields, (struct json_opt){0}, &map, &err) != OK)
		return fields;
	for (size_t i = 0, shown = 0; i < map->n && shown < 3; i++) {
		if (map->items[i]->kind != NODE_TEXT)
			continue;
		buf_printf(&b, "%s" STR_FMT, shown++ ? " " : "", STR_ARG(map->items[i]->text));
	}
	return arena_str(a, buf_str(&b));
}

static bool done_before(const struct import *im, size_t upto, const struct record_type *type)
{
	for (size_t i = 0; i < upto; i++)
		if (im->tables[i].map->record == type)
			return true;
	return false;
}

/* Two registers of one type may hold the same key: two facts, told apart by the order of the registers. */
static void tell_apart(struct import *im, struct import_table *t, struct import_row *r, struct map *seen)
{
	struct str ident = arena_str(im->arena, (struct str){(const char *)r->ident, IDENT_BYTES});
	unsigned char digest[DIGEST_BYTES];
	void **at = map_at(seen, ident);
	struct str nth;

	if (im->compared)        /* told apart then */
		return;
	if (*at && *at != t) {
		nth = arena_printf(im->arena, STR_FMT, STR_ARG(t->source));
		digest_parts((const struct str[]){ident, nth}, 2, digest);
		memcpy(r->ident, digest, IDENT_BYTES);
		import_notice(im, t, r->no, N_("the same key stands in '" STR_FMT "' too"),
		              STR_ARG(((const struct import_table *)*at)->source));
	}
	*at = *at ? *at : t;
}

/* What a row was told to be when it was compared before. */
struct told {
	enum row_class class;
	struct id id;
};

/* Back to what import_rows said; what was told is kept. */
static struct told forget(struct import_table *t, struct import_row *r)
{
	struct told was = {r->class, r->id};

	if (r->class <= ROW_SAME || r->taken) {
		t->count[r->class]--;
		t->count[ROW_ADD]++;
		r->class = ROW_ADD;
		r->taken = false;
	}
	r->leaves = false;
	r->id = ID_NONE;
	return was;
}

static bool moved(const struct import *im, const struct import_row *r, struct told was, const struct known *here)
{
	return im->compared && (r->class != was.class || !id_eq(r->id, was.id) ||
		(r->class == ROW_CHANGE && here->rev > im->seen));
}

/* What it says of another year is that year's business, unless the record is of this one and says so by its id. */
static void outside_row(struct import *im, struct import_table *t, struct import_row *r, const struct known *here)
{
	r->id = here->id;
	r->leaves = r->claims == here && !here->outside;
	if (r->leaves && !im->compared)
		import_notice(im, t, r->no, N_("record %lld would leave the year"), (long long)here->id.seq);
}

/* A row that has the record's id and another key. */
static enum err_code new_key(struct import *im, struct import_table *t, struct import_row *r, const struct known *here,
	struct before *before, struct err *err)
{
	const struct sheet_map *m = t->map;
	const struct known *other;

	TRY(import_new_key(im, t, r, here, before, &other, err));
	if (!other)
		return OK;
	r->class = ROW_REFUSED;
	r->refusal = REFUSE_KEY_TAKEN;
	r->taken = true;
	r->field = m->nkey ? m->key[0] : &m->record->fields[0];
	for (size_t i = 0; i < m->nkey && !t->cols[r->field->at]; i++)
		r->field = m->key[i];
	r->text = arena_printf(im->arena, "%lld", (long long)other->id.seq);
	return OK;
}

static enum err_code compare_row(struct import *im, struct import_table *t, struct import_row *r, struct known *here,
	struct before *before, struct err *err)
{
	bool by_id = r->claims == here;

	here->seen = true;
	if (r->class == ROW_OUT_OF_YEAR) {
		outside_row(im, t, r, here);
		return OK;
	}
	t->count[ROW_ADD]--;
	if (by_id)
		TRY(import_keep_fields(im, t, r, here, err));
	TRY(import_keep_cut(im, t, r, here, err));
	if (here->steps)
		TRY(keep_steps(im, t, r, here, err));
	TRY(compare(im, t, r, here, &before->proved, err));
	if (by_id && r->class == ROW_CHANGE)
		TRY(new_key(im, t, r, here, before, err));
	t->count[r->class]++;
	if (r->class == ROW_CHANGE && here->said_by.n && !im->compared)
		import_notice(im, t, r->no, N_("record %lld was said by hand by " STR_FMT "; this row would change it"),
			(long long)here->id.seq, STR_ARG(here->said_by));
	return OK;
}

/* The record that a row is: by its id, else by its key, unless another row has that record by id. */
static struct known *here_of(
	struct import *im, struct import_table *t, struct import_row *r, struct before *before, struct map *seen)
{
	struct known *here = import_claimed(before, r);
	struct str ident;

	if (here)
		return here;
	r->claims = NULL;
	if (r->class == ROW_ADD)
		tell_apart(im, t, r, seen);
	ident = (struct str){(const char *)r->ident, IDENT_BYTES};
	here = map_get(&before->known, ident);
	if (here && !here->claimed)
		return here;
	if (r->class == ROW_ADD && t->id_col && row_repeats(t->map) && (here || map_get(&before->used, ident)))
		import_own_ident(im, t, r, before);
	else if (r->class == ROW_ADD && t->id_col)
		map_set(&before->used, ident, r);
	return NULL;
}

static enum err_code compare_table(
	struct import *im, struct import_table *t, struct before *before, struct map *seen, struct err *err)
{
	t->ngone = 0;
	for (size_t k = 0; k < t->nrows; k++) {
		struct import_row *r = &t->rows[k];
		struct known *here;
		struct told was;
		uintptr_t back;

		if (r->class > ROW_SAME && r->class != ROW_OUT_OF_YEAR && !r->taken)
			continue;
		was = forget(t, r);
		here = here_of(im, t, r, before, seen);
		back = here ? 0 : (uintptr_t)map_get(&before->taken_back,
			(struct str){(const char *)r->ident, IDENT_BYTES});
		if (back && !im->compared)
			import_notice(im, t, r->no, N_("record %lld of this key was withdrawn by hand; this row would"
				" be entered anew"), (long long)back);
		if (here)
			TRY(compare_row(im, t, r, here, before, err));
		im->moved += moved(im, r, was, here);
	}
	return OK;
}

/* Was a record part of this register when it was taken out? */
static bool of_register(const struct import *im, const struct import_table *t, const struct known *k)
{
	if (k->outside || k->year != im->year)
		return false;
	return k->map.n ? str_eq(k->map, t->map->name) : t->id_col && map_first(im->scheme, t->map);
}

static void find_gone(struct import *im, struct import_table *t, const struct before *before)
{
	for (size_t k = 0; k < before->n; k++) {
		struct known *h = before->all[k];

		if (h->seen || !of_register(im, t, h))
			continue;
		h->seen = true;
		*ARENA_PUSH(im->arena, t->gone, t->ngone, t->gone_cap) =
			(struct import_gone){h->id, h->map.n ? h->row : 0, label(im->arena, h->fields)};
	}
}

SQL(newest_sql, "select max(seq) from event where origin = 1");

static enum err_code newest(struct db *db, int64_t *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_one(db, &newest_sql, NO_ARGS, &q, err));
	*out = query_int(&q, 0);
	return OK;
}

static enum err_code compare_type(struct import *im, struct db *db, size_t first, struct err *err)
{
	const struct record_type *type = im->tables[first].map->record;
	struct map seen = MAP_IN(im->arena);
	struct before before;

	TRY(import_before(im, db, type->name, &before, err));
	for (size_t i = first; i < im->ntables; i++)
		if (im->tables[i].map->record == type && im->tables[i].id_col)
			TRY(import_claim(im, &im->tables[i], db, &before, err));
	for (size_t i = first; i < im->ntables; i++)
		if (im->tables[i].map->record == type)
			TRY(compare_table(im, &im->tables[i], &before, &seen, err));
	for (size_t i = first; i < im->ntables; i++)
		if (im->tables[i].map->record == type && !im->tables[i].problem.n && !im->tables[i].sent_back &&
			!im->tables[i].part)
			find_gone(im, &im->tables[i], &before);
	return OK;
}

enum err_code import_compare(struct import *im, struct db *db, struct err *err)
{
	int64_t now;

	TRY(newest(db, &now, err));      /* first: what comes while we read is then compared once more */
	im->moved = 0;
	if (im->compared && im->seen == now)
		return OK;
	for (size_t i = 0; i < im->ntables; i++)
		if (!done_before(im, i, im->tables[i].map->record))
			TRY(compare_type(im, db, i, err));
	im->since = im->since ? im->since : now;
	im->compared = true;
	im->seen = now;
	return OK;
}
