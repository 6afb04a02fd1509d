/* One post with its history, one unit with what belongs to it, and the forms that change them. */
#include "web/duty_view.h"
#include "web/org_view.h"
#include "web/pages.h"

static const struct {
	const char *word, *text;
} dones[] = {
	{"holder", N_("The change of holder is recorded.")},
	{"reopen", N_("The end is taken back.")},
	{"correct", N_("The correction is recorded; what stood before stays in the log.")},
	{"portfolio", N_("The unit is in the portfolio.")},
	{"end", N_("The end is recorded.")},
	{"rename", N_("Changed.")},
	{"unit", N_("The unit is added.")},
	{"post", N_("The post is added.")},
};

static struct str posted(struct call *c, const char *name, struct str otherwise)
{
	return c->req->method == HTTP_POST ? value_of(&c->values, name) : otherwise;
}

/* What stands in the forms: what was typed into the one that was refused. */
static struct org_form form_of(struct call *c, struct str wrong, const char *const *words)
{
	struct org_form f = {.wrong = wrong};
	struct str done = c->req->method == HTTP_GET ? value_of(&c->values, "done") : STR_NONE;

	for (size_t i = 0; i < LEN(dones); i++)
		if (str_is(done, dones[i].word))
			f.done = dones[i].text;
	if (c->req->method != HTTP_POST)
		return f;
	f.did = value_of(&c->values, "do");
	for (; *words; words++) {
		struct str value = value_of(&c->values, *words);

		if (str_is(str_c(*words), "name"))
			f.name = value;
		else if (str_is(str_c(*words), "code"))
			f.code = value;
		else if (str_is(str_c(*words), "short"))
			f.short_name = value;
		else if (str_is(str_c(*words), "kind"))
			f.kind = value;
		else if (str_is(str_c(*words), "role"))
			f.role = value;
		else if (str_is(str_c(*words), "from"))
			f.from = value;
		else if (str_is(str_c(*words), "until"))
			f.until = value;
	}
	return f;
}

/* ---- a post ---- */

static int newest_first(const void *a, const void *b)
{
	const struct org_span *x = a, *y = b;

	return (x->from.n < y->from.n) - (x->from.n > y->from.n);
}

static void put_holders(struct call *c, struct post_view *v, const struct post *p)
{
	const struct org *org = &c->world->org;

	for (size_t i = 0; i < org->nholders; i++) {
		const struct holder *h = &org->holders[i];

		if (!str_eq(h->post, p->code))
			continue;
		*ARENA_PUSH(c->arena, v->holders.p, v->holders.n, v->holders.cap) = (struct org_span){.id = h->id.seq,
			.name = h->name, .from = h->from, .to = h->to, .present = org_on(c, h->from, h->to),
			.acting = h->acting};
		if (!date_is(h->to))
			v->open = h->name;
	}
	if (v->holders.n)
		qsort(v->holders.p, v->holders.n, sizeof *v->holders.p, newest_first);
	if (v->holders.n)
		v->holders.p[0].reopen = date_is(v->holders.p[0].to);
}

static void put_portfolio(struct call *c, struct post_view *v, const struct post *p)
{
	const struct org *org = &c->world->org;

	for (size_t i = 0; i < org->nportfolios; i++) {
		const struct portfolio *f = &org->portfolios[i];
		const struct unit *u = org_unit(org, f->unit);

		if (u && str_eq(f->post, p->code))
			*ARENA_PUSH(c->arena, v->portfolio.p, v->portfolio.n, v->portfolio.cap) =
				(struct org_span){.id = f->id.seq, .name = unit_link(c, u).text,
					.url = unit_link(c, u).url, .from = f->from, .to = f->to,
					.present = org_on(c, f->from, f->to), .reopen = date_is(f->to)};
	}
}

