#include "cli/flow_out.h"
#include "cli/cmd.h"

#include "base/buf.h"
#include "base/file.h"
#include "flow/facts_load.h"
#include "log/object.h"
#include "record/adopt.h"
#include "text/nfc.h"
#include "who/account.h"

/* ---- small things ---- */

void out_text(struct cli *c, struct node *map, const char *key, struct str value)
{
	if (value.n)
		node_set(c->arena, map, str_c(key), node_str(c->arena, value));
}

void out_day(struct cli *c, struct node *map, const char *key, struct date value)
{
	char text[DATE_TEXT];

	out_text(c, map, key, arena_str(c->arena, date_text(value, text)));
}

void out_num(struct cli *c, struct node *map, const char *key, int64_t value)
{
	node_set(c->arena, map, str_c(key), node_num(c->arena, value));
}

enum err_code flow_id(struct cli *c, struct log *log, int at, struct id *out, struct err *err)
{
	struct str s = c->nargs > at ? str_c(c->args[at]) : STR_NONE;

	out->origin = 1;
	if (!s.n)
		return fail(err, ERR_USAGE, "the number of a record is missing");
	if (str_int(s, &out->seq) && out->seq >= 0)
		return OK;
	if (!str_has(s, S(":")))
		return fail(err, ERR_USAGE, "'" STR_FMT "' is no record's number", STR_ARG(s));
	return log_id(log, s, out, err);
}

/* ---- looking ---- */

void flow_world_done(struct flow_world *w)
{
	log_close(&w->log);
}

enum err_code flow_world_open(struct cli *c, struct flow_world *w, struct err *err)
{
	struct facts_opt opt = {.lang = c->lang};
	int64_t year = 0;
	struct date end;

	w->on = DATE_NONE;
	TRY(cli_date(c, "on", &w->on, err));
	TRY(cli_int(c, "year", 1990, 2100, &year, err));
	w->year = (int)year;
	TRY(cli_open_reading(c, &w->log, err));
	TRY(scheme_current(w->log, c->arena, &w->scheme, err));
	TRY(org_load(log_db(w->log), c->arena, DATE_NONE, &w->org, err));
	if (!date_is(w->on)) {
		w->on = day_at(log_now(w->log));
		if (!year)
			year = w->org.office.year;
		if (year && date_make((int)year, 12, 31, &end) && date_lt(end, w->on))
			w->on = end;
	}
	opt.year = w->year ? w->year : date_ymd(w->on).y;
	return facts_load(c->arena, log_db(w->log), &w->scheme, &w->org, opt, &w->facts, err);
}

/* ---- a step ---- */

/* What writes a step works on. */
struct stepping {
	struct cli *c;
	struct scheme scheme;
	enum flow flow;
	struct id subject, event;
	struct flow_input in;
	struct str *names, *paths;
	struct object *objects;
	size_t nfiles;
	struct flow_case now;
};

/* NAME=PATH, or a path alone. */
static enum err_code read_proof(struct stepping *x, struct err *err)
{
	struct str rest = str_c(cli_opt(x->c, "proof")), one;
	size_t n = 0;

	for (struct str r = rest, part; str_cut(&r, S("\n"), &part);)
		n++;
	x->names = ARENA_ARRAY(x->c->arena, struct str, n);
	x->paths = ARENA_ARRAY(x->c->arena, struct str, n);
	x->objects = ARENA_ARRAY(x->c->arena, struct object, n);
	while (str_cut(&rest, S("\n"), &one)) {
		struct str name;

		if (!str_cut(&one, S("="), &name) || !one.p)
			one = name;
		x->paths[x->nfiles] = arena_str(x->c->arena, one);
		TRY(nfc(x->c->arena, path_base(name), &x->names[x->nfiles], err));
		if (!file_exists(x->paths[x->nfiles].p))
			return fail(err, ERR_NOT_FOUND, "%s: no such file", x->paths[x->nfiles].p);
		x->nfiles++;
	}
	return OK;
}

static struct node *proof_node(struct stepping *x)
{
	struct node *list = node_list(x->c->arena);
	char text[HASH_TEXT];

