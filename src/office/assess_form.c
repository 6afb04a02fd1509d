/* The forms of an item, one function each: they add lines whose sum is the item's score before floor, cap and
 * rounding. */
#include "office/assess.h"
#include "office/number.h"

struct made {
	const struct scoring *g;
	const struct assess_item *x;
	struct assess_part *out;
};

/* ---- lines ---- */

static struct assess_line *line(const struct made *m, enum assess_line_kind k, wide nano, struct str sum)
{
	const wide most = (wide)ASSESS_MOST * POINT * NANO;

	nano = nano > most ? most : nano < -most ? -most : nano;         /* so that sums of millions of lines fit */
	return line_of(m->g->f->arena, m->out, k, m->g->f->lang, (int64_t)nano, sum);
}

static struct str points_text(const struct made *m, int64_t thousandths)
{
	return thousandths_text(m->g->f->arena, thousandths);
}

static struct assess_line *full(const struct made *m)
{
	return line(m, LINE_FULL, (wide)m->x->points * NANO, STR_NONE);
}

/* What lies beyond at_most is taken back. before: the sum without what the form added or took off. */
static void limit(const struct made *m, int64_t before)
{
	int64_t done = part_sum(m->out) - before, most;
	struct str words;

	if (m->x->at_most == INT64_MAX)
		return;
	most = m->x->at_most * NANO;
	if (done >= -most && done <= most)
		return;
	words = arena_printf(m->g->f->arena, tr(m->g->f->lang, N_("at most " STR_FMT)),
		STR_ARG(points_text(m, m->x->at_most)));
	line(m, LINE_AT_MOST, done < 0 ? -(wide)most - done : (wide)most - done, words);
}

/* ---- slots ---- */

struct counts {
	int64_t met, late, missed, due;
	struct duty_state *states;       /* [source.nduties] */
};

static struct counts counts_of(const struct made *m)
{
	const struct assess_source *s = &m->x->source;
	struct counts c = {.states = ARENA_ARRAY(m->g->f->arena, struct duty_state, s->nduties)};

	for (size_t i = 0; i < s->nduties; i++) {
		struct duty_state *d = &c.states[i];

		scoring_duty(m->g, s->duties[i], d);
		c.met += d->met;
		c.late += d->late;
		c.missed += d->missed;
		c.due += d->required_to_date;
	}
	return c;
}

static void behind(const struct made *m, struct assess_line *l, const struct counts *c, unsigned states)
{
	for (size_t i = 0; i < m->x->source.nduties; i++)
		line_slots(m->g->f->arena, l, &c->states[i], states);
}

static struct str nothing_due(const struct made *m)
{
	return str_c(tr(m->g->f->lang, N_("nothing is due: all points")));
}

static void form_share(const struct made *m)
{
	struct counts c = counts_of(m);
	struct assess_line *l;
	int64_t got;

	if (!c.due) {
		line(m, LINE_SHARE, (wide)m->x->points * NANO, nothing_due(m));
		return;
	}
	got = assess_round(m->x->points, 2 * c.met + c.late, 2 * c.due);
	l = line(m, LINE_SHARE, (wide)got * NANO, arena_printf(m->g->f->arena,
		"(%lld + %lld ÷ 2) ÷ %lld × " STR_FMT " = " STR_FMT, (long long)c.met, (long long)c.late,
		(long long)c.due,
		STR_ARG(points_text(m, m->x->points)), STR_ARG(points_text(m, got))));
	behind(m, l, &c, 1u << SLOT_LATE | 1u << SLOT_MISSED);
}

static struct str all_words(const struct made *m, int64_t misses)
{
	if (!misses)
		return str_c(tr(m->g->f->lang, N_("none missed")));
	return arena_printf(m->g->f->arena, tr(m->g->f->lang, N_("%lld missed: nothing")), (long long)misses);
}

static void form_own(const struct made *m)
{
	struct counts c = counts_of(m);
	struct score_line s = duty_score(&c.states[0]);
	struct arena *a = m->g->f->arena;
	struct str sum;

	switch (c.states[0].duty->score) {
	case SCORE_SHARE:
		sum = c.due ? arena_printf(a, "(%lld + %lld ÷ 2) ÷ %lld × " STR_FMT " = " STR_FMT, (long long)c.met,
			(long long)c.late, (long long)c.due, STR_ARG(points_text(m, s.points)),
			STR_ARG(points_text(m, s.got)))
		            : nothing_due(m);
		break;
	case SCORE_AVERAGE:
		sum = arena_printf(a, tr(m->g->f->lang, N_("mean of the owners' shares, %lld.%02lld%%: " STR_FMT)),
			(long long)s.share / 100, (long long)s.share % 100, STR_ARG(points_text(m, s.got)));
		break;
	case SCORE_ALL:
		sum = all_words(m, s.misses);
		break;
	default:
		sum = arena_printf(a, STR_FMT " − " STR_FMT " (%d × " STR_FMT ")", STR_ARG(points_text(m, s.points)),
			STR_ARG(points_text(m, s.deducted)), s.misses,
			STR_ARG(points_text(m, c.states[0].duty->deduct)));
	}
	behind(m, line(m, LINE_OWN, (wide)s.got * NANO, sum), &c, 1u << SLOT_LATE | 1u << SLOT_MISSED);
}

