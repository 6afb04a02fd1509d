/* Inspections: what is planned and what was held. */
#include "text/nfc.h"
#include "web/finding_view.h"
#include "web/pages.h"
#include "web/scope.h"

/* ---- the list ---- */

struct url inspection_url(struct call *c, const struct fact *r)
{
	return call_url(c, url_add(c->arena, url_path("/inspections"),
		arena_printf(c->arena, "%lld", (long long)r->id.seq)));
}

static struct look look_of(const struct inspection *x)
{
	const char *word = state_defs[x->c.state].title;

	if (x->overdue)
		return (struct look){"missed", "t-missed", N_("planned day is past")};
	switch (x->c.state) {
	case STATE_INSPECTION_HELD:
		return (struct look){"met", "t-met", word};
	case STATE_INSPECTION_REPORTED:
		return (struct look){"met", "t-met", word};
	case STATE_INSPECTION_CANCELLED:
		return (struct look){"excused", "t-excused", word};
	default:
		return (struct look){"open", "t-open", word};
	}
}

struct inspection_line inspection_line(struct call *c, const struct inspection *x)
{
	const struct post *lead = x->lead.n ? org_post(&c->world->org, x->lead) : NULL;

	return (struct inspection_line){
		.no = x->no.n ? x->no : arena_printf(c->arena, "%lld", (long long)x->record->id.seq),
		.title = x->record->type->title, .unit = x->unit, .lead = lead ? lead->name : x->lead, .team = x->team,
		.methods = x->methods, .look = look_of(x), .planned = x->planned, .held = x->day,
		.looked = (int64_t)x->looked, .problems = (int64_t)x->problems, .found = (int64_t)x->found,
		.open = (int64_t)x->open, .overdue = x->overdue, .url = inspection_url(c, x->record)};
}

static int year_of(struct call *c)
{
	int64_t year = value_int(&c->values, "year");

	return year < 0 ? date_ymd(c->on).y : (int)MIN(year, (int64_t)9999);
}

static void put_years(struct call *c, struct inspections_view *v, int year)
{
	int this = date_ymd(c->on).y;
	struct str text = arena_printf(c->arena, "%d", this), other = arena_printf(c->arena, "%d", year);

	*ARENA_PUSH(c->arena, v->years.p, v->years.n, v->years.cap) = (struct pick){text, text, year == this};
	*ARENA_PUSH(c->arena, v->years.p, v->years.n, v->years.cap) =
		(struct pick){S("0"), call_say(c, N_("every year")), year == 0};
	if (year && year != this)
		*ARENA_PUSH(c->arena, v->years.p, v->years.n, v->years.cap) = (struct pick){other, other, true};
	v->narrowed = year != this;
}

/* What is planned, then what was held. */
static enum err_code send(struct call *c, const struct inspections_view *v, struct err *err)
{
	const struct list_only only = {N_("Year"), list_chosen(&v->years)};
	struct inspection_lines all = {0};

	for (size_t i = 0; i < v->plan.n + v->held.n; i++)
		*ARENA_PUSH(c->arena, all.p, all.n, all.cap) =
			i < v->plan.n ? v->plan.p[i] : v->held.p[i - v->plan.n];
	return list_send(c, &(struct list_shown){LIST_INSPECTIONS, STR_NONE, &only, 1, all.p, all.n}, err);
}

enum err_code inspections_page(struct call *c, struct err *err)
{
	struct inspections_view v = {.here = url_path("/inspections")};
	struct inspections all;

	TRY(call_world(c, err));
	v.frame = call_frame(c, NAV_FINDINGS, call_say(c, N_("Inspections")));
	v.on = c->asked ? c->on : DATE_NONE;
	v.all = call_url(c, v.here);
	v.findings = call_url(c, url_path("/findings"));
	put_years(c, &v, year_of(c));
	TRY(inspections_load(log_db(c->log), c->arena, &c->facts, c->on, year_of(c), &all, err));
	for (size_t i = 0; i < all.n; i++) {
		const struct inspection *x = &all.p[i];

		if (!finding_seen(c, &x->c, x->record))
			continue;
		if (x->c.state == STATE_INSPECTION_PLANNED)
			*ARENA_PUSH(c->arena, v.plan.p, v.plan.n, v.plan.cap) = inspection_line(c, x);
		else
			*ARENA_PUSH(c->arena, v.held.p, v.held.n, v.held.cap) = inspection_line(c, x);
	}
	for (size_t i = 0; i < v.held.n / 2; i++) {      /* the newest first */
		struct inspection_line t = v.held.p[i];

		v.held.p[i] = v.held.p[v.held.n - 1 - i];
		v.held.p[v.held.n - 1 - i] = t;
	}
	if (list_asked(c))
		return send(c, &v, err);
	v.files = list_links(c);
	for (size_t t = 0; t < c->facts.scheme->ntypes; t++) {
		const struct record_type *type = &c->facts.scheme->types[t];

		if (type->about == ABOUT_INSPECTION && !type->computed && call_may_enter(c, type))
			*ARENA_PUSH(c->arena, v.enter.p, v.enter.n, v.enter.cap) = (struct chip){type->title,
				call_url(c, url_add(c->arena, url_add(c->arena, url_path("/registers"), type->name),
					S("new"))), 0};
	}
	page_inspections(page_begin(c), &v);
	return page_end(c, err);
}
