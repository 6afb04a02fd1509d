#include "cli/risk_out.h"
#include "cli/verb.h"

#include "base/buf.h"
#include "duty/figure.h"
#include "flow/facts_load.h"
#include "flow/risk_step.h"
#include "record/adopt.h"
#include "who/account.h"

command_fn cmd_risk;

static void world_done(struct risk_world *w)
{
	log_close(&w->log);
}

static enum err_code world_open(struct cli *c, struct risk_world *w, struct err *err)
{
	struct facts_opt opt = {.lang = c->lang};
	bool any = false;

	w->on = DATE_NONE;
	TRY(cli_date(c, "on", &w->on, err));
	TRY(cli_open_reading(c, &w->log, err));
	TRY(org_load(log_db(w->log), c->arena, DATE_NONE, &w->org, err));
	opt.year = date_is(w->on) ? date_ymd(w->on).y : w->org.office.year;
	TRY(scheme_of_year(w->log, log_db(w->log), c->arena, opt.year, &w->scheme, err));
	if (!date_is(w->on))
		date_make(opt.year, 12, 31, &w->on);
	for (size_t i = 0; i < w->scheme.ntypes; i++)
		any |= w->scheme.types[i].risk != NULL;
	if (!any)
		return fail(err, ERR_NOT_FOUND, "the scheme has no register of risks (risk: in a record type)");
	TRY(facts_load(c->arena, log_db(w->log), &w->scheme, &w->org, opt, &w->facts, err));
	w->risks = risks_on(&w->facts, w->on);
	return OK;
}

/* ---- lists ---- */

static struct node *risk_json(struct cli *c, const struct risk_world *w, const struct risk *r)
{
	struct arena *a = c->arena;
	struct node *map = node_map(a);
	const struct {
		const char *key;
		struct str text;
	} texts[] = {
		{"no", r->no}, {"name", r->name}, {"level", r->level},
		{"risk_colour", r->grade ? str_c(colour_name(r->grade->colour)) : STR_NONE},
		{"likelihood", r->likelihood}, {"impact", r->impact}, {"owner", r->owner}, {"unit", r->unit},
		{"registered", text_day(c->arena, r->registered)}, {"reviewed", text_day(c->arena, r->reviewed)},
		{"review_due", text_day(c->arena, r->due)}, {"closed", text_day(c->arena, r->closed)},
		{"by_matrix", r->by_matrix ? r->by_matrix->level : STR_NONE},
	};

	for (size_t i = 0; i < LEN(texts); i++)
		if (texts[i].text.n)
			node_set(a, map, str_c(texts[i].key), node_str(a, texts[i].text));
	node_set(a, map, S("overdue"), node_bool(a, risk_overdue(r, w->on)));
	node_set(a, map, S("id"), node_num(a, r->fact->id.seq));
	return map;
}

/* A level of the matrix, or one that a risk has. */
static enum err_code level_known(struct cli *c, const struct risk_world *w, struct err *err)
{
	CLEANUP(buf_free) struct buf names = BUF_MAX(2000);
	const struct matrix *m = w->scheme.grid;
	struct str level = str_c(cli_opt(c, "level"));

	if (!level.n)
		return OK;
	for (size_t i = 0; m && i < m->ngrades; i++) {
		if (words_alike(&w->facts, level, m->grades[i].level))
			return OK;
		buf_printf(&names, "%s" STR_FMT, i ? ", " : "", STR_ARG(m->grades[i].level));
	}
	for (size_t i = 0; i < w->risks.n; i++)
		if (words_alike(&w->facts, level, w->risks.p[i].level))
			return OK;
	if (!names.n)
		return fail(err, ERR_INPUT, "--level: no risk has the level '" STR_FMT "'", STR_ARG(level));
	return fail(err, ERR_INPUT, "--level: no level '" STR_FMT "'; the matrix has: " STR_FMT, STR_ARG(level),
		STR_ARG(buf_str(&names)));
}

static bool wanted(const struct cli *c, const struct risk_world *w, const struct risk *r, bool due)
{
	const char *level = cli_opt(c, "level");

	if (level && !words_alike(&w->facts, str_c(level), r->level))
		return false;
	return due ? risk_overdue(r, w->on) || (date_is(r->due) && r->due.n - w->on.n <= 31)
	           : cli_flag(c, "all") || !date_is(r->closed);
}

static enum err_code list(struct cli *c, const struct risk_world *w, bool due, struct err *err)
{
	static const char *const heads[] = {N_("no."), N_("risk"), N_("level"), N_("colour of the risk"),
		N_("likelihood"), N_("impact"), N_("owner"), N_("registered"), N_("last review"), N_("next review by"),
		N_("resolved on")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "lllllllllll");
	struct node *out = node_list(c->arena);
	size_t overdue = 0, shown = 0;

