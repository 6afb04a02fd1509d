#include "record/adopt.h"

#include "log/object.h"
#include "scheme/assess_def.h"
#include "scheme/duty_def.h"
#include "who/access.h"

SQL(scheme_all_sql, "select origin, seq, code, title, digest, from_day from p_scheme order by origin, seq");
SQL(scheme_uses_sql, "select name, digest from p_scheme_use where origin = ?1 and seq = ?2 order by n");

static struct str bytes_of(const struct hash *h)
{
	return (struct str){(const char *)h->b, HASH_BYTES};
}

static struct hash digest_at(const struct query *q, int col)
{
	struct hash h;

	BUG_IF(query_text(q, col).n != HASH_BYTES);
	memcpy(h.b, query_text(q, col).p, HASH_BYTES);
	return h;
}

enum err_code scheme_store(
	struct objects in, struct arena *a, const struct scheme *s, struct adoption *out, struct err *err)
{
	out->from = DATE_NONE;
	out->uses = ARENA_ARRAY(a, struct object, s->nuses);
	for (size_t i = 0; i < s->nuses; i++)
		TRY(objects_store_text(in, s->uses[i].text, &out->uses[i], err));
	return objects_store_text(in, s->text, &out->text, err);
}

/* ---- versions ---- */

enum err_code scheme_versions(
	struct db *db, struct arena *a, struct scheme_version **out, size_t *n, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	size_t cap = 0;

	*out = NULL;
	*n = 0;
	TRY(db_query(db, &scheme_all_sql, NO_ARGS, &q, err));
	while (query_next(&q, err)) {
		struct scheme_version *v = ARENA_PUSH(a, *out, *n, cap);

		v->id = (struct id){query_int(&q, 0), query_int(&q, 1)};
		v->code = arena_str(a, query_text(&q, 2));
		v->title = arena_str(a, query_text(&q, 3));
		v->digest = digest_at(&q, 4);
		v->from = query_null(&q, 5) ? DATE_NONE : (struct date){(int32_t)query_int(&q, 5)};
	}
	return err->code;
}

const struct scheme_version *scheme_version_on(const struct scheme_version *all, size_t n, struct date on)
{
	while (n > 0)
		if (all[--n].from.n <= on.n)     /* DATE_NONE is before every day */
			return &all[n];
	return NULL;
}

/* Do all its texts say the same as those of a version? */
static enum err_code same_as(struct db *db, const struct scheme_version *v, const struct scheme *s,
	const struct adoption *how, bool *same, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	size_t n = 0;

	*same = str_eq(bytes_of(&v->digest), bytes_of(&how->text.digest));
	TRY(db_query(db, &scheme_uses_sql, ARGS(V_ID(v->id)), &q, err));
	for (; query_next(&q, err); n++)
		*same = *same && n < s->nuses && str_eq(query_text(&q, 0), s->uses[n].name) &&
			str_eq(query_text(&q, 1), bytes_of(&how->uses[n].digest));
	*same = *same && n == s->nuses;
	return err->code;
}

/* ---- its texts in the event ---- */

static struct node *digest_node(struct arena *a, const struct hash *h)
{
	char hex[HASH_TEXT];

	return node_str(a, arena_str(a, hash_text(h, hex)));
}

static struct str file_of(struct arena *a, struct str name)
{
	return str_starts(name, S("./")) ? str_sub(name, 2, name.n) : arena_printf(a, STR_FMT ".yaml", STR_ARG(name));
}

static enum err_code name_uses(
	struct tx *tx, const struct scheme *s, const struct adoption *how, struct node *data, struct err *err)
{
	struct node *list = node_list(tx->arena);
	struct id named;

	for (size_t i = 0; i < s->nuses; i++) {
		struct node *one = node_map(tx->arena);

		TRY(object_name(tx, &how->uses[i], file_of(tx->arena, s->uses[i].name), &named, err));
		node_set(tx->arena, one, S("name"), node_str(tx->arena, s->uses[i].name));
		node_set(tx->arena, one, S("digest"), digest_node(tx->arena, &how->uses[i].digest));
		node_push(tx->arena, list, one);
	}
	if (list->n)
		node_set(tx->arena, data, S("uses"), list);
	return OK;
}

/* ---- reading back ---- */

/* The texts that an adopted scheme uses, by name. */
struct kept {
	struct log *log;
	struct scheme_used *names;
	struct hash *digests;
	size_t n, cap, digests_n, digests_cap;
};

