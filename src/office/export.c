#include "office/export.h"

#include "base/utf8.h"
#include "office/value.h"
#include "sheet/csv_write.h"
#include "sheet/xlsx_write.h"
#include "text/json.h"

enum { BATCH = 256, LINE_BYTES = 4 << 20, ID_WIDTH = 24, HEAD_WIDTH_MOST = 40 };

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

		sheets[n] = (struct export_sheet){.type = m->record, .map = m, .first = !has_type(sheets, n, m->record)};
		columns(a, m, &sheets[n++]);
	}
	for (size_t i = 0; i < s->ntypes; i++) {
		if (has_type(sheets, n, &s->types[i]))
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
		buf_printf(&names, "%s" STR_FMT, found++ ? ", " : "", STR_ARG(sheets[i].map ? sheets[i].map->name : name));
	}
	return found == 1 ? OK : fail(err, ERR_INPUT, "several registers hold records of '" STR_FMT "'; name one of: "
		STR_FMT, STR_ARG(name), STR_ARG(buf_str(&names)));
}

/* ---- records, a batch at a time ---- */

/* No index but the key serves this: the text put together keeps the one by type away, which would sort all that is left
 * for each batch. */
SQL(batch_sql,
	"select r.origin, r.seq, r.fields, r.raw, r.day, i.year, t.map, r.withdrawn_seq, r.outside from p_record r"
	" left join p_import i on i.origin = r.origin and i.seq = r.import_seq"
	" left join p_import_table t on t.origin = r.origin and t.seq = r.import_seq and t.n = r.import_n"
	" where r.type || '' = ?1 and (r.origin, r.seq) > (?2, ?3) order by r.origin, r.seq limit 256");

struct record {
	struct id id;
	struct str fields, raw;
	bool wanted;
};

struct batch {
	struct record p[BATCH];
	size_t n;
};

static bool wanted(const struct query *q, const struct export_sheet *sheet, const struct export_ask *ask)
{
	struct date day = query_null(q, 4) ? DATE_NONE : (struct date){(int32_t)query_int(q, 4)};
	int year = !query_null(q, 5) ? (int)query_int(q, 5) : date_is(day) ? date_ymd(day).y : ask->year;

	if (!query_null(q, 7) || query_int(q, 8) || year != ask->year)
		return false;
	if (date_is(ask->on) && date_is(day) && day.n > ask->on.n)
		return false;
	return query_null(q, 6) || !sheet->map ? sheet->first : str_eq(query_text(q, 6), sheet->map->name);
}

/* The records behind `last`; none at the end. */
static enum err_code next_batch(struct arena *a, struct db *db, const struct export_sheet *sheet,
	const struct export_ask *ask, struct id last, struct batch *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	out->n = 0;
	TRY(db_query(db, &batch_sql, ARGS(V_TEXT(sheet->type->name), V_INT(last.origin), V_INT(last.seq)), &q, err));
	while (query_next(&q, err)) {
		struct record *r = &out->p[out->n++];

		r->id = (struct id){query_int(&q, 0), query_int(&q, 1)};
		r->wanted = wanted(&q, sheet, ask);
		if (!r->wanted)
			continue;
		r->fields = arena_str(a, query_text(&q, 2));
		r->raw = arena_str(a, query_text(&q, 3));
	}
	return err->code;
}

/* ---- cells ---- */

struct cell_out {
	enum { OUT_TEXT, OUT_NUMBER, OUT_DATE } kind;
	struct str text;                 /* empty: nothing stands there */
	struct date day;
};

static struct str join(struct arena *a, const struct field *f, const struct node *list)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(LINE_BYTES);
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

