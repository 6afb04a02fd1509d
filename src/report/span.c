/* Spans and paragraphs as they are added, with redaction. */
#include "report/report.h"

const char *span_kind_name(enum said_kind k)
{
	static const char *const names[SAID_KINDS] = {
		"outline",
		"setting",
		"figure",
		"field",
		"own",
		"own_number",
		"numbering",
		"break",
	};

	BUG_IF(k >= SAID_KINDS);
	return names[k];
}

static void add(struct report *r, struct said s)
{
	if (!s.text.n)
		return;
	s.para = r->nparas - 1;
	*ARENA_PUSH(r->arena, r->spans, r->nspans, r->spans_cap) = s;
}

/* The first word to redact in text; false when there is none. */
static bool word_in(const struct report *r, struct str text, size_t *at, size_t *which)
{
	const struct node *words = r->outline->words;
	bool found = false;
	size_t here;

	for (size_t i = 0; words && i < words->n; i++)
		if (str_find(text, words->keys[i]->text, &here) &&
			(!found || here < *at ||
				(here == *at && words->keys[i]->text.n > words->keys[*which]->text.n))) {
			*at = here;
			*which = i;
			found = true;
		}
	return found;
}

/* Text with words that redaction replaces: a span each. */
static void add_words(struct report *r, struct said s)
{
	struct str rest = s.text;
	size_t at = 0, which = 0;

	while (word_in(r, rest, &at, &which)) {
		struct said hidden = s, before = s;

		before.text = str_sub(rest, 0, at);
		add(r, before);
		hidden.value = r->outline->words->keys[which]->text;
		hidden.text = r->outline->words->items[which]->text;
		add(r, hidden);
		rest = str_sub(rest, at + hidden.value.n, rest.n);
	}
	s.text = rest;
	add(r, s);
}

static bool kept(const struct report *r, struct str name)
{
	for (size_t i = 0; i < r->outline->keep.n; i++)
		if (str_glob(r->outline->keep.p[i], name))
			return true;
	return false;
}

static bool hides(const struct report *r, const struct said *s)
{
	return (s->kind == SAID_FIGURE && !kept(r, s->name)) || s->kind == SAID_OWN_NUMBER ||
		(s->kind == SAID_FIELD && s->number && !kept(r, s->name));
}

void report_add(struct report *r, struct said s)
{
	if (!r->opt.redact || s.kind == SAID_BREAK || s.kind == SAID_NUMBERING) {
		add(r, s);
	} else if (hides(r, &s) && s.text.n) {
		s.value = s.text;
		s.text = S("*");
		add(r, s);
	} else {
		add_words(r, s);
	}
}

void report_mark(struct report *r, struct str text, const struct node *at)
{
	report_add(r,
		(struct said){
			.kind = SAID_NUMBERING, .text = text, .line = at ? at->line : 0, .col = at ? at->col : 0});
}

struct para *para_begin(struct report *r, enum para_kind kind, struct str section)
{
	struct para *p = ARENA_PUSH(r->arena, r->paras, r->nparas, r->paras_cap);

	p->kind = kind;
	p->section = section;
	p->from = r->nspans;
	return p;
}

void para_end(struct report *r)
{
	struct para *p = &r->paras[r->nparas - 1];

	if (r->nspans == p->from) { /* nothing was said: no paragraph */
		r->nparas--;
		return;
	}
	report_add(r, (struct said){.kind = SAID_BREAK, .text = S("\n")});
	p->to = r->nspans;
}

void report_text(const struct report *r, struct buf *out)
{
	for (size_t i = 0; i < r->nspans; i++)
		buf_put(out, r->spans[i].text);
}
