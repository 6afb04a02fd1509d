/* Proofreading a report against its records. Each finding has a code:
 *   claim                   words that stand although what they need does not hold
 *   claim_and_problem       words that stand beside a suggested problem on the same duty or figure
 *   missed_without_problem  a duty with something missed that no problem names
 *   problem_without_plan    a problem that no line of the plan answers
 *   plan_without_problem    a line of the plan that answers no problem of the report
 *   promise_repeated        a line of next year's plan that promises what this year's plan did (check_repeat.c)
 *   own_number              a number that people typed, in digits or words, and no figure of its unit word nearby has
 *   own_marks               marks of Markdown in a text that is printed as it was typed
 *   own_missing             a section whose own paragraph nobody has written yet
 *   own_unplaced            own paragraphs in the log whose section the outline no longer has
 *   length                  more characters than report.paper.limit
 *   figure_empty            a figure in the text that has no value
 *   evidence_missing        an evidence file that a record names and that is not there (proof.c)
 *   evidence_none           records of a type that asks for evidence and name none (proof.c) */
#include "report/proof.h"
#include "report/version.h"

#include "base/utf8.h"
#include "scheme/number.h"

struct report_finding *check_add(
	const struct report *r, struct report_findings *out, const char *code, struct str section, struct str text)
{
	struct report_finding *f = ARENA_PUSH(r->arena, out->p, out->n, out->cap);

	f->code = code;
	f->section = section;
	f->text = text;
	return f;
}

const char *limit_words(enum limit_op op)
{
	static const char *const words[] = {N_("over"), N_("under"), N_("at least"), N_("at most")};

	return words[op];
}

static struct str figure_stands(const struct report *r, const struct condition *c)
{
	const struct figure_result *result;
	const struct figure_value *v = figure_find(r->figures, c->figure, &result);
	struct str name = span_title(r, &(struct said){.name = c->figure, .figure = v ? result : NULL, .part = v});
	struct str text = arena_printf(r->arena, tr(r->opt.lang, "figure " STR_FMT " is " STR_FMT), STR_ARG(name),
		STR_ARG(v ? figure_text(r->arena, v) : S("—")));

	for (size_t i = 0; i < c->nlimits; i++)
		text = arena_printf(r->arena, tr(r->opt.lang, STR_FMT ", asked for: %s " STR_FMT), STR_ARG(text),
			tr(r->opt.lang, limit_words(c->limits[i].op)),
			STR_ARG(thousandths_text(r->arena, c->limits[i].than)));
	return text;
}

struct str condition_stands(const struct report *r, const struct condition *c)
{
	const struct duty_state *s;
	struct str why;

	if (!c->duty)
		return figure_stands(r, c);
	s = duty_state_of(r->figures, c->duty);
	why = duty_reason(r->arena, r->opt.lang, s, r->figures->facts->year, r->figures->on);
	return arena_printf(r->arena, tr(r->opt.lang, STR_FMT " " STR_FMT ": %d of %d done, %d missed%s" STR_FMT),
		STR_ARG(c->duty->id), STR_ARG(c->duty->title), s->met + s->late, s->required_to_date, s->missed,
		why.n ? tr(r->opt.lang, N_("; ")) : "", STR_ARG(why));
}

/* ---- claims ---- */

/* What the finding is about, as data. */
static void about(const struct report *r, struct report_finding *f, const struct condition *c)
{
	const struct figure_result *result;
	const struct figure_value *v;

	if (c->duty) {
		const struct duty_state *s = duty_state_of(r->figures, c->duty);

		f->duty = c->duty->id;
		f->value = arena_printf(r->arena, "%d", s->met + s->late);
		f->expected = arena_printf(r->arena, "%d", s->required_to_date);
		return;
	}
	v = figure_find(r->figures, c->figure, &result);
	f->figure = c->figure;
	f->value = v ? figure_text(r->arena, v) : S("");
	f->expected = c->nlimits ? thousandths_text(r->arena, c->limits[0].than) : S("");
}

