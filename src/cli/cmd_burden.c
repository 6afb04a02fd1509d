#include "cli/report_out.h"

#include "duty/burden.h"

command_fn cmd_burden;

static struct str number(struct arena *a, int64_t n)
{
	return n ? arena_printf(a, "%lld", (long long)n) : S("·");
}

static void lines(struct cli *c, const struct burden_line *p, size_t n, const char *head)
{
	const char *const heads[] = {head, N_("slots"), N_("entries asked"), N_("entries given"), N_("files asked"),
	                             N_("files given"), N_("files too many")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "lrrrrrr");

	for (size_t i = 0; i < n; i++)
		table_row(t, (struct str[]){
			p[i].duty ? arena_printf(c->arena, STR_FMT " " STR_FMT, STR_ARG(p[i].name),
				STR_ARG(p[i].duty->title)) : p[i].name,
			number(c->arena, p[i].asked.slots), number(c->arena, p[i].asked.entries),
			number(c->arena, p[i].entries), number(c->arena, p[i].asked.files),
			number(c->arena, p[i].files), number(c->arena, p[i].excess)});
	table_print(t, c);
}

static void by_month(struct cli *c, const struct burden *b)
{
	static const char *const heads[] = {N_("unit"), N_("month"), N_("entries"), N_("entered late"), N_("percent")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "lrrrr");

	for (size_t i = 0; i < b->nmonths; i++) {
		const struct late_line *x = &b->months[i];

		table_row(t, (struct str[]){x->unit, number(c->arena, x->month), number(c->arena, x->entries),
			number(c->arena, x->late),        /* half up */
			number(c->arena, (200 * x->late + x->entries) / (2 * x->entries))});
	}
	table_print(t, c);
}

enum err_code cmd_burden(struct cli *c, int *status, struct err *err)
{
	CLEANUP(report_world_done) struct report_world w = {0};
	const char *by = c->nargs ? c->args[0] : "duty";
	struct burden_files files;
	struct burden b;

	if (c->nargs > 1 || (strcmp(by, "duty") && strcmp(by, "unit") && strcmp(by, "month")))
		return fail(err, ERR_USAGE, "burden: by duty, unit or month, not %s", by);
	TRY(report_world(c, c->lang, &w, err));
	TRY(burden_files_load(report_world_db(&w), c->arena, &files, err));
	burden_of(&w.figures, &files, &b);
	if (c->json)
		return say_json(c, burden_json(c->arena, &b), err);
	if (!strcmp(by, "month")) {
		by_month(c, &b);
		return OK;
	}
	if (!strcmp(by, "unit"))
		lines(c, b.units, b.nunits, N_("unit"));
	else
		lines(c, b.duties, b.nduties, N_("duty"));
	say(c, "asked: %lld entries and %lld files; given: %lld entries and %lld files, %lld of them over the most",
	    (long long)b.sum.asked.entries, (long long)b.sum.asked.files, (long long)b.sum.entries,
	    (long long)b.sum.files, (long long)b.sum.excess);
	say(c, "what serves several duties saved %lld entries and %lld files",
	    (long long)(b.entry_uses - b.sum.entries), (long long)(b.file_uses - b.sum.files));
	return OK;
}
