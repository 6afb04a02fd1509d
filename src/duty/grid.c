#include "duty/grid_cells.h"

#include <stdlib.h>

enum { LONG_PERIOD = 254, LINE = 64 };

/* ---- making ---- */

static bool is_wide(const struct grid_rule *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->periods[i].last.n - r->periods[i].first.n >= LONG_PERIOD)
			return true;
	return r->late;
}

static void add_rule(struct grid *g, const struct grid_rule *from, struct rule *r)
{
	struct arena *a = &g->arena;

	BUG_IF(from->n < 1 || from->n > GRID_PERIODS || from->enough < 1 || from->enough > GRID_ENOUGH);
	*r = (struct rule){.n = from->n, .enough = from->enough, .late = from->late, .wide = is_wide(from)};
	r->periods = ARENA_ARRAY(a, struct grid_period, r->n);
	memcpy(r->periods, from->periods, r->n * sizeof *r->periods);
	r->base = r->periods[0].first.n - 1000;
	r->days = r->periods[r->n - 1].last.n - r->periods[0].first.n + 1;
	r->of_day = ARENA_ARRAY(a, uint16_t, (size_t)r->days);
	for (size_t p = 0; p < r->n; p++) {
		BUG_IF(p && r->periods[p].first.n <= r->periods[p - 1].last.n);
		for (int32_t d = r->periods[p].first.n; d <= r->periods[p].last.n; d++)
			r->of_day[d - r->periods[0].first.n] = (uint16_t)(p + 1);
	}
	if (r->enough > 1)
		r->early = ARENA_ARRAY(a, uint16_t, g->nunits * r->n * (size_t)r->enough);
	r->latest = ARENA_ARRAY(a, uint16_t, r->n);
	r->at = g->unit_bytes;
	g->unit_bytes += r->n * (r->wide ? 2 : 1);
	r->column = g->columns;
	g->columns += r->n;
}

static uint8_t *zeros(size_t n)
{
	size_t lines = MAX((n + LINE - 1) / LINE, (size_t)1);
	uint8_t *p = aligned_alloc(LINE, lines * LINE);

	if (!p)
		BUG("no memory for a grid of %zu bytes", n);
	return memset(p, 0, n);
}

struct grid *grid_new(const struct grid_rule *rules, size_t nrules, size_t nunits)
{
	struct grid *g = calloc(1, sizeof *g);

	if (!g)
		BUG("no memory for a grid");
	g->nrules = nrules;
	g->nunits = nunits;
	for (g->tile = GRID_GROUP, g->shift = 8; g->tile < GRID_TILE && g->tile < nunits; g->shift++)
		g->tile *= 2;
	g->ntiles = (nunits + g->tile - 1) / g->tile;
	g->rules = ARENA_ARRAY(&g->arena, struct rule, nrules);
	for (size_t i = 0; i < nrules; i++)
		add_rule(g, &rules[i], &g->rules[i]);
	g->cells = zeros(g->ntiles * g->unit_bytes * g->tile);
	g->bits = zeros(g->ntiles * g->columns * g->tile / 8);
	return g;
}

void grid_free(struct grid **g)
{
	if (!*g)
		return;
	free((*g)->cells);
	free((*g)->bits);
	arena_free(&(*g)->arena);
	free(*g);
	*g = NULL;
}

size_t grid_bytes(const struct grid *g)
{
	return g->ntiles * g->tile * g->unit_bytes + g->ntiles * g->tile / 8 * g->columns;
}

/* ---- cells ---- */

static uint8_t *cell(const struct grid *g, const struct rule *r, size_t unit, size_t of)
{
	return grid_cells(g, r, unit >> g->shift, of) + (unit & (g->tile - 1)) * (r->wide ? 2 : 1);
}

static uint16_t cell_get(const struct rule *r, const uint8_t *at)
{
	uint16_t wide;

	if (!r->wide)
		return *at;
	memcpy(&wide, at, sizeof wide);
	return wide;
}

/* The cell and its bit. */
static void cell_set(struct grid *g, struct rule *r, size_t unit, size_t of, uint16_t v)
{
	size_t in = unit & (g->tile - 1), i = in % GRID_GROUP;
	uint8_t *at = cell(g, r, unit, of), bit = (uint8_t)(1 << i / 32);
	uint8_t *bits = grid_bits(g, r, unit >> g->shift, of) + in / GRID_GROUP * 32 + i % 32;

	if (r->wide)
		memcpy(at, &v, sizeof v);
	else
		*at = (uint8_t)v;
	*bits = (uint8_t)(v ? *bits | bit : *bits & ~bit);
	r->latest[of] = MAX(r->latest[of], v);
}

/* Keeps the earliest `enough` values; the last of them is the day on which there were enough. */
static uint16_t insert(uint16_t *early, int enough, uint16_t v)
{
	int i = enough - 1;

	if (early[i] && early[i] <= v)
		return early[i];
	for (; i > 0 && (!early[i - 1] || early[i - 1] > v); i--)
		early[i] = early[i - 1];
	early[i] = v;
	return early[enough - 1];
}

void grid_put(struct grid *g, size_t rule, size_t unit, size_t of, struct date day)
{
	struct rule *r = &g->rules[rule];
	uint16_t v = MAX(grid_value(r, of, day), 1), before = cell_get(r, cell(g, r, unit, of));

	if (r->early)
		v = insert(&r->early[(unit * r->n + of) * (size_t)r->enough], r->enough, v);
	else if (before && before < v)
		v = before;
	cell_set(g, r, unit, of, v);
}

void grid_add(struct grid *g, size_t rule, size_t unit, struct date day)
{
	struct rule *r = &g->rules[rule];
	int32_t d = day.n - r->periods[0].first.n;

	if (d >= 0 && d < r->days && r->of_day[d])
		grid_put(g, rule, unit, r->of_day[d] - 1, day);
}

void grid_set(struct grid *g, size_t rule, size_t unit, size_t of, const struct date *days, size_t n)
{
	struct rule *r = &g->rules[rule];

	cell_set(g, r, unit, of, 0);
	if (r->early)
		memset(&r->early[(unit * r->n + of) * (size_t)r->enough], 0, (size_t)r->enough * sizeof *r->early);
	for (size_t i = 0; i < n; i++)
		grid_put(g, rule, unit, of, days[i]);
}

struct date grid_done(const struct grid *g, size_t rule, size_t unit, size_t of)
{
	const struct rule *r = &g->rules[rule];
	uint16_t v = cell_get(r, cell(g, r, unit, of));

	return v ? (struct date){v + (r->wide ? r->base : r->periods[of].first.n - 1)} : DATE_NONE;
}