	for (size_t i = 0; i < w->risks.n; i++) {
		const struct risk *r = &w->risks.p[i];
		struct str cells[] = {r->no, r->name, r->level, risk_colour(c, r->grade), r->likelihood, r->impact,
			r->owner, text_day(c->arena, r->registered), text_day(c->arena, r->reviewed),
			arena_printf(c->arena, STR_FMT "%s", STR_ARG(text_day(c->arena, r->due)),
				risk_overdue(r, w->on) ? tr(c->lang, N_(" (overdue)")) : ""),
			text_day(c->arena, r->closed)};

		_Static_assert(LEN(cells) == LEN(heads), "a cell for each head");
		if (!wanted(c, w, r, due))
			continue;
		overdue += risk_overdue(r, w->on);
		shown++;
		table_row(t, cells);
		node_push(c->arena, out, risk_json(c, w, r));
	}
	if (c->json)
		return say_json(c, out, err);
	if (shown)
		table_print(t, c);
	say(c, "%zu risks on %s, %zu reviews overdue", shown, text_day(c->arena, w->on).p, overdue);
	return OK;
}

/* ---- one risk ---- */

static struct str text_of(const struct risk_world *w, const struct fact *r, const struct field *f)
{
	return f ? datum_text(w->facts.arena, w->facts.lang, fact_value(&w->facts, r, f, w->on)) : STR_NONE;
}

/* What the register says became of it. */
static void show_updates(struct cli *c, const struct risk_world *w, const struct risk *r)
{
	static const char *const heads[] = {N_("day"), N_("what"), N_("new level"), N_("by"), N_("note"),
		N_("rows of registers")};
	const struct risk_updates *u = &r->map->updates;
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "llllll");
	const struct fact_set *set = u->of ? facts_of(&w->facts, u->of) : NULL;
	size_t n = 0;

	for (size_t i = 0; set && i < set->n; i++) {
		const struct fact *x = &set->p[i];

		if (x->withdrawn || x->outside || (date_is(x->day) && x->day.n > w->on.n) ||
		    !words_alike(&w->facts, text_of(w, x, u->no), r->no))
			continue;
		table_row(t, (struct str[]){text_of(w, x, u->date), text_of(w, x, u->what), text_of(w, x, u->level),
		                            text_of(w, x, u->by), text_of(w, x, u->note), fact_row(c->arena, x)});
		n++;
	}
	if (n)
		table_print(t, c);
}

static void show_steps(struct cli *c, const struct flow_case *k)
{
	static const char *const heads[] = {N_("day"), N_("step"), N_("by"), N_("level"), N_("how"), N_("no."),
		N_("text"), N_("why")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "llllllll");

	for (size_t i = 0; i < k->n; i++) {
		const struct flow_step *s = &k->steps[i];

		table_row(t, (struct str[]){text_day(c->arena, s->day), str_c(tr(c->lang, move_defs[s->move].title)),
		                            s->by, s->level, s->way, s->no, s->text, s->why});
	}
	if (k->n)
		table_print(t, c);
}

static struct node *step_json(struct cli *c, const struct flow_step *s)
{
	struct arena *a = c->arena;
	struct node *map = node_map(a);
	const struct {
		const char *key;
		struct str text;
	} texts[] = {
		{"day", text_day(c->arena, s->day)}, {"step", str_c(move_defs[s->move].name)}, {"by", s->by},
		{"level", s->level},
		{"way", s->way}, {"no", s->no}, {"text", s->text}, {"why", s->why},
	};

	for (size_t i = 0; i < LEN(texts); i++)
		if (texts[i].text.n)
			node_set(a, map, str_c(texts[i].key), node_str(a, texts[i].text));
	return map;
}

static enum err_code show(struct cli *c, const struct risk_world *w, struct err *err)
{
	const struct risk *r = c->nargs > 1 ? risk_named(&w->facts, &w->risks, str_c(c->args[1])) : NULL;
	struct flow_case k;
	struct node *out, *steps = node_list(c->arena);

