/* An office's units as of a day from its data directory, by the way that `zeren status --units` goes:
 *     bench_grid_office DIR KIND [ROUNDS]
 * Loading the facts, making the grid, asking it, and every record arriving once more, one by one. */
#include "log/log.h"
#include "duty/grid_of.h"
#include "flow/facts_load.h"
#include "record/adopt.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* The records that arrive are those that are there: each is looked at by every rule, and its cell is left as it is. */
static size_t arrive(struct grid_of *g, const struct facts *f)
{
	size_t n = 0;

	for (size_t t = 0; t < f->scheme->ntypes; t++) {
		const struct fact_set *all = facts_of(f, &f->scheme->types[t]);

		for (size_t i = 0; i < all->n; i++)
			grid_of_add(g, f, &all->p[i]);
		n += all->n;
	}
	return n;
}

static enum err_code run(const char *dir, const char *kind, int rounds, struct arena *a, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	struct scheme scheme;
	struct facts facts;
	struct org org;
	double from;

	TRY(log_open(dir, (struct log_opt){.read_only = true}, &log, err));
	TRY(scheme_current(log, a, &scheme, err));
	TRY(org_load(log_db(log), a, DATE_NONE, &org, err));
	from = now_us();
	TRY(facts_load(a, log_db(log), &scheme, &org, (struct facts_opt){.year = org.office.year}, &facts, err));
	printf("# %zu records loaded from the database in %.1f ms\n", facts.n, (now_us() - from) / 1000);
	for (int i = 0; i < rounds; i++) {
		CLEANUP(grid_of_done) struct grid_of g = {0};
		struct grid_sum sums[1000];
		double made, asked, came;
		struct date on;
		size_t n;

		date_make(org.office.year, 8, 1 + i % 28, &on);
		from = now_us();
		grid_of_facts(&facts, str_c(kind), &g);
		made = now_us() - from;
		if (g.n > LEN(sums))
			return fail(err, ERR_LIMIT, "%zu duties", g.n);
		from = now_us();
		for (int k = 0; k < 1000; k++)
			grid_on(g.grid, on, sums, NULL, NULL);
		asked = (now_us() - from) / 1000;
		from = now_us();
		n = arrive(&g, &facts);
		came = (now_us() - from) / (double)n;
		printf("# %zu units, %zu duties: grid made in %.1f ms; as of a day %.1f us; a record that arrives %.2f us\n", g.nunits,
			g.n, made / 1000, asked, came);
	}
	return OK;
}

int main(int argc, char **argv)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct err err = {0};

	if (argc < 3 || run(argv[1], argv[2], argc > 3 ? (int)strtol(argv[3], NULL, 10) : 5, &a, &err) != OK) {
		fprintf(stderr, "bench_grid_office DIR KIND [ROUNDS]: %s\n", err.text);
		return 1;
	}
	return 0;
}
