#include "pack/child.h"

#include "base/file.h"
#include "pack/frame.h"
#include "pack/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	IN_BYTES    = 256 << 10,
	PIPE_BYTES  = 1 << 20,
	START_MS    = 1500,       /* for the first child to be shut in; the next get four times as long */
	START_TRIES = 3,
	WALL_FACTOR = 4,          /* wall clock allowed for a second of CPU, on a busy machine */
	WALL_EXTRA  = 30
};

static pid_t fork_quiet(void)
{
	sigset_t all, old;
	pid_t pid;

	sigfillset(&all);                  /* no handler of the parent runs in the child */
	pthread_sigmask(SIG_SETMASK, &all, &old);
	pid = fork();
	if (pid != 0)
		pthread_sigmask(SIG_SETMASK, &old, NULL);
	return pid;
}

static enum err_code apart(struct child_job *job, int file, int64_t patience, bool *started, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct child_in in CLEANUP(child_in_done) = {.fd = -1, .pid = -1, .job = job, .cap = IN_BYTES};
	CLEANUP(fd_close) int their = -1;
	struct child_out *out;
	enum err_code code;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return fail_errno(err, N_("the reader of foreign files cannot be started"));
	in.fd = ends[0];
	their = ends[1];
	/* fewer switches; more than a user may is refused */
	(void)fcntl(their, F_SETPIPE_SZ, PIPE_BYTES);
	in.bytes = malloc(in.cap);
	if (!in.bytes)
		BUG("out of memory (%zu bytes)", in.cap);
	out = child_out_new(&a, job, their);
	job->address_space = seal_address_space();
	in.start_by = child_ms() + patience;
	in.end_by = in.start_by + ((int64_t)job->limits.cpu_seconds * WALL_FACTOR + WALL_EXTRA) * 1000;
	in.pid = fork_quiet();
	if (in.pid < 0)
		return fail_errno(err, N_("the reader of foreign files cannot be started"));
	if (in.pid == 0)
		child_live(job, out, file);
	fd_close(&their);
	code = child_collect(&in, err);
	*started = in.ready;
	return code;
}

/* A child that found a lock taken by a thread it does not have: the next one will find it free. */
static enum err_code apart_again(struct child_job *job, int file, struct err *err)
{
	enum err_code code = ERR_BUSY;
	int64_t patience = START_MS;
	bool started = false;

	for (int i = 0; i < START_TRIES && code == ERR_BUSY && !started; i++, patience *= 4) {
		if (i > 0)
			err_clear(err);
		code = apart(job, file, patience, &started, err);
	}
	return code;
}

static enum err_code open_file(const char *path, int *fd, struct err *err)
{
	struct stat st;

	*fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);   /* a FIFO must not hold us up */
	if (*fd < 0 && errno == ENOENT)
		return fail(err, ERR_NOT_FOUND, N_("%s: no such file"), path);
	if (*fd < 0 || fstat(*fd, &st) < 0)
		return fail_errno(err, N_("%s: cannot be read"), path);
	if (!S_ISREG(st.st_mode))
		return fail(err, ERR_INPUT, N_("%s: not a regular file"), path);
	return OK;
}

enum err_code child_run(const char *path, child_parse_fn *parse, void *parse_ctx, child_record_fn *take,
		void *take_ctx, struct child_limits limits, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct child_job job = {.parse = parse, .parse_ctx = parse_ctx, .take = take, .take_ctx = take_ctx,
		.limits = limits, .lang = err->lang};
	const char *no_fork = getenv("ZEREN_NO_FORK");
	struct str name = path_base(str_c(path));
	CLEANUP(fd_close) int fd = -1;
	enum err_code code;

	TRY(open_file(path, &fd, err));
	if (no_fork && no_fork[0] == '1')
		code = parse(parse_ctx, fd, child_out_new(&a, &job, -1), err);
	else
		code = apart_again(&job, fd, err);
	return code == OK ? OK : err_at(err, STR_FMT, STR_ARG(name));
}

enum err_code child_read(struct arena *a, int fd, size_t limit, struct str *out, struct err *err)
{
	off_t size = lseek(fd, 0, SEEK_END);
	size_t n = 0;
	char *p;

	if (size < 0)
		return fail_errno(err, N_("the file cannot be read"));
	if ((uintmax_t)size > limit)
		return fail(err, ERR_LIMIT, N_("the file has %ju bytes, at most %zu are read"),
			(uintmax_t)size, limit);
	p = arena_alloc(a, (size_t)size + 1);
	while (n < (size_t)size) {
		ssize_t r = pread(fd, p + n, (size_t)size - n, (off_t)n);

		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return fail_errno(err, N_("the file cannot be read"));
		if (r == 0)
			break;
		n += (size_t)r;
	}
	*out = (struct str){p, n};
	return OK;
}
