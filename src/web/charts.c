/* A chart by itself: with its figures as a table, or as a file. The same charts as on the pages, in the same reach. */
#include "report/chart_file.h"
#include "web/finding_view.h"
#include "web/pages.h"
#include "web/report_view.h"
#include "web/risk_view.h"
#include "web/scope.h"

enum { MM = 1000000, HEAT_WIDE = 2000 * MM, STRIP_WIDE = 230 * MM };

/* What is asked for, and what it comes to. */
struct drawing_up {
	struct call *c;
	const struct chart_format *as;   /* NULL: a page */
	struct chart_links links;
	struct chart_in in;
	enum nav nav;
	struct url back, of;             /* the page that it is from; itself */
	struct charts charts;
};

struct url chart_url(struct call *c, const char *kind)
{
	return call_url(c, url_add(c->arena, url_path("/charts"), str_c(kind)));
}

static struct chart_opt opt_of(const struct drawing_up *d, enum outline_chart_kind kind)
{
	struct chart_opt opt = chart_page;

	if (d->as)
		return chart_format_opt(d->as, kind);
	if (kind == OUTLINE_HEAT)
		opt.width = HEAT_WIDE;
	if (kind == OUTLINE_STRIP)
		opt.width = STRIP_WIDE;
	return opt;
}

static enum err_code heat(struct drawing_up *d, struct err *err)
{
	struct chart_opt opt = opt_of(d, OUTLINE_HEAT);

	d->back = call_url(d->c, url_path("/duties"));
	d->charts = office_heat(&d->in, NULL, 0, true, call_say(d->c, N_("Units and duties")), &opt);
	return OK;
}

static enum err_code strip(struct drawing_up *d, struct err *err)
{
	struct call *c = d->c;
	struct str id = value_of(&c->values, "duty"), code = value_of(&c->values, "unit");
	const struct duty *duty = scheme_duty(c->facts.scheme, id);
	const struct duty_state *s = duty ? &c->figures.duties[duty - c->facts.scheme->duties] : NULL;
	const struct unit *unit = code.n ? org_unit(&c->world->org, code) : NULL;
	struct chart_opt opt = opt_of(d, OUTLINE_STRIP);

	if (!s || (!call_sees_all(c) && !s->nslots))
		return fail(err, ERR_NOT_FOUND, "no duty '%s' in this scheme", arena_str(c->arena, id).p);
	if (code.n && !unit)
		return fail(err, ERR_NOT_FOUND, "there is no unit '" STR_FMT "', or more than one", STR_ARG(code));
	d->back = call_url(c, url_add(c->arena, url_path("/duties"), duty->id));
	d->of = url_query(c->arena, d->of, "duty", duty->id);
	if (unit) {
		d->links.unit = unit->code;
		d->back = url_query(c->arena, d->back, "unit", unit->code);
		d->of = url_query(c->arena, d->of, "unit", unit->code);
	}
	d->charts = office_strip(&d->in, s, unit, NULL, true,
		arena_printf(c->arena, STR_FMT " " STR_FMT, STR_ARG(duty->id), STR_ARG(duty->title)), &opt);
	return OK;
}

static enum err_code matrix(struct drawing_up *d, struct err *err)
{
	struct call *c = d->c;
	struct chart_opt opt = opt_of(d, OUTLINE_MATRIX);
	const struct matrix *m = c->facts.scheme->grid;
	struct risks all = risks_seen(c);

	if (!m)
		return fail(err, ERR_NOT_FOUND, "the scheme has no risk matrix");
	d->back = call_url(c, url_path("/risks"));
	d->charts = office_matrix(&d->in, &all, STR_NONE, STR_NONE,
		m->title.n ? m->title : call_say(c, N_("Risk matrix")), &opt);
	return OK;
}

static enum err_code ageing(struct drawing_up *d, struct err *err)
{
	struct call *c = d->c;
	struct chart_opt opt = opt_of(d, OUTLINE_AGEING);
	struct str unit = value_of(&c->values, "unit");
	int64_t year = value_int(&c->values, "year");
	struct findings all;

	d->back = call_url(c, url_path("/findings"));
	if (year >= 0) {
		struct str text = arena_printf(c->arena, "%lld", (long long)MIN(year, (int64_t)9999));

		d->back = url_query(c->arena, d->back, "year", text);
		d->of = url_query(c->arena, d->of, "year", text);
	}
	d->links.to = d->back;
	if (unit.n) {
		d->back = url_query(c->arena, d->back, "unit", unit);
		d->of = url_query(c->arena, d->of, "unit", unit);
	}
	TRY(findings_seen(c, unit, year < 0 ? date_ymd(c->on).y : (int)MIN(year, (int64_t)9999), &all, err));
	d->charts = office_ages(&d->in, &all,
		call_say(c, N_("Open findings by the days since they were found")), &opt);
	return OK;
}

static struct str known_text(struct call *c)
{
	return arena_printf(c->arena, "%lld", (long long)c->known);
}

