/* Spans and paragraphs as they are added. */
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

void report_put(struct report *r, struct said s)
{
	if (!s.text.n)
		return;
	s.para = r->nparas - 1;
	*ARENA_PUSH(r->arena, r->spans, r->nspans, r->spans_cap) = s;
}

void report_add(struct report *r, struct said s)
{
	if (!r->redaction || s.kind == SAID_BREAK || s.kind == SAID_NUMBERING)
		report_put(r, s);
	else
		redact_add(r, s);
}

struct str span_title(const struct report *r, const struct said *s)
{
	if (!s->figure || !figure_titled(s->figure, s->part))
		return s->name;
	return arena_printf(r->arena, r->lang == LANG_ZH ? STR_FMT "（" STR_FMT "）" : STR_FMT " (" STR_FMT ")",
		STR_ARG(figure_title(r->arena, s->figure, s->part)),
		STR_ARG(s->name));
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
