/* Assessments as the tables have them. */
#include "score/assess_log.h"

#include "base/buf.h"
#include "crypto/digest.h"
#include "record/adopt.h"
#include "text/json.h"
#include "who/account.h"

enum { SHEET_BYTES = 16 << 20 };

#define ASSESS_COLUMNS \
	"select origin, seq, year, unit, digest, settled_seq, settled_on, settled_at, settled_total, settled_grade," \
	" settled_lines, settled_by from p_assess where origin = ?1 and "
SQL(assessment_unit_sql, ASSESS_COLUMNS "year = ?2 and unit = ?3");
SQL(assessment_id_sql, ASSESS_COLUMNS "seq = ?2");
SQL(assessment_marks_sql,
	"select sort, seq, item, got, text, by_post, actor, appeal, confirmed_seq, confirmed_by, thing"
	" from p_assess_mark"
	" where origin = ?1 and subject = ?2 order by seq");

static void hash_of(struct str s, struct hash *out)
{
	if (s.n == HASH_BYTES)
		memcpy(out->b, s.p, HASH_BYTES);
}

static void row(struct query *q, struct arena *a, struct assessment *out)
{
	*out = (struct assessment){.id = {query_int(q, 0), query_int(q, 1)}, .year = (int)query_int(q, 2),
	                           .unit = arena_str(a, query_text(q, 3)), .settled = !query_null(q, 5),
	                           .settled_on = DATE_NONE, .settled_day = DATE_NONE};
	hash_of(query_text(q, 4), &out->digest);
	if (!out->settled)
		return;
	out->settled_seq = query_int(q, 5);
	out->settled_on.n = (int32_t)query_int(q, 6);
	out->settled_day = day_at(query_int(q, 7));
	out->total = query_int(q, 8);
	out->grade = arena_str(a, query_text(q, 9));
	hash_of(query_text(q, 10), &out->lines);
	out->settled_by = arena_str(a, query_text(q, 11));
}

enum err_code assessment_find(
	struct db *db, struct arena *a, int year, struct str unit, struct assessment *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	*out = (struct assessment){.settled_on = DATE_NONE, .settled_day = DATE_NONE};
	TRY(db_query(db, &assessment_unit_sql, ARGS(V_INT(ASSESS_ORIGIN), V_INT(year), V_TEXT(unit)), &q, err));
	if (query_next(&q, err))
		row(&q, a, out);
	return err->code;
}

enum err_code assessment_get(struct db *db, struct arena *a, struct id id, struct assessment *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(db, &assessment_id_sql, ARGS(V_ID(id)), &q, err));
	if (query_next(&q, err)) {
		row(&q, a, out);
		return OK;
	}
	return err->code ? err->code : fail(err, ERR_NOT_FOUND, "no assessment %lld", (long long)id.seq);
}

SQL(assessment_newest_sql,
	"select origin, seq from p_assess where origin = ?1 and year = ?2 order by seq desc limit 1");

enum err_code assessment_newest(struct db *db, struct arena *a, int year, struct assessment *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct id id = ID_NONE;

	*out = (struct assessment){.settled_on = DATE_NONE, .settled_day = DATE_NONE};
	TRY(db_query(db, &assessment_newest_sql, ARGS(V_INT(ASSESS_ORIGIN), V_INT(year)), &q, err));
	if (query_next(&q, err))
		id = (struct id){query_int(&q, 0), query_int(&q, 1)};
	query_done(&q);
	TRY(err->code);
	return id_is(id) ? assessment_get(db, a, id, out, err) : OK;
}

enum err_code assessment_scheme(struct log *log, struct db *db, struct arena *a, const struct assessment *x, int year,
	struct scheme *out, struct err *err)
{
	return scheme_of_year_before(log, db, a, year, id_is(x->id) ? x->id.seq : INT64_MAX, out, err);
}

struct marks {
	struct assess_mark *p;
	size_t n, cap;
};

