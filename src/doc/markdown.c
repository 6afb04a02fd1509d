#include "doc/doc_lines.h"

static bool special(char c)
{
	return c && strchr("\\`*_[]<>|&~", c);
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What would make a heading, a list or a rule of the paragraph's beginning. */
static bool special_at_start(struct str line, size_t at)
{
	size_t i = 0;

	if (at == 0)
		return strchr("#+-=", line.p[0]) != NULL;
	while (i < line.n && digit(line.p[i]))
		i++;
	return i && at == i && (line.p[at] == '.' || line.p[at] == ')') && (at + 1 == line.n || line.p[at + 1] == ' ');
}

/* start: the text begins a paragraph. */
static void escape(struct buf *out, struct str line, bool start)
{
	for (size_t i = 0; i < line.n; i++) {
		if (special(line.p[i]) || (start && special_at_start(line, i)))
			buf_putc(out, '\\');
		buf_putc(out, line.p[i] == '\n' || line.p[i] == '\t' ? ' ' : line.p[i]);
	}
}

static void paragraph(struct buf *out, const char *before, struct str text)
{
	buf_printf(out, "%s%s", out->n ? "\n" : "", before);
	escape(out, text, !*before);
	buf_putc(out, '\n');
}

static void around(const struct doc *d, enum doc_part part, struct buf *out)
{
	struct doc_line *l;
	size_t n = doc_lines(d, part, &l);

	for (size_t i = 0; i < n; i++)
		paragraph(out, "",
			l[i].text.n && l[i].right.n
				? arena_printf(d->arena, STR_FMT "%s" STR_FMT, STR_ARG(l[i].text), doc_gap(d),
					STR_ARG(l[i].right))
				: l[i].text.n ? l[i].text
					      : l[i].right);
}

/* ---- tables: one head row, as GitHub wants it; merged cells stand where they begin ---- */

static void cell_text(struct buf *out, struct str text)
{
	struct str line;

	for (bool first = true; str_cut(&text, S("\n"), &line); first = false) {
		if (!first)
			buf_put(out, S("<br>"));
		escape(out, line, false);
	}
}

/* Row [from, to) of the table as one: rows of the head are put together. */
static void row_put(const struct doc_table *t, const struct doc_cover *cover, size_t from, size_t to, struct buf *out)
{
	buf_putc(out, '|');
	for (size_t k = 0; k < t->ncols; k++) {
		bool any = false;

		buf_putc(out, ' ');
		for (size_t i = from; i < to; i++) {
			const struct doc_cell *c = &t->rows[i].cells[k];

			if (cover[i * t->ncols + k].owner != i * t->ncols + k || !c->text.n)
				continue;
			if (any)
				buf_put(out, S("<br>"));
			cell_text(out, c->text);
			any = true;
		}
		buf_put(out, S(" |"));
	}
	buf_putc(out, '\n');
}

static void table(const struct doc *d, const struct doc_table *t, struct buf *out)
{
	static const char *const rules[] = {" --- |", " :--- |", " :---: |", " ---: |"};
	const struct doc_cover *cover;

	if (!t || !t->ncols)
		return;
	cover = doc_covers(d->arena, t);
	if (out->n)
		buf_putc(out, '\n');
	row_put(t, cover, 0, MIN(t->nheads, t->nrows), out);
	buf_putc(out, '|');
	for (size_t k = 0; k < t->ncols; k++)
		buf_put(out, str_c(rules[t->nrows > t->nheads ? t->rows[t->nheads].cells[k].align : ALIGN_AUTO]));
	buf_putc(out, '\n');
	for (size_t i = t->nheads; i < t->nrows; i++)
		row_put(t, cover, i, i + 1, out);
}

static void picture(const struct doc_picture *p, struct buf *out)
{
	if (!p)
		return;
	buf_printf(out, "%s![", out->n ? "\n" : "");
	escape(out, p->alt, false);
	buf_put(out, S("]()\n"));
}

void doc_markdown(const struct doc *d, struct buf *out)
{
	static const char *const before[DOC_KINDS] = {[DOC_TITLE] = "# ",
		[DOC_H1] = "## ",
		[DOC_H2] = "### ",
		[DOC_H3] = "#### ",
		[DOC_H4] = "##### ",
		[DOC_ANNEX] = "## ",
		[DOC_ANNEX_H] = "### "};
	size_t end = doc_body_end(d);

	around(d, PART_HEAD, out);
	for (size_t i = 0; i <= d->nblocks; i++) {
		const struct doc_block *b = &d->blocks[i];

		if (i == end) {
			around(d, PART_ANNEXES, out);
			around(d, PART_SIGN, out);
		}
		if (i == d->nblocks)
			break;
		if (b->kind == DOC_TABLE) {
			table(d, b->table, out);
		} else if (b->kind == DOC_PICTURE) {
			picture(b->picture, out);
		} else {
			struct str text = doc_block_text(d, b);

			if (b->kind == DOC_ANNEX && b->number.n)
				text = arena_printf(d->arena, STR_FMT "%s" STR_FMT, STR_ARG(b->number), doc_gap(d),
					STR_ARG(text));
			paragraph(out, before[b->kind] ? before[b->kind] : "", text);
		}
	}
	around(d, PART_COLOPHON, out);
}
