/* The report as the bytes of a file: one table for whoever writes files and whoever sends them. */
#include "report/report.h"

#include "doc/docx.h"
#include "text/json.h"

static struct doc *printed(const struct printing *p)
{
	struct doc *d = report_doc(p->report, false);

	d->fonts = p->fonts;
	return d;
}

/* With columns and title as on paper. Where no font is there to lay it out, or a table is too wide for paper, by
 * reckoning: a word processor has its own fonts. */
static enum err_code docx(struct printing *p, struct str *out, struct err *err)
{
	const struct report *r = p->report;
	struct err none = {.lang = err->lang};
	const struct lay *lay;

	if (printing_lay(p, &lay, &none) == OK)
		return doc_docx_laid(lay, r->arena, out, err);
	if (none.code != ERR_NOT_FOUND && none.code != ERR_LIMIT)
		return fail(err, none.code, "%s", none.text);
	return doc_docx(printed(p), r->arena, out, err);
}

static void html(const struct report *r, struct buf *out)
{
	doc_html(report_doc(r, !r->opt.redact), out);
}

static void markdown(const struct report *r, struct buf *out)
{
	doc_markdown(report_doc(r, false), out);
}

static void text(const struct report *r, struct buf *out)
{
	doc_text(report_doc(r, false), out);
}

static void trace(const struct report *r, struct buf *out)
{
	json_pretty(out, report_trace(r));
	buf_putc(out, '\n');
}

const struct report_output report_outputs[] = {
	{"docx", "report.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		N_("Document for a word processor, laid out as official papers are"), NULL, docx, NULL},
	{"pdf", "report.pdf", "application/pdf", N_("Pages as they are printed, for everybody"), NULL, NULL, doc_pdf},
	{"ofd", "report.ofd", "application/ofd", N_("Pages as they are printed, as the state's archives want them"),
		NULL, NULL, doc_ofd},
	{"html", "report.html", "text/html; charset=utf-8",
		N_("Page that opens in a browser; each figure leads to its records in the annex"), html, NULL, NULL},
	{"md", "report.md", "text/markdown; charset=utf-8", N_("Plain text with marks for headings"), markdown, NULL,
		NULL},
	{"txt", "report.txt", "text/plain; charset=utf-8", N_("Plain text"), text, NULL, NULL},
	{"trace", "trace.json", "application/json", N_("What every word came from, for programs"), trace, NULL, NULL},
	{0},
};

const struct report_output *report_output(struct str format)
{
	for (const struct report_output *as = report_outputs; as->format; as++)
		if (str_is(format, as->format))
			return as;
	return NULL;
}

void printing_done(struct printing *p)
{
	fonts_close(&p->open);
}

enum err_code printing_lay(struct printing *p, const struct lay **out, struct err *err)
{
	const struct report *r = p->report;

	if (!p->open)
		TRY(fonts_open((const char *const[]){p->fonts, NULL}, &p->open, err));
	if (!p->lay)
		TRY(doc_layout(r->arena, printed(p), p->open, r->opt.lang, &p->lay, err));
	*out = p->lay;
	return OK;
}

enum err_code report_bytes(struct printing *p, const struct report_output *as, struct str *out, struct err *err)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(DOC_BYTES);
	const struct report *r = p->report;
	const struct lay *lay;

	if (as->file)
		return as->file(p, out, err);
	if (as->print) {
		TRY(printing_lay(p, &lay, err));
		return as->print(lay, r->arena, out, err);
	}
	as->write(r, &b);
	if (b.over)
		return fail(err, ERR_LIMIT, "%s is larger than %zu bytes", as->name, b.max);
	*out = arena_str(r->arena, buf_str(&b));
	return OK;
}
