#include "cli/assess_out.h"
#include "cli/verb.h"

#include "scheme/number.h"

command_fn cmd_assess;

struct doing {
	struct cli *c;
	struct assess_world *w;
	const struct action *action;
	struct id made;
	struct assess_sheet sheet;
	struct str grade;
};

struct action {
	const char *name;
	int args;                        /* operands behind it; -1: one or more */
	enum err_code (*write)(struct tx *tx, struct doing *a, struct err *err);
	enum err_code (*show)(struct cli *c, struct assess_world *w, struct err *err);
	const char *done;                /* with the event's number */
	const char *wants;
};

/* ---- operands ---- */

static struct str arg(const struct doing *a, int i)
{
	return str_c(a->c->args[i]);
}

static struct str by(const struct doing *a)
{
	const char *s = cli_opt(a->c, "by");

	return s ? str_c(s) : STR_NONE;
}

static enum err_code number(const struct doing *a, int i, int64_t *out, struct err *err)
{
	return str_int(arg(a, i), out) && *out > 0 ? OK
		: fail(err, ERR_USAGE, "'%s' is no number of an event", a->c->args[i]);
}

static enum err_code opened(const struct doing *a, struct err *err)
{
	return id_is(a->w->assessment.id) ? OK
		: fail(err, ERR_NOT_FOUND, "the assessment of %d is not open: zeren assess open", a->w->facts.year);
}

/* ITEM POINTS */
static enum err_code entry(const struct doing *a, const char *text, struct assess_entry *out, struct err *err)
{
	const char *why = cli_opt(a->c, text);

	TRY(opened(a, err));
	*out = (struct assess_entry){.assessment = a->w->assessment.id, .item = arg(a, 1), .by = by(a),
	                             .text = why ? str_c(why) : STR_NONE};
	if (!thousandths(arg(a, 2), &out->got))
		return fail(err, ERR_USAGE, "'%s' are no points: a number of at most three decimals", a->c->args[2]);
	return OK;
}

/* ---- writing ---- */

static enum err_code do_open(struct tx *tx, struct doing *a, struct err *err)
{
	return assess_open(tx, &a->w->scheme, &a->w->digest, a->w->facts.year, a->w->unit ? a->w->unit->code : STR_NONE,
		by(a),
		&a->made, err);
}

static enum err_code do_self(struct tx *tx, struct doing *a, struct err *err)
{
	struct assess_entry in;

	TRY(entry(a, "text", &in, err));
	return assess_self(tx, &a->w->scheme, &in, &a->made, err);
}

/* --thing: which of those that the item judges one by one. */
static enum err_code thing(const struct doing *a, struct assess_entry *in, struct err *err)
{
	const char *name = cli_opt(a->c, "thing");
	const struct assess_thing *t;

	if (!name)
		return OK;
	TRY(assess_thing_get(&a->w->facts, &a->sheet, in->item, str_c(name), &t, err));
	in->thing = t->key;
	return OK;
}

static enum err_code do_score(struct tx *tx, struct doing *a, struct err *err)
{
	struct assess_entry in;

	TRY(entry(a, "why", &in, err));
	TRY(thing(a, &in, err));
	TRY(cli_int(a->c, "appeal", 1, INT64_MAX, &in.appeal, err));
	return assess_score(tx, &a->w->scheme, &in, &a->made, err);
}

/* Every score of an item that waits for its second person. */
static enum err_code confirm_all(struct tx *tx, struct doing *a, struct err *err)
{
	const int64_t *marks;
	size_t n;

	marks = assess_waiting_marks(tx->arena, &a->sheet, arg(a, 1), &n);
	for (size_t i = 0; i < n; i++) {
		a->made = (struct id){1, marks[i]};
		TRY(assess_confirm(tx, a->w->assessment.id, marks[i], by(a), err));
	}
	return n ? OK : fail(err, ERR_CONFLICT, "no score of item '" STR_FMT "' waits for a second person",
		STR_ARG(arg(a, 1)));
}

static enum err_code do_confirm(struct tx *tx, struct doing *a, struct err *err)
{
	int64_t mark;

	TRY(opened(a, err));
	if (assess_item_get(a->w->scheme.assessment, arg(a, 1)))
		return confirm_all(tx, a, err);
	TRY(number(a, 1, &mark, err));
	a->made = (struct id){1, mark};
	return assess_confirm(tx, a->w->assessment.id, mark, by(a), err);
}

