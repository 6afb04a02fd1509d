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

/* The mark of one office, or of several below each other. */
struct marks {
	struct doc_marks m;
	bool joint;
	bool stacked; /* joint, but too wide for 文件 beside: lines by themselves */
	int widest, end; /* in em */
};

static struct marks marks_of(struct arena *a, const struct doc *d)
{
	struct marks s = {.m = doc_marks(a, d->head.mark)};

	s.joint = s.m.n > 1 && d->head.form != FORM_LETTER;
	s.end = s.joint && s.m.end.n ? width_by(s.m.end, 2, 1) : 0;
	for (size_t i = 0; i < (s.joint ? s.m.n : 1); i++)
		s.widest = MAX(s.widest, width_by(s.m.names[i], 2, 1));
	s.stacked = s.joint && (s.widest + s.end + (s.end ? 2 : 0)) * MARK_MIN * 10 > TW_TYPE;
	return s;
}

bool dx_mark_stacked(struct arena *a, const struct doc *d)
{
	return marks_of(a, d).stacked;
}

/* What stands on the nth line of a stacked mark: 文件 goes with the last office. */
static struct str stacked_text(const struct docx *x, const struct marks *s, size_t i)
{
	if (i + 1 < s->m.n)
		return s->m.names[i];
	return arena_printf(x->a, STR_FMT STR_FMT, STR_ARG(s->m.names[i]), STR_ARG(s->m.end));
}

static int size_of(const struct marks *s)
{
	int em = MAX(s->widest + s->end + (s->end ? 2 : 0), 1), most = MARK_MAX;

	if (s->joint)
		most = MIN(most, 150 / (int)s->m.n + MARK_MIN / 2);
	return MIN(MAX(2 * MARK_W / em, MARK_MIN), most);
}

int dx_mark_size(const struct docx *x)
{
	struct marks s = marks_of(x->a, x->d);

	return size_of(&s);
}

int dx_mark_height(const struct docx *x)
{
	struct marks s = marks_of(x->a, x->d);
	int lines = (int)s.m.n;

	for (size_t i = 0; s.stacked && i < s.m.n; i++)
		lines += dx_title_lines(x, stacked_text(x, &s, i)) - 1;
	return size_of(&s) * (s.joint ? 26 * lines : 22);
}

int dx_mark_at(const struct docx *x)
{
	return (x->d->head.form == FORM_ORDER ? ORDER_AT : MARK_AT) - x->mark_up +
		(x->d->grid == GRID_INK ? TW_INK_ABOVE : 0);
}

static void mark_lines(struct docx *x, const struct str *texts, size_t n, const char *props, int pt)
{
	dx_open(x, "Mark", props);
	buf_put(&x->body, S("<w:r><w:rPr>"));
	dx_face(&x->body, FACE_BLOCK, true);
	buf_printf(&x->body, "<w:color w:val=\"E60000\"/><w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/></w:rPr>", 2 * pt,
		2 * pt);
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_put(&x->body, S("<w:br/>"));
		if (pt == MARK_MIN)
			dx_title_text(x, texts[i]);
		else
			dx_run_text(x, texts[i]);
	}
	buf_put(&x->body, S("</w:r>"));
	dx_close(x);
}

static void mark_line(struct docx *x, struct str text, const char *props, int pt)
{
	mark_lines(x, &text, 1, props, pt);
}

/* Names of a joint mark below each other, all as wide as the widest; 文件 right of them: a table without rules. */
static void mark_joint(struct docx *x, const struct marks *s, int before)
{
	int pt = size_of(s), w = s->widest * pt * 10 + 40, we = s->end ? (s->end + 2) * pt * 10 : 0;

	buf_printf(&x->body,
		"<w:tbl><w:tblPr><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblLayout "
		"w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" "
		"w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w=\"%d\"/>",
		w + we, w);
	if (we)
		buf_printf(&x->body, "<w:gridCol w:w=\"%d\"/>", we);
	buf_printf(&x->body, "</w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr>", w);
	for (size_t i = 0; i < s->m.n; i++)
		mark_line(x, s->m.names[i],
			arena_printf(x->a, "<w:spacing w:before=\"%d\" w:line=\"%d\"/><w:jc w:val=\"distribute\"/>",
				i ? 0 : MAX(before - pt, 0), pt * 26)
				.p,
			pt);
	buf_put(&x->body, S("</w:tc>"));
	if (we) {
		buf_printf(&x->body,
			"<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>", we);
		mark_line(x, s->m.end,
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
	struct marks s = marks_of(x->a, x->d);
	int pt = size_of(&s);

	if (!x->d->head.mark.n)
		return;
	dx_name(x, "mark", 1);
	if (s.stacked) {
		s.m.names[s.m.n - 1] = stacked_text(x, &s, s.m.n - 1);
		mark_lines(x, s.m.names, s.m.n,
			arena_printf(
				x->a, "<w:spacing w:before=\"%d\" w:line=\"%d\"/>", MAX(before - pt, 0), pt * 26)
				.p,
			pt);
	} else if (s.joint)
		mark_joint(x, &s, before);
	else
		mark_line(x, s.m.names[0],
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
	struct str label = str_c(doc_say(x->d, N_("Signed by: ")));

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
				last ? RED_RULE : "", r ? left : left - dx_label(label, TW_CELL), left + w[0] + TW_CELL,
				r ? 0 : 2 * x->pitch, last ? x->after : 0, TW_CELL)
				.p);
		if (last)
			dx_text(x, h->number, FACE_BLOCK);
		for (size_t i = 2 * r; i < MIN(2 * r + 2, h->nsigners); i++) {
			dx_tab(x);
			dx_text(x, i ? STR_NONE : label, FACE_BLOCK);
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
			h->number.n ? 2 * x->pitch : 0, x->after)
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
	left_lines(x, x->after, h->number);
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
		left_lines(x, x->after, STR_NONE);
		break;
	}
}
