/* The register of risks with its matrix: levels, reviews that are due, and the lists behind the cells. */
#include "web/risk_view.h"

#include "web/pages.h"
#include "web/scope.h"

#include <stdlib.h>

enum { MM = 1000000, MATRIX_WIDE = 150 * MM, SOON_DAYS = 14 };

/* ---- looks ---- */

static const struct {
	const char *risk, *warning, *tone;
} looks[COLOURS] = {
	[COLOUR_NONE] = {"", "", "t-upcoming"},
	[COLOUR_GREEN] = {"risk-green", "warn-green", "t-met"},
	[COLOUR_BLUE] = {"risk-blue", "warn-blue", "t-open"},
	[COLOUR_YELLOW] = {"risk-yellow", "warn-yellow", "t-late"},
	[COLOUR_ORANGE] = {"risk-orange", "warn-orange", "t-orange"},
	[COLOUR_RED] = {"risk-red", "warn-red", "t-missed"},
};

struct colour_look grade_look(const struct grade *g)
{
	return (struct colour_look){looks[g->colour].risk, looks[g->colour].tone, g->level};
}

struct colour_look risk_look(const struct call *c, const struct risk *r)
{
	(void)c;
	return r->grade ? grade_look(r->grade) : (struct colour_look){"", "", r->level};
}

struct colour_look warn_look(const struct call *c, enum colour colour)
{
	return (struct colour_look){looks[colour].warning, looks[colour].tone, call_say(c, colour_name(colour))};
}

/* ---- who ---- */

bool risk_is_mine(const struct call *c, struct str whom)
{
	const struct org *org = &c->world->org;
	const struct post *mine = c->access->account.post.n ? org_post(org, c->access->account.post) : NULL;
	const struct post *post = mine && whom.n ? org_post(org, whom) : NULL;

	if (!mine || !whom.n)
		return false;
	return post ? post == mine
		    : str_eq(whom, mine->role) ||
			      (org_unit(org, whom) && org_unit(org, whom) == org_unit(org, mine->unit));
}

static bool knows_risks(const struct call *c)
{
	for (size_t i = 0; i < c->facts.scheme->ntypes; i++)
		if (c->facts.scheme->types[i].risk)
			return true;
	return false;
}

enum err_code risk_waiting(struct call *c, size_t *reviews, size_t *warnings, struct err *err)
{
	struct risks all = risks_on(&c->facts, c->on);
	const struct warnings *w;

	*reviews = *warnings = 0;
	for (size_t i = 0; i < all.n; i++) {
		const struct risk *r = &all.p[i];

		*reviews += date_is(r->due) && r->due.n - c->on.n <= SOON_DAYS && risk_is_mine(c, r->owner);
	}
	if (!c->access->account.post.n || !c->facts.scheme->nwarn_rules)
		return OK;
	TRY(world_warnings(c->world, c->log, &w, err));
	for (size_t i = 0; i < w->n; i++)
		*warnings += (w->p[i].state == WARN_OPEN || w->p[i].state == WARN_LAPSED) &&
			risk_is_mine(c, w->p[i].to);
	return OK;
}

/* ---- the matrix ---- */

struct matrix_view matrix_look(struct call *c, const struct risks *all, struct url to, const char *at,
	struct str likelihood, struct str impact)
{
	const struct matrix *m = c->facts.scheme->grid;
	struct chart_links links = {.c = c, .to = to, .at = at};
	struct chart_in in = chart_on_page(&links);
	struct chart_opt opt = chart_page;
	struct matrix_view v = {.title = m->title, .likelihood = m->axes[AXIS_LIKELIHOOD].title,
		.impact = m->axes[AXIS_IMPACT].title};
	struct charts charts;

	opt.width = MATRIX_WIDE;
	charts = office_matrix(&in, all, likelihood, impact,
		arena_printf(c->arena, tr(c->lang, N_("%s × %s: each cell opens its list")),
			arena_str(c->arena, v.likelihood).p, arena_str(c->arena, v.impact).p), &opt);
	v.chart = chart_look(c, charts, str_is(str_c(at), "list") ? chart_url(c, "matrix") : (struct url){0});
	return v;
}

