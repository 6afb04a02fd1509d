/* One finding: its days and measures, where it came from, its steps. */
#include "web/finding_view.h"
#include "web/pages.h"
#include "web/scope.h"

/* ---- one ---- */

static void put_days(struct call *c, struct finding_one *v, const struct finding *x)
{
	const struct {
		const char *title;
		struct date day;
	} days[] = {{N_("Found"), x->found}, {N_("Fed back"), x->fed_back}, {N_("To be put right by"), x->c.limit},
		{N_("Put right"), x->done}, {N_("Closed with a number"), x->closed}, {N_("Re-check"), x->c.next}};

	for (size_t i = 0; i < LEN(days); i++)
		if (date_is(days[i].day))
			*ARENA_PUSH(c->arena, v->days.p, v->days.n, v->days.cap) =
				(struct rate_line){call_say(c, days[i].title), call_day(c, days[i].day), STR_NONE};
}

static void put_measures(struct call *c, struct finding_one *v, const struct finding *x)
{
	struct measures m = measures_of(c->arena, &x->c, c->on);

	for (size_t i = 0; i < m.n; i++) {
		const struct post *p = m.p[i].post.n ? org_post(&c->world->org, m.p[i].post) : NULL;

		*ARENA_PUSH(c->arena, v->measures.p, v->measures.n, v->measures.cap) = (struct measure_line){
			.no = m.p[i].no, .post = p ? p->name : m.p[i].post, .text = m.p[i].text, .due = m.p[i].due,
			.done = m.p[i].done, .overdue = m.p[i].overdue, .width = m.p[i].progress,
			.percent = arena_printf(c->arena, "%lld%%", (long long)m.p[i].progress)};
	}
}

SQL(finding_inspection_sql, "select subject from p_inspected where origin = ?1 and finding = ?2 order by seq limit 1");

/* The inspection that it names, or that it was made of. */
static enum err_code put_inspection(struct call *c, struct finding_one *v, const struct finding *x, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	const struct fact *i = NULL;
	struct str no = STR_NONE;

	for (size_t k = 0; k < x->record->type->nfields && !i; k++) {
		const struct field *f = &x->record->type->fields[k];

		if (f->link_type && f->link_type->about == ABOUT_INSPECTION)
			i = fact_linked(&c->facts, x->record, f, c->on);
		if (i)
			no = datum_text(c->arena, c->lang, fact_value(&c->facts, x->record, f, c->on));
	}
	if (!i) {
		TRY(db_query(log_db(c->log), &finding_inspection_sql, ARGS(V_ID(x->record->id)), &q, err));
		if (query_next(&q, err))
			i = call_record(c, query_int(&q, 0));
		TRY(err->code);
	}
	if (!i || !call_sees(c, i))
		return OK;
	v->has_inspection = true;
	v->inspection_no = no.n ? no : record_line(c, i).title;
	v->inspection = call_url(c, url_add(c->arena, url_path("/inspections"),
		arena_printf(c->arena, "%lld", (long long)i->id.seq)));
	return OK;
}

static enum err_code find(struct call *c, struct findings *all, const struct finding **out, struct err *err)
{
	int64_t seq = value_int(&c->values, "id");

	TRY(call_world(c, err));
	TRY(findings_seen(c, STR_NONE, 0, all, err));
	*out = finding_of(all, (struct id){1, seq});
	return *out ? OK : fail(err, ERR_NOT_FOUND, "no finding %lld", (long long)seq);
}

static enum err_code show(struct call *c, const struct findings *all, const struct finding *x, struct str wrong,
	struct err *err)
{
	struct str done = c->req->method == HTTP_GET ? value_of(&c->values, "done") : STR_NONE;
	struct str id = arena_printf(c->arena, "%lld", (long long)x->record->id.seq);
	struct recurrences again = recurrences_of(c->arena, all, c->facts.scheme->recurrence);
	struct finding_one v = {.line = finding_line(c, x, c->on), .wrong = flow_say(c, FLOW_FINDING, wrong)};
	int move;

	v.frame = call_frame(c, NAV_FINDINGS, arena_printf(c->arena, STR_FMT " " STR_FMT,
		STR_ARG(call_say(c, N_("Finding"))), STR_ARG(v.line.no)));
	if (flow_move_named(FLOW_FINDING, done, &move))
		v.done = move_defs[move].title;
	v.list = call_url(c, url_path("/findings"));
	v.record = call_url(c, url_add(c->arena, url_path("/records"), id));
	put_said(c, x->record, &v.fields.p, &v.fields.n, &v.fields.cap);
	put_days(c, &v, x);
	put_measures(c, &v, x);
	TRY(put_inspection(c, &v, x, err));
	for (size_t i = 0; i < again.n; i++)
		if (again.p[i].before == x || again.p[i].again == x)
			put_recurrence(c, &v.again, &again.p[i]);
	TRY(flow_panel(c, &x->c, x->record->type, finding_url(c, x->record), &v.panel, err));
	page_finding(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code finding_page(struct call *c, struct err *err)
{
	const struct finding *x;
	struct findings all;

	TRY(find(c, &all, &x, err));
	return show(c, &all, x, STR_NONE, err);
}

enum err_code finding_post(struct call *c, struct err *err)
{
	const struct finding *x;
	struct findings all;
	struct str wrong;

	TRY(find(c, &all, &x, err));
	if (flow_take(c, &x->c, err) == OK)
		return call_go(c, url_query(c->arena, finding_url(c, x->record), "done",
			value_of(&c->values, "do")), err);
	if (!flow_any_right(c, &x->c) || err->code == ERR_NOT_FOUND)
		return err->code;
	wrong = call_refused(c, err);
	return wrong.n ? show(c, &all, x, wrong, err) : err->code;
}
