/* Accepting an import: one intent, many events. */
#include "record/import.h"

#include "record/columns.h"
#include "record/record.h"
#include "text/json.h"
#include "who/access.h"

/* Rows between two cleanings of the scratch arena. */
enum { ROWS_A_BATCH = 256, ROOM_BYTES = 4 << 10 };       /* ROOM: of an event, for all but its tables */

struct accept {
	struct import *im;
	struct id import;
};

static void put(struct arena *a, struct node *map, const char *key, struct node *value)
{
	node_set(a, map, str_c(key), value);
}

static struct str hex_digest(struct arena *a, const struct object *o)
{
	char out[HASH_TEXT];

	return arena_str(a, hash_text(&o->digest, out));
}

SQL(proof_before_sql,
	"select p.digest from p_record r join p_proof p on p.origin = r.origin and p.seq = r.rev_seq"
	" where r.origin = ?1 and r.seq = ?2 and p.name = ?3 and p.digest is not null");

/* A correction from a folder that lacks a file keeps the evidence that the record had. */
static enum err_code proof_before(
	struct tx *tx, struct arena *a, struct id record, struct str name, struct str *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	char text[HASH_TEXT];

	*out = STR_NONE;
	if (!id_is(record))
		return OK;
	TRY(db_query(tx->db, &proof_before_sql, ARGS(V_ID(record), V_TEXT(name)), &q, err));
	if (!query_next(&q, err))
		return err->code;
	*out = arena_str(a, hash_text((const struct hash *)query_text(&q, 0).p, text));
	return OK;
}

/* [{"digest": "…", "name": "室务会签到0304.png"}]: digest is left out where the file is missing. */
static enum err_code proof_list(struct tx *tx, const struct accept *x, struct arena *a, const struct import_table *t,
	const struct import_row *r, struct node **out, struct err *err)
{
	const struct record_type *type = t->map->record;
	struct node *list = NULL;

	for (size_t k = 0; k < type->nfields; k++) {
		struct texts names;

		if (type->fields[k].type != TYPE_FILE || r->values[k].state != VALUE_OK)
			continue;
		names = import_proof_names(x->im, a, &type->fields[k], r->values[k].text);
		for (size_t i = 0; i < names.n; i++) {
			struct proof_file *p = import_proof(x->im, a, names.p[i]);
			const struct object *o = p ? p->object : NULL;
			struct node *one = node_map(a);
			struct str digest = o ? hex_digest(a, o) : STR_NONE;

			if (!o)
				TRY(proof_before(tx, a, r->id, names.p[i], &digest, err));
			put(a, one, "name", node_str(a, names.p[i]));
			if (digest.n)
				put(a, one, "digest", node_str(a, digest));
			list = list ? list : node_list(a);
			node_push(a, list, one);
		}
	}
	*out = list;
	return OK;
}

static enum err_code write_row(
	struct tx *tx, const struct accept *x, struct arena *a, size_t n, const struct import_row *r, struct err *err)
{
	const struct import_table *t = &x->im->tables[n];
	struct node *data = node_map(a);
	struct row_said said = {
		.ident = r->ident, .day = row_day(t->map, r->values), .outside = r->class == ROW_OUT_OF_YEAR};
	bool change = r->class == ROW_CHANGE || r->leaves;

	put(a, data, "import", node_num(a, x->import.seq));
	put(a, data, "table", node_num(a, (int64_t)n));
	put(a, data, "row", node_num(a, r->no));
	if (!change)
		put(a, data, "type", node_str(a, t->map->record->name));
	said.fields = row_fields(a, t->map->record, r->values, &said.raw);
	TRY(proof_list(tx, x, a, t, r, &said.proof, err));
	row_data(a, data, &said);
	if (tx_event(tx, change ? "record.correct" : "record.add", change ? r->id : ID_NONE, data, NULL, err) != OK)
		return err_at(err, STR_FMT "!%d", STR_ARG(t->source), r->no);
	return OK;
}

/* Accepted rows that say something new, and rows of another year that are not kept yet. */
static bool to_write(const struct import_row *r)
{
	return r->class == ROW_ADD || r->class == ROW_CHANGE ||
	       (r->class == ROW_OUT_OF_YEAR && (!id_is(r->id) || r->leaves));
}

static struct node *table_data(struct arena *a, const struct import_table *t)
{
	struct node *m = node_map(a);

	put(a, m, "source", node_str(a, t->source));
	put(a, m, "map", node_str(a, t->map->name));
	put(a, m, "digest", node_str(a, hex_digest(a, &t->file->object)));
	put(a, m, "accepted", node_num(a, (int64_t)table_accepted(t)));
	put(a, m, "refused", node_num(a, (int64_t)t->count[ROW_REFUSED]));
	return m;
}

