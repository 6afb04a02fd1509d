/* Several risks talked over at once (会商): which of them, what came of each, who met, the minutes. One intent. */
#include "flow/risk_step.h"
#include "text/nfc.h"
#include "web/flow_view.h"
#include "web/pages.h"
#include "web/risk_view.h"
#include "web/scope.h"

/* A field of one risk is called by the number of its record: "t.480". */
static const char *name_of(struct call *c, const char *field, const struct risk *r)
{
	return arena_printf(c->arena, "%s%lld", field, (long long)r->fact->id.seq).p;
}

static struct str said(struct call *c, const char *field, const struct risk *r)
{
	struct str name = str_c(name_of(c, field, r));
	const struct given *given;
	size_t n;

	if (c->req->method != HTTP_POST)
		return STR_NONE;
	given = values_of(&c->values, field, &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(given[i].name, name))
			return given[i].value;
	return STR_NONE;
}

/* ---- which of them ---- */

/* The open ones of which he may take the step. */
static struct risks talked_over(struct call *c)
{
	struct risks all = risks_seen(c);
	size_t n = 0;

	for (size_t i = 0; i < all.n; i++) {
		const struct risk *r = &all.p[i];
		const struct unit *u = r->unit.n ? org_unit(&c->world->org, r->unit) : NULL;

		if (!date_is(r->closed) && call_may_unit(c, move_defs[MOVE_RISK_CONSULT].act, u))
			all.p[n++] = *r;
	}
	all.n = n;
	return all;
}

bool risk_may_consult(struct call *c)
{
	return c->access->account.post.n && talked_over(c).n > 1;
}

static void put_row(struct call *c, struct consult_view *v, const struct risk *r)
{
	const struct matrix *m = c->facts.scheme->grid;
	struct consult_row *row = ARENA_PUSH(c->arena, v->rows.p, v->rows.n, v->rows.cap);
	struct str level = said(c, "l.", r);

	*row = (struct consult_row){.risk = risk_row(c, r), .chosen = said(c, "c.", r).n != 0, .text = said(c, "t.", r),
		.choose = name_of(c, "c.", r), .level = name_of(c, "l.", r), .say = name_of(c, "t.", r)};
	for (size_t i = 0; m && i < m->ngrades; i++)
		*ARENA_PUSH(c->arena, row->levels.p, row->levels.n, row->levels.cap) = (struct pick){
			m->grades[i].level, m->grades[i].level, str_eq(m->grades[i].level, level)};
}

/* ---- who met ---- */

static bool met(struct call *c, struct str name)
{
	size_t n = 0;
	const struct given *given = c->req->method == HTTP_POST ? values_of(&c->values, "met", &n) : NULL;

	for (size_t i = 0; i < n; i++)
		if (str_eq(given[i].value, name))
			return true;
	return false;
}

static void put_met(struct call *c, struct consult_view *v)
{
	const struct org *org = &c->world->org;

	for (size_t i = 0; i < org->nbodies; i++)
		*ARENA_PUSH(c->arena, v->met.p, v->met.n, v->met.cap) =
			(struct pick){org->bodies[i].name, org->bodies[i].name, met(c, org->bodies[i].name)};
	for (size_t i = 0; i < org->nposts; i++)
		*ARENA_PUSH(c->arena, v->met.p, v->met.n, v->met.cap) =
			(struct pick){org->posts[i].name, org->posts[i].name, met(c, org->posts[i].name)};
}

/* Bodies and posts alone: "会商小组、主任". */
static enum err_code read_met(struct call *c, struct str *out, struct err *err)
{
	const struct org *org = &c->world->org;
	const struct given *given;
	size_t n;

	*out = STR_NONE;
	given = values_of(&c->values, "met", &n);
	for (size_t i = 0; i < n; i++) {
		struct str name = given[i].value;
		bool known = org_post(org, name) != NULL;

		for (size_t k = 0; k < org->nbodies && !known; k++)
			known = str_eq(org->bodies[k].name, name);
		if (name.n && !known)
			return fail(err, ERR_INPUT, "who met: '" STR_FMT "' is no body and no post", STR_ARG(name));
		if (name.n)
			*out = out->n ? arena_printf(c->arena, STR_FMT "、" STR_FMT, STR_ARG(*out), STR_ARG(name))
				      : name;
	}
	return OK;
}

/* ---- the page ---- */

static enum err_code show(struct call *c, struct str wrong, struct err *err)
{
	struct consult_view v = {.here = url_path("/risks/consult"), .wrong = flow_say(c, FLOW_RISK, wrong)};
	bool sent = c->req->method == HTTP_POST;
	struct risks all = talked_over(c);
	struct date today = date_lt(day_at(c->now), c->on) ? day_at(c->now) : c->on;
	char day[DATE_TEXT];