/* n × each = …, as words; the line's amount is signed. */
static struct assess_line *times(const struct made *m, enum assess_line_kind k, int64_t n, int64_t each, int sign)
{
	wide nano = (wide)n * each * (NANO / POINT) * sign;

	return line(m, k, nano, arena_printf(m->g->f->arena, STR_FMT " × " STR_FMT " = " STR_FMT,
		STR_ARG(points_text(m, n)), STR_ARG(points_text(m, each)),
		STR_ARG(nano_text(m->g->f->arena, (int64_t)(nano * sign)))));
}

static void form_missing(const struct made *m)
{
	struct counts c = counts_of(m);
	int64_t before = full(m)->nano;

	if (c.missed)
		behind(m, times(m, LINE_MISSED, c.missed * POINT, m->x->each, -1), &c, 1u << SLOT_MISSED);
	limit(m, before);
}

/* The owners that have missed something, each once, in the order of the slots. */
static void form_owners(const struct made *m)
{
	struct counts c = counts_of(m);
	int64_t before = full(m)->nano;
	struct map seen = MAP_IN(m->g->f->arena);

	for (size_t i = 0; i < m->x->source.nduties; i++) {
		for (size_t k = 0; k < c.states[i].nslots; k++) {
			const struct slot *s = &c.states[i].slots[k];
			void **at;

			if (s->state != SLOT_MISSED)
				continue;
			at = map_at(&seen, s->owner);
			if (!*at) {
				*at = (void *)(uintptr_t)(m->out->n + 1);
				line(m, LINE_OWNER, -(wide)m->x->each * NANO, s->owner);
			}
			struct assess_line *l = &m->out->p[(size_t)(uintptr_t)*at - 1];

			*ARENA_PUSH(m->g->f->arena, l->slots, l->nslots, l->slots_cap) = s;
		}
	}
	limit(m, before);
}

/* ---- counts against a number ---- */

static void no_value(const struct made *m, enum assess_line_kind k)
{
	line(m, k, 0, str_c(tr(m->g->f->lang, N_("there is no value, so nothing is taken off or added"))));
}

/* The count and what it is held against; a line that tells where either is not there. */
static bool against(const struct made *m, int64_t *have, int64_t *want, struct assess_line *seen)
{
	return scoring_count(m->g, m->x, have, seen) && scoring_number(m->g, &m->x->of, want);
}

static void form_short(const struct made *m)
{
	struct assess_line seen = {0}, *l;
	int64_t before = full(m)->nano, have, want;

	if (!against(m, &have, &want, &seen)) {
		no_value(m, LINE_SHORT);
		return;
	}
	if (have >= want)
		return;
	l = times(m, LINE_SHORT, want - have, m->x->each, -1);
	l->sum = arena_printf(m->g->f->arena, "(" STR_FMT " − " STR_FMT ") × " STR_FMT " = " STR_FMT,
		STR_ARG(points_text(m, want)), STR_ARG(points_text(m, have)), STR_ARG(points_text(m, m->x->each)),
		STR_ARG(nano_text(m->g->f->arena, -l->nano)));
	line_facts(m->g->f->arena, l, seen.facts);
	limit(m, before);
}

static void form_indicator(const struct made *m)
{
	struct assess_line seen = {0}, *l;
	int64_t before = full(m)->nano, have, want;
	bool more;

	if (!against(m, &have, &want, &seen)) {
		no_value(m, LINE_MORE);
		return;
	}
	if (have == want)
		return;
	more = have > want;
	l = times(m, more ? LINE_MORE : LINE_FEWER, more ? have - want : want - have, more ? m->x->more : m->x->fewer,
		more ? -1 : 1);
	line_facts(m->g->f->arena, l, seen.facts);
	limit(m, before);
}

static void form_value(const struct made *m)
{
	struct assess_line seen = {0}, *l;
	int64_t have, whole, got;

	if (!against(m, &have, &whole, &seen) || whole <= 0) {
		no_value(m, LINE_VALUE);
		return;
	}
	got = assess_round(m->x->points, MAX(have, 0), whole);
	l = line(m, LINE_VALUE, (wide)got * NANO, arena_printf(m->g->f->arena,
		STR_FMT " × " STR_FMT " ÷ " STR_FMT " = " STR_FMT,
		STR_ARG(points_text(m, have)), STR_ARG(points_text(m, m->x->points)), STR_ARG(points_text(m, whole)),
		STR_ARG(points_text(m, got))));
	line_facts(m->g->f->arena, l, seen.facts);
}

static void form_done(const struct made *m)
{
	struct assess_line seen = {0}, *l;
	int64_t n;

	if (!scoring_count(m->g, m->x, &n, &seen)) {
		no_value(m, LINE_GRANT);
		return;
	}
	l = times(m, LINE_GRANT, MAX(n, 0), m->x->each, 1);
	l->slots = seen.slots;
	l->nslots = seen.nslots;
	l->facts = seen.facts;
	limit(m, 0);
}

