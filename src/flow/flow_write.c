#include "flow/flow.h"

#include "base/buf.h"
#include "record/record.h"
#include "text/json.h"
#include "who/access.h"
#include "who/person.h"

/* ---- what a step is given ---- */

static enum err_code find_move(enum flow flow, struct str name, int *out, struct err *err)
{
	const char *names[MOVE_N], *near;
	size_t n = 0;

	if (flow_move_named(flow, name, out))
		return OK;
	for (int i = flow_defs[flow].first_move; i < flow_move_end(flow); i++)
		names[n++] = move_defs[i].name;
	near = nearest_name(name, names, n, sizeof *names);
	if (near)
		return fail(err, ERR_INPUT, "'" STR_FMT "' is no step of a %s; did you mean '%s'?", STR_ARG(name),
			flow_defs[flow].name, near);
	return fail(err, ERR_INPUT, "'" STR_FMT "' is no step of a %s", STR_ARG(name), flow_defs[flow].name);
}

static enum err_code post_code(const struct org *org, struct str name, struct str *out, struct err *err)
{
	const struct post *p = name.n ? org_post(org, name) : NULL;

	if (name.n && !p)
		return fail(err, ERR_NOT_FOUND, "there is no post '" STR_FMT "', or more than one", STR_ARG(name));
	*out = p ? p->code : STR_NONE;
	return OK;
}

static enum err_code unit_code(const struct org *org, struct str name, struct str *out, struct err *err)
{
	const struct unit *u = name.n ? org_unit(org, name) : NULL;

	if (name.n && !u)
		return fail(err, ERR_NOT_FOUND, "there is no unit '" STR_FMT "', or more than one", STR_ARG(name));
	*out = u ? u->code : STR_NONE;
	return OK;
}

/* Who asks, where: an intent, or somebody who looks first. */
struct asker {
	struct db *db;
	struct arena *a;
	struct str actor, via;
	struct date today;
};

/* Whoever signed in acts for the post of the account, and no other. */
static enum err_code own_post(const struct asker *x, struct str *by, struct err *err)
{
	struct account account;

	if (!str_is(x->via, "web") && !str_is(x->via, "api"))
		return OK;
	TRY(account_get(x->db, x->a, x->actor, &account, err));
	if (by->n && !str_eq(*by, account.post))
		return fail(err, ERR_DENIED, "you act for the post of your account, not for " STR_FMT, STR_ARG(*by));
	if (!account.post.n)
		return fail(err, ERR_DENIED, "your account has no post to act for");
	*by = account.post;
	return OK;
}

/* The due of the step that this one answers. */
static struct date asked(const struct flow_case *c, int move)
{
	for (size_t i = c->n; i-- > 0;)
		if (move_defs[move].others >> (c->steps[i].move - flow_defs[c->flow].first_move) & 1)
			return c->steps[i].due;
	return DATE_NONE;
}

/* ---- the event ---- */

static void put_text(struct tx *tx, struct node *data, struct str key, struct str value)
{
	if (value.n)
		node_set(tx->arena, data, key, node_str(tx->arena, arena_str(tx->arena, value)));
}

static void put_day(struct tx *tx, struct node *data, struct str key, struct date d)
{
	char text[DATE_TEXT];

	if (date_is(d))
		put_text(tx, data, key, date_text(d, text));
}

static struct node *was_of(struct tx *tx, const struct flow_case *c)
{
	struct node *was = node_map(tx->arena);

	put_text(tx, was, S("state"), str_c(state_defs[c->state].name));
	put_text(tx, was, S("unit"), c->unit);
	put_text(tx, was, S("level"), c->level);
	put_day(tx, was, S("due"), c->due);
	return was;
}

static struct node *data_of(struct tx *tx, const struct flow_case *c, const struct flow_step *s,
	const struct flow_input *in)
{
	struct node *data = node_map(tx->arena);

	put_text(tx, data, S("step"), str_c(move_defs[s->move].name));
	put_day(tx, data, S("day"), s->day);
	put_text(tx, data, S("by"), s->by);
	put_text(tx, data, S("why"), s->why);
	put_text(tx, data, S("no"), s->no);
	put_day(tx, data, S("due"), s->due);
	put_text(tx, data, S("post"), s->post);
	put_text(tx, data, S("unit"), s->unit);
	put_text(tx, data, S("level"), s->level);
	put_text(tx, data, S("text"), s->text);
	put_text(tx, data, S("way"), s->way);
	if (s->progress >= 0)
		node_set(tx->arena, data, S("progress"), node_num(tx->arena, s->progress));
	if (in->proof && in->proof->n)
		node_set(tx->arena, data, S("proof"), (struct node *)in->proof);
	if (!id_is(c->subject)) {
		put_text(tx, data, S("about"), in->about);
		return data;
	}
	if (in->seen)
		node_set(tx->arena, data, S("seen"), node_num(tx->arena, in->seen));
	if (!c->started)
		node_set(tx->arena, data, S("was"), was_of(tx, c));
	return data;
}

