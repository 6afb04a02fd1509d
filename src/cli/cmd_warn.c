#include "cli/verb.h"

#include "flow/facts_load.h"
#include "flow/warn.h"
#include "record/adopt.h"
#include "scheme/number.h"
#include "who/account.h"

command_fn cmd_warn;

/* Facts and answers of a day. */
struct world {
	struct log *log;
	struct scheme scheme;
	struct org org;
	struct facts facts;
	struct warn_answers answers;
	struct date on;
};

static void world_done(struct world *w)
{
	log_close(&w->log);
}

static enum err_code world_of_year(struct cli *c, struct world *w, int year, struct err *err)
{
	struct facts_opt opt = {.year = year, .lang = c->lang};

	return facts_load(c->arena, log_db(w->log), &w->scheme, &w->org, opt, &w->facts, err);
}

/* That of --scheme, or of the year; to be tried on past years the one adopted last. */
static enum err_code world_scheme(struct cli *c, struct world *w, int year, bool newest, struct err *err)
{
	const char *file = cli_opt(c, "scheme");

	if (file)
		TRY(scheme_file(c->arena, str_c(file), &w->scheme, err));
	else if (newest)
		TRY(scheme_current_in(w->log, log_db(w->log), c->arena, &w->scheme, err));
	else
		TRY(scheme_of_year(w->log, log_db(w->log), c->arena, year, &w->scheme, err));
	if (!w->scheme.nwarn_rules)
		return fail(err, ERR_NOT_FOUND, "the scheme has no warning rules (warnings:)");
	return OK;
}

/* today: the day where none is given; else the end of the year. */
static enum err_code world_open(struct cli *c, bool today, bool newest, struct world *w, struct err *err)
{
	int64_t year;

	w->on = DATE_NONE;
	TRY(cli_date(c, "on", &w->on, err));
	TRY(cli_open_reading(c, &w->log, err));
	TRY(org_load(log_db(w->log), c->arena, DATE_NONE, &w->org, err));
	if (today && !date_is(w->on))
		w->on = day_at(time_now());
	year = date_is(w->on) ? date_ymd(w->on).y : w->org.office.year;
	TRY(cli_int(c, "year", 1990, 2100, &year, err));
	if (!date_is(w->on))
		date_make((int)year, 12, 31, &w->on);
	TRY(world_scheme(c, w, (int)year, newest, err));
	TRY(warn_answers_load(log_db(w->log), c->arena, &w->answers, err));
	return world_of_year(c, w, (int)year, err);
}

/* ---- the list ---- */

static struct str value_text(struct cli *c, const struct warning *w)
{
	static const char *const units[] = {
		[METRIC_DAYS_TO_DUE] = N_("%s days to go"), [METRIC_DAYS_OVERDUE] = N_("%s days overdue"),
		[METRIC_GAP] = N_("%s points behind"), [METRIC_REPEATS] = N_("%s times"),
		[METRIC_LAPSED] = N_("%s days without an answer"), [METRIC_VALUE] = "%s"};

	return arena_printf(c->arena, tr(c->lang, units[w->rule->metric]), warn_value_text(c->arena, w).p);
}

/* "较大 (orange)": the grade of a risk, which is not the colour of its warning. */
static struct str grade_text(struct cli *c, const struct risk *r)
{
	if (!r)
		return S("·");
	if (!r->grade)
		return r->level;
	return arena_printf(c->arena, STR_FMT "(%s)", STR_ARG(r->level), tr(c->lang, colour_name(r->grade->colour)));
}

static void put_day(struct cli *c, struct node *map, struct str key, struct date d)
{
	if (date_is(d))
		node_set(c->arena, map, key, node_str(c->arena, text_day(c->arena, d)));
}

static struct node *risk_json(struct arena *a, const struct risk *r)
{
	struct node *map = node_map(a);

	node_set(a, map, S("no"), node_str(a, r->no));
	node_set(a, map, S("level"), node_str(a, r->level));
	if (r->grade)
		node_set(a, map, S("risk_colour"), node_str(a, str_c(colour_name(r->grade->colour))));
	return map;
}

