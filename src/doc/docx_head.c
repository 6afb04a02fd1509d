/* What stands around the blocks: head, names of annexes, signature, 版记 and sections (docs/layout.md, 5). */
#include "base/utf8.h"
#include "doc/doc_lines.h"
#include "doc/docx_in.h"

enum {
	MARK_MAX = 62,
	MARK_MIN = 22, /* pt */
	MARK_W = 425, /* 150 mm */
	MARK_AT = 1984,
	ORDER_AT = 1134,
	LETTER_AT = 1701, /* 35, 20 mm below the type area's top, 30 below the paper's */
	INK_ABOVE = 137, /* of GRID_INK the rows begin so much above 37 mm */
	LETTER_RULE = 9638, /* 170 mm */
	ROW_H = 482,
	SMALL = 280, /* 8.5 mm; a cell of 四号 */
	CODE_AT = 15704 /* 277 mm from the paper's top */
};

static int width_by(struct str text, int hanzi, int digit)
{
	int w = 0;

	for (size_t at = 0; at < text.n;)
		w += utf8_next(text, &at) < 0x80 ? digit : hanzi;
	return w;
}

int dx_width(struct str text)
{
	return width_by(text, TW_HANZI, TW_DIGIT);
}

static const char *ind(struct docx *x, const char *which, int twips)
{
	return arena_printf(x->a, "<w:ind w:%s=\"%d\"/>", which, MAX(twips, 0)).p;
}

/* ---- head [P1] ---- */

/* 份号, 密级, 紧急程度: how many lines; after: what is free below the last. right: what stands at the right end of the
 * first, which is then there in any case. */
static int left_lines(struct docx *x, int after, struct str right)
{
	const struct doc_head *h = &x->d->head;
	const struct str all[] = {h->copy_no, h->secrecy, h->urgency};
	struct str texts[3] = {STR_NONE, STR_NONE, STR_NONE};
	enum doc_face faces[3] = {0};
	int n = 0;

	for (size_t i = 0; i < LEN(all); i++)
		if (all[i].n) {
			faces[n] = i ? FACE_HEI : FACE_BLOCK;
			texts[n++] = all[i];
		}
	n = right.n ? MAX(n, 1) : n;
	for (int i = 0; i < n; i++) {
		dx_open(x, "HeadLine",
			arena_printf(x->a,
				"<w:tabs><w:tab w:val=\"right\" w:pos=\"%d\"/></w:tabs><w:spacing w:after=\"%d\"/>",
				TW_TYPE, i + 1 == n ? after : 0)
				.p);
		dx_text(x, texts[i], faces[i]);
		if (!i && right.n) {
			dx_tab(x);
			dx_text(x, right, FACE_BLOCK);
		}
		dx_close(x);
	}
	return n;
}

static void mark_line(struct docx *x, struct str text, const char *props, int pt)
{
	dx_open(x, "Mark", props);
	buf_put(&x->body, S("<w:r><w:rPr>"));
	dx_face(&x->body, FACE_BLOCK, true);
	buf_printf(&x->body, "<w:color w:val=\"E60000\"/><w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/></w:rPr><w:t>",
		2 * pt, 2 * pt);
	dx_put(&x->body, text);
	buf_put(&x->body, S("</w:t></w:r>"));
	dx_close(x);
}

