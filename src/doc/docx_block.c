/* The blocks of a document as paragraphs of a DOCX. */
#include "doc/docx_in.h"

enum { BOOKMARK = 40 };

static const char *const style_of[DOC_KINDS] = {
	[DOC_TITLE] = "Title",
	[DOC_ADDRESSEE] = "Addressee",
	[DOC_H1] = "Heading1",
	[DOC_H2] = "Heading2",
	[DOC_H3] = "Heading3",
	[DOC_H4] = "Heading4",
	[DOC_BODY] = "BodyText",
	[DOC_NOTE] = "Note",
	[DOC_CAPTION] = "Caption",
	[DOC_SOURCE] = "Source",
	[DOC_ANNEX] = "AnnexTitle",
	[DOC_ANNEX_H] = "AnnexHeading",
};

void dx_put(struct buf *b, struct str text)
{
	size_t from = 0;

	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] < 0x20) {
			xml_put(b, str_sub(text, from, i));
			buf_putc(b, ' ');
			from = i + 1;
		}
	xml_put(b, str_sub(text, from, text.n));
}

void dx_face(struct buf *b, enum doc_face face, bool hint)
{
	static const char *const names[FACES] = {NULL, "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"};

	if (!hint && face == FACE_BLOCK)
		return;
	buf_put(b, S("<w:rFonts"));
	if (hint)
		buf_put(b, S(" w:hint=\"eastAsia\""));
	if (face != FACE_BLOCK)
		buf_printf(b, " w:ascii=\"%s\" w:hAnsi=\"%s\" w:eastAsia=\"%s\" w:cs=\"%s\"", names[face], names[face],
			names[face], names[face]);
	buf_put(b, S("/>"));
}

void dx_point(struct docx *x, struct str id)
{
	struct str name = docx_bookmark(x->a, id);

	if (!name.n)
		return;
	buf_printf(&x->body, "<w:bookmarkStart w:id=\"%d\" w:name=\"" STR_FMT "\"/><w:bookmarkEnd w:id=\"%d\"/>",
		x->next_mark, STR_ARG(name), x->next_mark);
	x->next_mark++;
}

void dx_name(struct docx *x, const char *field, size_t nth)
{
	x->name = docx_around_id(x->a, field, nth);
}

