/* Assessments of a year: what the pages are made from, and the list of units. */
#include "web/assess_of.h"

#include "flow/facts_load.h"
#include "record/adopt.h"
#include "scheme/number.h"
#include "web/pages.h"
#include "web/scope.h"

/* ---- the year ---- */

struct taking {
	struct call *c;
	const struct assess_year *y;
};

/* Facts and figures by the scheme of one of the year's assessments: mostly the world's. */
static enum err_code take(void *ctx, const struct assessment *x, const struct facts **f, const struct figures **figures,
	struct err *err)
{
	const struct taking *t = ctx;
	struct call *c = t->c;
	struct facts_opt opt = {.year = t->y->year, .lang = c->lang};
	struct facts *all = ARENA_NEW(c->arena, struct facts);
	struct figures *g = ARENA_NEW(c->arena, struct figures);
	struct scheme *s;

	*f = all;
	*figures = g;
	if (!x || !memcmp(x->digest.b, t->y->digest.b, HASH_BYTES)) {
		*all = facts_for(&c->world->facts, c->arena);
		*g = figures_for(&c->world->figures, all);
		return OK;
	}
	s = ARENA_NEW(c->arena, struct scheme);
	TRY(assessment_scheme(c->log, log_db(c->log), c->arena, x, t->y->year, s, err));
	TRY(facts_load(c->arena, log_db(c->log), s, &c->world->org, opt, all, err));
	return figures_on(all, c->on, g, err);
}

enum err_code assess_year(struct call *c, struct assess_year *out, struct err *err)
{
	struct taking t = {c, out};
	struct db *db = log_db(c->log);

	*out = (struct assess_year){.year = c->world->facts.year};
	TRY(assessments_of_year(db, c->arena, out->year, &out->all, err));
	TRY(scheme_digest_of_year(db, c->arena, out->year, &out->digest, err));
	c->facts = facts_for(&c->world->facts, c->arena);
	c->figures = figures_for(&c->world->figures, &c->facts);
	TRY(flow_load(db, c->arena, FLOW_APPEAL, DATE_NONE, &out->appeals, err));
	return assess_year_rows(c->arena, &out->all, &out->digest, take, &t, &out->rows, &out->n, err);
}

const struct assess_row *assess_row_of(const struct assess_year *y, const struct unit *unit)
{
	for (size_t i = 0; i < y->n; i++)
		if (y->rows[i].unit == unit)
			return &y->rows[i];
	return NULL;
}

const struct assessment *assess_opened(const struct assess_year *y, int64_t seq, size_t *at)
{
	for (size_t i = 0; i < y->all.n; i++)
		if (y->all.p[i].id.seq == seq) {
			*at = i;
			return &y->all.p[i];
		}
	return NULL;
}

bool assess_sees(const struct call *c, const struct unit *unit)
{
	return call_sees_all(c) || (unit && call_sees_unit(c, unit->code));
}

struct str assess_code(const struct call *c, const struct unit *unit)
{
	return unit ? unit->code : c->world->org.office.code;
}

struct url assess_url(struct call *c, struct str code)
{
	return call_url(c, url_add(c->arena, url_path("/assess"), code));
}

/* ---- one ---- */

/* The sheet as if the unit's own scores were the assessor's: those by hand, and those that follow from its records. */
static void by_self(struct call *c, const struct facts *f, const struct figures *figures, struct assess_one *out)
{
	const struct assess *p = out->sheet.plan;
	struct { struct assess_mark *p; size_t n, cap; } own = {0};
	struct assess_inputs in = {0};

	for (size_t i = 0; i < p->nsections; i++)
		for (size_t k = 0; k < p->sections[i].nitems; k++) {
			const struct assess_mark *self = out->sheet.sections[i].items[k].self;
			struct assess_mark *to;

			if (!self)
				continue;
			to = ARENA_PUSH(c->arena, own.p, own.n, own.cap);
			*to = *self;
			to->confirmed = true;
		}
	in.scores = own.p;
	in.nscores = out->nselfs = own.n;
	assess_on(f, figures, out->unit, &in, NULL, 0, &out->self);
}

/* Which of the year's is it? */
static const struct assess_row *find(struct call *c, struct assess_one *out, struct str code)
{
	for (size_t i = 0; i < out->y.n; i++)
		if (str_eq(assess_code(c, out->y.rows[i].unit), code))
			return &out->y.rows[i];
	return NULL;
}

static void put_opened(struct assess_one *out)
{
	for (size_t i = 0; i < out->y.all.n; i++)
		if (str_eq(out->y.all.p[i].unit, out->unit ? out->unit->code : STR_NONE)) {
			out->opened = &out->y.all.p[i];
			out->inputs = out->y.all.inputs[i];
		}
	for (size_t i = 0; out->opened && out->opened->settled && i < out->inputs.nscores; i++)
		out->again |= out->inputs.scores[i].event > out->opened->settled_seq &&
			out->inputs.scores[i].confirmed;
	out->settled = out->opened && out->opened->settled && !out->again;
}

enum err_code assess_one(struct call *c, struct str code, struct assess_one *out, struct err *err)
{
	struct assess_year y;

	TRY(assess_year(c, &y, err));
	return assess_one_of(c, &y, code, out, err);
}

enum err_code assess_one_of(struct call *c, const struct assess_year *y, struct str code, struct assess_one *out,
	struct err *err)
{
	const struct assess_row *row;
	struct date on;

