/* What the forms of a post and of a unit write. */
#include "who/org_edit.h"

#include "base/utf8.h"
#include "web/org_view.h"

struct edit {
	struct str code, name, short_name, kind, role, unit;
	struct date from, until;
	bool acting;
	struct id term;
	struct str at;             /* code of the post or unit of the page */
};

static enum err_code do_holder(struct tx *tx, void *ctx, struct err *err)
{
	struct edit *e = ctx;

	return org_holder_succeed(tx, e->at, e->until, e->name, e->from, e->acting, err);
}

static enum err_code do_reopen(struct tx *tx, void *ctx, struct err *err)
{
	struct edit *e = ctx;

	return org_holder_end(tx, e->term, DATE_NONE, err);
}

static enum err_code do_correct(struct tx *tx, void *ctx, struct err *err)
{
	struct edit *e = ctx;

	return org_holder_correct(tx, e->term, e->name, e->from, err);
}

static enum err_code do_portfolio(struct tx *tx, void *ctx, struct err *err)
{
	struct edit *e = ctx;
	struct portfolio p = {.post = e->at, .unit = e->unit, .from = e->from, .to = e->until};

	return org_portfolio_add(tx, &p, err);
}

static enum err_code do_end(struct tx *tx, void *ctx, struct err *err)
{
	struct edit *e = ctx;

	if (!date_is(e->until))
		return err_on(err, "until", fail(err, ERR_REQUIRED, "the last day is missing"));
	return org_portfolio_end(tx, e->term, e->until, err);
}

static enum err_code do_again(struct tx *tx, void *ctx, struct err *err)
{
	struct edit *e = ctx;

	return org_portfolio_end(tx, e->term, DATE_NONE, err);
}

static enum err_code do_rename_post(struct tx *tx, void *ctx, struct err *err)
{
	struct edit *e = ctx;
	struct post p = {.code = e->at, .name = e->name, .role = e->role};

	return org_post_change(tx, &p, err);
}

static enum err_code do_rename_unit(struct tx *tx, void *ctx, struct err *err)
{
	struct edit *e = ctx;
	struct unit u = {.code = e->at, .name = e->name, .short_name = e->short_name, .kind = e->kind};

	return org_unit_change(tx, &u, err);
}

static enum err_code do_unit(struct tx *tx, void *ctx, struct err *err)
{
	struct edit *e = ctx;
	struct unit u = {.code = e->code, .name = e->name, .short_name = e->short_name, .parent = e->at,
		.kind = e->kind};

	return org_unit_add(tx, &u, err);
}

static enum err_code do_post(struct tx *tx, void *ctx, struct err *err)
{
	struct edit *e = ctx;
	struct post p = {.code = e->code, .name = e->name, .unit = e->at, .role = e->role};

	return org_post_add(tx, &p, err);
}

struct verb {
	const char *word, *done;   /* done: what the page says afterwards */
	intent_fn *fn;
};
static const struct verb post_verbs[] = {
	{"holder", "holder", do_holder}, {"reopen", "reopen", do_reopen}, {"correct", "correct", do_correct},
	{"portfolio", "portfolio", do_portfolio}, {"end", "end", do_end}, {"again", "reopen", do_again},
	{"rename", "rename", do_rename_post},
};
static const struct verb unit_verbs[] = {
	{"rename", "rename", do_rename_unit}, {"unit", "unit", do_unit}, {"post", "post", do_post},
};

static const struct verb *verb_of(struct call *c, const struct verb *verbs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(value_of(&c->values, "do"), verbs[i].word))
			return &verbs[i];
	return NULL;
}

/* Writes it and goes back to the page; a refusal is shown in the form. */
static enum err_code perform(struct call *c, const struct verb *verb, struct edit *e, struct url page,
	struct str *wrong, struct err *err)
{
	enum err_code code = verb ? call_write(c, verb->fn, e, err)
				  : fail(err, ERR_INPUT, "the form does not say what is to be done");

	if (code == OK)
		return call_go(c, url_query(c->arena, page, "done", str_c(verb->done)), err);
	*wrong = call_refused(c, err);
	return wrong->n ? OK : code;
}

enum err_code org_post_post(struct call *c, struct err *err)
{
	struct edit e = {.at = value_of(&c->values, "code"), .name = value_of(&c->values, "name"),
		.role = value_of(&c->values, "role"), .unit = value_of(&c->values, "unit"),
		.from = value_date(&c->values, "from"), .until = value_date(&c->values, "until"),
		.acting = value_flag(&c->values, "acting"),
		.term = {1, value_int(&c->values, "term")}};
	struct url page = url_add(c->arena, url_path("/org/posts"), e.at);
	struct str wrong = STR_NONE;

	TRY(perform(c, verb_of(c, post_verbs, LEN(post_verbs)), &e, page, &wrong, err));
	return wrong.n ? org_show_post(c, wrong, err) : OK;
}

enum err_code org_unit_post(struct call *c, struct err *err)
{
	struct edit e = {.at = value_of(&c->values, "unit"), .name = value_of(&c->values, "name"),
		.code = utf8_squeeze(c->arena, value_of(&c->values, "code")),
		.short_name = value_of(&c->values, "short"), .kind = value_of(&c->values, "kind"),
		.role = value_of(&c->values, "role")};
	struct url page = url_add(c->arena, url_path("/org/units"), e.at);
	struct str wrong = STR_NONE;

	TRY(perform(c, verb_of(c, unit_verbs, LEN(unit_verbs)), &e, page, &wrong, err));
	return wrong.n ? org_show_unit(c, wrong, err) : OK;
}