static void claims(const struct report *r, struct report_findings *out)
{
	for (size_t i = 0; i < r->nstanding; i++) {
		const struct standing *s = &r->standing[i];
		const struct condition *needs = &s->claim->needs;
		struct report_finding *f;

		if (condition_holds(r, needs))
			continue;
		f = check_add(r, out, "claim", s->section,
			arena_printf(r->arena, tr(r->opt.lang, "“" STR_FMT "” stands in the text, but " STR_FMT),
				STR_ARG(s->claim->text), STR_ARG(condition_stands(r, needs))));
		f->claim = s->claim->text;
		place_at_words(r, f, s->from, s->to, f->claim);
		about(r, f, needs);
	}
}

/* Does the figure follow from the duty? */
static bool follows(const struct report *r, struct str figure, const struct duty *duty)
{
	const struct figure_result *x;

	figure_find(r->figures, figure, &x);
	return x && texts_have(&x->from, duty->id);
}

/* The same duty, the same figure or another part of it, or a duty and a figure that follows from it. */
static bool same_matter(const struct report *r, const struct condition *a, const struct condition *b)
{
	const struct figure_result *x, *y;

	if (a->duty && b->duty)
		return a->duty == b->duty;
	if (a->duty || b->duty)
		return follows(r, a->duty ? b->figure : a->figure, a->duty ? a->duty : b->duty);
	figure_find(r->figures, a->figure, &x);
	figure_find(r->figures, b->figure, &y);
	return x ? x == y : str_eq(a->figure, b->figure);
}

static void claims_and_problems(const struct report *r, struct report_findings *out)
{
	for (size_t i = 0; i < r->nstanding; i++)
		for (size_t k = 0; k < r->nsuggestions; k++) {
			const struct standing *s = &r->standing[i];
			const struct suggestion *sg = &r->suggestions[k];
			struct report_finding *f;

			if (!same_matter(r, &s->claim->needs, &sg->of->when))
				continue;
			f = check_add(r, out, "claim_and_problem", s->section,
				arena_printf(r->arena,
					tr(r->opt.lang,
						"“" STR_FMT "” stands in the text, and " STR_FMT " says: " STR_FMT),
					STR_ARG(s->claim->text), STR_ARG(sg->of->problem), STR_ARG(sg->text)));
			f->claim = s->claim->text;
			place_at_words(r, f, s->from, s->to, f->claim);
			about(r, f, &sg->of->when);
		}
}

/* ---- problems and plans ---- */

static void missed(const struct report *r, struct report_findings *out)
{
	const struct scheme *s = r->figures->facts->scheme;

	for (size_t i = 0; i < s->nduties; i++) {
		const struct condition c = {.duty = &s->duties[i]};
		struct report_finding *f;
		bool named = false;

		for (size_t k = 0; k < r->nsuggestions; k++)
			named = named || r->suggestions[k].of->when.duty == c.duty;
		if (named || !r->figures->duties[i].missed)
			continue;
		f = check_add(r, out, "missed_without_problem", S(""),
			arena_printf(r->arena, tr(r->opt.lang, "no problem names " STR_FMT),
				STR_ARG(condition_stands(r, &c))));
		about(r, f, &c);
	}
}

static bool same_number(struct str a, struct str b)
{
	CLEANUP(arena_free) struct arena t = ARENA_INIT;

	return str_eq(utf8_squeeze(&t, a), utf8_squeeze(&t, b));
}

/* A problem is there when something stands below its heading. */
static bool problem_there(const struct report *r, struct str number)
{
	for (size_t i = 0; i < r->nparas; i++)
		if (r->paras[i].kind != PARA_H2 && str_eq(r->paras[i].section, number))
			return true;
	return false;
}

static bool answered(const struct report *r, struct str number)
{
	for (size_t i = 0; i < r->nplan; i++)
		for (size_t k = 0; k < r->plan[i].problems.n; k++)
			if (same_number(r->plan[i].problems.p[k], number))
				return true;
	return false;
}

