/* Duties of many units as of a day (duty/grid.h), beside the speed at which this machine reads memory:
 *     bench_grid [ROUNDS] [UNITS]
 * 40 duties owed each month by one office (1 unit), 200, 100,000 and UNITS (5,000,000) units. Each line: the median of
 * the rounds; the same with what each unit has missed; the grid's bytes only read, in the same round; a record that
 * arrives. */
#include "duty/grid.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { DUTIES = 40, MONTHS = 12, MOST_ROUNDS = 100 };

static double now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_size(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Reads every byte once: sums of eight words at a time. */
__attribute__((target_clones("avx2", "default"))) static uint64_t read_all(const uint64_t *p, size_t words)
{
	uint64_t sum[8] = {0};

	for (size_t i = 0; i + 8 <= words; i += 8)
		for (int k = 0; k < 8; k++)
			sum[k] += p[i + (size_t)k];
	return sum[0] + sum[1] + sum[2] + sum[3] + sum[4] + sum[5] + sum[6] + sum[7];
}

static uint32_t any(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static struct grid *make(struct grid_period *months, size_t units)
{
	struct grid_rule rules[DUTIES];

	for (int m = 1; m <= MONTHS; m++) {
		struct grid_period *p = &months[m - 1];

		date_make(2024, m, 1, &p->first);
		p->due = p->last = date_month_end(p->first);
	}
	for (size_t i = 0; i < DUTIES; i++)
		rules[i] = (struct grid_rule){months, MONTHS, 1, false};
	return grid_new(rules, DUTIES, units);
}

static void measure(size_t units, int rounds)
{
	struct grid_period months[MONTHS];
	CLEANUP(grid_free) struct grid *g = make(months, units);
	struct grid_sum sums[DUTIES];
	uint8_t *worst = malloc(units);
	uint16_t *missed = malloc(units * sizeof *missed);
	size_t bytes = grid_bytes(g), again = MAX((size_t)1, (size_t)200000000 / bytes);
	uint64_t *plain = calloc(bytes / 8, 8), sink = 0;
	double eval[MOST_ROUNDS], counts[MOST_ROUNDS], read[MOST_ROUNDS], from;
	uint32_t seed = 7;
	size_t n = MIN(units * DUTIES * MONTHS, (size_t)20000000);
	struct date on;

	date_make(2024, 8, 15, &on);
	from = now_us();
	for (size_t i = 0; i < n; i++)
		grid_add(g, any(&seed) % DUTIES, any(&seed) % units, (struct date){months[0].first.n + (int)(any(&seed) % 366)});
	printf("# %zu units: %.1f MiB; a record that arrives: %.0f ns\n", units, (double)bytes / (1 << 20),
		(now_us() - from) * 1000 / (double)n);
	memset(plain, 1, bytes);
	for (int r = 0; r < rounds; r++) {
		from = now_us();
		for (size_t i = 0; i < again; i++)
			grid_on(g, on, sums, worst, NULL);
		eval[r] = (now_us() - from) / (double)again;
		from = now_us();
		for (size_t i = 0; i < again; i++)
			grid_on(g, on, sums, worst, missed);
		counts[r] = (now_us() - from) / (double)again;
		from = now_us();
		for (size_t i = 0; i < again; i++)
			sink += read_all(plain, bytes / 8);
		read[r] = (now_us() - from) / (double)again;
	}
	qsort(eval, (size_t)rounds, sizeof *eval, by_size);
	qsort(counts, (size_t)rounds, sizeof *counts, by_size);
	qsort(read, (size_t)rounds, sizeof *read, by_size);
	printf("%zu units: %.1f us a day (min %.1f), ", units, eval[rounds / 2], eval[0]);
	printf("each unit's count as well %.1f us (min %.1f), ", counts[rounds / 2], counts[0]);
	printf("reading as many bytes %.1f us (min %.1f); ratio %.2f; missed %lld%s\n", read[rounds / 2], read[0],
		eval[rounds / 2] / read[rounds / 2], (long long)sums[0].missed, sink ? "" : " ");
	free(plain);
	free(worst);
	free(missed);
}

int main(int argc, char **argv)
{
	int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 7;
	size_t most = argc > 2 ? (size_t)strtoull(argv[2], NULL, 10) : 5000000;
	const size_t sizes[] = {1, 200, 100000, most};

	rounds = MAX(1, MIN(rounds, MOST_ROUNDS));
	for (size_t i = 0; i < LEN(sizes); i++)
		measure(sizes[i], rounds);
	return 0;
}
