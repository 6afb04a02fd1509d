/* The blocks of a document as entries: paragraphs broken into lines, free rows, tables, pictures. */
#include "doc/layout_in.h"

enum { HEADING_LINES = 3 /* a longer one is a paragraph whose heading runs in [P4] */, GAP = NM_MM, APART = 4 * NM_MM };

/* How a kind of paragraph is set: ch. 2, L1. */
struct manner {
	enum lay_role role;
	enum doc_face face;
	int32_t size;
	int indent; /* cells, of the first line; -1: off the grid */
	bool heading;
};
static const struct manner manners[DOC_KINDS] = {
	[DOC_ADDRESSEE] = {ROLE_ADDRESSEE, FACE_FANG, SIZE_3, 0, false},
	[DOC_H1] = {ROLE_H1, FACE_HEI, SIZE_3, 2, true},
	[DOC_H2] = {ROLE_H2, FACE_KAI, SIZE_3, 2, true},
	[DOC_H3] = {ROLE_H3, FACE_FANG, SIZE_3, 2, true},
	[DOC_H4] = {ROLE_H4, FACE_FANG, SIZE_3, 2, true},
	[DOC_BODY] = {ROLE_BODY, FACE_FANG, SIZE_3, 2, false},
	[DOC_NOTE] = {ROLE_NOTE, FACE_FANG, SIZE_5, -1, false},
	[DOC_CAPTION] = {ROLE_CAPTION, FACE_HEI, SIZE_S4, -1, true},
	[DOC_SOURCE] = {ROLE_SOURCE, FACE_FANG, SIZE_5, -1, false},
	[DOC_ANNEX_H] = {ROLE_ANNEX_H, FACE_HEI, SIZE_3, 2, true},
};

struct entry *entry_add(struct laying *l, enum entry_kind kind, size_t block)
{
	struct entry *e = ARENA_PUSH(l->a, l->entries, l->n, l->cap);

	e->kind = kind;
	e->block = block;
	return e;
}

void entries_free(struct laying *l, int n, bool stay, bool firm)
{
	while (n-- > 0) {
		struct entry *e = entry_add(l, ENTRY_FREE, SIZE_MAX);

		e->stay = stay;
		e->firm = firm;
	}
}

struct entry *entry_line(struct laying *l, size_t block, int32_t size, struct seg seg)
{
	struct entry *e = entry_add(l, ENTRY_LINE, block);

	e->size = size;
	e->seg = seg;
	return e;
}

struct flow {
	struct laying *l;
	size_t keep; /* lines of what follows that stay with what was put last: under a heading */
	bool titled; /* a free row below the title is still owed */
	bool small; /* what was put last is off the grid */
};

/* The text's own lines, centred: captions. */
static void centre(const struct laying *l, struct seg *s)
{
	s->dx = (l->paper.tw - s->line->used) / 2;
}

static void put_paragraph(struct flow *f, size_t block, struct text t, const struct manner *m)
{
	struct laying *l = f->l;
	bool grid = m->indent >= 0, heading;
	struct line_opt opt = {.width = grid ? l->paper.cols * CELL : l->paper.tw,
		.first = grid ? m->indent * CELL : 0,
		.cell = grid ? CELL : 0,
		.ragged = !grid};
	struct line *lines;
	size_t n = text_lines(l, t, &opt, &lines);

	heading = m->heading && n <= HEADING_LINES;
	for (size_t i = 0; i < n; i++) {
		struct seg seg = {.atoms = t.atoms, .line = &lines[i], .runs = t.runs, .role = m->role};
		struct entry *e = entry_line(l, block, m->size, seg);

		e->first = i == 0;
		e->stay = i < f->keep || (heading && i > 0) || (n >= 3 && i == n - 1);
		e->body = m->role == ROLE_BODY || (m->role >= ROLE_H1 && m->role <= ROLE_H4);
		if (grid)
			continue;
		e->kind = ENTRY_SMALL;
		e->height = lead_of(m->size);
		e->before = i > 0 ? 0 : m->role == ROLE_CAPTION && !f->keep ? APART : GAP;
		e->stay = e->stay || (i == 0 && m->role == ROLE_SOURCE && f->small);
		if (m->role == ROLE_CAPTION)
			centre(l, &e->seg);
	}
	f->keep = heading ? 2 : 0;
	f->small = !grid;
}

