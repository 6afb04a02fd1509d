/* What stands around the blocks of a DOCX as texts, a paragraph each: an edited one can be held against them. */
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
static void signers(struct around *w, const struct doc_head *h)
{
	for (size_t i = 0; i < h->nsigners; i += 2) {
		bool last = i + 2 >= h->nsigners;
		struct str line = last ? h->number : STR_NONE;

		line = joined(w->a, line, joined(w->a, i ? STR_NONE : S("签发人："), h->signers[i]));
		if (i + 1 < h->nsigners)
			line = joined(w->a, line, h->signers[i + 1]);
		add(w, last ? "number" : "signers", line);
	}
}

static void head(struct around *w, const struct doc_head *h)
{
	if (h->form == FORM_LETTER) {
		add(w, "mark", h->mark);
		left(w, h, h->number);
		return;
	}
	left(w, h, STR_NONE);
	if (h->form == FORM_PLAIN)
		return;
	add(w, "mark", h->mark);
	if (h->nsigners && h->form != FORM_ORDER)
		signers(w, h);
	else
		add(w, "number", h->number);
}

struct str dx_annex_line(struct arena *a, const struct doc *d, size_t i)
{
	struct str before = i ? STR_NONE : S("附件：");

	if (d->nannexes > 1)
		return arena_printf(a, STR_FMT "%zu." STR_FMT, STR_ARG(before), i + 1, STR_ARG(d->annexes[i]));
	return joined(a, before, d->annexes[i]);
}

struct str dx_post_line(struct arena *a, const struct doc_sign *s)
{
	struct str person = s->nnames ? s->names[0] : S("　　　　");

	return s->post.n ? arena_printf(a, STR_FMT "　　" STR_FMT, STR_ARG(s->post), STR_ARG(person)) : person;
}

struct str dx_copies_line(struct arena *a, struct str copies)
{
	return arena_printf(a, "抄送：" STR_FMT "%s", STR_ARG(copies), str_ends(copies, S("。")) ? "" : "。");
}

struct str dx_printed(struct arena *a, struct str date)
{
	return date.n ? joined(a, date, S("印发")) : STR_NONE;
}

static void sign(struct around *w, const struct doc_sign *s)
{
	bool hand = s->seal == SEAL_HAND && (s->nnames || s->date.n || s->post.n);

	if (hand)
		add(w, "signature", dx_post_line(w->a, s));
	for (size_t i = hand; i < s->nnames; i++)
		add(w, "signature", s->names[i]);
	add(w, "date", s->date);
}

size_t docx_arounds(struct arena *a, const struct doc *d, struct docx_around **out)
{
	struct around w = {.a = a};
	const struct doc_colophon *c = &d->colophon;

	head(&w, &d->head);
	for (size_t i = 0; i < d->nannexes; i++)
		add(&w, "annexes", dx_annex_line(a, d, i));
	sign(&w, &d->sign);
	add(&w, "postscript", d->postscript);
	if (c->copies.n)
		add(&w, "copies", dx_copies_line(a, c->copies));
	add(&w, "issuer", joined(a, c->issuer, dx_printed(a, c->date)));
	add(&w, "code", d->code);
	*out = w.p;
	return w.n;
}
