#include "cli/report_out.h"

#include "base/buf.h"
#include "base/near.h"
#include "base/utf8.h"
#include "duty/figure.h"
#include "text/bind.h"

command_fn cmd_figure;

enum { ROWS_SHOWN = 1000, VALUE_CHARS = 60 };

/* What is asked for: a figure whole, or a part of one. */
struct asked {
	struct str name;
	const struct figure_result *result;
	const struct figure_value *value;
};

static enum err_code unknown(const struct figures *f, struct str name, struct err *err)
{
	struct near near = near_to(name);

	for (size_t i = 0; i < f->n; i++)
		near_offer(&near, f->p[i].name);
	if (!near_found(&near).n)
		return fail(err, ERR_NOT_FOUND, "no figure '" STR_FMT "'; zeren figure lists them", STR_ARG(name));
	fail(err, ERR_NOT_FOUND, "no figure '" STR_FMT "'", STR_ARG(name));
	return near_say(&near, err);
}

static struct asked whole(const struct figure_result *r)
{
	return (struct asked){r->name, r, &r->value};
}

/* A name may be a pattern with * and ?. */
static enum err_code choose(struct cli *c, const struct figures *f, struct asked **out, size_t *n, struct err *err)
{
	size_t cap = 0;

	*out = NULL;
	*n = 0;
	for (size_t i = 0; !c->nargs && i < f->n; i++)
		*ARENA_PUSH(c->arena, *out, *n, cap) = whole(&f->p[i]);
	for (int k = 0; k < c->nargs; k++) {
		struct asked one = {.name = str_c(c->args[k])};
		size_t before = *n;

		one.value = figure_find(f, one.name, &one.result);
		if (one.value) {
			*ARENA_PUSH(c->arena, *out, *n, cap) = one;
			continue;
		}
		for (size_t i = 0; i < f->n; i++)
			if (str_glob(one.name, f->p[i].name))
				*ARENA_PUSH(c->arena, *out, *n, cap) = whole(&f->p[i]);
		if (*n == before)
			return unknown(f, one.name, err);
	}
	return OK;
}

static struct node *as_json(struct cli *c, const struct asked *list, size_t n)
{
	struct node *out = node_map(c->arena);

	for (size_t i = 0; i < n; i++)
		if (!node_get(out, list[i].name))
			node_set(c->arena, out, list[i].name,
			         figure_part_json(c->arena, list[i].result, list[i].value));
	return out;
}

static struct str joined(struct arena *a, const struct texts *t)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(1 << 16);

	for (size_t i = 0; i < t->n; i++)
		buf_printf(&b, "%s" STR_FMT, i ? "、" : "", STR_ARG(t->p[i]));
	return arena_str(a, buf_str(&b));
}

/* In the list of all, long lists are cut: named alone, a figure is shown whole. */
static struct str short_text(struct arena *a, struct str s)
{
	size_t at = 0;

	for (int i = 0; i < VALUE_CHARS && at < s.n; i++)
		utf8_next(s, &at);
	return at < s.n ? arena_printf(a, STR_FMT "…", STR_ARG(str_sub(s, 0, at))) : s;
}

/* Empty where the scheme states none. */
static struct str title(struct cli *c, const struct asked *x)
{
	return figure_titled(x->result, x->value) ? figure_title(c->arena, x->result, x->value) : STR_NONE;
}

static void show_list(struct cli *c, const struct asked *list, size_t n)
{
	static const char *const heads[] = {
		N_("figure"), N_("called"), N_("value"), N_("records"), N_("counting rule")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "lllrl");

	for (size_t i = 0; i < n; i++) {
		const struct figure_result *r = list[i].result;

		table_row(t, (struct str[]){
			list[i].name, title(c, &list[i]), short_text(c->arena, figure_text(c->arena, list[i].value)),
			r->has_facts ? arena_printf(c->arena, "%zu", r->facts.n) : S("·"),
			figure_rule(r->figure)});
	}
	table_print(t, c);
}

/* A figure with its rule, what it follows from, and the records counted. */
static void show_one(struct cli *c, const struct asked *x, bool rows)
{
	const struct figure_result *r = x->result;
	bool whole = x->value == &r->value;
	const struct fact_list *facts = whole ? &r->facts : &x->value->facts;
	const struct texts *from = whole ? &r->from : &x->value->from;

	say(c, STR_FMT "  " STR_FMT, STR_ARG(text_line(c->arena, x->name)),
	    STR_ARG(text_line(c->arena, figure_text(c->arena, x->value))));
	if (title(c, x).n)
		say(c, "  called: " STR_FMT, STR_ARG(text_line(c->arena, title(c, x))));
	if (figure_rule(r->figure).n)
		say(c, "  counting rule: " STR_FMT, STR_ARG(text_line(c->arena, figure_rule(r->figure))));
	if (from->n)
		say(c, "  follows from: " STR_FMT, STR_ARG(text_line(c->arena, joined(c->arena, from))));
	for (size_t i = 0; rows && i < facts->n && i < ROWS_SHOWN; i++)
		say(c, "  " STR_FMT, STR_ARG(text_line(c->arena, fact_row(c->arena, facts->p[i]))));
	if (rows && facts->n > ROWS_SHOWN)
		say(c, "  … %zu more", facts->n - ROWS_SHOWN);
}

enum err_code cmd_figure(struct cli *c, int *status, struct err *err)
{
	CLEANUP(report_world_done) struct report_world w = {0};
	struct asked *list;
	size_t n;

	TRY(report_world(c, c->lang, &w, err));
	TRY(choose(c, &w.figures, &list, &n, err));
	if (c->json)
		return say_pretty(c, as_json(c, list, n), err);
	if (!n)
		say(c, "this scheme defines no figures");
	else if (c->nargs || cli_flag(c, "rows"))
		for (size_t i = 0; i < n; i++)
			show_one(c, &list[i], cli_flag(c, "rows"));
	else
		show_list(c, list, n);
	return OK;
}
