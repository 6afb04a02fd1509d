/* States as shapes and words, and what duties' pages share. */
#include "web/duty_view.h"

#include "web/scope.h"

enum { DUE, MET, LATE, MISSED, UNPROVED, OPEN, UPCOMING, EXCUSED, NOT_APPLICABLE };

static const struct look looks[] = {
	[DUE] = {"due", "t-due", N_("due soon")},
	[MET] = {"met", "t-met", N_("met")},
	[LATE] = {"late", "t-late", N_("met late")},
	[MISSED] = {"missed", "t-missed", N_("missed")},
	[UNPROVED] = {"unproved", "t-late", N_("done, not proved")},
	[OPEN] = {"open", "t-open", N_("open")},
	[UPCOMING] = {"upcoming", "t-upcoming", N_("upcoming")},
	[EXCUSED] = {"excused", "t-excused", N_("excused")},
	[NOT_APPLICABLE] = {"excused", "t-excused", N_("not applicable")},
};

struct look slot_look(const struct slot *s, struct date on)
{
	static const int of[CHART_MARKS] = {[CHART_MISSED] = MISSED, [CHART_EXCUSED] = EXCUSED, [CHART_DUE] = DUE,
		[CHART_OPEN] = OPEN, [CHART_UPCOMING] = UPCOMING, [CHART_UNPROVED] = UNPROVED, [CHART_LATE] = LATE,
		[CHART_MET] = MET};

	return looks[s->state == SLOT_NOT_APPLICABLE ? NOT_APPLICABLE : of[slot_mark(s, on)]];
}

struct look duty_look(enum duty_status status)
{
	static const struct look of[DUTY_STATUSES] = {
		[DUTY_MISSED] = {"missed", "t-missed", N_("missed")},
		[DUTY_LATE] = {"late", "t-late", N_("late")},
		[DUTY_AT_RISK] = {"due", "t-at_risk", N_("at risk")},
		[DUTY_SATISFIED] = {"met", "t-satisfied", N_("satisfied")},
		[DUTY_ON_TRACK] = {"open", "t-on_track", N_("on track")},
		[DUTY_NOT_DUE] = {"upcoming", "t-not_due", N_("not due")},
	};

	return of[status];
}

struct str slot_key(struct call *c, const struct slot *x)
{
	return arena_printf(c->arena, STR_FMT "~" STR_FMT "~%d", STR_ARG(x->owner), STR_ARG(x->label), x->due.n);
}

/* The due day, and what is to be known of it. */
static struct str due_text(struct call *c, const struct slot *x)
{
	struct str text = call_day(c, x->due);

	if (x->internal)
		text = arena_printf(c->arena, tr(c->lang, N_(STR_FMT " (internal limit)")), STR_ARG(text));
	if (x->calendar_unknown)
		text = arena_printf(c->arena, tr(c->lang, N_(STR_FMT " (no calendar of %d: weekdays only)")),
			STR_ARG(text), date_ymd(x->due).y);
	return text;
}

struct slot_view slot_view(struct call *c, const struct duty_state *s, const struct slot *x)
{
	struct slot_view v = {.duty = s->duty->id,
		.title = s->duty->title,
		.label = x->label,
		.due = x->due,
		.done = x->done,
		.unproved = x->unproved,
		.entered_late = x->entered_late,
		.object = x->object};

	v.owner = owner_name(&c->world->org, x->owner);
	v.look = slot_look(x, c->on);
	v.due_text = due_text(c, x);
	v.done_text = call_day(c, x->done);
	v.late_days = x->state == SLOT_MISSED && date_is(x->due) ? c->on.n - x->due.n : 0;
	v.left_days = x->state == SLOT_PENDING && date_is(x->due) ? x->due.n - c->on.n : 0;
	v.records = (int64_t)x->facts.n;
	v.url = url_query(
		c->arena, call_url(c, url_add(c->arena, url_path("/duties"), s->duty->id)), "slot", slot_key(c, x));
	return v;
}

static struct str first_text(struct call *c, const struct fact *r)
{
	static const enum field_type telling[] = {TYPE_TEXT, TYPE_CHOICE, TYPE_LINK, TYPE_UNIT};

	for (size_t k = 0; k < LEN(telling); k++) {
		for (size_t i = 0; i < r->type->nfields; i++) {
			const struct field *f = &r->type->fields[i];
			struct str text = f->type == telling[k] && !str_is(f->name, "no")
				? datum_text(c->arena, c->lang, fact_value(&c->facts, r, f, c->on))
				: STR_NONE;

			if (text.n)
				return text;
		}
	}
	return r->type->title;
}

struct record_line record_line(struct call *c, const struct fact *r)
{
	struct str id = arena_printf(c->arena, "%lld", (long long)r->id.seq);
	struct str title = first_text(c, r), row = fact_row(c->arena, r);

	return (struct record_line){
		.title = title,
		.source = str_eq(title, r->type->title) ? row
			: arena_printf(c->arena, STR_FMT " · " STR_FMT, STR_ARG(r->type->title), STR_ARG(row)),
		.day = call_day(c, r->day),
		.url = call_sees(c, r) ? call_url(c, url_add(c->arena, url_path("/records"), id))
			: (struct url){.text = STR_NONE},
		.late = fact_entered_late(&c->facts, r),
		.unproved = !fact_proved(r),
	};
}
