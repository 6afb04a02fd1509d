/* Duties: the heat map of units and duties, and one duty with its slots. */
#include "duty/status.h"
#include "web/excuse_view.h"
#include "web/pages.h"
#include "web/scope.h"

#include <stdlib.h>

enum { MM = 1000000, HEAT_WIDE = 2000 * MM, STRIP_WIDE = 230 * MM };
enum { FRAME_BYTES = 16 << 10 };   /* about what stands around a page */

static struct str hundredths(struct arena *a, int64_t thousandths)
{
	return arena_printf(a, "%lld.%02lld", (long long)(thousandths / 1000), (long long)(thousandths % 1000 / 10));
}

static struct duty_row duty_row(struct call *c, const struct duty_state *s)
{
	struct score_line score = duty_score(s);

	return (struct duty_row){
		.id = s->duty->id,
		.title = s->duty->title,
		.cadence = s->duty->cadence,
		.owner = owner_text(c->arena, &c->facts, s->duty),
		.reason = duty_reason(c->arena, c->lang, s, c->facts.year, c->on),
		.points = call_sees_all(c) ? hundredths(c->arena, score.points) : STR_NONE,
		.got = call_sees_all(c) ? hundredths(c->arena, score.got) : STR_NONE,
		.look = duty_look(s->status),
		.due = s->required_to_date,
		.met = s->met,
		.late = s->late,
		.missed = s->missed,
		.pending = s->pending,
		.unproved = s->unproved,
		.url = call_url(c, url_add(c->arena, url_path("/duties"), s->duty->id)),
	};
}

/* ---- charts ---- */

static struct chart_view heat(struct call *c)
{
	struct chart_links links = {.c = c};
	struct chart_in in = chart_on_page(&links);
	struct chart_opt opt = chart_page;

	opt.width = HEAT_WIDE;
	return chart_look(c, office_heat(&in, NULL, 0, false,
		call_say(c, N_("Units and duties: each square opens its slots")), &opt), chart_url(c, "heat"));
}

/* Of the states that stand in the heat map. */
static void put_legend(struct call *c, struct duties_view *v)
{
	static const struct look legend[] = {
		{"met", "t-met", N_("met")},
		{"late", "t-late", N_("met late")},
		{"missed", "t-missed", N_("missed")},
		{"unproved", "t-late", N_("done, not proved")},
		{"due", "t-due", N_("due soon")},
		{"open", "t-open", N_("open")},
		{"upcoming", "t-upcoming", N_("upcoming")},
	};

	v->legend.p = ARENA_ARRAY(c->arena, struct look, LEN(legend));
	for (size_t i = 0; i < LEN(legend); i++)
		if (v->heat.charts.seen[chart_mark_named(str_c(legend[i].shape))])
			v->legend.p[v->legend.n++] = legend[i];
}

/* Every duty that he sees, and the sum. */
static void put_duties(struct call *c, struct duties_view *v)
{
	int64_t got = 0, points = 0;

	for (size_t i = 0; i < c->facts.scheme->nduties; i++) {
		struct score_line score = duty_score(&c->figures.duties[i]);

		if (!call_sees_all(c) && !c->figures.duties[i].nslots)
			continue;
		*ARENA_PUSH(c->arena, v->rows.p, v->rows.n, v->rows.cap) = duty_row(c, &c->figures.duties[i]);
		got += score.got;
		points += score.points;
	}
	if (call_sees_all(c))
		v->total = arena_printf(c->arena, STR_FMT " / " STR_FMT, STR_ARG(hundredths(c->arena, got)),
			STR_ARG(hundredths(c->arena, points)));
}

/* All that stands within the frame. */
static enum err_code write_duties(void *ctx, struct buf *out, struct err *err)
{
	struct call *c = ctx;
	struct html h = {.out = out, .lang = c->lang};
	struct duties_view v = {0};

	v.scheme = c->facts.scheme->title;
	put_duties(c, &v);
	v.files = list_links(c);
	v.heat = heat(c);
	put_legend(c, &v);
	page_duties_body(&h, &v);
	return html_done(&h, err);
}

/* The whole office is written once a day and language; who sees a part of it has a page of his own. */
enum err_code duties_page(struct call *c, struct err *err)
{
	const char *key = c->asked ? "duties, day asked for" : "duties";
	struct duties_view v = {0};
	struct frame *frame;
	struct html *h;
	struct str kept;

	TRY(call_world(c, err));
	if (list_asked(c)) {
		put_duties(c, &v);
		return list_send(c, &(struct list_shown){LIST_DUTIES, .rows = v.rows.p, .n = v.rows.n}, err);
	}
	frame = call_frame(c, NAV_DUTIES, call_say(c, N_("Duties")));
	if (call_sees_all(c))
		TRY(world_written(c->world, key, write_duties, c, &kept, err));
	h = page_begin(c);
	if (call_sees_all(c))
		buf_reserve(h->out, kept.n + FRAME_BYTES);
	page_frame_open(h, frame);
	if (call_sees_all(c))
		html_made(h, kept);
	else
		TRY(write_duties(c, h->out, err));
	page_frame_close(h, frame);
	return page_end(c, err);
}

/* ---- one duty ---- */