static struct node *answer_json(struct cli *c, const struct warn_answer *x)
{
	struct node *map = node_map(c->arena);

	put_day(c, map, S("day"), x->day);
	node_set(c->arena, map, S("by"), node_str(c->arena, x->by));
	node_set(c->arena, map, S("text"), node_str(c->arena, x->text));
	return map;
}

static struct node *warning_json(struct cli *c, const struct warning *w)
{
	struct arena *a = c->arena;
	struct node *map = node_map(a), *value = node_str(a, thousandths_text(a, w->value));

	value->decimal = true;
	node_set(a, map, S("key"), node_str(a, w->key));
	node_set(a, map, S("rule"), node_str(a, w->rule->id));
	node_set(a, map, S("colour"), node_str(a, str_c(colour_name(w->band->colour))));
	node_set(a, map, S("object"), node_str(a, w->object));
	node_set(a, map, S("title"), node_str(a, w->title));
	node_set(a, map, S("owner"), node_str(a, w->owner));
	if (w->duty)
		node_set(a, map, S("duty"), node_str(a, w->duty->id));
	if (w->risk)
		node_set(a, map, S("risk"), risk_json(a, w->risk));
	node_set(a, map, S("value"), value);
	put_day(c, map, S("due"), w->due);
	put_day(c, map, S("first"), w->first);
	put_day(c, map, S("since"), w->since);
	node_set(a, map, S("action"), node_str(a, w->band->action));
	node_set(a, map, S("to"), node_str(a, w->to));
	put_day(c, map, S("limit"), w->limit);
	node_set(a, map, S("state"), node_str(a, str_c(warn_state_name(w->state))));
	if (w->answer)
		node_set(a, map, S("answer"), answer_json(c, w->answer));
	return map;
}

static void show(struct cli *c, const struct warnings *all, const struct warn_rule *only)
{
	static const char *const heads[] = {N_("code"), N_("colour"), N_("what it is about"), N_("owner"), N_("why"),
		N_("since"), N_("action"), N_("to"), N_("answer until"), N_("answer"), N_("level of the risk")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "lllllllllll");
	size_t shown = 0, lifted = 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct warning *w = &all->p[i];
		struct str cells[] = {w->key, str_c(tr(c->lang, colour_name(w->band->colour))), w->title, w->owner,
			value_text(c, w), text_day(c->arena, w->since), w->band->action, w->to,
			text_day(c->arena, w->limit), str_c(tr(c->lang, warn_state_title(w->state))),
			grade_text(c, w->risk)};

		_Static_assert(LEN(cells) == LEN(heads), "a cell for each head");
		if (only && w->rule != only)
			continue;
		lifted += w->state == WARN_LIFTED;
		if (w->state == WARN_LIFTED && !cli_flag(c, "all"))
			continue;
		table_row(t, cells);
		shown++;
	}
	if (shown)
		table_print(t, c);
	else
		say(c, "no warnings on %s", text_day(c->arena, all->on).p);
	if (lifted && !cli_flag(c, "all"))
		say(c, "%zu more were lifted; --all shows them", lifted);
}

static enum err_code no_rule(const struct scheme *s, const char *id, struct err *err)
{
	struct near near = near_to(str_c(id));

	for (size_t i = 0; i < s->nwarn_rules; i++)
		near_offer(&near, s->warn_rules[i].id);
	fail(err, ERR_NOT_FOUND, "no warning rule '%s' in this scheme", id);
	return near_say(&near, err);
}

static enum err_code list(struct cli *c, struct world *w, struct err *err)
{
	const char *id = cli_opt(c, "rule");
	const struct warn_rule *only = id ? warn_rule_named(&w->scheme, str_c(id)) : NULL;
	struct node *out = node_map(c->arena), *list = node_list(c->arena);
	struct warnings all;

