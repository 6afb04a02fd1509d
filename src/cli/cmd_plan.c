#include "cli/report_out.h"
#include "cli/verb.h"

#include "flow/commitment.h"

command_fn cmd_plan;

static const char *const fate_words[] = {N_("done"), N_("under way"), N_("not done"), N_("not pursued")};

static struct str word(const struct facts *f, const struct fact *r, const char *field, struct date on)
{
	return datum_text(f->arena, LANG_ZH, fact_value(f, r, type_field(r->type, str_c(field)), on));
}

/* "JH-03 (the same)", "JH-03 (86 % alike)" */
static struct str repeats(struct cli *c, const struct facts *f, const struct fact *r)
{
	struct str no = word(f, r, "repeats", DATE_NONE), alike = word(f, r, "likeness", DATE_NONE);

	if (!no.n)
		return STR_NONE;
	if (str_is(alike, "100"))
		return arena_printf(c->arena, tr(c->lang, N_(STR_FMT " (the same)")), STR_ARG(no));
	return arena_printf(c->arena, tr(c->lang, N_(STR_FMT " (" STR_FMT " %% alike)")), STR_ARG(no), STR_ARG(alike));
}

static struct node *one_json(struct cli *c, const struct facts *f, const struct commitment_state *x, struct date on)
{
	static const char *const texts[] = {"no", "what", "owner", "limit", "target", "why", "repeats"};
	struct arena *a = c->arena;
	struct node *m = node_map(a);
	int64_t alike;

	node_set(a, m, S("id"), node_str(a, x->duty.id));
	for (size_t i = 0; i < LEN(texts); i++)
		node_set(a, m, str_c(texts[i]), node_str(a, word(f, x->fact, texts[i], on)));
	if (str_int(word(f, x->fact, "likeness", on), &alike))
		node_set(a, m, S("likeness"), node_num(a, alike));
	node_set(a, m, S("times"), node_num(a, x->duty.needs[0].count));
	node_set(a, m, S("done"), node_num(a, x->state.met + x->state.late));
	node_set(a, m, S("late"), node_num(a, x->state.late));
	node_set(a, m, S("missed"), node_num(a, x->state.missed));
	node_set(a, m, S("fate"), node_str(a, str_c(fate_name(x->fate))));
	node_set(a, m, S("row"), node_str(a, fact_row(a, x->fact)));
	return m;
}

static enum err_code show(struct cli *c, const struct report_world *w, struct err *err)
{
	static const char *const heads[] = {N_("no."), N_("promised"), N_("owner"), N_("due day"), N_("done"),
	                                    N_("what became of it"), N_("why"), N_("repeats last year's")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "llllrlll");
	struct node *list = node_list(c->arena);
	struct date on = w->figures.on;
	size_t n;
	struct commitment_state *all = commitment_states(&w->facts, on, &n);

	for (size_t i = 0; i < n; i++) {
		const struct commitment_state *x = &all[i];
		const struct facts *f = &w->facts;

		node_push(c->arena, list, one_json(c, f, x, on));
		table_row(t, (struct str[]){word(f, x->fact, "no", on), x->duty.title, x->duty.owner.name,
			word(f, x->fact, "limit", DATE_NONE),
			arena_printf(c->arena, "%d/%d", x->state.met + x->state.late, x->state.required_year),
			str_c(tr(c->lang, x->fate == FATE_DONE && x->state.late ? N_("done late")
				: fate_words[x->fate])),
			word(f, x->fact, "why", on), repeats(c, f, x->fact)});
	}
	if (c->json)
		return say_json(c, list, err);
	if (n)
		table_print(t, c);
	else
		say(c, "no line of a plan has its limit in %d", w->facts.year);
	return OK;
}

/* ---- deciding ---- */

static enum err_code write_decision(struct tx *tx, void *ctx, struct err *err)
{
	return commitment_decide(tx, ctx, err);
}

static enum err_code find_line(struct cli *c, const struct report_world *w, struct id *out, struct err *err)
{
	struct str no = str_c(c->args[1]), id;
	size_t n;
	struct commitment_state *all = commitment_states(&w->facts, w->figures.on, &n);

	for (size_t i = 0; i < n; i++) {
		id = all[i].duty.id;
		if (!str_eq(id, no) && !words_alike(&w->facts, str_sub(id, 2, id.n), no))
			continue;
		*out = all[i].fact->id;
		return OK;
	}
	return fail(err, ERR_NOT_FOUND, "no line %s in the plan for %d", c->args[1], w->facts.year);
}

static enum err_code decide(struct cli *c, struct report_world *w, enum decided what, struct err *err)
{
	struct commitment_decision d = {.what = what, .day = DATE_NONE, .why = str_c(cli_opt(c, "why"))};
	static const char *const said[] = {
		N_("recorded: done"), N_("recorded: not pursued"), N_("recorded: open again")};
	CLEANUP(log_close) struct log *log = NULL;

	TRY(cli_date(c, "day", &d.day, err));
	TRY(cli_int(c, "record", 1, INT64_MAX, &d.record, err));
	if (what == DECIDED_DROPPED && !d.why.n)
		return fail(err, ERR_USAGE, "to drop a promise needs --why TEXT");
	TRY(find_line(c, w, &d.plan, err));
	log_close(&w->log);              /* it was open for reading only */
	TRY(cli_open(c, &log, err));
	TRY(log_write(log, cli_actor(c->arena), S("cli"), write_decision, &d, err));
	say_text(c, str_c(tr(c->lang, said[what])));
	return OK;
}

enum err_code cmd_plan(struct cli *c, int *status, struct err *err)
{
	static const struct {
		const char *name;
	} actions[] = {{"done"}, {"drop"}, {"reopen"}};
	CLEANUP(report_world_done) struct report_world w = {0};

	TRY(report_world(c, c->lang, &w, err));
	if (!w.scheme.commitments)
		return fail(err, ERR_NOT_FOUND, "the scheme does not say under 'plan' which records its plan is");
	if (!c->nargs)
		return show(c, &w, err);
	for (size_t i = 0; c->nargs == 2 && i < LEN(actions); i++)
		if (!strcmp(c->args[0], actions[i].name))
			return decide(c, &w, (enum decided)i, err);
	if (!VERB_NAMED(actions, c->args[0]))
		return VERB_UNKNOWN(c, actions, c->args[0], err);
	return fail(err, ERR_USAGE, "plan: done NO, drop NO --why TEXT or reopen NO");
}
