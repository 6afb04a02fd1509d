/* Duties: the heat map of units and duties, and one duty with its slots. */
#include "office/status.h"
#include "web/excuse_view.h"
#include "web/pages.h"
#include "web/scope.h"

#include <stdlib.h>

enum { MM = 1000000, HEAT_WIDE = 2000 * MM, STRIP_WIDE = 230 * MM, MONTHS = 12 };
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

static struct str unit_said(const struct unit *u)
{
	return u->short_name.n ? u->short_name : u->name;
}

static struct chart_cell heat_cell(
	struct call *c, const struct unit *u, const struct duty_state *s, const struct tally_cell *t)
{
	struct str unit = unit_said(u);
	struct chart_cell cell = {0};
	struct look look;

	if (!t->worst)
		return cell;
	look = slot_look(t->worst, c->on);
	cell.mark = look_mark(&look);
	cell.title = arena_printf(c->arena, STR_FMT " " STR_FMT " " STR_FMT ": %s %d/%d", STR_ARG(unit),
		STR_ARG(s->duty->id), STR_ARG(s->duty->title), tr(c->lang, look.word), t->done, t->due);
	cell.link = url_query(
		c->arena, call_url(c, url_add(c->arena, url_path("/duties"), s->duty->id)), "unit", u->code).text;
	return cell;
}

static struct str sum_text(struct call *c, int done, int due)
{
	return arena_printf(c->arena, "%d/%d", done, due);
}

/* A row of the map; none where the unit has no duty at all. */
static void heat_row(struct call *c, struct chart_heat *h, const struct unit *u, const struct tally_cell *cells,
	struct tally_cell *sums)
{
	size_t n = h->cols.n, row = h->rows.n;
	int due = 0, done = 0;
	bool any = false;

	for (size_t d = 0; d < n; d++)
		any |= cells[d].worst != NULL;
	if (!any)
		return;
	*ARENA_PUSH(c->arena, h->rows.p, h->rows.n, h->rows.cap) = (struct chart_label){
		.text = unit_said(u), .title = u->short_name.n ? u->name : STR_NONE};
	for (size_t d = 0; d < n; d++) {
		h->cells[row * n + d] = heat_cell(c, u, &c->figures.duties[d], &cells[d]);
		due += cells[d].due;
		done += cells[d].done;
		sums[d].due += cells[d].due;
		sums[d].done += cells[d].done;
	}
	h->row_sums[row] = sum_text(c, done, due);
}

static void put_heat(struct call *c, struct charts *out)
{
	const struct org *org = &c->world->org;
	size_t n = c->facts.scheme->nduties;
	struct tally_cell *cells = ARENA_ARRAY(c->arena, struct tally_cell, org->nunits * n);
	struct tally_cell *sums = ARENA_ARRAY(c->arena, struct tally_cell, n);
	struct chart_opt opt = chart_page;
	struct chart_heat h = {.title = call_say(c, N_("Units and duties: each square opens its slots")),
		.cells = ARENA_ARRAY(c->arena, struct chart_cell, org->nunits * n),
		.row_sums = ARENA_ARRAY(c->arena, struct str, org->nunits),
		.col_sums = ARENA_ARRAY(c->arena, struct str, n)};

	opt.width = HEAT_WIDE;
	for (size_t d = 0; d < n; d++) {
		const struct duty *duty = c->figures.duties[d].duty;

		*ARENA_PUSH(c->arena, h.cols.p, h.cols.n, h.cols.cap) = (struct chart_label){.text = duty->id,
			.title = arena_printf(c->arena, STR_FMT " " STR_FMT, STR_ARG(duty->id), STR_ARG(duty->title)),
			.link = call_url(c, url_add(c->arena, url_path("/duties"), duty->id)).text};
	}
	count_slots(c, cells);
	for (size_t u = 0; u < org->nunits; u++)
		heat_row(c, &h, &org->units[u], &cells[u * n], sums);
	for (size_t d = 0; d < n; d++)
		h.col_sums[d] = sum_text(c, sums[d].done, sums[d].due);
	*out = chart_heat(c->arena, &h, &opt);
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

static void put_months(struct call *c, struct chart_strip *strip)
{
	for (int m = 1; m <= MONTHS; m++)
		*ARENA_PUSH(c->arena, strip->periods.p, strip->periods.n, strip->periods.cap) = (struct chart_label){
			.text = c->lang == LANG_ZH ? arena_printf(c->arena, "%d月", m)
						   : arena_printf(c->arena, "%d", m)};
}

/* The row of an owner in the year's strip; a new one when it has none yet. */
static size_t owner_row(struct call *c, struct chart_strip *strip, struct map *rows, struct str owner)
{
	void **at = map_at(rows, owner);

	if (!*at) {
		*ARENA_PUSH(c->arena, strip->rows.p, strip->rows.n, strip->rows.cap) = (struct chart_label){.text = owner};
		*at = (void *)(uintptr_t)strip->rows.n;
	}
	return (size_t)(uintptr_t)*at - 1;
}

/* On what is due at its day: before the year at its beginning, after it at its end. */
static void put_mark(struct call *c, struct chart_strip *strip, size_t *cap, struct map *rows,
	const struct slot_view *s)
{
	struct chart_point point = {.mark = look_mark(&s->look), .link = s->url.text, .current = s->current};
	struct ymd d;

	if (!date_is(s->due))
		return;
	d = date_ymd(s->due);
	point.row = owner_row(c, strip, rows, s->owner);
	point.at = d.y < c->facts.year ? 0 : d.y > c->facts.year ? MONTHS * 1000 : (d.m - 1) * 1000 + (d.d - 1) * 1000 / 31;
	point.title = arena_printf(
		c->arena, STR_FMT " " STR_FMT ": %s", STR_ARG(s->owner), STR_ARG(s->label), tr(c->lang, s->look.word));
	*ARENA_PUSH(c->arena, strip->points, strip->npoints, *cap) = point;
}

/* The year of the slots shown. */
static void put_year(struct call *c, struct duty_view *v)
{
	struct chart_strip strip = {.title = call_say(c, N_("The year: each mark opens its slot"))};
	struct chart_opt opt = chart_page;
	struct map rows = MAP_IN(c->arena);
	size_t cap = 0;

	opt.width = STRIP_WIDE;
	put_months(c, &strip);
	for (size_t i = 0; i < v->slots.n; i++)
		put_mark(c, &strip, &cap, &rows, &v->slots.p[i]);
	if (strip.npoints)
		v->year = chart_strip(c->arena, &strip, &opt);
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
	put_slots(c, &c->figures.duties[duty - c->facts.scheme->duties], &v);
	put_year(c, &v);
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
