/* Where in the text a finding stands: paragraph, sentence, spans. */
#include "report/report.h"

#include "base/utf8.h"

static struct str words_of(const struct said *s)
{
	return s->kind == SAID_BREAK ? S("") : s->value.n ? s->value : s->text;
}

/* The words of a paragraph's spans before `end`. */
static struct str words_before(const struct report *r, size_t para, size_t end)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 20);

	for (size_t i = r->paras[para].from; i < MIN(end, r->paras[para].to); i++)
		buf_put(&b, words_of(&r->spans[i]));
	return arena_str(r->arena, buf_str(&b));
}

struct str para_words(const struct report *r, size_t para)
{
	return words_before(r, para, SIZE_MAX);
}

void place_at_para(const struct report *r, struct report_finding *f, size_t para)
{
	const struct para *p = &r->paras[para];

	f->para = para + 1;
	f->sentence = 0;
	f->from = p->from;
	f->to = p->to;
	f->quote = S("");
	if (p->kind == PARA_OWN) {
		f->own = p->own;
		f->own_para = p->nth;
	}
}

void place_at_heading(const struct report *r, struct str section, struct report_finding *f)
{
	for (size_t i = 0; i < r->nparas; i++)
		if (str_eq(r->paras[i].section, section)) {
			place_at_para(r, f, i);
			return;
		}
}

/* Behind the sentence that begins at `from`: its mark, and quotes and brackets that close there. */
static size_t sentence_end(struct str text, size_t from)
{
	bool ended = false;
	size_t at = from;

	while (at < text.n) {
		size_t here = at;
		struct str c;

		utf8_next(text, &at);
		c = str_sub(text, here, at);
		if (str_has(S("。！？!?"), c))
			ended = true;
		else if (ended && !str_has(S("”’」』）》)"), c))
			return here;
	}
	return text.n;
}

/* The spans that the bytes [from, to) of the paragraph touch. */
static void touch(const struct report *r, struct report_finding *f, size_t para, size_t from, size_t to)
{
	const struct para *p = &r->paras[para];
	size_t at = 0;
	bool first = true;

	for (size_t i = p->from; i < p->to; i++) {
		size_t end = at + words_of(&r->spans[i]).n;

		if (end > from && at < to) {
			f->from = first ? i : f->from;
			f->to = i + 1;
			first = false;
		}
		at = end;
	}
}

void place_at_byte(const struct report *r, struct report_finding *f, size_t para, size_t byte)
{
	struct str text = para_words(r, para);
	size_t from = 0, n = 0;

	place_at_para(r, f, para);
	while (from < text.n) {
		size_t to = sentence_end(text, from);

		n++;
		if (byte < to) {
			f->sentence = n;
			f->quote = str_sub(text, from, to);
			touch(r, f, para, from, to);
			return;
		}
		from = to;
	}
}

void place_at_span(const struct report *r, struct report_finding *f, size_t span)
{
	size_t para = r->spans[span].para;

	place_at_byte(r, f, para, words_before(r, para, span).n);
}

void place_at_words(const struct report *r, struct report_finding *f, size_t from, size_t to, struct str words)
{
	size_t at;

	for (size_t i = from; i < to; i = r->paras[r->spans[i].para].to)
		if (str_find(para_words(r, r->spans[i].para), words, &at)) {
			place_at_byte(r, f, r->spans[i].para, at);
			return;
		}
}
