/* Items that people judge: as a whole, or each of several things by itself. */
#include "score/assess_inside.h"
#include "scheme/number.h"

#include <inttypes.h>
#include <stdlib.h>

/* ---- which things ---- */

struct things {
	struct assess_thing *p;
	size_t n, cap;
};

static void add_post(const struct made *m, struct things *all, struct str code)
{
	const struct post *p = m->g->f->org ? org_post(m->g->f->org, code) : NULL;

	if (p)
		*ARENA_PUSH(m->g->f->arena, all->p, all->n, all->cap) =
			(struct assess_thing){.key = p->code, .name = p->name};
}

static int by_key(const void *a, const void *b)
{
	const struct assess_thing *x = a, *y = b;

	return str_cmp(x->key, y->key);
}

/* The members of a body, in the order of their codes. */
static void members(const struct made *m, struct things *all, struct str name)
{
	const struct org *org = m->g->f->org;

	for (size_t i = 0; org && i < org->nbodies; i++) {
		const struct body *b = &org->bodies[i];

		if (!str_eq(b->code, name) && !str_eq(b->name, name))
			continue;
		for (size_t k = 0; k < b->nmembers; k++)
			add_post(m, all, b->members[k]);
		break;
	}
	if (all->n)
		qsort(all->p, all->n, sizeof *all->p, by_key);
}

static struct things things_of(const struct made *m)
{
	const struct assess_each *e = &m->x->things;
	struct arena *a = m->g->f->arena;
	struct things all = {0};
	struct fact_list records;

	if (e->kind == EACH_BODY)
		members(m, &all, e->names.p[0]);
	for (size_t i = 0; e->kind == EACH_OF_POSTS && i < e->names.n; i++)
		add_post(m, &all, e->names.p[i]);
	if (e->kind != EACH_OF_RECORDS)
		return all;
	records = scoring_records(m->g, &m->x->source);
	for (size_t i = 0; i < records.n; i++) {
		const struct fact *r = records.p[i];

		*ARENA_PUSH(a, all.p, all.n, all.cap) = (struct assess_thing){.fact = r, .name = fact_row(a, r),
			.key = arena_printf(a, "%" PRId64 ":%" PRId64, r->id.origin, r->id.seq)};
	}
	return all;
}

/* ---- what each weighs ---- */

static size_t word_at(const struct made *m, const struct fact *r, const struct field *field, const struct texts *words)
{
	const struct datum *said = fact_value(m->g->f, r, field, m->g->figures->on);
	size_t i = 0;

	if (!said || said->kind != NODE_TEXT)
		return words->n;
	while (i < words->n && !words_alike(m->g->f, said->text, words->p[i]))
		i++;
	return i;
}

/* One weight of a record; 1 where nothing fits it. */
static int64_t weight_of(const struct made *m, const struct fact *r, const struct assess_weigh *w)
{
	size_t row, column = 0;
	int64_t v;

	if (!w->row.n) {
		bool there = datum_number(fact_value(m->g->f, r, w->rows, m->g->figures->on), &v);

		return there && v > 0 && v <= 1000 * POINT ? v : POINT;
	}
	row = word_at(m, r, w->rows, &w->row);
	if (w->columns)
		column = word_at(m, r, w->columns, &w->column);
	if (row == w->row.n || (w->columns && column == w->column.n))
		return POINT;
	v = w->times[row * MAX(w->column.n, 1) + column];
	return v ? v : POINT;
}

/* A number of so many thousandths of thousandths, without spare zeros. */
static struct str scaled_text(struct arena *a, wide v, size_t weights)
{
	char text[64];
	size_t at = sizeof text, digits = 3 * weights;
	bool seen = false;

	for (size_t i = 0; v || i <= digits; i++) {
		int d = (int)(v % 10);

		v /= 10;
		if (i == digits && seen)
			text[--at] = '.';
		seen |= d != 0;
		if (seen || i >= digits)
			text[--at] = (char)('0' + d);
	}
	return arena_str(a, (struct str){text + at, sizeof text - at});
}

static void weigh(const struct made *m, struct assess_thing *t)
{
	const struct assess_each *e = &m->x->things;

	t->weight = 1;
	for (size_t i = 0; i < e->nweigh; i++)
		t->weight *= weight_of(m, t->fact, &e->weigh[i]);
	t->weight_text = scaled_text(m->g->f->arena, t->weight, e->nweigh);
}

