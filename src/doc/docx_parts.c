/* Parts of a DOCX file that are the same in every document, or nearly so. */
#include "doc/docx_in.h"

#include <stdio.h>
#include <time.h>

#define WORD_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define FOOTER(n) "<Override PartName=\"/word/footer" n ".xml\" ContentType=\"" WORD_TYPE "footer+xml\"/>"
#define PKG_RELS "http://schemas.openxmlformats.org/package/2006/relationships"

const char docx_types[] = XML_HEAD
	"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
	"<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
	"<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
	"<Default Extension=\"png\" ContentType=\"image/png\"/><Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/>"
	"<Override PartName=\"/word/document.xml\" ContentType=\"" WORD_TYPE "document.main+xml\"/>"
	"<Override PartName=\"/word/styles.xml\" ContentType=\"" WORD_TYPE "styles+xml\"/>"
	"<Override PartName=\"/word/settings.xml\" ContentType=\"" WORD_TYPE "settings+xml\"/>"
	"<Override PartName=\"/word/fontTable.xml\" ContentType=\"" WORD_TYPE
	"fontTable+xml\"/>" FOOTER("1") FOOTER("2") FOOTER("3") FOOTER("4") FOOTER("5")
		FOOTER("6") "<Override PartName=\"/docProps/core.xml\" "
			    "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
			    "<Override PartName=\"/docProps/app.xml\" "
			    "ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>"
			    "</Types>";

const char docx_root_rels[] = XML_HEAD
	"<Relationships xmlns=\"" PKG_RELS "\">"
	"<Relationship Id=\"rId1\" Type=\"" REL_NS "/officeDocument\" Target=\"word/document.xml\"/>"
	"<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
	"core-properties\" Target=\"docProps/core.xml\"/>"
	"<Relationship Id=\"rId3\" Type=\"" REL_NS "/extended-properties\" Target=\"docProps/app.xml\"/>"
	"</Relationships>";

const char docx_app[] =
	XML_HEAD "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">"
		 "<Application>Zeren</Application></Properties>";

/* L2 of docs/layout.md in the words of Word. */
static const char settings[] = XML_HEAD
	"<w:settings xmlns:w=\"" WORD_NS
	"\"><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"632\"/><w:evenAndOddHeaders/>"
	"<w:characterSpacingControl w:val=\"compressPunctuation\"/>"
	"<w:noLineBreaksAfter w:lang=\"zh-CN\" w:val=\"$([{£¥‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥№§\"/>"
	"<w:noLineBreaksBefore w:lang=\"zh-CN\" w:val=\"!%),.:;&gt;?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶"
	"、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．："
	"；？］｀｜｝～￠—々\"/>"
	"<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
	"<w:doNotExpandShiftReturn/><w:useFELayout/>"
	"<w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val="
	"\"15\"/>"
	"</w:compat><w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>";

#define FONT(name, other, family) \
	"<w:font w:name=\"" name "\"><w:altName w:val=\"" other \
	"\"/><w:charset w:val=\"86\"/><w:family w:val=\"" family "\"/><w:pitch w:val=\"variable\"/></w:font>"
static const char fonts[] = XML_HEAD "<w:fonts xmlns:w=\"" WORD_NS "\">" FONT("仿宋_GB2312", "仿宋", "modern")
	FONT("楷体_GB2312", "楷体", "modern") FONT("黑体", "SimHei", "modern") FONT("宋体", "SimSun", "auto")
		FONT("方正小标宋简体", "小标宋体", "auto") "</w:fonts>";

struct str docx_settings(void)
{
	return str_c(settings);
}

struct str docx_fonts(void)
{
	return str_c(fonts);
}

#define PAGE_FIELD \
	"<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">— </w:t></w:r>" \
	"<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE " \
	"</w:instrText></w:r>" \
	"<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=" \
	"\"end\"/></w:r>" \
	"<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\"> —</w:t></w:r>"

/* — 1 —, odd pages right, even ones left, one character in [P10]; of lying pages turned, on their left [P11]. */
void docx_footer(struct buf *b, bool odd, bool landscape)
{
	buf_put(b, S(XML_HEAD "<w:ftr xmlns:w=\"" WORD_NS "\" xmlns:r=\"" REL_NS "\">"));
	if (landscape)
		buf_printf(b,
			"<w:tbl><w:tblPr><w:tblpPr w:leftFromText=\"0\" w:rightFromText=\"0\" w:vertAnchor=\"page\" "
			"w:horzAnchor=\"page\" w:tblpX=\"1307\" w:tblpY=\"1588\"/><w:tblOverlap w:val=\"overlap\"/>"
			"<w:tblW w:w=\"280\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblCellMar>"
			"<w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>"
			"<w:tblGrid><w:gridCol w:w=\"280\"/></w:tblGrid><w:tr><w:trPr><w:trHeight w:val=\"%d\" "
			"w:hRule=\"exact\"/>"
			"</w:trPr><w:tc><w:tcPr><w:tcW w:w=\"280\" w:type=\"dxa\"/><w:textDirection w:val="
			"\"tbRl\"/></w:tcPr>",
			TW_TYPE);
	buf_printf(b,
		"<w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:ind w:%s=\"280\"/><w:jc w:val=\"%s\"/></w:pPr>" PAGE_FIELD
		"</w:p>",
		odd ? "right" : "left", odd ? "right" : "left");
	if (landscape)
		buf_put(b, S("</w:tc></w:tr></w:tbl><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr></w:p>"));
	buf_put(b, S("</w:ftr>"));
}

/* Thin over thick, 170 mm wide, 20 mm from the foot of the paper [P1]. */
void docx_first(struct buf *b)
{
	buf_put(b,
		S(XML_HEAD
			"<w:ftr xmlns:w=\"" WORD_NS "\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/>"
			"<w:framePr w:w=\"9638\" w:h=\"140\" w:hRule=\"exact\" w:wrap=\"around\" w:vAnchor="
			"\"page\" w:hAnchor=\"page\" "
			"w:xAlign=\"center\" w:y=\"15590\"/><w:pBdr><w:top w:val=\"thinThickSmallGap\" w:sz="
			"\"24\" w:space=\"1\" "
			"w:color=\"E60000\"/></w:pBdr><w:spacing w:line=\"40\"/></w:pPr></w:p>"
			"<w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr></w:p></w:ftr>"));
}

static void property(struct buf *b, const char *tag, struct str value)
{
	if (!value.n)
		return;
	buf_printf(b, "<%s>", tag);
	dx_put(b, value);
	buf_printf(b, "</%s>", tag);
}

void docx_core(const struct doc *d, struct buf *b)
{
	time_t at = d->at ? (time_t)(d->at / 1000000) : 315532800; /* 1980-01-01 */
	struct tm t;
	char text[40];

	if (!gmtime_r(&at, &t) || !strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &t))
		(void)snprintf(text, sizeof text, "1980-01-01T00:00:00Z");
	buf_put(b,
		S(XML_HEAD "<cp:coreProperties "
			   "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
			   "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
			   "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"));
	property(b, "dc:title", d->title);
	property(b, "dc:subject", d->subject);
	property(b, "dc:creator", d->author);
	buf_printf(b,
		"<dcterms:created xsi:type=\"dcterms:W3CDTF\">%s</dcterms:created>"
		"<dcterms:modified xsi:type=\"dcterms:W3CDTF\">%s</dcterms:modified>",
		text, text);
	property(b, "dc:language", d->lang);
	buf_put(b, S("</cp:coreProperties>"));
}