static enum err_code object_text(
	struct log *log, struct arena *a, const struct hash *digest, struct str *out, struct err *err)
{
	if (object_read(log, a, digest, 1 << 20, out, err) == ERR_NOT_FOUND)
		err->code = ERR_DAMAGED;      /* an event names it */
	return err->code;
}

static enum err_code kept_text(void *ctx, struct arena *a, struct str name, struct str *out, struct err *err)
{
	struct kept *k = ctx;

	for (size_t i = 0; i < k->n; i++)
		if (str_eq(k->names[i].name, name))
			return object_text(k->log, a, &k->digests[i], out, err);
	return fail(err, ERR_DAMAGED, "the adoption does not name the scheme '" STR_FMT "'", STR_ARG(name));
}

static enum err_code kept_of(struct db *db, struct arena *a, struct id id, struct kept *k, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(db, &scheme_uses_sql, ARGS(V_ID(id)), &q, err));
	while (query_next(&q, err)) {
		ARENA_PUSH(a, k->names, k->n, k->cap)->name = arena_str(a, query_text(&q, 0));
		*ARENA_PUSH(a, k->digests, k->digests_n, k->digests_cap) = digest_at(&q, 1);
	}
	return err->code;
}

enum err_code scheme_version_read(struct log *log, struct db *db, struct arena *a, const struct scheme_version *v,
	struct scheme *out, struct err *err)
{
	struct kept kept = {.log = log};
	struct str text;

	TRY(object_text(log, a, &v->digest, &text, err));
	TRY(kept_of(db, a, v->id, &kept, err));
	return scheme_read_from(a, STR_NONE, text, (struct scheme_source){kept_text, &kept}, out, err);
}

enum err_code scheme_current(struct log *log, struct arena *a, struct scheme *out, struct err *err)
{
	return scheme_current_in(log, log_db(log), a, out, err);
}

enum err_code scheme_current_in(struct log *log, struct db *db, struct arena *a, struct scheme *out, struct err *err)
{
	struct scheme_version *all;
	size_t n;

	TRY(scheme_versions(db, a, &all, &n, err));
	if (!n)
		return fail(err, ERR_NOT_FOUND, "no scheme has been adopted here");
	return scheme_version_read(log, db, a, &all[n - 1], out, err);
}

/* ---- a year ---- */

/* The versions in force in the year before the one at its end, the oldest first. */
struct year_past {
	struct scheme_past *p;
	size_t n;
};

static enum err_code past_of(struct log *log, struct db *db, struct arena *a, const struct scheme_version *v,
	struct date until, struct scheme_past *out, enum lang lang, struct err *err)
{
	struct kept *kept = ARENA_NEW(a, struct kept);
	char day[DATE_TEXT];

	kept->log = log;
	TRY(object_text(log, a, &v->digest, &out->text, err));
	TRY(kept_of(db, a, v->id, kept, err));
	out->source = (struct scheme_source){kept_text, kept};
	out->from = v->from;
	out->until = until;
	date_text(until, day);
	out->name = arena_printf(a, tr(lang, N_("the version in force before %s")), day);
	return OK;
}

/* all: without the last one, whose first day is `from`. */
static enum err_code year_past(struct log *log, struct db *db, struct arena *a, const struct scheme_version *all,
	size_t n, struct date from, struct date first, struct year_past *out, struct err *err)
{
	size_t count = 0, at;
	const struct scheme_version *v;

	for (struct date d = from; d.n > first.n; d = v->from, count++) {
		v = scheme_version_on(all, n, (struct date){d.n - 1});
		if (!v)
			break;
	}
	out->p = ARENA_ARRAY(a, struct scheme_past, count);
	out->n = at = count;
	for (struct date d = from; at > 0; d = v->from) {
		v = scheme_version_on(all, n, (struct date){d.n - 1});
		TRY(past_of(log, db, a, v, d, &out->p[--at], err->lang, err));
	}
	return OK;
}

/* Of the versions adopted before an event, that which a year is judged by; *all and *n are left with those. */
static enum err_code version_of_year(struct db *db, struct arena *a, int year, int64_t before,
	struct scheme_version **all, size_t *n, const struct scheme_version **out, struct err *err)
{
	struct date last;

	date_make(year, 12, 31, &last);
	TRY(scheme_versions(db, a, all, n, err));
	while (*n && (*all)[*n - 1].id.seq >= before)
		--*n;
	*out = scheme_version_on(*all, *n, last);
	return *out ? OK : fail(err, ERR_NOT_FOUND, "no scheme has been adopted here");
}

