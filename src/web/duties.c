/* Duties: the heat map of units and duties, and one duty with its slots. */
#include "office/status.h"
#include "web/excuse_view.h"
#include "web/pages.h"
#include "web/scope.h"

#include <stdlib.h>

enum { CELL = 26, LEFT = 150, TOP = 34, RIGHT = 60, STRIP = 26, MONTH = 58, FIRST_LINE = 44, MARK_WIDE = 18 };
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

/* ---- the heat map ---- */

/* What the slots of one duty in one unit come to. */
struct tally_cell {
	const struct slot *worst;
	int rank, due, done;
};

/* The worse a slot's state, the larger. */
static int rank(const struct slot *s, struct date on)
{
	static const char *const order[] = {"excused", "upcoming", "open", "met", "unproved", "late", "due", "missed"};
	struct look look = slot_look(s, on);

	for (size_t i = 0; i < LEN(order); i++)
		if (str_eq(str_c(order[i]), str_c(look.shape)))
			return (int)i + 1;
	return 0;
}

static void count_slots(struct call *c, struct tally_cell *cells)
{
	const struct org *org = &c->world->org;
	size_t nduties = c->facts.scheme->nduties;

	for (size_t d = 0; d < nduties; d++) {
		const struct duty_state *s = &c->figures.duties[d];

		for (size_t i = 0; i < s->nslots; i++) {
			const struct unit *u = owner_unit(org, s->slots[i].owner);
			struct tally_cell *cell = u ? &cells[(size_t)(u - org->units) * nduties + d] : NULL;
			int r = rank(&s->slots[i], c->on);

			if (!cell)
				continue;
			cell->due += slot_required(&s->slots[i]) && s->slots[i].state != SLOT_PENDING;
			cell->done += s->slots[i].state == SLOT_MET || s->slots[i].state == SLOT_LATE;
			if (r > cell->rank) {
				cell->rank = r;
				cell->worst = &s->slots[i];
			}
		}
	}
}

static void put_cell(struct call *c, struct heat *h, const struct unit *u, const struct duty_state *s,
	const struct tally_cell *t, int64_t x, int64_t y)
{
	struct str unit = u->short_name.n ? u->short_name : u->name;
	struct heat_cell *cell = ARENA_PUSH(c->arena, h->cells.p, h->cells.n, h->cells.cap);

	*cell = (struct heat_cell){.x = x, .y = y, .none = !t->worst};
	if (!t->worst)
		return;
	cell->look = slot_look(t->worst, c->on);
	cell->name = arena_printf(c->arena, STR_FMT " " STR_FMT " " STR_FMT ": %s %d/%d", STR_ARG(unit),
		STR_ARG(s->duty->id), STR_ARG(s->duty->title), tr(c->lang, cell->look.word), t->done, t->due);
	cell->url =
		url_query(c->arena, call_url(c, url_add(c->arena, url_path("/duties"), s->duty->id)), "unit", u->code);
}

#define MARK(list, x_, y_, text_) \
	*ARENA_PUSH(c->arena, (list).p, (list).n, (list).cap) = (struct heat_mark) \
	{ \
		.x = (x_), .y = (y_), .text = (text_) \
	}

static void put_heat(struct call *c, struct heat *h)
{
	const struct org *org = &c->world->org;
	size_t nduties = c->facts.scheme->nduties;
	struct tally_cell *cells = ARENA_ARRAY(c->arena, struct tally_cell, org->nunits * nduties);
	int64_t y = TOP;

	count_slots(c, cells);
	for (size_t u = 0; u < org->nunits; u++) {
		int due = 0, done = 0;
		bool any = false;

		for (size_t d = 0; d < nduties; d++)
			any |= cells[u * nduties + d].worst != NULL;
		if (!any)
			continue;
		MARK(h->units, LEFT - 10, y + 17,
			org->units[u].short_name.n ? org->units[u].short_name : org->units[u].name);
		for (size_t d = 0; d < nduties; d++) {
			put_cell(c, h, &org->units[u], &c->figures.duties[d], &cells[u * nduties + d],
				LEFT + (int64_t)d * CELL, y);
			due += cells[u * nduties + d].due;
			done += cells[u * nduties + d].done;
		}
		MARK(h->unit_sums, LEFT + (int64_t)nduties * CELL + 10, y + 17,
			arena_printf(c->arena, "%d/%d", done, due));
		y += CELL;
	}
	for (size_t d = 0; d < nduties; d++) {
		const struct duty *duty = c->figures.duties[d].duty;

		MARK(h->duties, LEFT + (int64_t)d * CELL + CELL / 2, TOP - 10, duty->id);
		h->duties.p[d].name = duty->title;
		if (call_sees_all(c) || c->figures.duties[d].nslots)
			h->duties.p[d].url = call_url(c, url_add(c->arena, url_path("/duties"), duty->id));
	}
	h->width = LEFT + (int64_t)nduties * CELL + RIGHT;
	h->height = y + 6;
}

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

	v->legend.n = LEN(legend);
	v->legend.p = (struct look *)legend;
}

/* All that stands within the frame. */
static enum err_code write_duties(void *ctx, struct buf *out, struct err *err)
{
	struct call *c = ctx;
	struct html h = {.out = out, .lang = c->lang};
	struct duties_view v = {0};
	int64_t got = 0, points = 0;

