/* Sections of a DOCX, and what stands on its last page: 版记 and code [P9, P12]. */
#include "doc/doc_lines.h"
#include "doc/docx_in.h"

enum {
	ROW_H = 482,
	SMALL = 280, /* 8.5 mm; a cell of 四号 */
	CODE_AT = 15704 /* 277 mm from the paper's top */
};

/* ---- sections ---- */

/* The pages of a section carry no number where the layout leaves a blank page before the 版记 [P9]. */
static void section(struct docx *x, struct buf *b, bool evened, bool numbered)
{
	bool ink = x->d->grid == GRID_INK, letter = x->d->head.form == FORM_LETTER;
	int up = ink ? TW_INK_ABOVE : 0, down = ink ? TW_INK_BELOW : 0;
	int odd = !numbered ? 9 : x->landscape ? 6 : 4, even = !numbered ? 9 : odd + 1;

	buf_printf(b,
		"<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId%d\"/>"
		"<w:footerReference w:type=\"even\" r:id=\"rId%d\"/>",
		odd, even);
	if (letter)
		buf_put(b, S("<w:footerReference w:type=\"first\" r:id=\"rId8\"/>"));
	buf_printf(b, "<w:type w:val=\"%s\"/>", evened ? "evenPage" : "nextPage");
	if (x->landscape)
		buf_printf(b,
			"<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/><w:pgMar w:top=\"%d\" "
			"w:right=\"2098\" "
			"w:bottom=\"%d\" w:left=\"1984\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>",
			1588 - up, 1474 - down);
	else
		buf_printf(b,
			"<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"%d\" w:right=\"1474\" w:bottom=\"%d\" "
			"w:left=\"1588\" w:header=\"851\" w:footer=\"1307\" w:gutter=\"0\"/>",
			2098 - up, 1984 - down);
	if (letter && !evened)
		buf_put(b, S("<w:titlePg/>"));
	buf_put(b, S("</w:sectPr>"));
}

void dx_section(struct docx *x, struct buf *b, bool evened)
{
	section(x, b, evened, true);
}

/* ---- 版记 ---- */

static void colophon_row(
	struct docx *x, const char *field, const char *para, struct str left, struct str right, bool below)
{
	buf_printf(&x->body,
		"<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"%d\" w:hRule=\"atLeast\"/></w:trPr><w:tc><w:tcPr>"
		"<w:tcW w:w=\"%d\" "
		"w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>",
		ROW_H, TW_TYPE);
	dx_name(x, field, 1);
	dx_open(x, "Colophon", para);
	dx_text(x, left, FACE_BLOCK);
	if (right.n) {
		if (below)
			buf_put(&x->body, S("<w:r><w:br/></w:r>"));
		dx_tab(x);
		dx_text(x, right, FACE_BLOCK);
	}
	dx_close(x);
	buf_put(&x->body, S("</w:tc></w:tr>"));
}

/* The date at the end of the issuer's last line, or below it where that has no room for both. */
static void issued(struct docx *x)
{
	struct str issuer = x->d->colophon.issuer, date = doc_issued(x->d);
	int room = TW_TYPE - 2 * SMALL, w = dx_width(issuer) * SMALL / TW_HANZI;
	bool below = w % room + SMALL + dx_width(date) * SMALL / TW_HANZI > room;

	colophon_row(x, "issuer",
		arena_printf(x->a,
			"<w:tabs><w:tab w:val=\"right\" w:pos=\"%d\"/></w:tabs>%s"
			"<w:ind w:left=\"%d\" w:right=\"%d\"/>",
			TW_TYPE - SMALL,
			below || w > room ? arena_printf(x->a, "<w:spacing w:line=\"%d\"/>", ROW_H).p : "", SMALL,
			SMALL)
			.p,
		issuer, date, below);
}

