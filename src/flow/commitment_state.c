/* Commitments as duties on a day, and as events. */
#include "flow/commitment.h"
#include "who/access.h"

/* ---- as duties ---- */

static const struct field *field_called(const struct record_type *t, const char *name)
{
	return type_field(t, str_c(name));
}

static int64_t number(const struct facts *f, const struct fact *r, const char *name, struct date on)
{
	int64_t v;

	return datum_number(fact_value(f, r, field_called(r->type, name), on), &v) ? v / 1000 : 0;
}

static struct str word(const struct facts *f, const struct fact *r, const char *name, struct date on)
{
	return datum_text(f->arena, LANG_ZH, fact_value(f, r, field_called(r->type, name), on));
}

static enum fate fate_of(const struct commitment_rule *rule, struct str said)
{
	for (int i = 0; i < FATES; i++)
		if (str_eq(rule->fates[i], said))
			return (enum fate)i;
	return FATE_NOT_DONE;
}

/* The day on which the k-th occasion was done, by its steps up to `on`; an occasion may have been taken back since. */
static struct date done_day(const struct facts *f, const struct fact *c, int64_t k, struct date on)
{
	const struct commitment_rule *rule = f->scheme->commitments;
	const struct fact_set *steps = facts_of(f, rule->step);
	struct date day = DATE_NONE;

	for (size_t i = 0; i < steps->n; i++) {          /* by day */
		const struct fact *s = &steps->p[i];

		if (!id_eq(s->id, c->id) || s->day.n > on.n)
			continue;
		if (number(f, s, "done", on) <= k)
			day = DATE_NONE;
		else if (!date_is(day))
			day = s->day;
	}
	return day;
}

static void put_slots(const struct facts *f, struct commitment_state *x, int64_t times, struct date limit,
	struct date on)
{
	struct duty_state *s = &x->state;
	char day[DATE_TEXT];

	for (int64_t k = 0; x->fate != FATE_DROPPED && k < times; k++) {
		struct slot *slot = ARENA_PUSH(f->arena, s->slots, s->nslots, s->cap);

		slot->owner = x->duty.owner.name;
		slot->need = &x->duty.needs[0];
		slot->label = times > 1 ? arena_printf(f->arena, tr(f->lang, N_("no. %lld")), (long long)k + 1)
			: arena_str(f->arena, date_text(limit, day));
		slot->due = limit;
		slot->done = done_day(f, x->fact, k, on);
		if (date_is(slot->done))
			slot->state = slot->done.n > limit.n ? SLOT_LATE : SLOT_MET;
		else
			slot->state = limit.n <= on.n ? SLOT_MISSED : SLOT_PENDING;
		*ARENA_PUSH(f->arena, slot->facts.p, slot->facts.n, slot->facts.cap) = x->fact;
	}
}

static bool all(void *ctx, const struct slot *x)
{
	return true;
}

static void one(const struct facts *f, const struct fact *c, struct date on, struct commitment_state *x)
{
	const struct commitment_rule *rule = f->scheme->commitments;
	struct date limit = datum_day(field_called(c->type, "limit"), fact_value(f, c, field_called(c->type, "limit"),
		DATE_NONE));
	struct duty_state judged;
	struct day_ref *by;
	int64_t times = number(f, c, "times", on);

	x->fact = c;
	x->fate = fate_of(rule, word(f, c, "fate", on));
	x->duty = (struct duty){
		.id = arena_printf(f->arena, "C-" STR_FMT, STR_ARG(word(f, c, "no", on))),
		.title = word(f, c, "what", on),
		.owner = {OWNER_POST, word(f, c, "owner", on)},
		.needs = ARENA_NEW(f->arena, struct need),
		.nneeds = 1,
	};
	by = ARENA_NEW(f->arena, struct day_ref);
	*by = (struct day_ref){.kind = DAY_FIXED, .day = limit};
	x->duty.needs[0] = (struct need){
		.form = NEED_BY, .owner = x->duty.owner, .count = times, .late_counts = true, .by = by, .nby = 1};
	x->state = (struct duty_state){.duty = &x->duty};
	put_slots(f, x, times, limit, on);
	duty_part(f, &x->state, on, all, NULL, &judged);
	x->state = judged;
}

struct commitment_state *commitment_states(const struct facts *f, struct date on, size_t *n)
{
	const struct commitment_rule *rule = f->scheme->commitments;
	struct commitment_state *out;
	const struct fact_set *set;

