/* The report's text on its page: blocks of paragraphs, the sentences that findings are about marked, and the findings
 * beside them. */
#include "web/report_view.h"

struct marked {                   /* bytes of a paragraph's words */
	size_t from, to;
};
struct marks {
	struct marked *p;
	size_t n, cap;
};
struct text {
	struct call *c;
	struct report_view *v;
	const struct report *r;
	const struct report_asked *asked;
	struct report_findings findings;
	struct own_places places;
	struct block_view *block;          /* the newest */
};

/* ---- marks ---- */

/* Where the sentences stand that findings about a paragraph quote. */
static struct marks marks_of(struct text *t, size_t para)
{
	struct str words = para_words(t->r, para);
	struct marks out = {0};
	size_t at;

	for (size_t i = 0; i < t->findings.n; i++) {
		const struct report_finding *f = &t->findings.p[i];

		if (f->para == para + 1 && f->sentence && str_find(words, f->quote, &at))
			*ARENA_PUSH(t->c->arena, out.p, out.n, out.cap) = (struct marked){at, at + f->quote.n};
	}
	return out;
}

/* Is the byte in one of them? *next: where that changes, at most what it was. */
static bool marked_at(const struct marks *l, size_t at, size_t *next)
{
	bool in = false;

	for (size_t i = 0; i < l->n; i++) {
		if (l->p[i].from > at)
			*next = MIN(*next, l->p[i].from);
		else if (l->p[i].to > at) {
			*next = MIN(*next, l->p[i].to);
			in = true;
		}
	}
	return in;
}

/* ---- spans ---- */

static struct span_view span_of(struct text *t, const struct said *s)
{
	struct call *c = t->c;
	struct span_view v = {.live = true};

	if (s->kind == SAID_FIGURE && s->duty) {
		v.url = call_url(c, url_add(c->arena, url_path("/duties"), s->duty->duty->id));
		v.hint = s->duty->duty->title;
	} else if (s->kind == SAID_FIGURE) {
		v.current = str_eq(s->name, t->asked->figure);
		v.hint = s->figure ? figure_title(c->arena, s->figure, s->part) : s->name;
		v.url = figure_url(c, "/report", s->name);
	} else if (s->kind == SAID_FIELD && s->fact) {
		v.url = call_url(c,
			url_add(c->arena, url_path("/records"),
				arena_printf(c->arena, "%lld", (long long)s->fact->id.seq)));
	} else {
		v.live = false;
	}
	return v;
}

/* Words that open nothing go on where the last ones ended. */
static void put_piece(struct arena *a, struct para_view *p, struct span_view v)
{
	struct span_view *last = p->spans.n ? &p->spans.p[p->spans.n - 1] : NULL;

	if (last && !last->live && !v.live && last->marked == v.marked)
		last->text = arena_printf(a, STR_FMT STR_FMT, STR_ARG(last->text), STR_ARG(v.text));
	else
		*ARENA_PUSH(a, p->spans.p, p->spans.n, p->spans.cap) = v;
}

/* A span, cut where a marked sentence begins or ends. */
static void put_span(struct text *t, struct para_view *p, const struct said *s, const struct marks *marks, size_t at)
{
	struct span_view v = span_of(t, s);

	for (size_t from = 0, to; from < s->text.n; from = to) {
		size_t next = at + s->text.n;

		v.marked = marked_at(marks, at + from, &next);
		to = next - at;
		v.text = str_sub(s->text, from, to);
		put_piece(t->c->arena, p, v);
	}
}

/* The address of the report's chart by its number: how many charts there are in the text up to a paragraph, and in
 * the annexes before one. */
static struct url chart_of(struct text *t, size_t paras, size_t annexes)
{
	struct call *c = t->c;
	struct url u = chart_url(c, "report");
	size_t n = 0;

	for (size_t k = 0; k < paras; k++)
		n += t->r->paras[k].chart != NULL;
	for (size_t k = 0; k < annexes; k++)
		n += t->r->paper.annexes[k].chart && t->r->paper.annexes[k].pictures->n;
	u = url_query(c->arena, u, "n", arena_printf(c->arena, "%zu", n));
	return c->known ? url_query(c->arena, u, "known", arena_printf(c->arena, "%lld", (long long)c->known)) : u;
}

