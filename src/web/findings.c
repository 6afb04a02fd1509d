/* Findings: the list with what is overdue, their ages, rates and recurrences. */
#include "web/finding_view.h"
#include "web/pages.h"
#include "web/scope.h"

enum { LINES_A_PAGE = 100 };

/* ---- one line ---- */

static const struct {
	int state;
	const char *shape, *tone;
} looks[] = {
	{STATE_FINDING_DISPUTED, "due", "t-late"}, {STATE_FINDING_PLANNED, "due", "t-open"},
	{STATE_FINDING_EXTENSION, "due", "t-open"}, {STATE_FINDING_DONE, "unproved", "t-late"},
	{STATE_FINDING_RETURNED, "due", "t-late"}, {STATE_FINDING_VERIFIED, "unproved", "t-met"},
	{STATE_FINDING_CLOSED, "met", "t-met"}, {STATE_FINDING_STANDING, "due", "t-open"},
	{STATE_FINDING_RECHECKED, "met", "t-met"}, {STATE_FINDING_REOPENED, "due", "t-late"},
	{STATE_FINDING_DROPPED, "excused", "t-excused"},
};

struct look finding_look(const struct finding *x)
{
	struct look look = {"open", "t-open", state_defs[x->c.state].title};

	for (size_t i = 0; i < LEN(looks); i++)
		if (looks[i].state == x->c.state)
			look = (struct look){looks[i].shape, looks[i].tone, look.word};
	if (x->overdue)
		look = (struct look){"missed", "t-missed", look.word};
	else if (x->late && look.tone[2] == 'm')
		look = (struct look){"late", "t-late", look.word};
	return look;
}

struct str finding_remark(struct call *c, const struct finding *x, struct date on)
{
	if (x->overdue)
		return arena_printf(c->arena, tr(c->lang, N_("overdue by %d days")), x->days_late);
	if (x->late)
		return arena_printf(c->arena, tr(c->lang, N_("%d days late")), x->days_late);
	if (x->soon)
		return arena_printf(c->arena, tr(c->lang, N_("due in %d days")), x->c.due.n - on.n);
	return x->recheck ? call_say(c, N_("to be checked again")) : STR_NONE;
}

struct url finding_url(struct call *c, const struct fact *r)
{
	return call_url(c, url_add(c->arena, url_path("/findings"),
		arena_printf(c->arena, "%lld", (long long)r->id.seq)));
}

struct finding_line finding_line(struct call *c, const struct finding *x, struct date on)
{
	int64_t percent = finding_percent(c->arena, x, on);

	return (struct finding_line){
		.no = x->no.n ? x->no : arena_printf(c->arena, "%lld", (long long)x->record->id.seq),
		.what = x->what, .unit = x->unit, .level = x->c.level, .source = x->source, .look = finding_look(x),
		.found = x->found, .due = flow_open_state(x->c.state) ? x->c.due : x->c.limit,
		.remark = finding_remark(c, x, on), .overdue = x->overdue, .width = MAX(percent, 0),
		.percent = percent < 0 ? STR_NONE : arena_printf(c->arena, "%lld%%", (long long)percent),
		.url = finding_url(c, x->record)};
}

bool finding_seen(const struct call *c, const struct flow_case *x, const struct fact *r)
{
	return call_sees_all(c) || (x->unit.n && call_sees_unit(c, x->unit)) || call_sees(c, r);
}

void put_said(struct call *c, const struct fact *r, struct said_field **p, size_t *n, size_t *cap)
{
	const struct node *raw = fact_raw(&c->facts, r);

	for (size_t i = 0; i < r->type->nfields; i++) {
		const struct field *f = &r->type->fields[i];
		const struct node *written = raw ? node_get(raw, f->name) : NULL;
		struct str text = written && written->kind == NODE_TEXT
			? written->text : datum_text(c->arena, c->lang, fact_value(&c->facts, r, f, c->on));

		if (text.n)
			*ARENA_PUSH(c->arena, *p, *n, *cap) =
				(struct said_field){f->title.n ? f->title : f->name, text, written != NULL};
	}
}