/* ---- what each was given ---- */

/* The newest judgements of one thing. */
struct given {
	const struct assess_mark *confirmed, *newest;
	bool taken;
};

static void take(struct given *g, const struct assess_mark *x)
{
	if (!g->newest || x->event > g->newest->event)
		g->newest = x;
	if (x->confirmed && (!g->confirmed || x->event > g->confirmed->event))
		g->confirmed = x;
}

static struct map given_of(const struct made *m)
{
	const struct assess_inputs *in = m->g->inputs;
	struct map all = MAP_IN(m->g->f->arena);

	for (size_t i = 0; in && i < in->nscores; i++) {
		const struct assess_mark *x = &in->scores[i];
		void **at;

		if (!x->thing.n || !str_eq(x->item, m->x->id))
			continue;
		at = map_at(&all, x->thing);
		if (!*at)
			*at = ARENA_NEW(m->g->f->arena, struct given);
		take(*at, x);
	}
	return all;
}

/* What-if: has it all its points? */
static bool all_given(const struct made *m, const struct assess_thing *t)
{
	for (size_t i = 0; i < m->g->nchanges; i++) {
		const struct assess_change *c = &m->g->changes[i];

		if (c->kind == CHANGE_MARK && c->item == m->x && str_eq(c->thing, t->key))
			return true;
	}
	return false;
}

static int64_t held(int64_t v, int64_t most)
{
	return MIN(MAX(v, 0), most);
}

static void judge(const struct made *m, struct map *given, struct assess_judged *all, struct assess_thing *t)
{
	struct given *g = map_get(given, t->key);

	t->got = m->x->grants ? 0 : all->most;
	if (g) {
		g->taken = true;
		t->mark = g->confirmed;
		t->waiting = g->newest->confirmed ? NULL : g->newest;
	}
	if (t->mark)
		t->got = held(t->mark->got, all->most);
	if (all_given(m, t))
		t->got = all->most;
}

/* ---- the mean ---- */

/* Σ weight × points ÷ Σ weight, half up; thousandths. */
static int64_t mean(wide sum, wide weight)
{
	return (int64_t)((2 * sum + weight) / (2 * weight));
}

static int64_t self_of(const struct made *m, const struct assess_judged *j)
{
	int64_t cap = assess_item_cap(m->x), v;
	wide sum = 0;

	if (!m->x->things.self)
		return 0;
	for (size_t i = 0; i < j->n; i++) {
		if (!datum_number(fact_value(m->g->f, j->p[i].fact, m->x->things.self, m->g->figures->on), &v))
			v = 0;
		sum += j->p[i].weight * held(v, j->most);
	}
	v = j->n ? mean(sum, j->weight) : m->x->grants ? 0 : j->most;
	return MIN(MAX(v, m->x->floor), cap);
}

static const struct assess_judged *judged_of(const struct made *m)
{
	struct assess_judged *j = ARENA_NEW(m->g->f->arena, struct assess_judged);
	struct things all = things_of(m);
	struct map given = given_of(m);

	*j = (struct assess_judged){.p = all.p, .n = all.n, .most = m->x->points};
	if (m->x->bonus)
		j->most = m->x->grants ? m->x->to : 0;
	for (size_t i = 0; i < all.n; i++) {
		weigh(m, &all.p[i]);
		judge(m, &given, j, &all.p[i]);
		j->weight += all.p[i].weight;
	}
	for (size_t i = 0; i < given.n; i++) {
		const struct given *g = given.items[i].value;

		if (!g->taken)
			*ARENA_PUSH(m->g->f->arena, j->gone, j->ngone, j->cap) = g->newest;
	}
	j->self = self_of(m, j);
	return j;
}

/* ---- lines ---- */

static struct str post_name(const struct facts *f, struct str code)
{
	const struct post *p = f->org ? org_post(f->org, code) : NULL;

	return p ? p->name : code;
}

struct str assess_mark_text(const struct facts *f, const struct assess_mark *m)
{
	struct arena *a = f->arena;
	struct str points = thousandths_text(a, m->got), by = post_name(f, m->by);

