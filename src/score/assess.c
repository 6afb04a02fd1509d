/* A sheet: sections, total, vetoes and grade from the items' scores. */
#include "score/assess.h"

#include "scheme/number.h"

/* ---- marks ---- */

static enum err_code no_item(const struct assess *p, struct str id, struct err *err)
{
	const char *names[1024], *near;
	size_t n = 0;

	for (size_t i = 0; i < p->nsections; i++)
		for (size_t k = 0; k < p->sections[i].nitems && n < LEN(names); k++)
			names[n++] = p->sections[i].items[k].id.p;
	near = nearest_name(id, names, n, sizeof *names);
	if (near)
		return fail(err, ERR_NOT_FOUND, "no item '" STR_FMT "'; did you mean '%s'?", STR_ARG(id), near);
	return fail(err, ERR_NOT_FOUND, "no item '" STR_FMT "'", STR_ARG(id));
}

static enum err_code within(
	const struct assess_item *x, int64_t least, int64_t most, int64_t got, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct str item = x->id;

	if (got >= least && got <= most)
		return OK;
	if (most == INT64_MAX)
		return err_on(err, "points",
			fail(err, ERR_INPUT, "item '" STR_FMT "' has at least " STR_FMT " points", STR_ARG(item),
			STR_ARG(thousandths_text(&a, least))));
	return err_on(err, "points",
		fail(err, ERR_INPUT, "item '" STR_FMT "' has " STR_FMT " to " STR_FMT " points, not " STR_FMT,
		STR_ARG(item),
		STR_ARG(thousandths_text(&a, least)), STR_ARG(thousandths_text(&a, most)),
		STR_ARG(thousandths_text(&a, got))));
}

/* By from and to; 0 off, or 0 given, always. */
static enum err_code judged_within(const struct assess_item *x, int64_t got, struct err *err)
{
	int64_t base = x->grants ? 0 : x->points;

	if (got == base)
		return OK;
	return within(x, x->grants ? x->from : base - x->to, x->grants ? x->to : base - x->from, got, err);
}

enum err_code assess_mark_fits(const struct assess *p, struct str item, int64_t got, struct err *err)
{
	const struct assess_item *x = assess_item_get(p, item);

	if (!x)
		return no_item(p, item, err);
	if (x->form == FORM_JUDGE && !x->things.kind)
		return judged_within(x, got, err);
	return within(x, x->floor, MIN(assess_item_cap(x), x->bonus ? x->at_most : INT64_MAX), got, err);
}

enum err_code assess_thing_fits(const struct assess *p, struct str item, int64_t got, struct str why, struct err *err)
{
	const struct assess_item *x = assess_item_get(p, item);

	if (!x)
		return no_item(p, item, err);
	if (!x->things.kind)
		return fail(err, ERR_INPUT, "item '" STR_FMT "' judges no things one by one", STR_ARG(item));
	TRY(judged_within(x, got, err));
	if (got < (x->bonus && x->grants ? x->to : x->points) && str_blank(why))
		return fail(err, ERR_REQUIRED, "a score needs its reason");
	return OK;
}

static const struct assess_mark *mark_of(const struct assess_mark *p, size_t n, struct str item, bool confirmed)
{
	const struct assess_mark *found = NULL;

	for (size_t i = 0; i < n; i++)
		if (!p[i].thing.n && str_eq(p[i].item, item) && (!confirmed || p[i].confirmed) &&
			(!found || p[i].event > found->event))
			found = &p[i];
	return found;
}

static void put_marks(const struct scoring *g, const struct assess_inputs *in, struct assess_item_score *out)
{
	struct str id = out->item->id;
	const struct assess_mark *newest = mark_of(in->scores, in->nscores, id, false);

	out->self = mark_of(in->selfs, in->nselfs, id, false);
	if (!out->self && out->item->things.self) {
		struct assess_mark *m = ARENA_NEW(g->f->arena, struct assess_mark);

		*m = (struct assess_mark){.item = id, .got = out->part.judged->self};
		out->self = m;
	}
	out->score = mark_of(in->scores, in->nscores, id, true);
	out->waiting = newest && !newest->confirmed ? newest : NULL;
	out->computed = out->part.got;
	if (out->score) {
		line_of(g->f->arena, &out->part, LINE_ASSESSED, g->f->lang, (out->score->got - out->part.got) * NANO,
			out->score->text);
		out->part.got = out->score->got;
	}
	if (out->waiting)
		line_of(g->f->arena, &out->part, LINE_WAITING, g->f->lang, 0,
			arena_printf(g->f->arena, STR_FMT ": " STR_FMT,
			STR_ARG(thousandths_text(g->f->arena, out->waiting->got)), STR_ARG(out->waiting->text)));
}

