/* The parser child: what comes through, what it may not do, and how its end looks from outside. */
#include "unit.h"

#include "base/buf.h"
#include "base/file.h"
#include "pack/child.h"
#include "pack/frame.h"

#include <fcntl.h>
#include <iconv.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char path[] = "/tmp/zeren-child-XXXXXX";
static const struct child_limits small = {
	.record_bytes = 100000, .total_bytes = 10000000, .memory_bytes = 64 << 20, .cpu_seconds = 5,
};

struct got {
	size_t records, bytes;
	char last[64];
	size_t refuse_at;     /* the record that the parent does not like; 0: none */
};

static enum err_code take(void *ctx, struct str record, struct err *err)
{
	struct got *g = ctx;

	g->records++;
	g->bytes += record.n;
	snprintf(g->last, sizeof g->last, STR_FMT, STR_ARG(str_sub(record, 0, 60)));
	if (g->records == g->refuse_at)
		return fail(err, ERR_CONFLICT, "the parent refuses");
	return OK;
}

static enum err_code run(child_parse_fn *parse, void *ctx, struct got *g, struct err *err)
{
	enum err_code code;

	*g = (struct got){.refuse_at = g->refuse_at};
	*err = (struct err){.lang = LANG_EN};
	code = child_run(path, parse, ctx, take, g, small, err);
	assert_int_equal(code, err->code);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);          /* nobody is left behind */
	return code;
}

static void has(const struct err *err, const char *what)
{
	if (!strstr(err->text, what))
		print_error("\"%s\" says nothing of \"%s\"\n", err->text, what);
	assert_non_null(strstr(err->text, what));
}

/* ---- what goes well ---- */

static enum err_code tell_file(void *ctx, int fd, struct child_out *out, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct str text;

	TRY(child_read(&a, fd, 1000, &text, err));
	return child_send(out, text, err);
}

static enum err_code tell_many(void *ctx, int fd, struct child_out *out, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	char *p = arena_alloc(&a, 100000);
	const size_t *n = ctx;

	for (size_t i = 0; i < *n; i++)
		TRY(child_send(out, (struct str){p, i * 37 % 1000}, err));
	TRY(child_send(out, (struct str){p, 100000}, err));
	return child_send(out, STR_NONE, err);
}

static void records_come_through(void **state)
{
	size_t n = 15000;
	struct got g = {0};
	struct err err;

	assert_int_equal(run(tell_file, NULL, &g, &err), OK);
	assert_string_equal(g.last, "what the file holds");
	assert_int_equal(g.records, 1);
	assert_int_equal(run(tell_many, &n, &g, &err), OK);
	assert_int_equal(g.records, n + 2);
	assert_int_equal(g.bytes, 15 * 499500 + 100000);
}

static void in_the_same_process(void **state)
{
	struct got g = {0};
	struct err err;

	setenv("ZEREN_NO_FORK", "1", 1);
	assert_int_equal(run(tell_file, NULL, &g, &err), OK);
	assert_string_equal(g.last, "what the file holds");
	unsetenv("ZEREN_NO_FORK");
}

static enum err_code tell_error(void *ctx, int fd, struct child_out *out, struct err *err)
{
	TRY(child_send(out, S("first"), err));
	return fail(err, ERR_LIMIT, "row %d: too much", 7);
}

static void errors_come_through(void **state)
{
	struct got g = {0};
	struct err err;

	assert_int_equal(run(tell_error, NULL, &g, &err), ERR_LIMIT);
	assert_string_equal(err.text + strlen(path) - strlen("/tmp/"), ": row 7: too much");
	assert_int_equal(g.records, 1);
	g.refuse_at = 3;
	assert_int_equal(run(tell_many, &(size_t){10000}, &g, &err), ERR_CONFLICT);
	assert_int_equal(g.records, 3);
}

static void no_such_file(void **state)
{
	struct err err = {.lang = LANG_EN};
	struct got g = {0};

	assert_int_equal(child_run("/nonexistent/x", tell_file, NULL, take, &g, small, &err), ERR_NOT_FOUND);
	err_clear(&err);
	assert_int_equal(child_run("/tmp", tell_file, NULL, take, &g, small, &err), ERR_INPUT);
	has(&err, "not a regular file");
}

/* ---- what is forbidden ---- */

static enum err_code bad_open(void *ctx, int fd, struct child_out *out, struct err *err)
{
	return open("/etc/passwd", O_RDONLY) < 0 ? OK : child_send(out, S("opened"), err);
}

static enum err_code bad_create(void *ctx, int fd, struct child_out *out, struct err *err)
{
	return open("/tmp/zeren-child-made", O_WRONLY | O_CREAT, 0600) < 0 ? OK : child_send(out, S("made"),
		err);
}

