/* Duties as charts: the heat map of units and duties, the year of one. */
#include "report/chart.h"

enum { MONTHS = 12 };

enum chart_mark slot_mark(const struct slot *s, struct date on)
{
	if (s->state == SLOT_MISSED)
		return CHART_MISSED;
	if (!slot_required(s))
		return CHART_EXCUSED;
	if (s->state == SLOT_PENDING)
		return s->due.n - on.n <= DUE_SOON_DAYS ? CHART_DUE
			: s->due.n - on.n <= FAR_DAYS	? CHART_OPEN
							: CHART_UPCOMING;
	return s->unproved ? CHART_UNPROVED : s->state == SLOT_LATE ? CHART_LATE : CHART_MET;
}

const char *chart_mark_word(enum chart_mark m)
{
	static const char *const words[CHART_MARKS] = {[CHART_UPCOMING] = N_("upcoming"),
		[CHART_EXCUSED] = N_("excused"),
		[CHART_OPEN] = N_("open"), [CHART_DUE] = N_("due soon"), [CHART_UNPROVED] = N_("done, not proved"),
		[CHART_MET] = N_("met"), [CHART_LATE] = N_("met late"), [CHART_MISSED] = N_("missed")};

	return m < CHART_MARKS && words[m] ? words[m] : "";
}

const struct unit *owner_unit(const struct org *org, struct str code)
{
	const struct post *post = org_post(org, code);

	return org_unit(org, post ? post->unit : code);
}

const struct unit *slot_unit(const struct org *org, const struct slot *s)
{
	const struct unit *u = org_owner_unit(org, s->owner);

	return u ? u : org_unit(org, org->office.code);
}

struct str owner_name(const struct org *org, struct str code)
{
	const struct post *post = org_post(org, code);
	const struct unit *unit = post ? NULL : org_unit(org, code);

	return post ? post->name : !unit ? code : unit->short_name.n ? unit->short_name : unit->name;
}

static struct chart_keys keys(const struct chart_in *in, bool wanted)
{
	static const enum chart_mark order[] = {CHART_MET, CHART_LATE, CHART_MISSED, CHART_UNPROVED, CHART_DUE,
		CHART_OPEN, CHART_UPCOMING, CHART_EXCUSED};
	struct chart_keys out = {0};

	for (size_t i = 0; wanted && i < LEN(order); i++)
		*ARENA_PUSH(in->arena, out.p, out.n, out.cap) =
			(struct chart_key){order[i], str_c(tr(in->lang, chart_mark_word(order[i])))};
	return out;
}

/* ---- the heat map ---- */

/* What the slots of one duty in one unit come to. */
struct tally_cell {
	enum chart_mark worst; /* NONE: there is no slot */
	int grave, due, done;
};

/* Of duty number d of n. */
static void count_slots(const struct chart_in *in, const struct duty_state *s, struct tally_cell *cells, size_t d,
	size_t n)
{
	const struct org *org = in->figures->facts->org;

	for (size_t i = 0; i < s->nslots; i++) {
		const struct unit *u = slot_unit(org, &s->slots[i]);
		struct tally_cell *cell = u ? &cells[(size_t)(u - org->units) * n + d] : NULL;
		enum chart_mark m = slot_mark(&s->slots[i], in->figures->on);

		if (!cell)
			continue;
		cell->due += slot_required(&s->slots[i]) && s->slots[i].state != SLOT_PENDING;
		cell->done += s->slots[i].state == SLOT_MET || s->slots[i].state == SLOT_LATE;
		if (chart_mark_grave(m) > cell->grave) {
			cell->grave = chart_mark_grave(m);
			cell->worst = m;
		}
	}
}

static struct str unit_said(const struct unit *u)
{
	return u->short_name.n ? u->short_name : u->name;
}

