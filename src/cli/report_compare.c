/* The report beside another text on the command line: what became of each paragraph and figure since last year. */
#include "cli/report_out.h"

#include "base/file.h"
#include "text/nfc.h"

enum { LAST_BYTES = 4 << 20 };

/* ---- differences ---- */

static struct node *pair_json(struct arena *a, const struct said_pair *p)
{
	struct node *one = node_map(a);

	node_set(a, one, S("kind"), node_str(a, str_c(same_name(p->kind))));
	node_set(a, one, S("section"), node_str(a, p->is ? p->is->section : p->was->section));
	node_set(a, one, S("percent"), node_num(a, p->percent));
	node_set(a, one, S("was"), p->was ? node_str(a, p->was->text) : node_null(a));
	node_set(a, one, S("is"), p->is ? node_str(a, p->is->text) : node_null(a));
	return one;
}

static struct node *comparison_json(struct arena *a, const struct comparison *x)
{
	struct node *out = node_map(a), *paras = node_list(a), *figures = node_list(a);

	for (size_t i = 0; i < x->n; i++)
		node_push(a, paras, pair_json(a, &x->p[i]));
	for (size_t i = 0; i < x->nfigures; i++) {
		struct node *one = node_map(a);

		node_set(a, one, S("name"), node_str(a, x->figures[i].name));
		node_set(a, one, S("title"), node_str(a, x->figures[i].title));
		node_set(a, one, S("was"), node_str(a, x->figures[i].was));
		node_set(a, one, S("is"), node_str(a, x->figures[i].is));
		node_push(a, figures, one);
	}
	node_set(a, out, S("percent"), node_num(a, x->percent));
	node_set(a, out, S("paragraphs"), paras);
	node_set(a, out, S("figures"), figures);
	return out;
}

static const char *const kinds[] = {N_("as it was"), N_("other figures"), N_("changed"), N_("gone"), N_("new")};

enum err_code report_show_comparison(struct cli *c, const struct comparison *x, bool all, struct err *err)
{
	static const char *const heads[] = {N_("section"), N_("what became of it"), N_("alike"), N_("was"), N_("is")};
	static const char *const figure_heads[] = {N_("figure"), N_("was"), N_("is")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "llrll");
	struct table *f = table_new(c->arena, (int)LEN(figure_heads), figure_heads, "lrr");
	size_t shown = 0;

	if (c->json)
		return say_json(c, comparison_json(c->arena, x), err);
	for (size_t i = 0; i < x->n; i++) {
		const struct said_pair *p = &x->p[i];

		if (p->kind == SAME_AS_IT_WAS && !all)
			continue;
		shown++;
		table_row(t, (struct str[]){p->is ? p->is->section : p->was->section,
				str_c(tr(c->lang, kinds[p->kind])), arena_printf(c->arena, "%d%%", p->percent),
				p->was ? p->was->text : STR_NONE,
				p->is && p->kind != SAME_AS_IT_WAS ? p->is->text : STR_NONE});
	}
	if (shown)
		table_print(t, c);
	for (size_t i = 0; i < x->nfigures; i++)
		table_row(f, (struct str[]){x->figures[i].title, x->figures[i].was, x->figures[i].is});
	if (x->nfigures)
		table_print(f, c);
	say(c,
		"%zu paragraphs as they were, %zu with other figures, %zu changed, %zu new, %zu gone; "
		"%zu figures differ; %d%% of the characters stand as they did",
		x->count[SAME_AS_IT_WAS], x->count[SAME_BUT_FIGURES], x->count[SAME_CHANGED], x->count[SAME_NEW],
		x->count[SAME_GONE], x->nfigures, x->percent);
	return OK;
}

/* ---- last year's ---- */

static enum err_code last_years(struct cli *c, struct report_world *w, struct version_text *out, struct err *err)
{
	const char *path = cli_opt(c, "last");
	const struct approval *v;
	struct approvals all;
	struct str text;

	if (path) {
		if (!file_exists(path))
			return fail(err, ERR_NOT_FOUND, "%s: no such file or folder", path);
		TRY(file_read(c->arena, path, LAST_BYTES, &text, err));
		if (nfc(c->arena, text, &text, err) != OK)
			return err_at(err, "%s", path);
		version_text_file(c->arena, text, out);
		return OK;
	}
	TRY(approvals_load(report_world_db(w), c->arena, w->facts.year - 1, &all, err));
	v = approval_sent(&all);
	if (!v)
		return fail(err, ERR_NOT_FOUND,
			"the log has no report of %d that was sent; --last FILE gives its text", w->facts.year - 1);
	return approval_text(w->log, c->arena, v, out, err);
}

enum err_code report_compare_action(struct cli *c, int *status, struct err *err)
{
	CLEANUP(report_world_done) struct report_world w = {0};
	struct version_text was, is;
	struct comparison x;

	TRY(report_said_now(c, &w, &is, err));
	TRY(last_years(c, &w, &was, err));
	version_compare(c->arena, &was, &is, &x);
	return report_show_comparison(c, &x, true, err);
}
