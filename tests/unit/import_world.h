/* What tests of importing share: asking a preview and the tables, the case, a register of meetings. */
#ifndef TESTS_IMPORT_WORLD_H
#define TESTS_IMPORT_WORLD_H

#include "office_world.h"

#include "text/json.h"

/* ---- asking ---- */

static inline void counts_are(const struct import *im, const char *want)
{
	static const char *const names[] = {"add", "change", "same", "refused", "outside", "duplicate"};
	char got[200] = "";
	size_t n = 0, gone = 0;

	for (int i = 0; i < ROW_CLASSES; i++)
		if (import_count(im, (enum row_class)i))
			n += (size_t)snprintf(got + n, sizeof got - n, "%s%s %zu", n ? ", " : "", names[i],
				import_count(im, (enum row_class)i));
	for (size_t i = 0; i < im->ntables; i++)
		gone += im->tables[i].ngone;
	if (gone)
		snprintf(got + n, sizeof got - n, "%sgone %zu", n ? ", " : "", gone);
	if (strcmp(got, want) != 0)
		FLUNK("%s, not %s", got, want);
}

static inline struct str json_of(struct fix *f, const struct import *im)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(1 << 24);

	ok(f, json_canon(&b, import_json(im), &f->err));
	return arena_str(&f->a, buf_str(&b));
}

/* Active records of a type: number, day, fields; by row. */
static inline struct str active(struct fix *f, const char *type)
{
	return rows_of(f, &f->a, log_db(f->log), arena_printf(&f->a, "select row, day, outside, fields from p_record where"
		" type = '%s' and withdrawn_seq is null order by row, seq", type).p);
}

static inline int64_t count(struct fix *f, const char *sql)
{
	struct str s = rows_of(f, &f->a, log_db(f->log), sql);
	int64_t n;

	assert_true(str_int(str_trim(s), &n));
	return n;
}

/* Puts a file and imports it. */
static inline struct id take(struct fix *f, const char *name, const char *text, const char *counts)
{
	struct import im;

	put_file(f, name, text);
	read_files(f, NAMES(name), NULL, &im);
	counts_are(&im, counts);
	return accept_all(f, &im, true);
}

/* ---- the case ---- */

static inline void read_case(struct fix *f, struct import *im)
{
	struct import_opt opt = {.year = 2022, .lang = LANG_ZH, .evidence = CASE "佐证"};
	struct str paths[32];
	struct file_list l;
	size_t n = 0;

	ok(f, file_list(&f->a, CASE, 1000, &l, &f->err));
	for (size_t i = 0; i < l.n; i++)
		if (l.names[i].p[0] >= '0' && l.names[i].p[0] <= '9')
			paths[n++] = path_join(&f->a, S(CASE), l.names[i]);
	assert_int_equal(n, 14);
	ok(f, import_read(&f->a, &f->scheme, paths, n, opt, im, &f->err));
	ok(f, import_compare(im, log_db(f->log), &f->err));
}

/* ---- a register of meetings ---- */


#define MEETINGS_HEAD "日期,类别,名称,应到,实到,学时,第一议题,专题,风险点,佐证\n"

static const char MEETINGS[] = MEETINGS_HEAD
	"2022-01-14,室务会,一月室务会,12人,12,1.5,有,意识形态,,\n"
	"2022-02-11,室务会,二月室务会,12人,10,1,无,,,\n"
	"2022-03-04,中心组,三月学习,9,9,2,,意识形态、保密,,\n";

static const char RISKS[] = "编号,风险点,日期,等级\nFX-1,甲,2022-01-10,低\nFX-2,乙,2022-01-11,低\n";

#endif
