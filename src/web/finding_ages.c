/* How long open findings have been: a bar a unit, in bands of days. */
#include "web/finding_view.h"

enum { BANDS = LEN(finding_ages) + 1, MM = 1000000, WIDE = 190 * MM };     /* the last band: found on no day */

size_t finding_band(const struct finding *x)
{
	size_t k = 0;

	if (x->days < 0)
		return BANDS - 1;
	while (finding_ages[k] && x->days > finding_ages[k])
		k++;
	return k;
}

struct str finding_band_text(struct call *c, size_t band)
{
	int from = band && band < BANDS - 1 ? finding_ages[band - 1] + 1 : 0;

	if (band >= BANDS - 1)
		return call_say(c, N_("found on no day"));
	return finding_ages[band] ? arena_printf(c->arena, tr(c->lang, N_("%d to %d days")), from, finding_ages[band])
				  : arena_printf(c->arena, tr(c->lang, N_("more than %d days")), from - 1);
}

struct age_row {
	struct str unit, code;
	size_t n[BANDS], all;
};
struct age_rows {
	struct age_row *p;
	size_t n, cap;
};

static struct age_row *row_of(struct call *c, struct age_rows *rows, const struct finding *x)
{
	for (size_t i = 1; i < rows->n; i++)
		if (str_eq(rows->p[i].code, x->c.unit) && (x->c.unit.n || str_eq(rows->p[i].unit, x->unit)))
			return &rows->p[i];
	*ARENA_PUSH(c->arena, rows->p, rows->n, rows->cap) = (struct age_row){.unit = x->unit, .code = x->c.unit};
	return &rows->p[rows->n - 1];
}

/* Row 0 is of all; the last band is left out where it is empty. */
static struct age_rows count(struct call *c, const struct findings *all)
{
	struct age_rows rows = {0};

	*ARENA_PUSH(c->arena, rows.p, rows.n, rows.cap) = (struct age_row){.unit = call_say(c, N_("all"))};
	for (size_t i = 0; i < all->n; i++) {
		const struct finding *x = &all->p[i];
		struct age_row *row;
		size_t band = finding_band(x);

		if (!finding_owed_open(x))
			continue;
		row = row_of(c, &rows, x);
		row->n[band]++;
		row->all++;
		rows.p[0].n[band]++;
		rows.p[0].all++;
	}
	return rows;
}

static struct chart_value value(struct call *c, const struct age_row *row, size_t band, struct url list, bool first)
{
	struct chart_value v = {.n = (int64_t)row->n[band] * 1000};
	struct url u = url_query(c->arena, list, "age", arena_printf(c->arena, "%zu", band + 1));

	v.title = arena_printf(c->arena, STR_FMT ", " STR_FMT ": %zu", STR_ARG(row->unit),
		STR_ARG(finding_band_text(c, band)), row->n[band]);
	if (!first && row->code.n)
		u = url_query(c->arena, url_query(c->arena, u, "unit", row->code), "alone", S("1"));
	if (first || row->code.n)
		v.link = url_at(c->arena, u, S("rows")).text;
	return v;
}

struct charts finding_ages_chart(struct call *c, const struct findings *all, struct url list)
{
	struct age_rows rows = count(c, all);
	size_t from = rows.n == 2 ? 1 : 0, bands = rows.p[0].n[BANDS - 1] ? BANDS : BANDS - 1;
	struct chart_figures d = {.title = call_say(c, N_("Open findings by the days since they were found"))};
	struct chart_opt opt = chart_page;

	if (!rows.p[0].all)
		return (struct charts){0};
	opt.width = WIDE;
	d.values = ARENA_ARRAY(c->arena, struct chart_value, (rows.n - from) * bands);
	for (size_t k = 0; k < bands; k++)
		*ARENA_PUSH(c->arena, d.series.p, d.series.n, d.series.cap) =
			(struct chart_label){.text = finding_band_text(c, k)};
	for (size_t i = from; i < rows.n; i++) {
		*ARENA_PUSH(c->arena, d.names.p, d.names.n, d.names.cap) = (struct chart_label){.text = rows.p[i].unit};
		for (size_t k = 0; k < bands; k++)
			d.values[(i - from) * bands + k] = value(c, &rows.p[i], k, list, i == 0);
	}
	return chart_ageing(c->arena, &d, &opt);
}
