#include "record/facts_inside.h"

#include "base/map.h"
#include "text/json.h"

#include <stdlib.h>

/* One walk over the table, in its own order: a join, a count beside each row and a sort cost more than all else. */
SQL(facts_sql,
	"select r.type, r.origin, r.seq, r.day, r.row, r.rev_seq, r.withdrawn_seq, r.fields, r.raw, r.outside,"
	" r.entered, r.import_seq, r.import_n, r.said_by, r.said_on from p_record r");
SQL(facts_source_sql, "select origin, seq, n, source from p_import_table");
SQL(facts_proof_sql, "select origin, seq, count(digest) from p_proof group by origin, seq");

/* A record on its way in. */
struct row {
	struct row *next;
	struct fact fact;
	const struct datum *cells[];
};

struct rows {
	struct row *last;                /* the others before it */
	size_t n;
	const struct field **order;
	bool wanted;
};

struct facts_build {
	struct arena *a, tmp;
	struct facts f;
	struct datums *values;
	struct rows *rows;               /* [scheme->ntypes] */
	bool withdrawn;                  /* these too */
};

/* Marks a type and all that its links and tracks need. */
static void need(const struct facts_build *b, const struct record_type *t)
{
	struct rows *rows = &b->rows[t - b->f.scheme->types];

	if (rows->wanted)
		return;
	rows->wanted = true;
	for (size_t i = 0; i < t->nfields; i++)
		if (t->fields[i].link_type)
			need(b, t->fields[i].link_type);
	for (size_t i = 0; i < t->ntracks; i++)
		need(b, t->tracks[i].from);
}

struct facts_build *facts_begin(
	struct arena *a, const struct scheme *s, const struct org *org, struct facts_opt opt)
{
	struct facts_build *b = ARENA_NEW(a, struct facts_build);

	b->a = a;
	b->withdrawn = opt.withdrawn;
	b->values = ARENA_NEW(a, struct datums);
	b->rows = ARENA_ARRAY(a, struct rows, s->ntypes);
	b->f = (struct facts){.arena = a, .scheme = s, .org = org, .year = opt.year, .lang = opt.lang,
	                      .values = b->values, .calendar = calendar_shipped(a, s->calendar),
	                      .sets = ARENA_ARRAY(a, struct fact_set, s->ntypes)};
	datums_init(b->values, a);
	for (size_t i = 0; i < s->ntypes; i++) {
		b->rows[i].order = field_order(a, &s->types[i]);
		b->f.sets[i].columns = ARENA_ARRAY(a, struct fact_column, s->types[i].nfields);
	}
	for (size_t i = 0; i < s->ntypes; i++)
		if (!opt.only || opt.only == &s->types[i])
			need(b, &s->types[i]);
	return b;
}

enum err_code facts_add(struct facts_build *b, const struct record_type *type, struct fact r, struct str fields,
	struct str raw, struct err *err)
{
	struct rows *rows = &b->rows[type - b->f.scheme->types];
	struct row *row = arena_alloc(&b->tmp, sizeof *row + type->nfields * sizeof *row->cells);
	struct datum_row read = {.cells = row->cells};
	struct str place = r.more ? r.more->place : STR_NONE;
	struct fact_more *more;

	if (!datum_read_row(b->values, b->a, fields, rows->order, type->nfields, &read) ||
	    (raw.n && !json_is_canon(raw)))
		return fail(err, ERR_DAMAGED, "table p_record, row %lld: its fields are no canonical JSON",
		            (long long)r.id.seq);
	r.type = type;
	r.more = NULL;
	if (read.nmore || raw.n || place.n) {
		more = ARENA_NEW(b->a, struct fact_more);
		*more = (struct fact_more){read.more, read.nmore, raw.n ? arena_str(b->a, raw) : STR_NONE, place};
		r.more = more;
	}
	row->fact = r;
	row->next = rows->last;
	rows->last = row;
	rows->n++;
	return OK;
}

/* ---- in order ---- */

