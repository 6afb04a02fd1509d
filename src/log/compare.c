/* The tables held against what the events make of them: both sides are read in the order of their primary
 * keys and merged, a row of each at a time. */
#include "base/file.h"
#include "log/finding.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { COLS = 64 };

struct side {
	struct query q;
	bool row;
};

struct pair {
	struct verify *v;
	const struct db_table *t;
	int keys[COLS];
	int nkeys;
	struct side live, made;
};

static void pair_done(struct pair *p)
{
	query_done(&p->live.q);
	query_done(&p->made.q);
}

/* ---- values and keys ---- */

static int compare_value(const struct query *a, const struct query *b, int col)
{
	enum val_kind ka = query_kind(a, col), kb = query_kind(b, col);
	int64_t x, y;

	if (ka != kb)
		return (int)ka - (int)kb;
	if (ka == VAL_NULL)
		return 0;
	if (ka != VAL_INT)
		return str_cmp(query_text(a, col), query_text(b, col));
	x = query_int(a, col);
	y = query_int(b, col);
	return (x > y) - (x < y);
}

/* Which of the two rows comes first; 0 when they are one row. */
static int compare_keys(const struct pair *p)
{
	int cmp = 0;

	if (!p->live.row || !p->made.row)
		return p->live.row ? -1 : 1;
	for (int i = 0; i < p->nkeys && !cmp; i++)
		cmp = compare_value(&p->live.q, &p->made.q, p->keys[i]);
	return cmp;
}

static void put_value(struct buf *b, const struct query *q, int col)
{
	struct str s;

	switch (query_kind(q, col)) {
	case VAL_NULL:
		buf_put(b, S("null"));
		return;
	case VAL_INT:
		buf_printf(b, "%" PRId64, query_int(q, col));
		return;
	case VAL_TEXT:
		buf_put(b, query_text(q, col));
		return;
	case VAL_BLOB:
		s = query_text(q, col);
		for (size_t i = 0; i < s.n; i++)
			buf_printf(b, "%02x", (unsigned)(unsigned char)s.p[i]);
	}
}

/* "1:23" */
static const char *key_text(const struct pair *p, const struct side *side, struct buf *b)
{
	buf_reset(b);
	for (int i = 0; i < p->nkeys; i++) {
		if (i)
			buf_putc(b, ':');
		put_value(b, &side->q, p->keys[i]);
	}
	return b->p;
}

/* ---- one table ---- */

static void set_keys(struct pair *p)
{
	for (int place = 1; place <= (int)p->t->ncols; place++)
		for (size_t i = 0; i < p->t->ncols; i++)
			if (p->t->cols[i].key == place)
				p->keys[p->nkeys++] = (int)i;
	for (size_t i = 0; !p->t->ncols || (!p->nkeys && i < p->t->ncols); i++)
		p->keys[p->nkeys++] = (int)i;
}

static const char *select_text(const struct pair *p, struct arena *a)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(64 << 10);

	buf_put(&b, S("select "));
	for (size_t i = 0; i < p->t->ncols; i++)
		buf_printf(&b, "%s\"" STR_FMT "\"", i ? ", " : "", STR_ARG(p->t->cols[i].name));
	buf_printf(&b, " from \"" STR_FMT "\" order by ", STR_ARG(p->t->name));
	for (int i = 0; i < p->nkeys; i++)
		buf_printf(&b, "%s%d", i ? ", " : "", p->keys[i] + 1);
	BUG_IF(b.over);
	return arena_str(a, buf_str(&b)).p;
}

static enum err_code next(struct side *s, struct err *err)
{
	s->row = query_next(&s->q, err);
	return s->row ? OK : err->code;
}

static void note_columns(struct pair *p, struct buf *key)
{
	for (size_t i = 0; i < p->t->ncols; i++)
		if (compare_value(&p->live.q, &p->made.q, (int)i))
			finding_add(p->v, FINDING_ROW, N_("table " STR_FMT ", row %s, column " STR_FMT
				": differs from what the events say"),
				STR_ARG(p->t->name), key_text(p, &p->live, key), STR_ARG(p->t->cols[i].name));
}

