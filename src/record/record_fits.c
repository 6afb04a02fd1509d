/* What was typed, read as a row of the type's register would be; every problem of it. */
#include "record/record_inside.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "text/json.h"
#include "text/nfc.h"

#include <stdarg.h>
#include <stdio.h>

enum { TYPED_BYTES = 32 << 10 };

SQL(record_now_sql,
	"select r.type, r.ident, r.fields, r.raw, r.rev_seq, r.withdrawn_seq, r.outside, coalesce(i.year, r.year),"
	" t.map from p_record r"
	" left join p_import i on i.origin = r.origin and i.seq = r.import_seq"
	" left join p_import_table t on t.origin = r.origin and t.seq = r.import_seq and t.n = r.import_n"
	" where r.origin = ?1 and r.seq = ?2");
SQL(record_proofs_now_sql, "select name, digest from p_proof where origin = ?1 and seq = ?2 order by name");
SQL(record_same_key_sql,
	"select origin, seq from p_record where type = ?1 and ident = ?2 and withdrawn_seq is null"
	" and not (origin = ?3 and seq = ?4) order by origin, seq limit 1");

struct record_problem *fit_problem(struct fitting *x, const struct field *f, bool refused, const char *fmt, ...)
{
	struct record_problem *p = ARENA_PUSH(x->a, x->out->problems, x->out->n, x->out->cap);
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, tr(x->in->lang, fmt), ap);
	va_end(ap);
	*p = (struct record_problem){.field = f, .text = arena_str(x->a, str_c(text)), .refused = refused};
	x->out->nrefused += refused;
	return p;
}

const struct sheet_map *record_map(
	struct arena *a, const struct scheme *s, const struct record_type *type, struct str name)
{
	const struct sheet_map *first = NULL;
	struct sheet_map *none;

	for (size_t i = 0; i < s->nsheets; i++) {
		if (s->sheets[i].record != type)
			continue;
		if (str_eq(s->sheets[i].name, name))
			return &s->sheets[i];
		if (!first)
			first = &s->sheets[i];
	}
	if (first)
		return first;
	none = ARENA_NEW(a, struct sheet_map);
	none->record = type;
	return none;
}

/* ---- what the record says now ---- */

static enum err_code read_proofs(struct fitting *x, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	char text[HASH_TEXT];

	TRY(db_query(x->db, &record_proofs_now_sql, ARGS(V_INT(x->in->id.origin), V_INT(x->rev_seq)), &q, err));
	while (query_next(&q, err)) {
		struct named_file *f = ARENA_PUSH(x->a, x->proofs, x->nproofs, x->proofs_cap);

		*f = (struct named_file){.name = arena_str(x->a, query_text(&q, 0))};
		if (!query_null(&q, 1))
			f->digest = arena_str(x->a, hash_text((const struct hash *)query_text(&q, 1).p, text));
	}
	return err->code;
}

static enum err_code read_now(struct fitting *x, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct id id = x->in->id;
	struct node *fields, *raw = NULL;

	if (db_one(x->db, &record_now_sql, ARGS(V_ID(id)), &q, err) != OK) {
		if (err->code != ERR_NOT_FOUND)
			return err->code;
		err_clear(err);
		return fail(err, ERR_NOT_FOUND, "no record %lld", (long long)id.seq);
	}
	x->out->type = scheme_type(x->in->scheme, query_text(&q, 0));
	if (!x->out->type)
		return fail(err, ERR_NOT_FOUND, "record %lld is of type '" STR_FMT "', which the scheme does not know",
		            (long long)id.seq, STR_ARG(query_text(&q, 0)));
	x->rev_seq = query_int(&q, 4);
	if (!query_null(&q, 5))
		return fail(err, ERR_CONFLICT, "record %lld was withdrawn", (long long)id.seq);
	if (x->in->rev_seq && x->in->rev_seq != x->rev_seq)
		return fail(err, ERR_CONFLICT, "record %lld was corrected meanwhile, by event %lld", (long long)id.seq,
		            (long long)x->rev_seq);
	memcpy(x->ident, query_text(&q, 1).p, IDENT_BYTES);
	x->fields_text = arena_str(x->a, query_text(&q, 2));
	x->raw_text = arena_str(x->a, query_text(&q, 3));
	x->outside = query_int(&q, 6) != 0;
	x->year = (int)query_int(&q, 7);
	x->map = record_map(x->a, x->in->scheme, x->out->type, query_text(&q, 8));
	TRY(json_read(x->a, x->fields_text, (struct json_opt){0}, &fields, err));
	if (x->raw_text.n)
		TRY(json_read(x->a, x->raw_text, (struct json_opt){0}, &raw, err));
	x->fields = fields;
	x->raw = raw;
	return read_proofs(x, err);
}

/* ---- what was typed ---- */

