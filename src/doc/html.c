#include "doc/doc.h"

#include "pack/xml_write.h"

static const char style[] =
	":root{color-scheme:light}\n"
	"body{margin:0 auto;max-width:46rem;padding:3rem 1.5rem 6rem;background:#fcfcfa;color:#22262a;\n"
	"font:1.0625rem/1.9 \"FangSong\",\"仿宋\",\"STFangsong\",\"Noto Serif CJK SC\",\"Songti "
	"SC\",serif;text-align:justify}\n"
	"h1{font:700 1.7rem/1.5 \"方正小标宋简体\",\"Noto Serif CJK SC\",\"Songti "
	"SC\",\"SimSun\",serif;text-align:center;\n"
	"margin:0 0 2.2rem;text-wrap:balance}\n"
	"h2{font:600 1.15rem/1.7 \"SimHei\",\"黑体\",\"Noto Sans CJK SC\",\"PingFang SC\",sans-serif;margin:2rem 0 "
	".6rem;\n"
	"text-indent:2em}\n"
	"h3{font:600 1.0625rem/1.8 \"KaiTi\",\"楷体\",\"STKaiti\",\"Noto Serif CJK SC\",serif;margin:1.2rem 0 .3rem;\n"
	"text-indent:2em}\n"
	"p{margin:.35rem 0;text-indent:2em}\n"
	"a{color:inherit;text-decoration:none}\n"
	"a.figure,a.field{border-bottom:1px solid #9bb3c9;padding:0 .06em}\n"
	"a.figure{color:#1d4e7a}\n"
	"a:hover,a:focus,:target{background:#fdf1c7;outline:none}\n"
	".own{border-bottom:1px dotted #b08a3c}\n"
	".annex{margin-top:5rem;border-top:1px solid #d9d9d2;padding-top:1rem;font:.9rem/1.6 \"Noto Sans CJK SC\",\n"
	"\"PingFang SC\",\"Microsoft YaHei\",sans-serif;text-align:left}\n"
	".annex h2,.annex h3{font-family:inherit;text-indent:0}\n"
	".annex p{text-indent:0;margin:.3rem 0;padding:.1rem .3rem;overflow-wrap:anywhere}\n"
	".annex p a{color:#1d4e7a}\n"
	".annex .figure{font-weight:600;color:#1d4e7a}\n"
	".wide{overflow-x:auto}\n"
	"table{width:max-content;border-collapse:collapse;font-size:.82rem;margin:.4rem 0 1.6rem}\n"
	"th,td{border:1px solid #e1e1da;padding:.2rem .5rem;vertical-align:top;max-width:18rem}\n"
	"th{background:#f1f1ec;font-weight:600;white-space:nowrap}\n"
	"tr:target td{background:#fdf1c7}\n"
	"@page{size:A4;margin:37mm 26mm 35mm 28mm}\n"
	"@media print{body{max-width:none;padding:0;background:none;font-size:16pt}\n"
	"a.figure,a.field,.own{color:inherit;border:0}.annex{break-before:page;border:0;margin:0;font-size:8pt}\n"
	".wide{overflow:visible}table{width:auto;font-size:7pt}th{white-space:normal}\n"
	"h2,h3{break-after:avoid}tr{break-inside:avoid}}\n";

static void attribute(struct buf *out, const char *name, struct str value)
{
	if (!value.n)
		return;
	buf_printf(out, " %s=\"", name);
	xml_put(out, value);
	buf_putc(out, '"');
}

static void run(struct buf *out, const struct doc_run *r)
{
	static const char *const classes[] = {"", "figure", "field", "own", "hidden"};
	const char *tag = r->link.n ? "a" : "span";
	bool bare = !r->link.n && r->mark == MARK_NONE;

	if (!bare) {
		buf_printf(out, "<%s", tag);
		attribute(out, "class", str_c(classes[r->mark]));
		if (r->link.n) {
			buf_put(out, S(" href=\"#"));
			xml_put(out, r->link);
			buf_putc(out, '"');
		}
		attribute(out, "title", r->hint);
		buf_putc(out, '>');
	}
	xml_put(out, r->text);
	if (!bare)
		buf_printf(out, "</%s>", tag);
}

static void line(struct buf *out, const struct doc_block *b, const char *tag)
{
	buf_printf(out, "<%s", tag);
	attribute(out, "id", b->id);
	buf_putc(out, '>');
	for (size_t i = 0; i < b->nruns; i++)
		run(out, &b->runs[i]);
	buf_printf(out, "</%s>\n", tag);
}

static void table_rows(struct buf *out, const struct doc_table *t, size_t from, size_t to, bool head)
{
	for (size_t i = from; i < to; i++) {
		buf_put(out, S("<tr"));
		attribute(out, "id", t->rows[i].id);
		buf_putc(out, '>');
		for (size_t k = 0; k < t->ncols; k++) {
			buf_put(out, head ? S("<th scope=\"col\">") : S("<td>"));
			xml_put(out, t->rows[i].cells[k].text);
			buf_put(out, head ? S("</th>") : S("</td>"));
		}
		buf_put(out, S("</tr>\n"));
	}
}

static void table(struct buf *out, const struct doc_table *t)
{
	buf_put(out, S("<div class=\"wide\"><table><thead>"));
	table_rows(out, t, 0, t->nheads, true);
	buf_put(out, S("</thead><tbody>\n"));
	table_rows(out, t, t->nheads, t->nrows, false);
	buf_put(out, S("</tbody></table></div>\n"));
}

void doc_html(const struct doc *d, struct buf *out)
{
	static const char *const tags[DOC_KINDS] = {[DOC_TITLE] = "h1", [DOC_H1] = "h2", [DOC_H2] = "h3", [DOC_H3] = "h4",
		[DOC_H4] = "h5", [DOC_ANNEX] = "h2", [DOC_ANNEX_H] = "h3"};
	bool annex = false;

	buf_put(out, S("<!DOCTYPE html>\n<html lang=\""));
	xml_put(out, d->lang);
	buf_put(out,
		S("\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
		  "initial-scale=1\">\n<title>"));
	xml_put(out, d->title);
	buf_put(out, S("</title>\n<style>\n"));
	buf_put(out, str_c(style));
	buf_put(out, S("</style>\n</head>\n<body>\n<main>\n"));
	for (size_t i = 0; i < d->nblocks; i++) {
		const struct doc_block *b = &d->blocks[i];

		if (!annex && b->kind == DOC_ANNEX) {
			annex = true;
			buf_put(out, S("</main>\n<section class=\"annex\">\n"));
		}
		if (b->kind == DOC_TABLE)
			table(out, b->table);
		else
			line(out, b, tags[b->kind] ? tags[b->kind] : "p");
	}
	buf_printf(out, "%s\n</body>\n</html>\n", annex ? "</section>" : "</main>");
}
