#include "cli/report_out.h"

#include "flow/decision.h"

command_fn cmd_problem;

static const char *decision_word(const struct suggestion *s)
{
	return !s->decided ? N_("undecided") : s->accepted ? N_("accepted") : N_("dropped");
}

static enum err_code show(struct cli *c, const struct report *r, struct err *err)
{
	static const char *const heads[] = {N_("no."), N_("problem"), N_("suggested from the records"), N_("decision")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "rlll");
	struct node *list = node_list(c->arena);

	for (size_t i = 0; i < r->nsuggestions; i++) {
		const struct suggestion *s = &r->suggestions[i];
		struct node *one = node_map(c->arena);
		struct str cells[] = {arena_printf(c->arena, "%zu", i + 1), s->of->problem, s->text,
		                      str_c(tr(c->lang, decision_word(s)))};

		_Static_assert(LEN(cells) == LEN(heads), "a cell for each head");
		table_row(t, cells);
		node_set(c->arena, one, S("key"), node_str(c->arena, s->key));
		node_set(c->arena, one, S("text"), node_str(c->arena, s->text));
		node_set(c->arena, one, S("decision"), node_str(c->arena, str_c(decision_word(s))));
		node_push(c->arena, list, one);
	}
	if (c->json)
		return say_json(c, list, err);
	if (!r->nsuggestions)
		say(c, "nothing to decide: the records suggest no problem");
	else
		table_print(t, c);
	return OK;
}

struct decide {
	struct cli *c;
	const struct report *r;
	int year;
	bool accept;
};

static enum err_code write_decisions(struct tx *tx, void *ctx, struct err *err)
{
	const struct decide *d = ctx;

	for (int i = 0; i < d->c->nargs; i++) {
		int64_t no;

		if (!str_int(str_c(d->c->args[i]), &no) || no < 1 || (size_t)no > d->r->nsuggestions)
			return fail(err, ERR_USAGE, "'%s' is no number of a suggested problem; there are %zu",
				d->c->args[i], d->r->nsuggestions);
		TRY(decision_make(
			tx, d->year, d->r->suggestions[no - 1].key, d->accept, str_c(cli_opt(d->c, "why")), err));
	}
	return OK;
}

enum err_code cmd_problem(struct cli *c, int *status, struct err *err)
{
	CLEANUP(report_world_done) struct report_world w = {0};
	CLEANUP(log_close) struct log *log = NULL;
	bool accept = cli_flag(c, "accept"), drop = cli_flag(c, "drop");
	struct decide d = {.c = c};
	struct report r;

	if (accept && drop)
		return fail(err, ERR_USAGE, "--accept and --drop: one of them");
	if (c->nargs && !accept && !drop)
		return fail(err, ERR_USAGE, "what of it? --accept or --drop");
	if (!c->nargs && (accept || drop))
		return fail(err, ERR_USAGE, "which problems? give their numbers");
	TRY(document_world(c, &w, err));
	TRY(report_of_world(c, &w, false, &r, err));
	if (!c->nargs)
		return show(c, &r, err);
	d.r = &r;
	d.year = w.facts.year;
	d.accept = accept;
	log_close(&w.log);               /* it was open for reading only */
	TRY(cli_open(c, &log, err));
	TRY(log_write(log, cli_actor(c->arena), S("cli"), write_decisions, &d, err));
	say(c, accept ? N_("accepted: %d") : N_("dropped: %d"), c->nargs);
	return OK;
}