static bool is_word(struct arena *a, struct str x, struct str squeezed)
{
	return str_eq(utf8_squeeze(a, x), squeezed);
}

/* By its name, its title, or a header word of its column. */
static const struct field *field_called(const struct fitting *x, struct str name)
{
	const struct record_type *t = x->out->type;
	const struct field *f = type_field(t, name);
	struct str want = utf8_squeeze(x->a, name);

	for (size_t i = 0; !f && i < t->nfields; i++) {
		bool fits = is_word(x->a, t->fields[i].title, want);

		for (size_t k = 0; x->map->columns && k < x->map->columns[i].n; k++)
			fits |= is_word(x->a, x->map->columns[i].p[k], want);
		if (fits && want.n)
			f = &t->fields[i];
	}
	return f;
}

static void unknown_field(struct fitting *x, struct str name)
{
	const struct record_type *t = x->out->type;
	const char **names = ARENA_ARRAY(x->a, const char *, t->nfields), *near;

	for (size_t i = 0; i < t->nfields; i++)
		names[i] = arena_str(x->a, t->fields[i].name).p;
	near = nearest_name(name, names, t->nfields, sizeof *names);
	if (near)
		fit_problem(x, NULL, true, N_("there is no such field; did you mean '%s'?"), near)->name = name;
	else
		fit_problem(x, NULL, true, N_("there is no such field"))->name = name;
}

bool fit_clean(struct fitting *x, const struct field *f, struct str text, struct str *out)
{
	struct err err = {.lang = x->in->lang};
	char *p;
	size_t n = 0;

	if (text.n > TYPED_BYTES) {
		fit_problem(x, f, true, N_("longer than %d bytes"), TYPED_BYTES);
		return false;
	}
	if (nfc(x->a, text, &text, &err) != OK) {
		fit_problem(x, f, true, "%s", err.text);
		return false;
	}
	p = arena_alloc(x->a, text.n + 1);
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if ((c < ' ' && c != '\n' && c != '\r' && c != '\t') || c == 0x7f) {
			fit_problem(x, f, true, N_("holds a control character"));
			return false;
		}
		if (c != '\r' || i + 1 == text.n || text.p[i + 1] != '\n')
			p[n++] = (char)c;
	}
	*out = (struct str){p, n};
	return true;
}

static void read_typed(struct fitting *x)
{
	const struct record_type *t = x->out->type;

	x->given = ARENA_ARRAY(x->a, bool, t->nfields);
	x->out->values = ARENA_ARRAY(x->a, struct value, t->nfields);
	for (size_t i = 0; i < t->nfields; i++)
		x->out->values[i] = row_value(x->a, &t->fields[i], x->fields, x->raw);
	for (size_t i = 0; i < x->in->ntyped; i++) {
		const struct field *f = field_called(x, x->in->typed[i].name);
		struct cell cell = {.col = 1, .kind = CELL_TEXT};

		if (!f) {
			unknown_field(x, x->in->typed[i].name);
			continue;
		}
		if (x->given[f->at])
			fit_problem(x, f, true, N_("given twice"));
		x->given[f->at] = true;
		if (fit_clean(x, f, x->in->typed[i].text, &cell.text))
			x->out->values[f->at] = value_read(x->a, f, &cell, x->year);
	}
}

/* ---- does it fit ---- */

static bool has_problem(const struct fitting *x, const struct field *f)
{
	for (size_t i = 0; i < x->out->n; i++)
		if (x->out->problems[i].field == f && x->out->problems[i].refused)
			return true;
	return false;
}

static void look_at(struct fitting *x, const struct field *f)
{
	const struct value *v = &x->out->values[f->at];
	enum refusal why = row_requires(x->map, f) ? row_refusal(x->map, f, v) : REFUSE_NONE;

	if (has_problem(x, f))
		return;
	if (why != REFUSE_NONE)
		fit_problem(x, f, true, "%s", row_refusal_text(x->a, x->in->lang, why, v->text).p);
	else if (v->state == VALUE_RAW && x->given[f->at])
		fit_problem(x, f, false, N_("not readable as %s: '" STR_FMT "'; kept as written, not counted"),
		            tr(x->in->lang, field_type_word(f->type)), STR_ARG(v->text));
	else if (v->state == VALUE_OK && f->of && x->given[f->at] && !row_in_list(x->a, f->of, v->text))
		fit_problem(x, f, false, N_("'" STR_FMT "' is not in the list '" STR_FMT "'"), STR_ARG(v->text),
		            STR_ARG(f->of->name));
}

static void look_at_year(struct fitting *x)
{
	const struct field *f = x->map->year.of;
	struct date day;

	x->out->outside = !(f && has_problem(x, f)) && !row_in_year(x->map, x->year, x->out->values, &day);
	if (x->out->outside && (x->given[f->at] || !id_is(x->in->id)))
		fit_problem(x, f, false, N_("outside the year of its register, %d: kept, but of no account there"),
		            x->year);
	x->out->day = row_day(x->map, x->out->values);
}

