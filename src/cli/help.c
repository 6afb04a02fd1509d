#include "cli/help.h"

#include "base/buf.h"
#include "cli/out.h"
#include "cli/width.h"

enum { LINE_COLS = 78, LINE_BYTES = 64 << 10 };

/* What each error means, for `zeren help exit`. */
static const char *const meanings[ERR_N] = {
	[OK] = N_("done"),
	[ERR_USAGE] = N_("the command line is wrong"),
	[ERR_INPUT] = N_("a file, sheet, scheme or value is not in the form expected"),
	[ERR_REQUIRED] = N_("something that must be given is missing"),
	[ERR_LIMIT] = N_("something is larger than the stated limit"),
	[ERR_NOT_FOUND] = N_("there is no such thing here"),
	[ERR_CONFLICT] = N_("later facts stand on it, or it changed meanwhile"),
	[ERR_DENIED] = N_("the person may not do this"),
	[ERR_DAMAGED] = N_("the log, a table or a file differs from what was recorded"),
	[ERR_IO] = N_("the operating system refused: disk, permission, network"),
	[ERR_DB] = N_("the database refused"),
	[ERR_BUSY] = N_("somebody else holds it; try again"),
};

/* A mark that no line of Chinese begins with; all are three bytes. */
static bool closes(struct str s)
{
	static const char *const marks[] = {"。", "，", "；", "：", "、", "）", "”", "？"};

	for (size_t i = 0; i < LEN(marks); i++)
		if (str_starts(s, str_c(marks[i])))
			return true;
	return false;
}

/* A text behind two blanks and a column of names, broken at blanks (or between Chinese characters) where
 * the line is full. */
static void pair(const char *name, int cols, const char *text)
{
	struct buf CLEANUP(buf_free) b = BUF_MAX(LINE_BYTES);
	int indent = cols ? cols + 4 : 0;
	struct str rest = str_c(text);

	if (cols) {
		buf_put(&b, S("  "));
		width_pad(&b, str_c(name), cols, false);
		buf_put(&b, S("  "));
	}
	for (;;) {
		struct str line = width_cut(rest, LINE_COLS - indent);

		if (line.n < rest.n && rest.p[line.n] != ' ' && (unsigned char)line.p[line.n - 1] < 0x80 &&
			(unsigned char)rest.p[line.n] < 0x80)
			while (line.n > 1 && line.p[line.n - 1] != ' ' &&
				(unsigned char)line.p[line.n - 1] < 0x80)
				line.n--;
		if (closes(str_sub(rest, line.n, rest.n))) /* hangs over, as printers do */
			line.n += 3;
		buf_put(&b, str_trim(line));
		buf_putc(&b, '\n');
		rest = str_trim(str_sub(rest, line.n, rest.n));
		if (!rest.n)
			break;
		buf_printf(&b, "%*s", indent, "");
	}
	out_put(buf_str(&b));
}

static const char *option_name(const struct cli *c, const struct command *o)
{
	if (!o->takes)
		return arena_printf(c->arena, "--%s", o->name).p;
	return arena_printf(c->arena, "--%s %s", o->name, tr(c->lang, o->takes)).p;
}

static void options(const struct cli *c, const struct command *rows)
{
	int cols = 0;

	for (const struct command *o = rows; o->row == ROW_OPTION; o++)
		cols = MAX(cols, width_text(str_c(option_name(c, o))));
	for (const struct command *o = rows; o->row == ROW_OPTION; o++)
		pair(option_name(c, o), cols, tr(c->lang, o->text));
	out_put(S("\n"));
}

/* "zeren log 12\tthe whole of event 12": 0 is none. */
static size_t example_end(const char *text)
{
	const char *tab = strchr(text, '\t');

	return tab ? (size_t)(tab - text) : 0;
}

static void examples(const struct cli *c, const struct command *help)
{
	bool any = false;

	for (const struct command *h = help; h->row == ROW_HELP; h++) {
		const char *text = tr(c->lang, h->text);
		size_t end = example_end(text);

		if (!end)
			continue;
		if (!any)
			out_heading(c, N_("examples:"));
		any = true;
		say_text(c, arena_printf(c->arena, "  %.*s\n      %s", (int)end, text, text + end + 1));
	}
	if (any)
		out_put(S("\n"));
}

static void help_command(const struct cli *c, const struct command *cmd)
{
	const struct command *help = cmd + 1;

	while (help->row == ROW_OPTION)
		help++;
	if (cmd->takes[0] && strlen(cmd->takes) < 48)
		say(c, "usage: zeren %s [options] %s", cmd->name, tr(c->lang, cmd->takes));
	else
		say(c, "usage: zeren %s [options]", cmd->name);
	if (strlen(cmd->takes) >= 48)            /* too long for that line */
		say_text(c, arena_printf(c->arena, "       %s\n", tr(c->lang, cmd->takes)));
	say_text(c, arena_printf(c->arena, "\n%s\n\n", tr(c->lang, cmd->text)));
	if (help > cmd + 1) {
		out_heading(c, N_("options:"));
		options(c, cmd + 1);
	}
	for (const struct command *h = help; h->row == ROW_HELP; h++)
		if (!example_end(h->text)) {
			pair("", 0, tr(c->lang, h->text));
			out_put(S("\n"));
		}
	examples(c, help);
	say(c, "zeren help lists the options common to all commands");
}

