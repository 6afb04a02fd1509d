#include "report/report.h"

/* ---- the records behind a span ---- */

struct gather {
	const struct report *r;
	struct fact_list out;
	struct map seen; /* names of figures and duties; facts by their place */
};

static bool again(struct gather *g, struct str key)
{
	void **at = map_at(&g->seen, key);

	if (*at)
		return true;
	*at = g;
	return false;
}

static void take(struct gather *g, const struct fact_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		struct str key = arena_printf(g->r->arena, "%p", (const void *)l->p[i]);

		if (!again(g, key))
			*ARENA_PUSH(g->r->arena, g->out.p, g->out.n, g->out.cap) = l->p[i];
	}
}

/* A figure, or a part of one: what it counted, and what it follows from. */
static void follow(struct gather *g, const struct figure_result *f, const struct figure_value *part)
{
	const struct figures *all = g->r->figures;
	bool whole = !part || part == &f->value;
	const struct texts *from = whole ? &f->from : &part->from;

	if (again(g, arena_printf(g->r->arena, "%p", (const void *)(whole ? &f->value : part))))
		return;
	take(g, whole ? &f->facts : &part->facts);
	for (size_t i = 0; i < from->n; i++) {
		const struct duty *duty = scheme_duty(all->facts->scheme, from->p[i]);
		const struct figure_result *next;
		const struct figure_value *v = figure_find(all, from->p[i], &next);

		if (next)
			follow(g, next, v);
		else if (duty)
			take(g, &duty_state_of(all, duty)->facts);
	}
}

struct fact_list span_facts(const struct report *r, const struct said *s)
{
	struct gather g = {.r = r, .seen = MAP_IN(r->arena)};

	if (s->figure)
		follow(&g, s->figure, s->part);
	if (s->duty)
		take(&g, &s->duty->facts);
	if (s->fact)
		*ARENA_PUSH(r->arena, g.out.p, g.out.n, g.out.cap) = s->fact;
	return g.out;
}

/* ---- as JSON ---- */

static void text(struct arena *a, struct node *map, struct str key, struct str value)
{
	if (value.n)
		node_set(a, map, key, node_str(a, value));
}

static struct node *rows_of(const struct report *r, const struct said *s)
{
	struct fact_list l = span_facts(r, s);
	struct node *rows = node_list(r->arena);

	for (size_t i = 0; i < l.n; i++)
		node_push(r->arena, rows, node_str(r->arena, fact_row(r->arena, l.p[i])));
	return rows;
}

static struct node *span_json(const struct report *r, const struct said *s)
{
	struct arena *a = r->arena;
	struct node *n = node_map(a);
	bool own = s->kind == SAID_OWN || s->kind == SAID_OWN_NUMBER;

	text(a, n, S("kind"), str_c(span_kind_name(s->kind)));
	text(a, n, S("text"), s->text);
	text(a, n, S("value"), s->value);
	text(a, n, S("section"), r->paras[s->para].section);
	text(a, n, own ? S("narrative") : S("name"), s->name);
	if (s->line)
		node_set(a, n, own ? S("narrative_line") : S("scheme_line"), node_num(a, s->line));
	if (s->figure && figure_titled(s->figure, s->part))
		text(a, n, S("title"), figure_title(a, s->figure, s->part));
	if (s->figure)
		text(a, n, S("rule"), figure_rule(s->figure->figure));
	if (s->duty)
		text(a, n, S("duty"), s->duty->duty->id);
	if (s->figure || s->duty || s->fact)
		node_set(a, n, S("rows"), rows_of(r, s));
	return n;
}

struct node *report_trace(const struct report *r)
{
	struct node *root = node_map(r->arena), *spans = node_list(r->arena);
	char *on = arena_alloc(r->arena, DATE_TEXT);

	text(r->arena, root, S("title"), r->title);
	text(r->arena, root, S("on"), date_text(r->figures->on, on));
	if (r->redaction)
		text(r->arena, root, S("redact"), r->outline->levels[r->redaction->level].name);
	for (size_t i = 0; i < r->nspans; i++)
		node_push(r->arena, spans, span_json(r, &r->spans[i]));
	node_set(r->arena, root, S("spans"), spans);
	return root;
}

static void number(struct arena *a, struct node *map, struct str key, size_t n)
{
	if (n)
		node_set(a, map, key, node_num(a, (int64_t)n));
}

static struct node *finding_json(struct arena *a, const struct report_finding *f)
{
	struct node *n = node_map(a), *rows = node_list(a);

	text(a, n, S("code"), str_c(f->code));
	text(a, n, S("section"), f->section);
	text(a, n, S("claim"), f->claim);
	text(a, n, S("duty"), f->duty);
	text(a, n, S("figure"), f->figure);
	text(a, n, S("value"), f->value);
	text(a, n, S("expected"), f->expected);
	text(a, n, S("text"), f->text);
	number(a, n, S("paragraph"), f->para);
	number(a, n, S("sentence"), f->sentence);
	text(a, n, S("quote"), f->quote);
	text(a, n, S("own"), f->own);
	number(a, n, S("own_paragraph"), f->own_para);
	for (size_t i = 0; i < f->nrows; i++)
		node_push(a, rows, node_str(a, f->rows[i]));
	if (f->nrows)
		node_set(a, n, S("rows"), rows);
	return n;
}

struct node *report_check_json(const struct report *r, const struct report_findings *f)
{
	struct arena *a = r->arena;
	struct node *root = node_map(a), *findings = node_list(a), *suggested = node_list(a);

	for (size_t i = 0; i < f->n; i++)
		node_push(a, findings, finding_json(a, &f->p[i]));
	for (size_t i = 0; i < r->nsuggestions; i++) {
		const struct suggestion *s = &r->suggestions[i];
		struct node *n = node_map(a);

		text(a, n, S("problem"), s->of->problem);
		text(a, n, S("text"), s->text);
		if (s->of->when.duty)
			text(a, n, S("duty"), s->of->when.duty->id);
		else
			text(a, n, S("figure"), s->of->when.figure);
		node_set(a, n, S("accepted"), node_bool(a, s->accepted));
		node_push(a, suggested, n);
	}
	node_set(a, root, S("findings"), findings);
	node_set(a, root, S("suggested"), suggested);
	return root;
}