static bool is_problem(const struct report *r, struct str number)
{
	for (size_t i = 0; i < r->outline->nsections; i++)
		for (size_t k = 0; r->outline->sections[i].problems && k < r->outline->sections[i].nsections; k++)
			if (same_number(r->outline->sections[i].sections[k].number, number))
				return problem_there(r, r->outline->sections[i].sections[k].number);
	return false;
}

static void problems(const struct report *r, struct report_findings *out)
{
	for (size_t i = 0; i < r->outline->nsections; i++)
		for (size_t k = 0; r->outline->sections[i].problems && k < r->outline->sections[i].nsections; k++) {
			struct str number = r->outline->sections[i].sections[k].number;

			if (!problem_there(r, number) || answered(r, number))
				continue;
			place_at_heading(r, number,
				check_add(r, out, "problem_without_plan", number,
					arena_printf(r->arena,
						tr(r->opt.lang, "no line of the plan answers problem " STR_FMT),
						STR_ARG(number))));
		}
}

static void at_line(const struct report *r, const struct fact *fact, struct report_finding *f)
{
	for (size_t i = 0; i < r->nspans; i++)
		if (r->spans[i].fact == fact && r->paras[r->spans[i].para].kind == PARA_PLAN) {
			place_at_para(r, f, r->spans[i].para);
			f->section = r->paras[r->spans[i].para].section;
			return;
		}
}

static void plans(const struct report *r, struct report_findings *out)
{
	for (size_t i = 0; i < r->nplan; i++) {
		const struct plan_line *p = &r->plan[i];
		struct str row = fact_row(r->arena, p->fact), wrong = S("");
		struct report_finding *f;
		bool found = false;

		for (size_t k = 0; k < p->problems.n; k++)
			if (is_problem(r, p->problems.p[k]))
				found = true;
			else
				wrong = p->problems.p[k];
		if (found && !wrong.n)
			continue;
		f = check_add(r, out, "plan_without_problem", S(""),
			wrong.n ? arena_printf(r->arena,
					  tr(r->opt.lang,
						  "the plan line in " STR_FMT " answers problem " STR_FMT
						  ", which the report does not have"),
					  STR_ARG(row), STR_ARG(wrong))
				: arena_printf(r->arena,
					  tr(r->opt.lang, "the plan line in " STR_FMT " answers no problem"),
					  STR_ARG(row)));
		f->rows = ARENA_NEW(r->arena, struct str);
		f->rows[f->nrows++] = row;
		at_line(r, p->fact, f);
	}
}

/* ---- figures ---- */

static void empty_figures(const struct report *r, struct report_findings *out)
{
	for (size_t i = 0; i < r->nspans; i++) {
		const struct said *s = &r->spans[i];
		struct report_finding *f;

		if (s->kind != SAID_FIGURE || !str_is(s->value.n ? s->value : s->text, "—"))
			continue;
		f = check_add(r, out, "figure_empty", r->paras[s->para].section,
			arena_printf(r->arena, tr(r->opt.lang, "figure " STR_FMT " has no value"),
				STR_ARG(span_title(r, s))));
		f->figure = s->name;
		place_at_span(r, f, i);
	}
}

/* ---- characters ---- */

static void length(const struct report *r, struct report_findings *out)
{
	struct section_counts counts;
	struct version_text said;

	if (!r->paper.limit)
		return;
	version_text_of(r, &said);
	version_count(r->arena, &said, &counts);
	if ((int64_t)counts.all > r->paper.limit)
		check_add(r, out, "length", S(""),
			arena_printf(r->arena,
				tr(r->opt.lang, "the report has %zu characters, at most %lld are wanted"),
				counts.all, (long long)r->paper.limit));
}

enum err_code report_check(const struct report *r, struct report_findings *out, struct err *err)
{
	*out = (struct report_findings){0};
	claims(r, out);
	claims_and_problems(r, out);
	missed(r, out);
	if (r->has_plan) {
		problems(r, out);
		plans(r, out);
	}
	repeat_check(r, out);
	empty_figures(r, out);
	own_check(r, out);
	length(r, out);
	return proof_check(r, out, err);
}
