#include "office/export_inside.h"

#include "base/utf8.h"
#include "office/value.h"
#include "text/json.h"

/* ---- registers and their columns ---- */

static void columns(struct arena *a, const struct sheet_map *m, struct export_sheet *out)
{
	const struct node *keys = NODE_GET(m->node, "columns");

	out->fields = ARENA_ARRAY(a, const struct field *, keys->n);
	out->heads = ARENA_ARRAY(a, struct str, keys->n);
	for (size_t i = 0; i < keys->n; i++) {
		const struct field *f = type_field(m->record, keys->keys[i]->text);

		if (!m->columns[f->at].n)
			continue;
		out->fields[out->n] = f;
		out->heads[out->n++] = m->columns[f->at].p[0];
	}
}

/* Without a register the type's own titles stand over the columns. */
static void titles(struct arena *a, const struct record_type *t, struct export_sheet *out)
{
	out->fields = ARENA_ARRAY(a, const struct field *, t->nfields);
	out->heads = ARENA_ARRAY(a, struct str, t->nfields);
	out->n = t->nfields;
	for (size_t i = 0; i < t->nfields; i++) {
		out->fields[i] = &t->fields[i];
		out->heads[i] = t->fields[i].title.n ? t->fields[i].title : t->fields[i].name;
	}
}

static bool has_type(const struct export_sheet *sheets, size_t n, const struct record_type *t)
{
	for (size_t i = 0; i < n; i++)
		if (sheets[i].type == t)
			return true;
	return false;
}

size_t export_sheets(struct arena *a, const struct scheme *s, struct export_sheet **out)
{
	struct export_sheet *sheets = ARENA_ARRAY(a, struct export_sheet, s->nsheets + s->ntypes);
	size_t n = 0;

	for (size_t i = 0; i < s->nsheets; i++) {
		const struct sheet_map *m = &s->sheets[i];

		sheets[n] = (struct export_sheet){
			.type = m->record, .map = m, .first = !has_type(sheets, n, m->record)};
		columns(a, m, &sheets[n++]);
	}
	for (size_t i = 0; i < s->ntypes; i++) {
		if (s->types[i].computed || has_type(sheets, n, &s->types[i]))
			continue;
		sheets[n] = (struct export_sheet){.type = &s->types[i], .first = true};
		titles(a, &s->types[i], &sheets[n++]);
	}
	*out = sheets;
	return n;
}

enum err_code export_find(struct arena *a, const struct scheme *s, struct str name, struct export_sheet *out,
	struct err *err)
{
	struct buf names CLEANUP(buf_free) = BUF_MAX(500);
	const struct record_type *type;
	struct export_sheet *sheets;
	size_t n = export_sheets(a, s, &sheets), found = 0;

	for (size_t i = 0; i < n; i++) {
		if (sheets[i].map && str_eq(sheets[i].map->name, name)) {
			*out = sheets[i];
			return OK;
		}
	}
	TRY(type_of(s, name, NULL, &type, err));
	for (size_t i = 0; i < n; i++) {
		if (sheets[i].type != type)
			continue;
		*out = sheets[i];
		buf_printf(&names, "%s" STR_FMT, found++ ? ", " : "",
			STR_ARG(sheets[i].map ? sheets[i].map->name : name));
	}
	return found == 1 ? OK : fail(err, ERR_INPUT, "several registers hold records of '" STR_FMT "'; name one of: "
		STR_FMT, STR_ARG(name), STR_ARG(buf_str(&names)));
}

/* ---- records, a batch at a time ---- */

/* No index but the key serves this: the text put together keeps the one by type away, which would sort all that is left
 * for each batch. 256: EXPORT_BATCH. */
SQL(batch_sql,
	"select r.origin, r.seq, r.fields, r.raw, r.day, coalesce(i.year, r.year), t.map, r.withdrawn_seq, r.outside from p_record r"
	" left join p_import i on i.origin = r.origin and i.seq = r.import_seq"
	" left join p_import_table t on t.origin = r.origin and t.seq = r.import_seq and t.n = r.import_n"
	" where r.type || '' = ?1 and (r.origin, r.seq) > (?2, ?3) order by r.origin, r.seq limit 256");

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

	if (!query_null(q, 7) || query_int(q, 8) || year > ask->year)
		return false;
	if (date_is(ask->on) && date_is(day) && day.n > ask->on.n)
		return false;
	if (query_null(q, 6) || !sheet->map ? !sheet->first : !str_eq(query_text(q, 6), sheet->map->name))
		return false;
	return year == ask->year || (sheet->map && carried_on(a, sheet->map, ask->year, query_text(q, 2)));
}

enum err_code export_batch(struct arena *a, struct db *db, const struct export_sheet *sheet,
	const struct export_ask *ask, struct id last, struct export_batch *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	out->n = 0;
	TRY(db_query(db, &batch_sql, ARGS(V_TEXT(sheet->type->name), V_INT(last.origin), V_INT(last.seq)), &q, err));
	while (query_next(&q, err)) {
		struct export_record *r = &out->p[out->n++];

		r->id = (struct id){query_int(&q, 0), query_int(&q, 1)};
		r->wanted = wanted(a, &q, sheet, ask);
		if (!r->wanted)
			continue;
		r->fields = arena_str(a, query_text(&q, 2));
		r->raw = arena_str(a, query_text(&q, 3));
	}
	return err->code;
}

/* ---- cells ---- */

static struct str join(struct arena *a, const struct field *f, const struct node *list)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(EXPORT_LINE);
	size_t end = 0;

	utf8_next(f->split, &end);
	for (size_t i = 0; i < list->n; i++) {
		if (i)
			buf_put(&b, str_sub(f->split, 0, end));
		buf_put(&b, list->items[i]->text);
	}
	return arena_str(a, buf_str(&b));
}

static bool is_number(const struct field *f)
{
	return f->type == TYPE_COUNT || f->type == TYPE_NUMBER || f->type == TYPE_MONEY;
}

struct export_cell export_cell(
	struct arena *a, enum lang lang, const struct field *f, const struct node *fields, const struct node *raw)
{
	const struct node *v = node_get(fields, f->name);
	struct export_cell c = {.text = node_text(raw, f->name)};

	if (c.text.n || !v)
		return c;
	switch (v->kind) {
	case NODE_INT:
		c.text = arena_printf(a, "%lld", (long long)v->num);
		break;
	case NODE_BOOL:
		c.text = str_c(tr(lang, v->yes ? N_("yes") : N_("no")));
		break;
	case NODE_LIST:
		c.text = join(a, f, v);
		break;
	default:
		c.text = v->text;
	}
	if (is_number(f)) {
		struct str unit = node_text(fields, arena_printf(a, STR_FMT UNIT_SUFFIX, STR_ARG(f->name)));

		c.kind = unit.n ? OUT_TEXT : OUT_NUMBER;
		c.text = unit.n ? arena_printf(a, STR_FMT STR_FMT, STR_ARG(c.text), STR_ARG(unit)) : c.text;
	} else if (f->type == TYPE_DATE && date_parse(c.text, &c.day)) {
		c.kind = OUT_DATE;
	}
	return c;
}

enum err_code export_read(
	struct arena *a, const struct export_record *r, struct node **fields, struct node **raw, struct err *err)
{
	*raw = NULL;
	TRY(json_read(a, r->fields, (struct json_opt){0}, fields, err));
	return r->raw.n ? json_read(a, r->raw, (struct json_opt){0}, raw, err) : OK;
}
