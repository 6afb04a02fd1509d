/* Rows that bring the id of their record along: a sheet that was taken out (record/export.h), changed, and comes back.
 * The id says which record a row is, so a changed key is a change, no record gone and another new (decision 25). */
#include "record/import_known.h"
#include "record/export.h"

#include "text/json.h"

SQL(origin_sql, "select id, name from origin order by id");

/* Names of logs that this database knows → number. */
static enum err_code load_origins(struct arena *a, struct db *db, struct map *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	*out = (struct map)MAP_IN(a);
	TRY(db_query(db, &origin_sql, NO_ARGS, &q, err));
	while (query_next(&q, err))
		map_set(out, arena_str(a, query_text(&q, 1)), (void *)(uintptr_t)query_int(&q, 0));
	return err->code;
}

static struct known *find(const struct before *b, struct id id)
{
	size_t lo = 0, hi = b->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		struct id at = b->all[mid]->id;

		if (id_eq(at, id))
			return b->all[mid];
		if (at.origin < id.origin || (at.origin == id.origin && at.seq < id.seq))
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

SQL(other_sql, "select type, withdrawn_seq from p_record where origin = ?1 and seq = ?2");

/* Why an id of a log known here names no live record of the type. */
static enum err_code say_what(struct import *im, struct import_table *t, const struct import_row *r, struct db *db,
	struct id id, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	const struct record_type *type;

	TRY(db_query(db, &other_sql, ARGS(V_ID(id)), &q, err));
	if (!query_next(&q, err)) {
		TRY(err->code);
		import_notice(im, t, r->no, N_("there is no record '" STR_FMT "'; the row goes by its key"),
			STR_ARG(r->said_id));
		return OK;
	}
	if (str_eq(query_text(&q, 0), t->map->record->name)) {
		import_notice(im, t, r->no, N_("record %lld was withdrawn; the row goes by its key"),
			(long long)id.seq);
		return OK;
	}
	type = scheme_type(im->scheme, query_text(&q, 0));
	import_notice(im, t, r->no, N_("record %lld is of another register, '" STR_FMT "'; the row goes by its key"),
		(long long)id.seq, STR_ARG(type ? type->title : query_text(&q, 0)));
	return OK;
}

/* The record that the row's id names; NULL where it names none, which is said. */
static enum err_code named(struct import *im, struct import_table *t, const struct import_row *r, struct db *db,
	const struct before *b, const struct map *origins, struct known **out, struct err *err)
{
	struct str name;
	struct id id;

	*out = NULL;
	if (!id_split(r->said_id, &name, &id.seq)) {
		if (!im->compared)
			import_notice(im, t, r->no, N_("'" STR_FMT "' is no id of a record; the row goes by its key"),
				STR_ARG(r->said_id));
		return OK;
	}
	id.origin = (int64_t)(uintptr_t)map_get(origins, name);
	if (!id.origin) {
		if (!im->compared)
			import_notice(im, t, r->no, N_("'" STR_FMT "' is of another office; the row goes by its key"),
				STR_ARG(r->said_id));
		return OK;
	}
	*out = find(b, id);
	return *out || im->compared ? OK : say_what(im, t, r, db, id, err);
}

/* Does the row still have the record's key? Two rows of one id are told apart by that. */
static bool keeps_key(const struct import_row *r, const struct known *k)
{
	return memcmp(r->ident, k->ident, IDENT_BYTES) == 0;
}

/* A row copied together with its id is one of its own. */
static void second(struct import *im, struct import_table *t, struct import_row *r, struct known *k)
{
	struct import_row *first = k->claimed, *other = r;

	if (!keeps_key(first, k) && keeps_key(r, k)) {
		k->claimed = r;
		other = first;
		first = r;
	}
	if (!im->compared)
		import_notice(im, t, other->no, N_("it has the id of row %d, record %lld: taken as a row of its own"),
			first->no, (long long)k->id.seq);
}

enum err_code import_claim(struct import *im, struct import_table *t, struct db *db, struct before *b, struct err *err)
{
	struct map origins;

	TRY(load_origins(im->arena, db, &origins, err));
	for (size_t i = 0; i < t->nrows; i++) {
		struct import_row *r = &t->rows[i];
		bool taken = r->class <= ROW_SAME || r->class == ROW_OUT_OF_YEAR || r->taken;
		struct known *k;

		if (!r->said_id.n)
			continue;
		TRY(named(im, t, r, db, b, &origins, &k, err));
		r->claims = k;
		if (!k)
			continue;
		k->seen |= !taken;                      /* refused or a duplicate: not gone */
		if (r->class == ROW_DUPLICATE && !k->claimed && !im->compared)
			import_notice(im, t, r->no, N_("it has the key of row %d; record %lld stays as it is"),
			r->same_as,
				(long long)k->id.seq);
		if (taken && k->claimed)
			second(im, t, r, k);
		else if (taken)
			k->claimed = r;
	}
	return OK;
}

struct known *import_claimed(const struct before *b, const struct import_row *r)
{
	return r->claims && r->claims->claimed == r ? r->claims : NULL;
}

static enum err_code says(struct arena *a, const struct known *k, struct node **fields, struct node **raw,
	struct err *err)
{
	*raw = NULL;
	TRY(json_read(a, k->fields, (struct json_opt){0}, fields, err));
	return k->raw.n ? json_read(a, k->raw, (struct json_opt){0}, raw, err) : OK;
}

/* A number cell may show its unit by its form alone. */
static bool lacks_unit(const struct value *v, const struct field *f)
{
	return v->state == VALUE_OK && !v->unit.n &&
		(f->type == TYPE_NUMBER || f->type == TYPE_COUNT || f->type == TYPE_MONEY);
}

enum err_code import_keep_cut(
	struct import *im, struct import_table *t, struct import_row *r, const struct known *k, struct err *err)
{
	const struct record_type *type = t->map->record;
	struct node *fields = NULL, *raw = NULL;

