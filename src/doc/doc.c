#include "doc/doc_lines.h"

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

struct doc_table *doc_table(struct doc *d, struct str id, size_t ncols)
{
	struct doc_block *b = doc_block(d, DOC_TABLE, id);

	b->table = ARENA_NEW(d->arena, struct doc_table);
	b->table->ncols = ncols;
	return b->table;
}

struct doc_cell *doc_row(struct doc *d, struct doc_table *t, struct str id)
{
	struct doc_row *r = ARENA_PUSH(d->arena, t->rows, t->nrows, t->rows_cap);

	r->id = id;
	r->cells = ARENA_ARRAY(d->arena, struct doc_cell, t->ncols);
	return r->cells;
}

enum lang doc_lang(const struct doc *d)
{
	return d->lang.n && !str_starts(d->lang, S("zh")) ? LANG_EN : LANG_ZH;
}

const char *doc_say(const struct doc *d, const char *text)
{
	return tr(doc_lang(d), text);
}

struct str doc_lang_mark(enum lang lang)
{
	return lang == LANG_ZH ? S("zh-CN") : S("en");
}

bool doc_is_address(struct str link)
{
	return str_starts(link, S("http://")) || str_starts(link, S("https://")) || str_starts(link, S("mailto:"));
}

bool doc_in_annex(const struct doc *d, size_t block)
{
	for (size_t i = 0; i <= block; i++)
		if (d->blocks[i].kind == DOC_ANNEX)
			return true;
	return false;
}

struct str doc_block_text(const struct doc *d, const struct doc_block *b)
{
	CLEANUP(buf_free) struct buf text = BUF_MAX(DOC_BYTES);

	for (size_t i = 0; i < b->nruns; i++)
		buf_put(&text, b->runs[i].text);
	return arena_str(d->arena, buf_str(&text));
}

static void text_table(const struct doc_table *t, struct buf *out)
{
	for (size_t i = 0; i < t->nrows; i++)
		for (size_t k = 0; k < t->ncols; k++) {
			struct str rest = t->rows[i].cells[k].text, line;

			for (bool first = true; str_cut(&rest, S("\n"), &line); first = false)
				buf_printf(out, "%s" STR_FMT, first ? "" : " ", STR_ARG(line));
			buf_putc(out, k + 1 < t->ncols ? '\t' : '\n');
		}
}

static void text_lines(const struct doc *d, enum doc_part part, struct buf *out)
{
	struct doc_line *l;
	size_t n = doc_lines(d, part, &l);

	for (size_t i = 0; i < n; i++) {
		buf_put(out, l[i].text);
		if (l[i].right.n)
			buf_putc(out, '\t');
		buf_put(out, l[i].right);
		buf_putc(out, '\n');
	}
}

void doc_text(const struct doc *d, struct buf *out)
{
	size_t end = doc_body_end(d);

	text_lines(d, PART_HEAD, out);
	for (size_t i = 0; i <= d->nblocks; i++) {
		const struct doc_block *b = &d->blocks[i];

		if (i == end) {
			text_lines(d, PART_ANNEXES, out);
			text_lines(d, PART_SIGN, out);
		}
		if (i == d->nblocks)
			break;
		if (b->table) {
			text_table(b->table, out);
			continue;
		}
		if (b->kind == DOC_PICTURE)
			continue;
		if (b->kind == DOC_ANNEX && b->number.n)
			buf_printf(out, STR_FMT "\n", STR_ARG(b->number));
		for (size_t k = 0; k < b->nruns; k++)
			buf_put(out, b->runs[k].text);
		buf_putc(out, '\n');
	}
	text_lines(d, PART_COLOPHON, out);
}
