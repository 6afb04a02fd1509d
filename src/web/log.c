/* The log, for who looks after it: newest first, by kind and day; one event whole, with the proof that it is there. */
#include "web/log_view.h"

#include "text/json.h"
#include "web/pages.h"

enum { OWN = 1, LATER_SHOWN = 50 };

SQL(log_kinds_sql, "select kind, count(*) from event where origin = 1 group by kind order by kind");
SQL(log_count_sql,
	"select count(*) from event where origin = 1 and seq >= ?1 and seq < ?2 and (?3 = '' or kind = ?3)");
SQL(log_some_sql,
	"select seq from event where origin = 1 and seq >= ?1 and seq < ?2 and (?3 = '' or kind = ?3) "
	"order by seq desc limit ?4 offset ?5");
SQL(log_about_sql,
	"select seq from event where origin = 1 and subject_origin = 1 and subject_seq = ?1 order by seq limit ?2");
SQL(log_canon_sql, "select canon from event where origin = 1 and seq = ?1");
SQL(log_leaves_sql, "select seq, leaf from event where origin = 1 and seq >= ?1 order by seq limit ?2");

static struct str number(struct call *c, int64_t n)
{
	return arena_printf(c->arena, "%lld", (long long)n);
}

static struct url event_url(struct call *c, int64_t seq)
{
	return call_url(c, url_add(c->arena, url_path("/log"), number(c, seq)));
}

/* ---- one event as a line ---- */

static struct event_line line_of(struct call *c, const struct event *e)
{
	struct event_line line = {.seq = e->id.seq, .kind = e->kind, .word = event_word(e->kind), .actor = e->actor,
		.via = e->via, .said = event_summary(c->arena, e->data), .url = event_url(c, e->id.seq)};
	int64_t second = e->at / 1000000 + 8 * 3600;
	char day[DATE_TEXT];

	line.time = arena_printf(c->arena, "%s %02d:%02d", date_text(day_at(e->at), day).p,
		(int)(second / 3600 % 24), (int)(second / 60 % 60));
	if (e->subject.origin == OWN) {
		line.about = number(c, e->subject.seq);
		line.about_url = event_url(c, e->subject.seq);
	} else if (id_is(e->subject)) {
		line.about = arena_printf(
			c->arena, "%lld:%lld", (long long)e->subject.origin, (long long)e->subject.seq);
		line.about_url = line.url;
	}
	return line;
}

/* One that cannot be read is shown as such: the log's page is where a damaged one is looked for. */
static struct event_line line_at(struct call *c, int64_t seq)
{
	struct err bad = {.lang = c->lang};
	struct event e;

	if (log_get(c->log, c->arena, (struct id){OWN, seq}, &e, NULL, &bad) == OK)
		return line_of(c, &e);
	return (struct event_line){.seq = seq, .said = arena_str(c->arena, str_c(bad.text)), .url = event_url(c, seq)};
}

/* ---- the list ---- */

/* The first event at or after an instant: times never go back. */
static enum err_code first_at(struct call *c, int64_t at, int64_t *out, struct err *err)
{
	int64_t low = 0, high = c->head.n;

	while (low < high) {
		int64_t mid = low + (high - low) / 2;
		struct event e;

		TRY(log_get(c->log, c->arena, (struct id){OWN, mid}, &e, NULL, err));
		if (e.at < at)
			low = mid + 1;
		else
			high = mid;
	}
	*out = low;
	return OK;
}

static int64_t day_begins(struct date day)
{
	return ((int64_t)day.n * 86400 - 8 * 3600) * 1000000;
}

static struct url address(struct call *c, const struct log_view *v, int64_t page)
{
	struct url u = call_url(c, url_path("/log"));
	char day[DATE_TEXT];

	if (v->kind.n)
		u = url_query(c->arena, u, "kind", v->kind);
	if (date_is(v->day))
		u = url_query(c->arena, u, "day", arena_str(c->arena, date_text(v->day, day)));
	return page > 1 ? url_query(c->arena, u, "page", number(c, page)) : u;
}