/* Names of a joint mark below each other, all as wide as the widest; 文件 right of them: a table without rules. */
static void mark_joint(struct docx *x, const struct doc_marks *m, int before)
{
	int widest = 0, end = m->end.n ? width_by(m->end, 2, 1) : 0, em, pt, w, we;

	for (size_t i = 0; i < m->n; i++)
		widest = MAX(widest, width_by(m->names[i], 2, 1));
	em = MAX(widest + end + (end ? 2 : 0), 1);
	pt = MIN(MAX(2 * MARK_W / em, MARK_MIN), MIN(MARK_MAX, 150 / (int)m->n + MARK_MIN / 2));
	w = widest * pt * 10 + 40;
	we = end ? (end + 2) * pt * 10 : 0;
	buf_printf(&x->body,
		"<w:tbl><w:tblPr><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblLayout "
		"w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" "
		"w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w=\"%d\"/>",
		w + we, w);
	if (we)
		buf_printf(&x->body, "<w:gridCol w:w=\"%d\"/>", we);
	buf_printf(&x->body, "</w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr>", w);
	for (size_t i = 0; i < m->n; i++)
		mark_line(x, m->names[i],
			arena_printf(x->a, "<w:spacing w:before=\"%d\" w:line=\"%d\"/><w:jc w:val=\"distribute\"/>",
				i ? 0 : MAX(before - pt, 0), pt * 26)
				.p,
			pt);
	buf_put(&x->body, S("</w:tc>"));
	if (we) {
		buf_printf(&x->body,
			"<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>", we);
		mark_line(x, m->end,
			arena_printf(x->a, "<w:spacing w:before=\"%d\" w:line=\"%d\"/><w:jc w:val=\"right\"/>",
				MAX(before - pt, 0), pt * 26)
				.p,
			pt);
		buf_put(&x->body, S("</w:tc>"));
	}
	buf_put(&x->body, S("</w:tr></w:tbl>"));
}

/* The mark, as large as its width allows, so far below the rows above it. */
static void mark(struct docx *x, const char *frame, int before)
{
	struct doc_marks m = doc_marks(x->a, x->d->head.mark);
	int em = MAX(width_by(m.names[0], 2, 1), 1), pt = MIN(MAX(2 * MARK_W / em, MARK_MIN), MARK_MAX);

	if (!x->d->head.mark.n)
		return;
	if (m.n > 1 && x->d->head.form != FORM_LETTER)
		mark_joint(x, &m, before);
	else
		mark_line(x, m.names[0],
			arena_printf(x->a, "%s<w:spacing w:before=\"%d\" w:line=\"%d\"/>", frame, MAX(before - pt, 0),
				pt * 22)
				.p,
			pt);
}

#define RED_RULE "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"4\" w:color=\"E60000\"/></w:pBdr>"

/* The number on the row of the last signers; label and names in columns. */
static void signers(struct docx *x)
{
	const struct doc_head *h = &x->d->head;
	int w[2] = {0, 0}, left;
	size_t rows = (h->nsigners + 1) / 2;

	for (size_t i = 0; i < h->nsigners; i++)
		w[i & 1] = MAX(w[i & 1], dx_width(h->signers[i]));
	left = TW_TYPE - TW_CELL - w[0] - (h->nsigners > 1 ? TW_CELL + w[1] : 0);
	for (size_t r = 0; r < rows; r++) {
		bool last = r + 1 == rows;

		dx_open(x, "DocNumber",
			arena_printf(x->a,
				"%s<w:tabs><w:tab w:val=\"left\" w:pos=\"%d\"/><w:tab w:val=\"left\" w:pos="
				"\"%d\"/></w:tabs>"
				"<w:spacing w:before=\"%d\" w:after=\"%d\"/><w:ind w:firstLine=\"%d\"/><w:jc "
				"w:val=\"left\"/>",
				last ? RED_RULE : "", r ? left : left - 4 * TW_CELL, left + w[0] + TW_CELL,
				r ? 0 : 2 * x->pitch, last ? 2 * x->pitch : 0, TW_CELL)
				.p);
		if (last)
			dx_text(x, h->number, FACE_BLOCK);
		for (size_t i = 2 * r; i < MIN(2 * r + 2, h->nsigners); i++) {
			dx_tab(x);
			dx_text(x, i ? STR_NONE : S("签发人："), FACE_BLOCK);
			dx_text(x, h->signers[i], FACE_KAI);
		}
		dx_close(x);
	}
}

