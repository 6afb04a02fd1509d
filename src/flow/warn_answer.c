/* Answers to warnings, their lifting, and that it is taken back, as events. The event holds what the warning said of
 * itself: rule, object, colour, and since when. In p_warning.lifts stands the enum warn_act. */
#include "flow/warn_inside.h"

#include "who/access.h"
#include "who/account.h"
#include "who/person.h"

SQL(warn_add_sql,
	"insert into p_warning(origin, seq, lifts, rule, object, colour, since, day, by_post, text, actor)"
	" values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
SQL(warn_list_sql,
	"select origin, seq, lifts, rule, object, colour, day, by_post, text, actor from p_warning"
	" order by day, seq, origin");
SQL(warn_lift_sql,
	"select lifts, by_post, actor, day from p_warning where origin = ?1 and rule = ?2 and object = ?3 and lifts > 0"
	" and day >= ?4 order by day desc, seq desc limit 1");
SQL(warn_hand_sql,
	"select by_post, actor, day from p_warning where origin = ?1 and rule = ?2 and object = ?3 and lifts = 0 and "
		"since = ?4"
	" order by seq desc limit 1");

static const struct event_field fields[] = {
	{"rule", FIELD_TEXT, true},
	{"object", FIELD_TEXT, true},
	{"colour", FIELD_TEXT, true},
	{"since", FIELD_DATE, true},
	{"day", FIELD_DATE, true},
	{"by", FIELD_TEXT, true},
	{"text", FIELD_TEXT, true},
};

static struct date day_said(const struct node *data, struct str key)
{
	struct date d;

	return date_parse(node_text(data, key), &d) ? d : DATE_NONE;
}

static enum err_code check_said(const struct event *e, struct err *err)
{
	struct date day = day_said(e->data, S("day")), since = day_said(e->data, S("since"));
	enum colour c;

	if (str_blank(node_text(e->data, S("by"))))
		return fail(err, ERR_REQUIRED, "by: the post that answers, lifts or reopens the warning");
	if (str_blank(node_text(e->data, S("text"))))
		return fail(err, ERR_REQUIRED, "text: what was done, or why it is lifted");
	TRY(colour_read(node_text(e->data, S("colour")), NULL, &c, err));
	if (day.n < since.n || day.n > day_at(e->at).n)
		return fail(err, ERR_INPUT, "day: from the first day of the warning up to today");
	return OK;
}

static enum err_code answer_check(struct tx *tx, const struct event *e, struct err *err)
{
	(void)tx;
	return check_said(e, err);
}

/* Is who does this who did that as a post on a day? By the post, or by the person whose posts both are. */
static enum err_code same_person(
	struct tx *tx, const struct event *e, struct str post, int64_t day, bool *same, struct err *err)
{
	struct hand mine = {node_text(e->data, S("by")), day_said(e->data, S("day"))};
	struct str who;

	TRY(one_person(tx->db, tx->arena, mine, (struct hand){post, {(int32_t)day}}, &who, err));
	*same = who.n || str_eq(post, mine.post);
	return OK;
}

/* Who answered it does not lift it; at the terminal the post decides, elsewhere the account too. */
static enum err_code lift_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	bool terminal = str_is(e->via, "cli") || str_is(e->via, "try") || str_is(e->via, "test"), same;

	TRY(check_said(e, err));
	if (db_one(tx->db, &warn_hand_sql,
	           ARGS(V_INT(e->id.origin), V_TEXT(node_text(e->data, S("rule"))),
	                V_TEXT(node_text(e->data, S("object"))), V_INT(day_said(e->data, S("since")).n)),
	           &q, err) != OK) {
		if (err->code != ERR_NOT_FOUND)
			return err->code;
		err_clear(err);
		return OK;               /* it was never answered */
	}
	TRY(same_person(tx, e, query_text(&q, 0), query_int(&q, 2), &same, err));
	if (same || (!terminal && str_eq(query_text(&q, 1), e->actor)))
		return fail(err, ERR_CONFLICT, "'" STR_FMT "' answered this warning; another hand lifts it",
		            STR_ARG(query_text(&q, 0)));
	return OK;
}

/* Who lifted it does not take that back. */
static enum err_code reopen_check(struct tx *tx, const struct event *e, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	bool terminal = str_is(e->via, "cli") || str_is(e->via, "try") || str_is(e->via, "test"), same;
	char text[DATE_TEXT];
	struct date lifted;

	TRY(check_said(e, err));
	TRY(db_query(tx->db, &warn_lift_sql,
		ARGS(V_INT(e->id.origin), V_TEXT(node_text(e->data, S("rule"))),
			V_TEXT(node_text(e->data, S("object"))), V_INT(day_said(e->data, S("since")).n)), &q, err));
	if (!query_next(&q, err) || query_int(&q, 0) != WARN_LIFT)
		return err->code != OK ? err->code : fail(err, ERR_CONFLICT, "this warning is not lifted");
	lifted = (struct date){(int32_t)query_int(&q, 3)};
	if (date_lt(day_said(e->data, S("day")), lifted))
		return fail(err, ERR_INPUT, "day: it was lifted on %s", date_text(lifted, text).p);
	TRY(same_person(tx, e, query_text(&q, 1), lifted.n, &same, err));
	if (same || (!terminal && str_eq(query_text(&q, 2), e->actor)))
		return fail(err, ERR_CONFLICT, "'" STR_FMT "' lifted this warning; another hand reopens it",
			STR_ARG(query_text(&q, 1)));
	return OK;
}

