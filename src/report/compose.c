#include "report/chart.h"
#include "report/report.h"

#include "flow/decision.h"

/* ---- people's paragraphs ---- */

/* Is what stands before it the number of a month or of a day? */
static bool of_day(struct str behind)
{
	return str_starts(behind, S("月")) || str_starts(behind, S("日")) || str_starts(behind, S("号"));
}

/* A paragraph with the numbers in it marked as people's. */
static void own_spans(struct report *r, const struct own_para *p, const struct own *own)
{
	struct said s = {.kind = SAID_OWN, .line = p->line, .name = own->number};
	struct number_at n;
	size_t at = 0;

	/* a number within a word to hide goes with it */
	while (number_find(p->text, at, r->redaction ? &r->redaction->words : NULL, &n)) {
		struct said number = s;

		if (!n.digits) { /* number words stay text: 四个方面 */
			s.text = str_sub(p->text, at, n.to);
			report_add(r, s);
			at = n.to;
			continue;
		}
		s.text = str_sub(p->text, at, n.from);
		report_add(r, s);
		number.kind = SAID_OWN_NUMBER;
		number.text = str_sub(p->text, n.from, n.to);
		number.number = n.thousandths >= 0;
		number.thousandths = n.thousandths;
		number.day = of_day(str_sub(p->text, n.to, p->text.n));
		report_add(r, number);
		at = n.to;
	}
	s.text = str_sub(p->text, at, p->text.n);
	report_add(r, s);
}

static void own_paras(struct report *r, const struct narrative *narrative, struct str number, struct str section)
{
	const struct own *own = narrative_get(narrative, number);

	if (!own || !own->n)
		*ARENA_PUSH(r->arena, r->missing_own.p, r->missing_own.n, r->missing_cap) = number;
	for (size_t i = 0; own && i < own->n; i++) {
		struct para *p = para_begin(r, PARA_OWN, section);

		p->own = own->number;
		p->nth = i + 1;
		own_spans(r, &own->paras[i], own);
		para_end(r);
	}
}

/* Every heading of a file has found its section. What the log holds may be of an outline that was changed since: the
 * report goes on without it. */
static enum err_code all_bound(struct report *r, const struct narrative *n, struct err *err)
{
	const struct own_place *place;
	struct err none = {.lang = err->lang};
	struct own_places l = {0};

	outline_places(r->arena, r->outline, &l);
	if (!n->logged)
		return narrative_bind(r->arena, &l, n, err);
	for (size_t i = 0; i < n->n; i++, err_clear(&none))
		if (n->p[i].n && narrative_place(r->arena, &l, n->p[i].number, &place, &none) != OK)
			*ARENA_PUSH(r->arena, r->unplaced.p, r->unplaced.n, r->unplaced_cap) = n->p[i].number;
	return OK;
}

/* ---- claims ---- */

static bool says(const struct report *r, size_t from, size_t to, struct str words)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 20);

	for (size_t i = from; i < to; i++) {
		const struct said *s = &r->spans[i];

		buf_put(&b, s->value.n ? s->value : s->text);
	}
	return str_has(buf_str(&b), words);
}

/* Claims whose words stand in the spans from `from` up to `to`. */
static void stand_in(struct report *r, const struct claims *claims, size_t from, size_t to, struct str section)
{
	for (size_t i = 0; i < claims->n; i++)
		if (says(r, from, to, claims->p[i].text))
			*ARENA_PUSH(r->arena, r->standing, r->nstanding, r->standing_cap) =
				(struct standing){&claims->p[i], section, from, to};
}

/* The same from `from` on. */
static void stand(struct report *r, const struct claims *claims, size_t from, struct str section)
{
	stand_in(r, claims, from, r->nspans, section);
}

/* ---- sections ---- */

static void points(struct report *r, const struct section *s)
{
	bool zh = r->lang == LANG_ZH;

	for (size_t i = 0; i < s->npoints; i++) {
		const struct point *p = &s->points[i];
		size_t from = r->nspans;

		para_begin(r, PARA_POINT, s->number);
		report_mark(r, zh ? arena_printf(r->arena, STR_FMT "是", STR_ARG(hanzi_number(r->arena, i + 1)))
			: arena_printf(r->arena, "%zu) ", i + 1), s->node);
		report_phrase(r, &p->lead, NULL);
		report_mark(r, zh ? S("。") : S(". "), s->node);
		report_parts(r, &p->say, NULL);
		para_end(r);
		stand(r, &p->claims, from, s->number);
	}
}

