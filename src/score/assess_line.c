/* Lines that explain a score. */
#include "score/assess.h"

static const struct {
	const char *name, *words;
} kinds[] = {
#define L(c, name, words) {name, words},
#include "tbl/score_lines.h"
#undef L
};

const char *assess_line_name(enum assess_line_kind k)
{
	return kinds[k].name;
}

/* Billionths without spare zeros: 0.0835. */
struct str nano_text(struct arena *a, int64_t nano)
{
	int64_t one = (int64_t)POINT * NANO;
	long long whole = nano / one, rest = nano % one;
	struct str s;

	if (!rest)
		return arena_printf(a, "%lld", whole);
	s = arena_printf(a, "%s%lld.%09lld", nano < 0 ? "-" : "", whole < 0 ? -whole : whole, rest < 0 ? -rest : rest);
	while (s.p[s.n - 1] == '0')
		s.n--;
	return s;
}

struct assess_line *part_line(struct arena *a, struct assess_part *p, enum assess_line_kind k, int64_t nano,
	struct str rule, struct str sum)
{
	struct assess_line *l = ARENA_PUSH(a, p->p, p->n, p->cap);

	*l = (struct assess_line){.kind = k, .nano = nano, .rule = rule, .sum = sum};
	return l;
}

struct assess_line *line_of(struct arena *a, struct assess_part *p, enum assess_line_kind k, enum lang lang,
	int64_t nano,
	struct str sum)
{
	return part_line(a, p, k, nano, str_c(tr(lang, kinds[k].words)), sum);
}

int64_t part_sum(const struct assess_part *p)
{
	int64_t sum = 0;

	for (size_t i = 0; i < p->n; i++)
		sum += p->p[i].nano;
	return sum;
}

void line_slots(struct arena *a, struct assess_line *l, const struct duty_state *s, unsigned states)
{
	for (size_t i = 0; i < s->nslots; i++)
		if (states >> s->slots[i].state & 1)
			*ARENA_PUSH(a, l->slots, l->nslots, l->slots_cap) = &s->slots[i];
}

void line_facts(struct arena *a, struct assess_line *l, struct fact_list facts)
{
	for (size_t i = 0; i < facts.n; i++)
		*ARENA_PUSH(a, l->facts.p, l->facts.n, l->facts.cap) = facts.p[i];
}
