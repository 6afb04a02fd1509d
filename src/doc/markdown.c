#include "doc/doc.h"

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

static void escape(struct buf *out, struct str line)
{
	for (size_t i = 0; i < line.n; i++) {
		if (special(line.p[i]) || special_at_start(line, i))
			buf_putc(out, '\\');
		buf_putc(out, line.p[i] == '\n' ? ' ' : line.p[i]);
	}
}

void doc_markdown(const struct doc *d, struct buf *out)
{
	static const char *const before[DOC_KINDS] = {[DOC_TITLE] = "# ", [DOC_H1] = "## ", [DOC_H2] = "### ",
		[DOC_H3] = "#### ", [DOC_H4] = "##### ", [DOC_ANNEX] = "## ", [DOC_ANNEX_H] = "### "};
	bool first = true;

	for (size_t i = 0; i < d->nblocks; i++) {
		struct buf line CLEANUP(buf_free) = BUF_MAX(DOC_BYTES);

		if (d->blocks[i].kind == DOC_TABLE)
			continue;
		for (size_t k = 0; k < d->blocks[i].nruns; k++)
			buf_put(&line, d->blocks[i].runs[k].text);
		buf_printf(out, "%s%s", first ? "" : "\n", before[d->blocks[i].kind] ? before[d->blocks[i].kind] : "");
		escape(out, buf_str(&line));
		buf_putc(out, '\n');
		first = false;
	}
}