/* ---- what it says into the record ---- */

static struct str said_of(struct arena *a, const struct flow_step *s, unsigned of)
{
	char text[DATE_TEXT];

	switch (of) {
	case F_DAY:
		return arena_str(a, date_text(s->day, text));
	case F_DUE:
		return arena_str(a, date_text(s->due, text));
	case F_PROGRESS:
		return s->progress < 0 ? STR_NONE : arena_printf(a, "%lld", (long long)s->progress);
	case F_NO:
		return s->no;
	case F_LEVEL:
		return s->level;
	case F_UNIT:
		return s->unit;
	case F_POST:
		return s->post;
	case F_TEXT:
		return s->text;
	case F_WAY:
		return s->way;
	case F_WHY:
		return s->why;
	default:
		return STR_NONE;
	}
}

/* A field that follows from other records is said there. */
static bool follows(const struct record_type *type, const struct field *f)
{
	for (size_t i = 0; i < type->ntracks; i++)
		if (type->tracks[i].field == f)
			return true;
	return false;
}

SQL(flow_type_sql, "select type from p_record where origin = ?1 and seq = ?2");

static enum err_code say_in_record(
	struct tx *tx, const struct scheme *s, struct id subject, const struct flow_step *step, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct record_input in = {.scheme = s, .lang = err->lang, .id = subject};
	struct record_typed *typed = ARENA_ARRAY(tx->arena, struct record_typed, KEY_N);
	const struct record_type *type;
	struct record_fit fit;
	struct id event;

	TRY(db_one(tx->db, &flow_type_sql, ARGS(V_ID(subject)), &q, err));
	type = scheme_type(s, query_text(&q, 0));
	query_done(&q);
	for (const struct set_def *x = set_defs; type && x->move != FLOW_NONE; x++) {
		const struct field *f = x->move == step->move ? flow_field(type, x->key) : NULL;
		struct str text = said_of(tx->arena, step, x->of);

		/* of a number of one measure the whole does not follow */
		if (f && !follows(type, f) && (text.n || !x->of) && !(x->of == F_PROGRESS && step->no.n))
			typed[in.ntyped++] = (struct record_typed){f->name, text};
	}
	if (!in.ntyped)
		return OK;
	in.typed = typed;
	in.why = str_c(move_defs[step->move].name);
	return record_say(tx, tx->arena, &in, &fit, &event, err);
}

/* ---- the step ---- */

static enum err_code need(struct tx *tx, enum act act, struct id unit, struct err *err)
{
	return id_is(unit) ? access_check(tx, act, unit, err) : access_office(tx, act, err);
}

/* Who sees the thing, by its unit or by its keeper, is told that a step is not his. */
static bool seen(struct tx *tx, const struct flow_case *c)
{
	struct err one = {0}, other = {0};

	return need(tx, ACT_VIEW, flow_unit_id(tx->db, c->unit), &one) == OK ||
		(!flow_defs[c->flow].opens && need(tx, ACT_VIEW, flow_unit_id(tx->db, c->keeper), &other) == OK);
}

static enum err_code need_act(struct tx *tx, const struct flow_case *c, int move, struct err *err)
{
	enum act act = move_defs[move].act;

	if (need(tx, act, flow_unit_id(tx->db, flow_where(c, move)), err) != ERR_NOT_FOUND || !seen(tx, c))
		return err->code;
	err_clear(err);
	return fail(err, ERR_DENIED, "you may not do this: %s", tr(err->lang, act_label(act)));
}

static enum err_code fill(const struct asker *x, const struct org *org, const struct flow_case *c,
	const struct flow_input *in, struct flow_step *s, struct err *err)
{
	s->day = date_is(in->day) ? in->day : x->today;
	s->due = in->due;
	s->why = in->why;
	s->no = in->no;
	s->level = in->level;
	s->text = in->text;
	s->way = in->way;
	s->progress = in->progress;
	s->actor = x->actor;
	s->via = x->via;
	TRY(post_code(org, in->by, &s->by, err));
	TRY(post_code(org, in->post, &s->post, err));
	TRY(own_post(x, &s->by, err));
	if (move_defs[s->move].asks & R_AS_ASKED && !date_is(s->due))
		s->due = asked(c, s->move);
	return OK;
}