static struct str every_text(struct call *c, const struct grade *g)
{
	static const char *const spans[] = {N_("every year"), N_("every half-year"), N_("every quarter"),
		N_("every %d months"), N_("every month"), N_("every ten days"), N_("every week"), N_("every day")};

	if (!g->reviewed)
		return STR_NONE;
	return arena_printf(c->arena, tr(c->lang, g->review.kind == SPAN_YEAR && g->review.n > 1 ?
		N_("every %d years") : spans[g->review.kind]), g->review.n);
}

static struct str tell_text(struct call *c, const struct grade *g)
{
	struct str out = STR_NONE, rest, kind;

	for (size_t i = 0; i < g->tell.n; i++) {
		rest = g->tell.p[i];
		if (str_is(rest, "owner"))
			rest = call_say(c, N_("who answers for it"));
		else
			str_cut(&rest, S(":"), &kind);
		out = out.n ? arena_printf(c->arena, STR_FMT "、" STR_FMT, STR_ARG(out), STR_ARG(rest)) : rest;
	}
	return out;
}

static void put_levels(struct call *c, struct risks_view *v, const struct risks *all, struct str level)
{
	const struct matrix *m = c->facts.scheme->grid;

	for (size_t i = 0; i < m->ngrades; i++) {
		const struct grade *g = &m->grades[i];
		struct level_count *x = ARENA_PUSH(c->arena, v->levels.p, v->levels.n, v->levels.cap);

		*x = (struct level_count){.look = grade_look(g), .every = every_text(c, g), .tell = tell_text(c, g),
			.current = words_alike(&c->facts, level, g->level)};
		x->url = url_query(c->arena, call_url(c, url_path("/risks")), "level", g->level);
		for (size_t k = 0; k < all->n; k++)
			x->n += !date_is(all->p[k].closed) && all->p[k].grade == g;
	}
	for (size_t i = 0; i < all->n; i++)
		v->unplaced += !date_is(all->p[i].closed) &&
			(axis_at(&c->facts, &m->axes[AXIS_LIKELIHOOD], all->p[i].likelihood) < 0 ||
				axis_at(&c->facts, &m->axes[AXIS_IMPACT], all->p[i].impact) < 0);
}

/* ---- the list ---- */

static void pick(struct call *c, struct picks *to, struct str value, struct str text, struct str chosen)
{
	for (size_t i = 0; i < to->n; i++)
		if (str_eq(to->p[i].value, value))
			return;
	if (value.n)
		*ARENA_PUSH(c->arena, to->p, to->n, to->cap) = (struct pick){value, text, str_eq(value, chosen)};
}

static struct str owner_of(const struct call *c, struct str whom)
{
	const struct post *p = whom.n ? org_post(&c->world->org, whom) : NULL;

	return p ? p->name : whom;
}

struct risk_row risk_row(struct call *c, const struct risk *r)
{
	return (struct risk_row){.no = r->no, .name = r->name, .unit = r->unit, .owner = owner_of(c, r->owner),
		.likelihood = r->likelihood, .impact = r->impact, .look = risk_look(c, r), .reviewed = r->reviewed,
		.due = r->due, .closed = r->closed, .overdue = risk_overdue(r, c->on), .differs = r->differs,
		.late_days = risk_overdue(r, c->on) ? c->on.n - r->due.n : 0,
		.url = call_url(c, url_add(c->arena, url_path("/risks"), r->no))};
}

struct risks risks_seen(struct call *c)
{
	struct risks all = risks_on(&c->facts, c->on);
	size_t n = 0;

	for (size_t i = 0; i < all.n; i++)
		if (call_sees(c, all.p[i].fact))
			all.p[n++] = all.p[i];
	all.n = n;
	return all;
}

static bool in_state(const struct call *c, const struct risk *r, struct str state)
{
	if (str_is(state, "all"))
		return true;
	if (str_is(state, "closed"))
		return date_is(r->closed);
	if (str_is(state, "overdue"))
		return risk_overdue(r, c->on);
	return !date_is(r->closed);
}

/* Overdue reviews first, the oldest of them at the top; then by the next one, those without after all others. */
static int by_review(const void *pa, const void *pb)
{
	const struct risk *a = pa, *b = pb;
	int32_t x = date_is(a->due) ? a->due.n : INT32_MAX, y = date_is(b->due) ? b->due.n : INT32_MAX;

	return x != y ? (x > y) - (x < y) : str_cmp(a->no, b->no);
}

