#include "cli/status_units.h"

#include "base/buf.h"
#include "cli/named.h"
#include "duty/figure.h"
#include "duty/status.h"
#include "flow/commitment.h"

command_fn cmd_status;

/* Statuses for people, in the order of enum duty_status. */
static const char *const status_words[] = {
	N_("missed"), N_("late"), N_("at risk"), N_("satisfied"), N_("on track"), N_("not due"),
};

static struct str number(struct arena *a, int n)
{
	return n ? arena_printf(a, "%d", n) : S("·");
}

/* One that a version in the year has ended says so. */
static struct str duty_title(struct cli *c, const struct duty *d)
{
	char day[DATE_TEXT];

	if (!d->ends)
		return d->title;
	date_text(d->until, day);
	return arena_printf(c->arena, tr(c->lang, N_(STR_FMT " (ended on %s)")), STR_ARG(d->title), day);
}

/* What last year's plan promised, behind the duties of the scheme. */
static void show_promises(struct cli *c, const struct figures *f, struct table *t)
{
	size_t n;
	struct commitment_state *all = commitment_states(f->facts, f->on, &n);

	for (size_t i = 0; i < n; i++) {
		const struct duty_state *s = &all[i].state;

		table_row(t, (struct str[]){s->duty->id, s->duty->title, s->duty->owner.name,
			number(c->arena, s->required_to_date), number(c->arena, s->met), number(c->arena, s->late),
			number(c->arena, s->missed), number(c->arena, s->pending), number(c->arena, s->unproved),
			str_c(tr(c->lang, all[i].fate == FATE_DROPPED ? N_("not pursued") : status_words[s->status])),
			duty_reason(c->arena, c->lang, s, f->facts->year, f->on)});
	}
}

static void show(struct cli *c, const struct figures *f)
{
	static const char *const heads[] = {N_("duty"), N_("title"), N_("owner"), N_("due"), N_("met"), N_("late"),
	                                    N_("missed"), N_("pending"), N_("unproved"), N_("status"), N_("why")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "lllrrrrrrll");

	for (size_t i = 0; i < f->facts->scheme->nduties; i++) {
		const struct duty_state *s = &f->duties[i];

		struct str cells[] = {
			s->duty->id,
			duty_title(c, s->duty),
			owner_text(c->arena, f->facts, s->duty),
			number(c->arena, s->required_to_date),
			number(c->arena, s->met),
			number(c->arena, s->late),
			number(c->arena, s->missed),
			number(c->arena, s->pending),
			number(c->arena, s->unproved),
			str_c(tr(c->lang, status_words[s->status])),
			duty_reason(c->arena, c->lang, s, f->facts->year, f->on),
		};

		_Static_assert(LEN(cells) == LEN(heads), "a cell for each head");
		table_row(t, cells);
	}
	show_promises(c, f, t);
	table_print(t, c);
}

static struct str remarks(struct cli *c, const struct slot *s)
{
	const struct {
		bool is;
		const char *text;
	} all[] = {
		{s->unproved, N_("too little evidence")},
		{s->entered_late, N_("entered late")},
		{s->internal, N_("internal limit")},
		{s->extended, N_("put off")},
	};
	struct str out = s->holder;

	for (size_t i = 0; i < LEN(all); i++)
		if (all[i].is)
			out = arena_printf(c->arena, STR_FMT "%s%s", STR_ARG(out), out.n ? "; " : "",
				tr(c->lang, all[i].text));
	if (s->calendar_unknown)
		out = arena_printf(c->arena, tr(c->lang, N_(STR_FMT "%sno calendar of %d: weekdays only")),
			STR_ARG(out), out.n ? "; " : "", date_ymd(s->due).y);
	return out;
}

/* One duty with its slots. */
static void show_slots(struct cli *c, const struct duty_state *s)
{
	static const char *const heads[] = {N_("slot"), N_("owner"), N_("due day"), N_("done on"), N_("state"),
		N_("remarks"), N_("rows of registers")};
	static const char *const states[SLOT_STATES] = {
		N_("met"), N_("late"), N_("missed"), N_("pending"), N_("excused"), N_("not applicable")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "lllllll");
	char due[DATE_TEXT], done[DATE_TEXT];

	for (size_t i = 0; i < s->nslots; i++) {
		const struct slot *x = &s->slots[i];
		struct buf rows CLEANUP(buf_free) = BUF_MAX(4096);

		for (size_t k = 0; k < x->facts.n; k++)
			buf_printf(&rows, "%s" STR_FMT, k ? "  " : "", STR_ARG(fact_row(c->arena, x->facts.p[k])));
		table_row(t, (struct str[]){x->label, x->owner, date_text(x->due, due), date_text(x->done, done),
		                            str_c(tr(c->lang, states[x->state])), remarks(c, x), buf_str(&rows)});
	}
	say(c, STR_FMT " " STR_FMT, STR_ARG(s->duty->id), STR_ARG(s->duty->title));
	table_print(t, c);
}

enum err_code cmd_status(struct cli *c, int *status, struct err *err)
{
	CLEANUP(report_world_done) struct report_world w = {0};
	const struct figures *day = &w.figures;
	const struct duty *duty = NULL;
	struct node *all;

	if (cli_opt(c, "units"))
		return status_units(c, str_c(cli_opt(c, "units")), err);
	TRY(report_world(c, c->lang, &w, err));
	if (c->nargs)
		TRY(duty_named(&w.scheme, c->args[0], &duty, err));
	if (c->json) {
		all = status_json(&w.facts, &day, 1, NULL);
		return say_pretty(c, duty ? node_get(all, duty->id) : all, err);
	}
	if (duty)
		show_slots(c, &day->duties[duty - w.scheme.duties]);
	else
		show(c, day);
	return OK;
}
