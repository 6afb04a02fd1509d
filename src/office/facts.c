#include "office/facts.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "log/canon.h"
#include "office/day.h"
#include "office/number.h"

SQL(facts_sql,
	"select r.origin, r.seq, r.day, r.row, r.rev_seq, r.withdrawn_seq, r.fields, r.raw, t.source, r.outside,"
	" r.entered, (select count(p.digest) from p_proof p where p.origin = r.origin and p.seq = r.rev_seq)"
	" from p_record r join p_import_table t on t.origin = r.origin and t.seq = r.import_seq and t.n = r.import_n"
	" where r.type = ?1 and (r.withdrawn_seq is null or ?2 = 1)"
	" order by coalesce(r.day, 0), t.source, r.row, r.origin, r.seq");

static enum err_code load(
	struct facts *f, struct db *db, const struct record_type *type, bool withdrawn, struct err *err)
{
	struct fact_set *set = facts_of(f, type);
	struct query q CLEANUP(query_done) = {0};
	struct str source = STR_NONE;

	TRY(db_query(db, &facts_sql, ARGS(V_TEXT(type->name), V_INT(withdrawn)), &q, err));
	while (query_next(&q, err)) {
		struct fact *r = ARENA_PUSH(f->arena, set->p, set->n, set->cap);
		bool whole;

		r->type = type;
		r->id = (struct id){query_int(&q, 0), query_int(&q, 1)};
		r->day = query_null(&q, 2) ? DATE_NONE : (struct date){(int32_t)query_int(&q, 2)};
		r->row = (int)query_int(&q, 3);
		r->rev_seq = query_int(&q, 4);
		r->withdrawn = !query_null(&q, 5);
		r->outside = query_int(&q, 9) != 0;
		r->entered = (struct date){(int32_t)query_int(&q, 10)};
		r->proofs = (int)query_int(&q, 11);
		whole = canon_read(f->arena, arena_str(f->arena, query_text(&q, 6)), &r->fields);
		if (!query_null(&q, 7))
			whole &= canon_read(f->arena, arena_str(f->arena, query_text(&q, 7)), &r->raw);
		if (!whole)
			return fail(err, ERR_DAMAGED, "table p_record, row %lld: its fields are no canonical JSON",
			            (long long)r->id.seq);
		if (!str_eq(source, query_text(&q, 8)))
			source = arena_str(f->arena, query_text(&q, 8));
		r->source = source;
	}
	set->indexes = (struct map)MAP_IN(f->arena);
	return err->code;
}

/* Marks a type and all that its links and tracks need. */
static void need(const struct scheme *s, const struct record_type *t, bool *wanted)
{
	size_t at = (size_t)(t - s->types);

	if (wanted[at])
		return;
	wanted[at] = true;
	for (size_t i = 0; i < t->nfields; i++)
		if (t->fields[i].link_type)
			need(s, t->fields[i].link_type, wanted);
	for (size_t i = 0; i < t->ntracks; i++)
		need(s, t->tracks[i].from, wanted);
}

enum err_code facts_load(struct arena *a, struct db *db, const struct scheme *s, const struct org *org,
	struct facts_opt opt, struct facts *out, struct err *err)
{
	bool *wanted = ARENA_ARRAY(a, bool, s->ntypes);

	*out = (struct facts){.arena = a, .scheme = s, .org = org, .year = opt.year, .lang = opt.lang,
	                      .sets = ARENA_ARRAY(a, struct fact_set, s->ntypes)};
	if (opt.only)
		need(s, opt.only, wanted);
	for (size_t i = 0; i < s->ntypes; i++)
		if (!opt.only || wanted[i])
			TRY(load(out, db, &s->types[i], opt.withdrawn, err));
	return OK;
}

struct fact_set *facts_of(const struct facts *f, const struct record_type *type)
{
	return &f->sets[type - f->scheme->types];
}

static bool exists(const struct fact *r, struct date on)
{
	return !date_is(on) || !date_is(r->day) || r->day.n <= on.n;
}

bool fact_proved(const struct fact *r)
{
	return r->type->evidence.any.n == 0 || r->proofs >= r->type->evidence.enough;
}

bool fact_entered_late(const struct facts *f, const struct fact *r)
{
	return date_is(r->day) && date_is(r->entered) && r->entered.n - r->day.n > f->scheme->late_entry;
}

/* ---- words ---- */

/* False when squeezing would change nothing: no blank, nothing full-width. */
static bool needs_squeeze(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c <= ' ' || c == 0xC2 || c == 0xEF ||
			(c == 0xE3 && i + 1 < s.n && (unsigned char)s.p[i + 1] == 0x80))
			return true;
	}
	return false;
}

static struct str squeezed(const struct facts *f, struct str s)
{
	return needs_squeeze(s) ? utf8_squeeze(f->arena, s) : s;
}

bool words_alike(const struct facts *f, struct str a, struct str b)
{
	if (str_eq(a, b))
		return true;
	if (!needs_squeeze(a) && !needs_squeeze(b))
		return false;
	return str_eq(squeezed(f, a), squeezed(f, b));
}

