/* The risks of a register on a day. */
#include "duty/risk.h"

/* ---- the matrix ---- */

int axis_at(const struct facts *f, const struct axis *x, struct str value)
{
	for (size_t i = 0; i < x->values.n; i++)
		if (words_alike(f, x->values.p[i], value))
			return (int)i;
	return -1;
}

const struct grade *matrix_grade(const struct facts *f, const struct matrix *m, struct str likelihood,
	struct str impact)
{
	int row = axis_at(f, &m->axes[AXIS_LIKELIHOOD], likelihood), col = axis_at(f, &m->axes[AXIS_IMPACT], impact);

	if (row < 0 || col < 0)
		return NULL;
	return &m->grades[m->cells[(size_t)row * m->axes[AXIS_IMPACT].values.n + (size_t)col]];
}

const struct grade *grade_of(const struct facts *f, const struct matrix *m, struct str level)
{
	for (size_t i = 0; m && i < m->ngrades; i++)
		if (words_alike(f, m->grades[i].level, level))
			return &m->grades[i];
	return NULL;
}

/* ---- on a day ---- */

static struct str said(const struct facts *f, const struct fact *r, const struct field *field, struct date on)
{
	return field ? datum_text(f->arena, LANG_ZH, fact_value(f, r, field, on)) : STR_NONE;
}

/* A day that has come; DATE_NONE where there is none, or a later one. */
static struct date came(const struct facts *f, const struct fact *r, const struct field *field, struct date on)
{
	struct date d = field ? datum_day(field, fact_value(f, r, field, on)) : DATE_NONE;

	return date_is(d) && d.n <= on.n ? d : DATE_NONE;
}

static bool called(const struct facts *f, const struct texts *words, struct str what)
{
	for (size_t i = 0; i < words->n; i++)
		if (words_alike(f, words->p[i], what))
			return true;
	return false;
}

/* The last day on or before on with an update that is a review: rated, reviewed or consulted. */
static struct date last_review(const struct facts *f, const struct risk_map *m, const struct fact *r, struct date on)
{
	static const enum risk_word reviews[] = {WORD_RATE, WORD_REVIEW, WORD_CONSULT};
	const struct risk_updates *u = &m->updates;
	struct date best = came(f, r, m->reviewed, on);
	const struct datum *no = fact_own(f, r, m->no);
	const struct fact_column *by = u->of ? &facts_of(f, u->of)->columns[u->no->at] : NULL;
	const struct fact_rows *rows = by && no ? fact_rows_by(by, no->word) : NULL;

	for (size_t i = 0; rows && i < rows->n; i++) {
		struct date d = came(f, rows->p[i], u->date, on);
		struct str what = said(f, rows->p[i], u->what, on);

		if (rows->p[i]->outside || !date_is(d) || (date_is(best) && d.n <= best.n))
			continue;
		for (size_t k = 0; k < LEN(reviews); k++)
			if (called(f, &u->words[reviews[k]], what))
				best = d;
	}
	return best;
}

/* Its own cadence, else that of its grade. */
static bool cadence(const struct facts *f, const struct risk *x, struct date on, struct span_rule *out)
{
	const struct risk_map *m = x->map;
	struct str own = m->review ? said(f, x->fact, m->review, on) : STR_NONE;

	for (size_t i = 0; own.n && i < m->review_words->n; i++)
		if (words_alike(f, m->review_words->keys[i]->text, own))
			return span_read(m->review_words->items[i]->text, out);
	if (!x->grade || !x->grade->reviewed)
		return false;
	*out = x->grade->review;
	return true;
}

void risk_on(const struct facts *f, const struct risk_map *m, const struct fact *r, struct date on, struct risk *out)
{
	const struct matrix *grid = f->scheme->grid;
	struct span_rule span;
	struct stretch s;
	struct date from;

	*out = (struct risk){
		.fact = r, .map = m, .no = said(f, r, m->no, on), .name = said(f, r, m->name, on),
		.level = said(f, r, m->level, on), .likelihood = said(f, r, m->likelihood, on),
		.impact = said(f, r, m->impact, on), .owner = said(f, r, m->owner, on), .unit = said(f, r, m->unit, on),
		.registered = came(f, r, m->registered, on), .closed = came(f, r, m->closed, on),
		.reviewed = last_review(f, m, r, on), .due = DATE_NONE};
	out->grade = grade_of(f, grid, out->level);
	out->by_matrix = grid && out->likelihood.n && out->impact.n ? matrix_grade(f, grid, out->likelihood,
		out->impact)
	                                                            : NULL;
	out->differs = out->by_matrix && out->by_matrix != out->grade;
	/* The first whole period after the last review, or after the registration. */
	from = date_is(out->reviewed) ? out->reviewed : out->registered;
	if (date_is(out->closed) || !date_is(from) || !cadence(f, out, on, &span))
		return;
	s = span_at(&span, from);
	out->due = span_next(&span, &s).last;
}

struct risks risks_on(const struct facts *f, struct date on)
{
	struct risks all = {0};

	for (size_t t = 0; t < f->scheme->ntypes; t++) {
		const struct record_type *type = &f->scheme->types[t];
		const struct fact_set *set = facts_of(f, type);

		if (!type->risk)
			continue;
		for (size_t i = 0; i < set->n; i++) {
			const struct fact *r = &set->p[i];
			const struct datum *d = fact_own(f, r, type->risk->registered);
			struct date registered = datum_day(type->risk->registered, d);

			if (r->withdrawn || r->outside || (date_is(registered) && registered.n > on.n))
				continue;
			risk_on(f, type->risk, r, on, ARENA_PUSH(f->arena, all.p, all.n, all.cap));
		}
	}
	return all;
}

const struct risk *risk_named(const struct facts *f, const struct risks *all, struct str no)
{
	for (size_t i = 0; i < all->n; i++)
		if (words_alike(f, all->p[i].no, no))
			return &all->p[i];
	return NULL;
}