static enum err_code put_charts(struct text *t, size_t i, struct para_view *out, struct err *err)
{
	struct chart_links links = {.c = t->c};
	struct chart_in in = chart_on_page(&links);
	struct chart_opt opt = chart_paper;
	struct charts charts;

	if (!t->r->paras[i].chart)
		return OK;
	opt.height = 0;
	TRY(report_chart(t->r, i, &in, &opt, &charts, err));
	out->chart = chart_look(t->c, charts, chart_of(t, i + 1, 0));
	return OK;
}

static struct para_view para_of(struct text *t, size_t i)
{
	static const int level[] = {[PARA_TITLE] = 2, [PARA_H1] = 3, [PARA_H2] = 4, [PARA_PLAN] = 0};
	const struct para *p = &t->r->paras[i];
	struct para_view out = {.at = (int64_t)i, .level = level[p->kind], .class = ""};
	struct marks marks = marks_of(t, i);
	struct str heading = para_words(t->r, i);
	size_t at = 0;

	if (p->kind == PARA_SUGGESTED || p->kind == PARA_CAPTION)
		out.class = p->kind == PARA_CAPTION ? "caption" : "suggested";
	for (size_t k = p->from; k < p->to; k++)
		if (t->r->spans[k].kind != SAID_BREAK) {
			put_span(t, &out, &t->r->spans[k], &marks, at);
			at += t->r->spans[k].text.n;
		}
	if (out.level == 3 || out.level == 4)
		*ARENA_PUSH(t->c->arena, t->v->outline.p, t->v->outline.n, t->v->outline.cap) =
			(struct outline_row){out.at, heading, out.level == 4};
	return out;
}

/* ---- findings ---- */

/* Of a number that people typed: the figures of a section are too many for a margin, so the page only leads to them. */
static void put_typed(struct text *t, const struct report_finding *f, struct finding_view *out)
{
	struct call *c = t->c;
	size_t at = 0;
	struct str unit;

	str_find(f->quote, f->value, &at);
	unit = unit_word(str_sub(f->quote, at + f->value.n, f->quote.n));
	out->text = arena_printf(c->arena,
		tr(c->lang, N_("“" STR_FMT STR_FMT "” is none of the figures of this section")), STR_ARG(f->value),
		STR_ARG(unit));
	out->typed = true;
	out->url = t->v->may_edit ? own_block(c, t->r, f->own, t->asked)->edit : call_url(c, url_path("/figures"));
}

static struct finding_view finding_of(struct text *t, size_t i)
{
	struct call *c = t->c;
	const struct report_finding *f = &t->findings.p[i];
	struct finding_view out = {.id = arena_printf(c->arena, "c%zu", i + 1), .text = f->text};
	const struct figure_result *of;
	const struct figure_value *part;

	if (str_is(str_c(f->code), "own_number")) {
		put_typed(t, f, &out);
	} else if (f->duty.n) {
		out.duty = f->duty;
		out.url = call_url(c, url_add(c->arena, url_path("/duties"), f->duty));
	} else if (f->figure.n && (part = figure_find(&c->figures, f->figure, &of))) {
		out.figure = figure_title(c->arena, of, part);
		out.url = figure_url(c, "/report", f->figure);
	}
	return out;
}

/* The place (from 0) of the paragraph a finding is about; else the last one of its section; SIZE_MAX: of none. */
static size_t place_of(struct text *t, const struct report_finding *f)
{
	size_t place = SIZE_MAX;

	if (f->para)
		return f->para - 1;
	for (size_t k = 0; k < t->r->nparas; k++)
		if (f->section.n && str_eq(t->r->paras[k].section, f->section))
			place = k;
	return place;
}

static void put_findings(struct text *t)
{
	struct report_view *v = t->v;

	for (size_t i = 0; i < t->findings.n; i++) {
		struct finding_view f = finding_of(t, i);

		*ARENA_PUSH(t->c->arena, v->findings.p, v->findings.n, v->findings.cap) = f;
		if (place_of(t, &t->findings.p[i]) == SIZE_MAX)
			*ARENA_PUSH(t->c->arena, v->loose.p, v->loose.n, v->loose.cap) = f;
	}
}

