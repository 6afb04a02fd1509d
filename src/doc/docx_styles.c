/* Styles of a DOCX (docs/layout.md, 2 and 5): real ones, so that what is typed later looks like the rest. */
#include "doc/docx_in.h"

enum indent { FLUSH, TWO }; /* of the first line */

struct style {
	const char *id, *name; /* name: as word processors know it, or ours */
	bool own; /* a style of ours */
	const char *next; /* NULL: itself */
	enum doc_face face; /* BLOCK: as Normal */
	int half; /* size in half points; 0: as Normal */
	int line; /* exact pitch in twips; 0: as Normal; -1: the grid's */
	int before, after; /* twips; -1: a row of the grid */
	const char *jc; /* NULL: as Normal */
	enum indent indent;
	int outline; /* level from 1; 0: none */
	bool keep; /* with the next */
	const char *more; /* w:pPr between keepNext and w:spacing */
};

static const struct style styles[] = {
	{"Title", "Title", false, "Addressee", FACE_BIAO, 44, 0, 0, -1, "center", FLUSH, 0, true, "<w:keepLines/>"},
	{"Addressee", "Addressee", true, "BodyText", 0, 0, 0, 0, 0, NULL, FLUSH, 0, false, ""},
	{"BodyText", "Body Text", false, NULL, 0, 0, 0, 0, 0, NULL, TWO, 0, false, ""},
	{"Heading1", "heading 1", false, "BodyText", FACE_HEI, 0, 0, 0, 0, NULL, TWO, 1, true, ""},
	{"Heading2", "heading 2", false, "BodyText", FACE_KAI, 0, 0, 0, 0, NULL, TWO, 2, true, ""},
	{"Heading3", "heading 3", false, "BodyText", 0, 0, 0, 0, 0, NULL, TWO, 3, true, ""},
	{"Heading4", "heading 4", false, "BodyText", 0, 0, 0, 0, 0, NULL, TWO, 4, true, ""},
	{"Caption", "caption", false, "BodyText", FACE_HEI, 24, 312, TW_GAP, 0, "center", FLUSH, 0, true, ""},
	{"TableText", "Table Text", true, NULL, 0, 24, 312, 0, 0, "left", FLUSH, 0, false, ""},
	{"TableHead", "Table Head", true, NULL, FACE_HEI, 24, 312, 0, 0, "center", FLUSH, 0, true, ""},
	{"Picture", "Picture", true, "BodyText", 0, 0, 240, TW_GAP, 0, "center", FLUSH, 0, false, ""},
	{"Source", "Source", true, "BodyText", 0, 21, 273, TW_GAP, 0, "left", FLUSH, 0, false, ""},
	{"Note", "Note", true, NULL, 0, 21, 273, TW_GAP, 0, "left", FLUSH, 0, false, ""},
	{"AnnexList", "Annex List", true, NULL, 0, 0, 0, 0, 0, NULL, FLUSH, 0, false, ""},
	{"Signature", "Signature", false, NULL, 0, 0, 0, 0, 0, "right", FLUSH, 0, false, "<w:keepLines/>"},
	{"Date", "Date", false, "BodyText", 0, 0, 0, 0, 0, "right", FLUSH, 0, false, ""},
	{"Postscript", "Postscript", true, NULL, 0, 0, 0, 0, 0, NULL, TWO, 0, false, ""},
	{"AnnexNumber", "Annex Number", true, "AnnexTitle", FACE_HEI, 0, 0, 0, 0, NULL, FLUSH, 0, true, ""},
	{"AnnexTitle", "Annex Title", true, "BodyText", FACE_BIAO, 44, 0, 0, -1, "center", FLUSH, 1, true,
		"<w:keepLines/>"},
	{"AnnexHeading", "Annex Heading", true, "BodyText", FACE_HEI, 0, 0, 0, 0, NULL, TWO, 2, true, ""},
	{"HeadLine", "Head Line", true, NULL, 0, 0, 0, 0, 0, "left", FLUSH, 0, false, ""},
	{"Mark", "Issuer Mark", true, NULL, FACE_BIAO, 0, 0, 0, 0, "center", FLUSH, 0, false, ""},
	{"DocNumber", "Document Number", true, NULL, 0, 0, 0, 0, 0, "center", FLUSH, 0, false, ""},
	{"Colophon", "Colophon", true, NULL, 0, 28, 364, 0, 0, "left", FLUSH, 0, false, ""},
	{"Code", "Archive Code", true, NULL, FACE_SONG, 18, 234, 0, 0, "center", FLUSH, 0, false, ""},
	{"Footer", "footer", false, NULL, FACE_SONG, 28, 280, 0, 0, "left", FLUSH, 0, false, ""},
	{"Tiny", "Section End", true, "BodyText", 0, 2, 20, 0, 0, "left", FLUSH, 0, false, ""},
};

