/* The parts of a workbook that are no sheets: types, relations, formats, the list of sheets. */
#include "sheet/xlsx_inside.h"

enum { PART_BYTES = 16 << 20, FIRST_FORMAT = 164, DATE_FORMAT = FIRST_FORMAT };

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"

int xlsx_format(enum xlsx_style style, bool date)
{
	return 1 + (int)style * XLSX_KINDS + date;
}

int xlsx_format_of(struct xlsx *x, struct str unit, int decimals)
{
	const int first = 1 + XLSX_STYLES * XLSX_KINDS;

	for (size_t i = 0; i < x->nunits; i++)
		if (str_eq(x->units[i].text, unit) && x->units[i].decimals == decimals)
			return first + (int)i;
	if (x->nunits == XLSX_UNITS)
		return -1;
	x->units[x->nunits] = (struct xlsx_unit){arena_str(&x->arena, unit), decimals};
	return first + (int)x->nunits++;
}

/* ---- formats ---- */

/* By style: font, fill, border, alignment. */
static const struct look {
	int font, fill, border;
	const char *align;
} looks[XLSX_STYLES] = {
	[XLSX_PLAIN] = {0, 0, 0, "vertical=\"center\" wrapText=\"1\""},
	[XLSX_HEAD] = {1, 2, 1, "horizontal=\"center\" vertical=\"center\" wrapText=\"1\""},
	[XLSX_BAD] = {2, 3, 0, "vertical=\"center\" wrapText=\"1\""},
	[XLSX_TITLE] = {3, 0, 0, "horizontal=\"center\" vertical=\"center\""},
	[XLSX_NOTE] = {4, 0, 1, "vertical=\"top\" wrapText=\"1\""},
	[XLSX_BOX] = {0, 0, 1, "vertical=\"center\" wrapText=\"1\""},
	[XLSX_LINK] = {5, 0, 0, "vertical=\"center\" wrapText=\"1\""},
};

#define FONT(more, size, after) \
	"<font>" more "<sz val=\"" size "\"/>" after "<name val=\"宋体\"/><charset val=\"134\"/></font>"

static void put_formats(const struct xlsx *x, struct buf *b)
{
	buf_put(b, S("<styleSheet xmlns=\"" MAIN "\">"));
	buf_printf(b, "<numFmts count=\"%zu\"><numFmt numFmtId=\"%d\" formatCode=\"yyyy-mm-dd\"/>", x->nunits + 1,
		DATE_FORMAT);
	for (size_t i = 0; i < x->nunits; i++) {
		buf_printf(b, "<numFmt numFmtId=\"%zu\" formatCode=\"0%s%.*s&quot;", DATE_FORMAT + 1 + i,
			x->units[i].decimals ? "." : "", x->units[i].decimals, "000000000000000");
		xlsx_xml(b, x->units[i].text, true);
		buf_put(b, S("&quot;\"/>"));
	}
	buf_put(b, S("</numFmts><fonts count=\"6\">" FONT("", "11", "") FONT("<b/>", "11", "")
		FONT("", "11", "<color rgb=\"FF9C0006\"/>") FONT("<b/>", "16", "") FONT("", "9",
		"<color rgb=\"FF595959\"/>")
		FONT("<u/>", "11", "<color rgb=\"FF0563C1\"/>") "</fonts>"));
	buf_put(b, S("<fills count=\"4\"><fill><patternFill patternType=\"none\"/></fill>"
		"<fill><patternFill patternType=\"gray125\"/></fill>"
		"<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFDDEBF7\"/></patternFill></fill>"
		"<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFC7CE\"/></patternFill></fill></fills>"));
	buf_put(b, S("<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border><border>"
		"<left style=\"thin\"/><right style=\"thin\"/><top style=\"thin\"/><bottom"
		" style=\"thin\"/><diagonal/></border>"
		"</borders>"));
	buf_put(b, S("<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\""
		" borderId=\"0\"/></cellStyleXfs>"));
	buf_printf(b, "<cellXfs count=\"%zu\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>",
		1 + XLSX_STYLES * XLSX_KINDS + x->nunits);
	for (size_t i = 0; i < XLSX_STYLES * XLSX_KINDS + x->nunits; i++) {
		bool unit = i >= XLSX_STYLES * XLSX_KINDS;
		const struct look *l = &looks[unit ? 0 : i / XLSX_KINDS];
		size_t number = unit ? DATE_FORMAT + 1 + i - XLSX_STYLES * XLSX_KINDS : i % XLSX_KINDS ? DATE_FORMAT
			: 0;

		buf_printf(b, "<xf numFmtId=\"%zu\" fontId=\"%d\" fillId=\"%d\" borderId=\"%d\" xfId=\"0\""
			" applyNumberFormat=\"1\""
			" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment"
			" %s/></xf>", number,
			l->font, l->fill, l->border, l->align);
	}
	buf_put(b, S("</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\""
		" builtinId=\"0\"/></cellStyles>"
		"</styleSheet>"));
}

/* ---- the book ---- */

/* In the order they are shown: index of the i-th. */
static size_t shown(const struct xlsx *x, size_t i)
{
	if (!x->front_at || i >= x->front_at)
		return i;
	return i ? i - 1 : x->front_at - 1;
}

