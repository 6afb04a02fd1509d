#include "cli/folder.h"
#include "office/shipped.h"

command_fn cmd_scheme;

static enum err_code check(struct cli *c, struct err *err)
{
	struct scheme s;
	struct node *out;

	TRY(read_scheme_file(c, c->args[1], &s, err));
	if (c->json) {
		out = node_map(c->arena);
		node_set(c->arena, out, S("scheme"), node_str(c->arena, s.code));
		node_set(c->arena, out, S("records"), node_num(c->arena, (int64_t)s.ntypes));
		node_set(c->arena, out, S("sheets"), node_num(c->arena, (int64_t)s.nsheets));
		return say_json(c, out, err);
	}
	say(c, "%s: sound; " STR_FMT ", %zu record types, %zu registers", c->args[1], STR_ARG(s.title), s.ntypes,
		s.nsheets);
	return OK;
}

/* Those that come with the program; one that only lends its lists has no records. */
static enum err_code list(struct cli *c, struct err *err)
{
	static const char *const heads[] = {N_("name"), N_("title"), N_("duties"), N_("record types"), N_("uses")};
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
			arena_printf(c->arena, "%zu", s.ntypes), uses});
		node_set(c->arena, one, S("name"), node_str(c->arena, str_c(x->name)));
		node_set(c->arena, one, S("title"), node_str(c->arena, head.s.title));
		node_set(c->arena, one, S("duties"), node_num(c->arena, (int64_t)s.nduties));
		node_set(c->arena, one, S("records"), node_num(c->arena, (int64_t)s.ntypes));
		node_push(c->arena, all, one);
	}
	if (c->json)
		return say_json(c, all, err);
	table_print(t, c);
	return OK;
}

static enum err_code show(struct cli *c, struct err *err)
{
	struct str text;

	TRY(shipped_text(str_c(c->args[1]), &text, err));
	say_raw(c, str_ends(text, S("\n")) ? str_sub(text, 0, text.n - 1) : text);
	return OK;
}

enum err_code cmd_scheme(struct cli *c, int *status, struct err *err)
{
	static const struct {
		const char *name;
		int nargs;
		enum err_code (*fn)(struct cli *c, struct err *err);
	} actions[] = {{"check", 2, check}, {"list", 1, list}, {"show", 2, show}};

	for (size_t i = 0; i < LEN(actions); i++)
		if (c->nargs == actions[i].nargs && !strcmp(c->args[0], actions[i].name))
			return actions[i].fn(c, err);
	return fail(err, ERR_USAGE, "scheme: check FILE|NAME, list or show NAME");
}
