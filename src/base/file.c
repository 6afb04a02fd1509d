#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

void fd_close(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

enum err_code file_read(struct arena *a, const char *path, size_t limit, struct str *out, struct err *err)
{
	CLEANUP(fd_close) int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	size_t n = 0;
	char *p;

	if (fd < 0 && errno == ENOENT)
		return fail(err, ERR_NOT_FOUND, N_("%s: no such file"), path);
	if (fd < 0 || fstat(fd, &st) < 0)
		return fail_errno(err, N_("%s: cannot be read"), path);
	if (!S_ISREG(st.st_mode))
		return fail(err, ERR_INPUT, N_("%s: not a regular file"), path);
	if ((uintmax_t)st.st_size > limit)
		return fail(
			err, ERR_LIMIT, N_("%s: %ju bytes, at most %zu are read"), path, (uintmax_t)st.st_size, limit);
	p = arena_alloc(a, (size_t)st.st_size + 1);
	while (n < (size_t)st.st_size) {
		ssize_t r = read(fd, p + n, (size_t)st.st_size - n);

		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return fail_errno(err, N_("%s: cannot be read"), path);
		if (r == 0)
			break;
		n += (size_t)r;
	}
	*out = (struct str){p, n};
	return OK;
}

enum err_code file_sync_dir(const char *path, struct err *err)
{
	CLEANUP(fd_close) int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 || fsync(fd) < 0)
		return fail_errno(err, N_("%s: the folder cannot be synced"), path);
	return OK;
}

enum err_code fd_put(int fd, struct str s, const char *name, struct err *err)
{
	while (s.n) {
		ssize_t r = write(fd, s.p, s.n);

		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return fail_errno(err, N_("%s: cannot be written"), name);
		s = str_sub(s, (size_t)r, s.n);
	}
	return OK;
}

enum err_code file_write(const char *path, struct str text, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct str tmp = arena_printf(&a, "%s.new%d", path, (int)getpid());
	size_t base = strlen(path) - path_base(str_c(path)).n;
	struct str dir = base > 1 ? arena_str(&a, (struct str){path, base - 1}) : base ? S("/") : S(".");
	CLEANUP(fd_close) int fd = open(tmp.p, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	enum err_code code;

	if (fd < 0)
		return fail_errno(err, N_("%s: cannot be written"), path);
	code = fd_put(fd, text, path, err);
	if (code == OK && fsync(fd) < 0)
		code = fail_errno(err, N_("%s: cannot be written"), path);
	if (code == OK && rename(tmp.p, path) < 0)
		code = fail_errno(err, N_("%s: cannot be written"), path);
	if (code != OK) {
		unlink(tmp.p);
		return code;
	}
	return file_sync_dir(dir.p, err);
}

enum err_code file_mkdirs(const char *path, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	char *p = (char *)arena_str(&a, str_c(path)).p;

	for (char *q = p + 1;; q++) {
		char c = *q;

		if (c != '/' && c != 0)
			continue;
		*q = 0;
		if (mkdir(p, 0700) < 0 && errno != EEXIST)
			return fail_errno(err, N_("%s: the folder cannot be made"), path);
		*q = c;
		if (!c)
			break;
	}
	if (!file_is_dir(path))
		return fail(err, ERR_IO, N_("%s: not a folder"), path);
	return OK;
}

static int by_bytes(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void dir_close(DIR **d)
{
	if (*d)
		closedir(*d);
}

enum err_code file_list(struct arena *a, const char *path, size_t limit, struct file_list *out, struct err *err)
{
	CLEANUP(dir_close) DIR *d = opendir(path);
	struct file_list l = {0};
	size_t cap = 0;
	struct dirent *e;

	if (!d && errno == ENOENT)
		return fail(err, ERR_NOT_FOUND, N_("%s: no such folder"), path);
	if (!d)
		return fail_errno(err, N_("%s: the folder cannot be read"), path);
	while ((e = readdir(d))) {
		struct str name = str_c(e->d_name);

		if (str_is(name, ".") || str_is(name, ".."))
			continue;
		if (l.n == limit)
			return fail(err, ERR_LIMIT, N_("%s: more than %zu files"), path, limit);
		*ARENA_PUSH(a, l.names, l.n, cap) = arena_str(a, name);
	}
	if (l.n)
		qsort(l.names, l.n, sizeof *l.names, by_bytes);
	*out = l;
	return OK;
}

enum err_code file_remove_tree(const char *path, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct file_list l;
	struct stat st;

	if (lstat(path, &st) < 0)
		return errno == ENOENT ? OK : fail_errno(err, N_("%s: cannot be removed"), path);
	if (S_ISDIR(st.st_mode)) {
		TRY(file_list(&a, path, SIZE_MAX, &l, err));
		for (size_t i = 0; i < l.n; i++)
			TRY(file_remove_tree(path_join(&a, str_c(path), l.names[i]).p, err));
	}
	if ((S_ISDIR(st.st_mode) ? rmdir(path) : unlink(path)) < 0)
		return fail_errno(err, N_("%s: cannot be removed"), path);
	return OK;
}

bool file_is_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool file_exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

struct str path_join(struct arena *a, struct str dir, struct str name)
{
	const char *sep = dir.n && dir.p[dir.n - 1] == '/' ? "" : "/";

	return arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(dir), sep, STR_ARG(name));
}

struct str path_base(struct str path)
{
	for (size_t i = path.n; i > 0; i--)
		if (path.p[i - 1] == '/')
			return str_sub(path, i, path.n);
	return path;
}
