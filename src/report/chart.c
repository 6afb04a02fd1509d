/* The charts that an outline describes, and what all charts of an office have in common. */
#include "report/chart.h"

#include "flow/finding.h"
#include "report/report.h"

/* ---- what all have ---- */

struct str chart_link(const struct chart_in *in, struct chart_behind to)
{
	return in->link ? in->link(in->ctx, &to) : STR_NONE;
}

bool chart_sees(const struct chart_in *in, const struct fact *r, struct str unit)
{
	return !in->sees || in->sees(in->reach, r, unit);
}

struct str chart_joined(const struct chart_in *in, struct str list, struct str more)
{
	if (!list.n || !more.n)
		return list.n ? list : more;
	return arena_printf(in->arena, STR_FMT "%s" STR_FMT, STR_ARG(list), in->lang == LANG_ZH ? "、" : ", ",
		STR_ARG(more));
}

struct str chart_listed(const struct chart_in *in, struct str list, struct str what, size_t n)
{
	return n ? chart_joined(in, list, arena_printf(in->arena, STR_FMT " %zu", STR_ARG(what), n)) : list;
}

struct charts chart_sourced(const struct chart_in *in, struct charts c, struct str unit)
{
	const struct facts *f = in->figures->facts;
	const struct office *o = f->org ? &f->org->office : NULL;
	struct str who = !o ? STR_NONE : o->short_name.n ? o->short_name : o->name;

	if (!c.n)
		return c;
	c.lang = in->lang;
	c.unit = unit;
	c.source = arena_printf(in->arena,
		tr(in->lang, N_("Source: registers of " STR_FMT ", %d, as of " STR_FMT "; %s")),
		STR_ARG(who), f->year, STR_ARG(date_words(in->arena, in->lang, in->figures->on, true)),
		tr(in->lang, in->sees ? N_("what this account may see") : N_("the whole office")));
	if (in->known)
		c.source = arena_printf(in->arena, tr(in->lang, N_(STR_FMT "; as known when event %lld was the last")),
			STR_ARG(c.source), (long long)in->known);
	return c;
}

/* ---- by an outline ---- */

static enum err_code ages(const struct chart_in *in, struct db *db, struct str title, const struct chart_opt *opt,
	struct charts *out, struct err *err)
{
	const struct facts *f = in->figures->facts;
	struct finding_ask ask = {.on = in->figures->on, .year = f->year};
	struct findings all;

	if (in->flows)
		findings_of(in->arena, f, in->flows, &ask, &all);
	else if (db)
		TRY(findings_load(db, in->arena, f, &ask, &all, err));
	else
		return OK;
	*out = office_ages(in, &all, title, opt);
	return OK;
}

static enum figures_form form_of(const struct outline_chart *c)
{
	if (c->kind == OUTLINE_LINES)
		return FIGURES_LINES;
	return c->stacked ? FIGURES_STACKED : c->lying ? FIGURES_LYING : FIGURES_BARS;
}

enum err_code office_chart(const struct chart_in *in, struct db *db, const struct outline_chart *c, struct str title,
	const struct chart_opt *opt, struct charts *out, struct err *err)
{
	struct risks risks;

	*out = (struct charts){0};
	switch (c->kind) {
	case OUTLINE_HEAT:
		*out = office_heat(in, c->duties, c->nduties, true, title, opt);
		return OK;
	case OUTLINE_STRIP:
		*out = office_strip(in, duty_state_of(in->figures, c->duties[0]), NULL, NULL, true, title, opt);
		return OK;
	case OUTLINE_MATRIX:
		risks = risks_on(in->figures->facts, in->figures->on);
		*out = office_matrix(in, &risks, STR_NONE, STR_NONE, title, opt);
		return OK;
	case OUTLINE_AGEING:
		return ages(in, db, title, opt, out, err);
	case OUTLINE_BARS:
	case OUTLINE_LINES:
		*out = office_figures(in, &c->figures, form_of(c), c->unit, title, opt);
		return OK;
	case OUTLINE_CHARTS:
		break;
	}
	BUG("chart %d", c->kind);
}

enum err_code report_chart(const struct report *r, size_t para, const struct chart_in *links,
	const struct chart_opt *opt, struct charts *out, struct err *err)
{
	return report_chart_of(r, r->paras[para].chart, para_words(r, para), links, opt, out, err);
}

enum err_code report_chart_of(const struct report *r, const struct outline_chart *c, struct str title,
	const struct chart_in *links, const struct chart_opt *opt, struct charts *out, struct err *err)
{
	struct chart_in in = links ? *links : (struct chart_in){0};

	in.arena = r->arena;
	in.lang = r->lang;
	in.figures = r->figures;
	in.flows = r->opt.flows;
	return office_chart(&in, r->opt.db, c, title, opt, out, err);
}
