/* A grid as of a day. A period is a row of bits, one a unit: those stored where every cell is on or before the day,
 * else made of the cells. All the rest is sums over such rows, a tile at a time, which stays in the nearest cache. */
#include "duty/grid_cells.h"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define WIDE_CODE __attribute__((target_clones("avx2", "popcnt", "default")))
#else
#define WIDE_CODE
#endif

/* The bits of 256 units, or the cells of 32; the compiler takes what registers the machine has. */
typedef uint8_t bytes __attribute__((vector_size(32), aligned(16)));
typedef uint16_t halves __attribute__((vector_size(64), aligned(16)));

enum { VEC = sizeof(bytes), ROWS = GRID_TILE / GRID_GROUP, PLANES = 6, MOST = (1 << PLANES) - 1 };

/* ---- cells to bits, bits to bytes ---- */

/* The units whose cell is below the bar. A cell of 0, less one, is the largest number there is. */
WIDE_CODE static void bits_narrow(const uint8_t *cells, uint16_t bar, size_t rows, bytes *out)
{
	for (size_t i = 0; i < rows; i++) {
		bytes is = {0};

		for (int k = 0; k < 8; k++)
			is |= (bytes)(((const bytes *)cells)[i * 8 + (size_t)k] - 1 < (uint8_t)bar) & (uint8_t)(1 << k);
		out[i] = is;
	}
}

WIDE_CODE static void bits_wide(const uint8_t *cells, uint16_t bar, size_t rows, bytes *out)
{
	for (size_t i = 0; i < rows; i++) {
		bytes is = {0};

		for (int k = 0; k < 8; k++)
			is |= __builtin_convertvector(((const halves *)cells)[i * 8 + (size_t)k] - 1 < bar, bytes) &
				(uint8_t)(1 << k);
		out[i] = is;
	}
}

/* Of 32 units, one byte each. */
#define SPREAD(bits, k) ((bits) >> (k) & 1)

static inline __attribute__((always_inline)) int64_t ones(const bytes *v)
{
	uint64_t w[4];

	memcpy(w, v, sizeof w);
	return __builtin_popcountll(w[0]) + __builtin_popcountll(w[1]) + __builtin_popcountll(w[2]) +
	       __builtin_popcountll(w[3]);
}

/* ---- a tile ---- */

/* What is found of a tile's units over all rules. */
struct look {
	bytes real[ROWS];                /* those behind the last unit, which only fill the tile, owe nothing */
	bytes missed[ROWS], late[ROWS], any[ROWS];
	bytes planes[PLANES][ROWS];      /* how many a unit has missed, digit by digit, since the last flush */
	int held;                        /* most that a number in the planes can be */
	uint16_t *counts;                /* [tile] flushed; NULL: not asked for */
	size_t rows;
};

/* A rule on a day. */
struct today {
	uint16_t *on, *due;              /* [n] cells below are done; in time */
	size_t ndue, nbegun;             /* periods that are due; that have begun, or may be done before they begin */
};

/* Of one rule, the units done in all periods that are due, and in any. */
struct done {
	bytes all[ROWS], any[ROWS];
};

/* n periods one behind the other; their slots that are done. */
WIDE_CODE static int64_t add_periods(const bytes *row, size_t n, bool due, size_t rows, struct done *d)
{
	int64_t sum = 0;

	for (; n > 0; n--, row += rows) {
		for (size_t i = 0; i < rows; i++) {
			d->any[i] |= row[i];
			sum += ones(&row[i]);
		}
		for (size_t i = 0; i < rows && due; i++)
			d->all[i] &= row[i];
	}
	return sum;
}

/* Those that were done, but not in time. */
WIDE_CODE static int64_t add_late(const bytes *row, const bytes *in_time, struct look *x)
{
	int64_t n = 0;

	for (size_t i = 0; i < x->rows; i++) {
		bytes late = row[i] & ~in_time[i];

		x->late[i] |= late;
		n += ones(&late);
	}
	return n;
}

/* Units with something missed, and how many they are. */
WIDE_CODE static int64_t add_rule(const struct done *d, struct look *x)
{
	int64_t n = 0;

	for (size_t i = 0; i < x->rows; i++) {
		bytes missed = ~d->all[i] & x->real[i];

		x->missed[i] |= missed;
		x->any[i] |= d->any[i];
		n += ones(&missed);
	}
	return n;
}

WIDE_CODE static void flush(struct look *x)
{
	for (size_t i = 0; i < x->rows; i++)
		for (int k = 0; k < 8; k++) {
			bytes n = {0};

			for (int p = 0; p < PLANES; p++)
				n |= SPREAD(x->planes[p][i], k) << p;
			((halves *)x->counts)[i * 8 + (size_t)k] += __builtin_convertvector(n, halves);
		}
	memset(x->planes, 0, sizeof x->planes);
	x->held = 0;
}

/* For each unit, one more for each of n periods it is not in: at most MOST in all. */
WIDE_CODE static void count_missed(const bytes *row, size_t n, struct look *x)
{
	for (size_t i = 0; i < x->rows; i++) {
		bytes digits[PLANES];

		for (int k = 0; k < PLANES; k++)
			digits[k] = x->planes[k][i];
		for (size_t p = 0; p < n; p++) {
			bytes carry = ~row[p * x->rows + i];

			for (int k = 0; k < PLANES; k++) {
				bytes both = digits[k] & carry;

				digits[k] ^= carry;
				carry = both;
			}
		}
		for (int k = 0; k < PLANES; k++)
			x->planes[k][i] = digits[k];
	}
	x->held += (int)n;
}