/* One of an annex. */
static enum err_code of_annex(struct drawing_up *d, struct report *r, size_t i, struct err *err)
{
	struct paper_annex *annex = &r->paper.annexes[i];
	struct chart_opt opt = opt_of(d, annex->chart->kind);

	d->back = url_at(d->c->arena, d->back, arena_printf(d->c->arena, "annex-%zu", i + 1));
	return report_chart_of(r, annex->chart, annex->title, &d->in, &opt, &d->charts, err);
}

/* The n-th of the report, from 1: those of its text, then those of its annexes. */
static enum err_code of_report(struct drawing_up *d, struct err *err)
{
	struct call *c = d->c;
	int64_t n = value_int(&c->values, "n"), k = 0;
	struct chart_opt opt;
	struct report r;

	if (!call_may(c, ACT_VIEW))
		return fail(err, ERR_NOT_FOUND, "there is no such page");
	TRY(call_report(c, (struct report_opt){0}, &r, err));
	d->of = url_query(c->arena, d->of, "n", arena_printf(c->arena, "%lld", (long long)n));
	d->back = call_url(c, url_path("/report"));
	if (c->known)
		d->back = url_query(c->arena, d->back, "known", known_text(c));
	for (size_t i = 0; i < r.nparas; i++) {
		if (!r.paras[i].chart || ++k != n)
			continue;
		opt = opt_of(d, r.paras[i].chart->kind);
		d->back = url_at(c->arena, d->back, arena_printf(c->arena, "p%zu", i));
		return report_chart(&r, i, &d->in, &opt, &d->charts, err);
	}
	for (size_t i = 0; i < r.paper.nannexes; i++)
		if (r.paper.annexes[i].chart && r.paper.annexes[i].pictures->n && ++k == n)
			return of_annex(d, &r, i, err);
	return fail(err, ERR_NOT_FOUND, "the report has %lld charts on this day, none of them is %lld", (long long)k,
		(long long)n);
}

static const struct {
	const char *name;
	enum nav nav;
	enum err_code (*make)(struct drawing_up *d, struct err *err);
} kinds[] = {
	{"heat", NAV_DUTIES, heat}, {"strip", NAV_DUTIES, strip}, {"matrix", NAV_RISKS, matrix},
	{"ageing", NAV_FINDINGS, ageing}, {"report", NAV_REPORT, of_report},
};

static enum err_code make(struct drawing_up *d, struct err *err)
{
	struct str kind = value_of(&d->c->values, "kind");

	for (size_t i = 0; i < LEN(kinds); i++) {
		if (!str_is(kind, kinds[i].name))
			continue;
		d->nav = kinds[i].nav;
		d->of = chart_url(d->c, kinds[i].name);
		return kinds[i].make(d, err);
	}
	return fail(err, ERR_NOT_FOUND, "no chart '" STR_FMT "': expected heat, strip, matrix, ageing or report",
		STR_ARG(kind));
}

static enum err_code send(struct drawing_up *d, struct err *err)
{
	struct call *c = d->c;
	struct str bytes;

	TRY(chart_file(c->arena, &d->charts, d->as, call_fonts(c), &bytes, err));
	TRY(http_set(c->resp, "Content-Type", str_c(d->as->type), err));
	http_attachment(c->resp, arena_printf(c->arena, STR_FMT ".%s", STR_ARG(d->charts.title), d->as->format));
	http_bytes(c->resp, bytes);
	return OK;
}

enum err_code chart_one_page(struct call *c, struct err *err)
{
	struct str format = value_of(&c->values, "format");
	struct drawing_up d = {.c = c, .links = {.c = c}, .as = chart_format(format)};
	struct chart_page_view v = {0};

	if (format.n && !d.as)
		return fail(err, ERR_INPUT, "format: expected svg, pdf, png or csv");
	if (d.as && d.as->costly)
		TRY(call_rate(c, RATE_EXPORT, err));
	TRY(call_world(c, err));
	c->known = MAX(value_int(&c->values, "known"), 0);
	if (!str_is(value_of(&c->values, "kind"), "report"))
		TRY(call_known(c, err));
	d.in = chart_on_page(&d.links);
	if (d.as || (c->known && !str_is(value_of(&c->values, "kind"), "report")))
		d.in.link = NULL;    /* what pages list is what is known now */
	d.in.known = c->known;
	TRY(make(&d, err));
	if (c->known)
		d.of = url_query(c->arena, d.of, "known", known_text(c));
	if (d.as)
		return send(&d, err);
	v.chart = chart_look(c, d.charts, d.of);
	if (v.chart.wide)
		chart_rows(c, &v.chart);
	v.back = d.back;
	if (!v.chart.title.n)
		v.chart.title = call_say(c, N_("Chart"));
	v.frame = call_frame(c, d.nav, v.chart.title);
	page_chart_one(page_begin(c), &v);
	return page_end(c, err);
}
