/* Forms of an item that count records, or hold a number against another. */
#include "score/assess_inside.h"
#include "scheme/number.h"

/* The count and what it is held against; a line that tells where either is not there. */
static bool against(const struct made *m, int64_t *have, int64_t *want, struct assess_line *seen)
{
	return scoring_count(m->g, m->x, have, seen) && scoring_number(m->g, &m->x->of, want);
}

void form_short(const struct made *m)
{
	struct assess_line seen = {0}, *l;
	int64_t before = made_full(m)->nano, have, want;

	if (!against(m, &have, &want, &seen)) {
		made_no_value(m, LINE_SHORT);
		return;
	}
	if (have >= want)
		return;
	l = made_times(m, LINE_SHORT, want - have, m->x->each, -1);
	l->sum = arena_printf(m->g->f->arena, "(" STR_FMT " − " STR_FMT ") × " STR_FMT " = " STR_FMT,
		STR_ARG(made_points(m, want)), STR_ARG(made_points(m, have)), STR_ARG(made_points(m, m->x->each)),
		STR_ARG(nano_text(m->g->f->arena, -l->nano)));
	line_facts(m->g->f->arena, l, seen.facts);
	made_limit(m, before);
}

void form_indicator(const struct made *m)
{
	struct assess_line seen = {0}, *l;
	int64_t before = made_full(m)->nano, have, want;
	bool more;

	if (!against(m, &have, &want, &seen)) {
		made_no_value(m, LINE_MORE);
		return;
	}
	if (have == want)
		return;
	more = have > want;
	l = made_times(m, more ? LINE_MORE : LINE_FEWER, more ? have - want : want - have,
		more ? m->x->more : m->x->fewer, more ? -1 : 1);
	line_facts(m->g->f->arena, l, seen.facts);
	made_limit(m, before);
}

void form_value(const struct made *m)
{
	struct assess_line seen = {0}, *l;
	int64_t have, whole, got;

	if (!against(m, &have, &whole, &seen) || whole <= 0) {
		made_no_value(m, LINE_VALUE);
		return;
	}
	got = assess_round(m->x->points, MAX(have, 0), whole);
	l = made_line(m, LINE_VALUE, (wide)got * NANO, arena_printf(m->g->f->arena,
		STR_FMT " × " STR_FMT " ÷ " STR_FMT " = " STR_FMT,
		STR_ARG(made_points(m, have)), STR_ARG(made_points(m, m->x->points)), STR_ARG(made_points(m, whole)),
		STR_ARG(made_points(m, got))));
	line_facts(m->g->f->arena, l, seen.facts);
}

void form_done(const struct made *m)
{
	struct assess_line seen = {0}, *l;
	int64_t n;

	if (!scoring_count(m->g, m->x, &n, &seen)) {
		made_no_value(m, LINE_GRANT);
		return;
	}
	l = made_times(m, LINE_GRANT, MAX(n, 0), m->x->each, 1);
	l->slots = seen.slots;
	l->nslots = seen.nslots;
	l->facts = seen.facts;
	made_limit(m, 0);
}

/* ---- each record ---- */

/* The product of its factors, thousandths; where several stand, half up after each. */
static int64_t factor_of(const struct made *m, const struct fact *r)
{
	int64_t v = POINT;

	for (size_t i = 0; i < m->x->nfactors; i++) {
		const struct assess_factor *x = &m->x->factors[i];
		const struct datum *said = fact_value(m->g->f, r, x->field, m->g->figures->on);

		for (size_t k = 0; said && said->kind == NODE_TEXT && k < x->n; k++) {
			if (!words_alike(m->g->f, said->text, x->words[k]))
				continue;
			v = MIN(assess_round(v, x->times[k], POINT), (int64_t)ASSESS_MOST * POINT);
			break;
		}
	}
	return v;
}

static void one_record(const struct made *m, const struct fact *r, int64_t n)
{
	int64_t factor = r ? factor_of(m, r) : POINT;
	wide nano = (wide)n * m->x->each;
	struct str sum = made_points(m, m->x->each);
	struct assess_line *l;

	nano = nano > (wide)ASSESS_MOST * NANO * POINT ? (wide)ASSESS_MOST * NANO * POINT : nano;
	nano = nano * factor;    /* thousandths × thousandths × thousandths */
	if (m->x->by)
		sum = arena_printf(m->g->f->arena, STR_FMT " × " STR_FMT, STR_ARG(made_points(m, n)), STR_ARG(sum));
	if (factor != POINT)
		sum = arena_printf(m->g->f->arena, STR_FMT " × " STR_FMT, STR_ARG(sum),
			STR_ARG(made_points(m, factor)));
	l = made_line(m, m->x->grants ? LINE_GRANT : LINE_DEDUCT, m->x->grants ? nano : -nano, sum);
	if (r)
		line_facts(m->g->f->arena, l, (struct fact_list){.p = (const struct fact *[]){r}, .n = 1});
}

void form_each(const struct made *m)
{
	struct fact_list all = scoring_records(m->g, &m->x->source);
	int64_t before = m->x->grants ? 0 : made_full(m)->nano;

	for (size_t i = 0; i < all.n; i++) {
		int64_t n = POINT;

		if (m->x->by && !datum_number(fact_value(m->g->f, all.p[i], m->x->by, m->g->figures->on), &n))
			n = 0;
		if (n > 0)
			one_record(m, all.p[i], n);
	}
	for (int64_t i = 0; i < scoring_added(m->g, m->x); i++)
		one_record(m, NULL, POINT);
	made_limit(m, before);
}
