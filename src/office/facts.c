#include "office/facts.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "office/number.h"
#include "text/json.h"

SQL(facts_sql,
    "select r.origin, r.seq, r.day, r.row, r.rev_seq, r.withdrawn_seq, r.fields, r.raw, t.source"
    " from p_record r join p_import_table t on t.origin = r.origin and t.seq = r.import_seq and t.n = r.import_n"
    " where r.type = ?1 and (r.day is null or r.day <= ?2) and (r.withdrawn_seq is null or ?3 = 1)"
    " order by coalesce(r.day, 0), t.source, r.row, r.origin, r.seq");

void facts_init(struct arena *a, const struct scheme *s, const struct org *org, struct date on, struct facts *out)
{
	*out = (struct facts){.arena = a, .scheme = s, .org = org, .on = on,
	                      .sets = ARENA_ARRAY(a, struct fact_set, s->ntypes),
	                      .loaded = ARENA_ARRAY(a, bool, s->ntypes)};
}

static enum err_code load(struct facts *f, struct db *db, const struct record_type *type, bool withdrawn,
                          struct fact_set *set, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	int64_t on = date_is(f->on) ? f->on.n : INT32_MAX;
	struct str source = STR_NONE;

	TRY(db_query(db, &facts_sql, ARGS(V_TEXT(type->name), V_INT(on), V_INT(withdrawn)), &q, err));
	while (query_next(&q, err)) {
		struct fact *r = ARENA_PUSH(f->arena, set->p, set->n, set->cap);

		r->type = type;
		r->id = (struct id){query_int(&q, 0), query_int(&q, 1)};
		r->day = query_null(&q, 2) ? DATE_NONE : (struct date){(int32_t)query_int(&q, 2)};
		r->row = (int)query_int(&q, 3);
		r->rev_seq = query_int(&q, 4);
		r->withdrawn = !query_null(&q, 5);
		TRY(json_read(f->arena, query_text(&q, 6), (struct json_opt){0}, &r->fields, err));
		if (!query_null(&q, 7))
			TRY(json_read(f->arena, query_text(&q, 7), (struct json_opt){0}, &r->raw, err));
		if (!str_eq(source, query_text(&q, 8)))
			source = arena_str(f->arena, query_text(&q, 8));
		r->source = source;
	}
	set->by_field = (struct map)MAP_IN(f->arena);
	return err->code;
}

enum err_code facts_of(struct facts *f, struct db *db, const struct record_type *type, bool withdrawn,
                       struct fact_set **out, struct err *err)
{
	size_t at = (size_t)(type - f->scheme->types);

	if (!f->loaded[at]) {
		TRY(load(f, db, type, withdrawn, &f->sets[at], err));
		f->loaded[at] = true;
	}
	*out = &f->sets[at];
	return OK;
}

/* ---- links ---- */

static struct map *index_by(struct facts *f, struct fact_set *set, const struct field *field)
{
	void **at = map_at(&set->by_field, field->name);
	struct map *m = *at;

	if (m)
		return m;
	*at = m = ARENA_NEW(f->arena, struct map);
	m->arena = f->arena;
	for (size_t i = 0; i < set->n; i++) {
		struct str v = node_text(set->p[i].fields, field->name);
		void **first = v.n ? map_at(m, utf8_squeeze(f->arena, v)) : NULL;

		if (first && !*first)
			*first = &set->p[i];
	}
	return m;
}

enum err_code fact_linked(struct facts *f, struct db *db, const struct fact *r, const struct field *field,
                          const struct fact **out, struct err *err)
{
	struct str v = node_text(r->fields, field->name);
	struct fact_set *set;

	*out = NULL;
	if (!field->link_type || !v.n)
		return OK;
	TRY(facts_of(f, db, field->link_type, false, &set, err));
	*out = map_get(index_by(f, set, field->link_field), utf8_squeeze(f->arena, v));
	return OK;
}

/* ---- values ---- */

/* The organisation's setting behind a lookup: a map of value → list of words. */
static const struct node *lookup_table(const struct facts *f, struct str name)
{
	struct str key = f->scheme->office ? node_text(f->scheme->office, name) : STR_NONE;

	return f->org ? node_get(f->org->office.settings, key.n ? key : name) : NULL;
}

static const struct node *look_up(struct facts *f, const struct fact *r, const struct field *field)
{
	const struct node *table = lookup_table(f, field->lookup);
	struct str word = utf8_squeeze(f->arena, node_text(r->fields, field->lookup_by));

	for (size_t i = 0; table && table->kind == NODE_MAP && word.n && i < table->n; i++) {
		const struct node *words = table->items[i];

		for (size_t k = 0; words->kind == NODE_LIST && k < words->n; k++)
			if (str_eq(utf8_squeeze(f->arena, words->items[k]->text), word))
				return table->keys[i];
	}
	return NULL;
}