static void help_all(const struct cli *c)
{
	int cols = 0;

	say(c, "usage: zeren COMMAND [options] [operands]");
	out_put(S("\n"));
	out_heading(c, N_("commands:"));
	for (const struct command *cmd = cmd_next(NULL); cmd; cmd = cmd_next(cmd))
		cols = MAX(cols, width_text(str_c(cmd->name)));
	for (const struct command *cmd = cmd_next(NULL); cmd; cmd = cmd_next(cmd))
		pair(cmd->name, cols, tr(c->lang, cmd->text));
	out_put(S("\n"));
	out_heading(c, N_("options common to all commands, before or behind them:"));
	options(c, cmd_common);
	pair("", 0,
		tr(c->lang,
			"zeren help COMMAND says more about one; zeren help exit says what the exit "
			"statuses mean"));
}

/* 1 is no error: the work was done. */
#define DONE_BUT N_("done, but rows were refused or something is to be looked at")

/* Walks the exit statuses in order: code is NULL for 1, which has none. */
static void exits_each(
	void (*fn)(const struct cli *c, void *ctx, int status, const char *code, const char *meaning),
	const struct cli *c, void *ctx)
{
	for (int status = 0; status <= UINT8_MAX; status++) {
		for (enum err_code code = OK; code < ERR_N; code++)
			if (err_exit(code) == status)
				fn(c, ctx, status, err_name(code), tr(c->lang, meanings[code]));
		if (status == 1)
			fn(c, ctx, status, NULL, tr(c->lang, DONE_BUT));
	}
}

static void exit_row(const struct cli *c, void *ctx, int status, const char *code, const char *meaning)
{
	table_row(
		ctx, (const struct str[]){arena_printf(c->arena, "%d", status), str_c(code), str_c(meaning)});
}

static void help_exit(const struct cli *c)
{
	static const char *const heads[] = {N_("status"), N_("code"), N_("meaning")};
	struct table *t = table_new(c->arena, 3, heads, "rll");

	exits_each(exit_row, c, t);
	table_print(t, c);
}

/* ---- the same as data ---- */

static void set(const struct cli *c, struct node *map, const char *key, const char *value)
{
	node_set(c->arena, map, str_c(key), node_str(c->arena, str_c(value)));
}

static struct node *command_node(const struct cli *c, const struct command *cmd)
{
	struct node *map = node_map(c->arena), *list = node_list(c->arena), *help = node_list(c->arena);
	const struct command *r = cmd + 1;

	set(c, map, "name", cmd->name);
	set(c, map, "operands", cmd->takes);
	set(c, map, "summary", tr(c->lang, cmd->text));
	for (; r->row == ROW_OPTION; r++) {
		struct node *o = node_map(c->arena);

		set(c, o, "name", r->name);
		if (r->takes)
			set(c, o, "value", r->takes);
		set(c, o, "help", tr(c->lang, r->text));
		node_push(c->arena, list, o);
	}
	for (; r->row == ROW_HELP; r++)
		node_push(c->arena, help, node_str(c->arena, str_c(tr(c->lang, r->text))));
	node_set(c->arena, map, S("options"), list);
	node_set(c->arena, map, S("help"), help);
	return map;
}

static void exit_node(const struct cli *c, void *ctx, int status, const char *code, const char *meaning)
{
	struct node *e = node_map(c->arena);

	node_set(c->arena, e, S("status"), node_num(c->arena, status));
	if (code)
		set(c, e, "code", code);
	set(c, e, "meaning", meaning);
	node_push(c->arena, ctx, e);
}

static enum err_code exit_json(const struct cli *c, struct err *err)
{
	struct node *map = node_map(c->arena), *list = node_list(c->arena);

	exits_each(exit_node, c, list);
	node_set(c->arena, map, S("exit"), list);
	return say_json(c, map, err);
}

static enum err_code all_json(const struct cli *c, struct err *err)
{
	struct node *map = node_map(c->arena), *list = node_list(c->arena);

	for (const struct command *cmd = cmd_next(NULL); cmd; cmd = cmd_next(cmd))
		node_push(c->arena, list, command_node(c, cmd));
	node_set(c->arena, map, S("commands"), list);
	return say_json(c, map, err);
}

enum err_code help_on(const struct cli *c, const struct command *cmd, struct err *err)
{
	if (c->json)
		return cmd ? say_json(c, command_node(c, cmd), err) : all_json(c, err);
	if (cmd)
		help_command(c, cmd);
	else
		help_all(c);
	return OK;
}

command_fn cmd_help; /* as the table declares it */

enum err_code cmd_help(struct cli *c, int *status, struct err *err)
{
	const struct command *cmd = NULL;

	if (c->nargs && !strcmp(c->args[0], "exit")) {
		if (c->json)
			return exit_json(c, err);
		help_exit(c);
		return OK;
	}
	if (c->nargs)
		TRY(cmd_find(c->args[0], &cmd, err));
	return help_on(c, cmd, err);
}
