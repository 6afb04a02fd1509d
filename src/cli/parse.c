#include "cli/common.h"

#include "base/near.h"
#include "base/utf8.h"
#include "text/nfc.h"

#include <getopt.h>

/* What getopt_long returns for an option: its row, counted from one of these. */
enum { COMMON = 0x100, OWN = 0x200 };

struct parse {
	struct cli *c;
	struct option *longs; /* for getopt_long: the common ones, then those of the command */
	const char **values; /* as c->values, to be written */
	const char *common[COMMON_N];
	char **args;
	int nargs;
};

/* An error may come before --lang and --json are reached, and should be said in the right form. */
static void look_ahead(struct cli *c, int argc, char **argv)
{
	const char *env = getenv("ZEREN_LANG");

	if (env)
		common_lang(env, &c->lang);
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (!strcmp(argv[i], "--json"))
			c->json = true;
		else if (!strcmp(argv[i], "--lang") && i + 1 < argc)
			common_lang(argv[i + 1], &c->lang);
		else if (!strncmp(argv[i], "--lang=", 7))
			common_lang(argv[i] + 7, &c->lang);
	}
}

static const struct command *option_rows(const struct command *cmd)
{
	return cmd ? cmd + 1 : NULL;
}

static size_t count(const struct command *rows)
{
	size_t n = 0;

	while (rows && rows[n].row == ROW_OPTION)
		n++;
	return n;
}

/* "[LEVEL]": the value may be left out. */
static bool may_lack(const struct command *o)
{
	return o->takes && o->takes[0] == '[';
}

static void longs_add(struct option *longs, const struct command *rows, size_t n, int base)
{
	for (size_t i = 0; i < n; i++)
		longs[i] = (struct option){
			rows[i].name,
			!rows[i].takes ? no_argument : may_lack(&rows[i]) ? optional_argument : required_argument,
			NULL, base + (int)i};
}

static void longs_make(struct parse *p, const struct command *cmd)
{
	size_t n = count(option_rows(cmd));

	p->longs = ARENA_ARRAY(p->c->arena, struct option, COMMON_N + n + 1);
	longs_add(p->longs, cmd_common, COMMON_N, COMMON);
	longs_add(p->longs + COMMON_N, option_rows(cmd), n, OWN);
	p->values = ARENA_ARRAY(p->c->arena, const char *, n + 1);
}

static const struct command *option_row(const struct parse *p, int val)
{
	return val >= OWN ? option_rows(p->c->command) + (val - OWN) : cmd_common + (val - COMMON);
}

/* word as typed: "--yaer=2022". */
static enum err_code unknown_option(const struct parse *p, const char *word, struct err *err)
{
	struct str name = str_c(word), rest = str_c(word), found = STR_NONE;
	struct near near;

	str_cut(&rest, S("="), &name);
	if (str_starts(name, S("--"))) {
		near = near_to(str_sub(name, 2, name.n));
		for (size_t i = 0; p->longs[i].name; i++)
			near_offer(&near, str_c(p->longs[i].name));
		found = near_found(&near);
	}
	if (found.n)
		return fail(err, ERR_USAGE, "there is no option " STR_FMT "; did you mean --" STR_FMT "?",
			STR_ARG(name), STR_ARG(found));
	if (p->c->command)
		return fail(err, ERR_USAGE, "there is no option " STR_FMT "; zeren help %s lists them",
			STR_ARG(name), p->c->command->name);
	return fail(err, ERR_USAGE,
		"there is no option " STR_FMT " before the command; zeren help lists them", STR_ARG(name));
}

static bool takes_path(const char *takes)
{
	static const char *const paths[] = {"FILE", "DIR", "FOLDER", "URL"};

	for (size_t i = 0; i < LEN(paths); i++)
		if (strstr(takes, paths[i]))
			return true;
	return false;
}

