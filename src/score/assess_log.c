/* Assessments: what people do with them, each an intent. */
#include "score/assess_log.h"

#include "flow/flow.h"
#include "who/access.h"

/* ---- who ---- */

/* The post that acts: as written, or of the account. */
static enum err_code acting(struct tx *tx, struct str by, struct str *out, struct err *err)
{
	struct account account;
	const struct post *p;
	struct org org;

	TRY(org_load(tx->db, tx->arena, DATE_NONE, &org, err));
	if (str_is(tx->via, "web") || str_is(tx->via, "api")) {
		TRY(account_get(tx->db, tx->arena, tx->actor, &account, err));
		if (!account.post.n)
			return fail(err, ERR_DENIED, "your account has no post to act for");
		*out = account.post;
		return OK;
	}
	if (!by.n)
		return fail(err, ERR_REQUIRED, "by which post? --by POST");
	p = org_post(&org, by);
	if (!p)
		return fail(err, ERR_NOT_FOUND, "there is no post '" STR_FMT "', or more than one", STR_ARG(by));
	*out = p->code;
	return OK;
}

/* The unit that is assessed, as an id; the office's own for the office. */
static enum err_code unit_id(struct tx *tx, struct str code, struct id *out, struct err *err)
{
	struct org org;

	TRY(org_load(tx->db, tx->arena, DATE_NONE, &org, err));
	*out = flow_unit_id(tx->db, code.n ? code : org.office.code);
	return OK;
}

static enum err_code may_in(struct tx *tx, enum act act, struct str code, struct err *err)
{
	struct id unit;

	TRY(unit_id(tx, code, &unit, err));
	return access_check(tx, act, unit, err);
}

static enum err_code begin(struct tx *tx, struct id id, enum act act, struct assessment *out, struct err *err)
{
	TRY(assessment_get(tx->db, tx->arena, id, out, err));
	return may_in(tx, act, out->unit, err);
}

static void put(struct tx *tx, struct node *data, const char *key, struct str value)
{
	if (value.n)
		node_set(tx->arena, data, str_c(key), node_str(tx->arena, arena_str(tx->arena, value)));
}

static void put_int(struct tx *tx, struct node *data, const char *key, int64_t value)
{
	node_set(tx->arena, data, str_c(key), node_num(tx->arena, value));
}

static void put_hash(struct tx *tx, struct node *data, const char *key, const struct hash *h)
{
	char hex[HASH_TEXT];

	put(tx, data, key, hash_text(h, hex));
}

/* ---- writing ---- */

enum err_code assess_open(struct tx *tx, const struct scheme *s, const struct hash *digest, int year, struct str unit,
	struct str by, struct id *id, struct err *err)
{
	const struct assess *p = s->assessment;
	struct node *data = node_map(tx->arena);
	const struct unit *u = NULL;
	struct org org;

	TRY(org_load(tx->db, tx->arena, DATE_NONE, &org, err));
	if (unit.n && !(u = org_unit(&org, unit)))
		return fail(err, ERR_NOT_FOUND, "there is no unit '" STR_FMT "', or more than one", STR_ARG(unit));
	if (u ? !p->unit_kind.n || !str_eq(u->kind, p->unit_kind) : p->unit_kind.n > 0)
		return fail(err, ERR_NOT_FOUND, "this scheme scores %s" STR_FMT,
			p->unit_kind.n ? tr(err->lang, N_("each unit of kind "))
			: tr(err->lang, N_("the office")), STR_ARG(p->unit_kind));
	TRY(may_in(tx, ACT_SCORE, u ? u->code : STR_NONE, err));
	TRY(acting(tx, by, &by, err));
	put_int(tx, data, "year", year);
	put(tx, data, "unit", u ? u->code : STR_NONE);
	put_hash(tx, data, "scheme", digest);
	put(tx, data, "by", by);
	return tx_event(tx, "assess.open", ID_NONE, data, id, err);
}

static enum err_code entry(struct tx *tx, const struct scheme *s, const struct assess_entry *in, const char *kind,
	const char *text, struct str by, struct id *id, struct err *err)
{
	struct node *data = node_map(tx->arena);

	TRY(in->thing.n ? assess_thing_fits(s->assessment, in->item, in->got, in->text, err)
		: assess_mark_fits(s->assessment, in->item, in->got, err));
	put(tx, data, "item", in->item);
	put_int(tx, data, "got", in->got);
	put(tx, data, text, in->text);
	put(tx, data, "thing", in->thing);
	put(tx, data, "by", by);
	if (in->appeal)
		put_int(tx, data, "appeal", in->appeal);
	return tx_event(tx, kind, in->assessment, data, id, err);
}

enum err_code assess_self(
	struct tx *tx, const struct scheme *s, const struct assess_entry *in, struct id *id, struct err *err)
{
	struct assessment x;
	struct str by;

	TRY(begin(tx, in->assessment, ACT_RECORD_ADD, &x, err));
	TRY(acting(tx, in->by, &by, err));
	return entry(tx, s, in, "assess.self", "text", by, id, err);
}

/* What was upheld is scored anew: the appeal's last step. */
static enum err_code rescored(
	struct tx *tx, const struct scheme *s, const struct assess_entry *in, struct str by, struct err *err)
{
	struct flow_input step = FLOW_INPUT;