static enum err_code merge(struct pair *p, struct buf *key, struct err *err)
{
	TRY(next(&p->live, err));
	TRY(next(&p->made, err));
	while (p->live.row || p->made.row) {
		int cmp = compare_keys(p);

		p->v->result.rows += cmp <= 0;
		if (cmp < 0)
			finding_add(p->v, FINDING_ROW, N_("table " STR_FMT ", row %s: no event made it"),
				STR_ARG(p->t->name), key_text(p, &p->live, key));
		else if (cmp > 0)
			finding_add(p->v, FINDING_ROW, N_("table " STR_FMT ", row %s: is missing"),
				STR_ARG(p->t->name), key_text(p, &p->made, key));
		else
			note_columns(p, key);
		if (cmp <= 0)
			TRY(next(&p->live, err));
		if (cmp >= 0)
			TRY(next(&p->made, err));
	}
	return OK;
}

static enum err_code compare_table(struct verify *v, const struct db_table *t, struct db *made,
	struct err *err)
{
	CLEANUP(pair_done) struct pair p = {.v = v, .t = t};
	CLEANUP(buf_free) struct buf key = BUF_MAX(512);
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	const char *text;

	BUG_IF(t->ncols > COLS);
	set_keys(&p);
	text = select_text(&p, &a);
	TRY(db_query_text(v->log->db, text, &p.live.q, err));
	TRY(db_query_text(made, text, &p.made.q, err));
	return merge(&p, &key, err);
}

/* ---- all of them ---- */

static bool same_columns(const struct db_table *a, const struct db_table *b)
{
	if (a->ncols != b->ncols)
		return false;
	for (size_t i = 0; i < a->ncols; i++)
		if (!str_eq(a->cols[i].name, b->cols[i].name))
			return false;
	return true;
}

static enum err_code compare_all(struct verify *v, struct db *made, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct db_table *is, *should;
	size_t nis, nshould, i = 0, k = 0;

	TRY(db_tables(v->log->db, &a, S("p_"), &is, &nis, err));
	TRY(db_tables(made, &a, S("p_"), &should, &nshould, err));
	while (i < nis || k < nshould) {
		int cmp = i == nis ? 1 : k == nshould ? -1 : str_cmp(is[i].name, should[k].name);

		if (cmp < 0)
			finding_add(v, FINDING_ROW, N_("table " STR_FMT ": unknown to this program"),
				STR_ARG(is[i].name));
		else if (cmp > 0)
			finding_add(v, FINDING_ROW, N_("table " STR_FMT ": is missing"),
				STR_ARG(should[k].name));
		else if (!same_columns(&is[i], &should[k]))
			finding_add(v, FINDING_ROW,
				N_("table " STR_FMT ": its columns are not as they should be"),
				STR_ARG(is[i].name));
		else
			TRY(compare_table(v, &should[k], made, err));
		i += cmp <= 0;
		k += cmp >= 0;
	}
	return OK;
}

/* A database file that goes away with its companions. */
struct scratch {
	struct arena arena;
	const char *path;
	struct db *db;
};

static void scratch_done(struct scratch *s)
{
	static const char *const ends[] = {"", "-wal", "-shm", "-journal"};

	db_close(&s->db);
	for (size_t i = 0; i < LEN(ends); i++)
		unlink(arena_printf(&s->arena, "%s%s", s->path, ends[i]).p);
	arena_free(&s->arena);
}

static void tell(void *ctx, int64_t done, int64_t all)
{
	finding_progress(ctx, 1, done);
}

enum err_code verify_tables(struct verify *v, struct err *err)
{
	CLEANUP(scratch_done) struct scratch s = {.path = NULL};
	struct err bad = {.lang = v->lang};
	enum err_code code;

	s.path = arena_printf(&s.arena, "%s/staging/verify-%ld.db", v->log->dir, (long)getpid()).p;
	TRY(db_open(s.path, (struct db_opt){.scratch = true}, &s.db, err));
	code = log_replay(v->log, INT64_MAX, s.db, false, tell, v, &bad);
	if (code == OK)
		return compare_all(v, s.db, err);
	if (code == ERR_IO)
		return fail(err, code, "%s", bad.text);
	finding_add(v, FINDING_ROW, N_("the tables cannot be made again from the events: %s"), bad.text);
	return OK;
}
