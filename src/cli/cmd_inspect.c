#include "cli/flow_out.h"
#include "cli/verb.h"

#include "flow/inspect.h"
#include "record/adopt.h"

command_fn cmd_inspect;

static struct str day_or(struct cli *c, struct date d)
{
	char text[DATE_TEXT];

	return date_is(d) ? arena_str(c->arena, date_text(d, text)) : S("—");
}

/* ---- looking ---- */

static struct node *inspection_node(struct cli *c, const struct inspection *x)
{
	struct node *out = node_map(c->arena);

	out_num(c, out, "inspection", x->record->id.seq);
	out_text(c, out, "type", x->record->type->name);
	out_text(c, out, "no", x->no);
	out_text(c, out, "unit", x->unit);
	out_text(c, out, "lead", x->lead);
	out_text(c, out, "team", x->team);
	out_text(c, out, "methods", x->methods);
	out_text(c, out, "state", str_c(state_defs[x->c.state].name));
	out_day(c, out, "planned", x->planned);
	out_day(c, out, "held", x->day);
	node_set(c->arena, out, S("overdue"), node_bool(c->arena, x->overdue));
	out_num(c, out, "looked", (int64_t)x->looked);
	out_num(c, out, "problems", (int64_t)x->problems);
	out_num(c, out, "findings", (int64_t)x->found);
	out_num(c, out, "open", (int64_t)x->open);
	return out;
}

static enum err_code list_out(struct cli *c, bool planned, struct err *err)
{
	static const char *const heads[] = {N_("record"), N_("no."), N_("unit"), N_("lead"), N_("methods"),
		N_("planned"),
		N_("held on"), N_("state"), N_("looked at"), N_("problems"), N_("findings"), N_("still open")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "rlllllllrrrr");
	CLEANUP(flow_world_done) struct flow_world w = {0};
	struct node *list = node_list(c->arena);
	struct inspections all;

	TRY(flow_world_open(c, &w, err));
	TRY(inspections_load(log_db(w.log), c->arena, &w.facts, w.on, w.year, &all, err));
	for (size_t i = 0; i < all.n; i++) {
		const struct inspection *x = &all.p[i];
		struct str state = str_c(tr(c->lang, x->overdue ? N_("overdue") : state_defs[x->c.state].title));

		if (planned && x->c.state != STATE_INSPECTION_PLANNED)
			continue;
		table_row(t, (struct str[]){arena_printf(c->arena, "%lld", (long long)x->record->id.seq), x->no,
			x->unit,
			x->lead, x->methods, day_or(c, x->planned), day_or(c, x->day), state,
			arena_printf(c->arena, "%zu", x->looked), arena_printf(c->arena, "%zu", x->problems),
			arena_printf(c->arena, "%zu", x->found), arena_printf(c->arena, "%zu", x->open)});
		node_push(c->arena, list, inspection_node(c, x));
	}
	if (c->json)
		return say_json(c, list, err);
	if (!list->n)
		say(c, "no inspection");
	else
		table_print(t, c);
	return OK;
}

static enum err_code list(struct cli *c, struct err *err)
{
	return list_out(c, false, err);
}

static enum err_code plan(struct cli *c, struct err *err)
{
	return list_out(c, true, err);
}

static const struct inspected *result_of(const struct inspected_list *l, struct str list, struct str item)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->p[i].list, list) && str_eq(l->p[i].item, item))
			return &l->p[i];
	return NULL;
}

/* The list that an inspection goes by: its own, else the one that was used, else the only one of the scheme. */
static const struct choice_list *list_of(
	const struct scheme *s, const struct inspection *x, const struct inspected_list *l)
{
	struct str name = x->checklist;

	for (size_t i = 0; !name.n && i < l->n; i++)
		name = l->p[i].list;
	return inspect_checklist(s, name);
}

static void item_out(struct cli *c, struct table *t, struct node *list, struct str no, struct str item,
	const struct inspected *x)
{
	struct node *one = node_map(c->arena);
	struct str made = x && id_is(x->finding) ? arena_printf(c->arena, "%lld", (long long)x->finding.seq) : STR_NONE;

	table_row(t, (struct str[]){no, item, str_c(x ? tr(c->lang, inspect_result_title(x->result)) : "—"),
		x ? x->what : STR_NONE, made, x ? x->by : STR_NONE, x ? day_or(c, x->day) : STR_NONE});
	out_text(c, one, "item", item);
	if (x) {
		out_text(c, one, "list", x->list);
		out_text(c, one, "result", str_c(inspect_result_name(x->result)));
		out_text(c, one, "what", x->what);
		if (id_is(x->finding))
			out_num(c, one, "finding", x->finding.seq);
		out_text(c, one, "by", x->by);
		out_day(c, one, "day", x->day);
	}
	node_push(c->arena, list, one);
}