	*n = 0;
	if (!rule)
		return NULL;
	set = facts_of(f, rule->type);
	out = ARENA_ARRAY(f->arena, struct commitment_state, set->n);
	for (size_t i = 0; i < set->n; i++)
		one(f, &set->p[i], on, &out[(*n)++]);
	return out;
}

/* ---- decisions ---- */

SQL(commitment_add_sql,
	"insert into p_commitment(origin, seq, plan_origin, plan_seq, what, day, record_seq, why, actor)"
	" values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
SQL(commitments_sql,
	"select plan_origin, plan_seq, what, day, record_seq, why from p_commitment order by origin, seq");
SQL(commitment_record_sql,
	"select count(*) from p_record where origin = ?1 and seq = ?2 and withdrawn_seq is null");

enum err_code commitment_decisions_load(
	struct db *db, struct arena *a, struct commitment_decisions *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	*out = (struct commitment_decisions){0};
	TRY(db_query(db, &commitments_sql, NO_ARGS, &q, err));
	while (query_next(&q, err)) {
		struct commitment_decision *d = ARENA_PUSH(a, out->p, out->n, out->cap);

		d->plan = (struct id){query_int(&q, 0), query_int(&q, 1)};
		d->what = (enum decided)query_int(&q, 2);
		d->day = (struct date){(int32_t)query_int(&q, 3)};
		d->record = query_int(&q, 4);
		d->why = arena_str(a, query_text(&q, 5));
	}
	return err->code;
}

static const char *const kind_names[] = {"commitment.done", "commitment.drop", "commitment.reopen"};

enum err_code commitment_decide(struct tx *tx, const struct commitment_decision *d, struct err *err)
{
	struct node *data = node_map(tx->arena);
	char day[DATE_TEXT];

	TRY(access_office(tx, ACT_PROBLEM_DECIDE, err));
	if (d->record && d->what != DECIDED_DONE)
		return fail(err, ERR_INPUT, "a record goes with done only");
	if (date_is(d->day))
		node_set(tx->arena, data, S("day"), node_str(tx->arena, arena_str(tx->arena, date_text(d->day, day))));
	if (d->record)
		node_set(tx->arena, data, S("record"), node_num(tx->arena, d->record));
	if (d->why.n)
		node_set(tx->arena, data, S("why"), node_str(tx->arena, d->why));
	return tx_event(tx, kind_names[d->what], d->plan, data, NULL, err);
}

static const struct event_field done_fields[] = {
	{"day", FIELD_DATE, false}, {"record", FIELD_INT, false}, {"why", FIELD_TEXT, false}};
static const struct event_field drop_fields[] = {{"day", FIELD_DATE, false}, {"why", FIELD_TEXT, true}};
static const struct event_field reopen_fields[] = {{"day", FIELD_DATE, false}, {"why", FIELD_TEXT, false}};

static enum err_code there(struct db *db, struct id id, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_one(db, &commitment_record_sql, ARGS(V_ID(id)), &q, err));
	return query_int(&q, 0) ? OK : fail(err, ERR_NOT_FOUND, "no record %lld", (long long)id.seq);
}

static int32_t own_day(const struct event *e)
{
	return (int32_t)((e->at / 1000000 + 8 * 3600) / 86400);
}

static enum err_code check(struct tx *tx, const struct event *e, struct err *err)
{
	int64_t record = node_int(e->data, S("record"), 0);
	struct date day;

	if (date_parse(node_text(e->data, S("day")), &day) && day.n > own_day(e))
		return fail(err, ERR_INPUT, "a day that has not come yet");
	TRY(there(tx->db, e->subject, err));
	return record ? there(tx->db, (struct id){e->id.origin ? e->id.origin : 1, record}, err) : OK;
}

static enum err_code apply(struct db *db, const struct event *e, struct err *err)
{
	struct date day;
	int64_t what = 0;

	while (!str_is(e->kind, kind_names[what]))
		what++;
	if (!date_parse(node_text(e->data, S("day")), &day))
		day.n = own_day(e);
	return db_run(db, &commitment_add_sql,
		ARGS(V_ID(e->id), V_ID(e->subject), V_INT(what), V_INT(day.n),
			V_INT(node_int(e->data, S("record"), 0)), V_TEXT(node_text(e->data, S("why"))),
			V_TEXT(e->actor)), err);
}

const struct event_kind commitment_kinds[] = {
	{"commitment.done", done_fields, LEN(done_fields), true, check, apply},
	{"commitment.drop", drop_fields, LEN(drop_fields), true, check, apply},
	{"commitment.reopen", reopen_fields, LEN(reopen_fields), true, check, apply},
	{0},
};
