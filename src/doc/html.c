#include "base/utf8.h"
#include "doc/doc_lines.h"
#include "doc/docx.h"
#include "pack/xml_write.h"

/* On the screen for reading, on paper as docs/layout.md has it: sizes, pitch, type area. */
static const char screen[] =
	":root{color-scheme:light}\n"
	"body{margin:0 auto;max-width:46rem;padding:3rem 1.5rem 6rem;background:#fcfcfa;color:#22262a;\n"
	"font:1.0625rem/1.9 \"仿宋_GB2312\",\"FangSong\",\"仿宋\",\"STFangsong\",\"FandolFang\",\n"
	"\"Noto Serif CJK SC\",\"Songti SC\",serif;text-align:justify}\n"
	"h1{font:700 1.7rem/1.5 \"方正小标宋简体\",\"Noto Serif CJK SC\",\"Songti SC\",\"SimSun\",serif;\n"
	"text-align:center;margin:0 0 2.2rem;text-wrap:balance}\n"
	"h2,.hei,caption,figcaption,th{font-family:\"SimHei\",\"黑体\",\"FandolHei\",\"Noto Sans CJK SC\","
	"\"PingFang SC\",sans-serif}\n"
	"h2{font-weight:600;font-size:1.15rem;line-height:1.7;margin:2rem 0 .6rem;text-indent:2em}\n"
	"h3,.kai{font-family:\"楷体_GB2312\",\"KaiTi\",\"楷体\",\"STKaiti\",\"FandolKai\",\n"
	"\"Noto Serif CJK SC\",serif}\n"
	"h3{font-weight:600;font-size:1.0625rem;line-height:1.8;margin:1.2rem 0 .3rem;text-indent:2em}\n"
	"h4,h5{font:inherit;margin:.6rem 0 .3rem;text-indent:2em}\n"
	".song,.code{font-family:\"SimSun\",\"宋体\",\"FandolSong\",\"Noto Serif CJK SC\",serif}\n"
	"p{margin:.35rem 0;text-indent:2em}\n"
	".addressee,.source,.note,.head p,.annex-no,.colophon p{text-indent:0}\n"
	".head .mark{color:#e60000;text-align:center;font:700 min(2.6rem,calc(42rem / var(--n)))/1.3 "
	"\"方正小标宋简体\","
	"\"Noto Serif CJK SC\",serif;margin:1rem 0 2rem}\n"
	".head .number{text-align:center}.head .letter-number{text-align:right}\n"
	".head .both,.colophon .both{display:flex;justify-content:space-between}\n"
	".head .secrecy,.head .urgency,.annex-no{font-family:\"SimHei\",\"黑体\",\"Noto Sans CJK SC\",sans-serif}\n"
	".head{margin-bottom:3.8rem}.red .number{border-bottom:2px solid #e60000;padding-bottom:.6rem}\n"
	".letter .mark{border-bottom:5px double #e60000;padding-bottom:.4rem}\n"
	".annexes{margin-top:1.9em;padding-left:5em;text-indent:-3em}.annexes.more{margin-top:0;text-indent:0}\n"
	".sign{margin-top:1.9em}.sign .name,.sign .date{text-align:right;text-indent:0;padding-right:4em}\n"
	".colophon{margin-top:3rem;border:solid #22262a;border-width:2px 0;font-size:.875em}\n"
	".colophon p{margin:0;padding:.1em 1em}.colophon p+p{border-top:1px solid #22262a}\n"
	".colophon .copies{padding-left:4em;text-indent:-3em}.code{text-align:center;text-indent:0;font-size:.6rem}\n"
	"a{color:inherit;text-decoration:none}\n"
	"a.figure,a.field{border-bottom:1px solid #9bb3c9;padding:0 .06em}\n"
	"a.figure{color:#1d4e7a}\n"
	"a:hover,a:focus,:target{background:#fdf1c7;outline:none}\n"
	".own{border-bottom:1px dotted #b08a3c}\n"
	"caption,figcaption{font-size:.8rem;text-align:center;padding:.2rem}.source,.note{font-size:.75rem;"
	"line-height:1.5}\n"
	"figure{margin:1rem 0;text-align:center}figure img,figure svg{max-width:100%;height:auto}\n"
	".annex{margin-top:5rem;border-top:1px solid #d9d9d2;padding-top:1rem}\n"
	".annex .note{font-size:.85rem;text-align:left;padding:.1rem .3rem;overflow-wrap:anywhere}\n"
	".annex .note a,.annex .figure{color:#1d4e7a}.annex .figure{font-weight:600}\n"
	".wide{overflow-x:auto}.broad{max-width:84rem}\n"
	"table{width:max-content;max-width:100%;margin:.4rem auto 1rem;border-collapse:collapse;font-size:.82rem;"
	"line-height:1.4}\n"
	".dense{max-width:none}\n"
	"th,td{border:1px solid #8b8f93;padding:.2rem .4rem;vertical-align:middle;max-width:18rem;text-align:left}\n"
	"th{background:#f1f1ec;font-weight:600;text-align:center}\n"
	".left{text-align:left}.centre{text-align:center}.right{text-align:right}\n"
	"tr:target td{background:#fdf1c7}\n";