/* The table that shows best how its register looks: the one with most rows of all that its mapping took. */
static bool is_fullest(const struct import *im, size_t n)
{
	for (size_t i = 0; i < im->ntables; i++)
		if (im->tables[i].map == im->tables[n].map && (i < n
			? table_accepted(&im->tables[i]) >= table_accepted(&im->tables[n])
			: table_accepted(&im->tables[i]) > table_accepted(&im->tables[n])))
			return false;
	return true;
}

/* Looks, one a register, as long as they take up little of the event: its tables must have room. */
static enum err_code put_looks(struct arena *a, const struct import *im, struct node *tables, struct err *err)
{
	struct buf room CLEANUP(buf_free) = BUF_MAX(2 * EVENT_BYTES);
	size_t looks = 0;

	if (json_canon(&room, tables, err) != OK) {
		err_clear(err);                  /* the event says so */
		return OK;
	}
	for (size_t i = 0; i < im->ntables; i++) {
		struct node *look = is_fullest(im, i) ? columns_look(a, &im->tables[i]) : NULL;
		size_t before = room.n;

		if (!look)
			continue;
		TRY(json_canon(&room, look, err));
		looks += room.n - before;
		if (looks > COLUMNS_BYTES || room.n > EVENT_BYTES - ROOM_BYTES)
			return OK;
		put(a, tables->items[i], "look", look);
	}
	return OK;
}

static enum err_code name_files(struct tx *tx, const struct import *im, struct err *err)
{
	struct id named;

	for (size_t i = 0; i < im->nfiles; i++)
		TRY(object_name(tx, &im->files[i].object, im->files[i].name, &named, err));
	for (size_t i = 0; i < im->nproof; i++)
		if (im->proof[i].object)
			TRY(object_name(tx, im->proof[i].object, im->proof[i].name, &named, err));
	return OK;
}

SQL(scheme_since_sql, "select count(*) from p_scheme where origin = 1 and seq > ?1");

/* What was shown to the person who said yes must hold still. */
static enum err_code still_holds(struct tx *tx, struct import *im, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_one(tx->db, &scheme_since_sql, ARGS(V_INT(im->since)), &q, err));
	if (query_int(&q, 0))
		return fail(err, ERR_CONFLICT, "another responsibility system has come into force meanwhile; "
			"read the files again");
	query_done(&q);
	TRY(import_compare(im, tx->db, err));
	if (im->moved)
		return fail(err, ERR_CONFLICT, "the records of %zu rows have changed meanwhile; look again", im->moved);
	return OK;
}

/* Once a unit; NULL: the office's own. */
static enum err_code may_there(struct tx *tx, const struct unit *unit, struct map *seen, struct err *err)
{
	if (!unit)
		return access_office(tx, ACT_IMPORT, err);
	if (map_get(seen, unit->code))
		return OK;
	map_set(seen, unit->code, seen);
	return access_check(tx, ACT_IMPORT, unit->id, err);
}

/* On the office; else on the unit of every row to be written, as it lies and as it lay. */
static enum err_code may_import(struct tx *tx, const struct import *im, struct err *err)
{
	struct err quiet = {.lang = err->lang};
	enum err_code code = access_office(tx, ACT_IMPORT, &quiet);
	struct map seen = MAP_IN(tx->arena);
	const struct unit *unit;
	struct org org;

	if (code == OK || (code != ERR_DENIED && code != ERR_NOT_FOUND) || !import_anything(im))
		return code == OK ? OK : fail(err, code, "%s", quiet.text);
	TRY(org_load(tx->db, tx->arena, DATE_NONE, &org, err));
	for (size_t i = 0; i < im->ntables; i++) {
		const struct import_table *t = &im->tables[i];
		const struct field *of = t->map ? t->map->record->unit : NULL;

		for (size_t k = 0; k < t->nrows; k++) {
			const struct import_row *r = &t->rows[k];

			if (!to_write(r))
				continue;
			unit = of ? record_unit(&org, t->map->record, r->values[of->at].text) : NULL;
			if (may_there(tx, unit, &seen, err) == OK && (r->class == ROW_CHANGE || r->leaves) &&
				record_lies(tx->db, tx->arena, im->scheme, &org, r->id, &unit, err) == OK)
				may_there(tx, unit, &seen, err);
			if (err->code)
				return err_at(err, STR_FMT "!%d", STR_ARG(t->source), r->no);
		}
	}
	return OK;
}