static struct chart_cell heat_cell(
	const struct chart_in *in, const struct unit *u, const struct duty *d, const struct tally_cell *t)
{
	struct str unit = unit_said(u);
	struct chart_cell cell = {.mark = t->worst};

	if (t->worst == CHART_NONE)
		return cell;
	cell.text = arena_printf(in->arena, "%s %d/%d", tr(in->lang, chart_mark_word(t->worst)), t->done, t->due);
	cell.title = arena_printf(in->arena, STR_FMT " " STR_FMT " " STR_FMT ": %s %d/%d", STR_ARG(unit),
		STR_ARG(d->id), STR_ARG(d->title), tr(in->lang, chart_mark_word(t->worst)), t->done, t->due);
	cell.link = chart_link(in, (struct chart_behind){.duty = d, .unit = u});
	return cell;
}

static struct str sum_text(const struct chart_in *in, int done, int due)
{
	return arena_printf(in->arena, "%d/%d", done, due);
}

/* A row of the map; none where the unit has none of the duties. */
static void heat_row(const struct chart_in *in, struct chart_heat *h, const struct duty *const *duties,
	const struct unit *u, const struct tally_cell *cells, struct tally_cell *sums)
{
	size_t n = h->cols.n, row = h->rows.n;
	int due = 0, done = 0;
	bool any = false;

	for (size_t d = 0; d < n; d++)
		any |= cells[d].worst != CHART_NONE;
	if (!any)
		return;
	*ARENA_PUSH(in->arena, h->rows.p, h->rows.n, h->rows.cap) = (struct chart_label){
		.text = unit_said(u), .title = u->short_name.n ? u->name : STR_NONE,
		.link = chart_link(in, (struct chart_behind){.unit = u})};
	for (size_t d = 0; d < n; d++) {
		h->cells[row * n + d] = heat_cell(in, u, duties[d], &cells[d]);
		due += cells[d].due;
		done += cells[d].done;
		sums[d].due += cells[d].due;
		sums[d].done += cells[d].done;
	}
	h->row_sums[row] = sum_text(in, done, due);
}

/* How many there are of each state, in the order of the legend. */
static struct str states_said(const struct chart_in *in, const size_t *n)
{
	struct chart_keys all = keys(in, true);
	struct str out = STR_NONE;

	for (size_t i = 0; i < all.n; i++)
		out = chart_listed(in, out, all.p[i].word, n[all.p[i].mark]);
	return out;
}

static struct str heat_said(const struct chart_in *in, const struct chart_heat *h, const struct tally_cell *sums)
{
	size_t n[CHART_MARKS] = {0};
	int due = 0, done = 0;

	for (size_t i = 0; i < h->rows.n * h->cols.n; i++)
		n[h->cells[i].mark]++;
	for (size_t d = 0; d < h->cols.n; d++) {
		due += sums[d].due;
		done += sums[d].done;
	}
	return arena_printf(in->arena, tr(in->lang, N_("%zu units, %zu duties; done %d of %d; squares by the gravest: "
		STR_FMT)), h->rows.n, h->cols.n, done, due, STR_ARG(states_said(in, n)));
}

struct charts office_heat(const struct chart_in *in, const struct duty *const *duties, size_t n, bool legend,
	struct str title, const struct chart_opt *opt)
{
	const struct org *org = in->figures->facts->org;
	const struct scheme *scheme = in->figures->facts->scheme;
	const struct duty **all = ARENA_ARRAY(in->arena, const struct duty *, scheme->nduties);
	struct chart_heat h = {.title = title, .keys = keys(in, legend), .corner = str_c(tr(in->lang, N_("Unit"))),
		.sum = str_c(tr(in->lang, N_("Done of due")))};
	struct tally_cell *cells, *sums;

