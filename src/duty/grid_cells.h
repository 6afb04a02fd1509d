/* How a grid lies in memory; for grid.c, which writes it, and grid_on.c, which reads it.
 *
 * Units lie in tiles. In a tile there is a column for each rule and period, rule by rule, period by period: one of
 * cells, which say on which day a slot was done, and one of bits, which say whether it was. A day on or after every
 * day in a column of cells needs the bits only: an eighth of the bytes for all periods but the one in hand.
 *
 * Bits of 256 units are 32 bytes: unit i is bit i / 32 of byte i % 32, so that cells become bits, and bits bytes, by
 * instructions that treat all bytes of a vector alike. */
#ifndef DUTY_GRID_CELLS_H
#define DUTY_GRID_CELLS_H

#include "duty/grid.h"

/* Units a tile: a power of two between these, so that a column of cells is at most a page. */
enum { GRID_GROUP = 256, GRID_TILE = 4096 };

struct rule {
	struct grid_period *periods;
	size_t n;
	int enough;
	bool late, wide;
	int32_t base;                    /* of wide cells: the day before their first possible day */
	size_t at;                       /* bytes a unit before it */
	size_t column;                   /* its first one */
	uint16_t *latest;                /* [n] no cell of the period is above it */
	uint16_t *of_day;                /* [days from periods[0].first]: period + 1, 0: none */
	int32_t days;
	uint16_t *early;                 /* where enough > 1: [unit][period][enough] cell values, ascending, 0 last */
};

struct grid {
	struct arena arena;
	struct rule *rules;
	size_t nrules, nunits, ntiles;
	size_t tile;                     /* units in one */
	int shift;                       /* tile is 1 << shift */
	size_t unit_bytes, columns;      /* cells of a unit; rules by periods */
	uint8_t *cells, *bits;
};

/* The column of a period in a tile: its cells. */
static inline uint8_t *grid_cells(const struct grid *g, const struct rule *r, size_t tile, size_t of)
{
	return g->cells + (tile * g->unit_bytes + r->at + of * (r->wide ? 2 : 1)) * g->tile;
}

/* Its bits. */
static inline uint8_t *grid_bits(const struct grid *g, const struct rule *r, size_t tile, size_t of)
{
	return g->bits + (tile * g->columns + r->column + of) * g->tile / 8;
}

/* A day as a cell of the period says it, from 0 (before any) on. */
static inline uint16_t grid_value(const struct rule *r, size_t of, struct date day)
{
	int32_t v = day.n - (r->wide ? r->base : r->periods[of].first.n - 1);

	return (uint16_t)MIN(MAX(v, 0), r->wide ? UINT16_MAX : UINT8_MAX);
}

#endif
