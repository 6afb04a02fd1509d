/* Plan lines, grouped by a field. */
#include "report/report.h"

#include <stdlib.h>

struct group {
	struct str key;
	struct fact_list facts;
};

static struct group *group_at(struct report *r, struct group **groups, size_t *n, size_t *cap, struct str key)
{
	struct group *g;

	for (size_t i = 0; i < *n; i++)
		if (str_eq((*groups)[i].key, key))
			return &(*groups)[i];
	g = arena_push(r->arena, groups, n, cap, sizeof **groups);
	g->key = key;
	return g;
}

static struct texts problems_of(struct report *r, const struct plan *p, const struct fact *fact)
{
	const struct datum *v = fact_value(r->figures->facts, fact, p->problems, DATE_NONE);
	struct texts out = {0};
	size_t cap = 0;

	for (size_t i = 0; v && v->kind == NODE_LIST && i < v->n; i++)
		*ARENA_PUSH(r->arena, out.p, out.n, cap) = v->items[i]->text;
	if (v && v->kind == NODE_TEXT && v->text.n)
		*ARENA_PUSH(r->arena, out.p, out.n, cap) = v->text;
	return out;
}

static void plan_lines(struct report *r, const struct plan *p, const struct group *g, struct str section)
{
	for (size_t i = 0; i < g->facts.n; i++) {
		const struct fact *fact = g->facts.p[i];
		struct plan_line *line = ARENA_PUSH(r->arena, r->plan, r->nplan, r->plan_cap);

		line->fact = fact;
		if (p->problems)
			line->problems = problems_of(r, p, fact);
		para_begin(r, PARA_PLAN, section);
		report_mark(r, arena_printf(r->arena, r->lang == LANG_ZH ? "%zu." : "%zu. ", i + 1), p->node);
		report_say(r, &p->say, &(struct said_of){.fact = fact, .on = DATE_NONE});
		para_end(r);
	}
}

/* "一、理论学习" without the number that the register gave it. */
static struct str without_number(struct report *r, struct str key)
{
	struct str number = heading_number(r->arena, key);
	size_t at;

	return number.n && str_starts(key, number) && str_find(key, S("、"), &at) && at == number.n
		? str_sub(key, at + strlen("、"), key.n)
		: key;
}

static void plan_heading(struct report *r, const struct plan *p, const struct group *g, size_t number)
{
	const struct node *said = p->headings ? node_get(p->headings, g->key) : NULL;

	report_mark(r, report_heading_mark(r, number, true), p->node);
	if (said)
		report_add(r, (struct said){.text = said->text, .line = said->line, .col = said->col});
	else
		report_add(r,
			(struct said){.kind = SAID_FIELD,
				.text = without_number(r, g->key),
				.fact = g->facts.p[0],
				.name = p->by->name,
				.line = p->node->line,
				.col = p->node->col});
}

static int by_row(const void *a, const void *b)
{
	const struct fact *x = *(const struct fact *const *)a, *y = *(const struct fact *const *)b;
	int c = str_cmp(x->source, y->source);

	return c ? c : (x->row > y->row) - (x->row < y->row);
}

void report_plan(struct report *r, const struct section *s)
{
	const struct plan *p = s->plan;
	struct ask ask = {.on = DATE_NONE}; /* lines of a plan are dated ahead */
	struct fact_list list = set_take(r->figures->facts, &p->set, &ask);
	struct group *groups = NULL;
	size_t n = 0, cap = 0;

	if (list.n)
		qsort(list.p, list.n, sizeof *list.p, by_row);
	for (size_t i = 0; i < list.n; i++) {
		struct str key =
			datum_text(r->arena, LANG_ZH, fact_value(r->figures->facts, list.p[i], p->by, DATE_NONE));
		struct group *g = group_at(r, &groups, &n, &cap, key);

		*ARENA_PUSH(r->arena, g->facts.p, g->facts.n, g->facts.cap) = list.p[i];
	}
	r->has_plan = r->has_plan || p->problems;
	for (size_t i = 0; i < n; i++) {
		struct str number = hanzi_number(r->arena, MIN(i, (size_t)98) + 1);
		struct str section =
			arena_printf(r->arena, STR_FMT "（" STR_FMT "）", STR_ARG(s->number), STR_ARG(number));

		para_begin(r, PARA_H2, section);
		plan_heading(r, p, &groups[i], MIN(i, (size_t)98) + 1);
		para_end(r);
		plan_lines(r, p, &groups[i], section);
	}
}