	for (size_t i = 0; i < x->nfiles; i++) {
		struct node *one = node_map(x->c->arena);

		node_set(x->c->arena, one, S("name"), node_str(x->c->arena, x->names[i]));
		node_set(x->c->arena, one, S("digest"),
			node_str(x->c->arena, arena_str(x->c->arena, hash_text(&x->objects[i].digest, text))));
		node_push(x->c->arena, list, one);
	}
	return list;
}

static enum err_code read_step(struct stepping *x, const char *step, struct err *err)
{
	struct flow_input in = FLOW_INPUT;
	struct cli *c = x->c;

	in.step = str_c(step);
	in.by = str_c(cli_opt(c, "by"));
	in.why = str_c(cli_opt(c, "why"));
	in.no = str_c(cli_opt(c, "no"));
	in.post = str_c(cli_opt(c, "post"));
	in.unit = str_c(cli_opt(c, "unit"));
	in.level = str_c(cli_opt(c, "level"));
	in.text = str_c(cli_opt(c, "text"));
	in.way = str_c(cli_opt(c, "way"));
	TRY(cli_date(c, "day", &in.day, err));
	TRY(cli_date(c, "due", &in.due, err));
	TRY(cli_int(c, "progress", 0, 100, &in.progress, err));
	x->in = in;
	TRY(read_proof(x, err));
	if (x->nfiles)
		x->in.proof = proof_node(x);
	return OK;
}

static enum err_code do_step(struct tx *tx, void *ctx, struct err *err)
{
	struct stepping *x = ctx;
	struct id named;

	for (size_t i = 0; i < x->nfiles; i++)
		TRY(object_name(tx, &x->objects[i], x->names[i], &named, err));
	TRY(flow_step(tx, &x->scheme, x->flow, x->subject, &x->in, &x->event, err));
	return flow_now(tx->db, x->c->arena, &x->scheme, NULL, x->flow, x->subject, &x->now, err);
}

enum err_code flow_step_out(struct cli *c, enum flow flow, const char *step, int at, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	struct stepping x = {.c = c, .flow = flow};
	struct str actor = cli_actor(c->arena);
	struct node *out = node_map(c->arena);
	char day[DATE_TEXT];

	TRY(cli_open(c, &log, err));
	TRY(scheme_current(log, c->arena, &x.scheme, err));
	TRY(flow_id(c, log, at, &x.subject, err));
	TRY(read_step(&x, step, err));
	if (x.nfiles) {                  /* files are kept only for what fits */
		TRY(flow_fits(log_db(log), c->arena, &x.scheme, flow, x.subject, &x.in, actor, S("cli"),
			day_at(log_now(log)), err));
		for (size_t i = 0; i < x.nfiles; i++)
			TRY(object_store(log, x.paths[i].p, &x.objects[i], err));
		x.in.proof = proof_node(&x);
	}
	TRY(log_write(log, actor, S("cli"), do_step, &x, err));
	out_num(c, out, flow_defs[flow].name, x.subject.seq);
	out_num(c, out, "event", x.event.seq);
	out_text(c, out, "state", str_c(state_defs[x.now.state].name));
	out_day(c, out, "due", x.now.due);
	out_text(c, out, "possible", flow_moves_text(c->arena, flow, x.now.state));
	if (c->json)
		return say_json(c, out, err);
	say(c, "%s %lld: %s", tr(c->lang, flow_defs[flow].title), (long long)x.subject.seq,
		tr(c->lang, state_defs[x.now.state].title));
	if (date_is(x.now.due) && flow_open_state(x.now.state))
		say(c, "due: %s", date_text(x.now.due, day).p);
	return OK;
}

/* ---- showing ---- */

static struct str post_text(struct cli *c, const struct org *org, struct str code)
{
	const struct post *p = code.n ? org_post(org, code) : NULL;

	return p ? arena_printf(c->arena, STR_FMT " " STR_FMT, STR_ARG(code), STR_ARG(p->name)) : code;
}

