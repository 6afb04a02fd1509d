/* Titles of a DOCX: lines of a fitting shape, by the widths that every font has [T1 to T3]. */
#include "base/utf8.h"
#include "doc/docx_in.h"
#include "doc/line.h"

static void keep_words(const struct doc *d, struct atom *atoms, size_t n)
{
	for (size_t k = 0; k < d->nkeep; k++)
		for (size_t i = 0; i < n; i++) {
			size_t at = 0, m = 0;

			while (at < d->keep[k].n && i + m < n) {
				if (utf8_next(d->keep[k], &at) != atoms[i + m].cp) {
					m = 0;
					break;
				}
				m++;
			}
			for (size_t j = 1; j < m && at == d->keep[k].n; j++)
				atoms[i + j].keep = true;
		}
}

/* Capitals are wider than half a Hanzi in every font: a line reckoned too short would be broken anew by the program. */
static int32_t width_of(uint32_t c)
{
	if (c >= 0x100 || c == 0xB7)
		return SIZE_2;
	if (c == 'M' || c == 'W' || c == 'm' || c == 'w')
		return SIZE_2 * 9 / 10;
	return (c >= 'A' && c <= 'Z') ? SIZE_2 * 7 / 10 : (c >= 'a' && c <= 'z') ? SIZE_2 * 11 / 20 : SIZE_2 / 2;
}

/* The lines of a title; how many. */
static size_t title_lines(const struct docx *x, struct str text, struct line **lines, size_t *chars)
{
	struct atom *atoms = ARENA_ARRAY(x->a, struct atom, text.n + 1);
	size_t n = 0;

	for (size_t at = 0; at < text.n;) {
		uint32_t c = utf8_next(text, &at);

		atoms[n++] = (struct atom){.cp = c, .size = SIZE_2, .width = width_of(c)};
	}
	keep_words(x->d, atoms, n);
	*chars = n;
	return lines_title(x->a, atoms, n, x->landscape ? 225 * NM_MM : TYPE_W, lines);
}

int dx_title_lines(const struct docx *x, struct str text)
{
	struct line *lines;
	size_t n;

	return text.n ? (int)title_lines(x, text, &lines, &n) : 1;
}

/* Which characters of the block begin a line, as flags; NULL: it is one line. */
static bool *title_breaks(const struct docx *x, struct str text)
{
	struct line *lines;
	size_t n, nlines = title_lines(x, text, &lines, &n);
	bool *begins;

	if (nlines < 2)
		return NULL;
	begins = ARENA_ARRAY(x->a, bool, n + 1);
	for (size_t i = 1; i < nlines; i++)
		begins[lines[i].from] = true;
	return begins;
}

static void title_run(struct docx *x, struct str text, enum doc_face face, const bool *begins, size_t *nth)
{
	size_t from = 0;

	dx_run_open(x, face);
	for (size_t at = 0; at < text.n; ++*nth) {
		size_t here = at;

		utf8_next(text, &at);
		if (!begins[*nth])
			continue;
		if (here > from)
			dx_run_text(x, str_sub(text, from, here));
		buf_put(&x->body, S("<w:br/>"));
		from = here;
	}
	if (text.n > from)
		dx_run_text(x, str_sub(text, from, text.n));
	buf_put(&x->body, S("</w:r>"));
}

void dx_title_runs(struct docx *x, const struct doc_block *b)
{
	const bool *begins = title_breaks(x, doc_block_text(x->d, b));
	size_t nth = 0;

	for (size_t i = 0; i < b->nruns; i++)
		if (begins)
			title_run(x, b->runs[i].text, b->runs[i].face, begins, &nth);
		else
			dx_text(x, b->runs[i].text, b->runs[i].face);
}

void dx_title_text(struct docx *x, struct str text)
{
	const bool *begins = title_breaks(x, text);
	size_t from = 0, nth = 0;

	for (size_t at = 0; begins && at < text.n; nth++) {
		size_t here = at;

		utf8_next(text, &at);
		if (!begins[nth])
			continue;
		dx_run_text(x, str_sub(text, from, here));
		buf_put(&x->body, S("<w:br/>"));
		from = here;
	}
	dx_run_text(x, str_sub(text, from, text.n));
}
