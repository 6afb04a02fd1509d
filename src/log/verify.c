#include "log/verify.h"

#include "base/file.h"
#include "log/finding.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

SQL(verify_leaves, "select seq, leaf from event where origin = 1 and seq >= ?1 order by seq limit ?2");

/* ---- findings ---- */

void finding_add(struct verify *v, enum finding_sort sort, const char *fmt, ...)
{
	struct verify_result *r = &v->result;
	struct verify_finding *f;
	char text[1024];
	va_list ap;

	v->sorts[sort].n++;
	if (v->sorts[sort].n > FINDING_EACH || r->nfindings == FINDING_MAX)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, tr(v->lang, fmt), ap);
	va_end(ap);
	v->sorts[sort].last = r->nfindings;
	f = ARENA_PUSH(v->a, r->findings, r->nfindings, v->cap);
	f->what = arena_str(v->a, str_c(text));
}

static void say_how_many_more(struct verify *v)
{
	for (size_t i = 0; i < FINDING_SORTS; i++) {
		struct str *what;

		if (v->sorts[i].n <= FINDING_EACH)
			continue;
		what = &v->result.findings[v->sorts[i].last].what;
		*what = arena_printf(v->a, tr(v->lang, "%s (and %" PRId64 " more of this kind)"), what->p,
			v->sorts[i].n - FINDING_EACH);
	}
}

void finding_subtrees(struct verify *v, const struct range *is, const struct range *recorded,
	const char *whose)
{
	int64_t from = 0;

	BUG_IF(is->n != recorded->n || is->nhashes != recorded->nhashes);
	for (size_t i = 0; i < is->nhashes; i++) {
		int64_t left = is->n - from, size = INT64_C(1) << (63 - __builtin_clzll((uint64_t)left));

		if (!hash_eq(&is->hashes[i], &recorded->hashes[i])) {
			finding_add(v, FINDING_HEAD, whose, from, from + size - 1);
			return;
		}
		from += size;
	}
}

void finding_progress(const struct verify *v, int stage, int64_t done)
{
	int64_t n = v->head.n;

	if (v->progress)
		v->progress(v->ctx, stage * n + MIN(done, n), v->stages * n);
}

/* ---- quick ---- */

/* The last event is there, is the last, and is what was hashed; the head row's time is its own. */
static enum err_code quick_last(struct verify *v, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct err bad = {.lang = v->lang};
	int64_t last = v->head.n - 1;
	struct rows rows;
	struct event e;
	struct hash leaf;

	TRY(rows_get(v->log->db, &a, 1, last, INT64_MAX, &rows, err));
	v->result.events = (int64_t)rows.n;
	if (!rows.n || rows.row[0].seq != last)
		finding_add(v, FINDING_GAP,
			N_("event %" PRId64 " is missing: the head row counts %" PRId64), last, v->head.n);
	else if (rows.n > 1)
		finding_add(v, FINDING_GAP,
			N_("event %" PRId64 " is there, but the head row counts only %" PRId64),
			rows.row[1].seq, v->head.n);
	else if (row_event(v->log, &a, 1, &rows.row[0], &e, &bad) != OK)
		finding_add(v, FINDING_EVENT, N_("event %" PRId64 ": %s"), last, bad.text);
	else if (leaf = tree_leaf(rows.row[0].canon),
		!str_eq(rows.row[0].leaf, (struct str){(char *)leaf.b, HASH_BYTES}))
		finding_add(v, FINDING_HASH, N_("event %" PRId64 ": its hash does not match"), last);
	else if (e.at != v->head_at)
		finding_add(v, FINDING_AT, N_("the head row's time is not that of event %" PRId64), last);
	return OK;
}

/* The checkpoint's tree, and the hashes of the events since, give the head row's. */
static enum err_code quick_checkpoint(struct verify *v, struct err *err)
{
	struct range r = v->checkpoint.range;
	int64_t before;

