/* Risks and findings as charts: the matrix, and how long findings have been open. */
#include "report/chart.h"

#include "flow/finding.h"

/* ---- the matrix of risks ---- */

enum chart_mark colour_mark(enum colour c)
{
	static const enum chart_mark marks[COLOURS] = {[COLOUR_NONE] = CHART_UPCOMING, [COLOUR_GREEN] = CHART_GREEN,
		[COLOUR_BLUE] = CHART_BLUE, [COLOUR_YELLOW] = CHART_YELLOW, [COLOUR_ORANGE] = CHART_ORANGE,
		[COLOUR_RED] = CHART_RED};

	return marks[c];
}

/* Open, and within reach? */
static bool counts(const struct chart_in *in, const struct risk *r)
{
	return !date_is(r->closed) && chart_sees(in, r->fact, STR_NONE);
}

static size_t count(const struct chart_in *in, const struct risks *all, int likelihood, int impact)
{
	const struct facts *f = in->figures->facts;
	const struct matrix *m = f->scheme->grid;
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		n += counts(in, &all->p[i]) &&
		     axis_at(f, &m->axes[AXIS_LIKELIHOOD], all->p[i].likelihood) == likelihood &&
		     axis_at(f, &m->axes[AXIS_IMPACT], all->p[i].impact) == impact;
	return n;
}

static struct str hint(const struct axis *x, size_t i)
{
	return i < x->words.n ? x->words.p[i] : STR_NONE;
}

static struct chart_field matrix_field(const struct chart_in *in, const struct risks *all, size_t row, size_t col)
{
	const struct matrix *m = in->figures->facts->scheme->grid;
	const struct axis *rows = &m->axes[AXIS_LIKELIHOOD], *cols = &m->axes[AXIS_IMPACT];
	const struct grade *g = &m->grades[m->cells[row * cols->values.n + col]];
	size_t n = count(in, all, (int)row, (int)col);
	struct chart_field f = {.mark = colour_mark(g->colour), .word = g->level};

	f.link = chart_link(
		in, (struct chart_behind){.likelihood = rows->values.p[row], .impact = cols->values.p[col]});
	if (n)
		f.count = arena_printf(in->arena, "%zu", n);
	f.title = arena_printf(in->arena, STR_FMT " × " STR_FMT ": " STR_FMT ", %zu", STR_ARG(rows->values.p[row]),
		STR_ARG(cols->values.p[col]), STR_ARG(g->level), n);
	return f;
}

/* How many open risks there are of each level, and in no cell. */
static struct str matrix_said(const struct chart_in *in, const struct risks *all)
{
	const struct matrix *m = in->figures->facts->scheme->grid;
	struct str out = STR_NONE;
	size_t open = 0, placed = 0;

	for (size_t g = 0; g < m->ngrades; g++) {
		size_t n = 0;

		for (size_t i = 0; i < m->axes[AXIS_LIKELIHOOD].values.n * m->axes[AXIS_IMPACT].values.n; i++)
			if (m->cells[i] == g)
				n += count(in, all, (int)(i / m->axes[AXIS_IMPACT].values.n),
					(int)(i % m->axes[AXIS_IMPACT].values.n));
		out = chart_listed(in, out, m->grades[g].level, n);
		placed += n;
	}
	for (size_t i = 0; i < all->n; i++)
		open += counts(in, &all->p[i]);
	out = chart_listed(in, out, str_c(tr(in->lang, N_("in no cell"))), open - placed);
	return arena_printf(in->arena, tr(in->lang, N_("%zu open risks: " STR_FMT)), open, STR_ARG(out));
}

struct charts office_matrix(const struct chart_in *in, const struct risks *all, struct str likelihood,
	struct str impact, struct str title, const struct chart_opt *opt)
{
	const struct facts *f = in->figures->facts;
	const struct matrix *m = f->scheme->grid;
	const struct axis *rows, *cols;
	struct chart_matrix d = {.title = title};

	if (!m)
		return (struct charts){0};
	rows = &m->axes[AXIS_LIKELIHOOD];
	cols = &m->axes[AXIS_IMPACT];
	d.upwards = rows->title;
	d.across = cols->title;
	d.fields = ARENA_ARRAY(in->arena, struct chart_field, rows->values.n * cols->values.n);
	for (size_t i = 0; i < rows->values.n; i++) {
		size_t row = rows->values.n - 1 - i;

		*ARENA_PUSH(in->arena, d.rows.p, d.rows.n, d.rows.cap) =
			(struct chart_label){.text = rows->values.p[row], .title = hint(rows, row)};
		for (size_t k = 0; k < cols->values.n; k++) {
			struct chart_field *field = &d.fields[i * cols->values.n + k];

			*field = matrix_field(in, all, row, k);
			field->current = axis_at(f, rows, likelihood) == (int)row && axis_at(f, cols, impact) == (int)k;
		}
	}
	for (size_t k = 0; k < cols->values.n; k++)
		*ARENA_PUSH(in->arena, d.cols.p, d.cols.n, d.cols.cap) =
			(struct chart_label){.text = cols->values.p[k], .title = hint(cols, k)};
	d.desc = matrix_said(in, all);
	return chart_sourced(in, chart_matrix(in->arena, &d, opt), STR_NONE);
}

