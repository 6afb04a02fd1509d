/* The report on a page, each figure a link to what it came from; and the figures by themselves. */
#include "web/report_view.h"

#include "web/pages.h"

/* ---- figures ---- */

const struct figure_view *figure_view(struct call *c, struct str name, struct url close)
{
	const struct figure_result *whole;
	const struct figure_value *part = figure_find(&c->figures, name, &whole);
	struct figure_view *v = ARENA_NEW(c->arena, struct figure_view);
	const struct fact_list *facts;

	if (!part)
		return NULL;
	facts = part != &whole->value && part->has_facts ? &part->facts : &whole->facts;
	v->name = name;
	v->title = figure_title(c->arena, whole, part);
	v->titled = !str_eq(v->title, name);
	v->value = figure_text(c->arena, part);
	v->rule = figure_rule(whole->figure);
	v->n = (int64_t)facts->n;
	v->close = close;
	v->records = ARENA_NEW(c->arena, struct record_lines);
	for (size_t i = 0; i < MIN(facts->n, (size_t)BEHIND_SHOWN); i++)
		*ARENA_PUSH(c->arena, v->records->p, v->records->n, v->records->cap) =
			record_line(c, facts->p[i]);
	return v;
}

/* An address that keeps the day; within the report also the event that it is as known at. */
static struct url known_url(struct call *c, const char *page)
{
	struct url u = call_url(c, url_path(page));

	if (!c->known || !str_is(str_c(page), "/report"))
		return u;
	return url_query(c->arena, u, "known", arena_printf(c->arena, "%lld", (long long)c->known));
}

struct url figure_url(struct call *c, const char *page, struct str name)
{
	return url_at(c->arena, url_query(c->arena, known_url(c, page), "figure", name), S("behind"));
}

enum err_code figures_page(struct call *c, struct err *err)
{
	struct str open = value_of(&c->values, "figure");
	struct figures_view v = {0};

	TRY(call_world(c, err));
	v.frame = call_frame(c, NAV_FIGURES, call_say(c, N_("Figures")));
	v.rows.p = ARENA_ARRAY(c->arena, struct figure_row, c->figures.n);
	for (v.rows.n = 0; v.rows.n < c->figures.n; v.rows.n++) {
		const struct figure_result *r = &c->figures.p[v.rows.n];

		v.rows.p[v.rows.n] = (struct figure_row){.name = r->name,
			.title = r->title,
			.value = figure_text(c->arena, &r->value),
			.rule = figure_rule(r->figure),
			.n = (int64_t)r->facts.n,
			.current = str_eq(r->name, open),
			.url = figure_url(c, "/figures", r->name)};
	}
	if (list_asked(c))
		return list_send(c, &(struct list_shown){LIST_FIGURES, .rows = v.rows.p, .n = v.rows.n}, err);
	v.files = list_links(c);
	if (open.n && !(v.open = figure_view(c, open, call_url(c, url_path("/figures")))))
		return fail(err, ERR_NOT_FOUND, "there is no figure '%s'", arena_str(c->arena, open).p);
	v.frame->behind = v.open != NULL;
	page_figures(page_begin(c), &v);
	return page_end(c, err);
}

/* ---- the report ---- */

struct url report_url(struct call *c, struct str place)
{
	struct url u = known_url(c, "/report");

	return place.n ? url_at(c->arena, u, place) : u;
}

struct str call_on(struct call *c)
{
	char text[DATE_TEXT];

	return c->asked ? arena_str(c->arena, date_text(c->on, text)) : STR_NONE;
}

/* The world as it was known at c->known in place of the call's. */
static enum err_code take_known(struct call *c, enum lang lang, struct err *err)
{
	world_drop(c->worlds, &c->world);
	TRY(world_take_known(c->worlds, c->log, &c->head, c->known, c->on, lang, &c->world, err));
	c->facts = facts_for(&c->world->facts, c->arena);
	c->figures = figures_for(&c->world->figures, &c->facts);
	return OK;
}

enum err_code call_known(struct call *c, struct err *err)
{
	return c->known ? take_known(c, c->lang, err) : OK;
}

/* The world whose labels speak the report's language, whatever the page does. */
static enum err_code take_spoken(struct call *c, enum lang lang, struct err *err)
{
	enum lang own = c->lang;
	enum err_code code;