/* ---- blocks ---- */

static struct block_view *block_new(struct text *t)
{
	t->block = ARENA_PUSH(t->c->arena, t->v->blocks.p, t->v->blocks.n, t->v->blocks.cap);
	return t->block;
}

static enum err_code put_para(struct text *t, size_t i, struct err *err)
{
	const struct para *p = &t->r->paras[i];
	struct para_view *out;

	if (p->kind != PARA_OWN)
		block_new(t);
	else if (!t->block || !t->block->own || !str_eq(t->block->own->number, p->own))
		block_new(t)->own = own_block(t->c, t->r, p->own, t->asked);
	out = ARENA_PUSH(t->c->arena, t->block->paras.p, t->block->paras.n, t->block->paras.cap);
	*out = para_of(t, i);
	TRY(put_charts(t, i, out, err));
	for (size_t k = 0; k < t->findings.n; k++)
		if (place_of(t, &t->findings.p[k]) == i)
			*ARENA_PUSH(t->c->arena, out->findings.p, out->findings.n, out->findings.cap) =
				t->v->findings.p[k];
	return OK;
}

/* Is that the last paragraph of its section that may stand before people's own, or before what is suggested? */
static bool last_before(struct text *t, size_t i, bool own)
{
	const struct para *p = &t->r->paras[i];

	for (size_t k = i + 1; k < t->r->nparas; k++)
		if (t->r->paras[k].kind != PARA_PLAN && str_eq(t->r->paras[k].section, p->section) &&
			!(own && (t->r->paras[k].kind == PARA_SUGGESTED || t->r->paras[k].kind == PARA_LEAD)))
			return false;
	return p->kind != PARA_PLAN && !(own && (p->kind == PARA_SUGGESTED || p->kind == PARA_LEAD));
}

static bool unwritten(const struct report *r, struct str number)
{
	for (size_t i = 0; i < r->missing_own.n; i++)
		if (str_eq(r->missing_own.p[i], number))
			return true;
	return false;
}

/* Behind a paragraph: the invitation to write what nobody has written yet, and what the records suggest. */
static void put_after(struct text *t, size_t i)
{
	const struct para *p = &t->r->paras[i];
	struct str own = p->section.n ? p->section : t->r->outline->lead_own;

	if (t->v->may_edit && unwritten(t->r, own) && last_before(t, i, true))
		block_new(t)->own = own_block(t->c, t->r, own, t->asked);
	if (t->v->may_decide && p->section.n && last_before(t, i, false)) {
		struct block_view b = {0};

		put_problems(t->c, t->v, t->r, p->section, &b);
		if (b.problems.n)
			*block_new(t) = b;
	}
}

/* The annexes that are charts: with their links and tables, as those of the text. */
static enum err_code put_annexes(struct text *t, struct err *err)
{
	struct chart_links links = {.c = t->c};
	struct chart_in in = chart_on_page(&links);
	const struct paper *p = &t->r->paper;

	for (size_t i = 0; i < p->nannexes; i++) {
		const struct paper_annex *annex = &p->annexes[i];
		struct annex_view *v;
		struct charts charts;

		if (!annex->chart || !annex->pictures->n)
			continue;
		TRY(report_chart_of(t->r, annex->chart, annex->title, &in, &chart_paper, &charts, err));
		v = ARENA_PUSH(t->c->arena, t->v->annexes.p, t->v->annexes.n, t->v->annexes.cap);
		*v = (struct annex_view){.id = arena_printf(t->c->arena, "annex-%zu", i + 1),
			.number = report_annex_name(t->r, i + 1), .title = annex->title,
			.chart = chart_look(t->c, charts, chart_of(t, t->r->nparas, i + 1))};
	}
	return OK;
}

enum err_code put_text(struct call *c, struct report_view *v, const struct report *r,
	const struct report_asked *asked, struct err *err)
{
	struct text t = {.c = c, .v = v, .r = r, .asked = asked};

	TRY(report_check(r, &t.findings, err));
	put_findings(&t);
	for (size_t i = 0; i < r->nparas; i++) {
		TRY(put_para(&t, i, err));
		put_after(&t, i);
	}
	return put_annexes(&t, err);
}
