/* What stands around the blocks of a DOCX as texts, a paragraph each: an edited one can be held against them. */
#include "doc/doc_lines.h"
#include "doc/docx_in.h"

struct around {
	struct arena *a;
	struct docx_around *p;
	size_t n, cap;
};

struct str docx_around_id(struct arena *a, const char *field, size_t nth)
{
	return arena_printf(a, "w_%s_%zu", field, nth);
}

static void add(struct around *w, const char *field, struct str text)
{
	size_t nth = 1;

	if (!text.n)
		return;
	for (size_t i = 0; i < w->n; i++)
		nth += !strcmp(w->p[i].field, field);
	*ARENA_PUSH(w->a, w->p, w->n, w->cap) = (struct docx_around){field, nth, text};
}

static struct str joined(struct arena *a, struct str s, struct str more)
{
	return arena_printf(a, STR_FMT STR_FMT, STR_ARG(s), STR_ARG(more));
}

/* The number of LETTER stands at the end of the first of the lines on the left. */
static void left(struct around *w, const struct doc_head *h, struct str number)
{
	const struct str texts[] = {h->copy_no, h->secrecy, h->urgency};
	static const char *const fields[] = {"copy_no", "secrecy", "urgency"};

	for (size_t i = 0; i < LEN(texts); i++)
		if (texts[i].n) {
			add(w, fields[i], joined(w->a, texts[i], number));
			number = STR_NONE;
		}
	add(w, "number", number);
}

/* Two a row; the number on the last. */
static void signers(struct around *w, const struct doc *d)
{
	const struct doc_head *h = &d->head;
	struct str label = str_c(doc_say(d, N_("Signed by: ")));

	for (size_t i = 0; i < h->nsigners; i += 2) {
		bool last = i + 2 >= h->nsigners;
		struct str line = last ? h->number : STR_NONE;

		line = joined(w->a, line, joined(w->a, i ? STR_NONE : label, h->signers[i]));
		if (i + 1 < h->nsigners)
			line = joined(w->a, line, h->signers[i + 1]);
		add(w, last ? "number" : "signers", line);
	}
}

/* Of several offices a row: the names, a line each, and 文件 beside them, or behind the last. */
static void marks(struct around *w, const struct doc *d)
{
	struct doc_marks m = doc_marks(w->a, d->head.mark);
	struct str text = STR_NONE;
	bool beside = m.n > 1 && m.end.n && !dx_mark_stacked(w->a, d);

	for (size_t i = 0; i < m.n; i++)
		text = joined(w->a, text, m.names[i]);
	add(w, "mark", joined(w->a, beside ? joined(w->a, text, S(DOCX_CELL_END)) : text, m.end));
}

static void head(struct around *w, const struct doc *d)
{
	const struct doc_head *h = &d->head;

	if (h->form == FORM_LETTER) {
		add(w, "mark", doc_marks(w->a, h->mark).names[0]);
		left(w, h, h->number);
		return;
	}
	left(w, h, STR_NONE);
	if (h->form == FORM_PLAIN)
		return;
	marks(w, d);
	if (h->nsigners && h->form != FORM_ORDER)
		signers(w, d);
	else
		add(w, "number", h->number);
}

struct str dx_annex_line(struct arena *a, const struct doc *d, size_t i)
{
	struct str before = i ? STR_NONE : str_c(doc_say(d, N_("Annex: ")));

	if (d->nannexes > 1)
		return arena_printf(a, STR_FMT "%zu.%s" STR_FMT, STR_ARG(before), i + 1,
			doc_lang(d) == LANG_ZH ? "" : " ", STR_ARG(d->annexes[i]));
	return joined(a, before, d->annexes[i]);
}

struct str dx_post_line(struct arena *a, const struct doc *d)
{
	const struct doc_sign *s = &d->sign;
	struct str person = s->nnames ? s->names[0] : S("　　　　");

	return s->post.n ? arena_printf(a, STR_FMT "%s%s" STR_FMT, STR_ARG(s->post), doc_gap(d), doc_gap(d),
		STR_ARG(person)) : person;
}

int dx_label(struct str label, int cell)
{
	return (dx_width(label) + TW_HANZI - 1) / TW_HANZI * cell;
}

struct str dx_copies_line(struct arena *a, const struct doc *d)
{
	return joined(a, str_c(doc_say(d, N_("Copy to: "))), doc_copies(d));
}

static void sign(struct around *w, const struct doc *d)
{
	const struct doc_sign *s = &d->sign;
	bool any = s->nnames || s->date.n || s->post.n, hand = s->seal == SEAL_HAND && any;
	int mid;
	int64_t step;
	size_t row = s->seal == SEAL_STAMP && s->nnames ? dx_stamps(s, &mid, &step) : 1;

	if (hand)
		add(w, "signature", dx_post_line(w->a, d));
	for (size_t i = hand; i < s->nnames; i += row) {
		struct str line = s->names[i];

		for (size_t k = i + 1; k < MIN(i + row, s->nnames); k++)
			line = joined(w->a, line, s->names[k]);
		add(w, "signature", line);
	}
	add(w, "date", s->date);
}

size_t docx_arounds(struct arena *a, const struct doc *d, struct docx_around **out)
{
	struct around w = {.a = a};
	const struct doc_colophon *c = &d->colophon;
	struct doc_line who[3];

	head(&w, d);
	for (size_t i = 0; i < d->nannexes; i++)
		add(&w, "annexes", dx_annex_line(a, d, i));
	for (size_t i = 0, n = doc_attendance(d, who); i < n; i++)
		add(&w, who[i].name, joined(a, who[i].text, who[i].right));
	sign(&w, d);
	add(&w, "postscript", d->postscript);
	if (c->copies.n)
		add(&w, "copies", dx_copies_line(a, d));
	add(&w, "issuer", joined(a, c->issuer, doc_issued(d)));
	add(&w, "code", d->code);
	*out = w.p;
	return w.n;
}
