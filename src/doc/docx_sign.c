/* What stands below the body of a DOCX: names of annexes, signature, date [P5 to P7]. */
#include "doc/doc_lines.h"
#include "doc/docx_in.h"

static const char *ind(struct docx *x, const char *which, int twips)
{
	return arena_printf(x->a, "<w:ind w:%s=\"%d\"/>", which, MAX(twips, 0)).p;
}

bool dx_signed(const struct doc *d)
{
	struct doc_line who[3];

	return d->nannexes || doc_attendance(d, who) || d->sign.nnames || d->sign.date.n || d->sign.post.n;
}

/* Rows that the signature takes, with the free ones above it. */
static int sign_rows(const struct docx *x)
{
	const struct doc_sign *s = &x->d->sign;
	int64_t step;
	int mid, n = (int)s->nnames, row;

	if (s->seal == SEAL_HAND)
		return 3 + MAX(n, 1) + 1;
	if (s->seal != SEAL_STAMP)
		return 1 + n + 1;
	row = (int)dx_stamps(s, &mid, &step);
	n = (n + row - 1) / row;
	return 2 + n + 4 * MAX(n - 1, 0) + 1;
}

/* Does the list of annexes go on one page with the signature and two lines of body? [P6] */
static bool annexes_held(const struct docx *x, int left)
{
	int rows = 2 + 1 + sign_rows(x);

	for (size_t i = 0; i < x->d->nannexes; i++)
		rows += MAX(dx_width(x->d->annexes[i]) - 1, 0) / (TW_TYPE - left) + 1;
	return rows <= GRID_ROWS;
}

void dx_annexes(struct docx *x)
{
	const struct doc *d = x->d;
	int number = d->nannexes > 1 ? d->nannexes > 9 ? 2 : 1 : 0;
	int label = dx_label(str_c(doc_say(d, N_("Annex: "))), TW_CELL);
	int left = 2 * TW_CELL + label + number * TW_CELL;
	bool signs = d->sign.nnames || d->sign.date.n, held = annexes_held(x, left);

	for (size_t i = 0; i < d->nannexes; i++) {
		dx_name(x, "annexes", i + 1);
		dx_open(x, "AnnexList",
			arena_printf(x->a, "%s<w:spacing w:before=\"%d\"/><w:ind w:left=\"%d\" w:hanging=\"%d\"/>",
				signs && (held || i + 1 == d->nannexes) ? "<w:keepNext/>" : "", i ? 0 : x->pitch, left,
				number * TW_CELL + (i ? 0 : label))
				.p);
		dx_text(x, dx_annex_line(x->a, d, i), FACE_BLOCK);
		dx_close(x);
	}
}

static void present(struct docx *x)
{
	struct doc_line who[3];
	size_t n = doc_attendance(x->d, who);

	for (size_t i = 0; i < n; i++) {
		dx_name(x, who[i].name, 1);
		dx_open(x, "AnnexList",
			arena_printf(x->a, "<w:spacing w:before=\"%d\"/><w:ind w:left=\"%d\" w:hanging=\"%d\"/>",
				i ? 0 : x->pitch, 2 * TW_CELL + dx_label(who[i].text, TW_CELL),
				dx_label(who[i].text, TW_CELL))
				.p);
		dx_text(x, who[i].text, FACE_HEI);
		dx_text(x, who[i].right, FACE_BLOCK);
		dx_close(x);
	}
}

/* A line of the signature, the nth (from 0). */
static void name(struct docx *x, size_t nth, const char *keep, int rows, int right, struct str text)
{
	dx_name(x, "signature", nth + 1);
	dx_line(x, "Signature",
		arena_printf(x->a, "%s<w:spacing w:before=\"%d\"/>%s", keep, rows * x->pitch, ind(x, "right", right)).p,
		text);
}

static void date(struct docx *x, int rows, int right)
{
	if (!x->d->sign.date.n)
		return;
	dx_name(x, "date", 1);
	dx_line(x, "Date",
		arena_printf(x->a, "<w:spacing w:before=\"%d\"/>%s", rows * x->pitch, ind(x, "right", right)).p,
		x->d->sign.date);
}

static void sign_plain(struct docx *x, const struct doc_sign *s)
{
	int date_w = dx_width(s->date), last = s->nnames ? dx_width(s->names[s->nnames - 1]) : 0;
	bool longer = date_w > last;

	for (size_t i = 0; i < s->nnames; i++)
		name(x, i, s->date.n || i + 1 < s->nnames ? "<w:keepNext/>" : "", i == 0,
			i + 1 == s->nnames && longer && s->date.n ? 4 * TW_CELL + date_w - last : 2 * TW_CELL,
			s->names[i]);
	date(x, !s->nnames, longer ? 2 * TW_CELL : MAX(last - date_w, 0));
}

struct stamp {
	int rows; /* free above */
	int mid, step; /* middle of the last, from the left; how far apart they are */
};

/* Names beside each other, each over its own seal; the row is the nth (from 0). */
static void stamp_row(struct docx *x, size_t nth, const struct str *names, size_t n, const struct stamp *at)
{
	CLEANUP(buf_free) struct buf tabs = BUF_MAX(4096);

	if (n == 1) {
		name(x, nth, "<w:keepNext/>", at->rows, TW_TYPE - at->mid - dx_width(names[0]) / 2, names[0]);
		return;
	}
	for (size_t i = 0; i < n; i++)
		buf_printf(&tabs, "<w:tab w:val=\"center\" w:pos=\"%d\"/>", at->mid - (int)(n - 1 - i) * at->step);
	dx_name(x, "signature", nth + 1);
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

size_t dx_stamps(const struct doc_sign *s, int *mid, int64_t *step)
{
	int widest = 0;

	for (size_t i = 0; i < s->nnames; i++)
		widest = MAX(widest, dx_width(s->names[i]));
	*mid = MAX(4 * TW_CELL + dx_width(s->date) / 2, MIN(widest, TW_TYPE) / 2);
	return doc_seals(s->nnames, widest, TW_TYPE - *mid, TW_CELL, step);
}

static void sign_stamp(struct docx *x, const struct doc_sign *s)
{
	int mid;
	int64_t step;
	size_t row = dx_stamps(s, &mid, &step);

	for (size_t i = 0; i < s->nnames; i += row)
		stamp_row(x, i / row, &s->names[i], MIN(row, s->nnames - i),
			&(struct stamp){i ? 4 : 2, TW_TYPE - mid, (int)step});
	date(x, 0, mid - dx_width(s->date) / 2);
}

static void sign_hand(struct docx *x, const struct doc_sign *s)
{
	struct str person = s->nnames ? s->names[0] : S("　　　　");

	name(x, 0, "<w:keepNext/>", 2, 4 * TW_CELL, dx_post_line(x->a, x->d));
	for (size_t i = 1; i < s->nnames; i++)
		name(x, i, "<w:keepNext/>", 0, 4 * TW_CELL + dx_width(person) - dx_width(s->names[i]), s->names[i]);
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
	if (x->d->postscript.n) {
		dx_name(x, "postscript", 1);
		dx_line(x, "Postscript", "", x->d->postscript);
	}
}