struct place {
	int32_t day;
	int no;                          /* row of its file */
	const char *source;              /* one of a name has one place */
	struct row *row;
};

static int by_id(struct id x, struct id y)
{
	if (x.origin != y.origin)
		return x.origin < y.origin ? -1 : 1;
	return (x.seq > y.seq) - (x.seq < y.seq);
}

/* Of one day: rows of registers as these have them, then what people said by hand, in the order in which they said
 * it, so that the last change of a day is the one that was said last. */
static int by_place(const void *a, const void *b)
{
	const struct place *p = a, *q = b;
	bool hand = p->row->fact.by_hand;
	int cmp;

	if (p->day != q->day)
		return p->day < q->day ? -1 : 1;
	if (hand != q->row->fact.by_hand)
		return hand ? 1 : -1;
	if (hand)
		return by_id(p->row->fact.id, q->row->fact.id);
	if (p->source != q->source && (cmp = str_cmp(p->row->fact.source, q->row->fact.source)))
		return cmp;
	if (p->no != q->no)
		return p->no < q->no ? -1 : 1;
	return by_id(p->row->fact.id, q->row->fact.id);
}

static void finish(struct facts_build *b, size_t type)
{
	struct rows *rows = &b->rows[type];
	struct fact_set *set = &b->f.sets[type];
	struct place *places = ARENA_ARRAY(&b->tmp, struct place, rows->n);
	size_t at = rows->n, n = rows->n, fields = b->f.scheme->types[type].nfields;

	for (struct row *r = rows->last; r; r = r->next)
		places[--at] = (struct place){
			date_is(r->fact.day) ? r->fact.day.n : 0, r->fact.row, r->fact.source.p, r};
	if (n)
		qsort(places, n, sizeof *places, by_place);
	set->n = n;
	set->p = ARENA_ARRAY(b->a, struct fact, n);
	for (size_t i = 0; i < n; i++) {
		set->p[i] = places[i].row->fact;
		set->p[i].no = (uint32_t)b->f.n++;
	}
	for (size_t k = 0; k < fields; k++) {
		const struct datum **own = ARENA_ARRAY(b->a, const struct datum *, n);

		for (size_t i = 0; i < n; i++)
			own[i] = places[i].row->cells[k];
		set->columns[k].own = set->columns[k].value = own;
	}
}

bool facts_wants(const struct facts_build *b, const struct record_type *type)
{
	return b->rows[type - b->f.scheme->types].wanted;
}

void facts_drop(struct facts_build *b)
{
	arena_free(&b->tmp);
}

void facts_done(struct facts_build *b, struct facts *out)
{
	for (size_t i = 0; i < b->f.scheme->ntypes; i++)
		finish(b, i);
	arena_free(&b->tmp);
	facts_index(&b->f, b->values);
	*out = b->f;
}

/* ---- out of the database ---- */

struct key {
	int64_t v[3];
};
#define KEY(k) ((struct str){(const char *)(k), sizeof *(k)})

static struct str kept_key(struct arena *a, struct key key)
{
	struct key *k = ARENA_NEW(a, struct key);

	*k = key;
	return KEY(k);
}

/* Each text once. */
static struct str *source_text(struct facts_build *b, struct map *texts, struct str text)
{
	struct str *s = map_get(texts, text);

	if (s)
		return s;
	s = ARENA_NEW(b->a, struct str);
	*s = arena_str(b->a, text);
	map_set(texts, *s, s);
	return s;
}

static enum err_code sources_of(
	struct facts_build *b, struct db *db, struct map *texts, struct map *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(db, &facts_source_sql, NO_ARGS, &q, err));
	while (query_next(&q, err)) {
		struct key key = {{query_int(&q, 0), query_int(&q, 1), query_int(&q, 2)}};

		map_set(out, kept_key(&b->tmp, key), source_text(b, texts, query_text(&q, 3)));
	}
	return err->code;
}

/* Where a record stands that a person said last; sets the source of one that never stood in a register. said: columns
 * of who and when. */