static enum err_code put(struct db *db, const struct event *e, enum warn_act act, struct err *err)
{
	return db_run(db, &warn_add_sql,
		ARGS(V_ID(e->id), V_INT(act), V_TEXT(node_text(e->data, S("rule"))),
			V_TEXT(node_text(e->data, S("object"))), V_TEXT(node_text(e->data, S("colour"))),
			V_INT(day_said(e->data, S("since")).n), V_INT(day_said(e->data, S("day")).n),
			V_TEXT(node_text(e->data, S("by"))), V_TEXT(node_text(e->data, S("text"))), V_TEXT(e->actor)),
		err);
}

static enum err_code answer_apply(struct db *db, const struct event *e, struct err *err)
{
	return put(db, e, WARN_ANSWER, err);
}

static enum err_code lift_apply(struct db *db, const struct event *e, struct err *err)
{
	return put(db, e, WARN_LIFT, err);
}

static enum err_code reopen_apply(struct db *db, const struct event *e, struct err *err)
{
	return put(db, e, WARN_REOPEN, err);
}

const struct event_kind warn_kinds[] = {
	{"warning.answer", fields, LEN(fields), false, answer_check, answer_apply},
	{"warning.lift", fields, LEN(fields), false, lift_check, lift_apply},
	{"warning.reopen", fields, LEN(fields), false, reopen_check, reopen_apply},
	{0},
};

enum err_code warn_say(
	struct tx *tx, const struct warning *w, const struct warn_said *said, struct id *id, struct err *err)
{
	struct arena *a = tx->arena;
	struct node *data = node_map(a);
	char day[DATE_TEXT], since[DATE_TEXT];
	static const char *const kinds[] = {"warning.answer", "warning.lift", "warning.reopen"};

	TRY(access_office(tx, said->act == WARN_ANSWER ? ACT_RECORD_ADD : ACT_REVIEW, err));
	node_set(a, data, S("rule"), node_str(a, w->rule->id));
	node_set(a, data, S("object"), node_str(a, w->object));
	node_set(a, data, S("colour"), node_str(a, str_c(colour_name(w->band->colour))));
	node_set(a, data, S("since"), node_str(a, arena_str(a, date_text(w->since, since))));
	node_set(a, data, S("day"), node_str(a, arena_str(a, date_text(said->day, day))));
	node_set(a, data, S("by"), node_str(a, said->by));
	node_set(a, data, S("text"), node_str(a, said->text));
	return tx_event(tx, kinds[said->act], ID_NONE, data, id, err);
}

/* ---- reading ---- */

static struct str chain_key(struct arena *a, struct str rule, struct str object)
{
	return arena_printf(a, STR_FMT "\n" STR_FMT, STR_ARG(rule), STR_ARG(object));
}

enum err_code warn_answers_load(struct db *db, struct arena *a, struct warn_answers *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	*out = (struct warn_answers){0};
	TRY(db_query(db, &warn_list_sql, NO_ARGS, &q, err));
	while (query_next(&q, err)) {
		struct warn_answer *x = ARENA_PUSH(a, out->p, out->n, out->cap);

		*x = (struct warn_answer){
			.id = {query_int(&q, 0), query_int(&q, 1)}, .act = (enum warn_act)query_int(&q, 2),
			.rule = arena_str(a, query_text(&q, 3)), .object = arena_str(a, query_text(&q, 4)),
			.day = {(int32_t)query_int(&q, 6)}, .by = arena_str(a, query_text(&q, 7)),
			.text = arena_str(a, query_text(&q, 8)), .actor = arena_str(a, query_text(&q, 9))};
		TRY(colour_read(query_text(&q, 5), NULL, &x->colour, err));
	}
	TRY(err->code);
	warn_answers_index(a, out);
	return OK;
}

void warn_answers_index(struct arena *a, struct warn_answers *out)
{
	out->by_object = (struct map)MAP_IN(a);
	for (size_t i = 0; i < out->n; i++) {
		struct warn_chain **c = (struct warn_chain **)map_at(&out->by_object,
			chain_key(a, out->p[i].rule, out->p[i].object));

		if (!*c)
			*c = ARENA_NEW(a, struct warn_chain);
		*ARENA_PUSH(a, (*c)->p, (*c)->n, (*c)->cap) = &out->p[i];
	}
}

const struct warn_answer *answer_between(const struct warn_answers *all, const struct warn_rule *r, struct str object,
	enum warn_act act, struct date from, struct date to)
{
	struct arena tmp CLEANUP(arena_free) = ARENA_INIT;
	const struct warn_chain *c;

	if (!all || !all->n)
		return NULL;
	c = map_get(&all->by_object, chain_key(&tmp, r->id, object));
	for (size_t i = c ? c->n : 0; i > 0; i--) {
		const struct warn_answer *x = c->p[i - 1];

		if (x->day.n < from.n || x->day.n > to.n)
			continue;
		if (x->act == act)
			return x;
		if (act == WARN_LIFT && x->act == WARN_REOPEN)
			return NULL;     /* what came before it was taken back */
	}
	return NULL;
}