	do {
		CLEANUP(query_done) struct query q = {0};

		before = r.n;
		TRY(db_query(v->log->db, &verify_leaves, ARGS(V_INT(r.n), V_INT(10000)), &q, err));
		while (r.n < v->head.n && query_next(&q, err)) {
			struct hash leaf;

			if (query_kind(&q, 0) != VAL_INT || query_int(&q, 0) != r.n || query_kind(&q,
				1) != VAL_BLOB || query_text(&q, 1).n != HASH_BYTES) {
				finding_add(v, FINDING_GAP, N_("event %" PRId64 " is missing"), r.n);
				return OK;
			}
			memcpy(leaf.b, query_text(&q, 1).p, HASH_BYTES);
			range_add(&r, &leaf);
		}
		if (err->code != OK)
			return err->code;
	} while (r.n < v->head.n && r.n > before);
	if (r.n == v->head.n)
		finding_subtrees(v, &r, &v->head,
			N_("events %" PRId64 " to %" PRId64 " do not continue the checkpoint file"));
	return OK;
}

/* ---- head and checkpoint ---- */

static enum err_code read_checkpoint(struct verify *v, enum verify_depth depth, struct err *err)
{
	struct err bad = {.lang = v->lang};
	enum err_code code = checkpoint_read(v->a, v->log->dir, &v->checkpoint, &bad);

	if (code == ERR_NOT_FOUND) {
		if (depth > VERIFY_QUICK)
			finding_add(v, FINDING_HEAD,
				N_("%s; whether the database was put back is not to be seen"), bad.text);
		return OK;
	}
	if (code == ERR_DAMAGED) {
		finding_add(v, FINDING_HEAD, "%s", bad.text);
		return OK;
	}
	if (code != OK)
		return fail(err, code, "%s", bad.text);
	v->has_checkpoint = true;
	if (!str_eq(v->checkpoint.origin, v->log->origin))
		finding_add(v, FINDING_HEAD, N_("checkpoint: is of the log " STR_FMT ", not " STR_FMT),
			STR_ARG(v->checkpoint.origin), STR_ARG(v->log->origin));
	else if (v->checkpoint.range.n > v->head.n)
		finding_add(v, FINDING_HEAD,
			N_("checkpoint: holds %" PRId64 " events, the database %" PRId64 ": it was put back"),
			v->checkpoint.range.n, v->head.n);
	else
		return OK;
	v->has_checkpoint = false;
	return OK;
}

static enum err_code read_head(struct verify *v, struct err *err)
{
	struct err bad = {.lang = v->lang};
	enum err_code code = head_get(v->log->db, 1, &v->head, &v->head_at, &bad);

	if (code == OK && v->head.n > 0)
		return OK;
	if (code == OK || code == ERR_DAMAGED || code == ERR_NOT_FOUND) {
		finding_add(v, FINDING_HEAD, "%s", code == OK ? tr(v->lang,
			"the head row counts no event") : bad.text);
		v->head = (struct range){0};
		return OK;
	}
	return fail(err, code, "%s", bad.text);
}

static enum err_code look(struct verify *v, enum verify_depth depth, struct err *err)
{
	TRY(read_head(v, err));
	TRY(read_checkpoint(v, depth, err));
	v->result.root = range_root(&v->head);
	if (depth == VERIFY_QUICK) {
		if (v->head.n)
			TRY(quick_last(v, err));
		if (v->has_checkpoint && !v->result.nfindings)
			TRY(quick_checkpoint(v, err));
		return OK;
	}
	TRY(verify_events(v, err));
	return depth == VERIFY_DEEP ? verify_tables(v, err) : OK;
}

/* In one transaction, so that all is looked at as of one moment, also beside a writer. */
enum err_code log_verify(struct log *log, struct arena *a, enum verify_depth depth,
	void (*progress)(void *ctx, int64_t done, int64_t all), void *ctx,
	struct verify_result *out, struct err *err)
{
	struct verify v = {.log = log, .a = a, .lang = err->lang, .progress = progress, .ctx = ctx,
		.stages = depth == VERIFY_DEEP ? 2 : 1};
	enum err_code code;

	TRY(db_begin(log->db, err));
	code = look(&v, depth, err);
	db_rollback(log->db);
	TRY(code);
	say_how_many_more(&v);
	*out = v.result;
	return OK;
}
