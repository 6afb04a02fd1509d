/* Page one shows body [P3]: a DOCX has nothing that says so. What stands above the body is reckoned, without fonts, and
 * the free rows are written that leave room for a line of it. */
#include "base/utf8.h"
#include "doc/docx_in.h"

enum { ROWS = 22, CELLS = 28, BORDER = 110, MARK_STEP = 284, MARK_MOST = 5, PITCH_NM = 10389306 };
#define EM_ABOVE(size) ((int64_t)(size) * 88 / 100) /* from the top of an em box to its baseline */

/* Rows of the grid that a text takes. */
static int rows_of(struct str text)
{
	int half = 0;

	for (size_t at = 0; at < text.n;)
		half += utf8_next(text, &at) < 0x80 ? 1 : 2;
	return MAX((half + 2 * CELLS - 1) / (2 * CELLS), 1);
}

/* Where the title begins, with so many free rows above it. */
static int head_height(const struct docx *x)
{
	const struct doc_head *h = &x->d->head;
	int n = (h->copy_no.n > 0) + (h->secrecy.n > 0) + (h->urgency.n > 0), free = x->after;
	int number = h->nsigners ? (int)(h->nsigners + 1) / 2 : 1, mark, pt = dx_mark_size(x), rule = BORDER;

	switch (h->form) {
	case FORM_RED:
	case FORM_MINUTES:
	case FORM_ORDER:
		mark = MAX(dx_mark_at(x) - n * x->pitch - pt, 0);
		if (h->form == FORM_ORDER) {
			number = 1;
			rule = 0;
		}
		return n * x->pitch + (h->mark.n ? mark + dx_mark_height(x) : 0) +
			(h->number.n || h->nsigners ? 2 * x->pitch : 0) + number * x->pitch + rule + free;
	case FORM_LETTER:
		n = MAX(n, h->number.n > 0);
		break;
	default:
		break;
	}
	return n ? n * x->pitch + free : 0;
}

/* What stands above the first block that shows body; that block's place, or how many blocks there are. */
static size_t above_body(struct docx *x, int *y)
{
	const struct doc *d = x->d;
	size_t i = 0;

	*y = head_height(x);
	for (; i < d->nblocks && (d->blocks[i].kind == DOC_TITLE || d->blocks[i].kind == DOC_ADDRESSEE); i++) {
		struct str text = doc_block_text(d, &d->blocks[i]);

		*y += d->blocks[i].kind == DOC_TITLE ? (dx_title_lines(x, text) + x->below) * x->pitch
						      : rows_of(text) * x->pitch;
	}
	return i;
}

/* Free rows above the title are given up, then the one below it, then room above the mark. */
static bool give_up(struct docx *x)
{
	bool marked = x->d->head.form == FORM_RED || x->d->head.form == FORM_MINUTES || x->d->head.form == FORM_ORDER;

	if (x->above)
		x->above--;
	else if (x->below)
		x->below--;
	else if (marked && x->mark_up < MARK_MOST * MARK_STEP)
		x->mark_up += MARK_STEP;
	else
		return false;
	return true;
}

/* The row of the grid that the title begins on, by the layout; -1: there is no title there. */
static int title_row(const struct docx *x)
{
	const struct lay_page *p = &x->lay->pages[0];
	int64_t pitch = x->d->grid == GRID_BOX ? TYPE_H / GRID_ROWS : PITCH_NM;

	for (size_t i = 0; x->lay->npages && i < p->n; i++)
		if (p->items[i].role == ROLE_TITLE)
			return (int)((p->items[i].y - EM_ABOVE(p->items[i].size) - TYPE_Y + NM_MM) / pitch);
	return -1;
}

/* As on paper: the title on its row, whatever the head's rows add up to here. */
static void as_laid(struct docx *x)
{
	int row = x->d->head.form == FORM_LETTER ? -1 : title_row(x); /* its mark stands in a frame */

	x->below = x->lay->freed < 3;
	x->mark_up = tw(x->lay->mark_up);
	x->after = 0;
	x->after = row < 0 ? (2 - MIN(x->lay->freed, 2)) * x->pitch : MAX(row * x->pitch - head_height(x), 0);
}

void dx_first_page(struct docx *x)
{
	int y;
	size_t i;

	if (x->lay) {
		as_laid(x);
		return;
	}
	x->above = 2;
	x->below = 1;
	do {
		x->after = x->above * x->pitch;
		i = above_body(x, &y);
		if (i == x->d->nblocks || x->d->blocks[i].kind == DOC_ANNEX || y + x->pitch <= ROWS * x->pitch)
			return;
	} while (give_up(x));
	x->above = 2; /* in vain */
	x->after = 2 * x->pitch;
	x->below = 1;
	x->mark_up = 0;
}
