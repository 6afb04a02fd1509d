/* What tests of who/ in the log share: a log of its own for each test, on SQLite or in a schema of the
 * PostgreSQL database of ZEREN_TEST_PG. Without it that half fails; with ZEREN_SKIP_PG=1 it is left out. */
#ifndef TESTS_WHO_WORLD_H
#define TESTS_WHO_WORLD_H

#include "unit.h"

#include "base/file.h"
#include "log/verify.h"
#include "text/json.h"
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
	char dir[64];
	const char *where;        /* NULL: SQLite */
	struct log *log;
};

static inline void ok(struct fix *f, enum err_code code)
{
	if (code != OK)
		FLUNK("%s: %s", err_name(code), f->err.text);
}

static inline void same(struct str a, struct str b)
{
	if (!str_eq(a, b))
		FLUNK("'" STR_FMT "' is not '" STR_FMT "'", STR_ARG(a), STR_ARG(b));
}

/* ---- a log of its own for each test ---- */

static const struct event_kind *const kinds[] = {who_kinds, NULL};

static inline int open_log(struct fix *f)
{
	struct log_opt opt = {.kinds = kinds, .scratch = true};

	f->err.lang = LANG_EN;
	snprintf(f->dir, sizeof f->dir, "/tmp/zeren-who-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	ok(f, log_create(f->dir, f->where, opt, &f->log, &f->err));
	return 0;
}

static inline int setup_sqlite(void **state)
{
	*state = calloc(1, sizeof(struct fix));
	return open_log(*state);
}

/* A schema of its own, so that tests may run side by side. */
static inline void schema(struct fix *f, const char *verb)
{
	CLEANUP(db_close) struct db *db = NULL;

	ok(f, db_open(getenv("ZEREN_TEST_PG"), (struct db_opt){.scratch = true}, &db, &f->err));
	ok(f, db_exec(db, arena_printf(&f->a, "%s schema test_who_%d %s", verb, (int)getpid(),
		verb[0] == 'd' ? "cascade" : "").p, &f->err));
}

static inline int setup_pg(void **state)
{
	struct fix *f = calloc(1, sizeof *f);

	*state = f;
	if (!getenv("ZEREN_TEST_PG"))
		FLUNK("ZEREN_TEST_PG is not set (./dev pg); ZEREN_SKIP_PG=1 leaves PostgreSQL out");
	f->err.lang = LANG_EN;
	schema(f, "create");
	f->where = arena_printf(&f->a, "%s options='-c search_path=test_who_%d'", getenv("ZEREN_TEST_PG"),
		(int)getpid()).p;
	return open_log(f);
}

static inline int teardown(void **state)
{
	struct fix *f = *state;
	struct err ignored = {0};

	log_close(&f->log);
	if (f->where)
		schema(f, "drop");
	file_remove_tree(f->dir, &ignored);
	arena_free(&f->a);
	free(f);
	return 0;
}

/* ---- adoption ---- */

struct adopting {
	const struct org *org;
	struct org_change change;
};

static inline enum err_code adopt_intent(struct tx *tx, void *ctx, struct err *err)
{
	struct adopting *ad = ctx;

	return org_adopt(tx, ad->org, &ad->change, err);
}

static inline enum err_code try_adopt(struct fix *f, const struct org *org, struct org_change *out)
{
	struct adopting ad = {.org = org};
	enum err_code code = log_write(f->log, S("张一"), S("test"), adopt_intent, &ad, &f->err);

	*out = ad.change;
	return code;
}

static inline void adopt(struct fix *f, const struct org *org, int added, int changed, int same_n, int gone)
{
	struct org_change c;

	ok(f, try_adopt(f, org, &c));
	if (c.added != added || c.changed != changed || c.same != same_n || c.gone != gone)
		FLUNK("added %d, changed %d, same %d, gone %d", c.added, c.changed, c.same, c.gone);
}

static inline void case_org(struct fix *f, const char *name, struct org *org)
{
	ok(f, org_read(&f->a, name, 2022, org, &f->err));
}

static inline void load(struct fix *f, const char *on, struct org *org)
{
	struct date d = DATE_NONE;

	assert_true(!on || date_parse(str_c(on), &d));
	ok(f, org_load(log_db(f->log), &f->a, d, org, &f->err));
}

static inline void sound(struct fix *f)
{
	struct verify_result r;

	ok(f, log_verify(f->log, &f->a, VERIFY_DEEP, NULL, NULL, &r, &f->err));
	for (size_t i = 0; i < r.nfindings; i++)
		print_error(STR_FMT "\n", STR_ARG(r.findings[i].what));
	assert_int_equal(r.nfindings, 0);
}

#define TEST_ON(fn, base) {#fn "_" #base, fn, setup_##base, teardown, NULL}
#define ON_BOTH(fn)       TEST_ON(fn, sqlite), TEST_ON(fn, pg)

static inline int run_both(struct CMUnitTest *tests, size_t n, const char *name)
{
	const char *skip = getenv("ZEREN_SKIP_PG");
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		if (!skip || strcmp(skip, "1") || tests[i].setup_func != setup_pg)
			tests[k++] = tests[i];
	return _cmocka_run_group_tests(name, tests, k, NULL, NULL);
}

#endif