static void put_filters(struct call *c, struct risks_view *v, const struct risks *all)
{
	static const struct {
		const char *value, *text;
	} states[] = {
		{"overdue", N_("review overdue")}, {"closed", N_("resolved")}, {"all", N_("all of the register")}};
	struct str level = value_of(&c->values, "level"), unit = value_of(&c->values, "unit");
	struct str state = value_of(&c->values, "state");

	for (size_t i = 0; v->grid && i < c->facts.scheme->grid->ngrades; i++)
		pick(c, &v->level, c->facts.scheme->grid->grades[i].level, c->facts.scheme->grid->grades[i].level,
			level);
	for (size_t i = 0; i < all->n; i++) {
		pick(c, &v->level, all->p[i].level, all->p[i].level, level);
		pick(c, &v->unit, all->p[i].unit, all->p[i].unit, unit);
	}
	for (size_t i = 0; i < LEN(states); i++)
		pick(c, &v->state, str_c(states[i].value), call_say(c, states[i].text), state);
	v->likelihood = value_of(&c->values, "likelihood");
	v->impact = value_of(&c->values, "impact");
	v->narrowed = level.n || unit.n || state.n || v->likelihood.n || v->impact.n;
}

static void put_rows(struct call *c, struct risks_view *v, struct risks all)
{
	struct str level = value_of(&c->values, "level"), unit = value_of(&c->values, "unit");
	struct str state = value_of(&c->values, "state");

	if (all.n)
		qsort(all.p, all.n, sizeof *all.p, by_review);
	for (size_t i = 0; i < all.n; i++) {
		const struct risk *r = &all.p[i];

		if (!in_state(c, r, state) || (level.n && !words_alike(&c->facts, level, r->level)) ||
			(unit.n && !str_eq(unit, r->unit)) ||
			(v->likelihood.n && !words_alike(&c->facts, v->likelihood, r->likelihood)) ||
			(v->impact.n && !words_alike(&c->facts, v->impact, r->impact)))
			continue;
		*ARENA_PUSH(c->arena, v->rows.p, v->rows.n, v->rows.cap) = risk_row(c, r);
		v->overdue += risk_overdue(r, c->on);
	}
	v->n = (int64_t)v->rows.n;
}

static enum err_code send(struct call *c, const struct risks_view *v, struct err *err)
{
	struct str state = list_chosen(&v->state);
	const struct list_only only[] = {{N_("Level of the risk"), list_chosen(&v->level)},
		{N_("Unit"), list_chosen(&v->unit)}, {N_("likelihood"), v->likelihood}, {N_("impact"), v->impact},
		{N_("State"), state.n ? state : call_say(c, N_("in hand"))}};

	return list_send(c, &(struct list_shown){LIST_RISKS, STR_NONE, only, LEN(only), v->rows.p, v->rows.n}, err);
}

enum err_code risks_page(struct call *c, struct err *err)
{
	struct risks_view v = {0};
	struct risks all;

	TRY(call_world(c, err));
	v.frame = call_frame(c, NAV_RISKS, call_say(c, N_("Risks")));
	v.here = url_path("/risks");
	v.all = call_url(c, v.here);
	v.warnings = call_url(c, url_path("/warnings"));
	v.on = c->asked ? c->on : DATE_NONE;
	v.any = knows_risks(c);
	v.may_consult = v.any && risk_may_consult(c);
	v.consult = call_url(c, url_path("/risks/consult"));
	v.done = MAX(value_int(&c->values, "done"), 0);
	v.grid = c->facts.scheme->grid != NULL;
	all = risks_seen(c);
	put_filters(c, &v, &all);
	if (v.grid && v.any) {
		v.matrix = matrix_look(c, &all, call_url(c, v.here), "list", v.likelihood, v.impact);
		put_levels(c, &v, &all, value_of(&c->values, "level"));
	}
	put_rows(c, &v, all);
	if (list_asked(c))
		return send(c, &v, err);
	v.files = list_links(c);
	page_risks(page_begin(c), &v);
	return page_end(c, err);
}