static enum err_code do_settle(struct tx *tx, struct doing *a, struct err *err)
{
	TRY(opened(a, err));
	a->made = a->w->assessment.id;
	return assess_settle(tx, a->w->assessment.id, &a->w->facts, &a->sheet, a->grade, by(a), err);
}

/* appeal file ITEM, appeal STEP N */
static enum err_code do_appeal(struct tx *tx, struct doing *a, struct err *err)
{
	const char *why = cli_opt(a->c, "why");
	struct assess_appeal in = {.assessment = a->w->assessment.id, .step = arg(a, 1), .by = by(a),
	                           .why = why ? str_c(why) : STR_NONE};
	int64_t n;

	if (str_is(in.step, "file")) {
		TRY(opened(a, err));
		in.item = arg(a, 2);
	} else {
		TRY(number(a, 2, &n, err));
		in.appeal = (struct id){1, n};
	}
	TRY(assess_appeal(tx, &a->w->scheme, a->w->facts.calendar, &in, &a->made, err));
	return OK;
}

static enum err_code write_it(struct tx *tx, void *ctx, struct err *err)
{
	struct doing *a = ctx;

	return a->action->write(tx, a, err);
}

static const struct action actions[] = {
	{"units", 0, NULL, assess_show_units, NULL, N_("nothing")},
	{"whatif", 0, NULL, assess_show_whatif, NULL, N_("nothing")},
	{"appeals", 0, NULL, assess_show_appeals, NULL, N_("nothing")},
	{"open", 0, do_open, NULL, N_("assessment opened: event %lld"), N_("nothing")},
	{"self", 2, do_self, NULL, N_("self score: event %lld"), N_("ITEM POINTS")},
	{"score", 2, do_score, NULL, N_("score, to be confirmed by another post: event %lld"), N_("ITEM POINTS")},
	{"confirm", 1, do_confirm, NULL, N_("score %lld confirmed"), N_("the number of a score, or an item")},
	{"settle", 0, do_settle, NULL, N_("assessment %lld settled"), N_("nothing")},
	{"appeal", 2, do_appeal, NULL, N_("appeal: event %lld"),
		N_("file ITEM, or a step and the number of an appeal")},
};

static enum err_code find(struct cli *c, const struct action **out, struct err *err)
{
	*out = NULL;
	if (!c->nargs)
		return OK;
	*out = VERB_NAMED(actions, c->args[0]);
	if (!*out)
		return VERB_UNKNOWN(c, actions, c->args[0], err);
	if (c->nargs - 1 != (*out)->args)
		return fail(err, ERR_USAGE, "'%s' takes: %s", (*out)->name, tr(c->lang, (*out)->wants));
	return OK;
}

/* What is settled: the sheet as it is, with the grade that quotas leave. */
static enum err_code ready(struct doing *a, struct err *err)
{
	struct assess_row r;

	TRY(assess_world_one(a->w, err));
	assess_world_row(a->w, &r);
	a->sheet = r.sheet;
	a->grade = assess_row_grade(&r);
	return OK;
}

enum err_code cmd_assess(struct cli *c, int *status, struct err *err)
{
	CLEANUP(assess_world_done) struct assess_world w = {0};
	CLEANUP(log_close) struct log *log = NULL;
	const struct action *action;
	struct doing a = {.c = c, .w = &w};

	TRY(find(c, &action, err));
	TRY(assess_world(c, &w, err));
	if (!action)
		return w.scheme.assessment->unit_kind.n && !w.unit ? assess_show_units(c, &w, err)
			: assess_show_sheet(c, &w, err);
	if (action->show)
		return action->show(c, &w, err);
	if (cli_opt(c, "known"))
		return fail(err, ERR_USAGE, "--known is for looking, not for '%s'", action->name);
	a.action = action;
	TRY(ready(&a, err));
	log_close(&w.log);               /* it was open for reading only */
	TRY(cli_open(c, &log, err));
	TRY(log_write(log, cli_actor(c->arena), S("cli"), write_it, &a, err));
	say(c, action->done, (long long)a.made.seq);
	if (c->json) {
		struct node *m = node_map(c->arena);

		node_set(c->arena, m, S("event"), node_num(c->arena, a.made.seq));
		return say_json(c, m, err);
	}
	return OK;
}