/* Those that he sees, of a unit and those below it. */
enum err_code findings_seen(struct call *c, struct str unit, int year, struct findings *out, struct err *err)
{
	struct finding_ask ask = {.on = c->on, .year = year, .unit = unit};
	size_t n = 0;

	if (c->world->known)
		findings_of(c->arena, &c->facts, &c->world->flows, &ask, out);
	else
		TRY(findings_load(log_db(c->log), c->arena, &c->facts, &ask, out, err));
	for (size_t i = 0; i < out->n; i++)
		if (finding_seen(c, &out->p[i].c, out->p[i].record))
			out->p[n++] = out->p[i];
	out->n = n;
	return OK;
}

/* ---- rates, recurrences ---- */

static void rate(struct call *c, struct findings_view *v, const char *title, size_t part, size_t of)
{
	int64_t permille = finding_permille(part, of);

	*ARENA_PUSH(c->arena, v->rates.p, v->rates.n, v->rates.cap) = (struct rate_line){call_say(c, title),
		permille < 0 ? S("—") : arena_printf(c->arena, "%lld.%lld%%", (long long)permille / 10,
			(long long)permille % 10),
		arena_printf(c->arena, "%zu ÷ %zu", part, of)};
}

static void put_rates(struct call *c, struct findings_view *v, const struct finding_rates *r)
{
	int64_t tenths = r->timed ? (r->days * 20 + (int64_t)r->timed) / (2 * (int64_t)r->timed) : 0;

	rate(c, v, N_("Closed, of those to be put right"), r->closed, r->owed);
	rate(c, v, N_("Put right in time, of those closed with a day"), r->in_time, r->dated);
	*ARENA_PUSH(c->arena, v->rates.p, v->rates.n, v->rates.cap) = (struct rate_line){
		call_say(c, N_("Days from finding to closure")),
		r->timed ? arena_printf(c->arena, "%lld.%lld", (long long)tenths / 10, (long long)tenths % 10) : S("—"),
		arena_printf(c->arena, "%lld ÷ %zu", (long long)r->days, r->timed)};
	rate(c, v, N_("Come back, of those found"), r->recurred, r->found);
	v->open = (int64_t)r->open;
	v->late = (int64_t)r->overdue;
	v->soon = (int64_t)r->soon;
	v->closed = (int64_t)r->closed;
}

struct str finding_name(struct call *c, const struct finding *x)
{
	return x->no.n ? x->no : arena_printf(c->arena, "%lld", (long long)x->record->id.seq);
}

void put_recurrence(struct call *c, struct recur_lines *out, const struct recurrence *x)
{
	static const char *const kinds[] = {N_("same unit"), N_("another unit"), N_("reopened")};

	*ARENA_PUSH(c->arena, out->p, out->n, out->cap) = (struct recur_line){.cause = x->cause,
		.kind = call_say(c, kinds[x->kind]), .unit = x->again->unit, .closed = x->closed, .found = x->found,
		.days = x->days < 0 ? STR_NONE : arena_printf(c->arena, "%d", x->days),
		.before = finding_name(c, x->before), .again = finding_name(c, x->again),
		.before_url = finding_url(c, x->before->record), .again_url = finding_url(c, x->again->record)};
}

/* ---- narrowed ---- */

struct narrow {
	struct str state, unit, source;
	bool overdue, alone;           /* alone: not those of the units below */
	int year, age;                 /* age: a band of the open ones, from 1; 0: any */
};

static struct narrow narrow_of(struct call *c)
{
	struct narrow n = {.state = value_of(&c->values, "state"), .unit = value_of(&c->values, "unit"),
		.source = value_of(&c->values, "source"), .overdue = value_flag(&c->values, "overdue"),
		.alone = value_flag(&c->values, "alone"),
		.age = (int)MIN(MAX(value_int(&c->values, "age"), (int64_t)0), (int64_t)AGE_ANY)};
	int64_t year = value_int(&c->values, "year");