static enum err_code bad_socket(void *ctx, int fd, struct child_out *out, struct err *err)
{
	return socket(AF_INET, SOCK_STREAM, 0) < 0 ? OK : child_send(out, S("socket"), err);
}

static enum err_code bad_unix_socket(void *ctx, int fd, struct child_out *out, struct err *err)
{
	return socket(AF_UNIX, SOCK_STREAM, 0) < 0 ? OK : child_send(out, S("socket"), err);
}

static enum err_code bad_exec(void *ctx, int fd, struct child_out *out, struct err *err)
{
	return execl("/bin/true", "true", (char *)NULL) < 0 ? OK : OK;
}

static enum err_code bad_fork(void *ctx, int fd, struct child_out *out, struct err *err)
{
	long pid = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);

	if (pid == 0)
		_exit(0);
	return pid < 0 ? OK : child_send(out, S("forked"), err);
}

static enum err_code bad_kill(void *ctx, int fd, struct child_out *out, struct err *err)
{
	return kill(getppid(), 0) < 0 ? OK : child_send(out, S("reached the parent"), err);
}

static enum err_code bad_tgkill(void *ctx, int fd, struct child_out *out, struct err *err)
{
	const pid_t *parent = ctx;

	return syscall(SYS_tgkill, *parent, *parent, 0) < 0 ? OK : child_send(out, S("reached the parent"),
		err);
}

static enum err_code bad_code(void *ctx, int fd, struct child_out *out, struct err *err)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? OK : child_send(out, S("made code"), err);
}

static enum err_code bad_dup(void *ctx, int fd, struct child_out *out, struct err *err)
{
	return dup(fd) < 0 ? OK : child_send(out, S("copied"), err);
}

static enum err_code bad_stat(void *ctx, int fd, struct child_out *out, struct err *err)
{
	struct stat st;

	return stat("/etc/passwd", &st) < 0 ? OK : child_send(out, S("looked"), err);
}

static enum err_code bad_sleep(void *ctx, int fd, struct child_out *out, struct err *err)
{
	nanosleep(&(struct timespec){.tv_sec = 1000}, NULL);
	return OK;
}

static void forbidden_calls_kill(void **state)
{
	static child_parse_fn *const bad[] = {
		bad_open, bad_create, bad_socket, bad_unix_socket, bad_exec, bad_fork, bad_kill, bad_tgkill,
			bad_code,
		bad_dup, bad_stat, bad_sleep,
	};
	pid_t parent = getpid();

	for (size_t i = 0; i < LEN(bad); i++) {
		struct got g = {0};
		struct err err;

		assert_int_equal(run(bad[i], &parent, &g, &err), ERR_INPUT);
		has(&err, "tried something forbidden");
		assert_int_equal(g.records, 0);
	}
	assert_false(file_exists("/tmp/zeren-child-made"));
}

/* Nothing of the parent's is open. read gives EBADF; so does write, but for the pipe and a sanitiser's 2. */
static enum err_code count_open(void *ctx, int fd, struct child_out *out, struct err *err)
{
	char text[40];
	int open = 0;

	for (int i = 0; i < 1024; i++)
		if (i != 2 && lseek(i, 0, SEEK_CUR) >= 0)
			open++;
	return child_send(out, (struct str){text, (size_t)snprintf(text, sizeof text, "%d", open)}, err);
}

static void nothing_else_is_open(void **state)
{
	CLEANUP(fd_close) int other = open("/dev/null", O_RDONLY);
	struct got g = {0};
	struct err err;

	assert_true(other >= 0);
	assert_int_equal(run(count_open, NULL, &g, &err), OK);
	assert_string_equal(g.last, "1");
}

/* ---- what goes wrong ---- */

static enum err_code crash(void *ctx, int fd, struct child_out *out, struct err *err)
{
	(void)child_send(out, S("before"), err);
	signal(SIGABRT, SIG_DFL);
	abort();
}

static enum err_code segfault(void *ctx, int fd, struct child_out *out, struct err *err)
{
	signal(SIGSEGV, SIG_DFL);
	raise(SIGSEGV);
	return OK;
}

static enum err_code leave(void *ctx, int fd, struct child_out *out, struct err *err)
{
	_exit(0);
}

static enum err_code close_pipe(void *ctx, int fd, struct child_out *out, struct err *err)
{
	close(1);
	for (volatile int i = 1; i; )
		;
	return OK;
}

