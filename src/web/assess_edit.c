/* What the forms of an assessment write. */
#include "web/assess_of.h"

#include "scheme/number.h"

struct doing {
	struct call *c;
	struct assess_one x;
};

static struct id opened(const struct doing *d)
{
	return d->x.opened ? d->x.opened->id : ID_NONE;
}

static enum err_code entry(const struct doing *d, struct assess_entry *out, struct err *err)
{
	const struct values *v = &d->c->values;
	struct str got = value_of(v, "points");

	if (!d->x.opened)
		return fail(err, ERR_CONFLICT, "the assessment is not open");
	*out = (struct assess_entry){.assessment = opened(d), .item = value_of(v, "item"), .text = value_of(v, "text")};
	if (!thousandths(got, &out->got))
		return err_on(err, "points", fail(err, ERR_INPUT,
			"'" STR_FMT "' are no points: a number of at most three decimals", STR_ARG(got)));
	return OK;
}

static enum err_code do_open(struct tx *tx, void *ctx, struct err *err)
{
	struct doing *d = ctx;

	return assess_open(tx, d->c->facts.scheme, &d->x.y.digest, d->x.y.year,
		d->x.unit ? d->x.unit->code : STR_NONE, STR_NONE, NULL, err);
}

static enum err_code do_self(struct tx *tx, void *ctx, struct err *err)
{
	struct doing *d = ctx;
	struct assess_entry in;

	TRY(entry(d, &in, err));
	return assess_self(tx, d->c->facts.scheme, &in, NULL, err);
}

static enum err_code do_score(struct tx *tx, void *ctx, struct err *err)
{
	struct doing *d = ctx;
	struct assess_entry in;

	TRY(entry(d, &in, err));
	in.appeal = MAX(value_int(&d->c->values, "appeal"), 0);
	return assess_score(tx, d->c->facts.scheme, &in, NULL, err);
}

static enum err_code do_things(struct tx *tx, void *ctx, struct err *err)
{
	struct doing *d = ctx;
	struct assess_entry *in;
	size_t n;

	if (!d->x.opened)
		return fail(err, ERR_CONFLICT, "the assessment is not open");
	TRY(read_things(d->c, &d->x, &in, &n, err));
	return assess_scores(tx, d->c->facts.scheme, in, n, err);
}

static enum err_code do_confirm_all(struct tx *tx, void *ctx, struct err *err)
{
	struct doing *d = ctx;
	const int64_t *marks;
	size_t n;

	if (!d->x.opened)
		return fail(err, ERR_CONFLICT, "the assessment is not open");
	marks = things_to_confirm(d->c, &d->x, &n);
	for (size_t i = 0; i < n; i++)
		TRY(assess_confirm(tx, opened(d), marks[i], STR_NONE, err));
	return n ? OK : fail(err, ERR_CONFLICT, "no score of item '" STR_FMT "' waits for a second person",
		STR_ARG(value_of(&d->c->values, "item")));
}

static enum err_code do_confirm(struct tx *tx, void *ctx, struct err *err)
{
	struct doing *d = ctx;

	if (!d->x.opened)
		return fail(err, ERR_CONFLICT, "the assessment is not open");
	return assess_confirm(tx, opened(d), MAX(value_int(&d->c->values, "mark"), 0), STR_NONE, err);
}

/* What is settled is what was seen. */
static enum err_code do_settle(struct tx *tx, void *ctx, struct err *err)
{
	struct doing *d = ctx;
	struct str now = thousandths_text(tx->arena, d->x.sheet.part.got), seen = value_of(&d->c->values, "total");

	if (!d->x.opened)
		return fail(err, ERR_CONFLICT, "the assessment is not open");
	if (!str_eq(now, seen))
		return fail(err, ERR_CONFLICT,
			"the total is " STR_FMT " by now, not " STR_FMT ": look at it again, then settle it",
			STR_ARG(now), STR_ARG(seen));
	return assess_settle(tx, opened(d), &d->c->facts, &d->x.sheet, d->x.grade, STR_NONE, err);
}

static enum err_code do_appeal(struct tx *tx, void *ctx, struct err *err)
{
	struct doing *d = ctx;
	struct assess_appeal in = {.assessment = opened(d), .appeal = ID_NONE, .step = S("file"),
		.item = value_of(&d->c->values, "item"), .why = value_of(&d->c->values, "text")};

	if (!d->x.opened)
		return fail(err, ERR_CONFLICT, "the assessment is not open");
	if (str_blank(in.why))
		return err_on(err, "text", fail(err, ERR_REQUIRED, "an appeal needs its reason"));
	return assess_appeal(tx, d->c->facts.scheme, d->c->facts.calendar, &in, NULL, err);
}

/* Writes it and goes back to the sheet; a refusal is shown there. */
static enum err_code perform(struct call *c, const char *word, intent_fn *fn, struct err *err)
{
	struct str code = value_of(&c->values, "unit"), wrong, item = value_of(&c->values, "item");
	struct doing d = {.c = c};
	struct url to;

	TRY(call_world(c, err));
	TRY(assess_one(c, code, &d.x, err));
	if (fn && call_write(c, fn, &d, err) == OK) {
		to = url_query(c->arena, assess_url(c, code), "done", str_c(word));
		if (item.n)
			to = url_at(c->arena, to, arena_printf(c->arena, "i-" STR_FMT, STR_ARG(item)));
		return call_go(c, to, err);
	}
	if (!fn)
		fail(err, ERR_INPUT, "the form does not say what is to be done");
	wrong = call_refused(c, err);
	return wrong.n ? assess_show(c, NULL, code, wrong, word, err) : err->code;
}

enum err_code assess_unit_post(struct call *c, struct err *err)
{
	static const struct {
		const char *word;
		intent_fn *fn;
	} verbs[] = {{"open", do_open}, {"score", do_score}, {"confirm", do_confirm}, {"settle", do_settle},
		{"things", do_things}, {"confirm-all", do_confirm_all}};

	for (size_t i = 0; i < LEN(verbs); i++)
		if (str_is(value_of(&c->values, "do"), verbs[i].word))
			return perform(c, verbs[i].word, verbs[i].fn, err);
	return perform(c, "", NULL, err);
}

enum err_code assess_self_post(struct call *c, struct err *err)
{
	return perform(c, "self", do_self, err);
}

enum err_code assess_appeal_post(struct call *c, struct err *err)
{
	return perform(c, "appeal", do_appeal, err);
}