static struct str place_by_hand(
	struct facts_build *b, struct map *texts, struct fact *r, const struct query *q, int said)
{
	struct date day = {(int32_t)query_int(q, said + 1)};
	struct str who = query_text(q, said);
	enum lang lang = b->f.lang;
	char on[DATE_TEXT];

	if (query_null(q, said))
		return STR_NONE;
	date_text(day, on);
	if (!r->by_hand)
		return arena_printf(b->a, tr(lang, N_(STR_FMT "!%d (corrected by hand by " STR_FMT " on %s)")),
		                    STR_ARG(r->source), r->row, STR_ARG(who), on);
	r->row = (int)r->id.seq;
	r->source = *source_text(b, texts,
		arena_printf(&b->tmp, tr(lang, r->rev_seq == r->id.seq ? N_("entered by hand by " STR_FMT " on %s")
			: N_("by hand, last corrected by " STR_FMT " on %s")), STR_ARG(who), on));
	return arena_printf(b->a, tr(lang, N_(STR_FMT ", record %d")), STR_ARG(r->source), r->row);
}

static enum err_code proofs_of(struct facts_build *b, struct db *db, struct map *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(db, &facts_proof_sql, NO_ARGS, &q, err));
	while (query_next(&q, err)) {
		struct key key = {{query_int(&q, 0), query_int(&q, 1)}};

		map_set(out, kept_key(&b->tmp, key), (void *)(uintptr_t)query_int(&q, 2));
	}
	return err->code;
}

static const struct record_type *type_by(const struct facts_build *b, const struct query *q,
	const struct record_type *last)
{
	struct str name = query_text(q, 0);

	if (last && str_eq(last->name, name))
		return last;
	for (size_t i = 0; i < b->f.scheme->ntypes; i++)
		if (str_eq(b->f.scheme->types[i].name, name))
			return &b->f.scheme->types[i];
	return NULL;
}

enum err_code facts_read(struct facts_build *b, struct db *db, struct err *err)
{
	struct map sources = MAP_IN(&b->tmp), proofs = MAP_IN(&b->tmp), texts = MAP_IN(&b->tmp);
	struct query q CLEANUP(query_done) = {0};
	const struct record_type *type = NULL;

	TRY(sources_of(b, db, &texts, &sources, err));
	TRY(proofs_of(b, db, &proofs, err));
	TRY(db_query(db, &facts_sql, NO_ARGS, &q, err));
	while (query_next(&q, err)) {
		struct fact r = {.id = {query_int(&q, 1), query_int(&q, 2)}};
		const struct str *source;
		struct fact_more more = {0};
		struct key key = {{r.id.origin, query_int(&q, 11), query_int(&q, 12)}};

		type = type_by(b, &q, type);
		r.withdrawn = !query_null(&q, 6);
		if (!type || !b->rows[type - b->f.scheme->types].wanted || (r.withdrawn && !b->withdrawn))
			continue;
		source = map_get(&sources, KEY(&key));
		r.by_hand = !key.v[1];
		if (!source && !r.by_hand)
			continue;
		r.source = source ? *source : STR_NONE;
		r.day = query_null(&q, 3) ? DATE_NONE : (struct date){(int32_t)query_int(&q, 3)};
		r.row = (int)query_int(&q, 4);
		r.rev_seq = query_int(&q, 5);
		r.outside = query_int(&q, 9) != 0;
		r.entered = (struct date){(int32_t)query_int(&q, 10)};
		more.place = place_by_hand(b, &texts, &r, &q, 13);
		r.more = &more;
		key = (struct key){{r.id.origin, r.rev_seq}};
		r.proofs = (int)(uintptr_t)map_get(&proofs, KEY(&key));
		TRY(facts_add(b, type, r, query_text(&q, 7), query_text(&q, 8), err));
	}
	return err->code;
}

struct facts facts_for(const struct facts *f, struct arena *a)
{
	struct facts out = *f;

	out.arena = a;
	return out;
}

struct fact_set *facts_of(const struct facts *f, const struct record_type *type)
{
	return &f->sets[type - f->scheme->types];
}