	*out = (struct assess_one){.code = code, .y = *y};
	row = find(c, out, code);
	if (!row || !assess_sees(c, row->unit))
		return fail(err, ERR_NOT_FOUND, "there is no assessment of '" STR_FMT "'", STR_ARG(code));
	out->unit = row->unit;
	out->name = row->unit ? row->unit->name : c->world->org.office.name;
	out->plan = row->sheet.plan;
	out->grade = assess_row_grade(row);
	out->sheet = row->sheet;
	c->facts = *row->facts;
	c->figures = figures_for(row->figures, &c->facts);
	put_opened(out);
	on = out->opened && out->opened->settled && !c->asked ? out->opened->settled_on : c->on;
	if (!date_eq(on, c->on)) {       /* what was settled is shown as of its day */
		TRY(figures_on(&c->facts, on, &c->figures, err));
		out->y.rows = assess_rows_with(&c->facts, &c->figures, &out->y.all, &out->y.n);
		row = find(c, out, code);
		if (!row)
			return fail(err, ERR_NOT_FOUND, "there is no assessment of '" STR_FMT "'", STR_ARG(code));
		out->grade = assess_row_grade(row);
		out->sheet = row->sheet;
	}
	by_self(c, &c->facts, &c->figures, out);
	return OK;
}

/* ---- the list ---- */

static int64_t appeals_of(const struct assess_year *y, const struct assessment *x)
{
	int64_t n = 0, of;
	struct str item;

	for (size_t i = 0; x && i < y->appeals.n; i++)
		n += flow_open_state(y->appeals.p[i].state) && appeal_about(y->appeals.p[i].about, &of, &item) &&
			of == x->id.seq;
	return n;
}

static int64_t waiting_of(const struct assess_sheet *s)
{
	int64_t n = 0;

	for (size_t i = 0; i < s->plan->nsections; i++)
		for (size_t k = 0; k < s->sections[i].section->nitems; k++)
			n += (int64_t)assess_waiting(&s->sections[i].items[k]);
	return n;
}

struct look assess_state(const struct assess_one *x, int64_t *waiting, int64_t *appeals)
{
	*waiting = waiting_of(&x->sheet);
	*appeals = appeals_of(&x->y, x->opened);
	if (!x->opened)
		return (struct look){"upcoming", "t-upcoming", N_("not opened")};
	if (*waiting)
		return (struct look){"unproved", "t-late", N_("a second person is awaited")};
	if (*appeals)
		return (struct look){"due", "t-due", N_("an appeal runs")};
	if (x->again)
		return (struct look){"due", "t-due", N_("scored anew, to be settled again")};
	if (x->settled)
		return (struct look){"met", "t-met", N_("settled")};
	return (struct look){"open", "t-open", N_("being scored")};
}

static void put_row(struct call *c, struct assess_view *v, struct assess_one *x, const struct assess_row *r)
{
	struct assess_unit_row *row;

	x->unit = r->unit;
	x->opened = NULL;
	x->again = x->settled = false;
	x->inputs = (struct assess_inputs){0};
	x->sheet = r->sheet;
	put_opened(x);
	by_self(c, r->facts, r->figures, x);
	row = ARENA_PUSH(c->arena, v->rows.p, v->rows.n, v->rows.cap);
	*row = (struct assess_unit_row){.name = r->unit ? r->unit->name : c->world->org.office.name,
		.full = thousandths_text(c->arena, r->sheet.full),
		.total = thousandths_text(c->arena, x->settled ? x->opened->total : r->sheet.part.got),
		.grade = x->settled ? x->opened->grade
			: assess_row_grade(r),
		.settled_on = x->settled ? call_day(c, x->opened->settled_day) : STR_NONE,
		.quota = r->quota && !x->settled,
		.url = assess_url(c, assess_code(c, r->unit))};
	if (x->nselfs)
		row->self = thousandths_text(c->arena, x->self.part.got);
	row->look = assess_state(x, &row->waiting, &row->appeals);
	v->selfs |= x->nselfs > 0;
	v->graded |= r->sheet.plan->ngrades > 0;
	v->appeals += row->appeals;
}

enum err_code assess_page(struct call *c, struct err *err)
{
	struct assess_one x = {0};
	struct assess_view v = {0};
	const struct assess *p;

	TRY(call_world(c, err));
	TRY(assess_year(c, &x.y, err));
	if (x.y.n == 1 && !x.y.rows[0].unit && call_sees_all(c))
		return assess_show(c, &x.y, c->world->org.office.code, STR_NONE, NULL, err);
	p = c->facts.scheme->assessment;
	v.office = !p->unit_kind.n;
	v.made = p->made;
	v.title = p->title;
	v.year = arena_printf(c->arena, "%d", x.y.year);
	for (size_t i = 0; i < x.y.n; i++)
		if (assess_sees(c, x.y.rows[i].unit))
			put_row(c, &v, &x, &x.y.rows[i]);
	if (list_asked(c))
		return list_send(c, &(struct list_shown){LIST_ASSESS, .rows = v.rows.p, .n = v.rows.n}, err);
	v.files = list_links(c);
	v.frame = call_frame(c, NAV_ASSESS, call_say(c, N_("Assessment")));
	page_assess(page_begin(c), &v);
	return page_end(c, err);
}
