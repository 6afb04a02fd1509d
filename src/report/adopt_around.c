/* What of a document is not the report's text, against what it should be: head, addressee, signature, 版记, captions,
 * annexes, pictures, and what stands beside the text. Nothing of it is taken: the office's settings, the records or the
 * scheme say it. All that differs is named. */
#include "report/adopt_in.h"

#include "doc/docx.h"

enum { TRIES = 200000 }; /* texts held against each other */

const struct around_style around_styles[] = {
	{"copy_no", "Head Line"},
	{"secrecy", "Head Line"},
	{"urgency", "Head Line"},
	{"mark", "Issuer Mark"},
	{"signers", "Document Number"},
	{"number", "Document Number"},
	{"addressee", "Addressee"},
	{"addressee", "Envelope Address"}, /* as LibreOffice writes it */
	{"addressee", "envelope address"},
	{"annexes", "Annex List"},
	{"present", "Annex List"},
	{"absent", "Annex List"},
	{"guests", "Annex List"},
	{"signature", "Signature"},
	{"date", "Date"},
	{"postscript", "Postscript"},
	{"copies", "Colophon"},
	{"issuer", "Colophon"},
	{"code", "Archive Code"},
	{NULL, "caption"},
	{NULL, "Caption"},
	{NULL, "Source"},
	{NULL, "Note"},
	{NULL, "Picture"},
	{NULL, "Section End"},
	{NULL, "Table Text"},
	{NULL, "Table Head"},
	{NULL, "footer"},
	{NULL, NULL},
};

bool adopt_is_around(const struct docx_item *it)
{
	for (size_t i = 0; i < it->nmarks; i++)
		if (str_starts(it->marks[i], S("zeren_w_")))
			return true;
	for (size_t i = 0; around_styles[i].style && !it->nmarks; i++)
		if (str_is(it->style, around_styles[i].style))
			return true;
	return false;
}

/* ---- what there should be ---- */

static struct expected *expect(struct around *x, const char *field, struct str id, struct str text, size_t annex)
{
	struct expected *e = ARENA_PUSH(x->w->a, x->e, x->ne, x->cap);

	*e = (struct expected){
		.field = field, .mark = docx_bookmark(x->w->a, id), .text = adopt_bare(x->w->a, text), .annex = annex};
	return e;
}

static struct str row_text(struct work *w, const struct doc_row *row, size_t ncols)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(DOCX_PARA_BYTES);

	for (size_t k = 0; k < ncols; k++) {
		if (k)
			buf_put(&b, S(DOCX_CELL_END));
		buf_put(&b, adopt_bare_ours(w->a, row->cells[k].text, true));
	}
	return arena_str(w->a, buf_str(&b));
}

static void expect_table(struct around *x, const struct doc_block *b, size_t annex)
{
	for (size_t i = 0; i < b->table->nrows; i++) {
		struct expected *e = expect(x, NULL, b->table->rows[i].id, STR_NONE, annex);

		e->text = row_text(x->w, &b->table->rows[i], b->table->ncols);
		e->table = b;
		e->row = i;
	}
}

/* Blocks of the text itself are known by their ids. */
static void expect_blocks(struct around *x)
{
	size_t annex = 0;

	for (size_t i = 0; i < x->d->nblocks; i++) {
		const struct doc_block *b = &x->d->blocks[i];

		if (b->kind == DOC_ANNEX) {
			annex++;
			if (b->number.n)
				expect(x, NULL, STR_NONE, b->number, annex);
		}
		if (b->kind == DOC_ADDRESSEE)
			expect(x, "addressee", docx_around_id(x->w->a, "addressee", 1), doc_block_text(x->d, b), 0);
		else if (b->kind == DOC_TABLE)
			expect_table(x, b, annex);
		else if (b->kind != DOC_PICTURE && (annex || b->kind == DOC_CAPTION || b->kind == DOC_SOURCE) &&
			 !str_starts(b->id, S("p_")))
			expect(x, NULL, b->id, doc_block_text(x->d, b), annex);
	}
}

static void expect_all(struct around *x)
{
	struct docx_around *p;
	size_t n = docx_arounds(x->w->a, x->d, &p);

	for (size_t i = 0; i < n; i++)
		expect(x, p[i].field, docx_around_id(x->w->a, p[i].field, p[i].nth), p[i].text, 0);
	expect_blocks(x);
}

/* ---- what there is ---- */

static size_t annex_begins(const struct around *x, const struct docx_item *it)
{
	for (size_t i = 0; i < it->nmarks; i++)
		for (size_t k = 0; k < x->ne; k++)
			if (x->e[k].annex && !x->e[k].table && str_eq(x->e[k].mark, it->marks[i]))
				return x->e[k].annex;
	for (size_t k = 0; k < x->ne && (str_is(it->style, "Annex Number") || str_is(it->style, "Annex Title")); k++)
		if (x->e[k].annex && !x->e[k].table && str_eq(x->e[k].text, adopt_bare(x->w->a, it->text)))
			return x->e[k].annex;
	return 0;
}