/* What the record itself says, as somebody would type it. */
static struct cell_out cell_of(
	struct arena *a, enum lang lang, const struct field *f, const struct node *fields, const struct node *raw)
{
	const struct node *v = node_get(fields, f->name);
	struct cell_out c = {.text = node_text(raw, f->name)};

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

static enum err_code read_record(
	struct arena *a, const struct record *r, struct node **fields, struct node **raw, struct err *err)
{
	*raw = NULL;
	TRY(json_read(a, r->fields, (struct json_opt){0}, fields, err));
	return r->raw.n ? json_read(a, r->raw, (struct json_opt){0}, raw, err) : OK;
}

/* ---- CSV ---- */

static void head_line(const struct export_sheet *sheet, struct buf *line)
{
	buf_put(line, S(CSV_MARK));
	for (size_t i = 0; i < sheet->n; i++)
		csv_cell(line, i == 0, sheet->heads[i]);
	csv_line(line);
}

static enum err_code record_line(struct arena *a, const struct export_sheet *sheet, enum lang lang,
	const struct record *r, struct buf *line, struct err *err)
{
	struct node *fields, *raw;

	TRY(read_record(a, r, &fields, &raw, err));
	for (size_t i = 0; i < sheet->n; i++)
		csv_cell(line, i == 0, cell_of(a, lang, sheet->fields[i], fields, raw).text);
	csv_line(line);
	return OK;
}

/* As much of the line as fits; true when all of it is out. */
static bool put_line(struct export_place *at, struct str line, struct buf *out)
{
	struct str rest = str_sub(line, at->cut, line.n), now = str_sub(rest, 0, out->max - out->n);

	buf_put(out, now);
	at->cut = now.n == rest.n ? 0 : at->cut + now.n;
	return now.n == rest.n;
}

/* *full: no more goes into out. */
static enum err_code put_batch(const struct export_sheet *sheet, const struct export_ask *ask, struct arena *a,
	const struct batch *batch, struct export_place *at, struct buf *out, bool *full, struct err *err)
{
	struct buf line CLEANUP(buf_free) = BUF_MAX(LINE_BYTES);

	for (size_t i = 0; i < batch->n && !*full; i++) {
		const struct record *r = &batch->p[i];

		if (r->wanted) {
			buf_reset(&line);
			TRY(record_line(a, sheet, ask->lang, r, &line, err));
			*full = !put_line(at, buf_str(&line), out);
		}
		if (!*full) {
			at->last = r->id;
			at->rows += r->wanted;
		}
	}
	return OK;
}

enum err_code export_csv(const struct export_sheet *sheet, const struct export_ask *ask, struct db *db,
	struct export_place *at, struct buf *out, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct batch *batch = ARENA_NEW(&a, struct batch);
	struct arena texts CLEANUP(arena_free) = ARENA_INIT;
	bool full = false;

	if (!at->begun) {
		struct buf line CLEANUP(buf_free) = BUF_MAX(LINE_BYTES);

		head_line(sheet, &line);
		full = !put_line(at, buf_str(&line), out);
		at->begun = !full;
	}
	while (!full) {
		arena_reset(&texts);
		TRY(next_batch(&texts, db, sheet, ask, at->last, batch, err));
		if (!batch->n)
			return OK;
		TRY(put_batch(sheet, ask, &texts, batch, at, out, &full, err));
	}
	return OK;
}

/* ---- XLSX ---- */

/* Columns as wide as what usually stands in them, in characters. */
static int width_of(const struct field *f, struct str head)
{
	static const int widths[] = {[TYPE_DATE] = 12, [TYPE_PERIOD] = 10, [TYPE_TIME] = 8, [TYPE_NUMBER] = 10,
		[TYPE_COUNT] = 8, [TYPE_MONEY] = 14, [TYPE_FLAG] = 8, [TYPE_CHOICE] = 14, [TYPE_TEXT] = 24,
		[TYPE_TAGS] = 24, [TYPE_LIST] = 24, [TYPE_FILE] = 30, [TYPE_N] = 0};
	int of_type = widths[f->type] ? widths[f->type] : 18;

	return MAX(of_type, (int)MIN(utf8_count(head) * 2 + 4, (size_t)HEAD_WIDTH_MOST));
}

static enum err_code begin_sheet(struct arena *a, struct xlsx *x, const struct export_sheet *sheet, struct err *err)
{
	int *widths = ARENA_ARRAY(a, int, sheet->n + 1);
	struct str name = sheet->map && !sheet->first ? sheet->map->name : sheet->type->title;

