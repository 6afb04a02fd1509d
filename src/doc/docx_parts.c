/* Parts of a DOCX file that are the same in every document: styles, settings, fonts (GB/T 9704-2012, 5.2 and 7.3). */
#include "doc/doc.h"

#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define WORD_NS "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define FACE(name) \
	"<w:rFonts w:ascii=\"" name "\" w:hAnsi=\"" name "\" w:eastAsia=\"" name "\" w:cs=\"Times New Roman\"/>"
/* Line pitch: 22 rows in 225 mm, 28.95 pt; character pitch: 28 in 156 mm, 16 pt less 0.2 pt. */
#define LINE "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"579\" w:lineRule=\"exact\"/>"
#define INDENT "<w:ind w:firstLineChars=\"200\" w:firstLine=\"632\"/>"
#define SIZE(half) "<w:sz w:val=\"" half "\"/><w:szCs w:val=\"" half "\"/>"
#define TIGHT "<w:spacing w:val=\"-4\"/>"

static const char styles[] = XML_HEAD "<w:styles " WORD_NS "><w:docDefaults><w:rPrDefault><w:rPr>" FACE(
	"仿宋_GB2312") TIGHT
	SIZE("32") "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault>"
		   "<w:pPrDefault><w:pPr>" LINE "</w:pPr></w:pPrDefault></w:docDefaults>"
		   "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name "
		   "w:val=\"Normal\"/><w:qFormat/>"
		   "<w:pPr><w:kinsoku/><w:overflowPunct w:val=\"0\"/><w:autoSpaceDE w:val=\"0\"/><w:autoSpaceDN "
		   "w:val=\"0\"/>" LINE "<w:jc w:val=\"both\"/></w:pPr></w:style>"
		   "<w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/><w:basedOn "
		   "w:val=\"Normal\"/>"
		   "<w:next w:val=\"BodyText\"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>"
		   "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"640\" w:lineRule=\"exact\"/><w:jc "
		   "w:val=\"center\"/></w:pPr>"
		   "<w:rPr>" FACE("方正小标宋简体") "<w:spacing w:val=\"0\"/>" SIZE(
			   "44") "</w:rPr></w:style>"
				 "<w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading "
				 "1\"/><w:basedOn w:val=\"Normal\"/>"
				 "<w:next w:val=\"BodyText\"/><w:qFormat/><w:pPr><w:keepNext/>" INDENT
				 "<w:outlineLvl w:val=\"0\"/></w:pPr>"
				 "<w:rPr>" FACE(
					 "黑体") "</w:rPr></w:style>"
						 "<w:style w:type=\"paragraph\" w:styleId=\"Heading2\"><w:name "
						 "w:val=\"heading 2\"/><w:basedOn w:val=\"Normal\"/>"
						 "<w:next w:val=\"BodyText\"/><w:qFormat/><w:pPr><w:keepNext/>" INDENT
						 "<w:outlineLvl w:val=\"1\"/></w:pPr>"
						 "<w:rPr>" FACE(
							 "楷体_GB2312") "</w:rPr></w:style>"
									"<w:style w:type=\"paragraph\" "
									"w:styleId=\"BodyText\"><w:name w:val=\"Body "
									"Text\"/><w:basedOn w:val=\"Normal\"/>"
									"<w:qFormat/><w:pPr>" INDENT
									"</w:pPr></w:style>"
									"<w:style w:type=\"paragraph\" "
									"w:styleId=\"Footer\"><w:name "
									"w:val=\"footer\"/><w:basedOn "
									"w:val=\"Normal\"/>"
									"<w:pPr><w:spacing w:before=\"0\" "
									"w:after=\"0\" w:line=\"240\" "
									"w:lineRule=\"auto\"/></w:pPr>"
									"<w:rPr>" FACE("宋体") "<w:spacing "
											       "w:val=\"0\"/>" SIZE(
												       "28") "</"
													     "w:rPr></"
													     "w:style>"
													     "</"
													     "w:"
													     "styles>";

static const char settings[] = XML_HEAD
	"<w:settings " WORD_NS "><w:evenAndOddHeaders/><w:characterSpacingControl w:val=\"compressPunctuation\"/>"
	"<w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" "
	"w:val=\"15\"/></w:compat><w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>";

#define FONT(name, other, family) \
	"<w:font w:name=\"" name "\"><w:altName w:val=\"" other \
	"\"/><w:charset w:val=\"86\"/><w:family w:val=\"" family "\"/><w:pitch w:val=\"variable\"/></w:font>"
static const char fonts[] = XML_HEAD "<w:fonts " WORD_NS ">" FONT("仿宋_GB2312", "仿宋", "modern")
	FONT("楷体_GB2312", "楷体", "modern") FONT("黑体", "SimHei", "modern") FONT("宋体", "SimSun", "auto")
		FONT("方正小标宋简体", "小标宋体", "auto") "</w:fonts>";

struct str docx_styles(void)
{
	return str_c(styles);
}

struct str docx_settings(void)
{
	return str_c(settings);
}

struct str docx_fonts(void)
{
	return str_c(fonts);
}