/* The mark of a row of assessment_marks_sql or year_marks_sql. */
static void take_mark(struct query *q, struct arena *a, struct marks *selfs, struct marks *scores)
{
	struct marks *to = str_is(query_text(q, 0), "self") ? selfs : scores;

	*ARENA_PUSH(a, to->p, to->n, to->cap) = (struct assess_mark){
		.event = query_int(q, 1), .item = arena_str(a, query_text(q, 2)), .got = query_int(q, 3),
		.text = arena_str(a, query_text(q, 4)), .by = arena_str(a, query_text(q, 5)),
		.actor = arena_str(a, query_text(q, 6)), .appeal = query_int(q, 7), .confirmed = !query_null(q, 8),
		.confirmed_by = query_null(q, 8) ? STR_NONE : arena_str(a, query_text(q, 9)),
		.thing = arena_str(a, query_text(q, 10))};
}

enum err_code assessment_inputs(
	struct db *db, struct arena *a, struct id id, struct assess_inputs *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct marks selfs = {0}, scores = {0};

	*out = (struct assess_inputs){0};
	TRY(db_query(db, &assessment_marks_sql, ARGS(V_ID(id)), &q, err));
	while (query_next(&q, err))
		take_mark(&q, a, &selfs, &scores);
	*out = (struct assess_inputs){.selfs = selfs.p, .nselfs = selfs.n, .scores = scores.p, .nscores = scores.n};
	return err->code;
}

SQL(assessments_sql, ASSESS_COLUMNS "year = ?2 order by seq");
SQL(year_marks_sql,
	"select m.sort, m.seq, m.item, m.got, m.text, m.by_post, m.actor, m.appeal, m.confirmed_seq, m.confirmed_by,"
	" m.thing, m.subject from p_assess_mark m join p_assess p on p.origin = m.origin and p.seq = m.subject"
	" where p.origin = ?1 and p.year = ?2 order by m.subject, m.seq");

enum err_code assessments_of_year(
	struct db *db, struct arena *a, int year, struct assessments *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct marks *selfs, *scores;
	size_t at = 0;

	*out = (struct assessments){0};
	TRY(db_query(db, &assessments_sql, ARGS(V_INT(ASSESS_ORIGIN), V_INT(year)), &q, err));
	while (query_next(&q, err))
		row(&q, a, ARENA_PUSH(a, out->p, out->n, out->cap));
	TRY(err->code);
	query_done(&q);
	selfs = ARENA_ARRAY(a, struct marks, out->n + 1);
	scores = ARENA_ARRAY(a, struct marks, out->n + 1);
	TRY(db_query(db, &year_marks_sql, ARGS(V_INT(ASSESS_ORIGIN), V_INT(year)), &q, err));
	while (query_next(&q, err)) {
		while (at < out->n && out->p[at].id.seq < query_int(&q, 11))
			at++;
		take_mark(&q, a, &selfs[at], &scores[at]);
	}
	out->inputs = ARENA_ARRAY(a, struct assess_inputs, out->n + 1);
	for (size_t i = 0; i < out->n; i++)
		out->inputs[i] = (struct assess_inputs){.selfs = selfs[i].p, .nselfs = selfs[i].n,
		                                        .scores = scores[i].p, .nscores = scores[i].n};
	return err->code;
}

enum err_code assess_sheet_digest(const struct facts *f, const struct assess_sheet *s, struct hash *out,
	struct err *err)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(SHEET_BYTES);

	TRY(json_canon(&b, assess_sheet_canon(f, s), err));
	digest_sha256(buf_str(&b), out->b);
	return OK;
}

bool appeal_about(struct str about, int64_t *assessment, struct str *item)
{
	struct str first;

	if (!str_has(about, S("/")) || !str_cut(&about, S("/"), &first) || !str_int(first, assessment))
		return false;
	*item = about;
	return item->n > 0;
}
