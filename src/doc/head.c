/* The head of a document [P1]: what stands above the title on page 1. */
#include "doc/layout_in.h"

enum {
	MARK_MAX = 62 * NM_PT,
	MARK_MIN = SIZE_2,
	MARK_WIDTH = 150 * NM_MM,
	JOINT_HEIGHT = 70 * NM_MM, /* of all names of a joint mark */
	RULE_BELOW = 4 * NM_MM,
	RULE_LINE = NM_MM / 2,
	LETTER_RULE = 170 * NM_MM,
	LETTER_THICK = NM_MM,
	LETTER_THIN = 35 * NM_MM / 100,
	LETTER_STEP = 12 * NM_MM / 10,
	LETTER_FOOT = 20 * NM_MM
};

struct heading {
	struct laying *l;
	const struct doc_head *h;
	bool draw;
	int32_t y; /* what stands so far ends here, from the top of the type area */
	bool over; /* something was left out: the page ended */
};

static void at_row(struct heading *h, const struct seg *s, int k)
{
	int32_t top = row_top(h->l, MIN(k, GRID_ROWS));

	if (k >= GRID_ROWS) {
		h->over = true;
		return;
	}
	h->y = MAX(h->y, top + SIZE_3);
	if (h->draw)
		emit_seg(h->l, s,
			&(struct emit_at){
				.block = SIZE_MAX, .x = TYPE_X, .y = TYPE_Y + top + baseline(SIZE_3), .rgb = BLACK});
}

static struct seg one(struct laying *l, struct str s, enum doc_face face, enum lay_role role)
{
	return seg_tight(l, text_of(l, s, face, SIZE_3), role);
}

/* 份号, 密级, 紧急程度 from row k on; the row below them. */
static int left_lines(struct heading *h, int k)
{
	const struct doc_head *d = h->h;
	const struct str texts[] = {d->copy_no, d->secrecy, d->urgency};
	static const enum doc_face faces[] = {FACE_FANG, FACE_HEI, FACE_HEI};
	static const enum lay_role roles[] = {ROLE_COPY_NO, ROLE_SECRECY, ROLE_URGENCY};

	for (size_t i = 0; i < LEN(texts); i++)
		if (texts[i].n) {
			struct seg s = one(h->l, texts[i], faces[i], roles[i]);

			at_row(h, &s, k++);
		}
	return k;
}

/* A name centred from row *k of the mark on, broken like a title where it is too wide. */
static void mark_lines(struct heading *h, struct str text, int32_t size, int32_t top, size_t *k)
{
	struct laying *l = h->l;
	struct text t = text_of(l, text, FACE_BIAO, size);
	struct line *lines;
	size_t n = lines_title(l->a, t.atoms, t.n, TYPE_W, &lines);

	for (size_t i = 0; i < n; i++, ++*k) {
		struct seg s = {.atoms = t.atoms, .line = &lines[i], .role = ROLE_MARK};
		int32_t y = top + (int32_t)MIN(*k, (size_t)GRID_ROWS) * lead_of(size);

		h->over = h->over || y + size > TYPE_H;
		if (h->over)
			break;
		if (h->draw)
			emit_seg(l, &s,
				&(struct emit_at){
					.block = SIZE_MAX, .x = TYPE_X, .y = TYPE_Y + y + baseline(size), .rgb = RED});
		h->y = y + size;
	}
}

/* One name, as large as fits; of several lines where even the smallest is too wide. */
static void mark_single(struct heading *h, struct str text, int32_t top)
{
	int32_t w = text_width(text_of(h->l, text, FACE_BIAO, MARK_MAX)), size = MARK_MAX;
	size_t k = 0;

	if (w > MARK_WIDTH)
		size = MAX((int32_t)((int64_t)MARK_MAX * MARK_WIDTH / w), MARK_MIN);
	mark_lines(h, text, size, top, &k);
}

