#include "record/list.h"

#include "doc/layout.h"
#include "record/export_book.h"
#include "sheet/csv_write.h"

enum { WIDTH_MIN = 6, WIDTH_MAX = 40, SAMPLE = 500 };

enum err_code list_csv(struct arena *a, const struct list *l, struct str *out, struct err *err)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(DOC_BYTES);

	buf_put(&b, S(CSV_MARK));
	for (size_t k = 0; k < l->ncols; k++)
		csv_cell(&b, k == 0, l->heads[k].text);
	csv_line(&b);
	for (size_t i = 0; i < l->n * l->ncols; i++) {
		csv_cell(&b, i % l->ncols == 0, l->cells[i]);
		if (i % l->ncols == l->ncols - 1)
			csv_line(&b);
	}
	if (b.over)
		return fail(err, ERR_LIMIT, "the list is larger than %d bytes", DOC_BYTES);
	*out = arena_str(a, buf_str(&b));
	return OK;
}

/* ---- a workbook ---- */

/* As its head and its first rows need it. */
static int width_of(const struct list *l, size_t k)
{
	int width = export_chars(l->heads[k].text) + 2;

	for (size_t i = 0; i < MIN(l->n, (size_t)SAMPLE); i++)
		width = MAX(width, export_chars(l->cells[i * l->ncols + k]) + 1);
	return MIN(MAX(width, WIDTH_MIN), WIDTH_MAX);
}

static enum err_code put_cell(
	struct xlsx *x, int row, int col, struct str text, const struct list_head *h, struct err *err)
{
	struct date day;

	if (!text.n)
		return OK;
	if (h->kind == LIST_DAY && date_parse(text, &day))
		return xlsx_date(x, row, col, day, XLSX_PLAIN, err);
	if (h->kind == LIST_NUMBER)
		return xlsx_number(x, row, col, text, XLSX_PLAIN, err);
	return xlsx_text(x, row, col, text, XLSX_PLAIN, err);
}

static enum err_code put_sheet(struct xlsx *x, const struct list *l, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	int *widths = ARENA_ARRAY(&a, int, l->ncols), top = l->note.n ? 2 : 1;

	for (size_t k = 0; k < l->ncols; k++)
		widths[k] = width_of(l, k);
	TRY(xlsx_sheet(x, l->title, widths, l->ncols, top + 1, err));
	TRY(xlsx_text(x, 0, 0, l->title, XLSX_TITLE, err));
	if (l->note.n)
		TRY(xlsx_text(x, 1, 0, l->note, XLSX_NOTE, err));
	for (size_t k = 0; k < l->ncols; k++)
		TRY(xlsx_text(x, top, (int)k, l->heads[k].text, XLSX_HEAD, err));
	for (size_t i = 0; i < l->n * l->ncols; i++)
		TRY(put_cell(x, top + 1 + (int)(i / l->ncols), (int)(i % l->ncols), l->cells[i],
			&l->heads[i % l->ncols], err));
	xlsx_filter(x, top, (int)l->ncols);
	xlsx_print(x, top, top);
	return OK;
}

enum err_code list_book(const struct list *l, const char *path, struct err *err)
{
	CLEANUP(xlsx_drop) struct xlsx *x = NULL;
	struct xlsx *whole;

	TRY(xlsx_open(path, &x, err));
	TRY(put_sheet(x, l, err));
	whole = x;
	x = NULL;
	return xlsx_close(whole, err);
}

static enum err_code make(void *ctx, const char *path, struct err *err)
{
	return list_book(ctx, path, err);
}

enum err_code list_book_open(const struct list *l, const char *dir, int *fd, int64_t *size, struct err *err)
{
	struct list copy = *l;

	return export_open(dir, make, &copy, fd, size, err);
}

/* ---- a document ---- */

static struct doc *document(struct arena *a, const struct list *l)
{
	struct doc *d = doc_new(a, l->title, doc_lang_mark(l->lang));
	struct doc_block *b = doc_block(d, DOC_ANNEX, S(""));
	struct doc_table *t;
	struct doc_cell *cells;

	b->landscape = true;
	doc_run(d, b, (struct doc_run){.text = l->title});
	if (l->note.n)
		doc_run(d, doc_block(d, DOC_NOTE, S("")), (struct doc_run){.text = l->note});
	t = doc_table(d, S(""), l->ncols);
	t->nheads = 1;
	cells = doc_row(d, t, S(""));
	for (size_t k = 0; k < l->ncols; k++)
		cells[k].text = l->heads[k].text;
	for (size_t i = 0; i < l->n; i++) {
		cells = doc_row(d, t, S(""));
		for (size_t k = 0; k < l->ncols; k++)
			cells[k].text = l->cells[i * l->ncols + k];
	}
	return d;
}

enum err_code list_document(struct arena *a, const struct list *l, const struct export_form *form, const char *fonts,
	struct str *out, struct err *err)
{
	CLEANUP(fonts_close) struct fonts *open = NULL;
	struct lay *lay;
	struct doc *d;

	if (l->n > EXPORT_PAPER)
		return fail(err, ERR_LIMIT, "a document holds at most %d records, and these are more: "
			"take the workbook, or fewer records", EXPORT_PAPER);
	d = document(a, l);
	if (form->write)
		return form->write(d, a, out, err);
	TRY(fonts_open((const char *const[]){fonts, NULL}, &open, err));
	TRY(doc_layout(a, d, open, err->lang, &lay, err));
	return form->print(lay, a, out, err);
}