static void items_out(struct cli *c, const struct scheme *s, const struct inspection *x, const struct inspected_list *l,
	struct node *out)
{
	static const char *const heads[] = {N_("no."), N_("looked at"), N_("result"), N_("what"), N_("Finding"),
		N_("by"),
		N_("day")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "rlllrll");
	const struct choice_list *own = list_of(s, x, l);
	struct node *list = node_list(c->arena);

	for (size_t i = 0; own && i < own->values.n; i++)
		item_out(c, t, list, arena_printf(c->arena, "%zu", i + 1), own->values.p[i],
			result_of(l, own->name, own->values.p[i]));
	for (size_t i = 0; i < l->n; i++)
		if (!own || !str_eq(l->p[i].list, own->name))
			item_out(c, t, list, STR_NONE, l->p[i].item, &l->p[i]);
	node_set(c->arena, out, S("items"), list);
	if (list->n)
		table_print(t, c);
}

static enum err_code show(struct cli *c, struct err *err)
{
	CLEANUP(flow_world_done) struct flow_world w = {0};
	const struct inspection *x = NULL;
	struct inspected_list items;
	struct inspections all;
	struct node *out;
	struct id id;

	TRY(flow_world_open(c, &w, err));
	TRY(flow_id(c, w.log, 1, &id, err));
	TRY(inspections_load(log_db(w.log), c->arena, &w.facts, w.on, 0, &all, err));
	for (size_t i = 0; i < all.n; i++)
		if (id_eq(all.p[i].record->id, id))
			x = &all.p[i];
	if (!x)
		return fail(err, ERR_NOT_FOUND, "Inspection %lld: there is none", (long long)id.seq);
	TRY(inspected_load(log_db(w.log), c->arena, id, w.on, &items, err));
	out = inspection_node(c, x);
	say(c, "Inspection %lld  " STR_FMT "  " STR_FMT, (long long)id.seq, STR_ARG(x->no), STR_ARG(x->unit));
	say(c, "state: %s", tr(c->lang, state_defs[x->c.state].title));
	items_out(c, &w.scheme, x, &items, out);
	flow_case_out(c, &x->c, &w.org, out);
	return c->json ? say_json(c, out, err) : OK;
}

static enum err_code checklists(struct cli *c, struct err *err)
{
	static const char *const heads[] = {N_("checklist"), N_("no."), N_("looked at")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "lrl");
	CLEANUP(flow_world_done) struct flow_world w = {0};
	struct node *out = node_map(c->arena);

	TRY(flow_world_open(c, &w, err));
	for (size_t i = 0; i < w.scheme.nchecklists; i++) {
		const struct choice_list *x = &w.scheme.checklists[i];
		struct node *list = node_list(c->arena);

		for (size_t k = 0; k < x->values.n; k++) {
			table_row(t, (struct str[]){k ? STR_NONE : x->name, arena_printf(c->arena, "%zu", k + 1),
				x->values.p[k]});
			node_push(c->arena, list, node_str(c->arena, x->values.p[k]));
		}
		node_set(c->arena, out, x->name, list);
	}
	if (c->json)
		return say_json(c, out, err);
	if (!w.scheme.nchecklists)
		say(c, "the scheme has no checklists");
	else
		table_print(t, c);
	return OK;
}

static enum err_code steps(struct cli *c, struct err *err)
{
	return flow_table_out(c, FLOW_INSPECTION, err);
}

/* ---- writing ---- */

struct saying {
	struct cli *c;
	struct scheme scheme;
	struct inspect_input in;
	struct record_fit fit;
	struct id finding;
};

static enum err_code do_say(struct tx *tx, void *ctx, struct err *err)
{
	struct saying *x = ctx;

	return inspect_say(tx, x->c->arena, &x->in, &x->fit, &x->finding, err);
}