/* What a step says beside who and when: "no 3; due 2022-06-30; …". */
static struct str details(struct cli *c, const struct flow_step *s)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(64 << 10);
	char due[DATE_TEXT];
	const struct {
		const char *name;
		struct str text;
	} parts[] = {{N_("no."), s->no}, {N_("due day"), date_text(s->due, due)}, {N_("post"), s->post}, {N_("unit"),
		s->unit},
		{N_("level"), s->level}, {N_("way"), s->way}, {N_("why"), s->why}, {NULL, s->text}};

	if (s->progress >= 0)
		buf_printf(&b, "%lld%%", (long long)s->progress);
	for (size_t i = 0; i < LEN(parts); i++)
		if (parts[i].text.n)
			buf_printf(&b, "%s%s%s" STR_FMT, b.n ? "; " : "", parts[i].name ? tr(c->lang,
				parts[i].name) : "",
				parts[i].name ? " " : "", STR_ARG(parts[i].text));
	for (size_t i = 0; i < s->proof.n; i++)
		buf_printf(&b, "%s[" STR_FMT "]", b.n ? " " : "", STR_ARG(s->proof.p[i]));
	return arena_str(c->arena, buf_str(&b));
}

static struct node *step_node(struct cli *c, const struct flow_step *s)
{
	struct node *out = node_map(c->arena);

	out_num(c, out, "event", s->id.seq);
	out_text(c, out, "step", str_c(move_defs[s->move].name));
	out_text(c, out, "from", s->from == FLOW_NONE ? STR_NONE : str_c(state_defs[s->from].name));
	out_text(c, out, "to", str_c(state_defs[s->to].name));
	out_day(c, out, "day", s->day);
	out_text(c, out, "by", s->by);
	out_text(c, out, "actor", s->actor);
	out_text(c, out, "via", s->via);
	out_text(c, out, "why", s->why);
	out_text(c, out, "no", s->no);
	out_day(c, out, "due", s->due);
	out_text(c, out, "post", s->post);
	out_text(c, out, "unit", s->unit);
	out_text(c, out, "level", s->level);
	if (s->progress >= 0)
		out_num(c, out, "progress", s->progress);
	out_text(c, out, "text", s->text);
	out_text(c, out, "way", s->way);
	if (s->proof.n) {
		struct node *list = node_list(c->arena);

		for (size_t i = 0; i < s->proof.n; i++)
			node_push(c->arena, list, node_str(c->arena, s->proof.p[i]));
		node_set(c->arena, out, S("proof"), list);
	}
	return out;
}

static const struct {
	unsigned ask;
	const char *option;
} needs[] = {{F_BY, "--by"}, {F_WHY, "--why"}, {F_NO, "--no"}, {F_DUE, "--due"}, {F_POST, "--post"}, {F_UNIT, "--unit"},
	{F_LEVEL, "--level"}, {F_PROGRESS, "--progress"}, {F_TEXT, "--text"}, {F_WAY, "--way"}, {F_PROOF, "--proof"}};

static struct str needs_text(struct cli *c, int move)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(200);
	unsigned asks = move_defs[move].asks;

	if (asks & R_AS_ASKED)           /* what was asked for stands in for it */
		asks &= ~(unsigned)F_DUE;
	for (size_t i = 0; i < LEN(needs); i++)
		if (asks & needs[i].ask)
			buf_printf(&b, "%s%s", b.n ? " " : "", needs[i].option);
	return arena_str(c->arena, buf_str(&b));
}

static void possible_out(struct cli *c, const struct flow_case *x, struct node *out)
{
	static const char *const heads[] = {N_("possible now"), N_("what it is"), N_("needs")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "lll");
	struct node *list = node_list(c->arena);
	size_t n = 0;

	for (int i = flow_defs[x->flow].first_move; i < flow_move_end(x->flow); i++) {
		if (!flow_goes(i, x->state))
			continue;
		n++;
		table_row(t, (struct str[]){str_c(move_defs[i].name), str_c(tr(c->lang, move_defs[i].title)),
			needs_text(c, i)});
		node_push(c->arena, list, node_str(c->arena, str_c(move_defs[i].name)));
	}
	node_set(c->arena, out, S("possible"), list);
	if (n)
		table_print(t, c);
}