static void deaths_are_told(void **state)
{
	static const struct {
		child_parse_fn *parse;
		const char *says;
	} deaths[] = {
		{crash, "broke down (signal 6)"}, {segfault, "broke down (signal 11)"}, {leave, "broke down"},
		{close_pipe, "could not be read safely"},
	};

	for (size_t i = 0; i < LEN(deaths); i++) {
		struct got g = {0};
		struct err err;

		assert_int_equal(run(deaths[i].parse, NULL, &g, &err), ERR_INPUT);
		has(&err, deaths[i].says);
		assert_int_equal(g.records, 0);
	}
}

static enum err_code spin(void *ctx, int fd, struct child_out *out, struct err *err)
{
	for (volatile int i = 1; i; )
		;
	return OK;
}

static void time_ends(void **state)
{
	struct child_limits limits = small;
	struct err err = {.lang = LANG_EN};
	struct got g = {0};

	limits.cpu_seconds = 1;
	assert_int_equal(child_run(path, spin, NULL, take, &g, limits, &err), ERR_INPUT);
	has(&err, "more time or memory");
}

#ifndef ZEREN_SANITISED
static enum err_code hoard(void *ctx, int fd, struct child_out *out, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;

	for (int i = 0; i < 1000; i++)
		memset(arena_alloc(&a, 1 << 20), 1, 1 << 20);
	return OK;
}

static void memory_ends(void **state)
{
	struct got g = {0};
	struct err err;

	assert_int_equal(run(hoard, NULL, &g, &err), ERR_INPUT);
	has(&err, "broke down");
}
#endif

static enum err_code big_record(void *ctx, int fd, struct child_out *out, struct err *err)
{
	static char big[100001];

	return child_send(out, (struct str){big, sizeof big}, err);
}

static enum err_code big_total(void *ctx, int fd, struct child_out *out, struct err *err)
{
	static char big[100000];

	for (int i = 0; i < 101; i++)
		TRY(child_send(out, (struct str){big, sizeof big}, err));
	return OK;
}

/* ---- a child that does not keep to the form: it writes to the pipe itself ---- */

static enum err_code write_raw(void *ctx, int fd, struct child_out *out, struct err *err)
{
	const struct str *s = ctx;

	for (size_t at = 0; at < s->n;) {
		ssize_t n = write(1, s->p + at, s->n - at);

		if (n <= 0)
			break;
		at += (size_t)n;
	}
	_exit(0);
}

static void put_frame(struct buf *b, uint32_t n, uint32_t kind, struct str s)
{
	struct frame_head head = {n, kind};

	buf_put(b, (struct str){(const char *)&head, sizeof head});
	buf_put(b, s);
}

static void limits_hold(void **state)
{
	static char zeros[100000];
	CLEANUP(buf_free) struct buf b = BUF_MAX(64 << 20);
	struct got g = {0};
	struct err err;
	struct str raw;

	assert_int_equal(run(big_record, NULL, &g, &err), ERR_LIMIT);
	assert_int_equal(run(big_total, NULL, &g, &err), ERR_LIMIT);
	assert_int_equal(g.records, 100);
	put_frame(&b, 0x7FFFFFFF, FRAME_RECORD, S("x"));
	raw = buf_str(&b);
	assert_int_equal(run(write_raw, &raw, &g, &err), ERR_LIMIT);
	assert_int_equal(g.records, 0);
	buf_reset(&b);
	for (int i = 0; i < 200; i++)
		put_frame(&b, sizeof zeros, FRAME_RECORD, (struct str){zeros, sizeof zeros});
	raw = buf_str(&b);
	assert_int_equal(run(write_raw, &raw, &g, &err), ERR_LIMIT);
	assert_int_equal(g.records, 100);
}

static void a_cut_pipe_is_a_death(void **state)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 16);
	struct got g = {0};
	struct err err;

	put_frame(&b, 5, FRAME_RECORD, S("hello"));
	put_frame(&b, 0, FRAME_RECORD, STR_NONE);
	put_frame(&b, 0, FRAME_END, STR_NONE);
	for (size_t n = 0; n <= b.n; n++) {
		struct str cut = str_sub(buf_str(&b), 0, n);

		assert_int_equal(run(write_raw, &cut, &g, &err), n == b.n ? OK : ERR_INPUT);
		assert_int_equal(g.records, (n >= 13) + (n >= 21));
		if (n < b.n)
			has(&err, "broke down");
	}
}