/* A text spread from x on over a width. */
static void spread(struct heading *h, struct str text, int32_t size, int32_t x, int32_t width, int32_t y)
{
	struct laying *l = h->l;
	struct text t = text_of(l, text, FACE_BIAO, size);
	struct line *line = ARENA_NEW(l->a, struct line);
	struct seg s = {.atoms = t.atoms, .line = line, .role = ROLE_MARK};
	int32_t over = MAX(width - text_width(t), 0), at = x;

	*line = (struct line){.to = t.n, .x = ARENA_ARRAY(l->a, int32_t, t.n), .used = x + width};
	for (size_t i = 0; i < t.n; i++) {
		line->x[i] = at + (t.n > 1 ? (int32_t)((int64_t)over * (int64_t)i / (int64_t)(t.n - 1)) : over / 2);
		at += t.atoms[i].width;
	}
	if (h->draw)
		emit_seg(l, &s,
			&(struct emit_at){
				.block = SIZE_MAX, .x = TYPE_X, .y = TYPE_Y + y + baseline(size), .rgb = RED});
}

/* [P1] Names below each other, all as wide as the widest; 文件 right of them, in the middle of their height. */
static bool mark_joint(struct heading *h, const struct doc_marks *m, int32_t top)
{
	struct laying *l = h->l;
	int64_t widest = 0, all, end = m->end.n ? text_width(text_of(l, m->end, FACE_BIAO, MARK_MAX)) : 0;
	int32_t gap = m->end.n ? CELL : 0, size, x;

	for (size_t i = 0; i < m->n; i++)
		widest = MAX(widest, text_width(text_of(l, m->names[i], FACE_BIAO, MARK_MAX)));
	size = (int32_t)MIN(MARK_MAX, MARK_MAX * (int64_t)(MARK_WIDTH - gap) / MAX(widest + end, 1));
	size = MAX((int32_t)MIN(size, JOINT_HEIGHT * 10LL / 13 / (int64_t)m->n), MARK_MIN);
	widest = widest * size / MARK_MAX + NM_MM / 100;
	end = end * size / MARK_MAX;
	all = widest + gap + end;
	if (all > TYPE_W || top + (int64_t)(m->n - 1) * lead_of(size) + size > TYPE_H)
		return false;
	x = (int32_t)(TYPE_W - all) / 2;
	for (size_t i = 0; i < m->n; i++)
		spread(h, m->names[i], size, x, (int32_t)widest, top + (int32_t)i * lead_of(size));
	h->y = top + (int32_t)(m->n - 1) * lead_of(size) + size;
	if (m->end.n)
		spread(h, m->end, size, x + (int32_t)widest + gap, (int32_t)end, (top + h->y - size) / 2);
	return true;
}

static void mark(struct heading *h, int32_t top)
{
	struct doc_marks m = doc_marks(h->l->a, h->h->mark);
	size_t k = 0;

	h->y = MAX(h->y, top);
	if (!h->h->mark.n)
		return;
	if (h->h->form == FORM_LETTER || m.n == 1) { /* 10.1: a letter has that of the office which leads */
		mark_single(h, m.names[0], top);
		return;
	}
	if (mark_joint(h, &m, top))
		return;
	for (size_t i = 0; i < m.n; i++) /* too wide beside 文件: each office by itself, never two on a line */
		mark_lines(h,
			i + 1 < m.n ? m.names[i]
				    : arena_printf(h->l->a, STR_FMT STR_FMT, STR_ARG(m.names[i]), STR_ARG(m.end)),
			MARK_MIN, top, &k);
}

static void rule(struct heading *h, int32_t x, int32_t w, int32_t y, int32_t line)
{
	if (h->draw)
		emit_rule(h->l, 0, ROLE_HEAD_RULE, x, y, x + w, y, line, RED);
}

