/* A document onto pages: a line a block, its first letter says which. Every character of every block is on some page,
 * and every item on its paper. */
#include "base/utf8.h"
#include "doc/layout.h"

#include <stdlib.h>

enum { ROWS_MAX = 400 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char letters[DOC_KINDS] = {[DOC_TITLE] = 't', [DOC_ADDRESSEE] = 'a', [DOC_H1] = '1', [DOC_H2] = '2',
	[DOC_H3] = '3', [DOC_H4] = '4', [DOC_BODY] = 'b', [DOC_NOTE] = 'n', [DOC_CAPTION] = 'c', [DOC_PICTURE] = 'p',
	[DOC_SOURCE] = 's', [DOC_ANNEX] = 'x', [DOC_ANNEX_H] = 'h'};

/* |^rc one|two: a row; rows and columns of a merged cell behind ^. */
static void row(struct doc *d, struct str s)
{
	struct doc_block *b = d->nblocks ? &d->blocks[d->nblocks - 1] : NULL;
	struct doc_cell *c;
	struct str part;

	if (!b || b->kind != DOC_TABLE) {
		b = doc_block(d, DOC_TABLE, STR_NONE);
		b->table = ARENA_NEW(d->arena, struct doc_table);
		for (size_t i = 0; i < s.n; i++)
			b->table->ncols += s.p[i] == '|';
		b->table->ncols = MIN(b->table->ncols + 1, (size_t)DOC_COLS + 1);
		b->table->nheads = 1;
	}
	if (b->table->nrows >= ROWS_MAX)
		return;
	c = doc_row(d, b->table, STR_NONE);
	for (size_t k = 0; k < b->table->ncols && str_cut(&s, S("|"), &part); k++) {
		if (part.n >= 3 && part.p[0] == '^') {
			c[k].rows = part.p[1] - '0';
			c[k].cols = part.p[2] - '0';
			part = str_sub(part, 3, part.n);
		}
		c[k].text = part;
	}
}

static void put(struct doc *d, char what, struct str s)
{
	struct doc_block *b;

	switch (what) {
	case '|':
		row(d, s);
		return;
	case 'F':
		d->head.form = (enum doc_form)(s.n ? (unsigned char)s.p[0] % FORMS : 0);
		d->head.mark = str_sub(s, 1, s.n);
		return;
	case 'N':
		d->head.number = s;
		return;
	case 'E':
		d->head.secrecy = d->head.urgency = s;
		return;
	case 'S':
		d->sign.seal = (enum doc_seal)(s.n ? (unsigned char)s.p[0] % 3 : 0);
		d->sign.date = str_sub(s, 1, s.n);
		d->sign.names = d->head.signers = d->annexes = d->keep = ARENA_NEW(d->arena, struct str);
		d->sign.names[0] = str_sub(s, 2, s.n);
		d->sign.nnames = d->head.nsigners = d->nannexes = d->nkeep = 1;
		return;
	case 'C':
		d->colophon.copies = d->colophon.issuer = s;
		return;
	case 'G':
		d->grid = GRID_BOX;
		return;
	default:
		break;
	}
	for (int k = 0; k < DOC_KINDS; k++)
		if (what && letters[k] == what) {
			b = doc_block(d, (enum doc_kind)k, STR_NONE);
			b->landscape = s.n && s.p[0] == 'l';
			doc_run(d, b, (struct doc_run){.text = s});
			if (k == DOC_PICTURE) {
				b->nruns = 0;
				b->picture = ARENA_NEW(d->arena, struct doc_picture);
				b->picture->png = s;
			}
			return;
		}
}

/* Characters that are seen; what a font has no width for stays out of both counts. */
static bool seen(uint32_t c)
{
	return c > ' ' && (c < 0x7F || c > 0xA0) && c != 0xAD && !(c >= 0x2000 && c <= 0x206F && c != 0x2014 && c != 0x2026) &&
		c != 0x3000 && !(c >= 0xFE00 && c <= 0xFE0F) && c != 0xFEFF && !(c >= 0xE0000 && c <= 0xE0FFF) && c != 0x1680;
}

static void laws(struct arena *a, const struct doc *d, const struct lay *l)
{
	size_t *on = ARENA_ARRAY(a, size_t, d->nblocks + 1);

	for (size_t p = 0; p < l->npages; p++)
		for (size_t i = 0; i < l->pages[p].n; i++) {
			const struct lay_item *it = &l->pages[p].items[i];

			if (it->block != SIZE_MAX && (it->y < 0 || it->y > l->pages[p].h))
				abort();
			for (size_t k = 0; k < it->nglyphs && it->block != SIZE_MAX; k++)
				on[it->block] += seen(it->glyphs[k].cp);
		}
	for (size_t i = 0; i < d->nblocks; i++) {
		struct str s = doc_block_text(d, &d->blocks[i]);

		for (size_t at = 0; at < s.n && !d->blocks[i].table;)
			on[i] -= seen(utf8_next(s, &at));
		if (on[i] && !d->blocks[i].table && d->blocks[i].kind != DOC_PICTURE)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct fonts *fonts;
	struct arena a = ARENA_INIT;
	struct err err = {.lang = LANG_EN};
	struct doc *d = doc_new(&a, S("t"), S("zh-CN"));
	struct str rest = {(const char *)data, size}, line;
	struct lay *l;

	if (!fonts && fonts_open(NULL, &fonts, &err) != OK)
		abort();
	while (str_cut(&rest, S("\n"), &line))
		if (line.n)
			put(d, line.p[0], str_sub(line, 1, line.n));
	if (doc_layout(&a, d, fonts, LANG_EN, &l, &err) == OK)
		laws(&a, d, l);
	arena_free(&a);
	return 0;
}
