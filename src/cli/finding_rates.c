/* Findings on the command line: those that came again, and how well they are dealt with. */
#include "cli/finding_out.h"

#include "base/buf.h"

/* ---- recurrences ---- */

static const char *const recur_words[] = {N_("same unit"), N_("another unit"), N_("reopened")};
static const char *const recur_names[] = {"unit", "across", "reopened"};

static enum err_code recurrences(struct cli *c, struct flow_world *w, const struct findings *all,
	struct recurrences *out, struct err *err)
{
	int64_t within = w->scheme.recurrence;

	TRY(cli_int(c, "within", 1, 3660, &within, err));
	*out = recurrences_of(c->arena, all, within);
	return OK;
}

enum err_code finding_recur(struct cli *c, struct err *err)
{
	static const char *const heads[] = {N_("cause"), N_("closed with a number"), N_("on day"), N_("again"),
		N_("found"), N_("days"), N_("where it came back"), N_("unit")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "lrlrlrll");
	CLEANUP(flow_world_done) struct flow_world w = {0};
	struct node *list = node_list(c->arena);
	struct recurrences again;
	struct findings all;

	TRY(finding_load(c, &w, &all, err));
	TRY(recurrences(c, &w, &all, &again, err));
	for (size_t i = 0; i < again.n; i++) {
		const struct recurrence *x = &again.p[i];
		struct node *one = node_map(c->arena);

		table_row(t, (struct str[]){x->cause, arena_printf(c->arena, "%lld",
			(long long)x->before->record->id.seq),
			finding_day(c, x->closed), arena_printf(c->arena, "%lld", (long long)x->again->record->id.seq),
			finding_day(c, x->found), x->days < 0 ? STR_NONE : arena_printf(c->arena, "%d", x->days),
			str_c(tr(c->lang, recur_words[x->kind])), x->again->unit});
		out_text(c, one, "kind", str_c(recur_names[x->kind]));
		out_text(c, one, "cause", x->cause);
		out_num(c, one, "before", x->before->record->id.seq);
		out_day(c, one, "closed", x->closed);
		out_num(c, one, "again", x->again->record->id.seq);
		out_day(c, one, "found", x->found);
		if (x->days >= 0)
			out_num(c, one, "days", x->days);
		node_push(c->arena, list, one);
	}
	if (c->json)
		return say_json(c, list, err);
	if (!again.n)
		say(c, "nothing has come back");
	else
		table_print(t, c);
	return OK;
}

/* ---- rates ---- */

struct lines {
	struct cli *c;
	struct table *t;
	struct node *out;
};

static void line(struct lines *l, const char *key, const char *title, struct str value, struct str how)
{
	table_row(l->t, (struct str[]){str_c(tr(l->c->lang, title)), value, how});
	out_text(l->c, l->out, key, value);
}

static void count(struct lines *l, const char *key, const char *title, size_t n)
{
	table_row(l->t, (struct str[]){str_c(tr(l->c->lang, title)), arena_printf(l->c->arena, "%zu", n), STR_NONE});
	out_num(l->c, l->out, key, (int64_t)n);
}

/* "80.0%", "12 ÷ 15". */
static void rate(struct lines *l, const char *key, const char *title, size_t part, size_t of)
{
	struct arena *a = l->c->arena;
	int64_t p = finding_permille(part, of);

	line(l, key, title, p < 0 ? S("—") : arena_printf(a, "%lld.%lld%%", (long long)p / 10, (long long)p % 10),
		arena_printf(a, "%zu ÷ %zu", part, of));
}

static void ages(struct lines *l, const struct finding_rates *r)
{
	struct node *list = node_list(l->c->arena);
	int from = 0;

	for (size_t i = 0; i < LEN(r->ages); i++) {
		struct node *one = node_map(l->c->arena);
		struct str title = finding_ages[i] ?
			arena_printf(l->c->arena, tr(l->c->lang, N_("open for %d to %d days")), from, finding_ages[i]) :
			arena_printf(l->c->arena, tr(l->c->lang, N_("open for %d days and more")), from);

		table_row(l->t, (struct str[]){title, arena_printf(l->c->arena, "%zu", r->ages[i]), STR_NONE});
		out_num(l->c, one, "from", from);
		if (finding_ages[i])
			out_num(l->c, one, "to", finding_ages[i]);
		out_num(l->c, one, "findings", (int64_t)r->ages[i]);
		node_push(l->c->arena, list, one);
		from = finding_ages[i] + 1;
	}
	node_set(l->c->arena, l->out, S("ages"), list);
}

enum err_code finding_rates_out(struct cli *c, struct err *err)
{
	static const char *const heads[] = {N_("of findings"), N_("value"), N_("arithmetic")};
	CLEANUP(flow_world_done) struct flow_world w = {0};
	struct lines l = {c, table_new(c->arena, (int)LEN(heads), heads, "lrl"), node_map(c->arena)};
	struct recurrences again;
	struct finding_rates r;
	struct findings all;

	TRY(finding_load(c, &w, &all, err));
	TRY(recurrences(c, &w, &all, &again, err));
	r = finding_rates(&all, &again);
	out_day(c, l.out, "on", w.on);
	count(&l, "found", N_("found"), r.found);
	count(&l, "owed", N_("to be put right"), r.owed);
	count(&l, "closed", N_("closed with a number"), r.closed);
	rate(&l, "closure_rate", N_("closure rate"), r.closed, r.owed);
	rate(&l, "in_time_rate", N_("put right in time"), r.in_time, r.dated);
	line(&l, "mean_days", N_("days from finding to closure"), !r.timed ? S("—") :
		arena_printf(c->arena, "%lld.%lld",
			(long long)((r.days * 20 + (int64_t)r.timed) / (2 * (int64_t)r.timed)) / 10,
			(long long)((r.days * 20 + (int64_t)r.timed) / (2 * (int64_t)r.timed)) % 10),
		arena_printf(c->arena, "%lld ÷ %zu", (long long)r.days, r.timed));
	count(&l, "open", N_("still open"), r.open);
	count(&l, "overdue", N_("overdue"), r.overdue);
	count(&l, "soon", N_("due soon"), r.soon);
	count(&l, "standing", N_("kept up for the long term"), r.standing);
	count(&l, "recheck", N_("to be checked again"), r.recheck);
	count(&l, "recurred", N_("come back"), r.recurred);
	ages(&l, &r);
	count(&l, "undated", N_("open, found on no day"), r.undated);
	if (c->json)
		return say_json(c, l.out, err);
	table_print(l.t, c);
	return OK;
}
