/* zeren status --units: each unit of a kind, by what it has missed. */
#include "cli/status_units.h"

#include "base/near.h"
#include "duty/grid_of.h"

#include <stdlib.h>

struct line {
	const struct unit *unit;
	size_t row;
	int64_t missed;
	enum grid_worst worst;
};

/* The most missed first, then as the organisation has them. */
static int by_missed(const void *a, const void *b)
{
	const struct line *x = a, *y = b;

	if (x->missed != y->missed)
		return x->missed < y->missed ? 1 : -1;
	return (x->row > y->row) - (x->row < y->row);
}

static void add_slots(const struct report_world *w, const struct grid_of *g, const struct duty_state *d,
	struct line *lines)
{
	static const enum grid_worst worse[SLOT_STATES] = {
		[SLOT_MET] = GRID_DONE, [SLOT_LATE] = GRID_LATE, [SLOT_MISSED] = GRID_MISSED};

	for (size_t k = 0; k < d->nslots; k++) {
		const struct unit *u = org_unit(&w->org, d->slots[k].owner);
		uintptr_t row = u ? (uintptr_t)map_get(&g->rows, u->code) : 0;

		if (!row)
			continue;
		lines[row - 1].missed += d->slots[k].state == SLOT_MISSED;
		lines[row - 1].worst = MAX(lines[row - 1].worst, worse[d->slots[k].state]);
	}
}

/* Duties that do not fit into the grid, slot by slot, where there are any. */
static enum err_code add_others(struct report_world *w, const struct grid_of *g, struct line *lines, struct err *err)
{
	bool all = true;

	for (size_t i = 0; i < w->scheme.nduties; i++)
		all = all && grid_of_has(g, &w->scheme.duties[i]);
	if (all)
		return OK;
	TRY(figures_on(&w->facts, w->on, &w->figures, err));
	for (size_t i = 0; i < w->scheme.nduties; i++)
		if (!grid_of_has(g, &w->scheme.duties[i]))
			add_slots(w, g, &w->figures.duties[i], lines);
	return OK;
}

static enum err_code show_json(struct cli *c, const struct line *lines, size_t n, struct err *err)
{
	static const char *const names[] = {"nothing_due", "done", "late", "missed"};
	struct node *list = node_list(c->arena);

	for (size_t i = 0; i < n; i++) {
		struct node *one = node_map(c->arena);

		node_set(c->arena, one, S("unit"), node_str(c->arena, lines[i].unit->code));
		node_set(c->arena, one, S("name"), node_str(c->arena, lines[i].unit->name));
		node_set(c->arena, one, S("missed"), node_num(c->arena, lines[i].missed));
		node_set(c->arena, one, S("worst"), node_str(c->arena, str_c(names[lines[i].worst])));
		node_push(c->arena, list, one);
	}
	return say_json(c, list, err);
}

static void show(struct cli *c, const struct line *lines, size_t n)
{
	static const char *const heads[] = {N_("code"), N_("unit"), N_("missed"), N_("worst state")};
	static const char *const words[] = {N_("nothing due"), N_("met"), N_("late"), N_("missed")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "llrl");

	for (size_t i = 0; i < n; i++)
		table_row(t, (struct str[]){lines[i].unit->code, lines[i].unit->name,
			arena_printf(c->arena, "%lld", (long long)lines[i].missed),
			str_c(tr(c->lang, words[lines[i].worst]))});
	table_print(t, c);
}

static enum err_code no_kind(const struct org *org, struct str kind, struct err *err)
{
	struct near near = near_to(kind);

	for (size_t i = 0; i < org->nunits; i++)
		near_offer(&near, org->units[i].kind);
	fail(err, ERR_NOT_FOUND, "no units of kind '" STR_FMT "'", STR_ARG(kind));
	return near_say(&near, err);
}

enum err_code status_units(struct cli *c, struct str kind, struct err *err)
{
	CLEANUP(report_world_done) struct report_world w = {0};
	CLEANUP(grid_of_done) struct grid_of g = {0};
	struct grid_sum *sums;
	struct line *lines;
	uint16_t *missed;
	uint8_t *worst;

	TRY(facts_world(c, c->lang, &w, err));
	grid_of_facts(&w.facts, kind, &g);
	if (!g.nunits)
		return no_kind(&w.org, kind, err);
	lines = ARENA_ARRAY(c->arena, struct line, g.nunits);
	sums = ARENA_ARRAY(c->arena, struct grid_sum, g.n);
	worst = ARENA_ARRAY(c->arena, uint8_t, g.nunits);
	missed = ARENA_ARRAY(c->arena, uint16_t, g.nunits);
	grid_on(g.grid, w.on, sums, worst, missed);
	for (size_t i = 0; i < g.nunits; i++)
		lines[i] = (struct line){g.units[i], i, missed[i], worst[i]};
	TRY(add_others(&w, &g, lines, err));
	qsort(lines, g.nunits, sizeof *lines, by_missed);
	if (c->json)
		return show_json(c, lines, g.nunits, err);
	show(c, lines, g.nunits);
	return OK;
}
