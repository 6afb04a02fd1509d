/* What a chart shows, as a table: every figure, with what it opens. */
#include "doc/chart_in.h"

static struct chart_table *begin(struct arena *a, struct str corner, const struct chart_labels *rows, size_t heads)
{
	struct chart_table *t = ARENA_NEW(a, struct chart_table);

	t->corner = corner;
	for (size_t i = 0; i < rows->n; i++)
		*ARENA_PUSH(a, t->rows.p, t->rows.n, t->rows.cap) = rows->p[i];
	t->cells = ARENA_ARRAY(a, struct chart_datum, (rows->n + 1) * heads);
	return t;
}

static void head(struct arena *a, struct chart_table *t, struct chart_label l)
{
	*ARENA_PUSH(a, t->heads.p, t->heads.n, t->heads.cap) = l;
}

const struct chart_table *chart_table_heat(struct arena *a, const struct chart_heat *d)
{
	size_t n = d->cols.n, wide = n + (d->row_sums != NULL);
	struct chart_table *t = begin(a, d->corner, &d->rows, wide);

	for (size_t k = 0; k < n; k++)
		head(a, t, d->cols.p[k]);
	if (d->row_sums)
		head(a, t, (struct chart_label){.text = d->sum});
	for (size_t i = 0; i < d->rows.n; i++) {
		for (size_t k = 0; k < n; k++) {
			const struct chart_cell *cell = &d->cells[i * n + k];

			t->cells[i * wide + k] = (struct chart_datum){
				cell->text.n || cell->mark == CHART_NONE ? cell->text : cell->title, cell->title,
				cell->link};
		}
		if (d->row_sums)
			t->cells[i * wide + n] = (struct chart_datum){.text = d->row_sums[i],
				.link = d->rows.p[i].link};
	}
	if (!d->col_sums)
		return t;
	*ARENA_PUSH(a, t->rows.p, t->rows.n, t->rows.cap) = (struct chart_label){.text = d->sum};
	for (size_t k = 0; k < n; k++)
		t->cells[d->rows.n * wide + k] =
			(struct chart_datum){.text = d->col_sums[k], .link = d->cols.p[k].link};
	return t;
}

/* A point a row, those of a row of the chart together, in the order they were given. */
const struct chart_table *chart_table_strip(struct arena *a, const struct chart_strip *d)
{
	struct chart_table *t = begin(a, d->corner, &(struct chart_labels){0}, 0);
	size_t *from = ARENA_ARRAY(a, size_t, d->rows.n + 1);

	head(a, t, (struct chart_label){.text = d->what});
	head(a, t, (struct chart_label){.text = d->state});
	t->cells = ARENA_ARRAY(a, struct chart_datum, d->npoints * 2);
	t->rows.p = ARENA_ARRAY(a, struct chart_label, d->npoints);
	t->rows.n = t->rows.cap = d->npoints;
	for (size_t i = 0; i < d->npoints; i++)
		from[d->points[i].row + 1]++;
	for (size_t i = 0; i < d->rows.n; i++)
		from[i + 1] += from[i];
	for (size_t i = 0; i < d->npoints; i++) {
		const struct chart_point *p = &d->points[i];
		size_t at = from[p->row]++;

		t->rows.p[at] = d->rows.p[p->row];
		t->cells[at * 2] = (struct chart_datum){p->what.n ? p->what : p->title, p->title, p->link};
		t->cells[at * 2 + 1] = (struct chart_datum){.text = p->state};
	}
	return t;
}

const struct chart_table *chart_table_matrix(struct arena *a, const struct chart_matrix *d)
{
	struct str corner = d->upwards.n && d->across.n
		? arena_printf(a, STR_FMT " × " STR_FMT, STR_ARG(d->upwards), STR_ARG(d->across)) : d->upwards;
	struct chart_table *t = begin(a, corner, &d->rows, d->cols.n);

	for (size_t k = 0; k < d->cols.n; k++)
		head(a, t, d->cols.p[k]);
	for (size_t i = 0; i < d->rows.n * d->cols.n; i++) {
		const struct chart_field *f = &d->fields[i];

		t->cells[i] = (struct chart_datum){f->count.n
			? arena_printf(a, STR_FMT " " STR_FMT, STR_ARG(f->word), STR_ARG(f->count)) : f->word,
			f->title, f->link};
	}
	return t;
}

const struct chart_table *chart_table_figures(struct arena *a, const struct chart_figures *d)
{
	bool sums = d->stack == BARS_STACKED && d->series.n > 1;
	size_t n = d->series.n, wide = n + sums;
	struct chart_table *t = begin(a, d->corner, &d->names, wide);

	for (size_t k = 0; k < n; k++)
		head(a, t, d->series.p[k].text.n ? d->series.p[k]
			: (struct chart_label){.text = d->unit.n ? d->unit : d->title});
	if (sums)
		head(a, t, (struct chart_label){.text = d->sum});
	for (size_t i = 0; i < d->names.n; i++) {
		int64_t sum = 0;

		for (size_t k = 0; k < n; k++) {
			const struct chart_value *v = &d->values[i * n + k];

			t->cells[i * wide + k] = (struct chart_datum){chart_value_text(a, v), v->title, v->link};
			if (!v->none && __builtin_add_overflow(sum, MAX(v->n, (int64_t)0), &sum))
				sum = INT64_MAX;
		}
		if (sums)
			t->cells[i * wide + n] = (struct chart_datum){.text = chart_number(a, sum),
				.link = d->names.p[i].link};
	}
	return t;
}