/* Characters of the sizes 三号 and 四号 stand closer by 0.25 pt: 28 fit the line. Other sizes as they are, and letters
 * [G4]: so all of a document that is not Chinese. */
static bool on_grid(const struct style *s)
{
	return !s->half && s->face != FACE_BIAO;
}

static int rows(const struct docx *x, int v)
{
	return v < 0 ? x->pitch : v;
}

static void paragraph_of(const struct docx *x, const struct style *s, struct buf *b)
{
	buf_put(b, S("<w:pPr>"));
	if (s->keep)
		buf_put(b, S("<w:keepNext/>"));
	buf_put(b, str_c(s->more));
	buf_printf(b, "<w:spacing w:before=\"%d\" w:after=\"%d\" w:line=\"%d\" w:lineRule=\"%s\"/>", rows(x, s->before),
		rows(x, s->after), s->line ? s->line : x->pitch, s->line == 240 ? "auto" : "exact");
	if (s->indent == TWO)
		buf_printf(b, "<w:ind w:firstLineChars=\"200\" w:firstLine=\"%d\"/>", 2 * TW_CELL);
	if (s->jc)
		buf_printf(b, "<w:jc w:val=\"%s\"/>", s->jc);
	if (s->outline)
		buf_printf(b, "<w:outlineLvl w:val=\"%d\"/>", s->outline - 1);
	buf_put(b, S("</w:pPr>"));
}

static void style_put(const struct docx *x, const struct style *s, struct buf *b)
{
	buf_printf(b,
		"<w:style w:type=\"paragraph\"%s w:styleId=\"%s\"><w:name w:val=\"%s\"/><w:basedOn w:val=\"Normal\"/>",
		s->own ? " w:customStyle=\"1\"" : "", s->id, s->name);
	if (s->next)
		buf_printf(b, "<w:next w:val=\"%s\"/>", s->next);
	buf_put(b, S("<w:qFormat/>"));
	paragraph_of(x, s, b);
	buf_put(b, S("<w:rPr>"));
	dx_face(b, s->face, false);
	if (!on_grid(s))
		buf_put(b, S("<w:spacing w:val=\"0\"/>"));
	if (s->half)
		buf_printf(b, "<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/>", s->half, s->half);
	buf_put(b, S("</w:rPr></w:style>"));
}

void docx_styles(const struct docx *x, struct buf *b)
{
	bool letters = x->d->lang.n && !str_starts(x->d->lang, S("zh"));

	buf_put(b, S(XML_HEAD "<w:styles xmlns:w=\"" WORD_NS "\"><w:docDefaults><w:rPrDefault><w:rPr>"));
	dx_face(b, FACE_FANG, false);
	buf_printf(b,
		"<w:spacing w:val=\"%d\"/><w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/>"
		"<w:lang w:val=\"%s\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>"
		"<w:pPrDefault/></w:docDefaults>",
		letters ? 0 : -5, letters ? arena_str(x->a, x->d->lang).p : "en-US");
	buf_printf(b,
		"<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>"
		"<w:qFormat/>"
		"<w:pPr><w:widowControl w:val=\"0\"/><w:kinsoku/><w:overflowPunct w:val=\"0\"/><w:autoSpaceDE "
		"w:val=\"0\"/>"
		"<w:autoSpaceDN w:val=\"0\"/><w:adjustRightInd w:val=\"0\"/><w:snapToGrid w:val=\"0\"/>"
		"<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"%d\" w:lineRule=\"exact\"/><w:jc w:val="
		"\"both\"/></w:pPr></w:style>"
		"<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">"
		"<w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/></w:style>"
		"<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>"
		"<w:uiPriority w:val=\"99\"/><w:semiHidden/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar>"
		"<w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"%d\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type="
		"\"dxa\"/>"
		"<w:right w:w=\"%d\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
		"<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"OfficialTable\"><w:name w:val="
		"\"Official Table\"/>"
		"<w:basedOn w:val=\"TableNormal\"/><w:qFormat/><w:tblPr><w:tblBorders>"
		"<w:top w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"000000\"/>"
		"<w:left w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"000000\"/>"
		"<w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"000000\"/>"
		"<w:right w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"000000\"/>"
		"<w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"
		"<w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/></w:tblBorders><w:tblCellMar>"
		"<w:top w:w=\"34\" w:type=\"dxa\"/><w:bottom w:w=\"34\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>"
		"</w:style>",
		x->pitch, TW_GAP, TW_GAP);
	for (size_t i = 0; i < LEN(styles); i++)
		style_put(x, &styles[i], b);
	buf_put(b, S("</w:styles>"));
}