/* The words of a suggestion that does not go into the text. */
static struct str said_alone(struct report *r, const struct suggest *of, const struct suggestion *sg)
{
	size_t from = r->nspans;
	struct str text = STR_NONE;

	report_phrase(r, &of->say, sg);
	for (size_t k = from; k < r->nspans; k++)
		text = arena_printf(r->arena, STR_FMT STR_FMT, STR_ARG(text), STR_ARG(r->spans[k].text));
	r->nspans = from;
	return text;
}

static bool asks_the_same(const struct suggest *a, const struct suggest *b)
{
	return str_eq(a->problem, b->problem) && a->when.duty == b->when.duty && str_eq(a->when.figure, b->when.figure);
}

/* What a decision is kept by: the section and what was asked, not the words, which may change. Of several that ask the
 * same the second has |2 behind it, the third |3. */
static struct str suggestion_key(struct report *r, const struct suggest *of)
{
	struct str what = of->when.duty ? of->when.duty->id : of->when.figure, key;
	int nth = 1;

	for (const struct suggest *s = r->outline->suggests; s < of; s++)
		nth += asks_the_same(s, of);
	key = arena_printf(r->arena, STR_FMT "|%s:" STR_FMT, STR_ARG(of->problem), of->when.duty ? "duty" : "figure",
	                   STR_ARG(what));
	return nth > 1 ? arena_printf(r->arena, STR_FMT "|%d", STR_ARG(key), nth) : key;
}

/* The suggestions for a problem, in one paragraph; those that a person dropped are not said. */
static void suggested(struct report *r, struct str number)
{
	bool first = true;

	for (size_t i = 0; i < r->outline->nsuggests; i++) {
		const struct suggest *of = &r->outline->suggests[i];
		struct suggestion *sg;
		void *decision;
		size_t from;

		if (!str_eq(of->problem, number) || !condition_holds(r, &of->when))
			continue;
		sg = ARENA_PUSH(r->arena, r->suggestions, r->nsuggestions, r->suggestions_cap);
		sg->of = of;
		sg->key = suggestion_key(r, of);
		decision = r->opt.decisions ? map_get(r->opt.decisions, sg->key) : NULL;
		sg->decided = decision != NULL;
		sg->accepted = decision == DECISION_ACCEPTED;
		if (of->when.duty)
			sg->duty = duty_state_of(r->figures, of->when.duty);
		else
			figure_find(r->figures, of->when.figure, &sg->figure);
		if (decision == DECISION_DROPPED) {
			sg->text = said_alone(r, of, sg);
			continue;
		}
		if (first) {
			para_begin(r, PARA_SUGGESTED, number);
			report_add(r, (struct said){.text = r->outline->suggested, .line = of->when.node->line});
		} else {
			report_mark(r, r->lang == LANG_ZH ? S("；") : S("; "), of->when.node);
		}
		first = false;
		from = r->nspans;
		report_phrase(r, &of->say, sg);
		for (size_t k = from; k < r->nspans; k++)
			sg->text =
				arena_printf(r->arena, STR_FMT STR_FMT, STR_ARG(sg->text), STR_ARG(r->spans[k].text));
	}
	if (!first) {
		report_mark(r, r->lang == LANG_ZH ? S("。") : S("."), NULL);
		para_end(r);
	}
}

struct str report_heading_mark(const struct report *r, size_t n, bool second)
{
	struct str number = hanzi_number(r->arena, n);

	if (r->lang != LANG_ZH)
		return second ? arena_printf(r->arena, "(%zu) ", n) : arena_printf(r->arena, "%zu. ", n);
	return second ? arena_printf(r->arena, "（" STR_FMT "）", STR_ARG(number))
		      : arena_printf(r->arena, STR_FMT "、", STR_ARG(number));
}