	for (size_t i = 0; i < type->nfields; i++) {
		struct value said;
		struct str before;

		if (!t->cols[i] || !export_is_cut(r->values[i].text, &before))
			continue;
		if (!fields)
			TRY(says(im->arena, k, &fields, &raw, err));
		said = row_value(im->arena, &type->fields[i], fields, raw);
		if (!im->compared && !str_starts(said.text, before))
			import_notice(im, t, r->no,
				N_("'" STR_FMT "' was cut when it was taken out: the record keeps its text"),
				STR_ARG(t->heads[i]));
		r->values[i] = said;
	}
	return OK;
}

enum err_code import_keep_fields(
	struct import *im, const struct import_table *t, struct import_row *r, const struct known *k, struct err *err)
{
	const struct record_type *type = t->map->record;
	bool units = str_has(k->fields, S(UNIT_SUFFIX));
	struct node *fields = NULL, *raw = NULL;

	for (size_t i = 0; i < type->nfields; i++) {
		bool unit = units && t->cols[i] && lacks_unit(&r->values[i], &type->fields[i]);
		struct value said;

		if (t->cols[i] && !unit)
			continue;
		if (!fields)
			TRY(says(im->arena, k, &fields, &raw, err));
		said = row_value(im->arena, &type->fields[i], fields, raw);
		if (unit)
			r->values[i].unit = said.unit;
		else
			r->values[i] = said;
	}
	return OK;
}

static struct str ident_text(struct arena *a, const struct import_row *r)
{
	return arena_str(a, (struct str){(const char *)r->ident, IDENT_BYTES});
}

/* Will a record keep the ident it has? */
static bool stays(const struct known *other)
{
	return !other->claimed || keeps_key(other->claimed, other);
}

void import_own_ident(struct import *im, const struct import_table *t, struct import_row *r, struct before *b)
{
	struct str key = row_key(im->arena, t->map, r->values);

	for (size_t i = 0;; i++) {
		struct str ident;

		row_ident(im->arena, t->map, key, i, r->ident);
		ident = ident_text(im->arena, r);
		if (map_get(&b->known, ident) || map_get(&b->used, ident))
			continue;
		map_set(&b->used, ident, r);
		return;
	}
}

enum err_code import_new_key(struct import *im, const struct import_table *t, struct import_row *r,
	const struct known *k, struct before *b, const struct known **other, struct err *err)
{
	const struct record_type *type = t->map->record;
	struct value *old = ARENA_ARRAY(im->arena, struct value, type->nfields);
	struct node *fields, *raw;
	struct known *has;

	*other = NULL;
	TRY(says(im->arena, k, &fields, &raw, err));
	for (size_t i = 0; i < type->nfields; i++)
		old[i] = row_value(im->arena, &type->fields[i], fields, raw);
	if (str_eq(row_key(im->arena, t->map, old), row_key(im->arena, t->map, r->values))) {
		memcpy(r->ident, k->ident, IDENT_BYTES);
		return OK;
	}
	if (row_repeats(t->map)) {
		import_own_ident(im, t, r, b);
		return OK;
	}
	has = map_get(&b->known, ident_text(im->arena, r));
	if (has && has != k && stays(has))
		*other = has;
	return OK;
}

size_t import_changes(struct arena *a, const struct import *im, const struct import_table *t,
	const struct import_row *r,
	struct import_change **out)
{
	const struct record_type *type = t->map->record;
	struct node *fields, *raw = NULL;
	struct err ignored = {0};
	size_t n = 0;

	*out = ARENA_ARRAY(a, struct import_change, type->nfields);
	if (r->class != ROW_CHANGE || json_read(a, r->was, (struct json_opt){0}, &fields, &ignored) != OK ||
		(r->was_raw.n && json_read(a, r->was_raw, (struct json_opt){0}, &raw, &ignored) != OK))
		return 0;
	for (size_t i = 0; i < type->nfields; i++) {
		const struct field *f = &type->fields[i];
		struct value v = row_value(a, f, fields, raw);
		struct str was = row_typed(a, im->lang, f, &v), is = row_typed(a, im->lang, f, &r->values[i]);

		if (!str_eq(was, is))
			(*out)[n++] = (struct import_change){f, t->heads[i].n ? t->heads[i] : f->title.n ? f->title
			: f->name,
				was, is};
	}
	return n;
}
