/* A handover as it is kept: prepared, confirmed by both hands. */
#include "flow/handover.h"

#include "base/buf.h"
#include "text/json.h"
#include "who/access.h"

enum { ABOUT_BYTES = 8 << 10 };

/* ---- reading ---- */

SQL(handover_proof_sql,
	"select proof from p_step where subject_origin = ?1 and subject = ?2 and flow = 'handover' and n = 1");

static bool about_read(struct arena *a, struct handover *h)
{
	struct err quiet = {0};
	struct node *map;

	if (json_read(a, h->c.about, (struct json_opt){0}, &map, &quiet) != OK || map->kind != NODE_MAP)
		return false;
	h->post = node_text(map, S("post"));
	h->leaving = node_text(map, S("leaving"));
	h->coming = node_text(map, S("coming"));
	h->lines = node_int(map, S("lines"), 0);
	return h->post.n && date_parse(node_text(map, S("on")), &h->on);
}

static enum err_code digest_read(struct db *db, struct arena *a, struct handover *h, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct node *list;

	TRY(db_query(db, &handover_proof_sql, ARGS(V_ID(h->c.subject)), &q, err));
	if (!query_next(&q, err) || query_null(&q, 0))
		return err->code;
	TRY(json_read(a, arena_str(a, query_text(&q, 0)), (struct json_opt){0}, &list, err));
	if (list->n)
		h->digest = node_text(list->items[0], S("digest"));
	return OK;
}

enum err_code handovers_load(struct db *db, struct arena *a, struct date on, struct handovers *out, struct err *err)
{
	struct flow_cases cases;

	*out = (struct handovers){0};
	TRY(flow_load(db, a, FLOW_HANDOVER, on, &cases, err));
	for (size_t i = 0; i < cases.n; i++) {
		struct handover h = {.c = cases.p[i]};

		if (!about_read(a, &h))
			continue;
		TRY(digest_read(db, a, &h, err));
		*ARENA_PUSH(a, out->p, out->n, out->cap) = h;
	}
	return OK;
}

enum err_code handover_get(struct db *db, struct arena *a, struct id id, struct handover *out, struct err *err)
{
	struct handover h = {0};

	TRY(flow_read(db, a, FLOW_HANDOVER, id, DATE_NONE, &h.c, err));
	if (!h.c.started || !about_read(a, &h))
		return fail(err, ERR_NOT_FOUND, "no handover %lld", (long long)id.seq);
	TRY(digest_read(db, a, &h, err));
	*out = h;
	return OK;
}

/* ---- preparing ---- */

static enum err_code about_text(struct arena *a, const struct handover_list *l, struct str *out, struct err *err)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(ABOUT_BYTES);
	struct node *map = node_map(a);
	char on[DATE_TEXT];

	node_set(a, map, S("post"), node_str(a, l->post->code));
	node_set(a, map, S("on"), node_str(a, arena_str(a, date_text(l->on, on))));
	if (l->leaving.holder.n)
		node_set(a, map, S("leaving"), node_str(a, l->leaving.holder));
	if (l->coming.holder.n)
		node_set(a, map, S("coming"), node_str(a, l->coming.holder));
	node_set(a, map, S("lines"), node_num(a, (int64_t)l->n));
	TRY(json_canon(&b, map, err));
	*out = arena_str(a, buf_str(&b));
	return OK;
}

static bool changes(const struct handover_list *l)
{
	return l->leaving.kind != l->coming.kind || !str_eq(l->leaving.holder, l->coming.holder);
}

static enum err_code not_twice(struct tx *tx, const struct handover_list *l, struct err *err)
{
	struct handovers all;

	TRY(handovers_load(tx->db, tx->arena, DATE_NONE, &all, err));
	for (size_t i = 0; i < all.n; i++)
		if (flow_open_state(all.p[i].c.state) && str_eq(all.p[i].post, l->post->code))
			return fail(err, ERR_CONFLICT,
				"handover %lld of this post is under way; finish it or drop it first",
				(long long)all.p[i].c.subject.seq);
	return OK;
}

static enum err_code need_act(struct tx *tx, enum act act, struct str unit, struct err *err)
{
	struct id id = flow_unit_id(tx->db, unit);

	return id_is(id) ? access_check(tx, act, id, err) : access_office(tx, act, err);
}

enum err_code handover_prepare(
	struct tx *tx, const struct scheme *s, const struct handover_input *in, struct id *id, struct err *err)
{
	const struct handover_list *l = in->list;
	struct flow_input step = FLOW_INPUT;
	struct node *proof = node_list(tx->arena), *one = node_map(tx->arena);
	char on[DATE_TEXT], hex[HASH_TEXT];
	struct id named;
	struct str name;

