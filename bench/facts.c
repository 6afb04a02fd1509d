/* Loading the facts of a data directory and asking them again and again, each time as another day, as a server would:
 *     bench_facts DIR [ROUNDS]
 * Prints the milliseconds of each, and the memory that the facts and one asking take. */
#include "log/log.h"
#include "duty/figure.h"
#include "flow/facts_load.h"
#include "record/adopt.h"

#include <stdio.h>
#include <stdlib.h>

static double ms(int64_t from)
{
	return (double)(time_now() - from) / 1000;
}

static enum err_code run(const char *dir, int rounds, struct arena *a, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	struct scheme scheme;
	struct facts facts;
	struct org org;
	int64_t from;
	size_t before;

	TRY(log_open(dir, (struct log_opt){.read_only = true}, &log, err));
	TRY(scheme_current(log, a, &scheme, err));
	TRY(org_load(log_db(log), a, DATE_NONE, &org, err));
	before = a->used;
	from = time_now();
	TRY(facts_load(a, log_db(log), &scheme, &org, (struct facts_opt){.year = org.office.year}, &facts, err));
	printf("# %zu records loaded in %.1f ms, %.1f MiB\n", facts.n, ms(from), (double)(a->used - before) / (1 << 20));
	for (int i = 0; i < rounds; i++) {
		CLEANUP(arena_free) struct arena scratch = ARENA_INIT;
		struct facts mine = facts_for(&facts, &scratch);
		struct figures out;
		struct date on;

		date_make(org.office.year, 12, 31 - i % 28, &on);
		from = time_now();
		TRY(figures_on(&mine, on, &out, err));
		printf("# all figures and duties as of another day: %.1f ms, %.1f MiB\n", ms(from),
		       (double)scratch.used / (1 << 20));
	}
	return OK;
}

int main(int argc, char **argv)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct err err = {0};

	if (argc < 2 || run(argv[1], argc > 2 ? (int)strtol(argv[2], NULL, 10) : 5, &a, &err) != OK) {
		fprintf(stderr, "bench_facts DIR [ROUNDS]: %s\n", err.text);
		return 1;
	}
	return 0;
}
