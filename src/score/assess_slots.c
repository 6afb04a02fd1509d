/* Forms of an item that count slots of duties: shares, misses, owners, all or nothing, bands. */
#include "score/assess_inside.h"
#include "scheme/number.h"

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

void form_share(const struct made *m)
{
	struct counts c = counts_of(m);
	struct assess_line *l;
	int64_t got;

	if (!c.due) {
		made_line(m, LINE_SHARE, (wide)m->x->points * NANO, nothing_due(m));
		return;
	}
	got = assess_round(m->x->points, 2 * c.met + c.late, 2 * c.due);
	l = made_line(m, LINE_SHARE, (wide)got * NANO, arena_printf(m->g->f->arena,
		"(%lld + %lld ÷ 2) ÷ %lld × " STR_FMT " = " STR_FMT, (long long)c.met, (long long)c.late,
		(long long)c.due,
		STR_ARG(made_points(m, m->x->points)), STR_ARG(made_points(m, got))));
	behind(m, l, &c, 1u << SLOT_LATE | 1u << SLOT_MISSED);
}

static struct str all_words(const struct made *m, int64_t misses)
{
	if (!misses)
		return str_c(tr(m->g->f->lang, N_("none missed")));
	return arena_printf(m->g->f->arena, tr(m->g->f->lang, N_("%lld missed: nothing")), (long long)misses);
}

void form_own(const struct made *m)
{
	struct counts c = counts_of(m);
	struct score_line s = duty_score(&c.states[0]);
	struct arena *a = m->g->f->arena;
	struct str sum;

	switch (c.states[0].duty->score) {
	case SCORE_SHARE:
		sum = c.due ? arena_printf(a, "(%lld + %lld ÷ 2) ÷ %lld × " STR_FMT " = " STR_FMT, (long long)c.met,
			(long long)c.late, (long long)c.due, STR_ARG(made_points(m, s.points)),
			STR_ARG(made_points(m, s.got)))
		            : nothing_due(m);
		break;
	case SCORE_AVERAGE:
		sum = arena_printf(a, tr(m->g->f->lang, N_("mean of the owners' shares, %lld.%02lld%%: " STR_FMT)),
			(long long)s.share / 100, (long long)s.share % 100, STR_ARG(made_points(m, s.got)));
		break;
	case SCORE_ALL:
		sum = all_words(m, s.misses);
		break;
	default:
		sum = arena_printf(a, STR_FMT " − " STR_FMT " (%d × " STR_FMT ")", STR_ARG(made_points(m, s.points)),
			STR_ARG(made_points(m, s.deducted)), s.misses,
			STR_ARG(made_points(m, c.states[0].duty->deduct)));
	}
	behind(m, made_line(m, LINE_OWN, (wide)s.got * NANO, sum), &c, 1u << SLOT_LATE | 1u << SLOT_MISSED);
}

void form_missing(const struct made *m)
{
	struct counts c = counts_of(m);
	int64_t before = made_full(m)->nano;

	if (c.missed)
		behind(m, made_times(m, LINE_MISSED, c.missed * POINT, m->x->each, -1), &c, 1u << SLOT_MISSED);
	made_limit(m, before);
}

/* The owners that have missed something, each once, in the order of the slots. */
void form_owners(const struct made *m)
{
	struct counts c = counts_of(m);
	int64_t before = made_full(m)->nano;
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
				made_line(m, LINE_OWNER, -(wide)m->x->each * NANO, s->owner);
			}
			struct assess_line *l = &m->out->p[(size_t)(uintptr_t)*at - 1];

			*ARENA_PUSH(m->g->f->arena, l->slots, l->nslots, l->slots_cap) = s;
		}
	}
	made_limit(m, before);
}

void form_all(const struct made *m)
{
	struct assess_line seen = {0}, *l;
	int64_t n;

	if (m->x->source.kind == COUNT_DUTIES) {
		struct counts c = counts_of(m);

		l = made_line(m, LINE_ALL, c.missed ? 0 : (wide)m->x->points * NANO, all_words(m, c.missed));
		behind(m, l, &c, 1u << SLOT_MISSED);
		return;
	}
	if (!scoring_count(m->g, m->x, &n, &seen))
		n = 0;
	l = made_line(m, LINE_ALL, n > 0 ? (wide)m->x->points * NANO : 0, arena_printf(m->g->f->arena,
		n > 0 ? tr(m->g->f->lang, N_("there are " STR_FMT)) : tr(m->g->f->lang, N_("there is none: nothing")),
		STR_ARG(made_points(m, n))));
	line_facts(m->g->f->arena, l, seen.facts);
}

/* ---- bands ---- */

/* Is part ÷ whole × 100 below a bar? */
static bool below_bar(int64_t part, int64_t whole, int64_t under)
{
	return (wide)part * 100 * POINT < (wide)under * whole;
}

void form_bands(const struct made *m)
{
	struct assess_line seen = {0}, *l;
	struct counts c = {0};
	bool duties = m->x->source.kind == COUNT_DUTIES;
	int64_t v = 0;

	made_full(m);
	if (duties)
		c = counts_of(m);
	if (duties ? !c.due : !scoring_count(m->g, m->x, &v, &seen)) {
		made_no_value(m, LINE_BAND);
		return;
	}
	for (size_t i = 0; i < m->x->nsteps; i++) {
		const struct assess_step *s = &m->x->steps[i];
		struct str have = made_points(m, v);

		if (duties ? !below_bar(c.met + c.late, c.due, s->under) : v >= s->under)
			continue;
		if (duties)
			have = arena_printf(m->g->f->arena, "%lld ÷ %lld × 100", (long long)(c.met + c.late),
				(long long)c.due);
		l = made_line(m, LINE_BAND, -(wide)s->deduct * NANO, arena_printf(m->g->f->arena,
			STR_FMT " < " STR_FMT ": −" STR_FMT,
			STR_ARG(have), STR_ARG(made_points(m, s->under)), STR_ARG(made_points(m, s->deduct))));
		behind(m, l, &c, 1u << SLOT_MISSED);
		line_facts(m->g->f->arena, l, seen.facts);
		return;
	}
}