/* Text comes in as NFC; a file is called what it is called. */
static enum err_code text_in(
	struct arena *a, const char *takes, const char *s, const char **out, struct err *err)
{
	struct str t;

	*out = s;
	if (takes_path(takes))
		return OK;
	TRY(nfc(a, str_c(s), &t, err));
	*out = arena_str(a, t).p;
	return OK;
}

/* NAME=FILE…: given again, the values are kept one a line. */
static bool repeats(const struct command *row)
{
	return row->takes && str_ends(str_c(row->takes), S("…"));
}

static enum err_code option_given(
	struct parse *p, int val, const char *word, const char *value, struct err *err)
{
	const struct command *row = option_row(p, val);
	const char **at = val >= OWN ? &p->values[val - OWN] : &p->common[val - COMMON], *before;

	/* getopt takes a beginning for the whole: a script that says --acc breaks once two begin so */
	if (strncmp(word + 2, row->name, strlen(row->name)) != 0)
		return unknown_option(p, word, err);
	if (val >= OWN && *at && !repeats(row))
		return fail(err, ERR_USAGE, "--%s is given twice", row->name);
	if (!row->takes || (may_lack(row) && !value)) {
		*at = "";
		return OK;
	}
	if (!*value)
		return fail(err, ERR_USAGE, "--%s: a value is expected: %s", row->name,
			tr(err->lang, row->takes));
	if (repeats(row) && strchr(value, '\n'))
		return fail(err, ERR_USAGE, "--%s: a line end in the value", row->name);
	before = repeats(row) ? *at : NULL;
	TRY(text_in(p->c->arena, row->takes, value, at, err));
	if (before)
		*at = arena_printf(p->c->arena, "%s\n%s", before, *at).p;
	return OK;
}

static enum err_code operand(struct parse *p, char *word, struct err *err)
{
	if (p->c->command) {
		p->args[p->nargs++] = word;
		return OK;
	}
	TRY(cmd_find(word, &p->c->command, err));
	longs_make(p, p->c->command);
	return OK;
}

/* Can a word be no operand of the command? It takes none, or first certain words only: "[adopt|approve] [NAME…]". */
static bool no_operand(const struct parse *p, const char *word)
{
	const char *at = p->c->command->takes;
	size_t n = strlen(word);

	if (!at[0])
		return true;
	if (p->nargs || at[0] != '[' || at[1] < 'a' || at[1] > 'z')
		return false;
	for (at++;; at++) {
		size_t len = strcspn(at, "|]");

		if (len == n && !memcmp(at, word, n))
			return false;
		at += len;
		if (*at != '|')
			return true;
	}
}

/* One step of getopt_long. val: what it returned. */
static enum err_code step(struct parse *p, int val, char **argv, struct err *err)
{
	const char *word = argv[optind - 1];

	switch (val) {
	case 1:
		return operand(p, optarg, err);
	case 'h':
		p->common[COMMON_HELP] = "";
		return OK;
	case ':':
		return fail(err, ERR_USAGE, "--%s: a value is expected: %s", option_row(p, optopt)->name,
			tr(err->lang, option_row(p, optopt)->takes));
	case '?':
		if (optopt >= COMMON)
			return fail(err, ERR_USAGE, "--%s takes no value", option_row(p, optopt)->name);
		if (optopt)
			return fail(err, ERR_USAGE, "there is no option -%c; options are whole words: --help",
				optopt);
		return unknown_option(p, word, err);
	default:
		/* getopt takes a value that may be left out behind "=" only; where the word behind can be no operand
		 * there is no other use for it */
		if (!optarg && may_lack(option_row(p, val)) && p->c->command && argv[optind] &&
			argv[optind][0] != '-' && no_operand(p, argv[optind]))
			return option_given(p, val, word, argv[optind++], err);
		if (optarg == word) /* "--name value", not "--name=value" */
			word = argv[optind - 2];
		return option_given(p, val, word, optarg, err);
	}
}