	n.year = year < 0 ? date_ymd(c->on).y : (int)MIN(year, (int64_t)9999);
	return n;
}

/* "open" and "closed" are several states. */
static bool in_state(const struct finding *x, struct str state)
{
	if (!state.n || str_is(state, state_defs[x->c.state].name))
		return true;
	if (str_is(state, "open"))
		return flow_open_state(x->c.state);
	return false;
}

static bool wanted(const struct finding *x, const struct narrow *n)
{
	return in_state(x, n->state) && (!n->overdue || x->overdue) &&
	       (!n->source.n || str_eq(x->source, n->source)) && (!n->alone || str_eq(x->c.unit, n->unit)) &&
	       (!n->age || (finding_owed_open(x) && (n->age == AGE_ANY || finding_band(x) + 1 == (size_t)n->age)));
}

static void offer(struct call *c, struct picks *to, struct str value, struct str text, struct str chosen)
{
	for (size_t i = 0; i < to->n; i++)
		if (str_eq(to->p[i].value, value))
			return;
	*ARENA_PUSH(c->arena, to->p, to->n, to->cap) = (struct pick){value, text, str_eq(value, chosen)};
}

static void put_filters(struct call *c, struct findings_view *v, const struct findings *all, const struct narrow *n)
{
	const struct org *org = &c->world->org;
	struct str this = arena_printf(c->arena, "%d", date_ymd(c->on).y);
	struct str year = arena_printf(c->arena, "%d", n->year);

	offer(c, &v->states, S("open"), call_say(c, N_("all that are open")), n->state);
	for (int s = flow_defs[FLOW_FINDING].first_state; s < flow_state_end(FLOW_FINDING); s++)
		offer(c, &v->states, str_c(state_defs[s].name), call_say(c, state_defs[s].title), n->state);
	for (size_t i = 0; i < org->nunits; i++)
		if (call_sees_all(c) || call_sees_unit(c, org->units[i].code))
			offer(c, &v->units, org->units[i].code, org->units[i].name, n->unit);
	for (size_t i = 0; i < all->n; i++)
		if (all->p[i].source.n)
			offer(c, &v->sources, all->p[i].source, all->p[i].source, n->source);
	offer(c, &v->years, this, this, year);
	offer(c, &v->years, S("0"), call_say(c, N_("every year")), year);
	if (n->year && !str_eq(this, year))
		offer(c, &v->years, year, year, year);
	v->overdue = n->overdue;
	v->alone = n->alone;
	v->age = n->age;
	if (n->age)
		v->age_text = n->age == AGE_ANY ? call_say(c, N_("any number of days"))
			: finding_band_text(c->arena, c->lang, (size_t)n->age - 1);
	v->narrowed = n->state.n || n->unit.n || n->source.n || n->overdue || n->age || !str_eq(this, year);
}

static struct url page_url(struct call *c, const struct narrow *n, int64_t page)
{
	struct url u = call_url(c, url_path("/findings"));

	if (n->state.n)
		u = url_query(c->arena, u, "state", n->state);
	if (n->unit.n)
		u = url_query(c->arena, u, "unit", n->unit);
	if (n->source.n)
		u = url_query(c->arena, u, "source", n->source);
	if (n->overdue)
		u = url_query(c->arena, u, "overdue", S("1"));
	if (n->alone)
		u = url_query(c->arena, u, "alone", S("1"));
	if (n->age)
		u = url_query(c->arena, u, "age", arena_printf(c->arena, "%d", n->age));
	if (n->year != date_ymd(c->on).y)
		u = url_query(c->arena, u, "year", arena_printf(c->arena, "%d", n->year));
	return page > 1 ? url_query(c->arena, u, "page", arena_printf(c->arena, "%lld", (long long)page)) : u;
}