/* ---- links ---- */

static void index_value(const struct facts *f, struct map *m, const struct node *v, const struct fact *r)
{
	struct fact_list *l;
	void **at;

	if (!v)
		return;
	if (v->kind == NODE_LIST) {
		for (size_t i = 0; i < v->n; i++)
			index_value(f, m, v->items[i], r);
		return;
	}
	if (v->kind != NODE_TEXT)
		return;
	at = map_at(m, squeezed(f, v->text));
	if (!*at)
		*at = ARENA_NEW(f->arena, struct fact_list);
	l = *at;
	*ARENA_PUSH(f->arena, l->p, l->n, l->cap) = r;
}

/* Records by the value of a field, each list by day. */
static struct fact_list *by_value(
	const struct facts *f, const struct record_type *type, const struct field *field, struct str value)
{
	struct fact_set *set = facts_of(f, type);
	void **at = map_at(&set->indexes, field->name);
	struct map *m = *at;

	if (!m) {
		*at = m = ARENA_NEW(f->arena, struct map);
		m->arena = f->arena;
		for (size_t i = 0; i < set->n; i++)
			if (!set->p[i].withdrawn)
				index_value(f, m, node_get(set->p[i].fields, field->name), &set->p[i]);
	}
	return map_get(m, squeezed(f, value));
}

static const struct fact *linked_by(const struct facts *f, const struct field *field, struct str value, struct date on)
{
	struct fact_list *l = value.n ? by_value(f, field->link_type, field->link_field, value) : NULL;

	for (size_t i = 0; l && i < l->n; i++)
		if (!l->p[i]->outside && exists(l->p[i], on))
			return l->p[i];
	return NULL;
}

const struct fact *fact_linked(const struct facts *f, const struct fact *r, const struct field *field, struct date on)
{
	return field->link_type ? linked_by(f, field, node_text(r->fields, field->name), on) : NULL;
}

/* ---- values ---- */

/* The organisation's setting behind a lookup: a map of value → list of words. */
static const struct node *lookup_table(const struct facts *f, struct str name)
{
	struct str key = f->scheme->office ? node_text(f->scheme->office, name) : STR_NONE;

	return f->org ? node_get(f->org->office.settings, key.n ? key : name) : NULL;
}

static const struct node *look_up(const struct facts *f, const struct fact *r, const struct field *field)
{
	const struct node *table = lookup_table(f, field->lookup);
	struct str word = node_text(r->fields, field->lookup_by);

	for (size_t i = 0; table && table->kind == NODE_MAP && word.n && i < table->n; i++) {
		const struct node *words = table->items[i];

		for (size_t k = 0; words->kind == NODE_LIST && k < words->n; k++)
			if (words_alike(f, words->items[k]->text, word))
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

static const struct node *tracked(const struct facts *f, const struct fact *r, const struct track *t, struct date on)
{
	struct str key = node_text(r->fields, t->own_key->name);
	struct fact_list *l = key.n ? by_value(f, t->from, t->key, key) : NULL;
	const struct ask ask = {.on = on};

	for (size_t i = l ? l->n : 0; i > 0; i--) {      /* newest first */
		const struct fact *u = l->p[i - 1];
		const struct node *v = node_get(u->fields, t->to->name);

		if (v && !u->outside && exists(u, on) && fact_matches(f, u, &t->where, &ask))
			return v;
	}
	return NULL;
}

const struct node *fact_value(const struct facts *f, const struct fact *r, const struct field *field, struct date on)
{
	const struct track *t = track_of(r->type, field);
	const struct node *v = t && !t->fallback ? tracked(f, r, t, on) : NULL;

	if (!v)
		v = node_get(r->fields, field->name);
	if (!v && t && t->fallback)
		v = tracked(f, r, t, on);
	if (!v && field->lookup.n)
		v = look_up(f, r, field);
	/* A tracked date after the day has not come: it is not known yet. */
	if (v && t && field->type == TYPE_DATE && date_is(on) && node_day(field, v).n > on.n)
		return NULL;
	return v;
}

const struct node *fact_path(const struct facts *f, const struct fact *r, struct path path, struct date on)
{
	const struct fact *at = path.link ? fact_linked(f, r, path.link, on) : r;

	return at ? fact_value(f, at, path.field, on) : NULL;
}

struct date node_day(const struct field *field, const struct node *value)
{
	struct period p;
	struct date d;

	if (!value || value->kind != NODE_TEXT)
		return DATE_NONE;
	if (field->type == TYPE_PERIOD)
		return period_parse(value->text, &p) ? p.last : DATE_NONE;
	return date_parse(value->text, &d) ? d : DATE_NONE;
}

bool node_number(const struct node *v, int64_t *out)
{
	if (v && v->kind == NODE_INT) {
		*out = v->num * 1000;
		return true;
	}
	return v && v->kind == NODE_TEXT && thousandths(v->text, out);
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
