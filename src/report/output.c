/* The report as the bytes of a file: one table for whoever writes files and whoever sends them. */
#include "report/report.h"

#include "text/json.h"

static enum err_code docx(const struct report *r, struct str *out, struct err *err)
{
	return doc_docx(report_doc(r, false), r->arena, out, err);
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
		N_("Document for a word processor, laid out as official papers are"), NULL, docx},
	{"html", "report.html", "text/html; charset=utf-8",
		N_("Page that opens in a browser; each figure leads to its records in the annex"), html, NULL},
	{"md", "report.md", "text/markdown; charset=utf-8", N_("Plain text with marks for headings"), markdown, NULL},
	{"txt", "report.txt", "text/plain; charset=utf-8", N_("Plain text"), text, NULL},
	{"trace", "trace.json", "application/json", N_("What every word came from, for programs"), trace, NULL},
	{0},
};

enum err_code report_bytes(
	const struct report *r, const struct report_output *as, struct str *out, struct err *err)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(DOC_BYTES);

	if (as->file)
		return as->file(r, out, err);
	as->write(r, &b);
	if (b.over)
		return fail(err, ERR_LIMIT, "%s is larger than %zu bytes", as->name, b.max);
	*out = arena_str(r->arena, buf_str(&b));
	return OK;
}