/* Every slot of the unit asked for, and the one that is open in the panel. */
static void put_slots(struct call *c, const struct duty_state *s, struct duty_view *v)
{
	const struct org *org = &c->world->org;
	struct str unit = value_of(&c->values, "unit"), open = value_of(&c->values, "slot");
	const struct slot *shown = NULL;
	size_t at = 0;

	for (size_t i = 0; i < s->nslots; i++) {
		const struct unit *u = slot_unit(org, &s->slots[i]);
		struct str key = slot_key(c, &s->slots[i]);
		struct slot_view *row;

		if (unit.n && (!u || !str_eq(u->code, unit)))
			continue;
		row = ARENA_PUSH(c->arena, v->slots.p, v->slots.n, v->slots.cap);
		*row = slot_view(c, s, &s->slots[i]);
		if (unit.n)
			row->url = url_query(c->arena, row->url, "unit", unit);
		row->url = url_at(c->arena, row->url, S("behind"));
		if (open.n && str_eq(key, open)) {
			row->current = true;
			shown = &s->slots[i];
			at = v->slots.n - 1;
		}
	}
	if (!shown)
		return;
	v->shown = shown;
	v->open = &v->slots.p[at];
	v->records = ARENA_NEW(c->arena, struct record_lines);
	for (size_t i = 0; i < shown->facts.n; i++)
		*ARENA_PUSH(c->arena, v->records->p, v->records->n, v->records->cap) =
			record_line(c, shown->facts.p[i]);
}

/* The year of the slots shown. */
static struct chart_view year(
	struct call *c, const struct duty_state *s, const struct unit *unit, const struct slot *shown)
{
	struct chart_links links = {.c = c, .unit = unit ? unit->code : STR_NONE};
	struct chart_in in = chart_on_page(&links);
	struct chart_opt opt = chart_page;
	struct url of = url_query(c->arena, chart_url(c, "strip"), "duty", s->duty->id);

	opt.width = STRIP_WIDE;
	if (unit)
		of = url_query(c->arena, of, "unit", unit->code);
	return chart_look(c, office_strip(&in, s, unit, shown, false,
		call_say(c, N_("The year: each mark opens its slot")), &opt), of);
}

/* Where what fills the open slot is entered: the records that the duty's needs take. */
static void put_enter(struct call *c, const struct duty *d, struct duty_view *v)
{
	for (size_t i = 0; v->open && i < d->nneeds; i++) {
		const struct need *n = &d->needs[i];
		const struct record_type *type = n->has_then ? n->then.of : n->takes ? n->take.of : NULL;
		bool there = !type || !call_may_enter(c, type);

		for (size_t k = 0; k < v->enter.n && !there; k++)
			there = str_eq(v->enter.p[k].title, type->title);
		if (!there)
			*ARENA_PUSH(c->arena, v->enter.p, v->enter.n, v->enter.cap) = (struct chip){type->title,
				url_add(c->arena, url_add(c->arena, url_path("/registers"), type->name), S("new")), 0};
	}
}

enum err_code duty_show(struct call *c, struct str wrong, struct err *err)
{
	struct str id = value_of(&c->values, "id"), unit = value_of(&c->values, "unit");
	const struct duty *duty;
	const struct unit *u;
	struct duty_view v = {0};

	if (!c->world)
		TRY(call_world(c, err));
	duty = scheme_duty(c->facts.scheme, id);
	if (!duty || (!call_sees_all(c) && !c->figures.duties[duty - c->facts.scheme->duties].nslots))
		return fail(err, ERR_NOT_FOUND, "no duty '%s' in this scheme", arena_str(c->arena, id).p);
	u = unit.n ? org_unit(&c->world->org, unit) : NULL;
	v.row = duty_row(c, &c->figures.duties[duty - c->facts.scheme->duties]);
	v.frame = call_frame(
		c, NAV_DUTIES, arena_printf(c->arena, STR_FMT " " STR_FMT, STR_ARG(duty->id), STR_ARG(duty->title)));
	v.proof = duty->proof;
	for (size_t i = 0; i < duty->helpers.n; i++)
		v.helpers = arena_printf(c->arena, STR_FMT "%s" STR_FMT, STR_ARG(v.helpers), i ? "、" : "",
			STR_ARG(duty->helpers.p[i]));
	v.receiver = duty->receiver;
	v.approver = duty->approver;
	v.unit = u ? u->name : STR_NONE;
	v.all = v.close = v.row.url;
	put_slots(c, &c->figures.duties[duty - c->facts.scheme->duties], &v);
	if (list_asked(c))
		return list_send(c, &(struct list_shown){LIST_SLOTS, v.frame->title,
			&(struct list_only){N_("Unit"), v.unit}, 1, v.slots.p, v.slots.n}, err);
	v.files = list_links(c);
	v.year = year(c, &c->figures.duties[duty - c->facts.scheme->duties], u, v.shown);
	put_enter(c, duty, &v);
	TRY(excuse_panel(c, &c->figures.duties[duty - c->facts.scheme->duties], v.shown, wrong, &v.excuse, err));
	v.wrong = v.excuse ? STR_NONE : wrong;
	if (c->req->method == HTTP_POST)
		v.frame->carry.n = 0;
	v.frame->behind = v.open != NULL;
	page_duty(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code duty_page(struct call *c, struct err *err)
{
	return duty_show(c, STR_NONE, err);
}