	world_drop(c->worlds, &c->world);
	c->lang = lang;
	code = call_world(c, err);
	c->lang = own;
	if (code == OK && c->known)
		code = take_known(c, lang, err);
	return code;
}

enum err_code call_report(struct call *c, struct report_opt opt, struct report *out, struct err *err)
{
	TRY(take_spoken(c, LANG_ZH, err));
	if (scheme_lang(c->facts.scheme) != LANG_ZH)
		TRY(take_spoken(c, scheme_lang(c->facts.scheme), err));
	opt.lang = c->lang;
	opt.flows = c->known ? &c->world->flows : NULL;
	opt.db = log_db(c->log);
	opt.decisions = &c->world->decisions;
	opt.paper = &c->world->paper;
	opt.known = c->known;
	return report_compose(&c->figures, &c->world->narrative, opt, out, err);
}

/* The first of what waits for a person, and how much of it there is. */
static void count_open(struct report_view *v)
{
	for (size_t i = 0; i < v->blocks.n; i++) {
		const struct block_view *b = &v->blocks.p[i];

		if (b->own && !b->paras.n && !v->unwritten++)
			v->first_unwritten = b->own->id;
		for (size_t k = 0; k < b->problems.n; k++)
			if (!b->problems.p[k].accepted && !b->problems.p[k].dropped && !v->undecided++)
				v->first_undecided = b->problems.p[k].id;
	}
}

/* Is there something to be looked at, written or decided? Headings stay, so that one sees where. */
static bool waits(const struct block_view *b)
{
	for (size_t i = 0; i < b->paras.n; i++)
		if (b->paras.p[i].findings.n || b->paras.p[i].level)
			return true;
	for (size_t i = 0; i < b->problems.n; i++)
		if (!b->problems.p[i].accepted && !b->problems.p[i].dropped)
			return true;
	return b->own && (!b->paras.n || b->own->form);
}

static void keep_waiting(struct report_view *v)
{
	size_t n = 0;

	for (size_t i = 0; i < v->blocks.n; i++)
		if (waits(&v->blocks.p[i]))
			v->blocks.p[n++] = v->blocks.p[i];
	v->blocks.n = n;
}

enum err_code report_show(struct call *c, const struct report_asked *asked, struct err *err)
{
	struct report_view v = {0};
	struct report r;

	TRY(call_world(c, err));
	if (!c->facts.scheme->report) {
		page_report_none(page_begin(c), call_frame(c, NAV_REPORT, call_say(c, N_("Report"))));
		return page_end(c, err);
	}
	TRY(call_report(c, (struct report_opt){0}, &r, err));
	v.frame = call_frame(c, NAV_REPORT, call_say(c, N_("Report")));
	if (c->req->method == HTTP_POST)
		v.frame->carry.n = 0;
	v.on = call_on(c);
	v.known = c->known;
	v.now = call_url(c, url_path("/report"));
	v.may_edit = !c->known && call_may(c, ACT_NARRATIVE_EDIT);
	v.may_decide = !c->known && call_may(c, ACT_PROBLEM_DECIDE);
	v.may_export = call_may(c, ACT_REPORT_EXPORT);
	TRY(put_text(c, &v, &r, asked, err));
	TRY(put_approved(c, &v, &r, err));
	count_open(&v);
	v.only = asked->only;
	v.other = report_url(c, STR_NONE);
	if (v.only)
		keep_waiting(&v);
	else
		v.other = url_query(c->arena, v.other, "only", S("1"));
	if (v.may_export)
		put_exports(c, &v, &r);
	if (asked->edit.n && v.may_edit)
		v.cite = cite_view(c, &r, asked->edit);
	else if (asked->figure.n && !(v.open = figure_view(c, asked->figure, report_url(c, STR_NONE))))
		return fail(err, ERR_NOT_FOUND, "there is no figure '%s'", arena_str(c->arena, asked->figure).p);
	v.frame->behind = v.open || v.cite;
	page_report(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code report_page(struct call *c, struct err *err)
{
	struct report_asked asked = {.figure = value_of(&c->values, "figure"),
		.edit = value_of(&c->values, "edit"),
		.saved = value_of(&c->values, "saved"),
		.only = value_flag(&c->values, "only")};

	c->known = MAX(value_int(&c->values, "known"), 0);
	return report_show(c, &asked, err);
}