static const char paper[] =
	"@page{size:A4;margin:37mm 26mm 35mm 28mm}\n"
	"@page lying{size:A4 landscape;margin:28mm 37mm 26mm 35mm}\n"
	"@media print{body{max-width:none;padding:0;background:none;color:#000;font-size:16pt;line-height:29.45pt}\n"
	"p,h2,h3,h4,h5{margin:0;font-size:16pt;line-height:29.45pt;font-weight:400}\n"
	"h1{font-size:22pt;line-height:29.45pt;font-weight:400;margin:0 0 29.45pt}\n"
	"a.figure,a.field,.own{color:inherit;border:0}.annex{break-before:page;border:0;margin:0;padding:0}\n"
	".annex h2.title{font:22pt/29.45pt \"方正小标宋简体\",\"Noto Serif CJK SC\",serif;text-align:center;"
	"text-indent:0;margin:29.45pt 0}\n"
	".lying{page:lying}.wide{overflow:visible}table{font-size:12pt;line-height:1.3}.dense{font-size:9pt;"
	"width:100%}\n"
	"th,td{border-color:#000;padding:.6mm 1mm}th{background:none}td p{font-size:inherit}\n"
	"caption,figcaption{font-size:12pt;line-height:1.3}.source,.note,.annex .note{font-size:10.5pt;"
	"line-height:1.3}\n"
	".head .mark{font-size:min(62pt,calc(425pt / var(--n)));line-height:1.1}.colophon p{font-size:14pt;"
	"line-height:8.5mm}.code{font-size:9pt}\n"
	"h1,h2,h3,h4,h5,caption{break-after:avoid}tr,figure,.sign{break-inside:avoid}"
	"thead{display:table-header-group}}\n";

static void attribute(struct buf *out, const char *name, struct str value)
{
	if (!value.n)
		return;
	buf_printf(out, " %s=\"", name);
	xml_put(out, value);
	buf_putc(out, '"');
}

static const char *const faces[FACES] = {"", "fang", "kai", "hei", "song", "biao"};