/* ---- limits ---- */

static struct str text_of(const struct scoring *g, int64_t thousandths)
{
	return thousandths_text(g->f->arena, thousandths);
}

/* From got to to, with a line that says why. */
static int64_t move(const struct scoring *g, struct assess_part *p, enum assess_line_kind k, int64_t got, int64_t to,
	struct str why)
{
	if (got != to)
		line_of(g->f->arena, p, k, g->f->lang, (to - got) * NANO, why);
	return to;
}

static int64_t bounded(const struct scoring *g, struct assess_part *p, int64_t got, int64_t floor, int64_t cap)
{
	if (got < floor)
		return move(g, p, LINE_FLOOR, got, floor, text_of(g, floor));
	return got > cap ? move(g, p, LINE_CAP, got, cap, text_of(g, cap)) : got;
}

static int64_t converted(const struct scoring *g, struct assess_part *p, int64_t got, int64_t to, int64_t whole)
{
	int64_t v;

	if (!to)
		return got;
	v = assess_round(got, to, whole);
	return move(g, p, LINE_CONVERT, got, v, arena_printf(g->f->arena,
		STR_FMT " × " STR_FMT " ÷ " STR_FMT " = " STR_FMT,
		STR_ARG(text_of(g, got)), STR_ARG(text_of(g, to)), STR_ARG(text_of(g, whole)), STR_ARG(text_of(g, v))));
}

static int64_t weighted(const struct scoring *g, struct assess_part *p, int64_t got, int64_t weight)
{
	int64_t v = assess_round(got, weight, POINT);

	return move(g, p, LINE_WEIGHT, got, v, arena_printf(g->f->arena, STR_FMT " × " STR_FMT "%% = " STR_FMT,
		STR_ARG(text_of(g, got)), STR_ARG(text_of(g, weight * 100)), STR_ARG(text_of(g, v))));
}

/* Inside points and bonuses by the section's limits, conversion and weight; then the bonuses outside as they are. */
static void section_score(const struct scoring *g, const struct assess_inputs *in, struct assess_section_score *out)
{
	const struct assess_section *s = out->section;
	int64_t inside = 0, outside = 0;

	out->items = ARENA_ARRAY(g->f->arena, struct assess_item_score, s->nitems);
	for (size_t i = 0; i < s->nitems; i++) {
		struct assess_item_score *x = &out->items[i];

		x->item = &s->items[i];
		item_compute(g, x->item, &x->part);
		put_marks(g, in, x);
		*(x->item->bonus == BONUS_OUTSIDE ? &outside : &inside) += x->part.got;
	}
	inside = bounded(g, &out->part, inside, s->floor, s->cap);
	inside = converted(g, &out->part, inside, s->convert, s->points);
	inside = weighted(g, &out->part, inside, s->weight);
	if (outside > s->bonus_at_most)
		outside = move(g, &out->part, LINE_BONUS, outside, s->bonus_at_most, text_of(g, s->bonus_at_most));
	out->part.got = inside + outside;
}

/* ---- vetoes and grades ---- */

static bool holds(int64_t v, enum cond_op op, int64_t bar)
{
	switch (op) {
	case COND_UNDER:
		return v < bar;
	case COND_AT_LEAST:
		return v >= bar;
	case COND_AT_MOST:
		return v <= bar;
	default:
		return v > bar;
	}
}

/* Does a veto strike? What is behind it goes into the line. */
static bool strikes(const struct scoring *g, const struct assess_sheet *s, const struct assess_veto *v,
	struct assess_line *l)
{
	const struct assess_cond *c = &v->when;
	struct fact_list facts = {0};
	int64_t n = 0;

	if (c->kind == VETO_ITEM) {
		n = s->sections[c->section].items[c->item].part.got;
	} else if (c->source.kind == COUNT_DUTIES) {
		struct duty_state d;

		scoring_duty(g, c->source.duties[0], &d);
		n = (int64_t)d.missed * POINT;
		line_slots(g->f->arena, l, &d, 1u << SLOT_MISSED);
	} else if (c->source.kind == COUNT_RECORDS) {
		facts = scoring_records(g, &c->source);
		n = (int64_t)facts.n * POINT;
	} else if (!scoring_figure(g, c->source.figure, &n, &facts)) {
		return false;
	}
	line_facts(g->f->arena, l, facts);
	return holds(n, c->op, c->thousandths);
}

