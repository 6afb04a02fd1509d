/* Charts as files by themselves: SVG, PDF, PNG, and their figures as CSV. */
#include "report/chart_file.h"

#include "doc/docx.h"
#include "sheet/csv_write.h"

enum { FILE_BYTES = 32 << 20, PNG_DPI = 144, PNG_DPI_MAX = 600, MM = NM_MM, HEAT_WIDE = 2000 * MM };

static enum err_code whole_of(const struct buf *b, struct arena *a, struct str *out, struct err *err)
{
	if (b->over)
		return fail(err, ERR_LIMIT, "the chart is larger than %d MB", FILE_BYTES >> 20);
	*out = arena_str(a, buf_str(b));
	return OK;
}

static enum err_code svg(
	struct arena *a, const struct charts *c, const char *fonts, struct str *out, struct err *err)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(FILE_BYTES);

	const struct drawing *d = chart_whole(a, c);

	if (!d)
		return fail(err, ERR_LIMIT, "the chart is too large for one picture: take the PDF");
	drawing_svg(d, true, &b);
	return whole_of(&b, a, out, err);
}

/* Smaller on the page that it is laid out on, but with as many dots. */
static enum err_code png(
	struct arena *a, const struct charts *c, const char *fonts, struct str *out, struct err *err)
{
	const struct drawing *d = chart_whole(a, c);
	int32_t w, h;
	double k;

	if (!d)
		return fail(err, ERR_LIMIT, "the chart is too large for one picture: take the PDF");
	k = MIN(1.0, MIN((double)TYPE_W / d->width, 12 * 10389306.0 / d->height));
	return drawing_png(a, d, fonts, (int)MIN(PNG_DPI / k, (double)PNG_DPI_MAX), &w, &h, out, err);
}

static enum err_code pdf(
	struct arena *a, const struct charts *c, const char *fonts, struct str *out, struct err *err)
{
	struct doc *d = doc_new(a, c->title, doc_lang_mark(c->lang));
	CLEANUP(fonts_close) struct fonts *open = NULL;
	struct lay *lay;

	doc_run(d, doc_block(d, DOC_TITLE, S("")), (struct doc_run){.text = c->title});
	if (c->unit.n)
		doc_run(d, doc_block(d, DOC_NOTE, S("")), (struct doc_run){.text = c->unit});
	for (size_t i = 0; i < c->n; i++) {
		struct doc_picture *p = ARENA_NEW(a, struct doc_picture);

		if (c->n > 1)
			doc_run(d, doc_block(d, DOC_CAPTION, S("")), (struct doc_run){.text = c->p[i]->title});
		p->drawing = c->p[i];
		p->alt = c->desc.n ? arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(c->p[i]->title),
			c->lang == LANG_ZH ? "。" : ". ", STR_ARG(c->desc))
				   : c->p[i]->title;
		doc_block(d, DOC_PICTURE, S(""))->picture = p;
	}
	doc_run(d, doc_block(d, DOC_SOURCE, S("")), (struct doc_run){.text = c->source});
	TRY(fonts_open((const char *const[]){fonts, NULL}, &open, err));
	TRY(doc_layout(a, d, open, err->lang, &lay, err));
	return doc_pdf(lay, a, out, err);
}

static enum err_code csv(
	struct arena *a, const struct charts *c, const char *fonts, struct str *out, struct err *err)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(FILE_BYTES);
	const struct chart_table *t = c->table;

	buf_put(&b, S(CSV_MARK));
	csv_cell(&b, true, t->corner);
	for (size_t k = 0; k < t->heads.n; k++)
		csv_cell(&b, false, t->heads.p[k].text);
	csv_line(&b);
	for (size_t i = 0; i < t->rows.n; i++) {
		csv_cell(&b, true, t->rows.p[i].text);
		for (size_t k = 0; k < t->heads.n; k++)
			csv_cell(&b, false, t->cells[i * t->heads.n + k].text);
		csv_line(&b);
	}
	return whole_of(&b, a, out, err);
}

const struct chart_format chart_formats[] = {
	{"svg", "image/svg+xml", false, false, svg},
	{"pdf", "application/pdf", true, true, pdf},
	{"png", "image/png", false, true, png},
	{"csv", "text/csv; charset=utf-8", false, false, csv},
	{0},
};

const struct chart_format *chart_format(struct str format)
{
	for (const struct chart_format *f = chart_formats; f->format; f++)
		if (str_is(format, f->format))
			return f;
	return NULL;
}

struct chart_opt chart_format_opt(const struct chart_format *f, enum outline_chart_kind kind)
{
	struct chart_opt opt = f->paper ? chart_paper : chart_page;

	if (!f->paper && kind == OUTLINE_HEAT)
		opt.width = HEAT_WIDE;
	return opt;
}

enum err_code chart_file(struct arena *a, const struct charts *c, const struct chart_format *f, const char *fonts,
	struct str *out, struct err *err)
{
	if (!c->n)
		return fail(err, ERR_NOT_FOUND, "on this day the chart has nothing to show");
	return f->write(a, c, fonts, out, err);
}

/* ---- names ---- */

static const struct {
	const char *name, *title;
} kinds[OUTLINE_CHARTS] = {
	[OUTLINE_HEAT] = {"heat", N_("Units and duties")},
	[OUTLINE_STRIP] = {"strip", NULL},
	[OUTLINE_MATRIX] = {"matrix", N_("Risk matrix")},
	[OUTLINE_AGEING] = {"ageing", N_("Open findings by the days since they were found")},
	[OUTLINE_BARS] = {"bars", NULL},
	[OUTLINE_LINES] = {"lines", NULL},
};

enum outline_chart_kind outline_chart_named(struct str name)
{
	for (int k = 0; k < OUTLINE_CHARTS; k++)
		if (str_is(name, kinds[k].name))
			return (enum outline_chart_kind)k;
	return OUTLINE_CHARTS;
}

const char *outline_chart_name(enum outline_chart_kind kind)
{
	return kinds[kind].name;
}

struct str office_chart_title(const struct chart_in *in, const struct outline_chart *c)
{
	struct str out = STR_NONE;

	if (kinds[c->kind].title)
		return str_c(tr(in->lang, kinds[c->kind].title));
	if (c->kind == OUTLINE_STRIP)
		return arena_printf(in->arena, STR_FMT " " STR_FMT, STR_ARG(c->duties[0]->id),
			STR_ARG(c->duties[0]->title));
	for (size_t i = 0; i < c->figures.n; i++) {
		const struct figure_result *whole;
		const struct figure_value *v = figure_find(in->figures, c->figures.p[i], &whole);

		out = chart_joined(in, out, v ? figure_title(in->arena, whole, v) : c->figures.p[i]);
	}
	return out;
}