/* The thing and the step, as far as they do not depend on rights: the step's own unit and move. */
static enum err_code find(const struct asker *x, const struct scheme *s, enum flow flow, struct id subject,
	const struct flow_input *in, struct org *org, struct flow_case *c, struct flow_step *step, struct err *err)
{
	struct date on = date_is(in->day) ? in->day : x->today;

	TRY(find_move(flow, in->step, &step->move, err));
	TRY(org_load(x->db, x->a, DATE_NONE, org, err));
	if (id_is(subject))
		TRY(flow_on(x->db, x->a, s, org, flow, subject, on, c, err));
	else
		TRY(flow_read(x->db, x->a, flow, ID_NONE, DATE_NONE, c, err));
	TRY(unit_code(org, in->unit, &step->unit, err));
	if (!id_is(subject))
		c->unit = step->unit;
	return OK;
}

enum err_code flow_fits(struct db *db, struct arena *a, const struct scheme *s, enum flow flow, struct id subject,
	const struct flow_input *in, struct str actor, struct str via, struct date today, struct err *err)
{
	struct asker x = {db, a, actor, via, today};
	enum flow_reach reach = FLOW_BESIDE;
	struct flow_step step = {0};
	struct flow_case c;
	struct org org;

	TRY(find(&x, s, flow, subject, in, &org, &c, &step, err));
	TRY(fill(&x, &org, &c, in, &step, err));
	if (in->proof)
		step.proof.n = in->proof->n;
	TRY(flow_reach_of(db, &c, step.by, &reach, err));
	return flow_check(&c, &step, reach, err);
}

enum err_code flow_step(struct tx *tx, const struct scheme *s, enum flow flow, struct id subject,
	const struct flow_input *in, struct id *event, struct err *err)
{
	struct asker x = {tx->db, tx->arena, tx->actor, tx->via, day_at(log_now(tx->log))};
	struct flow_step step = {0};
	struct flow_case c;
	struct org org;
	struct id made;
	const char *kind;

	TRY(find(&x, s, flow, subject, in, &org, &c, &step, err));
	TRY(need_act(tx, &c, step.move, err));
	TRY(fill(&x, &org, &c, in, &step, err));
	kind = arena_printf(tx->arena, "%s.%s", flow_defs[flow].name, id_is(subject) ? "step" : "open").p;
	TRY(tx_event(tx, kind, subject, data_of(tx, &c, &step, in), &made, err));
	if (event)
		*event = made;
	return flow_defs[flow].opens ? OK : say_in_record(tx, s, subject, &step, err);
}

/* ---- offers ---- */

struct flow_offer *flow_offers(struct db *db, struct arena *a, enum lang lang, const struct flow_case *c,
	const struct access *who, struct str actor, struct str via, struct str by, struct date on, size_t *n)
{
	struct flow_offer *out = ARENA_ARRAY(a, struct flow_offer, MOVE_N);
	struct id unit = flow_unit_id(db, c->unit);
	struct id keeper = str_eq(c->keeper, c->unit) ? unit : flow_unit_id(db, c->keeper);
	enum flow_reach reach = FLOW_BESIDE;
	struct err err = {.lang = lang};
	struct str person;

	*n = 0;
	if (flow_reach_of(db, c, by, &reach, &err) != OK)
		err_clear(&err);
	if (post_person(db, a, by, on, &person, &err) != OK)
		err_clear(&err);
	for (int i = flow_defs[c->flow].first_move; i < flow_move_end(c->flow); i++) {
		struct flow_step s = {.move = i, .by = by, .person = person, .actor = actor, .via = via, .day = on,
		                      .due = DATE_NONE};
		struct id at;

		if (!flow_goes(i, c->state))
			continue;
		out[*n].move = i;
		at = move_defs[i].asks & R_KEEPER ? keeper : unit;
		if (!may(who, move_defs[i].act, id_is(at) ? at : who->office))
			fail(&err, ERR_DENIED, "you may not do this: %s", tr(lang, act_label(move_defs[i].act)));
		if (err.code != OK || flow_may(c, &s, reach, &err) != OK)
			out[*n].why_not = arena_str(a, str_c(err.text));
		err_clear(&err);
		++*n;
	}
	return out;
}
