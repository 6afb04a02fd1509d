/* The workbook of refused rows: the office's own columns, the bad cell marked, the reason beside. */
#include "record/import.h"
#include "sheet/xlsx_write.h"

static enum err_code write_cell(struct xlsx *x, struct arena *a, enum lang lang, int row, int col,
	const struct field *f, const struct value *v, enum xlsx_style style, struct err *err)
{
	bool number = f->type == TYPE_COUNT || f->type == TYPE_NUMBER || f->type == TYPE_MONEY;
	struct date day;

	if (v->state == VALUE_NONE)
		return style == XLSX_BAD ? xlsx_text(x, row, col, S(""), style, err) : OK;
	if (v->state == VALUE_OK && f->type == TYPE_DATE && date_parse(v->text, &day))
		return xlsx_date(x, row, col, day, style, err);
	if (v->state == VALUE_OK && !v->unit.n && number)
		return xlsx_number(x, row, col, v->text, style, err);
	return xlsx_text(x, row, col, import_text(a, lang, f, v), style, err);
}

static struct str tab_name(struct arena *a, const struct import_table *t, size_t i)
{
	struct str s = t->sheet->name.n ? t->sheet->name : t->file->name;

	/* Excel allows 31 characters, none of []:*?/\ and no two alike: a number in front keeps them apart. */
	return arena_printf(a, "%zu " STR_FMT, i + 1, STR_ARG(str_sub(s, 0, 60)));
}

static enum err_code write_table(const struct import *im, struct arena *a, struct xlsx *x, size_t at, struct err *err)
{
	const struct import_table *t = &im->tables[at];
	const struct field **fields;
	size_t n = import_columns(a, t, &fields);
	int *widths = ARENA_ARRAY(a, int, n + 2);
	int out = 1;

	widths[0] = 6;
	for (size_t k = 1; k <= n; k++)
		widths[k] = 14;
	widths[n + 1] = 40;
	TRY(xlsx_sheet(x, tab_name(a, t, at), widths, n + 2, 1, err));
	for (size_t k = 0; k < n; k++) {
		const struct sheet_col *c = sheet_col(t->sheet, t->cols[fields[k]->at]);

		if (c && c->width)
			xlsx_width(x, (int)k + 1, c->width);
	}
	TRY(xlsx_text(x, 0, 0, str_c(tr(im->lang, REFUSED_ROW)), XLSX_HEAD, err));
	for (size_t k = 0; k < n; k++)
		TRY(xlsx_text(x, 0, (int)k + 1, t->heads[fields[k]->at], XLSX_HEAD, err));
	TRY(xlsx_text(x, 0, (int)n + 1, str_c(tr(im->lang, REFUSED_WHY)), XLSX_HEAD, err));
	for (size_t i = 0; i < t->nrows; i++) {
		const struct import_row *r = &t->rows[i];

		if (r->class != ROW_REFUSED)
			continue;
		TRY(xlsx_number(x, out, 0, arena_printf(a, "%d", r->no), XLSX_PLAIN, err));
		for (size_t k = 0; k < n; k++)
			TRY(write_cell(x, a, im->lang, out, (int)k + 1, fields[k], &r->values[fields[k]->at],
			               fields[k] == r->field ? XLSX_BAD : XLSX_PLAIN, err));
		TRY(xlsx_text(x, out, (int)n + 1,
		              arena_printf(a, STR_FMT ": " STR_FMT, STR_ARG(t->heads[r->field->at]),
		                           STR_ARG(refusal_text(a, im->lang, r))), XLSX_PLAIN, err));
		out++;
	}
	return OK;
}

enum err_code import_refused(const struct import *im, const char *path, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	CLEANUP(xlsx_drop) struct xlsx *x = NULL;
	struct xlsx *whole;

	TRY(xlsx_open(path, &x, err));
	for (size_t i = 0; i < im->ntables; i++)
		if (im->tables[i].count[ROW_REFUSED])
			TRY(write_table(im, &a, x, i, err));
	whole = x;
	x = NULL;
	return xlsx_close(whole, err);
}
