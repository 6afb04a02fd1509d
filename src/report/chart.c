/* The charts that an outline places in a report. */
#include "report/chart.h"

#include "office/finding.h"
#include "report/report.h"

static enum err_code ages(const struct report *r, const struct chart_in *in, struct str title,
	const struct chart_opt *opt, struct charts *out, struct err *err)
{
	const struct facts *f = r->figures->facts;
	struct finding_ask ask = {.on = r->figures->on, .year = f->year};
	struct findings all;

	*out = (struct charts){0};
	if (!r->opt.db)
		return OK;
	TRY(findings_load(r->opt.db, r->arena, f, &ask, &all, err));
	*out = office_ages(in, &all, title, opt);
	return OK;
}

enum err_code report_chart(const struct report *r, size_t para, const struct chart_in *links,
	const struct chart_opt *opt, struct charts *out, struct err *err)
{
	return report_chart_of(r, r->paras[para].chart, para_words(r, para), links, opt, out, err);
}

enum err_code report_chart_of(const struct report *r, const struct outline_chart *c, struct str title,
	const struct chart_in *links, const struct chart_opt *opt, struct charts *out, struct err *err)
{
	struct chart_in in = {.arena = r->arena, .lang = LANG_ZH, .figures = r->figures};
	struct risks risks;

	if (links) {
		in.link = links->link;
		in.ctx = links->ctx;
	}
	*out = (struct charts){0};
	switch (c->kind) {
	case OUTLINE_HEAT:
		*out = office_heat(&in, c->duties, c->nduties, true, title, opt);
		return OK;
	case OUTLINE_STRIP:
		*out = office_strip(
			&in, duty_state_of(r->figures, c->duties[0]), NULL, NULL, true, title, opt);
		return OK;
	case OUTLINE_MATRIX:
		risks = risks_on(r->figures->facts, r->figures->on);
		*out = office_matrix(&in, &risks, STR_NONE, STR_NONE, title, opt);
		return OK;
	case OUTLINE_AGEING:
		return ages(r, &in, title, opt, out, err);
	case OUTLINE_BARS:
	case OUTLINE_LINES:
		*out = office_figures(&in, &c->figures,
			c->kind == OUTLINE_LINES ? FIGURES_LINES : c->stacked ? FIGURES_STACKED
							  : c->lying ? FIGURES_LYING : FIGURES_BARS,
			c->unit, title, opt);
		return OK;
	case OUTLINE_CHARTS:
		break;
	}
	BUG("chart %d", c->kind);
}