	if (id && !only)
		return no_rule(&w->scheme, id, err);
	TRY(warnings_on(&w->facts, &w->answers, w->on, &all, err));
	if (!c->json) {
		show(c, &all, only);
		return OK;
	}
	for (size_t i = 0; i < all.n; i++)
		if ((!only || all.p[i].rule == only) && (all.p[i].state != WARN_LIFTED || cli_flag(c, "all")))
			node_push(c->arena, list, warning_json(c, &all.p[i]));
	put_day(c, out, S("on"), w->on);
	node_set(c->arena, out, S("warnings"), list);
	return say_pretty(c, out, err);
}

/* ---- answers ---- */

struct saying {
	const struct warning *warning;
	struct warn_said said;
};

static enum err_code write_said(struct tx *tx, void *ctx, struct err *err)
{
	const struct saying *s = ctx;

	return warn_say(tx, s->warning, &s->said, NULL, err);
}

static enum err_code answer(struct cli *c, struct world *w, enum warn_act act, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	const char *by = cli_opt(c, "by");
	const struct post *post = by ? org_post(&w->org, str_c(by)) : NULL;
	static const char *const said[] = {N_("answered: %s"), N_("lifted: %s"), N_("reopened: %s")};
	struct saying s = {.said = {.act = act, .day = w->on, .text = str_c(cli_opt(c, "text"))}};
	struct warnings all;

	if (c->nargs < 2)
		return fail(err, ERR_USAGE, "which warning? give its key, as zeren warn shows it");
	if (!by)
		return fail(err, ERR_REQUIRED, "--by: the post that answers, lifts or reopens the warning");
	if (!post)
		return org_no_post(&w->org, str_c(by), ERR_NOT_FOUND, err);
	s.said.by = post->name;
	TRY(warnings_on(&w->facts, &w->answers, w->on, &all, err));
	s.warning = warning_named(&all, str_c(c->args[1]));
	if (!s.warning)
		return fail(err, ERR_NOT_FOUND, "no warning '%s' on %s", c->args[1], text_day(c->arena, w->on).p);
	log_close(&w->log);              /* it was open for reading only */
	TRY(cli_open(c, &log, err));
	TRY(log_write(log, cli_actor(c->arena), S("cli"), write_said, &s, err));
	say(c, said[act], s.warning->title.p);
	return OK;
}

/* ---- backtest ---- */

static struct str half_text(struct cli *c, int twice)
{
	return arena_printf(c->arena, "%d%s", twice / 2, twice % 2 ? ".5" : "");
}

static void show_trials(struct cli *c, const struct warn_trial *t, size_t n)
{
	static const char *const heads[] = {N_("rule"), N_("name of the rule"), N_("looked at"), N_("late or missed"),
		N_("warned before"), N_("lead: median"), N_("min"), N_("max"), N_("warned after"), N_("never warned"),
		N_("met in time"), N_("false alarms"), N_("warnings")};
	struct table *table = table_new(c->arena, (int)LEN(heads), heads, "llrrrrrrrrrrr");

	for (size_t i = 0; i < n; i++) {
		const struct warn_trial *x = &t[i];
		struct str none = S("—");
#define NUMBER(v) (x->judged ? arena_printf(c->arena, "%d", (v)) : none)
		struct str cells[] = {x->rule->id, x->rule->title, NUMBER(x->objects), NUMBER(x->bad),
			NUMBER(x->before),
			x->before ? half_text(c, x->lead_median_x2) : none, x->before ? NUMBER(x->lead_min) : none,
			x->before ? NUMBER(x->lead_max) : none, NUMBER(x->after), NUMBER(x->never), NUMBER(x->good),
			NUMBER(x->false_alarms), arena_printf(c->arena, "%d", x->warned)};
#undef NUMBER

		_Static_assert(LEN(cells) == LEN(heads), "a cell for each head");
		table_row(table, cells);
	}
	table_print(table, c);
}

static struct node *trial_json(struct arena *a, const struct warn_trial *x)
{
	const struct {
		const char *key;
		int value;
	} numbers[] = {
		{"objects", x->objects}, {"bad", x->bad}, {"before", x->before}, {"after", x->after},
		{"never", x->never},
		{"good", x->good}, {"false_alarms", x->false_alarms},
	};
	struct node *map = node_map(a), *leads = node_list(a);