/* 签发人 and the number on the row of the last two. */
static void signers(struct heading *h, int k)
{
	struct laying *l = h->l;
	const struct doc_head *d = h->h;
	struct seg label = one(l, str_c(doc_say(l->d, N_("Signed by: "))), FACE_FANG, ROLE_SIGNER), number;
	int32_t w[2] = {0, 0}, left, label_w = 4 * CELL;
	struct seg *names = ARENA_ARRAY(l->a, struct seg, d->nsigners);

	for (size_t i = 0; i < d->nsigners; i++) {
		names[i] = one(l, d->signers[i], FACE_KAI, ROLE_SIGNER);
		w[i & 1] = MAX(w[i & 1], names[i].line->used);
	}
	if (doc_lang(l->d) != LANG_ZH)
		label_w = label.line->used + CELL / 2;
	left = TYPE_W - CELL - w[0] - (d->nsigners > 1 ? CELL + w[1] : 0);
	label.dx = left - label_w;
	at_row(h, &label, k);
	for (size_t i = 0; i < d->nsigners; i++) {
		names[i].dx = left + (i & 1 ? w[0] + CELL : 0);
		if (i == d->nsigners - 1 - (d->nsigners - 1) % 2 &&
			d->number.n) { /* in reading order the number goes first */
			number = one(l, d->number, FACE_FANG, ROLE_NUMBER);
			number.dx = CELL;
			at_row(h, &number, k + (int)(i / 2));
		}
		at_row(h, &names[i], k + (int)(i / 2));
	}
}

static void number_line(struct heading *h, int k)
{
	struct seg s = one(h->l, h->h->number, FACE_FANG, ROLE_NUMBER);

	s.dx = (GRID_COLS * CELL - s.line->used) / 2;
	at_row(h, &s, k);
}

static void red(struct heading *h)
{
	struct laying *l = h->l;

	left_lines(h, 0);
	mark(h, l->mark_at);
	if (h->h->nsigners)
		signers(h, row_below(l, h->y) + 2);
	else if (h->h->number.n)
		number_line(h, row_below(l, h->y) + 2);
	rule(h, TYPE_X, TYPE_W, TYPE_Y + h->y + RULE_BELOW, RULE_LINE);
	h->y += RULE_BELOW + RULE_LINE / 2;
}

static void order(struct heading *h)
{
	left_lines(h, 0);
	mark(h, h->l->mark_at);
	if (h->h->number.n)
		number_line(h, row_below(h->l, h->y) + 2);
}

static void letter(struct heading *h)
{
	struct laying *l = h->l;
	int32_t y, x = (PAGE_W - LETTER_RULE) / 2;
	int k;

	mark(h, h->l->mark_at);
	y = TYPE_Y + h->y + RULE_BELOW;
	rule(h, x, LETTER_RULE, y, LETTER_THICK);
	rule(h, x, LETTER_RULE, y + LETTER_STEP, LETTER_THIN);
	h->y += RULE_BELOW + LETTER_STEP + LETTER_THIN / 2;
	k = row_below(l, h->y);
	if (h->h->number.n) {
		struct seg s = one(l, h->h->number, FACE_FANG, ROLE_NUMBER);

		s.dx = GRID_COLS * CELL - s.line->used;
		at_row(h, &s, k);
	}
	left_lines(h, k);
	rule(h, x, LETTER_RULE, PAGE_H - LETTER_FOOT - LETTER_STEP, LETTER_THIN);
	rule(h, x, LETTER_RULE, PAGE_H - LETTER_FOOT, LETTER_THICK);
}

void head_lay(struct laying *l, bool draw)
{
	struct heading h = {.l = l, .h = &l->d->head, .draw = draw};

	switch (l->d->head.form) {
	case FORM_RED:
	case FORM_MINUTES:
		red(&h);
		break;
	case FORM_ORDER:
		order(&h);
		break;
	case FORM_LETTER:
		letter(&h);
		break;
	default:
		left_lines(&h, 0);
		break;
	}
	l->start = h.y;
	if (draw && h.over)
		lay_warn(l, SIZE_MAX,
			str_c(tr(l->lang,
				"the head of the document is higher than its page: the rest of it is left out")));
}
