#include "cli/finding_out.h"
#include "cli/verb.h"

#include "base/buf.h"
#include "flow/finding.h"

command_fn cmd_finding;

/* ---- a list ---- */

struct str finding_day(const struct cli *c, struct date d)
{
	char text[DATE_TEXT];

	return date_is(d) ? arena_str(c->arena, date_text(d, text)) : S("—");
}

static struct str late_text(struct cli *c, const struct finding *x, struct date on)
{
	if (x->overdue)
		return arena_printf(c->arena, tr(c->lang, N_("overdue by %d days")), x->days_late);
	if (x->late)
		return arena_printf(c->arena, tr(c->lang, N_("%d days late")), x->days_late);
	if (x->soon)
		return arena_printf(c->arena, tr(c->lang, N_("due in %d days")), x->c.due.n - on.n);
	if (x->recheck)
		return str_c(tr(c->lang, N_("to be checked again")));
	return STR_NONE;
}

static struct str percent(struct cli *c, const struct finding *x, struct date on)
{
	int64_t p = finding_percent(c->arena, x, on);

	return p < 0 ? STR_NONE : arena_printf(c->arena, "%lld%%", (long long)p);
}

static struct node *finding_node(struct cli *c, const struct finding *x, struct date on)
{
	struct node *out = node_map(c->arena);
	int64_t progress = finding_percent(c->arena, x, on);

	out_num(c, out, "finding", x->record->id.seq);
	out_text(c, out, "type", x->record->type->name);
	out_text(c, out, "no", x->no);
	out_text(c, out, "what", x->what);
	out_text(c, out, "source", x->source);
	out_text(c, out, "cause", x->cause);
	out_text(c, out, "unit", x->unit);
	out_text(c, out, "unit_code", x->c.unit);
	out_text(c, out, "level", x->c.level);
	out_text(c, out, "state", str_c(state_defs[x->c.state].name));
	out_day(c, out, "found", x->found);
	out_day(c, out, "fed_back", x->fed_back);
	out_day(c, out, "due", flow_open_state(x->c.state) ? x->c.due : DATE_NONE);
	out_day(c, out, "limit", x->c.limit);
	out_day(c, out, "done", x->done);
	out_day(c, out, "closed", x->closed);
	out_day(c, out, "recheck", x->c.next);
	if (progress >= 0)
		out_num(c, out, "progress", progress);
	if (x->days >= 0)
		out_num(c, out, "days", x->days);
	node_set(c->arena, out, S("overdue"), node_bool(c->arena, x->overdue));
	node_set(c->arena, out, S("late"), node_bool(c->arena, x->late));
	if (x->overdue || x->late)
		out_num(c, out, "days_late", x->days_late);
	return out;
}

typedef bool want_fn(struct cli *c, const struct finding *x);

static bool want_all(struct cli *c, const struct finding *x)
{
	const char *state = cli_opt(c, "state");

	if (state && strcmp(state, state_defs[x->c.state].name) != 0)
		return false;
	return !cli_flag(c, "open") || flow_open_state(x->c.state);
}

static bool want_overdue(struct cli *c, const struct finding *x)
{
	return x->overdue || x->soon || x->recheck;
}

static enum err_code list_out(struct cli *c, const struct findings *all, want_fn *want, struct err *err)
{
	static const char *const heads[] = {N_("record"), N_("no."), N_("Finding"), N_("unit"), N_("state"),
		N_("found"),
		N_("due day"), N_("done on"), N_("late"), N_("progress")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "rllllllllr");
	struct node *list = node_list(c->arena);

	for (size_t i = 0; i < all->n; i++) {
		const struct finding *x = &all->p[i];

		if (!want(c, x))
			continue;
		table_row(t, (struct str[]){arena_printf(c->arena, "%lld", (long long)x->record->id.seq), x->no,
			x->what,
			x->unit, str_c(tr(c->lang, state_defs[x->c.state].title)), finding_day(c, x->found),
			finding_day(c, flow_open_state(x->c.state) ? x->c.due : x->c.limit), finding_day(c, x->done),
			late_text(c, x, all->on), percent(c, x, all->on)});
		node_push(c->arena, list, finding_node(c, x, all->on));
	}
	if (c->json)
		return say_json(c, list, err);
	if (!list->n)
		say(c, "no finding");
	else
		table_print(t, c);
	return OK;
}

/* ---- what is asked ---- */

static enum err_code no_state(const char *name, struct err *err)
{
	struct near near = near_to(str_c(name));

	flow_offer_states(&near, FLOW_FINDING);
	fail(err, ERR_USAGE, "--state: %s is no state of a finding; zeren finding steps shows them", name);
	return near_say(&near, err);
}

enum err_code finding_load(struct cli *c, struct flow_world *w, struct findings *out, struct err *err)
{
	struct finding_ask ask = {0};
	struct str unit = str_c(cli_opt(c, "unit"));
	const struct unit *u;
	int state;

