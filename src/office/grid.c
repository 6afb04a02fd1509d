#include "office/grid.h"

#include <stdlib.h>

/* Units a tile. A constant, and every tile whole, so that the compiler can make wide instructions of the loops. */
enum { TILE = 256, LONG_PERIOD = 254, CHUNK = 255, LINE = 64 };

struct rule {
	struct grid_period *periods;
	size_t n;
	int enough;
	bool late, wide;
	int32_t base;                    /* of wide cells: the day before their first possible day */
	size_t at;                       /* bytes into a tile */
	uint16_t *of_day;                /* [days from periods[0].first]: period + 1, 0: none */
	int32_t days;
	uint16_t *early;                 /* where enough > 1: [unit][period][enough] cell values, ascending, 0 last */
};

struct grid {
	struct arena arena;
	struct rule *rules;
	size_t nrules, nunits, ntiles, tile_bytes;
	uint8_t *cells;
};

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
	r->at = g->tile_bytes;
	g->tile_bytes += r->n * TILE * (r->wide ? 2 : 1);
}

struct grid *grid_new(const struct grid_rule *rules, size_t nrules, size_t nunits)
{
	struct grid *g = calloc(1, sizeof *g);

	if (!g)
		BUG("no memory for a grid");
	g->nrules = nrules;
	g->nunits = nunits;
	g->ntiles = (nunits + TILE - 1) / TILE;
	g->rules = ARENA_ARRAY(&g->arena, struct rule, nrules);
	for (size_t i = 0; i < nrules; i++)
		add_rule(g, &rules[i], &g->rules[i]);
	g->cells = aligned_alloc(LINE, MAX(g->ntiles * g->tile_bytes, (size_t)LINE));
	if (!g->cells)
		BUG("no memory for a grid of %zu units", nunits);
	memset(g->cells, 0, g->ntiles * g->tile_bytes);
	return g;
}

void grid_free(struct grid **g)
{
	if (!*g)
		return;
	free((*g)->cells);
	arena_free(&(*g)->arena);
	free(*g);
	*g = NULL;
}

size_t grid_bytes(const struct grid *g)
{
	return g->ntiles * g->tile_bytes;
}

/* ---- cells ---- */

/* A day as a cell says it: 0 is not done. */
static uint16_t value_of(const struct rule *r, size_t of, struct date day)
{
	int32_t v = day.n - (r->wide ? r->base : r->periods[of].first.n - 1);

	return (uint16_t)MIN(MAX(v, 1), r->wide ? UINT16_MAX : UINT8_MAX);
}

static uint8_t *cell(const struct grid *g, const struct rule *r, size_t unit, size_t of)
{
	return g->cells + unit / TILE * g->tile_bytes + r->at + (of * TILE + unit % TILE) * (r->wide ? 2 : 1);
}

static uint16_t cell_get(const struct rule *r, const uint8_t *at)
{
	uint16_t wide;

	if (!r->wide)
		return *at;
	memcpy(&wide, at, sizeof wide);
	return wide;
}