void dx_open(struct docx *x, const char *style, const char *more)
{
	buf_printf(&x->body, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>%s</w:pPr>", style, more);
	dx_point(x, x->name);
	x->name = STR_NONE;
	x->table = false;
}

void dx_close(struct docx *x)
{
	buf_put(&x->body, S("</w:p>"));
}

/* A text that Word would set in a Latin face is Chinese here, quotes, dashes and dots as well: hence the hint. */
void dx_run_open(struct docx *x, enum doc_face face)
{
	buf_put(&x->body, S("<w:r><w:rPr>"));
	dx_face(&x->body, face, true);
	buf_put(&x->body, S("</w:rPr>"));
}

void dx_run_text(struct docx *x, struct str text)
{
	buf_put(&x->body, S("<w:t xml:space=\"preserve\">"));
	dx_put(&x->body, text);
	buf_put(&x->body, S("</w:t>"));
}

void dx_text(struct docx *x, struct str text, enum doc_face face)
{
	if (!text.n)
		return;
	dx_run_open(x, face);
	dx_run_text(x, text);
	buf_put(&x->body, S("</w:r>"));
}

void dx_tab(struct docx *x)
{
	buf_put(&x->body, S("<w:r><w:tab/></w:r>"));
}

void dx_line(struct docx *x, const char *style, const char *more, struct str text)
{
	dx_open(x, style, more);
	dx_text(x, text, FACE_BLOCK);
	dx_close(x);
}

void dx_tiny(struct docx *x, const char *more)
{
	dx_open(x, "Tiny", more);
	dx_close(x);
}

struct str docx_bookmark(struct arena *a, struct str id)
{
	char name[BOOKMARK + 1] = "zeren_";
	size_t n = strlen(name);

	if (!id.n)
		return STR_NONE;
	for (size_t i = 0; i < id.n && n < BOOKMARK; i++) {
		char c = id.p[i];

		name[n++] = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? c : '_';
	}
	return arena_str(a, (struct str){name, n});
}

/* ---- blocks ---- */

/* A link to a bookmark, or to an address outside; false: it leads nowhere. It looks like the text around it. */
static bool link_open(struct docx *x, struct str link)
{
	if (doc_is_address(link)) {
		buf_printf(&x->rels, "<Relationship Id=\"rId%d\" Type=\"" REL_NS "/hyperlink\" Target=\"",
			++x->next_rel);
		dx_put(&x->rels, link);
		buf_put(&x->rels, S("\" TargetMode=\"External\"/>"));
		buf_printf(&x->body, "<w:hyperlink r:id=\"rId%d\" w:history=\"1\">", x->next_rel);
		return true;
	}
	if (!link.n || !map_get(&x->ids, link))
		return false;
	buf_printf(&x->body, "<w:hyperlink w:anchor=\"" STR_FMT "\" w:history=\"1\">",
		STR_ARG(docx_bookmark(x->a, link)));
	return true;
}

/* Neighbouring runs of one face and link are one: easier to edit. */
static void runs(struct docx *x, const struct doc_block *b)
{
	for (size_t i = 0; i < b->nruns;) {
		enum doc_face face = b->runs[i].face;
		struct str link = b->runs[i].link;
		bool linked = link_open(x, link);

		dx_run_open(x, face);
		buf_put(&x->body, S("<w:t xml:space=\"preserve\">"));
		for (; i < b->nruns && b->runs[i].face == face && str_eq(b->runs[i].link, link); i++)
			dx_put(&x->body, b->runs[i].text);
		buf_put(&x->body, S("</w:t></w:r>"));
		if (linked)
			buf_put(&x->body, S("</w:hyperlink>"));
	}
}

static void paragraph(struct docx *x, const struct doc_block *b, const char *more)
{
	struct str name = docx_bookmark(x->a, b->id);

	if (b->kind == DOC_ADDRESSEE && !name.n)
		dx_name(x, "addressee", ++x->addressees);
	dx_open(x, style_of[b->kind], more);
	if (name.n)
		buf_printf(
			&x->body, "<w:bookmarkStart w:id=\"%d\" w:name=\"" STR_FMT "\"/>", x->next_mark, STR_ARG(name));
	if (b->kind == DOC_TITLE || b->kind == DOC_ANNEX)
		dx_title_runs(x, b);
	else
		runs(x, b);
	if (name.n)
		buf_printf(&x->body, "<w:bookmarkEnd w:id=\"%d\"/>", x->next_mark++);
	dx_close(x);
}

static bool off_grid(enum doc_kind k)
{
	return k == DOC_CAPTION || k == DOC_SOURCE || k == DOC_NOTE || k == DOC_TABLE || k == DOC_PICTURE;
}

/* An annex begins a page: a lying one a section. With nothing before it, it is on the first page. */
static void annex(struct docx *x, const struct doc_block *b)
{
	CLEANUP(buf_free) struct buf sect = BUF_MAX(8192);
	bool first = x->body.n == x->blank, page = !first && b->landscape == x->landscape;

	if (first) {
		x->landscape = b->landscape;
	} else if (!page) {
		dx_section(x, &sect, false);
		buf_putc(&sect, 0);
		dx_tiny(x, sect.p);
		x->landscape = b->landscape;
	}
	if (b->number.n)
		dx_line(x, "AnnexNumber", page ? "<w:pageBreakBefore/>" : "", b->number);
	paragraph(x, b,
		b->number.n    ? arena_printf(x->a, "<w:spacing w:before=\"%d\"/>", x->pitch).p
			: page ? "<w:pageBreakBefore/>"
			       : "");
}

/* The next block that is set; the caption of a picture goes below it [B5]. */
static bool below(const struct docx *x, size_t i)
{
	return x->d->blocks[i].kind == DOC_CAPTION && i + 1 < x->d->nblocks && x->d->blocks[i + 1].kind == DOC_PICTURE;
}

static bool heading(enum doc_kind k)
{
	return (k >= DOC_H1 && k <= DOC_H4) || k == DOC_ANNEX_H;
}

/* Distances that are not those of its style. */
static const char *more_space(struct docx *x, const struct doc_block *b, int before)
{
	bool near = b->kind == DOC_TITLE && !x->below;

	if (!before && !near)
		return "";
	return arena_printf(x->a, "<w:spacing%s%s/>", near ? " w:after=\"0\"" : "",
		before ? arena_printf(x->a, " w:before=\"%d\"", before).p : "")
		.p;
}

static enum err_code block(struct docx *x, size_t i, bool last_of_body)
{
	const struct doc_block *b = &x->d->blocks[i];
	bool after = x->small && !off_grid(b->kind) && b->kind != DOC_ANNEX;

	int before = after ? TW_AFTER : 0;

	x->small = off_grid(b->kind);
	switch (b->kind) {
	case DOC_TABLE:
		if (x->table)
			dx_tiny(x, "");
		dx_table(x, b, i + 1 < x->d->nblocks && x->d->blocks[i + 1].kind == DOC_SOURCE);
		return OK;
	case DOC_PICTURE:
		TRY(dx_picture(x, b, i && below(x, i - 1)));
		if (i && below(x, i - 1))
			paragraph(x, &x->d->blocks[i - 1], "<w:keepNext w:val=\"0\"/>");
		return OK;
	case DOC_ANNEX:
		annex(x, b);
		return OK;
	default:
		if (below(x, i))
			return OK;
		paragraph(x, b,
			arena_printf(x->a, "%s%s%s", last_of_body ? "<w:keepNext/>" : "",
				i && heading(x->d->blocks[i - 1].kind) && !heading(b->kind) ? "<w:widowControl/>" : "",
				more_space(x, b, before))
				.p);
		return OK;
	}
}

static bool body_ends(const struct docx *x, size_t i)
{
	return i == x->d->nblocks || x->d->blocks[i].kind == DOC_ANNEX;
}

static void find_ids(struct docx *x)
{
	const struct doc *d = x->d;

	x->ids = (struct map)MAP_IN(x->a);
	for (size_t i = 0; i < d->nblocks; i++) {
		const struct doc_block *b = &d->blocks[i];

		if (b->id.n && b->kind != DOC_TABLE && b->kind != DOC_PICTURE)
			map_set(&x->ids, b->id, (void *)b);
		for (size_t k = 0; b->table && k < b->table->nrows; k++)
			if (b->table->rows[k].id.n)
				map_set(&x->ids, b->table->rows[k].id, (void *)b);
	}
}

void dx_blocks(struct docx *x)
{
	bool annexed = false;

	find_ids(x);
	for (size_t i = 0; i <= x->d->nblocks; i++) {
		if (!annexed && body_ends(x, i)) {
			annexed = true;
			dx_annexes(x);
			dx_sign(x);
		}
		if (i == x->d->nblocks)
			break;
		if (block(x, i, !annexed && body_ends(x, i + 1) && dx_signed(x->d)) != OK)
			return;
	}
}