static void put_names(const struct xlsx *x, struct buf *b)
{
	struct buf names CLEANUP(buf_free) = BUF_MAX(PART_BYTES);

	for (size_t i = 0; i < x->nsheets; i++) {
		const struct xlsx_sheet *s = x->sheets[shown(x, i)];

		if (s->filter_cols) {
			buf_printf(&names, "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"%zu\""
				" hidden=\"1\">", i);
			xlsx_xml(&names, s->quoted, false);
			buf_put(&names, S("!$A$"));
			buf_printf(&names, "%d:$", s->filter_row + 1);
			xlsx_ref(&names, -1, s->filter_cols - 1);
			buf_printf(&names, "$%d</definedName>", MAX(s->rows, s->filter_row + 1));
		}
		if (s->last >= 0) {
			buf_printf(&names, "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"%zu\">", i);
			xlsx_xml(&names, s->quoted, false);
			buf_printf(&names, "!$%d:$%d</definedName>", s->first + 1, s->last + 1);
		}
	}
	if (!names.n)
		return;
	buf_put(b, S("<definedNames>"));
	buf_put(b, buf_str(&names));
	buf_put(b, S("</definedNames>"));
}

static void put_book(const struct xlsx *x, struct buf *b)
{
	buf_put(b, S("<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><bookViews><workbookView xWindow=\"240\""
		" yWindow=\"15\""
		" windowWidth=\"22000\" windowHeight=\"12000\"/></bookViews><sheets>"));
	for (size_t i = 0; i < x->nsheets; i++) {
		size_t at = shown(x, i);
		const struct xlsx_sheet *s = x->sheets[at];

		buf_put(b, S("<sheet name=\""));
		xlsx_xml(b, s->name, true);
		buf_printf(b, "\" sheetId=\"%zu\"%s r:id=\"rId%zu\"/>", at + 1, s->hidden ? " state=\"hidden\"" : "",
			at + 1);
	}
	buf_put(b, S("</sheets>"));
	put_names(x, b);
	buf_put(b, S("<calcPr calcId=\"124519\" fullCalcOnLoad=\"1\"/></workbook>"));
}

static void put_relations(const struct xlsx *x, struct buf *b)
{
	buf_put(b, S("<Relationships xmlns=\"" PACKAGE "relationships\">"));
	for (size_t i = 0; i < x->nsheets; i++)
		buf_printf(b, "<Relationship Id=\"rId%zu\" Type=\"" OFFICE "/worksheet\" Target=\"%s\"/>", i + 1,
			x->sheets[i]->part + strlen("xl/"));
	buf_printf(b, "<Relationship Id=\"rId%zu\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/></Relationships>",
		x->nsheets + 1);
}

static void put_types(const struct xlsx *x, struct buf *b)
{
	buf_put(b, S("<Types xmlns=\"" PACKAGE "content-types\">"
		"<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
		"<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
		"<Override PartName=\"/docProps/core.xml\""
		" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
		"<Override PartName=\"/xl/workbook.xml\""
		" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
		"<Override PartName=\"/xl/styles.xml\""
		" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"));
	for (size_t i = 0; i < x->nsheets; i++)
		buf_printf(b, "<Override PartName=\"/%s\""
			" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>",
			x->sheets[i]->part);
	buf_put(b, S("</Types>"));
}

static void put_package(const struct xlsx *x, struct buf *b)
{
	buf_put(b, S("<Relationships xmlns=\"" PACKAGE "relationships\">"
		"<Relationship Id=\"rId1\" Type=\"" OFFICE "/officeDocument\" Target=\"xl/workbook.xml\"/>"
		"<Relationship Id=\"rId2\" Type=\"" PACKAGE "relationships/metadata/core-properties\""
		" Target=\"docProps/core.xml\"/>"
		"</Relationships>"));
}

/* The same content gives the same bytes: every book was made on one day. */
static void put_core(const struct xlsx *x, struct buf *b)
{
	buf_put(b, S("<cp:coreProperties xmlns:cp=\"" PACKAGE "metadata/core-properties\""
		" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
		"<dcterms:created"
		" xsi:type=\"dcterms:W3CDTF\">2000-01-01T00:00:00Z</dcterms:created></cp:coreProperties>"));
}

enum err_code xlsx_put_parts(struct xlsx *x, struct err *err)
{
	static const struct {
		const char *name;
		void (*put)(const struct xlsx *x, struct buf *b);
	} parts[] = {
		{"xl/styles.xml", put_formats},
		{"xl/workbook.xml", put_book},
		{"xl/_rels/workbook.xml.rels", put_relations},
		{"docProps/core.xml", put_core},
		{"_rels/.rels", put_package},
		{"[Content_Types].xml", put_types},
	};

	for (size_t i = 0; i < LEN(parts); i++) {
		struct buf b CLEANUP(buf_free) = BUF_MAX(PART_BYTES);

		buf_put(&b, S(HEAD));
		parts[i].put(x, &b);
		if (b.over)
			return fail(err, ERR_LIMIT, "%s: too many sheets", x->path);
		TRY(zip_out_member(x->zip, parts[i].name, err));
		TRY(zip_out_put(x->zip, buf_str(&b), err));
	}
	return OK;
}
