/* Items of an assessment: what their forms share, floor, cap and rounding, the mean of owners. The forms themselves are
 * in assess_slots.c, assess_count.c and assess_judge.c. */
#include "score/assess_inside.h"
#include "scheme/number.h"

/* ---- lines ---- */

struct assess_line *made_line(const struct made *m, enum assess_line_kind k, wide nano, struct str sum)
{
	const wide most = (wide)ASSESS_MOST * POINT * NANO;

	nano = nano > most ? most : nano < -most ? -most : nano;         /* so that sums of millions of lines fit */
	return line_of(m->g->f->arena, m->out, k, m->g->f->lang, (int64_t)nano, sum);
}

struct str made_points(const struct made *m, int64_t thousandths)
{
	return thousandths_text(m->g->f->arena, thousandths);
}

struct assess_line *made_full(const struct made *m)
{
	return made_line(m, LINE_FULL, (wide)m->x->points * NANO, STR_NONE);
}

/* What lies beyond at_most is taken back. before: the sum without what the form added or took off. */
void made_limit(const struct made *m, int64_t before)
{
	int64_t done = part_sum(m->out) - before, most;
	struct str words;

	if (m->x->at_most == INT64_MAX)
		return;
	most = m->x->at_most * NANO;
	if (done >= -most && done <= most)
		return;
	words = arena_printf(m->g->f->arena, tr(m->g->f->lang, N_("at most " STR_FMT)),
		STR_ARG(made_points(m, m->x->at_most)));
	made_line(m, LINE_AT_MOST, done < 0 ? -(wide)most - done : (wide)most - done, words);
}

/* n × each = …, as words; the line's amount is signed. */
struct assess_line *made_times(const struct made *m, enum assess_line_kind k, int64_t n, int64_t each, int sign)
{
	wide nano = (wide)n * each * (NANO / POINT) * sign;

	return made_line(m, k, nano, arena_printf(m->g->f->arena, STR_FMT " × " STR_FMT " = " STR_FMT,
		STR_ARG(made_points(m, n)), STR_ARG(made_points(m, each)),
		STR_ARG(nano_text(m->g->f->arena, (int64_t)(nano * sign)))));
}

void made_no_value(const struct made *m, enum assess_line_kind k)
{
	made_line(m, k, 0, str_c(tr(m->g->f->lang, N_("there is no value, so nothing is taken off or added"))));
}

/* ---- an item ---- */

static void (*const forms[])(const struct made *m) = {
#define F(c, key, src, keys, avg, fn, words) fn,
#include "tbl/score_forms.h"
#undef F
};

static void finish(const struct scoring *g, const struct assess_item *x, struct assess_part *out)
{
	struct arena *a = g->f->arena;
	int64_t sum = part_sum(out), cap = assess_item_cap(x), got;

	if (sum < x->floor * NANO)
		line_of(a, out, LINE_FLOOR, g->f->lang, x->floor * NANO - sum, thousandths_text(a, x->floor));
	else if (cap != INT64_MAX && sum > cap * NANO)
		line_of(a, out, LINE_CAP, g->f->lang, cap * NANO - sum, thousandths_text(a, cap));
	sum = part_sum(out);
	got = assess_round(sum, 1, NANO);
	if (got * NANO != sum)
		line_of(a, out, LINE_ROUNDED, g->f->lang, got * NANO - sum, thousandths_text(a, got));
	out->got = got;
}

/* Each owner scored by himself; what their mean is made of is told beside. */
static void average(const struct scoring *g, const struct assess_item *x, struct assess_part *out)
{
	struct arena *a = g->f->arena;
	struct map owners = MAP_IN(a);
	int64_t sum = 0, n = 0, got;

	for (size_t i = 0; i < x->source.nduties; i++) {
		struct duty_state d;

		scoring_duty(g, x->source.duties[i], &d);
		for (size_t k = 0; k < d.nslots; k++)
			map_set(&owners, d.slots[k].owner, &owners);
	}
	for (size_t i = 0; i < owners.n; i++, n++) {
		struct scoring one = *g;
		struct assess_part mine = {0};
		struct made m = {&one, x, &mine};

		one.owner = owners.items[i].key;
		one.one_owner = true;
		forms[x->form](&m);
		finish(g, x, &mine);
		sum += mine.got;
		struct assess_line *l = line_of(a, out, LINE_MEMBER, g->f->lang, 0,
			arena_printf(a, STR_FMT ": " STR_FMT,
			STR_ARG(one.owner), STR_ARG(thousandths_text(a, mine.got))));
		for (size_t k = 0; k < mine.n; k++)
			for (size_t j = 0; j < mine.p[k].nslots; j++)
				*ARENA_PUSH(a, l->slots, l->nslots, l->slots_cap) = mine.p[k].slots[j];
	}
	if (!n) {
		line_of(a, out, LINE_MEAN, g->f->lang, x->points * NANO,
			str_c(tr(g->f->lang, N_("nothing is due: all points"))));
		return;
	}
	got = assess_round(sum, 1, n);
	line_of(a, out, LINE_MEAN, g->f->lang, got * NANO, arena_printf(a, STR_FMT " ÷ %lld = " STR_FMT,
		STR_ARG(thousandths_text(a, sum)), (long long)n, STR_ARG(thousandths_text(a, got))));
}

void item_compute(const struct scoring *g, const struct assess_item *x, struct assess_part *out)
{
	struct made m = {g, x, out};

	*out = (struct assess_part){0};
	if (x->average)
		average(g, x, out);
	else
		forms[x->form](&m);
	finish(g, x, out);
}