static enum err_code put_kinds(struct call *c, struct log_view *v, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(log_db(c->log), &log_kinds_sql, NO_ARGS, &q, err));
	while (query_next(&q, err)) {
		struct str kind = arena_str(c->arena, query_text(&q, 0));
		const char *word = event_word(kind);

		*ARENA_PUSH(c->arena, v->kinds.p, v->kinds.n, v->kinds.cap) = (struct pick){kind,
			arena_printf(c->arena, "%s%s" STR_FMT " (%lld)", word ? tr(c->lang, word) : "",
				word ? " · " : "", STR_ARG(kind), (long long)query_int(&q, 1)),
			str_eq(kind, v->kind)};
	}
	return err->code;
}

static enum err_code put_events(struct call *c, struct log_view *v, struct err *err)
{
	int64_t from = 0, to = c->head.n, page = MAX(value_int(&c->values, "page"), 1);
	struct query q CLEANUP(query_done) = {0}, n CLEANUP(query_done) = {0};

	if (date_is(v->day)) {
		TRY(first_at(c, day_begins(v->day), &from, err));
		TRY(first_at(c, day_begins((struct date){v->day.n + 1}), &to, err));
	}
	TRY(db_one(log_db(c->log), &log_count_sql, ARGS(V_INT(from), V_INT(to), V_TEXT(v->kind)), &n, err));
	v->n = query_int(&n, 0);
	page = MIN(page, MAX((v->n + EVENTS_A_PAGE - 1) / EVENTS_A_PAGE, 1));
	TRY(db_query(log_db(c->log), &log_some_sql,
		ARGS(V_INT(from), V_INT(to), V_TEXT(v->kind), V_INT(EVENTS_A_PAGE),
			V_INT((page - 1) * EVENTS_A_PAGE)),
		&q, err));
	while (query_next(&q, err))
		*ARENA_PUSH(c->arena, v->rows.p, v->rows.n, v->rows.cap) = line_at(c, query_int(&q, 0));
	v->from = v->rows.n ? (page - 1) * EVENTS_A_PAGE + 1 : 0;
	v->to = v->from ? v->from + (int64_t)v->rows.n - 1 : 0;
	v->has_before = page > 1;
	v->has_after = v->to < v->n;
	v->newer = address(c, v, page - 1);
	v->older = address(c, v, page + 1);
	return err->code;
}

enum err_code log_page(struct call *c, struct err *err)
{
	struct log_view v = {.kind = value_of(&c->values, "kind"), .day = value_date(&c->values, "day")};

	TRY(call_world(c, err));
	v.frame = call_frame(c, NAV_LOG, call_say(c, N_("Log")));
	v.filtered = v.kind.n || date_is(v.day);
	v.all = call_url(c, url_path("/log"));
	TRY(put_kinds(c, &v, err));
	TRY(put_events(c, &v, err));
	page_log(page_begin(c), &v);
	return page_end(c, err);
}

/* ---- one event ---- */

static enum err_code leaves(void *ctx, int64_t from, int64_t n, struct hash *out, struct err *err)
{
	struct call *c = ctx;
	struct query q CLEANUP(query_done) = {0};
	int64_t i = 0;

	TRY(db_query(log_db(c->log), &log_leaves_sql, ARGS(V_INT(from), V_INT(n)), &q, err));
	for (; i < n && query_next(&q, err); i++) {
		if (query_int(&q, 0) != from + i || query_text(&q, 1).n != HASH_BYTES)
			break;
		memcpy(out[i].b, query_text(&q, 1).p, HASH_BYTES);
	}
	return err->code ? err->code
		: i == n ? OK
			 : fail(err, ERR_DAMAGED, "event %lld is missing", (long long)(from + i));
}

