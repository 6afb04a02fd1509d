/* Charts of an outline: charts: of a section. */
#include "report/outline.h"

static const char *const kinds[OUTLINE_CHARTS] = {"heat", "strip", "matrix", "ageing", "bars", "lines"};
static const char *const forms[] = {"grouped", "stacked", "lying"};

struct chart_form {
	struct str chart, duty, unit, form;
	const struct node *title;
	struct texts duties, figures;
};

static enum err_code named(const struct node *at, struct str word, const char *const *names, size_t n, int *out,
	struct err *err)
{
	const char *near;

	for (size_t i = 0; i < n; i++)
		if (str_is(word, names[i])) {
			*out = (int)i;
			return OK;
		}
	near = nearest_name(word, names, n, sizeof *names);
	return node_fail(at, err, "'" STR_FMT "' is no kind of chart; nearest: %s", STR_ARG(word),
		near ? near : names[0]);
}

/* What belongs to another kind is refused: it would show nothing. */
static enum err_code fits(const struct node *map, const struct chart_form *f, enum outline_chart_kind kind,
	struct err *err)
{
	bool figures = kind == OUTLINE_BARS || kind == OUTLINE_LINES;

	if (figures != (f->figures.n > 0))
		return node_fail(map, err, figures ? N_("bars and lines show figures: expected figures")
						   : N_("only bars and lines show figures"));
	if ((kind == OUTLINE_STRIP) != (f->duty.n > 0))
		return node_fail(map, err, kind == OUTLINE_STRIP ? N_("a strip shows a duty: expected duty")
								 : N_("only a strip shows one duty"));
	if (f->duties.n && kind != OUTLINE_HEAT)
		return node_fail(map, err, "only a heat map shows duties");
	if (f->form.n && kind != OUTLINE_BARS)
		return node_fail(map, err, "only bars have a form");
	return OK;
}

enum err_code chart_read(struct outline_reader *r, const struct node *map, bool caption, struct outline_chart *out,
	struct err *err)
{
	const struct bind rules[] = {
		{"chart", BIND_TEXT, true, offsetof(struct chart_form, chart)},
		{"title", BIND_NODE, caption, offsetof(struct chart_form, title)},
		{"figures", BIND_TEXTS, false, offsetof(struct chart_form, figures)},
		{"duties", BIND_TEXTS, false, offsetof(struct chart_form, duties)},
		{"duty", BIND_TEXT, false, offsetof(struct chart_form, duty)},
		{"unit", BIND_TEXT, false, offsetof(struct chart_form, unit)},
		{"form", BIND_TEXT, false, offsetof(struct chart_form, form)},
	};
	struct chart_form f = {0};
	int kind, form = 0;

	TRY(bind_map(r->a, map, rules, LEN(rules), N_("the chart"), &f, err));
	TRY(named(NODE_GET(map, "chart"), f.chart, kinds, LEN(kinds), &kind, err));
	if (f.form.n)
		TRY(named(NODE_GET(map, "form"), f.form, forms, LEN(forms), &form, err));
	out->kind = (enum outline_chart_kind)kind;
	TRY(fits(map, &f, out->kind, err));
	if (f.title)
		TRY(phrase_read(r, f.title, (struct scope){0}, &out->title, err));
	for (size_t i = 0; i < f.figures.n; i++)
		TRY(figure_known(r, f.figures.p[i], NODE_GET(map, "figures"), err));
	out->figures = f.figures;
	out->stacked = form == 1;
	out->lying = form == 2;
	out->unit = f.unit;
	out->duties = ARENA_ARRAY(r->a, const struct duty *, f.duties.n + 1);
	for (size_t i = 0; i < f.duties.n; i++)
		TRY(duty_known(r, f.duties.p[i], NODE_GET(map, "duties"), &out->duties[out->nduties++], err));
	if (f.duty.n)
		TRY(duty_known(r, f.duty, NODE_GET(map, "duty"), &out->duties[out->nduties++], err));
	if (out->kind == OUTLINE_MATRIX && !r->s->grid)
		return node_fail(map, err, "the scheme has no risk matrix");
	out->node = map;
	return OK;
}

enum err_code charts_read(
	struct outline_reader *r, const struct node *list, struct outline_chart **out, size_t *n, struct err *err)
{
	*n = 0;
	if (!list)
		return OK;
	*out = ARENA_ARRAY(r->a, struct outline_chart, list->n);
	for (size_t i = 0; i < list->n; i++)
		TRY(chart_read(r, list->items[i], true, &(*out)[(*n)++], err));
	return OK;
}