static void form_all(const struct made *m)
{
	struct assess_line seen = {0}, *l;
	int64_t n;

	if (m->x->source.kind == COUNT_DUTIES) {
		struct counts c = counts_of(m);

		l = line(m, LINE_ALL, c.missed ? 0 : (wide)m->x->points * NANO, all_words(m, c.missed));
		behind(m, l, &c, 1u << SLOT_MISSED);
		return;
	}
	if (!scoring_count(m->g, m->x, &n, &seen))
		n = 0;
	l = line(m, LINE_ALL, n > 0 ? (wide)m->x->points * NANO : 0, arena_printf(m->g->f->arena,
		n > 0 ? tr(m->g->f->lang, N_("there are " STR_FMT)) : tr(m->g->f->lang, N_("there is none: nothing")),
		STR_ARG(points_text(m, n))));
	line_facts(m->g->f->arena, l, seen.facts);
}

/* ---- bands ---- */

/* Is part ÷ whole × 100 below a bar? */
static bool below_bar(int64_t part, int64_t whole, int64_t under)
{
	return (wide)part * 100 * POINT < (wide)under * whole;
}

static void form_bands(const struct made *m)
{
	struct assess_line seen = {0}, *l;
	struct counts c = {0};
	bool duties = m->x->source.kind == COUNT_DUTIES;
	int64_t v = 0;

	full(m);
	if (duties)
		c = counts_of(m);
	if (duties ? !c.due : !scoring_count(m->g, m->x, &v, &seen)) {
		no_value(m, LINE_BAND);
		return;
	}
	for (size_t i = 0; i < m->x->nsteps; i++) {
		const struct assess_step *s = &m->x->steps[i];
		struct str have = points_text(m, v);

		if (duties ? !below_bar(c.met + c.late, c.due, s->under) : v >= s->under)
			continue;
		if (duties)
			have = arena_printf(m->g->f->arena, "%lld ÷ %lld × 100", (long long)(c.met + c.late),
				(long long)c.due);
		l = line(m, LINE_BAND, -(wide)s->deduct * NANO, arena_printf(m->g->f->arena,
			STR_FMT " < " STR_FMT ": −" STR_FMT,
			STR_ARG(have), STR_ARG(points_text(m, s->under)), STR_ARG(points_text(m, s->deduct))));
		behind(m, l, &c, 1u << SLOT_MISSED);
		line_facts(m->g->f->arena, l, seen.facts);
		return;
	}
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
	struct str sum = points_text(m, m->x->each);
	struct assess_line *l;

	nano = nano > (wide)ASSESS_MOST * NANO * POINT ? (wide)ASSESS_MOST * NANO * POINT : nano;
	nano = nano * factor;    /* thousandths × thousandths × thousandths */
	if (m->x->by)
		sum = arena_printf(m->g->f->arena, STR_FMT " × " STR_FMT, STR_ARG(points_text(m, n)), STR_ARG(sum));
	if (factor != POINT)
		sum = arena_printf(m->g->f->arena, STR_FMT " × " STR_FMT, STR_ARG(sum),
			STR_ARG(points_text(m, factor)));
	l = line(m, m->x->grants ? LINE_GRANT : LINE_DEDUCT, m->x->grants ? nano : -nano, sum);
	if (r)
		line_facts(m->g->f->arena, l, (struct fact_list){.p = (const struct fact *[]){r}, .n = 1});
}

static void form_each(const struct made *m)
{
	struct fact_list all = scoring_records(m->g, &m->x->source);
	int64_t before = m->x->grants ? 0 : full(m)->nano;

	for (size_t i = 0; i < all.n; i++) {
		int64_t n = POINT;

		if (m->x->by && !datum_number(fact_value(m->g->f, all.p[i], m->x->by, m->g->figures->on), &n))
			n = 0;
		if (n > 0)
			one_record(m, all.p[i], n);
	}
	for (int64_t i = 0; i < scoring_added(m->g, m->x); i++)
		one_record(m, NULL, POINT);
	limit(m, before);
}

static void form_judge(const struct made *m)
{
	struct str sum = arena_printf(m->g->f->arena, tr(m->g->f->lang,
		m->x->grants ? N_("may be given: " STR_FMT " to " STR_FMT)
		: N_("may be taken off: " STR_FMT " to " STR_FMT)), STR_ARG(points_text(m, m->x->from)),
		STR_ARG(points_text(m, m->x->to)));

	if (!m->x->grants)
		full(m);
	line(m, LINE_JUDGE, 0, sum);
}

/* ---- an item ---- */

static void (*const forms[])(const struct made *m) = {
#define F(c, key, src, keys, avg, fn, words) fn,
#include "tbl/score_forms.h"
#undef F
};

int64_t assess_item_cap(const struct assess_item *x)
{
	return x->cap == INT64_MAX && !x->bonus && x->form != FORM_INDICATOR ? x->points : x->cap;
}

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
