#include "cli/cli.h"

#include <inttypes.h>

enum { EVERY_US = 100000 };

static bool shown; /* the line stands on the terminal */
static int64_t last; /* when it was written */

static int64_t clock_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

void progress(const struct cli *c, const char *what, int64_t done, int64_t all)
{
	int64_t now;

	if (!c->progress)
		return;
	now = clock_us();
	if (now - last < EVERY_US && !(all > 0 && done >= all))
		return;
	last = now;
	shown = true;
	if (all > 0)
		fprintf(stderr, "\r%s %3d%%  %" PRId64 "/%" PRId64 "\033[K", tr(c->lang, what),
			(int)(MIN(done, all) * 100 / all), done, all);
	else
		fprintf(stderr, "\r%s  %" PRId64 "\033[K", tr(c->lang, what), done);
	fflush(stderr);
}

void progress_end(const struct cli *c)
{
	if (!shown)
		return;
	shown = false;
	fputs("\r\033[K", stderr);
	fflush(stderr);
}