/* The hashes with which the leaf gives the root, each with its side (RFC 9162, 2.1.3.2). */
static void put_steps(struct call *c, struct event_view *v, const struct proof *p, int64_t index, int64_t size)
{
	int64_t at = index, last = size - 1;
	char hex[HASH_TEXT];

	v->steps.p = ARENA_ARRAY(c->arena, struct proof_step, p->n);
	for (size_t i = 0; i < p->n; i++) {
		bool left = at & 1 || at == last;

		v->steps.p[v->steps.n++] =
			(struct proof_step){(int64_t)i + 1, left, arena_str(c->arena, hash_text(&p->hashes[i], hex))};
		for (; left && !(at & 1) && at; last >>= 1)
			at >>= 1;
		at >>= 1;
		last >>= 1;
	}
}

static enum err_code put_proof(struct call *c, struct event_view *v, struct str canon, struct err *err)
{
	struct hash leaf = tree_leaf(canon), root = range_root(&c->head);
	char hex[HASH_TEXT];
	struct proof p;

	v->size = c->head.n;
	v->leaf = arena_str(c->arena, hash_text(&leaf, hex));
	v->root = arena_str(c->arena, hash_text(&root, hex));
	TRY(tree_inclusion((struct tree_leaves){leaves, c}, v->line.seq, c->head.n, &p, err));
	v->proved = tree_check_inclusion(&p, v->line.seq, c->head.n, &leaf, &root);
	put_steps(c, v, &p, v->line.seq, c->head.n);
	return OK;
}

static enum err_code put_later(struct call *c, struct event_view *v, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(log_db(c->log), &log_about_sql, ARGS(V_INT(v->line.seq), V_INT(LATER_SHOWN)), &q, err));
	while (query_next(&q, err))
		*ARENA_PUSH(c->arena, v->later.p, v->later.n, v->later.cap) = line_at(c, query_int(&q, 0));
	return err->code;
}

/* The event and its bytes. One that is damaged is shown as it stands: here it is looked for. */
static enum err_code put_event(struct call *c, struct event_view *v, int64_t seq, struct str *canon, struct err *err)
{
	struct buf CLEANUP(buf_free) b = BUF_MAX(16 * EVENT_BYTES);
	struct query q CLEANUP(query_done) = {0};
	struct node *node;
	struct event e;

	if (log_get(c->log, c->arena, (struct id){OWN, seq}, &e, canon, err) == OK) {
		TRY(json_read(c->arena, *canon, (struct json_opt){0}, &node, err));
		json_pretty(&b, node);
		v->line = line_of(c, &e);
		v->text = arena_str(c->arena, buf_str(&b));
		return OK;
	}
	if (err->code != ERR_DAMAGED)
		return err->code;
	v->wrong = arena_str(c->arena, str_c(err->text));
	err_clear(err);
	TRY(db_query(log_db(c->log), &log_canon_sql, ARGS(V_INT(seq)), &q, err));
	if (query_next(&q, err))
		*canon = v->text = arena_str(c->arena, query_text(&q, 0));
	v->line = (struct event_line){.seq = seq};
	return err->code;
}

enum err_code event_page(struct call *c, struct err *err)
{
	int64_t seq = value_int(&c->values, "seq");
	struct event_view v = {0};
	struct str canon = STR_NONE;

	if (seq >= c->head.n)
		return fail(err, ERR_NOT_FOUND, "there is no event %lld; the newest is %lld", (long long)seq,
			(long long)(c->head.n - 1));
	TRY(call_world(c, err));
	TRY(put_event(c, &v, seq, &canon, err));
	v.frame = call_frame(c, NAV_LOG, arena_printf(c->arena, tr(c->lang, N_("Event %lld")), (long long)seq));
	v.has_before = seq > 0;
	v.has_after = seq + 1 < c->head.n;
	v.newer = event_url(c, seq + 1);
	v.older = event_url(c, seq - 1);
	TRY(put_proof(c, &v, canon, err));
	TRY(put_later(c, &v, err));
	page_event(page_begin(c), &v);
	return page_end(c, err);
}
