/* Promises of next year's plan that this year's plan made already: what became of them stands beside. */
#include "flow/commitment.h"
#include "report/report.h"

static const char *const fates[] = {N_("done"), N_("under way"), N_("not done"), N_("not pursued")};

/* This year's promise that says most nearly the same; NULL where none is alike enough. */
static const struct commitment_state *alike(
	const struct commitment_state *all, size_t n, struct str what, int *percent)
{
	const struct commitment_state *best = NULL;

	*percent = COMMITMENT_ALIKE - 1;
	for (size_t i = 0; i < n; i++) {
		int p = commitment_likeness(all[i].duty.title, what);

		if (p <= *percent)
			continue;
		*percent = p;
		best = &all[i];
	}
	return best;
}

void repeat_check(const struct report *r, struct report_findings *out)
{
	const struct facts *f = r->figures->facts;
	const struct commitment_rule *rule = f->scheme->commitments;
	size_t n;
	struct commitment_state *all = commitment_states(f, r->figures->on, &n);

	for (size_t i = 0; rule && i < facts_of(f, rule->plan)->n; i++) {
		const struct fact *line = &facts_of(f, rule->plan)->p[i];
		struct date limit = datum_day(rule->limit, fact_value(f, line, rule->limit, DATE_NONE));
		struct str what = datum_text(r->arena, LANG_ZH, fact_value(f, line, rule->what, DATE_NONE));
		const struct commitment_state *before;
		struct report_finding *x;
		int percent;

		if (line->withdrawn || line->outside || !date_is(limit) || date_ymd(limit).y != f->year + 1)
			continue;
		before = alike(all, n, what, &percent);
		if (!before)
			continue;
		x = check_add(r, out, "promise_repeated", S(""),
			arena_printf(r->arena,
				tr(r->opt.lang,
					"“" STR_FMT "” in " STR_FMT " is promised again (%d %% alike): " STR_FMT
					" of this year is %s"),
				STR_ARG(what), STR_ARG(fact_row(r->arena, line)), percent, STR_ARG(before->duty.id),
				tr(r->opt.lang, before->fate == FATE_DONE && before->state.late
					? N_("done late") : fates[before->fate])));
		x->duty = before->duty.id;
		x->rows = ARENA_NEW(r->arena, struct str);
		x->rows[x->nrows++] = fact_row(r->arena, line);
	}
}
