/*
 * Runs a fuzz target over the files of the directories given, without a fuzzer: one TAP line a file.
 * A file that breaks the target ends the program, so the plan stands first and what follows is missed.
 */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char **paths;
static size_t n_paths;

static void add(const char *dir, const char *name)
{
	char path[4096];
	struct stat st;

	if (snprintf(path, sizeof path, "%s/%s", dir, name) >= (int)sizeof path)
		abort();
	if (stat(path, &st) || !S_ISREG(st.st_mode))
		return;
	paths = realloc(paths, (n_paths + 1) * sizeof *paths);
	if (!paths || !(paths[n_paths++] = strdup(path)))
		abort();
}

static void collect(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;

	if (!d) {
		printf("Bail out! %s: %s\n", dir, strerror(errno));
		exit(1);
	}
	while ((e = readdir(d)))
		if (e->d_name[0] != '.')
			add(dir, e->d_name);
	closedir(d);
}

/* Each input gets its own allocation of just its size, so that ASan sees a read past its end. */
static int replay(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data = NULL;
	long size;
	int ok;

	if (!f)
		return 0;
	ok = !fseek(f, 0, SEEK_END) && (size = ftell(f)) >= 0 && !fseek(f, 0, SEEK_SET) &&
		(data = malloc(size ? (size_t)size : 1)) && fread(data, 1, (size_t)size, f) == (size_t)size;
	fclose(f);
	if (ok)
		LLVMFuzzerTestOneInput(data, (size_t)size);
	free(data);
	return ok;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int main(int argc, char **argv)
{
	int failed = 0;

	for (int i = 1; i < argc; i++)
		collect(argv[i]);
	if (n_paths)
		qsort(paths, n_paths, sizeof *paths, by_name);
	printf("1..%zu\n", n_paths);
	for (size_t i = 0; i < n_paths; i++) {
		const char *name = strrchr(paths[i], '/') + 1;
		int ok;

		printf("# %s\n", name);
		fflush(stdout);
		ok = replay(paths[i]);
		printf("%s %zu - %s\n", ok ? "ok" : "not ok", i + 1, name);
		fflush(stdout);
		failed |= !ok;
		free(paths[i]);
	}
	free(paths);
	return failed;
}