static void put_title(struct flow *f, size_t block, enum lay_role role)
{
	struct laying *l = f->l;
	const struct doc_block *b = &l->d->blocks[block];
	struct text t = text_of_runs(l, b->runs, b->nruns, FACE_BIAO, SIZE_2);
	struct line *lines;
	size_t n = lines_title(l->a, t.atoms, t.n, l->paper.tw, &lines);

	for (size_t i = 0; i < n; i++) {
		struct entry *e = entry_line(l, block, SIZE_2,
			(struct seg){.atoms = t.atoms, .line = &lines[i], .runs = t.runs, .role = role});

		e->first = i == 0 && role == ROLE_TITLE;
		e->stay = i > 0 || role == ROLE_ANNEX_TITLE;
		l->lay->lines[lines[i].why]++;
	}
	f->titled = true;
	f->small = false;
}

static void put_annex(struct flow *f, size_t block)
{
	struct laying *l = f->l;
	const struct doc_block *b = &l->d->blocks[block];
	struct entry *e = entry_add(l, ENTRY_PAGE, block);

	e->landscape = b->landscape;
	l->paper = paper_of(b->landscape);
	f->keep = 0;
	if (b->number.n) {
		struct text t = text_of(l, b->number, FACE_HEI, SIZE_3);

		e = entry_line(l, block, SIZE_3, seg_line(l, t, CELL, ROLE_ANNEX_NUMBER));
		e->first = true;
		entries_free(l, 1, true, true);
	}
	put_title(f, block, ROLE_ANNEX_TITLE);
	f->l->entries[f->l->n - 1].first |= !b->number.n;
}

static enum err_code put_table(struct flow *f, size_t block)
{
	size_t from = f->l->n;

	TRY(table_build(f->l, block, f->keep > 0));
	if (f->l->n > from) {
		f->l->entries[from].before = f->keep ? GAP : APART;
		f->keep = 0;
		f->small = true;
	}
	return OK;
}

/* The caption of a picture goes below it [B5]. */
static enum err_code put_picture(struct flow *f, size_t block, size_t caption)
{
	struct laying *l = f->l;
	size_t from = l->n;

	TRY(picture_build(l, block, f->keep > 0));
	if (l->n > from)
		l->entries[from].before = APART; /* its caption goes below it */
	f->small = true;
	f->keep = 0;
	if (caption != SIZE_MAX) {
		const struct doc_block *b = &l->d->blocks[caption];

		f->keep = DOC_PAGES;
		put_paragraph(f, caption, text_of_runs(l, b->runs, b->nruns, FACE_HEI, SIZE_S4), &manners[DOC_CAPTION]);
		f->keep = 0;
	}
	return OK;
}

static enum err_code put_block(struct flow *f, size_t i)
{
	struct laying *l = f->l;
	const struct doc_block *b = &l->d->blocks[i];
	const struct manner *m = &manners[b->kind];

	if (f->titled && b->kind != DOC_TITLE) {
		f->titled = false;
		entries_free(l, 1, false, false); /* 7.3.2 */
	}
	switch (b->kind) {
	case DOC_TITLE:
		put_title(f, i, ROLE_TITLE);
		return OK;
	case DOC_ANNEX:
		f->titled = false;
		put_annex(f, i);
		return OK;
	case DOC_TABLE:
		return put_table(f, i);
	case DOC_PICTURE:
		return put_picture(f, i, i && b[-1].kind == DOC_CAPTION ? i - 1 : SIZE_MAX);
	case DOC_CAPTION:
		if (i + 1 < l->d->nblocks && b[1].kind == DOC_PICTURE)
			return OK;
		break;
	default:
		break;
	}
	put_paragraph(f, i, text_of_runs(l, b->runs, b->nruns, m->face, m->size), m);
	return OK;
}

enum err_code flow_build(struct laying *l)
{
	struct flow f = {.l = l};
	size_t i = 0;

	l->paper = paper_of(false);
	for (; i < l->d->nblocks && l->d->blocks[i].kind != DOC_ANNEX; i++)
		TRY(put_block(&f, i));
	flow_annexes(l);
	flow_present(l);
	flow_sign(l);
	for (; i < l->d->nblocks; i++)
		TRY(put_block(&f, i));
	return OK;
}
