/* People's own sections in hand within the report, and what they decide of suggested problems. */
#include "web/report_view.h"

#include "flow/decision.h"

/* ---- who and when ---- */

struct str section_id(struct arena *a, const struct report *r, struct str number)
{
	struct own_places l;

	outline_places(a, r->outline, &l);
	for (size_t i = 0; i < l.n; i++)
		if (str_eq(l.p[i].number, number))
			return arena_printf(a, "own-%zu", i + 1);
	return S("main");
}

static struct str heading_of(struct arena *a, const struct report *r, struct str number)
{
	struct own_places l;

	outline_places(a, r->outline, &l);
	for (size_t i = 0; i < l.n; i++)
		if (str_eq(l.p[i].number, number))
			return l.p[i].heading;
	return number;
}

struct texts paragraphs_of(struct arena *a, struct str text)
{
	struct texts out = {0};
	size_t cap = 0;
	struct str part;

	while (str_cut(&text, S("\n\n"), &part))
		if (part.n)
			*ARENA_PUSH(a, out.p, out.n, cap) = part;
	return out;
}

/* ---- a section ---- */

/* What the outline lets stand in a section only where the records carry it. */
static void put_claims(struct call *c, const struct report *r, struct str number, struct section_form *form)
{
	const struct section *s = outline_section(r->outline, number);
	const struct claims *claims = s ? &s->claims : &r->outline->lead_claims;

	for (size_t i = 0; i < claims->n; i++)
		*ARENA_PUSH(c->arena, form->claims.p, form->claims.n, form->claims.cap) =
			(struct claim_view){claims->p[i].text, condition_stands(r, &claims->p[i].needs),
				condition_holds(r, &claims->p[i].needs)};
}

static const struct section_form *form_of(struct call *c, const struct report *r, struct str number,
	const struct own *own, const struct report_asked *asked)
{
	struct section_form *form = ARENA_NEW(c->arena, struct section_form);

	if (asked->form)
		*form = *asked->form;
	else if (own)
		form->text = own->text;
	if (form->conflict && own) {
		struct texts theirs = paragraphs_of(c->arena, own->text);

		for (size_t i = 0; i < theirs.n; i++)
			*ARENA_PUSH(c->arena, form->theirs.p, form->theirs.n, form->theirs.cap) = theirs.p[i];
	}
	put_claims(c, r, number, form);
	return form;
}

struct own_block *own_block(struct call *c, const struct report *r, struct str number,
	const struct report_asked *asked)
{
	struct own_block *b = ARENA_NEW(c->arena, struct own_block);
	const struct own *own = narrative_get(&c->world->narrative, number);
	struct url page = call_url(c, url_path("/report"));

	b->number = number;
	b->heading = heading_of(c->arena, r, number);
	b->id = section_id(c->arena, r, number);
	b->saved = str_eq(asked->saved, number);
	b->close = url_at(c->arena, page, b->id);
	b->edit = url_at(c->arena, url_query(c->arena, page, "edit", number), b->id);
	b->history = url_query(c->arena, call_url(c, url_path("/report/history")), "section", number);
	if (own && own->rev != REV_NONE) {
		b->rev = own->rev;
		b->by = call_person(c, own->actor);
		b->when = call_time(c, own->at);
	}
	if (c->known || !str_eq(asked->edit, number) || !call_may(c, ACT_NARRATIVE_EDIT))
		return b;
	b->form = form_of(c, r, number, own, asked);
	if (asked->form && !b->form->conflict)
		b->rev = asked->rev;
	return b;
}

/* ---- figures to name ---- */

static bool said_in(const struct report *r, struct str number, struct str figure)
{
	for (size_t i = 0; i < r->nspans; i++) {
		struct str section = r->paras[r->spans[i].para].section;

		if (r->spans[i].kind == SAID_FIGURE && str_eq(r->spans[i].name, figure) &&
			(str_eq(section, number) || (!section.n && str_eq(number, r->outline->lead_own))))
			return true;
	}
	return false;
}