static void veto_line(const struct scoring *g, struct assess_part *p, enum assess_line_kind k, int64_t nano,
	const struct assess_veto *v, const struct assess_line *behind)
{
	struct assess_line *l = line_of(g->f->arena, p, k, g->f->lang, nano, v->title);

	l->slots = behind->slots;
	l->nslots = behind->nslots;
	l->facts = behind->facts;
}

/* Vetoes of sections before those of the total. */
static void section_vetoes(const struct scoring *g, struct assess_sheet *s)
{
	for (size_t i = 0; i < g->plan->nvetoes; i++) {
		const struct assess_veto *v = &g->plan->vetoes[i];
		struct assess_part *p = &s->sections[v->section].part;
		struct assess_line behind = {0};

		if (v->then != VETO_ZERO_SECTION || !strikes(g, s, v, &behind))
			continue;
		veto_line(g, p, LINE_ZERO, -p->got * NANO, v, &behind);
		p->got = 0;
	}
}

static int64_t total_vetoes(const struct scoring *g, struct assess_sheet *s, int64_t got)
{
	for (size_t i = 0; i < g->plan->nvetoes; i++) {
		const struct assess_veto *v = &g->plan->vetoes[i];
		struct assess_line behind = {0};

		if (v->then == VETO_ZERO_SECTION || !strikes(g, s, v, &behind))
			continue;
		veto_line(g, &s->part, v->then == VETO_ZERO ? LINE_ZERO : v->then == VETO_LOWER ? LINE_LOWER : LINE_BAR,
			v->then == VETO_ZERO ? -got * NANO : 0, v, &behind);
		if (v->then == VETO_ZERO)
			got = 0;
		else if (v->then == VETO_LOWER)
			s->lowered += (int)v->steps;
		else
			s->barred = MAX(s->barred, (int)v->grade + 1);
	}
	return got;
}

static int grade_of(const struct assess_sheet *s)
{
	int last = (int)s->plan->ngrades - 1, i = 0;

	while (i < last && s->part.got < s->plan->grades[i].from)
		i++;
	return MIN(MAX(i + s->lowered, s->barred), last);
}

struct str assess_sheet_grade(const struct assess_sheet *s)
{
	return s->grade < 0 ? STR_NONE : s->plan->grades[s->grade].name;
}

/* ---- the sheet ---- */

void assess_on(const struct facts *f, const struct figures *figures, const struct unit *unit,
	const struct assess_inputs *inputs, const struct assess_change *changes, size_t nchanges,
	struct assess_sheet *out)
{
	static const struct assess_inputs none;
	const struct assess *p = f->scheme->assessment;
	int64_t got = 0, whole = 0;
	struct scoring g;

	scoring_init(&g, f, figures, unit, changes, nchanges);
	g.inputs = inputs;
	*out = (struct assess_sheet){.plan = p, .unit = unit, .on = figures->on, .full = p->full, .grade = -1,
	                      .sections = ARENA_ARRAY(f->arena, struct assess_section_score, p->nsections)};
	for (size_t i = 0; i < p->nsections; i++) {
		out->sections[i].section = &p->sections[i];
		section_score(&g, inputs ? inputs : &none, &out->sections[i]);
		whole += p->sections[i].full;
	}
	section_vetoes(&g, out);
	for (size_t i = 0; i < p->nsections; i++)
		got += out->sections[i].part.got;
	got = bounded(&g, &out->part, got, p->floor, p->cap);
	got = converted(&g, &out->part, got, p->convert, whole);
	out->part.got = total_vetoes(&g, out, got);
	out->grade = grade_of(out);
	BUG_IF(!assess_sheet_sound(out));
}

bool assess_sheet_sound(const struct assess_sheet *s)
{
	int64_t total = part_sum(&s->part);

	for (size_t i = 0; i < s->plan->nsections; i++) {
		const struct assess_section_score *x = &s->sections[i];
		int64_t sum = part_sum(&x->part);

		for (size_t k = 0; k < x->section->nitems; k++) {
			if (part_sum(&x->items[k].part) != x->items[k].part.got * NANO)
				return false;
			sum += x->items[k].part.got * NANO;
		}
		if (sum != x->part.got * NANO)
			return false;
		total += sum;
	}
	return total == s->part.got * NANO;
}
