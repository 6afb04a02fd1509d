#include "cli/scheme_out.h"
#include "cli/verb.h"
#include "scheme/calendar.h"
#include "scheme/shipped.h"
#include "text/bind.h"

command_fn cmd_scheme;

/* Record types that somebody fills. */
static size_t entered_types(const struct scheme *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->ntypes; i++)
		n += !s->types[i].computed;
	return n;
}

/* A calendar that the program has not: Monday to Friday count until the office adopts one. Said, and accepted. */
static enum err_code look_at_calendar(struct cli *c, const struct scheme *s, struct node *warnings, struct err *err)
{
	struct scheme_head head;
	const struct node *at;
	struct str text, names = STR_NONE;
	const char **known, *near;
	size_t n;

	TRY(scheme_head_read(c->arena, s->text, c->args[1], &head, err));
	at = NODE_GET(head.tree, "calendar");
	if (!at)
		return OK;
	known = calendar_names(c->arena, &n);
	for (size_t i = 0; i < n; i++) {
		if (str_is(at->text, known[i]))
			return OK;
		names = arena_printf(c->arena, STR_FMT "%s%s", STR_ARG(names), i ? tr(c->lang, N_(", ")) : "",
			known[i]);
	}
	near = nearest_name(at->text, known, n, sizeof *known);
	text = arena_printf(c->arena, tr(c->lang, N_("%s: line %d, column %d: 'calendar': no calendar '" STR_FMT "' "
		"comes with the program (there are: " STR_FMT "); Monday to Friday count as working days until "
		"one is adopted")), c->args[1], at->line, at->col, STR_ARG(at->text), STR_ARG(names));
	if (near)
		text = arena_printf(c->arena, tr(c->lang, N_(STR_FMT "; did you mean '%s'?")), STR_ARG(text), near);
	node_push(c->arena, warnings, node_str(c->arena, text));
	if (!c->json)
		warn(c, STR_FMT, STR_ARG(text));
	return OK;
}

static enum err_code check(struct cli *c, struct err *err)
{
	struct scheme s;
	struct node *out, *warnings = node_list(c->arena);

	TRY(read_scheme_file(c, c->args[1], &s, err));
	TRY(look_at_calendar(c, &s, warnings, err));
	if (c->json) {
		out = node_map(c->arena);
		node_set(c->arena, out, S("scheme"), node_str(c->arena, s.code));
		node_set(c->arena, out, S("records"), node_num(c->arena, (int64_t)entered_types(&s)));
		node_set(c->arena, out, S("sheets"), node_num(c->arena, (int64_t)s.nsheets));
		node_set(c->arena, out, S("warnings"), warnings);
		return say_json(c, out, err);
	}
	say(c, "%s: sound; " STR_FMT ", %zu record types, %zu registers", c->args[1], STR_ARG(s.title),
		entered_types(&s), s.nsheets);
	return OK;
}

/* Those that come with the program; one that only lends its lists has no records. */
static enum err_code list(struct cli *c, struct err *err)
{
	static const char *const heads[] = {N_("code"), N_("title"), N_("duties"), N_("record types"), N_("uses")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "llrrl");
	struct node *all = node_list(c->arena);

	for (const struct shipped *x = shipped_schemes; x->name; x++) {
		struct scheme_head head;
		struct scheme s = {0};
		struct str text = {(const char *)x->text, x->n}, uses = STR_NONE;
		struct node *one = node_map(c->arena);

		TRY(scheme_head_read(c->arena, text, x->name, &head, err));
		if (head.records || head.s.use)
			TRY(scheme_file(c->arena, str_c(x->name), &s, err));
		for (size_t i = 0; i < s.nuses; i++)
			uses = arena_printf(c->arena, STR_FMT "%s" STR_FMT, STR_ARG(uses), i ? ", " : "",
				STR_ARG(s.uses[i].name));
		table_row(t, (struct str[]){str_c(x->name), head.s.title, arena_printf(c->arena, "%zu", s.nduties),
			arena_printf(c->arena, "%zu", entered_types(&s)), uses});
		node_set(c->arena, one, S("name"), node_str(c->arena, str_c(x->name)));
		node_set(c->arena, one, S("title"), node_str(c->arena, head.s.title));
		node_set(c->arena, one, S("duties"), node_num(c->arena, (int64_t)s.nduties));
		node_set(c->arena, one, S("records"), node_num(c->arena, (int64_t)entered_types(&s)));
		node_push(c->arena, all, one);
	}
	if (c->json)
		return say_json(c, all, err);
	table_print(t, c);
	return OK;
}

