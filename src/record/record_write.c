/* Records by hand as events. */
#include "record/record_inside.h"

#include "base/buf.h"
#include "record/links.h"
#include "who/access.h"

#define BIT(act) (UINT64_C(1) << (act))

SQL(record_type_sql, "select type, rev_seq, withdrawn_seq from p_record where origin = ?1 and seq = ?2");

/* Everything that refuses it, in one text. */
static enum err_code refuse(enum lang lang, const struct record_fit *fit, struct err *err)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(900);

	for (size_t i = 0, shown = 0; i < fit->n; i++) {
		const struct record_problem *p = &fit->problems[i];
		struct str name = !p->field ? p->name : p->field->title.n ? p->field->title : p->field->name;

		if (p->refused)
			buf_printf(&b, "%s" STR_FMT "%s" STR_FMT, shown++ ? tr(lang, N_("; ")) : "", STR_ARG(name),
			           name.n ? tr(lang, N_(": ")) : "", STR_ARG(p->text));
	}
	return fail(err, ERR_INPUT, STR_FMT, STR_ARG(buf_str(&b)));
}

static enum err_code name_files(
	struct tx *tx, const struct record_input *in, const struct record_fit *fit, struct err *err)
{
	struct id named;

	for (size_t i = 0; i < in->nfiles; i++)
		TRY(object_name(tx, &in->files[i].object, fit->names[i], &named, err));
	return OK;
}

static void put_said(struct arena *a, struct node *data, const struct record_fit *fit)
{
	row_data(a, data, &(struct row_said){
		.ident = fit->ident, .fields = fit->fields, .raw = fit->raw, .proof = fit->proof, .day = fit->day,
		.outside = fit->outside});
}

/* What it says of its unit. */
static struct str unit_of(const struct record_fit *fit)
{
	return fit->type->unit ? fit->values[fit->type->unit->at].text : STR_NONE;
}

/* acts: asked for on the unit that it lies in; 0: nothing is asked. */
static enum err_code add(struct tx *tx, struct arena *a, const struct record_input *in, struct record_fit *fit,
	uint64_t acts, struct id *id, struct err *err)
{
	struct node *data = node_map(a);

	if (!in->type || id_is(in->id))
		BUG("record_add wants a type and no record");
	TRY(record_fits(tx->db, a, in, fit, err));
	if (acts)
		TRY(record_may(tx, acts, fit->type, unit_of(fit), err));
	if (fit->nrefused)
		return refuse(in->lang, fit, err);
	TRY(name_files(tx, in, fit, err));
	node_set(a, data, S("type"), node_str(a, fit->type->name));
	node_set(a, data, S("year"), node_num(a, in->year));
	put_said(a, data, fit);
	return tx_event(tx, "record.add", ID_NONE, data, id, err);
}

enum err_code record_add(struct tx *tx, struct arena *a, const struct record_input *in, struct record_fit *fit,
	struct id *id, struct err *err)
{
	return add(tx, a, in, fit, BIT(ACT_RECORD_ADD) | (in->nfiles ? BIT(ACT_EVIDENCE_ADD) : 0), id, err);
}

enum err_code record_put(struct tx *tx, struct arena *a, const struct record_input *in, struct record_fit *fit,
	struct id *id, struct err *err)
{
	return add(tx, a, in, fit, 0, id, err);
}

/* acts: asked for on the unit that it lies in from now on; 0: it follows from a step of the record's flow. Else nothing
 * that follows from steps may change. */
static enum err_code correct(struct tx *tx, struct arena *a, const struct record_input *in, struct record_fit *fit,
	uint64_t acts, struct id *event, struct err *err)
{
	struct node *data = node_map(a);

	if (!id_is(in->id))
		BUG("record_correct wants a record");
	TRY(record_fits(tx->db, a, in, fit, err));
	TRY(record_may(tx, acts, fit->type, unit_of(fit), err));
	if (fit->nrefused)
		return refuse(in->lang, fit, err);
	if (acts)
		TRY(record_keeps(tx->db, a, fit->type, in->id, fit->fields, err));
	*event = ID_NONE;
	if (!fit->changed)
		return OK;
	TRY(name_files(tx, in, fit, err));
	put_said(a, data, fit);
	if (in->why.n)
		node_set(a, data, S("why"), node_str(a, in->why));
	return tx_event(tx, "record.correct", in->id, data, event, err);
}

enum err_code record_correct(struct tx *tx, struct arena *a, const struct record_input *in, struct record_fit *fit,
	struct id *event, struct err *err)
{
	uint64_t acts = (in->ntyped || !in->nfiles ? BIT(ACT_RECORD_CHANGE) : 0) |
	                (in->nfiles ? BIT(ACT_EVIDENCE_ADD) : 0);

	TRY(record_may_id(tx, acts, in->scheme, in->id, err));
	return correct(tx, a, in, fit, acts, event, err);
}

enum err_code record_say(struct tx *tx, struct arena *a, const struct record_input *in, struct record_fit *fit,
	struct id *event, struct err *err)
{
	return correct(tx, a, in, fit, 0, event, err);
}

/* Nothing that counts may name it. */
static enum err_code check_links(struct tx *tx, const struct scheme *s, struct id id, struct str type, struct err *err)
{
	struct buf list CLEANUP(buf_free) = BUF_MAX(700);
	struct links_ask ask = {.id = id, .type = scheme_type(s, type)};
	size_t n;

	if (!ask.type)
		return OK;
	TRY(links_to(tx->db, s, &ask, &list, &n, err));
	if (n)
		return fail(err, ERR_CONFLICT, "%zu records name record %lld: " STR_FMT, n, (long long)id.seq,
		            STR_ARG(buf_str(&list)));
	return OK;
}

enum err_code record_withdraw(
	struct tx *tx, const struct scheme *s, struct id id, int64_t rev_seq, struct str why, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct node *data = node_map(tx->arena);
	struct str type;

	TRY(record_may_id(tx, BIT(ACT_RECORD_WITHDRAW), s, id, err));
	if (str_blank(why))
		return fail(err, ERR_REQUIRED, "why is it withdrawn? the reason stays in the log");
	if (db_one(tx->db, &record_type_sql, ARGS(V_ID(id)), &q, err) != OK) {
		if (err->code != ERR_NOT_FOUND)
			return err->code;
		err_clear(err);
		return fail(err, ERR_NOT_FOUND, "no record %lld", (long long)id.seq);
	}
	if (rev_seq && rev_seq != query_int(&q, 1))
		return fail(err, ERR_CONFLICT, "record %lld was corrected meanwhile, by event %lld", (long long)id.seq,
		            (long long)query_int(&q, 1));
	type = arena_str(tx->arena, query_text(&q, 0));
	if (query_null(&q, 2))           /* else the event's own check says so */
		TRY(check_links(tx, s, id, type, err));
	node_set(tx->arena, data, S("why"), node_str(tx->arena, why));
	return tx_event(tx, "record.withdraw", id, data, NULL, err);
}

enum err_code record_restore(struct tx *tx, const struct scheme *s, struct id id, struct str why, struct err *err)
{
	struct node *data = node_map(tx->arena);

	TRY(record_may_id(tx, BIT(ACT_RECORD_WITHDRAW), s, id, err));
	if (why.n)
		node_set(tx->arena, data, S("why"), node_str(tx->arena, why));
	return tx_event(tx, "record.restore", id, data, NULL, err);
}