/* ---- ages of findings ---- */

enum { BANDS = LEN(finding_ages) + 1 };     /* the last: found on no day */

bool finding_owed_open(const struct finding *x)
{
	return x->owed && !date_is(x->closed) && flow_open_state(x->c.state);
}

size_t finding_band(const struct finding *x)
{
	size_t k = 0;

	if (x->days < 0)
		return BANDS - 1;
	while (finding_ages[k] && x->days > finding_ages[k])
		k++;
	return k;
}

struct str finding_band_text(struct arena *a, enum lang lang, size_t band)
{
	int from = band && band < BANDS - 1 ? finding_ages[band - 1] + 1 : 0;

	if (band >= BANDS - 1)
		return str_c(tr(lang, N_("found on no day")));
	return finding_ages[band] ? arena_printf(a, tr(lang, N_("%d to %d days")), from, finding_ages[band])
				  : arena_printf(a, tr(lang, N_("more than %d days")), from - 1);
}

struct age_row {
	struct str unit, code;
	size_t n[BANDS], all;
};
struct age_rows {
	struct age_row *p;
	size_t n, cap;
};

static struct age_row *row_of(const struct chart_in *in, struct age_rows *rows, const struct finding *x)
{
	for (size_t i = 1; i < rows->n; i++)
		if (str_eq(rows->p[i].code, x->c.unit) && (x->c.unit.n || str_eq(rows->p[i].unit, x->unit)))
			return &rows->p[i];
	*ARENA_PUSH(in->arena, rows->p, rows->n, rows->cap) = (struct age_row){.unit = x->unit, .code = x->c.unit};
	return &rows->p[rows->n - 1];
}

/* Row 0 is of all. */
static struct age_rows count_ages(const struct chart_in *in, const struct findings *all)
{
	struct age_rows rows = {0};

	*ARENA_PUSH(in->arena, rows.p, rows.n, rows.cap) = (struct age_row){.unit = str_c(tr(in->lang, N_("all")))};
	for (size_t i = 0; i < all->n; i++) {
		const struct finding *x = &all->p[i];
		struct age_row *row;
		size_t band = finding_band(x);

		if (!finding_owed_open(x) || !chart_sees(in, x->record, x->c.unit))
			continue;
		row = row_of(in, &rows, x);
		row->n[band]++;
		row->all++;
		rows.p[0].n[band]++;
		rows.p[0].all++;
	}
	return rows;
}

static struct chart_value age_value(const struct chart_in *in, const struct age_row *row, size_t band, bool all)
{
	struct chart_value v = {.n = (int64_t)row->n[band] * 1000};
	struct str name = finding_band_text(in->arena, in->lang, band);

	v.title = arena_printf(
		in->arena, STR_FMT ", " STR_FMT ": %zu", STR_ARG(row->unit), STR_ARG(name), row->n[band]);
	if (all || row->code.n)
		v.link = chart_link(in, (struct chart_behind){.band = band, .aged = true, .unit_code = row->code});
	return v;
}

static struct str row_link(const struct chart_in *in, const struct age_row *row, bool all)
{
	return all || row->code.n ? chart_link(in, (struct chart_behind){.ages = true, .unit_code = row->code})
				  : STR_NONE;
}

static struct str ages_said(const struct chart_in *in, const struct age_row *all)
{
	struct str out = STR_NONE;

	for (size_t k = 0; k < BANDS; k++)
		out = chart_listed(in, out, finding_band_text(in->arena, in->lang, k), all->n[k]);
	return arena_printf(in->arena, tr(in->lang, N_("%zu open findings: " STR_FMT)), all->all, STR_ARG(out));
}

struct charts office_ages(const struct chart_in *in, const struct findings *all, struct str title,
	const struct chart_opt *opt)
{
	struct age_rows rows = count_ages(in, all);
	size_t from = rows.n == 2 ? 1 : 0, bands = rows.p[0].n[BANDS - 1] ? BANDS : BANDS - 1;
	struct chart_figures d = {.title = title, .corner = str_c(tr(in->lang, N_("Unit"))),
		.sum = str_c(tr(in->lang, N_("all")))};

	if (!rows.p[0].all)
		return (struct charts){0};
	d.desc = ages_said(in, &rows.p[0]);
	d.values = ARENA_ARRAY(in->arena, struct chart_value, (rows.n - from) * bands);
	for (size_t k = 0; k < bands; k++)
		*ARENA_PUSH(in->arena, d.series.p, d.series.n, d.series.cap) =
			(struct chart_label){.text = finding_band_text(in->arena, in->lang, k)};
	for (size_t i = from; i < rows.n; i++) {
		*ARENA_PUSH(in->arena, d.names.p, d.names.n, d.names.cap) =
			(struct chart_label){.text = rows.p[i].unit, .link = row_link(in, &rows.p[i], i == 0)};
		for (size_t k = 0; k < bands; k++)
			d.values[(i - from) * bands + k] = age_value(in, &rows.p[i], k, i == 0);
	}
	return chart_sourced(in, chart_ageing(in->arena, &d, opt), STR_NONE);
}