static enum err_code show(struct cli *c, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	struct scheme s;
	struct str text;
	int64_t no;

	if (str_int(str_c(c->args[1]), &no)) {
		TRY(cli_open_reading(c, &log, err));
		TRY(scheme_by_name(c, log, c->args[1], &s, err));
		text = s.text;
	} else {
		TRY(shipped_text(str_c(c->args[1]), &text, err));
	}
	say_raw(c, str_ends(text, S("\n")) ? str_sub(text, 0, text.n - 1) : text);
	return OK;
}

/* Every adoption, the oldest first. */
static enum err_code history(struct cli *c, struct err *err)
{
	static const char *const heads[] = {N_("event"), N_("in force from"), N_("scheme"), N_("title")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "rlll");
	CLEANUP(log_close) struct log *log = NULL;
	struct node *list = node_list(c->arena);
	struct scheme_version *all;
	char from[DATE_TEXT];
	size_t n;

	TRY(cli_open_reading(c, &log, err));
	TRY(scheme_versions(log_db(log), c->arena, &all, &n, err));
	for (size_t i = 0; i < n; i++) {
		struct str day = date_text(all[i].from, from);
		struct node *m = node_map(c->arena);

		node_set(c->arena, m, S("event"), node_num(c->arena, all[i].id.seq));
		node_set(c->arena, m, S("from"), node_str(c->arena, arena_str(c->arena, day)));
		node_set(c->arena, m, S("scheme"), node_str(c->arena, all[i].code));
		node_set(c->arena, m, S("title"), node_str(c->arena, all[i].title));
		node_push(c->arena, list, m);
		table_row(t, (struct str[]){arena_printf(c->arena, "%lld", (long long)all[i].id.seq),
			day.n ? day : str_c(tr(c->lang, N_("since ever"))), all[i].code, all[i].title});
	}
	if (c->json)
		return say_json(c, list, err);
	table_print(t, c);
	return OK;
}

/* By an organisation and records where there is a data directory. */
static enum err_code diff(struct cli *c, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	struct scheme before, after;

	if (cli_open_reading(c, &log, err) != OK) {
		if (err->code != ERR_NOT_FOUND)
			return err->code;
		err_clear(err);
	}
	TRY(scheme_by_name(c, log, c->args[1], &before, err));
	TRY(scheme_by_name(c, log, c->args[2], &after, err));
	return show_scheme_diff(c, log, &before, &after, err);
}

enum err_code cmd_scheme(struct cli *c, int *status, struct err *err)
{
	static const struct {
		const char *name;
		int least, most;
		enum err_code (*fn)(struct cli *c, struct err *err);
	} actions[] = {
		{"check", 2, 2, check}, {"list", 1, 1, list}, {"show", 2, 2, show}, {"history", 1, 1, history},
		{"diff", 3, 3, diff}, {"set", 3, 1000, scheme_edited}, {"add", 3, 1000, scheme_edited},
		{"end", 2, 2, scheme_edited},
	};

	for (size_t i = 0; i < LEN(actions); i++)
		if (c->nargs >= actions[i].least && c->nargs <= actions[i].most && !strcmp(c->args[0], actions[i].name))
			return actions[i].fn(c, err);
	if (!VERB_NAMED(actions, c->args[0]))
		return VERB_UNKNOWN(c, actions, c->args[0], err);
	return fail(err, ERR_USAGE,
		"scheme: check FILE|NAME, list, show NAME, history, diff OLD NEW, set ID KEY=VALUE…, "
		"add ID KEY=VALUE… or end ID");
}
