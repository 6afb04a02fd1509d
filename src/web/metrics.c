/* Counters for who watches the machine, in the text form of OpenMetrics 1.0; and what the settings say of the
 * installation. Nothing here names a person, a record or an address. */
#include "http/server.h"
#include "web/call.h"
#include "web/metrics.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEEP = 8 };

/* Who asks from this machine itself, not through a proxy. */
static bool from_here(const struct http_request *req)
{
	return !req->proxied && (str_is(req->peer, "127.0.0.1") || str_is(req->peer, "::1"));
}

static void put(struct buf *b, const char *name, bool counter, int64_t value)
{
	buf_printf(b, "# TYPE zeren_%s %s\nzeren_%s%s %" PRId64 "\n", name, counter ? "counter" : "gauge", name,
		counter ? "_total" : "", value);
}

/* Bytes that the process has in memory; 0 where the system does not say. */
static int64_t resident(void)
{
	long long pages = 0;
	FILE *f = fopen("/proc/self/statm", "re");

	if (!f)
		return 0;
	if (fscanf(f, "%*s %lld", &pages) != 1)
		pages = 0;
	fclose(f);
	return pages * sysconf(_SC_PAGESIZE);
}

enum err_code metrics_page(struct call *c, struct err *err)
{
	static const char *const gauges[] = {"open", "busy", "queued", "body_memory", "body_disk", NULL};
	struct buf *b = &c->resp->body;
	struct http_counts n;

	if (!from_here(c->req) && (c->session.needs || !call_may(c, ACT_SETTINGS)))
		return fail(err, ERR_NOT_FOUND, "there is no such page");
	http_counts(c->server, &n);
#define C(name_) \
	do { \
		bool gauge = false; \
		for (size_t i = 0; gauges[i]; i++) \
			gauge = gauge || !strcmp(gauges[i], #name_); \
		put(b, "http_" #name_, !gauge, n.name_); \
	} while (0);
	HTTP_COUNTS(C)
#undef C
	put(b, "log_events", false, c->head.n);
	put(b, "worlds_kept", false, worlds_kept(c->worlds));
	put(b, "process_resident_bytes", false, resident());
	buf_printf(b, "# EOF\n");
	http_type(c->resp, "application/openmetrics-text; version=1.0.0; charset=utf-8");
	return OK;
}

/* ---- the installation ---- */

/* Adds up the files below an open folder, which it closes; what cannot be read is left out. */
static void add_up(int fd, int deep, struct installation *out)
{
	DIR *dir = fdopendir(fd);
	struct dirent *d;

	if (!dir) {
		close(fd);
		return;
	}
	while ((d = readdir(dir))) {
		struct stat s;
		int below;

		if (d->d_name[0] == '.' || fstatat(fd, d->d_name, &s, AT_SYMLINK_NOFOLLOW))
			continue;
		if (S_ISREG(s.st_mode)) {
			out->bytes += s.st_size;
			out->files++;
		} else if (S_ISDIR(s.st_mode) && deep < DEEP) {
			below = openat(fd, d->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
			if (below >= 0)
				add_up(below, deep + 1, out);
		}
	}
	closedir(dir);
}

static struct str size_words(struct call *c, int64_t bytes)
{
	static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
	int64_t tenths = bytes * 10;
	size_t unit = 0;

	while (tenths >= 10240 && unit + 1 < LEN(units)) {
		tenths /= 1024;
		unit++;
	}
	return unit ? arena_printf(c->arena, "%" PRId64 ".%" PRId64 " %s", tenths / 10, tenths % 10, units[unit])
		    : arena_printf(c->arena, "%" PRId64 " B", bytes);
}

void installation(struct call *c, struct installation *out)
{
	int fd = open(log_dir(c->log), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	*out = (struct installation){.version = S(ZEREN_VERSION),
		.dir = str_c(log_dir(c->log)),
		.origin = log_origin(c->log),
		.database = db_kind(log_db(c->log)) == DB_SQLITE ? "SQLite" : "PostgreSQL",
		.sqlite = db_kind(log_db(c->log)) == DB_SQLITE,
		.events = c->head.n};
	if (fd >= 0)
		add_up(fd, 0, out);
	out->size = size_words(c, out->bytes);
}