enum err_code import_write(struct tx *tx, struct import *im, struct id *id, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct node *data = node_map(&a), *tables = node_list(&a);
	struct accept x = {.im = im};
	size_t rows = 0;

	TRY(still_holds(tx, im, err));
	TRY(may_import(tx, im, err));
	for (size_t i = 0; i < im->ntables; i++)
		node_push(&a, tables, table_data(&a, &im->tables[i]));
	TRY(put_looks(&a, im, tables, err));
	put(&a, data, "year", node_num(&a, im->year));
	put(&a, data, "tables", tables);
	TRY(name_files(tx, im, err));
	TRY(tx_event(tx, "import.accept", ID_NONE, data, &x.import, err));
	for (size_t i = 0; i < im->ntables; i++) {
		for (size_t k = 0; k < im->tables[i].nrows; k++) {
			const struct import_row *r = &im->tables[i].rows[k];

			if (!to_write(r))
				continue;
			TRY(write_row(tx, &x, &a, i, r, err));
			if (++rows % ROWS_A_BATCH == 0)
				arena_reset(&a);
		}
	}
	*id = x.import;
	return OK;
}

/* The evidence that a value names. */
static enum err_code stage_proofs(struct import *im, struct objects in, const struct field *f, struct str text,
	struct err *err)
{
	struct texts names = import_proof_names(im, im->arena, f, text);

	for (size_t n = 0; n < names.n; n++) {
		struct proof_file *p = import_proof(im, im->arena, names.p[n]);
		struct object *o;

		if (!p || p->object)
			continue;
		o = ARENA_NEW(im->arena, struct object);
		TRY(objects_store(in, p->path.p, o, err));
		p->object = o;
	}
	return OK;
}

enum err_code import_stage(struct import *im, struct objects in, struct err *err)
{
	for (size_t i = 0; i < im->nfiles; i++)
		TRY(objects_store(in, im->files[i].path.p, &im->files[i].object, err));
	for (size_t i = 0; i < im->ntables; i++) {
		const struct import_table *t = &im->tables[i];

		for (size_t k = 0; k < t->nrows; k++) {
			for (size_t f = 0; f < t->map->record->nfields; f++) {
				const struct field *field = &t->map->record->fields[f];
				const struct value *v = &t->rows[k].values[f];

				if (field->type == TYPE_FILE && t->rows[k].class <= ROW_CHANGE && v->state == VALUE_OK)
					TRY(stage_proofs(im, in, field, v->text, err));
			}
		}
	}
	return OK;
}

bool import_anything(const struct import *im)
{
	for (size_t i = 0; i < im->ntables; i++)
		for (size_t k = 0; k < im->tables[i].nrows; k++)
			if (to_write(&im->tables[i].rows[k]))
				return true;
	return false;
}

enum err_code import_may(const struct import *im, bool partial, struct err *err)
{
	if (partial)
		return OK;
	for (size_t i = 0; i < im->ntables; i++)
		if (im->tables[i].problem.n) {
			fail(err, ERR_INPUT, STR_FMT, STR_ARG(im->tables[i].problem));
			return err_at(err, STR_FMT, STR_ARG(im->tables[i].source));
		}
	for (size_t i = 0; i < im->ntables; i++) {
		const struct import_table *t = &im->tables[i];

		for (size_t k = 0; k < t->nrows; k++)
			if (t->rows[k].class == ROW_REFUSED)
				return fail(err, ERR_CONFLICT, "%zu rows are refused, the first is " STR_FMT
					" row %d, " STR_FMT ": " STR_FMT
					"; mend them, or say that the good rows are to be taken",
					import_count(im, ROW_REFUSED), STR_ARG(t->source), t->rows[k].no,
					STR_ARG(t->heads[t->rows[k].field->at]),
					STR_ARG(refusal_text(im->arena, im->lang, &t->rows[k])));
	}
	return OK;
}

static enum err_code write_import(struct tx *tx, void *ctx, struct err *err)
{
	struct accept *x = ctx;

	return import_write(tx, x->im, &x->import, err);
}

enum err_code import_accept(struct import *im, struct log *log, struct str actor, struct str via, bool partial,
	struct id *id, struct err *err)
{
	struct accept x = {.im = im};

	TRY(import_may(im, partial, err));
	*id = ID_NONE;
	if (!import_anything(im))
		return OK;
	TRY(import_stage(im, objects_of(log), err));
	TRY(log_write(log, actor, via, write_import, &x, err));
	*id = x.import;
	return OK;
}