	v.frame = call_frame(c, NAV_RISKS, call_say(c, N_("Talk several risks over")));
	v.here = call_url(c, v.here);
	v.all = call_url(c, url_path("/risks"));
	v.day = sent ? value_of(&c->values, "day") : arena_str(c->arena, date_text(today, day));
	v.no = sent ? value_of(&c->values, "no") : STR_NONE;
	v.text = sent ? value_of(&c->values, "text") : STR_NONE;
	v.may = risk_may_consult(c);
	v.grid = c->facts.scheme->grid != NULL;
	for (size_t i = 0; i < all.n; i++)
		put_row(c, &v, &all.p[i]);
	put_met(c, &v);
	page_risk_consult(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code consult_page(struct call *c, struct err *err)
{
	TRY(call_world(c, err));
	return show(c, STR_NONE, err);
}

/* ---- all of it or nothing ---- */

struct consulting {
	struct call *c;
	struct risk_input *p;
	size_t n;
	const struct record_file *files;
	size_t nfiles;
};

static enum err_code do_consult(struct tx *tx, void *ctx, struct err *err)
{
	struct consulting *x = ctx;
	struct id named;

	for (size_t i = 0; i < x->nfiles; i++)
		TRY(object_name(tx, &x->files[i].object, x->files[i].name, &named, err));
	for (size_t i = 0; i < x->n; i++)
		if (risk_step(tx, x->c->facts.scheme, &x->p[i], NULL, err) != OK)
			return err_at(err, STR_FMT, STR_ARG(x->p[i].no));
	return OK;
}

/* What is said of a risk, else of all of them. */
static enum err_code read_one(struct call *c, const struct risk *r, const struct flow_input *all, struct risk_input *to,
	struct err *err)
{
	*to = (struct risk_input){.step = *all, .no = r->no, .year = date_ymd(all->day).y};
	to->step.level = said(c, "l.", r);
	TRY(nfc(c->arena, str_trim(said(c, "t.", r)), &to->step.text, err));
	if (!to->step.text.n)
		to->step.text = all->text;
	return OK;
}

static enum err_code read_all(struct call *c, struct consulting *x, const struct risks *risks, struct err *err)
{
	struct flow_input all = FLOW_INPUT;

	all.step = S("consult");
	all.day = value_date(&c->values, "day");
	if (!date_is(all.day))
		all.day = c->on;
	TRY(nfc(c->arena, str_trim(value_of(&c->values, "no")), &all.no, err));
	TRY(nfc(c->arena, str_trim(value_of(&c->values, "text")), &all.text, err));
	TRY(read_met(c, &all.way, err));
	x->p = ARENA_ARRAY(c->arena, struct risk_input, risks->n);
	for (size_t i = 0; i < risks->n; i++) {
		if (!said(c, "c.", &risks->p[i]).n)
			continue;
		TRY(read_one(c, &risks->p[i], &all, &x->p[x->n++], err));
		if (flow_fits(log_db(c->log), c->arena, c->facts.scheme, FLOW_RISK, risks->p[i].fact->id,
			&x->p[x->n - 1].step, c->access->account.login, S("web"), day_at(c->now), err) != OK)
			return err_at(err, STR_FMT, STR_ARG(risks->p[i].no));
	}
	return x->n ? OK : fail(err, ERR_REQUIRED, "which risks? choose those that were talked over");
}

static enum err_code consult(struct call *c, struct consulting *x, const struct risks *risks, struct err *err)
{
	size_t files;

	TRY(read_all(c, x, risks, err));
	values_of(&c->values, "files", &files);
	if (files) {                     /* they are kept only for what fits */
		TRY(call_files(c, "files", &x->files, &x->nfiles, err));
		for (size_t i = 0; i < x->n; i++)
			x->p[i].step.proof = flow_proof(c, x->files, x->nfiles);
	}
	return call_write(c, do_consult, x, err);
}

enum err_code consult_post(struct call *c, struct err *err)
{
	struct consulting x = {.c = c};
	struct risks risks;
	struct str wrong;

	TRY(call_world(c, err));
	risks = talked_over(c);
	if (!risks.n)
		return fail(err, ERR_DENIED, "your roles do not let you take steps here");
	if (consult(c, &x, &risks, err) == OK)
		return call_go(c, url_query(c->arena, call_url(c, url_path("/risks")), "done",
			arena_printf(c->arena, "%zu", x.n)), err);
	wrong = call_refused(c, err);
	return wrong.n ? show(c, wrong, err) : err->code;
}