/* FIELD=VALUE of the finding from operand `from` on. */
static enum err_code read_fields(struct saying *x, int from, struct err *err)
{
	struct record_typed *typed = ARENA_ARRAY(x->c->arena, struct record_typed, (size_t)x->c->nargs);

	for (int i = from; i < x->c->nargs; i++) {
		struct str rest = str_c(x->c->args[i]), name;

		if (!str_cut(&rest, S("="), &name) || !rest.p)
			return fail(err, ERR_USAGE, "'%s': expected FIELD=VALUE", x->c->args[i]);
		typed[x->in.ntyped++] = (struct record_typed){str_trim(name), rest};
	}
	x->in.typed = typed;
	return OK;
}

static enum err_code write(struct saying *x, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	struct cli *c = x->c;
	struct node *out = node_map(c->arena);
	int64_t year = 0;

	TRY(cli_open(c, &log, err));
	TRY(scheme_current(log, c->arena, &x->scheme, err));
	TRY(flow_id(c, log, 1, &x->in.inspection, err));
	TRY(cli_int(c, "year", 1990, 2100, &year, err));
	x->in.scheme = &x->scheme;
	x->in.lang = c->lang;
	x->in.by = str_c(cli_opt(c, "by"));
	x->in.what = str_c(cli_opt(c, "text"));
	x->in.list = str_c(cli_opt(c, "list"));
	x->in.year = (int)year;
	x->in.day = DATE_NONE;
	TRY(cli_date(c, "day", &x->in.day, err));
	TRY(log_write(log, cli_actor(c->arena), S("cli"), do_say, x, err));
	out_num(c, out, "inspection", x->in.inspection.seq);
	out_text(c, out, "result", str_c(inspect_result_name(x->in.result)));
	if (id_is(x->finding))
		out_num(c, out, "finding", x->finding.seq);
	if (c->json)
		return say_json(c, out, err);
	if (id_is(x->finding))
		say(c, "Inspection %lld: %s; Finding %lld is entered", (long long)x->in.inspection.seq,
			tr(c->lang, inspect_result_title(x->in.result)), (long long)x->finding.seq);
	else
		say(c, "Inspection %lld: %s", (long long)x->in.inspection.seq,
			tr(c->lang, inspect_result_title(x->in.result)));
	return OK;
}

/* check ID ITEM RESULT [FIELD=VALUE…] */
static enum err_code check(struct cli *c, struct err *err)
{
	struct saying x = {.c = c};

	if (c->nargs < 4)
		return fail(err, ERR_USAGE, "zeren inspect check: number, item and result are expected");
	if (!inspect_result_named(str_c(c->args[3]), &x.in.result))
		return fail(err, ERR_USAGE, "'%s' is no result: ok, problem or none is expected", c->args[3]);
	x.in.item = str_c(c->args[2]);
	x.in.finding = cli_flag(c, "finding");
	TRY(read_fields(&x, 4, err));
	if (x.in.ntyped && !x.in.finding)
		return fail(err, ERR_USAGE, "FIELD=VALUE is of a finding: give --finding");
	if (x.in.finding && x.in.result != INSPECT_PROBLEM)
		return fail(err, ERR_USAGE, "a finding comes of a problem");
	return write(&x, err);
}

/* finding ID [FIELD=VALUE…] */
static enum err_code finding(struct cli *c, struct err *err)
{
	struct saying x = {.c = c, .in = {.result = INSPECT_PROBLEM, .finding = true}};

	TRY(read_fields(&x, 2, err));
	return write(&x, err);
}

/* ---- the actions ---- */

static const struct flow_action actions[] = {
	{{"list", 1, 1, NULL, {"on", "year"}}, list},
	{{"plan", 1, 1, NULL, {"on", "year"}}, plan},
	{{"show", 1, 2, NULL, {"on"}}, show},
	{{"lists", 1, 1, NULL, {NULL}}, checklists},
	{{"steps", 1, 1, NULL, {NULL}}, steps},
	{{"check", 1, VERB_MANY, NULL, {"by", "day", "text", "list", "finding", "year"}}, check},
	{{"finding", 1, VERB_MANY, NULL, {"by", "day", "text", "year"}}, finding},
};

enum err_code cmd_inspect(struct cli *c, int *status, struct err *err)
{
	return flow_command(c, FLOW_INSPECTION, actions, LEN(actions), err);
}