struct str around_text(struct work *w, const struct docx_item *it)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(DOCX_PARA_BYTES + DOCX_CELLS);

	if (!it->row)
		return adopt_bare(w->a, it->text);
	for (size_t k = 0; k < it->ncells; k++) {
		if (k)
			buf_put(&b, S(DOCX_CELL_END));
		buf_put(&b, adopt_bare(w->a, it->cells[k]));
	}
	return arena_str(w->a, buf_str(&b));
}

static void take_items(struct around *x)
{
	struct work *w = x->w;
	struct str section = STR_NONE;
	size_t annex = 0, line = 0;

	x->items = ARENA_ARRAY(w->a, struct item, w->text->n + 1);
	for (size_t i = 0; i < w->text->n; i++) {
		struct item *it = &x->items[i];
		size_t begins = annex_begins(x, &w->text->p[i]);

		annex = begins ? begins : annex;
		if (!w->text->p[i].row)
			it->line = &w->lines[line++];
		if (it->line && it->line->para != GONE)
			section = w->r->paras[it->line->para].section;
		it->text = around_text(w, &w->text->p[i]);
		it->annex = annex;
		it->section = section;
	}
}

/* ---- which is which ---- */

static void found(struct around *x, struct expected *e, size_t i)
{
	x->items[i].is = e;
	e->found = &x->w->text->p[i];
	if (x->items[i].line)
		x->items[i].line->around = true;
}

bool around_open(const struct around *x, size_t i)
{
	const struct item *it = &x->items[i];

	return !it->is && it->text.n && (!it->line || it->line->para == GONE);
}

static void by_mark(struct around *x)
{
	struct map marks = MAP_IN(x->w->a);

	for (size_t k = 0; k < x->ne; k++)
		if (x->e[k].mark.n)
			map_set(&marks, x->e[k].mark, &x->e[k]);
	for (size_t i = 0; i < x->w->text->n; i++)
		for (size_t m = 0; m < x->w->text->p[i].nmarks && around_open(x, i); m++) {
			struct expected *e = map_get(&marks, x->w->text->p[i].marks[m]);

			if (e && !e->found)
				found(x, e, i);
		}
}

/* The next of the same words, each time behind the last one. */
static void by_text(struct around *x)
{
	struct map firsts = MAP_IN(x->w->a);

	for (size_t k = x->ne; k--;) /* the first of equal ones stands in the map, behind it the others in order */
		if (!x->e[k].found && x->e[k].text.n)
			map_set(&firsts, x->e[k].text, &x->e[k]);
	for (size_t i = 0; i < x->w->text->n; i++) {
		struct expected *e = around_open(x, i) ? map_get(&firsts, x->items[i].text) : NULL;

		while (e && e < x->e + x->ne && (e->found || !str_eq(e->text, x->items[i].text)))
			e++;
		if (!e || e == x->e + x->ne)
			continue;
		found(x, e, i);
		map_set(&firsts, e->text, e);
	}
}

static bool fits(const struct around *x, const struct expected *e, size_t i)
{
	const struct docx_item *it = &x->w->text->p[i];

	if (e->table)
		return it->row && x->items[i].annex == e->annex;
	if (e->annex)
		return !it->row && x->items[i].annex == e->annex;
	for (size_t k = 0; around_styles[k].style; k++)
		if (e->field && around_styles[k].field && !strcmp(around_styles[k].field, e->field) &&
			str_is(it->style, around_styles[k].style))
			return true;
	return false;
}

/* What is left: by its style, or the likest in its annex. Of a document with too much that is new no more is sought. */
static void by_style(struct around *x)
{
	size_t tries = 0;

	for (size_t k = 0; k < x->ne; k++) {
		struct expected *e = &x->e[k];
		int most = LIKENESS - 1, like;
		size_t best = 0;

		for (size_t i = 0; i < x->w->text->n && !e->found; i++) {
			if (!around_open(x, i) || (e->table && !fits(x, e, i)))
				continue;
			like = !e->annex && fits(x, e, i) ? 101
				: tries++ < TRIES	  ? adopt_likeness(e->text, x->items[i].text)
							  : 0;
			if (like > most) {
				most = like;
				best = i;
			}
		}
		if (!e->found && most >= LIKENESS)
			found(x, e, best);
	}
}

void adopt_around(struct work *w)
{
	struct around x = {.w = w, .d = report_doc(w->r, false)};

	expect_all(&x);
	take_items(&x);
	by_mark(&x);
	by_text(&x);
	by_style(&x);
	around_say(&x);
}
