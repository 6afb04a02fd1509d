/* The report on a page, each figure a link to what it came from; and the figures by themselves. */
#include "report/report.h"

#include "web/pages.h"
#include "web/register_view.h"

/* ---- figures ---- */

const struct figure_view *figure_view(struct call *c, struct str name, struct url close)
{
	const struct figure_result *whole;
	const struct figure_value *part = figure_find(&c->figures, name, &whole);
	struct figure_view *v = ARENA_NEW(c->arena, struct figure_view);

	if (!part)
		return NULL;
	v->name = name;
	v->title = figure_title(c->arena, whole, part);
	v->titled = !str_eq(v->title, name);
	v->value = figure_text(c->arena, part);
	v->rule = figure_rule(whole->figure);
	v->n = (int64_t)whole->facts.n;
	v->close = close;
	v->records = ARENA_NEW(c->arena, struct record_lines);
	for (size_t i = 0; i < MIN(whole->facts.n, (size_t)BEHIND_SHOWN); i++)
		*ARENA_PUSH(c->arena, v->records->p, v->records->n, v->records->cap) =
			record_line(c, whole->facts.p[i]);
	return v;
}

static struct url figure_url(struct call *c, const char *page, struct str name)
{
	return url_at(c->arena, url_query(c->arena, call_url(c, url_path(page)), "figure", name), S("behind"));
}

enum err_code figures_page(struct call *c, struct err *err)
{
	struct str open = value_of(&c->values, "figure");
	struct figures_view v = {0};

	TRY(call_world(c, err));
	v.frame = call_frame(c, NAV_FIGURES, call_say(c, N_("Figures")));
	v.rows.p = ARENA_ARRAY(c->arena, struct figure_row, c->figures.n);
	for (v.rows.n = 0; v.rows.n < c->figures.n; v.rows.n++) {
		const struct figure_result *r = &c->figures.p[v.rows.n];

		v.rows.p[v.rows.n] = (struct figure_row){.name = r->name,
			.title = r->title,
			.value = figure_text(c->arena, &r->value),
			.rule = figure_rule(r->figure),
			.n = (int64_t)r->facts.n,
			.current = str_eq(r->name, open),
			.url = figure_url(c, "/figures", r->name)};
	}
	if (open.n && !(v.open = figure_view(c, open, call_url(c, url_path("/figures")))))
		return fail(err, ERR_NOT_FOUND, "there is no figure '%s'", arena_str(c->arena, open).p);
	v.frame->behind = v.open != NULL;
	page_figures(page_begin(c), &v);
	return page_end(c, err);
}

/* ---- the report ---- */

static void put_span(struct call *c, struct para_view *p, const struct said *s, struct str open)
{
	struct span_view *v;

	if (s->kind == SAID_BREAK)
		return;
	v = ARENA_PUSH(c->arena, p->spans.p, p->spans.n, p->spans.cap);
	v->text = s->text;
	v->live = s->kind == SAID_FIGURE || s->kind == SAID_FIELD;
	if (s->kind == SAID_FIGURE && s->duty) {
		v->url = call_url(c, url_add(c->arena, url_path("/duties"), s->duty->duty->id));
		v->hint = s->duty->duty->title;
	} else if (s->kind == SAID_FIGURE) {
		v->current = str_eq(s->name, open);
		v->hint = s->figure ? figure_title(c->arena, s->figure, s->part) : s->name;
		v->url = figure_url(c, "/report", s->name);
	} else if (s->kind == SAID_FIELD && s->fact) {
		v->url = call_url(c,
			url_add(c->arena, url_path("/records"),
				arena_printf(c->arena, "%lld", (long long)s->fact->id.seq)));
	} else {
		v->live = false;
	}
}

static void put_para(struct call *c, struct report_view *v, const struct report *r, size_t at, struct str open)
{
	static const int level[] = {[PARA_TITLE] = 2, [PARA_H1] = 3, [PARA_H2] = 4, [PARA_PLAN] = 0};
	const struct para *p = &r->paras[at];
	struct para_view *out = &v->paras.p[v->paras.n++];
	struct str heading = STR_NONE;

	out->at = (int64_t)at;
	out->own = p->own;
	out->level = (size_t)p->kind < LEN(level) ? level[p->kind] : 0;
	out->class = p->kind == PARA_OWN ? "own" : p->kind == PARA_SUGGESTED ? "suggested" : "";
	for (size_t i = p->from; i < p->to; i++) {
		put_span(c, out, &r->spans[i], open);
		if (r->spans[i].kind != SAID_BREAK)
			heading = arena_printf(c->arena, STR_FMT STR_FMT, STR_ARG(heading), STR_ARG(r->spans[i].text));
	}
	if (out->level == 3 || out->level == 4)
		*ARENA_PUSH(c->arena, v->outline.p, v->outline.n, v->outline.cap) =
			(struct outline_row){out->at, heading, out->level == 4};
}

/* The paragraph a finding is about; else the last one of its section; NULL: it is about none. */
static struct para_view *place_of(struct report_view *v, const struct report *r, const struct report_finding *f)
{
	struct para_view *place = NULL;

	if (f->para)
		return &v->paras.p[f->para - 1];
	for (size_t k = 0; k < r->nparas; k++)
		if (f->section.n && str_eq(r->paras[k].section, f->section))
			place = &v->paras.p[k];
	return place;
}

/* Each finding below its paragraph; what belongs to none, at the end. */
static enum err_code put_findings(struct call *c, struct report_view *v, const struct report *r, struct err *err)
{
	struct report_findings findings;

	TRY(report_check(r, &findings, err));
	for (size_t i = 0; i < findings.n; i++) {
		struct para_view *place = place_of(v, r, &findings.p[i]);

		if (place)
			*ARENA_PUSH(c->arena, place->findings.p, place->findings.n, place->findings.cap) =
				findings.p[i].text;
		else
			*ARENA_PUSH(c->arena, v->loose.p, v->loose.n, v->loose.cap) = findings.p[i].text;
	}
	return OK;
}

enum err_code report_page(struct call *c, struct err *err)
{
	struct str open = value_of(&c->values, "figure");
	struct report_opt opt = {.lang = c->lang, .db = log_db(c->log)};
	struct report_view v = {0};
	struct report r;

	TRY(call_world(c, err));
	opt.decisions = &c->world->decisions;
	TRY(report_compose(&c->figures, &c->world->narrative, opt, &r, err));
	v.frame = call_frame(c, NAV_REPORT, call_say(c, N_("Report")));
	v.paras.p = ARENA_ARRAY(c->arena, struct para_view, r.nparas);
	for (size_t i = 0; i < r.nparas; i++)
		put_para(c, &v, &r, i, open);
	TRY(put_findings(c, &v, &r, err));
	if (open.n && !(v.open = figure_view(c, open, call_url(c, url_path("/report")))))
		return fail(err, ERR_NOT_FOUND, "there is no figure '%s'", arena_str(c->arena, open).p);
	v.frame->behind = v.open != NULL;
	page_report(page_begin(c), &v);
	return page_end(c, err);
}
