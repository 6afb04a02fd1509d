/* What of all that stands around the text differs, is new or is gone, and what stands beside it. */
#include "report/adopt_in.h"

#include "base/utf8.h"
#include "doc/docx.h"

static struct adopt_item *tell(struct around *x, const char *field, size_t annex, struct str old, struct str now)
{
	struct adopt_item *it = adopt_tell(x->w, field ? ADOPT_AROUND : ADOPT_ANNEX, STR_NONE);

	it->field = field;
	it->place = adopt_annex_name(x->w, annex);
	it->old = old;
	it->now = now;
	return it;
}

/* A row for people: its cells with blanks between. */
static struct str shown(struct work *w, struct str text)
{
	struct str rest = text, one, out = STR_NONE;

	while (text.n && str_cut(&rest, S(DOCX_CELL_END), &one))
		out = out.n ? arena_printf(w->a, STR_FMT "　" STR_FMT, STR_ARG(out), STR_ARG(one)) : one;
	return out;
}

static void tell_expected(struct around *x)
{
	const struct docx_item *head = NULL;

	for (size_t k = 0; k < x->ne; k++) {
		const struct expected *e = &x->e[k];
		struct str now = e->found ? around_text(x->w, e->found) : STR_NONE;

		if (e->table && !e->row)
			head = e->found;
		if (str_eq(now, e->text))
			continue;
		if (e->table && e->found)
			adopt_row(x->w, e, head);
		else
			tell(x, e->field, e->annex, shown(x->w, e->text), shown(x->w, now));
	}
}

/* What an item says by its bookmark, or else by its style; NULL: nothing of what stands around the text. */
static const char *said_by(const struct item *it, const struct docx_item *d)
{
	for (size_t i = 0; i < d->nmarks; i++)
		for (size_t k = 0; around_styles[k].style && str_starts(d->marks[i], S("zeren_w_")); k++)
			if (around_styles[k].field &&
				str_starts(str_sub(d->marks[i], strlen("zeren_w_"), d->marks[i].n),
					str_c(around_styles[k].field)))
				return around_styles[k].field;
	for (size_t k = 0; around_styles[k].style && !it->annex && !d->row; k++)
		if (around_styles[k].field && str_is(d->style, around_styles[k].style))
			return around_styles[k].field;
	return NULL;
}

/* A picture that can't be drawn is its words. */
static bool framed(const struct around *x, const struct docx_item *d, const struct doc_block *b)
{
	return b->picture && str_is(d->style, "Picture") &&
		str_eq(adopt_bare(x->w->a, b->picture->alt), adopt_bare(x->w->a, d->text));
}

/* Below the signature, in an annex or between the head's lines: what is new there is not of the text. */
static void tell_others(struct around *x)
{
	for (size_t i = 0; i < x->w->text->n; i++) {
		const struct item *it = &x->items[i];
		const struct docx_item *d = &x->w->text->p[i];
		const char *field = said_by(it, d);
		bool words = false;

		if (!around_open(x, i) || (it->line && !it->line->around))
			continue;
		for (size_t k = 0; k < x->d->nblocks && !words; k++)
			words = framed(x, d, &x->d->blocks[k]);
		if (words)
			continue;
		tell(x, field, field ? 0 : it->annex, STR_NONE, shown(x->w, it->text))->section = it->section;
	}
}

static void pictures(struct around *x)
{
	const struct doc *d = x->d;
	bool *there = ARENA_ARRAY(x->w->a, bool, d->nblocks + 1);
	struct adopt_item *it;

	for (size_t i = 0; i < x->w->text->n; i++)
		for (size_t n = 0; n < x->w->text->p[i].npictures; n++) {
			struct str alt = x->w->text->p[i].pictures[n];
			size_t k = 0;

			while (k < d->nblocks && (there[k] || !d->blocks[k].picture ||
							 !str_eq(adopt_bare(x->w->a, d->blocks[k].picture->alt),
								 adopt_bare(x->w->a, alt))))
				k++;
			if (k < d->nblocks) {
				there[k] = true;
				continue;
			}
			it = adopt_tell(x->w, ADOPT_PICTURE, x->items[i].section);
			it->place = adopt_annex_name(x->w, x->items[i].annex);
			it->now = alt.n ? alt : str_c(tr(x->w->r->opt.lang, N_("a picture without words")));
		}
	for (size_t k = 0; k < d->nblocks; k++) {
		bool known = !d->blocks[k].picture || there[k];

		for (size_t i = 0; i < x->w->text->n && !known; i++)
			known = framed(x, &x->w->text->p[i], &d->blocks[k]);
		if (!known)
			adopt_tell(x->w, ADOPT_PICTURE, STR_NONE)->old = d->blocks[k].picture->alt;
	}
}

/* — 1 — and nothing else. */
static bool page_number(struct str s)
{
	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);

		if (!(c >= '0' && c <= '9') && c != ' ' && c != '\n' && c != U'—' && c != U'–' && c != '-')
			return false;
	}
	return true;
}

static void beside(struct work *w)
{
	static const char *const names[DOCX_PARTS] = {NULL, "footnote", "endnote", "remark", "header", "footer"};

	for (size_t i = 0; i < w->text->nnotes; i++) {
		const struct docx_note *n = &w->text->notes[i];
		struct adopt_item *it;
		bool again = false;

		for (size_t k = 0; k < i && !again; k++)
			again = w->text->notes[k].part == n->part && str_eq(w->text->notes[k].text, n->text);
		if (again || (n->part >= DOCX_HEADER && page_number(n->text)))
			continue;
		it = adopt_tell(w, ADOPT_BESIDE, STR_NONE);
		it->field = names[n->part];
		it->now = n->text;
	}
}

void around_say(struct around *x)
{
	tell_expected(x);
	tell_others(x);
	pictures(x);
	beside(x->w);
}