static void run(struct buf *out, const struct doc_run *r)
{
	static const char *const classes[] = {"", "figure", "field", "own", "hidden", "kept"};
	const char *tag = r->link.n ? "a" : "span", *face = faces[r->face], *mark = classes[r->mark];
	bool bare = !r->link.n && !*mark && !*face;

	if (!bare) {
		buf_printf(out, "<%s", tag);
		if (*face || *mark)
			buf_printf(out, " class=\"%s%s%s\"", mark, *mark && *face ? " " : "", face);
		if (r->link.n) {
			buf_put(out, doc_is_address(r->link) ? S(" rel=\"noreferrer\" href=\"") : S(" href=\"#"));
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

static void line(struct buf *out, const struct doc_block *b, const char *tag, const char *class)
{
	buf_printf(out, "<%s", tag);
	attribute(out, "class", str_c(class));
	attribute(out, "id", b->id);
	buf_putc(out, '>');
	for (size_t i = 0; i < b->nruns; i++)
		run(out, &b->runs[i]);
	buf_printf(out, "</%s>\n", tag);
}

static void around(struct buf *out, const struct doc *d, enum doc_part part, const char *tag, const char *class)
{
	struct doc_line *l;
	size_t n = doc_lines(d, part, &l);

	if (!n)
		return;
	buf_printf(out, "<%s class=\"%s\">\n", tag, class);
	for (size_t i = 0; i < n; i++) {
		buf_printf(out, "<p class=\"%s%s\"", l[i].name, l[i].right.n ? " both" : "");
		if (!strcmp(l[i].name, "mark")) /* as large as the width allows */
			buf_printf(out, " style=\"--n:%zu\"", utf8_count(l[i].text));
		buf_putc(out, '>');
		if (l[i].right.n)
			buf_put(out, S("<span>"));
		xml_put(out, l[i].text);
		if (l[i].right.n) {
			buf_put(out, S("</span> <span>"));
			xml_put(out, l[i].right);
			buf_put(out, S("</span>"));
		}
		buf_put(out, S("</p>\n"));
	}
	buf_printf(out, "</%s>\n", tag);
}

/* ---- tables ---- */

struct table {
	const struct doc_table *t;
	const struct doc_cover *cover;
};

static void cell(struct buf *out, const struct table *b, size_t i, bool head)
{
	static const char *const aligns[] = {"", "left", "centre", "right"};
	const struct doc_cell *c = &b->t->rows[i / b->t->ncols].cells[i % b->t->ncols];
	struct str rest = c->text, part;

	buf_put(out, head ? S("<th scope=\"col\"") : S("<td"));
	attribute(out, "class", str_c(aligns[c->align]));
	if (b->cover[i].cols > 1)
		buf_printf(out, " colspan=\"%u\"", b->cover[i].cols);
	if (b->cover[i].rows > 1)
		buf_printf(out, " rowspan=\"%u\"", b->cover[i].rows);
	buf_putc(out, '>');
	for (bool first = true; str_cut(&rest, S("\n"), &part); first = false) {
		if (!first)
			buf_put(out, S("<br>"));
		xml_put(out, part);
	}
	buf_put(out, head ? S("</th>") : S("</td>"));
}

static void table_rows(struct buf *out, const struct table *b, size_t from, size_t to, bool head)
{
	for (size_t i = from; i < to; i++) {
		buf_put(out, S("<tr"));
		attribute(out, "id", b->t->rows[i].id);
		buf_putc(out, '>');
		for (size_t k = 0; k < b->t->ncols; k++)
			if (b->cover[i * b->t->ncols + k].owner == i * b->t->ncols + k)
				cell(out, b, i * b->t->ncols + k, head);
		buf_put(out, S("</tr>\n"));
	}
}

enum { DENSE = 7 }; /* columns that make a table small */

static void table(struct buf *out, const struct doc *d, const struct doc_table *t, const struct doc_block *caption)
{
	struct table b = {t, t ? doc_covers(d->arena, t) : NULL};
	size_t heads;

	if (!t)
		return;
	heads = MIN(t->nheads, t->nrows);
	buf_printf(out, "<div class=\"wide\"><table%s>\n", t->ncols >= DENSE ? " class=\"dense\"" : "");
	if (caption)
		line(out, caption, "caption", "");
	if (heads) {
		buf_put(out, S("<thead>\n"));
		table_rows(out, &b, 0, heads, true);
		buf_put(out, S("</thead>\n"));
	}
	buf_put(out, S("<tbody>\n"));
	table_rows(out, &b, heads, t->nrows, false);
	buf_put(out, S("</tbody></table></div>\n"));
}

/* ---- pictures ---- */

static void base64(struct buf *out, struct str s)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	buf_reserve(out, s.n / 3 * 4 + 8);
	for (size_t i = 0; i < s.n; i += 3) {
		uint32_t v = (uint32_t)(unsigned char)s.p[i] << 16;

		v |= i + 1 < s.n ? (uint32_t)(unsigned char)s.p[i + 1] << 8 : 0;
		v |= i + 2 < s.n ? (unsigned char)s.p[i + 2] : 0;
		buf_putc(out, letters[v >> 18]);
		buf_putc(out, letters[v >> 12 & 63]);
		buf_putc(out, i + 1 < s.n ? letters[v >> 6 & 63] : '=');
		buf_putc(out, i + 2 < s.n ? letters[v & 63] : '=');
	}
}

static void picture(struct buf *out, const struct doc_block *b, const struct doc_block *caption)
{
	const struct doc_picture *p = b->picture;

	if (!p)
		return;
	buf_put(out, S("<figure"));
	attribute(out, "id", b->id);
	buf_putc(out, '>');
	if (p->drawing) {
		struct drawing drawing = *p->drawing;

		if (!drawing.title.n)
			drawing.title = p->alt;
		drawing_svg(&drawing, true, out);
		buf_putc(out, '\n');
	} else if (p->png.n) {
		buf_printf(out, "<img src=\"data:image/%s;base64,",
			str_starts(p->png, S("\xff\xd8\xff")) ? "jpeg" : "png");
		base64(out, p->png);
		buf_putc(out, '"');
		if (p->width > 0)
			buf_printf(out, " width=\"%d\"", (int)((int64_t)p->width * 96 / 25400000));
		buf_put(out, S(" alt=\""));
		xml_put(out, p->alt);
		buf_put(out, S("\">\n"));
	} else {
		buf_put(out, S("<p class=\"note\">"));
		xml_put(out, p->alt);
		buf_put(out, S("</p>\n"));
	}
	if (caption)
		line(out, caption, "figcaption", "");
	buf_put(out, S("</figure>\n"));
}

/* ---- blocks ---- */

struct html {
	struct buf *out;
	const struct doc *d;
	bool annex; /* a section is open */
	bool only; /* the document begins with an annex without number */
};

/* With nothing before it, it is the document itself. */
static void annex(struct html *x, const struct doc_block *b, bool first)
{
	if (first) {
		buf_put(x->out, b->landscape ? S("<main class=\"lying\">\n") : S("<main>\n"));
		line(x->out, b, "h1", "");
		return;
	}
	buf_put(x->out, x->annex ? S("</section>\n") : S("</main>\n"));
	buf_printf(x->out, "<section class=\"annex%s\">\n", b->landscape ? " lying" : "");
	x->annex = true;
	if (b->number.n) {
		buf_put(x->out, S("<p class=\"annex-no\">"));
		xml_put(x->out, b->number);
		buf_put(x->out, S("</p>\n"));
	}
	line(x->out, b, "h2", "title");
}

static void block(struct html *x, size_t i)
{
	static const char *const tags[DOC_KINDS] = {[DOC_TITLE] = "h1",
		[DOC_H1] = "h2",
		[DOC_H2] = "h3",
		[DOC_H3] = "h4",
		[DOC_H4] = "h5",
		[DOC_ANNEX_H] = "h3"};
	static const char *const classes[DOC_KINDS] = {
		[DOC_ADDRESSEE] = "addressee", [DOC_NOTE] = "note", [DOC_SOURCE] = "source", [DOC_CAPTION] = "source"};
	const struct doc_block *b = &x->d->blocks[i];
	const struct doc_block *caption = i && b[-1].kind == DOC_CAPTION ? b - 1 : NULL;
	enum doc_kind next = i + 1 < x->d->nblocks ? b[1].kind : DOC_KINDS;

	switch (b->kind) {
	case DOC_CAPTION:
		if (next != DOC_TABLE && next != DOC_PICTURE)
			line(x->out, b, "p", "source");
		break;
	case DOC_TABLE:
		table(x->out, x->d, b->table, caption);
		break;
	case DOC_PICTURE:
		picture(x->out, b, caption);
		break;
	case DOC_ANNEX:
		annex(x, b, !i && x->only);
		break;
	default:
		line(x->out, b, tags[b->kind] ? tags[b->kind] : "p", classes[b->kind] ? classes[b->kind] : "");
	}
}

void doc_html(const struct doc *d, struct buf *out)
{
	static const char *const forms[FORMS] = {"head", "head red", "head letter", "head order", "head red"};
	struct html x = {.out = out, .d = d};
	size_t end = doc_body_end(d);
	struct doc_line *head;

	buf_put(out, S("<!DOCTYPE html>\n<html lang=\""));
	xml_put(out, d->lang);
	buf_put(out,
		S("\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
		  "initial-scale=1\">\n<title>"));
	xml_put(out, d->title);
	buf_put(out, S("</title>\n<style>\n"));
	buf_put(out, str_c(screen));
	buf_put(out, str_c(paper));
	x.only = d->nblocks && d->blocks[0].kind == DOC_ANNEX && !d->blocks[0].number.n &&
		!doc_lines(d, PART_HEAD, &head);
	buf_printf(out, "</style>\n</head>\n<body%s>\n%s",
		x.only && d->blocks[0].landscape ? " class=\"broad\"" : "", x.only ? "" : "<main>\n");
	around(out, d, PART_HEAD, "header", forms[d->head.form]);
	for (size_t i = 0; i <= d->nblocks; i++) {
		if (i == end) {
			around(out, d, PART_ANNEXES, "div", "list");
			around(out, d, PART_SIGN, "div", "sign");
		}
		if (i < d->nblocks)
			block(&x, i);
	}
	buf_put(out, x.annex ? S("</section>\n") : S("</main>\n"));
	around(out, d, PART_COLOPHON, "footer", "colophon");
	buf_put(out, S("</body>\n</html>\n"));
}