static const struct track *track_of(const struct record_type *t, const struct field *field)
{
	for (size_t i = 0; i < t->ntracks; i++)
		if (t->tracks[i].field == field)
			return &t->tracks[i];
	return NULL;
}

static enum err_code tracked(struct facts *f, struct db *db, const struct fact *r, const struct track *t,
                             const struct node **out, struct err *err)
{
	struct str key = utf8_squeeze(f->arena, node_text(r->fields, t->own_key->name));
	struct fact_set *set;

	TRY(facts_of(f, db, t->from, false, &set, err));
	for (size_t i = set->n; i > 0; i--) {      /* newest first: the set is in the order of days */
		const struct fact *u = &set->p[i - 1];
		const struct node *v = node_get(u->fields, t->to->name);
		bool fits;

		if (!v || !str_eq(utf8_squeeze(f->arena, node_text(u->fields, t->key->name)), key))
			continue;
		TRY(fact_matches(f, db, u, &t->where, &fits, err));
		if (!fits)
			continue;
		*out = v;
		return OK;
	}
	return OK;
}

enum err_code fact_value(struct facts *f, struct db *db, const struct fact *r, const struct field *field,
                         const struct node **out, struct err *err)
{
	const struct track *t = track_of(r->type, field);

	*out = NULL;
	if (t)
		TRY(tracked(f, db, r, t, out, err));
	if (!*out)
		*out = node_get(r->fields, field->name);
	if (!*out && field->lookup.n)
		*out = look_up(f, r, field);
	return OK;
}

/* ---- conditions ---- */

static bool words_equal(struct facts *f, struct str a, struct str b)
{
	return str_eq(utf8_squeeze(f->arena, a), utf8_squeeze(f->arena, b));
}

static bool holds_any(struct facts *f, const struct node *v, const struct texts *values)
{
	for (size_t i = 0; i < values->n; i++) {
		struct str want = values->p[i];

		if (v->kind == NODE_LIST) {
			for (size_t k = 0; k < v->n; k++)
				if (words_equal(f, v->items[k]->text, want))
					return true;
		} else if (v->kind == NODE_BOOL) {
			if (str_is(want, v->yes ? "yes" : "no"))
				return true;
		} else if (v->kind == NODE_INT) {
			int64_t n;

			if (thousandths(want, &n) && n == v->num * 1000)
				return true;
		} else if (words_equal(f, v->text, want)) {
			return true;
		}
	}
	return false;
}

static bool compare_number(const struct node *v, const struct cond *c)
{
	int64_t n;

	if (v->kind == NODE_INT)
		n = v->num * 1000;
	else if (v->kind != NODE_TEXT || !thousandths(v->text, &n))
		return false;
	return c->op == COND_OVER ? n > c->thousandths : n < c->thousandths;
}

static bool cond_holds(struct facts *f, const struct cond *c, const struct node *v)
{
	if (c->op == COND_EMPTY)
		return c->empty == (v == NULL);
	if (!v)
		return false;
	switch (c->op) {
	case COND_IS:
	case COND_HAS:
		return holds_any(f, v, &c->values);
	case COND_LIKE:
		return str_has(utf8_squeeze(f->arena, value_text(f->arena, LANG_ZH, v)),
		               utf8_squeeze(f->arena, c->values.p[0]));
	case COND_OVER:
	case COND_UNDER:
		return compare_number(v, c);
	case COND_EMPTY:
		break;
	}
	return false;
}

enum err_code fact_matches(struct facts *f, struct db *db, const struct fact *r, const struct where *w, bool *out,
                           struct err *err)
{
	*out = true;
	for (size_t i = 0; i < w->n && *out; i++) {
		const struct node *v;

		TRY(fact_value(f, db, r, w->conds[i].field, &v, err));
		*out = cond_holds(f, &w->conds[i], v);
	}
	return OK;
}

struct str value_text(struct arena *a, enum lang lang, const struct node *value)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(EVENT_BYTES);

	if (!value || value->kind == NODE_NULL)
		return STR_NONE;
	if (value->kind == NODE_BOOL)
		return str_c(tr(lang, value->yes ? N_("yes") : N_("no")));
	if (value->kind == NODE_INT)
		return arena_printf(a, "%lld", (long long)value->num);
	if (value->kind == NODE_TEXT)
		return value->text;
	for (size_t i = 0; i < value->n; i++) {
		if (i)
			buf_put(&b, lang == LANG_ZH ? S("、") : S(", "));
		buf_put(&b, value->items[i]->text);
	}
	return arena_str(a, buf_str(&b));
}
