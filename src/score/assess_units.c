/* Units beside each other, and grades with quotas. */
#include "score/assess.h"

#include <stdlib.h>

bool assess_has_unit(const struct facts *f, const struct unit *unit)
{
	const struct assess *p = f->scheme->assessment;

	if (!p->unit_kind.n)
		return !unit;
	return unit && str_eq(unit->kind, p->unit_kind);
}

static int by_total(const void *a, const void *b)
{
	const struct assess_row *x = a, *y = b;

	if (x->sheet.part.got != y->sheet.part.got)
		return x->sheet.part.got < y->sheet.part.got ? 1 : -1;
	return x->unit < y->unit ? -1 : x->unit > y->unit;      /* of one array */
}

void assess_rows_sort(struct assess_row *rows, size_t n)
{
	if (n)
		qsort(rows, n, sizeof *rows, by_total);
}

struct str assess_row_grade(const struct assess_row *r)
{
	return r->grade < 0 ? STR_NONE : r->sheet.plan->grades[r->grade].name;
}

/* Rows are best first. Where more would have a grade than its quota allows, the last of them go one down; of those with
 * one total all or none stay. */
static void quota(struct assess_row *rows, size_t n, const struct assess *p, int grade)
{
	int64_t room = p->grades[grade].quota * (int64_t)n / POINT;
	size_t have = 0, last = n;

	if (p->grades[grade].quota < 0)
		return;
	for (size_t i = 0; i < n; i++) {
		if (rows[i].grade != grade)
			continue;
		if ((int64_t)++have <= room)
			last = i;
	}
	if ((int64_t)have <= room)
		return;
	for (size_t i = 0; i < n; i++) {
		bool tied = false;

		if (rows[i].grade != grade)
			continue;
		/* kept: within the room, and none of its total is without */
		for (size_t k = last == n ? 0 : last + 1; k < n; k++)
			tied |= rows[k].grade == grade && rows[k].sheet.part.got == rows[i].sheet.part.got;
		if (last != n && i <= last && !tied)
			continue;
		rows[i].grade = -2 - grade;      /* settled below, so that this round sees them all */
	}
	for (size_t i = 0; i < n; i++) {
		if (rows[i].grade != -2 - grade)
			continue;
		rows[i].grade = grade + 1;
		rows[i].quota = true;
	}
}

struct assess_row *assess_rows(const struct facts *f, const struct figures *figures,
	const struct assess_inputs *inputs, size_t *n)
{
	const struct assess *p = f->scheme->assessment;
	size_t count = f->org ? f->org->nunits : 0;
	struct assess_row *rows = ARENA_ARRAY(f->arena, struct assess_row, count + 1);

	*n = 0;
	if (assess_has_unit(f, NULL))
		assess_on(f, figures, NULL, inputs, NULL, 0, &rows[(*n)++].sheet);
	for (size_t i = 0; i < count; i++) {
		const struct unit *u = &f->org->units[i];

		if (!assess_has_unit(f, u))
			continue;
		rows[*n].unit = u;
		assess_on(f, figures, u, inputs ? &inputs[i] : NULL, NULL, 0, &rows[(*n)++].sheet);
	}
	assess_rows_sort(rows, *n);
	for (size_t i = 0; i < *n; i++) {
		rows[i].grade = rows[i].sheet.grade;
		rows[i].facts = f;
		rows[i].figures = figures;
	}
	for (int g = 0; p->unit_kind.n && g + 1 < (int)p->ngrades; g++)
		quota(rows, *n, p, g);
	return rows;
}
