#include "doc/doc.h"

#include "pack/xml_write.h"
#include "pack/zip_write.h"

#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define WORD_NS "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define REL_NS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PKG_RELS "http://schemas.openxmlformats.org/package/2006/relationships"
#define WORD_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."

static const char types[] = XML_HEAD
	"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
	"<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
	"<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
	"<Override PartName=\"/word/document.xml\" ContentType=\"" WORD_TYPE "document.main+xml\"/>"
	"<Override PartName=\"/word/styles.xml\" ContentType=\"" WORD_TYPE "styles+xml\"/>"
	"<Override PartName=\"/word/settings.xml\" ContentType=\"" WORD_TYPE "settings+xml\"/>"
	"<Override PartName=\"/word/fontTable.xml\" ContentType=\"" WORD_TYPE "fontTable+xml\"/>"
	"<Override PartName=\"/word/footer1.xml\" ContentType=\"" WORD_TYPE "footer+xml\"/>"
	"<Override PartName=\"/word/footer2.xml\" ContentType=\"" WORD_TYPE "footer+xml\"/>"
	"<Override PartName=\"/docProps/core.xml\" "
	"ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
	"</Types>";

static const char root_rels[] = XML_HEAD
	"<Relationships xmlns=\"" PKG_RELS "\">"
	"<Relationship Id=\"rId1\" Type=\"" REL_NS "/officeDocument\" Target=\"word/document.xml\"/>"
	"<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
	"core-properties\" Target=\"docProps/core.xml\"/>"
	"</Relationships>";

static const char document_rels[] =
	XML_HEAD "<Relationships xmlns=\"" PKG_RELS "\">"
		 "<Relationship Id=\"rId1\" Type=\"" REL_NS "/styles\" Target=\"styles.xml\"/>"
		 "<Relationship Id=\"rId2\" Type=\"" REL_NS "/settings\" Target=\"settings.xml\"/>"
		 "<Relationship Id=\"rId3\" Type=\"" REL_NS "/fontTable\" Target=\"fontTable.xml\"/>"
		 "<Relationship Id=\"rId4\" Type=\"" REL_NS "/footer\" Target=\"footer1.xml\"/>"
		 "<Relationship Id=\"rId5\" Type=\"" REL_NS "/footer\" Target=\"footer2.xml\"/>"
		 "</Relationships>";

/* GB/T 9704-2012 5.2.1: A4, 37 mm above, 28 mm left, type area 156 × 225 mm; 7.5: page number below it. */
static const char page[] =
	"<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"even\" "
	"r:id=\"rId5\"/>"
	"<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
	"<w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" w:header=\"851\" w:footer=\"1417\" "
	"w:gutter=\"0\"/></w:sectPr>";

/* A text that Word would set in a Latin face is Chinese here: quotes, dashes, dots. */
static void text_run(struct buf *b, struct str text)
{
	buf_put(b, S("<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">"));
	xml_put(b, text);
	buf_put(b, S("</w:t></w:r>"));
}

static void paragraph(struct buf *b, const struct doc_block *block)
{
	static const char *const styles[DOC_KINDS] = {[DOC_TITLE] = "Title", [DOC_H1] = "Heading1", [DOC_H2] = "Heading2"};
	struct buf text CLEANUP(buf_free) = BUF_MAX(DOC_BYTES);

	for (size_t i = 0; i < block->nruns; i++)
		buf_put(&text, block->runs[i].text);
	buf_printf(b, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", styles[block->kind] ? styles[block->kind] : "BodyText");
	text_run(b, buf_str(&text));
	buf_put(b, S("</w:p>"));
}

/* 7.3.1: a blank row between title and text. */
static void blank(struct buf *b)
{
	buf_put(b, S("<w:p><w:pPr><w:pStyle w:val=\"BodyText\"/></w:pPr></w:p>"));
}

static void document(const struct doc *d, struct buf *b)
{
	buf_put(b, S(XML_HEAD "<w:document xmlns:w=\"" WORD_NS "\" xmlns:r=\"" REL_NS "\"><w:body>"));
	for (size_t i = 0; i < d->nblocks; i++) {
		if (d->blocks[i].kind == DOC_TABLE)
			continue;
		paragraph(b, &d->blocks[i]);
		if (d->blocks[i].kind == DOC_TITLE)
			blank(b);
	}
	buf_put(b, str_c(page));
	buf_put(b, S("</w:body></w:document>"));
}

/* 7.5: — 1 —, odd pages right, even pages left, one character in. */
static void footer(struct buf *b, const char *side, const char *indent)
{
	buf_printf(b,
		XML_HEAD "<w:ftr xmlns:w=\"" WORD_NS "\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/>"
			 "<w:ind w:%s=\"280\"/><w:jc w:val=\"%s\"/></w:pPr>",
		indent, side);
	buf_put(b,
		S("<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">— </w:t></w:r>"
		  "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE "
		  "</w:instrText></w:r>"
		  "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r>"
		  "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
		  "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\"> "
		  "—</w:t></w:r></w:p></w:ftr>"));
}

static void core(const struct doc *d, struct buf *b)
{
	buf_put(b,
		S(XML_HEAD "<cp:coreProperties "
			   "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
			   "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>"));
	xml_put(b, d->title);
	buf_put(b, S("</dc:title><dc:language>"));
	xml_put(b, d->lang);
	buf_put(b, S("</dc:language></cp:coreProperties>"));
}

enum err_code doc_docx(const struct doc *d, struct arena *a, struct str *out, struct err *err)
{
	struct buf body CLEANUP(buf_free) = BUF_MAX(DOC_BYTES), odd CLEANUP(buf_free) = BUF_MAX(8192);
	struct buf even CLEANUP(buf_free) = BUF_MAX(8192), about CLEANUP(buf_free) = BUF_MAX(64 << 10);

	document(d, &body);
	footer(&odd, "right", "right");
	footer(&even, "left", "left");
	core(d, &about);
	if (body.over || about.over)
		return fail(err, ERR_LIMIT, "the document is larger than %d bytes", DOC_BYTES);
	return zip_write(a,
		(struct zip_part[]){
			{"[Content_Types].xml", str_c(types)},
			{"_rels/.rels", str_c(root_rels)},
			{"word/document.xml", buf_str(&body)},
			{"word/_rels/document.xml.rels", str_c(document_rels)},
			{"word/styles.xml", docx_styles()},
			{"word/settings.xml", docx_settings()},
			{"word/fontTable.xml", docx_fonts()},
			{"word/footer1.xml", buf_str(&odd)},
			{"word/footer2.xml", buf_str(&even)},
			{"docProps/core.xml", buf_str(&about)},
		},
		10, out, err);
}
