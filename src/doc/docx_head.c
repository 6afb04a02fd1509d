/* The head of a DOCX: copy number, mark, number, signers [P1]. */
#include "base/utf8.h"
#include "doc/docx_in.h"

enum {
	MARK_MAX = 62,
	MARK_MIN = 22, /* pt */
	MARK_W = 425, /* 150 mm */
	MARK_AT = 1984,
	ORDER_AT = 1134,
	LETTER_AT = 1701, /* 35, 20 mm below the type area's top, 30 below the paper's */
	LETTER_RULE = 9638 /* 170 mm */
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

/* 份号, 密级, 紧急程度: how many lines; after: what is free below the last. right: what stands at the right end of the
 * first, which is then there in any case. */
static int left_lines(struct docx *x, int after, struct str right)
{
	const struct doc_head *h = &x->d->head;
	const struct str all[] = {h->copy_no, h->secrecy, h->urgency};
	struct str texts[3] = {STR_NONE, STR_NONE, STR_NONE};
	static const char *const fields[] = {"copy_no", "secrecy", "urgency"};
	const char *said[3] = {"number"};
	enum doc_face faces[3] = {0};
	int n = 0;

	for (size_t i = 0; i < LEN(all); i++)
		if (all[i].n) {
			faces[n] = i ? FACE_HEI : FACE_BLOCK;
			said[n] = fields[i];
			texts[n++] = all[i];
		}
	n = right.n ? MAX(n, 1) : n;
	for (int i = 0; i < n; i++) {
		dx_name(x, said[i], 1);
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

int dx_mark_size(const struct docx *x)
{
	int em = MAX(width_by(x->d->head.mark, 2, 1), 1);

	return MIN(MAX(2 * MARK_W / em, MARK_MIN), MARK_MAX);
}

int dx_mark_at(const struct docx *x)
{
	return (x->d->head.form == FORM_ORDER ? ORDER_AT : MARK_AT) - x->mark_up +
		(x->d->grid == GRID_INK ? TW_INK_ABOVE : 0);
}

/* The mark, as large as its width allows, so far below the rows above it. */
static void mark(struct docx *x, const char *frame, int before)
{
	struct str text = x->d->head.mark;
	int pt = dx_mark_size(x);

	if (!text.n)
		return;
	dx_name(x, "mark", 1);
	dx_open(x, "Mark",
		arena_printf(x->a, "%s<w:spacing w:before=\"%d\" w:line=\"%d\"/>", frame, MAX(before - pt, 0), pt * 22)
			.p);
	buf_put(&x->body, S("<w:r><w:rPr>"));
	dx_face(&x->body, FACE_BLOCK, true);
	buf_printf(&x->body, "<w:color w:val=\"E60000\"/><w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/></w:rPr><w:t>",
		2 * pt, 2 * pt);
	dx_put(&x->body, text);
	buf_put(&x->body, S("</w:t></w:r>"));
	dx_close(x);
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

		dx_name(x, last ? "number" : "signers", last ? 1 : r + 1);
		dx_open(x, "DocNumber",
			arena_printf(x->a,
				"%s<w:tabs><w:tab w:val=\"left\" w:pos=\"%d\"/><w:tab w:val=\"left\" w:pos="
				"\"%d\"/></w:tabs>"
				"<w:spacing w:before=\"%d\" w:after=\"%d\"/><w:ind w:firstLine=\"%d\"/><w:jc "
				"w:val=\"left\"/>",
				last ? RED_RULE : "", r ? left : left - 4 * TW_CELL, left + w[0] + TW_CELL,
				r ? 0 : 2 * x->pitch, last ? x->above * x->pitch : 0, TW_CELL)
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

	mark(x, "", dx_mark_at(x) - n * x->pitch);
	if (h->nsigners && !order) {
		signers(x);
		return;
	}
	if (h->number.n)
		dx_name(x, "number", 1);
	dx_line(x, "DocNumber",
		arena_printf(x->a, "%s<w:spacing w:before=\"%d\" w:after=\"%d\"/>", order ? "" : RED_RULE,
			h->number.n ? 2 * x->pitch : 0, x->above * x->pitch)
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
	left_lines(x, x->above * x->pitch, h->number);
}

void dx_head(struct docx *x)
{
	dx_first_page(x);
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
		left_lines(x, x->above * x->pitch, STR_NONE);
		break;
	}
}