const struct cite_view *cite_view(struct call *c, const struct report *r, struct str number)
{
	struct cite_view *v = ARENA_NEW(c->arena, struct cite_view);

	v->close = report_url(c, section_id(c->arena, r, number));
	for (size_t i = 0; i < c->figures.n; i++) {
		const struct figure_result *f = &c->figures.p[i];
		struct cited one = {f->title, figure_text(c->arena, &f->value), figure_url(c, "/figures", f->name)};

		if (said_in(r, number, f->name))
			*ARENA_PUSH(c->arena, v->here.p, v->here.n, v->here.cap) = one;
		else if (f->value.kind == FIG_NUMBER)
			*ARENA_PUSH(c->arena, v->others.p, v->others.n, v->others.cap) = one;
	}
	return v;
}

/* ---- saving ---- */

static enum err_code write_section(struct tx *tx, void *ctx, struct err *err)
{
	return narrative_write(tx, ctx, NULL, err);
}

enum err_code section_post(struct call *c, struct err *err)
{
	struct section_save save = {.section = value_of(&c->values, "section"),
		.text = value_of(&c->values, "text"),
		.rev = MAX(value_int(&c->values, "rev"), REV_NONE),
		.why = value_of(&c->values, "why")};
	struct section_form form = {.text = save.text, .why = save.why};
	struct report_asked asked = {.edit = save.section, .form = &form, .rev = save.rev};
	struct report r;

	TRY(call_report(c, (struct report_opt){0}, &r, err));
	save.year = date_ymd(c->on).y;
	if (call_write(c, write_section, &save, err) == OK)
		return call_go(c,
			url_at(c->arena,
				url_query(c->arena, call_url(c, url_path("/report")), "saved", save.section),
				section_id(c->arena, &r, save.section)),
			err);
	if (err->code == ERR_NOT_FOUND || err->code == ERR_DENIED)
		return err->code;
	form.conflict = err->code == ERR_CONFLICT;
	form.wrong = call_refused(c, err);
	if (!form.wrong.n)
		return err->code;
	TRY(world_head(c->log, &c->head, err));
	return report_show(c, &asked, err);
}

/* ---- suggested problems ---- */

void put_problems(struct call *c, struct report_view *v, const struct report *r, struct str section,
	struct block_view *b)
{
	for (size_t i = 0; i < r->nsuggestions; i++) {
		const struct suggestion *sg = &r->suggestions[i];
		struct problem_view *p;

		if (!str_eq(sg->of->problem, section))
			continue;
		p = ARENA_PUSH(c->arena, b->problems.p, b->problems.n, b->problems.cap);
		*p = (struct problem_view){.id = arena_printf(c->arena, "problem-%zu", i + 1),
			.key = sg->key,
			.text = sg->text,
			.accepted = sg->decided && sg->accepted,
			.dropped = sg->decided && !sg->accepted};
		if (sg->duty) {
			p->source = arena_printf(c->arena, STR_FMT " " STR_FMT, STR_ARG(sg->duty->duty->id),
				STR_ARG(sg->duty->duty->title));
			p->url = call_url(c, url_add(c->arena, url_path("/duties"), sg->duty->duty->id));
		} else if (sg->figure) {
			p->source = figure_title(c->arena, sg->figure, figure_part(&c->figures, sg->of->when.figure));
			p->url = figure_url(c, "/report", sg->of->when.figure);
		}
	}
}

struct decide {
	int year;
	struct str key, why;
	bool accept;
};

static enum err_code write_decision(struct tx *tx, void *ctx, struct err *err)
{
	const struct decide *d = ctx;

	return decision_make(tx, d->year, d->key, d->accept, d->why, err);
}

enum err_code problem_post(struct call *c, struct err *err)
{
	struct str what = value_of(&c->values, "do");
	struct decide d = {.key = value_of(&c->values, "key"),
		.why = value_of(&c->values, "why"),
		.accept = str_is(what, "accept")};
	struct report r;

	if (!d.accept && !str_is(what, "drop"))
		return fail(err, ERR_INPUT, "do: expected accept or drop");
	TRY(call_report(c, (struct report_opt){0}, &r, err));
	d.year = date_ymd(c->on).y;
	for (size_t i = 0; i < r.nsuggestions; i++)
		if (str_eq(r.suggestions[i].key, d.key)) {
			TRY(call_write(c, write_decision, &d, err));
			return call_go(c, report_url(c, arena_printf(c->arena, "problem-%zu", i + 1)), err);
		}
	return fail(err, ERR_NOT_FOUND, "the records suggest no such problem on this day");
}