	if (c->nargs != 2)
		return fail(err, ERR_USAGE, "which risk? give its number");
	if (!r)
		return fail(err, ERR_NOT_FOUND, "no risk '%s' on %s", c->args[1], text_day(c->arena, w->on).p);
	TRY(flow_read(log_db(w->log), c->arena, FLOW_RISK, r->fact->id, w->on, &k, err));
	if (c->json) {
		out = risk_json(c, w, r);
		for (size_t i = 0; i < k.n; i++)
			node_push(c->arena, steps, step_json(c, &k.steps[i]));
		node_set(c->arena, out, S("steps"), steps);
		return say_json(c, out, err);
	}
	say(c, STR_FMT " " STR_FMT, STR_ARG(r->no), STR_ARG(r->name));
	say(c, "level " STR_FMT ", colour of the risk %s", STR_ARG(r->level), risk_colour(c, r->grade).n ?
	    risk_colour(c, r->grade).p : "—");
	if (r->differs)
		say(c, "the matrix gives " STR_FMT " for " STR_FMT " × " STR_FMT ": its level was set by hand",
		    STR_ARG(r->by_matrix->level), STR_ARG(r->likelihood), STR_ARG(r->impact));
	say(c, "registered %s, last review %s, next review by %s%s", text_day(c->arena, r->registered).p,
	    date_is(r->reviewed) ? text_day(c->arena, r->reviewed).p : "—",
	    date_is(r->due) ? text_day(c->arena, r->due).p : "—",
	    risk_overdue(r, w->on) ? tr(c->lang, N_(" (overdue)")) : "");
	if (date_is(r->closed))
		say(c, "resolved on %s", text_day(c->arena, r->closed).p);
	show_updates(c, w, r);
	show_steps(c, &k);
	return OK;
}

/* ---- steps ---- */

struct stepping {
	struct cli *c;
	const struct risk_world *w;
	struct risk_input in;
};

/* NO or NO=LEVEL, one or, of a consultation, several. */
static enum err_code write_steps(struct tx *tx, void *ctx, struct err *err)
{
	struct stepping *s = ctx;

	for (int i = 1; i + 1 < s->c->nargs; i++) {
		struct risk_input one = s->in;
		struct str rest = str_c(s->c->args[i]);

		str_cut(&rest, S("="), &one.no);
		if (rest.n)
			one.step.level = rest;
		TRY(risk_step(tx, &s->w->scheme, &one, NULL, err));
	}
	return OK;
}

static enum err_code step(struct cli *c, struct risk_world *w, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	struct stepping s = {.c = c, .w = w, .in = {.step = FLOW_INPUT}};
	struct flow_input *in = &s.in.step;

	if (c->nargs < 3)
		return fail(err, ERR_USAGE, "expected: zeren risk step NO STEP");
	in->step = str_c(c->args[c->nargs - 1]);
	if (c->nargs > 3 && !str_is(in->step, "consult"))
		return fail(err, ERR_USAGE, "several risks at once only in a consultation (consult)");
	TRY(cli_date(c, "on", &in->day, err));
	in->by = str_c(cli_opt(c, "by"));
	in->why = str_c(cli_opt(c, "why"));
	in->no = str_c(cli_opt(c, "no"));
	in->text = str_c(cli_opt(c, "text"));
	in->level = str_c(cli_opt(c, "level"));
	if (cli_opt(c, "with") && !str_is(in->step, "consult"))
		return fail(err, ERR_USAGE, "--with is of a consultation alone");
	in->way = str_c(cli_opt(c, "with"));
	s.in.likelihood = str_c(cli_opt(c, "likelihood"));
	s.in.impact = str_c(cli_opt(c, "impact"));
	s.in.year = date_ymd(date_is(in->day) ? in->day : day_at(time_now())).y;
	log_close(&w->log);              /* it was open for reading only */
	TRY(cli_open(c, &log, err));
	TRY(log_write(log, cli_actor(c->arena), S("cli"), write_steps, &s, err));
	say(c, "done: " STR_FMT, STR_ARG(in->step));
	return OK;
}

enum err_code cmd_risk(struct cli *c, int *status, struct err *err)
{
	static const struct {
		const char *name;
	} actions[] = {{"list"}, {"due"}, {"matrix"}, {"show"}, {"step"}};
	CLEANUP(world_done) struct risk_world w = {0};
	struct str action = c->nargs ? str_c(c->args[0]) : S("list");
	bool lists;

	if (!VERB_NAMED(actions, action.p))
		return VERB_UNKNOWN(c, actions, c->args[0], err);
	lists = str_is(action, "list") || str_is(action, "due");
	if (c->nargs > 1 && (lists || str_is(action, "matrix")))
		return fail(err, ERR_USAGE, "'%s': nothing is expected behind %s", c->args[1], c->args[0]);
	if (cli_opt(c, "level") && !lists && !str_is(action, "step"))
		return fail(err, ERR_USAGE, "--level is of list, due and step");
	TRY(world_open(c, &w, err));
	if (lists)
		TRY(level_known(c, &w, err));
	if (str_is(action, "step"))
		return step(c, &w, err);
	if (str_is(action, "show"))
		return show(c, &w, err);
	return str_is(action, "matrix") ? risk_matrix_out(c, &w, err) : list(c, &w, str_is(action, "due"), err);
}
