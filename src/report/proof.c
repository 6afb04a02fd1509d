#include "report/proof.h"

#include "base/utf8.h"

SQL(proof_missing, "select seq, name from p_proof where digest is null and origin = ?1 order by seq, name");

enum { ROWS_NAMED = 50 };

static const struct field *file_field(const struct record_type *t)
{
	for (size_t i = 0; i < t->nfields; i++)
		if (t->fields[i].type == TYPE_FILE)
			return &t->fields[i];
	return NULL;
}

static bool names(const struct report *r, const struct fact *fact, const struct field *field, struct str name)
{
	const struct datum *v = fact_own(r->figures->facts, fact, field);
	struct str want = utf8_squeeze(r->arena, name);

	for (size_t i = 0; v && v->kind == NODE_LIST && i < v->n; i++)
		if (v->items[i]->kind == NODE_TEXT && str_eq(utf8_squeeze(r->arena, v->items[i]->text), want))
			return true;
	return v && v->kind == NODE_TEXT && str_eq(utf8_squeeze(r->arena, v->text), want);
}

static struct report_finding *add(const struct report *r, struct report_findings *out, const char *code)
{
	struct report_finding *f = ARENA_PUSH(r->arena, out->p, out->n, out->cap);

	f->code = code;
	f->rows = ARENA_ARRAY(r->arena, struct str, ROWS_NAMED);
	return f;
}

static bool counts(const struct report *r, const struct fact *x)
{
	return !x->withdrawn && !x->outside && !(date_is(x->day) && date_lt(r->figures->on, x->day));
}

static void missing(const struct report *r, struct report_findings *out, int64_t seq, struct str name)
{
	const struct facts *facts = r->figures->facts;
	struct report_finding *f = NULL;

	for (size_t t = 0; t < facts->scheme->ntypes; t++) {
		const struct field *field = file_field(&facts->scheme->types[t]);
		const struct fact_set *set = &facts->sets[t];

		for (size_t i = 0; field && i < set->n; i++) {
			const struct fact *x = &set->p[i];

			if (x->rev_seq != seq || !counts(r, x) || !names(r, x, field, name))
				continue;
			if (!f)
				f = add(r, out, "evidence_missing");
			if (f->nrows < ROWS_NAMED)
				f->rows[f->nrows++] = fact_row(r->arena, x);
		}
	}
	if (f) {
		f->value = name;
		f->text = arena_printf(r->arena,
			tr(r->opt.lang, "evidence " STR_FMT " is named in " STR_FMT " and is not there"), STR_ARG(name),
			STR_ARG(f->rows[0]));
	}
}

/* Records of a type that asks for evidence and name none: one finding a type. */
static void none(const struct report *r, struct report_findings *out, size_t t)
{
	const struct facts *facts = r->figures->facts;
	const struct record_type *type = &facts->scheme->types[t];
	const struct field *field = file_field(type);
	struct report_finding *f = NULL;
	int n = 0;

	if (!field || type->evidence.enough < 1)
		return;
	for (size_t i = 0; i < facts->sets[t].n; i++) {
		const struct fact *x = &facts->sets[t].p[i];
		const struct datum *v = fact_own(facts, x, field);

		if (!counts(r, x) || (v && (v->kind == NODE_TEXT ? v->text.n : v->n)))
			continue;
		if (!f)
			f = add(r, out, "evidence_none");
		n++;
		if (f->nrows < ROWS_NAMED)
			f->rows[f->nrows++] = fact_row(r->arena, x);
	}
	if (f) {
		f->value = arena_printf(r->arena, "%d", n);
		f->text = arena_printf(
			r->arena, tr(r->opt.lang, STR_FMT ": %d records name no evidence"), STR_ARG(type->title), n);
	}
}

enum err_code proof_check(const struct report *r, struct report_findings *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	for (size_t t = 0; t < r->figures->facts->scheme->ntypes; t++)
		none(r, out, t);
	if (!r->opt.db)
		return OK;
	TRY(db_query(r->opt.db, &proof_missing, ARGS(V_INT(1)), &q, err));
	while (query_next(&q, err))
		missing(r, out, query_int(&q, 0), arena_str(r->arena, query_text(&q, 1)));
	return err->code;
}