static void red(struct docx *x, bool order)
{
	const struct doc_head *h = &x->d->head;
	int n = left_lines(x, 0, STR_NONE);

	mark(x, "", (order ? ORDER_AT : MARK_AT) + (x->d->grid == GRID_INK ? INK_ABOVE : 0) - n * x->pitch);
	if (h->nsigners && !order)
		signers(x);
	else
		dx_line(x, "DocNumber",
			arena_printf(x->a, "%s<w:spacing w:before=\"%d\" w:after=\"%d\"/>", order ? "" : RED_RULE,
				h->number.n ? 2 * x->pitch : 0, 2 * x->pitch)
				.p,
			h->number);
}

/* The mark above the type area, the thick rule over the thin one 4 mm below it; the lower pair is in the footer. */
static void letter(struct docx *x)
{
	const struct doc_head *h = &x->d->head;

	mark(x,
		arena_printf(x->a,
			"<w:framePr w:w=\"%d\" w:wrap=\"notBeside\" w:vAnchor=\"page\" w:hAnchor=\"page\" "
			"w:xAlign=\"center\" w:y=\"%d\"/><w:pBdr><w:bottom w:val=\"thickThinSmallGap\" w:sz="
			"\"24\" w:space=\"11\" "
			"w:color=\"E60000\"/></w:pBdr>",
			LETTER_RULE, LETTER_AT)
			.p,
		0);
	left_lines(x, 2 * x->pitch, h->number);
}

void dx_head(struct docx *x)
{
	switch (x->d->head.form) {
	case FORM_RED:
	case FORM_MINUTES:
		red(x, false);
		break;
	case FORM_ORDER:
		red(x, true);
		break;
	case FORM_LETTER:
		letter(x);
		break;
	default:
		left_lines(x, 2 * x->pitch, STR_NONE);
		break;
	}
}

/* ---- below the body [P5 to P7] ---- */

bool dx_signed(const struct doc *d)
{
	struct doc_line who[3];

	return d->nannexes || doc_attendance(d, who) || d->sign.nnames || d->sign.date.n || d->sign.post.n;
}

void dx_annexes(struct docx *x)
{
	const struct doc *d = x->d;
	int number = d->nannexes > 1 ? d->nannexes > 9 ? 2 : 1 : 0, left = (5 + number) * TW_CELL;
	bool signs = d->sign.nnames || d->sign.date.n;

	for (size_t i = 0; i < d->nannexes; i++) {
		dx_open(x, "AnnexList",
			arena_printf(x->a, "%s<w:spacing w:before=\"%d\"/><w:ind w:left=\"%d\" w:hanging=\"%d\"/>",
				signs ? "<w:keepNext/>" : "", i ? 0 : x->pitch, left,
				(i ? number : 3 + number) * TW_CELL)
				.p);
		dx_text(x, arena_printf(x->a, "%s", i ? "" : "附件："), FACE_BLOCK);
		if (number)
			dx_text(x, arena_printf(x->a, "%zu.", i + 1), FACE_BLOCK);
		dx_text(x, d->annexes[i], FACE_BLOCK);
		dx_close(x);
	}
}

static void present(struct docx *x)
{
	struct doc_line who[3];
	size_t n = doc_attendance(x->d, who);

	for (size_t i = 0; i < n; i++) {
		dx_open(x, "AnnexList",
			arena_printf(x->a, "<w:spacing w:before=\"%d\"/><w:ind w:left=\"%d\" w:hanging=\"%d\"/>",
				i ? 0 : x->pitch, 5 * TW_CELL, 3 * TW_CELL)
				.p);
		dx_text(x, who[i].text, FACE_HEI);
		dx_text(x, who[i].right, FACE_BLOCK);
		dx_close(x);
	}
}

static void name(struct docx *x, const char *keep, int rows, int right, struct str text)
{
	dx_line(x, "Signature",
		arena_printf(x->a, "%s<w:spacing w:before=\"%d\"/>%s", keep, rows * x->pitch, ind(x, "right", right)).p,
		text);
}

static void date(struct docx *x, int rows, int right)
{
	if (x->d->sign.date.n)
		dx_line(x, "Date",
			arena_printf(x->a, "<w:spacing w:before=\"%d\"/>%s", rows * x->pitch, ind(x, "right", right)).p,
			x->d->sign.date);
}