/* What the post has to do, and where it sits. */
static void put_belongings(struct call *c, struct post_view *v, const struct post *p)
{
	const struct org *org = &c->world->org;

	for (size_t i = 0; i < c->facts.scheme->nduties; i++) {
		const struct duty_state *s = &c->figures.duties[i];

		for (size_t k = 0; k < s->nslots; k++) {
			if (org_post(org, s->slots[k].owner) != p)
				continue;
			*ARENA_PUSH(c->arena, v->duties.p, v->duties.n, v->duties.cap) = (struct org_link){
				arena_printf(c->arena, STR_FMT " " STR_FMT, STR_ARG(s->duty->id),
					STR_ARG(s->duty->title)),
				call_url(c, url_add(c->arena, url_path("/duties"), s->duty->id))};
			break;
		}
	}
	for (size_t i = 0; i < org->nbodies; i++)
		for (size_t k = 0; k < org->bodies[i].nmembers; k++)
			if (str_eq(org->bodies[i].members[k], p->code))
				*ARENA_PUSH(c->arena, v->bodies.p, v->bodies.n, v->bodies.cap) =
					(struct org_link){org->bodies[i].name, call_url(c, url_path("/org"))};
}

enum err_code org_show_post(struct call *c, struct str wrong, struct err *err)
{
	static const char *const words[] = {"name", "role", "from", "until", NULL};
	struct str code = value_of(&c->values, "code");
	struct post_view v = {.may = call_may(c, ACT_ORG_EDIT)};
	const struct post *p;
	const struct unit *u;

	TRY(call_world(c, err));
	p = org_post(&c->world->org, code);
	u = p ? org_unit(&c->world->org, p->unit) : NULL;
	if (!p || !org_sees(c, p->unit))
		return fail(err, ERR_NOT_FOUND, "there is no post '" STR_FMT "'", STR_ARG(code));
	v.frame = call_frame(c, NAV_ORG, p->name);
	v.form = form_of(c, wrong, words);
	v.post = org_post_line(c, p);
	v.unit = u ? unit_link(c, u) : (struct org_link){p->unit, url_path("/org")};
	v.handover = call_url(c, url_add(c->arena, url_path("/handovers/posts"), p->code));
	put_holders(c, &v, p);
	put_portfolio(c, &v, p);
	put_belongings(c, &v, p);
	put_units(c, posted(c, "unit", STR_NONE), &v.units);
	page_org_post(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code org_post_page(struct call *c, struct err *err)
{
	return org_show_post(c, STR_NONE, err);
}

/* ---- a unit ---- */

static void put_over(struct call *c, struct unit_view *v, const struct unit *u)
{
	const struct org *org = &c->world->org;

	for (size_t i = 0; i < org->nportfolios; i++) {
		const struct portfolio *f = &org->portfolios[i];
		const struct unit *of = org_unit(org, f->unit);
		const struct post *p = of == u && org_on(c, f->from, f->to) ? org_post(org, f->post) : NULL;

		if (p)
			*ARENA_PUSH(c->arena, v->over.p, v->over.n, v->over.cap) = org_sees(c, p->unit)
				? post_link(c, p)
				: (struct org_link){.text = p->name};
	}
	for (size_t i = 0; i < org->nunits; i++)
		if (str_eq(org->units[i].parent, u->code) && org_sees(c, org->units[i].code))
			*ARENA_PUSH(c->arena, v->below.p, v->below.n, v->below.cap) = unit_link(c, &org->units[i]);
}

enum err_code org_show_unit(struct call *c, struct str wrong, struct err *err)
{
	static const char *const words[] = {"name", "code", "short", "kind", "role", NULL};
	struct str code = value_of(&c->values, "unit");
	struct unit_view v = {.may = call_may(c, ACT_ORG_EDIT)};
	const struct unit *u, *parent;

	TRY(call_world(c, err));
	u = org_unit(&c->world->org, code);
	if (!u || !org_sees(c, u->code))
		return fail(err, ERR_NOT_FOUND, "there is no unit '" STR_FMT "'", STR_ARG(code));
	parent = u->parent.n ? org_unit(&c->world->org, u->parent) : NULL;
	v.frame = call_frame(c, NAV_ORG, u->name);
	v.form = form_of(c, wrong, words);
	v.unit = org_unit_line(c, u);
	v.unit.short_name = u->short_name;
	if (parent && org_sees(c, parent->code))
		v.parent = unit_link(c, parent);
	put_over(c, &v, u);
	page_org_unit(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code org_unit_page(struct call *c, struct err *err)
{
	return org_show_unit(c, STR_NONE, err);
}
