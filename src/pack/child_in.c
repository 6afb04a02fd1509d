#include "pack/frame.h"

#include "base/file.h"
#include "base/utf8.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	GRACE_MS = 1000           /* for a dying child to become a zombie */
};

int64_t child_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static enum err_code nonsense(struct err *err)
{
	return fail(err, ERR_INPUT, N_("the file could not be read safely: its reader answered nonsense"));
}

/* The child's own words: from a process that may have been turned, so checked like any input. */
static enum err_code child_error(struct str s, struct err *err)
{
	char text[sizeof err->text];
	uint32_t code;

	if (s.n < sizeof code || s.n - sizeof code >= sizeof text)
		return nonsense(err);
	memcpy(&code, s.p, sizeof code);
	s = str_sub(s, sizeof code, s.n);
	if (code == OK || code >= ERR_N || !utf8_valid(s) || memchr(s.p, 0, s.n))
		return nonsense(err);
	for (size_t i = 0; i < s.n; i++)
		text[i] = (unsigned char)s.p[i] < ' ' || s.p[i] == 127 ? ' ' : s.p[i];
	text[s.n] = 0;
	return fail(err, (enum err_code)code, "%s", text);
}

static enum err_code frame(struct child_in *in, uint32_t kind, struct str s, struct err *err)
{
	const struct child_job *job = in->job;

	if (kind == FRAME_READY && !in->ready && !s.n) {
		in->ready = true;
		return OK;
	}
	switch (kind) {
	case FRAME_RECORD:
		TRY(child_count(&job->limits, s.n, &in->total, err));
		return job->take(job->take_ctx, s, err);
	case FRAME_ERROR:
		in->done = true;
		return child_error(s, err);
	case FRAME_END:
		in->done = true;
		return OK;
	}
	return nonsense(err);
}

/* Takes the whole frames out of the buffer; sees to it that the next one fits. */
static enum err_code frames(struct child_in *in, struct err *err)
{
	struct frame_head head;
	size_t at = 0, want = sizeof head;

	while (in->n - at >= sizeof head && !in->done) {
		memcpy(&head, in->bytes + at, sizeof head);
		if (head.n > MAX(in->job->limits.record_bytes, sizeof(struct err)))
			TRY(child_count(&in->job->limits, head.n, &in->total, err));
		want = sizeof head + head.n;
		if (in->n - at < want)
			break;
		TRY(frame(in, head.kind, (struct str){in->bytes + at + sizeof head, head.n}, err));
		at += want;
		want = sizeof head;
	}
	in->n -= at;
	memmove(in->bytes, in->bytes + at, in->n);
	if (want > in->cap) {
		char *p = realloc(in->bytes, want);

		if (!p)
			BUG("out of memory (%zu bytes)", want);
		in->bytes = p;
		in->cap = want;
	}
	return OK;
}

/* Why the child's end of the pipe closed without a last word. */
static enum err_code died(struct child_in *in, struct err *err)
{
	struct timespec ms = {.tv_nsec = 1000000};
	int status = 0, sig = 0;
	pid_t got = 0;

	for (int i = 0; i < GRACE_MS && (got = waitpid(in->pid, &status, WNOHANG)) <= 0; i++) {
		if (got < 0 && errno != EINTR)
			break;
		nanosleep(&ms, NULL);
	}
	if (got == in->pid) {
		in->pid = -1;
		sig = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	}
	if (sig == SIGSYS)
		return fail(err, ERR_INPUT, N_("the file could not be read safely: "
			"its reader tried something forbidden"));
	if (sig == SIGXCPU || sig == SIGKILL)
		return fail(err, ERR_INPUT, N_("the file could not be read safely: "
			"it took more time or memory than allowed (%d seconds, %zu MiB)"),
			in->job->limits.cpu_seconds, in->job->limits.memory_bytes >> 20);
	return fail(err, ERR_INPUT, N_("the file could not be read safely: "
		"its reader broke down (signal %d)"), sig);
}

enum err_code child_collect(struct child_in *in, struct err *err)
{
	while (!in->done) {
		struct pollfd p = {.fd = in->fd, .events = POLLIN};
		int64_t left = (in->ready ? in->end_by : in->start_by) - child_ms();
		int ready = left <= 0 ? 0 : poll(&p, 1, (int)MIN(left, INT64_C(1000000)));
		ssize_t n;

		if (ready == 0 && !in->ready)
			return fail(err, ERR_BUSY, N_("the reader of foreign files does not start"));
		if (ready == 0)
			return fail(err, ERR_INPUT, N_("the file could not be read safely: "
				"its reader does not end"));
		if (ready < 0 && errno == EINTR)
			continue;
		n = ready < 0 ? -1 : read(in->fd, in->bytes + in->n, in->cap - in->n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail_errno(err, N_("the reader of the file cannot be heard"));
		if (n == 0)
			return died(in, err);
		in->n += (size_t)n;
		TRY(frames(in, err));
	}
	return OK;
}

void child_in_done(struct child_in *in)
{
	fd_close(&in->fd);
	if (in->pid > 0) {
		kill(in->pid, SIGKILL);
		while (waitpid(in->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	free(in->bytes);
}