	for (size_t d = 0; d < scheme->nduties; d++)
		all[d] = &scheme->duties[d];
	if (!n) {
		duties = all;
		n = scheme->nduties;
	}
	cells = ARENA_ARRAY(in->arena, struct tally_cell, org->nunits * n);
	sums = ARENA_ARRAY(in->arena, struct tally_cell, n);
	h.cells = ARENA_ARRAY(in->arena, struct chart_cell, org->nunits * n);
	h.row_sums = ARENA_ARRAY(in->arena, struct str, org->nunits);
	h.col_sums = ARENA_ARRAY(in->arena, struct str, n);
	for (size_t d = 0; d < n; d++) {
		count_slots(in, &in->figures->duties[duties[d] - scheme->duties], cells, d, n);
		*ARENA_PUSH(in->arena, h.cols.p, h.cols.n, h.cols.cap) = (struct chart_label){.text = duties[d]->id,
			.title = arena_printf(in->arena, STR_FMT " " STR_FMT, STR_ARG(duties[d]->id),
				STR_ARG(duties[d]->title)),
			.link = chart_link(in, (struct chart_behind){.duty = duties[d]})};
	}
	for (size_t u = 0; u < org->nunits; u++)
		heat_row(in, &h, duties, &org->units[u], &cells[u * n], sums);
	for (size_t d = 0; d < n; d++)
		h.col_sums[d] = sum_text(in, sums[d].done, sums[d].due);
	h.desc = heat_said(in, &h, sums);
	return chart_sourced(in, chart_heat(in->arena, &h, opt), STR_NONE);
}

/* ---- the year of a duty ---- */

static void put_months(const struct chart_in *in, struct chart_strip *strip)
{
	for (int m = 1; m <= MONTHS; m++)
		*ARENA_PUSH(in->arena, strip->periods.p, strip->periods.n, strip->periods.cap) = (struct chart_label){
			.text = in->lang == LANG_ZH ? arena_printf(in->arena, "%d月", m)
						    : arena_printf(in->arena, "%d", m)};
}

/* The row of an owner; a new one when it has none yet. */
static size_t owner_row(const struct chart_in *in, struct chart_strip *strip, struct map *rows, struct str owner)
{
	void **at = map_at(rows, owner);

	if (!*at) {
		*ARENA_PUSH(in->arena, strip->rows.p, strip->rows.n, strip->rows.cap) =
			(struct chart_label){.text = owner};
		*at = (void *)(uintptr_t)strip->rows.n;
	}
	return (size_t)(uintptr_t)*at - 1;
}

/* At the day it is due: before the year at its beginning, after it at its end. */
static int32_t place_of(const struct chart_in *in, struct date due)
{
	struct ymd d = date_ymd(due);

	if (d.y != in->figures->facts->year)
		return d.y < in->figures->facts->year ? 0 : MONTHS * 1000;
	return (d.m - 1) * 1000 + (d.d - 1) * 1000 / 31;
}

struct charts office_strip(const struct chart_in *in, const struct duty_state *s, const struct unit *unit,
	const struct slot *current, bool legend, struct str title, const struct chart_opt *opt)
{
	const struct org *org = in->figures->facts->org;
	struct chart_strip strip = {.title = title, .keys = keys(in, legend),
		.corner = str_c(tr(in->lang, N_("Owner"))), .what = str_c(tr(in->lang, N_("What is owed"))),
		.state = str_c(tr(in->lang, N_("State")))};
	struct map rows = MAP_IN(in->arena);
	size_t cap = 0, states[CHART_MARKS] = {0};

	put_months(in, &strip);
	for (size_t i = 0; i < s->nslots; i++) {
		const struct slot *x = &s->slots[i];
		struct str owner = owner_name(org, x->owner);
		enum chart_mark m = slot_mark(x, in->figures->on);

		if (!date_is(x->due) || (unit && slot_unit(org, x) != unit))
			continue;
		*ARENA_PUSH(in->arena, strip.points, strip.npoints, cap) = (struct chart_point){
			.row = owner_row(in, &strip, &rows, owner), .at = place_of(in, x->due), .mark = m,
			.current = x == current, .what = x->label, .state = str_c(tr(in->lang, chart_mark_word(m))),
			.title = arena_printf(in->arena, STR_FMT " " STR_FMT ": %s", STR_ARG(owner), STR_ARG(x->label),
				tr(in->lang, chart_mark_word(m))),
			.link = chart_link(in, (struct chart_behind){.duty = s->duty, .state = s, .slot = x})};
		states[m]++;
	}
	if (!strip.npoints)
		return (struct charts){0};
	strip.desc = arena_printf(in->arena, tr(in->lang, N_("%zu due dates: " STR_FMT)), strip.npoints,
		STR_ARG(states_said(in, states)));
	return chart_sourced(in, chart_strip(in->arena, &strip, opt), STR_NONE);
}