	by = m->confirmed ? arena_printf(a, tr(f->lang, N_(STR_FMT " by " STR_FMT ", confirmed by " STR_FMT)),
			STR_ARG(points), STR_ARG(by), STR_ARG(post_name(f, m->confirmed_by)))
		: arena_printf(a, tr(f->lang, N_(STR_FMT " by " STR_FMT ", not yet confirmed")), STR_ARG(points),
			STR_ARG(by));
	return m->text.n ? arena_printf(a, STR_FMT ": " STR_FMT, STR_ARG(by), STR_ARG(m->text)) : by;
}

struct str assess_judged_text(const struct facts *f, const struct assess_judged *j)
{
	size_t n = 0;

	for (size_t i = 0; i < j->n; i++)
		n += j->p[i].mark != NULL;
	return arena_printf(f->arena, tr(f->lang, N_("%zu of %zu judged")), n, j->n);
}

static struct str who_said(const struct made *m, const struct assess_thing *t)
{
	struct arena *a = m->g->f->arena;
	struct str text = t->mark ? assess_mark_text(m->g->f, t->mark) : str_c(tr(m->g->f->lang, N_("not judged yet")));

	return t->waiting ? arena_printf(a, STR_FMT "; " STR_FMT, STR_ARG(text),
		STR_ARG(assess_mark_text(m->g->f, t->waiting))) : text;
}

/* Its share of the item, or what it lacks of it: weight × points ÷ Σ weight, in billionths. */
static void thing_line(const struct made *m, const struct assess_judged *j, const struct assess_thing *t)
{
	struct arena *a = m->g->f->arena;
	int64_t points = m->x->grants ? t->got : j->most - t->got;
	wide sum = t->weight * points * NANO, nano = (2 * sum + j->weight) / (2 * j->weight);
	struct str lack = made_points(m, points);
	struct assess_line *l;

	if (!m->x->grants)
		lack = arena_printf(a, "(" STR_FMT " − " STR_FMT ")", STR_ARG(made_points(m, j->most)),
			STR_ARG(made_points(m, t->got)));
	l = made_line(m, LINE_THING, m->x->grants ? nano : -nano, arena_printf(a,
		STR_FMT ": " STR_FMT " × " STR_FMT " ÷ " STR_FMT "; " STR_FMT, STR_ARG(t->name), STR_ARG(lack),
		STR_ARG(t->weight_text), STR_ARG(scaled_text(a, j->weight, m->x->things.nweigh)),
		STR_ARG(who_said(m, t))));
	l->thing = t->key;
	if (t->fact)
		line_facts(a, l, (struct fact_list){.p = (const struct fact *[]){t->fact}, .n = 1});
}

static void gone_lines(const struct made *m, const struct assess_judged *j)
{
	for (size_t i = 0; i < j->ngone; i++) {
		struct str thing = j->gone[i]->thing;
		struct assess_line *l = made_line(m, LINE_GONE, 0, arena_printf(m->g->f->arena, STR_FMT ": " STR_FMT,
			STR_ARG(post_name(m->g->f, thing)), STR_ARG(assess_mark_text(m->g->f, j->gone[i]))));

		l->thing = thing;
	}
}

static void several(const struct made *m)
{
	const struct assess_judged *j = judged_of(m);
	int64_t base = m->x->grants ? 0 : m->x->points, got;
	wide sum = 0;

	m->out->judged = j;
	if (!j->n)
		made_line(m, LINE_THING, 0, str_c(tr(m->g->f->lang, m->x->grants
			? N_("there is nothing to judge: nothing") : N_("there is nothing to judge: all points"))));
	for (size_t i = 0; i < j->n; i++) {
		thing_line(m, j, &j->p[i]);
		sum += j->p[i].weight * j->p[i].got;
	}
	gone_lines(m, j);
	got = j->n ? mean(sum, j->weight) : base;
	if (part_sum(m->out) != got * NANO)
		made_line(m, LINE_ROUNDED, (wide)got * NANO - part_sum(m->out), made_points(m, got));
}

void form_judge(const struct made *m)
{
	struct str sum = arena_printf(m->g->f->arena, tr(m->g->f->lang,
		m->x->grants ? N_("may be given: " STR_FMT " to " STR_FMT)
		: N_("may be taken off: " STR_FMT " to " STR_FMT)), STR_ARG(made_points(m, m->x->from)),
		STR_ARG(made_points(m, m->x->to)));

	if (!m->x->grants)
		made_full(m);
	made_line(m, LINE_JUDGE, 0, sum);
	if (m->x->things.kind)
		several(m);
}
