#include "doc/doc.h"

struct doc *doc_new(struct arena *a, struct str title, struct str lang)
{
	struct doc *d = ARENA_NEW(a, struct doc);

	*d = (struct doc){.arena = a, .title = title, .lang = lang};
	return d;
}

struct doc_block *doc_block(struct doc *d, enum doc_kind kind, struct str id)
{
	struct doc_block *b = ARENA_PUSH(d->arena, d->blocks, d->nblocks, d->blocks_cap);

	b->kind = kind;
	b->id = id;
	return b;
}

void doc_run(struct doc *d, struct doc_block *b, struct doc_run run)
{
	if (run.text.n)
		*ARENA_PUSH(d->arena, b->runs, b->nruns, b->runs_cap) = run;
}

void doc_row(struct doc *d, struct doc_block *b, struct str id, struct str *cells)
{
	*ARENA_PUSH(d->arena, b->rows, b->nrows, b->rows_cap) = (struct doc_row){id, cells};
}

bool doc_in_annex(const struct doc *d, size_t block)
{
	return d->blocks[block].kind >= DOC_ANNEX;
}

void doc_text(const struct doc *d, struct buf *out)
{
	for (size_t i = 0; i < d->nblocks; i++) {
		if (doc_in_annex(d, i))
			continue;
		for (size_t k = 0; k < d->blocks[i].nruns; k++)
			buf_put(out, d->blocks[i].runs[k].text);
		buf_putc(out, '\n');
	}
}