	for (size_t i = 0; i < sheet->n; i++)
		widths[i] = width_of(sheet->fields[i], sheet->heads[i]);
	widths[sheet->n] = ID_WIDTH;
	TRY(xlsx_sheet(x, name, widths, sheet->n + 1, 1, err));
	for (size_t i = 0; i < sheet->n; i++)
		TRY(xlsx_text(x, 0, (int)i, sheet->heads[i], XLSX_HEAD, err));
	xlsx_hide(x, (int)sheet->n);
	return xlsx_text(x, 0, (int)sheet->n, S(EXPORT_ID), XLSX_HEAD, err);
}

static enum err_code put_cell(struct xlsx *x, int row, int col, struct cell_out c, struct err *err)
{
	if (!c.text.n)
		return OK;
	switch (c.kind) {
	case OUT_NUMBER:
		return xlsx_number(x, row, col, c.text, XLSX_PLAIN, err);
	case OUT_DATE:
		return xlsx_date(x, row, col, c.day, XLSX_PLAIN, err);
	case OUT_TEXT:
		break;
	}
	return xlsx_text(x, row, col, c.text, XLSX_PLAIN, err);
}

static enum err_code put_record(struct arena *a, struct xlsx *x, const struct export_sheet *sheet, enum lang lang,
	struct log *reader, int row, const struct record *r, struct err *err)
{
	struct node *fields, *raw;
	struct str id;

	TRY(read_record(a, r, &fields, &raw, err));
	for (size_t i = 0; i < sheet->n; i++)
		TRY(put_cell(x, row, (int)i, cell_of(a, lang, sheet->fields[i], fields, raw), err));
	TRY(log_id_text(reader, a, r->id, &id, err));
	return xlsx_text(x, row, (int)sheet->n, id, XLSX_PLAIN, err);
}

static enum err_code put_sheet(struct xlsx *x, const struct export_sheet *sheet, const struct export_ask *ask,
	struct log *reader, size_t *rows, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT, texts CLEANUP(arena_free) = ARENA_INIT;
	struct batch *batch = ARENA_NEW(&a, struct batch);
	struct id last = ID_NONE;
	int row = 0;

	TRY(begin_sheet(&a, x, sheet, err));
	do {
		arena_reset(&texts);
		TRY(next_batch(&texts, log_db(reader), sheet, ask, last, batch, err));
		for (size_t i = 0; i < batch->n; i++) {
			last = batch->p[i].id;
			if (batch->p[i].wanted)
				TRY(put_record(&texts, x, sheet, ask->lang, reader, ++row, &batch->p[i], err));
		}
	} while (batch->n);
	xlsx_filter(x, (int)sheet->n);
	*rows = (size_t)row;
	return OK;
}

static enum err_code put_sheets(const struct export_sheet *sheets, size_t n, const struct export_ask *ask,
	struct log *reader, const char *path, size_t *rows, struct err *err)
{
	CLEANUP(xlsx_drop) struct xlsx *x = NULL;
	struct xlsx *whole;
	size_t here;

	TRY(xlsx_open(path, &x, err));
	for (size_t i = 0; i < n; i++)
		TRY(put_sheet(x, &sheets[i], ask, reader, rows ? &rows[i] : &here, err));
	whole = x;
	x = NULL;
	return xlsx_close(whole, err);
}

enum err_code export_xlsx(const struct export_sheet *sheets, size_t n, const struct export_ask *ask, struct log *reader,
	const char *path, size_t *rows, struct err *err)
{
	enum err_code code;

	TRY(db_begin(log_db(reader), err));
	code = put_sheets(sheets, n, ask, reader, path, rows, err);
	db_rollback(log_db(reader));
	return code;
}