static void cell_set(const struct rule *r, uint8_t *at, uint16_t v)
{
	if (r->wide)
		memcpy(at, &v, sizeof v);
	else
		*at = (uint8_t)v;
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
	uint8_t *at = cell(g, r, unit, of);
	uint16_t v = value_of(r, of, day), before = cell_get(r, at);

	if (r->early)
		v = insert(&r->early[(unit * r->n + of) * (size_t)r->enough], r->enough, v);
	else if (before && before < v)
		v = before;
	cell_set(r, at, v);
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

	cell_set(r, cell(g, r, unit, of), 0);
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

/* ---- as of a day ---- */

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define WIDE_CODE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE_CODE
#endif

/* A vector of counters or cells; the compiler takes what registers the machine has. */
typedef uint8_t bytes __attribute__((vector_size(32), aligned(16)));
typedef uint16_t halves __attribute__((vector_size(32), aligned(16)));
typedef uint8_t half_bytes __attribute__((vector_size(16), aligned(16)));

/* For each unit of a tile, how many of n periods (at most CHUNK) are done: cells below the period's bar. A cell of
 * 0, less one, is the largest number there is. Those not done are counted, which is one instruction less, four
 * vectors at a time, so that a bar is fetched once for them. */
WIDE_CODE static void count_narrow(const uint8_t *cells, const uint16_t *bars, size_t n, uint8_t *out)
{
	enum { V = sizeof(bytes) };

	for (size_t i = 0; i < TILE; i += 4 * V) {
		bytes a = {0}, b = {0}, c = {0}, d = {0};

		for (size_t p = 0; p < n; p++) {
			const uint8_t *at = cells + p * TILE + i;
			bytes bar = (bytes){0} + (uint8_t)bars[p];

			a -= (bytes)(*(const bytes *)at - 1 >= bar);
			b -= (bytes)(*(const bytes *)(at + V) - 1 >= bar);
			c -= (bytes)(*(const bytes *)(at + 2 * V) - 1 >= bar);
			d -= (bytes)(*(const bytes *)(at + 3 * V) - 1 >= bar);
		}
		*(bytes *)(out + i) = (uint8_t)n - a;
		*(bytes *)(out + i + V) = (uint8_t)n - b;
		*(bytes *)(out + i + 2 * V) = (uint8_t)n - c;
		*(bytes *)(out + i + 3 * V) = (uint8_t)n - d;
	}
}

WIDE_CODE static void count_wide(const uint8_t *cells, const uint16_t *bars, size_t n, uint8_t *out)
{
	for (size_t i = 0; i < TILE; i += sizeof(half_bytes)) {
		halves sum = {0};

		for (size_t p = 0; p < n; p++)
			sum -= (halves)(*(const halves *)(cells + 2 * (p * TILE + i)) - 1 < bars[p]);
		*(half_bytes *)(out + i) = __builtin_convertvector(sum, half_bytes);
	}
}

/* At most 255 each, so 256 of them fit into 16 bits. */
WIDE_CODE static int64_t total(const uint8_t *n)
{
	uint16_t sum = 0;

	for (int i = 0; i < TILE; i++)
		sum = (uint16_t)(sum + n[i]);
	return sum;
}

/* What is looked at of one tile: counters, one a unit. */
struct look {
	_Alignas(LINE) uint8_t done[TILE];              /* of the periods that are due */
	_Alignas(LINE) uint8_t ahead[TILE];             /* of those that are not */
	_Alignas(LINE) uint8_t in_time[TILE];    /* of the due ones, those not late: only where lateness counts */
	_Alignas(LINE) uint8_t fewer[TILE];             /* 1: something is missed */
	_Alignas(LINE) uint8_t worst[TILE];
	uint16_t missed[TILE];
	bool counts;                     /* missed is asked for */
};

/* Each unit by what it has done of `all` that are due. */
WIDE_CODE static void mark(struct look *x, uint8_t all)
{
	for (int i = 0; i < TILE; i++) {
		uint8_t fewer = x->fewer[i] | (x->done[i] < all), any = (x->done[i] | x->ahead[i]) > 0;

		x->fewer[i] = fewer;
		x->worst[i] = MAX(x->worst[i], MAX(any, (uint8_t)(fewer * GRID_MISSED)));
	}
}

WIDE_CODE static void add_missed(struct look *x, uint8_t all)
{
	for (int i = 0; i < TILE; i++)
		x->missed[i] = (uint16_t)(x->missed[i] + all - x->done[i]);
}

/* Bars of the periods on a day: cells below them, less one, are done. */
struct bars {
	uint16_t on[GRID_PERIODS], due[GRID_PERIODS];
	size_t ndue, nbegun;             /* periods that are due; that have begun, or may be done before they begin */
};

static uint16_t bar(const struct rule *r, size_t of, struct date on)
{
	int32_t v = on.n - (r->wide ? r->base : r->periods[of].first.n - 1);

	return (uint16_t)MIN(MAX(v, 0), r->wide ? UINT16_MAX : UINT8_MAX);
}

static void set_bars(const struct rule *r, struct date on, struct bars *b)
{
	*b = (struct bars){.nbegun = r->late ? r->n : 0};
	for (size_t p = 0; p < r->n; p++) {
		b->on[p] = bar(r, p, on);
		b->due[p] = bar(r, p, r->periods[p].due);
		b->ndue += r->periods[p].due.n <= on.n;
		b->nbegun += !r->late && r->periods[p].first.n <= on.n;
	}
}

static void count(
	const struct rule *r, const uint8_t *cells, const uint16_t *bars, size_t from, size_t to, uint8_t *out)
{
	if (r->wide)
		count_wide(cells + from * 2 * TILE, bars + from, to > from ? to - from : 0, out);
	else
		count_narrow(cells + from * TILE, bars + from, to > from ? to - from : 0, out);
}

/* Periods from `of` on, at most CHUNK: what fits into a counter. */
static void look_chunk(const struct rule *r, const struct bars *b, const uint8_t *cells, size_t of, int64_t real,
	struct look *x, struct grid_sum *sum)
{
	size_t end = MIN(of + CHUNK, r->n), due = MIN(MAX(b->ndue, of), end), begun = MIN(MAX(b->nbegun, of), end);
	int64_t done, ahead = 0, late = 0;

	count(r, cells, b->on, of, due, x->done);
	done = total(x->done);
	count(r, cells, b->on, due, begun, x->ahead);
	if (begun > due)
		ahead = total(x->ahead);
	if (r->late) {
		count(r, cells, b->due, of, due, x->in_time);
		late = done - total(x->in_time);
	}
	for (int i = 0; i < TILE && late; i++)
		if (x->done[i] > x->in_time[i])
			x->worst[i] = MAX(x->worst[i], (uint8_t)GRID_LATE);
	sum->met += done - late + ahead;
	sum->late += late;
	sum->missed += (int64_t)(due - of) * real - done;
	sum->pending += (int64_t)(end - due) * real - ahead;
	mark(x, (uint8_t)(due - of));
	if (x->counts)
		add_missed(x, (uint8_t)(due - of));
}

/* Units behind the last one, which only fill the tile, owe nothing. */
static void look_rule(const struct rule *r, const struct bars *b, const uint8_t *cells, size_t real, struct look *x,
	struct grid_sum *sum)
{
	memset(x->fewer, 0, TILE);
	for (size_t of = 0; of < r->n; of += CHUNK)
		look_chunk(r, b, cells, of, (int64_t)real, x, sum);
	memset(x->fewer + real, 0, TILE - real);
	sum->units_missed += total(x->fewer);
}

void grid_on(const struct grid *g, struct date on, struct grid_sum *sums, uint8_t *worst, uint16_t *missed)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct bars *bars = ARENA_ARRAY(&a, struct bars, g->nrules);
	struct look x = {.counts = missed != NULL};

	memset(sums, 0, g->nrules * sizeof *sums);
	for (size_t i = 0; i < g->nrules; i++)
		set_bars(&g->rules[i], on, &bars[i]);
	for (size_t t = 0; t < g->ntiles; t++) {
		size_t first = t * TILE, real = MIN(g->nunits - first, (size_t)TILE);
		const uint8_t *tile = g->cells + t * g->tile_bytes;

		memset(x.worst, 0, sizeof x.worst);
		memset(x.missed, 0, sizeof x.missed);
		for (size_t i = 0; i < g->nrules; i++)
			look_rule(&g->rules[i], &bars[i], tile + g->rules[i].at, real, &x, &sums[i]);
		if (worst)
			memcpy(worst + first, x.worst, real);
		if (missed)
			memcpy(missed + first, x.missed, real * sizeof *missed);
	}
}