/* A table at the foot of the type area; of GRID_INK a free row holds it up by what the margin is too deep. */
static void colophon(struct docx *x)
{
	const struct doc_colophon *c = &x->d->colophon;
	bool ruled = x->d->head.form != FORM_LETTER, ink = x->d->grid == GRID_INK;
	int label = dx_label(str_c(doc_say(x->d, N_("Copy to: "))), SMALL);

	buf_printf(&x->body,
		"<w:tbl><w:tblPr><w:tblpPr w:leftFromText=\"0\" w:rightFromText=\"0\" w:vertAnchor=\"margin\" "
		"w:horzAnchor=\"page\" w:tblpX=\"1588\" w:tblpYSpec=\"bottom\"/><w:tblOverlap w:val=\"never\"/>"
		"<w:tblW w:w=\"%d\" w:type=\"dxa\"/>",
		TW_TYPE);
	if (ruled)
		buf_put(&x->body,
			S("<w:tblBorders><w:top w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"000000\"/>"
			  "<w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"000000\"/>"
			  "<w:insideH w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/></w:tblBorders>"));
	buf_printf(&x->body,
		"<w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" "
		"w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w=\"%d\"/></w:tblGrid>",
		TW_TYPE);
	if (c->copies.n)
		colophon_row(x, "copies",
			arena_printf(x->a,
				"<w:spacing w:line=\"%d\"/><w:ind w:left=\"%d\" w:right=\"%d\" w:hanging=\"%d\"/>",
				ROW_H, SMALL + label, SMALL, label)
				.p,
			dx_copies_line(x->a, x->d), STR_NONE, false);
	if (c->issuer.n || c->date.n)
		issued(x);
	if (ink) {
		buf_printf(&x->body,
			"<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"%d\" w:hRule=\"exact\"/></w:trPr><w:tc>"
			"<w:tcPr>"
			"<w:tcW w:w=\"%d\" w:type=\"dxa\"/>%s</w:tcPr>",
			TW_INK_BELOW, TW_TYPE,
			ruled ? "<w:tcBorders><w:top w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color="
				"\"000000\"/><w:bottom "
				"w:val=\"nil\"/></w:tcBorders>"
			      : "");
		dx_tiny(x, "");
		buf_put(&x->body, S("</w:tc></w:tr>"));
	}
	buf_put(&x->body, S("</w:tbl>"));
	x->table = true;
}

static bool printed_here(const struct lay_page *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->items[i].role != ROLE_COLOPHON && p->items[i].role != ROLE_COLOPHON_RULE &&
			p->items[i].role != ROLE_PAGE_NUMBER && p->items[i].role != ROLE_CODE)
			return true;
	return false;
}

void dx_colophon(struct docx *x)
{
	const struct doc_colophon *c = &x->d->colophon;
	bool any = c->copies.n || c->issuer.n || c->date.n, alone, numbered = true;
	const struct lay_page *last = x->lay && x->lay->npages ? &x->lay->pages[x->lay->npages - 1] : NULL;
	CLEANUP(buf_free) struct buf sect = BUF_MAX(8192);

	alone = any && ((last && !printed_here(last)) || x->landscape);
	if (alone) { /* on a page of its own */
		numbered = !last || last->number;
		dx_section(x, &sect, false);
		buf_putc(&sect, 0);
		dx_tiny(x, sect.p);
		x->landscape = false;
	}
	if (any && (x->table || alone)) /* LibreOffice gives a table that begins a section to the page before */
		dx_tiny(x, "");
	if (any)
		colophon(x);
	if (x->d->code.n) {
		dx_name(x, "code", 1);
		dx_line(x, "Code",
			arena_printf(x->a,
				"<w:framePr w:w=\"%d\" w:wrap=\"around\" w:vAnchor=\"page\" w:hAnchor=\"margin\" "
				"w:xAlign=\"center\" w:y=\"%d\"/>",
				x->landscape ? TW_TYPE_LYING : TW_TYPE, x->landscape ? CODE_AT - 4932 : CODE_AT)
				.p,
			x->d->code);
	}
	if (x->table || any || x->d->code.n)
		dx_tiny(x, "");
	section(x, &x->body, alone, numbered);
}