/* One word of the operands a command takes. */
struct wanted {
	struct str word;
	bool optional, many, fixed;
};

static bool wanted_next(struct str *rest, struct wanted *w)
{
	while (str_cut(rest, S(" "), &w->word)) {
		if (!w->word.n)
			continue;
		w->optional = w->word.p[0] == '[';
		w->many = str_has(w->word, S("…"));
		w->fixed = w->word.p[0] >= 'a' && w->word.p[0] <= 'z';
		return true;
	}
	return false;
}

static enum err_code operands_check(struct parse *p, struct err *err)
{
	const struct command *cmd = p->c->command;
	struct str rest = str_c(cmd->takes);
	struct wanted w;
	int at = 0;
	bool many = false;

	while (wanted_next(&rest, &w)) {
		if (at >= p->nargs && !w.optional)
			return fail(err, ERR_USAGE,
				"zeren %s: %s is missing; zeren help %s shows how it is used", cmd->name,
				tr(err->lang, cmd->takes), cmd->name);
		if (at < p->nargs && w.fixed && !str_is(w.word, p->args[at]))
			return fail(err, ERR_USAGE, "zeren %s: %s is expected, not %s", cmd->name,
				arena_str(p->c->arena, w.word).p, p->args[at]);
		many |= w.many;
		at++;
	}
	if (p->nargs > at && !many)
		return fail(err, ERR_USAGE,
			"zeren %s: %s is one too many; zeren help %s shows how it is used", cmd->name,
			p->args[at], cmd->name);
	for (int i = 0; i < p->nargs; i++) {
		const char *s;

		if (!p->args[i][0])
			return fail(err, ERR_USAGE, "zeren %s: an empty operand", cmd->name);
		TRY(text_in(p->c->arena, cmd->takes, p->args[i], &s, err));
		p->args[i] = (char *)(uintptr_t)s;
	}
	return OK;
}

static enum err_code words_check(int argc, char **argv, struct err *err)
{
	for (int i = 1; i < argc; i++)
		if (!utf8_valid(str_c(argv[i])))
			return fail(err, ERR_USAGE, "word %d of the command line is not UTF-8", i);
	return OK;
}

static enum err_code no_command(const struct parse *p, struct err *err)
{
	struct str names = S("");

	for (const struct command *cmd = cmd_next(NULL); cmd; cmd = cmd_next(cmd))
		names = arena_printf(p->c->arena, STR_FMT " %s", STR_ARG(names), cmd->name);
	return fail(err, ERR_USAGE,
		"a command is expected, one of:" STR_FMT "; zeren help says what each does", STR_ARG(names));
}

enum err_code cmd_parse(struct cli *c, int argc, char **argv, enum cmd_ask *ask, struct err *err)
{
	struct parse p = {.c = c};
	int val;

	look_ahead(c, argc, argv);
	err->lang = c->lang;
	TRY(words_check(argc, argv, err));
	p.args = ARENA_ARRAY(c->arena, char *, (size_t)argc + 1);
	longs_make(&p, NULL);
	opterr = 0;
	optind = 0; /* glibc: from the start, also for a second call in one process */
	/* "-": operands come in their order as 1, whatever POSIXLY_CORRECT says; ":" tells a missing value */
	while ((val = getopt_long(argc, argv, "-:h", p.longs, NULL)) != -1)
		TRY(step(&p, val, argv, err));
	for (int i = optind; i < argc; i++) /* behind "--" */
		TRY(operand(&p, argv[i], err));
	TRY(common_set(c, p.common, err));
	c->args = p.args;
	c->nargs = p.nargs;
	c->values = p.values;
	if (p.common[COMMON_HELP])
		*ask = ASK_HELP;
	else if (p.common[COMMON_VERSION])
		*ask = ASK_VERSION;
	else if (!c->command)
		return no_command(&p, err);
	else {
		TRY(operands_check(&p, err));
		*ask = ASK_RUN;
	}
	return OK;
}
