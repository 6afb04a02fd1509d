#include "pack/frame.h"

#include "pack/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
	OUT_BYTES = 64 << 10,
	MOST_FDS  = 65536         /* closed one by one where close_range is missing (Linux before 5.9) */
};

struct child_out {
	const struct child_job *job;
	int fd;                   /* -1: in the same process */
	size_t total;
	size_t n;
	char bytes[OUT_BYTES];
};

struct child_out *child_out_new(struct arena *a, const struct child_job *job, int fd)
{
	struct child_out *out = ARENA_NEW(a, struct child_out);

	out->job = job;
	out->fd = fd;
	return out;
}

static bool write_all(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t r = write(fd, p, n);

		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			return false;
		p += r;
		n -= (size_t)r;
	}
	return true;
}

static bool out_flush(struct child_out *out)
{
	size_t n = out->n;

	out->n = 0;
	return write_all(out->fd, out->bytes, n);
}

static bool out_put(struct child_out *out, const void *p, size_t n)
{
	if (n > OUT_BYTES - out->n && !out_flush(out))
		return false;
	if (n > OUT_BYTES)
		return write_all(out->fd, p, n);
	if (n)
		memcpy(out->bytes + out->n, p, n);
	out->n += n;
	return true;
}

static bool out_frame(struct child_out *out, enum frame_kind kind, struct str s)
{
	struct frame_head head = {(uint32_t)s.n, kind};

	return out_put(out, &head, sizeof head) && out_put(out, s.p, s.n);
}

enum err_code child_count(const struct child_limits *limits, size_t n, size_t *total, struct err *err)
{
	if (n > limits->record_bytes)
		return fail(err, ERR_LIMIT, N_("a piece of %zu bytes came out of the file, "
			"at most %zu are taken"), n, limits->record_bytes);
	if (n > limits->total_bytes - *total)
		return fail(err, ERR_LIMIT, N_("more than %zu bytes came out of the file"),
			limits->total_bytes);
	*total += n;
	return OK;
}

enum err_code child_send(struct child_out *out, struct str record, struct err *err)
{
	TRY(child_count(&out->job->limits, record.n, &out->total, err));
	if (out->fd < 0)
		return out->job->take(out->job->take_ctx, record, err);
	if (!out_frame(out, FRAME_RECORD, record))
		return fail_errno(err, N_("the reader of the file cannot hand over what it found"));
	return OK;
}

/* Handlers of the parent must not run here; what it ignores or blocks is not ours either. */
static void signals_reset(void)
{
	struct sigaction dfl = {.sa_handler = SIG_DFL};
	sigset_t none;

	for (int s = 1; s < NSIG; s++) {
#ifdef ZEREN_SANITISED
		if (s == SIGSEGV || s == SIGBUS || s == SIGFPE)
			continue;
#endif
		(void)sigaction(s, &dfl, NULL);
	}
	sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
}

static void close_from(unsigned first, unsigned last)
{
	struct stat st;

	if (first > last || close_range(first, last, 0) == 0)
		return;
	for (unsigned fd = first; fd <= MIN(last, (unsigned)MOST_FDS - 1); fd++)
		if (fstat((int)fd, &st) == 0)
			close((int)fd);
}

/* Only in and out stay open, the file as 0, the pipe as 1. A sanitiser's report may go to 2. */
static bool keep_only(int in, int out)
{
	int a = fcntl(in, F_DUPFD, 3), b = fcntl(out, F_DUPFD, 3);

	if (a < 0 || b < 0 || dup2(a, 0) < 0 || dup2(b, 1) < 0)
		return false;
#ifdef ZEREN_SANITISED
	close_from(3, ~0U);
#else
	close_from(2, ~0U);
#endif
	return true;
}

/* libzip asks mktime, which would look for /etc/localtime each time: a zone that needs no file ends that. */
static void time_zone_fix(void)
{
	static char utc[] = "TZ=UTC0";
	static char *zone[] = {utc, NULL};

	environ = zone;
	tzset();
}

static enum err_code work(const struct child_job *job, struct child_out *out, struct err *err)
{
	time_zone_fix();
	if (job->limits.prepare)
		job->limits.prepare();
	TRY(seal(job->limits, job->address_space, err));
	if (!out_frame(out, FRAME_READY, STR_NONE) || !out_flush(out))
		return fail_errno(err, N_("the reader of the file cannot hand over what it found"));
	return job->parse(job->parse_ctx, 0, out, err);
}

_Noreturn void child_live(const struct child_job *job, struct child_out *out, int file)
{
	struct err err = {.lang = job->lang};
	bool told;

	signals_reset();
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (!keep_only(file, out->fd))
		_exit(1);
	out->fd = 1;
	if (work(job, out, &err) == OK) {
		told = out_frame(out, FRAME_END, STR_NONE);
	} else {
		uint32_t code = err.code;
		struct frame_head head = {(uint32_t)(sizeof code + strlen(err.text)), FRAME_ERROR};

		told = out_put(out, &head, sizeof head) && out_put(out, &code, sizeof code) &&
			out_put(out, err.text, strlen(err.text));
	}
	_exit(told && out_flush(out) ? 0 : 1);
}