	TRY(need_act(tx, ACT_RECORD_ADD, l->post->unit, err));
	date_text(l->on, on);
	if (!changes(l))
		return fail(err, ERR_CONFLICT, "the holder of post '" STR_FMT "' does not change after %s: record "
			"the change of holder first", STR_ARG(l->post->name), on);
	TRY(not_twice(tx, l, err));
	name = arena_printf(tx->arena, "handover " STR_FMT " %s.json", STR_ARG(l->post->code), on);
	TRY(object_name(tx, &in->object, name, &named, err));
	node_set(tx->arena, one, S("name"), node_str(tx->arena, name));
	hash_text(&in->object.digest, hex);
	node_set(tx->arena, one, S("digest"), node_str(tx->arena, arena_str(tx->arena, str_c(hex))));
	node_push(tx->arena, proof, one);
	step.step = S("prepare");
	step.by = in->by;
	step.day = in->day;
	step.post = l->post->code;
	step.unit = l->post->unit;
	step.proof = proof;
	TRY(about_text(tx->arena, l, &step.about, err));
	return flow_step(tx, s, FLOW_HANDOVER, ID_NONE, &step, id, err);
}

/* ---- the steps ---- */

/* Whose hand each step is. */
static const struct {
	const char *step;
	bool leaves, comes;              /* done by the one who does */
	bool other;                      /* there must be the other one too; else there must be none */
} hands[] = {
	{"give", true, false, true},
	{"take", false, true, true},
	{"leave", true, false, false},
	{"take-up", false, true, false},
};

static enum err_code whose(struct tx *tx, const struct handover *h, const struct handover_step *in, struct str *name,
	struct err *err)
{
	struct account account;

	*name = in->name;
	if (str_is(tx->via, "web") || str_is(tx->via, "api")) {
		TRY(account_get(tx->db, tx->arena, tx->actor, &account, err));
		*name = account.name;
	}
	for (size_t i = 0; i < LEN(hands); i++) {
		struct str mine = hands[i].leaves ? h->leaving : h->coming;
		struct str others = hands[i].leaves ? h->coming : h->leaving;

		if (!str_is(in->step, hands[i].step))
			continue;
		if (!mine.n)
			return fail(err, ERR_CONFLICT, hands[i].leaves ? N_("the post was vacant: nobody leaves it")
				: N_("nobody comes yet: the post is left to a vacancy"));
		if (hands[i].other && !others.n)
			return fail(err, ERR_CONFLICT, hands[i].leaves
				? N_("nobody comes yet: the post is left to a vacancy")
				: N_("the post was vacant: it is taken up"));
		if (!hands[i].other && others.n)
			return fail(err, ERR_CONFLICT, hands[i].leaves ? N_("it is given to " STR_FMT ", not left")
				: N_("it is taken from " STR_FMT ", not taken up"), STR_ARG(others));
		if (!name->n)
			return fail(err, ERR_REQUIRED, "by whom? the name is missing");
		if (!str_eq(*name, mine))
			return fail(err, ERR_DENIED, "this is for " STR_FMT ", not for " STR_FMT, STR_ARG(mine),
				STR_ARG(*name));
	}
	return OK;
}

static enum err_code check_line(const struct handover *h, struct str no, struct err *err)
{
	int64_t n;

	if (!str_int(no, &n) || n < 1 || n > h->lines)
		return fail(err, ERR_INPUT, "'" STR_FMT "' is no line of handover %lld; it has %lld", STR_ARG(no),
			(long long)h->c.subject.seq, (long long)h->lines);
	return OK;
}

enum err_code handover_do(
	struct tx *tx, const struct scheme *s, struct id id, const struct handover_step *in, struct err *err)
{
	struct flow_input step = FLOW_INPUT;
	struct handover h;
	bool web = str_is(tx->via, "web") || str_is(tx->via, "api");

	TRY(handover_get(tx->db, tx->arena, id, &h, err));
	TRY(need_act(tx, ACT_RECORD_CHANGE, h.c.unit, err));
	TRY(whose(tx, &h, in, &step.way, err));
	if (str_is(in->step, "note"))
		TRY(check_line(&h, in->no, err));
	step.step = in->step;
	step.by = in->by.n || web ? in->by : h.post;
	step.why = in->why;
	step.no = in->no;
	step.text = in->text;
	step.day = in->day;
	step.seen = in->seen;
	return flow_step(tx, s, FLOW_HANDOVER, id, &step, NULL, err);
}
