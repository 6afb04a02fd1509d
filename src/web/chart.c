/* Charts on pages: their links, reach and tables. */
#include "web/chart_view.h"

#include "web/finding_view.h"
#include "web/report_view.h"
#include "web/scope.h"

/* ---- what stands behind a part ---- */

static struct url duty_behind(struct chart_links *l, const struct chart_behind *to)
{
	struct call *c = l->c;
	struct url u;

	if (to->slot) {
		u = slot_view(c, to->state, to->slot).url;
		if (l->unit.n)
			u = url_query(c->arena, u, "unit", l->unit);
		return url_at(c->arena, u, S("behind"));
	}
	u = call_url(c, url_add(c->arena, url_path("/duties"), to->duty->id));
	return to->unit ? url_query(c->arena, u, "unit", to->unit->code) : u;
}

/* Of a duty that has nothing within reach there is no page. */
static bool duty_within_reach(struct call *c, const struct duty *d)
{
	return call_sees_all(c) || c->figures.duties[d - c->facts.scheme->duties].nslots;
}

static struct url risks_behind(struct chart_links *l, const struct chart_behind *to)
{
	struct arena *a = l->c->arena;
	struct url u = l->to.text.n ? l->to : call_url(l->c, url_path("/risks"));

	u = url_query(a, url_query(a, u, "likelihood", to->likelihood), "impact", to->impact);
	return url_at(a, u, str_c(l->at ? l->at : "list"));
}

static struct url findings_behind(struct chart_links *l, const struct chart_behind *to)
{
	struct arena *a = l->c->arena;
	struct url u = l->to.text.n ? l->to : call_url(l->c, url_path("/findings"));

	if (to->aged)
		u = url_query(a, u, "age", arena_printf(a, "%zu", to->band + 1));
	else
		u = url_query(a, u, "age", arena_printf(a, "%d", AGE_ANY));
	if (to->unit_code.n)
		u = url_query(a, url_query(a, u, "unit", to->unit_code), "alone", S("1"));
	return url_at(a, u, S("rows"));
}

static struct str link_of(void *ctx, const struct chart_behind *to)
{
	struct chart_links *l = ctx;
	struct call *c = l->c;

	if (to->figure.n)
		return figure_url(c, "/report", to->figure).text;
	if (to->duty)
		return to->slot || to->unit || duty_within_reach(c, to->duty) ? duty_behind(l, to).text : STR_NONE;
	if (to->unit && !call_sees_all(c) && !call_sees_unit(c, to->unit->code))
		return STR_NONE;
	if (to->unit)
		return call_url(c, url_add(c->arena, url_path("/org/units"), to->unit->code)).text;
	if (to->likelihood.n)
		return risks_behind(l, to).text;
	return findings_behind(l, to).text;
}

/* By the same rules as the lists behind it: scope.h, finding_seen. */
static bool sees(void *reach, const struct fact *r, struct str unit)
{
	const struct call *c = reach;

	return (unit.n && call_sees_unit(c, unit)) || call_sees(c, r);
}

struct chart_in chart_on_page(struct chart_links *l)
{
	struct call *c = l->c;
	struct chart_in in = {.arena = c->arena, .lang = c->lang, .figures = &c->figures, .link = link_of, .ctx = l};

	if (!call_sees_all(c)) {
		in.sees = sees;
		in.reach = c;
	}
	return in;
}

/* ---- as it is shown ---- */

static struct chart_part part_of(struct str text, struct str title, struct str link)
{
	return (struct chart_part){.text = text, .title = title, .linked = link.n && text.n, .url = {link}};
}

void chart_rows(struct call *c, struct chart_view *v)
{
	const struct chart_table *t = v->charts.table;
	size_t n = t->heads.n;

	v->corner = t->corner;
	v->heads.p = ARENA_ARRAY(c->arena, struct chart_part, n);
	for (v->heads.n = 0; v->heads.n < n; v->heads.n++) {
		const struct chart_label *l = &t->heads.p[v->heads.n];

		v->heads.p[v->heads.n] = part_of(l->text, l->title, l->link);
	}
	v->rows.p = ARENA_ARRAY(c->arena, struct chart_row, t->rows.n);
	for (v->rows.n = 0; v->rows.n < t->rows.n; v->rows.n++) {
		const struct chart_label *l = &t->rows.p[v->rows.n];
		struct chart_row *row = &v->rows.p[v->rows.n];

		row->name = part_of(l->text, l->title, l->link);
		row->parts.p = ARENA_ARRAY(c->arena, struct chart_part, n);
		for (row->parts.n = 0; row->parts.n < n; row->parts.n++) {
			const struct chart_datum *d = &t->cells[v->rows.n * n + row->parts.n];

			row->parts.p[row->parts.n] = part_of(d->text, d->title, d->link);
		}
	}
}

struct chart_view chart_look(struct call *c, struct charts charts, struct url of)
{
	struct chart_view v = {.charts = charts, .title = charts.title, .unit = charts.unit,
		.source = charts.source, .desc = charts.desc};
	const struct chart_table *t = charts.table;

	if (of.text.n) {
		v.file = true;
		v.page = of;
		v.svg = url_query(c->arena, of, "format", S("svg"));
		v.pdf = url_query(c->arena, of, "format", S("pdf"));
		v.png = url_query(c->arena, of, "format", S("png"));
		v.csv = url_query(c->arena, of, "format", S("csv"));
	}
	v.wide = t && v.file && t->rows.n * t->heads.n > CHART_CELLS;
	if (t && !v.wide)
		chart_rows(c, &v);
	return v;
}