static void heading(struct report *r, const struct section *s)
{

	para_begin(r, s->parent.n ? PARA_H2 : PARA_H1, s->number);
	report_mark(r, report_heading_mark(r, s->index + 1, s->parent.n), s->node);
	report_phrase(r, &s->heading, NULL);
	para_end(r);
}

/* Captions, each to be followed by its chart. A redacted report has none: a picture of figures can't be redacted. */
static enum err_code charts(struct report *r, const struct section *s, struct err *err)
{
	for (size_t i = 0; i < s->ncharts && !r->redaction; i++) {
		struct para *p = para_begin(r, PARA_CAPTION, s->number);
		size_t at = r->nparas - 1;

		p->chart = &s->charts[i];
		p->pictures = ARENA_NEW(r->arena, struct charts);
		report_mark(r, arena_printf(r->arena, tr(r->lang, N_("Figure %zu  ")), r->ncharts + 1),
			s->charts[i].node);
		report_phrase(r, &s->charts[i].title, NULL);
		para_end(r);
		TRY(report_chart(r, at, NULL, &chart_paper, r->paras[at].pictures, err));
		if (r->paras[at].pictures->n) {
			r->ncharts++;
		} else {           /* nothing to show */
			r->nspans = r->paras[at].from;
			r->nparas = at;
		}
	}
	return OK;
}

static enum err_code section(
	struct report *r, const struct section *s, const struct narrative *narrative, struct err *err)
{
	size_t from = r->nspans, own;

	heading(r, s);
	para_begin(r, PARA_BODY, s->number);
	report_parts(r, &s->say, NULL);
	para_end(r);
	points(r, s);
	TRY(charts(r, s, err));
	own = r->nspans;
	if (s->own)
		own_paras(r, narrative, s->number, s->number);
	for (size_t i = 0; i < s->npoints; i++)          /* people may claim it in their own paragraph */
		stand_in(r, &s->points[i].claims, own, r->nspans, s->number);
	suggested(r, s->number);
	stand(r, &s->claims, from, s->number);
	for (size_t i = 0; i < s->nsections; i++)
		TRY(section(r, &s->sections[i], narrative, err));
	if (s->plan)
		report_plan(r, s);
	return OK;
}

static void lead(struct report *r, const struct narrative *narrative)
{
	const struct outline *o = r->outline;
	size_t from = r->nspans;

	para_begin(r, PARA_TITLE, S(""));
	report_phrase(r, &o->title, NULL);
	for (size_t i = from; i < r->nspans; i++)
		r->title = arena_printf(r->arena, STR_FMT STR_FMT, STR_ARG(r->title), STR_ARG(r->spans[i].text));
	para_end(r);
	from = r->nspans;
	if (o->lead_own.n)
		own_paras(r, narrative, o->lead_own, S(""));
	para_begin(r, PARA_LEAD, S(""));
	report_parts(r, &o->lead, NULL);
	para_end(r);
	stand(r, &o->lead_claims, from, S(""));
}

enum err_code report_outline_check(struct arena *a, const struct scheme *s, struct err *err)
{
	struct outline o;

	if (s->report)
		return outline_read(a, s, &o, err);
	return s->suggest ? node_fail(s->suggest, err, "there is no section to suggest problems for: report is missing")
			  : OK;
}

enum err_code report_compose(const struct figures *f, const struct narrative *narrative, struct report_opt opt,
	struct report *out, struct err *err)
{
	static const struct narrative none;
	const struct narrative *own = narrative ? narrative : &none;
	struct arena *a = f->facts->arena;
	struct outline *o = ARENA_NEW(a, struct outline);
	size_t level;

	*out = (struct report){.arena = a, .outline = o, .figures = f, .opt = opt, .narrative = own->n > 0,
		.lang = scheme_lang(f->facts->scheme)};
	TRY(outline_read(a, f->facts->scheme, o, err));
	TRY(outline_level(o, opt.level, &level, err));
	if (opt.redact)
		out->redaction = redaction_of(a, o, f->facts->org, level);
	lead(out, own);
	for (size_t i = 0; i < o->nsections; i++)
		TRY(section(out, &o->sections[i], own, err));
	TRY(report_paper(out, err));
	return all_bound(out, own, err);
}
