#include "doc/doc_lines.h"

#include <string.h>

struct lines {
	const struct doc *d;
	struct doc_line *p;
	size_t n, cap;
};

static void add(struct lines *l, const char *name, struct str text, struct str right)
{
	if (text.n || right.n)
		*ARENA_PUSH(l->d->arena, l->p, l->n, l->cap) = (struct doc_line){name, text, right};
}

struct doc_marks doc_marks(struct arena *a, struct str mark)
{
	struct doc_marks m = {0};
	size_t cap = 0, at;

	for (bool more = true; more;) {
		more = str_find(mark, S("、"), &at);
		*ARENA_PUSH(a, m.names, m.n, cap) = str_trim(more ? str_sub(mark, 0, at) : mark);
		if (more)
			mark = str_sub(mark, at + strlen("、"), mark.n);
	}
	if (m.n > 1 && str_ends(m.names[m.n - 1], S("文件")) && m.names[m.n - 1].n > strlen("文件")) {
		m.end = S("文件");
		m.names[m.n - 1].n -= m.end.n;
	}
	return m;
}

size_t doc_seals(size_t n, int64_t widest, int64_t mid, int64_t cell, int64_t *step)
{
	enum { A_ROW = 3, APART = 8, HALF = 4 }; /* cells: a seal of 42 mm, its half */
	size_t row = MIN(n, (size_t)A_ROW), rows;

	*step = MAX(widest + cell, APART * cell);
	while (row > 1 && mid - (int64_t)(row - 1) * *step < MAX(widest / 2, HALF * cell))
		row--;
	row = MAX(row, 1);
	rows = (n + row - 1) / row;
	return rows ? (n + rows - 1) / rows : 1;
}

const char *doc_gap(const struct doc *d)
{
	return doc_lang(d) == LANG_ZH ? "　" : "  ";
}

/* The mark as text: the names of a joint one with spaces between. */
static struct str mark_text(const struct doc *d)
{
	struct doc_marks m = doc_marks(d->arena, d->head.mark);
	struct str text = m.names[0];

	if (d->head.form == FORM_LETTER) /* 10.1: that of the office which leads */
		return text;
	for (size_t i = 1; i < m.n; i++)
		text = arena_printf(d->arena, STR_FMT "%s" STR_FMT, STR_ARG(text), doc_gap(d), STR_ARG(m.names[i]));
	return !m.end.n ? text
		: arena_printf(d->arena, STR_FMT "%s" STR_FMT, STR_ARG(text), doc_gap(d), STR_ARG(m.end));
}

static void head(struct lines *l)
{
	const struct doc_head *h = &l->d->head;
	CLEANUP(buf_free) struct buf signers = BUF_MAX(DOC_BYTES);

	for (size_t i = 0; i < h->nsigners; i++)
		buf_printf(&signers, "%s" STR_FMT, i ? doc_gap(l->d) : doc_say(l->d, N_("Signed by: ")),
			STR_ARG(h->signers[i]));
	if (h->form != FORM_LETTER) {
		add(l, "copy-no", h->copy_no, STR_NONE);
		add(l, "secrecy", h->secrecy, STR_NONE);
		add(l, "urgency", h->urgency, STR_NONE);
	}
	if (h->form == FORM_PLAIN)
		return;
	add(l, "mark", mark_text(l->d), STR_NONE);
	if (h->form == FORM_LETTER) {
		add(l, "letter-number", h->number, STR_NONE);
		add(l, "copy-no", h->copy_no, STR_NONE);
		add(l, "secrecy", h->secrecy, STR_NONE);
		add(l, "urgency", h->urgency, STR_NONE);
		return;
	}
	add(l, "number", h->number, h->form == FORM_ORDER ? STR_NONE : arena_str(l->d->arena, buf_str(&signers)));
}

static void annexes(struct lines *l)
{
	const struct doc *d = l->d;

	for (size_t i = 0; i < d->nannexes; i++)
		if (d->nannexes == 1)
			add(l, "annexes", arena_printf(d->arena, "%s" STR_FMT, doc_say(d, N_("Annex: ")),
				STR_ARG(d->annexes[i])), STR_NONE);
		else
			add(l, i ? "annexes more" : "annexes",
				arena_printf(d->arena, "%s%zu.%s" STR_FMT, i ? "" : doc_say(d, N_("Annex: ")), i + 1,
					doc_lang(d) == LANG_ZH ? "" : " ", STR_ARG(d->annexes[i])), STR_NONE);
}