	TRY(flow_world_open(c, w, err));
	ask.on = w->on;
	ask.year = w->year;
	if (unit.n) {
		u = org_unit(&w->org, unit);
		if (!u)
			return org_no_unit(&w->org, unit, ERR_NOT_FOUND, err);
		ask.unit = u->code;
	}
	if (cli_opt(c, "state") && !flow_state_named(FLOW_FINDING, str_c(cli_opt(c, "state")), &state))
		return no_state(cli_opt(c, "state"), err);
	return findings_load(log_db(w->log), c->arena, &w->facts, &ask, out, err);
}

static enum err_code list(struct cli *c, struct err *err)
{
	CLEANUP(flow_world_done) struct flow_world w = {0};
	struct findings all;

	TRY(finding_load(c, &w, &all, err));
	return list_out(c, &all, want_all, err);
}

static enum err_code overdue(struct cli *c, struct err *err)
{
	CLEANUP(flow_world_done) struct flow_world w = {0};
	struct findings all;

	TRY(finding_load(c, &w, &all, err));
	return list_out(c, &all, want_overdue, err);
}

/* ---- one ---- */

static void measures_out(struct cli *c, const struct finding *x, struct date on, struct node *out)
{
	static const char *const heads[] = {N_("measure"), N_("post"), N_("due day"), N_("progress"), N_("done on"),
		N_("what")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "lllrll");
	struct measures m = measures_of(c->arena, &x->c, on);
	struct node *list = node_list(c->arena);

	for (size_t i = 0; i < m.n; i++) {
		struct node *one = node_map(c->arena);

		table_row(t, (struct str[]){m.p[i].no, m.p[i].post, finding_day(c, m.p[i].due),
			arena_printf(c->arena, "%lld%%", (long long)m.p[i].progress), finding_day(c, m.p[i].done),
				m.p[i].text});
		out_text(c, one, "no", m.p[i].no);
		out_text(c, one, "post", m.p[i].post);
		out_day(c, one, "due", m.p[i].due);
		out_num(c, one, "progress", m.p[i].progress);
		out_day(c, one, "done", m.p[i].done);
		out_text(c, one, "text", m.p[i].text);
		node_set(c->arena, one, S("overdue"), node_bool(c->arena, m.p[i].overdue));
		node_push(c->arena, list, one);
	}
	node_set(c->arena, out, S("measures"), list);
	if (m.n)
		table_print(t, c);
}

static enum err_code show(struct cli *c, struct err *err)
{
	CLEANUP(flow_world_done) struct flow_world w = {0};
	struct finding_ask ask = {0};
	const struct finding *x;
	struct findings all;
	struct node *out;
	struct id id;

	TRY(flow_world_open(c, &w, err));
	TRY(flow_id(c, w.log, 1, &id, err));
	ask.on = w.on;
	TRY(findings_load(log_db(w.log), c->arena, &w.facts, &ask, &all, err));
	x = finding_of(&all, id);
	if (!x)
		return fail(err, ERR_NOT_FOUND, "Finding %lld: there is none", (long long)id.seq);
	out = finding_node(c, x, w.on);
	say(c, "Finding %lld  " STR_FMT "  " STR_FMT, (long long)id.seq, STR_ARG(x->no), STR_ARG(text_line(c->arena,
		x->what)));
	say(c, "state: %s  " STR_FMT, tr(c->lang, state_defs[x->c.state].title), STR_ARG(late_text(c, x, w.on)));
	if (x->unit.n)
		say(c, "unit: " STR_FMT, STR_ARG(x->unit));
	if (flow_open_state(x->c.state) && date_is(x->c.due))
		say(c, "due: %s", finding_day(c, x->c.due).p);
	measures_out(c, x, w.on, out);
	flow_case_out(c, &x->c, &w.org, out);
	return c->json ? say_json(c, out, err) : OK;
}

static enum err_code steps(struct cli *c, struct err *err)
{
	return flow_table_out(c, FLOW_FINDING, err);
}

/* ---- the actions ---- */

static const struct flow_action actions[] = {
	{{"list", 1, 1, NULL, {"on", "year", "unit", "state", "open"}}, list},
	{{"show", 1, 2, NULL, {"on"}}, show},
	{{"overdue", 1, 1, NULL, {"on", "year", "unit"}}, overdue},
	{{"recur", 1, 1, NULL, {"on", "year", "unit", "within"}}, finding_recur},
	{{"rates", 1, 1, NULL, {"on", "year", "unit", "within"}}, finding_rates_out},
	{{"steps", 1, 1, NULL, {NULL}}, steps},
};

enum err_code cmd_finding(struct cli *c, int *status, struct err *err)
{
	return flow_command(c, FLOW_FINDING, actions, LEN(actions), err);
}