WIDE_CODE static void put_worst(const struct look *x, uint8_t *out)
{
	for (size_t i = 0; i < x->rows; i++) {
		bytes two = x->missed[i] | x->late[i], one = x->missed[i] | (x->any[i] & ~x->late[i]);

		for (int k = 0; k < 8; k++)
			((bytes *)out)[i * 8 + (size_t)k] = SPREAD(two, k) << 1 | SPREAD(one, k);
	}
}

/* ---- rules ---- */

static struct today today(struct arena *a, const struct rule *r, struct date on)
{
	struct today t = {ARENA_ARRAY(a, uint16_t, r->n), ARENA_ARRAY(a, uint16_t, r->n), 0, r->late ? r->n : 0};

	for (size_t p = 0; p < r->n; p++) {
		t.on[p] = grid_value(r, p, on);
		t.due[p] = grid_value(r, p, r->periods[p].due);
		t.ndue += r->periods[p].due.n <= on.n;
		t.nbegun += !r->late && r->periods[p].first.n <= on.n;
	}
	t.nbegun = MAX(t.nbegun, t.ndue);
	return t;
}

static const bytes *row_of(const struct grid *g, const struct rule *r, size_t tile, size_t p, uint16_t bar, bytes *own)
{
	if (bar >= r->latest[p])
		return (const bytes *)grid_bits(g, r, tile, p);
	if (r->wide)
		bits_wide(grid_cells(g, r, tile, p), bar, g->tile / GRID_GROUP, own);
	else
		bits_narrow(grid_cells(g, r, tile, p), bar, g->tile / GRID_GROUP, own);
	return own;
}

/* How many periods from p on are looked at at once: those whose bits are stored lie one behind the other. */
static size_t run_of(const struct rule *r, const struct today *t, size_t p)
{
	size_t end = p, most = MIN(p < t->ndue ? t->ndue : t->nbegun, p + MOST);

	while (end < most && !r->late && t->on[end] >= r->latest[end])
		end++;
	return MAX(end - p, (size_t)1);
}

static void look_rule(const struct grid *g, const struct rule *r, const struct today *t, size_t tile, struct look *x,
	struct grid_sum *sum)
{
	int64_t real = (int64_t)MIN(g->nunits - tile * g->tile, g->tile);
	bytes own[ROWS], in_time[ROWS];
	struct done d;

	memset(d.all, 0xff, x->rows * sizeof *d.all);
	memset(d.any, 0, x->rows * sizeof *d.any);
	for (size_t p = 0, n; p < t->nbegun; p += n) {
		const bytes *row = row_of(g, r, tile, p, t->on[p], own);
		bool due = p < t->ndue;
		int64_t done, late = 0;

		n = run_of(r, t, p);
		done = add_periods(row, n, due, x->rows, &d);
		if (r->late && due)
			late = add_late(row, row_of(g, r, tile, p, t->due[p], in_time), x);
		sum->met += done - late;
		sum->late += late;
		*(due ? &sum->missed : &sum->pending) += (int64_t)n * real - done;
		if (due && x->counts) {
			if (x->held + (int)n > MOST)
				flush(x);
			count_missed(row, n, x);
		}
	}
	sum->pending += (int64_t)(r->n - t->nbegun) * real;
	sum->units_missed += add_rule(&d, x);
}

static void start(struct look *x, size_t real)
{
	memset(x->missed, 0, sizeof x->missed);
	memset(x->late, 0, sizeof x->late);
	memset(x->any, 0, sizeof x->any);
	memset(x->real, 0, sizeof x->real);
	for (size_t i = 0; i < real; i++)
		((uint8_t *)x->real)[i / GRID_GROUP * VEC + i % VEC] |= (uint8_t)(1 << i % GRID_GROUP / VEC);
}

void grid_on(const struct grid *g, struct date on, struct grid_sum *sums, uint8_t *worst, uint16_t *missed)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct today *days = ARENA_ARRAY(&a, struct today, g->nrules);
	_Alignas(bytes) uint8_t marks[GRID_TILE];
	_Alignas(bytes) uint16_t counts[GRID_TILE];
	struct look x = {.counts = missed ? counts : NULL, .rows = g->tile / GRID_GROUP};

	memset(sums, 0, g->nrules * sizeof *sums);
	for (size_t i = 0; i < g->nrules; i++)
		days[i] = today(&a, &g->rules[i], on);
	for (size_t t = 0; t < g->ntiles; t++) {
		size_t first = t * g->tile, real = MIN(g->nunits - first, g->tile);

		start(&x, real);
		memset(counts, 0, missed ? g->tile * sizeof *counts : 0);
		for (size_t i = 0; i < g->nrules; i++)
			look_rule(g, &g->rules[i], &days[i], t, &x, &sums[i]);
		if (worst) {
			put_worst(&x, marks);
			memcpy(worst + first, marks, real);
		}
		if (missed) {
			flush(&x);
			memcpy(missed + first, counts, real * sizeof *missed);
		}
	}
}