static void sign_plain(struct docx *x, const struct doc_sign *s)
{
	int date_w = dx_width(s->date), last = s->nnames ? dx_width(s->names[s->nnames - 1]) : 0;
	bool longer = date_w > last;

	for (size_t i = 0; i < s->nnames; i++)
		name(x, s->date.n || i + 1 < s->nnames ? "<w:keepNext/>" : "", i == 0,
			i + 1 == s->nnames && longer && s->date.n ? 4 * TW_CELL + date_w - last : 2 * TW_CELL,
			s->names[i]);
	date(x, !s->nnames, longer ? 2 * TW_CELL : MAX(last - date_w, 0));
}

struct stamp {
	int rows; /* free above */
	int mid, step; /* middle of the last, from the left; how far apart they are */
};

/* Names beside each other, each over its own seal. */
static void stamp_row(struct docx *x, const struct str *names, size_t n, const struct stamp *at)
{
	CLEANUP(buf_free) struct buf tabs = BUF_MAX(4096);

	if (n == 1) {
		name(x, "<w:keepNext/>", at->rows, TW_TYPE - at->mid - dx_width(names[0]) / 2, names[0]);
		return;
	}
	for (size_t i = 0; i < n; i++)
		buf_printf(&tabs, "<w:tab w:val=\"center\" w:pos=\"%d\"/>", at->mid - (int)(n - 1 - i) * at->step);
	dx_open(x, "Signature",
		arena_printf(x->a,
			"<w:keepNext/><w:tabs>" STR_FMT "</w:tabs><w:spacing w:before=\"%d\"/><w:jc w:val=\"left\"/>",
			STR_ARG(buf_str(&tabs)), at->rows * x->pitch)
			.p);
	for (size_t i = 0; i < n; i++) {
		dx_tab(x);
		dx_text(x, names[i], FACE_BLOCK);
	}
	dx_close(x);
}

static void sign_stamp(struct docx *x, const struct doc_sign *s)
{
	int date_w = dx_width(s->date), mid = 4 * TW_CELL + date_w / 2, widest = 0;
	int64_t step;
	size_t row;

	for (size_t i = 0; i < s->nnames; i++)
		widest = MAX(widest, dx_width(s->names[i]));
	mid = MAX(mid, MIN(widest, TW_TYPE) / 2);
	row = doc_seals(s->nnames, widest, TW_TYPE - mid, TW_CELL, &step);
	for (size_t i = 0; i < s->nnames; i += row)
		stamp_row(x, &s->names[i], MIN(row, s->nnames - i),
			&(struct stamp){i ? 4 : 2, TW_TYPE - mid, (int)step});
	date(x, 0, mid - date_w / 2);
}

static void sign_hand(struct docx *x, const struct doc_sign *s)
{
	struct str person = s->nnames ? s->names[0] : S("　　　　");

	name(x, "<w:keepNext/>", 2, 4 * TW_CELL,
		s->post.n ? arena_printf(x->a, STR_FMT "　　" STR_FMT, STR_ARG(s->post), STR_ARG(person)) : person);
	for (size_t i = 1; i < s->nnames; i++)
		name(x, "<w:keepNext/>", 0, 4 * TW_CELL + dx_width(person) - dx_width(s->names[i]), s->names[i]);
	date(x, 1, 4 * TW_CELL);
}

void dx_sign(struct docx *x)
{
	const struct doc_sign *s = &x->d->sign;

	present(x);
	if (s->nnames || s->date.n || s->post.n) {
		if (s->seal == SEAL_STAMP)
			sign_stamp(x, s);
		else if (s->seal == SEAL_HAND)
			sign_hand(x, s);
		else
			sign_plain(x, s);
	}
	if (x->d->postscript.n)
		dx_line(x, "Postscript", "", x->d->postscript);
}

/* ---- sections ---- */