enum err_code scheme_digest_of_year(struct db *db, struct arena *a, int year, struct hash *out, struct err *err)
{
	const struct scheme_version *v;
	struct scheme_version *all;
	size_t n;

	TRY(version_of_year(db, a, year, INT64_MAX, &all, &n, &v, err));
	*out = v->digest;
	return OK;
}

enum err_code scheme_of_year(
	struct log *log, struct db *db, struct arena *a, int year, struct scheme *out, struct err *err)
{
	return scheme_of_year_before(log, db, a, year, INT64_MAX, out, err);
}

enum err_code scheme_of_year_before(struct log *log, struct db *db, struct arena *a, int year, int64_t before,
	struct scheme *out, struct err *err)
{
	struct scheme_version *all;
	const struct scheme_version *v;
	struct year_past past;
	struct kept kept = {.log = log};
	struct date first;
	struct str text;
	size_t n;

	date_make(year, 1, 1, &first);
	TRY(version_of_year(db, a, year, before, &all, &n, &v, err));
	TRY(year_past(log, db, a, all, n, v->from, first, &past, err));
	TRY(object_text(log, a, &v->digest, &text, err));
	TRY(kept_of(db, a, v->id, &kept, err));
	return scheme_read_year(a, text, (struct scheme_source){kept_text, &kept}, past.p, past.n, out, err);
}

/* ---- adopting ---- */

static enum err_code own_text(void *ctx, struct arena *a, struct str name, struct str *out, struct err *err)
{
	const struct scheme *s = ctx;

	for (size_t i = 0; i < s->nuses; i++)
		if (str_eq(s->uses[i].name, name)) {
			*out = s->uses[i].text;
			return OK;
		}
	BUG("a scheme without the text of '" STR_FMT "'", STR_ARG(name));
}

/* Begins it within a year, the duties of that year's earlier versions must be readable by its record types. */
static enum err_code readable(struct tx *tx, const struct scheme *s, const struct scheme_version *all, size_t n,
	struct date from, struct err *err)
{
	struct scheme_source source = {own_text, (void *)s};
	struct err why = {.lang = err->lang};
	struct year_past past;
	struct scheme whole;
	struct date first;

	date_make(date_ymd(from).y, 1, 1, &first);
	TRY(year_past(tx->log, tx->db, tx->arena, all, n, from, first, &past, err));
	if (scheme_read_year(tx->arena, s->text, source, past.p, past.n, &whole, &why) == OK)
		return OK;
	return fail(err, ERR_CONFLICT,
		"not adopted: what was due earlier in %d is judged by the older duties and the new record types; "
		"keep what those ask for, or let this version begin with a year; %s", date_ymd(from).y, why.text);
}

static struct date today(void)
{
	return (struct date){(int32_t)((time_now() / 1000000 + 8 * 3600) / 86400)};
}

enum err_code scheme_adopt(struct tx *tx, const struct scheme *s, const struct adoption *how, struct err *err)
{
	struct node *data = node_map(tx->arena);
	struct date from = date_is(how->from) ? how->from : today();
	struct scheme_version *all;
	char day[DATE_TEXT];
	struct id named;
	struct org org;
	bool same = false;
	size_t n;

	TRY(access_office(tx, ACT_SCHEME_EDIT, err));
	TRY(scheme_versions(tx->db, tx->arena, &all, &n, err));
	if (n)
		TRY(same_as(tx->db, &all[n - 1], s, how, &same, err));
	if (same && (!date_is(how->from) || !date_is(all[n - 1].from) || date_eq(all[n - 1].from, from)))
		return OK;
	TRY(org_load(tx->db, tx->arena, DATE_NONE, &org, err));
	TRY(assess_fits_org(s, &org, err));
	if (n)
		TRY(readable(tx, s, all, n, from, err));
	TRY(object_name(tx, &how->text, file_of(tx->arena, s->code), &named, err));
	node_set(tx->arena, data, S("code"), node_str(tx->arena, s->code));
	node_set(tx->arena, data, S("title"), node_str(tx->arena, s->title));
	node_set(tx->arena, data, S("digest"), digest_node(tx->arena, &how->text.digest));
	TRY(name_uses(tx, s, how, data, err));
	if (n)                           /* the first one counts since ever */
		node_set(tx->arena, data, S("from"), node_str(tx->arena, arena_str(tx->arena, date_text(from, day))));
	return tx_event(tx, "scheme.adopt", ID_NONE, data, NULL, err);
}