/* Keys that the type no longer knows stay. */
static void keep_unknown(struct fitting *x)
{
	for (size_t i = 0; x->fields && i < x->fields->n; i++) {
		struct str key = x->fields->keys[i]->text, name = key;
		size_t at;

		if (str_find(key, S(UNIT_SUFFIX), &at))
			name = str_sub(key, 0, at);
		if (!type_field(x->out->type, key) && !type_field(x->out->type, name))
			node_set(x->a, x->out->fields, key, x->fields->items[i]);
	}
}

static bool node_same(struct arena *a, const struct node *x, const struct node *y)
{
	struct buf p CLEANUP(buf_free) = BUF_MAX(1 << 20), q CLEANUP(buf_free) = BUF_MAX(1 << 20);
	struct err err = {0};

	if (!x || !y)
		return x == y;
	return json_canon(&p, x, &err) == OK && json_canon(&q, y, &err) == OK && str_eq(buf_str(&p), buf_str(&q));
}

/* A record whose key says the same as before stays who it is, whatever its register had made of that. */
static bool key_same(const struct fitting *x)
{
	size_t n = x->map->nkey ? x->map->nkey : x->out->type->nfields;

	for (size_t i = 0; i < n; i++) {
		struct str name = x->map->nkey ? x->map->key[i]->name : x->out->type->fields[i].name;

		if (!node_same(x->a, node_get(x->fields, name), node_get(x->out->fields, name)) ||
		    !node_same(x->a, node_get(x->raw, name), node_get(x->out->raw, name)))
			return false;
	}
	return true;
}

static enum err_code same_key(struct fitting *x, struct id *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct str ident = {(const char *)x->out->ident, IDENT_BYTES};

	*out = ID_NONE;
	TRY(db_query(x->db, &record_same_key_sql,
	             ARGS(V_TEXT(x->out->type->name), V_BLOB(ident), V_ID(x->in->id)), &q, err));
	if (query_next(&q, err))
		*out = (struct id){query_int(&q, 0), query_int(&q, 1)};
	return err->code;
}

/* Rows that may repeat are numbered, as an import numbers them; others are one fact. */
static enum err_code identify(struct fitting *x, struct err *err)
{
	struct str key = row_key(x->a, x->map, x->out->values);
	struct record_problem *p;
	struct id other;
	size_t repeat = 0;

	if (id_is(x->in->id) && key_same(x)) {
		memcpy(x->out->ident, x->ident, IDENT_BYTES);
		return OK;
	}
	do {
		row_ident(x->a, x->map, key, repeat++, x->out->ident);
		TRY(same_key(x, &other, err));
	} while (id_is(other) && row_repeats(x->map));
	if (!id_is(other) || x->out->nrefused)
		return OK;
	p = fit_problem(x, NULL, true, N_("record %lld has the same key already"), (long long)other.seq);
	p->other = other;
	return OK;
}

static enum err_code compare(struct fitting *x, struct err *err)
{
	struct buf fields CLEANUP(buf_free) = BUF_MAX(1 << 20), raw CLEANUP(buf_free) = BUF_MAX(1 << 20);

	TRY(json_canon(&fields, x->out->fields, err));
	if (x->out->raw)
		TRY(json_canon(&raw, x->out->raw, err));
	x->out->changed = !str_eq(buf_str(&fields), x->fields_text) || !str_eq(buf_str(&raw), x->raw_text) ||
	                  x->outside != x->out->outside || !fit_proofs_same(x);
	return OK;
}

enum err_code record_fits(
	struct db *db, struct arena *a, const struct record_input *in, struct record_fit *out, struct err *err)
{
	struct fitting x = {.db = db, .a = a, .in = in, .out = out, .year = in->year};
	const struct record_type *t;

	*out = (struct record_fit){.type = in->type};
	if (in->type && in->type->computed)
		return fail(err, ERR_INPUT, "'" STR_FMT "' follows from other records; it is not entered by hand",
			STR_ARG(in->type->name));
	if (id_is(in->id))
		TRY(read_now(&x, err));
	else
		x.map = record_map(a, in->scheme, in->type, STR_NONE);
	x.year += (int)x.map->year.shift;
	t = out->type;
	read_typed(&x);
	fit_proofs(&x);
	for (size_t i = 0; i < t->nfields; i++)
		look_at(&x, &t->fields[i]);
	look_at_year(&x);
	out->fields = row_fields(a, t, out->values, &out->raw);
	keep_unknown(&x);
	if (!out->fields->n && !out->raw && !out->nrefused)
		fit_problem(&x, NULL, true, N_("nothing was given"));
	TRY(identify(&x, err));
	return compare(&x, err);
}