static void nonsense_is_refused(void **state)
{
	static const struct {
		uint32_t n, kind;
		struct str s;
	} bad[] = {
		{0, 0, {0}}, {0, 99, {0}}, {0, FRAME_READY, {0}},               /* ready twice */
		{0, FRAME_ERROR, {0}}, {3, FRAME_ERROR, {"abc", 3}},
		{6, FRAME_ERROR, {"\0\0\0\0no", 6}},                            /* an error that is none */
		{6, FRAME_ERROR, {"\xFF\xFF\0\0no", 6}},                        /* no such code */
		{6, FRAME_ERROR, {"\2\0\0\0\xFF\xFE", 6}},                      /* no text */
		{6, FRAME_ERROR, {"\2\0\0\0a\0", 6}},
	};
	CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 16);
	struct got g = {0};
	struct err err;
	struct str raw;

	for (size_t i = 0; i < LEN(bad); i++) {
		buf_reset(&b);
		put_frame(&b, bad[i].n, bad[i].kind, bad[i].s);
		raw = buf_str(&b);
		assert_int_equal(run(write_raw, &raw, &g, &err), ERR_INPUT);
		has(&err, "answered nonsense");
	}
	buf_reset(&b);
	put_frame(&b, 10, FRAME_ERROR, S("\3\0\0\0a\nb\x1B[m"));
	raw = buf_str(&b);
	assert_int_equal(run(write_raw, &raw, &g, &err), ERR_REQUIRED);
	has(&err, "a b [m");                                            /* no escapes for a terminal */
	buf_reset(&b);
	put_frame(&b, 0, FRAME_END, STR_NONE);
	put_frame(&b, 2, FRAME_RECORD, S("no"));                        /* behind the end */
	raw = buf_str(&b);
	assert_int_equal(run(write_raw, &raw, &g, &err), OK);
	assert_int_equal(g.records, 0);
}

/* ---- many threads: not under ASan, whose allocator does not survive a fork beside a busy thread ---- */

#ifndef ZEREN_SANITISED
static volatile bool stop;

static void *busy(void *arg)
{
	struct tm tm;
	time_t t = 0;

	while (!stop) {
		free(malloc(1000));
		localtime_r(&t, &tm);
		iconv_close(iconv_open("UTF-8", "GB18030"));
		nanosleep(&(struct timespec){.tv_nsec = 100000}, NULL);
	}
	return NULL;
}

static void load(void)
{
	iconv_close(iconv_open("UTF-8", "GB18030"));
}

static enum err_code convert(void *ctx, int fd, struct child_out *out, struct err *err)
{
	char in[] = "\xD6\xD0", text[8], *p = in, *q = text;
	size_t n = 2, room = sizeof text;
	iconv_t cd = iconv_open("UTF-8", "GB18030");

	if (cd == (iconv_t)-1 || iconv(cd, &p, &n, &q, &room) == (size_t)-1)
		return fail(err, ERR_INPUT, "iconv");
	return child_send(out, (struct str){text, (size_t)(q - text)}, err);
}

static void *reads(void *arg)
{
	struct child_limits limits = small;
	long bad = 0;

	limits.prepare = load;
	for (int i = 0; i < 60; i++) {
		struct got g = {0};
		struct err err = {.lang = LANG_EN};

		if (child_run(path, convert, NULL, take, &g, limits, &err) != OK || strcmp(g.last, "中")) {
			print_error("%s\n", err.text);
			bad++;
		}
	}
	return (void *)bad;
}

static void from_many_threads(void **state)
{
	pthread_t noise[2], readers[2];
	void *bad;

	stop = false;
	for (size_t i = 0; i < LEN(noise); i++)
		assert_int_equal(pthread_create(&noise[i], NULL, busy, NULL), 0);
	for (size_t i = 0; i < LEN(readers); i++)
		assert_int_equal(pthread_create(&readers[i], NULL, reads, NULL), 0);
	for (size_t i = 0; i < LEN(readers); i++) {
		pthread_join(readers[i], &bad);
		assert_null(bad);
	}
	stop = true;
	for (size_t i = 0; i < LEN(noise); i++)
		pthread_join(noise[i], NULL);
}

#endif

static int make(void **state)
{
	int fd = mkstemp(path);

	return fd < 0 || write(fd, "what the file holds", 19) != 19 || close(fd) < 0 ? -1 : 0;
}

static int done(void **state)
{
	return unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_come_through),
		cmocka_unit_test(in_the_same_process),
		cmocka_unit_test(errors_come_through),
		cmocka_unit_test(no_such_file),
		cmocka_unit_test(forbidden_calls_kill),
		cmocka_unit_test(nothing_else_is_open),
		cmocka_unit_test(deaths_are_told),
		cmocka_unit_test(time_ends),
#ifndef ZEREN_SANITISED
		cmocka_unit_test(memory_ends),
		cmocka_unit_test(from_many_threads),
#endif
		cmocka_unit_test(limits_hold),
		cmocka_unit_test(a_cut_pipe_is_a_death),
		cmocka_unit_test(nonsense_is_refused),
	};

	return cmocka_run_group_tests(tests, make, done);
}
