#include "cli/report_out.h"

command_fn cmd_check;

static void show(struct cli *c, const struct report_findings *f)
{
	static const char *const heads[] = {N_("section"), N_("finding")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "ll");

	for (size_t i = 0; i < f->n; i++)
		table_row(t, (struct str[]){f->p[i].section, f->p[i].text});
	table_print(t, c);
}

static void show_suggested(struct cli *c, const struct report *r)
{
	static const char *const heads[] = {N_("problem"), N_("suggested from the records")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "ll");

	for (size_t i = 0; i < r->nsuggestions; i++)
		table_row(t, (struct str[]){r->suggestions[i].of->problem, r->suggestions[i].text});
	table_print(t, c);
}

enum err_code cmd_check(struct cli *c, int *status, struct err *err)
{
	CLEANUP(report_world_done) struct report_world w = {0};
	struct report_findings findings;
	struct report r;

	TRY(document_world(c, &w, err));
	TRY(report_of_world(c, &w, false, &r, err));
	TRY(report_check(&r, &findings, err));
	if (findings.n)
		*status = 1;
	if (c->json)
		return say_pretty(c, report_check_json(&r, &findings), err);
	show(c, &findings);
	if (r.nsuggestions)
		show_suggested(c, &r);
	say(c, "%zu findings; %zu problems suggested, for a person to decide", findings.n, r.nsuggestions);
	return OK;
}
