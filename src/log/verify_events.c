#include "log/finding.h"
#include "log/object.h"

#include <inttypes.h>

SQL(verify_stray, "select origin, seq from event where origin not in (select id from origin) limit 1");
SQL(verify_subject, "select subject_origin from event where origin = ?1 and seq = ?2");

/* Digests of the files looked at: open addressing, never more than half full. */
struct seen {
	struct hash *slots;
	size_t nslots, n;
};

struct walk {
	struct verify *v;
	struct arena arena;          /* of what lives through the walk */
	int64_t origin;
	int64_t next;                /* seq expected */
	int64_t at;
	struct range range;
	unsigned char *makers;       /* a bit for each event of this origin: it made an object */
	size_t nmakers, makers_cap;
	struct seen seen;
	bool checkpoint_done;
};

/* ---- small sets ---- */

static size_t seen_slot(const struct seen *s, const struct hash *h)
{
	static const struct hash none;
	uint64_t key;
	size_t i;

	memcpy(&key, h->b, sizeof key);
	for (i = key & (s->nslots - 1); !hash_eq(&s->slots[i], &none) && !hash_eq(&s->slots[i], h);)
		i = (i + 1) & (s->nslots - 1);
	return i;
}

/* True the first time. */
static bool seen_add(struct walk *w, const struct hash *h)
{
	struct seen *s = &w->seen;
	size_t i;

	if (s->n * 2 >= s->nslots) {
		struct seen more = {.nslots = s->nslots ? s->nslots * 2 : 64, .n = s->n};

		more.slots = ARENA_ARRAY(&w->arena, struct hash, more.nslots);
		for (size_t k = 0; k < s->nslots; k++)
			more.slots[seen_slot(&more, &s->slots[k])] = s->slots[k];
		*s = more;
	}
	i = seen_slot(s, h);
	if (hash_eq(&s->slots[i], h))
		return false;
	s->slots[i] = *h;
	s->n++;
	return true;
}

static void note_maker(struct walk *w, int64_t seq)
{
	while (w->nmakers <= (size_t)seq / 8) {
		unsigned char *more = ARENA_PUSH(&w->arena, w->makers, w->nmakers, w->makers_cap);

		*more = 0;
	}
	w->makers[seq / 8] |= (unsigned char)(1 << seq % 8);
}

static bool is_maker(const struct walk *w, int64_t seq)
{
	return seq >= 0 && (size_t)seq / 8 < w->nmakers && w->makers[seq / 8] & 1 << seq % 8;
}

/* ---- one event ---- */

static enum err_code subject(struct walk *w, const struct event *e, struct err *err)
{
	CLEANUP(query_done) struct query q = {0};
	bool fine;

	if (!id_is(e->subject)) {
		note_maker(w, e->id.seq);
		return OK;
	}
	if (e->subject.origin == w->origin) {
		fine = e->subject.seq < e->id.seq && is_maker(w, e->subject.seq);
	} else {
		TRY(db_query(w->v->log->db, &verify_subject, ARGS(V_ID(e->subject)), &q, err));
		fine = query_next(&q, err) && query_null(&q, 0);
	}
	if (!fine && err->code == OK)
		finding_add(w->v, FINDING_SUBJECT,
			N_("event %" PRId64 ": its subject is no earlier object"), e->id.seq);
	return err->code;
}

static void file(struct walk *w, struct arena *a, const struct event *e)
{
	struct object o = {.size = node_int(e->data, S("size"), -1)};
	struct err bad = {.lang = w->v->lang};

	if (!str_is(e->kind, "object.add") || !hash_parse(node_text(e->data, S("digest")), &o.digest) ||
		!seen_add(w, &o.digest))
		return;
	w->v->result.objects++;
	if (object_check(a, w->v->log, &o, &bad) != OK)
		finding_add(w->v, FINDING_FILE, N_("%s (event %" PRId64 ")"), bad.text, e->id.seq);
}

static enum err_code content(struct walk *w, struct arena *a, const struct event *e, struct err *err)
{
	const struct event_kind *kind = kinds_get(w->v->log, e->kind);
	struct err bad = {.lang = w->v->lang};

	if (!kind)
		finding_add(w->v, FINDING_KIND, N_("event %" PRId64 ": unknown kind \"" STR_FMT "\""),
			e->id.seq, STR_ARG(e->kind));
	else if (event_fields(kind, e, &bad) != OK)
		finding_add(w->v, FINDING_FIELDS, N_("event %" PRId64 ": %s"), e->id.seq, bad.text);
	if (e->at < w->at)
		finding_add(w->v, FINDING_AT, N_("event %" PRId64 ": its time goes back"), e->id.seq);
	w->at = e->at;
	file(w, a, e);
	return subject(w, e, err);
}

