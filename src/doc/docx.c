/* DOCX: the package around what docx_block.c and its like write. */
#include "doc/docx_in.h"

enum { PITCH_INK = 589, PITCH_BOX = 579, PART_BYTES = 1 << 20 }; /* 29.45 and 28.95 pt */

static void rels_begin(struct docx *x)
{
	static const char *const types[] = {
		"styles", "settings", "fontTable", "footer", "footer", "footer", "footer", "footer", "footer"};
	static const char *const parts[] = {
		"styles", "settings", "fontTable", "footer1", "footer2", "footer3", "footer4", "footer5", "footer6"};

	buf_put(&x->rels,
		S(XML_HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"));
	for (size_t i = 0; i < LEN(types); i++)
		buf_printf(&x->rels, "<Relationship Id=\"rId%d\" Type=\"" REL_NS "/%s\" Target=\"%s.xml\"/>",
			++x->next_rel, types[i], parts[i]);
}

static void document(struct docx *x)
{
	buf_put(&x->body,
		S(XML_HEAD "<w:document xmlns:w=\"" WORD_NS "\" xmlns:r=\"" REL_NS "\" "
			   "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
			   "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
			   "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>"));
	x->blank = x->body.n;
	dx_head(x);
	dx_blocks(x);
	dx_colophon(x);
	buf_put(&x->body, S("</w:body></w:document>"));
}

static enum err_code pack(struct docx *x, struct str *out)
{
	CLEANUP(buf_free) struct buf styles = BUF_MAX(PART_BYTES), core = BUF_MAX(PART_BYTES);
	CLEANUP(buf_free) struct buf odd = BUF_MAX(PART_BYTES), even = BUF_MAX(PART_BYTES), first = BUF_MAX(PART_BYTES);
	CLEANUP(buf_free) struct buf odd_lying = BUF_MAX(PART_BYTES), even_lying = BUF_MAX(PART_BYTES);

	docx_styles(x, &styles);
	docx_core(x->d, &core);
	docx_footer(&odd, true, false);
	docx_footer(&even, false, false);
	docx_footer(&odd_lying, true, true);
	docx_footer(&even_lying, false, true);
	docx_first(&first);
	if (x->body.over || core.over)
		return fail(x->err, ERR_LIMIT, "the document is larger than %d bytes", DOC_BYTES);

	const struct zip_part fixed[] = {
		{"[Content_Types].xml", str_c(docx_types)},
		{"_rels/.rels", str_c(docx_root_rels)},
		{"word/document.xml", buf_str(&x->body)},
		{"word/_rels/document.xml.rels", buf_str(&x->rels)},
		{"word/styles.xml", buf_str(&styles)},
		{"word/settings.xml", docx_settings()},
		{"word/fontTable.xml", docx_fonts()},
		{"word/footer1.xml", buf_str(&odd)},
		{"word/footer2.xml", buf_str(&even)},
		{"word/footer3.xml", buf_str(&odd_lying)},
		{"word/footer4.xml", buf_str(&even_lying)},
		{"word/footer5.xml", buf_str(&first)},
		{"word/footer6.xml", S(XML_HEAD "<w:ftr xmlns:w=\"" WORD_NS "\"><w:p/></w:ftr>")},
		{"docProps/core.xml", buf_str(&core)},
		{"docProps/app.xml", str_c(docx_app)},
	};
	struct zip_part *parts = ARENA_ARRAY(x->a, struct zip_part, LEN(fixed) + x->nmedia);

	memcpy(parts, fixed, sizeof fixed);
	if (x->nmedia)
		memcpy(parts + LEN(fixed), x->media, x->nmedia * sizeof *parts);
	return zip_write(x->a, parts, LEN(fixed) + x->nmedia, out, x->err);
}

static enum err_code write(const struct doc *d, const struct lay *l, struct arena *a, struct str *out, struct err *err)
{
	struct docx x = {.d = d,
		.lay = l,
		.a = a,
		.err = err,
		.body = BUF_MAX(DOC_BYTES),
		.rels = BUF_MAX(DOC_BYTES),
		.pitch = d->grid == GRID_BOX ? PITCH_BOX : PITCH_INK};
	enum err_code code;

	rels_begin(&x);
	document(&x);
	buf_put(&x.rels, S("</Relationships>"));
	code = err->code == OK ? pack(&x, out) : err->code;
	buf_free(&x.body);
	buf_free(&x.rels);
	return code;
}

enum err_code doc_docx(const struct doc *d, struct arena *a, struct str *out, struct err *err)
{
	return write(d, NULL, a, out, err);
}

enum err_code doc_docx_laid(const struct lay *l, struct arena *a, struct str *out, struct err *err)
{
	return write(l->doc, l, a, out, err);
}
