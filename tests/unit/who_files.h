/* What tests of organisation files share. */
#ifndef TESTS_WHO_FILES_H
#define TESTS_WHO_FILES_H

#include "unit.h"

#include "base/file.h"
#include "who/who.h"

#include <stdio.h>
#include <unistd.h>

#define CASE "examples/district-office-2022/"

#define FLUNK(...) \
	do { \
		print_error(__VA_ARGS__); \
		print_error("\n"); \
		_fail(__FILE__, __LINE__); \
	} while (0)

struct fix {
	struct arena a;
	struct err err;
	char path[64];
};

static inline int setup(void **state)
{
	struct fix *f = calloc(1, sizeof *f);

	f->err.lang = LANG_EN;
	*state = f;
	return 0;
}

static inline int teardown(void **state)
{
	struct fix *f = *state;

	if (f->path[0])
		unlink(f->path);
	arena_free(&f->a);
	free(f);
	return 0;
}

static inline void ok(struct fix *f, enum err_code code)
{
	if (code != OK)
		FLUNK("%s: %s", err_name(code), f->err.text);
}

static inline void refused(struct fix *f, enum err_code got, enum err_code code, const char *words)
{
	if (got != code || !strstr(f->err.text, words))
		FLUNK("got %s '%s', expected %s '%s'", err_name(got), f->err.text, err_name(code), words);
	err_clear(&f->err);
}

static inline void same(struct str a, struct str b)
{
	if (!str_eq(a, b))
		FLUNK("'" STR_FMT "' is not '" STR_FMT "'", STR_ARG(a), STR_ARG(b));
}

#define READING(fn) {#fn, fn, setup, teardown, NULL}

#endif