	v.scheme = c->facts.scheme->title;
	for (size_t i = 0; i < c->facts.scheme->nduties; i++) {
		struct score_line score = duty_score(&c->figures.duties[i]);

		if (!call_sees_all(c) && !c->figures.duties[i].nslots)
			continue;
		*ARENA_PUSH(c->arena, v.rows.p, v.rows.n, v.rows.cap) = duty_row(c, &c->figures.duties[i]);
		got += score.got;
		points += score.points;
	}
	if (call_sees_all(c))
		v.total = arena_printf(c->arena, STR_FMT " / " STR_FMT, STR_ARG(hundredths(c->arena, got)),
		STR_ARG(hundredths(c->arena, points)));
	put_heat(c, &v.heat);
	put_legend(c, &v);
	page_duties_body(&h, &v);
	return html_done(&h, err);
}

/* The whole office is written once a day and language; who sees a part of it has a page of his own. */
enum err_code duties_page(struct call *c, struct err *err)
{
	const char *key = c->asked ? "duties, day asked for" : "duties";
	struct frame *frame;
	struct html *h;
	struct str kept;

	TRY(call_world(c, err));
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

static void put_months(struct call *c, struct duty_view *v)
{
	for (int m = 1; m <= 12; m++)
		MARK(v->months, LEFT + (m - 1) * MONTH + MONTH / 2, 16,
			c->lang == LANG_ZH ? arena_printf(c->arena, "%d月", m) : arena_printf(c->arena, "%d", m));
	v->width = LEFT + 12 * MONTH + 20;
}

/* The line of an owner in the year's strip; a new one when it has none yet. */
static int64_t owner_line(struct call *c, struct duty_view *v, struct str owner)
{
	int64_t y = FIRST_LINE + (int64_t)v->owners.n * STRIP;

	for (size_t i = 0; i < v->owners.n; i++)
		if (str_eq(v->owners.p[i].text, owner))
			return v->owners.p[i].y;
	MARK(v->owners, LEFT - 10, y, owner);
	return y;
}

/* Marks of one day stand side by side, later ones to the left. */
static int64_t free_place(const struct duty_view *v, int64_t x, int64_t y)
{
	for (size_t i = v->marks.n; i-- > 0;)
		if (v->marks.p[i].y == y && v->marks.p[i].x - x < MARK_WIDE && x - v->marks.p[i].x < MARK_WIDE)
			return free_place(v, v->marks.p[i].x - MARK_WIDE, y);
	return x;
}

static void put_mark(struct call *c, struct duty_view *v, const struct slot_view *s)
{
	struct strip_mark mark = {.look = s->look, .url = s->url};
	int64_t month, x;
	struct ymd d;

	if (!date_is(s->due))
		return;
	d = date_ymd(s->due);
	month = d.y < c->facts.year ? 0 : d.y > c->facts.year ? 12 : d.m - 1;
	x = LEFT + month * MONTH + (month < 12 ? (d.d - 1) * MONTH / 32 : 0);
	mark.y = owner_line(c, v, s->owner) - 12;
	mark.x = free_place(v, x, mark.y);
	mark.name = arena_printf(
		c->arena, STR_FMT " " STR_FMT ": %s", STR_ARG(s->owner), STR_ARG(s->label), tr(c->lang, s->look.word));
	*ARENA_PUSH(c->arena, v->marks.p, v->marks.n, v->marks.cap) = mark;
}

/* Every slot of the unit asked for, and the one that is open in the panel. */
static void put_slots(struct call *c, const struct duty_state *s, struct duty_view *v)
{
	const struct org *org = &c->world->org;
	struct str unit = value_of(&c->values, "unit"), open = value_of(&c->values, "slot");
	const struct slot *shown = NULL;
	size_t at = 0;

	for (size_t i = 0; i < s->nslots; i++) {
		const struct unit *u = owner_unit(org, s->slots[i].owner);
		struct str key = slot_key(c, &s->slots[i]);
		struct slot_view *row;

		if (unit.n && (!u || !str_eq(u->code, unit)))
			continue;
		row = ARENA_PUSH(c->arena, v->slots.p, v->slots.n, v->slots.cap);
		*row = slot_view(c, s, &s->slots[i]);
		if (unit.n)
			row->url = url_query(c->arena, row->url, "unit", unit);
		row->url = url_at(c->arena, row->url, S("behind"));
		put_mark(c, v, row);
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
	put_months(c, &v);
	put_slots(c, &c->figures.duties[duty - c->facts.scheme->duties], &v);
	put_enter(c, duty, &v);
	TRY(excuse_panel(c, &c->figures.duties[duty - c->facts.scheme->duties], v.shown, wrong, &v.excuse, err));
	v.wrong = v.excuse ? STR_NONE : wrong;
	if (c->req->method == HTTP_POST)
		v.frame->carry.n = 0;
	v.height = 40 + (int64_t)v.owners.n * STRIP;
	v.frame->behind = v.open != NULL;
	page_duty(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code duty_page(struct call *c, struct err *err)
{
	return duty_show(c, STR_NONE, err);
}
