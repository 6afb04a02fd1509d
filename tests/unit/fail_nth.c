/*
 * LD_PRELOAD: lets the Nth system call that changes a file or folder fail. For tests/cases/write_faults.sh.
 *
 *   FAIL_NTH=N          the call, from 1; FAIL_FROM=1 lets all later ones fail as well
 *   FAIL_ERRNO=NUMBER   with this error
 *   FAIL_MARK=PATH      a file made when it has happened, so that a loop knows its end
 *
 * Says "fault NAME" on standard error at that moment.
 */
#undef _FILE_OFFSET_BITS      /* both pwrite and pwrite64 are wanted under their own names */

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static long count;

static long number(const char *name)
{
	const char *text = getenv(name);

	return text ? strtol(text, NULL, 10) : 0;
}

/* True when this call is to fail; errno is set. */
static int fails(const char *what)
{
	long nth = number("FAIL_NTH"), now;
	const char *mark = getenv("FAIL_MARK");
	char line[64];
	int fd, n;

	if (nth <= 0)
		return 0;
	pthread_mutex_lock(&mutex);
	now = ++count;
	pthread_mutex_unlock(&mutex);
	if (now != nth && !(number("FAIL_FROM") && now > nth))
		return 0;
	n = snprintf(line, sizeof line, "%s\n", what);
	if (now == nth) {
		syscall(SYS_write, 2, "fault ", 6);
		syscall(SYS_write, 2, line, n);
	}
	if (now == nth && mark && (fd = (int)syscall(SYS_openat, AT_FDCWD, mark, O_CREAT | O_WRONLY,
		0600)) >= 0) {
		syscall(SYS_write, fd, line, n);
		syscall(SYS_close, fd);
	}
	errno = (int)number("FAIL_ERRNO");
	return 1;
}

#define REAL(name) (*(__typeof__(&name) *)&(void *){dlsym(RTLD_NEXT, #name)})

/* Standard streams are nobody's evidence. */
#define WRAP_FD(type, name, params, args) \
	type name params \
	{ \
		return fd > 2 && fails(#name) ? -1 : REAL(name) args; \
	}
#define WRAP(type, name, params, args) \
	type name params \
	{ \
		return fails(#name) ? -1 : REAL(name) args; \
	}

WRAP_FD(ssize_t, write, (int fd, const void *p, size_t n), (fd, p, n))
WRAP_FD(ssize_t, pwrite, (int fd, const void *p, size_t n, off_t at), (fd, p, n, at))
WRAP_FD(ssize_t, pwrite64, (int fd, const void *p, size_t n, off64_t at), (fd, p, n, at))
WRAP_FD(int, fsync, (int fd), (fd))
WRAP_FD(int, ftruncate, (int fd, off_t n), (fd, n))
WRAP_FD(int, ftruncate64, (int fd, off64_t n), (fd, n))
WRAP(int, link, (const char *from, const char *to), (from, to))
WRAP(int, rename, (const char *from, const char *to), (from, to))
WRAP(int, unlink, (const char *path), (path))
WRAP(int, mkdir, (const char *path, mode_t mode), (path, mode))

int fdatasync(int fd)
{
	struct stat st;
	int folder = !fstat(fd, &st) && S_ISDIR(st.st_mode);

	return fails(folder ? "fdatasync of a folder" : "fdatasync") ? -1 : REAL(fdatasync)(fd);
}

static int open_how(const char *name, const char *path, int flags, mode_t mode)
{
	if ((flags & O_ACCMODE) != O_RDONLY && fails(name))
		return -1;
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

#define WRAP_OPEN(name) \
	int name(const char *path, int flags, ...) \
	{ \
		mode_t mode = 0; \
		va_list ap; \
		va_start(ap, flags); \
		if (flags & O_CREAT) \
			mode = va_arg(ap, mode_t); \
		va_end(ap); \
		return open_how(#name, path, flags, mode); \
	}
WRAP_OPEN(open)
WRAP_OPEN(open64)