void flow_offer_states(struct near *near, enum flow flow)
{
	for (int i = flow_defs[flow].first_state; i < flow_state_end(flow); i++)
		near_offer(near, str_c(state_defs[i].name));
}

void flow_case_out(struct cli *c, const struct flow_case *x, const struct org *org, struct node *out)
{
	static const char *const heads[] = {N_("day"), N_("step"), N_("by"), N_("now"), N_("details"), N_("event")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "lllllr");
	struct node *list = node_list(c->arena);
	char day[DATE_TEXT];

	for (size_t i = 0; i < x->n; i++) {
		const struct flow_step *s = &x->steps[i];

		table_row(t, (struct str[]){date_text(s->day, day), str_c(tr(c->lang, move_defs[s->move].title)),
			post_text(c, org, s->by), str_c(tr(c->lang, state_defs[s->to].title)), details(c, s),
			arena_printf(c->arena, "%lld", (long long)s->id.seq)});
		node_push(c->arena, list, step_node(c, s));
	}
	node_set(c->arena, out, S("steps"), list);
	if (x->n)
		table_print(t, c);
	possible_out(c, x, out);
}

enum err_code flow_table_out(struct cli *c, enum flow flow, struct err *err)
{
	static const char *const heads[] = {N_("step"), N_("what it is"), N_("from"), N_("to"), N_("needs"),
		N_("right")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "llllll");
	struct node *list = node_list(c->arena);

	for (int i = flow_defs[flow].first_move; i < flow_move_end(flow); i++) {
		const struct move_def *m = &move_defs[i];
		struct buf from CLEANUP(buf_free) = BUF_MAX(400);
		struct node *one = node_map(c->arena);
		struct str to = m->to == FLOW_NONE ? S("=") : str_c(state_defs[m->to].name);

		for (int k = flow_defs[flow].first_state; k < flow_state_end(flow); k++)
			if (flow_goes(i, k))
				buf_printf(&from, "%s%s", from.n ? " " : "", state_defs[k].name);
		table_row(t, (struct str[]){str_c(m->name), str_c(tr(c->lang, m->title)), buf_str(&from), to,
			needs_text(c, i), str_c(act_name(m->act))});
		out_text(c, one, "step", str_c(m->name));
		out_text(c, one, "from", arena_str(c->arena, buf_str(&from)));
		out_text(c, one, "to", to);
		out_text(c, one, "needs", needs_text(c, i));
		out_text(c, one, "right", str_c(act_name(m->act)));
		node_push(c->arena, list, one);
	}
	if (c->json)
		return say_json(c, list, err);
	table_print(t, c);
	return OK;
}

/* ---- a command ---- */

static enum err_code no_step(
	struct cli *c, enum flow flow, const struct flow_action *actions, size_t n, const char *name, struct err *err)
{
	const char *command = c->command->name;
	struct near near = near_to(str_c(name));
	struct str all = STR_NONE;

	for (size_t i = 0; i < n; i++)
		all = arena_printf(c->arena, STR_FMT "%s%s", STR_ARG(all), i ? " " : "", actions[i].verb.name);
	verb_offer(&near, actions, n, sizeof *actions);
	for (int i = flow_defs[flow].first_move; i < flow_move_end(flow); i++)
		near_offer(&near, str_c(move_defs[i].name));
	fail(err, ERR_USAGE,
		"zeren %s: one of " STR_FMT " or a step is expected, not %s; zeren %s steps shows the steps",
		command, STR_ARG(all), name, command);
	return near_say(&near, err);
}

enum err_code flow_command(
	struct cli *c, enum flow flow, const struct flow_action *actions, size_t n, struct err *err)
{
	const char *name = c->nargs ? c->args[0] : "list";
	const struct verb step = {name, 1, 2, NULL, {FLOW_OPTIONS}};
	const struct flow_action *action = verb_named(actions, n, sizeof *actions, name);
	int move;

	if (action) {
		TRY(verb_fits(c, &action->verb, err));
		return action->fn(c, err);
	}
	if (!flow_move_named(flow, str_c(name), &move))
		return no_step(c, flow, actions, n, name, err);
	TRY(verb_fits(c, &step, err));
	return flow_step_out(c, flow, name, 1, err);
}