	if (!in->appeal)
		return OK;
	step.step = S("rescore");
	step.by = by;
	return flow_step(tx, s, FLOW_APPEAL, (struct id){ASSESS_ORIGIN, in->appeal}, &step, NULL, err);
}

enum err_code assess_score(
	struct tx *tx, const struct scheme *s, const struct assess_entry *in, struct id *id, struct err *err)
{
	struct assessment x;
	struct str by;

	TRY(begin(tx, in->assessment, ACT_SCORE, &x, err));
	TRY(acting(tx, in->by, &by, err));
	TRY(entry(tx, s, in, "assess.score", "why", by, id, err));
	return rescored(tx, s, in, by, err);
}

enum err_code assess_scores(
	struct tx *tx, const struct scheme *s, const struct assess_entry *in, size_t n, struct err *err)
{
	struct assessment x;
	struct str by;

	if (!n)
		return fail(err, ERR_INPUT, "nothing new was entered");
	TRY(begin(tx, in->assessment, ACT_SCORE, &x, err));
	TRY(acting(tx, in->by, &by, err));
	for (size_t i = 0; i < n; i++)
		if (entry(tx, s, &in[i], "assess.score", "why", by, NULL, err) != OK)
			return err_at(err, "%s", in[i].thing.n ? arena_str(tx->arena, in[i].thing).p : "");
	return rescored(tx, s, in, by, err);
}

enum err_code assess_confirm(struct tx *tx, struct id assessment, int64_t mark, struct str by, struct err *err)
{
	struct node *data = node_map(tx->arena);
	struct assessment x;

	TRY(begin(tx, assessment, ACT_SCORE, &x, err));
	TRY(acting(tx, by, &by, err));
	put_int(tx, data, "mark", mark);
	put(tx, data, "by", by);
	return tx_event(tx, "assess.confirm", assessment, data, NULL, err);
}

enum err_code assess_settle(struct tx *tx, struct id assessment, const struct facts *f,
	const struct assess_sheet *sheet,
	struct str grade, struct str by, struct err *err)
{
	struct node *data = node_map(tx->arena);
	struct assessment x;
	struct hash lines;
	char day[DATE_TEXT];

	TRY(begin(tx, assessment, ACT_SCORE, &x, err));
	TRY(acting(tx, by, &by, err));
	TRY(assess_sheet_digest(f, sheet, &lines, err));
	put(tx, data, "on", date_text(sheet->on, day));
	put_int(tx, data, "total", sheet->part.got);
	put(tx, data, "grade", grade);
	put_hash(tx, data, "lines", &lines);
	put(tx, data, "by", by);
	return tx_event(tx, "assess.settle", assessment, data, NULL, err);
}

/* ---- appeals ---- */

/* On the last day still in time. */
static enum err_code in_time(
	struct tx *tx, const struct scheme *s, const struct calendar *c, const struct assessment *x, struct err *err)
{
	bool unknown = false;
	struct date last, today = day_at(log_now(tx->log));
	char text[DATE_TEXT];

	if (!s->assessment->appeal_days)
		return OK;
	last = calendar_after(c, x->settled_day, s->assessment->appeal_days, &unknown);
	if (today.n <= last.n)
		return OK;
	return fail(err, ERR_CONFLICT,
		"an appeal could be filed until " STR_FMT ", %lld working days after the settlement",
		STR_ARG(date_text(last, text)), (long long)s->assessment->appeal_days);
}

static enum err_code file(struct tx *tx, const struct scheme *s, const struct calendar *c,
	const struct assess_appeal *in,
	struct flow_input *step, struct err *err)
{
	struct assessment x;

	TRY(assessment_get(tx->db, tx->arena, in->assessment, &x, err));
	if (!x.settled)
		return fail(err, ERR_CONFLICT,
			"there is no result yet to appeal against: the assessment is not settled");
	if (!assess_item_get(s->assessment, in->item))
		return assess_mark_fits(s->assessment, in->item, 0, err);
	TRY(in_time(tx, s, c, &x, err));
	step->about = arena_printf(tx->arena, "%lld/" STR_FMT, (long long)x.id.seq, STR_ARG(in->item));
	if (x.unit.n) {
		step->unit = x.unit;
	} else {
		struct org org;

		TRY(org_load(tx->db, tx->arena, DATE_NONE, &org, err));
		step->unit = org.office.code;
	}
	return OK;
}

enum err_code assess_appeal(struct tx *tx, const struct scheme *s, const struct calendar *calendar,
	const struct assess_appeal *in, struct id *id, struct err *err)
{
	struct flow_input step = FLOW_INPUT;
	int64_t assessment;
	struct flow_case c;
	struct str item;

	step.step = in->step;
	step.why = in->why;
	TRY(acting(tx, in->by, &step.by, err));
	if (!id_is(in->appeal)) {
		TRY(file(tx, s, calendar, in, &step, err));
		return flow_step(tx, s, FLOW_APPEAL, ID_NONE, &step, id, err);
	}
	TRY(flow_read(tx->db, tx->arena, FLOW_APPEAL, in->appeal, DATE_NONE, &c, err));
	if (!c.started || !appeal_about(c.about, &assessment, &item))
		return fail(err, ERR_NOT_FOUND, "no appeal %lld", (long long)in->appeal.seq);
	if (str_is(in->step, "rescore"))
		return fail(err, ERR_INPUT, "an appeal is scored anew by a score that names it");
	return flow_step(tx, s, FLOW_APPEAL, in->appeal, &step, id, err);
}