/* The newest first. */
static void put_rows(struct call *c, struct findings_view *v, const struct findings *all, const struct narrow *n)
{
	const struct finding **list = ARENA_ARRAY(c->arena, const struct finding *, all->n);
	int64_t pages, page, length = LINES_A_PAGE;
	size_t many = 0;

	for (size_t i = all->n; i-- > 0;)
		if (wanted(&all->p[i], n))
			list[many++] = &all->p[i];
	if (list_asked(c))
		length = MAX((int64_t)many, (int64_t)1);
	pages = MAX(((int64_t)many + length - 1) / length, 1);
	page = MIN(MAX(value_int(&c->values, "page"), 1), pages);
	v->n = (int64_t)many;
	v->from = many ? (page - 1) * length + 1 : 0;
	v->to = MIN(page * length, v->n);
	v->has_before = page > 1;
	v->has_after = page < pages;
	v->before = page_url(c, n, page - 1);
	v->after = page_url(c, n, page + 1);
	for (int64_t i = v->from; v->from && i <= v->to; i++)
		*ARENA_PUSH(c->arena, v->rows.p, v->rows.n, v->rows.cap) = finding_line(c, list[i - 1], c->on);
}

static enum err_code send(struct call *c, const struct findings_view *v, struct err *err)
{
	const struct list_only only[] = {{N_("State"), list_chosen(&v->states)}, {N_("Unit"), list_chosen(&v->units)},
		{NULL, v->alone ? call_say(c, N_("without the units below it")) : STR_NONE},
		{N_("Source"), list_chosen(&v->sources)}, {N_("Year"), list_chosen(&v->years)},
		{NULL, v->overdue ? call_say(c, N_("overdue only")) : STR_NONE},
		{N_("Open since it was found"), v->age_text}};

	return list_send(c, &(struct list_shown){LIST_FINDINGS, STR_NONE, only, LEN(only), v->rows.p, v->rows.n}, err);
}

/* Where a new one is entered. */
static void put_enter(struct call *c, struct findings_view *v)
{
	for (size_t t = 0; t < c->facts.scheme->ntypes; t++) {
		const struct record_type *type = &c->facts.scheme->types[t];
		struct url u = url_add(c->arena, url_add(c->arena, url_path("/registers"), type->name), S("new"));

		if (type->about == ABOUT_FINDING && !type->computed && call_may_enter(c, type))
			*ARENA_PUSH(c->arena, v->enter.p, v->enter.n, v->enter.cap) =
				(struct chip){type->title, call_url(c, u), 0};
	}
}

enum err_code findings_page(struct call *c, struct err *err)
{
	struct findings_view v = {.here = url_path("/findings")};
	struct recurrences again;
	struct finding_rates r;
	struct findings all;
	struct narrow n;

	TRY(call_world(c, err));
	n = narrow_of(c);
	v.frame = call_frame(c, NAV_FINDINGS, call_say(c, N_("Findings")));
	v.on = c->asked ? c->on : DATE_NONE;
	v.all = call_url(c, v.here);
	v.inspections = call_url(c, url_path("/inspections"));
	TRY(findings_seen(c, n.unit, n.year, &all, err));
	v.any = all.n > 0;
	again = recurrences_of(c->arena, &all, c->facts.scheme->recurrence);
	r = finding_rates(&all, &again);
	put_filters(c, &v, &all, &n);
	put_rows(c, &v, &all, &n);
	if (list_asked(c))
		return send(c, &v, err);
	v.files = list_links(c);
	v.ages = finding_ages_chart(c, &all, n.year == date_ymd(c->on).y ? v.all :
		url_query(c->arena, v.all, "year", arena_printf(c->arena, "%d", n.year)), n.unit, n.year);
	put_rates(c, &v, &r);
	for (size_t i = again.n; i-- > 0;)
		put_recurrence(c, &v.again, &again.p[i]);
	put_enter(c, &v);
	page_findings(page_begin(c), &v);
	return page_end(c, err);
}