static void missing(struct walk *w, int64_t from, int64_t to)
{
	if (to == from + 1)
		finding_add(w->v, FINDING_GAP, N_("event %" PRId64 " is missing"), from);
	else
		finding_add(w->v, FINDING_GAP, N_("events %" PRId64 " to %" PRId64 " are missing"), from,
			to - 1);
}

static enum err_code one(struct walk *w, struct arena *a, const struct row *row, struct err *err)
{
	struct verify *v = w->v;
	struct err bad = {.lang = v->lang};
	struct hash leaf;
	struct event e;

	if (row->seq < w->next) {
		finding_add(v, FINDING_GAP, N_("event %" PRId64 ": no event has such a number"), row->seq);
		return OK;
	}
	if (row->seq > w->next && w->origin == 1)
		missing(w, w->next, row->seq);
	w->next = row->seq + 1;
	if (!row->sound) {
		finding_add(v, FINDING_TYPE,
			N_("event %" PRId64 ": a column holds another type than it should"), row->seq);
		return OK;
	}
	leaf = tree_leaf(row->canon);
	if (!str_eq(row->leaf, (struct str){(char *)leaf.b, HASH_BYTES}))
		finding_add(v, FINDING_HASH, N_("event %" PRId64 ": its hash does not match"), row->seq);
	range_add(&w->range, &leaf);
	if (w->origin == 1 && v->has_checkpoint && w->range.n == v->checkpoint.range.n)
		finding_subtrees(v, &w->range, &v->checkpoint.range,
			N_("events %" PRId64 " to %" PRId64 " are not those of the checkpoint file"));
	if (row_event(v->log, a, w->origin, row, &e, &bad) == OK)
		return content(w, a, &e, err);
	finding_add(v, FINDING_EVENT, N_("event %" PRId64 ": %s"), row->seq, bad.text);
	return OK;
}

/* ---- all of them ---- */

static void whole(struct walk *w)
{
	struct verify *v = w->v;

	if (w->next < v->head.n)
		missing(w, w->next, v->head.n);
	else if (w->next > v->head.n)
		finding_add(v, FINDING_GAP,
			N_("event %" PRId64 " is there, but the head row counts only %" PRId64),
			v->head.n, v->head.n);
	if (w->range.n == v->head.n)
		finding_subtrees(v, &w->range, &v->head,
			N_("events %" PRId64 " to %" PRId64 " together are not those that were recorded"));
	if (w->at != v->head_at)
		finding_add(v, FINDING_AT, N_("the head row's time is not that of event %" PRId64),
			w->next - 1);
	v->result.root = range_root(&w->range);
}

static void walk_done(struct walk *w)
{
	arena_free(&w->arena);
}

static enum err_code walk(struct verify *v, int64_t origin, struct err *err)
{
	CLEANUP(walk_done) struct walk w = {.v = v, .origin = origin};
	int64_t from = INT64_MIN, before;
	struct rows rows;

	do {
		struct arena a CLEANUP(arena_free) = ARENA_INIT;

		before = from;
		TRY(rows_get(v->log->db, &a, origin, from, INT64_MAX, &rows, err));
		for (size_t i = 0; i < rows.n; i++) {
			TRY(one(&w, &a, &rows.row[i], err));
			from = MAX(from, rows.row[i].seq + 1);
		}
		v->result.events += (int64_t)rows.n;
		finding_progress(v, 0, v->result.events);
	} while (rows.n == ROWS && from > before);
	if (origin == 1)
		whole(&w);
	return OK;
}

static enum err_code strays(struct verify *v, struct err *err)
{
	CLEANUP(query_done) struct query q = {0};

	TRY(db_query(v->log->db, &verify_stray, NO_ARGS, &q, err));
	if (query_next(&q, err))
		finding_add(v, FINDING_HEAD,
			N_("event %" PRId64 " is of log number %" PRId64 ", which is unknown here"),
			query_int(&q, 1), query_int(&q, 0));
	return err->code;
}

enum err_code verify_events(struct verify *v, struct err *err)
{
	TRY(strays(v, err));
	TRY(origin_load(v->log, err));
	for (size_t i = 0; i < v->log->norigins; i++)
		TRY(walk(v, v->log->origins[i].n, err));
	return OK;
}