/* The pages of a section carry no number where the layout leaves a blank page before the 版记 [P9]. */
static void section(struct docx *x, struct buf *b, bool evened, bool numbered)
{
	bool ink = x->d->grid == GRID_INK, letter = x->d->head.form == FORM_LETTER;
	int up = ink ? INK_ABOVE : 0, odd = !numbered ? 9 : x->landscape ? 6 : 4, even = !numbered ? 9 : odd + 1;

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
			1588 - up, 1474 - up);
	else
		buf_printf(b,
			"<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"%d\" w:right=\"1474\" w:bottom=\"%d\" "
			"w:left=\"1588\" w:header=\"851\" w:footer=\"1307\" w:gutter=\"0\"/>",
			2098 - up, 1984 - up);
	if (letter && !evened)
		buf_put(b, S("<w:titlePg/>"));
	buf_put(b, S("</w:sectPr>"));
}

void dx_section(struct docx *x, struct buf *b, bool evened)
{
	section(x, b, evened, true);
}

/* ---- 版记 [P9] ---- */

static void colophon_row(struct docx *x, const char *para, struct str left, struct str right)
{
	buf_printf(&x->body,
		"<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"%d\" w:hRule=\"atLeast\"/></w:trPr><w:tc><w:tcPr>"
		"<w:tcW w:w=\"%d\" "
		"w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>",
		ROW_H, TW_TYPE);
	dx_open(x, "Colophon", para);
	dx_text(x, left, FACE_BLOCK);
	if (right.n) {
		dx_tab(x);
		dx_text(x, right, FACE_BLOCK);
	}
	dx_close(x);
	buf_put(&x->body, S("</w:tc></w:tr>"));
}

/* A table at the foot of the type area; of GRID_INK a free row holds it up by what the margin is too deep. */
static void colophon(struct docx *x)
{
	const struct doc_colophon *c = &x->d->colophon;
	bool ruled = x->d->head.form != FORM_LETTER, ink = x->d->grid == GRID_INK;
	struct str copies = c->copies, printed = STR_NONE;

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
	if (copies.n) {
		if (!str_ends(copies, S("。")))
			copies = arena_printf(x->a, STR_FMT "。", STR_ARG(copies));
		colophon_row(x,
			arena_printf(x->a,
				"<w:spacing w:line=\"%d\"/><w:ind w:left=\"%d\" w:right=\"%d\" w:hanging=\"%d\"/>",
				ROW_H, 4 * SMALL, SMALL, 3 * SMALL)
				.p,
			arena_printf(x->a, "抄送：" STR_FMT, STR_ARG(copies)), STR_NONE);
	}
	if (c->date.n)
		printed = arena_printf(x->a, STR_FMT "印发", STR_ARG(c->date));
	if (c->issuer.n || c->date.n)
		colophon_row(x,
			arena_printf(x->a,
				"<w:tabs><w:tab w:val=\"right\" w:pos=\"%d\"/></w:tabs><w:ind w:left=\"%d\"/>",
				TW_TYPE - SMALL, SMALL)
				.p,
			c->issuer, printed);
	if (ink) {
		buf_printf(&x->body,
			"<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"%d\" w:hRule=\"exact\"/></w:trPr><w:tc>"
			"<w:tcPr>"
			"<w:tcW w:w=\"%d\" w:type=\"dxa\"/>%s</w:tcPr>",
			INK_ABOVE, TW_TYPE,
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
	if (x->d->code.n)
		dx_line(x, "Code",
			arena_printf(x->a,
				"<w:framePr w:w=\"%d\" w:wrap=\"around\" w:vAnchor=\"page\" w:hAnchor=\"margin\" "
				"w:xAlign=\"center\" w:y=\"%d\"/>",
				x->landscape ? TW_TYPE_LYING : TW_TYPE, x->landscape ? CODE_AT - 4932 : CODE_AT)
				.p,
			x->d->code);
	if (x->table || any || x->d->code.n)
		dx_tiny(x, "");
	section(x, &x->body, alone, numbered);
}