	node_set(a, map, S("rule"), node_str(a, x->rule->id));
	node_set(a, map, S("judged"), node_bool(a, x->judged));
	node_set(a, map, S("warned"), node_num(a, x->warned));
	for (size_t i = 0; x->judged && i < LEN(numbers); i++)
		node_set(a, map, str_c(numbers[i].key), node_num(a, numbers[i].value));
	for (int i = 0; i < x->before; i++)
		node_push(a, leads, node_num(a, x->leads[i]));
	node_set(a, map, S("leads"), leads);
	return map;
}

/* What the columns count. */
static const char *const DEFINITIONS[] = {
	N_("looked at: slots, findings and reviews of risks whose due day lay in these years, as they stood at the "
		"end of "
		"each; of a rule on pace: duties of one owner"),
	N_("late or missed: done after the due day, or not done; of a duty by its first such slot"),
	N_("warned before: of these, a colour of the rule on a day before the due day; lead: days from its first day "
		"to the "
		"due day"),
	N_("warned after: the first colour on the due day or later; never warned: no colour at all"),
	N_("false alarms: met in time, but with a colour on some day"),
	N_("warnings: whatever had a colour on some day; — where nothing comes to an end (repeats, figures)"),
	N_("by what the records say now; what was entered late counts from the day it happened"),
};

static enum err_code backtest(struct cli *c, struct world *w, struct err *err)
{
	int64_t from = w->facts.year, to;
	struct warn_trial *sum = NULL, *one;
	struct node *out = node_map(c->arena), *list = node_list(c->arena);

	TRY(cli_int(c, "from", 1990, 2100, &from, err));
	to = MAX(from, (int64_t)w->facts.year);
	TRY(cli_int(c, "to", 1990, 2100, &to, err));
	if (to < from)
		return fail(err, ERR_USAGE, "--from lies after --to");
	for (int64_t year = from; year <= to; year++) {
		TRY(world_of_year(c, w, (int)year, err));
		TRY(warn_backtest(&w->facts, &w->answers, &one, err));
		for (size_t i = 0; sum && i < w->scheme.nwarn_rules; i++)
			warn_trial_add(c->arena, &sum[i], &one[i]);
		sum = sum ? sum : one;
	}
	for (size_t i = 0; i < w->scheme.nwarn_rules; i++)
		node_push(c->arena, list, trial_json(c->arena, &sum[i]));
	if (c->json) {
		node_set(c->arena, out, S("from"), node_num(c->arena, from));
		node_set(c->arena, out, S("to"), node_num(c->arena, to));
		node_set(c->arena, out, S("rules"), list);
		return say_json(c, out, err);
	}
	show_trials(c, sum, w->scheme.nwarn_rules);
	for (size_t i = 0; i < LEN(DEFINITIONS); i++)
		say_text(c, str_c(tr(c->lang, DEFINITIONS[i])));
	return OK;
}

enum err_code cmd_warn(struct cli *c, int *status, struct err *err)
{
	CLEANUP(world_done) struct world w = {0};
	static const struct {
		const char *name;
	} actions[] = {{"list"}, {"answer"}, {"lift"}, {"reopen"}, {"backtest"}};
	struct str action = c->nargs ? str_c(c->args[0]) : S("list");
	enum warn_act act = str_is(action, "lift") ? WARN_LIFT : str_is(action, "reopen") ? WARN_REOPEN : WARN_ANSWER;
	bool says = act != WARN_ANSWER || str_is(action, "answer");

	if (!VERB_NAMED(actions, action.p))
		return VERB_UNKNOWN(c, actions, c->args[0], err);
	if (says && cli_flag(c, "scheme"))
		return fail(err, ERR_USAGE, "--scheme is to look and to try: answers go by the scheme in force");
	TRY(world_open(c, says, str_is(action, "backtest"), &w, err));
	if (says)
		return answer(c, &w, act, err);
	return str_is(action, "list") ? list(c, &w, err) : backtest(c, &w, err);
}