size_t doc_attendance(const struct doc *d, struct doc_line out[3])
{
	const struct doc_line all[] = {{"present", str_c(doc_say(d, N_("Present: "))), d->present.present},
		{"absent", str_c(doc_say(d, N_("Absent: "))), d->present.absent},
		{"guests", str_c(doc_say(d, N_("In attendance: "))), d->present.guests}};
	size_t n = 0;

	for (size_t i = 0; i < LEN(all); i++)
		if (all[i].right.n)
			out[n++] = all[i];
	return n;
}

static void attendance(struct lines *l)
{
	struct doc_line who[3];
	size_t n = doc_attendance(l->d, who);

	for (size_t i = 0; i < n; i++)
		add(l, who[i].name,
			arena_printf(l->d->arena, STR_FMT STR_FMT, STR_ARG(who[i].text), STR_ARG(who[i].right)),
			STR_NONE);
}

static void sign(struct lines *l)
{
	const struct doc_sign *s = &l->d->sign;
	struct str first = s->nnames ? s->names[0] : STR_NONE;

	attendance(l);
	if (s->seal == SEAL_HAND && s->post.n)
		first = arena_printf(l->d->arena, STR_FMT "%s%s" STR_FMT, STR_ARG(s->post), doc_gap(l->d),
			doc_gap(l->d), STR_ARG(first));
	add(l, "name", first, STR_NONE);
	for (size_t i = 1; i < s->nnames; i++)
		add(l, "name", s->names[i], STR_NONE);
	add(l, "date", s->date, STR_NONE);
	add(l, "postscript", l->d->postscript, STR_NONE);
}

static void colophon(struct lines *l)
{
	const struct doc_colophon *c = &l->d->colophon;
	struct arena *a = l->d->arena;

	if (c->copies.n)
		add(l, "copies", arena_printf(a, "%s" STR_FMT, doc_say(l->d, N_("Copy to: ")),
			STR_ARG(doc_copies(l->d))), STR_NONE);
	add(l, "issuer", c->issuer, doc_issued(l->d));
	add(l, "code", l->d->code, STR_NONE);
}

struct str doc_copies(const struct doc *d)
{
	struct str copies = d->colophon.copies, stop = doc_lang(d) == LANG_ZH ? S("。") : S(".");

	return str_ends(copies, stop) ? copies
		: arena_printf(d->arena, STR_FMT STR_FMT, STR_ARG(copies), STR_ARG(stop));
}

struct str doc_issued(const struct doc *d)
{
	struct str date = d->colophon.date;

	return date.n ? arena_printf(d->arena, doc_say(d, N_("Issued " STR_FMT)), STR_ARG(date)) : STR_NONE;
}

size_t doc_lines(const struct doc *d, enum doc_part part, struct doc_line **out)
{
	static void (*const parts[])(struct lines * l) = {head, annexes, sign, colophon};
	struct lines l = {.d = d};

	parts[part](&l);
	*out = l.p;
	return l.n;
}

size_t doc_body_end(const struct doc *d)
{
	size_t i = 0;

	while (i < d->nblocks && d->blocks[i].kind != DOC_ANNEX)
		i++;
	return i;
}

struct covering {
	const struct doc_table *t;
	struct doc_cover *c;
};

/* May a merged cell spread over that one? Not where another has it, nor where a text stands that would be lost. */
static bool spare(const struct covering *x, size_t i)
{
	return x->c[i].owner == SIZE_MAX && !x->t->rows[i / x->t->ncols].cells[i % x->t->ncols].text.n;
}

static void spread(struct covering *x, size_t i)
{
	size_t ncols = x->t->ncols, row = i / ncols, heads = MIN(x->t->nheads, x->t->nrows), cols = 1, rows = 1;
	size_t max_rows = (row < heads ? heads : x->t->nrows) - row;
	const struct doc_cell *cell = &x->t->rows[row].cells[i % ncols];

	while ((int)cols < cell->cols && cols < ncols - i % ncols && spare(x, i + cols))
		cols++;
	for (bool free = true; free && (int)rows < cell->rows && rows < max_rows;) {
		for (size_t k = 0; k < cols; k++)
			free = free && spare(x, i + rows * ncols + k);
		rows += free;
	}
	for (size_t r = 0; r < rows; r++)
		for (size_t k = 0; k < cols; k++)
			x->c[i + r * ncols + k].owner = i;
	x->c[i].cols = (unsigned)cols;
	x->c[i].rows = (unsigned)rows;
}

struct doc_cover *doc_covers(struct arena *a, const struct doc_table *t)
{
	size_t all = t->nrows * t->ncols;
	struct covering x = {.t = t, .c = ARENA_ARRAY(a, struct doc_cover, all)};

	for (size_t i = 0; i < all; i++)
		x.c[i].owner = SIZE_MAX;
	for (size_t i = 0; i < all; i++)
		if (x.c[i].owner == SIZE_MAX)
			spread(&x, i);
	return x.c;
}
